//! Asynchronous jobs that wait for a driver object: a binary heap, so that the order costs a logarithm.
#![forbid(unsafe_code)]

use core::mem::{align_of, size_of, MaybeUninit};

use v2gcrypt_types::Crypto_JobType;

use super::config::CryptoSoft_SlotRamType;
use super::request::JobRequest;

/// A job that was accepted and has not begun.
#[derive(Debug, Clone, Copy)]
pub struct WaitingJob {
    /// The job.
    pub request: JobRequest,
    /// Counts up with each accepted job of the object.
    pub arrival: u32,
}

impl WaitingJob {
    /// Does it run before `other`? [SWS_Crypto_00030], in order of arrival where priorities are equal
    pub fn precedes(&self, other: &Self) -> bool {
        let (ours, theirs) = (self.request.priority, other.request.priority);
        let earlier = (self.arrival.wrapping_sub(other.arrival) as i32) < 0;
        ours > theirs || (ours == theirs && earlier)
    }
}

/// Room for one waiting job, as large as the RAM that generated C reserves for it.
#[repr(C)]
#[derive(Debug, Clone, Copy)]
pub struct Slot {
    job: Option<WaitingJob>,
    spare: [MaybeUninit<u8>; size_of::<CryptoSoft_SlotRamType>() - SLOT_RAM_USED],
}

/// What a waiting job takes of its slot, in bytes. The length of the spare bytes proves the bound.
pub const SLOT_RAM_USED: usize = size_of::<Option<WaitingJob>>();

const _: () = assert!(size_of::<Slot>() == size_of::<CryptoSoft_SlotRamType>());
const _: () = assert!(align_of::<Slot>() <= align_of::<CryptoSoft_SlotRamType>());

impl Slot {
    /// No job.
    pub const EMPTY: Self =
        Self { job: None, spare: [MaybeUninit::uninit(); size_of::<CryptoSoft_SlotRamType>() - SLOT_RAM_USED] };
}

/// No slot is free.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Full;

/// The slots of one driver object, of which the leading `length` are in use.
pub struct Queue<'a> {
    slots: &'a mut [Slot],
    length: &'a mut u32,
}

impl<'a> Queue<'a> {
    /// A view of `slots`, of which `length` are in use.
    pub fn new(slots: &'a mut [Slot], length: &'a mut u32) -> Self {
        Self { slots, length }
    }

    /// Is there no room?
    pub fn is_full(&self) -> bool {
        *self.length as usize >= self.slots.len()
    }

    /// Is `job` among those that wait?
    pub fn contains(&self, job: *const Crypto_JobType) -> bool {
        self.position(job).is_some()
    }

    /// Sorts a job in, if there is room.
    pub fn push(&mut self, job: WaitingJob) -> Result<(), Full> {
        let at = *self.length as usize;
        match self.slots.get_mut(at) {
            Some(slot) => slot.job = Some(job),
            None => return Err(Full),
        }
        *self.length += 1;
        self.rise(at);
        Ok(())
    }

    /// The first one, which stays.
    pub fn first(&self) -> Option<&WaitingJob> {
        self.job(0)
    }

    /// Takes the first one.
    pub fn pop(&mut self) -> Option<WaitingJob> {
        self.take(0)
    }

    /// Takes `job` out, wherever it is.
    pub fn remove(&mut self, job: *const Crypto_JobType) -> Option<WaitingJob> {
        let at = self.position(job)?;
        self.take(at)
    }

    fn position(&self, job: *const Crypto_JobType) -> Option<usize> {
        let same = |slot: &Slot| slot.job.is_some_and(|waiting| core::ptr::eq(waiting.request.job, job));
        self.slots.iter().take(*self.length as usize).position(same)
    }

    fn take(&mut self, at: usize) -> Option<WaitingJob> {
        let last = (*self.length as usize).checked_sub(1)?;
        self.swap(at, last);
        let taken = self.slots.get_mut(last)?.job.take();
        *self.length = last as u32;
        if at < last {
            self.rise(at);
            self.sink(at);
        }
        taken
    }

    fn rise(&mut self, mut at: usize) {
        while at > 0 {
            let parent = (at - 1) >> 1;
            if !self.precedes(at, parent) {
                return;
            }
            self.swap(at, parent);
            at = parent;
        }
    }

    fn sink(&mut self, mut at: usize) {
        loop {
            let (left, right) = (2 * at + 1, 2 * at + 2);
            let first = if self.precedes(right, left) { right } else { left };
            if !self.precedes(first, at) {
                return;
            }
            self.swap(first, at);
            at = first;
        }
    }

    fn job(&self, at: usize) -> Option<&WaitingJob> {
        if at < *self.length as usize {
            self.slots.get(at)?.job.as_ref()
        } else {
            None
        }
    }

    fn precedes(&self, one: usize, other: usize) -> bool {
        match (self.job(one), self.job(other)) {
            (Some(one), Some(other)) => one.precedes(other),
            _ => false,
        }
    }

    fn swap(&mut self, one: usize, other: usize) {
        let job = |slots: &[Slot], at: usize| slots.get(at).and_then(|slot| slot.job);
        let (a, b) = (job(self.slots, one), job(self.slots, other));
        if let Some(slot) = self.slots.get_mut(one) {
            slot.job = b;
        }
        if let Some(slot) = self.slots.get_mut(other) {
            slot.job = a;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::operation::{Mode, Operation};
    use super::super::request::{Input, Output};
    use super::*;

    fn waiting(job: usize, priority: u32, arrival: u32) -> WaitingJob {
        let request = JobRequest {
            job: job as *mut Crypto_JobType,
            input: Input::NONE,
            secondary: Input::NONE,
            tertiary: Input::NONE,
            output: Output::NONE,
            secondary_output: Output::NONE,
            verify: core::ptr::null_mut(),
            priority,
            key: 0,
            target_key: 0,
            key_bits: 0,
            mac_bits: 0,
            operation: Operation::KeySetValid,
            mode: Mode::SINGLECALL,
            asynchronous: true,
        };
        WaitingJob { request, arrival }
    }

    #[test]
    fn jobs_leave_by_priority_then_arrival_even_where_arrivals_wrap() {
        let (mut slots, mut length) = ([Slot::EMPTY; 5], 0);
        let mut queue = Queue::new(&mut slots, &mut length);
        let first = u32::MAX - 1;
        for (job, priority) in [(1, 4), (2, 9), (3, 4), (4, 9), (5, 4)] {
            assert!(queue.push(waiting(job, priority, first.wrapping_add(job as u32))).is_ok());
        }
        let order = [(); 6].map(|()| queue.pop().map(|waiting| waiting.request.job as usize));
        assert_eq!(order, [Some(2), Some(4), Some(1), Some(3), Some(5), None]);
    }

    #[test]
    fn a_full_queue_gives_the_job_back() {
        let (mut slots, mut length) = ([Slot::EMPTY; 1], 0);
        let mut queue = Queue::new(&mut slots, &mut length);
        assert!(queue.push(waiting(1, 0, 0)).is_ok());
        assert!(queue.is_full());
        assert_eq!(queue.push(waiting(2, 9, 1)), Err(Full));
        assert!(queue.contains(1 as *const _) && !queue.contains(2 as *const _));
    }

    #[test]
    fn removing_any_job_keeps_the_order_of_the_others() {
        let priorities = [5, 3, 8, 1, 9, 2, 7, 4, 6, 0];
        for removed in 1..=priorities.len() {
            let (mut slots, mut length) = ([Slot::EMPTY; 10], 0);
            let mut queue = Queue::new(&mut slots, &mut length);
            for (index, priority) in priorities.into_iter().enumerate() {
                assert!(queue.push(waiting(index + 1, priority, index as u32)).is_ok());
            }
            assert!(queue.remove(removed as *const _).is_some());
            assert!(queue.remove(removed as *const _).is_none());
            let mut last = u32::MAX;
            for _ in 1..priorities.len() {
                let priority = queue.pop().map_or(u32::MAX, |waiting| waiting.request.priority);
                assert!(priority < last && priority != priorities[removed - 1]);
                last = priority;
            }
            assert!(queue.pop().is_none());
        }
    }
}
