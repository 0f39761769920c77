//! What every page of prose has, whatever its kind.

use super::{Checklist, Id, Prose, Text};
use crate::source::Place;
use jiff::civil::Date;
use std::sync::Arc;

/// A Markdown file with its front matter: what can be said of it without looking at who refers to it.
#[derive(Debug)]
pub struct Document {
    /// Its id in its kind: the file's name; of a page its address without slashes at the ends.
    pub id: Arc<str>,
    /// Its file, for example `content/guides/contact.md`.
    pub path: Arc<str>,
    /// Its title.
    pub title: Text<Arc<str>>,
    /// One sentence about it.
    pub description: Option<Text<Arc<str>>>,
    /// Its prose.
    pub body: Text<Prose>,
    /// The last part of its address, where the author chose one; by language.
    pub slug: Option<Text<Arc<str>>>,
    /// Addresses that lead here, by language.
    pub aliases: Option<Text<Vec<Arc<str>>>>,
    /// Small numbers come first; without one after those with one.
    pub weight: Option<i64>,
    /// Its tags.
    pub tags: Vec<Arc<str>>,
    /// When it was written.
    pub date: Option<(Date, Place)>,
    /// When it last changed.
    pub updated: Option<(Date, Place)>,
    /// Whether it is a draft, shown because drafts were asked for.
    pub draft: bool,
    /// Who looks after it, and when it was last looked at.
    pub review: Review,
    /// Who may read it.
    pub audience: Arc<str>,
    /// A template of its own.
    pub template: Option<crate::source::Spanned<Arc<str>>>,
    /// `[extra]`, for themes; by language.
    pub extra: Option<Text<Extra>>,
    /// The checklists in its prose, in order.
    pub checklists: Vec<Id<Checklist>>,
    /// Its beginning: where a finding about the whole points.
    pub place: Place,
}

/// A Markdown page that is of no other kind.
#[derive(Debug, Clone)]
pub struct Page {
    /// What it says.
    pub document: Arc<Document>,
    /// Whether it is a folder's `index.md`, or stands for a folder without one.
    pub section: bool,
    /// The section that it stands in.
    pub parent: Option<Id<Page>>,
    /// Of a section: the pages and sections in it, ordered.
    pub children: Vec<Id<Page>>,
    /// Folders above it: 0 for the front page and `content/x.md`.
    pub depth: usize,
    /// The folder that it stands in, without `content/`; of a section the folder itself. Empty at the top.
    pub folder: Arc<str>,
    /// Whether it stands in `guides/`.
    pub guide: bool,
    /// Whether somebody wrote it; else it stands for a folder without `index.md`.
    pub written: bool,
}

/// The kinds of things that have an overview page, in the order of the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// `/journeys/`
    Journeys,
    /// `/promises/`
    Promises,
    /// `/metrics/`
    Metrics,
    /// `/strategies/`
    Strategies,
    /// `/checklists/`
    Checklists,
    /// `/recoveries/`
    Recoveries,
    /// `/incidents/`
    Incidents,
    /// `/reviews/`
    Reviews,
    /// `/coverage/`
    Coverage,
    /// `/pillars/`
    Pillars,
    /// `/personas/`
    Personas,
    /// `/departments/`
    Departments,
    /// `/channels/`
    Channels,
    /// `/claims/`
    Claims,
    /// `/glossary/`
    Glossary,
    /// `/tags/`
    Tags,
}

impl Kind {
    /// All of them, in the order of the navigation.
    pub const ALL: [Kind; 16] = [
        Kind::Journeys,
        Kind::Promises,
        Kind::Metrics,
        Kind::Strategies,
        Kind::Checklists,
        Kind::Recoveries,
        Kind::Incidents,
        Kind::Reviews,
        Kind::Coverage,
        Kind::Pillars,
        Kind::Personas,
        Kind::Departments,
        Kind::Channels,
        Kind::Claims,
        Kind::Glossary,
        Kind::Tags,
    ];

    /// The first part of its addresses, and the name of its folder or register.
    pub fn folder(self) -> &'static str {
        match self {
            Kind::Journeys => "journeys",
            Kind::Promises => "promises",
            Kind::Metrics => "metrics",
            Kind::Strategies => "strategies",
            Kind::Checklists => "checklists",
            Kind::Recoveries => "recoveries",
            Kind::Incidents => "incidents",
            Kind::Reviews => "reviews",
            Kind::Coverage => "coverage",
            Kind::Pillars => "pillars",
            Kind::Personas => "personas",
            Kind::Departments => "departments",
            Kind::Channels => "channels",
            Kind::Claims => "claims",
            Kind::Glossary => "glossary",
            Kind::Tags => "tags",
        }
    }

    /// The kind whose folder this is.
    pub fn of_folder(folder: &str) -> Option<Kind> {
        Kind::ALL.into_iter().find(|kind| kind.folder() == folder)
    }
}

/// Who looks after something, and how often.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Review {
    /// A role or a person.
    pub owner: Option<Arc<str>>,
    /// The day of the last review.
    pub last: Option<(Date, Place)>,
    /// How often it is due.
    pub every: Option<Interval>,
}

impl Review {
    /// The first day on which the next review is due: the last one plus its interval.
    pub fn next(&self) -> Option<Date> {
        self.every?.after(self.last.as_ref()?.0)
    }

    /// Whether the day of the next review has passed on `today`.
    pub fn is_overdue(&self, today: Date) -> bool {
        self.next().is_some_and(|next| next < today)
    }
}

/// `3 months`: a span of calendar time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// How many; at least 1.
    pub count: u16,
    /// Of what.
    pub unit: Unit,
}

/// A unit of calendar time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A day.
    Day,
    /// Seven days.
    Week,
    /// A month of the calendar.
    Month,
    /// A year of the calendar.
    Year,
}

impl Interval {
    /// The day that lies this long after `date`; the last of the month where the month is shorter. `None` beyond year 9999.
    pub fn after(self, date: Date) -> Option<Date> {
        let count = i64::from(self.count);
        let span = jiff::Span::new();
        let span = match self.unit {
            Unit::Day => span.try_days(count),
            Unit::Week => span.try_weeks(count),
            Unit::Month => span.try_months(count),
            Unit::Year => span.try_years(count),
        };
        date.checked_add(span.ok()?).ok()
    }
}

/// A value of `[extra]` or `[theme_options]`, as it was written.
#[derive(Debug, Clone, PartialEq)]
pub enum Extra {
    /// `"…"`
    Text(Arc<str>),
    /// `3`
    Integer(i64),
    /// `0.5`
    Float(f64),
    /// `true`
    Bool(bool),
    /// `2026-09-01`
    Date(Date),
    /// `[…]`
    List(Vec<Extra>),
    /// A table, in the order of the file.
    Table(Vec<(Arc<str>, Extra)>),
}
