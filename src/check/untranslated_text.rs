//! A translation that says what its source says, letter by letter, was forgotten. Texts in TOML are compared in `localize`.

use super::Checked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use rustc_hash::FxHashSet;

pub(super) fn untranslated_text(context: &Checked<'_>, diagnostics: &mut Diagnostics) {
    let settings = &context.playbook.settings;
    for (_, document) in context.playbook.documents() {
        let source = &document.body.source;
        let mut said_there: Option<FxHashSet<u64>> = None;
        // What is the same in two countries of one language needs no other words.
        let others = document.body.translations.iter();
        for said in others.filter(|said| !settings.share_a_language(said.language, source.language)) {
            let there = said_there
                .get_or_insert_with(|| source.value.body.paragraphs.iter().map(|paragraph| paragraph.words).collect());
            for paragraph in said.value.body.paragraphs.iter().filter(|paragraph| there.contains(&paragraph.words)) {
                diagnostics.push(
                    Diagnostic::new(Code::UntranslatedText, "this paragraph is the source's, word by word")
                        .at(paragraph.place.clone(), "not translated")
                        .help("translate it, or leave it out"),
                );
            }
        }
    }
}
