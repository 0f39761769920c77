//! Measured metrics to `metrics.json`.

use super::*;

/// `metrics.json`: figures with what they rest on.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct MetricsJson {
    #[serde(flatten)]
    head: Head,
    /// The metrics, in the order of the register.
    metrics: Vec<MetricJson>,
}

/// A metric.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct MetricJson {
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
pub(super) struct WindowJson {
    /// The first period.
    from: String,
    /// The last period.
    to: String,
}

/// A cell of figures.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct CellJson {
    /// `shown`; `hidden`: too few answers, here or in a cell that this one would give away; `empty`: no answer.
    state: &'static str,
    /// The figure, where it is shown.
    figure: Option<FigureJson>,
}

/// A figure with its interval at 95 %.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct FigureJson {
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
pub(super) struct QuantileJson {
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
pub(super) struct PeriodJson {
    /// `2026`, `2026-Q1` or `2026-03`.
    period: String,
    #[serde(flatten)]
    cell: CellJson,
}

/// Two periods beside each other.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct ChangeJson {
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
pub(super) struct ScoreJson {
    /// The score.
    score: u8,
    /// How often.
    count: u64,
}

/// Figures by one dimension.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct BreakdownJson {
    /// `stage`, `touchpoint`, `persona`, `channel`, `department` or `language`.
    dimension: &'static str,
    /// The cells, in the order of their ids.
    cells: Vec<CutJson>,
}

/// The cell of an id.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct CutJson {
    /// The id; `null`: not stated.
    id: Option<String>,
    #[serde(flatten)]
    cell: CellJson,
}

pub(super) fn metrics(desk: &Desk<'_>) -> MetricsJson {
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
            unit: metric.unit.as_ref().map(|unit| unit.source.value.to_string()),
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

pub(super) fn better(better: Better) -> &'static str {
    match better {
        Better::Higher => "higher",
        Better::Lower => "lower",
    }
}

pub(super) fn window(measured: &Measured) -> Option<WindowJson> {
    measured.window.map(|(from, to): (Period, Period)| WindowJson { from: from.to_string(), to: to.to_string() })
}

pub(super) fn cell(cell: Cell) -> CellJson {
    CellJson {
        state: match cell {
            Cell::Shown(_) => "shown",
            Cell::Hidden => "hidden",
            Cell::Empty => "empty",
        },
        figure: cell.shown().map(figure),
    }
}

pub(super) fn figure(figure: Figure) -> FigureJson {
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
