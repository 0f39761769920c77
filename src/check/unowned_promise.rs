//! A promise is kept by somebody: a department does the work, an owner answers for it.

use super::Checked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

pub(super) fn unowned_promise(context: &Checked<'_>, diagnostics: &mut Diagnostics) {
    for promise in context.standing_promises() {
        let (message, help) = match (&promise.review.owner, promise.department) {
            (Some(_), Some(_)) => continue,
            (Some(_), None) => ("no department has to keep", "name one: department = \"support\""),
            (None, Some(_)) => ("nobody owns", "name a role: owner = \"Head of support\""),
            (None, None) => ("nobody owns or has to keep", "give it an `owner` and a `department`"),
        };
        diagnostics.push(
            Diagnostic::new(Code::UnownedPromise, format!("{message} `{}`", promise.id))
                .at(promise.place.clone(), "promised here")
                .help(help),
        );
    }
}
