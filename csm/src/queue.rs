//! Queues: a binary heap of job ids over the words that the configuration reserves, most urgent first. Each job knows its place,
//! so that inserting, taking and removing cost a logarithm of the queue's length.
#![forbid(unsafe_code)]

use crate::config::Csm_JobConfigType;
use crate::job::{Arrival, JobNode, NONE};

/// RAM of one queue.
#[derive(Debug, Clone, Copy)]
#[repr(C)]
pub struct QueueNode {
    /// Jobs that wait.
    pub(crate) length: u32,
    /// Number of the next request.
    pub(crate) next_arrival: Arrival,
    /// Synchronous jobs under way beside the queue.
    pub(crate) computing: u32,
    /// No waiting job is started before the next main function. [SWS_Csm_91007]
    pub(crate) held: bool,
    /// The main function runs (in its first queue's node).
    pub(crate) running: bool,
    /// First queue of the same main function: it keeps the list of callbacks due.
    pub(crate) first_queue: u32,
    /// Next queue of the same main function.
    pub(crate) next_queue: u32,
    /// Callbacks due: a list through the job nodes.
    pub(crate) due_first: u32,
    pub(crate) due_last: u32,
    pub(crate) due_count: u32,
}

impl QueueNode {
    /// An empty queue.
    pub const NEW: Self = Self {
        length: 0,
        next_arrival: Arrival::FIRST,
        computing: 0,
        held: false,
        running: false,
        first_queue: NONE,
        next_queue: NONE,
        due_first: NONE,
        due_last: NONE,
        due_count: 0,
    };
}

/// One queue's heap, borrowed for one operation.
pub(crate) struct Heap<'h> {
    /// The queue's words; their number is its capacity.
    pub(crate) slots: &'h mut [u32],
    pub(crate) nodes: &'h mut [JobNode],
    pub(crate) jobs: &'h [Csm_JobConfigType],
    pub(crate) length: &'h mut u32,
}

impl Heap<'_> {
    /// False when the queue is full.
    pub(crate) fn insert(&mut self, job: u32) -> bool {
        let position = *self.length;
        if self.slots.get(position as usize).is_none() {
            return false;
        }
        *self.length = position.wrapping_add(1);
        self.place(position, job);
        self.sift_up(position);
        true
    }

    pub(crate) fn remove(&mut self, job: u32) {
        let Some(position) = self.nodes.get(job as usize).map(|node| node.position) else { return };
        if position >= *self.length || self.slots.get(position as usize) != Some(&job) {
            return;
        }
        let last_position = self.length.wrapping_sub(1);
        *self.length = last_position;
        if let Some(&last) = self.slots.get(last_position as usize) {
            if last != job {
                self.place(position, last);
                self.sift_up(position);
                self.sift_down(position);
            }
        }
        if let Some(node) = self.nodes.get_mut(job as usize) {
            node.position = NONE;
        }
    }

    fn place(&mut self, position: u32, job: u32) {
        if let Some(slot) = self.slots.get_mut(position as usize) {
            *slot = job;
        }
        if let Some(node) = self.nodes.get_mut(job as usize) {
            node.position = position;
        }
    }

    fn sift_up(&mut self, mut position: u32) {
        while position > 0 {
            let parent = position.wrapping_sub(1) >> 1;
            if !self.swap_if_before(position, parent) {
                return;
            }
            position = parent;
        }
    }

    fn sift_down(&mut self, mut position: u32) {
        loop {
            let left = position.wrapping_mul(2).wrapping_add(1);
            let right = left.wrapping_add(1);
            if left >= *self.length {
                return;
            }
            let child = if right < *self.length && self.key(right) < self.key(left) { right } else { left };
            if !self.swap_if_before(child, position) {
                return;
            }
            position = child;
        }
    }

    /// Swaps when what is at `lower` comes before what is at `upper`.
    fn swap_if_before(&mut self, lower: u32, upper: u32) -> bool {
        let (Some(&moving_up), Some(&moving_down)) = (self.slots.get(lower as usize), self.slots.get(upper as usize)) else {
            return false;
        };
        let before = self.key(lower) < self.key(upper);
        if before {
            self.place(upper, moving_up);
            self.place(lower, moving_down);
        }
        before
    }

    /// Larger priority first [SWS_Csm_00944], then order of arrival.
    fn key(&self, position: u32) -> (u32, Option<Arrival>) {
        let job = self.slots.get(position as usize).map_or(usize::MAX, |&job| job as usize);
        (!self.jobs.get(job).map_or(0, |config| config.priority), self.nodes.get(job).map(|node| node.arrival))
    }
}
