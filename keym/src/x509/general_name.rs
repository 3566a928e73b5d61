//! GeneralName, RFC 5280 4.2.1.6.

use super::name::Name;
use super::reader::{context, context_constructed, is_oid, Reader, Tlv, OBJECT_IDENTIFIER};

/// A name of one of the kinds that an extension may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum GeneralName<'a> {
    /// otherName: the type's OID, and the value with tag and length.
    Other {
        /// type-id
        oid: &'a [u8],
        /// value
        value: &'a [u8],
    },
    /// rfc822Name
    Email(&'a [u8]),
    /// dNSName
    Dns(&'a [u8]),
    /// directoryName
    Directory(Name<'a>),
    /// uniformResourceIdentifier
    Uri(&'a [u8]),
    /// iPAddress: 4 or 16 octets, in a name constraint twice as many; not checked
    Ip(&'a [u8]),
    /// registeredID
    RegisteredId(&'a [u8]),
    /// x400Address or ediPartyName: not looked into
    Unsupported,
}

impl<'a> GeneralName<'a> {
    pub(crate) fn read(reader: &mut Reader<'a>) -> Option<Self> {
        Self::from_tlv(&reader.next()?)
    }

    fn from_tlv(element: &Tlv<'a>) -> Option<Self> {
        const OTHER: u8 = context_constructed(0);
        const EMAIL: u8 = context(1);
        const DNS: u8 = context(2);
        const X400: u8 = context_constructed(3);
        const DIRECTORY: u8 = context_constructed(4);
        const EDI_PARTY: u8 = context_constructed(5);
        const URI: u8 = context(6);
        const IP: u8 = context(7);
        const REGISTERED_ID: u8 = context(8);
        let value = element.value;
        let mut inside = Reader::new(value);
        Some(match element.tag {
            OTHER => {
                let oid = inside.expect(OBJECT_IDENTIFIER)?.value;
                let mut explicit = inside.enter(context_constructed(0))?;
                inside.finish()?;
                let value = explicit.next()?.whole;
                explicit.finish()?;
                if !is_oid(oid) {
                    return None;
                }
                Self::Other { oid, value }
            }
            EMAIL if value.is_ascii() => Self::Email(value),
            DNS if value.is_ascii() => Self::Dns(value),
            DIRECTORY => {
                let name = Name::read(&mut inside)?;
                inside.finish()?;
                Self::Directory(name)
            }
            URI if value.is_ascii() => Self::Uri(value),
            IP => Self::Ip(value),
            REGISTERED_ID if is_oid(value) => Self::RegisteredId(value),
            X400 | EDI_PARTY => Self::Unsupported,
            _ => return None,
        })
    }
}

/// Names one after the other.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GeneralNames<'a> {
    rest: Reader<'a>,
}

impl<'a> GeneralNames<'a> {
    /// The content of a SEQUENCE OF GeneralName: at least one, each well formed.
    pub(crate) fn read(content: Reader<'a>) -> Option<Self> {
        let mut rest = content;
        GeneralName::read(&mut rest)?;
        while !rest.is_empty() {
            GeneralName::read(&mut rest)?;
        }
        Some(Self { rest: content })
    }
}

impl<'a> Iterator for GeneralNames<'a> {
    type Item = GeneralName<'a>;

    fn next(&mut self) -> Option<GeneralName<'a>> {
        GeneralName::read(&mut self.rest)
    }
}
