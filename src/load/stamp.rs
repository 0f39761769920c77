//! A file's metadata to a [`Stamp`], which tells one version of a file from another without reading it.

use std::fs::Metadata;
use std::path::Path;
use std::time::{Duration, SystemTime};

/// Length, time and identity of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Stamp {
    length: u64,
    /// Nanoseconds since 1970.
    modified: u128,
    /// Number on its disk and time of its last change of any kind, where the system tells.
    identity: (u64, i64),
}

/// The coarsest clock of a file system that is still in use: two writes within it may bear one time.
const COARSE: Duration = Duration::from_secs(2);

impl Stamp {
    /// The stamp of a file with this metadata.
    pub fn of(found: &Metadata) -> Stamp {
        let modified = found.modified().ok().and_then(since_1970).unwrap_or_default().as_nanos();
        Stamp { length: found.len(), modified, identity: identity(found) }
    }

    /// The stamp of the file that a path leads to, if there is one.
    pub fn at(disk: &Path) -> Option<Stamp> {
        std::fs::metadata(disk).ok().map(|found| Stamp::of(&found))
    }

    /// Whether the file was written so short a time ago that its next version may bear the same stamp.
    pub fn is_fresh(&self) -> bool {
        since_1970(SystemTime::now()).is_none_or(|now| now.as_nanos() < self.modified + COARSE.as_nanos())
    }
}

fn since_1970(time: SystemTime) -> Option<Duration> {
    time.duration_since(SystemTime::UNIX_EPOCH).ok()
}

#[cfg(unix)]
fn identity(found: &Metadata) -> (u64, i64) {
    use std::os::unix::fs::MetadataExt;
    (found.ino(), found.ctime() * 1_000_000_000 + found.ctime_nsec())
}

#[cfg(not(unix))]
fn identity(_: &Metadata) -> (u64, i64) {
    (0, 0)
}
