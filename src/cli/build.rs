//! `trustbook build`: the whole road, and the closing line.

use super::{CLEAN, FINDINGS, print, say};
use crate::diagnostic::{Report, draw};
use crate::failure::Failure;
use crate::load;
use crate::pipeline::{self, Choices, Planned};
use std::io::IsTerminal;
use std::path::Path;
use std::time::Instant;

/// Builds the site; the closing line says pages, findings and time.
pub fn build(root: &Path, output: Option<&Path>, choices: &Choices) -> Result<u8, Failure> {
    let start = Instant::now();
    let default_output = root.join("site");
    let output = output.unwrap_or(&default_output);
    let mut planned = plan(root, choices)?;
    let progress = Progress::new("pages", 64);
    let built = pipeline::build(&mut planned, root, output, &|done, all| progress.show(done, all))?;
    progress.end();
    say(&draw::draw(&planned.report, true, &|path| load::read_again(root, path)));
    let seconds = start.elapsed().as_secs_f64();
    let findings = findings(&planned.report);
    // The process ends here: taking the playbook apart piece by piece would only keep the author waiting.
    std::mem::forget(planned);
    match built.summary {
        Some(summary) => {
            let change = match (summary.written, summary.removed) {
                (0, 0) => "nothing changed".to_string(),
                (written, 0) => format!("{written} files written"),
                (written, removed) => format!("{written} files written, {removed} removed"),
            };
            let output = output.display();
            print(&format!("{} pages, {findings}, {change}, {seconds:.2} s: {output}\n", built.pages));
            if let Some(note) = summary.note {
                say(&format!("note: {note}\n"));
            }
            Ok(CLEAN)
        }
        None => {
            print(&format!("nothing written: {findings}, {seconds:.2} s\n"));
            Ok(FINDINGS)
        }
    }
}

/// The road as far as findings go.
pub fn plan(root: &Path, choices: &Choices) -> Result<Planned, Failure> {
    let (sources, found) = load::load(root)?;
    pipeline::plan(root, sources, found, choices)
}

/// `no findings`, `2 errors and 1 warning`.
pub fn findings(report: &Report) -> String {
    findings_in_words(report.denials(), report.warnings())
}

/// As [`findings`], for their numbers.
pub fn findings_in_words(denials: usize, warnings: usize) -> String {
    let count = |number: usize, one: &str| match number {
        1 => format!("1 {one}"),
        number => format!("{number} {one}s"),
    };
    match (denials, warnings) {
        (0, 0) => "no findings".to_string(),
        (denials, 0) => count(denials, "error"),
        (0, warnings) => count(warnings, "warning"),
        (denials, warnings) => format!("{} and {}", count(denials, "error"), count(warnings, "warning")),
    }
}

/// A line that counts, on a terminal, for what takes a while.
pub struct Progress {
    shown: bool,
    what: &'static str,
    every: usize,
    start: Instant,
    last: std::sync::atomic::AtomicU64,
}

impl Progress {
    /// Counts these things, and looks at the clock after `every` so many.
    pub fn new(what: &'static str, every: usize) -> Progress {
        let shown = std::io::stderr().is_terminal();
        Progress { shown, what, every, start: Instant::now(), last: Default::default() }
    }

    /// So many are done.
    pub fn show(&self, done: usize, all: usize) {
        use std::sync::atomic::Ordering;
        if !self.shown || !done.is_multiple_of(self.every) {
            return;
        }
        // Ten times a second is as often as anybody reads.
        let tenth = u64::try_from(self.start.elapsed().as_millis() / 100).unwrap_or(0);
        if tenth > 2 && self.last.swap(tenth, Ordering::Relaxed) != tenth {
            say(&format!("\r{done} of {all} {}", self.what));
        }
    }

    /// Takes the line away.
    pub fn end(&self) {
        if self.last.load(std::sync::atomic::Ordering::Relaxed) > 0 {
            say("\r                                  \r");
        }
    }
}
