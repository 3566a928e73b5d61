//! What a copy between key elements must fulfil, before its first byte.
#![forbid(unsafe_code)]

use v2gcrypt_types::*;

use super::super::config::*;
use super::super::errors::Refusal;
use super::super::keys::takes;

/// Which bytes of one element go where in another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Part {
    /// First byte in the source.
    pub source_offset: u32,
    /// First byte in the target.
    pub target_offset: u32,
    /// Bytes.
    pub length: u32,
}

/// Elements of which nobody learns more than what can be done with the key: the key, password or shared value, and the private
/// value of a key exchange.
///
/// All others are parameters, or public: an initialisation vector is the difference of two decryptions, an algorithm shows.
pub const SECRET_ELEMENTS: [u32; 2] = [CRYPTO_KE_CIPHER_KEY, CRYPTO_KE_KEYEXCHANGE_PRIVKEY];

/// May `source` be copied to `target`, as far as their access rights go?
///
/// A copy is never easier to read than its source. What may not be read goes only to the same element, or to where keys lie.
pub fn check_access(source: &CryptoSoft_KeyElementConfigType, target: &CryptoSoft_KeyElementConfigType) -> Result<(), Refusal> {
    let stays_secret = target.keyElementId == source.keyElementId || SECRET_ELEMENTS.contains(&target.keyElementId);
    match source.readAccess {
        CRYPTO_SOFT_RA_ALLOWED => {}
        CRYPTO_SOFT_RA_INTERNAL_COPY if stays_secret => check_readability(source, target)?,
        _ => return Err(Refusal::KEY_READ_FAIL),
    }
    check_internal_write(target)
}

/// May what is made of the secret in `source` lie in `target`? It is never easier to read: it gives the secret away, or what
/// else is made of it.
pub fn check_readability(
    source: &CryptoSoft_KeyElementConfigType,
    target: &CryptoSoft_KeyElementConfigType,
) -> Result<(), Refusal> {
    if target.readAccess < source.readAccess {
        return Err(Refusal::KEY_READ_FAIL);
    }
    Ok(())
}

/// May the driver itself write `target`?
pub fn check_internal_write(target: &CryptoSoft_KeyElementConfigType) -> Result<(), Refusal> {
    match target.writeAccess {
        CRYPTO_SOFT_WA_ALLOWED | CRYPTO_SOFT_WA_ENCRYPTED | CRYPTO_SOFT_WA_INTERNAL_COPY => Ok(()),
        _ => Err(Refusal::silent(CRYPTO_E_KEY_WRITE_FAIL)),
    }
}

/// Does the value of `source`, `length` bytes, fit `target`? A value of no bytes does: it was never written.
pub fn check_value(
    source: &CryptoSoft_KeyElementConfigType,
    length: u32,
    target: &CryptoSoft_KeyElementConfigType,
) -> Result<(), Refusal> {
    if source.format == target.format && (length == 0 || takes(target, length)) {
        Ok(())
    } else {
        Err(Refusal::silent(CRYPTO_E_KEY_SIZE_MISMATCH))
    }
}

/// May part of `source` be copied into `target`, as far as their access rights go?
pub fn check_partial_access(
    source: &CryptoSoft_KeyElementConfigType,
    target: &CryptoSoft_KeyElementConfigType,
) -> Result<(), Refusal> {
    check_access(source, target)?;
    if source.allowPartialAccess == 0 {
        return Err(Refusal::KEY_READ_FAIL);
    }
    if target.allowPartialAccess == 0 {
        return Err(Refusal::silent(CRYPTO_E_KEY_WRITE_FAIL));
    }
    Ok(())
}

/// Length of the target's value after `part` was copied into it. No gap may come to be in it.
pub fn check_part(
    part: Part,
    (source, source_length): (&CryptoSoft_KeyElementConfigType, u32),
    (target, target_length): (&CryptoSoft_KeyElementConfigType, u32),
) -> Result<u32, Refusal> {
    if source_length == 0 {
        return Err(Refusal::silent(CRYPTO_E_KEY_EMPTY));
    }
    let source_end = part.source_offset.checked_add(part.length).filter(|&end| end <= source_length);
    let target_end = part.target_offset.checked_add(part.length).filter(|&end| end <= target.size);
    match (source_end, target_end) {
        (Some(_), Some(end)) if part.target_offset <= target_length && source.format == target.format => {
            Ok(end.max(target_length))
        }
        _ => Err(Refusal::silent(CRYPTO_E_KEY_SIZE_MISMATCH)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn element(read: u8, write: u8) -> CryptoSoft_KeyElementConfigType {
        CryptoSoft_KeyElementConfigType {
            keyElementId: 2,
            size: 8,
            offset: 0,
            initValue: core::ptr::null(),
            initLength: 0,
            format: CRYPTO_KE_FORMAT_BIN_OCTET,
            readAccess: read,
            writeAccess: write,
            allowPartialAccess: 1,
            persist: 0,
        }
    }

    #[test]
    fn no_sequence_of_copies_makes_a_value_easier_to_read() {
        // Once what may only be copied internally has arrived somewhere, nobody can get it from there by KeyElementGet.
        for from in 0..=u8::MAX {
            for to in 0..=u8::MAX {
                let copied = check_access(&element(from, 0), &element(to, 0));
                let expected = from == CRYPTO_SOFT_RA_ALLOWED
                    || (from == CRYPTO_SOFT_RA_INTERNAL_COPY && to >= CRYPTO_SOFT_RA_INTERNAL_COPY);
                assert_eq!(copied.is_ok(), expected, "read access {from} to {to}");
                assert!(copied.is_ok() || copied == Err(Refusal::KEY_READ_FAIL));
            }
        }
    }

    #[test]
    fn nobody_writes_an_element_whose_write_access_is_denied_or_unknown() {
        for to in 0..=u8::MAX {
            let written = check_access(&element(0, 0), &element(0, to));
            assert_eq!(written.is_ok(), to < CRYPTO_SOFT_WA_DENIED, "write access {to}");
        }
    }

    #[test]
    fn a_part_lies_in_what_is_stored_and_leaves_no_gap() {
        let config = element(0, 0);
        let mut fitting = 0;
        for source_length in 0..=8 {
            for target_length in 0..=8 {
                for case in 0..1000u32 {
                    let part = Part { source_offset: case / 100, target_offset: case / 10 % 10, length: case % 10 };
                    let got = check_part(part, (&config, source_length), (&config, target_length));
                    let fits = part.source_offset + part.length <= source_length
                        && part.target_offset <= target_length
                        && part.target_offset + part.length <= 8;
                    match got {
                        Ok(length) => {
                            assert!(fits && source_length != 0);
                            assert_eq!(length, target_length.max(part.target_offset + part.length));
                            fitting += 1;
                        }
                        Err(refusal) if source_length == 0 => assert_eq!(refusal.result, CRYPTO_E_KEY_EMPTY),
                        Err(refusal) => assert!(!fits && refusal.result == CRYPTO_E_KEY_SIZE_MISMATCH),
                    }
                }
            }
        }
        assert!(fitting > 5000);
        let over = Part { source_offset: u32::MAX, target_offset: 0, length: 2 };
        assert!(check_part(over, (&config, 8), (&config, 8)).is_err());
        let over = Part { source_offset: 0, target_offset: u32::MAX, length: 2 };
        assert!(check_part(over, (&config, 8), (&config, 8)).is_err());
    }
}
