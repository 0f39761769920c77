//! `trustbook check`: what `build` would find, less what is known or not asked for.

use super::findings::{FindingsFormat, print_findings};
use super::{CLEAN, FINDINGS, build, git, live, print, say};
use crate::diagnostic::baseline::{Baseline, Gone};
use crate::diagnostic::{Code, Level, Report};
use crate::failure::Failure;
use crate::pipeline::Choices;
use crate::{against, load, write};
use clap::Args;
use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// What a check is asked for.
#[derive(Args)]
pub struct CheckArgs {
    /// How to say it
    #[arg(long, value_enum, default_value_t = FindingsFormat::Text)]
    format: FindingsFormat,
    /// Let the findings pass that this file knows, and say which of them are gone
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write today's findings into the baseline's file
    #[arg(long, requires = "baseline", conflicts_with = "changed_since")]
    write_baseline: bool,
    /// Say only what is found in files that have changed since a revision of Git
    #[arg(long, value_name = "REV")]
    changed_since: Option<String>,
    /// Look for addresses and headings that were live: in the publish.json of a release, or in a built site
    #[arg(long, value_name = "MANIFEST|DIR")]
    against: Option<PathBuf>,
    /// Ask other sites whether what is linked to is still there
    #[arg(long)]
    external: bool,
}

/// Checks the playbook.
pub fn check(root: &Path, choices: &Choices, asked: &CheckArgs) -> Result<u8, Failure> {
    let start = Instant::now();
    let mut planned = build::plan(root, choices)?;
    if let Some(release) = &asked.against {
        let live = live::live(release, &planned.playbook.settings)?;
        planned.add(against::vanished(&planned, &live));
    }
    if asked.external {
        super::external::external(&mut planned)?;
    }
    let (pages, edition) = (planned.routes.all.len(), planned.playbook.settings.edition.clone());
    let mut report = planned.report;
    if let Some(file) = asked.baseline.as_deref() {
        if asked.write_baseline {
            return write_baseline(root, file, &report);
        }
        let gone = baseline(file)?.pass(&mut report, &|path| load::read_again(root, path));
        tell_gone(file, &gone);
    }
    if let Some(revision) = &asked.changed_since {
        let others = keep_changed(root, revision, &mut report)?;
        if others > 0 {
            let files = format!("in files that have not changed since {revision}");
            say(&format!("note: {} {files} not shown\n", counted(others, "finding")));
        }
    }
    print_findings(root, &report, asked.format, "check", &edition);
    if matches!(asked.format, FindingsFormat::Text | FindingsFormat::Github) {
        let seconds = start.elapsed().as_secs_f64();
        say(&format!("{pages} pages, {}, {seconds:.2} s\n", build::findings(&report)));
    }
    Ok(if report.denials() > 0 { FINDINGS } else { CLEAN })
}

fn baseline(file: &Path) -> Result<Baseline, Failure> {
    let shown = file.display();
    let text = std::fs::read_to_string(file).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Failure::Refused(format!(
            "there is no baseline {shown}: `trustbook check --baseline {shown} --write-baseline` makes one of today's findings"
        )),
        _ => Failure::new("read", file, error),
    })?;
    Baseline::read(&text).map_err(|unreadable| {
        let hint = match unreadable.merging {
            true => "keep the lines of both sides and take the marks of the merge away",
            false => "each line is a code, a file, a print and a number; `--write-baseline` writes them",
        };
        Failure::Refused(format!("{shown}:{} is no line of a baseline: {hint}", unreadable.line))
    })
}

fn write_baseline(root: &Path, file: &Path, report: &Report) -> Result<u8, Failure> {
    // What cannot be read hides what is in it.
    let hides = |code: Code| matches!(code, Code::Syntax | Code::NotText);
    if let Some((_, finding)) = report.findings.iter().find(|(_, finding)| hides(finding.code)) {
        let path = finding.labels.first().map_or("a file", |label| &*label.place.path);
        return Err(Failure::Refused(format!(
            "{path} cannot be read, so that nobody knows what is wrong in it: mend it before a baseline is written (`trustbook check`)"
        )));
    }
    let baseline = Baseline::of(report, &|path| load::read_again(root, path));
    write::replace(&[(file.to_path_buf(), baseline.text().into_bytes())])?;
    print(&format!("{} known from now on: {}\n", counted(report.findings.len(), "finding"), file.display()));
    Ok(CLEAN)
}

/// Known findings that are gone are named up to this many.
const NAMED: usize = 20;

fn tell_gone(file: &Path, gone: &[Gone]) {
    if gone.is_empty() {
        return;
    }
    let (file, count) = (file.display(), gone.iter().map(|one| one.count as usize).sum());
    let (are, them) = if count == 1 { ("is", "it") } else { ("are", "them") };
    say(&format!(
        "note: {} that {file} knows {are} gone; `--write-baseline` takes {them} out:\n",
        counted(count, "finding")
    ));
    for one in gone.iter().take(NAMED) {
        let times = if one.count > 1 { format!(" ({} times)", one.count) } else { String::new() };
        say(&format!("    {} {}{times}\n", one.code, one.path));
    }
    if gone.len() > NAMED {
        say(&format!("    and {} more\n", gone.len() - NAMED));
    }
}

/// Keeps what is found in changed files, and what belongs to no file. How many others there were.
fn keep_changed(root: &Path, revision: &str, report: &mut Report) -> Result<usize, Failure> {
    let changed = git::changed_since(root, revision)?;
    let real_root = root.canonicalize().map_err(|error| Failure::new("open", root, error))?;
    // A file may have another name in the playbook than in the repository, where a link leads to it; and a submodule that has
    // changed is named by its folder.
    let has = |path: &str| Path::new(path).ancestors().any(|one| one.to_str().is_some_and(|one| changed.contains(one)));
    let really = |path: &str| {
        let real = real_root.join(path).canonicalize().ok()?;
        real.strip_prefix(&real_root).ok()?.to_str().map(str::to_string)
    };
    let mut known: BTreeMap<String, bool> = BTreeMap::new();
    let mut has_changed = |path: &str| match known.get(path) {
        Some(changed) => *changed,
        None => {
            let changed = has(path) || really(path).is_some_and(|real| has(&real));
            known.insert(path.to_string(), changed);
            changed
        }
    };
    let before = report.findings.len();
    report.findings.retain(|(_, finding): &(Level, _)| {
        finding.labels.is_empty() || finding.labels.iter().any(|label| has_changed(&label.place.path))
    });
    Ok(before - report.findings.len())
}

fn counted(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}
