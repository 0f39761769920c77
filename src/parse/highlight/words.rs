//! A language's words to their classes, in a table laid out while compiling.

use super::pen::Class;

/// Twice the words of the wordiest language, and a power of two.
const SLOTS: usize = 512;

const CLASSES: [Class; 3] = [Class::Keyword, Class::Type, Class::Constant];

pub(super) struct Words {
    lists: [&'static str; 3],
    slots: [Slot; SLOTS],
}

/// Where a word stands in which list; an empty slot has length 0.
#[derive(Clone, Copy)]
struct Slot {
    start: u16,
    length: u8,
    list: u8,
}

/// Lists of words parted by single blanks. A word in two lists counts in the first.
pub(super) const fn words(keywords: &'static str, types: &'static str, constants: &'static str) -> Words {
    let lists = [keywords, types, constants];
    let mut slots = [Slot { start: 0, length: 0, list: 0 }; SLOTS];
    let mut count = 0;
    let mut list = 0;
    while list < lists.len() {
        let text = lists[list].as_bytes();
        let mut start = 0;
        while start < text.len() {
            let mut end = start;
            while end < text.len() && text[end] != b' ' {
                end += 1;
            }
            assert!(end > start, "words are parted by single blanks");
            let word = text.split_at(end).0.split_at(start).1;
            let mut slot = home(word);
            while slots[slot].length > 0 {
                slot = (slot + 1) % SLOTS;
            }
            slots[slot] = Slot { start: start as u16, length: (end - start) as u8, list: list as u8 };
            start = end + 1;
            count += 1;
            assert!(count <= SLOTS / 2, "a full table would never end a search");
        }
        list += 1;
    }
    Words { lists, slots }
}

impl Words {
    pub(super) fn class(&self, word: &[u8]) -> Option<Class> {
        if word.is_empty() || word.len() > usize::from(u8::MAX) {
            return None;
        }
        let mut at = home(word);
        loop {
            let slot = self.slots[at];
            if slot.length == 0 {
                return None;
            }
            let start = usize::from(slot.start);
            let list = usize::from(slot.list);
            if usize::from(slot.length) == word.len() && self.lists[list].as_bytes()[start..start + word.len()] == *word
            {
                return Some(CLASSES[list]);
            }
            at = (at + 1) % SLOTS;
        }
    }
}

/// Where a word is first looked for: its length, both ends and middle tell most words apart.
const fn home(word: &[u8]) -> usize {
    let length = word.len();
    let mix =
        (word[0] as usize) * 31 + (word[length - 1] as usize) * 131 + (word[length / 2] as usize) * 17 + length * 59;
    mix % SLOTS
}

#[cfg(test)]
mod tests {
    use super::*;

    static WORDS: Words = words("if else", "u8 if", "true");

    #[test]
    fn a_word_has_the_class_of_its_first_list() {
        assert_eq!(WORDS.class(b"if"), Some(Class::Keyword));
        assert_eq!(WORDS.class(b"u8"), Some(Class::Type));
        assert_eq!(WORDS.class(b"true"), Some(Class::Constant));
        assert_eq!(WORDS.class(b"iff"), None);
        assert_eq!(WORDS.class(b""), None);
        assert_eq!(WORDS.class(&[b'x'; 300]), None);
    }
}
