//! An address is checked once there are pages: `dead-link` for the page, `dead-anchor` for the heading.

use super::Checked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::playbook::{Addressed, Document, Lang, Thing};
use crate::resolve::{dead_for_now, has_anchor};
use crate::routes::{PageId, Route, made};
use crate::source::Place;
use rustc_hash::FxHashSet;

/// Dead addresses beyond this many are told without a suggestion: each looks at every address there is.
const SUGGESTIONS: usize = 200;

pub(super) fn dead_address(context: &Checked<'_>, diagnostics: &mut Diagnostics) {
    // What leads to another audience's page has been said to leak: that it is not here either would be an echo.
    let leaks = diagnostics.iter().filter(|finding| finding.code == Code::LeaksToAudience);
    let leaks: FxHashSet<Place> = leaks.filter_map(|finding| Some(finding.labels.first()?.place.clone())).collect();
    let aliases: FxHashSet<&str> = context.routes.aliases.iter().map(|alias| bare(&alias.address)).collect();
    let mut dead = 0;
    for Addressed { address, anchor, place, left_out, .. } in &context.playbook.addressed {
        if leaks.contains(place) {
            continue;
        }
        let page = context.routes.at_address(address.strip_suffix("index.html").unwrap_or(&**address));
        match (page, anchor) {
            (Some(route), Some(anchor)) => dead_anchor(context, route, anchor, place, diagnostics),
            (Some(_), None) => {}
            (None, _) if aliases.contains(bare(address)) || is_file(context, address) => {}
            (None, _) => diagnostics.push(match left_out {
                Some(reason) => dead_for_now(&format!("the page at `{address}`"), reason, place),
                None => {
                    dead += 1;
                    let finding = dead_link(address, place);
                    if dead <= SUGGESTIONS { nearest(context, address, finding) } else { finding }
                }
            }),
        }
    }
}

fn bare(address: &str) -> &str {
    address.trim_end_matches('/')
}

/// Whether a file of `static/`, or one of the site's own, stands at this address.
fn is_file(context: &Checked<'_>, address: &str) -> bool {
    // A calendar without a date would be none.
    let calendar = || address == "/reviews.ics" && context.playbook.reviews().next().is_some();
    context.routes.is_static(address) || is_made(context, address) || calendar() || is_feed(context, address)
}

/// Whether it is a file that every site has.
fn is_made(context: &Checked<'_>, address: &str) -> bool {
    let made = made(context.playbook).chain(["robots.txt", "sitemap.xml"]);
    address.strip_prefix('/').is_some_and(|file| made.into_iter().any(|made| made == file))
}

/// Every language has a feed at its root, where the feed's readers can be told where that is.
fn is_feed(context: &Checked<'_>, address: &str) -> bool {
    let settings = &context.playbook.settings;
    let is_root = |root: &str| {
        let tag = root.strip_prefix('/').and_then(|tag| tag.strip_suffix('/')).unwrap_or_default();
        root == "/" || settings.language_tagged(tag).is_some_and(|language| language != Lang::DEFAULT)
    };
    settings.base_url.is_some() && address.strip_suffix("feed.xml").is_some_and(is_root)
}

fn dead_link(address: &str, place: &Place) -> Diagnostic {
    Diagnostic::new(Code::DeadLink, format!("no page stands at `{address}`")).at(place.clone(), "no such address")
}

fn nearest(context: &Checked<'_>, address: &str, finding: Diagnostic) -> Diagnostic {
    let aliases = context.routes.aliases.iter().map(|alias| &*alias.address);
    finding.did_you_mean(address, context.routes.all.iter().map(|route| &*route.address).chain(aliases))
}

fn dead_anchor(context: &Checked<'_>, route: &Route, anchor: &str, place: &Place, diagnostics: &mut Diagnostics) {
    let Some(document) = shown_at(context, route) else { return };
    let prose = &document.body.get(route.language, &context.playbook.settings);
    if !has_anchor(anchor, &prose.anchors, &prose.body) {
        diagnostics.push(
            Diagnostic::new(Code::DeadAnchor, format!("the page `{}` has no heading `#{anchor}`", route.address))
                .at(place.clone(), "no such heading")
                .did_you_mean(anchor, prose.anchors.iter().flatten().map(|anchor| &**anchor)),
        );
    }
}

/// The document of a page, where it shows one and little else: lists have anchors of their own.
fn shown_at<'a>(context: &Checked<'a>, route: &Route) -> Option<&'a Document> {
    match route.page {
        PageId::Front => context.playbook.document(Thing::Page(context.playbook.front?)),
        PageId::Thing(Thing::Overview(_)) => None,
        PageId::Thing(thing) => context.playbook.document(thing),
        _ => None,
    }
}
