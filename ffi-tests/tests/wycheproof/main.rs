//! Wycheproof's vectors through the C interface: each one agrees, or is refused for a reason that is counted.

mod cipher;
mod count;
mod derive;
mod exchange;
mod mac;
mod signature;

use v2gcrypt_ffi_tests::build::is_instrumented;

/// Under a tool that watches every instruction, all vectors take most of an hour: a few of each kind do.
fn is_left_out(vector: usize) -> bool {
    is_instrumented() && vector % 16 != 1
}

/// The sizes of the pieces of streams; 0: one call.
const PIECES: [usize; 3] = [0, 7, 64];
