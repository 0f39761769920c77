//! Documents that have been looked up before, for as long as no name has come to mean something else.

use super::documents::{Layout, Resolved, Unresolved};
use super::names::Names;
use crate::localize::Overlaid;
use crate::parse::draft::DocumentDraft;
use crate::playbook::{Settings, Thing};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// What a preview remembers of looking names up, for one edition. Drafts are the same when they are the same in memory: a parsed
/// file that has not changed is handed on, not copied.
#[derive(Default)]
pub struct Recall {
    structure: Option<Structure>,
    kept_structure: bool,
    names: u64,
    audiences: String,
    documents: FxHashMap<Arc<str>, Known>,
}

struct Structure {
    /// [`LeftOut::version`](crate::select::LeftOut::version): what words an edition has hangs on prose as well.
    left_out: u64,
    layout: Layout,
    names: Arc<Names>,
}

struct Known {
    thing: Thing,
    draft: Arc<DocumentDraft>,
    overlays: Vec<Overlaid>,
    resolved: Arc<Resolved>,
}

impl Recall {
    /// Says before it is used whether nothing but prose has changed since the last time: all files are the same, or have the same
    /// frame.
    pub fn only_prose_changed(&mut self, only_prose: bool) {
        if !only_prose {
            self.structure = None;
        }
    }

    /// How documents were laid and what names meant, if only prose has changed since and the same things are left out.
    pub(super) fn structure(&mut self, left_out: u64) -> Option<(&Layout, Arc<Names>)> {
        let known = self.structure.as_ref().filter(|known| known.left_out == left_out);
        self.kept_structure = known.is_some();
        known.map(|known| (&known.layout, known.names.clone()))
    }

    /// Whether the last time was as the time before in how documents were laid and what names meant.
    pub fn kept_structure(&self) -> bool {
        self.kept_structure
    }

    /// Remembers how documents were laid, and what names mean.
    pub(super) fn keep_structure(&mut self, left_out: u64, layout: Layout, names: Arc<Names>) {
        self.structure = Some(Structure { left_out, layout, names });
    }

    /// Forgets everything unless names and audiences are those of the last time. A document asks settings for nothing else; what
    /// parsing needs to know of them has made another draft of it.
    pub(super) fn expect(&mut self, names: u64, settings: &Settings) {
        let audiences = format!("{:?} {:?}", settings.audiences, settings.default_audience);
        if self.names != names || self.audiences != audiences {
            self.documents.clear();
            (self.names, self.audiences) = (names, audiences);
        }
    }

    /// The document as it was, if neither it nor a translation has changed.
    pub(super) fn get(&self, one: &Unresolved<'_>) -> Option<&Arc<Resolved>> {
        let known = self.documents.get(&one.document.draft.path)?;
        let (overlays, kept) = (&one.document.overlays, &known.overlays);
        let same = known.thing == one.thing
            && Arc::ptr_eq(&known.draft, &one.document.draft)
            && overlays.len() == kept.len()
            && overlays.iter().zip(kept).all(|(one, kept)| one.is_same(kept));
        same.then_some(&known.resolved)
    }

    /// Remembers documents for the next time, and only these: each with whether it was known.
    pub(super) fn keep(&mut self, documents: &[Unresolved<'_>], resolved: &[(Arc<Resolved>, bool)]) {
        let all = self.documents.len() > documents.len();
        if all {
            self.documents.clear();
        }
        for (one, (resolved, known)) in documents.iter().zip(resolved) {
            if *known && !all {
                continue;
            }
            let draft = one.document.draft.clone();
            let known = Known {
                thing: one.thing,
                overlays: one.document.overlays.clone(),
                resolved: resolved.clone(),
                draft: draft.clone(),
            };
            self.documents.insert(draft.path.clone(), known);
        }
    }
}
