//! Bulk rates through this crate beside the engine's own, in one run, in turn: AES-256 in CMAC, CBC, CTR and GCM, ChaCha20-Poly1305.
//!
//! `cargo run --release -p v2gcrypt-primitives --example bulk --features ring` (and `,aws-lc`)

use std::hint::black_box;
use std::mem::size_of;
use std::time::{Duration, Instant};

use aes::cipher::inout::InOutBuf;
use aes::cipher::{BlockDecryptMut, BlockEncryptMut, InnerIvInit, IvState, KeyInit, StreamCipherCore};
use aes::Aes256;
use v2gcrypt_primitives::aead::{Aead, AeadAlgorithm, AeadKey};
use v2gcrypt_primitives::cipher::{Cipher, CipherAlgorithm, CipherKey, Direction};
use v2gcrypt_primitives::{engines, Data, MacAlgorithm, MacKey};

const ROUNDS: usize = 80;
const KEY: [u8; 32] = [5; 32];
const NONCE: [u8; 12] = [1; 12];
const AAD: [u8; 13] = [3; 13];

type Run<'a> = Box<dyn FnMut(&mut [u8]) + 'a>;

/// Prints the rates, and each one's ratio to the first, from the quarter of the rounds that ends the fast ones.
fn compare(what: &str, length: usize, runs: &mut [(&str, Run<'_>)]) {
    let calls = (1_000_000 / length).clamp(8, 20_000) as u32;
    let mut buffer = vec![7; length];
    let mut times = vec![Vec::<Duration>::new(); runs.len()];
    for _ in 0..ROUNDS {
        for ((_, run), times) in runs.iter_mut().zip(&mut times) {
            let start = Instant::now();
            for _ in 0..calls {
                run(black_box(&mut buffer));
            }
            times.push(start.elapsed() / calls);
        }
    }
    let seconds: Vec<f64> = times
        .iter_mut()
        .map(|times| {
            times.sort();
            times[ROUNDS / 4].as_secs_f64()
        })
        .collect();
    print!("{what:24} {length:6} B");
    for ((name, _), time) in runs.iter().zip(&seconds) {
        print!("  {name} {:.0} MB/s ({:.3})", length as f64 / time / 1e6, seconds[0] / time);
    }
    println!();
}

/// The next vector is the end of this text: a text waits for the one before, as blocks do in CBC.
fn vector(buffer: &[u8]) -> [u8; 16] {
    *buffer.last_chunk().expect("a block")
}

fn ciphers(length: usize) {
    let bare = Aes256::new(&KEY.into());
    let key = CipherKey::new(CipherAlgorithm::AesCbc, &KEY).expect("32 bytes");
    let ours = |algorithm, direction| -> Run<'_> {
        let key = &key;
        Box::new(move |buffer| {
            let iv = vector(buffer);
            let length = buffer.len();
            key.crypt_with(algorithm, direction, &iv, Data::InPlace { buffer, length }).expect("whole blocks");
        })
    };
    let encrypt: Run<'_> = Box::new(|buffer| {
        let mut mode = cbc::Encryptor::inner_iv_init(&bare, &vector(buffer).into());
        mode.encrypt_blocks_inout_mut(InOutBuf::from(buffer).into_chunks().0);
        black_box(mode.iv_state());
    });
    compare(
        "AES-256-CBC encrypt",
        length,
        &mut [("RustCrypto", encrypt), ("ours", ours(CipherAlgorithm::AesCbc, Direction::Encrypt))],
    );
    let decrypt: Run<'_> = Box::new(|buffer| {
        let mut mode = cbc::Decryptor::inner_iv_init(&bare, &vector(buffer).into());
        mode.decrypt_blocks_inout_mut(InOutBuf::from(buffer).into_chunks().0);
        black_box(mode.iv_state());
    });
    compare(
        "AES-256-CBC decrypt",
        length,
        &mut [("RustCrypto", decrypt), ("ours", ours(CipherAlgorithm::AesCbc, Direction::Decrypt))],
    );
    let count: Run<'_> = Box::new(|buffer| {
        let mut mode = ctr::CtrCore::<_, ctr::flavors::Ctr128BE>::inner_iv_init(&bare, &vector(buffer).into());
        mode.apply_keystream_blocks_inout(InOutBuf::from(buffer).into_chunks().0);
        black_box(mode.iv_state());
    });
    compare("AES-256-CTR", length, &mut [("RustCrypto", count), ("ours", ours(CipherAlgorithm::AesCtr, Direction::Encrypt))]);
}

fn cmac(length: usize) {
    use cmac::{Cmac, Mac};
    let bare = <Cmac<Aes256> as KeyInit>::new_from_slice(&KEY).expect("32 bytes");
    let key = MacKey::new(MacAlgorithm::AesCmac, &KEY).expect("32 bytes");
    let bare: Run<'_> = Box::new(move |buffer| {
        let mut mac = bare.clone();
        mac.update(buffer);
        black_box(mac.finalize().into_bytes());
    });
    let ours: Run<'_> = Box::new(|buffer| {
        black_box(key.mac(buffer));
    });
    compare("AES-256-CMAC", length, &mut [("RustCrypto", bare), ("ours", ours)]);
}

fn aead(length: usize) {
    for algorithm in [AeadAlgorithm::AesGcm, AeadAlgorithm::ChaCha20Poly1305] {
        let bare = bare_aead(algorithm);
        let key = AeadKey::new(algorithm, &KEY).expect("32 bytes");
        let mut output = vec![0; length];
        let in_place: Run<'_> = Box::new(|buffer| {
            let length = buffer.len();
            black_box(key.seal(&NONCE, &AAD, Data::InPlace { buffer, length }).expect("seals"));
        });
        let apart: Run<'_> = Box::new(|buffer| {
            black_box(key.seal(&NONCE, &AAD, Data::Apart { input: buffer, output: &mut output }).expect("seals"));
        });
        let stream: Run<'_> = Box::new(|buffer| {
            let mut stream = key.start(Direction::Encrypt, &NONCE).expect("starts");
            stream.update_aad(&AAD).expect("before the text");
            let length = buffer.len();
            stream.update(Data::InPlace { buffer, length }).expect("there is room");
            black_box(stream.finish());
        });
        let runs = &mut [bare, ("ours in place", in_place), ("ours apart", apart), ("ours as a stream", stream)];
        compare(&format!("{algorithm:?} seal"), length, runs);
    }
}

#[cfg(feature = "aws-lc")]
use aws_lc_rs::aead as engine_aead;
#[cfg(not(feature = "aws-lc"))]
use ring::aead as engine_aead;

/// The engine's own call, in place.
fn bare_aead<'a>(algorithm: AeadAlgorithm) -> (&'static str, Run<'a>) {
    use engine_aead::{Aad, LessSafeKey, Nonce, UnboundKey, AES_256_GCM, CHACHA20_POLY1305};
    let algorithm = match algorithm {
        AeadAlgorithm::AesGcm => &AES_256_GCM,
        AeadAlgorithm::ChaCha20Poly1305 => &CHACHA20_POLY1305,
    };
    let key = LessSafeKey::new(UnboundKey::new(algorithm, &KEY).expect("32 bytes"));
    let seal = move |buffer: &mut [u8]| {
        let nonce = Nonce::assume_unique_for_key(NONCE);
        let _ = black_box(key.seal_in_place_separate_tag(nonce, Aad::from(&AAD), buffer).expect("seals"));
    };
    (if cfg!(feature = "aws-lc") { "aws-lc" } else { "ring" }, Box::new(seal))
}

fn main() {
    for (primitive, engine) in engines().iter().filter(|(primitive, _)| primitive.contains("AES") || primitive.contains("ChaCha"))
    {
        println!("{primitive}: {engine}");
    }
    let sizes = [size_of::<CipherKey>(), size_of::<Cipher>(), size_of::<AeadKey>(), size_of::<Aead>()];
    println!("sizes of CipherKey, Cipher, AeadKey, Aead: {sizes:?}");
    for length in [16, 1024, 65536] {
        cmac(length);
        ciphers(length);
        aead(length);
    }
}
