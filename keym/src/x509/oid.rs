//! Object identifiers: the content octets, without tag and length.

macro_rules! oids {
    ($($(#[$doc:meta])* $name:ident = $($octet:literal),+;)*) => {
        $($(#[$doc])* pub const $name: &[u8] = &[$($octet),+];)*
    };
}

oids! {
    /// id-at-commonName
    COMMON_NAME = 0x55, 0x04, 0x03;
    /// id-at-serialNumber
    SERIAL_NUMBER = 0x55, 0x04, 0x05;
    /// id-at-countryName
    COUNTRY = 0x55, 0x04, 0x06;
    /// id-at-organizationName
    ORGANIZATION = 0x55, 0x04, 0x0A;
    /// id-at-organizationalUnitName
    ORGANIZATIONAL_UNIT = 0x55, 0x04, 0x0B;
    /// id-domainComponent 0.9.2342.19200300.100.1.25
    DOMAIN_COMPONENT = 0x09, 0x92, 0x26, 0x89, 0x93, 0xF2, 0x2C, 0x64, 0x01, 0x19;

    /// id-ce-subjectKeyIdentifier
    SUBJECT_KEY_IDENTIFIER = 0x55, 0x1D, 0x0E;
    /// id-ce-keyUsage
    KEY_USAGE = 0x55, 0x1D, 0x0F;
    /// id-ce-subjectAltName
    SUBJECT_ALT_NAME = 0x55, 0x1D, 0x11;
    /// id-ce-basicConstraints
    BASIC_CONSTRAINTS = 0x55, 0x1D, 0x13;
    /// id-ce-cRLNumber
    CRL_NUMBER = 0x55, 0x1D, 0x14;
    /// id-ce-cRLReasons
    CRL_REASON = 0x55, 0x1D, 0x15;
    /// id-ce-invalidityDate
    INVALIDITY_DATE = 0x55, 0x1D, 0x18;
    /// id-ce-deltaCRLIndicator
    DELTA_CRL_INDICATOR = 0x55, 0x1D, 0x1B;
    /// id-ce-issuingDistributionPoint
    ISSUING_DISTRIBUTION_POINT = 0x55, 0x1D, 0x1C;
    /// id-ce-certificateIssuer
    CERTIFICATE_ISSUER = 0x55, 0x1D, 0x1D;
    /// id-ce-nameConstraints
    NAME_CONSTRAINTS = 0x55, 0x1D, 0x1E;
    /// id-ce-cRLDistributionPoints
    CRL_DISTRIBUTION_POINTS = 0x55, 0x1D, 0x1F;
    /// id-ce-certificatePolicies
    CERTIFICATE_POLICIES = 0x55, 0x1D, 0x20;
    /// id-ce-policyMappings
    POLICY_MAPPINGS = 0x55, 0x1D, 0x21;
    /// id-ce-authorityKeyIdentifier
    AUTHORITY_KEY_IDENTIFIER = 0x55, 0x1D, 0x23;
    /// id-ce-policyConstraints
    POLICY_CONSTRAINTS = 0x55, 0x1D, 0x24;
    /// id-ce-extKeyUsage
    EXTENDED_KEY_USAGE = 0x55, 0x1D, 0x25;
    /// id-ce-freshestCRL
    FRESHEST_CRL = 0x55, 0x1D, 0x2E;
    /// id-ce-inhibitAnyPolicy
    INHIBIT_ANY_POLICY = 0x55, 0x1D, 0x36;
    /// anyExtendedKeyUsage
    ANY_EXTENDED_KEY_USAGE = 0x55, 0x1D, 0x25, 0x00;

    /// id-pe-authorityInfoAccess
    AUTHORITY_INFO_ACCESS = 0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x01, 0x01;
    /// id-pe-subjectInfoAccess
    SUBJECT_INFO_ACCESS = 0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x01, 0x0B;
    /// id-kp-serverAuth
    SERVER_AUTH = 0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x01;
    /// id-kp-clientAuth
    CLIENT_AUTH = 0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x02;
    /// id-kp-OCSPSigning
    OCSP_SIGNING = 0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x03, 0x09;
    /// id-ad-ocsp, also id-pkix-ocsp
    OCSP = 0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x30, 0x01;
    /// id-ad-caIssuers
    CA_ISSUERS = 0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x30, 0x02;
    /// id-pkix-ocsp-basic
    OCSP_BASIC = 0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x30, 0x01, 0x01;
    /// id-pkix-ocsp-nonce
    OCSP_NONCE = 0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x30, 0x01, 0x02;
    /// id-pkix-ocsp-nocheck
    OCSP_NOCHECK = 0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x30, 0x01, 0x05;

    /// id-ecPublicKey
    EC_PUBLIC_KEY = 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01;
    /// secp256r1
    SECP256R1 = 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07;
    /// secp384r1
    SECP384R1 = 0x2B, 0x81, 0x04, 0x00, 0x22;
    /// secp521r1
    SECP521R1 = 0x2B, 0x81, 0x04, 0x00, 0x23;
    /// ecdsa-with-SHA1
    ECDSA_WITH_SHA1 = 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x01;
    /// ecdsa-with-SHA256
    ECDSA_WITH_SHA256 = 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x02;
    /// ecdsa-with-SHA384
    ECDSA_WITH_SHA384 = 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x03;
    /// ecdsa-with-SHA512
    ECDSA_WITH_SHA512 = 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x04;
    /// id-X25519
    X25519 = 0x2B, 0x65, 0x6E;
    /// id-X448
    X448 = 0x2B, 0x65, 0x6F;
    /// id-Ed25519
    ED25519 = 0x2B, 0x65, 0x70;
    /// id-Ed448
    ED448 = 0x2B, 0x65, 0x71;
    /// rsaEncryption
    RSA_ENCRYPTION = 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01;

    /// id-sha1
    SHA1 = 0x2B, 0x0E, 0x03, 0x02, 0x1A;
    /// id-sha256
    SHA256 = 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01;
    /// id-sha384
    SHA384 = 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x02;
    /// id-sha512
    SHA512 = 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x03;

    /// PKCS#7 data
    PKCS7_DATA = 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x01;
    /// PKCS#7 signedData
    PKCS7_SIGNED_DATA = 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x02;
    /// PKCS#9 challengePassword
    CHALLENGE_PASSWORD = 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x07;
    /// PKCS#9 extensionRequest
    EXTENSION_REQUEST = 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x0E;
}

#[cfg(test)]
mod tests {
    use der::asn1::ObjectIdentifier;

    #[test]
    fn the_octets_are_those_of_the_dotted_numbers() {
        for (octets, dotted) in [
            (super::COMMON_NAME, "2.5.4.3"),
            (super::SERIAL_NUMBER, "2.5.4.5"),
            (super::COUNTRY, "2.5.4.6"),
            (super::ORGANIZATION, "2.5.4.10"),
            (super::ORGANIZATIONAL_UNIT, "2.5.4.11"),
            (super::DOMAIN_COMPONENT, "0.9.2342.19200300.100.1.25"),
            (super::SUBJECT_KEY_IDENTIFIER, "2.5.29.14"),
            (super::KEY_USAGE, "2.5.29.15"),
            (super::SUBJECT_ALT_NAME, "2.5.29.17"),
            (super::BASIC_CONSTRAINTS, "2.5.29.19"),
            (super::CRL_NUMBER, "2.5.29.20"),
            (super::CRL_REASON, "2.5.29.21"),
            (super::INVALIDITY_DATE, "2.5.29.24"),
            (super::DELTA_CRL_INDICATOR, "2.5.29.27"),
            (super::ISSUING_DISTRIBUTION_POINT, "2.5.29.28"),
            (super::CERTIFICATE_ISSUER, "2.5.29.29"),
            (super::NAME_CONSTRAINTS, "2.5.29.30"),
            (super::CRL_DISTRIBUTION_POINTS, "2.5.29.31"),
            (super::CERTIFICATE_POLICIES, "2.5.29.32"),
            (super::POLICY_MAPPINGS, "2.5.29.33"),
            (super::AUTHORITY_KEY_IDENTIFIER, "2.5.29.35"),
            (super::POLICY_CONSTRAINTS, "2.5.29.36"),
            (super::EXTENDED_KEY_USAGE, "2.5.29.37"),
            (super::ANY_EXTENDED_KEY_USAGE, "2.5.29.37.0"),
            (super::FRESHEST_CRL, "2.5.29.46"),
            (super::INHIBIT_ANY_POLICY, "2.5.29.54"),
            (super::AUTHORITY_INFO_ACCESS, "1.3.6.1.5.5.7.1.1"),
            (super::SUBJECT_INFO_ACCESS, "1.3.6.1.5.5.7.1.11"),
            (super::SERVER_AUTH, "1.3.6.1.5.5.7.3.1"),
            (super::CLIENT_AUTH, "1.3.6.1.5.5.7.3.2"),
            (super::OCSP_SIGNING, "1.3.6.1.5.5.7.3.9"),
            (super::OCSP, "1.3.6.1.5.5.7.48.1"),
            (super::CA_ISSUERS, "1.3.6.1.5.5.7.48.2"),
            (super::OCSP_BASIC, "1.3.6.1.5.5.7.48.1.1"),
            (super::OCSP_NONCE, "1.3.6.1.5.5.7.48.1.2"),
            (super::OCSP_NOCHECK, "1.3.6.1.5.5.7.48.1.5"),
            (super::EC_PUBLIC_KEY, "1.2.840.10045.2.1"),
            (super::SECP256R1, "1.2.840.10045.3.1.7"),
            (super::SECP384R1, "1.3.132.0.34"),
            (super::SECP521R1, "1.3.132.0.35"),
            (super::ECDSA_WITH_SHA1, "1.2.840.10045.4.1"),
            (super::ECDSA_WITH_SHA256, "1.2.840.10045.4.3.2"),
            (super::ECDSA_WITH_SHA384, "1.2.840.10045.4.3.3"),
            (super::ECDSA_WITH_SHA512, "1.2.840.10045.4.3.4"),
            (super::X25519, "1.3.101.110"),
            (super::X448, "1.3.101.111"),
            (super::ED25519, "1.3.101.112"),
            (super::ED448, "1.3.101.113"),
            (super::RSA_ENCRYPTION, "1.2.840.113549.1.1.1"),
            (super::SHA1, "1.3.14.3.2.26"),
            (super::SHA256, "2.16.840.1.101.3.4.2.1"),
            (super::SHA384, "2.16.840.1.101.3.4.2.2"),
            (super::SHA512, "2.16.840.1.101.3.4.2.3"),
            (super::PKCS7_DATA, "1.2.840.113549.1.7.1"),
            (super::PKCS7_SIGNED_DATA, "1.2.840.113549.1.7.2"),
            (super::CHALLENGE_PASSWORD, "1.2.840.113549.1.9.7"),
            (super::EXTENSION_REQUEST, "1.2.840.113549.1.9.14"),
        ] {
            assert_eq!(octets, ObjectIdentifier::new(dotted).unwrap().as_bytes(), "{dotted}");
        }
    }
}
