//! Up to N ASCII characters.

/// Upper case, unused octets zero.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Text<const N: usize> {
    octets: [u8; N],
    length: u8,
}

impl<const N: usize> Text<N> {
    const FITS: () = assert!(N <= u8::MAX as usize);

    /// These characters in upper case. `None`: too many.
    pub(super) fn new<'a>(characters: impl Iterator<Item = &'a u8>) -> Option<Self> {
        let () = Self::FITS;
        let mut text = Self { octets: [0; N], length: 0 };
        for character in characters {
            *text.octets.get_mut(usize::from(text.length))? = character.to_ascii_uppercase();
            text.length = text.length.checked_add(1)?;
        }
        Some(text)
    }

    pub(super) fn as_bytes(&self) -> &[u8] {
        self.octets.get(..usize::from(self.length)).unwrap_or_default()
    }

    /// From one character up to before another.
    pub(super) fn part(&self, from: usize, to: usize) -> &str {
        as_str(self.as_bytes().get(from..to.min(usize::from(self.length))).unwrap_or_default())
    }
}

pub(super) fn as_str(ascii: &[u8]) -> &str {
    core::str::from_utf8(ascii).unwrap_or_default()
}

/// Takes `count` characters of this kind off the front, and one separator before them if there is one.
pub(super) fn take<'a>(text: &mut &'a [u8], separator: u8, count: usize, kind: fn(&u8) -> bool) -> Option<&'a [u8]> {
    let rest: &'a [u8] = match text.split_first() {
        Some((first, rest)) if *first == separator => rest,
        _ => text,
    };
    let taken = rest.get(..count)?;
    *text = rest.get(count..)?;
    taken.iter().all(kind).then_some(taken)
}

/// `as_str`, `Display` and `Debug` of an identifier with one field `text`.
macro_rules! identifier_text {
    ($name:ident) => {
        impl $name {
            /// In one form: upper case, without separators.
            pub fn as_str(&self) -> &str {
                $crate::id::text::as_str(self.text.as_bytes())
            }
        }

        impl core::fmt::Display for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl core::fmt::Debug for $name {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.as_str())
            }
        }
    };
}
pub(super) use identifier_text;
