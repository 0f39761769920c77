//! Numbers and plain words of the playbook to what a reader of the page's language sees.

use super::{At, Words};
use crate::playbook::{Prose, Text};
use crate::strings::Arg;
use std::sync::Arc;

/// More decimals than these say more than a survey can.
const DECIMALS: u8 = 2;

/// A number for a message: chooses its plural and is written as the language does.
pub fn count(number: usize) -> Arg<'static> {
    Arg::Count(i64::try_from(number).unwrap_or(i64::MAX))
}

impl<'a> At<'a> {
    /// Whether the page's language runs from right to left.
    pub fn is_rtl(&self) -> bool {
        self.locale().direction() == "rtl"
    }

    /// The author's plain words, for attributes and messages.
    pub fn plain<'t>(&self, text: &'t Text<Arc<str>>) -> &'t str {
        text.get(self.language, &self.desk.playbook.settings)
    }

    /// One of the theme's strings where the author's words could stand.
    pub fn said(&self, key: &str) -> Words {
        Words::plain(&self.t(key))
    }

    /// Prose, if there is any; else nothing, which templates take for false.
    pub fn prose_if(&self, text: Option<&Text<Prose>>) -> tera::Value {
        text.map_or(tera::Value::none(), |text| self.prose(text))
    }

    /// `1.5`
    pub fn number(&self, value: f64) -> String {
        self.locale().number_trimmed(value, DECIMALS)
    }

    /// `+1.5`, `−0.5`, `0`
    pub fn signed(&self, value: f64) -> String {
        self.locale().signed(value, DECIMALS)
    }

    /// `71 %`, of a number from 0 to 100.
    pub fn percent(&self, value: f64) -> String {
        self.locale().percent(value, 0)
    }

    /// A metric's value with the metric's unit.
    pub fn with_unit(&self, value: f64, unit: Option<&str>) -> String {
        match unit {
            Some("%") => self.locale().percent(value, 0),
            Some(unit) => format!("{}\u{a0}{unit}", self.number(value)),
            None => self.number(value),
        }
    }
}
