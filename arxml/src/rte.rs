//! The RTE face of Csm: ports for the jobs and keys that ask for one. [SWS_Csm, service interfaces]
//!
//! [`Face`] says which ports there are; `component` writes them as `Csm_swc.arxml` for an RTE generator, `stub` as C that stands
//! in for an RTE: `rte/Rte_Csm_Swc.h` for the software component, `rte/Rte_Csm.c` between it and Csm.

mod check;
mod component;
mod key;
pub(crate) mod keym;
mod service;
mod stub;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use v2gcrypt_types as types;

use crate::model::{Csm, CsmKey, Job, JobInterface, Model, Origin, Primitive, Processing};
use crate::write::OutputFile;

pub(crate) use check::check;
use service::Service;

/// Files of the RTE faces of Csm and KeyM; none of a module of which nobody asks for a port.
pub(crate) fn files(model: &Model) -> Vec<OutputFile> {
    let face = Face::of(model);
    let mut files = Vec::new();
    if !face.ports.is_empty() {
        files.push(OutputFile { name: "Csm_swc.arxml".into(), contents: component::text(model, &face) });
        files.extend(stub::files(model, &face));
    }
    files.extend(keym::files(model));
    files
}

/// Ports and interfaces of the service component.
struct Face<'a> {
    /// By name; jobs with one primitive share one.
    interfaces: BTreeMap<String, Interface>,
    /// Jobs by id, then keys by id.
    ports: Vec<Port<'a>>,
    /// Asynchronous jobs among them, by id.
    callbacks: Vec<CallbackPort<'a>>,
}

/// A client/server interface.
struct Interface {
    description: String,
    operations: Vec<Operation>,
}

/// An operation, and the function of Csm that serves it.
struct Operation {
    name: &'static str,
    function: &'static str,
    arguments: Vec<Argument>,
    /// Codes beyond E_OK and E_NOT_OK.
    errors: &'static [&'static str],
}

#[derive(Clone)]
struct Argument {
    name: String,
    direction: Direction,
    data_type: DataType,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    In,
    Out,
    InOut,
}

#[derive(Clone, PartialEq, Eq)]
enum DataType {
    /// Array of bytes: name of its type and number of bytes.
    Bytes(String, u32),
    /// A type of Platform_Types.h or Rte_Csm_Type.h that is passed by value.
    Plain(&'static str),
}

/// A provided port: `Rte_Call_<name>_<operation>`.
struct Port<'a> {
    /// That of the job or key.
    name: &'a str,
    origin: &'a Origin,
    interface: String,
    /// What the RTE puts before the arguments: type, value in ARXML, value in C.
    values: Vec<(&'static str, u32, String)>,
}

/// A required port: Csm calls `CallbackNotification` of the software component through it.
struct CallbackPort<'a> {
    job: &'a Job,
    /// `<job>_Callback`
    name: String,
    /// The function that the tables of Csm name.
    function: String,
}

impl<'a> Face<'a> {
    fn of(model: &'a Model) -> Self {
        let mut face = Face { interfaces: BTreeMap::new(), ports: Vec::new(), callbacks: Vec::new() };
        for job in model.csm.jobs.iter().filter(|job| job.interface != JobInterface::Function) {
            face.add_job(model, job);
        }
        for key in model.csm.keys.iter().filter(|key| key.use_port) {
            face.add_key(model, key);
        }
        face
    }

    fn add_job(&mut self, model: &'a Model, job: &'a Job) {
        let primitive = model.primitive_of(job);
        let Some(service) = Service::of(primitive.service.symbol) else { return };
        let optimized = job.interface == JobInterface::PortOptimized;
        let suffix = if optimized { "_Optimized" } else { "" };
        let interface = format!("Csm{}_{}{suffix}", service.name, primitive.origin.name);
        self.interfaces.entry(interface.clone()).or_insert_with(|| Interface {
            description: format!("{} {}", service.description, algorithm(primitive)),
            operations: service.operations(model, primitive, optimized),
        });
        let mut values = vec![("uint32", job.id, format!("CsmConf_CsmJob_{}", job.origin.name))];
        if service.has_mode {
            let mode = types::CRYPTO_OPERATIONMODE_SINGLECALL;
            values.push(("Crypto_OperationModeType", mode.into(), "CRYPTO_OPERATIONMODE_SINGLECALL".into()));
        }
        self.ports.push(Port { name: &job.origin.name, origin: &job.origin, interface, values });
        if job.processing == Processing::Async {
            let function = model.csm.callback_function(job).expect("an asynchronous job with a port has a callback");
            self.callbacks.push(CallbackPort { job, name: callback_port(&job.origin.name), function });
        }
    }

    fn add_key(&mut self, model: &'a Model, key: &'a CsmKey) {
        let name = &key.origin.name;
        let interface = format!("CsmKeyManagement_{name}");
        let description = format!("Key management of {name}.");
        self.interfaces.insert(interface.clone(), Interface { description, operations: key::operations(model, key) });
        let values = vec![("uint32", key.id, format!("CsmConf_CsmKey_{name}"))];
        self.ports.push(Port { name, origin: &key.origin, interface, values });
    }
}

/// Bytes of the longest public value that the keys of these ids exchange.
fn public_value_length<'a>(model: &Model, keys: impl Iterator<Item = &'a CsmKey>) -> u32 {
    let lengths = keys.filter_map(|key| {
        let cryif_key = &model.cryif.keys[key.cryif_key as usize];
        let driver = &model.drivers[cryif_key.driver as usize];
        let element = |id| driver.elements_of(&driver.keys[cryif_key.crypto_key as usize]).find(|element| element.id == id);
        let own = element(types::CRYPTO_KE_KEYEXCHANGE_OWNPUBKEY).map(|element| element.size);
        own.or_else(|| element(types::CRYPTO_KE_KEYEXCHANGE_PRIVKEY).map(|element| 2 * element.size.min(66) + 1))
    });
    lengths.max().unwrap_or(LONGEST_PUBLIC_VALUE)
}

/// Of P-521: 04, X, Y.
const LONGEST_PUBLIC_VALUE: u32 = 133;

/// Bytes of a seed in an array: as many as the generator's own seed has.
const SEED_LENGTH: u32 = 48;

impl Csm {
    /// The function that is told the result of an asynchronous job: that of the job's callback, or one that is generated
    /// with the RTE face. A job with a port needs no `CsmCallback`.
    pub fn callback_function(&self, job: &Job) -> Option<String> {
        match job.callback {
            Some(callback) => Some(self.callbacks[callback as usize].function.clone()),
            None if job.processing == Processing::Async && job.interface != JobInterface::Function => {
                Some(format!("Csm_{}", runnable(&job.origin.name)))
            }
            None => None,
        }
    }
}

/// Name of the required port of a job.
fn callback_port(job: &str) -> String {
    format!("{job}_Callback")
}

/// Server runnable of the software component that hears of a job's end.
fn runnable(job: &str) -> String {
    format!("{job}_CallbackNotification")
}

fn algorithm(primitive: &Primitive) -> String {
    let algorithm = primitive.algorithm;
    let named = [algorithm.family, algorithm.secondary_family, algorithm.mode].map(|number| number.symbol);
    let named: Vec<_> = named.into_iter().filter(|symbol| !symbol.ends_with("_NOT_SET")).collect();
    format!("({})", named.join(", "))
}

fn input(name: impl Into<String>, data_type: DataType) -> Argument {
    Argument { name: name.into(), direction: Direction::In, data_type }
}

fn output(name: impl Into<String>, data_type: DataType) -> Argument {
    Argument { name: name.into(), direction: Direction::Out, data_type }
}

/// A length: room before the call, bytes after it.
fn in_out(name: impl Into<String>, data_type: DataType) -> Argument {
    Argument { name: name.into(), direction: Direction::InOut, data_type }
}
