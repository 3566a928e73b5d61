//! The protocol's numbers as the primitives' algorithms.

use v2gcrypt_hsm_protocol::{algorithm, Status};
use v2gcrypt_primitives::aead::AeadAlgorithm;
use v2gcrypt_primitives::cipher::CipherAlgorithm;
use v2gcrypt_primitives::HashAlgorithm;

use crate::platform::EngineError;

pub(crate) const fn hash_algorithm(hash: algorithm::Hash) -> HashAlgorithm {
    match hash {
        algorithm::Hash::Sha1 => HashAlgorithm::Sha1,
        algorithm::Hash::Sha224 => HashAlgorithm::Sha224,
        algorithm::Hash::Sha256 => HashAlgorithm::Sha256,
        algorithm::Hash::Sha384 => HashAlgorithm::Sha384,
        algorithm::Hash::Sha512 => HashAlgorithm::Sha512,
        algorithm::Hash::Sha512_224 => HashAlgorithm::Sha512_224,
        algorithm::Hash::Sha512_256 => HashAlgorithm::Sha512_256,
    }
}

pub(crate) const fn cipher_algorithm(cipher: algorithm::Cipher) -> CipherAlgorithm {
    match cipher {
        algorithm::Cipher::AesCbc => CipherAlgorithm::AesCbc,
        algorithm::Cipher::AesCbcPkcs7 => CipherAlgorithm::AesCbcPkcs7,
        algorithm::Cipher::AesCtr => CipherAlgorithm::AesCtr,
    }
}

pub(crate) const fn aead_algorithm(aead: algorithm::Aead) -> AeadAlgorithm {
    match aead {
        algorithm::Aead::AesGcm => AeadAlgorithm::AesGcm,
        algorithm::Aead::ChaCha20Poly1305 => AeadAlgorithm::ChaCha20Poly1305,
    }
}

impl From<EngineError> for Status {
    fn from(error: EngineError) -> Self {
        match error {
            EngineError::Absent => Self::Parameter,
            EngineError::Nonce | EngineError::Length => Self::Length,
            EngineError::NotGenuine => Self::NotGenuine,
            EngineError::Key => Self::KeyMalformed,
            EngineError::Entropy => Self::Entropy,
            EngineError::Failed => Self::Internal,
        }
    }
}
