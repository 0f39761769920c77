//! LaTeX to MathML.

/// The formula's markup, or why it cannot be read.
pub fn mathml(tex: &str, _display: bool) -> Result<String, String> {
    Err(tex.chars().take(10).collect())
}
