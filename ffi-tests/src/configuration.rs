//! Configurations as a table of jobs and keys, for tests of many algorithms: written as ARXML, which the generator reads.

use std::fmt::Write as _;
use std::path::PathBuf;

use v2gcrypt_types::Number;

use crate::build::{generate, scratch};

/// `CryptoKeyElementFormat`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    /// Raw bytes.
    Octet,
    /// PrivateKeyInfo.
    Pkcs8,
    /// SubjectPublicKeyInfo.
    SubjectPublicKeyInfo,
}

/// One element of a key. Everybody may read and write it: these keys are no secrets.
#[derive(Debug, Clone)]
pub struct Element {
    /// `CRYPTO_KE_*`
    pub id: u32,
    /// Bytes.
    pub size: u32,
    /// Format.
    pub format: Format,
    /// Whether a shorter value is allowed.
    pub shorter: bool,
    /// Initial value.
    pub initial: Vec<u8>,
}

impl Element {
    /// Raw bytes, exactly so many.
    pub fn exact(id: u32, size: u32) -> Self {
        Self { id, size, format: Format::Octet, shorter: false, initial: Vec::new() }
    }

    /// Raw bytes, up to so many.
    pub fn up_to(id: u32, size: u32) -> Self {
        Self { shorter: true, ..Self::exact(id, size) }
    }

    /// A constant of one byte, such as an algorithm.
    pub fn constant(id: u32, value: u8) -> Self {
        Self::constants(id, &[value])
    }

    /// A constant, such as the name of a curve.
    pub fn constants(id: u32, value: &[u8]) -> Self {
        Self { initial: value.to_vec(), ..Self::exact(id, value.len() as u32) }
    }

    /// A key in a format that has no one length.
    pub fn formatted(id: u32, format: Format) -> Self {
        Self { format, ..Self::exact(id, 512) }
    }
}

/// Service, family, mode, secondary family and key length in bits of a job; families and modes without their prefix.
pub type Algorithm = (&'static str, &'static str, &'static str, &'static str, u32);

/// The services of jobs: container in Csm, service in Crypto.
const SERVICES: &[(&str, &str)] = &[
    ("CsmEncrypt", "ENCRYPT"),
    ("CsmDecrypt", "DECRYPT"),
    ("CsmAEADEncrypt", "AEADENCRYPT"),
    ("CsmAEADDecrypt", "AEADDECRYPT"),
    ("CsmMacGenerate", "MACGENERATE"),
    ("CsmMacVerify", "MACVERIFY"),
    ("CsmSignatureGenerate", "SIGNATUREGENERATE"),
    ("CsmSignatureVerify", "SIGNATUREVERIFY"),
];

/// A stack with one driver, one synchronous queue, and what is added.
#[derive(Debug, Default)]
pub struct Configuration {
    jobs: Vec<(Algorithm, u32)>,
    keys: Vec<Vec<Element>>,
}

/// A number of a family or mode by its name.
pub fn number(table: &[Number], symbol: &str) -> u8 {
    let found = table.iter().find(|number| number.symbol == symbol).unwrap_or_else(|| panic!("there is no {symbol}"));
    found.value as u8
}

impl Configuration {
    /// Adds a key; its Csm id.
    pub fn key(&mut self, elements: Vec<Element>) -> u32 {
        self.keys.push(elements);
        self.keys.len() as u32 - 1
    }

    /// Adds a job with a key; its id.
    pub fn job(&mut self, algorithm: Algorithm, key: u32) -> u32 {
        self.jobs.push((algorithm, key));
        self.jobs.len() as u32 - 1
    }

    /// Writes the ARXML into `scratch()`, and generates from it.
    pub fn generate(&self, name: &str) -> PathBuf {
        let folder = scratch().join("arxml");
        std::fs::create_dir_all(&folder).expect("the folder can be made");
        let path = folder.join(format!("{name}.arxml"));
        std::fs::write(&path, self.to_arxml()).expect("the file can be written");
        generate(name, &[&path])
    }

    fn to_arxml(&self) -> String {
        let mut text = String::from(HEAD);
        for module in [self.csm(), self.cryif(), self.crypto()] {
            module.write(&mut text);
        }
        text.push_str("</ELEMENTS></AR-PACKAGE></AR-PACKAGES></AUTOSAR>\n");
        text
    }

    fn csm(&self) -> Container {
        let mut csm = Container::module("Csm");
        csm.add("CsmGeneral", "CsmGeneral").boolean("CsmDevErrorDetect", true);
        let jobs = csm.add("CsmJobs", "CsmJobs");
        for (id, (_, key)) in self.jobs.iter().enumerate() {
            let job = jobs.add(&format!("J{id}"), "CsmJob");
            job.integer("CsmJobId", id as u32).integer("CsmJobPriority", 1);
            job.literal("CsmProcessingMode", "CRYPTO_PROCESSING_SYNC").literal("CsmJobInterfaceUsePort", "CRYPTO_USE_FNC");
            job.reference("CsmJobPrimitiveRef", format!("/Calls/Csm/P{id}"));
            job.reference("CsmJobQueueRef", "/Calls/Csm/CsmQueues/Queue".into());
            job.reference("CsmJobKeyRef", format!("/Calls/Csm/CsmKeys/K{key}"));
        }
        let keys = csm.add("CsmKeys", "CsmKeys");
        for id in 0..self.keys.len() as u32 {
            keys.add(&format!("K{id}"), "CsmKey").integer("CsmKeyId", id).reference("CsmKeyRef", format!("/Calls/CryIf/K{id}"));
        }
        let queue = csm.add("CsmQueues", "CsmQueues").add("Queue", "CsmQueue");
        queue.integer("CsmQueueSize", 0).reference("CsmChannelRef", "/Calls/CryIf/Channel".into());
        for (id, ((service, family, mode, secondary, key_length), _)) in self.jobs.iter().enumerate() {
            let (container, _) = SERVICES.iter().find(|(_, known)| known == service).expect("a known service");
            let service = csm.add(&format!("P{id}"), "CsmPrimitives").add(container, container);
            let config = service.add(&format!("{container}Config"), &format!("{container}Config"));
            config.literal(&format!("{container}AlgorithmFamily"), &format!("CRYPTO_ALGOFAM_{family}"));
            config.literal(&format!("{container}AlgorithmMode"), &format!("CRYPTO_ALGOMODE_{mode}"));
            config.literal(&format!("{container}AlgorithmSecondaryFamily"), &format!("CRYPTO_ALGOFAM_{secondary}"));
            config.integer(&format!("{container}AlgorithmKeyLength"), *key_length);
        }
        csm
    }

    fn cryif(&self) -> Container {
        let mut cryif = Container::module("CryIf");
        cryif.add("CryIfGeneral", "CryIfGeneral").boolean("CryIfDevErrorDetect", true);
        let channel = cryif.add("Channel", "CryIfChannel").integer("CryIfChannelId", 0);
        channel.reference("CryIfDriverObjectRef", "/Calls/Crypto/CryptoDriverObjects/Object".into());
        for id in 0..self.keys.len() as u32 {
            let key = cryif.add(&format!("K{id}"), "CryIfKey").integer("CryIfKeyId", id);
            key.reference("CryIfKeyRef", format!("/Calls/Crypto/CryptoKeys/K{id}"));
        }
        cryif
    }

    fn crypto(&self) -> Container {
        let mut crypto = Container::module("Crypto");
        let general = crypto.add("CryptoGeneral", "CryptoGeneral").boolean("CryptoDevErrorDetect", true);
        general.boolean("CryptoTolerateEmptyInput", true);
        let object = crypto.add("CryptoDriverObjects", "CryptoDriverObjects").add("Object", "CryptoDriverObject");
        object.integer("CryptoDriverObjectId", 0).integer("CryptoQueueSize", 0);
        // A driver object has a primitive at least, and keys may do without jobs.
        object.reference("CryptoPrimitiveRef", "/Calls/Crypto/CryptoPrimitives/Hash".into());
        for id in 0..self.jobs.len() {
            object.reference("CryptoPrimitiveRef", format!("/Calls/Crypto/CryptoPrimitives/P{id}"));
        }
        let keys = crypto.add("CryptoKeys", "CryptoKeys");
        for id in 0..self.keys.len() {
            let key = keys.add(&format!("K{id}"), "CryptoKey").integer("CryptoKeyId", id as u32);
            key.reference("CryptoKeyTypeRef", format!("/Calls/Crypto/CryptoKeyTypes/K{id}"));
        }
        let types = crypto.add("CryptoKeyTypes", "CryptoKeyTypes");
        for (id, elements) in self.keys.iter().enumerate() {
            let key_type = types.add(&format!("K{id}"), "CryptoKeyType");
            for element in elements {
                let path = format!("/Calls/Crypto/CryptoKeyElements/K{id}E{}", element.id);
                key_type.reference("CryptoKeyElementRef", path);
            }
        }
        let all = crypto.add("CryptoKeyElements", "CryptoKeyElements");
        for (id, elements) in self.keys.iter().enumerate() {
            elements.iter().for_each(|element| element.write(all.add(&format!("K{id}E{}", element.id), "CryptoKeyElement")));
        }
        let primitives = crypto.add("CryptoPrimitives", "CryptoPrimitives");
        let hash = primitives.add("Hash", "CryptoPrimitive").literal("CryptoPrimitiveService", "HASH");
        hash.literal("CryptoPrimitiveAlgorithmFamily", "CRYPTO_ALGOFAM_SHA2_256");
        for (id, ((service, family, mode, secondary, _), _)) in self.jobs.iter().enumerate() {
            let primitive = primitives.add(&format!("P{id}"), "CryptoPrimitive").literal("CryptoPrimitiveService", service);
            primitive.literal("CryptoPrimitiveAlgorithmFamily", &format!("CRYPTO_ALGOFAM_{family}"));
            primitive.literal("CryptoPrimitiveAlgorithmMode", &format!("CRYPTO_ALGOMODE_{mode}"));
            primitive.literal("CryptoPrimitiveAlgorithmSecondaryFamily", &format!("CRYPTO_ALGOFAM_{secondary}"));
        }
        crypto
    }
}

impl Element {
    fn write(&self, to: &mut Container) {
        let format = match self.format {
            Format::Octet => "OCTET",
            Format::Pkcs8 => "IDENT_PRIVATEKEY_PKCS8",
            Format::SubjectPublicKeyInfo => "IDENT_PUBLICKEY",
        };
        to.integer("CryptoKeyElementId", self.id).integer("CryptoKeyElementSize", self.size);
        to.literal("CryptoKeyElementFormat", &format!("CRYPTO_KE_FORMAT_BIN_{format}"));
        to.literal("CryptoKeyElementReadAccess", "CRYPTO_RA_ALLOWED");
        to.literal("CryptoKeyElementWriteAccess", "CRYPTO_WA_ALLOWED");
        to.boolean("CryptoKeyElementAllowPartialAccess", self.shorter).boolean("CryptoKeyElementPersist", false);
        if !self.initial.is_empty() {
            let digits: String = self.initial.iter().map(|byte| format!("{byte:02x}")).collect();
            to.value("TEXTUAL", "ECUC-STRING-PARAM-DEF", "CryptoKeyElementInitValue", &digits);
        }
    }
}

const HEAD: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<AUTOSAR xmlns="http://autosar.org/schema/r4.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://autosar.org/schema/r4.0 AUTOSAR_00051.xsd">
<AR-PACKAGES><AR-PACKAGE><SHORT-NAME>Calls</SHORT-NAME><ELEMENTS>
"#;

/// A container in the making; a module is one too.
struct Container {
    name: String,
    definition: String,
    is_module: bool,
    values: String,
    references: String,
    children: Vec<Container>,
}

impl Container {
    fn new(name: &str, definition: String, is_module: bool) -> Self {
        let (values, references) = (String::new(), String::new());
        Self { name: name.into(), definition, is_module, values, references, children: Vec::new() }
    }

    fn module(name: &str) -> Self {
        Self::new(name, format!("/AUTOSAR/EcucDefs/{name}"), true)
    }

    fn add(&mut self, name: &str, definition: &str) -> &mut Self {
        self.children.push(Self::new(name, format!("{}/{definition}", self.definition), false));
        self.children.last_mut().expect("it was pushed")
    }

    fn value(&mut self, kind: &str, dest: &str, name: &str, value: &str) -> &mut Self {
        let definition = &self.definition;
        let _ = writeln!(
            self.values,
            "<ECUC-{kind}-PARAM-VALUE><DEFINITION-REF DEST=\"{dest}\">{definition}/{name}</DEFINITION-REF><VALUE>{value}</VALUE></ECUC-{kind}-PARAM-VALUE>"
        );
        self
    }

    fn integer(&mut self, name: &str, value: u32) -> &mut Self {
        self.value("NUMERICAL", "ECUC-INTEGER-PARAM-DEF", name, &value.to_string())
    }

    fn boolean(&mut self, name: &str, value: bool) -> &mut Self {
        self.value("NUMERICAL", "ECUC-BOOLEAN-PARAM-DEF", name, &value.to_string())
    }

    fn literal(&mut self, name: &str, value: &str) -> &mut Self {
        self.value("TEXTUAL", "ECUC-ENUMERATION-PARAM-DEF", name, value)
    }

    fn reference(&mut self, name: &str, path: String) -> &mut Self {
        let definition = &self.definition;
        let _ = writeln!(
            self.references,
            "<ECUC-REFERENCE-VALUE><DEFINITION-REF DEST=\"ECUC-REFERENCE-DEF\">{definition}/{name}</DEFINITION-REF><VALUE-REF DEST=\"ECUC-CONTAINER-VALUE\">{path}</VALUE-REF></ECUC-REFERENCE-VALUE>"
        );
        self
    }

    fn write(&self, text: &mut String) {
        let (tag, dest, children) = match self.is_module {
            true => ("ECUC-MODULE-CONFIGURATION-VALUES", "ECUC-MODULE-DEF", "CONTAINERS"),
            false => ("ECUC-CONTAINER-VALUE", "ECUC-PARAM-CONF-CONTAINER-DEF", "SUB-CONTAINERS"),
        };
        let _ = writeln!(text, "<{tag}><SHORT-NAME>{}</SHORT-NAME>", self.name);
        let _ = writeln!(text, "<DEFINITION-REF DEST=\"{dest}\">{}</DEFINITION-REF>", self.definition);
        if !self.values.is_empty() {
            let _ = writeln!(text, "<PARAMETER-VALUES>\n{}</PARAMETER-VALUES>", self.values);
        }
        if !self.references.is_empty() {
            let _ = writeln!(text, "<REFERENCE-VALUES>\n{}</REFERENCE-VALUES>", self.references);
        }
        if !self.children.is_empty() {
            let _ = writeln!(text, "<{children}>");
            self.children.iter().for_each(|child| child.write(text));
            let _ = writeln!(text, "</{children}>");
        }
        let _ = writeln!(text, "</{tag}>");
    }
}
