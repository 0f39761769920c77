//! What stands in a field to a score of its metric's scale.

use super::Reason;
use crate::playbook::MetricKind;

/// An answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Score {
    /// A step of a scale, 0 to 10; of a rate 1 (kept) or 0 (broken).
    Step(u8),
    /// A duration, or a number of events: finite, not below 0.
    Value(f64),
}

/// No duration and no number of events is greater.
const LARGEST: f64 = 1e12;

/// Yes and no of a rate.
const YES: [&str; 8] = ["yes", "y", "true", "kept", "ja", "ya", "sant", "hållet"];
const NO: [&str; 9] = ["no", "n", "false", "broken", "nej", "tidak", "falskt", "brutet", "nein"];

/// Zero to ten in English, Swedish and Indonesian.
const NUMBERS: [&[&str]; 11] = [
    &["zero", "noll", "nol"],
    &["one", "en", "ett", "satu"],
    &["two", "två", "dua"],
    &["three", "tre", "tiga"],
    &["four", "fyra", "empat"],
    &["five", "fem", "lima"],
    &["six", "sex", "enam"],
    &["seven", "sju", "tujuh"],
    &["eight", "åtta", "delapan"],
    &["nine", "nio", "sembilan"],
    &["ten", "tio", "sepuluh"],
];

/// The lowest and highest step of a kind with a scale.
pub fn scale(kind: MetricKind) -> Option<(u8, u8)> {
    match kind {
        MetricKind::Nps => Some((0, 10)),
        MetricKind::Csat => Some((1, 5)),
        MetricKind::CesMean | MetricKind::CesTop3 | MetricKind::CesNet | MetricKind::Trust => Some((1, 7)),
        MetricKind::Rate => Some((0, 1)),
        MetricKind::Duration | MetricKind::Count => None,
    }
}

/// The score in a trimmed field.
pub fn score(field: &[u8], kind: MetricKind) -> Result<Score, Reason> {
    // Nearly all answers are one digit or two.
    let number = match field {
        [] => return Err(Reason::NoScore),
        [one] if one.is_ascii_digit() => f64::from(one - b'0'),
        [ten, one] if ten.is_ascii_digit() && one.is_ascii_digit() => f64::from((ten - b'0') * 10 + (one - b'0')),
        _ => number(std::str::from_utf8(field).map_err(|_| Reason::NotAScore)?, kind)?,
    };
    match scale(kind) {
        Some((low, high)) => {
            let fits = number.fract() == 0.0 && (f64::from(low)..=f64::from(high)).contains(&number);
            if fits { Ok(Score::Step(number as u8)) } else { Err(Reason::OutOfScale(kind)) }
        }
        None => {
            let fits = (0.0..=LARGEST).contains(&number) && (kind == MetricKind::Duration || number.fract() == 0.0);
            // `-0` is 0.
            if fits { Ok(Score::Value(number.abs())) } else { Err(Reason::OutOfScale(kind)) }
        }
    }
}

fn number(text: &str, kind: MetricKind) -> Result<f64, Reason> {
    if let Some(number) = plain(text)? {
        return Ok(number);
    }
    let lower = text.to_lowercase();
    if kind == MetricKind::Rate {
        if YES.contains(&&*lower) {
            return Ok(1.0);
        }
        if NO.contains(&&*lower) {
            return Ok(0.0);
        }
    }
    if let Some(number) = NUMBERS.iter().position(|words| words.contains(&&*lower)) {
        return Ok(number as f64);
    }
    labelled(text).ok_or(Reason::NotAScore)
}

/// A number with a point or a decimal comma.
fn plain(text: &str) -> Result<Option<f64>, Reason> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if unsigned.is_empty() || !unsigned.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b',')) {
        return Ok(None);
    }
    match unsigned.split_once(',') {
        None => Ok(text.parse().ok()),
        // `1,200` is a thousand or a little over one, as its writer is used to; `0,125` can be only one of them.
        Some((whole, part)) if part.len() == 3 && !part.contains(',') && !whole.trim_start_matches('0').is_empty() => {
            Err(Reason::Ambiguous)
        }
        Some(_) => Ok(text.replacen(',', ".", 1).parse().ok()),
    }
}

/// `10 - Extremely likely`, `5 (Very satisfied)`: an answer as some tools export it.
fn labelled(text: &str) -> Option<f64> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let label = text[digits..].trim_start();
    let opened = label.trim_start_matches(['-', '–', '—', ':', '(', '=']).trim_start();
    let is_label = opened.len() < label.len()
        && opened.starts_with(char::is_alphabetic)
        && !opened.bytes().any(|byte| byte.is_ascii_digit());
    ((1..=2).contains(&digits) && is_label).then(|| text[..digits].parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_words() {
        let step = |text: &str, kind| score(text.as_bytes(), kind);
        for (text, kind, wanted) in [
            ("9", MetricKind::Nps, 9),
            ("10", MetricKind::Nps, 10),
            ("10,0", MetricKind::Nps, 10),
            ("9.0", MetricKind::Nps, 9),
            ("nio", MetricKind::Nps, 9),
            ("Sepuluh", MetricKind::Nps, 10),
            ("10 - Extremely likely", MetricKind::Nps, 10),
            ("5 (Very satisfied)", MetricKind::Csat, 5),
            ("fem", MetricKind::Csat, 5),
            ("seven", MetricKind::Trust, 7),
            ("Yes", MetricKind::Rate, 1),
            ("nej", MetricKind::Rate, 0),
            ("kept", MetricKind::Rate, 1),
            ("BROKEN", MetricKind::Rate, 0),
            ("0", MetricKind::Rate, 0),
        ] {
            assert_eq!(step(text, kind), Ok(Score::Step(wanted)), "{text}");
        }
        for (text, kind, reason) in [
            ("", MetricKind::Nps, Reason::NoScore),
            ("11", MetricKind::Nps, Reason::OutOfScale(MetricKind::Nps)),
            ("-1", MetricKind::Nps, Reason::OutOfScale(MetricKind::Nps)),
            ("8.5", MetricKind::Nps, Reason::OutOfScale(MetricKind::Nps)),
            ("0", MetricKind::Csat, Reason::OutOfScale(MetricKind::Csat)),
            ("2", MetricKind::Rate, Reason::OutOfScale(MetricKind::Rate)),
            ("NaN", MetricKind::Duration, Reason::NotAScore),
            ("inf", MetricKind::Duration, Reason::NotAScore),
            ("1e3", MetricKind::Duration, Reason::NotAScore),
            ("-1", MetricKind::Duration, Reason::OutOfScale(MetricKind::Duration)),
            ("1,200", MetricKind::Duration, Reason::Ambiguous),
            ("1.2.3", MetricKind::Duration, Reason::NotAScore),
            ("1,2,3", MetricKind::Duration, Reason::NotAScore),
            ("1.5", MetricKind::Count, Reason::OutOfScale(MetricKind::Count)),
            ("9999999999999999", MetricKind::Count, Reason::OutOfScale(MetricKind::Count)),
            ("very good", MetricKind::Csat, Reason::NotAScore),
            ("yes", MetricKind::Csat, Reason::NotAScore),
            ("4 (of 10)", MetricKind::Csat, Reason::NotAScore),
            ("4 anna@example.com", MetricKind::Csat, Reason::NotAScore),
        ] {
            assert_eq!(step(text, kind), Err(reason), "{text}");
        }
        assert_eq!(step("2,5", MetricKind::Duration), Ok(Score::Value(2.5)));
        assert_eq!(step("0,125", MetricKind::Duration), Ok(Score::Value(0.125)));
        assert_eq!(step("-0", MetricKind::Duration).map(|score| score == Score::Value(0.0)), Ok(true));
        assert_eq!(score(b"\xff\xfe", MetricKind::Nps), Err(Reason::NotAScore));
    }
}
