//! Pages to a folder, whole or not at all.
//!
//! What changed is written to a new folder beside the old one, what did not is linked into it, and then the two change
//! names in one step. Killed at any moment, the old site is there whole or the new one is. Where nothing changed at
//! all, nothing is touched.
//!
//! The mark `.trustbook` in the site says that the folder is ours and lists what we made: hash, length and path. A file
//! counts as unchanged while its length is the listed one and it is no newer than the mark. (The mark lists no times, so
//! that the same pages are the same bytes, the mark included.) What the list does not name somebody else put there, and
//! it is carried over. The mark of an unfinished folder is locked by the run that makes it: so a later run knows what a
//! killed one left.

mod files;

pub use files::replace;

use crate::failure::Failure;
use crate::load::open_plain;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use std::ffi::OsStr;
use std::fmt::Write as _;
use std::fs::{self, File, TryLockError};
use std::io::{self, Read, Write as _};
use std::path::{Component, Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::SystemTime;
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

/// A site in the making. Dropped without [`Output::commit`] it leaves the old site as it was.
#[derive(Debug)]
pub struct Output {
    /// The folder as the person who started us named it: what messages say.
    shown: PathBuf,
    target: PathBuf,
    fresh: PathBuf,
    /// The mark in `fresh`, locked as long as we are at work.
    mark: File,
    swap: Swap,
    old: Option<Old>,
    made: Mutex<FxHashMap<Box<str>, Made>>,
    /// Something could not be made, so the whole never will be.
    broken: AtomicBool,
    done: bool,
}

/// What a run did, in files.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Summary {
    /// In the site now, those of other people not counted.
    pub files: usize,
    /// New, or other than before.
    pub written: usize,
    /// Left as they were, bytes and times.
    pub unchanged: usize,
    /// Of the last site, and no longer made.
    pub removed: usize,
    /// What the reader of the terminal should know, where the site could not be exchanged in one step.
    pub note: Option<String>,
}

/// How the new folder takes the old one's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Swap {
    /// Both change names at once.
    Exchange,
    /// The old one steps aside first: for a moment there is none.
    Aside,
    /// File by file: a mount point cannot be renamed.
    InPlace,
}

/// The site that stands there.
#[derive(Debug)]
struct Old {
    /// What the tool made, sorted by path.
    pages: Vec<(Box<str>, Page)>,
    /// When that was written down.
    marked: SystemTime,
}

/// What the mark says about one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Page {
    hash: u128,
    length: u64,
}

/// A file of the new site.
#[derive(Debug, Clone, Copy)]
struct Made {
    page: Page,
    /// It stands in the old site, and is not yet linked into the new one.
    unchanged: bool,
}

const MARK: &str = ".trustbook";
const HEADER: &str = "trustbook 1";
const NOTICE: &str = "# trustbook made this folder and the files below, and removes those it no longer makes.\n";
/// In front of the process that makes the folder.
const UNFINISHED: &str = ".trustbook-new-";
const STEPPED_ASIDE: &str = ".trustbook-old-";
/// Files longer than this are copied in pieces, not held in memory.
const LONGEST_HELD: u64 = 1024 * 1024;

/// Opens the folder `output` for a new site of the playbook at `root`, and cleans up what killed runs left beside it.
///
/// # Errors
/// `output` is the root of the disk, the home folder, a folder that holds the playbook or one of its own
/// (`content`, `static`, `themes`), a link, a file, or a folder of other things without our mark; another run is
/// writing to it; or the system refuses.
pub fn begin(output: &Path, root: &Path) -> Result<Output, Failure> {
    let target = place(output, root)?;
    let swap = if is_mount_point(&target) { Swap::InPlace } else { Swap::Exchange };
    begin_by(swap, output, target)
}

fn begin_by(swap: Swap, output: &Path, target: PathBuf) -> Result<Output, Failure> {
    let failed = |verb| move |error| Failure::new(verb, output, error);
    examine(&target, output)?;
    let parent = target.parent().expect("place() refused the root of the disk");
    fs::create_dir_all(parent).map_err(failed("create"))?;

    // A mount point is a disk of its own, and files change names only within one.
    let fresh = match swap {
        Swap::InPlace => target.join(numbered(UNFINISHED)),
        _ => beside(&target, UNFINISHED),
    };
    fs::create_dir(&fresh).map_err(failed("write beside"))?;
    let mark = File::create_new(fresh.join(MARK)).and_then(|mut mark| {
        // Where locks are unknown, the process in the folder's name has to do.
        let _ = mark.try_lock();
        mark.write_all(HEADER.as_bytes())?;
        Ok(mark)
    });
    let mark = match mark {
        Ok(mark) => mark,
        Err(error) => {
            let _ = fs::remove_dir_all(&fresh);
            return Err(failed("write beside")(error));
        }
    };
    // From here on, dropping it cleans up.
    let mut opened = Output {
        shown: output.to_path_buf(),
        target,
        fresh,
        mark,
        swap,
        old: None,
        made: Mutex::default(),
        broken: AtomicBool::new(false),
        done: false,
    };
    opened.clean_up()?;
    examine(&opened.target, output)?;
    opened.old = read_mark(&opened.target);
    Ok(opened)
}

impl Output {
    /// Makes the file `path`, for example `guides/contact/index.html`, of `bytes`. May be called from many threads.
    ///
    /// # Errors
    /// `path` leads out of the site or is made twice, or the system refuses.
    pub fn put(&self, path: &str, bytes: &[u8]) -> Result<(), Failure> {
        self.or_broken(self.make(path, bytes))
    }

    /// Makes the file `path` of what we left there the last time: for files whose names say all that is in them. False, and
    /// nothing is made, where it does not stand there as we left it. May be called from many threads.
    ///
    /// # Errors
    /// As [`Output::put`].
    pub fn again(&self, path: &str) -> Result<bool, Failure> {
        let old = self.old.as_ref().and_then(|old| {
            let at = old.pages.binary_search_by(|(old, _)| (**old).cmp(path)).ok()?;
            Some(old.pages[at].1)
        });
        match old.filter(|page| self.stands(path, *page)) {
            Some(page) => self.or_broken(self.claim(path, page).map(drop)).map(|()| true),
            None => Ok(false),
        }
    }

    /// Makes the file `path` the same as the plain file `from`. May be called from many threads.
    ///
    /// # Errors
    /// As [`Output::put`], and where `from` cannot be read.
    pub fn copy(&self, path: &str, from: &Path) -> Result<(), Failure> {
        self.or_broken(self.make_of(path, from))
    }

    /// Puts the new site in the old one's place.
    ///
    /// # Errors
    /// A page could not be put, the system refuses, or a file that we did not make stands where a page has to go. The old site is as it was.
    pub fn commit(mut self) -> Result<Summary, Failure> {
        if self.broken.load(Ordering::Relaxed) {
            return Err(Failure::Refused(format!(
                "{} is as it was: not every page could be written",
                self.shown.display()
            )));
        }
        let made = std::mem::take(self.made.get_mut().expect("no thread panics while it holds the list"));
        let mut pages: Vec<(Box<str>, Made)> = made.into_iter().collect();
        pages.par_sort_unstable_by(|a, b| a.0.cmp(&b.0));
        let is_made = |path: &str| pages.binary_search_by(|(made, _)| (**made).cmp(path)).is_ok();

        let unchanged = pages.iter().filter(|(_, made)| made.unchanged).count();
        let old_pages = self.old.as_ref().map_or(&[][..], |old| &old.pages);
        let removed = old_pages.iter().filter(|(path, _)| !is_made(path)).count();
        let written = pages.len() - unchanged;
        let mut summary = Summary { files: pages.len(), written, unchanged, removed, note: None };
        if self.old.is_some() && written == 0 && removed == 0 {
            return Ok(summary);
        }

        let walked = walk(&self.target).map_err(self.failed("read", ""))?;
        let foreign = self.foreign(&walked, &pages)?;
        if self.swap == Swap::InPlace {
            self.move_in(&pages, &walked)?;
            summary.note = Some(format!(
                "{} is a mount point, so its files were exchanged one by one: a killed build may leave a mixture",
                self.shown.display()
            ));
            return Ok(summary);
        }

        pages.par_iter().filter(|(_, made)| made.unchanged).try_for_each(|(path, _)| self.keep(Path::new(&**path)))?;
        foreign.files.par_iter().try_for_each(|path| self.keep(path))?;
        for folder in &foreign.empty_folders {
            fs::create_dir_all(self.fresh.join(folder))
                .map_err(|error| Failure::new("keep", self.shown.join(folder), error))?;
        }
        self.write_mark(&pages)?;
        summary.note = self.change_names()?;
        // The site is done: whatever goes wrong with the old one now, the next run cleans it up.
        self.done = true;
        remove(&self.fresh, &walked);
        Ok(summary)
    }

    fn or_broken(&self, made: Result<(), Failure>) -> Result<(), Failure> {
        made.inspect_err(|_| self.broken.store(true, Ordering::Relaxed))
    }

    fn make(&self, path: &str, bytes: &[u8]) -> Result<(), Failure> {
        let page = Page { hash: xxh3_128(bytes), length: bytes.len() as u64 };
        if self.claim(path, page)? {
            return Ok(());
        }
        self.create(path).and_then(|mut file| file.write_all(bytes)).map_err(self.failed("write", path))
    }

    fn make_of(&self, path: &str, from: &Path) -> Result<(), Failure> {
        let unread = |error| Failure::new("read", from, error);
        let mut file = open_plain(from).map_err(unread)?;
        let found = file.metadata().map_err(unread)?;
        if !found.is_file() {
            return Err(Failure::Refused(format!("could not read {}: it is no plain file", from.display())));
        }
        if found.len() <= LONGEST_HELD {
            let mut bytes = Vec::with_capacity(found.len() as usize + 1);
            file.read_to_end(&mut bytes).map_err(unread)?;
            return self.make(path, &bytes);
        }
        let page = in_pieces(&mut file, |_| Ok(())).map_err(unread)?;
        if self.claim(path, page)? {
            return Ok(());
        }
        let mut file = open_plain(from).map_err(unread)?;
        let mut to = self.create(path).map_err(self.failed("write", path))?;
        let copied = in_pieces(&mut file, |piece| to.write_all(piece)).map_err(self.failed("write", path))?;
        if copied != page {
            return Err(Failure::Refused(format!("{} changed while it was copied: build again", from.display())));
        }
        Ok(())
    }

    /// Notes that `path` is made. True where the old site has it already, byte for byte.
    fn claim(&self, path: &str, page: Page) -> Result<bool, Failure> {
        if let Some(why) = unsafe_path(path) {
            return Err(Failure::Refused(format!("could not write {path:?} to {}: {why}", self.shown.display())));
        }
        let unchanged = self.stands(path, page);
        let mut made = self.made.lock().expect("no thread panics while it holds the list");
        match made.insert(path.into(), Made { page, unchanged }) {
            None => Ok(unchanged),
            Some(_) => Err(Failure::Refused(format!(
                "could not write {}: it was written already in this run",
                self.shown.join(path).display()
            ))),
        }
    }

    /// Whether the old site has `page` at `path`, as we left it there.
    fn stands(&self, path: &str, page: Page) -> bool {
        let Some(old) = &self.old else { return false };
        let Ok(at) = old.pages.binary_search_by(|(old, _)| (**old).cmp(path)) else { return false };
        old.pages[at].1 == page
            && fs::symlink_metadata(self.target.join(path)).is_ok_and(|found| {
                found.is_file()
                    && found.len() == page.length
                    && found.modified().is_ok_and(|modified| modified <= old.marked)
            })
    }

    /// A new file in the new folder.
    fn create(&self, path: &str) -> io::Result<File> {
        let disk = self.fresh.join(path);
        make_folder_of(path.as_ref(), &disk)?;
        File::create_new(disk)
    }

    /// The old site's file in the new folder: one file with two names, or a copy where the disk knows no such thing.
    fn keep(&self, path: &Path) -> Result<(), Failure> {
        let (old, new) = (self.target.join(path), self.fresh.join(path));
        make_folder_of(path, &new)
            .and_then(|()| fs::hard_link(&old, &new).or_else(|_| fs::copy(&old, &new).map(drop)))
            .map_err(|error| Failure::new("keep", self.shown.join(path), error))
    }

    fn failed(&self, verb: &'static str, path: &str) -> impl Fn(io::Error) -> Failure + use<> {
        let path = if path.is_empty() { self.shown.clone() } else { self.shown.join(path) };
        move |error| Failure::new(verb, path.clone(), error)
    }

    /// What other people put into the old site, if none of it stands in the way of a page.
    fn foreign<'a>(&self, walked: &'a Walked, pages: &[(Box<str>, Made)]) -> Result<Foreign<'a>, Failure> {
        let old = self.old.as_ref().map_or(&[][..], |old| &old.pages);
        let ours =
            |path: &Path| path.to_str().is_some_and(|path| old.binary_search_by(|(old, _)| (**old).cmp(path)).is_ok());
        let files: Vec<&Path> = walked.files.iter().map(PathBuf::as_path).filter(|path| !ours(path)).collect();
        // A folder is ours if we put a file into it, even if that is gone.
        let held_ours = |folder: &Path| {
            let prefix = format!("{}/", folder.display());
            let at = old.partition_point(|(path, _)| **path < *prefix);
            old.get(at).is_some_and(|(path, _)| path.starts_with(&prefix))
        };
        let empty_folders: Vec<&Path> =
            walked.empty_folders.iter().map(PathBuf::as_path).filter(|folder| !held_ours(folder)).collect();

        let is_page = |path: &Path| {
            path.to_str().is_some_and(|path| pages.binary_search_by(|(page, _)| (**page).cmp(path)).is_ok())
        };
        let in_the_way = |page: &Path| {
            Failure::Refused(format!(
                "could not write {}: something that trustbook did not make stands there; move it away",
                self.shown.join(page).display()
            ))
        };
        for path in files.iter().chain(&empty_folders) {
            if let Some(page) = path.ancestors().find(|path| is_page(path)) {
                return Err(in_the_way(page));
            }
        }
        if !files.is_empty() {
            let standing: FxHashSet<&Path> = files.iter().copied().collect();
            for (page, _) in pages {
                if Path::new(&**page).ancestors().any(|path| standing.contains(path)) {
                    return Err(in_the_way(Path::new(&**page)));
                }
            }
        }
        Ok(Foreign { files, empty_folders })
    }

    /// Says in the new folder what it holds. It comes after all pages, so that none is newer.
    fn write_mark(&mut self, pages: &[(Box<str>, Made)]) -> Result<(), Failure> {
        let mut text = format!("\n{NOTICE}");
        for (path, Made { page, .. }) in pages {
            let path = path.replace('%', "%25").replace('\n', "%0A");
            writeln!(text, "{:032x} {} {path}", page.hash, page.length).expect("a String takes everything");
        }
        let failed = self.failed("write", MARK);
        self.mark.write_all(text.as_bytes()).map_err(failed)
    }

    /// The new folder becomes the site, the old site takes the new folder's name.
    fn change_names(&mut self) -> Result<Option<String>, Failure> {
        let failed = self.failed("replace", "");
        // Also over an empty folder, which a rename replaces.
        if self.old.is_none() {
            let _ = fs::remove_dir(&self.target);
            fs::rename(&self.fresh, &self.target).map_err(failed)?;
            return Ok(None);
        }
        if self.swap == Swap::Exchange {
            if exchange(&self.fresh, &self.target).map_err(&failed)? {
                return Ok(None);
            }
            self.swap = Swap::Aside;
        }
        let aside = beside(&self.target, STEPPED_ASIDE);
        fs::rename(&self.target, &aside).map_err(&failed)?;
        if let Err(error) = fs::rename(&self.fresh, &self.target) {
            let _ = fs::rename(&aside, &self.target);
            return Err(failed(error));
        }
        fs::rename(&aside, &self.fresh).map_err(&failed)?;
        Ok(Some(format!(
            "{} was exchanged in two steps, because its file system cannot do it in one: for a moment there was no site",
            self.shown.display()
        )))
    }

    /// For a mount point: every new file by a rename of its own, then the old ones away.
    fn move_in(&mut self, pages: &[(Box<str>, Made)], walked: &Walked) -> Result<(), Failure> {
        self.write_mark(pages)?;
        let is_page = |path: &str| pages.binary_search_by(|(page, _)| (**page).cmp(path)).is_ok();
        // A page may need a folder where a file was, so what is no longer made goes first.
        let old = self.old.as_ref().map_or(&[][..], |old| &old.pages);
        for path in walked.files.iter().filter_map(|path| path.to_str()) {
            let ours = old.binary_search_by(|(old, _)| (**old).cmp(path)).is_ok();
            if ours && !is_page(path) {
                let disk = self.target.join(path);
                fs::remove_file(&disk).map_err(self.failed("remove", path))?;
                // Its folders too, as far as they are empty now.
                for folder in disk.ancestors().skip(1).take_while(|folder| *folder != self.target) {
                    if fs::remove_dir(folder).is_err() {
                        break;
                    }
                }
            }
        }
        for (path, _) in pages.iter().filter(|(_, made)| !made.unchanged) {
            let to = self.target.join(&**path);
            make_folder_of(Path::new(&**path), &to)
                .and_then(|()| fs::rename(self.fresh.join(&**path), to))
                .map_err(self.failed("write", path))?;
        }
        fs::rename(self.fresh.join(MARK), self.target.join(MARK)).map_err(self.failed("write", MARK))
    }

    /// Removes what killed runs left beside the site or in it, and brings back a site that stood aside when its run was
    /// killed.
    fn clean_up(&self) -> Result<(), Failure> {
        let failed = self.failed("clean up beside", "");
        let parent = self.target.parent().expect("place() refused the root of the disk");
        let name = self.target.file_name().expect("place() refused what has no name").to_string_lossy();
        let mut left = Vec::new();
        for (folder, before) in [(parent, format!(".{name}")), (&*self.target, String::new())] {
            let entries = match fs::read_dir(folder) {
                Ok(entries) => entries,
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => return Err(failed(error)),
            };
            for entry in entries {
                let entry = entry.map_err(&failed)?;
                let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
                let name = entry.file_name();
                let Some(rest) = name.to_str().and_then(|name| name.strip_prefix(&*before)) else { continue };
                let aside = rest.starts_with(STEPPED_ASIDE);
                if is_folder && (aside || rest.starts_with(UNFINISHED)) && entry.path() != self.fresh {
                    left.push((entry.path(), aside));
                }
            }
        }
        for (folder, _) in &left {
            if is_at_work(folder) {
                return Err(Failure::Refused(format!(
                    "another trustbook is writing to {} at this moment",
                    self.shown.display()
                )));
            }
        }
        for (folder, aside) in left {
            if !is_marked(&folder) {
                // Killed between making the folder and marking it; or not ours, and then it is not empty.
                let _ = fs::remove_dir(&folder);
            } else if aside && !self.target.exists() {
                fs::rename(&folder, &self.target).map_err(&failed)?;
            } else if let Ok(walked) = walk(&folder) {
                remove(&folder, &walked);
            }
        }
        Ok(())
    }
}

impl Drop for Output {
    fn drop(&mut self) {
        if !self.done
            && let Ok(walked) = walk(&self.fresh)
        {
            remove(&self.fresh, &walked);
        }
    }
}

/// Where `output` really lies, if it is a place for a site.
pub(crate) fn place(output: &Path, root: &Path) -> Result<PathBuf, Failure> {
    let refused =
        |why: &str| Failure::Refused(format!("the site cannot be written to {}: it is {why}", output.display()));
    let failed = |error| Failure::new("find", output, error);
    // Without a trailing slash, which would look through a link.
    let whole: PathBuf = std::path::absolute(output).map_err(failed)?.components().collect();
    let whole = match fs::symlink_metadata(&whole) {
        Ok(found) if found.is_symlink() => return Err(refused("a link; name the folder that it leads to")),
        _ => real(&whole).map_err(failed)?,
    };
    if whole.file_name().is_none() {
        return Err(refused("the root of the disk"));
    }
    let home = std::env::home_dir().and_then(|home| fs::canonicalize(home).ok());
    if home.is_some_and(|home| home.starts_with(&whole)) {
        return Err(refused("your home folder, or holds it"));
    }
    let root = fs::canonicalize(root).map_err(|error| Failure::new("open", root, error))?;
    if root.starts_with(&whole) {
        return Err(refused("the playbook itself, or holds it"));
    }
    for name in ["content", "static", "themes", ".git"] {
        let own = root.join(name);
        let own = fs::canonicalize(&own).unwrap_or(own);
        if whole.starts_with(&own) || own.starts_with(&whole) {
            return Err(refused(&format!("in the playbook's own {name}, or holds it")));
        }
    }
    Ok(whole)
}

/// `path` without links and `..`, whether it is there or not.
fn real(path: &Path) -> io::Result<PathBuf> {
    match fs::canonicalize(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let above = real(path.parent().ok_or(error)?)?;
            match path.components().next_back() {
                Some(Component::Normal(name)) => Ok(above.join(name)),
                _ => Ok(above.parent().unwrap_or(&above).to_path_buf()),
            }
        }
        other => other,
    }
}

/// Refuses a `target` that is neither missing, nor empty, nor ours.
fn examine(target: &Path, output: &Path) -> Result<(), Failure> {
    let failed = |error| Failure::new("read", output, error);
    let refused =
        |why: &str| Err(Failure::Refused(format!("the site cannot be written to {}: it is {why}", output.display())));
    match fs::symlink_metadata(target) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(failed(error)),
        Ok(found) if !found.is_dir() => return refused("no folder"),
        Ok(_) => {}
    }
    if is_marked(target) {
        return Ok(());
    }
    for entry in fs::read_dir(target).map_err(failed)? {
        let name = entry.map_err(failed)?.file_name();
        if !name.to_string_lossy().starts_with(UNFINISHED) {
            return refused("a folder of other things; name an empty one, or one that trustbook made");
        }
    }
    Ok(())
}

/// Whether `folder` carries our mark.
fn is_marked(folder: &Path) -> bool {
    let path = folder.join(MARK);
    let mut start = [0; HEADER.len()];
    fs::symlink_metadata(&path).is_ok_and(|found| found.is_file())
        && open_plain(&path).and_then(|mut mark| mark.read_exact(&mut start)).is_ok()
        && start == *HEADER.as_bytes()
}

/// What the mark of `folder` says; none where there is none of ours.
fn read_mark(folder: &Path) -> Option<Old> {
    if !is_marked(folder) {
        return None;
    }
    let mut file = open_plain(&folder.join(MARK)).ok()?;
    let marked = file.metadata().and_then(|found| found.modified()).ok()?;
    let mut text = String::new();
    file.read_to_string(&mut text).ok()?;
    let page = |line: &str| -> Option<(Box<str>, Page)> {
        let mut parts = line.splitn(3, ' ');
        let hash = u128::from_str_radix(parts.next()?, 16).ok()?;
        let length = parts.next()?.parse().ok()?;
        Some((parts.next()?.replace("%0A", "\n").replace("%25", "%").into(), Page { hash, length }))
    };
    // A line that is no page names none: what it stood for is somebody else's then, and stays.
    let mut pages: Vec<_> = text.lines().skip(1).filter_map(page).collect();
    pages.sort_by(|a, b| a.0.cmp(&b.0));
    Some(Old { pages, marked })
}

/// The files that the last build left in `folder`, with their lengths, sorted by path.
///
/// # Errors
/// It is none of ours.
pub fn made(folder: &Path) -> Result<Vec<(Box<str>, u64)>, Failure> {
    let old = read_mark(folder).ok_or_else(|| {
        Failure::Refused(format!(
            "{} is no folder that trustbook made, or somebody took its mark away",
            folder.display()
        ))
    })?;
    Ok(old.pages.into_iter().map(|(path, page)| (path, page.length)).collect())
}

/// Whether the run that makes `folder` still does.
fn is_at_work(folder: &Path) -> bool {
    let Ok(mark) = open_plain(&folder.join(MARK)) else { return false };
    match mark.try_lock() {
        Ok(()) => false,
        Err(TryLockError::WouldBlock) => true,
        // A file system without locks.
        Err(TryLockError::Error(_)) => {
            let name = folder.to_string_lossy();
            let process = name.rsplit('-').nth(1).unwrap_or_default();
            Path::new("/proc").join(process).exists()
        }
    }
}

/// A folder's path beside `target`: `.site.trustbook-new-PROCESS-COUNT` for `site`.
fn beside(target: &Path, kind: &str) -> PathBuf {
    let name = target.file_name().unwrap_or(OsStr::new("site")).to_string_lossy();
    target.with_file_name(format!(".{name}{}", numbered(kind)))
}

/// `kind` with our process and a number that no other folder of ours has.
fn numbered(kind: &str) -> String {
    static COUNT: AtomicUsize = AtomicUsize::new(0);
    format!("{kind}{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed))
}

/// Why `path` cannot be the name of a file in the site, if it cannot.
fn unsafe_path(path: &str) -> Option<&'static str> {
    let parts = path.split('/').count();
    let names = Path::new(path).components().filter(|part| matches!(part, Component::Normal(_))).count();
    if path.is_empty() || names != parts || Path::new(path).components().count() != parts || path.contains('\0') {
        return Some("its path leads out of the site");
    }
    path.starts_with(MARK).then_some("names that start with .trustbook are the tool's own")
}

/// Makes the folder that `disk`, which is `path` in the site, stands in. A page mostly has a folder of its own in one
/// that is there, so one call does it, and remembering the folders would cost more than asking.
fn make_folder_of(path: &Path, disk: &Path) -> io::Result<()> {
    if path.parent().is_none_or(|folder| folder.as_os_str().is_empty()) {
        return Ok(());
    }
    let folder = disk.parent().expect("a file in a folder");
    match fs::create_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => fs::create_dir_all(folder),
        other => other,
    }
}

/// Reads to the end, handing on every piece.
fn in_pieces(file: &mut File, mut each: impl FnMut(&[u8]) -> io::Result<()>) -> io::Result<Page> {
    let mut hash = Xxh3::new();
    let mut length = 0;
    let mut piece = vec![0; 64 * 1024];
    loop {
        match file.read(&mut piece) {
            Ok(0) => return Ok(Page { hash: hash.digest128(), length }),
            Ok(read) => {
                hash.update(&piece[..read]);
                length += read as u64;
                each(&piece[..read])?;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// What stands in a folder, by paths relative to it; not its mark, nor unfinished sites in it. No link is followed.
#[derive(Debug, Default)]
struct Walked {
    files: Vec<PathBuf>,
    /// Those above before those below.
    folders: Vec<PathBuf>,
    empty_folders: Vec<PathBuf>,
}

/// What [`Output::commit`] carries over.
struct Foreign<'a> {
    files: Vec<&'a Path>,
    empty_folders: Vec<&'a Path>,
}

/// Level by level, each in parallel. A folder that is missing is empty.
fn walk(top: &Path) -> io::Result<Walked> {
    let mut walked = Walked::default();
    let mut level = vec![PathBuf::new()];
    while !level.is_empty() {
        let lists: Vec<(Vec<PathBuf>, Vec<PathBuf>)> = level
            .par_iter()
            .map(|folder| {
                let (mut files, mut folders) = (Vec::new(), Vec::new());
                let entries = match fs::read_dir(top.join(folder)) {
                    Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok((files, folders)),
                    other => other?,
                };
                for entry in entries {
                    let entry = entry?;
                    let name = entry.file_name();
                    if folder.as_os_str().is_empty() && name.as_encoded_bytes().starts_with(MARK.as_bytes()) {
                        let own = name == MARK || name.as_encoded_bytes().starts_with(UNFINISHED.as_bytes());
                        if own {
                            continue;
                        }
                    }
                    let path = folder.join(name);
                    if entry.file_type()?.is_dir() { folders.push(path) } else { files.push(path) }
                }
                Ok((files, folders))
            })
            .collect::<io::Result<_>>()?;
        let mut below = Vec::new();
        for (folder, (files, folders)) in level.into_iter().zip(lists) {
            if files.is_empty() && folders.is_empty() && !folder.as_os_str().is_empty() {
                walked.empty_folders.push(folder.clone());
            }
            walked.folders.push(folder);
            walked.files.extend(files);
            below.extend(folders);
        }
        level = below;
    }
    Ok(walked)
}

/// Removes from `top` what `walked` found there, its mark last, so that a later run can go on where this one is killed.
/// What came in since is left.
fn remove(top: &Path, walked: &Walked) {
    walked.files.par_iter().for_each(|path| {
        let _ = fs::remove_file(top.join(path));
    });
    let mut folders = &walked.folders[..];
    let depth = |folder: &Path| folder.components().count();
    while let Some(last) = folders.last() {
        let start = folders.partition_point(|folder| depth(folder) < depth(last));
        if start == 0 {
            break;
        }
        folders[start..].par_iter().for_each(|folder| {
            let _ = fs::remove_dir(top.join(folder));
        });
        folders = &folders[..start];
    }
    let only_the_mark = fs::read_dir(top).is_ok_and(|entries| entries.flatten().all(|entry| entry.file_name() == MARK));
    if only_the_mark {
        let _ = fs::remove_file(top.join(MARK));
        let _ = fs::remove_dir(top);
    }
}

/// Two folders change names in one step. False where the file system or the kernel cannot.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(one: &Path, other: &Path) -> io::Result<bool> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    use rustix::io::Errno;
    match renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE) {
        Ok(()) => Ok(true),
        Err(Errno::INVAL | Errno::NOSYS | Errno::OPNOTSUPP) => Ok(false),
        Err(error) => Err(error.into()),
    }
}

/// Elsewhere no call does it.
#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_one: &Path, _other: &Path) -> io::Result<bool> {
    Ok(false)
}

/// Whether something is mounted at `path`, also a folder of the same disk, as containers do.
#[cfg(target_os = "linux")]
fn is_mount_point(path: &Path) -> bool {
    use rustix::fs::{AtFlags, CWD, StatxAttributes, StatxFlags, statx};
    statx(CWD, path, AtFlags::SYMLINK_NOFOLLOW, StatxFlags::TYPE)
        .is_ok_and(|found| found.stx_attributes.contains(StatxAttributes::MOUNT_ROOT))
}

/// Elsewhere by its disk being another than that of the folder it is in.
#[cfg(all(unix, not(target_os = "linux")))]
fn is_mount_point(path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let disk = |path: &Path| fs::symlink_metadata(path).map(|found| found.dev()).ok();
    disk(path).is_some() && path.parent().and_then(disk) != disk(path)
}

/// Drives have letters here.
#[cfg(not(unix))]
fn is_mount_point(_path: &Path) -> bool {
    false
}

#[cfg(test)]
mod tests;
