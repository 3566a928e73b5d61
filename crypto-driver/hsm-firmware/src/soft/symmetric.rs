//! Hashes, message authentication codes, ciphers.

use v2gcrypt_primitives::aead::{Aead, AeadAlgorithm, AeadError, AeadKey};
use v2gcrypt_primitives::cipher::{Cipher, CipherAlgorithm, CipherError, CipherKey};
use v2gcrypt_primitives::{digest, Data, Hash, HashAlgorithm, Mac, MacAlgorithm, MacKey};

use crate::platform::{AesEngine, Ciphering, Code, Digesting, Direction, EngineError, HashEngine, Sealing};

/// Hashes and HMAC.
#[derive(Debug, Clone, Copy, Default)]
pub struct SoftHash;

/// AES and ChaCha20.
#[derive(Debug, Clone, Copy, Default)]
pub struct SoftAes;

impl HashEngine for SoftHash {
    type Hash = Hash;
    type Hmac = Mac;

    fn hash(&mut self, algorithm: HashAlgorithm) -> Result<Hash, EngineError> {
        Ok(Hash::new(algorithm))
    }

    fn hmac(&mut self, algorithm: MacAlgorithm, key: &[u8]) -> Result<Mac, EngineError> {
        Ok(MacKey::new(algorithm, key)?.start())
    }

    fn hash_of(&mut self, algorithm: HashAlgorithm, message: &[u8]) -> Result<Code, EngineError> {
        Ok(Code::new(digest(algorithm, message).as_bytes()))
    }

    fn hmac_of(&mut self, algorithm: MacAlgorithm, key: &[u8], message: &[u8]) -> Result<Code, EngineError> {
        Ok(Code::new(MacKey::new(algorithm, key)?.mac(message).as_bytes()))
    }
}

impl AesEngine for SoftAes {
    type Cmac = Mac;
    type Cipher = Cipher;
    type Aead = Aead;

    fn cmac(&mut self, key: &[u8]) -> Result<Mac, EngineError> {
        Ok(MacKey::new(MacAlgorithm::AesCmac, key)?.start())
    }

    fn cmac_of(&mut self, key: &[u8], message: &[u8]) -> Result<Code, EngineError> {
        Ok(Code::new(MacKey::new(MacAlgorithm::AesCmac, key)?.mac(message).as_bytes()))
    }

    fn cipher(&mut self, algorithm: CipherAlgorithm, direction: Direction, key: &[u8], iv: &[u8]) -> Result<Cipher, EngineError> {
        Ok(CipherKey::new(algorithm, key)?.start(direction, iv)?)
    }

    fn aead(&mut self, algorithm: AeadAlgorithm, direction: Direction, key: &[u8], nonce: &[u8]) -> Result<Aead, EngineError> {
        Ok(AeadKey::new(algorithm, key)?.start(direction, nonce)?)
    }
}

impl Digesting for Hash {
    fn update(&mut self, data: &[u8]) {
        Hash::update(self, data);
    }

    fn finish(self) -> Code {
        Code::new(Hash::finish(self).as_bytes())
    }
}

impl Digesting for Mac {
    fn update(&mut self, data: &[u8]) {
        Mac::update(self, data);
    }

    fn finish(self) -> Code {
        Code::new(Mac::finish(self).as_bytes())
    }
}

impl Ciphering for Cipher {
    fn update(&mut self, input: &[u8], output: &mut [u8]) -> Result<usize, EngineError> {
        Ok(Cipher::update(self, Data::Apart { input, output })?)
    }

    fn finish(mut self, output: &mut [u8]) -> Result<usize, EngineError> {
        match Cipher::finish(&mut self, output) {
            Ok(length) => Ok(length),
            // Only what decrypts and takes padding off has a last block that can be wrong; else it is not complete.
            Err(CipherError::Text) if self.finish_len_max() == UNPADDED_MAX => Err(EngineError::NotGenuine),
            Err(error) => Err(error.into()),
        }
    }
}

/// What is left of a padded text's last block at most.
const UNPADDED_MAX: usize = 15;

impl Sealing for Aead {
    fn update_aad(&mut self, aad: &[u8]) -> Result<(), EngineError> {
        Ok(Aead::update_aad(self, aad)?)
    }

    fn update(&mut self, input: &[u8], output: &mut [u8]) -> Result<(), EngineError> {
        Aead::update(self, Data::Apart { input, output })?;
        Ok(())
    }

    fn finish(self) -> Code {
        Code::new(Aead::finish(self).as_bytes())
    }
}

impl From<CipherError> for EngineError {
    fn from(error: CipherError) -> Self {
        match error {
            CipherError::Iv => Self::Nonce,
            CipherError::Room | CipherError::Text => Self::Length,
        }
    }
}

impl From<AeadError> for EngineError {
    fn from(error: AeadError) -> Self {
        match error {
            AeadError::Nonce => Self::Nonce,
            AeadError::Tag => Self::NotGenuine,
            AeadError::Room | AeadError::TooLong | AeadError::Order => Self::Length,
        }
    }
}
