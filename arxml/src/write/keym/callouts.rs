//! What KeyM calls, and the functions that stand between where the forms differ.

use std::collections::BTreeSet;

use super::super::c::{wrapped, Source};
use crate::model::keym::*;
use crate::rte::keym::{service_function, verify_function};

/// Who calls what, and by which functions.
pub(super) struct Callouts<'a> {
    keym: &'a KeyM,
}

/// What reads the port of a condition.
pub(super) fn read_port(condition: &Condition) -> String {
    format!("KeyM_ReadPort_{}", condition.origin.name)
}

const SERVICE_ARGUMENTS: &str =
    "KeyM_CertificateIdType CertId, KeyM_ResultType Result, uint16 ResultDataLength, const uint8* ResultDataPtr";

impl<'a> Callouts<'a> {
    pub fn of(keym: &'a KeyM) -> Self {
        Self { keym }
    }

    fn has_time(&self) -> bool {
        self.keym.certificates.iter().any(|certificate| certificate.time_base.is_some())
    }

    fn has_events(&self) -> bool {
        self.keym.general.security_event_reporting
    }

    fn has_handler(&self) -> bool {
        let Handlers { start_finalize, prepare, update, verify, service_certificate } = self.keym.general.handlers;
        start_finalize || prepare || update || verify || service_certificate
    }

    fn verify_functions(&self) -> BTreeSet<String> {
        self.keym.certificates.iter().filter_map(verify_function).collect()
    }

    fn service_functions(&self) -> BTreeSet<String> {
        self.keym.certificates.iter().filter_map(service_function).collect()
    }

    fn ports(&self) -> impl Iterator<Item = &Condition> {
        self.keym.conditions.iter().filter(|condition| condition.value == ConditionValue::SenderReceiver)
    }

    /// Type of lengths of `KeyM_ServiceCertificate`, and of that of its response.
    fn lengths(&self) -> (&'static str, &'static str, &'static str) {
        match self.keym.general.wide_lengths {
            true => ("uint32", "uint32*", "32"),
            false => ("uint16", "uint16", "16"),
        }
    }

    fn service_prototype(&self) -> String {
        let (length, response, _) = self.lengths();
        format!(
            "Std_ReturnType KeyM_ServiceCertificate(KeyM_ServiceCertificateType Service, const uint8* CertNamePtr, \
             {length} CertNameLength, const uint8* RequestData, {length} RequestDataLength, uint8* ResponseData, \
             {response} ResponseDataLength)"
        )
    }

    pub fn prototypes(&self, source: &mut Source) {
        source.line(
            "/* Lengths have 16 bits until R20-11, 32 in the newest releases: V2gcryptKeyMServiceCertificateLengthBits. */",
        );
        source.line(wrapped(&format!("extern {};", self.service_prototype())));
        let (verify, service) = (self.verify_functions(), self.service_functions());
        if !verify.is_empty() || !service.is_empty() {
            source.blank();
            source.line("/* Told the outcome of verifications and services. The application defines them, or rte/KeyM_Rte.c for ports. */");
        }
        for function in verify {
            let arguments = "KeyM_CertificateIdType CertId, KeyM_CertificateStatusType Result";
            source.line(format!("extern Std_ReturnType {function}({arguments});"));
        }
        let result = if self.keym.general.void_service_callback { "void" } else { "Std_ReturnType" };
        for function in service {
            source.line(wrapped(&format!("extern {result} {function}({SERVICE_ARGUMENTS});")));
        }
        if self.keym.general.handlers.service_certificate {
            let (length, ..) = self.lengths();
            source.blank();
            source.line("/* Of the key handler; the others are in KeyM_Externals.h. */");
            source.line(wrapped(&format!(
                "extern Std_ReturnType KeyM_KH_ServiceCertificate(KeyM_ServiceCertificateType Service, const uint8* CertName, \
                 {length} CertNameLength, const uint8* RequestData, {length} RequestDataLength, uint8* ResponseData, \
                 {length}* ResponseDataLength);"
            )));
        }
        if self.ports().next().is_some() {
            source.blank();
            source.line(
                "/* What a software component has sent. In: room; out: bytes of the value. The application defines them. */",
            );
        }
        for condition in self.ports() {
            source.line(format!("extern Std_ReturnType {}(uint8* dataPtr, uint32* dataLengthPtr);", read_port(condition)));
        }
    }

    pub fn includes(&self, source: &mut Source) {
        if self.has_events() {
            source.line("#include \"IdsM.h\"");
        }
        if !self.keym.nvm_blocks.is_empty() {
            source.line("#include \"NvM.h\"");
        }
        if self.has_time() {
            source.line("#include \"StbM.h\"");
        }
    }

    /// Functions between KeyM and what it calls, and `KeyM_ServiceCertificate`.
    pub fn definitions(&self, source: &mut Source) {
        if self.has_time() {
            self.time(source);
            source.blank();
        }
        if self.has_events() {
            source.line(
                "static void KeyM_SetSecurityEvent(uint16 securityEventId, const uint8* contextData, uint16 contextDataSize)",
            );
            source.line("{");
            source.line("    IdsM_SetSecurityEventWithContextData(securityEventId, contextData, contextDataSize);");
            source.line("}");
            source.blank();
        }
        if self.keym.general.void_service_callback {
            for function in self.service_functions() {
                source.line(wrapped(&format!("static Std_ReturnType KeyM_Call_{function}({SERVICE_ARGUMENTS})")));
                source.line("{");
                source.line(format!("    {function}(CertId, Result, ResultDataLength, ResultDataPtr);"));
                source.line("    return E_OK;");
                source.line("}");
                source.blank();
            }
        }
        if self.keym.general.handlers.service_certificate {
            self.handler(source);
            source.blank();
        }
        let (_, _, bits) = self.lengths();
        source.line(wrapped(&self.service_prototype()));
        source.line("{");
        source.line(wrapped(&format!(
            "    return V2gcrypt_KeyM_ServiceCertificate{bits}(Service, CertNamePtr, CertNameLength, RequestData, \
             RequestDataLength, ResponseData, ResponseDataLength);"
        )));
        source.line("}");
    }

    /// The form of `StbM_GetCurrentTime` differs between releases.
    fn time(&self, source: &mut Source) {
        let (data_type, stamp) = match self.keym.general.stbm_time_stamp {
            true => ("StbM_TimeStampType", "currentTime"),
            false => ("StbM_TimeTupleType", "currentTime.globalTime"),
        };
        for line in [
            "static Std_ReturnType KeyM_GetTime(uint16 timeBaseId, uint32* secondsPtr, uint16* secondsHiPtr, uint8* timeBaseStatusPtr)",
            "{",
            &format!("    {data_type} currentTime;"),
            "    StbM_UserDataType userData;",
            "    const Std_ReturnType result = StbM_GetCurrentTime(timeBaseId, &currentTime, &userData);",
            "    if (result == E_OK)",
            "    {",
            &format!("        *secondsPtr = {stamp}.seconds;"),
            &format!("        *secondsHiPtr = {stamp}.secondsHi;"),
            &format!("        *timeBaseStatusPtr = {stamp}.timeBaseStatus;"),
            "    }",
            "    return result;",
            "}",
        ] {
            source.line(line);
        }
    }

    fn handler(&self, source: &mut Source) {
        let wide =
            "KeyM_ServiceCertificateType Service, const uint8* CertName, uint32 CertNameLength, const uint8* RequestData, \
                    uint32 RequestDataLength, uint8* ResponseData, uint32* ResponseDataLength";
        source.line(wrapped(&format!("static Std_ReturnType KeyM_CallHandler({wide})")));
        source.line("{");
        if self.keym.general.wide_lengths {
            let call =
                "    return KeyM_KH_ServiceCertificate(Service, CertName, CertNameLength, RequestData, RequestDataLength, \
                        ResponseData, ResponseDataLength);";
            source.line(wrapped(call));
        } else {
            for line in [
                "    Std_ReturnType result = E_NOT_OK;",
                "    if ((CertNameLength <= 0xFFFFU) && (RequestDataLength <= 0xFFFFU))",
                "    {",
                "        uint16 length = (*ResponseDataLength <= 0xFFFFU) ? (uint16)*ResponseDataLength : 0xFFFFU;",
                &wrapped(
                    "        result = KeyM_KH_ServiceCertificate(Service, CertName, (uint16)CertNameLength, RequestData, \
                     (uint16)RequestDataLength, ResponseData, &length);",
                ),
                "        *ResponseDataLength = length;",
                "    }",
                "    return result;",
            ] {
                source.line(line);
            }
        }
        source.line("}");
    }

    /// Tables of functions.
    pub fn tables(&self, source: &mut Source) {
        if !self.keym.nvm_blocks.is_empty() {
            source.line("static const KeyM_NvMType KeyM_NvM =");
            source.line("{");
            source.line("    .setDataIndex = &NvM_SetDataIndex,");
            source.line("    .readBlock = &NvM_ReadBlock,");
            source.line("    .writeBlock = &NvM_WriteBlock,");
            source.line("    .getErrorStatus = &NvM_GetErrorStatus");
            source.line("};");
            source.blank();
        }
        if self.has_handler() {
            let Handlers { start_finalize, prepare, update, verify, service_certificate } = self.keym.general.handlers;
            let function = |enabled: bool, name: &str| if enabled { format!("&{name}") } else { "NULL_PTR".into() };
            source.line("static const KeyM_KeyHandlerType KeyM_KeyHandler =");
            source.line("{");
            source.line(format!("    .start = {},", function(start_finalize, "KeyM_KH_Start")));
            source.line(format!("    .prepare = {},", function(prepare, "KeyM_KH_Prepare")));
            source.line(format!("    .update = {},", function(update, "KeyM_KH_Update")));
            source.line(format!("    .finalize = {},", function(start_finalize, "KeyM_KH_Finalize")));
            source.line(format!("    .verify = {},", function(verify, "KeyM_KH_Verify")));
            source.line(format!("    .serviceCertificate = {}", function(service_certificate, "KeyM_CallHandler")));
            source.line("};");
            source.blank();
        }
    }

    /// Fields of `KeyM_ConfigType` that name functions.
    pub fn fields(&self) -> Vec<(&'static str, String)> {
        let general = &self.keym.general;
        let function = |enabled: bool, name: &str| if enabled { format!("&{name}") } else { "NULL_PTR".into() };
        let manages = general.crypto_key_manager;
        vec![
            ("nvM", function(!self.keym.nvm_blocks.is_empty(), "KeyM_NvM")),
            ("keyHandler", function(self.has_handler(), "KeyM_KeyHandler")),
            ("getTime", function(self.has_time(), "KeyM_GetTime")),
            ("setSecurityEvent", function(self.has_events(), "KeyM_SetSecurityEvent")),
            ("keyUpdateCallback", function(manages, "KeyM_CryptoKeyUpdateCallbackNotification")),
            ("keyFinalizeCallback", function(general.start_finalize, "KeyM_CryptoKeyFinalizeCallbackNotification")),
            ("keyVerifyCallback", function(general.verify && general.verify_async, "KeyM_CryptoKeyVerifyCallbackNotification")),
        ]
    }

    pub fn verify_callback(&self, certificate: &Certificate) -> String {
        verify_function(certificate).map_or("NULL_PTR".into(), |function| format!("&{function}"))
    }

    pub fn service_callback(&self, certificate: &Certificate) -> String {
        let between = if self.keym.general.void_service_callback { "KeyM_Call_" } else { "" };
        service_function(certificate).map_or("NULL_PTR".into(), |function| format!("&{between}{function}"))
    }
}
