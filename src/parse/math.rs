//! LaTeX to MathML.

use pulldown_latex::config::{DisplayMode, RenderConfig};
use pulldown_latex::{Parser, Storage, push_mathml};

/// Longer formulas are refused: nobody reads them, and a parser's time would not be bounded.
const LONGEST: usize = 20_000;

/// The formula's markup, or why it cannot be read.
pub fn mathml(tex: &str, display: bool) -> Result<String, String> {
    if tex.len() > LONGEST || nesting(tex) > 100 {
        return Err("it is too long or too deep".to_string());
    }
    let storage = Storage::new();
    let mode = if display { DisplayMode::Block } else { DisplayMode::Inline };
    let config = RenderConfig { display_mode: mode, ..RenderConfig::default() };
    // Errors come as events; the writer would draw them into the page.
    for event in Parser::new(tex, &storage) {
        if let Err(error) = event {
            let message = error.to_string();
            let line = message.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or("unknown").to_string();
            return Err(line.chars().take(160).collect());
        }
    }
    let storage = Storage::new();
    let mut markup = String::new();
    push_mathml(&mut markup, Parser::new(tex, &storage), config).map_err(|error| error.to_string())?;
    Ok(without_styles(&markup))
}

fn nesting(tex: &str) -> usize {
    let mut depth = 0usize;
    let mut deepest = 0;
    for byte in tex.bytes() {
        match byte {
            b'{' => {
                depth += 1;
                deepest = deepest.max(depth);
            }
            b'}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    deepest
}

/// A strict policy of content security lets no `style` attribute pass.
fn without_styles(markup: &str) -> String {
    let mut out = String::with_capacity(markup.len());
    let mut rest = markup;
    while let Some(at) = rest.find(" style=\"") {
        out.push_str(&rest[..at]);
        let after = &rest[at + 8..];
        rest = after.find('"').map_or("", |end| &after[end + 1..]);
    }
    out.push_str(rest);
    out
}
