//! Promises, departments, claims, terms, metrics, channels, checklists and tags to lists and pages of facts.

use super::document::{Block, Fact, Line, ListView, Pager, lines, pager, part};
use super::figure::{self, MeasuredView};
use super::floor;
use super::front::{self, StateCount};
use super::incident::{self, IncidentView};
use super::progress;
use super::proof::{self, ScaleView};
use super::{At, ChecklistView, Day, LinkView, PromiseLine, Words, kind_word};
use crate::measure::{Specific, Tally};
use crate::playbook::{
    ChecklistHome, Department, Grade, Id, Kind, MadeIn, Metric, MetricKind, Promise, StageId, Status, Strategy, Thing,
    TouchpointId, is_address,
};
use crate::routes::{PageId, listed};
use serde::Serialize;
use std::collections::BTreeMap;
use tera::Value;

/// Something in a list with an anchor of its own.
#[derive(Debug, Default, Serialize)]
pub struct EntryView {
    /// Its anchor.
    pub id: String,
    /// Its name.
    pub title: Option<Words>,
    /// What it says, as finished HTML.
    pub text: Option<Value>,
    /// Facts about it.
    pub facts: Vec<Fact>,
    /// A day to be careful from.
    pub expired: bool,
    /// A metric's figures.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub metric: Option<MetricView>,
}

/// A touchpoint in a list.
#[derive(Debug, Serialize)]
pub struct TouchpointLine {
    /// Its number in the journey.
    pub number: usize,
    /// Its place on the stage's page.
    pub href: String,
    /// Its title.
    pub title: Words,
    /// Its stage.
    pub stage: LinkView,
    /// Its journey.
    pub journey: LinkView,
    /// Whether it is a moment of truth.
    pub moment: bool,
    /// What is felt there.
    pub felt: Option<String>,
}

/// Departments in the register's order, and promises without one at the end.
type Owing = (bool, Option<Id<Department>>);

/// Promises in a list.
pub fn promise_lines(at: &At<'_>, promises: impl Iterator<Item = Id<Promise>>) -> Vec<PromiseLine> {
    promises.map(|id| at.promise_line(id)).collect()
}

/// Some promises in prose: by state, with what is kept of them, then one by one.
#[derive(Debug, Serialize)]
pub struct PromisesView {
    /// How many are in which state, worst first.
    pub states: Vec<StateCount>,
    /// How many of those judged are kept, in words; `None` where nothing is judged.
    pub judged: Option<String>,
    /// The share of occasions on which they were kept, in words; `None` where there are too few.
    pub occasions: Option<String>,
    /// The promises.
    pub promises: Vec<PromiseLine>,
    /// The line on which their figures stand; `None` where there are none.
    pub scale: Option<ScaleView>,
    /// How many more there are than shown, in words.
    pub more: Option<String>,
    /// The register.
    pub href: String,
}

/// More promises than these stand in the register only.
const EMBEDDED: usize = 100;

/// Some promises in prose.
pub fn promise_embed(at: &At<'_>, chosen: &[Id<Promise>]) -> PromisesView {
    let tally = Tally::of(chosen.iter().copied(), &at.desk.measures.states);
    let (promises, scale) = proof::proven(at, &chosen[..chosen.len().min(EMBEDDED)]);
    PromisesView {
        states: front::states(at, tally),
        judged: (tally.judged() > 0)
            .then(|| at.tn("kept-of-judged", &[("kept", tally.kept.into()), ("judged", tally.judged().into())])),
        occasions: figure::occasions(at, at.desk.measures.standing(at.desk.playbook, chosen)),
        promises,
        scale,
        more: chosen
            .len()
            .checked_sub(EMBEDDED + 1)
            .map(|more| at.tn("front-overdue-more", &[("count", (more + 1).into())])),
        href: at.href(Thing::Overview(Kind::Promises)),
    }
}

/// Strategies in a list.
pub fn strategy_lines(at: &At<'_>, strategies: impl Iterator<Item = Id<Strategy>>) -> Vec<Line> {
    let strategies: Vec<Id<Strategy>> = strategies.collect();
    let mut links = lines(at, strategies.iter().copied().map(Thing::Strategy));
    for (line, id) in links.iter_mut().zip(strategies) {
        let strategy = &at.desk.playbook[id];
        let grades: Vec<String> = [("fact-effort", strategy.effort), ("fact-impact", strategy.impact)]
            .into_iter()
            .filter_map(|(label, grade)| {
                let word = at.t(grade_word(grade?));
                Some(at.tn("fact-and-value", &[("fact", at.t(label).into()), ("value", word.into())]))
            })
            .collect();
        line.note = (!grades.is_empty()).then(|| grades.join(" · "));
    }
    links
}

/// Stages with their journeys' titles, where there is more than one journey.
pub fn stage_links(at: &At<'_>, stages: &[StageId]) -> Vec<LinkView> {
    let several = at.desk.playbook.journeys.len() > 1;
    stages
        .iter()
        .map(|stage| {
            let mut link = at.link(Thing::Stage(*stage));
            if several {
                let journey = at.title(Thing::Journey(stage.journey));
                let words = at.tn(
                    "stage-of-journey",
                    &[
                        ("stage", link.title.text.as_str().unwrap_or("").into()),
                        ("journey", journey.text.as_str().unwrap_or("").into()),
                    ],
                );
                link.title = Words { text: Value::normal_string(&words), ..link.title };
            }
            link
        })
        .collect()
}

/// Touchpoints in a list.
pub fn touchpoint_lines(at: &At<'_>, touchpoints: &[TouchpointId]) -> Vec<TouchpointLine> {
    touchpoints
        .iter()
        .map(|id| {
            let touchpoint = &at.desk.playbook[*id];
            TouchpointLine {
                number: touchpoint.number,
                href: at.href_in(Thing::Stage(id.stage), at.language, Some(&format!("touchpoint-{}", touchpoint.id))),
                title: at.words(&touchpoint.title),
                stage: at.link(Thing::Stage(id.stage)),
                journey: at.link(Thing::Journey(id.stage.journey)),
                moment: touchpoint.moment_of_truth,
                felt: touchpoint.felt().map(|felt| at.signed(felt)),
            }
        })
        .collect()
}

/// The key of a grade's word.
pub fn grade_word(grade: Grade) -> &'static str {
    match grade {
        Grade::Low => "grade-low",
        Grade::Medium => "grade-medium",
        Grade::High => "grade-high",
    }
}

fn text_fact(at: &At<'_>, label: &str, text: String) -> Fact {
    Fact { label: at.t(label), links: Vec::new(), text: Some(text) }
}

fn link_fact(at: &At<'_>, label: &str, links: Vec<LinkView>) -> Option<Fact> {
    (!links.is_empty()).then(|| Fact { label: at.t(label), links, text: None })
}

/// A metric in prose or in its register.
#[derive(Debug, Serialize)]
pub struct MetricView {
    /// Its id.
    pub id: String,
    /// Its place in the register.
    pub href: String,
    /// Its title.
    pub title: Words,
    /// How answers become a figure, in words.
    pub kind: String,
    /// The target, with its unit.
    pub target: Option<String>,
    /// Its figures.
    pub measured: MeasuredView,
}

/// A metric: title, kind, target, figures.
pub fn metric_view(at: &At<'_>, id: Id<Metric>) -> MetricView {
    metric_view_as(at, id, &at.desk.playbook[id])
}

fn metric_view_as(at: &At<'_>, id: Id<Metric>, metric: &Metric) -> MetricView {
    MetricView {
        id: metric.id.to_string(),
        href: at.href(Thing::Metric(id)),
        title: at.words(&metric.title),
        kind: at.t(metric_word(metric.kind)),
        target: metric.target.as_ref().map(|target| at.in_unit(target.value, metric.unit.as_ref())),
        measured: figure::measured(at, id, metric),
    }
}

/// What of a promise's words can be checked.
fn specific_words(at: &At<'_>, specific: Specific) -> String {
    let said = [
        ("specific-number", specific.number),
        ("specific-deadline", specific.deadline),
        ("specific-whom", specific.whom),
    ];
    let said: Vec<String> = said.into_iter().filter(|(_, says)| *says).map(|(key, _)| at.t(key)).collect();
    if said.is_empty() { at.t("specific-nothing") } else { at.locale().list(&said) }
}

/// The key of the words for how a kind is counted.
pub fn metric_word(kind: MetricKind) -> &'static str {
    match kind {
        MetricKind::Nps => "metric-kind-nps",
        MetricKind::Csat => "metric-kind-csat",
        MetricKind::CesMean => "metric-kind-ces",
        MetricKind::CesTop3 => "metric-kind-ces-top3",
        MetricKind::CesNet => "metric-kind-ces-net",
        MetricKind::Trust => "metric-kind-trust",
        MetricKind::Rate => "metric-kind-rate",
        MetricKind::Duration => "metric-kind-duration",
        MetricKind::Count => "metric-kind-count",
    }
}

/// A kind's overview.
pub fn overview(at: &At<'_>, kind: Kind, number: u16) -> ListView {
    let playbook = at.desk.playbook;
    let mut view = ListView {
        pager: pager(at, listed(playbook, kind), number, &|other| match other {
            1 => PageId::Thing(Thing::Overview(kind)),
            other => PageId::More(kind, other),
        }),
        empty: (listed(playbook, kind) == 0).then(|| at.t("overview-empty")),
        progress: (kind == Kind::Checklists && number == 1 && listed(playbook, kind) > 0).then(|| progress::whole(at)),
        ..ListView::default()
    };
    view.blocks = match kind {
        Kind::Strategies => strategies(at, number),
        Kind::Pillars => {
            plain_list(at, kind, part(Id::all(&playbook.pillars).map(|(id, _)| Thing::Pillar(id)), number))
        }
        Kind::Personas => {
            plain_list(at, kind, part(Id::all(&playbook.personas).map(|(id, _)| Thing::Persona(id)), number))
        }
        Kind::Recoveries => {
            plain_list(at, kind, part(Id::all(&playbook.recoveries).map(|(id, _)| Thing::Recovery(id)), number))
        }
        Kind::Departments => departments(at, number),
        Kind::Channels => channels(at, number),
        Kind::Metrics => metrics(at, number),
        Kind::Claims => claims(at, number),
        Kind::Glossary => glossary(at),
        Kind::Checklists => checklists(at, number),
        Kind::Tags => tags(at, number),
        Kind::Journeys | Kind::Promises | Kind::Incidents | Kind::Reviews | Kind::Coverage => Vec::new(),
    };
    view
}

fn plain_list(at: &At<'_>, kind: Kind, things: impl Iterator<Item = Thing>) -> Vec<Block> {
    let links = lines(at, things);
    if links.is_empty() {
        return Vec::new();
    }
    vec![Block { id: kind.folder().into(), title: at.t(kind_word(kind)), links, ..Block::default() }]
}

fn strategies(at: &At<'_>, number: u16) -> Vec<Block> {
    let playbook = at.desk.playbook;
    let links = strategy_lines(at, part(Id::all(&playbook.strategies).map(|(id, _)| id), number));
    if links.is_empty() {
        return Vec::new();
    }
    vec![Block { id: "strategies".into(), title: at.t("kind-strategies"), links, ..Block::default() }]
}

/// The register of promises.
#[derive(Debug, Serialize)]
pub struct RegisterView {
    /// How many are in which state, worst first.
    pub states: Vec<StateCount>,
    /// How many reviews are overdue, in words; `None` where none is.
    pub overdue: Option<String>,
    /// The register itself: by the department that has to keep them.
    pub departments: Vec<RegisterGroup>,
    /// The line on which the figures of its promises stand; `None` where there are none.
    pub scale: Option<ScaleView>,
    /// The same promises by stage, pillar and state.
    pub indexes: Vec<RegisterIndex>,
    /// The other pages of a long register.
    pub pager: Option<Pager>,
}

/// Promises of one department.
#[derive(Debug, Serialize)]
pub struct RegisterGroup {
    /// Its anchor.
    pub id: String,
    /// The department, or that there is none.
    pub title: LinkView,
    /// Who answers for it.
    pub owner: Option<String>,
    /// How many of those judged are kept, in words.
    pub note: Option<String>,
    /// Its promises.
    pub rows: Vec<RegisterRow>,
}

/// A promise of the register.
#[derive(Debug, Serialize)]
pub struct RegisterRow {
    /// The promise.
    pub promise: PromiseLine,
    /// Where it is in force by its own word.
    pub stages: Vec<LinkView>,
    /// What proves it.
    pub metric: Option<LinkView>,
    /// The value to be reached, with its unit.
    pub target: Option<String>,
}

/// The register in another order.
#[derive(Debug, Serialize)]
pub struct RegisterIndex {
    /// Its anchor.
    pub id: String,
    /// In which order.
    pub title: String,
    /// Its groups.
    pub groups: Vec<IndexGroup>,
}

/// Promises that have something in common.
#[derive(Debug, Serialize)]
pub struct IndexGroup {
    /// Its anchor.
    pub id: String,
    /// What they have in common; without a page where it is a state.
    pub title: LinkView,
    /// The promises.
    pub promises: Vec<PromiseLine>,
}

/// The register: by department, then the same promises by stage, pillar and state.
pub fn promises(at: &At<'_>, number: u16) -> RegisterView {
    let playbook = at.desk.playbook;
    let states = &at.desk.measures.states;
    let shown: Vec<Id<Promise>> = part(Id::all(&playbook.promises).map(|(id, _)| id), number).collect();
    let mut by_department: BTreeMap<Owing, Vec<Id<Promise>>> = BTreeMap::new();
    for id in &shown {
        let department = playbook[*id].department;
        by_department.entry((department.is_none(), department)).or_default().push(*id);
    }
    let (lines, scale) = proof::proven(at, &shown);
    let mut lines: BTreeMap<Id<Promise>, PromiseLine> = shown.iter().copied().zip(lines).collect();
    let departments = by_department.into_iter().map(|((_, department), own)| {
        let tally = Tally::of(own.iter().copied(), states);
        RegisterGroup {
            id: department.map_or("department-none".to_string(), |id| format!("department-{}", playbook[id].id)),
            title: match department {
                Some(id) => at.link(Thing::Department(id)),
                None => LinkView { href: String::new(), title: at.said("promises-no-department") },
            },
            owner: at.owner_if(department.and_then(|id| playbook[id].owner.as_ref())),
            note: (tally.judged() > 0)
                .then(|| at.tn("kept-of-judged", &[("kept", tally.kept.into()), ("judged", tally.judged().into())])),
            rows: own.into_iter().filter_map(|id| Some(register_row(at, id, lines.remove(&id)?))).collect(),
        }
    });
    let departments: Vec<RegisterGroup> = departments.collect();
    let overdue = states.iter().filter(|state| state.overdue).count();
    RegisterView {
        states: front::states(at, Tally::of(Id::all(&playbook.promises).map(|(id, _)| id), states)),
        overdue: (overdue > 0).then(|| at.tn("promises-overdue", &[("count", overdue.into())])),
        departments,
        scale,
        indexes: promise_indexes(at, &shown),
        pager: pager(at, playbook.promises.len(), number, &|other| match other {
            1 => PageId::Thing(Thing::Overview(Kind::Promises)),
            other => PageId::More(Kind::Promises, other),
        }),
    }
}

fn register_row(at: &At<'_>, id: Id<Promise>, line: PromiseLine) -> RegisterRow {
    let playbook = at.desk.playbook;
    let promise = &playbook[id];
    let metric = promise.metric.map(|metric| &playbook[metric]);
    let target = at.desk.measures.states[id.index()].target;
    RegisterRow {
        promise: line,
        stages: at.links(promise.stages.iter().map(|stage| Thing::Stage(*stage))),
        metric: promise.metric.map(|metric| at.link(Thing::Metric(metric))),
        target: target.map(|target| at.in_unit(target, metric.and_then(|metric| metric.unit.as_ref()))),
    }
}

/// The same promises by stage, pillar and state. What a page shows follows one another in the register, and so a stage's are
/// found without comparing each with each.
fn promise_indexes(at: &At<'_>, shown: &[Id<Promise>]) -> Vec<RegisterIndex> {
    let playbook = at.desk.playbook;
    let (Some(first), Some(last)) = (shown.first().copied(), shown.last().copied()) else { return Vec::new() };
    let group = |id: String, title: LinkView, own: Vec<Id<Promise>>| {
        (!own.is_empty()).then(|| IndexGroup { id, title, promises: promise_lines(at, own.into_iter()) })
    };
    let stages = playbook.stages().filter_map(|(stage_id, stage)| {
        let own = stage.promises.iter().copied().filter(|id| first <= *id && *id <= last).collect();
        let id = format!("stage-{}-{}", playbook[stage_id.journey].id, stage.id);
        group(id, stage_links(at, &[stage_id]).remove(0), own)
    });
    let pillars = Id::all(&playbook.pillars).filter_map(|(pillar, what)| {
        let own = what.promises.iter().copied().filter(|id| first <= *id && *id <= last).collect();
        group(format!("pillar-{}", what.document.id), at.link(Thing::Pillar(pillar)), own)
    });
    let states = Status::ALL.into_iter().filter_map(|status| {
        let has = |id: &Id<Promise>| at.desk.measures.states[id.index()].status == status;
        let title = LinkView { href: String::new(), title: Words::plain(&at.state_word(status)) };
        group(format!("state-{}", status.name()), title, shown.iter().copied().filter(has).collect())
    });
    [
        ("by-stage", "promises-by-stage", stages.collect::<Vec<_>>()),
        ("by-pillar", "promises-by-pillar", pillars.collect()),
        ("by-state", "promises-by-state", states.collect()),
    ]
    .into_iter()
    .filter(|(_, _, groups)| !groups.is_empty())
    .map(|(id, key, groups)| RegisterIndex { id: id.to_string(), title: at.t(key), groups })
    .collect()
}

fn departments(at: &At<'_>, number: u16) -> Vec<Block> {
    let playbook = at.desk.playbook;
    let links: Vec<Line> = part(Id::all(&playbook.departments), number)
        .map(|(id, department)| {
            let link = at.link(Thing::Department(id));
            Line {
                href: link.href,
                title: link.title,
                text: department.description.as_ref().map(|text| at.line(text)),
                note: Some(at.tn(
                    "department-counts",
                    &[
                        ("touchpoints", department.touchpoints.len().into()),
                        ("promises", department.promises.len().into()),
                    ],
                )),
            }
        })
        .collect();
    if links.is_empty() {
        return Vec::new();
    }
    vec![Block { id: "departments".into(), title: at.t("kind-departments"), links, ..Block::default() }]
}

/// A department's page.
pub fn department(at: &At<'_>, id: Id<Department>) -> ListView {
    let department = &at.desk.playbook[id];
    let tally = Tally::of(department.promises.iter().copied(), &at.desk.measures.states);
    let mut facts = Vec::new();
    if let Some(owner) = &department.owner {
        facts.push(text_fact(at, "owner", at.owner(owner)));
    }
    let kept = match tally.judged() {
        0 => at.t("not-known"),
        judged => at.tn("kept-of-judged", &[("kept", tally.kept.into()), ("judged", judged.into())]),
    };
    facts.push(text_fact(at, "kind-promises", kept));
    let standing = at.desk.measures.standing(at.desk.playbook, &department.promises);
    facts.extend(figure::occasions(at, standing).map(|words| text_fact(at, "department-occasions", words)));
    let (promises, scale) = proof::proven(at, &department.promises);
    ListView {
        facts,
        floors: floor::of_department(at, id),
        text: at.prose_if(department.description.as_ref()),
        blocks: vec![
            Block {
                id: "promises".into(),
                title: at.t("department-promises"),
                promises,
                scale,
                empty: Some(at.t("department-no-promises")),
                ..Block::default()
            },
            Block {
                id: "touchpoints".into(),
                title: at.t("department-touchpoints"),
                touchpoints: touchpoint_lines(at, &department.touchpoints),
                empty: Some(at.t("department-no-touchpoints")),
                ..Block::default()
            },
            Block {
                id: "strategies".into(),
                title: at.t("kind-strategies"),
                links: strategy_lines(at, department.strategies.iter().copied()),
                empty: Some(at.t("department-no-strategies")),
                ..Block::default()
            },
            Block {
                id: "checklists".into(),
                title: at.t("kind-checklists"),
                progress: progress::of_department(at, id),
                empty: Some(at.t("department-no-checklists")),
                ..Block::default()
            },
        ],
        ..ListView::default()
    }
}

fn channels(at: &At<'_>, number: u16) -> Vec<Block> {
    part(Id::all(&at.desk.playbook.channels), number)
        .map(|(_, channel)| Block {
            id: channel.id.to_string(),
            title: at.wording(&channel.title),
            note: at.owner_if(channel.owner.as_ref()),
            entries: channel
                .description
                .iter()
                .map(|text| EntryView { text: Some(at.prose(text)), ..EntryView::default() })
                .collect(),
            touchpoints: touchpoint_lines(at, &channel.touchpoints),
            promises: promise_lines(at, channel.promises.iter().copied()),
            empty: (channel.touchpoints.is_empty() && channel.promises.is_empty()).then(|| at.t("channel-empty")),
            ..Block::default()
        })
        .collect()
}

fn metrics(at: &At<'_>, number: u16) -> Vec<Block> {
    let playbook = at.desk.playbook;
    let entries: Vec<EntryView> = part(Id::all(&playbook.metrics), number)
        .map(|(id, metric)| {
            let view = metric_view(at, id);
            let mut facts = Vec::new();
            facts.extend(link_fact(at, "fact-stages", stage_links(at, &metric.stages)));
            facts.extend(link_fact(
                at,
                "metric-proves",
                at.links(metric.promises.iter().map(|id| Thing::Promise(*id))),
            ));
            EntryView {
                id: metric.id.to_string(),
                title: Some(view.title.clone()),
                facts,
                metric: Some(view),
                ..EntryView::default()
            }
        })
        .collect();
    one_block(at, Kind::Metrics, entries)
}

fn one_block(at: &At<'_>, kind: Kind, entries: Vec<EntryView>) -> Vec<Block> {
    if entries.is_empty() {
        return Vec::new();
    }
    vec![Block { id: format!("all-{}", kind.folder()), title: at.t(kind_word(kind)), entries, ..Block::default() }]
}

fn claims(at: &At<'_>, number: u16) -> Vec<Block> {
    let playbook = at.desk.playbook;
    let entries: Vec<EntryView> = part(Id::all(&playbook.claims), number)
        .map(|(id, claim)| {
            let mut facts = Vec::new();
            if let Some(source) = &claim.source {
                // A work's name stays in its own language.
                let title = at.naming().words(source);
                let link =
                    LinkView { href: claim.url.as_ref().map_or_else(String::new, |url| url.value.to_string()), title };
                facts.push(Fact { label: at.t("claim-source"), links: vec![link], text: None });
            }
            if let Some(date) = claim.date {
                facts.push(text_fact(at, "claim-date", at.date(date).shown));
            }
            if let Some(sample) = &claim.sample {
                facts.push(text_fact(at, "claim-sample", at.wording(sample)));
            }
            if let Some((date, _)) = claim.expires_on {
                facts.push(text_fact(at, "claim-expires", at.date(date).shown));
            }
            facts.extend(link_fact(
                at,
                "claim-cited",
                at.links(playbook.linked_from(Thing::Claim(id)).iter().copied()),
            ));
            EntryView {
                id: claim.id.to_string(),
                title: claim.value.as_ref().map(|value| at.words(value)),
                text: Some(at.prose(&claim.text)),
                facts,
                expired: claim.expires_on.as_ref().is_some_and(|(date, _)| *date <= at.desk.measures.today),
                metric: None,
            }
        })
        .collect();
    one_block(at, Kind::Claims, entries)
}

/// The glossary on one page, in the alphabet of its language.
fn glossary(at: &At<'_>) -> Vec<Block> {
    let mut entries: Vec<(String, EntryView)> = at
        .desk
        .playbook
        .terms
        .iter()
        .map(|term| {
            let entry = EntryView {
                id: term.id.to_string(),
                title: Some(at.words(&term.term)),
                text: at.prose_if(term.meaning.as_ref()),
                ..EntryView::default()
            };
            (at.plain(&term.term).to_string(), entry)
        })
        .collect();
    entries.sort_by(|(a, _), (b, _)| at.locale().compare(a, b));
    one_block(at, Kind::Glossary, entries.into_iter().map(|(_, entry)| entry).collect())
}

/// All checklists: those of stages journey by journey, then those of documents.
fn checklists(at: &At<'_>, number: u16) -> Vec<Block> {
    let playbook = at.desk.playbook;
    let shown: Vec<Id<_>> = part(playbook.all_checklists().map(|(id, _)| id), number).collect();
    let mut blocks: Vec<Block> = Vec::new();
    let view = |id| {
        let mut view: ChecklistView = at.checklist(id);
        view.anchor = view.id.replace('/', "-");
        view
    };
    for (journey_id, journey) in Id::all(&playbook.journeys) {
        let own: Vec<ChecklistView> = shown
            .iter()
            .filter(|id| matches!(playbook[**id].home, ChecklistHome::Stage(stage) if stage.journey == journey_id))
            .map(|id| view(*id))
            .collect();
        if !own.is_empty() {
            let link = at.link(Thing::Journey(journey_id));
            blocks.push(Block {
                id: format!("journey-{}", journey.id),
                title: at.wording(&journey.title),
                href: Some(link.href),
                checklists: own,
                ..Block::default()
            });
        }
    }
    let mut others: Vec<(&'static str, &'static str, Vec<ChecklistView>)> = vec![
        ("strategies", "kind-strategies", Vec::new()),
        ("recoveries", "kind-recoveries", Vec::new()),
        ("guides", "nav-guides", Vec::new()),
    ];
    for id in &shown {
        let list = match playbook[*id].home {
            ChecklistHome::Document(Thing::Strategy(_)) => &mut others[0].2,
            ChecklistHome::Document(Thing::Recovery(_)) => &mut others[1].2,
            ChecklistHome::Document(_) => &mut others[2].2,
            ChecklistHome::Stage(_) => continue,
        };
        list.push(view(*id));
    }
    for (id, key, checklists) in others {
        if !checklists.is_empty() {
            blocks.push(Block { id: id.into(), title: at.t(key), checklists, ..Block::default() });
        }
    }
    blocks
}

fn tags(at: &At<'_>, number: u16) -> Vec<Block> {
    let links: Vec<Line> = part(at.desk.playbook.tags.iter().enumerate(), number)
        .filter_map(|(index, tag)| {
            let route = at.desk.routes.route(PageId::Tag(index as u32), at.language)?;
            Some(Line {
                href: at.to_address(&route.address),
                title: at.tag(&tag.name),
                text: None,
                note: Some(at.locale().count(i64::try_from(tag.things.len()).unwrap_or(i64::MAX))),
            })
        })
        .collect();
    if links.is_empty() {
        return Vec::new();
    }
    vec![Block { id: "tags".into(), title: at.t("kind-tags"), links, ..Block::default() }]
}

/// What carries a tag.
pub fn tag(at: &At<'_>, index: u32, number: u16) -> ListView {
    let tag = &at.desk.playbook.tags[index as usize];
    let links = lines(at, part(tag.things.iter().copied(), number));
    ListView {
        pager: pager(at, tag.things.len(), number, &|other| match other {
            1 => PageId::Tag(index),
            other => PageId::MoreOfTag(index, other),
        }),
        blocks: vec![Block { id: "pages".into(), title: at.t("tag-pages"), links, ..Block::default() }],
        ..ListView::default()
    }
}

/// A promise's page.
#[derive(Debug, Serialize)]
pub struct PromiseView {
    /// As in a list.
    pub line: PromiseLine,
    /// What is promised, with its links.
    pub text: Words,
    /// Facts.
    pub facts: Vec<Fact>,
    /// The figures of its metric, beside the promise's own target; `None` where nothing measures it.
    pub measured: Option<MetricView>,
    /// Where the proof lies, in words or as an address.
    pub evidence: Option<String>,
    /// Whether that is an address.
    pub evidence_is_link: bool,
    /// Where it was made: pages of this playbook and other places.
    pub made_in: Vec<LinkView>,
    /// Touchpoints that name it.
    pub touchpoints: Vec<TouchpointLine>,
    /// What was found out, the newest first.
    pub history: Vec<HistoryView>,
    /// Incidents in which it broke.
    pub incidents: Vec<IncidentView>,
    /// Pages whose prose leans on it.
    pub linked_from: Vec<LinkView>,
    /// The department's other promises.
    pub siblings: Vec<PromiseLine>,
}

/// An entry of a promise's history.
#[derive(Debug, Serialize)]
pub struct HistoryView {
    /// The day.
    pub date: Day,
    /// The word of the format.
    pub state: Option<&'static str>,
    /// The state in words.
    pub state_word: Option<String>,
    /// What happened.
    pub note: Option<Words>,
}

/// A promise's page.
pub fn promise(at: &At<'_>, id: Id<Promise>) -> PromiseView {
    let playbook = at.desk.playbook;
    let promise = &playbook[id];
    let mut facts = Vec::new();
    facts.extend(link_fact(at, "promise-department", at.links(promise.department.map(Thing::Department))));
    facts.extend(link_fact(at, "promise-pillar", at.links(promise.pillar.map(Thing::Pillar))));
    facts.extend(link_fact(at, "fact-stages", stage_links(at, &promise.stages)));
    facts.extend(link_fact(at, "promise-channel", at.links(promise.channel.map(Thing::Channel))));
    facts.extend(link_fact(at, "promise-metric", at.links(promise.metric.map(Thing::Metric))));
    let metric = promise.metric.map(|metric| &playbook[metric]);
    let state = at.desk.measures.states[id.index()];
    if let Some(words) =
        promise.metric.zip(state.budget).and_then(|(metric, budget)| figure::budget(at, metric, budget))
    {
        facts.push(text_fact(at, "promise-budget", words));
    }
    facts.push(text_fact(
        at,
        "promise-decided",
        at.t(if state.measured { "promise-decided-metric" } else { "promise-decided-declared" }),
    ));
    facts.extend(state.specific.map(|specific| text_fact(at, "promise-specific", specific_words(at, specific))));
    if let Some(target) = state.target {
        let unit = metric.and_then(|metric| metric.unit.as_ref());
        facts.push(text_fact(at, "metric-target", at.in_unit(target, unit)));
    }
    if let Some(since) = promise.since {
        facts.push(text_fact(at, "promise-since", at.date(since).shown));
    }
    let mut history: Vec<HistoryView> = promise
        .history
        .iter()
        .map(|entry| HistoryView {
            date: at.date(entry.date),
            state: entry.status.map(Status::name),
            state_word: entry.status.map(|status| at.state_word(status)),
            note: entry.note.as_ref().map(|note| at.inline(note)),
        })
        .collect();
    history.sort_by(|a, b| b.date.iso.cmp(&a.date.iso));
    let siblings = promise.department.map(|department| around(&playbook[department].promises, id));
    let evidence_is_link = promise.evidence.as_ref().is_some_and(|evidence| is_address(at.plain(evidence)));
    let evidence = promise.evidence.as_ref().map(|evidence| match evidence_is_link {
        // An address is of no language.
        true => at.plain(evidence).to_string(),
        false => at.wording(evidence),
    });
    PromiseView {
        measured: promise.metric.map(|metric| promise_metric(at, metric, promise)),
        line: at.promise_line(id),
        text: at.inline(&promise.text),
        facts,
        evidence,
        evidence_is_link,
        made_in: promise
            .made_in
            .iter()
            .map(|place| match place {
                MadeIn::Page(thing) => at.link(*thing),
                MadeIn::Words(words) => LinkView { href: String::new(), title: at.words(words) },
            })
            .collect(),
        touchpoints: touchpoint_lines(at, &promise.touchpoints),
        history,
        incidents: promise.incidents.iter().map(|id| incident::incident(at, *id)).collect(),
        linked_from: at.links(at.desk.playbook.linked_from(Thing::Promise(id)).iter().copied()),
        siblings: promise_lines(at, siblings.into_iter().flatten().copied().filter(|other| *other != id)),
    }
}

/// A promise's metric, with the promise's own target where it has one.
fn promise_metric(at: &At<'_>, id: Id<Metric>, promise: &Promise) -> MetricView {
    let metric = &at.desk.playbook[id];
    let target = promise.target.as_ref().or(metric.target.as_ref()).cloned();
    metric_view_as(at, id, &Metric { target, ..metric.clone() })
}

/// The promises next to one in its department: a department of ten thousand has a page for the rest.
fn around(promises: &[Id<Promise>], id: Id<Promise>) -> &[Id<Promise>] {
    const NEAR: usize = 6;
    let here = promises.binary_search(&id).unwrap_or_else(|near| near);
    let start = here.saturating_sub(NEAR).min(promises.len().saturating_sub(2 * NEAR));
    &promises[start..promises.len().min(start + 2 * NEAR + 1)]
}
