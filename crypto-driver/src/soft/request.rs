//! A job's call as it was read from its C record, checked. Its buffers are still C's: they are addresses here.
#![forbid(unsafe_code)]

use v2gcrypt_primitives::aead::TAG_LEN;
use v2gcrypt_primitives::cipher::Direction;
use v2gcrypt_types::*;

use super::config::CryptoSoft_PrimitiveConfigType;
use super::errors::Refusal;
use super::operation::{Bytes, Mode, Needs, Operation, Room};

/// What one call of a job asks for.
#[derive(Debug, Clone, Copy)]
pub struct JobRequest {
    /// The job's record: its identity.
    pub job: *mut Crypto_JobType,
    /// The message, or nothing if this call takes none.
    pub input: Input,
    /// What a verification compares with, or nothing.
    pub secondary: Input,
    /// A third input, or nothing.
    pub tertiary: Input,
    /// Where the result goes, or nothing.
    pub output: Output,
    /// Where a second result goes, or nothing.
    pub secondary_output: Output,
    /// Where the outcome of a verification goes, or null.
    pub verify: *mut Crypto_VerifyResultType,
    /// Larger is more urgent.
    pub priority: u32,
    /// Driver key.
    pub key: u32,
    /// Driver key that is written, if the operation has one.
    pub target_key: u32,
    /// Key length in bits that the algorithm names, or 0.
    pub key_bits: u32,
    /// Bits to compare of a MAC.
    pub mac_bits: u32,
    /// Service and algorithm.
    pub operation: Operation,
    /// Operations of this call.
    pub mode: Mode,
    /// Does it compute later?
    pub asynchronous: bool,
}

/// Bytes to read.
#[derive(Debug, Clone, Copy)]
pub struct Input {
    /// First byte.
    pub start: *const u8,
    /// Length in bytes.
    pub length: u32,
}

/// Room to write to.
#[derive(Debug, Clone, Copy)]
pub struct Output {
    /// First byte.
    pub start: *mut u8,
    /// Length in bytes that C promised.
    pub room: u32,
    /// Where the length that was written goes.
    pub length: *mut u32,
}

/// How strictly requests are read.
#[derive(Debug, Clone, Copy)]
pub struct Policy {
    /// A message may have no bytes.
    pub tolerate_empty_input: bool,
    /// The length of a MAC to compare with is in bytes.
    pub mac_length_in_bytes: bool,
}

/// What a call wants to do: known before any of its buffers is looked at.
#[derive(Debug, Clone, Copy)]
pub struct Call {
    operation: Operation,
    mode: Mode,
}

impl Call {
    /// Reads service, algorithm and mode.
    pub fn resolve(
        primitive: &Crypto_PrimitiveInfoType,
        mode: Crypto_OperationModeType,
        offered: &[CryptoSoft_PrimitiveConfigType],
    ) -> Result<Self, Refusal> {
        let operation = Operation::resolve(primitive, offered).ok_or(Refusal::HANDLE)?; // [SWS_Crypto_00064]
        let mode = Mode::parse(mode, operation).ok_or(Refusal::NOT_OK)?;
        Ok(Self { operation, mode })
    }

    /// Does it look at the job's `outputLengthPtr`?
    pub fn needs_output(self) -> bool {
        self.needs().output != Room::Unused
    }

    /// Does it look at the job's `secondaryOutputLengthPtr`?
    pub fn needs_secondary_output(self) -> bool {
        self.needs().secondary_output != Room::Unused
    }

    fn needs(self) -> Needs {
        self.operation.needs(self.mode)
    }
}

/// What stands at the job's length pointers: each is read once, and only if the call needs it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Rooms {
    /// At `outputLengthPtr`.
    pub output: u32,
    /// At `secondaryOutputLengthPtr`.
    pub secondary_output: u32,
}

impl JobRequest {
    /// Checks the buffers that `call` needs, and no others. [SWS_Crypto_00070] [SWS_Crypto_00071] [SWS_Crypto_00073]
    pub fn new(
        call: Call,
        job: *mut Crypto_JobType,
        record: &Crypto_JobType,
        info: &Crypto_JobPrimitiveInfoType,
        primitive: &Crypto_PrimitiveInfoType,
        rooms: Rooms,
        policy: Policy,
    ) -> Result<Self, Refusal> {
        let Call { operation, mode } = call;
        let needs = call.needs();
        let io = &record.jobPrimitiveInputOutput;
        let (compared_bytes, mac_bits) = compared(operation, io.secondaryInputLength, policy);
        let request = Self {
            job,
            input: Input::new(needs.input, io.inputPtr, io.inputLength),
            secondary: Input::new(needs.secondary, io.secondaryInputPtr, compared_bytes),
            tertiary: Input::new(needs.tertiary, io.tertiaryInputPtr, io.tertiaryInputLength),
            output: Output::new(needs.output, io.outputPtr, io.outputLengthPtr, rooms.output),
            secondary_output: Output::new(
                needs.secondary_output,
                io.secondaryOutputPtr,
                io.secondaryOutputLengthPtr,
                rooms.secondary_output,
            ),
            verify: if needs.verify { io.verifyPtr } else { core::ptr::null_mut() },
            priority: record.jobPriority,
            key: record.cryptoKeyId,
            target_key: record.targetCryptoKeyId,
            key_bits: primitive.algorithm.keyLength,
            mac_bits: if needs.secondary == Bytes::Unused { 0 } else { mac_bits },
            operation,
            mode,
            asynchronous: info.processingType == CRYPTO_PROCESSING_ASYNC,
        };
        let inputs = [(needs.input, request.input), (needs.secondary, request.secondary), (needs.tertiary, request.tertiary)];
        let outputs = [(needs.output, request.output), (needs.secondary_output, request.secondary_output)];

        let text_may_miss = request.input.length == 0;
        let input_misses = |need, input: &Input| match need {
            Bytes::Unused => false,
            Bytes::Optional => input.start.is_null() && input.length != 0,
            Bytes::Some | Bytes::Message => input.start.is_null(),
        };
        let output_misses = |need, output: &Output| match need {
            Room::Unused | Room::NoText => false,
            Room::OptionalText if text_may_miss => false,
            Room::Result | Room::Text | Room::OptionalText => output.start.is_null() || output.length.is_null(),
        };
        let missing = inputs.iter().any(|(need, input)| input_misses(*need, input))
            || outputs.iter().any(|(need, output)| output_misses(*need, output))
            || (needs.verify && request.verify.is_null());
        if missing {
            return Err(Refusal::POINTER); // [SWS_Crypto_00070]
        }
        let may_be_empty = |need| match need {
            Bytes::Unused | Bytes::Optional => true,
            Bytes::Message => policy.tolerate_empty_input,
            Bytes::Some => false,
        };
        let empty = inputs.iter().any(|(need, input)| !may_be_empty(*need) && input.length == 0)
            || outputs.iter().any(|(need, output)| *need == Room::Result && output.room == 0);
        if empty {
            return Err(Refusal::VALUE); // [SWS_Crypto_00072] [SWS_Crypto_00142]
        }
        request.check_lengths()?;
        request.check_overlaps()?;
        Ok(request)
    }

    /// Does the output take the place of the input?
    pub fn is_in_place(&self) -> bool {
        self.operation.works_in_place() && core::ptr::eq(self.input.start, self.output.start) && self.input.length != 0
    }

    /// No output may lie over an input or another output, and nothing over the end of the address space. The text of a cipher
    /// or AEAD may be replaced by what is made of it.
    fn check_overlaps(&self) -> Result<(), Refusal> {
        let span = |start: *const u8, length: u32| Span::new(start, length).ok_or(Refusal::POINTER);
        let word = |start: *mut u32| span(start.cast(), if start.is_null() { 0 } else { 4 });
        let inputs = [
            span(self.input.start, self.input.length)?,
            span(self.secondary.start, self.secondary.length)?,
            span(self.tertiary.start, self.tertiary.length)?,
        ];
        let outputs = [
            span(self.output.start, self.output.room)?,
            word(self.output.length)?,
            span(self.secondary_output.start, self.secondary_output.room)?,
            word(self.secondary_output.length)?,
            span(self.verify, if self.verify.is_null() { 0 } else { 1 })?,
        ];
        let replaced = self.is_in_place();
        let over_input = outputs.iter().enumerate().any(|(output_index, output)| {
            inputs.iter().enumerate().any(|(input_index, input)| {
                let text = replaced && (output_index, input_index) == (0, 0);
                !text && output.overlaps(input)
            })
        });
        let over_output = outputs
            .iter()
            .enumerate()
            .any(|(index, one)| outputs.iter().skip(index.saturating_add(1)).any(|other| one.overlaps(other)));
        if over_input || over_output {
            return Err(Refusal::POINTER);
        }
        Ok(())
    }

    /// As far as the algorithm alone tells; what a cipher gives depends on its stream.
    fn check_lengths(&self) -> Result<(), Refusal> {
        let Needs { output, verify, .. } = self.operation.needs(self.mode);
        let compares = |fits| !verify || fits;
        let fits = match self.operation {
            Operation::MacVerify(algorithm) => compares(self.mac_bits as usize <= algorithm.tag_len().saturating_mul(8)),
            // tags of SP 800-38D
            Operation::GmacVerify => compares(self.mac_bits % 8 == 0 && (96..=128).contains(&self.mac_bits)),
            Operation::SignatureVerify(algorithm) => compares(self.secondary.length == algorithm.signature_len()),
            Operation::Aead(algorithm, direction) => {
                let tag = match direction {
                    Direction::Encrypt => (self.secondary_output.room as usize).min(TAG_LEN),
                    Direction::Decrypt => self.tertiary.length as usize,
                };
                self.output.room >= self.input.length && (!self.mode.finish || algorithm.takes_tag_len(tag))
            }
            operation => output != Room::Result || self.output.room >= operation.result_length(self.output.room),
        };
        fits.then_some(()).ok_or(Refusal::NOT_OK)
    }
}

impl Input {
    /// Nothing to read.
    pub const NONE: Self = Self { start: core::ptr::null(), length: 0 };

    fn new(need: Bytes, start: *const u8, length: u32) -> Self {
        if need == Bytes::Unused {
            Self::NONE
        } else {
            Self { start, length }
        }
    }
}

impl Output {
    /// Nowhere to write.
    pub const NONE: Self = Self { start: core::ptr::null_mut(), room: 0, length: core::ptr::null_mut() };

    fn new(need: Room, start: *mut u8, length: *mut u32, room: u32) -> Self {
        match need {
            Room::Unused => Self::NONE,
            Room::NoText => Self { length, ..Self::NONE },
            Room::Result | Room::Text | Room::OptionalText => Self { start, room, length },
        }
    }
}

/// Bytes and bits of what a verification compares with. A length in bytes that is out of range stays so in bits.
fn compared(operation: Operation, length: u32, policy: Policy) -> (u32, u32) {
    match operation {
        Operation::MacVerify(_) | Operation::GmacVerify if policy.mac_length_in_bytes => (length, length.saturating_mul(8)),
        Operation::MacVerify(_) | Operation::GmacVerify => ((length >> 3) + u32::from(length & 7 != 0), length), // [SWS_Csm_01009]
        _ => (length, 0),
    }
}

/// A range of addresses.
#[derive(Debug, Clone, Copy)]
pub struct Span {
    start: usize,
    end: usize,
}

impl Span {
    /// None if it would go over the end of the address space.
    pub fn new(start: *const u8, length: u32) -> Option<Self> {
        let start = start as usize;
        let end = start.checked_add(usize::try_from(length).ok()?)?;
        // a Rust slice has at most isize::MAX bytes
        (end - start <= isize::MAX as usize).then_some(Self { start, end })
    }

    /// Do the two have a byte in common?
    pub fn overlaps(&self, other: &Self) -> bool {
        self.start.max(other.start) < self.end.min(other.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_ends_before_the_end_of_the_address_space() {
        let last = usize::MAX as *const u8;
        assert!(Span::new(last, 0).is_some());
        assert!(Span::new(last, 1).is_none());
        assert!(Span::new(last.wrapping_sub(7), 7).is_some());
        assert!(Span::new(last.wrapping_sub(7), u32::MAX).is_none());
    }

    #[test]
    fn spans_overlap_when_they_share_a_byte() {
        let span = |start: usize, length| Span::new(start as *const u8, length).unwrap();
        for (start, length, overlaps) in
            [(4, 4, false), (4, 5, true), (15, 1, true), (16, 9, false), (0, 99, true), (10, 0, false)]
        {
            assert_eq!(span(8, 8).overlaps(&span(start, length)), overlaps, "{start} {length}");
        }
    }

    #[test]
    fn bits_of_a_mac_round_up_to_bytes() {
        let strict = Policy { tolerate_empty_input: false, mac_length_in_bytes: false };
        let verify = Operation::MacVerify(v2gcrypt_primitives::MacAlgorithm::AesCmac);
        for (bits, bytes) in [(1, 1), (8, 1), (9, 2), (127, 16), (128, 16), (u32::MAX, 0x2000_0000)] {
            assert_eq!(compared(verify, bits, strict), (bytes, bits));
        }
        let in_bytes = Policy { mac_length_in_bytes: true, ..strict };
        assert_eq!(compared(verify, 16, in_bytes), (16, 128));
        assert_eq!(compared(verify, u32::MAX, in_bytes), (u32::MAX, u32::MAX));
    }
}
