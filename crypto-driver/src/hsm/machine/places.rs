//! Places, queues, contexts, and keys that are held.
#![forbid(unsafe_code)]

use v2gcrypt_types::*;

use super::{Acceptance, Keys, Machine, Snapshot, WorkId, CONTEXTS};
use crate::hsm::plan::{self, Progress};
use crate::hsm::work::{Call, Cancel, Lent, ObjectPlace, Stream, Work};
use crate::soft::errors::Refusal;
use crate::soft::keys::Change;
use crate::soft::queue::{Queue, WaitingJob};
use crate::soft::request::JobRequest;

impl<K: Keys> Machine<'_, K> {
    /// What a thread needs of a call that it has.
    pub fn snapshot(&mut self, id: WorkId) -> Option<Snapshot> {
        let work = self.work(id)?;
        Some(Snapshot { request: work.request?, progress: work.progress, context: work.context, used: work.used })
    }

    /// Gives this thread a bounce buffer that has payload of a call that is over, and tells how much: then `wiped`.
    pub fn next_soiled(&mut self) -> Option<(WorkId, u32)> {
        let index = self.works.iter().position(|place| place.work.is_soiled())?;
        let work = self.work(WorkId(index))?;
        work.call = Call::Owned;
        Some((WorkId(index), work.used))
    }

    /// What `next_soiled` has given has been wiped.
    pub fn wiped(&mut self, id: WorkId) {
        if let Some(work) = self.work(id) {
            work.used = 0;
        }
        self.end_call(id);
    }

    /// The place.
    pub fn work(&mut self, id: WorkId) -> Option<&mut Work> {
        self.works.get_mut(id.0).map(|place| &mut place.work)
    }

    pub(super) fn object(&mut self, object: u32) -> Option<&mut ObjectPlace> {
        self.objects.get_mut(object as usize)
    }

    pub(super) fn is_of(&self, object: u32, channels: u32) -> bool {
        self.facts.objects.get(object as usize).is_some_and(|config| channels >> (config.channel & 31) & 1 != 0)
    }

    pub(super) fn find(&self, object: u32, wanted: impl Fn(&Work) -> bool) -> Option<WorkId> {
        let config = self.facts.objects.get(object as usize)?;
        let first = config.firstWork as usize;
        let works = self.works.get(first..first.checked_add(config.workCount as usize)?)?;
        works.iter().position(|place| wanted(&place.work)).and_then(|at| first.checked_add(at)).map(WorkId)
    }

    pub(super) fn queue(&mut self, object: u32) -> Option<Queue<'_>> {
        let config = self.facts.objects.get(object as usize)?;
        let first = config.firstQueueSlot as usize;
        let slots = match config.queueSize {
            0 => Default::default(),
            size => self.queue.get_mut(first..first.checked_add(size as usize)?)?,
        };
        Some(Queue::new(slots, &mut self.objects.get_mut(object as usize)?.object.waiting))
    }

    pub(super) fn has_call(&mut self, object: u32, job: *const Crypto_JobType) -> bool {
        self.find(object, |work| work.has_call_of(job)).is_some() || self.queue(object).is_some_and(|queue| queue.contains(job))
    }

    pub(super) fn is_reported(&mut self, object: u32, job: *const Crypto_JobType) -> bool {
        self.find(object, |work| core::ptr::eq(work.reporting, job)).is_some()
            || self.object(object).is_some_and(|place| place.object.reporting == job as usize)
    }

    pub(super) fn forget_report(&mut self, object: u32, job: *const Crypto_JobType) {
        while let Some(id) = self.find(object, |work| core::ptr::eq(work.reporting, job)) {
            self.reported(id, job);
        }
        self.drained(object, job);
    }

    pub(super) fn enqueue(&mut self, object: u32, request: &JobRequest) -> Acceptance {
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
    pub(super) fn dispatch(&mut self, object: u32) -> Option<(WorkId, Result<(), Refusal>)> {
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
    pub(super) fn drain(&mut self, object: u32) -> Option<*mut Crypto_JobType> {
        let place = self.object(object)?;
        if place.object.drained == 0 || place.object.reporting != 0 {
            return None;
        }
        place.object.drained = place.object.drained.saturating_sub(1);
        let job = self.queue(object)?.pop()?.request.job;
        self.object(object)?.object.reporting = job as usize;
        Some(job)
    }

    pub(super) fn has_context_for(&mut self, id: WorkId, request: &JobRequest) -> bool {
        let has_one = self.work(id).is_some_and(|work| work.context.is_some());
        has_one || !plan::needs_context(request, self.facts.bounce_size) || self.free_context().is_some()
    }

    pub(super) fn free_context(&self) -> Option<u8> {
        (0..CONTEXTS).find(|context| self.link.contexts >> context & 1 == 0)
    }

    /// What a call must fulfil, when it is accepted and again when it begins.
    pub(super) fn check(&mut self, request: &JobRequest, own: Option<WorkId>) -> Result<(), Refusal> {
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

    pub(super) fn can_hold(&mut self, read: Option<u32>, written: Option<u32>) -> Result<(), Refusal> {
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

    /// Does the HSM not have the place's bounce buffer?
    #[cfg(feature = "host")]
    pub fn is_here(&mut self, id: WorkId) -> bool {
        self.work(id).is_some_and(|work| work.lent == Lent::No)
    }

    /// A panic has taken the call from its thread: its end is still to be reported, unless the call `is_refused` by the function that
    /// panicked.
    #[cfg(feature = "host")]
    pub fn abandon(&mut self, id: WorkId, is_refused: bool) {
        if let Some(work) = self.work(id).filter(|work| work.request.is_some() && !matches!(work.call, Call::None)) {
            work.call = if is_refused { Call::Owned } else { Call::Over(E_NOT_OK) };
        }
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
    pub(super) fn begin(&mut self, id: WorkId, request: &JobRequest) {
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
    pub(super) fn finish(&mut self, id: WorkId, result: Crypto_ResultType) -> bool {
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
    pub(super) fn end_call(&mut self, id: WorkId) {
        if let Some(work) = self.work(id) {
            (work.call, work.between_calls, work.stream, work.request, work.ending) = (Call::None, false, None, None, None);
        }
        self.let_go_read(id);
        self.tidy(id);
    }

    pub(super) fn end_stream(&mut self, id: WorkId) {
        if self.work(id).is_some_and(|work| work.between_calls) {
            self.end_call(id);
        }
    }

    pub(super) fn let_go_read(&mut self, id: WorkId) {
        let read = self.work(id).and_then(|work| work.read_key.take());
        if let Some(key) = read.and_then(|id| self.keys.key(id)) {
            key.state.end_read();
        }
    }

    /// If the place has neither a call nor a lent buffer, all that belonged to it is let go.
    pub(super) fn tidy(&mut self, id: WorkId) {
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
