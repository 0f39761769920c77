//! Figures in prose that somebody must have found out: shares and multiples, language by language.

use memchr::memmem::Finder;
use std::ops::Range;
use std::sync::LazyLock;

/// The words of a language.
struct Words {
    /// What a number of hundredths is followed by.
    percent: &'static [&'static str],
    /// What a multiple is followed by.
    times: &'static [&'static str],
    /// And by what, so that it compares: who rang three times did nothing three times as often. An ending counts as well.
    compares: &'static [&'static str],
    /// Numbers in words.
    numbers: &'static [&'static str],
    /// A multiple in one word.
    double: &'static [&'static str],
    /// One of these stands in every figure in words, also at the beginning of a sentence and around the end of a line.
    traces: &'static [&'static str],
}

const ENGLISH: Words = Words {
    percent: &["per cent", "percent", "percentage point", "percentage points"],
    times: &["times"],
    compares: &[
        "as", "more", "less", "fewer", "higher", "lower", "faster", "slower", "likelier", "better", "worse", "bigger",
        "larger", "smaller", "greater", "cheaper", "dearer", "longer", "shorter", "the",
    ],
    numbers: &[
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "fifteen",
        "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety", "hundred", "thousand",
    ],
    double: &["twice as"],
    traces: &["cent", "times", "wice"],
};
const SWEDISH: Words = Words {
    percent: &["procent", "procentenhet", "procentenheter"],
    times: &["gånger"],
    compares: &[
        "så",
        "fler",
        "mer",
        "mindre",
        "färre",
        "högre",
        "lägre",
        "snabbare",
        "långsammare",
        "bättre",
        "sämre",
        "större",
        "dyrare",
        "billigare",
        "längre",
        "kortare",
        "fortare",
    ],
    numbers: &[
        "en", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv", "femton",
        "tjugo", "trettio", "fyrtio", "femtio", "sextio", "sjuttio", "åttio", "nittio", "hundra", "tusen",
    ],
    double: &["dubbelt så"],
    traces: &["rocent", "gånger", "ubbelt"],
};
const INDONESIAN: Words = Words {
    percent: &["persen"],
    times: &["kali"],
    compares: &["lipat", "lebih"],
    numbers: &[
        "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas", "puluh",
        "belas", "ratus", "seratus", "ribu", "seribu",
    ],
    double: &[],
    traces: &["ersen", "kali"],
};
const NO_WORDS: Words = Words { percent: &[], times: &[], compares: &[], numbers: &[], double: &[], traces: &[] };

fn words(tag: &str) -> &'static Words {
    match tag.split('-').next().unwrap_or(tag) {
        "en" => &ENGLISH,
        "sv" => &SWEDISH,
        "id" => &INDONESIAN,
        _ => &NO_WORDS,
    }
}

// To make a searcher costs more than to search a page with it.
static ENGLISH_TRACES: LazyLock<Vec<Finder<'static>>> = LazyLock::new(|| finders(&ENGLISH));
static SWEDISH_TRACES: LazyLock<Vec<Finder<'static>>> = LazyLock::new(|| finders(&SWEDISH));
static INDONESIAN_TRACES: LazyLock<Vec<Finder<'static>>> = LazyLock::new(|| finders(&INDONESIAN));

fn finders(words: &Words) -> Vec<Finder<'static>> {
    words.traces.iter().map(|trace| Finder::new(*trace)).collect()
}

fn traces(tag: &str) -> &'static [Finder<'static>] {
    match tag.split('-').next().unwrap_or(tag) {
        "en" => &ENGLISH_TRACES,
        "sv" => &SWEDISH_TRACES,
        "id" => &INDONESIAN_TRACES,
        _ => &[],
    }
}

/// Whether a text in the language `tag` may hold a figure: most hold none, and this is quickly seen.
pub fn may_be_in(tag: &str, text: &str) -> bool {
    let bytes = text.as_bytes();
    // `%`, or the first byte of `×` and `‰`.
    let sign = |at: usize| bytes[at] == b'%' || ["×", "‰"].iter().any(|sign| bytes[at..].starts_with(sign.as_bytes()));
    memchr::memchr3_iter(b'%', "×".as_bytes()[0], "‰".as_bytes()[0], bytes).any(sign)
        || multiples_of_x(text).next().is_some()
        || traces(tag).iter().any(|trace| trace.find(bytes).is_some())
}

/// Where figures stand in `text`, as ranges of bytes, for a text in the language `tag`.
pub fn find(tag: &str, text: &str) -> Vec<Range<usize>> {
    let words = words(tag);
    // As with vague words: where lower-casing would move offsets, the text is searched as it is.
    let lower = text.to_lowercase();
    let lower = if lower.len() == text.len() { lower } else { text.to_string() };
    let lower = lower.replace('\n', " ");
    let mut found: Vec<Range<usize>> = Vec::new();
    for (sign, _) in lower.match_indices(['%', '‰']) {
        let number = number_before(&lower, sign, &[]);
        found.extend(number.map(|start| start..sign + lower[sign..].chars().next().map_or(1, char::len_utf8)));
    }
    // `3 × as many`, but not `3 × 4` and not `1920 × 1080`.
    for (sign, _) in lower.match_indices('×') {
        let end = sign + '×'.len_utf8();
        if !lower[end..].trim_start().starts_with(|c: char| c.is_ascii_digit()) {
            found.extend(number_before(&lower, sign, &[]).map(|start| start..end));
        }
    }
    found.extend(multiples_of_x(&lower));
    for word in words.percent {
        for at in whole_words(&lower, word) {
            found.extend(number_before(&lower, at, words.numbers).map(|start| start..at + word.len()));
        }
    }
    for word in words.times {
        for at in whole_words(&lower, word) {
            let end = at + word.len();
            let next = lower[end..].trim_start().split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
            if words.compares.contains(&next) {
                found.extend(number_before(&lower, at, words.numbers).map(|start| start..end));
            }
        }
    }
    for word in words.double {
        found.extend(whole_words(&lower, word).map(|at| at..at + word.len()));
    }
    found.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    found.dedup_by(|next, kept| next.start < kept.end);
    // All of them is an absolute: nobody counted.
    found.retain(|range| !matches!(lower[range.clone()].trim_end_matches(|c: char| !c.is_ascii_digit()), "100"));
    found
}

/// `3x`: a digit and an x that ends a word.
fn multiples_of_x(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    memchr::memchr_iter(b'x', text.as_bytes()).filter_map(|at| {
        let after = text[at + 1..].chars().next();
        if after.is_some_and(char::is_alphanumeric) || !text[..at].ends_with(|c: char| c.is_ascii_digit()) {
            return None;
        }
        Some(number_before(text, at, &[])?..at + 1)
    })
}

/// Where a word or words stand alone.
fn whole_words<'t>(text: &'t str, word: &'t str) -> impl Iterator<Item = usize> + 't {
    text.match_indices(word).map(|(at, _)| at).filter(move |at| {
        let before = text[..*at].chars().next_back();
        let after = text[at + word.len()..].chars().next();
        !before.is_some_and(char::is_alphabetic) && !after.is_some_and(char::is_alphanumeric)
    })
}

/// Where the number begins that ends before `end`, spaces and hyphens between: `86 %`, `25–95 %`, `4,5 %`, `five per cent`.
fn number_before(text: &str, end: usize, numbers: &[&str]) -> Option<usize> {
    let before = text[..end].trim_end_matches(|c: char| c.is_whitespace() || c == '-');
    if before.ends_with(|c: char| c.is_ascii_digit()) {
        let start = before
            .rfind(|c: char| !c.is_ascii_digit() && !matches!(c, '.' | ',' | '–' | '\u{a0}' | '\u{202f}'))
            .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
        let kept = before[start..].trim_start_matches(|c: char| !c.is_ascii_digit());
        let start = before.len() - kept.len();
        // `Q3` and `v2` are names.
        return (!before[..start].ends_with(char::is_alphabetic)).then_some(start);
    }
    let start = before
        .rfind(|c: char| !c.is_alphabetic())
        .map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    numbers.contains(&&before[start..]).then_some(start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'t>(tag: &str, text: &'t str) -> Vec<&'t str> {
        let found: Vec<&str> = find(tag, text).into_iter().map(|range| &text[range]).collect();
        assert!(found.is_empty() || may_be_in(tag, text), "{text}");
        found
    }

    #[test]
    fn shares_and_multiples_are_found() {
        for (tag, text, wanted) in [
            ("en", "In 2018, 86 % of them said so.", "86 %"),
            ("en", "Some 25–95 % more profit", "25–95 %"),
            ("en", "About 4.5\u{a0}% left", "4.5\u{a0}%"),
            ("en", "Five per cent more", "Five per cent"),
            ("en", "up by 5 percentage points", "5 percentage points"),
            ("en", "a 12-percent rise", "12-percent"),
            ("en", "three times as many", "three times"),
            ("en", "10 times\nmore", "10 times"),
            ("en", "It is twice\nas fast", "twice\nas"),
            ("en", "Five per\ncent more", "Five per\ncent"),
            ("en", "3 × cheaper", "3 ×"),
            ("en", "3x cheaper", "3x"),
            ("sv", "Åttio procent av dem", "Åttio procent"),
            ("sv", "tre gånger så många", "tre gånger"),
            ("sv", "Dubbelt så dyrt", "Dubbelt så"),
            ("sv", "4,5 procentenheter", "4,5 procentenheter"),
            ("id", "Sebanyak 86 persen pelanggan", "86 persen"),
            ("id", "tiga kali lebih cepat", "tiga kali"),
            ("id", "dua kali lipat", "dua kali"),
            ("fi", "86 % asiakkaista", "86 %"),
        ] {
            assert_eq!(found(tag, text), [wanted], "{tag}: {text}");
        }
        assert_eq!(found("en", "5 % more keeps 25 to 95 % more"), ["5 %", "95 %"]);
    }

    #[test]
    fn what_nobody_found_out_is_no_figure() {
        for (tag, text) in [
            ("en", "I have told this three times."),
            ("en", "Ring two times a week"),
            ("en", "100 % and 100% and 100 per cent"),
            ("en", "3 × 4 is 12, on 1920×1080"),
            ("en", "the % sign, and 86 people"),
            ("en", "an X-ray, a 3x3 grid and mp3x4"),
            ("en", "delivery times as printed"),
            ("sv", "tre gånger i veckan"),
            ("id", "tiga kali sehari"),
            ("fi", "five per cent"),
        ] {
            assert!(found(tag, text).is_empty(), "{tag}: {text}: {:?}", found(tag, text));
        }
    }
}
