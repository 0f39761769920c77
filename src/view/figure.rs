//! Figures and periods to words and to what charts are drawn from.

use super::At;
use super::chart::{self, Axis, Bars, Gauge, Mark, Reading, Room, Trend};
use crate::measure::{Basis, Cell, Change, Dimension, Figure, Interval, Length, Measured, Period, Standing, states};
use crate::playbook::{Id, Metric, MetricKind, Status};
use serde::Serialize;

/// A figure.
#[derive(Debug, Clone, Serialize)]
pub struct FigureView {
    /// The value with its unit.
    pub value: String,
    /// The value as a number, for charts.
    pub number: f64,
    /// How many answers it rests on.
    pub n: u64,
    /// The same in words; of a count, which is its own number, `None`.
    pub answers: Option<String>,
    /// The interval in words; `None` where there is none.
    pub interval: Option<String>,
    /// Its lower end, for charts; `None` where it is not known.
    pub low: Option<f64>,
    /// Its upper end, for charts; `None` where it is not known.
    pub high: Option<f64>,
    /// Of durations, what nine of ten stay within, in words.
    pub p90: Option<String>,
    /// Value, interval and answers in one line.
    pub line: String,
}

/// A cell of figures: of a period, a stage and so on.
#[derive(Debug, Clone, Serialize)]
pub struct CellView {
    /// Which: a period or a title.
    pub name: String,
    /// The figure; `None` where there are too few answers, or none.
    pub figure: Option<FigureView>,
    /// What stands instead of it.
    pub instead: Option<String>,
    /// Where it stands on the line of its neighbours; `None` where there is no figure, or nothing is drawn.
    pub mark: Option<Mark>,
}

/// Everything about one metric's figures.
#[derive(Debug, Clone, Serialize)]
pub struct MeasuredView {
    /// Value, interval, answers and time in one line.
    pub line: String,
    /// Over the metric's window.
    pub now: CellView,
    /// By period, from the earliest.
    pub periods: Vec<CellView>,
    /// What became of it since the period before, in words; `None` where nothing can be compared.
    pub change: Option<String>,
    /// `up`, `down` or `no-clear-change`.
    pub change_word: Option<&'static str>,
    /// How often each score was given: score and answers.
    pub distribution: Vec<(u8, u64)>,
    /// By stage, channel and so on.
    pub breakdowns: Vec<BreakdownView>,
    /// The value to be reached, for charts.
    pub target: Option<f64>,
    /// The least and the greatest value of its scale; the greatest is `None` for durations and counts.
    pub scale: (f64, Option<f64>),
    /// That its answers are made up, in words.
    pub sample: Option<String>,
    /// The state that its figure beside its target comes to; `None` without either.
    pub state: Option<&'static str>,
    /// The same in words.
    pub state_word: Option<String>,
    /// Value, interval and target on a line; `None` where there is no figure.
    pub gauge: Option<Gauge>,
    /// The latest periods; `None` where none is shown.
    pub trend: Option<Trend>,
    /// The same in less room.
    pub small: Option<Trend>,
    /// How often each score was given; `None` for what has no scores.
    pub bars: Option<Bars>,
}

/// Figures by one dimension.
#[derive(Debug, Clone, Serialize)]
pub struct BreakdownView {
    /// The word of the format: `stage`, `channel` …
    pub dimension: &'static str,
    /// By what, in words.
    pub title: String,
    /// The cells.
    pub cells: Vec<CellView>,
    /// The value at the left end of their line.
    pub left: String,
    /// The value at the right end of their line.
    pub right: String,
    /// Where the target stands on it, in per cent across.
    pub target: Option<f64>,
}

/// The figures of a metric, drawn as `metric` says: a promise may have a target of its own.
pub fn measured(at: &At<'_>, id: Id<Metric>, metric: &Metric) -> MeasuredView {
    let measured = &at.desk.measures.metrics[id.index()];
    let status = measured.figure.shown().and_then(|figure| standing(at, metric, figure));
    MeasuredView {
        line: line(at, id).unwrap_or_else(|| at.t("figure-empty")),
        now: now(at, id),
        periods: measured.periods.iter().map(|(one, cell)| cell_view(at, metric, period(at, *one), *cell)).collect(),
        change: change(at, measured),
        change_word: measured.change.map(|change| change.change.name()),
        distribution: measured.distribution.clone(),
        breakdowns: measured.breakdowns.iter().map(|breakdown| breakdown_view(at, metric, breakdown)).collect(),
        target: metric.target.as_ref().map(|target| target.value),
        scale: scale(metric.kind),
        sample: metric.sample.then(|| at.t("figure-sample")),
        state: status.map(Status::name),
        state_word: status.map(|status| target_word(at, status)),
        gauge: measured.figure.shown().map(|figure| gauge(at, metric, figure)),
        trend: trend_as(at, id, metric, Room::PERIODS),
        small: trend_as(at, id, metric, Room::SMALL),
        bars: bars(at, metric, measured),
    }
}

/// What a figure says beside its metric's target, by the playbook's own rule; `None` without a target.
pub fn standing(at: &At<'_>, metric: &Metric, figure: Figure) -> Option<Status> {
    let target = metric.target.as_ref()?.value;
    Some(states::decided(metric.better, figure, target, at.desk.playbook.settings.proof_by_point))
}

/// How a figure stands beside its target, in words: a metric keeps and breaks nothing, promises do.
pub fn target_word(at: &At<'_>, status: Status) -> String {
    at.t(match status {
        Status::Kept => "target-reached",
        Status::Broken => "target-missed",
        _ => "target-unclear",
    })
}

fn gauge(at: &At<'_>, metric: &Metric, figure: Figure) -> Gauge {
    let target = metric.target.as_ref().map(|target| target.value);
    let most = chart::reach(figure).chain(target).fold(0.0, f64::max);
    let axis = Axis::whole(scale(metric.kind), most);
    let status = standing(at, metric, figure);
    let mut drawn = chart::gauge(axis, figure, target, status.map(Status::name));
    drawn.left = end(at, metric, axis.ends().0);
    drawn.right = end(at, metric, axis.ends().1);
    let shown = figure_view(at, metric, figure);
    let target = target.map(|target| at.tn("chart-target", &[("target", amount(at, metric, target).into())]));
    let parts: Vec<String> = [Some(shown.line), target].into_iter().flatten().collect();
    drawn.label = parts.join(" · ");
    if at.is_rtl() {
        chart::mirror_gauge(&mut drawn);
    }
    drawn
}

/// Quarters of three years, months of one.
const PERIODS: usize = 12;

/// The latest periods of a metric in a room; `None` where none is shown.
pub fn trend(at: &At<'_>, id: Id<Metric>, room: Room) -> Option<Trend> {
    trend_as(at, id, &at.desk.playbook[id], room)
}

fn trend_as(at: &At<'_>, id: Id<Metric>, metric: &Metric, room: Room) -> Option<Trend> {
    let measured = &at.desk.measures.metrics[id.index()];
    let latest = &measured.periods[measured.periods.len().saturating_sub(PERIODS)..];
    let readings: Vec<Reading> = latest
        .iter()
        .map(|(_, cell)| cell.shown().map(|figure| (figure, standing(at, metric, figure).map(Status::name))))
        .collect();
    let first = latest.iter().find(|(_, cell)| cell.shown().is_some())?;
    let last = latest.iter().rfind(|(_, cell)| cell.shown().is_some())?;
    let target = metric.target.as_ref().map(|target| target.value);
    let all = readings.iter().flatten().flat_map(|(figure, _)| room.reach(*figure)).chain(target);
    let axis = Axis::around(all, scale(metric.kind));
    let mut drawn = chart::trend(axis, &readings, target, room);
    for (rule, value) in drawn.rules.iter_mut().zip(chart::rule_values(axis)) {
        rule.value = end(at, metric, value);
    }
    drawn.left = latest.first().map(|(one, _)| period(at, *one)).unwrap_or_default();
    if let [_, .., (one, _)] = latest {
        drawn.right = period(at, *one);
    }
    drawn.label = trend_label(at, metric, (first, last), latest.len(), target);
    if at.is_rtl() {
        chart::mirror_trend(&mut drawn);
    }
    Some(drawn)
}

/// `8 periods, from 84 % in Q1 2025 to 89 % in Q4 2026; target 90 %`
fn trend_label(
    at: &At<'_>,
    metric: &Metric,
    (first, last): (&(Period, Cell), &(Period, Cell)),
    count: usize,
    target: Option<f64>,
) -> String {
    let value =
        |(_, cell): &(Period, Cell)| cell.shown().map_or_else(String::new, |figure| amount(at, metric, figure.value));
    let words = at.tn(
        "chart-periods-label",
        &[
            ("count", count.into()),
            ("first", value(first).into()),
            ("from", period(at, first.0).into()),
            ("last", value(last).into()),
            ("to", period(at, last.0).into()),
        ],
    );
    let target = target.map(|target| at.tn("chart-target", &[("target", amount(at, metric, target).into())]));
    [Some(words), target].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// A value at a line's end or rule, as short as it can be.
fn end(at: &At<'_>, metric: &Metric, value: f64) -> String {
    match metric.kind {
        MetricKind::Csat | MetricKind::CesTop3 | MetricKind::Trust | MetricKind::Rate => at.share(value),
        _ => at.number(value),
    }
}

/// How a score counts in its kind's figure.
fn side(kind: MetricKind, score: u8) -> &'static str {
    match (kind, score) {
        (MetricKind::Nps, 7..=8) | (MetricKind::CesNet, 4..=5) => "between",
        (MetricKind::Nps, 9..)
        | (MetricKind::Csat, 4..)
        | (MetricKind::CesNet | MetricKind::Trust, 6..)
        | (MetricKind::CesTop3, 5..)
        | (MetricKind::CesMean, _) => "for",
        _ => "against",
    }
}

/// What filled, grey and empty bars mean in a kind.
fn bars_note(at: &At<'_>, kind: MetricKind) -> Option<String> {
    match kind {
        MetricKind::Nps | MetricKind::CesNet => Some(at.t("chart-note-net")),
        MetricKind::CesMean => None,
        _ => Some(at.t("chart-note-share")),
    }
}

fn bars(at: &At<'_>, metric: &Metric, measured: &Measured) -> Option<Bars> {
    let scores = match metric.kind {
        MetricKind::Nps => 0..=10,
        MetricKind::Csat => 1..=5,
        MetricKind::CesMean | MetricKind::CesTop3 | MetricKind::CesNet | MetricKind::Trust => 1..=7,
        // Of yes and no the figure says everything.
        MetricKind::Rate | MetricKind::Duration | MetricKind::Count => return None,
    };
    let n: u64 = measured.distribution.iter().map(|(_, count)| count).sum();
    if n == 0 {
        return None;
    }
    let count =
        |score: u8| measured.distribution.iter().find(|(other, _)| *other == score).map_or(0, |(_, count)| *count);
    let counted: Vec<(u8, u64, &'static str)> =
        scores.map(|score| (score, count(score), side(metric.kind, score))).collect();
    let mut drawn = chart::bars(&counted);
    for bar in &mut drawn.bars {
        bar.share = at.percent(100.0 * bar.count as f64 / n as f64);
    }
    let words: Vec<String> = drawn
        .bars
        .iter()
        .map(|bar| {
            at.tn(
                "chart-score",
                &[("score", usize::from(bar.score).to_string().into()), ("count", (bar.count as usize).into())],
            )
        })
        .collect();
    drawn.label = words.join(&at.t("curve-semicolon"));
    drawn.note = bars_note(at, metric.kind);
    if at.is_rtl() {
        chart::mirror_bars(&mut drawn);
    }
    Some(drawn)
}

fn breakdown_view(at: &At<'_>, metric: &Metric, breakdown: &crate::measure::Breakdown) -> BreakdownView {
    let target = metric.target.as_ref().map(|target| target.value);
    let shown = breakdown.rows.iter().filter_map(|(_, cell)| cell.shown());
    let axis = Axis::around(shown.flat_map(chart::reach).chain(target), scale(metric.kind));
    let cells = breakdown.rows.iter().map(|(value, cell)| {
        let name = value.as_deref().map_or_else(|| at.t("by-not-stated"), |id| name(at, breakdown.dimension, id));
        let mut view = cell_view(at, metric, name, *cell);
        view.mark = cell.shown().map(|figure| axis.mark(figure, standing(at, metric, figure).map(Status::name)));
        if at.is_rtl()
            && let Some(mark) = &mut view.mark
        {
            chart::mirror_mark(mark);
        }
        view
    });
    let (mut left, mut right) = (end(at, metric, axis.ends().0), end(at, metric, axis.ends().1));
    if at.is_rtl() {
        std::mem::swap(&mut left, &mut right);
    }
    BreakdownView {
        dimension: breakdown.dimension.name(),
        title: at.t(&format!("by-{}", breakdown.dimension.name())),
        cells: cells.collect(),
        left,
        right,
        target: target
            .map(|target| if at.is_rtl() { chart::mirrored(axis.across(target)) } else { axis.across(target) }),
    }
}

/// What a survey's id means, by its title; the id itself where it names several things.
fn name(at: &At<'_>, dimension: Dimension, id: &str) -> String {
    let playbook = at.desk.playbook;
    let title = match dimension {
        Dimension::Persona => {
            playbook.personas.iter().find(|one| *one.document.id == *id).map(|one| &one.document.title)
        }
        Dimension::Channel => playbook.channels.iter().find(|one| *one.id == *id).map(|one| &one.title),
        Dimension::Department => playbook.departments.iter().find(|one| *one.id == *id).map(|one| &one.title),
        Dimension::Stage => {
            let (journey, stage) = id.rsplit_once('/').map_or((None, id), |(journey, stage)| (Some(journey), stage));
            let journeys = playbook.journeys.iter().filter(|one| journey.is_none_or(|id| *one.id == *id));
            only(journeys.flat_map(|one| &one.stages).filter(|one| *one.id == *stage).map(|one| &one.title))
        }
        Dimension::Touchpoint => {
            let own = id.rsplit('/').next().unwrap_or(id);
            let stages = playbook.journeys.iter().flat_map(|one| &one.stages);
            only(stages.flat_map(|one| &one.touchpoints).filter(|one| *one.id == *own).map(|one| &one.title))
        }
        Dimension::Language => return at.locale().language_name(id).unwrap_or_else(|| id.to_string()),
        Dimension::All => None,
    };
    title.map_or_else(|| id.to_string(), |title| at.wording(title))
}

fn only<T>(mut all: impl Iterator<Item = T>) -> Option<T> {
    let first = all.next()?;
    all.next().is_none().then_some(first)
}

/// The figure of a metric over its window.
pub fn now(at: &At<'_>, id: Id<Metric>) -> CellView {
    let measured = &at.desk.measures.metrics[id.index()];
    cell_view(at, &at.desk.playbook[id], window(at, measured).unwrap_or_default(), measured.figure)
}

/// Whether a kind's values are shares, from 0 to 100 per cent.
pub(super) fn is_share(kind: MetricKind) -> bool {
    matches!(kind, MetricKind::Csat | MetricKind::CesTop3 | MetricKind::Trust | MetricKind::Rate)
}

/// What values of a kind can be.
fn scale(kind: MetricKind) -> (f64, Option<f64>) {
    match kind {
        MetricKind::Nps | MetricKind::CesNet => (-100.0, Some(100.0)),
        MetricKind::CesMean => (1.0, Some(7.0)),
        MetricKind::Duration | MetricKind::Count => (0.0, None),
        _ => (0.0, Some(100.0)),
    }
}

fn cell_view(at: &At<'_>, metric: &Metric, name: String, cell: Cell) -> CellView {
    let instead = match cell {
        Cell::Shown(_) => None,
        Cell::Hidden => Some(at.t("figure-hidden")),
        Cell::Empty => Some(at.t("figure-empty")),
    };
    CellView { name, figure: cell.shown().map(|figure| figure_view(at, metric, figure)), instead, mark: None }
}

/// A figure in words.
pub fn figure_view(at: &At<'_>, metric: &Metric, figure: Figure) -> FigureView {
    let value = amount(at, metric, figure.value);
    let interval = figure.interval.and_then(|interval| interval_words(at, metric, interval));
    let key = if metric.kind == MetricKind::Rate { "figure-occasions" } else { "figure-answers" };
    let answers = (metric.kind != MetricKind::Count).then(|| at.tn(key, &[("count", (figure.n as usize).into())]));
    let parts: Vec<String> = [Some(value.clone()), interval.clone(), answers.clone()].into_iter().flatten().collect();
    FigureView {
        number: figure.value,
        n: figure.n,
        low: figure.interval.and_then(|interval| interval.low),
        high: figure.interval.and_then(|interval| interval.high),
        p90: figure.p90.map(|p90| at.tn("figure-p90", &[("value", amount(at, metric, p90.value).into())])),
        line: parts.join(" · "),
        value,
        interval,
        answers,
    }
}

/// A value with the unit of its metric, at most one decimal; of a share, per cent whatever the unit says.
pub fn amount(at: &At<'_>, metric: &Metric, value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    match metric.kind {
        MetricKind::Csat | MetricKind::CesTop3 | MetricKind::Trust | MetricKind::Rate => at.share(rounded),
        _ => at.in_unit(rounded, metric.unit.as_ref().filter(|unit| &*unit.source.value != "%")),
    }
}

/// An interval in words; an end that the answers do not reach is not known.
fn interval_words(at: &At<'_>, metric: &Metric, interval: Interval) -> Option<String> {
    let end = |value: f64| match metric.kind {
        MetricKind::Csat | MetricKind::CesTop3 | MetricKind::Trust | MetricKind::Rate => at.locale().percent(value, 1),
        _ => at.locale().number(value, 1),
    };
    match (interval.low, interval.high) {
        (Some(low), Some(high)) => {
            Some(at.tn("figure-interval", &[("low", end(low).into()), ("high", end(high).into())]))
        }
        (Some(low), None) => Some(at.tn("figure-interval-from", &[("low", end(low).into())])),
        (None, Some(high)) => Some(at.tn("figure-interval-to", &[("high", end(high).into())])),
        (None, None) => None,
    }
}

/// A period in words.
pub fn period(at: &At<'_>, period: Period) -> String {
    let year = || period.year().to_string();
    match (period.length(), period.first_day()) {
        (Length::Month, Some(day)) => at.locale().month(day),
        (Length::Quarter, _) => {
            at.tn("period-quarter", &[("quarter", period.quarter().to_string().into()), ("year", year().into())])
        }
        _ => year(),
    }
}

/// The time that a metric's figure is of, in words.
fn window(at: &At<'_>, measured: &Measured) -> Option<String> {
    let (first, last) = measured.window?;
    if first == last {
        return Some(period(at, first));
    }
    Some(at.tn("period-span", &[("from", period(at, first).into()), ("to", period(at, last).into())]))
}

fn change(at: &At<'_>, measured: &Measured) -> Option<String> {
    let change = measured.change?;
    let key = match change.change {
        Change::Up => "change-up",
        Change::Down => "change-down",
        Change::Unclear => "change-unclear",
    };
    Some(at.tn(key, &[("from", period(at, change.from).into()), ("to", period(at, change.to).into())]))
}

/// The figure of a metric in one line: value, interval, answers, time. `None` where there is nothing to say of it.
pub fn line(at: &At<'_>, id: Id<Metric>) -> Option<String> {
    let metric = &at.desk.playbook[id];
    let measured = &at.desk.measures.metrics[id.index()];
    let mut parts = match measured.figure {
        Cell::Empty => return None,
        Cell::Hidden => vec![at.t("figure-hidden")],
        Cell::Shown(figure) => {
            let view = figure_view(at, metric, figure);
            [Some(view.line), view.p90].into_iter().flatten().collect()
        }
    };
    parts.extend(window(at, measured));
    parts.extend(metric.sample.then(|| at.t("figure-sample")));
    Some(parts.join(" · "))
}

/// What became of a metric since the period before, in words.
pub fn change_line(at: &At<'_>, id: Id<Metric>) -> Option<String> {
    change(at, &at.desk.measures.metrics[id.index()])
}

/// What a target leaves to be missed in the latest period, in words.
pub fn budget(at: &At<'_>, id: Id<Metric>, budget: crate::measure::Budget) -> Option<String> {
    let (latest, _) = at.desk.measures.metrics[id.index()].periods.last()?;
    let left = budget.left();
    let key = if left < 0 { "budget-spent" } else { "budget-left" };
    Some(at.tn(
        key,
        &[
            ("left", usize::try_from(left.unsigned_abs()).unwrap_or(usize::MAX).into()),
            ("missed", (budget.missed as usize).into()),
            ("n", (budget.n as usize).into()),
            ("period", period(at, *latest).into()),
        ],
    ))
}

/// The share of occasions on which some promises were kept, in words; `None` where there are too few.
pub fn occasions(at: &At<'_>, standing: Standing) -> Option<String> {
    let share = standing.share(Basis::Occasions)?;
    let interval = standing.interval(Basis::Occasions).unwrap_or_default();
    let percent = |end: Option<f64>| end.map_or_else(|| at.t("not-known"), |end| at.locale().percent(end, 1));
    let ends = [("low", percent(interval.low).into()), ("high", percent(interval.high).into())];
    Some(at.tn(
        "figure-kept-occasions",
        &[
            ("share", at.share((share * 10.0).round() / 10.0).into()),
            ("interval", at.tn("figure-interval", &ends).into()),
            ("n", (standing.judged(Basis::Occasions).n as usize).into()),
        ],
    ))
}
