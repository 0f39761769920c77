//! A theme's files to templates, words and assets: its layers, the built-in theme at the bottom, file by file over each other.

mod check;
pub mod color;
pub mod explain;
pub mod layer;
pub mod manifest;
pub mod options;
pub mod style;
mod words;
pub mod written;

pub use check::check;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::failure::Failure;
use crate::playbook::Settings;
use crate::source::{Asset, Place};
use crate::strings::Strings;
use crate::view::ThemeAssets;
use layer::{Layer, ThemeFile};
use options::Chosen;
use std::cell::Cell;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use style::Tokens;
use tera::{ErrorKind, Kwargs, State, Tera, TeraResult, Value};
use written::{Written, said};
use xxhash_rust::xxh3::xxh3_64;

/// A theme, ready to draw with.
pub struct Theme {
    /// Its templates.
    pub templates: Tera,
    /// Its words in every language of the site.
    pub strings: Strings,
    /// Files that are copied: where to, and their bytes.
    pub files: Vec<(String, Vec<u8>)>,
    /// Where its assets stand in the output.
    pub assets: ThemeAssets,
    /// Whether its own templates can be read; else the default theme's stand in for them.
    pub is_whole: bool,
    /// Every template as it was written; those that are called by a plain name first.
    pub written: Vec<Written>,
    /// What it is made of, the lowest first.
    pub layers: Vec<Layer>,
    /// Its options with their values.
    pub options: Vec<Chosen>,
}

macro_rules! embedded {
    ($theme:literal: $($path:literal)*) => {
        &[$(($path, include_bytes!(concat!("../themes/", $theme, "/", $path)) as &[u8]),)*]
    };
}

/// A file in the program: its path in the theme, and its bytes.
type Embedded = (&'static str, &'static [u8]);

/// Themes in the program: their names and files.
const EMBEDDED: &[(&str, &[Embedded])] = &[("default", DEFAULT), ("editorial", EDITORIAL)];

/// The files of the second theme.
const EDITORIAL: &[Embedded] = embedded! { "editorial":
    "theme.toml"
    "static/theme.css"
    "templates/components/editorial.html"
};

/// The files of the default theme.
const DEFAULT: &[Embedded] = embedded! { "default":
    "strings/ar.ftl"
    "strings/en.ftl"
    "strings/id.ftl"
    "strings/sv.ftl"
    "static/style.css"
    "static/checklists.js"
    "static/head.js"
    "static/search.js"
    "static/trust.js"
    "static/map.js"
    "static/icon.svg"
    "templates/404.html"
    "templates/alias.html"
    "templates/audit.html"
    "templates/components/audit.html"
    "templates/components/charts.html"
    "templates/components/checklists.html"
    "templates/components/journey.html"
    "templates/components/lists.html"
    "templates/components/parts.html"
    "templates/components/prose.html"
    "templates/components/search.html"
    "templates/components/sprite.html"
    "templates/coverage.html"
    "templates/document.html"
    "templates/front.html"
    "templates/incidents.html"
    "templates/journey.html"
    "templates/journeys.html"
    "templates/layout.html"
    "templates/list.html"
    "templates/pack.html"
    "templates/promise.html"
    "templates/promises.html"
    "templates/reviews.html"
    "templates/stage.html"
    "templates/translations.html"
    "theme.toml"
};

/// Loads the theme that the settings name. `statics` are the playbook's files that options may name.
///
/// # Errors
/// A folder that is there cannot be read.
pub fn load(
    root: &Path,
    settings: &Settings,
    statics: &[Asset],
    diagnostics: &mut Diagnostics,
) -> Result<Theme, Failure> {
    let layers = layer::layers(root, settings, diagnostics)?;
    let mut of_templates = Diagnostics::default();
    // Half of the work is to read templates, and a playbook of a page waits for nothing else.
    let ((written, templates, is_whole), others) = rayon::join(
        || {
            let written = written(&layers);
            let (templates, is_whole) = templates(&written, &mut of_templates);
            (written, templates, is_whole)
        },
        || {
            let strings = words::words(&layers, settings, diagnostics);
            let options = options::chosen(&layers, settings, statics, diagnostics)?;
            let (files, assets) = assets(&layers, &options, diagnostics);
            Ok((strings, options, files, assets))
        },
    );
    let (strings, options, files, assets) = others?;
    diagnostics.extend(of_templates.into_vec());
    Ok(Theme { templates, strings, files, assets, is_whole, written, layers, options })
}

/// Files that are copied, and where they stand: those of the highest layer that has them, and those that options name.
fn assets(
    layers: &[Layer],
    options: &[Chosen],
    diagnostics: &mut Diagnostics,
) -> (Vec<(String, Vec<u8>)>, ThemeAssets) {
    let mut highest: BTreeMap<&str, &ThemeFile> = BTreeMap::new();
    for file in layers.iter().flat_map(|layer| &layer.files) {
        if let Some(inner) = file.path.strip_prefix("static/") {
            highest.insert(inner, file);
        }
    }
    let (mut copied, mut placed) = (Vec::new(), Vec::new());
    let (sheets, others): (Vec<_>, Vec<_>) = highest.into_iter().partition(|(inner, _)| inner.ends_with(".css"));
    for (inner, file) in others {
        let bytes =
            if file.source.is_none() && inner.ends_with(".js") { bare(&file.text()) } else { file.bytes.to_vec() };
        let target = with_hash(inner, &bytes);
        placed.push((inner.to_string(), target.clone()));
        copied.push((target, bytes));
    }
    for (inner, file) in sheets {
        let sheet = match &*file.path {
            // It is part of the other.
            style::ADDED => continue,
            style::SHEET => {
                let mut sheet = style::sheet(layers);
                sheet.push_str(&options::style(options, &Tokens::of(&sheet), diagnostics));
                sheet
            }
            _ => file.text().into_owned(),
        };
        let bytes = style::linked(inner, &sheet, &placed).into_bytes();
        let target = with_hash(inner, &bytes);
        placed.push((inner.to_string(), target.clone()));
        copied.push((target, bytes));
    }
    let mut values = Vec::new();
    for option in options {
        let name = &option.declared.name.value;
        values.push((name.clone(), option.value.as_ref().map(|value| value.value.clone())));
        if let Some((target, bytes)) = &option.file {
            placed.push((name.to_string(), target.clone()));
            if !copied.iter().any(|(known, _)| known == target) {
                copied.push((target.clone(), bytes.to_vec()));
            }
        }
    }
    (copied, ThemeAssets { files: placed, options: values })
}

/// One of our own scripts without the lines that are comments and without indentation: who reads it reads the source, and every
/// visitor loads it. A script of the playbook's stays as it was written.
fn bare(script: &str) -> Vec<u8> {
    let is_comment = |line: &&str| line.starts_with("//") || line.starts_with("/**") && line.ends_with("*/");
    let lines = script.lines().map(str::trim).filter(|line| !line.is_empty() && !is_comment(line));
    lines.flat_map(|line| [line, "\n"]).collect::<String>().into_bytes()
}

/// `style.css` to `assets/style.1a2b3c4d.css`: browsers may keep it for ever.
fn with_hash(name: &str, bytes: &[u8]) -> String {
    let hash = xxh3_64(bytes) as u32;
    match name.rsplit_once('.') {
        Some((stem, ending)) => format!("assets/{stem}.{hash:08x}.{ending}"),
        None => format!("assets/{name}.{hash:08x}"),
    }
}

/// The templates, ready to draw with, and whether they are those that were written.
fn templates(written: &[Written], diagnostics: &mut Diagnostics) -> (Tera, bool) {
    let named: Vec<(&str, &str)> = written.iter().map(|one| (&*one.name, &*one.text)).collect();
    match compiled(&named) {
        Ok(tera) => (tera, true),
        Err(error) => {
            let mut lost = Diagnostics::default();
            check::blocks(written, &mut lost);
            // Of blocks that fit nowhere more can be said than that.
            if error.to_string().contains("is not defined in any parent template") && !lost.is_empty() {
                diagnostics.extend(lost.into_vec());
            } else {
                diagnostics.push(suggesting(template_finding(&error, written), &error, written));
            }
            // What the author broke is shown with the default theme's templates, so that all else can be checked.
            let default: Vec<(String, String)> = layer::default_templates().collect();
            let default: Vec<(&str, &str)> = default.iter().map(|(name, text)| (&**name, &**text)).collect();
            (compiled(&default).unwrap_or_default(), false)
        }
    }
}

/// Every template of every layer under the names by which it is called: the highest by its plain name, and one that it takes the
/// place of under the name of that one's theme, so that it can extend it.
fn written(layers: &[Layer]) -> Vec<Written> {
    let (mut plain, mut below) = (Vec::new(), Vec::<Written>::new());
    // From the top down: which names are taken, and which components are defined.
    let mut taken: BTreeMap<String, usize> = BTreeMap::new();
    let mut defined: Vec<String> = Vec::new();
    for (number, layer) in layers.iter().enumerate().rev() {
        let mut defined_here: Vec<String> = Vec::new();
        for file in &layer.files {
            let Some(name) = file.path.strip_prefix("templates/") else { continue };
            let mut text = file.text().into_owned();
            // Components of one layer take nobody's place.
            let ours = if layers.len() > 1 { said(&text).defines } else { Vec::new() };
            let ours = ours.into_iter().map(|(name, whole)| (name.name.to_string(), whole));
            for (component, whole) in ours.collect::<Vec<_>>() {
                if defined.contains(&component) {
                    blank(&mut text, whole);
                } else {
                    defined_here.push(component);
                }
            }
            let one = |name: String| Written {
                name,
                text: text.clone(),
                file: layer.shown(file),
                source: file.source.clone(),
                layer: number,
            };
            if taken.insert(name.to_string(), number).is_none() {
                plain.push(one(name.to_string()));
            } else if name.starts_with("components/") {
                below.push(one(format!("{}/{name}", layer.name)));
            }
        }
        defined.extend(defined_here);
    }
    // `NAME/list.html` is what the theme NAME makes of `list.html`, by itself or by those that it lies over.
    for (number, layer) in layers.iter().enumerate() {
        for (name, highest) in plain_names(&plain) {
            if highest <= number || name.starts_with("components/") {
                continue;
            }
            let path = format!("templates/{name}");
            let from = (0..=number).rev().find_map(|at| Some((at, layers[at].file(&path)?)));
            let known = format!("{}/{name}", layer.name);
            if let Some((at, file)) = from
                && !below.iter().any(|one| one.name == known)
            {
                below.push(Written {
                    name: known,
                    text: file.text().into_owned(),
                    file: layers[at].shown(file),
                    source: file.source.clone(),
                    layer: at,
                });
            }
        }
    }
    plain.extend(below);
    plain
}

fn plain_names(plain: &[Written]) -> impl Iterator<Item = (&str, usize)> {
    plain.iter().map(|one| (one.name.as_str(), one.layer))
}

/// Puts blanks for bytes, and leaves the lines: what stands after them keeps its place.
fn blank(text: &mut String, bytes: std::ops::Range<usize>) {
    let blanks: String = text[bytes.clone()].bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect();
    text.replace_range(bytes, &blanks);
}

/// Says which component was meant, where one is called that there is not.
fn suggesting(finding: Diagnostic, error: &tera::Error, written: &[Written]) -> Diagnostic {
    let unknown = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => report.message(),
        ErrorKind::Msg(message) => message.as_str(),
        _ => "",
    };
    let Some((_, name)) = unknown.split_once("Unknown component `") else { return finding };
    let name = name.split('`').next().unwrap_or("");
    let known: Vec<String> = written
        .iter()
        .flat_map(|one| said(&one.text).defines.into_iter().map(|(name, _)| name.name.to_string()).collect::<Vec<_>>())
        .collect();
    finding.did_you_mean(name, known.iter().map(String::as_str))
}

fn escape(text: &str, out: &mut dyn std::io::Write) -> std::io::Result<()> {
    let bytes = text.as_bytes();
    if crate::parse::html::is_plain(bytes) {
        return out.write_all(bytes);
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    crate::parse::html::escape(text, &mut escaped);
    out.write_all(escaped.as_bytes())
}

fn compiled(sources: &[(&str, &str)]) -> TeraResult<Tera> {
    let mut tera = Tera::new();
    // Every template is HTML, whatever its name.
    tera.autoescape_on(vec![""]);
    tera.register_function("range", range);
    tera.register_filter("plain", plain);
    // Attributes stand in double quotes, so an apostrophe stays one: as authors wrote it, and half the work.
    tera.set_escape_fn(escape);
    tera.add_raw_templates(sources.iter().copied())?;
    Ok(tera)
}

/// `words | plain`: the words without markup, for attributes and the texts of drawings.
fn plain(words: &Value, _: Kwargs, _: &State) -> Value {
    let text = words.as_str().unwrap_or("");
    if words.is_safe() { Value::normal_string(&crate::view::body::words_of(text)) } else { words.clone() }
}

/// How many numbers `range` counts while one page is drawn. Tera knows no end to loops in loops; who counts more than this
/// has made a mistake.
const COUNTED: i128 = 100_000;

/// A list that is counted may be walked in loops in loops: two of the longest are still drawn in no time.
const LONGEST: i128 = 1_000;

thread_local! {
    static LEFT: Cell<i128> = const { Cell::new(COUNTED) };
}

/// To be called before a page is drawn: its templates may count anew.
pub fn count_anew() {
    LEFT.set(COUNTED);
}

/// `range(end=3)`: 0, 1, 2; also with `start` and `step_by`.
fn range(arguments: Kwargs, _: &State) -> TeraResult<Vec<i64>> {
    let start = i128::from(arguments.get::<i64>("start")?.unwrap_or_default());
    let end = i128::from(arguments.must_get::<i64>("end")?);
    let step = i128::from(arguments.get::<i64>("step_by")?.unwrap_or(1));
    if step <= 0 {
        return Err(tera::Error::message("`range` counts upwards: `step_by` is at least 1"));
    }
    let length = ((end - start).max(0) + step - 1) / step;
    if length > LONGEST {
        return Err(tera::Error::message(format!("`range` would count {length} numbers; it counts at most {LONGEST}")));
    }
    let left = LEFT.get() - length - 1;
    LEFT.set(left);
    if left < 0 {
        return Err(tera::Error::message(format!(
            "`range` counts more than {COUNTED} numbers on one page: loops in loops?"
        )));
    }
    (0..length).map(|at| i64::try_from(start + at * step).map_err(tera::Error::message)).collect()
}

/// An error of drawing `template`, which it names.
pub fn naming(error: &tera::Error, template: &str) -> tera::Error {
    let said = error.to_string();
    if said.contains(template) {
        tera::Error::message(said)
    } else {
        tera::Error::message(format!("{said} (in {template})"))
    }
}

/// A template's mistake as a finding, at its place where the file is the author's.
pub fn template_finding(error: &tera::Error, written: &[Written]) -> Diagnostic {
    let message = error.to_string();
    let first = message.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or("it cannot be read").to_string();
    let first = first.strip_prefix("error: ").unwrap_or(&first).to_string();
    let place = match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            in_playbook(written, report.filename()).map(|(_, path)| Place::new(path, report.span().range.clone()))
        }
        _ => drawn_place(&message, written),
    };
    let named = || {
        let own = written.iter().filter(|one| message.contains(one.name.as_str()));
        own.filter_map(|one| one.source.as_ref()).next().map(Place::file)
    };
    let place = place.or_else(named).unwrap_or_else(|| Place::file(&"themes".into()));
    Diagnostic::new(Code::InvalidTemplate, format!("the theme's template cannot be used: {first}"))
        .at(place, "in this template")
        .help(crate::diagnostic::draw::shortened(&message, 400))
}

/// A template of the playbook's own, and its file.
fn in_playbook<'w>(written: &'w [Written], name: &str) -> Option<(&'w Written, &'w Arc<str>)> {
    written.iter().filter(|one| one.name == name).find_map(|one| Some((one, one.source.as_ref()?)))
}

/// The place that a message names by an arrow, as in `--> list.html:2:20`: of some mistakes nothing else is told.
fn drawn_place(message: &str, written: &[Written]) -> Option<Place> {
    let mut arrows = message.lines().filter_map(|line| line.trim_start().strip_prefix("--> "));
    arrows.find_map(|arrow| {
        let mut parts = arrow.trim().rsplitn(3, ':');
        let (column, line, name) =
            (parts.next()?.parse::<usize>().ok()?, parts.next()?.parse::<usize>().ok()?, parts.next()?);
        let (one, path) = in_playbook(written, name)?;
        let start: usize = one.text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
        let length = one.text.get(start..)?.lines().next().unwrap_or("").len();
        let at = one.text[start..start + length].char_indices().nth(column.saturating_sub(1)).map_or(0, |(at, _)| at);
        Some(Place::new(path, start + at..start + length))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn own_scripts_lose_comments_and_nothing_else() {
        assert_eq!(bare("// a\n  b(\"// c\");\n\n  /** d */\n  e();\n"), b"b(\"// c\");\ne();\n");
        for (path, bytes) in EMBEDDED.iter().flat_map(|(_, files)| *files).filter(|(path, _)| path.ends_with(".js")) {
            let script = String::from_utf8(bare(&String::from_utf8_lossy(bytes))).expect("scripts are UTF-8");
            // A text or a comment over several lines would come out another one.
            assert!(!script.contains('`') && script.matches("/*").count() == script.matches("*/").count(), "{path}");
            assert!(!script.lines().any(|line| line.ends_with('\\')), "{path}");
        }
    }

    #[test]
    fn every_file_of_the_built_in_themes_is_in_the_program() {
        for (name, files) in EMBEDDED {
            let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("themes").join(name);
            let known: BTreeSet<String> = files.iter().map(|(path, _)| (*path).to_string()).collect();
            let there: BTreeSet<String> = walkdir::WalkDir::new(&folder)
                .into_iter()
                .map(|entry| entry.expect("the folder can be listed"))
                .filter(|entry| entry.file_type().is_file())
                .filter_map(|entry| entry.path().strip_prefix(&folder).ok()?.to_str().map(str::to_string))
                .collect();
            assert_eq!(known, there, "src/theme.rs (left) and themes/{name} (right) have other files");
        }
    }

    #[test]
    fn the_second_themes_words_can_be_read_on_every_ground() {
        let layers: Vec<Layer> = ["default", "editorial"].into_iter().filter_map(layer::program).collect();
        for layers in [&layers[..1], &layers[..]] {
            let tokens = Tokens::of(&style::sheet(layers));
            let colors = |name: &str| {
                let mut name = name.to_string();
                while let Some(other) = tokens.value(&name).and_then(|value| value.strip_prefix("var(")) {
                    name = other.trim_end_matches(')').to_string();
                }
                tokens.colors(&name).unwrap_or_else(|| panic!("{name} is a pair of colours"))
            };
            for ground in ["--ground", "--sunk", "--tint"] {
                for ink in ["--ink", "--ink-2", "--ink-3", "--accent", "--kept", "--risk", "--broken"] {
                    let ((light_ground, dark_ground), (light, dark)) = (colors(ground), colors(ink));
                    for (ink_color, ground_color) in [(light, light_ground), (dark, dark_ground)] {
                        let contrast = ink_color.contrast(ground_color);
                        assert!(
                            contrast >= color::READABLE,
                            "{ink} on {ground}: {ink_color} on {ground_color} is {contrast}"
                        );
                    }
                }
            }
        }
    }
}
