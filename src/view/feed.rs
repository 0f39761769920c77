//! Dated things to a feed of changes (Atom, RFC 4287): what was added, changed and reviewed, and what became of promises.
//!
//! Days come from the author alone, so the same playbook makes the same feed. What a kept crate reads back is in
//! `tests/suite/feed.rs`.

use super::machine::{self, XML};
use super::page::plain;
use super::{At, Desk};
use crate::parse::html::escape;
use crate::playbook::{Document, Id, Lang, Thing};
use crate::routes::PageId;
use jiff::civil::Date;
use rustc_hash::FxHashMap;

/// So many changes are told, the newest.
const LONGEST: usize = 50;

/// Something that happened on a day.
#[derive(Debug, Clone, Copy)]
struct Change {
    day: Date,
    thing: Thing,
    what: What,
}

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum What {
    /// It was written.
    Added,
    /// It was written anew.
    Changed,
    /// Somebody looked at it.
    Reviewed,
    /// A promise's state was found: an entry of its history.
    Found(usize),
}

/// The address of a language's feed, without the base path.
pub fn address(desk: &Desk<'_>, language: Lang) -> String {
    let front = desk.routes.route(PageId::Front, language).map_or("/", |route| &route.address);
    format!("{front}feed.xml")
}

/// What a language's feed is called.
pub fn title(at: &At<'_>) -> String {
    let site = &at.desk.playbook.settings.language(at.language).title;
    at.tn("feed-title", &[("site", site.to_string().into())])
}

/// Name and text of every language's feed; nothing without a `base_url`.
pub fn files(desk: &Desk<'_>) -> Vec<(String, Vec<u8>)> {
    let Some(base) = desk.playbook.settings.base_url.as_deref() else { return Vec::new() };
    let changes = changes(desk);
    let feed = |language| (address(desk, language)[1..].to_string(), feed(desk, base, language, &changes).into_bytes());
    desk.playbook.settings.langs().map(feed).collect()
}

/// The newest changes, the newest first; those of one day in the order of the playbook.
fn changes(desk: &Desk<'_>) -> Vec<Change> {
    let playbook = desk.playbook;
    let mut all = Vec::new();
    let mut note = |day: Option<Date>, thing, what| {
        if let Some(day) = day.filter(|day| *day <= desk.measures.today) {
            all.push(Change { day, thing, what });
        }
    };
    for (id, journey) in Id::all(&playbook.journeys) {
        note(journey.review.last.as_ref().map(|(day, _)| *day), Thing::Journey(id), What::Reviewed);
    }
    for (id, promise) in Id::all(&playbook.promises) {
        let thing = Thing::Promise(id);
        for (index, entry) in promise.history.iter().enumerate() {
            note(Some(entry.date), thing, What::Found(index));
        }
        let last = promise.review.last.as_ref().map(|(day, _)| *day);
        // What was found in a review says more than that there was one.
        note(last.filter(|day| promise.history.iter().all(|entry| entry.date != *day)), thing, What::Reviewed);
    }
    for (thing, document) in playbook.documents() {
        let Days { added, changed, reviewed } = days(document);
        note(added, thing, What::Added);
        note(changed, thing, What::Changed);
        note(reviewed, thing, What::Reviewed);
    }
    all.sort_by_key(|change| std::cmp::Reverse(change.day));
    all.truncate(LONGEST);
    all
}

/// The days of a document, each told once: as the most that happened on it.
struct Days {
    added: Option<Date>,
    changed: Option<Date>,
    reviewed: Option<Date>,
}

fn days(document: &Document) -> Days {
    let day = |written: &Option<(Date, crate::source::Place)>| written.as_ref().map(|(day, _)| *day);
    let added = day(&document.date);
    let changed = day(&document.updated).filter(|day| Some(*day) != added);
    let reviewed = day(&document.review.last).filter(|day| Some(*day) != added && Some(*day) != changed);
    Days { added, changed, reviewed }
}

fn feed(desk: &Desk<'_>, base: &str, language: Lang, changes: &[Change]) -> String {
    let front = desk.routes.route(PageId::Front, language).unwrap_or(&desk.routes.all[0]);
    let at = desk.at(front);
    let settings = &desk.playbook.settings;
    let own = settings.language(language);
    let mut xml = String::from(XML);
    xml.push_str(&format!("<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{}\">\n", own.tag));
    element("title", &title(&at), &mut xml);
    if let Some(description) = &own.description {
        element("subtitle", description, &mut xml);
    }
    let itself = machine::whole(base, &address(desk, language));
    element("id", &itself, &mut xml);
    link("self", "application/atom+xml", &itself, &mut xml);
    link("alternate", "text/html", &machine::whole(base, &front.address), &mut xml);
    element("updated", &moment(changes.first().map_or(desk.measures.today, |change| change.day)), &mut xml);
    xml.push_str("<author>");
    element("name", &own.title, &mut xml);
    xml.push_str("</author>\n");
    xml.push_str(&format!("<generator version=\"{}\">trustbook</generator>\n", env!("CARGO_PKG_VERSION")));
    // Two entries of a promise's history may be of one day.
    let mut known: FxHashMap<String, usize> = FxHashMap::default();
    for change in changes {
        let Some((route, _)) = desk.routes.of(change.thing, language, desk.playbook) else { continue };
        let mut id = id(desk, base, &own.tag, change);
        let count = known.entry(id.clone()).or_default();
        *count += 1;
        if *count > 1 {
            id.push_str(&format!("-{count}"));
        }
        entry(&at, change, &id, &machine::whole(base, &route.address), &mut xml);
    }
    xml.push_str("</feed>\n");
    xml
}

fn entry(at: &At<'_>, change: &Change, id: &str, address: &str, xml: &mut String) {
    let playbook = at.desk.playbook;
    let title = plain(&at.title(change.thing));
    let title = match change.what {
        What::Added => at.tn("feed-added", &[("title", title.into())]),
        What::Changed => at.tn("feed-changed", &[("title", title.into())]),
        What::Reviewed => at.tn("feed-reviewed", &[("title", title.into())]),
        What::Found(index) => match found(at, change.thing, index).and_then(|entry| entry.status) {
            Some(status) => at.tn("feed-state", &[("title", title.into()), ("state", at.state_word(status).into())]),
            None => title,
        },
    };
    xml.push_str("<entry>");
    element("title", &title, xml);
    element("id", id, xml);
    link("alternate", "text/html", address, xml);
    element("updated", &moment(change.day), xml);
    let owner = playbook.review(change.thing).and_then(|review| review.owner.as_deref());
    if let Some(owner) = owner {
        xml.push_str("<author>");
        element("name", &at.owner(owner), xml);
        xml.push_str("</author>");
    }
    xml.push_str("<category term=\"");
    xml.push_str(super::front::name(change.thing));
    xml.push_str("\" label=\"");
    push(&at.t(&format!("thing-{}", super::front::name(change.thing))), xml);
    xml.push_str("\"/>\n");
    let summary = match change.what {
        What::Found(index) => {
            found(at, change.thing, index).and_then(|entry| entry.note.as_ref()).map(|note| at.line(note))
        }
        _ => playbook
            .document(change.thing)
            .and_then(|document| document.description.as_ref())
            .map(|description| at.words(description)),
    };
    if let Some(summary) = summary {
        xml.push_str("<summary");
        if let Some(lang) = &summary.lang {
            xml.push_str(&format!(" xml:lang=\"{lang}\""));
        }
        xml.push('>');
        push(&plain(&summary), xml);
        xml.push_str("</summary>\n");
    }
    xml.push_str("</entry>\n");
}

fn found<'a>(at: &At<'a>, thing: Thing, index: usize) -> Option<&'a crate::playbook::Entry> {
    match thing {
        Thing::Promise(id) => at.desk.playbook[id].history.get(index),
        _ => None,
    }
}

/// What an entry is known by for ever, wherever its page may move: a tag (RFC 4151).
fn id(desk: &Desk<'_>, base: &str, tag: &str, change: &Change) -> String {
    let host = base.split_once("://").map_or(base, |(_, rest)| rest).split(['/', ':']).next().unwrap_or("localhost");
    let what = match change.what {
        What::Added => "added",
        What::Changed => "changed",
        What::Reviewed => "reviewed",
        What::Found(_) => "found",
    };
    let path = format!("{}/{tag}/{}/{what}", desk.playbook.settings.id, super::review::path(desk, change.thing));
    format!("tag:{host},{}:{}", change.day, machine::ascii(&super::encoded(&path)))
}

/// A day as its first second: playbooks know no hours.
fn moment(day: Date) -> String {
    format!("{day}T00:00:00Z")
}

fn element(name: &str, text: &str, xml: &mut String) {
    xml.push_str(&format!("<{name}>"));
    push(text, xml);
    xml.push_str(&format!("</{name}>\n"));
}

fn link(rel: &str, media: &str, href: &str, xml: &mut String) {
    xml.push_str(&format!("<link rel=\"{rel}\" type=\"{media}\" href=\""));
    push(href, xml);
    xml.push_str("\"/>\n");
}

/// A text, escaped. What XML cannot hold even escaped becomes a blank.
fn push(text: &str, xml: &mut String) {
    let is_foreign = |character: char| character.is_control() || matches!(character, '\u{fffe}' | '\u{ffff}');
    if text.contains(is_foreign) {
        escape(&text.replace(is_foreign, " "), xml);
    } else {
        escape(text, xml);
    }
}
