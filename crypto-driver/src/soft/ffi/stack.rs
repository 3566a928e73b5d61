//! The stack below a function that computes with keys: engines leave round keys there, and moves leave keys.
#![allow(unsafe_code)]

use core::mem::{size_of, MaybeUninit};

use v2gcrypt_types::*;

use super::super::config::*;

/// How deep work with keys reaches below [`erased`]. `tests/residue.rs` finds what is left if one is too small; on a target, one
/// that is too large is stack for nothing.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Depth {
    /// Nothing secret is computed with.
    Nothing,
    /// Parsing a private key of a curve.
    P256,
    /// As before.
    P384,
    /// As before.
    P521,
    /// Parsing a key of Ed25519, which computes its public key.
    Ed25519,
    /// Parsing a key of a MAC or a cipher; hashing a key.
    Symmetric,
    /// Parsing a key of an authenticated cipher.
    Aead,
    /// Encrypting a record of NvM.
    Seal,
    /// Decrypting one.
    Examine,
}

// As measured on x86-64 with each engine, 12.5, 15.5 and 31 kB at the deepest, and on a Cortex-M3.
const P256: usize = sized(16 * 1024, 2_752);
const P384: usize = sized(16 * 1024, 3_328);
const P521: usize = sized(16 * 1024, 3_968);
const ED25519: usize = sized(20 * 1024, 7_168);
const SYMMETRIC: usize = sized(16 * 1024, 4_224);
const AEAD: usize = sized(16 * 1024, 5_376);
const SEAL: usize = sized(40 * 1024, 12_800);
const EXAMINE: usize = sized(40 * 1024, 14_080);

/// Bytes on a host and on a target of 32 bits. Unoptimised code has many times the stack.
const fn sized(host: usize, target: usize) -> usize {
    if cfg!(debug_assertions) {
        96 * 1024
    } else if cfg!(target_pointer_width = "64") {
        host
    } else {
        target
    }
}

impl Depth {
    /// Of parsing a key for a prepared form.
    pub(super) const fn of_form(form: uint8) -> Self {
        match form {
            CRYPTO_SOFT_FORM_NONE
            | CRYPTO_SOFT_FORM_ECDSA_P256_VERIFY
            | CRYPTO_SOFT_FORM_ECDSA_P384_VERIFY
            | CRYPTO_SOFT_FORM_ECDSA_P521_VERIFY
            | CRYPTO_SOFT_FORM_ED25519_VERIFY => Self::Nothing,
            CRYPTO_SOFT_FORM_ECDSA_P256_SIGN => Self::P256,
            CRYPTO_SOFT_FORM_ECDSA_P384_SIGN => Self::P384,
            CRYPTO_SOFT_FORM_ECDSA_P521_SIGN => Self::P521,
            CRYPTO_SOFT_FORM_ED25519_SIGN => Self::Ed25519,
            CRYPTO_SOFT_FORM_AES_GCM | CRYPTO_SOFT_FORM_CHACHA20_POLY1305 => Self::Aead,
            _ => Self::Symmetric,
        }
    }
}

/// Does `work`, and overwrites the stack that it used. Its result should say nothing of a key.
pub(super) fn erased<T>(depth: Depth, work: impl FnOnce() -> T) -> T {
    let result = below(work);
    match depth {
        Depth::Nothing => {}
        Depth::P256 => overwrite::<{ P256 / size_of::<usize>() }>(),
        Depth::P384 => overwrite::<{ P384 / size_of::<usize>() }>(),
        Depth::P521 => overwrite::<{ P521 / size_of::<usize>() }>(),
        Depth::Ed25519 => overwrite::<{ ED25519 / size_of::<usize>() }>(),
        Depth::Symmetric => overwrite::<{ SYMMETRIC / size_of::<usize>() }>(),
        Depth::Aead => overwrite::<{ AEAD / size_of::<usize>() }>(),
        Depth::Seal => overwrite::<{ SEAL / size_of::<usize>() }>(),
        Depth::Examine => overwrite::<{ EXAMINE / size_of::<usize>() }>(),
    }
    result
}

/// A frame of its own, which begins where that of `overwrite` does.
#[inline(never)]
fn below<T>(work: impl FnOnce() -> T) -> T {
    work()
}

#[inline(never)]
fn overwrite<const WORDS: usize>() {
    let mut dead = MaybeUninit::<[usize; WORDS]>::uninit();
    let first = dead.as_mut_ptr().cast::<usize>();
    if cfg!(debug_assertions) {
        // SAFETY: it is the array. One word at a time would take long where nothing is optimised.
        unsafe { first.write_bytes(0, WORDS) };
        core::hint::black_box(first);
        return;
    }
    for index in 0..WORDS {
        // SAFETY: the word lies in the array.
        unsafe { first.add(index).write_volatile(0) };
    }
}
