//! Register files to promises, metrics, departments, channels, claims, terms and incidents.

use super::prose::Links;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::parse::draft::{EntryDraft, PromiseDraft, RegisterDraft, ThingDraft};
use crate::playbook::prose::{Name, TypedKind};
use crate::playbook::text::Said;
use crate::playbook::{
    Better, Channel, Claim, Department, Entry, Id, Incident, Kind, Lang, MadeIn, Metric, MetricKind, Pillar, Playbook,
    Promise, StageId, Term, Text, Thing, icon_of_id,
};
use crate::source::{Place, Spanned};
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Entries by kind, each with its file.
#[derive(Default)]
pub struct Registers {
    /// `promises.toml`
    pub promises: Vec<(Arc<str>, EntryDraft)>,
    /// `metrics.toml`
    pub metrics: Vec<(Arc<str>, EntryDraft)>,
    /// `departments.toml`
    pub departments: Vec<(Arc<str>, EntryDraft)>,
    /// `channels.toml`
    pub channels: Vec<(Arc<str>, EntryDraft)>,
    /// `claims.toml`
    pub claims: Vec<(Arc<str>, EntryDraft)>,
    /// `glossary.toml`
    pub terms: Vec<(Arc<str>, EntryDraft)>,
    /// `incidents.toml`
    pub incidents: Vec<(Arc<str>, EntryDraft)>,
    /// Which overview a register's file leads to.
    pub files: Vec<(Arc<str>, Kind)>,
}

/// Sorts entries by what they are: a register's file before its folder, files by name.
pub fn sort(mut registers: Vec<RegisterDraft>, diagnostics: &mut Diagnostics) -> Registers {
    // `promises.toml` comes before `promises/…`, though `.` and `/` sort otherwise in some folders.
    registers.sort_by(|a, b| (a.path.matches('/').count(), &a.path).cmp(&(b.path.matches('/').count(), &b.path)));
    let mut sorted = Registers::default();
    let mut known: FxHashMap<(&'static str, Arc<str>), Place> = FxHashMap::default();
    for register in registers {
        let folder = register.path.trim_start_matches("content/").split(['/', '.']).next().unwrap_or("");
        if let Some(kind) = Kind::of_folder(folder) {
            sorted.files.push((register.path.clone(), kind));
        }
        for entry in register.entries {
            let (noun, list) = match &entry.thing {
                ThingDraft::Promise(_) => ("promise", &mut sorted.promises),
                ThingDraft::Metric(_) => ("metric", &mut sorted.metrics),
                ThingDraft::Desk(Kind::Channels, _) => ("channel", &mut sorted.channels),
                ThingDraft::Desk(..) => ("department", &mut sorted.departments),
                ThingDraft::Claim(_) => ("claim", &mut sorted.claims),
                ThingDraft::Term(_) => ("term", &mut sorted.terms),
                ThingDraft::Incident(_) => ("incident", &mut sorted.incidents),
            };
            if let Some(first) = known.get(&(noun, entry.id.clone())) {
                diagnostics.push(
                    Diagnostic::new(Code::DuplicateId, format!("two {noun}s are called `{}`", entry.id))
                        .at(entry.place.clone(), "again here")
                        .at(first.clone(), "first here"),
                );
                continue;
            }
            known.insert((noun, entry.id.clone()), entry.place.clone());
            list.push((register.path.clone(), entry));
        }
    }
    sorted
}

/// Looks up what the registers name.
pub fn fill(playbook: &mut Playbook, registers: Registers, links: &mut Links<'_>) {
    for (_, entry) in registers.departments {
        let ThingDraft::Desk(_, desk) = entry.thing else { continue };
        playbook.departments.push(Department {
            title: links.title(desk.title, &entry.id, &entry.place),
            owner: desk.owner,
            description: links.prosed(desk.description, None),
            touchpoints: Vec::new(),
            promises: Vec::new(),
            strategies: Vec::new(),
            id: entry.id,
            place: entry.place,
        });
    }
    for (_, entry) in registers.channels {
        let ThingDraft::Desk(_, desk) = entry.thing else { continue };
        playbook.channels.push(Channel {
            title: links.title(desk.title, &entry.id, &entry.place),
            owner: desk.owner,
            description: links.prosed(desk.description, None),
            icon: desk.icon.or_else(|| icon_of_id(&entry.id)),
            touchpoints: Vec::new(),
            promises: Vec::new(),
            id: entry.id,
            place: entry.place,
        });
    }
    for (index, (path, entry)) in registers.promises.into_iter().enumerate() {
        let audience = audience(entry.audience.as_ref(), playbook);
        let ThingDraft::Promise(draft) = entry.thing else { continue };
        let promise = promise(*draft, index, (entry.id, path, entry.place), audience, &mut playbook.past, links);
        playbook.promises.push(promise);
    }
    for (_, entry) in registers.metrics {
        let audience = audience(entry.audience.as_ref(), playbook);
        let ThingDraft::Metric(draft) = entry.thing else { continue };
        playbook.metrics.push(Metric {
            title: links.title(draft.title, &entry.id, &entry.place),
            kind: draft.kind.unwrap_or(MetricKind::Rate),
            readable: draft.kind.is_some(),
            data: draft.data,
            column: draft.column,
            window: draft.window,
            sample: draft.sample,
            stages: stages(&draft.stages, links),
            target: draft.target,
            unit: links.words(draft.unit),
            better: draft.better.unwrap_or(Better::Higher),
            date_format: draft.date_format,
            audience,
            promises: Vec::new(),
            id: entry.id,
            place: entry.place,
        });
    }
    for (index, (_, entry)) in registers.claims.into_iter().enumerate() {
        let audience = audience(entry.audience.as_ref(), playbook);
        let ThingDraft::Claim(draft) = entry.thing else { continue };
        let home = Some(Thing::Claim(Id::new(index)));
        let text = links.prosed(draft.text, home);
        playbook.claims.push(Claim {
            text: text.unwrap_or_else(|| Text::new(links.nothing(), Lang::DEFAULT, entry.place.clone())),
            value: links.words(draft.value),
            source: links.words(draft.source),
            url: draft.url,
            date: past(draft.date, "date", &mut playbook.past),
            sample: links.words(draft.sample),
            expires_on: draft.expires_on.map(|date| (date.value, date.place)),
            audience,
            id: entry.id,
            place: entry.place,
        });
    }
    for (_, entry) in registers.terms {
        let ThingDraft::Term(draft) = entry.thing else { continue };
        playbook.terms.push(Term {
            term: links.title(draft.term, &entry.id, &entry.place),
            meaning: links.prosed(draft.meaning, None),
            fixed: draft.fixed,
            id: entry.id,
            place: entry.place,
        });
    }
    for (_, entry) in registers.incidents {
        let audience = audience(entry.audience.as_ref(), playbook);
        let ThingDraft::Incident(draft) = entry.thing else { continue };
        let promise = draft.promise.as_ref().and_then(|name| match links.key(TypedKind::Promise, name)? {
            Thing::Promise(id) => Some(id),
            _ => None,
        });
        let recovery = draft.recovery.as_ref().and_then(|name| match links.key(TypedKind::Recovery, name)? {
            Thing::Recovery(id) => Some(id),
            _ => None,
        });
        let mut day = |date, key| past(date, key, &mut playbook.past);
        let [noticed, acknowledged, apologised, fixed, told] = [
            day(draft.noticed, "noticed"),
            day(draft.acknowledged, "acknowledged"),
            day(draft.apologised, "apologised"),
            day(draft.fixed, "fixed"),
            day(draft.told, "told"),
        ];
        playbook.incidents.push(Incident {
            title: links.title(draft.title, &entry.id, &entry.place),
            promise,
            severity: draft.severity,
            recovery,
            noticed,
            acknowledged,
            apologised,
            fixed,
            told,
            audience,
            id: entry.id,
            place: entry.place,
        });
    }
}

/// A day that only the past makes sense for.
fn past(date: Option<Spanned<Date>>, key: &'static str, all: &mut Vec<(Date, &'static str, Place)>) -> Option<Date> {
    let Spanned { value, place } = date?;
    all.push((value, key, place));
    Some(value)
}

fn audience(name: Option<&Name>, playbook: &Playbook) -> Arc<str> {
    name.filter(|name| playbook.settings.audience(&name.value).is_some())
        .map_or_else(|| playbook.settings.default_audience.clone(), |name| Arc::from(&*name.value))
}

fn stages(names: &[Name], links: &mut Links<'_>) -> Vec<StageId> {
    let mut stages = Vec::new();
    for name in names {
        for stage in links.stages(name) {
            if !stages.contains(&stage) {
                stages.push(stage);
            }
        }
    }
    stages
}

fn promise(
    draft: PromiseDraft,
    index: usize,
    (id, path, place): (Arc<str>, Arc<str>, Place),
    audience: Arc<str>,
    days: &mut Vec<(Date, &'static str, Place)>,
    links: &mut Links<'_>,
) -> Promise {
    let thing = Thing::Promise(Id::new(index));
    let home = Some(thing);
    let pillar: Option<Id<Pillar>> =
        draft.pillar.as_ref().and_then(|name| match links.key(TypedKind::Pillar, name)? {
            Thing::Pillar(id) => Some(id),
            _ => None,
        });
    let channel = draft.channel.as_ref().and_then(|name| match links.key(TypedKind::Channel, name)? {
        Thing::Channel(id) => Some(id),
        _ => None,
    });
    let department = draft.department.as_ref().and_then(|name| match links.key(TypedKind::Department, name)? {
        Thing::Department(id) => Some(id),
        _ => None,
    });
    let metric = draft.metric.as_ref().and_then(|name| match links.key(TypedKind::Metric, name)? {
        Thing::Metric(id) => Some(id),
        _ => None,
    });
    if draft.metric.is_some() && metric.is_none() {
        links.would_echo(Code::UnmeasuredPromise, thing);
    }
    let written = draft.made_in.len();
    let made_in: Vec<MadeIn> = draft
        .made_in
        .into_iter()
        .filter_map(|place| {
            let Said { value, place: at, .. } = &place.text.source;
            if place.is_file() { links.made_in(value, at).map(MadeIn::Page) } else { Some(MadeIn::Words(place.text)) }
        })
        .collect();
    if made_in.len() < written {
        links.would_echo(Code::PromiseNowhereMade, thing);
    }
    let history = draft
        .history
        .into_iter()
        .inspect(|entry| days.push((entry.date.value, "date", entry.date.place.clone())))
        .map(|entry| Entry { date: entry.date.value, status: entry.status, note: links.prosed(entry.note, home) })
        .collect();
    let text = links.prosed(draft.text, home);
    Promise {
        number: index + 1,
        text: text.unwrap_or_else(|| Text::new(links.nothing(), Lang::DEFAULT, place.clone())),
        pillar,
        stages: stages(&draft.stages, links),
        channel,
        department,
        made_in,
        metric,
        status: draft.status.as_ref().map(|status| status.value),
        status_place: draft.status.map(|status| status.place),
        target: draft.target,
        evidence: links.words(draft.evidence),
        since: past(draft.since, "since", days),
        review: draft.review,
        audience,
        history,
        touchpoints: Vec::new(),
        incidents: Vec::new(),
        id,
        path,
        place,
    }
}
