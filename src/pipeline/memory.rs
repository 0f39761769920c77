//! What a preview remembers from one plan to the next: parsed files by their texts, documents by their drafts, and the theme by
//! its files. Whatever is in doubt is read again, only another text is parsed again, and only a document of another draft, or one
//! among other names, is looked up again. Where nothing but prose has changed, order, names and addresses are those of the last time.

use super::Choices;
use super::surveys::Counted;
use crate::diagnostic::{Diagnostic, Diagnostics};
use crate::failure::Failure;
use crate::load::{self, Doubt, Stamp};
use crate::parse::draft::Draft;
use crate::parse::{Dialect, Parsed, parse};
use crate::playbook::{Playbook, Settings};
use crate::resolve::Recall;
use crate::routes::Routes;
use crate::source::{Asset, Source, Sources, TextFile};
use crate::theme::{self, Theme};
use rayon::prelude::*;
use rustc_hash::FxHashMap;
use std::path::Path;
use std::sync::Arc;
use xxhash_rust::xxh3::{xxh3_64, xxh3_128};

/// What is remembered. An empty one remembers nothing, which is what a build wants.
#[derive(Default)]
pub struct Memory {
    files: FxHashMap<Arc<str>, Remembered>,
    theme: Option<(ThemeKey, Arc<Theme>, Diagnostics)>,
    /// By edition, the newest last.
    editions: Vec<(Choices, OfEdition)>,
    /// Survey files, counted.
    pub(super) surveys: Arc<Counted>,
}

/// What is remembered of one edition.
#[derive(Default)]
pub(super) struct OfEdition {
    /// The files that it was made of.
    sources: Option<Arc<Sources>>,
    parsed: Vec<Arc<Parsed>>,
    /// Its documents.
    pub recall: Recall,
    /// Its addresses, where nothing is wrong with them.
    pub(super) routes: Option<Arc<Routes>>,
}

fn differ_in_prose_alone(one: &Arc<Parsed>, other: &Arc<Parsed>) -> bool {
    Arc::ptr_eq(one, other)
        || match (&one.draft, &other.draft) {
            (Some(Draft::Document(one)), Some(Draft::Document(other))) => {
                one.path == other.path && one.frame == other.frame
            }
            _ => false,
        }
}

impl OfEdition {
    /// Its addresses, if only prose has changed since.
    pub fn routes(&self, playbook: &Playbook) -> Option<Arc<Routes>> {
        self.routes.clone().filter(|routes| self.recall.kept_structure() && routes.fit(playbook))
    }
}

/// For so many editions documents are remembered, as many as a preview keeps.
const EDITIONS: usize = 3;

/// A file of `content/` as it was when it was last read.
struct Remembered {
    /// None: it could not be read.
    stamp: Option<Stamp>,
    /// A hash of its text, or of why it could not be read.
    text: u128,
    /// The text itself, where it is still to be parsed.
    unparsed: Option<Source>,
    /// What it was parsed to, and in which dialect.
    parsed: Option<(u64, Arc<Parsed>)>,
}

/// What a theme is made of.
#[derive(PartialEq)]
struct ThemeKey {
    settings: String,
    /// Of the theme's folder.
    files: u64,
    /// Of files that options name.
    named: Vec<(Arc<str>, Option<Stamp>)>,
}

impl Memory {
    /// Reads again what is in doubt and gives the paths of those texts that have changed, come or gone.
    pub fn look(&mut self, sources: &Sources, doubt: &Doubt) -> Vec<Arc<str>> {
        let mut changed: Vec<Arc<str>> = Vec::new();
        let doubted: Vec<&TextFile> = match doubt {
            Doubt::About(paths) => {
                let find = |path: &Arc<str>| sources.files.binary_search_by(|file| file.path.cmp(path)).ok();
                paths.iter().filter_map(find).map(|at| &sources.files[at]).collect()
            }
            Doubt::AboutAll => {
                let listed = |path: &Arc<str>| sources.files.binary_search_by(|file| file.path.cmp(path)).is_ok();
                changed.extend(self.files.keys().filter(|path| !listed(path)).cloned());
                for gone in &changed {
                    self.files.remove(gone);
                }
                sources.files.iter().collect()
            }
        };
        let read_again = |file: &TextFile| -> Option<(Arc<str>, Option<Remembered>)> {
            let Some(known) = self.files.get(&file.path) else { return Some((file.path.clone(), None)) };
            let same = |stamp: Stamp| known.stamp == Some(stamp) && !stamp.is_fresh();
            if *doubt == Doubt::AboutAll && Stamp::at(&file.disk).is_some_and(same) {
                return None;
            }
            Some((file.path.clone(), Some(Remembered::read(file))))
        };
        let seen: Vec<_> = doubted.into_par_iter().filter_map(read_again).collect();
        for (path, read) in seen {
            match (read, self.files.get_mut(&path)) {
                (Some(read), Some(known)) if read.text == known.text => known.stamp = read.stamp,
                (Some(read), Some(known)) => {
                    *known = read;
                    changed.push(path);
                }
                // It has come; it is read when it is parsed.
                _ => changed.push(path),
            }
        }
        changed
    }

    /// Every file, parsed; read before where that was not done yet.
    pub(super) fn parsed(&mut self, files: &[TextFile], dialect: &Dialect) -> Vec<Arc<Parsed>> {
        let key = xxh3_64(format!("{dialect:?}").as_bytes());
        let known = &self.files;
        let parsed: Vec<(Arc<Parsed>, Option<Box<Remembered>>)> = files
            .par_iter()
            .map(|file| {
                let known = known.get(&file.path);
                match known.and_then(|known| known.parsed.as_ref()) {
                    Some((dialect, parsed)) if *dialect == key => (parsed.clone(), None),
                    _ => {
                        let unparsed = known.and_then(|known| {
                            let source = known.unparsed.clone()?;
                            Some(Remembered { unparsed: Some(source), parsed: None, ..*known })
                        });
                        let mut read = unparsed.unwrap_or_else(|| Remembered::read(file));
                        let parsed = match (read.unparsed.take(), read.parsed.take()) {
                            (Some(source), _) => Arc::new(parse(&source, dialect)),
                            (None, unreadable) => unreadable.map(|(_, finding)| finding).unwrap_or_default(),
                        };
                        read.parsed = Some((key, parsed.clone()));
                        (parsed, Some(Box::new(read)))
                    }
                }
            })
            .collect();
        let mut all = Vec::with_capacity(parsed.len());
        for (file, (parsed, read)) in files.iter().zip(parsed) {
            if let Some(read) = read {
                self.files.insert(file.path.clone(), *read);
            }
            all.push(parsed);
        }
        all
    }

    /// What is remembered of an edition and still holds for these files.
    pub(super) fn edition(&mut self, choices: &Choices, sources: &Arc<Sources>, parsed: &[Arc<Parsed>]) -> OfEdition {
        let known = self.editions.iter().position(|(known, _)| known == choices);
        let mut edition = known.map(|at| self.editions.remove(at).1).unwrap_or_default();
        let same_files = edition.sources.as_ref().is_some_and(|known| Arc::ptr_eq(known, sources));
        let only_prose = same_files
            && edition.parsed.len() == parsed.len()
            && edition.parsed.iter().zip(parsed).all(|(one, other)| differ_in_prose_alone(one, other));
        edition.recall.only_prose_changed(only_prose);
        (edition.sources, edition.parsed) = (Some(sources.clone()), parsed.to_vec());
        edition
    }

    /// Remembers an edition.
    pub(super) fn keep(&mut self, choices: &Choices, edition: OfEdition) {
        self.editions.push((choices.clone(), edition));
        if self.editions.len() > EDITIONS {
            self.editions.remove(0);
        }
    }

    /// The theme, which is made anew when its files, its options or the languages are others.
    pub(super) fn theme(
        &mut self,
        root: &Path,
        settings: &Settings,
        statics: &[Asset],
        files: u64,
        found: &mut Diagnostics,
    ) -> Result<Arc<Theme>, Failure> {
        let named = theme::options::named(settings, statics);
        let key = ThemeKey {
            // As text: places count as well, for findings lie in them.
            settings: format!("{:?} {:?} {:?}", settings.theme, settings.theme_options, settings.languages),
            files,
            named: named.map(|asset| (asset.path.clone(), Stamp::at(&asset.disk))).collect(),
        };
        match &self.theme {
            Some((known, _, _)) if *known == key => {}
            _ => {
                let mut of_theme = Diagnostics::default();
                let theme = Arc::new(theme::load(root, settings, statics, &mut of_theme)?);
                self.theme = Some((key, theme, of_theme));
            }
        }
        let (_, theme, of_theme) = self.theme.as_ref().expect("it was made above");
        found.extend(of_theme.iter().cloned());
        Ok(theme.clone())
    }
}

impl Remembered {
    fn read(file: &TextFile) -> Remembered {
        match load::read(file) {
            Ok((source, stamp)) => Remembered {
                stamp: Some(stamp),
                text: xxh3_128(source.text.as_bytes()),
                unparsed: Some(source),
                parsed: None,
            },
            Err(finding) => Remembered::unreadable(*finding),
        }
    }

    fn unreadable(finding: Diagnostic) -> Remembered {
        let text = xxh3_128(finding.message.as_bytes());
        // No dialect has this number by anything but chance, and the finding is the same in all of them.
        let parsed = Arc::new(Parsed { draft: None, findings: vec![finding] });
        Remembered { stamp: None, text, unparsed: None, parsed: Some((0, parsed)) }
    }
}
