//! Key management, and what a key is made of.
use super::*;

/// All of a key that a failure must leave as it was: its elements' room and lengths, its status, its state and prepared form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyImage {
    pub data: Vec<u8>,
    pub lengths: Vec<u32>,
    pub valid: bool,
    /// State with its generation, and prepared form.
    pub ram: Vec<u8>,
}

impl Driver {
    pub fn image(&self, key: u32) -> KeyImage {
        let config = unsafe { &*(*self.instance).keys.add(key as usize) };
        let ram = unsafe { (*self.instance).keyRam.add(key as usize) };
        let bytes = |start: *const u8, length: usize| unsafe { std::slice::from_raw_parts(start, length) }.to_vec();
        KeyImage {
            data: if config.dataSize == 0 { vec![] } else { bytes(config.data, config.dataSize as usize) },
            lengths: unsafe { std::slice::from_raw_parts(config.elementLengths, config.elementCount as usize) }.to_vec(),
            valid: self.is_valid(key),
            ram: bytes(ram.cast(), size_of::<CryptoSoft_KeyRamType>()),
        }
    }

    /// What is stored in an element, whatever its access rights say.
    pub fn stored(&self, key: u32, element: u32) -> Vec<u8> {
        let config = unsafe { &*(*self.instance).keys.add(key as usize) };
        let elements = unsafe { std::slice::from_raw_parts(config.elements, config.elementCount as usize) };
        let index = elements.iter().position(|one| one.keyElementId == element).expect("the key has the element");
        let image = self.image(key);
        let start = elements[index].offset as usize;
        image.data[start..start + image.lengths[index] as usize].to_vec()
    }

    pub fn copy_element(&self, from: (u32, u32), to: (u32, u32)) -> u8 {
        unsafe { V2gcrypt_CryptoSoft_KeyElementCopy(self.instance, from.0, from.1, to.0, to.1) }
    }

    /// `part`: offset in the source, offset in the target, length.
    pub fn copy_part(&self, from: (u32, u32), part: (u32, u32, u32), to: (u32, u32)) -> u8 {
        unsafe { V2gcrypt_CryptoSoft_KeyElementCopyPartial(self.instance, from.0, from.1, part.0, part.1, part.2, to.0, to.1) }
    }

    pub fn copy_key(&self, from: u32, to: u32) -> u8 {
        unsafe { V2gcrypt_CryptoSoft_KeyCopy(self.instance, from, to) }
    }

    pub fn element_ids(&self, key: u32, room: u32) -> (u8, Vec<u32>) {
        let mut ids = vec![0xA5A5_A5A5; room as usize + 1];
        let mut length = room;
        let code = unsafe { V2gcrypt_CryptoSoft_KeyElementIdsGet(self.instance, key, ids.as_mut_ptr(), &mut length) };
        let written = if code == E_OK { length as usize } else { 0 };
        assert!(code == E_OK || length == room, "the length is written on success only");
        assert!(ids[written..].iter().all(|&id| id == 0xA5A5_A5A5), "no more is written than told");
        ids.truncate(written);
        (code, ids)
    }
}
