//! Public keys, signatures and partners' public values from outside.
#![no_main]

use libfuzzer_sys::fuzz_target;
use v2gcrypt_fuzz::Bytes;
use v2gcrypt_primitives::{ec, ecdh, ecdsa, ed25519, x25519, Curve, HashAlgorithm};

fuzz_target!(|data: &[u8]| {
    let mut data = Bytes(data);
    let curve = [Curve::P256, Curve::P384, Curve::P521][usize::from(data.byte()) % 3];
    let hash = [HashAlgorithm::Sha256, HashAlgorithm::Sha384, HashAlgorithm::Sha512][usize::from(data.byte()) % 3];
    let mut scalar = vec![0; curve.field_len()];
    scalar[curve.field_len() - 1] = data.byte().max(1);
    let own = ecdsa::SigningKey::new(curve, &scalar).expect("a small scalar is in range");
    let mut point = ec::public_key(curve, &scalar).expect("as above").as_bytes().to_vec();
    // A genuine point with bytes changed gets past the first checks.
    let (mut changed, mut changed_signature) = (false, false);
    let mut signature = own.sign(hash, b"message").expect("there is randomness").as_bytes().to_vec();
    while data.0.len() >= 4 {
        let (which, at, mask) = (data.byte(), usize::from(data.byte()), data.byte());
        if which % 2 == 0 {
            let at = at % point.len();
            point[at] ^= mask;
            changed |= mask != 0;
        } else {
            let at = at % signature.len();
            signature[at] ^= mask;
            changed_signature |= mask != 0;
        }
    }
    let key = ecdsa::VerifyingKey::new(curve, &point);
    assert!(changed || key.is_ok());
    if let Ok(key) = key {
        let verified = key.verify(hash, b"message", &signature);
        assert!(changed || changed_signature || verified);
    }
    let peer = ecdh::PrivateKey::new(curve, &scalar).expect("as above").agree(&point);
    assert!(changed || peer.is_ok());
    let _ = ec::check_point(curve, data.0);
    let _ = ecdsa::VerifyingKey::new(curve, data.0);
    let _ = ed25519::VerifyingKey::new(point.get(..32).unwrap_or_default()).map(|key| {
        let signature: &[u8; 64] = signature[..64].try_into().expect("64 bytes");
        key.verify(b"message", signature)
    });
    let _ = x25519::PrivateKey::new(&[9; 32]).expect("any 32 bytes").agree(&point[..32]);
});
