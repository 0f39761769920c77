//! Prose that is harder than people read in passing; only where the settings ask for it.

use super::Checked;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, Level};
use crate::measure::readability::{Measure, reading};

pub(super) fn hard_to_read(context: &Checked<'_>, diagnostics: &mut Diagnostics) {
    let settings = &context.playbook.settings;
    if settings.checks.get(&Code::HardToRead).is_none_or(|level| *level == Level::Allow) {
        return;
    }
    for (_, document) in context.playbook.documents() {
        for said in document.body.all() {
            let reading = reading(&settings.language(said.language).tag, &said.value.body);
            let Some(reading) = reading.filter(|reading| reading.is_hard()) else { continue };
            let measured = match reading.measure {
                Measure::Grade => "school grade (Flesch–Kincaid)",
                Measure::Lix => "LIX",
                Measure::SentenceLength => "words a sentence",
            };
            diagnostics.push(
                Diagnostic::new(
                    Code::HardToRead,
                    format!(
                        "this page is hard to read: {measured} {:.1}, hard above {}",
                        reading.value,
                        measure_limit(reading.measure)
                    ),
                )
                .at(said.place.clone(), format!("{:.1} words a sentence", reading.sentence_length()))
                .help("shorter sentences help most: one thought each"),
            );
        }
    }
}

fn measure_limit(measure: Measure) -> String {
    format!("{:.0}", measure.limit())
}
