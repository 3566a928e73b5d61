//! PCID and EVCCID: which vehicle.

use super::text::{identifier_text, Text};

/// Provisioning certificate id: manufacturer (WMI, 3 characters), 14 more, and a check character or none.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Pcid {
    text: Text<18>,
}

impl Pcid {
    /// Reads one in any case.
    pub fn parse(text: &[u8]) -> Option<Self> {
        let good = matches!(text.len(), 17 | 18) && text.iter().all(u8::is_ascii_alphanumeric);
        good.then(|| Text::new(text.iter()))?.map(|text| Self { text })
    }

    /// World manufacturer identifier.
    pub fn manufacturer(&self) -> &str {
        self.text.part(0, 3)
    }

    /// The check character that is written.
    pub fn check_character(&self) -> Option<char> {
        self.text.part(17, 18).chars().next()
    }

    /// The check character that should be; see [`check_character`] for how sure that is.
    pub fn computed_check_character(&self) -> Option<char> {
        check_character(self.text.part(0, 17))
    }

    /// Is it the same, with or without check character, whatever that is?
    pub fn is_same_vehicle(&self, other: &Self) -> bool {
        self.text.part(0, 17) == other.text.part(0, 17)
    }
}

identifier_text!(Pcid);

/// EVCCID of ISO 15118-20: manufacturer (WMI, 3 characters), `V`, 15 to 250 more, and a check character or none, which
/// nothing tells from the last of them. (The EVCCID of ISO 15118-2 is a MAC address.)
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct EvccId {
    text: Text<255>,
}

impl EvccId {
    /// Reads one in any case.
    pub fn parse(text: &[u8]) -> Option<Self> {
        let good = (19..=255).contains(&text.len())
            && text.iter().all(u8::is_ascii_alphanumeric)
            && matches!(text.get(3), Some(b'V' | b'v'));
        good.then(|| Text::new(text.iter()))?.map(|text| Self { text })
    }

    /// World manufacturer identifier.
    pub fn manufacturer(&self) -> &str {
        self.text.part(0, 3)
    }

    /// Is its last character the check character of those before it? See [`check_character`] for how sure that is.
    pub fn ends_with_check_character(&self) -> bool {
        let text = self.as_str();
        let Some(last) = text.chars().next_back() else { return false };
        check_character(self.text.part(0, text.len().saturating_sub(1))) == Some(last)
    }
}

identifier_text!(EvccId);

/// ISO 15118-20 annex C.6, from a single source: digits, and letters as two of them (A = 10), each times 2 to the power of
/// its place from the left, the sum modulo 11, `X` for 10. `None`: it has an I, O or Q, which these identifiers do not.
fn check_character(text: &str) -> Option<char> {
    let mut sum = 0;
    let mut weight = 1;
    let mut add = |digit: u8| {
        sum = (sum + u32::from(digit) * weight) % 11;
        weight = weight * 2 % 11;
    };
    for character in text.bytes() {
        match character {
            b'I' | b'O' | b'Q' => return None,
            b'0'..=b'9' => add(character - b'0'),
            b'A'..=b'Z' => {
                let value = character - b'A' + 10;
                add(value / 10);
                add(value % 10);
            }
            _ => return None,
        }
    }
    if sum == 10 {
        Some('X')
    } else {
        char::from_digit(sum, 10)
    }
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    #[test]
    fn a_pcid_has_17_or_18_characters() {
        let of = |text: &str| read(Pcid::parse, text);
        assert_eq!(of("wmi12345678901234").as_deref(), Some("WMI12345678901234"));
        assert_eq!(of("WMI123456789012345").as_deref(), Some("WMI123456789012345"));
        for text in ["WMI1234567890123", "WMI1234567890123456", "WMI-1234567890123", "WMI1234567890123\u{e9}", ""] {
            assert_eq!(of(text), None, "{text}");
        }
        let (with, without) = (Pcid::parse(b"WMI123456789012345").unwrap(), Pcid::parse(b"wmi12345678901234").unwrap());
        assert!(with.is_same_vehicle(&without) && with != without);
        assert_eq!((with.manufacturer(), with.check_character(), without.check_character()), ("WMI", Some('5'), None));
    }

    #[test]
    fn an_evcc_id_has_a_v_and_19_to_255_characters() {
        let of = |length: usize| EvccId::parse(format!("WMIV{}", "1".repeat(length)).as_bytes());
        assert!(of(15).is_some() && of(251).is_some());
        assert_eq!((of(14), of(252)), (None, None));
        assert_eq!(EvccId::parse(b"WMI1123456789012345"), None);
        assert_eq!(EvccId::parse(b"WMIV12345678901234-"), None);
        let id = EvccId::parse(b"wmav123456789012345").unwrap();
        assert_eq!((id.manufacturer(), id.as_str()), ("WMA", "WMAV123456789012345"));
    }

    #[test]
    fn a_check_character_is_the_weighted_sum_modulo_11() {
        // 1·1 + 2·2 + 3·4 = 17; A = 1, 0: 1·1 + 0·2; Z = 3, 5: 3·1 + 5·2 = 13; 5·2 = 10
        for (text, expected) in
            [("123", Some('6')), ("A", Some('1')), ("Z", Some('2')), ("05", Some('X')), ("I", None), ("1O", None), ("-", None)]
        {
            assert_eq!(check_character(text), expected, "{text}");
        }
        let pcid = Pcid::parse(b"WMA12345678901234").unwrap();
        let check = pcid.computed_check_character().unwrap();
        assert_eq!(Pcid::parse(b"WMI12345678901234").unwrap().computed_check_character(), None);
        let with = format!("WMAV123456789012345{check}");
        let without_check = check_character("WMAV123456789012345").unwrap();
        assert_eq!(EvccId::parse(with.as_bytes()).unwrap().ends_with_check_character(), check == without_check);
        let longest = format!("WMAV{}", "Z".repeat(250));
        let check = check_character(&longest).unwrap();
        assert!(EvccId::parse(format!("{longest}{check}").as_bytes()).unwrap().ends_with_check_character());
        let right = format!("WMAV123456789012345{without_check}");
        assert!(EvccId::parse(right.as_bytes()).unwrap().ends_with_check_character());
    }
}
