//! A page to what other programs read of it: its social card for messengers and networks, its place for search engines, the feed.
//!
//! Whole addresses stand in all of it, so without a `base_url` there is none of it. It is one finished value, and what pages
//! share of it is made once.

use super::card::{self, Subject};
use super::page::{Frame, way};
use super::{At, feed, machine};
use crate::parse::html::escape;
use crate::playbook::{Lang, Thing};
use crate::routes::PageId;
use std::sync::Arc;
use tera::Value;

/// What pages have in common.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Common {
    /// The card of those about one thing, and the feed.
    Card(Subject, Lang),
    /// The way from the front page to what stands right above them.
    Way(Option<Thing>, Lang),
}

/// What stands in the head of a page for other programs; empty where nobody knows where the site will stand.
pub fn head(at: &At<'_>, frame: &Frame) -> Value {
    let settings = &at.desk.playbook.settings;
    let (Some(base), Some(canonical)) = (settings.base_url.as_deref(), &frame.canonical) else {
        return Value::safe_string("");
    };
    let mut html = String::with_capacity(2048);
    let front = at.route.page == PageId::Front;
    let title = if front { &settings.language(at.language).title } else { frame.title.as_str() };
    property("og:title", title, &mut html);
    if let Some(description) = &frame.description {
        property("og:description", description, &mut html);
    }
    property("og:url", canonical, &mut html);
    html.push_str(match front {
        true => "<meta property=\"og:type\" content=\"website\">\n",
        false => "<meta property=\"og:type\" content=\"article\">\n",
    });
    for other in frame.languages.iter().filter(|other| !other.current && !other.untranslated) {
        if let Some(language) = settings.language_tagged(&other.lang) {
            property("og:locale:alternate", at.desk.locales[language.index()].with_territory(), &mut html);
        }
    }
    let subject = card::subject(at);
    html.push_str(&at.desk.common(Common::Card(subject, at.language), || card_of_all(at, subject, base)));
    escape(&at.to_address(&feed::address(at.desk, at.language)), &mut html);
    html.push_str("\">\n");
    if !frame.noindex && !front {
        let key = Common::Way(super::page::above(at), at.language);
        html.push_str(&at.desk.common(key, || way_of_all(at, base)));
        html.push_str(&json(&frame.title));
        html.push_str("}]}</script>\n");
    }
    Value::safe_string(&html)
}

fn property(name: &str, content: &str, html: &mut String) {
    html.push_str("<meta property=\"");
    html.push_str(name);
    html.push_str("\" content=\"");
    escape(content, html);
    html.push_str("\">\n");
}

/// What all pages with the same card say, up to the feed's address, which each writes as it sees it.
fn card_of_all(at: &At<'_>, subject: Subject, base: &str) -> String {
    let site = &at.desk.playbook.settings.language(at.language).title;
    let mut html = String::new();
    property("og:site_name", site, &mut html);
    property("og:locale", at.locale().with_territory(), &mut html);
    if let Some(card) = card::card(&at.desk.at(at.route), subject) {
        property("og:image", &format!("{base}{}", card.file()), &mut html);
        property("og:image:type", "image/png", &mut html);
        property("og:image:width", &card::WIDTH.to_string(), &mut html);
        property("og:image:height", &card::HEIGHT.to_string(), &mut html);
        property("og:image:alt", &card.words(), &mut html);
        html.push_str("<meta name=\"twitter:card\" content=\"summary_large_image\">\n");
    }
    html.push_str("<link rel=\"alternate\" type=\"application/atom+xml\" title=\"");
    escape(&feed::title(&at.desk.at(at.route)), &mut html);
    html.push_str("\" href=\"");
    html
}

/// The way to all pages below the same one as schema.org's `BreadcrumbList`, up to the page's own name.
fn way_of_all(at: &At<'_>, base: &str) -> String {
    let at = &at.desk.at(at.route);
    let mut list = String::from(
        "<script type=\"application/ld+json\">{\"@context\":\"https://schema.org\",\"@type\":\"BreadcrumbList\",\"itemListElement\":[",
    );
    let mut position = 1;
    let mut step = |name: &str, address: &str| {
        list.push_str(&format!(
            "{{\"@type\":\"ListItem\",\"position\":{position},\"name\":{},\"item\":{}}},",
            json(name),
            json(&machine::whole(base, address))
        ));
        position += 1;
    };
    if let Some(home) = at.desk.routes.route(PageId::Front, at.language) {
        step(&at.t("nav-front"), &home.address);
    }
    for thing in way(at).into_iter().rev() {
        if let Some((route, _)) = at.desk.routes.of(thing, at.language, at.desk.playbook) {
            step(&super::page::plain(&at.title(thing)), &route.address);
        }
    }
    list.push_str(&format!("{{\"@type\":\"ListItem\",\"position\":{position},\"name\":"));
    list
}

/// A text as JSON that cannot end a script.
fn json(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len() + 2);
    machine::push(&text, &mut bytes);
    String::from_utf8(bytes).expect("JSON of a text is text")
}

impl super::Desk<'_> {
    /// What is made by the first page that asks for it.
    fn common(&self, key: Common, make: impl FnOnce() -> String) -> Arc<str> {
        if let Some(known) = self.heads.lock().ok().and_then(|known| known.get(&key).cloned()) {
            return known;
        }
        let made: Arc<str> = make().into();
        if let Ok(mut known) = self.heads.lock() {
            known.insert(key, made.clone());
        }
        made
    }
}
