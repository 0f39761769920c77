//! A link's address as it was typed to what it names.

use crate::diagnostic::{Code, Diagnostic};
use crate::playbook::prose::{LinkTo, TypedKind};
use crate::source::Place;
use std::borrow::Cow;

/// Reads the address of a link; an unsafe one is a finding and names nothing.
pub fn parse(written: &str, place: Place, findings: &mut Vec<Diagnostic>) -> LinkTo {
    // Browsers drop tabs, line breaks and control characters before they look for a scheme.
    let is_clean = written.is_ascii() && !written.bytes().any(|byte| byte.is_ascii_control());
    let cleaned: Cow<'_, str> = match is_clean {
        true => written.into(),
        false => written.chars().filter(|c| !c.is_control()).collect(),
    };
    let address = cleaned.trim();
    if let Some((scheme, rest)) = scheme(address) {
        let scheme = scheme.to_ascii_lowercase();
        if matches!(scheme.as_str(), "http" | "https" | "mailto" | "tel") {
            return LinkTo::External(address.into());
        }
        if let Some(kind) = TypedKind::named(&scheme) {
            let (id, anchor) = split_anchor(rest);
            return LinkTo::Typed(kind, decoded(id).trim().into(), anchor.map(Into::into));
        }
        findings.push(
            Diagnostic::new(Code::UnsafeLink, format!("links to `{scheme}:` do not become links"))
                .at(place, "this scheme")
                .did_you_mean(&scheme, TypedKind::ALL.iter().map(|kind| kind.name()))
                .help("http, https, mailto, tel and the playbook's own ids do, such as `promise:reply-within-a-day`"),
        );
        return LinkTo::Nothing;
    }
    if address.starts_with("//") || address.starts_with("/\\") || address.starts_with('\\') {
        findings.push(
            Diagnostic::new(Code::UnsafeLink, "this address leaves the site without saying how")
                .at(place, "no scheme")
                .help("write `https://` before it"),
        );
        return LinkTo::Nothing;
    }
    if let Some(anchor) = address.strip_prefix('#') {
        return LinkTo::Anchor(decoded(anchor).into());
    }
    let (path, anchor) = split_anchor(address);
    let path = path.split('?').next().unwrap_or(path);
    let anchor = anchor.map(|anchor| decoded(anchor).into());
    if path.starts_with('/') {
        LinkTo::Address(decoded(path).into(), anchor)
    } else {
        LinkTo::File(decoded(path).into(), anchor)
    }
}

/// Reads the address of an image: only files of the playbook are shown, since pages send no request elsewhere.
pub fn parse_image(written: &str, place: Place, findings: &mut Vec<Diagnostic>) -> LinkTo {
    match parse(written, place.clone(), findings) {
        LinkTo::External(_) => {
            findings.push(
                Diagnostic::new(Code::DeadAsset, "an image of another site is not shown")
                    .at(place, "not in this playbook")
                    .help("pages send no request elsewhere: copy the image into `content/` and name the file"),
            );
            LinkTo::Nothing
        }
        LinkTo::Typed(..) | LinkTo::Anchor(_) => {
            findings.push(Diagnostic::new(Code::DeadAsset, "this is no image").at(place, "not a file"));
            LinkTo::Nothing
        }
        to => to,
    }
}

fn split_anchor(address: &str) -> (&str, Option<&str>) {
    match address.split_once('#') {
        Some((path, anchor)) if !anchor.is_empty() => (path, Some(anchor)),
        Some((path, _)) => (path, None),
        None => (address, None),
    }
}

/// The scheme and what follows its colon.
pub fn scheme(address: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = address.split_once(':')?;
    let mut bytes = scheme.bytes();
    let good = bytes.next()?.is_ascii_alphabetic()
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'));
    good.then_some((scheme, rest))
}

/// `%20` to a space, where the result is UTF-8.
pub fn decoded(text: &str) -> String {
    if !text.contains('%') {
        return text.to_string();
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = |byte: u8| (byte as char).to_digit(16);
        match (first, after) {
            (b'%', [high, low, tail @ ..]) if hex(*high).is_some() && hex(*low).is_some() => {
                bytes.push((hex(*high).unwrap_or(0) * 16 + hex(*low).unwrap_or(0)) as u8);
                rest = tail;
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_string())
}
