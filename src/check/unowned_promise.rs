//! A promise that nobody owns is kept by accident.

use super::Checked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

pub(super) fn unowned_promise(context: &Checked<'_>, diagnostics: &mut Diagnostics) {
    for (_, promise) in context.standing_promises().filter(|(_, promise)| promise.review.owner.is_none()) {
        diagnostics.push(
            Diagnostic::new(Code::UnownedPromise, format!("nobody owns `{}`", promise.id))
                .at(promise.place.clone(), "promised here")
                .help("name a role: owner = \"Head of support\""),
        );
    }
}
