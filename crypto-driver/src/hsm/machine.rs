//! What happens next: to jobs, places, bounce buffers, the connection.
//!
//! Each method is one step: it is called inside the exclusive area, changes the state, and tells what to do outside of it. Nothing
//! in here waits, copies a payload or calls out; requests are published and responses taken here, so that each ring has one
//! user at a time.
#![forbid(unsafe_code)]

use core::sync::atomic::AtomicU32;

use v2gcrypt_hsm_protocol::layout::CHANNELS;
use v2gcrypt_hsm_protocol::{Class, HostRing, Level, Opcode, Request, RequestData, Response, Status, INLINE_LEN};
use v2gcrypt_types::*;

use super::config::{CryptoHsm_ObjectConfigType, CryptoHsm_SlotConfigType, CryptoHsm_TimeoutsType, CRYPTO_HSM_DOORBELL_STATUS};
use super::link::{is_over, Link, LinkState};
use super::plan::{self, Progress};
use super::work::{Call, Cancel, Errand, Lent, ObjectPlace, Stream, Work, WorkPlace};
use crate::soft::errors::Refusal;
use crate::soft::keys::{Change, KeyView};
use crate::soft::queue::{Queue, Slot, WaitingJob};
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
    // ---- jobs

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

    /// Takes the place of key services for a request without a job; `written` is held until the HSM has answered.
    pub fn take_service(&mut self, read: Option<u32>, written: Option<u32>) -> Result<WorkId, Refusal> {
        let id = self.service_place()?;
        self.hold(read, written)?;
        if let Some(work) = self.work(id) {
            *work = Work { call: Call::Owned, read_key: read, written_key: written, channel: work.channel, ..Work::FREE };
        }
        Ok(id)
    }

    /// A request without a job has been answered, or refused: `change` is what it has done to the key that is written.
    pub fn end_service(&mut self, id: WorkId, change: Change) {
        self.set_change(id, change);
        self.end_call(id);
    }

    /// The key that is written has changed so.
    fn set_change(&mut self, id: WorkId, change: Change) {
        if let Some(work) = self.work(id) {
            work.change = change;
        }
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

    /// A thread has done its part of a call. `later`: if it has ended, that is for a main function to say.
    pub fn advanced(
        &mut self,
        id: WorkId,
        progress: &Progress,
        outcome: Result<plan::Step, Refusal>,
        later: bool,
        now: u32,
    ) -> After {
        let Some(work) = self.work(id) else {
            return After::Finished { result: E_NOT_OK, active: false };
        };
        work.progress = *progress;
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

    // ---- requests and responses

    /// Takes the responses that have come in a channel.
    pub fn receive(&mut self, channel: u8, now: u32) {
        if !self.link.is_connected() {
            return;
        }
        loop {
            let Some(ring) = self.rings.get_mut(usize::from(channel)) else {
                return;
            };
            match ring.take(self.words) {
                Ok(None) => return,
                Ok(Some(response)) if self.is_expected(channel, &response, now) => {}
                Ok(Some(_)) | Err(_) => return self.end_session(),
            }
        }
    }

    /// Does somebody wait for it? Then he has it now.
    fn is_expected(&mut self, channel: u8, response: &Response, now: u32) -> bool {
        if let LinkState::Defining { slot, is_taken, asked: Some((sequence, _)) } = self.link.state {
            if channel == self.facts.service_channel && sequence == response.sequence {
                return self.hear_of_slot(slot, is_taken, response, now);
            }
        }
        for index in 0..self.works.len() {
            let id = WorkId(index);
            let Some(work) = self.work(id).filter(|work| work.channel == channel) else {
                continue;
            };
            if let Cancel::Asked(sequence, _) = work.cancel {
                if sequence == response.sequence {
                    work.cancel = Cancel::No;
                    self.tidy(id);
                    return response.opcode == Opcode::Cancel as u8;
                }
            }
            let Lent::To(errand) = work.lent else {
                continue;
            };
            if errand.sequence != response.sequence {
                continue;
            }
            let Some(status) = Status::from_number(response.status) else {
                return false;
            };
            let fits = status != Status::Ok || (response.length <= errand.rooms.0 && response.length2 <= errand.rooms.1);
            if !fits || errand.opcode != response.opcode {
                return false;
            }
            work.lent = Lent::No;
            if let Call::Waiting = work.call {
                work.call = Call::Answered(*response);
            }
            if work.cancel == Cancel::Wanted {
                work.cancel = Cancel::No;
            }
            self.tidy(id);
            return true;
        }
        false
    }

    /// Publishes what the rings had no room for before.
    fn publish_ready(&mut self, now: u32) {
        for index in 0..self.works.len() {
            let id = WorkId(index);
            let Some(work) = self.work(id) else {
                continue;
            };
            let (is_ready, is_cancelled, lent) = (matches!(work.call, Call::Ready(_)), work.cancel == Cancel::Wanted, work.lent);
            if is_ready {
                self.publish(id, now);
            }
            if let (true, Lent::To(errand)) = (is_cancelled, lent) {
                self.publish_cancel(id, errand, now);
            }
        }
    }

    fn publish(&mut self, id: WorkId, now: u32) {
        let Some(place) = self.works.get_mut(id.0) else {
            return;
        };
        let work = &mut place.work;
        let (Call::Ready(request), Some(ring)) = (work.call, self.rings.get_mut(usize::from(work.channel))) else {
            return;
        };
        if let Some(sequence) = ring.publish(self.words, &request) {
            let rooms = match request.data {
                RequestData::Inline { .. } => (INLINE_LEN as u32, INLINE_LEN as u32),
                RequestData::Spans { output, output2, .. } => (output.length, output2.length),
            };
            let deadline = now.wrapping_add(patience(&self.facts.timeouts, request.opcode));
            work.lent = Lent::To(Errand { sequence, deadline, rooms, opcode: request.opcode });
            work.call = Call::Waiting;
            self.bells |= 1 << (work.channel & 31);
        }
    }

    fn publish_cancel(&mut self, id: WorkId, errand: Errand, now: u32) {
        let Some(place) = self.works.get_mut(id.0) else {
            return;
        };
        let work = &mut place.work;
        let Some(ring) = self.rings.get_mut(usize::from(work.channel)) else {
            return;
        };
        let request = Request { parameter: errand.sequence, ..Request::new(Opcode::Cancel) };
        if let Some(sequence) = ring.publish(self.words, &request) {
            work.cancel = Cancel::Asked(sequence, now.wrapping_add(self.facts.timeouts.fast));
            self.bells |= 1 << (work.channel & 31);
        }
    }

    // ---- the connection

    /// Is a request overdue, has the HSM stopped a channel?
    pub(super) fn is_stuck(&self, now: u32) -> bool {
        let is_late = |place: &WorkPlace| {
            let request = matches!(place.work.lent, Lent::To(errand) if is_over(now, errand.deadline));
            let cancel = matches!(place.work.cancel, Cancel::Asked(_, deadline) if is_over(now, deadline));
            request || cancel
        };
        let is_slot_late = match self.link.state {
            LinkState::Defining { asked: Some((_, deadline)), .. } => is_over(now, deadline),
            _ => false,
        };
        is_slot_late || self.works.iter().any(is_late) || self.rings.iter().any(|ring| ring.stopped(self.words))
    }

    /// There is no session any more: all jobs end.
    pub(super) fn end_session(&mut self) {
        self.link.state = LinkState::Down;
        for index in 0..self.works.len() {
            let id = WorkId(index);
            let Some(work) = self.work(id) else {
                continue;
            };
            if work.is_owed() {
                work.lent = Lent::Lost;
            }
            work.cancel = Cancel::No;
            match work.call {
                Call::None => self.end_stream(id),
                Call::Owned => work.ending = Some(E_NOT_OK),
                Call::Ready(_) | Call::Waiting | Call::Answered(_) => {
                    work.call = Call::Over(E_NOT_OK);
                    work.change = Change::Unparsed;
                }
                Call::Over(_) => {}
            }
        }
        for place in self.objects.iter_mut() {
            place.object.drained = place.object.waiting;
        }
    }

    /// The HSM has accepted a new session: nothing of an older one is written any more.
    pub(super) fn take_back(&mut self) {
        for index in 0..self.works.len() {
            let id = WorkId(index);
            if let Some(work) = self.work(id).filter(|work| work.lent == Lent::Lost) {
                work.lent = Lent::No;
                self.tidy(id);
            }
        }
    }

    /// Tells the HSM of the slot that is next, or lets jobs begin.
    pub(super) fn define(&mut self, now: u32) {
        let LinkState::Defining { slot, is_taken, asked: None } = self.link.state else {
            return;
        };
        let Some(config) = self.facts.slots.get(slot as usize) else {
            return self.slots_are_defined();
        };
        let request = match is_taken {
            false => Request {
                key: config.number,
                parameter: config.policyKind,
                parameter2: config.policyUsage,
                ..Request::new(Opcode::KeyDefine)
            },
            true => Request { key: config.number, ..Request::new(Opcode::KeyStatus) },
        };
        let Some(ring) = self.rings.get_mut(usize::from(self.facts.service_channel)) else {
            return;
        };
        if let Some(sequence) = ring.publish(self.words, &request) {
            let deadline = now.wrapping_add(self.facts.timeouts.slow);
            self.link.state = LinkState::Defining { slot, is_taken, asked: Some((sequence, deadline)) };
            self.bells |= 1 << (self.facts.service_channel & 31);
        }
    }

    fn hear_of_slot(&mut self, slot: u32, is_taken: bool, response: &Response, now: u32) -> bool {
        let opcode = if is_taken { Opcode::KeyStatus } else { Opcode::KeyDefine };
        let Some(status) = Status::from_number(response.status).filter(|_| response.opcode == opcode as u8) else {
            return false;
        };
        let bit = 1u32.checked_shl(slot).unwrap_or(0);
        let next = LinkState::Defining { slot: slot.wrapping_add(1), is_taken: false, asked: None };
        self.link.state = match (status, is_taken) {
            (status, _) if status.class() == Class::Retry => LinkState::Defining { slot, is_taken, asked: None },
            (Status::Ok, false) => {
                self.link.defined |= bit;
                LinkState::Defining { slot, is_taken: true, asked: None }
            }
            (Status::Ok, true) => {
                if plan::is_valid(response) {
                    self.link.valid |= bit;
                }
                next
            }
            _ => next, // jobs with its key are refused
        };
        if status.class() != Class::Retry {
            self.define(now); // else the main function tries it again
        }
        true
    }

    fn slots_are_defined(&mut self) {
        for id in 0..self.facts.key_count {
            let slots = self.keys.slots(id);
            let is_valid = slots & self.link.defined == slots && slots & self.link.valid != 0;
            if let Some(key) = self.keys.key(id).filter(|_| slots != 0) {
                key.state.found(is_valid);
            }
        }
        self.link.state = LinkState::Ready;
        self.link.hopeless = false;
    }

    /// Rings the bell for the status word, too.
    pub(super) fn ring_for_status(&mut self) {
        self.bells |= 1 << (CRYPTO_HSM_DOORBELL_STATUS & 31);
    }

    // ---- places

    /// What a thread needs of a call that it has.
    pub fn snapshot(&mut self, id: WorkId) -> Option<(JobRequest, Progress, Option<u8>)> {
        let work = self.work(id)?;
        Some((work.request?, work.progress, work.context))
    }

    /// The place.
    pub fn work(&mut self, id: WorkId) -> Option<&mut Work> {
        self.works.get_mut(id.0).map(|place| &mut place.work)
    }

    fn object(&mut self, object: u32) -> Option<&mut ObjectPlace> {
        self.objects.get_mut(object as usize)
    }

    fn is_of(&self, object: u32, channels: u32) -> bool {
        self.facts.objects.get(object as usize).is_some_and(|config| channels >> (config.channel & 31) & 1 != 0)
    }

    fn find(&self, object: u32, wanted: impl Fn(&Work) -> bool) -> Option<WorkId> {
        let config = self.facts.objects.get(object as usize)?;
        let first = config.firstWork as usize;
        let works = self.works.get(first..first.checked_add(config.workCount as usize)?)?;
        works.iter().position(|place| wanted(&place.work)).and_then(|at| first.checked_add(at)).map(WorkId)
    }

    fn queue(&mut self, object: u32) -> Option<Queue<'_>> {
        let config = self.facts.objects.get(object as usize)?;
        let first = config.firstQueueSlot as usize;
        let slots = match config.queueSize {
            0 => Default::default(),
            size => self.queue.get_mut(first..first.checked_add(size as usize)?)?,
        };
        Some(Queue::new(slots, &mut self.objects.get_mut(object as usize)?.object.waiting))
    }

    fn has_call(&mut self, object: u32, job: *const Crypto_JobType) -> bool {
        self.find(object, |work| work.has_call_of(job)).is_some() || self.queue(object).is_some_and(|queue| queue.contains(job))
    }

    fn is_reported(&mut self, object: u32, job: *const Crypto_JobType) -> bool {
        self.find(object, |work| core::ptr::eq(work.reporting, job)).is_some()
            || self.object(object).is_some_and(|place| place.object.reporting == job as usize)
    }

    fn forget_report(&mut self, object: u32, job: *const Crypto_JobType) {
        while let Some(id) = self.find(object, |work| core::ptr::eq(work.reporting, job)) {
            self.reported(id, job);
        }
        self.drained(object, job);
    }

    fn enqueue(&mut self, object: u32, request: &JobRequest) -> Acceptance {
        let Some(arrival) = self.object(object).map(|place| place.object.arrivals) else {
            return Acceptance::Refused(Refusal::HANDLE);
        };
        let newcomer = WaitingJob { request: *request, arrival };
        match self.queue(object).map(|mut queue| queue.push(newcomer)) {
            Some(Ok(())) => {}
            _ => return Acceptance::Refused(Refusal::BUSY), // [SWS_Crypto_00032]
        }
        if let Some(place) = self.object(object) {
            place.object.arrivals = arrival.wrapping_add(1);
        }
        Acceptance::Later // [SWS_Crypto_00033]
    }

    /// Begins the first job of the queue, if there is a place for it and its key is not in use.
    fn dispatch(&mut self, object: u32) -> Option<(WorkId, Result<(), Refusal>)> {
        self.is_usable().ok()?;
        let request = self.queue(object)?.first()?.request;
        let id = self.find(object, Work::is_free).filter(|id| self.has_context_for(*id, &request))?;
        let verdict = self.check(&request, None);
        if verdict.is_err_and(|refusal| refusal.result == CRYPTO_E_BUSY) {
            return None; // the key is in use: later
        }
        self.queue(object)?.pop()?;
        self.begin(id, &request);
        Some((id, verdict))
    }

    /// One of the queue's jobs, if they end.
    fn drain(&mut self, object: u32) -> Option<*mut Crypto_JobType> {
        let place = self.object(object)?;
        if place.object.drained == 0 || place.object.reporting != 0 {
            return None;
        }
        place.object.drained = place.object.drained.saturating_sub(1);
        let job = self.queue(object)?.pop()?.request.job;
        self.object(object)?.object.reporting = job as usize;
        Some(job)
    }

    fn has_context_for(&mut self, id: WorkId, request: &JobRequest) -> bool {
        let has_one = self.work(id).is_some_and(|work| work.context.is_some());
        has_one || !plan::needs_context(request, self.facts.bounce_size) || self.free_context().is_some()
    }

    fn free_context(&self) -> Option<u8> {
        (0..CONTEXTS).find(|context| self.link.contexts >> context & 1 == 0)
    }

    /// What a call must fulfil, when it is accepted and again when it begins.
    fn check(&mut self, request: &JobRequest, own: Option<WorkId>) -> Result<(), Refusal> {
        let stream = own.and_then(|id| self.work(id)).and_then(|work| work.stream);
        let begun = stream.filter(|_| !request.mode.start);
        match begun {
            None if !request.mode.start => return Err(Refusal::NOT_OK), // [SWS_Crypto_00118]
            Some(stream) if stream.operation != request.operation => return Err(Refusal::NOT_OK),
            // UPDATE at least once [SWS_Csm_00925]
            Some(stream) if request.mode.finish && !request.mode.update && !stream.updated => return Err(Refusal::NOT_OK),
            _ => {}
        }
        plan::check(request, self.facts.bounce_size)?;
        let operation = request.operation;
        if !operation.uses_key() && !operation.manages_key() {
            return Ok(());
        }
        let defined = self.link.defined;
        let mut slots = self.keys.slots(request.key);
        if operation.has_target_key() {
            self.keys.key(request.target_key).ok_or(Refusal::HANDLE)?;
            slots |= self.keys.slots(request.target_key);
        }
        let key = self.keys.key(request.key).ok_or(Refusal::HANDLE)?;
        if slots & defined != slots {
            return Err(Refusal::KEY_NOT_AVAILABLE); // the HSM has not taken their policies
        }
        if operation.manages_key() {
            if plan::needs_valid_key(operation) && key.state.status() != CRYPTO_KEYSTATUS_VALID {
                return Err(Refusal::silent(CRYPTO_E_KEY_NOT_VALID));
            }
            let (read, written) = plan::held_keys(request);
            return self.can_hold(read, written);
        }
        key.check(operation.key_length(request.key_bits))?;
        if let (true, Some(length)) = (request.mode.start, operation.nonce_length()) {
            key.check_nonce(length)?;
        }
        let changed = begun.is_some_and(|stream| (stream.key, stream.generation) != (request.key, key.state.generation()));
        if changed {
            return Err(Refusal::silent(CRYPTO_E_KEY_NOT_VALID));
        }
        Ok(())
    }

    fn can_hold(&mut self, read: Option<u32>, written: Option<u32>) -> Result<(), Refusal> {
        if let Some(id) = read {
            if self.keys.key(id).ok_or(Refusal::HANDLE)?.state.is_written() {
                return Err(Refusal::BUSY);
            }
        }
        if let Some(id) = written {
            if !self.keys.key(id).ok_or(Refusal::HANDLE)?.state.is_free() {
                return Err(Refusal::BUSY);
            }
        }
        Ok(())
    }

    /// Is the place's bounce buffer not lent?
    pub fn is_here(&mut self, id: WorkId) -> bool {
        self.work(id).is_some_and(|work| work.lent == Lent::No)
    }

    /// Is a key usable?
    pub fn key_status(&mut self, id: u32) -> Crypto_KeyStatusType {
        self.keys.key(id).map_or(CRYPTO_KEYSTATUS_INVALID, |key| key.state.status())
    }

    /// Lets go what `hold` held.
    pub fn let_go(&mut self, read: Option<u32>, written: Option<(u32, Change)>) {
        if let Some(key) = read.and_then(|id| self.keys.key(id)) {
            key.state.end_read();
        }
        if let Some((id, change)) = written {
            if let Some(key) = self.keys.key(id) {
                key.state.end_write(change);
            }
        }
    }

    /// Holds keys for this thread: both, or neither.
    pub fn hold(&mut self, read: Option<u32>, written: Option<u32>) -> Result<(), Refusal> {
        self.can_hold(read, written)?;
        if let Some(key) = written.and_then(|id| self.keys.key(id)) {
            key.state.begin_write()?;
        }
        if let Some(key) = read.and_then(|id| self.keys.key(id)) {
            key.state.begin_read()?;
        }
        Ok(())
    }

    /// A call has a place, and this thread has the call.
    fn begin(&mut self, id: WorkId, request: &JobRequest) {
        let (read, written) = plan::held_keys(request);
        let (read_key, written_key) = match self.hold(read, written) {
            Ok(()) => (read, written),
            Err(_) => (None, None), // its verdict says so
        };
        let generation = self.keys.key(request.key).map_or(0, |key| key.state.generation());
        let needs_context = plan::needs_context(request, self.facts.bounce_size);
        let free = self.free_context();
        let Some(place) = self.works.get_mut(id.0) else {
            return;
        };
        let work = &mut place.work;
        if let (true, None, Some(context)) = (needs_context, work.context, free) {
            self.link.contexts |= 1 << (context & 7);
            work.context = Some(context);
        }
        let (job, operation, key) = (request.job, request.operation, request.key);
        if request.mode.start {
            work.progress = Progress::NEW;
        } else {
            work.progress.next_call();
        }
        // Every call in the middle of a stream has an UPDATE, but for the FINISH that ends it.
        work.stream = Some(Stream { job, operation, key, generation, updated: request.mode.update });
        (work.request, work.call, work.between_calls, work.ending) = (Some(*request), Call::Owned, false, None);
        (work.read_key, work.written_key, work.change) = (read_key, written_key, Change::None);
    }

    /// A call has ended with `result`; tells whether its stream goes on.
    fn finish(&mut self, id: WorkId, result: Crypto_ResultType) -> bool {
        let Some(work) = self.work(id) else {
            return false;
        };
        let Some(request) = work.request else {
            self.end_call(id);
            return false;
        };
        if request.asynchronous {
            work.reporting = request.job;
        }
        if result == E_OK && !request.mode.finish {
            (work.call, work.between_calls) = (Call::None, true); // [SWS_Crypto_00018]
            self.let_go_read(id);
            return true;
        }
        self.end_call(id); // [SWS_Crypto_00023] [SWS_Crypto_00025]
        false
    }

    /// The place has no call and no stream any more.
    fn end_call(&mut self, id: WorkId) {
        if let Some(work) = self.work(id) {
            (work.call, work.between_calls, work.stream, work.request, work.ending) = (Call::None, false, None, None, None);
        }
        self.let_go_read(id);
        self.tidy(id);
    }

    fn end_stream(&mut self, id: WorkId) {
        if self.work(id).is_some_and(|work| work.between_calls) {
            self.end_call(id);
        }
    }

    fn let_go_read(&mut self, id: WorkId) {
        let read = self.work(id).and_then(|work| work.read_key.take());
        if let Some(key) = read.and_then(|id| self.keys.key(id)) {
            key.state.end_read();
        }
    }

    /// If the place has neither a call nor a lent buffer, all that belonged to it is let go.
    fn tidy(&mut self, id: WorkId) {
        let Some(work) = self.work(id) else {
            return;
        };
        let is_idle = matches!(work.call, Call::None) && !work.between_calls && work.lent == Lent::No;
        if !is_idle || matches!(work.cancel, Cancel::Asked(..)) {
            return;
        }
        work.cancel = Cancel::No;
        work.progress = Progress::NEW;
        let (written, context, change) = (work.written_key.take(), work.context.take(), work.change);
        if let Some(context) = context {
            self.link.contexts &= !(1 << (context & 7));
        }
        if let Some(key) = written.and_then(|id| self.keys.key(id)) {
            key.state.end_write(change);
        }
    }
}

/// How long a request may take.
fn patience(timeouts: &CryptoHsm_TimeoutsType, opcode: u8) -> u32 {
    match Opcode::from_number(opcode).map(Opcode::level) {
        Some(Level::Fast) => timeouts.fast,
        _ => timeouts.slow,
    }
}
