//! Addresses that were live to findings about those that nothing stands at any more, and headings of them likewise.
//!
//! What was live is read from a built site's pages or from the manifest that publishing leaves. What is there now is drawn, page by
//! page, and looked at as a browser would: an anchor is an id, whoever put it there.

pub mod live;

pub use live::Live;

use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::pipeline::Planned;
use crate::playbook::{Kind, Lang, Playbook, Thing};
use crate::render::Drawn;
use crate::routes::{PageId, Route};
use crate::source::Place;
use crate::view::{Desk, pack};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

/// Vanished addresses beyond this many are told without a suggestion: each is compared with every page.
const SUGGESTIONS: usize = 200;

/// What was live and is not there any more. A page that cannot be drawn is another finding's matter: its anchors are not judged.
pub fn vanished(planned: &Planned, live: &[Live]) -> Diagnostics {
    let desk = planned.desk();
    let drawn = Drawn::default();
    let aliases: FxHashMap<&str, &Route> = planned
        .routes
        .aliases
        .iter()
        .map(|alias| (bare(&alias.address), &planned.routes.all[alias.to as usize]))
        .collect();
    let stands = |one: &Live| {
        let address = one.address.strip_suffix("index.html").unwrap_or(&one.address);
        planned.routes.at_address(address).or_else(|| aliases.get(bare(address)).copied())
    };
    let judged = live.iter().filter(|one| !is_made_to_change(&one.address));
    let (there, gone): (Vec<&Live>, Vec<&Live>) = judged.partition(|one| stands(one).is_some());
    let mut found = Diagnostics::default();
    let anchors: Vec<Vec<Diagnostic>> = there
        .par_iter()
        .filter(|one| !one.anchors.is_empty())
        .filter_map(|one| {
            let route = stands(one)?;
            let html = planned.page(&desk, &drawn, route).ok()?;
            Some(vanished_anchors(&desk, one, route, &String::from_utf8_lossy(&html)))
        })
        .collect();
    let gone = gone.into_iter().filter(|one| !planned.routes.is_static(&one.address));
    let gone: Vec<&Live> =
        gone.filter(|one| !planned.routes.is_static(&format!("{}index.html", one.address))).collect();
    let candidates = if gone.is_empty() { Vec::new() } else { candidates(&desk) };
    for (number, one) in gone.into_iter().enumerate() {
        let likeliest = if number < SUGGESTIONS { likeliest(one, &candidates) } else { None };
        found.push(vanished_address(&desk, one, likeliest));
    }
    found.extend(anchors.into_iter().flatten());
    found
}

fn bare(address: &str) -> &str {
    address.trim_end_matches('/')
}

/// Whether an address is nobody's to link to: the error page, and the following pages of a long list, which come and go with
/// its length.
fn is_made_to_change(address: &str) -> bool {
    let mut parts = bare(address).rsplit('/');
    let number = parts.next().unwrap_or_default();
    let is_later_page = parts.next() == Some("page") && number.bytes().all(|byte| byte.is_ascii_digit());
    address.ends_with("/404.html") || is_later_page
}

fn vanished_address(desk: &Desk<'_>, gone: &Live, likeliest: Option<&Candidate<'_>>) -> Diagnostic {
    let address = &gone.address;
    let finding =
        Diagnostic::new(Code::VanishedAddress, format!("nothing stands at `{address}` any more, which was live"));
    let Some(candidate) = likeliest else {
        let help = format!(
            "add `aliases = [\"{address}\"]` to the page that says it now, or redirect it where the site is served"
        );
        return finding.help(help);
    };
    let route = candidate.route;
    let now = &route.address;
    match written(desk.playbook, route) {
        Some(place) => {
            let help = format!("it is most likely `{now}` now: add `aliases = [\"{address}\"]` to {}", place.path);
            finding.at(place, "most likely here now").help(help)
        }
        None => {
            let kind = kind_of(route.page).map(|kind| format!("content/{}/index.md", kind.folder()));
            let page = kind.unwrap_or_else(|| "content/index.md".to_string());
            let help = format!(
                "it is most likely `{now}` now, which is no Markdown page and takes no `aliases`: redirect it where the site is \
                 served, or let it lead to the overview, with `aliases = [\"{address}\"]` in {page}"
            );
            match table(desk.playbook, route) {
                Some(place) => finding.at(place, "most likely here now").help(help),
                None => finding.help(help),
            }
        }
    }
}

fn vanished_anchors(desk: &Desk<'_>, live: &Live, route: &Route, html: &str) -> Vec<Diagnostic> {
    let ids = live::ids(html);
    let known: FxHashSet<&str> = ids.iter().map(|id| &*id.id).collect();
    let headings = || ids.iter().filter(|id| id.heading).map(|id| &*id.id);
    let gone = live.anchors.iter().filter(|anchor| !known.contains(anchor.as_str()));
    gone.map(|anchor| {
        let address = &live.address;
        let finding = Diagnostic::new(
            Code::VanishedAnchor,
            format!("`{address}#{anchor}` was live, and its page has nothing of that name any more"),
        );
        let place = written(desk.playbook, route).or_else(|| table(desk.playbook, route));
        let finding = match place {
            Some(place) => finding.at(place, "the page"),
            None => finding,
        };
        match nearest(anchor, headings()) {
            Some(near) => {
                finding.help(format!("it is most likely `#{near}` now: write `{{#{anchor}}}` after that heading"))
            }
            None => finding.help(format!("write `{{#{anchor}}}` after the heading that says it now")),
        }
    })
    .collect()
}

/// The Markdown file of a page in its language, or in the one that it falls back to.
fn written(playbook: &Playbook, route: &Route) -> Option<Place> {
    let document = match route.page {
        PageId::Front => playbook.document(Thing::Page(playbook.front?)),
        PageId::Thing(thing) => playbook.document(thing),
        _ => None,
    }?;
    let said = document.body.said(route.language, &playbook.settings);
    let own = said.language == route.language && route.language != Lang::DEFAULT;
    // A section that nobody wrote stands for its folder.
    let place = if own { Place::file(&said.place.path) } else { document.place.clone() };
    place.path.ends_with(".md").then_some(place)
}

/// Where something without a file of its own stands.
fn table(playbook: &Playbook, route: &Route) -> Option<Place> {
    let PageId::Thing(thing) = route.page else { return None };
    Some(match thing {
        Thing::Journey(id) => playbook[id].place.clone(),
        Thing::Stage(id) => playbook[id].place.clone(),
        Thing::Promise(id) => playbook[id].place.clone(),
        Thing::Department(id) => playbook[id].place.clone(),
        _ => return None,
    })
}

fn kind_of(page: PageId) -> Option<Kind> {
    match page {
        PageId::Thing(Thing::Journey(_) | Thing::Stage(_)) => Some(Kind::Journeys),
        PageId::Thing(Thing::Promise(_)) => Some(Kind::Promises),
        PageId::Thing(Thing::Department(_)) => Some(Kind::Departments),
        PageId::Thing(Thing::Overview(kind)) => Some(kind),
        PageId::Tag(_) => Some(Kind::Tags),
        _ => None,
    }
}

/// A page that may be what a vanished one was.
struct Candidate<'a> {
    route: &'a Route,
    name: &'a str,
    title: Vec<String>,
    address: Vec<String>,
}

fn candidates<'a>(desk: &Desk<'a>) -> Vec<Candidate<'a>> {
    let routes = desk.routes.all.iter().filter(|route| {
        matches!(route.page, PageId::Front | PageId::Thing(_) | PageId::Tag(_)) && !is_made_to_change(&route.address)
    });
    routes
        .map(|route| {
            let title = match route.page {
                PageId::Thing(thing) => pack::plain(&desk.at(route).title(thing)),
                _ => String::new(),
            };
            Candidate { route, name: name(&route.address), title: words(&title), address: words(&route.address) }
        })
        .collect()
}

/// Below this nothing is likely.
const LIKELY: f64 = 0.5;

/// The page that says most likely what stood there: of the same name or title, or with the most words in common. What begins as
/// the vanished address does is nearer, for its language's sake as well.
fn likeliest<'c, 'a>(gone: &Live, candidates: &'c [Candidate<'a>]) -> Option<&'c Candidate<'a>> {
    let (title, address) = (words(&gone.title), words(&gone.address));
    let name = name(&gone.address);
    let score = |candidate: &Candidate<'_>| {
        let same_name = if candidate.name == name { 1.0 } else { 0.0 };
        let near = shared(&title, &candidate.title).max(same_name).max(shared(&address, &candidate.address));
        let common = gone.address.bytes().zip(candidate.route.address.bytes()).take_while(|(a, b)| a == b).count();
        (near, common)
    };
    let scored = candidates.iter().map(|candidate| (score(candidate), candidate));
    let likely = scored.filter(|((near, _), _)| *near >= LIKELY);
    // Of equal ones the first, as the navigation has them.
    likely.reduce(|best, one| if one.0 > best.0 { one } else { best }).map(|(_, candidate)| candidate)
}

/// The last part of an address.
fn name(address: &str) -> &str {
    bare(address).rsplit('/').next().unwrap_or_default()
}

fn words(text: &str) -> Vec<String> {
    let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut words: Vec<String> = words.map(str::to_lowercase).collect();
    words.sort_unstable();
    words.dedup();
    words
}

/// The share of words that two sorted lists have in common: 0 to 1, by Dice's coefficient.
fn shared(one: &[String], other: &[String]) -> f64 {
    if one.is_empty() || other.is_empty() {
        return 0.0;
    }
    let common = one.iter().filter(|word| other.binary_search(word).is_ok()).count();
    2.0 * common as f64 / (one.len() + other.len()) as f64
}
