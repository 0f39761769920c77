//! The style sheets of a theme's layers to one, and the custom properties in it.

use super::color::Color;
use super::layer::Layer;
use crate::source::joined;
use std::ops::Range;

/// The style sheet that pages link, and what a theme adds to it.
pub const SHEET: &str = "static/style.css";
/// What a theme writes to be added at the end of the sheet below.
pub const ADDED: &str = "static/theme.css";

/// The sheet of the highest theme that has one, with what it and those above it add, the lowest first.
pub fn sheet(layers: &[Layer]) -> String {
    let base = layers.iter().rposition(|layer| layer.file(SHEET).is_some()).unwrap_or(0);
    let mut sheet = String::new();
    for layer in &layers[base..] {
        for file in [layer.file(SHEET), layer.file(ADDED)].into_iter().flatten() {
            sheet.push_str(&file.text());
            if !sheet.ends_with('\n') {
                sheet.push('\n');
            }
        }
    }
    sheet
}

/// The sheet `path` in `static/` with every `url()` of a file in `static/` leading to that file's place in the output.
pub fn linked(path: &str, sheet: &str, placed: &[(String, String)]) -> String {
    let up = "../".repeat(path.matches('/').count());
    let mut linked = String::with_capacity(sheet.len());
    let mut rest = sheet;
    while let Some(at) = rest.find("url(") {
        let (before, after) = rest.split_at(at + "url(".len());
        linked.push_str(before);
        rest = after;
        let Some(end) = after.find(')') else { break };
        let written = after[..end].trim().trim_matches(['"', '\'']);
        let file = joined(path, written).and_then(|name| placed.iter().find(|(known, _)| *known == name));
        if let Some((_, target)) = file {
            linked.push_str(&format!("\"{up}{}\"", target.strip_prefix("assets/").unwrap_or(target)));
            rest = &after[end..];
        }
    }
    linked.push_str(rest);
    linked
}

/// A custom property where it gets a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Declaration<'a> {
    /// `--accent`
    pub name: &'a str,
    /// Its value.
    pub value: &'a str,
    /// The bytes of its name.
    pub span: Range<usize>,
    /// Whether it holds for whole pages, on every medium.
    pub at_root: bool,
}

/// A custom property where it is used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Use<'a> {
    /// `--accent`
    pub name: &'a str,
    /// The bytes of its name.
    pub span: Range<usize>,
    /// Whether something stands in for it where nothing declares it.
    pub has_fallback: bool,
}

/// Every custom property of a sheet: where it gets a value, and where it is used.
pub fn properties(sheet: &str) -> (Vec<Declaration<'_>>, Vec<Use<'_>>) {
    let plain = without_comments(sheet);
    let (mut declarations, mut uses) = (Vec::new(), Vec::new());
    // The words before each brace that is open, and where the present ones begin.
    let (mut open, mut from) = (Vec::new(), 0);
    for (at, c) in plain.char_indices() {
        match c {
            '{' => {
                open.push(plain[from..at].trim());
                from = at + 1;
            }
            '}' => {
                open.pop();
                from = at + 1;
            }
            ';' => from = at + 1,
            '-' if plain[at..].starts_with("--") => {
                let is_letter = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
                if plain[..at].ends_with(is_letter) {
                    continue;
                }
                let length = plain[at..].find(|c| !is_letter(c)).unwrap_or(plain.len() - at);
                let (name, span, rest) = (&sheet[at..at + length], at..at + length, plain[at + length..].trim_start());
                let before = plain[from..at].trim();
                if before.is_empty() && rest.starts_with(':') {
                    let start = plain.len() - rest.len() + 1;
                    let end = plain[start..].find([';', '}']).map_or(plain.len(), |end| start + end);
                    let at_root = open.iter().all(|words| words.starts_with("@layer") || *words == ":root");
                    declarations.push(Declaration { name, value: sheet[start..end].trim(), span, at_root });
                } else if before == "@property" {
                    declarations.push(Declaration { name, value: "", span, at_root: false });
                } else if plain[..at].trim_end().ends_with("var(") {
                    uses.push(Use { name, span, has_fallback: rest.starts_with(',') });
                }
            }
            _ => {}
        }
    }
    (declarations, uses)
}

/// The sheet with blanks for its comments, so that every byte keeps its place.
fn without_comments(sheet: &str) -> String {
    let mut plain = String::with_capacity(sheet.len());
    let mut rest = sheet;
    while let Some(at) = rest.find("/*") {
        let end = rest[at..].find("*/").map_or(rest.len(), |end| at + end + 2);
        plain.push_str(&rest[..at]);
        plain.extend(std::iter::repeat_n(' ', end - at));
        rest = &rest[end..];
    }
    plain.push_str(rest);
    plain
}

/// The custom properties of whole pages.
pub struct Tokens {
    values: Vec<(String, String)>,
}

impl Tokens {
    /// Those of a sheet; the last value of each stands.
    pub fn of(sheet: &str) -> Tokens {
        let (declarations, _) = properties(sheet);
        let at_root = declarations.into_iter().filter(|declaration| declaration.at_root);
        Tokens { values: at_root.map(|one| (one.name.to_string(), one.value.to_string())).collect() }
    }

    /// What a property is, as it is written.
    pub fn value(&self, property: &str) -> Option<&str> {
        self.values.iter().rev().find(|(name, _)| name == property).map(|(_, value)| value.as_str())
    }

    /// What a property is in light and on dark pages, where it is a colour of digits.
    pub fn colors(&self, property: &str) -> Option<(Color, Color)> {
        let value = self.value(property)?;
        match value.strip_prefix("light-dark(").and_then(|rest| rest.strip_suffix(')')) {
            Some(pair) => {
                let (light, dark) = pair.split_once(',')?;
                Some((Color::read(light.trim())?, Color::read(dark.trim())?))
            }
            None => Color::read(value).map(|color| (color, color)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHEET: &str = "/* --no: 1 */ @layer tokens { :root { --ground: light-dark(#fff, #111); --gap:2px } }\n\
                         @media print { :root { --ground: #eee; } } a { color: var(--ink); margin: var(--gap, 1px); }";

    #[test]
    fn properties_are_found_where_they_stand() {
        let (declarations, uses) = properties(SHEET);
        let names: Vec<(&str, &str, bool)> =
            declarations.iter().map(|one| (one.name, one.value, one.at_root)).collect();
        assert_eq!(
            names,
            [("--ground", "light-dark(#fff, #111)", true), ("--gap", "2px", true), ("--ground", "#eee", false)]
        );
        assert!(declarations.iter().all(|one| &SHEET[one.span.clone()] == one.name));
        let names: Vec<(&str, bool)> = uses.iter().map(|one| (one.name, one.has_fallback)).collect();
        assert_eq!(names, [("--ink", false), ("--gap", true)]);
    }

    #[test]
    fn what_holds_for_paper_alone_is_no_token() {
        let ground = Tokens::of(SHEET).colors("--ground").map(|(light, dark)| (light.to_string(), dark.to_string()));
        assert_eq!(ground, Some(("#ffffff".to_string(), "#111111".to_string())));
    }

    #[test]
    fn addresses_in_a_sheet_lead_to_the_files_copies() {
        let placed = [("shop.svg".to_string(), "assets/shop.1a.svg".to_string())];
        let sheet = "a { background: url(shop.svg) } b { src: url('https://x.y/z') } c { d: url( \"./shop.svg\" ) }";
        assert_eq!(
            linked("theme.css", sheet, &placed),
            "a { background: url(\"shop.1a.svg\") } b { src: url('https://x.y/z') } c { d: url(\"shop.1a.svg\") }"
        );
        assert_eq!(linked("css/x.css", "url(../shop.svg)", &placed), "url(\"../shop.1a.svg\")");
    }

    #[test]
    fn odd_sheets_are_read_to_their_end() {
        for sheet in ["", "--", "a{--", "}}}--x:1", "/*", "url(", "var(--", "é--x: 1", "--é:1;var(--é)"] {
            properties(sheet);
            linked("x.css", sheet, &[]);
        }
    }
}
