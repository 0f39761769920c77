//! The quotation marks of a language.

/// Opening and closing marks, double and single.
pub struct Quotes(&'static str, &'static str, &'static str, &'static str);

impl Quotes {
    /// The language's mark for an English one.
    pub fn of(&self, english: &str) -> &'static str {
        match english {
            "“" => self.0,
            "”" => self.1,
            "‘" => self.2,
            _ => self.3,
        }
    }
}

/// The marks of a language, after CLDR's delimiters; English ones where the language is not listed.
pub fn of(tag: &str) -> Quotes {
    match tag.split(['-', '_']).next().unwrap_or(tag) {
        "sv" | "fi" => Quotes("”", "”", "’", "’"),
        "da" | "de" | "cs" | "sk" | "sl" | "is" | "et" | "lt" | "bg" => Quotes("„", "“", "‚", "‘"),
        "pl" | "ro" | "hu" | "hr" | "sr" => Quotes("„", "”", "‚", "’"),
        "fr" => Quotes("«\u{a0}", "\u{a0}»", "‹\u{a0}", "\u{a0}›"),
        "nb" | "nn" | "no" | "es" | "it" | "pt" | "ru" | "uk" | "el" | "ca" | "fa" => Quotes("«", "»", "‘", "’"),
        "ja" | "zh" if tag.ends_with("TW") || tag.starts_with("ja") => Quotes("「", "」", "『", "』"),
        "ar" => Quotes("”", "“", "’", "‘"),
        "he" => Quotes("”", "”", "’", "’"),
        _ => Quotes("“", "”", "‘", "’"),
    }
}
