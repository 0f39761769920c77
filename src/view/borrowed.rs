//! Words of the theme that another language lends, from their marks to `lang` and `dir` on the page.
//!
//! A word goes through views and templates as plain text: into a heading, an attribute, a sentence of another word. So it carries
//! its language with it, between characters that no text has, and when the page is drawn they become a `span` where one may stand
//! and nothing where not, as in an attribute or a window's title. A language that has all of its words pays nothing for it.

use crate::playbook::Lang;
use crate::strings::Strings;

/// Noncharacters of Unicode, which never stand in a text: the tag of a language written from left to right begins,
const LEFT: char = '\u{fdd0}';
/// or of one written from right to left,
const RIGHT: char = '\u{fdd1}';
/// the words begin,
const WORDS: char = '\u{fdd2}';
/// and end.
const END: char = '\u{fdd3}';

/// The language that lends the theme's word for `key`, and its direction; `None` where the word is the page's own or of the same
/// language elsewhere (`pt` on a page in `pt-BR`).
pub fn lender<'s>(strings: &'s Strings, language: Lang, key: &str) -> Option<(&'s str, &'static str)> {
    strings.lender(language.index(), key)
}

/// Words with their language.
pub fn marked(tag: &str, dir: &str, words: &str) -> String {
    let begin = if dir == "rtl" { RIGHT } else { LEFT };
    format!("{begin}{tag}{WORDS}{words}{END}")
}

/// Words without their languages, for what knows no markup.
pub fn unmarked(words: &str) -> String {
    let mut tag = false;
    let is_word = |character: &char| {
        match *character {
            LEFT | RIGHT => tag = true,
            WORDS => tag = false,
            END => {}
            _ => return !tag,
        }
        false
    };
    words.chars().filter(is_word).collect()
}

/// A page with its borrowed words marked as HTML does it.
pub fn tagged(page: Vec<u8>) -> Vec<u8> {
    if next_mark(&page, 0).is_none() {
        return page;
    }
    let mut out = Vec::with_capacity(page.len() + page.len() / 4);
    // How many spans are open, the ones that could not be written left out.
    let mut open: Vec<bool> = Vec::new();
    let mut from = 0;
    while let Some((at, mark)) = next_mark(&page, from) {
        copy(&page[from..at], &mut open, &mut out);
        from = at + mark.len_utf8();
        match mark {
            LEFT | RIGHT => {
                // Without its end a mark is none of ours.
                let Some((end, WORDS)) = next_mark(&page, from) else { continue };
                let written = may_hold_a_span(&page[..at]);
                if written {
                    out.extend_from_slice(b"<span lang=\"");
                    out.extend_from_slice(&page[from..end]);
                    out.extend_from_slice(if mark == RIGHT { b"\" dir=\"rtl\">" } else { b"\" dir=\"ltr\">" });
                }
                open.push(written);
                from = end + WORDS.len_utf8();
            }
            _ => {
                if mark == END && open.pop() == Some(true) {
                    out.extend_from_slice(b"</span>");
                }
            }
        }
    }
    copy(&page[from..], &mut open, &mut out);
    out
}

/// Text between two marks. Where markup begins in borrowed words, their spans end: it may close what they stand in.
fn copy(text: &[u8], open: &mut [bool], out: &mut Vec<u8>) {
    let tag = memchr::memchr(b'<', text).filter(|_| open.contains(&true));
    let Some(tag) = tag else { return out.extend_from_slice(text) };
    out.extend_from_slice(&text[..tag]);
    for written in open.iter_mut().filter(|written| **written) {
        *written = false;
        out.extend_from_slice(b"</span>");
    }
    out.extend_from_slice(&text[tag..]);
}

/// The next mark at or after `from`.
fn next_mark(page: &[u8], from: usize) -> Option<(usize, char)> {
    // All four begin with these two bytes.
    memchr::memmem::find_iter(&page[from..], b"\xef\xb7").find_map(|at| {
        let mark = match page.get(from + at + 2)? {
            0x90 => LEFT,
            0x91 => RIGHT,
            0x92 => WORDS,
            0x93 => END,
            _ => return None,
        };
        Some((from + at, mark))
    })
}

/// Whether a `span` may stand after this beginning of a page: not within a tag, and not in an element that holds text alone.
fn may_hold_a_span(before: &[u8]) -> bool {
    let Some(bracket) = memchr::memrchr2(b'<', b'>', before) else { return true };
    if before[bracket] == b'<' {
        return false;
    }
    let tag = memchr::memrchr(b'<', &before[..bracket]).map_or(&[] as &[u8], |start| &before[start + 1..bracket]);
    let name = tag.split(|byte| !byte.is_ascii_alphanumeric()).next().unwrap_or(tag);
    !matches!(name, b"title" | b"script" | b"option" | b"text" | b"tspan" | b"desc" | b"textarea")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(page: &str) -> String {
        String::from_utf8(tagged(page.as_bytes().to_vec())).expect("marks are whole characters")
    }

    #[test]
    fn a_span_where_one_may_stand() {
        let word = marked("en", "ltr", "Skip");
        assert_eq!(told(&format!("<a>{word}</a>")), "<a><span lang=\"en\" dir=\"ltr\">Skip</span></a>");
        assert_eq!(told(&format!("<a title=\"{word}\">x</a>")), "<a title=\"Skip\">x</a>");
        assert_eq!(told(&format!("<title>{word} – Bok</title>")), "<title>Skip – Bok</title>");
        assert_eq!(told(&format!("<option value=\"\">{word}</option>")), "<option value=\"\">Skip</option>");
        let right = marked("ar", "rtl", "تخط");
        assert_eq!(told(&right), "<span lang=\"ar\" dir=\"rtl\">تخط</span>");
        assert_eq!(told("<p>﷽ no marks, only their neighbours</p>"), "<p>﷽ no marks, only their neighbours</p>");
    }

    #[test]
    fn words_in_words_and_markup_in_words() {
        let inner = marked("ar", "rtl", "x");
        let both = marked("en", "ltr", &format!("a {inner} b"));
        assert_eq!(told(&both), "<span lang=\"en\" dir=\"ltr\">a <span lang=\"ar\" dir=\"rtl\">x</span> b</span>");
        let cut = marked("en", "ltr", "a <b>c</b> d");
        assert_eq!(told(&format!("<p>{cut}</p>")), "<p><span lang=\"en\" dir=\"ltr\">a </span><b>c</b> d</p>");
    }

    #[test]
    fn broken_marks_do_no_harm() {
        for broken in ["\u{fdd0}", "\u{fdd0}en", "\u{fdd2}x\u{fdd3}", "\u{fdd3}\u{fdd3}", "\u{fdd1}a\u{fdd0}b"] {
            let told = told(&format!("<p>{broken}</p>"));
            assert!(!told.contains('\u{fdd0}') && told.ends_with("</p>"), "{told}");
            assert_eq!(told.matches("<span").count(), told.matches("</span>").count(), "{told}");
        }
    }
}
