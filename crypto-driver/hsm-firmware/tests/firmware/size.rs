//! What the levels take of the HSM's RAM.

use std::mem::size_of;

use v2gcrypt_hsm_firmware::fast::Fast;
use v2gcrypt_hsm_firmware::keys::Slots;
use v2gcrypt_hsm_firmware::platform::{AesEngine, HashEngine};
use v2gcrypt_hsm_firmware::shared::Shared;
use v2gcrypt_hsm_firmware::slow::Slow;
use v2gcrypt_hsm_firmware::soft::{SoftAes, SoftHash};

use crate::harness::Bench;

#[test]
fn both_levels_are_as_small_as_they_are_to_be() {
    let (fast, slow, shared) = (size_of::<Fast<Bench>>(), size_of::<Slow<Bench>>(), size_of::<Shared>());
    println!("on this host: fast level {fast} bytes, slow level {slow} (slots {}), shared {shared}", size_of::<Slots>());
    println!(
        "a context: hash {}, MAC {}, cipher {}, AEAD {}",
        size_of::<<SoftHash as HashEngine>::Hash>(),
        size_of::<<SoftAes as AesEngine>::Cmac>(),
        size_of::<<SoftAes as AesEngine>::Cipher>(),
        size_of::<<SoftAes as AesEngine>::Aead>(),
    );
    // Round keys of this host's AES are twice those of a Cortex-M3: qemu.sh prints what the board takes.
    assert!(fast <= 12 * 1024 && slow <= 12 * 1024 && shared <= 4 * 1024);
}
