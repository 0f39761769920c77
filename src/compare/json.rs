//! A [`Comparison`] to JSON, for other programs. `docs/pipeline.md` says what its keys mean.

use super::{Change, Comparison, Sort, Subject};
use serde_json::{Map, Value, json};

/// The shape; it grows when a key changes its meaning or goes.
const FORMAT: u32 = 1;

/// What has changed since `since`: every change, in the order of the other formats.
pub fn json(comparison: &Comparison, since: &str) -> String {
    let counts: Map<String, Value> = Sort::ALL
        .into_iter()
        .map(|sort| (sort.name().to_string(), comparison.of(sort).len().into()))
        .filter(|(_, count)| *count != 0)
        .collect();
    let all = json!({
        "format": FORMAT,
        "since": since,
        "language": comparison.language,
        "counts": counts,
        "subjects": comparison.subjects.iter().map(subject).collect::<Vec<_>>(),
    });
    all.to_string() + "\n"
}

fn subject(subject: &Subject) -> Value {
    json!({
        "kind": subject.sort.name(),
        "id": subject.id,
        "title": subject.title,
        "path": &*subject.path,
        "changes": subject.changes.iter().map(change).collect::<Vec<_>>(),
    })
}

fn change(change: &Change) -> Value {
    let mut json = json!({ "what": change.what.name() });
    let texts = [("of", &change.of), ("before", &change.before), ("after", &change.after), ("by", &change.by)];
    for (key, text) in texts {
        if let Some(text) = text {
            json[key] = text.as_str().into();
        }
    }
    if let Some(words) = change.words {
        json["words"] = json!({ "gone": words.gone, "new": words.new });
    }
    json
}
