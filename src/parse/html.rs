//! Raw HTML to HTML that may be published, with its links as typed holes.

use super::link;
use crate::diagnostic::{Code, Diagnostic};
use crate::playbook::Body;
use crate::playbook::prose::{Link, LinkTo, Piece};
use crate::source::Place;
use ammonia::Builder;
use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::LazyLock;

/// Around the number of a piece of ours, in markup that the sanitiser reads as text.
pub const OWN_OPEN: char = '\u{f0002}';
/// Its end.
pub const OWN_CLOSE: char = '\u{f0003}';
const HOLE_OPEN: char = '\u{f0000}';
const HOLE_CLOSE: char = '\u{f0001}';

/// Raw elements nested deeper than this are shown as text: the sanitiser's time grows with the square of the depth.
const DEPTH: usize = 256;

/// Whether nothing in a text needs to be escaped. Most words have nothing, and there are two hundred of them on a page.
pub fn is_plain(bytes: &[u8]) -> bool {
    const MEANS_SOMETHING: [bool; 256] = {
        let mut table = [false; 256];
        table[b'<' as usize] = true;
        table[b'>' as usize] = true;
        table[b'&' as usize] = true;
        table[b'"' as usize] = true;
        table
    };
    // A vectorised look is a tenth of a loop's work, once it is under way.
    if bytes.len() < 40 {
        return !bytes.iter().any(|byte| MEANS_SOMETHING[usize::from(*byte)]);
    }
    memchr::memchr3(b'<', b'>', b'&', bytes).is_none() && memchr::memchr(b'"', bytes).is_none()
}

/// Writes `text` with the characters that HTML means something by escaped.
pub fn escape(text: &str, out: &mut String) {
    let bytes = text.as_bytes();
    if is_plain(bytes) {
        out.push_str(text);
        return;
    }
    let mut from = 0;
    for (at, byte) in bytes.iter().enumerate() {
        let escaped = match byte {
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'&' => "&amp;",
            b'"' => "&quot;",
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(escaped);
        from = at + 1;
    }
    out.push_str(&text[from..]);
}

static SANITISER: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut builder = Builder::default();
    builder
        .link_rel(None)
        .add_generic_attributes(["class", "id", "lang", "dir", "title", "role", "aria-label"])
        .add_tag_attributes("details", ["open"])
        .add_tags(["section", "label", "fieldset", "legend", "picture", "source"])
        .add_tag_attributes("ol", ["start", "reversed", "type"])
        // Schemes are judged with Markdown's links, when they become holes: here nothing may be lost unseen.
        .url_schemes(HashSet::from(SCHEMES));
    builder
});

/// What the sanitiser lets stand: asked for once, since each answer is a copy.
struct Allowed {
    tags: HashSet<&'static str>,
    generic: HashSet<&'static str>,
    of_tag: HashMap<&'static str, HashSet<&'static str>>,
}

static ALLOWED: LazyLock<Allowed> = LazyLock::new(|| Allowed {
    tags: SANITISER.clone_tags(),
    generic: SANITISER.clone_generic_attributes(),
    of_tag: SANITISER.clone_tag_attributes(),
});

/// The raw tags of a text: whether there are any, and how deep they nest.
#[derive(Default)]
pub struct RawTags {
    any: bool,
    depth: usize,
    reported_depth: bool,
}

const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

impl RawTags {
    /// Whether the text has raw HTML.
    pub fn any(&self) -> bool {
        self.any
    }

    /// Looks at a run of raw HTML, which begins at byte `start`, and reports what the sanitiser will take out. Gives back
    /// whether the run may stand; else it must be escaped.
    pub fn note(
        &mut self,
        raw: &str,
        start: usize,
        place: &dyn Fn(Range<usize>) -> Place,
        findings: &mut Vec<Diagnostic>,
    ) -> bool {
        self.any = true;
        let mut at = 0;
        while let Some(open) = raw[at..].find('<').map(|found| at + found) {
            at = open + 1;
            let rest = &raw[at..];
            if rest.starts_with("!--") {
                at = raw[at..].find("-->").map_or(raw.len(), |end| at + end + 3);
                continue;
            }
            let closing = rest.starts_with('/');
            let name_start = at + usize::from(closing);
            let length = raw[name_start..].bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'-').count();
            if length == 0 {
                continue;
            }
            let name = raw[name_start..name_start + length].to_ascii_lowercase();
            let end = tag_end(raw, name_start + length);
            if closing {
                self.depth = self.depth.saturating_sub(1);
                at = end;
                continue;
            }
            if !VOID.contains(&name.as_str()) && !raw[..end].ends_with("/>") {
                self.depth += 1;
            }
            if !ALLOWED.tags.contains(name.as_str()) {
                findings.push(
                    Diagnostic::new(Code::RawHtml, format!("the tag `{name}` is taken out"))
                        .at(place(start + open..start + end.min(raw.len())), "not published")
                        .help("`raw_html = \"trusted\"` in trustbook.toml lets all HTML pass"),
                );
            } else {
                for (attribute, value, range) in attributes(&raw[..end], name_start + length) {
                    if matches!(attribute.as_str(), "href" | "src") {
                        unsafe_scheme(&value, || place(start + range.start..start + range.end), findings);
                    }
                    let known = ALLOWED.generic.contains(attribute.as_str())
                        || ALLOWED.of_tag.get(name.as_str()).is_some_and(|known| known.contains(attribute.as_str()))
                        || matches!(attribute.as_str(), "href" | "src");
                    if !known {
                        findings.push(
                            Diagnostic::new(Code::RawHtml, format!("the attribute `{attribute}` is taken out"))
                                .at(place(start + range.start..start + range.end), "not published"),
                        );
                    }
                }
            }
            at = end;
        }
        if self.depth > DEPTH {
            if !std::mem::replace(&mut self.reported_depth, true) {
                findings.push(
                    Diagnostic::new(
                        Code::RawHtml,
                        format!("raw elements nest more than {DEPTH} levels deep, and are shown as text"),
                    )
                    .at(place(start..start + raw.len()), "from here on"),
                );
            }
            return false;
        }
        true
    }
}

/// Behind the `>` of the tag that is open at `from`, quotes respected; the end of all where there is none.
pub fn tag_end(raw: &str, from: usize) -> usize {
    let mut quote = None;
    for (at, byte) in raw.bytes().enumerate().skip(from) {
        match (quote, byte) {
            (None, b'>') => return at + 1,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), _) if open == byte => quote = None,
            _ => {}
        }
    }
    raw.len()
}

/// The names of a tag's attributes and where they stand.
fn attributes(tag: &str, from: usize) -> Vec<(String, String, Range<usize>)> {
    parsed_attributes(tag, from).into_iter().map(|attribute| (attribute.name, attribute.value, attribute.at)).collect()
}

/// The sanitiser takes unsafe addresses out without a word; so they are reported before.
fn unsafe_scheme(address: &str, place: impl Fn() -> Place, findings: &mut Vec<Diagnostic>) {
    let cleaned: String = address.chars().filter(|c| !c.is_control()).collect();
    if let Some((scheme, _)) = link::scheme(cleaned.trim())
        && !SCHEMES.contains(&scheme.to_ascii_lowercase().as_str())
    {
        link::parse(address, place(), findings);
    }
}

/// Schemes that the sanitiser lets pass.
const SCHEMES: [&str; 16] = [
    "http",
    "https",
    "mailto",
    "tel",
    "journey",
    "promise",
    "persona",
    "pillar",
    "strategy",
    "metric",
    "claim",
    "term",
    "department",
    "channel",
    "recovery",
    "checklist",
];

struct Attribute {
    name: String,
    value: String,
    at: Range<usize>,
}

/// The value of an attribute of `tag`, a tag from its `<` on.
pub fn attribute(tag: &str, name: &str) -> Option<String> {
    let after = tag.find(|c: char| c.is_ascii_whitespace())?;
    parsed_attributes(tag, after).into_iter().find(|attribute| attribute.name == name).map(|attribute| attribute.value)
}

fn parsed_attributes(tag: &str, from: usize) -> Vec<Attribute> {
    let bytes = tag.as_bytes();
    let mut found = Vec::new();
    let mut at = from;
    while at < bytes.len() {
        if bytes[at].is_ascii_whitespace() || matches!(bytes[at], b'/' | b'>') {
            at += 1;
            continue;
        }
        let start = at;
        while at < bytes.len() && !bytes[at].is_ascii_whitespace() && !matches!(bytes[at], b'=' | b'>' | b'/') {
            at += 1;
        }
        if at == start {
            at += 1;
            continue;
        }
        let name = tag[start..at].to_ascii_lowercase();
        let name_range = start..at;
        let mut after = at;
        while after < bytes.len() && bytes[after].is_ascii_whitespace() {
            after += 1;
        }
        let mut value = String::new();
        if bytes.get(after) == Some(&b'=') {
            after += 1;
            while after < bytes.len() && bytes[after].is_ascii_whitespace() {
                after += 1;
            }
            match bytes.get(after) {
                Some(quote @ (b'"' | b'\'')) => {
                    let end = bytes[after + 1..].iter().position(|b| b == quote).map_or(bytes.len(), |n| after + 1 + n);
                    value = tag[after + 1..end].to_string();
                    at = (end + 1).min(bytes.len());
                }
                _ => {
                    let end = bytes[after..]
                        .iter()
                        .position(|b| b.is_ascii_whitespace() || *b == b'>')
                        .map_or(bytes.len(), |n| after + n);
                    value = tag[after..end].to_string();
                    at = end;
                }
            }
        }
        found.push(Attribute { name, value: unescaped(&value), at: name_range });
    }
    found
}

/// The longest entity: `&CounterClockwiseContourIntegral;`
const LONGEST_ENTITY: usize = 33;

/// A text whose entities are the characters that they stand for.
pub fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let end = rest.bytes().take(LONGEST_ENTITY).position(|byte| byte == b';');
        match end.and_then(|end| Some((character(&rest[1..end])?, end + 1))) {
            Some((character, length)) => {
                out.push_str(&character);
                rest = &rest[length..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// What `&entity;` stands for: one character, or two. The names are those of Markdown, whose parser knows all 2,000.
fn character(entity: &str) -> Option<String> {
    if let Some(number) = entity.strip_prefix('#') {
        let code = match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        };
        return char::from_u32(code).map(String::from);
    }
    if !entity.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return None;
    }
    let written = format!("&{entity};");
    let read = pulldown_cmark::Parser::new(&written).find_map(|event| match event {
        pulldown_cmark::Event::Text(text) => Some(text.into_string()),
        _ => None,
    });
    read.filter(|read| *read != written)
}

/// Every list of pieces in a body.
fn lists(body: &mut Body) -> impl Iterator<Item = &mut Vec<Piece>> {
    let notes = body.footnotes.iter_mut().map(|note| &mut note.pieces);
    let checklists = body
        .checklists
        .iter_mut()
        .flat_map(|list| std::iter::once(&mut list.lead).chain(list.items.iter_mut().map(|item| &mut item.pieces)));
    std::iter::once(&mut body.pieces).chain(notes).chain(checklists)
}

/// Puts markup of ours in its places where nothing needed to be sanitised.
pub fn fill(body: &mut Body, ours: &[Box<str>]) {
    for list in lists(body) {
        for piece in list {
            if let Piece::Markup(html) = piece
                && html.contains(OWN_OPEN)
            {
                *html = split(html, OWN_OPEN, OWN_CLOSE)
                    .map(|part| match part {
                        Part::Text(text) => text,
                        Part::Number(number) => ours.get(number).map_or("", |markup| markup),
                    })
                    .collect::<String>()
                    .into();
            }
        }
    }
}

/// Sanitises a body once, its holes and our own markup standing aside as characters.
pub fn sanitise(body: &mut Body, ours: &[Box<str>]) {
    for list in lists(body) {
        let mut html = String::new();
        for (number, piece) in list.iter().enumerate() {
            match piece {
                Piece::Markup(markup) => html.push_str(markup),
                _ => {
                    let _ = write!(html, "{HOLE_OPEN}{number}{HOLE_CLOSE}");
                }
            }
        }
        let clean = SANITISER.clean(&html).to_string();
        let mut pieces = Vec::with_capacity(list.len());
        for part in split(&clean, HOLE_OPEN, HOLE_CLOSE) {
            match part {
                Part::Text("") => {}
                Part::Text(markup) => pieces.push(Piece::Markup(markup.into())),
                Part::Number(number) => pieces.extend(list.get(number).cloned()),
            }
        }
        *list = pieces;
    }
    fill(body, ours);
}

enum Part<'a> {
    Text(&'a str),
    Number(usize),
}

fn split(text: &str, open: char, close: char) -> impl Iterator<Item = Part<'_>> {
    text.split(open).enumerate().flat_map(move |(index, part)| {
        if index == 0 {
            return vec![Part::Text(part)];
        }
        match part.split_once(close).and_then(|(number, rest)| Some((number.parse().ok()?, rest))) {
            Some((number, rest)) => vec![Part::Number(number), Part::Text(rest)],
            None => vec![Part::Text(part)],
        }
    })
}

/// So many links are looked for that are written otherwise than they are read, such as `&amp;`: each looks at the whole text.
const MISSED: usize = 50;

/// Where `address` stands in a tag of this name, from the byte `from` on.
fn in_tag(text: &str, name: &str, address: &str, from: usize) -> Option<usize> {
    if address.is_empty() {
        return None;
    }
    let named = |at: &usize| {
        let tag = text.as_bytes().get(*at..*at + name.len() + 1);
        tag.is_some_and(|tag| {
            tag[..name.len()].eq_ignore_ascii_case(name.as_bytes()) && !tag[name.len()].is_ascii_alphanumeric()
        })
    };
    let tags = memchr::memchr_iter(b'<', &text.as_bytes()[from..]).map(|at| from + at).filter(named);
    let within = |at: usize| Some(at + name.len() + text.get(at + name.len()..tag_end(text, at + 1))?.find(address)?);
    tags.filter_map(within).next()
}

/// Turns the links and images of raw HTML into holes like Markdown's. Only raw ones still stand in markup.
pub fn lift_links(
    body: &mut Body,
    whole: &Place,
    text: &str,
    place: &dyn Fn(Range<usize>) -> Place,
    findings: &mut Vec<Diagnostic>,
) {
    let mut links = std::mem::take(&mut body.links);
    // As far as this the author's text has been found again.
    let mut read = 0;
    let mut missed = 0;
    for list in lists(body) {
        if !list.iter().any(|piece| matches!(piece, Piece::Markup(html) if html.contains("<a") || html.contains("<img") || html.contains("<A") || html.contains("<IMG"))) {
            continue;
        }
        let mut open = Vec::new();
        let mut pieces = Vec::with_capacity(list.len());
        for piece in std::mem::take(list) {
            let Piece::Markup(html) = piece else {
                pieces.push(piece);
                continue;
            };
            let mut from = 0;
            let mut at = 0;
            while let Some(found) = html[at..].find('<').map(|found| at + found) {
                let end = tag_end(&html, found + 1);
                let tag = &html[found..end];
                let lower = tag.get(..5.min(tag.len())).unwrap_or("").to_ascii_lowercase();
                at = found + 1;
                let is = |name: &str| {
                    lower.strip_prefix(name).is_some_and(|rest| rest.starts_with([' ', '\n', '\t', '/', '>']))
                };
                let wanted = if is("<a") {
                    Some(("href", 2))
                } else if is("<img") {
                    Some(("src", 4))
                } else {
                    None
                };
                if lower.starts_with("</a>") {
                    at = end;
                    if open.pop() == Some(true) {
                        push_markup(&mut pieces, &html[from..found]);
                        pieces.push(Piece::LinkEnd);
                        from = end;
                    }
                    continue;
                }
                let Some((key, after)) = wanted else { continue };
                at = end;
                let attributes = parsed_attributes(tag, after);
                let get = |name: &str| attributes.iter().find(|a| a.name == name).map(|a| a.value.clone());
                let Some(address) = get(key) else {
                    if key == "href" {
                        open.push(false);
                    }
                    continue;
                };
                let name = if key == "href" { "<a" } else { "<img" };
                let mut written = None;
                if missed < MISSED {
                    written = in_tag(text, name, &address, read);
                    if written.is_none() {
                        missed += 1;
                        written = in_tag(text, name, &address, 0);
                    }
                }
                let at_place = match written {
                    Some(start) => {
                        read = start;
                        place(start..start + address.len())
                    }
                    None => whole.clone(),
                };
                push_markup(&mut pieces, &html[from..found]);
                from = end;
                let number = links.len() as u32;
                if key == "href" {
                    let to = link::parse(&address, at_place.clone(), findings);
                    links.push(new_link(to, get("title"), None, at_place));
                    pieces.push(Piece::Link(number));
                    open.push(true);
                } else {
                    let to = link::parse_image(&address, at_place.clone(), findings);
                    let alt = get("alt");
                    if alt.is_none() {
                        findings.push(
                            Diagnostic::new(Code::ImageWithoutAlt, "the image says nothing to those who cannot see it")
                                .at(at_place.clone(), "no `alt`"),
                        );
                    }
                    links.push(new_link(to, get("title"), Some(alt.unwrap_or_default()), at_place));
                    pieces.push(Piece::Image(number));
                }
            }
            push_markup(&mut pieces, &html[from..]);
        }
        // A link that nothing closes would swallow the rest of the page.
        for _ in open.into_iter().filter(|lifted| *lifted) {
            pieces.push(Piece::LinkEnd);
        }
        *list = pieces;
    }
    body.links = links;
}

fn new_link(to: LinkTo, title: Option<String>, image: Option<String>, place: Place) -> Link {
    Link { to, title: title.map(Into::into), empty: false, image: image.map(Into::into), place }
}

fn push_markup(pieces: &mut Vec<Piece>, html: &str) {
    if !html.is_empty() {
        pieces.push(Piece::Markup(html.into()));
    }
}
