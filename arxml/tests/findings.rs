//! Every kind of fault is found, where it is, together with all others, and stops the generator if it is an error.

mod common;

use std::collections::BTreeSet;

use common::{evcc, folder, load_all, secc, write_all, Arxml};
use v2gcrypt_arxml::{Findings, Kind, Severity};

/// One fault: what was done, what is found, in which container, and words that the message holds.
struct Case {
    kind: Kind,
    path: &'static str,
    words: &'static str,
    arxml: Arxml,
}

fn case(kind: Kind, path: &'static str, words: &'static str, arxml: Arxml) -> Case {
    Case { kind, path, words, arxml }
}

const JOB: &str = "CsmJob";
const ELEMENT: &str = "CryptoKeyElement";
const PRIMITIVE: &str = "CryptoPrimitive";
const CUSTOM: &str = "CryptoPrimitiveAlgorithmFamilyCustom";
const CUSTOM_ID: &str = "CryptoPrimitiveAlgorithmFamilyCustomId";
const FAMILY: &str = "/Evcc/Crypto/CryptoPrimitives/ImportFamily2";

#[rustfmt::skip]
fn cases() -> Vec<Case> {
    use Kind::*;
    vec![
        case(MissingModule, "", "CryIf", evcc().replace_all("/AUTOSAR/EcucDefs/CryIf", "/AUTOSAR/EcucDefs/Com")
            .replace_all("CryIfGeneral", "ComGeneral").replace_all("/CryIfChannel<", "/ComSignal<").replace_all("/CryIfKey<", "/ComGroup<")),
        case(DuplicateShortName, "/Evcc/Csm/CsmJobs/ContractSign", "same path", evcc().replace(">ContractSignNow<", ">ContractSign<")),
        case(InvalidName, "/Evcc/Csm/CsmJobs/Contract-Sign", "short name", evcc().replace("<SHORT-NAME>ContractSign<", "<SHORT-NAME>Contract-Sign<")),
        case(Unparsable, "", "SHORT-NAME", evcc().replace("<SHORT-NAME>ContractSign<", "<SHORT-NAME><")),
        case(InvalidName, "/Evcc/Csm/CsmCallbacks/LogDigestFinished", "Log.Finished", evcc().set("CsmCallback", "LogDigestFinished", "CsmCallbackFunc", "Log.Finished")),
        case(InvalidName, "/Evcc/Csm/CsmCallbacks/LogDigestFinished", "while", evcc().set("CsmCallback", "LogDigestFinished", "CsmCallbackFunc", "while")),
        case(InvalidName, "/Secc/CryptoSymmetric", "infix", secc().replace(">Symmetric</VALUE>", ">a-b</VALUE>")),
        case(DuplicateName, "/Secc/CryptoSymmetric/CryptoKeys/TariffKey", "CryptoConf_CryptoKey_TariffKey", secc().replace_all("CryptoKeys/MeterKey", "CryptoKeys/TariffKey")
            .replace("<SHORT-NAME>MeterKey</SHORT-NAME>\n                  <DEFINITION-REF DEST=\"ECUC-PARAM-CONF-CONTAINER-DEF\">/AUTOSAR/EcucDefs/Crypto/CryptoKeys/CryptoKey<",
                "<SHORT-NAME>TariffKey</SHORT-NAME>\n                  <DEFINITION-REF DEST=\"ECUC-PARAM-CONF-CONTAINER-DEF\">/AUTOSAR/EcucDefs/Crypto/CryptoKeys/CryptoKey<")),
        case(MissingParameter, "/Evcc/Csm/CsmJobs/Nonce", "CsmJobPriority", evcc().remove(JOB, "Nonce", "CsmJobPriority")),
        case(MissingParameter, "/Evcc/Csm/CsmJobs/Nonce", "CsmProcessingMode", evcc().remove(JOB, "Nonce", "CsmProcessingMode")),
        case(MissingParameter, "/Evcc/Csm/Sha256/CsmHash/CsmHashConfig", "CsmHashAlgorithmFamily", evcc().remove("CsmHashConfig", "CsmHashConfig", "CsmHashAlgorithmFamily")),
        case(MissingParameter, "/Evcc/Crypto/CryptoKeyElements/HmacKeyElement", "ReadAccess", evcc().remove(ELEMENT, "HmacKeyElement", "CryptoKeyElementReadAccess")),
        case(MissingParameter, "/Evcc/Crypto/CryptoPrimitives/Random", "CryptoPrimitiveService", evcc().remove("CryptoPrimitive", "Random", "CryptoPrimitiveService")),
        case(MissingParameter, "/Evcc/Csm/CsmCallbacks/LogDigestFinished", "CsmCallbackFunc", evcc().remove("CsmCallback", "LogDigestFinished", "CsmCallbackFunc")),
        case(MissingParameter, "/Evcc/Crypto", "CryptoVendorId", evcc().add("CryptoGeneral", "CryptoGeneral", "CryptoVendorApiInfix", "Soft")),
        case(AmbiguousParameter, "/Evcc/Csm/CsmJobs/Nonce", "`7`", evcc().add(JOB, "Nonce", "CsmJobPriority", "7")),
        case(AmbiguousParameter, "/Evcc/Csm/CsmJobs/Nonce", "2 times", evcc().refer(JOB, "Nonce", "CsmJobQueueRef", "/Evcc/Csm/CsmQueues/AsymmetricQueue")),
        case(InvalidValue, "/Evcc/Csm/CsmJobs/Nonce", "4294967296", evcc().set(JOB, "Nonce", "CsmJobPriority", "4294967296")),
        case(InvalidValue, "/Evcc/Csm/CsmJobs/Nonce", "-1", evcc().set(JOB, "Nonce", "CsmJobPriority", "-1")),
        case(InvalidValue, "/Evcc/Csm/CsmGeneral", "boolean", evcc().set("CsmGeneral", "CsmGeneral", "CsmDevErrorDetect", "7")),
        case(InvalidValue, "/Evcc/Crypto/CryptoGeneral", "seconds", evcc().set("CryptoGeneral", "CryptoGeneral", "CryptoMainFunctionPeriod", "-0.5")),
        case(InvalidValue, "/Evcc/Crypto", "0 to 255", evcc().set("CryptoGeneral", "CryptoGeneral", "CryptoInstanceId", "256")),
        case(InvalidValue, "/Evcc/Crypto/CryptoKeyElements/HmacKeyElement", "hexadecimal", evcc().add(ELEMENT, "HmacKeyElement", "CryptoKeyElementInitValue", "0xABC")),
        case(InvalidValue, "/Evcc/Crypto/CryptoKeyElements/HmacKeyElement", "is 0", evcc().set(ELEMENT, "HmacKeyElement", "CryptoKeyElementSize", "0")),
        case(InvalidValue, "/Evcc/Csm", "4294967295", evcc().set("CsmQueue", "SymmetricQueue", "CsmQueueSize", "4294967287")),
        case(UnknownLiteral, "/Evcc/Csm/Sha256/CsmHash/CsmHashConfig", "CRYPTO_ALGOFAM_SHA2_256", evcc().set("CsmHashConfig", "CsmHashConfig", "CsmHashAlgorithmFamily", "CRYPTO_ALGOFAM_SHA_256")),
        case(UnknownLiteral, "/Evcc/Csm/CsmJobs/Nonce", "CRYPTO_PROCESSING_SYNC", evcc().set(JOB, "Nonce", "CsmProcessingMode", "SYNC")),
        case(UnknownLiteral, "/Evcc/Csm/CsmJobs/Nonce", "CRYPTO_USE_PORT", evcc().set(JOB, "Nonce", "CsmJobInterfaceUsePort", "CRYPTO_USE_PORTS")),
        case(UnknownLiteral, "/Evcc/Crypto/CryptoPrimitives/Random", "CRYPTO_RANDOMGENERATE", evcc().set("CryptoPrimitive", "Random", "CryptoPrimitiveService", "RANDOM_GENERATES")),
        case(UnknownLiteral, "/Evcc/Crypto/CryptoKeyElements/HmacKeyElement", "CRYPTO_RA_DENIED", evcc().set(ELEMENT, "HmacKeyElement", "CryptoKeyElementReadAccess", "CRYPTO_RA_DENY")),
        case(UnknownLiteral, "/Evcc/Crypto/CryptoKeyElements/HmacKeyElement", "BIN_OCTET", evcc().set(ELEMENT, "HmacKeyElement", "CryptoKeyElementFormat", "CRYPTO_KE_FORMAT_OCTET")),
        case(MissingReference, "/Evcc/Csm/CsmJobs/ContractSign", "CsmJobKeyRef", evcc().remove(JOB, "ContractSign", "CsmJobKeyRef")),
        case(MissingReference, "/Evcc/Csm/CsmJobs/ContractSign", "CsmJobQueueRef", evcc().remove(JOB, "ContractSign", "CsmJobQueueRef")),
        case(MissingReference, "/Evcc/Crypto/CryptoKeyTypes/HmacKey", "CryptoKeyElementRef", evcc().remove("CryptoKeyType", "HmacKey", "CryptoKeyElementRef")),
        case(MissingReference, "/Secc/Csm/CsmQueues/ChargingQueue", "CsmQueueMainFunctionRef", secc().remove("CsmQueue", "ChargingQueue", "CsmQueueMainFunctionRef")),
        case(DanglingReference, "/Evcc/Csm/CsmJobs/ContractSign", "/Evcc/Csm/CsmKeys/Kontract", evcc().set(JOB, "ContractSign", "CsmJobKeyRef", "/Evcc/Csm/CsmKeys/Kontract")),
        case(DanglingReference, "/Evcc/CryIf/FrameKey", "/Evcc/Crypto/CryptoKeys/None", evcc().set("CryIfKey", "FrameKey", "CryIfKeyRef", "/Evcc/Crypto/CryptoKeys/None")),
        case(WrongReference, "/Evcc/Csm/CsmJobs/ContractSign", "CryIfKey", evcc().set(JOB, "ContractSign", "CsmJobKeyRef", "/Evcc/CryIf/ContractKey")),
        case(WrongReference, "/Secc/Csm/CsmJobs/MessageDigest", "ChargingQueue", secc().refer(JOB, "MessageDigest", "CsmJobMainFunctionRef", "/Secc/Csm/Signatures")),
        case(WrongReference, "/Secc/CryptoSymmetric/CryptoKeys/MeterKey", "another module", secc().set("CryptoKey", "MeterKey", "CryptoKeyTypeRef", "/Secc/CryptoAsymmetric/CryptoKeyTypes/EcdsaPublicKey")),
        case(WrongReference, "/Secc/CryptoAsymmetric/CryptoDriverObjects/AsymmetricObject", "another module", secc().refer("CryptoDriverObject", "AsymmetricObject", "CryptoPrimitiveRef", "/Secc/CryptoSymmetric/CryptoPrimitives/Hash")),
        case(InvalidValue, "/Evcc/Crypto/CryptoKeyTypes/HmacKey", "4294967295", evcc().set(ELEMENT, "HmacKeyElement", "CryptoKeyElementSize", "4294967295")),
        case(DuplicateId, "/Evcc/Csm/CsmJobs/MessageVerify", "CsmJobId 0", evcc().set(JOB, "MessageVerify", "CsmJobId", "0")),
        case(DuplicateId, "/Evcc/Csm/CsmKeys/RecordKey", "CsmKeyId 2", evcc().set("CsmKey", "RecordKey", "CsmKeyId", "2")),
        case(DuplicateId, "/Evcc/Crypto/CryptoKeyTypes/HmacKey", "CryptoKeyElementId 1", evcc().refer("CryptoKeyType", "HmacKey", "CryptoKeyElementRef", "/Evcc/Crypto/CryptoKeyElements/Aes128KeyElement")),
        case(GappyId, "/Evcc/Csm/CsmJobs/ContractSignB", "CsmJobId is 11, but no container has 10", evcc().set(JOB, "LogDigest", "CsmJobId", "30")),
        case(GappyId, "/Evcc/Csm/CsmKeys/ContractKeyB", "CsmKeyId is 4", evcc().set("CsmKey", "RecordKey", "CsmKeyId", "14")),
        case(GappyId, "/Evcc/CryIf/VehicleKeyChannel", "CryIfChannelId is 2", evcc().set("CryIfChannel", "AsymmetricChannel", "CryIfChannelId", "3")),
        case(GappyId, "/Evcc/CryIf/ContractKeyB", "CryIfKeyId is 4", evcc().set("CryIfKey", "RecordKey", "CryIfKeyId", "14")),
        case(GappyId, "/Evcc/Crypto/CryptoKeys/ContractKeyB", "CryptoKeyId is 4", evcc().set("CryptoKey", "RecordKey", "CryptoKeyId", "14")),
        case(GappyId, "/Evcc/Crypto/CryptoDriverObjects/VehicleKeyObject", "is 2", evcc().set("CryptoDriverObject", "AsymmetricObject", "CryptoDriverObjectId", "3")),
        case(GappyId, "/Secc/Csm/CsmCallbacks/BackendMacFinished", "CsmCallbackId is 9", secc().set("CsmCallback", "BackendMacFinished", "CsmCallbackId", "9")),
        case(DuplicateInfix, "/Secc/CryptoSymmetric", "Crypto_0_Asymmetric", secc().set("CryptoGeneral", "CryptoGeneral", "CryptoVendorApiInfix", "Asymmetric")),
        case(WrongPrimitive, "/Evcc/Csm/Sha256/CsmHash", "CsmHashConfig", evcc().replace("CsmHash/CsmHashConfig</DEFINITION-REF>", "CsmHash/CsmMacVerifyConfig</DEFINITION-REF>")),
        case(WrongPrimitive, "/Evcc/Csm/Sha256/CsmHash", "holds no CsmHashConfig", evcc().without("CsmHashConfig")),
        case(WrongPrimitive, "/Evcc/Csm/Sha256", "no service", evcc().without("CsmHashConfig").without("CsmHash")),
        case(WrongPrimitive, "/Evcc/Csm/Sha256", "2 services: CsmMacVerify, CsmHash", evcc().replace("<SHORT-NAME>CsmHash</SHORT-NAME>",
            "<SHORT-NAME>Second</SHORT-NAME><DEFINITION-REF DEST=\"ECUC-PARAM-CONF-CONTAINER-DEF\">/AUTOSAR/EcucDefs/Csm/CsmPrimitives/CsmMacVerify\
             </DEFINITION-REF></ECUC-CONTAINER-VALUE><ECUC-CONTAINER-VALUE><SHORT-NAME>CsmHash</SHORT-NAME>")),
        case(WrongPrimitive, "/Evcc/Csm/Sha256/CsmHash", "not a service", evcc().replace("CsmPrimitives/CsmHash</DEFINITION-REF>", "CsmPrimitives/CsmHush</DEFINITION-REF>")),
        case(NotSupported, "/Evcc/Csm/Sha256/CsmHash", "CsmSecureCounter", evcc().replace("CsmPrimitives/CsmHash</DEFINITION-REF>", "CsmPrimitives/CsmSecureCounter</DEFINITION-REF>")),
        case(NotSupported, "/Evcc/Csm/CsmJobs/Nonce", "CsmInOutRedirectionRef", evcc().refer(JOB, "Nonce", "CsmInOutRedirectionRef", "/Evcc/Csm/Redirection")),
        case(MissingReference, "/Evcc/Csm/Sha256/CsmHash/CsmHashConfig", "CsmHashAlgorithmFamilyCustomRef", evcc().set("CsmHashConfig", "CsmHashConfig", "CsmHashAlgorithmFamily", "CRYPTO_ALGOFAM_CUSTOM")),
        case(MissingReference, "/Evcc/Crypto/CryptoPrimitives/Hash", "CryptoPrimitiveAlgorithmModeCustomRef", evcc().set(PRIMITIVE, "Hash", "CryptoPrimitiveAlgorithmMode", "CRYPTO_ALGOMODE_CUSTOM")),
        case(AmbiguousParameter, "/Evcc/Csm/Sha256/CsmHash/CsmHashConfig", "is CRYPTO_ALGOFAM_SHA2_256", evcc().add("CsmHashConfig", "CsmHashConfig", "CsmHashAlgorithmFamilyCustom", "128")),
        case(AmbiguousParameter, "/Evcc/Crypto/CryptoPrimitives/ContractKeyImport", "does not list a custom one", evcc()
            .refer(PRIMITIVE, "ContractKeyImport", "CryptoPrimitiveAlgorithmModeCustomRef", "/Evcc/Crypto/CryptoPrimitives/ImportFamily2")),
        case(UnknownLiteral, "/Evcc/Csm/Sha256/CsmHash/CsmHashConfig", "`Blowfish`", evcc()
            .set("CsmHashConfig", "CsmHashConfig", "CsmHashAlgorithmFamily", "CRYPTO_ALGOFAM_CUSTOM").add("CsmHashConfig", "CsmHashConfig", "CsmHashAlgorithmFamilyCustom", "Blowfish")),
        case(InvalidValue, FAMILY, "CRYPTO_ALGOFAM_AES", evcc().set(CUSTOM, "ImportFamily2", CUSTOM_ID, "0x14")),
        case(InvalidValue, FAMILY, "8 bits", evcc().set(CUSTOM, "ImportFamily2", CUSTOM_ID, "256")),
        case(MissingParameter, FAMILY, CUSTOM_ID, evcc().remove(CUSTOM, "ImportFamily2", CUSTOM_ID)),
        case(WrongReference, "/Evcc/Crypto/CryptoPrimitives/ContractKeyImport", "CryptoPrimitiveAlgorithmFamilyCustom", evcc()
            .set(PRIMITIVE, "ContractKeyImport", "CryptoPrimitiveAlgorithmFamilyCustomRef", "/Evcc/Crypto/CryptoPrimitives/Hash")),
        case(AlgorithmNotOffered, "/Evcc/Csm/CsmJobs/ContractImport", "CONTRACTKEY_2,", evcc().remove(PRIMITIVE, "ContractKeyImport", "CryptoPrimitiveAlgorithmFamilyCustomRef")
            .refer(PRIMITIVE, "ContractKeyImport", "CryptoPrimitiveAlgorithmFamilyCustomRef", "/Evcc/Crypto/CryptoPrimitives/ImportFamily20")),
        case(AlgorithmUnknown, "/Evcc/Csm/ContractKeyImport", "0x90U", evcc().set(CUSTOM, "ImportFamily2", CUSTOM_ID, "144")),
        case(AlgorithmUnknown, "/Evcc/Csm/GcmEncrypt", "192", evcc().set("CsmAEADEncryptConfig", "CsmAEADEncryptConfig", "CsmAEADEncryptAlgorithmKeyLength", "192")),
        case(AlgorithmUnknown, "/Evcc/Csm/CbcEncrypt", "CRYPTO_ALGOMODE_CFB", evcc().set("CsmEncryptConfig", "CsmEncryptConfig", "CsmEncryptAlgorithmMode", "CRYPTO_ALGOMODE_CFB")),
        case(AlgorithmUnknown, "/Evcc/Csm/EcdsaSign521", "512", evcc().replace(
            "CsmSignatureGenerateKeyLength</DEFINITION-REF>\n                          <VALUE>521<", "CsmSignatureGenerateKeyLength</DEFINITION-REF>\n                          <VALUE>512<")),
        case(AlgorithmUnknown, "/Evcc/Crypto/CryptoKeyElements/EcdhAlgorithmElement", "Csm_KeyExchangeCalcPubVal", evcc().set(ELEMENT, "EcdhAlgorithmElement", "CryptoKeyElementInitValue", "14")),
        case(AlgorithmUnknown, "/Evcc/Crypto/CryptoKeyElements/AesAlgorithmElement", "Csm_KeyGenerate", evcc().set(ELEMENT, "AesAlgorithmElement", "CryptoKeyElementInitValue", "16")),
        case(AlgorithmNotOffered, "/Evcc/Csm/CsmJobs/MessageDigest", "SymmetricObject", evcc().set("CsmHashConfig", "CsmHashConfig", "CsmHashAlgorithmFamily", "CRYPTO_ALGOFAM_SHA2_224")),
        case(AlgorithmNotOffered, "/Evcc/Csm/CsmJobs/MessageDigest", "AsymmetricObject", evcc().set(JOB, "MessageDigest", "CsmJobQueueRef", "/Evcc/Csm/CsmQueues/AsymmetricQueue")),
        case(AlgorithmUnknown, "/Evcc/Csm/Sha256", "soft driver", evcc().set("CsmHashConfig", "CsmHashConfig", "CsmHashAlgorithmFamily", "CRYPTO_ALGOFAM_SHA3_256")),
        case(AlgorithmUnknown, "/Evcc/Csm/CmacGenerate", "192", evcc().set("CsmMacGenerateConfig", "CsmMacGenerateConfig", "CsmMacGenerateAlgorithmKeyLength", "192")),
        case(DriverMismatch, "/Secc/Csm/CsmJobs/MeterMacVerify", "CryptoAsymmetric/CryptoKeys/TariffKey", secc().set(JOB, "MeterMacVerify", "CsmJobKeyRef", "/Secc/Csm/CsmKeys/TariffKey")),
        case(MissingKeyElement, "/Evcc/Crypto/CryptoKeyTypes/HmacKey", "Key element 1", evcc().set(ELEMENT, "HmacKeyElement", "CryptoKeyElementId", "2")),
        case(MissingKeyElement, "/Evcc/Crypto/CryptoKeyTypes/Aes128GcmKey", "Key element 5", evcc().set(ELEMENT, "Iv12Element", "CryptoKeyElementId", "6")),
        case(MissingKeyElement, "/Evcc/Crypto/CryptoKeyTypes/Aes128CbcKey", "Key element 5", evcc().set(ELEMENT, "Iv16Element", "CryptoKeyElementId", "6")),
        case(MissingKeyElement, "/Evcc/Crypto/CryptoKeyTypes/EcdhKey", "Key element 9", evcc().set(ELEMENT, "ExchangePrivateElement", "CryptoKeyElementId", "8")),
        case(MissingKeyElement, "/Evcc/Crypto/CryptoKeyTypes/EcdhKey", "CALCSECRET", evcc().set(ELEMENT, "SharedSecretElement", "CryptoKeyElementId", "8")),
        case(MissingKeyElement, "/Evcc/Crypto/CryptoKeyTypes/EcdhKey", "element 29", evcc().set(ELEMENT, "ExchangePrivateElement", "CryptoKeyElementSize", "80")
            .set(ELEMENT, "ExchangePrivateElement", "CryptoKeyElementFormat", "CRYPTO_KE_FORMAT_BIN_IDENT_PRIVATEKEY_PKCS8")),
        case(KeyElementSize, "/Evcc/Crypto/CryptoKeyElements/Iv12Element", "12 bytes", evcc()
            .set("CsmAEADEncryptConfig", "CsmAEADEncryptConfig", "CsmAEADEncryptAlgorithmFamily", "CRYPTO_ALGOFAM_CHACHA")
            .set("CsmAEADEncryptConfig", "CsmAEADEncryptConfig", "CsmAEADEncryptAlgorithmMode", "CRYPTO_ALGOMODE_20ROUNDS")
            .add("CsmAEADEncryptConfig", "CsmAEADEncryptConfig", "CsmAEADEncryptAlgorithmSecondaryFamily", "CRYPTO_ALGOFAM_POLY1305")
            .set("CsmAEADEncryptConfig", "CsmAEADEncryptConfig", "CsmAEADEncryptAlgorithmKeyLength", "256")
            .set(PRIMITIVE, "AeadEncrypt", "CryptoPrimitiveAlgorithmFamily", "CRYPTO_ALGOFAM_CHACHA")
            .set(PRIMITIVE, "AeadEncrypt", "CryptoPrimitiveAlgorithmMode", "CRYPTO_ALGOMODE_20ROUNDS")
            .add(PRIMITIVE, "AeadEncrypt", "CryptoPrimitiveAlgorithmSecondaryFamily", "CRYPTO_ALGOFAM_POLY1305")
            .set(ELEMENT, "Iv12Element", "CryptoKeyElementSize", "16")),
        case(KeyElementSize, "/Evcc/Crypto/CryptoKeyElements/Iv16Element", "16 bytes", evcc().set(ELEMENT, "Iv16Element", "CryptoKeyElementSize", "12")),
        case(KeyElementSize, "/Evcc/Crypto/CryptoKeyElements/OemPrivateKeyElement", "32 bytes", evcc().set(ELEMENT, "OemPrivateKeyElement", "CryptoKeyElementSize", "48")),
        case(KeyElementSize, "/Evcc/Crypto/CryptoKeyElements/OemP521PrivateKeyElement", "CONTRACTKEY_20", evcc().set(ELEMENT, "OemP521PrivateKeyElement", "CryptoKeyElementSize", "48")),
        case(KeyElementSize, "/Evcc/Crypto/CryptoKeyElements/OemP521PrivateKeyElement", "at least 98 bytes", evcc()
            .set(ELEMENT, "OemP521PrivateKeyElement", "CryptoKeyElementFormat", "CRYPTO_KE_FORMAT_BIN_IDENT_PRIVATEKEY_PKCS8")),
        case(KeyElementSize, "/Evcc/Crypto/CryptoKeyElements/EcdsaP521PublicKeyElement", "132 or 133", evcc().set(ELEMENT, "EcdsaP521PublicKeyElement", "CryptoKeyElementSize", "97")),
        case(KeyElementSize, "/Evcc/Crypto/CryptoKeyElements/SharedSecretElement", "at least 32", evcc().set(ELEMENT, "SharedSecretElement", "CryptoKeyElementSize", "31")),
        case(KeyElementSize, "/Evcc/Crypto/CryptoKeyElements/ExchangePublicElement", "64 or 65", evcc().set(ELEMENT, "ExchangePublicElement", "CryptoKeyElementSize", "133")),
        case(KeyElementSize, "/Evcc/Crypto/CryptoKeyElements/GeneratedAes128Element", "16 or 32", evcc().set(ELEMENT, "GeneratedAes128Element", "CryptoKeyElementSize", "24")),
        case(KeyElementFormat, "/Evcc/Crypto/CryptoKeyElements/EcdsaPrivateKeyElement", "BIN_IDENT_PRIVATEKEY_PKCS8", evcc().set(ELEMENT, "EcdsaPrivateKeyElement", "CryptoKeyElementFormat", "CRYPTO_KE_FORMAT_BIN_IDENT_PUBLICKEY")),
        case(KeyElementFormat, "/Evcc/Crypto/CryptoKeyElements/EcdsaPublicKeyElement", "BIN_IDENT_PUBLICKEY", evcc().set(ELEMENT, "EcdsaPublicKeyElement", "CryptoKeyElementFormat", "CRYPTO_KE_FORMAT_BIN_RSA_PUBLICKEY")),
        case(KeyElementFormat, "/Evcc/Crypto/CryptoKeyElements/Aes128KeyElement", "SHEKEYS", evcc().set(ELEMENT, "Aes128KeyElement", "CryptoKeyElementFormat", "CRYPTO_KE_FORMAT_BIN_SHEKEYS")),
        case(UnwritableTarget, "/Evcc/Crypto/CryptoKeyElements/GeneratedAes128Element", "Csm_KeyGenerate", evcc().set(ELEMENT, "GeneratedAes128Element", "CryptoKeyElementWriteAccess", "CRYPTO_WA_DENIED")),
        case(UnwritableTarget, "/Evcc/Crypto/CryptoKeyElements/SharedSecretElement", "CALCSECRET", evcc().set(ELEMENT, "SharedSecretElement", "CryptoKeyElementWriteAccess", "CRYPTO_WA_DENIED")),
        case(KeyElementSize, "/Evcc/Crypto/CryptoKeyElements/EcdsaPrivateKeyElement", "32", evcc().set(ELEMENT, "EcdsaPrivateKeyElement", "CryptoKeyElementSize", "31")),
        case(KeyElementSize, "/Evcc/Crypto/CryptoKeyElements/EcdsaPublicKeyElement", "64 or 65", evcc().set(ELEMENT, "EcdsaPublicKeyElement", "CryptoKeyElementSize", "66")),
        case(KeyElementSize, "/Evcc/Crypto/CryptoKeyElements/Aes128KeyElement", "has 17 bytes", evcc().add(ELEMENT, "Aes128KeyElement", "CryptoKeyElementInitValue", "0x00112233445566778899aabbccddeeff00")),
        case(AsyncWithoutQueue, "/Evcc/Csm/CsmJobs/MessageVerify", "CsmQueueSize", evcc().set("CsmQueue", "AsymmetricQueue", "CsmQueueSize", "0")),
        case(PolicyMismatch, "/Evcc/Crypto", "CsmMacLengthInBytes", evcc().add("CsmGeneral", "CsmGeneral", "CsmMacLengthInBytes", "true")),
        case(AsyncWithoutCallback, "/Evcc/Csm/CsmJobs/LogDigest", "no callback", evcc().remove(JOB, "LogDigest", "CsmJobPrimitiveCallbackRef")),
        case(SyncWithCallback, "/Evcc/Csm/CsmJobs/LogDigest", "never called", evcc().set(JOB, "LogDigest", "CsmProcessingMode", "CRYPTO_PROCESSING_SYNC")),
        case(ReadableSecret, "/Evcc/Crypto/CryptoKeyElements/EcdsaPrivateKeyElement", "secret", evcc().set(ELEMENT, "EcdsaPrivateKeyElement", "CryptoKeyElementReadAccess", "CRYPTO_RA_ALLOWED")),
        case(ReadableSecret, "/Evcc/Crypto/CryptoKeyElements/OemPrivateKeyElement", "OemProvisioningKey", evcc().set(ELEMENT, "OemPrivateKeyElement", "CryptoKeyElementReadAccess", "CRYPTO_RA_ALLOWED")),
        case(ReadableSecret, "/Evcc/Crypto/CryptoKeyElements/ExchangePrivateElement", "TlsExchangeKey", evcc().set(ELEMENT, "ExchangePrivateElement", "CryptoKeyElementReadAccess", "CRYPTO_RA_ALLOWED")),
        case(ReadableSecret, "/Evcc/Crypto/CryptoKeyElements/SharedSecretElement", "TlsExchangeKey", evcc().set(ELEMENT, "SharedSecretElement", "CryptoKeyElementReadAccess", "CRYPTO_RA_ALLOWED")
            .set(ELEMENT, "ExchangePrivateElement", "CryptoKeyElementReadAccess", "CRYPTO_RA_ALLOWED")),
        case(WeakerTarget, "/Evcc/Crypto/CryptoKeyElements/SharedSecretElement", "TlsExchangeKey", evcc().set(ELEMENT, "SharedSecretElement", "CryptoKeyElementReadAccess", "CRYPTO_RA_INTERNAL_COPY")),
        case(WeakerTarget, "/Evcc/Crypto/CryptoKeyElements/SharedSecretElement", "element 9", evcc().set(ELEMENT, "SharedSecretElement", "CryptoKeyElementReadAccess", "CRYPTO_RA_ALLOWED")),
        case(HiddenIv, "/Evcc/Crypto/CryptoKeyElements/Iv12Element", "TlsTrafficKey", evcc().set(ELEMENT, "Iv12Element", "CryptoKeyElementReadAccess", "CRYPTO_RA_DENIED")),
        case(HiddenIv, "/Evcc/Crypto/CryptoKeyElements/Iv16Element", "StorageKey", evcc().set(ELEMENT, "Iv16Element", "CryptoKeyElementReadAccess", "CRYPTO_RA_INTERNAL_COPY")),
        case(ReadableSecret, "/Evcc/Crypto/CryptoKeyElements/DerivedAes128Element", "TlsTrafficKey", evcc().set(ELEMENT, "DerivedAes128Element", "CryptoKeyElementReadAccess", "CRYPTO_RA_ALLOWED")),
        case(ReadableSecret, "/Evcc/Crypto/CryptoKeyElements/GeneratedAes128Element", "StorageKey", evcc().set(ELEMENT, "GeneratedAes128Element", "CryptoKeyElementReadAccess", "CRYPTO_RA_ALLOWED")),
        case(ReadableSecret, "/Evcc/Crypto/CryptoKeyElements/Iv16Element", "StorageKey", evcc().set(ELEMENT, "Iv16Element", "CryptoKeyElementId", "16")
            .refer("CryptoKeyType", "Aes128CbcKey", "CryptoKeyElementRef", "/Evcc/Crypto/CryptoKeyElements/Iv12Element").set(ELEMENT, "Iv12Element", "CryptoKeyElementAllowPartialAccess", "true")
            .set(ELEMENT, "Iv12Element", "CryptoKeyElementSize", "16")),
        case(WeakenedSecret, "/Evcc/Crypto/CryptoKeyElements/HmacKeyElement", "piece by piece", evcc().set(ELEMENT, "HmacKeyElement", "CryptoKeyElementReadAccess", "CRYPTO_RA_INTERNAL_COPY")),
        case(UnknownName, "/Evcc/Csm/CsmJobs/Nonce", "Did you mean CsmJobPrimitiveCallbackUpdateNotification?", evcc().add(JOB, "Nonce", "CsmJobPrimitiveCallbackUpdateNotifications", "true")),
        case(UnknownName, "/Evcc/Csm/CsmJobs/Nonce", "Did you mean CsmJobMainFunctionRef?", evcc().refer(JOB, "Nonce", "CsmJobMainFunktionRef", "/Evcc/Csm/Main")),
        case(UnknownName, "/Evcc/CryIf/CryIfGeneral", "docs/arxml.md", evcc().add("CryIfGeneral", "CryIfGeneral", "CryIfTurboMode", "true")),
        case(UnknownName, "/Evcc/Csm/CsmCallbacks", "Did you mean CsmCallbacks?", evcc().replace("/Csm/CsmCallbacks</DEFINITION-REF>", "/Csm/CsmCalbacks</DEFINITION-REF>")),
        case(UnknownName, "/Evcc/Csm/Sha256/CsmHash/CsmHashConfig", "CsmHashDataMaxLength", evcc().replace_all("CsmHashDataMaxLength", "CsmHashDataMaximumLength").replace(">CRYPTO_USE_PORT</VALUE>", ">CRYPTO_USE_FNC</VALUE>")
            .replace_all(">CRYPTO_USE_PORT</VALUE>", ">CRYPTO_USE_FNC</VALUE>")),
        case(UnsettableKey, "/Evcc/Crypto/CryptoKeyElements/HmacKeyElement", "neither", evcc().set(ELEMENT, "HmacKeyElement", "CryptoKeyElementWriteAccess", "CRYPTO_WA_DENIED")),
        case(SchemaDeviation, "", "", evcc().replace("AUTOSAR_00051.xsd", "AUTOSAR_99999.xsd")),
    ]
}

fn findings_of(arxml: &Arxml) -> Findings {
    let file = write_all(&[&arxml.0]);
    match v2gcrypt_arxml::load_with_warnings(&file) {
        Ok(loaded) => loaded.warnings,
        Err(findings) => findings,
    }
}

#[test]
fn each_fault_is_found_where_it_is() {
    let mut wrong = Vec::new();
    for case in cases() {
        let findings = findings_of(&case.arxml);
        let found = findings.iter().any(|finding| {
            let message = format!("{} {}", finding.problem, finding.remedy);
            finding.kind == case.kind
                && finding.path == case.path
                && message.contains(case.words)
                && (case.kind == Kind::MissingModule || finding.file.ends_with("0.arxml"))
                && !finding.remedy.is_empty()
        });
        if !found {
            wrong.push(format!("{:?} at {} ({}) is not among:\n{findings}", case.kind, case.path, case.words));
        }
        let expected = case.kind.severity() == Severity::Error;
        if findings.has_errors() != expected {
            wrong.push(format!("{:?} at {}: errors {}\n{findings}", case.kind, case.path, findings.has_errors()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn a_single_fault_is_a_single_kind_of_finding() {
    for case in cases() {
        use Kind::*;
        // These cannot stand alone: they make others appear.
        if matches!(case.kind, DuplicateShortName | MissingModule | WrongPrimitive | NotSupported | DriverMismatch) {
            continue;
        }
        let kinds: BTreeSet<_> = findings_of(&case.arxml).iter().map(|finding| finding.kind).collect();
        assert!(kinds.len() <= 2, "{:?} at {} causes {kinds:?}", case.kind, case.path);
    }
}

#[test]
fn every_kind_has_a_test() {
    let mut tested: BTreeSet<_> = cases().iter().map(|case| case.kind).collect();
    // These need other files; each has a test of its own below.
    tested.extend([Kind::Unreadable, Kind::DuplicateModule]);
    // In nvm.rs.
    tested.extend([Kind::NvBlockMissing, Kind::NothingPersistent, Kind::NvBlockShared, Kind::NvBlockSetting, Kind::NvBlockCrc]);
    // In keym.rs.
    tested.extend([Kind::CertificateChain, Kind::RuleCycle, Kind::CertificateJob, Kind::StorageMismatch, Kind::KeyMSwitch]);
    // In hsm.rs.
    tested.extend([Kind::HsmReadableSecret, Kind::HsmElement, Kind::HsmKind, Kind::HsmSlot, Kind::HsmNvBlock]);
    let missing: Vec<_> = Kind::ALL.iter().filter(|kind| !tested.contains(kind)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn every_kind_has_a_tag_of_its_own_that_the_guide_explains() {
    let tags: BTreeSet<_> = Kind::ALL.iter().map(|kind| kind.tag()).collect();
    assert_eq!(tags.len(), Kind::ALL.len());
    let guide = std::fs::read_to_string(common::example("../docs/arxml.md")).unwrap();
    for tag in tags {
        assert!(guide.contains(&format!("`{tag}`")), "docs/arxml.md does not explain {tag}");
    }
}

#[test]
fn all_faults_are_told_at_once_and_nothing_is_written() {
    let arxml = evcc()
        .set(JOB, "LogDigest", "CsmJobId", "30")
        .set(JOB, "ContractSign", "CsmJobKeyRef", "/Nowhere")
        .set(ELEMENT, "EcdsaPublicKeyElement", "CryptoKeyElementSize", "66")
        .set("CryIfKey", "RecordKey", "CryIfKeyId", "3000")
        .remove(JOB, "Nonce", "CsmJobPriority");
    let out = folder().join("out");
    let file = write_all(&[&arxml.0]);
    let error = v2gcrypt_arxml::generate_to(&file, &out).unwrap_err();
    let v2gcrypt_arxml::Error::Configuration(findings) = error else { panic!("{error}") };
    let kinds: Vec<_> = findings.iter().map(|finding| finding.kind).collect();
    for kind in [Kind::GappyId, Kind::DanglingReference, Kind::KeyElementSize, Kind::MissingParameter] {
        assert!(kinds.contains(&kind), "{kind:?} is not among {kinds:?}");
    }
    assert_eq!(kinds.len(), 5, "{findings}");
    assert!(!out.exists());
}

#[test]
fn unparsable_and_unreadable_files_are_all_told() {
    let mut files = write_all(&["<AUTOSAR", "no xml at all", ""]);
    files.push(folder().join("absent.arxml"));
    let findings = v2gcrypt_arxml::load(&files).unwrap_err();
    let of_kind = |kind| findings.iter().filter(|finding| finding.kind == kind).count();
    assert_eq!((of_kind(Kind::Unparsable), of_kind(Kind::Unreadable)), (3, 1), "{findings}");
}

#[test]
fn two_configurations_of_one_module_are_refused() {
    let second =
        evcc().replace("<SHORT-NAME>Evcc</SHORT-NAME>", "<SHORT-NAME>Other</SHORT-NAME>").replace_all("/Evcc/", "/Other/");
    let findings = load_all(&[&evcc().0, &second.0]).unwrap_err();
    let duplicates = findings.iter().filter(|finding| finding.kind == Kind::DuplicateModule);
    assert_eq!(duplicates.count(), 2, "{findings}"); // Csm and CryIf
}

#[test]
fn one_path_for_two_kinds_of_container_is_refused() {
    let second = evcc().replace_all("/CsmCallback<", "/CsmQueue<");
    let findings = load_all(&[&evcc().0, &second.0]).unwrap_err();
    assert!(findings.iter().any(|finding| finding.kind == Kind::DuplicateShortName), "{findings}");
}

#[test]
fn an_initial_value_never_appears_in_a_message() {
    let arxml = evcc().add(ELEMENT, "HmacKeyElement", "CryptoKeyElementInitValue", "5ec2e7z");
    assert!(!findings_of(&arxml).to_string().contains("5ec2e7"));
}

#[test]
fn faults_of_other_modules_do_not_matter() {
    let communication = r#"<?xml version="1.0" encoding="utf-8"?>
<AUTOSAR xmlns="http://autosar.org/schema/r4.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://autosar.org/schema/r4.0 AUTOSAR_00051.xsd">
<AR-PACKAGES><AR-PACKAGE><SHORT-NAME>Other</SHORT-NAME><ELEMENTS><ECUC-MODULE-CONFIGURATION-VALUES><SHORT-NAME>Com</SHORT-NAME>
<DEFINITION-REF DEST="ECUC-MODULE-DEF">/AUTOSAR/EcucDefs/Com</DEFINITION-REF><CONTAINERS>
<ECUC-CONTAINER-VALUE><SHORT-NAME>no-name</SHORT-NAME><DEFINITION-REF DEST="ECUC-PARAM-CONF-CONTAINER-DEF">/AUTOSAR/EcucDefs/Com/ComConfig</DEFINITION-REF>
</ECUC-CONTAINER-VALUE></CONTAINERS></ECUC-MODULE-CONFIGURATION-VALUES></ELEMENTS></AR-PACKAGE></AR-PACKAGES></AUTOSAR>"#;
    let loaded = v2gcrypt_arxml::load_with_warnings(&write_all(&[communication, &evcc().0])).unwrap();
    assert!(loaded.warnings.iter().all(|finding| finding.kind == Kind::SchemaDeviation), "{}", loaded.warnings);
}

/// Values, references, names and definitions change places at random: the outcome is findings or files, never a panic.
#[test]
fn no_shuffled_configuration_panics() {
    let mut random = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = |bound: usize| {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        (random % bound as u64) as usize
    };
    let mut outcomes = [0, 0];
    for round in 0..300 {
        let mut lines: Vec<String> = if round % 2 == 0 { evcc().0 } else { secc().0 }.lines().map(String::from).collect();
        for _ in 0..1 + next(3) {
            let tag = ["<VALUE>", "<VALUE-REF", "<SHORT-NAME>", "<DEFINITION-REF"][next(4)];
            let places: Vec<_> = (0..lines.len()).filter(|&line| lines[line].trim_start().starts_with(tag)).collect();
            let (from, to) = (places[next(places.len())], places[next(places.len())]);
            lines[to] = lines[from].clone();
        }
        match load_all(&[&lines.join("\n")]) {
            Ok(model) => {
                assert!(!v2gcrypt_arxml::generate(&model).is_empty());
                outcomes[0] += 1;
            }
            Err(findings) => {
                assert!(findings.has_errors());
                outcomes[1] += 1;
            }
        }
    }
    assert!(outcomes.iter().all(|&count| count > 10), "{outcomes:?}");
}

#[test]
fn the_examples_have_no_findings() {
    for name in ["evcc.arxml", "secc.arxml"] {
        let loaded = v2gcrypt_arxml::load_with_warnings(&[common::example(name)]).unwrap();
        assert!(loaded.warnings.is_empty(), "{}", loaded.warnings);
    }
}
