//! A request's target to an address of the site, or a refusal. An address is looked up among those that there are, never on
//! the disk, so this is the second of two locks.

use crate::view::decoded;

/// The address that a request's path means: decoded once, beginning with `/`. None: nobody writes such an address by
/// honest means.
pub fn address(path: &str) -> Option<String> {
    let address = decoded(path)?;
    let inner = address.strip_prefix('/')?;
    if address.chars().any(|c| c.is_control() || c == '\\' || c == '#') {
        return None;
    }
    let folders = inner.strip_suffix('/').unwrap_or(inner);
    let wrong = |part: &str| matches!(part, "" | "." | "..");
    if !inner.is_empty() && folders.split('/').any(wrong) {
        return None;
    }
    Some(address)
}

/// An address below the path of `base_url`, without it: begins with `/`.
pub fn below<'a>(address: &'a str, base: &str) -> Option<&'a str> {
    let folder = base.strip_suffix('/').unwrap_or(base);
    address.strip_prefix(folder).filter(|inner| inner.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_decoded_once() {
        assert_eq!(address("/").as_deref(), Some("/"));
        assert_eq!(address("/guides/k%C3%A4nn%20dig/").as_deref(), Some("/guides/känn dig/"));
        assert_eq!(address("/%252e%252e/x").as_deref(), Some("/%2e%2e/x"));
        assert_eq!(address("/.well-known/a..b").as_deref(), Some("/.well-known/a..b"));
    }

    #[test]
    fn ways_out_are_refused() {
        for path in [
            "",
            "*",
            "x",
            "//",
            "//x",
            "/a//b",
            "/..",
            "/../x",
            "/a/../../x",
            "/%2e%2e/x",
            "/%2E%2e%2fx",
            "/a/./b",
            "/a%5c..%5cx",
            "/..%5cx",
            "/a%00",
            "/a%0d%0a",
            "/a%23b",
            "/%",
            "/%ff",
            "/a%2f%2fb",
            "/a%2f..",
        ] {
            assert_eq!(address(path), None, "{path}");
        }
    }

    #[test]
    fn a_base_is_compared_by_its_parts() {
        assert_eq!(below("/a/b/", "/"), Some("/a/b/"));
        assert_eq!(below("/site/a", "/site/"), Some("/a"));
        assert_eq!(below("/site/", "/site/"), Some("/"));
        assert_eq!(below("/site-secret/a", "/site/"), None);
        assert_eq!(below("/site", "/site/"), None);
    }
}
