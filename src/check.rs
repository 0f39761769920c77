//! A playbook, its measures and routes to findings: one rule a file.
//!
//! Rules that hold for one file alone, or for names, have been checked where the file was parsed and the names resolved.
//! These here need the whole. They cannot print, fail or exit, and they read no text again.

mod address;
mod contradicted_status;
mod department_without_promise;
mod empty_checklist;
mod expired_claim;
mod future_date;
mod hard_to_read;
mod heading_order;
mod lonely_guide;
mod off_glossary;
mod overdue_review;
mod pain_without_opportunity;
mod promise_nowhere_made;
mod silent_stage;
mod uncited_figure;
mod uncovered_pillar;
mod unmeasured_promise;
mod unowned_promise;
mod unreachable_target;
mod unspecific_promise;
mod untranslated_text;
mod vague_promise;

use crate::diagnostic::{Code, Diagnostics};
use crate::measure::Measures;
use crate::playbook::{Id, Playbook, Promise, Status, Thing};
use crate::routes::Routes;

/// What the rules look at.
pub struct Checked<'a> {
    /// The playbook of one edition.
    pub playbook: &'a Playbook,
    /// Its figures on the day of the build.
    pub measures: &'a Measures,
    /// Its pages.
    pub routes: &'a Routes,
}

impl<'a> Checked<'a> {
    /// The promises that are still made.
    fn standing_promises(&self) -> impl Iterator<Item = (Thing, &'a Promise)> + use<'a> {
        let standing =
            Id::all(&self.playbook.promises).filter(|(_, promise)| promise.status != Some(Status::Withdrawn));
        standing.map(|(id, promise)| (Thing::Promise(id), promise))
    }

    /// Whether this finding would only repeat an unknown name that has been told.
    fn is_echo(&self, code: Code, thing: Thing) -> bool {
        self.playbook.echoes.contains(&(code, thing))
    }

    /// Whether the edition shows all that a plain build shows. A narrower one lacks things on purpose: a public promise whose
    /// metric is internal is measured all the same.
    fn is_whole(&self) -> bool {
        let settings = &self.playbook.settings;
        settings.sees(&settings.edition, &settings.default_audience)
    }
}

/// Applies every rule, in the order of the codes.
pub fn check(checked: &Checked<'_>, diagnostics: &mut Diagnostics) {
    address::dead_address(checked, diagnostics);
    unreachable_target::unreachable_target(checked, diagnostics);
    contradicted_status::contradicted_status(checked, diagnostics);
    unspecific_promise::unspecific_promise(checked, diagnostics);
    if checked.is_whole() {
        unmeasured_promise::unmeasured_promise(checked, diagnostics);
        unowned_promise::unowned_promise(checked, diagnostics);
        promise_nowhere_made::promise_nowhere_made(checked, diagnostics);
    }
    vague_promise::vague_promise(checked, diagnostics);
    if checked.is_whole() {
        silent_stage::silent_stage(checked, diagnostics);
        department_without_promise::department_without_promise(checked, diagnostics);
        pain_without_opportunity::pain_without_opportunity(checked, diagnostics);
        uncovered_pillar::uncovered_pillar(checked, diagnostics);
    }
    overdue_review::overdue_review(checked, diagnostics);
    expired_claim::expired_claim(checked, diagnostics);
    future_date::future_date(checked, diagnostics);
    uncited_figure::uncited_figure(checked, diagnostics);
    if checked.is_whole() {
        lonely_guide::lonely_guide(checked, diagnostics);
    }
    heading_order::heading_order(checked, diagnostics);
    hard_to_read::hard_to_read(checked, diagnostics);
    if checked.playbook.settings.languages.len() > 1 {
        untranslated_text::untranslated_text(checked, diagnostics);
        off_glossary::off_glossary(checked, diagnostics);
    }
    if checked.is_whole() {
        empty_checklist::empty_checklist(checked, diagnostics);
    }
}
