//! A translation of a TOML file to its texts, each under the key that its source has it under.

use super::draft::{Leaf, OverlayDraft};
use super::fields::{KEY_SEPARATOR, Reading};
use super::id::normalised;
use super::tree::{self, Entry, Node, Table, Value};
use crate::diagnostic::Diagnostic;
use crate::source::{Place, Source, Spanned};
use std::sync::Arc;

/// Reads an overlay of `translates`. Which of its keys its source has is seen when they are laid over each other.
pub fn overlay(reading: &mut Reading<'_>, translates: Arc<str>, source: &Source) -> OverlayDraft {
    let leaves = leaves(reading.text, reading.path, reading.findings);
    OverlayDraft {
        path: source.path.clone(),
        translates,
        language: reading.language,
        leaves,
        text: source.text.clone(),
    }
}

/// Every text of a TOML file, and what is no text.
pub fn leaves(text: &str, path: &Arc<str>, findings: &mut Vec<Diagnostic>) -> Vec<Leaf> {
    leaves_of(&tree::toml(text, 0, path, findings), &|_| true)
}

/// Every text of a table, and what is no text, below those of its keys that are wanted.
pub fn leaves_of(table: &Table, wanted: &dyn Fn(&str) -> bool) -> Vec<Leaf> {
    let mut leaves = Vec::new();
    table.entries.iter().filter(|entry| wanted(&entry.key)).for_each(|entry| of_entry(entry, "", &mut leaves));
    leaves
}

fn of_entry(entry: &Entry, prefix: &str, leaves: &mut Vec<Leaf>) {
    let id = normalised(&entry.key);
    // Keys of the format keep their `_`; only ids are normalised, and no id looks like a key with one.
    let is_key = matches!(entry.node.value, Value::Text(_) | Value::List(_));
    let part = if is_key && entry.key.contains('_') { &*entry.key } else { &*id };
    let key = if prefix.is_empty() { part.to_string() } else { format!("{prefix}{KEY_SEPARATOR}{part}") };
    of_node(&entry.node, &key, &entry.key, &entry.place, leaves);
}

fn of_node(node: &Node, key: &str, written: &str, place: &Place, leaves: &mut Vec<Leaf>) {
    match &node.value {
        Value::Text(text) => leaves.push(Leaf {
            key: key.into(),
            text: Some(Spanned::new(text.clone(), node.place.clone())),
            place: place.clone(),
            written: written.into(),
        }),
        Value::Table(table) if !table.entries.is_empty() => {
            table.entries.iter().for_each(|entry| of_entry(entry, key, leaves));
        }
        Value::List(items) if !items.is_empty() => {
            for (index, item) in items.iter().enumerate() {
                of_node(item, &format!("{key}{KEY_SEPARATOR}{index}"), written, &item.place, leaves);
            }
        }
        Value::Broken => {}
        _ => leaves.push(Leaf { key: key.into(), text: None, place: place.clone(), written: written.into() }),
    }
}
