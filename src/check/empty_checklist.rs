//! A checklist without items looks done before it is begun.

use super::Checked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::playbook::{ChecklistHome, Prose};
use crate::source::Place;

pub(super) fn empty_checklist(context: &Checked<'_>, diagnostics: &mut Diagnostics) {
    let documents = context.playbook.documents().flat_map(|(_, document)| empty_in(&document.body.source.value));
    let of_stage = |home| matches!(home, ChecklistHome::Stage(_));
    let stages = context.playbook.checklists.iter().filter(|list| of_stage(list.home) && list.items.is_empty());
    for place in documents.chain(stages.map(|list| &list.place)) {
        diagnostics.push(
            Diagnostic::new(Code::EmptyChecklist, "this checklist has no item")
                .at(place.clone(), "nothing to tick")
                .help("write items such as `- [ ] Every price is final {#final-price}`, or take it out"),
        );
    }
}

/// Prose is asked, not the register: an item without id is none there, and has had its finding.
fn empty_in(prose: &Prose) -> impl Iterator<Item = &Place> {
    let shown = prose.body.checklists.iter().zip(prose.checklists.iter()).filter(|(_, id)| id.is_some());
    shown.filter(|(list, _)| list.items.is_empty()).map(|(list, _)| &list.place)
}
