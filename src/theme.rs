//! A theme's files to templates, words and assets: the built-in one, overridden file by file from `themes/NAME`.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::failure::Failure;
use crate::source::Place;
use crate::strings::{Strings, StringsFile};
use crate::view::ThemeAssets;
use rustc_hash::FxHashSet;
use std::cell::Cell;
use std::path::Path;
use std::sync::Arc;
use tera::{Kwargs, State, Tera, TeraResult, Value};
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
    /// The playbook's own templates: name and file.
    pub own: Own,
    /// Every template as it was written: name and text.
    pub written: Vec<(String, String)>,
}

macro_rules! embedded {
    ($($path:literal)*) => {
        &[$(($path, include_bytes!(concat!("../themes/default/", $path)) as &[u8]),)*]
    };
}

/// The files of the default theme.
const DEFAULT: &[(&str, &[u8])] = embedded! {
    "static/style.css"
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
    "templates/promise.html"
    "templates/promises.html"
    "templates/reviews.html"
    "templates/stage.html"
    "templates/translations.html"
};

/// The words of the default theme, a file a language: whatever `themes/default/strings` held when the program was built.
const WORDS: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/words.rs"));

/// A file of a theme.
struct ThemeFile {
    path: String,
    bytes: Vec<u8>,
    /// Where it lies in the playbook; the default theme's lie in the program.
    source: Option<Arc<str>>,
}

/// Loads the theme called `name` for a site whose languages have these fallback chains.
///
/// # Errors
/// A folder that is there cannot be read.
pub fn load(root: &Path, name: &str, chains: &[Vec<String>], diagnostics: &mut Diagnostics) -> Result<Theme, Failure> {
    let chains: Vec<Vec<String>> = chains.iter().map(|chain| with_ancestors(chain)).collect();
    // Words in languages that nobody here reads are not even looked at.
    let spoken = |path: &str| {
        let tag = path.strip_prefix("strings/").and_then(|name| name.strip_suffix(".ftl")).unwrap_or(path);
        chains.iter().flatten().any(|wanted| wanted.eq_ignore_ascii_case(tag))
    };
    let mut files: Vec<ThemeFile> = DEFAULT
        .iter()
        .chain(WORDS.iter().filter(|(path, _)| spoken(path)))
        .map(|(path, bytes)| ThemeFile { path: (*path).to_string(), bytes: bytes.to_vec(), source: None })
        .collect();
    let folder = root.join("themes").join(name);
    if folder.is_dir() {
        for file in own_files(&folder, name)? {
            match files.iter_mut().find(|known| known.path == file.path) {
                // Words lie over words, key by key; everything else is replaced.
                Some(_) if file.path.starts_with("strings/") => files.push(file),
                Some(known) => *known = file,
                None => files.push(file),
            }
        }
    } else if name != "default" {
        diagnostics.push(
            Diagnostic::new(Code::UnknownName, format!("there is no theme `{name}`"))
                .at(Place::file(&"trustbook.toml".into()), "`theme` names it")
                .help(format!("make the folder `themes/{name}`, or take `theme` away")),
        );
    }
    let strings = words(&files, &chains, diagnostics);
    let mut hashed = ThemeAssets::default();
    let mut copied = Vec::new();
    for file in &files {
        if let Some(inner) = file.path.strip_prefix("static/") {
            let target = with_hash(inner, &file.bytes);
            hashed.files.push((inner.to_string(), target.clone()));
            copied.push((target, file.bytes.clone()));
        }
    }
    let (templates, own, written) = templates(&files, diagnostics);
    Ok(Theme { templates, strings, files: copied, assets: hashed, own, written })
}

/// `style.css` to `assets/style.1a2b3c4d.css`: browsers may keep it for ever.
fn with_hash(name: &str, bytes: &[u8]) -> String {
    let hash = xxh3_64(bytes) as u32;
    match name.rsplit_once('.') {
        Some((stem, ending)) => format!("assets/{stem}.{hash:08x}.{ending}"),
        None => format!("assets/{name}.{hash:08x}"),
    }
}

fn own_files(folder: &Path, name: &str) -> Result<Vec<ThemeFile>, Failure> {
    let mut files = Vec::new();
    for entry in walkdir::WalkDir::new(folder).follow_links(false).sort_by_file_name() {
        let entry = entry.map_err(|error| {
            let path = error.path().unwrap_or(folder).to_path_buf();
            Failure::new("read", path, error.into())
        })?;
        if !entry.file_type().is_file() {
            continue;
        }
        let Ok(inner) = entry.path().strip_prefix(folder) else { continue };
        let Some(path) = inner.to_str().map(|path| path.replace('\\', "/")) else { continue };
        if path.split('/').any(|part| part.starts_with('.')) {
            continue;
        }
        let bytes = std::fs::read(entry.path()).map_err(|error| Failure::new("read", entry.path(), error))?;
        let source = Some(Arc::from(format!("themes/{name}/{path}")));
        files.push(ThemeFile { path, bytes, source });
    }
    Ok(files)
}

fn words(files: &[ThemeFile], chains: &[Vec<String>], diagnostics: &mut Diagnostics) -> Strings {
    let mut own: Vec<StringsFile> = files
        .iter()
        .filter_map(|file| {
            let language = file.path.strip_prefix("strings/")?.strip_suffix(".ftl")?;
            let text = String::from_utf8_lossy(&file.bytes).into_owned();
            let path = file.source.as_deref().unwrap_or(&file.path).to_string();
            Some(StringsFile { language: language.to_string(), path, text })
        })
        .collect();
    let borrowed = unknown_references(files, &own, diagnostics);
    own.extend(borrowed);
    let (strings, troubles) = Strings::new(&own, chains);
    for trouble in troubles {
        let path: Arc<str> = trouble.path.as_str().into();
        diagnostics.push(
            Diagnostic::new(Code::Syntax, format!("these words cannot be read: {}", trouble.message))
                .at(Place::new(&path, trouble.span), "here"),
        );
    }
    words_and_templates_agree(&strings, files, chains, diagnostics);
    strings
}

/// A language's fallback chain for the theme's words: after `pt-BR` comes `pt`, whether the playbook has pages in it or not,
/// and English closes every chain, since a word of another language is better than none.
fn with_ancestors(chain: &[String]) -> Vec<String> {
    let mut whole: Vec<String> = Vec::new();
    let mut add = |tag: &str| {
        if !whole.iter().any(|known| known.eq_ignore_ascii_case(tag)) {
            whole.push(tag.to_string());
        }
    };
    for tag in chain {
        let ends = tag.match_indices('-').map(|(at, _)| at);
        add(tag);
        ends.rev().for_each(|end| add(&tag[..end]));
    }
    add("en");
    whole
}

/// Strings that nobody wrote or nobody uses. Only a playbook's own files can be blamed for what is unused, and only its own
/// templates for asking for what there is not.
fn words_and_templates_agree(
    strings: &Strings,
    files: &[ThemeFile],
    chains: &[Vec<String>],
    diagnostics: &mut Diagnostics,
) {
    for (language, chain) in chains.iter().enumerate() {
        let is_borrowed = |key: &&str| strings.lender(language, key).is_some();
        let borrowed: Vec<&str> = strings.keys(language).filter(is_borrowed).collect();
        if !borrowed.is_empty() {
            diagnostics.push(missing(&chain[0], &borrowed, files));
        }
    }
    let templates = || files.iter().filter(|file| file.path.starts_with("templates/"));
    let mut asked: FxHashSet<String> = FxHashSet::default();
    let written: Vec<_> = strings.written().iter().filter(|one| one.path.starts_with("themes/")).collect();
    if written.is_empty() {
        return;
    }
    for file in templates().filter(|file| file.source.is_some()) {
        asked.extend(references(&String::from_utf8_lossy(&file.bytes)).map(|(_, key)| key.to_string()));
    }
    let english =
        String::from_utf8_lossy(WORDS.iter().find(|(path, _)| *path == "strings/en.ftl").map_or(b"", |it| it.1));
    let built_in: FxHashSet<&str> = english
        .lines()
        .filter_map(|line| line.split_once(" =").map(|(key, _)| key))
        .filter(|key| !key.starts_with(' '))
        .collect();
    for one in written {
        let key = one.key.as_str();
        if !built_in.contains(key) && !asked.contains(key) {
            let path: Arc<str> = one.path.as_str().into();
            diagnostics.push(
                Diagnostic::new(Code::UnusedString, format!("no template asks for `{key}`"))
                    .at(Place::new(&path, one.span.clone()), "used nowhere")
                    .did_you_mean(key, built_in.iter().copied().chain(asked.iter().map(String::as_str))),
            );
        }
    }
}

/// The finding about a language that lacks words, at the file that should hold them.
fn missing(tag: &str, borrowed: &[&str], files: &[ThemeFile]) -> Diagnostic {
    const NAMED: usize = 5;
    let mut named: Vec<String> = borrowed.iter().take(NAMED).map(|key| format!("`{key}`")).collect();
    if borrowed.len() > NAMED {
        named.push("…".to_string());
    }
    let words = match borrowed.len() {
        1 => "a string".to_string(),
        count => format!("{count} strings"),
    };
    let file = format!("strings/{tag}.ftl");
    let own = files.iter().find(|one| one.path.eq_ignore_ascii_case(&file)).and_then(|one| one.source.clone());
    let place = own.unwrap_or_else(|| "trustbook.toml".into());
    Diagnostic::new(Code::MissingString, format!("the theme lacks {words} in `{tag}`: {}", named.join(", ")))
        .at(Place::file(&place), "another language stands in")
        .help(format!("write them into `themes/NAME/{file}`; docs/languages.md tells how"))
}

/// The words that a template asks for by `t["key"]`, and where.
fn references(template: &str) -> impl Iterator<Item = (usize, &str)> {
    ["t[\"", "t['"].into_iter().flat_map(move |opening| {
        template.match_indices(opening).filter_map(move |(at, _)| {
            let before = template[..at].chars().next_back();
            let from = at + opening.len();
            let key = &template[from..from + template[from..].find(&opening[2..])?];
            let whole = before.is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != '.');
            (whole && !key.is_empty()).then_some((from, key))
        })
    })
}

/// What a playbook's own templates ask for and no language has: a finding each. They show as `⟨key⟩`, as English words of
/// their own, so that the page is drawn all the same.
fn unknown_references(
    files: &[ThemeFile],
    words: &[StringsFile],
    diagnostics: &mut Diagnostics,
) -> Option<StringsFile> {
    let mut text = String::new();
    let mut known: FxHashSet<String> = FxHashSet::default();
    for file in files.iter().filter(|file| file.path.starts_with("templates/")) {
        let Some(source) = &file.source else { continue };
        let template = String::from_utf8_lossy(&file.bytes);
        for (at, key) in references(&template) {
            if known.is_empty() {
                let lines = words.iter().flat_map(|file| file.text.lines());
                known.extend(lines.filter_map(|line| Some(line.split_once('=')?.0.trim_end().to_string())));
            }
            if known.contains(key) {
                continue;
            }
            diagnostics.push(
                Diagnostic::new(Code::MissingString, format!("the theme has no string `{key}`"))
                    .at(Place::new(source, at..at + key.len()), "in no language")
                    .did_you_mean(key, known.iter().map(String::as_str)),
            );
            let is_key = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
            if key.starts_with(|c: char| c.is_ascii_alphabetic()) && key.chars().all(is_key) {
                text.push_str(&format!("{key} = ⟨{key}⟩\n"));
            }
            known.insert(key.to_string());
        }
    }
    (!text.is_empty()).then(|| StringsFile { language: "en".to_string(), path: "strings/en.ftl".to_string(), text })
}

/// Names of templates and the files of the playbook that they stand in.
pub type Own = Vec<(String, Arc<str>)>;

fn templates(files: &[ThemeFile], diagnostics: &mut Diagnostics) -> (Tera, Own, Vec<(String, String)>) {
    let mut sources: Vec<(String, String)> = Vec::new();
    let mut own: Vec<(String, Arc<str>)> = Vec::new();
    for file in files {
        let Some(name) = file.path.strip_prefix("templates/") else { continue };
        let text = String::from_utf8_lossy(&file.bytes).into_owned();
        if let Some(source) = &file.source {
            own.push((name.to_string(), source.clone()));
        }
        sources.push((name.to_string(), text));
    }
    // What takes the place of a built-in template can extend it. Components may be defined only once, so theirs cannot.
    for (name, _) in own.iter().filter(|(name, _)| !name.starts_with("components/")) {
        if let Some((_, text)) = DEFAULT.iter().find(|(path, _)| path.strip_prefix("templates/") == Some(name)) {
            sources.push((format!("default/{name}"), String::from_utf8_lossy(text).into_owned()));
        }
    }
    let tera = match compiled(&sources) {
        Ok(tera) => tera,
        Err(error) => {
            diagnostics.push(template_finding(&error, &own));
            // What the author broke is shown with the default theme's templates, so that all else can be checked.
            let default: Vec<(String, String)> = DEFAULT
                .iter()
                .filter_map(|(path, bytes)| {
                    let name = path.strip_prefix("templates/")?;
                    Some((name.to_string(), String::from_utf8_lossy(bytes).into_owned()))
                })
                .collect();
            compiled(&default).unwrap_or_default()
        }
    };
    (tera, own, sources)
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

fn compiled(sources: &[(String, String)]) -> TeraResult<Tera> {
    let mut tera = Tera::new();
    // Every template is HTML, whatever its name.
    tera.autoescape_on(vec![""]);
    tera.register_function("range", range);
    tera.register_filter("plain", plain);
    // Attributes stand in double quotes, so an apostrophe stays one: as authors wrote it, and half the work.
    tera.set_escape_fn(escape);
    tera.add_raw_templates(sources.iter().map(|(name, text)| (name.as_str(), text.as_str())))?;
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
pub fn template_finding(error: &tera::Error, own: &[(String, Arc<str>)]) -> Diagnostic {
    let message = error.to_string();
    let first = message.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or("it cannot be read").to_string();
    let first = first.strip_prefix("error: ").unwrap_or(&first).to_string();
    let named = own.iter().find(|(name, _)| message.contains(name.as_str()));
    let place = match named {
        Some((_, path)) => Place::file(path),
        None => Place::file(&"themes".into()),
    };
    Diagnostic::new(Code::InvalidTemplate, format!("the theme's template cannot be used: {first}"))
        .at(place, "in this template")
        .help(crate::diagnostic::draw::shortened(&message, 400))
}
