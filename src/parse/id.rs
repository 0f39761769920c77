//! A name as it was typed to an id.

use unicode_normalization::UnicodeNormalization;

/// Lower-cased, Unicode NFC, spaces and `_` become `-`.
pub fn normalised(name: &str) -> String {
    if name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-') {
        return name.to_string();
    }
    if name.is_ascii() {
        let of_byte = |byte: u8| match byte {
            b'_' | b' ' | b'\t'..=b'\r' => '-',
            byte => char::from(byte.to_ascii_lowercase()),
        };
        return name.trim().bytes().map(of_byte).collect();
    }
    let lower = name.trim().to_lowercase();
    lower.nfc().map(|c| if c == '_' || c.is_whitespace() { '-' } else { c }).collect()
}

/// A heading's words as an anchor: letters of any script, digits and hyphens.
pub fn anchor(title: &str) -> String {
    let mut anchor = String::with_capacity(title.len());
    if title.is_ascii() {
        // Most titles, and each is looked at on every build.
        for byte in title.bytes() {
            if byte.is_ascii_alphanumeric() {
                anchor.push(char::from(byte.to_ascii_lowercase()));
            } else if (byte.is_ascii_whitespace() || matches!(byte, b'-' | b'_' | b'/' | 0x0b))
                && !anchor.ends_with('-')
                && !anchor.is_empty()
            {
                anchor.push('-');
            }
        }
        return closed(anchor);
    }
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
    closed(anchor)
}

fn closed(mut anchor: String) -> String {
    let kept = anchor.trim_end_matches('-').len();
    anchor.truncate(kept);
    if anchor.is_empty() { "section".to_string() } else { anchor }
}

#[cfg(test)]
mod tests {
    use super::{anchor, normalised};

    #[test]
    fn names_are_normalised_alike_in_ascii_and_beyond() {
        for name in [" First_Year/Welcome ", "a b\tc\u{b}d", "\u{1c}x", "UPPER", "", "already-so"] {
            assert_eq!(normalised(name), normalised(&format!("{name}é")).trim_end_matches(['é', '-']), "{name:?}");
        }
    }

    #[test]
    fn anchors_of_ascii_and_of_other_letters_follow_one_rule() {
        for title in [
            "The first-year Map",
            " Who / what_then? ",
            "a - b",
            "--",
            "",
            "NPS, CSAT & CES",
            "tab\tand\u{b}more",
            "x\u{1c}y",
        ] {
            // A letter at the end sends it down the other road.
            let other = anchor(&format!("{title}é"));
            let expected = other.trim_end_matches('é').trim_end_matches('-');
            let expected = if expected.is_empty() { "section" } else { expected };
            assert_eq!(anchor(title), expected, "{title:?}");
        }
    }
}
