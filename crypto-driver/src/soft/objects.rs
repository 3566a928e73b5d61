//! The state machine of a driver object: one workspace, one call at a time, and jobs that wait for it.
//!
//! Each method is one step: it is called inside the exclusive area, changes the state, and tells what to do outside of it.
#![forbid(unsafe_code)]

use v2gcrypt_types::*;

use super::errors::Refusal;
use super::keys::{Change, KeyStore, KeyView};
use super::operation::Operation;
use super::queue::{Queue, Slot, WaitingJob};
use super::request::JobRequest;

/// State of one driver object. Whoever is told to compute owns the object's workspace until `finish`.
#[derive(Debug, Clone, Copy, Default)]
pub struct DriverObject {
    call: CallState,
    stream: Option<Stream>,
    waiting: u32,
    arrivals: u32,
    reports: Reports,
}

/// Addresses of the jobs whose reports are on the way, or 0: one for each main function.
#[derive(Debug, Clone, Copy, Default)]
struct Reports {
    periodic: usize,
    background: usize,
}

/// What happens to the workspace.
#[derive(Debug, Clone, Copy, Default)]
enum CallState {
    /// Nothing.
    #[default]
    None,
    /// An asynchronous call was accepted and begins in a main function. No job that waits in the queue precedes it.
    Accepted(WaitingJob),
    /// It is being used.
    Running(Running),
    /// It is being wiped.
    Discarding,
}

#[derive(Debug, Clone, Copy)]
struct Running {
    job: *mut Crypto_JobType,
    asynchronous: bool,
    canceled: bool,
    /// The stream that goes on if this call succeeds.
    stream: Stream,
    /// The key that is held for reading.
    held_key: Option<u32>,
    holds_generator: bool,
}

/// A job between START and FINISH: the workspace belongs to it. [SWS_Crypto_00018]
#[derive(Debug, Clone, Copy)]
struct Stream {
    job: *mut Crypto_JobType,
    operation: Operation,
    key: u32,
    generation: u32,
    updated: bool,
}

/// What becomes of a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Acceptance {
    /// Compute now, then `finish`.
    RunNow,
    /// A main function computes it.
    Later,
    /// Refused; nothing has changed.
    Refused(Refusal),
    /// Refused, and the job's stream ends: wipe the workspace, then call `discarded`.
    RefusedDiscard(Refusal),
}

/// A call that a main function has to bring to its end.
#[derive(Debug, Clone, Copy)]
pub struct Due {
    /// What to compute; then `finish`.
    pub request: JobRequest,
    /// Whether it can still be computed: its key may have changed since it was accepted.
    pub verdict: Result<(), Refusal>,
}

/// How a call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Finished {
    /// What the job gets: the caller if it is synchronous, the callback if not.
    pub result: Crypto_ResultType,
    /// Is the job in the middle of a stream now?
    pub active: bool,
    /// Wipe the workspace, then call `discarded`.
    pub discard: bool,
}

/// What a cancellation does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cancellation {
    /// The object does not know the job. [SWS_Crypto_00214]
    Unknown,
    /// The job waited, and is gone.
    Removed,
    /// The job's stream ends: wipe the workspace, then call `discarded`.
    Discard,
    /// As `Discard`, but the report of the stream's last call is on the way: the job's owner takes that for the cancellation's.
    DiscardReported,
    /// The job computes now; its result will be discarded. [SWS_Crypto_00183]
    Pending,
    /// The job goes on: it computes in its caller's thread, it changes a key, or its report is on the way. [SWS_Crypto_00143]
    Refused,
}

impl DriverObject {
    /// Takes a call, or does not.
    pub fn accept(&mut self, request: &JobRequest, slots: &mut [Slot], keys: &mut impl KeyStore) -> Acceptance {
        if self.has_in_flight(request.job, slots) {
            return Acceptance::Refused(Refusal::BUSY);
        }
        self.reports.forget(request.job); // its owner has got it, or would not call again
        if let Err(refusal) = self.check(request, keys) {
            return self.refuse(request.job, refusal);
        }
        if request.asynchronous {
            return self.accept_later(request, slots);
        }
        if !self.is_free_for(request.job) {
            return Acceptance::Refused(Refusal::BUSY); // [SWS_Crypto_00034]
        }
        self.run(request, keys);
        Acceptance::RunNow
    }

    /// The call of `job` was found faulty before it came here: ends the job's stream, if it has one. [SWS_Crypto_00119]
    pub fn refuse(&mut self, job: *mut Crypto_JobType, refusal: Refusal) -> Acceptance {
        let idle = matches!(self.call, CallState::None);
        if refusal.result != CRYPTO_E_BUSY && idle && self.owns_stream(job) {
            self.begin_discard();
            return Acceptance::RefusedDiscard(refusal);
        }
        Acceptance::Refused(refusal)
    }

    /// How many calls wait for a main function.
    pub fn waiting(&self) -> u32 {
        self.waiting.saturating_add(u32::from(matches!(self.call, CallState::Accepted(_))))
    }

    /// The call that is due in the periodic or the background main function, if any.
    pub fn take(&mut self, background: bool, keys: &mut impl KeyStore) -> Option<Due> {
        if *self.reports.of(background) != 0 {
            return None; // another thread is about to report, and goes on then
        }
        let CallState::Accepted(WaitingJob { request, .. }) = self.call else {
            return None;
        };
        if request.operation.runs_in_background() != background {
            return None;
        }
        let verdict = self.check(&request, keys);
        if verdict.is_err_and(|refusal| refusal.result == CRYPTO_E_BUSY) {
            return None; // the key is being written: next time
        }
        self.run(&request, keys);
        Some(Due { request, verdict })
    }

    /// The call of `request` has been computed, with `result`. If that is an error, or the call was the job's last, the
    /// workspace has been wiped.
    pub fn finish(
        &mut self,
        request: &JobRequest,
        result: Crypto_ResultType,
        slots: &mut [Slot],
        keys: &mut impl KeyStore,
    ) -> Finished {
        let CallState::Running(running) = self.call else {
            return Finished { result: E_NOT_OK, active: false, discard: false };
        };
        if let Some(key) = running.held_key.and_then(|id| keys.key(id)) {
            key.state.end_read();
        }
        if running.holds_generator {
            keys.generator().end_write(Change::None);
        }
        if running.asynchronous {
            *self.reports.of(request.operation.runs_in_background()) = request.job as usize;
        }
        let goes_on = result == E_OK && !request.mode.finish;
        if running.canceled {
            if goes_on {
                self.begin_discard();
            } else {
                self.release(slots);
            }
            return Finished { result: CRYPTO_E_JOB_CANCELED, active: false, discard: goes_on };
        }
        if goes_on {
            self.stream = Some(running.stream); // [SWS_Crypto_00018]
            self.call = CallState::None;
        } else {
            self.release(slots); // [SWS_Crypto_00023] [SWS_Crypto_00025]
        }
        Finished { result, active: goes_on, discard: false }
    }

    /// The workspace has been wiped.
    pub fn discarded(&mut self, slots: &mut [Slot]) {
        self.release(slots);
    }

    /// The end of an asynchronous call has been reported.
    ///
    /// Until then `cancel` does not say that the job is gone: its owner would begin the job's next request, and take the
    /// report for that one's.
    pub fn reported(&mut self, job: *const Crypto_JobType) {
        self.reports.forget(job);
    }

    /// Stops a job.
    pub fn cancel(&mut self, job: *const Crypto_JobType, slots: &mut [Slot]) -> Cancellation {
        let owns_stream = self.owns_stream(job);
        let is_reported = self.reports.contain(job);
        match &mut self.call {
            CallState::Running(running) if core::ptr::eq(running.job, job) => {
                if !running.asynchronous {
                    return Cancellation::Refused; // [SWS_Crypto_00143]
                }
                if running.stream.operation.manages_key() {
                    return Cancellation::Refused; // it commits whatever is decided here: only its result tells what the key is
                }
                running.canceled = true;
                return Cancellation::Pending; // [SWS_Crypto_00183]
            }
            CallState::Accepted(accepted) if core::ptr::eq(accepted.request.job, job) => {
                if self.stream.is_none() {
                    self.release(slots);
                    return Cancellation::Removed;
                }
                self.begin_discard();
                return Cancellation::Discard;
            }
            CallState::None if owns_stream => {
                self.begin_discard();
                return if is_reported { Cancellation::DiscardReported } else { Cancellation::Discard };
            }
            _ => {}
        }
        if self.queue(slots).remove(job).is_some() {
            return Cancellation::Removed;
        }
        if is_reported {
            return Cancellation::Refused; // [SWS_Crypto_00143]
        }
        Cancellation::Unknown // [SWS_Crypto_00214]
    }

    /// The instance has failed: takes one asynchronous job that will never end, to be told.
    ///
    /// `nobody_computes`: no thread will come back from a computation, so one that seems to run died in it.
    pub fn drain(&mut self, nobody_computes: bool, slots: &mut [Slot]) -> Option<*mut Crypto_JobType> {
        match self.call {
            CallState::Accepted(accepted) => {
                self.call = CallState::None;
                return Some(accepted.request.job);
            }
            CallState::Running(running) if nobody_computes => {
                self.call = CallState::None;
                if running.asynchronous {
                    return Some(running.job);
                }
            }
            _ => {}
        }
        self.queue(slots).pop().map(|waiting| waiting.request.job)
    }

    /// The instance has failed while a call computed: it ends here, and nothing may begin any more.
    pub fn abandon(&mut self) -> Finished {
        self.call = CallState::None;
        Finished { result: E_NOT_OK, active: false, discard: false }
    }

    /// What a call must fulfil, when it is accepted and again when it runs.
    fn check(&self, request: &JobRequest, keys: &mut impl KeyStore) -> Result<(), Refusal> {
        let begun = self.stream.filter(|stream| core::ptr::eq(stream.job, request.job) && !request.mode.start);
        match begun {
            None if !request.mode.start => return Err(Refusal::NOT_OK), // [SWS_Crypto_00118]
            Some(stream) if stream.operation != request.operation => return Err(Refusal::NOT_OK),
            // UPDATE at least once [SWS_Csm_00925]
            Some(stream) if request.mode.finish && !request.mode.update && !stream.updated => return Err(Refusal::NOT_OK),
            _ => {}
        }
        if request.operation.uses_generator() && !keys.generator().is_free() {
            return Err(Refusal::BUSY);
        }
        if !request.operation.uses_key() && !request.operation.manages_key() {
            return Ok(());
        }
        let key = keys.key(request.key).ok_or(Refusal::HANDLE)?;
        if request.operation.manages_key() {
            let needs_target = request.operation.has_target_key();
            return if needs_target && keys.key(request.target_key).is_none() { Err(Refusal::HANDLE) } else { Ok(()) };
        }
        key.check(request.operation.key_length(request.key_bits))?;
        if let (true, Some(length)) = (request.mode.start, request.operation.nonce_length()) {
            key.check_nonce(length)?;
        }
        let changed = begun.is_some_and(|stream| (stream.key, stream.generation) != (request.key, key.state.generation()));
        if changed {
            return Err(Refusal::silent(CRYPTO_E_KEY_NOT_VALID));
        }
        Ok(())
    }

    fn accept_later(&mut self, request: &JobRequest, slots: &mut [Slot]) -> Acceptance {
        let newcomer = WaitingJob { request: *request, arrival: self.arrivals };
        if self.is_free_for(request.job) {
            self.call = CallState::Accepted(newcomer); // [SWS_Crypto_00121] a stream's own calls pass those that wait
        } else {
            let queued = match self.call {
                CallState::Accepted(accepted) if self.stream.is_none() && newcomer.precedes(&accepted) => {
                    self.queue(slots).push(accepted).map(|()| self.call = CallState::Accepted(newcomer))
                }
                _ => self.queue(slots).push(newcomer), // [SWS_Crypto_00030]
            };
            if queued.is_err() {
                return Acceptance::Refused(Refusal::BUSY); // [SWS_Crypto_00032]
            }
        }
        self.arrivals = self.arrivals.wrapping_add(1);
        Acceptance::Later // [SWS_Crypto_00033]
    }

    fn run(&mut self, request: &JobRequest, keys: &mut impl KeyStore) {
        let mut held_key = None;
        let mut generation = 0;
        if request.operation.uses_key() {
            if let Some(KeyView { state, .. }) = keys.key(request.key) {
                generation = state.generation();
                if state.begin_read().is_ok() {
                    held_key = Some(request.key);
                }
            }
        }
        let holds_generator = request.operation.uses_generator() && keys.generator().begin_write().is_ok();
        self.call = CallState::Running(Running {
            job: request.job,
            asynchronous: request.asynchronous,
            canceled: false,
            stream: Stream {
                job: request.job,
                operation: request.operation,
                key: request.key,
                generation,
                // Every call in the middle of a stream has an UPDATE, but for the FINISH that ends it.
                updated: request.mode.update,
            },
            held_key,
            holds_generator,
        });
    }

    /// The job has lost its stream; the workspace is still to be wiped.
    fn begin_discard(&mut self) {
        self.stream = None;
        self.call = CallState::Discarding;
    }

    /// The workspace is empty and belongs to nobody: the next job may have it.
    fn release(&mut self, slots: &mut [Slot]) {
        self.stream = None;
        self.call = match self.queue(slots).pop() {
            Some(next) => CallState::Accepted(next),
            None => CallState::None,
        };
    }

    fn is_free_for(&self, job: *const Crypto_JobType) -> bool {
        matches!(self.call, CallState::None) && (self.stream.is_none() || self.owns_stream(job))
    }

    fn owns_stream(&self, job: *const Crypto_JobType) -> bool {
        self.stream.is_some_and(|stream| core::ptr::eq(stream.job, job))
    }

    fn has_in_flight(&mut self, job: *const Crypto_JobType, slots: &mut [Slot]) -> bool {
        let held = match &self.call {
            CallState::Accepted(accepted) => core::ptr::eq(accepted.request.job, job),
            CallState::Running(running) => core::ptr::eq(running.job, job),
            CallState::None | CallState::Discarding => false,
        };
        held || self.queue(slots).contains(job)
    }

    fn queue<'a>(&'a mut self, slots: &'a mut [Slot]) -> Queue<'a> {
        Queue::new(slots, &mut self.waiting)
    }
}

impl Reports {
    fn of(&mut self, background: bool) -> &mut usize {
        if background {
            &mut self.background
        } else {
            &mut self.periodic
        }
    }

    fn contain(&self, job: *const Crypto_JobType) -> bool {
        [self.periodic, self.background].contains(&(job as usize))
    }

    fn forget(&mut self, job: *const Crypto_JobType) {
        for report in [&mut self.periodic, &mut self.background] {
            if *report == job as usize {
                *report = 0;
            }
        }
    }
}
