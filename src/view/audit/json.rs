//! An [`Audit`] to JSON for other programs. Its schema stands in `docs/schemas/audit.schema.json`; both come from the types below.

use super::AuditView;
use crate::audit::{Account, Audit, Weight};
use crate::playbook::{Department, Id, Lang};
use crate::view::page::plain;
use crate::view::{At, machine};
use serde::Serialize;

/// `trustbook audit --format json`: what was promised and how it went, and what is wrong or not known, worst first.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct AuditJson {
    /// 1; it grows when a key changes its meaning or goes.
    format: u32,
    /// The playbook's id.
    playbook: String,
    /// The playbook's title.
    title: String,
    /// The audience that the edition is for.
    edition: String,
    /// Whether the edition holds all that a plain build holds; else only what is broken, at risk or overdue is listed.
    whole: bool,
    /// The day on which it was so.
    date: String,
    /// The id of the department that it is about; `null`: all of them.
    department: Option<String>,
    /// How many promises are made, withdrawn ones apart.
    made: u64,
    /// How many of them are kept.
    kept: u64,
    /// How many may not hold.
    at_risk: u64,
    /// How many are broken.
    broken: u64,
    /// How many concerns there are of each weight, gravest first.
    weights: Vec<WeightJson>,
    /// By what departments are compared: `occasions`, or `promises` where none has occasions enough.
    basis: &'static str,
    /// Promises made against kept, weakest department first.
    departments: Vec<AccountJson>,
    /// What is wrong or not known, worst first.
    concerns: Vec<ConcernJson>,
    /// How pages read, hardest first; empty in the audit of one department.
    readings: Vec<ReadingJson>,
}

/// How a page reads in one of its languages.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ReadingJson {
    /// The file of its text.
    source: String,
    /// Its title in that language.
    title: String,
    /// The language's tag.
    language: String,
    /// `flesch-kincaid`, `lix` or `words-a-sentence`.
    measure: &'static str,
    /// What it gives, with one decimal.
    value: f64,
    /// Above this a text is hard.
    limit: f64,
    /// Whether this one is.
    hard: bool,
    /// How many words of prose were counted.
    words: u64,
    /// In how many sentences.
    sentences: u64,
}

/// How many concerns there are of a weight.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct WeightJson {
    /// `broken`, `unsure` or `unfinished`.
    weight: &'static str,
    /// How many.
    count: u64,
}

/// What a department has promised, and how that goes.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct AccountJson {
    /// The department's id; `null`: no department has to keep these.
    department: Option<String>,
    /// How many promises it has made.
    made: u64,
    /// How many of them are kept.
    kept: u64,
    /// How many may not hold.
    at_risk: u64,
    /// How many are broken.
    broken: u64,
    /// How many reviews of them are overdue.
    overdue: u64,
    /// At how many touchpoints customers meet it.
    touchpoints: u64,
    /// The share of what is kept, 0 to 100; `null`: nothing is judged.
    share: Option<f64>,
    /// Of how many.
    judged: u64,
}

/// One thing that is wrong or not known.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ConcernJson {
    /// What is wrong: a word such as `broken-promise`.
    topic: &'static str,
    /// How grave that is: `broken`, `unsure` or `unfinished`.
    weight: &'static str,
    /// The id of the promise, department or strategy; of a touchpoint and its opportunities `journey/stage/touchpoint`.
    id: String,
    /// Its words in the playbook's default language.
    title: String,
    /// The id of the department that it belongs to.
    department: Option<String>,
    /// Who answers for it.
    owner: Option<String>,
    /// How many moments of truth it touches.
    moments: u64,
    /// By what it is ordered in its topic: first by the one, then by the other; more is worse.
    hurt: [u64; 2],
    /// What is known about it, in words of the playbook's default language.
    facts: Vec<String>,
}

/// The audit for other programs; `view` is the same with every line.
pub fn json(at: &At<'_>, audit: &Audit, view: &AuditView) -> Vec<u8> {
    let (playbook, settings) = (at.desk.playbook, &at.desk.playbook.settings);
    let department = |id: Option<Id<Department>>| id.map(|id| playbook[id].id.to_string());
    let tally = audit.standing.tally;
    let rows = view.sections.iter().flat_map(|section| section.rows.iter().map(move |row| (section, row)));
    let value = AuditJson {
        format: 1,
        playbook: settings.id.to_string(),
        title: settings.language(Lang::DEFAULT).title.to_string(),
        edition: settings.edition.to_string(),
        whole: audit.whole,
        date: at.desk.measures.today.to_string(),
        department: department(audit.department),
        made: audit.accounts.iter().map(|account| account.promises.len() as u64).sum(),
        kept: tally.kept.into(),
        at_risk: tally.at_risk.into(),
        broken: tally.broken.into(),
        weights: Weight::ALL
            .into_iter()
            .map(|weight| WeightJson { weight: weight.name(), count: audit.count(weight) as u64 })
            .collect(),
        basis: audit.basis.name(),
        departments: audit.accounts.iter().map(|one| account(audit, one, department(one.department))).collect(),
        concerns: audit
            .concerns
            .iter()
            .zip(rows)
            .map(|(concern, (section, row))| ConcernJson {
                topic: section.id,
                weight: section.weight,
                id: row.id.clone(),
                title: plain(&row.link.title),
                department: department(concern.department),
                owner: row.owner.clone(),
                moments: concern.moments as u64,
                hurt: [concern.hurt.first, concern.hurt.then],
                facts: row.facts.clone(),
            })
            .collect(),
        readings: audit
            .readings
            .iter()
            .zip(&view.readings)
            .map(|(one, shown)| ReadingJson {
                source: shown.source.clone(),
                title: plain(&shown.link.title),
                language: shown.lang.clone(),
                measure: shown.measure,
                value: (one.reading.value * 10.0).round() / 10.0,
                limit: one.reading.measure.limit(),
                hard: shown.hard,
                words: one.reading.words.into(),
                sentences: one.reading.sentences.into(),
            })
            .collect(),
    };
    let mut text = Vec::new();
    machine::push(&value, &mut text);
    text.push(b'\n');
    text
}

fn account(audit: &Audit, account: &Account, department: Option<String>) -> AccountJson {
    let (standing, tally) = (account.standing, account.standing.tally);
    AccountJson {
        department,
        made: account.promises.len() as u64,
        kept: tally.kept.into(),
        at_risk: tally.at_risk.into(),
        broken: tally.broken.into(),
        overdue: account.overdue as u64,
        touchpoints: account.touchpoints as u64,
        share: standing.share(audit.basis).map(|share| (share * 100.0).round() / 100.0),
        judged: standing.judged(audit.basis).n,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `BLESS=1 cargo test --lib schema` writes it anew.
    #[test]
    fn the_schema_is_that_of_the_types() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/schemas/audit.schema.json");
        let fresh = serde_json::to_string_pretty(&schemars::schema_for!(AuditJson)).expect("a schema is JSON") + "\n";
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(path, &fresh).expect("the schema can be written");
            return;
        }
        let written = std::fs::read_to_string(path).expect("the schema can be read");
        assert!(written == fresh, "docs/schemas/audit.schema.json lags behind: run `BLESS=1 cargo test --lib schema`");
    }
}
