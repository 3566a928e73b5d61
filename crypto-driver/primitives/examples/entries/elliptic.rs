//! Elliptic curves and the random bit generator. A curve goes by the bits of its field.

use v2gcrypt_primitives::drbg::CtrDrbg;
use v2gcrypt_primitives::ecdh::PrivateKey;
use v2gcrypt_primitives::ecdsa::{SigningKey, VerifyingKey};
use v2gcrypt_primitives::{ec, ed25519, x25519, Curve};

use super::{give, hash_algorithm, Place, Room};

/// Room for the longest point.
type Output = [u8; 133];

/// Parses a private key.
#[no_mangle]
pub extern "C" fn Entry_SigningKey(bits: u32, scalar: &Room, len: usize, key: &mut Place<SigningKey>) -> bool {
    let (Some(curve), Some(scalar)) = (Curve::from_bits(bits), scalar.get(..len)) else {
        return false;
    };
    key.write(SigningKey::new(curve, scalar).ok()).is_some()
}

/// Signs the hash of a message.
#[no_mangle]
pub extern "C" fn Entry_Sign(key: &Option<SigningKey>, hash: u8, message: &Room, len: usize, signature: &mut Output) -> usize {
    let (Some(key), Some(hash), Some(message)) = (key, hash_algorithm(hash), message.get(..len)) else {
        return 0;
    };
    key.sign(hash, message).map_or(0, |result| give(result.as_bytes(), signature))
}

/// Parses a public key.
#[no_mangle]
pub extern "C" fn Entry_VerifyingKey(bits: u32, x_y: &Room, len: usize, key: &mut Place<VerifyingKey>) -> bool {
    let (Some(curve), Some(x_y)) = (Curve::from_bits(bits), x_y.get(..len)) else {
        return false;
    };
    key.write(VerifyingKey::new(curve, x_y).ok()).is_some()
}

/// Verifies a signature, whose length is that of the curve.
#[no_mangle]
pub extern "C" fn Entry_Verify(key: &Option<VerifyingKey>, hash: u8, message: &Room, len: usize, signature: &Output) -> bool {
    let (Some(key), Some(hash), Some(message)) = (key, hash_algorithm(hash), message.get(..len)) else {
        return false;
    };
    signature.get(..key.curve().signature_len()).is_some_and(|signature| key.verify(hash, message, signature))
}

/// Parses a private key for agreement.
#[no_mangle]
pub extern "C" fn Entry_EcdhKey(bits: u32, scalar: &Room, len: usize, key: &mut Place<PrivateKey>) -> bool {
    let (Some(curve), Some(scalar)) = (Curve::from_bits(bits), scalar.get(..len)) else {
        return false;
    };
    key.write(PrivateKey::new(curve, scalar).ok()).is_some()
}

/// Its public key.
#[no_mangle]
pub extern "C" fn Entry_EcdhPublicKey(key: &Option<PrivateKey>, point: &mut Output) -> usize {
    key.as_ref().and_then(|key| key.public_key().ok()).map_or(0, |result| give(result.as_bytes(), point))
}

/// Agrees with a peer.
#[no_mangle]
pub extern "C" fn Entry_EcdhAgree(key: &Option<PrivateKey>, peer: &Room, len: usize, shared: &mut Output) -> usize {
    let (Some(key), Some(peer)) = (key, peer.get(..len)) else {
        return 0;
    };
    key.agree(peer).map_or(0, |result| give(result.as_bytes(), shared))
}

/// A private key out of a generator.
#[no_mangle]
pub extern "C" fn Entry_EcGenerate(bits: u32, generator: &mut Option<CtrDrbg>, scalar: &mut Output) -> usize {
    let (Some(curve), Some(generator)) = (Curve::from_bits(bits), generator) else {
        return 0;
    };
    ec::generate(curve, &mut |bytes| generator.generate(bytes, &[]).is_ok()).map_or(0, |result| give(result.as_bytes(), scalar))
}

/// Expands a private key of Ed25519.
#[no_mangle]
pub extern "C" fn Entry_Ed25519Key(seed: &[u8; 32], key: &mut Place<ed25519::SigningKey>) -> bool {
    key.write(ed25519::SigningKey::new(seed).ok()).is_some()
}

/// Signs.
#[no_mangle]
pub extern "C" fn Entry_Ed25519Sign(
    key: &Option<ed25519::SigningKey>,
    message: &Room,
    len: usize,
    signature: &mut Output,
) -> usize {
    let (Some(key), Some(message)) = (key, message.get(..len)) else {
        return 0;
    };
    key.sign(message).map_or(0, |result| give(&result, signature))
}

/// Verifies, with a key that is parsed for it.
#[no_mangle]
pub extern "C" fn Entry_Ed25519Verify(public_key: &[u8; 32], message: &Room, len: usize, signature: &[u8; 64]) -> bool {
    let (Ok(key), Some(message)) = (ed25519::VerifyingKey::new(public_key), message.get(..len)) else {
        return false;
    };
    key.verify(message, signature)
}

/// Agrees with a peer by X25519; the public value to `public_key`.
#[no_mangle]
pub extern "C" fn Entry_X25519(scalar: &[u8; 32], peer: &[u8; 32], public_key: &mut [u8; 32], shared: &mut Output) -> usize {
    let Ok(key) = x25519::PrivateKey::new(scalar) else {
        return 0;
    };
    *public_key = key.public_key();
    key.agree(peer).map_or(0, |result| give(result.as_bytes(), shared))
}

/// Starts a generator: entropy and nonce.
#[no_mangle]
pub extern "C" fn Entry_DrbgNew(entropy: &[u8; 64], generator: &mut Place<CtrDrbg>) {
    generator.write(Some(CtrDrbg::new(entropy, &[], &[])));
}

/// Fresh entropy.
#[no_mangle]
pub extern "C" fn Entry_DrbgReseed(generator: &mut Option<CtrDrbg>, entropy: &[u8; 32], additional: &Room, len: usize) {
    if let (Some(generator), Some(additional)) = (generator, additional.get(..len)) {
        generator.reseed(entropy, additional);
    }
}

/// Random bytes.
#[no_mangle]
pub extern "C" fn Entry_DrbgGenerate(generator: &mut Option<CtrDrbg>, output: &mut Room, len: usize) -> bool {
    let (Some(generator), Some(output)) = (generator, output.get_mut(..len)) else {
        return false;
    };
    generator.generate(output, &[]).is_ok()
}

/// Sizes of the prepared keys: ECDSA private and public, ECDH, Ed25519 private and public, X25519, and of the generator.
#[no_mangle]
pub static ENTRY_KEY_SIZES: [u32; 7] = [
    core::mem::size_of::<SigningKey>() as u32,
    core::mem::size_of::<VerifyingKey>() as u32,
    core::mem::size_of::<PrivateKey>() as u32,
    core::mem::size_of::<ed25519::SigningKey>() as u32,
    core::mem::size_of::<ed25519::VerifyingKey>() as u32,
    core::mem::size_of::<x25519::PrivateKey>() as u32,
    core::mem::size_of::<CtrDrbg>() as u32,
];
