//! Bytes to their words, whatever they are written in: a page, JSON, a feed, Markdown.

/// The longest sequence of words that is looked for at once.
pub const LONGEST: usize = 8;

/// A word where it stands.
#[derive(Debug, Clone, Copy)]
pub struct Word {
    /// Of its letters, ASCII ones lower-cased.
    pub hash: u64,
    /// Its first byte.
    pub start: usize,
    /// The first byte after it.
    pub end: usize,
    /// Whether it stands between `<` and `>`.
    pub in_tag: bool,
    /// Whether nothing before it belongs to it: it is the first in its tag, or after a quotation mark.
    pub first: bool,
}

/// Visits every word. Tags, entities and escapes of JSON stand between words, not in them. Quotation marks end what is said: in JSON and
/// in tags they do, and in a text on a page they are entities.
pub fn each_word(bytes: &[u8], visit: &mut impl FnMut(Word)) {
    let (mut at, mut in_tag, mut first) = (0, false, false);
    while let Some(&byte) = bytes.get(at) {
        if is_word(bytes, at) {
            let start = at;
            let mut hash = 0xcbf2_9ce4_8422_2325_u64;
            while is_word(bytes, at) {
                hash = (hash ^ u64::from(bytes[at].to_ascii_lowercase())).wrapping_mul(0x0000_0100_0000_01b3);
                at += 1;
            }
            // The last letters would else stand in the low bits alone.
            hash = (hash ^ hash >> 32).wrapping_mul(0x9e37_79b9_7f4a_7c15);
            visit(Word { hash, start, end: at, in_tag, first });
            first = false;
            continue;
        }
        match byte {
            b'<' if bytes.get(at + 1).is_some_and(|next| next.is_ascii_alphabetic() || matches!(next, b'/' | b'!')) => {
                in_tag = true;
                first = true;
            }
            b'>' => (in_tag, first) = (false, false),
            b'"' => first = true,
            b'&' => {
                let name =
                    bytes[at + 1..].iter().take(10).take_while(|byte| byte.is_ascii_alphanumeric() || **byte == b'#');
                let end = at + 1 + name.count();
                if bytes.get(end) == Some(&b';') {
                    at = end;
                }
            }
            b'\\' if bytes.get(at + 1) == Some(&b'u') => at += 5,
            b'\\' => at += 1,
            // What is no word beyond ASCII has two bytes, or three.
            0xc2 => at += 1,
            0xe2 => at += 2,
            _ => {}
        }
        at += 1;
    }
}

/// Whether a letter or a digit begins or goes on here. Beyond ASCII all are letters but for the blocks of quotation marks, dashes
/// and spaces: U+0080 to U+00BF and U+2000 to U+207F.
fn is_word(bytes: &[u8], at: usize) -> bool {
    match bytes.get(at..) {
        None | Some([] | [0xc2, ..] | [0xe2, 0x80 | 0x81, ..]) => false,
        Some([byte, ..]) => byte.is_ascii_alphanumeric() || *byte >= 0x80,
    }
}

/// The last few words.
#[derive(Debug, Default, Clone)]
pub struct Hashes {
    /// By their number, round and round.
    ring: [(u64, usize); LONGEST],
    /// How many there were.
    pub count: usize,
}

const STEP: u64 = 0xd6e8_feb8_6659_fd93;

impl Hashes {
    /// Adds one.
    pub fn push(&mut self, hash: u64) {
        self.push_at(hash, 0);
    }

    /// Adds one that begins at this byte.
    pub fn push_at(&mut self, hash: u64, start: usize) {
        self.ring[self.count % LONGEST] = (hash, start);
        self.count += 1;
    }

    /// The hash of the last `length` words, of which there are as many.
    pub fn of(&self, length: usize) -> u64 {
        let words = (self.count - length..self.count).map(|number| self.ring[number % LONGEST].0);
        let hash = words.fold(length as u64, |hash, word| hash.wrapping_mul(STEP).wrapping_add(word));
        hash ^ hash >> 29
    }

    /// Where the first of the last `length` words begins.
    pub fn start(&self, length: usize) -> usize {
        self.ring[(self.count - length) % LONGEST].1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sentence(text: &str) -> Vec<u64> {
        let mut words = Vec::new();
        each_word(text.as_bytes(), &mut |word| {
            if !word.in_tag {
                words.push(word.hash);
            }
        });
        words
    }

    #[test]
    fn a_sentence_is_the_same_in_every_dress() {
        let plain = sentence("Don't tell: our \"secret\" plan is older\nthan you think & true");
        assert_eq!(plain.len(), 12);
        for dressed in [
            "<p>Don&#39;t tell: our &quot;<em class=\"loud\">secret</em>&quot; plan is older\nthan you <a href=\"x\">think</a> &amp; true</p>",
            "Don't tell: our \\\"secret\\\" plan is older\\nthan you think \\u0026 true",
            "DON'T TELL: OUR SECRET PLAN IS OLDER THAN YOU THINK, TRUE",
            "Don’t tell – our “secret” plan\u{a0}is older\u{2009}than you think … true",
        ] {
            assert_eq!(sentence(dressed), plain, "{dressed}");
        }
        assert_ne!(sentence("Don't tell: our secret plan is younger than you think & true"), plain);
        each_word(b"\\", &mut |_| ());
        each_word(b"a \\u", &mut |_| ());
        each_word(b"&", &mut |_| ());
        each_word(b"\xe2\x80", &mut |_| ());
        assert_eq!(sentence("“år”—é 顧客").len(), 3);
    }
}
