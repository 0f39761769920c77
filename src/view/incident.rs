//! Promises that broke to the log of what followed, how long it took, and how often it came back.

use super::document::{Line, Pager, lines, pager, part};
use super::{At, Day, LinkView, Words};
use crate::playbook::{Id, Incident, Kind, Promise, Recovery, Severity, Thing};
use crate::routes::{LIST_LENGTH, PageId};
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// The log of incidents.
#[derive(Debug, Serialize)]
pub struct IncidentsView {
    /// What happened, as the register has it.
    pub incidents: Vec<IncidentView>,
    /// Promises that broke, the worst first: severity, then how often.
    pub repeats: Vec<RepeatView>,
    /// Severities in words, the worst first: the columns of `repeats`.
    pub severities: Vec<String>,
    /// Whether some incident has no severity: one more column.
    pub ungraded: bool,
    /// What to do when it happens.
    pub recoveries: Vec<Line>,
    /// The other pages of a long log.
    pub pager: Option<Pager>,
}

/// An incident and its days.
#[derive(Debug, Serialize)]
pub struct IncidentView {
    /// Its anchor in the log.
    pub id: String,
    /// Its place in the log.
    pub href: String,
    /// Its title.
    pub title: Words,
    /// The promise that broke.
    pub promise: Option<LinkView>,
    /// How bad it was, in words.
    pub severity: Option<String>,
    /// What was done about it, by the book.
    pub recovery: Option<LinkView>,
    /// When somebody noticed.
    pub noticed: Option<Day>,
    /// What followed, in order.
    pub steps: Vec<StepView>,
}

/// A step after noticing.
#[derive(Debug, Serialize)]
pub struct StepView {
    /// What it is.
    pub label: String,
    /// Its day; `None`: not yet.
    pub day: Option<Day>,
    /// How long after noticing; of what is not done yet, how long it has been on the day of the build.
    pub after: String,
}

/// A promise that broke.
#[derive(Debug, Serialize)]
pub struct RepeatView {
    /// The promise.
    pub promise: LinkView,
    /// How often it broke, by severity; empty where never.
    pub counts: Vec<String>,
    /// How often without a severity.
    pub ungraded: String,
    /// How often in all.
    pub times: String,
}

/// A page of the log.
pub fn incidents(at: &At<'_>, number: u16) -> IncidentsView {
    let playbook = at.desk.playbook;
    IncidentsView {
        incidents: part(Id::all(&playbook.incidents), number).map(|(id, _)| incident(at, id)).collect(),
        repeats: if number == 1 { repeats(at) } else { Vec::new() },
        severities: Severity::ALL.into_iter().map(|one| severity(at, one)).collect(),
        ungraded: playbook.incidents.iter().any(|one| one.promise.is_some() && one.severity.is_none()),
        recoveries: lines(at, Id::all(&playbook.recoveries).map(|(id, _)| Thing::Recovery(id))),
        pager: pager(at, playbook.incidents.len(), number, &|other| match other {
            1 => PageId::Thing(Thing::Overview(Kind::Incidents)),
            other => PageId::More(Kind::Incidents, other),
        }),
    }
}

/// An incident, in the log and with its promise.
pub fn incident(at: &At<'_>, id: Id<Incident>) -> IncidentView {
    let incident = &at.desk.playbook[id];
    let today = at.desk.measures.today;
    let steps = incident.steps().map(|(step, day)| {
        let days = incident.days_to(day.unwrap_or(today)).and_then(|days| usize::try_from(days).ok());
        let key = if day.is_some() { "incident-after" } else { "incident-not-yet" };
        StepView {
            label: at.t(&format!("incident-{}", step.name())),
            day: day.map(|day| at.date(day)),
            after: days.map_or_else(|| at.t("incident-unknown"), |days| at.tn(key, &[("count", days.into())])),
        }
    });
    IncidentView {
        id: incident.id.to_string(),
        href: href(at, id),
        title: at.words(&incident.title),
        promise: incident.promise.map(|id| at.link(Thing::Promise(id))),
        severity: incident.severity.map(|one| severity(at, one)),
        recovery: incident.recovery.map(|id| at.link(Thing::Recovery(id))),
        noticed: incident.noticed.map(|day| at.date(day)),
        steps: steps.into(),
    }
}

/// Incidents in which this was done.
pub fn of_recovery(at: &At<'_>, recovery: Id<Recovery>) -> Vec<Line> {
    Id::all(&at.desk.playbook.incidents)
        .filter(|(_, incident)| incident.recovery == Some(recovery))
        .map(|(id, incident)| Line {
            href: href(at, id),
            title: at.words(&incident.title),
            text: None,
            note: incident.noticed.map(|day| at.date(day).shown),
        })
        .collect()
}

/// An incident's place in the log.
fn href(at: &At<'_>, id: Id<Incident>) -> String {
    let page = match u16::try_from(id.index() / LIST_LENGTH + 1).unwrap_or(u16::MAX) {
        1 => PageId::Thing(Thing::Overview(Kind::Incidents)),
        number => PageId::More(Kind::Incidents, number),
    };
    let Some(route) = at.desk.routes.route(page, at.language) else { return String::new() };
    let anchor = super::encoded(&at.desk.playbook[id].id);
    if route.address == at.route.address {
        return format!("#{anchor}");
    }
    format!("{}#{anchor}", at.to_address(&route.address))
}

fn severity(at: &At<'_>, severity: Severity) -> String {
    at.t(&format!("severity-{}", severity.name()))
}

/// Severity times repetition, promise by promise.
fn repeats(at: &At<'_>) -> Vec<RepeatView> {
    let mut broke: BTreeMap<Id<Promise>, Vec<Option<Severity>>> = BTreeMap::new();
    for incident in &at.desk.playbook.incidents {
        if let Some(promise) = incident.promise {
            broke.entry(promise).or_default().push(incident.severity);
        }
    }
    let mut broke: Vec<_> = broke.into_iter().collect();
    broke.sort_by_key(|(_, graded)| Reverse((graded.iter().max().copied(), graded.len())));
    let shown = |count: usize| match count {
        0 => String::new(),
        count => at.locale().count(i64::try_from(count).unwrap_or(i64::MAX)),
    };
    let row = |(promise, graded): (Id<Promise>, Vec<Option<Severity>>)| {
        let of = |wanted: Option<Severity>| shown(graded.iter().filter(|one| **one == wanted).count());
        RepeatView {
            promise: at.link(Thing::Promise(promise)),
            counts: Severity::ALL.into_iter().map(|one| of(Some(one))).collect(),
            ungraded: of(None),
            times: shown(graded.len()),
        }
    };
    broke.into_iter().take(LIST_LENGTH).map(row).collect()
}
