//! A moment in which a customer meets the company.

use super::{Channel, Department, Id, Metric, Persona, Promise, Prose, StageId, Text};
use crate::source::Place;
use std::sync::Arc;

/// Where a touchpoint stands: its stage and its number there, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TouchpointId {
    /// The stage.
    pub stage: StageId,
    /// The touchpoint's number in its stage, from 0.
    pub index: u16,
}

/// One touchpoint.
#[derive(Debug, Clone)]
pub struct Touchpoint {
    /// Its id, unique in its stage.
    pub id: Arc<str>,
    /// Its number in the journey, from 1: what lanes and curve refer to.
    pub number: usize,
    /// Its title.
    pub title: Text<Arc<str>>,
    /// By which way they meet.
    pub channel: Option<Id<Channel>>,
    /// Whom the customer meets.
    pub department: Option<Id<Department>>,
    /// What the customer does.
    pub action: Option<Text<Prose>>,
    /// What the customer thinks.
    pub thought: Option<Text<Prose>>,
    /// What is felt, from -2 to 2, by everybody who has no number of their own.
    pub emotion: Option<f64>,
    /// What personas feel where they differ.
    pub emotions: Vec<(Id<Persona>, f64)>,
    /// What we mean by it.
    pub intent: Option<Text<Prose>>,
    /// What customers report.
    pub perceived: Option<Text<Prose>>,
    /// The feeling that we aim at, from -2 to 2.
    pub intent_emotion: Option<f64>,
    /// How well this is known.
    pub evidence: Option<Evidence>,
    /// Whether trust is won or lost here.
    pub moment_of_truth: bool,
    /// What hurts.
    pub pains: Vec<Text<Prose>>,
    /// What stands in the way.
    pub barriers: Vec<Text<Prose>>,
    /// Where customers leave.
    pub drop_offs: Vec<Text<Prose>>,
    /// What could be better.
    pub opportunities: Vec<Opportunity>,
    /// What is promised here.
    pub promises: Vec<Id<Promise>>,
    /// What is measured here.
    pub metrics: Vec<Id<Metric>>,
    /// What happens behind the line of visibility.
    pub backstage: Vec<Text<Prose>>,
    /// Where it stands.
    pub place: Place,
}

impl Touchpoint {
    /// What `persona` feels here: its own number or everybody's. From -2 to 2.
    pub fn emotion_of(&self, persona: Id<Persona>) -> Option<f64> {
        self.emotions.iter().find(|(who, _)| *who == persona).map(|(_, felt)| *felt).or(self.emotion)
    }

    /// What is felt: everybody's number, else the mean of the personas'. From -2 to 2.
    pub fn felt(&self) -> Option<f64> {
        self.emotion.or_else(|| {
            (!self.emotions.is_empty())
                .then(|| self.emotions.iter().map(|(_, felt)| felt).sum::<f64>() / self.emotions.len() as f64)
        })
    }

    /// How far what is felt lies below (positive) or above what is meant. From -4 to 4.
    pub fn gap(&self) -> Option<f64> {
        Some(self.intent_emotion? - self.felt()?)
    }
}

/// Something that could be better.
#[derive(Debug, Clone)]
pub struct Opportunity {
    /// What.
    pub text: Text<Prose>,
    /// Who sees to it.
    pub owner: Option<Arc<str>>,
}

/// How well something is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Evidence {
    /// Asked, counted, observed.
    Researched,
    /// In parts.
    Partial,
    /// A guess of ours.
    Assumed,
}

impl Evidence {
    /// The word of the format.
    pub fn name(self) -> &'static str {
        match self {
            Evidence::Researched => "researched",
            Evidence::Partial => "partial",
            Evidence::Assumed => "assumed",
        }
    }
}
