//! A file on the disk to the part of it that was asked for, and a file's name to its type.

use crate::load::{self, Stamp};
use http_body_util::channel::Channel;
use hyper::body::Bytes;
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::Path;

/// A plain file that was opened to be sent.
pub struct Media {
    file: File,
    /// Its length in bytes.
    pub length: u64,
    /// Which version of it this is.
    pub tag: String,
}

impl Media {
    /// Opens a file that the site copies.
    ///
    /// # Errors
    /// It has gone, or is no plain file any more.
    pub fn open(disk: &Path) -> io::Result<Media> {
        let file = load::open_plain(disk)?;
        let found = file.metadata()?;
        if !found.is_file() {
            return Err(io::ErrorKind::NotFound.into());
        }
        let stamp = xxhash_rust::xxh3::xxh3_64(format!("{:?}", Stamp::of(&found)).as_bytes());
        Ok(Media { file, length: found.len(), tag: format!("{stamp:016x}") })
    }

    /// Sends these bytes of it, a piece after the other.
    pub fn send(mut self, part: Range<u64>) -> Channel<Bytes, io::Error> {
        let (mut sender, body) = Channel::new(1);
        let runtime = tokio::runtime::Handle::current();
        tokio::task::spawn_blocking(move || {
            let mut left = part.end - part.start;
            if let Err(error) = self.file.seek(SeekFrom::Start(part.start)) {
                return sender.abort(error);
            }
            while left > 0 {
                let mut piece = vec![0; left.min(PIECE) as usize];
                match self.file.read(&mut piece) {
                    // It has become shorter meanwhile: better a broken answer than a wrong one.
                    Ok(0) => return sender.abort(io::ErrorKind::UnexpectedEof.into()),
                    Ok(read) => piece.truncate(read),
                    Err(error) => return sender.abort(error),
                }
                left -= piece.len() as u64;
                let send = tokio::time::timeout(PATIENCE, sender.send_data(Bytes::from(piece)));
                if !matches!(runtime.block_on(send), Ok(Ok(()))) {
                    return;
                }
            }
        });
        body
    }
}

/// So much is read at once.
const PIECE: u64 = 256 * 1024;

/// Who takes no piece for so long is gone: a thread waits for each that is slow.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(10);

/// What a `Range` head asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Everything; also where it asks for several parts, which nobody has to give.
    Whole,
    /// These bytes.
    Bytes(Range<u64>),
    /// Bytes that there are not.
    Beyond,
}

impl Part {
    /// The part of `length` bytes that `Range: asked` means.
    pub fn of(asked: &str, length: u64) -> Part {
        let Some((first, last)) = asked.trim().strip_prefix("bytes=").and_then(|range| range.split_once('-')) else {
            return Part::Whole;
        };
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(first) || !digits(last) {
            return Part::Whole;
        }
        match (first.parse::<u64>(), last.parse::<u64>()) {
            (Ok(first), Ok(last)) if first > last => Part::Whole,
            (Ok(first), _) if first >= length => Part::Beyond,
            (Ok(first), Ok(last)) => Part::Bytes(first..last.saturating_add(1).min(length)),
            (Ok(first), Err(_)) if last.is_empty() => Part::Bytes(first..length),
            (Err(_), Ok(0)) if first.is_empty() => Part::Beyond,
            (Err(_), Ok(count)) if first.is_empty() && length > 0 => Part::Bytes(length.saturating_sub(count)..length),
            (Err(_), Ok(_)) if first.is_empty() => Part::Beyond,
            _ => Part::Whole,
        }
    }
}

/// The type of a file, by its name's ending.
pub fn type_of(name: &str) -> &'static str {
    let ending = name.rsplit('/').next().and_then(|file| file.rsplit_once('.')).map_or("", |(_, ending)| ending);
    match ending.to_ascii_lowercase().as_str() {
        "html" | "htm" => "text/html; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "ics" => "text/calendar; charset=utf-8",
        "xml" => "application/xml; charset=utf-8",
        "atom" => "application/atom+xml; charset=utf-8",
        "txt" | "md" => "text/plain; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "ico" => "image/x-icon",
        "woff" => "font/woff",
        "woff2" => "font/woff2",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        "mp4" | "m4v" => "video/mp4",
        "webm" => "video/webm",
        "ogv" => "video/ogg",
        "mp3" => "audio/mpeg",
        "m4a" => "audio/mp4",
        "ogg" | "oga" => "audio/ogg",
        "wav" => "audio/wav",
        "vtt" => "text/vtt; charset=utf-8",
        "pdf" => "application/pdf",
        "zip" => "application/zip",
        "wasm" => "application/wasm",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_those_of_the_protocol() {
        for (asked, part) in [
            ("bytes=0-", Part::Bytes(0..10)),
            ("bytes=2-4", Part::Bytes(2..5)),
            ("bytes=9-99", Part::Bytes(9..10)),
            ("bytes=0-18446744073709551615", Part::Bytes(0..10)),
            ("bytes=-3", Part::Bytes(7..10)),
            ("bytes=-99", Part::Bytes(0..10)),
            ("bytes=-0", Part::Beyond),
            ("bytes=10-", Part::Beyond),
            ("bytes=4-2", Part::Whole),
            ("bytes=0-1,3-4", Part::Whole),
            ("bytes=-", Part::Whole),
            ("bytes=+1-2", Part::Whole),
            ("lines=1-2", Part::Whole),
        ] {
            assert_eq!(Part::of(asked, 10), part, "{asked}");
        }
        assert_eq!(Part::of("bytes=-1", 0), Part::Beyond);
        assert_eq!(Part::of("bytes=0-", 0), Part::Beyond);
    }

    #[test]
    fn types_go_by_the_ending() {
        assert_eq!(type_of("a/b.PNG"), "image/png");
        assert_eq!(type_of("a.css/b"), "application/octet-stream");
    }
}
