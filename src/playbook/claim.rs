//! Figures that are cited with their source, and words that are explained.

use super::{Prose, Text};
use crate::source::{Place, Spanned};
use jiff::civil::Date;
use std::sync::Arc;

/// A figure somebody else found out.
#[derive(Debug, Clone)]
pub struct Claim {
    /// Its id.
    pub id: Arc<str>,
    /// What the source really says.
    pub text: Text<Prose>,
    /// The figure.
    pub value: Option<Text<Arc<str>>>,
    /// Who says so.
    pub source: Option<Text<Arc<str>>>,
    /// Where it can be read.
    pub url: Option<Spanned<Arc<str>>>,
    /// When it was published.
    pub date: Option<Date>,
    /// Who was asked.
    pub sample: Option<Text<Arc<str>>>,
    /// From this day on it should not be cited without a new look.
    pub expires_on: Option<(Date, Place)>,
    /// Who may read it.
    pub audience: Arc<str>,
    /// Its table's header.
    pub place: Place,
}

/// A word of the glossary.
#[derive(Debug, Clone)]
pub struct Term {
    /// Its id.
    pub id: Arc<str>,
    /// The word.
    pub term: Text<Arc<str>>,
    /// What it means.
    pub meaning: Option<Text<Prose>>,
    /// Whether translations use its translation and no other word.
    pub fixed: bool,
    /// Its table's header.
    pub place: Place,
}
