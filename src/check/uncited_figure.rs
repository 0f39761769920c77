//! A figure without its source is hearsay, and the misquoted ones are quoted most.

use super::Checked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::playbook::prose::{Body, Piece};
use std::collections::BTreeSet;

pub(super) fn uncited_figure(context: &Checked<'_>, diagnostics: &mut Diagnostics) {
    for (_, document) in context.playbook.documents() {
        for body in document.body.all().map(|said| &*said.value.body).filter(|body| !body.figures.is_empty()) {
            for figure in shown(body).into_iter().map(|number| &body.figures[number as usize]) {
                diagnostics.push(
                    Diagnostic::new(Code::UncitedFigure, format!("`{}` names no source", figure.value))
                        .at(figure.place.clone(), "who found that out?")
                        .help("link a claim, `[86 %](claim:sprout-transparency-86)`, or a metric of your own"),
                );
            }
        }
    }
}

/// Numbers of the figures that this edition shows.
fn shown(body: &Body) -> BTreeSet<u32> {
    let mut found = BTreeSet::new();
    let mut notes = BTreeSet::new();
    let mut lists: Vec<&[Piece]> = vec![&body.pieces];
    while let Some(pieces) = lists.pop() {
        for piece in pieces {
            match piece {
                Piece::Figure(number) => _ = found.insert(*number),
                Piece::Checklist(number) => {
                    let list = &body.checklists[*number as usize];
                    lists.push(&list.lead);
                    lists.extend(list.items.iter().map(|item| &*item.pieces));
                }
                Piece::Note(number) if notes.insert(*number) => {
                    lists.push(&body.footnotes[*number as usize].pieces);
                }
                _ => {}
            }
        }
    }
    found
}
