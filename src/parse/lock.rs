//! `translations.lock` to a [`Lock`], and a lock to its text.
//!
//! One line a unit, `LANGUAGE VERSION UNIT`, sorted by language, then unit. Two people who work in two languages change two
//! parts of the file, two who work on two files change lines that lie apart, and where a merge kept both lines of a unit, either counts.

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{Place, Source};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

/// The file's name.
pub const LOCK: &str = "translations.lock";

const HEAD: &str = "# Which version of its source each translation was made from: language, version, text.\n\
                    # Written by `trustbook translate accept`. Of two lines for one text either counts.\n";

/// From which version of its source each translation was made.
#[derive(Debug, Clone, Default)]
pub struct Lock {
    /// By language and unit.
    versions: FxHashMap<Box<str>, FxHashMap<Box<str>, Vec<u64>>>,
}

impl Lock {
    /// Reads a lock. Lines that cannot be read are findings.
    pub fn read(source: &Source, findings: &mut Vec<Diagnostic>) -> Lock {
        let mut lock = Lock::default();
        let mut at = 0;
        for line in source.text.split_inclusive('\n') {
            let start = at;
            at += line.len();
            let line = line.trim_end();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            match entry(line) {
                Some((language, version, unit)) => lock.add(language, unit, version),
                None => findings.push(unreadable(&source.path, start, line)),
            }
        }
        lock
    }

    /// From which versions a translation may have been made; `None` where nobody has said.
    pub fn versions(&self, language: &str, unit: &str) -> Option<&[u64]> {
        Some(self.versions.get(language)?.get(unit)?)
    }

    /// Says from which version alone a translation was made. Whether the lock said something else before.
    pub fn set(&mut self, language: &str, unit: &str, version: u64) -> bool {
        let versions = self.versions.entry(language.into()).or_default().entry(unit.into()).or_default();
        let same = **versions == [version];
        *versions = vec![version];
        !same
    }

    /// Keeps what `keep` says by language and unit.
    pub fn retain(&mut self, keep: &dyn Fn(&str, &str) -> bool) {
        for (language, units) in &mut self.versions {
            units.retain(|unit, _| keep(language, unit));
        }
    }

    fn add(&mut self, language: &str, unit: &str, version: u64) {
        let versions = self.versions.entry(language.into()).or_default().entry(unit.into()).or_default();
        if !versions.contains(&version) {
            versions.push(version);
        }
    }

    /// The file's text.
    pub fn text(&self) -> String {
        let mut sorted: BTreeMap<(&str, &str), Vec<u64>> = BTreeMap::new();
        for (language, units) in &self.versions {
            for (unit, versions) in units {
                let mut versions = versions.clone();
                versions.sort_unstable();
                sorted.insert((language, unit), versions);
            }
        }
        let mut text = HEAD.to_string();
        for ((language, unit), versions) in sorted {
            for version in versions {
                let _ = writeln!(text, "{language} {version:016x} {unit}");
            }
        }
        text
    }
}

fn entry(line: &str) -> Option<(&str, u64, &str)> {
    let (language, rest) = line.split_once(' ')?;
    let (version, unit) = rest.split_once(' ')?;
    let tag = language.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let hexadecimal = version.len() == 16 && version.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !tag || !hexadecimal || !unit.starts_with("content/") {
        return None;
    }
    Some((language, u64::from_str_radix(version, 16).ok()?, unit))
}

fn unreadable(path: &Arc<str>, start: usize, line: &str) -> Diagnostic {
    let merging = ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].iter().any(|mark| line.starts_with(mark));
    let finding = Diagnostic::new(Code::Syntax, "this is no line of a lock of translations")
        .at(Place::new(path, start..start + line.len()), "not read");
    if merging {
        finding.help("keep the lines of both sides and take the marks away: of two lines for one text either counts")
    } else {
        finding.help("each line is a language, a version and a text; `trustbook translate accept` writes them")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Lock, Vec<Diagnostic>) {
        let mut findings = Vec::new();
        let lock = Lock::read(&Source { path: LOCK.into(), text: text.into() }, &mut findings);
        (lock, findings)
    }

    #[test]
    fn a_lock_is_written_as_it_was_read_but_sorted() {
        let lines = "sv 0000000000000002 content/b.md\nid 0000000000000003 content/a b.md\nsv 0000000000000001 content/a.toml#\"ä\".text\n";
        let (lock, findings) = read(lines);
        assert!(findings.is_empty(), "{findings:?}");
        let written = lock.text();
        let wanted = "id 0000000000000003 content/a b.md\nsv 0000000000000001 content/a.toml#\"ä\".text\nsv 0000000000000002 content/b.md\n";
        assert_eq!(written.strip_prefix(HEAD), Some(wanted));
        assert_eq!(read(&written).0.text(), written);
    }

    #[test]
    fn of_two_lines_for_one_text_either_counts() {
        let (mut lock, _) = read("sv 0000000000000001 content/a.md\nsv 0000000000000002 content/a.md\n");
        assert_eq!(lock.versions("sv", "content/a.md"), Some(&[1, 2][..]));
        assert!(lock.set("sv", "content/a.md", 2));
        assert!(!lock.set("sv", "content/a.md", 2));
        assert!(lock.text().ends_with("\nsv 0000000000000002 content/a.md\n"));
    }

    #[test]
    fn the_marks_of_a_merge_are_told_with_their_line() {
        let (lock, findings) = read("<<<<<<< HEAD\nsv 0000000000000001 content/a.md\n=======\nsv 12 content/b.md\n");
        assert_eq!(findings.len(), 3);
        assert_eq!(findings[1].labels[0].place.range(), 46..53);
        assert!(findings[0].help[0].contains("both sides"));
        assert!(lock.versions("sv", "content/a.md").is_some());
    }
}
