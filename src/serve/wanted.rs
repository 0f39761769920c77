//! What a reader of the preview wants to see: which edition, kept in a cookie.

use crate::pipeline::Choices;
use crate::view::decoded;
use jiff::civil::Date;
use std::fmt::Write as _;

/// An edition that somebody asks for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Wanted {
    /// Whose; the settings' default where `None`.
    pub audience: Option<String>,
    /// Whether with drafts.
    pub drafts: bool,
    /// For which day; today's where `None`.
    pub day: Option<Date>,
}

impl Wanted {
    /// As the pipeline wants to hear it.
    pub fn choices(&self, strict: bool, today: Date) -> Choices {
        Choices { audience: self.audience.clone(), drafts: self.drafts, today: self.day.unwrap_or(today), strict }
    }

    /// As a cookie's value or a form's fields: `audience=public&drafts=1&day=2026-09-01`.
    pub fn written(&self) -> String {
        let mut written = String::new();
        if let Some(audience) = &self.audience {
            written.push_str("audience=");
            encode(audience, &mut written);
            written.push('&');
        }
        write!(written, "drafts={}", u8::from(self.drafts)).expect("a String takes everything");
        if let Some(day) = self.day {
            write!(written, "&day={day}").expect("a String takes everything");
        }
        written
    }

    /// What was [`written`](Wanted::written). What makes no sense is as if it were not there.
    pub fn read(written: &str) -> Wanted {
        let mut wanted = Wanted { audience: None, drafts: false, day: None };
        for (key, value) in fields(written) {
            match key {
                "audience" if !value.is_empty() => wanted.audience = Some(value),
                "drafts" => wanted.drafts = value == "1",
                "day" => wanted.day = value.parse().ok(),
                _ => {}
            }
        }
        wanted
    }
}

/// The fields of a form, as `application/x-www-form-urlencoded` has them.
pub fn fields(written: &str) -> impl Iterator<Item = (&str, String)> {
    written.split('&').filter_map(|field| {
        let (key, value) = field.split_once('=')?;
        Some((key, decoded(&value.replace('+', " "))?))
    })
}

fn encode(text: &str, out: &mut String) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            write!(out, "%{byte:02X}").expect("a String takes everything");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read() {
        for wanted in [
            Wanted { audience: None, drafts: false, day: None },
            Wanted { audience: Some("vänner & co=1;".into()), drafts: true, day: Some(jiff::civil::date(2026, 9, 1)) },
        ] {
            let written = wanted.written();
            assert!(written.is_ascii() && !written.contains(';'), "{written}");
            assert_eq!(Wanted::read(&written), wanted);
        }
        assert_eq!(Wanted::read("audience=&drafts=yes&day=soon&x").written(), "drafts=0");
    }
}
