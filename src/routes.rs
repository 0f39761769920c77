//! A [`Playbook`] to [`Routes`]: which pages there are, at which addresses, and what collides.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::playbook::{ChecklistHome, Department, Document, Id, Kind, Lang, Page, Playbook, Thing};
use crate::source::{Asset, Place};
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::hash_map::Entry;
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;

/// Where a finding about something that nobody wrote points.
const SETTINGS: &str = "trustbook.toml";

/// Lists longer than this are paged.
pub const LIST_LENGTH: usize = 500;

/// Every page of an edition, in every language.
#[derive(Debug, Default)]
pub struct Routes {
    /// All of them: a language after the other, in the order of the navigation.
    pub all: Vec<Route>,
    /// Old addresses and where they lead.
    pub aliases: Vec<Alias>,
    /// Files of `content/` that pages use, and where they are copied.
    pub assets: Vec<(u32, Arc<str>)>,
    by_page: FxHashMap<(PageId, Lang), u32>,
    by_address: FxHashMap<Arc<str>, u32>,
    asset_files: FxHashMap<u32, Arc<str>>,
    statics: FxHashSet<Arc<str>>,
}

/// A page and its address.
#[derive(Debug, Clone)]
pub struct Route {
    /// What it shows.
    pub page: PageId,
    /// In which language.
    pub language: Lang,
    /// Its address without the base path: begins with `/`, ends with `/` but for `/404.html` and `/sv/404.html`.
    pub address: Arc<str>,
}

impl Route {
    /// Its file in the output.
    pub fn file(&self) -> String {
        let address = &self.address[1..];
        if address.is_empty() || address.ends_with('/') {
            [address, "index.html"].concat()
        } else {
            address.to_string()
        }
    }
}

/// What a page shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PageId {
    /// The front page, also where there is no `content/index.md`.
    Front,
    /// Something of the playbook. Claims, terms, metrics, channels and checklists have no page of their own.
    Thing(Thing),
    /// One tag: its number in the playbook.
    Tag(u32),
    /// The following pages of a long overview: 2, 3, …
    More(Kind, u16),
    /// The following pages of a tag: its number, and 2, 3, …
    MoreOfTag(u32, u16),
    /// The following pages of a long section.
    MoreOfSection(Id<Page>, u16),
    /// The promise audit, in the edition of the playbook's own people; of one department only on the command line.
    Audit(Option<Id<Department>>),
    /// How far the playbook is translated, in the edition of its own people.
    Translations,
    /// `/404.html`, and `/sv/404.html`
    NotFound,
}

/// An old address.
#[derive(Debug, Clone)]
pub struct Alias {
    /// The old address, without the base path.
    pub address: Arc<str>,
    /// Where it leads: the number of a route.
    pub to: u32,
}

impl Routes {
    /// A page in a language.
    pub fn route(&self, page: PageId, language: Lang) -> Option<&Route> {
        self.by_page.get(&(page, language)).map(|index| &self.all[*index as usize])
    }

    /// Where a thing is shown: its own page, or its list's or home's and an anchor there. `None` where there is no such
    /// page.
    pub fn of(&self, thing: Thing, language: Lang, playbook: &Playbook) -> Option<(&Route, Option<String>)> {
        let in_list = |kind: Kind, index: usize, id: &str| {
            let number = u16::try_from(index / LIST_LENGTH + 1).unwrap_or(u16::MAX);
            let page = if number == 1 { PageId::Thing(Thing::Overview(kind)) } else { PageId::More(kind, number) };
            Some((self.route(page, language)?, Some(id.to_string())))
        };
        match thing {
            Thing::Claim(id) => in_list(Kind::Claims, id.index(), &playbook[id].id),
            Thing::Term(id) => in_list(Kind::Glossary, 0, &playbook[id].id),
            Thing::Metric(id) => in_list(Kind::Metrics, id.index(), &playbook[id].id),
            Thing::Channel(id) => in_list(Kind::Channels, id.index(), &playbook[id].id),
            Thing::Checklist(id) => match playbook[id].home {
                ChecklistHome::Document(home) => {
                    let (route, _) = self.of(home, language, playbook)?;
                    Some((route, Some(playbook[id].id.to_string())))
                }
                ChecklistHome::Stage(stage) => Some((
                    self.route(PageId::Thing(Thing::Stage(stage)), language)?,
                    Some(playbook[id].id.replace('/', "-")),
                )),
            },
            Thing::Page(id) if playbook.front == Some(id) => Some((self.route(PageId::Front, language)?, None)),
            thing => Some((self.route(PageId::Thing(thing), language)?, None)),
        }
    }

    /// Whether they are still those of a playbook of which nothing but prose has changed: which files are copied hangs on prose, and
    /// so does whether there is a translation to make.
    pub fn fit(&self, playbook: &Playbook) -> bool {
        self.assets.iter().map(|(asset, _)| asset).eq(&playbook.used_assets)
            && self.route(PageId::Translations, Lang::DEFAULT).is_some() == is_translated(playbook)
    }

    /// The page at an address without the base path; a missing `/` at its end is forgiven.
    pub fn at_address(&self, address: &str) -> Option<&Route> {
        let found = self.by_address.get(address).or_else(|| self.by_address.get(&*format!("{address}/")))?;
        Some(&self.all[*found as usize])
    }

    /// Whether a file of `static/` stands at this address.
    pub fn is_static(&self, address: &str) -> bool {
        self.statics.contains(address.trim_start_matches('/'))
    }

    /// Makes room for so many pages.
    fn expect(&mut self, pages: usize) {
        self.all.reserve(pages);
        self.by_page.reserve(pages);
        self.by_address.reserve(pages);
    }

    /// Where a file of `content/` is copied, if a page uses it.
    pub fn asset_file(&self, asset: u32) -> Option<&str> {
        self.asset_files.get(&asset).map(|file| &**file)
    }

    /// How many pages a list of `length` has; at least one.
    pub fn pages_of(length: usize) -> usize {
        length.div_ceil(LIST_LENGTH).max(1)
    }
}

/// How many things a kind's overview lists.
pub fn listed(playbook: &Playbook, kind: Kind) -> usize {
    match kind {
        Kind::Journeys => playbook.journeys.len(),
        Kind::Promises => playbook.promises.len(),
        Kind::Metrics => playbook.metrics.len(),
        Kind::Strategies => playbook.strategies.len(),
        Kind::Checklists => playbook.checklists.len(),
        Kind::Recoveries => playbook.recoveries.len(),
        Kind::Incidents => playbook.incidents.len(),
        Kind::Reviews => playbook.reviews().count(),
        Kind::Pillars => playbook.pillars.len(),
        Kind::Personas => playbook.personas.len(),
        Kind::Departments => playbook.departments.len(),
        Kind::Channels => playbook.channels.len(),
        Kind::Claims => playbook.claims.len(),
        Kind::Glossary => playbook.terms.len(),
        Kind::Tags => playbook.tags.len(),
        Kind::Coverage => playbook.journeys.len().min(playbook.pillars.len()),
    }
}

/// Whether the edition has a page with the audit: only its own people's, and only where there is something to audit.
fn audited(playbook: &Playbook) -> bool {
    let promised = !playbook.promises.is_empty() || playbook.touchpoints().next().is_some();
    is_own(playbook) && promised
}

/// Whether the edition is that of the playbook's own people.
fn is_own(playbook: &Playbook) -> bool {
    let settings = &playbook.settings;
    settings.edition == settings.default_audience && !settings.is_customer_facing(&settings.edition)
}

/// Whether the edition has a page about how far the playbook is translated.
fn is_translated(playbook: &Playbook) -> bool {
    is_own(playbook) && !playbook.translations.units.is_empty()
}

/// Files of a site that are made for programs, and that nobody's own may take the place of.
const MADE: [&str; 10] = [
    ".trustbook",
    "playbook.json",
    "trust.json",
    "trust.schema.json",
    "promises.json",
    "promises.schema.json",
    "metrics.json",
    "metrics.schema.json",
    "reviews.json",
    "reviews.schema.json",
];

/// The files that this playbook's site has for programs, but for those that an author may replace (`robots.txt`, feeds).
pub fn made(playbook: &Playbook) -> impl Iterator<Item = &'static str> {
    let map = playbook.settings.base_url.is_some().then_some("sitemap.xml");
    MADE.into_iter().chain(map)
}

/// Gives every page its address, and reports what collides.
pub fn routes(playbook: &Playbook, statics: &[Asset], diagnostics: &mut Diagnostics) -> Routes {
    let mut routes = Routes::default();
    let mut taken = Taken::default();
    let languages = playbook.settings.langs().count();
    routes.expect(languages * things(playbook));
    taken.files.reserve(languages * things(playbook) + statics.len());
    for language in playbook.settings.langs() {
        let mut making = Making { playbook, language, routes: &mut routes, taken: &mut taken, diagnostics };
        making.pages();
    }
    assets(playbook, &mut routes, &mut taken, diagnostics);
    for made in made(playbook) {
        taken.file(made.to_string(), Place::file(&SETTINGS.into()), diagnostics);
    }
    for asset in statics {
        let file = asset.path.strip_prefix("static/").unwrap_or(&asset.path);
        taken.file(file.to_string(), Place::file(&asset.path), diagnostics);
        routes.statics.insert(file.into());
    }
    aliases(playbook, &mut routes, &mut taken, diagnostics);
    taken.folders(diagnostics);
    routes
}

/// About how many pages a language has; only room is made for them.
fn things(playbook: &Playbook) -> usize {
    let kinds = [Kind::Journeys, Kind::Promises, Kind::Strategies, Kind::Departments, Kind::Recoveries, Kind::Tags];
    let listed: usize = kinds.iter().map(|kind| listed(playbook, *kind)).sum();
    playbook.pages.len() + listed + playbook.stages().count() + Kind::ALL.len()
}

struct Making<'a> {
    playbook: &'a Playbook,
    language: Lang,
    routes: &'a mut Routes,
    taken: &'a mut Taken,
    diagnostics: &'a mut Diagnostics,
}

impl Making<'_> {
    fn pages(&mut self) {
        let playbook = self.playbook;
        let prefix = match self.language {
            Lang::DEFAULT => "/".to_string(),
            language => format!("/{}/", playbook.settings.language(language).tag),
        };
        let front = playbook.front.map(|id| playbook[id].document.place.clone());
        self.add(PageId::Front, &prefix, front.as_ref());
        for kind in Kind::ALL {
            let length = listed(playbook, kind);
            if length == 0 && !playbook.overviews.contains_key(&kind) {
                continue;
            }
            let overview = playbook.overviews.get(&kind);
            let folder = match overview.and_then(|document| slug(document, self.language, playbook)) {
                Some(slug) => slug.to_string(),
                None => kind.folder().to_string(),
            };
            let address = format!("{prefix}{folder}/");
            let place = overview.map(|document| document.place.clone());
            self.add(PageId::Thing(Thing::Overview(kind)), &address, place.as_ref());
            if !matches!(kind, Kind::Coverage | Kind::Glossary) {
                for number in 2..=Routes::pages_of(length).min(usize::from(u16::MAX)) {
                    self.add(PageId::More(kind, number as u16), &format!("{address}page/{number}/"), None);
                }
            }
            self.things(kind, &address);
        }
        if audited(playbook) {
            self.add(PageId::Audit(None), &format!("{prefix}audit/"), None);
        }
        if is_translated(playbook) {
            self.add(PageId::Translations, &format!("{prefix}translations/"), None);
        }
        self.sections(&prefix);
        self.add(PageId::NotFound, &format!("{prefix}404.html"), None);
    }

    /// The pages of a kind's things, below its overview.
    fn things(&mut self, kind: Kind, above: &str) {
        let playbook = self.playbook;
        match kind {
            Kind::Journeys => {
                for (id, journey) in Id::all(&playbook.journeys) {
                    let address = format!("{above}{}/", journey.id);
                    self.add(PageId::Thing(Thing::Journey(id)), &address, Some(&journey.place));
                    for (stage_id, stage) in journey.stage_ids(id).zip(&journey.stages) {
                        let address = format!("{address}{}/", stage.id);
                        self.add(PageId::Thing(Thing::Stage(stage_id)), &address, Some(&stage.place));
                    }
                }
            }
            Kind::Promises => {
                for (id, promise) in Id::all(&playbook.promises) {
                    self.add(
                        PageId::Thing(Thing::Promise(id)),
                        &format!("{above}{}/", promise.id),
                        Some(&promise.place),
                    );
                }
            }
            Kind::Departments => {
                for (id, one) in Id::all(&playbook.departments) {
                    self.add(PageId::Thing(Thing::Department(id)), &format!("{above}{}/", one.id), Some(&one.place));
                }
            }
            Kind::Strategies => {
                for (id, one) in Id::all(&playbook.strategies) {
                    self.document(Thing::Strategy(id), &one.document, above);
                }
            }
            Kind::Pillars => {
                for (id, one) in Id::all(&playbook.pillars) {
                    self.document(Thing::Pillar(id), &one.document, above);
                }
            }
            Kind::Personas => {
                for (id, one) in Id::all(&playbook.personas) {
                    self.document(Thing::Persona(id), &one.document, above);
                }
            }
            Kind::Recoveries => {
                for (id, one) in Id::all(&playbook.recoveries) {
                    self.document(Thing::Recovery(id), &one.document, above);
                }
            }
            Kind::Tags => {
                for (index, tag) in playbook.tags.iter().enumerate() {
                    let address = format!("{above}{}/", tag.slug);
                    self.add(PageId::Tag(index as u32), &address, None);
                    for number in 2..=Routes::pages_of(tag.things.len()).min(usize::from(u16::MAX)) {
                        let page = PageId::MoreOfTag(index as u32, number as u16);
                        self.add(page, &format!("{address}page/{number}/"), None);
                    }
                }
            }
            _ => {}
        }
    }

    fn document(&mut self, thing: Thing, document: &Document, above: &str) {
        let last = slug(document, self.language, self.playbook).unwrap_or(&document.id);
        self.add(PageId::Thing(thing), &format!("{above}{last}/"), Some(&self.place_of(document)));
    }

    /// What decides a document's address: its slug, or its file.
    fn place_of(&self, document: &Document) -> Place {
        match &document.slug {
            Some(slug) if !slug.get(self.language, &self.playbook.settings).is_empty() => {
                slug.said(self.language, &self.playbook.settings).place.clone()
            }
            _ => document.place.clone(),
        }
    }

    /// Pages of Markdown: where their files stand, a section's slug counting for all below it.
    fn sections(&mut self, prefix: &str) {
        let playbook = self.playbook;
        let mut addresses: Vec<String> = Vec::with_capacity(playbook.pages.len());
        for (id, page) in Id::all(&playbook.pages) {
            if playbook.front == Some(id) {
                addresses.push(prefix.to_string());
                continue;
            }
            let top: String;
            let above = match page.parent {
                Some(parent) => &addresses[parent.index()],
                // A page in a register's folder stands below its overview's address.
                None => {
                    let folder = page.document.id.rsplit_once('/').map(|(folder, _)| folder);
                    top = folder.map_or_else(|| prefix.to_string(), |folder| format!("{prefix}{folder}/"));
                    &top
                }
            };
            let name = page.document.id.rsplit('/').next().unwrap_or(&page.document.id);
            let last = slug(&page.document, self.language, playbook).unwrap_or(name);
            let address = [above, last, "/"].concat();
            self.add(PageId::Thing(Thing::Page(id)), &address, Some(&self.place_of(&page.document)));
            for number in 2..=Routes::pages_of(page.children.len()).min(usize::from(u16::MAX)) {
                let more = PageId::MoreOfSection(id, number as u16);
                self.add(more, &format!("{address}page/{number}/"), None);
            }
            addresses.push(address);
        }
    }

    fn add(&mut self, page: PageId, address: &str, place: Option<&Place>) {
        let route = Route { page, language: self.language, address: address.into() };
        let place = place.cloned().unwrap_or_else(|| Place::file(&SETTINGS.into()));
        if !self.taken.file(route.file(), place, self.diagnostics) {
            return;
        }
        let index = self.routes.all.len() as u32;
        self.routes.by_page.insert((page, self.language), index);
        self.routes.by_address.insert(route.address.clone(), index);
        self.routes.all.push(route);
    }
}

fn slug<'p>(document: &'p Document, language: Lang, playbook: &'p Playbook) -> Option<&'p str> {
    let slug = document.slug.as_ref()?;
    Some(&**slug.get(language, &playbook.settings)).filter(|slug| !slug.is_empty())
}

/// Files of the output, equal where their names are after Unicode NFC and case folding.
#[derive(Default)]
struct Taken {
    files: FxHashMap<String, Owner>,
}

/// Who stands at a file's name.
struct Owner {
    /// The name as it is written, where it is not the folded one.
    written: Option<String>,
    place: Place,
}

impl Taken {
    /// Takes a file for whatever stands at `place`. Whether it was free.
    fn file(&mut self, file: String, place: Place, diagnostics: &mut Diagnostics) -> bool {
        let (key, written) = if !file.is_ascii() {
            (file.to_lowercase().nfc().collect(), Some(file))
        } else if file.bytes().any(|byte| byte.is_ascii_uppercase()) {
            (file.to_ascii_lowercase(), Some(file))
        } else {
            (file, None)
        };
        match self.files.entry(key) {
            Entry::Vacant(free) => {
                free.insert(Owner { written, place });
                true
            }
            Entry::Occupied(taken) => {
                let file = written.as_ref().unwrap_or(taken.key());
                let first = taken.get();
                // What nobody wrote, such as a language's front page, is not to blame.
                let (place, first_place) =
                    if &*place.path == SETTINGS { (&first.place, &place) } else { (&place, &first.place) };
                if MADE.contains(&taken.key().as_str()) || taken.key() == "sitemap.xml" {
                    let message = format!("`/{file}` is a file that every site has of its own");
                    diagnostics.push(
                        Diagnostic::new(Code::RouteCollision, message)
                            .at(place.clone(), format!("`{}` would take its place", place.path))
                            .help("call it otherwise"),
                    );
                    return false;
                }
                let same = first.written.as_ref().unwrap_or(taken.key()) == file;
                let same = if same { "" } else { " (equal but for letters' case or form)" };
                diagnostics.push(
                    Diagnostic::new(
                        Code::RouteCollision,
                        format!("two things would stand at `/{}`{same}", shown(file)),
                    )
                    .at(place.clone(), format!("`{}`", place.path))
                    .at(first_place.clone(), format!("and `{}`", first_place.path))
                    .help("give one of them another `slug`, or take the alias away"),
                );
                false
            }
        }
    }

    /// Reports files that stand where a folder has to be.
    fn folders(&self, diagnostics: &mut Diagnostics) {
        let mut found: Vec<(&String, &Place, &Place)> = Vec::new();
        for (key, owner) in &self.files {
            for at in memchr::memchr_iter(b'/', key.as_bytes()) {
                if let Some((file, other)) = self.files.get_key_value(&key[..at]) {
                    found.push((other.written.as_ref().unwrap_or(file), &other.place, &owner.place));
                }
            }
        }
        found.sort();
        found.dedup_by(|a, b| a.0 == b.0);
        for (file, file_place, folder_place) in found {
            if &*file_place.path == SETTINGS {
                let message = format!("`/{file}` is a file that every site has of its own");
                let finding = Diagnostic::new(Code::RouteCollision, message);
                diagnostics.push(finding.at(folder_place.clone(), "stands in a folder of this name"));
                continue;
            }
            diagnostics.push(
                Diagnostic::new(Code::RouteCollision, format!("`/{file}` would be both a file and a folder"))
                    .at(file_place.clone(), "a file")
                    .at(folder_place.clone(), "stands in a folder of this name"),
            );
        }
    }
}

fn shown(file: &str) -> &str {
    file.strip_suffix("index.html").unwrap_or(file)
}

fn aliases(playbook: &Playbook, routes: &mut Routes, taken: &mut Taken, diagnostics: &mut Diagnostics) {
    let mut made = Vec::new();
    for (thing, document) in playbook.documents() {
        let Some(aliases) = &document.aliases else { continue };
        for said in aliases.all() {
            let Some((route, _)) = routes.of(thing, said.language, playbook) else { continue };
            let Some(to) = routes.by_address.get(&route.address).copied() else { continue };
            for alias in &said.value {
                let address = if alias.ends_with('/') || alias.ends_with(".html") {
                    alias.to_string()
                } else {
                    format!("{alias}/")
                };
                made.push((Alias { address: address.into(), to }, said.place.clone()));
            }
        }
    }
    for (alias, place) in made {
        let route = Route { page: PageId::NotFound, language: Lang::DEFAULT, address: alias.address.clone() };
        if taken.file(route.file(), place, diagnostics) {
            routes.aliases.push(alias);
        }
    }
}

fn assets(playbook: &Playbook, routes: &mut Routes, taken: &mut Taken, diagnostics: &mut Diagnostics) {
    for asset in playbook.used_assets.iter().copied() {
        let path = &playbook.assets[asset as usize].path;
        let file: Arc<str> = path.strip_prefix("content/").unwrap_or(path).into();
        if taken.file(file.to_string(), Place::file(path), diagnostics) {
            routes.assets.push((asset, file.clone()));
            routes.asset_files.insert(asset, file);
        }
    }
}
