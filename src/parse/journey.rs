//! One journey file to a [`JourneyDraft`].

use super::document::unsafe_part;
use super::draft::{ItemDraft, JourneyDraft, Line, ObjectiveDraft, OpportunityDraft, StageDraft, TouchpointDraft};
use super::fields::{Fields, KEY_SEPARATOR, Reading};
use super::id::normalised;
use super::tree::{self, Table, Value};
use crate::diagnostic::{Code, Diagnostic};
use crate::playbook::Evidence;
use crate::playbook::prose::Name;
use crate::source::{Place, Spanned};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Keys that a stage has and a touchpoint has not: written after a touchpoint's header they are lost to it.
const STAGE_KEYS: [&str; 4] = ["goal", "summary", "checklist", "touchpoints"];

/// Reads a journey. `stem` is the file's name.
pub fn journey(reading: &mut Reading<'_>, stem: &str) -> JourneyDraft {
    let path = reading.path.clone();
    let table = tree::toml(reading.text, 0, &path, reading.findings);
    let place = table.entries.first().map_or_else(|| Place::file(&path), |entry| entry.place.clone());
    let mut fields = Fields::new(reading, &table, place.clone(), String::new());
    let title = fields.words("title");
    let summary = fields.prose("summary");
    let review = fields.review();
    let audience = fields.audience("audience");
    let personas = fields.names("personas");
    let objective_tables = fields.tables("objectives");
    let stage_tables = fields.tables("stages");
    let objectives = unique(objective_tables, "objective", fields.reading)
        .into_iter()
        .map(|(id, place, table)| objective(fields.reading, id, place, table))
        .collect();
    let stages = unique(stage_tables, "stage", fields.reading)
        .into_iter()
        .map(|(id, place, table)| stage(fields.reading, id, place, table))
        .collect();
    fields.finish("a journey", &|_| None);
    JourneyDraft {
        path,
        id: normalised(stem).into(),
        title,
        summary,
        review,
        audience,
        personas,
        objectives,
        stages,
        place,
    }
}

/// Tables with their ids; what has the id of an earlier one, or one that could be no address, is a finding and left out.
pub fn unique<'t>(
    tables: Vec<(Spanned<Arc<str>>, &'t Table)>,
    what: &str,
    reading: &mut Reading<'_>,
) -> Vec<(Arc<str>, Place, &'t Table)> {
    let mut kept: Vec<(Arc<str>, Place, &Table)> = Vec::new();
    let mut known: FxHashMap<Arc<str>, Place> = FxHashMap::default();
    for (key, table) in tables {
        let id: Arc<str> = normalised(&key.value).into();
        if let Some(reason) = unsafe_part(&id) {
            reading.findings.push(
                Diagnostic::new(Code::UnsafePath, format!("this {what}'s id {reason}"))
                    .at(key.place, "not safe as an address"),
            );
            continue;
        }
        if let Some(first) = known.get(&id) {
            reading.findings.push(
                Diagnostic::new(Code::DuplicateId, format!("two {what}s are called `{id}`"))
                    .at(key.place, "again here")
                    .at(first.clone(), "first here"),
            );
            continue;
        }
        known.insert(id.clone(), key.place.clone());
        kept.push((id, key.place, table));
    }
    kept
}

fn objective(reading: &mut Reading<'_>, id: Arc<str>, place: Place, table: &Table) -> ObjectiveDraft {
    let key = format!("objectives{KEY_SEPARATOR}{id}");
    let mut fields = Fields::new(reading, table, place.clone(), key);
    let text = fields.line("text");
    if text.is_none() && table.get("text").is_none() {
        fields.missing("this objective", "text", "text = \"More customers stay beyond the first year\"");
    }
    let metric = fields.name("metric");
    let audience = fields.audience("audience");
    fields.finish("an objective", &|_| None);
    ObjectiveDraft { id, text, metric, audience, place }
}

fn stage(reading: &mut Reading<'_>, id: Arc<str>, place: Place, table: &Table) -> StageDraft {
    let key = format!("stages{KEY_SEPARATOR}{id}");
    let mut fields = Fields::new(reading, table, place.clone(), key.clone());
    let title = fields.words("title");
    let goal = fields.line("goal");
    let summary = fields.prose("summary");
    let audience = fields.audience("audience");
    let touchpoint_tables = fields.tables("touchpoints");
    let has_checklist = fields.node("checklist").is_some();
    let item_tables = fields.tables("checklist");
    let touchpoints = unique(touchpoint_tables, "touchpoint", fields.reading)
        .into_iter()
        .map(|(touchpoint_id, place, table)| {
            let key = format!("{key}{KEY_SEPARATOR}touchpoints{KEY_SEPARATOR}{touchpoint_id}");
            touchpoint(fields.reading, touchpoint_id, place, table, key, &id)
        })
        .collect();
    let checklist = unique(item_tables, "checklist item", fields.reading)
        .into_iter()
        .map(|(item_id, place, table)| {
            let key = format!("{key}{KEY_SEPARATOR}checklist{KEY_SEPARATOR}{item_id}");
            item(fields.reading, item_id, place, table, key)
        })
        .collect();
    fields.finish("a stage", &|_| None);
    StageDraft { id, title, goal, summary, audience, touchpoints, checklist, has_checklist, place }
}

fn item(reading: &mut Reading<'_>, id: Arc<str>, place: Place, table: &Table, key: String) -> ItemDraft {
    let mut fields = Fields::new(reading, table, place.clone(), key);
    let text = fields.line("text");
    if text.is_none() && table.get("text").is_none() {
        fields.missing("this item", "text", "text = \"Every price is final\"");
    }
    let owner = fields.text("owner").map(|owner| owner.value);
    let renamed_from = fields.text("renamed_from").map(|former| normalised(&former.value).into());
    let audience = fields.audience("audience");
    fields.finish("a checklist item", &|_| None);
    ItemDraft { id, text, owner, renamed_from, audience, place }
}

fn touchpoint(
    reading: &mut Reading<'_>,
    id: Arc<str>,
    place: Place,
    table: &Table,
    key: String,
    stage: &str,
) -> TouchpointDraft {
    let mut fields = Fields::new(reading, table, place.clone(), key);
    let draft = TouchpointDraft {
        id,
        title: fields.words("title"),
        channel: fields.name("channel"),
        department: fields.name("department"),
        action: fields.line("action"),
        thought: fields.line("thought"),
        emotion: fields.number_between("emotion", -2.0, 2.0),
        intent: fields.line("intent"),
        perceived: fields.line("perceived"),
        intent_emotion: fields.number_between("intent_emotion", -2.0, 2.0),
        evidence: fields
            .one_of(
                "evidence",
                &[("researched", Evidence::Researched), ("partial", Evidence::Partial), ("assumed", Evidence::Assumed)],
            )
            .map(|evidence| evidence.value),
        moment_of_truth: fields.truth("moment_of_truth").unwrap_or(false),
        pains: fields.lines("pains"),
        barriers: fields.lines("barriers"),
        drop_offs: fields.lines("drop_offs"),
        opportunities: opportunities(&mut fields),
        promises: fields.names("promises"),
        metrics: fields.names("metrics"),
        backstage: fields.lines("backstage"),
        audience: fields.audience("audience"),
        emotions: emotions(&mut fields),
        place,
    };
    fields.finish("a touchpoint", &|key| {
        STAGE_KEYS.contains(&key).then(|| {
            format!(
                "in TOML this belongs to the touchpoint above it: move the stage's own keys up, \
                 before the first [stages.{stage}.touchpoints.…]"
            )
        })
    });
    draft
}

fn emotions(fields: &mut Fields<'_, '_, '_>) -> Vec<(Name, f64)> {
    let Some((_, table)) = fields.table("emotions") else { return Vec::new() };
    let mut emotions = Vec::new();
    for entry in &table.entries {
        let felt = match entry.node.value {
            Value::Integer(number) => number as f64,
            Value::Float(number) => number,
            Value::Broken => continue,
            ref other => {
                fields.reading.findings.push(
                    Diagnostic::new(Code::WrongType, format!("`{}` is {}, not a number", entry.key, other.kind()))
                        .at(entry.node.place.clone(), "wants a number"),
                );
                continue;
            }
        };
        if !(-2.0..=2.0).contains(&felt) {
            fields.reading.findings.push(
                Diagnostic::new(Code::OutOfRange, "an emotion lies between -2 and 2")
                    .at(entry.node.place.clone(), "outside of it"),
            );
            continue;
        }
        emotions.push((Name::new(normalised(&entry.key).into(), entry.place.clone()), felt));
    }
    emotions
}

fn opportunities(fields: &mut Fields<'_, '_, '_>) -> Vec<OpportunityDraft> {
    let Some(node) = fields.node("opportunities") else { return Vec::new() };
    let Value::List(items) = &node.value else {
        fields.reading.findings.push(
            Diagnostic::new(Code::WrongType, format!("`opportunities` is {}, not a list", node.value.kind()))
                .at(node.place.clone(), "wants a list"),
        );
        return Vec::new();
    };
    let mut opportunities = Vec::new();
    let key = fields.text_key("opportunities");
    for (index, item) in items.iter().enumerate() {
        let key = format!("{key}{KEY_SEPARATOR}{index}");
        match &item.value {
            Value::Text(text) => {
                let text = Spanned::new(text.clone(), item.place.clone());
                let text = fields.prosed(key.into(), text, Line::Inline);
                opportunities.push(OpportunityDraft { text, owner: None });
            }
            Value::Table(table) => {
                let mut inner = Fields::new(fields.reading, table, item.place.clone(), key);
                let text = inner.line("text");
                let owner = inner.text("owner").map(|owner| owner.value);
                match text {
                    Some(text) => opportunities.push(OpportunityDraft { text, owner }),
                    None if table.get("text").is_none() => {
                        inner.missing("this opportunity", "text", "text = \"Show the price in search\"");
                    }
                    None => {}
                }
                inner.finish("an opportunity", &|_| None);
            }
            Value::Broken => {}
            other => fields.reading.findings.push(
                Diagnostic::new(Code::WrongType, format!("an opportunity is a text or a table, not {}", other.kind()))
                    .at(item.place.clone(), "wants a text"),
            ),
        }
    }
    opportunities
}
