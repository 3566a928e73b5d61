//! KeyM: certificates, chains, rules and stores.

mod common;

use std::path::PathBuf;

use common::{evcc, example, write_all, Arxml};
use v2gcrypt_arxml::model::keym::{Argument, ConditionValue, LogicalOperator};
use v2gcrypt_arxml::{generate, Findings, Kind, Model, Severity};

fn keym() -> Arxml {
    Arxml(std::fs::read_to_string(example("evcc_keym.arxml")).unwrap())
}

fn files_of(name: &str) -> Vec<PathBuf> {
    vec![example(&format!("{name}.arxml")), example(&format!("{name}_keym.arxml"))]
}

fn load_both(evcc: &Arxml, keym: &Arxml) -> Result<v2gcrypt_arxml::Loaded, Findings> {
    v2gcrypt_arxml::load_with_warnings(&write_all(&[&evcc.0, &keym.0]))
}

fn model() -> Model {
    v2gcrypt_arxml::load(&files_of("evcc")).unwrap_or_else(|findings| panic!("{findings}"))
}

#[test]
fn the_examples_have_no_findings() {
    let all = vec![example("evcc.arxml"), example("evcc_nvm.arxml"), example("evcc_keym.arxml")];
    for files in [files_of("evcc"), all, files_of("secc")] {
        let loaded = v2gcrypt_arxml::load_with_warnings(&files).unwrap_or_else(|findings| panic!("{findings}"));
        assert!(loaded.warnings.is_empty(), "{}", loaded.warnings);
    }
}

#[test]
fn generated_files_with_keym_are_those_that_were_reviewed() {
    for (name, expected) in [
        ("evcc", &["Csm_Cfg.h", "Csm_Cfg.c", "CryIf_Cfg.h", "CryIf_Cfg.c", "Crypto_Cfg.h", "Crypto_Cfg.c"][..]),
        ("secc", &["Csm_Cfg.h", "Csm_Cfg.c", "CryIf_Cfg.h", "CryIf_Cfg.c"]),
    ] {
        let folder = example("tests/golden").join(format!("{name}_keym"));
        let plain = generate(&v2gcrypt_arxml::load(&[example(&format!("{name}.arxml"))]).unwrap());
        // What KeyM changes.
        let mut files = generate(&v2gcrypt_arxml::load(&files_of(name)).unwrap());
        files.retain(|file| !plain.contains(file));
        for expected in expected.iter().chain(&["KeyM_Cfg.h", "KeyM_Cfg.c", "V2gcrypt_NvM.arxml", "NvM_Host_Cfg.c"]) {
            assert!(files.iter().any(|file| file.name == *expected), "{name}: {expected}");
        }
        if std::env::var_os("V2GCRYPT_BLESS").is_some() {
            let _ = std::fs::remove_dir_all(&folder);
            v2gcrypt_arxml::write_to(&files, &folder).unwrap();
        }
        for file in &files {
            let golden = std::fs::read_to_string(folder.join(&file.name)).unwrap_or_default();
            assert!(golden == file.contents, "{name}/{} differs: V2GCRYPT_BLESS=1 cargo test -p v2gcrypt-arxml", file.name);
        }
    }
}

#[test]
fn without_keym_nothing_refers_to_it() {
    let files = generate(&evcc().load().unwrap());
    assert!(files.iter().all(|file| file.name.starts_with("bswmd/") || !file.contents.contains("KeyM_")));
}

/// What the generator knows of KeyM.h.
#[test]
fn symbols_and_sizes_are_those_of_the_headers() {
    let headers = ["../include/KeyM.h", "../include/Rte_KeyM_Type.h"].map(|name| std::fs::read_to_string(example(name)).unwrap());
    let headers = headers.concat();
    let number = |symbol: &str| {
        let line = headers.lines().find(|line| line.starts_with(&format!("#define {symbol} ")));
        let text = line.unwrap_or_else(|| panic!("no {symbol}")).rsplit(' ').next().unwrap().trim_end_matches('U');
        text.strip_prefix("0x").map_or_else(|| text.parse().unwrap(), |digits| u64::from_str_radix(digits, 16).unwrap())
    };
    let model = model();
    let keym = model.keym.as_ref().unwrap();
    let floor = keym.record_size_of(keym.policy.time_floor_block.unwrap());
    let overhead = number("KEYM_NVM_RECORD_OVERHEAD") + number("KEYM_NVM_MEMBER_OVERHEAD");
    assert_eq!(floor, overhead + number("KEYM_NVM_TIME_FLOOR_SIZE"));
    let block = keym.certificates[0].nvm_block.unwrap();
    assert_eq!(keym.record_size_of(block), overhead + u64::from(keym.certificates[0].max_length));
    let template = keym.certificates.iter().find(|certificate| !certificate.csr.is_empty()).unwrap();
    for field in &template.csr {
        assert_eq!(u64::from(field.tag.value), number(field.tag.symbol), "{}", field.tag.symbol);
    }
    // Every symbol that generated code refers to.
    let source = generate(&model).into_iter().find(|file| file.name == "KeyM_Cfg.c").unwrap().contents;
    let words = source.split(|byte: char| !byte.is_ascii_alphanumeric() && byte != '_');
    for symbol in words.filter(|word| word.starts_with("KEYM_") && !word.contains("_SEC_")) {
        number(symbol);
    }
}

#[test]
fn the_comments_of_the_examples_are_xml() {
    for name in ["evcc", "evcc_nvm", "evcc_keym", "secc", "secc_keym"] {
        let text = std::fs::read_to_string(example(&format!("{name}.arxml"))).unwrap();
        for comment in text.split("<!--").skip(1) {
            let comment = comment.split("-->").next().unwrap();
            assert!(!comment.contains("--"), "{name}.arxml: two hyphens may not stand in <!--{comment}-->");
        }
    }
}

#[test]
fn a_certificate_knows_its_upper_one_its_elements_and_its_block() {
    let model = model();
    let keym = model.keym.as_ref().unwrap();
    let certificate = |name: &str| keym.certificates.iter().find(|certificate| certificate.name == name).unwrap();
    for (index, certificate) in keym.certificates.iter().enumerate() {
        assert_eq!(usize::from(certificate.id), index);
    }
    let mut at = certificate("Contract1");
    let mut path = vec![at.name.as_str()];
    while usize::from(at.id) != at.upper as usize {
        at = &keym.certificates[at.upper as usize];
        path.push(&at.name);
    }
    assert_eq!(path, ["Contract1", "Contract1SubCa2", "Contract1SubCa1", "MoRoot"]);
    let ids: Vec<_> = certificate("Contract1").elements.iter().map(|element| element.id).collect();
    assert_eq!(ids, [0, 1, 2, 3, 4, 5, 6, 7]);
    // The three of a contract are replaced together.
    let block = certificate("Contract1").nvm_block.unwrap();
    let together: Vec<_> = keym.certificates_in(block).map(|certificate| certificate.name.as_str()).collect();
    assert_eq!(together, ["Contract1SubCa1", "Contract1SubCa2", "Contract1"]);
    assert_eq!(keym.record_size_of(block), 52 + 3 * (8 + 800));
    assert_eq!(keym.record_size_of(keym.policy.time_floor_block.unwrap()), 52 + 8 + 8);
}

#[test]
fn a_rule_stands_behind_those_that_it_refers_to() {
    let model = model();
    let keym = model.keym.as_ref().unwrap();
    for (index, rule) in keym.rules.iter().enumerate() {
        for argument in &rule.arguments {
            assert!(!matches!(argument, Argument::Rule(other) if *other as usize >= index), "{}", rule.origin.path);
        }
    }
    let secc = keym.certificates.iter().find(|certificate| certificate.name == "Secc").unwrap();
    let rule = &keym.rules[secc.rules[0] as usize];
    assert_eq!((rule.origin.name.as_str(), rule.operator), ("SeccIsOfAnOperator", LogicalOperator::And));
    let domain = keym.conditions.iter().find(|condition| condition.origin.name == "DomainIsCpo").unwrap();
    assert_eq!(domain.value, ConditionValue::Array(vec![(0, b'C'), (1, b'P'), (2, b'O')]));
    let (certificate, element) = keym.element(domain.element);
    assert_eq!((certificate.name.as_str(), element.id), ("Secc", 3));
    assert_eq!(element.object_id, [0x09, 0x92, 0x26, 0x89, 0x93, 0xF2, 0x2C, 0x64, 0x01, 0x19]);
}

const CERT: &str = "KeyMCertificate";
const ELEMENT: &str = "KeyMCertificateElement";
const GENERAL: &str = "KeyMGeneral";

struct Case {
    kind: Kind,
    path: &'static str,
    words: &'static str,
    evcc: Arxml,
    keym: Arxml,
}

fn case(kind: Kind, path: &'static str, words: &'static str, keym: Arxml) -> Case {
    Case { kind, path, words, evcc: evcc(), keym }
}

/// The general switch is turned round.
fn switch(parameter: &str, value: &str) -> Arxml {
    let keym = keym();
    match keym.0.contains(&format!("/{parameter}</DEFINITION-REF>")) {
        true => keym.set(GENERAL, GENERAL, parameter, value),
        false => keym.add(GENERAL, GENERAL, parameter, value),
    }
}

/// The certificate is kept in a key of Csm.
fn kept_in(certificate: &str, key: &str) -> Arxml {
    keym().set(CERT, certificate, "KeyMCertificateStorage", "KEYM_STORAGE_IN_CSM").refer(
        CERT,
        certificate,
        "KeyMCertificateCsmKeyTargetRef",
        &format!("/Evcc/Csm/CsmKeys/{key}"),
    )
}

#[rustfmt::skip]
fn cases() -> Vec<Case> {
    use Kind::*;
    let refer = |certificate: &str, reference: &str, target: &str| keym().set(CERT, certificate, reference, target);
    vec![
        // Ids.
        case(GappyId, "/Evcc/KeyM/V2gRoot1", "KeyMCertificateId", keym().set(CERT, "V2gRoot0", "KeyMCertificateId", "99")),
        case(DuplicateId, "/Evcc/KeyM/V2gRoot1", "KeyMCertificateId 0", keym().set(CERT, "V2gRoot1", "KeyMCertificateId", "0")),
        case(InvalidValue, "/Evcc/KeyM/V2gRoot1", "65534", keym().set(CERT, "V2gRoot1", "KeyMCertificateId", "65535")),
        case(GappyId, "/Evcc/KeyM/Contract3Private", "KeyMCryptoKeyId", keym().set("KeyMCryptoKey", "Contract3Private", "KeyMCryptoKeyId", "9")),
        case(DuplicateId, "/Evcc/KeyM/Secc/NotAfter", "KeyMCertificateElementId 0", keym().set_in("/Evcc/KeyM/Secc/NotAfter", ELEMENT, "KeyMCertificateElementId", "0")),
        // Mandatory.
        case(MissingParameter, "/Evcc/KeyM", "KeyMGeneral", keym().replace("<SHORT-NAME>KeyMGeneral</SHORT-NAME>", "<SHORT-NAME>Other</SHORT-NAME>").replace("/KeyMGeneral</DEFINITION-REF>", "/KeyMGenerals</DEFINITION-REF>")),
        case(MissingParameter, "/Evcc/KeyM/Secc", "KeyMCertificateStorage", keym().remove(CERT, "Secc", "KeyMCertificateStorage")),
        case(MissingParameter, "/Evcc/KeyM/Secc", "KeyMCertAlgorithmType", keym().remove(CERT, "Secc", "KeyMCertAlgorithmType")),
        case(MissingReference, "/Evcc/KeyM/Secc", "KeyMCertUpperHierarchicalCertRef", keym().remove(CERT, "Secc", "KeyMCertUpperHierarchicalCertRef")),
        case(MissingReference, "/Evcc/KeyM/Secc", "KeyMCertCsmSignatureVerifyJobRef", keym().remove(CERT, "Secc", "KeyMCertCsmSignatureVerifyJobRef")),
        case(MissingReference, "/Evcc/KeyM/Contract1Private", "KeyMCryptoKeyCsmKeyTargetRef", keym().remove("KeyMCryptoKey", "Contract1Private", "KeyMCryptoKeyCsmKeyTargetRef")),
        case(MissingReference, "/Evcc/KeyM/Contract1Private", "KeyMCryptoKeyCsmKeySourceDeriveRef", keym().set("KeyMCryptoKey", "Contract1Private", "KeyMCryptoKeyGenerationType", "KEYM_DERIVED_KEY")),
        case(MissingReference, "/Evcc/KeyM/Rules/CpsIsAProvider", "KeyMArgumentRef", keym().remove("KeyMCertificateElementRule", "CpsIsAProvider", "KeyMArgumentRef")),
        case(MissingReference, "/Evcc/KeyM", "SHA-256", keym().remove("V2gcryptKeyMJobs", "V2gcryptKeyMJobs", "V2gcryptKeyMHashSha256JobRef")),
        case(MissingReference, "/Evcc/KeyM", "Name both", keym().refer("V2gcryptKeyMJobs", "V2gcryptKeyMJobs", "V2gcryptKeyMMacVerifyJobRef", "/Evcc/Csm/CsmJobs/FrameMacVerify")),
        case(MissingReference, "/Evcc/KeyM/OemProvisioning", "V2gcryptKeyMCertificateCsr", keym().remove(CERT, "OemProvisioning", "KeyMCertCsmSignatureGenerateJobRef")),
        case(MissingReference, "/Evcc/KeyM/OemProvisioning", "KeyMCertPrivateKeyStorageCryptoKeyRef", keym().remove(CERT, "OemProvisioning", "KeyMCertPrivateKeyStorageCryptoKeyRef")),
        case(MissingKeyElement, "/Evcc/Crypto/CryptoKeyTypes/OemProvisioningKey", "CryptoKeyElementInitValue 2C", keym().set("CryptoKeyElement", "EcdsaAlgorithmElement", "CryptoKeyElementId", "18")),
        Case { evcc: evcc().set("CryptoKeyElement", "P256PublicElement", "CryptoKeyElementId", "1009"),
            ..case(MissingKeyElement, "/Evcc/Crypto/CryptoKeyTypes/OemProvisioningKey", "CryptoKeyElementId 1000", keym()) },
        Case { evcc: evcc().set("CryptoKeyElement", "P256PublicElement", "CryptoKeyElementReadAccess", "CRYPTO_RA_INTERNAL_COPY"),
            ..case(CertificateJob, "/Evcc/Crypto/CryptoKeyElements/P256PublicElement", "a certificate request of /Evcc/KeyM/OemProvisioning", keym()) },
        case(InvalidValue, "/Evcc/KeyM/OemProvisioning/V2gcryptKeyMCertificateCsr", "two capital letters", keym().add("V2gcryptKeyMCertificateCsr", "V2gcryptKeyMCertificateCsr", "V2gcryptKeyMCsrCountry", "Germany")),
        case(UnknownLiteral, "/Evcc/KeyM/Secc", "which is none of its values", keym().set(CERT, "Secc", "V2gcryptKeyMCertificateRole", "KEYM_V2G_ROLE_SEEC")),
        case(MissingParameter, "/Evcc/KeyM/Rules/NotRevokedSerial", "KeyMCertificateElementConditionValue", keym().replace("/KeyMCertificateElementConditionPrimitive<", "/KeyMCertificateElementConditionRange<")
            .replace("/KeyMCertificateElementConditionPrimitive/KeyM", "/KeyMCertificateElementConditionRange/KeyM")),
        // References.
        case(WrongReference, "/Evcc/KeyM/Secc", "which is a CsmKey", refer("Secc", "KeyMCertCsmSignatureVerifyJobRef", "/Evcc/Csm/CsmKeys/MoRootKey")),
        case(DanglingReference, "/Evcc/KeyM/Secc", "/Evcc/KeyM/Nobody", refer("Secc", "KeyMCertUpperHierarchicalCertRef", "/Evcc/KeyM/Nobody")),
        case(DanglingReference, "/Evcc/KeyM/Secc", "KeyMCertTimebaseRef", refer("Secc", "KeyMCertTimebaseRef", "/Evcc/StbM/Local")),
        case(DanglingReference, "/Evcc/KeyM/KeyMSecurityEventRefs", "SEV_KEYM_CERT_VERIF_FAILED", keym().set("KeyMSecurityEventRefs", "KeyMSecurityEventRefs", "SEV_KEYM_CERT_VERIF_FAILED", "/Evcc/IdsM/None")),
        // Values.
        case(InvalidValue, "/Evcc/KeyM/KeyMGeneral", "1 to 255", keym().set(GENERAL, GENERAL, "KeyMCertificateChainMaxDepth", "0")),
        case(InvalidValue, "/Evcc/KeyM/KeyMGeneral", "Use 16", keym().add(GENERAL, GENERAL, "V2gcryptKeyMServiceCertificateLengthBits", "24")),
        case(InvalidValue, "/Evcc/KeyM/Secc", "KeyMCertificateMaxLength is 0", keym().set(CERT, "Secc", "KeyMCertificateMaxLength", "0")),
        case(InvalidValue, "/Evcc/KeyM/Secc/NotAfter", "KeyMCertificateMaxLength of its certificate 800", keym().set_in("/Evcc/KeyM/Secc/NotAfter", ELEMENT, "KeyMCertificateElementMaxLength", "801")),
        case(InvalidValue, "/Evcc/KeyM/Secc/DomainComponent", "no object identifier", keym().set_in("/Evcc/KeyM/Secc/DomainComponent", ELEMENT, "KeyMCertificateElementObjectId", "9.2.1")),
        case(InvalidValue, "/Evcc/KeyM/Contract1SubCa2", "KeyMKeyCertNameMaxLength is 14", keym().set(GENERAL, GENERAL, "KeyMKeyCertNameMaxLength", "14")),
        case(InvalidValue, "/Evcc/KeyM/Rules/NotRevokedSerial/KeyMCertificateElementConditionValue/Number", "64 bits", keym()
            .set("KeyMCertificateElementConditionPrimitive", "Number", "KeyMCertificateElementConditionPrimitiveValue", "18446744073709551616")),
        case(InvalidValue, "/Evcc/KeyM/Rules/DomainIsCpo/KeyMCertificateElementConditionValue/Text/Byte0", "0 to 255", keym()
            .set("KeyMCertificateElementConditionArrayElement", "Byte0", "KeyMCertificateElementConditionArrayElementValue", "256")),
        case(DuplicateId, "/Evcc/KeyM/Rules/DomainIsCpo/KeyMCertificateElementConditionValue/Text/Byte1", "stands twice", keym()
            .set("KeyMCertificateElementConditionArrayElement", "Byte1", "KeyMCertificateElementConditionArrayElementIndex", "0")),
        case(UnknownLiteral, "/Evcc/KeyM/Secc", "KEYM_V2G_ROLE_SECC", keym().set(CERT, "Secc", "V2gcryptKeyMCertificateRole", "KEYM_V2G_ROLE_SEC")),
        case(UnknownLiteral, "/Evcc/KeyM/Secc", "KEYM_STORAGE_IN_RAM", keym().set(CERT, "Secc", "KeyMCertificateStorage", "KEYM_STORAGE_IN_ROM")),
        case(UnknownLiteral, "/Evcc/KeyM/Secc/NotAfter", "CertificateValidityPeriodNotAfter", keym().set_in("/Evcc/KeyM/Secc/NotAfter", ELEMENT, "KeyMCertificateElementOfStructure", "CertificateValidityPeriodNotAft")),
        case(UnknownLiteral, "/Evcc/KeyM/Rules/DomainIsCpo", "KEYM_EQUALS", keym().set("KeyMCertificateElementCondition", "DomainIsCpo", "KeyMCertElementConditionType", "KEYM_EQUAL_TO")),
        case(NotSupported, "/Evcc/KeyM/Secc", "CVC", keym().set(CERT, "Secc", "KeyMCertFormatType", "CVC")),
        case(InvalidName, "/Evcc/KeyM/Secc", "C identifier", keym().set(CERT, "Secc", "KeyMCertificateVerifyCallbackNotificationFunc", "on-verified")),
        case(UnknownName, "/Evcc/KeyM/Secc", "KeyMCertificateMaxLength", keym().add(CERT, "Secc", "KeyMCertificateMaxLenght", "800")),
        // Names.
        case(DuplicateName, "/Evcc/KeyM/Cps", "KeyMCertificateName `Cps`", keym().set(CERT, "V2gRoot0", "KeyMCertificateName", "Cps")),
        case(DuplicateName, "/Evcc/KeyM/Contract2Private", "KeyMCryptoKeyName", keym().set("KeyMCryptoKey", "Contract2Private", "KeyMCryptoKeyName", "Contract1Private")),
        case(DuplicateName, "/Evcc/KeyM/Secc/DomainComponent", "KeyMConf_KeyMCertificateElement_DomainComponent", keym().set_in("/Evcc/KeyM/Secc/DomainComponent", ELEMENT, "KeyMCertificateElementId", "30")),
        case(DuplicateName, "/Evcc/KeyM/Nonce", "RTE port Nonce", keym().replace_all("Cps", "Nonce")),
        case(InvalidName, "/Evcc/KeyM/KeyM", "that of a port", keym().replace_all(">Cps<", ">KeyM<").replace_all("/KeyM/Cps", "/KeyM/KeyM")),
        // Chains.
        case(CertificateChain, "/Evcc/KeyM/Contract1", "never end in a root", refer("MoRoot", "KeyMCertUpperHierarchicalCertRef", "/Evcc/KeyM/Contract1SubCa2")),
        case(CertificateChain, "/Evcc/KeyM/MoRoot", "never end in a root", refer("MoRoot", "KeyMCertUpperHierarchicalCertRef", "/Evcc/KeyM/Contract1SubCa2")),
        case(CertificateChain, "/Evcc/KeyM/Contract1", "has 4 certificates", keym().set(GENERAL, GENERAL, "KeyMCertificateChainMaxDepth", "3")),
        case(CertificateChain, "/Evcc/KeyM/V2gRevoked", "its own upper", refer("V2gRevoked", "KeyMCertUpperHierarchicalCertRef", "/Evcc/KeyM/V2gRevoked")),
        case(CertificateChain, "/Evcc/KeyM/Cps", "signs nothing", refer("Cps", "KeyMCertUpperHierarchicalCertRef", "/Evcc/KeyM/V2gRevoked")),
        case(CertificateChain, "/Evcc/KeyM/Contract1SubCa2", "KEYM_V2G_PROFILE_ISO15118_20, that of its upper certificate /Evcc/KeyM/Contract1SubCa1 KEYM_V2G_PROFILE_ISO15118_2.", keym().set(CERT, "Contract1SubCa2", "V2gcryptKeyMCertificateProfile", "KEYM_V2G_PROFILE_ISO15118_20")),
        case(CertificateChain, "/Evcc/KeyM/Contract1SubCa2", "KEYM_V2G_PROFILE_NONE", keym().remove(CERT, "Contract1SubCa2", "V2gcryptKeyMCertificateProfile")),
        // Rules.
        case(RuleCycle, "/Evcc/KeyM/Rules/OperatorDomain", "circle", keym().refer("KeyMCertificateElementRule", "OperatorDomain", "KeyMArgumentRef", "/Evcc/KeyM/Rules/SeccIsOfAnOperator")),
        case(RuleCycle, "/Evcc/KeyM/Rules/CpsIsAProvider", "circle", keym().refer("KeyMCertificateElementRule", "CpsIsAProvider", "KeyMArgumentRef", "/Evcc/KeyM/Rules/CpsIsAProvider")),
        // Jobs.
        case(CertificateJob, "/Evcc/KeyM/Secc", "CRYPTO_SIGNATUREGENERATE", refer("Secc", "KeyMCertCsmSignatureVerifyJobRef", "/Evcc/Csm/CsmJobs/ContractSign")),
        case(CertificateJob, "/Evcc/KeyM/Secc", "KeyMCertAlgorithmType", keym().set(CERT, "Secc", "KeyMCertAlgorithmType", "RSA")),
        case(CertificateJob, "/Evcc/KeyM/Secc", "does not tell KeyM", refer("Secc", "KeyMCertCsmSignatureVerifyJobRef", "/Evcc/Csm/CsmJobs/MessageVerify")),
        case(CertificateJob, "/Evcc/KeyM/Pool2", "does not tell KeyM", keym().set("CsmCallback", "KeyMJobFinished", "CsmCallbackFunc", "Evcc_JobFinished")),
        case(CertificateJob, "/Evcc/KeyM/MoRoot", "not the key of its job", refer("MoRoot", "KeyMCertCsmSignatureVerifyKeyRef", "/Evcc/Csm/CsmKeys/OemRootKey")),
        case(CertificateJob, "/Evcc/KeyM/MoRoot", "overwrite", refer("MoRoot", "KeyMCertCsmSignatureVerifyJobRef", "/Evcc/Csm/CsmJobs/OemRootVerify").set(CERT, "MoRoot", "KeyMCertCsmSignatureVerifyKeyRef", "/Evcc/Csm/CsmKeys/OemRootKey")),
        case(CertificateJob, "/Evcc/KeyM/Secc", "nobody's own", keym().refer(CERT, "Secc", "KeyMCertCsmSignatureVerifyKeyRef", "/Evcc/Csm/CsmKeys/ChainVerifyKey")),
        case(CertificateJob, "/Evcc/KeyM/OemProvisioning", "is another key", keym().set("KeyMCryptoKey", "OemProvisioningPrivate", "KeyMCryptoKeyCsmKeyTargetRef", "/Evcc/Csm/CsmKeys/ContractKey")),
        case(CertificateJob, "/Evcc/KeyM/OemProvisioning", "CRYPTO_SIGNATUREVERIFY", refer("OemProvisioning", "KeyMCertCsmSignatureGenerateJobRef", "/Evcc/Csm/CsmJobs/MoRootVerify")),
        case(CertificateJob, "/Evcc/KeyM", "CRYPTO_ALGOFAM_SHA2_384", keym().set("V2gcryptKeyMJobs", "V2gcryptKeyMJobs", "V2gcryptKeyMHashSha256JobRef", "/Evcc/Csm/CsmJobs/CertificateSha384")),
        case(CertificateJob, "/Evcc/KeyM", "does not tell KeyM", keym().set("V2gcryptKeyMJobs", "V2gcryptKeyMJobs", "V2gcryptKeyMHashSha256JobRef", "/Evcc/Csm/CsmJobs/LogDigest")),
        case(CertificateJob, "/Evcc/KeyM", "which is asynchronous", keym().set("CsmJob", "CertificateNonce", "CsmProcessingMode", "CRYPTO_PROCESSING_ASYNC")),
        case(CertificateJob, "/Evcc/KeyM/Pool2", "CRYPTO_HASH", keym().set("V2gcryptKeyMVerifyPool", "Pool2", "V2gcryptKeyMVerifyPoolJobRef", "/Evcc/Csm/CsmJobs/CertificateSha1")),
        case(CertificateJob, "/Evcc/KeyM/Contract1Private", "CRYPTO_MACVERIFY", keym().refer("KeyMCryptoKey", "Contract1Private", "KeyMCryptoKeyCsmVerifyJobRef", "/Evcc/Csm/CsmJobs/FrameMacGenerate")
            .add("KeyMCryptoKey", "Contract1Private", "KeyMCryptoCsmVerifyJobType", "KEYM_VERIFY_MACVERIFY")),
        case(MissingParameter, "/Evcc/KeyM/Contract1Private", "KeyMCryptoCsmVerifyJobType", keym().refer("KeyMCryptoKey", "Contract1Private", "KeyMCryptoKeyCsmVerifyJobRef", "/Evcc/Csm/CsmJobs/FrameMacVerify")),
        // Keys that KeyM loads.
        case(CertificateJob, "/Evcc/KeyM/Pool2", "the verify key of /Evcc/KeyM/MoRoot", keym().set("CsmJob", "ChainVerify", "CsmJobKeyRef", "/Evcc/Csm/CsmKeys/MoRootKey")),
        case(CertificateJob, "/Evcc/KeyM/Contract1Private", "KeyMCryptoKeyCsmKeyTargetRef leads to the verify key of /Evcc/KeyM/MoRoot", keym().set("KeyMCryptoKey", "Contract1Private", "KeyMCryptoKeyCsmKeyTargetRef", "/Evcc/Csm/CsmKeys/MoRootKey")),
        case(CertificateJob, "/Evcc/KeyM/Contract1Private", "KeyMCryptoKeyCsmKeySourceDeriveRef leads to the verify key of /Evcc/KeyM/MoRoot", keym().refer("KeyMCryptoKey", "Contract1Private", "KeyMCryptoKeyCsmKeySourceDeriveRef", "/Evcc/Csm/CsmKeys/MoRootKey")),
        case(CertificateJob, "/Evcc/KeyM/Contract1Private", "the key of /Evcc/KeyM/Pool2", keym().set("KeyMCryptoKey", "Contract1Private", "KeyMCryptoKeyCsmKeyTargetRef", "/Evcc/Csm/CsmKeys/ChainVerifyKey")),
        case(CertificateJob, "/Evcc/KeyM/Secc", "KeyMCertificateCsmKeyTargetRef leads to the verify key of /Evcc/KeyM/MoRoot", kept_in("Secc", "MoRootKey")),
        case(CertificateJob, "/Evcc/KeyM/Secc", "the key of /Evcc/KeyM/Pool2", kept_in("Secc", "ChainVerifyKey")),
        // A root that is refused takes its key with it, and what else is in it.
        case(CertificateJob, "/Evcc/KeyM/MoRoot", "the verify key of /Evcc/KeyM/MoRoot", kept_in("MoRoot", "MoRootKey").remove(CERT, "MoRoot", "KeyMCertificateNvmBlockRef")),
        // Two names in Csm, one key of the driver.
        case(CertificateJob, "/Evcc/KeyM/MoRoot", "overwrite", keym().set("CsmKey", "MoRootKey", "CsmKeyRef", "/Evcc/CryIf/OemRootKey")),
        case(CertificateJob, "/Evcc/KeyM/Pool2", "the verify key of /Evcc/KeyM/MoRoot", keym().set("CryIfKey", "ChainVerifyKey", "CryIfKeyRef", "/Evcc/Crypto/CryptoKeys/MoRootKey")),
        Case { evcc: evcc().set("CsmKey", "ContractKey", "CsmKeyRef", "/Evcc/CryIf/MoRootKey"),
            ..case(CertificateJob, "/Evcc/KeyM/Contract1Private", "the verify key of /Evcc/KeyM/MoRoot", keym()) },
        // Stores.
        case(StorageMismatch, "/Evcc/KeyM/OemRoot", "KeyMCertificateNvmBlockRef is missing", keym().remove(CERT, "OemRoot", "KeyMCertificateNvmBlockRef")),
        case(StorageMismatch, "/Evcc/KeyM/Secc", "not kept in NvM", keym().refer(CERT, "Secc", "KeyMCertificateNvmBlockRef", "/Evcc/KeyM/MoRootBlock")),
        case(StorageMismatch, "/Evcc/KeyM/Secc", "KeyMCertificateCsmKeyTargetRef", keym().set(CERT, "Secc", "KeyMCertificateStorage", "KEYM_STORAGE_IN_CSM")),
        case(MissingKeyElement, "/Evcc/Crypto/CryptoKeys/MoRootKey", "element 0", keym().set(CERT, "Secc", "KeyMCertificateStorage", "KEYM_STORAGE_IN_CSM").refer(CERT, "Secc", "KeyMCertificateCsmKeyTargetRef", "/Evcc/Csm/CsmKeys/MoRootKey")),
        case(KeyElementSize, "/Evcc/Crypto/CryptoKeyElements/EcdsaPublicKeyElement", "up to 800 bytes", keym().set(CERT, "Secc", "KeyMCertificateStorage", "KEYM_STORAGE_IN_CSM").refer(CERT, "Secc", "KeyMCertificateCsmKeyTargetRef", "/Evcc/Csm/CsmKeys/MoRootKey")
            .add(CERT, "Secc", "V2gcryptKeyMCertificateTargetElementId", "1")),
        case(NothingPersistent, "/Evcc/KeyM/OemRootBlock", "No certificate", keym().remove(CERT, "OemRoot", "KeyMCertificateNvmBlockRef").set(CERT, "OemRoot", "KeyMCertificateStorage", "KEYM_STORAGE_IN_RAM")),
        case(NvBlockShared, "/Evcc/KeyM/MoRootBlock", "time floor", keym().set("V2gcryptKeyMPolicy", "V2gcryptKeyMPolicy", "V2gcryptKeyMTimeFloorNvmBlockRef", "/Evcc/KeyM/MoRootBlock")),
        case(NvBlockShared, "/Evcc/KeyM/MoRootBlock", "/Evcc/NvM/CertMoRootBlock", keym().set("KeyMNvmBlock", "OemRootBlock", "KeyMNvmBlockDescriptorRef", "/Evcc/NvM/CertMoRootBlock")),
        case(DuplicateId, "/Evcc/NvM/CertV2gRoot1Block", "NvMNvramBlockIdentifier 16", keym().set("NvMBlockDescriptor", "CertV2gRoot1Block", "NvMNvramBlockIdentifier", "16")),
        case(NvBlockSetting, "/Evcc/NvM/CertOemRootBlock", "needs 2: two copies", keym().add("NvMBlockDescriptor", "CertOemRootBlock", "NvMNvBlockNum", "3")),
        case(NvBlockSetting, "/Evcc/NvM/CertOemRootBlock", "its own buffer", keym().add("NvMBlockDescriptor", "CertOemRootBlock", "NvMBlockUseSyncMechanism", "true")),
        case(NvBlockSetting, "/Evcc/NvM/CertOemRootBlock", "has 860 bytes", keym().add("NvMBlockDescriptor", "CertOemRootBlock", "NvMNvBlockLength", "859")),
        case(NvBlockSetting, "/Evcc/KeyM/OemRootBlock", "65535", keym().set(CERT, "OemRoot", "KeyMCertificateMaxLength", "65500")),
        // Formats.
        Case { evcc: evcc().set("CryptoKeyElement", "EcdsaPublicKeyElement", "CryptoKeyElementFormat", "CRYPTO_KE_FORMAT_BIN_IDENT_PUBLICKEY").set("CryptoKeyElement", "EcdsaPublicKeyElement", "CryptoKeyElementSize", "91"),
            ..case(KeyElementFormat, "/Evcc/Crypto/CryptoKeyElements/EcdsaP521PublicKeyElement", "one format", keym()) },
        Case { evcc: evcc().set("CryptoKeyElement", "EcdsaPublicKeyElement", "CryptoKeyElementWriteAccess", "CRYPTO_WA_DENIED"),
            ..case(UnwritableTarget, "/Evcc/Crypto/CryptoKeyElements/EcdsaPublicKeyElement", "KeyM writes", keym()) },
        // Switches.
        case(KeyMSwitch, "/Evcc/KeyM", "HandlerStartFinalizeEnabled", switch("KeyMCryptoKeyStartFinalizeFunctionEnabled", "false").add(GENERAL, GENERAL, "KeyMCryptoKeyHandlerStartFinalizeEnabled", "true")),
        case(KeyMSwitch, "/Evcc/KeyM", "HandlerPrepareEnabled", switch("KeyMCryptoKeyHandlerPrepareEnabled", "true")),
        case(KeyMSwitch, "/Evcc/KeyM", "HandlerVerifyEnabled", switch("KeyMCryptoKeyHandlerVerifyEnabled", "true")),
        case(KeyMSwitch, "/Evcc/KeyM", "HandlerServiceCertificateEnabled", switch("KeyMServiceCertificateFunctionEnabled", "false").add(GENERAL, GENERAL, "KeyMCryptoKeyHandlerServiceCertificateEnabled", "true")),
        case(KeyMSwitch, "/Evcc/KeyM", "HandlerUpdateEnabled", switch("KeyMCryptoKeyManagerEnabled", "false").add(GENERAL, GENERAL, "KeyMCryptoKeyHandlerUpdateEnabled", "true")),
        case(KeyMSwitch, "/Evcc/KeyM", "there is no session", switch("KeyMCryptoKeyStartFinalizeFunctionEnabled", "false").set(GENERAL, GENERAL, "KeyMCryptoKeyPrepareFunctionEnabled", "true")),
        case(KeyMSwitch, "/Evcc/KeyM", "A KeyMCryptoKey…FunctionEnabled", switch("KeyMCryptoKeyManagerEnabled", "false")),
        case(KeyMSwitch, "/Evcc/KeyM", "There are crypto keys", switch("KeyMCryptoKeyManagerEnabled", "false")),
        case(KeyMSwitch, "/Evcc/KeyM", "There are certificates", switch("KeyMCertificateManagerEnabled", "false")),
        case(KeyMSwitch, "/Evcc/KeyM", "KeyMServiceCertificateFunctionEnabled", switch("KeyMCertificateManagerEnabled", "false")),
        case(KeyMSwitch, "/Evcc/KeyM", "names no event", keym().without("KeyMSecurityEventRefs")),
        case(DuplicateModule, "/Evcc/Second", "second configuration of KeyM", keym().replace("<SHORT-NAME>StbM</SHORT-NAME>\n          <DEFINITION-REF DEST=\"ECUC-MODULE-DEF\">/AUTOSAR/EcucDefs/StbM",
            "<SHORT-NAME>Second</SHORT-NAME>\n          <DEFINITION-REF DEST=\"ECUC-MODULE-DEF\">/AUTOSAR/EcucDefs/KeyM")),
    ]
}

#[test]
fn each_fault_is_found_where_it_is() {
    let mut wrong = Vec::new();
    for case in cases() {
        let findings = match load_both(&case.evcc, &case.keym) {
            Ok(loaded) => loaded.warnings,
            Err(findings) => findings,
        };
        let found = findings.iter().any(|finding| {
            let message = format!("{} {}", finding.problem, finding.remedy);
            finding.kind == case.kind && finding.path == case.path && message.contains(case.words) && !finding.remedy.is_empty()
        });
        let expected = case.kind.severity() == Severity::Error;
        if !found || findings.has_errors() != expected {
            wrong.push(format!("{:?} at {} ({}) is not among:\n{findings}", case.kind, case.path, case.words));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// Paths where a kind of fault is found.
fn paths(kind: Kind, keym: &Arxml) -> Vec<String> {
    let findings = load_both(&evcc(), keym).err().unwrap_or_default();
    findings.iter().filter(|finding| finding.kind == kind).map(|finding| finding.path.clone()).collect()
}

/// A list of revoked certificates hangs from what has been judged, by whatever profile.
#[test]
fn a_certificate_has_the_profile_of_its_upper_one_and_a_list_need_not() {
    let other = |name| keym().set(CERT, name, "V2gcryptKeyMCertificateProfile", "KEYM_V2G_PROFILE_ISO15118_20_AMD1");
    let chain = |keym: &Arxml| paths(Kind::CertificateChain, keym);
    assert_eq!(chain(&other("Contract1")), ["/Evcc/KeyM/Contract1"]);
    // Of one between two others both borders are told.
    assert_eq!(chain(&other("Contract1SubCa2")), ["/Evcc/KeyM/Contract1", "/Evcc/KeyM/Contract1SubCa2"]);
    // What no list can be is told, and not of which profile it would be.
    let below = keym().set(CERT, "Cps", "KeyMCertUpperHierarchicalCertRef", "/Evcc/KeyM/V2gRevoked");
    assert_eq!(chain(&below), ["/Evcc/KeyM/Cps"]);
    let list = load_both(&evcc(), &other("V2gRevoked")).unwrap_or_else(|findings| panic!("{findings}"));
    let list = list.model.keym.unwrap().certificates.into_iter().find(|certificate| certificate.name == "V2gRevoked").unwrap();
    assert_eq!(list.profile, "KEYM_V2G_PROFILE_ISO15118_20_AMD1");
}

#[test]
fn a_shared_key_is_told_once() {
    let shared = keym().set("CsmJob", "ChainVerify", "CsmJobKeyRef", "/Evcc/Csm/CsmKeys/MoRootKey");
    assert_eq!(paths(Kind::CertificateJob, &shared), ["/Evcc/KeyM/Pool2"]);
    let shared = keym().set("CsmKey", "MoRootKey", "CsmKeyRef", "/Evcc/CryIf/OemRootKey");
    assert_eq!(paths(Kind::CertificateJob, &shared), ["/Evcc/KeyM/MoRoot"]);
}

fn with_key_port() -> Arxml {
    keym().add(GENERAL, GENERAL, "V2gcryptKeyMCryptoKeyUsePort", "true")
}

#[test]
fn the_service_component_loads_strictly_and_refers_to_what_it_holds() {
    let headers = std::fs::read_to_string(example("../include/Rte_KeyM_Type.h")).unwrap();
    for keym in [keym(), with_key_port()] {
        let files = generate(&load_both(&evcc(), &keym).unwrap_or_else(|findings| panic!("{findings}")).model);
        let text = &files.iter().find(|file| file.name == "KeyM_swc.arxml").unwrap().contents;
        let alone = autosar_data::AutosarModel::new();
        let (_, warnings) = alone.load_buffer(text.as_bytes(), "KeyM_swc.arxml", true).unwrap();
        assert!(warnings.is_empty(), "{warnings:?}");
        let broken: Vec<_> = alone.check_references().iter().filter_map(|broken| broken.upgrade()?.character_data()).collect();
        assert!(broken.is_empty(), "{broken:?}");
        // Names of values have the numbers of the C header; possible errors, too.
        let after =
            |text: &str, tag: &str| text.split(&format!("<{tag}>")).nth(1).unwrap().split('<').next().unwrap().to_string();
        let scales = text.split("<COMPU-SCALE>").skip(1).map(|scale| (after(scale, "SYMBOL"), after(scale, "LOWER-LIMIT")));
        let errors = text.split("<APPLICATION-ERROR>").skip(1);
        let errors =
            errors.map(|error| (after(error, "SHORT-NAME"), after(error, "ERROR-CODE"))).filter(|(name, _)| name != "E_NOT_OK");
        let mut compared = 0;
        for (symbol, value) in scales.chain(errors) {
            let expected = format!("#define {symbol} 0x{:02X}U\n", value.parse::<u32>().unwrap());
            assert!(headers.contains(&expected), "{expected}");
            compared += 1;
        }
        assert!(compared > 30, "only {compared}");
    }
}

#[test]
fn a_certificate_with_a_port_has_callbacks_of_the_rte_unless_it_names_its_own() {
    let file = |keym: &Arxml, name: &str| {
        let files = generate(&load_both(&evcc(), keym).unwrap_or_else(|findings| panic!("{findings}")).model);
        files.into_iter().find(|file| file.name == name).map(|file| file.contents)
    };
    let source = file(&keym(), "KeyM_Cfg.c").unwrap();
    assert!(source.contains(".verifyCallback = &KeyM_Cps_CertificateVerified,"));
    let own = keym().add(CERT, "Cps", "KeyMCertificateVerifyCallbackNotificationFunc", "Evcc_CpsVerified");
    assert!(file(&own, "KeyM_Cfg.c").unwrap().contains(".verifyCallback = &Evcc_CpsVerified,"));
    let rte = file(&own, "rte/KeyM_Rte.c").unwrap();
    assert!(!rte.contains("CertificateVerified") && rte.contains("KeyM_Cps_CertificateServiced"), "{rte}");
    let keys = file(&with_key_port(), "rte/Rte_KeyM_Swc.h").unwrap();
    for text in
        ["Rte_Call_KeyMCryptoKey_Update(const uint8 *KeyNamePtr", "extern void KeyM_CryptoKeyFinalized(KeyM_ResultType Result"]
    {
        assert!(keys.contains(text), "{text}: {keys}");
    }
    // Without a port there is nothing.
    let none = keym().set(CERT, "Cps", "V2gcryptKeyMCertificateUsePort", "false");
    assert!(file(&none, "KeyM_swc.arxml").is_none() && file(&none, "rte/KeyM_Rte.c").is_none());
    assert!(file(&none, "KeyM_Cfg.c").unwrap().contains("/* Cps */"));
}

#[test]
fn tolerances_are_bits_of_the_configuration() {
    let policy = |keym: Arxml, name| keym.add("V2gcryptKeyMPolicy", "V2gcryptKeyMPolicy", name, "true");
    let source = |keym: &Arxml| {
        let model = load_both(&evcc(), keym).unwrap_or_else(|findings| panic!("{findings}")).model;
        generate(&model).into_iter().find(|file| file.name == "KeyM_Cfg.c").unwrap().contents
    };
    assert!(source(&keym()).contains(".pathTolerances = 0U,"));
    let names = ["V2gcryptKeyMTolerateOtherNames", "V2gcryptKeyMTolerateUtcTime", "V2gcryptKeyMAllowSecp384r1"];
    let tolerant = source(&names.into_iter().fold(keym(), policy));
    assert!(tolerant.contains(".pathTolerances = KEYM_TOLERATE_UTC_TIME | KEYM_TOLERATE_OTHER_NAMES,"));
    assert!(tolerant.contains(".allowSecp384r1 = TRUE,"));
}

/// What is right beside each fault: the other side of the check.
#[test]
fn what_only_looks_like_a_fault_is_accepted() {
    let accepted: &[(&str, Arxml)] = &[
        ("a chain of exactly the greatest depth", keym()),
        ("the verify job of the pool without a key", keym()),
        ("lengths of 32 bits", keym().add(GENERAL, GENERAL, "V2gcryptKeyMServiceCertificateLengthBits", "32")),
        ("the length that the record has", keym().add("NvMBlockDescriptor", "CertOemRootBlock", "NvMNvBlockLength", "860")),
        ("two data sets", keym().add("NvMBlockDescriptor", "CertOemRootBlock", "NvMNvBlockNum", "2")),
        ("a name of exactly the greatest length", keym().set(GENERAL, GENERAL, "KeyMKeyCertNameMaxLength", "22")),
        ("a handler whose function there is", keym().add(GENERAL, GENERAL, "KeyMCryptoKeyHandlerStartFinalizeEnabled", "true")),
        (
            "a rule without conditions of its own",
            keym().set("KeyMCertificateElementRule", "CpsIsAProvider", "KeyMArgumentRef", "/Evcc/KeyM/Rules/OperatorDomain"),
        ),
        (
            "a number of 64 bits",
            keym().set(
                "KeyMCertificateElementConditionPrimitive",
                "Number",
                "KeyMCertificateElementConditionPrimitiveValue",
                "18446744073709551615",
            ),
        ),
        (
            "an element as long as its certificate",
            keym().set_in("/Evcc/KeyM/Secc/NotAfter", ELEMENT, "KeyMCertificateElementMaxLength", "800"),
        ),
        (
            "another spelling of the type of a condition",
            keym().replace("/KeyMCertElementConditionType<", "/KeyMCertificateElementConditionType<"),
        ),
        (
            "reporting that is off, without events",
            keym().without("KeyMSecurityEventRefs").set(GENERAL, GENERAL, "KeyMEnableSecurityEventReporting", "false"),
        ),
        (
            "jobs of the pool with one key, which is loaded before each use",
            keym().set("CsmJob", "ChainVerify20", "CsmJobKeyRef", "/Evcc/Csm/CsmKeys/ChainVerifyKey").set(
                "CsmJob",
                "ChainVerify20",
                "CsmJobPrimitiveRef",
                "/Evcc/Csm/EcdsaVerify",
            ),
        ),
        (
            "a place in Csm that nothing is kept in",
            keym().refer(CERT, "Secc", "KeyMCertificateCsmKeyTargetRef", "/Evcc/Csm/CsmKeys/MoRootKey"),
        ),
        (
            "the job of a verified key",
            keym()
                .refer("KeyMCryptoKey", "Contract1Private", "KeyMCryptoKeyCsmVerifyJobRef", "/Evcc/Csm/CsmJobs/FrameMacVerify")
                .add("KeyMCryptoKey", "Contract1Private", "KeyMCryptoCsmVerifyJobType", "KEYM_VERIFY_MACVERIFY"),
        ),
    ];
    for (what, keym) in accepted {
        let loaded = load_both(&evcc(), keym).unwrap_or_else(|findings| panic!("{what}: {findings}"));
        assert!(loaded.warnings.is_empty(), "{what}: {}", loaded.warnings);
    }
}

/// Values, references, names and definitions change places at random: the outcome is findings or files, never a panic.
#[test]
fn no_shuffled_configuration_of_keym_panics() {
    let mut random = 0x9E37_79B9_7F4A_7C15_u64;
    let mut next = |bound: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        (random % bound as u64) as usize
    };
    let mut outcomes = [0, 0];
    for _ in 0..100 {
        let mut lines: Vec<String> = keym().0.lines().map(String::from).collect();
        for _ in 0..1 + next(2) {
            let tag = ["<VALUE>", "<VALUE-REF", "<SHORT-NAME>", "<DEFINITION-REF"][next(4)];
            let places: Vec<_> = (0..lines.len()).filter(|&line| lines[line].trim_start().starts_with(tag)).collect();
            let (from, to) = (places[next(places.len())], places[next(places.len())]);
            lines[to] = lines[from].clone();
        }
        match load_both(&evcc(), &Arxml(lines.join("\n"))) {
            Ok(loaded) => {
                assert!(!generate(&loaded.model).is_empty());
                outcomes[0] += 1;
            }
            Err(findings) => {
                assert!(findings.has_errors());
                outcomes[1] += 1;
            }
        }
    }
    assert!(outcomes.iter().all(|&count| count > 2), "{outcomes:?}");
}
