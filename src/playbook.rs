//! The domain: what a playbook means once every name in it has become an id. It knows no file, no format and no theme.
//!
//! One noun a file. Things refer to each other by [`Id`], in both directions: a promise names its touchpoints, a touchpoint
//! its promises. Every list keeps the author's order.

pub mod checklist;
pub mod claim;
pub mod department;
pub mod document;
pub mod id;
pub mod journey;
pub mod metric;
pub mod outlet;
pub mod pillar;
pub mod promise;
pub mod prose;
pub mod settings;
pub mod stage;
pub mod strategy;
pub mod text;
pub mod touchpoint;
pub mod translation;

pub use checklist::{Checklist, ChecklistHome, Item};
pub use claim::{Claim, Term};
pub use department::{Channel, Department, ICONS, icon_of_id};
pub use document::{Document, Extra, Interval, Kind, Page, Review, Unit};
pub use id::Id;
pub use journey::{Journey, Objective};
pub use metric::{Better, Metric, MetricKind, is_currency};
pub use outlet::Outlet;
pub use pillar::{Persona, Pillar, Recovery};
pub use promise::{Entry, Incident, MadeIn, Promise, Severity, Status, Step, is_address};
pub use prose::{Addressed, Body, Prose, Target, Thing};
pub use settings::{Audience, External, Lang, Language, Settings, SocialCards, ThemeOption};
pub use stage::{Stage, StageId};
pub use strategy::{Grade, Strategy};
pub use text::Text;
pub use touchpoint::{Evidence, Opportunity, Touchpoint, TouchpointId};
pub use translation::Translations;

use crate::diagnostic::Code;
use crate::source::{Asset, Place};
use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;
use std::ops::Index;
use std::sync::Arc;

/// Everything, resolved, for one edition, in all languages.
#[derive(Debug, Default)]
pub struct Playbook {
    /// Titles, languages, addresses, levels.
    pub settings: Arc<Settings>,
    /// `content/index.md`, if there is one.
    pub front: Option<Id<Page>>,
    /// Every Markdown page that is no strategy, pillar, persona or recovery: front page, guides, sections and the rest, in
    /// the order of the navigation: a section before its pages.
    pub pages: Vec<Page>,
    /// Titles and opening texts of overviews, from an `index.md` in a folder of a kind.
    pub overviews: BTreeMap<Kind, Arc<Document>>,
    /// `strategies/*.md`
    pub strategies: Vec<Strategy>,
    /// `pillars/*.md`
    pub pillars: Vec<Pillar>,
    /// `personas/*.md`
    pub personas: Vec<Persona>,
    /// `recoveries/*.md`
    pub recoveries: Vec<Recovery>,
    /// `journeys/*.toml`
    pub journeys: Vec<Journey>,
    /// `promises.toml`
    pub promises: Vec<Promise>,
    /// `metrics.toml`
    pub metrics: Vec<Metric>,
    /// `departments.toml`
    pub departments: Vec<Department>,
    /// `channels.toml`
    pub channels: Vec<Channel>,
    /// `claims.toml`
    pub claims: Vec<Claim>,
    /// `glossary.toml`
    pub terms: Vec<Term>,
    /// `incidents.toml`
    pub incidents: Vec<Incident>,
    /// Every checklist of guides, strategies and stages.
    pub checklists: Vec<Arc<Checklist>>,
    /// Tags in order of their names, with what carries them.
    pub tags: Vec<Tag>,
    /// Images and files of `content/` that may be used; [`Target::Asset`] counts into it.
    pub assets: Vec<Asset>,
    /// Which of them are used, each once and in their order.
    pub used_assets: Vec<u32>,
    /// Links to addresses, as they were found.
    pub addressed: Vec<Addressed>,
    /// Days in registers that only the past makes sense for, with their keys.
    pub past: Vec<(Date, &'static str, Place)>,
    /// Documents whose prose links to a thing; see [`Playbook::linked_from`].
    pub backlinks: FxHashMap<Thing, Vec<Thing>>,
    /// What there is to translate, and how far that is.
    pub translations: Translations,
    /// Findings that would only echo an unknown name: the thing lacks what that name, spelt right, may well give it.
    pub echoes: FxHashSet<(Code, Thing)>,
}

/// A tag and its documents.
#[derive(Debug)]
pub struct Tag {
    /// As it was first written.
    pub name: Arc<str>,
    /// As it stands in addresses.
    pub slug: Arc<str>,
    /// What carries it.
    pub things: Vec<Thing>,
}

macro_rules! registers {
    ($($kind:ident $field:ident)*) => {
        $(impl Index<Id<$kind>> for Playbook {
            type Output = $kind;

            fn index(&self, id: Id<$kind>) -> &$kind {
                &self.$field[id.index()]
            }
        })*
    };
}

registers! {
    Page pages
    Strategy strategies
    Pillar pillars
    Persona personas
    Recovery recoveries
    Journey journeys
    Promise promises
    Metric metrics
    Department departments
    Channel channels
    Claim claims
    Term terms
    Incident incidents
}

impl Index<Id<Checklist>> for Playbook {
    type Output = Checklist;

    fn index(&self, id: Id<Checklist>) -> &Checklist {
        &self.checklists[id.index()]
    }
}

impl Index<StageId> for Playbook {
    type Output = Stage;

    fn index(&self, id: StageId) -> &Stage {
        &self[id.journey].stages[usize::from(id.index)]
    }
}

impl Index<TouchpointId> for Playbook {
    type Output = Touchpoint;

    fn index(&self, id: TouchpointId) -> &Touchpoint {
        &self[id.stage].touchpoints[usize::from(id.index)]
    }
}

impl Playbook {
    /// Every stage of every journey, in order.
    pub fn stages(&self) -> impl Iterator<Item = (StageId, &Stage)> {
        Id::all(&self.journeys).flat_map(|(id, journey)| journey.stage_ids(id).zip(&journey.stages))
    }

    /// Every checklist, in order.
    pub fn all_checklists(&self) -> impl Iterator<Item = (Id<Checklist>, &Checklist)> {
        self.checklists.iter().enumerate().map(|(index, checklist)| (Id::new(index), &**checklist))
    }

    /// Every touchpoint of every journey, in order.
    pub fn touchpoints(&self) -> impl Iterator<Item = (TouchpointId, &Touchpoint)> {
        self.stages().flat_map(|(id, stage)| stage.touchpoint_ids(id).zip(&stage.touchpoints))
    }

    /// Documents whose prose links to a thing, in their order.
    pub fn linked_from(&self, thing: Thing) -> &[Thing] {
        self.backlinks.get(&thing).map_or(&[], Vec::as_slice)
    }

    /// The document behind a thing, where it has one.
    pub fn document(&self, thing: Thing) -> Option<&Document> {
        match thing {
            Thing::Page(id) => Some(&self[id].document),
            Thing::Strategy(id) => Some(&self[id].document),
            Thing::Pillar(id) => Some(&self[id].document),
            Thing::Persona(id) => Some(&self[id].document),
            Thing::Recovery(id) => Some(&self[id].document),
            Thing::Overview(kind) => self.overviews.get(&kind).map(|document| &**document),
            _ => None,
        }
    }

    /// Everything that has a review date, in the order of the playbook: journeys, promises that are still made, documents. With
    /// the first day on which it is due.
    pub fn reviews(&self) -> impl Iterator<Item = (Thing, &Review, Date)> {
        let journeys = Id::all(&self.journeys).map(|(id, journey)| (Thing::Journey(id), &journey.review));
        let promises = Id::all(&self.promises)
            .filter(|(_, promise)| promise.status != Some(Status::Withdrawn))
            .map(|(id, promise)| (Thing::Promise(id), &promise.review));
        let documents = self.documents().map(|(thing, document)| (thing, &document.review));
        journeys.chain(promises).chain(documents).filter_map(|(thing, review)| Some((thing, review, review.next()?)))
    }

    /// Who looks after a thing, and when.
    pub fn review(&self, thing: Thing) -> Option<&Review> {
        match thing {
            Thing::Journey(id) => Some(&self[id].review),
            Thing::Promise(id) => Some(&self[id].review),
            thing => self.document(thing).map(|document| &document.review),
        }
    }

    /// Every document with the thing that it is: pages first, then overviews, strategies, pillars, personas, recoveries.
    pub fn documents(&self) -> impl Iterator<Item = (Thing, &Document)> {
        let pages = Id::all(&self.pages).map(|(id, page)| (Thing::Page(id), &*page.document));
        let overviews = self.overviews.iter().map(|(kind, document)| (Thing::Overview(*kind), &**document));
        let strategies = Id::all(&self.strategies).map(|(id, one)| (Thing::Strategy(id), &*one.document));
        let pillars = Id::all(&self.pillars).map(|(id, one)| (Thing::Pillar(id), &*one.document));
        let personas = Id::all(&self.personas).map(|(id, one)| (Thing::Persona(id), &*one.document));
        let recoveries = Id::all(&self.recoveries).map(|(id, one)| (Thing::Recovery(id), &*one.document));
        pages.chain(overviews).chain(strategies).chain(pillars).chain(personas).chain(recoveries)
    }

    /// Every prose of the playbook with the thing that it belongs to: documents' bodies first.
    pub fn each_prose(&self, visit: &mut dyn FnMut(Thing, &Text<Prose>)) {
        for (thing, document) in self.documents() {
            visit(thing, &document.body);
        }
        for (id, persona) in Id::all(&self.personas) {
            let lists = persona.lists();
            lists.into_iter().flatten().for_each(|text| visit(Thing::Persona(id), text));
        }
        for (id, journey) in Id::all(&self.journeys) {
            let thing = Thing::Journey(id);
            journey.summary.iter().for_each(|text| visit(thing, text));
            journey.objectives.iter().for_each(|objective| visit(thing, &objective.text));
            for (stage_id, stage) in journey.stage_ids(id).zip(&journey.stages) {
                let thing = Thing::Stage(stage_id);
                stage.goal.iter().chain(&stage.summary).for_each(|text| visit(thing, text));
                for touchpoint in &stage.touchpoints {
                    let lines = [&touchpoint.action, &touchpoint.thought, &touchpoint.intent, &touchpoint.perceived];
                    lines.into_iter().flatten().for_each(|text| visit(thing, text));
                    let lists = [&touchpoint.pains, &touchpoint.barriers, &touchpoint.drop_offs, &touchpoint.backstage];
                    lists.into_iter().flatten().for_each(|text| visit(thing, text));
                    touchpoint.opportunities.iter().for_each(|one| visit(thing, &one.text));
                }
            }
        }
        for checklist in self.checklists.iter() {
            if let ChecklistHome::Stage(stage) = checklist.home {
                checklist.items.iter().for_each(|item| visit(Thing::Stage(stage), &item.text));
            }
        }
        for (id, promise) in Id::all(&self.promises) {
            let thing = Thing::Promise(id);
            visit(thing, &promise.text);
            promise.history.iter().flat_map(|entry| &entry.note).for_each(|text| visit(thing, text));
        }
        for (id, one) in Id::all(&self.departments) {
            one.description.iter().for_each(|text| visit(Thing::Department(id), text));
        }
        for (id, one) in Id::all(&self.channels) {
            one.description.iter().for_each(|text| visit(Thing::Channel(id), text));
        }
        for (id, claim) in Id::all(&self.claims) {
            visit(Thing::Claim(id), &claim.text);
        }
        for (id, term) in Id::all(&self.terms) {
            term.meaning.iter().for_each(|text| visit(Thing::Term(id), text));
        }
    }
}
