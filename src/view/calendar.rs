//! Days to look at something to a calendar (RFC 5545) that other programs can subscribe to.
//!
//! Its writer is here and no crate's: those at hand bring a clock and chance with them, and the same playbook has to make the
//! same bytes. What a kept crate reads back is in `tests/suite/reviews.rs`.

use jiff::civil::Date;

/// A day in a calendar.
#[derive(Debug)]
pub struct Event {
    /// What it is known by for ever: a calendar that is read again moves the day instead of adding one.
    pub uid: String,
    /// The day.
    pub day: Date,
    /// What is to be done.
    pub summary: String,
    /// More about it, line by line.
    pub description: String,
    /// Where it is done.
    pub url: Option<String>,
    /// Of which kind, in a word.
    pub category: String,
}

/// A line may be as long, in bytes, without its end.
const LINE: usize = 75;

/// The calendar called `name` with its days, as it was on `made`.
pub fn calendar(name: &str, made: Date, events: &[Event]) -> String {
    let mut text = String::new();
    line(&mut text, "BEGIN", "VCALENDAR");
    line(&mut text, "VERSION", "2.0");
    line(&mut text, "PRODID", concat!("-//trustbook//trustbook ", env!("CARGO_PKG_VERSION"), "//EN"));
    line(&mut text, "CALSCALE", "GREGORIAN");
    line(&mut text, "METHOD", "PUBLISH");
    line(&mut text, "X-WR-CALNAME", &escaped(name));
    for event in events {
        line(&mut text, "BEGIN", "VEVENT");
        line(&mut text, "UID", &escaped(&event.uid));
        line(&mut text, "DTSTAMP", &format!("{}T000000Z", day(made)));
        line(&mut text, "DTSTART;VALUE=DATE", &day(event.day));
        // The day after, which is not part of it. The last day there is has none; then one day is meant.
        if let Ok(next) = event.day.tomorrow() {
            line(&mut text, "DTEND;VALUE=DATE", &day(next));
        }
        line(&mut text, "SUMMARY", &escaped(&event.summary));
        if !event.description.is_empty() {
            line(&mut text, "DESCRIPTION", &escaped(&event.description));
        }
        if let Some(url) = &event.url {
            line(&mut text, "URL", url);
        }
        line(&mut text, "CATEGORIES", &escaped(&event.category));
        // Nobody is busy all day because of it.
        line(&mut text, "TRANSP", "TRANSPARENT");
        line(&mut text, "END", "VEVENT");
    }
    line(&mut text, "END", "VCALENDAR");
    text
}

fn day(date: Date) -> String {
    format!("{:04}{:02}{:02}", date.year(), date.month(), date.day())
}

/// A text as a value. Characters that control are no text.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' | ';' | ',' => {
                out.push('\\');
                out.push(character);
            }
            '\n' => out.push_str("\\n"),
            character if character.is_control() => {}
            character => out.push(character),
        }
    }
    out
}

/// A line, folded where it is too long: what follows begins with a space. No character is cut in two.
fn line(text: &mut String, name: &str, value: &str) {
    let whole = format!("{name}:{value}");
    let mut length = 0;
    for character in whole.chars() {
        if length + character.len_utf8() > LINE {
            text.push_str("\r\n ");
            length = 1;
        }
        text.push(character);
        length += character.len_utf8();
    }
    text.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_between_characters() {
        let mut text = String::new();
        line(&mut text, "SUMMARY", &"å".repeat(100));
        assert!(text.split("\r\n").all(|line| line.len() <= LINE), "{text}");
        assert_eq!(text.replace("\r\n ", ""), format!("SUMMARY:{}\r\n", "å".repeat(100)));
    }

    #[test]
    fn what_means_something_is_escaped() {
        assert_eq!(escaped("a, b; c\\d\ne\r\u{7}"), "a\\, b\\; c\\\\d\\ne");
    }
}
