//! Publishing to a store in memory that dies after any number of requests.

mod releases;

use super::*;
use crate::publish::difference::difference;
use crate::publish::manifest::{Identity, NAME};
use futures_util::stream::BoxStream;
use futures_util::{StreamExt, TryStreamExt};
use jiff::Timestamp;
use object_store::memory::InMemory;
use object_store::{
    CopyOptions, GetOptions, GetResult, ListResult, MultipartUpload, ObjectMeta, PutMultipartOptions, PutResult,
};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

type Answer<T> = Result<T, Error>;

/// A store to which nobody listens any more after so many changes, as for a publisher that was killed. The last one may be carried
/// out although nobody hears of it.
#[derive(Debug)]
struct Dying {
    inner: Arc<InMemory>,
    left: Arc<AtomicUsize>,
    last_is_done: bool,
}

/// Whether a change is carried out, and whether anybody hears of it.
fn change(left: &AtomicUsize, last_is_done: bool) -> (bool, bool) {
    let left = left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
    match left {
        Ok(1) => (last_is_done, false),
        Ok(_) => (true, true),
        Err(_) => (false, false),
    }
}

impl Dying {
    fn dead<T>() -> Answer<T> {
        Err(Error::Generic { store: "dying", source: "killed".into() })
    }

    fn change(&self) -> (bool, bool) {
        change(&self.left, self.last_is_done)
    }

    fn lives(&self) -> bool {
        self.left.load(Ordering::SeqCst) > 0
    }
}

impl fmt::Display for Dying {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("dying")
    }
}

#[async_trait::async_trait]
impl ObjectStore for Dying {
    async fn put_opts(&self, key: &Key, bytes: PutPayload, options: PutOptions) -> Answer<PutResult> {
        let (done, heard) = self.change();
        let put = if done { self.inner.put_opts(key, bytes, options).await } else { Dying::dead() };
        if heard { put } else { Dying::dead() }
    }

    async fn put_multipart_opts(&self, _: &Key, _: PutMultipartOptions) -> Answer<Box<dyn MultipartUpload>> {
        Dying::dead()
    }

    async fn get_opts(&self, key: &Key, options: GetOptions) -> Answer<GetResult> {
        if self.lives() { self.inner.get_opts(key, options).await } else { Dying::dead() }
    }

    fn delete_stream(&self, keys: BoxStream<'static, Answer<Key>>) -> BoxStream<'static, Answer<Key>> {
        let (inner, left, last_is_done) = (self.inner.clone(), self.left.clone(), self.last_is_done);
        let deleted = keys.then(move |key| {
            let inner = inner.clone();
            let (done, heard) = change(&left, last_is_done);
            async move {
                let key = key?;
                let deleted = if done { inner.delete(&key).await.map(|()| key) } else { Dying::dead() };
                if heard { deleted } else { Dying::dead() }
            }
        });
        deleted.boxed()
    }

    fn list(&self, prefix: Option<&Key>) -> BoxStream<'static, Answer<ObjectMeta>> {
        self.inner.list(prefix)
    }

    async fn list_with_delimiter(&self, prefix: Option<&Key>) -> Answer<ListResult> {
        if self.lives() { self.inner.list_with_delimiter(prefix).await } else { Dying::dead() }
    }

    async fn copy_opts(&self, from: &Key, to: &Key, options: CopyOptions) -> Answer<()> {
        let (done, heard) = self.change();
        let copied = if done { self.inner.copy_opts(from, to, options).await } else { Dying::dead() };
        if heard { copied } else { Dying::dead() }
    }
}

/// A built site in a folder, which is gone after the test.
struct Built {
    stage: PathBuf,
    manifest: Manifest,
}

impl Built {
    /// Files: path and text. Those in `assets/` have names that say all that is in them; a page says what it needs, a word for each.
    fn new(name: &str, files: &[(&str, &str)]) -> Built {
        let stage = std::env::temp_dir().join(format!("trustbook-objects-{}-{name}", std::process::id()));
        let playbook = Identity { id: "p".into(), title: name.into(), base_url: None };
        let mut manifest = Manifest::new(playbook, "internal", "2026-11-22");
        for (path, text) in files {
            let to = stage.join(path);
            fs::create_dir_all(to.parent().expect("a file in a folder")).expect("there is room for temporary files");
            fs::write(&to, text).expect("there is room for temporary files");
            manifest.files.push(FileEntry {
                path: (*path).into(),
                sha256: Sha256::digest(text).iter().map(|byte| format!("{byte:02x}")).collect(),
                size: text.len() as u64,
                media: if path.ends_with(".html") { "text/html; charset=utf-8" } else { "text/css" }.into(),
                immutable: path.starts_with("assets/"),
            });
        }
        manifest.files.sort_by(|a, b| a.path.cmp(&b.path));
        Built { stage, manifest }
    }

    fn text(&self, path: &str) -> String {
        fs::read_to_string(self.stage.join(path)).expect("it was written")
    }
}

impl Drop for Built {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.stage);
    }
}

const HERE: &str = "machine table 1";

/// The store behind one that dies after `changes`.
fn objects(inner: &Arc<InMemory>, changes: usize, last_is_done: bool) -> Objects {
    dying(inner, Layout::Addresses, changes, last_is_done).0
}

fn dying(inner: &Arc<InMemory>, layout: Layout, changes: usize, last_is_done: bool) -> (Objects, Arc<Dying>) {
    let dying = Arc::new(Dying { inner: inner.clone(), left: Arc::new(AtomicUsize::new(changes)), last_is_done });
    (Objects::over(dying.clone(), "site/", "memory", layout, HERE).expect("there are threads"), dying)
}

const NEVER: usize = usize::MAX / 2;

fn run(keep: usize) -> Run {
    Run { by: "ann@here".into(), now: Timestamp::UNIX_EPOCH, keep }
}

/// As the command does it: asks, compares, publishes where there is something to change.
fn publish(objects: &Objects, built: &Built, keep: usize) -> Result<String, Failure> {
    let standing = objects.standing()?;
    assert_eq!(standing.foreign, None);
    let live = standing.live.as_ref();
    if difference(live.map(|live| &live.manifest), &built.manifest).is_nothing() {
        return Ok(live.expect("nothing changes what is there").name.clone());
    }
    let (bytes, run) = (built.manifest.bytes(), run(keep));
    let release =
        Release { stage: &built.stage, manifest: &built.manifest, bytes: &bytes, seen: live, summary: "", run: &run };
    let published = objects.publish(&release)?;
    match published.notes.is_empty() {
        true => Ok(published.name),
        false => Err(Failure::Refused(published.notes.join("; "))),
    }
}

fn roll_back(objects: &Objects, keep: usize) -> Result<(), Failure> {
    let standing = objects.standing()?;
    let to = standing.before_live().expect("there is a release before").clone();
    objects.roll_back(&to, standing.live.as_ref().expect("one is live"), &run(keep))
}

/// Everything in the store: ours without `site/.trustbook/`, and what visitors see.
fn all(inner: &Arc<InMemory>) -> (BTreeSet<String>, BTreeMap<String, String>) {
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("there are threads");
    runtime.block_on(async {
        let found: Vec<ObjectMeta> = inner.list(None).try_collect().await.expect("memory is there");
        let (mut own, mut site) = (BTreeSet::new(), BTreeMap::new());
        for one in found {
            let path = one.location.as_ref().strip_prefix("site/").expect("nothing is written elsewhere").to_string();
            match path.strip_prefix(".trustbook/") {
                Some(ours) => _ = own.insert(ours.to_string()),
                None => {
                    let bytes = inner.get(&one.location).await.expect("it was listed").bytes().await;
                    let text = String::from_utf8_lossy(&bytes.expect("memory is there")).into_owned();
                    site.insert(path, text);
                }
            }
        }
        (own, site)
    })
}

/// Every page that a visitor finds has what it needs.
fn every_page_has_its_style(site: &BTreeMap<String, String>) {
    for (path, text) in site.iter().filter(|(path, _)| path.ends_with(".html")) {
        for needed in text.split_whitespace().filter(|word| word.starts_with("assets/")) {
            assert!(site.contains_key(needed), "{path} needs {needed}, and there is {:?}", site.keys());
        }
    }
}

/// The site is this release and nothing else but files of `carried`.
fn is(inner: &Arc<InMemory>, built: &Built, carried: &[&str]) {
    let (own, mut site) = all(inner);
    every_page_has_its_style(&site);
    for path in carried {
        assert!(site.remove(*path).is_some(), "{path} is not carried");
    }
    let manifest = site.remove(NAME).expect("there is a manifest");
    assert_eq!(manifest.as_bytes(), built.manifest.bytes());
    let expected: BTreeMap<String, String> =
        built.manifest.files.iter().map(|file| (file.path.clone(), built.text(&file.path))).collect();
    assert_eq!(site, expected);
    assert!(!own.contains("pending.json") && !own.contains("lock.json") && !own.contains("clock"), "{own:?}");
}

fn three(name: &str) -> [Built; 3] {
    let built = |number: &str, files: &[(&str, &str)]| Built::new(&format!("{name}-{number}"), files);
    [
        built(
            "1",
            &[
                ("index.html", "one assets/1.css"),
                ("a/index.html", "a assets/1.css"),
                ("assets/1.css", "1"),
                ("old.txt", "o"),
            ],
        ),
        built(
            "2",
            &[
                ("index.html", "two assets/2.css"),
                ("a/index.html", "a assets/1.css"),
                ("assets/1.css", "1"),
                ("assets/2.css", "2"),
                ("b/index.html", "b"),
            ],
        ),
        built(
            "3",
            &[
                ("index.html", "three assets/3.css"),
                ("a/index.html", "a3 assets/3.css"),
                ("assets/3.css", "3"),
                ("b/index.html", "b"),
            ],
        ),
    ]
}

#[test]
fn releases_follow_each_other_and_lead_back() {
    let [one, two, three] = three("follow");
    let inner = Arc::new(InMemory::new());
    let objects = objects(&inner, NEVER, true);
    assert!(publish(&objects, &one, 5).expect("it is published").starts_with("1-"));
    is(&inner, &one, &[]);
    assert!(publish(&objects, &two, 5).expect("it is published").starts_with("2-"));
    is(&inner, &two, &[]);
    publish(&objects, &three, 5).expect("it is published");
    // Whoever read a page of the second a moment ago may still ask for its style.
    is(&inner, &three, &["assets/1.css", "assets/2.css"]);
    roll_back(&objects, 5).expect("there is a way back");
    is(&inner, &two, &["assets/3.css"]);
    roll_back(&objects, 5).expect("there is a way back");
    is(&inner, &one, &["assets/2.css"]);
    // Forward again, as something new.
    assert!(publish(&objects, &three, 5).expect("it is published").starts_with("4-"));
    is(&inner, &three, &["assets/1.css"]);
}

#[test]
fn what_no_release_needs_is_taken_away() {
    let [one, two, three] = three("tidy");
    let inner = Arc::new(InMemory::new());
    let objects = objects(&inner, NEVER, true);
    for built in [&one, &two, &three, &one, &two, &three] {
        publish(&objects, built, 2).expect("it is published");
    }
    let (own, _) = all(&inner);
    let standing = objects.standing().expect("it can be read");
    assert_eq!(standing.kept.iter().map(|kept| number(&kept.name)).collect::<Vec<_>>(), [Some(6), Some(5)]);
    // Of the second release the front page and `a` are others now; its styles are carried.
    assert_eq!(own.iter().filter(|name| name.starts_with("objects/")).count(), 2, "{own:?}");
    assert_eq!(own.iter().filter(|name| name.starts_with("releases/")).count(), 4, "{own:?}");
    roll_back(&objects, 2).expect("there is a way back");
    is(&inner, &two, &["assets/3.css"]);
}

/// Kills a run after every number of changes, looks at the site as a visitor does, and lets the next run repair it.
fn killed(name: &str, act: impl Fn(&Objects, &[Built; 3]) -> Result<(), Failure>) {
    let built = three(name);
    for last_is_done in [false, true] {
        for changes in 1.. {
            let inner = Arc::new(InMemory::new());
            let whole = self::objects(&inner, NEVER, true);
            publish(&whole, &built[0], 5).expect("it is published");
            publish(&whole, &built[1], 5).expect("it is published");
            let (objects, store) = dying(&inner, Layout::Addresses, changes, last_is_done);
            // Whether it failed or only could not tidy up: it was cut off.
            let _ = act(&objects, &built);
            let (_, site) = all(&inner);
            every_page_has_its_style(&site);
            let pages = site.iter().filter(|(path, _)| path.ends_with(".html"));
            for (path, text) in pages {
                let known = built.iter().any(|built| built.manifest.file(path).is_some() && built.text(path) == *text);
                assert!(known, "{path} is of no release after {changes} changes: {text}");
            }
            // Whatever comes next, it is whole.
            for next in &built {
                let again = Arc::new(inner.fork());
                publish(&self::objects(&again, NEVER, true), next, 5)
                    .unwrap_or_else(|failure| panic!("after {changes} changes: {failure}"));
                let (own, mut site) = all(&again);
                every_page_has_its_style(&site);
                site.retain(|path, _| !path.starts_with("assets/") || next.manifest.file(path).is_some());
                assert_eq!(site.len(), next.manifest.files.len() + 1, "after {changes} changes: {site:?}");
                for file in &next.manifest.files {
                    assert_eq!(site[&file.path], next.text(&file.path), "{} after {changes} changes", file.path);
                }
                assert!(!own.contains("pending.json"), "{own:?}");
            }
            if store.lives() {
                // At least the lock, two pages, a style, both marks, a deletion.
                assert!(changes > 10, "{changes}");
                break;
            }
        }
    }
}

#[test]
fn a_run_that_is_killed_anywhere_leaves_whole_pages_and_is_repaired() {
    killed("publish", |objects, built| publish(objects, &built[2], 5).map(drop));
}

#[test]
fn a_way_back_that_is_killed_anywhere_leaves_whole_pages_and_is_repaired() {
    killed("back", |objects, _| roll_back(objects, 5));
}

#[test]
fn a_first_run_that_is_killed_anywhere_is_repaired() {
    let [one, two, _] = three("first");
    for changes in 1.. {
        let inner = Arc::new(InMemory::new());
        let (objects, store) = dying(&inner, Layout::Addresses, changes, true);
        let _ = publish(&objects, &one, 5);
        every_page_has_its_style(&all(&inner).1);
        publish(&self::objects(&inner, NEVER, true), &two, 5)
            .unwrap_or_else(|failure| panic!("after {changes} changes: {failure}"));
        let (_, mut site) = all(&inner);
        every_page_has_its_style(&site);
        site.retain(|path, _| !path.starts_with("assets/"));
        assert_eq!(site.len(), 4, "three pages and a manifest after {changes} changes: {site:?}");
        if store.lives() {
            return;
        }
    }
}

#[test]
fn of_two_publishers_the_second_waits_or_is_told() {
    let [one, two, three] = three("both");
    let inner = Arc::new(InMemory::new());
    let whole = objects(&inner, NEVER, true);
    publish(&whole, &one, 5).expect("it is published");
    let seen = whole.standing().expect("it can be read").live;
    publish(&whole, &two, 5).expect("it is published");
    let (bytes, run) = (three.manifest.bytes(), run(5));
    let late = Release {
        stage: &three.stage,
        manifest: &three.manifest,
        bytes: &bytes,
        seen: seen.as_ref(),
        summary: "",
        run: &run,
    };
    let told = whole.publish(&late).expect_err("another release is live").to_string();
    assert!(told.contains("somebody else published to memory meanwhile"), "{told}");
    is(&inner, &two, &[]);
    // At the same time, from another machine.
    let elsewhere = Objects::over(inner.clone(), "site/", "memory", Layout::Addresses, "elsewhere table 1")
        .expect("there are threads");
    let lock =
        elsewhere.runtime.block_on(Lock::take(elsewhere.place.clone(), &run, "elsewhere table 1")).expect("it is free");
    let told = publish(&whole, &three, 5).expect_err("somebody else publishes").to_string();
    assert!(told.contains("memory is being published to at this moment (ann@here, since 1970-01-01"), "{told}");
    elsewhere.runtime.block_on(lock.give_back());
    publish(&whole, &three, 5).expect("it is free again");
}

#[test]
fn what_is_somebody_elses_is_left_alone() {
    let [one, ..] = three("foreign");
    let inner = Arc::new(InMemory::new());
    let other = Key::parse("site/report.pdf").expect("a key");
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("there are threads");
    runtime.block_on(inner.put(&other, "x".into())).expect("there is memory");
    let objects = objects(&inner, NEVER, true);
    let refused = objects.standing().expect_err("it is not ours").to_string();
    assert!(refused.contains("report.pdf"), "{refused}");
    let (bytes, run) = (one.manifest.bytes(), run(5));
    let release =
        Release { stage: &one.stage, manifest: &one.manifest, bytes: &bytes, seen: None, summary: "", run: &run };
    assert!(objects.publish(&release).is_err());
    assert_eq!(all(&inner).1.len(), 1);
}

#[test]
fn files_are_sent_as_what_they_are() {
    let [one, ..] = three("heads");
    let inner = Arc::new(InMemory::new());
    publish(&objects(&inner, NEVER, true), &one, 5).expect("it is published");
    let runtime = tokio::runtime::Builder::new_current_thread().build().expect("there are threads");
    let heads = |path: &str| {
        let key = Key::parse(format!("site/{path}")).expect("a key");
        let found = runtime.block_on(inner.get(&key)).expect("it is there");
        let said = |name: Attribute| found.attributes.get(&name).map(|value| value.to_string()).unwrap_or_default();
        (said(Attribute::ContentType), said(Attribute::CacheControl))
    };
    assert_eq!(heads("index.html"), ("text/html; charset=utf-8".into(), "no-cache".into()));
    assert_eq!(heads("assets/1.css"), ("text/css".into(), "max-age=31536000, immutable".into()));
    assert_eq!(heads("publish.json"), ("application/json".into(), "no-cache".into()));
}
