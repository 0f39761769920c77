//! Code to HTML with short classes.

/// The code's markup; `None` where the language is unknown.
pub fn highlight(_language: &str, _code: &str) -> Option<String> {
    None
}
