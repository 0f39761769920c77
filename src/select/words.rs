//! What an edition shows to the words that it needs: departments, channels and terms are no content, they appear wherever
//! something visible names them. Where some readers see less than others, those that nothing visible names stay away, for a
//! word such as the name of a planned department says as much as a page.

use super::{LeftOut, Why, kind_of, typed};
use crate::parse::draft::{Draft, Leaf, OverlayDraft, Prosed, ThingDraft};
use crate::parse::id::normalised;
use crate::playbook::prose::{Body, DirectiveKind, LinkTo, Name, Piece, TypedKind};
use crate::playbook::{Kind, Settings};
use rustc_hash::FxHashSet;

type Named = FxHashSet<(TypedKind, String)>;

/// Takes the words away that nothing visible names, where the edition is not for everybody who reads any.
pub(super) fn leave_out_words(drafts: &mut [Draft], settings: &Settings, left_out: &mut LeftOut) {
    if settings.audiences.iter().all(|audience| settings.sees(&settings.edition, &audience.name)) {
        return;
    }
    let mut named = Named::default();
    for draft in drafts.iter() {
        match draft {
            Draft::Document(document) => {
                document.front.departments.iter().for_each(|name| key(&mut named, TypedKind::Department, Some(name)));
                let lists = document.front.persona.iter().flat_map(|persona| persona.lists());
                lists.flatten().for_each(|line| prose(&mut named, Some(line)));
                document.texts.iter().for_each(|texts| letters(&mut named, texts, left_out));
                body(&mut named, &document.body);
            }
            Draft::Journey(journey) => {
                prose(&mut named, journey.summary.as_ref());
                journey.objectives.iter().for_each(|objective| prose(&mut named, objective.text.as_ref()));
                for stage in &journey.stages {
                    prose(&mut named, stage.goal.as_ref());
                    prose(&mut named, stage.summary.as_ref());
                    stage.checklist.iter().for_each(|item| prose(&mut named, item.text.as_ref()));
                    for touchpoint in &stage.touchpoints {
                        key(&mut named, TypedKind::Department, touchpoint.department.as_ref());
                        key(&mut named, TypedKind::Channel, touchpoint.channel.as_ref());
                        let lines =
                            [&touchpoint.action, &touchpoint.thought, &touchpoint.intent, &touchpoint.perceived];
                        lines.into_iter().for_each(|line| prose(&mut named, line.as_ref()));
                        let lists =
                            [&touchpoint.pains, &touchpoint.barriers, &touchpoint.drop_offs, &touchpoint.backstage];
                        lists.into_iter().flatten().for_each(|line| prose(&mut named, Some(line)));
                        touchpoint.opportunities.iter().for_each(|one| prose(&mut named, Some(&one.text)));
                    }
                }
            }
            Draft::Register(register) => {
                for entry in &register.entries {
                    match &entry.thing {
                        ThingDraft::Promise(promise) => {
                            key(&mut named, TypedKind::Department, promise.department.as_ref());
                            key(&mut named, TypedKind::Channel, promise.channel.as_ref());
                            prose(&mut named, promise.text.as_ref());
                            promise.history.iter().for_each(|entry| prose(&mut named, entry.note.as_ref()));
                        }
                        ThingDraft::Claim(claim) => prose(&mut named, claim.text.as_ref()),
                        _ => {}
                    }
                }
            }
            Draft::Overlay(overlay) => letters(&mut named, overlay, left_out),
        }
    }
    // A word that is shown may lean on other words.
    loop {
        let before = named.len();
        for entry in registers(drafts) {
            let shown = kind_of(&entry.thing).is_some_and(|kind| named.contains(&(kind, entry.id.to_string())));
            match &entry.thing {
                ThingDraft::Desk(_, desk) if shown => prose(&mut named, desk.description.as_ref()),
                ThingDraft::Term(term) if shown => prose(&mut named, term.meaning.as_ref()),
                _ => {}
            }
        }
        if named.len() == before {
            break;
        }
    }
    for draft in drafts {
        let Draft::Register(register) = draft else { continue };
        let path = register.path.clone();
        register.entries.retain(|entry| {
            let Some(kind) = kind_of(&entry.thing) else { return true };
            let is_word = matches!(entry.thing, ThingDraft::Desk(..) | ThingDraft::Term(_));
            let stays = !is_word || named.contains(&(kind, entry.id.to_string()));
            if !stays {
                left_out.keys.insert((path.clone(), (*entry.id).into()));
                left_out.names.insert((kind, (*entry.id).into()), Why::Audience);
            }
            stays
        });
    }
}

/// Translations are not yet read; what they alone name is found in their letters.
fn letters(named: &mut Named, overlay: &OverlayDraft, left_out: &LeftOut) {
    let is_here = |leaf: &&Leaf| !left_out.keys.contains(&(overlay.translates.clone(), leaf.key.clone()));
    for text in overlay.leaves.iter().filter(is_here).filter_map(|leaf| leaf.text.as_ref()) {
        for kind in [TypedKind::Department, TypedKind::Channel, TypedKind::Term] {
            for after in text.value.split(&format!("({}:", kind.name())).skip(1) {
                named.insert((kind, normalised(after.split([')', '#', ' ']).next().unwrap_or(after))));
            }
        }
    }
}

fn registers(drafts: &[Draft]) -> impl Iterator<Item = &crate::parse::draft::EntryDraft> {
    drafts.iter().flat_map(|draft| match draft {
        Draft::Register(register) => register.entries.as_slice(),
        _ => &[],
    })
}

fn key(named: &mut Named, kind: TypedKind, name: Option<&Name>) {
    named.extend(name.map(|name| (kind, normalised(&name.value))));
}

fn prose(named: &mut Named, prosed: Option<&Prosed>) {
    if let Some(prosed) = prosed {
        body(named, &prosed.text.source.value);
    }
}

fn body(named: &mut Named, body: &Body) {
    pieces(named, body, &body.pieces);
}

fn pieces(named: &mut Named, body: &Body, all: &[Piece]) {
    for piece in all {
        match piece {
            Piece::Link(number) => link(named, &body.links[*number as usize].to),
            Piece::Open(number) | Piece::Embed(number) => {
                if let DirectiveKind::Promises { department, .. } = &body.directives[*number as usize].kind {
                    key(named, TypedKind::Department, department.as_ref());
                }
            }
            Piece::Checklist(number) => {
                let list = &body.checklists[*number as usize];
                pieces(named, body, &list.lead);
                list.items.iter().for_each(|item| pieces(named, body, &item.pieces));
            }
            Piece::Note(number) => {
                // Only links are looked for: a note that refers to itself would never end.
                for piece in &body.footnotes[*number as usize].pieces {
                    if let Piece::Link(number) = piece {
                        link(named, &body.links[*number as usize].to);
                    }
                }
            }
            _ => {}
        }
    }
}

fn link(named: &mut Named, to: &LinkTo) {
    match to {
        LinkTo::Typed(kind, id, _) => {
            named.insert((*kind, normalised(id)));
        }
        // `/departments/support/`, `../glossary.toml#churn`
        LinkTo::Address(path, anchor) | LinkTo::File(path, anchor) => {
            let mut parts = path.split('/').filter(|part| !matches!(*part, "" | "." | ".."));
            let folder = parts.next().unwrap_or("");
            let folder = folder.strip_suffix(".toml").unwrap_or(folder);
            if let Some(kind) = Kind::of_folder(folder).and_then(typed) {
                named.extend(parts.next().or(anchor.as_deref()).map(|id| (kind, normalised(id))));
            }
        }
        _ => {}
    }
}
