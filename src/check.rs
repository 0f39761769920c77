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
use rayon::prelude::*;

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

/// A rule: looks, and says what it found.
type Rule = fn(&Checked<'_>, &mut Diagnostics);

/// Every rule but the one about addresses, in the order of the codes, and for which editions it speaks.
const RULES: [(Rule, Editions); 21] = [
    (unreachable_target::unreachable_target, Editions::All),
    (contradicted_status::contradicted_status, Editions::All),
    (unspecific_promise::unspecific_promise, Editions::All),
    (unmeasured_promise::unmeasured_promise, Editions::Whole),
    (unowned_promise::unowned_promise, Editions::Whole),
    (promise_nowhere_made::promise_nowhere_made, Editions::Whole),
    (vague_promise::vague_promise, Editions::All),
    (silent_stage::silent_stage, Editions::Whole),
    (department_without_promise::department_without_promise, Editions::Whole),
    (pain_without_opportunity::pain_without_opportunity, Editions::Whole),
    (uncovered_pillar::uncovered_pillar, Editions::Whole),
    (overdue_review::overdue_review, Editions::All),
    (expired_claim::expired_claim, Editions::All),
    (future_date::future_date, Editions::All),
    (uncited_figure::uncited_figure, Editions::All),
    (lonely_guide::lonely_guide, Editions::Whole),
    (heading_order::heading_order, Editions::All),
    (hard_to_read::hard_to_read, Editions::All),
    (untranslated_text::untranslated_text, Editions::Translated),
    (off_glossary::off_glossary, Editions::Translated),
    (empty_checklist::empty_checklist, Editions::Whole),
];

/// For which editions a rule speaks.
enum Editions {
    /// Any.
    All,
    /// Those that show all that a plain build shows.
    Whole,
    /// Those in several languages.
    Translated,
}

/// Applies every rule, most of them side by side; what they found stands in the order of the codes.
pub fn check(checked: &Checked<'_>, diagnostics: &mut Diagnostics) {
    // This one looks at what has been said: a link that leaks is not called dead as well.
    address::dead_address(checked, diagnostics);
    let (whole, translated) = (checked.is_whole(), checked.playbook.settings.languages.len() > 1);
    let speaks = |editions: &Editions| match editions {
        Editions::All => true,
        Editions::Whole => whole,
        Editions::Translated => translated,
    };
    let applied: Vec<Diagnostics> = RULES
        .par_iter()
        .filter(|(_, editions)| speaks(editions))
        .map(|(rule, _)| {
            let mut found = Diagnostics::default();
            rule(checked, &mut found);
            found
        })
        .collect();
    for found in applied {
        diagnostics.extend(found.into_vec());
    }
}
