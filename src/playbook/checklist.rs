//! What somebody ticks off.

use super::{Prose, StageId, Text, Thing};
use crate::source::Place;
use std::sync::Arc;

/// A list of things to do, whose ticks a reader's browser remembers under its ids.
#[derive(Debug, Clone)]
pub struct Checklist {
    /// Its id, unique in the playbook; of a stage `journey/stage`.
    pub id: Arc<str>,
    /// Its title; of a stage the stage's.
    pub title: Option<Text<Arc<str>>>,
    /// Who works through it.
    pub owner: Option<Arc<str>>,
    /// Where it stands.
    pub home: ChecklistHome,
    /// Its items, in order.
    pub items: Vec<Item>,
    /// Its opening line or table's header.
    pub place: Place,
}

/// Where a checklist stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChecklistHome {
    /// In a document's prose.
    Document(Thing),
    /// In a journey's file.
    Stage(StageId),
}

/// One thing to do.
#[derive(Debug, Clone)]
pub struct Item {
    /// Its id, unique in its list.
    pub id: Arc<str>,
    /// Its former id, whose ticks it takes over.
    pub renamed_from: Option<Arc<str>>,
    /// What is to be done.
    pub text: Text<Prose>,
    /// Who does it.
    pub owner: Option<Arc<str>>,
    /// How deep it stands under other items; 0 at the top.
    pub depth: u8,
    /// Where it stands.
    pub place: Place,
}
