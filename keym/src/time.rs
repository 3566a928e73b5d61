//! What time it is, and how far that can be trusted: a clock with its quality, and a floor that outlives resets.
#![forbid(unsafe_code)]

/// How far a clock can be trusted; StbM tells it with the value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeQuality {
    /// Nobody has set the clock.
    Unknown,
    /// It runs, and nobody has synchronised it since it was started.
    Local,
    /// Synchronised with its global time base.
    Synchronised,
}

/// The present time. Seconds count from 1970-01-01T00:00:00Z.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    /// The clock, if there is one.
    pub seconds: Option<i64>,
    /// How far `seconds` can be trusted.
    pub quality: TimeQuality,
    /// A time that certainly has passed: see [`TimeFloor`].
    pub floor: Option<i64>,
}

impl Now {
    /// No clock, no floor.
    pub const UNKNOWN: Self = Self { seconds: None, quality: TimeQuality::Unknown, floor: None };

    /// A clock that is synchronised.
    pub const fn synchronised(seconds: i64) -> Self {
        Self { seconds: Some(seconds), quality: TimeQuality::Synchronised, floor: None }
    }

    /// A clock that runs without synchronisation.
    pub const fn local(seconds: i64) -> Self {
        Self { seconds: Some(seconds), quality: TimeQuality::Local, floor: None }
    }

    /// The same, not before `floor`.
    pub const fn with_floor(mut self, floor: TimeFloor) -> Self {
        self.floor = floor.seconds;
        self
    }
}

/// What validation does when no clock can be trusted. ISO 15118-2 leaves it to the vehicle. `[V2G2-886]` `[V2G2-910]`
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimeUnknown {
    /// No chain is valid.
    Refuse,
    /// No time is judged at all.
    Accept,
    /// What expired before the floor is refused; without a floor no chain is valid. The floor alone proves nobody too early.
    Floor,
}

/// A time that certainly has passed: kept in non-volatile memory, never goes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeFloor {
    seconds: Option<i64>,
}

impl TimeFloor {
    /// Nothing is known to have passed.
    pub const NONE: Self = Self { seconds: None };

    /// As read back from storage.
    pub const fn at(seconds: i64) -> Self {
        Self { seconds: Some(seconds) }
    }

    /// What to keep in storage.
    pub const fn seconds(self) -> Option<i64> {
        self.seconds
    }

    /// Rises to a synchronised clock; true when it rose by at least `step` seconds or from nothing: time to store it.
    /// A clock of less quality moves nothing: a wrong year would refuse valid certificates for ever.
    pub fn advance(&mut self, now: Now, step: i64) -> bool {
        let (Some(seconds), TimeQuality::Synchronised) = (now.seconds, now.quality) else {
            return false;
        };
        match self.seconds {
            Some(floor) if seconds < floor.saturating_add(step.max(1)) => false,
            _ => {
                self.seconds = Some(seconds);
                true
            }
        }
    }
}

/// What validation may say about times: the outcome of [`Now`] under a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Clock {
    /// Both ends of a validity are judged.
    At(i64),
    /// Only the end is: at least this late.
    AtLeast(i64),
    /// Neither is.
    Ignored,
    /// Nothing may be accepted; what ended before the floor has still expired.
    Untold(Option<i64>),
}

impl Clock {
    pub(crate) fn new(now: Now, unknown: TimeUnknown, accept_local: bool) -> Self {
        let trusted = match now.quality {
            TimeQuality::Synchronised => now.seconds,
            TimeQuality::Local if accept_local => now.seconds,
            TimeQuality::Local | TimeQuality::Unknown => None,
        };
        match (trusted, unknown, now.floor) {
            // A clock that was set back revives nothing.
            (Some(seconds), _, floor) => Self::At(floor.map_or(seconds, |floor| floor.max(seconds))),
            (None, TimeUnknown::Accept, _) => Self::Ignored,
            (None, TimeUnknown::Floor, Some(floor)) => Self::AtLeast(floor),
            (None, _, floor) => Self::Untold(floor),
        }
    }

    /// Certainly later than `end`.
    pub(crate) fn is_after(self, end: i64) -> bool {
        match self {
            Self::At(now) | Self::AtLeast(now) | Self::Untold(Some(now)) => now > end,
            Self::Ignored | Self::Untold(None) => false,
        }
    }

    /// Certainly earlier than `start`.
    pub(crate) fn is_before(self, start: i64) -> bool {
        matches!(self, Self::At(now) if now < start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_floor_rises_with_a_synchronised_clock_only_and_never_goes_back() {
        let mut floor = TimeFloor::NONE;
        assert!(!floor.advance(Now::UNKNOWN, 1));
        assert!(!floor.advance(Now::local(5), 1));
        assert!(!floor.advance(Now { seconds: Some(5), quality: TimeQuality::Unknown, floor: None }, 1));
        assert_eq!(floor.seconds(), None);
        assert!(floor.advance(Now::synchronised(100), 10));
        assert!(!floor.advance(Now::synchronised(50), 10));
        assert!(!floor.advance(Now::synchronised(109), 10));
        assert_eq!(floor, TimeFloor::at(100));
        assert!(floor.advance(Now::synchronised(110), 10));
        assert!(!floor.advance(Now::synchronised(110), 0));
        assert!(!floor.advance(Now::synchronised(i64::MIN), i64::MAX));
        assert_eq!(floor.seconds(), Some(110));
    }

    #[test]
    fn a_clock_that_was_set_back_counts_as_the_floor() {
        let back = Now::synchronised(10).with_floor(TimeFloor::at(20));
        assert_eq!(Clock::new(back, TimeUnknown::Refuse, false), Clock::At(20));
        let ahead = Now::synchronised(30).with_floor(TimeFloor::at(20));
        assert_eq!(Clock::new(ahead, TimeUnknown::Refuse, false), Clock::At(30));
    }

    #[test]
    fn a_clock_without_quality_counts_as_none() {
        let floor = TimeFloor::at(20);
        let local = Now::local(30).with_floor(floor);
        assert_eq!(Clock::new(local, TimeUnknown::Refuse, true), Clock::At(30));
        assert_eq!(Clock::new(local, TimeUnknown::Refuse, false), Clock::Untold(Some(20)));
        assert_eq!(Clock::new(local, TimeUnknown::Accept, false), Clock::Ignored);
        assert_eq!(Clock::new(local, TimeUnknown::Floor, false), Clock::AtLeast(20));
        assert_eq!(Clock::new(Now::UNKNOWN, TimeUnknown::Floor, true), Clock::Untold(None));
        let unset = Now { seconds: Some(30), quality: TimeQuality::Unknown, floor: None };
        assert_eq!(Clock::new(unset, TimeUnknown::Refuse, true), Clock::Untold(None));
    }

    #[test]
    fn a_floor_alone_proves_expiry_and_nothing_else() {
        for (clock, before, after) in [
            (Clock::At(5), true, true),
            (Clock::AtLeast(5), false, true),
            (Clock::Untold(Some(5)), false, true),
            (Clock::Untold(None), false, false),
            (Clock::Ignored, false, false),
        ] {
            assert_eq!((clock.is_before(6), clock.is_after(4)), (before, after), "{clock:?}");
            assert!(!clock.is_before(5) && !clock.is_after(5), "{clock:?}");
        }
    }
}
