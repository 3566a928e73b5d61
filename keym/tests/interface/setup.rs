//! A configuration with memory of its own.
#![allow(dead_code, unsafe_code, non_snake_case, clippy::missing_safety_doc, clippy::undocumented_unsafe_blocks)]

use super::fakes::*;
use std::mem::{size_of, zeroed};
use v2gcrypt_keym::config::*;
use v2gcrypt_keym::numbers::*;
use v2gcrypt_keym::types::*;
use v2gcrypt_keym::*;
use v2gcrypt_types::*;

pub fn leak<T>(values: Vec<T>) -> *mut T {
    Box::leak(values.into_boxed_slice()).as_mut_ptr()
}

fn leaked(bytes: &[u8]) -> *const u8 {
    leak(bytes.to_vec())
}

/// A certificate slot; what most have.
pub fn certificate(name: &str, upper: u16) -> KeyM_CertificateConfigType {
    KeyM_CertificateConfigType {
        name: leaked(name.as_bytes()),
        nameLength: name.len() as u16,
        upperCertificateId: upper,
        maxLength: 1000,
        buffer: leak(vec![0; 1000]),
        algorithm: KEYM_CERT_ALGO_ECC,
        format: KEYM_CERT_FORMAT_X509,
        storage: KEYM_STORAGE_IN_RAM,
        role: KEYM_V2G_ROLE_NONE,
        profile: KEYM_V2G_PROFILE_NONE,
        timeBase: 0,
        verifyJobId: KEYM_NO_JOB,
        verifyKeyId: KEYM_NO_KEY,
        generateJobId: KEYM_NO_JOB,
        targetKeyId: KEYM_NO_KEY,
        targetKeyElementId: 1,
        privateKeyId: KEYM_NO_CRYPTO_KEY,
        nvmBlock: KEYM_NO_NVM_BLOCK,
        elements: std::ptr::null(),
        rules: std::ptr::null(),
        elementCount: 0,
        ruleCount: 0,
        verifyCallback: Some(verified),
        serviceCallback: Some(serviced),
        ocspBuffer: leak(vec![0; 1000]),
        ocspMaxLength: 1000,
        csrTemplate: std::ptr::null(),
        csrTemplateLength: 0,
        csrSignature: KEYM_SIGNATURE_ECDSA_SHA256,
    }
}

pub trait Slot {
    fn key(self, key: u32) -> Self;
    fn role(self, role: u8, profile: u8) -> Self;
    fn block(self, block: u16) -> Self;
    fn elements(self, elements: Vec<KeyM_CertElementConfigType>) -> Self;
    fn rules(self, rules: Vec<u16>) -> Self;
}

impl Slot for KeyM_CertificateConfigType {
    fn key(mut self, key: u32) -> Self {
        (self.verifyKeyId, self.verifyJobId) = (key, JOB_VERIFY + key);
        self
    }
    fn role(mut self, role: u8, profile: u8) -> Self {
        (self.role, self.profile) = (role, profile);
        self
    }
    fn block(mut self, block: u16) -> Self {
        (self.storage, self.nvmBlock) = (KEYM_STORAGE_IN_NVM, block);
        self
    }
    fn elements(mut self, elements: Vec<KeyM_CertElementConfigType>) -> Self {
        self.elementCount = elements.len() as u16;
        self.elements = leak(elements);
        self
    }
    fn rules(mut self, rules: Vec<u16>) -> Self {
        self.ruleCount = rules.len() as u16;
        self.rules = leak(rules);
        self
    }
}

pub fn element(id: u16, structure: u8, oid: &[u8], tag: u8) -> KeyM_CertElementConfigType {
    KeyM_CertElementConfigType {
        elementId: id,
        maxLength: 200,
        structure,
        objectType: tag,
        hasIteration: 1,
        objectIdLength: oid.len() as u8,
        objectId: leaked(oid),
    }
}

pub fn crypto_key(name: &str, target: u32) -> KeyM_CryptoKeyConfigType {
    KeyM_CryptoKeyConfigType {
        name: leaked(name.as_bytes()),
        nameLength: name.len() as u16,
        maxLength: 64,
        generationType: KEYM_STORED_KEY,
        storage: KEYM_STORAGE_IN_CSM,
        verifyJobType: KEYM_VERIFY_MACGENERATE,
        cryptoPropsLength: 0,
        generationInfo: std::ptr::null(),
        generationInfoLength: 0,
        nvmBlock: KEYM_NO_NVM_BLOCK,
        cryptoProps: std::ptr::null(),
        targetKeyId: target,
        sourceDeriveKeyId: KEYM_NO_KEY,
        verifyJobId: JOB_KEY_TEST,
        buffer: std::ptr::null_mut(),
    }
}

#[derive(Default)]
pub struct Setup {
    pub certificates: Vec<KeyM_CertificateConfigType>,
    pub keys: Vec<KeyM_CryptoKeyConfigType>,
    pub blocks: Vec<KeyM_NvmBlockConfigType>,
    pub rules: Vec<KeyM_CertRuleConfigType>,
    pub conditions: Vec<KeyM_CertConditionConfigType>,
    pub pool: Vec<u32>,
    pub handler: Option<KeyM_KeyHandlerType>,
}

impl Setup {
    pub fn new(certificates: Vec<KeyM_CertificateConfigType>) -> Self {
        Self { certificates, pool: vec![90], ..Self::default() }
    }

    /// A block whose size follows from what refers to it.
    pub fn add_block(&mut self, nvm_id: u16, delay: u32, keeps_floor: bool) {
        let index = self.blocks.len() as u16;
        let certificates = self.certificates.iter().filter(|c| c.nvmBlock == index).map(|c| c.maxLength);
        let keys = self.keys.iter().filter(|k| k.nvmBlock == index).map(|k| u32::from(k.maxLength));
        let floor = keeps_floor.then_some(KEYM_NVM_TIME_FLOOR_SIZE);
        let members: u32 = certificates.chain(keys).chain(floor).map(|length| length + KEYM_NVM_MEMBER_OVERHEAD).sum();
        let recordSize = KEYM_NVM_RECORD_OVERHEAD + members;
        fake(|fake| fake.nvm.sizes.insert(nvm_id, recordSize as usize));
        self.blocks.push(KeyM_NvmBlockConfigType {
            nvmBlockId: nvm_id,
            keepsTimeFloor: u8::from(keeps_floor),
            writeDelay: delay,
            recordSize,
        });
    }

    pub fn build(self, change: impl FnOnce(&mut KeyM_ConfigType)) -> &'static KeyM_ConfigType {
        let mut config: KeyM_ConfigType = unsafe { zeroed() };
        config.magic = V2GCRYPT_CONFIG_MAGIC;
        config.configSize = size_of::<KeyM_ConfigType>() as u32;
        config.certificateConfigSize = size_of::<KeyM_CertificateConfigType>() as u32;
        config.engineRamSize = size_of::<KeyM_EngineRamType>() as u32;
        config.certificateCount = self.certificates.len() as u16;
        config.cryptoKeyCount = self.keys.len() as u16;
        config.nvmBlockCount = self.blocks.len() as u16;
        config.ruleCount = self.rules.len() as u16;
        config.conditionCount = self.conditions.len() as u16;
        config.keyPoolCount = self.pool.len() as u16;
        config.certificateRam = leak(self.certificates.iter().map(|_| unsafe { zeroed() }).collect());
        config.cryptoKeyRam = leak(self.keys.iter().map(|_| unsafe { zeroed() }).collect());
        config.nvmBlockRam = leak(self.blocks.iter().map(|_| unsafe { zeroed() }).collect());
        config.engineRam = leak(vec![unsafe { zeroed::<KeyM_EngineRamType>() }]);
        config.nvmRecordSize = self.blocks.iter().map(|block| block.recordSize).max().unwrap_or(0);
        config.nvmRecord = leak(vec![0; config.nvmRecordSize as usize]);
        config.requestBufferSize = 5000;
        config.requestBuffer = leak(vec![0; 5000]);
        config.chainBufferSize = 3000;
        config.chainBuffer = leak(vec![0; 3000]);
        config.certificates = leak(self.certificates);
        config.cryptoKeys = leak(self.keys);
        config.nvmBlocks = leak(self.blocks);
        config.rules = leak(self.rules);
        config.conditions = leak(self.conditions);
        config.keyPool = leak(
            self.pool
                .iter()
                .map(|key| KeyM_KeyPoolConfigType {
                    keyId: *key,
                    verifyJobId: JOB_VERIFY + key,
                    keyAlgorithm: KEYM_KEY_P256,
                    signatureAlgorithm: KEYM_SIGNATURE_ECDSA_SHA256,
                })
                .collect(),
        );
        let jobs: Vec<u32> = fake(|fake| fake.async_jobs.iter().copied().collect());
        config.asyncJobCount = jobs.len() as u16;
        config.asyncJobs = leak(jobs);
        config.nvM = leak(vec![KeyM_NvMType {
            setDataIndex: Some(nvm_select),
            readBlock: Some(nvm_read),
            writeBlock: Some(nvm_write),
            getErrorStatus: Some(nvm_status),
        }]);
        config.keyHandler = self.handler.map_or(std::ptr::null(), |handler| leak(vec![handler]).cast_const());
        config.getTime = Some(get_time);
        config.setSecurityEvent = Some(security_event);
        config.keyUpdateCallback = Some(key_updated);
        config.keyFinalizeCallback = Some(key_finalized);
        config.keyVerifyCallback = Some(key_verified);
        config.sha1JobId = JOB_SHA1;
        config.sha256JobId = JOB_SHA256;
        config.sha384JobId = KEYM_NO_JOB;
        config.sha512JobId = KEYM_NO_JOB;
        config.randomJobId = JOB_RANDOM;
        config.macGenerateJobId = KEYM_NO_JOB;
        config.macVerifyJobId = KEYM_NO_JOB;
        config.mainFunctionPeriod = 10_000;
        config.securityEvents = [100, 101, 102, 103, 104];
        config.keyCertNameMaxLength = 20;
        config.certificateChainMaxDepth = 4;
        config.publicKeyFormat = CRYPTO_KE_FORMAT_BIN_OCTET;
        config.certificateManagerEnabled = 1;
        config.cryptoKeyManagerEnabled = 1;
        config.prepareEnabled = 1;
        config.verifyEnabled = 1;
        config.serviceCertificateEnabled = 1;
        config.securityEventReporting = 1;
        config.devErrorDetect = 1;
        change(&mut config);
        Box::leak(Box::new(config))
    }

    /// Starts KeyM with this, and lets it load.
    pub fn start(self, change: impl FnOnce(&mut KeyM_ConfigType)) -> &'static KeyM_ConfigType {
        let config = self.build(change);
        start(config);
        config
    }
}

pub fn start(config: &'static KeyM_ConfigType) {
    unsafe { KeyM_Init(config) };
    settle();
}

#[repr(transparent)]
pub struct Linked(KeyM_ConfigType);
unsafe impl Sync for Linked {}

/// One that is refused.
#[no_mangle]
#[allow(non_upper_case_globals)]
pub static KeyM_Config: Linked = Linked(unsafe { zeroed() });

/// Main functions, NvM and Csm run until nothing changes any more.
pub fn settle() {
    for _ in 0..400 {
        main_functions();
    }
}

pub fn main_functions() {
    unsafe {
        KeyM_MainBackgroundFunction();
        KeyM_MainFunction();
    }
    nvm_runs();
    end_jobs();
}

pub fn set(id: u16, der: &[u8]) -> u8 {
    let data = KeyM_CertDataType { certDataLength: der.len() as u32, certData: der.as_ptr().cast_mut() };
    unsafe { KeyM_SetCertificate(id, &data) }
}

pub fn get(id: u16) -> Result<Vec<u8>, u8> {
    let mut room = vec![0; 2000];
    let mut data = KeyM_CertDataType { certDataLength: 2000, certData: room.as_mut_ptr() };
    match unsafe { KeyM_GetCertificate(id, &mut data) } {
        E_OK => Ok(room[..data.certDataLength as usize].to_vec()),
        code => Err(code),
    }
}

pub fn status(id: u16) -> u8 {
    let mut status = 0xEE;
    assert_eq!(unsafe { KeyM_CertGetStatus(id, &mut status) }, E_OK);
    status
}

pub fn verify(id: u16) -> u8 {
    unsafe { KeyM_VerifyCertificate(id) }
}

/// Asks for a verification and waits for its one callback.
pub fn verify_now(id: u16) -> u8 {
    assert_eq!(verify(id), E_OK);
    settle();
    let told: Vec<_> = seen().into_iter().filter(|seen| matches!(seen, Seen::Verified { .. })).collect();
    match told.as_slice() {
        [Seen::Verified { id: told, status: result }] if *told == id => {
            assert_eq!(*result, status(id));
            *result
        }
        other => panic!("{other:?}"),
    }
}

/// Room for a response that outlives the call.
pub struct Room {
    pub data: Vec<u8>,
    pub length: u32,
}

impl Room {
    pub fn new(length: usize) -> Box<Self> {
        Box::new(Self { data: vec![0xEE; length], length: length as u32 })
    }
}

pub fn ask_service(id: u16, service: u8, request: &[u8], room: &mut Room) -> u8 {
    unsafe {
        KeyM_ServiceCertificateByCertId(
            id,
            service,
            request.as_ptr(),
            request.len() as u32,
            room.data.as_mut_ptr(),
            &mut room.length,
        )
    }
}

/// Asks for a service and waits for its one callback: the result and the response.
pub fn service(id: u16, service: u8, request: &[u8]) -> Result<(u8, Vec<u8>), u8> {
    let mut room = Room::new(2000);
    match ask_service(id, service, request, &mut room) {
        E_OK => {}
        code => return Err(code),
    }
    settle();
    let told: Vec<_> = seen().into_iter().filter(|seen| matches!(seen, Seen::Serviced { .. })).collect();
    match told.as_slice() {
        [Seen::Serviced { id: told, result, response }] if *told == id => Ok((*result, response.clone())),
        other => panic!("{other:?}"),
    }
}
