//! What an edition leaves out to what is looked for in its files, and the files to what was found there after all.
//!
//! Titles, ids, the author's own canaries and every run of eight words of what was left out are looked for, unless what was kept says
//! them too. They are looked for as sequences of words, whatever stands between them: the same sentence is markup on a page, an
//! escaped text in JSON and a plain one in a feed. Words are hashed as they are read, so that a hundred thousand sequences
//! cost hardly more than one; a search by letters would need a gigabyte for them and see none that a tag divides.

mod texts;
mod words;

use crate::diagnostic::{Code, Diagnostic};
use crate::parse::draft::Draft;
use crate::pipeline::Chosen;
use crate::playbook::Body;
use crate::select::Selection;
use crate::source::Place;
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;
use texts::{What, texts};
use words::{Hashes, LONGEST, each_word};

/// What is looked for.
#[derive(Debug, Default)]
pub struct Needles {
    /// By the hash of their words.
    found: FxHashMap<u64, Needle>,
    /// A bit for each hash, so that most words are passed by without a look into the table.
    bits: Vec<u64>,
    /// Which numbers of words there are.
    lengths: [bool; LONGEST + 1],
    /// Ids, which have to stand there letter by letter.
    ids: Vec<Box<str>>,
    /// The files that needles come from.
    files: Vec<Arc<str>>,
    /// The author's own canaries, by their places.
    canaries: Vec<Place>,
}

/// One of them.
#[derive(Debug, Clone, Copy)]
struct Needle {
    /// Where it comes from.
    origin: Origin,
    /// Of how many words it is.
    length: u8,
    /// A sequence of words.
    words: bool,
    /// An id: a number of [`Needles::ids`].
    id: Option<u32>,
}

#[derive(Debug, Clone, Copy)]
enum Origin {
    File(u32),
    Canary(u32),
}

/// Something that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leak {
    /// In which file of the edition.
    pub file: String,
    /// At which byte; none where it is the file's name.
    pub offset: Option<usize>,
    /// As it stands there.
    pub shown: String,
    /// The hash of its words.
    hash: u64,
}

/// So many are told of one file.
const TOLD: usize = 3;

impl Needles {
    /// Everything that tells of what `chosen` leaves out. `own` are texts of the theme and the like, which any page may show.
    pub fn of(chosen: &Chosen, own: impl IntoIterator<Item = impl AsRef<str>>) -> Needles {
        let mut needles = Needles::default();
        let all = chosen.parsed.iter().filter_map(|parsed| parsed.draft.as_ref());
        let kept = Kept::of(&chosen.selection);
        for draft in all.filter(|draft| !kept.whole(draft)) {
            let file = needles.files.len() as u32;
            needles.files.push(path(draft).clone());
            texts(draft, None, &mut |what, text| needles.add(what, text, file));
        }
        if !needles.found.is_empty() {
            needles.index();
            for draft in &chosen.selection.drafts {
                texts(draft, Some(&chosen.selection.left_out), &mut |_, text| needles.forget(text));
            }
            let settings = &chosen.settings;
            let titles =
                settings.languages.iter().flat_map(|language| [Some(&language.title), language.description.as_ref()]);
            titles.flatten().for_each(|text| needles.forget(text));
            own.into_iter().for_each(|text| needles.forget(text.as_ref()));
        }
        // The author's own stand, whatever else is said.
        for canary in &chosen.settings.canaries {
            let number = needles.canaries.len() as u32;
            needles.canaries.push(canary.place.clone());
            let mut hashes = Hashes::default();
            let mut length = 0;
            each_word(canary.value.as_bytes(), &mut |word| {
                if length < LONGEST {
                    hashes.push(word.hash);
                    length += 1;
                }
            });
            if length > 0 {
                let origin = Origin::Canary(number);
                needles.put(hashes.of(length), Needle { origin, length: length as u8, words: true, id: None });
            }
        }
        needles.index();
        needles
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.found.len()
    }

    /// Whether nothing is looked for.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    fn put(&mut self, hash: u64, needle: Needle) {
        let known = self.found.entry(hash).or_insert(needle);
        known.words |= needle.words;
        known.id = known.id.or(needle.id);
        if let Origin::Canary(_) = needle.origin {
            known.origin = needle.origin;
        }
    }

    /// What of a text is telling.
    fn add(&mut self, what: What, text: &str, file: u32) {
        let mut hashes = Hashes::default();
        let (mut count, mut letters) = (0, 0);
        let needle = |length: usize| Needle { origin: Origin::File(file), length: length as u8, words: true, id: None };
        let mut windows = Vec::new();
        each_word(text.as_bytes(), &mut |word| {
            // What stands within tags is not read as a sentence; a quotation mark in an author's text ends nothing.
            if word.in_tag {
                return;
            }
            hashes.push(word.hash);
            count += 1;
            letters += word.end - word.start;
            if count >= LONGEST {
                windows.push(hashes.of(LONGEST));
            }
        });
        let telling = match what {
            What::Id => {
                if text.len() >= 8 && text.contains(['-', '/']) && (2..=LONGEST).contains(&count) {
                    let id = Some(self.ids.len() as u32);
                    self.ids.push(text.into());
                    self.put(hashes.of(count), Needle { words: false, id, ..needle(count) });
                }
                return;
            }
            What::Title => count >= 2 && letters >= 8 || letters >= 10,
            What::Text => count >= 3 && letters >= 14,
        };
        if count >= LONGEST {
            windows.into_iter().for_each(|window| self.put(window, needle(LONGEST)));
        } else if telling {
            self.put(hashes.of(count), needle(count));
        }
    }

    /// Takes out what is said in a text that was kept.
    fn forget(&mut self, text: &str) {
        let mut streams = Streams::default();
        each_word(text.as_bytes(), &mut |word| {
            let hashes = streams.push(word);
            for length in 1..=LONGEST.min(hashes.count) {
                if !self.lengths[length] {
                    continue;
                }
                let hash = hashes.of(length);
                if !self.may_hold(hash) {
                    continue;
                }
                if let Some(needle) = self.found.get_mut(&hash) {
                    needle.words = false;
                    if needle.id.is_some_and(|id| stands(text.as_bytes(), word.end, &self.ids[id as usize])) {
                        needle.id = None;
                    }
                    if needle.id.is_none() {
                        self.found.remove(&hash);
                    }
                }
            }
        });
    }

    /// Whether a look into the table is worth it.
    fn may_hold(&self, hash: u64) -> bool {
        let bit = (hash >> 32) as usize & (self.bits.len() * 64 - 1);
        self.bits[bit / 64] & 1 << (bit % 64) != 0
    }

    fn index(&mut self) {
        self.lengths = [false; LONGEST + 1];
        let bits = (self.found.len() * 16).next_power_of_two().max(64);
        self.bits = vec![0; bits / 64];
        for (hash, needle) in &self.found {
            let bit = (hash >> 32) as usize & (bits - 1);
            self.bits[bit / 64] |= 1 << (bit % 64);
            self.lengths[usize::from(needle.length)] = true;
        }
    }

    /// What stands in a file of the edition that was to be left out; the first few.
    pub fn look(&self, file: &str, bytes: &[u8]) -> Vec<Leak> {
        let mut leaks = Vec::new();
        if self.is_empty() {
            return leaks;
        }
        self.each_hit(file.as_bytes(), &mut |hash, range| {
            if leaks.is_empty() {
                leaks.push(Leak { file: file.into(), offset: None, shown: file[range].into(), hash });
            }
        });
        self.each_hit(bytes, &mut |hash, range| {
            if leaks.len() < TOLD && !leaks.iter().any(|leak| leak.hash == hash) {
                let shown =
                    String::from_utf8_lossy(&bytes[range.clone()]).split_whitespace().collect::<Vec<_>>().join(" ");
                leaks.push(Leak { file: file.into(), offset: Some(range.start), shown, hash });
            }
        });
        leaks
    }

    fn each_hit(&self, bytes: &[u8], hit: &mut dyn FnMut(u64, std::ops::Range<usize>)) {
        let lengths: Vec<usize> = (1..=LONGEST).filter(|length| self.lengths[*length]).collect();
        let mut streams = Streams::default();
        each_word(bytes, &mut |word| {
            if word.first && !word.in_tag {
                streams.text = Hashes::default();
            }
            let hashes = streams.push(word);
            for length in lengths.iter().copied().take_while(|length| *length <= hashes.count) {
                let hash = hashes.of(length);
                if !self.may_hold(hash) {
                    continue;
                }
                if let Some(needle) = self.found.get(&hash)
                    && usize::from(needle.length) == length
                {
                    let is_id = needle.id.is_some_and(|id| stands(bytes, word.end, &self.ids[id as usize]));
                    if needle.words || is_id {
                        hit(hash, hashes.start(length)..word.end);
                    }
                }
            }
        });
    }

    /// The finding about a leak. `read` gives a source's text again.
    pub fn finding(&self, leak: &Leak, edition: &str, read: &dyn Fn(&str) -> Option<Arc<str>>) -> Diagnostic {
        let needle = self.found[&leak.hash];
        let place = match leak.offset {
            Some(offset) => format!("`{}`, byte {offset},", leak.file),
            None => format!("the name of `{}`", leak.file),
        };
        let finding = |what: &str| {
            Diagnostic::new(
                Code::LeakedText,
                format!("{place} holds {what}: `{}`", crate::diagnostic::draw::shortened(&leak.shown, 160)),
            )
        };
        match needle.origin {
            Origin::Canary(number) => finding("a canary of the edition")
                .at(self.canaries[number as usize].clone(), "must not leave")
                .help("find out what brought it there; the canary itself stands in `[editions]`"),
            Origin::File(number) => {
                let path = &self.files[number as usize];
                let at = read(path).and_then(|text| self.within(leak.hash, needle, &text));
                let place = at.map_or_else(|| Place::file(path), |range| Place::new(path, range));
                finding(&format!("what the edition of `{edition}` leaves out"))
                    .at(place, "left out")
                    .help("a template or a data file of your own may have brought it there; give this text the audience, or take it out there")
            }
        }
    }

    /// Where the words of a needle stand in its source.
    fn within(&self, hash: u64, needle: Needle, text: &str) -> Option<std::ops::Range<usize>> {
        let length = usize::from(needle.length);
        let mut hashes = Hashes::default();
        let mut found = None;
        each_word(text.as_bytes(), &mut |word| {
            hashes.push_at(word.hash, word.start);
            if found.is_none() && hashes.count >= length && hashes.of(length) == hash {
                found = Some(hashes.start(length)..word.end);
            }
        });
        found
    }
}

/// Whether `id` stands in `bytes`, up to `end`, and is no part of a longer name.
fn stands(bytes: &[u8], end: usize, id: &str) -> bool {
    let part = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'));
    end.checked_sub(id.len()).is_some_and(|start| {
        &bytes[start..end] == id.as_bytes()
            && !part(start.checked_sub(1).and_then(|before| bytes.get(before)))
            && !part(bytes.get(end))
    })
}

/// Words of a text, and of the tag that interrupts it.
#[derive(Default)]
struct Streams {
    text: Hashes,
    tag: Hashes,
    in_tag: bool,
}

impl Streams {
    fn push(&mut self, word: words::Word) -> &Hashes {
        if word.in_tag {
            if word.first || !self.in_tag {
                self.tag = Hashes::default();
            }
            self.in_tag = true;
            self.tag.push_at(word.hash, word.start);
            &self.tag
        } else {
            self.in_tag = false;
            self.text.push_at(word.hash, word.start);
            &self.text
        }
    }
}

/// Of which files nothing was left out.
struct Kept<'a> {
    /// The bodies of documents as they were kept.
    bodies: FxHashMap<&'a str, &'a Arc<Body>>,
    others: FxHashSet<&'a str>,
    /// TOML files of which some entries were left out.
    parted: FxHashSet<&'a str>,
}

impl<'a> Kept<'a> {
    fn of(selection: &'a Selection) -> Kept<'a> {
        let parted = selection.left_out.keys.iter().map(|(path, _)| &**path).collect();
        let mut kept = Kept { bodies: FxHashMap::default(), others: FxHashSet::default(), parted };
        for draft in &selection.drafts {
            if let Draft::Document(document) = draft {
                kept.bodies.insert(&document.path, &document.body);
            } else {
                kept.others.insert(path(draft));
            }
        }
        kept
    }

    fn whole(&self, draft: &Draft) -> bool {
        match draft {
            Draft::Document(document) => {
                self.bodies.get(&*document.path).is_some_and(|body| Arc::ptr_eq(body, &document.body))
            }
            Draft::Overlay(overlay) => {
                self.others.contains(&*overlay.path) && !self.parted.contains(&*overlay.translates)
            }
            other => self.others.contains(&**path(other)) && !self.parted.contains(&**path(other)),
        }
    }
}

fn path(draft: &Draft) -> &Arc<str> {
    match draft {
        Draft::Document(document) => &document.path,
        Draft::Journey(journey) => &journey.path,
        Draft::Register(register) => &register.path,
        Draft::Overlay(overlay) => &overlay.path,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn needles(left_out: &[(What, &str)], kept: &[&str]) -> Needles {
        let mut needles = Needles::default();
        needles.files.push("content/secret.md".into());
        left_out.iter().for_each(|(what, text)| needles.add(*what, text, 0));
        needles.index();
        kept.iter().for_each(|text| needles.forget(text));
        needles.index();
        needles
    }

    fn hits(needles: &Needles, bytes: &str) -> Vec<String> {
        needles.look("page.html", bytes.as_bytes()).into_iter().map(|leak| leak.shown).collect()
    }

    const SENTENCE: &str = "<p>We will close the &quot;Leeds&quot; office in <em>March</em> and tell nobody before the first of that month.</p>";

    #[test]
    fn words_are_found_in_every_dress() {
        let needles =
            needles(&[(What::Text, SENTENCE), (What::Title, "The Leeds closure"), (What::Id, "closing-leeds")], &[]);
        for dress in [
            SENTENCE,
            "{\"text\":\"We will close the \\\"Leeds\\\" office in March and\"}",
            "<meta content=\"… in March and tell nobody before the first of that month.\">",
            "<title>THE LEEDS\n CLOSURE</title>",
            "<a href=\"../closing-leeds/\">x</a>",
            "closing-leeds",
        ] {
            assert!(!hits(&needles, dress).is_empty(), "{dress}");
        }
        for other in
            ["The Leeds office", "/closing-leeds-later/", "we will close the office", "<p>Closing</p> down <b>Leeds"]
        {
            assert_eq!(hits(&needles, other), [""; 0], "{other}");
        }
        assert_eq!(needles.look("guides/closing-leeds/index.html", b"").len(), 1);
    }

    #[test]
    fn what_was_kept_is_no_leak() {
        let said = "A price list that we send out holds for thirty days.";
        let needles = needles(
            &[(What::Text, said), (What::Title, "Price lists"), (What::Id, "price-lists"), (What::Id, "secret-list")],
            &[said, "See the price lists.", "/guides/price-lists/"],
        );
        assert_eq!(hits(&needles, &format!("{said} Price lists /price-lists/")), [""; 0]);
        assert_eq!(hits(&needles, "/secret-list/"), ["secret-list"]);
        assert_eq!(needles.len(), 1);
    }

    #[test]
    fn words_that_tell_nothing_are_not_looked_for() {
        let needles = needles(
            &[(What::Title, "Guides"), (What::Id, "guides"), (What::Text, "Yes, it is."), (What::Id, "a-b")],
            &[],
        );
        assert!(needles.is_empty() && needles.look("a.html", b"Guides").is_empty());
    }
}
