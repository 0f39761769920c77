//! A journey's trust floor to its view: the lowest department, not the mean of all.

use super::chart::{self, Axis};
use super::{At, Words};
use crate::measure::{Basis, Floor, Lift, Standing};
use crate::playbook::{Department, Id, Journey, StageId, Thing};
use serde::Serialize;

/// A journey's departments by how much of their promises they keep.
#[derive(Debug, Clone, Serialize)]
pub struct FloorView {
    /// The journey.
    pub journey: Words,
    /// Its page.
    pub href: String,
    /// What is compared: `occasions`, or `promises` where none has occasions enough.
    pub basis: &'static str,
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
    /// The share at the left end of the lines.
    pub left: String,
    /// The share at the right end of the lines.
    pub right: String,
    /// How many departments have nothing judged.
    pub unknown: usize,
    /// The lowest department, the mean beside it and how many are not known, in a sentence; `None` where nothing is judged.
    pub sentence: Option<String>,
    /// What would lift it, in a sentence.
    pub lift: Option<String>,
    /// That answers behind it are made up, in words.
    pub sample: Option<String>,
    /// The page of the promise that would.
    pub lift_href: Option<String>,
}

/// One department of a journey.
#[derive(Debug, Clone, Serialize)]
pub struct FloorRow {
    /// Its name.
    pub name: Words,
    /// Its page.
    pub href: String,
    /// Occasions on which a promise was kept, or promises that hold.
    pub kept: u64,
    /// Occasions, or promises of which it is known whether they hold.
    pub judged: u64,
    /// The share of the kept, as shown; `None` where nothing is judged.
    pub share: Option<String>,
    /// Where it stands, in per cent across.
    pub share_at: Option<f64>,
    /// Where its interval begins, in per cent across; where the line does where promises are compared.
    pub from_at: f64,
    /// Where its interval ends, in per cent across; at the share where promises are compared.
    pub to_at: f64,
    /// The interval in words; `None` where promises are compared.
    pub interval: Option<String>,
    /// How many of its promises are kept, in words.
    pub promises: String,
    /// Whether it is the lowest.
    pub low: bool,
    /// Whether the page is this department's.
    pub here: bool,
}

/// A journey's trust floor.
pub fn floor(at: &At, id: Id<Journey>) -> FloorView {
    let floor = &at.desk.measures.floors[id.index()];
    let axis = axis(floor);
    let row = |(index, (department, standing)): (usize, &(Id<Department>, Standing))| {
        floor_row(at, *department, *standing, (floor.basis, axis), floor.lowest_department == Some(index))
    };
    let lowest_stage: Option<StageId> = floor.lowest_stage.map(|index| floor.stages[index].0);
    let mut departments: Vec<FloorRow> = floor.departments.iter().enumerate().map(row).collect();
    departments.sort_by(|one, other| {
        let share = |row: &FloorRow| if row.judged > 0 { row.kept as f64 / row.judged as f64 } else { f64::INFINITY };
        let rank = |row: &FloorRow| (share(row), !row.low);
        rank(one).partial_cmp(&rank(other)).expect("places are numbers")
    });
    let lowest = departments.iter().find(|row| row.low).cloned();
    let mean = floor.mean.map(|mean| at.percent(mean));
    let lowest_department = floor.lowest_department.map(|index| floor.departments[index].0);
    let key = match floor.basis {
        Basis::Occasions => "floor-sentence-occasions",
        Basis::Promises => "floor-sentence",
    };
    let sentence = lowest.as_ref().zip(lowest_department).zip(mean.as_ref()).map(|((lowest, department), mean)| {
        at.tn(
            key,
            &[
                ("department", at.wording(&at.desk.playbook[department].title).into()),
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
        basis: floor.basis.name(),
        lowest,
        departments,
        lowest_stage: lowest_stage.map(|stage| at.words(&at.desk.playbook[stage].title)),
        lowest_stage_href: lowest_stage.map(|stage| at.href(Thing::Stage(stage))),
        mean,
        mean_at: floor.mean.map(|mean| place(at, axis, mean)),
        left: at.percent(if at.is_rtl() { axis.ends().1 } else { axis.ends().0 }),
        right: at.percent(if at.is_rtl() { axis.ends().0 } else { axis.ends().1 }),
        unknown: floor.unknown,
        sentence,
        lift: floor.lift.map(|lift| lift_sentence(at, lift, floor.basis)),
        sample: is_sample(at, id).then(|| at.t("floor-sample")),
        lift_href: floor.lift.map(|lift| at.href(Thing::Promise(lift.promise))),
    }
}

/// Whether a metric behind the floor says that its answers are made up.
fn is_sample(at: &At, id: Id<Journey>) -> bool {
    let playbook = at.desk.playbook;
    let promises = playbook[id].stages.iter().flat_map(|stage| &stage.promises);
    promises.filter_map(|promise| playbook[*promise].metric).any(|metric| playbook[metric].sample)
}

/// The floors of the journeys on which customers meet a department or it has something to keep, its own row marked.
pub fn of_department(at: &At, id: Id<Department>) -> Vec<FloorView> {
    Id::all(&at.desk.playbook.journeys)
        .filter_map(|(journey, _)| {
            let met = &at.desk.measures.floors[journey.index()].departments;
            if !met.iter().any(|(department, _)| *department == id) {
                return None;
            }
            let mut view = floor(at, journey);
            let href = at.href(Thing::Department(id));
            view.departments.iter_mut().for_each(|row| row.here = row.href == href);
            Some(view)
        })
        .collect()
}

/// Shares from the lowest that an interval reaches to all; the whole line where promises are counted, of which there are a few.
fn axis(floor: &Floor) -> Axis {
    const SHARES: (f64, Option<f64>) = (0.0, Some(100.0));
    if floor.basis == Basis::Promises {
        return Axis::whole(SHARES, 100.0);
    }
    let standings = floor.departments.iter().map(|(_, standing)| standing);
    let ends = standings.filter(|standing| standing.share(floor.basis).is_some()).flat_map(|standing| {
        let interval = standing.interval(floor.basis).unwrap_or_default();
        [standing.share(floor.basis), interval.low].into_iter().flatten()
    });
    Axis::around(ends.chain([100.0]), SHARES)
}

/// Where a share stands, in per cent across.
fn place(at: &At, axis: Axis, share: f64) -> f64 {
    if at.is_rtl() { chart::mirrored(axis.across(share)) } else { axis.across(share) }
}

fn lift_sentence(at: &At, lift: Lift, basis: Basis) -> String {
    let key = match basis {
        Basis::Occasions => "floor-lift-occasions",
        Basis::Promises => "floor-lift",
    };
    at.tn(
        key,
        &[
            ("number", at.desk.playbook[lift.promise].number.into()),
            ("missed", (lift.missed as usize).into()),
            ("to", at.percent(lift.to).into()),
        ],
    )
}

fn floor_row(at: &At, id: Id<Department>, standing: Standing, (basis, axis): (Basis, Axis), low: bool) -> FloorRow {
    let share = standing.share(basis);
    let judged = standing.judged(basis);
    let ends = standing.interval(basis).and_then(|interval| interval.low.zip(interval.high));
    // Of two or three promises an interval would say that nothing is known; they are not drawn from anything.
    let ends = ends.filter(|_| basis == Basis::Occasions);
    let percent = |value: f64| at.locale().percent(value, 1);
    FloorRow {
        name: at.words(&at.desk.playbook[id].title),
        href: at.href(Thing::Department(id)),
        kept: judged.kept,
        judged: judged.n,
        // 5,260 of 5,280 are not all of them.
        share: share.map(|share| at.share((share * 10.0).round() / 10.0)),
        share_at: share.map(|share| place(at, axis, share)),
        from_at: place(at, axis, ends.map_or(axis.ends().0, |(low, _)| low)),
        to_at: place(at, axis, ends.map_or(share.unwrap_or(axis.ends().0), |(_, high)| high)),
        interval: ends.map(|(low, high)| {
            at.tn("figure-interval", &[("low", percent(low).into()), ("high", percent(high).into())])
        }),
        promises: at
            .tn("kept-of-judged", &[("kept", standing.tally.kept.into()), ("judged", standing.tally.judged().into())]),
        low,
        here: false,
    }
}

/// The journey whose lowest department keeps the smallest share; `None` where nothing is judged anywhere.
pub fn worst_journey(at: &At) -> Option<Id<Journey>> {
    Id::all(&at.desk.playbook.journeys)
        .filter_map(|(id, _)| Some((id, at.desk.measures.floors[id.index()].share()?)))
        .min_by(|one, other| one.1.total_cmp(&other.1))
        .map(|(id, _)| id)
}
