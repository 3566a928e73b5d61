//! The driver of the HSM: which slots a configuration needs, what they permit, what is refused, and that Csm sees no difference.

mod common;

use common::{evcc, evcc_in_hsm, example, folder, write_all, Arxml};
use v2gcrypt_arxml::model::Storage;
use v2gcrypt_arxml::{generate, load, Findings, Kind, Model, OutputFile, Severity};

fn hsm() -> Arxml {
    Arxml(std::fs::read_to_string(example("evcc_hsm.arxml")).unwrap())
}

fn load_both(evcc: &Arxml, hsm: &Arxml) -> Result<v2gcrypt_arxml::Loaded, Findings> {
    v2gcrypt_arxml::load_with_warnings(&write_all(&[&evcc.0, &hsm.0]))
}

fn model() -> Model {
    let loaded = load_both(&evcc(), &hsm()).unwrap_or_else(|findings| panic!("{findings}"));
    assert!(loaded.warnings.is_empty(), "{}", loaded.warnings);
    loaded.model
}

fn contents(files: &[OutputFile], name: &str) -> String {
    files.iter().find(|file| file.name == name).unwrap_or_else(|| panic!("no {name}")).contents.clone()
}

/// Number, key, element and policy of every slot of a driver, as the generated table tells them.
fn slots(model: &Model, prefix: &str) -> Vec<String> {
    let source = contents(&generate(model), &format!("{prefix}_Cfg.c"));
    let (_, table) = source.split_once(&format!("{prefix}_Slots[")).expect("there are slots");
    let (table, _) = table.split_once("};").unwrap();
    let between = |entry: &str, before: &str, after: &str| {
        let (_, rest) = entry.split_once(before).unwrap();
        rest.split_once(after).unwrap().0.to_string()
    };
    let entry = |entry: &str| format!("{} {}", between(entry, ".number = ", "\n"), between(entry, "/* ", " */"));
    table.split("    },\n").filter(|entry| entry.contains("/*")).map(entry).collect()
}

#[test]
fn generated_files_with_a_hsm_are_those_that_were_reviewed() {
    let plain = generate(&load(&[example("evcc.arxml")]).unwrap());
    let mut files = generate(&load(&[example("evcc.arxml"), example("evcc_hsm.arxml")]).unwrap());
    files.retain(|file| !plain.contains(file));
    let names: Vec<_> = files.iter().map(|file| file.name.as_str()).collect();
    // What of the soft driver changes is who may use the keys that nobody uses any more.
    assert_eq!(names, ["CryIf_Cfg.c", "Crypto_Cfg.c", "Crypto_0_Hsm.h", "Crypto_0_Hsm_Cfg.h", "Crypto_0_Hsm_Cfg.c"]);
    let folder = example("tests/golden/evcc_hsm");
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
fn csm_and_keym_see_no_difference_when_keys_move_into_the_hsm() {
    let soft = [example("evcc.arxml"), example("evcc_keym.arxml")];
    let moved = [example("evcc.arxml"), example("evcc_keym.arxml"), example("evcc_hsm.arxml")];
    let [soft, moved] = [load(&soft).unwrap(), load(&moved).unwrap()].map(|model| generate(&model));
    let upper = ["Csm_Cfg.h", "Csm_Cfg.c", "CryIf_Cfg.h", "KeyM_Cfg.h", "KeyM_Cfg.c", "Csm_swc.arxml", "KeyM_swc.arxml"];
    for name in upper {
        assert!(contents(&soft, name) == contents(&moved, name), "{name} differs");
    }
    let others = soft.iter().filter(|file| file.name.starts_with("rte/"));
    assert!(others.clone().count() > 3);
    for file in others {
        assert!(file.contents == contents(&moved, &file.name), "{} differs", file.name);
    }
    assert!(contents(&soft, "CryIf_Cfg.c") != contents(&moved, "CryIf_Cfg.c"));
}

#[test]
fn the_vehicles_private_keys_have_slots_that_permit_what_their_jobs_do() {
    let model = model();
    assert_eq!(
        slots(&model, "Crypto_0_Hsm"),
        [
            "0U HsmContractKey, element 1: private key on P256: SIGN, CONTRACT_TARGET, PERSIST, WRITE_IN_FACTORY",
            "1U HsmContractKeyB, element 1: private key on P256: SIGN, CONTRACT_TARGET, PERSIST, WRITE_IN_FACTORY",
            "2U HsmOemProvisioningKey, element 1: private key on P256: SIGN, CONTRACT_OWNER, GENERATE, PERSIST, WRITE_IN_FACTORY",
            "3U HsmContractKey20, element 1: private key on P521: SIGN, CONTRACT_TARGET, PERSIST",
            "4U HsmOemProvisioningKey20, element 1: private key on P521: SIGN, CONTRACT_OWNER, GENERATE, PERSIST, WRITE_IN_FACTORY",
        ]
    );
    let driver = model.drivers.iter().position(|driver| driver.prefix() == "Crypto_0_Hsm").unwrap();
    let storages = &model.hsm_slots(driver).storages;
    assert_eq!(storages[0], [Storage::Slot(0), Storage::PublicKey(0)]);
    assert_eq!(storages[2], [Storage::Slot(2), Storage::Host, Storage::PublicKey(2)]);
}

#[test]
fn a_whole_driver_in_the_hsm_keeps_on_the_host_what_is_not_secret() {
    let model = evcc_in_hsm().load().unwrap_or_else(|findings| panic!("{findings}"));
    assert_eq!(
        slots(&model, "Crypto"),
        [
            "0U ContractKey, element 1: private key on P256: SIGN, CONTRACT_TARGET, WRITE_IN_FACTORY",
            "1U MessageVerifyKey, element 1: public key on P256: VERIFY, WRITE, READ, COPY_SOURCE",
            "2U FrameKey, element 1: Aes of 16 bytes: MAC_GENERATE, MAC_VERIFY, DERIVE_TARGET, WRITE",
            "3U RecordKey, element 1: Hmac of 64 bytes: MAC_GENERATE, MAC_VERIFY, DERIVE_TARGET, WRITE",
            "4U ContractKeyB, element 1: private key on P256: SIGN, CONTRACT_TARGET, WRITE_IN_FACTORY",
            "5U OemProvisioningKey, element 1: private key on P256: SIGN, CONTRACT_OWNER, WRITE_IN_FACTORY",
            "6U ContractKey20, element 1: private key on P521: SIGN, CONTRACT_TARGET",
            "7U OemProvisioningKey20, element 1: private key on P521: SIGN, CONTRACT_OWNER, WRITE_IN_FACTORY",
            "8U MessageVerifyKey20, element 1: public key on P521: VERIFY, WRITE, READ, COPY_SOURCE",
            "9U TlsExchangeKey, element 1: Secret of 32 bytes: DERIVE_SOURCE, DERIVE_TARGET",
            "10U TlsExchangeKey, element 9: private key on P256: AGREE, GENERATE",
            "11U TlsTrafficKey, element 1: Aes of 16 bytes: AEAD_ENCRYPT, AEAD_DECRYPT, DERIVE_TARGET",
            "12U StorageKey, element 1: Aes of 16 bytes: ENCRYPT, DECRYPT, DERIVE_TARGET, GENERATE",
        ]
    );
    use Storage::{Host, PublicKey, Slot};
    // Elements 1, 9, 10, 12, 13, 15, 1001 and 1002.
    assert_eq!(model.hsm_slots(0).storages[9], [Slot(9), Slot(10), PublicKey(10), Host, Host, Host, Host, Host]);
    let source = contents(&generate(&model), "Crypto_Cfg.c");
    assert!(source.contains("static uint8 Crypto_Data_TlsExchangeKey[99];"), "{source}");
    assert!(!source.contains("Crypto_Data_ContractKey["));
}

#[test]
fn the_transport_has_the_name_that_the_configuration_gives() {
    let hsm = hsm().add("CryptoGeneral", "CryptoGeneral", "V2gcryptHsmTransport", "Board_Hsm");
    let files = generate(&load_both(&evcc(), &hsm).unwrap().model);
    assert!(contents(&files, "Crypto_0_Hsm.h").contains("extern const CryptoHsm_TransportType Board_Hsm;"));
    assert!(contents(&files, "Crypto_0_Hsm_Cfg.c").contains(".transport = &Board_Hsm,"));
}

#[test]
fn a_private_key_is_written_after_the_factory_only_where_that_is_said() {
    let hsm = hsm().add("CryptoKey", "HsmContractKey", "V2gcryptHsmWriteAfterFactory", "true");
    let slots = slots(&load_both(&evcc(), &hsm).unwrap().model, "Crypto_0_Hsm");
    assert!(slots[0].ends_with("SIGN, CONTRACT_TARGET, WRITE, PERSIST"), "{}", slots[0]);
    assert!(slots[1].ends_with("WRITE_IN_FACTORY"), "{}", slots[1]);
}

#[test]
fn a_key_is_copied_only_where_its_access_allows_that() {
    let internal = |arxml: Arxml, element, parameter, access| arxml.set("CryptoKeyElement", element, parameter, access);
    let arxml = internal(evcc_in_hsm(), "GeneratedAes128Element", "CryptoKeyElementReadAccess", "CRYPTO_RA_INTERNAL_COPY");
    let slots = slots(&arxml.load().unwrap(), "Crypto");
    assert!(slots[12].ends_with("GENERATE, COPY_SOURCE"), "{}", slots[12]);
    assert!(slots[11].ends_with("DERIVE_TARGET, COPY_TARGET"), "{}", slots[11]);
    assert!(!slots[3].contains("COPY"), "{}", slots[3]);
}

#[test]
fn what_nobody_may_write_or_read_has_a_slot_that_does_not_permit_it() {
    let arxml = evcc_in_hsm()
        .set("CryptoKeyElement", "Aes128KeyElement", "CryptoKeyElementWriteAccess", "CRYPTO_WA_DENIED")
        .set("CryptoKeyElement", "Aes128KeyElement", "CryptoKeyElementPersist", "true")
        .set("CryptoKeyElement", "EcdsaPublicKeyElement", "CryptoKeyElementReadAccess", "CRYPTO_RA_DENIED")
        .set("CryptoKeyElement", "GeneratedAes128Element", "CryptoKeyElementReadAccess", "CRYPTO_RA_ENCRYPTED");
    let slots = slots(&arxml.load().unwrap(), "Crypto");
    assert_eq!(slots[2], "2U FrameKey, element 1: Aes of 16 bytes: MAC_GENERATE, MAC_VERIFY, PERSIST");
    assert_eq!(slots[1], "1U MessageVerifyKey, element 1: public key on P256: VERIFY, WRITE");
    assert_eq!(slots[12], "12U StorageKey, element 1: Aes of 16 bytes: ENCRYPT, DECRYPT, DERIVE_TARGET, GENERATE");
}

#[test]
fn the_algorithm_of_a_pair_is_that_of_its_slot() {
    let x25519 = |arxml: Arxml, service: &str| {
        let config = format!("CsmJob{service}Config");
        arxml.set(&config, &config, &format!("CsmJob{service}AlgorithmFamily"), "CRYPTO_ALGOFAM_X25519")
    };
    let arxml = x25519(x25519(evcc_in_hsm(), "KeyExchangeCalcPubVal"), "KeyExchangeCalcSecret")
        .set("CryptoPrimitive", "KeyExchangePublicValue", "CryptoPrimitiveAlgorithmFamily", "CRYPTO_ALGOFAM_X25519")
        .set("CryptoPrimitive", "KeyExchangeSecret", "CryptoPrimitiveAlgorithmFamily", "CRYPTO_ALGOFAM_X25519")
        .set("CryptoKeyElement", "EcdhAlgorithmElement", "CryptoKeyElementInitValue", "2E")
        .set("CryptoKeyElement", "ExchangePublicElement", "CryptoKeyElementSize", "32");
    let slots = slots(&arxml.load().unwrap_or_else(|findings| panic!("{findings}")), "Crypto");
    assert_eq!(slots[10], "10U TlsExchangeKey, element 9: private key on X25519: AGREE, GENERATE");
    assert_eq!(slots[9], "9U TlsExchangeKey, element 1: Secret of 32 bytes: DERIVE_SOURCE, DERIVE_TARGET");
}

/// Gives an element of a key a slot.
fn with_slot(hsm: Arxml, key: &str, name: &str, element: u32, number: u32) -> Arxml {
    let path = "/AUTOSAR/EcucDefs/Crypto/CryptoKeys/CryptoKey/V2gcryptHsmSlot";
    let value = |parameter: &str, value: u32| {
        format!(
            "<ECUC-NUMERICAL-PARAM-VALUE><DEFINITION-REF DEST=\"ECUC-INTEGER-PARAM-DEF\">{path}/{parameter}</DEFINITION-REF>\
             <VALUE>{value}</VALUE></ECUC-NUMERICAL-PARAM-VALUE>"
        )
    };
    let parameters = [value("V2gcryptHsmSlotElementId", element), value("V2gcryptHsmSlotNumber", number)].concat();
    let slot = format!(
        "<SUB-CONTAINERS><ECUC-CONTAINER-VALUE><SHORT-NAME>{name}</SHORT-NAME>\
         <DEFINITION-REF DEST=\"ECUC-PARAM-CONF-CONTAINER-DEF\">{path}</DEFINITION-REF>\
         <PARAMETER-VALUES>{parameters}</PARAMETER-VALUES></ECUC-CONTAINER-VALUE></SUB-CONTAINERS>"
    );
    let key_type = format!("<SHORT-NAME>{key}</SHORT-NAME>");
    let at = hsm.0.rfind(&key_type).unwrap();
    let end = at + hsm.0[at..].find("</REFERENCE-VALUES>").unwrap() + "</REFERENCE-VALUES>".len();
    Arxml(format!("{}{slot}{}", &hsm.0[..end], &hsm.0[end..]))
}

#[test]
fn a_number_that_is_given_stays_and_the_others_go_around_it() {
    let hsm = with_slot(hsm(), "HsmOemProvisioningKey", "Slot", 1, 0);
    let hsm = with_slot(hsm, "HsmContractKey20", "Slot", 1, 17);
    let numbers: Vec<_> = slots(&load_both(&evcc(), &hsm).unwrap().model, "Crypto_0_Hsm");
    let numbers: Vec<_> = numbers.iter().map(|slot| slot.split_once(' ').unwrap().0).collect();
    assert_eq!(numbers, ["1U", "2U", "0U", "17U", "3U"]);
}

#[test]
fn what_an_object_says_of_its_channel_and_jobs_is_in_its_tables() {
    let hsm = hsm()
        .set("CryptoDriverObject", "HsmKeyObject", "V2gcryptHsmJobsInFlight", "8")
        .set("CryptoDriverObject", "HsmKeyObject", "V2gcryptHsmChannel", "3")
        .add("CryptoGeneral", "CryptoGeneral", "V2gcryptHsmBounceSize", "640")
        .add("CryptoGeneral", "CryptoGeneral", "V2gcryptHsmSlowTimeout", "7000000");
    let files = generate(&load_both(&evcc(), &hsm).unwrap().model);
    let source = contents(&files, "Crypto_0_Hsm_Cfg.c");
    for text in [
        "static CryptoHsm_WorkRamType Crypto_0_Hsm_WorkRam[9];",
        "        .workCount = 8U,\n        .channel = 3U",
        ".transport = &CryptoHsm_Transport_Hsm,",
        ".slow = 7000000U",
        ".bounceSize = 640U,",
        "void Crypto_0_Hsm_Interrupt_3(void)\n{\n    V2gcrypt_CryptoHsm_Interrupt(&Crypto_0_Hsm_Instance, 3U);",
        "void Crypto_0_Hsm_Interrupt_1(void)", // the services of keys
        "V2gcrypt_CryptoHsm_InterruptStatus(&Crypto_0_Hsm_Instance);",
    ] {
        assert!(source.contains(text), "{text}\n{source}");
    }
    assert!(!source.contains("Interrupt_0") && !source.contains("MainFunctionBackground"));
    // The mailbox and nine buffers.
    assert!(contents(&files, "Crypto_0_Hsm_Cfg.h").contains("#define CRYPTO_0_HSM_HSM_REGION_LENGTH 10496U"));
}

/// One fault of a key in the HSM: kind, container, words of the message.
type Case = (Kind, &'static str, &'static str, Arxml, Arxml);

const ELEMENT: &str = "CryptoKeyElement";
const PRIVATE: &str = "/Evcc/CryptoHsm/CryptoKeyElements/HsmP256Element";

#[rustfmt::skip]
fn cases() -> Vec<Case> {
    use Kind::*;
    let element = |parameter, value| hsm().set(ELEMENT, "HsmP256Element", parameter, value);
    let general = |parameter, value| hsm().add("CryptoGeneral", "CryptoGeneral", parameter, value);
    vec![
        (HsmReadableSecret, PRIVATE, "never leaves", evcc(), element("CryptoKeyElementReadAccess", "CRYPTO_RA_ALLOWED")),
        (HsmElement, PRIVATE, "flash", evcc(), hsm().add(ELEMENT, "HsmP256Element", "CryptoKeyElementInitValue", "0x00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff")),
        (HsmElement, PRIVATE, "pieces", evcc(), element("CryptoKeyElementAllowPartialAccess", "true")),
        (HsmElement, "/Evcc/Crypto/CryptoKeyElements/OemPrivateKeyElement", "PKCS8", evcc_in_hsm().set(ELEMENT, "OemPrivateKeyElement", "CryptoKeyElementFormat", "CRYPTO_KE_FORMAT_BIN_IDENT_PRIVATEKEY_PKCS8")
            .set(ELEMENT, "OemPrivateKeyElement", "CryptoKeyElementSize", "150"), empty()),
        (HsmElement, "/Evcc/CryptoHsm/CryptoKeyElements/HsmEcdsaElement", "persistent", evcc(), hsm().set(ELEMENT, "HsmEcdsaElement", "CryptoKeyElementPersist", "true")),
        (HsmElement, "/Evcc/CryptoHsm/CryptoKeyElements/HsmEcdsaElement", "no slot for this secret", evcc(), hsm().set(ELEMENT, "HsmEcdsaElement", "CryptoKeyElementId", "16")
            .set(ELEMENT, "HsmEcdsaElement", "CryptoKeyElementReadAccess", "CRYPTO_RA_DENIED")),
        (HsmElement, "/Evcc/Crypto/CryptoKeyElements/SharedSecretElement", "size is 40", evcc_in_hsm().set(ELEMENT, "SharedSecretElement", "CryptoKeyElementSize", "40"), empty()),
        (HsmKind, "/Evcc/Crypto/CryptoKeyElements/Aes128KeyElement", "No job", evcc_in_hsm().set("CsmJob", "FrameMacGenerate", "CsmJobKeyRef", "/Evcc/Csm/CsmKeys/TlsTrafficKey").set("CsmJob", "FrameMacVerify", "CsmJobKeyRef", "/Evcc/Csm/CsmKeys/TlsTrafficKey"), empty()),
        (HsmKind, "/Evcc/Crypto/CryptoKeyElements/Aes128KeyElement", "disagree", evcc_in_hsm().set("CsmJob", "RecordMacVerify", "CsmJobKeyRef", "/Evcc/Csm/CsmKeys/FrameKey"), empty()),
        (HsmKind, "/Evcc/Crypto/CryptoKeyElements/HmacKeyElement", "no slot for key RecordKey", evcc_in_hsm().set(ELEMENT, "HmacKeyElement", "CryptoKeyElementSize", "129"), empty()),
        (HsmSlot, "/Evcc/CryptoHsm/CryptoKeys/HsmContractKey", "32", evcc(), with_slot(hsm(), "HsmContractKey", "Slot", 1, 32)),
        (HsmSlot, "/Evcc/CryptoHsm/CryptoKeys/HsmContractKeyB", "another slot", evcc(), with_slot(with_slot(hsm(), "HsmContractKey", "Slot", 1, 3), "HsmContractKeyB", "Slot", 1, 3)),
        (HsmSlot, "/Evcc/CryptoHsm/CryptoKeys/HsmContractKey", "in no slot", evcc(), with_slot(hsm(), "HsmContractKey", "Slot", 1000, 3)),
        (HsmNvBlock, "/Evcc/Crypto/CryptoKeys/ContractKey", "CryptoKeyNvBlockRef", evcc_in_hsm(), Arxml(std::fs::read_to_string(example("evcc_nvm.arxml")).unwrap())),
        (HsmNvBlock, "/Evcc/Crypto/CryptoNvStorage/ContractBlock", "need no", evcc_in_hsm(), Arxml(std::fs::read_to_string(example("evcc_nvm.arxml")).unwrap())),
        (InvalidValue, "/Evcc/CryptoHsm/CryptoDriverObjects/HsmKeyObject", "from 0 to 3", evcc(), hsm().set("CryptoDriverObject", "HsmKeyObject", "V2gcryptHsmChannel", "4")),
        (InvalidValue, "/Evcc/CryptoHsm/CryptoDriverObjects/HsmKeyObject", "from 1 to 8", evcc(), hsm().set("CryptoDriverObject", "HsmKeyObject", "V2gcryptHsmJobsInFlight", "9")),
        (InvalidName, "/Evcc/CryptoHsm/CryptoGeneral", "no name in C", evcc(), general("V2gcryptHsmTransport", "my-transport")),
        (InvalidValue, "/Evcc/CryptoHsm/CryptoGeneral", "multiple of 64", evcc(), general("V2gcryptHsmBounceSize", "700")),
        (InvalidValue, "/Evcc/CryptoHsm/CryptoGeneral", "V2gcryptHsmFastTimeout is 0", evcc(), general("V2gcryptHsmFastTimeout", "0")),
        (UnknownLiteral, "/Evcc/CryptoHsm/CryptoGeneral", "HSM", evcc(), hsm().set("CryptoGeneral", "CryptoGeneral", "CryptoImplementation", "HMS")),
        (DanglingReference, "/Evcc/CryIf/ContractKey", "V2gcryptCryIfKeyMovedRef", evcc(), hsm().set("CryIfKey", "ContractKey", "V2gcryptCryIfKeyMovedRef", "/Nowhere")),
    ]
}

/// No second file.
fn empty() -> Arxml {
    Arxml(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?><AUTOSAR xmlns=\"http://autosar.org/schema/r4.0\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         xsi:schemaLocation=\"http://autosar.org/schema/r4.0 AUTOSAR_00051.xsd\"></AUTOSAR>"
            .into(),
    )
}

#[test]
fn each_fault_of_a_key_in_the_hsm_is_found_where_it_is() {
    for (kind, path, words, evcc, hsm) in cases() {
        let findings = match load_both(&evcc, &hsm) {
            Ok(loaded) => loaded.warnings,
            Err(findings) => findings,
        };
        let matches = |finding: &&v2gcrypt_arxml::Finding| {
            let text = format!("{} {}", finding.problem, finding.remedy);
            finding.kind == kind && finding.path == path && text.contains(words) && !finding.remedy.is_empty()
        };
        assert!(findings.iter().any(|finding| matches(&finding)), "{kind:?} at {path} ({words}) is not among:\n{findings}");
        assert_eq!(kind.severity(), Severity::Error);
        assert!(findings.has_errors());
    }
}

#[test]
fn a_hsm_has_no_more_slots_than_it_has() {
    // 33 keys for MACs.
    let mut arxml = evcc_in_hsm();
    for index in 12..32 {
        let key = format!(
            "<ECUC-CONTAINER-VALUE><SHORT-NAME>More{index}</SHORT-NAME><DEFINITION-REF DEST=\"ECUC-PARAM-CONF-CONTAINER-DEF\">\
             /AUTOSAR/EcucDefs/Crypto/CryptoKeys/CryptoKey</DEFINITION-REF><PARAMETER-VALUES><ECUC-NUMERICAL-PARAM-VALUE>\
             <DEFINITION-REF DEST=\"ECUC-INTEGER-PARAM-DEF\">/AUTOSAR/EcucDefs/Crypto/CryptoKeys/CryptoKey/CryptoKeyId</DEFINITION-REF>\
             <VALUE>{index}</VALUE></ECUC-NUMERICAL-PARAM-VALUE></PARAMETER-VALUES><REFERENCE-VALUES><ECUC-REFERENCE-VALUE>\
             <DEFINITION-REF DEST=\"ECUC-REFERENCE-DEF\">/AUTOSAR/EcucDefs/Crypto/CryptoKeys/CryptoKey/CryptoKeyTypeRef</DEFINITION-REF>\
             <VALUE-REF DEST=\"ECUC-CONTAINER-VALUE\">/Evcc/Crypto/CryptoKeyTypes/Aes128CbcKey</VALUE-REF></ECUC-REFERENCE-VALUE>\
             </REFERENCE-VALUES></ECUC-CONTAINER-VALUE>"
        );
        let marker = "<SHORT-NAME>CryptoKeyTypes</SHORT-NAME>";
        let at = arxml.0.find(marker).unwrap();
        let end = arxml.0[..at].rfind("</SUB-CONTAINERS>").unwrap();
        arxml.0.insert_str(end, &key);
    }
    let findings = arxml.load().unwrap_err();
    let slots: Vec<_> = findings.iter().filter(|finding| finding.kind == Kind::HsmSlot).map(|finding| &finding.path).collect();
    assert_eq!(slots, ["/Evcc/Crypto/CryptoKeys/More31"], "{findings}");
}

#[test]
fn all_examples_of_a_vehicle_go_together() {
    let all = ["evcc.arxml", "evcc_nvm.arxml", "evcc_keym.arxml", "evcc_hsm.arxml"].map(example);
    let loaded = v2gcrypt_arxml::load_with_warnings(&all).unwrap_or_else(|findings| panic!("{findings}"));
    assert!(loaded.warnings.is_empty(), "{}", loaded.warnings);
}

#[test]
fn the_example_loads_strictly_and_names_nothing_unknown() {
    let alone = autosar_data::AutosarModel::new();
    let (_, warnings) = alone.load_buffer(hsm().0.as_bytes(), "evcc_hsm.arxml", true).unwrap();
    assert!(warnings.is_empty(), "{warnings:?}");
    let out = folder();
    let report = v2gcrypt_arxml::generate_to(&[example("evcc.arxml"), example("evcc_hsm.arxml")], &out).unwrap();
    assert!(report.warnings.is_empty(), "{}", report.warnings);
}
