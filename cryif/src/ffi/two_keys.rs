//! Key management with two keys, and what a driver offers beyond the standard.
#![allow(unsafe_code)]

use v2gcrypt_types::*;
use zeroize::Zeroize;

use super::*;
use crate::copy::splice;

/// Copies a key element. Within one driver the driver copies; between two the element travels through memory that is wiped, so
/// it must be readable here and writable there, and has at most `CRYIF_COPY_BUFFER_SIZE` bytes.
///
/// Reports `CRYIF_E_PARAM_HANDLE` for an unknown key, and `CRYIF_E_KEY_SIZE_MISMATCH`, with the code
/// `CRYPTO_E_KEY_SIZE_MISMATCH`, when an element cannot travel or does not fit into the other driver's. [SWS_CryIf_91015]
#[no_mangle]
pub extern "C" fn CryIf_KeyElementCopy(
    cryIfKeyId: uint32,
    keyElementId: uint32,
    targetCryIfKeyId: uint32,
    targetKeyElementId: uint32,
) -> Std_ReturnType {
    // [SWS_CryIf_00110] [SWS_CryIf_00111] [SWS_CryIf_00112]
    let Some((tables, source, target)) = keys_of(CRYIF_SID_KEYELEMENTCOPY, cryIfKeyId, targetCryIfKeyId) else {
        return E_NOT_OK;
    };
    if !source.is_of_the_driver_of(&target) {
        let code = copy_between_drivers((source, keyElementId), (target, targetKeyElementId)); // [SWS_CryIf_00114]
        return reported(&tables, CRYIF_SID_KEYELEMENTCOPY, code);
    }
    match source.driver.keyElementCopy {
        // SAFETY: the table holds the driver's function. [SWS_CryIf_00113]
        Some(copy) => unsafe { copy(source.id, keyElementId, target.id, targetKeyElementId) },
        None => E_NOT_OK,
    }
}

/// Copies `keyElementCopyLength` bytes of a key element to a place within another. Offsets and length are in bytes. Between two
/// drivers both elements must be readable, the target writable, and each has at most `CRYIF_COPY_BUFFER_SIZE` bytes; the target
/// must reach up to `keyElementTargetOffset`.
///
/// Reports as `CryIf_KeyElementCopy`; between two drivers also `CRYIF_E_PARAM_VALUE` for no bytes.
#[no_mangle]
pub extern "C" fn CryIf_KeyElementCopyPartial(
    cryIfKeyId: uint32,
    keyElementId: uint32,
    keyElementSourceOffset: uint32,
    keyElementTargetOffset: uint32,
    keyElementCopyLength: uint32,
    targetCryIfKeyId: uint32,
    targetKeyElementId: uint32,
) -> Std_ReturnType {
    // [SWS_CryIf_00137] [SWS_CryIf_00138]
    let Some((tables, source, target)) = keys_of(CRYIF_SID_KEYELEMENTCOPYPARTIAL, cryIfKeyId, targetCryIfKeyId) else {
        return E_NOT_OK;
    };
    if !source.is_of_the_driver_of(&target) {
        if keyElementCopyLength == 0 {
            return tables.refuse(CRYIF_SID_KEYELEMENTCOPYPARTIAL, CRYIF_E_PARAM_VALUE);
        }
        let range = Range { from: keyElementSourceOffset, to: keyElementTargetOffset, length: keyElementCopyLength };
        let code = copy_part_between_drivers((source, keyElementId), (target, targetKeyElementId), range);
        return reported(&tables, CRYIF_SID_KEYELEMENTCOPYPARTIAL, code);
    }
    match source.driver.keyElementCopyPartial {
        // SAFETY: the table holds the driver's function.
        Some(copy) => unsafe {
            copy(
                source.id,
                keyElementId,
                keyElementSourceOffset,
                keyElementTargetOffset,
                keyElementCopyLength,
                target.id,
                targetKeyElementId,
            )
        },
        None => E_NOT_OK,
    }
}

/// Copies all elements of a key to another of the same driver.
///
/// Reports `CRYIF_E_PARAM_HANDLE` for an unknown key, and for keys of two drivers: CryIf does not know what elements a key has.
/// [SWS_CryIf_91016]
#[no_mangle]
pub extern "C" fn CryIf_KeyCopy(cryIfKeyId: uint32, targetCryIfKeyId: uint32) -> Std_ReturnType {
    match within_one_driver(CRYIF_SID_KEYCOPY, cryIfKeyId, targetCryIfKeyId) {
        Some((source, target)) => match source.driver.keyCopy {
            // SAFETY: the table holds the driver's function.
            Some(copy) => unsafe { copy(source.id, target.id) },
            None => E_NOT_OK,
        },
        None => E_NOT_OK,
    }
}

/// Derives one key from another of the same driver.
///
/// Reports `CRYIF_E_PARAM_HANDLE` for an unknown key, and for keys of two drivers. [SWS_CryIf_91009]
#[no_mangle]
pub extern "C" fn CryIf_KeyDerive(cryIfKeyId: uint32, targetCryIfKeyId: uint32) -> Std_ReturnType {
    // [SWS_CryIf_00076] [SWS_CryIf_00077] [SWS_CryIf_00122]
    match within_one_driver(CRYIF_SID_KEYDERIVE, cryIfKeyId, targetCryIfKeyId) {
        Some((source, target)) => match source.driver.keyDerive {
            // SAFETY: the table holds the driver's function. [SWS_CryIf_00081]
            Some(derive) => unsafe { derive(source.id, target.id) },
            None => E_NOT_OK,
        },
        None => E_NOT_OK,
    }
}

/// Asks a driver for something that the standard does not know. What the arguments mean is the driver's.
///
/// * `keyId`, `targetKeyId`: CryIf keys; `0xFFFFFFFF` for none, but not both: they tell which driver is asked.
///
/// Reports `CRYIF_E_PARAM_HANDLE` for an unknown key, keys of two drivers, and no key at all. Pointers and lengths go to the
/// driver as they are.
///
/// # Safety
/// Pointers are what the driver wants them to be.
#[no_mangle]
#[allow(clippy::too_many_arguments)] // the standard's
pub unsafe extern "C" fn CryIf_CustomSync(
    dispatchId: uint32,
    keyId: uint32,
    keyElementId: uint32,
    targetKeyId: uint32,
    targetKeyElementId: uint32,
    inputPtr: *const uint8,
    inputLength: uint32,
    outputPtr: *mut uint8,
    outputLengthPtr: *mut uint32,
    secondaryOutputPtr: *mut uint8,
    secondaryOutputLengthPtr: *mut uint32,
) -> Std_ReturnType {
    let named = match (keyId, targetKeyId) {
        (NO_KEY, target) => key_of(CRYIF_SID_CUSTOMSYNC, target).map(|(_, target)| (target.driver, NO_KEY, target.id)),
        (key, NO_KEY) => key_of(CRYIF_SID_CUSTOMSYNC, key).map(|(_, key)| (key.driver, key.id, NO_KEY)),
        (key, target) => {
            within_one_driver(CRYIF_SID_CUSTOMSYNC, key, target).map(|(key, target)| (key.driver, key.id, target.id))
        }
    };
    let Some((driver, key, target)) = named else { return E_NOT_OK };
    match driver.customSync {
        // SAFETY: the caller vouches for the pointers.
        Some(custom_sync) => unsafe {
            custom_sync(
                dispatchId,
                key,
                keyElementId,
                target,
                targetKeyElementId,
                inputPtr,
                inputLength,
                outputPtr,
                outputLengthPtr,
                secondaryOutputPtr,
                secondaryOutputLengthPtr,
            )
        },
        None => E_NOT_OK,
    }
}

/// Two keys of one driver, or a report that they are not.
#[inline(never)] // one for three functions
fn within_one_driver<'a>(service: uint8, id: uint32, target: uint32) -> Option<(Key<'a>, Key<'a>)> {
    let (tables, source, target) = keys_of(service, id, target)?;
    if !source.is_of_the_driver_of(&target) {
        tables.refuse(service, CRYIF_E_PARAM_HANDLE);
        return None;
    }
    Some((source, target))
}

/// The code of a copy between two drivers; one that says that an element does not fit is reported. [SWS_CryIf_00115]
fn reported(tables: &Tables<'_>, service: uint8, code: Std_ReturnType) -> Std_ReturnType {
    if code == CRYPTO_E_KEY_SIZE_MISMATCH {
        tables.refuse(service, CRYIF_E_KEY_SIZE_MISMATCH);
    }
    code
}

/// An element of a key.
type Element<'a> = (Key<'a>, uint32);

/// The bytes that a partial copy moves.
struct Range {
    from: uint32,
    to: uint32,
    length: uint32,
}

/// A key element on its way; wiped when dropped.
struct Traveller {
    bytes: [uint8; CRYIF_COPY_BUFFER_SIZE as usize],
    length: uint32,
}

impl Drop for Traveller {
    fn drop(&mut self) {
        self.bytes.zeroize();
    }
}

impl Traveller {
    const EMPTY: Self = Self { bytes: [0; CRYIF_COPY_BUFFER_SIZE as usize], length: 0 };

    /// Fills it from a driver; `E_OK` or why it is as it was.
    fn board(&mut self, (key, element): Element<'_>) -> Std_ReturnType {
        let Some(get) = key.driver.keyElementGet else { return E_NOT_OK };
        let mut length = CRYIF_COPY_BUFFER_SIZE;
        // SAFETY: the table holds the driver's function; there are so many bytes of room.
        let code = unsafe { get(key.id, element, self.bytes.as_mut_ptr(), &mut length) };
        match code {
            E_OK if length == 0 => CRYPTO_E_KEY_EMPTY,
            E_OK if length <= CRYIF_COPY_BUFFER_SIZE => {
                self.length = length;
                E_OK
            }
            E_OK => E_NOT_OK,
            // The key is known and the pointers are sound, so the driver can only mean that it needs more room.
            E_NOT_OK => CRYPTO_E_KEY_SIZE_MISMATCH,
            code => code,
        }
    }

    fn alight(&self, (key, element): Element<'_>) -> Std_ReturnType {
        match key.driver.keyElementSet {
            // SAFETY: the table holds the driver's function; so many bytes are there.
            Some(set) => unsafe { set(key.id, element, self.bytes.as_ptr(), self.length) },
            None => E_NOT_OK,
        }
    }

    fn as_bytes(&self) -> &[uint8] {
        self.bytes.get(..self.length as usize).unwrap_or(&[])
    }
}

#[inline(never)] // its stack is not that of a copy within one driver
fn copy_between_drivers(source: Element<'_>, target: Element<'_>) -> Std_ReturnType {
    let mut element = Traveller::EMPTY;
    match element.board(source) {
        E_OK => element.alight(target),
        code => code,
    }
}

#[inline(never)] // as above
fn copy_part_between_drivers(source: Element<'_>, target: Element<'_>, range: Range) -> Std_ReturnType {
    let (mut from, mut to) = (Traveller::EMPTY, Traveller::EMPTY);
    match from.board(source) {
        E_OK => {}
        code => return code,
    }
    match to.board(target) {
        E_OK | CRYPTO_E_KEY_EMPTY => {}
        code => return code,
    }
    match splice(from.as_bytes(), range.from, range.length, &mut to.bytes, to.length, range.to) {
        Some(length) => to.length = length,
        None => return CRYPTO_E_KEY_SIZE_MISMATCH,
    }
    to.alight(target)
}

#[cfg(test)]
mod tests {
    use super::*;
    use core::mem::ManuallyDrop;

    #[test]
    fn a_key_element_on_its_way_is_wiped() {
        let mut traveller = ManuallyDrop::new(Traveller { bytes: [0xA5; CRYIF_COPY_BUFFER_SIZE as usize], length: 7 });
        // SAFETY: it is dropped once; its memory stays, and holds plain bytes.
        unsafe { ManuallyDrop::drop(&mut traveller) };
        // SAFETY: as above.
        let bytes = unsafe { addr_of!((*addr_of!(traveller).cast::<Traveller>()).bytes).read_volatile() };
        assert_eq!(bytes, [0; CRYIF_COPY_BUFFER_SIZE as usize]);
    }
}
