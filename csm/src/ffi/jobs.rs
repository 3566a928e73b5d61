//! Services of jobs that compute: `Csm_Hash` to `Csm_RandomGenerate`.

use super::call::*;
use super::instance::boundary;
use super::pointers::*;
use crate::numbers::*;
use v2gcrypt_types::*;

/// Hashes data.
///
/// * `jobId`: a job of service `CRYPTO_HASH`.
/// * `mode`: `CRYPTO_OPERATIONMODE_*`, combined. UPDATE needs the data; FINISH needs the result and its length.
/// * `dataPtr`, `dataLength`: `dataLength` bytes.
/// * `resultPtr`: room for the hash, big-endian.
/// * `resultLengthPtr`: in: bytes of room; out, on success of FINISH: bytes of the hash.
///
/// Returns `E_OK`: done (synchronous), or accepted: buffers stay with the stack until the callback (asynchronous).
/// `CRYPTO_E_BUSY`: the job is in flight, the queue is full, or more urgent work waits: try later. `E_NOT_OK`: wrong arguments, or
/// a combination of operations that does not exist; or what the driver returned. Source: [SWS_Csm_00980]
#[no_mangle]
pub unsafe extern "C" fn Csm_Hash(
    jobId: uint32,
    mode: Crypto_OperationModeType,
    dataPtr: *const uint8,
    dataLength: uint32,
    resultPtr: *mut uint8,
    resultLengthPtr: *mut uint32,
) -> Std_ReturnType {
    let mut call = Call::generate(CSM_SID_HASH, CRYPTO_HASH, (dataPtr, dataLength), (resultPtr, resultLengthPtr));
    boundary(E_NOT_OK, || serve(jobId, mode, &mut call))
}

/// Computes a message authentication code.
///
/// * `jobId`: a job of service `CRYPTO_MACGENERATE`.
/// * `mode`: `CRYPTO_OPERATIONMODE_*`, combined. UPDATE needs the data; FINISH needs the MAC and its length.
/// * `dataPtr`, `dataLength`: `dataLength` bytes.
/// * `macPtr`: room for the whole MAC.
/// * `macLengthPtr`: in: bytes of room; out, on success of FINISH: bytes of the MAC.
///
/// Returns as [`Csm_Hash`]; from the driver also `CRYPTO_E_KEY_NOT_VALID`, `CRYPTO_E_KEY_SIZE_MISMATCH`, `CRYPTO_E_KEY_EMPTY`.
/// Source: [SWS_Csm_00982]
#[no_mangle]
pub unsafe extern "C" fn Csm_MacGenerate(
    jobId: uint32,
    mode: Crypto_OperationModeType,
    dataPtr: *const uint8,
    dataLength: uint32,
    macPtr: *mut uint8,
    macLengthPtr: *mut uint32,
) -> Std_ReturnType {
    let mut call = Call::generate(CSM_SID_MACGENERATE, CRYPTO_MACGENERATE, (dataPtr, dataLength), (macPtr, macLengthPtr));
    boundary(E_NOT_OK, || serve(jobId, mode, &mut call))
}

/// Compares a message authentication code. A mismatch is a result, not an error.
///
/// * `jobId`: a job of service `CRYPTO_MACVERIFY`.
/// * `mode`: `CRYPTO_OPERATIONMODE_*`, combined. UPDATE needs the data; FINISH needs the MAC and `verifyPtr`.
/// * `dataPtr`, `dataLength`: `dataLength` bytes.
/// * `macPtr`, `macLength`: the leading `macLength` **bits** of the MAC.
/// * `verifyPtr`: out, on success of FINISH: `CRYPTO_E_VER_OK` or `CRYPTO_E_VER_NOT_OK`.
///
/// Returns as [`Csm_MacGenerate`]. Source: [SWS_Csm_01050]
#[no_mangle]
pub unsafe extern "C" fn Csm_MacVerify(
    jobId: uint32,
    mode: Crypto_OperationModeType,
    dataPtr: *const uint8,
    dataLength: uint32,
    macPtr: *const uint8,
    macLength: uint32,
    verifyPtr: *mut Crypto_VerifyResultType,
) -> Std_ReturnType {
    let mut call = Call::verify(CSM_SID_MACVERIFY, CRYPTO_MACVERIFY, (dataPtr, dataLength), (macPtr, macLength), verifyPtr);
    boundary(E_NOT_OK, || serve(jobId, mode, &mut call))
}

/// Signs data.
///
/// * `jobId`: a job of service `CRYPTO_SIGNATUREGENERATE`.
/// * `mode`: `CRYPTO_OPERATIONMODE_*`, combined. UPDATE needs the data; FINISH needs the signature and its length.
/// * `dataPtr`, `dataLength`: `dataLength` bytes of the message, not its hash.
/// * `signaturePtr`: room for the signature; for ECDSA raw r‖s, big-endian.
/// * `signatureLengthPtr`: in: bytes of room; out, on success of FINISH: bytes of the signature.
///
/// Returns as [`Csm_MacGenerate`]. Source: [SWS_Csm_00992]
#[no_mangle]
pub unsafe extern "C" fn Csm_SignatureGenerate(
    jobId: uint32,
    mode: Crypto_OperationModeType,
    dataPtr: *const uint8,
    dataLength: uint32,
    signaturePtr: *mut uint8,
    signatureLengthPtr: *mut uint32,
) -> Std_ReturnType {
    let (sid, service) = (CSM_SID_SIGNATUREGENERATE, CRYPTO_SIGNATUREGENERATE);
    let mut call = Call::generate(sid, service, (dataPtr, dataLength), (signaturePtr, signatureLengthPtr));
    boundary(E_NOT_OK, || serve(jobId, mode, &mut call))
}

/// Verifies a signature. A mismatch is a result, not an error.
///
/// * `jobId`: a job of service `CRYPTO_SIGNATUREVERIFY`.
/// * `mode`: `CRYPTO_OPERATIONMODE_*`, combined. UPDATE needs the data; FINISH needs the signature and `verifyPtr`.
/// * `dataPtr`, `dataLength`: `dataLength` bytes of the message, not its hash.
/// * `signaturePtr`, `signatureLength`: the signature in bytes; for ECDSA raw r‖s, big-endian.
/// * `verifyPtr`: out, on success of FINISH: `CRYPTO_E_VER_OK` or `CRYPTO_E_VER_NOT_OK`.
///
/// Returns as [`Csm_MacGenerate`]. Source: [SWS_Csm_00996]
#[no_mangle]
pub unsafe extern "C" fn Csm_SignatureVerify(
    jobId: uint32,
    mode: Crypto_OperationModeType,
    dataPtr: *const uint8,
    dataLength: uint32,
    signaturePtr: *const uint8,
    signatureLength: uint32,
    verifyPtr: *mut Crypto_VerifyResultType,
) -> Std_ReturnType {
    let (sid, service) = (CSM_SID_SIGNATUREVERIFY, CRYPTO_SIGNATUREVERIFY);
    let mut call = Call::verify(sid, service, (dataPtr, dataLength), (signaturePtr, signatureLength), verifyPtr);
    boundary(E_NOT_OK, || serve(jobId, mode, &mut call))
}

/// Encrypts data.
///
/// * `jobId`: a job of service `CRYPTO_ENCRYPT`.
/// * `mode`: `CRYPTO_OPERATIONMODE_*`, combined. UPDATE needs the data; UPDATE and FINISH need the result and its length.
/// * `dataPtr`, `dataLength`: `dataLength` bytes.
/// * `resultPtr`: room for what this call completes. It may be `dataPtr`; any other overlap is refused.
/// * `resultLengthPtr`: in: bytes of room; out, on success of UPDATE and FINISH: bytes written by this call.
///
/// Returns as [`Csm_MacGenerate`]. Source: [SWS_Csm_00984]
#[no_mangle]
pub unsafe extern "C" fn Csm_Encrypt(
    jobId: uint32,
    mode: Crypto_OperationModeType,
    dataPtr: *const uint8,
    dataLength: uint32,
    resultPtr: *mut uint8,
    resultLengthPtr: *mut uint32,
) -> Std_ReturnType {
    let call = Call::generate(CSM_SID_ENCRYPT, CRYPTO_ENCRYPT, (dataPtr, dataLength), (resultPtr, resultLengthPtr));
    let mut call = Call { needs: &CIPHER, ..call };
    boundary(E_NOT_OK, || serve(jobId, mode, &mut call))
}

/// Decrypts data.
///
/// * `jobId`: a job of service `CRYPTO_DECRYPT`.
/// * `mode`: `CRYPTO_OPERATIONMODE_*`, combined. UPDATE needs the data; UPDATE and FINISH need the result and its length.
/// * `dataPtr`, `dataLength`: `dataLength` bytes.
/// * `resultPtr`: room for what this call completes. It may be `dataPtr`; any other overlap is refused.
/// * `resultLengthPtr`: in: bytes of room; out, on success of UPDATE and FINISH: bytes written by this call.
///
/// Returns as [`Csm_MacGenerate`]. Source: [SWS_Csm_00989]
#[no_mangle]
pub unsafe extern "C" fn Csm_Decrypt(
    jobId: uint32,
    mode: Crypto_OperationModeType,
    dataPtr: *const uint8,
    dataLength: uint32,
    resultPtr: *mut uint8,
    resultLengthPtr: *mut uint32,
) -> Std_ReturnType {
    let call = Call::generate(CSM_SID_DECRYPT, CRYPTO_DECRYPT, (dataPtr, dataLength), (resultPtr, resultLengthPtr));
    let mut call = Call { needs: &CIPHER, ..call };
    boundary(E_NOT_OK, || serve(jobId, mode, &mut call))
}

/// Encrypts a text, and authenticates it together with data that stay in the clear.
///
/// * `jobId`: a job of service `CRYPTO_AEADENCRYPT`.
/// * `mode`: `CRYPTO_OPERATIONMODE_*`, combined. UPDATE takes text and associated data, and needs room when there is text; FINISH
///   needs the tag and its length.
/// * `plaintextPtr`, `plaintextLength`; `associatedDataPtr`, `associatedDataLength`: bytes; of length 0 also `NULL_PTR`. In a stream
///   associated data come before the first text.
/// * `ciphertextPtr`: room for what this call completes. It may be `plaintextPtr`; any other overlap is refused.
/// * `ciphertextLengthPtr`: in: bytes of room; out, on success: bytes written by this call.
/// * `tagPtr`, `tagLengthPtr`: room for the tag; in: bytes wanted; out, on success of FINISH: bytes of the tag.
///
/// Returns as [`Csm_MacGenerate`]. Source: [SWS_Csm_01023]
#[no_mangle]
#[allow(clippy::too_many_arguments)] // the standard's
pub unsafe extern "C" fn Csm_AEADEncrypt(
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
) -> Std_ReturnType {
    let io = Crypto_JobPrimitiveInputOutputType {
        inputPtr: plaintextPtr,
        inputLength: plaintextLength,
        secondaryInputPtr: associatedDataPtr,
        secondaryInputLength: associatedDataLength,
        outputPtr: ciphertextPtr,
        outputLengthPtr: ciphertextLengthPtr,
        secondaryOutputPtr: tagPtr,
        secondaryOutputLengthPtr: tagLengthPtr,
        ..NO_INPUT_OUTPUT
    };
    let (sid, service) = (CSM_SID_AEADENCRYPT, CRYPTO_AEADENCRYPT);
    let mut call = Call { sid, service, needs: &AEAD_ENCRYPT, keys: Keys::Configured, io };
    boundary(E_NOT_OK, || serve(jobId, mode, &mut call))
}

/// Decrypts a text, and verifies it together with data that stay in the clear. A wrong tag is a result, not an error; what a
/// single call has decrypted is then wiped.
///
/// * `jobId`: a job of service `CRYPTO_AEADDECRYPT`.
/// * `mode`: `CRYPTO_OPERATIONMODE_*`, combined. UPDATE takes text and associated data, and needs room when there is text; FINISH
///   needs the tag and `verifyPtr`. What UPDATE gives is not verified before FINISH.
/// * `ciphertextPtr`, `ciphertextLength`; `associatedDataPtr`, `associatedDataLength`: bytes; of length 0 also `NULL_PTR`. In a stream
///   associated data come before the first text.
/// * `tagPtr`, `tagLength`: the tag in bytes.
/// * `plaintextPtr`: room for what this call completes. It may be `ciphertextPtr`; any other overlap is refused.
/// * `plaintextLengthPtr`: in: bytes of room; out, on success: bytes written by this call.
/// * `verifyPtr`: out, on success of FINISH: `CRYPTO_E_VER_OK` or `CRYPTO_E_VER_NOT_OK`.
///
/// Returns as [`Csm_MacGenerate`]. Source: [SWS_Csm_01026]
#[no_mangle]
#[allow(clippy::too_many_arguments)] // the standard's
pub unsafe extern "C" fn Csm_AEADDecrypt(
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
) -> Std_ReturnType {
    let io = Crypto_JobPrimitiveInputOutputType {
        inputPtr: ciphertextPtr,
        inputLength: ciphertextLength,
        secondaryInputPtr: associatedDataPtr,
        secondaryInputLength: associatedDataLength,
        tertiaryInputPtr: tagPtr,
        tertiaryInputLength: tagLength,
        outputPtr: plaintextPtr,
        outputLengthPtr: plaintextLengthPtr,
        verifyPtr,
        ..NO_INPUT_OUTPUT
    };
    let (sid, service) = (CSM_SID_AEADDECRYPT, CRYPTO_AEADDECRYPT);
    let mut call = Call { sid, service, needs: &AEAD_DECRYPT, keys: Keys::Configured, io };
    boundary(E_NOT_OK, || serve(jobId, mode, &mut call))
}

/// Generates random bytes.
///
/// * `jobId`: a job of service `CRYPTO_RANDOMGENERATE`.
/// * `resultPtr`: room for the bytes.
/// * `resultLengthPtr`: in: bytes wanted; out, on success: bytes written.
///
/// Returns as [`Csm_Hash`]; from the driver also `CRYPTO_E_ENTROPY_EXHAUSTED`. Source: [SWS_Csm_01543]
#[no_mangle]
pub unsafe extern "C" fn Csm_RandomGenerate(
    jobId: uint32,
    resultPtr: *mut uint8,
    resultLengthPtr: *mut uint32,
) -> Std_ReturnType {
    let io = Crypto_JobPrimitiveInputOutputType { outputPtr: resultPtr, outputLengthPtr: resultLengthPtr, ..NO_INPUT_OUTPUT };
    let (sid, service) = (CSM_SID_RANDOMGENERATE, CRYPTO_RANDOMGENERATE);
    let mut call = Call { sid, service, needs: &ONLY_OUTPUT, keys: Keys::Configured, io };
    boundary(E_NOT_OK, || serve_at_once(jobId, &mut call))
}
