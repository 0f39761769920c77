//! Markdown files to documents: pages in their sections, and the kinds that are prose.

use super::prose::{Found, Links, SUGGESTIONS};
use super::recall::Recall;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::localize::{LocalizedDocument, Overlaid};
use crate::parse::draft::{DocumentDraft, Front, Role};
use crate::playbook::prose::{ChecklistBlock, Part, Piece, TypedKind};
use crate::playbook::text::Said;
use crate::playbook::translation::Wording;
use crate::playbook::{
    Body, Checklist, ChecklistHome, Document, Id, Item, Kind, Lang, Page, Persona, Pillar, Playbook, Prose, Recovery,
    Settings, Strategy, Text, Thing,
};
use crate::source::Place;
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Documents in their order, before anything in them is looked up.
#[derive(Default)]
pub struct Laid {
    /// Pages, a section before its pages.
    pub pages: Vec<LaidPage>,
    /// Openings of overviews.
    pub overviews: BTreeMap<Kind, LocalizedDocument>,
    /// By id, in their order.
    pub strategies: Vec<(Arc<str>, LocalizedDocument)>,
    /// By id, in their order.
    pub pillars: Vec<(Arc<str>, LocalizedDocument)>,
    /// By id, in their order.
    pub personas: Vec<(Arc<str>, LocalizedDocument)>,
    /// By id, in their order.
    pub recoveries: Vec<(Arc<str>, LocalizedDocument)>,
}

/// A page in its section.
pub struct LaidPage {
    /// Its file.
    pub document: LocalizedDocument,
    /// Whether somebody wrote it; else it stands for a folder without `index.md`.
    pub written: bool,
    laying: Laying,
}

impl Laid {
    /// Every document, in the order of [`Playbook::documents`].
    pub fn documents(&self) -> impl Iterator<Item = Unresolved<'_>> {
        fn things<'l>(
            list: &'l [(Arc<str>, LocalizedDocument)],
            thing: impl Fn(usize) -> Thing + 'l,
        ) -> impl Iterator<Item = Unresolved<'l>> {
            let list = list.iter().enumerate();
            list.map(move |(index, (id, document))| Unresolved { thing: thing(index), id: id.clone(), document })
        }
        let pages = self.pages.iter().enumerate().map(|(index, page)| Unresolved {
            thing: Thing::Page(Id::new(index)),
            id: page.laying.id.clone(),
            document: &page.document,
        });
        let overviews = self.overviews.iter().map(|(kind, document)| Unresolved {
            thing: Thing::Overview(*kind),
            id: kind.folder().into(),
            document,
        });
        pages
            .chain(overviews)
            .chain(things(&self.strategies, |index| Thing::Strategy(Id::new(index))))
            .chain(things(&self.pillars, |index| Thing::Pillar(Id::new(index))))
            .chain(things(&self.personas, |index| Thing::Persona(Id::new(index))))
            .chain(things(&self.recoveries, |index| Thing::Recovery(Id::new(index))))
    }
}

/// A document before its names are looked up.
pub struct Unresolved<'l> {
    /// What it becomes.
    pub thing: Thing,
    /// Its id.
    pub id: Arc<str>,
    /// The file and its translations.
    pub document: &'l LocalizedDocument,
}

/// A document whose names have been looked up.
pub struct Resolved {
    /// It.
    pub document: Arc<Document>,
    checklists: Vec<Arc<Checklist>>,
    found: Found,
}

/// Where each of some documents was laid, to lay others of the same frames likewise.
#[derive(Debug)]
pub struct Layout {
    /// Of a folder without `index.md`, no document.
    pages: Vec<(Option<u32>, Laying)>,
    overviews: Vec<(Kind, u32)>,
    /// Strategies, pillars, personas, recoveries.
    things: [Vec<(Arc<str>, u32)>; 4],
}

/// A page's place among the others.
#[derive(Debug, Clone)]
struct Laying {
    id: Arc<str>,
    folder: Arc<str>,
    section: bool,
    parent: Option<usize>,
    depth: usize,
}

impl Layout {
    /// How `laid` was made of `documents`, which were these in their order.
    pub fn of(laid: &Laid, documents: &[Arc<DocumentDraft>]) -> Layout {
        let known: FxHashMap<*const DocumentDraft, u32> =
            documents.iter().zip(0..).map(|(draft, number)| (Arc::as_ptr(draft), number)).collect();
        let number = |document: &LocalizedDocument| known.get(&Arc::as_ptr(&document.draft)).copied();
        let things = |list: &[(Arc<str>, LocalizedDocument)]| -> Vec<(Arc<str>, u32)> {
            list.iter().filter_map(|(id, document)| Some((id.clone(), number(document)?))).collect()
        };
        Layout {
            pages: laid.pages.iter().map(|page| (number(&page.document), page.laying.clone())).collect(),
            overviews: laid.overviews.iter().filter_map(|(kind, document)| Some((*kind, number(document)?))).collect(),
            things: [&laid.strategies, &laid.pillars, &laid.personas, &laid.recoveries].map(|list| things(list)),
        }
    }

    /// Lays documents of the same frames, in the same order.
    pub fn lay(&self, documents: Vec<LocalizedDocument>) -> Laid {
        let mut documents: Vec<Option<LocalizedDocument>> = documents.into_iter().map(Some).collect();
        let mut take = |number: u32| documents[number as usize].take().expect("each document was laid once");
        let page = |take: &mut dyn FnMut(u32) -> LocalizedDocument, number: Option<u32>, laying: &Laying| {
            let document = number.map_or_else(|| unwritten(&laying.folder), take);
            LaidPage { document, written: number.is_some(), laying: laying.clone() }
        };
        let pages = self.pages.iter().map(|(number, laying)| page(&mut take, *number, laying)).collect();
        let overviews = self.overviews.iter().map(|(kind, number)| (*kind, take(*number))).collect();
        let [strategies, pillars, personas, recoveries] = self
            .things
            .each_ref()
            .map(|list| list.iter().map(|(id, number)| (id.clone(), take(*number))).collect::<Vec<_>>());
        Laid { pages, overviews, strategies, pillars, personas, recoveries }
    }
}

/// Sorts documents by what they are, and pages into their sections.
pub fn lay_out(documents: Vec<LocalizedDocument>, diagnostics: &mut Diagnostics) -> Laid {
    let mut laid = Laid::default();
    let mut pages = Vec::new();
    for document in documents {
        match document.draft.role.clone() {
            Role::Page { folder, stem, section } => pages.push((folder, stem, section, document)),
            Role::Overview(kind) => {
                laid.overviews.insert(kind, document);
            }
            Role::Of(kind, id) => {
                let list = match kind {
                    Kind::Strategies => &mut laid.strategies,
                    Kind::Pillars => &mut laid.pillars,
                    Kind::Personas => &mut laid.personas,
                    _ => &mut laid.recoveries,
                };
                list.push((id, document));
            }
        }
    }
    for list in [&mut laid.strategies, &mut laid.pillars, &mut laid.personas, &mut laid.recoveries] {
        let mut kept: FxHashMap<Arc<str>, Place> = FxHashMap::default();
        list.retain(|(id, document)| {
            let place = Place::file(&document.draft.path);
            if let Some(first) = kept.get(id) {
                diagnostics.push(
                    Diagnostic::new(Code::DuplicateId, format!("two files have the id `{id}`"))
                        .at(place, "again here")
                        .at(first.clone(), "first here"),
                );
                return false;
            }
            kept.insert(id.clone(), place);
            true
        });
        list.sort_by_cached_key(|(_, document)| order(document));
    }
    laid.pages = in_sections(pages);
    laid
}

type Order = (i64, String, Arc<str>);

/// `weight`, then title.
fn order(document: &LocalizedDocument) -> Order {
    (
        document.draft.front.weight.unwrap_or(i64::MAX),
        document.source_title().to_lowercase(),
        document.draft.path.clone(),
    )
}

type Written = (Arc<str>, Arc<str>, bool, LocalizedDocument);

/// Pages in the order of the navigation: a section before its pages; folders without `index.md` get a section all the same.
fn in_sections(pages: Vec<Written>) -> Vec<LaidPage> {
    struct Folder {
        index: Option<LocalizedDocument>,
        pages: Vec<(Arc<str>, LocalizedDocument, Order)>,
        folders: Vec<Arc<str>>,
    }
    let mut folders: BTreeMap<Arc<str>, Folder> = BTreeMap::new();
    let empty = || Folder { index: None, pages: Vec::new(), folders: Vec::new() };
    folders.insert("".into(), empty());
    let orders: Vec<Order> = pages.par_iter().with_min_len(CHUNK).map(|(.., document)| order(document)).collect();
    for ((folder, stem, section, document), order) in pages.into_iter().zip(orders) {
        let mut at: Arc<str> = folder.clone();
        while !folders.contains_key(&at) {
            folders.insert(at.clone(), empty());
            let above: Arc<str> = at.rsplit_once('/').map_or("", |(above, _)| above).into();
            folders.entry(above.clone()).or_insert_with(empty).folders.push(at);
            at = above;
        }
        let Some(home) = folders.get_mut(&folder) else { continue };
        if section {
            home.index = Some(document);
        } else {
            home.pages.push((stem, document, order));
        }
    }
    // Folders that were made on the way up by `or_insert_with` still want their own parents.
    let names: Vec<Arc<str>> = folders.keys().cloned().collect();
    for name in names.iter().filter(|name| !name.is_empty()) {
        let above: Arc<str> = name.rsplit_once('/').map_or("", |(above, _)| above).into();
        let parent = folders.entry(above).or_insert_with(empty);
        if !parent.folders.contains(name) {
            parent.folders.push(name.clone());
        }
    }
    enum Child {
        Page(Arc<str>, LocalizedDocument),
        Folder(Arc<str>),
    }
    let mut laid: Vec<LaidPage> = Vec::new();
    // A stack instead of recursion: a path may have a thousand folders.
    let mut waiting: Vec<(Child, Option<usize>, usize)> = vec![(Child::Folder("".into()), None, 0)];
    while let Some((child, parent, depth)) = waiting.pop() {
        match child {
            Child::Page(id, document) => {
                let folder = id.rsplit_once('/').map_or("", |(folder, _)| folder).into();
                let laying = Laying { id, folder, section: false, parent, depth };
                laid.push(LaidPage { document, written: true, laying });
            }
            Child::Folder(name) => {
                let Some(folder) = folders.remove(&name) else { continue };
                let mut section = parent;
                // The front page stands alone; folders of registers have an overview instead of a section.
                let is_kind = Kind::of_folder(name.split('/').next().unwrap_or("")).is_some();
                if name.is_empty() {
                    if let Some(front) = folder.index {
                        laid.push(page_of(front, true, &name, None, 0));
                    }
                    section = None;
                } else if folder.index.is_some() || !is_kind {
                    let written = folder.index.is_some();
                    let document = folder.index.unwrap_or_else(|| unwritten(&name));
                    laid.push(page_of(document, written, &name, parent, depth));
                    section = Some(laid.len() - 1);
                }
                let inner = if name.is_empty() { 0 } else { depth + 1 };
                let mut children: Vec<(Order, Child)> = Vec::new();
                for (stem, document, order) in folder.pages {
                    let id = if name.is_empty() { stem } else { [&*name, "/", &*stem].concat().into() };
                    children.push((order, Child::Page(id, document)));
                }
                for below in folder.folders {
                    let key =
                        folders.get(&below).and_then(|folder| folder.index.as_ref()).map(order).unwrap_or_else(|| {
                            (i64::MAX, below.rsplit('/').next().unwrap_or(&below).to_lowercase(), below.clone())
                        });
                    children.push((key, Child::Folder(below)));
                }
                children.sort_by(|a, b| b.0.cmp(&a.0));
                waiting.extend(children.into_iter().map(|(_, child)| (child, section, inner)));
            }
        }
    }
    laid
}

fn page_of(
    document: LocalizedDocument,
    written: bool,
    folder: &Arc<str>,
    parent: Option<usize>,
    depth: usize,
) -> LaidPage {
    let laying = Laying { id: folder.clone(), folder: folder.clone(), section: true, parent, depth };
    LaidPage { document, written, laying }
}

/// A section for a folder without `index.md`.
fn unwritten(folder: &Arc<str>) -> LocalizedDocument {
    let path: Arc<str> = format!("content/{folder}/index.md").into();
    let draft = DocumentDraft {
        role: Role::Page { folder: folder.clone(), stem: "index".into(), section: true },
        path,
        language: Lang::DEFAULT,
        translates: None,
        front: Front::default(),
        title: None,
        body: Arc::default(),
        texts: None,
        wording: Wording::default(),
        frame: 0,
    };
    LocalizedDocument { draft: Arc::new(draft), overlays: Vec::new(), persona: None }
}

/// Looks up what the documents name.
pub fn fill(playbook: &mut Playbook, laid: Laid, links: &mut Links<'_>, recall: Option<&mut Recall>) {
    playbook.checklists.reserve(links.names.checklist_count());
    let resolved = all_resolved(&laid, playbook, links, recall);
    let mut documents = Vec::with_capacity(resolved.len());
    for (one, _) in resolved {
        links.absorb(&one.found);
        playbook.checklists.extend(one.checklists.iter().cloned());
        documents.push(one.document.clone());
    }
    let mut documents = documents.into_iter();
    let mut next = || documents.next().expect("every document was looked at, in this order");
    playbook.pages.reserve_exact(laid.pages.len());
    for (index, LaidPage { laying, written, .. }) in laid.pages.into_iter().enumerate() {
        let id = Id::new(index);
        let guide = laying.folder.split('/').next() == Some("guides");
        if laying.section && laying.folder.is_empty() {
            playbook.front = Some(id);
        }
        playbook.pages.push(Page {
            document: next(),
            section: laying.section,
            parent: laying.parent.map(Id::new),
            children: Vec::new(),
            depth: laying.depth,
            folder: laying.folder,
            guide,
            written,
        });
        if let Some(parent) = laying.parent {
            playbook.pages[parent].children.push(id);
        }
    }
    for kind in laid.overviews.into_keys() {
        playbook.overviews.insert(kind, next());
    }
    for (_, localized) in laid.strategies {
        let front = &localized.draft.front;
        let mut strategy = Strategy {
            document: next(),
            pillars: Vec::new(),
            stages: Vec::new(),
            departments: Vec::new(),
            effort: front.effort,
            impact: front.impact,
        };
        for name in &front.pillars {
            if let Some(Thing::Pillar(id)) = links.key(TypedKind::Pillar, name) {
                strategy.pillars.push(id);
            }
        }
        for name in &front.stages {
            for stage in links.stages(name) {
                if !strategy.stages.contains(&stage) {
                    strategy.stages.push(stage);
                }
            }
        }
        for name in &front.departments {
            if let Some(Thing::Department(id)) = links.key(TypedKind::Department, name) {
                strategy.departments.push(id);
            }
        }
        playbook.strategies.push(strategy);
    }
    for _ in laid.pillars {
        playbook.pillars.push(Pillar { document: next(), strategies: Vec::new(), promises: Vec::new() });
    }
    for (index, (_, localized)) in laid.personas.into_iter().enumerate() {
        let thing = Thing::Persona(Id::new(index));
        let document = next();
        let said = localized.persona.unwrap_or_default();
        let [goals, pains, values, behaviours, evidence] =
            said.lists().map(|list| links.lines(list.clone(), Some(thing)));
        playbook.personas.push(Persona { document, goals, pains, values, behaviours, evidence, journeys: Vec::new() });
    }
    for _ in laid.recoveries {
        playbook.recoveries.push(Recovery { document: next() });
    }
}

/// As many documents are looked at by one thread before it takes the next ones.
const CHUNK: usize = 64;

/// Every document, in the order of [`Laid::documents`], and whether it is remembered. Each needs nothing but the names, so all
/// threads help; those that are remembered need nothing.
fn all_resolved(
    laid: &Laid,
    playbook: &Playbook,
    links: &Links<'_>,
    mut recall: Option<&mut Recall>,
) -> Vec<(Arc<Resolved>, bool)> {
    let documents: Vec<Unresolved<'_>> = laid.documents().collect();
    let (names, left_out, settings) = (links.names, links.left_out, &*playbook.settings);
    if let Some(recall) = &mut recall {
        recall.expect(names.version() ^ left_out.version(), settings);
    }
    let known = recall.as_deref();
    let resolved: Vec<(Arc<Resolved>, bool)> = documents
        .par_chunks(CHUNK)
        .flat_map_iter(|chunk| {
            let mut links = Links::new(names, left_out);
            // What takes its title from the settings hangs on more than its file.
            let known = move |one: &Unresolved<'_>| {
                known.filter(|_| !is_called_as_the_playbook(one.document)).and_then(|known| known.get(one))
            };
            chunk.iter().map(move |one| match known(one) {
                Some(resolved) => (resolved.clone(), true),
                None => (Arc::new(resolved(one, settings, &mut links)), false),
            })
        })
        .collect();
    if let Some(recall) = recall {
        recall.keep(&documents, &resolved);
    }
    resolved
}

fn resolved(one: &Unresolved<'_>, settings: &Settings, links: &mut Links<'_>) -> Resolved {
    let body = body(one.document, one.thing, links);
    let (ids, checklists) = checklists(&body, one.thing, links).into_iter().unzip();
    let document = Arc::new(document(one, body, ids, settings));
    Resolved { document, checklists, found: std::mem::take(&mut links.found) }
}

fn body(localized: &LocalizedDocument, thing: Thing, links: &mut Links<'_>) -> Text<Prose> {
    let draft = &localized.draft;
    let source = links.prose(draft.body.clone(), &draft.path, Some(thing), None);
    let mut translations = Vec::new();
    for overlay in localized.translated_bodies() {
        let Overlaid { draft, stale } = overlay;
        let whole = with_all_checklists(&draft.body, &source);
        let value = links.prose(whole, &draft.path, Some(thing), Some(&source));
        translations.push(Said { language: draft.language, value, place: Place::file(&draft.path), stale: *stale });
    }
    let source = Said { language: draft.language, value: source, place: Place::file(&draft.path), stale: false };
    Text { source, translations }
}

/// A translation with the checklists that it leaves out at its end: their items are shown in another language, as those are that a
/// list of its own leaves out.
fn with_all_checklists(body: &Arc<Body>, source: &Prose) -> Arc<Body> {
    let blocks = &source.body.checklists;
    if blocks.is_empty() {
        return body.clone();
    }
    let has = |id: &str| body.checklists.iter().any(|own| *own.id.value == *id);
    let live = source.body.live().checklists.into_iter().map(|number| &blocks[number as usize]);
    let missing: Vec<&ChecklistBlock> = live.filter(|block| !has(&block.id.value)).collect();
    if missing.is_empty() {
        return body.clone();
    }
    let mut whole = Body::clone(body);
    for block in missing {
        whole.pieces.push(Piece::Checklist(whole.checklists.len() as u32));
        let (lead, items) = (Vec::new(), Vec::new());
        whole.checklists.push(ChecklistBlock { title: None, owner: None, lead, items, ..block.clone() });
    }
    Arc::new(whole)
}

fn document(one: &Unresolved<'_>, body: Text<Prose>, checklists: Vec<Id<Checklist>>, settings: &Settings) -> Document {
    let localized = one.document;
    let draft = &localized.draft;
    let front = &draft.front;
    let audience = front
        .audience
        .as_ref()
        .filter(|name| settings.audience(&name.value).is_some())
        .map_or_else(|| settings.default_audience.clone(), |name| Arc::from(&*name.value));
    Document {
        id: one.id.clone(),
        title: title(localized, settings),
        description: localized.description(),
        body,
        slug: localized.slug(),
        aliases: localized.aliases(),
        weight: front.weight,
        tags: front.tags.clone(),
        date: front.date.as_ref().map(|date| (date.value, date.place.clone())),
        updated: front.updated.as_ref().map(|date| (date.value, date.place.clone())),
        draft: front.draft == Some(true),
        review: front.review.clone(),
        audience,
        template: front.template.clone(),
        extra: localized.extra(),
        checklists,
        place: Place::file(&draft.path),
        path: draft.path.clone(),
    }
}

/// Whether it is a front page without a title.
fn is_called_as_the_playbook(localized: &LocalizedDocument) -> bool {
    let draft = &localized.draft;
    draft.title.is_none() && matches!(&draft.role, Role::Page { folder, section: true, .. } if folder.is_empty())
}

/// A document's title; of a front page without one that of the playbook.
fn title(localized: &LocalizedDocument, settings: &Settings) -> Text<Arc<str>> {
    let mut title = localized.title();
    if !is_called_as_the_playbook(localized) {
        return title;
    }
    title.source.value = settings.language(title.source.language).title.clone();
    for language in settings.langs().filter(|language| *language != title.source.language) {
        let value = &settings.language(language).title;
        let said = title.translations.iter().any(|said| said.language == language);
        if !said && *value != title.source.value {
            let place = title.source.place.clone();
            title.translations.push(Said { language, value: value.clone(), place, stale: false });
        }
    }
    title
}

/// The checklists of a body, items with their translations by id.
fn checklists(body: &Text<Prose>, thing: Thing, links: &mut Links<'_>) -> Vec<(Id<Checklist>, Arc<Checklist>)> {
    let source = &body.source;
    let mut lists = Vec::new();
    let by_id = |body: &Body| -> FxHashMap<Box<str>, usize> {
        // Of two with one id the first one counts: it is put in last.
        body.checklists.iter().enumerate().rev().map(|(index, list)| (list.id.value.clone(), index)).collect()
    };
    let lists_by_id: Vec<_> = body.translations.iter().map(|said| by_id(&said.value.body)).collect();
    for number in source.value.body.live().checklists {
        let block = &source.value.body.checklists[number as usize];
        // Of two checklists with one id the first one stands.
        let Some(index) = links.names.checklist_at(&block.id.value, &source.place.path, number) else { continue };
        let text = |value: &Option<Box<str>>| {
            value.as_ref().map(|value| Text::new(Arc::<str>::from(&**value), source.language, block.place.clone()))
        };
        let mut checklist = Checklist {
            id: (*block.id.value).into(),
            title: text(&block.title),
            owner: block.owner.as_deref().map(Into::into),
            home: ChecklistHome::Document(thing),
            items: items(&source.value, number, source.language, links),
            place: block.place.clone(),
        };
        for (said, lists) in body.translations.iter().zip(&lists_by_id) {
            let Some(other) = lists.get(&*block.id.value).copied() else { continue };
            let translated = &said.value.body.checklists[other];
            if let (Some(title), Some(own)) = (&mut checklist.title, &translated.title) {
                title.translations.push(Said {
                    language: said.language,
                    value: Arc::from(&**own),
                    place: translated.place.clone(),
                    stale: said.stale,
                });
            }
            translate_items(&mut checklist, said, other as u32, &mut links.found);
        }
        lists.push((Id::new(index), Arc::new(checklist)));
    }
    for said in &body.translations {
        strange_checklists(source, said, &mut links.found);
    }
    lists
}

/// Lists that only a translation has would be shown nowhere: most often the id is mistyped.
fn strange_checklists(source: &Said<Prose>, said: &Said<Prose>, found: &mut Found) {
    let ids = || source.value.body.checklists.iter().map(|block| &*block.id.value);
    let blocks = said.value.body.checklists.iter();
    for id in blocks.map(|block| &block.id).filter(|id| !id.value.is_empty() && !ids().any(|known| *known == *id.value))
    {
        found.push(
            Diagnostic::new(Code::UnknownName, format!("the source has no checklist `{}`", id.value))
                .at(id.place.clone(), "not in the source")
                .did_you_mean(&id.value, ids()),
        );
    }
}

fn part(prose: &Prose, list: u32, item: usize) -> Prose {
    Prose { part: Part::Item(list, item as u32), ..prose.clone() }
}

fn items(prose: &Prose, list: u32, language: Lang, links: &mut Links<'_>) -> Vec<Item> {
    let body: &Body = &prose.body;
    let mut items: Vec<Item> = Vec::new();
    let mut known: FxHashMap<&str, &Place> = FxHashMap::default();
    for (index, block) in body.checklists[list as usize].items.iter().enumerate() {
        if block.id.value.is_empty() {
            continue;
        }
        if let Some(first) = known.get(&*block.id.value) {
            links.found.push(
                Diagnostic::new(
                    Code::DuplicateId,
                    format!("two items of this checklist are called `{}`", block.id.value),
                )
                .at(block.id.place.clone(), "again here")
                .at((*first).clone(), "first here"),
            );
            continue;
        }
        known.insert(&block.id.value, &block.id.place);
        items.push(Item {
            id: (*block.id.value).into(),
            renamed_from: block.renamed_from.as_deref().map(Into::into),
            text: Text::new(part(prose, list, index), language, block.id.place.clone()),
            owner: None,
            depth: block.depth,
            place: block.id.place.clone(),
        });
    }
    items
}

fn translate_items(checklist: &mut Checklist, said: &Said<Prose>, list: u32, found: &mut Found) {
    let prose = &said.value;
    let known: FxHashMap<Arc<str>, usize> =
        checklist.items.iter().enumerate().map(|(index, item)| (item.id.clone(), index)).collect();
    let mut strangers = 0;
    for (index, block) in prose.body.checklists[list as usize].items.iter().enumerate() {
        if block.id.value.is_empty() {
            continue;
        }
        match known.get(&*block.id.value) {
            Some(item) => checklist.items[*item].text.translations.push(Said {
                language: said.language,
                value: part(prose, list, index),
                place: block.id.place.clone(),
                stale: said.stale,
            }),
            None => {
                strangers += 1;
                let nearby = checklist.items.iter().filter(|_| strangers <= SUGGESTIONS).map(|item| &*item.id);
                found.push(
                    Diagnostic::new(
                        Code::UnknownName,
                        format!("the source's checklist has no item `{}`", block.id.value),
                    )
                    .at(block.id.place.clone(), "not in the source")
                    .did_you_mean(&block.id.value, nearby),
                );
            }
        }
    }
}
