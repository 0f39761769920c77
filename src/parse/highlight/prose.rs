//! Markdown, TeX and differences to marks.

use std::ops::Range;

use super::pen::{Class, Pen};
use super::scan::{byte, is_at, line_end, next_line, skip, skip_blanks};
use super::settings;

/// Marks a difference, line by line.
pub(super) fn read_diff(pen: &mut Pen, range: Range<usize>) {
    let code = &pen.code.as_bytes()[..range.end];
    let mut at = range.start;
    while at < code.len() {
        let end = line_end(code, at);
        let line = &code[at..end];
        let starts = |texts: &[&str]| texts.iter().any(|text| line.starts_with(text.as_bytes()));
        let class = if starts(&[
            "+++",
            "---",
            "diff ",
            "index ",
            "Index: ",
            "rename ",
            "new file",
            "deleted file",
            "similarity ",
        ]) {
            Some(Class::Comment)
        } else if starts(&["@@"]) {
            Some(Class::Heading)
        } else if starts(&["+", ">"]) {
            Some(Class::Inserted)
        } else if starts(&["-", "<"]) {
            Some(Class::Deleted)
        } else {
            None
        };
        if let Some(class) = class {
            pen.mark(class, at, end);
        }
        at = end + 1;
    }
}

/// Marks TeX.
pub(super) fn read_tex(pen: &mut Pen, range: Range<usize>) {
    let code = &pen.code.as_bytes()[..range.end];
    let mut at = range.start;
    while at < code.len() {
        let (class, end) = match code[at] {
            b'%' => (Class::Comment, line_end(code, at)),
            b'\\' => {
                let end = skip(code, at + 1, |byte| byte.is_ascii_alphabetic() || byte == b'@');
                (Class::Keyword, end.max(at + 2))
            }
            b'$' => (Class::Operator, skip(code, at, |byte| byte == b'$')),
            b'&' | b'^' | b'_' => (Class::Operator, at + 1),
            found if found.is_ascii_digit() => {
                (Class::Number, skip(code, at, |byte| byte.is_ascii_digit() || byte == b'.'))
            }
            _ => {
                at += 1;
                continue;
            }
        };
        pen.mark(class, at, end);
        at = end;
    }
}

/// Marks Markdown. Fenced code is read by `embed`, which is given its language and its place.
pub(super) fn read_markdown(pen: &mut Pen, range: Range<usize>, embed: impl Fn(&mut Pen, &str, Range<usize>)) {
    let code = &pen.code.as_bytes()[..range.end];
    let mut at = read_front_matter(pen, code, range.start);
    while at < code.len() {
        let start = skip_blanks(code, at);
        let end = line_end(code, at);
        let line = &code[..end];
        let sign = byte(line, start);
        let run = skip(line, start, |byte| byte == sign) - start;
        match sign {
            b'`' | b'~' if run >= 3 && (sign == b'~' || !line[start + run..].contains(&sign)) => {
                at = read_fence(pen, code, start, run, &embed);
                continue;
            }
            b'#' if run <= 6 && matches!(byte(line, start + run), b' ' | b'\t' | b'\r' | 0) => {
                pen.mark(Class::Heading, start, end)
            }
            b'>' => {
                pen.mark(Class::Keyword, start, start + 1);
                read_inline(pen, line, start + 1);
            }
            b'-' | b'*' | b'_' if run >= 3 && line[start + run..].trim_ascii().is_empty() => {
                pen.mark(Class::Keyword, start, end)
            }
            b'-' | b'*' | b'+' if run == 1 && byte(line, start + 1) == b' ' => {
                pen.mark(Class::Keyword, start, start + 1);
                read_inline(pen, line, start + 1);
            }
            b'0'..=b'9' => {
                let digits = skip(line, start, |byte| byte.is_ascii_digit());
                let list = matches!(byte(line, digits), b'.' | b')') && byte(line, digits + 1) == b' ';
                if list {
                    pen.mark(Class::Keyword, start, digits + 1);
                }
                read_inline(pen, line, digits);
            }
            b'[' if is_definition(&line[start..]) => {
                pen.mark(Class::Property, start, skip(line, start, |byte| byte != b']') + 1);
            }
            b'=' if run >= 2 && line[start + run..].trim_ascii().is_empty() => pen.mark(Class::Heading, start, end),
            _ => read_inline(pen, line, start),
        }
        at = end + 1;
    }
}

fn is_definition(line: &[u8]) -> bool {
    line.iter().position(|byte| *byte == b']').is_some_and(|close| byte(line, close + 1) == b':')
}

/// Marks YAML between lines of `---`, or TOML between lines of `+++`, at the very start. Returns where the rest starts.
fn read_front_matter(pen: &mut Pen, code: &[u8], start: usize) -> usize {
    let fence: &[u8] = match byte(code, start) {
        b'-' if is_at(code, start, b"---\n") => b"---",
        b'+' if is_at(code, start, b"+++\n") => b"+++",
        _ => return start,
    };
    let mut at = start + 4;
    while at < code.len() {
        let end = line_end(code, at);
        if code[at..end].trim_ascii_end() == fence {
            pen.mark(Class::Operator, start, start + 3);
            if fence == b"---" {
                settings::read_yaml(pen, start + 4..at);
            } else {
                settings::read_toml(pen, start + 4..at);
            }
            pen.mark(Class::Operator, at, end);
            return next_line(code, at);
        }
        at = end + 1;
    }
    start
}

/// Marks fenced code. Returns where the line after it starts.
fn read_fence(
    pen: &mut Pen,
    code: &[u8],
    start: usize,
    run: usize,
    embed: impl Fn(&mut Pen, &str, Range<usize>),
) -> usize {
    let sign = code[start];
    let line = line_end(code, start);
    pen.mark(Class::Comment, start, line);
    let text = next_line(code, start);
    let mut at = text;
    while at < code.len() {
        let end = line_end(code, at);
        let fence = code[at..end].trim_ascii();
        if fence.len() >= run && fence.iter().all(|byte| *byte == sign) {
            break;
        }
        at = next_line(code, at);
    }
    if let Some(language) = pen.code.get(start + run..line) {
        embed(pen, language, text..at.min(code.len()));
    }
    let end = line_end(code, at);
    pen.mark(Class::Comment, at, end);
    next_line(code, at)
}

/// Marks code, links and comments within a line, which ends with `line`.
fn read_inline(pen: &mut Pen, line: &[u8], start: usize) {
    let mut at = start;
    // Lengths of backtick runs that nothing more in the line closes, as bits.
    let mut broken = 0u64;
    while at < line.len() {
        match line[at] {
            b'\\' => at += 2,
            b'`' => {
                let run = skip(line, at, |byte| byte == b'`') - at;
                let bit = 1u64.checked_shl(run as u32).unwrap_or(0);
                let close = if bit == 0 || broken & bit != 0 { None } else { closing_run(line, at + run, run) };
                if let Some(close) = close {
                    pen.mark(Class::String, at, close);
                    at = close;
                } else {
                    broken |= bit;
                    at += run;
                }
            }
            b']' if matches!(byte(line, at + 1), b'(' | b'[') => {
                let close = if line[at + 1] == b'(' { b')' } else { b']' };
                let end = skip(line, at + 2, |byte| byte != close);
                pen.mark(Class::Property, at + 2, end);
                at = end;
            }
            b'<' if is_at(line, at, b"<!--") => {
                pen.mark(Class::Comment, at, line.len());
                at = line.len();
            }
            _ => at += 1,
        }
    }
}

/// Where the next run of exactly `run` backticks ends.
fn closing_run(line: &[u8], at: usize, run: usize) -> Option<usize> {
    let mut at = at;
    loop {
        at = skip(line, at, |byte| byte != b'`');
        if at == line.len() {
            return None;
        }
        let end = skip(line, at, |byte| byte == b'`');
        if end - at == run {
            return Some(end);
        }
        at = end;
    }
}
