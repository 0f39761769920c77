//! Where releases stand: what is live there, how another takes its place, and the way back.
//!
//! A target is asked what stands there before anything is shown to a person; then it is handed a release together with what stood
//! there, and refuses if that has changed meanwhile. Whatever happens on the way, visitors see the old release or the new one,
//! whole; what a killed run left behind, the next one takes away.

pub mod folder;
pub mod git;
#[cfg(feature = "object-storage")]
pub mod object;
pub mod ssh;

use super::guard::{Reason, Refusal};
use super::manifest::{Manifest, NAME, Unreadable};
use crate::failure::Failure;
use crate::playbook::Outlet;
use crate::playbook::outlet::Way;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// A place for releases.
pub trait Target {
    /// What messages call it: `/srv/playbook`, `web.example.com:/srv/playbook`.
    fn shown(&self) -> String;

    /// What stands there. Changes nothing.
    ///
    /// # Errors
    /// It cannot be reached or read.
    fn standing(&self) -> Result<Standing, Failure>;

    /// What is in a release that is kept.
    ///
    /// # Errors
    /// It cannot be read.
    fn manifest_of(&self, kept: &Kept) -> Result<Manifest, Failure>;

    /// Puts a release there, makes it the live one, and takes those away that are too many. Also cleans up after killed runs.
    ///
    /// # Errors
    /// Somebody else is publishing there or has been since it was asked; or it cannot be written. Then the live release is the
    /// one before.
    fn publish(&self, release: &Release<'_>) -> Result<Published, Failure>;

    /// Makes the kept release `to` the live one.
    ///
    /// # Errors
    /// As [`Target::publish`].
    fn roll_back(&self, to: &Kept, from: &Live, run: &Run) -> Result<(), Failure>;
}

/// What stands at a target.
#[derive(Debug, Default)]
pub struct Standing {
    /// What visitors see; none where nothing was published yet.
    pub live: Option<Live>,
    /// Every release that can be gone back to, the newest first, the live one among them.
    pub kept: Vec<Kept>,
    /// What stands there that trustbook did not put there, in words, where publishing would replace it.
    pub foreign: Option<String>,
}

/// The live release.
#[derive(Debug, Clone)]
pub struct Live {
    /// How the target calls it.
    pub name: String,
    /// What is in it.
    pub manifest: Manifest,
}

/// A release that the target keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// How the target calls it: `12-1a2b3c4d`.
    pub name: String,
    /// When and by whom it was published, and after which; where that is known.
    pub record: Option<Record>,
}

/// What is written down beside a release, not in it: a release is the same whoever publishes it, and visitors need not know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Record {
    /// When: `2026-11-22T10:45:46Z`.
    pub published: String,
    /// By whom: `user@host`.
    pub by: String,
    /// Which was live before it; what going back goes to.
    pub after: Option<String>,
}

/// Who publishes, and when.
#[derive(Debug, Clone)]
pub struct Run {
    /// `user@host`.
    pub by: String,
    /// Now.
    pub now: Timestamp,
    /// How many releases stay, the live one included.
    pub keep: usize,
}

/// A release to be put.
#[derive(Debug)]
pub struct Release<'a> {
    /// The folder that its files stand in, and nothing else's.
    pub stage: &'a Path,
    /// What it is.
    pub manifest: &'a Manifest,
    /// The manifest's bytes, which also stand in the stage as [`NAME`].
    pub bytes: &'a [u8],
    /// What was live when the target was asked: it must still be.
    pub seen: Option<&'a Live>,
    /// What is to be said of it, in a line.
    pub summary: &'a str,
    /// Who, and when.
    pub run: &'a Run,
}

/// What a target did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// The release's name.
    pub name: String,
    /// Where it is seen, or what to type to see it.
    pub at: String,
    /// What the person at the terminal should know although it went well.
    pub notes: Vec<String>,
}

/// The target that an outlet of the playbook at `root` describes. `work` is a folder of ours that stays between runs.
///
/// # Errors
/// This program or system has no such targets.
pub fn target(outlet: &Outlet, root: &Path, work: &Path) -> Result<Box<dyn Target>, Failure> {
    match &outlet.way {
        Way::Folder { path } => Ok(Box::new(folder::Folder::new(root, path)?)),
        Way::Ssh { host, path } => Ok(Box::new(ssh::Ssh::new(host, path))),
        Way::Git { remote, branch } => Ok(Box::new(git::Git::new(root, work, remote, branch))),
        #[cfg(feature = "object-storage")]
        Way::Objects { .. } => Ok(Box::new(object::Objects::new(outlet)?)),
        #[cfg(not(feature = "object-storage"))]
        Way::Objects { .. } => Err(Failure::Refused(format!(
            "`{}` is object storage, which this trustbook was built without",
            outlet.name
        ))),
    }
}

impl Release<'_> {
    /// The name that it gets where releases are numbered: a number greater than all others, so that no clock is asked for the
    /// order, and the beginning of its manifest's hash.
    pub fn name_after<'n>(&self, others: impl IntoIterator<Item = &'n str>) -> String {
        use sha2::{Digest, Sha256};
        let last = others.into_iter().filter_map(number).max().unwrap_or(0);
        let hash = super::stage::hex(&Sha256::digest(self.bytes)[..4]);
        format!("{}-{hash}", last + 1)
    }

    /// What is written down beside it.
    pub fn record(&self) -> Record {
        Record {
            published: self.run.now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
            by: self.run.by.clone(),
            after: self.seen.map(|live| live.name.clone()),
        }
    }

    /// The paths of all its files, the manifest's last.
    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.manifest.files.iter().map(|file| &*file.path).chain([NAME])
    }

    /// What was live when the target was asked.
    pub fn before(&self) -> Option<&Manifest> {
        self.seen.map(|live| &live.manifest)
    }
}

impl Standing {
    /// The release to which going back goes: the one that was live before the live one, if it is still kept.
    pub fn before_live(&self) -> Option<&Kept> {
        let live = self.live.as_ref()?;
        let after = self.kept.iter().find(|kept| kept.name == live.name)?.record.as_ref()?.after.as_ref()?;
        self.kept.iter().find(|kept| kept.name == *after)
    }

    /// Why nothing should be put there, as far as what stands there is nobody's that we know.
    pub fn refusals(&self) -> Vec<Refusal> {
        let foreign = self.foreign.iter();
        foreign.map(|what| Refusal { reason: Reason::Foreign, sentence: what.clone() }).collect()
    }
}

/// The number in a release's name; none where it is no such name.
pub fn number(name: &str) -> Option<u64> {
    let (number, hash) = name.split_once('-')?;
    let good = hash.len() == 8 && hash.bytes().all(|byte| byte.is_ascii_hexdigit());
    if good && number.bytes().all(|byte| byte.is_ascii_digit()) { number.parse().ok() } else { None }
}

/// Which of the releases are too many: all but the live one and those that going back leads to, one after the other, up to
/// `keep` in all. What was gone back from is too many as soon as something else is published.
pub fn too_many<'k>(kept: &'k [Kept], live: &str, keep: usize) -> Vec<&'k str> {
    let mut stay = Vec::new();
    let mut next = Some(live);
    while let Some(name) = next.filter(|name| stay.len() < keep && !stay.contains(name)) {
        stay.push(name);
        let release = kept.iter().find(|kept| kept.name == name);
        next = release.and_then(|kept| kept.record.as_ref()).and_then(|record| record.after.as_deref());
    }
    kept.iter().map(|kept| &*kept.name).filter(|name| !stay.contains(name)).collect()
}

/// The manifest of the live release of a target, or why it cannot be compared with.
///
/// # Errors
/// It is a newer program's, or damaged.
pub fn read_manifest(bytes: &[u8], shown: &str) -> Result<Manifest, Failure> {
    Manifest::read(bytes).map_err(|why| {
        Failure::Refused(match why {
            Unreadable::Newer(format) => format!(
                "a newer trustbook published to {shown} ({NAME} has format {format}): take that one, or a newer one yet"
            ),
            Unreadable::Other(why) => format!("{NAME} of the live release at {shown} cannot be read: {why}"),
        })
    })
}

/// Somebody published in between.
pub fn overtaken(shown: &str, seen: Option<&str>, now: Option<&str>) -> Failure {
    let said = |name: Option<&str>| name.map_or_else(|| "nothing".to_string(), |name| format!("release {name}"));
    Failure::Refused(format!(
        "somebody else published to {shown} meanwhile: it had {}, now it has {}. Nothing was changed; run it again to see what \
         would change now",
        said(seen),
        said(now)
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(name: &str, after: Option<&str>) -> Kept {
        let record = Record { published: String::new(), by: String::new(), after: after.map(str::to_string) };
        Kept { name: name.into(), record: Some(record) }
    }

    #[test]
    fn those_that_lead_back_stay() {
        let all = [
            kept("1-00000000", None),
            kept("2-00000000", Some("1-00000000")),
            kept("3-00000000", Some("2-00000000")),
            // Gone back from.
            kept("4-00000000", Some("3-00000000")),
            kept("5-00000000", Some("3-00000000")),
        ];
        assert_eq!(too_many(&all, "5-00000000", 3), ["1-00000000", "4-00000000"]);
        assert_eq!(too_many(&all, "5-00000000", 1).len(), 4);
        assert_eq!(too_many(&all, "5-00000000", 9), ["4-00000000"]);
        // A circle, as damage may make one, ends.
        assert_eq!(too_many(&[kept("a", Some("b")), kept("b", Some("a"))], "a", 9).len(), 0);
    }

    #[test]
    fn names_are_numbered() {
        assert_eq!(number("12-1a2b3c4d"), Some(12));
        assert!(
            [".new-12-1a2b3c4d", "12", "12-1a2b", "x-1a2b3c4d", "+1-1a2b3c4d", "1-1a2b3c4d.json"]
                .iter()
                .all(|name| number(name).is_none())
        );
    }
}
