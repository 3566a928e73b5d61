//! Every function with wrong arguments: exact code, exact report, nothing written, nobody called.
#![allow(unsafe_code)]
#![allow(clippy::undocumented_unsafe_blocks, clippy::type_complexity)] // tables of calls with pointers of a `Memory`, null, or never followed

mod common;

use common::*;
use std::ptr::{null, null_mut};
use v2gcrypt_csm::config::Csm_ConfigType;
use v2gcrypt_csm::ffi::*;
use v2gcrypt_types::*;

/// The arguments of any job service.
#[derive(Clone, Copy)]
struct Args {
    data: *const u8,
    data_length: u32,
    secondary: *const u8,
    secondary_length: u32,
    output: *mut u8,
    output_length: *mut u32,
    verify: *mut u8,
}

type Service = fn(u32, u8, Args) -> Std_ReturnType;

struct Row {
    sid: u8,
    service: Crypto_ServiceInfoType,
    call: Service,
    verifies: bool,
    has_data: bool,
}

// SAFETY (all of them): pointers of a `Memory`, null, or addresses that are not followed.
const ROWS: [Row; 6] = [
    Row {
        sid: CSM_SID_HASH,
        service: CRYPTO_HASH,
        call: |job, mode, a| unsafe { Csm_Hash(job, mode, a.data, a.data_length, a.output, a.output_length) },
        verifies: false,
        has_data: true,
    },
    Row {
        sid: CSM_SID_MACGENERATE,
        service: CRYPTO_MACGENERATE,
        call: |job, mode, a| unsafe { Csm_MacGenerate(job, mode, a.data, a.data_length, a.output, a.output_length) },
        verifies: false,
        has_data: true,
    },
    Row {
        sid: CSM_SID_MACVERIFY,
        service: CRYPTO_MACVERIFY,
        call: |job, mode, a| unsafe {
            Csm_MacVerify(job, mode, a.data, a.data_length, a.secondary, a.secondary_length, a.verify)
        },
        verifies: true,
        has_data: true,
    },
    Row {
        sid: CSM_SID_SIGNATUREGENERATE,
        service: CRYPTO_SIGNATUREGENERATE,
        call: |job, mode, a| unsafe { Csm_SignatureGenerate(job, mode, a.data, a.data_length, a.output, a.output_length) },
        verifies: false,
        has_data: true,
    },
    Row {
        sid: CSM_SID_SIGNATUREVERIFY,
        service: CRYPTO_SIGNATUREVERIFY,
        call: |job, mode, a| unsafe {
            Csm_SignatureVerify(job, mode, a.data, a.data_length, a.secondary, a.secondary_length, a.verify)
        },
        verifies: true,
        has_data: true,
    },
    Row {
        sid: CSM_SID_RANDOMGENERATE,
        service: CRYPTO_RANDOMGENERATE,
        call: |job, _, a| unsafe { Csm_RandomGenerate(job, a.output, a.output_length) },
        verifies: false,
        has_data: false,
    },
];

/// Buffers beside each other, the way C has them.
#[repr(C)]
struct Memory {
    data: [u8; 64],
    secondary: [u8; 64],
    output: [u8; 64],
    output_length: u32,
    verify: u8,
}

impl Memory {
    fn new() -> Box<Self> {
        Box::new(Self { data: [1; 64], secondary: [2; 64], output: [3; 64], output_length: 64, verify: 4 })
    }

    fn args(&mut self) -> Args {
        Args {
            data: self.data.as_ptr(),
            data_length: 64,
            secondary: self.secondary.as_ptr(),
            secondary_length: 64,
            output: self.output.as_mut_ptr(),
            output_length: &mut self.output_length,
            verify: &mut self.verify,
        }
    }

    fn is_untouched(&self) -> bool {
        let fresh = Self::new();
        self.data == fresh.data
            && self.secondary == fresh.secondary
            && self.output == fresh.output
            && self.output_length == fresh.output_length
            && self.verify == fresh.verify
    }
}

/// A synchronous job for each row, in that order.
fn run_all() -> Running {
    let jobs: Vec<_> = ROWS.iter().map(|row| job(row.service, SYNC, 0, 0)).collect();
    run(&jobs, &[Queue { size: 0, main_function: 0 }], 1)
}

/// Calls, and expects a development error or none.
fn refused(row: &Row, job: u32, mode: u8, change: impl FnOnce(&mut Args), error: Option<u8>) {
    let mut memory = Memory::new();
    let mut args = memory.args();
    change(&mut args);
    assert_eq!((row.call)(job, mode, args), E_NOT_OK, "service {:#x}, mode {mode}", row.sid);
    assert_eq!(seen(), Vec::from_iter(error.map(|error| det(row.sid, error))), "service {:#x}, mode {mode}", row.sid);
    assert!(memory.is_untouched());
}

#[test]
fn an_unknown_job_is_a_wrong_handle_whatever_else_is_wrong() {
    let _csm = run_all();
    for row in &ROWS {
        for job in [ROWS.len() as u32, u32::MAX] {
            refused(row, job, SINGLECALL, |_| (), Some(CSM_E_PARAM_HANDLE));
            refused(row, job, 0, |args| args.output = null_mut(), Some(CSM_E_PARAM_HANDLE));
        }
    }
}

#[test]
fn a_job_of_another_service_is_a_wrong_service_type_before_pointers_are_looked_at() {
    let _csm = run_all();
    for row in &ROWS {
        for (job, other) in (0..).zip(&ROWS) {
            if other.service != row.service {
                refused(row, job, SINGLECALL, |_| (), Some(CSM_E_SERVICE_TYPE));
                refused(row, job, 5, |args| args.output = null_mut(), Some(CSM_E_SERVICE_TYPE));
            }
        }
    }
}

#[test]
fn a_combination_of_operations_that_does_not_exist_is_refused_without_report() {
    let csm = run_all();
    for (job, row) in (0..).zip(&ROWS).filter(|(_, row)| row.has_data) {
        for mode in 0..=255 {
            if ![1, 2, 3, 4, 6, 7].contains(&mode) {
                refused(row, job, mode, |args| args.data = null(), None);
            }
        }
        assert_eq!(csm.state(job), CRYPTO_JOBSTATE_IDLE);
    }
}

#[test]
fn a_null_pointer_is_an_error_only_where_the_mode_needs_the_parameter() {
    let _csm = run_all();
    for (job, row) in (0..).zip(&ROWS) {
        for mode in [1, 2, 3, 4, 6, 7] {
            if !row.has_data && mode != 7 {
                continue;
            }
            let update = mode & UPDATE != 0 && row.has_data;
            let finish = mode & FINISH != 0;
            let nulls: [(fn(&mut Args), bool); 5] = [
                (|args| args.data = null(), update),
                (|args| args.secondary = null(), finish && row.verifies),
                (|args| args.output = null_mut(), finish && !row.verifies),
                (|args| args.output_length = null_mut(), finish && !row.verifies),
                (|args| args.verify = null_mut(), finish && row.verifies),
            ];
            for (set_null, needed) in nulls {
                if needed {
                    refused(row, job, mode, set_null, Some(CSM_E_PARAM_POINTER));
                    continue;
                }
                let mut memory = Memory::new();
                let mut args = memory.args();
                set_null(&mut args);
                assert_eq!((row.call)(job, mode, args), E_OK, "service {:#x}, mode {mode}", row.sid);
                assert_eq!(seen(), [Down::Process { channel: 100, job }]);
            }
        }
    }
}

#[test]
fn an_output_that_overlaps_an_input_or_another_output_is_refused() {
    let _csm = run_all();
    type Change = fn(&mut Args);
    let generates: [Change; 9] = [
        |a| a.output = a.data.cast_mut(),
        |a| a.output = a.data.wrapping_add(63).cast_mut(), // one byte
        |a| a.output = a.data.wrapping_sub(63).cast_mut(),
        |a| a.output_length = a.output.wrapping_add(60).cast(),
        |a| a.output_length = a.output.wrapping_sub(3).cast(),
        |a| a.output_length = a.data.cast_mut().cast(),
        |a| a.output_length = a.data.wrapping_add(61).cast_mut().cast(),
        |a| a.data_length = u32::MAX,
        |a| a.data = (usize::MAX - 62) as *const u8, // ends beyond the last address
    ];
    let verifies: [Change; 6] = [
        |a| a.verify = a.data.cast_mut(),
        |a| a.verify = a.data.wrapping_add(63).cast_mut(),
        |a| a.verify = a.secondary.cast_mut(),
        |a| a.verify = a.secondary.wrapping_add(7).cast_mut(),
        |a| a.data = (usize::MAX - 62) as *const u8,
        |a| (a.secondary, a.secondary_length) = ((usize::MAX - 6) as *const u8, 64),
    ];
    for (job, row) in (0..).zip(&ROWS).filter(|(_, row)| row.has_data) {
        for &change in if row.verifies { &verifies[..] } else { &generates[..] } {
            let mut memory = Memory::new();
            let (before, mut args) = ((memory.data, memory.output), memory.args());
            change(&mut args);
            assert_eq!((row.call)(job, SINGLECALL, args), E_NOT_OK, "service {:#x}", row.sid);
            assert_eq!(seen(), [det(row.sid, CSM_E_PARAM_POINTER)], "service {:#x}", row.sid);
            assert_eq!((memory.data, memory.output), before);
        }
    }
}

#[test]
fn neighbours_do_not_overlap_and_inputs_may() {
    let _csm = run_all();
    for (job, row) in (0..).zip(&ROWS) {
        let neighbours: [fn(&mut Args); 4] = [
            |a| a.output = a.data.wrapping_add(64).cast_mut(),
            |a| a.verify = a.secondary.wrapping_add(64).cast_mut(),
            |a| a.secondary = a.data,
            |a| (a.data_length, a.verify) = (0, a.data.cast_mut()), // nothing at that address is read
        ];
        for change in neighbours {
            let mut memory = Memory::new();
            let mut args = memory.args();
            change(&mut args);
            assert_eq!((row.call)(job, SINGLECALL, args), E_OK, "service {:#x}", row.sid);
            assert_eq!(seen(), [Down::Process { channel: 100, job }]);
        }
    }
}

#[test]
fn the_length_of_a_mac_to_verify_is_in_bits_and_travels_unchanged() {
    let row = &ROWS[2];
    for (in_bytes, bits_at_end, refused_at_end) in [(0, 64, false), (0, 65, true), (1, 8, false), (1, 9, true)] {
        let mut csm = run_all();
        csm.setup.config.macLengthInBytes = in_bytes;
        csm.setup.init();
        let mut memory = Memory::new();
        let args = Args { secondary_length: bits_at_end, verify: &mut memory.secondary[8], ..memory.args() };
        let code = (row.call)(2, SINGLECALL, args);
        if refused_at_end {
            assert_eq!((code, seen()), (E_NOT_OK, vec![det(row.sid, CSM_E_PARAM_POINTER)]));
        } else {
            assert_eq!((code, seen()), (E_OK, vec![Down::Process { channel: 100, job: 2 }]));
            assert_eq!(csm.setup.read(2).jobPrimitiveInputOutput.secondaryInputLength, bits_at_end);
        }
    }
}

#[test]
fn each_argument_arrives_where_the_driver_looks_for_it() {
    let csm = run_all();
    for (job, row) in (0..).zip(&ROWS) {
        let mut memory = Memory::new();
        let args = memory.args();
        assert_eq!((row.call)(job, SINGLECALL, args), E_OK);
        let record = csm.setup.read(job);
        let io = record.jobPrimitiveInputOutput;
        let data = if row.has_data { (args.data, 64) } else { (null(), 0) };
        assert_eq!((io.inputPtr, io.inputLength), data);
        let secondary = if row.verifies { (args.secondary, 64) } else { (null(), 0) };
        assert_eq!((io.secondaryInputPtr, io.secondaryInputLength), secondary);
        let output = if row.verifies { (null_mut(), null_mut()) } else { (args.output, args.output_length) };
        assert_eq!((io.outputPtr, io.outputLengthPtr), output);
        assert_eq!(io.verifyPtr, if row.verifies { args.verify } else { null_mut() });
        assert!(io.tertiaryInputPtr.is_null() && io.secondaryOutputPtr.is_null() && io.secondaryOutputLengthPtr.is_null());
        assert_eq!(io.mode, SINGLECALL);
        assert_eq!((record.jobId, record.jobPriority), (job, 0));
        assert_eq!(record.jobPrimitiveInfo, csm.setup.jobs[job as usize].jobPrimitiveInfo);
        assert!(memory.is_untouched());
    }
}

#[test]
fn zero_lengths_are_for_the_driver_to_judge() {
    let _csm = run_all();
    for (job, row) in (0..).zip(&ROWS) {
        let mut memory = Memory::new();
        memory.output_length = 0;
        let args = Args { data_length: 0, secondary_length: 0, ..memory.args() };
        assert_eq!((row.call)(job, SINGLECALL, args), E_OK);
        assert_eq!(seen(), [Down::Process { channel: 100, job }]);
    }
}

#[test]
fn every_code_of_the_driver_is_returned_by_a_synchronous_service() {
    let _csm = run_all();
    for code in 0..=0x0E {
        answer_with(move |_| code);
        for (job, row) in (0..).zip(&ROWS) {
            assert_eq!((row.call)(job, SINGLECALL, Memory::new().args()), code);
        }
    }
}

#[test]
fn unknown_jobs_records_and_main_functions_are_wrong_handles() {
    let csm = run_all();
    assert_eq!((cancel(6), seen()), (E_NOT_OK, vec![det(CSM_SID_CANCELJOB, CSM_E_PARAM_HANDLE)]));
    main_function(1);
    assert_eq!(seen(), [det(CSM_SID_MAINFUNCTION, CSM_E_PARAM_HANDLE)]);
    let records = csm.setup.record(0);
    let strangers = [records.wrapping_add(6), records.wrapping_sub(1), records.wrapping_byte_add(4), 8 as *mut _];
    for record in strangers {
        // SAFETY: an address that is not followed.
        unsafe { Csm_CallbackNotification(record, E_OK) };
        assert_eq!(seen(), [det(CSM_SID_CALLBACKNOTIFICATION, CSM_E_PARAM_HANDLE)]);
    }
    // SAFETY: null is refused.
    unsafe { Csm_CallbackNotification(null_mut(), E_OK) };
    assert_eq!(seen(), [det(CSM_SID_CALLBACKNOTIFICATION, CSM_E_PARAM_POINTER)]);
    // SAFETY: null is refused.
    unsafe { Csm_GetVersionInfo(null_mut()) };
    assert_eq!(seen(), [det(CSM_SID_GETVERSIONINFO, CSM_E_PARAM_POINTER)]);
}

#[test]
fn development_errors_are_found_but_not_reported_when_the_configuration_says_so() {
    let mut csm = run_all();
    csm.setup.config.devErrorDetect = 0;
    csm.setup.init();
    let mut memory = Memory::new();
    assert_eq!((ROWS[0].call)(6, SINGLECALL, memory.args()), E_NOT_OK);
    assert_eq!((ROWS[1].call)(0, SINGLECALL, memory.args()), E_NOT_OK);
    let args = Args { data: null(), ..memory.args() };
    assert_eq!((ROWS[0].call)(0, SINGLECALL, args), E_NOT_OK);
    assert_eq!(seen(), []);
}

#[test]
fn a_configuration_that_contradicts_itself_is_refused_and_changes_nothing() {
    let mut csm = run_async(&[1, 2], 2);
    assert_eq!(csm.hash(0, SINGLECALL), E_OK);
    seen();
    let wrong: [fn(&mut Setup); 23] = [
        |s| s.config.magic = 0,
        |s| s.config.configSize += 1,
        |s| s.config.jobConfigSize -= 1,
        |s| s.config.jobSize += 8,
        |s| s.config.mainFunctionCount = 0,
        |s| s.config.jobs = null(),
        |s| s.config.queues = null(),
        |s| s.config.keys = null(),
        |s| s.config.jobRecords = null_mut(),
        |s| s.config.jobRam = null_mut(),
        |s| s.config.queueRam = null_mut(),
        |s| s.config.queueSlots = null_mut(),
        |s| s.config.jobRam = s.config.jobRam.wrapping_byte_add(1),
        |s| s.config.jobRam = s.config.jobRam.wrapping_byte_add(2),
        |s| s.config.queueSlotCount = 1,
        |s| s.config.queueSlotCount = 3,
        |s| s.queues[0].size = u32::MAX,
        |s| s.queues[0].firstSlot = 1,
        |s| s.queues[0].mainFunctionId = 1,
        |s| s.jobs[1].queueId = 1,
        |s| s.jobs[1].jobPrimitiveInfo = null(),
        |s| s.info(1).primitiveInfo = null(),
        |s| s.info(1).processingType = 2,
    ];
    for (index, spoil) in wrong.into_iter().enumerate() {
        let jobs = [job(CRYPTO_HASH, ASYNC, 1, 0), job(CRYPTO_HASH, SYNC, 1, 0)];
        let mut other = Setup::new(&jobs, &[Queue { size: 2, main_function: 0 }], 1);
        spoil(&mut other);
        // SAFETY: wrong, but memory.
        unsafe { Csm_Init(&other.config as *const Csm_ConfigType) };
        assert_eq!(seen(), [det(CSM_SID_INIT, CSM_E_INIT_FAILED)], "number {index}");
    }
    csm.report(0, E_OK);
    assert_eq!(callbacks(), [(0, E_OK)]);
    csm.setup.init();
    assert_eq!(seen(), []);
}

#[test]
fn a_job_and_a_queue_use_no_more_memory_than_the_header_says() {
    assert_eq!(V2gcrypt_Csm_JobRamUsed as usize, size_of::<v2gcrypt_csm::JobNode>());
    assert_eq!(V2gcrypt_Csm_QueueRamUsed as usize, size_of::<v2gcrypt_csm::QueueNode>());
    assert!(V2gcrypt_Csm_JobRamUsed as usize <= 4 * v2gcrypt_csm::config::CSM_JOB_RAM_WORDS);
    assert!(V2gcrypt_Csm_QueueRamUsed as usize <= 4 * v2gcrypt_csm::config::CSM_QUEUE_RAM_WORDS);
}
