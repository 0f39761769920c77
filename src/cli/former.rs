//! A former state of the playbook, out of the history that Git keeps, to a folder.

use super::git::{asked, git, not_run, said};
use crate::failure::Failure;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Component, Path, PathBuf};
use std::process::Stdio;

/// A commit as people know it: its short name and its day.
pub fn shown(root: &Path, commit: &str) -> String {
    said(root, &["log", "--max-count", "1", "--format=%h, %as", commit, "--"]).unwrap_or_default().trim().to_string()
}

/// One file of a former state.
struct Entry {
    /// Relative to the folder that was asked for.
    path: String,
    /// Whether it is a plain file, a link or a submodule.
    kind: EntryKind,
    /// What Git calls its content.
    hash: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum EntryKind {
    File,
    Link,
    Submodule,
}

/// Writes a former state of the playbook's texts below `into`. Of pictures and other files only names are written: nobody
/// looks into them.
///
/// # Errors
/// There was no playbook at this place then, or a submodule is not here, or `into` cannot be written.
pub fn write_former(root: &Path, commit: &str, into: &Path) -> Result<(), Failure> {
    let entries: Vec<Entry> = entries(root, commit)?;
    if !entries.iter().any(|entry| entry.path == "content" || entry.path.starts_with("content/")) {
        return Err(Failure::Refused(format!(
            "there was no playbook in {} then ({}): it had no content/ there",
            root.display(),
            shown(root, commit)
        )));
    }
    // A link in content/ may lead to anywhere in the playbook's folder.
    let linked = entries.iter().any(|entry| entry.kind == EntryKind::Link && is_of_playbook(&entry.path));
    let entries = entries.into_iter().filter(|entry| linked || is_of_playbook(&entry.path)).collect();
    write_entries(root, entries, "", into)
}

fn write_entries(folder: &Path, entries: Vec<Entry>, prefix: &str, into: &Path) -> Result<(), Failure> {
    let place = |entry: &Entry| -> Option<PathBuf> {
        let path = format!("{prefix}{}", entry.path);
        let plain = Path::new(&path).components().all(|part| matches!(part, Component::Normal(_)));
        plain.then(|| into.join(path))
    };
    let placed: Vec<(Entry, PathBuf)> =
        entries.into_iter().filter_map(|entry| place(&entry).map(|place| (entry, place))).collect();
    let could_not = |place: &Path, error| Failure::new("write", place, error);
    let mut wanted = Vec::new();
    for (entry, place) in &placed {
        let parent = place.parent().unwrap_or(into);
        std::fs::create_dir_all(parent).map_err(|error| could_not(parent, error))?;
        match entry.kind {
            EntryKind::File if is_read(place, into) => wanted.push((entry, place)),
            EntryKind::File => std::fs::write(place, "").map_err(|error| could_not(place, error))?,
            EntryKind::Link => wanted.push((entry, place)),
            // Only a link could lead there, and then it says that it leads to nothing.
            EntryKind::Submodule if !is_of_playbook(&format!("{prefix}{}", entry.path)) => {}
            EntryKind::Submodule => {
                let inner = folder.join(&entry.path);
                let entries = self::entries(&inner, &entry.hash).map_err(|_| {
                    Failure::Refused(format!(
                        "the submodule {} is not here as it was then: fetch it with `git submodule update --init`",
                        inner.display()
                    ))
                })?;
                write_entries(&inner, entries, &format!("{prefix}{}/", entry.path), into)?;
            }
        }
    }
    // Links last, so that nothing is written through one.
    wanted.sort_by_key(|(entry, _)| entry.kind == EntryKind::Link);
    let hashes: Vec<&str> = wanted.iter().map(|(entry, _)| entry.hash.as_str()).collect();
    let mut next = wanted.iter();
    contents(folder, &hashes, &mut |bytes| {
        let Some((entry, place)) = next.next() else { return Ok(()) };
        match entry.kind {
            EntryKind::Link => link(&bytes, place).map_err(|error| could_not(place, error)),
            _ => std::fs::write(place, bytes).map_err(|error| could_not(place, error)),
        }
    })
}

/// What a playbook means depends on these, and on nothing else.
fn is_of_playbook(path: &str) -> bool {
    matches!(path, "trustbook.toml" | "translations.lock" | "content") || path.starts_with("content/")
}

/// Whether anybody looks into a file.
fn is_read(place: &Path, into: &Path) -> bool {
    let is_text = place.extension().is_some_and(|end| end == "md" || end == "toml" || end == "lock");
    is_text || place.starts_with(into.join("content/data"))
}

#[cfg(unix)]
fn link(target: &[u8], place: &Path) -> io::Result<()> {
    use std::os::unix::ffi::OsStrExt;
    std::os::unix::fs::symlink(std::ffi::OsStr::from_bytes(target), place)
}

#[cfg(not(unix))]
fn link(target: &[u8], place: &Path) -> io::Result<()> {
    std::fs::write(place, target)
}

/// The files of a former state below a folder.
fn entries(folder: &Path, hash: &str) -> Result<Vec<Entry>, Failure> {
    let list = asked(folder, &["ls-tree", "-r", "-z", hash])?;
    let entry = |line: &[u8]| {
        let line = std::str::from_utf8(line).ok()?;
        let (about, path) = line.split_once('\t')?;
        let mut about = about.split(' ');
        let kind = match about.next()? {
            "120000" => EntryKind::Link,
            "160000" => EntryKind::Submodule,
            _ => EntryKind::File,
        };
        Some(Entry { path: path.to_string(), kind, hash: about.nth(1)?.to_string() })
    };
    Ok(list.split(|byte| *byte == 0).filter_map(entry).collect())
}

/// Hands over the contents that Git calls so, one after the other.
fn contents(
    folder: &Path,
    hashes: &[&str],
    take: &mut dyn FnMut(Vec<u8>) -> Result<(), Failure>,
) -> Result<(), Failure> {
    if hashes.is_empty() {
        return Ok(());
    }
    let mut command = git(folder, &["cat-file", "--batch"]);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().map_err(|error| not_run(&error))?;
    let (mut questions, answers) = (child.stdin.take().expect("piped"), child.stdout.take().expect("piped"));
    let taken = std::thread::scope(|scope| {
        // Asked for on a thread of its own: Git does not listen while nobody takes its answers.
        scope.spawn(move || hashes.iter().try_for_each(|hash| writeln!(questions, "{hash}")));
        answered(BufReader::new(answers), hashes, take)
    });
    let _ = child.wait();
    taken
}

/// Takes the answers of `git cat-file --batch`. Where one cannot be taken the pipe is closed, and Git ends.
fn answered(
    mut answers: impl BufRead,
    hashes: &[&str],
    take: &mut dyn FnMut(Vec<u8>) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let broken = |error: io::Error| Failure::Refused(format!("`git cat-file` broke off: {error}"));
    for hash in hashes {
        let mut head = String::new();
        answers.read_line(&mut head).map_err(broken)?;
        let length = head.trim_end().rsplit(' ').next().and_then(|length| length.parse::<usize>().ok());
        let length = length.ok_or_else(|| {
            Failure::Refused(format!("Git does not have {hash} here: fetch it, or clone without a filter"))
        })?;
        let mut bytes = vec![0; length];
        answers.read_exact(&mut bytes).map_err(broken)?;
        answers.read_exact(&mut [0]).map_err(broken)?;
        take(bytes)?;
    }
    Ok(())
}
