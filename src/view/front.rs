//! A playbook to the view of its front page: how promises do, where trust is lowest, what is due.

use super::chart::{Room, Trend};
use super::curve::Frame;
use super::feelings::{self, CurveView};
use super::figure::{self, CellView};
use super::floor::{self, FloorView};
use super::progress::{self, ProgressLine};
use super::{At, Day, LinkView, Words, journey};
use crate::measure::Tally;
use crate::playbook::{Id, Journey, Kind, Metric, MetricKind, Promise, Review, Status, Thing};
use jiff::civil::Date;
use serde::Serialize;

/// The dashboard of the front page. Title, description and the author's own text belong to the page around it.
#[derive(Debug, Serialize)]
pub struct FrontView {
    /// What customers say, each measured by itself: trust, satisfaction, effort. Never one score.
    pub asked: Vec<PanelView>,
    /// Promises by state, worst first; empty where there are none.
    pub states: Vec<StateCount>,
    /// How many promises there are, in words.
    pub promises: String,
    /// How many of them are kept or broken.
    pub judged: u32,
    /// How many of them are kept.
    pub kept: u32,
    /// The same in words.
    pub kept_words: String,
    /// The register.
    pub promises_href: String,
    /// The floor of the journey whose lowest department is the lowest of all.
    pub floor: Option<FloorView>,
    /// Journeys with their curves.
    pub journeys: Vec<JourneyCard>,
    /// The journeys' overview.
    pub journeys_href: String,
    /// What had to be looked at before today, longest overdue first.
    pub overdue: Vec<DueView>,
    /// How many more there are than shown, in words.
    pub overdue_more: Option<String>,
    /// How many they are and for how long the first of them has been, in words.
    pub overdue_words: Option<String>,
    /// How many things are not overdue of those that have a review date.
    pub reviewed_in_date: usize,
    /// How many things have a review date.
    pub reviewed: usize,
    /// Checklists.
    pub checklists: Vec<ProgressLine>,
    /// How many there are, with those that are not shown.
    pub checklist_count: usize,
    /// How many items all of them have, in words.
    pub checklist_items: String,
    /// The page with all of them.
    pub checklists_href: String,
    /// Whether there is nothing yet to show.
    pub empty: bool,
}

/// One thing that customers are asked.
#[derive(Debug, Clone, Serialize)]
pub struct PanelView {
    /// What they are asked for, in a word.
    pub title: String,
    /// How it is counted, in words; `None` where nothing is measured.
    pub counted: Option<String>,
    /// The metric's title; `None` where the playbook has no such metric.
    pub metric: Option<Words>,
    /// Its place in the register.
    pub href: String,
    /// Its figure.
    pub now: Option<CellView>,
    /// Its latest periods.
    pub trend: Option<Trend>,
    /// What became of it since the period before, in words.
    pub change: Option<String>,
    /// That its answers are made up, in words.
    pub sample: Option<String>,
    /// How many more metrics of this kind there are, in words.
    pub more: Option<String>,
    /// The overview of metrics.
    pub more_href: String,
    /// What to write for one.
    pub write: &'static str,
}

/// Promises in one state.
#[derive(Debug, Clone, Serialize)]
pub struct StateCount {
    /// The word of the format: names the mark.
    pub state: &'static str,
    /// In a word.
    pub word: String,
    /// How many.
    pub count: u32,
    /// One mark a promise, at most a row of them: numbers to loop over.
    pub marks: Vec<u32>,
    /// How many are not drawn.
    pub more: u32,
}

/// A journey with its curve.
#[derive(Debug, Clone, Serialize)]
pub struct JourneyCard {
    /// Its title.
    pub title: Words,
    /// Its page.
    pub href: String,
    /// What it is about.
    pub summary: Option<tera::Value>,
    /// Its curve.
    pub curve: CurveView,
    /// Touchpoints, moments of truth, promises.
    pub counts: Vec<String>,
    /// Its promises that are broken or at risk.
    pub trouble: Option<String>,
    /// The touchpoint that feels worst, with its number.
    pub lowest: Option<String>,
    /// Who looks after it.
    pub owner: Option<String>,
}

/// Something overdue.
#[derive(Debug, Clone, Serialize)]
pub struct DueView {
    /// What.
    pub link: LinkView,
    /// Of which kind, in a word.
    pub kind: String,
    /// Who has to look.
    pub owner: Option<String>,
    /// When it was due.
    pub due: Day,
    /// For how long it has been, in words.
    pub late: String,
}

/// More marks than these become a number.
const MARKS: u32 = 60;
/// More overdue reviews than these become a number.
const DUE: usize = 20;

/// The front page's dashboard.
pub fn front(at: &At) -> FrontView {
    let playbook = at.desk.playbook;
    let tally = Tally::of(Id::all(&playbook.promises).map(|(id, _)| id), &at.desk.measures.states);
    let due: Vec<(Thing, &Review, Date)> = playbook.reviews().collect();
    let items: usize = playbook.checklists.iter().map(|checklist| checklist.items.len()).sum();
    let overdue: Vec<DueView> = overdue(at, &due);
    let overdue_count = overdue.len();
    FrontView {
        asked: asked(at),
        states: states(at, tally),
        promises: at.tn("count-promises", &[("count", playbook.promises.len().into())]),
        judged: tally.judged(),
        kept: tally.kept,
        kept_words: at.tn("kept-of-judged", &[("kept", tally.kept.into()), ("judged", tally.judged().into())]),
        promises_href: at.href(Thing::Overview(Kind::Promises)),
        floor: floor::worst_journey(at).map(|id| floor::floor(at, id)),
        journeys: Id::all(&playbook.journeys).map(|(id, _)| card(at, id)).collect(),
        journeys_href: at.href(Thing::Overview(Kind::Journeys)),
        overdue_words: overdue.first().map(|first| {
            at.tn("front-overdue-words", &[("count", overdue.len().into()), ("longest", first.late.clone().into())])
        }),
        overdue_more: overdue
            .len()
            .checked_sub(DUE + 1)
            .map(|more| at.tn("front-overdue-more", &[("count", (more + 1).into())])),
        overdue: overdue.into_iter().take(DUE).collect(),
        reviewed_in_date: due.len() - overdue_count,
        reviewed: due.len(),
        checklists: progress::open(at),
        checklist_count: playbook.checklists.len(),
        checklist_items: at.tn("count-items", &[("count", items.into())]),
        checklists_href: at.href(Thing::Overview(Kind::Checklists)),
        empty: playbook.journeys.is_empty()
            && playbook.promises.is_empty()
            && playbook.checklists.is_empty()
            && playbook.metrics.is_empty(),
    }
}

/// Trust, satisfaction and effort, each with the first metric of its kind that has a figure.
fn asked(at: &At) -> Vec<PanelView> {
    let kinds: [(&str, &'static str, &[MetricKind]); 3] = [
        ("front-trust", "kind = \"trust\"", &[MetricKind::Trust]),
        ("front-satisfaction", "kind = \"csat\"", &[MetricKind::Csat]),
        ("front-effort", "kind = \"ces\"", &[MetricKind::CesMean, MetricKind::CesTop3, MetricKind::CesNet]),
    ];
    kinds.into_iter().map(|(key, write, kinds)| panel(at, key, write, kinds)).collect()
}

fn panel(at: &At, key: &str, write: &'static str, kinds: &[MetricKind]) -> PanelView {
    let of_kind: Vec<(Id<Metric>, &Metric)> =
        Id::all(&at.desk.playbook.metrics).filter(|(_, metric)| kinds.contains(&metric.kind)).collect();
    let shown = |id: Id<Metric>| at.desk.measures.metrics[id.index()].figure.shown().is_some();
    let first = of_kind.iter().find(|(id, _)| shown(*id)).or(of_kind.first()).map(|(id, _)| *id);
    let metric = first.map(|id| &at.desk.playbook[id]);
    PanelView {
        title: at.t(key),
        counted: metric.map(|metric| at.t(super::register::metric_word(metric.kind))),
        metric: metric.map(|metric| at.words(&metric.title)),
        href: first.map_or_else(String::new, |id| at.href(Thing::Metric(id))),
        now: first.map(|id| figure::now(at, id)),
        trend: first.and_then(|id| figure::trend(at, id, Room::SPARK)),
        change: first.and_then(|id| figure::change_line(at, id)),
        sample: metric.filter(|metric| metric.sample).map(|_| at.t("figure-sample")),
        more: of_kind.len().checked_sub(2).map(|more| at.tn("front-more-metrics", &[("count", (more + 1).into())])),
        more_href: at.href(Thing::Overview(Kind::Metrics)),
        write,
    }
}

/// Promises by state, worst first, states without any left out.
pub fn states(at: &At, tally: Tally) -> Vec<StateCount> {
    Status::ALL
        .into_iter()
        .map(|status| (status, tally.count(status)))
        .filter(|(_, count)| *count > 0)
        .map(|(status, count)| StateCount {
            state: status.name(),
            word: at.t(&format!("state-{}", status.name())),
            count,
            marks: (1..=count.min(MARKS)).collect(),
            more: count.saturating_sub(MARKS),
        })
        .collect()
}

/// A journey with its curve, for the front page and for the overview.
pub fn card(at: &At, id: Id<Journey>) -> JourneyCard {
    let journey = &at.desk.playbook[id];
    let promises: std::collections::BTreeSet<Id<Promise>> =
        journey.stages.iter().flat_map(|stage| stage.promises.iter().copied()).collect();
    let tally = Tally::of(promises, &at.desk.measures.states);
    let trouble = (tally.broken + tally.at_risk > 0).then(|| {
        at.tn("front-trouble", &[("broken", (tally.broken as usize).into()), ("risk", (tally.at_risk as usize).into())])
    });
    JourneyCard {
        title: at.words(&journey.title),
        href: at.href(Thing::Journey(id)),
        summary: journey.summary.as_ref().map(|summary| at.prose(summary)),
        curve: feelings::curve(at, id, Frame::CARD, None),
        counts: journey::counts(at, journey),
        trouble,
        lowest: lowest(at, id),
        owner: at.owner_if(journey.review.owner.as_ref()),
    }
}

/// The touchpoint at which anybody feels worst.
fn lowest(at: &At, id: Id<Journey>) -> Option<String> {
    let journey = &at.desk.playbook[id];
    let travellers = feelings::travellers(journey);
    let worst = |touchpoint| travellers.iter().filter_map(|one| one.felt(touchpoint)).min_by(f64::total_cmp);
    let (touchpoint, felt) = journey
        .stages
        .iter()
        .flat_map(|stage| &stage.touchpoints)
        .filter_map(|touchpoint| Some((touchpoint, worst(touchpoint)?)))
        .min_by(|one, other| one.1.total_cmp(&other.1))?;
    let title = at.plain(&touchpoint.title);
    Some(at.tn(
        "front-lowest",
        &[("number", touchpoint.number.into()), ("touchpoint", title.into()), ("value", at.signed(felt).into())],
    ))
}

fn overdue(at: &At, due: &[(Thing, &Review, Date)]) -> Vec<DueView> {
    let today = at.desk.measures.today;
    let mut overdue: Vec<_> = due.iter().filter(|(_, _, date)| *date < today).collect();
    overdue.sort_by_key(|(_, _, date)| *date);
    overdue
        .into_iter()
        .map(|(thing, review, date)| DueView {
            link: at.link(*thing),
            kind: at.t(&format!("thing-{}", name(*thing))),
            owner: at.owner_if(review.owner.as_ref()),
            due: at.date(*date),
            late: at.tn("days", &[("count", days(*date, today).into())]),
        })
        .collect()
}

/// How many days lie between two dates; 0 where the second comes first.
pub(super) fn days(from: Date, to: Date) -> usize {
    from.until(to).map_or(0, |span| usize::try_from(span.get_days()).unwrap_or(0))
}

/// The last part of the key of a thing's kind.
pub(super) fn name(thing: Thing) -> &'static str {
    match thing {
        Thing::Page(_) => "page",
        Thing::Overview(_) => "overview",
        Thing::Strategy(_) => "strategy",
        Thing::Pillar(_) => "pillar",
        Thing::Persona(_) => "persona",
        Thing::Recovery(_) => "recovery",
        Thing::Journey(_) => "journey",
        Thing::Stage(_) => "stage",
        Thing::Promise(_) => "promise",
        Thing::Metric(_) => "metric",
        Thing::Department(_) => "department",
        Thing::Channel(_) => "channel",
        Thing::Claim(_) => "claim",
        Thing::Term(_) => "term",
        Thing::Checklist(_) => "checklist",
    }
}
