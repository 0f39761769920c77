//! Figures, states and floors to what other programs read: `trust.json`, `promises.json`, `metrics.json`.
//!
//! They hold what the edition holds, and the same cells are hidden in them as on its pages. Their schemas stand in `docs/schemas/`
//! and beside them in every site; both come from the types in the files of these names.

mod metrics;
mod promises;
mod trust;

use super::Desk;
use super::machine::{push, words};
use crate::measure::{Basis, Budget, Cell, Figure, Interval, Measured, Occasions, Period, Specific, Standing};
use crate::playbook::{Better, Id, Lang, MetricKind, Promise, Review, Status, Thing};
use metrics::{CellJson, better, cell, metrics};
use promises::promises;
use serde::Serialize;
use trust::trust;

/// Name and text of every file.
pub fn files(desk: &Desk<'_>) -> Vec<(String, Vec<u8>)> {
    vec![
        ("trust.json".into(), json(&trust(desk))),
        ("trust.schema.json".into(), include_str!("../../docs/schemas/trust.schema.json").into()),
        ("promises.json".into(), json(&promises(desk))),
        ("promises.schema.json".into(), include_str!("../../docs/schemas/promises.schema.json").into()),
        ("metrics.json".into(), json(&metrics(desk))),
        ("metrics.schema.json".into(), include_str!("../../docs/schemas/metrics.schema.json").into()),
    ]
}

/// A file's text.
pub(super) fn json(value: &impl Serialize) -> Vec<u8> {
    let mut text = Vec::new();
    push(value, &mut text);
    text.push(b'\n');
    text
}

/// What the file is of.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct Head {
    /// The schema of this file, beside it.
    #[serde(rename = "$schema")]
    schema: &'static str,
    /// 1; it grows when a key changes its meaning or goes.
    format: u32,
    /// The playbook's id.
    playbook: String,
    /// The playbook's title.
    title: String,
    /// The audience that the edition is for.
    edition: String,
    /// The day on which it was so.
    date: String,
    /// Cells of fewer answers are hidden.
    min_n: u32,
    /// What has to reach a target: the interval's `lower` end, or the `point`.
    proof: &'static str,
}

/// The head of a file with this schema.
pub(super) fn head(desk: &Desk<'_>, schema: &'static str) -> Head {
    let settings = &desk.playbook.settings;
    Head {
        schema,
        format: 1,
        playbook: settings.id.to_string(),
        title: settings.title.to_string(),
        edition: settings.edition.to_string(),
        date: desk.measures.today.to_string(),
        min_n: settings.min_n,
        proof: if settings.proof_by_point { "point" } else { "lower" },
    }
}

/// A thing's address in the default language, beginning with `/`.
pub(super) fn url(desk: &Desk<'_>, thing: Thing) -> Option<String> {
    match desk.routes.of(thing, Lang::DEFAULT, desk.playbook)? {
        (route, Some(anchor)) => Some(format!("{}#{anchor}", route.address)),
        (route, None) => Some(route.address.to_string()),
    }
}

fn stage(desk: &Desk<'_>, id: crate::playbook::StageId) -> String {
    format!("{}/{}", desk.playbook[id.journey].id, desk.playbook[id].id)
}

/// To two decimals, and never `-0`.
fn rounded(value: f64) -> f64 {
    (value * 100.0).round() / 100.0 + 0.0
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use schemars::{JsonSchema, schema_for};

    /// `BLESS=1 cargo test --lib schemas` writes them anew.
    pub(in crate::view) fn as_written<T: JsonSchema>(name: &str) {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/schemas").join(name);
        let fresh = serde_json::to_string_pretty(&schema_for!(T)).expect("a schema is JSON") + "\n";
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&path, &fresh).expect("the schema can be written");
            return;
        }
        let written = std::fs::read_to_string(&path).expect("the schema can be read");
        assert!(written == fresh, "docs/schemas/{name} lags behind: run `BLESS=1 cargo test --lib schemas`");
    }

    #[test]
    fn the_schemas_are_those_of_the_types() {
        as_written::<trust::TrustJson>("trust.schema.json");
        as_written::<promises::PromisesJson>("promises.schema.json");
        as_written::<metrics::MetricsJson>("metrics.schema.json");
    }
}
