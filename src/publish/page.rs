//! A finished page to what a reader knows of it: title, words, and the headings that others link to.

use crate::parse::html::{attribute, tag_end, unescaped};
use xxhash_rust::xxh3::xxh3_64;

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Page {
    /// The first `<h1>`, else the `<title>`.
    pub title: String,
    /// How many words stand in `<main>`, or in `<body>` where there is none.
    pub words: u32,
    /// A hash of these words.
    pub text: u64,
    /// The ids of its headings, in order.
    pub anchors: Vec<String>,
}

/// Elements whose text nobody reads.
const UNREAD: [&str; 5] = ["script", "style", "template", "svg", "footer"];

/// Reads a page that was written by a template. It is no parser of other people's HTML: what is malformed is read as it comes.
pub fn page(html: &str) -> Page {
    let mut page = Page::default();
    let (mut title, mut heading) = (String::new(), String::new());
    let mut read = String::with_capacity(html.len() / 4);
    let main = element(html, "main").or_else(|| element(html, "body")).unwrap_or(html);
    if let Some(found) = element(html, "title") {
        push_words(found, &mut title);
    }
    let mut in_title = false;
    let mut rest = main;
    while !rest.is_empty() {
        let open = memchr::memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
        let text = &rest[..open];
        for word in text.split_ascii_whitespace() {
            page.words += 1;
            read.push_str(word);
            read.push(' ');
        }
        if in_title {
            push_words(text, &mut heading);
        }
        rest = &rest[open..];
        if rest.is_empty() {
            break;
        }
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        let (tag, after) = rest.split_at(tag_end(rest, 0));
        rest = after;
        let name = name_of(tag);
        if UNREAD.contains(&name) && !tag.ends_with("/>") {
            rest = after_end(rest, name);
        }
        if matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6") {
            page.anchors.extend(attribute(tag, "id").filter(|id| !id.is_empty()));
        }
        match name {
            "h1" if heading.is_empty() => in_title = true,
            "/h1" => in_title = false,
            _ => {}
        }
    }
    page.text = xxh3_64(read.as_bytes());
    page.title = unescaped(if heading.is_empty() { &title } else { &heading });
    page
}

/// What stands in the first element of this name.
fn element<'h>(html: &'h str, name: &str) -> Option<&'h str> {
    let mut from = 0;
    while let Some(at) = html[from..].find(&format!("<{name}")).map(|at| from + at) {
        let after = &html[at + 1 + name.len()..];
        if after.starts_with(['>', ' ', '\n', '\t']) {
            let inner = &html[tag_end(html, at)..];
            return Some(inner.find(&format!("</{name}")).map_or(inner, |end| &inner[..end]));
        }
        from = at + 1;
    }
    None
}

/// The name in a tag, with the `/` of one that closes.
fn name_of(tag: &str) -> &str {
    let tag = tag[1..].trim_end_matches('>');
    let end = tag.find(|c: char| c.is_ascii_whitespace()).unwrap_or(tag.len());
    let name = &tag[..end];
    if name.len() > 1 { name.trim_end_matches('/') } else { name }
}

/// What follows the end of an element that has just been opened; such do not nest but for `svg`, where the first end will do.
fn after_end<'h>(rest: &'h str, name: &str) -> &'h str {
    let close = format!("</{name}");
    rest.find(&close).map_or("", |at| rest[at..].find('>').map_or("", |end| &rest[at + end + 1..]))
}

fn push_words(text: &str, words: &mut String) {
    for word in text.split_whitespace() {
        if !words.is_empty() {
            words.push(' ');
        }
        words.push_str(word);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_its_title_its_words_and_its_headings() {
        let read = page(
            "<html><head><title>A — Playbook</title></head><body><nav>not this</nav><main id=\"m\">\
             <h1>A &amp;\n <em>more</em></h1><p>One two<br/>three</p><!-- not <p> this --><script>if (a<b) {}</script>\
             <h2 class=\"x\" id=\"there\">There</h2><svg><text>no</text></svg><h3 title=\"a > b\" id='here'>Here</h3></main></body></html>",
        );
        assert_eq!(read.title, "A & more");
        assert_eq!(read.words, 8);
        assert_eq!(read.anchors, ["there", "here"]);
        let other = page("<main><h1>A &amp; more</h1> One two three There Here</main>");
        assert_eq!((other.words, other.text), (read.words, read.text));
        assert_ne!(page("<main><h1>A &amp; more</h1> One two four There Here</main>").text, read.text);
    }

    #[test]
    fn what_is_no_page_is_read_all_the_same() {
        assert_eq!(page("").words, 0);
        assert_eq!(page("words < alöne").words, 1);
        assert_eq!(page("<main").words, 0);
        assert_eq!(page("<body><script>").words, 0);
        assert_eq!(page("<title>Moved</title><body></body>").title, "Moved");
    }
}
