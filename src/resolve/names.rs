//! Every name of the playbook to the thing that it stands for.

use super::documents::{Laid, Unresolved};
use super::registers::Registers;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::localize::LocalizedDocument;
use crate::parse::draft::{EntryDraft, JourneyDraft};
use crate::playbook::prose::TypedKind;
use crate::playbook::{Id, Kind, StageId, Thing};
use crate::source::{Asset, Place};
use rustc_hash::{FxHashMap, FxHasher};
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// The names, looked up by kind and id, by file, or by stage.
#[derive(Default)]
pub struct Names {
    things: FxHashMap<(TypedKind, Arc<str>), Thing>,
    of_kind: FxHashMap<TypedKind, Vec<Arc<str>>>,
    /// Stages by `stage` and by `journey/stage`.
    stages: FxHashMap<Arc<str>, Vec<StageId>>,
    /// Things by their source's file.
    pub files: FxHashMap<Arc<str>, Thing>,
    /// Files that are copied.
    pub assets: FxHashMap<Arc<str>, u32>,
    /// Checklists, in the order of their ids: each with its file, and which of that file's it is.
    checklists: Vec<(Arc<str>, Arc<str>, u32)>,
    hasher: FxHasher,
}

impl Names {
    /// Gathers the names; two of one kind that are equal are a finding.
    pub fn new(
        laid: &Laid,
        registers: &Registers,
        journeys: &[JourneyDraft],
        assets: &[Asset],
        diagnostics: &mut Diagnostics,
    ) -> Names {
        let mut names = Names::default();
        names.files.reserve(laid.pages.len() + laid.strategies.len());
        names.assets.reserve(assets.len());
        for (index, page) in laid.pages.iter().enumerate() {
            if page.written {
                names.add_file(&page.document.draft.path, Thing::Page(Id::new(index)));
            }
        }
        for (kind, document) in &laid.overviews {
            names.add_file(&document.draft.path, Thing::Overview(*kind));
        }
        names.add_documents(TypedKind::Strategy, &laid.strategies, |index| Thing::Strategy(Id::new(index)));
        names.add_documents(TypedKind::Pillar, &laid.pillars, |index| Thing::Pillar(Id::new(index)));
        names.add_documents(TypedKind::Persona, &laid.personas, |index| Thing::Persona(Id::new(index)));
        names.add_documents(TypedKind::Recovery, &laid.recoveries, |index| Thing::Recovery(Id::new(index)));
        for (index, journey) in journeys.iter().enumerate() {
            let journey_id = Id::new(index);
            names.add(TypedKind::Journey, &journey.id, Thing::Journey(journey_id));
            names.add_file(&journey.path, Thing::Journey(journey_id));
            for (index, stage) in journey.stages.iter().enumerate() {
                let stage_id = StageId { journey: journey_id, index: index as u16 };
                names.stages.entry(stage.id.clone()).or_default().push(stage_id);
                let full: Arc<str> = format!("{}/{}", journey.id, stage.id).into();
                names.stages.insert(full.clone(), vec![stage_id]);
                names.add(TypedKind::Journey, &full, Thing::Stage(stage_id));
            }
        }
        fn entries(names: &mut Names, kind: TypedKind, list: &[(Arc<str>, EntryDraft)], thing: fn(usize) -> Thing) {
            for (index, (_, entry)) in list.iter().enumerate() {
                names.add(kind, &entry.id, thing(index));
            }
        }
        entries(&mut names, TypedKind::Promise, &registers.promises, |index| Thing::Promise(Id::new(index)));
        entries(&mut names, TypedKind::Metric, &registers.metrics, |index| Thing::Metric(Id::new(index)));
        entries(&mut names, TypedKind::Department, &registers.departments, |index| Thing::Department(Id::new(index)));
        entries(&mut names, TypedKind::Channel, &registers.channels, |index| Thing::Channel(Id::new(index)));
        entries(&mut names, TypedKind::Claim, &registers.claims, |index| Thing::Claim(Id::new(index)));
        entries(&mut names, TypedKind::Term, &registers.terms, |index| Thing::Term(Id::new(index)));
        for (path, kind) in &registers.files {
            names.add_file(path, Thing::Overview(*kind));
        }
        for (index, asset) in assets.iter().enumerate() {
            asset.path.hash(&mut names.hasher);
            names.assets.insert(asset.path.clone(), index as u32);
        }
        names.add_checklists(laid, journeys, diagnostics);
        names
    }

    /// A number that is another one as soon as a name means something else.
    pub fn version(&self) -> u64 {
        self.hasher.finish()
    }

    fn add_file(&mut self, path: &Arc<str>, thing: Thing) {
        (path, thing).hash(&mut self.hasher);
        self.files.insert(path.clone(), thing);
    }

    fn add(&mut self, kind: TypedKind, id: &Arc<str>, thing: Thing) {
        (kind, id, thing).hash(&mut self.hasher);
        self.things.entry((kind, id.clone())).or_insert(thing);
        self.of_kind.entry(kind).or_default().push(id.clone());
    }

    fn add_documents(
        &mut self,
        kind: TypedKind,
        documents: &[(Arc<str>, LocalizedDocument)],
        thing: impl Fn(usize) -> Thing,
    ) {
        for (index, (id, document)) in documents.iter().enumerate() {
            self.add(kind, id, thing(index));
            self.add_file(&document.draft.path, thing(index));
        }
    }

    /// Checklists' ids are unique in the playbook: documents' in the order of the documents, then stages'.
    fn add_checklists(&mut self, laid: &Laid, journeys: &[JourneyDraft], diagnostics: &mut Diagnostics) {
        let mut known: FxHashMap<Arc<str>, Place> = FxHashMap::default();
        for Unresolved { document, .. } in laid.documents() {
            let body = &document.draft.body;
            // Most have none, and need not be walked.
            let live = if body.checklists.is_empty() { Vec::new() } else { body.live().checklists };
            for number in live {
                let list = &body.checklists[number as usize];
                if list.id.value.is_empty() {
                    continue;
                }
                let id: Arc<str> = (*list.id.value).into();
                if let Some(first) = known.get(&id) {
                    diagnostics.push(
                        Diagnostic::new(Code::DuplicateId, format!("two checklists are called `{id}`"))
                            .at(list.id.place.clone(), "again here")
                            .at(first.clone(), "first here"),
                    );
                    continue;
                }
                known.insert(id.clone(), list.id.place.clone());
                self.checklists.push((id, document.draft.path.clone(), number));
            }
        }
        for journey in journeys {
            for stage in journey.stages.iter().filter(|stage| stage.has_checklist) {
                let id = format!("{}/{}", journey.id, stage.id).into();
                self.checklists.push((id, journey.path.clone(), 0));
            }
        }
        let checklists: Vec<Arc<str>> = self.checklists.iter().map(|(id, ..)| id.clone()).collect();
        for (index, id) in checklists.iter().enumerate() {
            self.add(TypedKind::Checklist, id, Thing::Checklist(Id::new(index)));
        }
    }

    /// The checklist that is declared under this id in this file, as the one of that number.
    pub fn checklist_at(&self, id: &str, path: &str, number: u32) -> Option<usize> {
        self.checklist(id).filter(|found| {
            let (_, file, known) = &self.checklists[*found];
            **file == *path && *known == number
        })
    }

    /// The checklist with this id.
    pub fn checklist(&self, id: &str) -> Option<usize> {
        match self.thing(TypedKind::Checklist, id)? {
            Thing::Checklist(found) => Some(found.index()),
            _ => None,
        }
    }

    /// How many checklists there are.
    pub fn checklist_count(&self) -> usize {
        self.checklists.len()
    }

    /// The thing with this id.
    pub fn thing(&self, kind: TypedKind, id: &str) -> Option<Thing> {
        self.things.get(&(kind, Arc::from(id))).copied()
    }

    /// The stages that this name means: `purchase` in every journey, `first-year/purchase` in one.
    pub fn stages(&self, name: &str) -> Option<&[StageId]> {
        self.stages.get(name).map(Vec::as_slice)
    }

    /// Every id of a kind.
    pub fn ids(&self, kind: TypedKind) -> impl Iterator<Item = &str> {
        self.of_kind.get(&kind).into_iter().flatten().map(|id| &**id)
    }

    /// Every name of a stage.
    pub fn stage_names(&self) -> impl Iterator<Item = &str> {
        let mut names: Vec<&str> = self.stages.keys().map(|name| &**name).collect();
        names.sort_unstable();
        names.into_iter()
    }

    /// The overview of a register's or kind's folder.
    pub fn overview(folder: &str) -> Option<Thing> {
        Kind::of_folder(folder).map(Thing::Overview)
    }
}
