//! A verdict to a finding for each link that it is about.

use super::asking::Verdict;
use super::links::Wanted;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

/// Adds what there is to say about every link to one address.
pub fn findings(wanted: &Wanted, verdict: &Verdict, found: &mut Diagnostics) {
    for link in &wanted.links {
        let mut say = |finding: Diagnostic| {
            found.push(match link.secret {
                true => {
                    finding.help("whoever reads the page reads the name and password in this address: take them out")
                }
                false => finding,
            });
        };
        let shown = &wanted.shown;
        match verdict {
            Verdict::Dead(why) => say(Diagnostic::new(Code::DeadExternalLink, format!("`{shown}` {why}"))
                .at(link.place.clone(), "leads nowhere")),
            Verdict::Well { moved, missing } => {
                if let Some(near) = link.anchor.as_ref().and_then(|anchor| missing.get_key_value(anchor)) {
                    let (anchor, near) = near;
                    say(Diagnostic::new(Code::DeadExternalAnchor, format!("`{shown}` has no heading `#{anchor}`"))
                        .at(link.place.clone(), "no such heading")
                        .suggest(near.as_deref()));
                }
                if let Some(moved) = moved {
                    say(Diagnostic::new(Code::MovedExternalLink, format!("`{shown}` has moved for good"))
                        .at(link.place.clone(), "the old address")
                        .help(format!("write where it is now: {moved}")));
                }
            }
            Verdict::Unknown(_) | Verdict::NoNetwork(_) => {}
        }
    }
}
