//! What is around KeyM's core: its own RAM, Csm, NvM, the time, security events, callbacks. Every method is safe because the
//! configuration is sound; none calls out inside the exclusive area.

use super::instance::{engine_memory, is_ready, with_shared, EngineMemory};
use super::view::View;
use crate::config::*;
#[cfg(feature = "host")]
use crate::core::Purpose;
use crate::core::{overwrites, Engine, Inputs, Job, Response, Shared};
use crate::numbers::*;
use crate::types::*;
use crate::x509::ECDSA_RAW_MAX;
use core::ffi::c_void;
use core::ptr::{addr_of, addr_of_mut};
use v2gcrypt_types::*;

extern "C" {
    fn Csm_Hash(
        jobId: uint32,
        mode: Crypto_OperationModeType,
        dataPtr: *const uint8,
        dataLength: uint32,
        resultPtr: *mut uint8,
        resultLengthPtr: *mut uint32,
    ) -> Std_ReturnType;
    fn Csm_MacGenerate(
        jobId: uint32,
        mode: Crypto_OperationModeType,
        dataPtr: *const uint8,
        dataLength: uint32,
        macPtr: *mut uint8,
        macLengthPtr: *mut uint32,
    ) -> Std_ReturnType;
    fn Csm_MacVerify(
        jobId: uint32,
        mode: Crypto_OperationModeType,
        dataPtr: *const uint8,
        dataLength: uint32,
        macPtr: *const uint8,
        macLength: uint32,
        verifyPtr: *mut Crypto_VerifyResultType,
    ) -> Std_ReturnType;
    fn Csm_SignatureGenerate(
        jobId: uint32,
        mode: Crypto_OperationModeType,
        dataPtr: *const uint8,
        dataLength: uint32,
        signaturePtr: *mut uint8,
        signatureLengthPtr: *mut uint32,
    ) -> Std_ReturnType;
    fn Csm_SignatureVerify(
        jobId: uint32,
        mode: Crypto_OperationModeType,
        dataPtr: *const uint8,
        dataLength: uint32,
        signaturePtr: *const uint8,
        signatureLength: uint32,
        verifyPtr: *mut Crypto_VerifyResultType,
    ) -> Std_ReturnType;
    fn Csm_Encrypt(
        jobId: uint32,
        mode: Crypto_OperationModeType,
        dataPtr: *const uint8,
        dataLength: uint32,
        resultPtr: *mut uint8,
        resultLengthPtr: *mut uint32,
    ) -> Std_ReturnType;
    fn Csm_Decrypt(
        jobId: uint32,
        mode: Crypto_OperationModeType,
        dataPtr: *const uint8,
        dataLength: uint32,
        resultPtr: *mut uint8,
        resultLengthPtr: *mut uint32,
    ) -> Std_ReturnType;
    fn Csm_AEADEncrypt(
        jobId: uint32,
        mode: Crypto_OperationModeType,
        plaintextPtr: *const uint8,
        plaintextLength: uint32,
        associatedDataPtr: *const uint8,
        associatedDataLength: uint32,
        ciphertextPtr: *mut uint8,
        ciphertextLengthPtr: *mut uint32,
        tagPtr: *mut uint8,
        tagLengthPtr: *mut uint32,
    ) -> Std_ReturnType;
    fn Csm_AEADDecrypt(
        jobId: uint32,
        mode: Crypto_OperationModeType,
        ciphertextPtr: *const uint8,
        ciphertextLength: uint32,
        associatedDataPtr: *const uint8,
        associatedDataLength: uint32,
        tagPtr: *const uint8,
        tagLength: uint32,
        plaintextPtr: *mut uint8,
        plaintextLengthPtr: *mut uint32,
        verifyPtr: *mut Crypto_VerifyResultType,
    ) -> Std_ReturnType;
    fn Csm_RandomGenerate(jobId: uint32, resultPtr: *mut uint8, resultLengthPtr: *mut uint32) -> Std_ReturnType;
    fn Csm_KeyElementSet(
        keyId: uint32,
        keyElementId: uint32,
        keyElementPtr: *const uint8,
        keyElementLength: uint32,
    ) -> Std_ReturnType;
    fn Csm_KeyElementGet(
        keyId: uint32,
        keyElementId: uint32,
        keyElementPtr: *mut uint8,
        keyElementLengthPtr: *mut uint32,
    ) -> Std_ReturnType;
    fn Csm_KeySetValid(keyId: uint32) -> Std_ReturnType;
    fn Csm_KeySetInvalid(keyId: uint32) -> Std_ReturnType;
    fn Csm_KeyGenerate(keyId: uint32) -> Std_ReturnType;
    fn Csm_KeyDerive(keyId: uint32, targetKeyId: uint32) -> Std_ReturnType;
}

/// Bytes that a job of KeyM's returns at most: an ECDSA signature with P-521.
pub const OUTPUT_MAX: usize = ECDSA_RAW_MAX;

/// Where Csm writes, perhaps later and from another thread. It is touched through raw pointers only, but after a job has ended.
#[repr(C)]
pub struct Mailbox {
    output: [u8; OUTPUT_MAX],
    output_length: uint32,
    /// A signature or a MAC to compare with.
    input: [u8; OUTPUT_MAX],
    verdict: Crypto_VerifyResultType,
}

impl Mailbox {
    /// Empty.
    pub const NEW: Self =
        Self { output: [0; OUTPUT_MAX], output_length: 0, input: [0; OUTPUT_MAX], verdict: CRYPTO_E_VER_NOT_OK };
}

/// How a Csm job stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It has ended well; its results are in the mailbox.
    Done,
    /// It runs; `KeyM_CsmJobFinished` ends it.
    Waiting,
    /// Csm is busy: later.
    Busy,
    /// It could not be done.
    Failed(Std_ReturnType),
}

/// What a key handler wants updated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HandlerUpdate {
    /// The key; `KEYM_NO_CRYPTO_KEY` for none.
    pub key: KeyM_CryptoKeyIdType,
    /// Whether it wants to be asked again.
    pub operation: KeyM_KH_UpdateOperationType,
    /// Bytes of its data.
    pub length: uint32,
}

/// A service with a tag, a text and a MAC, or a cipher: what `KeyM_Verify` does with a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyVerification {
    /// What Csm said.
    pub code: Std_ReturnType,
    /// Bytes written.
    pub length: uint32,
    /// `CRYPTO_E_VER_*`, where there is something to compare.
    pub verdict: Crypto_VerifyResultType,
}

/// KeyM's surroundings.
#[derive(Clone, Copy)]
pub struct World {
    view: View,
}

impl World {
    pub(super) fn new(view: View) -> Self {
        Self { view }
    }

    /// The configuration.
    pub fn view(&self) -> View {
        self.view
    }

    /// The numbers of the configuration.
    pub fn config(&self) -> &'static KeyM_ConfigType {
        self.view.config()
    }

    /// What is shared, inside the exclusive area. Not to be nested.
    pub fn locked<T>(&self, work: impl FnOnce(&mut Shared<'_>) -> T) -> T {
        with_shared(self.view, work)
    }

    /// The engine, unless somebody has it.
    pub(super) fn with_engine(&self, work: impl FnOnce(&mut Engine)) {
        if self.locked(|shared| core::mem::replace(&mut shared.common.running, true)) {
            return;
        }
        let guard = Running(*self);
        // SAFETY: `KeyM_Init` wrote it, and `running` gives it to one at a time.
        work(unsafe { &mut *addr_of_mut!((*engine_memory(self.config())).engine) });
        drop(guard);
    }

    fn mailbox(&self) -> *mut Mailbox {
        let memory: *mut EngineMemory = engine_memory(self.config());
        // SAFETY: in bounds.
        unsafe { addr_of_mut!((*memory).mailbox) }
    }

    /// What the validation under way reads.
    pub(crate) fn inputs(&self) -> &'static Inputs {
        // SAFETY: `KeyM_Init` wrote it; it is changed only by `prepare_inputs`, of which no validation takes notice.
        unsafe { &*addr_of!((*engine_memory(self.config())).inputs) }
    }

    /// Changes it; the engine asks only while there is no validation.
    pub(crate) fn prepare_inputs(&self, work: impl FnOnce(&mut Inputs)) {
        // SAFETY: `KeyM_Init` wrote it, and nobody reads it now.
        work(unsafe { &mut *addr_of_mut!((*engine_memory(self.config())).inputs) });
    }

    // ---- RAM of the configuration

    /// DER of a certificate that the caller has claimed, for as long as it holds the claim.
    pub(crate) fn der(&self, certificate: &KeyM_CertificateConfigType, length: uint32) -> &'static [u8] {
        // SAFETY: `maxLength` bytes, which nobody writes as long as they are claimed.
        unsafe { super::sound::slice(certificate.buffer, length.min(certificate.maxLength) as usize) }
    }

    /// Writes DER into a slot that the caller has claimed for writing.
    pub(crate) fn set_der(&self, certificate: &KeyM_CertificateConfigType, der: &[u8]) {
        write(certificate.buffer, certificate.maxLength, der);
    }

    /// The OCSP response about a certificate, which nobody but the engine touches.
    pub(crate) fn ocsp(&self, certificate: &KeyM_CertificateConfigType, length: uint32) -> &'static [u8] {
        // SAFETY: `ocspMaxLength` bytes.
        unsafe { super::sound::slice(certificate.ocspBuffer, length.min(certificate.ocspMaxLength) as usize) }
    }

    /// Keeps an OCSP response.
    pub(crate) fn set_ocsp(&self, certificate: &KeyM_CertificateConfigType, der: &[u8]) {
        write(certificate.ocspBuffer, certificate.ocspMaxLength, der);
    }

    /// Key material that is kept in NvM.
    pub(crate) fn key_material(&self, key: &KeyM_CryptoKeyConfigType, length: uint32) -> &'static [u8] {
        // SAFETY: `maxLength` bytes, which nobody but the engine touches.
        unsafe { super::sound::slice(key.buffer, length.min(key.maxLength.into()) as usize) }
    }

    /// Keeps key material.
    pub(crate) fn set_key_material(&self, key: &KeyM_CryptoKeyConfigType, material: &[u8]) {
        write(key.buffer, key.maxLength.into(), material);
    }

    /// The request buffer, which belongs to the operation under way.
    pub(crate) fn request(&self, start: uint32, length: uint32) -> &'static [u8] {
        let config = self.config();
        // SAFETY: `requestBufferSize` bytes, written before the operation was noted.
        let buffer = unsafe { super::sound::slice(config.requestBuffer, config.requestBufferSize as usize) };
        let end = start.saturating_add(length);
        buffer.get(start as usize..end as usize).unwrap_or(&[])
    }

    /// Puts name and request into the request buffer, which the caller has claimed and which has room for them.
    pub(crate) fn set_request(&self, name: &[u8], request: &[u8]) {
        let config = self.config();
        let behind = config.requestBufferSize.saturating_sub(length_of(name));
        write(config.requestBuffer, config.requestBufferSize, name);
        write(config.requestBuffer.wrapping_add(name.len()), behind, request);
    }

    /// Room in the request buffer behind what was asked for: at most `room` bytes. Nobody reads it meanwhile.
    pub(crate) fn with_request_tail<T>(&self, used: uint32, room: uint32, work: impl FnOnce(&mut [u8]) -> T) -> T {
        let config = self.config();
        let room = room.min(config.requestBufferSize.saturating_sub(used));
        let start = config.requestBuffer.wrapping_add(used.min(config.requestBufferSize) as usize);
        // SAFETY: within `requestBufferSize` bytes, behind the request.
        work(unsafe { super::sound::slice_mut(start, room as usize) })
    }

    /// Has the key handler say what to update; its data are behind the request. `None`: it refuses.
    pub(crate) fn handler_update(&self, name: &[u8], request: &[u8], used: uint32) -> Option<HandlerUpdate> {
        let ask = self.view.key_handler()?.update?;
        self.with_request_tail(used, 0xFFFF, |room| {
            let mut answer = HandlerUpdate { key: KEYM_NO_CRYPTO_KEY, operation: KEYM_KH_UPDATE_FINISH, length: 0 };
            let mut length = length_of(room) as uint16;
            // SAFETY: the configuration names the function; slices of these lengths.
            let code = unsafe {
                ask(
                    name.as_ptr(),
                    length_of(name) as uint16,
                    request.as_ptr(),
                    length_of(request) as uint16,
                    room.as_mut_ptr(),
                    &mut length,
                    &mut answer.key,
                    &mut answer.operation,
                )
            };
            answer.length = length.into();
            (code == E_OK && usize::from(length) <= room.len()).then_some(answer)
        })
    }

    /// Has the key handler end a session; its response is behind the request. `None`: there is no such handler.
    pub(crate) fn handler_finalize(&self, request: &[u8], used: uint32, room: uint32) -> Option<Result<uint32, Std_ReturnType>> {
        let ask = self.view.key_handler()?.finalize?;
        Some(self.with_request_tail(used, room.min(0xFFFF), |room| {
            let mut length = length_of(room) as uint16;
            // SAFETY: the configuration names the function; slices of these lengths.
            let code = unsafe { ask(request.as_ptr(), length_of(request) as uint16, room.as_mut_ptr(), &mut length) };
            match code {
                E_OK if usize::from(length) <= room.len() => Ok(length.into()),
                E_OK => Err(E_NOT_OK),
                code => Err(code),
            }
        }))
    }

    /// Has the key handler serve a certificate; its response is behind the request. `None`: there is no such handler.
    pub(crate) fn handler_service(
        &self,
        service: KeyM_ServiceCertificateType,
        name: &[u8],
        request: &[u8],
        used: uint32,
        room: uint32,
    ) -> Option<Result<uint32, Std_ReturnType>> {
        let ask = self.view.key_handler()?.serviceCertificate?;
        Some(self.with_request_tail(used, room, |room| {
            let mut length = length_of(room);
            let (data, bytes) = (request.as_ptr(), length_of(request));
            // SAFETY: the configuration names the function; slices of these lengths.
            let code = unsafe { ask(service, name.as_ptr(), length_of(name), data, bytes, room.as_mut_ptr(), &mut length) };
            match code {
                E_OK if length as usize <= room.len() => Ok(length),
                E_OK => Err(E_NOT_OK),
                code => Err(code),
            }
        }))
    }

    /// Reads a certificate that Csm keeps into its slot, which the caller has claimed for writing: its length.
    pub(crate) fn fetch_der(&self, certificate: &KeyM_CertificateConfigType) -> Option<uint32> {
        // SAFETY: `maxLength` bytes, which the caller has claimed.
        let room = unsafe { super::sound::slice_mut(certificate.buffer, certificate.maxLength as usize) };
        let length = self.key_element_get(certificate.targetKeyId, certificate.targetKeyElementId, room).ok()?;
        u32::try_from(length).ok()
    }

    /// Wipes the request buffer.
    pub(crate) fn wipe_request(&self) {
        // SAFETY: `requestBufferSize` bytes, which belong to the operation that has ended.
        unsafe { super::instance::wipe(self.config().requestBuffer, self.config().requestBufferSize as usize) };
    }

    /// The chain buffer, which belongs to the verification under way.
    pub(crate) fn chain(&self, start: uint32, length: uint32) -> &'static [u8] {
        let config = self.config();
        // SAFETY: `chainBufferSize` bytes, written before the verification was asked for.
        let buffer = unsafe { super::sound::slice(config.chainBuffer, config.chainBufferSize as usize) };
        let end = start.saturating_add(length);
        buffer.get(start as usize..end as usize).unwrap_or(&[])
    }

    /// The record that is being written to or has been read from NvM. NvM does not touch it meanwhile.
    pub(crate) fn with_record<T>(&self, length: uint32, work: impl FnOnce(&mut [u8]) -> T) -> T {
        let length = length.min(self.config().nvmRecordSize) as usize;
        // SAFETY: `nvmRecordSize` bytes; the engine asks only while NvM has no request.
        work(unsafe { super::sound::slice_mut(self.config().nvmRecord, length) })
    }

    /// The same for reading, as long as the engine does not write it.
    pub(crate) fn record(&self, length: uint32) -> &'static [u8] {
        // SAFETY: as above.
        unsafe { super::sound::slice(self.config().nvmRecord, length.min(self.config().nvmRecordSize) as usize) }
    }

    // ---- Csm jobs

    /// Verifies a signature: the verdict is [`World::verdict`].
    pub(crate) fn verify(&self, job: uint32, message: &'static [u8], signature: &[u8]) -> Outcome {
        let Some(length) = self.post(signature) else { return Outcome::Failed(E_NOT_OK) };
        let mailbox = self.mailbox();
        // SAFETY: message and mailbox stay until the job has ended.
        self.start(job, || unsafe {
            let (signature, verdict) = (addr_of!((*mailbox).input).cast(), addr_of_mut!((*mailbox).verdict));
            Csm_SignatureVerify(job, SINGLECALL, message.as_ptr(), length_of(message), signature, length, verdict)
        })
    }

    /// Compares a MAC: the verdict is [`World::verdict`]. Its length is told in bits. [SWS_Csm_01050]
    pub(crate) fn mac_verify(&self, job: uint32, message: &'static [u8], mac: &[u8]) -> Outcome {
        let Some(length) = self.post(mac) else { return Outcome::Failed(E_NOT_OK) };
        let mailbox = self.mailbox();
        // SAFETY: message and mailbox stay until the job has ended.
        self.start(job, || unsafe {
            let (mac, verdict) = (addr_of!((*mailbox).input).cast(), addr_of_mut!((*mailbox).verdict));
            Csm_MacVerify(job, SINGLECALL, message.as_ptr(), length_of(message), mac, length.saturating_mul(8), verdict)
        })
    }

    /// Hashes: the result is [`World::output`].
    pub(crate) fn hash(&self, job: uint32, message: &'static [u8]) -> Outcome {
        let mailbox = self.mailbox();
        // SAFETY: message and mailbox stay until the job has ended.
        self.start(job, || unsafe {
            let (output, length) = output_of(mailbox);
            Csm_Hash(job, SINGLECALL, message.as_ptr(), length_of(message), output, length)
        })
    }

    /// Authenticates: the result is [`World::output`].
    pub(crate) fn mac_generate(&self, job: uint32, message: &'static [u8], room: usize) -> Outcome {
        let mailbox = self.mailbox();
        // SAFETY: message and mailbox stay until the job has ended.
        self.start(job, || unsafe {
            let (output, length) = output_of(mailbox);
            length.write(room.min(OUTPUT_MAX) as uint32);
            Csm_MacGenerate(job, SINGLECALL, message.as_ptr(), length_of(message), output, length)
        })
    }

    /// Signs: the result is [`World::output`].
    pub(crate) fn sign(&self, job: uint32, message: &'static [u8]) -> Outcome {
        let mailbox = self.mailbox();
        // SAFETY: message and mailbox stay until the job has ended.
        self.start(job, || unsafe {
            let (output, length) = output_of(mailbox);
            Csm_SignatureGenerate(job, SINGLECALL, message.as_ptr(), length_of(message), output, length)
        })
    }

    /// How the job stands that was [`Outcome::Waiting`].
    pub(crate) fn outcome(&self) -> Outcome {
        self.locked(|shared| match shared.common.job {
            Job::Waiting(_) => Outcome::Waiting,
            Job::Ended(result) => {
                shared.common.job = Job::None;
                if result == E_OK {
                    Outcome::Done
                } else {
                    Outcome::Failed(result)
                }
            }
            Job::None => Outcome::Failed(E_NOT_OK),
        })
    }

    /// Whether what was compared is equal; asked after [`Outcome::Done`].
    pub(crate) fn verdict(&self) -> bool {
        // SAFETY: the job has ended.
        unsafe { addr_of!((*self.mailbox()).verdict).read() == CRYPTO_E_VER_OK }
    }

    /// What a job has computed; asked after [`Outcome::Done`].
    pub(crate) fn output(&self) -> ([u8; OUTPUT_MAX], usize) {
        let mailbox = self.mailbox();
        // SAFETY: the job has ended.
        let (output, length) = unsafe { (addr_of!((*mailbox).output).read(), addr_of!((*mailbox).output_length).read()) };
        (output, OUTPUT_MAX.min(length as usize))
    }

    /// Puts a signature or a MAC where it stays until the job has ended: its length.
    fn post(&self, bytes: &[u8]) -> Option<uint32> {
        let mut input = [0; OUTPUT_MAX];
        input.get_mut(..bytes.len())?.copy_from_slice(bytes);
        let mailbox = self.mailbox();
        // SAFETY: no job is under way.
        unsafe {
            addr_of_mut!((*mailbox).input).write(input);
            addr_of_mut!((*mailbox).verdict).write(CRYPTO_E_VER_NOT_OK);
        }
        Some(bytes.len() as uint32)
    }

    fn start(&self, job: uint32, call: impl FnOnce() -> Std_ReturnType) -> Outcome {
        if job == KEYM_NO_JOB {
            return Outcome::Failed(E_NOT_OK);
        }
        let later = self.view.is_async(job);
        if later {
            // Before the call: it may end on another thread meanwhile.
            self.locked(|shared| shared.common.job = Job::Waiting(job));
        }
        let code = call();
        if later && code != E_OK {
            self.locked(|shared| shared.common.job = Job::None);
        }
        match code {
            E_OK if later => Outcome::Waiting,
            E_OK => Outcome::Done,
            CRYPTO_E_BUSY => Outcome::Busy,
            code => Outcome::Failed(code),
        }
    }

    /// Random bytes, from a synchronous job.
    pub(crate) fn random(&self, bytes: &mut [u8]) -> bool {
        let job = self.config().randomJobId;
        let mut length = length_of(bytes);
        // SAFETY: room for `length` bytes.
        job != KEYM_NO_JOB
            && unsafe { Csm_RandomGenerate(job, bytes.as_mut_ptr(), &mut length) } == E_OK
            && length == length_of(bytes)
    }

    /// What `KeyM_Verify` does with a key, by a synchronous job: `tag` is the MAC or the tag at the end of the request.
    pub(crate) fn verify_key(
        &self,
        key: &KeyM_CryptoKeyConfigType,
        text: &[u8],
        tag: &[u8],
        output: &mut [u8],
        tag_room: usize,
    ) -> KeyVerification {
        let (job, mut verdict) = (key.verifyJobId, CRYPTO_E_VER_NOT_OK);
        let (text_length, room) = (length_of(text), output.len().saturating_sub(tag_room));
        let (mut length, mut tag_length) = (room as uint32, tag_room as uint32);
        let (data, result) = (text.as_ptr(), output.as_mut_ptr());
        // SAFETY: slices of these lengths; the jobs are synchronous.
        let code = unsafe {
            match key.verifyJobType {
                KEYM_VERIFY_MACGENERATE => Csm_MacGenerate(job, SINGLECALL, data, text_length, result, &mut length),
                KEYM_VERIFY_MACVERIFY => {
                    let bits = length_of(tag).saturating_mul(8);
                    length = 0;
                    Csm_MacVerify(job, SINGLECALL, data, text_length, tag.as_ptr(), bits, &mut verdict)
                }
                KEYM_VERIFY_ENCRYPT => Csm_Encrypt(job, SINGLECALL, data, text_length, result, &mut length),
                KEYM_VERIFY_DECRYPT => Csm_Decrypt(job, SINGLECALL, data, text_length, result, &mut length),
                KEYM_VERIFY_AEADENCRYPT => {
                    let mut place = [0; 16];
                    let none = core::ptr::null();
                    let tag = place.as_mut_ptr();
                    tag_length = tag_length.min(16);
                    let code =
                        Csm_AEADEncrypt(job, SINGLECALL, data, text_length, none, 0, result, &mut length, tag, &mut tag_length);
                    if let (E_OK, Some(tag)) = (code, place.get(..tag_length as usize)) {
                        let behind = output.get_mut(length as usize..);
                        if let Some(room) = behind.and_then(|behind| behind.get_mut(..tag.len())) {
                            room.copy_from_slice(tag);
                            length = length.saturating_add(tag_length);
                        }
                    }
                    code
                }
                KEYM_VERIFY_AEADDECRYPT => {
                    let (none, tag_length) = (core::ptr::null(), length_of(tag));
                    let tag = tag.as_ptr();
                    let verdict = &mut verdict;
                    Csm_AEADDecrypt(job, SINGLECALL, data, text_length, none, 0, tag, tag_length, result, &mut length, verdict)
                }
                _ => E_NOT_OK,
            }
        };
        KeyVerification { code, length: length.min(length_of(output)), verdict }
    }

    // ---- Csm keys

    /// `Csm_KeyElementSet`
    pub(crate) fn key_element_set(&self, key: uint32, element: uint32, value: &[u8]) -> Std_ReturnType {
        overwrites(self, key);
        // SAFETY: a slice of this length.
        unsafe { Csm_KeyElementSet(key, element, value.as_ptr(), length_of(value)) }
    }

    /// `Csm_KeyElementGet`: bytes read.
    pub(crate) fn key_element_get(&self, key: uint32, element: uint32, room: &mut [u8]) -> Result<usize, Std_ReturnType> {
        let mut length = length_of(room);
        // SAFETY: room for `length` bytes.
        match unsafe { Csm_KeyElementGet(key, element, room.as_mut_ptr(), &mut length) } {
            E_OK if length as usize <= room.len() => Ok(length as usize),
            E_OK => Err(E_NOT_OK),
            code => Err(code),
        }
    }

    /// `Csm_KeySetValid`
    pub(crate) fn key_set_valid(&self, key: uint32) -> Std_ReturnType {
        // SAFETY: takes a number.
        unsafe { Csm_KeySetValid(key) }
    }

    /// `Csm_KeySetInvalid`
    pub(crate) fn key_set_invalid(&self, key: uint32) -> Std_ReturnType {
        // SAFETY: takes a number.
        unsafe { Csm_KeySetInvalid(key) }
    }

    /// `Csm_KeyGenerate`
    pub(crate) fn key_generate(&self, key: uint32) -> Std_ReturnType {
        overwrites(self, key);
        // SAFETY: takes a number.
        unsafe { Csm_KeyGenerate(key) }
    }

    /// `Csm_KeyDerive`
    pub(crate) fn key_derive(&self, key: uint32, target: uint32) -> Std_ReturnType {
        overwrites(self, target);
        // SAFETY: takes numbers.
        unsafe { Csm_KeyDerive(key, target) }
    }

    // ---- NvM

    /// Has NvM read a copy of a block into the record: whether it will.
    pub(crate) fn nvm_read(&self, block: u16, data_set: u8) -> bool {
        let record = self.config().nvmRecord.cast::<c_void>();
        let functions = self.view.nvm().and_then(|nvm| nvm.setDataIndex.zip(nvm.readBlock));
        functions.is_some_and(|(select, read)| {
            // SAFETY: the configuration names NvM's functions, and the record has room for the block.
            unsafe { select(block, data_set) == E_OK && read(block, record) == E_OK }
        })
    }

    /// Has NvM write the record to a copy of a block: whether it will.
    pub(crate) fn nvm_write(&self, block: u16, data_set: u8) -> bool {
        let record = self.config().nvmRecord.cast::<c_void>().cast_const();
        let functions = self.view.nvm().and_then(|nvm| nvm.setDataIndex.zip(nvm.writeBlock));
        functions.is_some_and(|(select, write)| {
            // SAFETY: the configuration names NvM's functions, and the record is as long as the block.
            unsafe { select(block, data_set) == E_OK && write(block, record) == E_OK }
        })
    }

    /// What NvM says of the latest request.
    pub(crate) fn nvm_status(&self, block: u16) -> u8 {
        let mut status = NVM_REQ_NOT_OK;
        let Some(ask) = self.view.nvm().and_then(|nvm| nvm.getErrorStatus) else { return status };
        // SAFETY: the configuration names NvM's function.
        if unsafe { ask(block, &mut status) } == E_OK {
            status
        } else {
            NVM_REQ_NOT_OK
        }
    }

    // ---- time and events

    /// Unix time, and the status bits of the time base, if there is one.
    pub(crate) fn time(&self, base: u16) -> Option<(i64, u8)> {
        let ask = self.config().getTime?;
        if base == KEYM_NO_TIME_BASE {
            return None;
        }
        let (mut seconds, mut high, mut status) = (0, 0, 0);
        // SAFETY: the configuration names the function.
        (unsafe { ask(base, &mut seconds, &mut high, &mut status) } == E_OK)
            .then_some(((i64::from(high) << 32) | i64::from(seconds), status))
    }

    /// Tells IdsM, if that is configured.
    pub(crate) fn security_event(&self, event: u8, certificate: KeyM_CertificateIdType, status: KeyM_CertificateStatusType) {
        let config = self.config();
        let (Some(tell), true) = (config.setSecurityEvent, config.securityEventReporting != 0) else { return };
        let Some(id) = config.securityEvents.get(usize::from(event)).filter(|id| **id != KEYM_NO_SECURITY_EVENT) else { return };
        let [high, low] = certificate.to_be_bytes();
        let context = [high, low, status];
        // SAFETY: the configuration names the function; three bytes.
        unsafe { tell(*id, context.as_ptr(), 3) };
    }

    /// Reads a port: bytes read.
    pub(crate) fn read_port(&self, condition: &KeyM_CertConditionConfigType, room: &mut [u8]) -> Option<usize> {
        let mut length = length_of(room);
        // SAFETY: the configuration names the function; room for `length` bytes.
        let code = unsafe { condition.readPort?(room.as_mut_ptr(), &mut length) };
        (code == E_OK && length as usize <= room.len()).then_some(length as usize)
    }

    // ---- callbacks and responses

    /// Tells the outcome of a verification.
    pub(crate) fn verified(&self, id: KeyM_CertificateIdType, status: KeyM_CertificateStatusType) {
        if !is_ready() {
            return;
        }
        if let Some(callback) = self.view.certificate(id).and_then(|certificate| certificate.verifyCallback) {
            // SAFETY: the configuration says it is a callback.
            unsafe { callback(id, status) };
        }
    }

    /// Tells the outcome of a service, with its response.
    pub(crate) fn serviced(&self, id: KeyM_CertificateIdType, result: KeyM_ResultType, response: &Response, length: uint32) {
        if !is_ready() {
            return;
        }
        if let Some(callback) = self.view.certificate(id).and_then(|certificate| certificate.serviceCallback) {
            // SAFETY: the configuration says it is a callback.
            unsafe { callback(id, result, length.min(0xFFFF) as uint16, response.data) };
        }
    }

    /// Tells the outcome of a key's operation, with its response.
    pub(crate) fn key_told(
        &self,
        callback: KeyM_CryptoKeyCallbackFuncType,
        result: KeyM_ResultType,
        response: &Response,
        length: uint32,
    ) {
        if let (Some(callback), true) = (callback, is_ready()) {
            // SAFETY: the configuration says it is a callback.
            unsafe { callback(result, length.min(0xFFFF) as uint16, response.data) };
        }
    }

    /// KeyM has failed: tells whoever waits for a certificate.
    #[cfg(feature = "host")]
    pub(super) fn abandon_certificate(&self, id: KeyM_CertificateIdType, verified: bool, serviced: bool) {
        let Some(certificate) = self.view.certificate(id) else { return };
        if let (Some(callback), true) = (certificate.verifyCallback, verified) {
            // SAFETY: the configuration says it is a callback.
            unsafe { callback(id, KEYM_CERTIFICATE_INVALID) };
        }
        if let (Some(callback), true) = (certificate.serviceCallback, serviced) {
            // SAFETY: the configuration says it is a callback.
            unsafe { callback(id, KEYM_RT_NOT_OK, 0, core::ptr::null()) };
        }
    }

    /// KeyM has failed: tells whoever waits for a key.
    #[cfg(feature = "host")]
    pub(super) fn abandon_key(&self, purpose: Purpose) {
        let config = self.config();
        let callback = match purpose {
            Purpose::Service(_) => None,
            Purpose::Update => config.keyUpdateCallback,
            Purpose::Finalize => config.keyFinalizeCallback,
            Purpose::Verify => config.keyVerifyCallback,
        };
        if let Some(callback) = callback {
            // SAFETY: the configuration says it is a callback.
            unsafe { callback(KEYM_RT_NOT_OK, 0, core::ptr::null()) };
        }
    }

    /// Writes a response into the caller's memory: false, and nothing is written, when there is not enough room.
    pub(crate) fn respond(&self, response: &Response, bytes: &[u8]) -> bool {
        if bytes.len() > response.room as usize || (response.data.is_null() && !bytes.is_empty()) {
            return false;
        }
        // SAFETY: the caller's memory has `room` bytes until the operation has ended.
        unsafe {
            if !bytes.is_empty() {
                core::ptr::copy_nonoverlapping(bytes.as_ptr(), response.data, bytes.len());
            }
            if !response.length.is_null() {
                response.length.write_unaligned(bytes.len() as uint32);
            }
        }
        true
    }
}

const SINGLECALL: Crypto_OperationModeType = CRYPTO_OPERATIONMODE_SINGLECALL;

/// Gives the engine back.
struct Running(World);

impl Drop for Running {
    fn drop(&mut self) {
        self.0.locked(|shared| shared.common.running = false);
    }
}

fn length_of(bytes: &[u8]) -> uint32 {
    u32::try_from(bytes.len()).unwrap_or(0)
}

/// SAFETY: no job is under way.
unsafe fn output_of(mailbox: *mut Mailbox) -> (*mut uint8, *mut uint32) {
    // SAFETY: by contract.
    unsafe {
        addr_of_mut!((*mailbox).output_length).write(OUTPUT_MAX as uint32);
        (addr_of_mut!((*mailbox).output).cast(), addr_of_mut!((*mailbox).output_length))
    }
}

fn write(to: *mut uint8, room: uint32, bytes: &[u8]) {
    let length = bytes.len().min(room as usize);
    if !to.is_null() && length != 0 {
        // SAFETY: `is_sound` found `room` bytes, which the caller has claimed.
        unsafe { core::ptr::copy_nonoverlapping(bytes.as_ptr(), to, length) };
    }
}
