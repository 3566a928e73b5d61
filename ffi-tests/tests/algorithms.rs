//! What the generator lets through is what the driver computes: every service with every algorithm.

use v2gcrypt_arxml::model::{Algorithm, Origin, Primitive};
use v2gcrypt_crypto_driver::soft::config::CryptoSoft_PrimitiveConfigType;
use v2gcrypt_crypto_driver::soft::operation::Operation;
use v2gcrypt_types as types;
use v2gcrypt_types::Number;

fn driver_knows(service: Number, algorithm: Algorithm, key_length: u32) -> bool {
    let Algorithm { family, secondary_family, mode } = algorithm;
    let offered = CryptoSoft_PrimitiveConfigType {
        service: service.value as _,
        family: family.value as _,
        mode: mode.value as _,
        secondaryFamily: secondary_family.value as _,
    };
    let asked = types::Crypto_PrimitiveInfoType {
        service: offered.service,
        algorithm: types::Crypto_AlgorithmInfoType {
            family: offered.family,
            secondaryFamily: offered.secondaryFamily,
            keyLength: key_length,
            mode: offered.mode,
        },
    };
    Operation::resolve(&asked, &[offered]).is_some()
}

#[test]
fn the_generator_accepts_exactly_the_algorithms_that_the_driver_resolves() {
    let origin = Origin { name: String::new(), path: String::new(), file: "".into(), description: None };
    let families: Vec<_> = types::ALGORITHM_FAMILIES.iter().chain(types::VENDOR_ALGORITHM_FAMILIES).copied().collect();
    let mut known = 0;
    let mut wrong = Vec::new();
    for &service in types::SERVICES {
        for &family in &families {
            for &mode in types::ALGORITHM_MODES {
                for &secondary_family in &families {
                    let algorithm = Algorithm { family, secondary_family, mode };
                    for key_length in [0, 128, 256, 384, 521] {
                        let primitive = Primitive {
                            origin: origin.clone(),
                            service,
                            algorithm,
                            key_length,
                            data_max_length: None,
                            result_length: None,
                            associated_data_max_length: None,
                            tag_length: None,
                        };
                        let generator = primitive.is_of_soft_driver();
                        let driver = driver_knows(service, algorithm, key_length);
                        known += u32::from(generator && driver);
                        // The driver compares a key's length with the algorithm's when it has the key; the generator does so before.
                        let only_length = driver && !generator && key_length != 0;
                        if generator != driver && !only_length {
                            wrong.push(format!("{} {algorithm:?} {key_length}: generator {generator}", service.symbol));
                        }
                    }
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} of them, such as\n{}", wrong.len(), wrong[..wrong.len().min(20)].join("\n"));
    assert!(known > 500, "{known}");
}
