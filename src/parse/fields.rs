//! A table to typed values, key by key: what is of a wrong kind or unknown becomes a finding.

use super::draft::{Line, Prosed, Words};
use super::markdown;
use super::tree::{Node, Table, Value};
use crate::diagnostic::{Code, Diagnostic};
use crate::playbook::prose::Name;
use crate::playbook::translation::Wording;
use crate::playbook::{Interval, Lang, Review, Text, Unit};
use crate::source::{Place, Spanned};
use jiff::civil::Date;
use std::sync::Arc;

/// What reading needs to know about the file.
pub struct Reading<'a> {
    /// The file.
    pub path: &'a Arc<str>,
    /// Its whole text.
    pub text: &'a str,
    /// The language that its texts are in.
    pub language: Lang,
    /// That language's tag.
    pub tag: &'a str,
    /// What Markdown needs to know.
    pub markdown: &'a markdown::Rules,
    /// Where findings go.
    pub findings: &'a mut Vec<Diagnostic>,
}

/// A table that is being read. Every key asked for is known; [`Fields::finish`] reports the others.
pub struct Fields<'r, 'a, 't> {
    /// The file.
    pub reading: &'r mut Reading<'a>,
    table: &'t Table,
    /// Where the table begins, for keys that are missing.
    pub place: Place,
    key: String,
    known: Vec<&'static str>,
}

/// Between the parts of a text's key.
pub const KEY_SEPARATOR: char = '\u{1}';

/// A text's key as TOML writes it: `reply.text`, `"kännedom".title`.
pub fn dotted(key: &str) -> String {
    let bare = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    let part = |part: &str| if bare(part) { part.to_string() } else { format!("\"{part}\"") };
    key.split(KEY_SEPARATOR).map(part).collect::<Vec<_>>().join(".")
}

impl<'r, 'a, 't> Fields<'r, 'a, 't> {
    /// Reads `table`, whose header is at `place` and whose key in the file is `key`.
    pub fn new(reading: &'r mut Reading<'a>, table: &'t Table, place: Place, key: String) -> Fields<'r, 'a, 't> {
        Fields { reading, table, place, key, known: Vec::new() }
    }

    /// The node of a key, whatever it is.
    pub fn node(&mut self, key: &'static str) -> Option<&'t Node> {
        self.known.push(key);
        self.table.get(key).filter(|node| !matches!(node.value, Value::Broken))
    }

    /// The key as texts are matched with their translations.
    pub fn text_key(&self, key: &str) -> Box<str> {
        if self.key.is_empty() { key.into() } else { format!("{}{KEY_SEPARATOR}{key}", self.key).into() }
    }

    fn wrong_type(&mut self, key: &str, node: &Node, wanted: &str) {
        self.reading.findings.push(
            Diagnostic::new(Code::WrongType, format!("`{key}` is {}, not {wanted}", node.value.kind()))
                .at(node.place.clone(), format!("wants {wanted}")),
        );
    }

    /// A text as it is.
    pub fn text(&mut self, key: &'static str) -> Option<Spanned<Arc<str>>> {
        let node = self.node(key)?;
        match &node.value {
            Value::Text(text) => Some(Spanned::new(text.clone(), node.place.clone())),
            _ => {
                self.wrong_type(key, node, "a text");
                None
            }
        }
    }

    /// A name of something.
    pub fn name(&mut self, key: &'static str) -> Option<Name> {
        self.text(key).map(|text| Name::new(text.value.trim().into(), text.place))
    }

    /// The name of an audience, as its key in the settings is read.
    pub fn audience(&mut self, key: &'static str) -> Option<Name> {
        self.text(key).map(|text| Name::new(super::id::normalised(text.value.trim()).into(), text.place))
    }

    /// A plain text that can be translated.
    pub fn words(&mut self, key: &'static str) -> Option<Words> {
        let text = self.text(key)?;
        let key = self.text_key(key);
        Some(Words { key, text: Text::new(text.value, self.reading.language, text.place) })
    }

    /// Markdown of any length that can be translated.
    pub fn prose(&mut self, key: &'static str) -> Option<Prosed> {
        let text = self.text(key)?;
        Some(self.prosed(self.text_key(key), text, Line::Block))
    }

    /// One line of inline Markdown that can be translated.
    pub fn line(&mut self, key: &'static str) -> Option<Prosed> {
        let text = self.text(key)?;
        Some(self.prosed(self.text_key(key), text, Line::Inline))
    }

    /// Markdown at a key of its own.
    pub fn prosed(&mut self, key: Box<str>, text: Spanned<Arc<str>>, line: Line) -> Prosed {
        let body = markdown::value(
            &text,
            self.reading.text,
            line,
            self.reading.markdown,
            self.reading.tag,
            self.reading.findings,
        );
        let wording = Wording::of(&[&text.value]);
        Prosed { key, line, wording, text: Text::new(Arc::new(body), self.reading.language, text.place) }
    }

    /// A list of lines of inline Markdown.
    pub fn lines(&mut self, key: &'static str) -> Vec<Prosed> {
        let mut lines = Vec::new();
        for (index, text) in self.texts(key).into_iter().enumerate() {
            let key = format!("{}{KEY_SEPARATOR}{index}", self.text_key(key)).into();
            lines.push(self.prosed(key, text, Line::Inline));
        }
        lines
    }

    /// A list of texts.
    pub fn texts(&mut self, key: &'static str) -> Vec<Spanned<Arc<str>>> {
        let Some(node) = self.node(key) else { return Vec::new() };
        let Value::List(items) = &node.value else {
            self.wrong_type(key, node, "a list of texts");
            return Vec::new();
        };
        let mut texts = Vec::new();
        for item in items {
            match &item.value {
                Value::Text(text) => texts.push(Spanned::new(text.clone(), item.place.clone())),
                Value::Broken => {}
                _ => self.wrong_type(key, item, "a text"),
            }
        }
        texts
    }

    /// A list of plain texts that can be translated.
    pub fn listed_words(&mut self, key: &'static str) -> Vec<Words> {
        let (language, list) = (self.reading.language, self.text_key(key));
        let words = |(index, text): (usize, Spanned<Arc<str>>)| Words {
            key: format!("{list}{KEY_SEPARATOR}{index}").into(),
            text: Text::new(text.value, language, text.place),
        };
        self.texts(key).into_iter().enumerate().map(words).collect()
    }

    /// A list of names.
    pub fn names(&mut self, key: &'static str) -> Vec<Name> {
        self.texts(key).into_iter().map(|text| Name::new(text.value.trim().into(), text.place)).collect()
    }

    /// A number.
    pub fn number(&mut self, key: &'static str) -> Option<Spanned<f64>> {
        let node = self.node(key)?;
        match node.value {
            Value::Integer(number) => Some(Spanned::new(number as f64, node.place.clone())),
            Value::Float(number) if number.is_finite() => Some(Spanned::new(number, node.place.clone())),
            Value::Float(_) => {
                self.out_of_range(key, node, "a finite number");
                None
            }
            _ => {
                self.wrong_type(key, node, "a number");
                None
            }
        }
    }

    /// A number between two others, both included.
    pub fn number_between(&mut self, key: &'static str, low: f64, high: f64) -> Option<f64> {
        let number = self.number(key)?;
        if (low..=high).contains(&number.value) {
            return Some(number.value);
        }
        self.reading.findings.push(
            Diagnostic::new(Code::OutOfRange, format!("`{key}` lies between {low} and {high}"))
                .at(number.place, "outside of it"),
        );
        None
    }

    fn out_of_range(&mut self, key: &str, node: &Node, wanted: &str) {
        self.reading.findings.push(
            Diagnostic::new(Code::OutOfRange, format!("`{key}` wants {wanted}")).at(node.place.clone(), "not this"),
        );
    }

    /// A whole number.
    pub fn integer(&mut self, key: &'static str) -> Option<Spanned<i64>> {
        let node = self.node(key)?;
        match node.value {
            Value::Integer(number) => Some(Spanned::new(number, node.place.clone())),
            _ => {
                self.wrong_type(key, node, "a whole number");
                None
            }
        }
    }

    /// `true` or `false`.
    pub fn truth(&mut self, key: &'static str) -> Option<bool> {
        let node = self.node(key)?;
        match node.value {
            Value::Bool(truth) => Some(truth),
            _ => {
                self.wrong_type(key, node, "true or false");
                None
            }
        }
    }

    /// A day.
    pub fn date(&mut self, key: &'static str) -> Option<Spanned<Date>> {
        let node = self.node(key)?;
        match node.value {
            Value::Date(date) => Some(Spanned::new(date, node.place.clone())),
            _ => {
                self.wrong_type(key, node, "a date such as 2026-09-01");
                None
            }
        }
    }

    /// One of some words.
    pub fn one_of<T: Copy>(&mut self, key: &'static str, choices: &[(&str, T)]) -> Option<Spanned<T>> {
        let text = self.text(key)?;
        if let Some((_, choice)) = choices.iter().find(|(word, _)| *word == &*text.value) {
            return Some(Spanned::new(*choice, text.place));
        }
        let words = choices.iter().map(|(word, _)| format!("`{word}`")).collect::<Vec<_>>().join(", ");
        self.reading.findings.push(
            Diagnostic::new(Code::UnknownName, format!("`{key}` cannot be `{}`", text.value))
                .at(text.place, "not one of them")
                .did_you_mean(&text.value, choices.iter().map(|(word, _)| *word))
                .help(format!("it is one of {words}")),
        );
        None
    }

    /// `owner`, `last_reviewed`, `review_every`.
    pub fn review(&mut self) -> Review {
        let owner = self.text("owner").map(|owner| owner.value);
        let last = self.date("last_reviewed").map(|date| (date.value, date.place));
        let every = self.text("review_every").and_then(|text| self.interval(text));
        Review { owner, last, every }
    }

    /// A span of time that was written as a text.
    pub fn interval(&mut self, text: Spanned<Arc<str>>) -> Option<Interval> {
        let interval = interval(&text.value);
        if interval.is_none() {
            self.reading.findings.push(
                Diagnostic::new(Code::WrongType, format!("`{}` is no span of time", text.value))
                    .at(text.place, "not readable")
                    .help("write it like \"3 months\": a number and days, weeks, months or years"),
            );
        }
        interval
    }

    /// The tables in a table, in the order of the file, each with its header's place.
    pub fn tables(&mut self, key: &'static str) -> Vec<(Spanned<Arc<str>>, &'t Table)> {
        self.table(key).map(|(_, table)| self.tables_of(table)).unwrap_or_default()
    }

    /// A table, with the node that it is.
    pub fn table(&mut self, key: &'static str) -> Option<(&'t Node, &'t Table)> {
        let node = self.node(key)?;
        match &node.value {
            Value::Table(table) => Some((node, table)),
            _ => {
                self.wrong_type(key, node, "a table");
                None
            }
        }
    }

    /// The tables in `table`.
    pub fn tables_of(&mut self, table: &'t Table) -> Vec<(Spanned<Arc<str>>, &'t Table)> {
        let mut tables = Vec::new();
        for entry in &table.entries {
            match &entry.node.value {
                Value::Table(inner) => tables.push((Spanned::new(entry.key.clone(), entry.place.clone()), inner)),
                Value::Broken => {}
                other => self.reading.findings.push(
                    Diagnostic::new(Code::WrongType, format!("`{}` is {}, not a table", entry.key, other.kind()))
                        .at(entry.node.place.clone(), "wants a table"),
                ),
            }
        }
        tables
    }

    /// A key without which the thing makes no sense.
    pub fn missing(&mut self, what: &str, key: &str, example: &str) {
        self.reading.findings.push(
            Diagnostic::new(Code::MissingKey, format!("{what} has no `{key}`"))
                .at(self.place.clone(), format!("`{key}` is missing"))
                .help(format!("add: {example}")),
        );
    }

    /// Reports keys that nobody asked for. `stranger` may know a better answer than the nearest name.
    pub fn finish(self, what: &str, stranger: &dyn Fn(&str) -> Option<String>) {
        for entry in &self.table.entries {
            if self.known.iter().any(|known| *known == &*entry.key) {
                continue;
            }
            let finding = Diagnostic::new(Code::UnknownKey, format!("{what} has no key `{}`", entry.key))
                .at(entry.place.clone(), "unknown key");
            self.reading.findings.push(match stranger(&entry.key) {
                Some(help) => finding.help(help),
                None => finding.did_you_mean(&entry.key, self.known.iter().copied()),
            });
        }
    }
}

/// `3 months`, `1 year`, `14 days`.
pub fn interval(text: &str) -> Option<Interval> {
    let mut words = text.split_whitespace();
    let count: u16 = words.next()?.parse().ok()?;
    let unit = match words.next()? {
        "day" | "days" => Unit::Day,
        "week" | "weeks" => Unit::Week,
        "month" | "months" => Unit::Month,
        "year" | "years" => Unit::Year,
        _ => return None,
    };
    (count > 0 && words.next().is_none()).then_some(Interval { count, unit })
}
