//! A source's words then and now to the lines in which they differ.
//!
//! The lock holds a version, a number, and not the words: a line a unit merges, and words would double the playbook. The words of
//! a version are in the playbook's history, where there is one: whoever asks hands over former texts of the file, newest first.

use super::texts::{page, table};
use crate::playbook::translation::{Unit, Wording};
use similar::TextDiff;

/// The words of a unit in a text of its file; `None` where that has no such unit.
pub fn words(unit: &Unit, text: &str) -> Option<String> {
    match &unit.key {
        Some(key) => Some(table(&unit.path, text).get(&**key)?.value.to_string()),
        None => Some(text.to_string()),
    }
}

/// Whether a unit's words in a text of its file are of one of these versions.
pub fn is_version(unit: &Unit, text: &str, versions: &[u64]) -> bool {
    let wording = match &unit.key {
        Some(_) => words(unit, text).map(|words| Wording::of(&[&words])),
        // As parsing counts them.
        None => {
            let page = page(&unit.path, text);
            let [title, description] = [&page.title, &page.description].map(|text| text.as_deref().unwrap_or(""));
            Some(Wording::of(&[title, description, &page.body]))
        }
    };
    wording.is_some_and(|wording| versions.contains(&wording.version))
}

/// The lines that differ, with three around them.
pub fn difference(then: &str, now: &str, name: &str, made_from: &str) -> String {
    let diff = TextDiff::from_lines(then, now);
    diff.unified_diff()
        .context_radius(3)
        .header(&format!("{name} ({made_from})"), &format!("{name} (today)"))
        .to_string()
}
