//! Overwrites storage that engines leave as it is when they drop a value.
#![allow(unsafe_code)]

#[cfg(all(feature = "aws-lc", feature = "cipher"))]
pub(crate) mod aws_lc;

use core::mem::{align_of, size_of, ManuallyDrop};
use core::ops::{Deref, DerefMut};
use core::sync::atomic::{compiler_fence, Ordering};

/// Overwrites all bytes of `T` when it is dropped, padding and inactive variants of enumerations too.
pub(crate) struct Wiped<T>(ManuallyDrop<T>);

impl<T> Wiped<T> {
    #[inline(always)]
    pub(crate) fn new(value: T) -> Self {
        Self(ManuallyDrop::new(value))
    }
}

impl<T> Deref for Wiped<T> {
    type Target = T;

    #[inline(always)]
    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> DerefMut for Wiped<T> {
    #[inline(always)]
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T> Drop for Wiped<T> {
    #[inline]
    fn drop(&mut self) {
        // SAFETY: `drop` runs once, and nothing uses the value afterwards.
        unsafe { ManuallyDrop::drop(&mut self.0) };
        let storage: *mut ManuallyDrop<T> = &mut self.0;
        // SAFETY: exactly the storage of `T` is overwritten, which holds no value any more and which we still own.
        // A machine word is as aligned as `T` is: the first branch is taken only then, and `size_of` is a multiple of the alignment.
        unsafe {
            if align_of::<T>() >= align_of::<usize>() {
                overwrite(storage.cast::<usize>(), size_of::<T>() / size_of::<usize>());
            } else {
                overwrite(storage.cast::<u8>(), size_of::<T>());
            }
        }
        compiler_fence(Ordering::SeqCst);
    }
}

/// # Safety
/// `count` values from `start` on must be writable.
#[inline]
unsafe fn overwrite<W: Default + Copy>(start: *mut W, count: usize) {
    for index in 0..count {
        // SAFETY: `index` is within what the caller vouches for. Volatile: the compiler may not see this as dead stores.
        unsafe { start.add(index).write_volatile(W::default()) };
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use core::mem::MaybeUninit;

    #[test]
    fn dropped_value_leaves_only_zeros() {
        fn check<T: Copy>(value: T) {
            let mut storage = MaybeUninit::new(Wiped::new(value));
            // SAFETY: the value is initialised, and dropped once.
            unsafe { storage.assume_init_drop() };
            let bytes = storage.as_ptr().cast::<u8>();
            for index in 0..size_of::<T>() {
                // SAFETY: `drop` has just written every byte of the storage.
                assert_eq!(unsafe { bytes.add(index).read_volatile() }, 0);
            }
        }
        check([0xa5u8; 33]);
        check([0xa5a5u16; 9]);
        check([u64::MAX; 9]);
        check((1u64, 2u8));
    }
}
