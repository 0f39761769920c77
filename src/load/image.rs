//! The first bytes of an image to its size, so that a page keeps its place free and does not jump when it comes.

use crate::parse::html::attribute;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// How much of a file is looked at: most tell their size at once, a photograph after its colours and a small picture of itself.
const HEADS: [u64; 3] = [4 << 10, 64 << 10, 1 << 20];

/// Width and height in pixels of the image at `disk`; `None` where it is none, or does not say.
pub fn size_at(disk: &Path) -> Option<(u32, u32)> {
    let ending = disk.extension()?.to_str()?.to_ascii_lowercase();
    if !matches!(&*ending, "png" | "jpg" | "jpeg" | "gif" | "webp" | "avif" | "svg") {
        return None;
    }
    let mut file = File::open(disk).ok()?;
    let mut head = Vec::new();
    for length in HEADS {
        let wanted = length - head.len() as u64;
        let read = file.by_ref().take(wanted).read_to_end(&mut head).ok()?;
        let size = size(&head);
        if size.is_some() || (read as u64) < wanted {
            return size;
        }
    }
    None
}

/// Width and height in pixels of the image that begins like this.
pub fn size(head: &[u8]) -> Option<(u32, u32)> {
    let (width, height) = match imagesize::blob_size(head) {
        Ok(size) => (u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?),
        Err(_) => drawn_size(&String::from_utf8_lossy(head))?,
    };
    (width > 0 && height > 0).then_some((width, height))
}

/// The size of an SVG. One that has only a `viewBox` fills the place that it is given.
fn drawn_size(text: &str) -> Option<(u32, u32)> {
    let start = text.find("<svg")?;
    let tag = &text[start..start + text[start..].find('>')?];
    let pixels = |name: &str| -> Option<u32> {
        let written = attribute(tag, name)?;
        let number: f64 = written.trim().trim_end_matches("px").parse().ok()?;
        (1.0..=100_000.0).contains(&number).then_some(number.round() as u32)
    };
    Some((pixels("width")?, pixels("height")?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_says_its_size() {
        let png = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\x01\x40\0\0\0\xf0\x08\x06\0\0\0";
        let gif = b"GIF89a\x40\x01\xf0\0\x80\0\0";
        let jpeg = b"\xff\xd8\xff\xe0\0\x04ab\xff\xc0\0\x11\x08\0\xf0\x01\x40\x03\x01\x22\0\x02\x11\x01\x03\x11\x01";
        let webp = b"RIFF\x1a\0\0\0WEBPVP8 \x0e\0\0\0\x30\x01\0\x9d\x01\x2a\x40\x01\xf0\0\0\0\0\0";
        let svg = b"<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" width='320px' height=\"239.6\"><g/></svg>";
        for (kind, head) in [("png", &png[..]), ("gif", gif), ("jpeg", jpeg), ("webp", webp), ("svg", svg)] {
            assert_eq!(size(head), Some((320, 240)), "{kind}");
        }
    }

    #[test]
    fn what_says_no_size_has_none() {
        for head in [
            &b""[..],
            b"text",
            b"\x89PNG\r\n\x1a\n",
            b"<svg viewBox=\"0 0 24 24\">",
            b"<svg width=\"100%\" height=\"10\">",
        ] {
            assert_eq!(size(head), None, "{}", String::from_utf8_lossy(head));
        }
    }
}
