//! Bells: bits that one thread sets and others wait for.
#![forbid(unsafe_code)]

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread::Thread;
use std::time::{Duration, Instant};

/// Bits that have rung, and who waits for them.
#[derive(Debug, Default)]
pub struct Bell {
    rung: AtomicU32,
    waiting: Mutex<Vec<Thread>>,
}

impl Bell {
    /// Silent.
    pub fn new() -> Self {
        Self::default()
    }

    /// Sets bits, and wakes whoever waits.
    pub fn ring(&self, bits: u32) {
        self.rung.fetch_or(bits, Ordering::SeqCst);
        // Outside of the lock, which the woken thread takes at once.
        let waiting = self.waiting().clone();
        waiting.iter().for_each(Thread::unpark);
    }

    /// Takes those of `bits` that have rung, and waits for the first if none has. 0: the time is up.
    pub fn wait(&self, bits: u32, time: Option<Duration>) -> u32 {
        let taken = self.take(bits);
        if taken != 0 {
            return taken;
        }
        let begin = Instant::now();
        let current = std::thread::current();
        self.waiting().push(current.clone());
        let rung = loop {
            let taken = self.take(bits);
            let left = time.map(|time| time.saturating_sub(begin.elapsed()));
            if taken != 0 || left == Some(Duration::ZERO) {
                break taken;
            }
            match left {
                Some(left) => std::thread::park_timeout(left),
                None => std::thread::park(),
            }
        };
        let mut waiting = self.waiting();
        if let Some(at) = waiting.iter().position(|thread| thread.id() == current.id()) {
            waiting.swap_remove(at);
        }
        rung
    }

    fn take(&self, bits: u32) -> u32 {
        match self.rung.load(Ordering::SeqCst) & bits {
            0 => 0,
            _ => self.rung.fetch_and(!bits, Ordering::SeqCst) & bits,
        }
    }

    fn waiting(&self) -> MutexGuard<'_, Vec<Thread>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bell_is_heard_by_who_waits_later_and_only_once() {
        let bell = Bell::new();
        bell.ring(5);
        assert_eq!(bell.wait(4, None), 4);
        assert_eq!(bell.wait(4, Some(Duration::ZERO)), 0);
        assert_eq!(bell.wait(!0, None), 1);
    }

    #[test]
    fn no_bell_is_lost_between_two_threads() {
        let (there, back) = (Bell::new(), Bell::new());
        std::thread::scope(|scope| {
            scope.spawn(|| (0..10_000).for_each(|_| back.ring(there.wait(1, None))));
            for _ in 0..10_000 {
                there.ring(1);
                assert_eq!(back.wait(1, Some(Duration::from_secs(60))), 1);
            }
        });
    }
}
