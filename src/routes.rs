//! A [`Playbook`] to [`Routes`]: which pages there are, at which addresses, and what collides.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::playbook::{ChecklistHome, Document, Id, Kind, Lang, Page, Playbook, Thing};
use crate::source::{Asset, Place};
use rustc_hash::FxHashMap;
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;

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
}

/// A page and its address.
#[derive(Debug, Clone)]
pub struct Route {
    /// What it shows.
    pub page: PageId,
    /// In which language.
    pub language: Lang,
    /// Its address without the base path: begins with `/`, ends with `/` but for `/404.html`.
    pub address: Arc<str>,
}

impl Route {
    /// Its file in the output.
    pub fn file(&self) -> String {
        let address = &self.address[1..];
        if address.is_empty() || address.ends_with('/') { format!("{address}index.html") } else { address.to_string() }
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
    /// `/404.html`
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
