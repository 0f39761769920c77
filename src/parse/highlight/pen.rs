//! Marked pieces of a code to HTML: every byte once and in order, a span only where a piece was marked.

/// What a piece of code is, named in the page by one letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Class {
    Attribute = b'a',
    Comment = b'c',
    Deleted = b'd',
    Function = b'f',
    Inserted = b'g',
    Heading = b'h',
    Keyword = b'k',
    Constant = b'm',
    Number = b'n',
    Operator = b'o',
    Property = b'p',
    String = b's',
    Type = b't',
}

/// The HTML of a code, written from its first byte to its last.
///
/// A reader only marks what matters. What lies between two marks is written as it is, so no mistake of a reader can
/// lose, double or reorder a byte of what the author wrote.
pub(super) struct Pen<'a> {
    pub(super) code: &'a str,
    html: String,
    written: usize,
    open: Option<Class>,
}

impl<'a> Pen<'a> {
    pub(super) fn new(code: &'a str) -> Self {
        // Spans double the length of an ordinary code.
        let html = String::with_capacity(code.len() * 5 / 2 + 64);
        Pen { code, html, written: 0, open: None }
    }

    /// Gives the bytes `from..to` a class. What was already written keeps the class it has.
    pub(super) fn mark(&mut self, class: Class, from: usize, to: usize) {
        let from = self.boundary(from).max(self.written);
        let to = self.boundary(to);
        if from >= to {
            return;
        }
        let gap = &self.code[self.written..from];
        // `pub fn` is one span: blanks between equals show no colour.
        if self.open != Some(class) || !gap.bytes().all(|byte| byte == b' ') {
            self.close();
        }
        escape(&mut self.html, gap);
        // A span ends with its line, so that a page can be cut into lines without cutting a span.
        for line in self.code[from..to].split_inclusive('\n') {
            let text = line.strip_suffix('\n').unwrap_or(line);
            if self.open.is_none() && !text.trim_ascii().is_empty() {
                self.html.push_str("<span class=\"");
                self.html.push(class as u8 as char);
                self.html.push_str("\">");
                self.open = Some(class);
            }
            escape(&mut self.html, text);
            if text.len() < line.len() {
                self.close();
                self.html.push('\n');
            }
        }
        self.written = to;
    }

    pub(super) fn finish(mut self) -> String {
        self.close();
        escape(&mut self.html, &self.code[self.written..]);
        self.html
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            self.html.push_str("</span>");
        }
    }

    /// The next place at or after `at` where a character starts. Readers count in bytes.
    fn boundary(&self, at: usize) -> usize {
        let mut at = at.min(self.code.len());
        while !self.code.is_char_boundary(at) {
            at += 1;
        }
        at
    }
}

fn escape(html: &mut String, text: &str) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'&' => "&amp;",
            _ => continue,
        };
        html.push_str(&text[from..at]);
        html.push_str(entity);
        from = at + 1;
    }
    html.push_str(&text[from..]);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equals_across_blanks_are_one_span() {
        let mut pen = Pen::new("pub fn x");
        pen.mark(Class::Keyword, 0, 3);
        pen.mark(Class::Keyword, 4, 6);
        assert_eq!(pen.finish(), r#"<span class="k">pub fn</span> x"#);
    }

    #[test]
    fn a_span_ends_with_its_line() {
        let mut pen = Pen::new("a\n\nb<");
        pen.mark(Class::Comment, 0, 5);
        assert_eq!(pen.finish(), "<span class=\"c\">a</span>\n\n<span class=\"c\">b&lt;</span>");
    }

    #[test]
    fn a_mark_out_of_place_loses_nothing() {
        let mut pen = Pen::new("é&è");
        pen.mark(Class::Number, 1, 3);
        pen.mark(Class::Number, 0, 2);
        pen.mark(Class::String, 4, 99);
        assert_eq!(pen.finish(), r#"é<span class="n">&amp;</span>è"#);
    }
}
