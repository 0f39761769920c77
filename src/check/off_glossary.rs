//! Two words for one thing are taken for two things: a translation uses the glossary's.

use super::Checked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::playbook::prose::{Body, Piece};
use crate::playbook::text::Said;
use crate::playbook::{Document, Id, Lang, Prose, Target, Term, Thing};
use memchr::memmem::Finder;

pub(super) fn off_glossary(context: &Checked<'_>, diagnostics: &mut Diagnostics) {
    let (playbook, settings) = (context.playbook, &context.playbook.settings);
    for language in settings.langs().filter(|language| *language != Lang::DEFAULT) {
        let terms: Vec<Fixed> =
            Id::all(&playbook.terms).filter_map(|(id, term)| Fixed::of(id, term, language)).collect();
        if terms.is_empty() || settings.share_a_language(language, Lang::DEFAULT) {
            continue;
        }
        for (_, document) in playbook.documents() {
            let translation = document.body.translations.iter().find(|said| said.language == language);
            if let Some(translation) = translation {
                compare(document, translation, &terms, diagnostics);
            }
        }
    }
}

fn compare(document: &Document, translation: &Said<Prose>, terms: &[Fixed], diagnostics: &mut Diagnostics) {
    let source = words(&document.body.source.value.body);
    let mut translated: Option<String> = None;
    for term in terms.iter().filter(|term| term.is_used_in(&source)) {
        let translated = translated.get_or_insert_with(|| words(&translation.value.body));
        let named = |target: &Target| matches!(target, Target::Thing(Thing::Term(id), _) if *id == term.id);
        if term.stems.iter().all(|stem| translated.contains(&**stem)) || translation.value.targets.iter().any(named) {
            continue;
        }
        diagnostics.push(
            Diagnostic::new(
                Code::OffGlossary,
                format!("the source speaks of `{}`, this translation never of `{}`", term.source, term.translation),
            )
            .at(translation.place.clone(), "another word than the glossary's")
            .at(term.place.clone(), "the glossary's word")
            .help("use the glossary's word; `fixed = false` at the term lets it go"),
        );
    }
}

/// A term and its translation.
struct Fixed<'a> {
    id: Id<Term>,
    source: &'a str,
    finder: Finder<'static>,
    translation: &'a str,
    /// Its words without the endings that grammar gives them.
    stems: Vec<String>,
    place: crate::source::Place,
}

impl<'a> Fixed<'a> {
    fn of(id: Id<Term>, term: &'a Term, language: Lang) -> Option<Fixed<'a>> {
        let translation = term.term.translations.iter().find(|said| said.language == language && term.fixed)?;
        let lower = term.term.source.value.to_lowercase();
        Some(Fixed {
            id,
            source: &term.term.source.value,
            finder: Finder::new(lower.as_bytes()).into_owned(),
            translation: &translation.value,
            stems: translation.value.to_lowercase().split_whitespace().map(stem).collect(),
            place: translation.place.clone(),
        })
    }

    /// Whether a text uses the term as a whole word, or in the plural that English and its neighbours have.
    fn is_used_in(&self, text: &str) -> bool {
        let length = self.finder.needle().len();
        length > 0
            && self.finder.find_iter(text.as_bytes()).any(|at| {
                let before = text[..at].chars().next_back();
                let after = &text[at + length..];
                let after = after.strip_prefix("es").filter(|rest| !continues(rest)).unwrap_or(after);
                let after = after.strip_prefix('s').filter(|rest| !continues(rest)).unwrap_or(after);
                !before.is_some_and(char::is_alphanumeric) && !continues(after)
            })
    }
}

fn continues(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_alphanumeric)
}

/// A word without its last letters, which change with number, case and gender; a short one keeps more of itself.
fn stem(word: &str) -> String {
    let length = word.chars().count();
    let cut = match length {
        0..=3 => 0,
        4..=5 => 1,
        _ => 2,
    };
    word.chars().take(length - cut).collect()
}

/// All words of a text, without markup and code and in small letters.
fn words(body: &Body) -> String {
    let mut out = String::new();
    let lists = body
        .checklists
        .iter()
        .flat_map(|list| std::iter::once(&list.lead[..]).chain(list.items.iter().map(|item| &*item.pieces)));
    let notes = body.footnotes.iter().map(|note| &*note.pieces);
    for pieces in std::iter::once(&body.pieces[..]).chain(lists).chain(notes) {
        for piece in pieces {
            let Piece::Markup(markup) = piece else { continue };
            let mut rest: &str = markup;
            while let Some(tag) = memchr::memchr(b'<', rest.as_bytes()) {
                out.push_str(&rest[..tag]);
                // No hole stands in code, so its end stands in the same piece.
                rest = match rest[tag..].strip_prefix("<code") {
                    Some(code) => code.split_once("</code>").map_or("", |(_, after)| after),
                    None => memchr::memchr(b'>', &rest.as_bytes()[tag..]).map_or("", |end| &rest[tag + end + 1..]),
                };
            }
            out.push_str(rest);
        }
        out.push('\n');
    }
    out.to_lowercase().replace('\n', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_are_cut_where_a_word_can_spare_them() {
        assert_eq!(["kundresa", "löfte", "steg", "nps", "الرحلة"].map(stem), ["kundre", "löft", "ste", "nps", "الرح"]);
    }
}
