//! Which pointers a service needs, by operation: null ones and overlaps are found before anything is done. [SWS_Csm_91009]
//! [SWS_Crypto_00073]

use crate::check::{bytes_of_bits, outputs_lie_apart, Region};
use core::mem::size_of;
use v2gcrypt_types::*;

const NEVER: Crypto_OperationModeType = 0;
const UPDATE: Crypto_OperationModeType = CRYPTO_OPERATIONMODE_UPDATE;
const FINISH: Crypto_OperationModeType = CRYPTO_OPERATIONMODE_FINISH;
const ALWAYS: Crypto_OperationModeType = CRYPTO_OPERATIONMODE_SINGLECALL;

/// What a service needs of one parameter.
#[derive(Clone, Copy)]
struct Need {
    /// Operations that cannot do without it.
    required: Crypto_OperationModeType,
    /// Operations that take it if it is given: it may be `NULL_PTR` when its length, or the room for it, is 0.
    optional: Crypto_OperationModeType,
}

const NOT_NEEDED: Need = Need { required: NEVER, optional: NEVER };

impl Need {
    const fn with(operations: Crypto_OperationModeType) -> Self {
        Self { required: operations, optional: NEVER }
    }

    const fn if_given_with(operations: Crypto_OperationModeType) -> Self {
        Self { required: NEVER, optional: operations }
    }

    /// Where a parameter lies that is `length` bytes long; `None` when it is missing.
    fn region<T>(self, mode: Crypto_OperationModeType, pointer: *const T, length: uint32) -> Option<Region> {
        if mode & (self.required | self.optional) == 0 {
            return Some(Region::NOTHING);
        }
        if pointer.is_null() && (mode & self.required != 0 || length != 0) {
            return None;
        }
        Some(Region { start: pointer as usize, length: length as usize })
    }

    /// Where an output and its length word lie; `None` when one of them is missing.
    ///
    /// SAFETY: `length`, unless null, points to four readable bytes.
    unsafe fn output_regions(
        self,
        mode: Crypto_OperationModeType,
        output: *const uint8,
        length: *const uint32,
    ) -> Option<(Region, Region)> {
        if mode & (self.required | self.optional) == 0 {
            return Some((Region::NOTHING, Region::NOTHING));
        }
        if length.is_null() {
            let missing = mode & self.required != 0 || !output.is_null();
            return (!missing).then_some((Region::NOTHING, Region::NOTHING));
        }
        // SAFETY: by contract.
        let room = unsafe { length.read_unaligned() };
        let output = self.region(mode, output, room)?;
        Some((output, Region { start: length as usize, length: size_of::<uint32>() }))
    }
}

/// What a service needs.
pub(super) struct Needs {
    input: Need,
    secondary_input: Need,
    tertiary_input: Need,
    output: Need,
    secondary_output: Need,
    verify: Need,
    /// An authenticated cipher: empty messages are messages, and UPDATE needs room only when there is text.
    may_be_empty: bool,
    /// A cipher: the output may begin where the input begins.
    in_place: bool,
}

const NOTHING_NEEDED: Needs = Needs {
    input: NOT_NEEDED,
    secondary_input: NOT_NEEDED,
    tertiary_input: NOT_NEEDED,
    output: NOT_NEEDED,
    secondary_output: NOT_NEEDED,
    verify: NOT_NEEDED,
    may_be_empty: false,
    in_place: false,
};

/// Hash, MAC, signature: data with UPDATE, a result with FINISH.
pub(super) static GENERATE: Needs = Needs { input: Need::with(UPDATE), output: Need::with(FINISH), ..NOTHING_NEEDED };
/// A MAC or a signature to compare with.
pub(super) static VERIFY: Needs =
    Needs { input: Need::with(UPDATE), secondary_input: Need::with(FINISH), verify: Need::with(FINISH), ..NOTHING_NEEDED };
/// A cipher writes what is complete with each UPDATE.
pub(super) static CIPHER: Needs =
    Needs { input: Need::with(UPDATE), output: Need::with(UPDATE | FINISH), in_place: true, ..NOTHING_NEEDED };
/// Text, associated data; a tag comes with FINISH.
pub(super) static AEAD_ENCRYPT: Needs = Needs { secondary_output: Need::with(FINISH), ..AEAD };
/// Text, associated data; a tag is compared with FINISH.
pub(super) static AEAD_DECRYPT: Needs = Needs { tertiary_input: Need::with(FINISH), verify: Need::with(FINISH), ..AEAD };
const AEAD: Needs = Needs {
    input: Need::if_given_with(UPDATE),
    secondary_input: Need::if_given_with(UPDATE),
    output: Need::if_given_with(UPDATE | FINISH),
    may_be_empty: true,
    in_place: true,
    ..NOTHING_NEEDED
};
/// Random bytes, a public value.
pub(super) static ONLY_OUTPUT: Needs = Needs { output: Need::with(ALWAYS), ..NOTHING_NEEDED };
/// A seed, a partner's public value.
pub(super) static ONLY_INPUT: Needs = Needs { input: Need::with(ALWAYS), ..NOTHING_NEEDED };
/// Keys alone.
pub(super) static NOTHING: Needs = NOTHING_NEEDED;
/// What a custom service wants, its driver knows.
pub(super) static CUSTOM: Needs = Needs {
    input: Need::if_given_with(ALWAYS),
    secondary_input: Need::if_given_with(ALWAYS),
    tertiary_input: Need::if_given_with(ALWAYS),
    output: Need::if_given_with(ALWAYS),
    secondary_output: Need::if_given_with(ALWAYS),
    verify: Need::if_given_with(ALWAYS),
    ..NOTHING_NEEDED
};

impl Needs {
    /// Whether the parameters that the mode needs are there, and each output lies apart from everything else. Zero lengths are
    /// the driver's to judge. `secondary_in_bits`: the secondary input is a MAC, counted in bits.
    ///
    /// SAFETY: length pointers, unless null, point to four readable bytes.
    pub(super) unsafe fn are_met(
        &self,
        io: &Crypto_JobPrimitiveInputOutputType,
        mode: Crypto_OperationModeType,
        secondary_in_bits: bool,
    ) -> bool {
        // SAFETY: by contract.
        match unsafe { self.regions(io, mode, secondary_in_bits) } {
            // Most services have no more than these.
            Some(([output, length, verify, _, Region::NOTHING], [input, secondary, Region::NOTHING])) => {
                outputs_lie_apart(&[output, length, verify], &[input, secondary])
            }
            Some((outputs, inputs)) => all_outputs_lie_apart(&outputs, &inputs),
            None => false,
        }
    }

    /// SAFETY: as above.
    #[inline]
    unsafe fn regions(
        &self,
        io: &Crypto_JobPrimitiveInputOutputType,
        mode: Crypto_OperationModeType,
        secondary_in_bits: bool,
    ) -> Option<([Region; 5], [Region; 3])> {
        let mut input = self.input.region(mode, io.inputPtr, io.inputLength)?;
        let secondary_length = if secondary_in_bits { bytes_of_bits(io.secondaryInputLength) } else { io.secondaryInputLength };
        let secondary = self.secondary_input.region(mode, io.secondaryInputPtr, secondary_length)?;
        let tertiary = self.tertiary_input.region(mode, io.tertiaryInputPtr, io.tertiaryInputLength)?;
        let mut needed = self.output;
        if self.may_be_empty && io.inputLength != 0 {
            needed.required |= UPDATE;
        }
        // SAFETY: by contract.
        let (mut output, length) = unsafe { needed.output_regions(mode, io.outputPtr, io.outputLengthPtr) }?;
        // SAFETY: by contract.
        let (secondary_output, secondary_length) =
            unsafe { self.secondary_output.output_regions(mode, io.secondaryOutputPtr, io.secondaryOutputLengthPtr) }?;
        let verify = self.verify.region(mode, io.verifyPtr, !io.verifyPtr.is_null() as uint32)?;
        if self.in_place && input.start == output.start && output.length != 0 {
            output.length = output.length.max(input.length);
            input = Region::NOTHING;
        }
        Some(([output, length, verify, secondary_output, secondary_length], [input, secondary, tertiary]))
    }
}

#[cold]
#[inline(never)] // unrolled over all pairs it would be larger than the services
fn all_outputs_lie_apart(outputs: &[Region], inputs: &[Region]) -> bool {
    outputs_lie_apart(outputs, inputs)
}
