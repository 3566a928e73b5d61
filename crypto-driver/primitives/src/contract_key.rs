//! The contract key of Plug & Charge: from its envelope to a private key that is the certificate's. [V2G2-823] [V2G20-2507]
//!
//! ECDH with the owning key, concatenation KDF, decryption, then three checks: the padding bits are zero, `1 ≤ d < n`, and
//! `d·G` is the public key of the certificate. From the shared secret on, nothing branches on a secret before the verdict: a
//! wrong tag, padding, range and public key cost the same time and give the same error.

use subtle::{Choice, ConditionallySelectable, ConstantTimeEq};
use zeroize::Zeroizing;

use crate::aead::{AeadAlgorithm, AeadKey};
use crate::cipher::{CipherAlgorithm, CipherKey, Direction};
use crate::{ec, ecdh, kdf, Curve, Data, HashAlgorithm, KeyError, Secret, MAX_FIELD_LEN};

/// Edition of ISO 15118 whose contract key is imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edition {
    /// ISO 15118-2: P-256, AES-128-CBC.
    Iso15118_2,
    /// ISO 15118-20: P-521, AES-256-GCM.
    Iso15118_20,
}

/// Why an envelope is not opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenError {
    /// The owning key is no private key of the edition's curve.
    OwningKey(KeyError),
    /// What it takes is not in this build.
    Absent,
    /// The envelope is not genuine: one error for whatever is wrong with it.
    Refused,
}

/// AlgorithmID, PartyUInfo `U`, PartyVInfo `V`: without lengths before them. [V2G2-818] [V2G20-2535]
const OTHER_INFO: [u8; 3] = [0x01, 0x55, 0x56];
const IV_LEN: usize = 16;
const NONCE_LEN: usize = 12;
const TAG_LEN: usize = 16;

/// Order of the group of P-256 [SP 800-186 3.2.1.3].
const ORDER_P256: [u8; 32] = [
    0xFF, 0xFF, 0xFF, 0xFF, 0x00, 0x00, 0x00, 0x00, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xBC, 0xE6, 0xFA, 0xAD, 0xA7,
    0x17, 0x9E, 0x84, 0xF3, 0xB9, 0xCA, 0xC2, 0xFC, 0x63, 0x25, 0x51,
];
/// Order of the group of P-521 [SP 800-186 3.2.1.5].
const ORDER_P521: [u8; 66] = [
    0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
    0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFA, 0x51, 0x86, 0x87, 0x83, 0xBF, 0x2F, 0x96, 0x6B,
    0x7F, 0xCC, 0x01, 0x48, 0xF7, 0x09, 0xA5, 0xD0, 0x3B, 0xB5, 0xC9, 0xB8, 0x89, 0x9C, 0x47, 0xAE, 0xBB, 0x6F, 0xB7, 0x1E, 0x91,
    0x38, 0x64, 0x09,
];

impl Edition {
    /// Curve of the owning key, of the exchange and of the contract key.
    pub const fn curve(self) -> Curve {
        match self {
            Self::Iso15118_2 => Curve::P256,
            Self::Iso15118_20 => Curve::P521,
        }
    }

    /// Length of the encrypted private key in bytes: IV ‖ CT, or nonce ‖ CT ‖ tag. [V2G2-817] [V2G20-2497]
    pub const fn encrypted_len(self) -> usize {
        match self {
            Self::Iso15118_2 => IV_LEN + 32,
            Self::Iso15118_20 => NONCE_LEN + 66 + TAG_LEN,
        }
    }

    const fn order(self) -> &'static [u8] {
        match self {
            Self::Iso15118_2 => &ORDER_P256,
            Self::Iso15118_20 => &ORDER_P521,
        }
    }

    /// What the first byte of `d` may have: 521 bits leave seven of 66 bytes. [V2G20-2499]
    const fn first_byte_mask(self) -> u8 {
        match self {
            Self::Iso15118_2 => 0xFF,
            Self::Iso15118_20 => 0x01,
        }
    }
}

/// What a contract key comes in, all of the right length.
#[derive(Clone, Copy)]
pub struct Envelope<'a> {
    edition: Edition,
    encrypted: &'a [u8],
    dh_public_key: &'a [u8],
    public_key: &'a [u8],
    aad: &'a [u8],
}

impl<'a> Envelope<'a> {
    /// `public_key_and_aad`: `04 ‖ X ‖ Y` of the contract certificate; for ISO 15118-20 followed by the additional data, PCID and
    /// SKI as text, which cannot be empty. None if one of the lengths is wrong.
    pub fn new(edition: Edition, encrypted: &'a [u8], dh_public_key: &'a [u8], public_key_and_aad: &'a [u8]) -> Option<Self> {
        let point_len = edition.curve().point_len();
        let public_key = public_key_and_aad.get(..point_len)?;
        let aad = public_key_and_aad.get(point_len..)?;
        let has_aad = !aad.is_empty();
        let fits = encrypted.len() == edition.encrypted_len()
            && dh_public_key.len() == point_len
            && has_aad == (edition == Edition::Iso15118_20);
        fits.then_some(Self { edition, encrypted, dh_public_key, public_key, aad })
    }

    /// `04 ‖ X ‖ Y` of the contract certificate.
    pub fn public_key(&self) -> &'a [u8] {
        self.public_key
    }

    /// Which standard it follows.
    pub fn edition(&self) -> Edition {
        self.edition
    }

    /// Opens it with the raw owning key, and gives the raw private key.
    #[inline(never)] // stack
    pub fn open(&self, owning_key: &[u8]) -> Result<Secret, OpenError> {
        let mut scalar = Secret::zero(self.edition.curve().field_len());
        let decrypted = self.decrypt(owning_key, scalar.as_mut_bytes())?;
        let genuine = decrypted & self.is_private_key(scalar.as_bytes());
        if !bool::from(genuine) {
            return Err(OpenError::Refused); // the verdict
        }
        Ok(scalar)
    }

    /// An error tells of the owning key and of the point, both of which are public knowledge or our own.
    #[inline(never)] // stack
    fn decrypt(&self, owning_key: &[u8], scalar: &mut [u8]) -> Result<Choice, OpenError> {
        let mut key = Zeroizing::new([0u8; 32]);
        let key = self.key(owning_key, &mut key)?;
        let opened = match self.edition {
            Edition::Iso15118_2 => {
                let (iv, text) = self.encrypted.split_at(IV_LEN.min(self.encrypted.len()));
                CipherKey::new(CipherAlgorithm::AesCbc, key)
                    .map_err(|_| OpenError::Absent)?
                    .crypt(Direction::Decrypt, iv, Data::Apart { input: text, output: scalar })
                    .is_ok()
            }
            Edition::Iso15118_20 => {
                let (nonce, rest) = self.encrypted.split_at(NONCE_LEN.min(self.encrypted.len()));
                let (text, tag) = rest.split_at(rest.len().saturating_sub(TAG_LEN));
                AeadKey::new(AeadAlgorithm::AesGcm, key)
                    .map_err(|_| OpenError::Absent)?
                    .open(nonce, self.aad, Data::Apart { input: text, output: scalar }, tag)
                    .is_ok()
            }
        };
        Ok(Choice::from(u8::from(opened)))
    }

    /// The key of the cipher: the front of `room`.
    #[inline(never)] // stack
    fn key<'k>(&self, owning_key: &[u8], room: &'k mut [u8; 32]) -> Result<&'k [u8], OpenError> {
        let (hash, length) = match self.edition {
            Edition::Iso15118_2 => (HashAlgorithm::Sha256, 16),
            Edition::Iso15118_20 => (HashAlgorithm::Sha512, 32),
        };
        let owning_key = ecdh::PrivateKey::new(self.edition.curve(), owning_key).map_err(OpenError::OwningKey)?;
        let shared = owning_key.agree(self.dh_public_key).map_err(|_| OpenError::Refused)?;
        let key = room.get_mut(..length).ok_or(OpenError::Absent)?;
        kdf::concat(hash, shared.as_bytes(), &OTHER_INFO, key).map_err(|_| OpenError::Absent)?;
        Ok(key)
    }

    /// Is `d` a private key, and that of the certificate? For what is out of range, 1 is multiplied in its stead.
    #[inline(never)] // stack
    fn is_private_key(&self, d: &[u8]) -> Choice {
        let padding = d.first().copied().unwrap_or(0xFF) & !self.edition.first_byte_mask();
        let in_range = padding.ct_eq(&0) & !is_zero(d) & is_below(d, self.edition.order());

        let mut scalar = Zeroizing::new([0u8; MAX_FIELD_LEN]);
        let scalar = scalar.get_mut(..d.len()).unwrap_or_default();
        for (from_end, (to, from)) in scalar.iter_mut().rev().zip(d.iter().rev()).enumerate() {
            *to = u8::conditional_select(&u8::from(from_end == 0), from, in_range);
        }
        match ec::public_key(self.edition.curve(), scalar) {
            Ok(point) => in_range & point.as_bytes().ct_eq(self.public_key),
            Err(_) => Choice::from(0), // not in this build
        }
    }
}

fn is_zero(number: &[u8]) -> Choice {
    number.iter().fold(0, |all, byte| all | byte).ct_eq(&0)
}

/// `number < limit`, both big-endian and of the same length, in time that depends on the length only.
fn is_below(number: &[u8], limit: &[u8]) -> Choice {
    let borrow = number.iter().zip(limit).rev().fold(0u16, |borrow, (&a, &b)| {
        let difference = u16::from(a).wrapping_sub(u16::from(b)).wrapping_sub(borrow);
        (difference >> 8) & 1
    });
    Choice::from(borrow as u8) & number.len().ct_eq(&limit.len())
}

#[cfg(all(test, feature = "p521"))]
mod tests {
    use super::*;

    #[test]
    fn the_orders_are_those_of_the_engines() {
        for edition in [Edition::Iso15118_2, Edition::Iso15118_20] {
            let (mut below, length) = ([0u8; MAX_FIELD_LEN], edition.order().len());
            let below = below.get_mut(..length).unwrap();
            below.copy_from_slice(edition.order());
            assert!(ec::check_scalar(edition.curve(), below).is_err());
            assert!(!bool::from(is_below(below, edition.order())));
            *below.last_mut().unwrap() -= 1;
            assert!(ec::check_scalar(edition.curve(), below).is_ok());
            assert!(bool::from(is_below(below, edition.order())));
        }
    }

    #[test]
    fn comparison_of_numbers_is_that_of_integers() {
        for number in 0..=u16::MAX {
            for limit in [0u16, 1, 0x00FF, 0x0100, 0x7F80, 0x8000, 0xFF00, 0xFFFF] {
                let below = is_below(&number.to_be_bytes(), &limit.to_be_bytes());
                assert_eq!(bool::from(below), number < limit, "{number} {limit}");
            }
            assert_eq!(bool::from(is_zero(&number.to_be_bytes())), number == 0);
        }
        assert!(!bool::from(is_below(&[0], &[1, 0])), "another length");
    }
}
