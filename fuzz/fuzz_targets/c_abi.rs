//! The C interface as a sequence of calls, against the vehicle's generated configuration: any order, any mode, any id, buffers
//! that alias where they may and where they may not. Pointers are good for their lengths, as C vouches.
//!
//! Watched: memory (AddressSanitizer), nothing written beyond a buffer, and no more callbacks than accepted requests.
#![no_main]

use std::ptr::{null, null_mut};
use std::sync::atomic::{AtomicU32, Ordering};

use libfuzzer_sys::fuzz_target;
use v2gcrypt_csm::config::Csm_ConfigType;
use v2gcrypt_csm::ffi::*;
use v2gcrypt_fuzz::Bytes;
use v2gcrypt_host as _; // brings CryIf and the callouts
use v2gcrypt_types::*;

extern "C" {
    static Csm_Config: Csm_ConfigType;
    fn CryIf_Init(config: *const core::ffi::c_void);
    fn Crypto_Init(config: *const core::ffi::c_void);
    fn Crypto_MainFunction();
    fn Crypto_MainFunctionBackground();
}

static CALLBACKS: AtomicU32 = AtomicU32::new(0);

#[no_mangle]
extern "C" fn Fuzz_Callback(_: u32, _: u8) {
    CALLBACKS.fetch_add(1, Ordering::Relaxed);
}

const ROOM: usize = 320;
const GUARD: usize = 16;
const BUFFERS: usize = 6;

/// Buffers that stay where they are: asynchronous jobs keep their addresses.
struct Memory {
    buffers: [[u8; ROOM + GUARD]; BUFFERS],
    lengths: [u32; 4],
    verify: [u8; 4],
}

static mut MEMORY: Memory = Memory { buffers: [[0; ROOM + GUARD]; BUFFERS], lengths: [0; 4], verify: [0; 4] };

/// Keys and elements that are often hit.
const ELEMENTS: [u32; 12] = [1, 1, 5, 9, 10, 12, 13, 15, 17, 29, 1000, 1002];

struct Call<'a, 'b>(&'a mut Bytes<'b>);

impl Call<'_, '_> {
    fn input(&mut self) -> (*const u8, u32) {
        let (start, length) = self.room();
        (start.cast_const(), length)
    }

    fn room(&mut self) -> (*mut u8, u32) {
        let choice = usize::from(self.0.byte());
        let length = u32::from(self.0.byte());
        if choice == 0xFF {
            return (null_mut(), length);
        }
        // SAFETY: one thread; the buffer is there for ever.
        let start = unsafe { (&raw mut MEMORY.buffers[choice % BUFFERS]).cast::<u8>() };
        let offset = if choice & 0x40 != 0 { 7 } else { 0 };
        (start.wrapping_add(offset), length)
    }

    /// Room and the word that tells it.
    fn output(&mut self) -> (*mut u8, *mut u32) {
        let (start, room) = self.room();
        let choice = usize::from(self.0.byte());
        if choice == 0xFF {
            return (start, null_mut());
        }
        // SAFETY: as above.
        let word = unsafe { &raw mut MEMORY.lengths[choice % 4] };
        // SAFETY: as above; a job in flight may hold the word too: its driver has read the room already.
        unsafe { word.write(room) };
        (start, word)
    }

    fn verify(&mut self) -> *mut u8 {
        match usize::from(self.0.byte()) {
            0xFF => null_mut(),
            // SAFETY: as above.
            choice => unsafe { &raw mut MEMORY.verify[choice % 4] },
        }
    }

    fn id(&mut self, count: u32) -> u32 {
        u32::from(self.0.byte()) % (count + 1)
    }

    fn element(&mut self) -> u32 {
        ELEMENTS[usize::from(self.0.byte()) % ELEMENTS.len()]
    }
}

fn service(job: u32) -> Crypto_ServiceInfoType {
    // SAFETY: the generated configuration, below its count.
    unsafe { (*(*(*Csm_Config.jobs.add(job as usize)).jobPrimitiveInfo).primitiveInfo).service }
}

/// A request to `job`, mostly of the service it is configured for.
///
/// # Safety
/// One thread; the modules are initialised.
unsafe fn request(call: &mut Call, job: u32, service: Crypto_ServiceInfoType, keys: u32) -> u8 {
    let mode = if call.0.byte() & 1 == 0 { CRYPTO_OPERATIONMODE_SINGLECALL } else { call.0.byte() & 0x1F };
    let (input, length) = call.input();
    let (secondary, secondary_length) = call.input();
    let (tertiary, tertiary_length) = call.input();
    let (output, output_length) = call.output();
    let (second_output, second_output_length) = call.output();
    let verify = call.verify();
    let target = call.id(keys);
    // SAFETY: pointers are null or good for what is told with them.
    unsafe {
        match service {
            CRYPTO_HASH => Csm_Hash(job, mode, input, length, output, output_length),
            CRYPTO_MACGENERATE => Csm_MacGenerate(job, mode, input, length, output, output_length),
            CRYPTO_MACVERIFY => Csm_MacVerify(job, mode, input, length, secondary, secondary_length, verify),
            CRYPTO_ENCRYPT => Csm_Encrypt(job, mode, input, length, output, output_length),
            CRYPTO_DECRYPT => Csm_Decrypt(job, mode, input, length, output, output_length),
            CRYPTO_AEADENCRYPT => {
                let tag = (second_output, second_output_length);
                Csm_AEADEncrypt(job, mode, input, length, secondary, secondary_length, output, output_length, tag.0, tag.1)
            }
            CRYPTO_AEADDECRYPT => {
                let (aad, tag) = ((secondary, secondary_length), (tertiary, tertiary_length));
                Csm_AEADDecrypt(job, mode, input, length, aad.0, aad.1, tag.0, tag.1, output, output_length, verify)
            }
            CRYPTO_SIGNATUREGENERATE => Csm_SignatureGenerate(job, mode, input, length, output, output_length),
            CRYPTO_SIGNATUREVERIFY => Csm_SignatureVerify(job, mode, input, length, secondary, secondary_length, verify),
            CRYPTO_RANDOMGENERATE => Csm_RandomGenerate(job, output, output_length),
            CRYPTO_RANDOMSEED => Csm_JobRandomSeed(job, input, length),
            CRYPTO_KEYGENERATE => Csm_JobKeyGenerate(job),
            CRYPTO_KEYDERIVE => Csm_JobKeyDerive(job, target),
            CRYPTO_KEYEXCHANGECALCPUBVAL => Csm_JobKeyExchangeCalcPubVal(job, output, output_length),
            CRYPTO_KEYEXCHANGECALCSECRET => Csm_JobKeyExchangeCalcSecret(job, input, length),
            CRYPTO_KEYSETVALID => Csm_JobKeySetValid(job),
            CRYPTO_KEYSETINVALID => Csm_JobKeySetInvalid(job),
            _ => Csm_CustomService(
                job,
                mode,
                target,
                input,
                length,
                secondary,
                secondary_length,
                tertiary,
                tertiary_length,
                output,
                output_length,
                second_output,
                second_output_length,
                verify,
            ),
        }
    }
}

/// # Safety
/// As for `request`.
unsafe fn key_call(call: &mut Call, keys: u32) {
    let (key, target) = (call.id(keys), call.id(keys));
    let (element, to) = (call.element(), call.element());
    let choice = call.0.byte() % 13;
    let (input, length) = call.input();
    let (output, output_length) = call.output();
    // SAFETY: pointers are null or good for what is told with them.
    unsafe {
        match choice {
            0 => Csm_KeyElementSet(key, element, input, length),
            1 => Csm_KeyElementGet(key, element, output, output_length),
            2 | 3 => Csm_KeySetValid(key),
            4 => Csm_KeySetInvalid(key),
            5 => Csm_KeyElementCopy(key, element, target, to),
            6 => {
                let (from, at, count) = (u32::from(call.0.byte()), u32::from(call.0.byte()), u32::from(call.0.byte()));
                Csm_KeyElementCopyPartial(key, element, from, at, count, target, to)
            }
            7 => Csm_KeyCopy(key, target),
            8 => Csm_RandomSeed(key, input, length),
            9 => Csm_KeyGenerate(key),
            10 => Csm_KeyDerive(key, target),
            11 => Csm_KeyExchangeCalcPubVal(key, output, output_length),
            _ => Csm_KeyExchangeCalcSecret(key, input, length),
        };
    }
}

fuzz_target!(|data: &[u8]| {
    // SAFETY: one thread; the generated configuration is linked.
    unsafe {
        let (jobs, keys) = (Csm_Config.jobCount, Csm_Config.keyCount);
        for buffer in &mut *(&raw mut MEMORY.buffers) {
            buffer[..ROOM].fill(0x5A);
            buffer[ROOM..].fill(0xA5);
        }
        Crypto_Init(null());
        CryIf_Init(null());
        Csm_Init(null());
        CALLBACKS.store(0, Ordering::Relaxed);
        let mut accepted = 0;
        let mut bytes = Bytes(data);
        while !bytes.is_empty() {
            let mut call = Call(&mut bytes);
            match call.0.byte() % 16 {
                0..=6 => {
                    let job = call.id(jobs);
                    let meant = if job < jobs { service(job) } else { CRYPTO_HASH };
                    let wrong = call.0.byte();
                    let asked = if wrong > 0xF8 { wrong % 0x16 } else { meant };
                    if request(&mut call, job, asked, keys) == E_OK {
                        accepted += 1;
                    }
                }
                7..=11 => key_call(&mut call, keys),
                12 => {
                    Csm_CancelJob(call.id(jobs), 0);
                    // A stream that ends between two calls has a callback of its own.
                    accepted += 1;
                }
                13 => V2gcrypt_Csm_MainFunction(u32::from(call.0.byte() % 3)),
                14 => Crypto_MainFunction(),
                _ => Crypto_MainFunctionBackground(),
            }
        }
        for _ in 0..8 {
            Crypto_MainFunction();
            Crypto_MainFunctionBackground();
            (0..Csm_Config.mainFunctionCount).for_each(|id| V2gcrypt_Csm_MainFunction(id));
        }
        assert!(CALLBACKS.load(Ordering::Relaxed) <= accepted, "a request has one callback at most");
        for buffer in &*(&raw const MEMORY.buffers) {
            assert!(buffer[ROOM..].iter().all(|&byte| byte == 0xA5), "nothing is written beyond the room");
        }
    }
});
