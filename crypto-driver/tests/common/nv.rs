//! NvM in memory, one per thread: what it is asked, what it does about it, and how it fails.
#![allow(non_snake_case)] // NvM's names

use std::ffi::c_void;

use v2gcrypt_crypto_driver::soft::nv::machine::*;
use v2gcrypt_crypto_driver::soft::nv::record::{record_size, RecordKeys, DEVICE_KEY_LEN};

use super::*;

/// The device key of all tests.
pub const DEVICE_KEY: [u8; DEVICE_KEY_LEN] = [0x42; DEVICE_KEY_LEN];

/// One persistent key.
#[derive(Debug, Clone)]
pub struct NvSpec {
    pub key: u32,
    pub elements: Vec<u32>,
    pub id: u16,
    pub processing: u8,
    pub retries: u8,
    pub sync: bool,
}

impl NvSpec {
    pub fn new(key: u32, elements: &[u32]) -> Self {
        let id = 0x100 + key as u16;
        Self { key, elements: elements.to_vec(), id, processing: CRYPTO_SOFT_NV_IMMEDIATE, retries: 0, sync: false }
    }

    pub fn deferred(mut self) -> Self {
        self.processing = CRYPTO_SOFT_NV_DEFERRED;
        self
    }

    pub fn retries(mut self, retries: u8) -> Self {
        self.retries = retries;
        self
    }

    pub fn sync(mut self) -> Self {
        self.sync = true;
        self
    }
}

impl Builder {
    /// Builds the tables with NV blocks, and tells this thread's NvM of them. No Init.
    pub fn persistent(self, blocks: &[NvSpec]) -> Driver {
        let driver = self.build();
        let instance = unsafe { &mut *driver.instance };
        let keys = unsafe { std::slice::from_raw_parts_mut(instance.keys.cast_mut(), instance.keyCount as usize) };
        let mut configs = vec![];
        for (index, block) in blocks.iter().enumerate() {
            let key = &mut keys[block.key as usize];
            let elements = unsafe { std::slice::from_raw_parts_mut(key.elements.cast_mut(), key.elementCount as usize) };
            let (mut count, mut bytes) = (0, 0);
            for element in elements.iter_mut().filter(|element| block.elements.contains(&element.keyElementId)) {
                element.persist = 1;
                count += 1;
                bytes += element.size;
            }
            key.nvBlock = index as u32;
            let size = record_size(count, bytes).unwrap();
            configs.push(CryptoSoft_NvBlockConfigType {
                keyId: block.key,
                record: leak(&vec![0xA5u8; size as usize]),
                recordSize: size,
                nvmBlockId: block.id,
                processing: block.processing,
                failedRetries: block.retries,
                useSyncMechanism: block.sync.into(),
            });
            let new = SimBlock::new(size as usize, (driver, index as u32));
            nvm(|nvm| nvm.blocks.insert(block.id, new));
        }
        instance.nvBlockCount = blocks.len() as u32;
        instance.nvBlocks = leak(&configs);
        instance.nvBlockRam =
            leak(&vec![[0xA5A5_A5A5_A5A5_A5A5u64; size_of::<CryptoSoft_NvBlockRamType>() / 8]; blocks.len()]).cast();
        instance.nvM = leak(&[CryptoSoft_NvMType {
            setDataIndex: Some(NvM_SetDataIndex),
            readBlock: Some(NvM_ReadBlock),
            writeBlock: Some(NvM_WriteBlock),
            getErrorStatus: Some(NvM_GetErrorStatus),
            deviceKey: Some(Crypto_DeviceKeyCallout),
        }]);
        driver
    }
}

impl Driver {
    /// A reset: RAM is lost, flash is not. NvM starts afresh, and answers at once.
    pub fn power_cycle(&self) {
        let instance = unsafe { &*self.instance };
        unsafe { instance.ram.cast::<u8>().write_bytes(0, size_of::<CryptoSoft_InstanceRamType>()) };
        let ram = instance.nvBlockRam.cast::<u8>();
        unsafe { ram.write_bytes(0xA5, instance.nvBlockCount as usize * size_of::<CryptoSoft_NvBlockRamType>()) };
        for index in 0..instance.nvBlockCount as usize {
            let block = unsafe { &*instance.nvBlocks.add(index) };
            unsafe { block.record.write_bytes(0xA5, block.recordSize as usize) };
        }
        nvm(|nvm| nvm.restart());
        self.init();
    }

    /// Main functions until the key is neither being loaded nor being written.
    pub fn settle(&self, key: u32) -> u8 {
        for _ in 0..2000 {
            match self.nv_status(key) {
                CRYPTO_SOFT_NV_LOADING | CRYPTO_SOFT_NV_PENDING => self.main_function(),
                status => return status,
            }
        }
        panic!("the block never settles: {:?}", nvm(|nvm| nvm.log.clone()));
    }

    pub fn nv_status(&self, key: u32) -> u8 {
        let mut status = UNTOUCHED;
        assert_eq!(unsafe { V2gcrypt_CryptoSoft_NvGetStatus(self.instance, key, &mut status) }, E_OK);
        status
    }

    pub fn nv_callback(&self, block: u32, service: u8, result: u8) -> u8 {
        unsafe { V2gcrypt_CryptoSoft_NvBlockCallback(self.instance, block, service, result) }
    }

    /// What NvM sees of the block.
    pub fn record(&self, block: u32) -> Vec<u8> {
        let block = unsafe { &*(*self.instance).nvBlocks.add(block as usize) };
        unsafe { std::slice::from_raw_parts(block.record, block.recordSize as usize) }.to_vec()
    }

    /// How many times a lost key or copy was reported since the last call; nothing else was.
    pub fn nvm_reports(&self) -> usize {
        let reports = self.reports();
        assert!(reports.iter().all(|&report| report == Reported::Runtime(CRYPTO_SID_NVBLOCK, CRYPTO_E_RE_NVM_ACCESS_FAILED)));
        reports.len()
    }
}

/// What a write that is cut leaves behind the cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rest {
    /// What was there before.
    Old,
    /// As `Old`, but the word of 8 bytes that was being programmed is garbage.
    Torn,
    /// The page was erased before.
    Erased,
}

/// Power goes off in the write with this number (from now, quarantine included), after so many bytes.
#[derive(Debug, Clone, Copy)]
pub struct Cut {
    pub write: usize,
    pub bytes: usize,
    pub rest: Rest,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    Read(u16, u8),
    Write(u16, u8),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notify {
    Never,
    /// Before the call that makes the request returns.
    InTheCall,
    /// As soon as the request has ended.
    AtTheEnd,
}

#[derive(Clone)]
pub struct SimBlock {
    /// `None`: never written.
    pub sets: [Option<Vec<u8>>; 3],
    pub index: u8,
    pub status: u8,
    pub pending: Option<(Asked, usize)>,
    size: usize,
    driver: (Driver, u32),
}

/// NvM.
pub struct Sim {
    pub blocks: HashMap<u16, SimBlock>,
    /// Requests that were made, refused ones included.
    pub log: Vec<Asked>,
    /// Bytes given in `NvM_GetErrorStatus` calls.
    pub polls: usize,
    /// A request ends when its status was asked so many times.
    pub delay: usize,
    /// So many requests are refused.
    pub refusals: usize,
    /// So many calls of `NvM_SetDataIndex` are refused.
    pub index_refusals: usize,
    /// So many requests are taken and end with `failure`; a write leaves half of itself.
    pub failures: usize,
    pub failure: u8,
    /// `failures` and `refusals` concern writes only.
    pub only_writes: bool,
    /// What is read of a data set that was never written.
    pub never_written: u8,
    /// So many times there is no device key.
    pub keyless: usize,
    pub device_key: [u8; DEVICE_KEY_LEN],
    pub notify: Notify,
    /// `NvM_SetDataIndex` has no effect.
    pub deaf: bool,
    /// The request ends, and nothing has been copied: by explicit synchronisation, or read into the driver's buffer.
    pub forgets: bool,
    pub cut: Option<Cut>,
    pub off: bool,
    garbage: u64,
}

thread_local! {
    static NVM: RefCell<Sim> = RefCell::new(Sim::new());
}

/// This thread's NvM.
pub fn nvm<T>(work: impl FnOnce(&mut Sim) -> T) -> T {
    NVM.with_borrow_mut(work)
}

impl SimBlock {
    fn new(size: usize, driver: (Driver, u32)) -> Self {
        Self { sets: [None, None, None], index: 0, status: NVM_REQ_OK, pending: None, size, driver }
    }
}

impl Sim {
    fn new() -> Self {
        Self {
            blocks: HashMap::new(),
            log: vec![],
            polls: 0,
            delay: 0,
            refusals: 0,
            index_refusals: 0,
            failures: 0,
            failure: NVM_REQ_NOT_OK,
            only_writes: false,
            never_written: NVM_REQ_NV_INVALIDATED,
            keyless: 0,
            device_key: DEVICE_KEY,
            notify: Notify::Never,
            deaf: false,
            forgets: false,
            cut: None,
            off: false,
            garbage: 0x9E37_79B9_7F4A_7C15,
        }
    }

    fn restart(&mut self) {
        let blocks = std::mem::take(&mut self.blocks);
        let garbage = self.garbage;
        *self = Self { garbage, ..Self::new() };
        self.blocks = blocks;
        for block in self.blocks.values_mut() {
            (block.index, block.status, block.pending) = (0, NVM_REQ_OK, None);
        }
    }

    pub fn block(&mut self, id: u16) -> &mut SimBlock {
        self.blocks.get_mut(&id).expect("a block that NvM has")
    }

    pub fn writes(&self) -> usize {
        self.log.iter().filter(|asked| matches!(asked, Asked::Write(..))).count()
    }

    pub fn reads(&self) -> usize {
        self.log.len() - self.writes()
    }

    fn garbage(&mut self) -> u8 {
        self.garbage ^= self.garbage << 13;
        self.garbage ^= self.garbage >> 7;
        self.garbage ^= self.garbage << 17;
        (self.garbage >> 24) as u8
    }

    /// Programs a data set, as far as power is there.
    fn program(&mut self, id: u16, set: u8, bytes: &[u8]) -> bool {
        let cut = match &mut self.cut {
            Some(cut) if cut.write == 0 => self.cut.take(),
            Some(cut) => {
                cut.write -= 1;
                None
            }
            None => None,
        };
        let Some(cut) = cut else {
            self.block(id).sets[set as usize] = Some(bytes.to_vec());
            return true;
        };
        self.off = true;
        let old = self.block(id).sets[set as usize].clone();
        if old.is_none() && cut.bytes == 0 && cut.rest == Rest::Old {
            return false;
        }
        let before = if cut.rest == Rest::Erased { None } else { old };
        let mut flash = before.unwrap_or_else(|| vec![0xFF; bytes.len()]);
        flash[..cut.bytes].copy_from_slice(&bytes[..cut.bytes]);
        if cut.rest == Rest::Torn {
            let word = cut.bytes / 8 * 8;
            for at in word..(word + 8).min(flash.len()) {
                flash[at] = self.garbage();
            }
        }
        self.block(id).sets[set as usize] = Some(flash);
        false
    }
}

fn request(id: u16, asked: impl FnOnce(u16, u8) -> Asked, buffer: *mut u8) -> u8 {
    assert_outside_area("NvM");
    let taken = nvm(|nvm| {
        let index = nvm.block(id).index;
        let asked = asked(id, index);
        nvm.log.push(asked);
        let concerned = !nvm.only_writes || matches!(asked, Asked::Write(..));
        if nvm.off || nvm.block(id).pending.is_some() {
            return false;
        }
        if concerned && nvm.refusals != 0 {
            nvm.refusals -= 1;
            return false;
        }
        let delay = nvm.delay;
        let block = nvm.block(id);
        (block.status, block.pending) = (NVM_REQ_PENDING, Some((asked, delay)));
        true
    });
    if !taken {
        return E_NOT_OK;
    }
    BUFFERS.with_borrow_mut(|buffers| buffers.insert(id, buffer as usize));
    if nvm(|nvm| nvm.delay) == 0 {
        run(id);
    }
    if nvm(|nvm| nvm.notify) == Notify::InTheCall {
        tell(id);
    }
    E_OK
}

thread_local! {
    static BUFFERS: RefCell<HashMap<u16, usize>> = RefCell::new(HashMap::new());
}

/// NvM's own work on the request of a block.
pub fn run(id: u16) {
    let Some((asked, _)) = nvm(|nvm| nvm.block(id).pending) else {
        return;
    };
    let buffer = BUFFERS.with_borrow(|buffers| buffers[&id]) as *mut u8;
    let (size, (driver, block)) = nvm(|nvm| (nvm.block(id).size, nvm.block(id).driver));
    let forgets = nvm(|nvm| nvm.forgets);
    let fails = nvm(|nvm| {
        let fails = nvm.failures != 0 && (!nvm.only_writes || matches!(asked, Asked::Write(..)));
        nvm.failures -= usize::from(fails);
        fails.then_some(nvm.failure)
    });
    let result = match asked {
        Asked::Read(_, set) => {
            let bytes = nvm(|nvm| nvm.block(id).sets[set as usize].clone());
            match (fails, bytes) {
                (Some(failure), _) => failure,
                (None, None) => nvm(|nvm| nvm.never_written),
                (None, Some(bytes)) if buffer.is_null() => {
                    if !forgets {
                        let taken = unsafe { V2gcrypt_CryptoSoft_NvBlockReadFrom(driver.instance, block, bytes.as_ptr().cast()) };
                        assert_eq!(taken, E_OK);
                    }
                    NVM_REQ_OK
                }
                (None, Some(bytes)) => {
                    if !forgets {
                        unsafe { std::slice::from_raw_parts_mut(buffer, size) }.copy_from_slice(&bytes);
                    }
                    NVM_REQ_OK
                }
            }
        }
        Asked::Write(_, set) => {
            let mut bytes = vec![0; size];
            if !buffer.is_null() {
                bytes.copy_from_slice(unsafe { std::slice::from_raw_parts(buffer, size) });
            } else if !forgets {
                let given = unsafe { V2gcrypt_CryptoSoft_NvBlockWriteTo(driver.instance, block, bytes.as_mut_ptr().cast()) };
                assert_eq!(given, E_OK);
            }
            match fails {
                Some(failure) => {
                    nvm(|nvm| {
                        let flash = nvm.block(id).sets[set as usize].get_or_insert_with(|| vec![0xFF; size]);
                        flash[..size / 2].copy_from_slice(&bytes[..size / 2]);
                    });
                    failure
                }
                None if nvm(|nvm| nvm.program(id, set, &bytes)) => NVM_REQ_OK,
                None => return, // power is off
            }
        }
    };
    nvm(|nvm| {
        let block = nvm.block(id);
        (block.status, block.pending) = (result, None);
    });
    if nvm(|nvm| nvm.notify) == Notify::AtTheEnd {
        tell(id);
    }
}

/// NvM's notification.
pub fn tell(id: u16) {
    let (status, (driver, block)) = nvm(|nvm| (nvm.block(id).status, nvm.block(id).driver));
    driver.nv_callback(block, 7, status);
}

type Meddler = std::rc::Rc<dyn Fn(&str)>;
thread_local! {
    static MEDDLER: RefCell<Option<Meddler>> = const { RefCell::new(None) };
}

/// Called on this thread before NvM is given an index or a request to read, and while the device key is asked for.
pub fn meddle(with: impl Fn(&str) + 'static) {
    MEDDLER.set(Some(std::rc::Rc::new(with)));
}

fn meddled(at: &str) {
    let meddler = MEDDLER.with_borrow(|meddler| meddler.clone());
    if let Some(meddler) = meddler {
        meddler(at);
    }
}

extern "C" fn NvM_SetDataIndex(id: u16, index: u8) -> u8 {
    assert_outside_area("NvM_SetDataIndex");
    meddled("index");
    nvm(|nvm| {
        if nvm.index_refusals != 0 {
            nvm.index_refusals -= 1;
            return E_NOT_OK;
        }
        assert!(index < 3);
        if !nvm.deaf {
            nvm.block(id).index = index;
        }
        E_OK
    })
}

extern "C" fn NvM_ReadBlock(id: u16, to: *mut c_void) -> u8 {
    meddled("read");
    request(id, Asked::Read, to.cast())
}

extern "C" fn NvM_WriteBlock(id: u16, from: *const c_void) -> u8 {
    request(id, Asked::Write, from.cast::<u8>().cast_mut())
}

extern "C" fn NvM_GetErrorStatus(id: u16, result: *mut u8) -> u8 {
    assert_outside_area("NvM_GetErrorStatus");
    let due = nvm(|nvm| {
        nvm.polls += 1;
        let off = nvm.off;
        match &mut nvm.block(id).pending {
            Some(_) if off => false,
            Some((_, 0)) => true,
            Some((_, left)) => {
                *left -= 1;
                false
            }
            None => false,
        }
    });
    if due && nvm(|nvm| nvm.notify) != Notify::AtTheEnd {
        run(id);
    }
    unsafe { result.write(nvm(|nvm| nvm.block(id).status)) };
    E_OK
}

unsafe extern "C" fn Crypto_DeviceKeyCallout(key: *mut u8, length: u32) -> u8 {
    assert_outside_area("Crypto_DeviceKeyCallout");
    assert_eq!(length as usize, DEVICE_KEY_LEN);
    meddled("device key");
    nvm(|nvm| {
        if nvm.keyless != 0 {
            nvm.keyless -= 1;
            return E_NOT_OK;
        }
        unsafe { key.copy_from_nonoverlapping(nvm.device_key.as_ptr(), DEVICE_KEY_LEN) };
        E_OK
    })
}
