//! Sorted lists to the texts of shards that a script can read a few kilobytes of.
//!
//! Words and stems are written as what they do not share with the one before: how many characters they share, in one character,
//! then the rest. Numbers are written in base 32, a sixth bit saying that more digits follow; see [`number`].

use super::lists::{List, Place, place, weight};

/// About so long a shard becomes.
const LENGTH: usize = 4 * 1024;

/// The digits of numbers.
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// Shards, and the key that each begins with: what comes before it stands in the one before.
#[derive(Debug, Default)]
pub struct Shards {
    /// Their keys; the first is empty.
    pub from: Vec<String>,
    /// Their texts.
    pub texts: Vec<String>,
}

impl Shards {
    /// The text to which the entry of `key` is added, and the key before it in that text. A new one is begun where the last is
    /// full, but entries of one key stay together.
    fn at(&mut self, key: &str, before: &str) -> (&mut String, bool) {
        let full = self.texts.last().is_none_or(|text| text.len() >= LENGTH) && before != key;
        if full || self.texts.is_empty() {
            self.from.push(if self.texts.is_empty() { String::new() } else { between(before, key) });
            self.texts.push(String::new());
        }
        let last = self.texts.len() - 1;
        (&mut self.texts[last], full)
    }
}

/// The shortest beginning of `key` that comes after `before`.
fn between(before: &str, key: &str) -> String {
    let (_, bytes) = shared(before, key);
    let next = key[bytes..].chars().next().map_or(0, char::len_utf8);
    key[..bytes + next].to_string()
}

/// How much two words share at their beginnings: in characters as scripts count them, at most 63, and in bytes.
fn shared(one: &str, other: &str) -> (usize, usize) {
    let (mut characters, mut bytes) = (0, 0);
    for (a, b) in one.chars().zip(other.chars()) {
        if a != b || characters + a.len_utf16() > 63 {
            break;
        }
        characters += a.len_utf16();
        bytes += a.len_utf8();
    }
    (characters, bytes)
}

fn push_key(key: &str, before: &str, text: &mut String) {
    let (characters, bytes) = shared(before, key);
    text.push(char::from(DIGITS[characters]));
    text.push_str(&key[bytes..]);
}

/// Adds a number: its lowest five bits, then the next, 32 added to each digit but the last.
pub fn number(mut number: u32, text: &mut String) {
    while number >= 32 {
        text.push(char::from(DIGITS[(number & 31 | 32) as usize]));
        number >>= 5;
    }
    text.push(char::from(DIGITS[number as usize]));
}

/// Words with their stems: `KEY`, `,`, how often in one digit (a power of two), and the stem as a key after the word where it
/// is another one. Each ends in a space.
pub fn words(words: &[(Box<str>, Box<str>, u32)]) -> Shards {
    let mut shards = Shards::default();
    let mut before = "";
    for (word, stem, sections) in words {
        let (text, anew) = shards.at(word, before);
        push_key(word, if anew { "" } else { before }, text);
        text.push(',');
        text.push(char::from(DIGITS[sections.max(&1).ilog2() as usize]));
        if stem != word {
            push_key(stem, word, text);
        }
        text.push(' ');
        before = word;
    }
    shards
}

/// Stems with their lists: `KEY`, `,`, in how many sections, then by falling weight: the weight in one digit, how many, and each
/// place. Each ends in a space.
pub fn lists(lists: &mut [(Box<str>, List)]) -> Shards {
    let mut shards = Shards::default();
    let mut before: &str = "";
    for (stem, list) in lists {
        let (text, anew) = shards.at(stem, before);
        push_key(stem, if anew { "" } else { before }, text);
        text.push(',');
        number(list.sections, text);
        for same in list.finished().chunk_by(|one, other| weight(*one) == weight(*other)) {
            text.push(char::from(DIGITS[weight(same[0]) as usize]));
            number(same.len() as u32, text);
            places(same.iter().map(|listing| place(*listing)), text);
        }
        text.push(' ');
        before = stem;
    }
    shards
}

/// Rising places: how many files further, and where in the file.
pub fn places(places: impl Iterator<Item = Place>, text: &mut String) {
    let mut before = 0;
    for place in places {
        let file = place >> 10;
        number(file - before, text);
        number(place & 0x3ff, text);
        before = file;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(word: &str, stem: &str) -> (Box<str>, Box<str>, u32) {
        (word.into(), stem.into(), 1)
    }

    #[test]
    fn words_share_their_beginnings() {
        let shards = words(&[entry("refund", "refund"), entry("refunds", "refund"), entry("åter", "åt")]);
        assert_eq!(shards.texts, ["Arefund,A Gs,AG Aåter,AC "]);
        assert_eq!(shards.from, [""]);
        // Beyond the plain of Unicode a character counts two, as in a script.
        assert_eq!(words(&[entry("𠀀a", "𠀀a"), entry("𠀀b", "𠀀b")]).texts, ["A𠀀a,A Cb,A "]);
    }

    #[test]
    fn a_full_shard_is_followed_by_one_that_says_where_it_begins() {
        let all: Vec<_> = (1000..4000).map(|number| entry(&format!("word{number}"), &format!("{number}"))).collect();
        let shards = words(&all);
        assert!(shards.texts.len() > 1 && shards.texts.iter().all(|text| text.len() < LENGTH + 100));
        for (from, text) in shards.from.iter().zip(&shards.texts).skip(1) {
            let first = text.split(',').next().expect("an entry");
            assert!(first.starts_with('A') && first[1..].starts_with(from.as_str()), "{from}: {first}");
        }
    }

    #[test]
    fn numbers_have_as_few_digits_as_they_need() {
        let written = |value: u32| {
            let mut text = String::new();
            number(value, &mut text);
            text
        };
        assert_eq!([0, 31, 32, 1023, 1024].map(written), ["A", "f", "gB", "_f", "ggB"]);
    }

    #[test]
    fn lists_are_written_best_first() {
        let listings = vec![listed(3, 1 << 10 | 2), listed(9, 5), listed(3, 7)];
        let mut all = vec![("refund".into(), List { sections: 3, listings })];
        assert_eq!(lists(&mut all).texts, ["Arefund,DJBAFDCAHBC "]);
    }

    fn listed(weight: u32, place: Place) -> u32 {
        (15 - weight) << 28 | place
    }
}
