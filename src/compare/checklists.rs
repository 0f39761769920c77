//! What became of checklists, above all of the ids under which readers' browsers keep their ticks.

use super::pairing::Card;
use super::{Both, Change, Face, Fields, Lists, Moment, Sort, Subject, What, became};
use crate::playbook::{Checklist, ChecklistHome, Item};
use crate::source::Place;
use std::sync::Arc;

pub fn checklists(both: &Both<'_>, subjects: &mut Vec<Subject>) {
    let faces = |moment: Moment<'_>| -> Vec<Face> {
        let face = |list: &Arc<Checklist>| {
            let title = match (&list.title, list.home) {
                (Some(title), _) => moment.plain(title).to_string(),
                (None, ChecklistHome::Stage(stage)) => moment.plain(&moment.playbook[stage].title).to_string(),
                (None, ChecklistHome::Document(_)) => list.id.to_string(),
            };
            let Place { path, .. } = &list.place;
            let says = Some(format!("{} items", list.items.len()));
            Face {
                card: Card { keys: vec![list.id.to_string()], title },
                id: list.id.to_string(),
                path: path.clone(),
                says,
            }
        };
        moment.playbook.checklists.iter().map(face).collect()
    };
    let items = |moment: Moment<'_>, index: usize| -> String {
        let ids = moment.playbook.checklists[index].items.iter().map(|item| &*item.id);
        ids.collect::<Vec<_>>().join(" ")
    };
    let lists = Lists {
        sort: Sort::Checklist,
        then: faces(both.then),
        now: faces(both.now),
        words_then: &|index| items(both.then, index),
        words_now: &|index| items(both.now, index),
        ordered: false,
    };
    let differ = |then: usize, now: usize, fields: &mut Fields| {
        let (then, now) = (&both.then.playbook.checklists[then], &both.now.playbook.checklists[now]);
        if then.id != now.id && !then.items.is_empty() {
            // Ticks are kept under the list's id and the item's.
            fields.push(Change::new(What::Lost).of("list").before(&*then.id).after(&*now.id));
        }
        let title =
            |moment: Moment<'_>, list: &Checklist| list.title.as_ref().map(|title| moment.plain(title).to_string());
        fields.value(What::Title, title(both.then, then), title(both.now, now));
        fields.key("owner", then.owner.as_ref(), now.owner.as_ref());
        compare_items(both, then, now, fields);
    };
    let from = subjects.len();
    became(&lists, &differ, subjects);
    // With a list that is gone go the ticks of all its items.
    let has_items =
        |id: &str| both.then.playbook.checklists.iter().any(|list| *list.id == *id && !list.items.is_empty());
    for subject in &mut subjects[from..] {
        if subject.changes.iter().any(|change| change.what == What::Removed) && has_items(&subject.id) {
            subject.changes.push(Change::new(What::Lost).of("list").before(&*subject.id));
        }
    }
}

fn compare_items(both: &Both<'_>, then: &Checklist, now: &Checklist, fields: &mut Fields) {
    let known = |id: &str| now.items.iter().find(|item| *item.id == *id);
    let carried = |id: &str| now.items.iter().find(|item| item.renamed_from.as_deref() == Some(id));
    let text = |moment: Moment<'_>, item: &Item| moment.words(&item.text);
    for item in &then.items {
        let before = text(both.then, item);
        match known(&item.id).or_else(|| carried(&item.id)) {
            Some(same) => {
                if same.id != item.id {
                    fields.push(Change::new(What::Renamed).of("item").before(&*item.id).after(&*same.id));
                }
                fields.words(Some(&format!("item `{}`", same.id)), Some(before), Some(text(both.now, same)));
                if item.owner != same.owner {
                    fields.key(&format!("owner of `{}`", same.id), item.owner.as_ref(), same.owner.as_ref());
                }
            }
            None => {
                // Said in the same words under another id, it is the same to readers, and their ticks are gone.
                let is_new = |one: &&Item| one.renamed_from.is_none() && !then.items.iter().any(|was| was.id == one.id);
                let renamed = now.items.iter().filter(is_new).find(|one| text(both.now, one) == before);
                let lost = Change::new(What::Lost).of("item").before(&*item.id);
                match renamed {
                    Some(renamed) => fields.push(lost.after(&*renamed.id)),
                    None => fields.push(lost),
                }
            }
        }
    }
    for item in &now.items {
        let was = then.items.iter().any(|one| one.id == item.id || Some(&*one.id) == item.renamed_from.as_deref());
        if !was {
            let said = text(both.now, item);
            let id = &item.id;
            fields.push(Change::new(What::Added).of(format!("item `{id}`")).after(said));
        }
    }
}
