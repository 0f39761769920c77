//! A playbook to the addresses of other sites in it, each with its places.

use crate::parse::link::decoded;
use crate::playbook::{Playbook, Target, Text};
use crate::source::Place;
use std::collections::{BTreeMap, BTreeSet};
use url::Url;

/// An address to be asked once.
pub struct Wanted {
    /// Without heading, name and password; `Err` says why it is none.
    pub address: Result<Url, String>,
    /// As it is shown to the author.
    pub shown: String,
    /// The headings that links name on its page.
    pub anchors: BTreeSet<String>,
    /// Every link to it.
    pub links: Vec<Link>,
}

/// One link.
pub struct Link {
    /// Where it stands; of one with a password only the file is told, so that no log shows it.
    pub place: Place,
    /// The heading that it names.
    pub anchor: Option<String>,
    /// Whether it holds a name or a password.
    pub secret: bool,
}

/// All addresses, in their order.
pub fn links(playbook: &Playbook) -> Vec<Wanted> {
    let mut found: BTreeMap<String, Wanted> = BTreeMap::new();
    playbook.each_prose(&mut |_, text| {
        for prose in text.all().map(|said| &said.value) {
            for (target, link) in prose.targets.iter().zip(&prose.body.links) {
                if let Target::External(written) = target {
                    add(written, &link.place, &mut found);
                }
            }
        }
    });
    for written in playbook.claims.iter().filter_map(|claim| claim.url.as_ref()) {
        add(&written.value, &written.place, &mut found);
    }
    for said in playbook.promises.iter().filter_map(|promise| promise.evidence.as_ref()).flat_map(Text::all) {
        add(&said.value, &said.place, &mut found);
    }
    found.into_values().collect()
}

fn add(written: &str, place: &Place, found: &mut BTreeMap<String, Wanted>) {
    let written = written.trim();
    let Some((scheme, _)) = written.split_once("://") else { return };
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return;
    }
    let Ok(mut address) = Url::parse(written) else {
        let unreadable = |error: url::ParseError| Err(error.to_string());
        let wanted = found.entry(written.to_string()).or_insert_with(|| Wanted {
            address: Url::parse(written).or_else(unreadable),
            shown: written.to_string(),
            anchors: BTreeSet::new(),
            links: Vec::new(),
        });
        // Where the name ends and the password begins nobody can tell of what is no address.
        let secret = written.contains('@');
        if secret {
            wanted.shown = format!("{scheme}://…");
        }
        push(place, None, secret, wanted);
        return;
    };
    let anchor = address.fragment().and_then(anchor);
    address.set_fragment(None);
    let secret = without_secrets(&mut address);
    let shown = address.to_string();
    let wanted = found.entry(shown.clone()).or_insert_with(|| Wanted {
        address: Ok(address),
        shown,
        anchors: BTreeSet::new(),
        links: Vec::new(),
    });
    wanted.anchors.extend(anchor.clone());
    push(place, anchor, secret, wanted);
}

fn push(place: &Place, anchor: Option<String>, secret: bool, wanted: &mut Wanted) {
    let place = if secret { Place::file(&place.path) } else { place.clone() };
    wanted.links.push(Link { place, anchor, secret });
}

/// Takes name and password out of an address. Whether there were any.
pub fn without_secrets(address: &mut Url) -> bool {
    let secret = !address.username().is_empty() || address.password().is_some();
    // Neither fails for an address with a host, as all of these have one.
    let _ = address.set_username("");
    let _ = address.set_password(None);
    secret
}

/// The id that a fragment names. Routes of scripts (`#/a`, `#!a`) and words to be marked (`#:~:text=`) are no ids, and the top is
/// always there.
fn anchor(fragment: &str) -> Option<String> {
    let fragment = fragment.split(":~:").next().unwrap_or_default();
    let is_id = !fragment.is_empty() && !fragment.starts_with(['/', '!', '?']) && !fragment.eq_ignore_ascii_case("top");
    is_id.then(|| decoded(fragment))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fragment_is_an_id_or_nothing() {
        assert_eq!(anchor("prices"), Some("prices".to_string()));
        assert_eq!(anchor("a%20b:~:text=c"), Some("a b".to_string()));
        for none in ["", "top", "/route", "!bang", ":~:text=word"] {
            assert_eq!(anchor(none), None, "{none}");
        }
    }

    #[test]
    fn one_address_has_all_of_its_places_and_no_password() {
        let mut found = BTreeMap::new();
        let place = |at: usize| Place::new(&"content/a.md".into(), at..at + 3);
        add("https://Ann:secret@Example.com/a#b", &place(5), &mut found);
        add("https://example.com/a", &place(9), &mut found);
        add("mailto:ann@example.com", &place(20), &mut found);
        add("http://", &place(30), &mut found);
        let shown: Vec<&str> = found.keys().map(String::as_str).collect();
        assert_eq!(shown, ["http://", "https://example.com/a"]);
        let one = &found["https://example.com/a"];
        assert_eq!(one.links.len(), 2);
        assert_eq!(one.links[0].place, Place::file(&"content/a.md".into()));
        assert!(one.anchors.contains("b"));
        assert!(found["http://"].address.is_err());
    }
}
