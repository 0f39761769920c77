//! `trustbook publish`: an edition to where it is read, and back.

use super::build::{Progress, findings};
use super::{CLEAN, FINDINGS, git, print, say};
use crate::diagnostic::{Diagnostics, Level, Report, draw, nearest};
use crate::emit::Host;
use crate::failure::Failure;
use crate::pipeline::{self, Choices, Memory};
use crate::playbook::{Outlet, Settings};
use crate::publish::canary::Needles;
use crate::publish::difference::{count, difference};
use crate::publish::guard::{Reason, Refusal, guard};
use crate::publish::manifest::{Manifest, NAME, Revision};
use crate::publish::stage::{Staged, staged};
use crate::publish::target::{self, Kept, Record, Release, Run, Standing, Target};
use crate::source::Sources;
use crate::theme::Theme;
use crate::theme::layer::ThemeFile;
use crate::{load, write};
use clap::Args;
use jiff::Timestamp;
use std::borrow::Cow;
use std::fs::{self, File, TryLockError};
use std::io::{BufRead, IsTerminal};
use std::path::{Path, PathBuf};
use std::time::Instant;

/// What is published, and where.
#[derive(Args)]
pub struct PublishArgs {
    /// The target: NAME of `[publish.NAME]` in the settings [default: the only one]
    target: Option<String>,
    /// Show what would change, and change nothing
    #[arg(long, conflicts_with_all = ["rollback", "status"])]
    dry_run: bool,
    /// Do not ask
    #[arg(long)]
    yes: bool,
    /// Let something pass that would be refused; may be given more than once
    #[arg(long, value_name = "REASON", value_parser = reason)]
    allow: Vec<Reason>,
    /// Go back to the release that was live before, or to this one
    #[arg(long, value_name = "RELEASE", num_args = 0..=1, require_equals = true, default_missing_value = "")]
    rollback: Option<String>,
    /// Say what stands there
    #[arg(long, conflicts_with = "rollback")]
    status: bool,
    /// Write the rules that a host keeps for the edition, and publish nothing: nginx, caddy, apache, netlify, cloudflare
    #[arg(long, value_name = "HOST", value_parser = super::emit::host)]
    #[arg(conflicts_with_all = ["dry_run", "yes", "allow", "rollback", "status"])]
    emit: Option<Host>,
    /// With --emit: the folder to write them into [default: standard output]
    #[arg(long, value_name = "DIR", requires = "emit")]
    output: Option<PathBuf>,
}

fn reason(word: &str) -> Result<Reason, String> {
    let known = Reason::ALL.map(Reason::name);
    Reason::ALL
        .into_iter()
        .find(|reason| reason.name() == word)
        .ok_or_else(|| format!("it is one of {}", known.join(", ")))
}

/// Our own folder in a playbook; it ignores itself.
const OWN: &str = ".trustbook";

/// Publishes, goes back, or says what stands there.
pub fn publish(root: &Path, mut choices: Choices, asked: &PublishArgs) -> Result<u8, Failure> {
    let start = Instant::now();
    let (sources, found) = load::load(root)?;
    let (settings, report) = pipeline::settings(&sources, &choices)?;
    if let (Some(host), None) = (asked.emit, &asked.target)
        && settings.outlets.len() != 1
    {
        return super::emit::write_rules(root, (sources, found), &choices, None, host, asked.output.as_deref());
    }
    let Some(outlet) = outlet(&settings, &report, asked.target.as_deref())? else {
        say(&draw::draw(&report, true, &|path| load::read_again(root, path)));
        return Ok(FINDINGS);
    };
    choices.audience = choices.audience.or_else(|| outlet.audience.as_deref().map(str::to_string));
    if let Some(host) = asked.emit {
        return super::emit::write_rules(root, (sources, found), &choices, Some(outlet), host, asked.output.as_deref());
    }
    let work = work(root, outlet)?;
    let _alone = alone(&work, &outlet.name)?;
    let target = target::target(outlet, root, &work)?;
    if asked.status {
        print(&status(outlet, target.as_ref(), &target.standing()?));
        return Ok(CLEAN);
    }
    let can_ask = std::io::stdin().is_terminal() && std::io::stderr().is_terminal();
    if !asked.yes && !asked.dry_run && !can_ask {
        return Err(Failure::Refused(
            "publishing asks first, and there is no terminal to ask on: say --yes, or --dry-run to see what would change".to_string(),
        ));
    }
    let run = Run { by: by(), now: Timestamp::now(), keep: outlet.keep as usize };
    if let Some(to) = &asked.rollback {
        return roll_back(target.as_ref(), outlet, &settings, to, asked.yes, &run);
    }

    let edition = choices.audience.as_deref().unwrap_or(&settings.default_audience);
    if let Some(why) = not_for_everybody(outlet, &settings, edition, choices.drafts) {
        say(&format!("error: {why}\n"));
        return Ok(FINDINGS);
    }
    let Some(staged) = stage(root, &work, sources, found, &choices)? else { return Ok(FINDINGS) };
    let manifest = &staged.manifest;
    let standing = target.standing()?;
    let live = standing.live.as_ref();
    let change = difference(live.map(|live| &live.manifest), manifest);
    print(&change.text());
    let mut refusals = standing.refusals();
    refusals.extend(guard(live.map(|live| &live.manifest), manifest, &change));
    refusals.retain(|refusal| !asked.allow.contains(&refusal.reason));
    say(&refusals.iter().map(refused).collect::<String>());
    let summary = change.summary();
    let shown = target.shown();
    let seconds = || format!("{:.2} s", start.elapsed().as_secs_f64());
    if !refusals.is_empty() {
        print(&format!("nothing published to {}: refused, {}, {}\n", outlet.name, summary, seconds()));
        return Ok(FINDINGS);
    }
    if change.is_nothing() {
        let name = live.map_or("", |live| &live.name);
        print(&format!("nothing changed: release {name} stays live at {shown}, {}\n", seconds()));
        return Ok(CLEAN);
    }
    if asked.dry_run {
        print(&format!("would publish to {}: {summary}, {}: {shown}\n", outlet.name, seconds()));
        return Ok(CLEAN);
    }
    if !asked.yes && !agreed(&format!("Publish the edition of `{}` to {shown} ({summary})?", manifest.edition)) {
        print("nothing published\n");
        return Ok(CLEAN);
    }
    let bytes = manifest.bytes();
    let stage = work.join(STAGE);
    let release = Release { stage: &stage, manifest, bytes: &bytes, seen: live, summary: &summary, run: &run };
    let published = target.publish(&release)?;
    let files = format!("{} of {} files new", change.files_put, manifest.files.len());
    print(&format!(
        "published {} to {}: {summary}, {files}, {}: {}\n",
        published.name,
        outlet.name,
        seconds(),
        published.at
    ));
    for note in published.notes {
        say(&format!("note: {note}\n"));
    }
    Ok(CLEAN)
}

/// The site in our own folder.
const STAGE: &str = "site";

/// Builds the edition and reads what was built. None where findings are in the way; they have been shown.
fn stage(
    root: &Path,
    work: &Path,
    sources: Sources,
    found: Diagnostics,
    choices: &Choices,
) -> Result<Option<Staged>, Failure> {
    let folder = work.join(STAGE);
    let again = sources.clone();
    let mut memory = Memory::default();
    let mut planned = pipeline::plan_and_remember(root, sources, found, choices, &mut memory)?;
    let theme = planned.theme.clone();
    let progress = Progress::new("pages", 64);
    let (built, needles) = rayon::join(
        || pipeline::build(&mut planned, root, &folder, &|done, all| progress.show(done, all)),
        || pipeline::chosen(&again, choices, &mut memory).map(|chosen| Needles::of(&chosen, words_of(&theme))),
    );
    let (built, needles) = (built?, needles?);
    progress.end();
    let read = |path: &str| load::read_again(root, path);
    say(&draw::draw(&planned.report, true, &read));
    if built.summary.is_none() {
        print(&format!("nothing published: {}\n", findings(&planned.report)));
        return Ok(None);
    }
    let staged = staged(&planned, &folder, choices.drafts, revision(root), &needles)?;
    let edition = &*planned.playbook.settings.edition;
    if !staged.leaks.is_empty() {
        let leaks = staged.leaks.iter().map(|leak| (Level::Deny, needles.finding(leak, edition, &read)));
        let report = Report { findings: leaks.collect() };
        say(&draw::draw(&report, true, &read));
        print(&format!(
            "nothing published: the edition of `{edition}` holds what it leaves out, {}\n",
            findings(&report)
        ));
        return Ok(None);
    }
    if staged.manifest.file(NAME).is_some() {
        return Err(Failure::Refused(format!(
            "a file of the playbook is called {NAME}, which publishing writes: rename it"
        )));
    }
    write::replace(&[(folder.join(NAME), staged.manifest.bytes())])?;
    // The process will end soon: taking the playbook apart piece by piece would only keep somebody waiting.
    std::mem::forget((planned, needles, memory));
    Ok(Some(staged))
}

/// What any page may say, whatever the playbook: the words and templates of the themes in the program.
fn words_of(theme: &Theme) -> impl Iterator<Item = Cow<'_, str>> {
    theme.layers.iter().filter(|layer| layer.is_built_in()).flat_map(|layer| &layer.files).map(ThemeFile::text)
}

/// The target that was named, or the only one. None where the settings have to be mended first.
fn outlet<'s>(settings: &'s Settings, report: &Report, named: Option<&str>) -> Result<Option<&'s Outlet>, Failure> {
    let known: Vec<&str> = settings.outlets.iter().map(|outlet| &*outlet.name).collect();
    let found = match named {
        Some(name) => settings.outlet(name),
        None => settings.outlets.first().filter(|_| known.len() == 1),
    };
    if found.is_some() || report.denials() > 0 {
        return Ok(found);
    }
    Err(Failure::Refused(match named {
        Some(name) if known.is_empty() => {
            format!("there is no target `{name}`: trustbook.toml has no [publish.{name}]")
        }
        Some(name) => {
            let near = nearest(name, known.iter().copied());
            let near = near.map(|near| format!(", did you mean `{near}`?")).unwrap_or_else(|| ".".to_string());
            format!("there is no target `{name}`{near} There are {}", known.join(", "))
        }
        None if known.is_empty() => {
            "there is no target yet: add `[publish.NAME]` to trustbook.toml, with `to = \"folder\"` and a `path`"
                .to_string()
        }
        None => format!("say which target: {}", known.join(", ")),
    }))
}

/// Why this edition must not go where anybody may read it.
fn not_for_everybody(outlet: &Outlet, settings: &Settings, edition: &str, drafts: bool) -> Option<String> {
    if !outlet.public {
        None
    } else if !settings.is_customer_facing(edition) {
        Some(format!(
            "`{}` is public, and the edition of `{edition}` is for your own people: nothing published",
            outlet.name
        ))
    } else if drafts {
        Some(format!("`{}` is public, and drafts are not: nothing published", outlet.name))
    } else {
        None
    }
}

fn refused(refusal: &Refusal) -> String {
    let name = refusal.reason.name();
    format!("refused[{name}]: {}\n  help: `--allow {name}` if that is meant\n", refusal.sentence)
}

fn agreed(question: &str) -> bool {
    say(&format!("{question} [y/N] "));
    let mut answer = String::new();
    let read = std::io::stdin().lock().read_line(&mut answer);
    read.is_ok() && matches!(answer.trim().to_ascii_lowercase().as_str(), "y" | "yes")
}

fn roll_back(
    target: &dyn Target,
    outlet: &Outlet,
    settings: &Settings,
    to: &str,
    yes: bool,
    run: &Run,
) -> Result<u8, Failure> {
    let start = Instant::now();
    let standing = target.standing()?;
    let shown = target.shown();
    let Some(live) = &standing.live else {
        return Err(Failure::Refused(format!("nothing was published to {shown} yet, so there is no way back")));
    };
    let others: Vec<&str> = standing.kept.iter().map(|kept| &*kept.name).filter(|name| *name != live.name).collect();
    let to: &Kept = match to {
        "" => standing.before_live().ok_or_else(|| {
            let others = if others.is_empty() { "none".to_string() } else { others.join(", ") };
            Failure::Refused(format!("the release before {} is not kept at {shown}; kept are: {others}", live.name))
        })?,
        name if name == live.name => {
            print(&format!("release {name} is live already at {shown}\n"));
            return Ok(CLEAN);
        }
        name => standing.kept.iter().find(|kept| kept.name == name).ok_or_else(|| {
            Failure::Refused(format!("no release `{name}` is kept at {shown}: there are {}", others.join(", ")))
        })?,
    };
    let manifest = target.manifest_of(to)?;
    // The target may have become public since.
    if let Some(why) = not_for_everybody(outlet, settings, &manifest.edition, manifest.drafts) {
        say(&format!("error: {why}\n"));
        return Ok(FINDINGS);
    }
    let change = difference(Some(&live.manifest), &manifest);
    print(&change.text());
    let summary = change.summary();
    if !yes && !agreed(&format!("Go back from {} to {} at {shown} ({summary})?", live.name, to.name)) {
        print("nothing changed\n");
        return Ok(CLEAN);
    }
    target.roll_back(to, live, run)?;
    let seconds = start.elapsed().as_secs_f64();
    print(&format!(
        "went back from {} to {} at {}: {summary}, {seconds:.2} s: {shown}\n",
        live.name, to.name, outlet.name
    ));
    Ok(CLEAN)
}

fn status(outlet: &Outlet, target: &dyn Target, standing: &Standing) -> String {
    let mut text = format!("{}: {}\n", outlet.name, target.shown());
    let Some(live) = &standing.live else {
        text.push_str(standing.foreign.as_deref().unwrap_or("nothing was published there yet"));
        text.push('\n');
        return text;
    };
    text.push_str(&format!("live: {}, {}\n", live.name, facts(&live.manifest)));
    let back = standing.before_live().map(|kept| kept.name.as_str());
    for kept in &standing.kept {
        let mark = match &*kept.name {
            name if name == live.name => "* live",
            name if Some(name) == back => "  --rollback goes here",
            _ => "",
        };
        let record = kept.record.as_ref();
        let said = record.map(|Record { published, by, .. }| format!("{published}  {by}")).unwrap_or_default();
        text.push_str(format!("  {}  {said}  {mark}", kept.name).trim_end());
        text.push('\n');
    }
    text
}

/// What a release is, in a line.
fn facts(manifest: &Manifest) -> String {
    let of = manifest.source.as_ref().map_or_else(String::new, |Revision { revision, modified }| {
        let changed = if *modified { " with changes" } else { "" };
        format!(" of {}{changed}", revision.get(..12).unwrap_or(revision))
    });
    format!(
        "edition `{}`, {}, made for {}{of} by {}",
        manifest.edition,
        count(manifest.real_pages().count(), "page"),
        manifest.date,
        manifest.generator
    )
}

/// Our folder for this target.
fn work(root: &Path, outlet: &Outlet) -> Result<PathBuf, Failure> {
    let own = root.join(OWN);
    let work = own.join("publish").join(&*outlet.name);
    fs::create_dir_all(&work).map_err(|error| Failure::new("create", &work, error))?;
    let ignored = own.join(".gitignore");
    if !ignored.exists() {
        fs::write(&ignored, "*\n").map_err(|error| Failure::new("write", &ignored, error))?;
    }
    std::path::absolute(&work).map_err(|error| Failure::new("find", &work, error))
}

/// Keeps a second run of this playbook away from our folder, until what is returned is dropped.
fn alone(work: &Path, name: &str) -> Result<File, Failure> {
    let path = work.join("lock");
    let file = File::create(&path).map_err(|error| Failure::new("write", &path, error))?;
    match file.try_lock() {
        Err(TryLockError::WouldBlock) => Err(Failure::Refused(format!(
            "another trustbook publishes this playbook to `{name}` at this moment: nothing was changed; run it again when it is done"
        ))),
        _ => Ok(file),
    }
}

/// The revision of the playbook's files, where they are under version control.
fn revision(root: &Path) -> Option<Revision> {
    let revision = git::said(root, &["rev-parse", "--verify", "HEAD"])?.trim().to_string();
    let modified = !git::said(root, &["status", "--porcelain", "--", "."])?.trim().is_empty();
    Some(Revision { revision, modified })
}

/// `user@host`, as far as they are known.
fn by() -> String {
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let user = variable("USER").or_else(|| variable("LOGNAME")).or_else(|| variable("USERNAME"));
    let host = fs::read_to_string("/proc/sys/kernel/hostname").ok().map(|host| host.trim().to_string());
    let host = host.or_else(|| variable("HOSTNAME")).or_else(|| variable("COMPUTERNAME"));
    let by =
        [user.unwrap_or_else(|| "somebody".to_string()), host.unwrap_or_else(|| "somewhere".to_string())].join("@");
    by.chars().filter(|c| !c.is_control()).collect()
}
