//! A way of earning trust, with its tactics.

use super::{Department, Document, Id, Pillar, StageId};
use std::sync::Arc;

/// One strategy.
#[derive(Debug, Clone)]
pub struct Strategy {
    /// What it says.
    pub document: Arc<Document>,
    /// The parts of trust that it carries.
    pub pillars: Vec<Id<Pillar>>,
    /// The stages that it serves.
    pub stages: Vec<StageId>,
    /// Who works by it.
    pub departments: Vec<Id<Department>>,
    /// What it costs.
    pub effort: Option<Grade>,
    /// What it brings.
    pub impact: Option<Grade>,
}

/// Low, medium or high.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Grade {
    /// Little.
    Low,
    /// Some.
    Medium,
    /// Much.
    High,
}

impl Grade {
    /// The word of the format.
    pub fn name(self) -> &'static str {
        match self {
            Grade::Low => "low",
            Grade::Medium => "medium",
            Grade::High => "high",
        }
    }
}
