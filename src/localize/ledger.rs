//! Sources and their translations to [`Translations`]: which are of today's source, which are stale, which are missing.

use super::{Overlaid, Slot, Visit};
use crate::diagnostic::nearest;
use crate::parse::draft::{DocumentDraft, Line};
use crate::parse::fields::{KEY_SEPARATOR, dotted};
use crate::parse::lock::Lock;
use crate::playbook::translation::{Form, Orphan, Rendition, State, Translations, Unit, Wording, name};
use crate::playbook::{Lang, Settings, is_address, is_currency};
use crate::source::Place;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// The units of an edition, while translations are laid over them. In a playbook of one language it writes nothing down.
pub struct Ledger<'a> {
    settings: &'a Settings,
    lock: &'a Lock,
    units: Vec<Unit>,
    /// Texts of TOML files and of personas, by file and key.
    texts: FxHashMap<(Arc<str>, Box<str>), usize>,
    /// Markdown files that are drafts: sources and translations.
    drafts: FxHashSet<Arc<str>>,
    orphans: Vec<(Place, String)>,
}

impl<'a> Ledger<'a> {
    /// A new one.
    pub fn new(settings: &'a Settings, lock: &'a Lock) -> Ledger<'a> {
        let (texts, drafts) = (FxHashMap::default(), FxHashSet::default());
        Ledger { settings, lock, units: Vec::new(), texts, drafts, orphans: Vec::new() }
    }

    /// Whether nothing is written down, since there is one language.
    pub fn is_idle(&self) -> bool {
        self.settings.languages.len() < 2
    }

    fn nothing_yet(&self) -> Vec<Rendition> {
        let missing = Rendition { state: State::Missing, place: None, lacks: Vec::new() };
        vec![missing; self.settings.languages.len() - 1]
    }

    /// From which source a translation was made, as far as the lock says.
    fn state(&self, language: Lang, unit: &str, wording: Wording) -> State {
        match self.lock.versions(&self.settings.language(language).tag, unit) {
            None => State::Unaccepted,
            Some(versions) if versions.contains(&wording.version) => State::Current,
            Some(_) => State::Stale,
        }
    }

    /// A Markdown file with its translations.
    pub fn page(&mut self, draft: &DocumentDraft, overlays: Vec<Arc<DocumentDraft>>) -> Vec<Overlaid> {
        let all = overlays.iter().map(|overlay| &**overlay).chain([draft]);
        self.drafts.extend(all.filter(|one| one.front.draft == Some(true)).map(|one| one.path.clone()));
        if self.is_idle() || !draft.wording.speaks {
            return overlays.into_iter().map(|draft| Overlaid { draft, stale: false }).collect();
        }
        let mut renditions = self.nothing_yet();
        let mut overlaid = Vec::with_capacity(overlays.len());
        for overlay in overlays {
            let state = self.state(overlay.language, &draft.path, draft.wording);
            let lacks = lacks(draft, &overlay);
            let is_there = lacks.is_empty() && overlay.front.draft != Some(true);
            renditions[overlay.language.index() - 1] = Rendition {
                state: if is_there { state } else { State::Missing },
                place: Some(Place::file(&overlay.path)),
                lacks,
            };
            overlaid.push(Overlaid { stale: state == State::Stale, draft: overlay });
        }
        self.units.push(Unit {
            path: draft.path.clone(),
            key: None,
            form: Form::Page,
            place: Place::file(&draft.path),
            wording: draft.wording,
            draft: draft.front.draft == Some(true),
            renditions,
        });
        overlaid
    }

    /// The texts of a TOML file or of a persona, which `each` visits.
    pub fn file(&mut self, path: &Arc<str>, each: &mut dyn FnMut(Visit<'_>)) {
        if self.is_idle() {
            return;
        }
        each(&mut |slot| {
            let (key, form, wording, place) = match slot {
                Slot::Fixed(_) => return,
                Slot::Words(words) => {
                    let said = &words.text.source;
                    if is_the_same_everywhere(&words.key, &said.value) {
                        return;
                    }
                    (&words.key, Form::Plain, Wording::of(&[&said.value]), said.place.clone())
                }
                Slot::Prosed(prosed) => {
                    let form = if prosed.line == Line::Inline { Form::Line } else { Form::Prose };
                    (&prosed.key, form, prosed.wording, prosed.text.source.place.clone())
                }
            };
            let known = (path.clone(), canonical(key).into());
            if !wording.speaks || is_name(key) || self.texts.contains_key(&known) {
                return;
            }
            let renditions = self.nothing_yet();
            let key = Some(dotted(&known.1).into());
            self.texts.insert(known, self.units.len());
            let draft = self.drafts.contains(path);
            self.units.push(Unit { path: path.clone(), key, form, place, wording, draft, renditions });
        });
    }

    /// A text of `path` stands at `place` in another language. Whether it is older than its source.
    pub fn rendered(&mut self, path: &Arc<str>, key: &str, language: Lang, place: &Place) -> bool {
        let Some(index) = self.texts.get(&(path.clone(), canonical(key).into())).copied() else { return false };
        let unit = &self.units[index];
        let state = self.state(language, &unit.name(), unit.wording);
        let is_draft = self.drafts.contains(&place.path);
        self.units[index].renditions[language.index() - 1] = Rendition {
            state: if is_draft { State::Missing } else { state },
            place: Some(place.clone()),
            lacks: Vec::new(),
        };
        state == State::Stale
    }

    /// What stands at `place` would translate a unit that there is not.
    pub fn orphaned(&mut self, place: Place, unit: String) {
        if !self.is_idle() {
            self.orphans.push((place, unit));
        }
    }

    /// Everything that was written down.
    pub fn closed(mut self) -> Translations {
        self.units.sort_by(|a, b| a.path.cmp(&b.path).then(a.place.start.cmp(&b.place.start)));
        let orphans = std::mem::take(&mut self.orphans);
        let mut suggestions = SUGGESTIONS;
        let mut orphans: Vec<Orphan> = orphans
            .into_iter()
            .map(|(place, unit)| {
                let language = language_of(&place.path, self.settings);
                let renamed = (suggestions > 0).then(|| self.renamed(language, &unit)).flatten();
                suggestions = suggestions.saturating_sub(1);
                Orphan { language, place, name: unit, renamed }
            })
            .collect();
        orphans.sort_by(|a, b| (a.language, &a.place).cmp(&(b.language, &b.place)));
        Translations { units: self.units, orphans }
    }

    /// How a unit that there is not is called today: the missing one with the words that the orphan was made from is the one
    /// that was renamed; else it may be the one that is called nearly so.
    fn renamed(&self, language: Lang, unit: &str) -> Option<String> {
        let tag = &self.settings.language(language).tag;
        let missing = || self.units.iter().filter(|unit| unit.rendition(language).place.is_none());
        let same_words = self.lock.versions(tag, unit).and_then(|versions| {
            let mut alike = missing().filter(|unit| versions.contains(&unit.wording.version));
            // Of two texts with the same words nobody knows which it was.
            let first = alike.next()?;
            alike.next().is_none().then(|| first.name())
        });
        same_words.or_else(|| match unit.split_once('#') {
            Some((path, key)) => {
                let beside = missing().filter(|unit| &*unit.path == path).filter_map(|unit| unit.key.as_deref());
                nearest(key, beside).map(|near| name(path, Some(near)))
            }
            None => {
                let pages = missing().filter(|unit| unit.key.is_none()).map(|unit| &*unit.path);
                nearest(unit, pages).map(str::to_string)
            }
        })
    }
}

/// So many orphans get a suggestion: each looks at every unit there is.
const SUGGESTIONS: usize = 50;

/// Whether a text is the `source` of a claim: the names of works stay in their language.
fn is_name(key: &str) -> bool {
    key.rsplit_once(KEY_SEPARATOR).is_some_and(|(_, last)| last == "source")
}

/// Whether words are no language's: an address, or a unit that is money, which each language writes its own way by itself.
fn is_the_same_everywhere(key: &str, words: &str) -> bool {
    let is_unit = || key.rsplit_once(KEY_SEPARATOR).is_some_and(|(_, last)| last == "unit");
    is_address(words) || (is_currency(words) && is_unit())
}

/// What a page's translation lacks of what its source has.
fn lacks(source: &DocumentDraft, overlay: &DocumentDraft) -> Vec<&'static str> {
    let parts = [
        ("title", source.title.is_some(), overlay.title.is_some()),
        ("description", source.front.description.is_some(), overlay.front.description.is_some()),
        ("prose", !source.body.pieces.is_empty(), !overlay.body.pieces.is_empty()),
    ];
    parts.into_iter().filter(|(_, wanted, given)| *wanted && !*given).map(|(part, ..)| part).collect()
}

/// An opportunity may be a text or a table with one; both are one unit.
pub fn canonical(key: &str) -> &str {
    let plain = key.strip_suffix("text").and_then(|key| key.strip_suffix(KEY_SEPARATOR));
    let is_opportunity = |key: &&str| {
        let mut parts = key.rsplit(KEY_SEPARATOR);
        parts.next().is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
            && parts.next() == Some("opportunities")
    };
    plain.filter(is_opportunity).unwrap_or(key)
}

/// The language that an overlay's name ends in.
fn language_of(path: &str, settings: &Settings) -> Lang {
    let stem = path.strip_suffix(".md").or_else(|| path.strip_suffix(".toml")).unwrap_or(path);
    let tag = stem.rsplit_once('.').map_or("", |(_, tag)| tag);
    settings.language_tagged(tag).unwrap_or(Lang::DEFAULT)
}
