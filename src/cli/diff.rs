//! `trustbook diff`: what has changed in meaning since another state of the playbook.

use super::{CLEAN, FINDINGS, build, former, git, print, say};
use crate::compare::{self, Comparison, Moment, What};
use crate::failure::Failure;
use crate::load;
use crate::pipeline::{self, Choices, Meaning};
use clap::{Args, ValueEnum};
use std::fs;
use std::path::{Path, PathBuf};

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
    fn what(self) -> What {
        match self {
            FailOn::LostIds => What::Lost,
            FailOn::Withdrawn => What::Withdrawn,
            FailOn::Stale => What::Stale,
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
    let happened = |comparison: &Comparison| asked.fail_on.iter().any(|one| comparison.count(one.what()) > 0);
    Ok(if happened(&comparison) { FINDINGS } else { CLEAN })
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
    if folder.is_dir() && git::commit(root, since).is_err() {
        return Err(Failure::Refused(format!(
            "{since} is no playbook: there is no trustbook.toml and no content/ in it"
        )));
    }
    let commit = git::commit(root, since)?;
    let scratch = Scratch::new()?;
    former::write_former(root, &commit, &scratch.0)?;
    let then =
        meaning(&scratch.0, choices).map_err(|failure| Failure::Refused(format!("as it was at {since}: {failure}")))?;
    Ok((then, format!("{since} ({})", former::shown(root, &commit))))
}

/// Where something cannot be read, it seems to be gone.
fn tell_findings(meaning: &Meaning, which: &str) {
    if meaning.report.denials() > 0 {
        let findings = build::findings_in_words(meaning.report.denials(), 0);
        say(&format!("note: {which} has {findings}, so this may not be all: see `trustbook check`\n"));
    }
}

/// A folder of our own, which goes away again.
struct Scratch(PathBuf);

impl Scratch {
    fn new() -> Result<Scratch, Failure> {
        let folder = std::env::temp_dir();
        // A folder that is there already is somebody else's: the next name is tried.
        for number in 0..1_000 {
            let name = folder.join(format!("trustbook-diff-{}-{number}", std::process::id()));
            let mut making = fs::DirBuilder::new();
            #[cfg(unix)]
            std::os::unix::fs::DirBuilderExt::mode(&mut making, 0o700);
            match making.create(&name) {
                Ok(()) => return Ok(Scratch(name)),
                Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(Failure::new("make", name, error)),
            }
        }
        Err(Failure::Refused(format!("could not make a folder in {}", folder.display())))
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}
