//! An [`AuditView`] to lines of at most 80 columns, for a terminal.

use super::{AccountView, AuditSection, AuditView, ConcernView, reading_line};
use crate::view::At;
use crate::view::page::plain;
use std::fmt::Write as _;

/// Columns of a line.
const WIDTH: usize = 80;
/// A topic shows so many lines; who wants all of them wants another format.
pub const LINES: usize = 20;

const BOLD: &str = "\u{1b}[1m";
const DIM: &str = "\u{1b}[2m";
const RED: &str = "\u{1b}[31m";
const YELLOW: &str = "\u{1b}[33m";
const PLAIN: &str = "\u{1b}[0m";

/// The audit in words, with colours for whoever can show them.
pub fn text(at: &At<'_>, view: &AuditView) -> String {
    let mut out = String::new();
    let site = &at.desk.playbook.settings.language(at.language).title;
    let mut title = at.tn("audit-of", &[("site", site.to_string().into()), ("day", view.day.shown.clone().into())]);
    if let Some(department) = &view.department {
        title = format!("{title} · {}", plain(&department.title));
    }
    wrapped(&mut out, BOLD, "", &title);
    if let Some(empty) = &view.empty {
        wrapped(&mut out, "", "", empty);
        return out;
    }
    view.narrow.iter().chain(&view.sample).for_each(|note| wrapped(&mut out, DIM, "", note));
    out.push('\n');
    wrapped(&mut out, "", "", &sentence(at, view));
    for floor in view.floors.iter().take(LINES) {
        let sentence: Vec<&str> = [&floor.sentence, &floor.lift].into_iter().flatten().map(String::as_str).collect();
        if !sentence.is_empty() {
            hanging(&mut out, &format!("- {}: {}", plain(&floor.journey), sentence.join(" ")));
        }
    }
    accounts(at, view, &mut out);
    view.sections.iter().for_each(|section| topic(section, &mut out));
    if view.sections.is_empty() {
        out.push('\n');
        wrapped(&mut out, "", "", &at.t("audit-nothing"));
    }
    readings(at, view, &mut out);
    out
}

/// How many promises are kept, and how many concerns there are of each weight.
pub(super) fn sentence(at: &At<'_>, view: &AuditView) -> String {
    let counts = view.weights.iter().map(|weight| format!("{}: {}", weight.title, weight.count));
    let kept = at.tn("kept-of-judged", &[("kept", view.kept.into()), ("judged", view.judged.into())]);
    let counts: Vec<String> = counts.collect();
    format!("{} · {kept} · {}", view.promises, counts.join(" · "))
}

/// The table of departments: names to the left, numbers to the right.
fn accounts(at: &At<'_>, view: &AuditView, out: &mut String) {
    if view.accounts.is_empty() {
        return;
    }
    heading(out, "", &at.t("audit-accounts"), None);
    let mut rows = vec![head(at)];
    rows.extend(view.accounts.iter().chain(&view.total).map(|account| cells(at, account)));
    let wide = |column: usize| rows.iter().map(|row| width(&row[column])).max().unwrap_or(0);
    let numbers: usize = (1..COLUMNS).map(|column| wide(column) + 2).sum();
    let name = wide(0).min(WIDTH.saturating_sub(numbers).max(12));
    for (index, row) in rows.iter().enumerate() {
        let mut line = fitted(&row[0], name);
        for (column, cell) in row.iter().enumerate().skip(1) {
            let _ = write!(line, "  {}{cell}", " ".repeat(wide(column) - width(cell)));
        }
        let colour = if index == 0 { DIM } else { "" };
        let _ = writeln!(out, "{colour}{}{}", line.trim_end(), if colour.is_empty() { "" } else { PLAIN });
    }
    wrapped(out, DIM, "", &view.basis);
}

const COLUMNS: usize = 8;

fn head(at: &At<'_>) -> [String; COLUMNS] {
    [
        "promise-department",
        "audit-made",
        "state-kept",
        "state-at-risk",
        "state-broken",
        "audit-late-short",
        "audit-share",
        "audit-judged",
    ]
    .map(|key| at.t(key))
}

fn cells(at: &At<'_>, account: &AccountView) -> [String; COLUMNS] {
    let count = |number: usize| if number == 0 { "–".to_string() } else { at.number(number as f64) };
    [
        plain(&account.department.title),
        count(account.made),
        count(account.kept as usize),
        count(account.at_risk as usize),
        count(account.broken as usize),
        count(account.overdue),
        account.share.clone().unwrap_or_else(|| "?".to_string()),
        if account.share.is_some() { account.judged.clone() } else { String::new() },
    ]
}

/// How the hardest pages read.
fn readings(at: &At<'_>, view: &AuditView, out: &mut String) {
    if view.readings.is_empty() {
        return;
    }
    heading(out, "", &at.t("audit-reading"), None);
    wrapped(out, DIM, "", &at.t("audit-reading-about"));
    for page in &view.readings {
        hanging(out, &format!("- {}", plain(&page.link.title)));
        wrapped(out, "", "  ", &format!("{} · {}", page.language, reading_line(at, page)));
    }
    view.readings_more.iter().for_each(|more| wrapped(out, DIM, "  ", more));
}

fn topic(section: &AuditSection, out: &mut String) {
    let colour = match section.weight {
        "broken" => RED,
        "unsure" => YELLOW,
        _ => "",
    };
    heading(out, colour, &section.title, Some(section.count));
    wrapped(out, DIM, "", &section.about);
    section.rows.iter().for_each(|row| concern(row, out));
    section.more.iter().for_each(|more| wrapped(out, DIM, "  ", more));
}

fn concern(row: &ConcernView, out: &mut String) {
    let title = plain(&row.link.title);
    let title = match row.number {
        Some(number) => format!("{number} {title}"),
        None => title,
    };
    let moment = if row.moment { " ◆" } else { "" };
    hanging(out, &format!("- {title}{moment}"));
    let whose = [&row.place, &row.department.as_ref().map(|link| plain(&link.title)), &row.owner];
    let whose: Vec<&str> = whose.into_iter().flatten().map(String::as_str).collect();
    if !whose.is_empty() {
        wrapped(out, DIM, "  ", &whose.join(" · "));
    }
    if !row.facts.is_empty() {
        wrapped(out, "", "  ", &row.facts.join(" · "));
    }
}

fn heading(out: &mut String, colour: &str, title: &str, count: Option<usize>) {
    let count = count.map(|count| format!(" ({count})")).unwrap_or_default();
    let _ = writeln!(out, "\n{BOLD}{colour}{title}{count}{PLAIN}");
}

/// Words in lines that begin with `indent`.
fn wrapped(out: &mut String, colour: &str, indent: &str, words: &str) {
    lines(out, colour, indent, indent, words);
}

/// Words in lines, the second and later ones further in.
fn hanging(out: &mut String, words: &str) {
    lines(out, "", "", "  ", words);
}

fn lines(out: &mut String, colour: &str, first: &str, later: &str, words: &str) {
    let mut line = String::from(first);
    let mut empty = true;
    let end = |line: &str, out: &mut String| {
        let _ = writeln!(out, "{colour}{line}{}", if colour.is_empty() { "" } else { PLAIN });
    };
    // A non-breaking space stays where it is.
    for word in words.split([' ', '\n', '\t']).filter(|word| !word.is_empty()) {
        if !empty && width(&line) + 1 + width(word) > WIDTH {
            end(&line, out);
            line = String::from(later);
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        line.push_str(&harmless(word));
        empty = false;
    }
    if !empty {
        end(&line, out);
    }
}

/// Without letters that a terminal would obey.
fn harmless(word: &str) -> String {
    word.chars().filter(|letter| !letter.is_control()).collect()
}

/// Letters count as one column each.
fn width(text: &str) -> usize {
    text.chars().count()
}

/// Exactly so many columns: cut with an ellipsis, or filled with spaces.
fn fitted(text: &str, columns: usize) -> String {
    let text = harmless(text);
    let letters = width(&text);
    if letters > columns {
        let cut: String = text.chars().take(columns.saturating_sub(1)).collect();
        return format!("{cut}…");
    }
    format!("{text}{}", " ".repeat(columns - letters))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words_before_the_eightieth_column() {
        let mut out = String::new();
        wrapped(&mut out, "", "  ", &"seven77 ".repeat(30));
        assert!(out.lines().all(|line| line.starts_with("  seven77") && width(line) <= WIDTH), "{out}");
        assert_eq!(out.matches("seven77").count(), 30);
        let mut long = String::new();
        wrapped(&mut long, "", "", &"x".repeat(100));
        assert_eq!(long, format!("{}\n", "x".repeat(100)));
    }

    #[test]
    fn a_terminal_is_given_no_orders() {
        let mut out = String::new();
        hanging(&mut out, "- a\u{1b}[31mred\u{7}");
        assert_eq!(out, "- a[31mred\n");
        assert_eq!(fitted("Häst\u{1b}", 6), "Häst  ");
        assert_eq!(fitted("Abcdefgh", 4), "Abc…");
    }
}
