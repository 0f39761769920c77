//! Promises and their states to `promises.json`.

use super::*;

/// `promises.json`: what was promised, whether it was kept, and how that is known.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct PromisesJson {
    #[serde(flatten)]
    head: Head,
    /// The promises, in the order of the register.
    promises: Vec<PromiseJson>,
}

/// A promise.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct PromiseJson {
    /// Its id.
    id: String,
    /// Its address, beginning with `/`.
    url: Option<String>,
    /// What is promised.
    text: String,
    /// `made`, `kept`, `at-risk`, `broken` or `withdrawn`.
    state: &'static str,
    /// What decided that: its `metric`, or the word that was `declared`.
    decided_by: &'static str,
    /// The declared word.
    declared: Option<&'static str>,
    /// The id of its metric.
    metric: Option<String>,
    /// The metric's figure.
    figure: Option<CellJson>,
    /// What the figure has to reach.
    target: Option<f64>,
    /// `higher` or `lower`.
    better: Option<&'static str>,
    /// What the target leaves to be missed in the latest period.
    budget: Option<BudgetJson>,
    /// What of its words can be checked; `null` in a language whose words are not known.
    specific: Option<SpecificJson>,
    /// The id of the department that has to keep it.
    department: Option<String>,
    /// The id of the part of trust that it carries.
    pillar: Option<String>,
    /// Where it is in force by its own word: `journey/stage`.
    stages: Vec<String>,
    /// Who answers for it.
    owner: Option<String>,
    /// The day of the last review.
    last_reviewed: Option<String>,
    /// The day of the next one.
    next_review: Option<String>,
    /// Whether that day has passed.
    overdue: bool,
    /// What was found out about it, as it was written down.
    history: Vec<HistoryJson>,
}

/// What may still be missed: an error budget.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct BudgetJson {
    /// The latest period.
    period: String,
    /// Its occasions.
    n: u64,
    /// How many of them the target allows to be missed.
    allowed: u64,
    /// How many were missed.
    missed: u64,
    /// How many are left; below 0, so many too many were missed.
    left: i64,
}

/// What of a promise's words can be checked.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct SpecificJson {
    /// They say how many.
    number: bool,
    /// They say until when.
    deadline: bool,
    /// They say for whom.
    whom: bool,
}

/// A dated entry.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub(super) struct HistoryJson {
    /// The day.
    date: String,
    /// The state found.
    state: Option<&'static str>,
}

pub(super) fn promises(desk: &Desk<'_>) -> PromisesJson {
    let all = Id::all(&desk.playbook.promises).map(|(id, one)| promise(desk, id, one));
    PromisesJson { head: head(desk, "promises.schema.json"), promises: all.collect() }
}

pub(super) fn promise(desk: &Desk<'_>, id: Id<Promise>, promise: &Promise) -> PromiseJson {
    let playbook = desk.playbook;
    let state = desk.measures.states[id.index()];
    let metric = promise.metric.map(|id| &playbook[id]);
    let measured = promise.metric.map(|id| &desk.measures.metrics[id.index()]);
    let latest = measured.and_then(|measured| measured.periods.last());
    PromiseJson {
        id: promise.id.to_string(),
        url: url(desk, Thing::Promise(id)),
        text: words(&promise.text.source.value, desk),
        state: state.status.name(),
        decided_by: if state.measured { "metric" } else { "declared" },
        declared: promise.status.map(Status::name),
        metric: metric.map(|metric| metric.id.to_string()),
        figure: measured.map(|measured| cell(measured.figure)),
        target: state.target,
        better: metric.map(|metric| better(metric.better)),
        budget: state.budget.zip(latest).map(|(budget, (period, _))| budget_json(budget, *period)),
        specific: state.specific.map(|Specific { number, deadline, whom }| SpecificJson { number, deadline, whom }),
        department: promise.department.map(|id| playbook[id].id.to_string()),
        pillar: promise.pillar.map(|id| playbook[id].document.id.to_string()),
        stages: promise.stages.iter().map(|id| stage(desk, *id)).collect(),
        owner: promise.review.owner.as_deref().map(str::to_string),
        last_reviewed: promise.review.last.as_ref().map(|(date, _)| date.to_string()),
        next_review: promise.review.next().map(|date| date.to_string()),
        overdue: state.overdue,
        history: promise
            .history
            .iter()
            .map(|entry| HistoryJson { date: entry.date.to_string(), state: entry.status.map(Status::name) })
            .collect(),
    }
}

pub(super) fn budget_json(budget: Budget, period: Period) -> BudgetJson {
    let Budget { n, allowed, missed } = budget;
    BudgetJson { period: period.to_string(), n, allowed, missed, left: budget.left() }
}
