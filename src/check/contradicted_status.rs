//! A word that the figures contradict is not believed for long.

use super::Checked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::playbook::Status;

pub(super) fn contradicted_status(context: &Checked<'_>, diagnostics: &mut Diagnostics) {
    let judged = context.playbook.promises.iter().zip(&context.measures.states).filter(|(_, state)| state.measured);
    for (promise, state) in judged {
        // `made` claims nothing.
        let declared = promise.status.filter(|status| *status != Status::Made && *status != state.status);
        let (Some(declared), Some(metric)) = (declared, promise.metric) else { continue };
        let (id, status, metric) = (&promise.id, state.status.name(), &context.playbook[metric].id);
        diagnostics.push(
            Diagnostic::new(
                Code::ContradictedStatus,
                format!("`{id}` is declared {}, and by its metric `{metric}` it is {status}", declared.name()),
            )
            .at(promise.status_place.clone().unwrap_or_else(|| promise.place.clone()), "contradicted")
            .help(format!("status = \"{status}\"")),
        );
    }
}
