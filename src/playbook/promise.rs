//! What a company has told its customers that they can count on.

use super::{Channel, Department, Id, Metric, Pillar, Prose, Recovery, Review, StageId, Text, Thing, TouchpointId};
use crate::source::{Place, Spanned};
use jiff::civil::Date;
use std::sync::Arc;

/// One promise of the register.
#[derive(Debug, Clone)]
pub struct Promise {
    /// Its id.
    pub id: Arc<str>,
    /// Its file.
    pub path: Arc<str>,
    /// Its number in the register, from 1.
    pub number: usize,
    /// What is promised, in words for customers.
    pub text: Text<Prose>,
    /// The part of trust that it carries.
    pub pillar: Option<Id<Pillar>>,
    /// Where on the journeys it is in force, by its own word.
    pub stages: Vec<StageId>,
    /// By which way it is made.
    pub channel: Option<Id<Channel>>,
    /// Who has to keep it.
    pub department: Option<Id<Department>>,
    /// Where it was made.
    pub made_in: Vec<MadeIn>,
    /// How it is proven.
    pub metric: Option<Id<Metric>>,
    /// What its owner says of it.
    pub status: Option<Status>,
    /// Where that is written.
    pub status_place: Option<Place>,
    /// The value that the metric has to reach, in the metric's unit.
    pub target: Option<Spanned<f64>>,
    /// Where the proof lies: words or an address.
    pub evidence: Option<Text<Arc<str>>>,
    /// Since when it is in force.
    pub since: Option<Date>,
    /// Owner and reviews.
    pub review: Review,
    /// Who may read it.
    pub audience: Arc<str>,
    /// What was found out about it, in the order of the file.
    pub history: Vec<Entry>,
    /// Touchpoints that name it.
    pub touchpoints: Vec<TouchpointId>,
    /// Incidents in which it broke.
    pub incidents: Vec<Id<Incident>>,
    /// Its table's header.
    pub place: Place,
}

/// Where a promise was made.
#[derive(Debug, Clone)]
pub enum MadeIn {
    /// On a page of this playbook.
    Page(Thing),
    /// Elsewhere, in words.
    Words(Text<Arc<str>>),
}

/// A promise's state as somebody declared it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// It does not hold.
    Broken,
    /// It may not hold.
    AtRisk,
    /// It holds.
    Kept,
    /// It was made; nothing is claimed.
    Made,
    /// It is no longer made.
    Withdrawn,
}

impl Status {
    /// All of them, worst first.
    pub const ALL: [Status; 5] = [Status::Broken, Status::AtRisk, Status::Kept, Status::Made, Status::Withdrawn];

    /// The word of the format.
    pub fn name(self) -> &'static str {
        match self {
            Status::Made => "made",
            Status::Kept => "kept",
            Status::AtRisk => "at-risk",
            Status::Broken => "broken",
            Status::Withdrawn => "withdrawn",
        }
    }
}

/// One dated entry of a promise's history.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The day.
    pub date: Date,
    /// The state found.
    pub status: Option<Status>,
    /// What happened.
    pub note: Option<Text<Prose>>,
}

/// A promise that broke, and what followed.
#[derive(Debug, Clone)]
pub struct Incident {
    /// Its id.
    pub id: Arc<str>,
    /// Its title.
    pub title: Text<Arc<str>>,
    /// The promise that broke.
    pub promise: Option<Id<Promise>>,
    /// How bad it was.
    pub severity: Option<Severity>,
    /// What was done about it, by the book.
    pub recovery: Option<Id<Recovery>>,
    /// The day on which somebody noticed.
    pub noticed: Option<Date>,
    /// The day on which we said so.
    pub acknowledged: Option<Date>,
    /// The day of the apology.
    pub apologised: Option<Date>,
    /// The day on which it was mended.
    pub fixed: Option<Date>,
    /// The day on which what was learnt was told.
    pub told: Option<Date>,
    /// Who may read it.
    pub audience: Arc<str>,
    /// Its table's header.
    pub place: Place,
}

/// The ladder of severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// It annoys.
    Annoyance,
    /// It disappoints; some leave silently.
    Dissatisfaction,
    /// It makes people feel worthless; some fight back.
    Disvalue,
}

impl Incident {
    /// What has to follow, in this order, with its day where it has been done.
    pub fn steps(&self) -> [(Step, Option<Date>); 4] {
        [
            (Step::Acknowledged, self.acknowledged),
            (Step::Apologised, self.apologised),
            (Step::Fixed, self.fixed),
            (Step::Told, self.told),
        ]
    }

    /// How many days lie between noticing and `day`; `None` where nobody wrote down when it was noticed.
    pub fn days_to(&self, day: Date) -> Option<i32> {
        Some((day - self.noticed?).get_days())
    }
}

/// A step from a broken promise to one that is trusted again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// We said so.
    Acknowledged,
    /// We apologised.
    Apologised,
    /// It was mended.
    Fixed,
    /// What was learnt was told.
    Told,
}

impl Step {
    /// The word of the format.
    pub fn name(self) -> &'static str {
        match self {
            Step::Acknowledged => "acknowledged",
            Step::Apologised => "apologised",
            Step::Fixed => "fixed",
            Step::Told => "told",
        }
    }
}

impl Severity {
    /// All of them, worst first.
    pub const ALL: [Severity; 3] = [Severity::Disvalue, Severity::Dissatisfaction, Severity::Annoyance];

    /// The word of the format.
    pub fn name(self) -> &'static str {
        match self {
            Severity::Annoyance => "annoyance",
            Severity::Dissatisfaction => "dissatisfaction",
            Severity::Disvalue => "disvalue",
        }
    }
}

/// Whether words are an address of the web.
pub fn is_address(words: &str) -> bool {
    words.starts_with("https://") || words.starts_with("http://")
}
