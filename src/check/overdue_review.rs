//! What nobody has looked at since it was due may be true no longer.

use super::Checked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::playbook::Review;

pub(super) fn overdue_review(context: &Checked<'_>, diagnostics: &mut Diagnostics) {
    let documents = context.playbook.documents().map(|(_, document)| (&document.review, &document.path));
    let journeys = context.playbook.journeys.iter().map(|journey| (&journey.review, &journey.path));
    let promises = context.standing_promises().map(|(_, promise)| (&promise.review, &promise.id));
    for (review, name) in documents.chain(journeys).chain(promises) {
        diagnostics.extend(overdue(context, review, name));
    }
}

fn overdue(context: &Checked<'_>, review: &Review, name: &str) -> Option<Diagnostic> {
    let today = context.measures.today;
    let ((last, place), next) = (review.last.as_ref()?, review.next().filter(|_| review.is_overdue(today))?);
    let days = match (today - next).get_days() {
        1 => "a day".to_string(),
        days => format!("{days} days"),
    };
    let finding =
        Diagnostic::new(Code::OverdueReview, format!("the review of `{name}` is overdue since {next}: {days}"));
    Some(finding.at(place.clone(), format!("last looked at on {last}")).help("review it and move `last_reviewed`"))
}
