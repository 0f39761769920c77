//! Files to the words of their units: what translators get, and what stands there already.

use crate::parse::document::front_matter;
use crate::parse::draft::{Leaf, PersonaDraft};
use crate::parse::fields::dotted;
use crate::parse::overlay::{leaves, leaves_of};
use crate::parse::tree::{Table, Value};
use crate::source::Spanned;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Texts of the playbook's files; each is read once.
pub struct Texts<'r> {
    read: &'r dyn Fn(&str) -> Option<Arc<str>>,
    pages: FxHashMap<Box<str>, Option<Arc<PageText>>>,
    tables: FxHashMap<Box<str>, Arc<TableTexts>>,
}

/// The texts of a TOML file, or of a Markdown file's front matter, by key as TOML writes it.
pub type TableTexts = FxHashMap<String, Spanned<Arc<str>>>;

/// A Markdown file, taken apart.
#[derive(Debug, Clone, Default)]
pub struct PageText {
    /// `+++` or `---`, where it has front matter.
    pub fence: Option<&'static str>,
    /// The front matter between its fences.
    pub front: String,
    /// `title` of the front matter.
    pub title: Option<String>,
    /// `description` of the front matter.
    pub description: Option<String>,
    /// What only a persona says in its front matter.
    pub texts: TableTexts,
    /// All that is below.
    pub body: String,
}

impl<'r> Texts<'r> {
    /// Texts of files that `read` gives.
    pub fn new(read: &'r dyn Fn(&str) -> Option<Arc<str>>) -> Texts<'r> {
        Texts { read, pages: FxHashMap::default(), tables: FxHashMap::default() }
    }

    /// A file as it is; `None` where there is none.
    pub fn file(&self, path: &str) -> Option<Arc<str>> {
        (self.read)(path)
    }

    /// A Markdown file; `None` where there is none.
    pub fn page(&mut self, path: &str) -> Option<Arc<PageText>> {
        if let Some(known) = self.pages.get(path) {
            return known.clone();
        }
        let page = (self.read)(path).map(|text| Arc::new(page(path, &text)));
        self.pages.insert(path.into(), page.clone());
        page
    }

    /// The texts of a TOML file or of a Markdown file's front matter; none where there is no such file.
    pub fn table(&mut self, path: &str) -> Arc<TableTexts> {
        if let Some(known) = self.tables.get(path) {
            return known.clone();
        }
        let text = (self.read)(path).unwrap_or_default();
        let table = Arc::new(table(path, &text));
        self.tables.insert(path.into(), table.clone());
        table
    }
}

/// Takes a Markdown file apart.
pub fn page(path: &str, text: &str) -> PageText {
    let path = path.into();
    let (table, start) = front_matter(text, &path, &mut Vec::new());
    let Some(table) = table else {
        return PageText { body: text.to_string(), ..PageText::default() };
    };
    let fence = if text.starts_with("+++") { "+++" } else { "---" };
    let from = text.find('\n').map_or(text.len(), |newline| newline + 1);
    let inner = text[from..start].trim_end();
    PageText {
        fence: Some(fence),
        front: inner.strip_suffix(fence).unwrap_or(inner).to_string(),
        title: text_at(&table, "title"),
        description: text_at(&table, "description"),
        texts: by_key(of_persona(&table)),
        body: text[start..].to_string(),
    }
}

fn text_at(table: &Table, key: &str) -> Option<String> {
    match &table.get(key)?.value {
        Value::Text(text) if !text.trim().is_empty() => Some(text.to_string()),
        _ => None,
    }
}

/// The texts of a TOML file, or those of a persona in a Markdown file's front matter, by key.
pub fn table(path: &str, text: &str) -> TableTexts {
    if path.ends_with(".md") {
        let (table, _) = front_matter(text, &path.into(), &mut Vec::new());
        return by_key(table.map(|table| of_persona(&table)).unwrap_or_default());
    }
    by_key(leaves(text, &path.into(), &mut Vec::new()))
}

fn of_persona(table: &Table) -> Vec<Leaf> {
    leaves_of(table, &|key| PersonaDraft::KEYS.contains(&key))
}

fn by_key(leaves: Vec<Leaf>) -> TableTexts {
    leaves.into_iter().filter_map(|leaf| Some((dotted(crate::localize::canonical(&leaf.key)), leaf.text?))).collect()
}

/// The file that translates `path`.
pub fn overlay_path(path: &str, tag: &str) -> String {
    match path.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem}.{tag}.{ending}"),
        None => format!("{path}.{tag}"),
    }
}
