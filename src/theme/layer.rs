//! A theme's name to its layers: the built-in theme, whatever lies over it, and the theme itself on top.

use super::manifest::{self, Declared, Manifest};
use super::{DEFAULT, EMBEDDED};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::failure::Failure;
use crate::playbook::Settings;
use crate::source::Spanned;
use std::borrow::Cow;
use std::path::Path;
use std::sync::Arc;

/// One theme of the chain; a folder over a built-in theme of its name is a layer of its own.
pub struct Layer {
    /// The theme's name.
    pub name: Arc<str>,
    /// Its files, sorted by path.
    pub files: Vec<ThemeFile>,
    /// What it says of itself.
    pub manifest: Manifest,
}

/// A file of a theme.
pub struct ThemeFile {
    /// In the theme: `templates/list.html`.
    pub path: String,
    /// Its bytes.
    pub bytes: Cow<'static, [u8]>,
    /// Where it lies in the playbook; a built-in theme's files lie in the program.
    pub source: Option<Arc<str>>,
}

impl ThemeFile {
    /// Its text; what is no UTF-8 is replaced.
    pub fn text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.bytes)
    }
}

impl Layer {
    /// Whether it is part of the program.
    pub fn is_built_in(&self) -> bool {
        self.files.iter().all(|file| file.source.is_none())
    }

    /// The file at a path in the theme.
    pub fn file(&self, path: &str) -> Option<&ThemeFile> {
        self.files.iter().find(|file| file.path == path)
    }

    /// What a reader calls its file at `path`: where it lies in the playbook, or `default/…` in the program.
    pub fn shown(&self, file: &ThemeFile) -> String {
        file.source.as_deref().map_or_else(|| format!("{}/{}", self.name, file.path), str::to_string)
    }
}

/// Themes that are part of the program.
pub fn built_in() -> impl Iterator<Item = &'static str> {
    EMBEDDED.iter().map(|(name, _)| *name)
}

/// The layers of the settings' theme, the lowest first. What cannot be found is left out, with its finding.
///
/// # Errors
/// A folder that is there cannot be read.
pub fn layers(root: &Path, settings: &Settings, diagnostics: &mut Diagnostics) -> Result<Vec<Layer>, Failure> {
    let mut layers: Vec<Layer> = Vec::new();
    let mut wanted = settings.theme.clone();
    loop {
        let above: Vec<Arc<str>> = layers.iter().map(|layer| layer.name.clone()).collect();
        if above.contains(&wanted.value) {
            let way: Vec<&str> = above.iter().map(|name| &**name).chain([&*wanted.value]).collect();
            diagnostics.push(
                Diagnostic::new(
                    Code::InvalidTheme,
                    format!("themes extend each other in a circle: {}", way.join(", ")),
                )
                .at(wanted.place, "closes the circle")
                .help("a chain of themes ends at `default`"),
            );
            break;
        }
        let mut found = Vec::new();
        found.extend(folder(root, &wanted.value, diagnostics)?);
        found.extend(program(&wanted.value));
        if found.is_empty() {
            diagnostics.push(unknown_theme(root, &wanted));
            break;
        }
        let extends = found.iter().find_map(|layer| layer.manifest.extends.clone());
        layers.extend(found);
        wanted = match extends {
            Some(extends) if !crate::parse::settings::safe_name(&extends.value) => {
                diagnostics.push(
                    Diagnostic::new(Code::UnsafePath, format!("`{}` cannot be a theme's name", extends.value))
                        .at(extends.place, "not a folder in `themes/`"),
                );
                break;
            }
            Some(extends) => extends,
            None if &*wanted.value == "default" => break,
            // Who names nothing lies over the built-in theme.
            None => Spanned::new("default".into(), wanted.place),
        };
    }
    if !layers.iter().any(|layer| &*layer.name == "default") {
        layers.extend(folder(root, "default", diagnostics)?);
    }
    if !layers.iter().any(|layer| &*layer.name == "default" && layer.is_built_in() && !layer.files.is_empty()) {
        layers.extend(program("default"));
    }
    layers.reverse();
    Ok(layers)
}

fn unknown_theme(root: &Path, wanted: &Spanned<Arc<str>>) -> Diagnostic {
    let mut known: Vec<String> = built_in().map(str::to_string).collect();
    for entry in std::fs::read_dir(root.join("themes")).into_iter().flatten().flatten() {
        known.extend(entry.file_name().into_string().ok().filter(|name| !name.starts_with('.')));
    }
    let label = if &*wanted.place.path == "trustbook.toml" { "`theme` names it" } else { "`extends` names it" };
    Diagnostic::new(Code::UnknownName, format!("there is no theme `{}`", wanted.value))
        .at(wanted.place.clone(), label)
        .did_you_mean(&wanted.value, known.iter().map(String::as_str))
        .help(format!("make the folder `themes/{}`, or name one that there is", wanted.value))
}

/// The layer of a theme in the program.
pub fn program(name: &str) -> Option<Layer> {
    let (name, files) = EMBEDDED.iter().find(|(known, _)| *known == name)?;
    let files: Vec<ThemeFile> = files
        .iter()
        .map(|(path, bytes)| ThemeFile { path: (*path).to_string(), bytes: Cow::Borrowed(*bytes), source: None })
        .collect();
    let layer = Layer { name: (*name).into(), files, manifest: Manifest::default() };
    let path: Arc<str> = format!("{name}/theme.toml").into();
    let text = layer.file("theme.toml").map_or(Cow::Borrowed(""), ThemeFile::text);
    // Tests keep these without a mistake.
    let manifest = manifest::manifest(name, &path, &text, &mut Vec::new());
    Some(Layer { manifest, ..layer })
}

/// The layer of a theme in the playbook's folder `themes/NAME`.
fn folder(root: &Path, name: &str, diagnostics: &mut Diagnostics) -> Result<Option<Layer>, Failure> {
    let folder = root.join("themes").join(name);
    if !folder.is_dir() {
        return Ok(None);
    }
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(&folder).follow_links(false).sort_by_file_name() {
        let entry = entry.map_err(|error| {
            let path = error.path().unwrap_or(&folder).to_path_buf();
            Failure::new("read", path, error.into())
        })?;
        if !entry.file_type().is_file() {
            continue;
        }
        let Ok(inner) = entry.path().strip_prefix(&folder) else { continue };
        let Some(path) = inner.to_str().map(|path| path.replace('\\', "/")) else { continue };
        if path.split('/').any(|part| part.starts_with('.')) {
            continue;
        }
        let bytes = std::fs::read(entry.path()).map_err(|error| Failure::new("read", entry.path(), error))?;
        let source = Some(Arc::from(format!("themes/{name}/{path}")));
        files.push(ThemeFile { path, bytes: Cow::Owned(bytes), source });
    }
    // The program's own copy of its source tree is no theme of a playbook: it says the same twice.
    files.retain(|file| !is_the_programs(name, file));
    let mut manifest = Manifest::default();
    if let Some(file) = files.iter().find(|file| file.path == "theme.toml") {
        let path: Arc<str> = file.source.clone().unwrap_or_else(|| file.path.as_str().into());
        let mut findings = Vec::new();
        manifest = manifest::manifest(name, &path, &file.text(), &mut findings);
        diagnostics.extend(findings);
    }
    let adds = !files.is_empty() || !built_in().any(|known| known == name);
    Ok(adds.then(|| Layer { name: name.into(), files, manifest }))
}

/// Whether a file is byte for byte the one in the program, as in trustbook's own sources.
fn is_the_programs(name: &str, file: &ThemeFile) -> bool {
    let embedded = EMBEDDED.iter().find(|(known, _)| *known == name);
    embedded.is_some_and(|(_, files)| files.iter().any(|(path, bytes)| *path == file.path && **bytes == *file.bytes))
}

/// Every option of the layers: what a theme says of one lies over what those below say.
pub fn options(layers: &[Layer]) -> Vec<Declared> {
    let mut options: Vec<Declared> = Vec::new();
    for declared in layers.iter().flat_map(|layer| &layer.manifest.options) {
        match options.iter_mut().find(|known| known.name.value == declared.name.value) {
            Some(known) => *known = declared.clone().over(known),
            None => options.push(declared.clone()),
        }
    }
    options
}

/// The built-in theme's templates: names and texts.
pub fn default_templates() -> impl Iterator<Item = (String, String)> {
    DEFAULT.iter().filter_map(|(path, bytes)| {
        let name = path.strip_prefix("templates/")?;
        Some((name.to_string(), String::from_utf8_lossy(bytes).into_owned()))
    })
}
