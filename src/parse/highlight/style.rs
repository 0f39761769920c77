//! CSS, SCSS and Less to marks.

use std::ops::Range;

use super::pen::{Class, Pen};
use super::scan::{byte, is_at, is_word, line_end, number_end, past, past_quote_in_line, skip, skip_blanks};

#[derive(Clone, Copy)]
pub(super) struct Style {
    /// Whether `//` opens a comment.
    line_comments: bool,
}

pub(super) const CSS: Style = Style { line_comments: false };
pub(super) const SCSS: Style = Style { line_comments: true };

/// Marks style rules.
pub(super) fn read(style: Style, pen: &mut Pen, range: Range<usize>) {
    let code = &pen.code.as_bytes()[..range.end];
    let mut at = range.start;
    while at < code.len() {
        // A statement is a selector or a property by what ends it, so its end is looked for first.
        let (end, sign) = statement_end(style, code, at);
        match (byte(code, skip_blank_lines(style, pen, code, &mut at, end)), sign) {
            (b'@', _) => {
                let word = skip(&code[..end], at + 1, is_name);
                pen.mark(Class::Keyword, at, word);
                read_value(style, pen, code, word..end);
            }
            (_, b'{') => read_selector(style, pen, code, at..end),
            _ => {
                let colon = skip(&code[..end], at, |byte| byte != b':');
                if colon < end {
                    let name = at + code[at..colon].trim_ascii_end().len();
                    pen.mark(Class::Property, at, name);
                    at = colon + 1;
                }
                read_value(style, pen, code, at..end);
            }
        }
        at = end + 1;
    }
}

/// Goes to the first byte of a statement, past blanks and comments. Returns that place.
fn skip_blank_lines(style: Style, pen: &mut Pen, code: &[u8], at: &mut usize, end: usize) -> usize {
    loop {
        *at = skip(&code[..end], *at, |byte| byte.is_ascii_whitespace());
        match comment_end(style, &code[..end], *at) {
            Some(comment) => {
                pen.mark(Class::Comment, *at, comment);
                *at = comment;
            }
            None => return *at,
        }
    }
}

fn comment_end(style: Style, code: &[u8], at: usize) -> Option<usize> {
    if is_at(code, at, b"/*") {
        Some(past(code, at + 2, b"*/"))
    } else if style.line_comments && is_at(code, at, b"//") && byte(code, at.wrapping_sub(1)) != b':' {
        Some(line_end(code, at))
    } else {
        None
    }
}

/// Where a statement ends, and the `{`, `}` or `;` that ends it.
fn statement_end(style: Style, code: &[u8], at: usize) -> (usize, u8) {
    let mut at = at;
    while at < code.len() {
        if let Some(end) = comment_end(style, code, at) {
            at = end;
            continue;
        }
        match code[at] {
            b'#' if byte(code, at + 1) == b'{' => at = skip(code, at, |byte| byte != b'}') + 1,
            sign @ (b'{' | b'}' | b';') => return (at, sign),
            quote @ (b'"' | b'\'') => at = past_quote_in_line(code, at + 1, quote),
            _ => at += 1,
        }
    }
    (code.len(), 0)
}

fn is_name(byte: u8) -> bool {
    is_word(byte) || byte == b'-'
}

fn read_selector(style: Style, pen: &mut Pen, code: &[u8], range: Range<usize>) {
    let code = &code[..range.end];
    let mut at = range.start;
    while at < code.len() {
        if let Some(end) = comment_end(style, code, at) {
            pen.mark(Class::Comment, at, end);
            at = end;
            continue;
        }
        let (class, end) = match code[at] {
            b'.' | b'#' | b'%' => (Class::Type, skip(code, at + 1, is_name)),
            b':' => {
                let name = skip(code, at, |byte| byte == b':');
                (Class::Attribute, skip(code, name, is_name))
            }
            b'[' => (Class::Attribute, skip(code, at + 1, is_name)),
            quote @ (b'"' | b'\'') => (Class::String, past_quote_in_line(code, at + 1, quote)),
            b'0'..=b'9' => (Class::Number, skip(code, number_end(code, at), |byte| byte == b'%')),
            b'&' | b'>' | b'+' | b'~' | b'*' => (Class::Operator, at + 1),
            found if is_name(found) => (Class::Keyword, skip(code, at, is_name)),
            _ => {
                at += 1;
                continue;
            }
        };
        pen.mark(class, at, end);
        at = end.max(at + 1);
    }
}

fn read_value(style: Style, pen: &mut Pen, code: &[u8], range: Range<usize>) {
    let code = &code[..range.end];
    let mut at = range.start;
    while at < code.len() {
        if let Some(end) = comment_end(style, code, at) {
            pen.mark(Class::Comment, at, end);
            at = end;
            continue;
        }
        let found = code[at];
        let next = byte(code, at + 1);
        let (class, end) = match found {
            quote @ (b'"' | b'\'') => (Class::String, past_quote_in_line(code, at + 1, quote)),
            b'#' if next.is_ascii_alphanumeric() => {
                (Class::Number, skip(code, at + 1, |byte| byte.is_ascii_alphanumeric()))
            }
            b'0'..=b'9' | b'.' | b'-' | b'+' if found.is_ascii_digit() || next.is_ascii_digit() => {
                (Class::Number, skip(code, number_end(code, at + 1).max(at + 1), |byte| byte == b'%'))
            }
            b'$' | b'@' if is_name(next) => (Class::Property, skip(code, at + 1, is_name)),
            b'-' if next == b'-' => (Class::Property, skip(code, at, is_name)),
            b'!' => (Class::Keyword, skip(code, skip_blanks(code, at + 1), is_name)),
            found if is_name(found) => {
                let end = skip(code, at, is_name);
                match byte(code, end) {
                    b'(' => (Class::Function, end),
                    // A property in a condition: `(width: 10em)`.
                    b':' if byte(code, at.wrapping_sub(1)) == b'(' => (Class::Property, end),
                    _ => {
                        at = end;
                        continue;
                    }
                }
            }
            _ => {
                at += 1;
                continue;
            }
        };
        pen.mark(class, at, end);
        at = end.max(at + 1);
        // An address is no list of numbers and operators.
        if class == Class::Function
            && &code[end - 3.min(end)..end] == b"url"
            && !matches!(byte(code, end + 1), b'"' | b'\'')
        {
            let close = skip(code, end, |byte| byte != b')');
            pen.mark(Class::String, end + 1, close);
            at = close;
        }
    }
}
