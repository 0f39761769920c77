//! Translations that have gone stale, and those that are of today's source again.

use super::{Both, Change, Sort, Subject, What};
use crate::playbook::translation::{State, Unit};
use crate::playbook::{Lang, Playbook};
use rustc_hash::FxHashMap;

pub fn translations(both: &Both<'_>, subjects: &mut Vec<Subject>) {
    let (then, now) = (both.then.playbook, both.now.playbook);
    let former: FxHashMap<String, &Unit> = then.translations.units.iter().map(|unit| (unit.name(), unit)).collect();
    for unit in &now.translations.units {
        let name = unit.name();
        let was = |tag: &str| {
            let language = then.settings.language_tagged(tag).filter(|language| *language != Lang::DEFAULT)?;
            Some(former.get(&name)?.rendition(language).state)
        };
        let changes: Vec<Change> = others(now)
            .filter_map(|(language, tag)| {
                let what = match (was(tag), unit.rendition(language).state) {
                    (Some(State::Stale), State::Stale) => return None,
                    (_, State::Stale) => What::Stale,
                    (Some(State::Stale), State::Current) => What::Current,
                    _ => return None,
                };
                Some(Change::new(what).of(tag))
            })
            .collect();
        if !changes.is_empty() {
            let path = unit.path.clone();
            subjects.push(Subject { sort: Sort::Translation, title: name.clone(), id: name, path, changes });
        }
    }
}

/// The languages that are translated into, with their tags.
fn others(playbook: &Playbook) -> impl Iterator<Item = (Lang, &str)> {
    playbook.settings.langs().skip(1).map(|language| (language, &*playbook.settings.language(language).tag))
}
