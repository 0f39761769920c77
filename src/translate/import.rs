//! What came back from a translator to files: the overlays with their new texts, and the lock that accepts them. A file with
//! something broken in it changes nothing.

use super::accept::forget;
use super::markup::difference;
use super::overlay;
use super::parcel::{Answer, Returned};
use super::pieces::{exchanged, pieces};
use super::texts::{PageText, Texts, overlay_path};
use super::{Book, language};
use crate::diagnostic::{Code, Diagnostic, Level};
use crate::parse::lock::Lock;
use crate::parse::{Dialect, parse};
use crate::playbook::Lang;
use crate::playbook::translation::{Form, Unit, Wording};
use crate::source::{Place, Source};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;

/// What an import would do.
#[derive(Debug, Default)]
pub struct Imported {
    /// Files with their new texts.
    pub files: Vec<(String, String)>,
    /// The lock, with what was taken accepted.
    pub lock: Lock,
    /// How many units are taken.
    pub taken: usize,
    /// What is not taken, and why: a sentence each.
    pub left: Vec<String>,
}

/// What is taken of a file that came back. `tag` is the language that it is in, where the file does not say.
///
/// # Errors
/// What is wrong with it.
pub fn import(
    book: &Book,
    returned: &Returned,
    file: &Place,
    tag: Option<&str>,
    texts: &mut Texts<'_>,
) -> Result<Imported, Vec<Diagnostic>> {
    let language = language_of(book, returned, file, tag).map_err(|finding| vec![finding])?;
    let mut taking = Taking {
        book,
        texts,
        tag: book.settings.language(language).tag.to_string(),
        findings: Vec::new(),
        imported: Imported { lock: book.lock.clone(), ..Imported::default() },
    };
    forget(&mut taking.imported.lock, book);
    let units: FxHashMap<String, &Unit> = book.translations.units.iter().map(|unit| (unit.name(), unit)).collect();
    let mut tables: BTreeMap<&str, Vec<(&Unit, &Answer)>> = BTreeMap::new();
    let mut pages: BTreeMap<&str, Pieces<'_>> = BTreeMap::new();
    for answer in &returned.entries {
        let (path, _) = answer.context.split_once('#').unwrap_or((&answer.context, ""));
        if let Some(unit) = units.get(&answer.context).filter(|unit| unit.key.is_some()) {
            match path.ends_with(".md") {
                true => pages.entry(path).or_default().texts.push((unit, answer)),
                false => tables.entry(path).or_default().push((unit, answer)),
            }
        } else if path.ends_with(".md") && units.contains_key(path) {
            pages.entry(path).or_default().page.push(answer);
        } else {
            taking.imported.left.push(format!("{} is no text of this playbook (any more)", answer.context));
        }
    }
    for (path, answers) in tables {
        taking.table(path, &answers);
    }
    for (path, pieces) in pages {
        taking.page(path, units.get(path).copied(), &pieces);
    }
    if taking.findings.is_empty() { Ok(taking.imported) } else { Err(taking.findings) }
}

fn language_of(book: &Book, returned: &Returned, file: &Place, tag: Option<&str>) -> Result<Lang, Diagnostic> {
    let said = returned.language.as_ref();
    let Some(wanted) = tag.or(said.map(|said| said.value.as_str())).filter(|tag| !tag.is_empty()) else {
        return Err(Diagnostic::new(Code::MissingKey, "the file does not say in which language it is")
            .at(file.clone(), "no language")
            .help("name it: --language sv"));
    };
    // `pt_BR` is what gettext calls `pt-BR`.
    language(&book.settings, &wanted.replace('_', "-")).map_err(|sentence| {
        let place = said.filter(|_| tag.is_none()).map_or(file, |said| &said.place);
        Diagnostic::new(Code::UnknownName, sentence).at(place.clone(), "this language")
    })
}

/// What came back of a Markdown file.
#[derive(Default)]
struct Pieces<'a> {
    /// Title, description and prose.
    page: Vec<&'a Answer>,
    /// What only a persona says, text by text.
    texts: Vec<(&'a Unit, &'a Answer)>,
}

/// A page that is there as a whole.
struct Whole {
    title: Option<String>,
    description: Option<String>,
    body: String,
}

struct Taking<'a, 't, 'r> {
    book: &'a Book,
    texts: &'t mut Texts<'r>,
    tag: String,
    findings: Vec<Diagnostic>,
    imported: Imported,
}

impl Taking<'_, '_, '_> {
    /// Texts of one TOML file.
    fn table(&mut self, path: &str, answers: &[(&Unit, &Answer)]) {
        self.look_at(answers);
        let overlay = overlay_path(path, &self.tag);
        let old = self.texts.file(&overlay).unwrap_or_default();
        let source = self.texts.file(path).unwrap_or_default();
        match overlay::table(&source, &old, &by_key(answers)) {
            Ok(text) => self.file(overlay, text, &old, &answers[0].1.place),
            Err(why) => return self.refuse(&overlay, &why, &answers[0].1.place),
        }
        self.accept(path, answers);
    }

    /// What is said text by text: its markup, and that it is one line where its source is.
    fn look_at(&mut self, answers: &[(&Unit, &Answer)]) {
        for (unit, answer) in answers {
            self.look(answer);
            if unit.form != Form::Prose && answer.target.trim_end().contains('\n') {
                self.findings.push(
                    Diagnostic::new(Code::LostMarkup, "this text is one line in its source")
                        .at(answer.place.clone(), "has several")
                        .help("put it on one line"),
                );
            }
        }
    }

    /// Texts that stand in their file now.
    fn accept(&mut self, path: &str, answers: &[(&Unit, &Answer)]) {
        let own = self.texts.table(path);
        for (unit, answer) in answers {
            // What was translated are the words in the file: where the source has others today, it is stale at once.
            let made_from = Wording::of(&[&answer.source]).version;
            self.imported.lock.set(&self.tag, &unit.name(), made_from);
            self.imported.taken += 1;
            let changed =
                unit.key.as_deref().and_then(|key| own.get(key)).is_none_or(|text| *text.value != *answer.source);
            if changed && made_from != unit.wording.version {
                self.imported.left.push(format!("{} has changed since the export: taken, and stale", unit.name()));
            }
        }
    }

    /// A Markdown file: its page, if every piece of that is there, and the texts that stand beside it in its front matter.
    fn page(&mut self, path: &str, unit: Option<&Unit>, pieces: &Pieces<'_>) {
        let Some(source) = self.texts.page(path) else { return };
        let whole = unit.filter(|_| !pieces.page.is_empty()).and_then(|unit| {
            let whole = self.whole(path, &source, &pieces.page)?;
            Some((unit, whole))
        });
        self.look_at(&pieces.texts);
        let first =
            whole.as_ref().and(pieces.page.first().copied()).or(pieces.texts.first().map(|(_, answer)| *answer));
        let Some(Answer { place, .. }) = first else { return };
        let overlay = overlay_path(path, &self.tag);
        let old = self.texts.page(&overlay);
        let parts = whole.iter().flat_map(|(_, whole)| [("title", &whole.title), ("description", &whole.description)]);
        let mut texts: Vec<(&str, &str)> = parts.filter_map(|(key, text)| Some((key, text.as_deref()?))).collect();
        texts.extend(by_key(&pieces.texts));
        let kept = old.as_ref().map_or("", |old| &old.body);
        let body = whole.as_ref().map_or(kept, |(_, whole)| &whole.body);
        match overlay::page(&source, old.as_deref(), &texts, body) {
            Ok(text) => {
                let old = self.texts.file(&overlay).unwrap_or_default();
                self.file(overlay, text, &old, place);
            }
            Err(why) => return self.refuse(&overlay, &why, place),
        }
        if let Some((unit, _)) = whole {
            self.imported.lock.set(&self.tag, path, unit.wording.version);
            self.imported.taken += 1;
        }
        self.accept(path, &pieces.texts);
    }

    /// Title, description and prose, if every piece is there.
    fn whole(&mut self, path: &str, source: &PageText, answers: &[&Answer]) -> Option<Whole> {
        answers.iter().for_each(|answer| self.look(answer));
        let mut known: FxHashMap<(&str, u64), &Answer> = FxHashMap::default();
        for answer in answers {
            let part = answer.context.rsplit_once('#').map_or("", |(_, part)| part);
            known.insert((part, Wording::of(&[&answer.source]).version), *answer);
        }
        let (mut wanted, mut lacking) = (0, 0);
        let mut find = |part: &'static str, words: &str| -> Option<String> {
            wanted += 1;
            let answer = known.get(&(part, Wording::of(&[words]).version));
            lacking += usize::from(answer.is_none());
            answer.map(|answer| kept_end(&answer.target, words).to_string())
        };
        let title = source.title.as_deref().map(|title| find("title", title));
        let description = source.description.as_deref().map(|description| find("description", description));
        let ranges = pieces(&source.body);
        let prose: Vec<Option<String>> = ranges.iter().map(|range| find("body", &source.body[range.clone()])).collect();
        if lacking > 0 {
            let sentence = format!("{path} is taken as a whole: {lacking} of its {wanted} pieces are not translated");
            self.imported.left.push(sentence);
            return None;
        }
        let prose: Vec<String> = prose.into_iter().flatten().collect();
        let body = exchanged(&source.body, &ranges, &prose);
        Some(Whole { title: title.flatten(), description: description.flatten(), body })
    }

    /// What a translation lacks of its source's markup, or has beyond it.
    fn look(&mut self, answer: &Answer) {
        let (lost, added) = difference(&answer.source, &answer.target);
        for (marks, message, help) in [
            (lost, "the translation lacks", "write it as it stands in the source"),
            (added, "the source does not have", "take it away, or write it as it stands in the source"),
        ] {
            let Some(first) = marks.first() else { continue };
            let more = if marks.len() > 1 { format!(" and {} more", marks.len() - 1) } else { String::new() };
            self.findings.push(
                Diagnostic::new(Code::LostMarkup, format!("{message} `{first}`{more}"))
                    .at(answer.place.clone(), "this translation")
                    .help(format!("{help}: {}", answer.context)),
            );
        }
    }

    /// A file in its new form, if it can be read as well as its old one.
    fn file(&mut self, path: String, text: String, old: &str, place: &Place) {
        let dialect = Dialect::of(&self.book.settings);
        let denials = |text: &str| -> Vec<Diagnostic> {
            let source = Source { path: path.as_str().into(), text: text.into() };
            let findings = parse(&source, &dialect).findings.into_iter();
            findings.filter(|finding| finding.code.default_level() == Level::Deny).collect()
        };
        let before = denials(old);
        for finding in denials(&text) {
            if before.iter().any(|known| known.code == finding.code && known.message == finding.message) {
                continue;
            }
            self.findings.push(
                Diagnostic::new(finding.code, format!("`{path}` could not be read: {}", finding.message))
                    .at(place.clone(), "with the texts from here on"),
            );
        }
        self.imported.files.push((path, text));
    }

    fn refuse(&mut self, overlay: &str, why: &str, place: &Place) {
        self.findings.push(
            Diagnostic::new(Code::Syntax, format!("`{overlay}` cannot take a text: {why}"))
                .at(place.clone(), "this one, for example")
                .help("see `trustbook check`"),
        );
    }
}

/// Translated texts by the keys of their units.
fn by_key<'a>(answers: &[(&'a Unit, &'a Answer)]) -> Vec<(&'a str, &'a str)> {
    let text = |(unit, answer): &(&'a Unit, &'a Answer)| {
        Some((unit.key.as_deref()?, kept_end(&answer.target, &answer.source)))
    };
    answers.iter().filter_map(text).collect()
}

/// A translation that ends as its source does: some tools take the last line end away, others add one.
fn kept_end<'t>(target: &'t str, source: &str) -> &'t str {
    if source.ends_with('\n') { target } else { target.trim_end() }
}
