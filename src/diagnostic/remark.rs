//! What is said about a playbook in the form that other programs take up: findings of a check, concerns of an audit.

use super::draw::{MESSAGE_BYTES, SURVEYS, shortened};
use super::position::Positions;
use super::{Code, Diagnostic, Label, Level, Report};
use crate::source::Place;
use std::collections::BTreeMap;
use std::sync::Arc;
use xxhash_rust::xxh3::xxh3_64;

/// Everything that one command says, with the rules that it goes by.
#[derive(Debug, Default)]
pub struct Remarks {
    /// The rules that something is said about, each once.
    pub rules: Vec<Rule>,
    /// What is said, gravest first.
    pub all: Vec<Remark>,
}

/// A rule as other programs list it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// Its name: `unmeasured-promise`.
    pub name: &'static str,
    /// What it means and what to do, as Markdown; its first sentence stands for all of it.
    pub explanation: String,
    /// How much it matters where nobody says otherwise.
    pub weight: Weight,
}

/// One thing that is said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// The name of its rule.
    pub rule: &'static str,
    /// How much it matters.
    pub weight: Weight,
    /// What is so.
    pub message: String,
    /// What it is about, where its message says more than that: figures that change from day to day.
    pub about: Option<String>,
    /// Where; the first is the place that it belongs to.
    pub labels: Vec<Label>,
    /// What next.
    pub help: Vec<String>,
}

/// How much a remark matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Good to know.
    Note,
    /// To be looked at.
    Warning,
    /// To be mended.
    Error,
}

impl Weight {
    /// The weight of a finding of this level.
    pub fn of(level: Level) -> Weight {
        match level {
            Level::Deny => Weight::Error,
            Level::Warn => Weight::Warning,
            Level::Allow => Weight::Note,
        }
    }
}

impl From<&Report> for Remarks {
    fn from(report: &Report) -> Remarks {
        let mut codes: Vec<Code> = report.findings.iter().map(|(_, finding)| finding.code).collect();
        codes.sort_unstable();
        codes.dedup();
        let rule = |code: Code| Rule {
            name: code.name(),
            explanation: code.explanation().to_string(),
            weight: Weight::of(code.default_level()),
        };
        Remarks {
            rules: codes.into_iter().map(rule).collect(),
            all: report.findings.iter().map(|(level, finding)| Remark::of(*level, finding)).collect(),
        }
    }
}

impl Remark {
    fn of(level: Level, finding: &Diagnostic) -> Remark {
        Remark {
            rule: finding.code.name(),
            weight: Weight::of(level),
            message: shortened(&finding.message, MESSAGE_BYTES),
            about: None,
            labels: finding.labels.clone(),
            help: finding.help.iter().map(|help| shortened(help, MESSAGE_BYTES)).collect(),
        }
    }

    /// Its message, and below it what next.
    pub fn with_help(&self) -> String {
        let mut text = self.message.clone();
        for help in &self.help {
            text.push_str("\nhelp: ");
            text.push_str(help);
        }
        text
    }

    /// The file that it belongs to.
    pub fn path(&self) -> &str {
        self.labels.first().map_or("", |label| &label.place.path)
    }

    /// A number that stays when lines move: made of the rule, the file, the words that are underlined and the message without
    /// its figures. Two remarks that say the same about the same words have the same.
    fn print(&self, positions: &mut Positions<'_>) -> u64 {
        let mut told: Vec<u8> = Vec::new();
        let mut tell = |text: &str| {
            told.extend_from_slice(text.as_bytes());
            told.push(0);
        };
        tell(self.rule);
        tell(self.path());
        if let Some(label) = self.labels.first().filter(|label| is_shown(&label.place)) {
            tell(&positions.words(&label.place));
        }
        match &self.about {
            Some(about) => tell(about),
            None => tell(&without_figures(&self.message)),
        }
        xxh3_64(&told)
    }
}

/// Whether the words at a place may be told from others: what people answered is not even hashed.
pub(super) fn is_shown(place: &Place) -> bool {
    !place.path.starts_with(SURVEYS)
}

/// A message without the numbers that it counts by; names, which stand in backticks, are whole.
fn without_figures(message: &str) -> String {
    let parts = message.split('`').enumerate();
    let kept = parts.map(|(number, part)| match number % 2 {
        1 => part.to_string(),
        _ => part.chars().filter(|letter| !letter.is_ascii_digit()).collect(),
    });
    kept.collect::<Vec<String>>().join("`")
}

/// The print of each remark, and how many before it have the same: together they name it, whatever line it stands on.
pub fn prints(remarks: &[Remark], read: &dyn Fn(&str) -> Option<Arc<str>>) -> Vec<(u64, u32)> {
    let mut positions = Positions::new(read);
    let mut seen: BTreeMap<u64, u32> = BTreeMap::new();
    let number = |remark: &Remark| {
        let print = remark.print(&mut positions);
        let before = seen.entry(print).or_default();
        *before += 1;
        (print, *before - 1)
    };
    remarks.iter().map(number).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn remark(message: &str, place: Place) -> Remark {
        let finding = Diagnostic::new(Code::VaguePromise, message).at(place, "vague");
        Remark::of(Level::Warn, &finding)
    }

    fn prints_of(text: &'static str, at: &[(usize, usize)], message: &str) -> Vec<(u64, u32)> {
        let path: Arc<str> = "content/a.md".into();
        let all: Vec<Remark> = at.iter().map(|(from, to)| remark(message, Place::new(&path, *from..*to))).collect();
        prints(&all, &|_| Some(text.into()))
    }

    #[test]
    fn a_print_stays_when_lines_move_and_figures_change() {
        let before = prints_of("We reply promptly.", &[(9, 17)], "`promptly` was found 2 times");
        let moved = prints_of("One line.\n\nWe reply promptly.", &[(20, 28)], "`promptly` was found 12 times");
        assert_eq!(before, moved);
        assert_ne!(before, prints_of("We reply promptly.", &[(9, 17)], "`soon` was found 2 times"));
        assert_ne!(before, prints_of("We reply promptly.", &[(3, 17)], "`promptly` was found 2 times"));
    }

    #[test]
    fn equal_ones_are_counted() {
        let twice = prints_of("soon soon", &[(0, 4), (5, 9)], "`soon`");
        assert_eq!((twice[0].0, twice[0].1, twice[1].1), (twice[1].0, 0, 1));
    }

    #[test]
    fn names_keep_their_figures() {
        assert_eq!(without_figures("lines 3 and 14 of `p12`, 2 more"), "lines  and  of `p12`,  more");
    }

    #[test]
    fn answers_of_people_are_not_told_apart() {
        let place = |path: &str| Place::new(&path.into(), 0..4);
        let print = |path: &str, text: &'static str| {
            let finding = Diagnostic::new(Code::RejectedRows, "3 rows").at(place(path), "here");
            prints(&[Remark::of(Level::Warn, &finding)], &|_| Some(text.into()))
        };
        assert_eq!(print("content/data/a.csv", "anna"), print("content/data/a.csv", "otto"));
        assert_ne!(print("content/a.md", "anna"), print("content/a.md", "otto"));
    }
}
