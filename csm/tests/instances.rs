//! The core without the C interface: a value, as many as one likes.

mod common; // the crate's C interface wants its surroundings

use std::ptr::null_mut;
use v2gcrypt_csm::config::{Csm_JobConfigType, Csm_QueueConfigType};
use v2gcrypt_csm::core::{Action, Core, Event, Shared};
use v2gcrypt_csm::{JobNode, QueueNode};
use v2gcrypt_types::*;

struct Memory {
    jobs: Vec<Csm_JobConfigType>,
    queues: Vec<Csm_QueueConfigType>,
    nodes: Vec<JobNode>,
    queue_nodes: Vec<QueueNode>,
    slots: Vec<u32>,
    shared: Shared,
}

impl Memory {
    fn new(jobs: u32) -> Self {
        let job = Csm_JobConfigType {
            jobPrimitiveInfo: null_mut(),
            jobRedirectionInfoRef: null_mut(),
            callback: None,
            priority: 0,
            queueId: 0,
            callbackUpdateNotification: 0,
        };
        let mut memory = Self {
            jobs: (0..jobs).map(|index| Csm_JobConfigType { priority: index.wrapping_mul(2_654_435_761), ..job }).collect(),
            queues: vec![Csm_QueueConfigType { channelId: 7, size: jobs, firstSlot: 0, mainFunctionId: 0 }],
            nodes: vec![JobNode::NEW; jobs as usize],
            queue_nodes: vec![QueueNode::NEW],
            slots: vec![0; jobs as usize],
            shared: Shared::NEW,
        };
        memory.core().reset();
        memory
    }

    fn core(&mut self) -> Core<'_> {
        Core {
            jobs: &self.jobs,
            queues: &self.queues,
            nodes: &mut self.nodes,
            queue_nodes: &mut self.queue_nodes,
            slots: &mut self.slots,
            shared: &mut self.shared,
        }
    }

    fn step(&mut self, event: Event) -> Action {
        self.core().step(event).action
    }

    fn request(&mut self, job: u32) -> Action {
        self.step(Event::Request { job, mode: CRYPTO_OPERATIONMODE_SINGLECALL, sync: false })
    }

    /// Lets every job wait.
    fn fill(&mut self) {
        assert_eq!(self.request(0), Action::Process { channel: 7 });
        assert_eq!(self.step(Event::Answer { job: 0, code: CRYPTO_E_BUSY }), Action::Return(E_OK));
        for job in 1..self.jobs.len() as u32 {
            assert_eq!(self.request(job), Action::Enqueued);
        }
    }
}

#[test]
fn two_instances_do_not_know_of_each_other() {
    let (mut one, mut other) = (Memory::new(2), Memory::new(2));
    one.fill();
    assert_eq!(one.request(1), Action::Return(CRYPTO_E_BUSY));
    assert_eq!(other.request(1), Action::Process { channel: 7 });
    assert_eq!(other.step(Event::Answer { job: 1, code: E_OK }), Action::Return(E_OK));
    assert_eq!(other.step(Event::Report { job: 1, result: E_OK }), Action::Notify { job: 1, result: E_OK });
    assert_eq!(one.step(Event::Report { job: 1, result: E_OK }), Action::Done);
}

#[test]
fn a_queue_of_ten_thousand_moves_no_more_words_per_call_than_the_logarithm_of_its_length() {
    for jobs in [10u32, 1_000, 10_000] {
        let mut memory = Memory::new(jobs);
        memory.fill();
        let most = 2 * (jobs.ilog2() as usize + 1);
        for job in (0..jobs).step_by(3) {
            let before = memory.slots.clone();
            assert_eq!(memory.step(Event::Cancel { job }), Action::Return(E_OK));
            let moved = before.iter().zip(&memory.slots).filter(|(before, after)| before != after).count();
            assert!(moved <= most, "{moved} of {jobs} words");
        }
    }
}

#[test]
fn events_about_jobs_that_do_not_exist_do_nothing() {
    let mut memory = Memory::new(1);
    let (job, code) = (1, E_OK);
    assert_eq!(memory.request(job), Action::Return(E_NOT_OK));
    assert_eq!(memory.step(Event::Answer { job, code }), Action::Return(E_NOT_OK));
    assert_eq!(memory.step(Event::Cancel { job }), Action::Return(E_NOT_OK));
    let answer = Event::CancelAnswer { job, sync: false, computing: false, code };
    assert_eq!(memory.step(answer), Action::Return(E_NOT_OK));
    assert_eq!(memory.step(Event::Report { job, result: E_OK }), Action::Done);
    assert_eq!(memory.step(Event::MainFunction { id: 1 }), Action::Done);
}

#[test]
fn an_answer_that_nobody_waits_for_is_refused() {
    let mut memory = Memory::new(1);
    assert_eq!(memory.step(Event::Answer { job: 0, code: E_OK }), Action::Return(E_NOT_OK));
    let answer = Event::CancelAnswer { job: 0, sync: false, computing: false, code: E_OK };
    assert_eq!(memory.step(answer), Action::Return(E_NOT_OK));
    assert_eq!(memory.request(0), Action::Process { channel: 7 });
}
