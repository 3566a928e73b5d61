//! Where a panic ends in the programs of the link test.
#![allow(unsafe_code)]

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
