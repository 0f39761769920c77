//! A promise nobody measures is a wish.

use super::Checked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

pub(super) fn unmeasured_promise(context: &Checked<'_>, diagnostics: &mut Diagnostics) {
    for (thing, promise) in context.standing_promises().filter(|(_, promise)| promise.metric.is_none()) {
        if context.is_echo(Code::UnmeasuredPromise, thing) {
            continue;
        }
        diagnostics.push(
            Diagnostic::new(Code::UnmeasuredPromise, format!("nothing measures `{}`", promise.id))
                .at(promise.place.clone(), "promised here")
                .help("name a metric of `metrics.toml`: metric = \"first-reply-time\""),
        );
    }
}
