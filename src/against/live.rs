//! A built page to what others may have linked to.

use crate::parse::html::{attribute, tag_end};

/// An address that was live.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Live {
    /// Without the base path; begins with `/`.
    pub address: String,
    /// Its title; empty where nobody knows.
    pub title: String,
    /// The ids of its headings.
    pub anchors: Vec<String>,
}

/// Reads a page that stands at `file` in a site's folder.
pub fn of_page(file: &str, html: &str) -> Live {
    let address = match file.strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => format!("/{folder}"),
        _ => format!("/{file}"),
    };
    let anchors = ids(html).into_iter().filter(|id| id.heading).map(|id| id.id).collect();
    Live { address, title: title(html), anchors }
}

/// Something on a page that can be linked to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Id {
    /// Its name.
    pub id: String,
    /// Whether it is a heading.
    pub heading: bool,
}

/// Every id of a page that a theme drew, in order. It is no reader of other people's HTML: what is malformed is read as it comes.
pub fn ids(html: &str) -> Vec<Id> {
    let mut ids = Vec::new();
    let mut rest = html;
    while let Some(open) = memchr::memchr(b'<', rest.as_bytes()) {
        rest = &rest[open..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end..]);
            continue;
        }
        let tag = &rest[..tag_end(rest, 0)];
        rest = &rest[tag.len()..];
        let name = tag[1..].split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        if tag.contains("id=")
            && let Some(id) = attribute(tag, "id").filter(|id| !id.is_empty())
        {
            let heading =
                name.len() == 2 && name.starts_with(['h', 'H']) && name.ends_with(|c: char| ('1'..='6').contains(&c));
            ids.push(Id { id, heading });
        }
        if name.eq_ignore_ascii_case("script") || name.eq_ignore_ascii_case("style") {
            rest = rest.find(&format!("</{name}")).map_or("", |end| &rest[end..]);
        }
    }
    ids
}

/// The words of the first `h1`, else of the `title`.
fn title(html: &str) -> String {
    let inner = |name: &str| {
        let from = html.find(&format!("<{name}"))?;
        let inner = &html[tag_end(html, from)..];
        let words = crate::view::body::words_of(&inner[..inner.find(&format!("</{name}"))?]);
        Some(words).filter(|words| !words.is_empty())
    };
    inner("h1").or_else(|| inner("title")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_its_address_title_and_headings() {
        let page = "<html><head><title>A – Site</title><script>if (a<b) { '<h2 id=\"no\">' }</script></head><body>\
                    <!-- <h2 id=\"no\"> --><h1>A <em>b</em></h1><div id=list><h2 title='a > b' id=\"one\">One</h2>";
        let live = of_page("guides/a/index.html", page);
        let wanted = Live { address: "/guides/a/".into(), title: "A b".into(), anchors: vec!["one".into()] };
        assert_eq!(live, wanted);
        let all: Vec<String> = ids(page).into_iter().map(|id| id.id).collect();
        assert_eq!(all, ["list", "one"]);
        assert_eq!(of_page("index.html", "").address, "/");
        assert_eq!(of_page("404.html", "<").address, "/404.html");
        assert_eq!(of_page("an-index.html", "").address, "/an-index.html");
    }
}
