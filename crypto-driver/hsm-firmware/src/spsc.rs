//! Rings of fixed records between the two levels: one side only puts, the other only takes, nobody waits.
//!
//! Records are words, and words are atomics: no reference to a record is ever shared, so that it needs neither lock nor `unsafe`.

use core::sync::atomic::{AtomicU32, Ordering};

/// A ring of `SLOTS` records of `WORDS` words.
pub struct Ring<const WORDS: usize, const SLOTS: usize> {
    slots: [[AtomicU32; WORDS]; SLOTS],
    put: AtomicU32,
    taken: AtomicU32,
}

impl<const WORDS: usize, const SLOTS: usize> Default for Ring<WORDS, SLOTS> {
    fn default() -> Self {
        Self::new()
    }
}

impl<const WORDS: usize, const SLOTS: usize> Ring<WORDS, SLOTS> {
    // Else an index would jump where the counts wrap.
    const GOOD: () = assert!(SLOTS.is_power_of_two());

    /// Empty.
    pub const fn new() -> Self {
        // Only the pattern of an array's elements.
        #[allow(clippy::declare_interior_mutable_const)]
        const ZERO: AtomicU32 = AtomicU32::new(0);
        #[allow(clippy::let_unit_value)]
        let () = Self::GOOD;
        Self { slots: [const { [ZERO; WORDS] }; SLOTS], put: ZERO, taken: ZERO }
    }

    fn slot(&self, count: u32) -> Option<&[AtomicU32; WORDS]> {
        self.slots.get(count as usize % SLOTS)
    }

    fn len(&self) -> usize {
        self.put.load(Ordering::Acquire).wrapping_sub(self.taken.load(Ordering::Acquire)) as usize
    }

    /// Is nothing in it? For the side that puts: all that it has put was taken.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// For the side that puts: is there room for another?
    pub fn has_room(&self) -> bool {
        self.len() < SLOTS
    }

    /// For the side that puts. False, and nothing happens, if there is no room.
    #[must_use]
    pub fn put(&self, record: &[u32; WORDS]) -> bool {
        let count = self.put.load(Ordering::Relaxed);
        let Some(slot) = self.slot(count).filter(|_| self.has_room()) else { return false };
        slot.iter().zip(record).for_each(|(to, from)| to.store(*from, Ordering::Relaxed));
        self.put.store(count.wrapping_add(1), Ordering::Release);
        true
    }

    /// For the side that takes: copies the oldest to `record` and wipes it here. False, and nothing happens, if there is none.
    #[must_use]
    pub fn take(&self, record: &mut [u32; WORDS]) -> bool {
        let count = self.taken.load(Ordering::Relaxed);
        let Some(slot) = self.slot(count).filter(|_| !self.is_empty()) else { return false };
        for (to, from) in record.iter_mut().zip(slot) {
            *to = from.load(Ordering::Relaxed);
            from.store(0, Ordering::Relaxed);
        }
        self.taken.store(count.wrapping_add(1), Ordering::Release);
        true
    }
}

#[cfg(test)]
mod tests {
    extern crate std;
    use super::*;

    #[test]
    fn records_come_out_whole_and_in_order_on_another_thread() {
        let ring = Ring::<5, 4>::new();
        ring.put.store(u32::MAX - 100, Ordering::Relaxed);
        ring.taken.store(u32::MAX - 100, Ordering::Relaxed);
        std::thread::scope(|scope| {
            scope.spawn(|| {
                for number in 0..20_000u32 {
                    while !ring.put(&[number; 5]) {
                        std::thread::yield_now();
                    }
                }
            });
            for number in 0..20_000u32 {
                let mut record = [0; 5];
                while !ring.take(&mut record) {
                    std::thread::yield_now();
                }
                assert_eq!(record, [number; 5]);
            }
        });
        assert!(ring.is_empty() && !ring.take(&mut [0; 5]));
    }

    #[test]
    fn a_full_ring_takes_no_more_and_what_was_taken_is_wiped() {
        let ring = Ring::<1, 2>::new();
        assert!(ring.put(&[1]) && ring.put(&[2]) && !ring.put(&[3]) && !ring.has_room());
        let mut record = [0];
        assert!(ring.take(&mut record) && record == [1]);
        assert_eq!(ring.slots[0][0].load(Ordering::Relaxed), 0);
        assert!(ring.put(&[3]) && ring.take(&mut record) && record == [2]);
    }
}
