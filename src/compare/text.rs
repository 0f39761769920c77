//! A [`Comparison`] to lines for a terminal, with colours for whoever can show them.

use super::Comparison;
use super::said::{Chapter, NOTHING, Part, chapters, has_title, lines, summary};
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
    for Chapter { sort, subjects, more } in chapters(comparison) {
        let _ = writeln!(out, "\n{BOLD}{}{PLAIN}", sort.heading());
        for subject in subjects {
            let title = if has_title(subject) { format!(" “{}”", clean(&subject.title)) } else { String::new() };
            let _ = writeln!(out, "  {}{title} {DIM}{}{PLAIN}", clean(&subject.id), clean(&subject.path));
            let (lines, rest) = lines(subject);
            for line in lines {
                let line: String = line.iter().map(part).collect();
                let _ = writeln!(out, "    {line}");
            }
            if let Some(rest) = rest {
                let _ = writeln!(out, "    and {rest} more changes");
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
