//! Owners and tags that the settings translate to findings about those that there are not: most often the name was misspelt, or
//! changed where it is used. Everything is looked at, whichever edition is made.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::parse::draft::{Draft, ThingDraft};
use crate::playbook::settings::Names;
use crate::playbook::{Language, Settings};
use rustc_hash::FxHashSet;

/// Names in `[languages.TAG.owners]` that nothing is owned by, and in `[languages.TAG.tags]` that nothing is tagged with.
pub(super) fn unknown_names<'d>(
    drafts: impl Iterator<Item = &'d Draft>,
    settings: &Settings,
    diagnostics: &mut Diagnostics,
) {
    if settings.languages.iter().all(|language| language.owners.is_empty() && language.tags.is_empty()) {
        return;
    }
    let (mut owners, mut tags) = (FxHashSet::default(), FxHashSet::default());
    for draft in drafts {
        owned(draft, &mut |owner| {
            owners.insert(owner.trim());
        });
        if let Draft::Document(document) = draft {
            tags.extend(document.front.tags.iter().map(|tag| tag.trim()));
        }
    }
    let mut strangers = |of: fn(&Language) -> &Names, known: &FxHashSet<&str>, message: &str| {
        for (name, called) in settings.languages.iter().flat_map(of).filter(|(name, _)| !known.contains(&***name)) {
            diagnostics.push(
                Diagnostic::new(Code::UnknownName, format!("{message} `{name}`"))
                    .at(called.place.clone(), "nothing is called so")
                    .did_you_mean(name, known.iter().copied()),
            );
        }
    };
    strangers(|language| &language.owners, &owners, "nothing is owned by");
    strangers(|language| &language.tags, &tags, "nothing has the tag");
}

/// Every owner that a draft names.
fn owned<'d>(draft: &'d Draft, visit: &mut dyn FnMut(&'d str)) {
    match draft {
        Draft::Document(document) if document.translates.is_none() => {
            let lists = document.body.checklists.iter().filter_map(|list| list.owner.as_deref());
            document.front.review.owner.as_deref().into_iter().chain(lists).for_each(visit);
        }
        Draft::Journey(journey) => {
            journey.review.owner.as_deref().into_iter().for_each(&mut *visit);
            for stage in &journey.stages {
                let opportunities = stage.touchpoints.iter().flat_map(|touchpoint| &touchpoint.opportunities);
                opportunities.filter_map(|one| one.owner.as_deref()).for_each(&mut *visit);
                stage.checklist.iter().filter_map(|item| item.owner.as_deref()).for_each(&mut *visit);
            }
        }
        Draft::Register(register) => {
            let owner = |thing: &'d ThingDraft| match thing {
                ThingDraft::Promise(promise) => promise.review.owner.as_deref(),
                ThingDraft::Desk(_, desk) => desk.owner.as_deref(),
                _ => None,
            };
            register.entries.iter().filter_map(|entry| owner(&entry.thing)).for_each(visit);
        }
        Draft::Document(_) | Draft::Overlay(_) => {}
    }
}
