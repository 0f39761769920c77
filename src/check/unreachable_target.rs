//! A target beyond the scale is a slip; one that no number of answers proves is a trap.

use super::Checked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::playbook::{Better, Metric, MetricKind};
use crate::source::Spanned;

pub(super) fn unreachable_target(context: &Checked<'_>, diagnostics: &mut Diagnostics) {
    let playbook = context.playbook;
    let own = playbook.metrics.iter().filter_map(|metric| Some((metric, metric.target.as_ref()?)));
    let promised = playbook.promises.iter().filter_map(|one| Some((&playbook[one.metric?], one.target.as_ref()?)));
    for (metric, target) in own.chain(promised) {
        diagnostics.extend(outside(metric, target));
        if !playbook.settings.proof_by_point {
            diagnostics.extend(unproven(metric, target));
        }
    }
}

/// What figures of a kind can be.
fn range(kind: MetricKind) -> (f64, f64) {
    match kind {
        MetricKind::Nps | MetricKind::CesNet => (-100.0, 100.0),
        MetricKind::CesMean => (1.0, 7.0),
        MetricKind::Duration | MetricKind::Count => (0.0, f64::MAX),
        MetricKind::Csat | MetricKind::CesTop3 | MetricKind::Trust | MetricKind::Rate => (0.0, 100.0),
    }
}

fn outside(metric: &Metric, target: &Spanned<f64>) -> Option<Diagnostic> {
    let (low, high) = range(metric.kind);
    if (low..=high).contains(&target.value) {
        return None;
    }
    let kind = metric.kind.name();
    let scale = if high == f64::MAX { "from 0 up".to_string() } else { format!("from {low} to {high}") };
    Some(
        Diagnostic::new(Code::OutOfRange, format!("`{}` is of the kind `{kind}`, which goes {scale}", metric.id))
            .at(target.place.clone(), "outside of it"),
    )
}

/// The upper end of the interval of no event at all.
const OF_NO_EVENT: f64 = 3.69;

fn unproven(metric: &Metric, target: &Spanned<f64>) -> Option<Diagnostic> {
    let (low, high) = range(metric.kind);
    let beyond = match (metric.kind, metric.better) {
        (MetricKind::CesMean | MetricKind::Duration, _) => false,
        (MetricKind::Count, Better::Lower) => (0.0..OF_NO_EVENT).contains(&target.value),
        (_, Better::Higher) => target.value == high,
        (_, Better::Lower) => target.value == low,
    };
    let (id, value) = (&metric.id, target.value);
    beyond.then(|| {
        Diagnostic::new(Code::UnreachableTarget, format!("no number of answers proves that `{id}` reaches {value}"))
            .at(target.place.clone(), "an interval's near end stays short of it")
            .help("choose a target that may be missed sometimes, or proof = \"point\"")
    })
}
