//! Stands for what a build leaves out: a type without values, so that users need no condition of their own.

#![allow(dead_code)] // a build has what another lacks

use super::{EcdhKey, EcdsaSigner, EcdsaVerifier, Ed25519Signer, Ed25519Verifier, Engine, X25519Key};
use crate::curve::{Point, Secret};
use crate::ecdsa::Signature;
use crate::hash::HashAlgorithm;

pub(crate) enum Absent {}

pub(crate) type Group = Absent;
pub(crate) type Ecdh = Absent;
pub(crate) type Signer = Absent;
pub(crate) type Verifier = Absent;
pub(crate) type Xdh = Absent;

impl Engine for Absent {
    const NAME: &'static str = "none";
}

impl super::Group for Absent {
    fn public_key(_: &[u8]) -> Option<Point> {
        None
    }

    fn is_scalar(_: &[u8]) -> bool {
        false
    }

    fn is_point(_: &Point) -> bool {
        false
    }
}

impl EcdsaSigner for Absent {
    fn new(_: &[u8]) -> Option<Self> {
        None
    }

    fn sign(&self, _: HashAlgorithm, _: &[u8]) -> Option<Signature> {
        match *self {}
    }

    fn sign_digest(&self, _: &[u8]) -> Option<Signature> {
        match *self {}
    }
}

impl EcdsaVerifier for Absent {
    fn new(_: &Point) -> Option<Self> {
        None
    }

    fn verify(&self, _: HashAlgorithm, _: &[u8], _: &[u8]) -> bool {
        match *self {}
    }

    fn verify_digest(&self, _: &[u8], _: &[u8]) -> bool {
        match *self {}
    }
}

impl EcdhKey for Absent {
    fn new(_: &[u8]) -> Option<Self> {
        None
    }

    fn public_key(&self) -> Option<Point> {
        match *self {}
    }

    fn agree(&self, _: &Point) -> Option<Secret> {
        match *self {}
    }
}

impl Ed25519Signer for Absent {
    fn new(_: &[u8; 32]) -> Option<Self> {
        None
    }

    fn public_key(&self) -> [u8; 32] {
        match *self {}
    }

    fn sign(&self, _: &[u8]) -> Option<[u8; 64]> {
        match *self {}
    }
}

impl Ed25519Verifier for Absent {
    fn new(_: &[u8; 32]) -> Option<Self> {
        None
    }

    fn verify(&self, _: &[u8], _: &[u8; 64]) -> bool {
        match *self {}
    }
}

impl X25519Key for Absent {
    fn new(_: &[u8; 32]) -> Option<Self> {
        None
    }

    fn public_key(&self) -> [u8; 32] {
        match *self {}
    }

    fn agree(&self, _: &[u8; 32]) -> Option<Secret> {
        match *self {}
    }
}
