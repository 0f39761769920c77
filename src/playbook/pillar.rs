//! Kinds that are prose with little beside it: pillars, personas and recoveries.

use super::{Document, Id, Journey, Promise, Prose, Strategy, Text};
use std::sync::Arc;

/// A part of trust.
#[derive(Debug, Clone)]
pub struct Pillar {
    /// What it says.
    pub document: Arc<Document>,
    /// Strategies that serve it.
    pub strategies: Vec<Id<Strategy>>,
    /// Promises that carry it.
    pub promises: Vec<Id<Promise>>,
}

/// Somebody who travels.
#[derive(Debug, Clone)]
pub struct Persona {
    /// What it says.
    pub document: Arc<Document>,
    /// What they want.
    pub goals: Vec<Text<Prose>>,
    /// What hurts them.
    pub pains: Vec<Text<Prose>>,
    /// What they hold dear.
    pub values: Vec<Text<Prose>>,
    /// How they buy.
    pub behaviours: Vec<Text<Prose>>,
    /// Where we know it from.
    pub evidence: Vec<Text<Prose>>,
    /// Journeys that they travel.
    pub journeys: Vec<Id<Journey>>,
}

impl Persona {
    /// All that it says of itself in lists.
    pub fn lists(&self) -> [&Vec<Text<Prose>>; 5] {
        [&self.goals, &self.pains, &self.values, &self.behaviours, &self.evidence]
    }
}

/// What is done when a promise broke.
#[derive(Debug, Clone)]
pub struct Recovery {
    /// What it says.
    pub document: Arc<Document>,
}
