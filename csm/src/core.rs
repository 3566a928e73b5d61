//! The state machine: jobs and queues as values, events in, actions out. It calls nobody and borrows nothing across a call, so
//! `ffi.rs` holds the exclusive area for a step only, and stacks stay flat.
#![forbid(unsafe_code)]

use crate::config::{Csm_JobConfigType, Csm_QueueConfigType};
use crate::job::{JobNode, Phase, NONE};
use crate::queue::{Heap, QueueNode};
use v2gcrypt_types::*;

/// Policy: whether a synchronous job may pass a waiting job of its own priority. The standard leaves it open.
pub const SYNC_PASSES_EQUAL_PRIORITY: bool = false;

/// What has happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Event {
    /// A service was called for a job; arguments are checked.
    Request {
        /// The job.
        job: u32,
        /// Operations.
        mode: Crypto_OperationModeType,
        /// Configured as synchronous.
        sync: bool,
    },
    /// `CryIf_ProcessJob` has returned, called for [`Action::Process`].
    Answer {
        /// The job.
        job: u32,
        /// What it returned.
        code: Std_ReturnType,
    },
    /// `Csm_CancelJob` was called.
    Cancel {
        /// The job.
        job: u32,
    },
    /// `CryIf_CancelJob` has returned, called for [`Action::Cancel`].
    CancelAnswer {
        /// The job.
        job: u32,
        /// Configured as synchronous.
        sync: bool,
        /// From [`Action::Cancel`].
        computing: bool,
        /// What it returned.
        code: Std_ReturnType,
    },
    /// `Csm_CallbackNotification` was called.
    Report {
        /// The job.
        job: u32,
        /// Its result.
        result: Crypto_ResultType,
    },
    /// A key management function begins.
    KeyManagementBegins,
    /// A key management function has ended.
    KeyManagementEnded,
    /// A main function begins.
    MainFunction {
        /// Its id.
        id: u32,
    },
    /// A main function goes on after [`Action::Deliver`].
    Continue(MainRun),
    /// A main function goes on after [`Action::Start`].
    Started {
        /// The run.
        run: MainRun,
        /// The job.
        job: u32,
        /// What `CryIf_ProcessJob` returned.
        code: Std_ReturnType,
    },
}

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// Nothing more.
    Done,
    /// Return this to the caller.
    Return(Std_ReturnType),
    /// The queue is full: return `CRYPTO_E_BUSY` and raise the runtime error `CSM_E_QUEUE_FULL`.
    ReturnQueueFull,
    /// The job waits: write its record before anybody else steps, and return `E_OK`.
    Enqueued,
    /// Write the job's record before anybody else steps, call `CryIf_ProcessJob`, and go on with [`Event::Answer`].
    Process {
        /// CryIf channel.
        channel: u32,
    },
    /// Call `CryIf_CancelJob`, and go on with [`Event::CancelAnswer`].
    Cancel {
        /// CryIf channel.
        channel: u32,
        /// A synchronous job that is computed by another thread.
        computing: bool,
    },
    /// Call the job's callback.
    Notify {
        /// The job.
        job: u32,
        /// Its result.
        result: Crypto_ResultType,
    },
    /// Call the job's callback, and go on with [`Event::Continue`].
    Deliver {
        /// The run.
        run: MainRun,
        /// The job.
        job: u32,
        /// Its result.
        result: Crypto_ResultType,
    },
    /// Call `CryIf_ProcessJob`, and go on with [`Event::Started`].
    Start {
        /// The run.
        run: MainRun,
        /// The job.
        job: u32,
        /// CryIf channel.
        channel: u32,
    },
}

/// One call of a main function: what it has still to do at most, so that its run time is bounded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MainRun {
    first_queue: u32,
    key_management: u32,
    deliveries: u32,
    queue: u32,
    /// Set when the run reaches the queue.
    starts: Option<u32>,
}

/// An action, and a job whose `jobState` has changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// To be done when the exclusive area is left.
    pub action: Action,
    /// To be written before the exclusive area is left.
    pub job_state: Option<(u32, Crypto_JobStateType)>,
}

/// What all queues share.
#[derive(Debug, Clone, Copy)]
pub struct Shared {
    /// Key management functions under way.
    key_calls: u32,
    /// Moves when one begins or ends.
    key_management: u32,
}

impl Shared {
    /// Nothing is under way.
    pub const NEW: Self = Self { key_calls: 0, key_management: 0 };
}

/// One Csm: a configuration and the RAM that belongs to it.
pub struct Core<'a> {
    /// The jobs.
    pub jobs: &'a [Csm_JobConfigType],
    /// The queues.
    pub queues: &'a [Csm_QueueConfigType],
    /// One for each job.
    pub nodes: &'a mut [JobNode],
    /// One for each queue.
    pub queue_nodes: &'a mut [QueueNode],
    /// The queues' words.
    pub slots: &'a mut [u32],
    /// What all queues share.
    pub shared: &'a mut Shared,
}

impl Core<'_> {
    /// Everything idle and empty. Called once before the first step.
    pub fn reset(&mut self) {
        *self.shared = Shared::NEW;
        self.nodes.fill(JobNode::NEW);
        self.queue_nodes.fill(QueueNode::NEW);
        // Queues of one main function form a list that begins at the first of them.
        for (index, node) in self.queue_nodes.iter_mut().enumerate() {
            let id = self.queues.get(index).map(|queue| queue.mainFunctionId);
            let same = (0u32..).zip(self.queues).filter(|(_, queue)| Some(queue.mainFunctionId) == id).map(|(queue, _)| queue);
            node.first_queue = same.clone().next().unwrap_or(NONE);
            node.next_queue = same.clone().find(|&queue| queue as usize > index).unwrap_or(NONE);
        }
    }

    /// Takes one event. The caller holds the exclusive area.
    pub fn step(&mut self, event: Event) -> Step {
        let mut job_state = None;
        let action = match event {
            Event::Request { job, mode, sync } => self.request(job, mode, sync),
            Event::Answer { job, code } => self.answer(job, code, &mut job_state),
            Event::Cancel { job } => self.cancel(job, &mut job_state),
            Event::CancelAnswer { job, sync, computing, code } => self.cancel_answer(job, sync, computing, code, &mut job_state),
            Event::Report { job, result } => self.report(job, result, &mut job_state),
            Event::KeyManagementBegins => self.key_management(1),
            Event::KeyManagementEnded => self.key_management(u32::MAX),
            Event::MainFunction { id } => self.main_function(id),
            Event::Continue(run) => self.next(run),
            Event::Started { run, job, code } => self.started(run, job, code, &mut job_state),
        };
        Step { action, job_state }
    }

    /// After a failure of the module: the next accepted asynchronous job from `*cursor` on that belongs to the main function and
    /// whose callback is still owed, and the channel of the driver that may have it. Relies on no list.
    pub fn next_abandoned(&mut self, main_function: u32, cursor: &mut u32) -> Option<(u32, Option<u32>)> {
        loop {
            let job = *cursor;
            let queue = self.queue_of(job)?;
            *cursor = job.wrapping_add(1);
            let mine = self.queues.get(queue as usize).map(|config| config.mainFunctionId) == Some(main_function);
            let channel = self.channel_of(job);
            let Some(node) = self.nodes.get_mut(job as usize) else { continue };
            let with_driver = matches!(node.phase, Phase::OfferedFromQueue | Phase::WithDriver | Phase::Cancelling);
            let accepted = !matches!(node.phase, Phase::Free | Phase::Computing | Phase::Offered | Phase::CancellingStream);
            if mine && accepted {
                *node = JobNode::NEW;
                return Some((job, channel.filter(|_| with_driver)));
            }
        }
    }

    fn request(&mut self, job: u32, mode: Crypto_OperationModeType, sync: bool) -> Action {
        let (Some(queue), Some(channel)) = (self.queue_of(job), self.channel_of(job)) else { return Action::Return(E_NOT_OK) };
        let head = self.head_priority(queue);
        let priority = self.priority_of(job);
        let (Some(node), Some(queue_node)) = (self.nodes.get_mut(job as usize), self.queue_nodes.get_mut(queue as usize)) else {
            return Action::Return(E_NOT_OK);
        };
        if node.phase != Phase::Free {
            return Action::Return(CRYPTO_E_BUSY); // its record is in use [SWS_Csm_91072] [SWS_Csm_91073]
        }
        if sync {
            // An active job holds the driver object, so it goes on in any case [SWS_Csm_00017]: else nothing behind it could run.
            let waits = head.is_some_and(|head| head > priority || (head == priority && !SYNC_PASSES_EQUAL_PRIORITY));
            if waits && !node.active {
                return Action::Return(CRYPTO_E_BUSY); // [SWS_Csm_91007]
            }
            node.mode = mode;
            node.phase = Phase::Computing;
            queue_node.computing = queue_node.computing.wrapping_add(1);
            queue_node.held = true; // [SWS_Csm_91007]
            return Action::Process { channel };
        }
        node.mode = mode;
        node.reported = false;
        node.cancelled = false;
        node.arrival = queue_node.next_arrival;
        queue_node.next_arrival = node.arrival.next();
        if node.active || head.is_none() {
            node.phase = Phase::Offered; // only handed over: it ends in a callback [SWS_Csm_00036]
            Action::Process { channel }
        } else if self.enqueue(queue, job) {
            Action::Enqueued
        } else {
            Action::ReturnQueueFull // [SWS_Csm_00018] [SWS_Csm_01088]
        }
    }

    fn answer(&mut self, job: u32, code: Std_ReturnType, job_state: &mut JobStateChange) -> Action {
        let Some(queue) = self.queue_of(job) else { return Action::Return(E_NOT_OK) };
        let Some(node) = self.nodes.get_mut(job as usize) else { return Action::Return(E_NOT_OK) };
        match node.phase {
            Phase::Computing => {
                if let Some(queue_node) = self.queue_nodes.get_mut(queue as usize) {
                    queue_node.computing = queue_node.computing.saturating_sub(1);
                }
                node.phase = Phase::Free;
                if code != CRYPTO_E_BUSY {
                    *job_state = node.end_of_call(job, code);
                }
                Action::Return(code)
            }
            Phase::Offered => match code {
                E_OK => {
                    self.accepted(job, job_state);
                    Action::Return(E_OK)
                }
                CRYPTO_E_BUSY => {
                    node.reported = false;
                    if node.active {
                        node.phase = Phase::Free; // [SWS_Csm_00017]
                        Action::Return(CRYPTO_E_BUSY)
                    } else if self.enqueue(queue, job) {
                        Action::Return(E_OK)
                    } else {
                        Action::ReturnQueueFull // [SWS_Csm_00018] [SWS_Csm_01088]
                    }
                }
                refusal => {
                    node.phase = Phase::Free;
                    *job_state = node.end_of_call(job, refusal);
                    Action::Return(refusal)
                }
            },
            _ => Action::Return(E_NOT_OK),
        }
    }

    fn cancel(&mut self, job: u32, job_state: &mut JobStateChange) -> Action {
        let (Some(queue), Some(channel)) = (self.queue_of(job), self.channel_of(job)) else { return Action::Return(E_NOT_OK) };
        let Some(node) = self.nodes.get_mut(job as usize) else { return Action::Return(E_NOT_OK) };
        match node.phase {
            Phase::Free if !node.active => Action::Return(E_OK),
            Phase::Free => {
                node.phase = Phase::CancellingStream;
                Action::Cancel { channel, computing: false }
            }
            Phase::Computing => Action::Cancel { channel, computing: true },
            Phase::Queued => {
                self.dequeue(queue, job); // [SWS_Csm_01021]
                self.make_due(job, CRYPTO_E_JOB_CANCELED, job_state); // [SWS_Csm_01030]
                Action::Return(E_OK)
            }
            Phase::WithDriver if node.cancelled => Action::Return(CRYPTO_E_JOB_CANCELED),
            Phase::WithDriver => {
                node.phase = Phase::Cancelling;
                Action::Cancel { channel, computing: false } // [SWS_Csm_01021]
            }
            Phase::Due if node.result == CRYPTO_E_JOB_CANCELED => Action::Return(E_OK),
            // Too late, or too early: whether the driver has the job is undecided. It goes on.
            Phase::Due | Phase::Offered | Phase::OfferedFromQueue | Phase::Cancelling | Phase::CancellingStream => {
                Action::Return(E_NOT_OK)
            }
        }
    }

    fn cancel_answer(
        &mut self,
        job: u32,
        sync: bool,
        computing: bool,
        code: Std_ReturnType,
        job_state: &mut JobStateChange,
    ) -> Action {
        let cancelled = matches!(code, E_OK | CRYPTO_E_JOB_CANCELED);
        let answer = Action::Return(if cancelled { code } else { E_NOT_OK });
        if computing {
            return answer; // its caller gets the driver's answer
        }
        let Some(node) = self.nodes.get_mut(job as usize) else { return Action::Return(E_NOT_OK) };
        match node.phase {
            Phase::CancellingStream => {
                node.phase = Phase::Free;
                if cancelled && sync {
                    *job_state = node.end_of_call(job, CRYPTO_E_JOB_CANCELED);
                } else if cancelled {
                    self.make_due(job, CRYPTO_E_JOB_CANCELED, job_state);
                }
            }
            // A report that the driver made for it is absorbed. [SWS_Csm_01030]
            Phase::Cancelling if code == E_OK => self.make_due(job, CRYPTO_E_JOB_CANCELED, job_state),
            Phase::Cancelling => {
                node.cancelled = cancelled; // [SWS_Csm_01087]
                self.accepted(job, job_state);
            }
            _ => return Action::Return(E_NOT_OK),
        }
        answer
    }

    fn report(&mut self, job: u32, result: Crypto_ResultType, job_state: &mut JobStateChange) -> Action {
        let notify_updates = self.notifies_updates(job);
        let Some(node) = self.nodes.get_mut(job as usize) else { return Action::Done };
        match node.phase {
            // Undecided: kept for the main function, so that no callback runs on the stack of the call that starts the job.
            Phase::Offered | Phase::OfferedFromQueue | Phase::Cancelling if !node.reported => {
                node.reported = true;
                node.result = result;
                Action::Done
            }
            Phase::WithDriver => {
                let result = node.final_result(result);
                let notify = node.notifies(result, notify_updates);
                node.phase = Phase::Free;
                *job_state = node.end_of_call(job, result);
                if notify {
                    Action::Notify { job, result }
                } else {
                    Action::Done
                }
            }
            _ => Action::Done,
        }
    }

    /// Suspends the start of waiting jobs until the next main function.
    fn key_management(&mut self, difference: u32) -> Action {
        self.shared.key_calls = self.shared.key_calls.wrapping_add(difference);
        self.shared.key_management = self.shared.key_management.wrapping_add(1);
        Action::Done
    }

    fn main_function(&mut self, id: u32) -> Action {
        let first = (0u32..).zip(self.queues).find(|(_, queue)| queue.mainFunctionId == id);
        let Some((first_queue, _)) = first else { return Action::Done };
        let Some(node) = self.queue_nodes.get_mut(first_queue as usize) else { return Action::Done };
        if node.running {
            return Action::Done; // called from a callback of its own
        }
        node.running = true;
        let deliveries = node.due_count;
        let mut queue = first_queue;
        while let Some(node) = self.queue_nodes.get_mut(queue as usize) {
            node.held = node.computing != 0;
            queue = node.next_queue;
        }
        let key_management = self.shared.key_management;
        self.next(MainRun { first_queue, key_management, deliveries, queue: first_queue, starts: None })
    }

    fn next(&mut self, mut run: MainRun) -> Action {
        if run.deliveries > 0 {
            run.deliveries = run.deliveries.wrapping_sub(1);
            if let Some((job, result)) = self.take_due(run.first_queue) {
                return Action::Deliver { run, job, result };
            }
        }
        while let Some(queue_node) = self.queue_nodes.get(run.queue as usize) {
            let starts = run.starts.unwrap_or(queue_node.length);
            let held = queue_node.held || self.shared.key_calls != 0 || self.shared.key_management != run.key_management;
            if starts > 0 && !held {
                if let (Some(job), Some(channel)) =
                    (self.head(run.queue), self.queues.get(run.queue as usize).map(|q| q.channelId))
                {
                    if let Some(node) = self.nodes.get_mut(job as usize) {
                        node.phase = Phase::OfferedFromQueue;
                        run.starts = Some(starts.wrapping_sub(1));
                        return Action::Start { run, job, channel };
                    }
                }
            }
            run.queue = queue_node.next_queue;
            run.starts = None;
        }
        if let Some(node) = self.queue_nodes.get_mut(run.first_queue as usize) {
            node.running = false;
        }
        Action::Done
    }

    fn started(&mut self, mut run: MainRun, job: u32, code: Std_ReturnType, job_state: &mut JobStateChange) -> Action {
        let queue = run.queue;
        match self.nodes.get_mut(job as usize) {
            Some(node) if node.phase == Phase::OfferedFromQueue => match code {
                E_OK => {
                    self.dequeue(queue, job);
                    self.accepted(job, job_state);
                }
                CRYPTO_E_BUSY => {
                    // It has kept its place. What waits behind it has the same driver object.
                    node.phase = Phase::Queued;
                    node.reported = false;
                    run.starts = Some(0);
                }
                refusal => {
                    self.dequeue(queue, job);
                    self.make_due(job, refusal, job_state);
                }
            },
            _ => {}
        }
        self.next(run)
    }

    /// The driver has the job, or has had it: an early report is delivered by the main function.
    fn accepted(&mut self, job: u32, job_state: &mut JobStateChange) {
        let notify_updates = self.notifies_updates(job);
        let Some(node) = self.nodes.get_mut(job as usize) else { return };
        if !node.reported {
            node.phase = Phase::WithDriver;
            return;
        }
        let result = node.final_result(node.result);
        if node.notifies(result, notify_updates) {
            self.make_due(job, result, job_state);
        } else {
            node.phase = Phase::Free;
            *job_state = node.end_of_call(job, result);
        }
    }

    fn make_due(&mut self, job: u32, result: Crypto_ResultType, job_state: &mut JobStateChange) {
        let Some(first_queue) = self.first_queue_of(job) else { return };
        let Some(node) = self.nodes.get_mut(job as usize) else { return };
        *job_state = node.end_of_call(job, result);
        node.phase = Phase::Due;
        node.result = result;
        node.next_due = NONE;
        let Some(queue_node) = self.queue_nodes.get_mut(first_queue as usize) else { return };
        let last = core::mem::replace(&mut queue_node.due_last, job);
        queue_node.due_count = queue_node.due_count.wrapping_add(1);
        match self.nodes.get_mut(last as usize) {
            Some(last) => last.next_due = job,
            None => queue_node.due_first = job,
        }
    }

    fn take_due(&mut self, first_queue: u32) -> Option<(u32, Crypto_ResultType)> {
        let queue_node = self.queue_nodes.get_mut(first_queue as usize)?;
        let job = queue_node.due_first;
        let node = self.nodes.get_mut(job as usize)?;
        queue_node.due_first = node.next_due;
        if node.next_due == NONE {
            queue_node.due_last = NONE;
        }
        queue_node.due_count = queue_node.due_count.wrapping_sub(1);
        node.next_due = NONE;
        node.phase = Phase::Free;
        Some((job, node.result))
    }

    /// False when the queue is full; the job is then nobody's.
    fn enqueue(&mut self, queue: u32, job: u32) -> bool {
        let inserted = self.heap(queue).is_some_and(|mut heap| heap.insert(job));
        if let Some(node) = self.nodes.get_mut(job as usize) {
            node.phase = if inserted { Phase::Queued } else { Phase::Free };
        }
        inserted
    }

    fn dequeue(&mut self, queue: u32, job: u32) {
        if let Some(mut heap) = self.heap(queue) {
            heap.remove(job);
        }
    }

    fn heap(&mut self, queue: u32) -> Option<Heap<'_>> {
        let config = self.queues.get(queue as usize)?;
        let slots = self.slots.get_mut(config.firstSlot as usize..)?.get_mut(..config.size as usize)?;
        let length = &mut self.queue_nodes.get_mut(queue as usize)?.length;
        Some(Heap { slots, nodes: self.nodes, jobs: self.jobs, length })
    }

    fn head(&self, queue: u32) -> Option<u32> {
        let config = self.queues.get(queue as usize)?;
        if self.queue_nodes.get(queue as usize)?.length == 0 {
            return None;
        }
        self.slots.get(config.firstSlot as usize).copied()
    }

    fn head_priority(&self, queue: u32) -> Option<u32> {
        self.head(queue).map(|job| self.priority_of(job))
    }

    fn priority_of(&self, job: u32) -> u32 {
        self.jobs.get(job as usize).map_or(0, |config| config.priority)
    }

    fn notifies_updates(&self, job: u32) -> bool {
        self.jobs.get(job as usize).is_some_and(|config| config.callbackUpdateNotification != 0)
    }

    fn queue_of(&self, job: u32) -> Option<u32> {
        self.jobs.get(job as usize).map(|config| config.queueId)
    }

    fn first_queue_of(&self, job: u32) -> Option<u32> {
        self.queue_nodes.get(self.queue_of(job)? as usize).map(|node| node.first_queue)
    }

    fn channel_of(&self, job: u32) -> Option<u32> {
        self.queues.get(self.queue_of(job)? as usize).map(|config| config.channelId)
    }
}

type JobStateChange = Option<(u32, Crypto_JobStateType)>;

impl JobNode {
    /// A call has ended: success of START or UPDATE leaves a stream, everything else ends it. [SWS_Csm_01046]
    fn end_of_call(&mut self, job: u32, result: Crypto_ResultType) -> JobStateChange {
        self.active = result == E_OK && self.mode & CRYPTO_OPERATIONMODE_FINISH == 0;
        Some((job, if self.active { CRYPTO_JOBSTATE_ACTIVE } else { CRYPTO_JOBSTATE_IDLE }))
    }

    /// [SWS_Csm_01087]
    fn final_result(&self, result: Crypto_ResultType) -> Crypto_ResultType {
        if self.cancelled {
            CRYPTO_E_JOB_CANCELED
        } else {
            result
        }
    }

    /// The end of a stream is always told, a step of it only when the job asks for that.
    fn notifies(&self, result: Crypto_ResultType, updates: bool) -> bool {
        result != E_OK || self.mode & CRYPTO_OPERATIONMODE_FINISH != 0 || updates
    }
}
