//! Sources to a planned site, and a planned site to files: the whole road in two functions.

use crate::check::{Checked, check};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Levels, Report};
use crate::failure::Failure;
use crate::load;
use crate::locale::Locale;
use crate::localize::localize;
use crate::measure::{Measures, Surveys, measure};
use crate::parse::draft::{Draft, Role};
use crate::parse::{Dialect, Parsed, parse};
use crate::playbook::{Lang, Playbook, Settings};
use crate::render::{Drawn, render};
use crate::resolve::resolve;
use crate::routes::{Routes, routes};
use crate::select::{Edition, select};
use crate::source::{Asset, Sources};
use crate::theme::{self, Theme};
use crate::view::{Desk, evidence, machine, view};
use crate::write::{self, Summary};
use jiff::civil::Date;
use rayon::prelude::*;
use std::path::Path;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// What the command line chooses.
#[derive(Debug, Clone)]
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
    pub routes: Routes,
    /// Its theme.
    pub theme: Theme,
    /// Formats, by language.
    pub locales: Vec<Locale>,
    /// Findings so far, with their levels.
    pub report: Report,
    levels: Levels,
    statics: Vec<Asset>,
}

/// Parses, selects, localises, resolves, measures, routes and checks. Writes nothing.
///
/// # Errors
/// The theme's folder cannot be read, or there is no such audience.
pub fn plan(root: &Path, mut sources: Sources, mut found: Diagnostics, choices: &Choices) -> Result<Planned, Failure> {
    let settings =
        crate::parse::settings::settings(sources.settings.as_ref(), choices.audience.as_deref(), None, &mut found)
            .map_err(|known| {
                let audience = choices.audience.as_deref().unwrap_or_default();
                Failure::Refused(format!("no audience is called `{audience}`: there are {}", known.join(", ")))
            })?;
    let dialect = Dialect::of(&settings);
    let parsed: Vec<Parsed> = sources.files.par_iter().map(|source| parse(source, &dialect)).collect();
    // Findings read their files again: the texts have served.
    drop(std::mem::take(&mut sources.files));
    for file in &parsed {
        found.extend(file.findings.iter().cloned());
    }
    let settings = Arc::new(named(settings, sources.settings.is_some(), &parsed));
    let edition = Edition { drafts: choices.drafts, today: choices.today };
    let selection = select(parsed.iter().filter_map(|file| file.draft.as_ref()), &settings, &edition, &mut found);
    // Ten thousand drafts take a while to be forgotten; nobody has to wait for it.
    rayon::spawn(move || drop(parsed));
    let localized = localize(selection, &settings, &dialect, &mut found);
    let playbook = resolve(localized, settings.clone(), &sources.assets, &mut found);
    let surveys = Surveys { files: &sources.data, open: &load::survey };
    let measures = measure(&playbook, &surveys, choices.today, &mut found);
    let routes = routes(&playbook, &sources.statics, &mut found);
    check(&Checked { playbook: &playbook, measures: &measures, routes: &routes }, &mut found);
    let locales: Vec<Locale> = settings.languages.iter().map(|language| Locale::new(&language.tag)).collect();
    let chains: Vec<Vec<String>> = settings.langs().map(|language| chain(&settings, language)).collect();
    let theme = theme::load(root, &settings.theme, &chains, &mut found)?;
    unknown_templates(&playbook, &theme, &mut found);
    let levels = Levels { chosen: settings.checks.clone(), strict: choices.strict };
    let report = Report::new(found, &levels);
    Ok(Planned { playbook, measures, routes, theme, locales, report, levels, statics: sources.statics })
}

fn chain(settings: &Settings, language: Lang) -> Vec<String> {
    settings.chain(language).iter().map(|one| settings.language(*one).tag.to_string()).collect()
}

/// A playbook without settings is called as its front page.
fn named(mut settings: Settings, has_settings: bool, parsed: &[Parsed]) -> Settings {
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
            && !theme.templates.contains_template(template)
        {
            found.push(
                Diagnostic::new(Code::UnknownTemplate, format!("the theme has no template `{template}`"))
                    .at(document.place.clone(), "`template` names it")
                    .did_you_mean(template, theme.templates.get_template_names()),
            );
        }
    }
}

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
        let Planned { playbook, measures, routes, theme, locales, .. } = &*planned;
        let desk = Desk::new(playbook, measures, routes, &theme.strings, locales, &theme.assets);
        let drawn = Drawn::default();
        let draw = |route: &crate::routes::Route| -> Result<(), Failure> {
            let at = desk.at(route);
            match render(theme, &drawn, &at, view(&desk, route)) {
                Ok(html) => target.put(&route.file(), &html)?,
                Err(error) => {
                    if let Ok(mut troubles) = troubles.lock() {
                        troubles.push(theme::template_finding(&error, &theme.own));
                    }
                }
            }
            progress(done.fetch_add(1, Ordering::Relaxed) + 1, pages);
            Ok(())
        };
        // What programs read is one long string: it is made beside the pages, not after them.
        let (drawn_all, machine) = rayon::join(
            || routes.all.par_iter().try_for_each(draw),
            || {
                target.put("playbook.json", machine::playbook_json(&desk).as_bytes())?;
                evidence::files(&desk).iter().try_for_each(|(file, text)| target.put(file, text.as_bytes()))
            },
        );
        drawn_all?;
        machine?;
        for alias in &routes.aliases {
            let to = &routes.all[alias.to as usize];
            let page = crate::routes::Route { page: to.page, language: to.language, address: alias.address.clone() };
            let at = desk.at(&page);
            match crate::render::alias(theme, &at, to) {
                Ok(html) => target.put(&page.file(), html.as_bytes())?,
                Err(error) => {
                    if let Ok(mut troubles) = troubles.lock() {
                        troubles.push(theme::template_finding(&error, &theme.own));
                    }
                }
            }
        }
        for (file, sitemap) in machine::sitemaps(&desk) {
            target.put(&file, sitemap.as_bytes())?;
        }
        if !planned.statics.iter().any(|asset| &*asset.path == "static/robots.txt") {
            target.put("robots.txt", machine::robots(&desk).as_bytes())?;
        }
    }
    let mut troubles = troubles.into_inner().unwrap_or_default();
    if !troubles.is_empty() {
        troubles.truncate(1);
        let mut found = Diagnostics::default();
        found.extend(planned.report.findings.drain(..).map(|(_, finding)| finding));
        found.extend(troubles);
        planned.report = Report::new(found, &planned.levels);
        return Ok(Built { pages, summary: None });
    }
    for (file, bytes) in &planned.theme.files {
        target.put(file, bytes)?;
    }
    for (asset, file) in &planned.routes.assets {
        target.copy(file, &planned.playbook.assets[*asset as usize].disk)?;
    }
    for asset in &planned.statics {
        target.copy(asset.path.strip_prefix("static/").unwrap_or(&asset.path), &asset.disk)?;
    }
    let summary = target.commit()?;
    Ok(Built { pages, summary: Some(summary) })
}
