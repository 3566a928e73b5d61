//! UTCTime and GeneralizedTime, RFC 5280 4.1.2.5: seconds and `Z` always, no fractions, no offsets.

use super::reader::{Reader, Tlv, GENERALIZED_TIME, UTC_TIME};

/// A time of a certificate, CRL or OCSP response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Time {
    /// Seconds since 1970-01-01T00:00:00Z, without leap seconds.
    pub seconds: i64,
    /// Written as GeneralizedTime. Both forms are read for every year.
    pub generalized: bool,
}

impl Time {
    /// `YYYYMMDDHHMMSSZ` or, not `generalized`, `YYMMDDHHMMSSZ`.
    pub fn from_ascii(text: &[u8], generalized: bool) -> Option<Self> {
        let (year, rest) = if generalized {
            let (century, rest) = two_digits(text)?;
            let (year, rest) = two_digits(rest)?;
            (century * 100 + year, rest)
        } else {
            let (year, rest) = two_digits(text)?;
            // RFC 5280 4.1.2.5.1
            (if year >= 50 { 1900 + year } else { 2000 + year }, rest)
        };
        let (month, rest) = two_digits(rest)?;
        let (day, rest) = two_digits(rest)?;
        let (hour, rest) = two_digits(rest)?;
        let (minute, rest) = two_digits(rest)?;
        let (second, rest) = two_digits(rest)?;
        if rest != b"Z" || !(1..=days_in(year, month)?).contains(&day) || hour > 23 || minute > 59 || second > 59 {
            return None;
        }
        let seconds = ((days_since_epoch(year, month, day) * 24 + hour) * 60 + minute) * 60 + second;
        Some(Self { seconds, generalized })
    }

    pub(crate) fn read(reader: &mut Reader<'_>) -> Option<Self> {
        Self::from_tlv(&reader.next()?)
    }

    pub(crate) fn from_tlv(element: &Tlv<'_>) -> Option<Self> {
        match element.tag {
            UTC_TIME => Self::from_ascii(element.value, false),
            GENERALIZED_TIME => Self::from_ascii(element.value, true),
            _ => None,
        }
    }
}

fn two_digits(text: &[u8]) -> Option<(i64, &[u8])> {
    match text {
        [tens @ b'0'..=b'9', ones @ b'0'..=b'9', rest @ ..] => Some((i64::from(tens - b'0') * 10 + i64::from(ones - b'0'), rest)),
        _ => None,
    }
}

fn days_in(year: i64, month: i64) -> Option<i64> {
    Some(match month {
        4 | 6 | 9 | 11 => 30,
        2 if year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) => 29,
        2 => 28,
        1..=12 => 31,
        _ => return None,
    })
}

/// Of the Gregorian calendar, also before its time. Years begin in March here, so that the leap day is the last.
fn days_since_epoch(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month < 3 { (year - 1, month + 9) } else { (year, month - 3) };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    year * 365 + leap_days + (month * 153 + 2) / 5 + day - 719_469
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seconds(text: &str) -> Option<i64> {
        Time::from_ascii(text.as_bytes(), text.len() > 13).map(|time| time.seconds)
    }

    #[test]
    fn times_are_seconds_since_1970() {
        // `date -u -d … +%s`
        for (text, expected) in [
            ("700101000000Z", 0),
            ("19700101000001Z", 1),
            ("691231235959Z", -1),
            ("500101000000Z", -631_152_000),
            ("491231235959Z", 2_524_607_999),
            ("20500101000000Z", 2_524_608_000),
            ("000229120000Z", 951_825_600),
            ("20240229235959Z", 1_709_251_199),
            ("20240301000000Z", 1_709_251_200),
            ("20380119031408Z", 2_147_483_648),
            ("21000301000000Z", 4_107_542_400),
            ("99991231235959Z", 253_402_300_799),
            ("00000101000000Z", -62_167_219_200),
        ] {
            assert_eq!(seconds(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn every_day_of_four_centuries_follows_the_one_before() {
        let mut expected = days_since_epoch(1800, 1, 1);
        assert_eq!(expected, -62_091);
        for year in 1800..2200 {
            for month in 1..=12 {
                for day in 1..=days_in(year, month).unwrap() {
                    assert_eq!(days_since_epoch(year, month, day), expected, "{year}-{month}-{day}");
                    expected += 1;
                }
            }
        }
    }

    #[test]
    fn dates_that_do_not_exist_and_forms_that_are_not_der_are_refused() {
        for text in [
            "",
            "2301010000Z",
            "230101000000",
            "230101000000+0000",
            "230101000000z",
            "230101000000ZZ",
            "230001000000Z",
            "231301000000Z",
            "230100000000Z",
            "230132000000Z",
            "230229000000Z",
            "19000229000000Z",
            "230431000000Z",
            "230101240000Z",
            "230101006000Z",
            "230101000060Z",
            "23010100000 Z",
            "-30101000000Z",
            "20230101000000.5Z",
            "202301010000Z",
        ] {
            assert_eq!(Time::from_ascii(text.as_bytes(), false), None, "{text}");
            assert_eq!(Time::from_ascii(text.as_bytes(), true), None, "{text}");
        }
    }
}
