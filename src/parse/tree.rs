//! TOML or YAML text to a tree of values that know their places.

use crate::diagnostic::{Code, Diagnostic};
use crate::playbook::Extra;
use crate::source::Place;
use jiff::civil::Date;
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_saphyr::Spanned as Written;
use std::fmt;
use std::ops::Range;
use std::sync::Arc;
use toml::de::{DeTable, DeValue};

/// A value and its bytes in the file.
#[derive(Debug, Clone)]
pub struct Node {
    /// The value.
    pub value: Value,
    /// Its bytes.
    pub place: Place,
}

/// A value as TOML knows them.
#[derive(Debug, Clone)]
pub enum Value {
    /// A text.
    Text(Arc<str>),
    /// A whole number.
    Integer(i64),
    /// A number.
    Float(f64),
    /// `true` or `false`.
    Bool(bool),
    /// A day.
    Date(Date),
    /// A time, or a date with one: nothing here takes it.
    Time,
    /// A list.
    List(Vec<Node>),
    /// A table.
    Table(Table),
    /// Not readable; its finding has been made.
    Broken,
}

impl Value {
    /// The word for its kind in findings.
    pub fn kind(&self) -> &'static str {
        match self {
            Value::Text(_) => "a text",
            Value::Integer(_) | Value::Float(_) => "a number",
            Value::Bool(_) => "true or false",
            Value::Date(_) => "a date",
            Value::Time => "a time",
            Value::List(_) => "a list",
            Value::Table(_) => "a table",
            Value::Broken => "nothing readable",
        }
    }

    /// Whether both say the same, wherever they stand.
    pub fn same_as(&self, other: &Value) -> bool {
        match (self, other) {
            (Value::Text(a), Value::Text(b)) => a == b,
            (Value::Integer(a), Value::Integer(b)) => a == b,
            (Value::Float(a), Value::Float(b)) => a == b,
            (Value::Bool(a), Value::Bool(b)) => a == b,
            (Value::Date(a), Value::Date(b)) => a == b,
            (Value::List(a), Value::List(b)) => {
                a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.value.same_as(&b.value))
            }
            (Value::Table(a), Value::Table(b)) => {
                a.entries.len() == b.entries.len()
                    && a.entries
                        .iter()
                        .all(|entry| b.get(&entry.key).is_some_and(|b| entry.node.value.same_as(&b.value)))
            }
            _ => false,
        }
    }

    /// The value for themes.
    pub fn to_extra(&self) -> Extra {
        match self {
            Value::Text(text) => Extra::Text(text.clone()),
            Value::Integer(number) => Extra::Integer(*number),
            Value::Float(number) => Extra::Float(*number),
            Value::Bool(truth) => Extra::Bool(*truth),
            Value::Date(date) => Extra::Date(*date),
            Value::Time | Value::Broken => Extra::Text("".into()),
            Value::List(items) => Extra::List(items.iter().map(|item| item.value.to_extra()).collect()),
            Value::Table(table) => Extra::Table(
                table.entries.iter().map(|entry| (entry.key.clone(), entry.node.value.to_extra())).collect(),
            ),
        }
    }
}

/// A table, in the order of the file.
#[derive(Debug, Clone, Default)]
pub struct Table {
    /// Its keys and values.
    pub entries: Vec<Entry>,
}

/// A key and its value.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The key.
    pub key: Arc<str>,
    /// The key's bytes.
    pub place: Place,
    /// The value.
    pub node: Node,
}

impl Table {
    /// The value of `key`.
    pub fn get(&self, key: &str) -> Option<&Node> {
        self.entries.iter().find(|entry| &*entry.key == key).map(|entry| &entry.node)
    }
}

/// Deeper tables are refused: nothing in the format is deeper than seven.
const DEPTH: usize = 32;

/// Reads TOML: all its mistakes become findings, what could be read is in the table. `offset` is where `text` begins in the
/// file `path`.
pub fn toml(text: &str, offset: usize, path: &Arc<str>, findings: &mut Vec<Diagnostic>) -> Table {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut broken = Vec::new();
    for error in errors {
        let span = error.span().unwrap_or(0..0);
        let message = first_line(error.message());
        let mut finding = Diagnostic::new(Code::Syntax, format!("this is not TOML: {message}"))
            .at(Place::new(path, widened(text, span.clone(), offset)), "here");
        if message.contains("unquoted key")
            && let Some(quoted) = quoted_key(text, span.start)
        {
            finding = finding.help(format!("keys with other letters want quotes: {quoted}"));
        }
        findings.push(finding);
        broken.push(span);
    }
    let mut reader = Reader { path, offset, findings, broken };
    reader.table(table.get_ref(), 0)
}

/// The parser's span in bytes of the file, kept within the text.
fn widened(text: &str, span: Range<usize>, offset: usize) -> Range<usize> {
    let start = span.start.min(text.len());
    let end = span.end.clamp(start, text.len());
    offset + start..offset + end
}

/// The line at `at` with quotes around the key's parts that need them.
fn quoted_key(text: &str, at: usize) -> Option<String> {
    let at = at.min(text.len());
    let start = text.get(..at)?.rfind('\n').map_or(0, |newline| newline + 1);
    let line = text[start..].lines().next()?.trim();
    let (open, key, close) = match line.strip_prefix('[') {
        Some(rest) => ("[", rest.split(']').next()?, "]"),
        None => ("", line.split('=').next()?.trim(), ""),
    };
    if key.len() > 100 || key.contains(['"', '\'']) {
        return None;
    }
    let bare = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    let parts: Vec<String> = key
        .split('.')
        .map(|part| if bare(part.trim()) { part.trim().to_string() } else { format!("\"{}\"", part.trim()) })
        .collect();
    Some(format!("`{open}{}{close}`", parts.join(".")))
}

fn first_line(message: &str) -> &str {
    message.lines().next().unwrap_or("it cannot be read")
}

struct Reader<'a> {
    path: &'a Arc<str>,
    offset: usize,
    findings: &'a mut Vec<Diagnostic>,
    /// Where the parser stumbled: what it made of the words there is not the author's.
    broken: Vec<Range<usize>>,
}

impl Reader<'_> {
    fn place(&self, span: Range<usize>) -> Place {
        Place::new(self.path, self.offset + span.start..self.offset + span.end)
    }

    fn table(&mut self, table: &DeTable<'_>, depth: usize) -> Table {
        let mut entries: Vec<Entry> = Vec::with_capacity(table.len());
        for (key, value) in table.iter() {
            let place = self.place(key.span());
            let node = self.node(value.get_ref(), value.span(), depth + 1);
            entries.push(Entry { key: Arc::from(&**key.get_ref()), place, node });
        }
        // The parser keeps keys by name; authors mean the order of the file.
        entries.sort_by_key(|entry| entry.place.start);
        Table { entries }
    }

    fn node(&mut self, value: &DeValue<'_>, span: Range<usize>, depth: usize) -> Node {
        let is_value = !matches!(value, DeValue::Table(_) | DeValue::Array(_));
        let stumbled = |error: &Range<usize>| error.start <= span.end && span.start <= error.end.max(error.start + 1);
        let is_broken = is_value && self.broken.iter().any(stumbled);
        let place = self.place(span);
        if is_broken {
            return Node { value: Value::Broken, place };
        }
        if depth > DEPTH {
            self.findings.push(
                Diagnostic::new(Code::Syntax, format!("this is nested more than {DEPTH} levels deep"))
                    .at(place.clone(), "too deep"),
            );
            return Node { value: Value::Broken, place };
        }
        let value = match value {
            DeValue::String(text) => Value::Text(Arc::from(&**text)),
            DeValue::Integer(number) => match i64::from_str_radix(number.as_str(), number.radix()) {
                Ok(number) => Value::Integer(number),
                Err(_) => Value::Float(number.as_str().parse().unwrap_or(f64::INFINITY)),
            },
            DeValue::Float(number) => number.as_str().parse().map(Value::Float).unwrap_or(Value::Broken),
            DeValue::Boolean(truth) => Value::Bool(*truth),
            DeValue::Datetime(moment) => match (moment.date, moment.time) {
                (Some(date), None) => match civil(date.year, date.month, date.day) {
                    Some(date) => Value::Date(date),
                    None => {
                        self.findings.push(
                            Diagnostic::new(Code::OutOfRange, "the calendar has no such day")
                                .at(place.clone(), "this day"),
                        );
                        Value::Broken
                    }
                },
                _ => Value::Time,
            },
            DeValue::Array(items) => {
                Value::List(items.iter().map(|item| self.node(item.get_ref(), item.span(), depth + 1)).collect())
            }
            DeValue::Table(table) => Value::Table(self.table(table, depth)),
        };
        Node { value, place }
    }
}

fn civil(year: u16, month: u8, day: u8) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

/// Reads YAML front matter: what people bring along from other generators.
pub fn yaml(text: &str, offset: usize, path: &Arc<str>, findings: &mut Vec<Diagnostic>) -> Table {
    if text.trim().is_empty() {
        return Table::default();
    }
    let whole = || Place::new(path, offset..offset + text.len());
    // Tags tell other programs to include a file or to run something; silently ignoring one would lose what it stood for.
    match serde_saphyr::from_str_with_options::<Yaml>(text, serde_saphyr::options! { reject_unsupported_tags: true }) {
        Ok(Yaml::Map(entries)) => YamlPlaces { text, offset, path }.table(entries, &whole()),
        Ok(Yaml::Null) => Table::default(),
        Ok(_) => {
            findings.push(
                Diagnostic::new(Code::Syntax, "the front matter is no table of keys and values").at(whole(), "here"),
            );
            Table::default()
        }
        Err(error) => {
            let place = error
                .location()
                .map(|location| {
                    let [line, column] = [location.line(), location.column()]
                        .map(|number| usize::try_from(number).unwrap_or(1).max(1) - 1);
                    let before: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
                    let line = text[before.min(text.len())..].lines().next().unwrap_or("");
                    let start = line.char_indices().nth(column).map_or(0, |(at, _)| at);
                    offset + before + start..offset + before + line.len()
                })
                .unwrap_or(offset..offset + text.find('\n').unwrap_or(text.len()));
            let message = error.to_string();
            findings.push(
                Diagnostic::new(Code::Syntax, format!("this is not YAML: {}", without_place(first_line(&message))))
                    .at(Place::new(path, place), "here"),
            );
            Table::default()
        }
    }
}

/// A message without the line and column that it begins with: those of the front matter are not those of the file.
fn without_place(message: &str) -> &str {
    let message = message.strip_prefix("error: ").unwrap_or(message);
    match message.split_once(": ") {
        Some((place, rest)) if place.starts_with("line ") && place.contains(" column ") => rest,
        _ => message,
    }
}

/// A YAML value.
enum Yaml {
    Null,
    Bool(bool),
    Integer(i64),
    Float(f64),
    Text(String),
    List(Vec<Written<Yaml>>),
    Map(Vec<(Written<Yaml>, Written<Yaml>)>),
}

/// From a YAML value and where it stands in the front matter to a node of the file.
struct YamlPlaces<'a> {
    text: &'a str,
    offset: usize,
    path: &'a Arc<str>,
}

impl YamlPlaces<'_> {
    fn table(&self, entries: Vec<(Written<Yaml>, Written<Yaml>)>, around: &Place) -> Table {
        let entry = |(key, value): (Written<Yaml>, Written<Yaml>)| {
            let place = self.place(&key).unwrap_or_else(|| around.clone());
            let key = match key.value {
                Yaml::Text(key) => key,
                Yaml::Integer(key) => key.to_string(),
                Yaml::Bool(key) => key.to_string(),
                _ => String::new(),
            };
            let node = self.node(value, &place);
            Entry { key: key.into(), place, node }
        };
        Table { entries: entries.into_iter().map(entry).collect() }
    }

    fn node(&self, written: Written<Yaml>, around: &Place) -> Node {
        let mut place = self.place(&written).unwrap_or_else(|| around.clone());
        let value = match written.value {
            Yaml::Null => Value::Text("".into()),
            Yaml::Bool(truth) => Value::Bool(truth),
            Yaml::Integer(number) => Value::Integer(number),
            Yaml::Float(number) => Value::Float(number),
            Yaml::Text(text) => text.parse().map(Value::Date).unwrap_or_else(|_| Value::Text(text.into())),
            Yaml::List(items) => {
                let items: Vec<Node> = items.into_iter().map(|item| self.node(item, &place)).collect();
                place.end = items.last().map_or(place.end, |last| last.place.end.max(place.end));
                Value::List(items)
            }
            Yaml::Map(entries) => {
                let table = self.table(entries, &place);
                place.end = table.entries.last().map_or(place.end, |last| last.node.place.end.max(place.end));
                Value::Table(table)
            }
        };
        Node { value, place }
    }

    /// Where it was written; nowhere, where nothing stands.
    fn place(&self, written: &Written<Yaml>) -> Option<Place> {
        let span = written.referenced.span();
        let start = usize::try_from(span.byte_offset()?).ok()?;
        let end = start.checked_add(usize::try_from(span.byte_len()?).ok()?)?;
        let written = self.text.get(start..end)?.trim_end();
        (!written.is_empty()).then(|| Place::new(self.path, self.offset + start..self.offset + start + written.len()))
    }
}

impl<'de> Deserialize<'de> for Yaml {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Yaml;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a YAML value")
            }
            fn visit_unit<E>(self) -> Result<Yaml, E> {
                Ok(Yaml::Null)
            }
            fn visit_none<E>(self) -> Result<Yaml, E> {
                Ok(Yaml::Null)
            }
            fn visit_bool<E>(self, value: bool) -> Result<Yaml, E> {
                Ok(Yaml::Bool(value))
            }
            fn visit_i64<E>(self, value: i64) -> Result<Yaml, E> {
                Ok(Yaml::Integer(value))
            }
            fn visit_u64<E>(self, value: u64) -> Result<Yaml, E> {
                Ok(i64::try_from(value).map(Yaml::Integer).unwrap_or(Yaml::Float(value as f64)))
            }
            fn visit_f64<E>(self, value: f64) -> Result<Yaml, E> {
                Ok(Yaml::Float(value))
            }
            fn visit_str<E>(self, value: &str) -> Result<Yaml, E> {
                Ok(Yaml::Text(value.to_string()))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Yaml, A::Error> {
                let mut list = Vec::new();
                while let Some(item) = items.next_element()? {
                    list.push(item);
                }
                Ok(Yaml::List(list))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Yaml, A::Error> {
                let mut map = Vec::new();
                while let Some(entry) = entries.next_entry()? {
                    map.push(entry);
                }
                Ok(Yaml::Map(map))
            }
        }
        deserializer.deserialize_any(Any)
    }
}
