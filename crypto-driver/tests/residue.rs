//! What `KeySetValid` leaves on the stack below it: nothing of a key, nor of what is made of one.
//!
//! In a release the frames are those of products: `cargo test --release -p v2gcrypt-crypto-driver --features host --test residue`.
#![allow(unsafe_code, clippy::undocumented_unsafe_blocks)] // see `common`

mod common;
use std::collections::HashSet;
use std::mem::MaybeUninit;

use common::nv::*;
use common::*;
use v2gcrypt_primitives::{kdf, HashAlgorithm};

/// Bytes below the caller that are looked at: more than any call here uses.
const STACK: usize = if cfg!(debug_assertions) { 160 * 1024 } else { 64 * 1024 };
const PAINT: u8 = 0xC3;

/// The bytes of the stack below the caller, the lowest first.
#[inline(never)]
fn read_stack(into: &mut [u8]) {
    let stack = MaybeUninit::<[u8; STACK]>::uninit();
    let first = std::hint::black_box(stack.as_ptr().cast::<u8>());
    for (at, byte) in into.iter_mut().enumerate() {
        *byte = unsafe { first.add(at).read_volatile() };
    }
}

#[inline(never)]
fn paint_stack() {
    let mut stack = MaybeUninit::<[u8; STACK]>::uninit();
    for at in 0..STACK {
        unsafe { stack.as_mut_ptr().cast::<u8>().add(at).write_volatile(PAINT) };
    }
    std::hint::black_box(&stack);
}

/// The stack below `call`, after it.
#[inline(never)]
fn stack_after(call: impl FnOnce() -> u8, stack: &mut [u8]) {
    paint_stack();
    let code = call();
    read_stack(stack);
    assert_eq!(code, E_OK);
}

/// How many bytes a call has used. Zeros may come from the probes of large frames.
fn depth(stack: &[u8]) -> usize {
    stack.len() - stack.iter().position(|&byte| byte != PAINT && byte != 0).unwrap_or(stack.len())
}

/// Where any 8 bytes of `secret` lie, from the top.
fn find(stack: &[u8], secret: &[u8]) -> Vec<usize> {
    let pieces: HashSet<&[u8]> = secret.windows(8).collect();
    stack.windows(8).enumerate().filter(|(_, piece)| pieces.contains(piece)).map(|(at, _)| stack.len() - at).collect()
}

fn key(seed: u8) -> Vec<u8> {
    (0..32u8).map(|at| at.wrapping_mul(37).wrapping_add(seed) ^ 0x5B).collect()
}

/// What differs after the same call with another key is made of the key, whatever it looks like.
#[test]
fn no_key_and_nothing_made_of_it_is_left_on_the_stack() {
    let forms = [
        ("CMAC", CRYPTO_SOFT_FORM_AES_CMAC),
        ("HMAC-SHA-256", CRYPTO_SOFT_FORM_HMAC_SHA256),
        ("HMAC-SHA-384", CRYPTO_SOFT_FORM_HMAC_SHA384),
        ("HMAC-SHA-512", CRYPTO_SOFT_FORM_HMAC_SHA512),
        ("AES", CRYPTO_SOFT_FORM_AES_CIPHER),
        ("AES-GCM", CRYPTO_SOFT_FORM_AES_GCM),
        ("ChaCha20-Poly1305", CRYPTO_SOFT_FORM_CHACHA20_POLY1305),
        ("P-256", CRYPTO_SOFT_FORM_ECDSA_P256_SIGN),
        ("P-384", CRYPTO_SOFT_FORM_ECDSA_P384_SIGN),
        ("P-521", CRYPTO_SOFT_FORM_ECDSA_P521_SIGN),
        ("Ed25519", CRYPTO_SOFT_FORM_ED25519_SIGN),
    ];
    let mut wrong = vec![];
    for (name, form) in forms {
        let size = match form {
            CRYPTO_SOFT_FORM_ECDSA_P384_SIGN => 48,
            CRYPTO_SOFT_FORM_ECDSA_P521_SIGN => 66,
            _ => 32,
        };
        let driver = Builder::new().key(form, &[ElementSpec::new(1, size)]).start();
        let mut stack = vec![0; STACK]; // one for all: its address lies on the stack
        let mut after = |seed: u8| {
            driver.init();
            let mut value = vec![0; size as usize];
            value[size as usize - 32..].copy_from_slice(&key(seed));
            assert_eq!(driver.set(0, 1, &value), E_OK);
            stack_after(|| driver.set_valid(0), &mut stack);
            stack.clone()
        };
        after(0); // what is done once, such as asking what the processor can do
        let (one, other) = (after(1), after(2));
        let found = [find(&one, &key(1)), find(&other, &key(2))].concat();
        let differ = one.iter().zip(&other).enumerate().filter(|(_, (one, other))| one != other);
        let differ: Vec<usize> = differ.map(|(at, _)| one.len() - at).collect();
        println!("{name}: depth {}, {} pieces, {} bytes differ", depth(&one), found.len(), differ.len());
        if !found.is_empty() || !differ.is_empty() {
            wrong.push(format!("{name}: pieces at {found:?}, differences at {differ:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_key_of_a_record_is_left_on_the_stack() {
    let mut okm = [0; 64];
    let block = 0x100u16.to_le_bytes();
    kdf::hkdf(HashAlgorithm::Sha256, b"v2gcrypt NV record 1", &OTHER_DEVICE_KEY, &block, &mut okm).unwrap();
    for sync in [false, true] {
        let spec = NvSpec::new(0, &[1]);
        let spec = if sync { spec.sync() } else { spec };
        let driver = Builder::new().key(CRYPTO_SOFT_FORM_AES_CMAC, &[ElementSpec::new(1, 32)]).persistent(&[spec]);
        nvm(|nvm| (nvm.device_key, nvm.delay) = (OTHER_DEVICE_KEY, 0));
        driver.init();
        let mut stack = vec![0; STACK];
        let mut expect_nothing = |what: &str, call: &dyn Fn() -> u8| {
            stack_after(call, &mut stack);
            let found = [&okm[..32], &okm[32..], &key(9), &OTHER_DEVICE_KEY].map(|secret| find(&stack, secret));
            println!("{what}: depth {}, pieces of encryption, nonce, own and device key {found:?}", depth(&stack));
            assert!(found.iter().all(Vec::is_empty), "{what}: {found:?}");
        };
        assert_eq!(driver.set(0, 1, &key(9)), E_OK);
        expect_nothing("save", &|| driver.set_valid(0));
        assert_eq!(driver.settle(0), CRYPTO_SOFT_NV_IDLE);
        // As `Init` does: a main function loads the key, and prepares it.
        nvm(|nvm| nvm.delay = 1);
        driver.init();
        expect_nothing("load", &|| {
            assert_eq!(driver.settle(0), CRYPTO_SOFT_NV_IDLE);
            E_OK
        });
        assert_eq!((driver.is_valid(0), driver.stored(0, 1)), (true, key(9)));
    }
}

/// Bytes that are nowhere else.
const OTHER_DEVICE_KEY: [u8; 32] = *b"the device key of this test only";
