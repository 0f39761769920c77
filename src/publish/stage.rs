//! A built site to its [`Manifest`], and to what was found in it that should not be there. Every file is read once.

use super::canary::{Leak, Needles};
use super::manifest::{FileEntry, Identity, Manifest, PageEntry, PromiseEntry, Revision};
use super::page::{Page, page};
use crate::failure::Failure;
use crate::load::open_plain;
use crate::pipeline::Planned;
use crate::serve::media::type_of;
use crate::write;
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

/// Files longer than this are hashed in pieces, not held in memory.
const LONGEST_HELD: u64 = 16 * 1024 * 1024;

/// A site that is ready to leave.
#[derive(Debug)]
pub struct Staged {
    /// What it is.
    pub manifest: Manifest,
    /// What has to be taken out first; of many, the first.
    pub leaks: Vec<Leak>,
}

/// So many leaks are told.
const TOLD: usize = 20;

/// Reads the site that was built of `planned` in `folder`.
///
/// # Errors
/// It cannot be read.
pub fn staged(
    planned: &Planned,
    folder: &Path,
    drafts: bool,
    source: Option<Revision>,
    needles: &Needles,
) -> Result<Staged, Failure> {
    let made = write::made(folder)?;
    let addresses = Addresses::of(planned);
    let mut read: Vec<Seen> = made
        .par_iter()
        .map(|(path, length)| {
            let failed = |error| Failure::new("read", folder.join(&**path), error);
            seen(folder, path, *length, &addresses, needles).map_err(failed)
        })
        .collect::<Result<_, Failure>>()?;
    read.sort_by(|a, b| a.file.path.cmp(&b.file.path));
    let settings = &planned.playbook.settings;
    let mut leaks: Vec<Leak> = read.iter_mut().flat_map(|seen| seen.leaks.drain(..)).collect();
    leaks.truncate(TOLD);
    let promises = read.iter_mut().find_map(|seen| seen.promises.take()).unwrap_or_default();
    let mut pages: Vec<PageEntry> = read.iter_mut().filter_map(|seen| seen.page.take()).collect();
    pages.sort_by(|a, b| a.address.cmp(&b.address));
    let manifest = Manifest {
        drafts,
        source,
        files: read.into_iter().map(|seen| seen.file).collect(),
        pages,
        promises,
        ..Manifest::new(Identity::of(settings), &settings.edition, &planned.measures.today.to_string())
    };
    Ok(Staged { manifest, leaks })
}

/// A file that was read.
struct Seen {
    file: FileEntry,
    page: Option<PageEntry>,
    promises: Option<Vec<PromiseEntry>>,
    leaks: Vec<Leak>,
}

/// Which files are pages, and which may be kept for ever.
struct Addresses<'p> {
    /// Address and, of an old one, where it leads; by file.
    pages: FxHashMap<String, (&'p str, Option<&'p str>)>,
    /// Files whose names have a hash of their bytes.
    immutable: FxHashSet<&'p str>,
}

impl<'p> Addresses<'p> {
    fn of(planned: &'p Planned) -> Addresses<'p> {
        let routes = &planned.routes;
        let pages = routes.all.iter().map(|route| (route.file(), (&*route.address, None)));
        let old = routes.aliases.iter().map(|alias| {
            (planned.alias_route(alias).file(), (&*alias.address, Some(&*routes.all[alias.to as usize].address)))
        });
        Addresses {
            pages: pages.chain(old).collect(),
            immutable: planned.theme.files.iter().map(|(path, _)| &**path).collect(),
        }
    }

    fn is_immutable(&self, path: &str) -> bool {
        let card = path.strip_prefix("assets/card.").and_then(|name| name.strip_suffix(".png"));
        self.immutable.contains(path)
            || card.is_some_and(|hash| hash.len() == 16 && hash.bytes().all(|byte| byte.is_ascii_hexdigit()))
    }
}

fn seen(folder: &Path, path: &str, length: u64, addresses: &Addresses<'_>, needles: &Needles) -> io::Result<Seen> {
    let mut file = open_plain(&folder.join(path))?;
    let media = type_of(path);
    let is_text = media.starts_with("text/") || ["json", "xml"].iter().any(|kind| media.contains(kind));
    let mut hash = Sha256::new();
    let mut bytes = Vec::new();
    let size = if length <= LONGEST_HELD || is_text {
        bytes.reserve_exact(length as usize + 1);
        file.read_to_end(&mut bytes)?;
        hash.update(&bytes);
        bytes.len() as u64
    } else {
        in_pieces(&mut file, &mut hash)?
    };
    if size != length {
        return Err(io::Error::other("it is not as the build left it"));
    }
    let entry = FileEntry {
        path: path.to_string(),
        sha256: hex(&hash.finalize()),
        size,
        media: media.to_string(),
        immutable: addresses.is_immutable(path),
    };
    let page = addresses.pages.get(path).map(|(address, to)| {
        let read = if to.is_some() { Page::default() } else { page(&String::from_utf8_lossy(&bytes)) };
        PageEntry {
            address: (*address).to_string(),
            to: to.map(str::to_string),
            title: read.title,
            words: read.words,
            text: if to.is_some() { String::new() } else { format!("{:016x}", read.text) },
            anchors: read.anchors,
        }
    });
    let promises = (path == "promises.json").then(|| promises(&bytes));
    // A picture's bytes say nothing, but its name may.
    // Of a kind that nobody knows it may be text.
    let is_read = is_text || media == "application/octet-stream";
    let leaks = needles.look(path, if is_read { &bytes } else { &[] });
    Ok(Seen { file: entry, page, promises, leaks })
}

fn in_pieces(file: &mut File, hash: &mut Sha256) -> io::Result<u64> {
    let mut piece = vec![0; 256 * 1024];
    let mut size = 0;
    loop {
        match file.read(&mut piece) {
            Ok(0) => return Ok(size),
            Ok(read) => {
                hash.update(&piece[..read]);
                size += read as u64;
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

/// Bytes in hex.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        write!(text, "{byte:02x}").expect("a String takes everything");
        text
    })
}

/// The promises of `promises.json`, as other programs read them.
fn promises(bytes: &[u8]) -> Vec<PromiseEntry> {
    #[derive(Deserialize)]
    struct Promises {
        promises: Vec<PromiseEntry>,
    }
    let mut promises: Vec<PromiseEntry> =
        serde_json::from_slice(bytes).map(|read: Promises| read.promises).unwrap_or_default();
    promises.sort_by(|a, b| a.id.cmp(&b.id));
    promises
}
