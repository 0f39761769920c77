//! What a reader of each language misses, page by page.

use super::{At, LinkView};
use crate::playbook::translation::{State, Unit};
use crate::playbook::{Id, Lang, Thing};
use crate::translate::{Drafts, tallies};
use rustc_hash::FxHashMap;
use serde::Serialize;
use std::sync::Arc;

/// How far the playbook is translated.
#[derive(Debug, Serialize)]
pub struct TranslationsView {
    /// The languages, in the order of the settings.
    pub languages: Vec<TranslatedView>,
}

/// How far it is in one language.
#[derive(Debug, Serialize)]
pub struct TranslatedView {
    /// Its tag, which is its anchor as well.
    pub lang: String,
    /// Its direction.
    pub dir: &'static str,
    /// Its own name for itself.
    pub name: String,
    /// How much of it is current, in words.
    pub percent: String,
    /// How many pages and texts there are in each state, the best first.
    pub states: Vec<StateView>,
    /// What is not current, in the order of the files.
    pub rows: Vec<OpenView>,
    /// How many more there are, in words.
    pub more: Option<String>,
}

/// How much is in a state.
#[derive(Debug, Serialize)]
pub struct StateView {
    /// The word of the command line.
    pub state: &'static str,
    /// In words.
    pub title: String,
    /// How many pages and texts.
    pub count: String,
}

/// A page, or something on one, that is not current.
#[derive(Debug, Serialize)]
pub struct OpenView {
    /// It, in the language whose reader misses it.
    pub link: LinkView,
    /// Its file.
    pub source: String,
    /// What is the matter, in words.
    pub facts: Vec<String>,
}

/// So many are listed of a language, and the rest counted.
const LINES: usize = 200;

/// How far the playbook is translated.
pub fn translations(at: &At<'_>) -> TranslationsView {
    let settings = &at.desk.playbook.settings;
    let things = Things::of(at);
    TranslationsView { languages: settings.langs().skip(1).map(|language| translated(at, language, &things)).collect() }
}

fn translated(at: &At<'_>, language: Lang, things: &Things) -> TranslatedView {
    let playbook = at.desk.playbook;
    let (_, whole) = tallies(&playbook.translations, language, Drafts::Counted);
    let number = |number: usize| at.locale().count(i64::try_from(number).unwrap_or(i64::MAX));
    let mut open: Vec<(Option<Thing>, &Unit, [usize; 4])> = Vec::new();
    for unit in &playbook.translations.units {
        let state = unit.rendition(language).state;
        if state == State::Current {
            continue;
        }
        let thing = things.of_unit(unit);
        // Texts of a thing stand together in their file; a page is told apart from texts beside it.
        let beside = |other: &Unit| other.path == unit.path && other.key.is_some() == unit.key.is_some();
        match open.last_mut().filter(|(last, other, _)| *last == thing && beside(other)) {
            Some((.., counts)) => counts[state as usize] += 1,
            None => {
                let mut counts = [0; 4];
                counts[state as usize] = 1;
                open.push((thing, unit, counts));
            }
        }
    }
    let row = |(thing, unit, counts): &(Option<Thing>, &Unit, [usize; 4])| OpenView {
        link: match thing {
            Some(thing) => LinkView { href: at.href_in(*thing, language, None), title: at.title(*thing) },
            None => LinkView { href: String::new(), title: super::Words::plain(&unit.name()) },
        },
        source: unit.path.to_string(),
        facts: [State::Stale, State::Unaccepted, State::Missing]
            .into_iter()
            .filter(|state| counts[*state as usize] > 0)
            .map(|state| match unit.key {
                Some(_) => {
                    at.tn(&format!("translations-{}-texts", state.name()), &[("count", counts[state as usize].into())])
                }
                None => at.t(&format!("translations-{}", state.name())),
            })
            .collect(),
    };
    let own = playbook.settings.language(language);
    TranslatedView {
        lang: own.tag.to_string(),
        dir: at.desk.locales[language.index()].direction(),
        name: own.name.to_string(),
        percent: at.tn("translations-percent", &[("percent", at.percent(whole.percent() as f64).into())]),
        states: State::ALL
            .into_iter()
            .map(|state| StateView {
                state: state.name(),
                title: at.t(&format!("translations-{}", state.name())),
                count: number(whole.of(state).units),
            })
            .collect(),
        rows: open.iter().take(LINES).map(row).collect(),
        more: (open.len() > LINES).then(|| at.tn("translations-more", &[("count", (open.len() - LINES).into())])),
    }
}

/// Where the words of a unit are shown.
struct Things {
    /// Documents and journeys, by file.
    files: FxHashMap<Arc<str>, Thing>,
    /// Stages and entries of registers, by file's kind and id.
    entries: FxHashMap<(&'static str, Arc<str>), Thing>,
    /// Stages, by journey's file and id.
    stages: FxHashMap<(Arc<str>, Arc<str>), Thing>,
}

impl Things {
    fn of(at: &At<'_>) -> Things {
        let playbook = at.desk.playbook;
        let mut things =
            Things { files: FxHashMap::default(), entries: FxHashMap::default(), stages: FxHashMap::default() };
        things.files.extend(playbook.documents().map(|(thing, document)| (document.path.clone(), thing)));
        for (id, journey) in Id::all(&playbook.journeys) {
            things.files.insert(journey.path.clone(), Thing::Journey(id));
            for (stage_id, stage) in journey.stage_ids(id).zip(&journey.stages) {
                things.stages.insert((journey.path.clone(), stage.id.clone()), Thing::Stage(stage_id));
            }
        }
        let mut add = |kind: &'static str, id: &Arc<str>, thing: Thing| {
            things.entries.insert((kind, id.clone()), thing);
        };
        Id::all(&playbook.promises).for_each(|(id, one)| add("promises", &one.id, Thing::Promise(id)));
        Id::all(&playbook.metrics).for_each(|(id, one)| add("metrics", &one.id, Thing::Metric(id)));
        Id::all(&playbook.departments).for_each(|(id, one)| add("departments", &one.id, Thing::Department(id)));
        Id::all(&playbook.channels).for_each(|(id, one)| add("channels", &one.id, Thing::Channel(id)));
        Id::all(&playbook.claims).for_each(|(id, one)| add("claims", &one.id, Thing::Claim(id)));
        Id::all(&playbook.terms).for_each(|(id, one)| add("glossary", &one.id, Thing::Term(id)));
        things
    }

    /// The page that shows a unit, or something on it.
    fn of_unit(&self, unit: &Unit) -> Option<Thing> {
        let file = self.files.get(&unit.path).copied();
        let Some(key) = &unit.key else { return file };
        let mut parts = parts(key);
        let first: Arc<str> = parts.next()?.into();
        if file.is_some() {
            let stage = (&*first == "stages").then(|| parts.next()).flatten();
            let stage = stage.and_then(|id| self.stages.get(&(unit.path.clone(), id.into())));
            return stage.copied().or(file);
        }
        let kinds = ["promises", "metrics", "departments", "channels", "claims", "glossary"];
        let kind = kinds.into_iter().find(|kind| *kind == unit.kind())?;
        self.entries.get(&(kind, first)).copied()
    }
}

/// The parts of a key as TOML writes it, without quotes.
fn parts(key: &str) -> impl Iterator<Item = &str> {
    let mut quoted = false;
    key.split(move |c: char| {
        quoted ^= c == '"';
        c == '.' && !quoted
    })
    .map(|part| part.trim_matches('"'))
}
