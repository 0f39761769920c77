//! Translations to a lock that says: these are of today's source.

use super::Book;
use crate::parse::lock::Lock;
use crate::playbook::Lang;
use crate::playbook::translation::{State, Unit};
use rustc_hash::FxHashSet;

/// What was accepted in a language.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Accepted {
    /// Units for the first time.
    pub new: usize,
    /// Units that had been stale.
    pub renewed: usize,
    /// Units that had been accepted before.
    pub unchanged: usize,
}

/// The lock with those of `units` accepted that are translated, by language; and without lines for what is translated no more.
pub fn accepted(book: &Book, units: &[&Unit], languages: &[Lang]) -> (Lock, Vec<Accepted>) {
    let mut lock = book.lock.clone();
    let mut counts = Vec::new();
    for language in languages {
        let mut count = Accepted::default();
        let tag = &book.settings.language(*language).tag;
        for unit in units {
            let state = unit.rendition(*language).state;
            match state {
                State::Missing => continue,
                State::Unaccepted => count.new += 1,
                State::Stale => count.renewed += 1,
                State::Current => count.unchanged += 1,
            }
            lock.set(tag, &unit.name(), unit.wording.version);
        }
        counts.push(count);
    }
    forget(&mut lock, book);
    (lock, counts)
}

/// Takes lines away for what is translated no more. Those of orphans stay: by them a renamed text is found.
pub fn forget(lock: &mut Lock, book: &Book) {
    let mut translated: FxHashSet<(&str, String)> = FxHashSet::default();
    for unit in &book.translations.units {
        for language in book.settings.langs().skip(1) {
            if unit.rendition(language).place.is_some() {
                translated.insert((&book.settings.language(language).tag, unit.name()));
            }
        }
    }
    for orphan in &book.translations.orphans {
        translated.insert((&book.settings.language(orphan.language).tag, orphan.name.clone()));
    }
    lock.retain(&|language, unit| translated.contains(&(language, unit.to_string())));
}
