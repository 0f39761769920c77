//! What came back from a translator to files: the overlays with their new texts, and the lock that accepts them. A file with
//! something broken in it changes nothing.

use super::accept::forget;
use super::markup::difference;
use super::overlay;
use super::parcel::{Answer, Returned};
use super::pieces::{exchanged, pieces};
use super::texts::{Texts, overlay_path};
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
    let mut pages: BTreeMap<&str, Vec<&Answer>> = BTreeMap::new();
    for answer in &returned.entries {
        let (path, _) = answer.context.split_once('#').unwrap_or((&answer.context, ""));
        if path.ends_with(".md") && units.contains_key(path) {
            pages.entry(path).or_default().push(answer);
        } else if let Some(unit) = units.get(&answer.context) {
            tables.entry(path).or_default().push((unit, answer));
        } else {
            taking.imported.left.push(format!("{} is no text of this playbook (any more)", answer.context));
        }
    }
    for (path, answers) in tables {
        taking.table(path, &answers);
    }
    for (path, answers) in pages {
        taking.page(units[path], &answers);
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
        let overlay = overlay_path(path, &self.tag);
        let old = self.texts.file(&overlay).unwrap_or_default();
        let source = self.texts.file(path).unwrap_or_default();
        let own = self.texts.table(path);
        let texts: Vec<(&str, &str)> = answers
            .iter()
            .filter_map(|(unit, answer)| Some((unit.key.as_deref()?, kept_end(&answer.target, &answer.source))))
            .collect();
        match overlay::table(&source, &old, &texts) {
            Ok(text) => self.file(overlay, text, &old, &answers[0].1.place),
            Err(why) => return self.refuse(&overlay, &why, &answers[0].1.place),
        }
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

    /// A page, if every piece of it is there.
    fn page(&mut self, unit: &Unit, answers: &[&Answer]) {
        let path = &*unit.path;
        let Some(source) = self.texts.page(path) else { return };
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
            return;
        }
        let prose: Vec<String> = prose.into_iter().flatten().collect();
        let body = exchanged(&source.body, &ranges, &prose);
        let overlay = overlay_path(path, &self.tag);
        let old = self.texts.page(&overlay);
        let made =
            overlay::page(&source, old.as_deref(), title.flatten().as_deref(), description.flatten().as_deref(), &body);
        match made {
            Ok(text) => {
                let old = self.texts.file(&overlay).unwrap_or_default();
                self.file(overlay, text, &old, &answers[0].place);
            }
            Err(why) => return self.refuse(&overlay, &why, &answers[0].place),
        }
        self.imported.lock.set(&self.tag, path, unit.wording.version);
        self.imported.taken += 1;
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

/// A translation that ends as its source does: some tools take the last line end away, others add one.
fn kept_end<'t>(target: &'t str, source: &str) -> &'t str {
    if source.ends_with('\n') { target } else { target.trim_end() }
}
