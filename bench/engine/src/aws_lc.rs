//! aws-lc.

use aws_lc_rs::aead::{Aad, LessSafeKey, Nonce, UnboundKey, AES_128_GCM, AES_256_GCM};
use aws_lc_rs::agreement::{self, agree, PrivateKey};
use aws_lc_rs::cipher::{DecryptingKey, DecryptionContext, EncryptingKey, EncryptionContext, UnboundCipherKey, AES_128, AES_256};
use aws_lc_rs::iv::FixedLength;
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{self, EcdsaKeyPair, ParsedPublicKey};
use aws_lc_rs::{cmac, digest};

use crate::{Curve, KeyLength, Material, Text};

pub(crate) const VERSION: &std::ffi::CStr = c"aws-lc-rs 1.19";
pub(crate) const CURVES: i32 = 3;
pub(crate) const HAS_ECDH: bool = true;

pub(crate) struct Engine {
    signing: [EcdsaKeyPair; 3],
    verifying: [ParsedPublicKey; 3],
    agreeing: [(PrivateKey, agreement::ParsedPublicKey); 3],
    random: SystemRandom,
    gcm: [LessSafeKey; 2],
    cbc: [(EncryptingKey, DecryptingKey); 2],
    cmac: cmac::Key,
    nonce: [u8; 12],
    iv: [u8; 16],
    aad: [u8; 16],
}

impl Engine {
    pub(crate) fn new(material: &Material) -> Option<Self> {
        let [narrow, wide] = KeyLength::ALL.map(|length| length.key(material));
        let gcm = |algorithm, key| Some(LessSafeKey::new(UnboundKey::new(algorithm, key).ok()?));
        let cbc = |algorithm, key| {
            let unbound = || UnboundCipherKey::new(algorithm, key).ok();
            Some((EncryptingKey::cbc(unbound()?).ok()?, DecryptingKey::cbc(unbound()?).ok()?))
        };
        let [p256, p384, p521] = Curve::ALL.map(|curve| {
            let (signing, verifying, agreeing) = match curve {
                Curve::P256 => {
                    (&signature::ECDSA_P256_SHA256_FIXED_SIGNING, &signature::ECDSA_P256_SHA256_FIXED, &agreement::ECDH_P256)
                }
                Curve::P384 => {
                    (&signature::ECDSA_P384_SHA384_FIXED_SIGNING, &signature::ECDSA_P384_SHA384_FIXED, &agreement::ECDH_P384)
                }
                Curve::P521 => {
                    (&signature::ECDSA_P521_SHA512_FIXED_SIGNING, &signature::ECDSA_P521_SHA512_FIXED, &agreement::ECDH_P521)
                }
            };
            let (scalar, point) = (material.scalar(curve), material.point(curve));
            let partner = agreement::UnparsedPublicKey::new(agreeing, material.partner_point(curve));
            Some((
                EcdsaKeyPair::from_private_key_and_public_key(signing, scalar, point).ok()?,
                ParsedPublicKey::new(verifying, point).ok()?,
                (PrivateKey::from_private_key(agreeing, scalar).ok()?, partner.try_into().ok()?),
            ))
        });
        let (p256, p384, p521) = (p256?, p384?, p521?);
        Some(Self {
            signing: [p256.0, p384.0, p521.0],
            verifying: [p256.1, p384.1, p521.1],
            agreeing: [p256.2, p384.2, p521.2],
            random: SystemRandom::new(),
            gcm: [gcm(&AES_128_GCM, narrow)?, gcm(&AES_256_GCM, wide)?],
            cbc: [cbc(&AES_128, narrow)?, cbc(&AES_256, wide)?],
            cmac: cmac::Key::new(cmac::AES_128, narrow).ok()?,
            nonce: material.nonce,
            iv: material.iv,
            aad: material.aad,
        })
    }

    pub(crate) fn sign(&self, curve: Curve, message: &[u8], signature: &mut [u8]) -> Option<usize> {
        let made = self.signing[curve as usize].sign(&self.random, message).ok()?;
        signature.get_mut(..made.as_ref().len())?.copy_from_slice(made.as_ref());
        Some(made.as_ref().len())
    }

    pub(crate) fn verify(&self, curve: Curve, message: &[u8], signature: &[u8]) -> Option<()> {
        self.verifying[curve as usize].verify_sig(message, signature).ok()
    }

    pub(crate) fn agree(&self, curve: Curve, point: &[u8], secret: &mut [u8]) -> Option<()> {
        let (own, _) = &self.agreeing[curve as usize];
        agree(own, agreement::UnparsedPublicKey::new(own.algorithm(), point), (), |shared| copy(shared, secret)).ok()
    }

    pub(crate) fn agree_parsed(&self, curve: Curve, secret: &mut [u8]) -> Option<()> {
        let (own, partner) = &self.agreeing[curve as usize];
        agree(own, partner.clone(), (), |shared| copy(shared, secret)).ok()
    }

    pub(crate) fn seal(&self, length: KeyLength, text: Text<'_>) -> Option<[u8; 16]> {
        let nonce = Nonce::assume_unique_for_key(self.nonce);
        let tag = self.gcm[length as usize].seal_in_place_separate_tag(nonce, Aad::from(&self.aad), text.moved()).ok()?;
        tag.as_ref().try_into().ok()
    }

    pub(crate) fn open(&self, length: KeyLength, text: Text<'_>, tag: &[u8; 16]) -> Option<()> {
        let nonce = Nonce::assume_unique_for_key(self.nonce);
        let (key, aad) = (&self.gcm[length as usize], Aad::from(&self.aad));
        match text {
            Text::InPlace(text) => key.open_in_place_separate_tag(nonce, aad, tag, text).ok().map(drop),
            Text::Apart(input, output) => key.open_separate_gather(nonce, aad, input, tag, output).ok(),
        }
    }

    pub(crate) fn cbc_encrypt(&self, length: KeyLength, text: Text<'_>) -> Option<()> {
        let context = EncryptionContext::Iv128(FixedLength::from(&self.iv));
        self.cbc[length as usize].0.less_safe_encrypt(text.moved(), context).ok().map(drop)
    }

    pub(crate) fn cbc_decrypt(&self, length: KeyLength, text: Text<'_>) -> Option<()> {
        let context = DecryptionContext::Iv128(FixedLength::from(&self.iv));
        self.cbc[length as usize].1.decrypt(text.moved(), context).ok().map(drop)
    }

    pub(crate) fn cmac(&self, message: &[u8]) -> Option<[u8; 16]> {
        cmac::sign(&self.cmac, message).ok()?.as_ref().try_into().ok()
    }

    pub(crate) fn sha256(&self, message: &[u8]) -> Option<[u8; 32]> {
        digest::digest(&digest::SHA256, message).as_ref().try_into().ok()
    }
}

fn copy(shared: &[u8], secret: &mut [u8]) -> Result<(), ()> {
    secret.copy_from_slice(shared);
    Ok(())
}
