//! `theme.toml` to a [`Manifest`]: what a theme says of itself.

use crate::diagnostic::{Code, Diagnostic};
use crate::parse::fields::{Fields, Reading};
use crate::parse::markdown::Rules;
use crate::parse::tree::{self, Table};
use crate::playbook::{Extra, Lang};
use crate::source::{Place, Spanned};
use std::sync::Arc;

/// The contract of docs/theme.md that this program keeps.
pub const API: i64 = 1;

/// What a theme says of itself.
#[derive(Debug, Clone, Default)]
pub struct Manifest {
    /// The theme that it lies over.
    pub extends: Option<Spanned<Arc<str>>>,
    /// What its options are, in the order of the file.
    pub options: Vec<Declared>,
}

/// An option that `[theme_options]` may set.
#[derive(Debug, Clone)]
pub struct Declared {
    /// Its name.
    pub name: Spanned<Arc<str>>,
    /// What it takes; none where a theme below says it.
    pub kind: Option<Kind>,
    /// What it is where nobody sets it.
    pub default: Option<Spanned<Extra>>,
    /// What it does, in a sentence.
    pub about: Option<Arc<str>>,
    /// The custom property that gets its value.
    pub property: Option<Spanned<Arc<str>>>,
    /// Of a colour for words: the custom property with the ground that they stand on.
    pub on: Option<Spanned<Arc<str>>>,
    /// Of a colour: the custom property that gets its wash.
    pub tint: Option<Arc<str>>,
    /// Of a colour: the option that has it for dark pages.
    pub dark: Option<Arc<str>>,
    /// Of a font: the option that has its bold face.
    pub bold: Option<Arc<str>>,
    /// Of a number: what follows it in the style sheet.
    pub unit: Option<Arc<str>>,
    /// Of a number: the least.
    pub min: Option<f64>,
    /// Of a number: the greatest.
    pub max: Option<f64>,
    /// Of a choice: the words.
    pub choices: Vec<Spanned<Arc<str>>>,
}

/// What an option takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// `"#0b5594"`
    Color,
    /// Any text.
    Text,
    /// A file in `static/`.
    Asset,
    /// A family's name, or a font file in `static/`.
    Font,
    /// `true` or `false`.
    Truth,
    /// One of some words.
    Choice,
    /// A number.
    Number,
}

impl Kind {
    /// Every kind with its word.
    pub const ALL: [(&str, Kind); 7] = [
        ("color", Kind::Color),
        ("string", Kind::Text),
        ("asset", Kind::Asset),
        ("font", Kind::Font),
        ("boolean", Kind::Truth),
        ("choice", Kind::Choice),
        ("number", Kind::Number),
    ];

    /// What it wants, for findings.
    pub fn wants(self) -> &'static str {
        match self {
            Kind::Color => "a colour such as \"#0b5594\"",
            Kind::Text => "a text",
            Kind::Asset => "a file's name in static/",
            Kind::Font => "a font's name or a font file's in static/",
            Kind::Truth => "true or false",
            Kind::Choice => "a word",
            Kind::Number => "a number",
        }
    }
}

/// Reads the `theme.toml` of the theme called `name`.
pub fn manifest(name: &str, path: &Arc<str>, text: &str, findings: &mut Vec<Diagnostic>) -> Manifest {
    let table = tree::toml(text, 0, path, findings);
    let rules = Rules::default();
    let mut reading = Reading { path, text, language: Lang::DEFAULT, tag: "en", markdown: &rules, findings };
    let mut fields = Fields::new(&mut reading, &table, Place::file(path), String::new());
    if let Some(own) = fields.text("name")
        && *own.value != *name
    {
        fields.reading.findings.push(
            Diagnostic::new(Code::InvalidTheme, format!("the theme in `{name}` calls itself `{}`", own.value))
                .at(own.place, "another name")
                .help(format!("write name = \"{name}\", or rename the folder")),
        );
    }
    // For people; nothing is made of it.
    let _ = fields.text("about");
    let extends = fields.text("extends");
    match fields.integer("api") {
        Some(api) if api.value > API || api.value < 1 => fields.reading.findings.push(
            Diagnostic::new(
                Code::InvalidTheme,
                format!("the theme is made for contract {}, this trustbook keeps {API}", api.value),
            )
            .at(api.place, "not kept")
            .help("take a newer trustbook, or an older version of the theme"),
        ),
        Some(_) => {}
        None => fields.missing("the theme", "api", &format!("api = {API}")),
    }
    let tables = fields.tables("options");
    let options = tables.into_iter().map(|(name, table)| declared(name, table, fields.reading)).collect();
    fields.finish("a theme", &|_| None);
    Manifest { extends, options }
}

fn declared(name: Spanned<Arc<str>>, table: &Table, reading: &mut Reading<'_>) -> Declared {
    let mut fields = Fields::new(reading, table, name.place.clone(), String::new());
    if name.value.is_empty() || !name.value.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_') {
        fields.reading.findings.push(
            Diagnostic::new(Code::OutOfRange, format!("`{}` cannot be an option's name", name.value))
                .at(name.place.clone(), "small letters and `_` only"),
        );
    }
    let property = |fields: &mut Fields<'_, '_, '_>, key: &'static str| {
        let property = fields.text(key)?;
        if is_property(&property.value) {
            return Some(property);
        }
        fields.reading.findings.push(
            Diagnostic::new(Code::OutOfRange, format!("`{}` is no custom property", property.value))
                .at(property.place, "not like `--accent`"),
        );
        None
    };
    let declared = Declared {
        kind: fields.one_of("type", &Kind::ALL).map(|kind| kind.value),
        default: fields.node("default").map(|node| Spanned::new(node.value.to_extra(), node.place.clone())),
        about: fields.text("about").map(|about| about.value),
        property: property(&mut fields, "property"),
        on: property(&mut fields, "on"),
        tint: property(&mut fields, "tint").map(|tint| tint.value),
        dark: fields.text("dark").map(|dark| dark.value),
        bold: fields.text("bold").map(|bold| bold.value),
        unit: fields.text("unit").filter(|unit| is_unit(&unit.value)).map(|unit| unit.value),
        min: fields.number("min").map(|min| min.value),
        max: fields.number("max").map(|max| max.value),
        choices: fields.texts("choices"),
        name,
    };
    fields.finish("an option", &|_| None);
    declared
}

fn is_property(name: &str) -> bool {
    let letter = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    name.len() > 2 && name.starts_with("--") && name.bytes().all(letter)
}

fn is_unit(unit: &str) -> bool {
    unit == "%" || unit.bytes().all(|byte| byte.is_ascii_lowercase())
}

impl Declared {
    /// This declaration with what it leaves out taken from that of a theme below.
    pub fn over(self, below: &Declared) -> Declared {
        let below = below.clone();
        Declared {
            kind: self.kind.or(below.kind),
            default: self.default.or(below.default),
            about: self.about.or(below.about),
            property: self.property.or(below.property),
            on: self.on.or(below.on),
            tint: self.tint.or(below.tint),
            dark: self.dark.or(below.dark),
            bold: self.bold.or(below.bold),
            unit: self.unit.or(below.unit),
            min: self.min.or(below.min),
            max: self.max.or(below.max),
            choices: if self.choices.is_empty() { below.choices } else { self.choices },
            name: self.name,
        }
    }
}
