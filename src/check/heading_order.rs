//! Who listens to a page, or skims it, goes by its headings: a level that is skipped sounds like a part that is missing.

use super::Checked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

pub(super) fn heading_order(context: &Checked<'_>, diagnostics: &mut Diagnostics) {
    for (_, document) in context.playbook.documents() {
        for said in document.body.all() {
            // The page's title.
            let mut above = 1;
            for (heading, _) in said.value.headings() {
                let level = heading.level;
                if level > above + 1 {
                    diagnostics.push(
                        Diagnostic::new(
                            Code::HeadingOrder,
                            format!("a heading of level {level} follows one of level {above}"),
                        )
                        .at(heading.place.clone(), format!("level {level}"))
                        .help(format!("begin it with `{}`", "#".repeat(usize::from(above) + 1))),
                    );
                }
                above = level;
            }
        }
    }
}
