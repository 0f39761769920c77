//! Releases beside each other in a folder, and a link to the live one.
//!
//! ```text
//! PATH/.trustbook-publish           says that the folder is ours; locked while somebody publishes
//! PATH/current -> releases/12-…     what the web server shows
//! PATH/releases/12-1a2b3c4d/        a release, files that did not change being one file with those of the release before
//! PATH/releases/12-1a2b3c4d.json    when, by whom, after which
//! ```
//!
//! A release is made under another name, renamed when it is whole, and then the link is exchanged by a rename.

use super::{
    Kept, Live, Published, Record, Release, Run, Standing, Target, number, overtaken, read_manifest, too_many,
};
use crate::failure::Failure;
use crate::publish::manifest::{FileEntry, Manifest, NAME};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

/// Says that a folder is ours, and is locked by whoever publishes.
pub const MARK: &str = ".trustbook-publish";
/// What the mark says first.
pub const HEADER: &str = "trustbook publishes to this folder and cleans releases/ in it.\n";
/// In front of what is not whole yet.
pub const UNFINISHED: &str = ".new-";
/// The link to the live release.
pub const CURRENT: &str = "current";
/// The folder of releases.
pub const RELEASES: &str = "releases";

/// A folder of this machine, or one that is mounted.
#[derive(Debug)]
pub struct Folder {
    shown: String,
    path: PathBuf,
}

impl Folder {
    /// The folder `path`, relative to the playbook's `root`.
    ///
    /// # Errors
    /// It is one that nothing may be published to, such as the playbook itself.
    pub fn new(root: &Path, path: &str) -> Result<Folder, Failure> {
        if cfg!(not(unix)) {
            return Err(Failure::Refused(format!(
                "{path} cannot be published to from this system, which has no links to folders: use ssh, git or object storage"
            )));
        }
        let path = root.join(path);
        let path = crate::write::place(&path, root)?;
        Ok(Folder { shown: path.display().to_string(), path })
    }

    fn failed(&self, verb: &'static str, path: &Path) -> impl Fn(io::Error) -> Failure + use<> {
        let path = path.to_path_buf();
        move |error| Failure::new(verb, path.clone(), error)
    }

    fn release(&self, name: &str) -> PathBuf {
        self.path.join(RELEASES).join(name)
    }

    /// The name of the live release.
    fn current(&self) -> Result<Option<String>, Failure> {
        let link = self.path.join(CURRENT);
        let target = match fs::read_link(&link) {
            Ok(target) => target,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) if error.kind() == io::ErrorKind::InvalidInput => {
                return Err(Failure::Refused(format!("{} is no link of ours: move it away", link.display())));
            }
            Err(error) => return Err(Failure::new("read", link, error)),
        };
        let name = target.strip_prefix(RELEASES).ok().and_then(Path::to_str).filter(|name| number(name).is_some());
        let name = name.map(str::to_string);
        name.map(Some).ok_or_else(|| Failure::Refused(format!("{} leads to no release: move it away", link.display())))
    }

    /// Every release, the newest first.
    fn kept(&self) -> Result<Vec<Kept>, Failure> {
        let folder = self.path.join(RELEASES);
        let entries = match fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(Failure::new("read", folder, error)),
        };
        let mut kept = Vec::new();
        for entry in entries {
            let entry = entry.map_err(self.failed("read", &folder))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if number(&name).is_some() && entry.file_type().is_ok_and(|kind| kind.is_dir()) {
                let record = fs::read(folder.join(format!("{name}.json"))).ok();
                let record = record.and_then(|bytes| serde_json::from_slice::<Record>(&bytes).ok());
                kept.push(Kept { name, record });
            }
        }
        kept.sort_by_key(|kept| std::cmp::Reverse(number(&kept.name)));
        Ok(kept)
    }

    /// Refuses a folder that holds other things: nobody else's is ever filled.
    fn examine(&self) -> Result<(), Failure> {
        let entries = match fs::read_dir(&self.path) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(Failure::new("read", &self.path, error)),
        };
        if self.path.join(MARK).is_file() {
            return Ok(());
        }
        match entries.flatten().map(|entry| entry.file_name()).min() {
            None => Ok(()),
            Some(name) => Err(Failure::Refused(not_ours(&self.shown, &name.to_string_lossy()))),
        }
    }

    /// Takes the folder for ourselves, until what is returned is dropped.
    fn lock(&self, run: &Run) -> Result<File, Failure> {
        fs::create_dir_all(&self.path).map_err(self.failed("create", &self.path))?;
        let path = self.path.join(MARK);
        let failed = self.failed("write", &path);
        let mut mark =
            File::options().read(true).write(true).create(true).truncate(false).open(&path).map_err(&failed)?;
        match mark.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                let mut said = String::new();
                let _ = mark.read_to_string(&mut said);
                let owner = said.strip_prefix(HEADER).unwrap_or_default().trim().to_string();
                return Err(Failure::Refused(busy(&self.shown, &owner)));
            }
            // A file system without locks: then only the look before the switch keeps two publishers apart.
            Err(TryLockError::Error(_)) => {}
        }
        // Over what stands there, and cut after it: who looks meanwhile finds a name.
        let said = format!("{HEADER}{}\n", owner(run));
        mark.seek(SeekFrom::Start(0))
            .and_then(|_| mark.write_all(said.as_bytes()))
            .and_then(|()| mark.set_len(said.len() as u64))
            .map_err(&failed)?;
        // After the mark, without which a folder that holds anything is not ours.
        let releases = self.path.join(RELEASES);
        fs::create_dir_all(&releases).map_err(self.failed("create", &releases))?;
        Ok(mark)
    }

    /// Refuses where another release is live than the one that was seen.
    fn expect(&self, seen: Option<&Live>) -> Result<(), Failure> {
        let (now, seen) = (self.current()?, seen.map(|live| &*live.name));
        if now.as_deref() == seen { Ok(()) } else { Err(overtaken(&self.shown, seen, now.as_deref())) }
    }

    /// Takes away what killed runs left.
    fn clean(&self) -> Result<(), Failure> {
        let folder = self.path.join(RELEASES);
        for entry in fs::read_dir(&folder).map_err(self.failed("read", &folder))? {
            let entry = entry.map_err(self.failed("read", &folder))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let path = entry.path();
            let alone = name
                .strip_suffix(".json")
                .is_some_and(|release| number(release).is_some() && !self.release(release).exists());
            if name.starts_with(UNFINISHED) || alone {
                let removed = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
                removed.map_err(self.failed("clean up", &path))?;
            }
        }
        for entry in fs::read_dir(&self.path).map_err(self.failed("read", &self.path))?.flatten() {
            if entry.file_name().to_string_lossy().starts_with(&format!("{UNFINISHED}{CURRENT}")) {
                fs::remove_file(entry.path()).map_err(self.failed("clean up", &entry.path()))?;
            }
        }
        Ok(())
    }

    /// Makes the release in a folder of its own.
    fn fill(&self, release: &Release<'_>, fresh: &Path) -> Result<(), Failure> {
        let before = release.seen.map(|live| (self.release(&live.name), &live.manifest));
        let made = before.as_ref().and_then(|(folder, _)| fs::metadata(folder.join(NAME)).ok()?.modified().ok());
        let folders: BTreeSet<&str> = release
            .manifest
            .files
            .iter()
            .chain(release.manifest.carried(release.before()))
            .filter_map(|file| file.path.rsplit_once('/').map(|(folder, _)| folder))
            .collect();
        fs::create_dir(fresh).map_err(self.failed("write", fresh))?;
        for folder in folders {
            fs::create_dir_all(fresh.join(folder)).map_err(self.failed("write", &fresh.join(folder)))?;
        }
        let put = |file: &FileEntry| -> Result<(), Failure> {
            let to = fresh.join(&file.path);
            if let Some((folder, manifest)) = &before
                && manifest.file(&file.path).is_some_and(|known| known.sha256 == file.sha256)
                && linked(&folder.join(&file.path), &to, file, made)
            {
                return Ok(());
            }
            let from = release.stage.join(&file.path);
            fs::copy(&from, &to).map(drop).map_err(self.failed("write", &to))
        };
        release.manifest.files.par_iter().try_for_each(put)?;
        if let Some((folder, _)) = &before {
            carry(release.manifest, release.before(), folder, fresh);
        }
        // Last, so that no other file is newer.
        let manifest = fresh.join(NAME);
        fs::write(&manifest, release.bytes).map_err(self.failed("write", &manifest))
    }

    fn write_record(&self, name: &str, record: &Record) -> Result<(), Failure> {
        let beside = self.release(&format!("{UNFINISHED}{name}.json"));
        let failed = self.failed("write", &self.release(&format!("{name}.json")));
        let bytes = serde_json::to_vec(record).expect("a record has texts only");
        fs::write(&beside, bytes).map_err(&failed)?;
        fs::rename(&beside, self.release(&format!("{name}.json"))).map_err(&failed)
    }

    /// The moment at which visitors see another release.
    fn switch(&self, name: &str) -> Result<(), Failure> {
        let current = self.path.join(CURRENT);
        let beside = self.path.join(format!("{UNFINISHED}{CURRENT}-{}", std::process::id()));
        link_to(&Path::new(RELEASES).join(name), &beside)
            .and_then(|()| fs::rename(&beside, &current))
            .map_err(self.failed("switch", &current))
    }
}

impl Target for Folder {
    fn shown(&self) -> String {
        self.shown.clone()
    }

    fn standing(&self) -> Result<Standing, Failure> {
        self.examine()?;
        let live = match self.current()? {
            None => None,
            Some(name) => {
                let kept = Kept { name, record: None };
                Some(Live { manifest: self.manifest_of(&kept)?, name: kept.name })
            }
        };
        Ok(Standing { live, kept: self.kept()?, foreign: None })
    }

    fn manifest_of(&self, kept: &Kept) -> Result<Manifest, Failure> {
        let path = self.release(&kept.name).join(NAME);
        let bytes = fs::read(&path).map_err(self.failed("read", &path))?;
        read_manifest(&bytes, &self.shown)
    }

    fn publish(&self, release: &Release<'_>) -> Result<Published, Failure> {
        self.examine()?;
        let _locked = self.lock(release.run)?;
        self.expect(release.seen)?;
        self.clean()?;
        let name = release.name_after(self.kept()?.iter().map(|kept| &*kept.name));
        let fresh = self.release(&format!("{UNFINISHED}{name}"));
        let made = self
            .fill(release, &fresh)
            .and_then(|()| self.write_record(&name, &release.record()))
            .and_then(|()| {
                self.expect(release.seen)?;
                let whole = self.release(&name);
                fs::rename(&fresh, &whole).map_err(self.failed("write", &whole))
            })
            .and_then(|()| self.switch(&name));
        if let Err(failure) = made {
            // A full disk is given back what we took.
            let _ = fs::remove_dir_all(&fresh);
            let _ = self.clean();
            return Err(failure);
        }
        let mut notes = Vec::new();
        for name in too_many(&self.kept()?, &name, release.run.keep) {
            // First its name: a killed run leaves nothing that looks like a release.
            let aside = self.release(&format!("{UNFINISHED}{name}"));
            let removed = fs::rename(self.release(name), &aside).and_then(|()| fs::remove_dir_all(&aside));
            if let Err(error) = removed {
                notes.push(format!("release {name} could not be removed: {}", crate::failure::reason(&error)));
            }
            let _ = fs::remove_file(self.release(&format!("{name}.json")));
        }
        Ok(Published { name, at: self.path.join(CURRENT).display().to_string(), notes })
    }

    fn roll_back(&self, to: &Kept, from: &Live, run: &Run) -> Result<(), Failure> {
        let _locked = self.lock(run)?;
        self.expect(Some(from))?;
        let (folder, live) = (self.release(&to.name), self.release(&from.name));
        let manifest = self.manifest_of(to)?;
        carry(&manifest, Some(&from.manifest), &live, &folder);
        self.switch(&to.name)
    }
}

/// Who publishes, for whoever comes second.
pub fn owner(run: &Run) -> String {
    format!("{}, process {}, since {}", run.by, std::process::id(), run.now.strftime("%Y-%m-%d %H:%M:%S UTC"))
}

/// Something of somebody else's stands there.
pub fn not_ours(shown: &str, name: &str) -> String {
    format!("{shown} holds other things ({name}): name an empty folder, or a new one")
}

/// Somebody publishes at this moment.
pub fn busy(shown: &str, owner: &str) -> String {
    let owner = if owner.is_empty() { "somebody else" } else { owner };
    format!(
        "{shown} is being published to at this moment ({owner}): nothing was changed; run it again when they are done"
    )
}

/// Gives the file of the release before another name in this one. False where it is not as it was left there.
fn linked(old: &Path, new: &Path, file: &FileEntry, made: Option<SystemTime>) -> bool {
    let untouched = fs::symlink_metadata(old).is_ok_and(|found| {
        found.is_file()
            && found.len() == file.size
            && found.modified().is_ok_and(|modified| made.is_some_and(|made| modified <= made))
    });
    untouched && fs::hard_link(old, new).is_ok()
}

/// Keeps the files in reach that a browser which read a page of the other release may still ask for. That one of them is missing is
/// no reason to stop.
fn carry(manifest: &Manifest, other: Option<&Manifest>, from: &Path, to: &Path) {
    for file in manifest.carried(other) {
        let (old, new) = (from.join(&file.path), to.join(&file.path));
        if let Some(folder) = new.parent() {
            let _ = fs::create_dir_all(folder);
        }
        let _ = fs::hard_link(&old, &new).or_else(|_| fs::copy(&old, &new).map(drop));
    }
}

#[cfg(unix)]
fn link_to(target: &Path, link: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(target, link)
}

/// Refused before anything is begun.
#[cfg(not(unix))]
fn link_to(_target: &Path, _link: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}
