//! A part of trust that no strategy carries is left to chance.

use super::Checked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::playbook::{Id, Thing};

pub(super) fn uncovered_pillar(context: &Checked<'_>, diagnostics: &mut Diagnostics) {
    for (id, pillar) in Id::all(&context.playbook.pillars).filter(|(_, pillar)| pillar.strategies.is_empty()) {
        if context.is_echo(Code::UncoveredPillar, Thing::Pillar(id)) {
            continue;
        }
        let id = &pillar.document.id;
        diagnostics.push(
            Diagnostic::new(Code::UncoveredPillar, format!("no strategy serves the pillar `{id}`"))
                .at(pillar.document.place.clone(), "uncovered")
                .help(format!("name it in a strategy: pillars = [\"{id}\"]")),
        );
    }
}
