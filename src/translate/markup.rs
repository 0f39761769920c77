//! A text and its translation to what the translation lost on the way, or has too much.

use rustc_hash::FxHashMap;

/// Arguments of directives that readers see.
pub const WORDS: [&str; 5] = ["title", "caption", "alt", "by", "source"];

/// What a translation lacks of its source's markup, and what it has beyond it: links within the playbook, ids, footnotes and
/// directives. Where links lead on other sites may differ: there may be a page in the reader's language.
pub fn difference(source: &str, translation: &str) -> (Vec<String>, Vec<String>) {
    let mut counts: FxHashMap<String, i64> = FxHashMap::default();
    let (ours, theirs) = (marks(source), marks(translation));
    for mark in &theirs {
        *counts.entry(mark.clone()).or_default() += 1;
    }
    let mut lost = Vec::new();
    for mark in ours {
        let count = counts.entry(mark.clone()).or_default();
        *count -= 1;
        if *count < 0 {
            lost.push(mark);
        }
    }
    let mut added = Vec::new();
    for mark in theirs.into_iter().rev() {
        if let Some(count) = counts.get_mut(&mark).filter(|count| **count > 0) {
            *count -= 1;
            added.push(mark);
        }
    }
    (lost, added)
}

/// Everything that a translation has to carry over, in order.
fn marks(text: &str) -> Vec<String> {
    let text = without_code(text);
    let mut marks: Vec<String> =
        text.lines().map(str::trim).filter(|line| line.starts_with(":::")).map(directive).collect();
    for (at, _) in text.match_indices("](") {
        let target = near(&text, at + 2).split([')', ' ', '\n']).next().unwrap_or("");
        if let Some(link) = inner_link(target) {
            marks.push(format!("({link})"));
        }
    }
    for (at, _) in text.match_indices("[^") {
        if let Some(end) = near(&text, at).find(']') {
            marks.push(text[at..at + end + 1].to_string());
        }
    }
    for (at, _) in text.match_indices("{#") {
        if let Some(id) = near(&text, at + 1).split([' ', '}', '\n']).next() {
            marks.push(format!("{{{id}}}"));
        }
    }
    marks
}

/// What follows in a text, as far as a mark of markup may reach: so that a million that are never closed cost no more than their
/// number.
fn near(text: &str, at: usize) -> &str {
    let mut end = (at + 1_000).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[at..end]
}

/// A link without its anchor, if it stays within the playbook.
fn inner_link(target: &str) -> Option<&str> {
    let outside = ["http:", "https:", "mailto:", "tel:"].iter().any(|scheme| target.starts_with(scheme));
    let file = target.split('#').next().unwrap_or("");
    (!outside && !file.is_empty()).then_some(file)
}

/// A directive's line without the words in it.
fn directive(line: &str) -> String {
    let mut kept = line.to_string();
    for key in WORDS {
        let open = format!("{key}=\"");
        let Some(at) = kept.find(&open) else { continue };
        let from = at + open.len();
        let mut escaped = false;
        let end = kept[from..].char_indices().find(|(_, c)| {
            let ends = *c == '"' && !escaped;
            escaped = *c == '\\' && !escaped;
            ends
        });
        if let Some((end, _)) = end {
            kept.replace_range(from..from + end, "…");
        }
    }
    kept
}

/// A text without what stands between backticks.
fn without_code(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    // Where a run of backticks is not closed, no later one of its length is.
    let mut unclosed = [false; 80];
    while let Some(at) = rest.find('`') {
        let (before, ticks) = rest.split_at(at);
        out.push_str(before);
        let length = ticks.bytes().take_while(|byte| *byte == b'`').count();
        let mark = &ticks[..length];
        let inside = &ticks[length..];
        let hopeless = unclosed.get(length).copied().unwrap_or(true);
        rest = match (!hopeless).then(|| closing(inside, mark)).flatten() {
            Some(end) => &inside[end + length..],
            None => {
                if let Some(unclosed) = unclosed.get_mut(length) {
                    *unclosed = true;
                }
                inside
            }
        };
    }
    out.push_str(rest);
    out
}

/// Where as many backticks follow, and no more.
fn closing(text: &str, mark: &str) -> Option<usize> {
    let mut from = 0;
    while let Some(at) = text[from..].find(mark) {
        let start = from + at;
        let length = text[start..].bytes().take_while(|byte| *byte == b'`').count();
        if length == mark.len() {
            return Some(start);
        }
        from = start + length;
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lost(source: &str, translation: &str) -> Vec<String> {
        difference(source, translation).0
    }

    #[test]
    fn what_is_lost_is_named() {
        assert_eq!(lost("See [it](promise:reply).", "Se det."), ["(promise:reply)"]);
        assert_eq!(lost("- [ ] Every price {#price}", "- [ ] Varje pris"), ["{#price}"]);
        assert_eq!(lost("So[^1].", "Så."), ["[^1]"]);
        assert_eq!(lost(":::aside{kind=\"tip\" title=\"A\"}", ":::aside{kind=\"tips\" title=\"B\"}").len(), 1);
        assert_eq!(difference("a", "[b](term:c)").1, ["(term:c)"]);
    }

    #[test]
    fn words_anchors_and_other_sites_may_differ() {
        assert!(lost(":::aside{kind=\"tip\" title=\"A \\\"b\\\"\"}", ":::aside{kind=\"tip\" title=\"Ä\"}").is_empty());
        assert!(lost("[a](b.md#c)", "[ä](b.md#d)").is_empty());
        assert!(lost("[a](https://en.example.com)", "[ä](https://sv.example.com)").is_empty());
        assert!(lost("`[a](b.md)` and ``{#x} ` ``", "`x`").is_empty());
    }
}
