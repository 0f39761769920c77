//! The navigation beside a page: the same for all pages of one language, section and depth.

use super::{At, Words, page};
use crate::playbook::{Id, Journey, Kind, Lang, Page, Thing};
use crate::routes::{PageId, listed};
use serde::Serialize;
use std::ops::Range;

/// Pages with equal keys have the same navigation, but for the mark on their own entry.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct NavigationKey {
    /// The language.
    pub language: Lang,
    /// What is unfolded.
    pub open: Open,
    /// Which part of the page's siblings is shown, by the first of them.
    pub part: usize,
    /// What stands right above on the way from the front page.
    pub above: Option<Thing>,
    /// The folder from which every address begins; `None` where the page may stand anywhere.
    pub folder: Option<Box<str>>,
}

/// What is unfolded in the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Open {
    /// Nothing.
    Nothing,
    /// A section, and those above it.
    Section(Id<Page>),
    /// A journey's stages.
    Journey(Id<Journey>),
}

/// So many siblings are shown together. Of more of them a page shows its part: nobody reads two hundred links to find the one
/// beside it, and every page would carry them.
const TOGETHER: usize = 40;

/// What is to be done.
const WORK: [Kind; 6] =
    [Kind::Strategies, Kind::Checklists, Kind::Recoveries, Kind::Incidents, Kind::Reviews, Kind::Coverage];

/// The length of a part, without what it shares with its neighbours on either side.
const PART: usize = 20;

/// What neighbouring parts share, so that every page shows what stands before and after it.
const SHARED: usize = 6;

/// Of `length` siblings those that are shown around the one at `index`.
fn part(length: usize, index: usize) -> Range<usize> {
    if length <= TOGETHER {
        return 0..length;
    }
    let start = index / PART * PART;
    start.saturating_sub(SHARED)..(start + PART + SHARED).min(length)
}

/// The navigation.
#[derive(Debug, Serialize)]
pub struct NavigationView {
    /// Its groups.
    pub groups: Vec<Group>,
}

/// Entries under a heading.
#[derive(Debug, Serialize)]
pub struct Group {
    /// Its name in every language: browsers remember by it which groups are closed.
    pub id: &'static str,
    /// The heading; the first group has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// The entries.
    pub entries: Vec<Entry>,
}

/// An entry.
#[derive(Debug, Serialize)]
pub struct Entry {
    /// Its page.
    pub href: String,
    /// Its title.
    pub title: Words,
    /// How deep it stands in its group, from 0.
    pub level: usize,
    /// How many things its page lists.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub count: Option<String>,
}

/// The key of a page's navigation.
pub fn key(at: &At<'_>) -> NavigationKey {
    let playbook = at.desk.playbook;
    let open = match at.route.page {
        PageId::Thing(Thing::Page(id)) | PageId::MoreOfSection(id, _) => {
            let page = &playbook[id];
            let section = if page.section { Some(id) } else { page.parent };
            section.map_or(Open::Nothing, Open::Section)
        }
        PageId::Thing(Thing::Journey(id)) => Open::Journey(id),
        PageId::Thing(Thing::Stage(stage)) => Open::Journey(stage.journey),
        _ => Open::Nothing,
    };
    let part = here(at).map_or(0, |id| {
        let siblings = siblings(at, playbook[id].parent);
        part(siblings.len(), index(siblings, id)).start
    });
    let anywhere = at.route.page == PageId::NotFound;
    let above = page::above(at);
    NavigationKey { language: at.language, open, part, above, folder: (!anywhere).then(|| at.folder().into()) }
}

/// The page that is open, where it is none that unfolds itself.
fn here(at: &At<'_>) -> Option<Id<Page>> {
    match at.route.page {
        PageId::Thing(Thing::Page(id)) if !at.desk.playbook[id].section => Some(id),
        _ => None,
    }
}

fn siblings<'a>(at: &At<'a>, parent: Option<Id<Page>>) -> &'a [Id<Page>] {
    match parent {
        Some(parent) => &at.desk.playbook[parent].children,
        None => &at.desk.tops,
    }
}

/// Pages are numbered in the order of the navigation, so siblings stand in the order of their numbers.
fn index(siblings: &[Id<Page>], id: Id<Page>) -> usize {
    siblings.binary_search(&id).unwrap_or_else(|index| index)
}

/// How the navigation of this page writes a link to the page's own address.
pub fn current(at: &At<'_>) -> String {
    let listed_under = match at.route.page {
        PageId::More(kind, _) => at.desk.routes.route(PageId::Thing(Thing::Overview(kind)), at.language),
        PageId::MoreOfSection(id, _) => at.desk.routes.route(PageId::Thing(Thing::Page(id)), at.language),
        _ => Some(at.route),
    };
    listed_under.map_or_else(String::new, |route| at.from_folder(&route.address))
}

/// The front page, as the pages that share a navigation link to it.
pub fn home(at: &At<'_>) -> String {
    at.desk.routes.route(PageId::Front, at.language).map_or_else(String::new, |route| at.from_folder(&route.address))
}

/// The navigation that this page shares with others.
pub fn navigation(at: &At<'_>, open: Open) -> NavigationView {
    let making = Making { at };
    let playbook = at.desk.playbook;
    let overview = at.desk.routes.route(PageId::Front, at.language);
    let front = overview.map(|route| Entry {
        href: at.from_folder(&route.address),
        title: at.said("nav-front"),
        level: 0,
        count: None,
    });
    let mut groups = vec![Group { id: "front", title: None, entries: front.into_iter().collect() }];
    let mut group = |title: &'static str, entries: Vec<Entry>| {
        if !entries.is_empty() {
            groups.push(Group { id: title.trim_start_matches("nav-"), title: Some(at.t(title)), entries });
        }
    };
    let mut journeys = Vec::new();
    let opened = if let Open::Journey(id) = open { id.index() } else { 0 };
    for number in part(playbook.journeys.len(), opened) {
        let id = Id::new(number);
        journeys.extend(making.entry(Thing::Journey(id), 0));
        if open == Open::Journey(id) {
            journeys.extend(playbook[id].stage_ids(id).filter_map(|stage| making.entry(Thing::Stage(stage), 1)));
        }
    }
    if playbook.journeys.len() > 1 {
        journeys.extend(making.kind(Kind::Journeys));
    }
    group("nav-journeys", journeys);
    let mut promises = making.kinds(&[Kind::Promises, Kind::Metrics, Kind::Departments]);
    promises.extend(making.of_people(PageId::Audit(None), "audit-title"));
    group("nav-promises", promises);
    group("nav-work", making.kinds(&WORK));
    group("nav-guides", making.pages(open));
    let reference = [Kind::Pillars, Kind::Personas, Kind::Channels, Kind::Claims, Kind::Glossary, Kind::Tags];
    let mut reference = making.kinds(&reference);
    reference.extend(making.of_people(PageId::Translations, "translations-title"));
    group("nav-reference", reference);
    NavigationView { groups }
}

struct Making<'m, 'a> {
    at: &'m At<'a>,
}

impl Making<'_, '_> {
    fn entry(&self, thing: Thing, level: usize) -> Option<Entry> {
        let (route, _) = self.at.desk.routes.of(thing, self.at.language, self.at.desk.playbook)?;
        Some(Entry { href: self.at.from_folder(&route.address), title: self.at.title(thing), level, count: None })
    }

    fn kind(&self, kind: Kind) -> Option<Entry> {
        let mut entry = self.entry(Thing::Overview(kind), 0)?;
        // Coverage lists nothing, and how many dates there are says nothing about the reviews.
        if !matches!(kind, Kind::Coverage | Kind::Reviews) {
            let length = listed(self.at.desk.playbook, kind);
            entry.count = (length > 0).then(|| self.at.locale().count(i64::try_from(length).unwrap_or(i64::MAX)));
        }
        if kind == Kind::Journeys {
            entry.title = self.at.said("nav-all-journeys");
        }
        Some(entry)
    }

    /// A page for the playbook's own people, where the edition has it.
    fn of_people(&self, page: PageId, title: &str) -> Option<Entry> {
        let route = self.at.desk.routes.route(page, self.at.language)?;
        Some(Entry { href: self.at.from_folder(&route.address), title: self.at.said(title), level: 0, count: None })
    }

    fn kinds(&self, kinds: &[Kind]) -> Vec<Entry> {
        kinds.iter().filter_map(|kind| self.kind(*kind)).collect()
    }

    /// Pages of Markdown: the top ones, and the children of every section from the top down to the open one.
    fn pages(&self, open: Open) -> Vec<Entry> {
        let playbook = self.at.desk.playbook;
        let mut path = Vec::new();
        let mut at = match open {
            Open::Section(id) => Some(id),
            _ => None,
        };
        while let Some(id) = at {
            path.push(id);
            at = playbook[id].parent;
        }
        let mut entries = Vec::new();
        let tops = siblings(self.at, None);
        let near = path.last().copied().or_else(|| here(self.at).filter(|id| playbook[*id].parent.is_none()));
        for id in &tops[part(tops.len(), near.map_or(0, |id| index(tops, id)))] {
            self.page(*id, 0, &mut entries);
            let page = &playbook[*id];
            // Guides are always unfolded one level: they are what people come for.
            if page.section && (path.contains(id) || &*page.folder == "guides") {
                self.children(*id, 1, &path, &mut entries);
            }
        }
        entries
    }

    /// A page's entry; a section's with its length where not all of it is shown.
    fn page(&self, id: Id<Page>, level: usize, entries: &mut Vec<Entry>) {
        let Some(mut entry) = self.entry(Thing::Page(id), level) else { return };
        let length = self.at.desk.playbook[id].children.len();
        if length > TOGETHER {
            entry.count = Some(self.at.locale().count(i64::try_from(length).unwrap_or(i64::MAX)));
        }
        entries.push(entry);
    }

    fn children(&self, section: Id<Page>, level: usize, path: &[Id<Page>], entries: &mut Vec<Entry>) {
        // Deeper than the eye follows, and than a stack should.
        if level > 8 {
            return;
        }
        let playbook = self.at.desk.playbook;
        let children = siblings(self.at, Some(section));
        let below = |id: &Id<Page>| playbook[*id].parent == Some(section);
        let near = path.iter().copied().find(below).or_else(|| here(self.at).filter(below));
        for child in &children[part(children.len(), near.map_or(0, |id| index(children, id)))] {
            self.page(*child, level, entries);
            if path.contains(child) {
                self.children(*child, level + 1, path, entries);
            }
        }
    }
}
