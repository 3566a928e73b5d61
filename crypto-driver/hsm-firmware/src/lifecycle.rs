//! Which commands live in which state of the HSM's life.

use v2gcrypt_hsm_protocol::algorithm::Lifecycle;
use v2gcrypt_hsm_protocol::Opcode;

/// States of the life cycle, as bits.
const BLANK: u8 = 1;
const FACTORY: u8 = 2;
const OPERATIONAL: u8 = 4;
const LOCKED: u8 = 8;

/// States in which keys live.
const KEYS: u8 = FACTORY | OPERATIONAL;
const BEFORE_LOCKED: u8 = BLANK | KEYS;
const ALL: u8 = BEFORE_LOCKED | LOCKED;

/// The states in which a command lives. In the operational state [`Opcode::KeyDefine`] confirms a policy and changes none.
const fn states(opcode: Opcode) -> u8 {
    match opcode {
        Opcode::Ping | Opcode::Capabilities | Opcode::Cancel | Opcode::LogRead | Opcode::KeyStatus => ALL,
        Opcode::Hash | Opcode::Random | Opcode::Reseed | Opcode::KeyDefine | Opcode::LifecycleAdvance => BEFORE_LOCKED,
        Opcode::MacGenerate
        | Opcode::MacVerify
        | Opcode::Encrypt
        | Opcode::Decrypt
        | Opcode::AeadEncrypt
        | Opcode::AeadDecrypt
        | Opcode::Sign
        | Opcode::SignDigest
        | Opcode::Verify
        | Opcode::VerifyDigest
        | Opcode::KeyGenerate
        | Opcode::PublicKey
        | Opcode::Agree
        | Opcode::Derive
        | Opcode::ContractImport
        | Opcode::ElementSet
        | Opcode::ElementGet
        | Opcode::KeySetValid
        | Opcode::KeySetInvalid
        | Opcode::KeyErase
        | Opcode::KeyCopy => KEYS,
    }
}

const fn bit(lifecycle: Lifecycle) -> u8 {
    match lifecycle {
        Lifecycle::Blank => BLANK,
        Lifecycle::Factory => FACTORY,
        Lifecycle::Operational => OPERATIONAL,
        Lifecycle::Locked => LOCKED,
    }
}

/// Does the command live in this state?
pub const fn permits(lifecycle: Lifecycle, opcode: Opcode) -> bool {
    states(opcode) & bit(lifecycle) != 0
}

/// Are policies still to be given, and values of [`v2gcrypt_hsm_protocol::policy::Usage::WRITE_IN_FACTORY`]?
pub const fn is_before_operational(lifecycle: Lifecycle) -> bool {
    bit(lifecycle) & (BLANK | FACTORY) != 0
}

/// May one state follow the other? One step at a time, and to the end from everywhere.
pub const fn follows(from: Lifecycle, to: Lifecycle) -> bool {
    let (from, to) = (from as u8, to as u8);
    to == from + 1 || (to == Lifecycle::Locked as u8 && from < to)
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;
    use std::format;

    #[test]
    fn no_command_of_a_key_lives_when_locked_or_blank() {
        for opcode in Opcode::ALL {
            let name = format!("{opcode:?}");
            let needs_key = states(*opcode) == KEYS;
            assert_eq!(permits(Lifecycle::Blank, *opcode), !needs_key, "{name}");
            assert_eq!(permits(Lifecycle::Locked, *opcode), states(*opcode) == ALL, "{name}");
            assert!(permits(Lifecycle::Factory, *opcode) && permits(Lifecycle::Operational, *opcode), "{name}");
        }
        let locked = Opcode::ALL.iter().filter(|opcode| permits(Lifecycle::Locked, **opcode)).count();
        assert_eq!(locked, 5, "its status, and nothing else");
    }

    #[test]
    fn life_goes_on_and_never_back() {
        for from in Lifecycle::ALL {
            for to in Lifecycle::ALL {
                let expected = matches!((*from as u8, *to as u8), (0, 1 | 3) | (1, 2 | 3) | (2, 3));
                assert_eq!(follows(*from, *to), expected, "{from:?} {to:?}");
            }
        }
    }
}
