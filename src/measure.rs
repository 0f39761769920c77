//! A [`Playbook`] to [`Measures`]: survey files to figures, promises to states, journeys to trust floors.

pub mod answers;
pub mod counts;
pub mod figures;
pub mod floor;
pub mod period;
pub mod readability;
pub mod specific;
pub mod states;
pub mod statistics;
pub mod surveys;

pub use answers::Dimension;
pub use figures::{Breakdown, Cell, Figure, Measured, Occasions, PeriodChange, Quantile};
pub use floor::{Basis, Floor, Lift, Standing, Tally};
pub use period::{Length, Period};
pub use specific::Specific;
pub use states::{Budget, State};
pub use statistics::{Change, Interval};
pub use surveys::Surveys;

use crate::diagnostic::Diagnostics;
use crate::playbook::{Id, Playbook, Promise};
use jiff::civil::Date;

/// The figures of a playbook on one day.
#[derive(Debug, Clone)]
pub struct Measures {
    /// The day.
    pub today: Date,
    /// As many as the playbook has metrics.
    pub metrics: Vec<Measured>,
    /// As many as the playbook has promises.
    pub states: Vec<State>,
    /// As many as the playbook has journeys.
    pub floors: Vec<Floor>,
}

impl Measures {
    /// How some promises do.
    pub fn standing(&self, playbook: &Playbook, promises: &[Id<Promise>]) -> Standing {
        floor::standing(playbook, promises, &self.metrics, &self.states)
    }
}

/// The playbook's figures on `today`.
pub fn measure(playbook: &Playbook, surveys: &Surveys<'_>, today: Date, diagnostics: &mut Diagnostics) -> Measures {
    let answers = surveys::answers(playbook, surveys, today, diagnostics);
    let min_n = playbook.settings.min_n;
    let metrics: Vec<Measured> = playbook
        .metrics
        .iter()
        .zip(&answers)
        .map(|(metric, answers)| figures::measured(metric, answers, min_n, today))
        .collect();
    let states: Vec<State> = playbook
        .promises
        .iter()
        .map(|promise| {
            let measured = promise.metric.map(|metric| &metrics[metric.index()]);
            states::state(playbook, promise, measured, today)
        })
        .collect();
    let floors = Id::all(&playbook.journeys).map(|(id, _)| floor::floor(playbook, id, &metrics, &states)).collect();
    Measures { today, metrics, states, floors }
}
