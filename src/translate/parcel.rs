//! What goes to translators and comes back, whatever the format of the file.

use crate::source::{Place, Spanned};

/// Texts on their way to a translator.
#[derive(Debug, Clone)]
pub struct Parcel {
    /// The playbook's title.
    pub title: String,
    /// The language of the sources.
    pub from: String,
    /// The language to translate into.
    pub to: String,
    /// The texts, in the order of their files.
    pub entries: Vec<Entry>,
}

/// One text on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The file that it stands in.
    pub path: String,
    /// What it is there: a text's key; of a page `title`, `description` or `body`.
    pub part: String,
    /// The line that it stands in.
    pub line: usize,
    /// Its words.
    pub source: String,
    /// What is there already.
    pub target: Option<String>,
    /// Whether that is only a beginning: it was made from other words.
    pub doubtful: bool,
    /// What a translator should know.
    pub notes: Vec<String>,
}

impl Entry {
    /// The name under which it comes back.
    pub fn context(&self) -> String {
        format!("{}#{}", self.path, self.part)
    }
}

/// Texts that came back.
#[derive(Debug, Clone, Default)]
pub struct Returned {
    /// The language that they are in, where the file says it.
    pub language: Option<Spanned<String>>,
    /// Those that are translated.
    pub entries: Vec<Answer>,
}

/// One text that came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The name under which it went.
    pub context: String,
    /// The words that it was made from.
    pub source: String,
    /// The translation.
    pub target: String,
    /// Where that stands in the file.
    pub place: Place,
}
