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

/// Drawings that a channel can have.
pub const ICONS: [&str; 12] =
    ["web", "email", "phone", "chat", "app", "social", "store", "post", "person", "event", "advert", "document"];

/// The drawing of a channel whose author names none: the first word of its id that says enough.
pub fn icon_of_id(id: &str) -> Option<&'static str> {
    id.split('-').find_map(|word| {
        Some(match word {
            "web" | "website" | "site" | "online" => "web",
            "email" | "mail" | "newsletter" => "email",
            "phone" | "telephone" | "call" | "hotline" => "phone",
            "chat" | "messenger" | "sms" => "chat",
            "app" => "app",
            "social" => "social",
            "store" | "shop" | "branch" | "counter" => "store",
            "post" | "letter" => "post",
            "person" | "visit" | "meeting" => "person",
            "event" | "fair" => "event",
            "advert" | "ad" | "ads" | "advertising" => "advert",
            "document" | "invoice" | "contract" => "document",
            _ => return None,
        })
    })
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
    /// The drawing beside its name, one of [`ICONS`]; `None` where neither the author nor its id names one.
    pub icon: Option<&'static str>,
    /// Touchpoints on it.
    pub touchpoints: Vec<TouchpointId>,
    /// Promises made on it.
    pub promises: Vec<Id<Promise>>,
    /// Its table's header.
    pub place: Place,
}
