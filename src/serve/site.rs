//! A planned site to the files that a browser asks for, one at a time. Never changes; a change makes another one.

use crate::diagnostic::Diagnostic;
use crate::pipeline::Planned;
use crate::playbook::Lang;
use crate::render::Drawn;
use crate::routes::{PageId, Route};
use crate::search::{self, Plan};
use crate::source::Asset;
use crate::view::encoded;
use hyper::body::Bytes;
use std::convert::Infallible;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

/// So many drawn pages are kept: a window full of tabs.
const KEPT: usize = 16;

/// A site as it was at one moment.
pub struct Site {
    /// Everything but the bytes.
    pub planned: Planned,
    drawn: Drawn,
    /// Pages drawn last, the newest at the end: who looks at a page asks for it again and again.
    looked_at: Mutex<Vec<(Arc<str>, Arc<Page>)>>,
    programs: OnceLock<Vec<(String, Bytes)>>,
    /// By language.
    searches: Vec<OnceLock<Search>>,
}

/// What search loads of one language. Records are made when they are asked for: they are most of it.
struct Search {
    plan: Plan,
    files: Vec<(String, Bytes)>,
}

/// What stands at an address.
pub enum Found {
    /// A page.
    Page(Arc<Page>),
    /// A file that we made: its name and bytes.
    Made(String, Bytes),
    /// A file of the author's.
    Copied(Asset),
    /// The page stands at this address.
    Elsewhere(String),
    /// A page that its template cannot draw.
    Undrawable(Box<Diagnostic>),
    /// Nothing.
    Nothing,
}

/// A page's bytes as `build` writes them.
pub struct Page {
    /// The bytes.
    pub html: Vec<u8>,
    /// A hash of them.
    pub hash: u128,
    /// A hash of them without the names of the theme's style sheets: where it is the same, other styles are all that
    /// changed.
    pub shape: u64,
}

impl Site {
    /// A site of which nothing is drawn yet.
    pub fn new(planned: Planned) -> Site {
        let searches = planned.playbook.settings.langs().map(|_| OnceLock::new()).collect();
        Site { planned, drawn: Drawn::default(), looked_at: Mutex::default(), programs: OnceLock::new(), searches }
    }

    /// What stands at an address, which begins with `/` and is without the base path.
    pub fn find(&self, address: &str) -> Found {
        let routes = &self.planned.routes;
        let file = &address[1..];
        let folder = address.strip_suffix("index.html").filter(|folder| folder.ends_with('/'));
        if let Some(route) = self.page_at(address) {
            return match &*route.address {
                known if known == address => self.page(route),
                known if Some(known) == folder => self.page(route),
                known => Found::Elsewhere(known.to_string()),
            };
        }
        let alias = routes.aliases.iter().find(|alias| {
            let alias = &*alias.address;
            alias == address || Some(alias) == folder || alias.strip_suffix('/') == Some(address)
        });
        if let Some(alias) = alias {
            if alias.address.strip_suffix('/') == Some(address) {
                return Found::Elsewhere(alias.address.to_string());
            }
            let drawn = self.planned.alias(&self.planned.desk(), alias);
            return drawn.map_or_else(Found::Undrawable, |html| Found::Page(self.hashed(html)));
        }
        if let Some((name, bytes)) = self.planned.theme.files.iter().find(|(name, _)| name == file) {
            return Found::Made(name.clone(), Bytes::copy_from_slice(bytes));
        }
        if let Some(inner) = file.strip_prefix(search::FOLDER)
            && let Some(bytes) = self.search(inner)
        {
            return Found::Made(file.to_string(), bytes);
        }
        if let Some(asset) = self.planned.copied(file) {
            return Found::Copied(asset.clone());
        }
        if ([".json", ".xml", ".ics"].iter().any(|ending| file.ends_with(ending)) || file == "robots.txt")
            && let Some((name, bytes)) = self.programs().iter().find(|(name, _)| name == file)
        {
            return Found::Made(name.clone(), bytes.clone());
        }
        if file.starts_with("assets/card.")
            && let Some(png) = self.planned.card(&self.planned.desk(), file)
        {
            return Found::Made(file.to_string(), Bytes::from(png));
        }
        Found::Nothing
    }

    /// The page at an address; a missing `/` or an `index.html` at its end is forgiven.
    pub fn page_at(&self, address: &str) -> Option<&Route> {
        let routes = &self.planned.routes;
        routes.at_address(address).or_else(|| {
            let folder = address.strip_suffix("index.html").filter(|folder| folder.ends_with('/'))?;
            routes.at_address(folder)
        })
    }

    /// The page for what is not at `address`, in the language that it would be in.
    pub fn not_found(&self, address: &str) -> Found {
        let settings = &self.planned.playbook.settings;
        let tag = address.trim_start_matches('/').split('/').next().unwrap_or_default();
        let language = settings.language_tagged(tag).unwrap_or(Lang::DEFAULT);
        let route = self.planned.routes.route(PageId::NotFound, language);
        route.map_or(Found::Nothing, |route| self.page(route))
    }

    /// Addresses of pages that somebody who asked for `address` may have meant, and their titles; at most five.
    pub fn near(&self, address: &str) -> Vec<(String, String)> {
        let words = |address: &str| -> Vec<String> {
            address.split(['/', '-', '_', '.']).filter(|word| word.len() > 1).map(str::to_lowercase).collect()
        };
        let asked = words(address);
        let last = address.trim_end_matches('/').rsplit('/').next().unwrap_or_default().to_lowercase();
        let mut near: Vec<(f64, &Route)> = self
            .planned
            .routes
            .all
            .iter()
            .filter(|route| route.page != PageId::NotFound && route.address.len() < 200)
            .filter_map(|route| {
                let own = words(&route.address);
                let shared = own.iter().filter(|word| asked.contains(word)).count() as f64;
                let own_last = route.address.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
                let alike = if last.len() > 100 { 0.0 } else { strsim::jaro_winkler(&last, own_last) };
                let score = shared / (own.len().max(asked.len()).max(1) as f64) + alike;
                (alike > 0.85 || shared > 0.0 && score > 0.9).then_some((score, route))
            })
            .collect();
        near.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.address.cmp(&b.1.address)));
        let base = self.planned.playbook.settings.base_path();
        near.truncate(5);
        near.into_iter()
            .map(|(_, route)| (format!("{base}{}", encoded(&route.address[1..])), route.address.to_string()))
            .collect()
    }

    fn page(&self, route: &Route) -> Found {
        let looked_at = || self.looked_at.lock().unwrap_or_else(PoisonError::into_inner);
        let known = looked_at().iter().find(|(address, _)| *address == route.address).map(|(_, page)| page.clone());
        if let Some(page) = known {
            return Found::Page(page);
        }
        match self.planned.page(&self.planned.desk(), &self.drawn, route) {
            Ok(html) => {
                let page = self.hashed(html);
                let mut looked_at = looked_at();
                if looked_at.len() == KEPT {
                    looked_at.remove(0);
                }
                looked_at.push((route.address.clone(), page.clone()));
                Found::Page(page)
            }
            Err(finding) => Found::Undrawable(finding),
        }
    }

    fn hashed(&self, html: Vec<u8>) -> Arc<Page> {
        let mut shape = Xxh3::new();
        let mut rest = &html[..];
        let styles: Vec<&str> =
            self.planned.theme.files.iter().map(|(name, _)| &**name).filter(|name| name.ends_with(".css")).collect();
        // Style sheets are named in the head; nobody needs to look for them further down.
        while let Some((at, style)) =
            styles.iter().filter_map(|style| Some((memchr::memmem::find(rest, style.as_bytes())?, style))).min()
        {
            shape.update(&rest[..at]);
            rest = &rest[at + style.len()..];
        }
        shape.update(rest);
        Arc::new(Page { hash: xxh3_128(&html), shape: shape.digest(), html })
    }

    /// A file of search, by its name in that folder: `en.js`, or `en/w0.js`.
    fn search(&self, inner: &str) -> Option<Bytes> {
        let tag = inner.split_once('/').map_or_else(|| inner.strip_suffix(".js"), |(tag, _)| Some(tag))?;
        let language = self.planned.playbook.settings.language_tagged(tag)?;
        let desk = self.planned.desk();
        let search = self.searches.get(language.index())?.get_or_init(|| {
            let plan = Plan::new(&desk, language);
            let Ok(files) = plan.index(&desk, &|_, _| Ok::<(), Infallible>(()));
            Search { plan, files: files.into_iter().map(|(name, bytes)| (name, Bytes::from(bytes))).collect() }
        });
        let known = search.files.iter().find(|(name, _)| name.strip_prefix(search::FOLDER) == Some(inner));
        match known {
            Some((_, bytes)) => Some(bytes.clone()),
            None => search.plan.records(&desk, inner.split_once('/')?.1).map(Bytes::from),
        }
    }

    fn programs(&self) -> &[(String, Bytes)] {
        self.programs.get_or_init(|| {
            let files = self.planned.for_programs(&self.planned.desk());
            files.into_iter().map(|(name, text)| (name, Bytes::from(text))).collect()
        })
    }
}
