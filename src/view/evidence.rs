//! Figures, states and floors to what other programs read: `trust.json`, `promises.json`, `metrics.json`.
//!
//! They hold what the edition holds, and the same cells are hidden in them as on its pages. Their schemas stand in `docs/schemas/`
//! and beside them in every site; both come from the types below.

use super::Desk;
use super::machine::{push, words};
use crate::measure::{Basis, Budget, Cell, Figure, Interval, Measured, Occasions, Period, Specific, Standing};
use crate::playbook::{Better, Id, Lang, MetricKind, Promise, Review, Status, Thing};
use serde::Serialize;

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

/// `metrics.json`: figures with what they rest on.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct MetricsJson {
    #[serde(flatten)]
    head: Head,
    /// The metrics, in the order of the register.
    metrics: Vec<MetricJson>,
}

/// A metric.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct MetricJson {
    /// Its id.
    id: String,
    /// Its address, beginning with `/`.
    url: Option<String>,
    /// Its title.
    title: String,
    /// `nps`, `csat`, `ces`, `trust`, `rate`, `duration` or `count`.
    kind: &'static str,
    /// How effort is counted: `mean`, `top3` or `net`.
    method: Option<&'static str>,
    /// Its unit, as shown.
    unit: Option<String>,
    /// `higher` or `lower`.
    better: &'static str,
    /// The value to be reached.
    target: Option<f64>,
    /// Whether its answers are made up.
    sample: bool,
    /// The periods that the figure goes from and to.
    window: Option<WindowJson>,
    /// The figure over that window.
    figure: CellJson,
    /// Figures by period, from the earliest; some may lie before the window.
    periods: Vec<PeriodJson>,
    /// Whether the last two periods with figures differ.
    change: Option<ChangeJson>,
    /// How often each score was given, over the window.
    distribution: Vec<ScoreJson>,
    /// Figures by stage, touchpoint, persona, channel, department and language, over the window.
    breakdowns: Vec<BreakdownJson>,
    /// Ids of the promises that it proves.
    promises: Vec<String>,
}

/// From one period to another, both included: `2026`, `2026-Q1` or `2026-03`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct WindowJson {
    /// The first period.
    from: String,
    /// The last period.
    to: String,
}

/// A cell of figures.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct CellJson {
    /// `shown`; `hidden`: too few answers, here or in a cell that this one would give away; `empty`: no answer.
    state: &'static str,
    /// The figure, where it is shown.
    figure: Option<FigureJson>,
}

/// A figure with its interval at 95 %.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct FigureJson {
    /// Answers that it rests on; of a count, its events.
    n: u64,
    /// The value: per cent, a score from -100 to 100, a mean, a median or a number, as the metric's kind has it.
    value: f64,
    /// The lower end of the interval; `null`: not known.
    low: Option<f64>,
    /// The upper end of the interval; `null`: not known.
    high: Option<f64>,
    /// Of shares, the answers that speak for it.
    kept: Option<u64>,
    /// Of durations, what nine of ten stay within.
    p90: Option<QuantileJson>,
}

/// A quantile with its interval at 95 %.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct QuantileJson {
    /// The value, in the metric's unit.
    value: f64,
    /// The lower end of the interval; `null`: not known.
    low: Option<f64>,
    /// The upper end of the interval; `null`: not known.
    high: Option<f64>,
}

/// A period's cell.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct PeriodJson {
    /// `2026`, `2026-Q1` or `2026-03`.
    period: String,
    #[serde(flatten)]
    cell: CellJson,
}

/// Two periods beside each other.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ChangeJson {
    /// The earlier period.
    from: String,
    /// The later period.
    to: String,
    /// `up` or `down` where a test says that chance is not enough, else `no-clear-change`.
    change: &'static str,
}

/// How often a score was given.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ScoreJson {
    /// The score.
    score: u8,
    /// How often.
    count: u64,
}

/// Figures by one dimension.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct BreakdownJson {
    /// `stage`, `touchpoint`, `persona`, `channel`, `department` or `language`.
    dimension: &'static str,
    /// The cells, in the order of their ids.
    cells: Vec<CutJson>,
}

/// The cell of an id.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct CutJson {
    /// The id; `null`: not stated.
    id: Option<String>,
    #[serde(flatten)]
    cell: CellJson,
}

fn metrics(desk: &Desk<'_>) -> MetricsJson {
    let all = Id::all(&desk.playbook.metrics).map(|(id, metric)| {
        let measured = &desk.measures.metrics[id.index()];
        MetricJson {
            id: metric.id.to_string(),
            url: url(desk, Thing::Metric(id)),
            title: metric.title.source.value.to_string(),
            kind: metric.kind.name(),
            method: match metric.kind {
                MetricKind::CesMean => Some("mean"),
                MetricKind::CesTop3 => Some("top3"),
                MetricKind::CesNet => Some("net"),
                _ => None,
            },
            unit: metric.unit.as_deref().map(str::to_string),
            better: better(metric.better),
            target: metric.target.as_ref().map(|target| target.value),
            sample: metric.sample,
            window: window(measured),
            figure: cell(measured.figure),
            periods: measured
                .periods
                .iter()
                .map(|(period, one)| PeriodJson { period: period.to_string(), cell: cell(*one) })
                .collect(),
            change: measured.change.map(|one| ChangeJson {
                from: one.from.to_string(),
                to: one.to.to_string(),
                change: one.change.name(),
            }),
            distribution: measured
                .distribution
                .iter()
                .map(|(score, count)| ScoreJson { score: *score, count: *count })
                .collect(),
            breakdowns: measured
                .breakdowns
                .iter()
                .map(|breakdown| BreakdownJson {
                    dimension: breakdown.dimension.name(),
                    cells: breakdown
                        .rows
                        .iter()
                        .map(|(id, one)| CutJson { id: id.as_deref().map(str::to_string), cell: cell(*one) })
                        .collect(),
                })
                .collect(),
            promises: metric.promises.iter().map(|id| desk.playbook[*id].id.to_string()).collect(),
        }
    });
    MetricsJson { head: head(desk, "metrics.schema.json"), metrics: all.collect() }
}

/// A thing's address in the default language, beginning with `/`.
pub(super) fn url(desk: &Desk<'_>, thing: Thing) -> Option<String> {
    match desk.routes.of(thing, Lang::DEFAULT, desk.playbook)? {
        (route, Some(anchor)) => Some(format!("{}#{anchor}", route.address)),
        (route, None) => Some(route.address.to_string()),
    }
}

fn better(better: Better) -> &'static str {
    match better {
        Better::Higher => "higher",
        Better::Lower => "lower",
    }
}

fn window(measured: &Measured) -> Option<WindowJson> {
    measured.window.map(|(from, to): (Period, Period)| WindowJson { from: from.to_string(), to: to.to_string() })
}

fn cell(cell: Cell) -> CellJson {
    CellJson {
        state: match cell {
            Cell::Shown(_) => "shown",
            Cell::Hidden => "hidden",
            Cell::Empty => "empty",
        },
        figure: cell.shown().map(figure),
    }
}

fn figure(figure: Figure) -> FigureJson {
    let interval = figure.interval.unwrap_or_default();
    FigureJson {
        n: figure.n,
        value: rounded(figure.value),
        low: interval.low.map(rounded),
        high: interval.high.map(rounded),
        kept: figure.kept,
        p90: figure.p90.map(|p90| QuantileJson {
            value: rounded(p90.value),
            low: p90.interval.low.map(rounded),
            high: p90.interval.high.map(rounded),
        }),
    }
}

/// To two decimals, and never `-0`.
fn rounded(value: f64) -> f64 {
    (value * 100.0).round() / 100.0 + 0.0
}

/// `promises.json`: what was promised, whether it was kept, and how that is known.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct PromisesJson {
    #[serde(flatten)]
    head: Head,
    /// The promises, in the order of the register.
    promises: Vec<PromiseJson>,
}

/// A promise.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct PromiseJson {
    /// Its id.
    id: String,
    /// Its address, beginning with `/`.
    url: Option<String>,
    /// What is promised.
    text: String,
    /// `made`, `kept`, `at-risk`, `broken` or `withdrawn`.
    state: &'static str,
    /// What decided that: its `metric`, or the word that was `declared`.
    decided_by: &'static str,
    /// The declared word.
    declared: Option<&'static str>,
    /// The id of its metric.
    metric: Option<String>,
    /// The metric's figure.
    figure: Option<CellJson>,
    /// What the figure has to reach.
    target: Option<f64>,
    /// `higher` or `lower`.
    better: Option<&'static str>,
    /// What the target leaves to be missed in the latest period.
    budget: Option<BudgetJson>,
    /// What of its words can be checked; `null` in a language whose words are not known.
    specific: Option<SpecificJson>,
    /// The id of the department that has to keep it.
    department: Option<String>,
    /// The id of the part of trust that it carries.
    pillar: Option<String>,
    /// Where it is in force by its own word: `journey/stage`.
    stages: Vec<String>,
    /// Who answers for it.
    owner: Option<String>,
    /// The day of the last review.
    last_reviewed: Option<String>,
    /// The day of the next one.
    next_review: Option<String>,
    /// Whether that day has passed.
    overdue: bool,
    /// What was found out about it, as it was written down.
    history: Vec<HistoryJson>,
}

/// What may still be missed: an error budget.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct BudgetJson {
    /// The latest period.
    period: String,
    /// Its occasions.
    n: u64,
    /// How many of them the target allows to be missed.
    allowed: u64,
    /// How many were missed.
    missed: u64,
    /// How many are left; below 0, so many too many were missed.
    left: i64,
}

/// What of a promise's words can be checked.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct SpecificJson {
    /// They say how many.
    number: bool,
    /// They say until when.
    deadline: bool,
    /// They say for whom.
    whom: bool,
}

/// A dated entry.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct HistoryJson {
    /// The day.
    date: String,
    /// The state found.
    state: Option<&'static str>,
}

fn promises(desk: &Desk<'_>) -> PromisesJson {
    let all = Id::all(&desk.playbook.promises).map(|(id, one)| promise(desk, id, one));
    PromisesJson { head: head(desk, "promises.schema.json"), promises: all.collect() }
}

fn promise(desk: &Desk<'_>, id: Id<Promise>, promise: &Promise) -> PromiseJson {
    let playbook = desk.playbook;
    let state = desk.measures.states[id.index()];
    let metric = promise.metric.map(|id| &playbook[id]);
    let measured = promise.metric.map(|id| &desk.measures.metrics[id.index()]);
    let latest = measured.and_then(|measured| measured.periods.last());
    PromiseJson {
        id: promise.id.to_string(),
        url: url(desk, Thing::Promise(id)),
        text: words(&promise.text.source.value, desk),
        state: state.status.name(),
        decided_by: if state.measured { "metric" } else { "declared" },
        declared: promise.status.map(Status::name),
        metric: metric.map(|metric| metric.id.to_string()),
        figure: measured.map(|measured| cell(measured.figure)),
        target: state.target,
        better: metric.map(|metric| better(metric.better)),
        budget: state.budget.zip(latest).map(|(budget, (period, _))| budget_json(budget, *period)),
        specific: state.specific.map(|Specific { number, deadline, whom }| SpecificJson { number, deadline, whom }),
        department: promise.department.map(|id| playbook[id].id.to_string()),
        pillar: promise.pillar.map(|id| playbook[id].document.id.to_string()),
        stages: promise.stages.iter().map(|id| stage(desk, *id)).collect(),
        owner: promise.review.owner.as_deref().map(str::to_string),
        last_reviewed: promise.review.last.as_ref().map(|(date, _)| date.to_string()),
        next_review: promise.review.next().map(|date| date.to_string()),
        overdue: state.overdue,
        history: promise
            .history
            .iter()
            .map(|entry| HistoryJson { date: entry.date.to_string(), state: entry.status.map(Status::name) })
            .collect(),
    }
}

fn budget_json(budget: Budget, period: Period) -> BudgetJson {
    let Budget { n, allowed, missed } = budget;
    BudgetJson { period: period.to_string(), n, allowed, missed, left: budget.left() }
}

fn stage(desk: &Desk<'_>, id: crate::playbook::StageId) -> String {
    format!("{}/{}", desk.playbook[id.journey].id, desk.playbook[id].id)
}

/// `trust.json`: a panel beside which nothing is blended into one score, and where trust is lowest.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct TrustJson {
    #[serde(flatten)]
    head: Head,
    /// The panel.
    panel: PanelJson,
    /// All promises.
    promises: StandingJson,
    /// Promises by the department that has to keep them.
    departments: Vec<GroupJson>,
    /// Promises by the stage on which they are in force: `journey/stage`.
    stages: Vec<GroupJson>,
    /// Promises by the part of trust that they carry.
    pillars: Vec<GroupJson>,
    /// Trust floors.
    journeys: Vec<FloorJson>,
}

/// Figures that stand beside each other.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct PanelJson {
    /// The trust question.
    trust: Vec<PanelFigureJson>,
    /// The lowest of the journeys' floors.
    floor: Option<PanelFloorJson>,
    /// Satisfaction.
    satisfaction: Vec<PanelFigureJson>,
    /// Effort.
    effort: Vec<PanelFigureJson>,
    /// Whether what has a review date was looked at in time.
    freshness: FreshnessJson,
}

/// A metric's figure.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct PanelFigureJson {
    /// The metric's id.
    metric: String,
    #[serde(flatten)]
    cell: CellJson,
}

/// The lowest floor of all.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct PanelFloorJson {
    /// The journey's id.
    journey: String,
    /// The department's id.
    department: String,
    /// The share of the kept, 0 to 100.
    share: f64,
}

/// Reviews in time.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct FreshnessJson {
    /// How many things have a review date.
    reviewed: u64,
    /// How many of these dates have passed.
    overdue: u64,
    /// The share of those in time, 0 to 100; `null` where nothing has a date.
    share: Option<f64>,
}

/// Promises that have something in common.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct GroupJson {
    /// The id of what they have in common.
    id: String,
    #[serde(flatten)]
    standing: StandingJson,
}

/// How some promises do.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct StandingJson {
    /// How many are kept.
    kept: u32,
    /// How many are broken.
    broken: u32,
    /// How many are at risk; these judge nothing.
    at_risk: u32,
    /// How many are made and no more.
    made: u32,
    /// How many are withdrawn.
    withdrawn: u32,
    /// Kept of kept and broken promises; `null` where nothing is judged.
    rate: Option<RateJson>,
    /// Occasions on which they were kept; `null` where there are too few.
    occasions: Option<RateJson>,
}

/// A share with its interval at 95 %.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct RateJson {
    /// How many were kept.
    kept: u64,
    /// Of how many.
    n: u64,
    /// The share, 0 to 100.
    share: f64,
    /// The lower end of the interval; `null`: not known.
    low: Option<f64>,
    /// The upper end of the interval; `null`: not known.
    high: Option<f64>,
}

/// A journey's trust floor.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct FloorJson {
    /// The journey's id.
    id: String,
    /// Its address, beginning with `/`.
    url: Option<String>,
    /// By what departments are compared: `occasions`, or `promises` where none has occasions enough.
    basis: &'static str,
    /// The id of the lowest department, which sets the floor; `null`: not known.
    lowest: Option<String>,
    /// Its share, 0 to 100.
    share: Option<f64>,
    /// The mean of the departments' shares, 0 to 100.
    mean: Option<f64>,
    /// How many departments have nothing judged.
    unknown: u64,
    /// What would lift it.
    lift: Option<LiftJson>,
    /// Its departments.
    departments: Vec<GroupJson>,
    /// By what stages are compared.
    stage_basis: &'static str,
    /// The lowest stage, `journey/stage`; `null`: not known.
    lowest_stage: Option<String>,
    /// Its stages.
    stages: Vec<GroupJson>,
}

/// What costs the lowest department most.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct LiftJson {
    /// The promise's id.
    promise: String,
    /// How many occasions it missed; 1 where promises are compared.
    missed: u64,
    /// Where the floor would be without that, 0 to 100.
    to: f64,
}

fn trust(desk: &Desk<'_>) -> TrustJson {
    let (playbook, measures) = (desk.playbook, desk.measures);
    let standing = |promises: &[Id<Promise>]| standing_json(measures.standing(playbook, promises));
    let all: Vec<Id<Promise>> = Id::all(&playbook.promises).map(|(id, _)| id).collect();
    let group = |id: String, promises: &[Id<Promise>]| GroupJson { id, standing: standing(promises) };
    TrustJson {
        head: head(desk, "trust.schema.json"),
        panel: panel(desk),
        promises: standing(&all),
        departments: playbook.departments.iter().map(|one| group(one.id.to_string(), &one.promises)).collect(),
        stages: playbook.stages().map(|(id, one)| group(stage(desk, id), &one.promises)).collect(),
        pillars: playbook.pillars.iter().map(|one| group(one.document.id.to_string(), &one.promises)).collect(),
        journeys: Id::all(&playbook.journeys).map(|(id, _)| floor(desk, id)).collect(),
    }
}

fn panel(desk: &Desk<'_>) -> PanelJson {
    let (playbook, measures) = (desk.playbook, desk.measures);
    let of = |kinds: &[MetricKind]| {
        let metrics = Id::all(&playbook.metrics).filter(|(_, metric)| kinds.contains(&metric.kind));
        metrics
            .map(|(id, metric)| PanelFigureJson {
                metric: metric.id.to_string(),
                cell: cell(measures.metrics[id.index()].figure),
            })
            .collect()
    };
    let floors = Id::all(&playbook.journeys).filter_map(|(id, journey)| {
        let floor = &measures.floors[id.index()];
        Some((floor.share()?, &journey.id, floor.departments[floor.lowest_department?].0))
    });
    let lowest = floors.min_by(|one, other| one.0.total_cmp(&other.0));
    PanelJson {
        trust: of(&[MetricKind::Trust]),
        floor: lowest.map(|(share, journey, department)| PanelFloorJson {
            journey: journey.to_string(),
            department: playbook[department].id.to_string(),
            share: rounded(share),
        }),
        satisfaction: of(&[MetricKind::Csat]),
        effort: of(&[MetricKind::CesMean, MetricKind::CesTop3, MetricKind::CesNet]),
        freshness: freshness(desk),
    }
}

fn freshness(desk: &Desk<'_>) -> FreshnessJson {
    let (playbook, today) = (desk.playbook, desk.measures.today);
    let dated: Vec<&Review> = playbook.reviews().map(|(_, review, _)| review).collect();
    let overdue = dated.iter().filter(|review| review.is_overdue(today)).count();
    FreshnessJson {
        reviewed: dated.len() as u64,
        overdue: overdue as u64,
        share: (!dated.is_empty()).then(|| rounded(100.0 * (dated.len() - overdue) as f64 / dated.len() as f64)),
    }
}

fn standing_json(standing: Standing) -> StandingJson {
    let tally = standing.tally;
    let rate = |basis: Basis| {
        let Occasions { kept, n } = standing.judged(basis);
        let interval: Interval = standing.interval(basis).unwrap_or_default();
        standing.share(basis).map(|share| RateJson {
            kept,
            n,
            share: rounded(share),
            low: interval.low.map(rounded),
            high: interval.high.map(rounded),
        })
    };
    StandingJson {
        kept: tally.kept,
        broken: tally.broken,
        at_risk: tally.at_risk,
        made: tally.made,
        withdrawn: tally.withdrawn,
        rate: rate(Basis::Promises),
        occasions: rate(Basis::Occasions),
    }
}

fn floor(desk: &Desk<'_>, id: Id<crate::playbook::Journey>) -> FloorJson {
    let playbook = desk.playbook;
    let floor = &desk.measures.floors[id.index()];
    let departments = floor.departments.iter().map(|(department, standing)| GroupJson {
        id: playbook[*department].id.to_string(),
        standing: standing_json(*standing),
    });
    let stages = floor
        .stages
        .iter()
        .map(|(id, standing)| GroupJson { id: stage(desk, *id), standing: standing_json(*standing) });
    FloorJson {
        id: playbook[id].id.to_string(),
        url: url(desk, Thing::Journey(id)),
        basis: floor.basis.name(),
        lowest: floor.lowest_department.map(|index| playbook[floor.departments[index].0].id.to_string()),
        share: floor.share().map(rounded),
        mean: floor.mean.map(rounded),
        unknown: floor.unknown as u64,
        lift: floor.lift.map(|lift| LiftJson {
            promise: playbook[lift.promise].id.to_string(),
            missed: lift.missed,
            to: rounded(lift.to),
        }),
        departments: departments.collect(),
        stage_basis: floor.stage_basis.name(),
        lowest_stage: floor.lowest_stage.map(|index| stage(desk, floor.stages[index].0)),
        stages: stages.collect(),
    }
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
        as_written::<TrustJson>("trust.schema.json");
        as_written::<PromisesJson>("promises.schema.json");
        as_written::<MetricsJson>("metrics.schema.json");
    }
}
