//! An [`Audit`] to its view: the page, and what the formats for terminals and other programs say.

pub mod json;
pub mod remarks;
pub mod table;
pub mod text;

use super::figure;
use super::floor::{self, FloorView};
use super::page::plain;
use super::{At, Day, LinkView, Words};
use crate::audit::{About, Account, Audit, Concern, PageReading, Topic, Weight};
use crate::measure::readability::Measure;
use crate::measure::{Basis, Change, Standing};
use crate::playbook::{Better, Id, Promise, Status, Thing, TouchpointId};
use serde::Serialize;

/// The promise audit.
#[derive(Debug, Serialize)]
pub struct AuditView {
    /// The department that it is about; all of them where there is none.
    pub department: Option<LinkView>,
    /// The day on which it was so.
    pub day: Day,
    /// That there is nothing to audit yet, and what to write.
    pub empty: Option<String>,
    /// That the edition lacks things on purpose, and what is therefore not looked for.
    pub narrow: Option<String>,
    /// That some of the figures rest on answers that are made up.
    pub sample: Option<String>,
    /// How many promises are kept.
    pub kept: u32,
    /// Of how many that are judged.
    pub judged: u32,
    /// How many promises there are, in words.
    pub promises: String,
    /// How many concerns there are of each weight, gravest first.
    pub weights: Vec<WeightView>,
    /// The journey with the lowest trust floor.
    pub floor: Option<FloorView>,
    /// The trust floors of all journeys that have one, lowest first.
    pub floors: Vec<FloorView>,
    /// What departments are compared by, in words.
    pub basis: String,
    /// Promises made against kept, weakest department first.
    pub accounts: Vec<AccountView>,
    /// All of them together; `None` where there is only one.
    pub total: Option<AccountView>,
    /// What is wrong or not known, worst first.
    pub sections: Vec<AuditSection>,
    /// How pages read, hardest first.
    pub readings: Vec<ReadingView>,
    /// How many more pages there are, in words.
    pub readings_more: Option<String>,
    /// Who signs.
    pub signers: Vec<SignerView>,
}

/// How a page reads in one of its languages.
#[derive(Debug, Serialize)]
pub struct ReadingView {
    /// The page.
    pub link: LinkView,
    /// Its file.
    pub source: String,
    /// The language's tag.
    pub lang: String,
    /// What readers call the language.
    pub language: String,
    /// The word that programs read: `flesch-kincaid`, `lix` or `words-a-sentence`.
    pub measure: &'static str,
    /// The measure in words.
    pub measure_word: String,
    /// What it gives, with one decimal.
    pub value: String,
    /// Above what a text is hard.
    pub limit: String,
    /// Whether this one is.
    pub hard: bool,
    /// Words a sentence.
    pub sentence: String,
}

/// How many concerns there are of a weight.
#[derive(Debug, Serialize)]
pub struct WeightView {
    /// `broken`, `unsure` or `unfinished`: the word of the command line.
    pub weight: &'static str,
    /// In words.
    pub title: String,
    /// What it means.
    pub about: String,
    /// How many.
    pub count: usize,
}

/// What a department has promised, and how that goes.
#[derive(Debug, Serialize)]
pub struct AccountView {
    /// The department, or that there is none.
    pub department: LinkView,
    /// Who answers for it.
    pub owner: Option<String>,
    /// How many promises it has made.
    pub made: usize,
    /// How many of them are kept.
    pub kept: u32,
    /// How many may not hold.
    pub at_risk: u32,
    /// How many are broken.
    pub broken: u32,
    /// Of how many nothing is claimed.
    pub unknown: u32,
    /// How many reviews of them are overdue.
    pub overdue: usize,
    /// Where customers meet it.
    pub touchpoints: usize,
    /// The share of what is kept; `None` where nothing is judged.
    pub share: Option<String>,
    /// Of how many.
    pub judged: String,
    /// The interval of that share.
    pub interval: Option<String>,
}

/// One topic of the audit.
#[derive(Debug, Serialize)]
pub struct AuditSection {
    /// Its anchor, and the word that programs read.
    pub id: &'static str,
    /// In words.
    pub title: String,
    /// Why it matters and what to do.
    pub about: String,
    /// How grave it is: `broken`, `unsure` or `unfinished`.
    pub weight: &'static str,
    /// The mark that stands before its lines: the word of a state, or `late`; `None` where they have none.
    pub mark: Option<&'static str>,
    /// What its lines are about, in a word.
    pub thing: String,
    /// Whether the meeting has to decide about every line.
    pub decide: bool,
    /// How many lines it has, with those that the page does not show.
    pub count: usize,
    /// Its lines, worst first.
    pub rows: Vec<ConcernView>,
    /// How many more there are, in words.
    pub more: Option<String>,
}

/// One thing that is wrong or not known.
#[derive(Debug, Serialize)]
pub struct ConcernView {
    /// The id that programs read: of a promise, department or strategy its own, else `journey/stage/touchpoint`.
    pub id: String,
    /// A promise's number in the register.
    pub number: Option<usize>,
    /// What it is about.
    pub link: LinkView,
    /// Where it is on the journeys; `None` of things that are nowhere in particular.
    pub place: Option<String>,
    /// Whose it is.
    pub department: Option<LinkView>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Whether it touches a moment of truth.
    pub moment: bool,
    /// What is known about it, in short phrases, the weightiest first.
    pub facts: Vec<String>,
}

/// A line to sign on.
#[derive(Debug, Serialize)]
pub struct SignerView {
    /// Whose.
    pub department: Words,
    /// Who signs.
    pub owner: Option<String>,
    /// How many lines of the audit are theirs, in words.
    pub lines: String,
}

/// The page lists so many lines of a topic, and counts the rest.
const LINES: usize = 100;
/// So many departments sign; of more nobody prints the page.
const SIGNERS: usize = 40;

/// The audit as the page shows it.
pub fn audit(at: &At<'_>, audit: &Audit) -> AuditView {
    view(at, audit, LINES)
}

/// The audit with every line.
pub fn whole(at: &At<'_>, audit: &Audit) -> AuditView {
    view(at, audit, usize::MAX)
}

/// The audit with at most `lines` lines of a topic.
pub fn view(at: &At<'_>, audit: &Audit, lines: usize) -> AuditView {
    let tally = audit.standing.tally;
    let floors: Vec<FloorView> = audit.floors.iter().map(|id| floor::floor(at, *id)).collect();
    let promises = audit.accounts.iter().flat_map(|account| &account.promises);
    let sampled = promises
        .filter_map(|id| at.desk.playbook[*id].metric)
        .any(|id| at.desk.playbook[id].sample && at.desk.measures.metrics[id.index()].figure.shown().is_some());
    let made: usize = audit.accounts.iter().map(|account| account.promises.len()).sum();
    AuditView {
        department: audit.department.map(|id| at.link(Thing::Department(id))),
        day: at.date(at.desk.measures.today),
        empty: audit.empty.then(|| at.t("audit-empty")),
        narrow: (!audit.whole).then(|| at.t("audit-narrow")),
        sample: sampled.then(|| at.t("audit-sample")),
        kept: tally.kept,
        judged: tally.judged(),
        promises: at.tn("count-promises", &[("count", made.into())]),
        weights: Weight::ALL
            .into_iter()
            .map(|weight| WeightView {
                weight: weight.name(),
                title: at.t(&format!("audit-weight-{}", weight.name())),
                about: at.t(&format!("audit-weight-{}-about", weight.name())),
                count: audit.count(weight),
            })
            .collect(),
        floor: floors.first().cloned(),
        floors,
        basis: at.t(match audit.basis {
            Basis::Occasions => "audit-basis-occasions",
            Basis::Promises => "audit-basis-promises",
        }),
        accounts: audit.accounts.iter().map(|account| account_view(at, account, audit.basis)).collect(),
        total: (audit.accounts.len() > 1).then(|| {
            let all = Account {
                department: None,
                promises: audit.accounts.iter().flat_map(|account| account.promises.iter().copied()).collect(),
                standing: audit.standing,
                overdue: audit.accounts.iter().map(|account| account.overdue).sum(),
                touchpoints: audit.accounts.iter().map(|account| account.touchpoints).sum(),
            };
            let total = LinkView { href: String::new(), title: at.said("audit-total") };
            AccountView { department: total, ..account_view(at, &all, audit.basis) }
        }),
        sections: Topic::ALL.into_iter().filter_map(|topic| section(at, audit, topic, lines)).collect(),
        readings: audit.readings.iter().take(lines).map(|one| reading(at, one)).collect(),
        readings_more: (audit.readings.len() > lines)
            .then(|| at.tn("audit-more", &[("count", (audit.readings.len() - lines).into())])),
        signers: signers(at, audit),
    }
}

fn reading(at: &At<'_>, of: &PageReading) -> ReadingView {
    let document = at.desk.playbook.document(of.page);
    let said = document.map(|document| document.body.said(of.language, &at.desk.playbook.settings));
    ReadingView {
        link: LinkView { href: at.href_in(of.page, of.language, None), title: at.title_in(of.page, of.language) },
        source: said.map(|said| said.place.path.to_string()).unwrap_or_default(),
        lang: at.desk.playbook.settings.language(of.language).tag.to_string(),
        language: at.language_name(of.language).to_string(),
        measure: of.reading.measure.name(),
        measure_word: at.t(match of.reading.measure {
            Measure::Grade => "reading-grade",
            Measure::Lix => "reading-lix",
            Measure::SentenceLength => "reading-sentence",
        }),
        value: at.locale().number(of.reading.value, 1),
        limit: at.locale().number(of.reading.measure.limit(), 0),
        hard: of.reading.is_hard(),
        sentence: at.locale().number(of.reading.sentence_length(), 1),
    }
}

/// What is said of a page's reading in one line.
pub(super) fn reading_line(at: &At<'_>, view: &ReadingView) -> String {
    // Where the measure is a sentence's length, it is said once.
    if view.value == view.sentence && !view.hard {
        let said = [("fact", view.measure_word.clone().into()), ("value", view.value.clone().into())];
        return at.tn("fact-and-value", &said);
    }
    let said =
        [("measure", view.measure_word.clone()), ("value", view.value.clone()), ("sentence", view.sentence.clone())];
    let said = said.map(|(name, words)| (name, words.into()));
    at.tn(if view.hard { "audit-reading-hard" } else { "audit-reading-line" }, &said)
}

fn account_view(at: &At<'_>, account: &Account, basis: Basis) -> AccountView {
    let tally = account.standing.tally;
    let share = account.standing.share(basis);
    AccountView {
        department: match account.department {
            Some(id) => at.link(Thing::Department(id)),
            None => LinkView { href: String::new(), title: at.said("promises-no-department") },
        },
        owner: at.owner_if(account.department.and_then(|id| at.desk.playbook[id].owner.as_ref())),
        made: account.promises.len(),
        kept: tally.kept,
        at_risk: tally.at_risk,
        broken: tally.broken,
        unknown: tally.made,
        overdue: account.overdue,
        touchpoints: account.touchpoints,
        share: share.map(|share| match basis {
            // 99.6 of 100 is not all of them.
            Basis::Occasions => at.locale().percent(share, 1),
            Basis::Promises => at.percent(share),
        }),
        judged: at.locale().count(i64::try_from(account.standing.judged(basis).n).unwrap_or(i64::MAX)),
        interval: interval(at, account.standing, basis),
    }
}

/// The interval of occasions; of two or three promises one would say that nothing is known.
fn interval(at: &At<'_>, standing: Standing, basis: Basis) -> Option<String> {
    if basis == Basis::Promises {
        return None;
    }
    let ends = standing.interval(basis)?;
    let percent = |value: f64| at.locale().percent(value, 1);
    Some(at.tn("audit-interval", &[("low", percent(ends.low?).into()), ("high", percent(ends.high?).into())]))
}

fn section(at: &At<'_>, audit: &Audit, topic: Topic, lines: usize) -> Option<AuditSection> {
    // Concerns stand in the order of topics.
    let from = audit.concerns.partition_point(|concern| concern.topic < topic);
    let length = audit.concerns[from..].partition_point(|concern| concern.topic == topic);
    let concerns = &audit.concerns[from..from + length];
    (!concerns.is_empty()).then(|| AuditSection {
        id: topic.name(),
        title: at.t(&format!("audit-{}", topic.name())),
        about: at.t(&format!("audit-{}-about", topic.name())),
        weight: topic.weight().name(),
        mark: mark(topic),
        thing: at.t(match concerns[0].about {
            About::Promise(_) => "thing-promise",
            About::Department(_) => "thing-department",
            About::Touchpoint(_) => "numbers-touchpoint",
            About::Opportunity(..) => "opportunity",
            About::Strategy(_) => "thing-strategy",
        }),
        decide: matches!(topic, Topic::Undeliverable | Topic::Broken | Topic::AtRisk),
        count: concerns.len(),
        rows: concerns.iter().take(lines).map(|concern| row(at, concern)).collect(),
        more: (concerns.len() > lines).then(|| at.tn("audit-more", &[("count", (concerns.len() - lines).into())])),
    })
}

fn mark(topic: Topic) -> Option<&'static str> {
    match topic {
        Topic::Undeliverable | Topic::Broken => Some(Status::Broken.name()),
        Topic::AtRisk => Some(Status::AtRisk.name()),
        Topic::Overdue => Some("late"),
        _ => None,
    }
}

fn row(at: &At<'_>, concern: &Concern) -> ConcernView {
    let playbook = at.desk.playbook;
    let blank = ConcernView {
        id: String::new(),
        number: None,
        link: LinkView { href: String::new(), title: Words::plain("") },
        place: None,
        department: concern.department.map(|id| at.link(Thing::Department(id))),
        owner: None,
        moment: concern.moments > 0,
        facts: Vec::new(),
    };
    match concern.about {
        About::Promise(id) => {
            let promise = &playbook[id];
            ConcernView {
                id: promise.id.to_string(),
                number: Some(promise.number),
                link: at.link(Thing::Promise(id)),
                owner: at.owner_if(promise.review.owner.as_ref()),
                facts: promise_facts(at, concern, id),
                ..blank
            }
        }
        About::Department(id) => {
            let department = &playbook[id];
            let counts = [
                at.tn("count-touchpoints", &[("count", department.touchpoints.len().into())]),
                at.tn("count-moments", &[("count", concern.moments.into())]),
            ];
            ConcernView {
                id: department.id.to_string(),
                link: at.link(Thing::Department(id)),
                department: None,
                owner: at.owner_if(department.owner.as_ref()),
                facts: counts.into(),
                ..blank
            }
        }
        About::Touchpoint(id) => {
            let touchpoint = &playbook[id];
            let mut facts: Vec<String> = felt(at, id).into_iter().collect();
            if concern.topic == Topic::PainWithoutOpportunity {
                facts = touchpoint.pains.iter().map(|pain| plain(&at.line(pain))).chain(facts).collect();
            }
            ConcernView {
                id: touchpoint_id(at, id),
                link: touchpoint_link(at, id),
                place: Some(place(at, id)),
                owner: at.owner_if(playbook[id.stage.journey].review.owner.as_ref()),
                facts,
                ..blank
            }
        }
        About::Opportunity(id, number) => {
            let opportunity = &playbook[id].opportunities[number];
            let at_touchpoint = plain(&at.words(&playbook[id].title));
            ConcernView {
                id: touchpoint_id(at, id),
                link: LinkView { title: at.unlinked(&opportunity.text), ..touchpoint_link(at, id) },
                place: Some(format!("{at_touchpoint} · {}", place(at, id))),
                facts: felt(at, id).into_iter().collect(),
                ..blank
            }
        }
        About::Strategy(id) => {
            let strategy = &playbook[id];
            let grades = [("fact-effort", strategy.effort), ("fact-impact", strategy.impact)];
            let facts = grades.into_iter().filter_map(|(label, grade)| {
                let word = at.t(super::register::grade_word(grade?));
                Some(at.tn("fact-and-value", &[("fact", at.t(label).into()), ("value", word.into())]))
            });
            ConcernView {
                id: strategy.document.id.to_string(),
                link: at.link(Thing::Strategy(id)),
                owner: at.owner_if(strategy.document.review.owner.as_ref()),
                facts: facts.collect(),
                ..blank
            }
        }
    }
}

/// What is known about a promise: how its metric does, for how long, and what else is meant.
fn promise_facts(at: &At<'_>, concern: &Concern, id: Id<Promise>) -> Vec<String> {
    use crate::audit::Why;
    let promise = &at.desk.playbook[id];
    let state = at.desk.measures.states[id.index()];
    let mut facts = Vec::new();
    let why = concern.why.map(|why| match why {
        Why::MissedPeriods(count) => at.tn("audit-missed-periods", &[("count", count.into())]),
        Why::BrokenEntries(count) => at.tn("audit-broken-entries", &[("count", count.into())]),
        Why::NoOwner => at.t("audit-no-owner"),
        Why::NoDepartment => at.t("audit-no-department"),
        Why::NoOwnerNorDepartment => at.t("audit-no-owner-nor-department"),
        Why::NoMetric => at.t("audit-no-metric"),
        Why::NoAnswers => at.t("figure-empty"),
        Why::FewAnswers => at.t("figure-hidden"),
        Why::NoTarget => at.t("audit-no-target"),
        Why::Days(count) => at.tn("audit-late", &[("days", at.tn("days", &[("count", count.into())]).into())]),
    });
    match concern.topic {
        Topic::Undeliverable | Topic::Broken | Topic::AtRisk => {
            let metric = promise.metric.map(|metric| (metric, &at.desk.playbook[metric]));
            let figure = metric.and_then(|(id, _)| at.desk.measures.metrics[id.index()].figure.shown());
            if let (true, Some((metric_id, metric)), Some(figure), Some(target)) =
                (state.measured, metric, figure, state.target)
            {
                let view = figure::figure_view(at, metric, figure);
                let target = figure::amount(at, metric, target);
                let key = match metric.better {
                    Better::Higher => "audit-against",
                    Better::Lower => "audit-against-lower",
                };
                facts.push(at.tn(key, &[("value", view.value.into()), ("target", target.into())]));
                facts.extend(why);
                facts.extend(view.interval);
                facts.extend(view.answers);
                let change = at.desk.measures.metrics[metric_id.index()].change;
                let clear = change.is_some_and(|change| change.change != Change::Unclear);
                facts.extend(figure::change_line(at, metric_id).filter(|_| clear));
            } else {
                facts.push(at.t("audit-declared"));
                facts.extend(why);
            }
        }
        Topic::Overdue => {
            facts.extend(why);
            let due = promise.review.next().map(|due| at.date(due).shown);
            facts.extend(due.map(|due| at.tn("audit-due", &[("day", due.into())])));
        }
        _ => {
            facts.extend(why);
            let stages: Vec<_> = super::register::stage_links(at, &promise.stages);
            facts.extend(stages.first().map(|stage| match stages.len() {
                1 => at.tn("audit-in-force", &[("stage", plain(&stage.title).into())]),
                count => {
                    at.tn(
                        "audit-in-force-more",
                        &[("stage", plain(&stage.title).into()), ("count", (count - 1).into())],
                    )
                }
            }));
        }
    }
    facts
}

fn felt(at: &At<'_>, id: TouchpointId) -> Option<String> {
    let felt = at.desk.playbook[id].felt()?;
    Some(at.tn("audit-felt", &[("value", at.signed(felt).into())]))
}

fn place(at: &At<'_>, id: TouchpointId) -> String {
    let stage = plain(&at.title(Thing::Stage(id.stage)));
    let journey = plain(&at.title(Thing::Journey(id.stage.journey)));
    at.tn("stage-of-journey", &[("stage", stage.into()), ("journey", journey.into())])
}

fn touchpoint_id(at: &At<'_>, id: TouchpointId) -> String {
    let playbook = at.desk.playbook;
    format!("{}/{}/{}", playbook[id.stage.journey].id, playbook[id.stage].id, playbook[id].id)
}

fn touchpoint_link(at: &At<'_>, id: TouchpointId) -> LinkView {
    let touchpoint = &at.desk.playbook[id];
    let anchor = format!("touchpoint-{}", touchpoint.id);
    LinkView {
        href: at.href_in(Thing::Stage(id.stage), at.language, Some(&anchor)),
        title: at.words(&touchpoint.title),
    }
}

/// Departments that the audit has lines for, in the order of its accounts.
fn signers(at: &At<'_>, audit: &Audit) -> Vec<SignerView> {
    let departments = audit.accounts.iter().filter_map(|account| account.department);
    departments
        .filter_map(|id| {
            let lines = audit.concerns.iter().filter(|concern| concern.department == Some(id)).count();
            (lines > 0).then(|| SignerView {
                department: at.title(Thing::Department(id)),
                owner: at.owner_if(at.desk.playbook[id].owner.as_ref()),
                lines: at.tn("audit-lines", &[("count", lines.into())]),
            })
        })
        .take(SIGNERS)
        .collect()
}
