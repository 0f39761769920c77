//! Killed anywhere, two at once, a full disk, nobody there: visitors see the old release or the new one, whole, and the next run
//! goes on.

use super::super::scratch::{Ended, HANGS, Scratch, ended};
use super::places::{Place, Places, ssh};
use super::{playbook, publish, published, whole};
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};
use trustbook::publish::manifest::{FileEntry, Identity, Manifest, NAME, PageEntry};
use trustbook::publish::target::folder::Folder;
use trustbook::publish::target::git::Git;
use trustbook::publish::target::ssh::Ssh;
use trustbook::publish::target::{Release, Run, Target};

const PAGES: usize = 40;

/// A release whose every page says which generation it is of, but for those that never change, and names a style sheet of its own.
fn staged(stage: &Path, generation: &str) -> Manifest {
    let playbook = Identity { id: "p".into(), title: "P".into(), base_url: None };
    let mut manifest = Manifest::new(playbook, "internal", "2026-11-22");
    let style = style(generation);
    let mut files: BTreeMap<String, String> = (0..PAGES)
        .map(|page| {
            let text = if page % 4 == 0 { "same".to_string() } else { format!("{generation} {style}") };
            (format!("{}/{page}/index.html", page % 5), text)
        })
        .collect();
    files.insert(style.clone(), generation.to_string());
    for (path, text) in files {
        let disk = stage.join(&path);
        fs::create_dir_all(disk.parent().expect("in a folder")).expect("it can be made");
        fs::write(&disk, &text).expect("it can be written");
        let sha256 = super::sha256(text.as_bytes());
        let immutable = path == style;
        if !immutable {
            let address = format!("/{}", path.strip_suffix("index.html").expect("a page"));
            let (title, words, text) = ("T".to_string(), 1, String::new());
            manifest.pages.push(PageEntry { address, to: None, title, words, text, anchors: Vec::new() });
        }
        let (size, media) = (text.len() as u64, "text/html".to_string());
        manifest.files.push(FileEntry { path, sha256, size, media, immutable });
    }
    fs::write(stage.join(NAME), manifest.bytes()).expect("it can be written");
    manifest
}

fn style(generation: &str) -> String {
    format!("assets/style.{}.css", &super::sha256(generation.as_bytes())[..8])
}

/// In a process of its own, which others may kill: publishes one generation, or one after the other for ever.
#[test]
fn publisher() {
    let Some(asked) = std::env::var_os("TRUSTBOOK_TEST_PUBLISHER") else { return };
    let asked = asked.into_string().expect("it is ours");
    let mut parts = asked.splitn(4, '|');
    let (kind, generation, work, target) = (parts.next(), parts.next(), parts.next(), parts.next());
    let (generation, work, path) = (generation.unwrap(), Path::new(work.unwrap()), target.unwrap());
    let target: Box<dyn Target> = match kind {
        Some("folder") => Box::new(Folder::new(work, path).expect("a folder of ours")),
        Some("ssh") => Box::new(Ssh::new(&"web".into(), &path.into())),
        _ => Box::new(Git::new(work, work, &path.into(), &"site/pages".into())),
    };
    for number in 0.. {
        let generation =
            if generation == "all" { format!("{}-{number}", std::process::id()) } else { generation.to_string() };
        let stage = work.join("stage");
        let _ = fs::remove_dir_all(&stage);
        let manifest = staged(&stage, &generation);
        let bytes = manifest.bytes();
        let run = Run { by: "test@here".into(), now: Timestamp::now(), keep: 3 };
        println!("\nbegins");
        let done = target.standing().and_then(|standing| {
            let seen = standing.live.as_ref();
            target.publish(&Release {
                stage: &stage,
                manifest: &manifest,
                bytes: &bytes,
                seen,
                summary: "s",
                run: &run,
            })
        });
        match done {
            Ok(published) => println!("\npublished {generation} as {}", published.name),
            Err(failure) => println!("\nrefused: {failure}"),
        }
        if asked.split('|').nth(1) != Some("all") {
            break;
        }
    }
}

struct Publisher {
    child: Child,
    lines: Receiver<String>,
}

fn spawn(place: Place, places: &Places, work: &Path, generation: &str) -> Publisher {
    fs::create_dir_all(work).expect("it can be made");
    let mut command = Command::new(std::env::current_exe().expect("it runs"));
    command.args(["--exact", "publish::faults::publisher", "--nocapture"]).env("TRUSTBOOK_SSH", ssh());
    let target = places.folder(place);
    command.env(
        "TRUSTBOOK_TEST_PUBLISHER",
        format!("{}|{generation}|{}|{}", place.name(), work.display(), target.display()),
    );
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it runs");
    let out = child.stdout.take().expect("it was piped");
    let (tell, lines) = channel();
    std::thread::spawn(move || {
        for line in BufReader::new(out).lines().map_while(Result::ok) {
            let ours = ["begins", "published ", "refused: "].iter().any(|start| line.starts_with(start));
            if ours && tell.send(line).is_err() {
                break;
            }
        }
    });
    Publisher { child, lines }
}

impl Publisher {
    /// What became of a publisher of one generation.
    fn end(mut self) -> String {
        let mut last = String::new();
        while let Ok(line) = self.lines.recv_timeout(HANGS) {
            last = line;
        }
        let _ = self.child.kill();
        self.child.wait().expect("it has ended");
        last
    }
}

/// Publishes one generation. Whoever was killed may live on for a moment as far as the other side knows.
fn publishes(place: Place, places: &Places, work: &Path, generation: &str) {
    let start = Instant::now();
    loop {
        let said = spawn(place, places, work, generation).end();
        if said.starts_with("published ") {
            return;
        }
        let waits = said.contains("at this moment") || said.contains("meanwhile");
        assert!(waits && start.elapsed() < HANGS, "{}: {said}", place.name());
    }
}

/// The generation of what is live, which has to be one.
fn generation(places: &Places, place: Place) -> Option<String> {
    let live = places.live(place)?;
    let manifest = whole(&live);
    let mut generations: Vec<String> = manifest
        .pages
        .iter()
        .map(|page| String::from_utf8(live[&format!("{}index.html", &page.address[1..])].clone()).expect("text"))
        .filter(|text| text != "same")
        .collect();
    generations.dedup();
    assert_eq!(generations.len(), 1, "a mixture: {generations:?}");
    let (generation, style) = generations[0].split_once(' ').expect("it names its style");
    assert_eq!(live[style], generation.as_bytes());
    Some(generation.to_string())
}

/// How often each is killed; `TRUSTBOOK_KILLS` for all, where there is time.
fn kills(otherwise: usize) -> usize {
    std::env::var("TRUSTBOOK_KILLS").ok().and_then(|number| number.parse().ok()).unwrap_or(otherwise)
}

fn killed_anywhere(place: Place, kills: usize) {
    let places = Places::new();
    let work = places.around().join("work");
    publishes(place, &places, &work, "first");
    // How long it takes, so that it is killed at any point of it.
    let timed = Instant::now();
    publishes(place, &places, &work, "second");
    let takes = timed.elapsed();
    let (mut random, mut during) = (0x9E37_79B9_7F4A_7C15_u64, 0);
    for number in 0..kills {
        random ^= random << 13;
        random ^= random >> 7;
        random ^= random << 17;
        let mut publisher = spawn(place, &places, &work, "all");
        assert_eq!(publisher.lines.recv_timeout(HANGS).as_deref(), Ok("begins"));
        let end = Instant::now() + takes.mul_f64((random % 1500) as f64 / 1000.0);
        // Whatever it says until then is heard; after the last word of the time it is killed.
        while let Ok(line) = publisher.lines.recv_timeout(end.saturating_duration_since(Instant::now())) {
            assert!(!line.starts_with("refused"), "{line}");
        }
        publisher.child.kill().expect("it was there");
        publisher.child.wait().expect("it has ended");
        assert!(generation(&places, place).is_some());
        during += usize::from(left(place, &places, &work));
        if number % 8 == 7 || number + 1 == kills {
            publishes(place, &places, &work, &format!("after-{number}"));
            assert_eq!(generation(&places, place), Some(format!("after-{number}")));
            assert!(!left(place, &places, &work), "{} is not tidy", place.name());
        }
    }
    assert!(kills < 20 || during > 0, "no kill left anything: all of them came too early or too late");
}

/// Whether something half done lies about.
fn left(place: Place, places: &Places, work: &Path) -> bool {
    if place == Place::Git {
        return work.join("repository.busy").exists();
    }
    let folder = places.folder(place);
    let names = |folder: &Path| -> Vec<String> {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        entries.map(|entry| entry.file_name().to_string_lossy().into_owned()).collect()
    };
    let releases = names(&folder.join("releases"));
    let orphan = |name: &String| {
        name.strip_suffix(".json").is_some_and(|release| !releases.iter().any(|other| other == release))
    };
    names(&folder).iter().chain(&releases).any(|name| name.starts_with(".new-")) || releases.iter().any(orphan)
}

#[test]
fn a_folder_survives_kills() {
    killed_anywhere(Place::Folder, kills(24));
}

#[test]
fn an_ssh_host_survives_kills() {
    killed_anywhere(Place::Ssh, kills(6));
}

#[test]
fn a_git_branch_survives_kills() {
    killed_anywhere(Place::Git, kills(8));
}

#[test]
fn of_publishers_at_once_each_is_whole_or_refused() {
    for place in Place::ALL {
        let places = Places::new();
        publishes(place, &places, &places.around().join("work"), "first");
        let publishers: Vec<Publisher> = (0..3)
            .map(|number| {
                spawn(place, &places, &places.around().join(format!("work-{number}")), &format!("of-{number}"))
            })
            .collect();
        let said: Vec<String> = publishers.into_iter().map(Publisher::end).collect();
        let done: Vec<&String> = said.iter().filter(|line| line.starts_with("published of-")).collect();
        // Who has just made the folder may not have written a name into it.
        let told = |line: &String| line.contains("at this moment (") || line.contains("somebody else published");
        assert!(!done.is_empty() && said.iter().all(|line| done.contains(&line) || told(line)), "{said:?}");
        let live = generation(&places, place).expect("it is there");
        assert!(done.iter().any(|line| line.contains(&format!(" {live} "))), "{live} {said:?}");
    }
}

/// A visitor reads pages, and then what they name, while one release after the other takes its place.
#[test]
fn a_visitor_sees_no_error_and_no_mixture() {
    visited(Place::Folder, 6);
    visited(Place::Ssh, 2);
    visited(Place::Git, 2);
}

fn visited(place: Place, releases: usize) {
    let places = Places::new();
    let work = places.around().join("work");
    publishes(place, &places, &work, "first");
    let (over, looks) = (AtomicBool::new(false), AtomicUsize::new(0));
    let mut publisher = spawn(place, &places, &work, "all");
    let seen = std::thread::scope(|scope| {
        let visitor = scope.spawn(|| {
            let (mut seen, mut visitor) = (Vec::new(), places.visitor(place));
            while !over.load(Ordering::Relaxed) {
                for page in (0..PAGES).filter(|page| page % 4 != 0) {
                    let text = visitor.visit(&format!("{}/{page}/index.html", page % 5)).expect("a page is there");
                    let (generation, style) = text.split_once(' ').expect("it names its style");
                    let style = visitor.visit(style).expect("a page's style is there");
                    assert_eq!(style, generation);
                    looks.fetch_add(1, Ordering::Relaxed);
                    if seen.last().is_none_or(|last| last != generation) {
                        seen.push(generation.to_string());
                    }
                }
            }
            seen
        });
        let start = Instant::now();
        let mut published = 0;
        while published < releases && start.elapsed() < HANGS && !visitor.is_finished() {
            if let Ok(line) = publisher.lines.recv_timeout(Duration::from_secs(1)) {
                published += usize::from(line.starts_with("published "));
            }
        }
        over.store(true, Ordering::Relaxed);
        let seen = visitor.join().expect("every page and style was there");
        assert!(published >= releases, "{published}");
        seen
    });
    publisher.child.kill().expect("it was there");
    publisher.child.wait().expect("it has ended");
    let mut distinct = seen.clone();
    distinct.sort();
    distinct.dedup();
    assert!(seen.len() > 1 && distinct.len() == seen.len(), "no release comes back: {seen:?}");
    assert!(looks.load(Ordering::Relaxed) > PAGES);
}

/// Publishes where no file may grow beyond some size, as on a disk that is full.
#[cfg(unix)]
fn cramped(scratch: &Scratch, target: &str) -> Ended {
    let mut command = Command::new("sh");
    command.args(["-c", "trap '' XFSZ; ulimit -f 8; exec \"$0\" publish \"$@\""]).arg(env!("CARGO_BIN_EXE_trustbook"));
    command.args([target, "--yes", "--as-of", super::super::scratch::TODAY, "--root"]).arg(scratch.root());
    command.env("TRUSTBOOK_SSH", ssh());
    ended(command)
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_the_live_release() {
    let places = Places::new();
    let scratch = playbook(&places);
    for place in Place::ALL {
        scratch.file("content/index.md", "# Welcome\n\nVersion 1.\n");
        published(&scratch, place.name());
        let before = places.live(place).expect("it was published");
        scratch
            .file("content/index.md", format!("# Welcome\n\nOf {}. {}\n", place.name(), "More words. ".repeat(2000)));
        // The site is built and waits; only the target is cramped.
        assert_eq!(publish(&scratch, &[place.name(), "--dry-run"]).code, Some(0));
        let full = cramped(&scratch, place.name());
        // Of a host whose `rsync` dies of it the message may be lost on the way.
        let says = full.err.to_lowercase();
        let named = says.contains("file too large") || place == Place::Ssh && says.contains("disk");
        assert!(full.code == Some(2) && named, "{} {full:?}", place.name());
        assert_eq!(places.live(place).expect("it is there"), before);
        assert!(!left(place, &places, &work_of(&scratch, place)), "{} is not tidy", place.name());
        published(&scratch, place.name());
        assert_ne!(places.live(place).expect("it is there"), before);
    }
}

fn work_of(scratch: &Scratch, place: Place) -> PathBuf {
    scratch.root().join(".trustbook/publish").join(place.name())
}

#[test]
fn who_is_not_there_is_named_with_what_to_do() {
    let places = Places::new();
    let scratch = playbook(&places);
    let settings = fs::read_to_string(scratch.root().join("trustbook.toml")).expect("it is there");
    let says = |settings: String, target: &str, words: &[&str]| {
        scratch.file("trustbook.toml", settings);
        let ended = publish(&scratch, &[target, "--yes"]);
        assert!(
            ended.code == Some(2) && words.iter().all(|word| ended.err.contains(word)),
            "{target} {words:?} {ended:?}"
        );
    };
    says(settings.replace("\"web\"", "\"nowhere\""), "ssh", &["nowhere cannot be reached", "ssh nowhere"]);
    says(settings.replace("\"web\"", "\"closed\""), "ssh", &["closed does not let you in", "Permission denied"]);
    let file = places.around().join("file");
    fs::write(&file, "").expect("it can be written");
    let ssh_path = format!("{:?}", places.folder(Place::Ssh));
    says(settings.replace(&ssh_path, &format!("{:?}", file.join("below"))), "ssh", &["could not write to web:"]);
    says(settings.replace(&ssh_path, &format!("{file:?}")), "ssh", &["is a file"]);
    let git_path = format!("{:?}", places.folder(Place::Git));
    says(settings.replace(&git_path, "\"../nothing.git\""), "git", &["there is no such repository"]);
    says(settings.replace(&git_path, "\"https://127.0.0.1:9/x.git\""), "git", &["cannot be reached"]);
    let folder_path = format!("{:?}", places.folder(Place::Folder));
    says(settings.replace(&folder_path, &format!("{:?}", file.join("below"))), "folder", &["could not", "below"]);
}
