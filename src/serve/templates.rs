//! A page's view to the files of the theme that draw it.

use crate::theme::Theme;
use crate::view::PageView;
use crate::view::body::{BodyView, Part};
use std::collections::BTreeSet;

/// The template of a page, what it extends and includes, and the files of the components that it calls: of the playbook's
/// own the path, of the built-in ones `default/templates/…`.
pub fn made_of(theme: &Theme, view: &PageView) -> Vec<String> {
    let mut components: BTreeSet<&str> = BTreeSet::from(["Navigation"]);
    if let Some(body) = &view.body {
        of_body(body, &mut components);
    }
    let text =
        |name: &str| theme.written.iter().find(|(known, _)| known == name).map(|(name, text)| (&**name, &**text));
    let mut files: Vec<&str> = Vec::new();
    let mut open: Vec<&str> = text(&view.template).map(|(name, _)| name).into_iter().collect();
    open.extend(components.iter().filter_map(|component| home(theme, component)));
    // The template itself first, then what it needs, in the order in which it is met.
    open.reverse();
    while let Some(name) = open.pop() {
        let Some((name, written)) = text(name) else { continue };
        if files.contains(&name) {
            continue;
        }
        files.push(name);
        open.extend(called(written).filter_map(|component| home(theme, component)));
        open.extend(["extends", "include"].iter().flat_map(|word| named(written, word)));
    }
    files
        .into_iter()
        .map(|name| match theme.own.iter().find(|(own, _)| own == name) {
            Some((_, path)) => path.to_string(),
            None => format!("default/templates/{}", name.strip_prefix("default/").unwrap_or(name)),
        })
        .collect()
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

/// The file in which a component is defined.
fn home<'t>(theme: &'t Theme, component: &str) -> Option<&'t str> {
    let written = format!("component {component}(");
    theme.written.iter().find(|(_, text)| text.contains(&written)).map(|(name, _)| &**name)
}

/// What stands in quotes after a word of the template language.
fn named<'t>(text: &'t str, word: &'static str) -> impl Iterator<Item = &'t str> {
    text.match_indices(word).filter_map(move |(at, _)| {
        let before = text[..at].trim_end().trim_end_matches('-');
        let after = text[at + word.len()..].trim_start().strip_prefix('"')?;
        before.ends_with("{%").then(|| after.split('"').next()).flatten()
    })
}

/// Components that are called: `{{ <Name …` or `{% <Name …`.
fn called(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices('<').filter_map(|(at, _)| {
        let before = text[..at].trim_end().trim_end_matches('-');
        let name = text[at + 1..].split(|c: char| !c.is_ascii_alphanumeric() && c != '_').next()?;
        let calls = (before.ends_with("{{") || before.ends_with("{%")) && !name.is_empty();
        calls.then_some(name)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn calls_and_names_are_found() {
        let text = "{% extends \"layout.html\" %}<p>{{ <Words words={x}/> }}{%- <Card title={x}> -%}{% if a < b %}{% include \"x.html\" %}";
        assert_eq!(called(text).collect::<Vec<_>>(), ["Words", "Card"]);
        assert_eq!(named(text, "extends").chain(named(text, "include")).collect::<Vec<_>>(), ["layout.html", "x.html"]);
    }
}
