//! In a build without structures of ASN.1.
#![forbid(unsafe_code)]

use super::{Kind, PrivateKey, PublicKey};

pub(super) fn private_key(_: &[u8]) -> Option<PrivateKey<'_>> {
    None
}

pub(super) fn public_key(_: &[u8]) -> Option<PublicKey<'_>> {
    None
}

pub(super) fn is_rsa_private_key(_: &[u8]) -> bool {
    false
}

pub(super) fn is_rsa_public_key(_: &[u8]) -> bool {
    false
}

pub(super) fn encode_private(_: Kind, _: &[u8], _: Option<&[u8]>, _: &mut [u8]) -> Option<usize> {
    None
}

pub(super) fn encode_public(_: Kind, _: &[u8], _: &mut [u8]) -> Option<usize> {
    None
}
