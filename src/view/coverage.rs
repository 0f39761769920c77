//! Stages and pillars to a matrix: which strategies serve what, and where nothing does.

use super::front::{self, JourneyCard};
use super::{At, LinkView, Words};
use crate::playbook::{Id, Journey, Kind, Pillar, StageId, Thing};
use serde::Serialize;

/// The matrices of all journeys.
#[derive(Debug, Clone, Serialize)]
pub struct CoverageView {
    /// The columns.
    pub pillars: Vec<LinkView>,
    /// One table a journey.
    pub journeys: Vec<JourneyCoverage>,
    /// How many strategies there are.
    pub strategies: usize,
    /// The page of coverage.
    pub page: String,
}

/// One journey's stages and how they are served.
#[derive(Debug, Clone, Serialize)]
pub struct JourneyCoverage {
    /// Its title.
    pub title: Words,
    /// Its page.
    pub href: String,
    /// Its id, unique on the page.
    pub id: String,
    /// One a stage.
    pub rows: Vec<CoverageRow>,
    /// How many cells have nothing, in words; `None` where every cell has something.
    pub holes: Option<String>,
    /// Whether some strategy that serves it carries no pillar.
    pub other: bool,
}

/// One stage.
#[derive(Debug, Clone, Serialize)]
pub struct CoverageRow {
    /// Its number, from 1.
    pub number: usize,
    /// Its title.
    pub title: Words,
    /// Its page.
    pub href: String,
    /// One a pillar: the strategies that serve both.
    pub cells: Vec<Vec<LinkView>>,
    /// The same as discs.
    pub discs: Vec<Disc>,
    /// Strategies that serve the stage and carry no pillar.
    pub other: Vec<LinkView>,
}

/// How many strategies serve a stage and a pillar.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Disc {
    /// How many.
    pub count: usize,
    /// The disc's radius in pixels; it grows with the number, up to six, and is 0 for none.
    pub radius: f64,
}

/// The overview of journeys.
#[derive(Debug, Serialize)]
pub struct JourneysView {
    /// All of them.
    pub journeys: Vec<JourneyCard>,
}

/// Every journey's matrix.
pub fn coverage(at: &At) -> CoverageView {
    let playbook = at.desk.playbook;
    CoverageView {
        pillars: Id::all(&playbook.pillars).map(|(id, _)| at.link(Thing::Pillar(id))).collect(),
        journeys: Id::all(&playbook.journeys).map(|(id, _)| matrix(at, id)).collect(),
        strategies: playbook.strategies.len(),
        page: at.href(Thing::Overview(Kind::Coverage)),
    }
}

fn matrix(at: &At, id: Id<Journey>) -> JourneyCoverage {
    let journey = &at.desk.playbook[id];
    let rows: Vec<CoverageRow> = journey.stage_ids(id).map(|stage| row(at, stage)).collect();
    let holes = rows.iter().flat_map(|row| &row.cells).filter(|cell| cell.is_empty()).count();
    JourneyCoverage {
        other: rows.iter().any(|row| !row.other.is_empty()),
        title: at.words(&journey.title),
        href: at.href(Thing::Journey(id)),
        id: journey.id.to_string(),
        rows,
        holes: (holes > 0).then(|| at.tn("coverage-holes", &[("count", holes.into())])),
    }
}

fn row(at: &At, id: StageId) -> CoverageRow {
    let playbook = at.desk.playbook;
    let stage = &playbook[id];
    let serving = |pillar: Id<Pillar>| -> Vec<LinkView> {
        let of_pillar = stage.strategies.iter().filter(|strategy| playbook[**strategy].pillars.contains(&pillar));
        of_pillar.map(|strategy| at.link(Thing::Strategy(*strategy))).collect()
    };
    let other = stage.strategies.iter().filter(|strategy| playbook[**strategy].pillars.is_empty());
    let cells: Vec<Vec<LinkView>> = Id::all(&playbook.pillars).map(|(pillar, _)| serving(pillar)).collect();
    CoverageRow {
        number: usize::from(id.index) + 1,
        title: at.words(&stage.title),
        href: at.href(Thing::Stage(id)),
        discs: cells.iter().map(|cell| disc(cell.len())).collect(),
        cells,
        other: other.map(|strategy| at.link(Thing::Strategy(*strategy))).collect(),
    }
}

fn disc(count: usize) -> Disc {
    Disc { count, radius: if count == 0 { 0.0 } else { 5.5 + 1.5 * count.min(6) as f64 } }
}

/// The overview of journeys; its title and opening text belong to the page around it.
pub fn journeys(at: &At) -> JourneysView {
    JourneysView { journeys: Id::all(&at.desk.playbook.journeys).map(|(id, _)| front::card(at, id)).collect() }
}
