//! A text to the words that are looked for, and a word to its stem.
//!
//! `static/search.js` of the theme cuts what a reader types by the same rules; whoever changes one changes the other.

use snowball_stemmers_rs::{Algorithm, Stemmer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longer words are cut: nobody types them, and no shard has to hold them.
const LONGEST: usize = 40;

/// A word in small letters.
#[derive(Debug, Clone, Copy)]
pub struct Word<'w> {
    /// Its UTF-8.
    pub letters: &'w [u8],
    /// The same in one number, the first byte the lowest, where eight bytes hold it, as they hold most; else 0.
    pub packed: u64,
}

impl<'w> Word<'w> {
    fn new(letters: &'w [u8]) -> Word<'w> {
        let mut bytes = [0; 8];
        if let Some(room) = bytes.get_mut(..letters.len()) {
            room.copy_from_slice(letters);
        }
        Word { letters, packed: u64::from_le_bytes(bytes) }
    }

    /// The letters of a word that was packed.
    pub fn unpacked(packed: u64) -> Vec<u8> {
        packed.to_le_bytes().into_iter().take_while(|byte| *byte != 0).collect()
    }
}

/// Which bytes are letters and digits of ASCII.
const IN_WORDS: [bool; 256] = {
    let mut in_words = [false; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        in_words[byte as usize] = byte.is_ascii_alphanumeric();
        byte += 1;
    }
    in_words
};

/// With this bit, capitals of ASCII are small letters; small letters and digits have it.
const SMALL: u8 = 0x20;

/// Calls `visit` with every word of a text.
///
/// A word is a run of letters, marks and digits. What one letter follows an apostrophe with (*customer’s*) is no word. Scripts
/// that set no spaces have no words to see: there every two neighbouring characters are one, and the last of a run alone.
pub fn words(text: &str, mut visit: impl FnMut(Word<'_>)) {
    let bytes = text.as_bytes();
    let mut after_apostrophe = false;
    let mut at = 0;
    let mut small = [0; LONGEST];
    let mut long = String::new();
    while at < bytes.len() {
        let start = at;
        while let Some(byte) = bytes.get(at)
            && IN_WORDS[*byte as usize]
        {
            at += 1;
        }
        let ending = bytes.get(at).copied().unwrap_or_default();
        if !ending.is_ascii() {
            at = start + of_any_script(&text[start..], &mut long, &mut after_apostrophe, &mut visit);
            continue;
        }
        let word = &bytes[start..at.min(start + LONGEST)];
        let window = bytes.get(start..start + 8).and_then(|window| <[u8; 8]>::try_from(window).ok());
        match (word.len(), window) {
            (0, _) => {}
            (1, _) if after_apostrophe => {}
            (length @ ..=8, Some(window)) => {
                let packed =
                    (u64::from_le_bytes(window) | u64::from_le_bytes([SMALL; 8])) & u64::MAX >> (64 - 8 * length);
                visit(Word { letters: &packed.to_le_bytes()[..length], packed });
            }
            (length, _) => {
                small[..length].copy_from_slice(word);
                small[..length].iter_mut().for_each(|byte| *byte |= SMALL);
                visit(Word::new(&small[..length]));
            }
        }
        after_apostrophe = !word.is_empty() && ending == b'\'';
        at += 1;
    }
}

/// As [`words`], of letters of any script, as far as the first character that belongs to no word; how far that is in bytes. `word` is
/// empty before and after.
fn of_any_script(
    text: &str,
    word: &mut String,
    after_apostrophe: &mut bool,
    visit: &mut impl FnMut(Word<'_>),
) -> usize {
    let mut at = 0;
    while let Some(c) = text[at..].chars().next() {
        if is_spaceless(c) {
            finish(word, *after_apostrophe, visit);
            *after_apostrophe = false;
            at += pairs(&text[at..], word, visit);
            continue;
        }
        at += c.len_utf8();
        if c.is_alphanumeric() || is_combining_mark(c) {
            word.push(c.to_ascii_lowercase());
        } else {
            let had_word = !word.is_empty();
            finish(word, *after_apostrophe, visit);
            *after_apostrophe = had_word && matches!(c, '’' | '\'');
            return at;
        }
    }
    finish(word, *after_apostrophe, visit);
    at
}

/// The pairs of the run that `text` begins with; how long it is in bytes.
fn pairs(text: &str, pair: &mut String, visit: &mut impl FnMut(Word<'_>)) -> usize {
    let mut before = None;
    let mut length = 0;
    for c in text.chars().take_while(|c| is_spaceless(*c)) {
        length += c.len_utf8();
        if let Some(before) = before {
            pair.push(before);
            pair.push(c);
            visit(Word::new(pair.as_bytes()));
            pair.clear();
        }
        before = Some(c);
    }
    if let Some(last) = before {
        pair.push(last);
        visit(Word::new(pair.as_bytes()));
        pair.clear();
    }
    length
}

fn finish(word: &mut String, after_apostrophe: bool, visit: &mut impl FnMut(Word<'_>)) {
    if word.is_empty() {
        return;
    }
    if !word.is_ascii() {
        *word = word.nfc().collect::<String>().to_lowercase();
    }
    if word.len() > LONGEST
        && let Some((end, _)) = word.char_indices().nth(LONGEST)
    {
        word.truncate(end);
    }
    let is_ending = after_apostrophe && word.chars().nth(1).is_none();
    if !is_ending {
        visit(Word::new(word.as_bytes()));
    }
    word.clear();
}

/// Whether a character belongs to a script that sets no spaces between words: Han, Kana, Thai, Lao, Khmer, Burmese.
fn is_spaceless(c: char) -> bool {
    matches!(c,
        '\u{0e00}'..='\u{0eff}'
        | '\u{1000}'..='\u{109f}'
        | '\u{1780}'..='\u{17ff}'
        | '\u{3005}'..='\u{3007}'
        | '\u{3040}'..='\u{30ff}'
        | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{ff66}'..='\u{ff9d}'
        | '\u{20000}'..='\u{3ffff}')
}

/// The stemmer of a language, by its tag; `None` where Snowball has none.
pub fn stemmer(tag: &str) -> Option<Stemmer> {
    let language = tag.split('-').next().unwrap_or(tag);
    let algorithm = match language {
        "ar" => Algorithm::Arabic,
        "hy" => Algorithm::Armenian,
        "eu" => Algorithm::Basque,
        "ca" => Algorithm::Catalan,
        "da" => Algorithm::Danish,
        "nl" => Algorithm::Dutch,
        "en" => Algorithm::English,
        "eo" => Algorithm::Esperanto,
        "et" => Algorithm::Estonian,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "de" => Algorithm::German,
        "el" => Algorithm::Greek,
        "hi" => Algorithm::Hindi,
        "hu" => Algorithm::Hungarian,
        "id" => Algorithm::Indonesian,
        "ga" => Algorithm::Irish,
        "it" => Algorithm::Italian,
        "lt" => Algorithm::Lithuanian,
        "ne" => Algorithm::Nepali,
        "no" | "nb" | "nn" => Algorithm::Norwegian,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "sr" => Algorithm::Serbian,
        "es" => Algorithm::Spanish,
        "sv" => Algorithm::Swedish,
        "ta" => Algorithm::Tamil,
        "tr" => Algorithm::Turkish,
        "yi" => Algorithm::Yiddish,
        _ => return None,
    };
    Some(Stemmer::create(algorithm))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cut(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        words(text, |word| found.push(String::from_utf8(word.letters.to_vec()).expect("a word is text")));
        found
    }

    #[test]
    fn words_are_runs_of_letters_and_digits() {
        assert_eq!(cut("The customer’s 24/7 don't, l’hôtel"), ["the", "customer", "24", "7", "don", "l", "hôtel"]);
        assert_eq!(cut("ÅÄÖ A\u{30a}\u{301}r"), ["åäö", "ǻr"]);
        assert_eq!(cut("Über’s Kundin’s L’Été d'É l'Eau"), ["über", "kundin", "l", "été", "d", "l", "eau"]);
        assert_eq!(cut(&"x".repeat(100)), ["x".repeat(40)]);
        assert_eq!(cut(""), [""; 0]);
    }

    #[test]
    fn scripts_without_spaces_are_cut_in_pairs() {
        assert_eq!(cut("お客様 trust信頼"), ["お客", "客様", "様", "trust", "信頼", "頼"]);
        assert_eq!(cut("ไทย"), ["ไท", "ทย", "ย"]);
    }

    #[test]
    fn forms_of_a_word_share_a_stem() {
        let stem = |tag: &str, word: &str| stemmer(tag).map(|stemmer| stemmer.stem(word).into_owned());
        for (tag, forms) in [
            ("en", &["promise", "promises", "promised", "promising"][..]),
            ("sv", &["kund", "kunden", "kunder", "kunderna"]),
            ("id", &["bayar", "membayar", "dibayar", "pembayaran"]),
        ] {
            let stems: Vec<_> = forms.iter().map(|form| stem(tag, form)).collect();
            assert!(stems.iter().all(|one| one == &stems[0]), "{tag}: {stems:?}");
        }
        assert_eq!(stem("ja", "信頼"), None);
        assert_eq!(stem("pt-BR", "promessas"), stem("pt", "promessa"));
    }

    proptest! {
        #[test]
        fn every_text_has_words_and_stems(text in "\\PC{0,60}", small in "[a-zåäöéß’]{0,20}") {
            let all: Vec<_> = ["en", "sv", "id", "de", "fr", "ar", "hi", "ru", "tr"].map(stemmer).into();
            for text in [&text, &small] {
                words(text, |word| {
                    assert!(word.packed == 0 || Word::unpacked(word.packed) == word.letters);
                    let word = std::str::from_utf8(word.letters).expect("a word is text");
                    assert!(!word.is_empty() && word.chars().count() <= LONGEST);
                    for stemmer in all.iter().flatten() {
                        stemmer.stem(word);
                    }
                });
            }
        }
    }
}
