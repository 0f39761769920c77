//! Texts for translators as a PO file, and a PO file to texts. Read by hand, not by a crate: a finding points at the line of a
//! text, and no reader of PO keeps it.

use super::parcel::{Answer, Parcel, Returned};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Place, Spanned};
use std::fmt::Write as _;
use std::ops::Range;
use std::sync::Arc;

/// The file's text.
pub fn write(parcel: &Parcel) -> String {
    let mut text = String::from("msgid \"\"\nmsgstr \"\"\n");
    let head = [
        ("Project-Id-Version", parcel.title.as_str()),
        ("Language", &parcel.to),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=UTF-8"),
        ("Content-Transfer-Encoding", "8bit"),
        ("X-Source-Language", &parcel.from),
        ("X-Generator", "trustbook"),
    ];
    for (name, value) in head {
        let _ = writeln!(text, "{}", quoted(&format!("{name}: {value}\n")));
    }
    let mut known = rustc_hash::FxHashSet::default();
    for entry in &parcel.entries {
        // Words that stand twice on a page are one text to PO.
        if !known.insert((entry.context(), &entry.source)) {
            continue;
        }
        text.push('\n');
        for note in &entry.notes {
            let _ = writeln!(text, "#. {}", note.replace('\n', " "));
        }
        let _ = writeln!(text, "#: {}:{}", entry.path, entry.line);
        if entry.doubtful && entry.target.is_some() {
            text.push_str("#, fuzzy\n");
        }
        let _ = writeln!(text, "msgctxt {}", quoted(&entry.context()));
        let _ = writeln!(text, "msgid {}", lines(&entry.source));
        let _ = writeln!(text, "msgstr {}", lines(entry.target.as_deref().unwrap_or("")));
    }
    text
}

/// A text in quotes; one of several lines begins with an empty one, as is the custom.
fn lines(text: &str) -> String {
    if !text.trim_end_matches('\n').contains('\n') {
        return quoted(text);
    }
    let lines: Vec<String> = text.split_inclusive('\n').map(quoted).collect();
    format!("\"\"\n{}", lines.join("\n"))
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// An entry while it is read.
#[derive(Default)]
struct Open {
    context: Option<String>,
    source: Option<String>,
    target: Option<String>,
    fuzzy: bool,
    /// Where the target stands.
    place: Range<usize>,
    field: Option<Field>,
}

#[derive(Clone, Copy, PartialEq)]
enum Field {
    Context,
    Source,
    Target,
}

/// Reads a PO file.
pub fn read(path: &Arc<str>, text: &str, findings: &mut Vec<Diagnostic>) -> Returned {
    let mut returned = Returned::default();
    let mut open = Open::default();
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let span = start..start + line.trim_end().len();
        let content = line.trim();
        if content.starts_with('#') {
            if open.target.is_some() {
                close(path, std::mem::take(&mut open), &mut returned);
            }
            open.fuzzy |= content.starts_with("#,") && content.split([',', ' ']).any(|flag| flag == "fuzzy");
            continue;
        }
        if content.is_empty() {
            if open.target.is_some() {
                close(path, std::mem::take(&mut open), &mut returned);
            }
            continue;
        }
        let (word, rest) = match content.find('"') {
            Some(0) => ("", content),
            Some(quote) => (content[..quote].trim_end(), &content[quote..]),
            None => (content, ""),
        };
        let field = match word {
            "" => open.field,
            "msgctxt" => Some(Field::Context),
            "msgid" => Some(Field::Source),
            "msgstr" => Some(Field::Target),
            _ => None,
        };
        if matches!(word, "msgctxt" | "msgid") && open.target.is_some() {
            close(path, std::mem::take(&mut open), &mut returned);
        }
        let (Some(field), Some(words)) = (field, unquoted(rest)) else {
            findings.push(
                Diagnostic::new(Code::Syntax, "this is no line of a PO file")
                    .at(Place::new(path, span), "not read")
                    .help("a line is `msgctxt`, `msgid` or `msgstr` with words in double quotes, words alone, or begins with `#`"),
            );
            continue;
        };
        open.field = Some(field);
        let slot = match field {
            Field::Context => &mut open.context,
            Field::Source => &mut open.source,
            Field::Target => &mut open.target,
        };
        slot.get_or_insert_default().push_str(&words);
        if field == Field::Target {
            open.place = if open.place.is_empty() || open.place.start == start {
                span.clone()
            } else {
                open.place.start..span.end
            };
        }
    }
    close(path, open, &mut returned);
    returned
}

fn close(path: &Arc<str>, open: Open, returned: &mut Returned) {
    let Open { context, source, target, fuzzy, place, .. } = open;
    let (Some(source), Some(target)) = (source, target) else { return };
    let place = Place::new(path, place);
    let Some(context) = context else {
        if source.is_empty() {
            let language = target.lines().find_map(|line| line.strip_prefix("Language:"));
            returned.language = language.map(|tag| Spanned::new(tag.trim().to_string(), place));
        }
        return;
    };
    if !target.trim().is_empty() && !fuzzy {
        returned.entries.push(Answer { context, source, target, place });
    }
}

/// The words in quotes; `None` where they are not closed or something follows them.
fn unquoted(text: &str) -> Option<String> {
    let inner = text.strip_prefix('"')?;
    let mut out = String::new();
    let mut letters = inner.chars();
    loop {
        match letters.next()? {
            '"' => break,
            '\\' => out.push(match letters.next()? {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                other => other,
            }),
            c => out.push(c),
        }
    }
    letters.as_str().trim().is_empty().then_some(out)
}
