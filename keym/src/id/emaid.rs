//! EMAID: whose contract it is.

use super::text::{identifier_text, take, Text};

const SEPARATOR: u8 = b'-';

/// Country (2 letters), provider (3), instance (9), and a check character or none; hyphens between them or none.
///
/// Equal are those with the same characters; [`is_same_contract`](Self::is_same_contract) does not look at the check character.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Emaid {
    text: Text<15>,
}

impl Emaid {
    /// Reads one in any case, with its hyphens or without some of them.
    pub fn parse(text: &[u8]) -> Option<Self> {
        let mut rest = text;
        let country = take(&mut rest, 0, 2, u8::is_ascii_alphabetic)?;
        let provider = take(&mut rest, SEPARATOR, 3, u8::is_ascii_alphanumeric)?;
        let instance = take(&mut rest, SEPARATOR, 9, u8::is_ascii_alphanumeric)?;
        let check = match rest {
            [] => rest,
            _ => take(&mut rest, SEPARATOR, 1, u8::is_ascii_alphanumeric)?,
        };
        rest.is_empty().then_some(())?;
        Text::new([country, provider, instance, check].into_iter().flatten()).map(|text| Self { text })
    }

    /// Country code.
    pub fn country(&self) -> &str {
        self.text.part(0, 2)
    }

    /// Provider id.
    pub fn provider(&self) -> &str {
        self.text.part(2, 5)
    }

    /// Country and provider: what provider lists name.
    pub fn provider_prefix(&self) -> &str {
        self.text.part(0, 5)
    }

    /// The contract's instance.
    pub fn instance(&self) -> &str {
        self.text.part(5, 14)
    }

    /// The check character that is written.
    pub fn check_character(&self) -> Option<char> {
        self.text.part(14, 15).chars().next()
    }

    /// The check character that should be.
    pub fn computed_check_character(&self) -> char {
        let digits = self.text.as_bytes();
        let good = |check: &u8| remainder(digits.iter().take(14).chain(Some(check))) == [0; 4];
        char::from(ALPHABET.iter().find(|check| good(check)).copied().unwrap_or(b'0'))
    }

    /// Is it the same, with or without check character, whatever that is?
    pub fn is_same_contract(&self, other: &Self) -> bool {
        self.text.part(0, 14) == other.text.part(0, 14)
    }
}

identifier_text!(Emaid);

const ALPHABET: &[u8; 36] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// Sums of the characters' vectors over GF(2), times powers of P1 = 01/11, and over GF(3), times powers of P2 = 01/12: zero
/// with the right check character at the end.
fn remainder<'a>(characters: impl DoubleEndedIterator<Item = &'a u8>) -> [u8; 4] {
    // By Horner's rule: the last character is multiplied most often.
    characters.rev().fold([0; 4], |[a, b, c, d], character| {
        let n = match character {
            b'0'..=b'9' => character - b'0',
            _ => character.to_ascii_uppercase().saturating_sub(b'A').min(25) + 10,
        };
        let (a, b) = (a + n / 18, b + n / 9 % 2);
        let (c, d) = (c + n % 9 / 3, d + n % 3);
        // (x y) · 01/11 = (y, x+y); (x y) · 01/12 = (y, x+2y)
        [b % 2, (a + b) % 2, d % 3, (c + 2 * d) % 3]
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn check_characters_are_those_of_the_known_answers() {
        for (id, check) in [
            ("NN123ABCDEFGHI", 'T'),
            ("FRXYZ123456789", '2'),
            ("ITA1B2C3E4F5G6", '4'),
            ("ESZU8WOX834H1D", 'R'),
            ("PT73902837ABCZ", 'Z'),
            ("DE83DUIEN83QGZ", 'D'),
            ("DE83DUIEN83ZGQ", 'M'),
            ("DE8AA001234567", '0'),
            ("NLTNM000122045", 'U'),
            ("DEABC123456789", 'Y'),
            ("UKSWI123456791", '5'),
        ] {
            let without = Emaid::parse(id.as_bytes()).unwrap();
            assert_eq!((without.computed_check_character(), without.check_character()), (check, None), "{id}");
            let with = Emaid::parse(format!("{id}{check}").as_bytes()).unwrap();
            assert_eq!((with.computed_check_character(), with.check_character()), (check, Some(check)), "{id}");
        }
    }

    #[test]
    fn a_wrong_check_character_is_read() {
        let id = Emaid::parse(b"UKSWI123456791A").unwrap();
        assert_eq!((id.check_character(), id.computed_check_character()), (Some('A'), '5'));
    }

    #[test]
    fn all_spellings_have_one_form() {
        for text in ["DE-8AA-001234567-0", "de8aa0012345670", "DE8AA-0012345670", "DE-8AA001234567-0"] {
            assert_eq!(super::super::read(Emaid::parse, text).as_deref(), Some("DE8AA0012345670"), "{text}");
        }
        let id = Emaid::parse(b"de-8aa-c1234567x").unwrap();
        assert_eq!((id.country(), id.provider(), id.provider_prefix(), id.instance()), ("DE", "8AA", "DE8AA", "C1234567X"));
    }

    #[test]
    fn the_contract_is_the_same_without_its_check_character() {
        let parse = |text: &str| Emaid::parse(text.as_bytes()).unwrap();
        let (with, without) = (parse("DE8AA0012345670"), parse("de-8aa-001234567"));
        assert!(with.is_same_contract(&without) && with != without);
        assert!(!with.is_same_contract(&parse("DE8AA001234568")));
        assert_eq!(parse("DE8AA0012345670"), parse("de-8AA-001234567-0"));
    }

    #[test]
    fn what_is_no_emaid_is_refused() {
        for text in [
            "",
            "DE",
            "DE8AA00123456",
            "DE8AA00123456700",
            "D18AA001234567",
            "DE-8AA-001234567-",
            "-DE8AA001234567",
            "DE--8AA001234567",
            "DE8-AA001234567",
            "DE*8AA*001234567",
            "DE8AA00123456\u{e9}",
            " DE8AA001234567",
            "DE8AA001234567 ",
        ] {
            assert_eq!(Emaid::parse(text.as_bytes()), None, "{text}");
        }
    }
}
