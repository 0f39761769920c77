//! Prose to finished HTML with holes: each directive becomes a small view, drawn with its component before the page.

use super::register::strategy_lines;
use super::{At, Words, coverage, encoded, floor, front};
use crate::parse::html::escape;
use crate::playbook::prose::{Aside, DirectiveKind, Embed, Part as ProsePart, Piece};
use crate::playbook::{Claim, Id, Promise, Prose, StageId, Strategy, Target, Text, Thing};
use crate::routes::PageId;
use rustc_hash::{FxHashMap, FxHasher};
use serde::Serialize;
use std::fmt::Write as _;
use std::hash::{Hash, Hasher};
use std::sync::Arc;
use tera::Value;

/// A body in parts.
#[derive(Debug, Default)]
pub struct BodyView {
    /// In order.
    pub parts: Vec<Part>,
}

/// A part of a body.
#[derive(Debug)]
pub enum Part {
    /// Finished HTML.
    Html(String),
    /// Something that a component of the theme draws.
    Component {
        /// The component.
        name: &'static str,
        /// Its arguments.
        arguments: Vec<(&'static str, Value)>,
        /// What stands in it.
        body: Option<BodyView>,
    },
}

/// About how much HTML a piece becomes.
fn length(piece: &Piece) -> usize {
    match piece {
        Piece::Markup(markup) => markup.len(),
        _ => 48,
    }
}

/// A note at the foot of the page, numbered by its first use.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Note {
    Footnote(u32),
    Claim(Id<Claim>),
}

/// Where notes stand.
enum Notes {
    /// At the foot of the page, claims' sources with them.
    Page,
    /// Under a text that is one of several on its page, whose anchors begin with this.
    Text(String),
    /// Nowhere: in a line there is no room for them.
    Nowhere,
}

struct Frame {
    component: Option<(&'static str, Vec<(&'static str, Value)>)>,
    parts: Vec<Part>,
}

struct Drawing<'d, 'a> {
    at: &'d At<'a>,
    prose: &'d Prose,
    /// Whether links are links; else only their words are shown.
    linked: bool,
    html: String,
    frames: Vec<Frame>,
    /// What closes the open links.
    closings: Vec<String>,
    place: Notes,
    notes: Vec<Note>,
    numbers: FxHashMap<Note, usize>,
    uses: Vec<usize>,
}

/// A document's body with its footnotes.
pub fn body(at: &At<'_>, prose: &Prose) -> BodyView {
    let mut drawing = Drawing::new(at, prose, true, Notes::Page);
    drawing.pieces(prose.pieces());
    drawing.foot();
    drawing.finish()
}

/// Prose without directives, as one run of HTML: a text that is one of several on its page, so a claim is no footnote but a
/// link to the register. `linked`: whether links are links.
pub fn flat(at: &At<'_>, prose: &Prose, linked: bool) -> String {
    if let [Piece::Markup(markup)] = prose.pieces() {
        return markup.to_string();
    }
    let notes = if linked && !prose.body.inline && prose.part == ProsePart::Whole && !prose.body.footnotes.is_empty() {
        let mut hash = FxHasher::default();
        for footnote in &prose.body.footnotes {
            footnote.label.hash(&mut hash);
            footnote.pieces.len().hash(&mut hash);
        }
        prose.body.words.hash(&mut hash);
        Notes::Text(format!("{:x}-", hash.finish() as u32))
    } else {
        Notes::Nowhere
    };
    let mut drawing = Drawing::new(at, prose, linked, notes);
    drawing.pieces(prose.pieces());
    drawing.foot();
    let mut html = String::new();
    flatten(drawing.finish(), &mut html);
    html
}

/// Finished HTML as words alone, for titles and programs.
pub fn words_of(html: &str) -> String {
    let mut words = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(tag) = memchr::memchr(b'<', rest.as_bytes()) {
        words.push_str(&rest[..tag]);
        rest = memchr::memchr(b'>', &rest.as_bytes()[tag..]).map_or("", |end| &rest[tag + end + 1..]);
    }
    words.push_str(rest);
    let is_plain = |words: &str| {
        let mut after = b' ';
        let even = words.bytes().all(|byte| {
            let uneven = byte == b'&' || !byte.is_ascii() || byte < b' ' || (byte == b' ' && after == b' ');
            after = byte;
            !uneven
        });
        even && after != b' '
    };
    if is_plain(&words) {
        return words;
    }
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    words.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

fn flatten(view: BodyView, html: &mut String) {
    for part in view.parts {
        match part {
            Part::Html(own) => html.push_str(&own),
            Part::Component { body: Some(body), .. } => {
                html.push_str("<div class=\"note\">");
                flatten(body, html);
                html.push_str("</div>");
            }
            Part::Component { body: None, .. } => {}
        }
    }
}

impl<'d, 'a> Drawing<'d, 'a> {
    fn new(at: &'d At<'a>, prose: &'d Prose, linked: bool, place: Notes) -> Drawing<'d, 'a> {
        Drawing {
            at,
            prose,
            linked,
            html: String::with_capacity(prose.pieces().iter().map(length).sum()),
            frames: vec![Frame { component: None, parts: Vec::new() }],
            closings: Vec::new(),
            place,
            notes: Vec::new(),
            numbers: FxHashMap::default(),
            uses: Vec::new(),
        }
    }

    fn finish(mut self) -> BodyView {
        self.flush();
        while self.frames.len() > 1 {
            self.close();
        }
        BodyView { parts: self.frames.pop().map(|frame| frame.parts).unwrap_or_default() }
    }

    fn flush(&mut self) {
        if !self.html.is_empty() {
            let html = std::mem::take(&mut self.html);
            if let Some(frame) = self.frames.last_mut() {
                frame.parts.push(Part::Html(html));
            }
        }
    }

    fn component(&mut self, name: &'static str, arguments: Vec<(&'static str, Value)>, body: Option<BodyView>) {
        self.flush();
        if let Some(frame) = self.frames.last_mut() {
            frame.parts.push(Part::Component { name, arguments, body });
        }
    }

    fn pieces(&mut self, pieces: &[Piece]) {
        for piece in pieces {
            match piece {
                Piece::Markup(markup) => self.html.push_str(markup),
                Piece::Link(number) => self.link(*number),
                Piece::LinkEnd => {
                    if let Some(closing) = self.closings.pop() {
                        self.html.push_str(&closing);
                    }
                }
                Piece::Image(number) => self.image(*number),
                Piece::Heading(number) => self.heading(*number),
                Piece::HeadingEnd(number) => self.heading_end(*number),
                Piece::Note(number) => {
                    if !matches!(self.place, Notes::Nowhere) {
                        let note = self.note(Note::Footnote(*number));
                        let mark = self.mark(note);
                        self.html.push_str(&mark);
                    }
                }
                Piece::Open(number) => self.open(*number),
                Piece::Close => self.close(),
                Piece::Embed(number) => self.embed(*number),
                Piece::Checklist(number) => self.checklist(*number),
                Piece::Vague(_) | Piece::Figure(_) => {}
            }
        }
    }

    // ---- links ------------------------------------------------------------------------------------------------------

    /// Where a link leads, as written in this page.
    fn address(&self, target: &Target) -> Option<String> {
        let at = self.at;
        let with_anchor = |address: String, anchor: &Option<std::sync::Arc<str>>| match anchor {
            Some(anchor) => format!("{address}#{}", encoded(anchor)),
            None => address,
        };
        match target {
            Target::External(url) => Some(url.to_string()),
            Target::Anchor(anchor) => Some(format!("#{}", encoded(anchor))),
            Target::Thing(thing, anchor) => {
                let href = at.href_in(*thing, at.language, anchor.as_deref());
                (!href.is_empty()).then_some(href)
            }
            Target::Asset(asset) => at.desk.routes.asset_file(*asset).map(|file| at.to_file(file)),
            Target::Address(address, anchor) => {
                let routes = at.desk.routes;
                // An address without a language means the page in the reader's.
                let route = routes.at_address(address);
                let route = route.map(|found| match routes.route(found.page, at.language) {
                    Some(own) if found.language == crate::playbook::Lang::DEFAULT => own,
                    _ => found,
                });
                let to = route.map(|route| route.address.to_string()).unwrap_or_else(|| address.to_string());
                Some(with_anchor(at.to_address(&to), anchor))
            }
            Target::Nothing => None,
        }
    }

    fn link(&mut self, number: u32) {
        let prose = self.prose;
        let link = &prose.body.links[number as usize];
        let target = prose.targets.get(number as usize).unwrap_or(&Target::Nothing);
        let address = if self.linked { self.address(target) } else { None };
        let claim = match target {
            Target::Thing(Thing::Claim(claim), _) if matches!(self.place, Notes::Page) => Some(*claim),
            _ => None,
        };
        let mut closing = String::new();
        // A claim's words stand in the text; its source at the foot of the page.
        match address {
            Some(address) if claim.is_none() => {
                self.html.push_str("<a href=\"");
                escape(&address, &mut self.html);
                self.html.push('"');
                if matches!(target, Target::External(_)) {
                    self.html.push_str(" rel=\"noopener\"");
                }
                if let Some(title) = &link.title {
                    self.html.push_str(" title=\"");
                    escape(title, &mut self.html);
                    self.html.push('"');
                }
                self.html.push('>');
                closing.push_str("</a>");
            }
            _ => {}
        }
        if link.empty {
            self.title_of(target);
        }
        if let Some(claim) = claim.filter(|_| self.linked) {
            let note = self.note(Note::Claim(claim));
            closing.push_str(&self.mark(note));
        }
        self.closings.push(closing);
    }

    fn title_of(&mut self, target: &Target) {
        match target {
            Target::Thing(thing, _) => {
                let title = self.at.title(*thing);
                self.words(&title);
            }
            Target::External(url) => {
                let url = url.clone();
                escape(&url, &mut self.html);
            }
            Target::Address(address, _) => {
                let title = match self.at.desk.routes.at_address(address).map(|route| route.page) {
                    Some(PageId::Thing(thing)) => Some(self.at.title(thing)),
                    _ => None,
                };
                match title {
                    Some(title) => self.words(&title),
                    None => escape(&address.clone(), &mut self.html),
                }
            }
            Target::Anchor(anchor) => {
                let prose = self.prose;
                let heading = prose.headings().find(|(_, id)| *id == anchor);
                escape(heading.map_or(&**anchor, |(heading, _)| &heading.title), &mut self.html);
            }
            Target::Asset(asset) => {
                let path = &self.at.desk.playbook.assets[*asset as usize].path;
                escape(path.rsplit('/').next().unwrap_or(path), &mut self.html);
            }
            Target::Nothing => {}
        }
    }

    fn words(&mut self, words: &Words) {
        let shown = words.shown();
        let text = shown.as_str().unwrap_or("");
        if shown.is_safe() { self.html.push_str(text) } else { escape(text, &mut self.html) }
    }

    fn image(&mut self, number: u32) {
        let link = &self.prose.body.links[number as usize];
        let target = self.prose.targets.get(number as usize).unwrap_or(&Target::Nothing);
        let alt = link.image.as_deref().unwrap_or("");
        match self.address(target) {
            Some(address) => {
                self.html.push_str("<img src=\"");
                escape(&address, &mut self.html);
                self.html.push_str("\" alt=\"");
                escape(alt, &mut self.html);
                self.html.push('"');
                if let Some(title) = &link.title {
                    self.html.push_str(" title=\"");
                    escape(title, &mut self.html);
                    self.html.push('"');
                }
                let size = match target {
                    Target::Asset(asset) => self.at.desk.playbook.assets[*asset as usize].size,
                    _ => None,
                };
                if let Some((width, height)) = size {
                    let _ = write!(self.html, " width=\"{width}\" height=\"{height}\"");
                }
                self.html.push_str(" loading=\"lazy\">");
            }
            None => escape(alt, &mut self.html),
        }
    }

    // ---- headings and notes -----------------------------------------------------------------------------------------

    fn heading(&mut self, number: u32) {
        let heading = &self.prose.body.headings[number as usize];
        self.html.push_str(["<h1", "<h2", "<h3", "<h4", "<h5", "<h6"][heading_index(heading.level)]);
        if let Some(Some(id)) = self.prose.anchors.get(number as usize) {
            self.html.push_str(" id=\"");
            escape(id, &mut self.html);
            self.html.push('"');
        }
        if !heading.classes.is_empty() {
            self.html.push_str(" class=\"");
            escape(&heading.classes, &mut self.html);
            self.html.push('"');
        }
        self.html.push('>');
    }

    fn heading_end(&mut self, number: u32) {
        let level = self.prose.body.headings[number as usize].level;
        if self.linked
            && let Some(Some(id)) = self.prose.anchors.get(number as usize)
        {
            self.html.push_str("<a class=\"anchor\" href=\"#");
            escape(&encoded(id), &mut self.html);
            self.html.push_str(self.at.heading_link());
        }
        self.html.push_str(["</h1>\n", "</h2>\n", "</h3>\n", "</h4>\n", "</h5>\n", "</h6>\n"][heading_index(level)]);
    }

    /// The number of a note, from 0.
    fn note(&mut self, note: Note) -> usize {
        let number = *self.numbers.entry(note).or_insert_with(|| {
            self.notes.push(note);
            self.uses.push(0);
            self.notes.len() - 1
        });
        self.uses[number] += 1;
        number
    }

    fn mark(&self, note: usize) -> String {
        let number = note + 1;
        let label = self.at.tn("footnote", &[("number", number.into())]);
        let text = self.text_prefix();
        let mut html = String::from("<sup class=\"ref\"");
        let _ = match self.uses[note] {
            1 => write!(html, " id=\"ref-{text}{number}\""),
            uses => write!(html, " id=\"ref-{text}{number}-{uses}\""),
        };
        let _ = write!(html, "><a href=\"#note-{text}{number}\" aria-label=\"");
        escape(&label, &mut html);
        let _ = write!(html, "\">{number}</a></sup>");
        html
    }

    fn text_prefix(&self) -> &str {
        match &self.place {
            Notes::Text(prefix) => prefix,
            _ => "",
        }
    }

    /// The notes at the foot. A note may use further notes.
    fn foot(&mut self) {
        if self.notes.is_empty() {
            return;
        }
        // Only the page's own notes are a region of it.
        let page = matches!(self.place, Notes::Page);
        if page {
            self.html.push_str("<section class=\"fn\" aria-label=\"");
            escape(&self.at.t("footnotes"), &mut self.html);
            self.html.push_str("\"><ol>\n");
        } else {
            self.html.push_str("<div class=\"fn\"><ol>\n");
        }
        let mut index = 0;
        while index < self.notes.len() {
            let number = index + 1;
            let text = self.text_prefix().to_string();
            let _ = write!(self.html, "<li id=\"note-{text}{number}\">");
            match self.notes[index] {
                Note::Footnote(note) => {
                    let prose = self.prose;
                    self.pieces(&prose.body.footnotes[note as usize].pieces);
                }
                Note::Claim(claim) => self.source(claim),
            }
            let _ = write!(self.html, " <a href=\"#ref-{text}{number}\" aria-label=\"");
            escape(&self.at.t("footnote-back"), &mut self.html);
            self.html.push_str("\">↩\u{fe0e}</a></li>\n");
            index += 1;
        }
        self.html.push_str(if page { "</ol></section>\n" } else { "</ol></div>\n" });
    }

    /// What a claim's source says, where, when, and who was asked.
    fn source(&mut self, id: Id<Claim>) {
        let at = self.at;
        let claim = &at.desk.playbook[id];
        let text = at.unlinked(&claim.text);
        // The figure stands first where the sentence does not hold it as it is cited.
        let value = claim.value.as_ref().map(|value| at.words(value));
        let said = super::page::plain(&text);
        if let Some(value) = value.filter(|value| !said.contains(value.text.as_str().unwrap_or(""))) {
            self.html.push_str("<b>");
            self.words(&value);
            self.html.push_str("</b>: ");
        }
        self.words(&text);
        self.html.push_str(". ");
        if let Some(source) = &claim.source {
            let source = at.naming().words(source);
            match &claim.url {
                Some(url) => {
                    self.html.push_str("<a href=\"");
                    escape(&url.value, &mut self.html);
                    self.html.push_str("\" rel=\"noopener\">");
                    self.words(&source);
                    self.html.push_str("</a>");
                }
                None => self.words(&source),
            }
        }
        if let Some(date) = claim.date {
            let day = at.date(date);
            let _ = write!(self.html, ", <time datetime=\"{}\">", day.iso);
            escape(&day.shown, &mut self.html);
            self.html.push_str("</time>");
        }
        if let Some(sample) = &claim.sample {
            self.html.push_str(", ");
            let sample = at.words(sample);
            self.words(&sample);
        }
        self.html.push('.');
    }

    // ---- directives -------------------------------------------------------------------------------------------------

    fn open(&mut self, number: u32) {
        self.flush();
        let at = self.at;
        let text = |text: &Option<Box<str>>| match text {
            Some(text) => Value::normal_string(text),
            None => Value::none(),
        };
        let component = match &self.prose.body.directives[number as usize].kind {
            DirectiveKind::Aside(kind, title) => {
                let title = match title {
                    Some(title) => title.to_string(),
                    None => at.t(aside_word(*kind)),
                };
                Some((
                    "Aside",
                    vec![("kind", Value::normal_string(kind.name())), ("title", Value::normal_string(&title))],
                ))
            }
            DirectiveKind::Details(title) => {
                let title = title.as_deref().map_or_else(|| at.t("details"), str::to_string);
                Some(("Details", vec![("title", Value::normal_string(&title))]))
            }
            DirectiveKind::Card(title) => Some(("Card", vec![("title", text(title))])),
            DirectiveKind::Tab(title) => Some(("Tab", vec![("title", text(title))])),
            DirectiveKind::Tabs => Some(("Tabs", Vec::new())),
            DirectiveKind::Cards => Some(("Cards", Vec::new())),
            DirectiveKind::Steps => Some(("Steps", Vec::new())),
            DirectiveKind::Figure { src, caption } => {
                let link = src.map(|src| (&self.prose.body.links[src as usize], src));
                let address = link.and_then(|(_, src)| self.address(&self.prose.targets[src as usize]));
                let alt = link.and_then(|(link, _)| link.image.as_deref()).unwrap_or("");
                let src = address.map_or_else(Value::none, |address| Value::normal_string(&address));
                Some(("Figure", vec![("src", src), ("alt", Value::normal_string(alt)), ("caption", text(caption))]))
            }
            DirectiveKind::Quote { by, source } => Some(("Quote", vec![("by", text(by)), ("source", text(source))])),
            _ => None,
        };
        self.frames.push(Frame { component, parts: Vec::new() });
    }

    fn close(&mut self) {
        self.flush();
        if self.frames.len() < 2 {
            return;
        }
        let Some(frame) = self.frames.pop() else { return };
        let Some(around) = self.frames.last_mut() else { return };
        match frame.component {
            Some((name, arguments)) => {
                let body = Some(BodyView { parts: frame.parts });
                around.parts.push(Part::Component { name, arguments, body });
            }
            None => around.parts.extend(frame.parts),
        }
    }

    fn checklist(&mut self, number: u32) {
        let prose = self.prose;
        let block = &prose.body.checklists[number as usize];
        self.pieces(&block.lead);
        if let Some(Some(id)) = prose.checklists.get(number as usize) {
            let mut view = self.at.checklist(*id);
            // Items of this very text share its footnotes; those of a fallback language have none.
            let items = &self.at.desk.playbook[*id].items;
            for (shown, item) in view.items.iter_mut().zip(items) {
                let said = item.text.get(self.at.language, &self.at.desk.playbook.settings);
                if Arc::ptr_eq(&said.body, &prose.body) {
                    let around = std::mem::take(&mut self.html);
                    self.pieces(said.pieces());
                    let text = std::mem::replace(&mut self.html, around);
                    shown.text = Words { text: Value::safe_string(&text), lang: None, dir: None };
                }
            }
            self.component("Checklist", vec![("checklist", Value::from_serializable(&view))], None);
        }
    }

    fn embed(&mut self, number: u32) {
        let at = self.at;
        fn value<T: Serialize>(view: &T) -> Value {
            Value::from_serializable(view)
        }
        match &self.prose.embeds[number as usize] {
            Embed::None => {}
            Embed::Journey(id) => {
                self.component("JourneyCurve", vec![("journey", value(&front::card(at, *id)))], None);
            }
            Embed::Promises { department, stages, pillar, status } => {
                let playbook = at.desk.playbook;
                let chosen = Id::all(&playbook.promises).filter(|(id, promise): &(Id<Promise>, _)| {
                    department.is_none_or(|wanted| promise.department == Some(wanted))
                        && pillar.is_none_or(|wanted| promise.pillar == Some(wanted))
                        && (stages.is_empty() || stages.iter().any(|stage| playbook[*stage].promises.contains(id)))
                        && status.is_none_or(|wanted| at.desk.measures.states[id.index()].status == wanted)
                });
                let chosen: Vec<Id<Promise>> = chosen.map(|(id, _)| id).collect();
                let view = super::register::promise_embed(at, &chosen);
                self.component("Promises", vec![("view", value(&view))], None);
            }
            Embed::Metric(id) => {
                let metric = super::register::metric_view(at, *id);
                self.component("Metric", vec![("metric", value(&metric))], None);
            }
            Embed::Strategies { stages, pillar } => {
                let playbook = at.desk.playbook;
                let fits = |strategy: &Strategy, stages: &[StageId]| {
                    (stages.is_empty() || strategy.stages.iter().any(|stage| stages.contains(stage)))
                        && pillar.is_none_or(|wanted| strategy.pillars.contains(&wanted))
                };
                let chosen = Id::all(&playbook.strategies).filter(|(_, strategy)| fits(strategy, stages));
                let lines = strategy_lines(at, chosen.map(|(id, _)| id));
                self.component("StrategyList", vec![("strategies", value(&lines))], None);
            }
            Embed::Floor(journey) => {
                let journeys: Vec<_> = match journey {
                    Some(id) => vec![*id],
                    None => Id::all(&at.desk.playbook.journeys).map(|(id, _)| id).collect(),
                };
                for id in journeys {
                    self.component("Floor", vec![("floor", value(&floor::floor(at, id)))], None);
                }
            }
            Embed::Coverage => {
                self.component("Coverage", vec![("coverage", value(&coverage::coverage(at)))], None);
            }
        }
    }
}

/// Levels are 1 to 6.
fn heading_index(level: u8) -> usize {
    usize::from(level.clamp(1, 6) - 1)
}

fn aside_word(kind: Aside) -> &'static str {
    match kind {
        Aside::Note => "aside-note",
        Aside::Tip => "aside-tip",
        Aside::Warning => "aside-warning",
        Aside::Promise => "aside-promise",
        Aside::Risk => "aside-risk",
        Aside::Script => "aside-script",
    }
}

impl At<'_> {
    /// A document's whole body in the page's language, and the language that it is really in.
    pub fn body(&self, text: &Text<Prose>) -> BodyView {
        let said = text.said(self.language, &self.desk.playbook.settings);
        let mut view = body(self, &said.value);
        if let (Some(lang), Some(dir)) = self.other_language(said.language)
            && !view.parts.is_empty()
        {
            view.parts.insert(0, Part::Html(format!("<div class=\"prose\" lang=\"{lang}\" dir=\"{dir}\">\n")));
            view.parts.push(Part::Html("</div>\n".to_string()));
        }
        view
    }
}
