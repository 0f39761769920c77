//! A journey's trust floor to its view: the lowest department, not the mean of all.

use super::{At, Words};
use crate::measure::Tally;
use crate::playbook::{Department, Id, Journey, StageId, Thing};
use serde::Serialize;

/// A journey's departments by how many of their promises they keep.
#[derive(Debug, Clone, Serialize)]
pub struct FloorView {
    /// The journey.
    pub journey: Words,
    /// Its page.
    pub href: String,
    /// Departments on the journey: judged ones from the lowest, then those of which nothing is known.
    pub departments: Vec<FloorRow>,
    /// The lowest department; `None` where nothing is judged.
    pub lowest: Option<FloorRow>,
    /// The title of the lowest stage.
    pub lowest_stage: Option<Words>,
    /// The lowest stage's page.
    pub lowest_stage_href: Option<String>,
    /// The mean of the departments' shares, as shown.
    pub mean: Option<String>,
    /// Where it stands, in per cent across.
    pub mean_at: Option<f64>,
    /// How many departments have nothing judged.
    pub unknown: usize,
    /// The lowest department, the mean beside it and how many are not known, in a sentence; `None` where nothing is judged.
    pub sentence: Option<String>,
}

/// One department of a journey.
#[derive(Debug, Clone, Serialize)]
pub struct FloorRow {
    /// Its name.
    pub name: Words,
    /// Its page.
    pub href: String,
    /// Promises that hold.
    pub kept: u32,
    /// Promises of which it is known whether they hold.
    pub judged: u32,
    /// The share of the kept, as shown; `None` where nothing is judged.
    pub share: Option<String>,
    /// Where it stands, in per cent across.
    pub share_at: Option<f64>,
    /// Whether it is the lowest.
    pub low: bool,
}

/// A journey's trust floor.
pub fn floor(at: &At, id: Id<Journey>) -> FloorView {
    let floor = &at.desk.measures.floors[id.index()];
    let row = |(index, (department, tally)): (usize, &(Id<Department>, Tally))| {
        floor_row(at, *department, *tally, floor.lowest_department == Some(index))
    };
    let lowest_stage: Option<StageId> = floor.lowest_stage.map(|index| floor.stages[index].0);
    let mut departments: Vec<FloorRow> = floor.departments.iter().enumerate().map(row).collect();
    departments.sort_by(|one, other| {
        let rank = |row: &FloorRow| (row.share_at.unwrap_or(f64::INFINITY), !row.low);
        rank(one).partial_cmp(&rank(other)).expect("shares are numbers")
    });
    let lowest = departments.iter().find(|row| row.low).cloned();
    let mean = floor.mean.map(|mean| at.percent(mean));
    let lowest_department = floor.lowest_department.map(|index| floor.departments[index].0);
    let sentence = lowest.as_ref().zip(lowest_department).zip(mean.as_ref()).map(|((lowest, department), mean)| {
        at.tn(
            "floor-sentence",
            &[
                ("department", at.plain(&at.desk.playbook[department].title).into()),
                ("kept", (lowest.kept as usize).into()),
                ("judged", (lowest.judged as usize).into()),
                ("mean", mean.clone().into()),
                ("unknown", floor.unknown.into()),
            ],
        )
    });
    FloorView {
        journey: at.words(&at.desk.playbook[id].title),
        href: at.href(Thing::Journey(id)),
        lowest,
        departments,
        lowest_stage: lowest_stage.map(|stage| at.words(&at.desk.playbook[stage].title)),
        lowest_stage_href: lowest_stage.map(|stage| at.href(Thing::Stage(stage))),
        mean,
        mean_at: floor.mean.map(f64::round),
        unknown: floor.unknown,
        sentence,
    }
}

fn floor_row(at: &At, id: Id<Department>, tally: Tally, low: bool) -> FloorRow {
    let share = tally.share();
    FloorRow {
        name: at.words(&at.desk.playbook[id].title),
        href: at.href(Thing::Department(id)),
        kept: tally.kept,
        judged: tally.judged(),
        share: share.map(|share| at.percent(share)),
        share_at: share.map(f64::round),
        low,
    }
}

/// The journey whose lowest department keeps the smallest share; `None` where nothing is judged anywhere.
pub fn worst_journey(at: &At) -> Option<Id<Journey>> {
    let lowest = |id: Id<Journey>| {
        let floor = &at.desk.measures.floors[id.index()];
        floor.departments[floor.lowest_department?].1.share()
    };
    Id::all(&at.desk.playbook.journeys)
        .filter_map(|(id, _)| Some((id, lowest(id)?)))
        .min_by(|one, other| one.1.total_cmp(&other.1))
        .map(|(id, _)| id)
}
