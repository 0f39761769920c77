//! A [`Playbook`] to [`Measures`]: promises to states, departments to floors.
//!
//! Until answers are measured, a promise's state is the one its owner declared, and a floor goes by promises.

pub mod answers;
pub mod counts;
pub mod period;
pub mod statistics;

use crate::playbook::{Department, Id, Journey, Playbook, Promise, StageId, Status};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// The figures of a playbook on one day.
#[derive(Debug, Clone)]
pub struct Measures {
    /// The day.
    pub today: Date,
    /// As many as the playbook has promises.
    pub states: Vec<State>,
    /// As many as the playbook has journeys.
    pub floors: Vec<Floor>,
}

/// How a promise does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct State {
    /// The state that holds.
    pub status: Status,
    /// Whether its next review was due before today.
    pub overdue: bool,
}

/// Where a journey's trust is lowest. Counted over the promises that are in force on the journey.
#[derive(Debug, Clone, Default)]
pub struct Floor {
    /// Departments that customers meet on the journey or that have a promise in force there, in the register's order.
    pub departments: Vec<(Id<Department>, Tally)>,
    /// Its stages, in order.
    pub stages: Vec<(StageId, Tally)>,
    /// The lowest department: an index into `departments`. `None`: nothing is judged.
    pub lowest_department: Option<usize>,
    /// The lowest stage: an index into `stages`.
    pub lowest_stage: Option<usize>,
    /// Mean of the departments' shares, 0 to 100.
    pub mean: Option<f64>,
    /// How many departments have nothing judged.
    pub unknown: usize,
}

/// Promises by state.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// They hold.
    pub kept: u32,
    /// They do not.
    pub broken: u32,
    /// They may not.
    pub at_risk: u32,
    /// Nothing is claimed of them.
    pub made: u32,
    /// No longer made.
    pub withdrawn: u32,
}

impl Tally {
    /// Counts some promises.
    pub fn of(promises: impl IntoIterator<Item = Id<Promise>>, states: &[State]) -> Tally {
        let mut tally = Tally::default();
        for promise in promises {
            *match states[promise.index()].status {
                Status::Kept => &mut tally.kept,
                Status::Broken => &mut tally.broken,
                Status::AtRisk => &mut tally.at_risk,
                Status::Made => &mut tally.made,
                Status::Withdrawn => &mut tally.withdrawn,
            } += 1;
        }
        tally
    }

    /// How many say something about trust: kept and broken. Made, at risk and withdrawn judge nothing.
    pub fn judged(self) -> u32 {
        self.kept + self.broken
    }

    /// All of them.
    pub fn all(self) -> u32 {
        self.judged() + self.at_risk + self.made + self.withdrawn
    }

    /// The number in one state.
    pub fn count(self, status: Status) -> u32 {
        match status {
            Status::Kept => self.kept,
            Status::Broken => self.broken,
            Status::AtRisk => self.at_risk,
            Status::Made => self.made,
            Status::Withdrawn => self.withdrawn,
        }
    }

    /// The promise-kept rate, kept / (kept + broken), 0 to 100; `None` where nothing is judged.
    pub fn share(self) -> Option<f64> {
        (self.judged() > 0).then(|| 100.0 * f64::from(self.kept) / f64::from(self.judged()))
    }
}

/// The playbook's figures on `today`.
pub fn measure(playbook: &Playbook, today: Date) -> Measures {
    let states: Vec<State> = playbook
        .promises
        .iter()
        .map(|promise| State {
            status: promise.status.unwrap_or(Status::Made),
            overdue: promise.status != Some(Status::Withdrawn) && promise.review.is_overdue(today),
        })
        .collect();
    let floors = Id::all(&playbook.journeys).map(|(id, journey)| floor(playbook, id, journey, &states)).collect();
    Measures { today, states, floors }
}

fn floor(playbook: &Playbook, id: Id<Journey>, journey: &Journey, states: &[State]) -> Floor {
    let in_force: BTreeSet<Id<Promise>> =
        journey.stages.iter().flat_map(|stage| stage.promises.iter().copied()).collect();
    let met = journey.stages.iter().flat_map(|stage| &stage.touchpoints).filter_map(|touchpoint| touchpoint.department);
    let owing = in_force.iter().filter_map(|promise| playbook[*promise].department);
    let departments: BTreeSet<Id<Department>> = met.chain(owing).collect();
    let departments: Vec<(Id<Department>, Tally)> = departments
        .into_iter()
        .map(|department| {
            let owed = in_force.iter().copied().filter(|promise| playbook[*promise].department == Some(department));
            (department, Tally::of(owed, states))
        })
        .collect();
    let stages: Vec<(StageId, Tally)> = journey
        .stage_ids(id)
        .zip(&journey.stages)
        .map(|(stage_id, stage)| (stage_id, Tally::of(stage.promises.iter().copied(), states)))
        .collect();
    let shares: Vec<f64> = departments.iter().filter_map(|(_, tally)| tally.share()).collect();
    Floor {
        lowest_department: lowest(departments.iter().map(|(_, tally)| *tally)),
        lowest_stage: lowest(stages.iter().map(|(_, tally)| *tally)),
        mean: (!shares.is_empty()).then(|| shares.iter().sum::<f64>() / shares.len() as f64),
        unknown: departments.len() - shares.len(),
        departments,
        stages,
    }
}

/// The index of the lowest share; of equal ones the one on which more is judged, then the first.
fn lowest(tallies: impl Iterator<Item = Tally>) -> Option<usize> {
    let mut lowest: Option<(usize, f64, u32)> = None;
    for (index, tally) in tallies.enumerate() {
        let Some(share) = tally.share() else { continue };
        let lower = lowest.is_none_or(|(_, low, judged)| share < low || (share == low && tally.judged() > judged));
        if lower {
            lowest = Some((index, share, tally.judged()));
        }
    }
    lowest.map(|(index, ..)| index)
}
