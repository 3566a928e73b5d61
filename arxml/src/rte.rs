//! The RTE face of Csm: ports for the jobs and keys that ask for one. [SWS_Csm, service interfaces]
//!
//! [`Face`] says which ports there are; `component` writes them as `Csm_swc.arxml` for an RTE generator, `stub` as C that stands
//! in for an RTE: `rte/Rte_Csm_Swc.h` for the software component, `rte/Rte_Csm.c` between it and Csm.

mod check;
mod component;
mod stub;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use v2gcrypt_types as types;

use crate::model::{Csm, CsmKey, Job, JobInterface, Model, Origin, Primitive, Processing};
use crate::write::OutputFile;

pub(crate) use check::check;

/// Files of the RTE face; none when neither a job nor a key asks for a port.
pub(crate) fn files(model: &Model) -> Vec<OutputFile> {
    let face = Face::of(model);
    if face.ports.is_empty() {
        return Vec::new();
    }
    let mut files = vec![OutputFile { name: "Csm_swc.arxml".into(), contents: component::text(model, &face) }];
    files.extend(stub::files(model, &face));
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
            operations: service.operations(primitive, optimized),
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
        let cryif_key = &model.cryif.keys[key.cryif_key as usize];
        let driver = &model.drivers[cryif_key.driver as usize];
        let largest = driver.elements_of(&driver.keys[cryif_key.crypto_key as usize]).map(|element| element.size).max();
        let bytes = DataType::Bytes(format!("Csm_KeyDataType_{name}"), largest.unwrap_or(1));
        let description = format!("Key management of {name}.");
        self.interfaces.insert(interface.clone(), Interface { description, operations: key_operations(&bytes) });
        let values = vec![("uint32", key.id, format!("CsmConf_CsmKey_{name}"))];
        self.ports.push(Port { name, origin: &key.origin, interface, values });
    }
}

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

/// A service that jobs can have.
struct Service {
    symbol: &'static str,
    /// Name of the operation.
    name: &'static str,
    function: &'static str,
    /// Takes an operation mode, and a message.
    has_mode: bool,
    /// What is computed or compared, as the arguments call it.
    second: &'static str,
    /// It is compared.
    compares: bool,
    description: &'static str,
}

const SERVICES: &[Service] = &[
    Service {
        symbol: "CRYPTO_HASH",
        name: "Hash",
        function: "Csm_Hash",
        has_mode: true,
        second: "result",
        compares: false,
        description: "Computes the hash of a message.",
    },
    Service {
        symbol: "CRYPTO_MACGENERATE",
        name: "MacGenerate",
        function: "Csm_MacGenerate",
        has_mode: true,
        second: "mac",
        compares: false,
        description: "Computes the MAC of a message.",
    },
    Service {
        symbol: "CRYPTO_MACVERIFY",
        name: "MacVerify",
        function: "Csm_MacVerify",
        has_mode: true,
        second: "mac",
        compares: true,
        description: "Compares the MAC of a message; macLength is in bits.",
    },
    Service {
        symbol: "CRYPTO_SIGNATUREGENERATE",
        name: "SignatureGenerate",
        function: "Csm_SignatureGenerate",
        has_mode: true,
        second: "signature",
        compares: false,
        description: "Signs a message.",
    },
    Service {
        symbol: "CRYPTO_SIGNATUREVERIFY",
        name: "SignatureVerify",
        function: "Csm_SignatureVerify",
        has_mode: true,
        second: "signature",
        compares: true,
        description: "Verifies the signature of a message.",
    },
    Service {
        symbol: "CRYPTO_RANDOMGENERATE",
        name: "RandomGenerate",
        function: "Csm_RandomGenerate",
        has_mode: false,
        second: "result",
        compares: false,
        description: "Draws random bytes.",
    },
];

const JOB_ERRORS: &[&str] = &[
    "CRYPTO_E_BUSY",
    "CRYPTO_E_KEY_NOT_AVAILABLE",
    "CRYPTO_E_KEY_NOT_VALID",
    "CRYPTO_E_KEY_SIZE_MISMATCH",
    "CRYPTO_E_KEY_EMPTY",
];

impl Service {
    fn of(symbol: &str) -> Option<&'static Self> {
        SERVICES.iter().find(|service| service.symbol == symbol)
    }

    /// Bytes of what is computed or compared.
    fn second_length(&self, primitive: &Primitive) -> Option<u32> {
        let length = primitive.result_length?;
        Some(if self.symbol == "CRYPTO_MACVERIFY" { length.div_ceil(8) } else { length })
    }

    fn operations(&self, primitive: &Primitive, optimized: bool) -> Vec<Operation> {
        let name = &primitive.origin.name;
        let bytes =
            |kind: &str, length: Option<u32>| DataType::Bytes(format!("Csm_{}{kind}_{name}", self.name), length.unwrap_or(1));
        let mut arguments = Vec::new();
        if self.has_mode {
            arguments.push(match optimized {
                false => input("dataBuffer", bytes("DataType", primitive.data_max_length)),
                true => input("dataPtr", DataType::Plain("Csm_ConstDataPtr")),
            });
            arguments.push(input("dataLength", DataType::Plain("uint32")));
        }
        let length = self.second_length(primitive);
        let (what, compared) = (self.second, self.compares);
        if compared {
            arguments.push(match optimized {
                false => input(format!("{what}Buffer"), bytes("CompareType", length)),
                true => input(format!("{what}Ptr"), DataType::Plain("Csm_ConstDataPtr")),
            });
            arguments.push(input(format!("{what}Length"), DataType::Plain("uint32")));
            arguments.push(match optimized {
                false => output("verifyPtr", DataType::Plain("Crypto_VerifyResultType")),
                true => input("verifyPtr", DataType::Plain("Csm_VerifyResultPtr")),
            });
        } else if optimized {
            arguments.push(input(format!("{what}Ptr"), DataType::Plain("Csm_DataPtr")));
            arguments.push(input(format!("{what}LengthPtr"), DataType::Plain("Csm_LengthPtr")));
        } else {
            arguments.push(output(format!("{what}Buffer"), bytes("ResultType", length)));
            arguments.push(in_out(format!("{what}Length"), DataType::Plain("uint32")));
        }
        let errors = if self.has_mode { JOB_ERRORS } else { &["CRYPTO_E_BUSY", "CRYPTO_E_ENTROPY_EXHAUSTED"] };
        let mut operations = vec![Operation { name: self.name, function: self.function, arguments, errors }];
        if self.has_mode {
            // Takes the job's id and a mode, as the services do.
            let errors = &["CRYPTO_E_JOB_CANCELED"];
            operations.push(Operation { name: "CancelJob", function: "Csm_CancelJob", arguments: Vec::new(), errors });
        }
        operations
    }
}

fn key_operations(bytes: &DataType) -> Vec<Operation> {
    let element = || input("keyElementId", DataType::Plain("uint32"));
    vec![
        Operation {
            name: "KeyElementSet",
            function: "Csm_KeyElementSet",
            arguments: vec![
                element(),
                input("keyElementBuffer", bytes.clone()),
                input("keyElementLength", DataType::Plain("uint32")),
            ],
            errors: &["CRYPTO_E_BUSY", "CRYPTO_E_KEY_WRITE_FAIL", "CRYPTO_E_KEY_NOT_AVAILABLE", "CRYPTO_E_KEY_SIZE_MISMATCH"],
        },
        Operation {
            name: "KeyElementGet",
            function: "Csm_KeyElementGet",
            arguments: vec![
                element(),
                output("keyElementBuffer", bytes.clone()),
                in_out("keyElementLength", DataType::Plain("uint32")),
            ],
            errors: &["CRYPTO_E_BUSY", "CRYPTO_E_KEY_READ_FAIL", "CRYPTO_E_KEY_NOT_AVAILABLE", "CRYPTO_E_KEY_EMPTY"],
        },
        Operation { name: "KeySetValid", function: "Csm_KeySetValid", arguments: Vec::new(), errors: &["CRYPTO_E_BUSY"] },
        Operation { name: "KeySetInvalid", function: "Csm_KeySetInvalid", arguments: Vec::new(), errors: &["CRYPTO_E_BUSY"] },
        Operation {
            name: "KeyGetStatus",
            function: "Csm_KeyGetStatus",
            arguments: vec![output("keyStatusPtr", DataType::Plain("Crypto_KeyStatusType"))],
            errors: &["CRYPTO_E_BUSY"],
        },
    ]
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
