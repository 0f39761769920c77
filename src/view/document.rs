//! Guides, sections, strategies, pillars, personas and recoveries to what stands around their prose.

use super::progress::{ProgressLine, ProgressView};
use super::proof::{self, ScaleView};
use super::{At, ChecklistView, LinkView, PromiseLine, Words, floor, incident, register};
use crate::playbook::{Document, Id, Page, Prose, Strategy, Text, Thing};
use crate::routes::{LIST_LENGTH, PageId, Routes};
use serde::Serialize;

/// A page of facts and lists.
#[derive(Debug, Default, Serialize)]
pub struct ListView {
    /// Short facts.
    pub facts: Vec<Fact>,
    /// Lists, in order.
    pub blocks: Vec<Block>,
    /// Pages that link here.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub linked_from: Vec<LinkView>,
    /// The other pages of a long list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pager: Option<Pager>,
    /// What to write where nothing is listed yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub empty: Option<String>,
    /// Tags.
    pub tags: Vec<LinkView>,
    /// How many minutes it takes to read, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reading: Option<String>,
    /// What it is about, as finished HTML.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<tera::Value>,
    /// Of a department: the trust floors of the journeys on which customers meet it.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub floors: Vec<floor::FloorView>,
    /// Of the page of all checklists: how all items stand together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub progress: Option<ProgressView>,
}

/// A short fact.
#[derive(Debug, Serialize)]
pub struct Fact {
    /// What it is about.
    pub label: String,
    /// Things that it names.
    pub links: Vec<LinkView>,
    /// Words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// A list with its heading.
#[derive(Debug, Default, Serialize)]
pub struct Block {
    /// Its anchor.
    pub id: String,
    /// Its heading.
    pub title: String,
    /// A page behind the heading.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub href: Option<String>,
    /// Words beside the heading.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Links.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Line>,
    /// Promises, as a register.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub promises: Vec<PromiseLine>,
    /// The line on which their figures stand; `None` where these are not shown.
    pub scale: Option<ScaleView>,
    /// Lines of the author's.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<Words>,
    /// Terms, claims, metrics, channels: with anchors of their own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub entries: Vec<register::EntryView>,
    /// Checklists.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub checklists: Vec<ChecklistView>,
    /// How checklists stand.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub progress: Vec<ProgressLine>,
    /// Touchpoints.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub touchpoints: Vec<register::TouchpointLine>,
    /// What to write where there is nothing.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub empty: Option<String>,
}

/// A link in a list.
#[derive(Debug, Serialize)]
pub struct Line {
    /// Its page.
    pub href: String,
    /// Its title.
    pub title: Words,
    /// A sentence about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<Words>,
    /// A word beside it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// The pages of a long list.
#[derive(Debug, Serialize)]
pub struct Pager {
    /// The pages.
    pub pages: Vec<PagerEntry>,
    /// Where in the list the reader is, in words.
    pub words: String,
}

/// A page of a long list.
#[derive(Debug, Serialize)]
pub struct PagerEntry {
    /// Its number.
    pub number: usize,
    /// Its address.
    pub href: String,
    /// Whether it is this one.
    pub current: bool,
}

/// The pages of a list of `length`, `page` giving the page of a number.
pub fn pager(at: &At<'_>, length: usize, number: u16, page: &dyn Fn(u16) -> PageId) -> Option<Pager> {
    let count = Routes::pages_of(length);
    if count < 2 {
        return None;
    }
    let pages = (1..=count)
        .filter_map(|other| {
            let route = at.desk.routes.route(page(u16::try_from(other).ok()?), at.language)?;
            Some(PagerEntry {
                number: other,
                href: at.to_address(&route.address),
                current: other == usize::from(number),
            })
        })
        .collect();
    let words = at.tn("pager", &[("number", usize::from(number).into()), ("count", count.into())]);
    Some(Pager { pages, words })
}

/// The part of a list that a page of it shows.
pub fn part<T>(list: impl Iterator<Item = T>, number: u16) -> impl Iterator<Item = T> {
    list.skip(usize::from(number.max(1) - 1) * LIST_LENGTH).take(LIST_LENGTH)
}

/// What stands around a document's prose.
pub fn document(at: &At<'_>, thing: Thing, document: &Document) -> ListView {
    let playbook = at.desk.playbook;
    let mut view = match thing {
        Thing::Page(id) if playbook[id].section => section(at, id, 1),
        Thing::Strategy(id) => strategy(at, &playbook[id]),
        Thing::Pillar(id) => {
            let pillar = &playbook[id];
            let (promises, scale) = proof::proven(at, &pillar.promises);
            let strategies = register::strategy_lines(at, pillar.strategies.iter().copied());
            ListView {
                blocks: vec![
                    Block {
                        id: "strategies".into(),
                        title: at.t("kind-strategies"),
                        links: strategies,
                        empty: Some(at.t("pillar-no-strategies")),
                        ..Block::default()
                    },
                    Block {
                        id: "promises".into(),
                        title: at.t("kind-promises"),
                        promises,
                        scale,
                        empty: Some(at.t("pillar-no-promises")),
                        ..Block::default()
                    },
                ],
                ..ListView::default()
            }
        }
        Thing::Persona(id) => {
            let persona = &playbook[id];
            let lists: [(&str, &Vec<Text<Prose>>); 5] = [
                ("persona-goals", &persona.goals),
                ("persona-pains", &persona.pains),
                ("persona-values", &persona.values),
                ("persona-behaviours", &persona.behaviours),
                ("persona-evidence", &persona.evidence),
            ];
            let mut blocks: Vec<Block> = lists
                .into_iter()
                .filter(|(_, lines)| !lines.is_empty())
                .map(|(key, lines)| Block {
                    id: key.into(),
                    title: at.t(key),
                    lines: lines.iter().map(|line| at.inline(line)).collect(),
                    ..Block::default()
                })
                .collect();
            if !persona.journeys.is_empty() {
                blocks.push(Block {
                    id: "journeys".into(),
                    title: at.t("kind-journeys"),
                    links: lines(at, persona.journeys.iter().map(|id| Thing::Journey(*id))),
                    ..Block::default()
                });
            }
            ListView { blocks, ..ListView::default() }
        }
        Thing::Recovery(id) => {
            let links = incident::of_recovery(at, id);
            let title = at.t("kind-incidents");
            let block = Block { id: "incidents".into(), title, links, ..Block::default() };
            ListView { blocks: if block.links.is_empty() { Vec::new() } else { vec![block] }, ..ListView::default() }
        }
        _ => ListView::default(),
    };
    view.linked_from = at.links(playbook.linked_from(thing).iter().copied());
    view.tags = tags(at, document);
    let words = document.body.get(at.language, &playbook.settings).body.words;
    if words > 100 {
        view.reading = Some(at.tn("reading-time", &[("minutes", (words as usize).div_ceil(220).into())]));
    }
    view
}

/// Links to a document's tags.
pub fn tags(at: &At<'_>, document: &Document) -> Vec<LinkView> {
    document
        .tags
        .iter()
        .filter_map(|tag| {
            let slug = crate::parse::id::anchor(tag);
            let number = at.desk.tags.get(&*slug)?;
            let route = at.desk.routes.route(PageId::Tag(*number), at.language)?;
            Some(LinkView { href: at.to_address(&route.address), title: at.tag(tag) })
        })
        .collect()
}

/// Links with descriptions where there are some.
pub fn lines(at: &At<'_>, things: impl Iterator<Item = Thing>) -> Vec<Line> {
    things
        .map(|thing| {
            let link = at.link(thing);
            let description = at.desk.playbook.document(thing).and_then(|document| document.description.as_ref());
            let text = description.map(|text| at.words(text)).filter(|words| words.text.as_str() != Some(""));
            Line { href: link.href, title: link.title, text, note: None }
        })
        .collect()
}

/// The pages of a section.
pub fn section(at: &At<'_>, id: Id<Page>, number: u16) -> ListView {
    let section = &at.desk.playbook[id];
    let shown = part(section.children.iter(), number).map(|child| Thing::Page(*child));
    let links = lines(at, shown);
    let mut view = ListView {
        pager: pager(at, section.children.len(), number, &|other| match other {
            1 => PageId::Thing(Thing::Page(id)),
            other => PageId::MoreOfSection(id, other),
        }),
        ..ListView::default()
    };
    if !links.is_empty() {
        let title = at.t("section-pages");
        view.blocks.push(Block { id: "pages".into(), title, links, ..Block::default() });
    }
    view
}

fn strategy(at: &At<'_>, strategy: &Strategy) -> ListView {
    let grade = |grade: Option<crate::playbook::Grade>| grade.map(|grade| at.t(register::grade_word(grade)));
    let mut facts = Vec::new();
    let mut things = |label: &str, links: Vec<LinkView>| {
        if !links.is_empty() {
            facts.push(Fact { label: at.t(label), links, text: None });
        }
    };
    things("kind-pillars", at.links(strategy.pillars.iter().map(|id| Thing::Pillar(*id))));
    things("fact-stages", register::stage_links(at, &strategy.stages));
    things("kind-departments", at.links(strategy.departments.iter().map(|id| Thing::Department(*id))));
    for (label, text) in [("fact-effort", grade(strategy.effort)), ("fact-impact", grade(strategy.impact))] {
        if let Some(text) = text {
            facts.push(Fact { label: at.t(label), links: Vec::new(), text: Some(text) });
        }
    }
    ListView { facts, ..ListView::default() }
}
