//! `Platform_Types.h` and `Std_Types.h`.

/// 8-bit unsigned integer.
pub type uint8 = u8;
/// 16-bit unsigned integer.
pub type uint16 = u16;
/// 32-bit unsigned integer.
pub type uint32 = u32;
/// `TRUE` or `FALSE`, as wide as [`uint8`]. Any other value that C writes counts as `TRUE`.
pub type boolean = u8;

/// What most services return: [`E_OK`], [`E_NOT_OK`], or an extension such as [`crate::CRYPTO_E_BUSY`].
pub type Std_ReturnType = uint8;

crate::numbers! {
    /// The two return values that every module shares.
    table STD_RETURN for Std_ReturnType {
        E_OK = 0x00;
        E_NOT_OK = 0x01;
    }
}

/// What `<Module>_GetVersionInfo` writes.
#[repr(C)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Std_VersionInfoType {
    /// Vendor id of the implementer.
    pub vendorID: uint16,
    /// AUTOSAR module id.
    pub moduleID: uint16,
    /// Major version of the software.
    pub sw_major_version: uint8,
    /// Minor version of the software.
    pub sw_minor_version: uint8,
    /// Patch version of the software.
    pub sw_patch_version: uint8,
}

/// Vendor id of this implementation. None is registered with AUTOSAR, so it is 0.
pub const V2GCRYPT_VENDOR_ID: uint16 = 0;

crate::numbers! {
    /// AUTOSAR module ids.
    table MODULE_IDS for uint16 {
        KEYM_MODULE_ID = 109;
        CSM_MODULE_ID = 110;
        CRYIF_MODULE_ID = 112;
        CRYPTO_MODULE_ID = 114;
    }
}

/// What `<Module>_GetVersionInfo` of module `moduleID` writes: the version of this package.
pub const fn version_info(moduleID: uint16) -> Std_VersionInfoType {
    Std_VersionInfoType {
        vendorID: V2GCRYPT_VENDOR_ID,
        moduleID,
        sw_major_version: decimal(env!("CARGO_PKG_VERSION_MAJOR")),
        sw_minor_version: decimal(env!("CARGO_PKG_VERSION_MINOR")),
        sw_patch_version: decimal(env!("CARGO_PKG_VERSION_PATCH")),
    }
}

const fn decimal(text: &str) -> u8 {
    let digits = text.as_bytes();
    let mut value = 0;
    let mut at = 0;
    while at < digits.len() {
        value = value * 10 + (digits[at] - b'0');
        at += 1;
    }
    value
}
