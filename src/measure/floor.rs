//! A journey to its trust floor: the lowest of its departments, for customers see one journey and not departments.

use super::figures::{Measured, Occasions};
use super::states::State;
use super::statistics::{Interval, wilson};
use crate::playbook::{Department, Id, Journey, Metric, Playbook, Promise, StageId, Status};
use std::collections::BTreeSet;

/// Where a journey's trust is lowest. Counted over the promises that are in force on the journey.
#[derive(Debug, Clone, Default)]
pub struct Floor {
    /// Departments that customers meet on the journey or that have a promise in force there, in the register's order.
    pub departments: Vec<(Id<Department>, Standing)>,
    /// What departments are compared by.
    pub basis: Basis,
    /// The lowest department: an index into `departments`. `None`: nothing is judged.
    pub lowest_department: Option<usize>,
    /// Its stages, in order.
    pub stages: Vec<(StageId, Standing)>,
    /// What stages are compared by.
    pub stage_basis: Basis,
    /// The lowest stage: an index into `stages`.
    pub lowest_stage: Option<usize>,
    /// Mean of the departments' shares, 0 to 100.
    pub mean: Option<f64>,
    /// How many departments have nothing judged.
    pub unknown: usize,
    /// What would lift it.
    pub lift: Option<Lift>,
}

impl Floor {
    /// The lowest department's share, 0 to 100.
    pub fn share(&self) -> Option<f64> {
        self.departments[self.lowest_department?].1.share(self.basis)
    }
}

/// By what floors are compared.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Basis {
    /// Occasions on which a promise was kept or not.
    Occasions,
    /// Promises that are kept or broken: where none has occasions enough.
    #[default]
    Promises,
}

impl Basis {
    /// The word that other programs read.
    pub fn name(self) -> &'static str {
        match self {
            Basis::Occasions => "occasions",
            Basis::Promises => "promises",
        }
    }
}

/// How some promises do: by state, and by the occasions of those that count them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Standing {
    /// Promises by state.
    pub tally: Tally,
    /// Occasions, at least as many as the playbook shows; each metric's once.
    pub occasions: Option<Occasions>,
}

impl Standing {
    /// Kept and all that is judged.
    pub fn judged(self, basis: Basis) -> Occasions {
        match basis {
            Basis::Occasions => self.occasions.unwrap_or_default(),
            Basis::Promises => Occasions { kept: self.tally.kept.into(), n: self.tally.judged().into() },
        }
    }

    /// The share of the kept, 0 to 100; `None` where nothing is judged.
    pub fn share(self, basis: Basis) -> Option<f64> {
        let judged = self.judged(basis);
        (judged.n > 0).then(|| 100.0 * judged.kept as f64 / judged.n as f64)
    }

    /// The interval of that share.
    pub fn interval(self, basis: Basis) -> Option<Interval> {
        let judged = self.judged(basis);
        wilson(judged.kept, judged.n)
    }
}

/// The promise of the lowest department that costs it most.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lift {
    /// Which.
    pub promise: Id<Promise>,
    /// How many occasions it missed; 1 where promises are counted.
    pub missed: u64,
    /// Where the floor would be if it had been kept throughout, 0 to 100.
    pub to: f64,
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

    /// The interval of that rate; `None` with fewer than two that are judged.
    pub fn interval(self) -> Option<Interval> {
        wilson(self.kept.into(), self.judged().into())
    }
}

/// The floor of a journey.
pub fn floor(playbook: &Playbook, id: Id<Journey>, metrics: &[Measured], states: &[State]) -> Floor {
    let journey = &playbook[id];
    let in_force: BTreeSet<Id<Promise>> =
        journey.stages.iter().flat_map(|stage| stage.promises.iter().copied()).collect();
    let met = journey.stages.iter().flat_map(|stage| &stage.touchpoints).filter_map(|touchpoint| touchpoint.department);
    let owing = in_force.iter().filter_map(|promise| playbook[*promise].department);
    let departments: BTreeSet<Id<Department>> = met.chain(owing).collect();
    let stand = |promises: &[Id<Promise>]| standing(playbook, promises, metrics, states);
    let owed = |department: Id<Department>| -> Vec<Id<Promise>> {
        in_force.iter().copied().filter(|promise| playbook[*promise].department == Some(department)).collect()
    };
    let departments: Vec<(Id<Department>, Standing)> =
        departments.into_iter().map(|department| (department, stand(&owed(department)))).collect();
    let stages: Vec<(StageId, Standing)> =
        journey.stage_ids(id).zip(&journey.stages).map(|(id, stage)| (id, stand(&stage.promises))).collect();
    let basis = basis(departments.iter().map(|(_, standing)| *standing));
    let stage_basis = self::basis(stages.iter().map(|(_, standing)| *standing));
    let shares: Vec<f64> = departments.iter().filter_map(|(_, standing)| standing.share(basis)).collect();
    let lowest_department = lowest(departments.iter().map(|(_, standing)| *standing), basis);
    let lift = lowest_department.and_then(|index| {
        let (department, standing) = departments[index];
        let others = departments.iter().enumerate().filter(|(other, _)| *other != index);
        let next = others.filter_map(|(_, (_, other))| other.share(basis)).fold(100.0, f64::min);
        lift(playbook, &owed(department), standing, basis, next, metrics, states)
    });
    Floor {
        lowest_department,
        lowest_stage: lowest(stages.iter().map(|(_, standing)| *standing), stage_basis),
        mean: (!shares.is_empty()).then(|| shares.iter().sum::<f64>() / shares.len() as f64),
        unknown: departments.len() - shares.len(),
        departments,
        basis,
        stages,
        stage_basis,
        lift,
    }
}

/// How some promises do.
pub fn standing(playbook: &Playbook, promises: &[Id<Promise>], metrics: &[Measured], states: &[State]) -> Standing {
    let min_n = u64::from(playbook.settings.min_n).max(1);
    let counted: BTreeSet<Id<Metric>> = promises
        .iter()
        .filter(|id| states[id.index()].status != Status::Withdrawn)
        .filter_map(|id| playbook[*id].metric)
        .collect();
    let (mut shown, mut hidden) = (Occasions::default(), Occasions::default());
    for metric in counted {
        let measured = &metrics[metric.index()];
        let Some(occasions) = measured.occasions else { continue };
        let pool = if measured.figure.shown().is_some() { &mut shown } else { &mut hidden };
        pool.kept += occasions.kept;
        pool.n += occasions.n;
    }
    // A few hidden ones among the shown could be worked out from their sum.
    if hidden.n >= min_n {
        shown.kept += hidden.kept;
        shown.n += hidden.n;
    }
    Standing { tally: Tally::of(promises.iter().copied(), states), occasions: (shown.n >= min_n).then_some(shown) }
}

fn basis(mut standings: impl Iterator<Item = Standing>) -> Basis {
    if standings.any(|standing| standing.occasions.is_some()) { Basis::Occasions } else { Basis::Promises }
}

/// The index of the lowest share; of equal ones the one on which more is judged, then the first.
fn lowest(standings: impl Iterator<Item = Standing>, basis: Basis) -> Option<usize> {
    let mut lowest: Option<(usize, f64, u64)> = None;
    for (index, standing) in standings.enumerate() {
        let Some(share) = standing.share(basis) else { continue };
        let n = standing.judged(basis).n;
        if lowest.is_none_or(|(_, low, judged)| share < low || (share == low && n > judged)) {
            lowest = Some((index, share, n));
        }
    }
    lowest.map(|(index, ..)| index)
}

fn lift(
    playbook: &Playbook,
    owed: &[Id<Promise>],
    standing: Standing,
    basis: Basis,
    next: f64,
    metrics: &[Measured],
    states: &[State],
) -> Option<Lift> {
    let missed = |id: Id<Promise>| match basis {
        Basis::Promises => u64::from(states[id.index()].status == Status::Broken),
        Basis::Occasions => {
            let measured = playbook[id].metric.map(|metric| &metrics[metric.index()]);
            let shown = measured.filter(|measured| measured.figure.shown().is_some());
            let counted = shown.filter(|_| states[id.index()].status != Status::Withdrawn);
            counted.and_then(|measured| measured.occasions).map_or(0, |occasions| occasions.n - occasions.kept)
        }
    };
    let (promise, missed) = owed.iter().map(|id| (*id, missed(*id))).rev().max_by_key(|(_, missed)| *missed)?;
    let judged = standing.judged(basis);
    (missed > 0 && judged.n > 0).then(|| Lift {
        promise,
        missed,
        to: next.min(100.0 * (judged.kept + missed) as f64 / judged.n as f64),
    })
}
