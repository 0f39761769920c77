//! Releases beside each other, for a web server in front of the bucket.
//!
//! ```text
//! PREFIX/releases/12-1a2b3c4d/guides/contact/index.html     a release, whole before anybody is shown it
//! PREFIX/.trustbook/live.json                               which one is shown: the switch
//! ```
//!
//! The mark is one object, so all pages change with it at once. Whoever shows the site asks for it with every page:
//! `trustbook publish --emit nginx` writes how.

use super::{ASKED_ANEW, AT_ONCE, Bucket, Files, JSON, Lock, Mark, Move, OWN, Pending, tidied};
use crate::failure::Failure;
use crate::playbook::outlet::Layout;
use crate::publish::manifest::{FileEntry, NAME};
use crate::publish::target::{number, too_many};
use futures_util::{StreamExt, TryStreamExt};
use object_store::Error;
use rustc_hash::{FxHashMap, FxHashSet};
use std::path::Path;
use std::sync::Arc;

/// The live one stays, and the one before it, of which somebody may have asked for a page a moment ago.
const AT_LEAST: usize = 2;
/// So many copies are under way at once: the storage makes them by itself, and nothing crosses the network.
const COPIES_AT_ONCE: usize = 64;

impl Bucket {
    /// All that happens between lock and unlock. Notes for the person at the terminal.
    pub(super) async fn exchange(self: &Arc<Self>, to: &Move<'_>, lock: &Arc<Lock>) -> Result<Vec<String>, Failure> {
        let version = self.expected(to.seen).await?.map(|(_, version)| version);
        // Whose bucket it is, before anything else stands in it.
        self.write_own("pending.json", &Pending { in_releases: true, ..Pending::default() }).await?;
        match &to.files {
            Files::Staged(stage, _) => {
                self.clean(to.name, lock).await?;
                self.fill(to, (*stage).into(), lock).await?;
            }
            Files::Kept => self.examine(to).await?,
        }
        self.carry(to, lock).await?;
        lock.holds().await?;
        if let Some(record) = to.files.record() {
            self.note(to, record).await?;
        }
        lock.holds().await?;
        let mark = Mark { name: to.name.to_string(), in_releases: true, carried: Vec::new() };
        self.mark(&mark, version, to.seen).await?;
        // It is live: what fails now is no reason to say that it is not. What was gone back from may be wanted again, until
        // something else is published.
        let tidy = async {
            if to.files.record().is_some() {
                let kept = self.recorded().await?;
                for name in too_many(&kept, to.name, to.run.keep.max(AT_LEAST)) {
                    if is_up_to(name, to.name) {
                        lock.holds().await?;
                        self.forget(name).await?;
                    }
                }
                self.clean(to.name, lock).await?;
            }
            lock.holds().await?;
            self.delete(&format!("{OWN}/pending.json")).await
        };
        Ok(tidied(tidy.await))
    }

    /// Makes a release. Of files that the live one has as well, the server makes a copy.
    async fn fill(self: &Arc<Self>, to: &Move<'_>, stage: Arc<Path>, lock: &Arc<Lock>) -> Result<(), Failure> {
        let (from, name): (Arc<str>, Arc<str>) = (to.seen.map_or("", |live| &live.name).into(), to.name.into());
        let is_there = |file: &&FileEntry| to.seen.is_some_and(|live| live.manifest.file(&file.path) == Some(*file));
        let (known, others): (Vec<&FileEntry>, Vec<&FileEntry>) = to.manifest.files.iter().partition(is_there);
        let (into, from_disk) = (name.clone(), stage.clone());
        self.each(known, COPIES_AT_ONCE, lock, move |place, file| {
            let (from, to, stage) = (at(&from, &file.path), at(&into, &file.path), from_disk.clone());
            async move { if place.copied(&from, &to).await? { Ok(()) } else { place.send(&stage, &file, &to).await } }
        })
        .await?;
        self.each(others, AT_ONCE, lock, move |place, file| {
            let (to, stage) = (at(&name, &file.path), stage.clone());
            async move { place.send(&stage, &file, &to).await }
        })
        .await?;
        self.write(&at(to.name, NAME), to.bytes.to_vec(), JSON, ASKED_ANEW).await
    }

    /// Keeps the files in reach that a browser which read a page of the live release may still ask for. That one of them is missing
    /// is no reason to stop.
    async fn carry(self: &Arc<Self>, to: &Move<'_>, lock: &Arc<Lock>) -> Result<(), Failure> {
        let Some(live) = to.seen else { return Ok(()) };
        let (from, name): (Arc<str>, Arc<str>) = (live.name.as_str().into(), to.name.into());
        self.each(to.manifest.carried(Some(&live.manifest)), COPIES_AT_ONCE, lock, move |place, file| {
            let (from, to) = (at(&from, &file.path), at(&name, &file.path));
            async move { place.copied(&from, &to).await.map(drop) }
        })
        .await
    }

    /// Refuses to go back to a release that is not whole any more.
    async fn examine(&self, to: &Move<'_>) -> Result<(), Failure> {
        let folder = self.key(&at(to.name, ""))?;
        let found = self.store.list(Some(&folder)).map_ok(|found| (found.location.to_string(), found.size)).boxed();
        let found: FxHashMap<String, u64> =
            found.try_collect().await.map_err(|error| self.trouble("list", Layout::RELEASES).over(error))?;
        let mut gone = 0;
        for file in &to.manifest.files {
            let key = self.key(&at(to.name, &file.path))?;
            gone += usize::from(found.get(key.as_ref()) != Some(&file.size));
        }
        if gone == 0 {
            return Ok(());
        }
        Err(Failure::Refused(format!(
            "release {} cannot be brought back: {gone} of its files are no longer at {}",
            to.name, self.shown
        )))
    }

    /// Takes away the files of releases that are none: killed runs left them, or they were too many. What has a greater number than
    /// the release `up_to`, a later publisher has begun.
    pub(super) async fn clean(&self, up_to: &str, lock: &Lock) -> Result<(), Failure> {
        let failed = self.trouble("clean up", Layout::RELEASES);
        let kept: FxHashSet<String> = self.kept().await?.into_iter().map(|kept| kept.name).collect();
        let list = self.store.list_with_delimiter(Some(&self.key(Layout::RELEASES)?)).await;
        let folders = list.map_err(|error| failed.over(error))?.common_prefixes;
        let is_none = |name: &str| is_up_to(name, up_to) && !kept.contains(name);
        for folder in folders.iter().filter(|folder| folder.filename().is_some_and(is_none)) {
            lock.holds().await?;
            let names = self.store.list(Some(folder)).map_ok(|found| found.location).boxed();
            let gone = self.store.delete_stream(names).filter(|deleted| {
                let is_gone = matches!(deleted, Ok(_) | Err(Error::NotFound { .. }));
                std::future::ready(!is_gone)
            });
            gone.try_collect::<Vec<_>>().await.map_err(|error| failed.over(error))?;
        }
        Ok(())
    }
}

/// Whether a name is that of a release, and no later one than the other.
fn is_up_to(name: &str, other: &str) -> bool {
    number(name).is_some_and(|own| number(other).is_none_or(|other| own <= other))
}

/// Where a file of a release stands.
fn at(release: &str, path: &str) -> String {
    format!("{}/{release}/{path}", Layout::RELEASES)
}
