//! What was written, file by file, before any name in it is looked up. `Option` here means that the author left it out.

use crate::playbook::prose::Name;
use crate::playbook::translation::Wording;
use crate::playbook::{Better, Body, Evidence, Extra, Grade, Kind, Lang, MetricKind, Review, Severity, Status, Text};
use crate::source::{Place, Spanned};
use jiff::civil::Date;
use std::sync::Arc;

/// One file. What later steps only look at is shared with them.
#[derive(Debug, Clone)]
pub enum Draft {
    /// A Markdown file, source or translation.
    Document(Arc<DocumentDraft>),
    /// `journeys/*.toml`
    Journey(Box<JourneyDraft>),
    /// A register's file.
    Register(Box<RegisterDraft>),
    /// A translation of a TOML file: texts only.
    Overlay(Arc<OverlayDraft>),
}

/// A plain text, and the key by which translations find it.
#[derive(Debug, Clone)]
pub struct Words {
    /// Keys from the file's root, joined by [`KEY_SEPARATOR`](super::fields::KEY_SEPARATOR).
    pub key: Box<str>,
    /// The text.
    pub text: Text<Arc<str>>,
}

impl Words {
    /// Whether it names a file of the playbook, where either may stand.
    pub fn is_file(&self) -> bool {
        self.text.source.value.ends_with(".md")
    }
}

/// Markdown, and the key by which translations find it.
#[derive(Debug, Clone)]
pub struct Prosed {
    /// Keys from the file's root.
    pub key: Box<str>,
    /// Whether it is one line.
    pub line: Line,
    /// The source's words, by which a translation knows its source.
    pub wording: Wording,
    /// The text.
    pub text: Text<Arc<Body>>,
}

/// How long a text of Markdown in TOML is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// One line of inline Markdown.
    Inline,
    /// Any length.
    Block,
}

/// A Markdown file.
#[derive(Debug, Clone)]
pub struct DocumentDraft {
    /// Its file.
    pub path: Arc<str>,
    /// The language that it is in.
    pub language: Lang,
    /// The file that it translates.
    pub translates: Option<Arc<str>>,
    /// What it is in the playbook.
    pub role: Role,
    /// Its front matter.
    pub front: Front,
    /// Its title: from the front matter, or the first `#` heading.
    pub title: Option<Spanned<Arc<str>>>,
    /// Its prose.
    pub body: Arc<Body>,
    /// The texts in a translation's front matter that stand in tables or lists, as those of a TOML file.
    pub texts: Option<Arc<OverlayDraft>>,
    /// The words of title, description and prose, by which a translation knows its source; in a playbook of one language none.
    pub wording: Wording,
    /// A hash of all that others depend on: front matter, title, ids of checklists, blocks for some readers. Two drafts of one file
    /// with the same frame differ in prose alone.
    pub frame: u64,
}

/// What a Markdown file is in the playbook.
#[derive(Debug, Clone, PartialEq)]
pub enum Role {
    /// A page; its folder without `content/`, and the file's name without its ending.
    Page {
        /// For example `guides/everyday`; empty at the top.
        folder: Arc<str>,
        /// For example `contact`.
        stem: Arc<str>,
        /// Whether the file is `index.md`.
        section: bool,
    },
    /// One thing of a kind, with its id.
    Of(Kind, Arc<str>),
    /// The opening of a kind's overview.
    Overview(Kind),
}

/// Front matter.
#[derive(Debug, Clone, Default)]
pub struct Front {
    /// `description`
    pub description: Option<Spanned<Arc<str>>>,
    /// `weight`
    pub weight: Option<i64>,
    /// `slug`
    pub slug: Option<Spanned<Arc<str>>>,
    /// `aliases`
    pub aliases: Vec<Spanned<Arc<str>>>,
    /// `tags`
    pub tags: Vec<Arc<str>>,
    /// `draft`
    pub draft: Option<bool>,
    /// `date`
    pub date: Option<Spanned<Date>>,
    /// `updated`
    pub updated: Option<Spanned<Date>>,
    /// `publish_on`
    pub publish_on: Option<Date>,
    /// `expires_on`
    pub expires_on: Option<Date>,
    /// `owner`, `last_reviewed`, `review_every`
    pub review: Review,
    /// `audience`
    pub audience: Option<Name>,
    /// `template`
    pub template: Option<Spanned<Arc<str>>>,
    /// `extra`
    pub extra: Option<Spanned<Extra>>,
    /// `pillars`
    pub pillars: Vec<Name>,
    /// `stages`
    pub stages: Vec<Name>,
    /// `departments`
    pub departments: Vec<Name>,
    /// `effort`
    pub effort: Option<Grade>,
    /// `impact`
    pub impact: Option<Grade>,
    /// What a persona says of itself; a translation's stands in [`DocumentDraft::texts`].
    pub persona: Option<Arc<PersonaDraft>>,
    /// Keys that a translation may repeat but not change, with their values.
    pub fixed: Vec<super::tree::Entry>,
}

/// What only a persona says in its front matter.
#[derive(Debug, Clone, Default)]
pub struct PersonaDraft {
    /// `goals`
    pub goals: Vec<Prosed>,
    /// `pains`
    pub pains: Vec<Prosed>,
    /// `values`
    pub values: Vec<Prosed>,
    /// `behaviours`
    pub behaviours: Vec<Prosed>,
    /// `evidence`
    pub evidence: Vec<Prosed>,
}

impl PersonaDraft {
    /// The keys of its texts.
    pub const KEYS: [&str; 5] = ["goals", "pains", "values", "behaviours", "evidence"];

    /// Its lists, in the order of [`PersonaDraft::KEYS`].
    pub fn lists(&self) -> [&Vec<Prosed>; 5] {
        [&self.goals, &self.pains, &self.values, &self.behaviours, &self.evidence]
    }

    /// As [`lists`](PersonaDraft::lists), to be translated.
    pub fn lists_mut(&mut self) -> [&mut Vec<Prosed>; 5] {
        [&mut self.goals, &mut self.pains, &mut self.values, &mut self.behaviours, &mut self.evidence]
    }
}

/// A journey's file.
#[derive(Debug, Clone)]
pub struct JourneyDraft {
    /// Its file.
    pub path: Arc<str>,
    /// Its id.
    pub id: Arc<str>,
    /// `title`
    pub title: Option<Words>,
    /// `summary`
    pub summary: Option<Prosed>,
    /// `owner`, `last_reviewed`, `review_every`
    pub review: Review,
    /// `audience`
    pub audience: Option<Name>,
    /// `personas`
    pub personas: Vec<Name>,
    /// `[objectives.ID]`
    pub objectives: Vec<ObjectiveDraft>,
    /// `[stages.ID]`
    pub stages: Vec<StageDraft>,
    /// Its beginning.
    pub place: Place,
}

/// `[objectives.ID]`
#[derive(Debug, Clone)]
pub struct ObjectiveDraft {
    /// Its id.
    pub id: Arc<str>,
    /// `text`
    pub text: Option<Prosed>,
    /// `metric`
    pub metric: Option<Name>,
    /// `audience`
    pub audience: Option<Name>,
    /// Its header.
    pub place: Place,
}

/// `[stages.ID]`
#[derive(Debug, Clone)]
pub struct StageDraft {
    /// Its id.
    pub id: Arc<str>,
    /// `title`
    pub title: Option<Words>,
    /// `goal`
    pub goal: Option<Prosed>,
    /// `summary`
    pub summary: Option<Prosed>,
    /// `audience`
    pub audience: Option<Name>,
    /// `[stages.ID.touchpoints.ID]`
    pub touchpoints: Vec<TouchpointDraft>,
    /// `[stages.ID.checklist.ID]`
    pub checklist: Vec<ItemDraft>,
    /// Whether a `checklist` table was written.
    pub has_checklist: bool,
    /// Its header.
    pub place: Place,
}

/// `[stages.ID.touchpoints.ID]`
#[derive(Debug, Clone)]
pub struct TouchpointDraft {
    /// Its id.
    pub id: Arc<str>,
    /// `title`
    pub title: Option<Words>,
    /// `channel`
    pub channel: Option<Name>,
    /// `department`
    pub department: Option<Name>,
    /// `action`
    pub action: Option<Prosed>,
    /// `thought`
    pub thought: Option<Prosed>,
    /// `emotion`
    pub emotion: Option<f64>,
    /// `[….emotions]`
    pub emotions: Vec<(Name, f64)>,
    /// `intent`
    pub intent: Option<Prosed>,
    /// `perceived`
    pub perceived: Option<Prosed>,
    /// `intent_emotion`
    pub intent_emotion: Option<f64>,
    /// `evidence`
    pub evidence: Option<Evidence>,
    /// `moment_of_truth`
    pub moment_of_truth: bool,
    /// `pains`
    pub pains: Vec<Prosed>,
    /// `barriers`
    pub barriers: Vec<Prosed>,
    /// `drop_offs`
    pub drop_offs: Vec<Prosed>,
    /// `opportunities`
    pub opportunities: Vec<OpportunityDraft>,
    /// `promises`
    pub promises: Vec<Name>,
    /// `metrics`
    pub metrics: Vec<Name>,
    /// `backstage`
    pub backstage: Vec<Prosed>,
    /// `audience`
    pub audience: Option<Name>,
    /// Its header.
    pub place: Place,
}

/// A text, or `{ text = …, owner = … }`.
#[derive(Debug, Clone)]
pub struct OpportunityDraft {
    /// What.
    pub text: Prosed,
    /// Who sees to it.
    pub owner: Option<Arc<str>>,
}

/// `[stages.ID.checklist.ID]`
#[derive(Debug, Clone)]
pub struct ItemDraft {
    /// Its id.
    pub id: Arc<str>,
    /// `text`
    pub text: Option<Prosed>,
    /// `owner`
    pub owner: Option<Arc<str>>,
    /// `renamed_from`
    pub renamed_from: Option<Arc<str>>,
    /// `audience`
    pub audience: Option<Name>,
    /// Its header.
    pub place: Place,
}

/// A register's file.
#[derive(Debug, Clone)]
pub struct RegisterDraft {
    /// Its file.
    pub path: Arc<str>,
    /// Its entries, in order.
    pub entries: Vec<EntryDraft>,
}

/// One entry of a register.
#[derive(Debug, Clone)]
pub struct EntryDraft {
    /// Its id.
    pub id: Arc<str>,
    /// Its header.
    pub place: Place,
    /// `audience`
    pub audience: Option<Name>,
    /// What it is.
    pub thing: ThingDraft,
}

/// What an entry of a register is.
#[derive(Debug, Clone)]
pub enum ThingDraft {
    /// `promises.toml`
    Promise(Box<PromiseDraft>),
    /// `metrics.toml`
    Metric(Box<MetricDraft>),
    /// `departments.toml`, `channels.toml`
    Desk(Kind, Box<DeskDraft>),
    /// `claims.toml`
    Claim(Box<ClaimDraft>),
    /// `glossary.toml`
    Term(Box<TermDraft>),
    /// `incidents.toml`
    Incident(Box<IncidentDraft>),
}

/// A promise.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the fields are the format's keys, described there")]
pub struct PromiseDraft {
    pub text: Option<Prosed>,
    pub pillar: Option<Name>,
    pub stages: Vec<Name>,
    pub channel: Option<Name>,
    pub department: Option<Name>,
    pub made_in: Vec<Words>,
    pub metric: Option<Name>,
    pub status: Option<Spanned<Status>>,
    pub target: Option<Spanned<f64>>,
    pub evidence: Option<Words>,
    pub since: Option<Spanned<Date>>,
    pub review: Review,
    pub history: Vec<HistoryDraft>,
}

/// `[[ID.history]]`
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the fields are the format's keys, described there")]
pub struct HistoryDraft {
    pub date: Spanned<Date>,
    pub status: Option<Status>,
    pub note: Option<Prosed>,
}

/// A metric.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the fields are the format's keys, described there")]
pub struct MetricDraft {
    pub title: Option<Words>,
    pub kind: Option<MetricKind>,
    pub data: Option<Spanned<Arc<str>>>,
    pub stages: Vec<Name>,
    pub target: Option<Spanned<f64>>,
    pub unit: Option<Words>,
    pub better: Option<Better>,
    pub date_format: Option<Spanned<Arc<str>>>,
    pub column: Option<Arc<str>>,
    pub window: Option<u16>,
    pub sample: bool,
}

/// A department or a channel.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the fields are the format's keys, described there")]
pub struct DeskDraft {
    pub title: Option<Words>,
    pub owner: Option<Arc<str>>,
    pub description: Option<Prosed>,
    pub icon: Option<&'static str>,
}

/// A claim.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the fields are the format's keys, described there")]
pub struct ClaimDraft {
    pub text: Option<Prosed>,
    pub value: Option<Words>,
    pub source: Option<Words>,
    pub url: Option<Spanned<Arc<str>>>,
    pub date: Option<Spanned<Date>>,
    pub sample: Option<Words>,
    pub expires_on: Option<Spanned<Date>>,
}

/// A word of the glossary.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the fields are the format's keys, described there")]
pub struct TermDraft {
    pub term: Option<Words>,
    pub meaning: Option<Prosed>,
    pub fixed: bool,
}

/// An incident.
#[derive(Debug, Clone)]
#[allow(missing_docs, reason = "the fields are the format's keys, described there")]
pub struct IncidentDraft {
    pub title: Option<Words>,
    pub promise: Option<Name>,
    pub severity: Option<Severity>,
    pub recovery: Option<Name>,
    pub noticed: Option<Spanned<Date>>,
    pub acknowledged: Option<Spanned<Date>>,
    pub apologised: Option<Spanned<Date>>,
    pub fixed: Option<Spanned<Date>>,
    pub told: Option<Spanned<Date>>,
}

/// A translation of a TOML file.
#[derive(Debug, Clone)]
pub struct OverlayDraft {
    /// Its file.
    pub path: Arc<str>,
    /// The file that it translates.
    pub translates: Arc<str>,
    /// Its language.
    pub language: Lang,
    /// Its texts, by key.
    pub leaves: Vec<Leaf>,
    /// Its file's text, so that prose can be placed letter by letter.
    pub text: Arc<str>,
}

/// One text of an overlay.
#[derive(Debug, Clone)]
pub struct Leaf {
    /// Keys from the root, ids normalised.
    pub key: Box<str>,
    /// The text; `None` where something else stands, which is a finding.
    pub text: Option<Spanned<Arc<str>>>,
    /// The key's place.
    pub place: Place,
    /// The key as the author wrote it, for findings.
    pub written: Box<str>,
}
