//! Figures to drawings: a value on its line, periods beside each other, answers by score.
//!
//! Across, everything is in per cent; down, in pixels of a drawing whose height is known. So a drawing is never stretched,
//! whatever the width of its place.

use super::curve::Segment;
use crate::measure::Figure;
use serde::Serialize;

/// A value with its interval and target on a line.
#[derive(Debug, Clone, Serialize)]
pub struct Gauge {
    /// Where value and interval stand.
    pub mark: Mark,
    /// Where the target stands, in per cent across.
    pub target: Option<f64>,
    /// Which end of the target's words stands there: `start`, `middle` or `end`.
    pub target_anchor: &'static str,
    /// The value at the left end.
    pub left: String,
    /// The value at the right end.
    pub right: String,
    /// The same in words.
    pub label: String,
}

/// A value with its interval on a line.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Mark {
    /// The value, in per cent across.
    pub at: f64,
    /// Where its interval begins, in per cent across; the end of the line where it is not known.
    pub from: f64,
    /// Where its interval ends.
    pub to: f64,
    /// How it stands beside its target: `kept`, `at-risk` or `broken`; `None` without a target.
    pub state: Option<&'static str>,
}

/// A figure by period.
#[derive(Debug, Clone, Serialize)]
pub struct Trend {
    /// The drawing's height in pixels.
    pub height: f64,
    /// The pixel of the axis at the bottom.
    pub base: f64,
    /// Round values.
    pub rules: Vec<Rule>,
    /// Which end of a rule's words stands at its side, and where that is, in per cent.
    pub side: (&'static str, f64),
    /// The pixel of the target.
    pub target: Option<f64>,
    /// Periods with a figure.
    pub spots: Vec<Spot>,
    /// Lines between neighbours.
    pub segments: Vec<Segment>,
    /// Periods of too few answers, in per cent across.
    pub hidden: Vec<f64>,
    /// The period at the left.
    pub left: String,
    /// The period at the right; empty where there is one only.
    pub right: String,
    /// The same in words.
    pub label: String,
}

/// A round value.
#[derive(Debug, Clone, Serialize)]
pub struct Rule {
    /// Pixels down.
    pub y: f64,
    /// The value.
    pub value: String,
}

/// A period's figure.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Spot {
    /// Per cent across.
    pub x: f64,
    /// The value, in pixels down.
    pub y: f64,
    /// The upper end of its interval, in pixels down; the value itself without one.
    pub top: f64,
    /// The lower end of its interval.
    pub bottom: f64,
    /// How it stands beside its target: `kept`, `at-risk` or `broken`; `None` without a target.
    pub state: Option<&'static str>,
}

/// How often each score was given.
#[derive(Debug, Clone, Serialize)]
pub struct Bars {
    /// The drawing's height in pixels.
    pub height: f64,
    /// The pixel that bars stand on.
    pub base: f64,
    /// One a score, from the lowest.
    pub bars: Vec<Bar>,
    /// What filled and empty bars mean; `None` where every answer counts alike.
    pub note: Option<String>,
    /// The same in words.
    pub label: String,
}

/// One score.
#[derive(Debug, Clone, Serialize)]
pub struct Bar {
    /// The score.
    pub score: u8,
    /// How often it was given.
    pub count: u64,
    /// Its share of all answers, as shown.
    pub share: String,
    /// `for`, `between` or `against`: how it counts in the figure.
    pub side: &'static str,
    /// Its middle, in per cent across.
    pub x: f64,
    /// Its beginning, in per cent across.
    pub left: f64,
    /// Its width, in per cent.
    pub width: f64,
    /// Its upper end, in pixels down.
    pub top: f64,
    /// Its height in pixels.
    pub height: f64,
}

/// One period to draw: its figure, and how that stands beside the target. `None`: too few answers.
pub type Reading = Option<(Figure, Option<&'static str>)>;

/// The room that periods are drawn in, in pixels down and per cent across.
#[derive(Debug, Clone, Copy)]
pub struct Room {
    /// The drawing's height.
    pub height: f64,
    /// The pixel of the greatest value.
    pub top: f64,
    /// The pixel of the least value.
    pub base: f64,
    /// What the values of the rules need at the side.
    pub side: f64,
    /// Whether intervals are drawn, and have to fit.
    pub intervals: bool,
}

impl Room {
    /// A metric's own chart.
    pub const PERIODS: Room = Room { height: 136.0, top: 16.0, base: 112.0, side: 12.0, intervals: true };
    /// One of several beside each other.
    pub const SMALL: Room = Room { height: 84.0, top: 14.0, base: 64.0, side: 16.0, intervals: true };
    /// A line among words: without intervals, which would press it flat.
    pub const SPARK: Room = Room { height: 28.0, top: 5.0, base: 23.0, side: 0.0, intervals: false };

    /// What has to fit of a figure.
    pub fn reach(self, figure: Figure) -> impl Iterator<Item = f64> {
        reach(figure).take(if self.intervals { 3 } else { 1 })
    }
}

/// From which value to which a line runs, and its round steps.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Axis {
    low: f64,
    high: f64,
    step: f64,
}

/// Beyond this nothing is told apart on a screen, and sums stay numbers.
const MOST: f64 = 1e15;

impl Axis {
    /// An axis that holds all of `values` and reaches beyond `scale` nowhere; its greatest value may be open.
    pub fn around(values: impl IntoIterator<Item = f64>, scale: (f64, Option<f64>)) -> Axis {
        let bound = |value: f64| value.clamp(scale.0.max(-MOST), scale.1.unwrap_or(MOST).min(MOST));
        let (low, high) = values
            .into_iter()
            .filter(|value| value.is_finite())
            .map(bound)
            .fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| (low.min(value), high.max(value)));
        if low > high {
            return Axis::whole(scale, 1.0);
        }
        // A single value stands in the middle of something.
        let spread =
            (high - low).max(high.abs() / 20.0).max(if scale.1.is_some_and(|end| end <= 10.0) { 0.4 } else { 1.0 });
        let middle = f64::midpoint(low, high);
        let step = round_step(spread / 3.0);
        let low = bound(((middle - spread / 2.0).min(low) / step).floor() * step);
        let high = bound(((middle + spread / 2.0).max(high) / step).ceil() * step);
        if high > low { Axis { low, high, step } } else { Axis::whole(scale, 1.0) }
    }

    /// The whole scale; where its end is open, up to at least `reach`.
    pub fn whole(scale: (f64, Option<f64>), reach: f64) -> Axis {
        let high = scale.1.unwrap_or_else(|| {
            let reach = if reach.is_finite() { reach.clamp(1.0, MOST) } else { 1.0 };
            let step = round_step(reach / 3.0);
            (reach / step).ceil() * step
        });
        Axis { low: scale.0, high, step: round_step((high - scale.0) / 4.0) }
    }

    /// Where a value stands between the ends, 0 to 1.
    fn share(self, value: f64) -> f64 {
        let share = (value - self.low) / (self.high - self.low);
        if share.is_nan() { 0.0 } else { share.clamp(0.0, 1.0) }
    }

    /// Where a value stands, in per cent across.
    pub fn across(self, value: f64) -> f64 {
        rounded(2.0 + 96.0 * self.share(value))
    }

    /// Where a value stands in a room, in pixels down.
    fn down(self, value: f64, room: Room) -> f64 {
        rounded(room.base - (room.base - room.top) * self.share(value))
    }

    /// The ends.
    pub fn ends(self) -> (f64, f64) {
        (self.low, self.high)
    }

    /// Round values between the ends.
    fn rules(self) -> Vec<f64> {
        let first = (self.low / self.step - 1e-9).ceil();
        (0..8)
            .map(|step| (first + f64::from(step)) * self.step)
            .take_while(|value| *value <= self.high + self.step * 1e-9)
            .collect()
    }

    /// A figure on this axis.
    pub fn mark(self, figure: Figure, state: Option<&'static str>) -> Mark {
        let at = self.across(figure.value);
        let ends = figure.interval.map(|interval| {
            (interval.low.map_or(2.0, |low| self.across(low)), interval.high.map_or(98.0, |high| self.across(high)))
        });
        let (from, to) = ends.unwrap_or((at, at));
        Mark { at, from: from.min(at), to: to.max(at), state }
    }
}

/// 1, 2 or 5 times a power of ten, not below `step`.
fn round_step(step: f64) -> f64 {
    let power = 10_f64.powf(step.max(1e-9).log10().floor());
    [1.0, 2.0, 5.0, 10.0]
        .into_iter()
        .map(|times| times * power)
        .find(|round| *round >= step * 0.999)
        .unwrap_or(10.0 * power)
}

/// Values that a figure reaches over.
pub fn reach(figure: Figure) -> impl Iterator<Item = f64> {
    let interval = figure.interval.unwrap_or_default();
    [Some(figure.value), interval.low, interval.high].into_iter().flatten()
}

/// A value with its target. Words and labels are filled in by who knows them.
pub fn gauge(axis: Axis, figure: Figure, target: Option<f64>, state: Option<&'static str>) -> Gauge {
    let target = target.map(|target| axis.across(target));
    Gauge {
        mark: axis.mark(figure, state),
        target,
        target_anchor: anchor(target.unwrap_or(50.0)),
        left: String::new(),
        right: String::new(),
        label: String::new(),
    }
}

/// Words near an end begin or end there, so that they stay inside.
fn anchor(at: f64) -> &'static str {
    match at {
        ..25.0 => "start",
        75.0.. => "end",
        _ => "middle",
    }
}

/// Periods beside each other, from the earliest.
pub fn trend(axis: Axis, readings: &[Reading], target: Option<f64>, room: Room) -> Trend {
    let x = |index: usize| {
        let width = 98.0 - room.side;
        rounded(room.side + width * (index as f64 + 0.5) / readings.len() as f64)
    };
    let spots: Vec<Option<Spot>> = readings
        .iter()
        .enumerate()
        .map(|(index, reading)| reading.map(|(figure, state)| spot(axis, x(index), figure, state, room)))
        .collect();
    let segments = spots.windows(2).filter_map(|pair| match pair {
        [Some(one), Some(two)] => Some(Segment { x1: one.x, x2: two.x, y1: one.y, y2: two.y }),
        _ => None,
    });
    Trend {
        height: room.height,
        base: room.base,
        rules: axis.rules().into_iter().map(|value| Rule { y: axis.down(value, room), value: String::new() }).collect(),
        side: ("start", 0.0),
        target: target.map(|target| axis.down(target, room)),
        segments: segments.collect(),
        hidden: (0..readings.len()).filter(|index| spots[*index].is_none()).map(x).collect(),
        spots: spots.into_iter().flatten().collect(),
        left: String::new(),
        right: String::new(),
        label: String::new(),
    }
}

fn spot(axis: Axis, x: f64, figure: Figure, state: Option<&'static str>, room: Room) -> Spot {
    let y = axis.down(figure.value, room);
    let ends = figure.interval.map(|interval| {
        let top = interval.high.map_or(room.top, |high| axis.down(high, room));
        (top, interval.low.map_or(room.base, |low| axis.down(low, room)))
    });
    let (top, bottom) = ends.unwrap_or((y, y));
    Spot { x, y, top: top.min(y), bottom: bottom.max(y), state }
}

/// The values of a trend's rules.
pub fn rule_values(axis: Axis) -> Vec<f64> {
    axis.rules()
}

/// How often each score of a scale was given: score, answers, how it counts.
pub fn bars(scores: &[(u8, u64, &'static str)]) -> Bars {
    const HEIGHT: f64 = 112.0;
    const BASE: f64 = 92.0;
    const TOP: f64 = 16.0;
    let most = scores.iter().map(|(_, count, _)| *count).max().unwrap_or(0).max(1) as f64;
    let slot = 100.0 / scores.len().max(1) as f64;
    let bar = |(index, (score, count, side)): (usize, &(u8, u64, &'static str))| {
        let height = rounded((BASE - TOP) * *count as f64 / most);
        let left = slot * (index as f64 + 0.15);
        Bar {
            score: *score,
            count: *count,
            share: String::new(),
            side,
            x: rounded(slot * (index as f64 + 0.5)),
            left: rounded(left),
            width: rounded(slot * 0.7),
            top: rounded(BASE - height),
            height,
        }
    };
    Bars {
        height: HEIGHT,
        base: BASE,
        bars: scores.iter().enumerate().map(bar).collect(),
        note: None,
        label: String::new(),
    }
}

/// A place for a reader whose language runs from right to left.
pub fn mirrored(place: f64) -> f64 {
    rounded(100.0 - place)
}

/// The same for a reader whose language runs from right to left.
pub fn mirror_gauge(gauge: &mut Gauge) {
    mirror_mark(&mut gauge.mark);
    gauge.target = gauge.target.map(|target| rounded(100.0 - target));
    gauge.target_anchor = anchor(gauge.target.unwrap_or(50.0));
    std::mem::swap(&mut gauge.left, &mut gauge.right);
}

/// The same for a reader whose language runs from right to left.
pub fn mirror_mark(mark: &mut Mark) {
    (mark.from, mark.to) = (rounded(100.0 - mark.to), rounded(100.0 - mark.from));
    mark.at = rounded(100.0 - mark.at);
}

/// The same for a reader whose language runs from right to left.
pub fn mirror_trend(trend: &mut Trend) {
    let across = |x: &mut f64| *x = rounded(100.0 - *x);
    trend.spots.iter_mut().for_each(|spot| across(&mut spot.x));
    trend.hidden.iter_mut().for_each(across);
    for segment in &mut trend.segments {
        across(&mut segment.x1);
        across(&mut segment.x2);
    }
    trend.side = ("end", 100.0);
    std::mem::swap(&mut trend.left, &mut trend.right);
}

/// The same for a reader whose language runs from right to left.
pub fn mirror_bars(bars: &mut Bars) {
    for bar in &mut bars.bars {
        bar.left = rounded(100.0 - bar.left - bar.width);
        bar.x = rounded(100.0 - bar.x);
    }
}

/// To two decimals, which is finer than any screen.
fn rounded(value: f64) -> f64 {
    (value * 100.0).round() / 100.0 + 0.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::Interval;
    use proptest::prelude::*;

    fn figure(value: f64, low: Option<f64>, high: Option<f64>) -> Figure {
        Figure { n: 20, value, interval: Some(Interval { low, high }), kept: None, p90: None }
    }

    #[test]
    fn steps_are_round() {
        for (step, round) in [(0.9, 1.0), (1.0, 1.0), (1.3, 2.0), (2.1, 5.0), (6.0, 10.0), (33.0, 50.0), (0.03, 0.05)] {
            assert!((round_step(step) - round).abs() < 1e-9, "{step}: {}", round_step(step));
        }
        let axis = Axis::around([71.0, 88.0, 90.0], (0.0, Some(100.0)));
        assert_eq!((axis.ends(), axis.rules()), ((70.0, 90.0), vec![70.0, 80.0, 90.0]));
    }

    #[test]
    fn one_value_has_room_around_it() {
        for (value, scale) in [(100.0, (0.0, Some(100.0))), (0.0, (0.0, None)), (4.9, (1.0, Some(7.0)))] {
            let (low, high) = Axis::around([value], scale).ends();
            assert!(low <= value && value <= high && low < high, "{value}: {low} to {high}");
        }
    }

    #[test]
    fn a_hidden_period_parts_the_line() {
        let reading = Some((figure(50.0, Some(40.0), Some(60.0)), None));
        let axis = Axis::around([40.0, 60.0], (0.0, Some(100.0)));
        let drawn = trend(axis, &[reading, None, reading, reading], Some(55.0), Room::PERIODS);
        assert_eq!((drawn.spots.len(), drawn.hidden.len(), drawn.segments.len()), (3, 1, 1));
    }

    #[test]
    fn an_end_that_is_not_known_reaches_to_the_edge() {
        let axis = Axis::whole((0.0, None), 10.0);
        let mark = axis.mark(figure(3.0, Some(1.0), None), None);
        assert_eq!(mark.to, 98.0);
    }

    fn value() -> impl Strategy<Value = f64> {
        prop_oneof![-1e3..1e3_f64, 0.0..1e-6_f64, Just(0.0), Just(100.0), 0.0..1e300_f64, Just(f64::MAX)]
    }

    fn scale() -> impl Strategy<Value = (f64, Option<f64>)> {
        prop_oneof![Just((0.0, Some(100.0))), Just((-100.0, Some(100.0))), Just((1.0, Some(7.0))), Just((0.0, None))]
    }

    proptest! {
        #[test]
        fn drawings_stay_within_their_room(
            figures in prop::collection::vec(prop::option::of((value(), prop::option::of(value()), prop::option::of(value()))), 1..14),
            target in prop::option::of(value()),
            scale in scale(),
        ) {
            let readings: Vec<Reading> =
                figures.iter().map(|one| one.map(|(value, low, high)| (figure(value, low, high), None))).collect();
            let all = readings.iter().flatten().flat_map(|(figure, _)| reach(*figure)).chain(target);
            let axis = Axis::around(all, scale);
            for room in [Room::PERIODS, Room::SMALL, Room::SPARK] {
                let mut drawn = trend(axis, &readings, target, room);
                prop_assert!(drawn.rules.len() <= 8);
                for turn in 0..2 {
                    for spot in &drawn.spots {
                        prop_assert!((0.0..=100.0).contains(&spot.x), "{spot:?} {turn}");
                        for y in [spot.y, spot.top, spot.bottom] {
                            prop_assert!((room.top..=room.base).contains(&y), "{spot:?}");
                        }
                        prop_assert!(spot.top <= spot.y && spot.y <= spot.bottom);
                    }
                    for y in drawn.rules.iter().map(|rule| rule.y).chain(drawn.target) {
                        prop_assert!((room.top..=room.base).contains(&y));
                    }
                    mirror_trend(&mut drawn);
                }
            }
            for (one, _) in readings.iter().flatten() {
                for axis in [axis, Axis::whole(scale, one.value)] {
                    let mut drawn = gauge(axis, *one, target, None);
                    for _ in 0..2 {
                        for x in [drawn.mark.at, drawn.mark.from, drawn.mark.to].into_iter().chain(drawn.target) {
                            prop_assert!((0.0..=100.0).contains(&x), "{drawn:?}");
                        }
                        prop_assert!(drawn.mark.from <= drawn.mark.at && drawn.mark.at <= drawn.mark.to);
                        mirror_gauge(&mut drawn);
                    }
                }
            }
        }

        #[test]
        fn bars_stay_within_their_room(counts in prop::collection::vec(0..u64::MAX, 0..12)) {
            let scores: Vec<(u8, u64, &'static str)> = (0..).zip(&counts).map(|(score, count)| (score, *count, "for")).collect();
            let mut drawn = bars(&scores);
            for _ in 0..2 {
                for bar in &drawn.bars {
                    prop_assert!(bar.left >= -0.01 && bar.left + bar.width <= 100.01, "{bar:?}");
                    prop_assert!(bar.top >= 0.0 && bar.height >= 0.0 && bar.top + bar.height <= drawn.base + 0.01, "{bar:?}");
                }
                mirror_bars(&mut drawn);
            }
        }
    }
}
