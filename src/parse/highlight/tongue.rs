//! Code of a language described by a [`Tongue`] to marks.
//!
//! One pass, every byte looked at a bounded number of times: what is looked ahead for is either consumed, bounded in
//! length, or remembered as missing.

use std::ops::Range;

use super::pen::{Class, Pen};
use super::scan::{
    byte, heredoc, heredoc_end, is_at, is_word, line_end, number_end, past, past_quote, skip, skip_blanks, word_end,
};
use super::words::{Words, words};

/// What the reader has to know of a language. [`PLAIN`] is the one to start from.
pub(super) struct Tongue {
    pub(super) words: Words,
    /// Whether words may be written in capitals too.
    pub(super) any_case: bool,
    /// Bytes that belong to names besides letters, digits and `_`.
    pub(super) name_bytes: &'static [u8],
    /// Bytes of which one may end a name.
    pub(super) name_ends: &'static [u8],
    /// Keywords whose next name is a function's.
    pub(super) before_functions: &'static [&'static str],
    /// Keywords whose next name is a type's.
    pub(super) before_types: &'static [&'static str],
    /// Whether `Word` is a type and `WORD` a constant.
    pub(super) capitals: bool,
    /// Whether `Word(` is a call, not a type.
    pub(super) capital_calls: bool,
    /// Bytes of which one after a name or string makes it a key, where keys may stand.
    pub(super) before_values: &'static [u8],
    pub(super) line_comments: &'static [&'static str],
    pub(super) block_comments: &'static [(&'static str, &'static str)],
    /// Whether block comments nest.
    pub(super) nested: bool,
    /// Tried in this order.
    pub(super) quotes: &'static [Quote],
    /// What `@name` is.
    pub(super) at: Option<Class>,
    /// What `$name` is.
    pub(super) dollar: Option<Class>,
    /// What `#name` at the start of a line is.
    pub(super) hash: Option<Class>,
    /// Whether `:name` is a constant.
    pub(super) symbols: bool,
    pub(super) quirk: Quirk,
}

/// A kind of string.
pub(super) struct Quote {
    /// Words of which one must touch the opening quote, parted by blanks; none is needed when it is empty.
    pub(super) prefixes: &'static str,
    pub(super) open: &'static str,
    pub(super) close: &'static str,
    /// The byte that guards the one after it; 0 for none.
    pub(super) escape: u8,
    /// Whether it may go on over a line's end.
    pub(super) lines: bool,
    /// What opens code within the string, to be closed by its counterpart; empty for none.
    pub(super) hole: &'static str,
}

/// What only one language has.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Quirk {
    None,
    /// Lifetimes, `#[attributes]`, `macros!`, `r#"strings"#`.
    Rust,
    /// Regular expressions.
    Script,
    /// Regular expressions, and elements among the code.
    Elements,
    /// `%w[literals]`, regular expressions, heredocs.
    Ruby,
    /// `<<<` heredocs, `#[attributes]`.
    Php,
    /// `R"x(strings)x"`.
    Cpp,
    /// `[==[strings]==]`.
    Lua,
    /// `<<EOF` heredocs.
    Heredocs,
    /// The first name of a line is what it calls.
    Commands,
    /// The first name in parentheses is what is called.
    Lisp,
    /// `Verb-Noun` is called, `-Name` is an option.
    PowerShell,
}

pub(super) const PLAIN: Tongue = Tongue {
    words: words("", "", ""),
    any_case: false,
    name_bytes: b"",
    name_ends: b"",
    before_functions: &[],
    before_types: &[],
    capitals: false,
    capital_calls: false,
    before_values: b"",
    line_comments: &[],
    block_comments: &[],
    nested: false,
    quotes: &[],
    at: None,
    dollar: None,
    hash: None,
    symbols: false,
    quirk: Quirk::None,
};

/// Marks what stands in `range`, read as `tongue`.
pub(super) fn read(tongue: &Tongue, pen: &mut Pen, range: Range<usize>) {
    let code = &pen.code.as_bytes()[..range.end];
    let mut reading = Reading {
        tongue,
        pen,
        code,
        at: range.start,
        last: 0,
        value: false,
        fresh: true,
        due: None,
        open: Vec::new(),
        heredocs: Vec::new(),
        no_regex: 0,
        broken: (0, 0),
    };
    while reading.at < code.len() {
        reading.step();
    }
}

struct Reading<'t, 'p, 'a> {
    tongue: &'t Tongue,
    pen: &'p mut Pen<'a>,
    code: &'a [u8],
    at: usize,
    /// The last byte that was neither blank nor comment; 0 at the start.
    last: u8,
    /// Whether a value ended there: then `/` divides and `<` compares.
    value: bool,
    /// Whether a line started since.
    fresh: bool,
    /// What the next name is, after a word like `fn`.
    due: Option<Class>,
    open: Vec<Open>,
    /// The tags of the texts that start with the next line.
    heredocs: Vec<Range<usize>>,
    /// Before this place no regular expression starts: one was looked for and nothing closed it.
    no_regex: usize,
    /// Kinds of quotes, as bits, that nothing closes before the end of the line that ends here.
    broken: (usize, u64),
}

/// What is open around a place.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    Bracket(u8),
    /// Code in a string: the kind of the string, by its index.
    Hole(usize),
    /// `<name …`
    Tag,
    /// `<name>…`
    Element,
}

impl Reading<'_, '_, '_> {
    fn step(&mut self) {
        let found = self.code[self.at];
        match self.open.last().copied() {
            Some(Open::Tag) if self.tag(found) => return,
            Some(Open::Element) => return self.element_text(),
            _ => {}
        }
        match found {
            b'\n' => {
                self.at += 1;
                self.fresh = true;
                self.read_heredocs();
            }
            b' ' | b'\t' | b'\r' => self.at += 1,
            b'0'..=b'9' => {
                let end = number_end(self.code, self.at);
                self.take(Class::Number, end);
            }
            _ if is_word(found) => self.word(),
            _ if self.comment() || self.quirk(found) || self.string() || self.sigil(found) => {}
            b'(' | b'[' | b'{' => {
                self.open.push(Open::Bracket(found));
                self.pass(false);
            }
            b')' | b']' | b'}' => self.close(found),
            _ if self.is_name(found) => self.word(),
            _ if is_operator(found) => self.operator(),
            _ => self.pass(false),
        }
    }

    /// Goes to `end`, past a value of that class.
    fn take(&mut self, class: Class, end: usize) {
        self.pen.mark(class, self.at, end);
        self.go(end);
        self.value = true;
    }

    /// Goes past a byte that has no class.
    fn pass(&mut self, value: bool) {
        self.go(self.at + 1);
        self.value = value;
    }

    fn go(&mut self, end: usize) {
        self.at = end.clamp(self.at + 1, self.code.len().max(self.at + 1));
        self.last = byte(self.code, self.at - 1);
        self.fresh = false;
        self.due = None;
    }

    fn is_name(&self, byte: u8) -> bool {
        is_word(byte) || self.tongue.name_bytes.contains(&byte)
    }

    fn comment_end(&self, at: usize) -> Option<usize> {
        let found = byte(self.code, at);
        // Most bytes open no comment in any language.
        if !matches!(found, b'/' | b'#' | b'-' | b';' | b'%' | b'{' | b'(' | b'<' | b'=') {
            return None;
        }
        for (open, close) in self.tongue.block_comments {
            if !is_at(self.code, at, open.as_bytes()) {
                continue;
            }
            if *open == "=begin" && at > 0 && self.code[at - 1] != b'\n' {
                continue;
            }
            if !self.tongue.nested {
                return Some(past(self.code, at + open.len(), close.as_bytes()));
            }
            let mut depth = 1;
            let mut at = at + open.len();
            while at < self.code.len() && depth > 0 {
                if is_at(self.code, at, close.as_bytes()) {
                    depth -= 1;
                    at += close.len();
                } else if is_at(self.code, at, open.as_bytes()) {
                    depth += 1;
                    at += open.len();
                } else {
                    at += 1;
                }
            }
            return Some(at);
        }
        let comment = self.tongue.line_comments.iter().any(|open| is_at(self.code, at, open.as_bytes()));
        comment.then(|| line_end(self.code, at))
    }

    fn comment(&mut self) -> bool {
        if self.tongue.quirk == Quirk::Php && is_at(self.code, self.at, b"#[") {
            return false;
        }
        let Some(end) = self.comment_end(self.at) else { return false };
        self.pen.mark(Class::Comment, self.at, end);
        self.at = end;
        true
    }

    fn word(&mut self) {
        let start = self.at;
        let mut end = skip(self.code, start, |byte| self.is_name(byte)).max(start + 1);
        if self.tongue.name_ends.contains(&byte(self.code, end)) && byte(self.code, end + 1) != b'=' {
            end += 1;
        }
        if matches!(byte(self.code, end), b'"' | b'\'' | b'`' | b'#') && self.prefixed_string(start, end) {
            return;
        }
        let word = &self.code[start..end];
        let member = self.last == b'.'
            && start > 0
            && self.code[start - 1] == b'.'
            && byte(self.code, start.wrapping_sub(2)) != b'.';
        if self.is_key(end) && word != b"default" {
            return self.take(Class::Property, end);
        }
        let known = if member && word != b"await" {
            None
        } else if self.tongue.any_case {
            // No word of a language is longer.
            let mut small = [0; 24];
            small.get_mut(..word.len()).and_then(|small| {
                small.copy_from_slice(word);
                small.make_ascii_lowercase();
                self.tongue.words.class(small)
            })
        } else {
            self.tongue.words.class(word)
        };
        match known {
            Some(Class::Keyword) => {
                let first = self.fresh || self.last == 0;
                self.take(Class::Keyword, end);
                // `pub name: String` has its key first too.
                self.fresh =
                    first && matches!(word, b"pub" | b"public" | b"private" | b"protected" | b"readonly" | b"static");
                self.value = matches!(word, b"this" | b"self" | b"super" | b"end");
                let is_one_of = |list: &[&str]| list.iter().any(|entry| entry.as_bytes().eq_ignore_ascii_case(word));
                if is_one_of(self.tongue.before_functions) {
                    self.due = Some(Class::Function);
                } else if is_one_of(self.tongue.before_types) {
                    self.due = Some(Class::Type);
                }
                return;
            }
            Some(class) => return self.take(class, end),
            None => {}
        }
        if self.tongue.quirk == Quirk::Rust
            && byte(self.code, end) == b'!'
            && matches!(byte(self.code, skip_blanks(self.code, end + 1)), b'(' | b'[' | b'{')
        {
            return self.take(Class::Function, end + 1);
        }
        match self.name_class(word, end) {
            Some(class) => self.take(class, end),
            None => {
                self.go(end);
                self.value = true;
            }
        }
    }

    /// What a name that is no word of the language is, by what stands around it.
    fn name_class(&self, word: &[u8], end: usize) -> Option<Class> {
        if self.due.is_some() {
            return self.due;
        }
        let tongue = self.tongue;
        let capital = word[0].is_ascii_uppercase();
        let shouted = capital && word.len() > 1 && !word.iter().any(u8::is_ascii_lowercase);
        let next = byte(self.code, end);
        match tongue.quirk {
            Quirk::Commands if self.last == 0 || self.fresh || matches!(self.last, b';' | b'{' | b'}') => {
                return Some(Class::Keyword);
            }
            Quirk::PowerShell if word.len() > 1 && word[0] == b'-' => return Some(Class::Attribute),
            Quirk::PowerShell if word.contains(&b'-') && word.len() > 1 => return Some(Class::Function),
            Quirk::Lisp => return (self.last == b'(').then_some(Class::Function),
            _ => {}
        }
        if next == b'(' {
            let is_type = tongue.capitals && capital && !shouted && !tongue.capital_calls;
            return Some(if is_type { Class::Type } else { Class::Function });
        }
        match () {
            () if !tongue.capitals || !capital => None,
            () if shouted => Some(Class::Constant),
            () if word.len() == 1 || word.iter().any(u8::is_ascii_lowercase) => Some(Class::Type),
            () => None,
        }
    }

    /// Whether what ends at `end` is the key of what follows: first of a line or of a braced list.
    fn is_key(&self, end: usize) -> bool {
        if self.tongue.before_values.is_empty() {
            return false;
        }
        let first = match self.open.last() {
            None => self.fresh || self.last == 0,
            Some(Open::Bracket(b'{')) => self.fresh || matches!(self.last, b'{' | b',' | b';'),
            Some(_) => false,
        };
        if !first {
            return false;
        }
        let mut next = skip_blanks(self.code, end);
        if byte(self.code, next) == b'?' {
            next += 1;
        }
        let sign = byte(self.code, next);
        self.tongue.before_values.contains(&sign) && !matches!(byte(self.code, next + 1), b':' | b'=' | b'>' | b'~')
    }

    fn prefixed_string(&mut self, start: usize, end: usize) -> bool {
        let word = &self.code[start..end];
        match self.tongue.quirk {
            Quirk::Rust if matches!(word, b"r" | b"br" | b"cr") => {
                let quote = skip(self.code, end, |byte| byte == b'#');
                if byte(self.code, quote) != b'"' {
                    return false;
                }
                let close = past_run(self.code, quote + 1, b'"', b'#', quote - end, None);
                self.take(Class::String, close);
                return true;
            }
            Quirk::Cpp if matches!(word, b"R" | b"LR" | b"uR" | b"UR" | b"u8R") && byte(self.code, end) == b'"' => {
                // A delimiter has at most 16 bytes.
                let paren = skip(self.code, end + 1, |byte| !matches!(byte, b'(' | b'"' | b'\n' | b' '));
                if byte(self.code, paren) != b'(' || paren > end + 17 {
                    return false;
                }
                let mut close = vec![b')'];
                close.extend_from_slice(&self.code[end + 1..paren]);
                close.push(b'"');
                let close = past(self.code, paren + 1, &close);
                self.take(Class::String, close);
                return true;
            }
            _ => {}
        }
        let kind = self.tongue.quotes.iter().position(|quote| {
            is_at(self.code, end, quote.open.as_bytes())
                && quote
                    .prefixes
                    .split(' ')
                    .any(|prefix| !prefix.is_empty() && prefix.as_bytes().eq_ignore_ascii_case(word))
        });
        kind.is_some_and(|kind| self.open_string(kind, end))
    }

    fn string(&mut self) -> bool {
        let kind = self
            .tongue
            .quotes
            .iter()
            .position(|quote| quote.prefixes.is_empty() && is_at(self.code, self.at, quote.open.as_bytes()));
        kind.is_some_and(|kind| self.open_string(kind, self.at))
    }

    /// Reads a string from `self.at`, whose opening quote stands at `quote`; not when its line does not close it.
    fn open_string(&mut self, kind: usize, quote: usize) -> bool {
        if self.broken.1 & 1 << kind != 0 && quote < self.broken.0 {
            return false;
        }
        let start = quote + self.tongue.quotes[kind].open.len();
        match string_stop(self.code, start, &self.tongue.quotes[kind]) {
            Stop::Closed(end) => {
                let class = if self.is_key(end) { Class::Property } else { Class::String };
                self.take(class, end);
            }
            Stop::Hole(at) => self.open_hole(kind, at),
            Stop::Broken(at) => {
                let kinds = if self.broken.0 == at { self.broken.1 } else { 0 };
                self.broken = (at, kinds | 1 << kind);
                return false;
            }
        }
        true
    }

    /// Goes into the code in a string, which opens at `at`.
    fn open_hole(&mut self, kind: usize, at: usize) {
        let end = at + self.tongue.quotes[kind].hole.len();
        self.pen.mark(Class::String, self.at, at);
        self.go(end);
        self.value = false;
        self.open.push(Open::Hole(kind));
    }

    fn close(&mut self, bracket: u8) {
        let partner = match bracket {
            b')' => b'(',
            b']' => b'[',
            _ => b'{',
        };
        self.pass(bracket != b'}');
        // A brace closes what was left open within it, so that one slip does not spoil the rest.
        while bracket == b'}' && matches!(self.open.last(), Some(Open::Bracket(b'(' | b'['))) {
            self.open.pop();
        }
        match self.open.last() {
            Some(Open::Bracket(open)) if *open == partner => {
                self.open.pop();
            }
            Some(&Open::Hole(kind)) if self.tongue.quotes[kind].hole.as_bytes().last() == Some(&partner) => {
                self.open.pop();
                match string_stop(self.code, self.at, &self.tongue.quotes[kind]) {
                    Stop::Hole(at) => self.open_hole(kind, at),
                    Stop::Closed(end) | Stop::Broken(end) if end > self.at => self.take(Class::String, end),
                    Stop::Closed(_) | Stop::Broken(_) => {}
                }
            }
            _ => {}
        }
    }

    /// Names that a byte introduces: `@name`, `$name`, `:name`, `#name`.
    fn sigil(&mut self, found: u8) -> bool {
        let next = byte(self.code, self.at + 1);
        let touched = self.at > 0 && is_word(self.code[self.at - 1]);
        let name = |at| word_end(self.code, at);
        let (class, end) = match found {
            b'@' => {
                let Some(class) = self.tongue.at else { return false };
                let mut end = name(skip(self.code, self.at, |byte| byte == b'@'));
                while byte(self.code, end) == b'.' && is_word(byte(self.code, end + 1)) && class == Class::Attribute {
                    end = name(end + 1);
                }
                (class, end)
            }
            b'$' => {
                let Some(class) = self.tongue.dollar else { return false };
                if next == b'{' {
                    return false;
                }
                (class, name(self.at + 1))
            }
            b'#' if self.fresh || self.last == 0 => {
                let Some(class) = self.tongue.hash else { return false };
                let start = skip_blanks(self.code, self.at + 1);
                let end = name(start);
                self.pen.mark(class, self.at, end);
                let path = skip_blanks(self.code, end);
                let include = &self.code[start..end] == b"include" && byte(self.code, path) == b'<';
                let line = line_end(self.code, path);
                self.go(end);
                if include {
                    let close = skip(&self.code[..line], path, |byte| byte != b'>');
                    self.pen.mark(Class::String, path, close + 1);
                    self.go((close + 1).min(line));
                }
                return true;
            }
            b':' if self.tongue.symbols && !touched && self.last != b':' && is_word(next) => {
                let end = name(self.at + 1);
                (Class::Constant, end + usize::from(matches!(byte(self.code, end), b'?' | b'!')))
            }
            _ => return false,
        };
        if end <= self.at + 1 {
            return false;
        }
        self.take(class, end);
        true
    }

    fn operator(&mut self) {
        let start = self.at;
        let mut end = start;
        while end < self.code.len()
            && is_operator(self.code[end])
            && (end == start || self.comment_end(end).is_none() && !(self.code[end] == b'/' && self.has_regexes()))
        {
            end += 1;
        }
        let run = &self.code[start..end];
        // `Vec<u8>` is no comparison.
        let touched = start > 0 && !self.code[start - 1].is_ascii_whitespace();
        let angles = run.iter().all(|byte| matches!(byte, b'<' | b'>'));
        let touches = angles && run.len() == 1 && !byte(self.code, end).is_ascii_whitespace();
        if !(angles && touched || touches) {
            self.pen.mark(Class::Operator, start, end);
        }
        self.go(end);
        self.value = false;
    }

    fn has_regexes(&self) -> bool {
        matches!(self.tongue.quirk, Quirk::Script | Quirk::Elements | Quirk::Ruby)
    }

    /// What only this language has. Returns whether something was read.
    fn quirk(&mut self, found: u8) -> bool {
        match (self.tongue.quirk, found) {
            (Quirk::Rust, b'\'') => self.quote_or_lifetime(),
            (Quirk::Rust, b'#') if is_at(self.code, self.at, b"#[") || is_at(self.code, self.at, b"#![") => {
                self.attribute()
            }
            (Quirk::Php, b'#') if is_at(self.code, self.at, b"#[") => self.attribute(),
            (_, b'/') if self.has_regexes() && !self.value => self.regex(),
            (Quirk::Elements, b'<') if !self.value => self.tag_start(),
            (Quirk::Ruby, b'%') if !self.value => self.percent_literal(),
            (Quirk::Lua, b'[') => {
                let inner = skip(self.code, self.at + 1, |byte| byte == b'=');
                if byte(self.code, inner) != b'[' {
                    return false;
                }
                let signs = inner - self.at - 1;
                let end = past_run(self.code, inner + 1, b']', b'=', signs, Some(b']'));
                self.take(Class::String, end);
                true
            }
            (Quirk::Ruby | Quirk::Heredocs, b'<')
                if is_at(self.code, self.at, b"<<") && !is_at(self.code, self.at, b"<<<") =>
            {
                self.announce_heredoc()
            }
            (Quirk::Php, b'<') if is_at(self.code, self.at, b"<<<") => self.announce_heredoc(),
            _ => false,
        }
    }

    fn quote_or_lifetime(&mut self) -> bool {
        let next = byte(self.code, self.at + 1);
        if next != b'\\' && is_word(next) {
            // One character between two quotes is a character; its bytes are at most four.
            let after = skip(self.code, self.at + 2, |byte| byte & 0xC0 == 0x80);
            if byte(self.code, after) != b'\'' {
                let end = word_end(self.code, self.at + 1);
                self.take(Class::Attribute, end);
                return true;
            }
        }
        false
    }

    /// `#[…]`, at most to where its brackets are balanced.
    fn attribute(&mut self) -> bool {
        let mut depth = 0usize;
        let mut end = self.at;
        while end < self.code.len() {
            match self.code[end] {
                b'[' => depth += 1,
                b']' => depth -= 1,
                b'"' => {
                    end = past_quote(self.code, end + 1, b'"');
                    continue;
                }
                _ => {}
            }
            end += 1;
            if depth == 0 && self.code[end - 1] == b']' {
                break;
            }
        }
        self.pen.mark(Class::Attribute, self.at, end);
        self.go(end);
        self.value = false;
        true
    }

    fn regex(&mut self) -> bool {
        // Longer ones are rare.
        const LONGEST: usize = 1000;
        if self.at < self.no_regex {
            return false;
        }
        let limit = self.code.len().min(self.at + LONGEST);
        let mut end = self.at + 1;
        let mut set = false;
        while end < limit {
            match self.code[end] {
                b'\\' => end += 1,
                b'[' => set = true,
                b']' => set = false,
                b'\n' => break,
                b'/' if !set => {
                    let end = word_end(self.code, end + 1);
                    self.take(Class::String, end);
                    return true;
                }
                _ => {}
            }
            end += 1;
        }
        self.no_regex = end;
        false
    }

    /// `%w[…]`, `%q(…)`, `%i{…}`.
    fn percent_literal(&mut self) -> bool {
        let letter = byte(self.code, self.at + 1);
        let bracket = self.at + 1 + usize::from(letter.is_ascii_alphabetic());
        let close = match byte(self.code, bracket) {
            b'(' => b')',
            b'[' => b']',
            b'{' => b'}',
            b'<' => b'>',
            b'|' => b'|',
            _ => return false,
        };
        let end = past_quote(self.code, bracket + 1, close);
        self.take(Class::String, end);
        true
    }

    fn announce_heredoc(&mut self) -> bool {
        let Some((tag, end)) = heredoc(self.code, self.at) else { return false };
        self.heredocs.push(tag);
        self.take(Class::String, end);
        true
    }

    fn read_heredocs(&mut self) {
        for tag in std::mem::take(&mut self.heredocs) {
            let end = heredoc_end(self.code, self.at, &self.code[tag.clone()]);
            let end = (end + tag.len()).min(self.code.len());
            self.pen.mark(Class::String, self.at, end);
            self.at = end;
        }
    }

    /// `<name`, `</name` or `<>` where a value may start.
    fn tag_start(&mut self) -> bool {
        let next = byte(self.code, self.at + 1);
        if next == b'>' {
            self.open.push(Open::Element);
            self.go(self.at + 2);
            return true;
        }
        let end = skip(self.code, self.at + 1, |byte| is_word(byte) || matches!(byte, b'.' | b'-' | b':'));
        // `<T,>(x: T) => x` is a function.
        if !next.is_ascii_alphabetic() || byte(self.code, end) == b',' || is_at(self.code, end, b" extends ") {
            return false;
        }
        self.pen.mark(Class::Keyword, self.at + 1, end);
        self.go(end);
        self.open.push(Open::Tag);
        true
    }

    /// A byte between `<name` and `>`. Returns whether it was read.
    fn tag(&mut self, found: u8) -> bool {
        match found {
            b'>' => {
                self.open.pop();
                self.open.push(Open::Element);
                self.pass(false);
            }
            b'/' if byte(self.code, self.at + 1) == b'>' => {
                self.open.pop();
                self.go(self.at + 2);
                self.value = true;
            }
            b'"' | b'\'' => {
                let end = skip(self.code, self.at + 1, |byte| byte != found) + 1;
                self.take(Class::String, end);
            }
            _ if is_word(found) => {
                let end = skip(self.code, self.at, |byte| is_word(byte) || matches!(byte, b'-' | b':'));
                self.take(Class::Attribute, end);
            }
            b'{' => return false,
            _ => self.pass(false),
        }
        true
    }

    /// Text up to the next tag or brace, and that.
    fn element_text(&mut self) {
        let end = skip(self.code, self.at, |byte| !matches!(byte, b'<' | b'{'));
        if end > self.at {
            self.go(end);
        }
        match byte(self.code, end) {
            b'{' => {
                self.open.push(Open::Bracket(b'{'));
                self.pass(false);
            }
            b'<' if byte(self.code, end + 1) == b'/' => {
                let close = skip(self.code, end + 2, |byte| is_word(byte) || matches!(byte, b'.' | b'-' | b':'));
                self.pen.mark(Class::Keyword, end + 2, close);
                self.open.pop();
                self.go(close + usize::from(byte(self.code, close) == b'>'));
                self.value = true;
            }
            b'<' if !self.tag_start() => self.pass(false),
            _ => {}
        }
    }
}

/// How the reading of a string comes to a stop.
enum Stop {
    /// The quote that closes it ends here.
    Closed(usize),
    /// Code within it opens here.
    Hole(usize),
    /// Its line, or the code, ends here without closing it.
    Broken(usize),
}

fn string_stop(code: &[u8], at: usize, quote: &Quote) -> Stop {
    let close = quote.close.as_bytes();
    let hole = quote.hole.as_bytes();
    let mut at = at;
    while at < code.len() {
        let found = code[at];
        if found == quote.escape && found != 0 && (hole.is_empty() || !is_at(code, at, hole)) {
            at += 2;
        } else if found == close[0] && is_at(code, at, close) {
            return Stop::Closed(at + close.len());
        } else if found == b'\n' && !quote.lines {
            return Stop::Broken(at);
        } else if !hole.is_empty() && found == hole[0] && is_at(code, at, hole) {
            // `{{` stands for a brace.
            if hole == b"{" && byte(code, at + 1) == b'{' {
                at += 2;
            } else {
                return Stop::Hole(at);
            }
        } else {
            at += 1;
        }
    }
    // A string that may have many lines and was cut off is a string to the end.
    if quote.lines { Stop::Closed(code.len()) } else { Stop::Broken(code.len()) }
}

/// Where a text closed by `first`, `count` times `fill` and perhaps `last` ends: `"##` or `]==]`. Runs are counted once,
/// however long they are.
fn past_run(code: &[u8], at: usize, first: u8, fill: u8, count: usize, last: Option<u8>) -> usize {
    let mut at = at;
    while at < code.len() {
        if code[at] != first {
            at += 1;
            continue;
        }
        let end = skip(code, at + 1, |byte| byte == fill);
        let run = end - at - 1;
        match last {
            None if run >= count => return at + 1 + count,
            Some(last) if run == count && byte(code, end) == last => return end + 1,
            _ => at = end,
        }
    }
    code.len()
}

fn is_operator(byte: u8) -> bool {
    matches!(byte, b'+' | b'-' | b'*' | b'/' | b'%' | b'=' | b'<' | b'>' | b'!' | b'&' | b'|' | b'^' | b'~' | b'?')
}
