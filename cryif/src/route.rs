//! Which keys a job names, and whether its channel may serve them.
#![forbid(unsafe_code)]

use v2gcrypt_types::*;

/// Key id of a job that needs no key.
pub const NO_KEY: uint32 = 0xFFFF_FFFF;

/// Where a job's keys come from, by its service. [SWS_CryIf_00133] [SWS_CryIf_00134] [SWS_CryIf_00135]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeySource {
    /// `jobPrimitiveInfo->cryIfKeyId`
    PrimitiveInfo,
    /// `jobPrimitiveInputOutput.cryIfKeyId`
    InputOutput,
    /// `jobPrimitiveInputOutput.cryIfKeyId` and `.targetCryIfKeyId`
    InputOutputAndTarget,
}

impl KeySource {
    /// Where a job of `service` has its keys.
    pub fn of(service: Crypto_ServiceInfoType) -> Self {
        match service {
            CRYPTO_KEYDERIVE | CRYPTO_CUSTOM_SERVICE => Self::InputOutputAndTarget,
            CRYPTO_RANDOMSEED
            | CRYPTO_KEYGENERATE
            | CRYPTO_KEYEXCHANGECALCPUBVAL
            | CRYPTO_KEYEXCHANGECALCSECRET
            | CRYPTO_KEYSETVALID
            | CRYPTO_KEYSETINVALID => Self::InputOutput,
            _ => Self::PrimitiveInfo,
        }
    }
}

/// What a key id of a job becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mapped {
    /// The driver's key, or [`NO_KEY`].
    Key(uint32),
    /// There is no such key, or another driver holds it.
    Refused,
}

/// Maps a job's CryIf key for a channel of the driver `channel_driver`. `lookup` gives a key's driver and driver key id.
pub fn map_key<D: PartialEq>(key_id: uint32, channel_driver: &D, lookup: impl Fn(uint32) -> Option<(D, uint32)>) -> Mapped {
    if key_id == NO_KEY {
        return Mapped::Key(NO_KEY);
    }
    match lookup(key_id) {
        Some((driver, crypto_key_id)) if driver == *channel_driver => Mapped::Key(crypto_key_id),
        _ => Mapped::Refused,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(id: uint32) -> Option<(char, uint32)> {
        [('a', 7), ('b', 3)].get(id as usize).copied()
    }

    #[test]
    fn a_key_is_mapped_to_its_drivers_id() {
        assert_eq!(map_key(0, &'a', keys), Mapped::Key(7));
    }

    #[test]
    fn a_key_of_another_driver_than_the_channels_is_refused() {
        assert_eq!(map_key(1, &'a', keys), Mapped::Refused);
    }

    #[test]
    fn an_unknown_key_is_refused() {
        assert_eq!(map_key(2, &'a', keys), Mapped::Refused);
    }

    #[test]
    fn a_job_without_a_key_stays_without() {
        assert_eq!(map_key(NO_KEY, &'a', keys), Mapped::Key(NO_KEY));
    }

    #[test]
    fn key_management_jobs_name_their_key_in_the_input_output_record() {
        assert_eq!(KeySource::of(CRYPTO_KEYSETVALID), KeySource::InputOutput);
        assert_eq!(KeySource::of(CRYPTO_KEYDERIVE), KeySource::InputOutputAndTarget);
        assert_eq!(KeySource::of(CRYPTO_MACGENERATE), KeySource::PrimitiveInfo);
    }
}
