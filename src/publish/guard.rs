//! What stands there and what would come to the reasons why it had better not. Each can be waved through by its name.

use super::difference::{Difference, count};
use super::manifest::Manifest;

/// What `--allow` lets pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reason {
    /// More than a tenth of the pages vanish.
    Vanishing,
    /// An address vanishes, and no alias leads on from it.
    Addresses,
    /// Another playbook stands there.
    Playbook,
    /// Another edition stands there.
    Edition,
    /// What stands there was made for a later day.
    Earlier,
    /// Something stands there that trustbook did not put there.
    Foreign,
}

/// A reason, said of what was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Which.
    pub reason: Reason,
    /// In a sentence.
    pub sentence: String,
}

/// Why `new` should not take the place of `old`. Nothing, where all is well.
pub fn guard(old: Option<&Manifest>, new: &Manifest, difference: &Difference) -> Vec<Refusal> {
    let mut refusals = Vec::new();
    let Some(old) = old else { return refusals };
    let mut refuse = |reason, sentence| refusals.push(Refusal { reason, sentence });
    if old.playbook.id != new.playbook.id {
        let (theirs, ours) = (&old.playbook, &new.playbook);
        refuse(
            Reason::Playbook,
            format!(
                "another playbook stands there: {} (`{}`), not {} (`{}`)",
                theirs.title, theirs.id, ours.title, ours.id
            ),
        );
    }
    if (&old.edition, old.drafts) != (&new.edition, new.drafts) {
        let said = |edition: &str, drafts: bool| format!("`{edition}`{}", if drafts { " with drafts" } else { "" });
        refuse(
            Reason::Edition,
            format!(
                "another edition stands there: that of {}, not of {}",
                said(&old.edition, old.drafts),
                said(&new.edition, new.drafts)
            ),
        );
    }
    if old.date > new.date {
        refuse(
            Reason::Earlier,
            format!("what stands there was made for {}, this is made for {}: a clock may be wrong", old.date, new.date),
        );
    }
    let gone = difference.vanished.len() + difference.moved.len();
    if gone * 10 > difference.before {
        refuse(Reason::Vanishing, format!("{gone} of {} would vanish", count(difference.before, "page")));
    }
    let lost: Vec<&str> = difference
        .vanished
        .iter()
        .map(|(address, _)| &**address)
        .chain(difference.dropped.iter().map(|a| &**a))
        .collect();
    if let [first, others @ ..] = lost.as_slice() {
        let others = match others.len() {
            0 => String::new(),
            number => format!(" and {number} more"),
        };
        refuse(
            Reason::Addresses,
            format!("nothing would lead on from {first}{others}: give the pages that took their places `aliases`"),
        );
    }
    refusals
}

impl Reason {
    /// All of them.
    pub const ALL: [Reason; 6] =
        [Reason::Vanishing, Reason::Addresses, Reason::Playbook, Reason::Edition, Reason::Earlier, Reason::Foreign];

    /// As it is typed after `--allow`.
    pub fn name(self) -> &'static str {
        match self {
            Reason::Vanishing => "vanishing",
            Reason::Addresses => "addresses",
            Reason::Playbook => "playbook",
            Reason::Edition => "edition",
            Reason::Earlier => "earlier",
            Reason::Foreign => "foreign",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::difference::difference;
    use super::super::manifest::tests::release;
    use super::*;

    fn reasons(old: &Manifest, new: &Manifest) -> Vec<Reason> {
        guard(Some(old), new, &difference(Some(old), new)).into_iter().map(|refusal| refusal.reason).collect()
    }

    #[test]
    fn each_reason_is_found() {
        let ten: Vec<String> = (0..10).map(|number| format!("/{number}/")).collect();
        let ten: Vec<(&str, &str, u32)> = ten.iter().map(|address| (&**address, "A", 1)).collect();
        let all = release(&ten, &[]);
        assert_eq!(reasons(&all, &all), []);
        assert_eq!(guard(None, &all, &difference(None, &all)), []);
        // A tenth may go, and its address is missed.
        assert_eq!(reasons(&all, &release(&ten[..9], &[])), [Reason::Addresses]);
        assert_eq!(reasons(&all, &release(&ten[..8], &[])), [Reason::Vanishing, Reason::Addresses]);
        let mut moved = ten[..8].to_vec();
        moved.extend([("/8/", "to /0/", 0), ("/9/", "to /0/", 0)]);
        assert_eq!(reasons(&all, &release(&moved, &[])), [Reason::Vanishing]);
        assert_eq!(reasons(&release(&moved, &[]), &release(&moved[..9], &[])), [Reason::Addresses]);
        let mut other = all.clone();
        other.playbook.id = "other".into();
        other.edition = "public".into();
        other.date = "2026-11-21".into();
        assert_eq!(reasons(&all, &other), [Reason::Playbook, Reason::Edition, Reason::Earlier]);
        assert_eq!(reasons(&other, &all), [Reason::Playbook, Reason::Edition]);
    }
}
