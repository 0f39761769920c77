//! Remarks to the Static Analysis Results Interchange Format, SARIF 2.1.0 (OASIS), which code hosts and editors read.

use super::code::first_sentence;
use super::position::Positions;
use super::remark::{Remark, Remarks, Rule, Weight, is_shown, prints};
use super::{Label, draw};
use serde_json::{Value, json};
use std::sync::Arc;

/// What the paths of files are relative to: the top of the repository.
const ROOT: &str = "%SRCROOT%";

/// The file that stands for a playbook as a whole: hosts refuse what stands nowhere.
const SETTINGS: &str = "trustbook.toml";

/// What a log of results is about.
#[derive(Debug, Clone, Copy)]
pub struct Run<'a> {
    /// The command, for example `check`.
    pub command: &'a str,
    /// Whose edition was looked at.
    pub edition: &'a str,
    /// The playbook's folder as the repository has it: empty, or ending in `/`.
    pub folder: &'a str,
}

/// Remarks as one log with one run.
pub fn sarif(remarks: &Remarks, run: Run<'_>, read: &dyn Fn(&str) -> Option<Arc<str>>) -> String {
    let mut positions = Positions::new(read);
    let prints = prints(&remarks.all, read);
    let results: Vec<Value> = remarks
        .all
        .iter()
        .zip(prints)
        .map(|(remark, print)| result(remark, print, &remarks.rules, run, &mut positions))
        .collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "trustbook",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": remarks.rules.iter().map(rule).collect::<Vec<_>>(),
            }},
            // Hosts take a later log of the same id for the newer state of the same thing.
            "automationDetails": { "id": format!("trustbook-{}/{}/", run.command, run.edition) },
            "columnKind": "unicodeCodePoints",
            "originalUriBaseIds": { ROOT: { "description": { "text": "The top of the repository." } } },
            "invocations": [{ "executionSuccessful": true }],
            "results": results,
        }],
    });
    log.to_string() + "\n"
}

fn rule(rule: &Rule) -> Value {
    json!({
        "id": rule.name,
        "name": in_one_word(rule.name),
        "shortDescription": { "text": first_sentence(&rule.explanation) + "." },
        "fullDescription": { "text": rule.explanation },
        "help": { "text": rule.explanation, "markdown": rule.explanation },
        "defaultConfiguration": { "level": word(rule.weight) },
    })
}

fn result(
    remark: &Remark,
    (print, before): (u64, u32),
    rules: &[Rule],
    run: Run<'_>,
    positions: &mut Positions<'_>,
) -> Value {
    let mut result = json!({
        "ruleId": remark.rule,
        "level": word(remark.weight),
        "message": { "text": remark.with_help() },
        "partialFingerprints": { "trustbook/v1": format!("{print:016x}:{before}") },
    });
    if let Some(index) = rules.iter().position(|rule| rule.name == remark.rule) {
        result["ruleIndex"] = index.into();
    }
    let mut labels = remark.labels.iter();
    result["locations"] = match labels.next() {
        Some(label) => json!([location(label, run, positions)]),
        None => json!([{ "physicalLocation": { "artifactLocation": artifact(SETTINGS, run) } }]),
    };
    let related: Vec<Value> = (1..)
        .zip(labels)
        .map(|(number, label)| {
            let mut related = location(label, run, positions);
            related["id"] = json!(number);
            related
        })
        .collect();
    if !related.is_empty() {
        result["relatedLocations"] = related.into();
    }
    result
}

fn location(label: &Label, run: Run<'_>, positions: &mut Positions<'_>) -> Value {
    let mut physical = json!({ "artifactLocation": artifact(&label.place.path, run) });
    if let Some(region) = positions.region(&label.place) {
        physical["region"] = match is_shown(&label.place) {
            true => json!({
                "startLine": region.start.0, "startColumn": region.start.1,
                "endLine": region.end.0, "endColumn": region.end.1,
            }),
            // Of people's answers only the line is told.
            false => json!({ "startLine": region.start.0 }),
        };
    }
    let mut location = json!({ "physicalLocation": physical });
    if !label.text.is_empty() {
        location["message"] = json!({ "text": draw::shortened(&label.text, draw::MESSAGE_BYTES) });
    }
    location
}

fn artifact(path: &str, run: Run<'_>) -> Value {
    json!({ "uri": uri(&format!("{}{path}", run.folder)), "uriBaseId": ROOT })
}

fn word(weight: Weight) -> &'static str {
    match weight {
        Weight::Error => "error",
        Weight::Warning => "warning",
        Weight::Note => "note",
    }
}

/// `unmeasured-promise` as `UnmeasuredPromise`.
fn in_one_word(name: &str) -> String {
    let capital = |word: &str| {
        let mut letters = word.chars();
        letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect::<String>()
    };
    name.split('-').map(capital).collect()
}

/// A path as a relative reference of RFC 3986.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => uri.push(char::from(byte)),
            _ => uri.push_str(&format!("%{byte:02X}")),
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_becomes_a_reference() {
        assert_eq!(uri("content/guides/när ?#.md"), "content/guides/n%C3%A4r%20%3F%23.md");
    }

    #[test]
    fn a_rule_has_a_name_in_one_word() {
        assert_eq!(in_one_word("unmeasured-promise"), "UnmeasuredPromise");
    }
}
