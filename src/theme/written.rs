//! A template's text to what it says: which it extends, its blocks, the components it defines and calls, the words it asks for.

use std::ops::Range;
use std::sync::Arc;

/// A template as it was written.
pub struct Written {
    /// The name by which others call it: `list.html`, `default/list.html`.
    pub name: String,
    /// Its text; components that a theme above defines anew are blank.
    pub text: String,
    /// Where a reader finds it: `themes/brand/templates/list.html`, or `default/templates/list.html` in the program.
    pub file: String,
    /// Its file in the playbook; none where it is in the program.
    pub source: Option<Arc<str>>,
    /// Its theme: a number of the layers.
    pub layer: usize,
}

/// A name in a template, and its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named<'a> {
    /// The name.
    pub name: &'a str,
    /// Its bytes.
    pub span: Range<usize>,
}

/// What a template says.
#[derive(Debug, Default)]
pub struct Said<'a> {
    /// The template that it extends.
    pub extends: Option<Named<'a>>,
    /// Templates that it includes.
    pub includes: Vec<Named<'a>>,
    /// Its blocks.
    pub blocks: Vec<Named<'a>>,
    /// Components that it defines, with the bytes of each whole definition.
    pub defines: Vec<(Named<'a>, Range<usize>)>,
    /// Components that it calls.
    pub calls: Vec<Named<'a>>,
    /// Words that it asks for: `t["key"]`.
    pub keys: Vec<Named<'a>>,
    /// Beginnings of words that it asks for: `t["state-" ~ state]`.
    pub key_starts: Vec<Named<'a>>,
    /// Options that it asks for: `site.options.logo`.
    pub options: Vec<Named<'a>>,
}

/// Reads a template as far as names go. What is no template is read as well, to nothing.
pub fn said(text: &str) -> Said<'_> {
    let mut said = Said::default();
    let mut opened: Option<(Named<'_>, usize)> = None;
    for tag in tags(text) {
        let inside = tag.start + 2..tag.end.saturating_sub(2).max(tag.start + 2);
        let words = text[inside.clone()].trim_start_matches('-').trim_start();
        let at = inside.end - words.len();
        let word = words.split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or("");
        let after = at + word.len();
        match word {
            "extends" => said.extends = in_quotes(text, after, inside.end),
            "include" => said.includes.extend(in_quotes(text, after, inside.end)),
            "block" => said.blocks.extend(bare(text, after, inside.end)),
            "component" => opened = bare(text, after, inside.end).map(|name| (name, tag.start)),
            "endcomponent" => {
                if let Some((name, start)) = opened.take() {
                    said.defines.push((name, start..tag.end));
                }
            }
            _ => {}
        }
        if let Some(called) = words.strip_prefix('<') {
            let start = inside.end - called.len();
            said.calls.extend(bare(text, start, inside.end));
        }
        asked(text, inside, &mut said);
    }
    said
}

/// The bytes of every `{{ … }}` and `{% … %}`.
fn tags(text: &str) -> Vec<Range<usize>> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find('{') {
        let start = at + found;
        let rest = &text[start..];
        let end = if rest.starts_with("{#") {
            rest.find("#}").map(|end| end + 2)
        } else if rest.starts_with("{{") || rest.starts_with("{%") {
            let end = closed(&rest[2..], if rest.starts_with("{{") { "}}" } else { "%}" }).map(|end| end + 4);
            tags.extend(end.map(|end| start..start + end));
            end
        } else {
            Some(1)
        };
        match end {
            Some(end) => at = start + end,
            None => break,
        }
    }
    tags
}

/// Where `close` stands, outside of quotes.
fn closed(text: &str, close: &str) -> Option<usize> {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match quote {
            Some(open) if open == c => quote = None,
            Some(_) => {}
            None if text[at..].starts_with(close) => return Some(at),
            None if matches!(c, '"' | '\'' | '`') => quote = Some(c),
            None => {}
        }
    }
    None
}

fn in_quotes(text: &str, from: usize, end: usize) -> Option<Named<'_>> {
    let rest = text[from..end].trim_start();
    let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\'' | '`'))?;
    let start = end - rest.len() + 1;
    let length = text[start..end].find(quote)?;
    Some(Named { name: &text[start..start + length], span: start..start + length })
}

fn bare(text: &str, from: usize, end: usize) -> Option<Named<'_>> {
    let rest = text[from..end].trim_start();
    let start = end - rest.len();
    let length = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '.').unwrap_or(rest.len());
    (length > 0).then(|| Named { name: &text[start..start + length], span: start..start + length })
}

fn asked<'a>(text: &'a str, inside: Range<usize>, said: &mut Said<'a>) {
    let own = &text[inside.clone()];
    let is_letter = |c: char| c.is_ascii_alphanumeric() || c == '_';
    for (at, _) in own.match_indices("t[") {
        if own[..at].ends_with(|c: char| is_letter(c) || c == '.') {
            continue;
        }
        let Some(key) = in_quotes(text, inside.start + at + 2, inside.end) else { continue };
        let whole = text[key.span.end + 1..inside.end].trim_start().starts_with(']');
        if whole { said.keys.push(key) } else { said.key_starts.push(key) }
    }
    for (at, found) in own.match_indices("site.options.") {
        said.options.extend(bare(text, inside.start + at + found.len(), inside.end));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names<'a>(named: &[Named<'a>]) -> Vec<&'a str> {
        named.iter().map(|one| one.name).collect()
    }

    #[test]
    fn a_template_says_what_it_needs() {
        let text = "{#- {% block no %} -#}{% extends \"layout.html\" %}{%- block main -%}<p>{{ <Words words={x}/> }}\
                    {% <Card title={t[\"card-title\"]}> %}{% endblock main %}{% if a < b %}{% include 'x.html' %}{% endif %}\
                    {{ t[\"state-\" ~ s] }}{{ shout[\"no\"] }}{% if site.options.logo %}{{ \"}}\" }}{% endif %}";
        let said = said(text);
        assert_eq!(said.extends.as_ref().map(|one| one.name), Some("layout.html"));
        assert_eq!(names(&said.blocks), ["main"]);
        assert_eq!(names(&said.calls), ["Words", "Card"]);
        assert_eq!(names(&said.includes), ["x.html"]);
        assert_eq!(names(&said.keys), ["card-title"]);
        assert_eq!(names(&said.key_starts), ["state-"]);
        assert_eq!(names(&said.options), ["logo"]);
        let key = &said.keys[0];
        assert_eq!(&text[key.span.clone()], "card-title");
    }

    #[test]
    fn components_are_found_whole() {
        let text =
            "x {% component A(b, @t) -%}\n{{ b }}\n{%- endcomponent A %} y {% component C() %}{% endcomponent %}";
        let said = said(text);
        let found: Vec<(&str, &str)> = said.defines.iter().map(|(name, all)| (name.name, &text[all.clone()])).collect();
        assert_eq!(found[0].0, "A");
        assert!(found[0].1.starts_with("{% component A") && found[0].1.ends_with("endcomponent A %}"));
        assert_eq!(found[1], ("C", "{% component C() %}{% endcomponent %}"));
    }

    #[test]
    fn odd_templates_are_read_to_their_end() {
        for text in
            ["", "{", "{{", "{%", "{# ", "{{}}", "{%%}", "{{-", "{% component", "{{ t[", "{{ t[\"", "{{ \"", "{{ <"]
        {
            said(text);
            for other in ["}}", "%}", "é"] {
                said(&format!("{text}{other}"));
            }
        }
    }
}
