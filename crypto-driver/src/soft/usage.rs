//! Who may use a key: the algorithms that its configuration lists, and nobody else.
#![forbid(unsafe_code)]

use v2gcrypt_types::*;

use super::config::CryptoSoft_PrimitiveConfigType;
use super::errors::Refusal;

/// May a job with `primitive` use, or manage, a key that lists `usages`?
///
/// Services that manage a key are listed by their service alone; a custom service by its family, too.
pub fn check(usages: &[CryptoSoft_PrimitiveConfigType], primitive: &Crypto_PrimitiveInfoType) -> Result<(), Refusal> {
    let asked = &primitive.algorithm;
    let permits = |usage: &CryptoSoft_PrimitiveConfigType| {
        let same_service = usage.service == primitive.service;
        let same_family = usage.family == asked.family;
        match primitive.service {
            CRYPTO_RANDOMSEED
            | CRYPTO_KEYGENERATE
            | CRYPTO_KEYDERIVE
            | CRYPTO_KEYEXCHANGECALCPUBVAL
            | CRYPTO_KEYEXCHANGECALCSECRET
            | CRYPTO_KEYSETVALID
            | CRYPTO_KEYSETINVALID => same_service,
            CRYPTO_CUSTOM_SERVICE => same_service && same_family,
            _ => {
                let same_rest = (usage.mode, usage.secondaryFamily) == (asked.mode, asked.secondaryFamily);
                same_service && same_family && same_rest
            }
        }
    };
    if usages.iter().any(permits) {
        Ok(())
    } else {
        Err(Refusal::KEY_READ_FAIL)
    }
}

/// May a function of the C interface perform `service` on a key that lists `usages`?
pub fn check_service(usages: &[CryptoSoft_PrimitiveConfigType], service: Crypto_ServiceInfoType) -> Result<(), Refusal> {
    if usages.iter().any(|usage| usage.service == service) {
        Ok(())
    } else {
        Err(Refusal::KEY_READ_FAIL)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn usage(
        service: Crypto_ServiceInfoType,
        family: Crypto_AlgorithmFamilyType,
        mode: Crypto_AlgorithmModeType,
        secondary: Crypto_AlgorithmFamilyType,
    ) -> CryptoSoft_PrimitiveConfigType {
        CryptoSoft_PrimitiveConfigType { service, family, mode, secondaryFamily: secondary }
    }

    const USAGES: &[CryptoSoft_PrimitiveConfigType] = &[
        usage(CRYPTO_MACGENERATE, CRYPTO_ALGOFAM_AES, CRYPTO_ALGOMODE_CMAC, CRYPTO_ALGOFAM_NOT_SET),
        usage(CRYPTO_KEYSETVALID, 0, 0, 0),
        usage(CRYPTO_KEYDERIVE, 0, 0, 0),
        usage(CRYPTO_CUSTOM_SERVICE, CRYPTO_ALGOFAM_V2GCRYPT_CONTRACTKEY_2, 0, 0),
    ];

    fn may(one: CryptoSoft_PrimitiveConfigType) -> bool {
        let algorithm =
            Crypto_AlgorithmInfoType { family: one.family, secondaryFamily: one.secondaryFamily, keyLength: 128, mode: one.mode };
        let verdict = check(USAGES, &Crypto_PrimitiveInfoType { service: one.service, algorithm });
        assert!(matches!(verdict, Ok(()) | Err(Refusal::KEY_READ_FAIL)));
        verdict.is_ok()
    }

    #[test]
    fn an_algorithm_is_permitted_with_all_that_names_it() {
        let cmac = USAGES[0];
        assert!(may(cmac));
        for other in [
            CryptoSoft_PrimitiveConfigType { service: CRYPTO_MACVERIFY, ..cmac },
            CryptoSoft_PrimitiveConfigType { family: CRYPTO_ALGOFAM_NOT_SET, ..cmac },
            CryptoSoft_PrimitiveConfigType { mode: CRYPTO_ALGOMODE_GMAC, ..cmac },
            CryptoSoft_PrimitiveConfigType { secondaryFamily: CRYPTO_ALGOFAM_PADDING_PKCS7, ..cmac },
        ] {
            assert!(!may(other), "{other:?}");
        }
    }

    #[test]
    fn management_is_permitted_by_its_service_and_a_custom_service_by_its_family_too() {
        assert!(may(usage(CRYPTO_KEYDERIVE, CRYPTO_ALGOFAM_HKDF, 0, CRYPTO_ALGOFAM_SHA2_256)));
        assert!(may(usage(CRYPTO_KEYSETVALID, 0, 0, 0)));
        assert!(!may(usage(CRYPTO_KEYSETINVALID, 0, 0, 0)));
        assert!(!may(usage(CRYPTO_KEYGENERATE, CRYPTO_ALGOFAM_AES, 0, 0)));
        assert!(may(usage(CRYPTO_CUSTOM_SERVICE, CRYPTO_ALGOFAM_V2GCRYPT_CONTRACTKEY_2, 0, 0)));
        assert!(!may(usage(CRYPTO_CUSTOM_SERVICE, CRYPTO_ALGOFAM_V2GCRYPT_CONTRACTKEY_20, 0, 0)));
        assert_eq!(check_service(USAGES, CRYPTO_KEYDERIVE), Ok(()));
        assert_eq!(check_service(USAGES, CRYPTO_KEYGENERATE), Err(Refusal::KEY_READ_FAIL));
        assert_eq!(check_service(&[], CRYPTO_KEYSETVALID), Err(Refusal::KEY_READ_FAIL), "without a list nobody may");
    }
}
