//! The files of a playbook as they were read, and places in them.

use std::ops::Range;
use std::path::PathBuf;
use std::sync::Arc;

/// Everything that a build is a function of. Paths are relative to the playbook's root, with `/` on every
/// system.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    /// `trustbook.toml`, if there is one.
    pub settings: Option<Source>,
    /// `translations.lock`, if there is one.
    pub lock: Option<Source>,
    /// Every `.md` and `.toml` file in `content/`, sorted by path; not read yet.
    pub files: Vec<TextFile>,
    /// Images and other files in `content/`, copied beside the pages that use them; sorted by path.
    pub assets: Vec<Asset>,
    /// Files in `static/`, copied as they are; sorted by path.
    pub statics: Vec<Asset>,
    /// Files in `content/data/`, read when they are measured, never published; sorted by path.
    pub data: Vec<Asset>,
}

/// A text file that was found and is still to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TextFile {
    /// For example `content/guides/contact.md`.
    pub path: Arc<str>,
    /// Where it lies on this machine.
    pub disk: PathBuf,
}

/// One text file: UTF-8, without its byte order mark.
#[derive(Debug, Clone)]
pub struct Source {
    /// For example `content/guides/contact.md`.
    pub path: Arc<str>,
    /// The text, to which every [`Place`] counts its bytes.
    pub text: Arc<str>,
}

/// A file that is copied, not read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asset {
    /// For example `content/guides/shelf.svg`.
    pub path: Arc<str>,
    /// Where it lies on this machine. Never shown to a reader.
    pub disk: PathBuf,
    /// Its size in bytes.
    pub length: u64,
    /// Of an image in `content/`: its width and height in pixels, where it says them.
    pub size: Option<(u32, u32)>,
}

/// Some bytes of a file: what a finding underlines.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Place {
    /// The file, relative to the playbook's root.
    pub path: Arc<str>,
    /// First byte.
    pub start: u32,
    /// First byte after.
    pub end: u32,
}

impl Place {
    /// The bytes `span` of the file `path`. Files are smaller than 4 GiB: load sees to it.
    pub fn new(path: &Arc<str>, span: Range<usize>) -> Place {
        let bound = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Place { path: path.clone(), start: bound(span.start), end: bound(span.end) }
    }

    /// The file as a whole.
    pub fn file(path: &Arc<str>) -> Place {
        Place { path: path.clone(), start: 0, end: 0 }
    }

    /// The bytes as a range.
    pub fn range(&self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A value and where the author wrote it.
#[derive(Debug, Clone, PartialEq)]
pub struct Spanned<T> {
    /// What was written.
    pub value: T,
    /// Where.
    pub place: Place,
}

impl<T> Spanned<T> {
    /// `value`, written at `place`.
    pub fn new(value: T, place: Place) -> Spanned<T> {
        Spanned { value, place }
    }
}

/// Line and column, both from 1; the column counts characters.
pub fn line_and_column(text: &str, at: usize) -> (usize, usize) {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let before = &text[..at];
    let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
    (before.bytes().filter(|byte| *byte == b'\n').count() + 1, before[line_start..].chars().count() + 1)
}

/// The path that `link`, written in the file `from`, leads to; `None` where it leads out of the playbook.
pub fn joined(from: &str, link: &str) -> Option<String> {
    let folder = from.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in link.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}
