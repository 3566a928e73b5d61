//! Numbers that the driver reports to Det, and what a refusal consists of.
#![forbid(unsafe_code)]

use v2gcrypt_types::*;

numbers! {
    /// Development errors.
    table DET_ERRORS for uint8 {
        CRYPTO_E_UNINIT = 0x00;
        CRYPTO_E_INIT_FAILED = 0x01;
        CRYPTO_E_PARAM_POINTER = 0x02;
        CRYPTO_E_PARAM_HANDLE = 0x04;
        CRYPTO_E_PARAM_VALUE = 0x05;
    }
}

numbers! {
    /// Runtime errors.
    table RUNTIME_ERRORS for uint8 {
        CRYPTO_E_RE_KEY_NOT_AVAILABLE = 0x00;
        CRYPTO_E_RE_KEY_READ_FAIL = 0x01;
        CRYPTO_E_RE_ENTROPY_EXHAUSTED = 0x03;
        CRYPTO_E_RE_NVM_ACCESS_FAILED = 0x04;
    }
}

numbers! {
    /// Service ids, as they are reported to Det.
    ///
    /// Those of the two main functions are not confirmed; the background function has none in AUTOSAR and shares the other's.
    /// That of the NvM callbacks is this driver's.
    table SERVICE_IDS for uint8 {
        CRYPTO_SID_INIT = 0x00;
        CRYPTO_SID_GETVERSIONINFO = 0x01;
        CRYPTO_SID_PROCESSJOB = 0x03;
        CRYPTO_SID_KEYELEMENTSET = 0x04;
        CRYPTO_SID_KEYSETVALID = 0x05;
        CRYPTO_SID_KEYELEMENTGET = 0x06;
        CRYPTO_SID_KEYGENERATE = 0x07;
        CRYPTO_SID_KEYDERIVE = 0x08;
        CRYPTO_SID_KEYEXCHANGECALCPUBVAL = 0x09;
        CRYPTO_SID_KEYEXCHANGECALCSECRET = 0x0A;
        CRYPTO_SID_MAINFUNCTION = 0x0C;
        CRYPTO_SID_RANDOMSEED = 0x0D;
        CRYPTO_SID_CANCELJOB = 0x0E;
        CRYPTO_SID_KEYELEMENTCOPY = 0x0F;
        CRYPTO_SID_KEYCOPY = 0x10;
        CRYPTO_SID_KEYELEMENTIDSGET = 0x11;
        CRYPTO_SID_KEYELEMENTCOPYPARTIAL = 0x13;
        CRYPTO_SID_KEYGETSTATUS = 0x14;
        CRYPTO_SID_KEYSETINVALID = 0x15;
        CRYPTO_SID_CUSTOMSYNC = 0x1A;
        CRYPTO_SID_NVBLOCK = 0x1B;
    }
}

/// What Det hears of a refusal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Report {
    /// Nothing.
    Silent,
    /// A development error.
    Development(uint8),
    /// A runtime error.
    Runtime(uint8),
}

/// Why something was not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refusal {
    /// What the caller gets: never [`E_OK`].
    pub result: Std_ReturnType,
    /// What Det gets.
    pub report: Report,
}

impl Refusal {
    /// A missing buffer, or one that overlaps another.
    pub const POINTER: Self = Self::development(CRYPTO_E_PARAM_POINTER);
    /// An id or algorithm that does not exist.
    pub const HANDLE: Self = Self::development(CRYPTO_E_PARAM_HANDLE);
    /// A length of zero.
    pub const VALUE: Self = Self::development(CRYPTO_E_PARAM_VALUE);
    /// The object, key or queue has no room now.
    pub const BUSY: Self = Self::silent(CRYPTO_E_BUSY);
    /// Not in this state.
    pub const NOT_OK: Self = Self::silent(E_NOT_OK);
    /// A value does not fit an element, or a key an algorithm.
    pub const KEY_SIZE_MISMATCH: Self = Self::silent(CRYPTO_E_KEY_SIZE_MISMATCH);
    /// The key type lacks the element.
    pub const KEY_NOT_AVAILABLE: Self =
        Self { result: CRYPTO_E_KEY_NOT_AVAILABLE, report: Report::Runtime(CRYPTO_E_RE_KEY_NOT_AVAILABLE) };
    /// The element may not be read.
    pub const KEY_READ_FAIL: Self = Self { result: CRYPTO_E_KEY_READ_FAIL, report: Report::Runtime(CRYPTO_E_RE_KEY_READ_FAIL) };
    /// No entropy. [SWS_Crypto_00141]
    pub const ENTROPY_EXHAUSTED: Self =
        Self { result: CRYPTO_E_ENTROPY_EXHAUSTED, report: Report::Runtime(CRYPTO_E_RE_ENTROPY_EXHAUSTED) };

    /// A refusal that Det does not hear of.
    pub const fn silent(result: Std_ReturnType) -> Self {
        Self { result, report: Report::Silent }
    }

    const fn development(error: uint8) -> Self {
        Self { result: E_NOT_OK, report: Report::Development(error) }
    }
}
