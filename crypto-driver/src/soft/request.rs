//! A job's call as it was read from its C record, checked. Its buffers are still C's: they are addresses here.
#![forbid(unsafe_code)]

use v2gcrypt_types::*;

use super::config::CryptoSoft_PrimitiveConfigType;
use super::errors::Refusal;
use super::operation::{Mode, Operation, SIGNATURE_LENGTH};

/// What one call of a job asks for.
#[derive(Debug, Clone, Copy)]
pub struct JobRequest {
    /// The job's record: its identity.
    pub job: *mut Crypto_JobType,
    /// The message, or nothing if this call takes none.
    pub input: Input,
    /// What a verification compares with, or nothing.
    pub secondary: Input,
    /// Where the result goes, or nothing.
    pub output: Output,
    /// Where the outcome of a verification goes, or null.
    pub verify: *mut Crypto_VerifyResultType,
    /// Larger is more urgent.
    pub priority: u32,
    /// Driver key.
    pub key: u32,
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

    /// Does it write to the job's output, so that there must be room?
    pub fn gives_output(self) -> bool {
        self.operation.gives_output() && self.mode.finish
    }
}

impl JobRequest {
    /// Checks the buffers that `call` needs, and no others. [SWS_Crypto_00070] [SWS_Crypto_00071] [SWS_Crypto_00073]
    ///
    /// `room` is what stands at the job's `outputLengthPtr`: read once, and only if `call` gives output.
    pub fn new(
        call: Call,
        job: *mut Crypto_JobType,
        record: &Crypto_JobType,
        info: &Crypto_JobPrimitiveInfoType,
        primitive: &Crypto_PrimitiveInfoType,
        room: Option<u32>,
        policy: Policy,
    ) -> Result<Self, Refusal> {
        let Call { operation, mode } = call;
        let io = &record.jobPrimitiveInputOutput;
        let mut request = Self {
            job,
            input: Input::NONE,
            secondary: Input::NONE,
            output: Output::NONE,
            verify: core::ptr::null_mut(),
            priority: record.jobPriority,
            key: record.cryptoKeyId,
            key_bits: primitive.algorithm.keyLength,
            mac_bits: 0,
            operation,
            mode,
            asynchronous: info.processingType == CRYPTO_PROCESSING_ASYNC,
        };
        let takes_input = operation.takes_input() && mode.update;
        let verifies = operation.verifies() && mode.finish;
        if takes_input {
            request.input = Input { start: io.inputPtr, length: io.inputLength };
        }
        if verifies {
            let (bytes, bits) = compared(operation, io.secondaryInputLength, policy);
            request.secondary = Input { start: io.secondaryInputPtr, length: bytes };
            request.mac_bits = bits;
            request.verify = io.verifyPtr;
        }
        if call.gives_output() {
            request.output = Output { start: io.outputPtr, room: room.unwrap_or(0), length: io.outputLengthPtr };
        }

        let missing = (takes_input && request.input.start.is_null())
            || (verifies && (request.secondary.start.is_null() || request.verify.is_null()))
            || (call.gives_output() && (request.output.start.is_null() || request.output.length.is_null()));
        if missing {
            return Err(Refusal::POINTER); // [SWS_Crypto_00070]
        }
        let empty = (takes_input && request.input.length == 0 && !policy.tolerate_empty_input)
            || (verifies && io.secondaryInputLength == 0)
            || (call.gives_output() && request.output.room == 0);
        if empty {
            return Err(Refusal::VALUE); // [SWS_Crypto_00072] [SWS_Crypto_00142]
        }
        request.check_lengths()?;
        request.check_overlaps()?;
        Ok(request)
    }

    /// No output may lie over an input or another output, and nothing over the end of the address space.
    fn check_overlaps(&self) -> Result<(), Refusal> {
        let span = |start: *const u8, length: u32| Span::new(start, length).ok_or(Refusal::POINTER);
        let inputs = [span(self.input.start, self.input.length)?, span(self.secondary.start, self.secondary.length)?];
        let outputs = [
            span(self.output.start, self.output.room)?,
            span(self.output.length.cast(), if self.output.length.is_null() { 0 } else { 4 })?,
            span(self.verify, if self.verify.is_null() { 0 } else { 1 })?,
        ];
        let [result, length, _] = &outputs; // an operation has a result with a length, or a verification
        let aliased = outputs.iter().any(|output| inputs.iter().any(|input| output.overlaps(input))) || result.overlaps(length);
        if aliased {
            return Err(Refusal::POINTER);
        }
        Ok(())
    }

    fn check_lengths(&self) -> Result<(), Refusal> {
        let too_short = self.output.room < self.operation.result_length(self.output.room);
        let compared_wrong = match self.operation {
            Operation::MacVerify(algorithm) => self.mac_bits as usize > algorithm.tag_len() * 8,
            Operation::SignatureVerify => self.secondary.length != SIGNATURE_LENGTH,
            _ => false,
        };
        if (!self.output.start.is_null() && too_short) || (!self.verify.is_null() && compared_wrong) {
            return Err(Refusal::NOT_OK);
        }
        Ok(())
    }
}

impl Input {
    /// Nothing to read.
    pub const NONE: Self = Self { start: core::ptr::null(), length: 0 };
}

impl Output {
    /// Nowhere to write.
    pub const NONE: Self = Self { start: core::ptr::null_mut(), room: 0, length: core::ptr::null_mut() };
}

/// Bytes and bits of what a verification compares with. A length in bytes that is out of range stays so in bits.
fn compared(operation: Operation, length: u32, policy: Policy) -> (u32, u32) {
    match operation {
        Operation::MacVerify(_) if policy.mac_length_in_bytes => (length, length.saturating_mul(8)),
        Operation::MacVerify(_) => ((length >> 3) + u32::from(length & 7 != 0), length), // [SWS_Csm_01009]
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
