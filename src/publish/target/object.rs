//! Object storage: the site itself at its addresses, and what leads back beside it.
//!
//! ```text
//! PREFIX/guides/contact/index.html            what visitors see
//! PREFIX/publish.json                         what it is
//! PREFIX/.trustbook/live.json                 which release that is: written last, and only over the one that was seen
//! PREFIX/.trustbook/releases/12-….json        when, by whom, after which; its manifest as 12-….manifest.json
//! PREFIX/.trustbook/objects/SHA256.html       what a release that is kept had and the live one has not
//! PREFIX/.trustbook/pending.json              addresses that a run is about to change; there as long as it has not ended
//! PREFIX/.trustbook/lock.json                 who publishes at this moment
//! ```
//!
//! There is no switch here, so the order is everything: what is about to be replaced is first copied aside by the server; then come
//! files that pages need, then pages, then the manifest and `live.json`, and deletions last. Whenever a run is killed, every page
//! finds its style. What it left half done stands in `pending.json`, so the next run puts or deletes just that again.

mod failed;
mod lock;
mod store;

use super::{
    Kept, Live, Published, Record, Release, Run, Standing, Target, number, overtaken, read_manifest, too_many,
};
use crate::failure::Failure;
use crate::playbook::Outlet;
use crate::publish::manifest::{FileEntry, Manifest, NAME};
use failed::Trouble;
use lock::Lock;
use object_store::path::Path as Key;
use object_store::{
    Attribute, Attributes, Error, ObjectStore, ObjectStoreExt, PutMode, PutOptions, PutPayload, UpdateVersion,
};
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::runtime::Runtime;
use tokio::task::JoinSet;

/// What is ours and no part of the site.
const OWN: &str = ".trustbook";
/// So many requests are under way at once.
const AT_ONCE: usize = 16;
/// For files whose names say all that is in them.
const FOR_EVER: &str = "max-age=31536000, immutable";
/// For all others: kept, and asked for anew each time.
const ASKED_ANEW: &str = "no-cache";

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
}

/// Which release is live.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Mark {
    name: String,
    /// Files of the one before it that visitors of its pages may still ask for.
    carried: Vec<FileEntry>,
}

/// Addresses of which nobody knows what stands there.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Pending {
    paths: BTreeSet<String>,
}

/// From one release to another.
struct Move<'a> {
    name: &'a str,
    manifest: &'a Manifest,
    bytes: &'a [u8],
    seen: Option<&'a Live>,
    files: Files<'a>,
}

/// Where the files of a release come from.
enum Files<'a> {
    /// This machine.
    Staged(&'a Path),
    /// What was copied aside.
    Aside,
}

impl Objects {
    /// The bucket that an outlet describes.
    ///
    /// # Errors
    /// It is described so that it cannot be asked for.
    pub fn new(outlet: &Outlet) -> Result<Objects, Failure> {
        let (store, prefix, shown) = store::store(outlet)?;
        Objects::over(store, &prefix, &shown, &lock::identity())
    }

    /// What lies behind `prefix` in any store, for a publisher of this `identity`.
    ///
    /// # Errors
    /// There is no thread to be had.
    pub fn over(store: Arc<dyn ObjectStore>, prefix: &str, shown: &str, identity: &str) -> Result<Objects, Failure> {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .map_err(|error| Failure::Refused(format!("could not start to publish: {error}")))?;
        let place = Arc::new(Bucket { store, prefix: prefix.into(), shown: shown.into() });
        Ok(Objects { place, runtime, identity: identity.into() })
    }

    /// Locks, moves from one release to another, and unlocks.
    async fn moved(&self, to: &Move<'_>, run: &Run, record: Option<&Record>) -> Result<Vec<String>, Failure> {
        let place = &self.place;
        let lock = Lock::take(place.clone(), run, &self.identity).await?;
        let moved = place.step(to, run, record, &lock).await;
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
                files: Files::Staged(release.stage),
            };
            let notes = self.moved(&to, release.run, Some(&release.record())).await?;
            Ok(Published { name: name.clone(), at: self.place.shown.clone(), notes })
        })
    }

    fn roll_back(&self, to: &Kept, from: &Live, run: &Run) -> Result<(), Failure> {
        self.runtime.block_on(async {
            let manifest = self.place.manifest(&to.name).await?;
            let bytes = manifest.bytes();
            let to = Move { name: &to.name, manifest: &manifest, bytes: &bytes, seen: Some(from), files: Files::Aside };
            self.moved(&to, run, None).await.map(drop)
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
        self.write_if(path, bytes, media, cache, PutMode::Overwrite)
            .await
            .map_err(|error| self.trouble("write", path).over(error))
    }

    async fn write_if(
        &self,
        path: &str,
        bytes: Vec<u8>,
        media: &str,
        cache: &'static str,
        mode: PutMode,
    ) -> Result<(), Error> {
        let key = Key::parse(format!("{}{path}", self.prefix))?;
        let mut attributes = Attributes::new();
        attributes.insert(Attribute::ContentType, media.to_string().into());
        attributes.insert(Attribute::CacheControl, cache.into());
        let options = PutOptions { mode, attributes, ..PutOptions::default() };
        self.store.put_opts(&key, PutPayload::from(bytes), options).await.map(drop)
    }

    async fn write_own<T: Serialize>(&self, name: &str, value: &T) -> Result<(), Failure> {
        self.write(&format!("{OWN}/{name}"), json(value), "application/json", ASKED_ANEW).await
    }

    async fn delete(&self, path: &str) -> Result<(), Failure> {
        match self.store.delete(&self.key(path)?).await {
            Ok(()) | Err(Error::NotFound { .. }) => Ok(()),
            Err(error) => Err(self.trouble("delete", path).over(error)),
        }
    }

    async fn copy(&self, from: &str, to: &str) -> Result<(), Failure> {
        let copied = self.store.copy(&self.key(from)?, &self.key(to)?).await;
        copied.map_err(|error| self.trouble("copy", from).over(error))
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

    /// What stands there that is not ours.
    async fn foreign(&self) -> Result<Option<String>, Failure> {
        for ours in ["live.json", "pending.json"] {
            if self.read(&format!("{OWN}/{ours}")).await?.is_some() {
                return Ok(None);
            }
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
        let mut manifest = self.manifest(&mark.name).await?;
        for path in self.pending().await?.paths {
            doubted(&mut manifest, path);
        }
        let mut kept = self.kept().await?;
        for kept in &mut kept {
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

    /// All that happens between lock and unlock. Notes for the person at the terminal.
    async fn step(
        self: &Arc<Self>,
        to: &Move<'_>,
        run: &Run,
        record: Option<&Record>,
        lock: &Arc<Lock>,
    ) -> Result<Vec<String>, Failure> {
        let mark = self.read_own::<Mark>("live.json").await?;
        let (live, version) = mark.map_or((None, None), |(mark, version)| (Some(mark), Some(version)));
        let (now, seen) = (live.as_ref().map(|live| &*live.name), to.seen.map(|seen| &*seen.name));
        if now != seen {
            return Err(overtaken(&self.shown, seen, now));
        }
        let pending = self.pending().await?.paths;
        let plan = Plan::new(to, live.as_ref(), &pending);
        let aside = self.names_in("objects").await?;
        if let Files::Aside = to.files {
            let saved: FxHashSet<String> = plan.save.iter().map(name_aside).collect();
            let is_there = |name: &String| aside.contains(name) || saved.contains(name);
            let gone = plan.put.iter().map(name_aside).filter(|name| !is_there(name)).count();
            if gone > 0 {
                return Err(Failure::Refused(format!(
                    "release {} cannot be brought back: {gone} of its files are no longer at {}",
                    to.name, self.shown
                )));
            }
        }
        // Until here nothing has changed; from here on only what nobody sees.
        self.each(plan.save.iter().filter(|file| !aside.contains(&name_aside(file))), lock, |place, file| async move {
            place.copy(&file.path, &format!("{OWN}/objects/{}", name_aside(&file))).await
        })
        .await?;
        if let Some(record) = record {
            self.write(
                &format!("{OWN}/releases/{}.manifest.json", to.name),
                to.bytes.to_vec(),
                "application/json",
                ASKED_ANEW,
            )
            .await?;
            self.write_own(&format!("releases/{}.json", to.name), record).await?;
        }
        let touched = plan.put.iter().chain(&plan.delete).map(|file| file.path.clone());
        self.write_own("pending.json", &Pending { paths: pending.iter().cloned().chain(touched).collect() }).await?;

        // From here on what visitors see: first what pages need.
        let (pages, others): (Vec<&FileEntry>, Vec<&FileEntry>) = plan.put.iter().partition(|file| is_page(file));
        for files in [others, pages] {
            self.put(files, &to.files, lock).await?;
        }
        lock.holds().await?;
        self.write(NAME, to.bytes.to_vec(), "application/json", ASKED_ANEW).await?;
        let mark = Mark { name: to.name.to_string(), carried: plan.carried };
        let mode = version.map_or(PutMode::Create, PutMode::Update);
        let written =
            self.write_if(&format!("{OWN}/live.json"), json(&mark), "application/json", ASKED_ANEW, mode).await;
        match written {
            Ok(()) => {}
            Err(Error::Precondition { .. } | Error::AlreadyExists { .. }) => {
                let now = self.read_own::<Mark>("live.json").await?.map(|(mark, _)| mark.name);
                return Err(overtaken(&self.shown, seen, now.as_deref()));
            }
            Err(Error::NotImplemented { .. } | Error::NotSupported { .. }) => {
                self.write_own("live.json", &mark).await?
            }
            Err(error) => return Err(self.trouble("write", "live.json").over(error)),
        }
        // It is live: what fails now is no reason to say that it is not.
        let cleaned = match self.take_away(&plan.delete, lock).await {
            // What was gone back from may be wanted again, until something else is published.
            Ok(()) if record.is_some() => self.forget(&mark, to.manifest, run, lock).await,
            taken => taken,
        };
        Ok(cleaned
            .err()
            .map(|failure| {
                format!("the release is live, but not all was tidied up, which the next run does: {failure}")
            })
            .into_iter()
            .collect())
    }

    /// Puts files where visitors find them.
    async fn put(self: &Arc<Self>, files: Vec<&FileEntry>, from: &Files<'_>, lock: &Arc<Lock>) -> Result<(), Failure> {
        match from {
            Files::Staged(stage) => {
                let stage: Arc<PathBuf> = Arc::new(stage.to_path_buf());
                self.each(files.into_iter(), lock, move |place, file| {
                    let disk = stage.join(&file.path);
                    async move {
                        let bytes = tokio::fs::read(&disk).await.map_err(|error| Failure::new("read", &disk, error))?;
                        let cache = if file.immutable { FOR_EVER } else { ASKED_ANEW };
                        place.write(&file.path, bytes, &file.media, cache).await
                    }
                })
                .await
            }
            Files::Aside => {
                self.each(files.into_iter(), lock, |place, file| async move {
                    place.copy(&format!("{OWN}/objects/{}", name_aside(&file)), &file.path).await
                })
                .await
            }
        }
    }

    /// Takes away what is no longer shown.
    async fn take_away(self: &Arc<Self>, gone: &[FileEntry], lock: &Arc<Lock>) -> Result<(), Failure> {
        // Pages before what they need.
        let (pages, others): (Vec<&FileEntry>, Vec<&FileEntry>) = gone.iter().partition(|file| is_page(file));
        for files in [pages, others] {
            self.each(files.into_iter(), lock, |place, file| async move { place.delete(&file.path).await }).await?;
        }
        self.delete(&format!("{OWN}/pending.json")).await
    }

    /// Forgets releases that are too many, and what was copied aside for them alone.
    async fn forget(
        self: &Arc<Self>,
        live: &Mark,
        manifest: &Manifest,
        run: &Run,
        lock: &Arc<Lock>,
    ) -> Result<(), Failure> {
        let mut kept = self.kept().await?;
        for kept in &mut kept {
            kept.record = self.read_own(&format!("releases/{}.json", kept.name)).await?.map(|(record, _)| record);
        }
        let gone: BTreeSet<String> = too_many(&kept, &live.name, run.keep).into_iter().map(str::to_string).collect();
        if gone.is_empty() {
            return Ok(());
        }
        for name in &gone {
            // The manifest first: without it, it is no release.
            self.delete(&format!("{OWN}/releases/{name}.manifest.json")).await?;
            self.delete(&format!("{OWN}/releases/{name}.json")).await?;
        }
        let shown = shown_by(&manifest.files, &live.carried);
        let mut needed: FxHashSet<String> = FxHashSet::default();
        for kept in kept.iter().filter(|kept| kept.name != live.name && !gone.contains(&kept.name)) {
            let manifest = self.manifest(&kept.name).await?;
            needed.extend(manifest.files.iter().filter(|file| shown.get(&*file.path) != Some(file)).map(name_aside));
        }
        let unneeded = self.names_in("objects").await?.into_iter().filter(|name| !needed.contains(name));
        let unneeded: Vec<FileEntry> = unneeded.map(|name| nameless(format!("{OWN}/objects/{name}"))).collect();
        self.each(unneeded.iter(), lock, |place, file| async move { place.delete(&file.path).await }).await
    }

    /// Does something for each of some files, side by side, as long as the lock is ours.
    async fn each<'f, F, Done>(
        self: &Arc<Self>,
        files: impl Iterator<Item = &'f FileEntry>,
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
            while running.len() >= AT_ONCE {
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

/// What there is to do between two releases.
struct Plan {
    /// What is copied aside first, as it stands at its address.
    save: Vec<FileEntry>,
    /// What is put at its address.
    put: Vec<FileEntry>,
    /// What is taken away at its address.
    delete: Vec<FileEntry>,
    /// What stays although it is no part of the release.
    carried: Vec<FileEntry>,
}

impl Plan {
    /// `pending` are addresses of which nobody knows what stands there. What stood there before has been copied aside already: it is
    /// written down only after that.
    fn new(to: &Move<'_>, live: Option<&Mark>, pending: &BTreeSet<String>) -> Plan {
        let before = to.seen.map(|seen| &seen.manifest);
        let known = before.map_or(&[][..], |before| &before.files);
        let mut shown = shown_by(known, live.map_or(&[], |live| &live.carried));
        shown.retain(|path, file| !pending.contains(*path) && !file.sha256.is_empty());
        let put: Vec<FileEntry> =
            to.manifest.files.iter().filter(|file| shown.get(&*file.path) != Some(file)).cloned().collect();
        let carried: Vec<FileEntry> =
            to.manifest.carried(before).filter(|file| shown.contains_key(&*file.path)).cloned().collect();
        let stays = |path: &str| {
            to.manifest.file(path).is_some() || carried.iter().any(|file| file.path == path) || path == NAME
        };
        let mut delete: Vec<FileEntry> =
            shown.values().filter(|file| !stays(&file.path)).map(|file| (*file).clone()).collect();
        delete.extend(pending.iter().filter(|path| !stays(path)).map(|path| nameless(path.clone())));
        let save =
            put.iter().chain(&delete).filter_map(|file| shown.get(&*file.path)).map(|file| (*file).clone()).collect();
        Plan { save, put, delete, carried }
    }
}

/// What stands at the addresses, by path.
fn shown_by<'f>(files: &'f [FileEntry], carried: &'f [FileEntry]) -> BTreeMap<&'f str, &'f FileEntry> {
    carried.iter().chain(files).map(|file| (&*file.path, file)).collect()
}

/// Its name among what was copied aside: its bytes, and all that it is sent with, since a copy is sent with the same.
fn name_aside(file: &FileEntry) -> String {
    let ending = file.path.rsplit_once('.').map_or("", |(_, ending)| ending);
    let plain = (1..=12).contains(&ending.len()) && ending.bytes().all(|byte| byte.is_ascii_alphanumeric());
    let kept = if file.immutable { "-immutable" } else { "" };
    format!("{}{kept}{}{}", file.sha256, if plain { "." } else { "" }, if plain { ending } else { "" })
}

/// Of which no more than its address is known.
fn nameless(path: String) -> FileEntry {
    FileEntry { path, sha256: String::new(), size: 0, media: String::new(), immutable: false }
}

/// Nobody knows what stands at this address, so it is another thing than in any release.
fn doubted(manifest: &mut Manifest, path: String) {
    match manifest.files.binary_search_by(|file| file.path.as_str().cmp(&path)) {
        Ok(at) => manifest.files[at].sha256 = String::new(),
        Err(at) => manifest.files.insert(at, nameless(path)),
    }
}

fn is_page(file: &FileEntry) -> bool {
    file.media.starts_with("text/html") || (file.media.is_empty() && file.path.ends_with(".html"))
}

fn json<T: Serialize>(value: &T) -> Vec<u8> {
    serde_json::to_vec(value).expect("texts and numbers only")
}

#[cfg(test)]
mod tests;
