//! What became of pages, strategies, pillars, personas and recoveries.

use super::pairing::{Card, pair};
use super::registers::{review, stages};
use super::wording::{Section, count, prints, sections};
use super::{Both, Change, Face, Fields, Lists, Moment, Sort, Subject, What, became};
use crate::playbook::{Document, Grade, Lang, Persona, Prose, Strategy, Text};
use std::sync::Arc;

pub fn documents(both: &Both<'_>, subjects: &mut Vec<Subject>) {
    let strategies = |moment: Moment<'_>| moment.playbook.strategies.iter().map(|one| one.document.clone()).collect();
    let differ = |then: usize, now: usize, fields: &mut Fields| {
        strategy(both, &both.then.playbook.strategies[then], &both.now.playbook.strategies[now], fields);
    };
    of_sort(both, Sort::Strategy, &strategies, &differ, subjects);
    let pages = |moment: Moment<'_>| {
        let written = moment.playbook.pages.iter().filter(|page| page.written).map(|page| page.document.clone());
        written.chain(moment.playbook.overviews.values().cloned()).collect()
    };
    of_sort(both, Sort::Page, &pages, &|_, _, _| {}, subjects);
    let pillars = |moment: Moment<'_>| moment.playbook.pillars.iter().map(|one| one.document.clone()).collect();
    of_sort(both, Sort::Pillar, &pillars, &|_, _, _| {}, subjects);
    let personas = |moment: Moment<'_>| moment.playbook.personas.iter().map(|one| one.document.clone()).collect();
    let differ = |then: usize, now: usize, fields: &mut Fields| {
        persona(both, &both.then.playbook.personas[then], &both.now.playbook.personas[now], fields);
    };
    of_sort(both, Sort::Persona, &personas, &differ, subjects);
    let recoveries = |moment: Moment<'_>| moment.playbook.recoveries.iter().map(|one| one.document.clone()).collect();
    of_sort(both, Sort::Recovery, &recoveries, &|_, _, _| {}, subjects);
}

/// The documents of one sort. `differ` looks at what they have beside their text.
fn of_sort(
    both: &Both<'_>,
    sort: Sort,
    list: &dyn Fn(Moment<'_>) -> Vec<Arc<Document>>,
    differ: &dyn Fn(usize, usize, &mut Fields),
    subjects: &mut Vec<Subject>,
) {
    let (were, are) = (list(both.then), list(both.now));
    let faces = |moment: Moment<'_>, documents: &[Arc<Document>]| -> Vec<Face> {
        let face = |document: &Arc<Document>| {
            // A page is known by its file: its id is an address, which `index.md` shares with its folder.
            let id = match sort {
                Sort::Page => document.path.trim_start_matches("content/").trim_end_matches(".md").to_string(),
                _ => document.id.to_string(),
            };
            Face {
                card: Card { keys: vec![id.clone()], title: moment.plain(&document.title).to_string() },
                id,
                path: document.path.clone(),
                says: Some(format!("{} words", body(moment, document).body.words)),
            }
        };
        documents.iter().map(face).collect()
    };
    let words = |moment: Moment<'_>, document: &Document| {
        format!("{} {}", moment.plain(&document.title), moment.words(&document.body))
    };
    let lists = Lists {
        sort,
        then: faces(both.then, &were),
        now: faces(both.now, &are),
        words_then: &|index| words(both.then, &were[index]),
        words_now: &|index| words(both.now, &are[index]),
        ordered: false,
    };
    let all = |then: usize, now: usize, fields: &mut Fields| {
        document(both, &were[then], &are[now], fields);
        differ(then, now, fields);
    };
    became(&lists, &all, subjects);
}

fn body<'a>(moment: Moment<'a>, document: &'a Document) -> &'a Prose {
    document.body.get(Lang::DEFAULT, &moment.playbook.settings)
}

fn document(both: &Both<'_>, then: &Document, now: &Document, fields: &mut Fields) {
    fields.title(both.then.plain(&then.title), both.now.plain(&now.title));
    fields.words(
        Some("description"),
        then.description.as_ref().map(|text| both.then.plain(text).to_string()),
        now.description.as_ref().map(|text| both.now.plain(text).to_string()),
    );
    let (was, is) = (body(both.then, then), body(both.now, now));
    // Most pages are the same text at the same places.
    if was.body.pieces != is.body.pieces || was.body.links != is.body.links || was.anchors != is.anchors {
        section_changes(&sections(was), &sections(is), fields);
    }
    review(&then.review, &now.review, fields);
    let list = |list: &[Arc<str>]| (!list.is_empty()).then(|| list.join(", "));
    fields.key("tags", list(&then.tags), list(&now.tags));
    fields.key("audience", Some(&then.audience), Some(&now.audience));
    let draft = |draft: bool| draft.then_some("yes");
    fields.key("draft", draft(then.draft), draft(now.draft));
}

/// Sections that came, went or are called otherwise, and how many words of the others did.
fn section_changes(then: &[Section], now: &[Section], fields: &mut Fields) {
    // What stands above the first heading has no name, and is one thing all the same.
    let card = |section: &Section| Card { keys: vec![section.title.clone()], title: section.title.clone() };
    let cards = |sections: &[Section]| sections.iter().map(card).collect::<Vec<_>>();
    let paired =
        pair(&cards(then), &cards(now), &|index| prints(&then[index].words), &|index| prints(&now[index].words));
    for (before, after) in paired.pairs {
        let (was, is) = (&then[before], &now[after]);
        if was.title != is.title {
            fields.push(Change::new(What::Title).of("section").before(&was.title).after(&is.title));
        }
        if was.words != is.words {
            let of = (!is.title.is_empty()).then(|| format!("section “{}”", is.title));
            let words = Some(count(&was.words, &is.words));
            fields.push(Change { of, words, ..Change::new(What::Words) });
        }
    }
    let named =
        |section: &Section| if section.title.is_empty() { "(opening)".to_string() } else { section.title.clone() };
    paired
        .gone
        .into_iter()
        .for_each(|gone| fields.push(Change::new(What::Removed).of("section").before(named(&then[gone]))));
    paired.new.into_iter().for_each(|new| fields.push(Change::new(What::Added).of("section").after(named(&now[new]))));
}

fn strategy(both: &Both<'_>, then: &Strategy, now: &Strategy, fields: &mut Fields) {
    fields.key("pillars", both.then.ids(&then.pillars), both.now.ids(&now.pillars));
    fields.key("stages", stages(both.then, &then.stages), stages(both.now, &now.stages));
    fields.key("departments", both.then.ids(&then.departments), both.now.ids(&now.departments));
    fields.key("effort", then.effort.map(Grade::name), now.effort.map(Grade::name));
    fields.key("impact", then.impact.map(Grade::name), now.impact.map(Grade::name));
}

fn persona(both: &Both<'_>, then: &Persona, now: &Persona, fields: &mut Fields) {
    let lines = |moment: Moment<'_>, list: &[Text<Prose>]| -> Vec<String> {
        list.iter().map(|text| moment.words(text)).collect()
    };
    for (of, was, is) in [
        ("goal", &then.goals, &now.goals),
        ("pain", &then.pains, &now.pains),
        ("value", &then.values, &now.values),
        ("behaviour", &then.behaviours, &now.behaviours),
        ("evidence", &then.evidence, &now.evidence),
    ] {
        fields.lines(of, lines(both.then, was), lines(both.now, is));
    }
}
