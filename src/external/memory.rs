//! What was well in the last days, so that a check before every merge does not ask the whole world each time.
//!
//! Only what was well is remembered: who mends a link, or whose site is up again, does not wait for a week to be told so. The file
//! lies in the user's cache folder and serves all of their playbooks; it says nothing about any of them but which addresses they
//! name.

use crate::failure::Failure;
use crate::playbook::Interval;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{fs, io, process};
use url::Url;

/// Longer than this nothing is kept, whatever a playbook believes.
const LONGEST: i64 = 366;

/// A larger file is not ours.
const LARGEST: u64 = 64 * 1024 * 1024;

/// Addresses that were well, and when.
#[derive(Debug, Default)]
pub struct Memory {
    file: Option<PathBuf>,
    known: BTreeMap<String, Known>,
    fresh: BTreeSet<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
struct Known {
    /// The day on which it was asked.
    asked: Date,
    /// Where it has moved for good.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    moved: Option<String>,
    /// Headings that nothing speaks against.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    anchors: BTreeSet<String>,
}

#[derive(Serialize, Deserialize)]
struct Written {
    version: u32,
    links: BTreeMap<String, Known>,
}

const VERSION: u32 = 1;

impl Memory {
    /// What `file` remembers. One that is not there, or is no such file, remembers nothing.
    pub fn read(file: &Path) -> Memory {
        Memory { file: Some(file.to_path_buf()), known: links_in(file), fresh: BTreeSet::new() }
    }

    /// Whether an address was well less than `max_age` before `today`, with these headings; then where it has moved.
    #[expect(clippy::option_option, reason = "not known, known to stay, known to have moved")]
    pub(super) fn recall(
        &self,
        address: &Url,
        anchors: &BTreeSet<String>,
        max_age: Interval,
        today: Date,
    ) -> Option<Option<Url>> {
        let known = self.known.get(address.as_str())?;
        // A clock that was wrong once is not believed for ever.
        let fresh = known.asked <= today && max_age.after(known.asked).is_none_or(|end| today < end);
        let moved = known.moved.as_deref().map(Url::parse).transpose().ok()?;
        (fresh && anchors.is_subset(&known.anchors)).then_some(moved)
    }

    /// Keeps an address that was well.
    pub(super) fn keep<'a>(
        &mut self,
        address: &Url,
        moved: Option<&Url>,
        anchors: impl Iterator<Item = &'a String>,
        today: Date,
    ) {
        let anchors = anchors.cloned().collect();
        self.known.insert(address.to_string(), Known { asked: today, moved: moved.map(Url::to_string), anchors });
        self.fresh.insert(address.to_string());
    }

    /// Writes what was learnt. What another run has written in the meantime stays.
    ///
    /// # Errors
    /// The folder cannot be made, or the file not be written.
    pub fn write(self, today: Date) -> Result<(), Failure> {
        let Memory { file: Some(file), known, fresh } = self else { return Ok(()) };
        if fresh.is_empty() {
            return Ok(());
        }
        let mut links = links_in(&file);
        links.extend(known.into_iter().filter(|(address, _)| fresh.contains(address)));
        links.retain(|_, known| (today - known.asked).get_days() < i32::try_from(LONGEST).unwrap_or(i32::MAX));
        let text = serde_json::to_string_pretty(&Written { version: VERSION, links })
            .map_err(|error| Failure::new("write", &file, io::Error::other(error)))?;
        if let Some(folder) = file.parent() {
            fs::create_dir_all(folder).map_err(|error| Failure::new("make", folder, error))?;
        }
        // Beside it and then in its place: whoever reads sees the old file or the new one.
        let beside = file.with_extension(format!("{}.new", process::id()));
        let written = fs::write(&beside, text).and_then(|()| fs::rename(&beside, &file));
        written.map_err(|error| {
            let _ = fs::remove_file(&beside);
            Failure::new("write", &file, error)
        })
    }
}

fn links_in(file: &Path) -> BTreeMap<String, Known> {
    let is_ours = fs::metadata(file).is_ok_and(|found| found.is_file() && found.len() <= LARGEST);
    let text = is_ours.then(|| fs::read_to_string(file).ok()).flatten();
    let written: Option<Written> = text.and_then(|text| serde_json::from_str(&text).ok());
    written.filter(|written| written.version == VERSION).map(|written| written.links).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::playbook::Unit;
    use jiff::civil::date;

    const WEEK: Interval = Interval { count: 7, unit: Unit::Day };

    fn anchors(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn an_answer_is_believed_for_its_time_and_for_its_headings() {
        let address: Url = "https://example.com/".parse().expect("an address");
        let mut memory = Memory::default();
        let day = date(2026, 11, 22);
        memory.keep(&address, None, anchors(&["a", "b"]).iter(), day);
        assert_eq!(memory.recall(&address, &anchors(&["a"]), WEEK, day), Some(None));
        assert_eq!(memory.recall(&address, &anchors(&[]), WEEK, date(2026, 11, 28)), Some(None));
        assert_eq!(memory.recall(&address, &anchors(&[]), WEEK, date(2026, 11, 29)), None);
        assert_eq!(memory.recall(&address, &anchors(&[]), WEEK, date(2026, 11, 21)), None);
        assert_eq!(memory.recall(&address, &anchors(&["c"]), WEEK, day), None);
    }

    #[test]
    fn what_two_runs_learnt_stays_and_a_broken_file_is_none() {
        let file = std::env::temp_dir().join(format!("trustbook-links-{}/links.json", process::id()));
        let (one, other) = ("https://one.example/", "https://other.example/");
        let day = date(2026, 11, 22);
        let mut runs = [Memory::read(&file), Memory::read(&file)];
        for (run, address) in runs.iter_mut().zip([one, other]) {
            run.keep(&address.parse().expect("an address"), None, anchors(&[]).iter(), day);
        }
        for run in runs {
            run.write(day).expect("there is room for temporary files");
        }
        assert_eq!(Memory::read(&file).known.len(), 2);
        fs::write(&file, "{ \"version\": 1, \"links\": [").expect("there is room for temporary files");
        assert_eq!(Memory::read(&file).known.len(), 0);
        let _ = fs::remove_dir_all(file.parent().expect("a file in a folder"));
    }
}
