//! A [`CardView`] to the bytes of its PNG: the same view, the same bytes, on every machine.
//!
//! Nothing of the machine is in it: the fonts are in the program, words are shaped and filled here. A text with a letter that
//! the fonts have not is left out whole, never drawn as boxes; whoever cannot see the card reads all of it in its `alt` text.

mod words;

use crate::theme::color::Color;
use crate::view::card::{CardView, HEIGHT, WIDTH};
use ab_glyph_rasterizer::{Point, Rasterizer, point};
use words::{Weight, Words};

/// What is drawn with; each has its shades in the palette.
#[derive(Debug, Clone, Copy)]
enum Ink {
    /// Titles.
    Dark,
    /// What is less important.
    Quiet,
    /// The brand's colour.
    Accent,
    /// Rules.
    Pale,
}

impl Ink {
    const ALL: [Ink; 4] = [Ink::Dark, Ink::Quiet, Ink::Accent, Ink::Pale];
}

/// Shades from the ground to an ink: four inks fill a palette of 256.
const SHADES: u8 = 64;

/// The ground and inks are the theme's, on light pages.
const GROUND: &str = "#ffffff";
const DARK: &str = "#15181b";
const QUIET: &str = "#454b52";
const ACCENT: &str = "#0b5594";
const PALE: &str = "#c9cdd2";

/// Words keep this far from the edges, in pixels.
const MARGIN: f32 = 80.0;
/// The room for words across.
const ROOM: f32 = WIDTH as f32 - 2.0 * MARGIN;

/// Sizes of a title in pixels, and in how many lines it may stand.
const TITLES: [(f32, usize); 4] = [(84.0, 2), (72.0, 3), (60.0, 3), (52.0, 4)];
/// The same above a curve.
const TITLES_ABOVE: [(f32, usize); 3] = [(72.0, 2), (60.0, 2), (52.0, 2)];
const SMALL: f32 = 34.0;
/// From one base line to the next, in sizes.
const LEADING: f32 = 1.2;

/// A picture in the making: shades of inks. One is enough for many cards, one after the other.
pub struct Canvas {
    pixels: Vec<u8>,
    /// Room for what is being filled.
    shape: Rasterizer,
    rtl: bool,
}

impl Default for Canvas {
    fn default() -> Canvas {
        Canvas { pixels: vec![0; WIDTH * HEIGHT], shape: Rasterizer::new(0, 0), rtl: false }
    }
}

/// A card's bytes.
pub fn png(card: &CardView, canvas: &mut Canvas) -> Vec<u8> {
    canvas.pixels.fill(0);
    canvas.rtl = card.rtl;
    canvas.block(0.0, 0.0, WIDTH as f32, 12.0, Ink::Accent);
    let mut top = MARGIN;
    if let Some(kind) = &card.kind {
        top += SMALL;
        canvas.line(kind, Weight::Bold, SMALL, top, Ink::Accent);
        top += 20.0;
    }
    let sizes = if card.felt.is_empty() { &TITLES[..] } else { &TITLES_ABOVE[..] };
    top = canvas.paragraph(&card.title, Weight::Bold, sizes, top, Ink::Dark);
    if let Some(about) = &card.about {
        top = canvas.paragraph(about, Weight::Regular, &[(SMALL + 2.0, 4)], top + 16.0, Ink::Quiet);
    }
    let foot = HEIGHT as f32 - MARGIN;
    if !card.felt.is_empty() {
        canvas.curve(&card.felt, top + 24.0, foot - 64.0);
    }
    if card.title != card.site {
        canvas.line(&card.site, Weight::Regular, SMALL, foot, Ink::Quiet);
    }
    encoded(&canvas.pixels, card.accent.as_deref())
}

impl Canvas {
    /// One line of words at its base line, at the side where reading begins.
    fn line(&mut self, text: &str, weight: Weight, size: f32, base: f32, ink: Ink) {
        self.paragraph_at(text, weight, &[(size, 1)], base, ink);
    }

    /// Words below `top`, as large as they fit; gives back where they end.
    fn paragraph(&mut self, text: &str, weight: Weight, sizes: &[(f32, usize)], top: f32, ink: Ink) -> f32 {
        let Some(words) = Words::new(text, weight, self.rtl) else { return top };
        let (size, lines) = words.fitted(sizes, ROOM);
        let mut base = top;
        for (index, line) in lines.iter().enumerate() {
            base += if index == 0 { size } else { size * LEADING };
            self.set(&words, line.clone(), size, base, ink);
        }
        base + size * 0.3
    }

    fn paragraph_at(&mut self, text: &str, weight: Weight, sizes: &[(f32, usize)], base: f32, ink: Ink) {
        let Some(words) = Words::new(text, weight, self.rtl) else { return };
        let (size, lines) = words.fitted(sizes, ROOM);
        if let Some(line) = lines.into_iter().next() {
            self.set(&words, line, size, base, ink);
        }
    }

    /// Sets a line: from the left margin, or to the right one.
    fn set(&mut self, words: &Words, line: words::Line, size: f32, base: f32, ink: Ink) {
        let width = words.width(&line, size);
        let left = if self.rtl { WIDTH as f32 - MARGIN - width } else { MARGIN };
        let top = (base - 1.3 * size).floor().max(0.0);
        let height = (2.0 * size).ceil() as usize;
        // Letters lean out of their line by less than a size.
        let first = (left - size).floor().max(0.0);
        let across = (width + 2.0 * size).ceil().min(WIDTH as f32 - first) as usize;
        self.shape.reset(across, height);
        words.draw(&line, size, point(left - first, base - top), &mut self.shape);
        self.fill(first as usize, top as usize, ink);
    }

    /// A rectangle of whole pixels.
    fn block(&mut self, left: f32, top: f32, right: f32, bottom: f32, ink: Ink) {
        for row in top as usize..bottom as usize {
            self.pixels[row * WIDTH + left as usize..row * WIDTH + right as usize]
                .fill(ink as u8 * SHADES + (SHADES - 1));
        }
    }

    /// What is felt, between two heights: a line with a point for every touchpoint, and the line of neither good nor bad.
    fn curve(&mut self, felt: &[f64], top: f32, bottom: f32) {
        let middle = ((top + bottom) / 2.0).round();
        let step = (bottom - top) / 4.0;
        self.block(MARGIN, middle - 1.0, WIDTH as f32 - MARGIN, middle + 1.0, Ink::Pale);
        let across = (ROOM - 24.0) / (felt.len() - 1) as f32;
        let mut points: Vec<Point> = (0..)
            .zip(felt)
            .map(|(index, felt)| {
                let x = MARGIN + 12.0 + across * index as f32;
                point(if self.rtl { WIDTH as f32 - x } else { x }, middle - step * (*felt as f32).clamp(-2.0, 2.0))
            })
            .collect();
        if self.rtl {
            // Shapes are filled right only if all turn the same way.
            points.reverse();
        }
        let shape = &mut self.shape;
        shape.reset(WIDTH, HEIGHT);
        for pair in points.windows(2) {
            let (from, to) = (pair[0], pair[1]);
            let (x, y) = (to.x - from.x, to.y - from.y);
            let length = (x * x + y * y).sqrt();
            let (x, y) = (-2.5 * y / length, 2.5 * x / length);
            polygon(
                &[
                    point(from.x + x, from.y + y),
                    point(to.x + x, to.y + y),
                    point(to.x - x, to.y - y),
                    point(from.x - x, from.y - y),
                ],
                shape,
            );
        }
        // A journey of a hundred touchpoints is a line.
        let radius = (across / 3.0).clamp(2.5, 10.0);
        for at in &points {
            disc(*at, radius, shape);
        }
        self.fill(0, 0, Ink::Accent);
    }

    /// Puts the filled shape down, its corner so many pixels from the card's.
    fn fill(&mut self, left: usize, top: usize, ink: Ink) {
        let Canvas { pixels, shape, .. } = self;
        let (across, _) = shape.dimensions();
        let first = ink as u8 * SHADES;
        let (mut row, mut column) = (top * WIDTH + left, 0);
        shape.for_each_pixel(|_, covered| {
            // Most of a shape is empty. Halves are rounded up, as no number here is below nothing.
            if covered > 0.5 / f32::from(SHADES - 1)
                && let Some(pixel) = pixels.get_mut(row + column)
            {
                let shade = (covered.min(1.0) * f32::from(SHADES - 1) + 0.5) as u8;
                // Where two shapes of an ink meet, the darker shade stays.
                *pixel = match pixel.checked_sub(first) {
                    Some(known) if known < SHADES => first + known.max(shade),
                    _ => first + shade,
                };
            }
            column += 1;
            if column == across {
                (row, column) = (row + WIDTH, 0);
            }
        });
    }
}

fn polygon(corners: &[Point], shape: &mut Rasterizer) {
    for (index, corner) in corners.iter().enumerate() {
        shape.draw_line(*corner, corners[(index + 1) % corners.len()]);
    }
}

fn disc(at: Point, radius: f32, shape: &mut Rasterizer) {
    // The handle of a quarter of a circle.
    let handle = 0.552_284_8 * radius;
    let corner = |x: f32, y: f32| point(at.x + x, at.y + y);
    let (r, h) = (radius, handle);
    shape.draw_cubic(corner(0.0, r), corner(h, r), corner(r, h), corner(r, 0.0));
    shape.draw_cubic(corner(r, 0.0), corner(r, -h), corner(h, -r), corner(0.0, -r));
    shape.draw_cubic(corner(0.0, -r), corner(-h, -r), corner(-r, -h), corner(-r, 0.0));
    shape.draw_cubic(corner(-r, 0.0), corner(-r, h), corner(-h, r), corner(0.0, r));
}

fn encoded(pixels: &[u8], accent: Option<&str>) -> Vec<u8> {
    let color = |text: &str| Color::read(text).expect("our own colours can be read");
    let ground = color(GROUND);
    let accent = accent.and_then(Color::read).unwrap_or_else(|| color(ACCENT));
    let accent = accent.readable(ground, crate::theme::color::READABLE);
    let mut palette = Vec::with_capacity(256 * 3);
    for ink in Ink::ALL {
        let ink = match ink {
            Ink::Dark => color(DARK),
            Ink::Quiet => color(QUIET),
            Ink::Accent => accent,
            Ink::Pale => color(PALE),
        };
        for shade in 0..SHADES {
            palette.extend(ground.mixed(ink, f64::from(shade) / f64::from(SHADES - 1)).bytes());
        }
    }
    let mut bytes = Vec::with_capacity(32 * 1024);
    let mut encoder = png::Encoder::new(&mut bytes, WIDTH as u32, HEIGHT as u32);
    encoder.set_color(png::ColorType::Indexed);
    encoder.set_depth(png::BitDepth::Eight);
    encoder.set_palette(palette);
    // Not the stronger one, a third smaller: its crate looks for repetitions by what the processor can do, so another one might
    // find others.
    encoder.set_compression(png::Compression::Fast);
    // Rows that are as the one above become nothing; to try other filters costs more than it saves.
    encoder.set_filter(png::Filter::Up);
    let mut writer = encoder.write_header().expect("a vector takes all bytes");
    writer.write_image_data(pixels).expect("the picture is as large as its header says");
    writer.finish().expect("a vector takes all bytes");
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn card(title: &str) -> CardView {
        CardView {
            site: "Customer Trust Playbook".to_string(),
            kind: Some("Journey".to_string()),
            title: title.to_string(),
            about: None,
            felt: vec![0.5, -1.0, 1.5],
            rtl: false,
            accent: None,
        }
    }

    fn drawn(card: &CardView) -> Vec<u8> {
        png(card, &mut Canvas::default())
    }

    fn pixels(bytes: &[u8]) -> Vec<u8> {
        let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().expect("a picture");
        let mut pixels = vec![0; reader.output_buffer_size().expect("a small picture")];
        let frame = reader.next_frame(&mut pixels).expect("a picture");
        assert_eq!((frame.width as usize, frame.height as usize), (WIDTH, HEIGHT));
        pixels
    }

    #[test]
    fn a_card_is_the_same_every_time() {
        let bytes = drawn(&card("A customer's first year"));
        let mut used = Canvas::default();
        png(&CardView { rtl: true, ..card("Another that is longer, on the same canvas") }, &mut used);
        assert_eq!(bytes, png(&card("A customer's first year"), &mut used));
        assert!(bytes.len() < 40 * 1024, "{} bytes", bytes.len());
        // Of the pixels, not of their compression. Where this differs, `DRAWN_AS` in `view/card.rs` has to be counted up.
        assert_eq!(format!("{:016x}", xxhash_rust::xxh3::xxh3_64(&pixels(&bytes))), "415dcafa281685d8");
    }

    #[test]
    fn what_no_font_has_is_left_out_whole() {
        let without = pixels(&drawn(&card("")));
        assert_eq!(pixels(&drawn(&card("顧客の一年"))), without);
        assert_eq!(pixels(&drawn(&card("Year 顧客"))), without);
        assert_ne!(pixels(&drawn(&card("Year"))), without);
        assert_ne!(pixels(&drawn(&card("سنة"))), without);
    }

    #[test]
    fn long_and_odd_texts_are_drawn() {
        let endless = "x".repeat(5_000);
        let many = "word ".repeat(2_000);
        for title in [endless.as_str(), many.as_str(), "a\u{301}b", "\u{200f}سنة 2026 abc", "👍", "\u{7}", " "] {
            for rtl in [false, true] {
                pixels(&drawn(&CardView { rtl, ..card(title) }));
            }
        }
    }

    #[test]
    fn right_to_left_is_set_from_the_right() {
        let is_inked = |pixels: &[u8], columns: std::ops::Range<usize>| {
            (200..260).any(|row| columns.clone().any(|column| !pixels[row * WIDTH + column].is_multiple_of(64)))
        };
        let arabic = CardView { rtl: true, felt: Vec::new(), ..card("الثقة") };
        let pixels = pixels(&drawn(&arabic));
        assert!(is_inked(&pixels, 1000..1120) && !is_inked(&pixels, 0..600));
    }
}
