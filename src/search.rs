//! A playbook to what the search script loads: for each language a small table of contents, words, lists and records.
//!
//! The script asks for few of these files, whatever the size of the site. It reads the table of contents; then the shard of words
//! that what was typed stands in, and finds there the words that begin so or nearly so, with their stems: the browser needs
//! no stemmer. Then the shards with these stems' lists: in which sections, best first. Then the records of the best: titles,
//! headings, the beginning of the text. All of them are scripts that call one function, so that they load from disk as well.
//!
//! Which file a record stands in depends on what it is about, not on its neighbours, so that a change rewrites few of them. Names
//! are no hashes: only the table of contents says which version this is, and no page changes when it does.
//! `docs/search.md` tells a reader what is found and how it is ranked.

mod gather;
mod lists;
mod shards;
mod words;

use crate::playbook::Lang;
use crate::routes::PageId;
use crate::view::{At, Desk, machine};
use gather::{GROUPS, Gathering, Record, Stages, Unit};
use lists::Lists;
use rayon::prelude::*;
use serde::Serialize;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicU64, Ordering};
use xxhash_rust::xxh3::xxh3_64;

/// The folder in the output.
pub const FOLDER: &str = "assets/search/";

/// So many characters of a section are shown.
const SHOWN: usize = 360;

/// The words of the theme that the script shows.
const WORDS: [&str; 9] = [
    "search-label",
    "search-results",
    "search-none",
    "search-help",
    "search-kind",
    "search-stage",
    "search-all",
    "search-more",
    "search-close",
];

/// Which records stand in which file, of one language.
#[derive(Debug)]
pub struct Plan {
    language: Lang,
    stages: Stages,
    /// The groups that there are, and the first file of each.
    groups: Vec<(usize, usize)>,
    files: Vec<Vec<Unit>>,
}

/// The table of contents.
#[derive(Serialize)]
struct Contents<'a> {
    /// The version: changes when anything does.
    v: String,
    /// How many sections there are.
    n: u32,
    /// Kinds: the name and the first file of each.
    k: Vec<(String, usize)>,
    /// Stages.
    s: Vec<&'a str>,
    /// The word that each shard of words begins with.
    w: Vec<String>,
    /// The stem that each shard of lists begins with.
    p: Vec<String>,
    /// Other languages that records may be in: name and direction by tag.
    l: BTreeMap<&'a str, (&'a str, &'static str)>,
    /// Words to show.
    t: BTreeMap<&'static str, String>,
}

/// A record in its file: address, title, what it belongs to, its language if it is another one, sections.
type RecordJson<'a> = (&'a str, &'a str, &'a str, &'a str, Vec<(&'a str, &'a str, &'a str)>);

/// The address of a language's table of contents, begun with `/`.
pub fn contents_address(tag: &str) -> String {
    format!("/{FOLDER}{tag}.js")
}

impl Plan {
    /// Gives every record its file.
    pub fn new(desk: &Desk<'_>, language: Lang) -> Plan {
        let mut plan = Plan { language, stages: Stages::of(desk.playbook), groups: Vec::new(), files: Vec::new() };
        for (number, group) in GROUPS.into_iter().enumerate() {
            let units = gather::units(desk.playbook, group);
            if units.is_empty() {
                continue;
            }
            let count = units.len().div_ceil(gather::together(group)).next_power_of_two();
            let first = plan.files.len();
            plan.groups.push((number, first));
            plan.files.resize_with(first + count, Vec::new);
            for unit in units {
                let file = gather::key(desk.playbook, unit) as usize & (count - 1);
                plan.files[first + file].push(unit);
            }
        }
        plan
    }

    /// A file's records, and its bytes.
    fn file(&self, desk: &Desk<'_>, file: usize) -> Option<(Vec<Record>, Vec<u8>)> {
        let gathering = Gathering { at: at(desk, self.language)?, stages: &self.stages };
        let records: Vec<Record> = self.files.get(file)?.iter().filter_map(|unit| gathering.record(*unit)).collect();
        if records.is_empty() {
            return None;
        }
        let languages = &desk.playbook.settings.languages;
        let json: Vec<RecordJson<'_>> = records
            .iter()
            .map(|record| {
                let sections = record.sections.iter();
                let sections =
                    sections.map(|one| (&*one.anchor, beginning(&one.heading), beginning(&one.text))).collect();
                let tag = if record.language == self.language { "" } else { &*languages[record.language.index()].tag };
                (&*record.address, beginning(&record.title), &*record.context, tag, sections)
            })
            .collect();
        let bytes = script(&languages[self.language.index()].tag, &format!("r{file}"), &json);
        Some((records, bytes))
    }

    /// One file of records, made alone: its name without the folder is `r` and a number.
    pub fn records(&self, desk: &Desk<'_>, name: &str) -> Option<Vec<u8>> {
        let file = name.strip_prefix('r')?.strip_suffix(".js")?.parse().ok()?;
        Some(self.file(desk, file)?.1)
    }

    /// Every file of the language: those of records go to `put` as they are made, from many threads; all others are
    /// returned, by their names in the output.
    ///
    /// # Errors
    /// The first of `put`.
    pub fn index<E: Send>(
        &self,
        desk: &Desk<'_>,
        put: &(impl Fn(&str, &[u8]) -> Result<(), E> + Sync),
    ) -> Result<Vec<(String, Vec<u8>)>, E> {
        let settings = &desk.playbook.settings;
        let language = settings.language(self.language);
        let folder = format!("{FOLDER}{}/", language.tag);
        // A sum, so that the order in which threads come does not show.
        let version = AtomicU64::new(0);
        let gathered = (0..self.files.len()).into_par_iter().try_fold(
            || Lists::new(settings),
            |mut lists, file| {
                let Some((records, bytes)) = self.file(desk, file) else { return Ok(lists) };
                version.fetch_add(xxh3_64(&bytes), Ordering::Relaxed);
                put(&format!("{folder}r{file}.js"), &bytes)?;
                let mut first = 0;
                for record in &records {
                    lists.add(record, file, first);
                    first += record.sections.len();
                }
                Ok(lists)
            },
        );
        let lists = gathered.try_reduce(|| Lists::new(settings), |one, other| Ok(one.and(other)))?;
        let mut finished = lists.finished();
        let words = shards::words(&finished.words);
        let lists = shards::lists(&mut finished.lists);
        let mut files = Vec::new();
        let mut add = |name: String, text: &str| {
            let bytes = script(&language.tag, &name, &text);
            version.fetch_add(xxh3_64(&bytes), Ordering::Relaxed);
            files.push((format!("{folder}{name}.js"), bytes));
        };
        for (number, text) in words.texts.iter().enumerate() {
            add(format!("w{number}"), text);
        }
        for (number, text) in lists.texts.iter().enumerate() {
            add(format!("p{number}"), text);
        }
        finished.stages.resize_with(self.stages.first.len(), Vec::new);
        for (number, places) in finished.stages.iter().enumerate() {
            let mut text = String::new();
            shards::places(places.iter().copied(), &mut text);
            add(format!("s{number}"), &text);
        }
        let others = settings.langs().filter(|other| *other != self.language);
        let contents = Contents {
            v: format!("{:08x}", version.load(Ordering::Relaxed) as u32),
            n: finished.sections,
            k: self
                .groups
                .iter()
                .map(|(group, first)| (self.word(desk, gather::group_word(GROUPS[*group])), *first))
                .collect(),
            s: self.stages.first.iter().map(|id| &**desk.playbook[*id].title.get(self.language, settings)).collect(),
            w: words.from,
            p: lists.from,
            l: others
                .map(|other| {
                    let (tag, name) = (&*settings.language(other).tag, &*settings.language(other).name);
                    (tag, (name, desk.locales[other.index()].direction()))
                })
                .collect(),
            t: WORDS.into_iter().map(|key| (&key["search-".len()..], self.word(desk, key))).collect(),
        };
        files.push((format!("{FOLDER}{}.js", language.tag), script(&language.tag, "", &contents)));
        Ok(files)
    }

    fn word(&self, desk: &Desk<'_>, key: &str) -> String {
        desk.strings.get(self.language.index(), key).into_owned()
    }
}

/// Some page of the language, to look at texts from.
fn at<'d>(desk: &'d Desk<'d>, language: Lang) -> Option<At<'d>> {
    desk.routes.route(PageId::Front, language).map(|route| desk.at(route))
}

/// The beginning of a text, to the end of a word.
fn beginning(text: &str) -> &str {
    let end = match text.as_bytes().get(..=SHOWN) {
        None => None,
        Some(start) if start.is_ascii() => Some(SHOWN),
        Some(_) => text.char_indices().nth(SHOWN).map(|(end, _)| end),
    };
    let Some(end) = end else { return text.trim_end_matches([' ', '·']) };
    let cut = &text[..end];
    // Scripts without spaces may be cut anywhere.
    let word = cut.rfind(' ').filter(|space| *space > end / 2).unwrap_or(end);
    cut[..word].trim_end_matches([' ', '·'])
}

fn script<T: Serialize + ?Sized>(tag: &str, name: &str, value: &T) -> Vec<u8> {
    let mut bytes = format!("trustbookSearch(\"{tag}\",\"{name}\",").into_bytes();
    machine::push(&value, &mut bytes);
    bytes.extend_from_slice(b");\n");
    bytes
}
