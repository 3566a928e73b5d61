//! Checks that need more than one container: do jobs, queues, keys and drivers fit together?

use std::collections::BTreeMap;

mod algorithm;
mod element;
mod hsm;
mod key;
mod keym;
mod nv;

pub(crate) use hsm::check as check_hsm;

use crate::findings::{Findings, Kind};
use crate::model::*;
use crate::read::{Draft, DriverDraft, Table};

/// Reports every mismatch. What is broken in itself has been reported before, and is left out of the tables.
pub(crate) fn check(draft: &Draft, findings: &mut Findings) {
    for job in draft.csm.jobs.values() {
        check_processing(draft, job, findings);
        check_job_and_driver(draft, job, findings);
    }
    check_main_functions(draft, findings);
    for driver in &draft.drivers {
        check_key_types(driver, findings);
        key::check_driver(driver, findings);
    }
    nv::check(draft, findings);
    keym::check(draft, findings);
    check_infixes(draft, findings);
    check_policies(draft, findings);
    check_symbolic_names(draft, findings);
    check_slots(draft, findings);
    crate::rte::check(draft, findings);
}

fn check_processing(draft: &Draft, job: &Job, findings: &mut Findings) {
    let queue = draft.csm.queues.get(&job.queue);
    match job.processing {
        Processing::Async => {
            if let Some(queue) = queue.filter(|queue| queue.size == 0) {
                findings.at(
                    &job.origin,
                    Kind::AsyncWithoutQueue,
                    format!("The job is asynchronous, but CsmQueueSize of its queue {} is 0.", queue.origin.name),
                    "Give the queue a size, or make the job synchronous.",
                );
            }
            if job.callback.is_none() && job.interface == JobInterface::Function {
                findings.at(
                    &job.origin,
                    Kind::AsyncWithoutCallback,
                    "The job is asynchronous and has no callback: nobody hears of its end.",
                    "Add a CsmJobPrimitiveCallbackRef.",
                );
            }
        }
        Processing::Sync => {
            if job.callback.is_some() {
                findings.at(
                    &job.origin,
                    Kind::SyncWithCallback,
                    "The job is synchronous: its callback is never called.",
                    "Remove CsmJobPrimitiveCallbackRef, or make the job asynchronous.",
                );
            }
        }
    }
}

/// The driver object must offer the algorithm, and the key must lie in its driver and have room.
fn check_job_and_driver(draft: &Draft, job: &Job, findings: &mut Findings) {
    let primitive = draft.csm.primitives.get(&job.primitive);
    let channel = draft.csm.queues.get(&job.queue).and_then(|queue| draft.cryif.channels.get(&queue.channel));
    let object = channel.and_then(|channel| find(draft, |driver| &driver.objects, channel.object));
    let cryif_key = job.key.and_then(|key| draft.csm.keys.get(&key)).and_then(|key| draft.cryif.keys.get(&key.cryif_key));
    let key = cryif_key.and_then(|key| find(draft, |driver| &driver.keys, key.crypto_key));
    if let (Some(primitive), Some((driver, object))) = (primitive, object) {
        algorithm::check(job, primitive, driver, object, findings);
    }
    if let (Some((object_driver, object)), Some((key_driver, key))) = (object, key) {
        if !std::ptr::eq(object_driver, key_driver) {
            findings.at(
                &job.origin,
                Kind::DriverMismatch,
                format!("The job computes on {}, but its key is {} of another driver.", object.origin.path, key.origin.path),
                "Choose a key of the driver that the job's queue leads to, or a queue that leads to the key's driver.",
            );
        }
    }
    if let (Some(primitive), Some((driver, key))) = (primitive, key) {
        key::check_job(primitive, driver, key, findings);
    }
}

/// Every queue is drained by one main function.
fn check_main_functions(draft: &Draft, findings: &mut Findings) {
    for (handle, queue) in &draft.csm.queues {
        let jobs = draft.csm.jobs.values().filter(|job| job.queue == *handle);
        let mut chosen = queue.main_function;
        for job in jobs {
            match (job.main_function, chosen) {
                (Some(own), None) => chosen = Some(own),
                (Some(own), Some(other)) if own != other => {
                    findings.at(
                        &job.origin,
                        Kind::WrongReference,
                        format!(
                            "CsmJobMainFunctionRef is not the main function that drains the job's queue {}.",
                            queue.origin.name
                        ),
                        "Let all jobs of a queue name one main function, or use a queue per main function.",
                    );
                }
                _ => {}
            }
        }
        if chosen.is_none() && draft.csm.main_functions.len() > 1 {
            findings.at(
                &queue.origin,
                Kind::MissingReference,
                "There are several main functions, and neither the queue nor its jobs name one.",
                "Add CsmQueueMainFunctionRef to the queue, or CsmJobMainFunctionRef to its jobs.",
            );
        }
    }
}

fn check_key_types(driver: &DriverDraft, findings: &mut Findings) {
    for key_type in driver.key_types.values() {
        let mut ids: BTreeMap<u32, &KeyElement> = BTreeMap::new();
        for element in key_type.elements.iter().filter_map(|handle| driver.key_elements.get(handle)) {
            if let Some(other) = ids.insert(element.id, element) {
                findings.at(
                    &key_type.origin,
                    Kind::DuplicateId,
                    format!("CryptoKeyElementId {} is that of {} and of {}.", element.id, other.origin.name, element.origin.name),
                    "Refer to one of them.",
                );
            }
        }
    }
    for key_type in driver.key_types.values() {
        let elements = key_type.elements.iter().filter_map(|handle| driver.key_elements.get(handle));
        let size: u64 = elements.map(|element| u64::from(element.size)).sum();
        if size > MAX_KEY_SIZE {
            let problem = format!("A key of this type has {size} bytes; this implementation takes {MAX_KEY_SIZE}.");
            findings.at(&key_type.origin, Kind::InvalidValue, problem, "Make its elements smaller.");
        }
    }
    for element in driver.key_elements.values() {
        let length = element.init_value.len();
        if length > element.size as usize {
            findings.at(
                &element.origin,
                Kind::KeyElementSize,
                format!("CryptoKeyElementInitValue has {length} bytes, CryptoKeyElementSize is {}.", element.size),
                "Make the element larger, or the value shorter.",
            );
        }
    }
}

fn check_infixes(draft: &Draft, findings: &mut Findings) {
    let mut prefixes: BTreeMap<String, &DriverDraft> = BTreeMap::new();
    for driver in &draft.drivers {
        let prefix = driver.shell.prefix();
        if let Some(other) = prefixes.get(&prefix) {
            findings.at(
                &driver.shell.origin,
                Kind::DuplicateInfix,
                format!("Its functions are called {prefix}_…, and so are those of {}.", other.shell.origin.path),
                "Give each driver its own CryptoVendorId and CryptoVendorApiInfix in CryptoGeneral.",
            );
        } else {
            prefixes.insert(prefix, driver);
        }
    }
}

/// Csm tells our drivers how long a MAC is: they must mean the same unit.
fn check_policies(draft: &Draft, findings: &mut Findings) {
    let csm = draft.csm.shell.mac_length_in_bytes;
    for driver in &draft.drivers {
        let ours = driver.shell.implementation != Implementation::External;
        if ours && driver.shell.mac_length_in_bytes != csm {
            findings.at(
                &driver.shell.origin,
                Kind::PolicyMismatch,
                format!("CryptoMacLengthInBytes is {}, but CsmMacLengthInBytes is {csm}.", !csm),
                "Give CsmGeneral and every CryptoGeneral the same value; false is what AUTOSAR says.",
            );
        }
    }
}

/// `<Mip>Conf_<Definition>_<name>` may stand for one number only.
fn check_symbolic_names(draft: &Draft, findings: &mut Findings) {
    let mut names: BTreeMap<String, (u32, &str, &Origin)> = BTreeMap::new();
    let mut enter = |prefix: &str, module, origin, id| {
        let name = format!("{prefix}_{}", name_of(origin));
        match names.get(&name) {
            // Two drivers may say the same; one module may not say it twice.
            Some((other_id, other_module, other)) if *other_id != id || *other_module == module => findings.at(
                origin,
                Kind::DuplicateName,
                format!("The symbolic name {name} would stand for {id} here and for {other_id} in {}.", other.path),
                "Rename one of the two containers: symbolic names do not tell drivers or packages apart.",
            ),
            Some(_) => {}
            None => drop(names.insert(name, (id, module, origin))),
        }
    };
    draft.csm.jobs.values().for_each(|job| enter("CsmConf_CsmJob", "", &job.origin, job.id));
    draft.csm.keys.values().for_each(|key| enter("CsmConf_CsmKey", "", &key.origin, key.id));
    draft.cryif.channels.values().for_each(|channel| enter("CryIfConf_CryIfChannel", "", &channel.origin, channel.id));
    draft.cryif.keys.values().for_each(|key| enter("CryIfConf_CryIfKey", "", &key.origin, key.id));
    for driver in &draft.drivers {
        let module = driver.shell.origin.path.as_str();
        driver.objects.values().for_each(|item| enter("CryptoConf_CryptoDriverObject", module, &item.origin, item.id));
        driver.keys.values().for_each(|item| enter("CryptoConf_CryptoKey", module, &item.origin, item.id));
        driver.key_elements.values().for_each(|item| enter("CryptoConf_CryptoKeyElement", module, &item.origin, item.id));
        for (prefix, custom) in [
            ("CryptoConf_CryptoPrimitiveAlgorithmFamilyCustom", &driver.custom_families),
            ("CryptoConf_CryptoPrimitiveAlgorithmModeCustom", &driver.custom_modes),
        ] {
            custom.values().for_each(|item| enter(prefix, module, &item.origin, item.id.value));
        }
    }
    if let Some(keym) = &draft.keym {
        keym.certificates.values().for_each(|item| enter("KeyMConf_KeyMCertificate", "", &item.origin, item.id.into()));
        keym.crypto_keys.values().for_each(|item| enter("KeyMConf_KeyMCryptoKey", "", &item.origin, item.id.into()));
        // Certificates may have the same elements.
        for item in keym.elements.values() {
            let certificate = item.element.origin.path.rsplit_once('/').map_or("", |(certificate, _)| certificate);
            enter("KeyMConf_KeyMCertificateElement", certificate, &item.element.origin, item.element.id.into());
        }
    }
    // Main functions and callbacks have no numbers, but names of their own.
    let mut functions: BTreeMap<&str, &Origin> = BTreeMap::new();
    for main in draft.csm.main_functions.values() {
        if let Some(other) = functions.insert(name_of(&main.origin), &main.origin) {
            findings.at(
                &main.origin,
                Kind::DuplicateName,
                format!("Csm_MainFunction_{} is also the name of {}.", main.origin.name, other.path),
                "Rename one of the two containers.",
            );
        }
    }
}

fn name_of(origin: &Origin) -> &str {
    &origin.name
}

/// The words of all queues together are counted in 32 bits.
fn check_slots(draft: &Draft, findings: &mut Findings) {
    let csm: u64 = draft.csm.queues.values().map(|queue| u64::from(queue.size)).sum();
    let report = |sum: u64, origin: &Origin, parameter: &str, findings: &mut Findings| {
        if sum > u64::from(MAX_SLOTS) {
            let problem = format!("{parameter} of all queues together is {sum}; this implementation takes {MAX_SLOTS}.");
            findings.at(origin, Kind::InvalidValue, problem, "Make the queues smaller.");
        }
    };
    report(csm, &draft.csm.shell.origin, "CsmQueueSize", findings);
    for driver in &draft.drivers {
        let slots: u64 = driver.objects.values().map(|object| u64::from(object.queue_size)).sum();
        report(slots, &driver.shell.origin, "CryptoQueueSize", findings);
    }
}

/// No key is as large as this; a larger number is a typing mistake.
const MAX_KEY_SIZE: u64 = 1_000_000;

/// No device waits for more jobs than this; a larger number is a typing mistake.
const MAX_SLOTS: u32 = 1_000_000;

/// The entry of one driver's table that a reference of CryIf points to, and the driver.
fn find<T>(draft: &Draft, table: impl Fn(&DriverDraft) -> &Table<T>, handle: u32) -> Option<(&DriverDraft, &T)> {
    draft.drivers.iter().find_map(|driver| Some((driver, table(driver).get(&handle)?)))
}
