//! Object storage, in one of two layouts.
//!
//! ```text
//! PREFIX/.trustbook/live.json                 which release is live: written last, and only over the one that was seen
//! PREFIX/.trustbook/releases/12-….json        when, by whom, after which; its manifest as 12-….manifest.json
//! PREFIX/.trustbook/pending.json              addresses that a run is about to change; there as long as it has not ended
//! PREFIX/.trustbook/lock.json                 who publishes at this moment
//! ```
//!
//! The site itself stands at its addresses (`addresses.rs`), for a bucket that visitors read, or in releases beside each other
//! (`releases.rs`), for a web server in front of it that asks `live.json` which one to show.

mod addresses;
mod failed;
mod lock;
mod releases;
mod store;

use super::{Kept, Live, Published, Record, Release, Run, Standing, Target, number, overtaken, read_manifest};
use crate::failure::Failure;
use crate::playbook::Outlet;
use crate::playbook::outlet::{Layout, Way};
use crate::publish::manifest::{FileEntry, Manifest};
use addresses::doubted;
use failed::Trouble;
use lock::Lock;
use object_store::path::Path as Key;
use object_store::{
    Attribute, Attributes, Error, ObjectStore, ObjectStoreExt, PutMode, PutOptions, PutPayload, UpdateVersion,
};
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use tokio::runtime::Runtime;
use tokio::task::JoinSet;

/// What is ours and no part of the site.
const OWN: &str = ".trustbook";
/// So many requests are under way at once, where files are sent.
const AT_ONCE: usize = 16;
/// For files whose names say all that is in them.
const FOR_EVER: &str = "max-age=31536000, immutable";
/// For all others: kept, and asked for anew each time.
const ASKED_ANEW: &str = "no-cache";
const JSON: &str = "application/json";

/// A bucket, or a part of one.
pub struct Objects {
    place: Arc<Bucket>,
    runtime: Runtime,
    identity: String,
}

/// What every request needs.
struct Bucket {
    store: Arc<dyn ObjectStore>,
    prefix: String,
    shown: String,
    layout: Layout,
}

/// Which release is live.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Mark {
    name: String,
    /// Whether its files stand in a folder of the release, not at their addresses.
    #[serde(default)]
    in_releases: bool,
    /// Files of the one before it that visitors of its pages may still ask for.
    carried: Vec<FileEntry>,
}

/// Addresses of which nobody knows what stands there.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Pending {
    /// As of a [`Mark`].
    #[serde(default)]
    in_releases: bool,
    paths: BTreeSet<String>,
}

/// From one release to another.
struct Move<'a> {
    name: &'a str,
    manifest: &'a Manifest,
    bytes: &'a [u8],
    seen: Option<&'a Live>,
    files: Files<'a>,
    run: &'a Run,
}

/// Where the files of a release come from.
enum Files<'a> {
    /// This machine: it is a new one, of which something is written down.
    Staged(&'a Path, Record),
    /// The storage, which keeps them: it is gone back to.
    Kept,
}

impl Files<'_> {
    /// What is written down of a new release.
    fn record(&self) -> Option<&Record> {
        match self {
            Files::Staged(_, record) => Some(record),
            Files::Kept => None,
        }
    }
}

impl Objects {
    /// The bucket that an outlet describes.
    ///
    /// # Errors
    /// It is described so that it cannot be asked for.
    pub fn new(outlet: &Outlet) -> Result<Objects, Failure> {
        let Way::Objects { layout, .. } = &outlet.way else {
            return Err(Failure::Refused(format!("`{}` is no object storage", outlet.name)));
        };
        let (store, prefix, shown) = store::store(outlet)?;
        Objects::over(store, &prefix, &shown, *layout, &lock::identity())
    }

    /// What lies behind `prefix` in any store, for a publisher of this `identity`.
    ///
    /// # Errors
    /// There is no thread to be had.
    pub fn over(
        store: Arc<dyn ObjectStore>,
        prefix: &str,
        shown: &str,
        layout: Layout,
        identity: &str,
    ) -> Result<Objects, Failure> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .map_err(|error| Failure::Refused(format!("could not start to publish: {error}")))?;
        let place = Arc::new(Bucket { store, prefix: prefix.into(), shown: shown.into(), layout });
        Ok(Objects { place, runtime, identity: identity.into() })
    }

    /// Locks, moves from one release to another, and unlocks.
    async fn moved(&self, to: &Move<'_>) -> Result<Vec<String>, Failure> {
        let place = &self.place;
        let lock = Lock::take(place.clone(), to.run, &self.identity).await?;
        let moved = match place.layout {
            Layout::Addresses => place.replace(to, &lock).await,
            Layout::Releases => place.exchange(to, &lock).await,
        };
        lock.give_back().await;
        let mut notes = moved?;
        notes.extend(lock.note());
        Ok(notes)
    }
}

impl Target for Objects {
    fn shown(&self) -> String {
        self.place.shown.clone()
    }

    fn standing(&self) -> Result<Standing, Failure> {
        self.runtime.block_on(self.place.standing())
    }

    fn manifest_of(&self, kept: &Kept) -> Result<Manifest, Failure> {
        self.runtime.block_on(self.place.manifest(&kept.name))
    }

    fn publish(&self, release: &Release<'_>) -> Result<Published, Failure> {
        self.runtime.block_on(async {
            if let Some(foreign) = self.place.foreign().await? {
                return Err(Failure::Refused(foreign));
            }
            let kept = self.place.kept().await?;
            let name = release.name_after(kept.iter().map(|kept| &*kept.name));
            let to = Move {
                name: &name,
                manifest: release.manifest,
                bytes: release.bytes,
                seen: release.seen,
                files: Files::Staged(release.stage, release.record()),
                run: release.run,
            };
            let notes = self.moved(&to).await?;
            Ok(Published { name: name.clone(), at: self.place.shown.clone(), notes })
        })
    }

    fn roll_back(&self, to: &Kept, from: &Live, run: &Run) -> Result<(), Failure> {
        self.runtime.block_on(async {
            let manifest = self.place.manifest(&to.name).await?;
            let bytes = manifest.bytes();
            let (seen, files) = (Some(from), Files::Kept);
            let to = Move { name: &to.name, manifest: &manifest, bytes: &bytes, seen, files, run };
            self.moved(&to).await.map(drop)
        })
    }
}

impl Bucket {
    /// The key of a file of the site, or of ours.
    fn key(&self, path: &str) -> Result<Key, Failure> {
        Key::parse(format!("{}{path}", self.prefix))
            .map_err(|error| Failure::Refused(format!("{path} cannot be the name of an object: {error}")))
    }

    fn own(&self, path: &str) -> Result<Key, Failure> {
        self.key(&format!("{OWN}/{path}"))
    }

    fn trouble(&self, verb: &'static str, what: &str) -> Trouble {
        Trouble::new(&self.shown, verb, what)
    }

    /// An object and its version, where there is one.
    async fn read(&self, path: &str) -> Result<Option<(Vec<u8>, UpdateVersion)>, Failure> {
        let failed = self.trouble("read", path);
        let found = match self.store.get(&self.key(path)?).await {
            Ok(found) => found,
            Err(Error::NotFound { source, .. }) if !failed::is_no_bucket(&source.to_string()) => return Ok(None),
            Err(error) => return Err(failed.over(error)),
        };
        let version = UpdateVersion { e_tag: found.meta.e_tag.clone(), version: found.meta.version.clone() };
        let bytes = found.bytes().await.map_err(|error| failed.over(error))?;
        Ok(Some((bytes.to_vec(), version)))
    }

    async fn read_own<T: for<'de> Deserialize<'de>>(&self, name: &str) -> Result<Option<(T, UpdateVersion)>, Failure> {
        let path = format!("{OWN}/{name}");
        let Some((bytes, version)) = self.read(&path).await? else { return Ok(None) };
        let value = serde_json::from_slice(&bytes)
            .map_err(|error| Failure::Refused(format!("{path} at {} cannot be read: {error}", self.shown)))?;
        Ok(Some((value, version)))
    }

    async fn write(&self, path: &str, bytes: Vec<u8>, media: &str, cache: &'static str) -> Result<(), Failure> {
        let attributes = [(Attribute::ContentType, media), (Attribute::CacheControl, cache)];
        let put = self.put(path, bytes, &attributes, PutMode::Overwrite).await;
        put.map_err(|error| self.trouble("write", path).over(error))
    }

    /// Sends a file of a release from this machine.
    async fn send(&self, stage: &Path, file: &FileEntry, path: &str) -> Result<(), Failure> {
        let disk = stage.join(&file.path);
        let bytes = tokio::fs::read(&disk).await.map_err(|error| Failure::new("read", &disk, error))?;
        self.write(path, bytes, &file.media, if file.immutable { FOR_EVER } else { ASKED_ANEW }).await
    }

    async fn put(
        &self,
        path: &str,
        bytes: Vec<u8>,
        attributes: &[(Attribute, &str)],
        mode: PutMode,
    ) -> Result<(), Error> {
        let key = Key::parse(format!("{}{path}", self.prefix))?;
        let attributes: Attributes = attributes.iter().map(|(name, value)| (name.clone(), value.to_string())).collect();
        let options = PutOptions { mode, attributes, ..PutOptions::default() };
        self.store.put_opts(&key, PutPayload::from(bytes), options).await.map(drop)
    }

    async fn write_own<T: Serialize>(&self, name: &str, value: &T) -> Result<(), Failure> {
        self.write(&format!("{OWN}/{name}"), json(value), JSON, ASKED_ANEW).await
    }

    async fn delete(&self, path: &str) -> Result<(), Failure> {
        match self.store.delete(&self.key(path)?).await {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(self.trouble("delete", path).over(error)),
        }
    }

    /// Copies an object. False where there is none.
    async fn copied(&self, from: &str, to: &str) -> Result<bool, Failure> {
        match self.store.copy(&self.key(from)?, &self.key(to)?).await {
            Ok(()) => Ok(true),
            Err(Error::NotFound { .. }) => Ok(false),
            Err(error) => Err(self.trouble("copy", from).over(error)),
        }
    }

    /// Copies an object that has to be there.
    async fn copy(&self, from: &str, to: &str) -> Result<(), Failure> {
        match self.copied(from, to).await? {
            true => Ok(()),
            false => Err(Failure::Refused(format!("{from} is no longer at {}: somebody took it away", self.shown))),
        }
    }

    /// The names of what stands in one of our folders.
    async fn names_in(&self, folder: &str) -> Result<FxHashSet<String>, Failure> {
        let key = self.own(folder)?;
        let list = self.store.list_with_delimiter(Some(&key)).await;
        let list = list.map_err(|error| self.trouble("list", folder).over(error))?;
        Ok(list.objects.iter().filter_map(|found| found.location.filename().map(str::to_string)).collect())
    }

    async fn manifest(&self, name: &str) -> Result<Manifest, Failure> {
        match self.read(&format!("{OWN}/releases/{name}.manifest.json")).await? {
            Some((bytes, _)) => read_manifest(&bytes, &self.shown),
            None => Err(Failure::Refused(format!("the manifest of release {name} is no longer at {}", self.shown))),
        }
    }

    /// Refuses what was begun in the other layout.
    fn laid_out(&self, in_releases: bool) -> Result<(), Failure> {
        let theirs = if in_releases { Layout::Releases } else { Layout::Addresses };
        if theirs == self.layout {
            return Ok(());
        }
        Err(Failure::Refused(format!(
            "the site at {} was published with `layout = \"{}\"`, not \"{}\": say so too, or give this one another bucket or \
             `prefix`",
            self.shown,
            theirs.word(),
            self.layout.word()
        )))
    }

    /// What stands there that is not ours.
    async fn foreign(&self) -> Result<Option<String>, Failure> {
        if self.read(Layout::LIVE).await?.is_some() {
            return Ok(None);
        }
        if let Some((pending, _)) = self.read_own::<Pending>("pending.json").await? {
            return self.laid_out(pending.in_releases).map(|()| None);
        }
        let key = Key::parse(&self.prefix).ok().filter(|_| !self.prefix.is_empty());
        let list = self.store.list_with_delimiter(key.as_ref()).await;
        let list = list.map_err(|error| self.trouble("list", "objects").over(error))?;
        let objects = list.objects.iter().filter_map(|found| found.location.filename());
        let folders = list.common_prefixes.iter().filter_map(|found| found.filename());
        let first = objects.chain(folders).filter(|name| *name != OWN).min();
        Ok(first.map(|name| {
            format!("{} holds other things ({name}): give the site a bucket or a `prefix` of its own", self.shown)
        }))
    }

    async fn standing(&self) -> Result<Standing, Failure> {
        let Some((mark, _)) = self.read_own::<Mark>("live.json").await? else {
            return match self.foreign().await? {
                // Nobody else's objects are ever overwritten: `--allow` is for what can be gone back from.
                Some(foreign) => Err(Failure::Refused(foreign)),
                None => Ok(Standing::default()),
            };
        };
        self.laid_out(mark.in_releases)?;
        let mut manifest = self.manifest(&mark.name).await?;
        for path in self.pending().await?.paths {
            doubted(&mut manifest, path);
        }
        let mut kept = self.kept().await?;
        for kept in &mut kept {
            // One that cannot be read is no reason to show nothing.
            kept.record =
                self.read_own(&format!("releases/{}.json", kept.name)).await.ok().flatten().map(|(record, _)| record);
        }
        Ok(Standing { live: Some(Live { name: mark.name, manifest }), kept, foreign: None })
    }

    async fn pending(&self) -> Result<Pending, Failure> {
        Ok(self.read_own("pending.json").await?.map(|(pending, _)| pending).unwrap_or_default())
    }

    /// Every release, the newest first, without records.
    async fn kept(&self) -> Result<Vec<Kept>, Failure> {
        let names = self.names_in("releases").await?;
        let names = names.iter().filter_map(|name| name.strip_suffix(".manifest.json"));
        let mut kept: Vec<Kept> = names
            .filter(|name| number(name).is_some())
            .map(|name| Kept { name: name.to_string(), record: None })
            .collect();
        kept.sort_by_key(|kept| std::cmp::Reverse(number(&kept.name)));
        Ok(kept)
    }

    /// Every release with what is written beside it.
    async fn recorded(&self) -> Result<Vec<Kept>, Failure> {
        let mut kept = self.kept().await?;
        for kept in &mut kept {
            kept.record = self.read_own(&format!("releases/{}.json", kept.name)).await?.map(|(record, _)| record);
        }
        Ok(kept)
    }

    /// The mark of the live release and its version, if that is still the one that was seen.
    async fn expected(&self, seen: Option<&Live>) -> Result<Option<(Mark, UpdateVersion)>, Failure> {
        let mark = self.read_own::<Mark>("live.json").await?;
        let (now, seen) = (mark.as_ref().map(|(mark, _)| &*mark.name), seen.map(|live| &*live.name));
        if now == seen { Ok(mark) } else { Err(overtaken(&self.shown, seen, now)) }
    }

    /// Writes what is known of a release; its manifest first: a record alone would be found by nobody.
    async fn note(&self, to: &Move<'_>, record: &Record) -> Result<(), Failure> {
        let path = format!("{OWN}/releases/{}.manifest.json", to.name);
        self.write(&path, to.bytes.to_vec(), JSON, ASKED_ANEW).await?;
        self.write_own(&format!("releases/{}.json", to.name), record).await
    }

    /// Takes away what is known of a release; its manifest last.
    async fn forget(&self, name: &str) -> Result<(), Failure> {
        self.delete(&format!("{OWN}/releases/{name}.json")).await?;
        self.delete(&format!("{OWN}/releases/{name}.manifest.json")).await
    }

    /// Says that a release is live, if what is live is still what it was at that `version`.
    async fn mark(&self, mark: &Mark, version: Option<UpdateVersion>, seen: Option<&Live>) -> Result<(), Failure> {
        let attributes = [
            (Attribute::ContentType, JSON),
            (Attribute::CacheControl, ASKED_ANEW),
            (Attribute::Metadata(Layout::MARKED.into()), &mark.name),
        ];
        let put = |mode| self.put(Layout::LIVE, json(mark), &attributes, mode);
        let written = match put(version.map_or(PutMode::Create, PutMode::Update)).await {
            Err(Error::NotImplemented { .. } | Error::NotSupported { .. }) => put(PutMode::Overwrite).await,
            written => written,
        };
        match written {
            Err(Error::Precondition { .. } | Error::AlreadyExists { .. }) => {
                let now = self.read_own::<Mark>("live.json").await?.map(|(mark, _)| mark.name);
                // It was heard, but not answered, and sent again.
                if now.as_deref() == Some(&*mark.name) {
                    return Ok(());
                }
                Err(overtaken(&self.shown, seen.map(|live| &*live.name), now.as_deref()))
            }
            written => written.map_err(|error| self.trouble("write", "live.json").over(error)),
        }
    }

    /// Does something for each of some files, `at_once` of them side by side, as long as the lock is ours.
    async fn each<'f, F, Done>(
        self: &Arc<Self>,
        files: impl IntoIterator<Item = &'f FileEntry>,
        at_once: usize,
        lock: &Arc<Lock>,
        act: F,
    ) -> Result<(), Failure>
    where
        F: Fn(Arc<Bucket>, FileEntry) -> Done,
        Done: Future<Output = Result<(), Failure>> + Send + 'static,
    {
        let mut running: JoinSet<Result<(), Failure>> = JoinSet::new();
        let fell = |error| Failure::Refused(format!("publishing fell over: {error}"));
        for file in files {
            lock.holds().await?;
            while running.len() >= at_once {
                running.join_next().await.transpose().map_err(fell)?.transpose()?;
            }
            running.spawn(act(self.clone(), file.clone()));
        }
        while let Some(done) = running.join_next().await {
            done.map_err(fell)??;
        }
        Ok(())
    }
}

/// What to say of a release that is live, whatever came after that.
fn tidied(cleaned: Result<(), Failure>) -> Vec<String> {
    let note = |failure| format!("the release is live, but not all was tidied up, which the next run does: {failure}");
    cleaned.err().map(note).into_iter().collect()
}

fn json<T: Serialize>(value: &T) -> Vec<u8> {
    serde_json::to_vec(value).expect("texts and numbers only")
}

#[cfg(test)]
mod tests;
