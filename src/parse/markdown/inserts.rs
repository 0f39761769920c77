//! Code, math, images, raw HTML and footnotes: what is more than words in a paragraph.

use super::*;

impl Writer<'_> {
    pub(super) fn code(&mut self, state: &mut Segment) {
        let Some(code) = state.code.take() else { return };
        let mut markup = String::with_capacity(code.text.len() * 2 + 64);
        markup.push_str("<pre tabindex=\"0\"><code");
        if !code.language.is_empty() {
            markup.push_str(" class=\"language-");
            html::escape(&code.language, &mut markup);
            markup.push('"');
        }
        markup.push('>');
        let highlighted =
            if code.language.is_empty() { None } else { highlight::highlight(&code.language, &code.text) };
        match highlighted {
            Some(highlighted) => markup.push_str(&highlighted),
            None => html::escape(&code.text, &mut markup),
        }
        markup.push_str("</code></pre>\n");
        self.own(&markup);
    }

    pub(super) fn math(&mut self, tex: &str, display: bool, range: Range<usize>) {
        match math::mathml(tex, display) {
            Ok(markup) => self.own(&markup),
            Err(trouble) => {
                let place = self.place(range);
                self.report(
                    Diagnostic::new(Code::InvalidMath, format!("this formula cannot be read: {trouble}"))
                        .at(place, "this formula"),
                );
                self.html.push_str("<code>");
                html::escape(tex, &mut self.html);
                self.html.push_str("</code>");
            }
        }
    }

    pub(super) fn end_image(&mut self, state: &mut Segment) {
        let Some(image) = state.image.take() else { return };
        let place = self.place(image.range);
        if image.alt.trim().is_empty() {
            self.findings.push(
                Diagnostic::new(Code::ImageWithoutAlt, "the image says nothing to those who cannot see it")
                    .at(place.clone(), "no words between the brackets")
                    .help("write what it shows: `![Shelf with three parcels](shelf.jpg)`"),
            );
        }
        let to = link::parse_image(&image.url, place.clone(), self.findings);
        if let Some(link) = state.links.last_mut() {
            link.has_words = true;
        }
        self.body.links.push(Link {
            to,
            title: (!image.title.is_empty()).then(|| image.title.into()),
            empty: false,
            image: Some(image.alt.trim().into()),
            place,
        });
        let number = (self.body.links.len() - 1) as u32;
        self.hole(Piece::Image(number));
    }

    pub(super) fn raw(&mut self, raw: &str, range: Range<usize>) {
        if !self.rules.trusted {
            let origin = &self.origin;
            if !self.raw_tags.note(raw, range.start, &|range| origin.place(range), self.findings) {
                html::escape(raw, &mut self.html);
                return;
            }
        }
        self.html.push_str(raw);
    }

    pub(super) fn note_number(&mut self, scope: usize, label: &str) -> u32 {
        let key = (scope, normalised(label).into_boxed_str());
        if let Some(number) = self.footnote_labels.get(&key) {
            return *number;
        }
        self.body.footnotes.push(Footnote { label: label.into(), pieces: Vec::new() });
        let number = (self.body.footnotes.len() - 1) as u32;
        self.footnote_labels.insert(key, number);
        number
    }

    pub(super) fn note(&mut self, label: &str, scope: usize, range: Range<usize>) {
        // The definition may stand in a scope around this one.
        let at = self.notes.definer(scope, label, &self.scopes).unwrap_or(scope);
        let number = self.note_number(at, label);
        self.used(number, range);
    }

    pub(super) fn used(&mut self, number: u32, range: Range<usize>) {
        let place = self.place(range);
        self.used_notes.push((number, place));
        self.hole(Piece::Note(number));
    }

    pub(super) fn finish(mut self) -> Body {
        self.flush();
        let mut body = self.body;
        body.pieces = self.sinks.swap_remove(0);
        for (number, place) in self.used_notes {
            let note = &body.footnotes[number as usize];
            if note.pieces.is_empty() {
                self.findings.push(
                    Diagnostic::new(Code::UndefinedFootnote, format!("nothing defines the footnote `{}`", note.label))
                        .at(place, "no such footnote"),
                );
            }
        }
        // Links of raw HTML become holes like Markdown's, so that they are checked and made relative.
        if self.rules.trusted {
            if memchr_tag(self.text) {
                html::lift_links(
                    &mut body,
                    &self.origin.whole,
                    self.text,
                    &|range| self.origin.place(range),
                    self.findings,
                );
            }
        } else if self.raw_tags.any() {
            html::sanitise(&mut body, &self.ours);
            html::lift_links(
                &mut body,
                &self.origin.whole,
                self.text,
                &|range| self.origin.place(range),
                self.findings,
            );
        } else if !self.ours.is_empty() {
            html::fill(&mut body, &self.ours);
        }
        exact(&mut body.pieces);
        exact(&mut body.links);
        exact(&mut body.headings);
        body
    }
}

/// Gives back the room that a list grew into, which is a twentieth of what a large playbook takes. It moves, since an allocator asked for a
/// little less leaves things where they are.
fn exact<T>(list: &mut Vec<T>) {
    if list.len() < list.capacity() {
        let mut moved = Vec::with_capacity(list.len());
        moved.append(list);
        *list = moved;
    }
}
