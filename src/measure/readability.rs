//! Prose to how hard it reads, by the formula that its language has.
//!
//! | language | measure | formula | hard above |
//! |---|---|---|---|
//! | English | grade | 0.39 × words a sentence + 11.8 × syllables a word − 15.59: years of school (Kincaid, Fishburne, Rogers and Chissom, *Derivation of New Readability Formulas*, Naval Technical Training, 1975) | 12 |
//! | Swedish | LIX | words a sentence + share of words over six letters in per cent (Björnsson, *Läsbarhet*, 1968) | 50 |
//! | Indonesian | sentence length | words a sentence; no formula is as well tested there, as affixes make its words long | 20 |
//!
//! Paragraphs alone are counted: headings, lists, tables, quotations, code and checklists are read otherwise than sentences.

use crate::playbook::prose::{Body, DirectiveKind, Piece};

/// Below so many words the figures jump with every sentence.
const ENOUGH: u32 = 100;

/// How a text reads.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reading {
    /// By which measure.
    pub measure: Measure,
    /// What it gives.
    pub value: f64,
    /// How many words were counted.
    pub words: u32,
    /// In how many sentences.
    pub sentences: u32,
}

/// What a language is measured by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Measure {
    /// Flesch–Kincaid: years of school.
    Grade,
    /// LIX.
    Lix,
    /// Words a sentence.
    SentenceLength,
}

impl Measure {
    /// The measure of a language; `None` where there is none.
    pub fn of(tag: &str) -> Option<Measure> {
        match tag.split(['-', '_']).next().unwrap_or(tag) {
            "en" => Some(Measure::Grade),
            "sv" => Some(Measure::Lix),
            "id" => Some(Measure::SentenceLength),
            _ => None,
        }
    }

    /// The word that programs read.
    pub fn name(self) -> &'static str {
        match self {
            Measure::Grade => "flesch-kincaid",
            Measure::Lix => "lix",
            Measure::SentenceLength => "words-a-sentence",
        }
    }

    /// Above this a text is hard.
    pub fn limit(self) -> f64 {
        match self {
            Measure::Grade => 12.0,
            Measure::Lix => 50.0,
            Measure::SentenceLength => 20.0,
        }
    }
}

impl Reading {
    /// Words a sentence.
    pub fn sentence_length(&self) -> f64 {
        f64::from(self.words) / f64::from(self.sentences.max(1))
    }

    /// Whether it is harder than people read in passing.
    pub fn is_hard(&self) -> bool {
        self.value > self.measure.limit()
    }

    /// How near it is to being hard, 1.0 being the limit: what texts of different languages are compared by.
    pub fn hardness(&self) -> f64 {
        self.value / self.measure.limit()
    }
}

/// How a text in the language `tag` reads; `None` where it has too little prose, or its language no measure.
pub fn reading(tag: &str, body: &Body) -> Option<Reading> {
    let measure = Measure::of(tag)?;
    // Most of what is counted here is prose: what is too short is seen at once.
    if body.words < ENOUGH {
        return None;
    }
    let mut counts = Counts::default();
    paragraphs(body, &mut |paragraph| counts.add(paragraph, measure));
    if counts.words < ENOUGH {
        return None;
    }
    let (words, sentences) = (f64::from(counts.words), f64::from(counts.sentences.max(1)));
    let value = match measure {
        Measure::Grade => 0.39 * words / sentences + 11.8 * f64::from(counts.syllables) / words - 15.59,
        Measure::Lix => words / sentences + 100.0 * f64::from(counts.long) / words,
        Measure::SentenceLength => words / sentences,
    };
    Some(Reading { measure, value, words: counts.words, sentences: counts.sentences })
}

#[derive(Default)]
struct Counts {
    words: u32,
    sentences: u32,
    syllables: u32,
    long: u32,
}

/// What a character is to the counts. Letters stand before marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Class {
    /// Also digits.
    Letter,
    Vowel,
    Space,
    /// `!`, `?` and `…`.
    End,
    Dot,
    Colon,
    /// Quotation marks and brackets, which may follow the end of a sentence.
    Closer,
    Other,
    /// To be read as a character.
    BeyondAscii,
}

impl Class {
    fn of(c: char) -> Class {
        match c {
            '…' => Class::End,
            '”' | '“' | '’' | '‘' | '»' | '«' => Class::Closer,
            c if c.is_ascii() => CLASSES[c as usize],
            c if c.is_alphanumeric() => Class::Letter,
            c if c.is_whitespace() => Class::Space,
            _ => Class::Other,
        }
    }
}

const CLASSES: [Class; 256] = {
    let mut classes = [Class::BeyondAscii; 256];
    let mut byte = 0_u8;
    while byte < 128 {
        classes[byte as usize] = match byte {
            b'a' | b'e' | b'i' | b'o' | b'u' | b'y' | b'A' | b'E' | b'I' | b'O' | b'U' | b'Y' => Class::Vowel,
            b'!' | b'?' => Class::End,
            b'.' => Class::Dot,
            b':' => Class::Colon,
            b'"' | b')' | b']' | b'\'' => Class::Closer,
            b' ' | b'\t'..=b'\r' => Class::Space,
            byte if byte.is_ascii_alphanumeric() => Class::Letter,
            _ => Class::Other,
        };
        byte += 1;
    }
    classes
};

/// What stands between two spaces: a word, from its first letter to its last, and the marks after it.
#[derive(Default)]
struct Token<'t> {
    /// The word, with all marks in it.
    word: &'t [u8],
    letters: u32,
    /// Groups of vowels.
    groups: u32,
    /// Whether a dot stands between letters, as in `e.g.`; and whether one stands after the last.
    dotted: bool,
    dot: bool,
    /// The last mark after the word that closes nothing.
    last: Option<Class>,
}

impl<'t> Token<'t> {
    /// Reads from `at` to the next space, or to the end; gives back where that is.
    fn read(text: &'t str, mut at: usize) -> (Token<'t>, usize) {
        let bytes = text.as_bytes();
        let mut token = Token::default();
        let mut first = None;
        loop {
            let from = at;
            let mut after_vowel = false;
            while let Some(byte) = bytes.get(at)
                && CLASSES[*byte as usize] <= Class::Vowel
            {
                let vowel = CLASSES[*byte as usize] == Class::Vowel;
                token.groups += u32::from(vowel & !after_vowel);
                after_vowel = vowel;
                at += 1;
            }
            let mut letters = at - from;
            let mark = match bytes.get(at).map(|byte| CLASSES[*byte as usize]) {
                Some(Class::BeyondAscii) => {
                    let c = text[at..].chars().next().unwrap_or(' ');
                    let class = Class::of(c);
                    if class != Class::Space {
                        at += c.len_utf8();
                    }
                    letters += usize::from(class == Class::Letter);
                    class
                }
                Some(class) => {
                    at += usize::from(class != Class::Space);
                    class
                }
                None => Class::Space,
            };
            if letters > 0 {
                let to = if mark == Class::Letter { at } else { from + letters };
                token.word = &bytes[*first.get_or_insert(from)..to];
                token.letters += letters as u32;
                token.dotted |= token.dot;
                (token.dot, token.last) = (false, None);
            }
            match mark {
                Class::Space => return (token, at),
                Class::Letter | Class::Closer => {}
                _ if token.letters == 0 => {}
                mark => {
                    token.dot |= mark == Class::Dot;
                    token.last = Some(mark);
                }
            }
        }
    }

    /// Whether a sentence ends with it. A lone letter with a dot is an initial.
    fn ends_sentence(&self, measure: Measure) -> bool {
        match self.last {
            Some(Class::End) => true,
            Some(Class::Dot) => !self.dotted && self.letters > 1,
            // LIX counts what follows a colon as a sentence of its own.
            Some(Class::Colon) => measure == Measure::Lix,
            _ => false,
        }
    }

    /// About how many syllables an English word has: groups of vowels, without a silent `e` at its end.
    fn syllables(&self) -> u32 {
        let is_vowel = |byte: u8| CLASSES[byte as usize] == Class::Vowel;
        let silent = match self.word {
            [.., b'l', b'e'] => false,
            [.., before, b'e'] => !is_vowel(*before),
            [.., before, b'e', b'd'] => !is_vowel(*before) && !matches!(before, b't' | b'd'),
            [.., before, b'e', b's'] => {
                !is_vowel(*before) && !matches!(before, b's' | b'x' | b'z' | b'h' | b'c' | b'g')
            }
            _ => false,
        };
        (self.groups - u32::from(silent && self.groups > 1)).max(1)
    }
}

impl Counts {
    fn add(&mut self, paragraph: &str, measure: Measure) {
        let (mut at, mut open) = (0, false);
        while at < paragraph.len() {
            let (token, end) = Token::read(paragraph, at);
            // Behind the space.
            at = end + paragraph[end..].chars().next().map_or(1, char::len_utf8);
            if token.letters > 0 {
                open = !token.ends_sentence(measure);
                self.words += 1;
                self.sentences += u32::from(!open);
                self.long += u32::from(token.letters > 6);
                self.syllables += token.syllables();
            }
        }
        self.sentences += u32::from(open);
    }
}

/// Gives the words of each paragraph that stands in no list, table or quotation.
fn paragraphs(body: &Body, each: &mut dyn FnMut(&str)) {
    let mut words = String::new();
    let mut within = Within::default();
    // Directives that are open; `true` for quotations.
    let mut open: Vec<bool> = Vec::new();
    let mut in_heading = false;
    for piece in &body.pieces {
        match piece {
            Piece::Open(number) => {
                open.push(matches!(body.directives[*number as usize].kind, DirectiveKind::Quote { .. }));
            }
            Piece::Close => _ = open.pop(),
            Piece::Heading(_) => in_heading = true,
            Piece::HeadingEnd(_) => in_heading = false,
            Piece::Markup(markup) if !in_heading && !open.contains(&true) => {
                within.read(markup, &mut words, each);
            }
            _ => {}
        }
    }
}

/// Where the reader of markup stands.
#[derive(Default)]
struct Within {
    paragraph: bool,
    /// Open elements whose paragraphs do not count.
    apart: u32,
}

impl Within {
    fn read(&mut self, markup: &str, words: &mut String, each: &mut dyn FnMut(&str)) {
        let mut rest = markup;
        loop {
            let tag = memchr::memchr(b'<', rest.as_bytes());
            if self.paragraph && self.apart == 0 {
                words.push_str(&rest[..tag.unwrap_or(rest.len())]);
            }
            let Some(tag) = tag else { return };
            rest = &rest[tag + 1..];
            let end = memchr::memchr(b'>', rest.as_bytes()).unwrap_or(rest.len());
            let name = rest[..end].split([' ', '\n']).next().unwrap_or("");
            match name {
                "p" => self.paragraph = true,
                "/p" => {
                    self.paragraph = false;
                    if !words.is_empty() {
                        each(words);
                        words.clear();
                    }
                }
                "br" => words.push(' '),
                "ul" | "ol" | "dl" | "table" | "blockquote" | "pre" | "math" => self.apart += 1,
                "/ul" | "/ol" | "/dl" | "/table" | "/blockquote" | "/pre" | "/math" => {
                    self.apart = self.apart.saturating_sub(1);
                }
                _ => {}
            }
            rest = rest.get(end + 1..).unwrap_or("");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(html: &str) -> Body {
        Body { pieces: vec![Piece::Markup(html.into())], words: ENOUGH, ..Body::default() }
    }

    #[test]
    fn syllables_of_english_words() {
        for (word, count) in [
            ("cat", 1),
            ("made", 1),
            ("table", 2),
            ("customer", 3),
            ("promised", 2),
            ("wanted", 2),
            ("promises", 3),
            ("times", 1),
            ("reply", 2),
            ("the", 1),
            ("24", 1),
            ("by", 1),
        ] {
            let mut counts = Counts::default();
            counts.add(word, Measure::Grade);
            assert_eq!((counts.words, counts.syllables), (1, count), "{word}");
        }
    }

    #[test]
    fn sentences_end_with_their_marks() {
        for (text, words, sentences) in [
            ("Say it, e.g. here. (\u{201c}Now!\u{201d}) And then", 7, 3),
            ("J. Smith said: no…", 4, 1),
            ("24/7\tand 3.5\u{a0}hours – done?\r\n", 5, 1),
            ("", 0, 0),
            ("— … !", 0, 0),
        ] {
            let mut counts = Counts::default();
            counts.add(text, Measure::Grade);
            assert_eq!((counts.words, counts.sentences), (words, sentences), "{text}");
        }
        let mut lix = Counts::default();
        lix.add("Så här: kundtjänsten svarar", Measure::Lix);
        assert_eq!((lix.words, lix.sentences, lix.long), (4, 2, 1));
    }

    #[test]
    fn the_formulas_give_what_a_calculator_gives() {
        // Ten words, one sentence, of one syllable each: 0.39 × 10 + 11.8 − 15.59.
        let easy = body(&"<p>we say what we do and do what we say.</p>".repeat(10));
        let read = reading("en", &easy).expect("a hundred words");
        assert_eq!((read.words, read.sentences), (100, 10));
        assert!((read.value - 0.11).abs() < 0.001, "{}", read.value);
        // Five words a sentence, one of five over six letters.
        let swedish = body(&"<p>Kunderna väntar på ett besked.</p>".repeat(20));
        let read = reading("sv-SE", &swedish).expect("a hundred words");
        assert!((read.value - (5.0 + 20.0)).abs() < 0.001, "{}", read.value);
        let indonesian = body(&"<p>Kami menjawab surat Anda hari ini. Janji!</p>".repeat(20));
        let read = reading("id", &indonesian).expect("a hundred words");
        assert!((read.value - 3.5).abs() < 0.001, "{}", read.value);
        assert_eq!(reading("ar", &easy), None);
    }

    #[test]
    fn only_paragraphs_count() {
        let apart = "<ul><li><p>one two.</p></li></ul><table><td>three</td></table><blockquote><p>four.</p></blockquote>\
                     <pre><code>five</code></pre>";
        let with = body(&format!("{apart}{}", "<p>Say it in <em>one</em> line, e.g. <a>here</a>.</p>".repeat(20)));
        let read = reading("id", &with).expect("a hundred words");
        assert_eq!((read.words, read.sentences), (140, 20));
        assert_eq!(reading("id", &body(apart)), None);
    }
}
