//! Texts for translators as XLIFF 1.2, the version that every tool reads, and an XLIFF file to texts.

use super::parcel::{Answer, Parcel, Returned};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Place, Spanned};
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

/// The file's text.
pub fn write(parcel: &Parcel) -> String {
    let mut text = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xliff version=\"1.2\" xmlns=\"urn:oasis:names:tc:xliff:document:1.2\">\n",
    );
    let mut at = 0;
    while at < parcel.entries.len() {
        let path = &parcel.entries[at].path;
        let length = parcel.entries[at..].iter().take_while(|entry| entry.path == *path).count();
        let _ = writeln!(
            text,
            "<file original=\"{}\" source-language=\"{}\" target-language=\"{}\" datatype=\"plaintext\">\n<body>",
            escaped(path),
            escaped(&parcel.from),
            escaped(&parcel.to)
        );
        for (number, entry) in parcel.entries[at..at + length].iter().enumerate() {
            // Ids are unique in a file, and the pieces of a page are many.
            let part = escaped(&entry.part);
            let id = if entry.part == "body" { format!("body-{}", number + 1) } else { part.clone() };
            let _ = writeln!(text, "<trans-unit id=\"{id}\" resname=\"{part}\" xml:space=\"preserve\">");
            let _ = writeln!(text, "<source>{}</source>", escaped(&entry.source));
            if let Some(target) = &entry.target {
                let state = if entry.doubtful { "needs-review-translation" } else { "translated" };
                let _ = writeln!(text, "<target state=\"{state}\">{}</target>", escaped(target));
            }
            for note in &entry.notes {
                let _ = writeln!(text, "<note>{}</note>", escaped(note));
            }
            text.push_str("</trans-unit>\n");
        }
        text.push_str("</body>\n</file>\n");
        at += length;
    }
    text.push_str("</xliff>\n");
    text
}

/// Also without what XML cannot have.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\r' => out.push_str("&#13;"),
            '\n' | '\t' => out.push(c),
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// A unit while it is read.
#[derive(Default)]
struct Open {
    part: String,
    source: String,
    target: Option<String>,
    /// Where the target stands.
    place: Range<usize>,
    /// Whether somebody has still to look at it.
    doubtful: bool,
}

/// Reads an XLIFF file. Entities that a document declares are not followed.
pub fn read(path: &Arc<str>, text: &str, findings: &mut Vec<Diagnostic>) -> Returned {
    let mut returned = Returned::default();
    let mut reader = Reader::from_str(text);
    let mut original = String::new();
    let mut open: Option<Open> = None;
    // What the words that come now belong to, and how deep within it we are.
    let mut within: Option<(bool, usize)> = None;
    let mut is_xliff = false;
    let mut elements = 0usize;
    loop {
        let before = position(&reader);
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(error) => {
                let at = usize::try_from(reader.error_position()).unwrap_or(before).min(text.len());
                findings.push(broken(path, text, at, &format!("this is not XML: {error}")));
                return returned;
            }
        };
        let after = position(&reader);
        match event {
            Event::Start(ref tag) | Event::Empty(ref tag) => {
                let is_empty = matches!(event, Event::Empty(_));
                elements += usize::from(!is_empty);
                if let Some((_, depth)) = &mut within {
                    *depth += usize::from(!is_empty);
                    continue;
                }
                match tag.local_name().as_ref() {
                    b"xliff" => {
                        is_xliff = true;
                        let version = attribute(tag, b"version").unwrap_or_default();
                        if version != "1.2" {
                            findings.push(
                                broken(path, text, before, &format!("this is XLIFF {version}, not 1.2"))
                                    .help("save it as XLIFF 1.2, as it was exported"),
                            );
                            return returned;
                        }
                    }
                    b"file" => {
                        original = attribute(tag, b"original").unwrap_or_default();
                        if let Some(language) = attribute(tag, b"target-language") {
                            let place = Place::new(path, before..after);
                            returned.language.get_or_insert(Spanned::new(language, place));
                        }
                    }
                    b"trans-unit" => {
                        let id = attribute(tag, b"id").unwrap_or_default();
                        let name = attribute(tag, b"resname").unwrap_or_default();
                        // Some tools take what they do not know away.
                        let part = if !name.is_empty() {
                            name
                        } else if id.starts_with("body-") {
                            "body".to_string()
                        } else {
                            id
                        };
                        open = Some(Open { part, ..Open::default() });
                    }
                    b"source" if open.is_some() && !is_empty => within = Some((false, 0)),
                    b"target" if !is_empty => {
                        if let Some(open) = &mut open {
                            let state = attribute(tag, b"state").unwrap_or_default();
                            open.doubtful = state == "new" || state.starts_with("needs-");
                            open.target = Some(String::new());
                            open.place = after..after;
                            within = Some((true, 0));
                        }
                    }
                    // What a tool proposes is not what somebody has translated.
                    b"alt-trans" if !is_empty => {
                        elements -= 1;
                        if let Err(error) = reader.read_to_end(tag.to_end().name().to_owned()) {
                            findings.push(broken(path, text, before, &format!("this is not XML: {error}")));
                            return returned;
                        }
                    }
                    _ => {}
                }
            }
            Event::End(tag) => {
                elements = elements.saturating_sub(1);
                match &mut within {
                    Some((is_target, 0)) => {
                        if let (true, Some(open)) = (*is_target, &mut open) {
                            open.place.end = before;
                        }
                        within = None;
                    }
                    Some((_, depth)) => *depth -= 1,
                    None if tag.local_name().as_ref() == b"trans-unit" => {
                        if let Some(open) = open.take() {
                            close(path, &original, open, &mut returned);
                        }
                    }
                    None => {}
                }
            }
            Event::Text(words) => {
                let words = words.decode().map(|words| words.into_owned()).unwrap_or_default();
                say(&words, within, &mut open);
            }
            Event::CData(words) => say(&String::from_utf8_lossy(&words), within, &mut open),
            Event::GeneralRef(entity) => {
                let name = String::from_utf8_lossy(&entity).into_owned();
                let letter = match name.as_str() {
                    "lt" => Some('<'),
                    "gt" => Some('>'),
                    "amp" => Some('&'),
                    "quot" => Some('"'),
                    "apos" => Some('\''),
                    _ => entity.resolve_char_ref().ok().flatten(),
                };
                match letter {
                    Some(letter) => say(letter.encode_utf8(&mut [0; 4]), within, &mut open),
                    None => {
                        findings.push(broken(path, text, before, &format!("`&{name};` is no entity of XML")));
                        return returned;
                    }
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    if !is_xliff {
        findings.push(broken(path, text, 0, "this is no XLIFF file"));
    } else if elements > 0 {
        findings.push(broken(path, text, text.len(), "this is not XML: it ends too early"));
    }
    returned
}

fn position(reader: &Reader<&[u8]>) -> usize {
    usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX)
}

fn say(words: &str, within: Option<(bool, usize)>, open: &mut Option<Open>) {
    match (within, open) {
        (Some((false, _)), Some(open)) => open.source.push_str(words),
        (Some((true, _)), Some(open)) => open.target.get_or_insert_default().push_str(words),
        _ => {}
    }
}

fn close(path: &Arc<str>, original: &str, open: Open, returned: &mut Returned) {
    let Open { part, source, target, place, doubtful } = open;
    if let Some(target) = target.filter(|target| !target.trim().is_empty() && !doubtful) {
        let context = format!("{original}#{part}");
        returned.entries.push(Answer { context, source, target, place: Place::new(path, place) });
    }
}

fn attribute(tag: &BytesStart<'_>, name: &[u8]) -> Option<String> {
    let attribute = tag.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    Some(attribute.normalized_value(XmlVersion::Implicit1_0).ok()?.into_owned())
}

/// A finding at the line of a byte.
fn broken(path: &Arc<str>, text: &str, at: usize, message: &str) -> Diagnostic {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let start = text[..at].trim_end().rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[at..].find('\n').map_or(text.len(), |newline| at + newline);
    Diagnostic::new(Code::Syntax, message).at(Place::new(path, start..end.max(start + 1)), "here")
}
