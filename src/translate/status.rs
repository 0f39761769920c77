//! How far a playbook is translated, as lines for people and as JSON for programs.

use super::{Book, Drafts, Lines, Tally, located, tallies};
use crate::playbook::Lang;
use crate::playbook::translation::State;
use serde_json::{Value, json};
use std::fmt::Write as _;

/// Every unit that is not current, one a line, its state first; then a table for each language.
pub fn text(book: &Book, languages: &[Lang], drafts: Drafts, lines: &mut Lines<'_>) -> String {
    let mut text = String::new();
    for language in languages {
        for open in open(book, *language, drafts, lines) {
            let Open { state, path, line, key, lacks, renamed } = open;
            let tag = &book.settings.language(*language).tag;
            let _ = write!(text, "{state} {tag} {}", located(&path, line, key.as_deref()));
            if !lacks.is_empty() {
                let _ = write!(text, " (lacks {})", lacks.join(", "));
            }
            if let Some(renamed) = renamed {
                let _ = write!(text, " (renamed to {renamed}?)");
            }
            text.push('\n');
        }
    }
    for language in languages {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(&table(book, *language, drafts));
    }
    text
}

/// A unit that is not current.
struct Open {
    state: &'static str,
    path: String,
    line: usize,
    /// Of a TOML file's text.
    key: Option<String>,
    lacks: Vec<&'static str>,
    renamed: Option<String>,
}

impl Open {
    fn unit(&self) -> &str {
        self.key.as_deref().unwrap_or("")
    }
}

/// Stale ones first, then those that nobody has accepted, then what is missing, then orphans: in the order in which a person
/// would take them up.
fn open(book: &Book, language: Lang, drafts: Drafts, lines: &mut Lines<'_>) -> Vec<Open> {
    let mut all = Vec::new();
    for state in [State::Stale, State::Unaccepted, State::Missing] {
        for unit in &book.translations.units {
            let rendition = unit.rendition(language);
            if rendition.state != state || (unit.draft && drafts == Drafts::Waiting) {
                continue;
            }
            let place = rendition.place.as_ref().unwrap_or(&unit.place);
            all.push(Open {
                state: state.name(),
                path: place.path.to_string(),
                line: lines.at(place),
                key: unit.key.as_deref().map(str::to_string),
                lacks: rendition.lacks.clone(),
                renamed: None,
            });
        }
    }
    for orphan in book.translations.orphans.iter().filter(|orphan| orphan.language == language) {
        all.push(Open {
            state: "orphaned",
            path: orphan.place.path.to_string(),
            line: lines.at(&orphan.place),
            key: orphan.name.split_once('#').map(|(_, key)| key.to_string()),
            lacks: Vec::new(),
            renamed: orphan.renamed.clone(),
        });
    }
    all
}

const COLUMNS: [&str; 7] = ["", "current", "stale", "unaccepted", "missing", "units", "words"];

/// `sv (Svenska): 62 % of 1204 words are current`, and below it the units by kind.
fn table(book: &Book, language: Lang, drafts: Drafts) -> String {
    let (kinds, whole) = tallies(&book.translations, language, drafts);
    let language = book.settings.language(language);
    let mut text = format!(
        "{} ({}): {} % of {} words are current",
        language.tag,
        language.name,
        whole.percent(),
        whole.all().words
    );
    if whole.orphaned > 0 {
        let _ = write!(text, "; {} orphaned", whole.orphaned);
    }
    text.push('\n');
    let row = |name: &str, tally: &Tally| -> Vec<String> {
        let states = State::ALL.map(|state| tally.of(state).units);
        let numbers = states.into_iter().chain([tally.all().units]).map(|number| number.to_string());
        let words = format!("{}/{}", tally.of(State::Current).words, tally.all().words);
        std::iter::once(name.to_string()).chain(numbers).chain([words]).collect()
    };
    let mut rows = vec![COLUMNS.map(str::to_string).to_vec()];
    rows.extend(kinds.iter().map(|(kind, tally)| row(kind, tally)));
    if kinds.len() > 1 {
        rows.push(row("all", &whole));
    }
    let widths: Vec<usize> = (0..COLUMNS.len())
        .map(|column| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0))
        .collect();
    for row in rows.iter().filter(|_| !kinds.is_empty()) {
        let cells = row.iter().zip(&widths).enumerate().map(|(column, (cell, width))| match column {
            0 => format!("  {cell:<width$}"),
            _ => format!("  {cell:>width$}"),
        });
        text.push_str(cells.collect::<String>().trim_end());
        text.push('\n');
    }
    text
}

/// Everything as one JSON object: `languages` with their counts, `units` that are not current.
pub fn json(book: &Book, languages: &[Lang], drafts: Drafts, lines: &mut Lines<'_>) -> String {
    let counts = |tally: &Tally| -> Value {
        let mut counts = serde_json::Map::new();
        for state in State::ALL {
            let count = tally.of(state);
            counts.insert(state.name().to_string(), json!({ "units": count.units, "words": count.words }));
        }
        Value::Object(counts)
    };
    let mut told = Vec::new();
    let mut units = Vec::new();
    for language in languages {
        let (kinds, whole) = tallies(&book.translations, *language, drafts);
        let own = book.settings.language(*language);
        let kinds: Vec<Value> =
            kinds.iter().map(|(kind, tally)| json!({ "kind": kind, "states": counts(tally) })).collect();
        told.push(json!({
            "language": &*own.tag, "name": &*own.name, "percent": whole.percent(), "states": counts(&whole),
            "orphaned": whole.orphaned, "kinds": kinds,
        }));
        for open in open(book, *language, drafts, lines) {
            let key = (!open.unit().is_empty()).then(|| open.unit().to_string());
            units.push(json!({
                "state": open.state, "language": &*own.tag, "path": open.path, "line": open.line, "key": key,
                "lacks": open.lacks, "renamed": open.renamed,
            }));
        }
    }
    format!("{:#}\n", json!({ "languages": told, "units": units }))
}
