//! Shell scripts, sessions, Dockerfiles and makefiles to marks.

use std::ops::Range;

use super::pen::{Class, Pen};
use super::scan::{
    byte, heredoc, heredoc_end, is_at, is_word, line_end, next_line, past, past_quote, skip, skip_blanks, word_end,
};
use super::tongue;
use super::words::{Words, words};

static WORDS: Words = words(
    "alias break case cd continue declare do done elif else esac eval exit export fi for function if in local readonly return select set shift source then time trap unalias unset until while",
    "",
    "",
);

/// Words after which a command follows.
const BEFORE_COMMANDS: [&[u8]; 12] =
    [b"if", b"then", b"elif", b"else", b"while", b"until", b"do", b"time", b"exec", b"command", b"sudo", b"env"];

/// What the next word is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Next {
    Command,
    Argument,
    /// More of a variable's value; after a blank, a command may follow.
    Value,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    /// A string in double quotes.
    Quote,
    /// `(` or `$(`: what it stands in goes on after it.
    Paren,
}

/// Marks a shell script.
pub(super) fn read(pen: &mut Pen, range: Range<usize>) {
    let code = &pen.code.as_bytes()[..range.end];
    let mut at = range.start;
    let mut open: Vec<Open> = Vec::new();
    let mut heredocs: Vec<Range<usize>> = Vec::new();
    let mut next = Next::Command;
    // From here on nothing closes a single quote.
    let mut broken = usize::MAX;
    while at < code.len() {
        if open.last() == Some(&Open::Quote) {
            let stop = quoted_stop(code, at);
            match byte(code, stop) {
                b'"' => {
                    pen.mark(Class::String, at, stop + 1);
                    open.pop();
                    at = stop + 1;
                }
                b'$' if byte(code, stop + 1) == b'(' => {
                    pen.mark(Class::String, at, stop);
                    open.push(Open::Paren);
                    next = Next::Command;
                    at = stop + 2;
                }
                b'$' => {
                    let end = variable_end(code, stop).unwrap_or(stop + 1);
                    pen.mark(Class::String, at, stop);
                    pen.mark(Class::Property, stop, end);
                    at = end;
                }
                _ => {
                    pen.mark(Class::String, at, stop);
                    at = stop;
                }
            }
            continue;
        }
        let found = code[at];
        let first = at == range.start || matches!(code[at - 1], b' ' | b'\t' | b'\n' | b';' | b'(' | b'|' | b'&');
        match found {
            b'\n' => {
                at += 1;
                next = Next::Command;
                for tag in std::mem::take(&mut heredocs) {
                    let end = heredoc_end(code, at, &code[tag.clone()]);
                    let end = (end + tag.len()).min(code.len());
                    pen.mark(Class::String, at, end);
                    at = end;
                }
            }
            b' ' | b'\t' | b'\r' => {
                if next == Next::Value {
                    next = Next::Command;
                }
                at += 1;
            }
            b'\\' => at += 2,
            b'#' if first => {
                let end = line_end(code, at);
                pen.mark(Class::Comment, at, end);
                at = end;
            }
            b'"' => {
                pen.mark(Class::String, at, at + 1);
                open.push(Open::Quote);
                next = after_piece(next);
                at += 1;
            }
            b'\'' if at < broken => {
                let end = skip(code, at + 1, |byte| byte != b'\'');
                if end < code.len() {
                    pen.mark(Class::String, at, end + 1);
                    at = end + 1;
                } else {
                    broken = at;
                    at += 1;
                }
                next = after_piece(next);
            }
            b'$' if byte(code, at + 1) == b'\'' => {
                let end = past_quote(code, at + 2, b'\'');
                pen.mark(Class::String, at, end);
                at = end;
                next = after_piece(next);
            }
            b'$' if byte(code, at + 1) == b'(' => {
                open.push(Open::Paren);
                next = Next::Command;
                at += 2;
            }
            b'$' => {
                let end = variable_end(code, at).unwrap_or(at + 1);
                if end > at + 1 {
                    pen.mark(Class::Property, at, end);
                }
                next = after_piece(next);
                at = end;
            }
            b'(' => {
                open.push(Open::Paren);
                // `((` calculates.
                let calculates = byte(code, at + 1) == b'(' || at > 0 && code[at - 1] == b'(';
                next = if calculates { Next::Argument } else { Next::Command };
                at += 1;
            }
            b')' => {
                next = if open.pop().is_some() { Next::Argument } else { Next::Command };
                at += 1;
            }
            b'`' | b';' => {
                next = Next::Command;
                at += 1;
            }
            b'{' | b'}' | b'!' if first => {
                next = Next::Command;
                at += 1;
            }
            b'<' if is_at(code, at, b"<<") && !is_at(code, at, b"<<<") => match heredoc_any(code, at) {
                Some((tag, end)) => {
                    pen.mark(Class::String, at, end);
                    heredocs.push(tag);
                    at = end;
                }
                None => at += 2,
            },
            b'|' | b'&' | b'<' | b'>' => {
                let end = skip(code, at, |byte| matches!(byte, b'|' | b'&' | b'<' | b'>'));
                pen.mark(Class::Operator, at, end);
                let ends = code[end - 1] == b'|' || found == b'&' && byte(code, end - 1) == b'&';
                next = if ends { Next::Command } else { Next::Argument };
                at = end;
            }
            b'-' if first => {
                let end = skip(code, at, |byte| is_word(byte) || byte == b'-');
                pen.mark(Class::Attribute, at, end);
                at = end.max(at + 1);
            }
            _ => {
                let end = skip(code, at, belongs).max(at + 1);
                if next == Next::Command {
                    (at, next) = name(pen, code, at, end);
                } else {
                    if &code[at..end] == b"in" {
                        pen.mark(Class::Keyword, at, end);
                    }
                    at = end;
                }
            }
        }
    }
}

/// What comes after a string or variable: it is a piece of a word.
fn after_piece(next: Next) -> Next {
    if next == Next::Value { Next::Value } else { Next::Argument }
}

/// Marks a word where a command's name may stand. Returns where to go on, and with what.
fn name(pen: &mut Pen, code: &[u8], at: usize, end: usize) -> (usize, Next) {
    let variable = word_end(code, at);
    let sign = if byte(code, variable) == b'+' { variable + 1 } else { variable };
    if variable > at && byte(code, sign) == b'=' && sign < end {
        pen.mark(Class::Property, at, variable);
        return (end, Next::Value);
    }
    let word = &code[at..end];
    if WORDS.class(word).is_some() {
        pen.mark(Class::Keyword, at, end);
    } else if word.iter().any(u8::is_ascii_alphabetic) {
        pen.mark(Class::Function, at, end);
    }
    (end, if BEFORE_COMMANDS.contains(&word) { Next::Command } else { Next::Argument })
}

/// Bytes of an unquoted word.
fn belongs(byte: u8) -> bool {
    !matches!(
        byte,
        b' ' | b'\t'
            | b'\r'
            | b'\n'
            | b';'
            | b'|'
            | b'&'
            | b'('
            | b')'
            | b'<'
            | b'>'
            | b'"'
            | b'\''
            | b'`'
            | b'$'
            | b'\\'
            | b'{'
            | b'}'
    )
}

/// Where a string in double quotes closes, is left for a variable or a command, or is cut off.
fn quoted_stop(code: &[u8], at: usize) -> usize {
    let mut at = at;
    while at < code.len() {
        match code[at] {
            b'\\' => at += 2,
            b'"' => return at,
            b'$' if matches!(byte(code, at + 1), b'(' | b'{') || is_word(byte(code, at + 1)) => return at,
            _ => at += 1,
        }
    }
    code.len()
}

/// Where `$name`, `$1` or `${…}` ends.
fn variable_end(code: &[u8], at: usize) -> Option<usize> {
    match byte(code, at + 1) {
        b'{' => {
            let end = skip(code, at, |byte| !matches!(byte, b'}' | b'\n'));
            Some((end + usize::from(byte(code, end) == b'}')).max(at + 1))
        }
        b'@' | b'*' | b'#' | b'?' | b'!' | b'$' | b'-' => Some(at + 2),
        next if is_word(next) => Some(word_end(code, at + 1)),
        _ => None,
    }
}

/// Like [`heredoc`]; shells take tags in small letters too.
fn heredoc_any(code: &[u8], at: usize) -> Option<(Range<usize>, usize)> {
    heredoc(code, at).or_else(|| {
        let start = at + 2 + usize::from(byte(code, at + 2) == b'-');
        let end = word_end(code, start);
        (end > start && !code[start].is_ascii_digit()).then_some((start..end, end))
    })
}

/// Marks a session: what follows a prompt is a script, the rest is what was answered. Without a prompt, all is a script.
pub(super) fn read_session(pen: &mut Pen, range: Range<usize>) {
    let code = &pen.code.as_bytes()[..range.end];
    if !lines(code, range.clone()).any(|line| prompt_end(&code[line]).is_some()) {
        return read(pen, range);
    }
    let mut at = range.start;
    while at < code.len() {
        let mut end = line_end(code, at);
        if let Some(prompt) = prompt_end(&code[at..end]) {
            pen.mark(Class::Operator, at, at + code[at..at + prompt].trim_ascii_end().len());
            // A line that ends with a backslash is continued.
            while end > at && code[end - 1] == b'\\' && end < code.len() {
                end = line_end(code, end + 1);
            }
            read(pen, at + prompt..end);
        } else if byte(code, skip_blanks(code, at)) == b'#' {
            pen.mark(Class::Comment, at, end);
        }
        at = end + 1;
    }
}

/// Marks a session with an interpreter of Python.
pub(super) fn read_python_session(pen: &mut Pen, range: Range<usize>) {
    let code = &pen.code.as_bytes()[..range.end];
    for line in lines(code, range) {
        if [b">>> ", b"... "].iter().any(|prompt| code[line.clone()].starts_with(*prompt)) {
            pen.mark(Class::Operator, line.start, line.start + 3);
            tongue::read(&super::tongues::PYTHON, pen, line.start + 4..line.end);
        }
    }
}

fn lines(code: &[u8], range: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut at = range.start;
    std::iter::from_fn(move || {
        let start = at;
        at = next_line(code, start);
        (start < code.len()).then(|| start..line_end(code, start))
    })
}

/// Where the prompt of a line ends: `$ `, `% `, `> `, `PS C:\> `, `ada@host:~$ `.
fn prompt_end(line: &[u8]) -> Option<usize> {
    const LONGEST: usize = 80;
    let start = skip_blanks(line, 0);
    if matches!(byte(line, start), b'$' | b'%' | b'>') && matches!(byte(line, start + 1), b' ' | 0) {
        return Some((start + 2).min(line.len()));
    }
    let host = line.starts_with(b"PS ")
        || line.iter().take(LONGEST).take_while(|byte| **byte != b' ').any(|byte| *byte == b'@');
    if !host {
        return None;
    }
    let sign = line.iter().take(LONGEST).position(|byte| matches!(byte, b'$' | b'#' | b'>' | b'%'))?;
    (byte(line, sign + 1) == b' ').then_some(sign + 2)
}

/// Marks a Dockerfile.
pub(super) fn read_dockerfile(pen: &mut Pen, range: Range<usize>) {
    let code = &pen.code.as_bytes()[..range.end];
    let mut at = range.start;
    while at < code.len() {
        let start = skip_blanks(code, at);
        if byte(code, start) == b'#' {
            let end = line_end(code, start);
            pen.mark(Class::Comment, start, end);
            at = end + 1;
            continue;
        }
        // An instruction goes on while its lines end with a backslash or are comments within it.
        let mut end = line_end(code, start);
        while end < code.len() && code[start..end].trim_ascii_end().ends_with(b"\\") && end + 1 < code.len() {
            end = line_end(code, end + 1);
        }
        let mut word = word_end(&code[..end], start);
        pen.mark(Class::Keyword, start, word);
        if code[start..word].eq_ignore_ascii_case(b"ONBUILD") {
            let next = skip_blanks(&code[..end], word);
            word = word_end(&code[..end], next);
            pen.mark(Class::Keyword, next, word);
        }
        if code[start..word].to_ascii_uppercase().ends_with(b"RUN") {
            read(pen, word..end);
        } else {
            read_arguments(pen, word..end);
        }
        at = end + 1;
    }
}

/// Marks strings, variables, flags and the word `AS`.
fn read_arguments(pen: &mut Pen, range: Range<usize>) {
    let code = &pen.code.as_bytes()[..range.end];
    let mut at = range.start;
    while at < code.len() {
        let first = matches!(code[at.saturating_sub(1)], b' ' | b'\t');
        let (class, end) = match code[at] {
            quote @ (b'"' | b'\'') => (Class::String, past_quote(code, at + 1, quote).max(at + 1)),
            b'$' => (Class::Property, variable_end(code, at).unwrap_or(at + 1)),
            b'-' if first => (Class::Attribute, skip(code, at, |byte| is_word(byte) || byte == b'-')),
            found if first && is_word(found) => {
                let end = word_end(code, at);
                let text = &code[at..end];
                if text.eq_ignore_ascii_case(b"AS") {
                    (Class::Keyword, end)
                } else if byte(code, end) == b'=' {
                    (Class::Property, end)
                } else if text.iter().all(u8::is_ascii_digit) && !is_at(code, end, b".") {
                    (Class::Number, end)
                } else {
                    at = end;
                    continue;
                }
            }
            _ => {
                at += 1;
                continue;
            }
        };
        pen.mark(class, at, end);
        at = end.max(at + 1);
    }
}

/// Marks a makefile.
pub(super) fn read_makefile(pen: &mut Pen, range: Range<usize>) {
    let code = &pen.code.as_bytes()[..range.end];
    for line in lines(code, range) {
        let code = &code[..line.end];
        let start = skip_blanks(code, line.start);
        if byte(code, start) == b'#' {
            pen.mark(Class::Comment, start, line.end);
            continue;
        }
        let mut at = start;
        if byte(code, line.start) != b'\t' {
            let sign = skip(code, start, |byte| !matches!(byte, b':' | b'=' | b'#'));
            let word = &code[start..word_end(code, start)];
            let directive = matches!(
                word,
                b"include"
                    | b"ifeq"
                    | b"ifneq"
                    | b"ifdef"
                    | b"ifndef"
                    | b"else"
                    | b"endif"
                    | b"define"
                    | b"endef"
                    | b"export"
                    | b"override"
                    | b"vpath"
            );
            if directive {
                at = start + word.len();
                pen.mark(Class::Keyword, start, at);
            } else if matches!(byte(code, sign), b':' | b'=') {
                let name = skip(code, start, |byte| !matches!(byte, b':' | b'=' | b'+' | b'?' | b'!' | b'$' | b' '));
                let assigned = byte(code, sign) == b'=' || matches!(byte(code, sign + 1), b'=' | b':');
                pen.mark(if assigned { Class::Property } else { Class::Function }, start, name);
                at = name;
            }
        }
        while at < line.end {
            let end = match code[at] {
                b'#' if code[at - 1] == b' ' => {
                    pen.mark(Class::Comment, at, line.end);
                    line.end
                }
                b'$' if matches!(byte(code, at + 1), b'(' | b'{') => {
                    let end = reference_end(code, at + 1);
                    pen.mark(Class::Property, at, end);
                    end
                }
                b'$' => {
                    pen.mark(Class::Property, at, at + 2);
                    at + 2
                }
                quote @ (b'"' | b'\'') => {
                    let end = past(code, at + 1, &[quote]);
                    pen.mark(Class::String, at, end);
                    end
                }
                _ => at + 1,
            };
            at = end;
        }
    }
}

/// Where the bracket at `at` is closed, others within it balanced, or the code ends.
fn reference_end(code: &[u8], at: usize) -> usize {
    let mut depth = 0usize;
    let mut end = at;
    while end < code.len() {
        match code[end] {
            b'(' | b'{' => depth += 1,
            b')' | b'}' => depth -= 1,
            _ => {}
        }
        end += 1;
        if depth == 0 {
            break;
        }
    }
    end
}
