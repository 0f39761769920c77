//! Drafts to drafts in all languages: every translation is laid over its source, text by text.
//!
//! A text keeps all its languages; which one a reader sees is decided where it is shown, along the fallback chain. So one
//! model serves every language, names are looked up once, and a finding is made once.

mod ledger;

pub use ledger::canonical;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::parse::draft::{
    DocumentDraft, Draft, JourneyDraft, Leaf, OverlayDraft, PersonaDraft, Prosed, RegisterDraft, ThingDraft, Words,
};
use crate::parse::fields::{KEY_SEPARATOR, dotted};
use crate::parse::lock::Lock;
use crate::parse::tree::Entry;
use crate::parse::{Dialect, markdown};
use crate::playbook::text::Said;
use crate::playbook::translation::{Translations, name};
use crate::playbook::{Extra, Lang, Settings, Text, is_address};
use crate::select::{LeftOut, Selection};
use crate::source::{Place, Spanned};
use ledger::Ledger;
use rustc_hash::FxHashMap;
use std::borrow::Cow;
use std::sync::Arc;

/// The drafts of an edition, each with its translations.
#[derive(Debug, Default)]
pub struct Localized {
    /// Markdown files.
    pub documents: Vec<LocalizedDocument>,
    /// Journeys, in the order of their files.
    pub journeys: Vec<JourneyDraft>,
    /// Registers, in the order of their files.
    pub registers: Vec<RegisterDraft>,
    /// What was left out.
    pub left_out: LeftOut,
    /// What there is to translate, and how far that is.
    pub translations: Translations,
}

/// A Markdown file with its translations. Its texts are put together where they are asked for: ten thousand of these pass
/// through several hands, and most have nothing to put together.
#[derive(Debug, Clone)]
pub struct LocalizedDocument {
    /// The source.
    pub draft: Arc<DocumentDraft>,
    /// Its translations.
    pub overlays: Vec<Overlaid>,
    /// Of a persona what it says of itself, in all languages.
    pub persona: Option<Arc<PersonaDraft>>,
}

/// A translation of a Markdown file.
#[derive(Debug, Clone)]
pub struct Overlaid {
    /// Its file.
    pub draft: Arc<DocumentDraft>,
    /// Whether it is older than its source.
    pub stale: bool,
}

impl Overlaid {
    /// Whether both are the same in memory, and as old.
    pub fn is_same(&self, other: &Overlaid) -> bool {
        Arc::ptr_eq(&self.draft, &other.draft) && self.stale == other.stale
    }
}

/// Lays the selection's translations over their sources. The lock says which of them are stale.
pub fn localize(
    selection: Selection,
    settings: &Settings,
    dialect: &Dialect,
    lock: &Lock,
    diagnostics: &mut Diagnostics,
) -> Localized {
    let mut localized = Localized { left_out: selection.left_out, ..Localized::default() };
    let mut ledger = Ledger::new(settings, lock);
    let mut document_overlays: FxHashMap<Arc<str>, Vec<Arc<DocumentDraft>>> = FxHashMap::default();
    let mut toml_overlays: FxHashMap<Arc<str>, Vec<Arc<OverlayDraft>>> = FxHashMap::default();
    let mut sources = Vec::new();
    for draft in selection.drafts {
        match draft {
            Draft::Document(document) => match document.translates.clone() {
                Some(source) => document_overlays.entry(source).or_default().push(document),
                None => sources.push(document),
            },
            Draft::Journey(journey) => localized.journeys.push(*journey),
            Draft::Register(register) => localized.registers.push(*register),
            Draft::Overlay(overlay) => toml_overlays.entry(overlay.translates.clone()).or_default().push(overlay),
        }
    }
    for draft in sources {
        let overlays = match document_overlays.is_empty() {
            true => Vec::new(),
            false => document_overlays.remove(&draft.path).unwrap_or_default(),
        };
        let overlays = ledger.page(&draft, overlays);
        let persona = draft.front.persona.clone();
        let mut document = LocalizedDocument { draft, overlays, persona };
        document.check_keys(diagnostics);
        if let Some(persona) = document.persona.as_mut().filter(|_| !ledger.is_idle()) {
            let persona = Arc::make_mut(persona);
            ledger.file(&document.draft.path, &mut |visit| visit_persona(persona, visit));
        }
        localized.documents.push(document);
    }
    for journey in &mut localized.journeys {
        ledger.file(&journey.path.clone(), &mut |visit| visit_journey(journey, visit));
    }
    for register in &mut localized.registers {
        ledger.file(&register.path.clone(), &mut |visit| visit_register(register, visit));
    }
    let mut lay = Laying { dialect, settings, diagnostics, ledger: &mut ledger, suggestions: SUGGESTIONS };
    for document in &mut localized.documents {
        let texts: Vec<_> = document.overlays.iter().filter_map(|overlay| overlay.draft.texts.clone()).collect();
        if !texts.is_empty() {
            let persona = Arc::make_mut(document.persona.get_or_insert_default());
            lay.over(texts, &document.draft.path, &localized.left_out, &mut |visit| visit_persona(persona, visit));
        }
    }
    for journey in &mut localized.journeys {
        if let Some(overlays) = toml_overlays.remove(&journey.path) {
            lay.over(overlays, &journey.path.clone(), &localized.left_out, &mut |visit| visit_journey(journey, visit));
        }
    }
    for register in &mut localized.registers {
        if let Some(overlays) = toml_overlays.remove(&register.path) {
            lay.over(overlays, &register.path.clone(), &localized.left_out, &mut |visit| {
                visit_register(register, visit)
            });
        }
    }
    let mut orphans: Vec<(Arc<str>, Arc<str>)> = document_overlays
        .into_values()
        .flatten()
        .filter_map(|overlay| Some((overlay.path.clone(), overlay.translates.clone()?)))
        .chain(toml_overlays.into_values().flatten().map(|overlay| (overlay.path.clone(), overlay.translates.clone())))
        .collect();
    orphans.sort();
    for (path, source) in orphans {
        ledger.orphaned(Place::file(&path), source.to_string());
        diagnostics.push(
            Diagnostic::new(
                Code::OrphanedTranslation,
                format!("`{source}`, which this would translate, does not exist"),
            )
            .at(Place::file(&path), "translates nothing")
            .did_you_mean(&source, localized.documents.iter().map(|document| &*document.draft.path)),
        );
    }
    localized.translations = ledger.closed();
    localized
}

impl LocalizedDocument {
    /// What a translation repeats of its source's keys must be what the source says.
    fn check_keys(&self, diagnostics: &mut Diagnostics) {
        for overlay in &self.overlays {
            for entry in &overlay.draft.front.fixed {
                let fixed = &self.draft.front.fixed;
                let same = |fixed: &Entry| fixed.key == entry.key && fixed.node.value.same_as(&entry.node.value);
                if !fixed.iter().any(same) {
                    diagnostics.push(
                        Diagnostic::new(
                            Code::UnknownKey,
                            format!("a translation does not say its own `{}`", entry.key),
                        )
                        .at(entry.place.clone(), "its source decides this")
                        .help("a translation has title, description, slug, aliases, draft, extra and its prose"),
                    );
                }
            }
        }
    }

    fn place(&self) -> Place {
        Place::file(&self.draft.path)
    }

    /// A text that the source may lack while translations have it: then it says nothing to readers of other languages.
    fn text<T: Clone, S>(
        &self,
        written: impl Fn(&DocumentDraft) -> Option<&Spanned<S>>,
        value: impl Fn(&S) -> T,
        nothing: T,
    ) -> Option<Text<T>> {
        let mut text = written(&self.draft)
            .map(|spanned| Text::new(value(&spanned.value), self.draft.language, spanned.place.clone()));
        for overlay in &self.overlays {
            let Some(own) = written(&overlay.draft) else { continue };
            let unsaid = || Text::new(nothing.clone(), self.draft.language, self.place());
            let language = overlay.draft.language;
            let said = Said { language, value: value(&own.value), place: own.place.clone(), stale: overlay.stale };
            text.get_or_insert_with(unsaid).translations.push(said);
        }
        text
    }

    /// The source's title; where the author gave none, a name made of the file's.
    pub fn source_title(&self) -> Cow<'_, str> {
        match &self.draft.title {
            Some(title) => Cow::Borrowed(&title.value),
            None => Cow::Owned(name_of(&self.draft)),
        }
    }

    /// Its title.
    pub fn title(&self) -> Text<Arc<str>> {
        let named = || Text::new(name_of(&self.draft).into(), self.draft.language, self.place());
        let mut title = self.text(|draft| draft.title.as_ref(), Arc::clone, "".into()).unwrap_or_else(named);
        if self.draft.title.is_none() {
            title.source = named().source;
        }
        title
    }

    /// Its description.
    pub fn description(&self) -> Option<Text<Arc<str>>> {
        self.text(|draft| draft.front.description.as_ref(), Arc::clone, "".into())
    }

    /// The last part of its address.
    pub fn slug(&self) -> Option<Text<Arc<str>>> {
        self.text(|draft| draft.front.slug.as_ref(), Arc::clone, "".into())
    }

    /// `[extra]`
    pub fn extra(&self) -> Option<Text<Extra>> {
        self.text(|draft| draft.front.extra.as_ref(), Extra::clone, Extra::Table(Vec::new()))
    }

    /// Addresses that lead to it.
    pub fn aliases(&self) -> Option<Text<Vec<Arc<str>>>> {
        let said = |draft: &DocumentDraft| {
            let first = draft.front.aliases.first()?;
            let value = draft.front.aliases.iter().map(|alias| alias.value.clone()).collect();
            Some(Said { language: draft.language, value, place: first.place.clone(), stale: false })
        };
        let translations: Vec<_> = self.overlays.iter().filter_map(|overlay| said(&overlay.draft)).collect();
        match said(&self.draft) {
            Some(source) => Some(Text { source, translations }),
            None if translations.is_empty() => None,
            None => {
                let none = Text::new(Vec::new(), self.draft.language, self.place());
                Some(Text { translations, ..none })
            }
        }
    }

    /// Translations that have prose of their own.
    pub fn translated_bodies(&self) -> impl Iterator<Item = &Overlaid> {
        self.overlays.iter().filter(|overlay| !overlay.draft.body.pieces.is_empty())
    }
}

/// A file's name as words: `tell-early` to `Tell early`; a folder's for its `index.md`.
fn name_of(document: &DocumentDraft) -> String {
    let inner = document.path.strip_prefix("content/").unwrap_or(&document.path);
    let inner = inner.strip_suffix(".md").unwrap_or(inner);
    let inner = inner.strip_suffix("/index").unwrap_or(inner);
    humanised(inner.rsplit('/').next().unwrap_or(inner))
}

/// `tell-early` to `Tell early`.
pub fn humanised(id: &str) -> String {
    let words = id.replace(['-', '_'], " ");
    let mut characters = words.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => words,
    }
}

/// A text slot of a draft.
enum Slot<'a> {
    Words(&'a mut Words),
    Prosed(&'a mut Prosed),
    /// It stands in a list of texts and is none: a translation may repeat it.
    Fixed(&'a Words),
}

impl Slot<'_> {
    fn key(&self) -> &str {
        match self {
            Slot::Words(words) => &words.key,
            Slot::Fixed(words) => &words.key,
            Slot::Prosed(prosed) => &prosed.key,
        }
    }

    fn place(&self) -> &Place {
        match self {
            Slot::Words(words) => &words.text.source.place,
            Slot::Fixed(words) => &words.text.source.place,
            Slot::Prosed(prosed) => &prosed.text.source.place,
        }
    }
}

/// A list of texts in an overlay, beside its source's.
struct List<'o> {
    /// How many entries it has.
    entries: usize,
    /// The last one.
    last: &'o Leaf,
    /// How many its source has.
    wanted: usize,
    /// Where the source's first one stands that it lacks.
    lacking: Option<Place>,
}

type Visit<'v> = &'v mut dyn FnMut(Slot<'_>);

struct Laying<'a, 's> {
    dialect: &'a Dialect,
    settings: &'a Settings,
    diagnostics: &'a mut Diagnostics,
    ledger: &'a mut Ledger<'s>,
    /// How many more findings get a suggestion: each looks at every text there is.
    suggestions: usize,
}

/// Findings beyond this many are told without the nearest name.
const SUGGESTIONS: usize = 200;

impl Laying<'_, '_> {
    /// Lays overlays over one source, whose texts `each` visits. What finds no text there is a finding.
    fn over(
        &mut self,
        overlays: Vec<Arc<OverlayDraft>>,
        source: &Arc<str>,
        left_out: &LeftOut,
        each: &mut dyn FnMut(Visit<'_>),
    ) {
        for overlay in overlays {
            let mut leaves: FxHashMap<&str, &Leaf> =
                overlay.leaves.iter().filter(|leaf| leaf.text.is_some()).map(|leaf| (&*leaf.key, leaf)).collect();
            let mut known: Vec<Box<str>> = Vec::new();
            let mut findings = Vec::new();
            let tag = self.settings.language(overlay.language).tag.clone();
            let same_language = self.settings.share_a_language(overlay.language, Lang::DEFAULT);
            let name_of_work = format!("{KEY_SEPARATOR}source");
            let ledger = &mut *self.ledger;
            let dialect = self.dialect;
            each(&mut |slot| {
                let key = slot.key();
                let Some(text) = leaves.remove(key).and_then(|leaf| leaf.text.as_ref()) else {
                    known.push(key.into());
                    return;
                };
                // What is left empty keeps a place in a list; it is not translated yet.
                if text.value.trim().is_empty() {
                    return;
                }
                let stale = ledger.rendered(source, key, overlay.language, &text.place);
                let comparable = !same_language && markdown::is_compared(&text.value);
                match slot {
                    Slot::Fixed(words) => {
                        if text.value.trim() != words.text.source.value.trim() {
                            findings.push(not_its_own(words, &text.place));
                        }
                    }
                    Slot::Words(words) => {
                        // The names of works stay in their language.
                        let is_name = words.key.ends_with(&name_of_work) || is_address(&text.value);
                        if comparable && !is_name && words.text.source.value == text.value {
                            findings.push(untranslated(text.place.clone()));
                        }
                        words.text.translations.push(Said {
                            language: overlay.language,
                            value: text.value.clone(),
                            place: text.place.clone(),
                            stale,
                        });
                    }
                    Slot::Prosed(prosed) => {
                        let body =
                            markdown::value(text, &overlay.text, prosed.line, &dialect.markdown, &tag, &mut findings);
                        if comparable && body.pieces == prosed.text.source.value.pieces {
                            findings.push(untranslated(text.place.clone()));
                        }
                        prosed.text.translations.push(Said {
                            language: overlay.language,
                            value: Arc::new(body),
                            place: text.place.clone(),
                            stale,
                        });
                    }
                }
            });
            self.diagnostics.extend(findings);
            let lists = lists(&overlay, each);
            self.uneven(&lists);
            for leaf in &overlay.leaves {
                let stranger = leaf.text.is_none() || leaves.contains_key(&*leaf.key);
                let empty = leaf.text.as_ref().is_some_and(|text| text.value.trim().is_empty());
                if stranger && !empty && !is_left_out(source, &leaf.key, left_out) {
                    if leaf.text.is_some() {
                        let unit = name(source, Some(&dotted(ledger::canonical(&leaf.key))));
                        self.ledger.orphaned(leaf.place.clone(), unit);
                    }
                    self.stranger(leaf, source, &known, &lists);
                }
            }
        }
    }

    /// Lists that end before their sources do: nobody can say whether it is the last entry that is left out.
    fn uneven(&mut self, lists: &FxHashMap<&str, List<'_>>) {
        let mut short: Vec<_> = lists.iter().filter(|(_, list)| list.entries < list.wanted).collect();
        short.sort_by_key(|(_, list)| list.last.place.start);
        for (key, list) in short {
            let List { entries, wanted, .. } = list;
            let mut finding = Diagnostic::new(
                Code::UnevenList,
                format!("`{}` has {entries} of its source's {wanted} entries", dotted(key)),
            )
            .at(list.last.place.clone(), "the last one");
            if let Some(place) = &list.lacking {
                finding = finding.at(place.clone(), "has no counterpart");
            }
            self.diagnostics.push(finding.help(
                "entries are matched by their place: write as many, and \"\" for one that is not translated yet",
            ));
        }
    }

    fn stranger(&mut self, leaf: &Leaf, source: &str, known: &[Box<str>], lists: &FxHashMap<&str, List<'_>>) {
        let message = match leaf.text {
            None => format!("`{}` is no text, so it cannot be translated", leaf.written),
            Some(_) => format!("`{source}` has no text `{}`", leaf.key.replace(KEY_SEPARATOR, ".")),
        };
        let mut finding = Diagnostic::new(Code::UnknownKey, message).at(leaf.place.clone(), "not in the source");
        let list = numbered(&leaf.key).and_then(|(list, _)| lists.get(list)).filter(|list| list.wanted > 0);
        if let Some(list) = list {
            finding =
                finding.help(format!("the source's list has {}: entries are matched by their place", list.wanted));
        } else if leaf.text.is_none() {
            finding = finding.help("a translation holds texts only: leave the rest to its source");
        } else if self.suggestions > 0 {
            self.suggestions -= 1;
            let key = leaf.key.replace(KEY_SEPARATOR, ".");
            let known: Vec<String> = known.iter().map(|key| key.replace(KEY_SEPARATOR, ".")).collect();
            finding = finding.did_you_mean(&key, known.iter().map(String::as_str));
        }
        self.diagnostics.push(finding);
    }
}

/// The list that a text stands in, and its place there, from 0.
fn numbered(key: &str) -> Option<(&str, usize)> {
    let (list, number) = ledger::canonical(key).rsplit_once(KEY_SEPARATOR)?;
    Some((list, number.parse().ok()?))
}

/// The lists of an overlay, by key.
fn lists<'o>(overlay: &'o OverlayDraft, each: &mut dyn FnMut(Visit<'_>)) -> FxHashMap<&'o str, List<'o>> {
    let mut lists: FxHashMap<&str, List<'_>> = FxHashMap::default();
    for leaf in &overlay.leaves {
        if let Some((key, number)) = numbered(&leaf.key) {
            let list = lists.entry(key).or_insert(List { entries: 0, last: leaf, wanted: 0, lacking: None });
            (list.entries, list.last) = (number + 1, leaf);
        }
    }
    if lists.is_empty() {
        return lists;
    }
    each(&mut |slot| {
        let Some((key, number)) = numbered(slot.key()) else { return };
        let Some(list) = lists.get_mut(key) else { return };
        list.wanted = list.wanted.max(number + 1);
        if number == list.entries {
            list.lacking.get_or_insert_with(|| slot.place().clone());
        }
    });
    lists
}

/// An entry that says something else than its source, which alone decides it.
fn not_its_own(words: &Words, place: &Place) -> Diagnostic {
    let key = dotted(&words.key);
    Diagnostic::new(Code::UnknownKey, format!("a translation does not say its own `{key}`"))
        .at(place.clone(), "its source decides this")
        .at(words.text.source.place.clone(), "a page of this playbook")
        .help("repeat the path, or write \"\"")
}

/// A text of a TOML file that its overlay only repeats.
fn untranslated(place: Place) -> Diagnostic {
    Diagnostic::new(Code::UntranslatedText, "this text is the source's, word by word")
        .at(place, "not translated")
        .help("translate it, or leave it out")
}

fn is_left_out(source: &Arc<str>, key: &str, left_out: &LeftOut) -> bool {
    let mut ends = key.match_indices(KEY_SEPARATOR).map(|(at, _)| at).chain([key.len()]);
    ends.any(|end| left_out.keys.contains(&(source.clone(), key[..end].into())))
}

fn words(slot: &mut Option<Words>, visit: Visit<'_>) {
    if let Some(words) = slot {
        visit(Slot::Words(words));
    }
}

fn prosed(slot: &mut Option<Prosed>, visit: Visit<'_>) {
    if let Some(prosed) = slot {
        visit(Slot::Prosed(prosed));
    }
}

fn visit_persona(persona: &mut PersonaDraft, visit: Visit<'_>) {
    persona.lists_mut().into_iter().flatten().for_each(|line| visit(Slot::Prosed(line)));
}

fn visit_journey(journey: &mut JourneyDraft, visit: Visit<'_>) {
    words(&mut journey.title, visit);
    prosed(&mut journey.summary, visit);
    for objective in &mut journey.objectives {
        prosed(&mut objective.text, visit);
    }
    for stage in &mut journey.stages {
        words(&mut stage.title, visit);
        prosed(&mut stage.goal, visit);
        prosed(&mut stage.summary, visit);
        for item in &mut stage.checklist {
            prosed(&mut item.text, visit);
        }
        for touchpoint in &mut stage.touchpoints {
            words(&mut touchpoint.title, visit);
            for slot in
                [&mut touchpoint.action, &mut touchpoint.thought, &mut touchpoint.intent, &mut touchpoint.perceived]
            {
                prosed(slot, visit);
            }
            for list in
                [&mut touchpoint.pains, &mut touchpoint.barriers, &mut touchpoint.drop_offs, &mut touchpoint.backstage]
            {
                list.iter_mut().for_each(|line| visit(Slot::Prosed(line)));
            }
            for opportunity in &mut touchpoint.opportunities {
                visit_opportunity(&mut opportunity.text, visit);
            }
        }
    }
}

/// An opportunity's text stands under its number; written as a table, under `text` below that.
fn visit_opportunity(text: &mut Prosed, visit: Visit<'_>) {
    visit(Slot::Prosed(text));
    let table_suffix = format!("{KEY_SEPARATOR}text");
    let other: Box<str> = match text.key.strip_suffix(&table_suffix) {
        Some(plain) => plain.into(),
        None => format!("{}{table_suffix}", text.key).into(),
    };
    let own = std::mem::replace(&mut text.key, other);
    visit(Slot::Prosed(text));
    text.key = own;
}

fn visit_register(register: &mut RegisterDraft, visit: Visit<'_>) {
    for entry in &mut register.entries {
        match &mut entry.thing {
            ThingDraft::Promise(promise) => {
                prosed(&mut promise.text, visit);
                for place in &mut promise.made_in {
                    visit(if place.is_file() { Slot::Fixed(place) } else { Slot::Words(place) });
                }
                words(&mut promise.evidence, visit);
                promise.history.iter_mut().for_each(|entry| prosed(&mut entry.note, visit));
            }
            ThingDraft::Metric(metric) => {
                words(&mut metric.title, visit);
                words(&mut metric.unit, visit);
            }
            ThingDraft::Desk(_, desk) => {
                words(&mut desk.title, visit);
                prosed(&mut desk.description, visit);
            }
            ThingDraft::Claim(claim) => {
                prosed(&mut claim.text, visit);
                words(&mut claim.value, visit);
                words(&mut claim.source, visit);
                words(&mut claim.sample, visit);
            }
            ThingDraft::Term(term) => {
                words(&mut term.term, visit);
                prosed(&mut term.meaning, visit);
            }
            ThingDraft::Incident(incident) => words(&mut incident.title, visit),
        }
    }
}
