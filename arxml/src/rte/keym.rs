//! The RTE face of KeyM: ports for the certificates that ask for one, and for key management.
//!
//! `component` writes `KeyM_swc.arxml`, `stub` the C that stands in for an RTE. A certificate's port has no iteration: operations by
//! index need no state between calls. A callback that the configuration names is the application's; without one, the RTE tells.

mod component;
mod stub;

use crate::model::keym::{Certificate, KeyM};
use crate::model::{Model, Origin};
use crate::write::OutputFile;

/// Files of the face; none when nobody asks for a port.
pub(super) fn files(model: &Model) -> Vec<OutputFile> {
    let Some(keym) = &model.keym else { return Vec::new() };
    let face = Face::of(keym);
    if face.ports.is_empty() {
        return Vec::new();
    }
    let mut files = vec![OutputFile { name: "KeyM_swc.arxml".into(), contents: component::text(keym, &face) }];
    files.extend(stub::files(keym, &face));
    files
}

/// The function that is told the outcome of a verification: that of the configuration, or one that is generated with the port.
pub(crate) fn verify_function(certificate: &Certificate) -> Option<String> {
    let of_port = || certificate.use_port.then(|| format!("KeyM_{}_CertificateVerified", certificate.origin.name));
    certificate.verify_callback.clone().or_else(of_port)
}

/// The function that is told the outcome of a service.
pub(crate) fn service_function(certificate: &Certificate) -> Option<String> {
    let of_port = || certificate.use_port.then(|| format!("KeyM_{}_CertificateServiced", certificate.origin.name));
    certificate.service_callback.clone().or_else(of_port)
}

/// Name of the port of key management.
pub(super) const KEY_PORT: &str = "KeyMCryptoKey";

struct Face<'a> {
    ports: Vec<Port<'a>>,
    notifications: Vec<Notification>,
}

/// A provided port, with an interface of its own: its arrays have the sizes of its certificate.
struct Port<'a> {
    name: &'a str,
    origin: &'a Origin,
    interface: String,
    /// What the RTE puts first: type, value, value in C.
    value: Option<(&'static str, u16, String)>,
    operations: Vec<Operation>,
}

struct Operation {
    name: &'static str,
    function: &'static str,
    arguments: Vec<Argument>,
    /// Codes beyond E_OK and E_NOT_OK.
    errors: &'static [(&'static str, u32)],
}

#[derive(Clone)]
struct Argument {
    name: &'static str,
    direction: Direction,
    data_type: DataType,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Direction {
    In,
    Out,
    InOut,
}

#[derive(Clone, PartialEq, Eq)]
enum DataType {
    /// Array of bytes: name of its type and number of bytes.
    Bytes(String, u32),
    /// `KeyM_CertDataType`.
    Certificate,
    /// Array of `KeyM_CertDataType`: name of its type, and how many.
    Certificates(String, u32),
    /// Passed by value, or by its address.
    Plain(&'static str),
}

/// A required port: KeyM tells a software component through it.
struct Notification {
    /// `<certificate>_Notification`, or `KeyMCryptoKeyNotification`.
    port: String,
    operation: &'static str,
    /// What the component is told.
    arguments: Vec<Argument>,
    /// What KeyM calls, and what of its parameters is not told.
    function: String,
    returns: &'static str,
    unused: Option<&'static str>,
    /// Server runnable of the component.
    runnable: String,
}

const BUSY: (&str, u32) = ("KEYM_E_BUSY", 0x02);
const PENDING: (&str, u32) = ("KEYM_E_PENDING", 0x03);
const SIZE: (&str, u32) = ("KEYM_E_KEY_CERT_SIZE_MISMATCH", 0x04);
const PARAMETER: (&str, u32) = ("KEYM_E_PARAMETER_MISMATCH", 0x05);
const INVALID: (&str, u32) = ("KEYM_E_KEY_CERT_INVALID", 0x06);
const EMPTY: (&str, u32) = ("KEYM_E_KEY_CERT_EMPTY", 0x0A);
const CHAIN: (&str, u32) = ("KEYM_E_CERT_INVALID_CHAIN_OF_TRUST", 0x0B);

impl<'a> Face<'a> {
    fn of(keym: &'a KeyM) -> Self {
        let mut face = Face { ports: Vec::new(), notifications: Vec::new() };
        for certificate in keym.certificates.iter().filter(|certificate| certificate.use_port) {
            face.add_certificate(keym, certificate);
        }
        if keym.general.crypto_key_use_port {
            face.add_keys(keym);
        }
        face
    }

    fn add_certificate(&mut self, keym: &'a KeyM, certificate: &'a Certificate) {
        let name = &certificate.origin.name;
        let operations = certificate_operations(keym, certificate);
        let value = Some(("KeyM_CertificateIdType", certificate.id, format!("KeyMConf_KeyMCertificate_{name}")));
        self.ports.push(Port {
            name,
            origin: &certificate.origin,
            interface: format!("KeyMCertificate_{name}"),
            value,
            operations,
        });
        let result = bytes(format!("KeyM_ServiceDataType_{name}"), service_size(keym));
        if certificate.verify_callback.is_none() {
            self.notifications.push(Notification {
                port: format!("{name}_Notification"),
                operation: "CertificateVerified",
                arguments: vec![input("Result", DataType::Plain("KeyM_CertificateStatusType"))],
                function: verify_function(certificate).unwrap_or_default(),
                returns: "Std_ReturnType",
                unused: Some("CertId"),
                runnable: format!("{name}_CertificateVerified"),
            });
        }
        if certificate.service_callback.is_none() {
            self.notifications.push(Notification {
                port: format!("{name}_Notification"),
                operation: "CertificateServiced",
                arguments: told(result),
                function: service_function(certificate).unwrap_or_default(),
                returns: if keym.general.void_service_callback { "void" } else { "Std_ReturnType" },
                unused: Some("CertId"),
                runnable: format!("{name}_CertificateServiced"),
            });
        }
    }

    fn add_keys(&mut self, keym: &'a KeyM) {
        let operations = key_operations(keym);
        let origin = &keym.origin;
        self.ports.push(Port { name: KEY_PORT, origin, interface: KEY_PORT.into(), value: None, operations });
        let general = &keym.general;
        for (enabled, what) in
            [(true, "Update"), (general.start_finalize, "Finalize"), (general.verify && general.verify_async, "Verify")]
        {
            let operation = match what {
                "Update" => "CryptoKeyUpdated",
                "Finalize" => "CryptoKeyFinalized",
                _ => "CryptoKeyVerified",
            };
            if enabled {
                self.notifications.push(Notification {
                    port: format!("{KEY_PORT}Notification"),
                    operation,
                    arguments: told(key_bytes(keym)),
                    function: format!("KeyM_CryptoKey{what}CallbackNotification"),
                    returns: "void",
                    unused: None,
                    runnable: format!("KeyM_{operation}"),
                });
            }
        }
    }
}

/// Result, length and bytes.
fn told(data: DataType) -> Vec<Argument> {
    vec![
        input("Result", DataType::Plain("KeyM_ResultType")),
        input("ResultDataLength", DataType::Plain("uint16")),
        input("ResultDataPtr", data),
    ]
}

fn certificate_operations(keym: &KeyM, certificate: &Certificate) -> Vec<Operation> {
    let name = &certificate.origin.name;
    let element = certificate.elements.iter().map(|element| u32::from(element.max_length)).max();
    let element = bytes(format!("KeyM_ElementDataType_{name}"), element.unwrap_or(1));
    let chain = DataType::Certificates("KeyM_CertChainDataType".into(), keym.general.chain_max_depth.into());
    let service = bytes(format!("KeyM_ServiceDataType_{name}"), service_size(keym));
    let id = || input("CertElementId", DataType::Plain("KeyM_CertElementIdType"));
    let length = |name| in_out(name, DataType::Plain("uint32"));
    let operation = |name, function, arguments, errors| Operation { name, function, arguments, errors };
    vec![
        operation(
            "SetCertificate",
            "KeyM_SetCertificate",
            vec![input("CertificateDataPtr", DataType::Certificate)],
            &[BUSY, SIZE, PARAMETER],
        ),
        operation(
            "GetCertificate",
            "KeyM_GetCertificate",
            vec![in_out("CertificateDataPtr", DataType::Certificate)],
            &[BUSY, SIZE, PARAMETER, EMPTY],
        ),
        operation("VerifyCertificate", "KeyM_VerifyCertificate", Vec::new(), &[BUSY, PARAMETER, EMPTY]),
        operation(
            "VerifyCertificateChain",
            "KeyM_VerifyCertificateChain",
            vec![input("certChainData", chain), input("NumberOfCertificates", DataType::Plain("uint8"))],
            &[BUSY, SIZE, PARAMETER, EMPTY],
        ),
        operation(
            "CertGetStatus",
            "KeyM_CertGetStatus",
            vec![output("Status", DataType::Plain("KeyM_CertificateStatusType"))],
            &[PARAMETER],
        ),
        operation(
            "CertElementGet",
            "KeyM_CertElementGet",
            vec![id(), output("CertElementData", element.clone()), length("CertElementDataLength")],
            &[BUSY, SIZE, PARAMETER, INVALID, EMPTY],
        ),
        operation(
            "CertificateElementGetByIndex",
            "KeyM_CertificateElementGetByIndex",
            vec![
                id(),
                input("Index", DataType::Plain("uint32")),
                output("CertElementDataPtr", element),
                length("CertElementDataLengthPtr"),
            ],
            &[BUSY, SIZE, PARAMETER, INVALID, EMPTY],
        ),
        operation(
            "CertificateElementGetCount",
            "KeyM_CertificateElementGetCount",
            vec![id(), output("CountPtr", DataType::Plain("uint16"))],
            &[BUSY, PARAMETER, INVALID, EMPTY],
        ),
        operation(
            "ServiceCertificate",
            "KeyM_ServiceCertificateByCertId",
            vec![
                input("Service", DataType::Plain("KeyM_ServiceCertificateType")),
                input("RequestData", service.clone()),
                input("RequestDataLength", DataType::Plain("uint32")),
                output("ResponseData", service),
                in_out("ResponseDataLength", DataType::Plain("uint32")),
            ],
            &[BUSY, SIZE, PARAMETER, EMPTY, CHAIN],
        ),
    ]
}

fn key_operations(keym: &KeyM) -> Vec<Operation> {
    let name = DataType::Bytes("KeyM_KeyCertNameDataType".into(), keym.general.name_max_length.into());
    let data = || key_bytes(keym);
    let short = |name| input(name, DataType::Plain("uint16"));
    let named = |pointer| [input(pointer, name.clone()), short("KeyNameLength")];
    let room = |name| in_out(name, DataType::Plain("uint16"));
    let operation = |name, function, arguments, errors| Operation { name, function, arguments, errors };
    let general = &keym.general;
    let mut operations = Vec::new();
    if general.start_finalize {
        let arguments = vec![
            input("StartType", DataType::Plain("KeyM_StartType")),
            input("RequestData", data()),
            short("RequestDataLength"),
            output("ResponseData", data()),
            room("ResponseDataLength"),
        ];
        operations.push(operation("Start", "KeyM_Start", arguments, &[BUSY, SIZE, PARAMETER][..]));
    }
    if general.prepare {
        let arguments = vec![
            input("RequestData", data()),
            short("RequestDataLength"),
            output("ResponseData", data()),
            room("ResponseDataLength"),
        ];
        operations.push(operation("Prepare", "KeyM_Prepare", arguments, &[BUSY, SIZE, PARAMETER]));
    }
    let [pointer, length] = named("KeyNamePtr");
    let arguments = vec![
        pointer,
        length,
        input("RequestDataPtr", data()),
        short("RequestDataLength"),
        output("ResultDataPtr", data()),
        short("ResultDataMaxLength"),
    ];
    operations.push(operation("Update", "KeyM_Update", arguments, &[BUSY, SIZE, PARAMETER]));
    if general.start_finalize {
        let arguments = vec![
            input("RequestDataPtr", data()),
            short("RequestDataLength"),
            output("ResponseDataPtr", data()),
            short("ResponseMaxDataLength"),
        ];
        operations.push(operation("Finalize", "KeyM_Finalize", arguments, &[BUSY]));
    }
    if general.verify {
        let [pointer, length] = named("KeyNamePtr");
        let arguments = vec![
            pointer,
            length,
            input("RequestData", data()),
            short("RequestDataLength"),
            output("ResponseData", data()),
            room("ResponseDataLength"),
        ];
        let errors = &[BUSY, PENDING, SIZE, PARAMETER, INVALID, EMPTY];
        operations.push(operation("Verify", "KeyM_Verify", arguments, errors));
    }
    operations
}

/// Bytes of a request or response of a service.
fn service_size(keym: &KeyM) -> u32 {
    u32::try_from(keym.request_buffer_size()).unwrap_or(u32::MAX)
}

/// Key material, or what stands around it: M1, M2 and M3 of SHE have 64 bytes.
fn key_bytes(keym: &KeyM) -> DataType {
    let longest = keym.crypto_keys.iter().map(|key| u32::from(key.max_length)).max();
    bytes("KeyM_CryptoKeyDataType".into(), longest.unwrap_or(0).max(64))
}

fn bytes(name: String, length: u32) -> DataType {
    DataType::Bytes(name, length)
}

fn input(name: &'static str, data_type: DataType) -> Argument {
    Argument { name, direction: Direction::In, data_type }
}

fn output(name: &'static str, data_type: DataType) -> Argument {
    Argument { name, direction: Direction::Out, data_type }
}

fn in_out(name: &'static str, data_type: DataType) -> Argument {
    Argument { name, direction: Direction::InOut, data_type }
}
