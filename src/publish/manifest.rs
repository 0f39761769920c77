//! What `publish.json` says: the files of a release, the pages as readers know them, and what was promised.
//!
//! It is written one entry a line, in a fixed order, so that two of them can be compared by eye and by Git.

use crate::playbook::Settings;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Its name in a release.
pub const NAME: &str = "publish.json";

/// The shape that this program writes, and the newest that it reads.
pub const FORMAT: u32 = 1;

/// A release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// The shape of this file; [`FORMAT`].
    pub format: u32,
    /// The program that made it: `trustbook 0.1.0`.
    pub generator: String,
    /// Whose it is.
    pub playbook: Identity,
    /// The audience that it is for.
    pub edition: String,
    /// Whether drafts are shown.
    #[serde(default)]
    pub drafts: bool,
    /// The day that it was made for: `2026-11-22`.
    pub date: String,
    /// What it was made of, where that is under version control.
    pub source: Option<Revision>,
    /// Every file but this one, sorted by path.
    pub files: Vec<FileEntry>,
    /// Every address, sorted.
    pub pages: Vec<PageEntry>,
    /// Every promise, sorted by id.
    pub promises: Vec<PromiseEntry>,
}

/// Which playbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// Its id, which stays when its title changes.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Where it says that it stands.
    pub base_url: Option<String>,
}

/// A state of the source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision {
    /// As Git calls it, in full.
    pub revision: String,
    /// Whether files were other than in that revision, or new.
    pub modified: bool,
}

/// A file of the release.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    /// Its path in the release: `guides/contact/index.html`.
    pub path: String,
    /// SHA-256 of its bytes, in hex.
    pub sha256: String,
    /// Its length in bytes.
    pub size: u64,
    /// What it is sent as: `text/html; charset=utf-8`.
    #[serde(rename = "type")]
    pub media: String,
    /// Whether its name says all that is in it, so that a browser may keep it for ever.
    #[serde(default, skip_serializing_if = "is_false")]
    pub immutable: bool,
}

/// An address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageEntry {
    /// Without the base path, begins with `/`: `/guides/contact/`.
    pub address: String,
    /// Of an old address: where it leads.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    /// Its title.
    #[serde(default)]
    pub title: String,
    /// How many words a reader finds on it.
    #[serde(default)]
    pub words: u32,
    /// A hash of these words, in hex.
    #[serde(default)]
    pub text: String,
    /// The ids of its headings, in order.
    #[serde(default)]
    pub anchors: Vec<String>,
}

/// A promise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PromiseEntry {
    /// Its id.
    pub id: String,
    /// What is promised.
    pub text: String,
    /// `made`, `kept`, `at-risk`, `broken` or `withdrawn`.
    pub state: String,
}

fn is_false(truth: &bool) -> bool {
    !truth
}

/// Why something is no manifest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Unreadable {
    /// A newer program made it.
    Newer(u32),
    /// It is something else, or damaged; the reader's words.
    Other(String),
}

impl Identity {
    /// That of these settings.
    pub fn of(settings: &Settings) -> Identity {
        Identity {
            id: settings.id.to_string(),
            title: settings.title.to_string(),
            base_url: settings.base_url.as_deref().map(str::to_string),
        }
    }
}

impl Manifest {
    /// A release of nothing yet, made by this program.
    pub fn new(playbook: Identity, edition: &str, date: &str) -> Manifest {
        Manifest {
            format: FORMAT,
            generator: concat!("trustbook ", env!("CARGO_PKG_VERSION")).to_string(),
            playbook,
            edition: edition.to_string(),
            drafts: false,
            date: date.to_string(),
            source: None,
            files: Vec::new(),
            pages: Vec::new(),
            promises: Vec::new(),
        }
    }

    /// Its bytes: the same manifest, the same bytes.
    pub fn bytes(&self) -> Vec<u8> {
        let mut text = String::from("{");
        let mut key = |name: &str, value: String| {
            text.push_str(if text.len() > 1 { ",\n" } else { "\n" });
            text.push_str(&format!("\"{name}\": {value}"));
        };
        key("format", self.format.to_string());
        key("generator", json(&self.generator));
        key("playbook", json(&self.playbook));
        key("edition", json(&self.edition));
        key("drafts", self.drafts.to_string());
        key("date", json(&self.date));
        key("source", json(&self.source));
        key("files", list(&self.files));
        key("pages", list(&self.pages));
        key("promises", list(&self.promises));
        text.push_str("\n}\n");
        text.into_bytes()
    }

    /// What the bytes say.
    ///
    /// # Errors
    /// They are no manifest, or one of a newer program.
    pub fn read(bytes: &[u8]) -> Result<Manifest, Unreadable> {
        #[derive(Deserialize)]
        struct Head {
            format: u32,
        }
        let other = |error: serde_json::Error| Unreadable::Other(error.to_string());
        let head: Head = serde_json::from_slice(bytes).map_err(other)?;
        if head.format > FORMAT {
            return Err(Unreadable::Newer(head.format));
        }
        serde_json::from_slice(bytes).map_err(other)
    }

    /// The file at `path`.
    pub fn file(&self, path: &str) -> Option<&FileEntry> {
        self.files.binary_search_by(|file| file.path.as_str().cmp(path)).ok().map(|at| &self.files[at])
    }

    /// Pages, without old addresses.
    pub fn real_pages(&self) -> impl Iterator<Item = &PageEntry> {
        self.pages.iter().filter(|page| page.to.is_none())
    }

    /// Addresses with their entries.
    pub fn by_address(&self) -> BTreeMap<&str, &PageEntry> {
        self.pages.iter().map(|page| (page.address.as_str(), page)).collect()
    }

    /// Files of `self` that `other` has not, or has with other bytes.
    pub fn changed_since<'a>(&'a self, other: Option<&'a Manifest>) -> impl Iterator<Item = &'a FileEntry> {
        self.files.iter().filter(move |file| {
            other.and_then(|other| other.file(&file.path)).is_none_or(|known| known.sha256 != file.sha256)
        })
    }

    /// Files of `other` whose names say all that is in them and that `self` has no more. A browser that read a page of `other` a
    /// moment ago may still ask for them, so a release keeps those of the one before it.
    pub fn carried<'a>(&'a self, other: Option<&'a Manifest>) -> impl Iterator<Item = &'a FileEntry> {
        other
            .into_iter()
            .flat_map(|other| &other.files)
            .filter(|file| file.immutable && self.file(&file.path).is_none())
    }
}

fn json<T: Serialize>(value: &T) -> String {
    serde_json::to_string(value).expect("a manifest has texts and numbers only")
}

fn list<T: Serialize>(entries: &[T]) -> String {
    if entries.is_empty() {
        return "[]".to_string();
    }
    let mut text = String::from("[\n");
    for (index, entry) in entries.iter().enumerate() {
        if index > 0 {
            text.push_str(",\n");
        }
        text.push_str(&json(entry));
    }
    text.push_str("\n]");
    text
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// A release of these pages (address, title, words) and promises (id, text, state).
    pub fn release(pages: &[(&str, &str, u32)], promises: &[(&str, &str, &str)]) -> Manifest {
        let playbook = Identity { id: "playbook".into(), title: "Playbook".into(), base_url: None };
        let mut manifest = Manifest::new(playbook, "internal", "2026-11-22");
        for (address, title, words) in pages {
            let (to, title) = title.strip_prefix("to ").map_or((None, *title), |to| (Some(to.to_string()), ""));
            manifest.files.push(FileEntry {
                path: format!("{}index.html", &address[1..]),
                sha256: format!("{title}{words}"),
                size: 1,
                media: "text/html; charset=utf-8".into(),
                immutable: false,
            });
            manifest.pages.push(PageEntry {
                address: (*address).into(),
                to,
                title: title.into(),
                words: *words,
                text: format!("{title}{words}"),
                anchors: Vec::new(),
            });
        }
        for (id, text, state) in promises {
            let (id, text, state) = ((*id).into(), (*text).into(), (*state).into());
            manifest.promises.push(PromiseEntry { id, text, state });
        }
        manifest
    }

    #[test]
    fn it_is_read_as_it_was_written() {
        let mut manifest = release(&[("/", "Home \"x\"", 3), ("/old/", "to /", 0)], &[("reply", "We reply.", "kept")]);
        manifest.files[0].immutable = true;
        manifest.source = Some(Revision { revision: "abc".into(), modified: true });
        assert_eq!(Manifest::read(&manifest.bytes()), Ok(manifest.clone()));
        let text = String::from_utf8(manifest.bytes()).unwrap();
        assert!(text.contains("\n{\"id\":\"reply\",\"text\":\"We reply.\",\"state\":\"kept\"}\n"), "{text}");
    }

    #[test]
    fn what_is_none_is_told_from_what_is_newer() {
        assert!(matches!(Manifest::read(b"{}"), Err(Unreadable::Other(_))));
        assert!(matches!(Manifest::read(b"<html>"), Err(Unreadable::Other(_))));
        assert_eq!(Manifest::read(b"{\"format\": 2, \"files\": {}}"), Err(Unreadable::Newer(2)));
    }
}
