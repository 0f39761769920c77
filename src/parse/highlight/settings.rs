//! TOML, YAML and INI to marks.

use std::ops::Range;

use super::pen::{Class, Pen};
use super::scan::{
    byte, is_at, is_number, is_word, line_end, next_line, past, past_quote, past_quote_in_line, skip, skip_blanks,
};

/// What a bare value is: a constant, a number, or nothing.
fn value_class(value: &[u8]) -> Option<Class> {
    let constant = ["true", "false", "null", "yes", "no", "on", "off", "~", "inf", "nan"]
        .iter()
        .any(|word| word.as_bytes().eq_ignore_ascii_case(value));
    if constant { Some(Class::Constant) } else { is_number(value).then_some(Class::Number) }
}

fn mark_value(pen: &mut Pen, code: &[u8], from: usize, to: usize) {
    if let Some(class) = value_class(&code[from..to]) {
        pen.mark(class, from, to);
    }
}

/// Marks TOML.
pub(super) fn read_toml(pen: &mut Pen, range: Range<usize>) {
    let code = &pen.code.as_bytes()[..range.end];
    let mut at = range.start;
    let mut brackets: Vec<u8> = Vec::new();
    // Whether what comes is a key: at the start of a line, and in inline tables.
    let mut key = true;
    while at < code.len() {
        let found = code[at];
        match found {
            b'\n' => {
                key = brackets.is_empty() || brackets.last() == Some(&b'{');
                at += 1;
            }
            b' ' | b'\t' | b'\r' => at += 1,
            b'#' => {
                let end = line_end(code, at);
                pen.mark(Class::Comment, at, end);
                at = end;
            }
            b'[' if key && brackets.is_empty() => {
                let line = line_end(code, at);
                let end = skip(&code[..line], at, |byte| byte != b']');
                let end = skip(&code[..line], end, |byte| byte == b']');
                pen.mark(Class::Type, at, end);
                key = false;
                at = end;
            }
            b'[' | b'{' => {
                brackets.push(found);
                key = found == b'{';
                at += 1;
            }
            b']' | b'}' => {
                brackets.pop();
                key = false;
                at += 1;
            }
            b',' => {
                key = brackets.last() == Some(&b'{');
                at += 1;
            }
            b'=' => {
                key = false;
                at += 1;
            }
            b'"' | b'\'' => {
                let long = [found; 3];
                let end = if is_at(code, at, &long) {
                    past(code, at + 3, &long)
                } else if found == b'"' {
                    past_quote_in_line(code, at + 1, found)
                } else {
                    let end = skip(code, at + 1, |byte| byte != found && byte != b'\n');
                    end + usize::from(byte(code, end) == found)
                };
                pen.mark(if key { Class::Property } else { Class::String }, at, end);
                at = end.max(at + 1);
            }
            _ => {
                let end = skip(code, at, |byte| is_word(byte) || matches!(byte, b'-' | b'+' | b'.' | b':')).max(at + 1);
                if key {
                    pen.mark(Class::Property, at, end);
                } else {
                    mark_value(pen, code, at, end);
                }
                at = end;
            }
        }
    }
}

/// Marks INI, properties, `.env` and their like.
pub(super) fn read_ini(pen: &mut Pen, range: Range<usize>) {
    let code = &pen.code.as_bytes()[..range.end];
    let mut at = range.start;
    while at < code.len() {
        let start = skip_blanks(code, at);
        let end = line_end(code, at);
        let line = &code[..end];
        match byte(line, start) {
            b'#' | b';' | b'!' => pen.mark(Class::Comment, start, end),
            b'[' => {
                let close = skip(line, start, |byte| byte != b']');
                pen.mark(Class::Type, start, (close + 1).min(end));
            }
            0 => {}
            _ => {
                let sign = skip(line, start, |byte| !matches!(byte, b'=' | b':'));
                if sign < end {
                    let key = start + line[start..sign].trim_ascii_end().len();
                    pen.mark(Class::Property, start, key);
                    let value = skip_blanks(line, sign + 1);
                    // A comment after a value is set off by a blank.
                    let comment = (value..end)
                        .find(|at| matches!(line[*at], b';' | b'#') && matches!(line[at - 1], b' ' | b'\t'));
                    let stop = comment.unwrap_or(end);
                    let text = line[value..stop].trim_ascii_end();
                    if matches!(text.first(), Some(b'"' | b'\'')) {
                        pen.mark(Class::String, value, value + text.len());
                    } else {
                        mark_value(pen, code, value, value + text.len());
                    }
                    pen.mark(Class::Comment, stop, end);
                }
            }
        }
        at = end + 1;
    }
}

/// Marks YAML.
pub(super) fn read_yaml(pen: &mut Pen, range: Range<usize>) {
    let code = &pen.code.as_bytes()[..range.end];
    let mut at = range.start;
    // How deep `[` and `{` are nested.
    let mut depth = 0usize;
    while at < code.len() {
        // A line starts here, unless a string went over its end.
        let start = skip_blanks(code, at);
        let line = next_line(code, at);
        if depth == 0 && start == at {
            if is_at(code, at, b"---") || is_at(code, at, b"...") {
                pen.mark(Class::Operator, at, at + 3);
                at += 3;
            } else if code[at] == b'%' {
                pen.mark(Class::Attribute, at, line);
                at = line;
                continue;
            }
        }
        let (next, block) = read_yaml_line(pen, code, at, line, &mut depth);
        at = next;
        if let Some(indent) = block {
            // A block's text is all that is indented deeper, and what is empty.
            let text = at;
            while at < code.len() {
                let start = skip(code, at, |byte| byte == b' ');
                let blank = matches!(byte(code, skip_blanks(code, start)), b'\n' | b'\r' | 0);
                if !blank && start - at <= indent {
                    break;
                }
                at = next_line(code, at);
            }
            pen.mark(Class::String, text, at);
        }
    }
}

/// Marks the tokens up to the end of a line, or of the string that goes over it. Returns where to go on, and, if the line
/// announced a block of text, the indent that its lines exceed.
fn read_yaml_line(pen: &mut Pen, code: &[u8], at: usize, line: usize, depth: &mut usize) -> (usize, Option<usize>) {
    let start = at;
    let mut at = at;
    let mut line = line;
    let mut indent = 0;
    let mut block = None;
    while at < line {
        match code[at] {
            b' ' | b'\t' | b'\r' | b'\n' => at += 1,
            b'#' if at == 0 || code[at - 1].is_ascii_whitespace() => {
                pen.mark(Class::Comment, at, line);
                at = line;
            }
            b'-' | b'?' if *depth == 0 && ends_token(code, at + 1) => {
                indent = at.saturating_sub(start);
                at += 1;
            }
            b'[' | b'{' => {
                *depth += 1;
                at += 1;
            }
            b']' | b'}' => {
                *depth = depth.saturating_sub(1);
                at += 1;
            }
            b',' | b':' => at += 1,
            quote @ (b'"' | b'\'') => {
                let end = if quote == b'"' { past_quote(code, at + 1, quote) } else { past(code, at + 1, b"'") };
                let end = end.min(code.len());
                let key = byte(code, skip_blanks(code, end)) == b':';
                if key {
                    indent = at.saturating_sub(start);
                }
                pen.mark(if key { Class::Property } else { Class::String }, at, end);
                at = end;
                if at > line {
                    line = next_line(code, at);
                }
            }
            sign @ (b'&' | b'*' | b'!') => {
                let end = skip(code, at + 1, |byte| {
                    !byte.is_ascii_whitespace() && !matches!(byte, b',' | b'[' | b']' | b'{' | b'}')
                });
                pen.mark(if sign == b'!' { Class::Type } else { Class::Attribute }, at, end);
                at = end;
            }
            b'|' | b'>' if *depth == 0 => {
                let end = skip(code, at + 1, |byte| byte.is_ascii_digit() || matches!(byte, b'+' | b'-'));
                let rest = skip_blanks(code, end);
                if matches!(byte(code, rest), b'\n' | b'\r' | b'#' | 0) {
                    pen.mark(Class::Operator, at, end);
                    block = Some(indent);
                }
                at = end;
            }
            _ => {
                let end = plain_end(&code[..line], at, *depth > 0);
                let text = at + code[at..end].trim_ascii_end().len();
                if byte(code, end) == b':' {
                    indent = at.saturating_sub(start);
                    pen.mark(Class::Property, at, text);
                } else {
                    mark_value(pen, code, at, text);
                }
                at = end.max(at + 1);
            }
        }
    }
    // Text at the top of a document may stand at its margin, but then nothing tells it from keys.
    (at.max(line), block)
}

/// Whether a YAML token ends here.
fn ends_token(code: &[u8], at: usize) -> bool {
    matches!(byte(code, at), b' ' | b'\t' | b'\r' | b'\n' | 0)
}

/// Where an unquoted YAML word or sentence ends: at `: `, at ` #`, at its line's end, in brackets at what parts them.
fn plain_end(code: &[u8], at: usize, nested: bool) -> usize {
    let mut end = at;
    while end < code.len() {
        match code[end] {
            b'\n' => break,
            b':' if ends_token(code, end + 1) || nested && matches!(byte(code, end + 1), b',' | b'}' | b']') => break,
            b'#' if end > 0 && matches!(code[end - 1], b' ' | b'\t') => break,
            b',' | b'[' | b']' | b'{' | b'}' if nested => break,
            _ => end += 1,
        }
    }
    end
}
