//! Pages that were drawn to the frame of a pack: its cover, its contents, its parts.

use super::{At, Day, PageView, Words};
use crate::playbook::Thing;
use serde::Serialize;
use tera::Value;

/// What `pack.html` shows: the playbook, or a part of it, in one page.
#[derive(Debug, Serialize)]
pub struct PackView {
    /// What it is about: the playbook, a stage, a department.
    pub title: Words,
    /// More of what it is about: the journey of a stage, a second subject.
    pub about: Vec<Words>,
    /// Its language.
    pub lang: String,
    /// Its direction.
    pub dir: &'static str,
    /// The day for which it was made.
    pub day: Day,
    /// How many pages it holds, in words.
    pub count: String,
    /// Where the site stands, to which links lead that leave the pack.
    pub home: Option<String>,
    /// Its pages by their titles.
    pub contents: Vec<PackEntry>,
    /// Its pages.
    pub parts: Vec<PackPart>,
    /// The words for what its pages are, each once.
    pub kinds: Vec<String>,
    /// Whether some page has checklists.
    pub ticks: bool,
}

/// An entry of the contents.
#[derive(Debug, Serialize)]
pub struct PackEntry {
    /// The page's anchor.
    pub href: String,
    /// Its title.
    pub title: String,
    /// How deep it stands, from 0 to 3.
    pub level: usize,
}

/// A page in a pack.
#[derive(Debug, Serialize)]
pub struct PackPart {
    /// Its id.
    pub anchor: String,
    /// The word for what it is: names a class.
    pub kind: String,
    /// Whether it fills the width.
    pub wide: bool,
    /// What it says, finished.
    pub html: Value,
}

/// What a pack needs to know about a page before it is drawn.
pub struct PageFrame {
    /// Its title, without markup.
    pub title: String,
    /// The word for what it is.
    pub kind: String,
    /// Whether it fills the width.
    pub wide: bool,
    /// Whether it has checklists.
    pub ticks: bool,
}

/// What the view of a page says around its content.
pub fn frame(view: &PageView) -> PageFrame {
    let page = view.context.iter().find(|(name, _)| *name == "page").map(|(_, page)| page);
    let field = |name: &'static str| page.and_then(|page| page.get_from_path(name));
    let text = |name: &'static str| field(name).and_then(Value::as_str).unwrap_or_default().to_string();
    let truth = |name: &'static str| field(name).is_some_and(Value::is_truthy);
    PageFrame { title: text("title"), kind: text("kind"), wide: truth("wide"), ticks: truth("ticks") }
}

/// The frame of a pack about `subjects`, or about the whole playbook.
pub fn pack(at: &At<'_>, subjects: &[Thing], contents: Vec<PackEntry>, parts: Vec<PackPart>, ticks: bool) -> PackView {
    let settings = &at.desk.playbook.settings;
    let language = settings.language(at.language);
    let mut kinds: Vec<String> = parts.iter().map(|part| part.kind.clone()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    PackView {
        title: title(at, subjects),
        about: about(at, subjects),
        lang: language.tag.to_string(),
        dir: at.locale().direction(),
        day: at.date(at.desk.measures.today),
        count: at.tn("pack-pages", &[("count", parts.len().into())]),
        home: settings.base_url.as_deref().map(|base| format!("{base}{}", super::encoded(&at.route.address[1..]))),
        contents,
        parts,
        kinds,
        ticks,
    }
}

/// What a pack is about.
pub fn title(at: &At<'_>, subjects: &[Thing]) -> Words {
    match subjects.first() {
        Some(first) => at.title(*first),
        None => Words::plain(&at.desk.playbook.settings.language(at.language).title),
    }
}

fn about(at: &At<'_>, subjects: &[Thing]) -> Vec<Words> {
    let mut about = Vec::new();
    if let Some(Thing::Stage(stage)) = subjects.first() {
        about.push(at.title(Thing::Journey(stage.journey)));
    }
    about.extend(subjects.iter().skip(1).map(|thing| at.title(*thing)));
    if !subjects.is_empty() {
        about.push(Words::plain(&at.desk.playbook.settings.language(at.language).title));
    }
    about
}

/// The title of a pack with more of what it is about, without markup.
pub fn whole_title(at: &At<'_>, subjects: &[Thing]) -> String {
    let words = std::iter::once(title(at, subjects)).chain(about(at, subjects));
    words.map(|words| plain(&words)).collect::<Vec<_>>().join(" – ")
}

/// Words without markup.
pub fn plain(words: &Words) -> String {
    super::page::plain(words)
}
