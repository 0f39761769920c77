//! What has been done was done before today; a later date is most often a slip of the year.

use super::Checked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Place;
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::Arc;

pub(super) fn future_date(context: &Checked<'_>, diagnostics: &mut Diagnostics) {
    let today = context.measures.today;
    let mut by_file: BTreeMap<Arc<str>, Vec<(Date, &'static str, Place)>> = BTreeMap::new();
    each_date(context, &mut |date, key, place| {
        if date > today {
            by_file.entry(place.path.clone()).or_default().push((date, key, place.clone()));
        }
    });
    for mut dates in by_file.into_values() {
        dates.sort_by(|a, b| a.2.cmp(&b.2));
        let others = match dates.len() - 1 {
            0 => String::new(),
            others => format!(", and {others} more in this file"),
        };
        let (date, key, place) = dates.swap_remove(0);
        diagnostics.push(
            Diagnostic::new(Code::FutureDate, format!("`{key}` says {date}, which is after today, {today}{others}"))
                .at(place, "not yet"),
        );
    }
}

/// Every date that only the past makes sense for, with its key.
fn each_date(context: &Checked<'_>, visit: &mut dyn FnMut(Date, &'static str, &Place)) {
    let playbook = context.playbook;
    let reviews = playbook.documents().map(|(_, document)| &document.review);
    let reviews = reviews.chain(playbook.journeys.iter().map(|journey| &journey.review));
    let reviews = reviews.chain(playbook.promises.iter().map(|promise| &promise.review));
    for (date, place) in reviews.filter_map(|review| review.last.as_ref()) {
        visit(*date, "last_reviewed", place);
    }
    for (_, document) in playbook.documents() {
        for (key, written) in [("date", &document.date), ("updated", &document.updated)] {
            written.iter().for_each(|(date, place)| visit(*date, key, place));
        }
    }
    playbook.past.iter().for_each(|(date, key, place)| visit(*date, key, place));
}
