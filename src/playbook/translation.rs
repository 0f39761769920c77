//! What there is to translate, and how far that is: a [`Unit`] is a page, or one text of a TOML file.

use super::{Lang, MadeIn, Playbook, Prose, Text, Thing};
use crate::source::Place;
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_64;

/// Words, counted and told apart from others. White space says nothing: a paragraph may be wrapped anew.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Wording {
    /// Another number for other words; 0 where there are none.
    pub version: u64,
    /// How many words there are that hold a letter or a digit.
    pub words: u32,
    /// Whether there is a letter among them: `79 %` is the same in every language.
    pub speaks: bool,
}

impl Wording {
    /// The wording of some texts, one after the other.
    pub fn of(texts: &[&str]) -> Wording {
        // Every page of a playbook in several languages passes here: its words are gathered, and hashed at one go.
        let mut gathered: Vec<u8> = Vec::with_capacity(texts.iter().map(|text| text.len() + 2).sum());
        let (mut words, mut speaks, mut written) = (0, false, false);
        for text in texts {
            let mut rest = *text;
            while let Some((word, found, after)) = next_word(rest) {
                gathered.extend_from_slice(word.as_bytes());
                gathered.push(b' ');
                words += u32::from(found & ALPHANUMERIC != 0);
                speaks |= found & ALPHABETIC != 0;
                written = true;
                rest = after;
            }
            gathered.push(0);
        }
        let version = if written { xxh3_64(&gathered).max(1) } else { 0 };
        Wording { version, words, speaks }
    }
}

/// What a byte of a text may be.
const SPACE: u8 = 1;
const ALPHANUMERIC: u8 = 2;
const ALPHABETIC: u8 = 4;
/// A part of a letter that only Unicode's tables know.
const UNKNOWN: u8 = 8;

const KINDS: [u8; 256] = {
    let mut kinds = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        kinds[byte] = match byte as u8 {
            b'\t'..=b'\r' | b' ' => SPACE,
            b'0'..=b'9' => ALPHANUMERIC,
            b'a'..=b'z' | b'A'..=b'Z' => ALPHANUMERIC | ALPHABETIC,
            0x80.. => UNKNOWN,
            _ => 0,
        };
        byte += 1;
    }
    kinds
};

/// The first word of a text as `split_whitespace` has it, what was found in it, and the text after it.
fn next_word(text: &str) -> Option<(&str, u8, &str)> {
    let bytes = text.as_bytes();
    let (mut start, mut at, mut found) = (None, 0, 0);
    while let Some(byte) = bytes.get(at) {
        let (kind, length) = match KINDS[usize::from(*byte)] {
            UNKNOWN => kind_of(text[at..].chars().next()?),
            kind => (kind, 1),
        };
        match (kind, start) {
            (SPACE, Some(start)) => return Some((&text[start..at], found, &text[at..])),
            (SPACE, None) => {}
            _ => {
                start.get_or_insert(at);
                found |= kind;
            }
        }
        at += length;
    }
    start.map(|start| (&text[start..], found, ""))
}

fn kind_of(letter: char) -> (u8, usize) {
    let kind = match letter {
        letter if letter.is_whitespace() => SPACE,
        letter if letter.is_alphabetic() => ALPHANUMERIC | ALPHABETIC,
        letter if letter.is_alphanumeric() => ALPHANUMERIC,
        _ => 0,
    };
    (kind, letter.len_utf8())
}

/// How far a unit is translated into a language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Made from today's source.
    Current,
    /// Made from an older one.
    Stale,
    /// Nobody has said from which source.
    Unaccepted,
    /// Not there, or not all of it.
    Missing,
}

impl State {
    /// All of them, the best first.
    pub const ALL: [State; 4] = [State::Current, State::Stale, State::Unaccepted, State::Missing];

    /// The word that the command line says.
    pub fn name(self) -> &'static str {
        match self {
            State::Current => "current",
            State::Stale => "stale",
            State::Unaccepted => "unaccepted",
            State::Missing => "missing",
        }
    }
}

/// What kind of words a unit has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// A Markdown file: title, description and prose.
    Page,
    /// Words without markup.
    Plain,
    /// One line of inline Markdown.
    Line,
    /// Markdown of any length.
    Prose,
}

/// A page, or one text of a TOML file.
#[derive(Debug, Clone)]
pub struct Unit {
    /// The file, for example `content/promises.toml`.
    pub path: Arc<str>,
    /// Of a text its key as TOML writes it, for example `reply.text`; `None` of a page.
    pub key: Option<Box<str>>,
    /// What kind of words it has.
    pub form: Form,
    /// Where they stand.
    pub place: Place,
    /// Its words.
    pub wording: Wording,
    /// Whether it is a page that is a draft.
    pub draft: bool,
    /// How far it is translated, by language, the default one left out.
    pub renditions: Vec<Rendition>,
}

/// A unit in another language.
#[derive(Debug, Clone)]
pub struct Rendition {
    /// How far it is.
    pub state: State,
    /// Where it stands; `None` where there is nothing yet.
    pub place: Option<Place>,
    /// What a page lacks, though its file is there: `title`, `description`, `prose`.
    pub lacks: Vec<&'static str>,
}

impl Unit {
    /// Its name: the file's path, and after `#` the text's key.
    pub fn name(&self) -> String {
        name(&self.path, self.key.as_deref())
    }

    /// The unit in a language that is not the default one.
    pub fn rendition(&self, language: Lang) -> &Rendition {
        &self.renditions[language.index() - 1]
    }

    /// The word under which it is counted: its folder or register.
    pub fn kind(&self) -> &str {
        let inner = self.path.strip_prefix("content/").unwrap_or(&self.path);
        match inner.split_once('/') {
            Some((folder, _)) if folder == "guides" || super::Kind::of_folder(folder).is_some() => folder,
            Some(_) => "pages",
            None => inner.strip_suffix(".toml").unwrap_or("pages"),
        }
    }
}

/// `content/promises.toml#reply.text`
pub fn name(path: &str, key: Option<&str>) -> String {
    match key {
        Some(key) => format!("{path}#{key}"),
        None => path.to_string(),
    }
}

/// A translation of something that its source does not have.
#[derive(Debug, Clone)]
pub struct Orphan {
    /// Its language.
    pub language: Lang,
    /// Where it stands.
    pub place: Place,
    /// The unit that it would translate.
    pub name: String,
    /// The unit that it most likely belongs to, because that was renamed.
    pub renamed: Option<String>,
}

/// Everything that there is to translate. Empty in a playbook of one language.
#[derive(Debug, Clone, Default)]
pub struct Translations {
    /// Pages and texts, in the order of their files.
    pub units: Vec<Unit>,
    /// Translations of nothing, by language, then place.
    pub orphans: Vec<Orphan>,
}

impl Playbook {
    /// Whether a reader of `language` gets a text on a thing's own page that is older than its source. What other things add to
    /// the page is told on theirs.
    pub fn is_outdated(&self, thing: Thing, language: Lang) -> bool {
        fn is_stale<T>(text: &Text<T>, language: Lang, playbook: &Playbook) -> bool {
            text.said(language, &playbook.settings).stale
        }
        if language == Lang::DEFAULT {
            return false;
        }
        if let Some(document) = self.document(thing) {
            let says = match thing {
                Thing::Persona(id) => self[id].lists().into_iter().flatten().any(|text| is_stale(text, language, self)),
                _ => false,
            };
            return says || is_stale(&document.title, language, self) || is_stale(&document.body, language, self);
        }
        let mut outdated = false;
        self.each_text(thing, &mut |text| {
            outdated |= match text {
                AnyText::Words(text) => is_stale(text, language, self),
                AnyText::Prose(text) => is_stale(text, language, self),
            };
        });
        outdated
    }

    /// The texts that stand in the tables of a journey, stage, promise or department.
    fn each_text(&self, thing: Thing, visit: &mut dyn FnMut(AnyText<'_>)) {
        let stage = |stage: &super::Stage, visit: &mut dyn FnMut(AnyText<'_>)| {
            visit(AnyText::Words(&stage.title));
            stage.goal.iter().chain(&stage.summary).for_each(|text| visit(AnyText::Prose(text)));
            for touchpoint in &stage.touchpoints {
                visit(AnyText::Words(&touchpoint.title));
                let lines = [&touchpoint.action, &touchpoint.thought, &touchpoint.intent, &touchpoint.perceived];
                lines.into_iter().flatten().for_each(|text| visit(AnyText::Prose(text)));
                let lists = [&touchpoint.pains, &touchpoint.barriers, &touchpoint.drop_offs, &touchpoint.backstage];
                lists.into_iter().flatten().for_each(|text| visit(AnyText::Prose(text)));
                touchpoint.opportunities.iter().for_each(|one| visit(AnyText::Prose(&one.text)));
            }
        };
        match thing {
            Thing::Journey(id) => {
                let journey = &self[id];
                visit(AnyText::Words(&journey.title));
                journey.summary.iter().for_each(|text| visit(AnyText::Prose(text)));
                journey.objectives.iter().for_each(|one| visit(AnyText::Prose(&one.text)));
                journey.stages.iter().for_each(|one| stage(one, visit));
            }
            Thing::Stage(id) => stage(&self[id], visit),
            Thing::Promise(id) => {
                visit(AnyText::Prose(&self[id].text));
                self[id].evidence.iter().for_each(|text| visit(AnyText::Words(text)));
                for place in &self[id].made_in {
                    if let MadeIn::Words(text) = place {
                        visit(AnyText::Words(text));
                    }
                }
                self[id].history.iter().filter_map(|entry| entry.note.as_ref()).for_each(|t| visit(AnyText::Prose(t)));
            }
            Thing::Department(id) => {
                visit(AnyText::Words(&self[id].title));
                self[id].description.iter().for_each(|text| visit(AnyText::Prose(text)));
            }
            _ => {}
        }
    }
}

/// A text of either sort.
enum AnyText<'a> {
    Words(&'a Text<Arc<str>>),
    Prose(&'a Text<Prose>),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_those_of_split_whitespace() {
        for text in [
            "",
            " ",
            "one",
            " a\u{a0}b\u{3000}c\n\n79 % – ü\u{b}x ",
            "ٱلعربية و٣",
            "\u{85}—\u{2028}…é1",
            "tab\tend\r\n",
        ] {
            let mut rest = text;
            let mut found = Vec::new();
            while let Some((word, kinds, after)) = next_word(rest) {
                assert_eq!(kinds & ALPHANUMERIC != 0, word.contains(char::is_alphanumeric), "{word:?}");
                assert_eq!(kinds & ALPHABETIC != 0, word.contains(char::is_alphabetic), "{word:?}");
                found.push(word);
                rest = after;
            }
            assert_eq!(found, text.split_whitespace().collect::<Vec<_>>(), "{text:?}");
        }
    }

    #[test]
    fn white_space_says_nothing_and_words_do() {
        assert_eq!(Wording::of(&["one  two\nthree"]), Wording::of(&["one two three\n"]));
        assert_ne!(Wording::of(&["one two"]), Wording::of(&["one too"]));
        assert_ne!(Wording::of(&["one", "two"]), Wording::of(&["one two", ""]));
        assert_eq!(Wording::of(&[" ", "\n"]), Wording::default());
    }

    #[test]
    fn words_have_a_letter_or_a_digit() {
        let wording = Wording::of(&["79 % – of us"]);
        assert_eq!((wording.words, wording.speaks), (3, true));
        assert!(!Wording::of(&["79 %"]).speaks);
    }
}
