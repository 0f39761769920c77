//! A place to the lines and columns that people and their editors count.

use crate::source::Place;
use std::collections::BTreeMap;
use std::sync::Arc;

/// Where places stand in their files, each of which is read once.
pub struct Positions<'r> {
    read: &'r dyn Fn(&str) -> Option<Arc<str>>,
    files: BTreeMap<Arc<str>, Option<File>>,
}

/// Two readers a file: beginnings are asked for in their order, and so are ends.
struct File {
    text: Arc<str>,
    starts: Reader,
    ends: Reader,
}

/// Where some bytes stand: lines and columns from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Region {
    /// Line and column of the first character.
    pub start: (usize, usize),
    /// Line and column after the last character.
    pub end: (usize, usize),
}

impl<'r> Positions<'r> {
    /// Positions in files that `read` gives.
    pub fn new(read: &'r dyn Fn(&str) -> Option<Arc<str>>) -> Positions<'r> {
        Positions { read, files: BTreeMap::new() }
    }

    /// Line and column of a place's first character; of what cannot be read, the first ones.
    pub fn start(&mut self, place: &Place) -> (usize, usize) {
        self.file(place).map_or((1, 1), |file| file.starts.at(&file.text, place.start as usize))
    }

    /// Where a place stands; `None` of a file as a whole, and of what cannot be read.
    pub fn region(&mut self, place: &Place) -> Option<Region> {
        if place.range() == (0..0) {
            return None;
        }
        let file = self.file(place)?;
        let start = file.starts.at(&file.text, place.start as usize);
        Some(Region { start, end: file.ends.at(&file.text, place.end.max(place.start) as usize) })
    }

    /// The words at a place, white space between them made even; none of a file as a whole.
    pub fn words(&mut self, place: &Place) -> String {
        let words = self.file(place).and_then(|file| file.text.get(place.range()));
        words.unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" ")
    }

    fn file(&mut self, place: &Place) -> Option<&mut File> {
        let read = self.read;
        let open = || Some(File { text: read(&place.path)?, starts: Reader::default(), ends: Reader::default() });
        self.files.entry(place.path.clone()).or_insert_with(open).as_mut()
    }
}

/// Line and column in one text, which cost little where places are asked for in their order: a file may have as many
/// findings as letters.
struct Reader {
    at: usize,
    line: usize,
    column: usize,
}

impl Default for Reader {
    fn default() -> Reader {
        Reader { at: 0, line: 1, column: 1 }
    }
}

impl Reader {
    /// As [`crate::source::line_and_column`] says it.
    fn at(&mut self, text: &str, at: usize) -> (usize, usize) {
        let mut at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        if at < self.at {
            *self = Reader::default();
        }
        for character in text[self.at..at].chars() {
            (self.line, self.column) =
                if character == '\n' { (self.line + 1, 1) } else { (self.line, self.column + 1) };
        }
        self.at = at;
        (self.line, self.column)
    }
}
