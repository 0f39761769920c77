//! A theme's layers to its words, and what its words and templates say to each other.

use super::layer::{Layer, ThemeFile};
use super::written::said;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::playbook::{Lang, Settings};
use crate::source::Place;
use crate::strings::{Strings, StringsFile};
use rustc_hash::FxHashSet;
use std::sync::Arc;

/// So many missing words are named.
const NAMED: usize = 5;

/// Words lie over words, message by message.
pub(super) fn words(layers: &[Layer], settings: &Settings, diagnostics: &mut Diagnostics) -> Strings {
    let chains = chains(settings);
    // Words of the program in languages that nobody here reads are not even looked at.
    let spoken = |tag: &str| chains.iter().flatten().any(|wanted| wanted.eq_ignore_ascii_case(tag));
    let files = layers.iter().flat_map(|layer| layer.files.iter().map(move |file| (layer, file)));
    let mut written: Vec<StringsFile> = files
        .filter(|(_, file)| file.source.is_some() || language_of(file).is_some_and(spoken))
        .filter_map(|(layer, file)| {
            let language = language_of(file)?.to_string();
            Some(StringsFile { language, path: layer.shown(file), text: file.text().into_owned() })
        })
        .collect();
    let borrowed = in_no_language(layers, &written, diagnostics);
    written.extend(borrowed);
    let (strings, troubles) = Strings::new(&written, &chains);
    for trouble in troubles {
        let path: Arc<str> = trouble.path.as_str().into();
        diagnostics.push(
            Diagnostic::new(Code::Syntax, format!("these words cannot be read: {}", trouble.message))
                .at(Place::new(&path, trouble.span), "here"),
        );
    }
    missing(&strings, layers, &chains, diagnostics);
    unused(&strings, layers, diagnostics);
    strings
}

/// The fallback chain of every language for the theme's words, as tags: after `pt-BR` comes `pt`, whether the playbook has
/// pages in it or not, and English closes every chain, since a word of another language is better than none.
pub(super) fn chains(settings: &Settings) -> Vec<Vec<String>> {
    let chain = |language: Lang| {
        let mut whole: Vec<String> = Vec::new();
        let mut add = |tag: &str| {
            if !whole.iter().any(|known| known.eq_ignore_ascii_case(tag)) {
                whole.push(tag.to_string());
            }
        };
        for one in settings.chain(language) {
            let tag = &settings.language(*one).tag;
            add(tag);
            tag.match_indices('-').rev().for_each(|(end, _)| add(&tag[..end]));
        }
        add("en");
        whole
    };
    settings.langs().map(chain).collect()
}

/// The language of a file of words.
fn language_of(file: &ThemeFile) -> Option<&str> {
    file.path.strip_prefix("strings/")?.strip_suffix(".ftl")
}

/// Languages of the site that lack words, at the file that should hold them.
fn missing(strings: &Strings, layers: &[Layer], chains: &[Vec<String>], diagnostics: &mut Diagnostics) {
    for (language, chain) in chains.iter().enumerate() {
        let borrowed: Vec<&str> =
            strings.keys(language).filter(|key| strings.lender(language, key).is_some()).collect();
        if borrowed.is_empty() {
            continue;
        }
        let tag = &chain[0];
        let mut named: Vec<String> = borrowed.iter().take(NAMED).map(|key| format!("`{key}`")).collect();
        if borrowed.len() > NAMED {
            named.push("…".to_string());
        }
        let words = match borrowed.len() {
            1 => "a string".to_string(),
            count => format!("{count} strings"),
        };
        let file = format!("strings/{tag}.ftl");
        let files = || layers.iter().rev().flat_map(|layer| &layer.files);
        let own = files().find(|one| one.path.eq_ignore_ascii_case(&file)).and_then(|one| one.source.clone());
        let place = own.unwrap_or_else(|| "trustbook.toml".into());
        diagnostics.push(
            Diagnostic::new(Code::MissingString, format!("the theme lacks {words} in `{tag}`: {}", named.join(", ")))
                .at(Place::file(&place), "another language stands in")
                .help(format!("write them into `themes/NAME/{file}`; docs/languages.md tells how")),
        );
    }
}

/// Words that nobody asks for. Only a playbook's own files can be blamed for them.
fn unused(strings: &Strings, layers: &[Layer], diagnostics: &mut Diagnostics) {
    let own: Vec<_> = strings.written().iter().filter(|one| one.path.starts_with("themes/")).collect();
    if own.is_empty() {
        return;
    }
    let files = || layers.iter().flat_map(|layer| &layer.files);
    let english = files().filter(|file| file.source.is_none() && file.path == "strings/en.ftl");
    let built_in: FxHashSet<String> = english.flat_map(|file| keys(&file.text())).collect();
    let (mut asked, mut starts): (FxHashSet<String>, Vec<String>) = Default::default();
    for file in files().filter(|file| file.path.starts_with("templates/")) {
        let text = file.text();
        let said = said(&text);
        asked.extend(said.keys.iter().map(|key| key.name.to_string()));
        starts.extend(said.key_starts.iter().map(|start| start.name.to_string()));
    }
    for one in own {
        let key = one.key.as_str();
        if built_in.contains(key) || asked.contains(key) || starts.iter().any(|start| key.starts_with(start)) {
            continue;
        }
        let path: Arc<str> = one.path.as_str().into();
        diagnostics.push(
            Diagnostic::new(Code::UnusedString, format!("no template asks for `{key}`"))
                .at(Place::new(&path, one.span.clone()), "used nowhere")
                .did_you_mean(key, built_in.iter().chain(&asked).map(String::as_str)),
        );
    }
}

/// The keys of a file of words.
fn keys(text: &str) -> Vec<String> {
    let lines = text.lines().filter(|line| !line.starts_with([' ', '#', '}']));
    lines.filter_map(|line| Some(line.split_once('=')?.0.trim_end().to_string())).collect()
}

/// What a playbook's own templates ask for and no language has: a finding each. They show as `⟨key⟩`, as English words of
/// their own, so that the page is drawn all the same.
fn in_no_language(layers: &[Layer], written: &[StringsFile], diagnostics: &mut Diagnostics) -> Option<StringsFile> {
    let files = layers.iter().flat_map(|layer| &layer.files).filter(|file| file.path.starts_with("templates/"));
    let mut text = String::new();
    let mut known: FxHashSet<String> = FxHashSet::default();
    for file in files {
        let Some(source) = &file.source else { continue };
        let template = file.text();
        for asked in said(&template).keys {
            if known.is_empty() {
                known.extend(written.iter().flat_map(|file| keys(&file.text)));
            }
            let key = asked.name;
            if known.contains(key) {
                continue;
            }
            diagnostics.push(
                Diagnostic::new(Code::MissingString, format!("the theme has no string `{key}`"))
                    .at(Place::new(source, asked.span), "in no language")
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
