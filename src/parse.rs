//! A file's text to a [`Draft`]: one file, no neighbours. It never fails, it reports.

pub mod directive;
pub mod document;
pub mod draft;
pub mod fields;
pub mod figures;
pub mod highlight;
pub mod html;
pub mod id;
pub mod journey;
pub mod link;
pub mod lock;
pub mod markdown;
pub mod math;
mod outlets;
pub mod overlay;
pub mod quotes;
pub mod register;
pub mod settings;
pub mod tree;
pub mod vague;

use crate::diagnostic::{Code, Diagnostic};
use crate::playbook::{Kind, Lang, Settings};
use crate::source::{Place, Source};
use draft::{Draft, Role};
use fields::Reading;
use markdown::Rules;
use std::sync::Arc;

/// A file as it was written, and what is to be said about it. Findings stand here, so that an untouched file's are
/// replayed with it.
#[derive(Debug, Clone, Default)]
pub struct Parsed {
    /// What was written; `None` where the file is of no kind that a playbook has.
    pub draft: Option<Draft>,
    /// What is to be said.
    pub findings: Vec<Diagnostic>,
}

/// What the settings say that parsing needs to know.
#[derive(Debug, Clone, Default)]
pub struct Dialect {
    /// Tags of the languages; the first is the default one.
    pub languages: Vec<Arc<str>>,
    /// What Markdown needs to know.
    pub markdown: Rules,
}

impl Dialect {
    /// What these settings say.
    pub fn of(settings: &Settings) -> Dialect {
        Dialect {
            languages: settings.languages.iter().map(|language| language.tag.clone()).collect(),
            markdown: Rules {
                trusted: settings.raw_html_trusted,
                customer_prose: settings.audiences_declared,
                several_languages: settings.languages.len() > 1,
            },
        }
    }
}

/// Reads one file of `content/`.
pub fn parse(source: &Source, dialect: &Dialect) -> Parsed {
    let mut findings = Vec::new();
    let name = FileName::of(&source.path, dialect, &mut findings);
    let tag = dialect.languages[name.language.index()].clone();
    let mut reading = Reading {
        path: &source.path,
        text: &source.text,
        language: name.language,
        tag: &tag,
        markdown: &dialect.markdown,
        findings: &mut findings,
    };
    let draft = if name.markdown {
        Some(Draft::Document(Arc::new(document::document(&mut reading, &name, dialect.languages.len() > 1))))
    } else if let Some(translates) = &name.translates {
        Some(Draft::Overlay(Arc::new(overlay::overlay(&mut reading, translates.clone(), source))))
    } else {
        match name.toml {
            Some(TomlKind::Journey) => Some(Draft::Journey(Box::new(journey::journey(&mut reading, &name.stem)))),
            Some(TomlKind::Register(kind)) => Some(Draft::Register(Box::new(register::register(&mut reading, kind)))),
            None => {
                findings.push(
                    Diagnostic::new(Code::UnknownName, "no TOML file of this name belongs to a playbook")
                        .at(Place::file(&source.path), "not read")
                        .did_you_mean(&name.stem, REGISTERS.iter().map(|(word, _)| *word))
                        .help("journeys stand in `journeys/`, registers in files or folders such as `promises.toml`"),
                );
                None
            }
        }
    };
    Parsed { draft, findings }
}

/// What a file's name says about it.
pub struct FileName {
    /// Whether it is Markdown.
    pub markdown: bool,
    /// The file's name without ending and language.
    pub stem: String,
    /// Its language.
    pub language: Lang,
    /// The file that it translates.
    pub translates: Option<Arc<str>>,
    /// What it is, if it is Markdown.
    pub role: Role,
    toml: Option<TomlKind>,
}

#[derive(Clone, Copy)]
enum TomlKind {
    Journey,
    Register(Register),
}

/// The registers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Register {
    /// `promises.toml`
    Promises,
    /// `metrics.toml`
    Metrics,
    /// `departments.toml`
    Departments,
    /// `channels.toml`
    Channels,
    /// `claims.toml`
    Claims,
    /// `glossary.toml`
    Glossary,
    /// `incidents.toml`
    Incidents,
}

const REGISTERS: [(&str, Register); 7] = [
    ("promises", Register::Promises),
    ("metrics", Register::Metrics),
    ("departments", Register::Departments),
    ("channels", Register::Channels),
    ("claims", Register::Claims),
    ("glossary", Register::Glossary),
    ("incidents", Register::Incidents),
];

impl FileName {
    /// Takes the path of a file in `content/` apart.
    fn of(path: &Arc<str>, dialect: &Dialect, findings: &mut Vec<Diagnostic>) -> FileName {
        let inner = path.strip_prefix("content/").unwrap_or(path);
        let (folder, file) = inner.rsplit_once('/').unwrap_or(("", inner));
        let markdown = file.ends_with(".md");
        let stem = file.strip_suffix(".md").or_else(|| file.strip_suffix(".toml")).unwrap_or(file);
        let mut name = FileName {
            markdown,
            stem: stem.to_string(),
            language: Lang::DEFAULT,
            translates: None,
            role: Role::Overview(Kind::Tags),
            toml: None,
        };
        if let Some((before, tag)) = stem.rsplit_once('.')
            && !before.is_empty()
        {
            match dialect.languages.iter().position(|language| **language == *tag) {
                Some(0) => name.stem = before.to_string(),
                Some(index) => {
                    let ending = if markdown { ".md" } else { ".toml" };
                    name.language = u8::try_from(index).map(Lang).unwrap_or(Lang::DEFAULT);
                    name.stem = before.to_string();
                    let slash = if folder.is_empty() { "" } else { "/" };
                    name.translates = Some(format!("content/{folder}{slash}{before}{ending}").into());
                }
                None if looks_like_a_language(tag) => findings.push(
                    Diagnostic::new(Code::UnknownName, format!("`{tag}` is no language of this playbook"))
                        .at(Place::file(path), "its name ends in a language")
                        .did_you_mean(tag, dialect.languages.iter().map(|language| &**language))
                        .help(format!("declare it in trustbook.toml: [languages.{tag}]")),
                ),
                None => findings.push(
                    Diagnostic::new(Code::DottedName, format!("`{stem}` has a dot in its name"))
                        .at(Place::file(path), "dots are for languages")
                        .help("write `-` instead"),
                ),
            }
        }
        let top = folder.split('/').next().unwrap_or("");
        if markdown {
            name.role = role(folder, top, &name.stem);
        } else {
            let register = |word: &str| REGISTERS.iter().find(|(known, _)| *known == word).map(|(_, kind)| *kind);
            name.toml = match (top, folder.is_empty()) {
                ("journeys", _) => Some(TomlKind::Journey),
                (_, true) => register(&name.stem).map(TomlKind::Register),
                (top, false) => register(top).map(TomlKind::Register),
            };
        }
        name
    }
}

fn looks_like_a_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or("");
    (2..=3).contains(&first.len())
        && first.bytes().all(|byte| byte.is_ascii_lowercase())
        && parts.all(|part| (2..=4).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

fn role(folder: &str, top: &str, stem: &str) -> Role {
    let of_a_kind = matches!(top, "strategies" | "pillars" | "personas" | "recoveries");
    if folder == top
        && stem == "index"
        && let Some(kind) = Kind::of_folder(top)
    {
        return Role::Overview(kind);
    }
    if of_a_kind && let Some(kind) = Kind::of_folder(top) {
        return Role::Of(kind, id::normalised(stem).into());
    }
    Role::Page { folder: folder.into(), stem: stem.into(), section: stem == "index" }
}
