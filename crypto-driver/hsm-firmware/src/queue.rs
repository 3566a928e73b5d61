//! Commands on their way from the fast level to the slow one: oldest first, and each can be taken back until it is begun.
//!
//! A place is free, or waits; its state is one word, which also holds its age. Only the fast level fills places. Both may empty one,
//! by an exchange of that word in the HSM's own RAM: who succeeds owns it. Nobody tries twice, so nobody waits.

use core::sync::atomic::{AtomicU32, Ordering};

use v2gcrypt_hsm_protocol::layout::{CHANNELS, DESCRIPTOR_WORDS, RING};
use v2gcrypt_hsm_protocol::Request;
use zeroize::Zeroize;

/// Places: as many as all channels have requests in work, and the one that is being taken, which may be of an older connection.
pub const PLACES: usize = CHANNELS * RING + 1;

const FREE: u32 = 0;
/// Set in the state of a place that waits; the bits below it are its age.
const WAITS: u32 = 1 << 31;

struct Place {
    state: AtomicU32,
    /// Which connection it came by.
    generation: AtomicU32,
    request: [AtomicU32; DESCRIPTOR_WORDS],
}

/// A command for the slow level.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Job {
    /// Which connection it came by: unlike a session, never the same again.
    pub generation: u32,
    /// What is asked for.
    pub request: Request,
}

/// The commands that wait.
pub struct Queue {
    places: [Place; PLACES],
}

impl Default for Queue {
    fn default() -> Self {
        Self::new()
    }
}

impl Queue {
    /// Empty.
    pub const fn new() -> Self {
        // Only the pattern of an array's elements.
        #[allow(clippy::declare_interior_mutable_const)]
        const ZERO: AtomicU32 = AtomicU32::new(0);
        #[allow(clippy::declare_interior_mutable_const)]
        const PLACE: Place = Place { state: ZERO, generation: ZERO, request: [ZERO; DESCRIPTOR_WORDS] };
        Self { places: [PLACE; PLACES] }
    }

    /// For the fast level. `age` goes up with each job. False: all places are taken.
    #[must_use]
    pub fn put(&self, job: &Job, age: u32) -> bool {
        let Some(place) = self.places.iter().find(|place| place.state.load(Ordering::Acquire) == FREE) else { return false };
        place.generation.store(job.generation, Ordering::Relaxed);
        place.request.iter().zip(job.request.to_words()).for_each(|(to, from)| to.store(from, Ordering::Relaxed));
        place.state.store(WAITS | age, Ordering::Release); // any bit of `age` may be WAITS
        true
    }

    /// For the fast level: takes back the first job that `matches` and has not begun.
    pub fn take_back(&self, mut matches: impl FnMut(&Job) -> bool) -> Option<Job> {
        self.places.iter().find_map(|place| {
            let state = place.state.load(Ordering::Acquire);
            let job = (state & WAITS != 0).then(|| place.job()).filter(|job| matches(job))?;
            // The slow level may have taken it since.
            place.own(state).then(|| {
                place.wipe();
                place.state.store(FREE, Ordering::Release);
                job
            })
        })
    }

    /// For the slow level: takes the oldest job. Perhaps none, if the fast level takes one back meanwhile: it rings then.
    pub fn take(&self) -> Option<Job> {
        self.take_after(|| ())
    }

    /// `meanwhile` happens between the choice of a place and its taking.
    fn take_after(&self, meanwhile: impl FnOnce()) -> Option<Job> {
        let waiting = |place: &&Place| place.state.load(Ordering::Acquire) & WAITS != 0;
        let first = self.places.iter().find(waiting)?.state.load(Ordering::Acquire);
        // Ages wrap around at 31 bits: counted from one that waits, older ones are the upper half.
        let half = WAITS >> 1;
        let rank = |state: u32| state.wrapping_sub(first).wrapping_add(half) & !WAITS;
        let (place, state) = self
            .places
            .iter()
            .map(|place| (place, place.state.load(Ordering::Acquire)))
            .filter(|(_, state)| state & WAITS != 0)
            .min_by_key(|(_, state)| rank(*state))?;
        meanwhile();
        if !place.own(state) {
            return None;
        }
        let job = place.job();
        place.wipe();
        place.state.store(FREE, Ordering::Release);
        Some(job)
    }

    /// Does anything wait?
    pub fn is_empty(&self) -> bool {
        self.places.iter().all(|place| place.state.load(Ordering::Acquire) & WAITS == 0)
    }
}

impl Place {
    /// Neither free nor waiting: in the hands of the level that exchanged the word.
    const OWNED: u32 = 1;

    fn own(&self, state: u32) -> bool {
        self.state.compare_exchange(state, Self::OWNED, Ordering::AcqRel, Ordering::Relaxed).is_ok()
    }

    fn job(&self) -> Job {
        let mut words = [0; DESCRIPTOR_WORDS];
        words.iter_mut().zip(&self.request).for_each(|(to, from)| *to = from.load(Ordering::Relaxed));
        let job = Job { generation: self.generation.load(Ordering::Relaxed), request: Request::from_words(&words) };
        words.zeroize(); // an inline key
        job
    }

    fn wipe(&self) {
        self.request.iter().for_each(|word| word.store(0, Ordering::Relaxed));
    }
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;
    use v2gcrypt_hsm_protocol::Opcode;

    fn job(number: u32) -> Job {
        Job { generation: number, request: Request { sequence: number, ..Request::new(Opcode::Sign) } }
    }

    #[test]
    fn jobs_come_out_oldest_first_though_ages_wrap() {
        let queue = Queue::new();
        for start in [0u32, u32::MAX - 10, (1 << 31) - 5, (1 << 30) - 7] {
            for number in 0..PLACES as u32 {
                assert!(queue.put(&job(number), start.wrapping_add(number)));
            }
            assert!(!queue.put(&job(99), start));
            assert_eq!(queue.take_back(|job| job.generation == 7), Some(job(7)));
            assert_eq!(queue.take_back(|job| job.generation == 7), None);
            assert!(queue.put(&job(99), start.wrapping_add(PLACES as u32)));
            for number in (0..PLACES as u32).filter(|number| *number != 7).chain([99]) {
                assert_eq!(queue.take(), Some(job(number)));
            }
            assert!(queue.is_empty() && queue.take().is_none());
        }
    }

    #[test]
    fn a_job_that_the_other_level_gets_meanwhile_is_left_to_it() {
        let queue = Queue::new();
        assert!(queue.put(&job(1), 1));
        assert_eq!(queue.take_after(|| assert_eq!(queue.take_back(|_| true), Some(job(1)))), None);

        assert!(queue.put(&job(2), 2));
        let taken_back = queue.take_back(|found| {
            assert_eq!(queue.take(), Some(*found));
            true
        });
        assert_eq!(taken_back, None);

        // Another job in the same place.
        assert!(queue.put(&job(3), 3));
        let again = || {
            assert_eq!(queue.take_back(|_| true), Some(job(3)));
            assert!(queue.put(&job(4), 4));
        };
        assert_eq!(queue.take_after(again), None);
        assert_eq!(queue.take(), Some(job(4)));
    }

    #[test]
    fn a_job_is_taken_or_taken_back_and_never_both() {
        const JOBS: u32 = 20_000;
        let (queue, done) = (Queue::new(), AtomicU32::new(0));
        let mut back = std::collections::BTreeSet::new();
        let taken = std::thread::scope(|scope| {
            let taker = scope.spawn(|| {
                let mut taken = std::vec::Vec::new();
                while done.load(Ordering::Acquire) == 0 || !queue.is_empty() {
                    if let Some(job) = queue.take() {
                        assert_eq!(job.request.sequence, job.generation);
                        taken.push(job.generation);
                    }
                }
                taken
            });
            for number in 0..JOBS {
                while !queue.put(&job(number), number) {
                    assert!(!taker.is_finished(), "the taker has given up");
                    std::thread::yield_now();
                }
                if number % 3 == 0 {
                    back.extend(queue.take_back(|job| job.generation == number).map(|job| job.generation));
                }
            }
            done.store(1, Ordering::Release);
            taker.join().unwrap()
        });
        assert_eq!(taken.len() + back.len(), JOBS as usize);
        assert!(taken.iter().all(|number| !back.contains(number)));
    }
}
