//! What a panic does on a target: it is the integrator's decision.
#![allow(unsafe_code)]

extern "C" {
    /// Called when an invariant of the library is broken. Does not return: typically it resets the controller.
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
