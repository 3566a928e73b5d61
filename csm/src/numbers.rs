//! Numbers of Csm: error codes and service ids, as Det gets them.

use v2gcrypt_types::{uint32, uint8};

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
    /// Key ids that are none.
    table KEY_IDS for uint32 {
        CSM_NO_KEY = 0xFFFF_FFFF;
    }
}

v2gcrypt_types::numbers! {
    /// Service ids. Those of CustomService and CustomSync are not confirmed.
    table SERVICE_IDS for uint8 {
        CSM_SID_INIT = 0x00;
        CSM_SID_MAINFUNCTION = 0x01;
        CSM_SID_GETVERSIONINFO = 0x3B;
        CSM_SID_HASH = 0x5D;
        CSM_SID_ENCRYPT = 0x5E;
        CSM_SID_DECRYPT = 0x5F;
        CSM_SID_MACGENERATE = 0x60;
        CSM_SID_MACVERIFY = 0x61;
        CSM_SID_AEADENCRYPT = 0x62;
        CSM_SID_AEADDECRYPT = 0x63;
        CSM_SID_SIGNATUREVERIFY = 0x64;
        CSM_SID_KEYSETVALID = 0x67;
        CSM_SID_KEYELEMENTGET = 0x68;
        CSM_SID_RANDOMSEED = 0x69;
        CSM_SID_KEYGENERATE = 0x6A;
        CSM_SID_KEYDERIVE = 0x6B;
        CSM_SID_KEYEXCHANGECALCPUBVAL = 0x6C;
        CSM_SID_KEYEXCHANGECALCSECRET = 0x6D;
        CSM_SID_CANCELJOB = 0x6F;
        CSM_SID_CALLBACKNOTIFICATION = 0x70;
        CSM_SID_KEYELEMENTCOPY = 0x71;
        CSM_SID_RANDOMGENERATE = 0x72;
        CSM_SID_KEYCOPY = 0x73;
        CSM_SID_SIGNATUREGENERATE = 0x76;
        CSM_SID_KEYELEMENTSET = 0x78;
        CSM_SID_KEYELEMENTCOPYPARTIAL = 0x79;
        CSM_SID_JOBKEYSETVALID = 0x7A;
        CSM_SID_JOBRANDOMSEED = 0x7B;
        CSM_SID_JOBKEYGENERATE = 0x7C;
        CSM_SID_JOBKEYDERIVE = 0x7D;
        CSM_SID_JOBKEYEXCHANGECALCPUBVAL = 0x7E;
        CSM_SID_JOBKEYEXCHANGECALCSECRET = 0x7F;
        CSM_SID_KEYGETSTATUS = 0x83;
        CSM_SID_JOBKEYSETINVALID = 0x84;
        CSM_SID_KEYSETINVALID = 0x85;
        CSM_SID_CUSTOMSERVICE = 0x88;
        CSM_SID_CUSTOMSYNC = 0x89;
    }
}
