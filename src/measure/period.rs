//! Months, quarters and years of the calendar.

use jiff::civil::Date;
use std::fmt;

/// Some whole months in a row: one, a quarter's or a year's. Shorter ones sort before longer ones that begin with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Period {
    /// Months since the beginning of the year 0.
    first: i32,
    length: Length,
}

/// How long a period is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Length {
    /// A month.
    Month,
    /// Three months.
    Quarter,
    /// Twelve months.
    Year,
}

impl Length {
    /// In months.
    pub fn months(self) -> i32 {
        match self {
            Length::Month => 1,
            Length::Quarter => 3,
            Length::Year => 12,
        }
    }
}

impl Period {
    /// The month of a day.
    pub fn month_of(date: Date) -> Period {
        Period { first: i32::from(date.year()) * 12 + i32::from(date.month()) - 1, length: Length::Month }
    }

    /// `2026`, `2026-Q1` or `2026-03`.
    pub fn parse(text: &str) -> Option<Period> {
        let (year, rest) = text.split_at_checked(4)?;
        let year: i32 = year.bytes().all(|byte| byte.is_ascii_digit()).then(|| year.parse().ok())??;
        let part = |text: &str, most: i32| text.parse::<i32>().ok().filter(|part| (1..=most).contains(part));
        let (first, length) = match rest.as_bytes() {
            [] => (0, Length::Year),
            [b'-', b'Q' | b'q', quarter] if quarter.is_ascii_digit() => (part(&rest[2..], 4)? * 3 - 3, Length::Quarter),
            [b'-', ten, one] if ten.is_ascii_digit() && one.is_ascii_digit() => {
                (part(&rest[1..], 12)? - 1, Length::Month)
            }
            _ => return None,
        };
        Some(Period { first: year * 12 + first, length })
    }

    /// How long it is.
    pub fn length(self) -> Length {
        self.length
    }

    /// The period of this length that holds its beginning.
    pub fn within(self, length: Length) -> Period {
        Period { first: self.first.div_euclid(length.months()) * length.months(), length }
    }

    /// So many periods of the same length earlier.
    pub fn earlier(self, count: i32) -> Period {
        Period { first: self.first - count * self.length.months(), ..self }
    }

    /// Its first month, counted from the year 0.
    pub fn first_month(self) -> i32 {
        self.first
    }

    /// Its last month, counted from the year 0.
    pub fn last_month(self) -> i32 {
        self.first + self.length.months() - 1
    }

    /// Its year.
    pub fn year(self) -> i16 {
        i16::try_from(self.first.div_euclid(12)).unwrap_or(i16::MAX)
    }

    /// The number of its first month in the year, from 1.
    pub fn month(self) -> i8 {
        i8::try_from(self.first.rem_euclid(12) + 1).unwrap_or(1)
    }

    /// The number of a quarter in its year, from 1.
    pub fn quarter(self) -> i8 {
        (self.month() - 1) / 3 + 1
    }

    /// Its first day, where the calendar reaches so far.
    pub fn first_day(self) -> Option<Date> {
        Date::new(self.year(), self.month(), 1).ok()
    }

    /// Whether all its days lie before the month of `today`, or that month is its last and `today` the last day of it.
    pub fn is_over(self, today: Date) -> bool {
        let now = Period::month_of(today).first;
        self.last_month() < now || (self.last_month() == now && today.day() == today.days_in_month())
    }
}

/// As the format writes it.
impl fmt::Display for Period {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.length {
            Length::Year => write!(formatter, "{:04}", self.year()),
            Length::Quarter => write!(formatter, "{:04}-Q{}", self.year(), self.quarter()),
            Length::Month => write!(formatter, "{:04}-{:02}", self.year(), self.month()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn written_and_read() {
        for text in ["2026", "2026-Q1", "2026-Q4", "2026-03", "2026-12", "0001-01", "9999-Q4"] {
            assert_eq!(Period::parse(text).expect(text).to_string(), text);
        }
        assert_eq!(Period::parse("2026-q2"), Period::parse("2026-Q2"));
        for text in [
            "",
            "26",
            "2026-",
            "2026-Q0",
            "2026-Q5",
            "2026-13",
            "2026-00",
            "2026-3",
            "+026-01",
            "2026-+1",
            "år26",
            "2026-01-01",
        ] {
            assert_eq!(Period::parse(text), None, "{text}");
        }
    }

    #[test]
    fn months_lie_in_quarters_and_years() {
        let may = Period::month_of(date(2026, 5, 31));
        assert_eq!(may.to_string(), "2026-05");
        assert_eq!(may.within(Length::Quarter).to_string(), "2026-Q2");
        assert_eq!(may.within(Length::Year).to_string(), "2026");
        assert_eq!(may.within(Length::Quarter).earlier(2).to_string(), "2025-Q4");
        assert!(!may.is_over(date(2026, 5, 30)));
        assert!(may.is_over(date(2026, 5, 31)));
        assert!(!may.within(Length::Year).is_over(date(2026, 12, 30)));
    }
}
