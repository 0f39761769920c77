//! `[theme_options]` to what they mean: values for templates, files to copy, and custom properties.

use super::color::{Color, READABLE};
use super::layer::{self, Layer};
use super::manifest::{Declared, Kind};
use super::style::Tokens;
use super::with_hash;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::failure::Failure;
use crate::playbook::{Extra, Settings, ThemeOption};
use crate::source::{Asset, Place, Spanned};
use std::fmt::Write as _;
use std::sync::Arc;

/// An option with its value.
pub struct Chosen {
    /// What the theme says of it.
    pub declared: Declared,
    /// What it is: set, or as the theme has it; none where neither says anything that can be used.
    pub value: Option<Spanned<Extra>>,
    /// Of an asset or a font file: its file in the output, and its bytes.
    pub file: Option<(String, Arc<[u8]>)>,
}

/// Looks at every line of `[theme_options]` and says what each option of the theme is.
///
/// # Errors
/// A file that an option names cannot be read.
pub fn chosen(
    layers: &[Layer],
    settings: &Settings,
    statics: &[Asset],
    diagnostics: &mut Diagnostics,
) -> Result<Vec<Chosen>, Failure> {
    let declared = layer::options(layers);
    for option in &settings.theme_options {
        if !declared.iter().any(|known| known.name.value == option.name.value) {
            diagnostics.push(unknown_option(option, &declared, settings));
        }
    }
    let mut chosen = Vec::new();
    for declared in declared {
        if declared.kind.is_none() {
            let words = Kind::ALL.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
            diagnostics.push(
                Diagnostic::new(Code::MissingKey, format!("the option `{}` has no type", declared.name.value))
                    .at(declared.name.place.clone(), "`type` is missing")
                    .help(format!("it is one of {words}")),
            );
            continue;
        }
        let set = settings.theme_options.iter().find(|option| option.name.value == declared.name.value);
        let values = set.map(|option| &option.value).into_iter().chain(&declared.default);
        let (mut value, mut file) = (None, None);
        for written in values {
            match fitting(&declared, written, layers, statics)? {
                Ok(found) => {
                    (value, file) = (Some(written.clone()), found);
                    break;
                }
                Err(finding) => diagnostics.push(*finding),
            }
        }
        chosen.push(Chosen { declared, value, file });
    }
    Ok(chosen)
}

/// Files of `static/` that options name: where they change, the theme does.
pub fn named<'a>(settings: &Settings, statics: &'a [Asset]) -> impl Iterator<Item = &'a Asset> {
    let texts: Vec<Arc<str>> = settings.theme_options.iter().filter_map(|option| text(&option.value.value)).collect();
    statics.iter().filter(move |asset| texts.iter().any(|text| is_called(asset, text)))
}

fn is_called(asset: &Asset, name: &str) -> bool {
    asset.path.strip_prefix("static/") == Some(name.strip_prefix("static/").unwrap_or(name))
}

fn text(value: &Extra) -> Option<Arc<str>> {
    match value {
        Extra::Text(text) => Some(text.clone()),
        _ => None,
    }
}

fn unknown_option(option: &ThemeOption, declared: &[Declared], settings: &Settings) -> Diagnostic {
    let name = &option.name.value;
    let finding =
        Diagnostic::new(Code::UnknownKey, format!("the theme `{}` has no option `{name}`", settings.theme.value))
            .at(option.name.place.clone(), "unknown option")
            .did_you_mean(name, declared.iter().map(|known| &*known.name.value));
    match declared {
        [] => finding.help("it has no options at all"),
        known => {
            let known: Vec<&str> = known.iter().map(|known| &*known.name.value).collect();
            finding.help(format!("it has {}", known.join(", ")))
        }
    }
}

type File = Option<(String, Arc<[u8]>)>;

/// The file that a value names, if it fits its option; else the finding.
fn fitting(
    declared: &Declared,
    written: &Spanned<Extra>,
    layers: &[Layer],
    statics: &[Asset],
) -> Result<Result<File, Box<Diagnostic>>, Failure> {
    let name = &declared.name.value;
    let kind = declared.kind.unwrap_or(Kind::Text);
    let wrong = |code, message: String, label: &str| {
        Ok(Err(Box::new(Diagnostic::new(code, message).at(written.place.clone(), label))))
    };
    let wants = kind.wants();
    match (kind, &written.value) {
        (Kind::Truth, Extra::Bool(_)) | (Kind::Text, Extra::Text(_)) => Ok(Ok(None)),
        (Kind::Color, Extra::Text(text)) => match Color::read(text) {
            Some(_) => Ok(Ok(None)),
            None => wrong(Code::WrongType, format!("`{name}` is no colour: `{}`", cut(text)), "wants #rrggbb"),
        },
        (Kind::Choice, Extra::Text(word)) => {
            let words: Vec<&str> = declared.choices.iter().map(|choice| &*choice.value).collect();
            if words.contains(&&**word) {
                return Ok(Ok(None));
            }
            let listed = words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ");
            Ok(Err(Box::new(
                Diagnostic::new(Code::UnknownName, format!("`{name}` cannot be `{}`", cut(word)))
                    .at(written.place.clone(), "not one of them")
                    .did_you_mean(word, words)
                    .help(format!("it is one of {listed}")),
            )))
        }
        (Kind::Number, Extra::Integer(_) | Extra::Float(_)) => {
            let number = number(&written.value);
            let (min, max) = (declared.min.unwrap_or(f64::NEG_INFINITY), declared.max.unwrap_or(f64::INFINITY));
            if (min..=max).contains(&number) && number.is_finite() {
                return Ok(Ok(None));
            }
            wrong(Code::OutOfRange, format!("`{name}` lies between {min} and {max}"), "outside of it")
        }
        (Kind::Asset, Extra::Text(file)) => asset(name, file, written, layers, statics),
        (Kind::Font, Extra::Text(font)) if is_font_file(font) => asset(name, font, written, layers, statics),
        (Kind::Font, Extra::Text(font)) => {
            let plain = |c: char| c.is_alphanumeric() || " -_,.".contains(c);
            if !font.trim().is_empty() && font.chars().all(plain) && font.len() <= 200 {
                return Ok(Ok(None));
            }
            let help = "name a family that readers have, or put a .woff2 file into static/ and name that: pages fetch nothing from elsewhere";
            let finding = Diagnostic::new(Code::OutOfRange, format!("`{name}` is no font's name: `{}`", cut(font)));
            Ok(Err(Box::new(finding.at(written.place.clone(), "not a name").help(help))))
        }
        (_, other) => wrong(Code::WrongType, format!("`{name}` is {}, not {wants}", kind_of(other)), "of another kind"),
    }
}

fn cut(text: &str) -> String {
    crate::diagnostic::draw::shortened(text, 60)
}

fn kind_of(value: &Extra) -> &'static str {
    match value {
        Extra::Text(_) => "a text",
        Extra::Integer(_) | Extra::Float(_) => "a number",
        Extra::Bool(_) => "true or false",
        Extra::Date(_) => "a date",
        Extra::List(_) => "a list",
        Extra::Table(_) => "a table",
    }
}

fn number(value: &Extra) -> f64 {
    match value {
        Extra::Integer(number) => *number as f64,
        Extra::Float(number) => *number,
        _ => f64::NAN,
    }
}

fn is_font_file(name: &str) -> bool {
    [".woff2", ".woff", ".ttf", ".otf"].iter().any(|ending| name.ends_with(ending)) && !name.contains("://")
}

/// The file in `static/` of the playbook, or of a theme.
fn asset(
    option: &str,
    file: &str,
    written: &Spanned<Extra>,
    layers: &[Layer],
    statics: &[Asset],
) -> Result<Result<File, Box<Diagnostic>>, Failure> {
    let bare = file.strip_prefix("static/").unwrap_or(file);
    let bytes: Option<Arc<[u8]>> = match statics.iter().find(|asset| is_called(asset, file)) {
        Some(asset) => {
            Some(std::fs::read(&asset.disk).map_err(|error| Failure::new("read", &asset.disk, error))?.into())
        }
        None => {
            let of_theme = format!("static/{bare}");
            layers.iter().rev().find_map(|layer| layer.file(&of_theme)).map(|file| Arc::from(&*file.bytes))
        }
    };
    let Some(bytes) = bytes else {
        let own = layers.iter().flat_map(|layer| &layer.files).filter_map(|file| file.path.strip_prefix("static/"));
        let known = statics.iter().filter_map(|asset| asset.path.strip_prefix("static/")).chain(own);
        return Ok(Err(Box::new(
            Diagnostic::new(Code::DeadAsset, format!("`{option}` names `{}`, which is not in static/", cut(file)))
                .at(written.place.clone(), "no such file")
                .did_you_mean(bare, known),
        )));
    };
    Ok(Ok(Some((with_hash(bare, &bytes), bytes))))
}

impl Chosen {
    fn text(&self) -> Option<Arc<str>> {
        text(&self.value.as_ref()?.value)
    }

    fn color(&self) -> Option<Color> {
        (self.declared.kind == Some(Kind::Color)).then(|| Color::read(&self.text()?)).flatten()
    }
}

/// The part of the style sheet that options make, after `tokens`: empty where none that has a property is set. What words cannot be
/// read in is moved until they can, with a finding.
pub fn style(chosen: &[Chosen], tokens: &Tokens, diagnostics: &mut Diagnostics) -> String {
    let find = |name: &Option<Arc<str>>| chosen.iter().find(|other| Some(&other.declared.name.value) == name.as_ref());
    let (mut faces, mut lines) = (String::new(), String::new());
    for option in chosen {
        let Some(property) = &option.declared.property else { continue };
        let property = &*property.value;
        match (option.declared.kind, &option.value) {
            (Some(Kind::Color), _) => {
                colors(option, find(&option.declared.dark), property, tokens, &mut lines, diagnostics);
            }
            (Some(Kind::Font), Some(_)) => {
                font(option, find(&option.declared.bold), property, tokens, &mut faces, &mut lines);
            }
            (Some(Kind::Number), Some(value)) => {
                let unit = option.declared.unit.as_deref().unwrap_or("");
                let _ = write!(lines, " {property}: {}{unit};", number(&value.value));
            }
            (Some(Kind::Truth), Some(value)) => {
                let _ = write!(lines, " {property}: {};", u8::from(value.value == Extra::Bool(true)));
            }
            (Some(Kind::Choice), Some(_)) => {
                let word =
                    option.text().filter(|word| word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'));
                if let Some(word) = word {
                    let _ = write!(lines, " {property}: {word};");
                }
            }
            (Some(Kind::Text), Some(_)) => {
                let _ = write!(lines, " {property}: {};", quoted(&option.text().unwrap_or_default()));
            }
            _ => {}
        }
    }
    if lines.is_empty() {
        return String::new();
    }
    format!("\n/* [theme_options] */\n{faces}@layer tokens {{ :root {{{lines} }} }}\n")
}

/// Dark pages want more than the least: light words on dark ground look thinner than they are.
const ON_DARK: f64 = 6.0;

fn colors(
    option: &Chosen,
    dark: Option<&Chosen>,
    property: &str,
    tokens: &Tokens,
    lines: &mut String,
    diagnostics: &mut Diagnostics,
) {
    let (light_set, dark_set) = (option.color(), dark.and_then(Chosen::color));
    let Some(either) = light_set.or(dark_set) else { return };
    let ground = option.declared.on.as_ref().and_then(|on| tokens.colors(&on.value));
    let Some((light_ground, dark_ground)) = ground else {
        let light = light_set.unwrap_or(either);
        let _ = match dark_set {
            Some(dark) => write!(lines, " {property}: light-dark({light}, {dark});"),
            None => write!(lines, " {property}: {light};"),
        };
        return;
    };
    let mut shade = |of: Option<&Chosen>, set: Option<Color>, ground: Color, wanted: f64| match (of, set) {
        (Some(of), Some(set)) => {
            let shade = set.readable(ground, READABLE);
            if shade != set {
                diagnostics.push(low_contrast(of, set, shade, ground));
            }
            shade
        }
        _ => either.readable(ground, wanted),
    };
    let light = shade(Some(option), light_set, light_ground, READABLE);
    let dark = shade(dark, dark_set, dark_ground, ON_DARK);
    let _ = write!(lines, " {property}: light-dark({light}, {dark});");
    if let Some(tint) = &option.declared.tint {
        let _ = write!(lines, " {tint}: light-dark({}, {});", light.tint(light_ground), dark.tint(dark_ground));
    }
}

fn low_contrast(option: &Chosen, set: Color, shade: Color, ground: Color) -> Diagnostic {
    let name = &option.declared.name.value;
    let place =
        option.value.as_ref().map_or_else(|| Place::file(&"trustbook.toml".into()), |value| value.place.clone());
    let ratio = (set.least_contrast(ground) * 10.0).floor() / 10.0;
    Diagnostic::new(
        Code::LowContrast,
        format!(
            "words in `{name}` ({set}) have a contrast of {ratio} : 1 on pages ({ground}) or on its own wash there; they need {READABLE} : 1"
        ),
    )
    .at(place, "hard to read")
    .help(format!("pages take {shade}, the nearest shade that can be read"))
}

/// Families that mean something to a style sheet and take no quotes.
const GENERIC: [&str; 9] = [
    "serif",
    "sans-serif",
    "monospace",
    "system-ui",
    "ui-serif",
    "ui-sans-serif",
    "ui-monospace",
    "ui-rounded",
    "cursive",
];

fn font(
    option: &Chosen,
    bold: Option<&Chosen>,
    property: &str,
    tokens: &Tokens,
    faces: &mut String,
    lines: &mut String,
) {
    let families = match &option.file {
        None => {
            let text = option.text().unwrap_or_default();
            let quote = |family: &str| if GENERIC.contains(&family) { family.to_string() } else { quoted(family) };
            text.split(',').map(|family| quote(family.trim())).collect::<Vec<_>>().join(", ")
        }
        Some((file, _)) => {
            let family = quoted(&format!("option-{}", option.declared.name.value));
            let bold = bold.and_then(|bold| bold.file.as_ref()).map(|(file, _)| file);
            // A font that is named twice has all weights in one file.
            let weights = match bold {
                Some(bold) if bold == file => vec![(file, "100 900")],
                Some(bold) => vec![(file, "400"), (bold, "600 900")],
                None => vec![(file, "400")],
            };
            for (file, weight) in weights {
                // Fonts lie beside the style sheet, or in a folder there.
                let path = file.strip_prefix("assets/").unwrap_or(file);
                let _ = writeln!(
                    faces,
                    "@font-face {{ font-family: {family}; font-weight: {weight}; font-display: swap; src: url({}); }}",
                    quoted(path)
                );
            }
            family
        }
    };
    let below = tokens.value(property).map(|below| format!(", {below}")).unwrap_or_default();
    let _ = write!(lines, " {property}: {families}{below};");
}

/// A text of CSS. What could end it, or the `style` element that a page may be packed into, is written as its number.
fn quoted(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' | '<' | '>' | '&' => {
                let _ = write!(quoted, "\\{:x} ", u32::from(c));
            }
            c if c.is_control() => quoted.push(' '),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
