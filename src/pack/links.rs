//! A link of a page to where it leads from a pack.

use super::Page;
use crate::pipeline::Planned;
use crate::routes::Route;
use crate::view::{decoded, encoded};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// Where a link leads.
#[derive(Debug, PartialEq, Eq)]
pub enum Leads<'a> {
    /// To a page of the pack, at an id of that page's own.
    Inside {
        /// The page.
        page: usize,
        /// The id, as the page wrote it.
        id: Option<&'a str>,
    },
    /// Out of the pack: an address on the net.
    Outside(String),
    /// To what is not in the pack, of a site that has no address.
    Nowhere,
}

/// Every name of a pack, each once.
pub struct Names<'a> {
    anchors: Vec<String>,
    ids: Vec<FxHashMap<&'a str, String>>,
    /// Pages by their addresses as links write them.
    pages: FxHashMap<String, usize>,
    base_url: Option<Arc<str>>,
    base_path: String,
}

impl<'a> Names<'a> {
    /// Gives every page an anchor and every id of a page a name that no other has.
    pub fn new(planned: &Planned, pages: &'a [Page]) -> Names<'a> {
        let mut taken = FxHashSet::default();
        let mut free = |wanted: String| {
            let mut name = wanted.clone();
            let mut number = 2;
            while !taken.insert(name.clone()) {
                name = format!("{wanted}-{number}");
                number += 1;
            }
            name
        };
        let anchors: Vec<String> = pages.iter().map(|page| free(anchor(&page.route.address))).collect();
        let ids = pages
            .iter()
            .zip(&anchors)
            .map(|(page, anchor)| page.ids.iter().map(|id| (id.as_str(), free(format!("{anchor}--{id}")))).collect())
            .collect();
        let by_address = pages.iter().enumerate().map(|(index, page)| (encoded(&page.route.address), index)).collect();
        let settings = &planned.playbook.settings;
        let base_path = encoded(settings.base_path());
        Names { anchors, ids, pages: by_address, base_url: settings.base_url.clone(), base_path }
    }

    /// The anchor of every page.
    pub fn anchors(&self) -> impl Iterator<Item = &str> {
        self.anchors.iter().map(String::as_str)
    }

    /// A page's anchor.
    pub fn anchor(&self, page: usize) -> &str {
        &self.anchors[page]
    }

    /// The name in the pack of an id of a page.
    pub fn id(&self, page: usize, id: &str) -> Option<&str> {
        self.ids[page].get(id).map(String::as_str)
    }

    /// Where a link on a page leads.
    pub fn leads(&self, from: &Route, page: usize, href: &str) -> Leads<'_> {
        let href = href.trim();
        if let Some(scheme) = scheme(href) {
            let known = ["http", "https", "mailto", "tel"].iter().any(|known| scheme.eq_ignore_ascii_case(known));
            return if known { Leads::Outside(href.to_string()) } else { Leads::Nowhere };
        }
        if href.starts_with("//") {
            return Leads::Outside(format!("https:{href}"));
        }
        let (path, fragment) = match href.split_once('#') {
            Some((path, fragment)) => (path, Some(fragment)),
            None => (href, None),
        };
        let inside = |page: usize| {
            let id = fragment.and_then(|fragment| {
                let id = decoded(fragment)?;
                self.ids[page].get_key_value(id.as_str()).map(|(id, _)| *id)
            });
            Leads::Inside { page, id }
        };
        if path.is_empty() {
            return inside(page);
        }
        let path = path.split('?').next().unwrap_or(path);
        let Some(address) = joined(&encoded(&from.address), path) else { return Leads::Nowhere };
        let below = address.strip_prefix(&*self.base_path).map(|rest| format!("/{rest}"));
        let own = [Some(address.clone()), below];
        let known = own.iter().flatten().find_map(|address| {
            let folder = address.strip_suffix("index.html").unwrap_or(address);
            self.pages.get(folder).or_else(|| self.pages.get(&format!("{folder}/")))
        });
        match (known, &self.base_url) {
            (Some(page), _) => inside(*page),
            (None, Some(base)) => {
                let fragment = fragment.map(|fragment| format!("#{fragment}")).unwrap_or_default();
                Leads::Outside(format!("{base}{}{fragment}", address.trim_start_matches('/')))
            }
            (None, None) => Leads::Nowhere,
        }
    }
}

/// `/promises/reply/` to `p-promises-reply`.
fn anchor(address: &str) -> String {
    let parts: Vec<&str> = address.split('/').filter(|part| !part.is_empty()).collect();
    let name = if parts.is_empty() { "front".to_string() } else { parts.join("-") };
    format!("p-{name}").split_whitespace().collect::<Vec<_>>().join("-")
}

/// The file of the site that a page loads; none where it is elsewhere.
pub fn file(from: &Route, src: &str) -> Option<String> {
    let src = src.trim();
    if scheme(src).is_some() || src.starts_with("//") {
        return None;
    }
    let path = src.split(['#', '?']).next().unwrap_or(src);
    decoded(joined(&encoded(&from.address), path)?.trim_start_matches('/'))
}

/// What stands before the colon, where it is a scheme.
fn scheme(href: &str) -> Option<&str> {
    let (scheme, _) = href.split_once(':')?;
    let is_one = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'));
    is_one.then_some(scheme)
}

/// A relative path from an address; none where it leads out of the site.
pub fn joined(from: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    if !path.starts_with('/') {
        parts.extend(from[..from.rfind('/')?].split('/').filter(|part| !part.is_empty()));
    }
    let steps: Vec<&str> = path.split('/').collect();
    for step in &steps {
        match *step {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            step => parts.push(step),
        }
    }
    let folder = matches!(steps.last(), Some(&("" | "." | ".."))) && !parts.is_empty();
    Some(format!("/{}{}", parts.join("/"), if folder { "/" } else { "" }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_joined_as_a_browser_does() {
        for (from, path, whole) in [
            ("/a/b/", "../c/", Some("/a/c/")),
            ("/a/b/", "../../", Some("/")),
            ("/a/b/", "./", Some("/a/b/")),
            ("/a/b/", "x.png", Some("/a/b/x.png")),
            ("/", "x/", Some("/x/")),
            ("/404.html", "x/", Some("/x/")),
            ("/a/", "/x/y/", Some("/x/y/")),
            ("/a/", "../../x", None),
        ] {
            assert_eq!(joined(from, path).as_deref(), whole, "{from} {path}");
        }
    }

    #[test]
    fn a_scheme_is_told_from_a_colon() {
        assert_eq!(scheme("mailto:a@b"), Some("mailto"));
        assert_eq!(scheme("a/b:c"), None);
        assert_eq!(scheme("#a:b"), None);
    }
}
