//! What is missing or stale to a [`Parcel`] for a translator.

use super::parcel::{Entry, Parcel};
use super::pieces::{pieces, shape};
use super::texts::{PageText, Texts, overlay_path};
use super::{Book, Lines};
use crate::playbook::Lang;
use crate::playbook::translation::{Form, State, Unit};
use std::sync::Arc;

/// Those of `units` that are missing or stale in a language, drafts apart, with what stands there already.
pub fn parcel(book: &Book, language: Lang, units: &[&Unit], texts: &mut Texts<'_>, lines: &mut Lines<'_>) -> Parcel {
    let tag = |language: Lang| book.settings.language(language).tag.to_string();
    let mut parcel = Parcel {
        title: book.settings.title.to_string(),
        from: tag(Lang::DEFAULT),
        to: tag(language),
        entries: Vec::new(),
    };
    for unit in units.iter().filter(|unit| !unit.draft) {
        let state = unit.rendition(language).state;
        if !matches!(state, State::Missing | State::Stale) {
            continue;
        }
        match &unit.key {
            Some(key) => {
                let old = unit
                    .rendition(language)
                    .place
                    .as_ref()
                    .and_then(|place| Some(texts.table(&place.path).get(&**key)?.value.to_string()));
                let Some(source) = texts.table(&unit.path).get(&**key).map(|text| text.value.clone()) else { continue };
                parcel.entries.push(Entry {
                    path: unit.path.to_string(),
                    part: key.to_string(),
                    line: lines.at(&unit.place),
                    source: source.to_string(),
                    doubtful: old.is_some(),
                    notes: notes(unit.form, state).map(str::to_string).collect(),
                    target: old,
                });
            }
            None => page(unit, state, &overlay_path(&unit.path, &parcel.to.clone()), texts, &mut parcel.entries),
        }
    }
    parcel
}

fn notes(form: Form, state: State) -> impl Iterator<Item = &'static str> {
    let form = match form {
        Form::Plain => "Plain words, no markup.",
        Form::Line => "One line of Markdown.",
        Form::Prose | Form::Page => "Markdown.",
    };
    let stale = (state == State::Stale).then_some("The source has changed since this was translated.");
    std::iter::once(form).chain(stale)
}

/// A page's title, description and prose, piece by piece.
fn page(unit: &Unit, state: State, overlay: &str, texts: &mut Texts<'_>, entries: &mut Vec<Entry>) {
    let Some(source) = texts.page(&unit.path) else { return };
    let old = texts.page(overlay);
    let whole = texts.file(&unit.path).unwrap_or_default();
    let newlines: Vec<usize> = memchr::memchr_iter(b'\n', whole.as_bytes()).collect();
    let mut entry = |part: &str, at: usize, form: Form, words: &str, target: Option<String>| {
        let mut notes: Vec<String> = notes(form, state).map(str::to_string).collect();
        if state == State::Stale && target.is_none() {
            notes.push(format!("What was translated before stands in {overlay}."));
        }
        entries.push(Entry {
            path: unit.path.to_string(),
            part: part.to_string(),
            line: newlines.partition_point(|newline| *newline < at) + 1,
            source: words.to_string(),
            doubtful: target.is_some() && state == State::Stale,
            target,
            notes,
        });
    };
    let at = |words: &str| whole.find(words).unwrap_or(0);
    if let Some(title) = &source.title {
        entry("title", at(title), Form::Plain, title, old.as_ref().and_then(|old| old.title.clone()));
    }
    if let Some(description) = &source.description {
        let known = old.as_ref().and_then(|old| old.description.clone());
        entry("description", at(description), Form::Plain, description, known);
    }
    let before = before(&source, old.as_ref());
    let start = whole.len() - source.body.len();
    for (number, piece) in pieces(&source.body).into_iter().enumerate() {
        let target = before.get(number).cloned();
        entry("body", start + piece.start, Form::Page, &source.body[piece], target);
    }
}

/// The pieces of a translation, as long as they run equal with those of its source; none else.
fn before(source: &PageText, old: Option<&Arc<PageText>>) -> Vec<String> {
    let Some(old) = old else { return Vec::new() };
    let (ours, theirs) = (pieces(&source.body), pieces(&old.body));
    let equal = ours.len() == theirs.len()
        && ours.iter().zip(&theirs).all(|(a, b)| shape(&source.body[a.clone()]) == shape(&old.body[b.clone()]));
    if !equal {
        return Vec::new();
    }
    theirs.into_iter().map(|piece| old.body[piece].to_string()).collect()
}
