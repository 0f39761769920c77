//! A text in the languages that it was written in.

use super::settings::{Lang, Settings};
use crate::source::Place;

/// A text of the author's: the source's words and their translations. Which one a reader gets follows the fallback chain of
/// the page's language, text by text.
#[derive(Debug, Clone, PartialEq)]
pub struct Text<T> {
    /// The source's words, in its language.
    pub source: Said<T>,
    /// The overlays' words.
    pub translations: Vec<Said<T>>,
}

/// Words, their language and their place.
#[derive(Debug, Clone, PartialEq)]
pub struct Said<T> {
    /// The language that they are really in.
    pub language: Lang,
    /// The words.
    pub value: T,
    /// Where they stand.
    pub place: Place,
    /// Whether they are a translation that is older than its source.
    pub stale: bool,
}

impl<T> Text<T> {
    /// A text without translations.
    pub fn new(value: T, language: Lang, place: Place) -> Text<T> {
        Text { source: Said { language, value, place, stale: false }, translations: Vec::new() }
    }

    /// The words for a reader of `language`: its own, or the first of its fallback chain, or the source's.
    pub fn said(&self, language: Lang, settings: &Settings) -> &Said<T> {
        if self.translations.is_empty() || self.source.language == language {
            return &self.source;
        }
        settings.chain(language).iter().find_map(|wanted| self.in_language(*wanted)).unwrap_or(&self.source)
    }

    /// As [`said`](Text::said), the words alone.
    pub fn get(&self, language: Lang, settings: &Settings) -> &T {
        &self.said(language, settings).value
    }

    /// The words in exactly this language, if there are any.
    pub fn in_language(&self, language: Lang) -> Option<&Said<T>> {
        std::iter::once(&self.source).chain(&self.translations).find(|said| said.language == language)
    }

    /// Source and translations.
    pub fn all(&self) -> impl Iterator<Item = &Said<T>> {
        std::iter::once(&self.source).chain(&self.translations)
    }

    /// The same text with its words changed into something else.
    pub fn map<U>(self, mut change: impl FnMut(T, Lang, &Place) -> U) -> Text<U> {
        let mut said = |said: Said<T>| Said {
            value: change(said.value, said.language, &said.place),
            language: said.language,
            place: said.place,
            stale: said.stale,
        };
        Text { source: said(self.source), translations: self.translations.into_iter().map(said).collect() }
    }
}
