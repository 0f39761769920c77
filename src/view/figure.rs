//! Figures and periods to words and to what charts are drawn from.

use super::At;
use crate::measure::{Basis, Cell, Change, Figure, Interval, Length, Measured, Period, Standing};
use crate::playbook::{Id, Metric, MetricKind};
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
}

/// The figures of a metric.
pub fn measured(at: &At<'_>, id: Id<Metric>) -> MeasuredView {
    let metric = &at.desk.playbook[id];
    let measured = &at.desk.measures.metrics[id.index()];
    let breakdowns = measured.breakdowns.iter().map(|breakdown| BreakdownView {
        dimension: breakdown.dimension.name(),
        title: at.t(&format!("by-{}", breakdown.dimension.name())),
        cells: breakdown
            .rows
            .iter()
            .map(|(value, cell)| {
                let name = value.as_deref().map_or_else(|| at.t("by-not-stated"), str::to_string);
                cell_view(at, metric, name, *cell)
            })
            .collect(),
    });
    MeasuredView {
        line: line(at, id).unwrap_or_else(|| at.t("figure-empty")),
        now: cell_view(at, metric, window(at, measured).unwrap_or_default(), measured.figure),
        periods: measured.periods.iter().map(|(one, cell)| cell_view(at, metric, period(at, *one), *cell)).collect(),
        change: change(at, measured),
        change_word: measured.change.map(|change| change.change.name()),
        distribution: measured.distribution.clone(),
        breakdowns: breakdowns.collect(),
        target: metric.target.as_ref().map(|target| target.value),
        scale: scale(metric.kind),
        sample: metric.sample.then(|| at.t("figure-sample")),
    }
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
    CellView { name, figure: cell.shown().map(|figure| figure_view(at, metric, figure)), instead }
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
        MetricKind::Csat | MetricKind::CesTop3 | MetricKind::Trust | MetricKind::Rate => {
            at.with_unit(rounded, Some("%"))
        }
        _ => at.with_unit(rounded, metric.unit.as_deref().filter(|unit| *unit != "%")),
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
            ("share", at.with_unit((share * 10.0).round() / 10.0, Some("%")).into()),
            ("interval", at.tn("figure-interval", &ends).into()),
            ("n", (standing.judged(Basis::Occasions).n as usize).into()),
        ],
    ))
}
