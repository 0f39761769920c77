//! Markdown text to a [`Body`]: one pass over the parser's events, links and directives left as typed holes.

mod checklists;
mod directives;
mod inserts;

use super::directive::{self, Token};
use super::draft::Line;
use super::html;
use super::link;
use super::quotes::{self, Quotes};
use super::{figures, highlight, math, vague};
use crate::diagnostic::{Code, Diagnostic};
use crate::playbook::Body;
use crate::playbook::prose::{
    Aside, ChecklistBlock, Directive, DirectiveKind, Figure, Footnote, Heading, ItemBlock, Link, LinkTo, Name,
    Paragraph, Piece, TypedKind,
};
use crate::source::{Place, Spanned};
use pulldown_cmark::{
    Alignment, BlockQuoteKind, BrokenLink, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd,
};
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt::Write as _;
use std::ops::Range;
use std::rc::Rc;
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_64;

/// What the settings say about Markdown.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    /// `raw_html = "trusted"`
    pub trusted: bool,
    /// Whether prose outside of `script` asides may be for customers, so that vague words in it are looked for.
    pub customer_prose: bool,
    /// Whether paragraphs are compared with those of translations.
    pub several_languages: bool,
}

/// A text with fewer letters may well be the same in two languages: a name, a title, a unit.
const COMPARED: usize = 40;

/// Whether a text is long enough for a translation that equals it to be none.
pub fn is_compared(text: &str) -> bool {
    // A byte a letter, whatever its script: good enough, and no text is decoded for it.
    let is_letter = |byte: &&u8| byte.is_ascii_alphabetic() || **byte >= 0xc0;
    text.len() >= COMPARED && text.as_bytes().iter().filter(is_letter).nth(COMPARED - 1).is_some()
}

/// The extensions that the format names; no other. Lines of colons that are no directives, such as those in lists, would be
/// taken for definitions.
fn options(segment: &str) -> Options {
    let definitions = if directive::has_colons(segment) { Options::empty() } else { Options::ENABLE_DEFINITION_LIST };
    definitions
        | Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_MATH
        | Options::ENABLE_GFM
}

/// A file's prose, and the first `#` heading if it was wanted as title.
pub struct File {
    /// The prose.
    pub body: Body,
    /// The heading's words, taken out of the prose.
    pub title: Option<Spanned<Arc<str>>>,
}

/// Reads the prose of a file, which begins at byte `offset`.
pub fn file(
    text: &str,
    offset: usize,
    path: &Arc<str>,
    wants_title: bool,
    rules: &Rules,
    tag: &str,
    findings: &mut Vec<Diagnostic>,
) -> File {
    let origin = Origin { path: path.clone(), base: Some(offset), whole: Place::file(path) };
    let mut writer = Writer::new(text, origin, rules, tag, findings);
    writer.wants_title = wants_title;
    writer.may_have_figures = figures::may_be_in(tag, text);
    writer.compares = rules.several_languages;
    let tokens = directive::tokens(text);
    writer.read(text, &tokens);
    let title = writer.title.take();
    File { body: writer.finish(), title }
}

/// Reads Markdown that is a value in a TOML file. Directives are for files: colons mean nothing here.
pub fn value(
    text: &Spanned<Arc<str>>,
    file_text: &str,
    line: Line,
    rules: &Rules,
    tag: &str,
    findings: &mut Vec<Diagnostic>,
) -> Body {
    // A text without escapes stands in the file letter by letter, so that findings can underline words in it.
    let written = file_text.get(text.place.range()).unwrap_or("");
    let base = written.find(&*text.value).map(|at| text.place.start as usize + at);
    let one_line;
    let (read, base): (&str, _) = match line {
        Line::Inline => {
            one_line = format!("{INLINE}{}", text.value).replace(['\n', '\r'], " ");
            (&one_line, base.map(|base| base.saturating_sub(INLINE.len_utf8())))
        }
        Line::Block => (&text.value, base),
    };
    let origin = Origin { path: text.place.path.clone(), base, whole: text.place.clone() };
    let mut writer = Writer::new(read, origin, rules, tag, findings);
    writer.read(read, &[Token::Text(0..read.len())]);
    let mut body = writer.finish();
    if line == Line::Inline {
        make_inline(&mut body);
    }
    body
}

/// Before a text of one line while it is read, so that nothing at its beginning makes it a heading, a list or a quotation. A mark, since
/// what follows a letter is read otherwise: `**` would not begin strong words.
const INLINE: char = '\u{2016}';

/// Takes the `<p>` off a body that is one paragraph.
fn make_inline(body: &mut Body) {
    if let Some(Piece::Markup(first)) = body.pieces.first_mut()
        && let Some(rest) = first.strip_prefix("<p>").and_then(|rest| rest.strip_prefix(INLINE))
    {
        // A block of HTML ends the paragraph before it has any words.
        *first = rest.strip_prefix("</p>").map_or_else(|| format!("<p>{rest}"), str::to_string).into();
    }
    let paragraphs = |piece: &Piece| match piece {
        Piece::Markup(markup) => markup.matches("<p>").count(),
        _ => 0,
    };
    if body.pieces.iter().map(paragraphs).sum::<usize>() != 1 {
        return;
    }
    let Some(Piece::Markup(first)) = body.pieces.first_mut() else { return };
    let Some(rest) = first.strip_prefix("<p>") else { return };
    *first = rest.into();
    if let Some(Piece::Markup(last)) = body.pieces.last_mut()
        && let Some(kept) = last.trim_end().strip_suffix("</p>")
    {
        *last = kept.into();
        body.inline = true;
    }
}

/// Where the text stands in its file.
struct Origin {
    path: Arc<str>,
    base: Option<usize>,
    whole: Place,
}

impl Origin {
    fn place(&self, range: Range<usize>) -> Place {
        match self.base {
            Some(base) => Place::new(&self.path, base + range.start..base + range.end),
            None => self.whole.clone(),
        }
    }
}

/// What a block of text holds for the rules about words.
#[derive(Default)]
struct Block {
    plain: String,
    /// Offsets in `plain` and in the text where runs begin.
    runs: Vec<(usize, usize)>,
    leans: bool,
    cites: bool,
}

struct OpenDirective {
    colons: usize,
    place: Place,
    index: Option<u32>,
    script: bool,
    quote: bool,
    checklist: Option<u32>,
    scope: usize,
}

struct Writer<'a> {
    text: &'a str,
    origin: Origin,
    rules: &'a Rules,
    tag: &'a str,
    quotes: Quotes,
    findings: &'a mut Vec<Diagnostic>,
    body: Body,
    html: String,
    sinks: Vec<Vec<Piece>>,
    /// Pieces of ours that the sanitiser must not see, by sink depth and index; only filled when there may be raw HTML.
    ours: Vec<Box<str>>,
    may_have_raw: bool,
    raw_tags: html::RawTags,
    directives: Vec<OpenDirective>,
    scopes: Vec<Option<usize>>,
    wants_title: bool,
    title: Option<Spanned<Arc<str>>>,
    blocks: Vec<Block>,
    /// Whether figures are looked for: in files, not in values of TOML, and only where there may be one.
    may_have_figures: bool,
    /// Whether paragraphs are remembered, to be compared with those of other languages.
    compares: bool,
    /// How many quotations are open: these may well stand in the language that they were said in.
    quotations: usize,
    /// How many `script` asides are open.
    scripts: usize,
    /// Of the open row of a table: its figures so far, and whether one of its cells cites.
    row: Option<(Vec<Figure>, bool)>,
    footnote_labels: FxHashMap<(usize, Box<str>), u32>,
    used_notes: Vec<(u32, Place)>,
    notes: Rc<Notes>,
    /// Code, formulas and raw HTML, in order.
    verbatim: Vec<Range<usize>>,
}

/// A callback that owns what it gives back, for text of any lifetime.
struct Callback<F>(F);

impl<'input, F> pulldown_cmark::BrokenLinkCallback<'input> for Callback<F>
where
    F: FnMut(BrokenLink<'_>) -> Option<(CowStr<'static>, CowStr<'static>)>,
{
    fn handle_broken_link(&mut self, link: BrokenLink<'input>) -> Option<(CowStr<'input>, CowStr<'input>)> {
        (self.0)(link)
    }
}

/// Labels of footnotes by the scope that defines them.
#[derive(Default)]
struct Notes {
    labels: FxHashSet<(usize, String)>,
}

impl Notes {
    fn of(text: &str, tokens: &[Token], scoped: &[usize]) -> Rc<Notes> {
        let mut labels = FxHashSet::default();
        for (token, scope) in tokens.iter().zip(scoped) {
            if let Token::Text(range) = token
                && memchr::memmem::find(&text.as_bytes()[range.clone()], b"[^").is_some()
            {
                labels.extend(footnote_definitions(&text[range.clone()]).map(|label| (*scope, normalised(label))));
            }
        }
        Rc::new(Notes { labels })
    }

    fn defines(&self, scope: usize, label: &str) -> bool {
        self.labels.contains(&(scope, normalised(label)))
    }

    /// The scope that defines the label for those in `scope`: it, or one around it.
    fn definer(&self, scope: usize, label: &str, scopes: &[Option<usize>]) -> Option<usize> {
        let mut at = Some(scope);
        while let Some(scope) = at {
            if self.defines(scope, label) {
                return Some(scope);
            }
            at = scopes[scope];
        }
        None
    }

    /// The segment, with an empty definition at its end for every footnote that it uses and another one defines: the parser
    /// only takes a reference for one when it has seen its definition.
    fn with_stubs<'t>(&self, segment: &'t str, scope: usize, scopes: &[Option<usize>]) -> Cow<'t, str> {
        if self.labels.is_empty() {
            return Cow::Borrowed(segment);
        }
        let mut known: FxHashSet<String> = footnote_definitions(segment).map(normalised).collect();
        let mut stubs = String::new();
        for (label, _) in references(segment) {
            if self.definer(scope, label, scopes).is_some() && known.insert(normalised(label)) {
                let _ = write!(stubs, "\n\n[^{label}]: .\n");
            }
        }
        if stubs.is_empty() { Cow::Borrowed(segment) } else { Cow::Owned(format!("{segment}{stubs}")) }
    }
}

/// Everything that looks like a reference to a footnote, and where it begins.
fn references(segment: &str) -> impl Iterator<Item = (&str, usize)> {
    memchr::memmem::find_iter(segment.as_bytes(), b"[^").filter_map(move |at| {
        // No label is longer than a hundred bytes: what is, is prose.
        let rest = &segment[at + 2..];
        let end = memchr::memchr(b']', &rest.as_bytes()[..rest.len().min(100)])?;
        let label = &rest[..end];
        (!label.is_empty() && !label.contains(char::is_whitespace)).then_some((label, at))
    })
}

/// Reference definitions by scope and normalised label.
type Definitions = Rc<RefCell<FxHashMap<(usize, String), (String, String)>>>;

fn normalised(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

impl<'a> Writer<'a> {
    fn new(
        text: &'a str,
        origin: Origin,
        rules: &'a Rules,
        tag: &'a str,
        findings: &'a mut Vec<Diagnostic>,
    ) -> Writer<'a> {
        Writer {
            may_have_raw: !rules.trusted && memchr_tag(text),
            text,
            origin,
            rules,
            tag,
            quotes: quotes::of(tag),
            findings,
            body: Body::default(),
            html: String::with_capacity(text.len() + text.len() / 4),
            sinks: vec![Vec::new()],
            ours: Vec::new(),
            raw_tags: html::RawTags::default(),
            directives: Vec::new(),
            scopes: vec![None],
            wants_title: false,
            title: None,
            blocks: Vec::new(),
            may_have_figures: false,
            compares: false,
            quotations: 0,
            scripts: 0,
            row: None,
            footnote_labels: FxHashMap::default(),
            used_notes: Vec::new(),
            notes: Rc::default(),
            verbatim: Vec::new(),
        }
    }

    fn read(&mut self, text: &'a str, tokens: &[Token]) {
        // Every segment belongs to a scope: the file, or an audience block, out of which no definition reaches.
        let scoped = self.scopes_of(tokens);
        let definitions: Definitions = Rc::default();
        let scopes: Rc<Vec<Option<usize>>> = Rc::new(self.scopes.clone());
        let several = tokens.iter().filter(|token| matches!(token, Token::Text(_))).count() > 1;
        let notes = Notes::of(text, tokens, &scoped);
        let segments: Vec<Cow<'_, str>> = tokens
            .iter()
            .zip(&scoped)
            .map(|(token, scope)| match token {
                Token::Text(range) if several => notes.with_stubs(&text[range.clone()], *scope, &self.scopes),
                Token::Text(range) => Cow::Borrowed(&text[range.clone()]),
                _ => Cow::Borrowed(""),
            })
            .collect();
        let parser = |segment, scope: usize| {
            let (definitions, scopes) = (definitions.clone(), scopes.clone());
            let callback = move |link: BrokenLink<'_>| -> Option<(CowStr<'static>, CowStr<'static>)> {
                let label = normalised(&link.reference);
                let mut at = Some(scope);
                while let Some(scope) = at {
                    if let Some((url, title)) = definitions.borrow().get(&(scope, label.clone())) {
                        return Some((url.clone().into(), title.clone().into()));
                    }
                    at = scopes[scope];
                }
                None
            };
            Parser::new_with_broken_link_callback(segment, options(segment), Some(Callback(callback)))
        };
        // What may define a reference for other segments is parsed before them and once more in its turn: a parser takes
        // 20 KB even for an empty line, and there may be 100,000 segments.
        for (segment, scope) in segments.iter().zip(&scoped).filter(|(segment, _)| several && segment.contains("]:")) {
            for (label, definition) in parser(segment, *scope).reference_definitions().iter() {
                definitions
                    .borrow_mut()
                    .entry((*scope, normalised(label)))
                    .or_insert((definition.dest.to_string(), definition.title.as_deref().unwrap_or("").to_string()));
            }
        }
        for ((token, scope), segment) in tokens.iter().zip(&scoped).zip(&segments) {
            match token {
                Token::Text(range) => {
                    self.notes = notes.clone();
                    self.segment(parser(segment, *scope), range.len(), range.start, *scope);
                }
                Token::Open { colons, name, arguments, line } => self.open(*colons, name, arguments, line.clone()),
                Token::Close { colons, line } => self.close(*colons, line.clone()),
            }
        }
        while let Some(open) = self.directives.pop() {
            self.unclosed(&open);
            self.end_directive(open);
        }
        for (token, scope) in tokens.iter().zip(&scoped) {
            if let Token::Text(range) = token {
                self.undefined_notes(range.clone(), *scope);
            }
        }
    }

    /// Reports references to footnotes that nothing defines: they stand in the page as they were typed.
    fn undefined_notes(&mut self, range: Range<usize>, scope: usize) {
        let text = self.text;
        let segment = &text[range.clone()];
        for (label, at) in references(segment) {
            let (start, end) = (range.start + at, range.start + at + label.len() + 3);
            let is_verbatim = || {
                let before = self.verbatim.partition_point(|code| code.end <= start);
                self.verbatim.get(before).is_some_and(|code| code.start <= start)
            };
            let escaped = text[..start].ends_with('\\') || text[end..].starts_with(['(', '[']);
            if escaped || self.notes.definer(scope, label, &self.scopes).is_some() || is_verbatim() {
                continue;
            }
            let place = self.place(start..end);
            self.findings.push(
                Diagnostic::new(Code::UndefinedFootnote, format!("nothing defines the footnote `{label}`"))
                    .at(place, "no such footnote"),
            );
        }
    }

    /// The scope of every token.
    fn scopes_of(&mut self, tokens: &[Token]) -> Vec<usize> {
        let mut open: Vec<(usize, usize)> = Vec::new();
        let mut scope = 0;
        let mut scoped = Vec::with_capacity(tokens.len());
        for token in tokens {
            match token {
                Token::Open { colons, name, .. } if directive::has_body(&self.text[name.clone()]) => {
                    open.push((*colons, scope));
                    if &self.text[name.clone()] == "audience" {
                        self.scopes.push(Some(scope));
                        scope = self.scopes.len() - 1;
                    }
                }
                Token::Close { colons, .. } => {
                    if let Some(at) = open.iter().rposition(|(count, _)| count == colons) {
                        scope = open[at].1;
                        open.truncate(at);
                    }
                }
                _ => {}
            }
            scoped.push(scope);
        }
        scoped
    }

    fn flush(&mut self) {
        if !self.html.is_empty() {
            // One exact copy; the buffer stays as large as it has become.
            let html = Box::from(self.html.as_str());
            self.html.clear();
            self.sink().push(Piece::Markup(html));
        }
    }

    fn sink(&mut self) -> &mut Vec<Piece> {
        self.sinks.last_mut().expect("the first sink stays until the end")
    }

    fn hole(&mut self, piece: Piece) {
        self.flush();
        self.sink().push(piece);
    }

    /// Markup of ours that the sanitiser would not know, such as MathML.
    fn own(&mut self, markup: &str) {
        if self.may_have_raw {
            let _ = write!(self.html, "{}{}{}", html::OWN_OPEN, self.ours.len(), html::OWN_CLOSE);
            self.ours.push(markup.into());
        } else {
            self.html.push_str(markup);
        }
    }

    fn place(&self, range: Range<usize>) -> Place {
        self.origin.place(range)
    }

    fn report(&mut self, finding: Diagnostic) {
        self.findings.push(finding);
    }

    // ---- events -----------------------------------------------------------------------------------------------------

    fn segment<'t, F: pulldown_cmark::BrokenLinkCallback<'t>>(
        &mut self,
        parser: Parser<'t, F>,
        length: usize,
        start: usize,
        scope: usize,
    ) {
        let mut state = Segment::new(scope);
        for (event, range) in parser.into_offset_iter() {
            // What lies beyond are the stubs of footnotes that are defined elsewhere.
            if range.start >= length && range.end > length {
                break;
            }
            self.event(&mut state, event, start + range.start..start + range.end.min(length));
        }
    }

    fn event(&mut self, state: &mut Segment, event: Event<'_>, range: Range<usize>) {
        if let Some(id) = &state.item_id
            && range.start >= id.start
            && range.end <= id.end
        {
            return;
        }
        if let Some(image) = &mut state.image {
            match event {
                Event::End(TagEnd::Image) if image.depth == 0 => self.end_image(state),
                Event::Start(Tag::Image { .. }) => image.depth += 1,
                Event::End(TagEnd::Image) => image.depth -= 1,
                Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) | Event::InlineMath(text) => {
                    image.alt.push_str(&text);
                }
                Event::SoftBreak | Event::HardBreak => image.alt.push(' '),
                _ => {}
            }
            return;
        }
        if state.code.is_some()
            || matches!(
                event,
                Event::Code(_) | Event::InlineMath(_) | Event::DisplayMath(_) | Event::Html(_) | Event::InlineHtml(_)
            )
        {
            self.verbatim.push(range.clone());
        }
        match event {
            Event::Start(tag) => self.start(state, tag, range),
            Event::End(tag) => self.end(state, tag),
            Event::Text(text) => self.words(state, &text, range),
            Event::Code(text) => {
                self.heading_words(state, &text);
                self.html.push_str("<code>");
                html::escape(&text, &mut self.html);
                self.html.push_str("</code>");
            }
            Event::InlineMath(tex) => self.math(&tex, false, range),
            Event::DisplayMath(tex) => self.math(&tex, true, range),
            Event::Html(raw) | Event::InlineHtml(raw) => self.raw(&raw, range),
            Event::FootnoteReference(label) => self.note(&label, state.scope, range),
            Event::SoftBreak => {
                self.block_words("\n", range.start);
                self.heading_words(state, " ");
                self.html.push('\n');
            }
            Event::HardBreak => {
                self.block_words("\n", range.start);
                self.html.push_str("<br>\n");
            }
            Event::Rule => self.html.push_str("<hr>\n"),
            Event::TaskListMarker(done) => {
                if state.items.last().is_some_and(|item| item.in_checklist) {
                    return;
                }
                self.html.push_str(if done {
                    "<label><input type=\"checkbox\" disabled checked> "
                } else {
                    "<label><input type=\"checkbox\" disabled> "
                });
                if let Some(item) = state.items.last_mut() {
                    item.open_label = true;
                }
            }
        }
    }

    fn heading_words(&mut self, state: &mut Segment, words: &str) {
        if let Some(heading) = &mut state.heading {
            heading.title.push_str(words);
        }
        if let Some(link) = state.links.last_mut() {
            link.has_words |= !words.trim().is_empty();
        }
    }

    fn words(&mut self, state: &mut Segment, text: &str, range: Range<usize>) {
        if let Some(code) = &mut state.code {
            code.text.push_str(text);
            return;
        }
        // An item's `{#id}` at the end of a run is no text; only what stands before it is.
        let mut text = text;
        if let Some(id) = &state.item_id
            && range.start < id.start
            && id.start < range.end
            && text.len() == range.len()
        {
            text = &text[..id.start - range.start];
        }
        let quoted;
        let text = if matches!(text, "“" | "”" | "‘" | "’") && range.len() == 1 {
            let written = self.text.as_bytes()[range.start];
            let next = self.text[range.end..].chars().next();
            let apostrophe = text == "’" && next.is_some_and(char::is_alphanumeric);
            quoted = if matches!(written, b'"' | b'\'') && !apostrophe { self.quotes.of(text) } else { text };
            quoted
        } else {
            text
        };
        self.heading_words(state, text);
        self.block_words(text, range.start);
        // Good enough for minutes of reading, and vectorised.
        self.body.words += memchr::memchr_iter(b' ', text.as_bytes()).count() as u32 + 1;
        html::escape(text, &mut self.html);
    }

    fn block_words(&mut self, text: &str, at: usize) {
        if let Some(block) = self.blocks.last_mut() {
            block.runs.push((block.plain.len(), at));
            block.plain.push_str(text);
        }
    }

    fn looks_for_vague_words(&self) -> bool {
        self.rules.customer_prose || self.in_script()
    }

    fn looks_for_words(&self) -> bool {
        self.may_have_figures || self.compares || self.looks_for_vague_words()
    }

    fn begin_block(&mut self) {
        if self.looks_for_words() {
            self.blocks.push(Block::default());
        }
    }

    fn end_block(&mut self) {
        let Some(block) = self.end_heading_block() else { return };
        if self.compares {
            self.remember(&block);
        }
        // Who speaks to one customer speaks of that customer's case, and has no foot for notes.
        if !self.may_have_figures || self.in_script() {
            return;
        }
        let found = figures::find(self.tag, &block.plain)
            .into_iter()
            .map(|found| Figure { place: self.place_in(&block, &found), value: block.plain[found].into() });
        let found: Vec<Figure> = found.collect();
        match &mut self.row {
            // A row of a table is one statement: a cell's source is its neighbours'.
            Some((figures, cites)) => {
                figures.extend(found);
                *cites |= block.cites;
            }
            None if !block.cites => self.uncited(found),
            None => {}
        }
    }

    /// Keeps what a paragraph says, as a number, and where.
    fn remember(&mut self, block: &Block) {
        if self.quotations > 0 || !is_compared(&block.plain) {
            return;
        }
        let place = self.place_in(block, &(0..block.plain.len()));
        // As it was written: a language's own quotation marks would make two of what is one.
        let base = self.origin.base.unwrap_or(0);
        let written = self.text.as_bytes().get(place.start as usize - base..place.end as usize - base);
        let words = xxh3_64(written.unwrap_or_default());
        self.body.paragraphs.push(Paragraph { words, place });
    }

    /// As [`end_block`](Writer::end_block) for words that are no statement of their own.
    fn end_heading_block(&mut self) -> Option<Block> {
        if !self.looks_for_words() {
            return None;
        }
        let block = self.blocks.pop()?;
        if self.looks_for_vague_words() {
            for found in vague::find(self.tag, &block.plain) {
                let place = self.place_in(&block, &found);
                let word: Box<str> = block.plain[found].into();
                self.body.vague.push(crate::playbook::prose::Vague { word, leans: block.leans, place });
                let number = (self.body.vague.len() - 1) as u32;
                self.hole(Piece::Vague(number));
            }
        }
        Some(block)
    }

    /// Where a part of a block's words stands in the file.
    fn place_in(&self, block: &Block, found: &Range<usize>) -> Place {
        let at = |offset: usize| {
            let run = block.runs.partition_point(|(plain, _)| *plain <= offset).saturating_sub(1);
            let (plain, source) = block.runs[run];
            source + (offset - plain)
        };
        let (start, end) = (at(found.start), at(found.end - 1) + 1);
        self.place(start..end.min(self.text.len()))
    }

    fn uncited(&mut self, figures: Vec<Figure>) {
        for figure in figures {
            self.body.figures.push(figure);
            let number = (self.body.figures.len() - 1) as u32;
            self.hole(Piece::Figure(number));
        }
    }

    fn end_row(&mut self) {
        if let Some((figures, false)) = self.row.take() {
            self.uncited(figures);
        }
    }

    fn start(&mut self, state: &mut Segment, tag: Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Paragraph => {
                if state.items.is_empty() || state.items.last().is_some_and(|item| item.depth_of_quotes < state.quotes)
                {
                    self.begin_block();
                    state.paragraph_blocks.push(true);
                } else {
                    state.paragraph_blocks.push(false);
                }
                if state.items.last().is_none_or(|item| !(item.in_checklist && item.first_paragraph)) {
                    self.html.push_str("<p>");
                }
            }
            Tag::Heading { level, id, classes, .. } => {
                self.begin_block();
                let level = level as u8;
                let taken = level == 1 && self.wants_title && self.title.is_none() && self.sinks.len() == 1;
                let place = self.place(range.start..heading_end(self.text, &range));
                state.heading = Some(OpenHeading { title: String::new(), taken, place: place.clone(), number: 0 });
                if taken {
                    self.flush();
                    self.sinks.push(Vec::new());
                    return;
                }
                let number = self.body.headings.len() as u32;
                self.body.headings.push(Heading {
                    level,
                    title: "".into(),
                    id: id.map(|id| id.into_string().into()),
                    classes: classes.join(" ").into(),
                    place,
                });
                if let Some(heading) = &mut state.heading {
                    heading.number = number;
                }
                self.hole(Piece::Heading(number));
            }
            Tag::BlockQuote(kind) => {
                state.quotes += 1;
                match kind {
                    None => {
                        self.quotations += 1;
                        state.alerts.push(false);
                        self.html.push_str("<blockquote>\n");
                    }
                    Some(kind) => {
                        state.alerts.push(true);
                        let aside = match kind {
                            BlockQuoteKind::Note | BlockQuoteKind::Important => Aside::Note,
                            BlockQuoteKind::Tip => Aside::Tip,
                            BlockQuoteKind::Warning => Aside::Warning,
                            BlockQuoteKind::Caution => Aside::Risk,
                        };
                        let place = self.place(range);
                        let number = self.directive(DirectiveKind::Aside(aside, None), place);
                        self.hole(Piece::Open(number));
                    }
                }
            }
            Tag::CodeBlock(kind) => {
                let language = match &kind {
                    CodeBlockKind::Fenced(info) => info.split([' ', ',', '\t']).next().unwrap_or("").to_string(),
                    CodeBlockKind::Indented => String::new(),
                };
                state.code = Some(OpenCode { language, text: String::new() });
            }
            Tag::HtmlBlock => {}
            Tag::List(first) => {
                self.close_label(state);
                if self.open_checklist().is_some() && state.quotes == 0 {
                    state.lists.push(List::Checklist);
                } else {
                    state.lists.push(if first.is_some() { List::Ordered } else { List::Bullets });
                    match first {
                        Some(1) => self.html.push_str("<ol>\n"),
                        Some(first) => {
                            let _ = writeln!(self.html, "<ol start=\"{first}\">");
                        }
                        None => self.html.push_str("<ul>\n"),
                    }
                }
            }
            Tag::Item => self.start_item(state, range),
            Tag::FootnoteDefinition(label) => {
                self.flush();
                let number = self.note_number(state.scope, &label);
                state.note = Some(number);
                self.sinks.push(Vec::new());
            }
            Tag::DefinitionList => self.html.push_str("<dl>\n"),
            Tag::DefinitionListTitle => {
                self.begin_block();
                self.html.push_str("<dt>");
            }
            Tag::DefinitionListDefinition => {
                self.begin_block();
                self.html.push_str("<dd>");
            }
            Tag::Table(alignments) => {
                let label = table_label(&self.text[range]);
                let mut opening = String::from("<div class=\"scroll\" tabindex=\"0\" role=\"group\" aria-label=\"");
                html::escape(&label, &mut opening);
                opening.push_str("\">");
                self.own(&opening);
                self.html.push_str("<table class=\"t\">");
                state.table = Some(OpenTable { alignments, column: 0, head: false, named: false });
            }
            Tag::TableHead => {
                self.row = Some(Default::default());
                self.html.push_str("<thead><tr>");
                if let Some(table) = &mut state.table {
                    (table.column, table.head) = (0, true);
                }
            }
            Tag::TableRow => {
                self.row = Some(Default::default());
                self.html.push_str("<tr>");
                if let Some(table) = &mut state.table {
                    table.column = 0;
                }
            }
            Tag::TableCell => {
                self.begin_block();
                let Some(table) = &state.table else { return };
                let class = match table.alignments.get(table.column) {
                    Some(Alignment::Right) => " class=\"n\"",
                    Some(Alignment::Center) => " class=\"c\"",
                    Some(Alignment::Left) => " class=\"l\"",
                    _ => "",
                };
                let cell = match table {
                    OpenTable { head: true, .. } => COLUMN,
                    OpenTable { named: true, column: 0, .. } => "<th scope=\"row\"",
                    _ => "<td",
                };
                let _ = write!(self.html, "{cell}{class}>");
            }
            Tag::Emphasis => self.html.push_str("<em>"),
            Tag::Strong => self.html.push_str("<strong>"),
            Tag::Strikethrough => self.html.push_str("<del>"),
            Tag::Superscript => self.html.push_str("<sup>"),
            Tag::Subscript => self.html.push_str("<sub>"),
            Tag::Link { link_type, dest_url, title, .. } => {
                let dest_url = match link_type {
                    LinkType::Email => CowStr::from(format!("mailto:{dest_url}")),
                    _ => dest_url,
                };
                let place = self.place(range);
                let to = link::parse(&dest_url, place.clone(), self.findings);
                for block in &mut self.blocks {
                    block.leans |= matches!(to, LinkTo::Typed(TypedKind::Promise, ..));
                    block.cites |= matches!(to, LinkTo::Typed(TypedKind::Claim | TypedKind::Metric, ..));
                }
                let number = self.body.links.len() as u32;
                self.body.links.push(Link {
                    to,
                    title: (!title.is_empty()).then(|| title.into_string().into()),
                    empty: false,
                    image: None,
                    place,
                });
                state.links.push(OpenLink { number, has_words: false });
                self.hole(Piece::Link(number));
            }
            Tag::Image { dest_url, title, .. } => {
                state.image = Some(OpenImage {
                    url: dest_url.into_string(),
                    title: title.into_string(),
                    alt: String::new(),
                    depth: 0,
                    range,
                });
            }
            Tag::MetadataBlock(_) => {}
        }
    }

    fn end(&mut self, state: &mut Segment, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => {
                if state.paragraph_blocks.pop() == Some(true) {
                    self.end_block();
                }
                self.close_label(state);
                match state.items.last_mut() {
                    Some(item) if item.in_checklist && item.first_paragraph => item.first_paragraph = false,
                    _ => self.html.push_str("</p>\n"),
                }
            }
            TagEnd::Heading(_) => {
                self.end_heading_block();
                let Some(heading) = state.heading.take() else { return };
                let title = heading.title.trim();
                if heading.taken {
                    self.flush();
                    self.sinks.pop();
                    self.html.clear();
                    self.title = Some(Spanned::new(title.into(), heading.place));
                    return;
                }
                self.body.headings[heading.number as usize].title = title.into();
                self.hole(Piece::HeadingEnd(heading.number));
            }
            TagEnd::BlockQuote(_) => {
                state.quotes = state.quotes.saturating_sub(1);
                if state.alerts.pop() == Some(true) {
                    self.hole(Piece::Close);
                } else {
                    self.quotations = self.quotations.saturating_sub(1);
                    self.html.push_str("</blockquote>\n");
                }
            }
            TagEnd::CodeBlock => self.code(state),
            TagEnd::HtmlBlock => {}
            TagEnd::List(_) => match state.lists.pop() {
                Some(List::Ordered) => self.html.push_str("</ol>\n"),
                Some(List::Bullets) => self.html.push_str("</ul>\n"),
                _ => {}
            },
            TagEnd::Item => self.end_item(state),
            TagEnd::FootnoteDefinition => {
                self.flush();
                let pieces = self.sinks.pop().unwrap_or_default();
                if let Some(number) = state.note.take() {
                    self.body.footnotes[number as usize].pieces = pieces;
                }
            }
            TagEnd::DefinitionList => self.html.push_str("</dl>\n"),
            TagEnd::DefinitionListTitle => {
                self.end_block();
                self.html.push_str("</dt>\n");
            }
            TagEnd::DefinitionListDefinition => {
                self.end_block();
                self.html.push_str("</dd>\n");
            }
            TagEnd::Table => {
                self.html.push_str(if state.rows { "</tbody></table>" } else { "</table>" });
                self.own("</div>\n");
                state.table = None;
                state.rows = false;
            }
            TagEnd::TableHead => {
                self.end_row();
                self.html.push_str("</tr></thead>\n<tbody>");
                state.rows = true;
                if let Some(table) = &mut state.table {
                    table.head = false;
                }
            }
            TagEnd::TableRow => {
                self.end_row();
                self.html.push_str("</tr>\n");
            }
            TagEnd::TableCell => {
                self.end_block();
                let mut closing = "</td>";
                if let Some(table) = &mut state.table {
                    // A head without words names no column: what stands under the first one names the rows.
                    let opened = if table.head { self.html.rfind(COLUMN) } else { None };
                    let opened = opened.filter(|at| is_bare_tag(&self.html[*at..]));
                    if let Some(at) = opened {
                        self.html.replace_range(at..at + COLUMN.len(), "<td");
                        table.named |= table.column == 0;
                    } else if table.head || (table.named && table.column == 0) {
                        closing = "</th>";
                    }
                    table.column += 1;
                }
                self.html.push_str(closing);
            }
            TagEnd::Emphasis => self.html.push_str("</em>"),
            TagEnd::Strong => self.html.push_str("</strong>"),
            TagEnd::Strikethrough => self.html.push_str("</del>"),
            TagEnd::Superscript => self.html.push_str("</sup>"),
            TagEnd::Subscript => self.html.push_str("</sub>"),
            TagEnd::Link => {
                if let Some(link) = state.links.pop() {
                    self.body.links[link.number as usize].empty = !link.has_words;
                    if link.has_words
                        && let Some(outer) = state.links.last_mut()
                    {
                        outer.has_words = true;
                    }
                    self.hole(Piece::LinkEnd);
                }
            }
            TagEnd::Image | TagEnd::MetadataBlock(_) => {}
        }
    }

    fn close_label(&mut self, state: &mut Segment) {
        if let Some(item) = state.items.last_mut()
            && std::mem::take(&mut item.open_label)
        {
            self.html.push_str("</label>");
        }
    }
}

/// Where a heading's line ends, without the line break.
fn heading_end(text: &str, range: &Range<usize>) -> usize {
    range.start + text[range.clone()].trim_end().len()
}

fn memchr_tag(text: &str) -> bool {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'<', bytes).any(|at| {
        bytes.get(at + 1).is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, b'/' | b'!' | b'?'))
    })
}

/// The labels that this segment defines footnotes for.
fn footnote_definitions(segment: &str) -> impl Iterator<Item = &str> {
    memchr::memmem::find_iter(segment.as_bytes(), b"[^").filter_map(|at| {
        let before = segment[..at].trim_end_matches([' ', '>']);
        if !before.is_empty() && !before.ends_with('\n') {
            return None;
        }
        let line = segment[at + 2..].lines().next()?;
        let (label, rest) = line.split_once(']')?;
        rest.starts_with(':').then_some(label)
    })
}

/// A table's name for those who cannot see it: the words of its head.
fn table_label(table: &str) -> String {
    let head = table.lines().next().unwrap_or("");
    head.split('|')
        .map(|cell| cell.trim().trim_matches(['*', '_', '`']).trim())
        .filter(|cell| !cell.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}

fn is_task(item: &str) -> bool {
    let after_marker =
        item.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '-' | '*' | '+' | '.' | ')'));
    let line = after_marker.trim_start();
    line.starts_with("[ ] ") || line.starts_with("[x] ") || line.starts_with("[X] ")
}

/// What is open while a segment is read.
struct Segment {
    scope: usize,
    heading: Option<OpenHeading>,
    code: Option<OpenCode>,
    image: Option<OpenImage>,
    links: Vec<OpenLink>,
    lists: Vec<List>,
    items: Vec<OpenItem>,
    item_id: Option<Range<usize>>,
    table: Option<OpenTable>,
    rows: bool,
    note: Option<u32>,
    alerts: Vec<bool>,
    quotes: usize,
    paragraph_blocks: Vec<bool>,
}

impl Segment {
    fn new(scope: usize) -> Segment {
        Segment {
            scope,
            heading: None,
            code: None,
            image: None,
            links: Vec::new(),
            lists: Vec::new(),
            items: Vec::new(),
            item_id: None,
            table: None,
            rows: false,
            note: None,
            alerts: Vec::new(),
            quotes: 0,
            paragraph_blocks: Vec::new(),
        }
    }
}

struct OpenHeading {
    title: String,
    taken: bool,
    place: Place,
    number: u32,
}

struct OpenCode {
    language: String,
    text: String,
}

struct OpenImage {
    url: String,
    title: String,
    alt: String,
    depth: usize,
    range: Range<usize>,
}

struct OpenLink {
    number: u32,
    has_words: bool,
}

enum List {
    Ordered,
    Bullets,
    Checklist,
}

#[derive(Default)]
struct OpenItem {
    in_checklist: bool,
    first_paragraph: bool,
    open_label: bool,
    number: usize,
    depth_of_quotes: usize,
}

struct OpenTable {
    alignments: Vec<Alignment>,
    column: usize,
    head: bool,
    /// Whether the first column names the rows: its own head has no words.
    named: bool,
}

/// How the head of a column opens.
const COLUMN: &str = "<th scope=\"col\"";

/// Whether this is one opening tag and nothing after it.
fn is_bare_tag(html: &str) -> bool {
    html.ends_with('>') && !html[1..].contains('<')
}
