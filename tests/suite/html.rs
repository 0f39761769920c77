//! Our own pages to tags and texts: enough of HTML to look at what we write, and strict about it.

/// A piece of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    /// A tag: its name, lower-cased (`/p` closes), and its attributes, entities read.
    Tag(String, Vec<(String, String)>),
    /// Text, entities read.
    Text(String),
    /// A comment or declaration, as written.
    Other(String),
}

/// Takes a page apart. What is in `<script>` and `<style>` is one text.
pub fn tokens(html: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = html;
    while !rest.is_empty() {
        let starts = |bytes: &[u8]| {
            bytes.len() > 1 && (bytes[1].is_ascii_alphabetic() || matches!(bytes[1], b'/' | b'!' | b'?'))
        };
        let open = rest.match_indices('<').map(|(at, _)| at).find(|at| starts(&rest.as_bytes()[*at..]));
        let (text, tag) = rest.split_at(open.unwrap_or(rest.len()));
        if !text.is_empty() {
            tokens.push(Token::Text(unescaped(text)));
        }
        let Some(inner) = tag.strip_prefix('<') else { break };
        if inner.starts_with(['!', '?']) {
            let close = if inner.starts_with("!--") {
                "-->"
            } else if inner.starts_with("![CDATA[") {
                "]]>"
            } else {
                ">"
            };
            let end = inner.find(close).map_or(inner.len(), |at| at + close.len());
            tokens.push(Token::Other(inner[..end].to_string()));
            rest = &inner[end..];
            continue;
        }
        let (name, attributes, after) = tag_of(inner);
        rest = after;
        if matches!(name.as_str(), "script" | "style") {
            let end = rest.to_ascii_lowercase().find(&format!("</{name}")).unwrap_or(rest.len());
            tokens.push(Token::Tag(name, attributes));
            tokens.push(Token::Text(rest[..end].to_string()));
            rest = &rest[end..];
        } else {
            tokens.push(Token::Tag(name, attributes));
        }
    }
    tokens
}

fn tag_of(inner: &str) -> (String, Vec<(String, String)>, &str) {
    let end = inner.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(inner.len());
    let name = inner[..end].trim_end_matches('/').to_ascii_lowercase();
    let name = if inner.starts_with('/') && name.is_empty() { "/".to_string() } else { name };
    let mut rest = &inner[end..];
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if let Some(after) = rest.strip_prefix('>') {
            return (name, attributes, after);
        }
        if rest.is_empty() {
            return (name, attributes, rest);
        }
        let end = rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '=')).unwrap_or(rest.len()).max(1);
        let key = rest[..end].to_ascii_lowercase();
        rest = &rest[end..];
        let mut value = "";
        if let Some(after) = rest.trim_start().strip_prefix('=') {
            let after = after.trim_start();
            let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
            match quote {
                Some(quote) => {
                    let end = after[1..].find(quote).map_or(after.len(), |at| at + 1);
                    value = &after[1..end];
                    rest = after.get(end + 1..).unwrap_or("");
                }
                None => {
                    let end = after.find(|c: char| c.is_ascii_whitespace() || c == '>').unwrap_or(after.len());
                    value = &after[..end];
                    rest = &after[end..];
                }
            }
        }
        attributes.push((key, unescaped(value)));
    }
}

/// The entities that we write ourselves, read.
pub fn unescaped(text: &str) -> String {
    let mut text = text.to_string();
    for (entity, character) in [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#x27;", "'"),
        ("&#39;", "'"),
        ("&#x2F;", "/"),
        ("&nbsp;", "\u{a0}"),
        ("&amp;", "&"),
    ] {
        if text.contains(entity) {
            text = text.replace(entity, character);
        }
    }
    text
}
