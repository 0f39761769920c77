//! A [`Comparison`] to lines for a terminal, with colours for whoever can show them.

use super::said::{CHANGES, NOTHING, Part, has_title, said, shown, summary};
use super::{Comparison, Sort};
use std::fmt::Write as _;

const BOLD: &str = "\u{1b}[1m";
const DIM: &str = "\u{1b}[2m";
const RED: &str = "\u{1b}[31m";
const GREEN: &str = "\u{1b}[32m";
const PLAIN: &str = "\u{1b}[0m";

/// What has changed since `since`, in words. Without colours, too, what went stands in `[-…-]` and what came in `{+…+}`.
pub fn text(comparison: &Comparison, since: &str) -> String {
    if comparison.is_empty() {
        return format!("{NOTHING} Since {}\n", clean(since));
    }
    let mut out = format!("{BOLD}What has changed since {}{PLAIN}\n{}\n", clean(since), summary(comparison));
    for sort in Sort::ALL {
        let (subjects, more) = shown(comparison.of(sort));
        if subjects.is_empty() {
            continue;
        }
        let _ = writeln!(out, "\n{BOLD}{}{PLAIN}", sort.heading());
        for subject in subjects {
            let title = if has_title(subject) { format!(" “{}”", clean(&subject.title)) } else { String::new() };
            let _ = writeln!(out, "  {}{title} {DIM}{}{PLAIN}", clean(&subject.id), clean(&subject.path));
            for change in subject.changes.iter().take(CHANGES) {
                let line: String = said(change).iter().map(part).collect();
                let _ = writeln!(out, "    {line}");
            }
            if subject.changes.len() > CHANGES {
                let _ = writeln!(out, "    and {} more changes", subject.changes.len() - CHANGES);
            }
        }
        if more > 0 {
            let _ = writeln!(out, "  and {more} more (`--format json` has all of them)");
        }
    }
    out
}

fn part(part: &Part) -> String {
    match part {
        Part::Plain(words) | Part::Kept(words) => clean(words),
        Part::Gone(words) => format!("{RED}[-{}-]{PLAIN}", clean(words)),
        Part::New(words) => format!("{GREEN}{{+{}+}}{PLAIN}", clean(words)),
    }
}

/// One line, and no orders to the terminal.
fn clean(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}
