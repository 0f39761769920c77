//! A journey to the view of its map: stages are columns, lanes are rows, touchpoints are numbers.

use super::curve::{self, Frame};
use super::feelings::{self, CurveView, Traveller};
use super::floor::{self, FloorView};
use super::gap::{self, GapsView};
use super::{At, Day, LinkView, PromiseLine, Words};
use crate::playbook::{Evidence, Id, Journey, Objective, Prose, StageId, Text, Thing, Touchpoint, TouchpointId};
use serde::Serialize;
use std::collections::BTreeSet;

/// The page of a journey.
#[derive(Debug, Serialize)]
pub struct JourneyView {
    /// Its title.
    pub title: Words,
    /// What it is about.
    pub summary: Option<tera::Value>,
    /// How many touchpoints, moments of truth and promises it has, in words.
    pub counts: Vec<String>,
    /// Who looks after it.
    pub owner: Option<String>,
    /// When it was last looked at.
    pub reviewed: Option<Day>,
    /// When it has to be looked at again.
    pub next_review: Option<Day>,
    /// Whether that day has passed.
    pub overdue: bool,
    /// Who travels.
    pub personas: Vec<LinkView>,
    /// What it is meant to reach.
    pub objectives: Vec<ObjectiveView>,
    /// Its feelings.
    pub curve: CurveView,
    /// Departments met on it, for the filter.
    pub departments: Vec<Choice>,
    /// Its stages, in order.
    pub stages: Vec<Column>,
    /// Which lanes have something in them.
    pub lanes: Lanes,
    /// Whether so few stages that the map fills a wide window and its heads stay in sight.
    pub fits: bool,
    /// Its lowest department.
    pub floor: FloorView,
    /// What is meant and what is felt.
    pub gaps: GapsView,
    /// Every number of the curve.
    pub numbers: Vec<Row>,
    /// Where the author writes it.
    pub path: String,
}

/// What a journey is meant to reach.
#[derive(Debug, Serialize)]
pub struct ObjectiveView {
    /// In words.
    pub text: Words,
    /// The title of what measures it.
    pub metric: Option<Words>,
    /// Where that stands.
    pub href: Option<String>,
    /// The value to be reached, with its unit.
    pub target: Option<String>,
}

/// A choice of a filter.
#[derive(Debug, Serialize)]
pub struct Choice {
    /// What is filtered by.
    pub id: String,
    /// What is shown.
    pub name: Words,
}

/// Which lanes are drawn: those that have an entry in at least one stage.
#[derive(Debug, Default, Serialize)]
pub struct Lanes {
    /// What the customer wants.
    pub goals: bool,
    /// What the customer does.
    pub actions: bool,
    /// Where they meet.
    pub touchpoints: bool,
    /// What the customer thinks.
    pub thoughts: bool,
    /// What the customer feels.
    pub feelings: bool,
    /// What hurts and what stands in the way.
    pub pains: bool,
    /// What is meant and what arrives.
    pub gaps: bool,
    /// What is promised.
    pub promises: bool,
    /// What could be better.
    pub opportunities: bool,
    /// Who does it, and what happens behind.
    pub departments: bool,
}

/// One stage of the map.
#[derive(Debug, Serialize)]
pub struct Column {
    /// Its number, from 1.
    pub number: usize,
    /// Its id, which its head carries.
    pub id: String,
    /// Its title.
    pub title: Words,
    /// Its page.
    pub href: String,
    /// Its touchpoints and its checklist, in words.
    pub note: Vec<String>,
    /// What the customer wants here.
    pub goal: Option<Words>,
    /// What the customer does.
    pub actions: Vec<Entry>,
    /// Where they meet.
    pub touchpoints: Vec<Meeting>,
    /// What the customer thinks.
    pub thoughts: Vec<Entry>,
    /// What hurts and what stands in the way.
    pub pains: Vec<Pain>,
    /// What is meant and what arrives, where the gap is widest.
    pub gaps: Vec<GapView>,
    /// How many more the stage's page has, in words.
    pub more_gaps: Option<String>,
    /// What is promised.
    pub promises: Vec<PromiseLine>,
    /// What could be better.
    pub opportunities: Vec<Entry>,
    /// Who does it, and what happens behind.
    pub departments: Vec<Backstage>,
}

/// Words about one touchpoint.
#[derive(Debug, Serialize)]
pub struct Entry {
    /// The touchpoint's number.
    pub number: usize,
    /// Its department's id, for the filter.
    pub department: Option<String>,
    /// The words.
    pub text: Words,
    /// Who sees to it.
    pub owner: Option<String>,
}

/// A touchpoint with its channel.
#[derive(Debug, Clone, Serialize)]
pub struct Meeting {
    /// Its number.
    pub number: usize,
    /// Its department's id, for the filter.
    pub department: Option<String>,
    /// Its title.
    pub title: Words,
    /// The channel's name.
    pub channel: Option<Words>,
    /// The channel's place.
    pub channel_href: Option<String>,
    /// The channel's drawing: `web`, `phone` …
    pub channel_icon: Option<&'static str>,
    /// How well it is known.
    pub evidence: Option<EvidenceView>,
    /// Whether trust is won or lost here.
    pub moment: bool,
}

/// How well something is known.
#[derive(Debug, Clone, Serialize)]
pub struct EvidenceView {
    /// Steps of the mark: 1 to 3.
    pub steps: u8,
    /// In a word.
    pub word: String,
}

/// A pain or a barrier.
#[derive(Debug, Clone, Serialize)]
pub struct Pain {
    /// The touchpoint's number.
    pub number: usize,
    /// Its department's id, for the filter.
    pub department: Option<String>,
    /// Its shape: `pain`, `bar` of what stands in the way, `drop` of where customers leave.
    pub icon: &'static str,
    /// The same in a word.
    pub label: String,
    /// What it is.
    pub text: Words,
}

/// What is meant beside what arrives.
#[derive(Debug, Clone, Serialize)]
pub struct GapView {
    /// The touchpoint's number.
    pub number: usize,
    /// Its department's id, for the filter.
    pub department: Option<String>,
    /// What we mean.
    pub meant: Option<Words>,
    /// What customers report.
    pub perceived: Option<Words>,
    /// Both on one line.
    pub drawing: Option<GapDrawing>,
}

/// Meant and felt on a line from -2 to 2.
#[derive(Debug, Clone, Serialize)]
pub struct GapDrawing {
    /// Where what is meant stands, in per cent.
    pub meant: f64,
    /// Where what is felt stands, in per cent.
    pub felt: f64,
    /// The distance, in steps of the scale.
    pub size: String,
    /// All three in words.
    pub label: String,
}

/// A touchpoint's department and what it does unseen.
#[derive(Debug, Serialize)]
pub struct Backstage {
    /// The touchpoint's number.
    pub number: usize,
    /// The department's id, for the filter.
    pub department: Option<String>,
    /// The department's name.
    pub name: Option<Words>,
    /// The department's page.
    pub href: Option<String>,
    /// What happens.
    pub unseen: Vec<Words>,
}

/// A row of the curve's numbers.
#[derive(Debug, Serialize)]
pub struct Row {
    /// The stage, at its first touchpoint.
    pub stage: Option<Words>,
    /// Over how many rows the stage stands.
    pub span: usize,
    /// The touchpoint.
    pub touchpoint: Meeting,
    /// One a line; empty where unknown.
    pub values: Vec<Option<String>>,
}

/// The map shows the widest gaps of a stage, its page all of them.
const GAPS: usize = 2;
/// More stages than these scroll in their frame on every screen.
const FITTING: usize = 6;

/// A journey to its page.
pub fn journey(at: &At, id: Id<Journey>) -> JourneyView {
    let journey = &at.desk.playbook[id];
    let columns: Vec<Column> = journey.stage_ids(id).map(|stage| column(at, stage)).collect();
    let curve = feelings::curve(at, id, Frame::LANE, None);
    JourneyView {
        title: at.words(&journey.title),
        summary: at.prose_if(journey.summary.as_ref()),
        counts: counts(at, journey),
        owner: at.owner_if(journey.review.owner.as_ref()),
        reviewed: journey.review.last.as_ref().map(|(day, _)| at.date(*day)),
        next_review: journey.review.next().map(|day| at.date(day)),
        overdue: journey.review.is_overdue(at.desk.measures.today),
        personas: at.links(journey.personas.iter().map(|id| Thing::Persona(*id))),
        objectives: journey.objectives.iter().map(|objective| objective_view(at, objective)).collect(),
        departments: departments(at, journey),
        lanes: lanes(&columns, &curve),
        fits: columns.len() <= FITTING,
        floor: floor::floor(at, id),
        gaps: gap::gaps(at, id),
        numbers: numbers(at, id),
        path: journey.path.to_string(),
        stages: columns,
        curve,
    }
}

/// `14 touchpoints`, `4 moments of truth`, `12 promises`.
pub fn counts(at: &At, journey: &Journey) -> Vec<String> {
    let touchpoints = journey.touchpoint_count();
    let moments = journey
        .stages
        .iter()
        .flat_map(|stage| &stage.touchpoints)
        .filter(|touchpoint| touchpoint.moment_of_truth)
        .count();
    let promises: BTreeSet<_> = journey.stages.iter().flat_map(|stage| stage.promises.iter().copied()).collect();
    [("count-touchpoints", touchpoints), ("count-moments", moments), ("count-promises", promises.len())]
        .into_iter()
        .filter(|(_, count)| *count > 0)
        .map(|(key, count)| at.tn(key, &[("count", count.into())]))
        .collect()
}

fn objective_view(at: &At, objective: &Objective) -> ObjectiveView {
    let metric = objective.metric.map(|id| &at.desk.playbook[id]);
    ObjectiveView {
        text: at.inline(&objective.text),
        metric: metric.map(|metric| at.words(&metric.title)),
        href: objective.metric.map(|id| at.href(Thing::Metric(id))),
        target: metric.and_then(|metric| Some(at.in_unit(metric.target.as_ref()?.value, metric.unit.as_ref()))),
    }
}

fn departments(at: &At, journey: &Journey) -> Vec<Choice> {
    let met: BTreeSet<_> = journey
        .stages
        .iter()
        .flat_map(|stage| &stage.touchpoints)
        .filter_map(|touchpoint| touchpoint.department)
        .collect();
    met.into_iter()
        .map(|id| {
            let department = &at.desk.playbook[id];
            Choice { id: department.id.to_string(), name: at.words(&department.title) }
        })
        .collect()
}

fn lanes(columns: &[Column], curve: &CurveView) -> Lanes {
    let any = |filled: fn(&Column) -> bool| columns.iter().any(filled);
    Lanes {
        goals: any(|column| column.goal.is_some()),
        actions: any(|column| !column.actions.is_empty()),
        touchpoints: any(|column| !column.touchpoints.is_empty()),
        thoughts: any(|column| !column.thoughts.is_empty()),
        feelings: !curve.personas.is_empty(),
        pains: any(|column| !column.pains.is_empty()),
        gaps: any(|column| !column.gaps.is_empty()),
        promises: any(|column| !column.promises.is_empty()),
        opportunities: any(|column| !column.opportunities.is_empty()),
        departments: any(|column| !column.departments.is_empty()),
    }
}

fn column(at: &At, id: StageId) -> Column {
    let stage = &at.desk.playbook[id];
    let touchpoints = || stage.touchpoints.iter();
    let entry = |touchpoint: &Touchpoint, text: Words| Entry {
        number: touchpoint.number,
        department: department_id(at, touchpoint),
        text,
        owner: None,
    };
    let said = |of: fn(&Touchpoint) -> Option<&Text<Prose>>| -> Vec<Entry> {
        touchpoints().filter_map(|touchpoint| Some(entry(touchpoint, at.inline(of(touchpoint)?)))).collect()
    };
    let gaps = gaps(at, id);
    Column {
        number: usize::from(id.index) + 1,
        id: stage.id.to_string(),
        title: at.words(&stage.title),
        href: at.href(Thing::Stage(id)),
        note: note(at, id),
        goal: stage.goal.as_ref().map(|goal| at.inline(goal)),
        actions: said(|touchpoint| touchpoint.action.as_ref()),
        touchpoints: stage.touchpoint_ids(id).map(|touchpoint| meeting(at, touchpoint)).collect(),
        thoughts: said(|touchpoint| touchpoint.thought.as_ref()),
        pains: stage.touchpoint_ids(id).flat_map(|touchpoint| pains(at, touchpoint)).collect(),
        more_gaps: gaps.len().checked_sub(GAPS + 1).map(|more| at.tn("gap-more", &[("count", (more + 1).into())])),
        gaps: gaps.into_iter().take(GAPS).collect(),
        promises: stage.promises.iter().map(|promise| at.promise_line(*promise)).collect(),
        opportunities: touchpoints()
            .flat_map(|touchpoint| {
                touchpoint.opportunities.iter().map(move |opportunity| Entry {
                    owner: at.owner_if(opportunity.owner.as_ref()),
                    ..entry(touchpoint, at.inline(&opportunity.text))
                })
            })
            .collect(),
        departments: touchpoints().filter_map(|touchpoint| backstage(at, touchpoint)).collect(),
    }
}

/// `Touchpoints 3–5`, `6 to do`.
fn note(at: &At, id: StageId) -> Vec<String> {
    let stage = &at.desk.playbook[id];
    let mut note = Vec::new();
    if let (Some(first), Some(last)) = (stage.touchpoints.first(), stage.touchpoints.last()) {
        note.push(at.tn(
            "map-touchpoints",
            &[("count", stage.touchpoints.len().into()), ("first", first.number.into()), ("last", last.number.into())],
        ));
    }
    if let Some(checklist) = stage.checklist {
        let items = at.desk.playbook[checklist].items.len();
        note.push(at.tn("map-checklist", &[("count", items.into())]));
    }
    note
}

fn department_id(at: &At, touchpoint: &Touchpoint) -> Option<String> {
    touchpoint.department.map(|id| at.desk.playbook[id].id.to_string())
}

/// A touchpoint with its channel, evidence and mark.
pub fn meeting(at: &At, id: TouchpointId) -> Meeting {
    let touchpoint = &at.desk.playbook[id];
    Meeting {
        number: touchpoint.number,
        department: department_id(at, touchpoint),
        title: at.words(&touchpoint.title),
        channel: touchpoint.channel.map(|channel| at.words(&at.desk.playbook[channel].title)),
        channel_href: touchpoint.channel.map(|channel| at.href(Thing::Channel(channel))),
        channel_icon: touchpoint.channel.and_then(|channel| at.desk.playbook[channel].icon),
        evidence: touchpoint.evidence.map(|evidence| EvidenceView {
            steps: match evidence {
                Evidence::Researched => 3,
                Evidence::Partial => 2,
                Evidence::Assumed => 1,
            },
            word: at.t(&format!("evidence-{}", evidence.name())),
        }),
        moment: touchpoint.moment_of_truth,
    }
}

/// What hurts at a touchpoint, then what stands in the way, then where customers leave.
pub fn pains(at: &At, id: TouchpointId) -> Vec<Pain> {
    let touchpoint = &at.desk.playbook[id];
    let kinds = [
        ("pain", "pain", &touchpoint.pains),
        ("bar", "barrier", &touchpoint.barriers),
        ("drop", "drop-off", &touchpoint.drop_offs),
    ];
    let of_kind = |(icon, word, texts): (&'static str, &str, &'_ Vec<_>)| {
        let pain = |text| Pain {
            number: touchpoint.number,
            department: department_id(at, touchpoint),
            icon,
            label: at.t(word),
            text: at.inline(text),
        };
        texts.iter().map(pain).collect::<Vec<Pain>>()
    };
    kinds.into_iter().flat_map(of_kind).collect()
}

/// Meant and felt at every touchpoint of a stage that has either, widest gap first.
fn gaps(at: &At, id: StageId) -> Vec<GapView> {
    let stage = &at.desk.playbook[id];
    let mut touchpoints: Vec<TouchpointId> = stage.touchpoint_ids(id).collect();
    let width = |id: &TouchpointId| at.desk.playbook[*id].gap().map_or(-1.0, f64::abs);
    touchpoints.sort_by(|one, other| width(other).total_cmp(&width(one)));
    touchpoints.into_iter().filter_map(|touchpoint| gap(at, touchpoint)).collect()
}

/// What is meant beside what arrives; `None` where neither is written.
pub fn gap(at: &At, id: TouchpointId) -> Option<GapView> {
    let touchpoint = &at.desk.playbook[id];
    let meant = touchpoint.intent.as_ref().map(|text| at.inline(text));
    let perceived = touchpoint.perceived.as_ref().map(|text| at.inline(text));
    let drawing = gap_drawing(at, touchpoint);
    (meant.is_some() || perceived.is_some() || drawing.is_some()).then(|| GapView {
        number: touchpoint.number,
        department: department_id(at, touchpoint),
        meant,
        perceived,
        drawing,
    })
}

/// Meant and felt on one line; `None` where either is not known.
pub fn gap_drawing(at: &At, touchpoint: &Touchpoint) -> Option<GapDrawing> {
    let (meant, felt, gap) = (touchpoint.intent_emotion?, touchpoint.felt()?, touchpoint.gap()?);
    let size = at.number(gap.abs());
    let label = at.tn(
        "gap-label",
        &[("meant", at.signed(meant).into()), ("felt", at.signed(felt).into()), ("gap", size.clone().into())],
    );
    let on_scale = |felt| curve::on_scale(felt, at.is_rtl());
    Some(GapDrawing { meant: on_scale(meant), felt: on_scale(felt), size, label })
}

fn backstage(at: &At, touchpoint: &Touchpoint) -> Option<Backstage> {
    (touchpoint.department.is_some() || !touchpoint.backstage.is_empty()).then(|| Backstage {
        number: touchpoint.number,
        department: department_id(at, touchpoint),
        name: touchpoint.department.map(|id| at.words(&at.desk.playbook[id].title)),
        href: touchpoint.department.map(|id| at.href(Thing::Department(id))),
        unseen: touchpoint.backstage.iter().map(|text| at.inline(text)).collect(),
    })
}

fn numbers(at: &At, id: Id<Journey>) -> Vec<Row> {
    let journey = &at.desk.playbook[id];
    let travellers: Vec<Traveller> = feelings::travellers(journey);
    if travellers.is_empty() {
        return Vec::new();
    }
    let stages = journey.stage_ids(id).zip(&journey.stages);
    stages
        .flat_map(|(stage_id, stage)| {
            let travellers = &travellers;
            stage.touchpoint_ids(stage_id).enumerate().map(move |(index, touchpoint)| Row {
                stage: (index == 0).then(|| at.words(&stage.title)),
                span: stage.touchpoints.len(),
                touchpoint: meeting(at, touchpoint),
                values: travellers
                    .iter()
                    .map(|traveller| traveller.felt(&at.desk.playbook[touchpoint]).map(|felt| at.signed(felt)))
                    .collect(),
            })
        })
        .collect()
}
