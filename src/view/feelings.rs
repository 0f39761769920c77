//! A journey's feelings to the view of its curve: lines with their names, one drawing a stage, every number as words too.

use super::curve::{self, Cell, Frame, Stop};
use super::{At, Words};
use crate::playbook::{Id, Journey, Persona, StageId, Thing, Touchpoint};
use serde::Serialize;

/// A journey's curve.
#[derive(Debug, Clone, Serialize)]
pub struct CurveView {
    /// One a line; empty where nobody has said what is felt.
    pub personas: Vec<LineKey>,
    /// One drawing a stage.
    pub stages: Vec<CurveStage>,
}

/// A line of a curve: who feels it, by dash and mark.
#[derive(Debug, Clone, Serialize)]
pub struct LineKey {
    /// 1, 2, …: what filters name.
    pub number: usize,
    /// Its dash and mark: 1 to 6.
    pub style: usize,
    /// Its mark, around the origin.
    pub mark: &'static str,
    /// Whose line it is.
    pub name: Words,
    /// The persona's page; `None` for the line of everybody.
    pub href: Option<String>,
}

/// One stage's part of a curve.
#[derive(Debug, Clone, Serialize)]
pub struct CurveStage {
    /// The stage's title.
    pub title: Words,
    /// The stage's page.
    pub href: String,
    /// Whether the page is this stage's.
    pub current: bool,
    /// What is drawn.
    pub cell: Cell,
    /// The same in words.
    pub label: String,
    /// Names of lines, in the last drawing.
    pub names: Vec<LineName>,
}

/// A line's name in a drawing.
#[derive(Debug, Clone, Serialize)]
pub struct LineName {
    /// 1, 2, …: what filters name.
    pub persona: usize,
    /// Its dash and mark: 1 to 6.
    pub style: usize,
    /// Per cent across.
    pub x: f64,
    /// Which end of the words stands there: `start` or `end`.
    pub anchor: &'static str,
    /// Pixels down, of its base line.
    pub y: f64,
    /// The name.
    pub name: Words,
}

/// Whose feelings a line shows.
#[derive(Debug, Clone, Copy)]
pub enum Traveller {
    /// A persona's.
    Persona(Id<Persona>),
    /// Everybody's, where a journey names no personas.
    Everybody,
}

impl Traveller {
    /// What this traveller feels at a touchpoint, from -2 to 2.
    pub fn felt(self, touchpoint: &Touchpoint) -> Option<f64> {
        match self {
            Traveller::Persona(persona) => touchpoint.emotion_of(persona),
            Traveller::Everybody => touchpoint.felt(),
        }
    }

    /// The traveller's name without markup.
    pub fn name(self, at: &At) -> String {
        match self {
            Traveller::Persona(persona) => at.plain(&at.desk.playbook[persona].document.title).to_string(),
            Traveller::Everybody => at.t("curve-everybody"),
        }
    }
}

/// Everybody who has a feeling on this journey: its personas, or all customers as one.
pub fn travellers(journey: &Journey) -> Vec<Traveller> {
    let all: Vec<Traveller> = if journey.personas.is_empty() {
        vec![Traveller::Everybody]
    } else {
        journey.personas.iter().map(|persona| Traveller::Persona(*persona)).collect()
    };
    let touchpoints = || journey.stages.iter().flat_map(|stage| &stage.touchpoints);
    all.into_iter().filter(|one| touchpoints().any(|touchpoint| one.felt(touchpoint).is_some())).collect()
}

/// The names of lines, with their dashes and marks.
pub fn keys(at: &At, travellers: &[Traveller]) -> Vec<LineKey> {
    let key = |(index, traveller): (usize, &Traveller)| {
        let style = curve::style(index);
        let (name, href) = match traveller {
            Traveller::Persona(id) => {
                (at.words(&at.desk.playbook[*id].document.title), Some(at.href(Thing::Persona(*id))))
            }
            Traveller::Everybody => (at.said("curve-everybody"), None),
        };
        LineKey { number: index + 1, style, mark: curve::mark(style), name, href }
    };
    travellers.iter().enumerate().map(key).collect()
}

/// A journey's curve in a frame of some height, `here` the stage whose page it stands on.
pub fn curve(at: &At, id: Id<Journey>, frame: Frame, here: Option<StageId>) -> CurveView {
    let journey = &at.desk.playbook[id];
    let travellers = travellers(journey);
    let personas = keys(at, &travellers);
    let stops: Vec<Vec<Stop>> = journey
        .stages
        .iter()
        .map(|stage| stage.touchpoints.iter().map(|touchpoint| stop(touchpoint, &travellers)).collect())
        .collect();
    let cells = curve::cells(&stops, travellers.len(), frame);
    let last = cells.len().saturating_sub(1);
    let stages = journey
        .stage_ids(id)
        .zip(cells)
        .enumerate()
        .map(|(index, (stage, mut cell))| {
            let names = if index == last { names(&cell, &personas, at.is_rtl()) } else { Vec::new() };
            if at.is_rtl() {
                curve::mirror(&mut cell);
            }
            CurveStage {
                title: at.words(&at.desk.playbook[stage].title),
                href: at.href(Thing::Stage(stage)),
                current: here == Some(stage),
                label: in_words(at, stage, &travellers),
                cell,
                names,
            }
        })
        .collect();
    CurveView { personas, stages }
}

fn stop(touchpoint: &Touchpoint, travellers: &[Traveller]) -> Stop {
    Stop {
        number: touchpoint.number,
        moment: touchpoint.moment_of_truth,
        felt: travellers.iter().map(|traveller| traveller.felt(touchpoint)).collect(),
    }
}

fn names(cell: &Cell, personas: &[LineKey], mirrored: bool) -> Vec<LineName> {
    curve::labels(cell)
        .into_iter()
        .map(|label| LineName {
            persona: label.persona,
            style: label.style,
            x: if mirrored { 3.0 } else { 97.0 },
            anchor: if mirrored { "start" } else { "end" },
            y: label.y,
            name: personas[label.persona - 1].name.clone(),
        })
        .collect()
}

/// `Purchase: 6 Order form, First-time buyer +0.5, Fleet manager −1.5; 7 …`
fn in_words(at: &At, id: StageId, travellers: &[Traveller]) -> String {
    let stage = &at.desk.playbook[id];
    let touchpoints: Vec<String> = stage
        .touchpoints
        .iter()
        .map(|touchpoint| {
            let values: Vec<String> = travellers
                .iter()
                .filter_map(|traveller| {
                    let felt = at.signed(traveller.felt(touchpoint)?);
                    Some(at.tn("curve-value", &[("who", traveller.name(at).into()), ("value", felt.into())]))
                })
                .collect();
            let title = at.plain(&touchpoint.title);
            let values = if values.is_empty() { at.t("curve-unknown") } else { values.join(&at.t("curve-comma")) };
            at.tn(
                "curve-touchpoint",
                &[("number", touchpoint.number.into()), ("touchpoint", title.into()), ("values", values.into())],
            )
        })
        .collect();
    let title = at.plain(&stage.title);
    if touchpoints.is_empty() {
        return at.tn("curve-stage-empty", &[("stage", title.into())]);
    }
    let touchpoints = touchpoints.join(&at.t("curve-semicolon"));
    at.tn("curve-stage", &[("stage", title.into()), ("touchpoints", touchpoints.into())])
}
