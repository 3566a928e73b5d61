//! What a key slot holds, and what may be done with it. The firmware enforces it; the host only proposes it, once.

/// What a slot holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A symmetric key or a secret of this many bytes.
    Symmetric(SymmetricKind, u16),
    /// The private half of a pair.
    Private(Group),
    /// The public half of a pair, `04 ‖ X ‖ Y` or as RFC 7748 and RFC 8032 have it.
    Public(Group),
}

/// What a symmetric key is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SymmetricKind {
    /// AES: 16 or 32 bytes.
    Aes,
    /// ChaCha20-Poly1305: 32 bytes.
    ChaCha20,
    /// HMAC: 1 to 128 bytes.
    Hmac,
    /// A secret to derive keys from: 1 to 133 bytes.
    Secret,
}

/// Where a pair lives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Group {
    /// secp256r1
    P256,
    /// secp384r1
    P384,
    /// secp521r1
    P521,
    /// Edwards25519
    Ed25519,
    /// Curve25519
    X25519,
}

impl Group {
    /// All there are.
    pub const ALL: [Self; 5] = [Self::P256, Self::P384, Self::P521, Self::Ed25519, Self::X25519];

    /// Bytes of the private half.
    pub const fn private_len(self) -> u16 {
        match self {
            Self::P256 | Self::Ed25519 | Self::X25519 => 32,
            Self::P384 => 48,
            Self::P521 => 66,
        }
    }

    /// Bytes of the public half.
    pub const fn public_len(self) -> u16 {
        match self {
            Self::P256 => 65,
            Self::P384 => 97,
            Self::P521 => 133,
            Self::Ed25519 | Self::X25519 => 32,
        }
    }

    const fn number(self) -> u8 {
        match self {
            Self::P256 => 0,
            Self::P384 => 1,
            Self::P521 => 2,
            Self::Ed25519 => 3,
            Self::X25519 => 4,
        }
    }

    const fn from_number(number: u8) -> Option<Self> {
        match number {
            0 => Some(Self::P256),
            1 => Some(Self::P384),
            2 => Some(Self::P521),
            3 => Some(Self::Ed25519),
            4 => Some(Self::X25519),
            _ => None,
        }
    }
}

/// The longest value of a slot in bytes.
pub const MAX_VALUE_LEN: usize = 133;

const PRIVATE: u8 = 0x10;
const PUBLIC: u8 = 0x20;

impl Kind {
    /// Bytes of the value.
    pub const fn len(self) -> u16 {
        match self {
            Self::Symmetric(_, length) => length,
            Self::Private(group) => group.private_len(),
            Self::Public(group) => group.public_len(),
        }
    }

    /// Never: each has a value.
    pub const fn is_empty(self) -> bool {
        self.len() == 0
    }

    /// Is the value a secret that must not leave?
    pub const fn is_key(self) -> bool {
        !matches!(self, Self::Public(_) | Self::Symmetric(SymmetricKind::Secret, _))
    }

    const fn number(self) -> u8 {
        match self {
            Self::Symmetric(SymmetricKind::Aes, _) => 1,
            Self::Symmetric(SymmetricKind::ChaCha20, _) => 2,
            Self::Symmetric(SymmetricKind::Hmac, _) => 3,
            Self::Symmetric(SymmetricKind::Secret, _) => 4,
            Self::Private(group) => PRIVATE + group.number(),
            Self::Public(group) => PUBLIC + group.number(),
        }
    }

    const fn from_number(number: u8, length: u16) -> Option<Self> {
        let kind = match number {
            1 => Self::Symmetric(SymmetricKind::Aes, length),
            2 => Self::Symmetric(SymmetricKind::ChaCha20, length),
            3 => Self::Symmetric(SymmetricKind::Hmac, length),
            4 => Self::Symmetric(SymmetricKind::Secret, length),
            PRIVATE..=0x1F => match Group::from_number(number - PRIVATE) {
                Some(group) => Self::Private(group),
                None => return None,
            },
            PUBLIC..=0x2F => match Group::from_number(number - PUBLIC) {
                Some(group) => Self::Public(group),
                None => return None,
            },
            _ => return None,
        };
        let fits = match kind {
            Self::Symmetric(SymmetricKind::Aes, length) => length == 16 || length == 32,
            Self::Symmetric(SymmetricKind::ChaCha20, length) => length == 32,
            Self::Symmetric(SymmetricKind::Hmac, length) => 1 <= length && length <= 128,
            Self::Symmetric(SymmetricKind::Secret, length) => 1 <= length && length as usize <= MAX_VALUE_LEN,
            _ => length == kind.len(),
        };
        if fits {
            Some(kind)
        } else {
            None
        }
    }
}

/// What may be done with a slot: bits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Usage(pub u32);

macro_rules! usages {
    ($($(#[$text:meta])* $name:ident = $bit:literal;)*) => {
        impl Usage {
            $($(#[$text])* pub const $name: Self = Self(1 << $bit);)*
            /// All there are, by name.
            pub const NAMES: &'static [(&'static str, Self)] = &[$((stringify!($name), Self::$name),)*];
        }
    };
}

usages! {
    /// Make MACs.
    MAC_GENERATE = 0;
    /// Compare MACs.
    MAC_VERIFY = 1;
    /// Encrypt with a cipher.
    ENCRYPT = 2;
    /// Decrypt with a cipher.
    DECRYPT = 3;
    /// Encrypt with a cipher with associated data.
    AEAD_ENCRYPT = 4;
    /// Decrypt with a cipher with associated data.
    AEAD_DECRYPT = 5;
    /// Sign.
    SIGN = 6;
    /// Verify signatures.
    VERIFY = 7;
    /// Agree on a secret with a peer's public key.
    AGREE = 8;
    /// Be what keys are derived from.
    DERIVE_SOURCE = 9;
    /// Take a derived key or an agreed secret.
    DERIVE_TARGET = 10;
    /// Open the envelope of a contract key.
    CONTRACT_OWNER = 11;
    /// Take a contract key.
    CONTRACT_TARGET = 12;
    /// Take a value that the HSM draws.
    GENERATE = 13;
    /// Take a value in plain from the host.
    WRITE = 14;
    /// Give the value in plain to the host: public keys and secrets only, never a key.
    READ = 15;
    /// Be copied.
    COPY_SOURCE = 16;
    /// Take a copy.
    COPY_TARGET = 17;
    /// Survive a restart: the value is written to flash when it becomes valid.
    PERSIST = 18;
    /// Take a value in plain in the factory only: WRITE dies with that state.
    WRITE_IN_FACTORY = 19;
}

impl Usage {
    /// Nothing.
    pub const NONE: Self = Self(0);
    const KNOWN: u32 = (1 << 20) - 1;

    /// Is all of `other` permitted?
    pub const fn permits(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Both.
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

/// The policy of a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Policy {
    /// What it holds.
    pub kind: Kind,
    /// What may be done with it.
    pub usage: Usage,
}

impl Policy {
    /// `parameter` and `parameter2` of [`crate::Opcode::KeyDefine`].
    pub const fn to_words(self) -> (u32, u32) {
        (self.kind.number() as u32 | (self.kind.len() as u32) << 8, self.usage.0)
    }

    /// None if the words are no policy that a slot may have: unknown kinds, lengths or usages, a key that may be read, a use that
    /// the kind does not have, a key that opens the envelopes of contract keys and agrees with anybody's: with what it agrees on, the
    /// host would open them itself.
    pub const fn from_words(kind: u32, usage: u32) -> Option<Self> {
        if kind >> 24 != 0 || usage & !Usage::KNOWN != 0 {
            return None;
        }
        let kind = match Kind::from_number(kind as u8, (kind >> 8) as u16) {
            Some(kind) => kind,
            None => return None,
        };
        let opens_by_hand = Usage::CONTRACT_OWNER.with(Usage::AGREE);
        if usage & !possible(kind).0 != 0 || Usage(usage).permits(opens_by_hand) {
            return None;
        }
        Some(Self { kind, usage: Usage(usage) })
    }
}

/// What can be done with a kind at all.
const fn possible(kind: Kind) -> Usage {
    let any = Usage::WRITE.with(Usage::WRITE_IN_FACTORY).with(Usage::PERSIST).with(Usage::COPY_SOURCE).with(Usage::COPY_TARGET);
    let symmetric = any.with(Usage::GENERATE).with(Usage::DERIVE_TARGET).with(Usage::DERIVE_SOURCE);
    let mac = Usage::MAC_GENERATE.with(Usage::MAC_VERIFY);
    let aead = Usage::AEAD_ENCRYPT.with(Usage::AEAD_DECRYPT);
    match kind {
        Kind::Symmetric(SymmetricKind::Aes, _) => symmetric.with(mac).with(aead).with(Usage::ENCRYPT).with(Usage::DECRYPT),
        Kind::Symmetric(SymmetricKind::ChaCha20, _) => symmetric.with(aead),
        Kind::Symmetric(SymmetricKind::Hmac, _) => symmetric.with(mac),
        Kind::Symmetric(SymmetricKind::Secret, _) => symmetric.with(Usage::READ),
        Kind::Private(Group::Ed25519) => any.with(Usage::GENERATE).with(Usage::SIGN),
        Kind::Private(Group::X25519) => any.with(Usage::GENERATE).with(Usage::AGREE),
        Kind::Private(_) => any
            .with(Usage::GENERATE)
            .with(Usage::SIGN)
            .with(Usage::AGREE)
            .with(Usage::CONTRACT_OWNER)
            .with(Usage::CONTRACT_TARGET),
        Kind::Public(Group::X25519) => any.with(Usage::READ),
        Kind::Public(_) => any.with(Usage::READ).with(Usage::VERIFY),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const AES: Kind = Kind::Symmetric(SymmetricKind::Aes, 16);

    #[test]
    fn a_policy_is_read_back() {
        let kinds = [AES, Kind::Symmetric(SymmetricKind::Hmac, 128), Kind::Symmetric(SymmetricKind::Secret, 133)]
            .into_iter()
            .chain(Group::ALL.into_iter().flat_map(|group| [Kind::Private(group), Kind::Public(group)]));
        for kind in kinds {
            let usage = Usage(possible(kind).0 & !Usage::CONTRACT_OWNER.0);
            let policy = Policy { kind, usage };
            let (first, second) = policy.to_words();
            assert_eq!(Policy::from_words(first, second), Some(policy));
            assert_eq!(Policy::from_words(first | 1 << 24, second), None);
            assert_eq!(Policy::from_words(first, second | 1 << 31), None);
        }
    }

    #[test]
    fn no_key_may_ever_be_read() {
        for kind in [AES, Kind::Symmetric(SymmetricKind::Hmac, 32), Kind::Private(Group::P256), Kind::Private(Group::X25519)] {
            let (first, _) = Policy { kind, usage: Usage::NONE }.to_words();
            assert!(kind.is_key());
            assert_eq!(Policy::from_words(first, Usage::READ.0), None);
        }
    }

    #[test]
    fn a_key_that_opens_contracts_does_not_agree() {
        for (usage, expected) in [
            (Usage::CONTRACT_OWNER.with(Usage::SIGN), true),
            (Usage::AGREE.with(Usage::SIGN), true),
            (Usage::CONTRACT_OWNER.with(Usage::AGREE), false),
            (Usage(possible(Kind::Private(Group::P521)).0), false),
        ] {
            let (first, second) = Policy { kind: Kind::Private(Group::P521), usage }.to_words();
            assert_eq!(Policy::from_words(first, second).is_some(), expected, "{usage:?}");
        }
    }

    #[test]
    fn lengths_are_those_of_the_kind() {
        let kind = |kind: u32, length: u32| Policy::from_words(kind | length << 8, 0).map(|policy| policy.kind);
        assert_eq!(kind(1, 16), Some(AES));
        for (number, length) in
            [(1, 24), (2, 16), (3, 0), (3, 129), (4, 0), (4, 134), (0x10, 48), (0x22, 132), (0, 16), (0x15, 32)]
        {
            assert_eq!(kind(number, length), None, "{number:#x} {length}");
        }
    }
}
