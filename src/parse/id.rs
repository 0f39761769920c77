//! A name as it was typed to an id.

use unicode_normalization::UnicodeNormalization;

/// Lower-cased, Unicode NFC, spaces and `_` become `-`.
pub fn normalised(name: &str) -> String {
    if name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-') {
        return name.to_string();
    }
    let lower = name.trim().to_lowercase();
    lower.nfc().map(|c| if c == '_' || c.is_whitespace() { '-' } else { c }).collect()
}

/// A heading's words as an anchor: letters of any script, digits and hyphens.
pub fn anchor(title: &str) -> String {
    let mut anchor = String::with_capacity(title.len());
    for character in title.to_lowercase().nfc() {
        if character.is_alphanumeric() || unicode_normalization::char::is_combining_mark(character) {
            anchor.push(character);
        } else if (character.is_whitespace() || matches!(character, '-' | '_' | '–' | '—' | '/'))
            && !anchor.ends_with('-')
            && !anchor.is_empty()
        {
            anchor.push('-');
        }
    }
    let kept = anchor.trim_end_matches('-').len();
    anchor.truncate(kept);
    if anchor.is_empty() { "section".to_string() } else { anchor }
}
