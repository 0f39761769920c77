//! Sources to a planned site, and a planned site to files: the whole road in two functions.

mod memory;
mod surveys;

pub use memory::Memory;
use memory::OfEdition;

use crate::card::Canvas;
use crate::check::{Checked, check};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Levels, Report};
use crate::failure::Failure;
use crate::load::{self, Shelf};
use crate::locale::Locale;
use crate::localize::localize;
use crate::measure::surveys::Count;
use crate::measure::{Measures, Surveys, measure};
use crate::parse::draft::{Draft, Role};
use crate::parse::lock::Lock;
use crate::parse::{Dialect, Parsed};
use crate::playbook::{Playbook, Settings};
use crate::render::{Drawn, render};
use crate::resolve::{Recall, resolve};
use crate::routes::{Alias, Route, Routes, routes};
use crate::search;
use crate::select::{Edition, Selection, select};
use crate::source::{Asset, Sources};
use crate::theme::{self, Theme};
use crate::translate::Book;
use crate::view::pack::PackView;
use crate::view::{Desk, PageView, card, evidence, feed, machine, review, view};
use crate::write::{self, Summary};
use jiff::civil::Date;
use rayon::prelude::*;
use std::path::Path;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What the command line chooses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choices {
    /// Whose edition; the settings' default where `None`.
    pub audience: Option<String>,
    /// Whether drafts are shown.
    pub drafts: bool,
    /// The day for which it is made.
    pub today: Date,
    /// Whether warnings deny.
    pub strict: bool,
}

/// Everything that is known before the first page is drawn.
pub struct Planned {
    /// The playbook.
    pub playbook: Playbook,
    /// Its figures.
    pub measures: Measures,
    /// Its addresses.
    pub routes: Arc<Routes>,
    /// Its theme.
    pub theme: Arc<Theme>,
    /// Formats, by language.
    pub locales: Vec<Locale>,
    /// Findings so far, with their levels.
    pub report: Report,
    /// The files that it was made of.
    pub sources: Arc<Sources>,
    levels: Levels,
}

/// Reads, parses, selects, localises, resolves, measures, routes and checks. Writes nothing.
///
/// # Errors
/// The theme's folder cannot be read, or there is no such audience.
pub fn plan(root: &Path, sources: Sources, found: Diagnostics, choices: &Choices) -> Result<Planned, Failure> {
    plan_and_remember(root, sources, found, choices, &mut Memory::default())
}

/// As [`plan`], with a memory that keeps what was parsed, for [`chosen`].
///
/// # Errors
/// As [`plan`].
pub fn plan_and_remember(
    root: &Path,
    sources: Sources,
    mut found: Diagnostics,
    choices: &Choices,
    memory: &mut Memory,
) -> Result<Planned, Failure> {
    let settings = settings_of(&sources, choices, &mut found)?;
    let dialect = Dialect::of(&settings);
    let mut of_theme = Diagnostics::default();
    // Templates take as long to be read as two hundred pages, and nothing here waits for them before the end.
    let (parsed, theme) = rayon::join(
        || memory.parsed(&sources.files, &dialect),
        || theme::load(root, &settings, &sources.statics, &mut of_theme),
    );
    let theme = Arc::new(theme?);
    let read = Read { sources: Arc::new(sources), settings, dialect, parsed };
    let count: &Count<'_> = &|asset, asked| asked.of(load::survey(asset)).map(Arc::new);
    onward(read, None, count, found, choices, |_, found| {
        found.extend(of_theme.iter().cloned());
        Ok(theme)
    })
}

/// As [`plan`], with a memory: what has not changed since is neither read nor parsed again.
///
/// # Errors
/// As [`plan`].
pub fn plan_again(root: &Path, shelf: &Shelf, memory: &mut Memory, choices: &Choices) -> Result<Planned, Failure> {
    let sources = shelf.sources().clone();
    let mut found = shelf.found().clone();
    let settings = settings_of(&sources, choices, &mut found)?;
    let dialect = Dialect::of(&settings);
    let parsed = memory.parsed(&sources.files, &dialect);
    let counted = memory.surveys.clone();
    counted.keep(&sources.data);
    let count: &Count<'_> = &|asset, asked| counted.answers(asset, asked, &load::survey);
    let read = Read { sources: sources.clone(), settings, dialect, parsed };
    let mut edition = memory.edition(choices, &sources, &read.parsed);
    let planned = onward(read, Some(&mut edition), count, found, choices, |settings, found| {
        memory.theme(root, settings, &sources.statics, shelf.themes(), found)
    });
    memory.keep(choices, edition);
    planned
}

/// The settings of an edition and what is to be said about them, without a look at anything else.
///
/// # Errors
/// There is no such audience.
pub fn settings(sources: &Sources, choices: &Choices) -> Result<(Settings, Report), Failure> {
    let mut found = Diagnostics::default();
    let settings = settings_of(sources, choices, &mut found)?;
    let report = Report::new(found, &levels(&settings, choices.strict));
    Ok((settings, report))
}

fn levels(settings: &Settings, strict: bool) -> Levels {
    Levels { chosen: settings.checks.clone(), strict }
}

fn settings_of(sources: &Sources, choices: &Choices, found: &mut Diagnostics) -> Result<Settings, Failure> {
    let settings =
        crate::parse::settings::settings(sources.settings.as_ref(), choices.audience.as_deref(), None, found);
    settings.map_err(|known| {
        let audience = choices.audience.as_deref().unwrap_or_default();
        Failure::Refused(format!("no audience is called `{audience}`: there are {}", known.join(", ")))
    })
}

/// What has been read and parsed.
struct Read {
    sources: Arc<Sources>,
    settings: Settings,
    dialect: Dialect,
    parsed: Vec<Arc<Parsed>>,
}

/// From parsed files to a planned site.
fn onward(
    read: Read,
    mut edition: Option<&mut OfEdition>,
    count: &Count<'_>,
    mut found: Diagnostics,
    choices: &Choices,
    theme: impl FnOnce(&Settings, &mut Diagnostics) -> Result<Arc<Theme>, Failure>,
) -> Result<Planned, Failure> {
    let sources = read.sources.clone();
    let recall = edition.as_mut().map(|edition| &mut edition.recall);
    let (settings, playbook) = understood(read, recall, choices, &mut found);
    let surveys = Surveys { files: &sources.data, count };
    let known = edition.as_ref().and_then(|edition| edition.routes(&playbook));
    let mut of_routes = Diagnostics::default();
    let (measures, routes) = rayon::join(
        || measure(&playbook, &surveys, choices.today, &mut found),
        || known.unwrap_or_else(|| Arc::new(routes(&playbook, &sources.statics, &mut of_routes))),
    );
    if let Some(edition) = edition {
        // What is wrong with addresses is said each time.
        edition.routes = of_routes.is_empty().then(|| routes.clone());
    }
    found.extend(of_routes.into_vec());
    check(&Checked { playbook: &playbook, measures: &measures, routes: &routes }, &mut found);
    let locales: Vec<Locale> = settings.languages.iter().map(|language| Locale::new(&language.tag)).collect();
    let theme = theme(&settings, &mut found)?;
    unknown_templates(&playbook, &theme, &mut found);
    let levels = self::levels(&settings, choices.strict);
    let report = Report::new(found, &levels);
    Ok(Planned { playbook, measures, routes, theme, locales, report, levels, sources })
}

/// From parsed files to what they mean, names looked up.
fn understood(
    read: Read,
    recall: Option<&mut Recall>,
    choices: &Choices,
    found: &mut Diagnostics,
) -> (Arc<Settings>, Playbook) {
    let Read { sources, settings, dialect, parsed } = read;
    for file in &parsed {
        found.extend(file.findings.iter().cloned());
    }
    let settings = Arc::new(named(settings, sources.settings.is_some(), &parsed));
    let edition = Edition { drafts: choices.drafts, today: choices.today };
    let selection = select(parsed.iter().filter_map(|file| file.draft.as_ref()), &settings, &edition, found);
    // Ten thousand drafts take a while to be forgotten; nobody has to wait for it.
    rayon::spawn(move || drop(parsed));
    let lock = lock_of(&sources, &settings, found);
    let localized = localize(selection, &settings, &dialect, &lock, found);
    let playbook = resolve(localized, settings.clone(), &sources.assets, recall, found);
    (settings, playbook)
}

/// What a playbook means and how it does, without its pages.
pub struct Meaning {
    /// The playbook.
    pub playbook: Playbook,
    /// Its figures.
    pub measures: Measures,
    /// What was found on the way: what is wrong with pages and theme is not.
    pub report: Report,
}

/// Reads, parses, selects, localises, resolves and measures: [`plan`] as far as a comparison needs it.
///
/// # Errors
/// There is no such audience.
pub fn meaning(sources: Sources, mut found: Diagnostics, choices: &Choices) -> Result<Meaning, Failure> {
    let settings = settings_of(&sources, choices, &mut found)?;
    let dialect = Dialect::of(&settings);
    let parsed = Memory::default().parsed(&sources.files, &dialect);
    let sources = Arc::new(sources);
    let read = Read { sources: sources.clone(), settings, dialect, parsed };
    let (settings, playbook) = understood(read, None, choices, &mut found);
    let count: &Count<'_> = &|asset, asked| asked.of(load::survey(asset)).map(Arc::new);
    let surveys = Surveys { files: &sources.data, count };
    let measures = measure(&playbook, &surveys, choices.today, &mut found);
    let report = Report::new(found, &levels(&settings, choices.strict));
    Ok(Meaning { playbook, measures, report })
}

/// What `translations.lock` says; where there is one language, nothing.
fn lock_of(sources: &Sources, settings: &Settings, found: &mut Diagnostics) -> Lock {
    let mut findings = Vec::new();
    let source = sources.lock.as_ref().filter(|_| settings.languages.len() > 1);
    let lock = source.map(|source| Lock::read(source, &mut findings)).unwrap_or_default();
    found.extend(findings);
    lock
}

/// What an edition is chosen from, and what was chosen.
pub struct Chosen {
    /// The edition's settings.
    pub settings: Settings,
    /// Every file.
    pub parsed: Vec<Arc<Parsed>>,
    /// What the edition shows.
    pub selection: Selection,
}

/// Selects once more: a plan forgets what it leaves out, so that it cannot leak. What `memory` holds is not parsed again.
///
/// # Errors
/// There is no such audience.
pub fn chosen(sources: &Sources, choices: &Choices, memory: &mut Memory) -> Result<Chosen, Failure> {
    let mut found = Diagnostics::default();
    let settings = settings_of(sources, choices, &mut found)?;
    let parsed = memory.parsed(&sources.files, &Dialect::of(&settings));
    let edition = Edition { drafts: choices.drafts, today: choices.today };
    let drafts = parsed.iter().filter_map(|file| file.draft.as_ref());
    let selection = select(drafts, &settings, &edition, &mut found);
    Ok(Chosen { settings, parsed, selection })
}

/// What there is to translate: whatever audience it is for, on whatever day, drafts as well.
///
/// # Errors
/// Never but by the settings of an audience that there is not.
pub fn book(sources: &Sources, mut found: Diagnostics) -> Result<(Book, Report), Failure> {
    let choices = Choices { audience: None, drafts: true, today: Date::MAX, strict: false };
    let settings = settings_of(sources, &choices, &mut found)?;
    let dialect = Dialect::of(&settings);
    let parsed = Memory::default().parsed(&sources.files, &dialect);
    for file in &parsed {
        found.extend(file.findings.iter().cloned());
    }
    let settings = named(settings, sources.settings.is_some(), &parsed);
    let lock = lock_of(sources, &settings, &mut found);
    let drafts = parsed.iter().filter_map(|file| file.draft.clone()).collect();
    let everything = Selection { drafts, ..Selection::default() };
    // Whether names and keys are right is what `check` says.
    let localized = localize(everything, &settings, &dialect, &lock, &mut Diagnostics::default());
    let report = Report::new(found, &levels(&settings, false));
    Ok((Book { translations: localized.translations, settings, lock }, report))
}

/// A playbook without settings is called as its front page.
fn named(mut settings: Settings, has_settings: bool, parsed: &[Arc<Parsed>]) -> Settings {
    if has_settings {
        return settings;
    }
    let front = parsed.iter().find_map(|file| match &file.draft {
        Some(Draft::Document(document)) => match &document.role {
            Role::Page { folder, section: true, .. } if folder.is_empty() => document.title.as_ref(),
            _ => None,
        },
        _ => None,
    });
    if let Some(title) = front {
        settings.title = title.value.clone();
        settings.languages[0].title = title.value.clone();
        settings.id = crate::parse::id::anchor(&title.value).into();
    }
    settings
}

fn unknown_templates(playbook: &Playbook, theme: &Theme, found: &mut Diagnostics) {
    for (_, document) in playbook.documents() {
        if let Some(template) = &document.template
            && !theme.templates.contains_template(&template.value)
        {
            let (name, place) = (&template.value, template.place.clone());
            found.push(
                Diagnostic::new(Code::UnknownTemplate, format!("the theme has no template `{name}`"))
                    .at(place, "no such template")
                    .did_you_mean(name, theme.templates.get_template_names()),
            );
        }
    }
}

impl Planned {
    /// Everything laid out for views.
    pub fn desk(&self) -> Desk<'_> {
        let Planned { playbook, measures, routes, theme, locales, .. } = self;
        Desk::new(playbook, measures, routes, &theme.strings, locales, &theme.assets)
    }

    /// A page's bytes.
    ///
    /// # Errors
    /// The finding about the template that cannot draw it.
    pub fn page(&self, desk: &Desk<'_>, drawn: &Drawn, route: &Route) -> Result<Vec<u8>, Box<Diagnostic>> {
        self.draw(desk, drawn, route, view(desk, route))
    }

    /// As [`Planned::page`], of a view that is made already.
    ///
    /// # Errors
    /// The finding about the template that cannot draw it.
    pub fn draw(
        &self,
        desk: &Desk<'_>,
        drawn: &Drawn,
        route: &Route,
        view: PageView,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        render(&self.theme, drawn, &desk.page(route), view).map_err(|error| self.in_template(&error))
    }

    /// The bytes of a pack's frame, around parts that are put in afterwards. `front` is the front page that the frame is drawn for.
    ///
    /// # Errors
    /// The finding about the template that cannot draw it.
    pub fn frame(
        &self,
        desk: &Desk<'_>,
        drawn: &Drawn,
        front: &Route,
        pack: &PackView,
    ) -> Result<Vec<u8>, Box<Diagnostic>> {
        crate::render::pack(&self.theme, drawn, &desk.page(front), pack).map_err(|error| self.in_template(&error))
    }

    /// The bytes of the page at an old address.
    ///
    /// # Errors
    /// The finding about the template that cannot draw it.
    pub fn alias(&self, desk: &Desk<'_>, alias: &Alias) -> Result<Vec<u8>, Box<Diagnostic>> {
        let page = self.alias_route(alias);
        crate::render::alias(&self.theme, &desk.page(&page), &self.routes.all[alias.to as usize])
            .map_err(|error| self.in_template(&error))
    }

    /// The page at an old address.
    pub fn alias_route(&self, alias: &Alias) -> Route {
        let to = &self.routes.all[alias.to as usize];
        Route { page: to.page, language: to.language, address: alias.address.clone() }
    }

    /// What programs read: names of files and their texts.
    pub fn for_programs(&self, desk: &Desk<'_>) -> Vec<(String, Vec<u8>)> {
        let mut files = vec![("playbook.json".to_string(), machine::playbook_json(desk))];
        files.extend(evidence::files(desk));
        files.extend(review::files(desk));
        let is_own = |file: &str| self.sources.statics.iter().any(|asset| static_file(asset) == file);
        files.extend(feed::files(desk).into_iter().filter(|(file, _)| !is_own(file)));
        files.extend(machine::sitemaps(desk).into_iter().map(|(file, text)| (file, text.into_bytes())));
        if !self.sources.statics.iter().any(|asset| &*asset.path == "static/robots.txt") {
            files.push(("robots.txt".to_string(), machine::robots(desk).into_bytes()));
        }
        files
    }

    /// The social card that stands at `file` in the output.
    pub fn card(&self, desk: &Desk<'_>, file: &str) -> Option<Vec<u8>> {
        card::cards(desk).get(file).map(|card| crate::card::png(card, &mut Canvas::default()))
    }

    /// The file of the author's that is copied to `file` in the output.
    pub fn copied(&self, file: &str) -> Option<&Asset> {
        let asset = self.routes.assets.iter().find(|(_, to)| &**to == file);
        match asset {
            Some((asset, _)) => Some(&self.playbook.assets[*asset as usize]),
            None => {
                let statics = &self.sources.statics;
                let found = statics.binary_search_by(|asset| static_file(asset).cmp(file)).ok()?;
                Some(&statics[found])
            }
        }
    }

    /// Findings about something else, with the levels that the settings give them.
    pub fn judged(&self, found: Diagnostics) -> Report {
        Report::new(found, &self.levels)
    }

    /// Adds findings that came later.
    pub fn add(&mut self, later: Diagnostics) {
        let mut found = Diagnostics::default();
        found.extend(self.report.findings.drain(..).map(|(_, finding)| finding));
        found.extend(later.into_vec());
        self.report = Report::new(found, &self.levels);
    }

    fn in_template(&self, error: &tera::Error) -> Box<Diagnostic> {
        Box::new(theme::template_finding(error, &self.theme.written))
    }
}

/// Where a file of `static/` goes in the output.
fn static_file(asset: &Asset) -> &str {
    asset.path.strip_prefix("static/").unwrap_or(&asset.path)
}

/// So many pages are handed to a thread at once. Some are a hundred times longer than others, and the last thread is waited for.
const TOGETHER: usize = 16;

/// What a build did.
#[derive(Debug)]
pub struct Built {
    /// How many pages there are.
    pub pages: usize,
    /// What was written; `None` where findings denied it.
    pub summary: Option<Summary>,
}

/// Draws every page in parallel and writes the site: whole, or not at all. Templates that cannot be drawn become findings.
///
/// # Errors
/// The output is refused or cannot be written.
pub fn build(
    planned: &mut Planned,
    root: &Path,
    output: &Path,
    progress: &(dyn Fn(usize, usize) + Sync),
) -> Result<Built, Failure> {
    let pages = planned.routes.all.len();
    let target = write::begin(output, root)?;
    if planned.report.denials() > 0 {
        return Ok(Built { pages, summary: None });
    }
    let troubles: Mutex<Vec<Diagnostic>> = Mutex::default();
    let done = AtomicUsize::new(0);
    {
        let Planned { routes, .. } = &*planned;
        let desk = planned.desk();
        let drawn = Drawn::default();
        let put = |file: &str, page: Result<Vec<u8>, Box<Diagnostic>>| -> Result<(), Failure> {
            match page {
                Ok(html) => target.put(file, &html)?,
                Err(finding) => {
                    if let Ok(mut troubles) = troubles.lock() {
                        troubles.push(*finding);
                    }
                }
            }
            Ok(())
        };
        let draw = |route: &Route| -> Result<(), Failure> {
            put(&route.file(), planned.page(&desk, &drawn, route))?;
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, pages);
            Ok(())
        };
        // What programs read is one long string: it is made beside the pages, not after them.
        let (drawn_all, machine) = rayon::join(
            || routes.all.par_iter().with_max_len(TOGETHER).try_for_each(draw),
            || planned.for_programs(&desk).iter().try_for_each(|(file, text)| target.put(file, text)),
        );
        drawn_all?;
        machine?;
        // Last, as only those are drawn whose names the last site does not have.
        card::cards(&desk).par_iter().try_for_each_init(Canvas::default, |canvas, (file, card)| {
            match target.again(file)? {
                true => Ok(()),
                false => target.put(file, &crate::card::png(card, canvas)),
            }
        })?;
        // A language after the other: the lists of one are as much as has to be held at once.
        for language in planned.playbook.settings.langs() {
            let files = search::Plan::new(&desk, language).index(&desk, &|file, text| target.put(file, text))?;
            files.iter().try_for_each(|(file, text)| target.put(file, text))?;
        }
        for alias in &routes.aliases {
            put(&planned.alias_route(alias).file(), planned.alias(&desk, alias))?;
        }
    }
    let mut troubles = troubles.into_inner().unwrap_or_default();
    if !troubles.is_empty() {
        troubles.truncate(1);
        let mut found = Diagnostics::default();
        found.extend(troubles);
        planned.add(found);
        return Ok(Built { pages, summary: None });
    }
    for (file, bytes) in &planned.theme.files {
        target.put(file, bytes)?;
    }
    for (asset, file) in &planned.routes.assets {
        target.copy(file, &planned.playbook.assets[*asset as usize].disk)?;
    }
    for asset in &planned.sources.statics {
        target.copy(static_file(asset), &asset.disk)?;
    }
    let summary = target.commit()?;
    Ok(Built { pages, summary: Some(summary) })
}
