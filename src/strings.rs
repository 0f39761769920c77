//! Fluent files to [`Strings`]: the words of a theme in every language of the site.
//!
//! A message is linked once, when the files are read: what it refers to is put in its place, terms
//! with their arguments too, and what is left is words, arguments and choices between them. So a
//! mistake is found before the first page, no message can send another into a circle, and a page
//! looks nothing up but its own keys.
//!
//! The grammar is `fluent-syntax`'s. Its resolver, `fluent-bundle`, was tried: it prints a number
//! only as it counts it, does not say what arguments a message takes, finds what is missing when a
//! page is made, does not look for a term in the fallback, locks a mutex for each plural, and
//! panics on a literal of twenty decimals. Where both have an answer, the answers were the same for
//! 1.8 million messages of mutated files.

use std::borrow::Cow;
use std::fmt::Write;
use std::ops::Range;

use fluent_syntax::ast;
use fluent_syntax::parser::{self, ErrorKind};
use fluent_syntax::unicode::unescape_unicode_to_string;
use rustc_hash::{FxHashMap, FxHashSet};

use crate::locale::Locale;

type Pattern<'a> = ast::Pattern<&'a str>;
type Expression<'a> = ast::Expression<&'a str>;
type Inline<'a> = ast::InlineExpression<&'a str>;
type Call<'a> = ast::CallArguments<&'a str>;
type Identifier<'a> = ast::Identifier<&'a str>;

/// How deep one message may be nested, in itself and through what it refers to. Beyond is no text
/// but an attempt at the stack.
const MAX_DEPTH: usize = 40;

/// How many bytes and pieces one message may grow to through what it refers to.
const MAX_LENGTH: usize = 50_000;

/// The words of a theme in every language of the site. `Send + Sync`.
pub struct Strings {
    languages: Vec<Language>,
    locales: Vec<Locale>,
    written: Vec<Written>,
}

/// One `.ftl` file as a theme has it.
pub struct StringsFile {
    /// The tag of its language.
    pub language: String,
    /// Its path, for messages.
    pub path: String,
    /// What it says.
    pub text: String,
}

/// A mistake in a file of strings.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Trouble {
    /// The path of the file.
    pub path: String,
    /// Where in it, in bytes; always on character boundaries and within the text.
    pub span: Range<usize>,
    /// What is so.
    pub message: String,
}

/// A string where it is written, for the checks on missing and unused strings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// `guide-updated`, or `menu.title` for an attribute.
    pub key: String,
    /// The tag of its language.
    pub language: String,
    /// The path of its file.
    pub path: String,
    /// The bytes of its name there.
    pub span: Range<usize>,
}

/// What a message is told.
#[derive(Clone, Copy, Debug)]
pub enum Arg<'a> {
    /// A text. Where its letters run against the direction of the message, it is put between
    /// isolating marks (U+2068, U+2069), and only there.
    Text(&'a str),
    /// So many: chooses a plural, and prints as the language writes numbers.
    Count(i64),
    /// A number that is already written, as `1.5 %`: the value chooses a plural, `shown` is
    /// printed. Give the value as rounded for `shown`, or 1.04 shown as `1` counts as "1 days".
    Number {
        /// What chooses.
        value: f64,
        /// What is printed.
        shown: &'a str,
    },
}

/// A language of the site: its own strings and those it falls back to.
struct Language {
    /// Its locale among the strings' locales.
    locale: usize,
    strings: Vec<Message>,
    /// Key to its place in `strings`.
    places: FxHashMap<Box<str>, usize>,
}

struct Message {
    key: Box<str>,
    /// The locale of the language it was found in.
    locale: usize,
    pieces: Box<[Piece]>,
}

enum Piece {
    Words(String),
    Argument(Box<str>),
    Choice {
        argument: Box<str>,
        ordinal: bool,
        /// The locale whose plurals are meant: that of the language in which the choice is written.
        locale: usize,
        variants: Box<[(Variant, Box<[Piece]>)]>,
        /// The variant for all else.
        default: usize,
    },
}

/// When a variant is chosen.
enum Variant {
    /// By a text, or the plural form of a number.
    Word(Box<str>),
    /// By this very number.
    Exactly(f64),
}

impl Strings {
    /// Reads the files of a theme for the languages of a site, and says what is wrong with them.
    ///
    /// `chains[i]` is the fallback chain of one language of the site, itself first: a string it
    /// does not have is taken from the next. Of files in the same language, the later overrides the
    /// earlier string by string: a custom theme comes after the default. Tags are compared without
    /// case. A message with a mistake is not read, and falls back.
    pub fn new(files: &[StringsFile], chains: &[Vec<String>]) -> (Strings, Vec<Trouble>) {
        let mut troubles = Vec::new();
        let parsed: Vec<Parsed> = files.iter().map(|file| parse(file, &mut troubles)).collect();

        let mut locales: Vec<Locale> = Vec::new();
        let mut sources: Vec<Sources> = Vec::new();
        for tag in chains.iter().flatten() {
            if !locales.iter().any(|locale| locale.tag().eq_ignore_ascii_case(tag)) {
                locales.push(Locale::new(tag));
                sources.push(gather(tag, &parsed));
            }
        }
        let place = |tag: &String| locales.iter().position(|it| it.tag().eq_ignore_ascii_case(tag));

        let languages = chains
            .iter()
            .map(|chain| {
                let chain: Vec<usize> = chain.iter().filter_map(place).collect();
                link_language(&chain, &sources, &locales, &mut troubles)
            })
            .collect();
        let written = parsed.iter().flat_map(written).collect();

        // A string that several languages fall back to is linked, and found wrong, for each of
        // them.
        let mut seen = FxHashSet::default();
        troubles.retain(|trouble| seen.insert(trouble.clone()));
        (Strings { languages, locales, written }, troubles)
    }

    /// A string without arguments. A key that no language of the chain has gives the key itself, as
    /// `⟨skip-link⟩`, and so does a variable that is not given, as `⟨$name⟩`.
    pub fn get(&self, language: usize, key: &str) -> Cow<'_, str> {
        match self.message(language, key).map(|message| &*message.pieces) {
            Some([]) => Cow::Borrowed(""),
            Some([Piece::Words(words)]) => Cow::Borrowed(words),
            _ => Cow::Owned(self.with(language, key, &[])),
        }
    }

    /// A string with its arguments. What is missing shows as with [`Strings::get`]; what is too
    /// much is ignored. The text is plain: it is yet to be escaped.
    pub fn with(&self, language: usize, key: &str, args: &[(&str, Arg)]) -> String {
        let Some((site, message)) = self.languages.get(language).zip(self.message(language, key)) else {
            return format!("⟨{key}⟩");
        };
        let mut telling = Telling {
            locales: &self.locales,
            numbers: &self.locales[site.locale],
            right_to_left: self.locales[message.locale].direction() == "rtl",
            args,
            text: String::with_capacity(64),
        };
        telling.tell(&message.pieces);
        telling.text
    }

    /// The language in which a string was really found: for `lang` and `dir` where it differs from
    /// the page's.
    pub fn language_of(&self, language: usize, key: &str) -> Option<&str> {
        self.message(language, key).map(|message| self.locales[message.locale].tag())
    }

    /// The language that lends a string, and its direction; `None` where the string is of the language asked for, whatever its
    /// region.
    pub fn lender(&self, language: usize, key: &str) -> Option<(&str, &'static str)> {
        let own = &self.locales[self.languages.get(language)?.locale];
        let found = &self.locales[self.message(language, key)?.locale];
        let primary = |locale: &Locale| locale.tag().split(['-', '_']).next().unwrap_or("").to_ascii_lowercase();
        let lent = !std::ptr::eq(own, found) && primary(own) != primary(found);
        lent.then(|| (found.tag(), found.direction()))
    }

    /// The locale of the language in which a string was really found: who puts a language's name into it asks this one.
    pub fn locale_of(&self, language: usize, key: &str) -> Option<&Locale> {
        self.message(language, key).map(|message| &self.locales[message.locale])
    }

    /// Every string that takes no arguments, key and text: one map for templates. The language's
    /// own first, in the order of the files, then those of its fallbacks.
    pub fn plain(&self, language: usize) -> impl Iterator<Item = (&str, &str)> {
        self.messages(language).filter_map(|message| match &*message.pieces {
            [] => Some((&*message.key, "")),
            [Piece::Words(words)] => Some((&*message.key, &**words)),
            _ => None,
        })
    }

    /// Every key a language has, by itself or by its fallbacks, in the order of [`Strings::plain`].
    pub fn keys(&self, language: usize) -> impl Iterator<Item = &str> {
        self.messages(language).map(|message| &*message.key)
    }

    /// The names of the arguments a string takes, sorted.
    pub fn arguments(&self, language: usize, key: &str) -> Vec<&str> {
        let mut names = Vec::new();
        if let Some(message) = self.message(language, key) {
            argument_names(&message.pieces, &mut names);
        }
        names.sort_unstable();
        names.dedup();
        names
    }

    /// Every string of every file, overridden or not, in the order of the files.
    pub fn written(&self) -> &[Written] {
        &self.written
    }

    fn messages(&self, language: usize) -> impl Iterator<Item = &Message> {
        self.languages.get(language).into_iter().flat_map(|language| &language.strings)
    }

    fn message(&self, language: usize, key: &str) -> Option<&Message> {
        let language = self.languages.get(language)?;
        language.places.get(key).map(|place| &language.strings[*place])
    }
}

fn argument_names<'a>(pieces: &'a [Piece], names: &mut Vec<&'a str>) {
    for piece in pieces {
        match piece {
            Piece::Words(_) => {}
            Piece::Argument(name) => names.push(name),
            Piece::Choice { argument, variants, .. } => {
                names.push(argument);
                variants.iter().for_each(|(_, pieces)| argument_names(pieces, names));
            }
        }
    }
}

/// A message on its way to a text.
struct Telling<'a> {
    locales: &'a [Locale],
    /// How counts are written: as on the rest of the page, even where the string is a fallback.
    numbers: &'a Locale,
    right_to_left: bool,
    args: &'a [(&'a str, Arg<'a>)],
    text: String,
}

impl<'a> Telling<'a> {
    fn tell(&mut self, pieces: &[Piece]) {
        for piece in pieces {
            match piece {
                Piece::Words(words) => self.text.push_str(words),
                Piece::Argument(name) => match self.arg(name) {
                    Some(Arg::Text(text)) => self.push_isolated(text),
                    Some(Arg::Number { shown, .. }) => self.push_isolated(shown),
                    Some(Arg::Count(count)) => self.text.push_str(&self.numbers.count(count)),
                    None => _ = write!(self.text, "⟨${name}⟩"),
                },
                Piece::Choice { argument, ordinal, locale, variants, default } => {
                    let locale = &self.locales[*locale];
                    let chosen = match self.arg(argument) {
                        Some(Arg::Text(text)) => choose_by_word(variants, text),
                        Some(Arg::Count(count)) => choose_by_number(variants, count as f64, *ordinal, locale),
                        Some(Arg::Number { value, .. }) => choose_by_number(variants, value, *ordinal, locale),
                        None => None,
                    };
                    if let Some((_, pieces)) = variants.get(chosen.unwrap_or(*default)) {
                        self.tell(pieces);
                    }
                }
            }
        }
    }

    fn arg(&self, name: &str) -> Option<Arg<'a>> {
        self.args.iter().find(|(given, _)| *given == name).map(|(_, arg)| *arg)
    }

    /// A Latin name in an Arabic sentence, or the other way round, keeps its own order and leaves
    /// the sentence its.
    fn push_isolated(&mut self, text: &str) {
        // A number whose sign CLDR ties to it by a mark would tie what follows to it as well: `94.9% · 289`.
        let is_mark = |c: char| matches!(c, '\u{200e}' | '\u{200f}' | '\u{61c}');
        let against = match self.right_to_left {
            true => text.chars().any(|c| is_mark(c) || (c.is_alphabetic() && !runs_left(c))),
            false => !text.is_ascii() && text.chars().any(runs_left),
        };
        if against {
            self.text.push('\u{2068}');
        }
        self.text.push_str(text);
        if against {
            self.text.push('\u{2069}');
        }
    }
}

/// Whether a character is in a block written from right to left: Hebrew to Arabic Extended-A, their
/// presentation forms, and the planes kept for such scripts.
fn runs_left(c: char) -> bool {
    matches!(
        u32::from(c),
        0x590..=0x8ff | 0xfb1d..=0xfdff | 0xfe70..=0xfefc | 0x10800..=0x10fff | 0x1e800..=0x1efff
    )
}

fn choose_by_word<T>(variants: &[(Variant, T)], text: &str) -> Option<usize> {
    variants.iter().position(|(variant, _)| matches!(variant, Variant::Word(word) if **word == *text))
}

/// The first variant that fits: the number itself, or its plural form. Fluent takes them in the
/// order they are written.
fn choose_by_number<T>(variants: &[(Variant, T)], value: f64, ordinal: bool, locale: &Locale) -> Option<usize> {
    let mut form = None;
    variants.iter().position(|(variant, _)| match variant {
        Variant::Exactly(number) => *number == value,
        Variant::Word(word) => {
            let form: &str = form.get_or_insert_with(|| match ordinal {
                true => locale.ordinal(value),
                false => locale.plural(value),
            });
            **word == *form
        }
    })
}

// Reading the files.

struct Parsed<'a> {
    file: &'a StringsFile,
    body: Vec<ast::Entry<&'a str>>,
}

/// A pattern and where it stands.
#[derive(Clone, Copy)]
struct Source<'a> {
    file: &'a StringsFile,
    key: &'a str,
    pattern: &'a Pattern<'a>,
}

/// The strings of one language, overriding done, in the order of the files.
#[derive(Default)]
struct Sources<'a> {
    messages: Vec<(String, Source<'a>)>,
    places: FxHashMap<String, usize>,
    terms: FxHashMap<String, Source<'a>>,
}

fn parse<'a>(file: &'a StringsFile, troubles: &mut Vec<Trouble>) -> Parsed<'a> {
    let mut trouble = |span: Range<usize>, message: String| {
        troubles.push(Trouble { path: file.path.clone(), span: within(&file.text, span), message });
    };
    // What would bring the parser down: it is not made for texts it does not trust.
    if let Some(at) = too_deep(&file.text) {
        trouble(at..at + 1, format!("nested more than {MAX_DEPTH} levels deep: no string of this file is read"));
        return Parsed { file, body: Vec::new() };
    }
    if let Some(span) = cut_escape(&file.text) {
        let rule = in_words(&ErrorKind::UnknownEscapeSequence(String::new()));
        trouble(span, format!("{rule}: no string of this file is read"));
        return Parsed { file, body: Vec::new() };
    }
    // A byte order mark is no part of the first key.
    let text = file.text.strip_prefix('\u{feff}').unwrap_or(&file.text);
    let before = file.text.len() - text.len();
    let mut body = match parser::parse(text) {
        Ok(resource) => resource.body,
        Err((resource, errors)) => {
            for error in errors {
                let span = error.pos.start + before..error.pos.end + before;
                trouble(visible(&file.text, span), in_words(&error.kind));
            }
            resource.body
        }
    };

    // The first of two with the same name stays, as in Fluent.
    let mut names = FxHashSet::default();
    let mut first = |name: String, at: &str| {
        if names.contains(&name) {
            trouble(span_in(&file.text, at), format!("`{name}` is already written in this file; this one is not used"));
            return false;
        }
        names.insert(name)
    };
    body.retain_mut(|entry| match entry {
        ast::Entry::Message(message) => {
            let id = message.id.name;
            let stays = first(id.to_owned(), id);
            message.attributes.retain(|it| !stays || first(format!("{id}.{}", it.id.name), it.id.name));
            stays
        }
        ast::Entry::Term(term) => {
            let id = term.id.name;
            let stays = first(format!("-{id}"), id);
            term.attributes.retain(|it| !stays || first(format!("-{id}.{}", it.id.name), it.id.name));
            stays
        }
        _ => false,
    });
    Parsed { file, body }
}

/// The first place nested too deep for the parser, which calls itself for each `{` and each `(`.
/// Braces in quotes are counted with the rest; so that they don't add up, each entry begins anew.
fn too_deep(text: &str) -> Option<usize> {
    let mut depth = 0usize;
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        if begins_entry(line) {
            depth = 0;
        }
        for (at, byte) in line.bytes().enumerate() {
            match byte {
                // Nothing goes through a comment.
                b'#' if at == 0 => break,
                b'{' => depth += 1,
                b'(' if depth > 0 => depth += 1,
                b'}' | b')' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if depth > MAX_DEPTH {
                return Some(start + at);
            }
        }
        start += line.len();
    }
    None
}

/// The first `\u` or `\U` with too few digits before a character of several bytes, into which
/// fluent-syntax 0.12 cuts.
fn cut_escape(text: &str) -> Option<Range<usize>> {
    text.match_indices(['u', 'U']).find_map(|(at, u)| {
        let before = text[..at].strip_suffix('\\')?;
        let quoted = before.lines().next_back()?.contains('"');
        let digits = if u == "u" { 4 } else { 6 };
        let cut = text[at + 1..].chars().take(digits).find(|c| !c.is_ascii_hexdigit())?;
        (quoted && !cut.is_ascii()).then(|| at - 1..at + 1)
    })
}

/// Whether a line begins as `key =` or `-term =`, where the parser begins anew whatever it was in.
fn begins_entry(line: &str) -> bool {
    line.split_once('=').is_some_and(|(key, _)| {
        let key = key.strip_prefix('-').unwrap_or(key).trim_end_matches(' ');
        key.starts_with(|c: char| c.is_ascii_alphabetic())
            && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
    })
}

fn written<'a>(parsed: &Parsed<'a>) -> Vec<Written> {
    let file = parsed.file;
    let one = |key: String, name: &str| Written {
        key,
        language: file.language.clone(),
        path: file.path.clone(),
        span: span_in(&file.text, name),
    };
    let mut all = Vec::new();
    for entry in &parsed.body {
        let ast::Entry::Message(message) = entry else {
            continue;
        };
        let id = message.id.name;
        if message.value.is_some() {
            all.push(one(id.to_owned(), id));
        }
        all.extend(message.attributes.iter().map(|it| one(format!("{id}.{}", it.id.name), it.id.name)));
    }
    all
}

fn gather<'a>(tag: &str, parsed: &'a [Parsed<'a>]) -> Sources<'a> {
    let mut sources = Sources::default();
    for Parsed { file, body } in parsed.iter().filter(|it| it.file.language.eq_ignore_ascii_case(tag)) {
        for entry in body {
            match entry {
                ast::Entry::Message(message) => {
                    let id = message.id.name;
                    if let Some(pattern) = &message.value {
                        sources.add_message(id.to_owned(), Source { file, key: id, pattern });
                    }
                    for attribute in &message.attributes {
                        let key = attribute.id.name;
                        let source = Source { file, key, pattern: &attribute.value };
                        sources.add_message(format!("{id}.{key}"), source);
                    }
                }
                ast::Entry::Term(term) => {
                    let id = term.id.name;
                    sources.terms.insert(id.to_owned(), Source { file, key: id, pattern: &term.value });
                    for attribute in &term.attributes {
                        let key = attribute.id.name;
                        let source = Source { file, key, pattern: &attribute.value };
                        sources.terms.insert(format!("{id}.{key}"), source);
                    }
                }
                _ => {}
            }
        }
    }
    sources
}

impl<'a> Sources<'a> {
    fn add_message(&mut self, key: String, source: Source<'a>) {
        match self.places.get(&key) {
            Some(place) => self.messages[*place].1 = source,
            None => {
                self.places.insert(key.clone(), self.messages.len());
                self.messages.push((key, source));
            }
        }
    }
}

// Linking the messages.

/// A value known while linking: a literal, or what was given to a term.
#[derive(Clone)]
enum Known {
    Text(String),
    Number { value: f64, shown: String },
}

/// One message of one language of the site on its way to pieces.
struct Linking<'a, 'b> {
    chain: &'b [usize],
    sources: &'b [Sources<'a>],
    locales: &'b [Locale],
    troubles: &'b mut Vec<Trouble>,
    /// The patterns we are in, from the message down through what it refers to.
    trail: Vec<*const Pattern<'a>>,
    depth: usize,
    length: usize,
    /// Whether its being too large was said.
    told: bool,
}

/// Where a pattern stands, and what it may know.
#[derive(Clone, Copy)]
struct Scope<'a, 'c> {
    source: Source<'a>,
    locale: usize,
    /// In a term: its arguments. A term knows nothing else.
    given: Option<&'c [(&'a str, Known)]>,
}

fn link_language(chain: &[usize], sources: &[Sources], locales: &[Locale], troubles: &mut Vec<Trouble>) -> Language {
    let mut language = Language {
        // A chain is never empty; if it were, no string would be found and no locale asked.
        locale: chain.first().copied().unwrap_or(0),
        strings: Vec::new(),
        places: FxHashMap::default(),
    };
    for &locale in chain {
        for (key, source) in &sources[locale].messages {
            if language.places.contains_key(key.as_str()) {
                continue;
            }
            let mut linking =
                Linking { chain, sources, locales, troubles, trail: Vec::new(), depth: 0, length: 0, told: false };
            let mut pieces = Vec::new();
            linking.pattern(Scope { source: *source, locale, given: None }, &mut pieces);
            language.places.insert(key.as_str().into(), language.strings.len());
            language.strings.push(Message { key: key.as_str().into(), locale, pieces: pieces.into() });
        }
    }
    language
}

impl<'a> Linking<'a, '_> {
    fn pattern(&mut self, scope: Scope<'a, '_>, pieces: &mut Vec<Piece>) {
        let pattern = scope.source.pattern;
        if self.trail.iter().any(|it| std::ptr::eq(*it, pattern)) {
            self.trouble(scope, scope.source.key, format!("`{}` refers to itself", scope.source.key));
            self.words(&format!("⟨{}⟩", scope.source.key), pieces);
            return;
        }
        self.trail.push(pattern);
        self.elements(pattern, scope, pieces);
        self.trail.pop();
    }

    fn elements(&mut self, pattern: &'a Pattern<'a>, scope: Scope<'a, '_>, pieces: &mut Vec<Piece>) {
        self.depth += 1;
        for element in &pattern.elements {
            if self.is_too_much(scope) {
                break;
            }
            match element {
                ast::PatternElement::TextElement { value } => {
                    // Windows' line ends are no part of a text.
                    match value.contains('\r') {
                        true => self.words(&value.replace("\r\n", "\n"), pieces),
                        false => self.words(value, pieces),
                    }
                }
                ast::PatternElement::Placeable { expression } => self.expression(expression, scope, pieces),
            }
        }
        self.depth -= 1;
    }

    fn is_too_much(&mut self, scope: Scope<'a, '_>) -> bool {
        self.length += 1;
        let too_much = self.length > MAX_LENGTH || self.depth > MAX_DEPTH;
        if too_much && !self.told {
            self.told = true;
            self.trouble(scope, scope.source.key, "grows too large through what it refers to".to_owned());
        }
        too_much
    }

    fn expression(&mut self, expression: &'a Expression<'a>, scope: Scope<'a, '_>, pieces: &mut Vec<Piece>) {
        match expression {
            Expression::Inline(inline) => self.inline(inline, scope, pieces),
            Expression::Select { selector, variants } => self.select(selector, variants, scope, pieces),
        }
    }

    fn inline(&mut self, inline: &'a Inline<'a>, scope: Scope<'a, '_>, pieces: &mut Vec<Piece>) {
        match inline {
            Inline::StringLiteral { value } => {
                self.words(&unescape_unicode_to_string(value), pieces);
            }
            Inline::NumberLiteral { value } => self.words(value, pieces),
            Inline::VariableReference { id } => self.variable(id.name, scope, pieces),
            Inline::FunctionReference { id, arguments } => match self.number(id.name, arguments, scope) {
                Some((Inline::VariableReference { id }, _)) => self.variable(id.name, scope, pieces),
                Some((Inline::NumberLiteral { value }, _)) => self.words(value, pieces),
                _ => self.words(&format!("⟨{}()⟩", id.name), pieces),
            },
            Inline::MessageReference { id, attribute } => {
                let key = dotted(id.name, attribute.as_ref());
                let found = self.chain.iter().find_map(|&locale| {
                    let place = self.sources[locale].places.get(&key)?;
                    Some((locale, self.sources[locale].messages[*place].1))
                });
                match found {
                    Some((locale, source)) => {
                        self.pattern(Scope { source, locale, given: scope.given }, pieces);
                    }
                    None => {
                        self.trouble(scope, id.name, format!("no message is called `{key}`"));
                        self.words(&format!("⟨{key}⟩"), pieces);
                    }
                }
            }
            Inline::TermReference { id, attribute, arguments } => {
                let given = known_arguments(arguments.as_ref());
                match self.term(id.name, attribute.as_ref(), scope) {
                    Some((locale, source)) => {
                        self.pattern(Scope { source, locale, given: Some(&given) }, pieces);
                    }
                    None => self.words(&format!("⟨-{}⟩", dotted(id.name, attribute.as_ref())), pieces),
                }
            }
            Inline::Placeable { expression } => {
                self.depth += 1;
                if !self.is_too_much(scope) {
                    self.expression(expression, scope, pieces);
                }
                self.depth -= 1;
            }
        }
    }

    fn variable(&mut self, name: &'a str, scope: Scope<'a, '_>, pieces: &mut Vec<Piece>) {
        let Some(given) = scope.given else {
            pieces.push(Piece::Argument(name.into()));
            return;
        };
        match known(given, name) {
            Some(Known::Text(text)) => self.words(text, pieces),
            Some(Known::Number { shown, .. }) => self.words(shown, pieces),
            None => {
                self.trouble(scope, name, format!("a term knows only what it is given, and `${name}` is not"));
                self.words(&format!("⟨${name}⟩"), pieces);
            }
        }
    }

    /// What `NUMBER` was asked of, and whether for ordinals. Other options have no say: numbers
    /// come written.
    fn number(
        &mut self,
        function: &'a str,
        arguments: &'a Call<'a>,
        scope: Scope<'a, '_>,
    ) -> Option<(&'a Inline<'a>, bool)> {
        if function != "NUMBER" {
            self.trouble(scope, function, format!("no function is called `{function}`; there is `NUMBER`"));
            return None;
        }
        let [of @ (Inline::VariableReference { .. } | Inline::NumberLiteral { .. })] = arguments.positional.as_slice()
        else {
            self.trouble(scope, function, "`NUMBER` takes one variable or number".to_owned());
            return None;
        };
        let mut ordinal = false;
        for option in &arguments.named {
            match (option.name.name, &option.value) {
                ("type", Inline::StringLiteral { value: "ordinal" }) => ordinal = true,
                ("type", Inline::StringLiteral { value: "cardinal" }) => ordinal = false,
                (name, _) => {
                    let message = format!("`{name}` has no effect here: numbers come already written");
                    self.trouble(scope, name, message);
                }
            }
        }
        Some((of, ordinal))
    }

    fn term(
        &mut self,
        id: &'a str,
        attribute: Option<&Identifier<'a>>,
        scope: Scope<'a, '_>,
    ) -> Option<(usize, Source<'a>)> {
        let key = dotted(id, attribute);
        let found = self.chain.iter().find_map(|&locale| Some((locale, *self.sources[locale].terms.get(&key)?)));
        if found.is_none() {
            self.trouble(scope, id, format!("no term is called `-{key}`"));
        }
        found
    }

    fn select(
        &mut self,
        selector: &'a Inline<'a>,
        variants: &'a [ast::Variant<&'a str>],
        scope: Scope<'a, '_>,
        pieces: &mut Vec<Piece>,
    ) {
        let default = variants.iter().position(|variant| variant.default).unwrap_or(0);
        let (selector, ordinal) = match selector {
            Inline::FunctionReference { id, arguments } => match self.number(id.name, arguments, scope) {
                Some((of, ordinal)) => (Some(of), ordinal),
                None => (None, false),
            },
            other => (Some(other), false),
        };
        let value = match (selector, scope.given) {
            (Some(Inline::VariableReference { id }), None) => {
                let variants = variants
                    .iter()
                    .map(|variant| {
                        let mut pieces = Vec::new();
                        self.elements(&variant.value, scope, &mut pieces);
                        (when(&variant.key), pieces.into())
                    })
                    .collect();
                pieces.push(Piece::Choice {
                    argument: id.name.into(),
                    ordinal,
                    locale: scope.locale,
                    variants,
                    default,
                });
                return;
            }
            (Some(Inline::VariableReference { id }), Some(given)) => known(given, id.name).cloned(),
            (Some(Inline::TermReference { id, attribute, arguments }), _) => {
                self.term(id.name, attribute.as_ref(), scope).map(|(locale, source)| {
                    let given = known_arguments(arguments.as_ref());
                    let mut words = Vec::new();
                    self.pattern(Scope { source, locale, given: Some(&given) }, &mut words);
                    Known::Text(words.iter().map(|it| if let Piece::Words(words) = it { words } else { "" }).collect())
                })
            }
            (Some(literal), _) => known_literal(literal),
            (None, _) => None,
        };
        // The value is known: so is the variant.
        self.length += variants.len();
        let keyed: Vec<(Variant, ())> = variants.iter().map(|variant| (when(&variant.key), ())).collect();
        let chosen = match value {
            Some(Known::Text(text)) => choose_by_word(&keyed, &text),
            Some(Known::Number { value, .. }) => choose_by_number(&keyed, value, ordinal, &self.locales[scope.locale]),
            None => None,
        };
        if let Some(variant) = variants.get(chosen.unwrap_or(default)) {
            self.elements(&variant.value, scope, pieces);
        }
    }

    /// Words after words are one piece: a string without arguments is no more than that.
    fn words(&mut self, words: &str, pieces: &mut Vec<Piece>) {
        self.length += words.len();
        match pieces.last_mut() {
            Some(Piece::Words(last)) => last.push_str(words),
            _ if words.is_empty() => {}
            _ => pieces.push(Piece::Words(words.to_owned())),
        }
    }

    /// `at` is a part of the file's text.
    fn trouble(&mut self, scope: Scope<'a, '_>, at: &str, message: String) {
        let file = scope.source.file;
        self.troubles.push(Trouble { path: file.path.clone(), span: span_in(&file.text, at), message });
    }
}

fn dotted(id: &str, attribute: Option<&Identifier>) -> String {
    match attribute {
        Some(attribute) => format!("{id}.{}", attribute.name),
        None => id.to_owned(),
    }
}

fn when(key: &ast::VariantKey<&str>) -> Variant {
    match key {
        ast::VariantKey::Identifier { name } => Variant::Word((*name).into()),
        // The grammar knows digits only, and those are a number to Rust too.
        ast::VariantKey::NumberLiteral { value } => Variant::Exactly(value.parse().unwrap_or(f64::NAN)),
    }
}

fn known_arguments<'a>(arguments: Option<&Call<'a>>) -> Vec<(&'a str, Known)> {
    let named = arguments.map_or(&[][..], |arguments| &arguments.named);
    named.iter().filter_map(|it| Some((it.name.name, known_literal(&it.value)?))).collect()
}

fn known_literal(literal: &Inline) -> Option<Known> {
    match literal {
        Inline::StringLiteral { value } => Some(Known::Text(unescape_unicode_to_string(value).into_owned())),
        Inline::NumberLiteral { value } => {
            Some(Known::Number { value: value.parse().ok()?, shown: (*value).to_owned() })
        }
        _ => None,
    }
}

fn known<'c>(given: &'c [(&str, Known)], name: &str) -> Option<&'c Known> {
    given.iter().find(|(it, _)| *it == name).map(|(_, known)| known)
}

// Saying what is so.

/// Where a part of a text stands in it. The parser keeps no places, but what it gives are slices of
/// the text itself.
fn span_in(text: &str, part: &str) -> Range<usize> {
    let start = (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
    within(text, start..start.saturating_add(part.len()))
}

/// The line a mistake is in, where the mistake itself is nothing to see: a line end, the end of the
/// file.
fn visible(text: &str, span: Range<usize>) -> Range<usize> {
    let span = within(text, span);
    let seen = text[span.clone()].trim();
    if !seen.is_empty() {
        return span_in(text, seen);
    }
    let before = text[..span.start].trim_end();
    let line = &before[before.rfind('\n').map_or(0, |end| end + 1)..];
    span_in(text, line.trim_start())
}

/// The parser points behind the end at times, or into a letter.
fn within(text: &str, span: Range<usize>) -> Range<usize> {
    let mut start = span.start.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = span.end.clamp(start, text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    start..end
}

fn in_words(kind: &ErrorKind) -> String {
    match kind {
        ErrorKind::ExpectedToken(token) => format!("expected `{token}`"),
        ErrorKind::ExpectedCharRange { range } => {
            format!("expected one of `{}`", range.escape_debug())
        }
        ErrorKind::ExpectedMessageField { entry_id } => format!("`{entry_id}` has no text"),
        ErrorKind::ExpectedTermField { entry_id } => format!("`-{entry_id}` has no text"),
        ErrorKind::ForbiddenCallee => "a function is written in capitals".to_owned(),
        ErrorKind::MissingDefaultVariant => "no variant is the default: put a `*` before its `[`".to_owned(),
        ErrorKind::MultipleDefaultVariants => "only one variant can be the default".to_owned(),
        ErrorKind::MissingValue => "a text is missing".to_owned(),
        ErrorKind::MessageReferenceAsSelector
        | ErrorKind::MessageAttributeAsSelector
        | ErrorKind::TermReferenceAsSelector
        | ErrorKind::ExpectedSimpleExpressionAsSelector => {
            "only a variable, a literal or the attribute of a term can choose".to_owned()
        }
        ErrorKind::TermAttributeAsPlaceable => "the attribute of a term can choose, but not be printed".to_owned(),
        ErrorKind::UnterminatedStringLiteral => "the closing `\"` is missing".to_owned(),
        ErrorKind::PositionalArgumentFollowsNamed => "arguments without a name come first".to_owned(),
        ErrorKind::DuplicatedNamedArgument(name) => format!("`{name}` is given twice"),
        ErrorKind::UnknownEscapeSequence(_) | ErrorKind::InvalidUnicodeEscapeSequence(_) => {
            r#"after `\` comes `\`, `"`, `u` and four or `U` and six hexadecimal digits"#.to_owned()
        }
        ErrorKind::UnbalancedClosingBrace => r#"`}` closes nothing; to print one, write `{"}"}`"#.to_owned(),
        ErrorKind::ExpectedInlineExpression => "expected a variable, a message, a term or a literal".to_owned(),
        ErrorKind::ExpectedLiteral => "expected a text in quotes or a number".to_owned(),
    }
}

#[cfg(test)]
mod tests;
