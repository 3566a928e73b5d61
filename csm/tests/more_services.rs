//! Ciphers, authenticated ciphers, key management by jobs and custom services: which arguments they need, where those go, and
//! every way to get them wrong.
#![allow(unsafe_code, clippy::undocumented_unsafe_blocks)] // calls with pointers of a `Memory`, null, or never followed

mod common;

use common::*;
use std::ptr::{null, null_mut};
use v2gcrypt_csm::ffi::*;
use v2gcrypt_types::*;

/// The arguments of any service.
#[derive(Clone, Copy)]
struct Args {
    target: u32,
    inputs: [(*const u8, u32); 3],
    outputs: [(*mut u8, *mut u32); 2],
    verify: *mut u8,
}

/// A pointer among them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Pointer {
    Input(usize),
    Output(usize),
    Length(usize),
    Verify,
}

use Pointer::*;

const POINTERS: [Pointer; 8] = [Input(0), Input(1), Input(2), Output(0), Length(0), Output(1), Length(1), Verify];

impl Args {
    fn without(mut self, pointer: Pointer) -> Self {
        match pointer {
            Input(i) => self.inputs[i].0 = null(),
            Output(i) => self.outputs[i].0 = null_mut(),
            Length(i) => self.outputs[i].1 = null_mut(),
            Verify => self.verify = null_mut(),
        }
        self
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Need {
    Required,
    /// May be null when its length is 0.
    IfGiven,
    Ignored,
}

use Need::*;

struct Row {
    sid: u8,
    service: Crypto_ServiceInfoType,
    call: fn(u32, u8, Args) -> Std_ReturnType,
    /// For a message that is not empty.
    need: fn(u8, Pointer) -> Need,
    /// Which arguments it has at all.
    has: &'static [Pointer],
    streams: bool,
}

fn required(when: bool) -> Need {
    if when {
        Required
    } else {
        Ignored
    }
}

fn if_given(when: bool) -> Need {
    if when {
        IfGiven
    } else {
        Ignored
    }
}

fn cipher(mode: u8, pointer: Pointer) -> Need {
    match pointer {
        Input(0) => required(mode & UPDATE != 0),
        Output(0) | Length(0) => required(mode & (UPDATE | FINISH) != 0),
        _ => Ignored,
    }
}

fn aead(mode: u8, pointer: Pointer) -> Need {
    match pointer {
        Input(0 | 1) => if_given(mode & UPDATE != 0),
        Output(0) | Length(0) if mode & UPDATE != 0 => Required,
        Output(0) | Length(0) => if_given(mode & FINISH != 0),
        Input(_) | Output(_) | Length(_) | Verify => required(mode & FINISH != 0),
    }
}

const ROWS: [Row; 12] = [
    Row {
        sid: 0x5E,
        service: CRYPTO_ENCRYPT,
        call: |job, mode, a| unsafe { Csm_Encrypt(job, mode, a.inputs[0].0, a.inputs[0].1, a.outputs[0].0, a.outputs[0].1) },
        need: cipher,
        has: &[Input(0), Output(0), Length(0)],
        streams: true,
    },
    Row {
        sid: 0x5F,
        service: CRYPTO_DECRYPT,
        call: |job, mode, a| unsafe { Csm_Decrypt(job, mode, a.inputs[0].0, a.inputs[0].1, a.outputs[0].0, a.outputs[0].1) },
        need: cipher,
        has: &[Input(0), Output(0), Length(0)],
        streams: true,
    },
    Row {
        sid: 0x62,
        service: CRYPTO_AEADENCRYPT,
        call: |job, mode, a| {
            let [(text, text_length), (data, data_length), _] = a.inputs;
            let [(output, length), (tag, tag_length)] = a.outputs;
            unsafe { Csm_AEADEncrypt(job, mode, text, text_length, data, data_length, output, length, tag, tag_length) }
        },
        need: aead,
        has: &[Input(0), Input(1), Output(0), Length(0), Output(1), Length(1)],
        streams: true,
    },
    Row {
        sid: 0x63,
        service: CRYPTO_AEADDECRYPT,
        call: |job, mode, a| {
            let [(text, text_length), (data, data_length), (tag, tag_length)] = a.inputs;
            let (output, length) = a.outputs[0];
            unsafe { Csm_AEADDecrypt(job, mode, text, text_length, data, data_length, tag, tag_length, output, length, a.verify) }
        },
        need: aead,
        has: &[Input(0), Input(1), Input(2), Output(0), Length(0), Verify],
        streams: true,
    },
    Row {
        sid: 0x88,
        service: CRYPTO_CUSTOM_SERVICE,
        call: |job, mode, a| {
            let [(first, first_length), (second, second_length), (third, third_length)] = a.inputs;
            let [(output, length), (other, other_length)] = a.outputs;
            unsafe {
                Csm_CustomService(
                    job,
                    mode,
                    a.target,
                    first,
                    first_length,
                    second,
                    second_length,
                    third,
                    third_length,
                    output,
                    length,
                    other,
                    other_length,
                    a.verify,
                )
            }
        },
        need: |_, pointer| match pointer {
            Length(_) => Required, // the output is there
            _ => IfGiven,
        },
        has: &POINTERS,
        streams: true,
    },
    Row {
        sid: 0x7A,
        service: CRYPTO_KEYSETVALID,
        call: |job, _, _| unsafe { Csm_JobKeySetValid(job) },
        need: |_, _| Ignored,
        has: &[],
        streams: false,
    },
    Row {
        sid: 0x84,
        service: CRYPTO_KEYSETINVALID,
        call: |job, _, _| unsafe { Csm_JobKeySetInvalid(job) },
        need: |_, _| Ignored,
        has: &[],
        streams: false,
    },
    Row {
        sid: 0x7B,
        service: CRYPTO_RANDOMSEED,
        call: |job, _, a| unsafe { Csm_JobRandomSeed(job, a.inputs[0].0, a.inputs[0].1) },
        need: |_, pointer| required(pointer == Input(0)),
        has: &[Input(0)],
        streams: false,
    },
    Row {
        sid: 0x7C,
        service: CRYPTO_KEYGENERATE,
        call: |job, _, _| unsafe { Csm_JobKeyGenerate(job) },
        need: |_, _| Ignored,
        has: &[],
        streams: false,
    },
    Row {
        sid: 0x7D,
        service: CRYPTO_KEYDERIVE,
        call: |job, _, a| unsafe { Csm_JobKeyDerive(job, a.target) },
        need: |_, _| Ignored,
        has: &[],
        streams: false,
    },
    Row {
        sid: 0x7E,
        service: CRYPTO_KEYEXCHANGECALCPUBVAL,
        call: |job, _, a| unsafe { Csm_JobKeyExchangeCalcPubVal(job, a.outputs[0].0, a.outputs[0].1) },
        need: |_, pointer| required(matches!(pointer, Output(0) | Length(0))),
        has: &[Output(0), Length(0)],
        streams: false,
    },
    Row {
        sid: 0x7F,
        service: CRYPTO_KEYEXCHANGECALCSECRET,
        call: |job, _, a| unsafe { Csm_JobKeyExchangeCalcSecret(job, a.inputs[0].0, a.inputs[0].1) },
        need: |_, pointer| required(pointer == Input(0)),
        has: &[Input(0)],
        streams: false,
    },
];

const AEADS: std::ops::Range<usize> = 2..4;
const CUSTOM: u32 = 4;
const DERIVE: u32 = 9;
const MODES: [u8; 6] = [1, 2, 3, 4, 6, 7];
const NO_KEY: u32 = u32::MAX;

/// Buffers with a gap between them.
#[repr(C, align(4))]
struct Memory {
    bytes: [[u8; 128]; 8],
    lengths: [u32; 2],
}

impl Memory {
    fn new() -> Box<Self> {
        Box::new(Self { bytes: [[7; 128]; 8], lengths: [64, 64] })
    }

    fn args(&mut self) -> Args {
        let [a, b, c, d, e, f, ..] = &mut self.bytes;
        let [first, second] = &mut self.lengths;
        Args {
            target: 1,
            inputs: [(a.as_ptr(), 64), (b.as_ptr(), 64), (c.as_ptr(), 64)],
            outputs: [(d.as_mut_ptr(), first), (e.as_mut_ptr(), second)],
            verify: f.as_mut_ptr(),
        }
    }

    fn is_untouched(&self) -> bool {
        self.bytes == [[7; 128]; 8]
    }
}

/// A synchronous job for each row, in that order; the key of job `n` is CryIf's `300 + n`.
fn run_all() -> Running {
    let jobs: Vec<_> = ROWS.iter().map(|row| job(row.service, SYNC, 0, 0)).collect();
    let mut csm = run(&jobs, &[Queue { size: 0, main_function: 0 }], 1);
    for job in 0..ROWS.len() as u32 {
        csm.setup.info(job).cryIfKeyId = 300 + job;
    }
    csm.setup.init();
    csm
}

fn rows() -> impl Iterator<Item = (u32, &'static Row)> {
    (0..).zip(&ROWS)
}

fn modes(row: &Row) -> &'static [u8] {
    if row.streams {
        &MODES
    } else {
        &[SINGLECALL]
    }
}

/// Calls with changed arguments, and expects a development error or none.
fn refused(row: &Row, job: u32, mode: u8, change: impl FnOnce(&mut Args), error: Option<u8>) {
    let mut memory = Memory::new();
    let mut args = memory.args();
    change(&mut args);
    assert_eq!((row.call)(job, mode, args), E_NOT_OK, "service {:#x}, mode {mode}", row.sid);
    assert_eq!(seen(), Vec::from_iter(error.map(|error| det(row.sid, error))), "service {:#x}, mode {mode}", row.sid);
    assert!(memory.is_untouched());
}

fn accepted(row: &Row, job: u32, mode: u8, change: impl FnOnce(&mut Args)) {
    let mut memory = Memory::new();
    let mut args = memory.args();
    change(&mut args);
    assert_eq!((row.call)(job, mode, args), E_OK, "service {:#x}, mode {mode}", row.sid);
    assert_eq!(seen(), [Down::Process { channel: 100, job }], "service {:#x}, mode {mode}", row.sid);
    assert!(memory.is_untouched());
}

#[test]
fn ids_come_before_services_and_services_before_modes_and_pointers() {
    let _csm = run_all();
    for (job, row) in rows() {
        for unknown in [ROWS.len() as u32, u32::MAX] {
            refused(row, unknown, 0, |args| *args = args.without(Input(0)), Some(CSM_E_PARAM_HANDLE));
        }
        let other = (job + 1) % ROWS.len() as u32;
        refused(row, other, 5, |args| *args = args.without(Output(0)), Some(CSM_E_SERVICE_TYPE));
    }
    for (job, targets) in [(CUSTOM, [3, NO_KEY - 1]), (DERIVE, [3, NO_KEY])] {
        for target in targets {
            for job_of_any_service in [job, 0] {
                let row = &ROWS[job as usize];
                refused(row, job_of_any_service, SINGLECALL, |args| args.target = target, Some(CSM_E_PARAM_HANDLE));
            }
        }
    }
}

#[test]
fn a_combination_that_does_not_exist_is_refused_without_report_for_these_services_too() {
    let csm = run_all();
    for (job, row) in rows().filter(|(_, row)| row.streams) {
        for mode in (0..=255).filter(|mode| !MODES.contains(mode)) {
            refused(row, job, mode, |args| *args = args.without(Input(0)), None);
        }
        assert_eq!(csm.state(job), CRYPTO_JOBSTATE_IDLE);
    }
}

#[test]
fn a_null_pointer_is_refused_where_the_mode_needs_it_or_its_length_says_something() {
    let _csm = run_all();
    for (job, row) in rows() {
        for &mode in modes(row) {
            for pointer in POINTERS {
                let need = if row.has.contains(&pointer) { (row.need)(mode, pointer) } else { Ignored };
                match need {
                    Ignored => accepted(row, job, mode, |args| *args = args.without(pointer)),
                    IfGiven if pointer == Verify => accepted(row, job, mode, |args| *args = args.without(pointer)),
                    // With a length. Without one the pointer is asked for by nobody.
                    _ => refused(row, job, mode, |args| *args = args.without(pointer), Some(CSM_E_PARAM_POINTER)),
                }
            }
        }
    }
}

#[test]
fn an_authenticated_message_may_be_empty_and_its_pointers_null() {
    let _csm = run_all();
    for (job, row) in rows().skip(AEADS.start).take(AEADS.len()) {
        for mode in MODES {
            accepted(row, job, mode, |args| args.inputs[0] = (null(), 0));
            accepted(row, job, mode, |args| args.inputs[1] = (null(), 0));
            accepted(row, job, mode, |args| {
                args.inputs[0] = (null(), 0);
                args.inputs[1] = (null(), 0);
                args.outputs[0] = (null_mut(), null_mut());
            });
            // A place for the length is as good as none when there is no room.
            let mut none = 0;
            accepted(row, job, mode, |args| {
                args.inputs[0].1 = 0;
                args.outputs[0] = (null_mut(), &mut none);
            });
            if mode & UPDATE != 0 {
                refused(row, job, mode, |args| args.outputs[0] = (null_mut(), &mut none), Some(CSM_E_PARAM_POINTER));
            }
        }
    }
}

#[test]
fn a_cipher_may_write_over_its_input_when_both_begin_at_one_place() {
    let _csm = run_all();
    for (job, row) in rows().take(AEADS.end) {
        for mode in [UPDATE, START | UPDATE, UPDATE | FINISH, SINGLECALL] {
            accepted(row, job, mode, |args| args.outputs[0].0 = args.inputs[0].0.cast_mut());
            // Shorter or longer than what is written.
            accepted(row, job, mode, |args| (args.outputs[0].0, args.inputs[0].1) = (args.inputs[0].0.cast_mut(), 1));
            accepted(row, job, mode, |args| (args.outputs[0].0, args.inputs[0].1) = (args.inputs[0].0.cast_mut(), 80));
            for shift in [1, 63, -1isize as usize, -63isize as usize] {
                let change = |args: &mut Args| args.outputs[0].0 = args.inputs[0].0.wrapping_add(shift).cast_mut();
                refused(row, job, mode, change, Some(CSM_E_PARAM_POINTER));
            }
        }
    }
}

#[test]
fn in_place_nothing_else_may_overlap() {
    let _csm = run_all();
    for (job, row) in rows().take(AEADS.end) {
        // Behind the output, but within the input that it takes the place of.
        let inside = |args: &mut Args| {
            args.outputs[0].0 = args.inputs[0].0.cast_mut();
            args.inputs[0].1 = 80;
            args.inputs[0].0.wrapping_add(72).cast_mut()
        };
        refused(row, job, SINGLECALL, |args| args.outputs[0].1 = inside(args).cast(), Some(CSM_E_PARAM_POINTER));
        if row.has.contains(&Verify) {
            refused(row, job, SINGLECALL, |args| args.verify = inside(args), Some(CSM_E_PARAM_POINTER));
        }
        if row.has.contains(&Output(1)) {
            refused(row, job, SINGLECALL, |args| args.outputs[1].0 = inside(args), Some(CSM_E_PARAM_POINTER));
        }
    }
}

/// Where an argument begins, and how long it is.
fn place(args: &Args, pointer: Pointer) -> (*mut u8, usize) {
    match pointer {
        Input(i) => (args.inputs[i].0.cast_mut(), 64),
        Output(i) => (args.outputs[i].0, 64),
        Length(i) => (args.outputs[i].1.cast(), 4),
        Verify => (args.verify, 1),
    }
}

fn put(args: &mut Args, pointer: Pointer, address: *mut u8) {
    match pointer {
        Input(i) => args.inputs[i].0 = address,
        Output(i) => args.outputs[i].0 = address,
        Length(i) => args.outputs[i].1 = address.cast(),
        Verify => args.verify = address,
    }
}

#[test]
fn an_output_of_these_services_that_overlaps_anything_else_is_refused() {
    let _csm = run_all();
    for (job, row) in rows() {
        for &output in row.has.iter().filter(|pointer| !matches!(pointer, Input(_))) {
            for &other in row.has.iter().filter(|other| **other != output) {
                if (output, other) == (Output(0), Input(0)) && (job as usize) < AEADS.end {
                    continue; // in place
                }
                for at_the_end in [false, true] {
                    let change = |args: &mut Args| {
                        let (address, length) = place(args, other);
                        put(args, output, address.wrapping_add(if at_the_end { length - 1 } else { 0 }));
                    };
                    refused(row, job, SINGLECALL, change, Some(CSM_E_PARAM_POINTER));
                }
                let beside = |args: &mut Args| {
                    let (address, length) = place(args, other);
                    // Length words are beside each other.
                    if !matches!(other, Length(_)) && !matches!(output, Length(_)) {
                        put(args, output, address.wrapping_add(length));
                    }
                };
                accepted(row, job, SINGLECALL, beside);
            }
        }
        for &input in row.has.iter().filter(|pointer| matches!(pointer, Input(_))) {
            let beyond_the_last_address = |args: &mut Args| put(args, input, (usize::MAX - 62) as *mut u8);
            refused(row, job, SINGLECALL, beyond_the_last_address, Some(CSM_E_PARAM_POINTER));
        }
    }
}

#[test]
fn each_argument_of_these_services_arrives_where_the_driver_looks_for_it() {
    let csm = run_all();
    for (job, row) in rows() {
        let mut memory = Memory::new();
        let args = memory.args();
        assert_eq!((row.call)(job, SINGLECALL, args), E_OK);
        let record = csm.setup.read(job);
        let io = record.jobPrimitiveInputOutput;
        let input = |i: usize| if row.has.contains(&Input(i)) { args.inputs[i] } else { (null(), 0) };
        let output = |i: usize| if row.has.contains(&Output(i)) { args.outputs[i] } else { (null_mut(), null_mut()) };
        assert_eq!((io.inputPtr, io.inputLength), input(0));
        assert_eq!((io.secondaryInputPtr, io.secondaryInputLength), input(1));
        assert_eq!((io.tertiaryInputPtr, io.tertiaryInputLength), input(2));
        assert_eq!((io.outputPtr, io.outputLengthPtr), output(0));
        assert_eq!((io.secondaryOutputPtr, io.secondaryOutputLengthPtr), output(1));
        assert_eq!(io.verifyPtr, if row.has.contains(&Verify) { args.verify } else { null_mut() });
        assert_eq!(io.mode, SINGLECALL);
        assert_eq!(record.jobId, job);
        seen();
    }
}

#[test]
fn key_jobs_name_their_keys_in_the_record_and_run_in_a_single_call() {
    let csm = run_all();
    for (job, row) in rows().skip(AEADS.end) {
        let mut memory = Memory::new();
        for mode in modes(row) {
            assert_eq!((row.call)(job, *mode, memory.args()), E_OK);
            let io = csm.setup.read(job).jobPrimitiveInputOutput;
            let target = if [CUSTOM, DERIVE].contains(&job) { 201 } else { NO_KEY };
            assert_eq!((io.cryIfKeyId, io.targetCryIfKeyId, io.mode), (300 + job, target, *mode));
        }
        assert_eq!(csm.state(job), CRYPTO_JOBSTATE_IDLE);
    }
    let mut memory = Memory::new();
    assert_eq!((ROWS[CUSTOM as usize].call)(CUSTOM, SINGLECALL, Args { target: NO_KEY, ..memory.args() }), E_OK);
    let io = csm.setup.read(CUSTOM).jobPrimitiveInputOutput;
    assert_eq!((io.cryIfKeyId, io.targetCryIfKeyId), (300 + CUSTOM, NO_KEY));
}

#[test]
fn a_custom_service_may_do_without_anything() {
    let _csm = run_all();
    let row = &ROWS[CUSTOM as usize];
    for mode in MODES {
        accepted(row, CUSTOM, mode, |args| {
            args.inputs = [(null(), 0); 3];
            args.outputs = [(null_mut(), null_mut()); 2];
            args.verify = null_mut();
        });
        let mut none = 0;
        accepted(row, CUSTOM, mode, |args| args.outputs[0] = (null_mut(), &mut none));
    }
}

#[test]
fn zero_lengths_of_these_services_are_for_the_driver_to_judge() {
    let _csm = run_all();
    for (job, row) in rows() {
        let mut rooms = [0, 0];
        accepted(row, job, SINGLECALL, |args| {
            let [first, second] = &mut rooms;
            args.inputs.iter_mut().for_each(|input| input.1 = 0);
            (args.outputs[0].1, args.outputs[1].1) = (first, second);
        });
    }
}

#[test]
fn every_code_of_the_driver_is_returned_by_these_services() {
    let _csm = run_all();
    for code in 0..=0x0E {
        answer_with(move |_| code);
        for (job, row) in rows() {
            assert_eq!((row.call)(job, SINGLECALL, Memory::new().args()), code);
        }
    }
}

#[test]
fn these_services_wait_in_queues_and_keep_their_arguments() {
    let jobs: Vec<_> = ROWS.iter().map(|row| job(row.service, ASYNC, 0, 0)).collect();
    let csm = run(&jobs, &[Queue { size: 12, main_function: 0 }], 1);
    answer_with(|_| CRYPTO_E_BUSY);
    let mut memory = Memory::new();
    let args = memory.args();
    for (job, row) in rows() {
        assert_eq!((row.call)(job, SINGLECALL, args), E_OK);
    }
    answer_ok();
    seen();
    csm.main(0);
    assert_eq!(seen(), (0..12).map(|job| Down::Process { channel: 100, job }).collect::<Vec<_>>());
    for (job, _) in rows() {
        csm.report(job, E_OK);
        assert_eq!(callbacks(), [(job, E_OK)]);
    }
    let io = csm.setup.read(DERIVE).jobPrimitiveInputOutput;
    assert_eq!(io.targetCryIfKeyId, 201);
    let io = csm.setup.read(3).jobPrimitiveInputOutput;
    assert_eq!((io.tertiaryInputPtr, io.tertiaryInputLength), args.inputs[2]);
}
