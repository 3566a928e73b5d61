//! What is refused: the exact code, the exact report, and nothing written.
#![allow(clippy::undocumented_unsafe_blocks)] // see `common`
mod common;
use common::*;
use std::ptr::{null, null_mut};

const POINTER: Option<u8> = Some(CRYPTO_E_PARAM_POINTER);
const HANDLE: Option<u8> = Some(CRYPTO_E_PARAM_HANDLE);
const VALUE: Option<u8> = Some(CRYPTO_E_PARAM_VALUE);
const SILENT: Option<u8> = None;

fn hash() -> Job {
    hash_job(SYNC, b"message")
}

fn mac() -> Job {
    Job::new(cmac(CRYPTO_MACGENERATE), SYNC, KEY_AES).input(b"message").output(16)
}

fn mac_verify() -> Job {
    Job::new(cmac(CRYPTO_MACVERIFY), SYNC, KEY_AES).input(b"message").secondary(&[0; 16], 128).verify()
}

fn sign() -> Job {
    Job::new(ecdsa(CRYPTO_SIGNATUREGENERATE), SYNC, KEY_SIGN).input(b"message").output(64)
}

fn verify() -> Job {
    Job::new(ecdsa(CRYPTO_SIGNATUREVERIFY), SYNC, KEY_VERIFY).input(b"message").secondary(&[1; 64], 64).verify()
}

fn without_input(job: Job) -> Job {
    job.io().inputPtr = null();
    job
}

fn without_output(job: Job) -> Job {
    job.io().outputPtr = null_mut();
    job
}

fn without_length(job: Job) -> Job {
    job.io().outputLengthPtr = null_mut();
    job
}

fn without_secondary(job: Job) -> Job {
    job.io().secondaryInputPtr = null();
    job
}

fn without_verify(job: Job) -> Job {
    job.io().verifyPtr = null_mut();
    job
}

fn with_lengths(job: Job, input: u32, secondary: u32) -> Job {
    job.io().inputLength = input;
    job.io().secondaryInputLength = secondary;
    job
}

fn with_room(job: Job, room: u32) -> Job {
    unsafe { job.io().outputLengthPtr.write(room) };
    job
}

fn asynchronous(job: Job) -> Job {
    let info = unsafe { (*job.record).jobPrimitiveInfo }.cast_mut();
    unsafe { (*info).processingType = ASYNC };
    job
}

#[test]
fn each_bad_call_of_a_job_has_its_code_its_report_and_writes_nothing() {
    let driver = usual(1);
    let algorithm =
        |service, family, mode, secondary, bits| Job::new(primitive(service, family, mode, secondary, bits), SYNC, KEY_AES);
    let table: Vec<(&str, Job, Option<u8>)> = vec![
        (
            "service the object does not list",
            algorithm(CRYPTO_AEADENCRYPT, CRYPTO_ALGOFAM_AES, CRYPTO_ALGOMODE_CTR, 0, 128),
            HANDLE,
        ),
        (
            "service that it lists but cannot do",
            algorithm(CRYPTO_ENCRYPT, CRYPTO_ALGOFAM_AES, CRYPTO_ALGOMODE_ECB, 0, 128),
            HANDLE,
        ),
        ("family", algorithm(CRYPTO_HASH, CRYPTO_ALGOFAM_SHA3_256, 0, 0, 0), HANDLE),
        ("mode of a hash", algorithm(CRYPTO_HASH, CRYPTO_ALGOFAM_SHA2_256, CRYPTO_ALGOMODE_HMAC, 0, 0), HANDLE),
        (
            "secondary family",
            algorithm(CRYPTO_MACGENERATE, CRYPTO_ALGOFAM_AES, CRYPTO_ALGOMODE_CMAC, CRYPTO_ALGOFAM_SHA2_256, 0),
            HANDLE,
        ),
        (
            "two hashes in one HMAC",
            algorithm(CRYPTO_MACGENERATE, CRYPTO_ALGOFAM_SHA2_256, CRYPTO_ALGOMODE_HMAC, CRYPTO_ALGOFAM_SHA2_512, 0),
            HANDLE,
        ),
        ("no hash in an HMAC", algorithm(CRYPTO_MACGENERATE, 0, CRYPTO_ALGOMODE_HMAC, 0, 0), HANDLE),
        (
            "key length of no curve",
            algorithm(CRYPTO_SIGNATUREGENERATE, CRYPTO_ALGOFAM_ECCNIST, 0, CRYPTO_ALGOFAM_SHA2_256, 192),
            HANDLE,
        ),
        ("service before buffers", without_input(algorithm(CRYPTO_HASH, CRYPTO_ALGOFAM_SHA3_256, 0, 0, 0)), HANDLE),
        ("mode 0", hash().mode(0), SILENT),
        ("unknown mode bit", hash().mode(0x27), SILENT),
        ("save context", hash().mode(CRYPTO_OPERATIONMODE_SAVE_CONTEXT), SILENT),
        ("restore context", hash().mode(CRYPTO_OPERATIONMODE_RESTORE_CONTEXT | START), SILENT),
        ("START and FINISH without UPDATE", hash().mode(START | FINISH), SILENT),
        ("UPDATE without START", hash().mode(UPDATE), SILENT),
        ("FINISH without START", hash().mode(FINISH), SILENT),
        ("UPDATE and FINISH without START", mac().mode(UPDATE | FINISH), SILENT),
        ("random numbers in pieces", random_job(SYNC, 8).mode(STREAMSTART), SILENT),
        ("hash without input", without_input(hash()), POINTER),
        ("hash without output", without_output(hash()), POINTER),
        ("hash without length", without_length(hash()), POINTER),
        ("mac without input", without_input(mac()), POINTER),
        ("mac without output", without_output(mac()), POINTER),
        ("mac without length", without_length(mac()), POINTER),
        ("mac verify without input", without_input(mac_verify()), POINTER),
        ("mac verify without mac", without_secondary(mac_verify()), POINTER),
        ("mac verify without result", without_verify(mac_verify()), POINTER),
        ("sign without input", without_input(sign()), POINTER),
        ("sign without output", without_output(sign()), POINTER),
        ("sign without length", without_length(sign()), POINTER),
        ("verify without input", without_input(verify()), POINTER),
        ("verify without signature", without_secondary(verify()), POINTER),
        ("verify without result", without_verify(verify()), POINTER),
        ("random without output", without_output(random_job(SYNC, 8)), POINTER),
        ("random without length", without_length(random_job(SYNC, 8)), POINTER),
        ("STREAMSTART without input", without_input(hash()).mode(STREAMSTART), POINTER),
        ("pointer before length", with_lengths(without_input(hash()), 0, 0), POINTER),
        ("hash of nothing", with_lengths(hash(), 0, 0), VALUE),
        ("mac of nothing", with_lengths(mac(), 0, 0), VALUE),
        ("signature of nothing", with_lengths(sign(), 0, 0), VALUE),
        ("mac of no bits", with_lengths(mac_verify(), 7, 0), VALUE),
        ("signature of no bytes", with_lengths(verify(), 7, 0), VALUE),
        ("no room for a hash", with_room(hash(), 0), VALUE),
        ("no room for random numbers", with_room(random_job(SYNC, 8), 0), VALUE),
        ("short room for a hash", with_room(hash(), 31), SILENT),
        ("short room for a mac", with_room(mac(), 15), SILENT),
        ("short room for a signature", with_room(sign(), 63), SILENT),
        ("mac of too many bits", with_lengths(mac_verify(), 7, 129), SILENT),
        ("mac of all the bits there are", with_lengths(mac_verify(), 7, u32::MAX), SILENT),
        ("short signature", with_lengths(verify(), 7, 63), SILENT),
        ("long signature", with_lengths(verify(), 7, 65), SILENT),
    ];
    for (name, job, error) in table {
        for job in [job, asynchronous(job)] {
            let room = if job.io().outputLengthPtr.is_null() { 0 } else { job.room() };
            assert_eq!(driver.process(0, job), E_NOT_OK, "{name}");
            assert_eq!(driver.development(CRYPTO_SID_PROCESSJOB), Vec::from_iter(error), "{name}");
            let is_untouched = if room > 64 { true } else { job.is_untouched(room) };
            assert!(is_untouched, "{name}");
            driver.both_main_functions();
            assert_eq!(job.callbacks(), [], "{name}");
            assert!(!job.is_active(), "{name}");
        }
        assert_eq!(driver.process(0, hash()), E_OK, "{name}: the object is free");
    }
}

#[test]
fn each_pair_of_overlapping_buffers_is_refused() {
    let driver = usual(0);
    // The last column: from which distance on the two are clear of each other.
    type Place = fn(job: Job, base: *mut u8, distance: usize);
    type Row = (&'static str, fn() -> Job, Place, u32);
    let table: Vec<Row> = vec![
        (
            "output over input",
            hash,
            |job, base, distance| {
                job.io().inputPtr = base;
                job.io().inputLength = 32;
                job.io().outputPtr = base.wrapping_add(distance);
            },
            32,
        ),
        (
            "input over output",
            hash,
            |job, base, distance| {
                job.io().outputPtr = base;
                job.io().inputPtr = base.wrapping_add(distance);
                job.io().inputLength = 32;
            },
            32,
        ),
        (
            "length over output",
            hash,
            |job, base, distance| {
                job.io().outputPtr = base;
                job.io().outputLengthPtr = base.wrapping_add(distance).cast();
                unsafe { job.io().outputLengthPtr.write(32) };
            },
            32,
        ),
        (
            "length over input",
            hash,
            |job, base, distance| {
                job.io().inputPtr = base;
                job.io().inputLength = 12;
                job.io().outputLengthPtr = base.wrapping_add(distance).cast();
                unsafe { job.io().outputLengthPtr.write(32) };
            },
            12,
        ),
        (
            "result over input",
            mac_verify,
            |job, base, distance| {
                job.io().inputPtr = base;
                job.io().inputLength = 8;
                job.io().verifyPtr = base.wrapping_add(distance);
            },
            8,
        ),
        (
            "result over mac",
            mac_verify,
            |job, base, distance| {
                job.io().secondaryInputPtr = base;
                job.io().secondaryInputLength = 121; // 16 bytes
                job.io().verifyPtr = base.wrapping_add(distance);
            },
            16,
        ),
        (
            "result over signature",
            verify,
            |job, base, distance| {
                job.io().secondaryInputPtr = base;
                job.io().verifyPtr = base.wrapping_add(distance);
            },
            64,
        ),
    ];
    for (name, make, place, clear) in table {
        let step = if name.starts_with("length") { 4 } else { 1 }; // C aligns a length
        for distance in (0..=clear as usize).step_by(step) {
            let memory = vec![0u32; 40].leak();
            let job = make();
            place(job, memory.as_mut_ptr().cast(), distance);
            let before = memory.to_vec();
            let code = driver.process(0, job);
            if distance < clear as usize {
                assert_eq!(
                    (code, driver.development(CRYPTO_SID_PROCESSJOB)),
                    (E_NOT_OK, vec![CRYPTO_E_PARAM_POINTER]),
                    "{name} {distance}"
                );
                assert_eq!(memory.to_vec(), before, "{name} {distance}");
            } else {
                assert_eq!((code, driver.reports()), (E_OK, vec![]), "{name} {distance}");
            }
        }
    }
}

#[test]
fn a_buffer_over_the_end_of_the_address_space_is_refused() {
    let driver = usual(0);
    let near_end = usize::MAX - 3;
    let places: [fn(Job, usize); 4] = [
        |job, at| (job.io().inputPtr, job.io().inputLength) = (at as *const u8, 5),
        |job, at| job.io().outputPtr = at as *mut u8,
        |job, at| (job.io().secondaryInputPtr, job.io().secondaryInputLength) = (at as *const u8, 64),
        |job, at| (job.io().inputPtr, job.io().inputLength) = (at as *const u8, u32::MAX),
    ];
    for (index, (place, job)) in places.into_iter().zip([hash(), sign(), verify(), mac()]).enumerate() {
        place(job, near_end);
        assert_eq!(driver.process(0, job), E_NOT_OK, "{index}");
        assert_eq!(driver.development(CRYPTO_SID_PROCESSJOB), [CRYPTO_E_PARAM_POINTER], "{index}");
    }
    let code = unsafe { V2gcrypt_CryptoSoft_KeyElementSet(driver.instance, KEY_AES, 1, near_end as *const u8, 16) };
    assert_eq!((code, driver.development(CRYPTO_SID_KEYELEMENTSET)), (E_NOT_OK, vec![CRYPTO_E_PARAM_POINTER]));
    let mut room = 16;
    let code = unsafe { V2gcrypt_CryptoSoft_KeyElementGet(driver.instance, KEY_AES, 1, near_end as *mut u8, &mut room) };
    assert_eq!((code, driver.development(CRYPTO_SID_KEYELEMENTGET)), (E_NOT_OK, vec![CRYPTO_E_PARAM_POINTER]));
}

#[test]
fn wrong_ids_and_missing_records_are_reported() {
    let driver = usual(0);
    for object in [2, u32::MAX] {
        assert_eq!(driver.process(object, hash()), E_NOT_OK);
        assert_eq!(driver.development(CRYPTO_SID_PROCESSJOB), [CRYPTO_E_PARAM_HANDLE]);
        assert_eq!(driver.process(object, Job { record: null_mut() }), E_NOT_OK, "the object comes first");
        assert_eq!(driver.development(CRYPTO_SID_PROCESSJOB), [CRYPTO_E_PARAM_HANDLE]);
        assert_eq!(driver.cancel(object, hash()), E_NOT_OK);
        assert_eq!(driver.development(CRYPTO_SID_CANCELJOB), [CRYPTO_E_PARAM_HANDLE]);
    }
    assert_eq!(driver.process(0, Job { record: null_mut() }), E_NOT_OK);
    assert_eq!(driver.development(CRYPTO_SID_PROCESSJOB), [CRYPTO_E_PARAM_POINTER]);
    assert_eq!(driver.cancel(0, Job { record: null_mut() }), E_NOT_OK);
    assert_eq!(driver.development(CRYPTO_SID_CANCELJOB), [CRYPTO_E_PARAM_POINTER]);

    let job = hash();
    let info = unsafe { (*job.record).jobPrimitiveInfo };
    unsafe { (*info.cast_mut()).primitiveInfo = null() };
    assert_eq!(driver.process(0, job), E_NOT_OK);
    unsafe { (*job.record).jobPrimitiveInfo = null() };
    assert_eq!(driver.process(0, job), E_NOT_OK);
    assert_eq!(driver.development(CRYPTO_SID_PROCESSJOB), [CRYPTO_E_PARAM_POINTER; 2]);
}

#[test]
fn nothing_works_before_init_and_each_service_reports_that() {
    let driver = Builder::new().object(1).key(0, &[ElementSpec::new(1, 4)]).build();
    let job = hash();
    let mut byte = UNTOUCHED;
    let mut length = 1;
    let instance = driver.instance;
    let id = unsafe { (*instance).instanceId };
    let calls = |instance| unsafe {
        [
            V2gcrypt_CryptoSoft_ProcessJob(instance, 9, null_mut()),
            V2gcrypt_CryptoSoft_CancelJob(instance, 9, null_mut()),
            V2gcrypt_CryptoSoft_KeyElementSet(instance, 9, 1, null(), 0),
            V2gcrypt_CryptoSoft_KeyElementGet(instance, 0, 1, &mut byte, &mut length),
            V2gcrypt_CryptoSoft_KeySetValid(instance, 9),
            V2gcrypt_CryptoSoft_KeySetInvalid(instance, 9),
            V2gcrypt_CryptoSoft_KeyGetStatus(instance, 9, null_mut()),
        ]
    };
    let services = [0x03, 0x0E, 0x04, 0x06, 0x05, 0x15, 0x14].map(|service| Reported::Development(service, CRYPTO_E_UNINIT));
    let mut calls = calls;
    assert_eq!(calls(instance), [E_NOT_OK; 7]);
    assert_eq!(driver.reports(), services);
    driver.both_main_functions();
    assert_eq!(driver.reports(), [], "a main function returns without a report");
    unsafe { (*instance).devErrorDetect = 0 };
    assert_eq!(calls(instance), [E_NOT_OK; 7]);
    assert_eq!(driver.reports(), [], "reports can be switched off");
    assert_eq!(calls(null_mut()), [E_NOT_OK; 7]);
    assert_eq!(reports_without_instance(), services);
    unsafe { V2gcrypt_CryptoSoft_MainFunction(null()) };
    unsafe { (*instance).ram = null_mut() };
    unsafe { (*instance).instanceId = 0 };
    assert_eq!(calls(instance), [E_NOT_OK; 7]);
    unsafe { (*instance).instanceId = id };
    assert!(job.is_untouched(32) && byte == UNTOUCHED);
}

#[test]
fn version_info_works_before_init_and_wants_a_pointer() {
    let driver = Builder::new().object(0).build();
    let mut version =
        Std_VersionInfoType { vendorID: 9, moduleID: 9, sw_major_version: 9, sw_minor_version: 9, sw_patch_version: 9 };
    unsafe { V2gcrypt_CryptoSoft_GetVersionInfo(driver.instance, &mut version) };
    assert_eq!(version, version_info(CRYPTO_MODULE_ID));
    assert_eq!(driver.reports(), []);
    unsafe { V2gcrypt_CryptoSoft_GetVersionInfo(driver.instance, null_mut()) };
    assert_eq!(driver.development(CRYPTO_SID_GETVERSIONINFO), [CRYPTO_E_PARAM_POINTER]);
}

#[test]
fn init_refuses_an_unsound_instance_and_leaves_it_uninitialised() {
    type Spoil = fn(&mut CryptoSoft_InstanceType);
    fn object(instance: &mut CryptoSoft_InstanceType) -> &mut CryptoSoft_ObjectConfigType {
        unsafe { &mut *instance.objects.cast_mut() }
    }
    fn key(instance: &mut CryptoSoft_InstanceType) -> &mut CryptoSoft_KeyConfigType {
        unsafe { &mut *instance.keys.cast_mut() }
    }
    fn element(instance: &mut CryptoSoft_InstanceType) -> &mut CryptoSoft_KeyElementConfigType {
        unsafe { &mut *key(instance).elements.cast_mut() }
    }
    let table: Vec<(&str, Spoil)> = vec![
        ("magic", |i| i.magic += 1),
        ("size of the instance", |i| i.instanceSize += 4),
        ("size of a key's RAM", |i| i.keyRamSize += 4),
        ("size of an object's RAM", |i| i.objectRamSize -= 4),
        ("instance id", |i| i.instanceId |= 0x100),
        ("no objects", |i| i.objects = null()),
        ("no keys", |i| i.keys = null()),
        ("no RAM", |i| i.ram = null_mut()),
        ("no RAM for objects", |i| i.objectRam = null_mut()),
        ("no RAM for keys", |i| i.keyRam = null_mut()),
        ("no RAM for slots", |i| i.queueRam = null_mut()),
        ("RAM at an odd address", |i| i.keyRam = i.keyRam.cast::<u8>().wrapping_add(1).cast()),
        ("slots out of range", |i| object(i).queueSize = 4),
        ("slots over the end of numbers", |i| object(i).firstSlot = u32::MAX),
        ("slots that two objects share", |i| unsafe { (*i.objects.cast_mut().add(1)).firstSlot = 0 }),
        ("no primitives", |i| object(i).primitives = null()),
        ("no elements", |i| key(i).elements = null()),
        ("no lengths", |i| key(i).elementLengths = null_mut()),
        ("no data", |i| key(i).data = null_mut()),
        ("element over the end of its key", |i| key(i).dataSize -= 1),
        ("element over the end of numbers", |i| element(i).size = u32::MAX),
        ("elements that overlap", |i| element(i).size += 1),
        ("elements not in the order of their ids", |i| element(i).keyElementId = 2),
        ("initial value longer than its element", |i| element(i).initLength = 17),
        ("initial value missing", |i| element(i).initLength = 1),
    ];
    let make = || Builder::new().object(2).object(1).key(0, &[ElementSpec::new(1, 16), ElementSpec::new(2, 16)]).build();
    make().init();
    for (name, spoil) in table {
        let driver = make();
        let instance = unsafe { &mut *driver.instance };
        let id = instance.instanceId as u8;
        spoil(instance);
        driver.init();
        assert_eq!(driver.development(CRYPTO_SID_INIT), [CRYPTO_E_INIT_FAILED], "{name}");
        assert_eq!(instance.instanceId as u8, id);
        assert_eq!(driver.process(0, hash()), E_NOT_OK, "{name}");
        assert_eq!(driver.development(CRYPTO_SID_PROCESSJOB), [CRYPTO_E_UNINIT], "{name}");
    }
    let driver = make();
    let config = Crypto_ConfigType { unused: 0 };
    unsafe { V2gcrypt_CryptoSoft_Init(driver.instance, &config) };
    assert_eq!(driver.development(CRYPTO_SID_INIT), [CRYPTO_E_INIT_FAILED], "a pointer where NULL_PTR is required");
    unsafe { V2gcrypt_CryptoSoft_Init(null(), null()) };
    assert_eq!(reports_without_instance().last(), Some(&Reported::Development(CRYPTO_SID_INIT, CRYPTO_E_INIT_FAILED)));
}

#[test]
fn an_empty_message_is_taken_where_the_policy_says_so() {
    let mut builder = Builder::new().object(0);
    builder.tolerate_empty = true;
    let driver = builder.start();
    let job = with_lengths(hash(), 0, 0);
    assert_eq!(driver.process(0, job), E_OK);
    assert_eq!(job.result(), sha256_of(b""));
    assert_eq!(driver.process(0, without_input(with_lengths(hash(), 0, 0))), E_NOT_OK);
    assert_eq!(driver.development(CRYPTO_SID_PROCESSJOB), [CRYPTO_E_PARAM_POINTER], "a pointer is needed all the same");
    assert_eq!(driver.process(0, with_room(hash(), 0)), E_NOT_OK);
    assert_eq!(driver.development(CRYPTO_SID_PROCESSJOB), [CRYPTO_E_PARAM_VALUE], "room is needed all the same");
}
