//! Counts of one metric to its figures: in all, by period, by what tells answers apart.
//!
//! A cell of fewer answers than the playbook's `min_n` is hidden, and so is the next smallest where the total would give it away.

use super::answers::{Answers, Cut, Dimension};
use super::counts::{Counts, Durations};
use super::period::{Length, Period};
use super::statistics::{self, Change, Interval, Sides, Spread};
use crate::playbook::{Metric, MetricKind};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The figures of one metric.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Measured {
    /// Over the metric's window, which is all answers where it names none.
    pub figure: Cell,
    /// The first and the last period of that window.
    pub window: Option<(Period, Period)>,
    /// By period, from the earliest, periods without answers left out.
    pub periods: Vec<(Period, Cell)>,
    /// Whether the last two periods differ.
    pub change: Option<PeriodChange>,
    /// By stage, touchpoint and so on, over the window.
    pub breakdowns: Vec<Breakdown>,
    /// How often each score was given, over the window; empty where the figure is hidden, or for durations and counts.
    pub distribution: Vec<(u8, u64)>,
    /// Kept and all occasions of a rate in the window: to be added up, not to be shown.
    pub(super) occasions: Option<Occasions>,
}

/// A cell of figures.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub enum Cell {
    /// There is no answer.
    #[default]
    Empty,
    /// There are answers, too few to be shown; or as many as would tell how many another cell has.
    Hidden,
    /// A figure.
    Shown(Figure),
}

impl Cell {
    /// The figure, where there is one to show.
    pub fn shown(self) -> Option<Figure> {
        match self {
            Cell::Shown(figure) => Some(figure),
            Cell::Empty | Cell::Hidden => None,
        }
    }
}

/// A figure with what it rests on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figure {
    /// How many answers; of a count, events.
    pub n: u64,
    /// The value: per cent, -100 to 100, mean, median or number, as its kind has it.
    pub value: f64,
    /// The interval around it; `None` with fewer than two answers.
    pub interval: Option<Interval>,
    /// Of shares, how many answers speak for it.
    pub kept: Option<u64>,
    /// Of durations, what nine of ten stay within.
    pub p90: Option<Quantile>,
}

/// A quantile of durations.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quantile {
    /// The value, in the metric's unit.
    pub value: f64,
    /// The interval around it.
    pub interval: Interval,
}

/// What was to be kept, and what was.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Occasions {
    /// Kept.
    pub kept: u64,
    /// All.
    pub n: u64,
}

/// The last period with a figure beside the one before it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PeriodChange {
    /// The earlier one.
    pub from: Period,
    /// The later one.
    pub to: Period,
    /// What the test says.
    pub change: Change,
}

/// Figures by one dimension.
#[derive(Debug, Clone, PartialEq)]
pub struct Breakdown {
    /// Which.
    pub dimension: Dimension,
    /// Ids with their figures, in the order of the ids; `None`: not stated.
    pub rows: Vec<(Option<Arc<str>>, Cell)>,
}

/// The figures of a metric on `today`. Cells of fewer than `min_n` answers are hidden.
pub fn measured(metric: &Metric, answers: &Answers, min_n: u32, today: Date) -> Measured {
    let kind = metric.kind;
    let none = BTreeMap::new();
    let all = answers.cells.get(&(Dimension::All, None)).unwrap_or(&none);
    let (Some(first), Some(last)) =
        (all.keys().map(|one| one.first_month()).min(), all.keys().max_by_key(|one| one.last_month()))
    else {
        return Measured::default();
    };
    let length = length(all.keys().copied(), last.last_month() - first + 1);
    let window = window(metric, *last, first, length);
    let by_period = gathered(kind, all.iter().map(|(period, counts)| (period.within(length), counts)));
    let inside = |period: Period| period >= window.0 && period <= window.1;

    let total = merged(kind, by_period.iter().filter(|(period, _)| inside(**period)).map(|(_, counts)| counts));
    let min = Least { min_n: u64::from(min_n), events: kind == MetricKind::Count };
    let figure = min.alone(kind, &total);
    // Periods outside of the window add up to nothing that is shown: nothing gives them away.
    let (within, before): (Vec<_>, Vec<_>) = by_period.iter().partition(|(period, _)| inside(**period));
    let mut periods: Vec<(Period, Cell)> =
        before.into_iter().map(|(period, counts)| (*period, min.alone(kind, counts))).collect();
    periods.extend(min.periods(kind, within));
    let shown: Vec<(Period, Cell)> = periods.iter().copied().filter(|(_, cell)| cell.shown().is_some()).collect();
    Measured {
        figure,
        window: Some(window),
        change: change(kind, &shown, &by_period, today),
        breakdowns: breakdowns(kind, answers, length, &inside, min),
        distribution: distribution(figure, &total),
        occasions: occasions(metric, &total),
        periods,
    }
}

/// By months where the answers span a year at most, by quarters up to three, else by years; never finer than they were counted.
fn length(periods: impl Iterator<Item = Period>, span: i32) -> Length {
    let counted = periods.map(Period::length).max().unwrap_or(Length::Month);
    let spanned = match span {
        ..=12 => Length::Month,
        13..=36 => Length::Quarter,
        _ => Length::Year,
    };
    counted.max(spanned)
}

/// Whole periods that end with the last answer: a window that began within a period would tell what that part of it holds.
fn window(metric: &Metric, last: Period, first_month: i32, length: Length) -> (Period, Period) {
    let end = last.within(length);
    let count = match metric.window {
        Some(months) => (i32::from(months) + length.months() - 1) / length.months(),
        None => (end.last_month() - first_month) / length.months() + 1,
    };
    (end.earlier(count - 1), end)
}

fn gathered<'a>(kind: MetricKind, counts: impl Iterator<Item = (Period, &'a Counts)>) -> BTreeMap<Period, Counts> {
    let mut gathered: BTreeMap<Period, Counts> = BTreeMap::new();
    for (period, counts) in counts {
        gathered.entry(period).or_insert_with(|| Counts::empty(kind, DISTINCT)).merge(counts);
    }
    gathered
}

/// Different durations that are told apart in one figure.
const DISTINCT: usize = 4_096;

fn merged<'a>(kind: MetricKind, all: impl Iterator<Item = &'a Counts>) -> Counts {
    let mut merged = Counts::empty(kind, DISTINCT);
    all.for_each(|counts| merged.merge(counts));
    merged
}

/// How few answers are hidden.
#[derive(Clone, Copy)]
struct Least {
    min_n: u64,
    /// They are events, of which a few are no people: their number in all and by period is told.
    events: bool,
}

impl Least {
    /// A cell that adds up to nothing with others.
    fn alone(self, kind: MetricKind, counts: &Counts) -> Cell {
        match counts.n() {
            n if n < self.min_n && n > 0 && !self.events => Cell::Hidden,
            _ => figure(kind, counts).map_or(Cell::Empty, Cell::Shown),
        }
    }

    fn periods<'a>(self, kind: MetricKind, cells: Vec<(&'a Period, &'a Counts)>) -> Vec<(Period, Cell)> {
        let hidden = if self.events {
            vec![false; cells.len()]
        } else {
            hidden(&cells.iter().map(|(_, counts)| counts.n()).collect::<Vec<_>>(), self.min_n)
        };
        cells.into_iter().zip(hidden).map(|((period, counts), hidden)| (*period, cell(kind, counts, hidden))).collect()
    }
}

fn cell(kind: MetricKind, counts: &Counts, hidden: bool) -> Cell {
    if hidden { Cell::Hidden } else { figure(kind, counts).map_or(Cell::Empty, Cell::Shown) }
}

/// Which of some cells that add up to a total to hide: those of fewer than `min_n`, and the next smallest until the hidden ones
/// together have as many, so that the total less the others tells nothing of a smaller group.
pub fn hidden(cells: &[u64], min_n: u64) -> Vec<bool> {
    let mut hidden: Vec<bool> = cells.iter().map(|n| *n > 0 && *n < min_n).collect();
    let together =
        |hidden: &[bool]| cells.iter().zip(hidden).filter(|(_, hidden)| **hidden).map(|(n, _)| n).sum::<u64>();
    while hidden.contains(&true) && together(&hidden) < min_n {
        let next = (0..cells.len()).filter(|at| !hidden[*at] && cells[*at] > 0).min_by_key(|at| cells[*at]);
        let Some(next) = next else { break };
        hidden[next] = true;
    }
    hidden
}

fn breakdowns(
    kind: MetricKind,
    answers: &Answers,
    length: Length,
    inside: &dyn Fn(Period) -> bool,
    least: Least,
) -> Vec<Breakdown> {
    let of = |dimension: Dimension| {
        let cuts = answers.cells.range((dimension, None)..).take_while(|((other, _), _)| *other == dimension);
        let counts: Vec<(Option<Arc<str>>, Counts)> = cuts
            .map(|((_, value), periods): (&Cut, _)| {
                let inside = periods.iter().filter(|(period, _)| inside(period.within(length)));
                (value.clone(), merged(kind, inside.map(|(_, counts)| counts)))
            })
            .filter(|(_, counts)| figure(kind, counts).is_some())
            .collect();
        let hidden = hidden(&counts.iter().map(|(_, counts)| counts.n()).collect::<Vec<_>>(), least.min_n);
        let rows: Vec<_> = counts
            .into_iter()
            .zip(hidden)
            .map(|((value, counts), hidden)| (value, cell(kind, &counts, hidden)))
            .collect();
        // Where nobody stated anything there is nothing to tell apart.
        rows.iter().any(|(value, _)| value.is_some()).then_some(Breakdown { dimension, rows })
    };
    Dimension::TOLD.into_iter().filter_map(of).collect()
}

fn distribution(figure: Cell, counts: &Counts) -> Vec<(u8, u64)> {
    match (figure, counts) {
        (Cell::Shown(_), Counts::Scale(scale)) => {
            (0..).zip(scale).filter(|(_, count)| **count > 0).map(|(score, count)| (score, *count)).collect()
        }
        _ => Vec::new(),
    }
}

/// Of a rate where less is better, what was not counted is what was kept.
fn occasions(metric: &Metric, counts: &Counts) -> Option<Occasions> {
    let n = counts.n();
    (metric.kind == MetricKind::Rate && n > 0).then(|| Occasions {
        kept: match metric.better {
            crate::playbook::Better::Higher => counts.between(1, 1),
            crate::playbook::Better::Lower => counts.between(0, 0),
        },
        n,
    })
}

/// What some answers come to; `None` where there are none.
pub fn figure(kind: MetricKind, counts: &Counts) -> Option<Figure> {
    let plain = |n: u64, value: f64, interval: Option<Interval>| Figure { n, value, interval, kept: None, p90: None };
    match counts {
        Counts::Events { rows: 0, .. } => None,
        Counts::Events { events, .. } => Some(plain(*events, *events as f64, Some(statistics::poisson(*events)))),
        Counts::Durations(durations) => duration(durations, counts.n()),
        Counts::Scale(_) if counts.n() == 0 => None,
        Counts::Scale(scale) => Some(match kind {
            MetricKind::CesMean => {
                let spread = Spread::of((0_u8..).zip(scale).map(|(score, count)| (f64::from(score), *count)))?;
                plain(spread.n, spread.mean, statistics::mean_interval(spread, (1.0, 7.0)))
            }
            MetricKind::Nps | MetricKind::CesNet => {
                let sides = sides(kind, counts);
                plain(sides.n(), sides.net()?, statistics::adjusted_wald(sides))
            }
            _ => {
                let (kept, n) = (kept(kind, counts), counts.n());
                Figure { kept: Some(kept), ..plain(n, 100.0 * kept as f64 / n as f64, statistics::wilson(kept, n)) }
            }
        }),
    }
}

fn sides(kind: MetricKind, counts: &Counts) -> Sides {
    let (down, middle, up) = if kind == MetricKind::Nps { ((0, 6), (7, 8), (9, 10)) } else { ((1, 3), (4, 5), (6, 7)) };
    let between = |(low, high)| counts.between(low, high);
    Sides { up: between(up), middle: between(middle), down: between(down) }
}

/// Answers that speak for it: the upper two or three of a scale, or yes.
fn kept(kind: MetricKind, counts: &Counts) -> u64 {
    match kind {
        MetricKind::Csat => counts.between(4, 5),
        MetricKind::CesTop3 => counts.between(5, 7),
        MetricKind::Trust => counts.between(6, 7),
        _ => counts.between(1, 1),
    }
}

fn duration(durations: &Durations, n: u64) -> Option<Figure> {
    // The lower and the upper one of the two in the middle; of an odd number they are the same.
    let median = (durations.ranked(n.div_ceil(2))? + durations.ranked(n / 2 + 1)?) / 2.0;
    let interval = |share: f64| {
        let (low, high) = statistics::ranks(n, share);
        Interval {
            low: low.and_then(|rank| durations.ranked(rank)),
            high: high.and_then(|rank| durations.ranked(rank)),
        }
    };
    let p90 = durations.ranked((n * 9).div_ceil(10))?;
    Some(Figure {
        n,
        value: median,
        interval: (n >= 2).then(|| interval(0.5)),
        kept: None,
        p90: (n >= 2).then(|| Quantile { value: p90, interval: interval(0.9) }),
    })
}

/// Of counts, a period that is not over yet says nothing beside one that is.
fn change(
    kind: MetricKind,
    shown: &[(Period, Cell)],
    counts: &BTreeMap<Period, Counts>,
    today: Date,
) -> Option<PeriodChange> {
    let mut latest = shown.iter().rev().filter(|(period, _)| kind != MetricKind::Count || period.is_over(today));
    let (to, from) = (latest.next()?.0, latest.next()?.0);
    let (before, after) = (counts.get(&from)?, counts.get(&to)?);
    Some(PeriodChange { from, to, change: Change::of_z(z(kind, before, after)?) })
}

fn z(kind: MetricKind, before: &Counts, after: &Counts) -> Option<f64> {
    match (kind, before, after) {
        (MetricKind::Nps | MetricKind::CesNet, ..) => statistics::net_change(sides(kind, before), sides(kind, after)),
        (MetricKind::CesMean, Counts::Scale(before), Counts::Scale(after)) => {
            let spread = |scale: &[u64; 11]| {
                Spread::of(
                    (0_u8..)
                        .zip(*scale)
                        .map(|(score, count)| (f64::from(score), count))
                        .collect::<Vec<_>>()
                        .into_iter(),
                )
            };
            statistics::mean_change(spread(before)?, spread(after)?)
        }
        (_, Counts::Durations(one), Counts::Durations(two)) => median_change(one, two),
        (_, Counts::Events { events: one, .. }, Counts::Events { events: two, .. }) => events_change(*one, *two),
        _ => statistics::share_change((kept(kind, before), before.n()), (kept(kind, after), after.n())),
    }
}

/// Whether a median changed: more of the later durations lie above the median of both.
///
/// Source: A. M. Mood, “Introduction to the theory of statistics” (1950): the median test.
fn median_change(before: &Durations, after: &Durations) -> Option<f64> {
    let mut both = Counts::Durations(before.clone());
    both.merge(&Counts::Durations(after.clone()));
    let n = both.n();
    let Counts::Durations(both) = both else { return None };
    let middle = both.ranked(n.div_ceil(2))?;
    let above = |durations: &Durations| {
        let (mut above, mut n) = (0, 0);
        for (value, times) in durations.values() {
            n += times;
            above += if value > middle { times } else { 0 };
        }
        (above, n)
    };
    statistics::share_change(above(before), above(after))
}

/// Whether a number of events changed between two periods of one length.
///
/// Source: J. Przyborowski and H. Wilenski, “Homogeneity of results in testing samples from Poisson series”, Biometrika 31 (1940),
/// 313–323, with the normal approximation of the binomial.
fn events_change(before: u64, after: u64) -> Option<f64> {
    let all = before as f64 + after as f64;
    if all > 0.0 { Some((after as f64 - before as f64) / all.sqrt()) } else { Some(0.0) }
}

#[cfg(test)]
mod tests;
