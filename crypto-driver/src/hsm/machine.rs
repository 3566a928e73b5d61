//! What happens next: to jobs, places, bounce buffers, the connection.
//!
//! Each method is one step: it is called inside the exclusive area, changes the state, and tells what to do outside of it. Nothing
//! in here waits, copies a payload or calls out; requests are published and responses taken here, so that each ring has one
//! user at a time.
#![forbid(unsafe_code)]

mod places;
mod wire;

use core::sync::atomic::AtomicU32;

use v2gcrypt_hsm_protocol::layout::CHANNELS;
use v2gcrypt_hsm_protocol::{HostRing, Response};
use v2gcrypt_types::*;

use super::config::{CryptoHsm_ObjectConfigType, CryptoHsm_SlotConfigType, CryptoHsm_TimeoutsType};
use super::link::{Link, LinkState};
use super::plan::{self, Progress};
use super::work::{Call, Cancel, Lent, ObjectPlace, Work, WorkPlace};
use crate::soft::errors::Refusal;
use crate::soft::keys::{Change, KeyView};
use crate::soft::queue::Slot;
use crate::soft::request::JobRequest;

/// Streams that the HSM has room for at the same time.
const CONTEXTS: u8 = 4;

/// The keys of an instance.
pub trait Keys {
    /// Key `id`, if there is one.
    fn key(&mut self, id: u32) -> Option<KeyView<'_>>;
    /// Bits of the configuration's slots that the key's elements are in.
    fn slots(&self, id: u32) -> u32;
}

/// What the configuration says.
#[derive(Clone, Copy)]
pub struct Facts<'s> {
    /// Driver objects.
    pub objects: &'s [CryptoHsm_ObjectConfigType],
    /// Key slots.
    pub slots: &'s [CryptoHsm_SlotConfigType],
    /// How many keys there are.
    pub key_count: u32,
    /// Bounds of time.
    pub timeouts: CryptoHsm_TimeoutsType,
    /// Channel of the services of keys.
    pub service_channel: u8,
    /// Bytes of a bounce buffer.
    pub bounce_size: u32,
}

/// All control data of an instance.
pub struct Machine<'s, K> {
    /// The connection.
    pub link: &'s mut Link,
    /// The host's ends of the channels.
    pub rings: &'s mut [HostRing; CHANNELS],
    /// Driver objects.
    pub objects: &'s mut [ObjectPlace],
    /// Places for jobs in work.
    pub works: &'s mut [WorkPlace],
    /// Waiting jobs of all objects.
    pub queue: &'s mut [Slot],
    /// Keys.
    pub keys: K,
    /// The configuration.
    pub facts: Facts<'s>,
    /// The shared region.
    pub words: &'s [AtomicU32],
    /// Bits of the doorbells that are to be rung when the area has been left.
    pub bells: u32,
}

/// Index of a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorkId(pub usize);

/// What a thread needs of a call that it has.
#[derive(Debug, Clone, Copy)]
pub struct Snapshot {
    /// The call.
    pub request: JobRequest,
    /// How far it is.
    pub progress: Progress,
    /// Its context in the HSM.
    pub context: Option<u8>,
    /// Bytes of the bounce buffer that may have payload in them.
    pub used: u32,
}

/// What becomes of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Acceptance {
    /// This thread prepares its first request, then `advanced`.
    Prepare(WorkId),
    /// It waits.
    Later,
    /// Refused; nothing has changed.
    Refused(Refusal),
    /// Refused, and the job's stream is over.
    RefusedOver(Refusal),
}

/// What a main function or an interrupt has to do.
#[derive(Debug, Clone, Copy)]
pub enum Due {
    /// Nothing.
    Nothing,
    /// Prepare a first request, or refuse it; then `advanced`.
    Prepare(WorkId, Result<(), Refusal>),
    /// Judge a response, then `advanced`.
    Judge(WorkId, Response),
    /// The job of this place has ended with this result: report it, then `reported`.
    Over(WorkId, JobRequest, Progress, Crypto_ResultType),
    /// A job of this object's queue has ended: report `E_NOT_OK`, then `drained`.
    Drained(u32, *mut Crypto_JobType),
    /// So much of a bounce buffer has payload of a call that is over: wipe it, then `wiped`.
    Wipe(WorkId, u32),
}

/// What has become of a synchronous call.
#[allow(clippy::large_enum_variant)] // there is no heap
#[derive(Debug, Clone, Copy)]
pub enum Polled {
    /// Nothing yet.
    Waiting,
    /// Judge the response, then `advanced`.
    Judge(Response),
    /// It has ended with this result; what it has written to its outputs is to be wiped.
    Over(Crypto_ResultType, Option<(JobRequest, Progress)>),
}

/// What has become of a call that a thread had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum After {
    /// Its next request is on the way.
    GoesOn,
    /// It has ended.
    Finished {
        /// What the job gets.
        result: Crypto_ResultType,
        /// Is the job in the middle of a stream now?
        active: bool,
    },
}

/// What a cancellation does.
#[allow(clippy::large_enum_variant)] // there is no heap
#[derive(Debug, Clone, Copy)]
pub enum Cancellation {
    /// The object does not know the job. [SWS_Crypto_00214]
    Unknown,
    /// The job is gone, without a report.
    Removed,
    /// The job is gone; what it has written to its output is to be wiped.
    RemovedInWork(JobRequest, Progress),
    /// The job's stream is over; the report of its last call is on the way.
    RemovedReported,
    /// A thread has the job: its report will say that it was cancelled. [SWS_Crypto_00183]
    Pending,
    /// The job goes on: its caller waits for it, it changes a key, or its report is on the way. [SWS_Crypto_00143]
    Refused,
}

impl<K: Keys> Machine<'_, K> {
    /// Takes a call, or does not.
    pub fn accept(&mut self, object: u32, request: &JobRequest) -> Acceptance {
        let job = request.job;
        if self.has_call(object, job) {
            return Acceptance::Refused(Refusal::BUSY);
        }
        self.forget_report(object, job); // its owner has got it, or would not call again
        if let Err(refusal) = self.is_usable() {
            return Acceptance::Refused(refusal);
        }
        let own = self.find(object, |work| work.has_stream_of(job));
        if let Err(refusal) = self.check(request, own) {
            return self.refuse(object, job, refusal);
        }
        let others_wait = request.asynchronous && self.object(object).is_some_and(|place| place.object.waiting != 0);
        let place = match own {
            Some(id) => Some(id), // [SWS_Crypto_00121] a stream's own calls pass those that wait
            None if others_wait => None,
            None => self.find(object, Work::is_free),
        };
        match place.filter(|id| self.has_context_for(*id, request)) {
            Some(id) => {
                self.begin(id, request);
                Acceptance::Prepare(id)
            }
            None if request.asynchronous => self.enqueue(object, request),
            None => Acceptance::Refused(Refusal::BUSY), // [SWS_Crypto_00034]
        }
    }

    /// The call of `job` was found faulty before it came here: ends the job's stream, if it has one. [SWS_Crypto_00119]
    pub fn refuse(&mut self, object: u32, job: *mut Crypto_JobType, refusal: Refusal) -> Acceptance {
        if refusal.result == CRYPTO_E_BUSY || self.has_call(object, job) {
            return Acceptance::Refused(refusal);
        }
        if let Some(id) = self.find(object, |work| work.has_stream_of(job)) {
            self.end_stream(id);
        }
        Acceptance::RefusedOver(refusal) // a stream that a session has taken with it is over, too
    }

    /// Takes the place of key services for a synchronous call, with its key held for it.
    pub fn accept_service(&mut self, request: &JobRequest) -> Result<WorkId, Refusal> {
        let id = self.service_place()?;
        self.check(request, None)?;
        self.begin(id, request);
        Ok(id)
    }

    /// Takes the place of key services for a request without a job; `written` is held until the HSM has answered. Tells how much of its
    /// bounce buffer has payload already, of a call that was given up.
    pub fn take_service(&mut self, read: Option<u32>, written: Option<u32>) -> Result<(WorkId, u32), Refusal> {
        let id = self.service_place()?;
        self.hold(read, written)?;
        let mut soiled = 0;
        if let Some(work) = self.work(id) {
            let (channel, used) = (work.channel, work.used);
            *work = Work { call: Call::Owned, read_key: read, written_key: written, channel, used, ..Work::FREE };
            soiled = used;
        }
        Ok((id, soiled))
    }

    /// A request without a job has been answered, or refused, and the bounce buffer was wiped: `change` is what it has done to the key
    /// that is written.
    pub fn end_service(&mut self, id: WorkId, change: Change) {
        if let Some(work) = self.work(id) {
            (work.change, work.used) = (change, 0);
        }
        self.end_call(id);
    }

    fn service_place(&mut self) -> Result<WorkId, Refusal> {
        self.is_usable()?;
        let id = WorkId(self.works.len().wrapping_sub(1));
        match self.work(id) {
            Some(work) if work.is_free() => Ok(id),
            _ => Err(Refusal::BUSY),
        }
    }

    /// Are jobs served? While the connection is made they are to be tried again.
    pub fn is_usable(&self) -> Result<(), Refusal> {
        match self.link.state {
            LinkState::Ready => Ok(()),
            _ if self.link.hopeless => Err(Refusal::NOT_OK),
            _ => Err(Refusal::BUSY),
        }
    }

    /// What is due in these channels.
    pub fn next(&mut self, channels: u32, now: u32) -> Due {
        self.publish_ready(now);
        for object in 0..self.objects.len() as u32 {
            if !self.is_of(object, channels) {
                continue;
            }
            if let Some(job) = self.drain(object) {
                return Due::Drained(object, job);
            }
        }
        if let Some((id, used)) = self.next_soiled() {
            return Due::Wipe(id, used);
        }
        if let over @ Due::Over(..) = self.next_over(channels) {
            return over;
        }
        for index in 0..self.works.len() {
            let id = WorkId(index);
            let Some(work) = self.work(id).filter(|work| channels >> (work.channel & 31) & 1 != 0) else {
                continue;
            };
            if !work.is_asynchronous() || !work.reporting.is_null() {
                continue; // its own thread looks after it, or another is about to report, and goes on then
            }
            if let Call::Answered(response) = work.call {
                work.call = Call::Owned;
                return Due::Judge(id, response);
            }
        }
        for object in 0..self.objects.len() as u32 {
            if let Some((id, verdict)) = self.is_of(object, channels).then(|| self.dispatch(object)).flatten() {
                return Due::Prepare(id, verdict);
            }
        }
        Due::Nothing
    }

    /// The instance has failed: a job that ends, to be reported.
    pub fn next_lost(&mut self, channels: u32) -> Due {
        for object in 0..self.objects.len() as u32 {
            if let Some(job) = self.drain(object) {
                return Due::Drained(object, job);
            }
        }
        self.next_over(channels)
    }

    /// A job that has ended without a response.
    fn next_over(&mut self, channels: u32) -> Due {
        for index in 0..self.works.len() {
            let id = WorkId(index);
            let Some(work) = self.work(id).filter(|work| channels >> (work.channel & 31) & 1 != 0) else {
                continue;
            };
            if let (Call::Over(result), true, true) = (work.call, work.is_asynchronous(), work.reporting.is_null()) {
                let (request, progress) = (work.request, work.progress);
                self.finish(id, result);
                if let Some(request) = request {
                    return Due::Over(id, request, progress, result);
                }
            }
        }
        Due::Nothing
    }

    /// What has become of a synchronous call.
    pub fn poll(&mut self, id: WorkId, now: u32) -> Polled {
        self.publish_ready(now);
        let Some(work) = self.work(id) else {
            return Polled::Over(E_NOT_OK, None);
        };
        let call = work.request.map(|request| (request, work.progress));
        match work.call {
            Call::Answered(response) => {
                work.call = Call::Owned;
                Polled::Judge(response)
            }
            Call::Over(result) => {
                self.finish(id, result);
                Polled::Over(result, call)
            }
            _ => Polled::Waiting,
        }
    }

    /// A synchronous call has waited long enough: what it has written to its outputs is to be wiped.
    pub fn give_up(&mut self, id: WorkId, now: u32) -> Option<(JobRequest, Progress)> {
        let mut call = None;
        if let Some(work) = self.work(id) {
            call = work.request.map(|request| (request, work.progress));
            if let Lent::To(_) = work.lent {
                work.cancel = Cancel::Wanted;
            }
            work.change = Change::Unparsed; // whatever the HSM makes of it
        }
        self.finish(id, E_NOT_OK);
        self.publish_ready(now);
        call
    }

    /// A thread has done its part of a call; `used` bytes of the bounce buffer have payload now. `later`: if it has ended, that is for a
    /// main function to say.
    pub fn advanced(
        &mut self,
        id: WorkId,
        progress: &Progress,
        outcome: Result<plan::Step, Refusal>,
        later: bool,
        used: u32,
        now: u32,
    ) -> After {
        let Some(work) = self.work(id) else {
            return After::Finished { result: E_NOT_OK, active: false };
        };
        (work.progress, work.used) = (*progress, used);
        let result = match (work.ending, outcome) {
            (Some(result), _) => {
                work.change = Change::Unparsed;
                result
            }
            (None, Ok(plan::Step::Ask(request))) => {
                work.call = Call::Ready(request);
                self.publish(id, now);
                return After::GoesOn;
            }
            (None, Ok(plan::Step::Done)) => {
                work.change = work.request.map_or(Change::None, |request| plan::change(request.operation, progress));
                E_OK
            }
            (None, Err(refusal)) => {
                // A service of several requests may have changed the key before it failed.
                work.change = if progress.stage == 0 { Change::None } else { Change::Unparsed };
                refusal.result
            }
        };
        if later {
            work.call = Call::Over(result);
            return After::GoesOn;
        }
        let active = self.finish(id, result);
        After::Finished { result, active }
    }

    /// The end of an asynchronous call has been reported.
    pub fn reported(&mut self, id: WorkId, job: *const Crypto_JobType) {
        if let Some(work) = self.work(id) {
            if core::ptr::eq(work.reporting, job) {
                work.reporting = core::ptr::null_mut();
            }
        }
    }

    /// The end of a job of the queue has been reported.
    pub fn drained(&mut self, object: u32, job: *const Crypto_JobType) {
        if let Some(place) = self.object(object) {
            if place.object.reporting == job as usize {
                place.object.reporting = 0;
            }
        }
    }

    /// Stops a job.
    pub fn cancel(&mut self, object: u32, job: *mut Crypto_JobType, now: u32) -> Cancellation {
        if let Some(id) = self.find(object, |work| work.has_call_of(job)) {
            let cancellation = self.cancel_call(id);
            self.publish_ready(now);
            return cancellation;
        }
        if let Some(id) = self.find(object, |work| work.has_stream_of(job)) {
            let is_reported = self.work(id).is_some_and(|work| core::ptr::eq(work.reporting, job));
            self.end_stream(id);
            return if is_reported { Cancellation::RemovedReported } else { Cancellation::Removed };
        }
        let drained = self.object(object).map_or(0, |place| place.object.drained);
        if self.queue(object).is_some_and(|queue| queue.contains(job)) {
            if drained != 0 {
                return Cancellation::Refused; // [SWS_Crypto_00143]
            }
            if let Some(mut queue) = self.queue(object) {
                queue.remove(job);
            }
            return Cancellation::Removed;
        }
        if self.is_reported(object, job) {
            return Cancellation::Refused; // [SWS_Crypto_00143]
        }
        Cancellation::Unknown // [SWS_Crypto_00214]
    }

    fn cancel_call(&mut self, id: WorkId) -> Cancellation {
        let Some(work) = self.work(id) else {
            return Cancellation::Unknown;
        };
        let Some(request) = work.request.filter(|request| request.asynchronous) else {
            return Cancellation::Refused; // [SWS_Crypto_00143]
        };
        let progress = work.progress;
        if request.operation.manages_key() {
            return Cancellation::Refused; // the HSM commits whatever is decided here: only its response tells what the key is
        }
        match work.call {
            Call::None => return Cancellation::Unknown,
            Call::Over(_) => return Cancellation::Refused, // [SWS_Crypto_00143]
            Call::Owned => {
                work.ending.get_or_insert(CRYPTO_E_JOB_CANCELED);
                return Cancellation::Pending; // [SWS_Crypto_00183]
            }
            Call::Waiting => work.cancel = Cancel::Wanted,
            Call::Ready(_) | Call::Answered(_) => {}
        }
        self.end_call(id);
        Cancellation::RemovedInWork(request, progress)
    }

    /// The instance has failed: every job that it has accepted is over.
    pub fn fail(&mut self) {
        self.end_session();
    }
}
