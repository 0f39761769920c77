//! The prose of a page to the pieces that a translator gets one by one, and translated pieces to prose.
//!
//! A piece is what stands between empty lines: a paragraph, a heading, a list. Code, lines that only open or close a directive,
//! and definitions of links are nobody's to translate; they come back as they stand in the source.

use std::ops::Range;

/// Where the pieces of a text lie that are to be translated, in order.
pub fn pieces(text: &str) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut open: Option<Range<usize>> = None;
    let mut fence: Option<&str> = None;
    let mut at = 0;
    let mut close = |open: &mut Option<Range<usize>>| {
        if let Some(range) = open.take().filter(|range| is_said(&text[range.clone()])) {
            pieces.push(range);
        }
    };
    for line in text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let content = line.trim();
        let end = start + line.trim_end().len();
        if let Some(mark) = fence {
            if content.starts_with(mark) && content.trim_start_matches(&mark[..1]).is_empty() {
                fence = None;
            }
            continue;
        }
        if let Some(mark) = fence_of(content) {
            close(&mut open);
            fence = Some(mark);
            continue;
        }
        if content.is_empty() {
            close(&mut open);
        } else if content.starts_with(":::") {
            close(&mut open);
            // What opens a directive is said where it has a title.
            let mut alone = Some(start..end).filter(|_| has_words(content));
            close(&mut alone);
        } else {
            let from = open.as_ref().map_or(start, |range| range.start);
            open = Some(from..end);
        }
    }
    close(&mut open);
    pieces
}

/// The text with its pieces exchanged.
pub fn exchanged(text: &str, pieces: &[Range<usize>], by: &[String]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (piece, words) in pieces.iter().zip(by) {
        out.push_str(&text[at..piece.start]);
        out.push_str(words);
        at = piece.end;
    }
    out.push_str(&text[at..]);
    out
}

/// What a piece is, as far as can be seen without reading it: pieces of a translation stand where their sources do as long as
/// these run equal.
pub fn shape(piece: &str) -> (char, usize) {
    let line = piece.trim_start();
    let first = line.chars().next().unwrap_or(' ');
    match first {
        '#' => ('#', line.bytes().take_while(|byte| *byte == b'#').count()),
        '-' | '*' | '+' | '>' | '|' | '!' => (first, 0),
        ':' => (':', line.bytes().take_while(|byte| *byte == b':').count()),
        digit if digit.is_ascii_digit() && line.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(". ") => {
            ('1', 0)
        }
        _ => ('a', 0),
    }
}

/// ```` ``` ```` or `~~~~`, as long as it opens.
fn fence_of(content: &str) -> Option<&str> {
    ["`", "~"].into_iter().find_map(|mark| {
        let rest = content.trim_start_matches(mark);
        let length = content.len() - rest.len();
        (length >= 3 && !(mark == "`" && rest.contains('`'))).then(|| &content[..length])
    })
}

/// Whether there is something to translate: letters outside of addresses, and not only definitions of links.
fn is_said(piece: &str) -> bool {
    let is_definition =
        |line: &str| line.trim_start().starts_with('[') && !line.trim_start().starts_with("[^") && line.contains("]: ");
    if piece.lines().all(is_definition) {
        return false;
    }
    let mut rest = piece;
    while let Some(at) = rest.find("[](") {
        if rest[..at].contains(char::is_alphabetic) {
            return true;
        }
        rest = rest[at..].find(')').map_or("", |end| &rest[at + end..]);
    }
    rest.contains(char::is_alphabetic)
}

/// Whether a line that opens a directive has an argument that readers see.
fn has_words(line: &str) -> bool {
    super::markup::WORDS.iter().any(|key| line.contains(&format!("{key}=\"")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "# Title\n\nOne\nand two.\n\n```sh\nrun it\n\nagain\n```\n\n:::aside{kind=\"tip\" title=\"Tip\"}\nInside.\n:::\n\n- a\n- b\n\n:::journey{ref=\"first\"}\n\n[x]: y.md\n\n[](promise:reply)\n\n---\n\nLast";

    #[test]
    fn pieces_are_what_somebody_says() {
        let found: Vec<&str> = pieces(PAGE).into_iter().map(|range| &PAGE[range]).collect();
        let wanted =
            ["# Title", "One\nand two.", ":::aside{kind=\"tip\" title=\"Tip\"}", "Inside.", "- a\n- b", "Last"];
        assert_eq!(found, wanted);
    }

    #[test]
    fn exchanged_by_themselves_they_are_the_text() {
        let ranges = pieces(PAGE);
        let same: Vec<String> = ranges.iter().map(|range| PAGE[range.clone()].to_string()).collect();
        assert_eq!(exchanged(PAGE, &ranges, &same), PAGE);
    }

    #[test]
    fn a_fence_ends_where_it_is_as_long() {
        let text = "````\n```\nno\n````\n\nyes\n\n~~~\nnever closed\n\nno";
        let found: Vec<&str> = pieces(text).into_iter().map(|range| &text[range]).collect();
        assert_eq!(found, ["yes"]);
    }
}
