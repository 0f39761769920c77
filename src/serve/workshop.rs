//! Changes on the disk, and wishes of readers, to editions that are shown. One thread; it alone has the memory.

use super::editions::{Editions, Findings, Shown};
use super::site::{Found, Site};
use super::wanted::Wanted;
use super::{Change, Said};
use crate::failure::Failure;
use crate::load::{self, Doubt, Shelf, Touched};
use crate::parse::lock::LOCK;
use crate::pipeline::{self, Memory};
use crate::watch::{News, Watch};
use jiff::civil::Date;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::Receiver;
use std::time::Instant;
use tokio::sync::{oneshot, watch};

/// What the workshop is asked to do.
pub enum Order {
    /// Look whether something has changed.
    News(News),
    /// Make an edition, and say when it is there; or why it cannot be.
    Make(Wanted, oneshot::Sender<Result<Shown, String>>),
    /// The page at this address of an edition could not be drawn.
    Undrawable(Wanted, Arc<Site>, Box<crate::diagnostic::Diagnostic>),
}

/// Where editions are made.
pub struct Workshop {
    /// The playbook's folder as the author named it.
    pub root: PathBuf,
    /// Whether warnings deny.
    pub strict: bool,
    /// The day on the clock.
    pub today: fn() -> Date,
    /// What is on the disk.
    pub shelf: Shelf,
    /// What has been read and parsed.
    pub memory: Memory,
    /// The settings' version when they were last looked at, and that of all that is not text.
    pub seen: Seen,
    /// Whether changes are looked for once a second.
    pub polling: bool,
    /// What is shown.
    pub editions: Arc<Editions>,
    /// The edition that the command line chose.
    pub chosen: Wanted,
    /// Pages that somebody looked at lately.
    pub looked_at: Arc<super::LookedAt>,
    /// Tells the tabs.
    pub tell: watch::Sender<Change>,
    /// Tells the terminal.
    pub say: Arc<dyn Fn(Said) + Send + Sync>,
}

/// Versions of what is not text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    settings: Option<Arc<str>>,
    lock: Option<Arc<str>>,
    copied: (u64, u64),
    themes: u64,
    found: usize,
    /// Whether the last look failed.
    failed: Option<String>,
}

impl Seen {
    /// As it is on the shelf.
    pub fn on(shelf: &Shelf) -> Seen {
        Seen {
            settings: shelf.sources().settings.as_ref().map(|settings| settings.text.clone()),
            lock: shelf.sources().lock.as_ref().map(|lock| lock.text.clone()),
            copied: shelf.copied(),
            themes: shelf.themes(),
            found: shelf.found().iter().count(),
            failed: None,
        }
    }
}

impl Workshop {
    /// Works until nobody gives orders any more.
    pub fn run(mut self, orders: &Receiver<Order>, follow: &Watch) {
        while let Ok(order) = orders.recv() {
            let done = catch_unwind(AssertUnwindSafe(|| self.work(order, follow)));
            if done.is_err() {
                let sentence = "trustbook made a mistake of its own; please report what it said in the terminal";
                self.fail(&Failure::Refused(sentence.to_string()));
            }
        }
    }

    fn work(&mut self, order: Order, follow: &Watch) {
        match order {
            Order::News(News::Touched(touched)) => self.look(&touched, follow),
            Order::News(News::Polling(why)) => {
                (self.say)(Said::Polling(why));
                self.polling = true;
                self.announce();
            }
            Order::News(News::Watching) => {
                (self.say)(Said::Watching);
                self.polling = false;
                self.announce();
            }
            Order::Make(wanted, reply) => {
                let made = match self.editions.get(&wanted) {
                    Some(shown) => Ok(shown),
                    None => self.make(&wanted).map(|made| made.shown).map_err(|failure| failure.to_string()),
                };
                let _ = reply.send(made);
            }
            Order::Undrawable(wanted, site, finding) => self.undrawable(&wanted, &site, *finding),
        }
    }

    fn look(&mut self, touched: &Touched, follow: &Watch) {
        let start = Instant::now();
        let doubt = match self.shelf.look(touched) {
            Ok(doubt) => doubt,
            Err(failure) => return self.fail(&failure),
        };
        if doubt == Doubt::AboutAll {
            follow.follow(self.shelf.folders());
        }
        let mut changed: Vec<String> =
            self.memory.look(self.shelf.sources(), &doubt).iter().map(|path| path.to_string()).collect();
        let seen = Seen::on(&self.shelf);
        if seen.settings != self.seen.settings {
            changed.push("trustbook.toml".into());
        }
        if seen.lock != self.seen.lock {
            changed.push(LOCK.into());
        }
        let mut other = |folder: &str, others: &[&str]| {
            let before = changed.len();
            if let Touched::Paths(paths) = touched {
                let named = paths.iter().filter_map(|path| self.named(path));
                changed.extend(named.filter(|path| others.iter().any(|folder| path.starts_with(folder))));
            }
            if changed.len() == before {
                changed.push(folder.to_string());
            }
        };
        if seen.themes != self.seen.themes {
            other("themes", &["themes/"]);
        }
        if seen.copied != self.seen.copied || seen.found != self.seen.found {
            other("static", &["static/", "content/"]);
        }
        if self.seen.failed.is_some() && changed.is_empty() {
            changed.push("content".into());
        }
        self.seen = seen;
        if changed.is_empty() {
            return;
        }
        self.editions.all_stale();
        let wanted = self.editions.newest().unwrap_or_else(|| self.chosen.clone());
        match self.make(&wanted) {
            Ok(made) => {
                (self.say)(Said::Changed {
                    what: changed,
                    pages: made.pages,
                    errors: made.shown.findings.errors,
                    warnings: made.shown.findings.warnings,
                    took: start.elapsed(),
                });
            }
            // An audience that is no more.
            Err(_) if wanted != self.chosen => {
                self.editions.forget(&wanted);
                if let Err(failure) = self.make(&self.chosen.clone()) {
                    self.fail(&failure);
                }
            }
            Err(failure) => return self.fail(&failure),
        }
        self.announce();
    }

    /// A path on this machine as the author would name it.
    fn named(&self, path: &Path) -> Option<String> {
        let inner = path.strip_prefix(self.shelf.real_root()).ok()?;
        Some(inner.to_string_lossy().replace('\\', "/"))
    }

    /// Makes an edition and shows it.
    ///
    /// # Errors
    /// As [`pipeline::plan_again`].
    pub fn make(&mut self, wanted: &Wanted) -> Result<Made, Failure> {
        let choices = wanted.choices(self.strict, (self.today)());
        let planned = pipeline::plan_again(&self.root, &self.shelf, &mut self.memory, &choices)?;
        let pages = planned.routes.all.len();
        let read = |path: &str| load::read_again(&self.root, path);
        let last = self.editions.last(wanted).filter(|last| last.good);
        if planned.report.denials() > 0 {
            // The last good site stays up.
            let findings = Arc::new(Findings::of(&planned.report, &read));
            let shown = match last {
                Some(last) => Shown { findings, ..last },
                None => Shown { site: Arc::new(Site::new(planned)), good: false, findings },
            };
            self.editions.put(wanted, shown.clone());
            return Ok(Made { shown, pages });
        }
        let site = Arc::new(Site::new(planned));
        // A template that cannot draw is known only when it draws: those pages are tried that somebody looks at, before anybody gets
        // them. What is drawn is kept, so that nobody waits twice.
        if let Some(last) = last {
            for address in self.looked_at.newest() {
                if let Found::Undrawable(finding) = site.find(&address) {
                    let findings = Arc::new(self.with(&site, *finding));
                    let shown = Shown { site: last.site.clone(), good: true, findings };
                    self.editions.put(wanted, shown.clone());
                    return Ok(Made { shown, pages });
                }
            }
        }
        // First the pages, then what is to be said about them.
        let mut shown = Shown { site: site.clone(), good: true, findings: Arc::default() };
        self.editions.put(wanted, shown.clone());
        if !site.planned.report.findings.is_empty() {
            shown.findings = Arc::new(Findings::of(&site.planned.report, &read));
            self.editions.say(wanted, shown.findings.clone());
        }
        Ok(Made { shown, pages })
    }

    fn with(&self, site: &Site, finding: crate::diagnostic::Diagnostic) -> Findings {
        let mut report = crate::diagnostic::Report::default();
        report.findings.push((crate::diagnostic::Level::Deny, finding));
        report.findings.extend(site.planned.report.findings.iter().cloned());
        Findings::of(&report, &|path: &str| load::read_again(&self.root, path))
    }

    fn undrawable(&mut self, wanted: &Wanted, site: &Arc<Site>, finding: crate::diagnostic::Diagnostic) {
        let Some(shown) = self.editions.last(wanted).filter(|shown| Arc::ptr_eq(&shown.site, site)) else { return };
        let findings = self.with(site, finding);
        if *shown.findings != findings {
            self.editions.say(wanted, Arc::new(findings));
            self.announce();
        }
    }

    /// The playbook cannot even be looked at: what is shown stays, and says so.
    fn fail(&mut self, failure: &Failure) {
        // No path of this machine gets into a page.
        let root = self.shelf.real_root().display().to_string();
        let sentence = failure.to_string();
        let sentence = [format!("{root}/"), format!("{}/", self.root.display())]
            .iter()
            .fold(sentence, |sentence, folder| sentence.replace(folder, ""));
        let sentence =
            sentence.replace(&root, "this playbook").replace(&self.root.display().to_string(), "this playbook");
        if self.seen.failed.as_deref() == Some(&*sentence) {
            return;
        }
        self.seen.failed = Some(sentence.clone());
        let findings = Arc::new(Findings::of_failure(&sentence));
        if let Some(wanted) = self.editions.newest() {
            self.editions.say(&wanted, findings);
        }
        (self.say)(Said::Failed(sentence));
        self.announce();
    }

    fn announce(&self) {
        let (styles, files) = self.seen.copied;
        self.tell.send_modify(|change| {
            *change = Change { number: change.number + 1, styles, files, polling: self.polling };
        });
    }
}

/// An edition that was made.
pub struct Made {
    /// What is shown of it.
    pub shown: Shown,
    /// How many pages it has.
    pub pages: usize,
}
