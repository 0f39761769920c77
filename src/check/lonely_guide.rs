//! Readers follow links in what they read; a guide that only the navigation leads to is read by nobody.

use super::Checked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::playbook::{Addressed, Id, Thing};
use crate::routes::PageId;
use rustc_hash::FxHashSet;

pub(super) fn lonely_guide(context: &Checked<'_>, diagnostics: &mut Diagnostics) {
    let pages = &context.playbook.pages;
    let addressed = addressed(context);
    for (id, page) in Id::all(pages).filter(|(_, page)| page.guide && !page.section && pages.len() > 1) {
        let thing = Thing::Page(id);
        let lonely = context.playbook.linked_from(thing).is_empty() && !addressed.contains(&thing);
        if lonely && !context.is_echo(Code::LonelyGuide, thing) {
            diagnostics.push(
                Diagnostic::new(Code::LonelyGuide, format!("no other page links to `{}`", page.document.path))
                    .at(page.document.place.clone(), "only the navigation leads here")
                    .help("link to it where a reader would want it next"),
            );
        }
    }
}

/// Pages that others link to by their address; those linked by file know it themselves.
fn addressed(context: &Checked<'_>) -> FxHashSet<Thing> {
    let led_to = |link: &Addressed| match context.routes.at_address(&link.address).map(|route| route.page) {
        Some(PageId::Thing(to)) if Some(to) != link.from => Some(to),
        _ => None,
    };
    context.playbook.addressed.iter().filter_map(led_to).collect()
}
