//! A key is set on one thread while the main function polls on another and NvM works, and notifies, on a third.
#![allow(unsafe_code, clippy::undocumented_unsafe_blocks, non_snake_case)]

mod common;
use std::ffi::c_void;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use common::nv::NvSpec;
use common::*;
use v2gcrypt_crypto_driver::soft::nv::machine::*;

const UPDATES: u32 = 3000;

/// NvM of one block, which belongs to no thread.
struct Shared {
    sets: [Option<Vec<u8>>; 3],
    index: u8,
    status: u8,
    request: Option<(bool, u8, usize)>,
    size: usize,
}

static NVM: Mutex<Shared> = Mutex::new(Shared { sets: [None, None, None], index: 0, status: 0, request: None, size: 0 });
static WRITES: AtomicUsize = AtomicUsize::new(0);

fn ask(write: bool, buffer: usize) -> u8 {
    let mut nvm = NVM.lock().unwrap();
    if nvm.request.is_some() {
        return E_NOT_OK;
    }
    nvm.request = Some((write, nvm.index, buffer));
    nvm.status = NVM_REQ_PENDING;
    E_OK
}

extern "C" fn SetDataIndex(_: u16, index: u8) -> u8 {
    let mut nvm = NVM.lock().unwrap();
    assert!(nvm.request.is_none(), "the index is not changed under a request");
    nvm.index = index;
    E_OK
}

extern "C" fn ReadBlock(_: u16, to: *mut c_void) -> u8 {
    ask(false, to as usize)
}

extern "C" fn WriteBlock(_: u16, from: *const c_void) -> u8 {
    ask(true, from as usize)
}

extern "C" fn GetErrorStatus(_: u16, result: *mut u8) -> u8 {
    unsafe { result.write(NVM.lock().unwrap().status) };
    E_OK
}

unsafe extern "C" fn DeviceKey(key: *mut u8, length: u32) -> u8 {
    unsafe { key.write_bytes(0x42, length as usize) };
    E_OK
}

/// NvM's main function: one request, in two halves, so that a record that changes meanwhile would be torn.
fn work() -> bool {
    let mut nvm = NVM.lock().unwrap();
    let Some((write, set, buffer)) = nvm.request else {
        return false;
    };
    let size = nvm.size;
    drop(nvm);
    let buffer = unsafe { std::slice::from_raw_parts_mut(buffer as *mut u8, size) };
    let mut copy = vec![0; size];
    if write {
        copy[..size / 2].copy_from_slice(&buffer[..size / 2]);
        std::thread::yield_now();
        copy[size / 2..].copy_from_slice(&buffer[size / 2..]);
        WRITES.fetch_add(1, Ordering::Relaxed);
    }
    nvm = NVM.lock().unwrap();
    nvm.status = match (write, nvm.sets[set as usize].clone()) {
        (true, _) => {
            nvm.sets[set as usize] = Some(copy);
            NVM_REQ_OK
        }
        (false, Some(bytes)) => {
            buffer.copy_from_slice(&bytes);
            NVM_REQ_OK
        }
        (false, None) => NVM_REQ_NV_INVALIDATED,
    };
    nvm.request = None;
    true
}

#[test]
fn what_was_set_last_is_in_flash_whoever_polls_sets_and_notifies() {
    for spec in [NvSpec::new(0, &[1]), NvSpec::new(0, &[1]).deferred()] {
        let elements = [ElementSpec::new(1, 16)];
        let driver = Builder::new().object(0).key(CRYPTO_SOFT_FORM_AES_CMAC, &elements).persistent(&[spec]);
        let functions = CryptoSoft_NvMType {
            setDataIndex: Some(SetDataIndex),
            readBlock: Some(ReadBlock),
            writeBlock: Some(WriteBlock),
            getErrorStatus: Some(GetErrorStatus),
            deviceKey: Some(DeviceKey),
        };
        unsafe { (*driver.instance).nvM = leak(&[functions]) };
        *NVM.lock().unwrap() =
            Shared { sets: [None, None, None], index: 0, status: 0, request: None, size: driver.record(0).len() };
        WRITES.store(0, Ordering::Relaxed);
        driver.init();
        let done = AtomicBool::new(false);
        let settled = |driver: &Driver| matches!(driver.nv_status(0), CRYPTO_SOFT_NV_IDLE | CRYPTO_SOFT_NV_FAILED);
        let mut last = vec![];
        std::thread::scope(|scope| {
            scope.spawn(|| {
                while !done.load(Ordering::Acquire) {
                    driver.main_function();
                }
            });
            scope.spawn(|| {
                while !done.load(Ordering::Acquire) {
                    if work() {
                        driver.nv_callback(0, 7, 0);
                    } else {
                        std::thread::yield_now();
                    }
                }
            });
            let key = |update: u32| [update.to_le_bytes(); 4].concat();
            let insist = |what: &dyn Fn() -> u8| {
                let start = Instant::now();
                loop {
                    match what() {
                        E_OK => return,
                        code => assert_eq!(code, CRYPTO_E_BUSY, "while it is loaded, or sealed"),
                    }
                    assert!(start.elapsed() < Duration::from_secs(60), "for ever busy");
                    std::thread::yield_now();
                }
            };
            for update in 1..=UPDATES {
                last = key(update);
                insist(&|| driver.set(0, 1, &last));
                insist(&|| driver.set_valid(0));
            }
            let start = Instant::now();
            while !settled(&driver) {
                assert!(start.elapsed() < Duration::from_secs(60), "it never settles");
                std::thread::yield_now();
            }
            done.store(true, Ordering::Release);
        });
        assert_eq!((driver.nv_status(0), driver.nvm_reports()), (CRYPTO_SOFT_NV_IDLE, 0));
        let writes = WRITES.load(Ordering::Relaxed);
        println!("{UPDATES} updates, {writes} writes");
        assert!((2..=UPDATES as usize + 1).contains(&writes));
        driver.init();
        while !settled(&driver) {
            work();
            driver.main_function();
        }
        assert_eq!((driver.get(0, 1, 16), driver.is_valid(0)), ((E_OK, last), true));
        assert_eq!(driver.nvm_reports(), 0);
    }
}
