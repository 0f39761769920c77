//! What is to be said to the author: a [`Diagnostic`] has a [`Code`], labels on the words that it is about, and help.

pub mod baseline;
pub mod code;
pub mod draw;
pub mod position;
pub mod remark;
pub mod sarif;
pub mod workflow;

pub use code::Code;

use crate::source::Place;
use std::collections::BTreeMap;

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its rule.
    pub code: Code,
    /// What is so, in the author's words, names in backticks.
    pub message: String,
    /// Where; the first is the place that the finding belongs to.
    pub labels: Vec<Label>,
    /// What next.
    pub help: Vec<String>,
}

/// Some underlined bytes and two or three words about them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The bytes.
    pub place: Place,
    /// The words.
    pub text: String,
}

impl Diagnostic {
    /// A finding without a place yet.
    pub fn new(code: Code, message: impl Into<String>) -> Diagnostic {
        Diagnostic { code, message: message.into(), labels: Vec::new(), help: Vec::new() }
    }

    /// Underlines `place`.
    pub fn at(mut self, place: Place, text: impl Into<String>) -> Diagnostic {
        self.labels.push(Label { place, text: text.into() });
        self
    }

    /// Says what to do.
    pub fn help(mut self, text: impl Into<String>) -> Diagnostic {
        self.help.push(text.into());
        self
    }

    /// Asks ``did you mean `x`?`` where one of `known` is near to `written`.
    pub fn did_you_mean<'a>(self, written: &str, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
        self.suggest(nearest(written, known))
    }

    /// Asks ``did you mean `x`?`` where there is a name to suggest.
    pub fn suggest(self, name: Option<&str>) -> Diagnostic {
        match name {
            Some(name) => self.help(format!("did you mean `{name}`?")),
            None => self,
        }
    }
}

/// The name in `known` that somebody who typed `written` most likely meant, if any is near enough.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // Very long words are no typing mistakes, and comparing them costs their product.
    if written.len() > 100 {
        return None;
    }
    known
        .into_iter()
        .filter(|name| name.len() <= 100 && *name != written)
        .map(|name| (strsim::jaro_winkler(written, name), name))
        .filter(|(near, name)| *near > 0.84 || strsim::damerau_levenshtein(written, name) <= 1 + written.len() / 6)
        .max_by(|a, b| a.0.total_cmp(&b.0).then_with(|| b.1.cmp(a.1)))
        .map(|(_, name)| name)
}

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Not shown.
    Allow,
    /// Shown.
    Warn,
    /// Shown, and nothing is written.
    Deny,
}

/// Where every step puts its findings.
#[derive(Debug, Default, Clone)]
pub struct Diagnostics {
    found: Vec<Diagnostic>,
}

impl Diagnostics {
    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.found.push(diagnostic);
    }

    /// Adds many.
    pub fn extend(&mut self, diagnostics: impl IntoIterator<Item = Diagnostic>) {
        self.found.extend(diagnostics);
    }

    /// All of them, in the order of their steps.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.found.iter()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Takes them out.
    pub fn into_vec(self) -> Vec<Diagnostic> {
        self.found
    }
}

/// Levels as the settings and the command line have them: the one place where a finding gets its level.
#[derive(Debug, Default, Clone)]
pub struct Levels {
    /// `[checks]` of the settings.
    pub chosen: BTreeMap<Code, Level>,
    /// `--strict`: warnings deny.
    pub strict: bool,
}

impl Levels {
    /// The level of a finding with this code.
    pub fn of(&self, code: Code) -> Level {
        let level = self.chosen.get(&code).copied().unwrap_or(code.default_level());
        if self.strict && level == Level::Warn { Level::Deny } else { level }
    }
}

/// Findings with their levels, as they are shown: denials first, then by place, none twice, none that is allowed.
#[derive(Debug, Default, Clone)]
pub struct Report {
    /// Level and finding.
    pub findings: Vec<(Level, Diagnostic)>,
}

impl Report {
    /// Gives every finding its level.
    pub fn new(diagnostics: Diagnostics, levels: &Levels) -> Report {
        let mut findings: Vec<(Level, Diagnostic)> = diagnostics
            .into_vec()
            .into_iter()
            .map(|diagnostic| (levels.of(diagnostic.code), diagnostic))
            .filter(|(level, _)| *level != Level::Allow)
            .collect();
        let place = |diagnostic: &Diagnostic| diagnostic.labels.first().map(|label| label.place.clone());
        findings.sort_by(|(a_level, a), (b_level, b)| {
            b_level
                .cmp(a_level)
                .then_with(|| place(a).cmp(&place(b)))
                .then_with(|| a.code.cmp(&b.code))
                .then_with(|| a.message.cmp(&b.message))
        });
        findings.dedup();
        Report { findings }
    }

    /// How many deny.
    pub fn denials(&self) -> usize {
        self.findings.iter().filter(|(level, _)| *level == Level::Deny).count()
    }

    /// How many warn.
    pub fn warnings(&self) -> usize {
        self.findings.len() - self.denials()
    }
}
