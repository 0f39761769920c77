//! Colours as a brand has them: read, compared, and moved until words in them can be read.

use std::fmt;

/// Red, green and blue, each from 0 to 1, as sRGB stores them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Color([f64; 3]);

/// What words need on their ground: WCAG 2.2, success criterion 1.4.3 (level AA).
pub const READABLE: f64 = 4.5;

/// Where one colour moves to on its way to being readable.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Toward {
    /// Darker, on light ground.
    Black,
    /// Lighter, on dark ground.
    White,
}

impl Color {
    /// `#rgb` or `#rrggbb`.
    pub fn read(text: &str) -> Option<Color> {
        let digits = text.strip_prefix('#')?;
        if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            return None;
        }
        let channel = |at: usize, length: usize| {
            let value = u8::from_str_radix(&digits[at..at + length], 16).ok()?;
            Some(f64::from(if length == 1 { value * 17 } else { value }) / 255.0)
        };
        match digits.len() {
            3 => Some(Color([channel(0, 1)?, channel(1, 1)?, channel(2, 1)?])),
            6 => Some(Color([channel(0, 2)?, channel(2, 2)?, channel(4, 2)?])),
            _ => None,
        }
    }

    /// Red, green and blue, each from 0 to 255.
    pub fn bytes(self) -> [u8; 3] {
        self.0.map(|channel| (channel * 255.0).round() as u8)
    }

    /// So much of `other`, from 0 to 1, mixed into this one.
    pub fn mixed(self, other: Color, share: f64) -> Color {
        let mut mixed = self.0;
        for (own, other) in mixed.iter_mut().zip(other.0) {
            *own += (other - *own) * share;
        }
        // As it will be written: what is compared is what is seen.
        Color(mixed.map(|channel| (channel * 255.0).round() / 255.0))
    }

    /// How light it is, from 0 to 1: relative luminance as WCAG 2.2 defines it.
    pub fn luminance(self) -> f64 {
        let linear = |channel: f64| {
            if channel <= 0.04045 { channel / 12.92 } else { ((channel + 0.055) / 1.055).powf(2.4) }
        };
        let [red, green, blue] = self.0.map(linear);
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }

    /// How well one can be told from the other, from 1 to 21: the contrast ratio of WCAG 2.2.
    pub fn contrast(self, other: Color) -> f64 {
        let (a, b) = (self.luminance(), other.luminance());
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    /// The wash of this colour on `ground`: rows under the pointer, the current page.
    pub fn tint(self, ground: Color) -> Color {
        ground.mixed(self, if ground.luminance() > 0.5 { 0.09 } else { 0.16 })
    }

    /// The least contrast that words in this colour have on `ground` and on its own wash there.
    pub fn least_contrast(self, ground: Color) -> f64 {
        self.contrast(ground).min(self.contrast(self.tint(ground)))
    }

    /// The nearest shade whose words have at least the contrast `wanted` on `ground`; itself where it has.
    pub fn readable(self, ground: Color, wanted: f64) -> Color {
        let end = match Toward::from(ground) {
            Toward::Black => Color([0.0; 3]),
            Toward::White => Color([1.0; 3]),
        };
        let shades = (0..=100_u8).map(|step| self.mixed(end, f64::from(step) / 100.0));
        shades.into_iter().find(|shade| shade.least_contrast(ground) >= wanted).unwrap_or(end)
    }
}

impl Toward {
    /// Where words on `ground` have to go.
    pub fn from(ground: Color) -> Toward {
        // Black and white are told from this grey equally well.
        if ground.luminance() > 0.179 { Toward::Black } else { Toward::White }
    }
}

impl fmt::Display for Color {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.bytes();
        write!(formatter, "#{red:02x}{green:02x}{blue:02x}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn color(text: &str) -> Color {
        Color::read(text).expect("a colour")
    }

    #[test]
    fn colours_are_read_and_written() {
        assert_eq!(color("#abc").to_string(), "#aabbcc");
        assert_eq!(color("#0B5594").to_string(), "#0b5594");
        for wrong in ["", "#", "#12", "#12345g", "0b5594", "#0b55941", "red", "#é1é"] {
            assert_eq!(Color::read(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        let ratio = |a: &str, b: &str| (color(a).contrast(color(b)) * 100.0).round() / 100.0;
        assert_eq!(ratio("#000", "#fff"), 21.0);
        assert_eq!(ratio("#fff", "#fff"), 1.0);
        assert_eq!(ratio("#777777", "#fff"), 4.48);
        assert_eq!(ratio("#767676", "#fff"), 4.54);
    }

    #[test]
    fn every_colour_has_a_readable_shade_on_every_ground_of_a_theme() {
        for ground in ["#ffffff", "#131517", "#fbf9f4", "#161412"].map(color) {
            for red in (0..=255_u8).step_by(51) {
                for green in (0..=255_u8).step_by(51) {
                    for blue in (0..=255_u8).step_by(51) {
                        let brand = color(&format!("#{red:02x}{green:02x}{blue:02x}"));
                        let shade = brand.readable(ground, READABLE);
                        assert!(shade.least_contrast(ground) >= READABLE, "{brand} on {ground} becomes {shade}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_readable_colour_stays_as_it_is() {
        assert_eq!(color("#0b5594").readable(color("#fff"), READABLE), color("#0b5594"));
    }
}
