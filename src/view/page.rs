//! What every page has around its own content, and which template draws it.

use super::document::{self, ListView};
use super::navigation;
use super::{At, Day, PageView, Words, coverage, front, incident, journey, register, review, stage, translations};
use crate::audit::audit;
use crate::playbook::{Document, Extra, Id, Kind, Lang, Page, Playbook, Text, Thing};
use crate::routes::PageId;
use serde::Serialize;
use tera::Value;

/// What stands around a page's content.
#[derive(Debug, Default, Serialize)]
pub struct Frame {
    /// The title of the page alone.
    pub title: String,
    /// The page's language.
    pub lang: String,
    /// Its direction.
    pub dir: &'static str,
    /// One sentence about it, for search engines.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The sentence under its title.
    #[serde(skip)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lede: Option<Words>,
    /// Where search engines should find it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub canonical: Option<String>,
    /// The page in every language, where search engines may know of it.
    pub alternates: Vec<Alternate>,
    /// Whether search engines must not list it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub noindex: bool,
    /// The page's own languages, for the reader to choose.
    pub languages: Vec<LanguageChoice>,
    /// The page's headings, where it has more than one.
    pub contents: Vec<ContentsEntry>,
    /// The page before.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub previous: Option<Crumb>,
    /// The page after.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<Crumb>,
    /// Where to change it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edit: Option<String>,
    /// Its source's file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// What the reader should know before reading.
    pub notices: Vec<Notice>,
    /// Who looks after it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub owner: Option<String>,
    /// When it was last looked at.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reviewed: Option<Day>,
    /// When it is due again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_review: Option<Day>,
    /// Whether that day has passed.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub overdue: bool,
    /// The word for what it is: names a class of the page.
    pub kind: &'static str,
    /// Whether it fills the width, its navigation being a menu.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub wide: bool,
    /// Whether it shows checklists, or how they stand: then it needs their script.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub ticks: bool,
}

/// A page in another language, for search engines.
#[derive(Debug, Serialize)]
pub struct Alternate {
    /// The language's tag, or `x-default`.
    pub lang: String,
    /// The whole address.
    pub href: String,
}

/// A step of the way, or a page beside this one.
#[derive(Debug, Serialize)]
pub struct Crumb {
    /// Its page.
    pub href: String,
    /// Its title.
    pub title: Words,
}

/// A language to choose.
#[derive(Debug, Serialize)]
pub struct LanguageChoice {
    /// Its tag.
    pub lang: String,
    /// Its direction.
    pub dir: &'static str,
    /// Its own name for itself.
    pub name: String,
    /// This page in it.
    pub href: String,
    /// Whether it is this one.
    pub current: bool,
    /// Whether the page is not translated into it.
    pub untranslated: bool,
    /// Whether its translation is older than its source.
    pub outdated: bool,
}

/// An entry of the contents.
#[derive(Debug, Serialize)]
pub struct ContentsEntry {
    /// The heading's anchor.
    pub href: String,
    /// Its words.
    pub title: Words,
    /// Whether it stands under another one.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub below: bool,
}

/// Something to know before reading.
#[derive(Debug, Serialize)]
pub struct Notice {
    /// `draft`, `fallback` or `stale`.
    pub kind: &'static str,
    /// In words.
    pub title: String,
    /// More words.
    pub text: Option<String>,
}

/// The view of a page.
pub fn page(at: &At<'_>) -> PageView {
    let mut frame = frame(at);
    let mut context: Vec<(&'static str, Value)> = Vec::new();
    let mut body = None;
    let mut title = None;
    let template = match at.route.page {
        PageId::Front => {
            frame.kind = "front";
            if let Some(id) = at.desk.playbook.front {
                let document = &at.desk.playbook[id].document;
                of_document(at, document, Thing::Page(id), &mut frame);
                let prose = at.body(&document.body);
                body = (!prose.parts.is_empty()).then_some(prose);
                title = Some(at.words(&document.title));
            }
            let front = front::front(at);
            frame.ticks |= !front.checklists.is_empty();
            context.push(("view", Value::from_serializable(&front)));
            "front.html".to_string()
        }
        PageId::NotFound => {
            frame.kind = "not-found";
            frame.title = at.t("not-found");
            frame.noindex = true;
            frame.canonical = None;
            frame.alternates.clear();
            "404.html".to_string()
        }
        PageId::Audit(department) => {
            frame.kind = "audit";
            frame.noindex = true;
            let audit = audit(at.desk.playbook, at.desk.measures, department);
            context.push(("view", Value::from_serializable(&super::audit::audit(at, &audit))));
            title = Some(at.said("audit-title"));
            "audit.html".to_string()
        }
        PageId::Translations => {
            frame.kind = "translations";
            frame.noindex = true;
            context.push(("view", Value::from_serializable(&translations::translations(at))));
            title = Some(at.said("translations-title"));
            "translations.html".to_string()
        }
        PageId::Tag(index) => {
            title = Some(tag_title(at, index, &mut frame));
            list(&mut context, &register::tag(at, index, 1));
            "list.html".to_string()
        }
        PageId::MoreOfTag(index, number) => {
            title = Some(tag_title(at, index, &mut frame));
            list(&mut context, &register::tag(at, index, number));
            "list.html".to_string()
        }
        PageId::More(kind, number) => {
            let (template, words) = overview(at, kind, number, &mut frame, &mut context, &mut body);
            title = Some(words);
            template
        }
        PageId::MoreOfSection(id, number) => {
            let document = &at.desk.playbook[id].document;
            of_document(at, document, Thing::Page(id), &mut frame);
            body = None;
            frame.ticks = false;
            frame.contents.clear();
            title = Some(at.words(&document.title));
            list(&mut context, &document::section(at, id, number));
            "list.html".to_string()
        }
        PageId::Thing(thing) => {
            let (template, words) = of_thing(at, thing, &mut frame, &mut context, &mut body);
            title = words;
            template
        }
    };
    if let Some(words) = &title {
        frame.title = plain(words);
    } else if frame.title.is_empty() {
        frame.title = at.desk.playbook.settings.language(at.language).title.to_string();
    }
    fall_back(at, title.as_ref(), &mut frame);
    outdated(at, &mut frame);
    let lede = frame.lede.take();
    if frame.description.is_none() {
        // Search engines want a sentence for every page.
        let site = at.desk.playbook.settings.language(at.language);
        let about = site.description.as_deref().unwrap_or(&site.title);
        frame.description = Some(match at.route.page {
            PageId::Front => about.to_string(),
            _ => at.tn("page-of-site", &[("page", frame.title.as_str().into()), ("site", about.into())]),
        });
    }
    let title = title.unwrap_or_else(|| Words::plain(&frame.title));
    context.push(("title", Value::from_serializable(&title)));
    let words = lede.map(|words| Value::from_serializable(&words));
    context.push(("description", words.unwrap_or_else(Value::none)));
    context.push(("head", super::head::head(at, &frame)));
    context.push(("page", Value::from_serializable(&frame)));
    context.push(("t", at.theme_words()));
    context.push(("site", at.site()));
    PageView { template, body, navigation: navigation::key(at), current: navigation::current(at), context }
}

/// Words without markup: for a window's title, or where only a line has room.
pub(super) fn plain(words: &Words) -> String {
    let text = words.text.as_str().unwrap_or("");
    if !words.text.is_safe() {
        return text.to_string();
    }
    super::body::words_of(text)
}

fn list(context: &mut Vec<(&'static str, Value)>, view: &ListView) {
    context.push(("view", Value::from_serializable(view)));
}

fn tag_title(at: &At<'_>, index: u32, frame: &mut Frame) -> Words {
    frame.kind = "tag";
    at.tag(&at.desk.playbook.tags[index as usize].name)
}

/// The template and title of a thing's page.
fn of_thing(
    at: &At<'_>,
    thing: Thing,
    frame: &mut Frame,
    context: &mut Vec<(&'static str, Value)>,
    body: &mut Option<super::body::BodyView>,
) -> (String, Option<Words>) {
    let playbook = at.desk.playbook;
    match thing {
        Thing::Overview(kind) => {
            let (template, words) = overview(at, kind, 1, frame, context, body);
            (template, Some(words))
        }
        Thing::Journey(id) => {
            frame.kind = "journey";
            frame.wide = true;
            source(at, frame, &playbook[id].path);
            frame.description = playbook[id].summary.as_ref().map(|summary| text_of(at, summary));
            context.push(("view", Value::from_serializable(&journey::journey(at, id))));
            ("journey.html".to_string(), Some(at.title(thing)))
        }
        Thing::Stage(id) => {
            frame.kind = "stage";
            source(at, frame, &playbook[id.journey].path);
            frame.description = playbook[id].goal.as_ref().map(|goal| text_of(at, goal));
            let stage = stage::stage(at, id);
            frame.ticks = !stage.checklists.is_empty();
            context.push(("view", Value::from_serializable(&stage)));
            ("stage.html".to_string(), Some(at.title(thing)))
        }
        Thing::Promise(id) => {
            frame.kind = "promise";
            source(at, frame, &playbook[id].path);
            review(at, frame, &playbook[id].review);
            frame.description = Some(text_of(at, &playbook[id].text));
            context.push(("view", Value::from_serializable(&register::promise(at, id))));
            ("promise.html".to_string(), Some(at.title(thing)))
        }
        Thing::Department(id) => {
            frame.kind = "department";
            source(at, frame, &playbook[id].place.path);
            frame.description = playbook[id].description.as_ref().map(|text| text_of(at, text));
            frame.ticks = true;
            list(context, &register::department(at, id));
            ("list.html".to_string(), Some(at.title(thing)))
        }
        _ => {
            let Some(document) = playbook.document(thing) else { return ("list.html".to_string(), None) };
            of_document(at, document, thing, frame);
            let prose = at.body(&document.body);
            *body = (!prose.parts.is_empty()).then_some(prose);
            frame.kind = match thing {
                Thing::Page(id) if playbook[id].section => "section",
                Thing::Page(_) => "guide",
                Thing::Strategy(_) => "strategy",
                Thing::Pillar(_) => "pillar",
                Thing::Persona(_) => "persona",
                _ => "recovery",
            };
            list(context, &document::document(at, thing, document));
            if let Some(extra) = &document.extra {
                context.push(("extra", self::extra(extra.get(at.language, &playbook.settings))));
            }
            let template = document.template.as_ref().map_or("document.html", |template| &*template.value);
            (template.to_string(), Some(at.words(&document.title)))
        }
    }
}

fn overview(
    at: &At<'_>,
    kind: Kind,
    number: u16,
    frame: &mut Frame,
    context: &mut Vec<(&'static str, Value)>,
    body: &mut Option<super::body::BodyView>,
) -> (String, Words) {
    if let Some(document) = at.desk.playbook.overviews.get(&kind) {
        of_document(at, document, Thing::Overview(kind), frame);
        if number == 1 {
            let prose = at.body(&document.body);
            *body = (!prose.parts.is_empty()).then_some(prose);
        }
    }
    frame.kind = kind.folder();
    frame.ticks |= kind == Kind::Checklists;
    let template = match kind {
        Kind::Journeys => {
            context.push(("view", Value::from_serializable(&coverage::journeys(at))));
            "journeys.html"
        }
        Kind::Coverage => {
            context.push(("view", Value::from_serializable(&coverage::coverage(at))));
            frame.wide = true;
            "coverage.html"
        }
        Kind::Promises => {
            context.push(("view", Value::from_serializable(&register::promises(at, number))));
            "promises.html"
        }
        Kind::Reviews => {
            context.push(("view", Value::from_serializable(&review::reviews(at, number))));
            "reviews.html"
        }
        Kind::Incidents => {
            context.push(("view", Value::from_serializable(&incident::incidents(at, number))));
            "incidents.html"
        }
        kind => {
            list(context, &register::overview(at, kind, number));
            "list.html"
        }
    };
    (template.to_string(), at.title(Thing::Overview(kind)))
}

fn text_of(at: &At<'_>, text: &crate::playbook::Text<crate::playbook::Prose>) -> String {
    plain(&at.unlinked(text))
}

fn source(at: &At<'_>, frame: &mut Frame, path: &str) {
    frame.source = Some(path.to_string());
    frame.edit = at.desk.playbook.settings.edit_url.as_deref().map(|url| url.replace("{path}", &super::encoded(path)));
}

fn review(at: &At<'_>, frame: &mut Frame, review: &crate::playbook::Review) {
    frame.owner = at.owner_if(review.owner.as_ref());
    frame.reviewed = review.last.as_ref().map(|(date, _)| at.date(*date));
    frame.next_review = review.next().map(|date| at.date(date));
    frame.overdue = review.is_overdue(at.desk.measures.today);
}

/// What a document adds to the frame.
fn of_document(at: &At<'_>, document: &Document, thing: Thing, frame: &mut Frame) {
    let settings = &at.desk.playbook.settings;
    let said = document.body.said(at.language, settings);
    let written = match thing {
        Thing::Page(id) => at.desk.playbook[id].written,
        _ => true,
    };
    if written {
        source(at, frame, &said.place.path);
    }
    review(at, frame, &document.review);
    let description = document.description.as_ref().filter(|text| !at.plain(text).is_empty());
    frame.description = description.map(|text| at.plain(text).to_string());
    frame.lede = description.map(|text| at.words(text));
    if document.draft {
        frame.notices.push(Notice { kind: "draft", title: at.t("notice-draft"), text: None });
    }
    frame.ticks = !document.checklists.is_empty();
    frame.contents = said
        .value
        .headings()
        .filter(|(heading, _)| (2..=3).contains(&heading.level))
        .map(|(heading, id)| ContentsEntry {
            href: format!("#{}", super::encoded(id)),
            title: at.worded(&heading.title, said.language),
            below: heading.level > 2,
        })
        .collect();
    if frame.contents.len() < 2 {
        frame.contents.clear();
    }
}

/// What a page says that is not in its language, or not all in it. What only repeats another language's page is not listed by
/// search engines, which find the original.
fn fall_back(at: &At<'_>, title: Option<&Words>, frame: &mut Frame) {
    let settings = &at.desk.playbook.settings;
    // A tag is a name: one that nobody has translated does not make its page one of another language.
    let is_tag = matches!(at.route.page, PageId::Tag(_) | PageId::MoreOfTag(..));
    let title = title.filter(|_| !is_tag);
    let of_title = title.and_then(|words| settings.language_tagged(words.lang.as_deref()?));
    let Some(heard) = at.heard().or(of_title) else { return };
    let is_in = |language: &Lang| is_translated(at.desk.playbook, at.route.page, *language);
    let original = settings.chain(at.language).iter().copied().find(is_in).unwrap_or(heard);
    let whole = original != at.language;
    let (title, text, other) = match whole {
        true => ("notice-untranslated", "notice-reading", original),
        false => ("notice-partly", "notice-partly-reading", heard),
    };
    frame.notices.push(Notice {
        kind: "fallback",
        title: at.tn(title, &[("language", at.language_name_in(title, at.language).into())]),
        text: Some(at.tn(text, &[("language", at.language_name_in(text, other).into())])),
    });
    if whole {
        frame.noindex = true;
        if let Some(route) = at.desk.routes.route(at.route.page, original) {
            frame.canonical = whole_address(at, &route.address);
        }
        frame.alternates.clear();
    }
}

fn whole_address(at: &At<'_>, address: &str) -> Option<String> {
    let base = at.desk.playbook.settings.base_url.as_deref()?;
    Some(format!("{base}{}", super::encoded(&address[1..])))
}

/// What every page has.
fn frame(at: &At<'_>) -> Frame {
    let settings = &at.desk.playbook.settings;
    let language = settings.language(at.language);
    let routes = at.desk.routes;
    let mut frame = Frame {
        lang: language.tag.to_string(),
        dir: at.locale().direction(),
        description: None,
        canonical: whole_address(at, &at.route.address),
        noindex: !settings.index,
        ..Frame::default()
    };
    if settings.languages.len() > 1 && at.route.page != PageId::NotFound {
        for other in settings.langs() {
            let Some(route) = routes.route(at.route.page, other) else { continue };
            let own = settings.language(other);
            let untranslated = !is_translated(at.desk.playbook, at.route.page, other);
            frame.languages.push(LanguageChoice {
                lang: own.tag.to_string(),
                dir: at.desk.locales[other.index()].direction(),
                name: at.own_name(other),
                href: at.to_address(&route.address),
                current: other == at.language,
                untranslated,
                outdated: !untranslated && is_outdated(at.desk.playbook, at.route.page, other),
            });
            if let Some(href) = whole_address(at, &route.address).filter(|_| !untranslated && settings.index) {
                frame.alternates.push(Alternate { lang: own.tag.to_string(), href: href.clone() });
                if other == Lang::DEFAULT {
                    frame.alternates.push(Alternate { lang: "x-default".to_string(), href });
                }
            }
        }
    }
    (frame.previous, frame.next) = neighbours(at);
    frame
}

/// Says that a translation is older than its source.
fn outdated(at: &At<'_>, frame: &mut Frame) {
    let playbook = at.desk.playbook;
    if is_outdated(playbook, at.route.page, at.language) {
        let about = "notice-stale-about";
        let source = at.language_name_in(about, Lang::DEFAULT);
        frame.notices.push(Notice {
            kind: "stale",
            title: at.t("notice-stale"),
            text: Some(at.tn(about, &[("language", source.into())])),
        });
    }
}

/// Whether a page says something in a language that is older than its source.
fn is_outdated(playbook: &Playbook, page: PageId, language: Lang) -> bool {
    let thing = match page {
        PageId::Thing(thing) => Some(thing),
        PageId::Front => playbook.front.map(Thing::Page),
        _ => None,
    };
    thing.is_some_and(|thing| playbook.is_outdated(thing, language))
}

/// Whether anything that a page says in the author's words is written in a language; what says nothing in them is in all.
pub(super) fn is_translated(playbook: &Playbook, page: PageId, language: Lang) -> bool {
    if language == Lang::DEFAULT {
        return true;
    }
    match page {
        PageId::Front => playbook.front.is_none_or(|id| is_thing_in(playbook, Thing::Page(id), language)),
        PageId::MoreOfSection(id, _) => is_thing_in(playbook, Thing::Page(id), language),
        PageId::Thing(Thing::Overview(kind)) | PageId::More(kind, _) => match playbook.overviews.get(&kind) {
            Some(document) => is_document_in(document, language),
            None => is_list_in(playbook, kind, language),
        },
        PageId::Thing(thing) => is_thing_in(playbook, thing, language),
        PageId::Tag(_) | PageId::MoreOfTag(..) | PageId::Audit(_) | PageId::Translations | PageId::NotFound => true,
    }
}

fn is_thing_in(playbook: &Playbook, thing: Thing, language: Lang) -> bool {
    match thing {
        Thing::Journey(id) => {
            let journey = &playbook[id];
            journey.title.in_language(language).is_some()
                || is_in(journey.summary.as_ref(), language)
                || journey.stage_ids(id).any(|stage| is_thing_in(playbook, Thing::Stage(stage), language))
        }
        Thing::Stage(id) => {
            let stage = &playbook[id];
            stage.title.in_language(language).is_some()
                || is_in(stage.goal.as_ref(), language)
                || is_in(stage.summary.as_ref(), language)
        }
        Thing::Promise(id) => playbook[id].text.in_language(language).is_some(),
        Thing::Metric(id) => playbook[id].title.in_language(language).is_some(),
        Thing::Claim(id) => playbook[id].text.in_language(language).is_some(),
        Thing::Department(id) => {
            let department = &playbook[id];
            department.title.in_language(language).is_some() || is_in(department.description.as_ref(), language)
        }
        Thing::Channel(id) => {
            let channel = &playbook[id];
            channel.title.in_language(language).is_some() || is_in(channel.description.as_ref(), language)
        }
        Thing::Term(id) => {
            let term = &playbook[id];
            term.term.in_language(language).is_some() || is_in(term.meaning.as_ref(), language)
        }
        // A section that nobody wrote a page for has its folder's name in every language.
        Thing::Page(id) if !playbook[id].written => true,
        thing => playbook.document(thing).is_none_or(|document| is_document_in(document, language)),
    }
}

/// By its body; where it has none, by its title.
fn is_document_in(document: &Document, language: Lang) -> bool {
    document.body.in_language(language).is_some()
        || (document.body.source.value.body.pieces.is_empty() && document.title.in_language(language).is_some())
}

fn is_in<T>(text: Option<&Text<T>>, language: Lang) -> bool {
    text.is_some_and(|text| text.in_language(language).is_some())
}

/// Whether an overview lists anything in a language, or nothing at all.
fn is_list_in(playbook: &Playbook, kind: Kind, language: Lang) -> bool {
    fn any<T>(playbook: &Playbook, list: &[T], thing: fn(Id<T>) -> Thing, language: Lang) -> bool {
        list.is_empty() || Id::all(list).any(|(id, _)| is_thing_in(playbook, thing(id), language))
    }
    match kind {
        Kind::Journeys => any(playbook, &playbook.journeys, Thing::Journey, language),
        Kind::Promises => any(playbook, &playbook.promises, Thing::Promise, language),
        Kind::Metrics => any(playbook, &playbook.metrics, Thing::Metric, language),
        Kind::Strategies => any(playbook, &playbook.strategies, Thing::Strategy, language),
        Kind::Recoveries => any(playbook, &playbook.recoveries, Thing::Recovery, language),
        Kind::Pillars => any(playbook, &playbook.pillars, Thing::Pillar, language),
        Kind::Personas => any(playbook, &playbook.personas, Thing::Persona, language),
        Kind::Departments => any(playbook, &playbook.departments, Thing::Department, language),
        Kind::Channels => any(playbook, &playbook.channels, Thing::Channel, language),
        Kind::Claims => any(playbook, &playbook.claims, Thing::Claim, language),
        Kind::Glossary => any(playbook, &playbook.terms, Thing::Term, language),
        Kind::Incidents => {
            let incidents = &playbook.incidents;
            incidents.is_empty() || incidents.iter().any(|one| one.title.in_language(language).is_some())
        }
        Kind::Checklists | Kind::Reviews | Kind::Coverage | Kind::Tags => true,
    }
}

/// What stands right above this page on the way from the front page.
pub fn above(at: &At<'_>) -> Option<Thing> {
    match at.route.page {
        PageId::Thing(Thing::Page(id)) => at.desk.playbook[id].parent.map(Thing::Page),
        PageId::Thing(Thing::Stage(stage)) => Some(Thing::Journey(stage.journey)),
        PageId::Thing(thing) => kind_of(thing).map(Thing::Overview),
        PageId::Tag(_) | PageId::MoreOfTag(..) => Some(Thing::Overview(Kind::Tags)),
        PageId::More(kind, _) => Some(Thing::Overview(kind)),
        PageId::MoreOfSection(id, _) => Some(Thing::Page(id)),
        PageId::Front | PageId::Audit(_) | PageId::Translations | PageId::NotFound => None,
    }
}

/// What stands above this page, the nearest first, the front page apart.
pub(super) fn way(at: &At<'_>) -> Vec<Thing> {
    let next = |thing: &Thing| match *thing {
        Thing::Page(id) => at.desk.playbook[id].parent.map(Thing::Page),
        Thing::Journey(_) => Some(Thing::Overview(Kind::Journeys)),
        _ => None,
    };
    std::iter::successors(above(at), next).collect()
}

/// The way from the front page to what stands right above this one. Pages beside each other share it.
pub fn crumbs(at: &At<'_>) -> Vec<Crumb> {
    if matches!(at.route.page, PageId::Front | PageId::NotFound) {
        return Vec::new();
    }
    let way = way(at);
    let crumb = |thing: &Thing| {
        let (route, _) = at.desk.routes.of(*thing, at.language, at.desk.playbook)?;
        Some(Crumb { href: at.from_folder(&route.address), title: at.title(*thing) })
    };
    let home = Crumb { href: navigation::home(at), title: at.said("nav-front") };
    std::iter::once(home).chain(way.iter().rev().filter_map(crumb)).collect()
}

/// The kind that a thing with a page of its own belongs to.
pub(super) fn kind_of(thing: Thing) -> Option<Kind> {
    Some(match thing {
        Thing::Strategy(_) => Kind::Strategies,
        Thing::Pillar(_) => Kind::Pillars,
        Thing::Persona(_) => Kind::Personas,
        Thing::Recovery(_) => Kind::Recoveries,
        Thing::Journey(_) => Kind::Journeys,
        Thing::Promise(_) => Kind::Promises,
        Thing::Department(_) => Kind::Departments,
        _ => return None,
    })
}

/// The pages before and after in reading order: among pages, or among things of a kind.
fn neighbours(at: &At<'_>) -> (Option<Crumb>, Option<Crumb>) {
    let playbook = at.desk.playbook;
    let PageId::Thing(thing) = at.route.page else { return (None, None) };
    fn around<T>(list: &[T], id: Id<T>, thing: fn(Id<T>) -> Thing) -> (Option<Thing>, Option<Thing>) {
        let before = id.index().checked_sub(1).map(|index| thing(Id::new(index)));
        let after = (id.index() + 1 < list.len()).then(|| thing(Id::new(id.index() + 1)));
        (before, after)
    }
    let (previous, next) = match thing {
        Thing::Page(id) => around::<Page>(&playbook.pages, id, Thing::Page),
        Thing::Strategy(id) => around(&playbook.strategies, id, Thing::Strategy),
        Thing::Pillar(id) => around(&playbook.pillars, id, Thing::Pillar),
        Thing::Persona(id) => around(&playbook.personas, id, Thing::Persona),
        Thing::Recovery(id) => around(&playbook.recoveries, id, Thing::Recovery),
        Thing::Promise(id) => around(&playbook.promises, id, Thing::Promise),
        Thing::Department(id) => around(&playbook.departments, id, Thing::Department),
        _ => (None, None),
    };
    let crumb = |thing: Option<Thing>| {
        let thing = thing?;
        // The front page is no neighbour: it is always a click away.
        if let Thing::Page(id) = thing
            && playbook.front == Some(id)
        {
            return None;
        }
        let link = at.link(thing);
        Some(Crumb { href: link.href, title: link.title })
    };
    (crumb(previous), crumb(next))
}

/// A value of the author's for themes.
pub fn extra(extra: &Extra) -> Value {
    match extra {
        Extra::Text(text) => Value::normal_string(text),
        Extra::Integer(number) => Value::from_serializable(number),
        Extra::Float(number) => Value::from_serializable(number),
        Extra::Bool(truth) => Value::from_serializable(truth),
        Extra::Date(date) => Value::normal_string(&date.to_string()),
        Extra::List(items) => Value::from_serializable(&items.iter().map(self::extra).collect::<Vec<_>>()),
        Extra::Table(entries) => {
            let map: std::collections::BTreeMap<&str, Value> =
                entries.iter().map(|(key, value)| (&**key, self::extra(value))).collect();
            Value::from_serializable(&map)
        }
    }
}
