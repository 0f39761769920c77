//! The examples of the CommonMark specification, on our road for Markdown.
//!
//! Raw HTML is trusted here, since what the sanitiser takes out has its own cases; smart quotes, safe links and the rest of
//! what the format adds stay on. Where that changes what the specification says, the example is listed with its reason. An
//! example that differs without being listed fails, and so does one that is listed and agrees.

use super::html::{Token, tokens};
use std::fmt::Write as _;
use std::path::Path;
use std::sync::Arc;
use trustbook::parse::markdown::{self, Rules};
use trustbook::playbook::Body;
use trustbook::playbook::prose::{LinkTo, Piece};

/// Quotes, dashes and dots become what a typesetter would have set.
const SMART_PUNCTUATION: &[u32] = &[
    14, 46, 55, 87, 91, 106, 197, 209, 210, 343, 352, 359, 363, 380, 385, 395, 508, 590, 619, 620, 622, 624, 626, 632,
    650,
];
/// Links to other schemes than the format's become no links.
const UNSAFE_SCHEME: &[u32] = &[596, 598, 599, 601];
/// A link or an image in raw HTML is checked and made relative like Markdown's: it is closed where its author forgot to, an
/// image has words, an entity in its address becomes its character, control characters leave it, and one that begins with a
/// backslash is unsafe.
const RAW_LINK: &[u32] = &[21, 31, 187, 344, 475, 476, 477, 630, 631, 642, 643];

const LISTS: [(&str, &[u32]); 3] =
    [("SMART_PUNCTUATION", SMART_PUNCTUATION), ("UNSAFE_SCHEME", UNSAFE_SCHEME), ("RAW_LINK", RAW_LINK)];

#[test]
fn the_specification_holds_but_for_what_is_listed() {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/commonmark/spec-0.31.2.json");
    let text = std::fs::read_to_string(file).expect("the specification stands in tests/commonmark");
    let examples: Vec<serde_json::Value> = serde_json::from_str(&text).expect("it is JSON");
    assert_eq!(examples.len(), 652);
    let mut wrong = String::new();
    for example in &examples {
        let number = example["example"].as_u64().expect("examples have numbers") as u32;
        let field = |name: &str| example[name].as_str().expect("examples have texts");
        let ours = drawn(field("markdown"));
        let (meant, got) = (normalised(field("html")), normalised(&ours));
        let listed = LISTS.iter().find(|(_, numbers)| numbers.contains(&number));
        match listed {
            None if meant != got => {
                let (markdown, section) = (field("markdown"), field("section"));
                let html = field("html");
                let _ = writeln!(wrong, "\n{number} ({section}) differs\n{markdown}---- meant\n{html}---- got\n{ours}");
            }
            Some((list, _)) if meant == got => {
                let _ = writeln!(wrong, "\n{number} is listed in {list}, but agrees");
            }
            _ => {}
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn no_example_is_listed_twice() {
    let mut all: Vec<u32> = LISTS.iter().flat_map(|(_, numbers)| numbers.iter().copied()).collect();
    all.sort_unstable();
    let mut once = all.clone();
    once.dedup();
    assert_eq!(all, once);
}

/// A text as HTML, its links drawn as they were written.
fn drawn(text: &str) -> String {
    let rules = Rules { trusted: true, customer_prose: false, several_languages: false };
    let body = markdown::file(text, 0, &Arc::from("content/a.md"), false, &rules, "en", &mut Vec::new()).body;
    let mut html = String::new();
    let mut links = Vec::new();
    for piece in &body.pieces {
        draw(&body, piece, &mut links, &mut html);
    }
    html
}

fn draw(body: &Body, piece: &Piece, links: &mut Vec<bool>, html: &mut String) {
    let _ = match piece {
        Piece::Markup(markup) => write!(html, "{markup}"),
        Piece::Link(number) => {
            let link = &body.links[*number as usize];
            let to = address(&link.to);
            links.push(to.is_some());
            match to {
                Some(to) => write!(html, "<a href=\"{}\"{}>", escaped(&to), title(link.title.as_deref())),
                None => Ok(()),
            }
        }
        Piece::LinkEnd => write!(html, "{}", if links.pop() == Some(true) { "</a>" } else { "" }),
        Piece::Image(number) => {
            let link = &body.links[*number as usize];
            let (alt, title) = (escaped(link.image.as_deref().unwrap_or_default()), title(link.title.as_deref()));
            match address(&link.to) {
                Some(to) => write!(html, "<img src=\"{}\" alt=\"{alt}\"{title}>", escaped(&to)),
                None => write!(html, "{alt}"),
            }
        }
        Piece::Heading(number) => write!(html, "<h{}>", body.headings[*number as usize].level),
        Piece::HeadingEnd(number) => writeln!(html, "</h{}>", body.headings[*number as usize].level),
        piece => write!(html, "[{piece:?}]"),
    };
}

fn title(title: Option<&str>) -> String {
    title.map(|title| format!(" title=\"{}\"", escaped(title))).unwrap_or_default()
}

fn address(to: &LinkTo) -> Option<String> {
    let with = |path: &str, anchor: &Option<Box<str>>| match anchor {
        Some(anchor) => format!("{path}#{anchor}"),
        None => path.to_string(),
    };
    match to {
        LinkTo::External(address) => Some(address.to_string()),
        LinkTo::Anchor(anchor) => Some(format!("#{anchor}")),
        LinkTo::File(path, anchor) | LinkTo::Address(path, anchor) => Some(with(path, anchor)),
        LinkTo::Typed(kind, id, anchor) => Some(with(&format!("{}:{id}", kind.name()), anchor)),
        LinkTo::Nothing => None,
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
}

const BLOCKS: [&str; 20] = [
    "address",
    "blockquote",
    "dd",
    "div",
    "dl",
    "dt",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "table",
    "td",
    "ul",
];

/// What a reader can tell apart: white space beside blocks, the order of attributes, how an address is encoded, what
/// keyboards and colours need around code, and the shape of tags without content do not count.
fn normalised(html: &str) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut in_pre = false;
    let mut after_block = true;
    for token in tokens(html) {
        match token {
            Token::Tag(name, mut attributes) => {
                let bare = name.trim_start_matches('/');
                if in_pre && bare == "span" {
                    continue;
                }
                if bare == "pre" {
                    in_pre = !name.starts_with('/');
                    attributes.retain(|(key, _)| key != "tabindex");
                }
                for (key, value) in &mut attributes {
                    if matches!(key.as_str(), "href" | "src") {
                        *value = decoded(value);
                    }
                }
                attributes.sort();
                after_block = bare == "br" || BLOCKS.contains(&bare);
                if after_block && !in_pre {
                    trim_end(&mut out);
                }
                out.push(Token::Tag(name, attributes));
            }
            Token::Text(text) if in_pre => {
                after_block = false;
                match out.last_mut() {
                    Some(Token::Text(before)) => before.push_str(&text),
                    _ => out.push(Token::Text(text)),
                }
            }
            Token::Text(text) => {
                let mut words = String::new();
                for c in text.chars() {
                    match c {
                        c if c.is_ascii_whitespace() && (words.ends_with(' ') || words.is_empty() && after_block) => {}
                        c if c.is_ascii_whitespace() => words.push(' '),
                        c => words.push(c),
                    }
                }
                after_block &= words.is_empty();
                match out.last_mut() {
                    Some(Token::Text(before)) => before.push_str(&words),
                    _ if words.is_empty() => {}
                    _ => out.push(Token::Text(words)),
                }
            }
            other => {
                after_block = false;
                out.push(other);
            }
        }
    }
    trim_end(&mut out);
    out
}

fn trim_end(out: &mut Vec<Token>) {
    if let Some(Token::Text(text)) = out.last_mut() {
        text.truncate(text.trim_end_matches([' ', '\n']).len());
        if text.is_empty() {
            out.pop();
        }
    }
}

fn decoded(address: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = address.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = after
            .get(..2)
            .and_then(|two| std::str::from_utf8(two).ok())
            .and_then(|two| u8::from_str_radix(two, 16).ok());
        match hex {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = &after[2..];
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
