//! Two states of a playbook to what has changed in meaning between them: not lines, but promises, touchpoints and feelings.
//!
//! Things are paired by their ids, else by title, else by their words (`pairing`); each pair is looked at key by key. What moved in
//! its file, was wrapped anew or got another comment has not changed.

mod checklists;
mod documents;
pub mod html;
mod journeys;
pub mod json;
pub mod markdown;
mod pairing;
mod registers;
mod said;
mod settings;
pub mod text;
mod translations;
mod wording;

use crate::measure::Measures;
use crate::playbook::{Id, Lang, Playbook, Prose, Text};
use pairing::{Card, moved, pair};
use std::ops::Index;
use std::sync::Arc;

/// One state of a playbook.
#[derive(Clone, Copy)]
pub struct Moment<'a> {
    /// The playbook.
    pub playbook: &'a Playbook,
    /// Its figures.
    pub measures: &'a Measures,
}

/// What has changed from one state to another.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Comparison {
    /// Things that have changed, in the order of [`Sort::ALL`], then in the playbook's.
    pub subjects: Vec<Subject>,
    /// The tag of the language that titles and words are in.
    pub language: String,
}

/// One thing that has changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Subject {
    /// What it is.
    pub sort: Sort,
    /// Its id today, or the last one that it had: of a touchpoint `journey/stage/touchpoint`.
    pub id: String,
    /// Its title, likewise.
    pub title: String,
    /// The file that it stands in, or stood in.
    pub path: Arc<str>,
    /// How it has changed.
    pub changes: Vec<Change>,
}

/// What things are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// `trustbook.toml`
    Settings,
    /// A promise.
    Promise,
    /// A journey.
    Journey,
    /// A stage of a journey.
    Stage,
    /// A touchpoint of a stage.
    Touchpoint,
    /// A checklist.
    Checklist,
    /// A metric.
    Metric,
    /// A department.
    Department,
    /// A strategy.
    Strategy,
    /// A guide or another page, or the opening text of an overview.
    Page,
    /// A pillar.
    Pillar,
    /// A persona.
    Persona,
    /// A recovery.
    Recovery,
    /// An incident.
    Incident,
    /// A claim.
    Claim,
    /// A word of the glossary.
    Term,
    /// A channel.
    Channel,
    /// A translation of a page or a text.
    Translation,
}

impl Sort {
    /// All of them, those first that customers feel.
    pub const ALL: [Sort; 18] = [
        Sort::Settings,
        Sort::Promise,
        Sort::Journey,
        Sort::Stage,
        Sort::Touchpoint,
        Sort::Checklist,
        Sort::Metric,
        Sort::Department,
        Sort::Strategy,
        Sort::Page,
        Sort::Pillar,
        Sort::Persona,
        Sort::Recovery,
        Sort::Incident,
        Sort::Claim,
        Sort::Term,
        Sort::Channel,
        Sort::Translation,
    ];

    /// The word that programs read.
    pub fn name(self) -> &'static str {
        self.words().0
    }

    /// The heading above several of them.
    pub fn heading(self) -> &'static str {
        self.words().1
    }

    fn words(self) -> (&'static str, &'static str) {
        match self {
            Sort::Settings => ("settings", "Settings"),
            Sort::Promise => ("promise", "Promises"),
            Sort::Journey => ("journey", "Journeys"),
            Sort::Stage => ("stage", "Stages"),
            Sort::Touchpoint => ("touchpoint", "Touchpoints"),
            Sort::Checklist => ("checklist", "Checklists"),
            Sort::Metric => ("metric", "Metrics"),
            Sort::Department => ("department", "Departments"),
            Sort::Strategy => ("strategy", "Strategies"),
            Sort::Page => ("page", "Pages"),
            Sort::Pillar => ("pillar", "Pillars"),
            Sort::Persona => ("persona", "Personas"),
            Sort::Recovery => ("recovery", "Recoveries"),
            Sort::Incident => ("incident", "Incidents"),
            Sort::Claim => ("claim", "Claims"),
            Sort::Term => ("term", "Glossary"),
            Sort::Channel => ("channel", "Channels"),
            Sort::Translation => ("translation", "Translations"),
        }
    }
}

/// One way in which something has changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What has changed.
    pub what: What,
    /// Of what part, where it has several: a persona, a section, a list.
    pub of: Option<String>,
    /// How it was.
    pub before: Option<String>,
    /// How it is.
    pub after: Option<String>,
    /// Of a number, by how much: `-0.5`.
    pub by: Option<String>,
    /// Of a longer text, how many words went and how many came.
    pub words: Option<WordCount>,
}

/// Words that went and words that came, whatever their order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct WordCount {
    /// How many are not there any more.
    pub gone: usize,
    /// How many were not there.
    pub new: usize,
}

/// What can change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    /// It is new, or a part of it is.
    Added,
    /// It is gone, or a part of it is.
    Removed,
    /// It has another id.
    Renamed,
    /// It stands elsewhere: between others, or in another stage.
    Moved,
    /// A promise is no longer made.
    Withdrawn,
    /// Its state.
    State,
    /// Its title.
    Title,
    /// Its words.
    Words,
    /// What is felt, from -2 to 2.
    Emotion,
    /// An id under which readers' ticks are kept is gone, and nothing carries them over.
    Lost,
    /// A translation is older than its source now.
    Stale,
    /// A translation is of today's source again.
    Current,
    /// A share of what is kept.
    Floor,
    /// Whatever else it says of itself: `Change::of` names the key.
    Key,
}

impl What {
    /// The word that programs read.
    pub fn name(self) -> &'static str {
        match self {
            What::Added => "added",
            What::Removed => "removed",
            What::Renamed => "renamed",
            What::Moved => "moved",
            What::Withdrawn => "withdrawn",
            What::State => "state",
            What::Title => "title",
            What::Words => "words",
            What::Emotion => "emotion",
            What::Lost => "lost-id",
            What::Stale => "stale",
            What::Current => "current",
            What::Floor => "floor",
            What::Key => "key",
        }
    }
}

impl Change {
    /// That this has changed.
    fn new(what: What) -> Change {
        Change { what, of: None, before: None, after: None, by: None, words: None }
    }

    fn of(self, of: impl Into<String>) -> Change {
        Change { of: Some(of.into()), ..self }
    }

    fn before(self, before: impl Into<String>) -> Change {
        Change { before: Some(before.into()), ..self }
    }

    fn after(self, after: impl Into<String>) -> Change {
        Change { after: Some(after.into()), ..self }
    }
}

impl Comparison {
    /// Whether nothing has changed.
    pub fn is_empty(&self) -> bool {
        self.subjects.is_empty()
    }

    /// The things of one sort.
    pub fn of(&self, sort: Sort) -> &[Subject] {
        let from = self.subjects.partition_point(|subject| subject.sort < sort);
        let length = self.subjects[from..].partition_point(|subject| subject.sort == sort);
        &self.subjects[from..from + length]
    }

    /// How often something has changed.
    pub fn count(&self, what: What) -> usize {
        self.subjects.iter().flat_map(|subject| &subject.changes).filter(|change| change.what == what).count()
    }
}

/// What has changed in meaning from one state to another.
pub fn compare(then: Moment<'_>, now: Moment<'_>) -> Comparison {
    let both = Both { then, now };
    let mut subjects = Vec::new();
    settings::settings(&both, &mut subjects);
    registers::promises(&both, &mut subjects);
    journeys::journeys(&both, &mut subjects);
    checklists::checklists(&both, &mut subjects);
    registers::metrics(&both, &mut subjects);
    registers::departments(&both, &mut subjects);
    documents::documents(&both, &mut subjects);
    registers::incidents(&both, &mut subjects);
    registers::words(&both, &mut subjects);
    translations::translations(&both, &mut subjects);
    // The sort is stable: things of one sort stay in the playbook's order.
    subjects.sort_by_key(|subject| subject.sort);
    Comparison { subjects, language: now.playbook.settings.language(Lang::DEFAULT).tag.to_string() }
}

/// Both states.
struct Both<'a> {
    then: Moment<'a>,
    now: Moment<'a>,
}

impl<'a> Moment<'a> {
    /// A text's words for readers of the default language.
    fn plain(self, text: &'a Text<Arc<str>>) -> &'a str {
        text.get(Lang::DEFAULT, &self.playbook.settings)
    }

    /// As [`Moment::plain`], of prose, without its markup.
    fn words(self, text: &Text<Prose>) -> String {
        wording::words(text.get(Lang::DEFAULT, &self.playbook.settings))
    }

    /// The id of something that may not be named.
    fn id<T: Named>(self, id: Option<Id<T>>) -> Option<String>
    where
        Playbook: Index<Id<T>, Output = T>,
    {
        id.map(|id| self.playbook[id].name().to_string())
    }

    /// The ids of several things.
    fn ids<T: Named>(self, ids: &[Id<T>]) -> Option<String>
    where
        Playbook: Index<Id<T>, Output = T>,
    {
        let ids: Vec<&str> = ids.iter().map(|id| self.playbook[*id].name()).collect();
        (!ids.is_empty()).then(|| ids.join(", "))
    }
}

/// What has an id.
trait Named {
    fn name(&self) -> &str;
}

macro_rules! named {
    ($($kind:ident)* ; $($document:ident)*) => {
        $(impl Named for crate::playbook::$kind {
            fn name(&self) -> &str { &self.id }
        })*
        $(impl Named for crate::playbook::$document {
            fn name(&self) -> &str { &self.document.id }
        })*
    };
}

named! { Journey Promise Metric Department Channel Claim Term Incident ; Page Strategy Pillar Persona Recovery }

/// The changes of one thing, gathered key by key.
#[derive(Default)]
struct Fields(Vec<Change>);

impl Fields {
    fn push(&mut self, change: Change) {
        self.0.push(change);
    }

    /// A value that may be missing.
    fn value(&mut self, what: What, then: Option<String>, now: Option<String>) {
        if then != now {
            self.push(Change { before: then, after: now, ..Change::new(what) });
        }
    }

    /// What a key says.
    fn key(&mut self, key: &str, then: Option<impl ToString>, now: Option<impl ToString>) {
        let (before, after) = (then.map(|then| then.to_string()), now.map(|now| now.to_string()));
        if before != after {
            self.push(Change { before, after, ..Change::new(What::Key).of(key) });
        }
    }

    /// Words, by the part that they stand in; white space says nothing.
    fn words(&mut self, of: Option<&str>, then: Option<String>, now: Option<String>) {
        if then != now {
            let of = of.map(str::to_string);
            self.push(Change { of, before: then, after: now, ..Change::new(What::Words) });
        }
    }

    fn title(&mut self, then: &str, now: &str) {
        if then != now {
            self.push(Change::new(What::Title).before(then).after(now));
        }
    }

    /// Lines of a list: what came, what went, what says it otherwise.
    fn lines(&mut self, of: &str, then: Vec<String>, now: Vec<String>) {
        if then == now {
            return;
        }
        let card = |line: &String| Card { keys: vec![line.clone()], title: line.clone() };
        let (then_cards, now_cards): (Vec<Card>, Vec<Card>) =
            (then.iter().map(card).collect(), now.iter().map(card).collect());
        let paired =
            pair(&then_cards, &now_cards, &|line| wording::prints(&then[line]), &|line| wording::prints(&now[line]));
        for (before, after) in paired.pairs {
            if then[before] != now[after] {
                self.words(Some(of), Some(then[before].clone()), Some(now[after].clone()));
            }
        }
        paired.gone.into_iter().for_each(|gone| self.push(Change::new(What::Removed).of(of).before(&then[gone])));
        paired.new.into_iter().for_each(|new| self.push(Change::new(What::Added).of(of).after(&now[new])));
    }
}

/// A thing of one state, as far as all of them are alike.
struct Face {
    /// Its name, and below it further ones by which it may be known.
    card: Card,
    /// Its id, as shown.
    id: String,
    /// Its file.
    path: Arc<str>,
    /// What a new or vanished one says in a line, beside its title.
    says: Option<String>,
}

/// A list of things then and now.
struct Lists<'f> {
    sort: Sort,
    then: Vec<Face>,
    now: Vec<Face>,
    /// The words by which those are paired that have neither id nor title in common.
    words_then: &'f dyn Fn(usize) -> String,
    words_now: &'f dyn Fn(usize) -> String,
    /// Whether their order means something.
    ordered: bool,
}

/// What became of a list's things. `differ` looks at a pair key by key.
fn became(
    lists: &Lists<'_>,
    differ: &dyn Fn(usize, usize, &mut Fields),
    subjects: &mut Vec<Subject>,
) -> pairing::Pairing {
    let cards = |faces: &[Face]| faces.iter().map(|face| face.card.clone()).collect::<Vec<Card>>();
    let paired =
        pair(&cards(&lists.then), &cards(&lists.now), &|index| wording::prints(&(lists.words_then)(index)), &|index| {
            wording::prints(&(lists.words_now)(index))
        });
    let out_of_order = if lists.ordered { moved(&paired.pairs) } else { Vec::new() };
    let subject = |face: &Face, changes: Vec<Change>| Subject {
        sort: lists.sort,
        id: face.id.clone(),
        title: face.card.title.clone(),
        path: face.path.clone(),
        changes,
    };
    let mut all: Vec<(usize, Subject)> = Vec::new();
    for (then, now) in &paired.pairs {
        let mut fields = Fields::default();
        let (was, is) = (&lists.then[*then], &lists.now[*now]);
        if was.card.keys.last() != is.card.keys.last() {
            fields.push(Change::new(What::Renamed).before(&was.id).after(&is.id));
        }
        if out_of_order.contains(now) {
            let place = |index: usize| format!("place {}", index + 1);
            fields.push(Change::new(What::Moved).before(place(*then)).after(place(*now)));
        }
        differ(*then, *now, &mut fields);
        if !fields.0.is_empty() {
            all.push((*now, subject(is, fields.0)));
        }
    }
    for new in &paired.new {
        let face = &lists.now[*new];
        all.push((*new, subject(face, vec![Change { after: face.says.clone(), ..Change::new(What::Added) }])));
    }
    all.sort_by_key(|(now, _)| *now);
    subjects.extend(all.into_iter().map(|(_, subject)| subject));
    for gone in &paired.gone {
        let face = &lists.then[*gone];
        subjects.push(subject(face, vec![Change { before: face.says.clone(), ..Change::new(What::Removed) }]));
    }
    paired
}

/// A number as people write it: without a `.0`, and `-0.5` with a plain hyphen.
fn number(value: f64) -> String {
    let rounded = (value * 100.0).round() / 100.0;
    // No minus before nothing.
    format!("{}", if rounded == 0.0 { 0.0 } else { rounded })
}

/// By how much a number has changed, with its sign.
fn by(then: Option<f64>, now: Option<f64>) -> Option<String> {
    let by = now? - then?;
    Some(if by > 0.0 { format!("+{}", number(by)) } else { number(by) })
}
