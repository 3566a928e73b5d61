//! EVSEID and SECCID: which outlet, which controller.

use super::text::{as_str, identifier_text, take, Text};
use core::fmt;

/// Country (2 letters), operator (3), `E`, outlet (1 to 30, `*` among them); `*` before operator and `E` or not.
///
/// Two are equal whatever stars they are written with.
#[derive(Clone, Copy)]
pub struct EvseId {
    /// Without the first two separators.
    text: Text<36>,
}

impl EvseId {
    /// Reads one in any case.
    pub fn parse(text: &[u8]) -> Option<Self> {
        let mut rest = text;
        let country = take(&mut rest, 0, 2, u8::is_ascii_alphabetic)?;
        let operator = take(&mut rest, b'*', 3, u8::is_ascii_alphanumeric)?;
        let kind = take(&mut rest, b'*', 1, |kind| matches!(kind, b'E' | b'e'))?;
        let outlet = rest;
        if !(1..=30).contains(&outlet.len()) || !outlet.iter().all(|c| c.is_ascii_alphanumeric() || *c == b'*') {
            return None;
        }
        Text::new([country, operator, kind, outlet].into_iter().flatten()).map(|text| Self { text })
    }

    /// Country code.
    pub fn country(&self) -> &str {
        self.text.part(0, 2)
    }

    /// Operator id.
    pub fn operator(&self) -> &str {
        self.text.part(2, 5)
    }

    /// What follows the `E`, with its stars.
    pub fn outlet(&self) -> &str {
        self.text.part(6, 36)
    }

    fn without_stars(&self) -> impl Iterator<Item = &u8> {
        self.text.as_bytes().iter().filter(|character| **character != b'*')
    }
}

impl PartialEq for EvseId {
    fn eq(&self, other: &Self) -> bool {
        self.without_stars().eq(other.without_stars())
    }
}

impl Eq for EvseId {}

/// With stars before operator and `E`: `DE*ABC*E123*4`.
impl fmt::Display for EvseId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}*{}*E{}", self.country(), self.operator(), self.outlet())
    }
}

impl fmt::Debug for EvseId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "EvseId({})", as_str(self.text.as_bytes()))
    }
}

/// Country (2 letters), operator (3), `S`, controller (from 32), and a check character or none, which nothing tells from the
/// controller's last; 38 to 64 without the hyphens.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct SeccId {
    text: Text<64>,
}

impl SeccId {
    /// Reads one in any case, with its hyphens or without some of them.
    pub fn parse(text: &[u8]) -> Option<Self> {
        let mut rest = text;
        let country = take(&mut rest, 0, 2, u8::is_ascii_alphabetic)?;
        let operator = take(&mut rest, b'-', 3, u8::is_ascii_alphanumeric)?;
        let kind = take(&mut rest, b'-', 1, |kind| matches!(kind, b'S' | b's'))?;
        let controller = take(&mut rest, b'-', 32, u8::is_ascii_alphanumeric)?;
        // A hyphen may stand before the check character, the last one, only.
        let (more, check) = match rest {
            [more @ .., b'-', check] => (more, core::slice::from_ref(check)),
            more => (more, &[][..]),
        };
        if !more.iter().chain(check).all(u8::is_ascii_alphanumeric) {
            return None;
        }
        Text::new([country, operator, kind, controller, more, check].into_iter().flatten()).map(|text| Self { text })
    }

    /// Country code.
    pub fn country(&self) -> &str {
        self.text.part(0, 2)
    }

    /// Operator id.
    pub fn operator(&self) -> &str {
        self.text.part(2, 5)
    }
}

identifier_text!(SeccId);

#[cfg(test)]
mod tests {
    use super::super::read;
    use super::*;

    #[test]
    fn an_evse_id_is_the_same_with_and_without_stars() {
        let parse = |text: &str| EvseId::parse(text.as_bytes()).unwrap();
        let id = parse("DE*ABC*E123*4");
        assert_eq!((id.country(), id.operator(), id.outlet()), ("DE", "ABC", "123*4"));
        for same in ["deabce1234", "DE*ABCE123*4", "DEABC*e12*34"] {
            assert_eq!(parse(same), id, "{same}");
        }
        assert_ne!(parse("DE*ABC*E1235"), id);
        assert_eq!(read(EvseId::parse, "deabce123*4").as_deref(), Some("DE*ABC*E123*4"));
    }

    #[test]
    fn an_evse_id_has_an_outlet_of_1_to_30_characters() {
        let of = |length: usize| EvseId::parse(format!("DE*ABC*E{}", "1".repeat(length)).as_bytes());
        assert!(of(1).is_some() && of(30).is_some());
        assert_eq!((of(0), of(31)), (None, None));
        for text in
            ["", "DE*ABC*1234", "D1*ABC*E1", "DE**ABC*E1", "DE*AB*E1", "DE*ABC*E1-2", "DE*ABC*E1_2", "*DE*ABC*E1", "ZZ00000"]
        {
            assert_eq!(EvseId::parse(text.as_bytes()), None, "{text}");
        }
    }

    #[test]
    fn a_secc_id_is_read_with_its_hyphens() {
        let text = "DE-ICE-S-00003C4D557878675645330967543476-2";
        let plain = "DEICES00003C4D5578786756453309675434762";
        assert_eq!(plain.len(), 39);
        let id = SeccId::parse(text.as_bytes()).unwrap();
        assert_eq!((id.as_str(), id.country(), id.operator()), (plain, "DE", "ICE"));
        assert_eq!(SeccId::parse(plain.to_ascii_lowercase().as_bytes()), Some(id));
    }

    #[test]
    fn a_secc_id_has_38_to_64_characters() {
        let of = |length: usize| SeccId::parse(format!("DEICES{}", "A".repeat(length)).as_bytes());
        assert!(of(32).is_some() && of(58).is_some());
        assert_eq!((of(31), of(59)), (None, None));
        let controller = "0".repeat(32);
        for text in ["DEICEE{}", "D1ICES{}", "DEICES{}-", "DEICES{}-12", "DEICES{}1*2", "DEICES{}1-2-3"] {
            let text = text.replace("{}", &controller);
            assert_eq!(SeccId::parse(text.as_bytes()), None, "{text}");
        }
    }
}
