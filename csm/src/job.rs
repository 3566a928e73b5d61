//! What Csm remembers of a job, beside its `Crypto_JobType`.
#![forbid(unsafe_code)]

use v2gcrypt_types::*;

/// "No job", "no queue": the end of an intrusive list.
pub const NONE: u32 = u32::MAX;

/// Where a job is. Everything but [`Phase::Free`] is *in flight*: a further request is refused with `CRYPTO_E_BUSY`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(crate) enum Phase {
    /// In nobody's hands; idle, or a stream between two calls.
    Free,
    /// Synchronous: the driver computes it in its caller's call.
    Computing,
    /// Offered to the driver by its caller; acceptance is undecided.
    Offered,
    /// Waits in the queue.
    Queued,
    /// Offered to the driver by the main function; keeps its place in the queue until acceptance is decided.
    OfferedFromQueue,
    /// Accepted: the driver owes a report.
    WithDriver,
    /// Accepted, and `CryIf_CancelJob` is under way.
    Cancelling,
    /// A stream between two calls, and `CryIf_CancelJob` is under way.
    CancellingStream,
    /// Ended; the main function owes the callback.
    Due,
}

/// Position of a request in the order of arrival. Two words, because a 64-bit integer has another alignment than a pointer
/// on some 32-bit targets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[repr(C)]
pub(crate) struct Arrival {
    high: u32,
    low: u32,
}

impl Arrival {
    pub(crate) const FIRST: Self = Self { high: 0, low: 0 };

    pub(crate) const fn next(self) -> Self {
        let low = self.low.wrapping_add(1);
        Self { high: if low == 0 { self.high.wrapping_add(1) } else { self.high }, low }
    }
}

// No test lives to see the carry.
const _: () = {
    let (second, carried) = (Arrival::FIRST.next(), Arrival { high: 6, low: u32::MAX }.next());
    assert!(second.high == 0 && second.low == 1 && carried.high == 7 && carried.low == 0);
};

/// RAM of one job.
#[derive(Debug, Clone, Copy)]
#[repr(C)]
pub struct JobNode {
    pub(crate) phase: Phase,
    /// Operations of the call in progress.
    pub(crate) mode: Crypto_OperationModeType,
    /// An early report while `reported`; the callback's result while `Due`.
    pub(crate) result: Crypto_ResultType,
    /// The job's stream has begun: `CRYPTO_JOBSTATE_ACTIVE`.
    pub(crate) active: bool,
    /// A report came while acceptance or a cancellation was undecided.
    pub(crate) reported: bool,
    /// The driver will end the job, and its result will be discarded. [SWS_Csm_01087]
    pub(crate) cancelled: bool,
    /// Index in the queue's heap.
    pub(crate) position: u32,
    /// When the request came.
    pub(crate) arrival: Arrival,
    /// Next in the list of callbacks due.
    pub(crate) next_due: u32,
}

impl JobNode {
    /// An idle job.
    pub const NEW: Self = Self {
        phase: Phase::Free,
        mode: 0,
        result: E_OK,
        active: false,
        reported: false,
        cancelled: false,
        position: NONE,
        arrival: Arrival::FIRST,
        next_due: NONE,
    };
}
