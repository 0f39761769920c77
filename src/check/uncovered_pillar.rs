//! A part of trust that no strategy carries is left to chance.

use super::Checked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

pub(super) fn uncovered_pillar(context: &Checked<'_>, diagnostics: &mut Diagnostics) {
    for pillar in context.playbook.pillars.iter().filter(|pillar| pillar.strategies.is_empty()) {
        let id = &pillar.document.id;
        diagnostics.push(
            Diagnostic::new(Code::UncoveredPillar, format!("no strategy serves the pillar `{id}`"))
                .at(pillar.document.place.clone(), "uncovered")
                .help(format!("name it in a strategy: pillars = [\"{id}\"]")),
        );
    }
}
