//! A playbook and its measures to an [`Audit`]: what was promised and how it went, and what is wrong or not known, worst first.
//!
//! What it lists beyond the rules of [`check`](crate::check) is no finding: it is the agenda of a meeting, not a mistake in a file.
//!
//! The order is made in two steps. A [`Topic`] stands before another by how much of it customers feel; in a topic, what hurts more
//! comes first ([`Hurt`]), and of equals what was written first.

use crate::measure::readability::{self, Reading};
use crate::measure::{Basis, Cell, Measures, Standing};
use crate::playbook::{
    Better, Department, Document, Evidence, Grade, Id, Journey, Lang, Metric, MetricKind, Playbook, Promise, StageId,
    Status, Strategy, Thing, TouchpointId,
};
use rayon::prelude::*;
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// The audit of an edition on one day, or of one department of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Audit {
    /// The department that it is about; all of them where `None`.
    pub department: Option<Id<Department>>,
    /// Whether the edition holds all that a plain build holds. What a narrower one lacks it may lack on purpose, so only what is
    /// broken, at risk or overdue is looked for.
    pub whole: bool,
    /// How all its promises do.
    pub standing: Standing,
    /// What departments are compared by.
    pub basis: Basis,
    /// Promises made against kept, weakest department first.
    pub accounts: Vec<Account>,
    /// Journeys of which it is known where trust is lowest, lowest first.
    pub floors: Vec<Id<Journey>>,
    /// What is wrong or not known, worst first.
    pub concerns: Vec<Concern>,
    /// How pages read, hardest first; of a department alone nothing is said.
    pub readings: Vec<PageReading>,
    /// Whether there is nothing yet that could be audited.
    pub empty: bool,
}

/// How a page reads in one of its languages.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PageReading {
    /// The page.
    pub page: Thing,
    /// The language.
    pub language: Lang,
    /// How it reads.
    pub reading: Reading,
}

/// What a department has promised, and how that goes.
#[derive(Debug, Clone, PartialEq)]
pub struct Account {
    /// The department; `None`: nobody has to keep these.
    pub department: Option<Id<Department>>,
    /// Its promises that are still made.
    pub promises: Vec<Id<Promise>>,
    /// How they do.
    pub standing: Standing,
    /// How many reviews of them are overdue.
    pub overdue: usize,
    /// Where customers meet it.
    pub touchpoints: usize,
}

/// One thing that is wrong or not known.
#[derive(Debug, Clone, PartialEq)]
pub struct Concern {
    /// What is wrong.
    pub topic: Topic,
    /// With what.
    pub about: About,
    /// Whose it is.
    pub department: Option<Id<Department>>,
    /// How many moments of truth it touches: of a promise those of the stages where it is in force, of a department those at which
    /// customers meet it.
    pub moments: usize,
    /// By what it is ordered in its topic.
    pub hurt: Hurt,
    /// What is known about it.
    pub why: Option<Why>,
}

/// What a concern is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// A promise.
    Promise(Id<Promise>),
    /// A department.
    Department(Id<Department>),
    /// A touchpoint.
    Touchpoint(TouchpointId),
    /// An opportunity of a touchpoint, by its number there, from 0.
    Opportunity(TouchpointId, usize),
    /// A strategy.
    Strategy(Id<Strategy>),
}

/// What more is known about a concern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Why {
    /// The target was missed in each of so many periods, the last ones with figures.
    MissedPeriods(usize),
    /// So many dated entries in a row, the last ones, say that it is broken.
    BrokenEntries(usize),
    /// Nobody answers for it.
    NoOwner,
    /// No department has to keep it.
    NoDepartment,
    /// Neither.
    NoOwnerNorDepartment,
    /// It names no metric.
    NoMetric,
    /// Its metric has no answers.
    NoAnswers,
    /// Its metric has too few answers to show.
    FewAnswers,
    /// Nothing says what its metric has to reach.
    NoTarget,
    /// Its review was due so many days ago.
    Days(usize),
}

/// How much something hurts within its topic. Greater hurts more.
///
/// | topic | first | then |
/// |---|---|---|
/// | promises that cannot be kept, are broken or at risk | occasions missed | moments of truth |
/// | an overdue review | days | moments of truth |
/// | promises that nobody owns, nothing measures, nobody was told | moments of truth | stages where it is in force |
/// | a department without a promise | moments of truth | touchpoints |
/// | a pain, an opportunity | how bad it feels there, in hundredths below +2 | whether it is a moment of truth |
/// | an assumed touchpoint | whether it is a moment of truth | how bad it feels there |
/// | a strategy | impact, 0 to 3 | |
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Hurt {
    /// What decides.
    pub first: u64,
    /// What decides between equals.
    pub then: u64,
}

/// What may be wrong, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// A broken promise that did not hold for as long as anybody has looked: it cannot be kept as it is worded and staffed.
    Undeliverable,
    /// A broken promise that has been kept before, or has been looked at only once.
    Broken,
    /// A promise that may not hold.
    AtRisk,
    /// A department that meets customers and promises them nothing.
    SilentDepartment,
    /// A promise without an owner, or that no department has to keep.
    Unowned,
    /// A promise that no figure speaks of.
    Unmeasured,
    /// A promise whose review is overdue.
    Overdue,
    /// A promise that no customer was told.
    NowhereMade,
    /// A touchpoint with pains and nothing that follows from them.
    PainWithoutOpportunity,
    /// An opportunity that nobody owns.
    UnownedOpportunity,
    /// A touchpoint of which we only assume how it is.
    Assumed,
    /// A strategy that serves no stage.
    IdleStrategy,
}

/// How grave a topic is: the levels that a command may fail on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// Work that is not done yet.
    Unfinished,
    /// We cannot say that it holds.
    Unsure,
    /// Customers notice.
    Broken,
}

impl Weight {
    /// All of them, gravest first.
    pub const ALL: [Weight; 3] = [Weight::Broken, Weight::Unsure, Weight::Unfinished];

    /// The word of the command line.
    pub fn name(self) -> &'static str {
        match self {
            Weight::Broken => "broken",
            Weight::Unsure => "unsure",
            Weight::Unfinished => "unfinished",
        }
    }
}

impl Topic {
    /// All of them, worst first.
    pub const ALL: [Topic; 12] = [
        Topic::Undeliverable,
        Topic::Broken,
        Topic::AtRisk,
        Topic::SilentDepartment,
        Topic::Unowned,
        Topic::Unmeasured,
        Topic::Overdue,
        Topic::NowhereMade,
        Topic::PainWithoutOpportunity,
        Topic::UnownedOpportunity,
        Topic::Assumed,
        Topic::IdleStrategy,
    ];

    /// The word that programs read; where `check` has a rule for it, the rule's.
    pub fn name(self) -> &'static str {
        match self {
            Topic::Undeliverable => "undeliverable-promise",
            Topic::Broken => "broken-promise",
            Topic::AtRisk => "promise-at-risk",
            Topic::SilentDepartment => "department-without-promise",
            Topic::Unowned => "unowned-promise",
            Topic::Unmeasured => "unmeasured-promise",
            Topic::Overdue => "overdue-review",
            Topic::NowhereMade => "promise-nowhere-made",
            Topic::PainWithoutOpportunity => "pain-without-opportunity",
            Topic::UnownedOpportunity => "unowned-opportunity",
            Topic::Assumed => "assumed-touchpoint",
            Topic::IdleStrategy => "idle-strategy",
        }
    }

    /// How grave it is.
    pub fn weight(self) -> Weight {
        match self {
            Topic::Undeliverable | Topic::Broken => Weight::Broken,
            Topic::AtRisk
            | Topic::SilentDepartment
            | Topic::Unowned
            | Topic::Unmeasured
            | Topic::Overdue
            | Topic::NowhereMade => Weight::Unsure,
            Topic::PainWithoutOpportunity | Topic::UnownedOpportunity | Topic::Assumed | Topic::IdleStrategy => {
                Weight::Unfinished
            }
        }
    }
}

impl Audit {
    /// How many concerns there are of a weight.
    pub fn count(&self, weight: Weight) -> usize {
        self.concerns.iter().filter(|concern| concern.topic.weight() == weight).count()
    }

    /// Whether there is a concern of this weight or a graver one.
    pub fn reaches(&self, weight: Weight) -> bool {
        self.concerns.iter().any(|concern| concern.topic.weight() >= weight)
    }
}

/// Whether there is anything in the playbook that could be audited.
pub fn is_empty(playbook: &Playbook) -> bool {
    playbook.promises.is_empty()
        && playbook.departments.is_empty()
        && playbook.strategies.is_empty()
        && playbook.touchpoints().next().is_none()
}

/// The audit of a playbook, or of one department of it.
pub fn audit(playbook: &Playbook, measures: &Measures, department: Option<Id<Department>>) -> Audit {
    let settings = &playbook.settings;
    let asked = Asked { playbook, measures, department };
    let whole = settings.sees(&settings.edition, &settings.default_audience);
    let promises: Vec<Id<Promise>> = asked.promises().collect();
    let (accounts, basis) = accounts(&asked);
    let mut concerns = asked.broken_or_overdue();
    if whole {
        concerns.extend(asked.loose_promises());
        concerns.extend(asked.silent_departments());
        concerns.extend(asked.loose_touchpoints());
        concerns.extend(asked.idle_strategies());
    }
    // The sort is stable: what was written first stays first.
    concerns.sort_by_key(|concern| (concern.topic, Reverse(concern.hurt)));
    Audit {
        department,
        whole,
        standing: measures.standing(playbook, &promises),
        basis,
        accounts,
        floors: floors(&asked),
        concerns,
        readings: if department.is_none() { readings(playbook) } else { Vec::new() },
        empty: is_empty(playbook),
    }
}

/// How all pages read that have prose enough, in each language that they are written in.
fn readings(playbook: &Playbook) -> Vec<PageReading> {
    let documents: Vec<(Thing, &Document)> = playbook.documents().collect();
    let of_page = |(page, document): (Thing, &Document)| -> Vec<PageReading> {
        let all = document.body.all().filter_map(|said| {
            let reading = readability::reading(&playbook.settings.language(said.language).tag, &said.value.body)?;
            Some(PageReading { page, language: said.language, reading })
        });
        all.collect()
    };
    let mut readings: Vec<PageReading> = documents.into_par_iter().flat_map_iter(of_page).collect();
    // Measures of different languages are compared by how near each is to its own limit.
    readings.sort_by(|a, b| b.reading.hardness().total_cmp(&a.reading.hardness()));
    readings
}

/// What is looked at.
struct Asked<'a> {
    playbook: &'a Playbook,
    measures: &'a Measures,
    department: Option<Id<Department>>,
}

impl<'a> Asked<'a> {
    /// Whether this department is asked for.
    fn is_of(&self, department: Option<Id<Department>>) -> bool {
        self.department.is_none() || self.department == department
    }

    /// The promises that are still made.
    fn promises(&self) -> impl Iterator<Item = Id<Promise>> + use<'_, 'a> {
        let standing = Id::all(&self.playbook.promises).filter(|(id, promise)| {
            self.measures.states[id.index()].status != Status::Withdrawn && self.is_of(promise.department)
        });
        standing.map(|(id, _)| id)
    }

    fn broken_or_overdue(&self) -> Vec<Concern> {
        let mut concerns = Vec::new();
        for id in self.promises() {
            let (state, promise) = (self.measures.states[id.index()], &self.playbook[id]);
            let failing = match state.status {
                Status::Broken => match self.never_held(id) {
                    Some(why) => Some((Topic::Undeliverable, Some(why))),
                    None => Some((Topic::Broken, None)),
                },
                Status::AtRisk => Some((Topic::AtRisk, None)),
                _ => None,
            };
            if let Some((topic, why)) = failing {
                let missed = promise.metric.map_or(0, |metric| self.missed_occasions(metric));
                concerns.push(self.failing(topic, id, missed, why));
            }
            if let Some(next) = promise.review.next().filter(|_| state.overdue) {
                let days = next.until(self.measures.today).map_or(0, |span| span.get_days().unsigned_abs());
                let why = Why::Days(days as usize);
                concerns.push(self.failing(Topic::Overdue, id, days.into(), Some(why)));
            }
        }
        concerns
    }

    /// Whether a broken promise has not held for as long as anybody looked, but at least twice.
    fn never_held(&self, id: Id<Promise>) -> Option<Why> {
        let (state, promise) = (self.measures.states[id.index()], &self.playbook[id]);
        if let (true, Some(metric), Some(target)) = (state.measured, promise.metric, state.target) {
            let better = self.playbook[metric].better;
            let reached = |value: f64| match better {
                Better::Higher => value >= target,
                Better::Lower => value <= target,
            };
            let periods = &self.measures.metrics[metric.index()].periods;
            let lately: Vec<f64> = periods
                .iter()
                .rev()
                .filter_map(|(_, cell)| cell.shown())
                .map(|figure| figure.value)
                .take(LATELY)
                .collect();
            let never = lately.len() >= TWICE && !lately.iter().copied().any(reached);
            return never.then_some(Why::MissedPeriods(lately.len()));
        }
        let noted = promise.history.iter().rev().filter_map(|entry| entry.status);
        let broken = noted.take_while(|status| *status == Status::Broken).count();
        (broken >= TWICE).then_some(Why::BrokenEntries(broken))
    }

    fn loose_promises(&self) -> Vec<Concern> {
        let mut concerns = Vec::new();
        for id in self.promises() {
            let promise = &self.playbook[id];
            let unowned = match (promise.review.owner.is_none(), promise.department.is_none()) {
                (true, true) => Some(Why::NoOwnerNorDepartment),
                (true, false) => Some(Why::NoOwner),
                (false, true) => Some(Why::NoDepartment),
                (false, false) => None,
            };
            let unmeasured = match promise.metric.map(|metric| self.measures.metrics[metric.index()].figure) {
                None => Some(Why::NoMetric),
                Some(Cell::Empty) => Some(Why::NoAnswers),
                Some(Cell::Hidden) => Some(Why::FewAnswers),
                Some(Cell::Shown(_)) if self.measures.states[id.index()].target.is_none() => Some(Why::NoTarget),
                Some(Cell::Shown(_)) => None,
            };
            concerns.extend(unowned.map(|why| self.loose(Topic::Unowned, id, Some(why))));
            concerns.extend(unmeasured.map(|why| self.loose(Topic::Unmeasured, id, Some(why))));
            if promise.made_in.is_empty() && promise.touchpoints.is_empty() {
                concerns.push(self.loose(Topic::NowhereMade, id, None));
            }
        }
        concerns
    }

    fn silent_departments(&self) -> Vec<Concern> {
        let all = Id::all(&self.playbook.departments).filter(|(id, _)| self.is_of(Some(*id)));
        let silent = all.filter(|(_, one)| {
            let standing = |id: &Id<Promise>| self.measures.states[id.index()].status != Status::Withdrawn;
            !one.touchpoints.is_empty() && !one.promises.iter().any(standing)
        });
        silent
            .map(|(id, one)| {
                let moments = one.touchpoints.iter().filter(|id| self.playbook[**id].moment_of_truth).count();
                Concern {
                    topic: Topic::SilentDepartment,
                    about: About::Department(id),
                    department: Some(id),
                    moments,
                    hurt: Hurt { first: moments as u64, then: one.touchpoints.len() as u64 },
                    why: None,
                }
            })
            .collect()
    }

    fn loose_touchpoints(&self) -> Vec<Concern> {
        let mut concerns = Vec::new();
        for (id, touchpoint) in self.playbook.touchpoints().filter(|(_, one)| self.is_of(one.department)) {
            // From 0 at +2 to 400 at -2; where nobody has said, neither.
            let bad = (200.0 - 100.0 * touchpoint.felt().unwrap_or(0.0)).round().max(0.0) as u64;
            let moment = u64::from(touchpoint.moment_of_truth);
            let mut push = |topic, about| {
                let hurt = match topic {
                    Topic::Assumed => Hurt { first: moment, then: bad },
                    _ => Hurt { first: bad, then: moment },
                };
                let (department, moments) = (touchpoint.department, moment as usize);
                concerns.push(Concern { topic, about, department, moments, hurt, why: None });
            };
            if touchpoint.evidence == Some(Evidence::Assumed) {
                push(Topic::Assumed, About::Touchpoint(id));
            }
            if !touchpoint.pains.is_empty() && touchpoint.opportunities.is_empty() {
                push(Topic::PainWithoutOpportunity, About::Touchpoint(id));
            }
            for (number, _) in touchpoint.opportunities.iter().enumerate().filter(|(_, one)| one.owner.is_none()) {
                push(Topic::UnownedOpportunity, About::Opportunity(id, number));
            }
        }
        concerns
    }

    fn idle_strategies(&self) -> Vec<Concern> {
        let all = Id::all(&self.playbook.strategies).filter(|(_, strategy)| strategy.stages.is_empty());
        let own = all.filter(|(_, strategy)| self.department.is_none_or(|id| strategy.departments.contains(&id)));
        own.map(|(id, strategy)| {
            let impact = match strategy.impact {
                Some(Grade::High) => 3,
                Some(Grade::Medium) => 2,
                Some(Grade::Low) => 1,
                None => 0,
            };
            let department = strategy.departments.first().copied().filter(|_| strategy.departments.len() == 1);
            let hurt = Hurt { first: impact, then: 0 };
            Concern { topic: Topic::IdleStrategy, about: About::Strategy(id), department, moments: 0, hurt, why: None }
        })
        .collect()
    }

    /// A promise that fails customers by this `measure`.
    fn failing(&self, topic: Topic, id: Id<Promise>, measure: u64, why: Option<Why>) -> Concern {
        let moments = self.moments_of(&self.playbook[id]);
        let hurt = Hurt { first: measure, then: moments as u64 };
        let department = self.playbook[id].department;
        Concern { topic, about: About::Promise(id), department, moments, hurt, why }
    }

    /// A promise that lacks what would hold it.
    fn loose(&self, topic: Topic, id: Id<Promise>, why: Option<Why>) -> Concern {
        let promise = &self.playbook[id];
        let moments = self.moments_of(promise);
        let hurt = Hurt { first: moments as u64, then: self.stages_of(promise).len() as u64 };
        Concern { topic, about: About::Promise(id), department: promise.department, moments, hurt, why }
    }

    /// Moments of truth of the stages where a promise is in force.
    fn moments_of(&self, promise: &Promise) -> usize {
        let met = self.stages_of(promise).into_iter().flat_map(|stage| &self.playbook[stage].touchpoints);
        met.filter(|touchpoint| touchpoint.moment_of_truth).count()
    }

    /// On how many occasions a promise was not kept, where its metric counts them and shows it.
    fn missed_occasions(&self, id: Id<Metric>) -> u64 {
        let metric = &self.playbook[id];
        let figure = self.measures.metrics[id.index()].figure.shown().filter(|_| metric.kind == MetricKind::Rate);
        figure.and_then(|figure| Some((figure.n, figure.kept?))).map_or(0, |(n, yes)| match metric.better {
            Better::Higher => n - yes,
            Better::Lower => yes,
        })
    }

    /// Where a promise is in force: by its own word, or by a touchpoint's.
    fn stages_of(&self, promise: &Promise) -> BTreeSet<StageId> {
        promise.stages.iter().copied().chain(promise.touchpoints.iter().map(|touchpoint| touchpoint.stage)).collect()
    }
}

/// A year of quarters: what is longer ago says little about today.
const LATELY: usize = 4;
/// Once may be bad luck.
const TWICE: usize = 2;

/// Made against kept, weakest first: the lowest share, of equals the one with more that is judged. Then those of whom nothing is
/// known, those that meet customers most often first; last the promises that nobody has to keep.
fn accounts(asked: &Asked<'_>) -> (Vec<Account>, Basis) {
    let account = |department: Option<Id<Department>>, promises: Vec<Id<Promise>>| Account {
        department,
        standing: asked.measures.standing(asked.playbook, &promises),
        overdue: promises.iter().filter(|id| asked.measures.states[id.index()].overdue).count(),
        touchpoints: department.map_or(0, |id| asked.playbook[id].touchpoints.len()),
        promises,
    };
    let mut own: Vec<Vec<Id<Promise>>> = vec![Vec::new(); asked.playbook.departments.len()];
    let mut nobodys = Vec::new();
    for id in asked.promises() {
        match asked.playbook[id].department {
            Some(department) => own[department.index()].push(id),
            None => nobodys.push(id),
        }
    }
    let departments = Id::all(&asked.playbook.departments).zip(own).filter(|((id, _), _)| asked.is_of(Some(*id)));
    let mut accounts: Vec<Account> = departments
        .map(|((id, _), promises)| account(Some(id), promises))
        .filter(|one| one.touchpoints > 0 || !one.promises.is_empty() || asked.department.is_some())
        .collect();
    if !nobodys.is_empty() {
        accounts.push(account(None, nobodys));
    }
    let by_occasions = accounts.iter().any(|one| one.standing.occasions.is_some());
    let basis = if by_occasions { Basis::Occasions } else { Basis::Promises };
    accounts.sort_by(|one, other| {
        let rank = |account: &Account| match account.standing.share(basis) {
            Some(share) => (account.department.is_none(), share, Reverse(account.standing.judged(basis).n)),
            None => (account.department.is_none(), f64::INFINITY, Reverse(account.touchpoints as u64)),
        };
        rank(one).partial_cmp(&rank(other)).expect("shares are numbers")
    });
    (accounts, basis)
}

/// Journeys by their floors; of one department those whose floor it sets.
fn floors(asked: &Asked<'_>) -> Vec<Id<Journey>> {
    let mut floors: Vec<(f64, Id<Journey>)> = Id::all(&asked.playbook.journeys)
        .filter_map(|(id, _)| {
            let floor = &asked.measures.floors[id.index()];
            let (department, _) = floor.departments[floor.lowest_department?];
            asked.is_of(Some(department)).then_some((floor.share()?, id))
        })
        .collect();
    floors.sort_by(|one, other| one.0.total_cmp(&other.0));
    floors.into_iter().map(|(_, id)| id).collect()
}
