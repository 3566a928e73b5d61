//! What keeps jobs moving: looks after the connection, takes responses, sends what is next, reports what has ended.
#![allow(unsafe_code)]

use v2gcrypt_hsm_protocol::layout::CHANNELS;
use v2gcrypt_hsm_protocol::{wipe_payload, Response};
use v2gcrypt_types::*;

use super::super::config::{CRYPTO_HSM_E_RE_BROKEN, CRYPTO_HSM_E_RE_VERSION};
use super::super::link::{Announcement, Trouble};
use super::super::machine::{After, Due, Machine, Polled, Snapshot, WorkId};
use super::super::plan::{self, Progress};
use super::instance::{wipe, Instance, KeysOf, Phase, Session};
use super::io::CallIo;
use super::{notify, report};
use crate::soft::errors::{Refusal, Report, CRYPTO_SID_MAINFUNCTION};
use crate::soft::request::JobRequest;

/// Bits of all channels.
pub(super) const ALL_CHANNELS: u32 = (1 << CHANNELS) - 1;

/// Steps of the connection in one call: it may be lost, asked for, accepted.
const LOOKS: u32 = 4;

/// Polls of a synchronous call whose transport cannot wait, should its clock stand still.
const MAX_POLLS: u32 = 1 << 26;

/// Polls between two looks at the connection.
const POLLS_PER_LOOK: u32 = 64;

/// How a call ended.
pub(super) type Ended = (JobRequest, Crypto_ResultType, Report);

/// A step inside the exclusive area; bells that it asks for are rung behind it.
pub(super) fn step<'a, T>(instance: Instance<'a>, work: impl FnOnce(&mut Machine<'_, KeysOf<'a>>) -> T) -> Result<T, Refusal> {
    let mut session = ready_session(instance)?;
    let mut machine = session.machine();
    let result = work(&mut machine);
    let bells = machine.bells;
    drop(session);
    instance.ring(bells);
    Ok(result)
}

/// The instance may have failed since the call came in.
pub(super) fn ready_session(instance: Instance<'_>) -> Result<Session<'_>, Refusal> {
    let session = instance.enter();
    if instance.phase() == Phase::Ready {
        #[cfg(feature = "fault-injection")]
        crate::soft::fault_injection::step();
        Ok(session)
    } else {
        Err(Refusal::NOT_OK)
    }
}

/// Looks after the connection, unless another thread does.
pub(super) fn look(instance: Instance<'_>) {
    if step(instance, |machine| machine.begin_observation()) != Ok(true) {
        return;
    }
    for _ in 0..LOOKS {
        let (word, now) = (instance.hsm_status(), instance.now());
        let announcement = step(instance, |machine| (machine.observe(word, now), machine.link.take_news()));
        if let Ok((_, Some(trouble))) = announcement {
            let error = match trouble {
                Trouble::Broken => CRYPTO_HSM_E_RE_BROKEN,
                Trouble::Version => CRYPTO_HSM_E_RE_VERSION,
            };
            report(instance, CRYPTO_SID_MAINFUNCTION, Report::Runtime(error));
        }
        match announcement.map(|(announcement, _)| announcement) {
            Ok(Announcement::Absent(word)) => {
                instance.set_host_status(word);
                instance.barrier();
                if announce_connecting(instance).is_err() {
                    break;
                }
            }
            Ok(Announcement::Word(word)) => {
                // The HSM has accepted the epoch, so that nothing of an older one is on its way, and serves nothing before the word.
                wipe_payload(instance.words());
                wipe_soiled(instance);
                instance.set_host_status(word);
            }
            Ok(Announcement::Nothing) | Err(_) => break,
        }
    }
    let _ = step(instance, |machine| machine.end_observation());
}

/// Wipes bounce buffers that have payload of calls that are over: outside of the area, since they are long.
pub(super) fn wipe_soiled(instance: Instance<'_>) {
    for _ in 0..instance.config().workCount {
        let Ok(Some((id, used))) = step(instance, |machine| machine.next_soiled()) else {
            return;
        };
        wipe_place(instance, id, used);
    }
}

fn wipe_place(instance: Instance<'_>, id: WorkId, used: u32) {
    instance.wipe_bounce(id, used);
    let _ = step(instance, |machine| machine.wiped(id));
}

/// Clears the lines, then asks for a connection: the bell comes behind the word.
fn announce_connecting(instance: Instance<'_>) -> Result<(), Refusal> {
    let now = instance.now();
    let mut session = ready_session(instance)?;
    let mut machine = session.machine();
    let announcement = machine.connect(now);
    let bells = machine.bells;
    drop(session);
    if let Announcement::Word(word) = announcement {
        instance.set_host_status(word);
    }
    instance.ring(bells);
    Ok(())
}

/// Does what is due in these channels, a bounded number of times.
///
/// # Safety
/// The buffers of accepted jobs are still there.
pub(super) unsafe fn pump(instance: Instance<'_>, channels: u32) {
    let turns = instance.config().workCount.saturating_mul(5).saturating_add(instance.config().queueSlotCount);
    for _ in 0..turns {
        let now = instance.now();
        // A callback may have let the instance fail.
        let due = step(instance, |machine| {
            for channel in (0..CHANNELS as u8).filter(|channel| channels >> channel & 1 != 0) {
                machine.receive(channel, now);
            }
            let due = machine.next(channels, now);
            match &due {
                // SAFETY: the job was accepted, and its owner has not heard of its end: its record is there.
                Due::Over(_, request, _, _) => unsafe { set_state(request.job, CRYPTO_JOBSTATE_IDLE) },
                // SAFETY: as above.
                Due::Drained(_, job) => unsafe { set_state(*job, CRYPTO_JOBSTATE_IDLE) },
                _ => {}
            }
            due
        });
        // SAFETY: the caller vouches for the buffers; the step has given each call to this thread.
        let ended = unsafe {
            match due {
                Ok(Due::Nothing) | Err(_) => return,
                Ok(Due::Prepare(id, verdict)) => advance(instance, id, Turn::Begin(verdict)).map(|ended| (id, ended)),
                Ok(Due::Judge(id, response)) => advance(instance, id, Turn::Answer(&response)).map(|ended| (id, ended)),
                Ok(Due::Over(id, request, progress, result)) => {
                    wipe_outputs(&request, &progress);
                    Some((id, (request, result, Report::Silent)))
                }
                Ok(Due::Wipe(id, used)) => {
                    wipe_place(instance, id, used);
                    None
                }
                Ok(Due::Drained(object, job)) => {
                    notify(job, E_NOT_OK);
                    // Also when the callback has let the instance fail: the others of the queue are still to be told.
                    instance.enter().machine().drained(object, job);
                    None
                }
            }
        };
        if let Some((id, (request, result, error))) = ended {
            report(instance, CRYPTO_SID_MAINFUNCTION, error);
            notify(request.job, result); // [SWS_Crypto_00028]
            instance.enter().machine().reported(id, request.job);
        }
    }
}

/// Why a thread has a call.
#[derive(Clone, Copy)]
pub(super) enum Turn<'r> {
    /// It was accepted by this thread, as an asynchronous one: if it ends at once, a main function says so.
    First,
    /// It begins, if this says so.
    Begin(Result<(), Refusal>),
    /// A response has come.
    Answer(&'r Response),
}

/// A call that this thread has, or waits for. When a panic takes it, what it has written is wiped, and its end is left to a main
/// function to report, unless its caller learns it from the function that panicked.
#[cfg_attr(not(feature = "host"), allow(dead_code))]
struct Held<'a> {
    instance: Instance<'a>,
    id: WorkId,
    /// How far this thread has brought it.
    progress: Progress,
    is_first: bool,
    /// The thread was panicking already: not the call's fault.
    #[cfg(feature = "host")]
    panicking: bool,
}

impl<'a> Held<'a> {
    fn new(instance: Instance<'a>, id: WorkId, is_first: bool) -> Self {
        Self {
            instance,
            id,
            progress: Progress::NEW,
            is_first,
            #[cfg(feature = "host")]
            panicking: std::thread::panicking(),
        }
    }
}

#[cfg(feature = "host")]
impl Drop for Held<'_> {
    fn drop(&mut self) {
        if self.panicking || !std::thread::panicking() {
            return;
        }
        let call = self.instance.enter().machine().snapshot(self.id);
        if let Some(Snapshot { request, progress, .. }) = call {
            // SAFETY: the caller is not answered, and the job not reported, before this ends.
            unsafe {
                wipe_outputs(&request, &progress);
                wipe_outputs(&request, &self.progress);
            }
        }
        self.instance.enter().machine().abandon(self.id, self.is_first);
    }
}

/// One step of a call: judges the response, prepares the next request. Tells if it has ended, with all outputs written.
///
/// # Safety
/// A step has given the place and its call to this thread, and the call's buffers are there.
pub(super) unsafe fn advance(instance: Instance<'_>, id: WorkId, turn: Turn<'_>) -> Option<Ended> {
    let (answer, verdict) = match turn {
        Turn::First => (None, Ok(())),
        Turn::Begin(verdict) => (None, verdict),
        Turn::Answer(response) => (Some(response), Ok(())),
    };
    let mut held = Held::new(instance, id, matches!(turn, Turn::First));
    // Also when the instance has failed meanwhile: the call is still this thread's to end.
    let Snapshot { request, progress, context, mut used } = instance.enter().machine().snapshot(id)?;
    held.progress = progress;
    let progress = &mut held.progress;
    #[cfg(feature = "fault-injection")]
    crate::soft::fault_injection::point();
    let outcome = verdict.and_then(|()| {
        // SAFETY: the caller vouches for the place, its keys and the buffers.
        let mut io = unsafe { CallIo::new(instance, id, &request) }.ok_or(Refusal::NOT_OK)?;
        let outcome = plan::next(&request, progress, context, answer, &mut io);
        used = used.max(io.used());
        outcome
    });
    if !matches!(outcome, Ok(plan::Step::Ask(_))) {
        instance.wipe_bounce(id, used); // the place is another's as soon as the call has ended
        used = 0;
    }
    instance.barrier(); // what was lent is there before the request is
    let error = outcome.err().map_or(Report::Silent, |refusal| refusal.report);
    let now = instance.now();
    let after = step(instance, |machine| {
        let after = machine.advanced(id, progress, outcome, matches!(turn, Turn::First), used, now);
        if let After::Finished { result, active } = after {
            // SAFETY: the job is not finished for others until the area is left, so its record and its buffers are there.
            unsafe {
                if result == E_OK {
                    deliver(&request, progress);
                }
                set_state(request.job, if active { CRYPTO_JOBSTATE_ACTIVE } else { CRYPTO_JOBSTATE_IDLE });
            }
        }
        after
    });
    if used != 0 && matches!(after, Ok(After::Finished { .. })) {
        wipe_soiled(instance); // it has ended while its next request was prepared
    }
    match after {
        Ok(After::GoesOn) => None,
        Ok(After::Finished { result, .. }) => {
            if result != E_OK || progress.verdict == Some(false) {
                // As long as C likes, so not in the area.
                // SAFETY: the buffers are there until the caller is answered or called back.
                unsafe { wipe_outputs(&request, progress) };
            }
            Some((request, result, error))
        }
        Err(refusal) => {
            // The instance has failed: nobody else uses the place, or reports its call, until it is initialised.
            instance.wipe_bounce(id, used);
            // SAFETY: the job and its buffers are there until the caller is answered or called back.
            unsafe { lose(Some((request, *progress))) };
            Some((request, refusal.result, Report::Silent))
        }
    }
}

/// Waits until a synchronous call has ended, at most `timeouts.synchronous` ticks.
///
/// # Safety
/// As for `advance`; the call's first request is on the way.
pub(super) unsafe fn wait_for(instance: Instance<'_>, id: WorkId, channel: u8) -> (Crypto_ResultType, Report) {
    let _held = Held::new(instance, id, false);
    let mut patience = Patience::new(instance, channel);
    loop {
        match poll(instance, id, channel) {
            // SAFETY: the caller vouches for it; the step has given the call to this thread.
            Ok(Polled::Judge(response)) => match unsafe { advance(instance, id, Turn::Answer(&response)) } {
                Some((_, result, report)) => return (result, report),
                None => continue,
            },
            Ok(Polled::Over(result, call)) => {
                wipe_soiled(instance);
                // SAFETY: the caller vouches for the buffers, and has not heard of the end yet.
                unsafe { lose(call) };
                return (result, Report::Silent);
            }
            Err(refusal) => {
                // The instance has failed: nobody else has the call.
                let call = instance.enter().machine().snapshot(id).map(|call| (call.request, call.progress));
                // SAFETY: as above.
                unsafe { lose(call) };
                return (refusal.result, refusal.report);
            }
            Ok(Polled::Waiting) => {}
        }
        if !patience.wait() {
            let now = instance.now();
            let call = step(instance, |machine| machine.give_up(id, now)).ok().flatten();
            wipe_soiled(instance);
            // SAFETY: as above.
            unsafe { lose(call) };
            return (E_NOT_OK, Report::Silent);
        }
    }
}

/// A synchronous call has ended without its last response.
///
/// # Safety
/// The call's job and buffers are there.
unsafe fn lose(call: Option<(JobRequest, Progress)>) {
    if let Some((request, progress)) = call {
        // SAFETY: the caller vouches for both.
        unsafe {
            wipe_outputs(&request, &progress);
            set_state(request.job, CRYPTO_JOBSTATE_IDLE);
        }
    }
}

/// Waits for the response to a request without a job. After an error the place is not the caller's any more.
pub(super) fn wait_for_response(instance: Instance<'_>, id: WorkId, channel: u8) -> Result<Response, Refusal> {
    let mut patience = Patience::new(instance, channel);
    loop {
        match poll(instance, id, channel)? {
            Polled::Judge(response) => return Ok(response),
            Polled::Over(result, _) => {
                wipe_soiled(instance);
                return Err(Refusal::silent(result));
            }
            Polled::Waiting => {}
        }
        if !patience.wait() {
            let now = instance.now();
            step(instance, |machine| machine.give_up(id, now))?;
            wipe_soiled(instance);
            return Err(Refusal::NOT_OK);
        }
    }
}

/// Waits while the connection is being made, so that a synchronous call may be the first.
pub(super) fn wait_for_link(instance: Instance<'_>) -> Result<(), Refusal> {
    let channel = instance.config().serviceChannel;
    let mut patience = Patience::new(instance, channel);
    loop {
        let now = instance.now();
        let usable = step(instance, |machine| {
            machine.receive(channel, now);
            machine.is_usable()
        })?;
        match usable {
            Err(Refusal::BUSY) => {}
            usable => return usable,
        }
        look(instance);
        if !patience.wait() {
            return Err(Refusal::BUSY);
        }
    }
}

fn poll(instance: Instance<'_>, id: WorkId, channel: u8) -> Result<Polled, Refusal> {
    let now = instance.now();
    step(instance, |machine| {
        machine.receive(channel, now);
        machine.poll(id, now)
    })
}

/// What is left of the time of a synchronous call.
struct Patience<'a> {
    instance: Instance<'a>,
    channel: u8,
    start: u32,
    polls: u32,
}

impl<'a> Patience<'a> {
    fn new(instance: Instance<'a>, channel: u8) -> Self {
        Self { instance, channel, start: instance.now(), polls: 0 }
    }

    /// Waits a while; false when the time is up.
    fn wait(&mut self) -> bool {
        let most = self.instance.config().timeouts.synchronous;
        let gone = self.instance.now().wrapping_sub(self.start);
        self.polls = self.polls.saturating_add(1);
        if gone >= most || self.polls >= MAX_POLLS {
            return false;
        }
        if self.polls % POLLS_PER_LOOK == 0 || self.instance.wait(self.channel, most.wrapping_sub(gone)) {
            look(self.instance);
        } else {
            core::hint::spin_loop();
        }
        true
    }
}

/// Writes lengths and the outcome of a verification; the results lie there already.
///
/// # Safety
/// The call's outputs are there.
unsafe fn deliver(request: &JobRequest, progress: &Progress) {
    let is_forged = progress.verdict == Some(false);
    // SAFETY: the caller vouches for all of them.
    unsafe {
        if !request.output.length.is_null() {
            request.output.length.write_unaligned(if is_forged { 0 } else { progress.output });
        }
        if !request.secondary_output.length.is_null() {
            request.secondary_output.length.write_unaligned(progress.output2);
        }
        if !request.verify.is_null() {
            // A mismatch is a result, not an error.
            let is_genuine = progress.verdict == Some(true);
            request.verify.write(if is_genuine { CRYPTO_E_VER_OK } else { CRYPTO_E_VER_NOT_OK });
        }
    }
}

/// What was written to the outputs of a call that has failed.
///
/// # Safety
/// The call's outputs are there.
pub(super) unsafe fn wipe_outputs(request: &JobRequest, progress: &Progress) {
    // SAFETY: the caller vouches for them; no more was written than there is room for.
    unsafe {
        wipe(request.output.start, progress.output.min(request.output.room));
        wipe(request.secondary_output.start, progress.output2.min(request.secondary_output.room));
    }
}

/// [SWS_Crypto_00018] [SWS_Crypto_00023] [SWS_Crypto_00025]
///
/// # Safety
/// `job` is null, for a service without a job, or points to a job record.
pub(super) unsafe fn set_state(job: *mut Crypto_JobType, state: Crypto_JobStateType) {
    if !job.is_null() {
        // SAFETY: the caller vouches for it.
        unsafe { core::ptr::addr_of_mut!((*job).jobState).write(state) };
    }
}

/// The instance has failed: jobs that it had accepted end here.
pub(super) fn report_lost(instance: Instance<'_>) {
    loop {
        let mut session = instance.enter();
        if instance.phase() != Phase::Failed {
            return; // a callback has initialised it
        }
        let mut machine = session.machine();
        let due = machine.next_lost(ALL_CHANNELS);
        match due {
            // SAFETY: the job was accepted, and its owner has not heard of its end: its record is there.
            Due::Over(_, request, _, _) => unsafe { set_state(request.job, CRYPTO_JOBSTATE_IDLE) },
            // SAFETY: as above.
            Due::Drained(_, job) => unsafe { set_state(job, CRYPTO_JOBSTATE_IDLE) },
            _ => return,
        }
        drop(session);
        let (id, object, job) = match due {
            Due::Over(id, request, progress, _) => {
                // SAFETY: as above.
                unsafe { wipe_outputs(&request, &progress) };
                (Some(id), None, request.job)
            }
            Due::Drained(object, job) => (None, Some(object), job),
            _ => return,
        };
        notify(job, E_NOT_OK);
        let mut session = instance.enter();
        let mut machine = session.machine();
        if let Some(id) = id {
            machine.reported(id, job);
        }
        if let Some(object) = object {
            machine.drained(object, job);
        }
    }
}
