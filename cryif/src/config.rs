//! What generated C tells CryIf: `CryIf_ConfigType` and its tables. They lie in flash; CryIf only reads them.

use v2gcrypt_types::*;

/// The entry points of one Crypto driver, by their AUTOSAR names without infix. `NULL_PTR` where the driver has none.
#[repr(C)]
#[derive(Debug, Clone, Copy, Default)]
pub struct CryIf_DriverType {
    /// `Crypto_<vi>_<ai>_ProcessJob`
    pub processJob: Option<unsafe extern "C" fn(objectId: uint32, job: *mut Crypto_JobType) -> Std_ReturnType>,
    /// `Crypto_<vi>_<ai>_CancelJob`
    pub cancelJob: Option<unsafe extern "C" fn(objectId: uint32, job: *mut Crypto_JobType) -> Std_ReturnType>,
    /// `Crypto_<vi>_<ai>_KeyElementSet`
    pub keyElementSet: Option<
        unsafe extern "C" fn(
            cryptoKeyId: uint32,
            keyElementId: uint32,
            keyPtr: *const uint8,
            keyLength: uint32,
        ) -> Std_ReturnType,
    >,
    /// `Crypto_<vi>_<ai>_KeyElementGet`
    pub keyElementGet: Option<
        unsafe extern "C" fn(
            cryptoKeyId: uint32,
            keyElementId: uint32,
            resultPtr: *mut uint8,
            resultLengthPtr: *mut uint32,
        ) -> Std_ReturnType,
    >,
    /// `Crypto_<vi>_<ai>_KeySetValid`
    pub keySetValid: Option<unsafe extern "C" fn(cryptoKeyId: uint32) -> Std_ReturnType>,
    /// `Crypto_<vi>_<ai>_KeySetInvalid`
    pub keySetInvalid: Option<unsafe extern "C" fn(cryptoKeyId: uint32) -> Std_ReturnType>,
    /// `Crypto_<vi>_<ai>_KeyGetStatus`
    pub keyGetStatus:
        Option<unsafe extern "C" fn(cryptoKeyId: uint32, keyStatusPtr: *mut Crypto_KeyStatusType) -> Std_ReturnType>,
    /// `Crypto_<vi>_<ai>_KeyElementCopy`
    pub keyElementCopy: Option<
        unsafe extern "C" fn(
            cryptoKeyId: uint32,
            keyElementId: uint32,
            targetCryptoKeyId: uint32,
            targetKeyElementId: uint32,
        ) -> Std_ReturnType,
    >,
    /// `Crypto_<vi>_<ai>_KeyElementCopyPartial`
    pub keyElementCopyPartial: Option<
        unsafe extern "C" fn(
            cryptoKeyId: uint32,
            keyElementId: uint32,
            keyElementSourceOffset: uint32,
            keyElementTargetOffset: uint32,
            keyElementCopyLength: uint32,
            targetCryptoKeyId: uint32,
            targetKeyElementId: uint32,
        ) -> Std_ReturnType,
    >,
    /// `Crypto_<vi>_<ai>_KeyCopy`
    pub keyCopy: Option<unsafe extern "C" fn(cryptoKeyId: uint32, targetCryptoKeyId: uint32) -> Std_ReturnType>,
    /// `Crypto_<vi>_<ai>_RandomSeed`
    pub randomSeed:
        Option<unsafe extern "C" fn(cryptoKeyId: uint32, seedPtr: *const uint8, seedLength: uint32) -> Std_ReturnType>,
    /// `Crypto_<vi>_<ai>_KeyGenerate`
    pub keyGenerate: Option<unsafe extern "C" fn(cryptoKeyId: uint32) -> Std_ReturnType>,
    /// `Crypto_<vi>_<ai>_KeyDerive`
    pub keyDerive: Option<unsafe extern "C" fn(cryptoKeyId: uint32, targetCryptoKeyId: uint32) -> Std_ReturnType>,
    /// `Crypto_<vi>_<ai>_KeyExchangeCalcPubVal`
    pub keyExchangeCalcPubVal: Option<
        unsafe extern "C" fn(
            cryptoKeyId: uint32,
            publicValuePtr: *mut uint8,
            publicValueLengthPtr: *mut uint32,
        ) -> Std_ReturnType,
    >,
    /// `Crypto_<vi>_<ai>_KeyExchangeCalcSecret`
    pub keyExchangeCalcSecret: Option<
        unsafe extern "C" fn(
            cryptoKeyId: uint32,
            partnerPublicValuePtr: *const uint8,
            partnerPublicValueLength: uint32,
        ) -> Std_ReturnType,
    >,
    /// `Crypto_<vi>_<ai>_CustomSync`
    #[allow(clippy::type_complexity)] // the standard's
    pub customSync: Option<
        unsafe extern "C" fn(
            dispatchId: uint32,
            keyId: uint32,
            keyElementId: uint32,
            targetKeyId: uint32,
            targetKeyElementId: uint32,
            inputPtr: *const uint8,
            inputLength: uint32,
            outputPtr: *mut uint8,
            outputLengthPtr: *mut uint32,
            secondaryOutputPtr: *mut uint8,
            secondaryOutputLengthPtr: *mut uint32,
        ) -> Std_ReturnType,
    >,
}

/// Bytes of the longest key element that can be copied from one driver to another: each copy takes that much stack, a partial
/// one twice.
pub const CRYIF_COPY_BUFFER_SIZE: uint32 = 256;

/// One `CryIfChannel`; its id is its index.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct CryIf_ChannelConfigType {
    /// Driver of the object.
    pub driver: *const CryIf_DriverType,
    /// `CryptoDriverObjectId`.
    pub objectId: uint32,
}

/// One `CryIfKey`; its id is its index.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct CryIf_KeyConfigType {
    /// Driver of the key.
    pub driver: *const CryIf_DriverType,
    /// `CryptoKeyId`.
    pub cryptoKeyId: uint32,
}

/// The configuration of CryIf.
#[repr(C)]
pub struct CryIf_ConfigType {
    /// [`V2GCRYPT_CONFIG_MAGIC`].
    pub magic: uint32,
    /// `sizeof(CryIf_ConfigType)`.
    pub configSize: uint32,
    /// `sizeof(CryIf_DriverType)`.
    pub driverSize: uint32,
    /// Channels.
    pub channelCount: uint32,
    /// Keys.
    pub keyCount: uint32,
    /// `channelCount` channels.
    pub channels: *const CryIf_ChannelConfigType,
    /// `keyCount` keys.
    pub keys: *const CryIf_KeyConfigType,
    /// `CryIfDevErrorDetect`: development errors are reported to Det. They are detected in any case.
    pub devErrorDetect: boolean,
    /// Address of the symbol that names the ABI: a configuration for another ABI does not link. Nobody reads it.
    pub abi: *const uint8,
}
