//! The navigation beside a page: the same for all pages of one language, section and depth.

use super::{At, Words, encoded};
use crate::playbook::{Id, Journey, Kind, Lang, Page, Thing};
use crate::routes::{PageId, listed};
use serde::Serialize;

/// Pages with equal keys have the same navigation, but for the mark on their own entry.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct NavigationKey {
    /// The language.
    pub language: Lang,
    /// What is unfolded.
    pub open: Open,
    /// The way up to the root, by which every address begins.
    pub root: String,
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

/// Siblings that are shown at most, besides those on the way to the page: a section of ten thousand pages has an overview for that.
const SIBLINGS: usize = 200;

/// The navigation.
#[derive(Debug, Serialize)]
pub struct NavigationView {
    /// Its groups.
    pub groups: Vec<Group>,
}

/// Entries under a heading.
#[derive(Debug, Serialize)]
pub struct Group {
    /// The heading; the first group has none.
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
    NavigationKey { language: at.language, open, root: at.root() }
}

/// How the navigation of this page writes a link to the page's own address.
pub fn current(at: &At<'_>) -> String {
    let listed_under = match at.route.page {
        PageId::More(kind, _) => at.desk.routes.route(PageId::Thing(Thing::Overview(kind)), at.language),
        PageId::MoreOfSection(id, _) => at.desk.routes.route(PageId::Thing(Thing::Page(id)), at.language),
        _ => Some(at.route),
    };
    listed_under.map_or_else(String::new, |route| address(at, &route.address))
}

fn address(at: &At<'_>, address: &str) -> String {
    let link = format!("{}{}", at.root(), encoded(&address[1..]));
    if link.is_empty() { "./".to_string() } else { link }
}

/// The navigation that this page shares with others.
pub fn navigation(at: &At<'_>, open: Open) -> NavigationView {
    let making = Making { at };
    let playbook = at.desk.playbook;
    let overview = at.desk.routes.route(PageId::Front, at.language);
    let front = overview.map(|route| Entry {
        href: address(at, &route.address),
        title: at.said("nav-front"),
        level: 0,
        count: None,
    });
    let mut groups = vec![Group { title: None, entries: front.into_iter().collect() }];
    let mut group = |title: &str, entries: Vec<Entry>| {
        if !entries.is_empty() {
            groups.push(Group { title: Some(at.t(title)), entries });
        }
    };
    let mut journeys = Vec::new();
    for (id, journey) in Id::all(&playbook.journeys).take(SIBLINGS) {
        journeys.extend(making.entry(Thing::Journey(id), 0));
        if open == Open::Journey(id) {
            journeys.extend(journey.stage_ids(id).filter_map(|stage| making.entry(Thing::Stage(stage), 1)));
        }
    }
    if playbook.journeys.len() > 1 {
        journeys.extend(making.kind(Kind::Journeys));
    }
    group("nav-journeys", journeys);
    group("nav-promises", making.kinds(&[Kind::Promises, Kind::Metrics, Kind::Departments]));
    group("nav-work", making.kinds(&[Kind::Strategies, Kind::Checklists, Kind::Recoveries, Kind::Coverage]));
    group("nav-guides", making.pages(open));
    let reference = [Kind::Pillars, Kind::Personas, Kind::Channels, Kind::Claims, Kind::Glossary, Kind::Tags];
    group("nav-reference", making.kinds(&reference));
    NavigationView { groups }
}

struct Making<'m, 'a> {
    at: &'m At<'a>,
}

impl Making<'_, '_> {
    fn entry(&self, thing: Thing, level: usize) -> Option<Entry> {
        let (route, _) = self.at.desk.routes.of(thing, self.at.language, self.at.desk.playbook)?;
        Some(Entry { href: address(self.at, &route.address), title: self.at.title(thing), level, count: None })
    }

    fn kind(&self, kind: Kind) -> Option<Entry> {
        let mut entry = self.entry(Thing::Overview(kind), 0)?;
        let length = listed(self.at.desk.playbook, kind);
        if kind != Kind::Coverage && length > 0 {
            entry.count = Some(self.at.locale().count(i64::try_from(length).unwrap_or(i64::MAX)));
        }
        if kind == Kind::Journeys {
            entry.title = self.at.said("nav-all-journeys");
        }
        Some(entry)
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
        let top = Id::all(&playbook.pages).filter(|(id, page)| page.parent.is_none() && playbook.front != Some(*id));
        let shown = top.enumerate().filter(|(index, (id, _))| *index < SIBLINGS || path.last() == Some(id));
        for (_, (id, page)) in shown {
            entries.extend(self.entry(Thing::Page(id), 0));
            // Guides are always unfolded one level: they are what people come for.
            if page.section && (path.last() == Some(&id) || &*page.folder == "guides") {
                self.children(id, 1, &path, &mut entries);
            }
        }
        entries
    }

    fn children(&self, section: Id<Page>, level: usize, path: &[Id<Page>], entries: &mut Vec<Entry>) {
        // Deeper than the eye follows, and than a stack should.
        if level > 8 {
            return;
        }
        let children = self.at.desk.playbook[section].children.iter().enumerate();
        for (_, child) in children.filter(|(index, child)| *index < SIBLINGS || path.contains(child)) {
            entries.extend(self.entry(Thing::Page(*child), level));
            if path.contains(child) {
                self.children(*child, level + 1, path, entries);
            }
        }
    }
}
