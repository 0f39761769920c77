//! Words for customers that nobody can verify or keep, language by language.

use std::ops::Range;

const EVERYWHERE: &[&str] = &["100 %", "100%", "100\u{a0}%"];
const ENGLISH: &[&str] = &[
    "always",
    "never",
    "guaranteed",
    "guarantee",
    "promptly",
    "as soon as possible",
    "asap",
    "immediately",
    "instantly",
    "in no time",
    "without delay",
    "right away",
    "straight away",
    "shortly",
    "at all times",
    "without exception",
    "in a timely manner",
    "as quickly as possible",
    "as fast as possible",
];
const SWEDISH: &[&str] = &[
    "alltid",
    "aldrig",
    "garanterat",
    "garanterad",
    "garanterar",
    "omgående",
    "snarast",
    "så snart som möjligt",
    "så fort som möjligt",
    "omedelbart",
    "omedelbar",
    "genast",
    "inom kort",
    "garanti",
    "garantera",
    "så snabbt som möjligt",
    "fortast möjligt",
    "utan dröjsmål",
    "utan undantag",
    "hundra procent",
];
const INDONESIAN: &[&str] = &[
    "selalu",
    "tidak pernah",
    "tak pernah",
    "dijamin",
    "segera",
    "secepatnya",
    "sesegera mungkin",
    "secepat mungkin",
    "secepat-cepatnya",
    "langsung",
    "seketika",
    "menjamin",
    "jaminan",
    "garansi",
    "senantiasa",
    "setiap saat",
    "tanpa kecuali",
    "tanpa penundaan",
    "dalam waktu dekat",
    "dalam waktu singkat",
    "seratus persen",
];

/// Where such words stand in `text`, as ranges of bytes, for a text in the language `tag`.
pub fn find(tag: &str, text: &str) -> Vec<Range<usize>> {
    let words = match tag.split('-').next().unwrap_or(tag) {
        "en" => ENGLISH,
        "sv" => SWEDISH,
        "id" => INDONESIAN,
        _ => &[],
    };
    // Lower-casing may change lengths in a few scripts; then offsets would lie, so only such texts are searched as they are.
    let lower = text.to_lowercase();
    let lower = if lower.len() == text.len() { lower } else { text.to_string() };
    let lower = lower.replace('\n', " ");
    let mut found: Vec<Range<usize>> = Vec::new();
    for word in words.iter().chain(EVERYWHERE) {
        let mut from = 0;
        while let Some(start) = lower[from..].find(word).map(|at| from + at) {
            let end = start + word.len();
            let before = lower[..start].chars().next_back();
            let after = lower[end..].chars().next();
            let whole = |neighbour: Option<char>| neighbour.is_none_or(|c| !c.is_alphanumeric());
            if whole(before) && whole(after) {
                found.push(start..end);
            }
            from = end;
        }
    }
    found.sort_by_key(|range| (range.start, std::cmp::Reverse(range.end)));
    found.dedup_by(|next, kept| next.start < kept.end);
    found
}
