//! Whole sites: `tests/sites/TOPIC` is a playbook, and `expected/` in it what comes out, byte for byte.
//!
//! Of pages, what stands in `<main>` is compared, of those that `chosen` names; of what programs read, all. A line of
//! `chosen` that begins with `--` holds arguments. A leftover in `expected/` fails as well. `UPDATE=1 cargo test --test suite
//! sites` writes `expected/` anew: read the difference like code.

use super::scratch::{Scratch, TODAY, ended, files};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;

#[test]
fn sites_come_out_as_expected() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/sites");
    let mut topics: Vec<_> = fs::read_dir(folder)
        .expect("tests/sites is there")
        .map(|entry| entry.expect("it can be listed").path())
        .collect();
    topics.sort();
    assert!(topics.len() >= 5);
    let mut wrong = Vec::new();
    for topic in topics {
        let name = topic.file_name().expect("a folder has a name").to_string_lossy().into_owned();
        let built = built(&topic);
        let expected = topic.join("expected");
        if std::env::var_os("UPDATE").is_some() {
            let _ = fs::remove_dir_all(&expected);
            for (path, bytes) in &built {
                let path = expected.join(path);
                fs::create_dir_all(path.parent().expect("a file in a folder")).expect("a folder can be made");
                fs::write(path, bytes).expect("a file can be written");
            }
            continue;
        }
        let expected = files(&expected);
        for path in expected.keys().filter(|path| !built.contains_key(*path)) {
            wrong.push(format!("{name}/expected/{path} is left over"));
        }
        for (path, bytes) in &built {
            match expected.get(path) {
                None => wrong.push(format!("{name}: {path} is not expected")),
                Some(expected) if expected != bytes => {
                    wrong.push(format!("{name}: {path}: {}", difference(expected, bytes)))
                }
                Some(_) => {}
            }
        }
    }
    assert!(wrong.is_empty(), "{}\nIf this is meant: UPDATE=1 cargo test --test suite sites", wrong.join("\n"));
}

/// What is compared of a topic's site.
fn built(topic: &Path) -> BTreeMap<String, Vec<u8>> {
    let chosen = fs::read_to_string(topic.join("chosen")).expect("every topic has a list of pages");
    let (arguments, pages): (Vec<&str>, Vec<&str>) = chosen.lines().partition(|line| line.starts_with("--"));
    let scratch = Scratch::new();
    let output = scratch.around().join("out");
    let mut command = Command::new(env!("CARGO_BIN_EXE_trustbook"));
    command.arg("build").args(arguments.iter().flat_map(|line| line.split(' '))).args(["--as-of", TODAY, "--root"]);
    let ended = ended({
        command.arg(topic).arg("--output").arg(&output);
        command
    });
    assert_eq!(ended.code, Some(0), "{}: {ended:?}", topic.display());
    let site = files(&output);
    let mut compared = BTreeMap::new();
    for page in pages {
        let html = site.get(page).unwrap_or_else(|| panic!("{}: {page} is not built", topic.display()));
        compared
            .insert(page.to_string(), main_of(std::str::from_utf8(html).expect("pages are UTF-8")).as_bytes().to_vec());
    }
    for (path, bytes) in site {
        // Schemas are the same in every site; `docs/schemas/` is compared with the types that they come from.
        let data = path.ends_with(".json") && !path.ends_with(".schema.json");
        if path.ends_with(".xml") || path.ends_with(".ics") || data || path == "robots.txt" {
            compared.insert(path, bytes);
        }
    }
    compared
}

/// A page's own content; the whole page where it has no `<main>`.
fn main_of(html: &str) -> &str {
    let from = html.find("<main").unwrap_or(0);
    let to = html.find("</main>").map_or(html.len(), |at| at + "</main>".len());
    &html[from..to]
}

fn difference(expected: &[u8], got: &[u8]) -> String {
    let (expected, got) = (String::from_utf8_lossy(expected), String::from_utf8_lossy(got));
    let lines = expected.lines().map(Some).chain(std::iter::repeat(None)).zip(got.lines().map(Some).chain([None]));
    for (number, (expected, got)) in (1..).zip(lines) {
        if expected != got {
            return format!("line {number}\n  expected {expected:.300?}\n  got      {got:.300?}");
        }
    }
    format!("expected has {} lines more", expected.lines().count().saturating_sub(got.lines().count()))
}

#[test]
fn a_new_playbook_builds_clean() {
    let scratch = Scratch::new();
    let folder = scratch.around().join("new");
    let folder = folder.to_str().expect("plain names");
    for arguments in [&["new", folder][..], &["build", "--strict", "--root", folder]] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_trustbook"));
        command.args(arguments);
        let ended = ended(command);
        assert_eq!(ended.code, Some(0), "{ended:?}");
    }
}
