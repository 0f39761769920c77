//! How far a playbook is translated, and what goes to translators and comes back: values in, values out. What is missing or
//! stale is known from [`Translations`]; this module counts it, says it, accepts it, and carries words to other programs.

pub mod accept;
pub mod difference;
pub mod export;
pub mod import;
pub mod markup;
pub mod overlay;
pub mod parcel;
pub mod pieces;
pub mod po;
pub mod status;
pub mod texts;
pub mod xliff;

use crate::parse::lock::Lock;
use crate::playbook::translation::{State, Translations, Unit};
use crate::playbook::{Lang, Settings};
use crate::source::Place;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// A playbook as translators see it: all of its audiences, drafts as well.
pub struct Book {
    /// Its settings.
    pub settings: Settings,
    /// What there is to translate.
    pub translations: Translations,
    /// What was accepted.
    pub lock: Lock,
}

/// How many units, and how many words they have.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Count {
    /// Pages and texts.
    pub units: usize,
    /// Words of the source.
    pub words: u64,
}

impl Count {
    fn add(&mut self, unit: &Unit) {
        self.units += 1;
        self.words += u64::from(unit.wording.words);
    }
}

/// How far something is translated.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// By [`State`], in the order of [`State::ALL`].
    pub states: [Count; 4],
    /// Translations of nothing.
    pub orphaned: usize,
}

impl Tally {
    /// What is in a state.
    pub fn of(&self, state: State) -> Count {
        self.states[state as usize]
    }

    /// All there is to translate.
    pub fn all(&self) -> Count {
        let sum = |a: Count, b: &Count| Count { units: a.units + b.units, words: a.words + b.words };
        self.states.iter().fold(Count::default(), sum)
    }

    /// How many hundredths of the words are current, rounded down: 100 only where nothing is left to do.
    pub fn percent(&self) -> u64 {
        let (current, all) = (self.of(State::Current), self.all());
        if current.units == all.units {
            return 100;
        }
        (current.words * 100).checked_div(all.words).unwrap_or(0).min(99)
    }

    fn add(&mut self, other: &Tally) {
        for (sum, count) in self.states.iter_mut().zip(&other.states) {
            sum.units += count.units;
            sum.words += count.words;
        }
        self.orphaned += other.orphaned;
    }
}

/// A language's tallies by kind, in the order of the first file of a kind, and all of them together.
pub fn tallies(translations: &Translations, language: Lang, drafts: Drafts) -> (Vec<(&str, Tally)>, Tally) {
    let mut kinds: Vec<(&str, Tally)> = Vec::new();
    for unit in translations.units.iter().filter(|unit| drafts == Drafts::Counted || !unit.draft) {
        let index = index_of(&mut kinds, unit.kind());
        kinds[index].1.states[unit.rendition(language).state as usize].add(unit);
    }
    let mut whole = Tally::default();
    for (_, tally) in &kinds {
        whole.add(tally);
    }
    whole.orphaned = translations.orphans.iter().filter(|orphan| orphan.language == language).count();
    (kinds, whole)
}

fn index_of<'k>(kinds: &mut Vec<(&'k str, Tally)>, kind: &'k str) -> usize {
    kinds.iter().position(|(known, _)| *known == kind).unwrap_or_else(|| {
        kinds.push((kind, Tally::default()));
        kinds.len() - 1
    })
}

/// Whether pages count that are drafts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drafts {
    /// They wait until their authors have done.
    Waiting,
    /// They do.
    Counted,
}

/// Places to lines; a file is read once.
pub struct Lines<'r> {
    read: &'r dyn Fn(&str) -> Option<Arc<str>>,
    known: FxHashMap<Arc<str>, Vec<usize>>,
}

impl<'r> Lines<'r> {
    /// Lines of files that `read` gives.
    pub fn new(read: &'r dyn Fn(&str) -> Option<Arc<str>>) -> Lines<'r> {
        Lines { read, known: FxHashMap::default() }
    }

    /// The line of a place, from 1.
    pub fn at(&mut self, place: &Place) -> usize {
        if place.start == 0 {
            return 1;
        }
        let starts = self.known.entry(place.path.clone()).or_insert_with(|| {
            let text = (self.read)(&place.path).unwrap_or_default();
            memchr::memchr_iter(b'\n', text.as_bytes()).collect()
        });
        starts.partition_point(|newline| *newline < place.start as usize) + 1
    }
}

/// The units that a path, a unit's name or `path:line` means; `None` where it means nothing. A folder means all in it.
pub fn meant<'t>(translations: &'t Translations, wanted: &str, lines: &mut Lines<'_>) -> Option<Vec<&'t Unit>> {
    let unquoted = |name: &str| name.replace('"', "");
    let wanted = wanted.strip_prefix("./").unwrap_or(wanted).trim_end_matches('/');
    let (path, line) = match wanted.rsplit_once(':') {
        Some((path, line)) if !line.is_empty() => match line.parse::<usize>() {
            Ok(line) => (path, Some(line)),
            Err(_) => (wanted, None),
        },
        _ => (wanted, None),
    };
    let mut at = |place: &Place| &*place.path == path && line.is_none_or(|line| lines.at(place) == line);
    let below = |file: &str| file.strip_prefix(path).is_some_and(|rest| rest.starts_with('/'));
    let found: Vec<&Unit> = translations
        .units
        .iter()
        .filter(|unit| {
            unquoted(&unit.name()) == unquoted(wanted)
                || at(&unit.place)
                || unit.renditions.iter().filter_map(|one| one.place.as_ref()).any(&mut at)
                || (line.is_none() && below(&unit.path))
        })
        .collect();
    (!found.is_empty()).then_some(found)
}

/// The language called `tag`, which must be another than the default one.
///
/// # Errors
/// A sentence about what there is instead.
pub fn language(settings: &Settings, tag: &str) -> Result<Lang, String> {
    match settings.language_tagged(tag) {
        Some(Lang::DEFAULT) => Err(format!("`{tag}` is the language that this playbook is written in")),
        Some(language) => Ok(language),
        None => {
            let known = || settings.languages.iter().skip(1).map(|language| &*language.tag);
            let hint = match crate::diagnostic::nearest(tag, known()) {
                Some(near) => format!("did you mean `{near}`?"),
                None if known().next().is_none() => "it has one language".to_string(),
                None => format!("there are {}", known().collect::<Vec<_>>().join(", ")),
            };
            Err(format!("`{tag}` is no language of this playbook: {hint}"))
        }
    }
}

/// Line and unit as findings and lists name them: `content/promises.toml:4 reply.text`.
pub fn located(path: &str, line: usize, key: Option<&str>) -> String {
    match key {
        Some(key) => format!("{path}:{line} {key}"),
        None => format!("{path}:{line}"),
    }
}
