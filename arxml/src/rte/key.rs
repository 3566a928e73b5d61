//! Operations of a key's port: key management without jobs.

use super::{in_out, input, output, public_value_length, DataType, Operation, SEED_LENGTH};
use crate::model::{CsmKey, Model};

const READ_ERRORS: &[&str] = &["CRYPTO_E_BUSY", "CRYPTO_E_KEY_READ_FAIL", "CRYPTO_E_KEY_NOT_AVAILABLE", "CRYPTO_E_KEY_EMPTY"];
const WRITE_ERRORS: &[&str] =
    &["CRYPTO_E_BUSY", "CRYPTO_E_KEY_WRITE_FAIL", "CRYPTO_E_KEY_NOT_AVAILABLE", "CRYPTO_E_KEY_SIZE_MISMATCH"];
const COPY_ERRORS: &[&str] = &[
    "CRYPTO_E_BUSY",
    "CRYPTO_E_KEY_READ_FAIL",
    "CRYPTO_E_KEY_WRITE_FAIL",
    "CRYPTO_E_KEY_NOT_AVAILABLE",
    "CRYPTO_E_KEY_SIZE_MISMATCH",
    "CRYPTO_E_KEY_EMPTY",
];
/// Of services that compute a key.
pub(super) const COMPUTE_ERRORS: &[&str] = &[
    "CRYPTO_E_BUSY",
    "CRYPTO_E_ENTROPY_EXHAUSTED",
    "CRYPTO_E_KEY_READ_FAIL",
    "CRYPTO_E_KEY_WRITE_FAIL",
    "CRYPTO_E_KEY_NOT_AVAILABLE",
    "CRYPTO_E_KEY_NOT_VALID",
    "CRYPTO_E_KEY_SIZE_MISMATCH",
    "CRYPTO_E_KEY_EMPTY",
];

/// Operations of the port of a key.
pub(super) fn operations(model: &Model, key: &CsmKey) -> Vec<Operation> {
    let name = &key.origin.name;
    let cryif_key = &model.cryif.keys[key.cryif_key as usize];
    let driver = &model.drivers[cryif_key.driver as usize];
    let largest = driver.elements_of(&driver.keys[cryif_key.crypto_key as usize]).map(|element| element.size).max();
    let bytes = DataType::Bytes(format!("Csm_KeyDataType_{name}"), largest.unwrap_or(1));
    let length = public_value_length(model, std::iter::once(key));
    let public_value = DataType::Bytes(format!("Csm_PublicValueType_{name}"), length);
    let seed = DataType::Bytes(format!("Csm_SeedDataType_{name}"), SEED_LENGTH);
    let word = |name: &str| input(name, DataType::Plain("uint32"));
    let length = |name: &str| in_out(name, DataType::Plain("uint32"));
    let operation = |name, function, arguments, errors| Operation { name, function, arguments, errors };
    vec![
        operation(
            "KeyElementSet",
            "Csm_KeyElementSet",
            vec![word("keyElementId"), input("keyElementBuffer", bytes.clone()), word("keyElementLength")],
            WRITE_ERRORS,
        ),
        operation(
            "KeyElementGet",
            "Csm_KeyElementGet",
            vec![word("keyElementId"), output("keyElementBuffer", bytes), length("keyElementLength")],
            READ_ERRORS,
        ),
        operation("KeySetValid", "Csm_KeySetValid", Vec::new(), &["CRYPTO_E_BUSY"]),
        operation("KeySetInvalid", "Csm_KeySetInvalid", Vec::new(), &["CRYPTO_E_BUSY"]),
        operation(
            "KeyGetStatus",
            "Csm_KeyGetStatus",
            vec![output("keyStatusPtr", DataType::Plain("Crypto_KeyStatusType"))],
            &["CRYPTO_E_BUSY"],
        ),
        operation(
            "KeyElementCopy",
            "Csm_KeyElementCopy",
            vec![word("keyElementId"), word("targetKeyId"), word("targetKeyElementId")],
            COPY_ERRORS,
        ),
        operation(
            "KeyElementCopyPartial",
            "Csm_KeyElementCopyPartial",
            vec![
                word("keyElementId"),
                word("keyElementSourceOffset"),
                word("keyElementTargetOffset"),
                word("keyElementCopyLength"),
                word("targetKeyId"),
                word("targetKeyElementId"),
            ],
            COPY_ERRORS,
        ),
        operation("KeyCopy", "Csm_KeyCopy", vec![word("targetKeyId")], COPY_ERRORS),
        operation("RandomSeed", "Csm_RandomSeed", vec![input("seedBuffer", seed), word("seedLength")], COMPUTE_ERRORS),
        operation("KeyGenerate", "Csm_KeyGenerate", Vec::new(), COMPUTE_ERRORS),
        operation("KeyDerive", "Csm_KeyDerive", vec![word("targetKeyId")], COMPUTE_ERRORS),
        operation(
            "KeyExchangeCalcPubVal",
            "Csm_KeyExchangeCalcPubVal",
            vec![output("publicValueBuffer", public_value.clone()), length("publicValueLength")],
            COMPUTE_ERRORS,
        ),
        operation(
            "KeyExchangeCalcSecret",
            "Csm_KeyExchangeCalcSecret",
            vec![input("partnerPublicValueBuffer", public_value), word("partnerPublicValueLength")],
            COMPUTE_ERRORS,
        ),
    ]
}
