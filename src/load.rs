//! A playbook's folder to [`Sources`], and a text file to its [`Source`].
//!
//! The walk decides by the type of a file, before anything is opened, so that a pipe or a device can never hang a build.
//! It is sorted, so that nothing ever depends on the order in which a file system lists its names.

pub mod image;
mod shelf;
mod stamp;

pub use shelf::{Doubt, Shelf, Touched};
pub use stamp::Stamp;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::failure::{Failure, reason};
use crate::source::{Asset, Place, Source, Sources, TextFile};
use rayon::prelude::*;
use std::cell::RefCell;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};
use std::sync::Arc;

/// Text files over this many bytes are a finding: nobody wrote them by hand, and a [`Place`] counts in 32 bits.
pub const LONGEST_TEXT: u64 = 64 * 1024 * 1024;

/// So many links to folders are followed, and no more: a few folders that all link to each other have more paths than
/// anybody can wait for.
const MOST_LINKS: usize = 1_000;

/// Everything in the playbook at `root`, and a `not-text` finding for each thing that is not what its name claims. Of the
/// texts only the settings and the lock of translations are read.
///
/// # Errors
/// There is no `content/`, or it cannot be listed.
pub fn load(root: &Path) -> Result<(Sources, Diagnostics), Failure> {
    let real_root = fs::canonicalize(root).map_err(|error| Failure::new("open", root, error))?;
    let content = content_folder(root, &real_root)?;

    let mut walk = Walk::new(&real_root);
    walk.beside_content(SETTINGS);
    let settings = walk.texts.pop();
    walk.beside_content(LOCK);
    let lock = walk.texts.pop();
    walk.folder(Area::Content, content)?;
    walk.statics();
    let Walk { texts, mut sources, mut findings, .. } = walk;

    for (file, text) in [(settings, &mut sources.settings), (lock, &mut sources.lock)] {
        match file.map(|file| read(&file)) {
            Some(Ok((source, _))) => *text = Some(source),
            Some(Err(finding)) => findings.push(*finding),
            None => {}
        }
    }
    sources.files = texts;
    sources.files.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    for assets in [&mut sources.assets, &mut sources.statics, &mut sources.data] {
        assets.sort_unstable_by(|a, b| a.path.cmp(&b.path));
    }
    sources.assets.par_iter_mut().for_each(|asset| asset.size = image::size_at(&asset.disk));
    findings.sort_by(|a, b| a.labels[0].place.cmp(&b.labels[0].place));
    let mut diagnostics = Diagnostics::default();
    diagnostics.extend(findings);
    Ok((sources, diagnostics))
}

/// The text of a file that [`load`] found, and which version of it that is; or a `not-text` finding.
///
/// # Errors
/// The finding: it cannot be read as text.
pub fn read(file: &TextFile) -> Result<(Source, Stamp), Box<Diagnostic>> {
    thread_local! {
        static BUFFER: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
    }
    BUFFER.with_borrow_mut(|buffer| {
        let (text, stamp) = read_text(&file.disk, buffer).map_err(|why| Box::new(not_text(&file.path, &why)))?;
        let source = Source { path: file.path.clone(), text: text.into() };
        if buffer.capacity() > LONGEST_HELD {
            *buffer = Vec::new();
        }
        Ok((source, stamp))
    })
}

/// A buffer larger than this is not kept for the next file.
const LONGEST_HELD: usize = 1024 * 1024;

/// The text of one file of the playbook as [`load`] gives it, to draw a finding over it; what is no UTF-8 becomes `�`.
/// None where `path` leads out of the playbook, is no plain file or is over 64 MiB.
pub fn read_again(root: &Path, path: &str) -> Option<Arc<str>> {
    if !Path::new(path).components().all(|part| matches!(part, Component::Normal(_))) {
        return None;
    }
    let real_root = fs::canonicalize(root).ok()?;
    let disk = fs::canonicalize(real_root.join(path)).ok()?;
    if !disk.starts_with(&real_root) {
        return None;
    }
    let mut bytes = Vec::new();
    read_plain(&disk, &mut bytes).ok()?;
    let text = String::from_utf8_lossy(&bytes);
    Some(text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&text).into())
}

/// Opens a survey file, to be read once from its beginning.
///
/// # Errors
/// It cannot be opened, or is no plain file any more.
pub fn survey(asset: &Asset) -> io::Result<Box<dyn Read>> {
    let file = open_plain(&asset.disk)?;
    if !file.metadata()?.is_file() {
        return Err(io::Error::other("it is no plain file"));
    }
    Ok(Box::new(file))
}

/// The bytes of an image or another file of the author's.
///
/// # Errors
/// It cannot be read, or is no plain file any more.
pub fn file(asset: &Asset) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    survey(asset)
        .and_then(|mut file| file.read_to_end(&mut bytes))
        .map_err(|error| Failure::new("read", &*asset.path, error))?;
    Ok(bytes)
}

/// The playbook that `start` lies in: the nearest folder upwards that has a `trustbook.toml` or a `content/`.
pub fn find_root(start: &Path) -> Option<PathBuf> {
    let start = std::path::absolute(start).ok()?;
    let root = start.ancestors().find(|folder| folder.join(SETTINGS).is_file() || folder.join("content").is_dir())?;
    Some(root.to_path_buf())
}

const SETTINGS: &str = "trustbook.toml";
const LOCK: &str = crate::parse::lock::LOCK;
const BYTE_ORDER_MARK: char = '\u{FEFF}';

/// Where `content/` really is.
fn content_folder(root: &Path, real_root: &Path) -> Result<PathBuf, Failure> {
    let content = real_root.join("content");
    match fs::canonicalize(&content) {
        Ok(real) if !real.is_dir() => {
            Err(Failure::Refused(format!("content in {} is a file, not a folder", root.display())))
        }
        Ok(real) if !real.starts_with(real_root) => {
            Err(Failure::Refused(format!("content in {} is a link that leads out of it", root.display())))
        }
        Ok(real) => Ok(real),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Err(Failure::Refused(format!("there is no content/ in {}", root.display())))
        }
        Err(error) => Err(Failure::new("read", root.join("content"), error)),
    }
}

/// Which rules a file stands under.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Area {
    Content,
    Data,
    Static,
}

/// A folder still to be listed.
struct Folder {
    area: Area,
    /// Without links, so that containment is a question of prefixes.
    disk: PathBuf,
    /// Relative to the root, by the names that the author used.
    path: String,
    /// The folders in which the links on our way stood.
    through: Vec<PathBuf>,
}

/// What the walk has found so far.
struct Walk<'a> {
    root: &'a Path,
    texts: Vec<TextFile>,
    sources: Sources,
    findings: Vec<Diagnostic>,
    links: usize,
}

impl<'a> Walk<'a> {
    fn new(root: &'a Path) -> Walk<'a> {
        Walk { root, texts: Vec::new(), sources: Sources::default(), findings: Vec::new(), links: 0 }
    }

    /// `trustbook.toml` and `translations.lock` are texts like the others, in another place.
    fn beside_content(&mut self, name: &str) {
        let disk = self.root.join(name);
        let Ok(found) = fs::symlink_metadata(&disk) else { return };
        let folder = Folder { area: Area::Content, disk: self.root.into(), path: String::new(), through: Vec::new() };
        self.entry(&folder, name, disk, found.file_type(), &mut Vec::new());
    }

    /// `static/` may be missing, or a link.
    fn statics(&mut self) {
        let disk = self.root.join("static");
        let Ok(found) = fs::symlink_metadata(&disk) else { return };
        let folder = Folder { area: Area::Static, disk: self.root.into(), path: String::new(), through: Vec::new() };
        let mut folders = Vec::new();
        if found.is_dir() || found.is_symlink() {
            self.entry(&folder, "static", disk, found.file_type(), &mut folders);
        }
        for folder in folders {
            self.below(folder);
        }
    }

    /// All of `content/`, which must be there.
    fn folder(&mut self, area: Area, disk: PathBuf) -> Result<(), Failure> {
        fs::read_dir(&disk).map_err(|error| Failure::new("read", "content", error))?;
        self.below(Folder { area, disk, path: "content".to_owned(), through: Vec::new() });
        Ok(())
    }

    /// A list of folders instead of recursion: a path may be thousands of folders deep.
    fn below(&mut self, top: Folder) {
        let mut folders = vec![top];
        while let Some(folder) = folders.pop() {
            let mut entries = match fs::read_dir(&folder.disk).and_then(Iterator::collect::<io::Result<Vec<_>>>) {
                Ok(entries) => entries,
                Err(error) => {
                    let why = format!("`{}` cannot be listed: {}", folder.path, reason(&error));
                    self.find(&folder.path, why, "this folder");
                    continue;
                }
            };
            // Sorted here as well as at the end: which links are followed must not depend on the file system.
            entries.sort_by_key(|entry| entry.file_name());
            for entry in entries {
                let name = entry.file_name();
                if left_out(folder.area, &name) {
                    continue;
                }
                let path = format!("{}/{}", folder.path, name.to_string_lossy());
                let Some(name) = name.to_str() else {
                    self.find(&path, format!("the name of `{path}` is not UTF-8"), "this name");
                    continue;
                };
                match entry.file_type() {
                    Ok(kind) => self.entry(&folder, name, entry.path(), kind, &mut folders),
                    Err(error) => self.find(&path, format!("`{path}` cannot be read: {}", reason(&error)), "this file"),
                }
            }
        }
    }

    /// One name in `folder`.
    fn entry(&mut self, folder: &Folder, name: &str, disk: PathBuf, kind: fs::FileType, folders: &mut Vec<Folder>) {
        let path = if folder.path.is_empty() { name.to_owned() } else { format!("{}/{name}", folder.path) };
        let area = if path == "content/data" { Area::Data } else { folder.area };
        if kind.is_symlink() {
            match self.follow(folder, area, &disk) {
                Ok((real, true)) => {
                    let through = folder.through.iter().chain([&folder.disk]).cloned().collect();
                    folders.push(Folder { area, disk: real, path, through });
                }
                Ok((real, false)) => self.file(area, path, real),
                Err(why) => self.find(&path, format!("`{path}` is a link that {why}"), "this link"),
            }
        } else if kind.is_dir() {
            folders.push(Folder { area, disk, path, through: folder.through.clone() });
        } else if kind.is_file() {
            self.file(area, path, disk);
        } else if area == Area::Data || is_text(&path) {
            self.find(&path, format!("`{path}` is no plain file"), "a pipe, a socket or a device");
        }
    }

    /// Where a link leads, and whether to a folder; or why it is not followed.
    fn follow(&mut self, folder: &Folder, area: Area, link: &Path) -> Result<(PathBuf, bool), String> {
        let real = fs::canonicalize(link).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => "leads to nothing".to_owned(),
            _ => format!("cannot be followed: {}", reason(&error)),
        })?;
        let Ok(inside) = real.strip_prefix(self.root) else {
            return Err("leads out of the playbook".to_owned());
        };
        if inside.components().any(|part| part.as_os_str() == ".git") {
            return Err("leads into .git".to_owned());
        }
        // A link must not publish what is never published.
        if area != Area::Data && inside.starts_with("content/data") {
            return Err("leads into content/data, which is never published".to_owned());
        }
        let found = fs::metadata(&real).map_err(|error| format!("cannot be followed: {}", reason(&error)))?;
        if !found.is_dir() {
            return if found.is_file() { Ok((real, false)) } else { Err("leads to no plain file".to_owned()) };
        }
        if folder.through.iter().chain([&folder.disk]).any(|passed| passed.starts_with(&real)) {
            return Err("leads back to a folder that it is in".to_owned());
        }
        // A folder that holds content/data may not bring it in by another name either.
        if area != Area::Data && self.root.join("content/data").starts_with(&real) {
            return Err("leads to a folder that holds content/data, which is never published".to_owned());
        }
        self.links += 1;
        if self.links > MOST_LINKS {
            return Err(format!("is not followed: {MOST_LINKS} links to folders have been"));
        }
        Ok((real, true))
    }

    /// A plain file: text, data, or something to copy.
    fn file(&mut self, area: Area, path: String, disk: PathBuf) {
        if area == Area::Content && is_text(&path) {
            self.texts.push(TextFile { path: path.into(), disk });
            return;
        }
        // `X.TOML` is none of ours, yet `.toml` is never published however it is written.
        if area == Area::Content && Path::new(&path).extension().is_some_and(|end| end.eq_ignore_ascii_case("toml")) {
            return;
        }
        let length = match fs::metadata(&disk) {
            Ok(found) => found.len(),
            Err(error) => {
                return self.find(&path, format!("`{path}` cannot be read: {}", reason(&error)), "this file");
            }
        };
        let asset = Asset { path: path.into(), disk, length, size: None };
        match area {
            Area::Content => self.sources.assets.push(asset),
            Area::Data => self.sources.data.push(asset),
            Area::Static => self.sources.statics.push(asset),
        }
    }

    fn find(&mut self, path: &str, message: String, label: &str) {
        self.findings.push(Diagnostic::new(Code::NotText, message).at(Place::file(&path.into()), label));
    }
}

/// Drafts and editors' own files in `content/`. In `static/` a leading dot or `_` has a meaning of its own
/// (`.well-known/`, `_redirects`), so that only what never was meant for the site is left out there.
fn left_out(area: Area, name: &OsStr) -> bool {
    let name = name.as_encoded_bytes();
    match area {
        Area::Content | Area::Data => name.starts_with(b".") || name.starts_with(b"_") || name.ends_with(b"~"),
        Area::Static => {
            matches!(name, b".git" | b".gitignore" | b".gitkeep" | b".DS_Store")
                || name.starts_with(b".#")
                || name.ends_with(b"~")
                || (name.starts_with(b".") && (name.ends_with(b".swp") || name.ends_with(b".swo")))
        }
    }
}

fn is_text(path: &str) -> bool {
    path.ends_with(".md") || path.ends_with(".toml") || path == LOCK
}

/// The finding about the file `path`; `why` goes on where its name stops.
fn not_text(path: &Arc<str>, why: &str) -> Diagnostic {
    Diagnostic::new(Code::NotText, format!("`{path}` {why}"))
        .at(Place::file(path), "this file")
        .help("save it as UTF-8 text with LF or CRLF line ends")
}

/// The text of a file without its byte order mark, or what is wrong with it.
fn read_text<'a>(disk: &Path, buffer: &'a mut Vec<u8>) -> Result<(&'a str, Stamp), String> {
    let stamp = read_plain(disk, buffer)?;
    if buffer.starts_with(&[0xFF, 0xFE]) || buffer.starts_with(&[0xFE, 0xFF]) {
        return Err("is UTF-16, as its mark at byte 0 says".to_owned());
    }
    let text = std::str::from_utf8(buffer).map_err(|error| {
        let at = error.valid_up_to();
        format!("is not UTF-8: byte {at} is 0x{:02X}", buffer[at])
    })?;
    if let Some(at) = memchr::memchr(0, buffer) {
        return Err(format!("is not text: byte {at} is NUL"));
    }
    let lone = |at: &usize| buffer.get(at + 1) != Some(&b'\n');
    if let Some(at) = memchr::memchr_iter(b'\r', buffer).find(lone) {
        return Err(format!("ends a line with CR alone at byte {at}"));
    }
    Ok((text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(text), stamp))
}

/// The bytes of a plain file of at most [`LONGEST_TEXT`], and its version before they were read.
fn read_plain(disk: &Path, buffer: &mut Vec<u8>) -> Result<Stamp, String> {
    let wrong = |error: io::Error| format!("cannot be read: {}", reason(&error));
    buffer.clear();
    let mut file = open_plain(disk).map_err(wrong)?;
    let found = file.metadata().map_err(wrong)?;
    if !found.is_file() {
        return Err("is no plain file".to_owned());
    }
    let too_long = |length: u64| format!("has {length} bytes; a text has at most {LONGEST_TEXT}");
    if found.len() > LONGEST_TEXT {
        return Err(too_long(found.len()));
    }
    buffer.reserve(found.len() as usize + 1);
    file.by_ref().take(LONGEST_TEXT + 1).read_to_end(buffer).map_err(wrong)?;
    if buffer.len() as u64 > LONGEST_TEXT {
        return Err(too_long(buffer.len() as u64));
    }
    Ok(Stamp::of(&found))
}

/// Opens for reading without ever waiting: between the walk and here somebody may have put a pipe in the file's place.
pub(crate) fn open_plain(path: &Path) -> io::Result<File> {
    let mut options = File::options();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits() as i32);
    }
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::{AtomicUsize, Ordering};

    /// A folder of its own for one test, removed after it.
    struct Playbook(PathBuf);

    impl Playbook {
        fn new() -> Playbook {
            static COUNT: AtomicUsize = AtomicUsize::new(0);
            let name = format!("trustbook-load-{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
            let root = std::env::temp_dir().join(name);
            fs::create_dir_all(root.join("book/content")).unwrap();
            Playbook(root)
        }

        fn root(&self) -> PathBuf {
            self.0.join("book")
        }

        fn file(&self, path: &str, bytes: impl AsRef<[u8]>) -> &Playbook {
            let path = self.root().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, bytes).unwrap();
            self
        }

        /// Everything found, the texts that could be read among it, and what was wrong.
        fn load(&self) -> (Sources, Vec<String>) {
            let (mut sources, diagnostics) = load(&self.root()).unwrap();
            let mut findings = diagnostics.into_vec();
            sources.files.retain(|file| match read(file) {
                Ok(_) => true,
                Err(finding) => {
                    findings.push(*finding);
                    false
                }
            });
            findings.sort_by(|a, b| a.labels[0].place.cmp(&b.labels[0].place));
            assert!(findings.iter().all(|finding| finding.code == Code::NotText && finding.labels.len() == 1));
            (sources, findings.into_iter().map(|finding| finding.message).collect())
        }
    }

    impl Drop for Playbook {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    fn paths(sources: &Sources) -> Vec<&str> {
        sources.files.iter().map(|source| &*source.path).collect()
    }

    fn assets(assets: &[Asset]) -> Vec<&str> {
        assets.iter().map(|asset| &*asset.path).collect()
    }

    #[test]
    fn every_file_finds_its_place() {
        let playbook = Playbook::new();
        playbook
            .file("trustbook.toml", "title = \"T\"")
            .file("content/index.md", "# Hi")
            .file("content/guides/b.md", "b")
            .file("content/guides/a.md", "a")
            .file("content/guides-x.md", "x")
            .file("content/guides/shelf.svg", "<svg/>")
            .file("content/anything.toml", "")
            .file("content/SECRET.TOML", "")
            .file("content/data/support.csv", "a,b")
            .file("content/data/notes.md", "n")
            .file("content/_drafts/x.md", "x")
            .file("content/.obsidian/x.md", "x")
            .file("content/_x.md", "x")
            .file("content/.x.md", "x")
            .file("content/folder.md/inside.md", "walked")
            .file("static/.well-known/security.txt", "s")
            .file("static/_redirects", "r")
            .file("static/.git/config", "never")
            .file("static/.page.html.swp", "never")
            .file("static/page.html~", "never")
            .file("outside.md", "not ours");
        let (sources, findings) = playbook.load();
        assert_eq!(findings, Vec::<String>::new());
        assert_eq!(&*sources.settings.as_ref().unwrap().text, "title = \"T\"");
        assert_eq!(
            paths(&sources),
            [
                "content/anything.toml",
                "content/folder.md/inside.md",
                "content/guides-x.md",
                "content/guides/a.md",
                "content/guides/b.md",
                "content/index.md"
            ]
        );
        assert_eq!(assets(&sources.assets), ["content/guides/shelf.svg"]);
        assert_eq!(sources.assets[0].length, 6);
        assert_eq!(assets(&sources.data), ["content/data/notes.md", "content/data/support.csv"]);
        assert_eq!(assets(&sources.statics), ["static/.well-known/security.txt", "static/_redirects"]);
    }

    #[test]
    fn what_is_no_text_is_found_with_its_byte() {
        let playbook = Playbook::new();
        playbook
            .file("content/bom.md", "\u{FEFF}# Hi\r\nyou\r\n")
            .file("content/cr.md", "one\rtwo")
            .file("content/cr-last.md", "one\r")
            .file("content/latin.md", b"caf\xE9")
            .file("content/nul.md", b"a\0b")
            .file("content/utf16.md", b"\xFF\xFEa\0")
            .file("trustbook.toml", b"\xFE\xFF\0a");
        let (sources, findings) = playbook.load();
        assert!(sources.settings.is_none());
        assert_eq!(paths(&sources), ["content/bom.md"]);
        assert_eq!(&*read(&sources.files[0]).unwrap().0.text, "# Hi\r\nyou\r\n");
        assert_eq!(
            findings,
            [
                "`content/cr-last.md` ends a line with CR alone at byte 3",
                "`content/cr.md` ends a line with CR alone at byte 3",
                "`content/latin.md` is not UTF-8: byte 3 is 0xE9",
                "`content/nul.md` is not text: byte 1 is NUL",
                "`content/utf16.md` is UTF-16, as its mark at byte 0 says",
                "`trustbook.toml` is UTF-16, as its mark at byte 0 says",
            ]
        );
        assert_eq!(read_again(&playbook.root(), "content/bom.md").as_deref(), Some("# Hi\r\nyou\r\n"));
        assert_eq!(read_again(&playbook.root(), "content/latin.md").as_deref(), Some("caf\u{FFFD}"));
        for path in ["../x.md", "content/../../x.md", "/etc/passwd", "content", "content/missing.md"] {
            assert_eq!(read_again(&playbook.root(), path), None, "{path}");
        }
    }

    #[test]
    fn a_file_too_long_is_not_read() {
        let playbook = Playbook::new();
        playbook.file("content/ok.md", "ok").file("content/huge.md", "");
        let file = File::options().write(true).open(playbook.root().join("content/huge.md")).unwrap();
        // Sparse: 4 GiB that take no room.
        file.set_len(4 << 30).unwrap();
        let (sources, findings) = playbook.load();
        assert_eq!(paths(&sources), ["content/ok.md"]);
        assert_eq!(findings, ["`content/huge.md` has 4294967296 bytes; a text has at most 67108864"]);
        assert_eq!(read_again(&playbook.root(), "content/huge.md"), None);
    }

    #[test]
    fn without_content_the_message_names_the_folder() {
        let playbook = Playbook::new();
        fs::remove_dir(playbook.root().join("content")).unwrap();
        let message = load(&playbook.root()).unwrap_err().to_string();
        assert_eq!(message, format!("there is no content/ in {}", playbook.root().display()));
        fs::write(playbook.root().join("content"), "").unwrap();
        assert!(load(&playbook.root()).unwrap_err().to_string().contains("is a file"));
        let missing = playbook.root().join("missing");
        let message = load(&missing).unwrap_err().to_string();
        assert_eq!(message, format!("could not open {}: no such file or directory", missing.display()));
    }

    #[test]
    fn an_empty_content_loads() {
        let playbook = Playbook::new();
        let (sources, findings) = playbook.load();
        assert!(sources.files.is_empty() && findings.is_empty());
    }

    #[test]
    fn the_root_is_the_nearest_folder_upwards() {
        let playbook = Playbook::new();
        playbook.file("content/guides/deep/a.md", "");
        let root = playbook.root();
        assert_eq!(find_root(&root.join("content/guides/deep")), Some(root.clone()));
        playbook.file("content/guides/trustbook.toml", "");
        assert_eq!(find_root(&root.join("content/guides/deep")), Some(root.join("content/guides")));
        assert_eq!(find_root(&root), Some(root));
    }

    #[cfg(unix)]
    mod unix {
        use super::*;
        use std::os::unix::ffi::OsStrExt;
        use std::os::unix::fs::symlink;
        use std::os::unix::net::UnixListener;

        #[test]
        fn links_are_followed_inside_and_nowhere_else() {
            let playbook = Playbook::new();
            playbook.file("content/guides/a.md", "a").file("shared/b.md", "b").file("content/data/x.csv", "secret");
            let outside = playbook.0.join("outside");
            fs::create_dir_all(&outside).unwrap();
            fs::write(outside.join("o.md"), "o").unwrap();
            let content = playbook.root().join("content");
            symlink("guides/a.md", content.join("same.md")).unwrap();
            symlink("../shared", content.join("linked")).unwrap();
            symlink(&outside, content.join("out")).unwrap();
            symlink(outside.join("o.md"), content.join("out.md")).unwrap();
            symlink("/dev/zero", content.join("zero.md")).unwrap();
            symlink("nowhere.md", content.join("dangling.md")).unwrap();
            symlink("self.md", content.join("self.md")).unwrap();
            symlink("..", content.join("guides/up")).unwrap();
            symlink("../..", content.join("guides/root")).unwrap();
            symlink("data/x.csv", content.join("leak.csv")).unwrap();
            symlink("content", playbook.root().join("static")).unwrap();
            let (sources, findings) = playbook.load();
            assert_eq!(paths(&sources), ["content/guides/a.md", "content/linked/b.md", "content/same.md"]);
            assert!(sources.assets.is_empty() && sources.statics.is_empty());
            assert_eq!(
                findings,
                [
                    "`content/dangling.md` is a link that leads to nothing",
                    "`content/guides/root` is a link that leads back to a folder that it is in",
                    "`content/guides/up` is a link that leads back to a folder that it is in",
                    "`content/leak.csv` is a link that leads into content/data, which is never published",
                    "`content/out` is a link that leads out of the playbook",
                    "`content/out.md` is a link that leads out of the playbook",
                    "`content/self.md` is a link that cannot be followed: too many levels of symbolic links",
                    "`content/zero.md` is a link that leads out of the playbook",
                    "`static` is a link that leads to a folder that holds content/data, which is never published",
                ]
            );
            assert_eq!(read_again(&playbook.root(), "content/out.md"), None);
            assert_eq!(read_again(&playbook.root(), "content/zero.md"), None);
        }

        #[test]
        fn folders_that_link_to_each_other_end() {
            let playbook = Playbook::new();
            let folders: Vec<_> = (0..12).map(|at| format!("content/f{at:02}")).collect();
            for folder in &folders {
                playbook.file(&format!("{folder}/a.md"), "a");
                for (at, _) in folders.iter().enumerate().filter(|(_, other)| *other != folder) {
                    symlink(format!("../f{at:02}"), playbook.root().join(format!("{folder}/to{at:02}"))).unwrap();
                }
            }
            let (sources, findings) = playbook.load();
            assert_eq!(sources.files.len(), 12 + MOST_LINKS);
            assert!(findings.iter().any(|finding| finding.contains("leads back")));
            assert!(findings.iter().any(|finding| finding.contains("is not followed")));
        }

        #[test]
        fn pipes_and_sockets_do_not_hang() {
            let playbook = Playbook::new();
            playbook.file("content/ok.md", "ok");
            let content = playbook.root().join("content");
            let pipe = content.join("pipe.md");
            rustix::fs::mknodat(rustix::fs::CWD, &pipe, rustix::fs::FileType::Fifo, rustix::fs::Mode::RWXU, 0).unwrap();
            fs::hard_link(&pipe, content.join("pipe.png")).unwrap();
            let _listening = UnixListener::bind(content.join("socket.toml")).unwrap();
            symlink("pipe.md", content.join("link.md")).unwrap();
            let (sources, findings) = playbook.load();
            assert_eq!(paths(&sources), ["content/ok.md"]);
            assert!(sources.assets.is_empty());
            assert_eq!(
                findings,
                [
                    "`content/link.md` is a link that leads to no plain file",
                    "`content/pipe.md` is no plain file",
                    "`content/socket.toml` is no plain file",
                ]
            );
            assert_eq!(read_again(&playbook.root(), "content/pipe.md"), None);
            // Also where the walk saw a file and found a pipe when it came to read.
            assert_eq!(read_text(&pipe, &mut Vec::new()), Err("is no plain file".to_owned()));
        }

        #[test]
        fn what_cannot_be_opened_is_found() {
            let playbook = Playbook::new();
            let gone = playbook.root().join("content/gone.md");
            assert_eq!(read_text(&gone, &mut Vec::new()), Err("cannot be read: no such file or directory".to_owned()));
        }

        #[test]
        fn names_that_are_not_utf8_are_found() {
            let playbook = Playbook::new();
            let name = OsStr::from_bytes(b"caf\xE9.md");
            fs::write(playbook.root().join("content").join(name), "x").unwrap();
            let (sources, findings) = playbook.load();
            assert!(sources.files.is_empty());
            assert_eq!(findings, ["the name of `content/caf\u{FFFD}.md` is not UTF-8"]);
        }

        #[test]
        fn strange_names_are_kept() {
            let playbook = Playbook::new();
            let names = ["a\nb.md", "a b.md", "\u{65}\u{301}.md", "\u{E9}.md", "\\.md"];
            for name in names {
                playbook.file(&format!("content/{name}"), name);
            }
            let (sources, findings) = playbook.load();
            assert!(findings.is_empty());
            assert_eq!(sources.files.len(), names.len());
        }
    }
}
