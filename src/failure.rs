//! Trouble with the world: no permission, a full disk, a folder that is not ours.

use std::fmt;
use std::io;
use std::path::PathBuf;

/// Trouble with the world, not with what the author wrote: always the path and the verb.
#[derive(Debug)]
pub enum Failure {
    /// The system refused.
    System {
        /// What we wanted to do, for example `read`.
        verb: &'static str,
        /// What we wanted to do it to, as the person who started us would name it.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
    /// We refuse, and say why in a whole sentence.
    Refused(String),
}

impl Failure {
    /// `could not VERB PATH: SOURCE`.
    pub fn new(verb: &'static str, path: impl Into<PathBuf>, source: io::Error) -> Failure {
        Failure::System { verb, path: path.into(), source }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Failure::System { verb, path, source } => {
                write!(formatter, "could not {verb} {}: {}", path.display(), reason(source))
            }
            Failure::Refused(sentence) => formatter.write_str(sentence),
        }
    }
}

impl std::error::Error for Failure {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Failure::System { source, .. } => Some(source),
            Failure::Refused(_) => None,
        }
    }
}

/// The system's own words without its number: `permission denied`.
pub fn reason(error: &io::Error) -> String {
    let words = error.to_string();
    let words = words.split(" (os error").next().unwrap_or_default();
    let mut letters = words.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
