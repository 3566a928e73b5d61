//! Ciphers, AEAD and key derivation.

use core::mem::size_of;
use v2gcrypt_primitives::aead::{Aead, AeadAlgorithm, AeadKey};
use v2gcrypt_primitives::cipher::{Cipher, CipherAlgorithm, CipherKey, Direction};
use v2gcrypt_primitives::{kdf, Data};

use super::{hash_algorithm, Place, Room};

fn cipher_algorithm(number: u8) -> Option<CipherAlgorithm> {
    use CipherAlgorithm::*;
    [AesCbc, AesCbcPkcs7, AesCtr].get(usize::from(number)).copied()
}

fn aead_algorithm(number: u8) -> Option<AeadAlgorithm> {
    use AeadAlgorithm::*;
    [AesGcm, ChaCha20Poly1305].get(usize::from(number)).copied()
}

fn direction(decrypts: bool) -> Direction {
    if decrypts {
        Direction::Decrypt
    } else {
        Direction::Encrypt
    }
}

/// In place at the front of the buffer, or into the other.
fn data<'a>(text: &'a mut Room, length: usize, apart: Option<&'a mut Room>) -> Option<Data<'a>> {
    Some(match apart {
        Some(output) => Data::Apart { input: text.get(..length)?, output },
        None => Data::InPlace { buffer: text, length },
    })
}

/// Prepares a key.
#[no_mangle]
pub extern "C" fn Entry_CipherKey(algorithm: u8, key: &Room, len: usize, prepared: &mut Place<CipherKey>) -> bool {
    let (Some(algorithm), Some(key)) = (cipher_algorithm(algorithm), key.get(..len)) else {
        return false;
    };
    prepared.write(CipherKey::new(algorithm, key).ok()).is_some()
}

/// Encrypts or decrypts at once, in place; the vector has 16 bytes.
#[no_mangle]
pub extern "C" fn Entry_Crypt(key: &Option<CipherKey>, decrypts: bool, iv: &[u8; 16], text: &mut Room, len: usize) -> usize {
    let (Some(key), Some(data)) = (key, data(text, len, None)) else {
        return 0;
    };
    key.crypt(direction(decrypts), iv, data).unwrap_or(0)
}

/// Starts a text.
#[no_mangle]
pub extern "C" fn Entry_CipherStart(key: &Option<CipherKey>, decrypts: bool, iv: &[u8; 16], cipher: &mut Place<Cipher>) {
    cipher.write(key.as_ref().and_then(|key| key.start(direction(decrypts), iv).ok()));
}

/// Goes on with it.
#[no_mangle]
pub extern "C" fn Entry_CipherUpdate(
    cipher: &mut Option<Cipher>,
    text: &mut Room,
    len: usize,
    apart: Option<&mut Room>,
) -> usize {
    let (Some(cipher), Some(data)) = (cipher, data(text, len, apart)) else {
        return 0;
    };
    cipher.update(data).unwrap_or(0)
}

/// Ends it.
#[no_mangle]
pub extern "C" fn Entry_CipherFinish(cipher: &mut Option<Cipher>, output: &mut Room) -> usize {
    cipher.as_mut().and_then(|cipher| cipher.finish(output).ok()).unwrap_or(0)
}

/// Prepares a key.
#[no_mangle]
pub extern "C" fn Entry_AeadKey(algorithm: u8, key: &Room, len: usize, prepared: &mut Place<AeadKey>) -> bool {
    let (Some(algorithm), Some(key)) = (aead_algorithm(algorithm), key.get(..len)) else {
        return false;
    };
    prepared.write(AeadKey::new(algorithm, key).ok()).is_some()
}

/// A nonce, its length, associated data, its length.
#[repr(C)]
pub struct Context<'a> {
    nonce: &'a Room,
    nonce_len: usize,
    aad: &'a Room,
    aad_len: usize,
}

impl Context<'_> {
    fn parts(&self) -> Option<(&[u8], &[u8])> {
        Some((self.nonce.get(..self.nonce_len)?, self.aad.get(..self.aad_len)?))
    }
}

/// Seals at once, in place.
#[no_mangle]
pub extern "C" fn Entry_Seal(
    key: &Option<AeadKey>,
    context: &Context<'_>,
    text: &mut Room,
    len: usize,
    tag: &mut [u8; 16],
) -> bool {
    let (Some(key), Some((nonce, aad)), Some(data)) = (key, context.parts(), data(text, len, None)) else {
        return false;
    };
    key.seal(nonce, aad, data).map(|made| *tag = *made.as_bytes()).is_ok()
}

/// Opens at once, in place.
#[no_mangle]
pub extern "C" fn Entry_Open(key: &Option<AeadKey>, context: &Context<'_>, text: &mut Room, len: usize, tag: &[u8; 16]) -> bool {
    let (Some(key), Some((nonce, aad)), Some(data)) = (key, context.parts(), data(text, len, None)) else {
        return false;
    };
    key.open(nonce, aad, data, tag).is_ok()
}

/// Starts a text, with all of its associated data.
#[no_mangle]
pub extern "C" fn Entry_AeadStart(key: &Option<AeadKey>, decrypts: bool, context: &Context<'_>, aead: &mut Place<Aead>) -> bool {
    let (Some(key), Some((nonce, aad))) = (key, context.parts()) else {
        return false;
    };
    let Ok(mut started) = key.start(direction(decrypts), nonce) else {
        return false;
    };
    let done = started.update_aad(aad).is_ok();
    aead.write(Some(started));
    done
}

/// Goes on with it.
#[no_mangle]
pub extern "C" fn Entry_AeadUpdate(aead: &mut Option<Aead>, text: &mut Room, len: usize, apart: Option<&mut Room>) -> usize {
    let (Some(aead), Some(data)) = (aead, data(text, len, apart)) else {
        return 0;
    };
    aead.update(data).unwrap_or(0)
}

/// Ends it with its tag.
#[no_mangle]
pub extern "C" fn Entry_AeadFinish(aead: &mut Option<Aead>, tag: &mut [u8; 16]) -> bool {
    aead.take().map(|aead| *tag = *aead.finish().as_bytes()).is_some()
}

/// Ends it by a comparison.
#[no_mangle]
pub extern "C" fn Entry_AeadFinishOpen(aead: &mut Option<Aead>, tag: &Room, len: usize) -> bool {
    aead.take().zip(tag.get(..len)).is_some_and(|(aead, tag)| aead.finish_open(tag))
}

/// Derives: 0 HKDF (the first 32 bytes of the secret are the salt), 1 the PRF of TLS 1.2, 2 X9.63, 3 NIST single-step.
#[no_mangle]
pub extern "C" fn Entry_Derive(what: u8, hash: u8, context: &Context<'_>, output: &mut Room, len: usize) -> bool {
    let (Some(hash), Some((secret, info)), Some(out)) = (hash_algorithm(hash), context.parts(), output.get_mut(..len)) else {
        return false;
    };
    let salt = secret.get(..32).unwrap_or_default();
    match what {
        0 => kdf::hkdf(hash, salt, secret, info, out),
        1 => kdf::tls12_prf(hash, secret, salt, info, out),
        2 => kdf::x963(hash, secret, info, out),
        _ => kdf::concat(hash, secret, info, out),
    }
    .is_ok()
}

/// Sizes of the `Option` of: `CipherKey`, `Cipher`, `AeadKey`, `Aead`, in bytes.
#[no_mangle]
pub static ENTRY_SYMMETRIC_SIZES: [u32; 4] = [
    size_of::<Option<CipherKey>>() as u32,
    size_of::<Option<Cipher>>() as u32,
    size_of::<Option<AeadKey>>() as u32,
    size_of::<Option<Aead>>() as u32,
];
