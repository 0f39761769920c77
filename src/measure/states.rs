//! Promises to their states: what the metric says where it has answers enough, else what was declared.

use super::figures::{Cell, Figure, Measured};
use super::specific::{Specific, specific};
use crate::playbook::{Better, Metric, MetricKind, Playbook, Promise, Status};
use jiff::civil::Date;

/// How a promise does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct State {
    /// The state that holds.
    pub status: Status,
    /// Whether its metric decided that, and not a word of its owner's.
    pub measured: bool,
    /// Whether its next review was due before today.
    pub overdue: bool,
    /// What its metric has to reach, in the metric's unit.
    pub target: Option<f64>,
    /// How many more may be missed in the latest period.
    pub budget: Option<Budget>,
    /// How much of its words can be checked; `None` in a language whose words are not known.
    pub specific: Option<Specific>,
}

/// What a target leaves to be missed in the latest period: an error budget.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// Occasions of the period.
    pub n: u64,
    /// How many of them the target allows to be missed.
    pub allowed: u64,
    /// How many were missed.
    pub missed: u64,
}

impl Budget {
    /// How many are left to be missed; below 0, so many too many were.
    pub fn left(self) -> i64 {
        i64::try_from(self.allowed).unwrap_or(i64::MAX) - i64::try_from(self.missed).unwrap_or(i64::MAX)
    }
}

/// The state of a promise on `today`, its metric having the figures `measured`.
pub fn state(playbook: &Playbook, promise: &Promise, measured: Option<&Measured>, today: Date) -> State {
    let metric = promise.metric.map(|id| &playbook[id]);
    let target = target(promise, metric);
    let withdrawn = promise.status == Some(Status::Withdrawn);
    let figure = measured.and_then(|measured| measured.figure.shown());
    let decided = match (metric, figure, target) {
        (Some(metric), Some(figure), Some(target)) if !withdrawn => {
            Some(decided(metric.better, figure, target, playbook.settings.proof_by_point))
        }
        _ => None,
    };
    State {
        status: decided.or(promise.status).unwrap_or(Status::Made),
        measured: decided.is_some(),
        overdue: !withdrawn && promise.review.is_overdue(today),
        target,
        budget: metric
            .zip(measured)
            .zip(target)
            .and_then(|((metric, measured), target)| budget(metric, measured, target)),
        specific: specific(playbook, promise),
    }
}

/// What a promise's metric has to reach: its own word wins over the metric's.
pub fn target(promise: &Promise, metric: Option<&Metric>) -> Option<f64> {
    let own = promise.target.as_ref().or(metric.and_then(|metric| metric.target.as_ref()));
    own.filter(|_| metric.is_some()).map(|target| target.value)
}

/// Rounding must not decide.
const NEAR: f64 = 1e-9;

/// What a figure says beside its target: by its interval, or by its point alone.
pub fn decided(better: Better, figure: Figure, target: f64, by_point: bool) -> Status {
    // Where less is better everything is mirrored.
    let sign = if better == Better::Higher { 1.0 } else { -1.0 };
    let reaches = |value: f64| sign * value >= sign * target - NEAR;
    if by_point {
        return if reaches(figure.value) { Status::Kept } else { Status::Broken };
    }
    let interval = figure.interval.unwrap_or_default();
    let (near, far) = match better {
        Better::Higher => (interval.low, interval.high),
        Better::Lower => (interval.high, interval.low),
    };
    if near.is_some_and(reaches) {
        Status::Kept
    } else if far.is_some_and(|far| !reaches(far)) {
        Status::Broken
    } else {
        Status::AtRisk
    }
}

/// Only a rate has occasions that can be missed.
fn budget(metric: &Metric, measured: &Measured, target: f64) -> Option<Budget> {
    let (_, Cell::Shown(Figure { n, kept: Some(yes), .. })) = measured.periods.last()? else { return None };
    if metric.kind != MetricKind::Rate || !(0.0..=100.0).contains(&target) {
        return None;
    }
    let (missed, share) = match metric.better {
        Better::Higher => (n - yes, 100.0 - target),
        Better::Lower => (*yes, target),
    };
    Some(Budget { n: *n, allowed: (*n as f64 * share / 100.0 + NEAR).floor() as u64, missed })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::statistics::Interval;

    fn figure(value: f64, low: Option<f64>, high: Option<f64>) -> Figure {
        Figure { n: 100, value, interval: Some(Interval { low, high }), kept: None, p90: None }
    }

    #[test]
    fn the_near_end_keeps_and_the_far_end_breaks() {
        let share = figure(85.0, Some(81.6), Some(87.86));
        for (target, lower, point) in [
            (80.0, Status::Kept, Status::Kept),
            (81.6, Status::Kept, Status::Kept),
            (85.0, Status::AtRisk, Status::Kept),
            (86.0, Status::AtRisk, Status::Broken),
            (87.86, Status::AtRisk, Status::Broken),
            (90.0, Status::Broken, Status::Broken),
        ] {
            assert_eq!(decided(Better::Higher, share, target, false), lower, "{target}");
            assert_eq!(decided(Better::Higher, share, target, true), point, "{target}");
        }
        for (target, lower, point) in [
            (90.0, Status::Kept, Status::Kept),
            (86.0, Status::AtRisk, Status::Kept),
            (84.0, Status::AtRisk, Status::Broken),
            (80.0, Status::Broken, Status::Broken),
        ] {
            assert_eq!(decided(Better::Lower, share, target, false), lower, "{target}");
            assert_eq!(decided(Better::Lower, share, target, true), point, "{target}");
        }
    }

    #[test]
    fn an_end_that_is_not_known_proves_nothing() {
        let wait = figure(3.0, Some(1.0), None);
        assert_eq!(decided(Better::Lower, wait, 5.0, false), Status::AtRisk);
        assert_eq!(decided(Better::Lower, wait, 0.5, false), Status::Broken);
        assert_eq!(decided(Better::Lower, Figure { interval: None, ..wait }, 5.0, false), Status::AtRisk);
        assert_eq!(decided(Better::Lower, Figure { interval: None, ..wait }, 5.0, true), Status::Kept);
    }
}
