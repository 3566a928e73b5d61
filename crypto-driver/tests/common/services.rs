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

impl Driver {
    pub fn generate(&self, key: u32) -> u8 {
        unsafe { V2gcrypt_CryptoSoft_KeyGenerate(self.instance, key) }
    }

    pub fn derive(&self, key: u32, target: u32) -> u8 {
        unsafe { V2gcrypt_CryptoSoft_KeyDerive(self.instance, key, target) }
    }

    pub fn seed(&self, key: u32, seed: &[u8]) -> u8 {
        unsafe { V2gcrypt_CryptoSoft_RandomSeed(self.instance, key, seed.as_ptr(), seed.len() as u32) }
    }

    pub fn public_value(&self, key: u32, room: u32) -> (u8, Vec<u8>) {
        let mut value = vec![UNTOUCHED; room as usize + 1];
        let mut length = room;
        let code = unsafe { V2gcrypt_CryptoSoft_KeyExchangeCalcPubVal(self.instance, key, value.as_mut_ptr(), &mut length) };
        let written = if code == E_OK { length as usize } else { 0 };
        assert!(code == E_OK || length == room, "the length is written on success only");
        assert!(value[written..].iter().all(|&byte| byte == UNTOUCHED), "no more is written than told");
        value.truncate(written);
        (code, value)
    }

    pub fn shared_secret(&self, key: u32, partner: &[u8]) -> u8 {
        unsafe { V2gcrypt_CryptoSoft_KeyExchangeCalcSecret(self.instance, key, partner.as_ptr(), partner.len() as u32) }
    }

    /// Runs a job, synchronous or not, and tells its result.
    pub fn run(&self, job: Job) -> u8 {
        let code = self.process(0, job);
        self.both_main_functions();
        job.callbacks().last().copied().unwrap_or(code)
    }
}

/// A job of key management.
pub fn management(service: Enumeration, family: Enumeration, processing: Enumeration, key: u32) -> Job {
    Job::new(primitive(service, family, CRYPTO_ALGOMODE_NOT_SET, CRYPTO_ALGOFAM_NOT_SET, 0), processing, key)
}

impl Job {
    pub fn target(self, key: u32) -> Self {
        unsafe { (*self.record).targetCryptoKeyId = key };
        self
    }

    pub fn tertiary(self, bytes: &[u8]) -> Self {
        self.io().tertiaryInputPtr = leak(bytes);
        self.io().tertiaryInputLength = bytes.len() as u32;
        self
    }
}

/// The values of `name` in a file of vectors, by their names.
pub fn vectors(file: &str, name: &str) -> HashMap<String, Vec<u8>> {
    let section = format!("[{name}]");
    let lines = file.lines().skip_while(move |line| *line != section).skip(1).take_while(|line| !line.starts_with('['));
    lines.filter_map(|line| line.split_once('=')).map(|(name, value)| (name.trim().to_owned(), hex(value))).collect()
}
