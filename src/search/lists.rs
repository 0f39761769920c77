//! Records to lists: in which sections a word stands, and how much it weighs there.

use super::gather::{Record, Section};
use super::words::{Word, stemmer, words};
use crate::playbook::Settings;
use rustc_hash::FxHashMap;
use snowball_stemmers_rs::Stemmer;

/// Of a word that stands in more sections, the list keeps those in which it weighs most.
pub const LONGEST: usize = 1024;

/// A list is cut back when it is so long, so that common words take no memory.
const CUT_AT: usize = 4 * LONGEST;

/// A section: its file in the upper bits, its place in it in the lower ten.
pub type Place = u32;

/// So many sections of one file can be found.
pub const IN_FILE: usize = 1 << 10;

/// So many files there can be: a listing has 28 bits for the place.
pub const FILES: usize = 1 << 18;

/// Where a word stands.
#[derive(Debug, Default, Clone)]
pub struct List {
    /// In how many sections.
    pub sections: u32,
    /// The sections, as [`listing`] has them: those with more weight are smaller.
    pub listings: Vec<u32>,
}

/// A section's place and a word's weight in it, 1 to 15.
fn listing(weight: u32, place: Place) -> u32 {
    (15 - weight) << 28 | place
}

/// The weight of a listing.
pub fn weight(listing: u32) -> u32 {
    15 - (listing >> 28)
}

/// The place of a listing.
pub fn place(listing: u32) -> Place {
    listing & 0x0fff_ffff
}

impl List {
    fn cut(&mut self) {
        if self.listings.len() > LONGEST {
            self.listings.select_nth_unstable(LONGEST);
            self.listings.truncate(LONGEST);
        }
    }

    /// The list as it is written: best first, each section once.
    pub fn finished(&mut self) -> &[u32] {
        self.cut();
        self.listings.sort_unstable();
        &self.listings
    }
}

/// The words of one language and their stems.
struct Vocabulary {
    stemmer: Option<Stemmer>,
    /// By the word as a number, where it is so short.
    short: FxHashMap<u64, u32>,
    /// By the word.
    long: FxHashMap<Box<[u8]>, u32>,
}

/// Lists in the making. What order records come in makes no difference to what is written in the end.
pub struct Lists {
    /// By language.
    vocabularies: Vec<Vocabulary>,
    numbers: FxHashMap<Box<str>, u32>,
    lists: Vec<List>,
    /// Places by stage.
    pub stages: Vec<Vec<Place>>,
    /// How many sections there are.
    pub sections: u32,
    /// Of the section at hand: points by stem, and which stems have some.
    points: Vec<u16>,
    pointed: Vec<u32>,
}

/// Points are eighths of one occurrence in a text of usual length.
const OCCURRENCE: u32 = 8;
/// In a heading of one word.
const HEADING: u32 = 64;
/// In a title of one word, for the page's beginning.
const TITLE: u32 = 128;
/// In the title, for what stands further down.
const TITLE_ABOVE: u32 = 6;

/// From so many points on a weight is one more: five steps for four times the points.
const STEPS: [u16; 14] = [4, 8, 13, 20, 29, 40, 56, 76, 103, 139, 186, 248, 330, 438];

impl Lists {
    /// Empty ones.
    pub fn new(settings: &Settings) -> Lists {
        let vocabulary =
            |tag: &str| Vocabulary { stemmer: stemmer(tag), short: FxHashMap::default(), long: FxHashMap::default() };
        Lists {
            vocabularies: settings.languages.iter().map(|language| vocabulary(&language.tag)).collect(),
            numbers: FxHashMap::default(),
            lists: Vec::new(),
            stages: Vec::new(),
            sections: 0,
            points: Vec::new(),
            pointed: Vec::new(),
        }
    }

    /// Adds a record whose sections stand in `file` from `first` on.
    pub fn add(&mut self, record: &Record, file: usize, first: usize) {
        let title = self.stems(&record.title, record.language.index());
        for (index, section) in record.sections.iter().enumerate() {
            let within = first + index;
            if within >= IN_FILE || file >= FILES {
                break;
            }
            let place = (file << 10 | within) as Place;
            self.section(section, if index == 0 { TITLE } else { TITLE_ABOVE }, &title, place);
        }
    }

    fn section(&mut self, section: &Section, title_points: u32, title: &[u32], place: Place) {
        let language = section.language.index();
        let heading = self.stems(&section.heading, language);
        let mut length = 0_u32;
        self.each_stem(&section.text, language, |points, pointed, stem| {
            length = (length + 1).min(10_000);
            let all = &mut points[stem as usize];
            if *all == 0 {
                pointed.push(stem);
            }
            *all = all.saturating_add(1);
        });
        // What a long text says weighs less than what a short one does.
        let once = (OCCURRENCE * 120 / (48 + length * 3 / 5)).clamp(2, 16) as u16;
        for stem in &self.pointed {
            let all = &mut self.points[*stem as usize];
            *all = all.saturating_mul(once);
        }
        let share = |points: u32, words: usize| (points as f32 / (words.max(1) as f32).sqrt()) as u32;
        let in_heading = share(HEADING, heading.len());
        heading.iter().for_each(|stem| self.point(*stem, in_heading));
        let in_title = if title_points == TITLE { share(TITLE, title.len()) } else { title_points };
        title.iter().for_each(|stem| self.point(*stem, in_title));
        for stem in self.pointed.drain(..) {
            let points = std::mem::take(&mut self.points[stem as usize]);
            let weight = 1 + STEPS.partition_point(|step| *step <= points) as u32;
            let list = &mut self.lists[stem as usize];
            list.sections += 1;
            list.listings.push(listing(weight, place));
            if list.listings.len() >= CUT_AT {
                list.cut();
            }
        }
        let mut stages = section.stages;
        while stages != 0 {
            let stage = stages.trailing_zeros() as usize;
            stages &= stages - 1;
            if self.stages.len() <= stage {
                self.stages.resize_with(stage + 1, Vec::new);
            }
            self.stages[stage].push(place);
        }
        self.sections += 1;
    }

    fn point(&mut self, stem: u32, points: u32) {
        let all = &mut self.points[stem as usize];
        if *all == 0 {
            self.pointed.push(stem);
        }
        *all = all.saturating_add(points.max(1) as u16);
    }

    fn stems(&mut self, text: &str, language: usize) -> Vec<u32> {
        let mut stems = Vec::new();
        self.each_stem(text, language, |_, _, stem| stems.push(stem));
        stems
    }

    /// Calls `visit` with the stem of every word of a text, and with what the section has so far.
    fn each_stem(&mut self, text: &str, language: usize, mut visit: impl FnMut(&mut [u16], &mut Vec<u32>, u32)) {
        let Lists { vocabularies, numbers, lists, points, pointed, .. } = self;
        let Vocabulary { stemmer, short, long } = &mut vocabularies[language];
        words(text, |word| {
            let known = if word.packed == 0 { long.get(word.letters) } else { short.get(&word.packed) };
            if let Some(stem) = known {
                visit(points, pointed, *stem);
                return;
            }
            let text = std::str::from_utf8(word.letters).expect("words are cut between characters");
            let stem = match stemmer {
                Some(stemmer) => stemmer.stem(text),
                None => text.into(),
            };
            let stem = if stem.is_empty() { text } else { &stem };
            let number = number(numbers, lists, stem);
            points.resize(lists.len(), 0);
            match word.packed {
                0 => long.insert(word.letters.into(), number),
                packed => short.insert(packed, number),
            };
            visit(points, pointed, number);
        });
    }

    /// Both together.
    pub fn and(mut self, other: Lists) -> Lists {
        if self.lists.len() < other.lists.len() {
            return other.and(self);
        }
        let mut theirs: Vec<u32> = vec![0; other.lists.len()];
        for (stem, at) in other.numbers {
            theirs[at as usize] = number(&mut self.numbers, &mut self.lists, &stem);
        }
        for (at, list) in other.lists.into_iter().enumerate() {
            let own = &mut self.lists[theirs[at] as usize];
            own.sections += list.sections;
            own.listings.extend(list.listings);
            if own.listings.len() >= CUT_AT {
                own.cut();
            }
        }
        for (own, other) in self.vocabularies.iter_mut().zip(other.vocabularies) {
            own.short.extend(other.short.into_iter().map(|(word, stem)| (word, theirs[stem as usize])));
            own.long.extend(other.long.into_iter().map(|(word, stem)| (word, theirs[stem as usize])));
        }
        if self.stages.len() < other.stages.len() {
            self.stages.resize_with(other.stages.len(), Vec::new);
        }
        for (own, other) in self.stages.iter_mut().zip(other.stages) {
            own.extend(other);
        }
        self.points.resize(self.lists.len(), 0);
        self.sections += other.sections;
        self
    }

    /// Stems in their order with their lists, and every word in its order with its stem and how many sections have that. A word
    /// that several languages stem in several ways comes as often.
    pub fn finished(mut self) -> Finished {
        let mut stems: Vec<(Box<str>, u32)> = self.numbers.into_iter().collect();
        stems.sort_unstable();
        let mut named: Vec<&str> = vec![""; stems.len()];
        for (stem, number) in &stems {
            named[*number as usize] = stem;
        }
        let mut words: Vec<(Box<str>, Box<str>, u32)> = Vec::new();
        for Vocabulary { short, long, .. } in self.vocabularies {
            let short = short.into_iter().map(|(word, stem)| (Word::unpacked(word), stem));
            for (word, stem) in long.into_iter().map(|(word, stem)| (word.into_vec(), stem)).chain(short) {
                let sections = self.lists[stem as usize].sections;
                if sections > 0 {
                    let word = String::from_utf8(word).expect("words are cut between characters");
                    words.push((word.into(), named[stem as usize].into(), sections));
                }
            }
        }
        words.sort_unstable();
        words.dedup();
        let lists = stems
            .into_iter()
            .map(|(stem, number)| (stem, std::mem::take(&mut self.lists[number as usize])))
            .filter(|(_, list)| list.sections > 0)
            .collect();
        self.stages.iter_mut().for_each(|stage| stage.sort_unstable());
        Finished { lists, words, stages: self.stages, sections: self.sections }
    }
}

fn number(numbers: &mut FxHashMap<Box<str>, u32>, lists: &mut Vec<List>, stem: &str) -> u32 {
    if let Some(number) = numbers.get(stem) {
        return *number;
    }
    let number = u32::try_from(lists.len()).unwrap_or(u32::MAX);
    numbers.insert(stem.into(), number);
    lists.push(List::default());
    number
}

/// Lists in the order in which they are written.
pub struct Finished {
    /// By stem.
    pub lists: Vec<(Box<str>, List)>,
    /// Words, their stems, in how many sections those are.
    pub words: Vec<(Box<str>, Box<str>, u32)>,
    /// Places by stage, in order.
    pub stages: Vec<Vec<Place>>,
    /// How many sections there are.
    pub sections: u32,
}
