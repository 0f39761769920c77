//! The site itself at its addresses, and what leads back beside it.
//!
//! ```text
//! PREFIX/guides/contact/index.html            what visitors see
//! PREFIX/publish.json                         what it is
//! PREFIX/.trustbook/objects/SHA256.html       what a release that is kept had and the live one has not
//! ```
//!
//! There is no switch here, so the order is everything: what is about to be replaced is first copied aside by the server; then come
//! files that pages need, then pages, then the manifest and the mark, and deletions last. Whenever a run is killed, every page
//! finds its style. What it left half done stands in `pending.json`, so the next run puts or deletes just that again.

use super::{ASKED_ANEW, AT_ONCE, Bucket, Files, JSON, Lock, Mark, Move, OWN, Pending, tidied};
use crate::failure::Failure;
use crate::publish::manifest::{FileEntry, Manifest, NAME};
use crate::publish::target::too_many;
use rustc_hash::FxHashSet;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

impl Bucket {
    /// All that happens between lock and unlock. Notes for the person at the terminal.
    pub(super) async fn replace(self: &Arc<Self>, to: &Move<'_>, lock: &Arc<Lock>) -> Result<Vec<String>, Failure> {
        let (live, version) = self.expected(to.seen).await?.unzip();
        let pending = self.pending().await?.paths;
        let plan = Plan::new(to, live.as_ref(), &pending);
        let aside = self.names_in("objects").await?;
        if let Files::Kept = to.files {
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
        self.each(
            plan.save.iter().filter(|file| !aside.contains(&name_aside(file))),
            AT_ONCE,
            lock,
            |place, file| async move { place.copy(&file.path, &format!("{OWN}/objects/{}", name_aside(&file))).await },
        )
        .await?;
        if let Some(record) = to.files.record() {
            self.note(to, record).await?;
        }
        let touched = plan.put.iter().chain(&plan.delete).map(|file| file.path.clone());
        self.write_own(
            "pending.json",
            &Pending { in_releases: false, paths: pending.iter().cloned().chain(touched).collect() },
        )
        .await?;

        // From here on what visitors see: first what pages need.
        let (pages, others): (Vec<&FileEntry>, Vec<&FileEntry>) = plan.put.iter().partition(|file| is_page(file));
        for files in [others, pages] {
            self.show(files, &to.files, lock).await?;
        }
        lock.holds().await?;
        self.write(NAME, to.bytes.to_vec(), JSON, ASKED_ANEW).await?;
        let mark = Mark { name: to.name.to_string(), in_releases: false, carried: plan.carried };
        self.mark(&mark, version, to.seen).await?;
        // It is live: what fails now is no reason to say that it is not.
        let cleaned = match self.take_away(&plan.delete, lock).await {
            // What was gone back from may be wanted again, until something else is published.
            Ok(()) if to.files.record().is_some() => self.thin_out(&mark, to, lock).await,
            taken => taken,
        };
        Ok(tidied(cleaned))
    }

    /// Puts files where visitors find them.
    async fn show(self: &Arc<Self>, files: Vec<&FileEntry>, from: &Files<'_>, lock: &Arc<Lock>) -> Result<(), Failure> {
        match from {
            Files::Staged(stage, _) => {
                let stage: Arc<Path> = (*stage).into();
                self.each(files, AT_ONCE, lock, move |place, file| {
                    let stage = stage.clone();
                    async move { place.send(&stage, &file, &file.path).await }
                })
                .await
            }
            Files::Kept => {
                self.each(files, AT_ONCE, lock, |place, file| async move {
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
            self.each(files, AT_ONCE, lock, |place, file| async move { place.delete(&file.path).await }).await?;
        }
        self.delete(&format!("{OWN}/pending.json")).await
    }

    /// Forgets releases that are too many, and what was copied aside for them alone.
    async fn thin_out(self: &Arc<Self>, live: &Mark, to: &Move<'_>, lock: &Arc<Lock>) -> Result<(), Failure> {
        let kept = self.recorded().await?;
        let gone: BTreeSet<String> = too_many(&kept, &live.name, to.run.keep).into_iter().map(str::to_string).collect();
        if gone.is_empty() {
            return Ok(());
        }
        for name in &gone {
            lock.holds().await?;
            self.forget(name).await?;
        }
        let shown = shown_by(&to.manifest.files, &live.carried);
        let mut needed: FxHashSet<String> = FxHashSet::default();
        for kept in kept.iter().filter(|kept| kept.name != live.name && !gone.contains(&kept.name)) {
            let manifest = self.manifest(&kept.name).await?;
            needed.extend(manifest.files.iter().filter(|file| shown.get(&*file.path) != Some(file)).map(name_aside));
        }
        let unneeded = self.names_in("objects").await?.into_iter().filter(|name| !needed.contains(name));
        let unneeded: Vec<FileEntry> = unneeded.map(|name| nameless(format!("{OWN}/objects/{name}"))).collect();
        self.each(&unneeded, AT_ONCE, lock, |place, file| async move { place.delete(&file.path).await }).await
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
pub(super) fn doubted(manifest: &mut Manifest, path: String) {
    match manifest.files.binary_search_by(|file| file.path.as_str().cmp(&path)) {
        Ok(at) => manifest.files[at].sha256 = String::new(),
        Err(at) => manifest.files.insert(at, nameless(path)),
    }
}

fn is_page(file: &FileEntry) -> bool {
    file.media.starts_with("text/html") || (file.media.is_empty() && file.path.ends_with(".html"))
}
