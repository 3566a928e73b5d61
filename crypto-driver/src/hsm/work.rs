//! One place for a job in work: the job, how far it is, and the bounce buffer that the HSM may have.
//!
//! What becomes of the job and where the bounce buffer is are two things: a job that is cancelled or given up ends at once, and
//! its buffer stays lent until the HSM has answered, or has accepted another session.
#![forbid(unsafe_code)]

use core::mem::{align_of, size_of, MaybeUninit};

use v2gcrypt_hsm_protocol::{Request, Response};
use v2gcrypt_types::*;

use super::config::{CryptoHsm_ObjectRamType, CryptoHsm_WorkRamType};
use super::plan::Progress;
use crate::soft::keys::Change;
use crate::soft::operation::Operation;
use crate::soft::request::JobRequest;

/// One place.
#[derive(Debug, Clone, Copy)]
pub struct Work {
    /// The call, from its acceptance to its end. Kept between the calls of a stream.
    pub request: Option<JobRequest>,
    /// What becomes of it.
    pub call: Call,
    /// How far it is.
    pub progress: Progress,
    /// The stream that goes on after the call, or that waits for its next one.
    pub stream: Option<Stream>,
    /// Is there a stream between two calls?
    pub between_calls: bool,
    /// Where the bounce buffer is.
    pub lent: Lent,
    /// Whether the HSM is asked to let the request be.
    pub cancel: Cancel,
    /// The session has ended, or its owner has cancelled it, while a thread had it.
    pub ending: Option<Crypto_ResultType>,
    /// The job whose report is on the way, or null.
    pub reporting: *mut Crypto_JobType,
    /// Key that is held for reading until the call ends.
    pub read_key: Option<u32>,
    /// Key that is held for writing until the buffer is back.
    pub written_key: Option<u32>,
    /// What becomes of that key.
    pub change: Change,
    /// Context of a stream in the HSM.
    pub context: Option<u8>,
    /// Channel that its requests go through.
    pub channel: u8,
    /// Bytes of the bounce buffer that may have payload in them. A place whose buffer is here and that has no call is wiped.
    pub used: u32,
}

/// What becomes of a call.
#[derive(Debug, Clone, Copy)]
pub enum Call {
    /// There is none.
    None,
    /// A thread has it: prepares its first request, or judges a response and prepares the next.
    Owned,
    /// A request that the ring had no room for yet.
    Ready(Request),
    /// The HSM has its request.
    Waiting,
    /// The response is here.
    Answered(Response),
    /// It ended without a response, and its owner has not heard of that yet.
    Over(Crypto_ResultType),
}

/// Where the bounce buffer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lent {
    /// Here.
    No,
    /// The HSM has it for a request.
    To(Errand),
    /// The HSM had it when a session ended: until another one has been accepted.
    Lost,
}

/// What is known of a request in flight.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Errand {
    /// Its sequence in the channel.
    pub sequence: u32,
    /// When it is overdue.
    pub deadline: u32,
    /// Room for its results.
    pub rooms: (u32, u32),
    /// Its opcode.
    pub opcode: u8,
}

/// Whether the HSM is asked to let a request be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cancel {
    /// No.
    No,
    /// As soon as the ring has room.
    Wanted,
    /// That request has this sequence and deadline.
    Asked(u32, u32),
}

/// A job between START and FINISH: the place and its context belong to it. [SWS_Crypto_00018]
#[derive(Debug, Clone, Copy)]
pub struct Stream {
    /// The job.
    pub job: *mut Crypto_JobType,
    /// What it computes.
    pub operation: Operation,
    /// Its key.
    pub key: u32,
    /// The key's generation when it began.
    pub generation: u32,
    /// Has there been an UPDATE?
    pub updated: bool,
}

impl Work {
    /// Nobody's.
    pub const FREE: Self = Self {
        request: None,
        call: Call::None,
        progress: Progress::NEW,
        stream: None,
        between_calls: false,
        lent: Lent::No,
        cancel: Cancel::No,
        ending: None,
        reporting: core::ptr::null_mut(),
        read_key: None,
        written_key: None,
        change: Change::None,
        context: None,
        channel: 0,
        used: 0,
    };

    /// Can a job begin here?
    pub fn is_free(&self) -> bool {
        matches!(self.call, Call::None)
            && !self.between_calls
            && self.lent == Lent::No
            && !matches!(self.cancel, Cancel::Asked(..))
            && self.reporting.is_null()
    }

    /// Is it `job`'s, with a call in work?
    pub fn has_call_of(&self, job: *const Crypto_JobType) -> bool {
        !matches!(self.call, Call::None) && self.request.is_some_and(|request| core::ptr::eq(request.job, job))
    }

    /// Is it `job`'s, between two calls of a stream?
    pub fn has_stream_of(&self, job: *const Crypto_JobType) -> bool {
        self.between_calls && self.stream.is_some_and(|stream| core::ptr::eq(stream.job, job))
    }

    /// Does nobody wait in its thread for the call?
    pub fn is_asynchronous(&self) -> bool {
        self.request.is_some_and(|request| request.asynchronous)
    }

    /// Is there payload in a bounce buffer that nobody has?
    pub fn is_soiled(&self) -> bool {
        matches!(self.call, Call::None) && self.lent == Lent::No && self.used != 0
    }

    /// Is the HSM still to answer anything?
    pub fn is_owed(&self) -> bool {
        matches!(self.lent, Lent::To(_)) || matches!(self.cancel, Cancel::Asked(..))
    }
}

/// State of one driver object, beside its places.
#[derive(Debug, Clone, Copy, Default)]
pub struct Object {
    /// Jobs in its queue.
    pub waiting: u32,
    /// Counts up with each job that is queued.
    pub arrivals: u32,
    /// So many of them end: the session has ended.
    pub drained: u32,
    /// Address of the one of them whose report is on the way, or 0.
    pub reporting: usize,
}

/// A [`Work`] as large as the RAM that generated C reserves for it.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct WorkPlace {
    /// The work.
    pub work: Work,
    spare: [MaybeUninit<u8>; size_of::<CryptoHsm_WorkRamType>() - size_of::<Work>()],
}

/// An [`Object`] as large as the RAM that generated C reserves for it.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct ObjectPlace {
    /// The object.
    pub object: Object,
    spare: [MaybeUninit<u8>; size_of::<CryptoHsm_ObjectRamType>() - size_of::<Object>()],
}

const _: () = assert!(size_of::<WorkPlace>() == size_of::<CryptoHsm_WorkRamType>());
const _: () = assert!(align_of::<WorkPlace>() <= align_of::<CryptoHsm_WorkRamType>());
const _: () = assert!(size_of::<ObjectPlace>() == size_of::<CryptoHsm_ObjectRamType>());
const _: () = assert!(align_of::<ObjectPlace>() <= align_of::<CryptoHsm_ObjectRamType>());

impl WorkPlace {
    /// With `work`.
    pub const fn new(work: Work) -> Self {
        Self { work, spare: [MaybeUninit::uninit(); size_of::<CryptoHsm_WorkRamType>() - size_of::<Work>()] }
    }
}

impl ObjectPlace {
    /// With an object of no jobs.
    pub const fn new() -> Self {
        let object = Object { waiting: 0, arrivals: 0, drained: 0, reporting: 0 };
        Self { object, spare: [MaybeUninit::uninit(); size_of::<CryptoHsm_ObjectRamType>() - size_of::<Object>()] }
    }
}

impl Default for ObjectPlace {
    fn default() -> Self {
        Self::new()
    }
}
