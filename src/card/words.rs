//! A text to the outlines of its letters: which font has them, how they join, in which order they stand, where lines break.

use ab_glyph_rasterizer::{Point, Rasterizer, point};
use harfrust::font::glyph::outline::{DrawMemory, DrawOptions, PathSink};
use harfrust::{Buffer, Direction, Font, GlyphId, ShapeOptions, ShaperFont, shape};
use std::ops::Range;
use std::sync::OnceLock;
use unicode_bidi::{BidiInfo, Level};
use unicode_normalization::UnicodeNormalization;

/// How heavy letters are.
#[derive(Debug, Clone, Copy)]
pub enum Weight {
    /// As in a book.
    Regular,
    /// As in a title.
    Bold,
}

/// Parts of Noto Sans (see `OFL.txt`): Latin, Greek and Cyrillic, then Arabic. A letter is of the first that has it.
fn fonts(weight: Weight) -> &'static [Font] {
    static FONTS: OnceLock<[Vec<Font>; 2]> = OnceLock::new();
    let font = |bytes: &'static [u8]| Font::new(bytes, 0).expect("the program's own fonts can be read");
    let all = FONTS.get_or_init(|| {
        [
            vec![font(include_bytes!("NotoSans-Regular.ttf")), font(include_bytes!("NotoSansArabic-Regular.ttf"))],
            vec![font(include_bytes!("NotoSans-Bold.ttf")), font(include_bytes!("NotoSansArabic-Bold.ttf"))],
        ]
    });
    &all[weight as usize]
}

/// More of a text is not read: no card has room for it.
const LONGEST: usize = 600;

/// A text that can be set.
pub struct Words {
    text: String,
    fonts: &'static [Font],
    level: Level,
}

/// Words of a line; with an ellipsis where the rest has no room.
#[derive(Debug, Clone, PartialEq)]
pub struct Line(String);

impl Words {
    /// Words in a weight, of a language that is read from right to left or not; `None` where a letter is in no font, or there is none.
    pub fn new(text: &str, weight: Weight, rtl: bool) -> Option<Words> {
        let text: String = text.nfc().take(LONGEST).collect();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let fonts = fonts(weight);
        if text.is_empty() || !text.chars().all(|letter| font_of(letter, fonts).is_some()) {
            return None;
        }
        Some(Words { text, fonts, level: if rtl { Level::rtl() } else { Level::ltr() } })
    }

    /// The first size at which the text stands within `room` in its number of lines, and those lines; at the last size the
    /// rest is cut off.
    pub fn fitted(&self, sizes: &[(f32, usize)], room: f32) -> (f32, Vec<Line>) {
        for (size, most) in sizes {
            let lines = self.lines(*size, room);
            if lines.len() <= *most && lines.iter().all(|line| self.width(line, *size) <= room) {
                return (*size, lines);
            }
        }
        let (size, most) = *sizes.last().expect("there is a size");
        let mut lines = self.lines(size, room);
        let cut = lines.len() > most;
        lines.truncate(most);
        let last = lines.len().saturating_sub(1);
        for (index, line) in lines.iter_mut().enumerate() {
            if (cut && index == last) || self.width(line, size) > room {
                *line = self.cut(line, size, room);
            }
        }
        (size, lines)
    }

    /// Broken where there is a space.
    fn lines(&self, size: f32, room: f32) -> Vec<Line> {
        let blank = self.width(&Line(" ".to_string()), size);
        let (mut lines, mut width) = (Vec::<Line>::new(), 0.0);
        for word in self.text.split(' ') {
            let own = self.width(&Line(word.to_string()), size);
            match lines.last_mut() {
                Some(line) if width + blank + own <= room => {
                    line.0.push(' ');
                    line.0.push_str(word);
                    width += blank + own;
                }
                _ => {
                    lines.push(Line(word.to_string()));
                    width = own;
                }
            }
        }
        lines
    }

    /// As much of a line as there is room for, and an ellipsis.
    fn cut(&self, line: &Line, size: f32, room: f32) -> Line {
        let ends: Vec<usize> = line.0.char_indices().map(|(at, _)| at).collect();
        let whole = |end: usize| Line(format!("{}…", line.0[..end].trim_end()));
        // Longer is wider, near enough.
        let fitting = ends.partition_point(|end| self.width(&whole(*end), size) <= room);
        whole(ends.get(fitting.saturating_sub(1)).copied().unwrap_or(0))
    }

    /// How wide a line is.
    pub fn width(&self, line: &Line, size: f32) -> f32 {
        let mut width = 0.0;
        self.runs(&line.0, &mut |font, run, direction| {
            let buffer = shaped(font, run, direction);
            let scale = size / f32::from(font.units_per_em());
            width += buffer.glyph_positions().iter().map(|position| position.x_advance as f32 * scale).sum::<f32>();
        });
        width
    }

    /// Adds a line's outlines to a shape, its beginning at `origin` on the base line.
    pub fn draw(&self, line: &Line, size: f32, origin: Point, shape: &mut Rasterizer) {
        let mut at = origin;
        self.runs(&line.0, &mut |font, run, direction| {
            let buffer = shaped(font, run, direction);
            let scale = size / f32::from(font.units_per_em());
            let outlines = font.outline_glyphs();
            for (info, position) in buffer.glyph_infos().iter().zip(buffer.glyph_positions()) {
                let place = point(at.x + position.x_offset as f32 * scale, at.y - position.y_offset as f32 * scale);
                if let Some(glyph) = outlines.get(GlyphId::new(info.glyph_id)) {
                    let mut pen = Pen { shape, place, scale, start: place, last: place };
                    // A font of our own can be drawn; what could not be would be missing, no more.
                    let _ = glyph.draw(&DrawOptions::new(), DrawMemory::Scratch, &mut pen);
                }
                at.x += position.x_advance as f32 * scale;
            }
        });
    }

    /// A line's runs from left to right: letters of one font and direction.
    fn runs(&self, line: &str, visit: &mut dyn FnMut(&Font, &str, Direction)) {
        let order = BidiInfo::new(line, Some(self.level));
        let Some(paragraph) = order.paragraphs.first() else { return };
        let (levels, runs) = order.visual_runs(paragraph, paragraph.range.clone());
        for run in runs {
            let rtl = levels[run.start].is_rtl();
            let mut parts = self.parts(line, run);
            if rtl {
                parts.reverse();
            }
            let direction = if rtl { Direction::RightToLeft } else { Direction::LeftToRight };
            for (font, part) in parts {
                visit(font, &line[part], direction);
            }
        }
    }

    /// The parts of a run that one font has. Blanks and points stay with the letters before them.
    fn parts(&self, line: &str, run: Range<usize>) -> Vec<(&'static Font, Range<usize>)> {
        let mut parts: Vec<(&'static Font, Range<usize>)> = Vec::new();
        for (at, letter) in line[run.clone()].char_indices() {
            let range = run.start + at..run.start + at + letter.len_utf8();
            match parts.last_mut() {
                Some((font, part)) if has(font, letter) => part.end = range.end,
                _ => {
                    if let Some(font) = font_of(letter, self.fonts) {
                        parts.push((font, range));
                    }
                }
            }
        }
        parts
    }
}

fn font_of(letter: char, fonts: &'static [Font]) -> Option<&'static Font> {
    fonts.iter().find(|font| has(font, letter))
}

fn has(font: &Font, letter: char) -> bool {
    font.charmap().map_unicode(letter).is_some_and(|glyph| glyph.to_u32() != 0)
}

fn shaped(font: &Font, run: &str, direction: Direction) -> Buffer {
    let mut buffer = Buffer::new();
    buffer.push_str(run);
    buffer.set_direction(direction);
    buffer.guess_segment_properties();
    // Direction and script are set, which is all that it can lack.
    let _ = shape(&ShaperFont::new(font), &mut buffer, ShapeOptions::new());
    buffer
}

/// Draws a glyph's outline, given in the font's units from the base line up.
struct Pen<'a> {
    shape: &'a mut Rasterizer,
    place: Point,
    scale: f32,
    start: Point,
    last: Point,
}

impl Pen<'_> {
    fn to(&self, x: f32, y: f32) -> Point {
        point(self.place.x + x * self.scale, self.place.y - y * self.scale)
    }
}

impl PathSink for Pen<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        self.start = self.to(x, y);
        self.last = self.start;
    }

    fn line_to(&mut self, x: f32, y: f32) {
        let to = self.to(x, y);
        self.shape.draw_line(self.last, to);
        self.last = to;
    }

    fn quad_to(&mut self, cx0: f32, cy0: f32, x: f32, y: f32) {
        let to = self.to(x, y);
        self.shape.draw_quad(self.last, self.to(cx0, cy0), to);
        self.last = to;
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        let to = self.to(x, y);
        self.shape.draw_cubic(self.last, self.to(cx0, cy0), self.to(cx1, cy1), to);
        self.last = to;
    }

    fn close(&mut self) {
        self.shape.draw_line(self.last, self.start);
        self.last = self.start;
    }
}
