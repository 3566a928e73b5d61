//! What a request asks for. Shapes of the requests are in `docs/hsm/protocol.md`.

/// Which of the firmware's two levels serves a command.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// The exception of the doorbell: at once.
    Fast,
    /// Thread mode: in order of arrival, and interrupted by the other level.
    Slow,
}

macro_rules! opcodes {
    ($($(#[$text:meta])* $name:ident = $number:literal $level:ident;)*) => {
        /// What a request asks for.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[repr(u8)]
        pub enum Opcode {
            $($(#[$text])* $name = $number,)*
        }

        impl Opcode {
            /// All there are.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The opcode with a number; None if there is none.
            pub const fn from_number(number: u8) -> Option<Self> {
                match number {
                    $($number => Some(Self::$name),)*
                    _ => None,
                }
            }

            /// Which level serves it.
            pub const fn level(self) -> Level {
                match self {
                    $(Self::$name => Level::$level,)*
                }
            }
        }
    };
}

opcodes! {
    /// Answers with the inline bytes of the request.
    Ping = 0x01 Fast;
    /// Gives versions, features, limits, the state of the life cycle: [`crate::algorithm::Capabilities`].
    Capabilities = 0x02 Fast;
    /// Takes back the request of this channel whose sequence is `parameter`, unless it is being computed.
    Cancel = 0x03 Fast;
    /// Gives up to two events of the log, from number `parameter` on.
    LogRead = 0x04 Fast;

    /// `parameter`: hash.
    Hash = 0x10 Fast;
    /// `parameter`: MAC.
    MacGenerate = 0x11 Fast;
    /// `parameter`: MAC; `parameter2`: bits to compare; `input2`: the MAC.
    MacVerify = 0x12 Fast;
    /// `parameter`: cipher; `input3`: initialisation vector.
    Encrypt = 0x13 Fast;
    /// `parameter`: cipher; `input3`: initialisation vector.
    Decrypt = 0x14 Fast;
    /// `parameter`: AEAD; `parameter2`: tag length; `input2`: associated data; `input3`: nonce; `output2`: tag.
    AeadEncrypt = 0x15 Fast;
    /// `parameter`: AEAD; `parameter2`: tag length; `input2`: associated data; `input3`: nonce, at the end tag.
    AeadDecrypt = 0x16 Fast;
    /// As many bytes as `output` has room; inline as many as `parameter`.
    Random = 0x17 Fast;

    /// `parameter`: signature algorithm; signs the message `input`.
    Sign = 0x40 Slow;
    /// The same, of a digest.
    SignDigest = 0x41 Slow;
    /// `parameter`: signature algorithm; `input2`: signature.
    Verify = 0x42 Slow;
    /// The same, of a digest.
    VerifyDigest = 0x43 Slow;
    /// Gives the slot a new random value.
    KeyGenerate = 0x44 Slow;
    /// Gives the public half of the slot's key.
    PublicKey = 0x45 Slow;
    /// `input`: the peer's public key; slot `parameter2` gets the shared secret.
    Agree = 0x46 Slow;
    /// `parameter`: derivation and hash; slot `parameter2` gets the key; `input`: info or other info; `input2`: salt or label.
    Derive = 0x47 Slow;
    /// `parameter`: edition; slot `parameter2` gets the key; `input`: encrypted key; `input2`: DH public key; `input3`: public key and additional data.
    ContractImport = 0x48 Slow;

    /// Gives the slot its policy: `parameter`, `parameter2`.
    KeyDefine = 0x50 Slow;
    /// Gives the slot a value in plain.
    ElementSet = 0x51 Slow;
    /// Reads the slot's value in plain.
    ElementGet = 0x52 Slow;
    /// Makes the slot's value usable, and writes it to flash if its policy says so.
    KeySetValid = 0x53 Slow;
    /// Makes the slot's value unusable.
    KeySetInvalid = 0x54 Slow;
    /// `result` of the response: [`crate::algorithm::SlotState`]; `detail`: the first word of the slot's policy.
    KeyStatus = 0x55 Slow;
    /// Overwrites the slot's value, in flash too.
    KeyErase = 0x56 Slow;
    /// `parameter2`: slot that gets a copy of the value.
    KeyCopy = 0x57 Slow;

    /// Goes on to state `parameter` of the life cycle.
    LifecycleAdvance = 0x60 Slow;
    /// Adds `input` to both generators' entropy.
    Reseed = 0x61 Slow;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_number_is_read_back() {
        for opcode in Opcode::ALL {
            assert_eq!(Opcode::from_number(*opcode as u8), Some(*opcode));
            assert_eq!(opcode.level() == Level::Slow, (*opcode as u8) >= 0x40);
        }
        let known = (0..=u8::MAX).filter(|number| Opcode::from_number(*number).is_some()).count();
        assert_eq!(known, Opcode::ALL.len());
    }
}
