//! A place in a code to the next place that matters: the steps all readers share.

/// A byte of a name: letters, digits, `_` and everything outside ASCII.
pub(super) fn is_word(byte: u8) -> bool {
    WORD[usize::from(byte)]
}

const WORD: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = byte >= 128 || (byte as u8).is_ascii_alphanumeric() || byte as u8 == b'_';
        byte += 1;
    }
    table
};

/// The first place from `at` on whose byte does not `belong`.
pub(super) fn skip(code: &[u8], at: usize, belongs: impl Fn(u8) -> bool) -> usize {
    let mut at = at;
    while at < code.len() && belongs(code[at]) {
        at += 1;
    }
    at.min(code.len())
}

pub(super) fn skip_blanks(code: &[u8], at: usize) -> usize {
    skip(code, at, |byte| matches!(byte, b' ' | b'\t'))
}

pub(super) fn word_end(code: &[u8], at: usize) -> usize {
    skip(code, at, is_word)
}

/// Where the line of `at` ends: at its line feed, or with the code.
pub(super) fn line_end(code: &[u8], at: usize) -> usize {
    skip(code, at, |byte| byte != b'\n')
}

/// Where the line after that of `at` starts.
pub(super) fn next_line(code: &[u8], at: usize) -> usize {
    (line_end(code, at) + 1).min(code.len())
}

/// Whether `text` stands at `at`.
pub(super) fn is_at(code: &[u8], at: usize, text: &[u8]) -> bool {
    code.get(at..).is_some_and(|rest| rest.starts_with(text))
}

/// The byte at `at`, or 0 after the end.
pub(super) fn byte(code: &[u8], at: usize) -> u8 {
    code.get(at).copied().unwrap_or(0)
}

/// Where `text` next ends, or where the code does. Callers go on from there, so nothing is searched twice.
pub(super) fn past(code: &[u8], at: usize, text: &[u8]) -> usize {
    let mut at = at;
    while at < code.len() {
        if is_at(code, at, text) {
            return at + text.len();
        }
        at += 1;
    }
    code.len()
}

/// Where a string opened before `at` is closed by `quote`, a backslash guarding the byte after it, or where the code
/// ends.
pub(super) fn past_quote(code: &[u8], at: usize, quote: u8) -> usize {
    let mut at = at;
    while at < code.len() {
        match code[at] {
            b'\\' => at += 2,
            found if found == quote => return at + 1,
            _ => at += 1,
        }
    }
    code.len()
}

/// Like [`past_quote`], for a string that ends with its line at the latest.
pub(super) fn past_quote_in_line(code: &[u8], at: usize, quote: u8) -> usize {
    let mut at = at;
    while at < code.len() {
        match code[at] {
            b'\n' => return at,
            b'\\' if byte(code, at + 1) != b'\n' => at += 2,
            found if found == quote => return at + 1,
            _ => at += 1,
        }
    }
    code.len()
}

/// Where a number that starts at `at` ends: digits, `_`, a fraction, an exponent, letters such as `0xff`, `10px`, `5s`.
pub(super) fn number_end(code: &[u8], at: usize) -> usize {
    let hex = byte(code, at) == b'0' && byte(code, at + 1) | 32 == b'x';
    let mut end = at;
    while end < code.len() {
        let before = if end > at { code[end - 1] } else { 0 };
        match code[end] {
            found if found.is_ascii_alphanumeric() || found == b'_' => {}
            b'.' if before.is_ascii_digit() && byte(code, end + 1).is_ascii_digit() => {}
            b'+' | b'-' if end > at && !hex && before | 32 == b'e' && byte(code, end + 1).is_ascii_digit() => {}
            _ => break,
        }
        end += 1;
    }
    end
}

/// Whether a whole value reads as a number or a date: it starts with a digit, perhaps signed, and has nothing a number
/// has not.
pub(super) fn is_number(value: &[u8]) -> bool {
    let digits = match value {
        [b'+' | b'-' | b'.', rest @ ..] => rest,
        all => all,
    };
    digits.first().is_some_and(u8::is_ascii_digit)
        && digits.iter().all(|byte| {
            byte.is_ascii_hexdigit()
                || matches!(byte, b'_' | b'.' | b'x' | b'o' | b'b' | b':' | b'-' | b'+' | b'T' | b'Z')
        })
}

/// The tag that ends the text announced by `<<` at `at`, and where the announcement ends: `<<EOF`, `<<-'EOF'`, `<<~EOF`.
pub(super) fn heredoc(code: &[u8], at: usize) -> Option<(std::ops::Range<usize>, usize)> {
    let mut start = skip(code, at, |byte| byte == b'<');
    if matches!(byte(code, start), b'-' | b'~') {
        start += 1;
    }
    let quote = byte(code, start);
    if matches!(quote, b'\'' | b'"') {
        let end = word_end(code, start + 1);
        (end > start + 1 && byte(code, end) == quote).then_some((start + 1..end, end + 1))
    } else {
        let end = word_end(code, start);
        let capital = quote.is_ascii_uppercase() || quote == b'_';
        capital.then_some((start..end, end))
    }
}

/// Where the text of a heredoc ends, from the start of a line on: before the line that is the tag.
pub(super) fn heredoc_end(code: &[u8], at: usize, tag: &[u8]) -> usize {
    let mut at = at;
    while at < code.len() {
        let start = skip_blanks(code, at);
        if is_at(code, start, tag) && !is_word(byte(code, start + tag.len())) {
            return start;
        }
        at = next_line(code, at);
    }
    code.len()
}
