//! `trustbook diff`: what has changed in meaning since another state of the playbook.

use super::scratch::Scratch;
use super::{CLEAN, FINDINGS, build, former, git, print, say};
use crate::compare::{self, Change, Moment, Sort, Subject, What};
use crate::failure::Failure;
use crate::load;
use crate::pipeline::{self, Choices, Meaning};
use clap::{Args, ValueEnum};
use std::path::Path;

/// What is compared, and how it is said.
#[derive(Args)]
pub struct DiffArgs {
    /// The other state: a revision of Git, or the folder of a playbook
    #[arg(value_name = "REV|DIR")]
    since: String,
    /// How to say it
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    format: DiffFormat,
    /// Exit with 1 where such a thing has happened
    #[arg(long, value_enum, value_name = "WHAT", value_delimiter = ',')]
    fail_on: Vec<FailOn>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum DiffFormat {
    /// For a terminal
    Text,
    /// For a review
    Markdown,
    /// A page that loads nothing
    Html,
    /// For programs
    Json,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// Ids of checklists, under which readers' ticks are kept
    LostIds,
    /// Promises that are no longer made
    Withdrawn,
    /// Translations that are older than their source now
    Stale,
}

impl FailOn {
    fn is(self, subject: &Subject, change: &Change) -> bool {
        // Whose entry is gone, not only a part of it, is not made any more either.
        let is_gone = change.what == What::Removed && change.of.is_none();
        match self {
            FailOn::LostIds => change.what == What::Lost,
            FailOn::Withdrawn => change.what == What::Withdrawn || (is_gone && subject.sort == Sort::Promise),
            FailOn::Stale => change.what == What::Stale,
        }
    }
}

/// Says what has changed. Nothing else goes to standard output.
pub fn diff(root: &Path, choices: &Choices, asked: &DiffArgs) -> Result<u8, Failure> {
    let (then, since) = other(root, choices, &asked.since)?;
    let now = meaning(root, choices)?;
    tell_findings(&then, "the other state");
    tell_findings(&now, "the playbook");
    let comparison = compare::compare(moment(&then), moment(&now));
    print(&match asked.format {
        DiffFormat::Text => compare::text::text(&comparison, &since),
        DiffFormat::Markdown => compare::markdown::markdown(&comparison, &since),
        DiffFormat::Html => compare::html::html(&comparison, &since),
        DiffFormat::Json => compare::json::json(&comparison, &since),
    });
    let is_asked_for = |subject: &Subject| {
        subject.changes.iter().any(|change| asked.fail_on.iter().any(|one| one.is(subject, change)))
    };
    Ok(if comparison.subjects.iter().any(is_asked_for) { FINDINGS } else { CLEAN })
}

fn moment(meaning: &Meaning) -> Moment<'_> {
    Moment { playbook: &meaning.playbook, measures: &meaning.measures }
}

fn meaning(root: &Path, choices: &Choices) -> Result<Meaning, Failure> {
    let (sources, found) = load::load(root)?;
    pipeline::meaning(sources, found, choices)
}

/// The other state, and how people call it.
fn other(root: &Path, choices: &Choices, since: &str) -> Result<(Meaning, String), Failure> {
    let folder = Path::new(since);
    if folder.join("content").is_dir() || folder.join("trustbook.toml").is_file() {
        return Ok((meaning(folder, choices)?, since.to_string()));
    }
    let commit = git::commit(root, since).map_err(|failure| match folder.is_dir() {
        true => Failure::Refused(format!("{since} is no playbook: there is no trustbook.toml and no content/ in it")),
        false => failure,
    })?;
    let scratch = Scratch::new("diff")?;
    former::write_former(root, &commit, scratch.path())?;
    let then = meaning(scratch.path(), choices)
        .map_err(|failure| Failure::Refused(format!("as it was at {since}: {failure}")))?;
    Ok((then, format!("{since} ({})", former::shown(root, &commit))))
}

/// Where something cannot be read, it seems to be gone.
fn tell_findings(meaning: &Meaning, which: &str) {
    if meaning.report.denials() > 0 {
        let findings = build::findings_in_words(meaning.report.denials(), 0);
        say(&format!("note: {which} has {findings}, so this may not be all: see `trustbook check`\n"));
    }
}
