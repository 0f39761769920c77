//! Events of one save, gathered until it is over.

use crate::load::Touched;
use crate::parse::lock::LOCK;
use notify::event::{AccessKind, AccessMode, CreateKind, ModifyKind};
use notify::{Event, EventKind};
use rustc_hash::FxHashSet;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// What has been heard since the first event.
pub struct Gathered {
    /// When that was.
    pub since: Instant,
    /// Whether a folder has come or gone, or events were lost.
    pub anything: bool,
    /// Whether one of the folders that we watch is another one now.
    pub anew: bool,
    paths: FxHashSet<PathBuf>,
    /// These were not there before; if they are gone again, nobody waits for them.
    came: FxHashSet<PathBuf>,
    /// Somebody began to write into these, and has not closed them yet.
    open: FxHashSet<PathBuf>,
}

/// Whether a save is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is.
    Settled,
    /// A file is open, empty or gone, as if it were about to be written.
    Unsettled,
    /// Version control is at work.
    VersionControl,
}

impl Gathered {
    /// Nothing yet.
    pub fn new(since: Instant) -> Gathered {
        Gathered {
            since,
            anything: false,
            anew: false,
            paths: FxHashSet::default(),
            came: FxHashSet::default(),
            open: FxHashSet::default(),
        }
    }

    /// Whether nothing was about the playbook.
    pub fn is_empty(&self) -> bool {
        !self.anything && !self.anew && self.paths.is_empty()
    }

    /// Adds an event. Whether it was about the playbook at `root`, of which `folders` are watched.
    pub fn add(&mut self, event: &Event, root: &Path, folders: &[PathBuf]) -> bool {
        if event.need_rescan() || event.paths.is_empty() {
            self.anything = true;
            return true;
        }
        let mut ours = false;
        for path in &event.paths {
            if path == root || folders.contains(path) {
                // A folder's own times change whenever something in it does.
                if !matches!(event.kind, EventKind::Modify(ModifyKind::Metadata(_)) | EventKind::Access(_)) {
                    (self.anything, self.anew, ours) = (true, true, true);
                }
                continue;
            }
            if path.parent() == Some(root) {
                match path.file_name().and_then(OsStr::to_str) {
                    Some("trustbook.toml" | LOCK) => {}
                    Some("content" | "static" | "themes") => {
                        (self.anything, self.anew, ours) = (true, true, true);
                        continue;
                    }
                    _ => continue,
                }
            }
            if path.file_name().is_some_and(is_an_editors_own) {
                continue;
            }
            ours = true;
            match event.kind {
                EventKind::Create(CreateKind::Folder) => self.anything = true,
                EventKind::Create(_) if !self.paths.contains(path) => {
                    self.came.insert(path.clone());
                }
                EventKind::Access(AccessKind::Close(AccessMode::Write)) => {
                    self.open.remove(path);
                }
                EventKind::Modify(ModifyKind::Data(_)) if cfg!(target_os = "linux") => {
                    self.open.insert(path.clone());
                }
                EventKind::Modify(ModifyKind::Name(_)) | EventKind::Remove(_) => {
                    self.open.remove(path);
                }
                _ => {}
            }
            self.paths.insert(path.clone());
        }
        ours
    }

    /// Whether the files look as if their writers had done.
    pub fn verdict(&self, root: &Path) -> Verdict {
        let locked = |folder: &Path| folder.join(".git/index.lock").exists();
        if root.ancestors().find(|folder| folder.join(".git").exists()).is_some_and(locked) {
            return Verdict::VersionControl;
        }
        // A file that has gone may come back, and one that is empty be about to be filled. Of thousands nobody asks.
        let unfinished = |path: &PathBuf| match std::fs::symlink_metadata(path) {
            Ok(found) => found.is_file() && found.len() == 0,
            Err(_) => !self.came.contains(path),
        };
        if !self.open.is_empty() || self.paths.iter().take(100).any(unfinished) {
            return Verdict::Unsettled;
        }
        Verdict::Settled
    }

    /// What has to be looked at.
    pub fn touched(self) -> Touched {
        if self.anything { Touched::Anything } else { Touched::Paths(self.paths.into_iter().collect()) }
    }
}

/// Swap files, backups and the like: nobody wants a page of them.
fn is_an_editors_own(name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    name.starts_with(b".#")
        || name.ends_with(b"~")
        || (name.starts_with(b"#") && name.ends_with(b"#"))
        || [&b".swp"[..], b".swx", b".swo", b".tmp", b".bak", b".part", b".crswap", b"___jb_tmp___", b"___jb_old___"]
            .iter()
            .any(|ending| name.ends_with(ending))
        // Vim looks whether it may write into the folder.
        || name == b"4913"
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::event::{DataChange, MetadataKind, RemoveKind, RenameMode};

    const ROOT: &str = "/book";

    fn gathered(events: &[(EventKind, &str)]) -> (Vec<bool>, Gathered) {
        let mut gathered = Gathered::new(Instant::now());
        let folders = [PathBuf::from("/book/content")];
        let ours = events
            .iter()
            .map(|(kind, path)| gathered.add(&Event::new(*kind).add_path(path.into()), Path::new(ROOT), &folders))
            .collect();
        (ours, gathered)
    }

    const WRITTEN: EventKind = EventKind::Modify(ModifyKind::Data(DataChange::Any));
    const CLOSED: EventKind = EventKind::Access(AccessKind::Close(AccessMode::Write));

    #[test]
    fn what_is_none_of_ours_is_not_heard() {
        let (ours, gathered) = gathered(&[
            (WRITTEN, "/book/site"),
            (WRITTEN, "/book/.git"),
            (WRITTEN, "/book/content/.a.md.swp"),
            (WRITTEN, "/book/content/a.md~"),
            (EventKind::Create(CreateKind::File), "/book/content/4913"),
            (EventKind::Modify(ModifyKind::Metadata(MetadataKind::Any)), "/book/content"),
        ]);
        assert_eq!(ours, [false; 6]);
        assert!(gathered.is_empty());
    }

    #[test]
    fn a_file_that_is_being_written_is_waited_for() {
        let (_, open) = gathered(&[(WRITTEN, "/book/content/a.md")]);
        assert_eq!(open.verdict(Path::new(ROOT)), Verdict::Unsettled);
        let (ours, closed) = gathered(&[(WRITTEN, "/book/trustbook.toml"), (CLOSED, "/book/trustbook.toml")]);
        assert_eq!(ours, [true, true]);
        assert!(closed.open.is_empty());
        assert_eq!(closed.touched(), Touched::Paths(vec!["/book/trustbook.toml".into()]));
    }

    #[test]
    fn what_came_and_went_is_not_waited_for() {
        let (_, temporary) = gathered(&[
            (EventKind::Create(CreateKind::File), "/book/content/sedAbC"),
            (WRITTEN, "/book/content/sedAbC"),
            (CLOSED, "/book/content/sedAbC"),
            (EventKind::Modify(ModifyKind::Name(RenameMode::From)), "/book/content/sedAbC"),
        ]);
        assert_eq!(temporary.verdict(Path::new(ROOT)), Verdict::Settled);
        let (_, gone) = gathered(&[(EventKind::Modify(ModifyKind::Name(RenameMode::From)), "/book/content/a.md")]);
        assert_eq!(gone.verdict(Path::new(ROOT)), Verdict::Unsettled);
    }

    #[test]
    fn a_folder_that_comes_or_goes_is_reason_to_look_at_everything() {
        let folder = EventKind::Create(CreateKind::Folder);
        for (kind, path) in [
            (folder, "/book/content/new"),
            (EventKind::Remove(RemoveKind::Folder), "/book/content"),
            (EventKind::Modify(ModifyKind::Name(RenameMode::From)), "/book"),
            (folder, "/book/themes"),
        ] {
            assert_eq!(gathered(&[(kind, path)]).1.touched(), Touched::Anything, "{path}");
        }
    }
}
