//! Room for a value until all that could fail has succeeded.
#![forbid(unsafe_code)]

use zeroize::{Zeroize, Zeroizing};

use super::super::errors::Refusal;

/// The longest value that is computed for a key element, in bytes.
pub const MAX_VALUE_LEN: usize = 256;

/// A value that is being computed for a key element. Wiped on drop; passed by reference, because a move would leave it behind.
pub struct Value {
    bytes: Zeroizing<[u8; MAX_VALUE_LEN]>,
    length: usize,
}

impl Value {
    /// No bytes.
    #[allow(clippy::new_without_default)]
    pub fn new() -> Self {
        Self { bytes: Zeroizing::new([0; MAX_VALUE_LEN]), length: 0 }
    }

    /// Makes it `length` bytes, all zero, to be filled in. Refused, as what does not fit an element, if that is too much.
    pub fn begin(&mut self, length: usize) -> Result<&mut [u8], Refusal> {
        self.clear();
        let room = self.bytes.get_mut(..length).ok_or(Refusal::KEY_SIZE_MISMATCH)?;
        self.length = length;
        Ok(room)
    }

    /// Copies `bytes`.
    pub fn set(&mut self, bytes: &[u8]) -> Result<(), Refusal> {
        let room = self.begin(bytes.len())?;
        room.iter_mut().zip(bytes).for_each(|(to, from)| *to = *from);
        Ok(())
    }

    /// Only the leading `length` bytes stay.
    pub fn truncate(&mut self, length: usize) {
        self.length = self.length.min(length);
        self.bytes.get_mut(self.length..).unwrap_or_default().zeroize();
    }

    /// Wipes it.
    pub fn clear(&mut self) {
        self.truncate(0);
    }

    /// The value.
    pub fn as_bytes(&self) -> &[u8] {
        self.bytes.get(..self.length).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_longer_value_is_left_behind_a_shorter_one() {
        let mut value = Value::new();
        assert!(value.set(&[7; MAX_VALUE_LEN]).is_ok());
        value.truncate(3);
        assert_eq!(value.as_bytes(), [7; 3]);
        assert!(value.bytes.iter().skip(3).all(|&byte| byte == 0));
        assert!(value.set(&[8]).is_ok() && value.as_bytes() == [8] && value.bytes.get(1) == Some(&0));
        assert_eq!(value.begin(MAX_VALUE_LEN + 1), Err(Refusal::KEY_SIZE_MISMATCH));
        assert!(value.as_bytes().is_empty() && value.bytes.iter().all(|&byte| byte == 0));
    }
}
