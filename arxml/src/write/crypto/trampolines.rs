//! The functions of a driver: each passes its instance to the core that all instances share.

use super::super::c::{wrapped, Source};
use crate::model::Driver;

/// The core that a driver's functions stand on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Core {
    Soft,
    Hsm,
}

/// A function of AUTOSAR over one of the core's.
pub(super) struct Trampoline {
    pub name: &'static str,
    returns: &'static str,
    /// Type and name of each; `$` stands for the driver's prefix.
    parameters: &'static [&'static str],
}

const fn trampoline(name: &'static str, returns: &'static str, parameters: &'static [&'static str]) -> Trampoline {
    Trampoline { name, returns, parameters }
}

/// [SWS_Crypto_91000] and following; NvGetStatus is ours.
const TRAMPOLINES: &[Trampoline] = &[
    trampoline("Init", "void", &["const $_ConfigType* configPtr"]),
    trampoline("GetVersionInfo", "void", &["Std_VersionInfoType* versioninfo"]),
    trampoline("ProcessJob", "Std_ReturnType", &["uint32 objectId", "Crypto_JobType* job"]),
    trampoline("CancelJob", "Std_ReturnType", &["uint32 objectId", "Crypto_JobType* job"]),
    trampoline(
        "KeyElementSet",
        "Std_ReturnType",
        &["uint32 cryptoKeyId", "uint32 keyElementId", "const uint8* keyPtr", "uint32 keyLength"],
    ),
    trampoline(
        "KeyElementGet",
        "Std_ReturnType",
        &["uint32 cryptoKeyId", "uint32 keyElementId", "uint8* resultPtr", "uint32* resultLengthPtr"],
    ),
    trampoline("KeySetValid", "Std_ReturnType", &["uint32 cryptoKeyId"]),
    trampoline("KeySetInvalid", "Std_ReturnType", &["uint32 cryptoKeyId"]),
    trampoline("KeyGetStatus", "Std_ReturnType", &["uint32 cryptoKeyId", "Crypto_KeyStatusType* keyStatusPtr"]),
    trampoline(
        "KeyElementCopy",
        "Std_ReturnType",
        &["uint32 cryptoKeyId", "uint32 keyElementId", "uint32 targetCryptoKeyId", "uint32 targetKeyElementId"],
    ),
    trampoline(
        "KeyElementCopyPartial",
        "Std_ReturnType",
        &[
            "uint32 cryptoKeyId",
            "uint32 keyElementId",
            "uint32 keyElementSourceOffset",
            "uint32 keyElementTargetOffset",
            "uint32 keyElementCopyLength",
            "uint32 targetCryptoKeyId",
            "uint32 targetKeyElementId",
        ],
    ),
    trampoline("KeyCopy", "Std_ReturnType", &["uint32 cryptoKeyId", "uint32 targetCryptoKeyId"]),
    trampoline(
        "KeyElementIdsGet",
        "Std_ReturnType",
        &["uint32 cryptoKeyId", "uint32* keyElementIdsPtr", "uint32* keyElementIdsLengthPtr"],
    ),
    trampoline("RandomSeed", "Std_ReturnType", &["uint32 cryptoKeyId", "const uint8* seedPtr", "uint32 seedLength"]),
    trampoline("KeyGenerate", "Std_ReturnType", &["uint32 cryptoKeyId"]),
    trampoline("KeyDerive", "Std_ReturnType", &["uint32 cryptoKeyId", "uint32 targetCryptoKeyId"]),
    trampoline(
        "KeyExchangeCalcPubVal",
        "Std_ReturnType",
        &["uint32 cryptoKeyId", "uint8* publicValuePtr", "uint32* publicValueLengthPtr"],
    ),
    trampoline(
        "KeyExchangeCalcSecret",
        "Std_ReturnType",
        &["uint32 cryptoKeyId", "const uint8* partnerPublicValuePtr", "uint32 partnerPublicValueLength"],
    ),
    trampoline(
        "CustomSync",
        "Std_ReturnType",
        &[
            "uint32 dispatchId",
            "uint32 keyId",
            "uint32 keyElementId",
            "uint32 targetKeyId",
            "uint32 targetKeyElementId",
            "const uint8* inputPtr",
            "uint32 inputLength",
            "uint8* outputPtr",
            "uint32* outputLengthPtr",
            "uint8* secondaryOutputPtr",
            "uint32* secondaryOutputLengthPtr",
        ],
    ),
    trampoline("NvGetStatus", "Std_ReturnType", &["uint32 cryptoKeyId", "uint8* status"]),
    trampoline("MainFunction", "void", &[]),
    trampoline("MainFunctionBackground", "void", &[]),
];

/// The HSM keeps keys by itself, and what takes long takes it long.
const NOT_OF_HSM: &[&str] = &["NvGetStatus", "MainFunctionBackground"];

impl Core {
    pub fn of(driver: &Driver) -> Self {
        match driver.hsm {
            Some(_) => Self::Hsm,
            None => Self::Soft,
        }
    }

    /// What its types begin with.
    pub fn name(self) -> &'static str {
        match self {
            Self::Soft => "CryptoSoft",
            Self::Hsm => "CryptoHsm",
        }
    }

    pub fn trampolines(self) -> impl Iterator<Item = &'static Trampoline> {
        TRAMPOLINES.iter().filter(move |trampoline| self == Self::Soft || !NOT_OF_HSM.contains(&trampoline.name))
    }

    /// What the main function does.
    pub fn main_function(self) -> &'static str {
        match self {
            Self::Soft => "hashes, MACs, ciphers, random numbers",
            Self::Hsm => "connects to the HSM, looks for responses and at the clock",
        }
    }
}

impl Trampoline {
    pub fn prototype(&self, prefix: &str) -> String {
        let parameters = self.parameters.join(", ").replace('$', prefix);
        let parameters = if parameters.is_empty() { "void" } else { &parameters };
        format!("{} {prefix}_{}({parameters})", self.returns, self.name)
    }

    /// The core's function, called with the names of the parameters.
    fn call(&self, core: Core, prefix: &str) -> String {
        let names = self.parameters.iter().filter_map(|parameter| parameter.split_whitespace().next_back());
        let arguments: Vec<_> = std::iter::once(format!("&{prefix}_Instance")).chain(names.map(String::from)).collect();
        format!("V2gcrypt_{}_{}({})", core.name(), self.name, arguments.join(", "))
    }
}

pub(super) fn write(core: Core, prefix: &str, source: &mut Source) {
    for (index, trampoline) in core.trampolines().enumerate() {
        if index > 0 {
            source.blank();
        }
        source.line(wrapped(&trampoline.prototype(prefix)));
        source.line("{");
        let call = trampoline.call(core, prefix);
        match trampoline.returns {
            "void" => source.line(wrapped(&format!("    {call};"))),
            _ => source.line(wrapped(&format!("    return {call};"))),
        }
        source.line("}");
    }
}
