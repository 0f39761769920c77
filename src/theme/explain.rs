//! A page's view to the files of the theme that draw it.

use super::Theme;
use super::written::{Written, said};
use crate::view::PageView;
use crate::view::body::{BodyView, Part};
use std::collections::BTreeSet;

/// What every page has though its template does not call it: it is drawn once for pages that share it.
const SHARED: [&str; 6] = ["Navigation", "Masthead", "Schemes", "Includes", "Crumbs", "Sprite"];

/// The templates of a page: its own first, then what it extends and includes, and those with the components that it calls.
pub fn made_of<'t>(theme: &'t Theme, view: &PageView) -> Vec<&'t Written> {
    let mut components: BTreeSet<&str> = BTreeSet::from(SHARED);
    if let Some(body) = &view.body {
        of_body(body, &mut components);
    }
    let named = |name: &str| theme.written.iter().find(|one| one.name == name);
    let mut open: Vec<&Written> = components.iter().filter_map(|component| home(theme, component)).collect();
    open.extend(named(&view.template));
    let mut files: Vec<&Written> = Vec::new();
    while let Some(one) = open.pop() {
        if files.iter().any(|known| known.name == one.name) {
            continue;
        }
        files.push(one);
        let said = said(&one.text);
        open.extend(said.calls.iter().filter_map(|call| home(theme, call.name)));
        open.extend(said.extends.iter().chain(&said.includes).filter_map(|other| named(other.name)));
    }
    files
}

/// The components of a page, whatever calls them, with the templates that define them; sorted by name.
pub fn components<'t>(theme: &'t Theme, view: &PageView) -> Vec<(String, &'t Written)> {
    let mut open: Vec<String> = SHARED.iter().map(|name| (*name).to_string()).collect();
    let mut of_prose: BTreeSet<&str> = BTreeSet::new();
    if let Some(body) = &view.body {
        of_body(body, &mut of_prose);
    }
    open.extend(of_prose.into_iter().map(str::to_string));
    for one in templates(theme, view) {
        open.extend(said(&one.text).calls.iter().map(|call| call.name.to_string()));
    }
    let mut found: Vec<(String, &Written)> = Vec::new();
    while let Some(name) = open.pop() {
        if found.iter().any(|(known, _)| *known == name) {
            continue;
        }
        let Some(home) = home(theme, &name) else { continue };
        let said = said(&home.text);
        let whole = said.defines.iter().find(|(defined, _)| defined.name == name).map(|(_, whole)| whole.clone());
        let inside = |at: usize| whole.as_ref().is_some_and(|whole| whole.contains(&at));
        open.extend(said.calls.iter().filter(|call| inside(call.span.start)).map(|call| call.name.to_string()));
        found.push((name, home));
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

/// A page's template, and those that it extends and includes.
pub fn templates<'t>(theme: &'t Theme, view: &PageView) -> Vec<&'t Written> {
    let named = |name: &str| theme.written.iter().find(|one| one.name == name);
    let mut open: Vec<&Written> = named(&view.template).into_iter().collect();
    let mut files: Vec<&Written> = Vec::new();
    while let Some(one) = open.pop() {
        if files.iter().any(|known| known.name == one.name) {
            continue;
        }
        files.push(one);
        let said = said(&one.text);
        open.extend(said.extends.iter().chain(&said.includes).filter_map(|other| named(other.name)));
    }
    files
}

fn of_body(body: &BodyView, components: &mut BTreeSet<&'static str>) {
    for part in &body.parts {
        if let Part::Component { name, body, .. } = part {
            components.insert(name);
            if let Some(body) = body {
                of_body(body, components);
            }
        }
    }
}

/// The template in which a component is defined.
fn home<'t>(theme: &'t Theme, component: &str) -> Option<&'t Written> {
    theme.written.iter().find(|one| {
        // Most templates can be told from afar; reading one takes longer.
        one.text.contains(component) && said(&one.text).defines.iter().any(|(name, _)| name.name == component)
    })
}
