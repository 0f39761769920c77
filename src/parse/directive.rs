//! Lines of colons to directives with their arguments.

use crate::diagnostic::{Code, Diagnostic};
use crate::playbook::Status;
use crate::playbook::prose::{Aside, DirectiveKind, Name};
use crate::source::{Place, Spanned};
use std::ops::Range;
use std::sync::Arc;

/// A text cut at its directive lines; ranges are bytes of the text.
#[derive(Debug, PartialEq)]
pub enum Token {
    /// Markdown.
    Text(Range<usize>),
    /// An opening line: the number of colons, the name, what follows it, the line.
    Open {
        /// How many colons.
        colons: usize,
        /// The name.
        name: Range<usize>,
        /// What follows the name, without the spaces around it.
        arguments: Range<usize>,
        /// The line without its break.
        line: Range<usize>,
    },
    /// A closing line.
    Close {
        /// How many colons.
        colons: usize,
        /// The line without its break.
        line: Range<usize>,
    },
}

const WITH_BODY: [&str; 11] =
    ["aside", "details", "card", "tab", "tabs", "cards", "steps", "figure", "quote", "checklist", "audience"];
const WITHOUT: [&str; 6] = ["journey", "promises", "metric", "strategies", "floor", "coverage"];

/// Whether there is such a directive.
pub fn exists(name: &str) -> bool {
    has_body(name) || WITHOUT.contains(&name)
}

/// Whether it has a closing line.
pub fn has_body(name: &str) -> bool {
    WITH_BODY.contains(&name)
}

/// Every name.
pub fn names() -> impl Iterator<Item = &'static str> {
    WITH_BODY.into_iter().chain(WITHOUT)
}

/// Whether a line of exactly `colons` colons follows.
pub fn closes_later(text: &str, from: usize, colons: usize) -> bool {
    text[from..].lines().any(|line| {
        let line = line.trim();
        line.len() == colons && line.bytes().all(|byte| byte == b':')
    })
}

/// Whether three colons stand together anywhere.
pub fn has_colons(text: &str) -> bool {
    memchr::memmem::find(text.as_bytes(), b":::").is_some()
}

/// Cuts `text` at its directive lines: alone on their line, indented at most three spaces, not in lists, quotes or code.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    if !has_colons(text) {
        tokens.push(Token::Text(0..text.len()));
        return tokens;
    }
    let mut text_start = 0;
    let mut at = 0;
    let mut fence: Option<(u8, usize)> = None;
    // Where an open list's words begin; a blank line before a less indented one ends the list.
    let mut list: Option<usize> = None;
    let mut blank_before = true;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let content = line.trim_end_matches(['\n', '\r']);
        let trimmed = content.trim_start_matches(' ');
        let indent = content.len() - trimmed.len();
        if let Some((byte, length)) = fence {
            let run = trimmed.bytes().take_while(|b| *b == byte).count();
            if run >= length && trimmed[run..].trim().is_empty() {
                fence = None;
            }
            blank_before = false;
            continue;
        }
        if trimmed.trim().is_empty() {
            blank_before = true;
            continue;
        }
        let in_list = list.is_some_and(|words| indent >= words);
        if let Some((byte, length)) = opens_fence(trimmed)
            && (indent < 4 || in_list)
        {
            if !in_list {
                list = None;
            }
            fence = Some((byte, length));
            blank_before = false;
            continue;
        }
        if indent <= 3
            && !in_list
            && let Some(token) = directive_line(content, start, indent)
        {
            if text_start < start {
                tokens.push(Token::Text(text_start..start));
            }
            tokens.push(token);
            text_start = at;
            list = None;
            blank_before = true;
            continue;
        }
        match item_words(trimmed) {
            Some(words) if indent < 4 && !in_list => list = Some(indent + words),
            _ if !in_list && blank_before => list = None,
            _ => {}
        }
        blank_before = false;
    }
    if text_start < text.len() {
        tokens.push(Token::Text(text_start..text.len()));
    }
    tokens
}

fn opens_fence(line: &str) -> Option<(u8, usize)> {
    let byte = *line.as_bytes().first()?;
    if !matches!(byte, b'`' | b'~') {
        return None;
    }
    let run = line.bytes().take_while(|b| *b == byte).count();
    (run >= 3 && !(byte == b'`' && line[run..].contains('`'))).then_some((byte, run))
}

/// How far into its line a list item's words begin.
fn item_words(line: &str) -> Option<usize> {
    let bytes = line.as_bytes();
    if bytes.iter().all(|byte| matches!(byte, b'-' | b'*' | b'_' | b' ')) && bytes.len() > 2 {
        return None;
    }
    let marker = match bytes.first()? {
        b'-' | b'*' | b'+' => 1,
        byte if byte.is_ascii_digit() => {
            let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
            (digits <= 9 && matches!(bytes.get(digits), Some(b'.' | b')'))).then_some(digits + 1)?
        }
        _ => return None,
    };
    let spaces = bytes[marker..].iter().take_while(|byte| **byte == b' ').count();
    match spaces {
        0 if bytes.len() == marker => Some(marker + 1),
        0 => None,
        1..=4 => Some(marker + spaces),
        _ => Some(marker + 1),
    }
}

fn directive_line(content: &str, start: usize, indent: usize) -> Option<Token> {
    let line = &content[indent..];
    let colons = line.bytes().take_while(|byte| *byte == b':').count();
    if colons < 3 {
        return None;
    }
    let rest = &line[colons..];
    let whole = start + indent..start + content.trim_end().len();
    if rest.trim().is_empty() {
        return Some(Token::Close { colons, line: whole });
    }
    let spaces = rest.len() - rest.trim_start().len();
    let named = &rest[spaces..];
    let length = named.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_')).count();
    if length == 0 || !named.as_bytes()[0].is_ascii_alphabetic() {
        return None;
    }
    let name_start = start + indent + colons + spaces;
    let after = &named[length..];
    let arguments_start = name_start + length + (after.len() - after.trim_start().len());
    let arguments = arguments_start..(arguments_start + after.trim().len());
    Some(Token::Open { colons, name: name_start..name_start + length, arguments, line: whole })
}

/// A directive with its arguments read.
pub enum Read {
    /// A checklist.
    Checklist {
        /// `#id`
        id: Option<Name>,
        /// `title`
        title: Option<Box<str>>,
        /// `owner`
        owner: Option<Box<str>>,
    },
    /// It has a body; a figure has an image.
    Container(DirectiveKind, Option<FigureImage>),
    /// It has none.
    Embed(DirectiveKind),
}

/// A figure's image.
pub struct FigureImage {
    /// `src`
    pub src: Spanned<Arc<str>>,
    /// `alt`
    pub alt: Option<Box<str>>,
}

struct Arguments {
    id: Option<Name>,
    values: Vec<(String, Place, Spanned<Arc<str>>)>,
    whole: Place,
}

impl Arguments {
    fn take(&mut self, key: &str) -> Option<Spanned<Arc<str>>> {
        let at = self.values.iter().position(|(name, ..)| name == key)?;
        Some(self.values.remove(at).2)
    }

    fn text(&mut self, key: &str) -> Option<Box<str>> {
        self.take(key).map(|value| Box::from(&*value.value))
    }

    fn name(&mut self, key: &str) -> Option<Name> {
        self.take(key).map(|value| Name::new(value.value.trim().into(), value.place))
    }
}

/// Reads a directive's arguments; what it does not take, or lacks, is a finding.
pub fn read(
    text: &str,
    name: &str,
    arguments: Range<usize>,
    place: &dyn Fn(Range<usize>) -> Place,
    findings: &mut Vec<Diagnostic>,
) -> Read {
    let mut arguments = arguments_of(text, name, arguments, place, findings);
    let mut needs = |arguments: &Arguments, key: &str| {
        findings.push(
            Diagnostic::new(Code::MissingKey, format!("`{name}` needs `{key}`"))
                .at(arguments.whole.clone(), format!("`{key}=\"…\"` is missing")),
        );
    };
    let (read, known): (Read, &[&str]) = match name {
        "aside" => {
            let kind = match arguments.take("kind") {
                None => Aside::Note,
                Some(word) => match Aside::ALL.into_iter().find(|kind| kind.name() == &*word.value) {
                    Some(kind) => kind,
                    None => {
                        findings.push(
                            Diagnostic::new(Code::UnknownName, format!("there is no kind of aside `{}`", word.value))
                                .at(word.place, "unknown kind")
                                .did_you_mean(&word.value, Aside::ALL.into_iter().map(Aside::name))
                                .help("note, tip, warning, promise, risk or script"),
                        );
                        Aside::Note
                    }
                },
            };
            (Read::Container(DirectiveKind::Aside(kind, arguments.text("title")), None), &["kind", "title"])
        }
        "details" => (Read::Container(DirectiveKind::Details(arguments.text("title")), None), &["title"]),
        "card" => (Read::Container(DirectiveKind::Card(arguments.text("title")), None), &["title"]),
        "tab" => (Read::Container(DirectiveKind::Tab(arguments.text("title")), None), &["title"]),
        "tabs" => (Read::Container(DirectiveKind::Tabs, None), &[]),
        "cards" => (Read::Container(DirectiveKind::Cards, None), &[]),
        "steps" => (Read::Container(DirectiveKind::Steps, None), &[]),
        "figure" => {
            let src = arguments.take("src");
            if src.is_none() {
                needs(&arguments, "src");
            }
            let alt = arguments.text("alt");
            let caption = arguments.text("caption");
            let image = src.map(|src| FigureImage { src, alt });
            (Read::Container(DirectiveKind::Figure { src: None, caption }, image), &["src", "alt", "caption"])
        }
        "quote" => {
            let kind = DirectiveKind::Quote { by: arguments.text("by"), source: arguments.text("source") };
            (Read::Container(kind, None), &["by", "source"])
        }
        "checklist" => {
            let read = Read::Checklist {
                id: arguments.id.take(),
                title: arguments.text("title"),
                owner: arguments.text("owner"),
            };
            (read, &["title", "owner"])
        }
        "audience" => {
            let only = arguments.text("only").map(|only| super::id::normalised(&only).into());
            if only.is_none() {
                needs(&arguments, "only");
            }
            (Read::Container(DirectiveKind::Audience(only.unwrap_or_default()), None), &["only"])
        }
        "journey" => {
            let journey = arguments.name("ref");
            if journey.is_none() {
                needs(&arguments, "ref");
            }
            (Read::Embed(DirectiveKind::Journey(journey.unwrap_or_else(|| nothing(&arguments)))), &["ref"])
        }
        "metric" => {
            let metric = arguments.name("ref");
            if metric.is_none() {
                needs(&arguments, "ref");
            }
            (Read::Embed(DirectiveKind::Metric(metric.unwrap_or_else(|| nothing(&arguments)))), &["ref"])
        }
        "promises" => {
            let status = arguments.take("status").and_then(|word| {
                let status = Status::ALL.into_iter().find(|status| status.name() == &*word.value);
                if status.is_none() {
                    findings.push(
                        Diagnostic::new(Code::UnknownName, format!("there is no status `{}`", word.value))
                            .at(word.place, "unknown status")
                            .did_you_mean(&word.value, Status::ALL.into_iter().map(Status::name)),
                    );
                }
                status
            });
            let kind = DirectiveKind::Promises {
                department: arguments.name("department"),
                stage: arguments.name("stage"),
                pillar: arguments.name("pillar"),
                status,
            };
            (Read::Embed(kind), &["department", "stage", "pillar", "status"])
        }
        "strategies" => {
            let kind = DirectiveKind::Strategies { stage: arguments.name("stage"), pillar: arguments.name("pillar") };
            (Read::Embed(kind), &["stage", "pillar"])
        }
        "floor" => (Read::Embed(DirectiveKind::Floor(arguments.name("ref"))), &["ref"]),
        _ => (Read::Embed(DirectiveKind::Coverage), &[]),
    };
    for (key, key_place, _) in arguments.values {
        findings.push(
            Diagnostic::new(Code::UnknownKey, format!("`{name}` takes no `{key}`"))
                .at(key_place, "unknown argument")
                .did_you_mean(&key, known.iter().copied()),
        );
    }
    if let Some(id) = arguments.id {
        findings.push(
            Diagnostic::new(Code::UnknownKey, format!("`{name}` takes no id")).at(id.place, "only checklists have ids"),
        );
    }
    read
}

fn nothing(arguments: &Arguments) -> Name {
    Name::new("".into(), arguments.whole.clone())
}

fn arguments_of(
    text: &str,
    name: &str,
    range: Range<usize>,
    place: &dyn Fn(Range<usize>) -> Place,
    findings: &mut Vec<Diagnostic>,
) -> Arguments {
    let whole_range = if range.is_empty() { range.start - name.len()..range.start } else { range.clone() };
    let mut arguments = Arguments { id: None, values: Vec::new(), whole: place(whole_range) };
    if range.is_empty() {
        return arguments;
    }
    let written = &text[range.clone()];
    let Some(inner) = written.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) else {
        findings.push(
            Diagnostic::new(Code::Syntax, format!("after `{name}` only arguments in braces may follow"))
                .at(place(range), "not in braces")
                .help(format!("write it like `:::{name}{{title=\"…\"}}`, alone on its line")),
        );
        return arguments;
    };
    let base = range.start + 1;
    let mut at = 0;
    while at < inner.len() {
        let rest = &inner[at..];
        let skipped = rest.len() - rest.trim_start().len();
        if skipped > 0 {
            at += skipped;
            continue;
        }
        if let Some(id) = rest.strip_prefix('#') {
            let length = id.find(char::is_whitespace).unwrap_or(id.len());
            let id_place = place(base + at + 1..base + at + 1 + length);
            arguments.id = Some(Name::new(super::id::normalised(&id[..length]).into(), id_place));
            at += 1 + length;
            continue;
        }
        let key_length = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
        let key = &rest[..key_length];
        let key_place = place(base + at..base + at + key_length.max(1));
        let value = rest[key_length..].strip_prefix("=\"").and_then(quoted);
        let Some((value, length)) = value else {
            findings.push(
                Diagnostic::new(Code::Syntax, format!("`{key}` has no value in double quotes"))
                    .at(key_place, "no value")
                    .help("write it like `title=\"Before launch\"`"),
            );
            at += rest.find(char::is_whitespace).unwrap_or(rest.len());
            continue;
        };
        let value_start = base + at + key_length + 2;
        let value_place = place(value_start..value_start + length);
        if arguments.values.iter().any(|(known, ..)| known == key) {
            findings.push(Diagnostic::new(Code::Syntax, format!("`{key}` is given twice")).at(key_place, "again here"));
        } else {
            arguments.values.push((key.to_string(), key_place, Spanned::new(value.into(), value_place)));
        }
        at += key_length + 2 + length + 1;
    }
    arguments
}

/// The text up to the closing quote, `\"` being a quote, and its length as written.
fn quoted(text: &str) -> Option<(String, usize)> {
    let mut value = String::new();
    let mut characters = text.char_indices();
    while let Some((at, character)) = characters.next() {
        match character {
            '"' => return Some((value, at)),
            '\\' => match characters.next()?.1 {
                quote @ ('"' | '\\') => value.push(quote),
                other => value.extend(['\\', other]),
            },
            other => value.push(other),
        }
    }
    None
}

/// The `{#id}` that ends a checklist item's first line; ranges are bytes of the line.
pub struct ItemId {
    /// The braces and what is in them.
    pub span: Range<usize>,
    /// The id.
    pub id: Range<usize>,
    /// `renamed_from`
    pub renamed_from: Option<String>,
    /// The name of something else that was given.
    pub unknown: Option<Range<usize>>,
}

/// Finds the `{#id}` at the end of an item's first line.
pub fn item_id(line: &str) -> Option<ItemId> {
    let trimmed = line.trim_end();
    let inner_end = trimmed.strip_suffix('}')?.len();
    let start = trimmed[..inner_end].rfind("{#")?;
    let inner = &trimmed[start + 2..inner_end];
    let length = inner.find(char::is_whitespace).unwrap_or(inner.len());
    let id = &inner[..length];
    if id.is_empty() || id.contains(['{', '}', '"', '`', '*']) {
        return None;
    }
    let rest = inner[length..].trim();
    let mut unknown = None;
    let renamed_from = match rest {
        "" => None,
        rest => {
            let (key, value) = rest.split_once("=\"")?;
            let (value, written) = quoted(value)?;
            let is_key = key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-'));
            if !is_key || rest.len() != key.len() + 2 + written + 1 {
                return None;
            }
            if key == "renamed_from" {
                Some(value)
            } else {
                let at = start + 2 + length + (inner.len() - length - inner[length..].trim_start().len());
                unknown = Some(at..at + key.len());
                None
            }
        }
    };
    // Inside of code it is code: an odd number of backticks before it opens some that is not closed on this line.
    if trimmed[..start].matches('`').count() % 2 == 1 {
        return None;
    }
    Some(ItemId { span: start..trimmed.len(), id: start + 2..start + 2 + length, renamed_from, unknown })
}
