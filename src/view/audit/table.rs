//! An [`AuditView`] to a table for spreadsheets, and to a page of Markdown.

use super::{AuditSection, AuditView, ConcernView, reading_line, text};
use crate::view::At;
use crate::view::page::plain;
use std::fmt::Write as _;

/// A line a concern, as RFC 4180 has it. The names of columns are for programs and stay in English.
pub fn csv(at: &At<'_>, view: &AuditView) -> String {
    let mut out = String::from("rank,topic,weight,id,title,place,department,owner,moment_of_truth,facts\r\n");
    let rows = view.sections.iter().flat_map(|section| section.rows.iter().map(move |row| (section, row)));
    for (rank, (section, row)) in (1..).zip(rows) {
        let title = plain(&row.link.title);
        let department = row.department.as_ref().map(|link| plain(&link.title)).unwrap_or_default();
        let facts = row.facts.join(" · ");
        let cells = [
            section.id,
            section.weight,
            &row.id,
            &title,
            row.place.as_deref().unwrap_or_default(),
            &department,
            row.owner.as_deref().unwrap_or_default(),
            if row.moment { "yes" } else { "no" },
            &facts,
        ];
        let cells: Vec<String> = cells.into_iter().map(cell).collect();
        let _ = write!(out, "{rank},{}\r\n", cells.join(","));
    }
    for (rank, page) in (1..).zip(&view.readings) {
        let (title, facts) = (plain(&page.link.title), reading_line(at, page));
        let cells = [
            "reading",
            if page.hard { "hard" } else { "" },
            &page.source,
            &title,
            &page.language,
            "",
            "",
            "no",
            &facts,
        ];
        let cells: Vec<String> = cells.into_iter().map(cell).collect();
        let _ = write!(out, "{rank},{}\r\n", cells.join(","));
    }
    out
}

/// A cell of CSV. What a spreadsheet would take for a formula gets an apostrophe before it.
fn cell(text: &str) -> String {
    let orders = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if orders { format!("'{text}") } else { text.to_string() };
    if text.contains([',', '"', '\n', '\r']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

/// The whole audit as Markdown: for minutes and wikis.
pub fn markdown(at: &At<'_>, view: &AuditView) -> String {
    let mut out = String::new();
    let site = &at.desk.playbook.settings.language(at.language).title;
    let title = at.tn("audit-of", &[("site", site.to_string().into()), ("day", view.day.shown.clone().into())]);
    let _ = write!(out, "# {}", escaped(&title));
    if let Some(department) = &view.department {
        let _ = write!(out, " · {}", escaped(&plain(&department.title)));
    }
    out.push_str("\n\n");
    if let Some(empty) = &view.empty {
        let _ = writeln!(out, "{}", escaped(empty));
        return out;
    }
    for line in view.narrow.iter().chain(&view.sample).chain(std::iter::once(&text::sentence(at, view))) {
        let _ = writeln!(out, "{}\n", escaped(line));
    }
    for floor in &view.floors {
        let sentence: Vec<&str> = [&floor.sentence, &floor.lift].into_iter().flatten().map(String::as_str).collect();
        let _ = writeln!(out, "- {}: {}", escaped(&plain(&floor.journey)), escaped(&sentence.join(" ")));
    }
    accounts(at, view, &mut out);
    view.sections.iter().for_each(|section| topic(at, section, &mut out));
    if view.sections.is_empty() {
        let _ = writeln!(out, "\n{}", escaped(&at.t("audit-nothing")));
    }
    readings(at, view, &mut out);
    out
}

fn readings(at: &At<'_>, view: &AuditView, out: &mut String) {
    if view.readings.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n## {}\n\n{}\n", escaped(&at.t("audit-reading")), escaped(&at.t("audit-reading-about")));
    let head =
        ["thing-page", "language", "audit-reading-measure", "chart-value", "audit-reading-limit", "reading-sentence"];
    line(&head.map(|key| at.t(key)), out);
    out.push_str("|---|---|---|--:|--:|--:|\n");
    for page in &view.readings {
        let (title, measure) = (plain(&page.link.title), page.measure_word.clone());
        line(
            &[title, page.language.clone(), measure, page.value.clone(), page.limit.clone(), page.sentence.clone()],
            out,
        );
    }
}

fn accounts(at: &At<'_>, view: &AuditView, out: &mut String) {
    if view.accounts.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n## {}\n", escaped(&at.t("audit-accounts")));
    let head = ["promise-department", "owner", "audit-made", "state-kept", "state-at-risk", "state-broken"];
    let head = head.into_iter().chain(["audit-late-short", "audit-share", "audit-judged"]).map(|key| at.t(key));
    line(&head.collect::<Vec<_>>(), out);
    out.push_str("|---|---|--:|--:|--:|--:|--:|--:|--:|\n");
    for account in view.accounts.iter().chain(&view.total) {
        line(
            &[
                plain(&account.department.title),
                account.owner.clone().unwrap_or_default(),
                account.made.to_string(),
                account.kept.to_string(),
                account.at_risk.to_string(),
                account.broken.to_string(),
                account.overdue.to_string(),
                account.share.clone().unwrap_or_else(|| at.t("not-known")),
                account.judged.clone(),
            ],
            out,
        );
    }
    let _ = writeln!(out, "\n{}", escaped(&view.basis));
}

fn topic(at: &At<'_>, section: &AuditSection, out: &mut String) {
    let _ = writeln!(out, "\n## {} ({})\n\n{}\n", escaped(&section.title), section.count, escaped(&section.about));
    let mut head = vec![section.thing.clone(), at.t("audit-whose"), at.t("audit-known")];
    head.extend(section.decide.then(|| at.t("audit-decision")));
    line(&head, out);
    out.push_str(&"|---".repeat(head.len()));
    out.push_str("|\n");
    for row in &section.rows {
        let mut cells = vec![title(row), whose(row), row.facts.join(" · ")];
        cells.extend(section.decide.then(String::new));
        line(&cells, out);
    }
}

fn title(row: &ConcernView) -> String {
    let number = row.number.map(|number| format!("{number} ")).unwrap_or_default();
    format!("{number}{}{}", plain(&row.link.title), if row.moment { " ◆" } else { "" })
}

fn whose(row: &ConcernView) -> String {
    let whose = [row.place.clone(), row.department.as_ref().map(|link| plain(&link.title)), row.owner.clone()];
    whose.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn line(cells: &[String], out: &mut String) {
    for cell in cells {
        let _ = write!(out, "| {} ", escaped(cell));
    }
    out.push_str("|\n");
}

/// Words as Markdown that shows them: one line, nothing in them means anything.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '#' | '~' | '&' => {
                out.push('\\');
                out.push(letter);
            }
            letter if letter.is_control() => out.push(' '),
            letter => out.push(letter),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_gives_spreadsheets_no_orders() {
        assert_eq!(cell("plain"), "plain");
        assert_eq!(cell("=1+1"), "'=1+1");
        assert_eq!(cell("-2, \"two\""), "\"'-2, \"\"two\"\"\"");
        assert_eq!(cell("a\nb"), "\"a\nb\"");
    }

    #[test]
    fn words_mean_nothing_in_markdown() {
        assert_eq!(escaped("a|b\n<i>*x*"), "a\\|b \\<i\\>\\*x\\*");
    }
}
