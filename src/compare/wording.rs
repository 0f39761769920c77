//! Prose to its words, in all or section by section, and two texts to how many words came and went.

use super::WordCount;
use super::pairing::common;
use crate::playbook::Prose;
use crate::playbook::prose::{Body, LinkTo, Piece};
use crate::view::body::words_of;
use xxhash_rust::xxh3::xxh3_64;

/// A part of a page, from its heading to the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Its heading; empty of what stands above the first.
    pub title: String,
    /// Its words.
    pub words: String,
}

/// The words of prose, without its markup. Checklists have ids and are compared by them.
pub fn words(prose: &Prose) -> String {
    let mut html = String::new();
    prose.pieces().iter().for_each(|piece| push(&prose.body, piece, &mut html));
    words_of(&html).trim().to_string()
}

/// The sections of prose, footnotes last.
pub fn sections(prose: &Prose) -> Vec<Section> {
    let body = &prose.body;
    let mut sections = vec![(String::new(), String::new())];
    let mut in_heading = false;
    for piece in prose.pieces() {
        match piece {
            Piece::Heading(number) => {
                in_heading = true;
                sections.push((body.headings[*number as usize].title.trim().to_string(), String::new()));
            }
            Piece::HeadingEnd(_) => in_heading = false,
            piece if !in_heading => {
                if let Some((_, html)) = sections.last_mut() {
                    push(body, piece, html);
                }
            }
            _ => {}
        }
    }
    if !body.footnotes.is_empty() {
        let mut html = String::new();
        body.footnotes.iter().flat_map(|note| &note.pieces).for_each(|piece| push(body, piece, &mut html));
        sections.push(("footnotes".to_string(), html));
    }
    sections
        .into_iter()
        .map(|(title, html)| Section { title, words: words_of(&html).trim().to_string() })
        .filter(|section| !section.title.is_empty() || !section.words.is_empty())
        .collect()
}

fn push(body: &Body, piece: &Piece, html: &mut String) {
    match piece {
        Piece::Markup(markup) => html.push_str(markup),
        // A link without words takes its target's: what it leads to says most of it.
        Piece::Link(number) if body.links[*number as usize].empty => match &body.links[*number as usize].to {
            LinkTo::Typed(kind, id, _) => html.push_str(&format!("{}:{id}", kind.name())),
            LinkTo::File(path, _) | LinkTo::Address(path, _) => html.push_str(path),
            _ => {}
        },
        Piece::Image(number) => {
            html.push_str(" [");
            html.push_str(body.links[*number as usize].image.as_deref().unwrap_or_default());
            html.push_str("] ");
        }
        Piece::Heading(_) | Piece::HeadingEnd(_) | Piece::Open(_) | Piece::Close => html.push('\n'),
        _ => {}
    }
}

/// Sorted prints of a text's words, letters' case apart.
pub fn prints(text: &str) -> Vec<u64> {
    let words = text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty());
    let mut prints: Vec<u64> = words.map(|word| xxh3_64(word.to_lowercase().as_bytes())).collect();
    prints.sort_unstable();
    prints
}

/// How many words went and how many came.
pub fn count(then: &str, now: &str) -> WordCount {
    let (then, now) = (prints(then), prints(now));
    let common = common(&then, &now);
    WordCount { gone: then.len() - common, new: now.len() - common }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_whatever_their_order() {
        assert_eq!(count("One two, two.", "two ONE three"), WordCount { gone: 1, new: 1 });
        assert_eq!(count("", "three new words"), WordCount { gone: 0, new: 3 });
    }
}
