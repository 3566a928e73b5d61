//! What key management decides and computes, over Rust slices: copying, generating, deriving, agreeing on, importing keys.
#![forbid(unsafe_code)]

pub mod copy;
pub mod derive;
pub mod generate;
pub mod import;
pub mod pair;
mod value;

pub use value::{Value, MAX_VALUE_LEN};

use v2gcrypt_types::*;

use super::errors::Refusal;

/// The algorithm that a key element names: one byte, or four as C's `uint32` lies in memory.
pub fn family(value: &[u8]) -> Result<Crypto_AlgorithmFamilyType, Refusal> {
    let number = match *value {
        [] => return Err(Refusal::silent(CRYPTO_E_KEY_EMPTY)),
        [byte] => u32::from(byte),
        [a, b, c, d] => u32::from_ne_bytes([a, b, c, d]),
        _ => return Err(Refusal::NOT_OK),
    };
    u8::try_from(number).map(|byte| byte as Crypto_AlgorithmFamilyType).map_err(|_| Refusal::NOT_OK)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_algorithm_is_one_byte_or_a_native_word() {
        assert_eq!(family(&[0x2B]), Ok(CRYPTO_ALGOFAM_HKDF));
        assert_eq!(family(&0x2Bu32.to_ne_bytes()), Ok(CRYPTO_ALGOFAM_HKDF));
        assert_eq!(family(&[]), Err(Refusal::silent(CRYPTO_E_KEY_EMPTY)));
        for wrong in [&[0x2B, 0][..], &[0x2B, 0, 0], &[0x2B, 0, 0, 0, 0], &0x12Bu32.to_ne_bytes(), &u32::MAX.to_ne_bytes()] {
            assert_eq!(family(wrong), Err(Refusal::NOT_OK));
        }
    }
}
