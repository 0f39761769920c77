//! A customer's way from a first thought to a last one.

use super::{Id, Metric, Persona, Prose, Review, Stage, StageId, Text};
use crate::source::Place;
use std::sync::Arc;

/// One journey: stages in order, seen by its personas.
#[derive(Debug, Clone)]
pub struct Journey {
    /// Its id.
    pub id: Arc<str>,
    /// Its file.
    pub path: Arc<str>,
    /// Its title.
    pub title: Text<Arc<str>>,
    /// What it is about.
    pub summary: Option<Text<Prose>>,
    /// Owner and reviews.
    pub review: Review,
    /// Who may read it.
    pub audience: Arc<str>,
    /// Who travels.
    pub personas: Vec<Id<Persona>>,
    /// What the company wants to reach with it.
    pub objectives: Vec<Objective>,
    /// Its stages, in order.
    pub stages: Vec<Stage>,
    /// Its beginning.
    pub place: Place,
}

/// What a journey is meant to reach.
#[derive(Debug, Clone)]
pub struct Objective {
    /// Its id.
    pub id: Arc<str>,
    /// What is to be reached.
    pub text: Text<Prose>,
    /// What it is measured by.
    pub metric: Option<Id<Metric>>,
    /// Where it stands.
    pub place: Place,
}

impl Journey {
    /// The ids of its stages, when its own is `journey`.
    pub fn stage_ids(&self, journey: Id<Journey>) -> impl Iterator<Item = StageId> + use<> {
        (0..self.stages.len()).map(move |index| StageId { journey, index: index as u16 })
    }

    /// How many touchpoints it has.
    pub fn touchpoint_count(&self) -> usize {
        self.stages.iter().map(|stage| stage.touchpoints.len()).sum()
    }
}
