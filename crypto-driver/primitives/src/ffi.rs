//! Overwrites storage that engines leave as it is when they drop a value.
#![allow(unsafe_code)]

#[cfg(all(feature = "aws-lc", feature = "cipher"))]
pub(crate) mod aws_lc;
#[cfg(all(feature = "aws-lc", feature = "ecdsa"))]
pub(crate) mod aws_lc_ecdh;

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

    /// Drops a value where it lies: how many bytes of it are not zero before, and after?
    fn bytes_left<T>(value: T) -> (usize, usize) {
        let mut storage = MaybeUninit::new(value);
        let count = |storage: &MaybeUninit<T>| {
            let bytes = storage.as_ptr().cast::<u8>();
            // SAFETY: within the storage. Padding is read too, as whatever it is: volatile.
            (0..size_of::<T>()).filter(|index| unsafe { bytes.add(*index).read_volatile() } != 0).count()
        };
        let before = count(&storage);
        // SAFETY: the value is initialised, and dropped once.
        unsafe { storage.assume_init_drop() };
        (before, count(&storage))
    }

    /// Each is nothing but its wiped storage; of a [`crate::Secret`] the length stays, and padding.
    #[test]
    fn dropped_keys_leave_only_zeros() {
        for curve in crate::Curve::ALL.into_iter().filter(|curve| curve.is_available()) {
            let scalar = &[0x01; crate::MAX_FIELD_LEN][..curve.field_len()];
            let (before, after) = bytes_left(crate::ecdsa::SigningKey::new(curve, scalar).ok().unwrap());
            assert!(before > 0 && after == 0, "{curve:?} signing {before} {after}");
            let (before, after) = bytes_left(crate::ecdh::PrivateKey::new(curve, scalar).ok().unwrap());
            assert!(before > 0 && after == 0, "{curve:?} agreement {before} {after}");
        }
        if crate::ed25519::AVAILABLE {
            let (before, after) = bytes_left(crate::ed25519::SigningKey::new(&[0xa5; 32]).ok().unwrap());
            assert!(before > 0 && after == 0, "Ed25519 {before} {after}");
            let (before, after) = bytes_left(crate::x25519::PrivateKey::new(&[0xa5; 32]).ok().unwrap());
            assert!(before > 0 && after == 0, "X25519 {before} {after}");
        }
        let (before, after) = bytes_left(crate::drbg::CtrDrbg::new(&[0xa5; 32], &[], &[]));
        assert!(before > 0 && after == 0, "DRBG {before} {after}");
        let (before, after) = bytes_left(crate::Secret::new(&[0xa5; crate::MAX_FIELD_LEN]));
        assert!(before >= crate::MAX_FIELD_LEN && after < 16, "secret {before} {after}");
    }
}
