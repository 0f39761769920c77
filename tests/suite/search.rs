//! What search loads: read here as the script reads it, and compared with what the playbook says.

use super::scratch::{Scratch, nothing_denied};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

type Site = BTreeMap<String, Vec<u8>>;

const DIGITS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// What a file gives to `trustbookSearch`.
fn given(site: &Site, file: &str) -> Value {
    let bytes = site.get(&format!("assets/search/{file}.js")).unwrap_or_else(|| panic!("there is no {file}"));
    let text = std::str::from_utf8(bytes).expect("scripts are UTF-8");
    let inner = text.strip_prefix("trustbookSearch(").and_then(|rest| rest.strip_suffix(");\n")).expect("one call");
    let arguments: Vec<Value> = serde_json::from_str(&format!("[{inner}]")).expect("arguments are JSON");
    let (language, name) = file.split_once('/').unwrap_or((file, ""));
    assert_eq!((arguments[0].as_str(), arguments[1].as_str()), (Some(language), Some(name)));
    arguments[2].clone()
}

fn digit(c: char) -> usize {
    DIGITS.find(c).expect("a digit")
}

fn key(written: &str, before: &str) -> String {
    let mut characters = written.chars();
    let shared = digit(characters.next().expect("a digit comes first"));
    before.chars().take(shared).chain(characters).collect()
}

/// Every word of a language with its stems.
fn words(site: &Site, language: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut words: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let shards = given(site, language)["w"].as_array().expect("shards of words").clone();
    for (number, from) in shards.iter().enumerate() {
        let text = given(site, &format!("{language}/w{number}"));
        let mut word = String::new();
        for entry in text.as_str().expect("a text").split_whitespace() {
            let (own, rest) = entry.split_once(',').expect("a word and its stem");
            word = key(own, &word);
            assert!(word.as_str() >= from.as_str().expect("a text"), "{word} stands in its shard");
            let stem = if rest.len() > 1 { key(&rest[1..], &word) } else { word.clone() };
            words.entry(word.clone()).or_default().insert(stem);
        }
    }
    words
}

/// In which sections the stems of a word stand: title, heading and text, best first.
fn found(site: &Site, language: &str, word: &str) -> Vec<(String, String, String)> {
    let mut hits = Vec::new();
    let contents = given(site, language);
    for stem in words(site, language).get(word).into_iter().flatten() {
        for number in 0..contents["p"].as_array().expect("shards of lists").len() {
            let text = given(site, &format!("{language}/p{number}"));
            let mut known = String::new();
            for entry in text.as_str().expect("a text").split_whitespace() {
                let (own, list) = entry.split_once(',').expect("a stem and its list");
                known = key(own, &known);
                if known == *stem {
                    hits.extend(places(list).into_iter().map(|(file, at)| section(site, language, file, at)));
                }
            }
        }
    }
    hits
}

fn places(list: &str) -> Vec<(usize, usize)> {
    let mut digits = list.chars().map(digit);
    let mut number = || {
        let (mut value, mut shift) = (0, 0);
        loop {
            let next = digits.next()?;
            value |= (next & 31) << shift;
            if next & 32 == 0 {
                return Some(value);
            }
            shift += 5;
        }
    };
    let mut places = Vec::new();
    let sections = number().expect("in how many sections");
    while let Some(weight) = number() {
        assert!((1..=15).contains(&weight));
        let mut file = 0;
        for _ in 0..number().expect("how many") {
            file += number().expect("a file");
            places.push((file, number().expect("a place in it")));
        }
    }
    assert_eq!(places.len(), sections.min(1024));
    places
}

fn section(site: &Site, language: &str, file: usize, at: usize) -> (String, String, String) {
    let records = given(site, &format!("{language}/r{file}"));
    let mut sections = records
        .as_array()
        .expect("records")
        .iter()
        .flat_map(|record| record[4].as_array().expect("sections").iter().map(move |section| (record, section)));
    let (record, section) = sections.nth(at).expect("the section is there");
    let text = |value: &Value| value.as_str().expect("a text").to_string();
    (text(&record[1]), text(&section[1]), text(&section[2]))
}

#[test]
fn sections_are_found_by_all_forms_of_their_words() {
    let scratch = Scratch::new();
    scratch.file("content/index.md", "# Start\n\nWhat we promised.\n").file(
        "content/guides/refunds.md",
        "# Refunds\n\nHow money goes back.\n\n## When it is late\n\nWe keep promises, and [^1] say <b>so</b>.\n\n[^1]: Footnoted.\n",
    );
    let site = scratch.built(&[]);
    let hits = found(&site, "en", "promised");
    assert_eq!(hits, found(&site, "en", "promises"));
    let titles: Vec<_> = hits.iter().map(|(title, heading, _)| (&**title, &**heading)).collect();
    assert!(titles.contains(&("Start", "")) && titles.contains(&("Refunds", "When it is late")), "{titles:?}");
    // What is called so stands before what only says so.
    assert_eq!(found(&site, "en", "refunds")[0].0, "Refunds");
    assert_eq!(found(&site, "en", "footnoted")[0].1, "When it is late");
    assert_eq!(found(&site, "en", "so")[0].2, "We keep promises, and say so. Footnoted.");
}

#[test]
fn every_language_is_stemmed_and_what_is_not_translated_is_found_too() {
    let scratch = Scratch::new();
    scratch.file(
        "trustbook.toml",
        "title = \"Book\"\n[languages.en]\nname = \"English\"\n[languages.sv]\nname = \"Svenska\"\n[languages.id]\nname = \"Bahasa Indonesia\"\n",
    );
    scratch
        .file("content/index.md", "# Start\n\nPromises.\n")
        .file("content/index.sv.md", "+++\ntitle = \"Början\"\n+++\nLöfte och löften.\n")
        .file("content/index.id.md", "+++\ntitle = \"Awal\"\n+++\nMembayar dan dibayar.\n")
        .file("content/only.md", "# Only\n\nUntranslated refunds.\n");
    let site = scratch.built(&[]);
    assert_eq!(words(&site, "sv")["löften"], words(&site, "sv")["löfte"]);
    assert_eq!(words(&site, "id")["membayar"], words(&site, "id")["dibayar"]);
    assert!(!words(&site, "en").contains_key("löften"));
    assert_eq!(found(&site, "sv", "refunds")[0].0, "Only");
    let records = site.iter().filter(|(file, _)| file.starts_with("assets/search/sv/r")).map(|(_, bytes)| bytes);
    let marked = records.filter(|bytes| String::from_utf8_lossy(bytes).contains("\"Only\",\"\",\"en\"")).count();
    assert_eq!(marked, 1, "the record says that it is in English");
}

#[test]
fn nothing_that_is_left_out_is_found() {
    let scratch = Scratch::new();
    scratch.file(
        "trustbook.toml",
        "title = \"Book\"\ndefault_audience = \"internal\"\n[audiences]\npublic = []\ninternal = [\"public\"]\n"
            .to_string()
            + &nothing_denied(),
    );
    scratch
        .file(
            "content/index.md",
            "+++\ntitle = \"Seen\"\naudience = \"public\"\n+++\nSeen.\n\n:::audience{only=\"internal\"}\n## Canary\n\nCanary[^1].\n\n\
             [^1]: Canary.\n:::\n\n:::checklist{#seen}\n- [ ] Ticked {#one}\n:::\n",
        )
        .file("content/secret.md", "# Canary\n")
        .file("content/promises.toml", "[canary]\ntext = \"Canary\"\n")
        .file("content/journeys/way.toml", "title = \"Canary\"\n[stages.canary]\ntitle = \"Canary\"\n");
    let site = scratch.built(&["--audience", "public"]);
    let known = words(&site, "en");
    assert!(known.contains_key("seen") && known.contains_key("ticked"), "{known:?}");
    assert!(!known.keys().any(|word| word.contains("canar")), "{known:?}");
    for (name, bytes) in site.iter().filter(|(name, _)| name.starts_with("assets/search/")) {
        assert!(!String::from_utf8_lossy(bytes).to_lowercase().contains("canar"), "{name}");
    }
    assert!(words(&scratch.built(&[]), "en").contains_key("canary"));
}

#[test]
fn a_change_rewrites_one_file_of_records() {
    let scratch = Scratch::new();
    for page in 0..60 {
        scratch.file(&format!("content/page-{page}.md"), format!("# Page {page}\n\nWords of page {page}.\n"));
    }
    let before = scratch.built(&[]);
    scratch.file("content/page-7.md", "# Page 7\n\nOther words of page 7.\n");
    let after = scratch.built(&[]);
    let changed: Vec<_> = after.keys().filter(|file| before.get(*file) != after.get(*file)).collect();
    let records = changed.iter().filter(|file| file.starts_with("assets/search/en/r")).count();
    assert_eq!(records, 1, "{changed:?}");
    // No page says which version of the search it belongs to.
    assert_eq!(changed.iter().filter(|file| file.ends_with(".html")).count(), 1, "{changed:?}");
}
