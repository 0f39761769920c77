//! The editions that somebody has asked for, the newest three, each as it was last seen whole.

use super::site::Site;
use super::wanted::Wanted;
use crate::diagnostic::{Report, draw};
use std::sync::{Arc, Mutex, MutexGuard};

/// So many editions are kept.
const KEPT: usize = 3;

/// What is shown of an edition.
#[derive(Clone)]
pub struct Shown {
    /// Its site: the last good one, if there has been one.
    pub site: Arc<Site>,
    /// Whether that site was without errors.
    pub good: bool,
    /// What is to be said about its files as they are now.
    pub findings: Arc<Findings>,
}

/// Findings, counted and drawn.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Findings {
    /// How many deny.
    pub errors: usize,
    /// How many warn.
    pub warnings: usize,
    /// Those that deny, as the terminal shows them.
    pub drawn_errors: String,
    /// Those that warn, as the terminal shows them.
    pub drawn_warnings: String,
}

impl Findings {
    /// Draws a report. `read` gives a file's text again.
    pub fn of(report: &Report, read: &dyn Fn(&str) -> Option<Arc<str>>) -> Findings {
        let errors = report.denials();
        // Denials stand first.
        let (denials, warnings) = report.findings.split_at(errors);
        let drawn = |findings: &[_]| draw::draw(&Report { findings: findings.to_vec() }, false, read);
        Findings { errors, warnings: warnings.len(), drawn_errors: drawn(denials), drawn_warnings: drawn(warnings) }
    }

    /// Trouble with the world instead of findings.
    pub fn of_failure(sentence: &str) -> Findings {
        Findings { errors: 1, drawn_errors: format!("error: {sentence}\n"), ..Findings::default() }
    }
}

/// The editions, newest first.
#[derive(Default)]
pub struct Editions {
    kept: Mutex<Vec<Kept>>,
}

struct Kept {
    wanted: Wanted,
    shown: Shown,
    /// Whether files have changed since.
    stale: bool,
}

impl Editions {
    /// An edition as it is now, which becomes the newest. None: it has to be made first.
    pub fn get(&self, wanted: &Wanted) -> Option<Shown> {
        let mut kept = self.lock();
        let at = kept.iter().position(|kept| kept.wanted == *wanted && !kept.stale)?;
        let found = kept.remove(at);
        let shown = found.shown.clone();
        kept.insert(0, found);
        Some(shown)
    }

    /// An edition as it was last seen.
    pub fn last(&self, wanted: &Wanted) -> Option<Shown> {
        self.lock().iter().find(|kept| kept.wanted == *wanted).map(|kept| kept.shown.clone())
    }

    /// Which edition somebody asked for last.
    pub fn newest(&self) -> Option<Wanted> {
        self.lock().first().map(|kept| kept.wanted.clone())
    }

    /// From now on this is shown of an edition, which becomes the newest.
    pub fn put(&self, wanted: &Wanted, shown: Shown) {
        let mut kept = self.lock();
        let before = kept.iter().position(|kept| kept.wanted == *wanted).map(|at| kept.remove(at));
        kept.insert(0, Kept { wanted: wanted.clone(), shown, stale: false });
        let length = kept.len().min(KEPT);
        let forgotten = kept.split_off(length);
        drop(kept);
        // A whole playbook takes a while to be forgotten; nobody has to wait for it.
        rayon::spawn(move || drop((before, forgotten)));
    }

    /// Other findings about the same site.
    pub fn say(&self, wanted: &Wanted, findings: Arc<Findings>) {
        if let Some(kept) = self.lock().iter_mut().find(|kept| kept.wanted == *wanted) {
            kept.shown.findings = findings;
            kept.stale = false;
        }
    }

    /// Files have changed: every edition has to be made anew before it is shown again.
    pub fn all_stale(&self) {
        for kept in self.lock().iter_mut() {
            kept.stale = true;
        }
    }

    /// Nobody shall see this edition any more.
    pub fn forget(&self, wanted: &Wanted) {
        self.lock().retain(|kept| kept.wanted != *wanted);
    }

    fn lock(&self) -> MutexGuard<'_, Vec<Kept>> {
        self.kept.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}
