//! Two manifests to what a reader would notice: pages that come, change and go, and what becomes of promises.

use super::manifest::{Manifest, PromiseEntry};
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// What changes when one release takes another's place.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Difference {
    /// Whether there was none before.
    pub first: bool,
    /// New pages: address, title, words.
    pub added: Vec<(String, String, u32)>,
    /// Pages whose words or title are others: address, title, its former title where that is another one, how many words more.
    pub changed: Vec<(String, String, Option<String>, i64)>,
    /// Pages that stand elsewhere now: from where, to where.
    pub moved: Vec<(String, String)>,
    /// Pages that are gone, and nothing leads on from their addresses: address, title.
    pub vanished: Vec<(String, String)>,
    /// Old addresses that led somewhere and do no more.
    pub dropped: Vec<String>,
    /// How many pages were there before, old addresses not counted.
    pub before: usize,
    /// What became of promises.
    pub promises: Vec<Promised>,
    /// Files with other bytes, new ones included.
    pub files_put: usize,
    /// Files that are no longer there.
    pub files_gone: usize,
}

/// What became of a promise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Promised {
    /// It is new: id, text, state.
    Made(String, String, String),
    /// It is no longer there: id, text.
    Gone(String, String),
    /// Its words are others: id, before, now.
    Reworded(String, String, String),
    /// Its state is another one: id, before, now.
    State(String, String, String),
}

/// What changes when `new` takes the place of `old`.
pub fn difference(old: Option<&Manifest>, new: &Manifest) -> Difference {
    let mut found = Difference { first: old.is_none(), ..Difference::default() };
    let (was, is) = (old.map(Manifest::by_address).unwrap_or_default(), new.by_address());
    for (address, page) in is.iter().filter(|(_, page)| page.to.is_none()) {
        match was.get(address).filter(|known| known.to.is_none()) {
            None => found.added.push(((*address).into(), page.title.clone(), page.words)),
            Some(known) if known.text != page.text || known.title != page.title => {
                let former = (known.title != page.title).then(|| known.title.clone());
                let more = i64::from(page.words) - i64::from(known.words);
                found.changed.push(((*address).into(), page.title.clone(), former, more));
            }
            Some(_) => {}
        }
    }
    for (address, page) in &was {
        found.before += usize::from(page.to.is_none());
        match (is.get(address), &page.to) {
            (Some(now), None) => found.moved.extend(now.to.iter().map(|to| ((*address).to_string(), to.clone()))),
            (Some(_), Some(_)) => {}
            (None, None) => found.vanished.push(((*address).into(), page.title.clone())),
            (None, Some(_)) => found.dropped.push((*address).into()),
        }
    }
    found.promises = promises(old.map_or(&[], |old| &old.promises), &new.promises);
    found.files_put = new.changed_since(old).count();
    found.files_gone = old.map_or(0, |old| old.files.iter().filter(|file| new.file(&file.path).is_none()).count());
    found
}

fn promises(old: &[PromiseEntry], new: &[PromiseEntry]) -> Vec<Promised> {
    let was: BTreeMap<&str, &PromiseEntry> = old.iter().map(|one| (one.id.as_str(), one)).collect();
    let is: BTreeMap<&str, &PromiseEntry> = new.iter().map(|one| (one.id.as_str(), one)).collect();
    let mut found = Vec::new();
    for (id, now) in &is {
        let id = (*id).to_string();
        let Some(before) = was.get(id.as_str()) else {
            found.push(Promised::Made(id, now.text.clone(), now.state.clone()));
            continue;
        };
        if before.text != now.text {
            found.push(Promised::Reworded(id.clone(), before.text.clone(), now.text.clone()));
        }
        if before.state != now.state {
            found.push(Promised::State(id, before.state.clone(), now.state.clone()));
        }
    }
    let gone = was.iter().filter(|(id, _)| !is.contains_key(*id));
    found.extend(gone.map(|(id, before)| Promised::Gone((*id).into(), before.text.clone())));
    found
}

/// So many lines of one sort are shown.
const SHOWN: usize = 20;

impl Difference {
    /// Whether no reader would notice anything.
    pub fn is_nothing(&self) -> bool {
        self.files_put == 0 && self.files_gone == 0 && !self.first
    }

    /// For a terminal or a review, a line for each.
    pub fn text(&self) -> String {
        let mut text = String::new();
        // Of a first release the number says enough.
        if self.first {
            return text;
        }
        let promises: Vec<String> = self.promises.iter().map(Promised::line).collect();
        let added = self
            .added
            .iter()
            .map(|(address, title, words)| format!("  + {address}  {title}, {}", count(*words as usize, "word")));
        let changed = self.changed.iter().map(|(address, title, former, more)| {
            let former = former.as_ref().map(|former| format!(", formerly {former}")).unwrap_or_default();
            let words = match more {
                0 => "other words".to_string(),
                1.. => format!("{} more", count(more.unsigned_abs() as usize, "word")),
                _ => format!("{} fewer", count(more.unsigned_abs() as usize, "word")),
            };
            format!("  ~ {address}  {title}{former}, {words}")
        });
        let moved = self.moved.iter().map(|(from, to)| format!("  > {from}  moved to {to}"));
        let vanished =
            self.vanished.iter().map(|(address, title)| format!("  - {address}  {title}, nothing leads on from it"));
        let dropped = self.dropped.iter().map(|address| format!("  - {address}  led to a page, leads nowhere now"));
        part(&mut text, "promises", promises);
        part(&mut text, "new pages", added.collect());
        part(&mut text, "changed pages", changed.collect());
        part(&mut text, "moved pages", moved.collect());
        part(&mut text, "vanished pages", vanished.collect());
        part(&mut text, "vanished old addresses", dropped.collect());
        text
    }

    /// In one line: `3 pages new, 10 changed, 1 vanished`.
    pub fn summary(&self) -> String {
        if self.first {
            return format!("{}, the first release", count(self.added.len(), "page"));
        }
        let said = [
            (self.added.len(), "new"),
            (self.changed.len(), "changed"),
            (self.moved.len(), "moved"),
            (self.vanished.len(), "vanished"),
        ];
        let said: Vec<String> =
            said.iter().filter(|(number, _)| *number > 0).map(|(number, word)| format!("{number} {word}")).collect();
        match (said.is_empty(), self.files_put + self.files_gone) {
            (false, _) => format!("pages: {}", said.join(", ")),
            (true, 0) => "nothing changed".to_string(),
            (true, _) => "no page has other words".to_string(),
        }
    }
}

impl Promised {
    fn line(&self) -> String {
        match self {
            Promised::Made(id, text, state) => format!("  + {id}  {text} ({state})"),
            Promised::Gone(id, text) => format!("  - {id}  {text}"),
            Promised::Reworded(id, before, now) => {
                format!("  ~ {id}  reworded: {before}\n    {:width$}     now: {now}", "", width = id.chars().count())
            }
            Promised::State(id, before, now) => format!("  ! {id}  {before} → {now}"),
        }
    }
}

fn part(text: &mut String, title: &str, lines: Vec<String>) {
    if lines.is_empty() {
        return;
    }
    let _ = writeln!(text, "{title} ({})", lines.len());
    for line in lines.iter().take(SHOWN) {
        let _ = writeln!(text, "{line}");
    }
    if lines.len() > SHOWN {
        let _ = writeln!(text, "    and {} more", lines.len() - SHOWN);
    }
}

/// `1 page`, `2 pages`.
pub fn count(number: usize, one: &str) -> String {
    if number == 1 { format!("1 {one}") } else { format!("{number} {one}s") }
}

#[cfg(test)]
mod tests {
    use super::super::manifest::tests::release;
    use super::*;

    #[test]
    fn pages_come_change_move_and_go() {
        let old = release(
            &[
                ("/", "Home", 3),
                ("/a/", "A", 5),
                ("/b/", "B", 5),
                ("/c/", "C", 5),
                ("/o/", "to /a/", 0),
                ("/p/", "to /a/", 0),
            ],
            &[("reply", "We reply.", "kept"), ("mend", "We mend.", "made"), ("go", "We go.", "made")],
        );
        let new = release(
            &[("/", "Home", 3), ("/a/", "A2", 3), ("/b/", "to /d/", 0), ("/d/", "D", 5), ("/o/", "to /a/", 0)],
            &[("reply", "We reply in a day.", "broken"), ("mend", "We mend.", "made"), ("new", "We do.", "made")],
        );
        let found = difference(Some(&old), &new);
        assert_eq!(found.added, [("/d/".to_string(), "D".to_string(), 5)]);
        assert_eq!(found.changed, [("/a/".to_string(), "A2".to_string(), Some("A".to_string()), -2)]);
        assert_eq!(found.moved, [("/b/".to_string(), "/d/".to_string())]);
        assert_eq!(found.vanished, [("/c/".to_string(), "C".to_string())]);
        assert_eq!(found.dropped, ["/p/"]);
        assert_eq!((found.before, found.promises.len()), (4, 4));
        assert_eq!(found.summary(), "pages: 1 new, 1 changed, 1 moved, 1 vanished");
        let text = found.text();
        for line in [
            "  ! reply  kept → broken",
            "  ~ reply  reworded: We reply.",
            "  - go  We go.",
            "  + new  We do. (made)",
            "  ~ /a/  A2, formerly A, 2 words fewer",
            "  > /b/  moved to /d/",
            "  - /c/  C, nothing leads on from it",
        ] {
            assert!(text.contains(line), "{line}\n{text}");
        }
    }

    #[test]
    fn nothing_is_nothing() {
        let one = release(&[("/", "Home", 3)], &[("reply", "We reply.", "kept")]);
        let found = difference(Some(&one), &one);
        assert!(found.is_nothing() && found.text().is_empty());
        assert_eq!(difference(None, &one).summary(), "1 page, the first release");
    }
}
