//! One part of a journey, with a goal of the customer's.

use super::{Checklist, Id, Journey, Metric, Promise, Prose, Strategy, Text, Touchpoint, TouchpointId};
use crate::source::Place;
use std::sync::Arc;

/// Where a stage stands: its journey and its number there, from 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StageId {
    /// The journey.
    pub journey: Id<Journey>,
    /// The stage's number, from 0.
    pub index: u16,
}

/// One stage.
#[derive(Debug, Clone)]
pub struct Stage {
    /// Its id, unique in its journey.
    pub id: Arc<str>,
    /// Its title.
    pub title: Text<Arc<str>>,
    /// What the customer wants here.
    pub goal: Option<Text<Prose>>,
    /// What happens here.
    pub summary: Option<Text<Prose>>,
    /// Where customer and company meet, in order.
    pub touchpoints: Vec<Touchpoint>,
    /// The stage's own checklist.
    pub checklist: Option<Id<Checklist>>,
    /// Strategies that serve it.
    pub strategies: Vec<Id<Strategy>>,
    /// Promises that are in force here, by their own word or by a touchpoint's, in the order of the register.
    pub promises: Vec<Id<Promise>>,
    /// Metrics of this stage, by their own word or by a touchpoint's, in the order of the register.
    pub metrics: Vec<Id<Metric>>,
    /// Where it stands.
    pub place: Place,
}

impl Stage {
    /// The ids of its touchpoints, when its own is `stage`.
    pub fn touchpoint_ids(&self, stage: StageId) -> impl Iterator<Item = TouchpointId> + use<> {
        (0..self.touchpoints.len()).map(move |index| TouchpointId { stage, index: index as u16 })
    }
}
