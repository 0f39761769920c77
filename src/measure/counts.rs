//! Answers of one cell, counted: what is left of rows.

use super::answers::Score;
use crate::playbook::MetricKind;
use std::collections::BTreeMap;

/// No cell counts further: sums of them stay whole numbers as 64-bit floats.
const MOST: u64 = 1 << 50;

/// Answers of one cell, counted.
#[derive(Debug, Clone, PartialEq)]
pub enum Counts {
    /// How often each of the scores 0 to 10 was given.
    Scale([u64; 11]),
    /// Durations.
    Durations(Durations),
    /// Events, and in how many rows they were told.
    Events {
        /// Rows.
        rows: u64,
        /// Events.
        events: u64,
    },
}

impl Counts {
    /// Nothing yet, for a metric of this kind. `distinct`: so many different durations are told apart.
    pub fn empty(kind: MetricKind, distinct: usize) -> Counts {
        match kind {
            MetricKind::Duration => Counts::Durations(Durations { counts: BTreeMap::new(), dropped: 0, distinct }),
            MetricKind::Count => Counts::Events { rows: 0, events: 0 },
            _ => Counts::Scale([0; 11]),
        }
    }

    /// `times` answers of one score.
    pub fn add(&mut self, score: Score, times: u64) {
        match (self, score) {
            (Counts::Scale(counts), Score::Step(step)) => more(&mut counts[usize::from(step)], times),
            (Counts::Durations(durations), Score::Value(value)) => durations.add(value, times),
            (Counts::Events { rows, events }, Score::Value(value)) => {
                more(rows, times);
                more(events, (value as u64).saturating_mul(times));
            }
            _ => {}
        }
    }

    /// These and others of the same kind.
    pub fn merge(&mut self, other: &Counts) {
        match (self, other) {
            (Counts::Scale(counts), Counts::Scale(others)) => {
                counts.iter_mut().zip(others).for_each(|(count, other)| more(count, *other));
            }
            (Counts::Durations(durations), Counts::Durations(others)) => durations.merge(others),
            (Counts::Events { rows, events }, Counts::Events { rows: more_rows, events: more_events }) => {
                more(rows, *more_rows);
                more(events, *more_events);
            }
            _ => {}
        }
    }

    /// How many answers there are; of events, the events.
    pub fn n(&self) -> u64 {
        match self {
            Counts::Scale(counts) => counts.iter().sum(),
            Counts::Durations(durations) => durations.n(),
            Counts::Events { events, .. } => *events,
        }
    }

    /// Answers with a score between two, both included.
    pub fn between(&self, low: usize, high: usize) -> u64 {
        match self {
            Counts::Scale(counts) => counts[low..=high].iter().sum(),
            _ => 0,
        }
    }
}

fn more(count: &mut u64, times: u64) {
    *count = count.saturating_add(times).min(MOST);
}

/// Durations, counted by value. Where there are more different ones than fit, the last bits of all go, so that what comes out does
/// not depend on the order of the rows.
#[derive(Debug, Clone, PartialEq)]
pub struct Durations {
    /// Bits of a value that is not below 0 (they sort as it does) to how often it was there.
    counts: BTreeMap<u64, u64>,
    dropped: u32,
    distinct: usize,
}

impl Durations {
    fn add(&mut self, value: f64, times: u64) {
        more(self.counts.entry(value.to_bits() >> self.dropped << self.dropped).or_default(), times);
        self.fit();
    }

    fn merge(&mut self, other: &Durations) {
        self.drop_bits(other.dropped.max(self.dropped));
        for (bits, times) in &other.counts {
            more(self.counts.entry(bits >> self.dropped << self.dropped).or_default(), *times);
        }
        self.fit();
    }

    fn fit(&mut self) {
        while self.counts.len() > self.distinct && self.dropped < 52 {
            // 12 bits are left after the first: a step of a four-thousandth.
            self.drop_bits((self.dropped + 1).max(40));
        }
    }

    fn drop_bits(&mut self, dropped: u32) {
        if dropped == self.dropped {
            return;
        }
        self.dropped = dropped;
        for (bits, times) in std::mem::take(&mut self.counts) {
            more(self.counts.entry(bits >> dropped << dropped).or_default(), times);
        }
    }

    fn n(&self) -> u64 {
        self.counts.values().sum()
    }

    /// Values from the shortest, with how often each was there.
    pub fn values(&self) -> impl Iterator<Item = (f64, u64)> + Clone + '_ {
        let half = if self.dropped == 0 { 0 } else { 1 << (self.dropped - 1) };
        self.counts.iter().map(move |(bits, times)| (f64::from_bits(bits + half), *times))
    }

    /// The value of a rank, from 1.
    pub fn ranked(&self, rank: u64) -> Option<f64> {
        let mut passed = 0;
        self.values().find_map(|(value, times)| {
            passed += times;
            (passed >= rank).then_some(value)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn counted(values: &[f64], distinct: usize) -> Counts {
        let mut counts = Counts::empty(MetricKind::Duration, distinct);
        values.iter().for_each(|value| counts.add(Score::Value(*value), 1));
        counts
    }

    proptest! {
        #[test]
        fn the_order_of_rows_does_not_matter(values in prop::collection::vec(0.0..1e9_f64, 1..200), at in 0_usize..200) {
            let mut turned = values.clone();
            turned.reverse();
            prop_assert_eq!(counted(&values, 16), counted(&turned, 16));
            let (one, other) = values.split_at(at.min(values.len()));
            let mut merged = counted(one, 16);
            merged.merge(&counted(other, 16));
            prop_assert_eq!(merged, counted(&values, 16));
        }

        #[test]
        fn many_durations_are_nearly_kept(values in prop::collection::vec(1.0..1e4_f64, 200)) {
            let Counts::Durations(durations) = counted(&values, 128) else { unreachable!("they are durations") };
            let mut sorted = values;
            sorted.sort_by(f64::total_cmp);
            for rank in 1..=200_u64 {
                let (found, exact) = (durations.ranked(rank).unwrap(), sorted[rank as usize - 1]);
                prop_assert!((found - exact).abs() <= exact / 4.0, "{found} {exact}");
            }
        }
    }
}
