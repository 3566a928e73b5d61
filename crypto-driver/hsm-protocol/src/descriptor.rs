//! Requests and responses, and the 16 words that each is in shared memory.

use crate::layout::DESCRIPTOR_WORDS;
use crate::{Opcode, Status};

/// Bytes that a descriptor itself holds.
pub const INLINE_LEN: usize = 32;

type Words = [u32; DESCRIPTOR_WORDS];

/// Flags of a request: bits 16 to 31 of its first word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Flags(pub u16);

impl Flags {
    /// The input lies in the descriptor, and the output will lie in the response.
    pub const INLINE: Self = Self(1);
    /// Begins a stream in the request's context.
    pub const START: Self = Self(2);
    /// Takes input.
    pub const UPDATE: Self = Self(4);
    /// Gives the result.
    pub const FINISH: Self = Self(8);
    /// All of a message at once; uses no context.
    pub const SINGLE_CALL: Self = Self(2 | 4 | 8);

    /// Are all flags of `other` set?
    pub const fn has(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// The flags of both.
    pub const fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// START, UPDATE and FINISH of it.
    pub const fn mode(self) -> Self {
        Self(self.0 & Self::SINGLE_CALL.0)
    }
}

/// Bytes somewhere in the host's memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Span {
    /// Bus address, a multiple of 4.
    pub address: u32,
    /// Bytes. 0: nothing, wherever.
    pub length: u32,
}

impl Span {
    /// No bytes.
    pub const NONE: Self = Self { address: 0, length: 0 };
}

/// What a request works on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RequestData {
    /// In the descriptor: `input`, then `input2`. No more than [`INLINE_LEN`] together.
    Inline {
        /// Bytes of the input.
        length: u32,
        /// Bytes of the second input behind it.
        length2: u32,
        /// Both.
        bytes: [u8; INLINE_LEN],
    },
    /// In the host's memory. Rooms of outputs are multiples of 4.
    Spans {
        /// The message.
        input: Span,
        /// What the opcode says.
        input2: Span,
        /// What the opcode says.
        input3: Span,
        /// Room for the result.
        output: Span,
        /// Room for a second result.
        output2: Span,
    },
}

/// A request as it was written, or read: nothing in it is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Request {
    /// Number of an [`Opcode`].
    pub opcode: u8,
    /// Channel that it was written for.
    pub channel: u8,
    /// How its data lies, and what part of a stream it is.
    pub flags: Flags,
    /// The channel's count of requests before this one.
    pub sequence: u32,
    /// [`crate::session`] of both sides' epochs.
    pub session: u32,
    /// Key slot.
    pub key: u16,
    /// Context of a stream.
    pub context: u16,
    /// What the opcode says.
    pub parameter: u32,
    /// What the opcode says.
    pub parameter2: u32,
    /// What it works on.
    pub data: RequestData,
}

impl Request {
    /// A request without data; sequence, session and channel are set when it is published.
    pub const fn new(opcode: Opcode) -> Self {
        Self {
            opcode: opcode as u8,
            channel: 0,
            flags: Flags(0),
            sequence: 0,
            session: 0,
            key: 0,
            context: 0,
            parameter: 0,
            parameter2: 0,
            data: RequestData::Spans {
                input: Span::NONE,
                input2: Span::NONE,
                input3: Span::NONE,
                output: Span::NONE,
                output2: Span::NONE,
            },
        }
    }

    /// With `input` and `input2` in the descriptor; None if they do not fit.
    pub fn with_inline(self, input: &[u8], input2: &[u8]) -> Option<Self> {
        let mut bytes = [0; INLINE_LEN];
        let (front, back) = bytes.split_at_mut(input.len().min(INLINE_LEN));
        if front.len() != input.len() || back.len() < input2.len() {
            return None;
        }
        front.iter_mut().zip(input).for_each(|(to, from)| *to = *from);
        back.iter_mut().zip(input2).for_each(|(to, from)| *to = *from);
        let data = RequestData::Inline { length: input.len() as u32, length2: input2.len() as u32, bytes };
        Some(Self { flags: self.flags.with(Flags::INLINE), data, ..self })
    }

    /// The words of the descriptor.
    pub fn to_words(&self) -> Words {
        let is_inline = matches!(self.data, RequestData::Inline { .. });
        let flags = if is_inline { self.flags.with(Flags::INLINE).0 } else { self.flags.0 & !Flags::INLINE.0 };
        let head = u32::from(self.opcode) | u32::from(self.channel) << 8 | u32::from(flags) << 16;
        let keys = u32::from(self.key) | u32::from(self.context) << 16;
        let [a, b, c, d, e, f, g, h, i, j] = match self.data {
            RequestData::Inline { length, length2, bytes } => {
                let [a, b, c, d, e, f, g, h] = words_of(&bytes);
                [length, length2, a, b, c, d, e, f, g, h]
            }
            RequestData::Spans { input, input2, input3, output, output2 } => [
                input.address,
                input.length,
                input2.address,
                input2.length,
                input3.address,
                input3.length,
                output.address,
                output.length,
                output2.address,
                output2.length,
            ],
        };
        [head, self.sequence, self.session, keys, self.parameter, self.parameter2, a, b, c, d, e, f, g, h, i, j]
    }

    /// The request in a descriptor's words, whatever they are.
    pub fn from_words(words: &Words) -> Self {
        let [head, sequence, session, keys, parameter, parameter2, a, b, c, d, e, f, g, h, i, j] = *words;
        let flags = Flags((head >> 16) as u16);
        let span = |address, length| Span { address, length };
        let data = if flags.has(Flags::INLINE) {
            RequestData::Inline { length: a, length2: b, bytes: bytes_of(&[c, d, e, f, g, h, i, j]) }
        } else {
            RequestData::Spans {
                input: span(a, b),
                input2: span(c, d),
                input3: span(e, f),
                output: span(g, h),
                output2: span(i, j),
            }
        };
        Self {
            opcode: head as u8,
            channel: (head >> 8) as u8,
            flags,
            sequence,
            session,
            key: keys as u16,
            context: (keys >> 16) as u16,
            parameter,
            parameter2,
            data,
        }
    }
}

/// A response as it was written, or read: nothing in it is checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Response {
    /// Opcode of the request.
    pub opcode: u8,
    /// Channel of the request.
    pub channel: u8,
    /// Number of a [`Status`].
    pub status: u16,
    /// Sequence of the request.
    pub sequence: u32,
    /// Session of the request.
    pub session: u32,
    /// Of a verification: [`Response::GOOD`] or [`Response::BAD`]. Else what the opcode says.
    pub result: u32,
    /// Bytes of the result.
    pub length: u32,
    /// Bytes of the second result.
    pub length2: u32,
    /// What the opcode says.
    pub detail: u32,
    /// Events that the HSM has logged since it was made.
    pub events: u32,
    /// The result, if the request's data was inline.
    pub bytes: [u8; INLINE_LEN],
}

impl Response {
    /// `result` of a verification: what was verified is genuine. Not 0, and far from [`Self::BAD`], so that no flipped bit turns one into the other.
    pub const GOOD: u32 = 0x5AA5_96C3;
    /// `result` of a verification: what was verified is not genuine.
    pub const BAD: u32 = 0xA55A_693C;

    /// The response to `request` without a result.
    pub const fn to(request: &Request, status: Status) -> Self {
        Self {
            opcode: request.opcode,
            channel: request.channel,
            status: status as u16,
            sequence: request.sequence,
            session: request.session,
            result: 0,
            length: 0,
            length2: 0,
            detail: 0,
            events: 0,
            bytes: [0; INLINE_LEN],
        }
    }

    /// Its status; a number that is none is one that only a broken HSM sends.
    pub const fn status(&self) -> Status {
        match Status::from_number(self.status) {
            Some(status) => status,
            None => Status::Internal,
        }
    }

    /// The words of the descriptor.
    pub fn to_words(&self) -> Words {
        let head = u32::from(self.opcode) | u32::from(self.channel) << 8 | u32::from(self.status) << 16;
        let [a, b, c, d, e, f, g, h] = words_of(&self.bytes);
        [
            head,
            self.sequence,
            self.session,
            self.result,
            self.length,
            self.length2,
            self.detail,
            self.events,
            a,
            b,
            c,
            d,
            e,
            f,
            g,
            h,
        ]
    }

    /// The response in a descriptor's words, whatever they are.
    pub fn from_words(words: &Words) -> Self {
        let [head, sequence, session, result, length, length2, detail, events, rest @ ..] = *words;
        Self {
            opcode: head as u8,
            channel: (head >> 8) as u8,
            status: (head >> 16) as u16,
            sequence,
            session,
            result,
            length,
            length2,
            detail,
            events,
            bytes: bytes_of(&rest),
        }
    }
}

pub(crate) fn words_of(bytes: &[u8; INLINE_LEN]) -> [u32; INLINE_LEN / 4] {
    let mut words = [0; INLINE_LEN / 4];
    for (word, bytes) in words.iter_mut().zip(bytes.chunks_exact(4)) {
        *word = bytes.iter().rev().fold(0, |word, byte| word << 8 | u32::from(*byte));
    }
    words
}

pub(crate) fn bytes_of(words: &[u32; INLINE_LEN / 4]) -> [u8; INLINE_LEN] {
    let mut bytes = [0; INLINE_LEN];
    for (bytes, word) in bytes.chunks_exact_mut(4).zip(words) {
        bytes.iter_mut().zip(word.to_le_bytes()).for_each(|(to, from)| *to = from);
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sixteen words, each byte another.
    fn words(flags: u16) -> Words {
        let mut words: Words =
            core::array::from_fn(|index| u32::from_le_bytes([0, 1, 2, 3].map(|byte| (index * 4) as u8 + byte)));
        words[0] = words[0] & 0xFFFF | u32::from(flags) << 16;
        words
    }

    #[test]
    fn a_request_is_the_same_words_again() {
        for flags in [0, 1, 6, 0xFFFE, 0xFFFF] {
            let words = words(flags);
            let request = Request::from_words(&words);
            assert_eq!(request.to_words(), words, "{flags}");
            assert_eq!(matches!(request.data, RequestData::Inline { .. }), flags & 1 == 1);
        }
    }

    #[test]
    fn a_response_is_the_same_words_again() {
        assert_eq!(Response::from_words(&words(0x1234)).to_words(), words(0x1234));
        assert_eq!(Response { status: 0x0FFF, ..Response::from_words(&words(0)) }.status(), Status::Internal);
    }

    #[test]
    fn inline_input_fits_or_is_refused() {
        let request = Request::new(Opcode::MacVerify);
        let inline = request.with_inline(&[1; 16], &[2; 16]).unwrap();
        let RequestData::Inline { length: 16, length2: 16, bytes } = inline.data else { panic!("{inline:?}") };
        assert_eq!(bytes, [[1; 16], [2; 16]].concat()[..]);
        assert!(request.with_inline(&[0; 33], &[]).is_none() && request.with_inline(&[0; 32], &[0]).is_none());
        assert!(request.with_inline(&[0; 32], &[]).is_some() && request.with_inline(&[], &[0; 32]).is_some());
    }

    #[test]
    fn no_flipped_bit_makes_a_bad_verdict_good() {
        assert_eq!((Response::GOOD ^ Response::BAD).count_ones(), 32);
    }
}
