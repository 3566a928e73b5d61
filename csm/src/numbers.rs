//! Numbers of Csm: error codes and service ids, as Det gets them.

use v2gcrypt_types::uint8;

v2gcrypt_types::numbers! {
    /// Development errors.
    table DET_ERRORS for uint8 {
        CSM_E_PARAM_POINTER = 0x01;
        CSM_E_PARAM_HANDLE = 0x04;
        CSM_E_UNINIT = 0x05;
        CSM_E_INIT_FAILED = 0x07;
        CSM_E_PROCESSING_MODE = 0x08;
        CSM_E_SERVICE_TYPE = 0x09;
    }
}

v2gcrypt_types::numbers! {
    /// Runtime errors: a number space of their own.
    table RUNTIME_ERRORS for uint8 {
        CSM_E_QUEUE_FULL = 0x01;
    }
}

v2gcrypt_types::numbers! {
    /// Service ids.
    table SERVICE_IDS for uint8 {
        CSM_SID_INIT = 0x00;
        CSM_SID_MAINFUNCTION = 0x01;
        CSM_SID_GETVERSIONINFO = 0x3B;
        CSM_SID_HASH = 0x5D;
        CSM_SID_MACGENERATE = 0x60;
        CSM_SID_MACVERIFY = 0x61;
        CSM_SID_SIGNATUREVERIFY = 0x64;
        CSM_SID_KEYSETVALID = 0x67;
        CSM_SID_KEYELEMENTGET = 0x68;
        CSM_SID_CANCELJOB = 0x6F;
        CSM_SID_CALLBACKNOTIFICATION = 0x70;
        CSM_SID_RANDOMGENERATE = 0x72;
        CSM_SID_SIGNATUREGENERATE = 0x76;
        CSM_SID_KEYELEMENTSET = 0x78;
        CSM_SID_KEYGETSTATUS = 0x83;
        CSM_SID_KEYSETINVALID = 0x85;
    }
}
