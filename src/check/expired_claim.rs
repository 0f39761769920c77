//! A figure outlives its study only if somebody looks again.

use super::Checked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

pub(super) fn expired_claim(context: &Checked<'_>, diagnostics: &mut Diagnostics) {
    for claim in &context.playbook.claims {
        let Some((day, place)) = claim.expires_on.as_ref().filter(|(day, _)| *day <= context.measures.today) else {
            continue;
        };
        diagnostics.push(
            Diagnostic::new(
                Code::ExpiredClaim,
                format!("the claim `{}` expired on {day}, and is still shown", claim.id),
            )
            .at(place.clone(), "expired")
            .help("look its source up again and move `expires_on`, or take it out"),
        );
    }
}
