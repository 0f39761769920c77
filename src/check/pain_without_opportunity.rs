//! A pain that is written down and has nothing beside it will hurt next year as well.

use super::Checked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

pub(super) fn pain_without_opportunity(context: &Checked<'_>, diagnostics: &mut Diagnostics) {
    for (_, touchpoint) in context.playbook.touchpoints() {
        if !touchpoint.pains.is_empty() && touchpoint.opportunities.is_empty() {
            diagnostics.push(
                Diagnostic::new(
                    Code::PainWithoutOpportunity,
                    format!("nothing follows from the pains of `{}`", touchpoint.id),
                )
                .at(touchpoint.place.clone(), "pains, no opportunity")
                .help("say what could be better: opportunities = [\"Print the price\"]"),
            );
        }
    }
}
