//! Customers pass through a stage whether we meet them there or not.

use super::Checked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::playbook::Thing;

pub(super) fn silent_stage(context: &Checked<'_>, diagnostics: &mut Diagnostics) {
    for (id, stage) in context.playbook.stages() {
        if context.is_echo(Code::SilentStage, Thing::Stage(id)) {
            continue;
        }
        let (message, help) = match (stage.touchpoints.is_empty(), stage.strategies.is_empty()) {
            (false, false) => continue,
            (true, false) => ("has no touchpoint", "write down where customers meet you here"),
            (false, true) => ("is served by no strategy", "name it in a strategy's `stages`"),
            (true, true) => ("has no touchpoint and no strategy", "write down where customers meet you here"),
        };
        let name = format!("{}/{}", context.playbook[id.journey].id, stage.id);
        diagnostics.push(
            Diagnostic::new(Code::SilentStage, format!("the stage `{name}` {message}"))
                .at(stage.place.clone(), "silent")
                .help(help),
        );
    }
}
