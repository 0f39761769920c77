//! `trustbook translate`: how far translations are, what is accepted, and words for translators and from them.

mod history;

use super::{CLEAN, FINDINGS, Format, print, root_of, say};
use crate::diagnostic::{Code, Diagnostics, Level, Levels, Report, draw};
use crate::failure::Failure;
use crate::parse::lock::LOCK;
use crate::playbook::Lang;
use crate::playbook::translation::{State, Unit, Wording};
use crate::source::{Place, TextFile};
use crate::translate::accept::{Accepted, accepted};
use crate::translate::texts::Texts;
use crate::translate::{Book, Drafts, Lines, difference, export, import, language, meant, po, status, tallies, xliff};
use crate::{load, pipeline, write};
use clap::{Args, Subcommand, ValueEnum};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// What is asked about translations.
#[derive(Args)]
pub struct TranslateArgs {
    /// The playbook's folder [default: the nearest one upwards with trustbook.toml or content/]
    #[arg(long, value_name = "DIR", global = true)]
    root: Option<PathBuf>,
    #[command(subcommand)]
    what: What,
}

#[derive(Subcommand)]
enum What {
    /// List what is stale, not accepted, missing or orphaned, and count it
    Status {
        /// Only this language
        #[arg(long, value_name = "TAG")]
        language: Option<String>,
        /// Exit with 1 where less than this share of a language's words is current
        #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u64).range(0..=100))]
        fail_under: Option<u64>,
        /// Count drafts as well
        #[arg(long)]
        drafts: bool,
        /// How to say it: lines, or one JSON object
        #[arg(long, value_enum, default_value_t = Format::Text)]
        format: Format,
    },
    /// Say that translations are of today's source
    Accept {
        /// Files, folders or texts, as `status` names them [default: everything that is translated]
        #[arg(value_name = "PATH")]
        paths: Vec<String>,
        /// Only this language
        #[arg(long, value_name = "TAG")]
        language: Option<String>,
    },
    /// Show what has changed in the source since it was translated
    Diff {
        /// Files or texts, as `status` names them [default: everything that is stale]
        #[arg(value_name = "UNIT")]
        paths: Vec<String>,
        /// Only this language
        #[arg(long, value_name = "TAG")]
        language: Option<String>,
    },
    /// Write what is missing or stale into a file for a translator's tool
    Export {
        /// The language to translate into
        #[arg(long, value_name = "TAG")]
        language: String,
        /// The file's format
        #[arg(long, value_enum)]
        format: Exchange,
        /// Where to write [default: standard output]
        #[arg(short, long, value_name = "FILE")]
        output: Option<PathBuf>,
        /// Files, folders or texts, as `status` names them [default: everything]
        #[arg(value_name = "PATH")]
        paths: Vec<String>,
    },
    /// Take what a translator sent back: into the files where it belongs, and accepted
    Import {
        /// What was exported, filled in
        file: PathBuf,
        /// The language, where the file does not say it
        #[arg(long, value_name = "TAG")]
        language: Option<String>,
    },
}

/// A format of translators' tools.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Exchange {
    /// XLIFF 1.2
    Xliff,
    /// Gettext's format
    Po,
}

/// Does what is asked.
pub fn translate(asked: &TranslateArgs) -> Result<u8, Failure> {
    let root = root_of(asked.root.as_ref())?;
    let opened = Opened::at(&root)?;
    match &asked.what {
        What::Status { language, fail_under, drafts, format } => {
            let drafts = if *drafts { Drafts::Counted } else { Drafts::Waiting };
            opened.status(language.as_deref(), *fail_under, drafts, *format)
        }
        What::Accept { paths, language } => opened.accept(paths, language.as_deref()),
        What::Diff { paths, language } => opened.diff(paths, language.as_deref()),
        What::Export { language, format, output, paths } => opened.export(language, *format, output.as_deref(), paths),
        What::Import { file, language } => opened.import(file, language.as_deref()),
    }
}

/// A playbook on this machine, as translators see it.
struct Opened<'r> {
    root: &'r Path,
    book: Book,
    report: Report,
}

impl<'r> Opened<'r> {
    fn at(root: &'r Path) -> Result<Opened<'r>, Failure> {
        let (sources, found) = load::load(root)?;
        let (book, report) = pipeline::book(&sources, found)?;
        Ok(Opened { root, book, report })
    }

    fn read(&self) -> impl Fn(&str) -> Option<Arc<str>> + use<'r> {
        let root = self.root;
        move |path| load::read_again(root, path)
    }

    /// The language that was asked for, or all but the default one.
    fn languages(&self, tag: Option<&str>) -> Result<Vec<Lang>, Failure> {
        match tag {
            Some(tag) => Ok(vec![language(&self.book.settings, tag).map_err(Failure::Refused)?]),
            None => Ok(self.book.settings.langs().skip(1).collect()),
        }
    }

    fn status(
        &self,
        language: Option<&str>,
        fail_under: Option<u64>,
        drafts: Drafts,
        format: Format,
    ) -> Result<u8, Failure> {
        let languages = self.languages(language)?;
        let read = self.read();
        let mut lines = Lines::new(&read);
        match format {
            Format::Json => print(&status::json(&self.book, &languages, drafts, &mut lines)),
            Format::Text if languages.is_empty() => {
                print("this playbook has one language: there is nothing to translate\n");
            }
            Format::Text => print(&status::text(&self.book, &languages, drafts, &mut lines)),
        }
        let unread = self.tell_unread();
        let under = |language: &Lang| {
            let (_, whole) = tallies(&self.book.translations, *language, drafts);
            fail_under.is_some_and(|limit| whole.percent() < limit)
        };
        Ok(if unread || languages.iter().any(under) { FINDINGS } else { CLEAN })
    }

    /// Says so where files could not be read, so that nobody takes their texts for missing. Whether there are any.
    fn tell_unread(&self) -> bool {
        let unread = |(level, finding): &&(Level, crate::diagnostic::Diagnostic)| {
            *level == Level::Deny && matches!(finding.code, Code::Syntax | Code::NotText)
        };
        let count = self.report.findings.iter().filter(unread).count();
        if count > 0 {
            say("note: not all files can be read, so this may not be right: see `trustbook check`\n");
        }
        count > 0
    }

    fn accept(&self, paths: &[String], language: Option<&str>) -> Result<u8, Failure> {
        let languages = self.languages(language)?;
        let units = self.meant(paths)?;
        if self.tell_unread() {
            return Err(Failure::Refused("nothing was accepted".to_string()));
        }
        let (lock, counts) = accepted(&self.book, &units, &languages);
        for (language, count) in languages.iter().zip(counts) {
            let Accepted { new, renewed, unchanged } = count;
            let tag = &self.book.settings.language(*language).tag;
            print(&format!(
                "{tag}: {new} accepted for the first time, {renewed} that were stale, {unchanged} as before\n"
            ));
        }
        if languages.is_empty() {
            print("this playbook has one language: there is nothing to accept\n");
            return Ok(CLEAN);
        }
        write::replace(&[(self.root.join(LOCK), lock.text().into_bytes())])?;
        Ok(CLEAN)
    }

    fn diff(&self, paths: &[String], language: Option<&str>) -> Result<u8, Failure> {
        let languages = self.languages(language)?;
        let read = self.read();
        let mut told = false;
        for unit in self.meant(paths)? {
            for language in &languages {
                let state = unit.rendition(*language).state;
                if state != State::Stale && paths.is_empty() {
                    continue;
                }
                told = true;
                let tag = &self.book.settings.language(*language).tag;
                let name = unit.name();
                print(&match state {
                    State::Stale => self.changes(unit, tag, &read),
                    State::Current => format!("{tag} {name}: nothing has changed since it was translated\n"),
                    State::Unaccepted => format!("{tag} {name}: nobody has said from which source it was made\n"),
                    State::Missing => format!("{tag} {name}: not translated\n"),
                });
            }
        }
        if !told {
            print("nothing is stale\n");
        }
        Ok(CLEAN)
    }

    /// The words of a stale unit's source then and now.
    fn changes(&self, unit: &Unit, tag: &str, read: &dyn Fn(&str) -> Option<Arc<str>>) -> String {
        let name = unit.name();
        let versions = self.book.lock.versions(tag, &name).unwrap_or_default();
        let today = read(&unit.path).and_then(|text| difference::words(unit, &text)).unwrap_or_default();
        let former = history::former(self.root, &unit.path, &|text| difference::is_version(unit, text, versions));
        match former.and_then(|(commit, text)| Some((commit, difference::words(unit, &text)?))) {
            Some((commit, then)) => {
                format!("{tag} {name}:\n{}", difference::difference(&then, &today, &name, &commit))
            }
            None => format!(
                "{tag} {name}: the source has changed, but the words that it was translated from are not in the history of Git\n"
            ),
        }
    }

    fn export(&self, language: &str, format: Exchange, output: Option<&Path>, paths: &[String]) -> Result<u8, Failure> {
        let language = crate::translate::language(&self.book.settings, language).map_err(Failure::Refused)?;
        let units = self.meant(paths)?;
        let read = self.read();
        let (mut texts, mut lines) = (Texts::new(&read), Lines::new(&read));
        let parcel = export::parcel(&self.book, language, &units, &mut texts, &mut lines);
        let file = match format {
            Exchange::Xliff => xliff::write(&parcel),
            Exchange::Po => po::write(&parcel),
        };
        match output {
            Some(path) => write::replace(&[(path.to_path_buf(), file.into_bytes())])?,
            None => print(&file),
        }
        let words = parcel.entries.iter().map(|entry| u64::from(Wording::of(&[&entry.source]).words)).sum::<u64>();
        say(&format!("{} texts of {words} words to translate into {}\n", parcel.entries.len(), parcel.to));
        Ok(if self.tell_unread() { FINDINGS } else { CLEAN })
    }

    fn import(&self, file: &Path, language: Option<&str>) -> Result<u8, Failure> {
        if self.tell_unread() {
            return Err(Failure::Refused("nothing was taken".to_string()));
        }
        let path: Arc<str> = file.display().to_string().into();
        if let Err(error) = std::fs::metadata(file) {
            return Err(Failure::new("read", file, error));
        }
        let read = self.read();
        let mut findings = Vec::new();
        let mut text: Arc<str> = "".into();
        let mut imported = None;
        match load::read(&TextFile { path: path.clone(), disk: file.to_path_buf() }) {
            Err(finding) => findings.push(*finding),
            Ok((source, _)) => {
                text = source.text;
                let returned = match text.trim_start().starts_with('<') {
                    true => xliff::read(&path, &text, &mut findings),
                    false => po::read(&path, &text, &mut findings),
                };
                if findings.is_empty() {
                    let mut texts = Texts::new(&read);
                    match import::import(&self.book, &returned, &Place::file(&path), language, &mut texts) {
                        Ok(done) => imported = Some(done),
                        Err(found) => findings = found,
                    }
                }
            }
        }
        let Some(imported) = imported else {
            let mut found = Diagnostics::default();
            found.extend(findings);
            let report = Report::new(found, &Levels::default());
            let with_file = |wanted: &str| if *wanted == *path { Some(text.clone()) } else { read(wanted) };
            say(&draw::draw(&report, true, &with_file));
            print(&format!("nothing taken: {}\n", super::build::findings(&report)));
            return Ok(FINDINGS);
        };
        let mut files: Vec<(PathBuf, Vec<u8>)> =
            imported.files.into_iter().map(|(path, text)| (self.root.join(path), text.into_bytes())).collect();
        let count = files.len();
        files.push((self.root.join(LOCK), imported.lock.text().into_bytes()));
        write::replace(&files)?;
        for left in &imported.left {
            say(&format!("note: {left}\n"));
        }
        print(&format!("{} texts taken into {count} files, and accepted\n", imported.taken));
        Ok(CLEAN)
    }

    /// The units that these paths mean; all of them without any.
    fn meant(&self, paths: &[String]) -> Result<Vec<&Unit>, Failure> {
        if paths.is_empty() {
            return Ok(self.book.translations.units.iter().collect());
        }
        let read = self.read();
        let mut lines = Lines::new(&read);
        let mut units = Vec::new();
        for path in paths {
            let inner = self.inner(path);
            let Some(found) = meant(&self.book.translations, &inner, &mut lines) else {
                let known = self.book.translations.units.iter().map(Unit::name).collect::<Vec<_>>();
                let hint = match crate::diagnostic::nearest(&inner, known.iter().map(String::as_str)) {
                    Some(near) => format!(": did you mean `{near}`?"),
                    None => String::new(),
                };
                return Err(Failure::Refused(format!("there is nothing to translate at `{path}`{hint}")));
            };
            units.extend(found);
        }
        Ok(units)
    }

    /// A path as the person who typed it sees it, as one in the playbook. What is no file stays as it is.
    fn inner(&self, path: &str) -> String {
        let (file, rest) = match path.find(['#', ':']) {
            Some(at) => path.split_at(at),
            None => (path, ""),
        };
        let inside = || {
            let real = std::fs::canonicalize(file).ok()?;
            let root = std::fs::canonicalize(self.root).ok()?;
            Some(real.strip_prefix(root).ok()?.to_str()?.replace('\\', "/"))
        };
        match inside() {
            Some(inner) if !inner.is_empty() => format!("{inner}{rest}"),
            _ => path.to_string(),
        }
    }
}
