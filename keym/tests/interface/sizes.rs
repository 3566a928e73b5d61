//! What the memory that the configuration reserves is used for.

use v2gcrypt_keym::config::*;
use v2gcrypt_keym::*;

#[test]
fn the_reserved_memory_is_neither_too_small_nor_wasted() {
    let (used, room) = (V2gcrypt_KeyM_EngineRamUsed as usize, size_of::<KeyM_EngineRamType>());
    println!(
        "engine {used} of {room}, certificate {} of {}",
        V2gcrypt_KeyM_CertificateRamUsed,
        size_of::<KeyM_CertificateRamType>()
    );
    assert!(used + 8 <= room && used * 4 > room * 3, "{used} of {room}");
    let (used, room) = (V2gcrypt_KeyM_CertificateRamUsed as usize, size_of::<KeyM_CertificateRamType>());
    assert!(used <= room && used + 16 > room, "{used} of {room}");
}
