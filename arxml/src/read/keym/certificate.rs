//! `KeyMCertificate`: a slot and what belongs to it.

use v2gcrypt_types::Number;

use super::{function, name, storage, Reader};
use crate::ecuc::Handle;
use crate::findings::Kind;
use crate::model::keym::*;

const ALGORITHMS: &[Number] = &[
    Number { symbol: "ECC", value: 0 },
    Number { symbol: "RSA", value: 1 },
    Number { symbol: "KEYM_CERT_ALGO_ECC", value: 0 },
    Number { symbol: "KEYM_CERT_ALGO_RSA", value: 1 },
];

const FORMATS: &[Number] = &[
    Number { symbol: "X509", value: 0 },
    Number { symbol: "CVC", value: 1 },
    Number { symbol: "CRL", value: 2 },
    Number { symbol: "KEYM_CERT_FORMAT_X509", value: 0 },
    Number { symbol: "KEYM_CERT_FORMAT_CVC", value: 1 },
    Number { symbol: "KEYM_CERT_FORMAT_CRL", value: 2 },
];

/// `V2gcryptKeyMCertificateRole`
pub(crate) const ROLES: &[Number] = &[
    Number { symbol: "KEYM_V2G_ROLE_NONE", value: 0 },
    Number { symbol: "KEYM_V2G_ROLE_V2G_ROOT", value: 1 },
    Number { symbol: "KEYM_V2G_ROLE_MO_ROOT", value: 2 },
    Number { symbol: "KEYM_V2G_ROLE_OEM_ROOT", value: 3 },
    Number { symbol: "KEYM_V2G_ROLE_CSMS_ROOT", value: 4 },
    Number { symbol: "KEYM_V2G_ROLE_MANUFACTURER_ROOT", value: 5 },
    Number { symbol: "KEYM_V2G_ROLE_SUB_CA_1", value: 6 },
    Number { symbol: "KEYM_V2G_ROLE_SUB_CA_2", value: 7 },
    Number { symbol: "KEYM_V2G_ROLE_SECC", value: 8 },
    Number { symbol: "KEYM_V2G_ROLE_EVCC", value: 9 },
    Number { symbol: "KEYM_V2G_ROLE_CONTRACT", value: 10 },
    Number { symbol: "KEYM_V2G_ROLE_OEM_PROVISIONING", value: 11 },
    Number { symbol: "KEYM_V2G_ROLE_CPS", value: 12 },
    Number { symbol: "KEYM_V2G_ROLE_OCSP_SIGNER", value: 13 },
];

/// `V2gcryptKeyMCertificateProfile`
pub(crate) const PROFILES: &[Number] = &[
    Number { symbol: "KEYM_V2G_PROFILE_NONE", value: 0 },
    Number { symbol: "KEYM_V2G_PROFILE_RFC5280", value: 1 },
    Number { symbol: "KEYM_V2G_PROFILE_ISO15118_2", value: 2 },
    Number { symbol: "KEYM_V2G_PROFILE_ISO15118_20", value: 3 },
    Number { symbol: "KEYM_V2G_PROFILE_ISO15118_20_AMD1", value: 4 },
    Number { symbol: "KEYM_V2G_PROFILE_PRIVATE", value: 5 },
];

pub(super) fn read(reader: &mut Reader<'_>, handle: Handle) -> Option<Certificate> {
    let id = reader.required_integer(handle, "KeyMCertificateId");
    let id = id.and_then(|id| reader.in_range(handle, "KeyMCertificateId", id, 0, 0xFFFE));
    let max_length = reader.required_integer(handle, "KeyMCertificateMaxLength");
    let max_length = max_length.and_then(|length| reader.in_range(handle, "KeyMCertificateMaxLength", length, 1, 0xFFFF));
    let algorithm = reader.required_literal(handle, "KeyMCertAlgorithmType", ALGORITHMS);
    let format = format(reader, handle);
    let storage = storage(reader, handle, "KeyMCertificateStorage");
    let role = reader.literal(handle, "V2gcryptKeyMCertificateRole", ROLES);
    let profile = reader.literal(handle, "V2gcryptKeyMCertificateProfile", PROFILES);
    let ocsp = reader.integer(handle, "V2gcryptKeyMCertificateOcspMaxLength").unwrap_or(0);
    let ocsp_max_length = reader.in_range(handle, "V2gcryptKeyMCertificateOcspMaxLength", ocsp, 0, 0xFFFF);
    let verify_job = reader.required_reference(handle, "KeyMCertCsmSignatureVerifyJobRef", "CsmJob");
    let upper = reader.required_reference(handle, "KeyMCertUpperHierarchicalCertRef", "KeyMCertificate");
    Some(Certificate {
        name: name(reader, handle, "KeyMCertificateName"),
        verify_callback: function(reader, handle, "KeyMCertificateVerifyCallbackNotificationFunc"),
        service_callback: function(reader, handle, "KeyMServiceCertificateCallbackNotificationFunc"),
        rules: reader.references(handle, "KeyMCertCertificateElementRuleRef", "KeyMCertificateElementRule"),
        generate_job: reader.reference(handle, "KeyMCertCsmSignatureGenerateJobRef", "CsmJob"),
        verify_key: reader.reference(handle, "KeyMCertCsmSignatureVerifyKeyRef", "CsmKey"),
        target_key: reader.reference(handle, "KeyMCertificateCsmKeyTargetRef", "CsmKey"),
        nvm_block: reader.reference(handle, "KeyMCertificateNvmBlockRef", "KeyMNvmBlock"),
        private_key: reader.reference(handle, "KeyMCertPrivateKeyStorageCryptoKeyRef", "KeyMCryptoKey"),
        time_base: time_base(reader, handle),
        target_element: reader.integer(handle, "V2gcryptKeyMCertificateTargetElementId").unwrap_or(0),
        use_port: reader.boolean(Some(handle), "V2gcryptKeyMCertificateUsePort"),
        csr: csr(reader, handle),
        elements: Vec::new(),
        origin: reader.origin(handle),
        id: id? as u16,
        max_length: max_length? as u16,
        algorithm: if algorithm?.value == 0 { CertAlgorithm::Ecc } else { CertAlgorithm::Rsa },
        format: format?,
        storage: storage?,
        verify_job: verify_job?,
        upper: upper?,
        role: role.map_or("KEYM_V2G_ROLE_NONE", |role| role.symbol),
        profile: profile.map_or("KEYM_V2G_PROFILE_NONE", |profile| profile.symbol),
        ocsp_max_length: ocsp_max_length? as u16,
    })
}

fn format(reader: &mut Reader<'_>, handle: Handle) -> Option<CertFormat> {
    match reader.required_literal(handle, "KeyMCertFormatType", FORMATS)?.value {
        0 => Some(CertFormat::X509),
        2 => Some(CertFormat::Crl),
        _ => {
            let problem = "KeyMCertFormatType is CVC: card-verifiable certificates are not read by this KeyM.";
            reader.report(handle, Kind::NotSupported, problem, "Use X509 or CRL.");
            None
        }
    }
}

fn time_base(reader: &mut Reader<'_>, handle: Handle) -> Option<u16> {
    let base = reader.reference(handle, "KeyMCertTimebaseRef", "StbMSynchronizedTimeBase")?;
    let id = reader.required_integer(base, "StbMSynchronizedTimeBaseIdentifier")?;
    reader.in_range(base, "StbMSynchronizedTimeBaseIdentifier", id, 0, 0xFFFE).map(|id| id as u16)
}

/// Parameters of `V2gcryptKeyMCertificateCsr`, and their tags: `KEYM_CSR_*` of KeyM.h, which a test compares.
pub(crate) const CSR_TEXTS: &[(&str, Number)] = &[
    ("V2gcryptKeyMCsrCommonName", Number { symbol: "KEYM_CSR_COMMON_NAME", value: 0x01 }),
    ("V2gcryptKeyMCsrOrganization", Number { symbol: "KEYM_CSR_ORGANIZATION", value: 0x02 }),
    ("V2gcryptKeyMCsrCountry", Number { symbol: "KEYM_CSR_COUNTRY", value: 0x03 }),
    ("V2gcryptKeyMCsrOrganizationalUnit", Number { symbol: "KEYM_CSR_ORGANIZATIONAL_UNIT", value: 0x04 }),
    ("V2gcryptKeyMCsrDomainComponent", Number { symbol: "KEYM_CSR_DOMAIN_COMPONENT", value: 0x05 }),
    ("V2gcryptKeyMCsrSanDns", Number { symbol: "KEYM_CSR_SAN_DNS", value: 0x11 }),
    ("V2gcryptKeyMCsrSanUri", Number { symbol: "KEYM_CSR_SAN_URI", value: 0x12 }),
];

/// Two bytes, big-endian.
pub(crate) const CSR_KEY_USAGE: Number = Number { symbol: "KEYM_CSR_KEY_USAGE", value: 0x21 };

fn csr(reader: &mut Reader<'_>, certificate: Handle) -> Vec<CsrField> {
    let Some(handle) = reader.child(certificate, "V2gcryptKeyMCertificateCsr") else { return Vec::new() };
    let mut fields = Vec::new();
    for (parameter, tag) in CSR_TEXTS {
        let Some(text) = reader.text(handle, parameter) else { continue };
        if text.is_empty() || text.len() > 255 {
            let problem = format!("{parameter} has {} bytes.", text.len());
            reader.report(handle, Kind::InvalidValue, problem, "Use 1 to 255 bytes, or remove it.");
        }
        // RFC 5280 A.1: countryName has two characters.
        let country = text.len() == 2 && text.bytes().all(|letter| letter.is_ascii_uppercase());
        if *parameter == "V2gcryptKeyMCsrCountry" && !country {
            let problem = format!("{parameter} is `{text}`, which is no country of ISO 3166.");
            reader.report(handle, Kind::InvalidValue, problem, "Write its two capital letters, such as DE.");
        }
        fields.push(CsrField { tag: *tag, value: text.into_bytes() });
    }
    if let Some(usage) = reader.integer(handle, "V2gcryptKeyMCsrKeyUsage") {
        if let Some(usage) = reader.in_range(handle, "V2gcryptKeyMCsrKeyUsage", usage, 1, 0x1FF) {
            fields.push(CsrField { tag: CSR_KEY_USAGE, value: (usage as u16).to_be_bytes().to_vec() });
        }
    }
    fields
}
