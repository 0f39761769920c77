//! What other programs and themes lean on cannot lag behind its documents: it is compared with them, or they are written from it.
//!
//! `BLESS=1 cargo test --test contract` writes what is generated anew.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use trustbook::playbook::Extra;
use trustbook::theme::manifest::{Kind, manifest};
use trustbook::view::{Desk, machine};
use trustbook::{load, pipeline};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("could not read {path}: {error}"))
}

/// `playbook.json` of the reference playbook.
fn playbook_json() -> Value {
    let (sources, found) = load::load(root()).expect("the reference playbook can be read");
    let today = jiff::civil::date(2026, 11, 22);
    let choices = pipeline::Choices { audience: None, drafts: false, today, strict: false };
    let planned = pipeline::plan(root(), sources, found, &choices).expect("it has its audiences and its theme");
    let pipeline::Planned { playbook, measures, routes, theme, locales, .. } = &planned;
    let desk = Desk::new(playbook, measures, routes, &theme.strings, locales, &theme.assets);
    serde_json::from_slice(&machine::playbook_json(&desk)).expect("it is JSON")
}

#[test]
fn playbook_json_has_the_keys_that_its_document_lists() {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    gather("playbook", &[&playbook_json()], &mut found);
    let mut told: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut section = String::new();
    for line in read("docs/playbook-json.md").lines() {
        if let Some(title) = line.strip_prefix("## ") {
            section = title.to_string();
        } else if let Some(key) = line.strip_prefix("| `").and_then(|rest| rest.split('`').next()) {
            told.entry(section.clone()).or_default().insert(key.to_string());
        }
    }
    assert_eq!(told, found, "docs/playbook-json.md (left) and playbook.json (right) have other keys");
}

/// The keys of objects at one path, and of those below.
fn gather(path: &str, objects: &[&Value], into: &mut BTreeMap<String, BTreeSet<String>>) {
    let mut below: BTreeMap<&str, Vec<&Value>> = BTreeMap::new();
    for object in objects.iter().filter_map(|value| value.as_object()) {
        for (key, value) in object {
            into.entry(path.to_string()).or_default().insert(key.clone());
            match value {
                Value::Array(items) => {
                    below.entry(key).or_default().extend(items.iter().filter(|item| item.is_object()))
                }
                // The keys of `emotions` are personas.
                Value::Object(_) if key != "emotions" => below.entry(key).or_default().push(value),
                _ => {}
            }
        }
    }
    for (key, values) in below {
        let path = if path == "playbook" { key.to_string() } else { format!("{path}.{key}") };
        gather(&path, &values, into);
    }
}

#[test]
fn the_theme_document_is_as_generated() {
    const OPEN: &str = "<!-- generated -->\n";
    const CLOSE: &str = "<!-- end -->\n";
    let document = read("docs/theme.md");
    let start = document.find(OPEN).expect("the document has a generated part") + OPEN.len();
    let end = document.find(CLOSE).expect("which ends");
    let fresh = format!("{}\n{}{}", &document[..start], theme_reference(), &document[end..]);
    if std::env::var_os("BLESS").is_some() {
        fs::write(root().join("docs/theme.md"), &fresh).expect("docs/theme.md can be written");
        return;
    }
    assert!(document == fresh, "docs/theme.md lags behind the theme: run `BLESS=1 cargo test --test contract`");
}

#[test]
fn the_theme_document_lists_every_template() {
    let document = read("docs/theme.md");
    for template in templates().iter().filter(|(name, _)| !name.contains('/')) {
        assert!(document.contains(&format!("| `{}` |", template.0)), "docs/theme.md does not tell of {}", template.0);
    }
}

fn theme_reference() -> String {
    let mut out = String::new();
    out.push_str("## Blocks\n\nA template that extends `layout.html` fills `main`, and may fill the others.\n\n| block | in |\n|---|---|\n");
    let mut blocks: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (name, text) in templates() {
        for block in text.split("{% block ").skip(1).filter_map(|rest| rest.split_whitespace().next()) {
            blocks.entry(block.to_string()).or_default().insert(name.clone());
        }
    }
    for (block, files) in blocks {
        let files: Vec<String> = files.iter().map(|file| format!("`{file}`")).collect();
        let _ = writeln!(out, "| `{block}` | {} |", files.join(", "));
    }
    out.push_str(
        "\n## Components\n\n`@t` comes by itself. Directives of Markdown are drawn by the component of their name.\n\n",
    );
    out.push_str("| component | arguments | what it draws |\n|---|---|---|\n");
    for (_, text) in templates() {
        components(&text, &mut out);
    }
    options(&mut out);
    out.push_str("\n## Custom properties\n\n| property | value |\n|---|---|\n");
    properties(&read("themes/default/static/style.css"), &mut out);
    out.push_str("\n## Views\n\n`?` after a type: there may be none.\n");
    let mut files = vec![root().join("src/view.rs")];
    files.extend(sorted(&root().join("src/view")));
    // What other programs read has documents of its own.
    for file in files.into_iter().filter(|file| !file.ends_with("machine.rs")) {
        let text = fs::read_to_string(&file).expect("a view can be read");
        views(&text, &mut out);
    }
    out
}

/// The options that the built-in themes declare.
fn options(out: &mut String) {
    for name in ["default", "editorial"] {
        let path = format!("themes/{name}/theme.toml");
        let mut findings = Vec::new();
        let manifest = manifest(name, &path.as_str().into(), &read(&path), &mut findings);
        assert_eq!(findings, [], "{path} has mistakes");
        match name {
            "default" => out.push_str("\n## Options\n"),
            name => {
                let _ = write!(out, "\nThe theme `{name}` has these besides, or with another meaning:\n");
            }
        }
        out.push_str("\n| option | type | default | sets | what it does |\n|---|---|---|---|---|\n");
        for option in manifest.options {
            let kind = Kind::ALL.iter().find(|(_, kind)| Some(*kind) == option.kind).map_or("", |(word, _)| word);
            let default = option.default.map(|default| match default.value {
                Extra::Text(text) => format!("`\"{text}\"`"),
                Extra::Bool(truth) => format!("`{truth}`"),
                Extra::Integer(number) => format!("`{number}`"),
                other => format!("`{other:?}`"),
            });
            let sets: Vec<String> = option
                .property
                .map(|one| one.value)
                .into_iter()
                .chain(option.tint)
                .map(|one| format!("`{one}`"))
                .collect();
            let range = match (option.min, option.max) {
                (Some(min), Some(max)) => format!(" {min} to {max}"),
                _ => String::new(),
            };
            let _ = writeln!(
                out,
                "| `{}` | {kind}{range} | {} | {} | {} |",
                option.name.value,
                default.unwrap_or_default(),
                sets.join(", "),
                option.about.as_deref().unwrap_or_default()
            );
        }
    }
}

/// The default theme's templates by their names.
fn templates() -> Vec<(String, String)> {
    let folder = root().join("themes/default/templates");
    let mut all = Vec::new();
    for (prefix, folder) in [("", folder.clone()), ("components/", folder.join("components"))] {
        for path in sorted(&folder) {
            let name = path.file_name().and_then(|name| name.to_str()).expect("templates have plain names");
            let text = fs::read_to_string(&path).expect("a template can be read");
            all.push((format!("{prefix}{name}"), text));
        }
    }
    all
}

fn sorted(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder is there");
    let mut files: Vec<PathBuf> =
        entries.filter_map(|entry| Some(entry.ok()?.path())).filter(|path| path.is_file()).collect();
    files.sort();
    files
}

/// A component's signature, and the comment that stands before it.
fn components(text: &str, out: &mut String) {
    for (at, _) in text.match_indices("{% component ") {
        let signature = &text[at + "{% component ".len()..];
        let Some((name, rest)) = signature.split_once('(') else { continue };
        let Some((arguments, _)) = rest.split_once(')') else { continue };
        let before = text[..at].trim_end();
        let comment =
            before.strip_suffix("-#}").and_then(|rest| rest.rsplit_once("{#-")).map_or("", |(_, words)| words.trim());
        let cell = |text: &str| text.replace('|', "\\|").replace('\n', " ");
        let arguments = match cell(arguments) {
            none if none.is_empty() => String::new(),
            some => format!("`{some}`"),
        };
        let _ = writeln!(out, "| `{name}` | {arguments} | {} |", cell(comment));
    }
}

/// The custom properties of the first rule of the layer `tokens`.
fn properties(style: &str, out: &mut String) {
    let layer =
        style.split("@layer tokens {").nth(1).and_then(|rest| rest.split_once(":root {")).map_or("", |(_, rest)| rest);
    let rule = layer.split('}').next().unwrap_or("");
    let mut plain = String::new();
    let mut rest = rule;
    while let Some((before, after)) = rest.split_once("/*") {
        plain.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    plain.push_str(rest);
    for declaration in plain.split(';').map(str::trim).filter(|declaration| declaration.starts_with("--")) {
        if let Some((name, value)) = declaration.split_once(':') {
            let _ = writeln!(out, "| `{name}` | `{}` |", value.trim());
        }
    }
}

/// Structs that are serialised, with their fields and what is written about them.
fn views(text: &str, out: &mut String) {
    let lines: Vec<&str> = text.lines().collect();
    for (at, line) in lines.iter().enumerate() {
        let Some(name) = struct_name(line) else { continue };
        let derives =
            lines[..at].iter().rev().take_while(|line| line.starts_with("#[")).any(|line| line.contains("Serialize"));
        if !derives {
            continue;
        }
        let about = doc_before(&lines[..at]);
        let _ = write!(out, "\n### {name}\n\n{about}\n\n| field | type | |\n|---|---|---|\n");
        let body = lines[at + 1..].iter().take_while(|line| **line != "}");
        let mut skipped = false;
        let mut field_lines: Vec<&str> = Vec::new();
        for line in body {
            let line = line.trim();
            if line == "#[serde(skip)]" {
                skipped = true;
            } else if let Some((field, kind)) = line.trim_start_matches("pub ").trim_end_matches(',').split_once(": ")
                && !line.starts_with("//")
            {
                if !skipped {
                    let _ = writeln!(out, "| `{field}` | {} | {} |", shown(kind), doc_before(&field_lines));
                }
                skipped = false;
                field_lines.clear();
                continue;
            }
            field_lines.push(line);
        }
    }
}

fn struct_name(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("pub struct ").or_else(|| line.strip_prefix("struct "))?;
    rest.ends_with('{').then(|| rest.split([' ', '<', '{']).next()).flatten()
}

fn doc_before(lines: &[&str]) -> String {
    let mut words: Vec<&str> = lines
        .iter()
        .rev()
        .map(|line| line.trim())
        .skip_while(|line| line.starts_with("#["))
        .map_while(|line| line.strip_prefix("///"))
        .map(str::trim)
        .collect();
    words.reverse();
    words.join(" ").replace('|', "\\|")
}

/// A type in words of templates.
fn shown(kind: &str) -> String {
    if let Some(inner) = kind.strip_prefix("Option<").and_then(|rest| rest.strip_suffix('>')) {
        return format!("{}?", shown(inner));
    }
    if let Some(inner) = kind.strip_prefix("Vec<").and_then(|rest| rest.strip_suffix('>')) {
        return format!("list of {}", shown(inner));
    }
    match kind {
        "String" | "&'static str" | "&'a str" => "text".to_string(),
        "Value" | "tera::Value" => "value".to_string(),
        "bool" => "truth".to_string(),
        "usize" | "u8" | "u16" | "u32" | "i64" | "f64" => "number".to_string(),
        other => other
            .rsplit("::")
            .next()
            .unwrap_or(other)
            .replace("String, String>", "text to text")
            .replace("BTreeMap<", ""),
    }
}
