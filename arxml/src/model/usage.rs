//! Which algorithms may use a key.

use v2gcrypt_types::{self as types, Number};

use super::{Algorithm, Model};

/// A service that may use a key, and its algorithm; services that manage keys have none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Usage {
    /// Service.
    pub service: Number,
    /// Algorithm; all of it `…_NOT_SET` for a service that manages keys.
    pub algorithm: Algorithm,
}

/// Services that manage keys, and the elements of which one makes a key fit for it; none: every key is.
const MANAGEMENT: &[(types::Crypto_ServiceInfoType, &[u32])] = &[
    (types::CRYPTO_RANDOMSEED, &[types::CRYPTO_KE_RANDOM_SEED_STATE, types::CRYPTO_KE_RANDOM_ALGORITHM]),
    (types::CRYPTO_KEYGENERATE, &[types::CRYPTO_KE_KEYGENERATE_ALGORITHM]),
    (types::CRYPTO_KEYDERIVE, &[types::CRYPTO_KE_KEYDERIVATION_ALGORITHM]),
    (types::CRYPTO_KEYEXCHANGECALCPUBVAL, &[types::CRYPTO_KE_KEYEXCHANGE_ALGORITHM]),
    (types::CRYPTO_KEYEXCHANGECALCSECRET, &[types::CRYPTO_KE_KEYEXCHANGE_ALGORITHM]),
    (types::CRYPTO_KEYSETVALID, &[]),
    (types::CRYPTO_KEYSETINVALID, &[]),
];

impl Model {
    /// What may use a key of a driver: the algorithms of the jobs that refer to it, and the management that its elements ask
    /// for. Sorted by number.
    pub fn usages(&self, driver: usize, crypto_key: u32) -> Vec<Usage> {
        let elements: Vec<_> = {
            let driver = &self.drivers[driver];
            driver.elements_of(&driver.keys[crypto_key as usize]).map(|element| element.id).collect()
        };
        let managed = MANAGEMENT.iter().filter(|(_, needed)| needed.is_empty() || needed.iter().any(|id| elements.contains(id)));
        let mut usages: Vec<_> = managed.map(|(service, _)| Usage::management(service_number(*service))).collect();
        for primitive in self.primitives_with(driver, crypto_key) {
            let manages = MANAGEMENT.iter().any(|(service, _)| primitive.service.value == u32::from(*service));
            usages.push(match manages {
                true => Usage::management(primitive.service),
                false => Usage { service: primitive.service, algorithm: primitive.algorithm },
            });
        }
        usages.sort_by_key(|usage| (usage.service.value, usage.algorithm.order()));
        usages.dedup();
        usages
    }
}

impl Usage {
    fn management(service: Number) -> Self {
        Self { service, algorithm: Algorithm::NOT_SET }
    }
}

impl Algorithm {
    /// None.
    pub const NOT_SET: Self = Self {
        family: types::ALGORITHM_FAMILIES[0],
        secondary_family: types::ALGORITHM_FAMILIES[0],
        mode: types::ALGORITHM_MODES[0],
    };

    /// Sorts by number.
    pub(crate) fn order(self) -> (u32, u32, u32) {
        (self.family.value, self.mode.value, self.secondary_family.value)
    }
}

fn service_number(value: types::Crypto_ServiceInfoType) -> Number {
    let known = types::SERVICES.iter().find(|service| service.value == u32::from(value));
    *known.expect("the table of services has every service")
}
