//! The public headers: cbindgen writes types and functions, number tables become macros, preludes are kept here by hand.

use std::fmt::Write as _;
use std::path::Path;

use v2gcrypt_keym::numbers as keym;
use v2gcrypt_types::{self as types, Number};

/// One generated file: its path from the workspace's root, and its text.
pub struct Generated {
    /// Path from the workspace's root.
    pub path: &'static str,
    /// Text.
    pub text: String,
}

struct Header {
    path: &'static str,
    brief: &'static str,
    prelude: &'static str,
    tables: &'static [(&'static str, &'static [Number])],
    sources: &'static [&'static str],
    /// Functions and statics that belong into another header, or to the integrator.
    exclude: &'static [&'static str],
    /// When not empty: the only functions of this header.
    only: &'static [&'static str],
    postlude: &'static str,
}

/// All generated headers, as they should be in `include/`.
pub fn generate(workspace: &Path) -> Vec<Generated> {
    HEADERS.iter().map(|header| Generated { path: header.path, text: header.text(workspace) }).collect()
}

const CALLOUTS: &[&str] = &[
    "Det_ReportError",
    "Det_ReportRuntimeError",
    "SchM_Enter_Csm_CSM_EXCLUSIVE_AREA_0",
    "SchM_Exit_Csm_CSM_EXCLUSIVE_AREA_0",
    "SchM_Enter_Crypto_CRYPTO_EXCLUSIVE_AREA_0",
    "SchM_Exit_Crypto_CRYPTO_EXCLUSIVE_AREA_0",
    "Crypto_EntropyCallout",
    "Csm_Config",
    "CryIf_Config",
    "SchM_Enter_KeyM_KEYM_EXCLUSIVE_AREA_0",
    "SchM_Exit_KeyM_KEYM_EXCLUSIVE_AREA_0",
    "KeyM_Config",
];

const HEADERS: &[Header] = &[
    Header {
        path: "include/platform/Std_Types.h",
        brief: "Standard types. An integrator's own file wins by include order.",
        prelude: "#include \"Platform_Types.h\"\n#include \"Compiler.h\"\n\n#define STD_HIGH 0x01U\n#define STD_LOW 0x00U\n#define STD_ACTIVE 0x01U\n#define STD_IDLE 0x00U\n#define STD_ON 0x01U\n#define STD_OFF 0x00U\n",
        tables: &[("Std_ReturnType", types::STD_RETURN)],
        sources: &["types/src/std_types.rs"],
        exclude: &["uint8", "uint16", "uint32", "boolean", "V2GCRYPT_VENDOR_ID"],
        only: &[],
        postlude: "",
    },
    Header {
        path: "include/Rte_Csm_Type.h",
        brief: "Implementation data types of Csm, as the RTE gives them to software components.",
        prelude: "#include \"Std_Types.h\"\n",
        tables: &[
            ("Crypto_OperationModeType [SWS_Csm_01029]", types::OPERATION_MODES),
            ("Crypto_VerifyResultType [SWS_Csm_01024]", types::VERIFY_RESULTS),
            ("Crypto_KeyStatusType [SWS_Csm_91102]", types::KEY_STATUSES),
            ("Std_ReturnType, extension [SWS_Csm_91043]", types::CRYPTO_RETURN),
        ],
        sources: &["types/src/rte_csm.rs"],
        exclude: &[],
        only: &[],
        postlude: "",
    },
    Header {
        path: "include/Crypto_GeneralTypes.h",
        brief: "Types that Csm, CryIf and every Crypto driver share.",
        prelude: "#include \"Rte_Csm_Type.h\"\n#include \"V2gcrypt_Abi.h\"\n",
        tables: &[
            ("Crypto_AlgorithmFamilyType [SWS_Csm_01047]", types::ALGORITHM_FAMILIES),
            ("Crypto_AlgorithmModeType [SWS_Csm_01048]", types::ALGORITHM_MODES),
            ("Crypto_ServiceInfoType [SWS_Csm_01031]", types::SERVICES),
            ("Crypto_JobStateType [SWS_Csm_01028]", types::JOB_STATES),
            ("Crypto_ProcessingType [SWS_Csm_01049]", types::PROCESSING_TYPES),
            ("Crypto_InputOutputRedirectionConfigType [SWS_Csm_91024]", types::REDIRECTIONS),
            ("Key element ids [SWS_Csm_01022]", types::KEY_ELEMENTS),
            ("Custom algorithm families of this stack's drivers", types::VENDOR_ALGORITHM_FAMILIES),
            ("Key elements of this stack's drivers", types::VENDOR_KEY_ELEMENTS),
            ("Key element formats [ECUC_Crypto_00041]", types::KEY_FORMATS),
        ],
        sources: &["types/src/crypto_general.rs"],
        exclude: &[],
        only: &[],
        postlude: "",
    },
    Header {
        path: "include/Csm.h",
        brief: "Crypto Service Manager.",
        prelude: "#include \"Crypto_GeneralTypes.h\"\n#include \"Csm_Cfg.h\"\n\n#define CSM_MODULE_ID 110U\n#define CSM_VENDOR_ID 0U\n#define CSM_AR_RELEASE_MAJOR_VERSION 4U\n#define CSM_AR_RELEASE_MINOR_VERSION 8U\n#define CSM_AR_RELEASE_REVISION_VERSION 0U\n",
        tables: &[
            ("Development errors", v2gcrypt_csm::ffi::DET_ERRORS),
            ("Runtime errors", v2gcrypt_csm::ffi::RUNTIME_ERRORS),
            ("Key ids", v2gcrypt_csm::ffi::KEY_IDS),
            ("Service ids", v2gcrypt_csm::ffi::SERVICE_IDS),
        ],
        sources: &[
            "csm/src/config.rs",
            "csm/src/ffi.rs",
            "csm/src/ffi/jobs.rs",
            "csm/src/ffi/keys.rs",
            "csm/src/ffi/job_keys.rs",
            "csm/src/ffi/custom.rs",
        ],
        exclude: &["Csm_CallbackNotification"],
        only: &[],
        postlude: "\n/* The linked configuration, from the generator. */\nextern const Csm_ConfigType Csm_Config;\n",
    },
    Header {
        path: "include/Csm_Cbk.h",
        brief: "What CryIf calls in Csm.",
        prelude: "#include \"Csm.h\"\n",
        tables: &[],
        sources: &["csm/src/config.rs", "csm/src/ffi.rs"],
        exclude: &[],
        only: &["Csm_CallbackNotification"],
        postlude: "",
    },
    Header {
        path: "include/CryIf.h",
        brief: "Crypto Interface.",
        prelude: "#include \"Crypto_GeneralTypes.h\"\n#include \"CryIf_Cfg.h\"\n\n#define CRYIF_MODULE_ID 112U\n#define CRYIF_VENDOR_ID 0U\n#define CRYIF_AR_RELEASE_MAJOR_VERSION 4U\n#define CRYIF_AR_RELEASE_MINOR_VERSION 8U\n#define CRYIF_AR_RELEASE_REVISION_VERSION 0U\n",
        tables: &[
            ("Development errors", v2gcrypt_cryif::ffi::DET_ERRORS),
            ("Service ids", v2gcrypt_cryif::ffi::SERVICE_IDS),
        ],
        sources: &["cryif/src/config.rs", "cryif/src/ffi.rs", "cryif/src/ffi/keys.rs", "cryif/src/ffi/two_keys.rs"],
        exclude: &["CryIf_CallbackNotification", "Csm_CallbackNotification"],
        only: &[],
        postlude: "\n/* The linked configuration, from the generator. */\nextern const CryIf_ConfigType CryIf_Config;\n",
    },
    Header {
        path: "include/CryIf_Cbk.h",
        brief: "What Crypto drivers call in CryIf.",
        prelude: "#include \"CryIf.h\"\n",
        tables: &[],
        sources: &["cryif/src/ffi.rs"],
        exclude: &[],
        only: &["CryIf_CallbackNotification"],
        postlude: "",
    },
    Header {
        path: "include/V2gcrypt_CryptoSoft.h",
        brief: "Core of the soft Crypto driver: what the generated Crypto_<vi>_<ai>_... functions stand on.",
        prelude: "#include \"Crypto_GeneralTypes.h\"\n\n#define CRYPTO_MODULE_ID 114U\n",
        tables: &[
            ("Read access of a key element", v2gcrypt_crypto_driver::soft::config::READ_ACCESSES),
            ("Write access of a key element", v2gcrypt_crypto_driver::soft::config::WRITE_ACCESSES),
            ("Prepared forms of a key", v2gcrypt_crypto_driver::soft::config::PREPARED_FORMS),
            ("Index of a key's NV block: none", v2gcrypt_crypto_driver::soft::config::NO_INDEXES),
            ("When a key is written to NvM", v2gcrypt_crypto_driver::soft::config::NV_PROCESSINGS),
            ("Persistence of a key", v2gcrypt_crypto_driver::soft::config::NV_STATUSES),
            ("Development errors", v2gcrypt_crypto_driver::soft::errors::DET_ERRORS),
            ("Runtime errors", v2gcrypt_crypto_driver::soft::errors::RUNTIME_ERRORS),
            ("Service ids", v2gcrypt_crypto_driver::soft::errors::SERVICE_IDS),
        ],
        sources: &["crypto-driver/src/soft/config.rs", "crypto-driver/src/soft/ffi.rs", "crypto-driver/src/soft/ffi/key_services.rs", "crypto-driver/src/soft/ffi/nv.rs"],
        exclude: &["CryIf_CallbackNotification", "SECRET_ELEMENTS"],
        only: &[],
        postlude: "",
    },
    Header {
        path: "include/V2gcrypt_CryptoHsm.h",
        brief: "Core of the HSM's Crypto driver: what the generated Crypto_<vi>_<ai>_... functions stand on.",
        prelude: "#include \"V2gcrypt_CryptoSoft.h\"\n",
        tables: &[
            ("Where the value of a key element is", v2gcrypt_crypto_driver::hsm::config::STORAGES),
            ("Index of a slot: none", v2gcrypt_crypto_driver::hsm::config::NO_INDEXES),
            ("Doorbells beside those of the channels", v2gcrypt_crypto_driver::hsm::config::DOORBELLS),
            ("Runtime errors of the connection, beside AUTOSAR's", v2gcrypt_crypto_driver::hsm::config::RUNTIME_ERRORS),
        ],
        sources: &["crypto-driver/src/hsm/config.rs", "crypto-driver/src/hsm/ffi.rs", "crypto-driver/src/hsm/ffi/admin.rs", "crypto-driver/src/hsm/ffi/key_services.rs",
            "crypto-driver/src/hsm/mmio.rs"],
        exclude: &["CryIf_CallbackNotification"],
        only: &[],
        postlude: "",
    },
    Header {
        path: "include/V2gcrypt_HsmSim.h",
        brief: "A simulated HSM in the process of its host, in libv2gcrypt_host.a.",
        prelude: "#include \"V2gcrypt_CryptoHsm.h\"\n",
        tables: &[],
        sources: &["crypto-driver/hsm-sim/src/ffi.rs"],
        exclude: &["V2gcrypt_HsmSim_Transport", "SharedTransport"],
        only: &[],
        postlude: "\n/* The transport of the simulator that V2gcrypt_HsmSim_Start has started; without functions before. A configuration refers to it where its\n * V2gcryptHsmTransport names it, or when its C files are compiled with -DCryptoHsm_Transport_<infix>=V2gcrypt_HsmSim_Transport. */\nextern const CryptoHsm_TransportType V2gcrypt_HsmSim_Transport;\n",
    },
    Header {
        path: "include/Rte_KeyM_Type.h",
        brief: "Implementation data types of KeyM, as the RTE gives them to software components.",
        prelude: "#include \"Std_Types.h\"\n",
        tables: &[
            ("KeyM_StartType [SWS_KeyM_00038]; 0x80 to 0x9F are the user's", keym::START_TYPES),
            ("KeyM_ServiceCertificateType [SWS_KeyM_00039]", keym::SERVICES),
            ("KeyM_KH_UpdateOperationType", keym::KH_UPDATE_OPERATIONS),
            ("KeyM_CertificateStatusType [SWS_KeyM_91003]", keym::CERTIFICATE_STATUSES),
            ("KeyM_ResultType [SWS_KeyM_91008]", keym::RESULTS),
            ("Std_ReturnType, extension", keym::KEYM_RETURN),
        ],
        sources: &["keym/src/types.rs"],
        exclude: &[],
        only: &[],
        postlude: "",
    },
    Header {
        path: "include/KeyM.h",
        brief: "Key Manager.",
        prelude: "#include \"Rte_Csm_Type.h\"\n#include \"Rte_KeyM_Type.h\"\n#include \"V2gcrypt_Abi.h\"\n#include \"KeyM_Cfg.h\"\n\n#define KEYM_MODULE_ID 109U\n#define KEYM_VENDOR_ID 0U\n#define KEYM_AR_RELEASE_MAJOR_VERSION 4U\n#define KEYM_AR_RELEASE_MINOR_VERSION 8U\n#define KEYM_AR_RELEASE_REVISION_VERSION 0U\n",
        tables: &[
            ("Development errors: a number space of their own", keym::DET_ERRORS),
            ("Service ids", keym::SERVICE_IDS),
            ("KeyMCertAlgorithmType", keym::CERT_ALGORITHMS),
            ("KeyMCertFormatType", keym::CERT_FORMATS),
            ("KeyMCertificateStorage, KeyMCryptoKeyStorage", keym::STORAGES),
            ("V2gcryptKeyMCertificateRole", keym::CERT_ROLES),
            ("V2gcryptKeyMCertificateProfile", keym::CERT_PROFILES),
            ("KeyMCertificateElementOfStructure", keym::ELEMENTS_OF_STRUCTURE),
            ("KeyMLogicalOperator", keym::LOGICAL_OPERATORS),
            ("Kinds of arguments of a rule", keym::RULE_ARGUMENTS),
            ("KeyMCertElementConditionType", keym::CONDITION_TYPES),
            ("Kinds of values of a condition", keym::CONDITION_VALUES),
            ("KeyMCryptoKeyGenerationType", keym::KEY_GENERATIONS),
            ("KeyMCryptoCsmVerifyJobType", keym::KEY_VERIFY_JOBS),
            ("Public keys of the pool", keym::KEY_ALGORITHMS),
            ("Signatures of the pool", keym::SIGNATURE_ALGORITHMS),
            ("How long a certificate counts", keym::V2G_STATES),
            ("V2gcryptKeyMTimeUnknown", keym::TIME_POLICIES),
            ("What chains may be like: bits of pathTolerances", keym::PATH_TOLERANCES),
            ("Bits of a time base's status", keym::TIME_BASE_STATUSES),
            ("Security events", keym::SECURITY_EVENTS),
            ("Fields of a template for certificate requests", keym::CSR_TAGS),
            ("Ids that name nothing", keym::NO_IDS),
            ("Indexes that name nothing", keym::NO_INDEXES),
        ],
        sources: &[
            "keym/src/config.rs",
            "keym/src/ffi.rs",
            "keym/src/ffi/certificates.rs",
            "keym/src/ffi/elements.rs",
            "keym/src/ffi/instance.rs",
            "keym/src/ffi/keys.rs",
            "keym/src/ffi/service.rs",
            "keym/src/ffi/v2g.rs",
        ],
        exclude: &["KeyM_CsmJobFinished"],
        only: &[],
        postlude: "\n/* The linked configuration, from the generator. */\nextern const KeyM_ConfigType KeyM_Config;\n",
    },
    Header {
        path: "include/KeyM_Cbk.h",
        brief: "What Csm calls in KeyM: CsmCallbackFunc of KeyM's own asynchronous jobs.",
        prelude: "#include \"KeyM.h\"\n",
        tables: &[],
        sources: &["keym/src/ffi.rs"],
        exclude: &[],
        only: &["KeyM_CsmJobFinished"],
        postlude: "",
    },
];

/// Members that the specification declares `const`, which cbindgen cannot express; by header.
const CONST_MEMBERS: &[(&str, &str)] = &[
    ("include/Crypto_GeneralTypes.h", "  Crypto_ServiceInfoType service;"),
    ("include/Crypto_GeneralTypes.h", "  Crypto_AlgorithmInfoType algorithm;"),
    ("include/Crypto_GeneralTypes.h", "  uint32 jobPriority;"),
];

impl Header {
    fn text(&self, workspace: &Path) -> String {
        let name = self.path.rsplit('/').next().unwrap_or(self.path);
        let guard = name.replace('.', "_").to_uppercase();
        let mut text = format!(
            "/* {name}\n *\n * {}\n *\n * Generated from the Rust sources: `V2GCRYPT_BLESS=1 cargo test -p v2gcrypt-ffi-tests --test headers` writes it.\n */\n#ifndef {guard}\n#define {guard}\n\n{}\n",
            self.brief, self.prelude
        );
        for (title, table) in self.tables {
            let _ = writeln!(text, "/* {title} */");
            for number in *table {
                let _ = writeln!(text, "#define {} 0x{:02X}U", number.symbol, number.value);
            }
            text.push('\n');
        }
        text.push_str(&self.bindings(workspace));
        text.push_str(self.postlude);
        let _ = write!(text, "\n#endif /* {guard} */\n");
        text
    }

    fn bindings(&self, workspace: &Path) -> String {
        let mut exclude: Vec<String> = CALLOUTS.iter().chain(self.exclude).map(|name| name.to_string()).collect();
        let numbers = self.tables.iter().flat_map(|(_, table)| table.iter().map(|number| number.symbol.to_string()));
        exclude.extend(numbers);
        let (item_types, include) = match self.only.is_empty() {
            true => (Vec::new(), self.public_types(workspace)),
            false => (vec![cbindgen::ItemType::Functions], Vec::new()),
        };
        let config = cbindgen::Config {
            language: cbindgen::Language::C,
            style: cbindgen::Style::Type,
            cpp_compat: true,
            no_includes: true,
            documentation_style: cbindgen::DocumentationStyle::Doxy,
            line_length: 120,
            defines: [
                ("v2gcrypt_enum_int".to_string(), "V2GCRYPT_ENUM_INT".to_string()),
                ("target_pointer_width = 64".to_string(), "V2GCRYPT_POINTER_64".to_string()),
                ("target_pointer_width = 32".to_string(), "V2GCRYPT_POINTER_32".to_string()),
            ]
            .into(),
            export: cbindgen::ExportConfig {
                exclude,
                include,
                item_types,
                rename: [("Enumeration".to_string(), "V2gcrypt_EnumerationType".to_string())].into(),
                ..Default::default()
            },
            ..Default::default()
        };
        let mut builder = cbindgen::Builder::new().with_config(config);
        for source in self.sources {
            builder = builder.with_src(workspace.join(source));
        }
        let mut written = Vec::new();
        builder.generate().expect("cbindgen reads the sources").write(&mut written);
        let mut text = String::from_utf8(written).expect("cbindgen writes UTF-8");
        if !self.only.is_empty() {
            text = keep_functions(&text, self.only);
        }
        for (_, member) in CONST_MEMBERS.iter().filter(|(path, _)| *path == self.path) {
            text = text.replace(member, &format!("  const {}", member.trim_start()));
        }
        // The safety sections speak to Rust callers; what they demand stands in the ABI contract.
        drop_safety_sections(&text)
    }
}

impl Header {
    /// cbindgen leaves out types that no function mentions; these headers are there for the types.
    fn public_types(&self, workspace: &Path) -> Vec<String> {
        let items = self.sources.iter().flat_map(|source| {
            let text = std::fs::read_to_string(workspace.join(source)).expect("the source is there");
            syn::parse_file(&text).expect("the source is Rust").items
        });
        items
            .filter_map(|item| match item {
                syn::Item::Struct(item) if matches!(item.vis, syn::Visibility::Public(_)) => Some(item.ident.to_string()),
                syn::Item::Union(item) => Some(item.ident.to_string()),
                syn::Item::Type(item) if matches!(item.vis, syn::Visibility::Public(_)) => Some(item.ident.to_string()),
                _ => None,
            })
            .filter(|name| !self.exclude.contains(&name.as_str()))
            .collect()
    }
}

/// Keeps the functions of the given names, with their comments.
fn keep_functions(text: &str, names: &[&str]) -> String {
    let mut kept = String::from("#ifdef __cplusplus\nextern \"C\" {\n#endif /* __cplusplus */\n\n");
    for block in text.split("\n\n") {
        if names.iter().any(|name| block.contains(&format!(" {name}("))) {
            kept.push_str(block.trim_start_matches("#ifdef __cplusplus\nextern \"C\" {\n#endif // __cplusplus\n"));
            kept.push_str("\n\n");
        }
    }
    kept.push_str("#ifdef __cplusplus\n}\n#endif /* __cplusplus */\n");
    kept
}

fn drop_safety_sections(text: &str) -> String {
    let mut out = String::new();
    let mut skipping = false;
    for line in text.lines() {
        if line.trim_start().starts_with("* # Safety") {
            skipping = true;
            // The empty comment line before the section goes, too.
            while out.ends_with(" *\n") {
                out.truncate(out.len() - 3);
            }
            continue;
        }
        if line.trim_start().starts_with("*/") {
            skipping = false;
        }
        if !skipping {
            out.push_str(&line.replace("// __cplusplus", "/* __cplusplus */"));
            out.push('\n');
        }
    }
    out
}
