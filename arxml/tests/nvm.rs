//! Persistence: keys, their NvM blocks, and what is generated for the driver, for NvM and for the NvM of a host.

mod common;

use std::path::PathBuf;

use common::{evcc, example, write_all, Arxml};
use v2gcrypt_arxml::model::NvProcessing;
use v2gcrypt_arxml::{generate, load, Findings, Kind, Model, OutputFile, Severity};

fn nvm() -> Arxml {
    Arxml(std::fs::read_to_string(example("evcc_nvm.arxml")).unwrap())
}

fn load_both(evcc: &Arxml, nvm: &Arxml) -> Result<v2gcrypt_arxml::Loaded, Findings> {
    v2gcrypt_arxml::load_with_warnings(&write_all(&[&evcc.0, &nvm.0]))
}

fn contents(files: &[OutputFile], name: &str) -> String {
    files.iter().find(|file| file.name == name).unwrap_or_else(|| panic!("no {name}")).contents.clone()
}

/// Every block is synchronised explicitly.
fn synchronised() -> Arxml {
    let names = ["OemProvisioningBlock", "ContractBlock", "ContractBlockB", "OemProvisioningBlock20", "ContractBlock20"];
    let set = |arxml: Arxml, name| arxml.set("NvMBlockDescriptor", name, "NvMBlockUseSyncMechanism", "true");
    names.into_iter().fold(nvm(), set)
}

fn model() -> Model {
    let loaded = load_both(&evcc(), &nvm()).unwrap_or_else(|findings| panic!("{findings}"));
    assert!(loaded.warnings.is_empty(), "{}", loaded.warnings);
    loaded.model
}

#[test]
fn generated_files_with_persistence_are_those_that_were_reviewed() {
    let folder = example("tests/golden/evcc_nvm");
    let plain = generate(&load(&[example("evcc.arxml")]).unwrap());
    // What persistence changes.
    let mut files = generate(&load(&[example("evcc.arxml"), example("evcc_nvm.arxml")]).unwrap());
    files.retain(|file| !plain.contains(file));
    let names: Vec<_> = files.iter().map(|file| file.name.as_str()).collect();
    assert_eq!(names, ["Crypto.h", "Crypto_Cfg.c", "V2gcrypt_NvM.arxml", "NvM_Host_Cfg.c"]);
    if std::env::var_os("V2GCRYPT_BLESS").is_some() {
        let _ = std::fs::remove_dir_all(&folder);
        v2gcrypt_arxml::write_to(&files, &folder).unwrap();
    }
    for file in &files {
        let golden = std::fs::read_to_string(folder.join(&file.name)).unwrap_or_default();
        assert!(golden == file.contents, "{} differs: V2GCRYPT_BLESS=1 cargo test -p v2gcrypt-arxml", file.name);
    }
}

#[test]
fn each_persistent_key_has_its_block() {
    let model = model();
    let driver = &model.drivers[0];
    let blocks: Vec<_> = driver
        .nv_blocks
        .iter()
        .map(|block| (driver.key_of(block).origin.name.as_str(), block.descriptor.id, driver.record_size_of(block)))
        .collect();
    // 52 bytes, and for each element 8 and its size.
    let expected = [
        ("ContractKey", 3, 52 + 8 + 32 + 8 + 65),
        ("ContractKey20", 6, 52 + 8 + 66 + 8 + 133),
        ("ContractKeyB", 4, 52 + 8 + 32 + 8 + 65),
        ("OemProvisioningKey", 2, 52 + 8 + 32),
        ("OemProvisioningKey20", 5, 52 + 8 + 66),
        ("StorageKey", 7, 52 + 8 + 16),
    ];
    assert_eq!(blocks, expected);
    assert_eq!(driver.nv_blocks[0].processing, NvProcessing::Immediate);
    assert_eq!(driver.nv_blocks[5].processing, NvProcessing::Deferred);
    let source = contents(&generate(&model), "Crypto_Cfg.c");
    for text in [
        "static uint8 Crypto_NvRecord_ContractBlock[165];",
        ".nvBlockCount = 6U,",
        ".nvM = &Crypto_NvM,",
        ".deviceKey = &Crypto_DeviceKeyCallout",
        "    return V2gcrypt_CryptoSoft_NvBlockCallback(&Crypto_Instance, 0U, serviceId, jobResult);",
        ".processing = CRYPTO_SOFT_NV_DEFERRED,",
        ".failedRetries = 3U,",
    ] {
        assert!(source.contains(text), "{text}");
    }
    assert_eq!(source.matches(".nvBlock = CRYPTO_SOFT_NO_NV_BLOCK").count(), model.drivers[0].keys.len() - 6);
}

#[test]
fn without_a_persistent_key_nothing_refers_to_nvm() {
    let files = generate(&evcc().load().unwrap());
    assert!(files.iter().all(|file| file.name.starts_with("bswmd/") || !file.contents.contains("NvM_")));
}

#[test]
fn explicit_synchronisation_has_its_functions_and_nothing_else_has() {
    let model = load_both(&evcc(), &synchronised()).unwrap().model;
    let files = generate(&model);
    let header = contents(&files, "Crypto.h");
    for part in
        ["ReadFrom_ContractBlock(const void* NvMBuffer)", "WriteTo_ContractBlock(void* NvMBuffer)", "Init_ContractBlock(void)"]
    {
        assert!(header.contains(&format!("extern Std_ReturnType Crypto_NvBlock_{part};")), "{header}");
    }
    assert!(header.contains("Crypto_NvBlock_Callback_StorageBlock") && !header.contains("Init_StorageBlock"), "{header}");
    let host = contents(&files, "NvM_Host_Cfg.c");
    assert!(host.contains(".readFrom = &Crypto_NvBlock_ReadFrom_ContractBlock,") && host.contains("#include \"Crypto.h\""));
    let list = contents(&files, "V2gcrypt_NvM.arxml");
    assert!(list.contains("<VALUE>Crypto_NvBlock_WriteTo_ContractBlock</VALUE>") && !list.contains("WriteTo_StorageBlock"));
}

#[test]
fn the_block_list_loads_strictly_and_says_what_the_configuration_says() {
    for nvm in [nvm(), synchronised()] {
        let files = generate(&load_both(&evcc(), &nvm).unwrap().model);
        let list = contents(&files, "V2gcrypt_NvM.arxml");
        let alone = autosar_data::AutosarModel::new();
        let (_, warnings) = alone.load_buffer(list.as_bytes(), "V2gcrypt_NvM.arxml", true).unwrap();
        assert!(warnings.is_empty(), "{warnings:?}");
        // Beside the configuration that it came from, it changes nothing.
        let all: Vec<PathBuf> = write_all(&[&evcc().0, &nvm.0, &list]);
        let loaded = v2gcrypt_arxml::load_with_warnings(&all).unwrap_or_else(|findings| panic!("{findings}"));
        assert!(generate(&loaded.model) == files);
        assert!(loaded.warnings.is_empty(), "{}", loaded.warnings);
    }
}

#[test]
fn the_block_list_keeps_nested_packages() {
    let nested = nvm().replace_all("/Evcc/NvM", "/Car/Bsw/NvM");
    let (before, module) = nested.0.split_once("        <ECUC-MODULE-CONFIGURATION-VALUES>\n          <SHORT-NAME>NvM<").unwrap();
    let nested = format!(
        "{before}</ELEMENTS></AR-PACKAGE><AR-PACKAGE><SHORT-NAME>Car</SHORT-NAME><AR-PACKAGES><AR-PACKAGE><SHORT-NAME>Bsw</SHORT-NAME>\
         <ELEMENTS><ECUC-MODULE-CONFIGURATION-VALUES><SHORT-NAME>NvM<{}",
        module.replace("</AR-PACKAGE>\n  </AR-PACKAGES>", "</AR-PACKAGE></AR-PACKAGES></AR-PACKAGE></AR-PACKAGES>")
    );
    let files = generate(&load_both(&evcc(), &Arxml(nested)).unwrap().model);
    let model = autosar_data::AutosarModel::new();
    model.load_buffer(contents(&files, "V2gcrypt_NvM.arxml").as_bytes(), "list.arxml", true).unwrap();
    assert!(model.get_element_by_path("/Car/Bsw/NvM/ContractBlock20").is_some());
}

/// One fault of a persistent key: kind, container, words of the message.
type Case = (Kind, &'static str, &'static str, Arxml, Arxml);

const DESCRIPTOR: &str = "NvMBlockDescriptor";
const CONTRACT: &str = "/Evcc/NvM/ContractBlock";

#[rustfmt::skip]
fn cases() -> Vec<Case> {
    use Kind::*;
    let block = "CryptoNvBlock";
    let path = "/Evcc/Crypto/CryptoNvStorage/ContractBlock";
    let descriptor = |parameter: &str, value: &str| nvm().add(DESCRIPTOR, "ContractBlock", parameter, value);
    vec![
        (NvBlockMissing, "/Evcc/Crypto/CryptoKeys/ContractKey", "EcdsaPrivateKeyElement", evcc(), nvm().remove("CryptoKey", "ContractKey", "CryptoKeyNvBlockRef")
            .replace("/Evcc/Crypto/CryptoNvStorage/ContractBlockB<", "/Evcc/Crypto/CryptoNvStorage/ContractBlock<")),
        (NothingPersistent, "/Evcc/Crypto/CryptoKeys/OemProvisioningKey", "none of its elements", evcc(), nvm().set("CryptoKeyElement", "OemPrivateKeyElement", "CryptoKeyElementPersist", "false")),
        (NothingPersistent, path, "No key", evcc(), nvm().set("CryptoKey", "ContractKey", "CryptoKeyNvBlockRef", "/Evcc/Crypto/CryptoNvStorage/ContractBlockB")),
        (NvBlockShared, "/Evcc/Crypto/CryptoNvStorage/ContractBlockB", "ContractKey and ContractKeyB", evcc(), nvm().set("CryptoKey", "ContractKey", "CryptoKeyNvBlockRef", "/Evcc/Crypto/CryptoNvStorage/ContractBlockB")),
        (NvBlockShared, "/Evcc/Crypto/CryptoNvStorage/ContractBlockB", CONTRACT, evcc(), nvm().set(block, "ContractBlockB", "CryptoNvBlockDescriptorRef", CONTRACT)),
        (DuplicateId, "/Evcc/NvM/ContractBlockB", "NvMNvramBlockIdentifier 3", evcc(), nvm().set(DESCRIPTOR, "ContractBlockB", "NvMNvramBlockIdentifier", "3")),
        (NvBlockSetting, CONTRACT, "has 165 bytes", evcc(), descriptor("NvMNvBlockLength", "164")),
        (NvBlockSetting, CONTRACT, "has 165 bytes", evcc(), descriptor("NvMNvBlockLength", "166")),
        (NvBlockSetting, CONTRACT, "needs 3", evcc(), descriptor("NvMNvBlockNum", "2")),
        (NvBlockSetting, CONTRACT, "needs 0", evcc(), descriptor("NvMRomBlockNum", "1")),
        (NvBlockSetting, CONTRACT, "NVM_BLOCK_DATASET", evcc(), descriptor("NvMBlockManagementType", "NVM_BLOCK_REDUNDANT")),
        (NvBlockSetting, CONTRACT, "NvMSelectBlockForReadAll", evcc(), descriptor("NvMSelectBlockForReadAll", "true")),
        (NvBlockSetting, CONTRACT, "NvMWriteBlockOnce", evcc(), descriptor("NvMWriteBlockOnce", "true")),
        (NvBlockCrc, CONTRACT, "analysis", evcc(), descriptor("NvMBlockUseCrc", "true")),
        (InvalidValue, CONTRACT, "2 to 65535", evcc(), nvm().set(DESCRIPTOR, "ContractBlock", "NvMNvramBlockIdentifier", "1")),
        (InvalidValue, CONTRACT, "2 to 65535", evcc(), nvm().set(DESCRIPTOR, "ContractBlock", "NvMNvramBlockIdentifier", "65536")),
        (MissingParameter, CONTRACT, "NvMNvramBlockIdentifier", evcc(), nvm().remove(DESCRIPTOR, "ContractBlock", "NvMNvramBlockIdentifier")),
        (MissingParameter, path, "CryptoNvBlockProcessing", evcc(), nvm().remove(block, "ContractBlock", "CryptoNvBlockProcessing")),
        (UnknownLiteral, path, "CRYPTO_NV_BLOCK_DEFERRED", evcc(), nvm().set(block, "ContractBlock", "CryptoNvBlockProcessing", "CRYPTO_NV_BLOCK_LATER")),
        (InvalidValue, path, "0 to 255", evcc(), nvm().set(block, "ContractBlock", "CryptoNvBlockFailedRetries", "256")),
        (MissingReference, path, "CryptoNvBlockDescriptorRef", evcc(), nvm().remove(block, "ContractBlock", "CryptoNvBlockDescriptorRef")),
        (DanglingReference, path, "/Evcc/NvM/Nowhere", evcc(), nvm().set(block, "ContractBlock", "CryptoNvBlockDescriptorRef", "/Evcc/NvM/Nowhere")),
        (WrongReference, path, "CryptoKey", evcc(), nvm().set(block, "ContractBlock", "CryptoNvBlockDescriptorRef", "/Evcc/Crypto/CryptoKeys/ContractKey")),
    ]
}

#[test]
fn each_fault_of_persistence_is_found_where_it_is() {
    for (kind, path, words, evcc, nvm) in cases() {
        let findings = match load_both(&evcc, &nvm) {
            Ok(loaded) => loaded.warnings,
            Err(findings) => findings,
        };
        let found = findings.iter().any(|finding| {
            let message = format!("{} {}", finding.problem, finding.remedy);
            finding.kind == kind && finding.path == path && message.contains(words)
        });
        assert!(found, "{kind:?} at {path} ({words}) is not among:\n{findings}");
        assert_eq!(findings.has_errors(), kind.severity() == Severity::Error, "{kind:?} at {path}\n{findings}");
    }
}
