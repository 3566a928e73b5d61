//! Instants as users write them [RFC 3339].
#![forbid(unsafe_code)]

use std::fmt;
use std::str::FromStr;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use der::DateTime;

/// An instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rfc3339 {
    /// Since 1970-01-01T00:00:00Z.
    pub seconds: i64,
}

impl FromStr for Rfc3339 {
    type Err = String;

    /// `2026-11-22T10:00:00Z`, or with an offset such as `+01:00`; fractions of a second are cut off.
    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || format!("`{text}` is no time such as 2026-11-22T10:00:00Z");
        let (local, rest) = text.split_at_checked(19).ok_or_else(wrong)?;
        let local = local.replacen(['t', ' '], "T", 1);
        let local: DateTime = format!("{local}Z").parse().map_err(|_| wrong())?;
        let fraction = rest.strip_prefix('.').map_or(0, |digits| 1 + digits.chars().take_while(char::is_ascii_digit).count());
        let offset = match rest.get(fraction..).ok_or_else(wrong)? {
            "Z" | "z" if fraction != 1 => 0,
            offset if fraction != 1 => offset_seconds(offset).ok_or_else(wrong)?,
            _ => return Err(wrong()),
        };
        Ok(Self { seconds: local.unix_duration().as_secs() as i64 - offset })
    }
}

/// `+hh:mm` or `-hh:mm`.
fn offset_seconds(text: &str) -> Option<i64> {
    let (sign, rest) = text.split_at_checked(1)?;
    let (hours, minutes) = rest.split_once(':')?;
    let number = |digits: &str, below: i64| {
        let fits = digits.len() == 2 && digits.bytes().all(|byte| byte.is_ascii_digit());
        digits.parse::<i64>().ok().filter(|number| fits && *number < below)
    };
    let seconds = number(hours, 24)? * 3600 + number(minutes, 60)? * 60;
    match sign {
        "+" => Some(seconds),
        "-" => Some(-seconds),
        _ => None,
    }
}

impl fmt::Display for Rfc3339 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let time =
            u64::try_from(self.seconds).ok().and_then(|seconds| DateTime::from_unix_duration(Duration::from_secs(seconds)).ok());
        match time {
            Some(time) => time.fmt(f),
            None => write!(f, "{} s since 1970", self.seconds),
        }
    }
}

/// The system's clock.
pub fn now() -> i64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs() as i64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_instant_is_read_with_its_offset_and_written_in_utc() {
        for (text, seconds) in [
            ("1970-01-01T00:00:00Z", 0),
            ("2026-11-22T10:00:00Z", 1_795_341_600),
            ("2026-11-22T11:00:00+01:00", 1_795_341_600),
            ("2026-11-22 08:30:00.25-01:30", 1_795_341_600),
        ] {
            assert_eq!(text.parse(), Ok(Rfc3339 { seconds }), "{text}");
        }
        assert_eq!(Rfc3339 { seconds: 1_795_341_600 }.to_string(), "2026-11-22T10:00:00Z");
    }

    #[test]
    fn what_is_no_instant_is_refused() {
        for text in
            ["", "2026-11-22", "2026-11-22T10:00:00", "2026-13-22T10:00:00Z", "2026-11-22T10:00:00.Z", "2026-11-22T10:00:00+1"]
        {
            assert!(text.parse::<Rfc3339>().is_err(), "{text}");
        }
    }
}
