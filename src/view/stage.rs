//! One stage to the view of its strategy page: what the customer wants, what we promise, how we work, what is to be done.

use super::curve::{self, Frame};
use super::feelings::{self, CurveView, LineKey, Traveller};
use super::journey::{self, GapView, Meeting, Pain};
use super::proof::{self, ScaleView};
use super::register::{MetricView, metric_view};
use super::{At, ChecklistView, Day, LinkView, PromiseLine, Words};
use crate::playbook::{Checklist, Id, Pillar, StageId, Strategy, Thing, TouchpointId};
use serde::Serialize;

/// The page of a stage.
#[derive(Debug, Serialize)]
pub struct StageView {
    /// Its title.
    pub title: Words,
    /// The journey's title.
    pub journey: Words,
    /// The journey's page.
    pub journey_href: String,
    /// `Stage 3 of 5`.
    pub position: String,
    /// What the customer wants here.
    pub goal: Option<Words>,
    /// What happens here.
    pub summary: Option<tera::Value>,
    /// The journey's owner.
    pub owner: Option<String>,
    /// When the journey was last looked at.
    pub reviewed: Option<Day>,
    /// When it has to be looked at again.
    pub next_review: Option<Day>,
    /// Whether that day has passed.
    pub overdue: bool,
    /// The whole journey's feelings, this stage marked.
    pub strip: CurveView,
    /// Where they meet.
    pub touchpoints: Vec<TouchpointView>,
    /// Whether some touchpoint has something of this: columns without anything are not drawn.
    pub columns: Columns,
    /// What is in force here.
    pub promises: Vec<PromiseLine>,
    /// The line on which their figures stand; `None` where there are none.
    pub scale: Option<ScaleView>,
    /// What we work by, by pillar; those without a pillar last.
    pub pillars: Vec<PillarGroup>,
    /// What is to be done: the stage's own list, then those of its strategies.
    pub checklists: Vec<ChecklistView>,
    /// How many items they have.
    pub checklist_items: usize,
    /// What is measured here.
    pub metrics: Vec<MetricView>,
    /// The stage before.
    pub previous: Option<LinkView>,
    /// The stage after.
    pub next: Option<LinkView>,
    /// The stage's id and its journey's file: where the author writes it.
    pub id: String,
    /// The journey's file.
    pub path: String,
}

/// Which columns the table of touchpoints has.
#[derive(Debug, Serialize)]
pub struct Columns {
    /// What is felt.
    pub feelings: bool,
    /// What hurts and what stands in the way.
    pub pains: bool,
    /// What could be better.
    pub opportunities: bool,
    /// What is meant and what arrives.
    pub gaps: bool,
}

/// A touchpoint of a stage's table.
#[derive(Debug, Serialize)]
pub struct TouchpointView {
    /// Number, title, channel, evidence.
    pub meeting: Meeting,
    /// Its id, unique in the stage.
    pub id: String,
    /// The department's name.
    pub department: Option<Words>,
    /// The department's page.
    pub department_href: Option<String>,
    /// What the customer does.
    pub action: Option<Words>,
    /// What the customer thinks.
    pub thought: Option<Words>,
    /// Who feels what, on one line.
    pub feelings: Vec<FeelingView>,
    /// The same in words.
    pub feelings_label: String,
    /// What hurts and what stands in the way.
    pub pains: Vec<Pain>,
    /// What could be better.
    pub opportunities: Vec<OpportunityView>,
    /// What is meant and what arrives.
    pub gap: Option<GapView>,
}

/// One persona's feeling on a line from -2 to 2.
#[derive(Debug, Serialize)]
pub struct FeelingView {
    /// Its dash and mark: 1 to 6.
    pub style: usize,
    /// Its mark, around the origin.
    pub mark: &'static str,
    /// Where it stands, in per cent.
    pub x: f64,
}

/// Something that could be better.
#[derive(Debug, Serialize)]
pub struct OpportunityView {
    /// What.
    pub text: Words,
    /// Who sees to it.
    pub owner: Option<String>,
}

/// Strategies of one pillar.
#[derive(Debug, Serialize)]
pub struct PillarGroup {
    /// The pillar; `None` for strategies without one.
    pub pillar: Option<LinkView>,
    /// Its strategies that serve this stage.
    pub strategies: Vec<StrategyLine>,
}

/// A strategy in a list.
#[derive(Debug, Serialize)]
pub struct StrategyLine {
    /// Its title.
    pub title: Words,
    /// Its page.
    pub href: String,
    /// One sentence about it, where the page names it first.
    pub description: Option<Words>,
    /// What it costs, in a word.
    pub effort: Option<String>,
    /// What it brings, in a word.
    pub impact: Option<String>,
}

/// A stage to its page.
pub fn stage(at: &At, id: StageId) -> StageView {
    let playbook = at.desk.playbook;
    let (stage, journey) = (&playbook[id], &playbook[id.journey]);
    let travellers = feelings::travellers(journey);
    let keys = feelings::keys(at, &travellers);
    let touchpoints: Vec<TouchpointView> =
        stage.touchpoint_ids(id).map(|touchpoint| touchpoint_view(at, touchpoint, &travellers, &keys)).collect();
    let checklists: Vec<ChecklistView> =
        checklists(at, id).into_iter().map(|checklist| at.checklist(checklist)).collect();
    let neighbour = |index: Option<u16>| {
        let id = StageId { index: index?, ..id };
        (usize::from(id.index) < journey.stages.len()).then(|| at.link(Thing::Stage(id)))
    };
    let count = journey.stages.len();
    let (promises, scale) = proof::proven(at, &stage.promises);
    StageView {
        title: at.words(&stage.title),
        journey: at.words(&journey.title),
        journey_href: at.href(Thing::Journey(id.journey)),
        position: at.tn("stage-position", &[("number", (usize::from(id.index) + 1).into()), ("count", count.into())]),
        goal: stage.goal.as_ref().map(|goal| at.inline(goal)),
        summary: at.prose_if(stage.summary.as_ref()),
        owner: at.owner_if(journey.review.owner.as_ref()),
        reviewed: journey.review.last.as_ref().map(|(day, _)| at.date(*day)),
        next_review: journey.review.next().map(|day| at.date(day)),
        overdue: journey.review.is_overdue(at.desk.measures.today),
        strip: feelings::curve(at, id.journey, Frame::STRIP, Some(id)),
        columns: Columns {
            feelings: touchpoints.iter().any(|touchpoint| !touchpoint.feelings.is_empty()),
            pains: touchpoints.iter().any(|touchpoint| !touchpoint.pains.is_empty()),
            opportunities: touchpoints.iter().any(|touchpoint| !touchpoint.opportunities.is_empty()),
            gaps: touchpoints.iter().any(|touchpoint| touchpoint.gap.is_some()),
        },
        touchpoints,
        promises,
        scale,
        pillars: pillars(at, &stage.strategies),
        checklist_items: self::checklists(at, id).iter().map(|checklist| playbook[*checklist].items.len()).sum(),
        checklists,
        metrics: stage.metrics.iter().map(|metric| metric_view(at, *metric)).collect(),
        previous: neighbour(id.index.checked_sub(1)),
        next: neighbour(id.index.checked_add(1)),
        id: stage.id.to_string(),
        path: journey.path.to_string(),
    }
}

/// The stage's own checklist, then those of the strategies that serve it: the same lists, with the same ids.
pub fn checklists(at: &At, id: StageId) -> Vec<Id<Checklist>> {
    let stage = &at.desk.playbook[id];
    let of_strategies =
        stage.strategies.iter().flat_map(|strategy| at.desk.playbook[*strategy].document.checklists.iter().copied());
    stage.checklist.into_iter().chain(of_strategies).collect()
}

fn touchpoint_view(at: &At, id: TouchpointId, travellers: &[Traveller], keys: &[LineKey]) -> TouchpointView {
    let touchpoint = &at.desk.playbook[id];
    let felt: Vec<(&LineKey, Traveller, f64)> = travellers
        .iter()
        .zip(keys)
        .filter_map(|(traveller, key)| Some((key, *traveller, traveller.felt(touchpoint)?)))
        .collect();
    let words: Vec<String> = felt
        .iter()
        .map(|(_, traveller, felt)| {
            at.tn("curve-value", &[("who", traveller.name(at).into()), ("value", at.signed(*felt).into())])
        })
        .collect();
    TouchpointView {
        meeting: journey::meeting(at, id),
        id: touchpoint.id.to_string(),
        department: touchpoint.department.map(|department| at.words(&at.desk.playbook[department].title)),
        department_href: touchpoint.department.map(|department| at.href(Thing::Department(department))),
        action: touchpoint.action.as_ref().map(|text| at.inline(text)),
        thought: touchpoint.thought.as_ref().map(|text| at.inline(text)),
        feelings: felt
            .iter()
            .map(|(key, _, felt)| FeelingView {
                style: key.style,
                mark: key.mark,
                x: curve::on_scale(*felt, at.is_rtl()),
            })
            .collect(),
        feelings_label: words.join(&at.t("curve-comma")),
        pains: journey::pains(at, id),
        opportunities: touchpoint
            .opportunities
            .iter()
            .map(|opportunity| OpportunityView {
                text: at.inline(&opportunity.text),
                owner: at.owner_if(opportunity.owner.as_ref()),
            })
            .collect(),
        gap: journey::gap(at, id),
    }
}

/// Strategies by pillar, in the order of the pillars. A strategy of two pillars stands under both; a pillar that the
/// stage's strategies leave out stands there empty, which is the point of the list.
fn pillars(at: &At, strategies: &[Id<Strategy>]) -> Vec<PillarGroup> {
    let playbook = at.desk.playbook;
    if strategies.is_empty() {
        return Vec::new();
    }
    let serving = |pillar: Id<Pillar>| {
        strategies.iter().copied().filter(move |strategy| playbook[*strategy].pillars.contains(&pillar))
    };
    let by_pillar = Id::all(&playbook.pillars).map(|(pillar, _)| PillarGroup {
        pillar: Some(at.link(Thing::Pillar(pillar))),
        strategies: serving(pillar).map(|strategy| strategy_line(at, strategy)).collect(),
    });
    let alone: Vec<StrategyLine> = strategies
        .iter()
        .filter(|strategy| playbook[**strategy].pillars.is_empty())
        .map(|strategy| strategy_line(at, *strategy))
        .collect();
    let alone = (!alone.is_empty()).then_some(PillarGroup { pillar: None, strategies: alone });
    let mut groups: Vec<PillarGroup> = by_pillar.chain(alone).collect();
    // What a strategy is about is said once.
    let mut said = std::collections::BTreeSet::new();
    for strategy in groups.iter_mut().flat_map(|group| &mut group.strategies) {
        if !said.insert(strategy.href.clone()) {
            strategy.description = None;
        }
    }
    groups
}

fn strategy_line(at: &At, id: Id<Strategy>) -> StrategyLine {
    let strategy = &at.desk.playbook[id];
    StrategyLine {
        title: at.words(&strategy.document.title),
        href: at.href(Thing::Strategy(id)),
        description: strategy.document.description.as_ref().map(|text| at.words(text)),
        effort: strategy.effort.map(|grade| at.t(&format!("grade-{}", grade.name()))),
        impact: strategy.impact.map(|grade| at.t(&format!("grade-{}", grade.name()))),
    }
}
