//! What says neither how many nor until when nor for whom can be neither kept nor broken.

use super::Checked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::playbook::Status;

pub(super) fn unspecific_promise(context: &Checked<'_>, diagnostics: &mut Diagnostics) {
    for (promise, state) in context.playbook.promises.iter().zip(&context.measures.states) {
        if promise.status == Some(Status::Withdrawn) || state.specific.is_none_or(|specific| specific.any()) {
            continue;
        }
        diagnostics.push(
            Diagnostic::new(
                Code::UnspecificPromise,
                format!("`{}` says neither how many, nor until when, nor for whom", promise.id),
            )
            .at(promise.text.source.place.clone(), "nobody can check this")
            .help("name a number, a time or the people: \"within two working days\""),
        );
    }
}
