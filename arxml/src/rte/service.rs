//! Operations of a job's port: the service of the job's primitive.

use super::key::COMPUTE_ERRORS;
use super::{in_out, input, output, public_value_length, Argument, DataType, Operation, SEED_LENGTH};
use crate::model::{Model, Primitive};

/// A service that jobs can have.
pub(super) struct Service {
    symbol: &'static str,
    /// Name of the operation.
    pub name: &'static str,
    function: &'static str,
    /// Takes an operation mode.
    pub has_mode: bool,
    shape: Shape,
    pub description: &'static str,
}

/// What a service takes and gives behind the ids and the mode.
#[derive(Clone, Copy)]
enum Shape {
    /// A message, and what comes out of it.
    Message(&'static str),
    /// A message, and what it is compared with.
    Comparison(&'static str),
    Random,
    AeadEncrypt,
    AeadDecrypt,
    Nothing,
    TargetKey,
    Seed,
    PublicValue,
    PartnerPublicValue,
    Custom,
}

const fn service(
    symbol: &'static str,
    name: &'static str,
    function: &'static str,
    shape: Shape,
    description: &'static str,
) -> Service {
    let has_mode =
        matches!(shape, Shape::Message(_) | Shape::Comparison(_) | Shape::AeadEncrypt | Shape::AeadDecrypt | Shape::Custom);
    Service { symbol, name, function, has_mode, shape, description }
}

#[rustfmt::skip]
const SERVICES: &[Service] = &[
    service("CRYPTO_HASH", "Hash", "Csm_Hash", Shape::Message("result"), "Computes the hash of a message."),
    service("CRYPTO_MACGENERATE", "MacGenerate", "Csm_MacGenerate", Shape::Message("mac"), "Computes the MAC of a message."),
    service("CRYPTO_MACVERIFY", "MacVerify", "Csm_MacVerify", Shape::Comparison("mac"), "Compares the MAC of a message; macLength is in bits."),
    service("CRYPTO_ENCRYPT", "Encrypt", "Csm_Encrypt", Shape::Message("result"), "Encrypts a message."),
    service("CRYPTO_DECRYPT", "Decrypt", "Csm_Decrypt", Shape::Message("result"), "Decrypts a message."),
    service("CRYPTO_AEADENCRYPT", "AEADEncrypt", "Csm_AEADEncrypt", Shape::AeadEncrypt, "Encrypts and authenticates a message."),
    service("CRYPTO_AEADDECRYPT", "AEADDecrypt", "Csm_AEADDecrypt", Shape::AeadDecrypt, "Decrypts a message and compares its tag."),
    service("CRYPTO_SIGNATUREGENERATE", "SignatureGenerate", "Csm_SignatureGenerate", Shape::Message("signature"), "Signs a message."),
    service("CRYPTO_SIGNATUREVERIFY", "SignatureVerify", "Csm_SignatureVerify", Shape::Comparison("signature"), "Verifies the signature of a message."),
    service("CRYPTO_RANDOMGENERATE", "RandomGenerate", "Csm_RandomGenerate", Shape::Random, "Draws random bytes."),
    service("CRYPTO_RANDOMSEED", "JobRandomSeed", "Csm_JobRandomSeed", Shape::Seed, "Adds to the seed of a random generator."),
    service("CRYPTO_KEYGENERATE", "JobKeyGenerate", "Csm_JobKeyGenerate", Shape::Nothing, "Makes a random key."),
    service("CRYPTO_KEYDERIVE", "JobKeyDerive", "Csm_JobKeyDerive", Shape::TargetKey, "Derives another key from the job's key."),
    service("CRYPTO_KEYEXCHANGECALCPUBVAL", "JobKeyExchangeCalcPubVal", "Csm_JobKeyExchangeCalcPubVal", Shape::PublicValue, "Computes the public value for the partner."),
    service("CRYPTO_KEYEXCHANGECALCSECRET", "JobKeyExchangeCalcSecret", "Csm_JobKeyExchangeCalcSecret", Shape::PartnerPublicValue, "Computes the shared secret from the public value of the partner."),
    service("CRYPTO_KEYSETVALID", "JobKeySetValid", "Csm_JobKeySetValid", Shape::Nothing, "Makes the job's key valid."),
    service("CRYPTO_KEYSETINVALID", "JobKeySetInvalid", "Csm_JobKeySetInvalid", Shape::Nothing, "Makes the job's key invalid."),
    service("CRYPTO_CUSTOM_SERVICE", "CustomService", "Csm_CustomService", Shape::Custom, "A service that the driver defines."),
];

const JOB_ERRORS: &[&str] = &[
    "CRYPTO_E_BUSY",
    "CRYPTO_E_KEY_NOT_AVAILABLE",
    "CRYPTO_E_KEY_NOT_VALID",
    "CRYPTO_E_KEY_SIZE_MISMATCH",
    "CRYPTO_E_KEY_EMPTY",
];
const CUSTOM_ERRORS: &[&str] = &[
    "CRYPTO_E_BUSY",
    "CRYPTO_E_KEY_READ_FAIL",
    "CRYPTO_E_KEY_WRITE_FAIL",
    "CRYPTO_E_KEY_NOT_AVAILABLE",
    "CRYPTO_E_KEY_NOT_VALID",
    "CRYPTO_E_KEY_SIZE_MISMATCH",
    "CRYPTO_E_KEY_EMPTY",
    "CRYPTO_E_CUSTOM_ERROR",
];

impl Service {
    pub fn of(symbol: &str) -> Option<&'static Self> {
        SERVICES.iter().find(|service| service.symbol == symbol)
    }

    /// The lengths that a port with arrays needs: end of the parameter's name, and value.
    pub fn array_lengths(&self, primitive: &Primitive) -> Vec<(&'static str, Option<u32>)> {
        let (data, result) = (primitive.data_max_length, primitive.result_length);
        let (associated, tag) = (primitive.associated_data_max_length, primitive.tag_length);
        match self.shape {
            Shape::Message("result") if self.name != "Hash" => vec![("DataMaxLength", data), ("ResultMaxLength", result)],
            Shape::Message(_) => vec![("DataMaxLength", data), ("ResultLength", result)],
            Shape::Comparison(_) => vec![("DataMaxLength", data), ("CompareLength", result)],
            Shape::Random => vec![("ResultLength", result)],
            Shape::AeadEncrypt => vec![
                ("PlaintextMaxLength", data),
                ("AssociatedDataMaxLength", associated),
                ("CiphertextMaxLength", result),
                ("TagLength", tag),
            ],
            Shape::AeadDecrypt => vec![
                ("CiphertextMaxLength", data),
                ("AssociatedDataMaxLength", associated),
                ("PlaintextMaxLength", result),
                ("TagLength", tag),
            ],
            _ => Vec::new(),
        }
    }

    /// Whether its port can have arrays: nobody knows how long those of a custom service are.
    pub fn may_have_arrays(&self) -> bool {
        !matches!(self.shape, Shape::Custom)
    }

    /// Bytes of what is computed or compared.
    fn second_length(&self, primitive: &Primitive) -> Option<u32> {
        let length = primitive.result_length?;
        Some(if self.symbol == "CRYPTO_MACVERIFY" { length.div_ceil(8) } else { length })
    }

    pub fn operations(&self, model: &Model, primitive: &Primitive, optimized: bool) -> Vec<Operation> {
        let types = Types { service: self.name, primitive: &primitive.origin.name, optimized };
        let arguments = self.arguments(model, primitive, &types);
        let errors = match self.shape {
            Shape::Random => &["CRYPTO_E_BUSY", "CRYPTO_E_ENTROPY_EXHAUSTED"],
            Shape::Custom => CUSTOM_ERRORS,
            _ if self.has_mode => JOB_ERRORS,
            _ => COMPUTE_ERRORS,
        };
        let mut operations = vec![Operation { name: self.name, function: self.function, arguments, errors }];
        if self.has_mode {
            // Takes the job's id and a mode, as the services do.
            let errors = &["CRYPTO_E_JOB_CANCELED"];
            operations.push(Operation { name: "CancelJob", function: "Csm_CancelJob", arguments: Vec::new(), errors });
        }
        operations
    }

    fn arguments(&self, model: &Model, primitive: &Primitive, types: &Types<'_>) -> Vec<Argument> {
        let (data, result) = (primitive.data_max_length, primitive.result_length);
        let (associated, tag) = (primitive.associated_data_max_length, primitive.tag_length);
        let second = self.second_length(primitive);
        let users = || model.csm.jobs.iter().filter(|job| std::ptr::eq(model.primitive_of(job), primitive));
        let keys = || users().filter_map(|job| Some(&model.csm.keys[job.key? as usize]));
        match self.shape {
            Shape::Message(what) => [types.input("data", "DataType", data), types.output(what, "ResultType", second)].concat(),
            Shape::Comparison(what) => {
                [types.input("data", "DataType", data), types.input(what, "CompareType", second), vec![types.verify()]].concat()
            }
            Shape::Random => types.output("result", "ResultType", second),
            Shape::AeadEncrypt => [
                types.input("plaintext", "PlaintextType", data),
                types.input("associatedData", "AssociatedDataType", associated),
                types.output("ciphertext", "CiphertextType", result),
                types.output("tag", "TagType", tag),
            ]
            .concat(),
            Shape::AeadDecrypt => [
                types.input("ciphertext", "CiphertextType", data),
                types.input("associatedData", "AssociatedDataType", associated),
                types.input("tag", "TagType", tag),
                types.output("plaintext", "PlaintextType", result),
                vec![types.verify()],
            ]
            .concat(),
            Shape::Nothing => Vec::new(),
            Shape::TargetKey => vec![word("targetKeyId")],
            Shape::Seed => types.input("seed", "SeedType", Some(SEED_LENGTH)),
            Shape::PublicValue => types.output("publicValue", "PublicValueType", Some(public_value_length(model, keys()))),
            Shape::PartnerPublicValue => {
                types.input("partnerPublicValue", "PublicValueType", Some(public_value_length(model, keys())))
            }
            Shape::Custom => [
                vec![word("targetKeyId")],
                types.input("input", "InputType", None),
                types.input("secondaryInput", "InputType", None),
                types.input("tertiaryInput", "InputType", None),
                types.output("output", "OutputType", None),
                types.output("secondaryOutput", "OutputType", None),
                vec![types.verify()],
            ]
            .concat(),
        }
    }
}

/// Types of the arguments of one primitive.
struct Types<'a> {
    service: &'a str,
    primitive: &'a str,
    /// Pointers in the place of arrays.
    optimized: bool,
}

impl Types<'_> {
    fn bytes(&self, kind: &str, length: Option<u32>) -> DataType {
        DataType::Bytes(format!("Csm_{}{kind}_{}", self.service, self.primitive), length.unwrap_or(1))
    }

    /// Bytes to read, and their number.
    fn input(&self, what: &str, kind: &str, length: Option<u32>) -> Vec<Argument> {
        let bytes = match self.optimized {
            false => input(format!("{what}Buffer"), self.bytes(kind, length)),
            true => input(format!("{what}Ptr"), DataType::Plain("Csm_ConstDataPtr")),
        };
        vec![bytes, word(format!("{what}Length"))]
    }

    /// Room, and its size.
    fn output(&self, what: &str, kind: &str, length: Option<u32>) -> Vec<Argument> {
        match self.optimized {
            false => vec![
                output(format!("{what}Buffer"), self.bytes(kind, length)),
                in_out(format!("{what}Length"), DataType::Plain("uint32")),
            ],
            true => vec![
                input(format!("{what}Ptr"), DataType::Plain("Csm_DataPtr")),
                input(format!("{what}LengthPtr"), DataType::Plain("Csm_LengthPtr")),
            ],
        }
    }

    fn verify(&self) -> Argument {
        match self.optimized {
            false => output("verifyPtr", DataType::Plain("Crypto_VerifyResultType")),
            true => input("verifyPtr", DataType::Plain("Csm_VerifyResultPtr")),
        }
    }
}

fn word(name: impl Into<String>) -> Argument {
    input(name, DataType::Plain("uint32"))
}
