//! The findings that a playbook had when somebody began to check it: known ones pass, new ones do not.
//!
//! A line a finding: its code, its file, its print and how often it is there. A print stays when lines move, and lines are sorted
//! as `sort` sorts them, so that two branches that change the file merge; of two lines for one finding the greater number counts.

use super::Report;
use super::remark::{Remark, Remarks, prints};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::Arc;

/// Findings that are known.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Baseline {
    known: BTreeMap<Known, u32>,
}

/// A finding as a baseline names it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Known {
    code: String,
    path: String,
    print: u64,
}

/// A known finding that is not there any more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gone {
    /// Its code.
    pub code: String,
    /// Its file.
    pub path: String,
    /// How many of it are gone.
    pub count: u32,
}

/// A line that is no finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Unreadable {
    /// Its number, from 1.
    pub line: usize,
    /// Whether two branches were merged here and nobody has settled how.
    pub merging: bool,
}

/// What opens the file.
const HEAD: &str = "\
# Findings that were there when this file was written: `trustbook check --baseline` lets them pass, and no others.
# `--write-baseline` writes it anew. Of two branches' lines keep both.
";

/// What stands for the file of a finding that has none.
const NO_FILE: &str = "-";

impl Baseline {
    /// The baseline in a file's text.
    ///
    /// # Errors
    /// The first line that is no finding.
    pub fn read(text: &str) -> Result<Baseline, Unreadable> {
        let mut baseline = Baseline::default();
        for (line, written) in (1..).zip(text.trim_start_matches('\u{feff}').lines()) {
            let written = written.trim_end();
            if written.is_empty() || written.starts_with('#') {
                continue;
            }
            let merging = ["<<<<<<<", "=======", ">>>>>>>", "|||||||"].iter().any(|mark| written.starts_with(mark));
            let (known, count) = entry(written).filter(|_| !merging).ok_or(Unreadable { line, merging })?;
            let held = baseline.known.entry(known).or_default();
            *held = count.max(*held);
        }
        Ok(baseline)
    }

    /// The baseline that lets all of these findings pass.
    pub fn of(report: &Report, read: &dyn Fn(&str) -> Option<Arc<str>>) -> Baseline {
        let mut known = BTreeMap::new();
        for finding in named(report, read) {
            *known.entry(finding).or_default() += 1;
        }
        Baseline { known }
    }

    /// The file's text.
    pub fn text(&self) -> String {
        let mut text = HEAD.to_string();
        for (Known { code, path, print }, count) in &self.known {
            let _ = writeln!(text, "{code} {path} {print:016x} {count}");
        }
        text
    }

    /// Takes known findings out of a report. What is known and was not in it is gone.
    pub fn pass(&self, report: &mut Report, read: &dyn Fn(&str) -> Option<Arc<str>>) -> Vec<Gone> {
        let mut left = self.known.clone();
        let passes: Vec<bool> = named(report, read)
            .into_iter()
            .map(|finding| match left.get_mut(&finding) {
                Some(count) if *count > 0 => {
                    *count -= 1;
                    true
                }
                _ => false,
            })
            .collect();
        let mut passes = passes.into_iter();
        report.findings.retain(|_| !passes.next().unwrap_or(false));
        let gone = left.into_iter().filter(|(_, count)| *count > 0);
        gone.map(|(Known { code, path, .. }, count)| Gone { code, path, count }).collect()
    }
}

/// Every finding of a report by its name, in the report's order.
fn named(report: &Report, read: &dyn Fn(&str) -> Option<Arc<str>>) -> Vec<Known> {
    let remarks = Remarks::from(report).all;
    let prints = prints(&remarks, read);
    let name = |(remark, (print, _)): (&Remark, (u64, u32))| Known {
        code: remark.rule.to_string(),
        path: if remark.path().is_empty() { NO_FILE } else { remark.path() }.replace(['\n', '\r'], "?"),
        print,
    };
    remarks.iter().zip(prints).map(name).collect()
}

fn entry(line: &str) -> Option<(Known, u32)> {
    let (code, rest) = line.split_once(' ')?;
    let (rest, count) = rest.rsplit_once(' ')?;
    let (path, print) = rest.rsplit_once(' ')?;
    let hexadecimal = print.len() == 16 && print.bytes().all(|byte| byte.is_ascii_hexdigit());
    let print = u64::from_str_radix(print, 16).ok().filter(|_| hexadecimal)?;
    Some((Known { code: code.to_string(), path: path.to_string(), print }, count.parse().ok()?))
}

#[cfg(test)]
mod tests {
    use super::super::{Code, Diagnostic, Diagnostics, Levels};
    use super::*;
    use crate::source::Place;

    /// A `vague-promise` at every `soon` of a text.
    fn report(text: &str) -> Report {
        let path: Arc<str> = "content/a b.md".into();
        let mut found = Diagnostics::default();
        for (at, word) in text.match_indices("soon") {
            let place = Place::new(&path, at..at + word.len());
            found.push(Diagnostic::new(Code::VaguePromise, "nobody can verify `soon`").at(place, "vague"));
        }
        Report::new(found, &Levels::default())
    }

    fn reading(text: &'static str) -> impl Fn(&str) -> Option<Arc<str>> {
        move |_| Some(text.into())
    }

    #[test]
    fn what_is_known_passes_and_one_more_does_not() {
        let baseline = Baseline::of(&report("soon soon"), &reading("soon soon"));
        let mut later = report("Moved down.\n\nsoon soon and soon");
        let gone = baseline.pass(&mut later, &reading("Moved down.\n\nsoon soon and soon"));
        assert_eq!((later.findings.len(), gone), (1, Vec::new()));
    }

    #[test]
    fn what_is_gone_is_told_with_its_number() {
        let baseline = Baseline::of(&report("soon soon soon"), &reading("soon soon soon"));
        let mut later = report("soon");
        let gone = baseline.pass(&mut later, &reading("soon"));
        let told = Gone { code: "vague-promise".into(), path: "content/a b.md".into(), count: 2 };
        assert_eq!((later.findings.len(), gone), (0, vec![told]));
    }

    #[test]
    fn a_baseline_is_written_as_it_was_read_but_sorted() {
        let lines =
            "vague-promise content/a b.md 00000000000000ff 1\ndead-link content/z.md 0000000000000001 12\n\n# a word\n";
        let baseline = Baseline::read(lines).unwrap();
        assert_eq!(
            baseline.text().strip_prefix(HEAD),
            Some("dead-link content/z.md 0000000000000001 12\nvague-promise content/a b.md 00000000000000ff 1\n")
        );
        assert_eq!(Baseline::read(&baseline.text()), Ok(baseline));
    }

    #[test]
    fn of_two_lines_the_greater_number_counts_and_marks_are_told() {
        let both = "dead-link a.md 0000000000000001 2\ndead-link a.md 0000000000000001 1\n";
        assert_eq!(Baseline::read(both).unwrap().known.values().sum::<u32>(), 2);
        let marked = format!("{both}<<<<<<< HEAD\n");
        assert_eq!(Baseline::read(&marked), Err(Unreadable { line: 3, merging: true }));
        assert_eq!(Baseline::read("dead-link a.md 1 1"), Err(Unreadable { line: 1, merging: false }));
    }
}
