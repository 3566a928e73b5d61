//! ring, and RustCrypto for what ring lacks.

use aes::cipher::consts::U16;
use aes::cipher::{BlockCipher, BlockDecrypt, BlockDecryptMut, BlockEncrypt, BlockEncryptMut, InnerIvInit, KeyInit};
use aes::{Aes128, Aes128Dec, Aes128Enc, Aes256Dec, Aes256Enc};
use cmac::{Cmac, Mac};
use ring::aead::{Aad, LessSafeKey, Nonce, UnboundKey, AES_128_GCM, AES_256_GCM};
use ring::digest;
use ring::rand::SystemRandom;
use ring::signature::{self, EcdsaKeyPair, UnparsedPublicKey};

use crate::{ffi, Curve, KeyLength, Material, Text};

pub(crate) const VERSION: &std::ffi::CStr = c"ring 0.17; RustCrypto aes 0.8, cbc 0.1, cmac 0.7";
pub(crate) const CURVES: i32 = 2; // P-256, P-384
pub(crate) const HAS_ECDH: bool = false; // ring: with ephemeral keys only

pub(crate) struct Engine {
    signing: [EcdsaKeyPair; 2],
    verifying: [UnparsedPublicKey<Vec<u8>>; 2],
    random: SystemRandom,
    gcm: [LessSafeKey; 2],
    cbc_128: (Aes128Enc, Aes128Dec),
    cbc_256: (Aes256Enc, Aes256Dec),
    cmac: Cmac<Aes128>,
    nonce: [u8; 12],
    iv: [u8; 16],
    aad: [u8; 16],
}

impl Engine {
    pub(crate) fn new(material: &Material) -> Option<Self> {
        let random = SystemRandom::new();
        let signing = |curve, algorithm| {
            EcdsaKeyPair::from_private_key_and_public_key(algorithm, material.scalar(curve), material.point(curve), &random).ok()
        };
        let verifying = |curve, algorithm| UnparsedPublicKey::new(algorithm, material.point(curve).to_vec());
        let [narrow, wide] = KeyLength::ALL.map(|length| length.key(material));
        let gcm = |algorithm, key| Some(LessSafeKey::new(UnboundKey::new(algorithm, key).ok()?));
        Some(Self {
            signing: [
                signing(Curve::P256, &signature::ECDSA_P256_SHA256_FIXED_SIGNING)?,
                signing(Curve::P384, &signature::ECDSA_P384_SHA384_FIXED_SIGNING)?,
            ],
            verifying: [
                verifying(Curve::P256, &signature::ECDSA_P256_SHA256_FIXED),
                verifying(Curve::P384, &signature::ECDSA_P384_SHA384_FIXED),
            ],
            random,
            gcm: [gcm(&AES_128_GCM, narrow)?, gcm(&AES_256_GCM, wide)?],
            cbc_128: (Aes128Enc::new_from_slice(narrow).ok()?, Aes128Dec::new_from_slice(narrow).ok()?),
            cbc_256: (Aes256Enc::new_from_slice(wide).ok()?, Aes256Dec::new_from_slice(wide).ok()?),
            cmac: <Cmac<Aes128> as KeyInit>::new_from_slice(narrow).ok()?,
            nonce: material.nonce,
            iv: material.iv,
            aad: material.aad,
        })
    }

    pub(crate) fn sign(&self, curve: Curve, message: &[u8], signature: &mut [u8]) -> Option<usize> {
        let made = self.signing.get(curve as usize)?.sign(&self.random, message).ok()?;
        signature.get_mut(..made.as_ref().len())?.copy_from_slice(made.as_ref());
        Some(made.as_ref().len())
    }

    pub(crate) fn verify(&self, curve: Curve, message: &[u8], signature: &[u8]) -> Option<()> {
        self.verifying.get(curve as usize)?.verify(message, signature).ok()
    }

    pub(crate) fn agree(&self, _: Curve, _: &[u8], _: &mut [u8]) -> Option<()> {
        None
    }

    pub(crate) fn agree_parsed(&self, _: Curve, _: &mut [u8]) -> Option<()> {
        None
    }

    pub(crate) fn seal(&self, length: KeyLength, text: Text<'_>) -> Option<[u8; 16]> {
        let nonce = Nonce::assume_unique_for_key(self.nonce);
        let tag = self.gcm[length as usize].seal_in_place_separate_tag(nonce, Aad::from(&self.aad), text.moved()).ok()?;
        tag.as_ref().try_into().ok()
    }

    pub(crate) fn open(&self, length: KeyLength, text: Text<'_>, tag: &[u8; 16]) -> Option<()> {
        let nonce = Nonce::assume_unique_for_key(self.nonce);
        let key = &self.gcm[length as usize];
        key.open_in_place_separate_tag(nonce, Aad::from(&self.aad), (*tag).into(), text.moved(), 0..).ok().map(drop)
    }

    pub(crate) fn cbc_encrypt(&self, length: KeyLength, text: Text<'_>) -> Option<()> {
        match length {
            KeyLength::Aes128 => encrypt(&self.cbc_128.0, &self.iv, text),
            KeyLength::Aes256 => encrypt(&self.cbc_256.0, &self.iv, text),
        }
    }

    pub(crate) fn cbc_decrypt(&self, length: KeyLength, text: Text<'_>) -> Option<()> {
        match length {
            KeyLength::Aes128 => decrypt(&self.cbc_128.1, &self.iv, text),
            KeyLength::Aes256 => decrypt(&self.cbc_256.1, &self.iv, text),
        }
    }

    pub(crate) fn cmac(&self, message: &[u8]) -> Option<[u8; 16]> {
        let mut state = self.cmac.clone();
        state.update(message);
        Some(state.finalize().into_bytes().into())
    }

    pub(crate) fn sha256(&self, message: &[u8]) -> Option<[u8; 32]> {
        digest::digest(&digest::SHA256, message).as_ref().try_into().ok()
    }
}

fn encrypt<C>(cipher: &C, iv: &[u8; 16], text: Text<'_>) -> Option<()>
where
    C: BlockCipher<BlockSize = U16> + BlockEncrypt,
{
    let mut cbc = cbc::Encryptor::inner_iv_init(cipher, iv.into());
    match text {
        Text::InPlace(text) => cbc.encrypt_blocks_mut(ffi::blocks_mut(text)),
        Text::Apart(input, output) => cbc.encrypt_blocks_b2b_mut(ffi::blocks(input), ffi::blocks_mut(output)).ok()?,
    }
    Some(())
}

fn decrypt<C>(cipher: &C, iv: &[u8; 16], text: Text<'_>) -> Option<()>
where
    C: BlockCipher<BlockSize = U16> + BlockDecrypt,
{
    let mut cbc = cbc::Decryptor::inner_iv_init(cipher, iv.into());
    match text {
        Text::InPlace(text) => cbc.decrypt_blocks_mut(ffi::blocks_mut(text)),
        Text::Apart(input, output) => cbc.decrypt_blocks_b2b_mut(ffi::blocks(input), ffi::blocks_mut(output)).ok()?,
    }
    Some(())
}
