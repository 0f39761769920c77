//! `skip` and `allow` of the settings to whether an address is meant.

use std::sync::Arc;
use url::Url;

/// Patterns in which `*` stands for anything.
pub struct Patterns(Vec<Arc<str>>);

impl Patterns {
    /// As they were written.
    pub fn new(written: &[Arc<str>]) -> Patterns {
        Patterns(written.iter().map(|pattern| pattern.to_lowercase().into()).collect())
    }

    /// Whether one of them fits an address: as a whole where it says `://`, else its host, also with what follows it.
    pub fn fit(&self, address: &Url) -> bool {
        let whole = address.as_str().to_lowercase();
        let host = address.host_str().unwrap_or_default();
        // Names and passwords have been taken out of addresses.
        let from_host = whole.split_once("://").map_or("", |(_, rest)| rest);
        let is = |pattern: &str, text: &str| fits(pattern, text) || fits(pattern, text.trim_end_matches('/'));
        self.0.iter().any(|pattern| match pattern.contains("://") {
            true => is(pattern, &whole),
            false => fits(pattern, host) || is(pattern, from_host),
        })
    }

    /// Whether one of them is this host's.
    pub fn fit_host(&self, host: &str) -> bool {
        let host = host.trim_matches(['[', ']']);
        self.0.iter().any(|pattern| fits(pattern.trim_matches(['[', ']']), host))
    }
}

/// Whether all of `text` fits. Linear but for stars that have to be moved on: the last one seen is the only one that needs to be.
fn fits(pattern: &str, text: &str) -> bool {
    let (pattern, text) = (pattern.as_bytes(), text.as_bytes());
    let (mut p, mut t) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some(b'*') => {
                star = Some((p, t));
                p += 1;
            }
            Some(byte) if *byte == text[t] => {
                p += 1;
                t += 1;
            }
            _ => match &mut star {
                Some((at, from)) => {
                    *from += 1;
                    (p, t) = (*at + 1, *from);
                }
                None => return false,
            },
        }
    }
    pattern[p..].iter().all(|byte| *byte == b'*')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fit(pattern: &str, address: &str) -> bool {
        Patterns::new(&[pattern.into()]).fit(&address.parse().expect("an address"))
    }

    #[test]
    fn a_pattern_without_a_scheme_is_about_the_host() {
        assert!(fit("example.com", "https://example.com/a?b"));
        assert!(fit("*.Example.com", "https://www.example.com/"));
        assert!(fit("example.com/a/*", "http://example.com/a/b"));
        assert!(fit("p/*", "http://p/x"));
        assert!(fit("wiki.intern:8080", "http://wiki.intern:8080/"));
        assert!(!fit("example.com", "https://www.example.com/"));
        assert!(!fit("example.com", "https://other.com/example.com"));
        assert!(!fit("example.com/a/*", "http://example.com/b/a/"));
    }

    #[test]
    fn a_pattern_with_a_scheme_is_about_the_whole() {
        assert!(fit("https://example.com/*", "https://example.com/a"));
        assert!(fit("https://example.com", "https://example.com/"));
        assert!(!fit("https://example.com/*", "http://example.com/a"));
    }

    #[test]
    fn stars_are_moved_on() {
        assert!(fits("*aab", "aaaaab"));
        assert!(fits("a*b*c", "a-b-b-c"));
        assert!(!fits("a*b*c", "a-b-b-"));
        assert!(!fits(&"a*".repeat(40), &"b".repeat(4_000)));
    }
}
