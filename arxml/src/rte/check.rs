//! What ports ask of a configuration.

use std::collections::BTreeMap;

use super::{callback_port, runnable, Service};
use crate::findings::{Findings, Kind};
use crate::model::{Job, JobInterface, Origin, Processing};
use crate::read::Draft;

/// Reports names and lengths of which no RTE face can be made.
pub(crate) fn check(draft: &Draft, findings: &mut Findings) {
    let mut ports: BTreeMap<String, &Origin> = BTreeMap::new();
    for job in draft.csm.jobs.values().filter(|job| job.interface != JobInterface::Function) {
        check_name(&job.origin, findings);
        enter(&mut ports, job.origin.name.clone(), &job.origin, findings);
        if job.processing == Processing::Async {
            enter(&mut ports, callback_port(&job.origin.name), &job.origin, findings);
            check_callback(draft, job, findings);
        }
        check_lengths(draft, job, findings);
    }
    for key in draft.csm.keys.values().filter(|key| key.use_port) {
        check_name(&key.origin, findings);
        enter(&mut ports, key.origin.name.clone(), &key.origin, findings);
    }
    let Some(keym) = &draft.keym else { return };
    for certificate in keym.certificates.values().filter(|certificate| certificate.use_port) {
        check_name(&certificate.origin, findings);
        enter(&mut ports, certificate.origin.name.clone(), &certificate.origin, findings);
        enter(&mut ports, format!("{}_Notification", certificate.origin.name), &certificate.origin, findings);
    }
    if keym.shell.general.crypto_key_use_port {
        enter(&mut ports, super::keym::KEY_PORT.into(), &keym.shell.origin, findings);
    }
}

/// Names of an AUTOSAR model begin with a letter, and have room for what is put around them.
fn check_name(origin: &Origin, findings: &mut Findings) {
    let name = &origin.name;
    let library = ["Csm", "CryIf", "Crypto", "KeyM"].contains(&name.as_str());
    if !name.starts_with(|first: char| first.is_ascii_alphabetic()) || name.len() > 90 || library {
        let problem = format!("The short name `{name}` cannot be that of a port.");
        let remedy = "Begin it with a letter, use no more than 90 characters, and not the name of a module.";
        findings.at(origin, Kind::InvalidName, problem, remedy);
    }
}

fn enter<'a>(ports: &mut BTreeMap<String, &'a Origin>, name: String, origin: &'a Origin, findings: &mut Findings) {
    if let Some(other) = ports.get(&name) {
        let problem = format!("The RTE port {name} is also that of {}.", other.path);
        findings.at(origin, Kind::DuplicateName, problem, "Rename one of the two containers.");
    } else {
        ports.insert(name, origin);
    }
}

/// The RTE face defines the callbacks of jobs with ports, the application those of other jobs.
fn check_callback(draft: &Draft, job: &Job, findings: &mut Findings) {
    let Some(callback) = job.callback.and_then(|callback| draft.csm.callbacks.get(&callback)) else { return };
    let function = &callback.function;
    let of_application = draft.csm.jobs.values().find(|other| {
        let other_callback = other.callback.and_then(|callback| draft.csm.callbacks.get(&callback));
        other.interface == JobInterface::Function
            && other.processing == Processing::Async
            && other_callback.is_some_and(|other| other.function == *function)
    });
    if let Some(other) = of_application {
        let problem =
            format!("The RTE defines {function} for this job, the application for {}, which has no port.", other.origin.path);
        let remedy = "Give the two jobs different callbacks, or this one none: a job with a port needs none.";
        findings.at(&job.origin, Kind::DuplicateName, problem, remedy);
    }
    let runnables = draft.csm.jobs.values().map(|job| runnable(&job.origin.name));
    if let Some(runnable) = runnables.into_iter().find(|runnable| runnable == function) {
        let problem = format!("CsmCallbackFunc {runnable} is also what the software component's runnable is called.");
        findings.at(&job.origin, Kind::DuplicateName, problem, "Rename the callback, or remove its reference.");
    }
}

/// A port without pointers has arrays, and those have a size.
fn check_lengths(draft: &Draft, job: &Job, findings: &mut Findings) {
    let Some(primitive) = draft.csm.primitives.get(&job.primitive) else { return };
    let Some(service) = Service::of(primitive.service.symbol) else { return };
    if job.interface != JobInterface::Port {
        return;
    }
    if !service.may_have_arrays() {
        let problem =
            format!("{} has a port with arrays, and nobody knows how long those of a custom service are.", job.origin.path);
        let remedy = "Use CRYPTO_USE_PORT_OPTIMIZED, which passes pointers, or CRYPTO_USE_FNC.";
        findings.at(&job.origin, Kind::NotSupported, problem, remedy);
    }
    for (parameter, length) in service.array_lengths(primitive) {
        if length.is_none_or(|length| length == 0) {
            findings.at(
                &primitive.origin,
                Kind::MissingParameter,
                format!("{} has a port with arrays, but Csm{}{parameter} is absent or 0.", job.origin.path, service.name),
                "Add it: it is the size of the array. Or use CRYPTO_USE_PORT_OPTIMIZED, which passes pointers.",
            );
        }
    }
}
