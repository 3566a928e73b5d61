//! Signatures.
//!
//! The whole message goes to the engine of whole messages; a stream is hashed here, and the engine that takes a digest signs.
#![forbid(unsafe_code)]

use v2gcrypt_primitives::SignError;

use super::prepared::{with_ed25519_signing_key, with_ed25519_verifying_key, with_signing_key, with_verifying_key, KeyMaterial};
use super::{hash, Inputs, Outcome, Workspace};
use crate::soft::errors::Refusal;
use crate::soft::operation::{Mode, SignatureAlgorithm};

pub(super) fn sign(
    algorithm: SignatureAlgorithm,
    mode: Mode,
    workspace: &mut Workspace,
    key: KeyMaterial<'_>,
    message: &[u8],
) -> Result<Outcome, Refusal> {
    let refused = |_: SignError| Refusal::NOT_OK;
    match algorithm {
        SignatureAlgorithm::Ecdsa(curve, algorithm) => {
            let signature = if mode.is_single_call() {
                with_signing_key(curve, key, |key| key.sign(algorithm, message))?
            } else {
                let Some(digest) = hash(algorithm, mode, workspace, message)? else {
                    return Ok(Outcome::Done);
                };
                with_signing_key(curve, key, |key| key.sign_digest(digest.as_bytes()))?
            };
            Outcome::bytes_of(signature.map_err(refused)?.as_bytes())
        }
        SignatureAlgorithm::Ed25519 => {
            let signature = with_ed25519_signing_key(key, |key| key.sign(message))?;
            Outcome::bytes_of(&signature.map_err(refused)?)
        }
    }
}

#[inline(never)] // stack
pub(super) fn verify(
    algorithm: SignatureAlgorithm,
    mode: Mode,
    workspace: &mut Workspace,
    key: KeyMaterial<'_>,
    inputs: Inputs<'_>,
) -> Result<Outcome, Refusal> {
    let (message, signature) = (inputs.message, inputs.compared);
    let genuine = match algorithm {
        SignatureAlgorithm::Ecdsa(curve, algorithm) if mode.is_single_call() => {
            with_verifying_key(curve, key, |key| key.verify(algorithm, message, signature))?
        }
        SignatureAlgorithm::Ecdsa(curve, algorithm) => {
            let Some(digest) = hash(algorithm, mode, workspace, message)? else {
                return Ok(Outcome::Done);
            };
            with_verifying_key(curve, key, |key| key.verify_digest(digest.as_bytes(), signature))?
        }
        SignatureAlgorithm::Ed25519 => {
            let signature = signature.try_into().map_err(|_| Refusal::NOT_OK)?;
            with_ed25519_verifying_key(key, |key| key.verify(message, signature))?
        }
    };
    Ok(Outcome::Verified(genuine))
}
