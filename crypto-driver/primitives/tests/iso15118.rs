//! A published signature of Plug & Charge.
#![cfg(feature = "ecdsa")]

mod common;

use common::unhex;
use v2gcrypt_primitives::ecdsa::VerifyingKey;
use v2gcrypt_primitives::{digest, Curve, HashAlgorithm};

/// ISO 15118-2 Annex J.2: public key, EXI SignedInfo of an AuthorizationReq, signature.
const J2_X_Y: &str = "43e4fc4ccb643904279c7a5e6576b323e55ec79ff0e5a4056e334084cbc336ff\
                      46e44c1addf69162e5192c2a83fc2bca9d8f46ecf4b78067c2476f6b3f34600e";
const J2_SIGNED_INFO: &str = "808112b43a3a381d1797bbbbbb973b999737b93397aa2917b1b0b737b734b1b0b616b2bc3497a1ab43a3a381\
                              d1797bbbbbb973b999737b933979918181897981a17bc36b63239b4b396b6b7b93291b2b1b239b096b9b430991\
                              a9b220623494431025687474703a2f2f7777772e77332e6f72672f54522f63616e6f6e6963616c2d6578692f48\
                              52d0e8e8e0745e5eeeeeee5cee665cdee4ce5e646060625e60685ef0dad8cadcc646e6d0c2646a6c841a36bc07\
                              a00cb7dcad662f3088a60a3d6a99431f81c122c2e9f1678ef531e9552370";
const J2_DIGEST: &str = "a4e903e18243041b554e11647e101ed25fc9f2152af4674014fe2adeac1e1cf7";
const J2_SIGNATURE: &str = "4c8f20c1400ba67606aa4811572a2f1ad3c15089d95420363430bb26b49db104\
                            f08dfa8bf8055e63a4b75a8d3169206fa8d54308ba58f0566b96baf692ce5950";

#[test]
fn the_signature_of_iso_15118_2_annex_j2_verifies() {
    let message = unhex(J2_SIGNED_INFO);
    assert_eq!(message.len(), 209);
    let digest = digest(HashAlgorithm::Sha256, &message);
    assert_eq!(digest.as_bytes(), unhex(J2_DIGEST));
    let mut uncompressed = vec![4];
    uncompressed.extend(unhex(J2_X_Y));
    for bytes in [&uncompressed[1..], &uncompressed[..]] {
        let key = VerifyingKey::new(Curve::P256, bytes).unwrap();
        assert!(key.verify(HashAlgorithm::Sha256, &message, &unhex(J2_SIGNATURE)));
        assert!(key.verify_digest(digest.as_bytes(), &unhex(J2_SIGNATURE)));
    }
}
