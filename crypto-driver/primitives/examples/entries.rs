//! One C symbol per primitive, each alone reachable, for the link test of `ffi-tests/panic-link.sh` and for measuring on a
//! target: what a primitive brings with it, and whether a panic is among it.
#![cfg_attr(target_os = "none", no_std)]

use core::mem::{size_of, MaybeUninit};
use v2gcrypt_primitives::{digest, ecdsa, Digest, Hash, HashAlgorithm, Mac, MacAlgorithm, MacKey, Tag};

#[path = "entries/elliptic.rs"]
mod elliptic;
#[path = "entries/symmetric.rs"]
mod symmetric;

#[cfg(target_os = "none")]
mod target {
    extern "C" {
        fn V2gcrypt_PanicCallout() -> !;
    }

    #[panic_handler]
    fn panic(_info: &core::panic::PanicInfo<'_>) -> ! {
        // Keeps the places of panics in the program, so that the link test can list them.
        #[cfg(v2gcrypt_panic_sites)]
        core::hint::black_box(_info);
        // SAFETY: the callout takes nothing and does not return.
        unsafe { V2gcrypt_PanicCallout() }
    }
}

/// What C points to: the entries take the leading `len` bytes of it.
type Room = [u8; 4096];

/// Where C gives room for a value.
type Place<T> = MaybeUninit<Option<T>>;

fn hash_algorithm(number: u8) -> Option<HashAlgorithm> {
    use HashAlgorithm::*;
    [Sha1, Sha224, Sha256, Sha384, Sha512, Sha512_224, Sha512_256].get(usize::from(number)).copied()
}

fn mac_algorithm(number: u8) -> Option<MacAlgorithm> {
    use MacAlgorithm::*;
    [AesCmac, HmacSha256, HmacSha384, HmacSha512].get(usize::from(number)).copied()
}

/// Length of the result; 0 for an error.
fn give<const ROOM: usize>(result: &[u8], output: &mut [u8; ROOM]) -> usize {
    output.iter_mut().zip(result).for_each(|(to, from)| *to = *from);
    result.len()
}

/// Reaches a panic: the link test must find it, here.
#[no_mangle]
pub extern "C" fn Canary_Index(room: &Room, at: usize) -> u8 {
    room[at]
}

/// Hashes at once.
#[no_mangle]
pub extern "C" fn Entry_Digest(algorithm: u8, message: &Room, len: usize, output: &mut [u8; 64]) -> usize {
    let (Some(algorithm), Some(message)) = (hash_algorithm(algorithm), message.get(..len)) else {
        return 0;
    };
    give(digest(algorithm, message).as_bytes(), output)
}

/// Starts a hash.
#[no_mangle]
pub extern "C" fn Entry_HashStart(algorithm: u8, hash: &mut Place<Hash>) {
    hash.write(hash_algorithm(algorithm).map(Hash::new));
}

/// Goes on with it.
#[no_mangle]
pub extern "C" fn Entry_HashUpdate(hash: &mut Option<Hash>, message: &Room, len: usize) {
    if let (Some(hash), Some(message)) = (hash, message.get(..len)) {
        hash.update(message);
    }
}

/// Ends it.
#[no_mangle]
pub extern "C" fn Entry_HashFinish(hash: &mut Option<Hash>, output: &mut [u8; 64]) -> usize {
    hash.take().map_or(0, |hash| give(hash.finish().as_bytes(), output))
}

/// Prepares a key.
#[no_mangle]
pub extern "C" fn Entry_MacKey(algorithm: u8, key: &Room, len: usize, prepared: &mut Place<MacKey>) -> bool {
    let (Some(algorithm), Some(key)) = (mac_algorithm(algorithm), key.get(..len)) else {
        return false;
    };
    prepared.write(MacKey::new(algorithm, key).ok()).is_some()
}

/// Authenticates at once.
#[no_mangle]
pub extern "C" fn Entry_Mac(key: &Option<MacKey>, message: &Room, len: usize, output: &mut [u8; 64]) -> usize {
    let (Some(key), Some(message)) = (key, message.get(..len)) else {
        return 0;
    };
    give(key.mac(message).as_bytes(), output)
}

/// Starts a code.
#[no_mangle]
pub extern "C" fn Entry_MacStart(key: &Option<MacKey>, mac: &mut Place<Mac>) {
    mac.write(key.as_ref().map(MacKey::start));
}

/// Goes on with it.
#[no_mangle]
pub extern "C" fn Entry_MacUpdate(mac: &mut Option<Mac>, message: &Room, len: usize) {
    if let (Some(mac), Some(message)) = (mac, message.get(..len)) {
        mac.update(message);
    }
}

/// Ends it.
#[no_mangle]
pub extern "C" fn Entry_MacFinish(mac: &mut Option<Mac>, output: &mut [u8; 64]) -> usize {
    mac.take().map_or(0, |mac| give(mac.finish().as_bytes(), output))
}

/// Compares a code.
#[no_mangle]
pub extern "C" fn Entry_TagCompare(key: &Option<MacKey>, expected: &Room, len: usize, bits: usize) -> bool {
    let (Some(key), Some(expected)) = (key, expected.get(..len)) else {
        return false;
    };
    key.mac(&[]).ct_eq_bits(expected, bits)
}

/// Sizes of the `Option` of: `Hash`, `MacKey`, `Mac`, `SigningKey`, `VerifyingKey`, `Digest`, `Tag`, in bytes.
#[no_mangle]
pub static ENTRY_SIZES: [u32; 7] = [
    size_of::<Option<Hash>>() as u32,
    size_of::<Option<MacKey>>() as u32,
    size_of::<Option<Mac>>() as u32,
    size_of::<Option<ecdsa::SigningKey>>() as u32,
    size_of::<Option<ecdsa::VerifyingKey>>() as u32,
    size_of::<Option<Digest>>() as u32,
    size_of::<Option<Tag>>() as u32,
];
