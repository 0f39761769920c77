//! A change to what is said about it, in parts that each format marks in its way.

use super::{Change, Comparison, Sort, Subject, What};
use similar::{ChangeTag, TextDiff};

/// A part of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Part {
    /// Words of ours.
    Plain(String),
    /// The playbook's words that stayed.
    Kept(String),
    /// The playbook's words that are gone.
    Gone(String),
    /// The playbook's words that are new.
    New(String),
}

/// Texts longer than this are not shown word for word.
const SHOWN: usize = 2_000;

/// So many things of one sort are shown, and the rest counted: a review of more is read from JSON, by a program.
const SUBJECTS: usize = 100;
/// So many changes of one thing.
const CHANGES: usize = 40;

/// What is said about a change.
pub fn said(change: &Change) -> Vec<Part> {
    let of = |word: &str| change.of.as_ref().map_or_else(|| word.to_string(), |of| format!("{word} of {of}"));
    let part = |fallback: &str| change.of.clone().unwrap_or_else(|| fallback.to_string());
    match change.what {
        What::Added => with_words(change.of.as_ref().map_or("new".into(), |of| format!("{of} added")), new(change)),
        What::Removed => with_words(change.of.as_ref().map_or("gone".into(), |of| format!("{of} gone")), gone(change)),
        What::Renamed => between(format!("{} renamed", part("id")), change),
        What::Moved => between("moved".to_string(), change),
        What::Withdrawn => {
            let before = change.before.as_deref().unwrap_or_default();
            vec![
                Part::Plain("withdrawn: no longer promised (it was ".to_string()),
                Part::Gone(before.to_string()),
                plain(")"),
            ]
        }
        What::State => between("state".to_string(), change),
        What::Title => between(of("title"), change),
        What::Emotion => between(of("emotion"), change),
        What::Floor => between(of("trust floor"), change),
        What::Key => between(part(""), change),
        What::Words => words(change),
        What::Lost => lost(change),
        What::Stale => vec![Part::Plain(format!("{}: older than its source now", part("translation")))],
        What::Current => vec![Part::Plain(format!("{}: of today's source again", part("translation")))],
    }
}

fn plain(text: &str) -> Part {
    Part::Plain(text.to_string())
}

fn new(change: &Change) -> Option<Part> {
    change.after.clone().map(Part::New)
}

fn gone(change: &Change) -> Option<Part> {
    change.before.clone().map(Part::Gone)
}

fn with_words(label: String, words: Option<Part>) -> Vec<Part> {
    match words {
        Some(words) => vec![Part::Plain(label + ": "), words],
        None => vec![Part::Plain(label)],
    }
}

/// `owner: Sales → Support`
fn between(label: String, change: &Change) -> Vec<Part> {
    let mut parts = vec![Part::Plain(format!("{label}: "))];
    parts.push(gone(change).unwrap_or_else(|| plain("nothing")));
    parts.push(plain(" → "));
    parts.push(new(change).unwrap_or_else(|| plain("nothing")));
    parts.extend(change.by.as_ref().map(|by| Part::Plain(format!(" ({by})"))));
    parts
}

fn lost(change: &Change) -> Vec<Part> {
    let what = change.of.as_deref().unwrap_or("item");
    let mut parts = vec![Part::Plain(format!("{what}'s id lost: ")), gone(change).unwrap_or_else(|| plain(""))];
    match (&change.after, what) {
        (Some(after), "item") => {
            parts.push(plain(" → "));
            parts.push(Part::New(after.clone()));
            let before = change.before.as_deref().unwrap_or_default();
            parts.push(Part::Plain(format!(
                " (readers lose their ticks: write `renamed_from=\"{before}\"` beside the new id)"
            )));
        }
        (Some(after), _) => {
            parts.push(plain(" → "));
            parts.push(Part::New(after.clone()));
            parts.push(plain(" (readers lose their ticks in it)"));
        }
        (None, _) => parts.push(plain(" (readers' ticks go with it)")),
    }
    parts
}

fn words(change: &Change) -> Vec<Part> {
    let label = change.of.clone().unwrap_or_else(|| "words".to_string());
    if let Some(count) = change.words {
        let words = match (count.new, count.gone) {
            (0, 0) => "the same words in another order".to_string(),
            (new, gone) => format!("{new} words new, {gone} gone"),
        };
        return vec![Part::Plain(format!("{label}: {words}"))];
    }
    let (Some(before), Some(after)) = (&change.before, &change.after) else { return between(label, change) };
    if before.len() > SHOWN || after.len() > SHOWN {
        let count = super::wording::count(before, after);
        return vec![Part::Plain(format!("{label}: {} words new, {} gone", count.new, count.gone))];
    }
    let mut parts = vec![Part::Plain(format!("{label}: "))];
    let (mut gone, mut new, mut between) = (String::new(), String::new(), String::new());
    let flush = |gone: &mut String, new: &mut String, parts: &mut Vec<Part>| {
        let (gone, new) = (std::mem::take(gone), std::mem::take(new));
        parts.extend((!gone.trim().is_empty()).then_some(Part::Gone(gone)));
        parts.extend((!new.trim().is_empty()).then_some(Part::New(new)));
    };
    for word in TextDiff::from_words(before.as_str(), after.as_str()).iter_all_changes() {
        let text = word.value();
        let changing = !gone.is_empty() || !new.is_empty();
        if word.tag() == ChangeTag::Equal {
            // White space between words that both changed is no word that stayed.
            if changing && text.trim().is_empty() {
                between.push_str(text);
                continue;
            }
            flush(&mut gone, &mut new, &mut parts);
            let kept = std::mem::take(&mut between) + text;
            match parts.last_mut() {
                Some(Part::Kept(so_far)) => so_far.push_str(&kept),
                _ => parts.push(Part::Kept(kept)),
            }
            continue;
        }
        let space = std::mem::take(&mut between);
        [&mut gone, &mut new].into_iter().filter(|words| !words.is_empty()).for_each(|words| words.push_str(&space));
        let words = if word.tag() == ChangeTag::Delete { &mut gone } else { &mut new };
        words.push_str(text);
    }
    flush(&mut gone, &mut new, &mut parts);
    parts
}

/// `2 promises and 1 page have changed`, and what nobody should miss.
pub fn summary(comparison: &Comparison) -> String {
    let counts: Vec<String> = Sort::ALL
        .into_iter()
        .map(|sort| (sort, comparison.of(sort).len()))
        .filter(|(_, count)| *count > 0)
        .map(|(sort, count)| counted(sort, count))
        .collect();
    let mut summary = match counts.as_slice() {
        [] => return NOTHING.to_string(),
        [one] => format!("Changed: {one}."),
        [all @ .., last] => format!("Changed: {} and {last}.", all.join(", ")),
    };
    for (what, one, many) in [
        (What::Withdrawn, "1 promise was withdrawn", "promises were withdrawn"),
        (What::Lost, "1 id of a checklist is lost", "ids of checklists are lost"),
        (What::Stale, "1 translation has gone stale", "translations have gone stale"),
    ] {
        match comparison.count(what) {
            0 => {}
            1 => summary.push_str(&format!(" {one}.")),
            count => summary.push_str(&format!(" {count} {many}.")),
        }
    }
    summary
}

/// What is said where nothing is to be said.
pub const NOTHING: &str = "Nothing has changed in meaning.";

fn counted(sort: Sort, count: usize) -> String {
    match (sort, count) {
        (Sort::Settings, _) => "the settings".to_string(),
        (sort, 1) => format!("1 {}", sort.name()),
        (Sort::Strategy, count) => format!("{count} strategies"),
        (Sort::Recovery, count) => format!("{count} recoveries"),
        (sort, count) => format!("{count} {}s", sort.name()),
    }
}

/// What is shown of one sort's things: the first of them, and how many more there are.
pub struct Chapter<'c> {
    /// Its heading says which.
    pub sort: Sort,
    /// The first.
    pub subjects: &'c [Subject],
    /// Those after them.
    pub more: usize,
}

/// All sorts of which something has changed, in their order.
pub fn chapters(comparison: &Comparison) -> impl Iterator<Item = Chapter<'_>> {
    Sort::ALL.into_iter().filter_map(|sort| {
        let all = comparison.of(sort);
        let (subjects, more) = all.split_at(all.len().min(SUBJECTS));
        (!subjects.is_empty()).then_some(Chapter { sort, subjects, more: more.len() })
    })
}

/// What is shown of one thing: its first changes, and how many more there are where there are more.
pub fn lines(subject: &Subject) -> (impl Iterator<Item = Vec<Part>>, Option<usize>) {
    let (shown, more) = subject.changes.split_at(subject.changes.len().min(CHANGES));
    (shown.iter().map(said), Some(more.len()).filter(|more| *more > 0))
}

/// Whether a thing's title says more than its id.
pub fn has_title(subject: &Subject) -> bool {
    !subject.title.is_empty() && subject.title != subject.id
}
