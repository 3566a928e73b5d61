//! `struct peer` of `bench/peers/peer.h`.
#![allow(unsafe_code)]

use std::ffi::c_char;
use std::os::raw::c_int;
use std::sync::OnceLock;

#[cfg(not(feature = "aws-lc"))]
use aes::Block;

use crate::{engine, Curve, KeyLength, Material, Text};

static ENGINE: OnceLock<engine::Engine> = OnceLock::new();

/// 16-byte blocks of a text.
#[cfg(not(feature = "aws-lc"))]
pub(crate) fn blocks(text: &[u8]) -> &[Block] {
    // SAFETY: a block is 16 bytes without alignment.
    unsafe { std::slice::from_raw_parts(text.as_ptr().cast(), text.len() / 16) }
}

/// 16-byte blocks of a text.
#[cfg(not(feature = "aws-lc"))]
pub(crate) fn blocks_mut(text: &mut [u8]) -> &mut [Block] {
    // SAFETY: a block is 16 bytes without alignment; the borrow goes on.
    unsafe { std::slice::from_raw_parts_mut(text.as_mut_ptr().cast(), text.len() / 16) }
}

/// SAFETY: the harness passes as many bytes as it says, not written to elsewhere.
unsafe fn bytes<'a>(start: *const u8, length: usize) -> &'a [u8] {
    // SAFETY: see above.
    unsafe { std::slice::from_raw_parts(start, length) }
}

/// SAFETY: the harness passes room for as many bytes as it says, either apart from the input or the same.
unsafe fn text<'a>(input: *const u8, length: usize, output: *mut u8) -> Text<'a> {
    // SAFETY: see above.
    let room = unsafe { std::slice::from_raw_parts_mut(output, length) };
    if input == output {
        return Text::InPlace(room);
    }
    // SAFETY: see above.
    Text::Apart(unsafe { bytes(input, length) }, room)
}

fn curve(number: c_int) -> Option<Curve> {
    Curve::ALL.into_iter().find(|curve| *curve as c_int == number)
}

fn status(outcome: Option<()>) -> c_int {
    match outcome {
        Some(()) => 0,
        None => -1,
    }
}

extern "C" fn version() -> *const c_char {
    engine::VERSION.as_ptr()
}

unsafe extern "C" fn start(material: *const Material) -> c_int {
    // SAFETY: the harness passes one.
    let made = engine::Engine::new(unsafe { &*material });
    status(made.and_then(|made| ENGINE.set(made).ok()))
}

unsafe extern "C" fn sign(
    number: c_int,
    message: *const u8,
    length: usize,
    signature: *mut u8,
    signature_length: *mut usize,
) -> c_int {
    // SAFETY: the harness passes a message, and room as told.
    let (message, room, written) =
        unsafe { (bytes(message, length), std::slice::from_raw_parts_mut(signature, *signature_length), &mut *signature_length) };
    let mut sign = || {
        *written = ENGINE.get()?.sign(curve(number)?, message, room)?;
        Some(())
    };
    status(sign())
}

unsafe extern "C" fn verify(
    number: c_int,
    message: *const u8,
    length: usize,
    signature: *const u8,
    signature_length: usize,
) -> c_int {
    // SAFETY: the harness passes both.
    let (message, signature) = unsafe { (bytes(message, length), bytes(signature, signature_length)) };
    let verify = || ENGINE.get()?.verify(curve(number)?, message, signature);
    status(verify())
}

unsafe extern "C" fn agree(number: c_int, point: *const u8, secret: *mut u8) -> c_int {
    let agree = || {
        let curve = curve(number)?;
        // SAFETY: the harness passes a point, and room for a coordinate.
        let (point, secret) =
            unsafe { (bytes(point, 1 + 2 * curve.field_len()), std::slice::from_raw_parts_mut(secret, curve.field_len())) };
        ENGINE.get()?.agree(curve, point, secret)
    };
    status(agree())
}

unsafe extern "C" fn agree_parsed(number: c_int, secret: *mut u8) -> c_int {
    let agree = || {
        let curve = curve(number)?;
        // SAFETY: there is room for a coordinate.
        ENGINE.get()?.agree_parsed(curve, unsafe { std::slice::from_raw_parts_mut(secret, curve.field_len()) })
    };
    status(agree())
}

unsafe extern "C" fn seal(key_bits: c_int, input: *const u8, length: usize, output: *mut u8, tag: *mut u8) -> c_int {
    let seal = || {
        // SAFETY: buffers of the harness.
        let made = ENGINE.get()?.seal(KeyLength::of_bits(key_bits), unsafe { text(input, length, output) })?;
        // SAFETY: there is room for a tag.
        unsafe { tag.cast::<[u8; 16]>().write(made) };
        Some(())
    };
    status(seal())
}

unsafe extern "C" fn open(key_bits: c_int, input: *const u8, length: usize, output: *mut u8, tag: *const u8) -> c_int {
    // SAFETY: buffers of the harness, and a tag.
    let open = || unsafe { ENGINE.get()?.open(KeyLength::of_bits(key_bits), text(input, length, output), &*tag.cast()) };
    status(open())
}

unsafe extern "C" fn cbc_encrypt(key_bits: c_int, input: *const u8, length: usize, output: *mut u8) -> c_int {
    // SAFETY: buffers of the harness.
    let encrypt = || ENGINE.get()?.cbc_encrypt(KeyLength::of_bits(key_bits), unsafe { text(input, length, output) });
    status(encrypt())
}

unsafe extern "C" fn cbc_decrypt(key_bits: c_int, input: *const u8, length: usize, output: *mut u8) -> c_int {
    // SAFETY: buffers of the harness.
    let decrypt = || ENGINE.get()?.cbc_decrypt(KeyLength::of_bits(key_bits), unsafe { text(input, length, output) });
    status(decrypt())
}

unsafe extern "C" fn cmac(message: *const u8, length: usize, tag: *mut u8) -> c_int {
    let mac = || {
        // SAFETY: a message of the harness.
        let made = ENGINE.get()?.cmac(unsafe { bytes(message, length) })?;
        // SAFETY: there is room for a tag.
        unsafe { tag.cast::<[u8; 16]>().write(made) };
        Some(())
    };
    status(mac())
}

unsafe extern "C" fn sha256(message: *const u8, length: usize, digest: *mut u8) -> c_int {
    let hash = || {
        // SAFETY: a message of the harness.
        let made = ENGINE.get()?.sha256(unsafe { bytes(message, length) })?;
        // SAFETY: there is room for a hash value.
        unsafe { digest.cast::<[u8; 32]>().write(made) };
        Some(())
    };
    status(hash())
}

type Cbc = unsafe extern "C" fn(c_int, *const u8, usize, *mut u8) -> c_int;
type Short = unsafe extern "C" fn(*const u8, usize, *mut u8) -> c_int;

/// `struct peer`.
#[repr(C)]
pub struct Peer {
    version: extern "C" fn() -> *const c_char,
    start: unsafe extern "C" fn(*const Material) -> c_int,
    signature_form: c_int,
    curves: c_int,
    sign: Option<unsafe extern "C" fn(c_int, *const u8, usize, *mut u8, *mut usize) -> c_int>,
    verify: Option<unsafe extern "C" fn(c_int, *const u8, usize, *const u8, usize) -> c_int>,
    agree: Option<unsafe extern "C" fn(c_int, *const u8, *mut u8) -> c_int>,
    agree_parsed: Option<unsafe extern "C" fn(c_int, *mut u8) -> c_int>,
    seal: Option<unsafe extern "C" fn(c_int, *const u8, usize, *mut u8, *mut u8) -> c_int>,
    open: Option<unsafe extern "C" fn(c_int, *const u8, usize, *mut u8, *const u8) -> c_int>,
    seal_with_nonce: Option<unsafe extern "C" fn(*const u8, *const u8, usize, *mut u8, *mut u8) -> c_int>,
    cbc_encrypt: Option<Cbc>,
    cbc_decrypt: Option<Cbc>,
    cmac: Option<Short>,
    sha256: Option<Short>,
}

/// What the harness looks up.
#[no_mangle]
#[allow(non_upper_case_globals)]
pub static bench_peer: Peer = Peer {
    version,
    start,
    signature_form: 0, // RAW
    curves: engine::CURVES,
    sign: Some(sign),
    verify: Some(verify),
    agree: if engine::HAS_ECDH { Some(agree) } else { None },
    agree_parsed: if engine::HAS_ECDH { Some(agree_parsed) } else { None },
    seal: Some(seal),
    open: Some(open),
    seal_with_nonce: None,
    cbc_encrypt: Some(cbc_encrypt),
    cbc_decrypt: Some(cbc_decrypt),
    cmac: Some(cmac),
    sha256: Some(sha256),
};
