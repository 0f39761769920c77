//! A formula in TeX to MathML that a page with a strict content policy shows.
//!
//! `pulldown-latex` reads and writes; what it leaves open is closed here. It writes colours and spaces as `style`, which
//! becomes attributes and classes; it does not escape names and signs (`\operatorname{<img …>}`); it recurses once a
//! bare argument; it panics at `\char` before other letters than ASCII's; and macros can keep it busy.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};

use pulldown_latex::config::{DisplayMode, RenderConfig};
use pulldown_latex::event::{Content, Dimension, DimensionUnit, Event};
use pulldown_latex::{Parser, ParserError, Storage, push_mathml};

/// The longest formula that is read, in bytes.
const LONGEST: usize = 20 * 1024;

/// The most commands a formula may have.
const MOST_COMMANDS: usize = 2000;

/// So many commands are read on the caller's stack; more get a stack of their own.
const COMMANDS_AT_HOME: usize = 40;

/// What a command may take of the stack when it is another's bare argument, in bytes: measured at 1.2 KB, in a debug build at
/// 17 KB.
const STACK_A_COMMAND: usize = 24 * 1024;

/// The most events a formula may lead to.
const MOST_EVENTS: usize = 100_000;

/// How deep elements may nest. Browsers flatten what is nested deeper than 512, and a page has elements around these.
const DEEPEST: usize = 200;

/// The widths of negative spaces that have a class, in eighteenths of an em: `math-back-3` is `\!`.
const BACK: [f32; 6] = [1.0, 3.0, 4.0, 5.0, 9.0, 18.0];

/// Commands that are refused, and why.
const REFUSED: [(&str, &str); 9] = [
    ("def", MACRO),
    ("edef", MACRO),
    ("gdef", MACRO),
    ("let", MACRO),
    ("futurelet", MACRO),
    ("newcommand", MACRO),
    ("renewcommand", MACRO),
    ("providecommand", MACRO),
    ("char", "write the character itself"),
];
const MACRO: &str = "a formula cannot define commands";

/// The `<math>` element of a formula; `display` sets it on a line of its own.
///
/// It has no `style` attribute. Classes that the theme's stylesheet has to know: those of `pulldown-latex` (`menv-…`,
/// `cell-left`, `cell-right`, `mop-negated`, `small`), `math-box` for a frame, and `math-back-1`, `-3`, `-4`, `-5`, `-9`
/// and `-18` for a space that goes back by so many eighteenths of an em.
///
/// The error is one line of at most 200 bytes, for the author of the formula.
pub fn mathml(tex: &str, display: bool) -> Result<String, String> {
    if tex.len() > LONGEST {
        return Err(format!("the formula is longer than {} KB", LONGEST / 1024));
    }
    let mut count = 0;
    for command in commands(tex) {
        if let Some((_, why)) = REFUSED.iter().find(|(name, _)| *name == command) {
            return Err(format!("`\\{command}` is not allowed: {why}"));
        }
        count += 1;
    }
    if count > MOST_COMMANDS {
        return Err(format!("the formula has more than {MOST_COMMANDS} commands"));
    }
    if count <= COMMANDS_AT_HOME {
        return read(tex, display);
    }
    std::thread::scope(|scope| {
        std::thread::Builder::new()
            .stack_size((count + COMMANDS_AT_HOME) * STACK_A_COMMAND)
            .spawn_scoped(scope, || read(tex, display))
            .map_err(|error| format!("the formula is too large to be read here: {error}"))?
            .join()
            .unwrap_or_else(|_| Err(BROKEN.to_owned()))
    })
}

const BROKEN: &str = "the formula cannot be read: something in it is not expected there";

/// The names of a formula's commands, in order.
fn commands(tex: &str) -> impl Iterator<Item = &str> {
    let mut rest = tex;
    std::iter::from_fn(move || {
        rest = &rest[rest.find('\\')? + 1..];
        let letters = rest.find(|found: char| !found.is_ascii_alphabetic()).unwrap_or(rest.len());
        let sign = rest.chars().next().map_or(0, char::len_utf8);
        let (name, after) = rest.split_at(letters.max(sign));
        rest = after;
        Some(name)
    })
}

fn read(tex: &str, display: bool) -> Result<String, String> {
    // The reader is fenced in, since nobody has proved that `\char` is all that makes it panic.
    catch_unwind(AssertUnwindSafe(|| write(tex, display))).unwrap_or_else(|_| Err(BROKEN.to_owned()))
}

fn write(tex: &str, display: bool) -> Result<String, String> {
    let storage = Storage::new();
    let mut events = Vec::new();
    for event in Parser::new(tex, &storage) {
        let event = event.map_err(|error| finding(tex, &error))?;
        events.push(mended(event)?);
        if events.len() > MOST_EVENTS {
            return Err("the formula is too large".to_owned());
        }
    }
    let display_mode = if display { DisplayMode::Block } else { DisplayMode::Inline };
    let config = RenderConfig { display_mode, ..RenderConfig::default() };
    let mut html = String::with_capacity(tex.len() * 8 + 64);
    let events = events.into_iter().map(Ok::<_, std::fmt::Error>);
    push_mathml(&mut html, events, config).map_err(|error| format!("the formula cannot be written: {error}"))?;
    without_style(&html)
}

/// An event as the writer should have got it.
fn mended(event: Event<'_>) -> Result<Event<'_>, String> {
    // Pages know no `mu`, the eighteenth of an em; the writer divides by 18 and still calls them `mu`.
    let in_em = |size: Option<Dimension>| {
        size.map(|size| match size.unit {
            DimensionUnit::Mu => Dimension::new(size.value / 18.0, DimensionUnit::Em),
            _ => size,
        })
    };
    Ok(match event {
        // Without a width the writer forgets the name of the tag.
        Event::Space { width, height, depth } => {
            let width = in_em(width).unwrap_or(Dimension::new(0.0, DimensionUnit::Em));
            Event::Space { width: Some(width), height: in_em(height), depth: in_em(depth) }
        }
        // The entity of `\ ` would be escaped.
        Event::Content(Content::Text("&nbsp;")) => {
            Event::Space { width: Some(Dimension::new(0.333, DimensionUnit::Em)), height: None, depth: None }
        }
        Event::Content(Content::Function(name)) if name.contains(['<', '>', '&', '\\', '{', '}']) => {
            return Err(format!("the name of an operator has only letters: `{}`", cut(name, 40)));
        }
        event => event,
    })
}

/// One line for the author.
fn finding(tex: &str, error: &ParserError) -> String {
    let text = error.to_string();
    let mut lines = text.lines();
    let what = lines.next().unwrap_or_default().trim_start_matches("parsing error: ");
    if what.starts_with("unknown primitive")
        && let Some(command) = unknown_command(tex)
    {
        return format!("unknown command `\\{}`", cut(command, 40));
    }
    let what = cut(what, 110).replace("unkown", "unknown").replace("{{}}", "{}").replace("{{", "{").replace("}}", "}");
    // The drawing's third line is what stands around the place.
    match lines.nth(2).map(|line| line.trim_start_matches(['│', ' ', '…']).trim()).filter(|near| !near.is_empty()) {
        Some(near) => format!("{what}, near `{}`", cut(near, 40)),
        None => what,
    }
}

/// The first command of a formula that is unknown by itself.
fn unknown_command(tex: &str) -> Option<&str> {
    let mut seen = BTreeSet::new();
    commands(tex).filter(|command| seen.insert(*command)).take(100).find(|command| {
        let storage = Storage::new();
        let alone = format!("\\{command}");
        let first = Parser::new(&alone, &storage).next();
        matches!(first, Some(Err(error)) if error.to_string().contains("unknown primitive"))
    })
}

/// At most `most` characters of a text, on one line.
fn cut(text: &str, most: usize) -> String {
    let mut cut: String = text.chars().take(most).map(|found| if found.is_control() { ' ' } else { found }).collect();
    if text.chars().nth(most).is_some() {
        cut.push('…');
    }
    cut
}

/// The writer's MathML with signs escaped and every `style` turned into attributes and classes; an error when it nests
/// too deep or has what the writer does not write.
fn without_style(html: &str) -> Result<String, String> {
    let mut clean = String::with_capacity(html.len() + html.len() / 8);
    let mut rest = html;
    let mut depth = 0usize;
    // The height of a row without content, to be put in its first cell.
    let mut height: Option<&str> = None;
    while let Some(tag) = rest.strip_prefix('<') {
        let (tag, after) = tag.split_once('>').ok_or(BROKEN)?;
        rest = after;
        if let Some(name) = tag.strip_prefix('/') {
            depth = depth.saturating_sub(1);
            let _ = write!(clean, "</{name}>");
        } else {
            let empty = tag.trim_end().ends_with('/');
            let tag = tag.trim_end().trim_end_matches('/').trim_end();
            let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
            if !NAMES.contains(&name) {
                return Err(BROKEN.to_owned());
            }
            if let Some(found) = write_tag(&mut clean, name, attributes)? {
                height = Some(found);
            }
            clean.push_str(if empty { "/>" } else { ">" });
            depth += usize::from(!empty);
            if depth > DEEPEST {
                return Err(format!("the formula is nested deeper than {DEEPEST}"));
            }
            if name == "mtd"
                && let Some(height) = height.take()
            {
                let _ = write!(clean, "<mspace height=\"{height}\"/>");
            }
            if matches!(name, "mi" | "mo" | "mn" | "mtext") && !empty {
                // Signs stand here as they are, but in text they are escaped.
                let close = format!("</{name}>");
                let end = rest.find(&close).ok_or(BROKEN)?;
                if name == "mtext" {
                    clean.push_str(&rest[..end])
                } else {
                    escape(&mut clean, &rest[..end])
                }
                rest = &rest[end..];
            }
        }
    }
    if !rest.is_empty() || depth != 0 {
        return Err(BROKEN.to_owned());
    }
    Ok(clean)
}

/// The elements that the writer writes.
const NAMES: [&str; 19] = [
    "math",
    "mfrac",
    "mi",
    "mn",
    "mo",
    "mover",
    "mroot",
    "mrow",
    "mspace",
    "msqrt",
    "msub",
    "msubsup",
    "msup",
    "mtable",
    "mtd",
    "mtext",
    "mtr",
    "munder",
    "munderover",
];

/// Writes the start of a tag, without what closes it. Returns the height that a row should have.
fn write_tag<'a>(clean: &mut String, name: &str, attributes: &'a str) -> Result<Option<&'a str>, String> {
    let mut height = None;
    let mut classes: Vec<&str> = Vec::new();
    let _ = write!(clean, "<{name}");
    let mut rest = attributes.trim_start();
    while !rest.is_empty() {
        let (attribute, after) = rest.split_once("=\"").ok_or(BROKEN)?;
        let (value, after) = after.split_once('"').ok_or(BROKEN)?;
        rest = after.trim_start();
        let plain = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b" .-#():;/".contains(&byte));
        if !attribute.bytes().all(|byte| byte.is_ascii_lowercase()) || !plain(value) {
            return Err(BROKEN.to_owned());
        }
        match attribute {
            "class" => classes.push(value),
            "style" => {
                for (property, value) in value.split("; ").filter_map(|rule| rule.split_once(": ")) {
                    match property {
                        "color" => write_colour(clean, "mathcolor", value),
                        "background-color" => write_colour(clean, "mathbackground", value),
                        "border" => classes.push("math-box"),
                        "margin-left" => classes.push(back(value)),
                        "height" => height = Some(value),
                        _ => {}
                    }
                }
            }
            _ => {
                let _ = write!(clean, " {attribute}=\"{value}\"");
            }
        }
    }
    classes.retain(|class| !class.is_empty());
    if !classes.is_empty() {
        let _ = write!(clean, " class=\"{}\"", classes.join(" "));
    }
    Ok(height)
}

/// `rgb(255 0 0)` as an attribute.
fn write_colour(clean: &mut String, attribute: &str, value: &str) {
    let mut parts =
        value.trim_start_matches("rgb(").trim_end_matches(')').split(' ').map_while(|part| part.parse::<u8>().ok());
    if let (Some(red), Some(green), Some(blue)) = (parts.next(), parts.next(), parts.next()) {
        let _ = write!(clean, " {attribute}=\"#{red:02x}{green:02x}{blue:02x}\"");
    }
}

/// The class of the negative space that comes nearest to a margin such as `-0.1667em`.
fn back(margin: &str) -> &'static str {
    const CLASSES: [&str; 6] =
        ["math-back-1", "math-back-3", "math-back-4", "math-back-5", "math-back-9", "math-back-18"];
    let unit = margin.trim_start_matches(|found: char| found == '-' || found == '.' || found.is_ascii_digit());
    let number: f32 = margin[..margin.len() - unit.len()].parse().unwrap_or(0.0);
    // TeX's units in points, of which a text's em has about ten.
    let points = match unit {
        "em" => 10.0,
        "ex" => 4.3,
        "mm" => 2.845,
        "cm" => 28.45,
        "in" => 72.27,
        "pc" => 12.0,
        "px" => 0.75,
        _ => 1.0,
    };
    let width = -number * points * 1.8;
    let nearest =
        BACK.iter().enumerate().min_by(|(_, one), (_, other)| (*one - width).abs().total_cmp(&(*other - width).abs()));
    nearest.map_or("", |(at, _)| CLASSES[at])
}

fn escape(clean: &mut String, text: &str) {
    for found in text.chars() {
        match found {
            '<' => clean.push_str("&lt;"),
            '>' => clean.push_str("&gt;"),
            '&' => clean.push_str("&amp;"),
            found => clean.push(found),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inner(tex: &str) -> String {
        let html = mathml(tex, false).unwrap_or_else(|error| panic!("{tex}: {error}"));
        assert!(!html.contains(" style="), "{html}");
        let inner = html.strip_prefix("<math display=\"inline\">").and_then(|html| html.strip_suffix("</math>"));
        inner.unwrap_or_else(|| panic!("{html}")).to_owned()
    }

    #[test]
    fn a_formula_is_mathml() {
        assert_eq!(
            mathml(r"\frac{1}{x^2}", true).as_deref(),
            Ok(
                "<math display=\"block\"><mfrac><mrow><mn>1</mn></mrow><mrow><msup><mi>x</mi><mn>2</mn></msup></mrow></mfrac></math>"
            )
        );
        assert_eq!(inner(""), "");
        for tex in [
            r"\sum_{i=0}^n i \xrightarrow[a]{b} \min^x_y",
            r"\sqrt[3]{x} \int_0^1 \left( \frac a b \right)",
            r"\begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}",
            r"\begin{align} a &= b \\ &= c \end{align}",
            r"f(x) = \begin{cases} 1 & x > 0 \\ 0 & \text{else} \end{cases}",
            r"\overbrace{a+b}^{n} \underset{x}{\max} \vec{v} \cancel{y} \hat{w} \mathbb{R} \bigl( \bigr)",
            r"\binom{n}{k} \overline{z} \lim_{x \to 0} \operatorname{rank} A \not\in B",
        ] {
            inner(tex);
        }
    }

    #[test]
    fn signs_are_escaped() {
        assert_eq!(inner("a<b"), "<mi>a</mi><mo>&lt;</mo><mi>b</mi>");
        assert_eq!(inner(r"\& \text{<b>&}"), "<mi>&amp;</mi><mtext>&lt;b&gt;&amp;</mtext>");
        for name in ["<img src=x onerror=alert(1)>", "</mi><script>x</script>", "a&lt;b"] {
            for command in ["operatorname", "mathop"] {
                let error = mathml(&format!("\\{command}{{{name}}}"), false).expect_err("markup is no name");
                assert!(error.starts_with("the name of an operator"), "{error}");
            }
        }
        assert!(!inner(r"\text{ style=''><script>}").contains("<script"));
    }

    #[test]
    fn styles_become_attributes_and_classes() {
        assert_eq!(inner(r"\color{red} x"), "<mi mathcolor=\"#ff0000\">x</mi>");
        assert_eq!(
            inner(r"\fcolorbox{red}{blue}{z}"),
            "<mrow mathbackground=\"#0000ff\" class=\"math-box\"><mtext>z</mtext></mrow>"
        );
        assert_eq!(inner(r"x\!y"), "<mi>x</mi><mspace width=\"-0.16666667em\" class=\"math-back-3\"/><mi>y</mi>");
        assert_eq!(inner(r"\kern-18mu"), "<mspace width=\"-1em\" class=\"math-back-18\"/>");
        assert!(inner(r"\begin{matrix} a \\[2ex] b \end{matrix}").contains("<mspace height=\"2ex\"/>"));
        assert_eq!(
            inner(r"\bigl("),
            "<mo symmetric=\"true\" stretchy=\"true\" minsize=\"1.2em\" maxsize=\"1.2em\">(</mo>"
        );
        assert!(inner(r"\strut x").starts_with("<mspace width=\"0em\" height="));
        assert_eq!(inner(r"a\ b"), "<mi>a</mi><mspace width=\"0.333em\"/><mi>b</mi>");
    }

    #[test]
    fn errors_are_one_short_line() {
        assert_eq!(mathml(r"x + \phantom{y}", false).expect_err("unknown"), r"unknown command `\phantom`");
        assert_eq!(
            mathml("x^2^3", false).expect_err("doubled"),
            "trying to add a superscript twice to the same element, near `x^2^3`"
        );
        assert_eq!(
            mathml(r"\def\a{\a}\a", false).expect_err("refused"),
            r"`\def` is not allowed: a formula cannot define commands"
        );
        assert!(mathml("{x", false).expect_err("open").starts_with("unbalanced group"));
        for tex in [
            "$x$".to_owned(),
            "é".repeat(2000) + "}",
            format!("\\{}", "a".repeat(5000)),
            "\\frac".to_owned(),
            "#".to_owned(),
        ] {
            let error = mathml(&tex, false).expect_err(&tex);
            assert!(error.len() <= 200 && !error.contains('\n') && !error.is_empty(), "{error}");
        }
    }

    #[test]
    fn size_and_depth_have_ends() {
        assert_eq!(mathml(&"x".repeat(LONGEST + 1), false).expect_err("long"), "the formula is longer than 20 KB");
        assert!(mathml(&"x+".repeat(LONGEST / 2), false).is_ok());
        assert_eq!(
            mathml(&r"\pi".repeat(MOST_COMMANDS + 1), false).expect_err("many"),
            "the formula has more than 2000 commands"
        );
        assert!(mathml(&r"\pi".repeat(MOST_COMMANDS), false).is_ok());
        // A bare argument of a bare argument takes from the stack.
        for command in
            [r"\sqrt", r"\frac", r"\bar", r"\bar\not", r"\Alpha \frac", r"\not", r"\hat", r"\mathbf", r"\left("]
        {
            let deep = command.repeat(MOST_COMMANDS / command.matches('\\').count());
            assert!(mathml(&deep, false).is_err(), "{command}");
        }
        for (open, close) in
            [("{", "}"), (r"\sqrt{", "}"), (r"\left(", r"\right)"), ("x^{", "}"), (r"\begin{matrix}", r"\end{matrix}")]
        {
            let deep = open.repeat(600) + "x" + &close.repeat(600);
            let error = mathml(&deep, false).expect_err(open);
            assert_eq!(error, "the formula is nested deeper than 200", "{open}");
        }
        assert!(mathml(&("{".repeat(100) + "x" + &"}".repeat(100)), false).is_ok());
    }

    #[test]
    fn nonsense_never_panics() {
        let pieces = [
            "{",
            "}",
            "[",
            "]",
            "^",
            "_",
            "&",
            "\\\\",
            "\n",
            "%\n",
            "x",
            "é",
            "1em",
            "-",
            "#",
            "'",
            "$",
            "<",
            "\\",
            " ",
            "\u{0}",
            "\\frac",
            "\\sqrt",
            "\\left",
            "\\right",
            "\\middle|",
            "\\begin{array}{c|c}",
            "\\end{array}",
            "\\begin{align}",
            "\\text{",
            "\\hline",
            "\\not",
            "\\color{red}",
            "\\limits",
            "\\over",
            "\\kern",
            "\\rule",
            "\\char",
            "\\operatorname",
            "\\big",
            "\\mathop",
        ];
        let mut state = 0x9E37_79B9_7F4A_7C15_u64;
        let mut pick = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state as usize
        };
        for _ in 0..5000 {
            let tex: String = (0..pick() % 12).map(|_| pieces[pick() % pieces.len()]).collect();
            match mathml(&tex, pick() % 2 == 0) {
                Ok(html) => assert!(html.ends_with("</math>") && !html.contains(" style=") && !html.contains("<x")),
                Err(error) => {
                    assert!(error.len() <= 200 && !error.contains('\n') && error != BROKEN, "{tex:?}: {error}")
                }
            }
        }
    }
}
