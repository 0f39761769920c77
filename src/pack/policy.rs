//! A finished page to the same page with a policy: only what stands in it may run or dress it.

use crate::render::POLICY;
use base64::Engine as _;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// The page with its policy where its template left room for it. Script and style are read as a browser reads them: up to their end
/// tag. Nothing that a person wrote can open one, since `<` is escaped everywhere else.
pub fn sealed(page: &str) -> String {
    let (styles, scripts) = (hashes(page, "style"), hashes(page, "script"));
    let policy = format!(
        "default-src 'none'; style-src {}; script-src {}; img-src data:; font-src data:; base-uri 'none'; form-action 'none'",
        listed(&styles),
        listed(&scripts)
    );
    page.replacen(POLICY, &policy, 1)
}

fn listed(hashes: &BTreeSet<String>) -> String {
    if hashes.is_empty() {
        return "'none'".to_string();
    }
    hashes.iter().map(|hash| format!("'sha256-{hash}'")).collect::<Vec<_>>().join(" ")
}

fn hashes(page: &str, tag: &str) -> BTreeSet<String> {
    let (open, close) = (format!("<{tag}"), format!("</{tag}>"));
    let mut hashes = BTreeSet::new();
    let mut rest = page;
    while let Some(found) = rest.find(&open) {
        let from = &rest[found + open.len()..];
        let Some(start) = end_of_tag(from) else { break };
        let Some(length) = from[start..].find(&close) else { break };
        let inside = &from[start..start + length];
        hashes.insert(base64::engine::general_purpose::STANDARD.encode(Sha256::digest(inside.as_bytes())));
        rest = &from[start + length..];
    }
    hashes
}

/// Behind the `>` that ends a tag; one in quotes does not.
fn end_of_tag(text: &str) -> Option<usize> {
    let mut quoted = false;
    text.bytes()
        .position(|byte| {
            quoted ^= byte == b'"';
            byte == b'>' && !quoted
        })
        .map(|at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_names_what_stands_inside() {
        let page = "<meta content=\"trustbook-policy\"><style>a{}</style><script data-x=\"a>b\">1</script>";
        let sealed = sealed(page);
        // printf 'a{}' | openssl dgst -sha256 -binary | base64
        assert!(sealed.contains("style-src 'sha256-"), "{sealed}");
        let one = base64::engine::general_purpose::STANDARD.encode(Sha256::digest(b"1"));
        assert!(sealed.contains(&format!("script-src 'sha256-{one}'")), "{sealed}");
        assert!(super::sealed("trustbook-policy").contains("script-src 'none'"));
    }
}
