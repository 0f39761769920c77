//! `trustbook theme`: what is wrong with a theme, and which of its files draw a page.

use super::findings::{FindingsFormat, print_findings};
use super::{CLEAN, FINDINGS, build, print, say};
use crate::diagnostic::{Diagnostics, nearest};
use crate::failure::Failure;
use crate::load;
use crate::pipeline::{Choices, Planned};
use crate::playbook::Extra;
use crate::render::Drawn;
use crate::routes::Route;
use crate::theme::layer::Layer;
use crate::theme::written::{Said, Written, said};
use crate::theme::{self, Theme, explain};
use crate::view::{At, PageView, view};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;

/// Looks at the playbook's theme: settings, files, names that lead nowhere, words that are missing; and draws a page with each
/// template that the playbook needs.
pub fn check(root: &Path, choices: &Choices, format: FindingsFormat) -> Result<u8, Failure> {
    let (sources, found) = load::load(root)?;
    let statics = sources.statics.clone();
    let planned = crate::pipeline::plan(root, sources, found, choices)?;
    let settings = &planned.playbook.settings;
    let mut found = Diagnostics::default();
    let theme = theme::load(root, settings, &statics, &mut found)?;
    let named: Vec<&str> = planned
        .playbook
        .documents()
        .filter_map(|(_, document)| document.template.as_ref().map(|template| &*template.value))
        .collect();
    theme::check(&theme, &named, settings, &mut found);
    // Templates that cannot be read were put aside: what is drawn without them says nothing.
    let drawn = if theme.is_whole { draw_one_of_each(&planned, &mut found) } else { 0 };
    let report = planned.judged(found);
    print_findings(root, &report, format, "theme-check", &settings.edition);
    if format == FindingsFormat::Text {
        say(&format!("theme {}: {drawn} templates drawn, {}\n", chain(&theme), build::findings(&report)));
    }
    Ok(if report.denials() > 0 { FINDINGS } else { CLEAN })
}

/// Draws the first page of each template and gives how many templates there were.
fn draw_one_of_each(planned: &Planned, found: &mut Diagnostics) -> usize {
    let (desk, drawn) = (planned.desk(), Drawn::default());
    let mut templates: BTreeSet<String> = BTreeSet::new();
    for route in &planned.routes.all {
        if templates.insert(view(&desk, route).template)
            && let Err(finding) = planned.page(&desk, &drawn, route)
        {
            found.push(*finding);
        }
    }
    templates.len()
}

/// `brand → editorial → default`.
fn chain(theme: &Theme) -> String {
    let mut names: Vec<&str> = theme.layers.iter().rev().map(|layer| &*layer.name).collect();
    names.dedup();
    names.join(" → ")
}

/// Says which files of the theme draw a page, which words and options they ask for, and where each comes from.
pub fn explain(root: &Path, choices: &Choices, asked: Option<&str>) -> Result<u8, Failure> {
    let planned = build::plan(root, choices)?;
    let mut text = format!("theme       {}\n", chain(&planned.theme));
    if let Some(asked) = asked {
        let desk = planned.desk();
        let route = page(&planned, asked)?;
        of_page(&planned, &desk.at(route), &view(&desk, route), &mut text);
    } else {
        of_theme(&planned.theme, &mut text);
    }
    print(&text);
    Ok(if planned.report.denials() > 0 { FINDINGS } else { CLEAN })
}

/// The page that an address or a source file means.
fn page<'p>(planned: &'p Planned, asked: &str) -> Result<&'p Route, Failure> {
    let base = planned.playbook.settings.base_url.as_deref().unwrap_or_default();
    let address = if base.is_empty() { asked } else { asked.strip_prefix(base).unwrap_or(asked) };
    let address = format!("/{}", address.trim_start_matches('/').trim_end_matches("index.html"));
    if let Some(route) = planned.routes.at_address(&address) {
        return Ok(route);
    }
    let desk = planned.desk();
    let file = asked.trim_start_matches("./");
    let file = if file.starts_with("content/") { file.to_string() } else { format!("content/{file}") };
    // A file of a register has many pages; its first will do.
    let from = |route: &&Route| source(&view(&desk, route)).is_some_and(|source| source == file);
    if (file.ends_with(".md") || file.ends_with(".toml"))
        && let Some(route) = planned.routes.all.iter().find(from)
    {
        return Ok(route);
    }
    let known = planned.routes.all.iter().map(|route| &*route.address);
    let hint = nearest(&address, known).map(|near| format!(": did you mean `{near}`?")).unwrap_or_default();
    Err(Failure::Refused(format!("no page has the address or the source `{asked}`{hint}")))
}

/// The source file that a page says it is made of.
fn source(view: &PageView) -> Option<String> {
    let page = view.context.iter().find(|(name, _)| *name == "page").map(|(_, value)| value)?;
    page.get_from_path("source")?.as_str().map(str::to_string)
}

fn of_page(planned: &Planned, at: &At<'_>, view: &PageView, text: &mut String) {
    let theme = &*planned.theme;
    let _ = writeln!(text, "page        {}", at.route.address);
    if let Some(source) = source(view) {
        let _ = writeln!(text, "source      {source}");
    }
    let templates: Vec<(&Written, Said<'_>)> =
        explain::templates(theme, view).into_iter().map(|one| (one, said(&one.text))).collect();
    section(text, "templates");
    for (one, said) in &templates {
        let how = said.extends.as_ref().map(|extends| format!(", extends {}", extends.name)).unwrap_or_default();
        line(text, &one.name, &format!("{}{how}", one.file));
        for (layer, file) in below(theme, one) {
            line(text, "", &format!("instead of {} ({})", file, layer.name));
        }
    }
    let blocks: BTreeSet<&str> = templates.iter().flat_map(|(_, said)| &said.blocks).map(|block| block.name).collect();
    section(text, "blocks");
    for block in blocks {
        // The first template that fills it is the one that counts: those that it extends come after it.
        let fills = |(_, said): &&(&Written, Said<'_>)| said.blocks.iter().any(|one| one.name == block);
        let by = templates.iter().find(fills).map(|(one, _)| one.file.as_str()).unwrap_or_default();
        line(text, block, by);
    }
    section(text, "components");
    let components = explain::components(theme, view);
    for (name, home) in &components {
        line(text, name, &home.file);
    }
    let files = explain::made_of(theme, view);
    words_and_options(theme, at.language.index(), &files, text);
}

/// Templates of the same name in layers below, which this one takes the place of.
fn below<'t>(theme: &'t Theme, one: &Written) -> Vec<(&'t Layer, String)> {
    let own = theme.layers[one.layer].files.iter().find(|file| theme.layers[one.layer].shown(file) == one.file);
    let Some(path) = own.map(|file| file.path.clone()) else { return Vec::new() };
    let layers = theme.layers[..one.layer].iter().rev();
    layers.filter_map(|layer| layer.file(&path).map(|file| (layer, layer.shown(file)))).collect()
}

fn words_and_options(theme: &Theme, language: usize, files: &[&Written], text: &mut String) {
    let read: Vec<Said<'_>> = files.iter().map(|one| said(&one.text)).collect();
    let keys: BTreeSet<&str> = read.iter().flat_map(|said| &said.keys).map(|key| key.name).collect();
    // Of the same words the last that was written stands.
    let mut homes: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for key in keys {
        let found = theme.strings.language_of(language, key);
        let home = theme.strings.written().iter().rev().find(|one| one.key == key && Some(&*one.language) == found);
        homes.entry(home.map_or("nowhere", |home| &home.path)).or_default().push(key);
    }
    section(text, "words");
    for (home, keys) in homes {
        let count = keys.len();
        // Of the built-in words the number says enough.
        let listed = if home.starts_with("default/") { String::new() } else { format!(": {}", keys.join(", ")) };
        line(text, home, &format!("{count} asked for{listed}"));
    }
    options_of(theme, text);
}

fn options_of(theme: &Theme, text: &mut String) {
    section(text, "options");
    for option in &theme.options {
        let declared = &option.declared;
        let is_default = |value: &crate::source::Spanned<Extra>| declared.default.as_ref() == Some(value);
        let value = match &option.value {
            Some(value) if is_default(value) => format!("{} (default)", shown(&value.value)),
            Some(value) => format!("{} ({})", shown(&value.value), value.place.path),
            None => "not set".to_string(),
        };
        let property = declared.property.as_ref().map(|one| format!(", {}", one.value)).unwrap_or_default();
        let file = option.file.as_ref().map(|(file, _)| format!(", {file}")).unwrap_or_default();
        line(text, &declared.name.value, &format!("{value}{property}{file}"));
    }
}

fn of_theme(theme: &Theme, text: &mut String) {
    for layer in theme.layers.iter().rev() {
        let where_from =
            if layer.is_built_in() { "in the program".to_string() } else { format!("themes/{}", layer.name) };
        section(text, &format!("{} ({where_from})", layer.name));
        // The bottom is listed in docs/theme.md; what lies over it is what is of interest here.
        if layer.is_built_in() && &*layer.name == "default" {
            line(text, "", &format!("{} files", layer.files.len()));
            continue;
        }
        for file in &layer.files {
            let below = theme.layers.iter().take_while(|other| !std::ptr::eq(*other, layer));
            let instead = below.filter(|other| other.file(&file.path).is_some()).last();
            let what = match instead {
                Some(other) if file.path.starts_with("strings/") => format!("over {}/{}", other.name, file.path),
                Some(other) if file.path != "theme.toml" && !file.path.starts_with("templates/components/") => {
                    format!("instead of {}/{}", other.name, file.path)
                }
                _ => String::new(),
            };
            line(text, &file.path, &what);
        }
    }
    options_of(theme, text);
}

fn section(text: &mut String, title: &str) {
    let _ = writeln!(text, "\n{title}");
}

fn line(text: &mut String, name: &str, what: &str) {
    let _ = writeln!(text, "{}", format!("  {name:<22} {what}").trim_end());
}

fn shown(value: &Extra) -> String {
    match value {
        Extra::Text(text) => format!("\"{text}\""),
        Extra::Integer(number) => number.to_string(),
        Extra::Float(number) => number.to_string(),
        Extra::Bool(truth) => truth.to_string(),
        Extra::Date(date) => date.to_string(),
        Extra::List(_) | Extra::Table(_) => "…".to_string(),
    }
}
