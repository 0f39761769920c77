//! Directives as they open and close while a file is read.

use super::*;

impl Writer<'_> {
    pub(super) fn open(&mut self, colons: usize, name: &Range<usize>, arguments: &Range<usize>, line: Range<usize>) {
        let place = self.place(line.clone());
        let word = &self.text[name.clone()];
        if !directive::exists(word) {
            let name_place = self.place(name.clone());
            self.report(
                Diagnostic::new(Code::UnknownDirective, format!("there is no directive `{word}`"))
                    .at(name_place, "unknown directive")
                    .did_you_mean(word, directive::names()),
            );
            // Most directives have a body, so that its closing line is expected.
            if directive::closes_later(self.text, line.end, colons) {
                let scope = self.current_scope();
                self.directives.push(OpenDirective {
                    colons,
                    place,
                    index: None,
                    script: false,
                    quote: false,
                    checklist: None,
                    scope,
                });
            }
            return;
        }
        let read = {
            let origin = &self.origin;
            directive::read(self.text, word, arguments.clone(), &|range| origin.place(range), self.findings)
        };
        let scope = self.current_scope();
        let mut open = OpenDirective {
            colons,
            place: place.clone(),
            index: None,
            script: false,
            quote: false,
            checklist: None,
            scope,
        };
        match read {
            directive::Read::Checklist { id, title, owner } => {
                let id = id.unwrap_or_else(|| {
                    let finding = Diagnostic::new(Code::MissingKey, "a checklist has no id")
                        .at(place.clone(), "`{#id}` is missing")
                        .help("write it like `:::checklist{#before-launch title=\"Before launch\"}`");
                    self.findings.push(finding);
                    Name::new("".into(), place.clone())
                });
                let number = self.body.checklists.len() as u32;
                let block = ChecklistBlock { id, title, owner, lead: Vec::new(), items: Vec::new(), place };
                self.body.checklists.push(block);
                self.hole(Piece::Checklist(number));
                self.sinks.push(Vec::new());
                open.checklist = Some(number);
                self.directives.push(open);
            }
            directive::Read::Container(kind, image) => {
                let kind = match (kind, image) {
                    (DirectiveKind::Figure { caption, .. }, Some(image)) => {
                        let src = self.figure_image(image);
                        DirectiveKind::Figure { src, caption }
                    }
                    (kind, _) => kind,
                };
                open.script = matches!(kind, DirectiveKind::Aside(Aside::Script, _));
                self.scripts += usize::from(open.script);
                open.quote = matches!(kind, DirectiveKind::Quote { .. });
                self.quotations += usize::from(open.quote);
                let number = self.directive(kind, place);
                open.index = Some(number);
                self.hole(Piece::Open(number));
                self.directives.push(open);
            }
            directive::Read::Embed(kind) => {
                let number = self.directive(kind, place);
                self.hole(Piece::Embed(number));
            }
        }
    }

    pub(super) fn current_scope(&self) -> usize {
        self.directives.last().map_or(0, |open| open.scope)
    }

    pub(super) fn directive(&mut self, kind: DirectiveKind, place: Place) -> u32 {
        self.body.directives.push(Directive { kind, place });
        (self.body.directives.len() - 1) as u32
    }

    pub(super) fn figure_image(&mut self, image: directive::FigureImage) -> Option<u32> {
        let to = link::parse_image(&image.src.value, image.src.place.clone(), self.findings);
        if image.alt.as_deref().unwrap_or("").trim().is_empty() {
            self.findings.push(
                Diagnostic::new(Code::ImageWithoutAlt, "the image says nothing to those who cannot see it")
                    .at(image.src.place.clone(), "no `alt`"),
            );
        }
        self.body.links.push(Link {
            to,
            title: None,
            empty: false,
            image: Some(image.alt.unwrap_or_default()),
            place: image.src.place,
        });
        Some((self.body.links.len() - 1) as u32)
    }

    pub(super) fn close(&mut self, colons: usize, line: Range<usize>) {
        let Some(at) = self.directives.iter().rposition(|open| open.colons == colons) else {
            // Where something is open, the finding stands at its opening line.
            if !self.directives.is_empty() {
                return;
            }
            let place = self.place(line);
            self.report(
                Diagnostic::new(Code::UnclosedDirective, "this line closes no directive")
                    .at(place, "nothing of as many colons is open"),
            );
            return;
        };
        while self.directives.len() > at + 1 {
            if let Some(open) = self.directives.pop() {
                self.unclosed(&open);
                self.end_directive(open);
            }
        }
        if let Some(open) = self.directives.pop() {
            self.end_directive(open);
        }
    }

    pub(super) fn unclosed(&mut self, open: &OpenDirective) {
        self.findings.push(
            Diagnostic::new(Code::UnclosedDirective, "this directive is never closed")
                .at(open.place.clone(), "opened here")
                .help(format!("close it with a line of exactly {} colons", open.colons)),
        );
    }

    pub(super) fn end_directive(&mut self, open: OpenDirective) {
        self.scripts -= usize::from(open.script);
        self.quotations -= usize::from(open.quote);
        self.flush();
        if let Some(number) = open.checklist {
            let lead = self.sinks.pop().unwrap_or_default();
            let lead = lead.into_iter().filter(|piece| !matches!(piece, Piece::Markup(html) if html.trim().is_empty()));
            self.body.checklists[number as usize].lead = lead.collect();
        } else if open.index.is_some() {
            self.hole(Piece::Close);
        }
    }

    pub(super) fn in_script(&self) -> bool {
        self.scripts > 0
    }

    pub(super) fn open_checklist(&self) -> Option<u32> {
        self.directives.last().and_then(|open| open.checklist)
    }
}
