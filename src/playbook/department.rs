//! Who meets customers, and by which way.

use super::{Id, Promise, Prose, Strategy, Text, TouchpointId};
use crate::source::Place;
use std::sync::Arc;

/// A part of the company.
#[derive(Debug, Clone)]
pub struct Department {
    /// Its id.
    pub id: Arc<str>,
    /// Its title.
    pub title: Text<Arc<str>>,
    /// Who answers for it.
    pub owner: Option<Arc<str>>,
    /// What it is about.
    pub description: Option<Text<Prose>>,
    /// Where customers meet it.
    pub touchpoints: Vec<TouchpointId>,
    /// What it has to keep.
    pub promises: Vec<Id<Promise>>,
    /// What it works by.
    pub strategies: Vec<Id<Strategy>>,
    /// Its table's header.
    pub place: Place,
}

/// A way by which customers and company meet.
#[derive(Debug, Clone)]
pub struct Channel {
    /// Its id.
    pub id: Arc<str>,
    /// Its title.
    pub title: Text<Arc<str>>,
    /// Who answers for it.
    pub owner: Option<Arc<str>>,
    /// What it is about.
    pub description: Option<Text<Prose>>,
    /// Touchpoints on it.
    pub touchpoints: Vec<TouchpointId>,
    /// Promises made on it.
    pub promises: Vec<Id<Promise>>,
    /// Its table's header.
    pub place: Place,
}
