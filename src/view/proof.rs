//! Promises in a list to what is known of each: its figure beside its target, all shares on one line of the same length.

use super::chart::{self, Axis, Mark};
use super::figure::{self, amount, figure_view};
use super::{At, PromiseLine};
use crate::measure::{Cell, Figure, states};
use crate::playbook::{Id, Metric, Promise, Status};
use serde::Serialize;

/// What is known of a promise.
#[derive(Debug, Clone, Serialize)]
pub struct ProofView {
    /// The figure, as shown; `None` where there is none.
    pub value: Option<String>,
    /// How many answers it rests on, as shown; of a count, which is its own number, `None`.
    pub n: Option<String>,
    /// Where the figure stands on the list's line; `None` of what is no share.
    pub mark: Option<Mark>,
    /// Where the target stands on it, in per cent across.
    pub target: Option<f64>,
    /// What has to be reached, in words; `None` where nothing has, or nothing is measured.
    pub aim: Option<String>,
    /// Value, interval, answers and target in words; what is known instead where there is no figure.
    pub words: String,
}

/// What the line of a list runs from and to.
#[derive(Debug, Clone, Serialize)]
pub struct ScaleView {
    /// The value at its left end.
    pub left: String,
    /// The value at its right end.
    pub right: String,
}

/// Promises in a list with what is known of them, and the line that they share; `None` where nothing is drawn.
pub fn proven(at: &At<'_>, promises: &[Id<Promise>]) -> (Vec<PromiseLine>, Option<ScaleView>) {
    let figures: Vec<Option<(Id<Metric>, Figure)>> = promises.iter().map(|id| shown(at, *id)).collect();
    let shares = promises.iter().zip(&figures).filter_map(|(id, figure)| {
        let (metric, figure) = (*figure)?;
        figure::is_share(at.desk.playbook[metric].kind).then_some((figure, target(at, *id)))
    });
    let values: Vec<f64> = shares.flat_map(|(figure, target)| chart::reach(figure).chain(target)).collect();
    let axis = (!values.is_empty()).then(|| Axis::around(values, (0.0, Some(100.0))));
    let lines = promises
        .iter()
        .zip(figures)
        .map(|(id, figure)| PromiseLine { proof: Some(proof(at, *id, figure, axis)), ..at.promise_line(*id) });
    (lines.collect(), axis.map(|axis| scale(at, axis)))
}

fn shown(at: &At<'_>, id: Id<Promise>) -> Option<(Id<Metric>, Figure)> {
    let metric = at.desk.playbook[id].metric?;
    Some((metric, at.desk.measures.metrics[metric.index()].figure.shown()?))
}

fn target(at: &At<'_>, id: Id<Promise>) -> Option<f64> {
    at.desk.measures.states[id.index()].target
}

fn scale(at: &At<'_>, axis: Axis) -> ScaleView {
    let (mut left, mut right) = axis.ends();
    if at.is_rtl() {
        std::mem::swap(&mut left, &mut right);
    }
    ScaleView { left: at.percent(left), right: at.percent(right) }
}

fn proof(at: &At<'_>, id: Id<Promise>, figure: Option<(Id<Metric>, Figure)>, axis: Option<Axis>) -> ProofView {
    let Some((metric, figure)) = figure else {
        return ProofView { value: None, n: None, mark: None, target: None, aim: None, words: instead(at, id) };
    };
    let metric = &at.desk.playbook[metric];
    let target = target(at, id);
    let view = figure_view(at, metric, figure);
    let aim = target.map(|target| at.tn("chart-target", &[("target", amount(at, metric, target).into())]));
    let words: Vec<String> = [Some(view.line), aim.clone()].into_iter().flatten().collect();
    let axis = axis.filter(|_| figure::is_share(metric.kind));
    let mut mark = axis.map(|axis| axis.mark(figure, judged(at, metric, figure, target)));
    if let Some(mark) = mark.as_mut().filter(|_| at.is_rtl()) {
        chart::mirror_mark(mark);
    }
    let across = axis.zip(target).map(|(axis, target)| axis.across(target));
    ProofView {
        value: Some(view.value),
        n: view.answers.is_some().then(|| at.number(figure.n as f64)),
        mark,
        target: across.map(|place| if at.is_rtl() { chart::mirrored(place) } else { place }),
        aim,
        words: words.join(" · "),
    }
}

/// What the figure alone says beside the promise's target: the promise may be withdrawn.
fn judged(at: &At<'_>, metric: &Metric, figure: Figure, target: Option<f64>) -> Option<&'static str> {
    let by_point = at.desk.playbook.settings.proof_by_point;
    Some(states::decided(metric.better, figure, target?, by_point).name())
}

/// What stands where there is no figure.
fn instead(at: &At<'_>, id: Id<Promise>) -> String {
    let metric = at.desk.playbook[id].metric;
    let cell = metric.map(|metric| at.desk.measures.metrics[metric.index()].figure);
    let status = at.desk.measures.states[id.index()].status;
    at.t(match (cell, status) {
        (Some(Cell::Hidden), _) => "figure-hidden",
        (_, Status::Made) => "proof-none",
        (_, Status::Withdrawn) => "proof-withdrawn",
        _ => "proof-declared",
    })
}
