//! Names, RFC 5280 4.1.2.4, and when two are the same, 7.1.

use super::reader::{is_oid, Reader, Tlv, IA5_STRING, OBJECT_IDENTIFIER, PRINTABLE_STRING, SEQUENCE, SET, UTF8_STRING};
use super::ParseError;

/// More attributes in one RDN are refused: they are compared each with each.
pub const MAX_RDN_ATTRIBUTES: usize = 8;

/// A distinguished name. Equal in bytes is [`PartialEq`]; [`matches`](Self::matches) is the same name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name<'a> {
    /// The whole SEQUENCE, with tag and length.
    pub der: &'a [u8],
    rdns: Reader<'a>,
}

/// AttributeTypeAndValue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Attribute<'a> {
    /// Content octets, as in [`oid`](super::oid).
    pub oid: &'a [u8],
    /// Identifier octet of the value: 0x0C UTF8String, 0x13 PrintableString, 0x16 IA5String.
    pub tag: u8,
    /// Content octets of the value, as they are.
    pub value: &'a [u8],
    /// Which RDN it stands in, from 0.
    pub rdn: usize,
}

impl<'a> Name<'a> {
    /// A whole Name.
    pub fn parse(der: &'a [u8]) -> Result<Self, ParseError> {
        let mut reader = Reader::new(der);
        let name = Self::read(&mut reader).ok_or(ParseError::Name)?;
        reader.finish().ok_or(ParseError::Name)?;
        Ok(name)
    }

    pub(crate) fn read(reader: &mut Reader<'a>) -> Option<Self> {
        Self::from_tlv(&reader.expect(SEQUENCE)?)
    }

    /// The tag may be another one: `[1] RDNSequence` of an OCSP response is not.
    pub(crate) fn from_tlv(element: &Tlv<'a>) -> Option<Self> {
        let rdns = Reader::new(element.value);
        let mut rest = rdns;
        while !rest.is_empty() {
            let mut rdn = rest.enter(SET)?;
            let mut count = 0;
            while !rdn.is_empty() {
                read_attribute(&mut rdn, 0)?;
                count += 1;
                if count > MAX_RDN_ATTRIBUTES {
                    return None;
                }
            }
            if count == 0 {
                return None;
            }
        }
        Some(Self { der: element.whole, rdns })
    }

    /// Has it no RDN?
    pub fn is_empty(&self) -> bool {
        self.rdns.is_empty()
    }

    /// All attributes, in the order of the encoding.
    pub fn attributes(&self) -> Attributes<'a> {
        Attributes { rdns: self.rdns, rdn: Reader::default(), next: 0 }
    }

    /// The attributes of this type.
    pub fn find<'o>(&self, oid: &'o [u8]) -> impl Iterator<Item = Attribute<'a>> + 'o
    where
        'a: 'o,
    {
        self.attributes().filter(move |attribute| attribute.oid == oid)
    }

    /// RFC 5280 7.1: RDNs in the same order; the attributes of an RDN in any; strings without regard to the case of ASCII
    /// letters, to white space around them and to the number of spaces between words, whichever of UTF8String,
    /// PrintableString and IA5String they are.
    pub fn matches(&self, other: &Name<'_>) -> bool {
        if self.der == other.der {
            return true;
        }
        let (mut ours, mut theirs) = (self.rdns, other.rdns);
        loop {
            match (ours.enter(SET), theirs.enter(SET)) {
                (Some(our_rdn), Some(their_rdn)) if rdns_match(our_rdn, their_rdn) => {}
                (None, None) => return true,
                _ => return false,
            }
        }
    }
}

/// See [`Name::attributes`].
#[derive(Clone, Copy, Debug)]
pub struct Attributes<'a> {
    rdns: Reader<'a>,
    rdn: Reader<'a>,
    /// Number of RDNs begun.
    next: usize,
}

impl<'a> Iterator for Attributes<'a> {
    type Item = Attribute<'a>;

    fn next(&mut self) -> Option<Attribute<'a>> {
        if self.rdn.is_empty() {
            self.rdn = self.rdns.enter(SET)?;
            self.next = self.next.saturating_add(1);
        }
        read_attribute(&mut self.rdn, self.next.saturating_sub(1))
    }
}

impl Attribute<'_> {
    /// RFC 5280 7.1, of type and value.
    pub fn matches(&self, other: &Attribute<'_>) -> bool {
        self.oid == other.oid
            && if is_text(self.tag) && is_text(other.tag) {
                folded(self.value).eq(folded(other.value))
            } else {
                self.tag == other.tag && self.value == other.value
            }
    }
}

fn read_attribute<'a>(rdn: &mut Reader<'a>, number: usize) -> Option<Attribute<'a>> {
    let mut attribute = rdn.enter(SEQUENCE)?;
    let oid = attribute.expect(OBJECT_IDENTIFIER)?.value;
    let value = attribute.next()?;
    attribute.finish()?;
    is_oid(oid).then_some(Attribute { oid, tag: value.tag, value: value.value, rdn: number })
}

fn rdns_match(ours: Reader<'_>, theirs: Reader<'_>) -> bool {
    let times =
        |rdn: Reader<'_>, wanted: &Attribute<'_>| attributes_of(rdn).filter(|attribute| attribute.matches(wanted)).count();
    attributes_of(ours).count() == attributes_of(theirs).count()
        && attributes_of(ours).all(|attribute| times(ours, &attribute) == times(theirs, &attribute))
}

fn attributes_of(mut rdn: Reader<'_>) -> impl Iterator<Item = Attribute<'_>> {
    core::iter::from_fn(move || read_attribute(&mut rdn, 0))
}

fn is_text(tag: u8) -> bool {
    matches!(tag, UTF8_STRING | PRINTABLE_STRING | IA5_STRING)
}

/// Lower case, one space between words, none around them, RFC 4518.
fn folded(text: &[u8]) -> impl Iterator<Item = u8> + '_ {
    text.split(|byte| is_space(*byte)).filter(|word| !word.is_empty()).enumerate().flat_map(|(number, word)| {
        let space = (number > 0).then_some(b' ');
        space.into_iter().chain(word.iter().map(u8::to_ascii_lowercase))
    })
}

fn is_space(byte: u8) -> bool {
    matches!(byte, 0x09..=0x0D | b' ')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A Name of RDNs of (last octet of the OID, tag, value); short lengths only.
    fn name(rdns: &[&[(u8, u8, &str)]]) -> Vec<u8> {
        let element = |tag: u8, inner: Vec<u8>| [vec![tag, inner.len() as u8], inner].concat();
        let attribute = |(oid, tag, value): &(u8, u8, &str)| {
            element(SEQUENCE, [vec![6, 3, 0x55, 4, *oid], element(*tag, value.as_bytes().to_vec())].concat())
        };
        element(SEQUENCE, rdns.iter().flat_map(|rdn| element(SET, rdn.iter().flat_map(attribute).collect())).collect())
    }

    fn matches(ours: &[&[(u8, u8, &str)]], theirs: &[&[(u8, u8, &str)]]) -> bool {
        let (ours, theirs) = (name(ours), name(theirs));
        let (ours, theirs) = (Name::parse(&ours).unwrap(), Name::parse(&theirs).unwrap());
        let result = ours.matches(&theirs);
        assert_eq!(theirs.matches(&ours), result);
        result
    }

    #[test]
    fn the_same_name_in_another_case_spacing_or_string_type_matches() {
        for (ours, theirs) in [("Hubject GmbH", "HUBJECT  gmbh "), (" a\tb", "A B"), ("", "  "), ("é", "é")] {
            assert!(matches(&[&[(3, UTF8_STRING, ours)]], &[&[(3, PRINTABLE_STRING, theirs)]]), "{ours} {theirs}");
            assert!(matches(&[&[(3, IA5_STRING, ours)]], &[&[(3, IA5_STRING, theirs)]]), "{ours} {theirs}");
        }
    }

    #[test]
    fn other_words_types_or_lengths_do_not_match() {
        let common_name = |text| [(3, UTF8_STRING, text)];
        for other in ["ab c", "abc", "a b", "a b c d", "", "a b d"] {
            assert!(!matches(&[&common_name("a b c")], &[&common_name(other)]), "{other}");
        }
        assert!(!matches(&[&[(3, UTF8_STRING, "a")]], &[&[(4, UTF8_STRING, "a")]]));
        // BMPString is compared by its octets, with its own kind alone.
        assert!(!matches(&[&[(3, 0x1E, "aa")]], &[&[(3, UTF8_STRING, "aa")]]));
        assert!(!matches(&[&[(3, 0x1E, "aa")]], &[&[(3, 0x1E, "AA")]]));
        assert!(matches(&[&[(3, 0x1E, "aa")], &[(3, 12, "b")]], &[&[(3, 0x1E, "aa")], &[(3, 12, "B")]]));
    }

    #[test]
    fn rdns_have_an_order_and_the_attributes_of_one_have_none() {
        let (a, b): ((u8, u8, &str), (u8, u8, &str)) = ((3, 12, "a"), (10, 12, "b"));
        assert!(matches(&[&[a, b]], &[&[b, a]]));
        assert!(!matches(&[&[a], &[b]], &[&[b], &[a]]));
        assert!(!matches(&[&[a], &[b]], &[&[a, b]]));
        assert!(!matches(&[&[a], &[b]], &[&[a]]));
        assert!(!matches(&[&[a, a, b]], &[&[a, b, b]]));
        assert!(!matches(&[&[a]], &[]));
        assert!(matches(&[], &[]));
    }

    #[test]
    fn attributes_know_their_rdn() {
        let der = name(&[&[(6, 19, "DE"), (10, 12, "V2G")], &[(3, 12, "leaf")]]);
        let name = Name::parse(&der).unwrap();
        let seen: Vec<_> = name.attributes().map(|a| (a.rdn, a.oid[2], a.tag, a.value)).collect();
        assert_eq!(seen, [(0, 6, 19, &b"DE"[..]), (0, 10, 12, b"V2G"), (1, 3, 12, b"leaf")]);
        assert_eq!(name.find(super::super::oid::COMMON_NAME).map(|a| a.value).collect::<Vec<_>>(), [b"leaf"]);
    }

    #[test]
    fn empty_rdns_too_many_attributes_and_surplus_elements_are_refused() {
        let attribute = (3, 12, "a");
        assert!(Name::parse(&name(&[&[attribute; MAX_RDN_ATTRIBUTES]])).is_ok());
        for bad in [
            name(&[&[]]),
            name(&[&[attribute; MAX_RDN_ATTRIBUTES + 1]]),
            vec![0x30, 0, 0],
            vec![0x31, 0],
            vec![0x30, 9, 0x31, 7, 0x30, 5, 6, 3, 0x55, 4, 3],
            vec![0x30, 13, 0x31, 11, 0x30, 9, 6, 3, 0x55, 4, 3, 12, 0, 12, 0],
            vec![0x30, 10, 0x31, 8, 0x30, 6, 6, 2, 0x55, 0x84, 12, 0],
        ] {
            assert_eq!(Name::parse(&bad), Err(ParseError::Name), "{bad:02x?}");
        }
        assert!(Name::parse(&[0x30, 11, 0x31, 9, 0x30, 7, 6, 3, 0x55, 4, 3, 12, 0]).is_ok());
    }
}
