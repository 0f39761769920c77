//! Keeps the words of the default theme whole: none missing, none left over, the same in every language, and none in templates.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use trustbook::strings::{Strings, StringsFile};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Files with one of these endings below a folder.
fn files(folder: &str, endings: &[&str]) -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![root().join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the folder is there") {
            let path = entry.expect("the folder can be listed").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| endings.iter().any(|wanted| ending == *wanted)) {
                let text = fs::read_to_string(&path).expect("sources are text");
                found.push((path, text));
            }
        }
    }
    found.sort();
    found
}

/// The languages of the theme, each with its own words alone.
fn languages() -> BTreeMap<String, Strings> {
    let all = files("themes/default/strings", &["ftl"]);
    let read = |(path, text): (PathBuf, String)| {
        let tag = path.file_stem().expect("it has a name").to_string_lossy().into_owned();
        let file = StringsFile { language: tag.clone(), path: path.display().to_string(), text };
        let (strings, troubles) = Strings::new(&[file], &[vec![tag.clone()]]);
        assert_eq!(troubles, [], "{tag}.ftl has mistakes");
        (tag, strings)
    };
    all.into_iter().map(read).collect()
}

#[test]
fn every_language_has_the_words_of_english_with_the_same_arguments() {
    let languages = languages();
    let english = &languages["en"];
    let keys: BTreeSet<&str> = english.keys(0).collect();
    let mut wrong = Vec::new();
    for (tag, strings) in &languages {
        let own: BTreeSet<&str> = strings.keys(0).collect();
        wrong.extend(keys.difference(&own).map(|key| format!("{tag}.ftl lacks `{key}`")));
        wrong.extend(own.difference(&keys).map(|key| format!("{tag}.ftl has `{key}`, which English has not")));
        for key in keys.intersection(&own) {
            // A language may leave an argument out, where one word says it; it is never given another.
            let known = english.arguments(0, key);
            let unknown = strings.arguments(0, key).into_iter().filter(|name| !known.contains(name));
            wrong.extend(unknown.map(|name| format!("{tag}.ftl: `{key}` knows no `${name}`")));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn counted_messages_have_the_plural_forms_of_their_language() {
    let languages = languages();
    for (tag, counts) in
        [("en", &[0i64, 1, 2][..]), ("ar", &[0, 1, 2, 3, 11, 100]), ("sv", &[0, 1, 2]), ("id", &[0, 1, 2])]
    {
        let Some(strings) = languages.get(tag) else { continue };
        for count in counts {
            let told = strings.with(0, "count-promises", &[("count", trustbook::strings::Arg::Count(*count))]);
            assert!(!told.contains('⟨') && !told.is_empty(), "{tag}: {count} is `{told}`");
        }
    }
    let arabic = &languages["ar"];
    let told = [0, 1, 2, 3, 11, 100]
        .map(|count| arabic.with(0, "count-promises", &[("count", trustbook::strings::Arg::Count(count))]));
    assert_eq!(told, ["لا وعود", "وعد واحد", "وعدان", "3 وعود", "11 وعدًا", "100 وعد"]);
}

#[test]
fn every_word_that_is_asked_for_is_there_and_every_word_is_asked_for() {
    let languages = languages();
    let keys: BTreeSet<&str> = languages["en"].keys(0).collect();
    let templates = files("themes/default/templates", &["html"]);
    let rust = files("src", &["rs"]);
    let mut unknown = Vec::new();
    for (path, text) in &templates {
        for key in between(text, "t[\"", "\"]").filter(|key| !keys.contains(key)) {
            unknown.push(format!("{}: `{key}`", path.display()));
        }
    }
    for (path, text) in &rust {
        for opening in [".t(\"", ".tn(\"", ".said(\""] {
            for key in between(text, opening, "\"").filter(|key| !keys.contains(key)) {
                unknown.push(format!("{}: `{key}`", path.display()));
            }
        }
    }
    assert!(unknown.is_empty(), "asked for, but in no language:\n{}", unknown.join("\n"));
    // A key stands in quotes somewhere, or begins as one that is put together: `"audit-weight-{}"`.
    let texts: Vec<&str> = templates.iter().chain(&rust).map(|(_, text)| text.as_str()).collect();
    let asked: BTreeSet<&str> = texts.iter().flat_map(|text| text.split('"')).collect();
    let beginnings: BTreeSet<&str> = asked
        .iter()
        .filter_map(|text| text.split_once('{'))
        .map(|(start, _)| start)
        .filter(|start| start.ends_with('-'))
        .collect();
    let unused: Vec<&&str> = keys
        .iter()
        .filter(|key| {
            !asked.contains(**key) && !beginnings.iter().any(|start| start.len() > 2 && key.starts_with(start))
        })
        .collect();
    assert!(unused.is_empty(), "in English, but asked for by nothing: {unused:?}");
}

fn between<'t>(text: &'t str, opening: &'t str, closing: &'t str) -> impl Iterator<Item = &'t str> {
    text.split(opening).skip(1).filter_map(move |rest| rest.split_once(closing)).map(|(inner, _)| inner)
}

#[test]
fn no_word_stands_in_a_template() {
    let mut words = Vec::new();
    for (path, text) in files("themes/default/templates", &["html"]) {
        for line in shown(&text).lines() {
            let line = line.trim();
            // Where to write something is said by the file's name, which is the same in every language.
            if line.starts_with("content/") {
                continue;
            }
            if line.chars().filter(|c| c.is_alphabetic()).count() > 1 {
                words.push(format!("{}: {line}", path.display()));
            }
        }
    }
    assert!(words.is_empty(), "words for readers belong into strings:\n{}", words.join("\n"));
}

/// What a template prints as it stands: without its own syntax, without tags, and of attributes those that readers meet.
fn shown(template: &str) -> String {
    let mut text = template.to_string();
    for (open, close) in [("{#", "#}"), ("{%", "%}"), ("{{", "}}")] {
        text = without(&text, open, close);
    }
    let mut out = String::new();
    for attribute in [" title=\"", " aria-label=\"", " alt=\"", " placeholder=\""] {
        for value in between(&text, attribute, "\"") {
            out.push_str(value);
            out.push('\n');
        }
    }
    // What an author may copy into a file is the format's.
    for element in ["style", "script", "code", "pre"] {
        text = without(&text, &format!("<{element}"), &format!("</{element}>"));
    }
    out.push_str(&without(&text, "<", ">"));
    // An entity is a sign.
    for entity in between(&out.clone(), "&", ";").filter(|name| name.len() < 8) {
        out = out.replace(&format!("&{entity};"), "");
    }
    out
}

fn without(text: &str, open: &str, close: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(open) {
        out.push_str(before);
        out.push('\n');
        rest = after.split_once(close).map_or("", |(_, rest)| rest);
    }
    out.push_str(rest);
    out
}
