//! HTML, XML and templates of either to marks.

use std::ops::Range;

use super::pen::{Class, Pen};
use super::scan::{byte, is_at, is_word, past, skip, word_end};
use super::tongue;
use super::{style, tongues};

/// What may stand in the text of a markup language.
#[derive(Clone, Copy)]
pub(super) struct Markup {
    /// Whether `<script>` and `<style>` hold other languages.
    pub(super) embeds: bool,
    /// Whether `{{ … }}`, `{% … %}` and `{# … #}` hold a template's.
    pub(super) template: bool,
}

/// Marks markup.
pub(super) fn read(markup: Markup, pen: &mut Pen, range: Range<usize>) {
    let code = &pen.code.as_bytes()[..range.end];
    let mut at = range.start;
    while at < code.len() {
        match code[at] {
            b'<' if is_at(code, at, b"<!--") => {
                let end = past(code, at + 4, b"-->");
                pen.mark(Class::Comment, at, end);
                at = end;
            }
            b'<' if is_at(code, at, b"<![CDATA[") => {
                let end = past(code, at + 9, b"]]>");
                pen.mark(Class::String, at, end);
                at = end;
            }
            b'<' if matches!(byte(code, at + 1), b'!' | b'?') => {
                let end = past(code, at + 2, b">");
                pen.mark(Class::Comment, at, end);
                at = end;
            }
            b'<' if is_name_start(byte(code, at + 1)) || byte(code, at + 1) == b'/' => {
                at = read_tag(markup, pen, code, at);
            }
            b'&' => {
                // The longest entity's name has 31 letters.
                let limit = code.len().min(at + 34);
                let end = skip(&code[..limit], at + 1, |byte| byte.is_ascii_alphanumeric() || byte == b'#');
                if byte(code, end) == b';' && end > at + 1 {
                    pen.mark(Class::Constant, at, end + 1);
                }
                at = end;
            }
            b'{' if markup.template => at = read_hole(pen, code, at),
            _ => at += 1,
        }
    }
}

fn is_name_start(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || byte == b'_' || byte >= 128
}

fn is_name(byte: u8) -> bool {
    is_word(byte) || matches!(byte, b'-' | b':' | b'.')
}

/// Marks a tag, and the script or style in it. Returns where to go on.
fn read_tag(markup: Markup, pen: &mut Pen, code: &[u8], at: usize) -> usize {
    let closing = byte(code, at + 1) == b'/';
    let start = at + 1 + usize::from(closing);
    let name = start..skip(code, start, is_name);
    pen.mark(Class::Keyword, name.start, name.end);
    let mut at = name.end;
    loop {
        match byte(code, at) {
            0 if at >= code.len() => return at,
            b'>' => {
                at += 1;
                break;
            }
            // A tag that never closed.
            b'<' => return at,
            quote @ (b'"' | b'\'') => {
                let end = past(code, at + 1, &[quote]);
                pen.mark(Class::String, at, end);
                at = end;
            }
            b'{' if markup.template => at = read_hole(pen, code, at),
            b'=' => {
                at = skip(code, at + 1, |byte| byte.is_ascii_whitespace());
                if !matches!(byte(code, at), b'"' | b'\'' | b'{') {
                    let end = skip(code, at, |byte| !byte.is_ascii_whitespace() && !matches!(byte, b'>' | b'<'));
                    pen.mark(Class::String, at, end);
                    at = end;
                }
            }
            found if is_name(found) || matches!(found, b'@' | b'#' | b'*' | b'[' | b'(') => {
                let end = skip(code, at, |byte| {
                    !byte.is_ascii_whitespace() && !matches!(byte, b'=' | b'>' | b'<' | b'/' | b'"' | b'\'' | b'{')
                });
                pen.mark(Class::Attribute, at, end);
                at = end;
            }
            _ => at += 1,
        }
    }
    if closing || !markup.embeds {
        return at;
    }
    let close: &[u8] = match &code[name] {
        b"script" => b"</script",
        b"style" => b"</style",
        _ => return at,
    };
    let end = past(code, at, close);
    let end = if code[at..end].ends_with(close) { end - close.len() } else { end };
    if close == b"</style" {
        style::read(style::CSS, pen, at..end);
    } else {
        tongue::read(&tongues::JAVASCRIPT, pen, at..end);
    }
    end
}

/// Marks `{{ … }}`, `{% … %}` or `{# … #}`. Returns where to go on.
fn read_hole(pen: &mut Pen, code: &[u8], at: usize) -> usize {
    let close: &[u8] = match byte(code, at + 1) {
        b'{' => b"}}",
        b'%' => b"%}",
        b'#' => {
            let end = past(code, at + 2, b"#}");
            pen.mark(Class::Comment, at, end);
            return end;
        }
        _ => return at + 1,
    };
    let end = past(code, at + 2, close);
    let inner = if code[at + 2..end].ends_with(close) { end - 2 } else { end };
    let start = skip(&code[..inner], at + 2, |byte| byte == b'-');
    pen.mark(Class::Operator, at, start);
    tongue::read(&tongues::TEMPLATE, pen, start..inner);
    pen.mark(Class::Operator, inner, end);
    end
}

/// Marks PHP: all of it, or what stands between `<?php` and `?>`.
pub(super) fn read_php(pen: &mut Pen, range: Range<usize>) {
    let code = &pen.code.as_bytes()[..range.end];
    let mut at = range.start;
    let opens = |from| past(code, from, b"<?");
    if opens(at) == code.len() && !code[at..].ends_with(b"<?") {
        return tongue::read(&tongues::PHP, pen, range);
    }
    while at < code.len() {
        let open = opens(at);
        let text = if code[at..open].ends_with(b"<?") { open - 2 } else { open };
        read(Markup { embeds: true, template: false }, pen, at..text);
        let start = if byte(code, open) == b'=' { open + 1 } else { word_end(code, open) };
        let start = start.min(code.len());
        pen.mark(Class::Keyword, text, start);
        let close = past(code, start, b"?>");
        let end = if code[start..close].ends_with(b"?>") { close - 2 } else { close };
        tongue::read(&tongues::PHP, pen, start..end);
        pen.mark(Class::Keyword, end, close);
        at = close;
    }
}
