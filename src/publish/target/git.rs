//! Releases as commits on a branch, for hosts that show one, by the installed `git`.
//!
//! Commits are made in a repository of our own beside the stage, never in the playbook's: nothing there is touched, and what a
//! killed run left in it is thrown away with it. The branch moves by one push, which the other side takes whole or refuses.
//! Going back is a commit as well, of the earlier tree: hosts and clones follow it like any other.

use super::{Kept, Live, Published, Record, Release, Run, Standing, Target, overtaken, read_manifest};
use crate::failure::Failure;
use crate::publish::manifest::{Manifest, NAME};
use std::fs;
use std::io::{BufWriter, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;

/// The line of a message that says to which commit it goes back.
const BACK: &str = "Goes-back-to: ";
/// The line that says who published.
const BY: &str = "Published-by: ";
/// Where the branch stands in our repository, as it was fetched.
const FETCHED: &str = "refs/trustbook/fetched";
/// Where our own commit stands, before it is pushed.
const MADE: &str = "refs/trustbook/made";
/// So many commits are fetched and listed.
const LISTED: &str = "50";

/// A branch of a repository.
#[derive(Debug)]
pub struct Git {
    root: PathBuf,
    /// Our own repository.
    own: PathBuf,
    /// There while a run is at work in it.
    busy: PathBuf,
    remote: Arc<str>,
    branch: Arc<str>,
}

/// A commit that published something.
struct Commit {
    id: String,
    parent: Option<String>,
    time: String,
    back: Option<String>,
    by: Option<String>,
}

impl Commit {
    /// Whether we made it.
    fn is_ours(&self) -> bool {
        self.by.is_some()
    }
}

impl Git {
    /// The branch of `remote`, which both were looked at when the settings were read. `work` is a folder of ours.
    pub fn new(root: &Path, work: &Path, remote: &Arc<str>, branch: &Arc<str>) -> Git {
        Git {
            root: root.to_path_buf(),
            own: work.join("repository.git"),
            busy: work.join("repository.busy"),
            remote: remote.clone(),
            branch: branch.clone(),
        }
    }

    fn git(&self) -> Command {
        let mut command = Command::new("git");
        command.arg("--git-dir").arg(&self.own).env("LC_ALL", "C").env("GIT_OPTIONAL_LOCKS", "0");
        // What the repository around us says is not about our own.
        for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_NAMESPACE"] {
            command.env_remove(name);
        }
        if !std::io::stdin().is_terminal() {
            command.env("GIT_TERMINAL_PROMPT", "0");
        }
        command.args(["-c", "gc.auto=0", "-c", "maintenance.auto=false", "-c", "core.fsync=none"]);
        command
    }

    /// What Git says, or why not.
    fn run(&self, command: &mut Command) -> Result<Vec<u8>, Said> {
        let output = command.stdin(Stdio::null()).output().map_err(|error| Said::of_missing(&error))?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        // What became of a push stands in what it would have said.
        let text = [&output.stderr[..], b"\n", &output.stdout].concat();
        Err(Said { text: String::from_utf8_lossy(&text).into_owned(), missing: false })
    }

    fn refused(&self, said: &Said) -> Failure {
        Failure::Refused(trouble(said, &self.shown()))
    }

    /// Git in the playbook's repository, whatever a hook's Git has set for itself.
    fn of_playbook(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new("git");
        command.arg("-C").arg(&self.root).args(arguments);
        for own in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX"] {
            command.env_remove(own);
        }
        command
    }

    /// The address behind a remote's name in the playbook's repository; what is no such name is an address itself.
    fn address(&self) -> String {
        let url = self
            .run(&mut self.of_playbook(&["remote", "get-url", "--push", "--", &self.remote]))
            .ok()
            .map(|url| String::from_utf8_lossy(&url).trim().to_string());
        match url.filter(|url| !url.is_empty()) {
            Some(url) => self.absolute(&url),
            None => self.absolute(&self.remote),
        }
    }

    /// A path is seen from the playbook, not from our own repository.
    fn absolute(&self, address: &str) -> String {
        let path = self.root.join(address);
        let is_path =
            !address.contains("://") && (!address.contains(':') || address.starts_with(['.', '/'])) && path.exists();
        match std::path::absolute(&path) {
            Ok(whole) if is_path => whole.to_string_lossy().into_owned(),
            _ => address.to_string(),
        }
    }

    /// Our own repository with the branch as it stands there; `None` where there is no such branch yet.
    fn fetch(&self) -> Result<Option<String>, Failure> {
        if self.busy.exists() {
            // A killed run may have left anything, locks for one.
            fs::remove_dir_all(&self.own)
                .or_else(|error| if self.own.exists() { Err(error) } else { Ok(()) })
                .map_err(|error| Failure::new("remove", &self.own, error))?;
        }
        fs::write(&self.busy, "").map_err(|error| Failure::new("write", &self.busy, error))?;
        if !self.own.join("HEAD").exists() {
            self.run(self.git().args(["init", "--quiet", "--bare"])).map_err(|said| self.refused(&said))?;
        }
        let address = self.address();
        let name = format!("refs/heads/{}", self.branch);
        let listed =
            self.run(self.git().args(["ls-remote", "--", &address, &name])).map_err(|said| self.refused(&said))?;
        let listed = String::from_utf8_lossy(&listed).into_owned();
        if !listed.lines().any(|line| line.split('\t').nth(1) == Some(&name)) {
            return Ok(None);
        }
        self.run(
            self.git()
                .args(["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--depth", LISTED, "--", &address])
                .arg(format!("+{name}:{FETCHED}")),
        )
        .map_err(|said| self.refused(&said))?;
        let id = self.run(self.git().args(["rev-parse", FETCHED])).map_err(|said| self.refused(&said))?;
        Ok(Some(String::from_utf8_lossy(&id).trim().to_string()))
    }

    /// We are done with our own repository.
    fn done(&self) {
        let _ = fs::remove_file(&self.busy);
    }

    /// The newest commits of the branch, in their order.
    fn commits(&self) -> Result<Vec<Commit>, Failure> {
        let format = "--format=%H%x01%P%x01%cI%x01%B%x02";
        let log = self
            .run(self.git().args(["log", "--first-parent", "--max-count", LISTED, format, FETCHED]))
            .map_err(|said| self.refused(&said))?;
        let log = String::from_utf8_lossy(&log).into_owned();
        let line = |message: &str, start: &str| {
            message.lines().find_map(|line| line.strip_prefix(start)).map(|rest| rest.trim().to_string())
        };
        let commits = log.split('\u{2}').filter_map(|entry| {
            let mut parts = entry.trim_start().splitn(4, '\u{1}');
            let (id, parents, time, message) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
            Some(Commit {
                id: id.to_string(),
                parent: parents.split(' ').next().filter(|parent| !parent.is_empty()).map(str::to_string),
                time: time.to_string(),
                back: line(message, BACK),
                by: line(message, BY),
            })
        });
        Ok(commits.collect())
    }

    fn manifest(&self, commit: &str) -> Result<Option<Manifest>, Failure> {
        let name = format!("{commit}:{NAME}");
        match self.run(self.git().args(["cat-file", "blob", &name])) {
            Ok(bytes) => read_manifest(&bytes, &self.shown()).map(Some),
            Err(_) => Ok(None),
        }
    }

    /// Moves the branch from `old` to our commit, unless somebody was faster.
    fn push(&self, old: Option<&str>) -> Result<(), Failure> {
        let address = self.address();
        let name = format!("refs/heads/{}", self.branch);
        let lease = format!("--force-with-lease={name}:{}", old.unwrap_or_default());
        let mut command = self.git();
        command.args(["push", "--quiet", "--porcelain", "--no-verify", &lease, "--", &address]);
        self.run(command.arg(format!("{MADE}:{name}"))).map(drop).map_err(|said| {
            let raced = [
                "stale info",
                "fetch first",
                "non-fast-forward",
                "cannot lock ref",
                "remote ref updated",
                "reference already exists",
            ];
            if raced.iter().any(|words| said.text.contains(words)) {
                let now = self.fetch().ok().flatten();
                return overtaken(&self.shown(), old.map(short), now.as_deref().map(short));
            }
            self.refused(&said)
        })
    }

    /// Who commits, as the playbook's repository or the user's settings say it.
    fn committer(&self, run: &Run) -> String {
        let said = self
            .run(&mut self.of_playbook(&["var", "GIT_COMMITTER_IDENT"]))
            .ok()
            .map(|said| String::from_utf8_lossy(&said).trim().to_string());
        let known = said.and_then(|said| said.rfind('>').map(|end| said[..=end].to_string()));
        known.unwrap_or_else(|| format!("trustbook <{}>", run.by.replace(['<', '>', '\n'], "")))
    }

    /// Makes a commit out of a stream that `write` writes: the changes to the files of `parent`.
    fn commit(
        &self,
        message: &str,
        parent: Option<&str>,
        run: &Run,
        write: &mut dyn FnMut(&mut dyn Write) -> std::io::Result<()>,
    ) -> Result<String, Failure> {
        let mut command = self.git();
        command.args(["fast-import", "--quiet", "--force", "--done"]);
        command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped());
        let mut child = command.spawn().map_err(|error| self.refused(&Said::of_missing(&error)))?;
        let mut errors = child.stderr.take().expect("it was piped");
        let errors = std::thread::spawn(move || {
            let mut text = String::new();
            let _ = errors.read_to_string(&mut text);
            text
        });
        let mut stream = BufWriter::new(child.stdin.take().expect("it was piped"));
        let time = run.now.as_second();
        let mut all = || -> std::io::Result<()> {
            writeln!(
                stream,
                "commit {MADE}\ncommitter {} {time} +0000\ndata {}\n{message}",
                self.committer(run),
                message.len()
            )?;
            if let Some(parent) = parent {
                writeln!(stream, "from {parent}")?;
            }
            write(&mut stream)?;
            writeln!(stream, "\ndone")?;
            stream.flush()
        };
        let sent = all();
        drop(stream);
        let status = child.wait().map_err(|error| Failure::new("wait for", "git", error))?;
        let text = errors.join().unwrap_or_default();
        if !status.success() {
            return Err(self.refused(&Said { text, missing: false }));
        }
        sent.map_err(|error| Failure::new("write", &self.own, error))?;
        let id = self.run(self.git().args(["rev-parse", MADE])).map_err(|said| self.refused(&said))?;
        Ok(String::from_utf8_lossy(&id).trim().to_string())
    }

    fn release_of(&self, release: &Release<'_>) -> Result<Published, Failure> {
        let tip = self.fetch()?;
        let seen = release.seen.map(|live| live.name.as_str());
        // What is not ours has no name that was seen; that it goes was allowed.
        let foreign = seen.is_none() && tip.is_some();
        if !foreign && tip.as_deref().map(short) != seen {
            return Err(overtaken(&self.shown(), seen, tip.as_deref().map(short)));
        }
        let subject = format!("Publish {}: {}", release.manifest.playbook.title.replace('\n', " "), release.summary);
        let source = release.manifest.source.as_ref().map_or_else(String::new, |source| {
            format!("Source: {}{}\n", source.revision, if source.modified { ", with changes" } else { "" })
        });
        let message = format!(
            "{subject}\n\nEdition: {}\nMade-for: {}\nMade-by: {}\n{source}{BY}{}\n",
            release.manifest.edition, release.manifest.date, release.manifest.generator, release.run.by
        );
        let before = release.before();
        // What was carried over from the release before last is in no manifest.
        let hashed = match &tip {
            Some(tip) => {
                self.run(self.git().args(["ls-tree", "-r", "--name-only", tip, "--", "assets/"])).unwrap_or_default()
            }
            None => Vec::new(),
        };
        let hashed = String::from_utf8_lossy(&hashed);
        let hashed: String = hashed.lines().filter(|path| has_hash(path)).flat_map(|path| [path, "\n"]).collect();
        let id = self.commit(&message, tip.as_deref(), release.run, &mut |stream| {
            match before {
                None => writeln!(stream, "deleteall")?,
                Some(before) => {
                    let carried: Vec<&str> = release.manifest.carried(Some(before)).map(|file| &*file.path).collect();
                    let stays = |path: &str| release.manifest.file(path).is_some() || carried.contains(&path);
                    let known = before.files.iter().map(|file| &*file.path).chain(hashed.lines());
                    for path in known.filter(|path| !stays(path)) {
                        writeln!(stream, "D {}", path_in_stream(path))?;
                    }
                }
            }
            for file in release.manifest.changed_since(before) {
                add(stream, &file.path, &fs::read(release.stage.join(&file.path))?)?;
            }
            add(stream, NAME, release.bytes)
        })?;
        self.push(tip.as_deref())?;
        Ok(Published { name: short(&id).to_string(), at: self.shown(), notes: Vec::new() })
    }
}

impl Target for Git {
    fn shown(&self) -> String {
        format!("{} ({})", without_password(&self.remote), self.branch)
    }

    fn standing(&self) -> Result<Standing, Failure> {
        let Some(tip) = self.fetch()? else {
            self.done();
            return Ok(Standing::default());
        };
        let Some(manifest) = self.manifest(&tip)? else {
            self.done();
            let foreign = format!("the branch `{}` holds something that trustbook did not put there", self.branch);
            return Ok(Standing { foreign: Some(foreign), ..Standing::default() });
        };
        let commits = self.commits()?;
        self.done();
        // A commit that goes back is the release that it goes back to: what was before that one is before it.
        let meant = |id: &str| -> Option<&Commit> {
            let mut commit = commits.iter().find(|commit| commit.id == id)?;
            while let Some(back) =
                commit.back.as_ref().and_then(|back| commits.iter().find(|commit| commit.id == *back))
            {
                commit = back;
            }
            Some(commit)
        };
        let ours = commits.iter().filter(|commit| commit.is_ours());
        let kept = ours.map(|commit| Kept {
            name: short(&commit.id).to_string(),
            record: Some(Record {
                published: commit.time.clone(),
                by: commit.by.clone().unwrap_or_default(),
                after: meant(&commit.id)
                    .and_then(|commit| meant(commit.parent.as_ref()?))
                    .filter(|commit| commit.is_ours())
                    .map(|commit| short(&commit.id).to_string()),
            }),
        });
        let kept = kept.collect();
        Ok(Standing { live: Some(Live { name: short(&tip).to_string(), manifest }), kept, foreign: None })
    }

    fn manifest_of(&self, kept: &Kept) -> Result<Manifest, Failure> {
        self.manifest(&kept.name)?.ok_or_else(|| Failure::Refused(format!("{} is no release", kept.name)))
    }

    fn publish(&self, release: &Release<'_>) -> Result<Published, Failure> {
        let published = self.release_of(release);
        self.done();
        published
    }

    fn roll_back(&self, to: &Kept, from: &Live, run: &Run) -> Result<(), Failure> {
        let tip = self.fetch()?;
        let now = tip.as_deref().map(short);
        let Some(tip) = tip.as_ref().filter(|_| now == Some(&*from.name)) else {
            self.done();
            return Err(overtaken(&self.shown(), Some(&from.name), now));
        };
        let back = || -> Result<(), Failure> {
            let id = self
                .run(self.git().args(["rev-parse", &format!("{}^{{commit}}", to.name)]))
                .map_err(|said| self.refused(&said))?;
            let id = String::from_utf8_lossy(&id).trim().to_string();
            let manifest = self.manifest(&id)?.ok_or_else(|| Failure::Refused(format!("{} is no release", to.name)))?;
            let tree = self
                .run(self.git().args(["rev-parse", &format!("{id}^{{tree}}")]))
                .map_err(|said| self.refused(&said))?;
            let tree = String::from_utf8_lossy(&tree).trim().to_string();
            let message = format!("Go back to {}\n\n{BACK}{id}\n{BY}{}\n", to.name, run.by);
            let carried: Vec<String> = manifest.carried(Some(&from.manifest)).map(|file| file.path.clone()).collect();
            let mut blobs = Vec::new();
            for path in &carried {
                if let Ok(blob) = self.run(self.git().args(["rev-parse", &format!("{tip}:{path}")])) {
                    blobs.push((path, String::from_utf8_lossy(&blob).trim().to_string()));
                }
            }
            self.commit(&message, Some(tip), run, &mut |stream| {
                writeln!(stream, "deleteall\nM 040000 {tree} \"\"")?;
                blobs.iter().try_for_each(|(path, blob)| writeln!(stream, "M 100644 {blob} {}", path_in_stream(path)))
            })?;
            self.push(Some(tip))
        };
        let gone = back();
        self.done();
        gone
    }
}

/// What Git said when it failed.
struct Said {
    text: String,
    missing: bool,
}

impl Said {
    fn of_missing(error: &std::io::Error) -> Said {
        Said { text: crate::failure::reason(error), missing: error.kind() == std::io::ErrorKind::NotFound }
    }
}

fn add(stream: &mut dyn Write, path: &str, bytes: &[u8]) -> std::io::Result<()> {
    writeln!(stream, "M 100644 inline {}\ndata {}", path_in_stream(path), bytes.len())?;
    stream.write_all(bytes)?;
    writeln!(stream)
}

/// Whether a file has a name as the theme's files and cards get it: `assets/style.1a2b3c4d.css`.
fn has_hash(path: &str) -> bool {
    let mut parts = path.rsplit('.').skip(1);
    let is_hash = |part: &str| matches!(part.len(), 8 | 16) && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    path.starts_with("assets/") && parts.next().is_some_and(is_hash)
}

/// A path as `fast-import` reads it: quoted, where it would be misread.
fn path_in_stream(path: &str) -> String {
    let path = path.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    format!("\"{path}\"")
}

/// A commit as messages call it.
fn short(id: &str) -> &str {
    id.get(..12).unwrap_or(id)
}

/// An address that may be shown.
fn without_password(address: &str) -> String {
    match (address.find("://"), address.rfind('@')) {
        (Some(scheme), Some(at)) if at > scheme => format!("{}{}", &address[..scheme + 3], &address[at + 1..]),
        _ => address.to_string(),
    }
}

/// What Git said, and what to do about it.
fn trouble(said: &Said, shown: &str) -> String {
    if said.missing {
        return "there is no `git` on this machine: install it".to_string();
    }
    let telling = said.text.lines().map(str::trim).filter(|line| !line.is_empty());
    let telling = telling
        .clone()
        .find(|line| line.starts_with("fatal:") || line.starts_with("error:") || line.starts_with('!'))
        .or(telling.clone().next_back());
    let telling = without_password(telling.unwrap_or("it did not say why"));
    let telling = crate::diagnostic::draw::shortened(&telling, 300);
    let has = |words: &[&str]| words.iter().any(|words| said.text.contains(words));
    let advice = if has(&["No space left", "Disk quota", "File too large", "disk full"]) {
        "a disk is full"
    } else if has(&[
        "Authentication failed",
        "Permission denied",
        "could not read Username",
        "returned error: 403",
        "returned error: 401",
    ]) {
        "it does not let you in: Git has to know a key or a helper with credentials; trustbook asks for no password"
    } else if has(&[
        "Could not resolve host",
        "unable to access",
        "Connection refused",
        "timed out",
        "Connection reset",
    ]) {
        "it cannot be reached"
    } else if has(&["does not appear to be a git repository", "not found", "does not exist"]) {
        "there is no such repository"
    } else if has(&["protected branch", "pre-receive hook declined", "remote rejected"]) {
        "it refuses the push"
    } else {
        "Git failed"
    };
    format!("could not publish to {shown}: {advice}: {telling}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_secret_is_shown() {
        assert_eq!(without_password("https://me:secret@example.com/a.git"), "https://example.com/a.git");
        assert_eq!(without_password("git@example.com:a.git"), "git@example.com:a.git");
        let said = Said {
            text: "fatal: unable to access 'https://me:secret@x/a.git/': Could not resolve host: x".into(),
            missing: false,
        };
        let told = trouble(&said, "origin (pages)");
        assert!(!told.contains("secret") && told.contains("it cannot be reached"), "{told}");
    }

    #[test]
    fn paths_come_through_the_stream() {
        assert_eq!(path_in_stream("a b/\"c\"\\d\ne"), "\"a b/\\\"c\\\"\\\\d\\ne\"");
    }
}
