//! One Markdown file to a [`DocumentDraft`].

use super::draft::{DocumentDraft, Front, OverlayDraft, PersonaDraft, Role};
use super::fields::{Fields, Reading};
use super::tree::{self, Table, Value};
use super::{FileName, markdown, overlay};
use crate::diagnostic::{Code, Diagnostic};
use crate::playbook::prose::{Body, DirectiveKind};
use crate::playbook::translation::Wording;
use crate::playbook::{Grade, Kind};
use crate::source::{Place, Spanned};
use rustc_hash::FxHasher;
use std::hash::{Hash, Hasher};
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_64;

/// Reads a Markdown file. `has_translations` where there may be some that have to be compared with it.
pub fn document(reading: &mut Reading<'_>, name: &FileName, has_translations: bool) -> DocumentDraft {
    let text = reading.text;
    let path = reading.path.clone();
    let (table, body_start) = front_matter(text, &path, reading.findings);
    let mut front = Front::default();
    let mut title = None;
    let mut texts = None;
    if let Some(table) = &table {
        title = read_front(reading, table, name, &mut front);
        texts = texts_of(table, name, reading);
        if has_translations {
            let fixed = |key: &str| KEYS.contains(&key) && !may_translate(key);
            front.fixed = table.entries.iter().filter(|entry| fixed(&entry.key)).cloned().collect();
        }
    }
    let mut wording = Wording::default();
    if has_translations && name.translates.is_none() {
        let description = front.description.as_ref().map_or("", |text| &text.value);
        wording = Wording::of(&[title.as_ref().map_or("", |text| &text.value), description, &text[body_start..]]);
    }
    let tag = reading.tag;
    let file = markdown::file(
        &text[body_start..],
        body_start,
        &path,
        title.is_none(),
        reading.markdown,
        tag,
        reading.findings,
    );
    let title = title.or(file.title);
    let frame = frame(text, body_start, title.as_ref(), &file.body);
    DocumentDraft {
        path,
        language: reading.language,
        translates: name.translates.clone(),
        role: name.role.clone(),
        front,
        title,
        body: Arc::new(file.body),
        texts,
        wording,
        frame,
    }
}

fn frame(text: &str, body_start: usize, title: Option<&Spanned<Arc<str>>>, body: &Body) -> u64 {
    // Who sees what may hang on every piece of such a text.
    if body.directives.iter().any(|directive| matches!(directive.kind, DirectiveKind::Audience(_))) {
        return xxh3_64(text.as_bytes());
    }
    let mut hasher = FxHasher::default();
    text[..body_start].hash(&mut hasher);
    title.map(|title| &*title.value).hash(&mut hasher);
    if !body.checklists.is_empty() {
        // Not all that were written are there: a comment in HTML swallows one.
        for number in body.live().checklists {
            (number, &body.checklists[number as usize].id.value).hash(&mut hasher);
        }
    }
    hasher.finish()
}

/// Every key of front matter but those of a persona's texts. Others have been reported.
const KEYS: [&str; 22] = [
    "title",
    "description",
    "weight",
    "slug",
    "aliases",
    "tags",
    "draft",
    "date",
    "updated",
    "publish_on",
    "expires_on",
    "owner",
    "last_reviewed",
    "review_every",
    "audience",
    "template",
    "extra",
    "pillars",
    "stages",
    "departments",
    "effort",
    "impact",
];

/// The keys that a translation has of its own.
pub fn may_translate(key: &str) -> bool {
    matches!(key, "title" | "description" | "slug" | "aliases" | "draft" | "extra")
}

/// The front matter, if there is some, and where the prose begins.
pub fn front_matter(text: &str, path: &Arc<str>, findings: &mut Vec<Diagnostic>) -> (Option<Table>, usize) {
    let fence = text.lines().next().unwrap_or("").trim_end();
    if fence != "+++" && fence != "---" {
        return (None, 0);
    }
    let start = text.find('\n').map_or(text.len(), |newline| newline + 1);
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        let end = at + line.len();
        if line.trim_end() == fence {
            let inner = &text[start..at];
            let table = if fence == "+++" {
                tree::toml(inner, start, path, findings)
            } else {
                tree::yaml(inner, start, path, findings)
            };
            return (Some(table), end);
        }
        at = end;
    }
    // `---` alone is a rule of Markdown; only what looks like keys below it was meant as front matter.
    if fence == "---" && !text[start..].lines().next().is_some_and(|line| line.contains(':')) {
        return (None, 0);
    }
    findings.push(
        Diagnostic::new(Code::Syntax, "the front matter is never closed")
            .at(Place::new(path, 0..fence.len()), "opened here")
            .help(format!("close it with a line `{fence}`")),
    );
    (None, text.len())
}

fn read_front(
    reading: &mut Reading<'_>,
    table: &Table,
    name: &FileName,
    front: &mut Front,
) -> Option<Spanned<Arc<str>>> {
    let place = Place::new(reading.path, 0..3);
    let mut fields = Fields::new(reading, table, place, String::new());
    let title = fields.text("title").filter(|title| !title.value.trim().is_empty());
    front.description = fields.text("description");
    front.weight = fields.integer("weight").map(|weight| weight.value);
    front.slug = fields.text("slug").and_then(|slug| good_slug(slug, &mut fields));
    front.aliases = aliases(&mut fields);
    front.tags = fields.texts("tags").into_iter().map(|tag| tag.value).filter(|tag| !tag.trim().is_empty()).collect();
    front.draft = fields.truth("draft");
    front.date = fields.date("date");
    front.updated = fields.date("updated");
    front.publish_on = fields.date("publish_on").map(|date| date.value);
    front.expires_on = fields.date("expires_on").map(|date| date.value);
    front.review = fields.review();
    front.audience = fields.audience("audience");
    front.template = fields.text("template").and_then(|template| good_template(template, &mut fields));
    let extra = fields.table("extra");
    front.extra = extra.map(|(node, _)| Spanned::new(node.value.to_extra(), node.place.clone()));
    match &name.role {
        Role::Of(Kind::Strategies, _) => {
            let grades = [("low", Grade::Low), ("medium", Grade::Medium), ("high", Grade::High)];
            front.pillars = fields.names("pillars");
            front.stages = fields.names("stages");
            front.departments = fields.names("departments");
            front.effort = fields.one_of("effort", &grades).map(|grade| grade.value);
            front.impact = fields.one_of("impact", &grades).map(|grade| grade.value);
        }
        // A translation's are read where they are laid over their source.
        Role::Of(Kind::Personas, _) if name.translates.is_some() => PersonaDraft::KEYS.into_iter().for_each(|key| {
            let _ = fields.node(key);
        }),
        Role::Of(Kind::Personas, _) => {
            front.persona = Some(Arc::new(PersonaDraft {
                goals: fields.lines("goals"),
                pains: fields.lines("pains"),
                values: fields.lines("values"),
                behaviours: fields.lines("behaviours"),
                evidence: evidence(&mut fields),
            }));
        }
        _ => {}
    }
    let what = match &name.role {
        Role::Of(Kind::Strategies, _) => "a strategy",
        Role::Of(Kind::Personas, _) => "a persona",
        _ => "front matter",
    };
    fields.finish(what, &|key| {
        matches!(key, "layout" | "author" | "authors" | "categories")
            .then(|| format!("keys of your own go under [extra]: `{key}`"))
    });
    title
}

/// What a persona's translation says in lists.
fn texts_of(table: &Table, name: &FileName, reading: &Reading<'_>) -> Option<Arc<OverlayDraft>> {
    let translates = name.translates.clone()?;
    let Role::Of(Kind::Personas, _) = &name.role else { return None };
    let leaves = overlay::leaves_of(table, &|key| PersonaDraft::KEYS.contains(&key));
    (!leaves.is_empty()).then(|| {
        Arc::new(OverlayDraft {
            path: reading.path.clone(),
            translates,
            language: reading.language,
            leaves,
            text: reading.text.into(),
        })
    })
}

/// A persona's evidence is one text, or a list of them.
fn evidence(fields: &mut Fields<'_, '_, '_>) -> Vec<super::draft::Prosed> {
    match fields.node("evidence").map(|node| &node.value) {
        Some(Value::Text(_)) => fields.line("evidence").into_iter().collect(),
        _ => fields.lines("evidence"),
    }
}

fn good_slug(slug: Spanned<Arc<str>>, fields: &mut Fields<'_, '_, '_>) -> Option<Spanned<Arc<str>>> {
    match unsafe_part(&slug.value) {
        None => Some(slug),
        Some(reason) => {
            report_unsafe(fields, "slug", slug.place, reason);
            None
        }
    }
}

fn report_unsafe(fields: &mut Fields<'_, '_, '_>, key: &str, place: Place, reason: &str) {
    fields
        .reading
        .findings
        .push(Diagnostic::new(Code::UnsafePath, format!("this {key} {reason}")).at(place, "not safe as an address"));
}

fn aliases(fields: &mut Fields<'_, '_, '_>) -> Vec<Spanned<Arc<str>>> {
    let mut good = Vec::new();
    for alias in fields.texts("aliases") {
        let trimmed = alias.value.strip_prefix('/');
        let reason = match trimmed {
            None => Some("does not start with `/`"),
            Some(rest) if rest.starts_with('/') => Some("starts with more than one `/`"),
            Some(rest) => {
                let parts = rest.strip_suffix('/').unwrap_or(rest);
                if parts.is_empty() { None } else { parts.split('/').find_map(unsafe_part) }
            }
        };
        match reason {
            None => good.push(alias),
            Some(reason) => report_unsafe(fields, "alias", alias.place, reason),
        }
    }
    good
}

fn good_template(template: Spanned<Arc<str>>, fields: &mut Fields<'_, '_, '_>) -> Option<Spanned<Arc<str>>> {
    match template.value.split('/').find_map(unsafe_part) {
        None => Some(template),
        Some(reason) => {
            report_unsafe(fields, "template", template.place, reason);
            None
        }
    }
}

/// Why `part` cannot be one part of an address and a file's name on every system; `None` where it can.
pub fn unsafe_part(part: &str) -> Option<&'static str> {
    const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
    let stem = part.split('.').next().unwrap_or(part).to_ascii_lowercase();
    let numbered = |prefix: &str| {
        stem.strip_prefix(prefix).is_some_and(|digit| digit.len() == 1 && digit.as_bytes()[0].is_ascii_digit())
    };
    if part.is_empty() || part.trim() != part {
        Some("is empty, or begins or ends with a space")
    } else if part == "." || part == ".." {
        Some("has a `.` or `..` part")
    } else if part.starts_with('.') {
        Some("begins with a dot")
    } else if part.contains('/') {
        Some("has a `/`")
    } else if part.contains('\\') {
        Some("has a `\\`")
    } else if part.chars().any(char::is_control) {
        Some("has a control character")
    } else if part.contains([':', '*', '?', '"', '<', '>', '|', '#', '%']) {
        Some("has a character that files or addresses cannot have")
    } else if part.ends_with('.') {
        Some("ends in a dot")
    } else if part.len() > 255 {
        Some("is longer than 255 bytes")
    } else if DEVICES.contains(&stem.as_str()) || numbered("com") || numbered("lpt") {
        Some("is the name of a device on some systems")
    } else {
        None
    }
}
