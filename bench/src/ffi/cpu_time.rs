//! Time that this thread computed, whatever else the machine does.

use std::time::Duration;

#[repr(C)]
struct Timespec {
    seconds: core::ffi::c_long,
    nanoseconds: core::ffi::c_long,
}

extern "C" {
    fn clock_gettime(clock: core::ffi::c_int, time: *mut Timespec) -> core::ffi::c_int;
}

/// Of Linux.
const CLOCK_THREAD_CPUTIME_ID: core::ffi::c_int = 3;

/// Since the thread began.
pub fn cpu_time() -> Duration {
    let mut time = Timespec { seconds: 0, nanoseconds: 0 };
    // SAFETY: the structure is the C library's on 64-bit Linux, and ours to write.
    let failed = unsafe { clock_gettime(CLOCK_THREAD_CPUTIME_ID, &mut time) };
    assert_eq!(failed, 0);
    Duration::new(time.seconds as u64, time.nanoseconds as u32)
}
