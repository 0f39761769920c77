//! An [`Audit`] to remarks, for code hosts and editors: a rule a topic, a remark a concern.

use super::AuditView;
use crate::audit::{About, Audit, Weight};
use crate::diagnostic::Label;
use crate::diagnostic::remark::{self, Remark, Remarks, Rule};
use crate::source::Place;
use crate::view::At;
use crate::view::page::plain;

/// Every concern, worst first. `view` is the whole audit.
pub fn remarks(at: &At<'_>, audit: &Audit, view: &AuditView) -> Remarks {
    let rule = |section: &super::AuditSection| Rule {
        name: section.id,
        explanation: format!("{}. {}", section.title, section.about),
        weight: weight(section.weight),
    };
    // Lines stand in the order of the concerns.
    let lines = view.sections.iter().flat_map(|section| section.rows.iter().map(move |row| (section, row)));
    let remark = |((section, row), concern): ((&super::AuditSection, &super::ConcernView), &crate::audit::Concern)| {
        let mut message = format!("{}: {}", section.title, plain(&row.link.title));
        for fact in row.place.iter().chain(&row.facts).chain(&row.owner) {
            message.push_str(" · ");
            message.push_str(fact);
        }
        let about = match concern.about {
            About::Opportunity(..) => format!("{} {}", row.id, plain(&row.link.title)),
            _ => row.id.clone(),
        };
        Remark {
            rule: section.id,
            weight: weight(section.weight),
            message,
            about: Some(about),
            labels: place(at, concern.about).into_iter().map(|place| Label { place, text: String::new() }).collect(),
            help: Vec::new(),
        }
    };
    Remarks { rules: view.sections.iter().map(rule).collect(), all: lines.zip(&audit.concerns).map(remark).collect() }
}

fn weight(word: &str) -> remark::Weight {
    match word {
        word if word == Weight::Broken.name() => remark::Weight::Error,
        word if word == Weight::Unsure.name() => remark::Weight::Warning,
        _ => remark::Weight::Note,
    }
}

fn place(at: &At<'_>, about: About) -> Option<Place> {
    let playbook = at.desk.playbook;
    Some(match about {
        About::Promise(id) => playbook[id].place.clone(),
        About::Department(id) => playbook[id].place.clone(),
        About::Touchpoint(id) => playbook[id].place.clone(),
        About::Opportunity(id, number) => playbook[id].opportunities[number].text.source.place.clone(),
        About::Strategy(id) => playbook[id].document.place.clone(),
    })
}
