//! A page to all that a template may see of it, and nothing else: the contract with themes.
//!
//! Numbers, dates and words come formatted. What many pages share is made once, in the [`Desk`], and handed over as values
//! that cost nothing to copy.

pub mod audit;
pub mod body;
pub mod borrowed;
pub mod calendar;
pub mod card;
pub mod chart;
pub mod coverage;
pub mod curve;
pub mod document;
pub mod evidence;
pub mod feed;
pub mod feelings;
pub mod figure;
pub mod floor;
pub mod front;
pub mod gap;
pub mod head;
pub mod incident;
pub mod journey;
pub mod machine;
pub mod navigation;
pub mod pack;
pub mod page;
pub mod progress;
pub mod proof;
pub mod register;
pub mod review;
pub mod stage;
pub mod translations;

use crate::locale::Locale;
use crate::measure::Measures;
use crate::parse::html::escape;
use crate::playbook::{Checklist, ChecklistHome, Id, Kind, Lang, Page, Playbook, Promise, Prose, Status, Text, Thing};
use crate::routes::{PageId, Route, Routes};
use crate::strings::{Arg, Strings};
use body::BodyView;
use jiff::civil::Date;
use navigation::NavigationKey;
use proof::ProofView;
use rustc_hash::FxHashMap;
use serde::Serialize;
use std::cell::Cell;
use std::sync::{Arc, Mutex, OnceLock};
use tera::Value;

/// Everything that views are made of. One for a whole edition.
pub struct Desk<'a> {
    /// The playbook.
    pub playbook: &'a Playbook,
    /// Its figures.
    pub measures: &'a Measures,
    /// Its addresses.
    pub routes: &'a Routes,
    /// The theme's words, by [`Lang`].
    pub strings: &'a Strings,
    /// Formats, by [`Lang`].
    pub locales: &'a [Locale],
    /// File names of the theme's assets in the output.
    pub assets: &'a ThemeAssets,
    /// The theme's words without arguments, by [`Lang`].
    words: Vec<Value>,
    /// Whether some of the theme's words are another language's, by [`Lang`].
    borrows: Vec<bool>,
    /// What each language calls all of them, by [`Lang`]; looked up when a page first names one.
    names: Vec<OnceLock<Vec<String>>>,
    /// What every page says about the site, by [`Lang`].
    sites: Vec<Value>,
    /// How a heading's link to itself ends, by [`Lang`]: pages have more headings than anything else.
    heading_links: Vec<String>,
    /// Tags by their slugs: numbers in the playbook.
    tags: FxHashMap<Arc<str>, u32>,
    /// Pages without a section above them, the front page apart.
    tops: Vec<Id<Page>>,
    /// What has a review date, as its register lists it; made when it is first asked for.
    reviews: OnceLock<Vec<(Thing, Date)>>,
    /// Items of checklists by department; made when they are first asked for.
    shares: OnceLock<Vec<Vec<progress::Share>>>,
    /// What pages have in common of what other programs read; made when a page first asks for it.
    heads: Mutex<FxHashMap<head::Common, Arc<str>>>,
}

/// File names of the theme's assets in the output, each with a hash of its content in it.
#[derive(Debug, Clone, Default)]
pub struct ThemeAssets {
    /// By the name that the theme has it under, for example `style.css`.
    pub files: Vec<(String, String)>,
    /// The theme's options with their values; none where nothing says one.
    pub options: Vec<(Arc<str>, Option<crate::playbook::Extra>)>,
}

impl ThemeAssets {
    /// The file in the output for the theme's `name`.
    pub fn file(&self, name: &str) -> Option<&str> {
        self.files.iter().find(|(known, _)| known == name).map(|(_, file)| file.as_str())
    }
}

/// What is the same on every page of a language.
#[derive(Serialize)]
struct Site<'a> {
    /// Names the playbook in readers' browsers: the prefix of what is remembered there.
    id: &'a str,
    /// The playbook's title.
    title: &'a str,
    /// One sentence about it.
    description: Option<&'a str>,
    /// The audience that the edition is for.
    edition: &'a str,
    /// Whether that audience is not the public.
    internal: bool,
    /// Whether search engines must not list it.
    noindex: bool,
    /// Whether this is the edition that the playbook's own people read: only they are told what to write.
    whole: bool,
    /// The theme's options by their names, none where nothing says one. An asset's address is `assets.NAME`.
    options: Value,
    /// The program's version.
    version: &'static str,
}

impl<'a> Desk<'a> {
    /// Lays everything out.
    pub fn new(
        playbook: &'a Playbook,
        measures: &'a Measures,
        routes: &'a Routes,
        strings: &'a Strings,
        locales: &'a [Locale],
        assets: &'a ThemeAssets,
    ) -> Desk<'a> {
        let settings = &playbook.settings;
        let words = settings
            .langs()
            .map(|language| {
                let word = |key: &str, text: &str| match borrowed::lender(strings, language, key) {
                    Some((tag, dir)) => Value::normal_string(&borrowed::marked(tag, dir, text)),
                    None => Value::normal_string(text),
                };
                strings.plain(language.index()).map(|(key, text)| (key, word(key, text))).collect()
            })
            .map(|map: std::collections::BTreeMap<&str, Value>| Value::from_serializable(&map))
            .collect();
        let borrows = |language: Lang| {
            strings.keys(language.index()).any(|key| borrowed::lender(strings, language, key).is_some())
        };
        let options: std::collections::BTreeMap<&str, Value> = assets
            .options
            .iter()
            .map(|(name, value)| (&**name, value.as_ref().map_or_else(Value::none, page::extra)))
            .collect();
        let options = Value::from_serializable(&options);
        let sites = settings
            .languages
            .iter()
            .map(|language| {
                Value::from_serializable(&Site {
                    id: &settings.id,
                    title: &language.title,
                    description: language.description.as_deref(),
                    edition: &settings.edition,
                    internal: settings.audiences_declared && !settings.is_customer_facing(&settings.edition),
                    noindex: !settings.index,
                    whole: settings.edition == settings.default_audience,
                    options: options.clone(),
                    version: env!("CARGO_PKG_VERSION"),
                })
            })
            .collect();
        let tags = (0..).zip(&playbook.tags).map(|(number, tag)| (tag.slug.clone(), number)).collect();
        let tops = Id::all(&playbook.pages)
            .filter(|(id, page)| page.parent.is_none() && playbook.front != Some(*id))
            .map(|(id, _)| id)
            .collect();
        let heading_link = |language: Lang| {
            let mut link = String::from("\" aria-label=\"");
            escape(&strings.get(language.index(), "heading-link"), &mut link);
            link.push_str("\">#</a>");
            link
        };
        let heading_links = settings.langs().map(heading_link).collect();
        Desk {
            playbook,
            measures,
            routes,
            strings,
            locales,
            assets,
            words,
            borrows: settings.langs().map(borrows).collect(),
            names: settings.langs().map(|_| OnceLock::new()).collect(),
            sites,
            heading_links,
            tags,
            tops,
            reviews: OnceLock::new(),
            shares: OnceLock::new(),
            heads: Mutex::default(),
        }
    }

    /// What is said at an address, for other programs than browsers.
    pub fn at<'d>(&'d self, route: &'d Route) -> At<'d> {
        let depth = route.address.matches('/').count() - 1;
        At { desk: self, route, language: route.language, depth, drawn: false, heard: None }
    }

    /// A page in the making, drawn with the theme: its words of other languages are [marked](borrowed).
    pub fn page<'d>(&'d self, route: &'d Route) -> At<'d> {
        At { drawn: true, ..self.at(route) }
    }
}

/// One page in the making: from which address, in which language.
#[derive(Clone, Copy)]
pub struct At<'a> {
    /// Everything.
    pub desk: &'a Desk<'a>,
    /// The page.
    pub route: &'a Route,
    /// Its language.
    pub language: Lang,
    depth: usize,
    /// Whether the theme draws what is said here.
    drawn: bool,
    /// Where it is noted that the page says something of its own in another language, and in which.
    heard: Option<&'a Cell<Option<Lang>>>,
}

/// Words, with their language where it is another one than the page's. Templates get them ready to print: in a `span` with
/// `lang` and `dir` where they have a language, as they are where they don't. Nine of ten things that a page prints are words,
/// so they are one value each and no table.
#[derive(Debug, Clone)]
pub struct Words {
    /// The words: plain, or finished HTML.
    pub text: Value,
    /// Their language's tag.
    pub lang: Option<String>,
    /// Their direction, where they have a language.
    pub dir: Option<&'static str>,
}

impl Serialize for Words {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.shown().serialize(serializer)
    }
}

impl Words {
    /// Plain words in the page's language.
    pub fn plain(text: &str) -> Words {
        Words { text: Value::normal_string(text), lang: None, dir: None }
    }

    /// What a template prints.
    pub fn shown(&self) -> Value {
        let Some(lang) = &self.lang else { return self.text.clone() };
        let text = self.text.as_str().unwrap_or("");
        let mut html = format!("<span lang=\"{lang}\" dir=\"{}\">", self.dir.unwrap_or("auto"));
        if self.text.is_safe() {
            html.push_str(text);
        } else {
            escape(text, &mut html);
        }
        html.push_str("</span>");
        Value::safe_string(&html)
    }
}

/// A day.
#[derive(Debug, Clone, Serialize)]
pub struct Day {
    /// `2026-09-01`
    pub iso: String,
    /// As the language writes it.
    pub shown: String,
}

/// A link with its target's title.
#[derive(Debug, Clone, Serialize)]
pub struct LinkView {
    /// Where to; empty where there is no such page.
    pub href: String,
    /// The title.
    pub title: Words,
}

/// A promise in a list.
#[derive(Debug, Clone, Serialize)]
pub struct PromiseLine {
    /// Its page.
    pub href: String,
    /// Its id.
    pub id: String,
    /// What is promised, without links.
    pub text: Words,
    /// Its number in the register.
    pub number: usize,
    /// The word of the format: names the mark.
    pub state: &'static str,
    /// The state in words.
    pub state_word: String,
    /// Whether its review is overdue.
    pub overdue: bool,
    /// Who has to keep it.
    pub department: Option<Words>,
    /// That department's page.
    pub department_href: Option<String>,
    /// That department's id, for the map's filter.
    pub department_id: Option<String>,
    /// Its owner.
    pub owner: Option<String>,
    /// When it was last looked at.
    pub reviewed: Option<Day>,
    /// What is known of it, where the list shows that.
    pub proof: Option<ProofView>,
}

/// A checklist.
#[derive(Debug, Clone, Serialize)]
pub struct ChecklistView {
    /// Its id: what ticks are kept under.
    pub id: String,
    /// Its id on the page.
    pub anchor: String,
    /// Its title.
    pub title: Words,
    /// Where it stands.
    pub home: LinkView,
    /// Who works through it.
    pub owner: Option<String>,
    /// Its items.
    pub items: Vec<ItemView>,
    /// How many items it has, in words.
    pub count: String,
}

/// An item of a checklist.
#[derive(Debug, Clone, Serialize)]
pub struct ItemView {
    /// Its id in its list.
    pub id: String,
    /// Its former id.
    pub renamed_from: Option<String>,
    /// What is to be done.
    pub text: Words,
    /// Who does it.
    pub owner: Option<String>,
    /// How deep it stands.
    pub depth: u8,
}

/// What fills a hole in a message.
#[derive(Debug, Clone)]
pub enum Fill {
    /// Words.
    Words(String),
    /// A number of things.
    Count(i64),
}

impl From<&str> for Fill {
    fn from(text: &str) -> Fill {
        Fill::Words(text.to_string())
    }
}
impl From<String> for Fill {
    fn from(text: String) -> Fill {
        Fill::Words(text)
    }
}
impl From<usize> for Fill {
    fn from(count: usize) -> Fill {
        Fill::Count(i64::try_from(count).unwrap_or(i64::MAX))
    }
}
impl From<u32> for Fill {
    fn from(count: u32) -> Fill {
        Fill::Count(i64::from(count))
    }
}
impl From<i64> for Fill {
    fn from(count: i64) -> Fill {
        Fill::Count(count)
    }
}

/// A page's template and what it sees.
pub struct PageView {
    /// The template's file.
    pub template: String,
    /// The prose, drawn before the page and handed over as `body`.
    pub body: Option<BodyView>,
    /// Which navigation stands beside it.
    pub navigation: NavigationKey,
    /// The address that the navigation knows this page by.
    pub current: String,
    /// Everything else, by name.
    pub context: Vec<(&'static str, Value)>,
}

/// All that the template of this page may see.
pub fn view(desk: &Desk<'_>, route: &Route) -> PageView {
    let heard = Cell::new(None);
    page::page(&At { heard: Some(&heard), ..desk.page(route) })
}

impl<'a> At<'a> {
    /// Whether the page's language runs from right to left.
    pub fn is_rtl(&self) -> bool {
        self.locale().direction() == "rtl"
    }

    /// The language's formats.
    pub fn locale(&self) -> &'a Locale {
        &self.desk.locales[self.language.index()]
    }

    /// The words of the theme that take no arguments.
    pub fn theme_words(&self) -> Value {
        self.desk.words[self.language.index()].clone()
    }

    /// How a heading's link to itself ends, after the anchor.
    pub fn heading_link(&self) -> &'a str {
        &self.desk.heading_links[self.language.index()]
    }

    /// What every page says about the site.
    pub fn site(&self) -> Value {
        self.desk.sites[self.language.index()].clone()
    }

    /// The way up to the site's root: `../../`, nothing at the root itself, or the base path where the page may stand anywhere.
    pub fn root(&self) -> String {
        if self.route.page == PageId::NotFound {
            return encoded(self.desk.playbook.settings.base_path());
        }
        "../".repeat(self.depth)
    }

    /// A relative link to an address of this site (absolute from pages that may stand anywhere).
    pub fn to_address(&self, address: &str) -> String {
        if self.route.page == PageId::NotFound {
            return format!("{}{}", self.root(), encoded(&address[1..]));
        }
        relative("", &self.route.address, address)
    }

    /// The folder that the page stands in: pages that stand beside each other can share links.
    pub fn folder(&self) -> &'a str {
        let address: &'a str = &self.route.address;
        let inner = address.trim_end_matches('/');
        &address[..inner.rfind('/').map_or(0, |slash| slash + 1)]
    }

    /// A relative link that all pages of this page's [`folder`](At::folder) can share.
    pub fn from_folder(&self, address: &str) -> String {
        if self.route.page == PageId::NotFound || &*self.route.address == "/" {
            return self.to_address(address);
        }
        relative("../", self.folder(), address)
    }

    /// A link to a file in the output.
    pub fn to_file(&self, file: &str) -> String {
        self.to_address(&format!("/{file}"))
    }

    /// A link to a thing; empty where there is no such page.
    pub fn href(&self, thing: Thing) -> String {
        self.href_in(thing, self.language, None)
    }

    /// A link to a thing in a language, at an anchor of its page.
    pub fn href_in(&self, thing: Thing, language: Lang, anchor: Option<&str>) -> String {
        let Some((route, own)) = self.desk.routes.of(thing, language, self.desk.playbook) else { return String::new() };
        let anchor = anchor.or(own.as_deref());
        let here = route.address == self.route.address && self.route.page != PageId::NotFound;
        match anchor {
            Some(anchor) if here => format!("#{}", encoded(anchor)),
            Some(anchor) => format!("{}#{}", self.to_address(&route.address), encoded(anchor)),
            None => self.to_address(&route.address),
        }
    }

    fn other_language(&self, language: Lang) -> (Option<String>, Option<&'static str>) {
        if language == self.language {
            return (None, None);
        }
        if let Some(heard) = self.heard
            && heard.get().is_none()
        {
            heard.set(Some(language));
        }
        let tag = self.desk.playbook.settings.language(language).tag.to_string();
        (Some(tag), Some(self.desk.locales[language.index()].direction()))
    }

    /// The same page where it names something else: a title in another language is no part of this page's text.
    fn naming(&self) -> At<'a> {
        At { heard: None, ..*self }
    }

    /// What a language calls itself: as the settings say; where they only have its tag, by CLDR.
    pub fn own_name(&self, language: Lang) -> String {
        let own = self.desk.playbook.settings.language(language);
        let named =
            (own.name == own.tag).then(|| self.desk.locales[language.index()].language_name(&own.tag)).flatten();
        named.map_or_else(|| own.name.to_string(), |name| crate::localize::humanised(&name))
    }

    /// What this page's readers call a language.
    pub fn language_name(&self, language: Lang) -> &'a str {
        let settings = &self.desk.playbook.settings;
        let names = self.desk.names[self.language.index()].get_or_init(|| {
            let name = |other: &crate::playbook::settings::Language| {
                self.locale().language_name(&other.tag).unwrap_or_else(|| other.name.to_string())
            };
            settings.languages.iter().map(name).collect()
        });
        &names[language.index()]
    }

    /// A plain text.
    pub fn words(&self, text: &Text<Arc<str>>) -> Words {
        let said = text.said(self.language, &self.desk.playbook.settings);
        let (lang, dir) = self.other_language(said.language);
        Words { text: Value::normal_string(&said.value), lang, dir }
    }

    /// Words that are already chosen, in the language that they are in.
    pub fn worded(&self, words: &str, language: Lang) -> Words {
        let (lang, dir) = self.other_language(language);
        Words { text: Value::normal_string(words), lang, dir }
    }

    /// The language in which the page says something that it does not say in its own, the first if there are several.
    pub fn heard(&self) -> Option<Lang> {
        self.heard.and_then(Cell::get)
    }

    /// A plain text without its language.
    pub fn plain<'t>(&self, text: &'t Text<Arc<str>>) -> &'t str {
        text.get(self.language, &self.desk.playbook.settings)
    }

    /// A plain text for where no [`Words`] fit, as in a sentence of the theme: on pages [marked](borrowed) with its language.
    pub fn wording(&self, text: &Text<Arc<str>>) -> String {
        let said = text.said(self.language, &self.desk.playbook.settings);
        match self.other_language(said.language) {
            (Some(lang), Some(dir)) if self.drawn => borrowed::marked(&lang, dir, &said.value),
            _ => said.value.to_string(),
        }
    }

    /// Whether what is said on this page may be marked with languages.
    pub fn may_be_marked(&self) -> bool {
        self.desk.playbook.settings.languages.len() > 1 || self.desk.borrows[self.language.index()]
    }

    /// One line of Markdown, as finished HTML.
    pub fn inline(&self, text: &Text<Prose>) -> Words {
        let said = text.said(self.language, &self.desk.playbook.settings);
        let (lang, dir) = self.other_language(said.language);
        Words { text: Value::safe_string(&body::flat(self, &said.value, true)), lang, dir }
    }

    /// One line of Markdown as finished HTML whose links are words only: for texts that stand in a link.
    pub fn unlinked(&self, text: &Text<Prose>) -> Words {
        let said = text.said(self.language, &self.desk.playbook.settings);
        let (lang, dir) = self.other_language(said.language);
        Words { text: Value::safe_string(&body::flat(self, &said.value, false)), lang, dir }
    }

    /// Markdown of any length as one line of plain words.
    pub fn line(&self, text: &Text<Prose>) -> Words {
        let words = self.unlinked(text);
        Words { text: Value::normal_string(&page::plain(&words)), ..words }
    }

    /// Markdown of any length in a register or journey, as finished HTML.
    pub fn prose(&self, text: &Text<Prose>) -> Value {
        let said = text.said(self.language, &self.desk.playbook.settings);
        let html = body::flat(self, &said.value, true);
        match self.other_language(said.language) {
            (Some(lang), Some(dir)) => Value::safe_string(&format!("<div lang=\"{lang}\" dir=\"{dir}\">{html}</div>")),
            _ => Value::safe_string(&html),
        }
    }

    /// As [`prose`](At::prose), `None` for a text that was not written.
    pub fn prose_if(&self, text: Option<&Text<Prose>>) -> Option<Value> {
        text.map(|text| self.prose(text))
    }

    /// A day.
    pub fn date(&self, date: Date) -> Day {
        Day { iso: date.to_string(), shown: self.locale().date(date) }
    }

    /// Words of the theme.
    pub fn t(&self, key: &str) -> String {
        self.told(key, self.desk.strings.get(self.language.index(), key).into_owned())
    }

    fn told(&self, key: &str, words: String) -> String {
        if !self.drawn || !self.desk.borrows[self.language.index()] {
            return words;
        }
        match borrowed::lender(self.desk.strings, self.language, key) {
            Some((tag, dir)) => borrowed::marked(tag, dir, &words),
            None => words,
        }
    }

    /// Words of the theme, with their holes filled.
    pub fn tn(&self, key: &str, fills: &[(&str, Fill)]) -> String {
        let arguments: Vec<(&str, Arg<'_>)> = fills
            .iter()
            .map(|(name, fill)| {
                let fill = match fill {
                    Fill::Words(words) => Arg::Text(words),
                    Fill::Count(count) => Arg::Count(*count),
                };
                (*name, fill)
            })
            .collect();
        self.told(key, self.desk.strings.with(self.language.index(), key, &arguments))
    }

    /// Words of the theme, to stand where an author's words would.
    pub fn said(&self, key: &str) -> Words {
        Words::plain(&self.t(key))
    }

    /// A number with at most two decimals.
    pub fn number(&self, value: f64) -> String {
        self.locale().number_trimmed(value, 2)
    }

    /// A number with its sign.
    pub fn signed(&self, value: f64) -> String {
        self.locale().signed(value, 2)
    }

    /// Per cent, without decimals.
    pub fn percent(&self, value: f64) -> String {
        self.locale().percent(value, 0)
    }

    /// Per cent, with a decimal where there is one.
    pub fn share(&self, value: f64) -> String {
        self.locale().percent(value, if value.fract() == 0.0 { 0 } else { 1 })
    }

    /// A number with the unit that the author gave a metric, in the page's language or marked with its own.
    pub fn in_unit(&self, value: f64, unit: Option<&Text<Arc<str>>>) -> String {
        let Some(unit) = unit else { return self.number(value) };
        let said = self.plain(unit);
        if said == "%" {
            return self.share(value);
        }
        let money = self.locale().money(value, said);
        money.unwrap_or_else(|| format!("{}\u{a0}{}", self.number(value), self.naming().wording(unit)))
    }

    /// Who sees to something, by the name that the page's readers have for them; marked with its language where that is another.
    pub fn owner(&self, name: &str) -> String {
        let (said, language) = self.desk.playbook.settings.owner(name, self.language);
        match self.naming().other_language(language) {
            (Some(lang), Some(dir)) if self.drawn => borrowed::marked(&lang, dir, said),
            _ => said.to_string(),
        }
    }

    /// As [`owner`](At::owner), where there may be none.
    pub fn owner_if(&self, name: Option<&Arc<str>>) -> Option<String> {
        name.map(|name| self.owner(name))
    }

    /// A tag, by the name that the page's readers have for it.
    pub fn tag(&self, name: &str) -> Words {
        let (said, language) = self.desk.playbook.settings.tag(name, self.language);
        self.naming().worded(said, language)
    }

    /// The title of anything, as words.
    pub fn title(&self, thing: Thing) -> Words {
        let (playbook, at) = (self.desk.playbook, self.naming());
        match thing {
            Thing::Overview(kind) => match playbook.overviews.get(&kind) {
                Some(document) => at.words(&document.title),
                None => at.said(kind_word(kind)),
            },
            Thing::Journey(id) => at.words(&playbook[id].title),
            Thing::Stage(id) => at.words(&playbook[id].title),
            Thing::Promise(id) => at.unlinked(&playbook[id].text),
            Thing::Claim(id) => at.unlinked(&playbook[id].text),
            Thing::Metric(id) => at.words(&playbook[id].title),
            Thing::Department(id) => at.words(&playbook[id].title),
            Thing::Channel(id) => at.words(&playbook[id].title),
            Thing::Term(id) => at.words(&playbook[id].term),
            Thing::Checklist(id) => at.checklist_title(&playbook[id]),
            _ => match playbook.document(thing) {
                Some(document) => at.words(&document.title),
                None => Words::plain(""),
            },
        }
    }

    /// A document's title in another language than the page's, marked as such.
    pub fn title_in(&self, thing: Thing, language: Lang) -> Words {
        let Some(document) = self.desk.playbook.document(thing) else { return self.title(thing) };
        let said = document.title.said(language, &self.desk.playbook.settings);
        self.naming().worded(&said.value, said.language)
    }

    /// What the language of the theme's words for `key` calls a language: that of the page, but where they are borrowed.
    pub fn language_name_in(&self, key: &str, language: Lang) -> String {
        if borrowed::lender(self.desk.strings, self.language, key).is_none() {
            return self.language_name(language).to_string();
        }
        let own = self.desk.playbook.settings.language(language);
        let lender = self.desk.strings.locale_of(self.language.index(), key);
        lender.and_then(|locale| locale.language_name(&own.tag)).unwrap_or_else(|| own.name.to_string())
    }

    fn checklist_title(&self, checklist: &Checklist) -> Words {
        match (&checklist.title, checklist.home) {
            (Some(title), _) => self.words(title),
            (None, ChecklistHome::Document(home)) => self.title(home),
            (None, ChecklistHome::Stage(stage)) => self.title(Thing::Stage(stage)),
        }
    }

    /// A link to anything, with its title.
    pub fn link(&self, thing: Thing) -> LinkView {
        LinkView { href: self.href(thing), title: self.title(thing) }
    }

    /// Links to things.
    pub fn links(&self, things: impl IntoIterator<Item = Thing>) -> Vec<LinkView> {
        things.into_iter().map(|thing| self.link(thing)).collect()
    }

    /// A promise in a list.
    pub fn promise_line(&self, id: Id<Promise>) -> PromiseLine {
        let promise = &self.desk.playbook[id];
        let state = self.desk.measures.states[id.index()];
        PromiseLine {
            href: self.href(Thing::Promise(id)),
            id: promise.id.to_string(),
            text: self.unlinked(&promise.text),
            number: promise.number,
            state: state.status.name(),
            state_word: self.state_word(state.status),
            overdue: state.overdue,
            department: promise.department.map(|department| self.title(Thing::Department(department))),
            department_href: promise.department.map(|department| self.href(Thing::Department(department))),
            department_id: promise.department.map(|department| self.desk.playbook[department].id.to_string()),
            owner: self.owner_if(promise.review.owner.as_ref()),
            reviewed: promise.review.last.as_ref().map(|(date, _)| self.date(*date)),
            proof: None,
        }
    }

    /// A state in words.
    pub fn state_word(&self, status: Status) -> String {
        self.t(match status {
            Status::Broken => "state-broken",
            Status::AtRisk => "state-at-risk",
            Status::Kept => "state-kept",
            Status::Made => "state-made",
            Status::Withdrawn => "state-withdrawn",
        })
    }

    /// A checklist.
    pub fn checklist(&self, id: Id<Checklist>) -> ChecklistView {
        let checklist = &self.desk.playbook[id];
        let home = match checklist.home {
            ChecklistHome::Document(thing) => thing,
            ChecklistHome::Stage(stage) => Thing::Stage(stage),
        };
        let items: Vec<ItemView> = checklist
            .items
            .iter()
            .map(|item| ItemView {
                id: item.id.to_string(),
                renamed_from: item.renamed_from.as_deref().map(str::to_string),
                text: self.inline(&item.text),
                owner: self.owner_if(item.owner.as_ref()),
                depth: item.depth,
            })
            .collect();
        ChecklistView {
            id: checklist.id.to_string(),
            anchor: match checklist.home {
                // As routes has it.
                ChecklistHome::Stage(_) => checklist.id.replace('/', "-"),
                ChecklistHome::Document(_) => checklist.id.to_string(),
            },
            title: self.checklist_title(checklist),
            home: self.link(home),
            owner: self.owner_if(checklist.owner.as_ref()),
            count: self.tn("count-items", &[("count", items.len().into())]),
            items,
        }
    }

    /// HTML of a link to `href` around `words`, for what the view draws itself.
    pub fn anchor(&self, href: &str, words: &str) -> String {
        let mut html = String::from("<a href=\"");
        escape(href, &mut html);
        html.push_str("\">");
        html.push_str(words);
        html.push_str("</a>");
        html
    }
}

/// The way from one address to another, after a first step of `step`.
fn relative(step: &str, from: &str, to: &str) -> String {
    // Both share the folders up to the last `/` of what they have in common.
    let (from, whole) = (from.as_bytes(), to.as_bytes());
    let equal = from.iter().zip(whole).take_while(|(a, b)| a == b).count();
    let shared = memchr::memrchr(b'/', &from[..equal]).map_or(1, |slash| slash + 1);
    let up = memchr::memchr_iter(b'/', &from[shared..]).count();
    let rest = &to[shared..];
    let mut link = String::with_capacity(step.len() + up * 3 + rest.len() + 2);
    link.push_str(step);
    for _ in 0..up {
        link.push_str("../");
    }
    // `a:b/` alone would name a scheme, and nothing at all the page's own query.
    if link.is_empty() && (rest.is_empty() || rest.split('/').next().is_some_and(|first| first.contains(':'))) {
        link.push_str("./");
    }
    push_encoded(rest, &mut link);
    link
}

/// The key of a kind's name among the theme's words.
pub fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Journeys => "kind-journeys",
        Kind::Promises => "kind-promises",
        Kind::Metrics => "kind-metrics",
        Kind::Strategies => "kind-strategies",
        Kind::Checklists => "kind-checklists",
        Kind::Recoveries => "kind-recoveries",
        Kind::Incidents => "kind-incidents",
        Kind::Reviews => "kind-reviews",
        Kind::Coverage => "kind-coverage",
        Kind::Pillars => "kind-pillars",
        Kind::Personas => "kind-personas",
        Kind::Departments => "kind-departments",
        Kind::Channels => "kind-channels",
        Kind::Claims => "kind-claims",
        Kind::Glossary => "kind-glossary",
        Kind::Tags => "kind-tags",
    }
}

/// An address as it may stand in `href`: letters of any script stay, what means something in addresses is escaped.
pub fn encoded(address: &str) -> String {
    let mut out = String::with_capacity(address.len());
    push_encoded(address, &mut out);
    out
}

/// Bytes that stand in addresses as they are; all that are not ASCII do.
const HARMLESS: [bool; 256] = {
    let mut harmless = [true; 256];
    let mut byte = 0;
    while byte < 128 {
        let character = byte as u8;
        harmless[byte] = character.is_ascii_alphanumeric()
            || matches!(
                character,
                b'/' | b'-'
                    | b'.'
                    | b'_'
                    | b'~'
                    | b'!'
                    | b'$'
                    | b'&'
                    | b'\''
                    | b'('
                    | b')'
                    | b'*'
                    | b'+'
                    | b','
                    | b';'
                    | b'='
                    | b':'
                    | b'@'
            );
        byte += 1;
    }
    harmless
};

fn push_encoded(address: &str, out: &mut String) {
    if address.bytes().all(|byte| HARMLESS[usize::from(byte)]) {
        out.push_str(address);
        return;
    }
    for character in address.chars() {
        if !character.is_ascii() || HARMLESS[character as usize] {
            out.push(character);
        } else {
            out.push_str(&format!("%{:02X}", character as u32));
        }
    }
}

/// Percent signs resolved, once. None: that is no text, or no percent sign stands before two digits.
pub fn decoded(text: &str) -> Option<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        if *first == b'%' {
            let digits = after.get(..2).filter(|digits| digits.iter().all(u8::is_ascii_hexdigit))?;
            bytes.push(u8::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()?);
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percent_signs_are_resolved_once() {
        assert_eq!(decoded("/a%2Fb%252e").as_deref(), Some("/a/b%2e"));
        assert_eq!(decoded("k%C3%A4n").as_deref(), Some("kän"));
        for wrong in ["%", "%4", "%zz", "%+1", "%FF"] {
            assert_eq!(decoded(wrong), None, "{wrong}");
        }
    }
}
