//! KeyM. [ECUC_KeyM]

use super::*;
use crate::read::keym_literals as literals;

const CERTIFICATE: &str = "KeyM/KeyMCertificate";
const CRYPTO_KEY: &str = "KeyM/KeyMCryptoKey";
const BLOCK: &str = "KeyM/KeyMNvmBlock";
const ELEMENT: &str = "KeyM/KeyMCertificate/KeyMCertificateElement";
const RULE: &str = "KeyM/KeyMCertificateElementVerification/KeyMCertificateElementRule";
const RULE_OR_CONDITION: &str = "KeyM/KeyMCertificateElementVerification/KeyMCertificateElementCondition|\
                                 KeyM/KeyMCertificateElementVerification/KeyMCertificateElementRule";
const JOB: &str = "Csm/CsmJobs/CsmJob";
const KEY: &str = "Csm/CsmKeys/CsmKey";

pub(super) fn module() -> Module {
    Module {
        name: "KeyM",
        id: 109,
        description: "Key Manager: certificates, chains, crypto keys.",
        containers: vec![
            general(),
            security_events(),
            certificate(),
            verification(),
            crypto_key(),
            container("KeyMNvmBlock", ANY, "A NvM block with a record of certificates or keys, which are replaced together.")
                .with([
                    integer("KeyMNvmBlockWriteDelayed", 0, u32::MAX, "Milliseconds until it is written; 0: at once.").optional()
                ])
                .refer([reference(
                    "KeyMNvmBlockDescriptorRef",
                    ONE,
                    "NvM/NvMBlockDescriptor",
                    "The block in NvM: a data set of two. V2gcrypt_NvM.arxml completes it.",
                )]),
            jobs(),
            container(
                "V2gcryptKeyMVerifyPool",
                ANY,
                "A job and its key for the signatures of issuers that have none of their own.",
            )
            .refer([reference("V2gcryptKeyMVerifyPoolJobRef", ONE, JOB, "Job that verifies; KeyM loads its key.")]),
            policy(),
        ],
    }
}

fn general() -> Container {
    let handler = |name: &str, function: &str| {
        boolean(&format!("KeyMCryptoKeyHandler{name}Enabled"), &format!("{function} of the key handler is called."))
    };
    container("KeyMGeneral", ONE, "Switches of the module.").with([
        integer("KeyMCertificateChainMaxDepth", 1, 255, "Most certificates of a chain, with its root.").optional(),
        boolean("KeyMCertificateManagerEnabled", "There are certificates."),
        boolean("KeyMCryptoKeyManagerEnabled", "There are crypto keys."),
        boolean("KeyMCryptoKeyStartFinalizeFunctionEnabled", "Keys are updated between KeyM_Start and KeyM_Finalize."),
        boolean("KeyMCryptoKeyPrepareFunctionEnabled", "KeyM_Prepare may be used."),
        boolean("KeyMCryptoKeyVerifyFunctionEnabled", "KeyM_Verify may be used."),
        boolean("KeyMCryptoKeyVerifyAsyncMode", "KeyM_Verify answers by callback."),
        boolean("KeyMServiceCertificateFunctionEnabled", "KeyM_ServiceCertificate may be used."),
        handler("StartFinalize", "KeyM_KH_Start and KeyM_KH_Finalize"),
        handler("Prepare", "KeyM_KH_Prepare"),
        handler("Update", "KeyM_KH_Update"),
        handler("Verify", "KeyM_KH_Verify"),
        handler("ServiceCertificate", "KeyM_KH_ServiceCertificate"),
        integer("KeyMKeyCertNameMaxLength", 1, 255, "Longest name of a certificate or key in bytes.").optional(),
        time("KeyMMainFunctionPeriod", "Period of KeyM_MainFunction in seconds; delayed writes count it."),
        boolean("KeyMDevErrorDetect", DEV_ERROR_DETECT),
        boolean("KeyMEnableSecurityEventReporting", "Security events are reported to IdsM."),
        integer(
            "V2gcryptKeyMServiceCertificateLengthBits",
            16,
            32,
            "Lengths of KeyM_ServiceCertificate: 16 bits, or 32 as the newest releases have it.",
        )
        .optional()
        .vendor(),
        boolean("V2gcryptKeyMServiceCallbackReturnsVoid", "Callbacks of KeyM_ServiceCertificate return nothing.").vendor(),
        boolean("V2gcryptKeyMStbMTimeStamp", "StbM_GetCurrentTime takes a time stamp, as until R19-11, not a time tuple.")
            .vendor(),
        boolean("V2gcryptKeyMCryptoKeyUsePort", "Whether key management has a port at the RTE.").vendor(),
        integer("V2gcryptKeyMRequestBufferSize", 1, u32::MAX, "Bytes for what a service was given; computed if absent.")
            .optional()
            .vendor(),
        integer("V2gcryptKeyMChainBufferSize", 1, u32::MAX, "Bytes for KeyM_VerifyCertificateChain; computed if absent.")
            .optional()
            .vendor(),
    ])
}

fn security_events() -> Container {
    let event = |name: &&'static str| reference(*name, OPTIONAL, "IdsM/IdsMConfiguration/IdsMEvent", "Event of IdsM.");
    container("KeyMSecurityEventRefs", OPTIONAL, "What is reported to IdsM.").refer(literals::SECURITY_EVENTS.iter().map(event))
}

fn certificate() -> Container {
    let certificate = container("KeyMCertificate", ANY, "A slot for one certificate.").with(certificate_parameters()).refer([
        reference("KeyMCertCertificateElementRuleRef", ANY, RULE, "Rules that all must hold."),
        reference("KeyMCertCsmSignatureGenerateJobRef", OPTIONAL, JOB, "Job that signs a certificate request."),
        reference(
            "KeyMCertCsmSignatureVerifyJobRef",
            ONE,
            JOB,
            "Job that verifies what this certificate has signed; one of the pool is nobody's own.",
        ),
        reference("KeyMCertCsmSignatureVerifyKeyRef", OPTIONAL, KEY, "Key of that job: KeyM loads the public key into it."),
        reference("KeyMCertificateCsmKeyTargetRef", OPTIONAL, KEY, "Key that keeps the certificate in Csm."),
        reference("KeyMCertificateNvmBlockRef", OPTIONAL, BLOCK, "Block that keeps the certificate in NvM."),
        reference("KeyMCertPrivateKeyStorageCryptoKeyRef", OPTIONAL, CRYPTO_KEY, "The certificate's private key."),
        reference("KeyMCertTimebaseRef", OPTIONAL, "StbM/StbMSynchronizedTimeBase", "Time base that tells the time."),
        reference("KeyMCertUpperHierarchicalCertRef", ONE, CERTIFICATE, "Its issuer's slot; a root's own."),
    ]);
    certificate.hold([element(), csr()])
}

fn certificate_parameters() -> Vec<Parameter> {
    let roles = "What a certificate in the slot is for.";
    let profiles = "Rules a certificate in the slot is judged by; NONE: plain RFC 5280.";
    let function = |name: &str, description: &str| optional(name, description).of(Kind::Function);
    vec![
        id("KeyMCertificateId", CONSECUTIVE),
        optional("KeyMCertificateName", "Name by which KeyM_ServiceCertificate finds it; else the short name."),
        integer("KeyMCertificateMaxLength", 1, 65535, "Most bytes of a certificate in the slot."),
        choice("KeyMCertAlgorithmType", &["ECC", "RSA"], "Algorithm of the certificate's key."),
        choice("KeyMCertFormatType", &["X509", "CVC", "CRL"], "Format. CVC is refused."),
        numbers("KeyMCertificateStorage", ONE, literals::STORAGES, "Where the certificate is kept."),
        function(
            "KeyMCertificateVerifyCallbackNotificationFunc",
            "Std_ReturnType <name>(KeyM_CertificateIdType, KeyM_CertificateStatusType): told the outcome of a verification.",
        ),
        function("KeyMServiceCertificateCallbackNotificationFunc", "Told the outcome of KeyM_ServiceCertificate."),
        numbers("V2gcryptKeyMCertificateRole", OPTIONAL, literals::ROLES, roles).vendor(),
        numbers("V2gcryptKeyMCertificateProfile", OPTIONAL, literals::PROFILES, profiles).vendor(),
        integer("V2gcryptKeyMCertificateOcspMaxLength", 0, 65535, "Bytes for the latest OCSP response about it; 0 for none.")
            .optional()
            .vendor(),
        integer("V2gcryptKeyMCertificateTargetElementId", 0, u32::MAX, "Element of the target key that keeps it; 0 if absent.")
            .optional()
            .vendor(),
        boolean("V2gcryptKeyMCertificateUsePort", "Whether the slot has a port at the RTE.").vendor(),
    ]
}

fn element() -> Container {
    let structures = literals::STRUCTURES.iter().map(|(literal, _)| literal.to_string()).collect();
    let structure = optional("KeyMCertificateElementOfStructure", "Part of the certificate that the element is.");
    let structure = Parameter { multiplicity: ONE, ..structure.of(Kind::Enumeration { literals: structures, default: None }) };
    container("KeyMCertificateElement", ANY, "A part of the certificate that can be read and compared.").with([
        Parameter { kind: Kind::Integer { min: 0, max: 65535 }, ..id("KeyMCertificateElementId", "Unique in its certificate.") },
        integer("KeyMCertificateElementMaxLength", 1, 65535, "Most bytes of one value."),
        boolean("KeyMCertificateElementHasIteration", "It may have several values."),
        integer("KeyMCertificateElementIterationDepth", 0, 255, "Values are counted at run time: not evaluated.").optional(),
        optional("KeyMCertificateElementObjectId", "Object identifier of an attribute or extension, such as 2.5.29.15."),
        integer("KeyMCertificateElementObjectType", 0, 255, "ASN.1 tag of the value; 0 for any.").optional(),
        structure,
    ])
}

fn csr() -> Container {
    let text = |(name, tag): &(&str, Number)| optional(name, &format!("Asks for this field: {}.", tag.symbol)).vendor();
    let usage = "Key usage to ask for: bit 0 is digitalSignature, bit 3 dataEncipherment, bit 4 keyAgreement.";
    container("V2gcryptKeyMCertificateCsr", OPTIONAL, "What a certificate request asks for.")
        .with(literals::CSR_TEXTS.iter().map(text))
        .with([integer("V2gcryptKeyMCsrKeyUsage", 1, 511, usage).optional().vendor()])
}

fn verification() -> Container {
    let value = container("KeyMCertificateElementConditionValue", ONE, "What the element is compared with.").choose([
        container("KeyMCertificateElementConditionPrimitive", OPTIONAL, "A number.").with([Parameter {
            kind: Kind::Integer { min: 0, max: u64::MAX },
            ..integer("KeyMCertificateElementConditionPrimitiveValue", 0, 0, "The number.")
        }]),
        container("KeyMCertificateElementConditionArray", OPTIONAL, "Bytes.").hold([container(
            "KeyMCertificateElementConditionArrayElement",
            SOME,
            "One byte.",
        )
        .with([
            integer("KeyMCertificateElementConditionArrayElementIndex", 0, 65535, "Where in the element it is."),
            integer("KeyMCertificateElementConditionArrayElementValue", 0, 255, "The byte."),
        ])]),
        container(
            "KeyMCertificateElementConditionCerificateElement",
            OPTIONAL,
            "Another element, perhaps of another certificate.",
        )
        .refer([reference("KeyMCertificateElementRef", ONE, ELEMENT, "The other element.")]),
        container(
            "KeyMCertificateElementConditionSenderReceiver",
            OPTIONAL,
            "What a software component has sent: KeyM_ReadPort_<condition> reads it.",
        ),
    ]);
    container("KeyMCertificateElementVerification", ANY, "Rules for the elements of certificates.").hold([
        container("KeyMCertificateElementRule", ANY, "Conditions and rules, joined.")
            .with([numbers("KeyMLogicalOperator", ONE, literals::OPERATORS, "How they are joined.")])
            .refer([reference("KeyMArgumentRef", SOME, RULE_OR_CONDITION, "What is joined.")]),
        container("KeyMCertificateElementCondition", ANY, "An element, and what it is compared with.")
            .with([numbers("KeyMCertElementConditionType", ONE, literals::COMPARISONS, "How it is compared.")])
            .refer([reference("KeyMCertificateElementRef", ONE, ELEMENT, "The element.")])
            .hold([value]),
    ])
}

fn crypto_key() -> Container {
    container("KeyMCryptoKey", ANY, "A key that KeyM updates.")
        .with([
            id("KeyMCryptoKeyId", CONSECUTIVE),
            optional("KeyMCryptoKeyName", "Name by which KeyM_Update finds it; else the short name."),
            integer("KeyMCryptoKeyMaxLength", 1, 65535, "Most bytes of the key."),
            numbers(
                "KeyMCryptoKeyGenerationType",
                ONE,
                literals::GENERATIONS,
                "Whether the key is given, or derived from another.",
            ),
            optional("KeyMCryptoKeyGenerationInfo", "Salt of a derived key."),
            optional("KeyMCryptoKeyCryptoProps", "Properties, such as the number of a SHE slot."),
            numbers("KeyMCryptoKeyStorage", ONE, literals::STORAGES, "Where the key is kept."),
            numbers("KeyMCryptoCsmVerifyJobType", OPTIONAL, literals::VERIFY_JOB_TYPES, "What the job of KeyM_Verify does."),
        ])
        .refer([
            reference("KeyMCryptoKeyCsmKeyTargetRef", ONE, KEY, "The key in Csm."),
            reference("KeyMCryptoKeyCsmKeySourceDeriveRef", OPTIONAL, KEY, "Key that it is derived from."),
            reference("KeyMCryptoKeyCsmVerifyJobRef", OPTIONAL, JOB, "Job of KeyM_Verify."),
            reference("KeyMCryptoKeyNvmBlockRef", OPTIONAL, BLOCK, "Block that keeps the key in NvM."),
        ])
}

fn jobs() -> Container {
    let job = |name: &'static str, description: &'static str| reference(name, OPTIONAL, JOB, description);
    container("V2gcryptKeyMJobs", OPTIONAL, "What KeyM computes with beside the jobs of certificates.").refer([
        job("V2gcryptKeyMHashSha1JobRef", "SHA-1, for OCSP and key identifiers."),
        job("V2gcryptKeyMHashSha256JobRef", "SHA-256, for fingerprints and records."),
        job("V2gcryptKeyMHashSha384JobRef", "SHA-384."),
        job("V2gcryptKeyMHashSha512JobRef", "SHA-512."),
        job("V2gcryptKeyMRandomJobRef", "Random bytes, for nonces."),
        job("V2gcryptKeyMMacGenerateJobRef", "Authenticates records in NvM; without one they have a SHA-256 digest."),
        job("V2gcryptKeyMMacVerifyJobRef", "Compares the MAC of a record."),
    ])
}

fn policy() -> Container {
    let unknown = "What becomes of a validation when nobody knows the time. Strict value: KEYM_TIME_REFUSE.";
    container("V2gcryptKeyMPolicy", OPTIONAL, "Policies; each is strict unless it is set.")
        .with([
            numbers("V2gcryptKeyMTimeUnknown", OPTIONAL, literals::TIME_POLICIES, unknown).vendor(),
            boolean("V2gcryptKeyMTolerateSetOfStoredCertificate", "KeyM_SetCertificate may set what is kept in NvM or Csm.")
                .vendor(),
            boolean("V2gcryptKeyMTolerateUnsignedRootReplacement", "A root may be replaced without the old one's signature.")
                .vendor(),
            boolean("V2gcryptKeyMAllowSecp384r1", "P-384 with SHA-384 is accepted in V2G profiles.").vendor(),
            boolean("V2gcryptKeyMTolerateUnknownRevocation", "A certificate is accepted whose revocation status nobody knows.")
                .vendor(),
        ])
        .with(literals::TOLERANCES.iter().map(|(name, _, what)| boolean(name, what).vendor()))
        .refer([reference(
            "V2gcryptKeyMTimeFloorNvmBlockRef",
            OPTIONAL,
            BLOCK,
            "Block that keeps the time floor, and nothing else.",
        )])
}

/// One of a few literals, which must be there.
fn choice(name: &str, literals: &[&str], description: &str) -> Parameter {
    let kind = Kind::Enumeration { literals: owned(literals), default: None };
    Parameter { kind, multiplicity: ONE, ..optional(name, description) }
}
