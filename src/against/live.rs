//! What others may have linked to: addresses that were live, and the ids of a page.

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_id_is_read_that_a_reader_could_link_to() {
        let page = "<html><head><title>A – Site</title><script>if (a<b) { '<h2 id=\"no\">' }</script></head><body>\
                    <!-- <h2 id=\"no\"> --><h1>A <em>b</em></h1><div id=list><h2 title='a > b' id=\"one\">One</h2>";
        let id = |id: &str, heading| Id { id: id.to_string(), heading };
        assert_eq!(ids(page), [id("list", false), id("one", true)]);
    }
}
