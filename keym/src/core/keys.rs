//! The crypto-key submodule: keys are stored or derived, made valid, and verified by a job.
#![forbid(unsafe_code)]

use super::common::{Operation, Purpose};
use super::storage::{Progress, Save};
use crate::ffi::world::World;
use crate::numbers::*;
use crate::types::*;
use v2gcrypt_types::*;

/// Bytes of a tag or a MAC at the end of a request or a response of `KeyM_Verify`. Not confirmed.
pub const VERIFY_TAG_LENGTH: usize = 16;
/// Bytes of M1, M2 and M3 of SHE.
pub const SHE_MESSAGE_LENGTH: usize = 64;
/// Bytes of M4 and M5 of SHE.
const SHE_PROOF_LENGTH: usize = 48;
/// A handler that asks for more updates than this is not asked again.
const MAX_REPETITIONS: u16 = 255;

/// The key that a name tells, or that M1 does where there is no name. [SWS_KeyM_00091] [SWS_KeyM_00154]
pub fn find(world: &World, name: &[u8], request: &[u8]) -> Option<KeyM_CryptoKeyIdType> {
    let view = world.view();
    let mut keys = view.crypto_keys().iter();
    let index = if name.is_empty() {
        let slot = request.get(..SHE_MESSAGE_LENGTH)?.get(15)? >> 4;
        keys.position(|key| decimal(view.crypto_props(key)) == Some(slot))
    } else {
        keys.position(|key| view.key_name(key) == name)
    };
    index.and_then(|index| u16::try_from(index).ok())
}

/// A SHE slot in digits.
fn decimal(digits: &[u8]) -> Option<u8> {
    if digits.is_empty() {
        return None;
    }
    digits.iter().try_fold(0u8, |value, digit| match digit {
        b'0'..=b'9' => value.checked_mul(10)?.checked_add(digit.wrapping_sub(b'0')),
        _ => None,
    })
}

/// Writes a key into Csm: stored as it is, or derived from it. [SWS_KeyM_00016] [SWS_KeyM_00017] [SWS_KeyM_00100]
pub fn install(world: &World, id: KeyM_CryptoKeyIdType, material: &[u8], valid: bool) -> Result<(), KeyM_ResultType> {
    let key = world.view().crypto_key(id).ok_or(KEYM_RT_NOT_OK)?;
    let done = if key.generationType == KEYM_DERIVED_KEY {
        let salt = world.view().generation_info(key);
        world.key_element_set(key.sourceDeriveKeyId, CRYPTO_KE_KEYDERIVATION_PASSWORD, material) == E_OK
            && (salt.is_empty() || world.key_element_set(key.sourceDeriveKeyId, CRYPTO_KE_KEYDERIVATION_SALT, salt) == E_OK)
            && world.key_set_valid(key.sourceDeriveKeyId) == E_OK
            && world.key_derive(key.sourceDeriveKeyId, key.targetKeyId) == E_OK
    } else {
        world.key_element_set(key.targetKeyId, CRYPTO_KE_CIPHER_KEY, material) == E_OK
    };
    if !done {
        return Err(KEYM_RT_KEY_CERT_UPDATE_FAIL);
    }
    // [SWS_KeyM_00101]
    if valid && world.key_set_valid(key.targetKeyId) != E_OK {
        return Err(KEYM_RT_KEY_CERT_INVALID);
    }
    Ok(())
}

/// What `KeyM_Verify` returns, and how many bytes it has written into `output`.
pub fn verify(world: &World, id: KeyM_CryptoKeyIdType, request: &[u8], output: &mut [u8]) -> (Std_ReturnType, usize) {
    let Some(key) = world.view().crypto_key(id).filter(|key| key.verifyJobId != KEYM_NO_JOB) else {
        return (KEYM_E_PARAMETER_MISMATCH, 0);
    };
    let tagged = matches!(key.verifyJobType, KEYM_VERIFY_MACVERIFY | KEYM_VERIFY_AEADDECRYPT);
    let tag_length = if tagged { VERIFY_TAG_LENGTH } else { 0 };
    let Some(at) = request.len().checked_sub(tag_length) else { return (KEYM_E_KEY_CERT_SIZE_MISMATCH, 0) };
    let (Some(text), Some(tag)) = (request.get(..at), request.get(at..)) else { return (KEYM_E_KEY_CERT_SIZE_MISMATCH, 0) };
    let tag_room = if key.verifyJobType == KEYM_VERIFY_AEADENCRYPT { VERIFY_TAG_LENGTH } else { 0 };
    let needed = if key.verifyJobType == KEYM_VERIFY_AEADENCRYPT { request.len().saturating_add(tag_room) } else { 0 };
    if output.len() < needed {
        return (KEYM_E_KEY_CERT_SIZE_MISMATCH, 0);
    }
    let done = world.verify_key(key, text, tag, output, tag_room);
    match done.code {
        E_OK if tagged && done.verdict != CRYPTO_E_VER_OK => (KEYM_E_KEY_CERT_INVALID, 0),
        E_OK => (E_OK, done.length as usize),
        CRYPTO_E_BUSY => (KEYM_E_BUSY, 0),
        CRYPTO_E_KEY_NOT_VALID | CRYPTO_E_KEY_EMPTY => (KEYM_E_KEY_CERT_EMPTY, 0),
        _ => (E_NOT_OK, 0),
    }
}

enum Step {
    Start,
    /// The handler wants to be asked again.
    Repeat(u16),
    Save(Save),
    /// Blocks of keys are written one after the other.
    NextBlock,
}

/// `KeyM_Update`, `KeyM_Finalize` or `KeyM_Verify` under way.
pub struct KeyTask {
    operation: Operation,
    step: Step,
    result: KeyM_ResultType,
}

impl KeyTask {
    /// Nothing is done yet.
    pub fn new(operation: Operation) -> Self {
        Self { operation, step: Step::Start, result: KEYM_RT_OK }
    }

    /// Goes on: whether it has ended, and has been told.
    pub fn step(&mut self, world: &World) -> bool {
        match &mut self.step {
            Step::Start => match self.operation.purpose {
                Purpose::Update => self.update(world),
                Purpose::Finalize => self.finalize(world),
                Purpose::Verify => self.verify(world),
                Purpose::Service(_) => self.end(world, KEYM_RT_NOT_OK, &[]),
            },
            Step::Repeat(left) => {
                let left = *left;
                self.ask_handler(world, left)
            }
            Step::Save(save) => match save.step(world) {
                Progress::Working => false,
                Progress::Ended(stored) => {
                    if !stored {
                        self.result = KEYM_RT_KEY_CERT_WRITE_FAIL;
                    }
                    self.step = Step::NextBlock;
                    false
                }
            },
            Step::NextBlock => self.next_block(world),
        }
    }

    fn name(&self, world: &World) -> &'static [u8] {
        world.request(0, self.operation.name_length)
    }

    fn request(&self, world: &World) -> &'static [u8] {
        world.request(self.operation.name_length, self.operation.request_length)
    }

    fn update(&mut self, world: &World) -> bool {
        if world.view().key_handler().is_some_and(|handler| handler.update.is_some()) {
            return self.ask_handler(world, MAX_REPETITIONS);
        }
        let request = self.request(world);
        match update_key(world, self.operation.target, request) {
            Ok(()) => self.end_with_proof(world, request),
            Err(result) => self.end(world, result, &[]),
        }
    }

    fn ask_handler(&mut self, world: &World, left: u16) -> bool {
        let used = self.operation.name_length.saturating_add(self.operation.request_length);
        let Some(answer) = world.handler_update(self.name(world), self.request(world), used) else {
            return self.end(world, KEYM_RT_KEY_CERT_UPDATE_FAIL, &[]);
        };
        let material = world.request(used, answer.length);
        let again = answer.operation == KEYM_KH_UPDATE_KEY_UPDATE_REPEAT;
        let named = answer.key != KEYM_NO_CRYPTO_KEY;
        if !again && answer.operation != KEYM_KH_UPDATE_FINISH || (again && !named) {
            return self.end(world, KEYM_RT_KEY_CERT_UPDATE_FAIL, &[]);
        }
        if named {
            if let Err(result) = update_key(world, answer.key, material) {
                return self.end(world, result, &[]);
            }
            self.operation.target = answer.key;
        }
        match (again, left.checked_sub(1)) {
            (true, Some(left)) => {
                self.step = Step::Repeat(left);
                false
            }
            (true, None) => self.end(world, KEYM_RT_KEY_CERT_UPDATE_FAIL, &[]),
            (false, _) if named => self.end_with_proof(world, material),
            // The handler's own response.
            (false, _) => self.end(world, KEYM_RT_OK, material),
        }
    }

    /// M4 and M5, where M1 to M3 were given: the proof that SHE has taken the key.
    fn end_with_proof(&mut self, world: &World, material: &[u8]) -> bool {
        let mut proof = [0; SHE_PROOF_LENGTH];
        let key = world.view().crypto_key(self.operation.target);
        let she = key.filter(|key| key.cryptoPropsLength != 0 && material.len() == SHE_MESSAGE_LENGTH);
        let length = she.and_then(|key| world.key_element_get(key.targetKeyId, CRYPTO_KE_MAC_PROOF, &mut proof).ok());
        let proof = length.and_then(|length| proof.get(..length)).unwrap_or(&[]);
        self.end(world, KEYM_RT_OK, proof)
    }

    /// [SWS_KeyM_00008] [SWS_KeyM_00103]
    fn finalize(&mut self, world: &World) -> bool {
        let used = self.operation.request_length;
        if let Some(answer) = world.handler_finalize(self.request(world), used, self.operation.response.room) {
            match answer {
                Ok(length) => self.operation.name_length = length,
                Err(_) => return self.end(world, KEYM_RT_NOT_OK, &[]),
            }
        }
        for index in 0..world.view().crypto_keys().len() {
            let id = u16::try_from(index).unwrap_or(KEYM_NO_CRYPTO_KEY);
            let marked = world.locked(|shared| shared.key(id).is_some_and(|key| core::mem::take(&mut key.marked)));
            let Some(key) = world.view().crypto_key(id).filter(|_| marked) else { continue };
            if world.key_set_valid(key.targetKeyId) != E_OK {
                self.result = KEYM_RT_KEY_CERT_INVALID;
                continue;
            }
            world.locked(|shared| {
                if let Some(node) = shared.key(id) {
                    node.unfinished = false;
                }
                if let Some(record) = shared.records.get_mut(usize::from(key.nvmBlock)) {
                    record.changed(0);
                }
            });
        }
        world.locked(|shared| shared.common.session = None);
        self.step = Step::NextBlock;
        false
    }

    fn next_block(&mut self, world: &World) -> bool {
        let dirty = world.locked(|shared| shared.records.iter().position(|record| record.dirty));
        match dirty.and_then(|index| u16::try_from(index).ok()) {
            Some(block) if self.result != KEYM_RT_KEY_CERT_WRITE_FAIL => {
                self.step = Step::Save(Save::new(block, Default::default()));
                false
            }
            _ => {
                // What the handler answered stands behind the request.
                let response = world.request(self.operation.request_length, self.operation.name_length);
                self.end(world, self.result, response)
            }
        }
    }

    fn verify(&mut self, world: &World) -> bool {
        let request = self.request(world);
        let used = self.operation.name_length.saturating_add(self.operation.request_length);
        let (target, room) = (self.operation.target, self.operation.response.room);
        let (code, length) = world.with_request_tail(used, room, |output| verify(world, target, request, output));
        let result = match code {
            E_OK => KEYM_RT_OK,
            KEYM_E_KEY_CERT_INVALID | KEYM_E_KEY_CERT_EMPTY => KEYM_RT_KEY_CERT_INVALID,
            KEYM_E_BUSY => return false,
            _ => KEYM_RT_NOT_OK,
        };
        let response = world.request(used, u32::try_from(length).unwrap_or(0));
        self.end(world, result, response)
    }

    fn end(&mut self, world: &World, result: KeyM_ResultType, response: &[u8]) -> bool {
        let fits = world.respond(&self.operation.response, response);
        let (result, length) = match fits {
            true => (result, u32::try_from(response.len()).unwrap_or(0)),
            false => (KEYM_RT_NOT_OK, 0),
        };
        let config = world.config();
        let callback = match self.operation.purpose {
            Purpose::Update => config.keyUpdateCallback,
            Purpose::Finalize => config.keyFinalizeCallback,
            _ => config.keyVerifyCallback,
        };
        world.wipe_request();
        world.locked(|shared| (shared.common.operating, shared.common.owed) = (false, None));
        world.key_told(callback, result, &self.operation.response, length);
        true
    }
}

/// Updates one key: now where there are no sessions, else it is marked for `KeyM_Finalize`. [SWS_KeyM_00102]
fn update_key(world: &World, id: KeyM_CryptoKeyIdType, material: &[u8]) -> Result<(), KeyM_ResultType> {
    let Some(key) = world.view().crypto_key(id) else { return Err(KEYM_RT_NOT_OK) };
    if material.is_empty() || material.len() > usize::from(key.maxLength) {
        return Err(KEYM_RT_KEY_CERT_INVALID);
    }
    let session = world.config().startFinalizeEnabled != 0;
    install(world, id, material, !session)?;
    if key.storage == KEYM_STORAGE_IN_NVM {
        world.set_key_material(key, material);
    }
    let delay = world.view().block(key.nvmBlock).map(|block| block.writeDelay);
    world.locked(|shared| {
        if let Some(node) = shared.key(id) {
            node.length = u32::try_from(material.len()).unwrap_or(0);
            (node.marked, node.unfinished) = (session, session);
        }
        // [SWS_KeyM_00098] In a session with `KeyM_Finalize`: until then NvM has the former key.
        if let (Some(delay), Some(record)) = (delay.filter(|_| !session), shared.records.get_mut(usize::from(key.nvmBlock))) {
            record.changed(delay);
        }
    });
    Ok(())
}
