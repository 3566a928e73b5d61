use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use autosar_data::{AutosarModel, ElementName};

use super::files;
use crate::findings::{Findings, Kind};
use crate::write::OutputFile;

fn evcc() -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("evcc.arxml")).unwrap()
}

/// Loads evcc.arxml with changes in its text.
fn load(changes: &[(&str, &str)]) -> Result<crate::Model, Findings> {
    let mut text = evcc();
    for (from, to) in changes {
        assert!(text.contains(from), "{from}");
        text = text.replace(from, to);
    }
    // A custom service has no arrays.
    if changes.contains(&ALL_PORTS) {
        for job in ["ContractImport", "ContractImport20"] {
            let start = text.find(&format!("<SHORT-NAME>{job}</SHORT-NAME>")).unwrap();
            let (before, job) = text.split_at(start);
            text = before.to_string() + &job.replacen(OPTIMIZED.0, OPTIMIZED.1, 1);
        }
    }
    let number = std::sync::atomic::AtomicU32::fetch_add(&FILE, 1, std::sync::atomic::Ordering::Relaxed);
    let file = std::env::temp_dir().join(format!("v2gcrypt-rte-{}-{number}.arxml", std::process::id()));
    std::fs::write(&file, text).unwrap();
    let loaded = crate::load(&[&file]);
    std::fs::remove_file(file).unwrap();
    loaded
}

static FILE: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);

fn file<'a>(files: &'a [OutputFile], name: &str) -> &'a str {
    &files.iter().find(|file| file.name == name).unwrap_or_else(|| panic!("no {name}")).contents
}

fn component(files: &[OutputFile]) -> AutosarModel {
    let model = AutosarModel::new();
    let text = file(files, "Csm_swc.arxml");
    let (_, warnings) = model.load_buffer(text.as_bytes(), "Csm_swc.arxml", true).unwrap();
    assert!(warnings.is_empty(), "{warnings:?}");
    model
}

fn names(model: &AutosarModel, element: ElementName) -> BTreeSet<String> {
    let all = model.elements_dfs().map(|(_, element)| element);
    all.filter(|found| found.element_name() == element).filter_map(|found| found.item_name()).collect()
}

const OPTIMIZED: (&str, &str) = ("<VALUE>CRYPTO_USE_PORT</VALUE>", "<VALUE>CRYPTO_USE_PORT_OPTIMIZED</VALUE>");
/// Every job gets a port.
const ALL_PORTS: (&str, &str) = ("<VALUE>CRYPTO_USE_FNC</VALUE>", "<VALUE>CRYPTO_USE_PORT</VALUE>");

#[test]
fn the_service_component_loads_strictly_and_all_its_references_resolve() {
    for changes in [&[][..], &[OPTIMIZED], &[ALL_PORTS], &[ALL_PORTS, OPTIMIZED]] {
        let model = component(&files(&load(changes).unwrap()));
        let broken: Vec<_> = model.check_references().iter().filter_map(|weak| Some(weak.upgrade()?.xml_path())).collect();
        assert!(broken.is_empty(), "{broken:?}");
    }
}

#[test]
fn each_job_and_key_that_asks_for_one_has_a_port_and_asynchronous_jobs_have_another() {
    let model = component(&files(&load(&[]).unwrap()));
    let provided = names(&model, ElementName::PPortPrototype);
    let expected = ["ContractSign", "MessageVerify", "MessageDigest", "ContractKey", "MessageVerifyKey"];
    assert!(expected.iter().all(|name| provided.contains(*name)), "{provided:?}");
    assert!(!provided.contains("FrameKey") && !provided.contains("FrameMacGenerate"), "{provided:?}");
    let required = names(&model, ElementName::RPortPrototype);
    assert!(required.contains("ContractSign_Callback") && required.contains("MessageVerify_Callback"), "{required:?}");
    assert!(!required.contains("MessageDigest_Callback"), "{required:?}");
}

#[test]
fn port_defined_arguments_are_the_ids_that_the_tables_of_csm_have() {
    let loaded = load(&[ALL_PORTS]).unwrap();
    let model = component(&files(&loaded));
    let options: Vec<_> = model
        .elements_dfs()
        .map(|(_, element)| element)
        .filter(|found| found.element_name() == ElementName::PortApiOption)
        .collect();
    assert_eq!(options.len(), loaded.csm.jobs.len() + loaded.csm.keys.iter().filter(|key| key.use_port).count());
    for option in options {
        let port = option.get_sub_element(ElementName::PortRef).unwrap().character_data().unwrap().to_string();
        let port = port.rsplit('/').next().unwrap();
        let values: Vec<String> = option
            .elements_dfs()
            .map(|(_, element)| element)
            .filter(|found| found.element_name() == ElementName::Value)
            .filter_map(|found| Some(found.character_data()?.to_string()))
            .collect();
        match loaded.csm.jobs.iter().find(|job| job.origin.name == port) {
            Some(job) if ["RANDOM", "KEY"].iter().any(|kind| loaded.primitive_of(job).service.symbol.contains(kind)) => {
                assert_eq!(values, [job.id.to_string()], "{port}");
            }
            Some(job) => assert_eq!(values, [job.id.to_string(), "7".into()], "{port}"),
            None => {
                let key = loaded.csm.keys.iter().find(|key| key.origin.name == port).unwrap();
                assert_eq!(values, [key.id.to_string()], "{port}");
            }
        }
    }
}

#[test]
fn application_errors_have_the_numbers_of_std_return_type() {
    let model = component(&files(&load(&[ALL_PORTS]).unwrap()));
    let mut seen = BTreeSet::new();
    for (_, element) in model.elements_dfs().filter(|(_, found)| found.element_name() == ElementName::ApplicationError) {
        let name = element.item_name().unwrap();
        let code = element.get_sub_element(ElementName::ErrorCode).unwrap().character_data().unwrap().to_string();
        let known = v2gcrypt_types::CRYPTO_RETURN.iter().find(|number| number.symbol == name).map_or(1, |number| number.value);
        assert_eq!(code, known.to_string(), "{name}");
        seen.insert(name);
    }
    assert!(seen.len() >= 9, "{seen:?}");
}

#[test]
fn every_operation_starts_the_function_of_csm_with_its_name() {
    let model = component(&files(&load(&[ALL_PORTS]).unwrap()));
    let events = names(&model, ElementName::OperationInvokedEvent);
    assert!(events.contains("ContractSign_SignatureGenerate") && events.contains("ContractSign_CancelJob"), "{events:?}");
    assert!(events.contains("ContractKey_KeyElementSet") && events.contains("ContractKey_KeyGetStatus"), "{events:?}");
    for (_, runnable) in model.elements_dfs().filter(|(_, found)| found.element_name() == ElementName::RunnableEntity) {
        let symbol = runnable.get_sub_element(ElementName::Symbol).unwrap().character_data().unwrap().to_string();
        assert_eq!(runnable.item_name().unwrap(), symbol);
        assert!(symbol.starts_with("Csm_"), "{symbol}");
    }
}

#[test]
fn each_service_has_the_arguments_of_its_function() {
    let files = files(&load(&[ALL_PORTS]).unwrap());
    let source: String = file(&files, "rte/Rte_Csm.c").split_whitespace().collect::<Vec<_>>().join(" ");
    for call in [
        "Csm_Encrypt(CsmConf_CsmJob_LogEncrypt, CRYPTO_OPERATIONMODE_SINGLECALL, dataBuffer, dataLength, resultBuffer, \
         resultLength);",
        "Csm_AEADEncrypt(CsmConf_CsmJob_TlsEncrypt, CRYPTO_OPERATIONMODE_SINGLECALL, plaintextBuffer, plaintextLength, \
         associatedDataBuffer, associatedDataLength, ciphertextBuffer, ciphertextLength, tagBuffer, tagLength);",
        "Csm_AEADDecrypt(CsmConf_CsmJob_TlsDecrypt, CRYPTO_OPERATIONMODE_SINGLECALL, ciphertextBuffer, ciphertextLength, \
         associatedDataBuffer, associatedDataLength, tagBuffer, tagLength, plaintextBuffer, plaintextLength, verifyPtr);",
        "Csm_JobKeyGenerate(CsmConf_CsmJob_StorageKeyGenerate);",
        "Csm_JobKeyDerive(CsmConf_CsmJob_TlsDerive, targetKeyId);",
        "Csm_JobKeyExchangeCalcPubVal(CsmConf_CsmJob_TlsPublicValue, publicValueBuffer, publicValueLength);",
        "Csm_JobKeyExchangeCalcSecret(CsmConf_CsmJob_TlsSecret, partnerPublicValueBuffer, partnerPublicValueLength);",
        "Csm_CustomService(CsmConf_CsmJob_ContractImport, CRYPTO_OPERATIONMODE_SINGLECALL, targetKeyId, (const uint8 *)inputPtr, \
         inputLength, (const uint8 *)secondaryInputPtr, secondaryInputLength, (const uint8 *)tertiaryInputPtr, \
         tertiaryInputLength, (uint8 *)outputPtr, outputLengthPtr, (uint8 *)secondaryOutputPtr, secondaryOutputLengthPtr, \
         verifyPtr);",
        "Csm_KeyElementCopy(CsmConf_CsmKey_ContractKey, keyElementId, targetKeyId, targetKeyElementId);",
        "Csm_KeyElementCopyPartial(CsmConf_CsmKey_ContractKey, keyElementId, keyElementSourceOffset, \
         keyElementTargetOffset, keyElementCopyLength, targetKeyId, targetKeyElementId);",
        "Csm_KeyCopy(CsmConf_CsmKey_ContractKey, targetKeyId);",
        "Csm_RandomSeed(CsmConf_CsmKey_ContractKey, seedBuffer, seedLength);",
        "Csm_KeyGenerate(CsmConf_CsmKey_ContractKey);",
        "Csm_KeyDerive(CsmConf_CsmKey_ContractKey, targetKeyId);",
        "Csm_KeyExchangeCalcPubVal(CsmConf_CsmKey_ContractKey, publicValueBuffer, publicValueLength);",
        "Csm_KeyExchangeCalcSecret(CsmConf_CsmKey_ContractKey, partnerPublicValueBuffer, partnerPublicValueLength);",
    ] {
        assert!(source.contains(call), "{call}");
    }
}

#[test]
fn a_public_value_has_room_for_the_key_of_its_jobs() {
    let description = files(&load(&[ALL_PORTS]).unwrap()).swap_remove(0).contents;
    let array = |name: &str| -> u32 {
        let at = description.find(&format!("<SHORT-NAME>{name}</SHORT-NAME>")).unwrap_or_else(|| panic!("{name}"));
        description[at..].split("<ARRAY-SIZE>").nth(1).unwrap().split('<').next().unwrap().parse().unwrap()
    };
    assert_eq!(array("Csm_JobKeyExchangeCalcPubValPublicValueType_EcdhPublicValue"), 65);
    assert_eq!(array("Csm_AEADEncryptTagType_GcmEncrypt"), 16);
    assert_eq!(array("Csm_SeedDataType_ContractKey"), super::SEED_LENGTH);
}

#[test]
fn a_custom_service_has_no_port_with_arrays() {
    let text = "Decrypts the private key of a CertificateInstallationRes of ISO 15118-20";
    let start = evcc().find(text).unwrap();
    let job: String = evcc()[start..].split("</ECUC-CONTAINER-VALUE>").next().unwrap().into();
    let with_port = job.replace(ALL_PORTS.0, ALL_PORTS.1);
    let findings = load(&[(&job, &with_port)]).unwrap_err();
    assert!(findings.iter().any(|finding| finding.kind == Kind::NotSupported), "{findings}");
}

#[test]
fn the_stub_passes_the_id_of_the_job_and_the_mode() {
    let files = files(&load(&[]).unwrap());
    let source = file(&files, "rte/Rte_Csm.c");
    let call = "return Csm_Hash(CsmConf_CsmJob_MessageDigest, CRYPTO_OPERATIONMODE_SINGLECALL, dataBuffer, dataLength,\n\
                \x20       resultBuffer, resultLength);";
    assert!(source.contains(call), "{source}");
    assert!(source.contains("return Csm_KeySetValid(CsmConf_CsmKey_ContractKey);"), "{source}");
    let header = file(&files, "rte/Rte_Csm_Swc.h");
    assert!(header.contains("extern void MessageVerify_CallbackNotification(Crypto_ResultType result);"), "{header}");
    assert!(header.contains("/* ContractSign: Signs the SignedInfo"), "{header}");
}

#[test]
fn a_job_with_a_port_needs_no_callback_container() {
    let reference = "<VALUE-REF DEST=\"ECUC-CONTAINER-VALUE\">/Evcc/Csm/CsmCallbacks/ContractSignFinished</VALUE-REF>";
    let text = evcc();
    let at = text.find(reference).unwrap();
    let start = text[..at].rfind("<ECUC-REFERENCE-VALUE>").unwrap();
    let end = at + text[at..].find("</ECUC-REFERENCE-VALUE>").unwrap() + "</ECUC-REFERENCE-VALUE>".len();
    let model = load(&[(&text[start..end], "")]).unwrap();
    let all = crate::generate(&model);
    assert!(file(&all, "Csm_Cfg.c").contains(".callback = &Csm_ContractSign_CallbackNotification,"));
    assert!(file(&all, "Csm_Cfg.h").contains("extern void Csm_ContractSign_CallbackNotification(uint32 jobId"));
    assert!(file(&all, "rte/Csm_Rte.c").contains("void Csm_ContractSign_CallbackNotification(uint32 jobId"));
}

#[test]
fn jobs_with_ports_that_share_a_callback_are_told_apart_by_their_id() {
    let shared = ("Csm/CsmCallbacks/ContractSignFinished</VALUE-REF>", "Csm/CsmCallbacks/MessageVerifyFinished</VALUE-REF>");
    let files = files(&load(&[shared]).unwrap());
    let source = file(&files, "rte/Csm_Rte.c");
    assert!(source.contains("case CsmConf_CsmJob_ContractSign:"), "{source}");
    assert!(source.contains("case CsmConf_CsmJob_MessageVerify:"), "{source}");
}

#[test]
fn a_callback_for_jobs_with_and_without_a_port_is_an_error() {
    let shared = ("Csm/CsmCallbacks/LogDigestFinished</VALUE-REF>", "Csm/CsmCallbacks/MessageVerifyFinished</VALUE-REF>");
    assert_error(&[shared], Kind::DuplicateName, "which has no port");
}

#[test]
fn a_callback_with_the_name_of_a_runnable_is_an_error() {
    let changes = [("<VALUE>Evcc_MessageVerifyFinished<", "<VALUE>MessageVerify_CallbackNotification<")];
    assert_error(&changes, Kind::DuplicateName, "runnable");
}

#[test]
fn two_ports_of_one_name_are_an_error() {
    let changes = [("<SHORT-NAME>MessageDigest</SHORT-NAME>", "<SHORT-NAME>ContractKey</SHORT-NAME>")];
    assert_error(&changes, Kind::DuplicateName, "The RTE port ContractKey");
}

#[test]
fn a_port_with_the_name_of_a_module_is_an_error() {
    assert_error(&[("<SHORT-NAME>MessageDigest</SHORT-NAME>", "<SHORT-NAME>Csm</SHORT-NAME>")], Kind::InvalidName, "port");
}

#[test]
fn a_port_with_arrays_needs_their_lengths_and_an_optimised_one_does_not() {
    let absent = ("CsmHashDataMaxLength<", "CsmHashSomethingElse<");
    assert_error(&[absent], Kind::MissingParameter, "CsmHashDataMaxLength");
    load(&[absent, OPTIMIZED]).unwrap();
}

#[test]
fn a_configuration_without_ports_has_no_rte_face() {
    let changes = [
        ("<VALUE>CRYPTO_USE_PORT</VALUE>", "<VALUE>CRYPTO_USE_FNC</VALUE>"),
        ("<VALUE>CRYPTO_USE_PORT_OPTIMIZED</VALUE>", "<VALUE>CRYPTO_USE_FNC</VALUE>"),
        ("CsmKeyUsePort</DEFINITION-REF>", "CsmKeyNothing</DEFINITION-REF>"),
    ];
    assert!(files(&load(&changes).unwrap()).is_empty());
}

#[test]
fn the_rte_face_is_the_same_at_every_run() {
    let (first, second) = (load(&[ALL_PORTS]).unwrap(), load(&[ALL_PORTS]).unwrap());
    let text = |model| files(model).into_iter().map(|file| (PathBuf::from(file.name), file.contents)).collect::<Vec<_>>();
    assert_eq!(text(&first), text(&second));
}

fn assert_error(changes: &[(&str, &str)], kind: Kind, words: &str) {
    let findings = load(changes).unwrap_err();
    let found = findings.iter().any(|finding| finding.kind == kind && finding.problem.contains(words));
    assert!(found, "{findings}");
}
