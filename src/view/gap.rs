//! What is meant and what is felt along a journey, as two curves and as a table from the widest gap.

use super::curve::{self, Cell, Frame, Stop};
use super::journey::{self, GapDrawing, Meeting};
use super::{At, LinkView, Words, figure};
use crate::measure::{Dimension, Figure};
use crate::playbook::{Better, Id, Journey, Metric, StageId, Thing, TouchpointId};
use serde::Serialize;

/// The gaps of a journey.
#[derive(Debug, Serialize)]
pub struct GapsView {
    /// One drawing a stage: its first line is what is meant, its second what is felt. Empty where no touchpoint has both.
    pub stages: Vec<GapStage>,
    /// Touchpoints of which both sides are known, as feelings or by a metric; widest gap first.
    pub rows: Vec<GapRow>,
    /// Whether some row has a metric.
    pub metrics: bool,
}

/// One stage's part of the two curves.
#[derive(Debug, Serialize)]
pub struct GapStage {
    /// What is drawn.
    pub cell: Cell,
    /// Touchpoints at which both are known.
    pub drops: Vec<Drop>,
    /// The same in words.
    pub label: String,
}

/// The way from meant to felt at a touchpoint.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Drop {
    /// Per cent across.
    pub x: f64,
    /// Its upper end, in pixels down.
    pub top: f64,
    /// Its lower end.
    pub bottom: f64,
}

/// A touchpoint of the table.
#[derive(Debug, Serialize)]
pub struct GapRow {
    /// The touchpoint.
    pub touchpoint: Meeting,
    /// Its place on the stage's page.
    pub href: String,
    /// Its stage.
    pub stage: LinkView,
    /// The feeling that we aim at.
    pub meant: Option<String>,
    /// The feeling that customers have.
    pub felt: Option<String>,
    /// Both on one line, with the distance.
    pub drawing: Option<GapDrawing>,
    /// What is measured there, with a value to be reached.
    pub metrics: Vec<GapMetric>,
}

/// A metric's target beside its figure.
#[derive(Debug, Serialize)]
pub struct GapMetric {
    /// The metric.
    pub title: Words,
    /// Its place in the register.
    pub href: String,
    /// The figure beside its target, in words.
    pub line: String,
    /// The word of the format: names the mark.
    pub state: &'static str,
    /// The state in words.
    pub state_word: String,
}

/// The gaps of a journey.
pub fn gaps(at: &At, id: Id<Journey>) -> GapsView {
    let journey = &at.desk.playbook[id];
    let touchpoints: Vec<TouchpointId> =
        journey.stage_ids(id).zip(&journey.stages).flat_map(|(id, stage)| stage.touchpoint_ids(id)).collect();
    let width = |id: TouchpointId| at.desk.playbook[id].gap().map_or(-1.0, f64::abs);
    let mut rows: Vec<(f64, GapRow)> = touchpoints.iter().filter_map(|id| Some((width(*id), row(at, *id)?))).collect();
    rows.sort_by(|one, other| other.0.total_cmp(&one.0));
    let rows: Vec<GapRow> = rows.into_iter().map(|(_, row)| row).collect();
    let drawn = touchpoints.iter().any(|id| at.desk.playbook[*id].gap().is_some());
    GapsView {
        stages: if drawn { stages(at, id) } else { Vec::new() },
        metrics: rows.iter().any(|row| !row.metrics.is_empty()),
        rows,
    }
}

fn stages(at: &At, id: Id<Journey>) -> Vec<GapStage> {
    let journey = &at.desk.playbook[id];
    let stops: Vec<Vec<Stop>> = journey
        .stages
        .iter()
        .map(|stage| {
            let stop = |touchpoint: &crate::playbook::Touchpoint| Stop {
                number: touchpoint.number,
                moment: touchpoint.moment_of_truth,
                felt: vec![touchpoint.intent_emotion, touchpoint.felt()],
            };
            stage.touchpoints.iter().map(stop).collect()
        })
        .collect();
    let drops = stops.iter().map(|stops| drops(stops, Frame::GAP)).collect::<Vec<_>>();
    let cells = curve::cells(&stops, 2, Frame::GAP);
    journey
        .stage_ids(id)
        .zip(cells)
        .zip(drops)
        .map(|((stage, mut cell), mut drops)| {
            if at.is_rtl() {
                curve::mirror(&mut cell);
                drops.iter_mut().for_each(|drop| drop.x = super::chart::mirrored(drop.x));
            }
            GapStage { label: in_words(at, stage), cell, drops }
        })
        .collect()
}

fn drops(stops: &[Stop], frame: Frame) -> Vec<Drop> {
    let drop = |(index, stop): (usize, &Stop)| {
        let (meant, felt) = (frame.y(stop.felt[0]?), frame.y(stop.felt[1]?));
        let x = (curve::across(index, stops.len()) * 100.0).round() / 100.0;
        (meant != felt).then(|| Drop { x, top: meant.min(felt), bottom: meant.max(felt) })
    };
    stops.iter().enumerate().filter_map(drop).collect()
}

/// `Purchase: 6 Order form, meant +1, felt −1.5, gap 2.5; …`
fn in_words(at: &At, id: StageId) -> String {
    let stage = &at.desk.playbook[id];
    let touchpoints: Vec<String> = stage
        .touchpoint_ids(id)
        .map(|id| {
            let touchpoint = &at.desk.playbook[id];
            let words = journey::gap_drawing(at, touchpoint).map_or_else(|| at.t("curve-unknown"), |gap| gap.label);
            at.tn(
                "curve-touchpoint",
                &[
                    ("number", touchpoint.number.into()),
                    ("touchpoint", at.wording(&touchpoint.title).into()),
                    ("values", words.into()),
                ],
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

/// `None` where neither feelings nor metrics have both sides.
fn row(at: &At, id: TouchpointId) -> Option<GapRow> {
    let touchpoint = &at.desk.playbook[id];
    let drawing = journey::gap_drawing(at, touchpoint);
    let metrics: Vec<GapMetric> = touchpoint.metrics.iter().filter_map(|metric| gap_metric(at, id, *metric)).collect();
    (drawing.is_some() || !metrics.is_empty()).then(|| GapRow {
        touchpoint: journey::meeting(at, id),
        href: at.href_in(Thing::Stage(id.stage), at.language, Some(&format!("touchpoint-{}", touchpoint.id))),
        stage: at.link(Thing::Stage(id.stage)),
        meant: touchpoint.intent_emotion.map(|felt| at.signed(felt)),
        felt: touchpoint.felt().map(|felt| at.signed(felt)),
        drawing,
        metrics,
    })
}

fn gap_metric(at: &At, touchpoint: TouchpointId, id: Id<Metric>) -> Option<GapMetric> {
    let metric = &at.desk.playbook[id];
    let target = metric.target.as_ref()?.value;
    let figure = figure_at(at, touchpoint, id)?;
    let status = figure::standing(at, metric, figure)?;
    let short = match metric.better {
        Better::Higher => target - figure.value,
        Better::Lower => figure.value - target,
    };
    let key = if short > 0.0 { "gap-metric-short" } else { "gap-metric-reached" };
    Some(GapMetric {
        title: at.words(&metric.title),
        href: at.href(Thing::Metric(id)),
        line: at.tn(
            key,
            &[
                ("value", figure::amount(at, metric, figure.value).into()),
                ("target", figure::amount(at, metric, target).into()),
                ("gap", at.locale().number_trimmed(short.abs(), 1).into()),
            ],
        ),
        state: status.name(),
        state_word: figure::target_word(at, status),
    })
}

/// The metric's figure at the touchpoint, where its answers tell touchpoints apart; else the figure of all. A hidden cell is no
/// figure, and neither does the total stand in for it.
fn figure_at(at: &At, id: TouchpointId, metric: Id<Metric>) -> Option<Figure> {
    let measured = &at.desk.measures.metrics[metric.index()];
    let touchpoint = &at.desk.playbook[id].id;
    let stage = &at.desk.playbook[id.stage].id;
    let journey = &at.desk.playbook[id.stage.journey].id;
    let names = [format!("{journey}/{stage}/{touchpoint}"), format!("{stage}/{touchpoint}"), touchpoint.to_string()];
    let told = measured.breakdowns.iter().find(|breakdown| breakdown.dimension == Dimension::Touchpoint);
    let own = told.and_then(|told| {
        names
            .iter()
            .find_map(|name| told.rows.iter().find(|(id, _)| id.as_deref() == Some(name)).map(|(_, cell)| *cell))
    });
    own.unwrap_or(measured.figure).shown()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_drop_runs_from_the_higher_to_the_lower() {
        let stop = |meant, felt| Stop { number: 1, moment: false, felt: vec![meant, felt] };
        let stops = [
            stop(Some(1.0), Some(-1.0)),
            stop(None, Some(1.0)),
            stop(Some(-1.0), Some(2.0)),
            stop(Some(0.0), Some(0.0)),
        ];
        let drops = drops(&stops, Frame::GAP);
        assert_eq!(drops.len(), 2);
        assert!(drops.iter().all(|drop| drop.top < drop.bottom && (0.0..=100.0).contains(&drop.x)));
    }
}
