//! Words that nobody can verify or keep lean on a promise that somebody can, or are none.

use super::Checked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::playbook::prose::{Aside, Body, DirectiveKind, Piece};
use crate::playbook::{Settings, Thing};
use std::collections::BTreeSet;

pub(super) fn vague_promise(context: &Checked<'_>, diagnostics: &mut Diagnostics) {
    let settings = &context.playbook.settings;
    // Personas speak in their own words.
    for (_, document) in context.playbook.documents().filter(|(thing, _)| !matches!(thing, Thing::Persona(_))) {
        let around = Around { customers: settings.is_customer_facing(&document.audience), script: false };
        for body in document.body.all().map(|said| &*said.value.body) {
            for vague in
                said_to_customers(body, around, settings).into_iter().map(|number| &body.vague[number as usize])
            {
                if !vague.leans {
                    diagnostics.push(
                        Diagnostic::new(
                            Code::VaguePromise,
                            format!("`{}` tells customers what nobody can check", vague.word),
                        )
                        .at(vague.place.clone(), "leans on no promise")
                        .help("say the number, or link the promise: `[one working day](promise:reply-within-a-day)`"),
                    );
                }
            }
        }
    }
}

/// Who hears the words at some point of a body.
#[derive(Clone, Copy)]
struct Around {
    /// The innermost audience is written for customers.
    customers: bool,
    /// They are words to say to a customer.
    script: bool,
}

/// Numbers of the vague words that customers read or hear. Footnotes are heard where they are referred to.
fn said_to_customers(body: &Body, around: Around, settings: &Settings) -> BTreeSet<u32> {
    let mut found = BTreeSet::new();
    if body.vague.is_empty() {
        return found;
    }
    let mut notes = BTreeSet::new();
    let mut lists: Vec<(&[Piece], Around)> = vec![(&body.pieces, around)];
    while let Some((pieces, around)) = lists.pop() {
        let mut open = vec![around];
        for piece in pieces {
            let here = *open.last().unwrap_or(&around);
            match piece {
                Piece::Open(number) => open.push(match &body.directives[*number as usize].kind {
                    DirectiveKind::Audience(only) => Around { customers: settings.is_customer_facing(only), ..here },
                    DirectiveKind::Aside(Aside::Script, _) => Around { script: true, ..here },
                    _ => here,
                }),
                Piece::Close => _ = open.pop(),
                Piece::Checklist(number) => {
                    let list = &body.checklists[*number as usize];
                    lists.push((&list.lead, here));
                    lists.extend(list.items.iter().map(|item| (&*item.pieces, here)));
                }
                Piece::Note(number) if notes.insert((*number, here.customers || here.script)) => {
                    lists.push((&body.footnotes[*number as usize].pieces, here));
                }
                Piece::Vague(number) if here.customers || here.script => _ = found.insert(*number),
                _ => {}
            }
        }
    }
    found
}
