//! A [`Report`] to what a person reads in a terminal, or a program on a line of JSON.

use super::position::Positions;
use super::{Code, Diagnostic, Level, Report};
use crate::source::{Place, line_and_column};
use annotate_snippets::{AnnotationKind, Group, Level as Title, Renderer, Snippet};
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

/// At most so many findings of one code are drawn; the rest are counted.
const DRAWN_OF_A_CODE: usize = 20;
/// At most so many bytes of findings are drawn.
const DRAWN_BYTES: usize = 6 * 1024;
/// At most so many bytes of one finding's message.
pub(super) const MESSAGE_BYTES: usize = 600;
/// Lines of the author's are cut around the underlined words at about this width.
const WIDTH: usize = 200;

/// Draws the findings, at most 20 of a code and 6 KB in all, the rest counted. `read` gives a file's text again: findings
/// keep places, not texts.
pub fn draw(report: &Report, styled: bool, read: &dyn Fn(&str) -> Option<Arc<str>>) -> String {
    let renderer = if styled { Renderer::styled() } else { Renderer::plain() };
    let mut drawn = String::new();
    let mut of_a_code: BTreeMap<_, usize> = BTreeMap::new();
    let mut left_out: BTreeMap<_, usize> = BTreeMap::new();
    // Colours are not text: only what is read counts against the limit, and so does what counts the rest.
    let codes: BTreeSet<_> = report.findings.iter().map(|(level, diagnostic)| (*level, diagnostic.code)).collect();
    let counted: usize = codes.iter().map(|(level, code)| more(*level, *code, report.findings.len()).len()).sum();
    let room = DRAWN_BYTES.saturating_sub(counted);
    let mut bytes = 0;
    for (level, diagnostic) in &report.findings {
        let count = of_a_code.entry(diagnostic.code).or_default();
        *count += 1;
        let picture =
            (*count <= DRAWN_OF_A_CODE && bytes < room.max(1)).then(|| picture(*level, diagnostic, &renderer, read));
        match picture {
            Some((picture, length)) if bytes == 0 || bytes + length + 2 <= room => {
                drawn.push_str(&picture);
                drawn.push_str("\n\n");
                bytes += length + 2;
            }
            _ => *left_out.entry((std::cmp::Reverse(*level), diagnostic.code)).or_default() += 1,
        }
    }
    for ((level, code), count) in left_out {
        drawn.push_str(&more(level.0, code, count));
    }
    drawn
}

fn more(level: Level, code: Code, count: usize) -> String {
    format!("{}[{code}]: and {count} more (`trustbook check --format json` lists all)\n", word(level))
}

fn word(level: Level) -> &'static str {
    if level == Level::Deny { "error" } else { "warning" }
}

fn picture(
    level: Level,
    diagnostic: &Diagnostic,
    renderer: &Renderer,
    read: &dyn Fn(&str) -> Option<Arc<str>>,
) -> (String, usize) {
    let title = if level == Level::Deny { Title::ERROR } else { Title::WARNING };
    let message = shortened(&diagnostic.message, MESSAGE_BYTES);
    let mut group = Group::with_title(title.primary_title(message).id(diagnostic.code.name()));
    let excerpts = excerpts(diagnostic, read);
    let mut cut = Vec::new();
    for (index, excerpt) in excerpts.iter().enumerate() {
        group = match excerpt {
            Excerpt::Lines { path, text, first_line, column, span, words } => {
                let kind = if index == 0 { AnnotationKind::Primary } else { AnnotationKind::Context };
                let mark = kind.span(span.clone()).label(words.as_str());
                let drawn = text[..span.start].chars().count() + 1;
                if drawn != *column {
                    let at = |column| format!("{path}:{first_line}:{column}");
                    cut.push((at(drawn), at(*column)));
                }
                let snippet = Snippet::source(text.as_str()).path(path.to_string()).line_start(*first_line);
                group.element(snippet.annotation(mark))
            }
            Excerpt::File { path, line } => {
                let origin = annotate_snippets::Origin::path(path.to_string());
                group.element(match line {
                    Some(line) => origin.line(*line),
                    None => origin,
                })
            }
        };
    }
    let mut groups = vec![group];
    for help in &diagnostic.help {
        groups.push(Group::with_title(Title::HELP.secondary_title(shortened(help, MESSAGE_BYTES))));
    }
    // Columns are those of the author's line, not of what is shown of it.
    let render = |renderer: &Renderer| {
        cut.iter().fold(renderer.render(&groups), |picture, (drawn, meant)| picture.replacen(drawn, meant, 1))
    };
    (render(renderer), render(&Renderer::plain()).len())
}

enum Excerpt {
    Lines { path: Arc<str>, text: String, first_line: usize, column: usize, span: Range<usize>, words: String },
    File { path: Arc<str>, line: Option<usize> },
}

/// Files of this folder are never shown.
pub(super) const SURVEYS: &str = "content/data/";

/// At most this many labels are drawn of one finding.
const LABELS: usize = 4;

fn excerpts(diagnostic: &Diagnostic, read: &dyn Fn(&str) -> Option<Arc<str>>) -> Vec<Excerpt> {
    diagnostic
        .labels
        .iter()
        .take(LABELS)
        .map(|label| {
            let path = label.place.path.clone();
            let range = label.place.range();
            match read(&path) {
                // What people answered is nobody's to read over in a terminal or a log.
                Some(text) if path.starts_with(SURVEYS) && range.start > 0 => {
                    let line = Some(line_and_column(&text, range.start).0);
                    Excerpt::File { path, line }
                }
                Some(text) if range.end <= text.len() && !(range.is_empty() && range.start == 0) => {
                    excerpt(path, &text, range, &label.text)
                }
                _ => Excerpt::File { path, line: None },
            }
        })
        .collect()
}

/// The underlined line, cut to what can be read.
fn excerpt(path: Arc<str>, text: &str, range: Range<usize>, words: &str) -> Excerpt {
    let boundary = |mut at: usize| {
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = boundary(range.start);
    let line_start = text[..start].rfind(['\n', '\r']).map_or(0, |newline| newline + 1);
    let line_end = text[start..].find(['\n', '\r']).map_or(text.len(), |newline| start + newline);
    let end = boundary(range.end.min(line_end).max(start));
    let (first_line, column) = line_and_column(text, start);
    let (mut from, mut to) = (line_start, line_end);
    if line_end - line_start > WIDTH {
        // Only cut before the underlined words when they would not be seen otherwise.
        if end - line_start > WIDTH {
            from = boundary(start.saturating_sub(WIDTH / 4).max(line_start));
        }
        to = boundary((from + WIDTH).min(line_end)).max(from);
    }
    let end = end.min(to).max(start);
    let shown = text[from..to].replace('\0', "\u{2400}");
    // A replaced NUL is longer than it was; spans then would be off, so such a line is underlined from its start.
    let span = if shown.len() == to - from { start - from..end - from } else { 0..0 };
    Excerpt::Lines { path, text: shown, first_line, column, span, words: words.to_string() }
}

/// `text`, cut in its middle if it is long.
pub fn shortened(text: &str, limit: usize) -> String {
    let text: String = text.chars().map(|c| if c.is_control() && c != '\n' { '\u{fffd}' } else { c }).collect();
    if text.len() <= limit {
        return text;
    }
    let mut head = limit * 2 / 3;
    while !text.is_char_boundary(head) {
        head -= 1;
    }
    let mut tail = text.len() - limit / 4;
    while !text.is_char_boundary(tail) {
        tail += 1;
    }
    format!("{} … {}", &text[..head], &text[tail..])
}

/// Every finding, one JSON object a line. A file's text is read once.
pub fn json_lines(report: &Report, read: &dyn Fn(&str) -> Option<Arc<str>>) -> String {
    let mut positions = Positions::new(read);
    let mut at = |place: &Place| positions.start(place);
    report.findings.iter().map(|(level, diagnostic)| json(*level, diagnostic, &mut at) + "\n").collect()
}

/// One finding as one JSON object on one line: `level`, `code`, `message`, `path`, `line`, `column` (both from 1),
/// `start`, `end` (bytes), `labels`, `help`.
fn json(level: Level, diagnostic: &Diagnostic, at: &mut dyn FnMut(&Place) -> (usize, usize)) -> String {
    let label = |label: &super::Label| {
        let (line, column) = at(&label.place);
        serde_json::json!({
            "path": &*label.place.path, "line": line, "column": column,
            "start": label.place.start, "end": label.place.end, "text": label.text,
        })
    };
    let labels: Vec<_> = diagnostic.labels.iter().map(label).collect();
    let first = labels.first().cloned().unwrap_or_default();
    serde_json::json!({
        "level": word(level), "code": diagnostic.code.name(),
        "message": shortened(&diagnostic.message, MESSAGE_BYTES),
        "path": first["path"], "line": first["line"], "column": first["column"],
        "start": first["start"], "end": first["end"], "labels": labels, "help": diagnostic.help,
    })
    .to_string()
}
