//! How a request ended.

/// What the host can do about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Nothing to do: it is done.
    Ok,
    /// Fix the request: the same one fails again.
    FixRequest,
    /// Retry: the same request may succeed later.
    Retry,
    /// Failed for good: the key or the HSM is out of order.
    Failed,
}

macro_rules! statuses {
    ($($(#[$text:meta])* $name:ident = $number:literal;)*) => {
        /// Status of a response.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        #[repr(u16)]
        pub enum Status {
            $($(#[$text])* $name = $number,)*
        }

        impl Status {
            /// All there are.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The status with a number; None if there is none.
            pub const fn from_number(number: u16) -> Option<Self> {
                match number {
                    $($number => Some(Self::$name),)*
                    _ => None,
                }
            }
        }
    };
}

statuses! {
    /// Done.
    Ok = 0x0000;

    /// No such opcode, or not in this build.
    UnknownOpcode = 0x1001;
    /// A length that the command does not take.
    Length = 0x1002;
    /// An address that is not for the host to name.
    Pointer = 0x1003;
    /// An address or room that is not a multiple of 4.
    Alignment = 0x1004;
    /// A parameter, flag or algorithm that the command does not take, or not in this build.
    Parameter = 0x1005;
    /// No such key slot, or nobody has defined it.
    KeySlot = 0x1006;
    /// The key's policy does not permit this.
    Usage = 0x1007;
    /// The command is dead in this state of the life cycle.
    Lifecycle = 0x1008;
    /// No such context, or not one of this channel.
    Context = 0x1009;
    /// The sequence or session of the request is not the one that is due.
    Sequence = 0x100A;
    /// The key has no value, or is not valid.
    KeyNotValid = 0x100B;
    /// The value is no key of its kind.
    KeyMalformed = 0x100C;
    /// Slot is defined with another policy.
    Conflict = 0x100D;
    /// What is to be opened or imported is not genuine.
    NotGenuine = 0x100E;

    /// All that could serve it is in use.
    Busy = 0x2001;
    /// The host cancelled it.
    Cancelled = 0x2002;
    /// The source of randomness has not enough.
    Entropy = 0x2003;

    /// A record in flash is not what was written there.
    Tampered = 0x3001;
    /// Flash does not take or give it.
    Storage = 0x3002;
    /// The HSM has found itself out of order.
    Internal = 0x3003;
}

impl Status {
    /// What the host can do about it.
    pub const fn class(self) -> Class {
        match (self as u16) >> 12 {
            0 => Class::Ok,
            1 => Class::FixRequest,
            2 => Class::Retry,
            _ => Class::Failed,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_number_is_read_back_and_tells_its_class() {
        for status in Status::ALL {
            assert_eq!(Status::from_number(*status as u16), Some(*status));
        }
        assert_eq!(Status::from_number(0x1000), None);
        assert_eq!(Status::Ok.class(), Class::Ok);
        assert_eq!(Status::Pointer.class(), Class::FixRequest);
        assert_eq!(Status::Busy.class(), Class::Retry);
        assert_eq!(Status::Tampered.class(), Class::Failed);
    }
}
