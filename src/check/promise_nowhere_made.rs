//! A promise that no customer was ever told earns no trust, and breaks none.

use super::Checked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

pub(super) fn promise_nowhere_made(context: &Checked<'_>, diagnostics: &mut Diagnostics) {
    for (thing, promise) in context.standing_promises() {
        let nowhere = promise.made_in.is_empty() && promise.touchpoints.is_empty();
        if nowhere && !context.is_echo(Code::PromiseNowhereMade, thing) {
            diagnostics.push(
                Diagnostic::new(Code::PromiseNowhereMade, format!("no customer is told of `{}`", promise.id))
                    .at(promise.place.clone(), "made nowhere")
                    .help("say where it is made: made_in = [\"guides/contact.md\"], or name it at a touchpoint"),
            );
        }
    }
}
