//! A [`Comparison`] to Markdown, to be pasted into a review.

use super::Comparison;
use super::said::{Chapter, NOTHING, Part, chapters, has_title, lines, summary};
use crate::view::audit::table::escaped;
use std::fmt::Write as _;

/// What has changed since `since`: a table a sort, a row a change.
pub fn markdown(comparison: &Comparison, since: &str) -> String {
    let mut out = format!("# What has changed since {}\n\n", shown_as_written(since));
    if comparison.is_empty() {
        let _ = writeln!(out, "{NOTHING}");
        return out;
    }
    let _ = writeln!(out, "{}", summary(comparison));
    for Chapter { sort, subjects, more } in chapters(comparison) {
        let _ = writeln!(out, "\n## {}\n\n| What | How it has changed |\n|---|---|", sort.heading());
        for subject in subjects {
            let id = shown_as_written(&subject.id);
            let mut name = match has_title(subject) {
                true => format!("**{}** {id}", shown_as_written(&subject.title)),
                false => format!("**{id}**"),
            };
            let (lines, rest) = lines(subject);
            for line in lines {
                let line: String = line.iter().map(part).collect();
                let _ = writeln!(out, "| {} | {line} |", std::mem::take(&mut name));
            }
            if let Some(rest) = rest {
                let _ = writeln!(out, "| | and {rest} more changes |");
            }
        }
        if more > 0 {
            let _ = writeln!(out, "\nAnd {more} more (`--format json` has all of them).");
        }
    }
    out
}

fn part(part: &Part) -> String {
    match part {
        Part::Plain(words) | Part::Kept(words) => shown_as_written(words),
        Part::Gone(words) => marked("~~", words),
        Part::New(words) => marked("**", words),
    }
}

/// Marks stand next to words: white space goes outside of them.
fn marked(mark: &str, words: &str) -> String {
    let trimmed = words.trim();
    if trimmed.is_empty() {
        return shown_as_written(words);
    }
    let before = &words[..words.len() - words.trim_start().len()];
    let after = &words[words.trim_end().len()..];
    let space = |space: &str| if space.is_empty() { "" } else { " " };
    format!("{}{mark}{}{mark}{}", space(before), shown_as_written(trimmed), space(after))
}

/// Words that mean nothing but themselves, and call nobody: `@` and a name would write to whoever has it.
fn shown_as_written(text: &str) -> String {
    escaped(text).replace('@', "@<!-- -->")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_stand_next_to_words_and_nobody_is_called() {
        assert_eq!(marked("**", " two days "), " **two days** ");
        assert_eq!(marked("~~", "\n"), " ");
        assert_eq!(shown_as_written("a|b *c* @team"), "a\\|b \\*c\\* @<!-- -->team");
    }
}
