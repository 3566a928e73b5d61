//! Who is who in a V2G PKI, as data: facts of ISO 15118-2 Annex F and ISO 15118-20 Annex B.

use der::flagset::FlagSet;
use x509_cert::ext::pkix::KeyUsages;

/// An edition of ISO 15118.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edition {
    /// ISO 15118-2:2014: P-256.
    Iso15118_2,
    /// ISO 15118-20:2022: P-521; key identifiers and pointers are critical.
    Iso15118_20,
    /// ISO 15118-20 with Amendment 1.
    Iso15118_20Amd1,
}

/// What an end entity or a CA may do with its key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Self-signed.
    Root,
    /// Signs Sub-CA 2.
    SubCa1,
    /// Signs leafs.
    SubCa2,
    /// Signs no certificate.
    Leaf,
}

/// A certificate of the PKI.
pub struct Entity {
    /// Name of its folder.
    pub name: &'static str,
    /// Folder of its issuer; its own: self-signed.
    pub issuer: &'static str,
    /// Its place in the chain.
    pub kind: Kind,
    /// Its name; CN last.
    pub subject: Vec<(&'static str, &'static str)>,
    /// Key usage.
    pub usages: FlagSet<KeyUsages>,
    /// Purposes, always critical where present.
    pub purposes: Vec<&'static str>,
    /// Valid for so many days.
    pub days: i64,
}

/// TLS server.
pub const SERVER_AUTH: &str = "1.3.6.1.5.5.7.3.1";
/// TLS client.
pub const CLIENT_AUTH: &str = "1.3.6.1.5.5.7.3.2";
/// OCSP responder.
pub const OCSP_SIGNING: &str = "1.3.6.1.5.5.7.3.9";

const YEAR: i64 = 365;

impl Edition {
    /// Every certificate, issuers before those they issue.
    pub fn entities(self) -> Vec<Entity> {
        use KeyUsages::*;
        let amd1 = self == Self::Iso15118_20Amd1;
        let is_2 = self == Self::Iso15118_2;
        let ca: FlagSet<KeyUsages> = if amd1 { KeyCertSign.into() } else { KeyCertSign | CRLSign };
        let operator = if is_2 { "CPO" } else { "CSO" };
        let mo_sub1 = KeyCertSign | CRLSign;
        let mo_sub2 = if is_2 { mo_sub1 | DigitalSignature | NonRepudiation } else { mo_sub1 | DigitalSignature };
        let contract = if is_2 {
            DigitalSignature | NonRepudiation | KeyEncipherment | KeyAgreement
        } else {
            DigitalSignature | KeyAgreement
        };
        let secc_purposes = if amd1 { vec![SERVER_AUTH] } else { vec![] };
        let evcc_purposes = if amd1 { vec![CLIENT_AUTH] } else { vec![] };
        let (sign, agree) = (FlagSet::from(DigitalSignature), DigitalSignature | KeyAgreement);
        let secc = if is_2 { sign } else { agree };
        let issuer = |name, issuer, kind, dc, cn, usages, years| {
            let subject = vec![("C", "DE"), ("O", "v2gcrypt test"), ("DC", dc), ("CN", cn)];
            Entity { name, issuer, kind, subject, usages, purposes: vec![], days: years * YEAR }
        };
        let leaf = |name, issuer, subject, usages, purposes, days| Entity {
            name,
            issuer,
            kind: Kind::Leaf,
            subject,
            usages,
            purposes,
            days,
        };
        let secc_id = if is_2 { "DE*ABC*E1234567" } else { "DEICES00003C4D557878675645330967543476A2" };
        let evcc_subject = match amd1 {
            true => vec![("O", "Example OEM"), ("DC", "EV"), ("CN", "WMIV1234567890ABCDEF")],
            false => vec![("O", "Example OEM"), ("CN", "WMIV1234567890ABCDEF")],
        };
        let contract_subject = match is_2 {
            true => vec![("C", "DE"), ("O", "Example eMSP"), ("DC", "MO"), ("CN", "DE8AA1A2B3C4D59")],
            false => vec![("O", "Example eMSP"), ("CN", "DE8AA1A2B3C4D59")],
        };
        let subject = |organisation, dc, cn| vec![("C", "DE"), ("O", organisation), ("DC", dc), ("CN", cn)];
        vec![
            issuer("v2g-root", "v2g-root", Kind::Root, "V2G", "V2G Root CA", ca, 40),
            issuer("oem-root", "oem-root", Kind::Root, "OEM", "OEM Root CA", ca, 40),
            issuer("mo-root", "mo-root", Kind::Root, "MO", "MO Root CA", ca, 40),
            issuer("cpo-sub1", "v2g-root", Kind::SubCa1, operator, "CPO Sub-CA 1", ca, 4),
            issuer("cpo-sub2", "cpo-sub1", Kind::SubCa2, operator, "CPO Sub-CA 2", ca, 2),
            leaf("secc", "cpo-sub2", subject("Example CPO", operator, secc_id), secc, secc_purposes, 60),
            issuer("oem-sub1", "oem-root", Kind::SubCa1, "OEM", "OEM Sub-CA 1", ca, 30),
            issuer("oem-sub2", "oem-sub1", Kind::SubCa2, "OEM", "OEM Sub-CA 2", ca, 25),
            leaf("evcc", "oem-sub2", evcc_subject, agree, evcc_purposes, 4 * YEAR),
            leaf("oem-provisioning", "oem-sub2", subject("Example OEM", "OEM", "WMI0123456789ABCDX"), agree, vec![], 20 * YEAR),
            issuer("mo-sub1", "mo-root", Kind::SubCa1, "MO", "MO Sub-CA 1", mo_sub1, 6),
            issuer("mo-sub2", "mo-sub1", Kind::SubCa2, "MO", "MO Sub-CA 2", mo_sub2, 4),
            leaf("contract", "mo-sub2", contract_subject, contract, vec![], 2 * YEAR),
            issuer("cps-sub1", "v2g-root", Kind::SubCa1, "CPS", "CPS Sub-CA 1", ca, 4),
            issuer("cps-sub2", "cps-sub1", Kind::SubCa2, "CPS", "CPS Sub-CA 2", ca, 2),
            leaf("cps", "cps-sub2", subject("Example CPS", "CPS", "Example CPS"), sign, vec![], 90),
            leaf(
                "ocsp",
                "cpo-sub2",
                vec![("C", "DE"), ("O", "Example CPO"), ("CN", "CPO OCSP responder")],
                sign,
                vec![OCSP_SIGNING],
                YEAR,
            ),
        ]
    }

    /// Is anything beyond key usage, basic constraints and purposes critical?
    pub fn pointers_are_critical(self) -> bool {
        self == Self::Iso15118_20
    }
}
