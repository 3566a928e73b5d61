//! Numbers of algorithms in requests, and what [`crate::Opcode::Capabilities`] tells.

use crate::descriptor::{bytes_of, words_of, INLINE_LEN};

macro_rules! numbered {
    ($(#[$text:meta])* $name:ident: $($(#[$one:meta])* $variant:ident = $number:literal;)*) => {
        $(#[$text])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[repr(u8)]
        pub enum $name {
            $($(#[$one])* $variant = $number,)*
        }

        impl $name {
            /// All there are.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The one with a number; None if there is none.
            pub const fn from_number(number: u8) -> Option<Self> {
                match number {
                    $($number => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }
    };
}

numbered! {
    /// A hash.
    Hash:
    /// SHA-1: for identifiers only.
    Sha1 = 1;
    /// SHA-224
    Sha224 = 2;
    /// SHA-256
    Sha256 = 3;
    /// SHA-384
    Sha384 = 4;
    /// SHA-512
    Sha512 = 5;
    /// SHA-512/224
    Sha512_224 = 6;
    /// SHA-512/256
    Sha512_256 = 7;
}

numbered! {
    /// A message authentication code.
    Mac:
    /// AES-CMAC
    AesCmac = 1;
    /// HMAC with SHA-256
    HmacSha256 = 2;
    /// HMAC with SHA-384
    HmacSha384 = 3;
    /// HMAC with SHA-512
    HmacSha512 = 4;
    /// AES-GMAC; `input3`: nonce
    AesGmac = 5;
}

numbered! {
    /// A cipher.
    Cipher:
    /// AES-CBC without padding
    AesCbc = 1;
    /// AES-CBC with the padding of PKCS#7
    AesCbcPkcs7 = 2;
    /// AES-CTR
    AesCtr = 3;
}

numbered! {
    /// A cipher with associated data.
    Aead:
    /// AES-GCM
    AesGcm = 1;
    /// ChaCha20-Poly1305
    ChaCha20Poly1305 = 2;
}

numbered! {
    /// A signature scheme; the slot's kind says which curve. Bits 0 to 7 of `parameter`; bits 8 to 15: a [`Hash`], for ECDSA.
    Signature:
    /// ECDSA, raw r ‖ s
    Ecdsa = 1;
    /// PureEdDSA with Ed25519
    Ed25519 = 2;
}

numbered! {
    /// A key derivation. Bits 0 to 7 of `parameter`; bits 8 to 15: a [`Hash`].
    Derivation:
    /// HKDF [RFC 5869]; `input`: info, `input2`: salt
    Hkdf = 1;
    /// The PRF of TLS 1.2 [RFC 5246 5]; `input`: seed, `input2`: label
    Tls12Prf = 2;
    /// ANSI X9.63; `input`: shared info
    X963 = 3;
    /// Single-step of NIST SP 800-56C; `input`: other info
    Concat = 4;
}

numbered! {
    /// An edition of ISO 15118 whose contract key is imported.
    Edition:
    /// ISO 15118-2: P-256, AES-128-CBC
    Iso15118_2 = 2;
    /// ISO 15118-20: P-521, AES-256-GCM
    Iso15118_20 = 20;
}

numbered! {
    /// Where the HSM stands in its life. It goes on in this order, and never back.
    Lifecycle:
    /// Nothing is defined.
    Blank = 0;
    /// Slots are defined and first keys written.
    Factory = 1;
    /// In the vehicle: policies are fixed.
    Operational = 2;
    /// Answers nothing but its status: all keys are gone.
    Locked = 3;
}

numbered! {
    /// What a slot has: `result` of the response to [`crate::Opcode::KeyStatus`].
    SlotState:
    /// No policy.
    Undefined = 0;
    /// A policy, and no value.
    Empty = 1;
    /// Its record in flash is not what was written there: policy and value are lost. Only the factory can define it anew.
    Tampered = 2;
    /// A value that nobody has made valid.
    NotValid = 3;
    /// A value to work with.
    Valid = 4;
}

/// Parts of `parameter`: the low byte, and the one above it.
pub const fn pair(parameter: u32) -> Option<(u8, u8)> {
    if parameter > 0xFFFF {
        return None;
    }
    Some((parameter as u8, (parameter >> 8) as u8))
}

/// What the HSM can do: inline bytes of the response to [`crate::Opcode::Capabilities`], words little-endian.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Capabilities {
    /// Version of the firmware: major, minor, patch in the three low bytes.
    pub firmware: u32,
    /// [`Capabilities::P256`] and its like.
    pub features: u32,
    /// Key slots.
    pub slots: u32,
    /// Contexts of streams.
    pub contexts: u32,
    /// The most bytes of input that a fast command takes.
    pub piece: u32,
    /// Number of a [`Lifecycle`].
    pub lifecycle: u32,
    /// Records in flash that were found tampered with.
    pub tampered: u32,
    /// Bit 0: the device key is the test key of simulations.
    pub notes: u32,
}

impl Capabilities {
    /// ECDSA and ECDH with P-256
    pub const P256: u32 = 1;
    /// With P-384
    pub const P384: u32 = 2;
    /// With P-521
    pub const P521: u32 = 4;
    /// Ed25519 and X25519
    pub const ED25519: u32 = 8;

    /// The inline bytes.
    pub fn to_bytes(&self) -> [u8; INLINE_LEN] {
        let words =
            [self.firmware, self.features, self.slots, self.contexts, self.piece, self.lifecycle, self.tampered, self.notes];
        bytes_of(&words)
    }

    /// What the inline bytes say.
    pub fn from_bytes(bytes: &[u8; INLINE_LEN]) -> Self {
        let [firmware, features, slots, contexts, piece, lifecycle, tampered, notes] = words_of(bytes);
        Self { firmware, features, slots, contexts, piece, lifecycle, tampered, notes }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capabilities_are_read_back() {
        let mut bytes = [0; 32];
        bytes.iter_mut().enumerate().for_each(|(index, byte)| *byte = index as u8);
        assert_eq!(Capabilities::from_bytes(&bytes).to_bytes(), bytes);
        assert_eq!(Capabilities::from_bytes(&bytes).features, 0x0706_0504);
    }

    #[test]
    fn a_pair_has_no_more_than_two_bytes() {
        assert_eq!(pair(0x0301), Some((1, 3)));
        assert_eq!(pair(0x0001_0301), None);
        assert!(Hash::ALL.iter().all(|hash| Hash::from_number(*hash as u8) == Some(*hash)) && Hash::from_number(0).is_none());
    }
}
