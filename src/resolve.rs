//! Drafts to a [`Playbook`]: names become ids, or findings.

mod documents;
mod journeys;
mod names;
mod prose;
mod recall;
mod registers;

use crate::diagnostic::Diagnostics;
use crate::localize::Localized;
use crate::playbook::{Id, Playbook, Settings, StageId, Tag, Thing};
use crate::source::Asset;
use documents::Layout;
use names::Names;
use prose::Links;
pub use prose::{dead_for_now, has_anchor};
pub use recall::Recall;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Looks every name up. An unknown one is one finding, with every place that uses it. With a [`Recall`], documents that have
/// not changed, in a playbook of unchanged names, are those of the last time; and where only prose has changed, so is their order.
pub fn resolve(
    mut localized: Localized,
    settings: Arc<Settings>,
    assets: &[Asset],
    mut recall: Option<&mut Recall>,
    diagnostics: &mut Diagnostics,
) -> Playbook {
    let left_out = std::mem::take(&mut localized.left_out);
    let registers = registers::sort(std::mem::take(&mut localized.registers), diagnostics);
    let journeys = journeys::sort(std::mem::take(&mut localized.journeys), diagnostics);
    let documents = std::mem::take(&mut localized.documents);
    let (laid, names) = match recall.as_mut().and_then(|recall| recall.structure(left_out.version())) {
        Some((layout, names)) => (layout.lay(documents), names),
        None => {
            let drafts: Vec<_> = documents.iter().map(|document| document.draft.clone()).collect();
            let mut found = Diagnostics::default();
            let laid = documents::lay_out(documents, &mut found);
            let names = Arc::new(Names::new(&laid, &registers, &journeys, assets, &mut found));
            // What is wrong with names is said each time.
            if let Some(recall) = recall.as_mut().filter(|_| found.is_empty()) {
                recall.keep_structure(left_out.version(), Layout::of(&laid, &drafts), names.clone());
            }
            diagnostics.extend(found.into_vec());
            (laid, names)
        }
    };
    let mut links = Links::new(&names, &left_out);
    let mut playbook = Playbook { settings, assets: assets.to_vec(), ..Playbook::default() };
    documents::fill(&mut playbook, laid, &mut links, recall);
    journeys::fill(&mut playbook, journeys, &mut links);
    registers::fill(&mut playbook, registers, &mut links);
    let gathered = links.finish(&playbook, diagnostics);
    playbook.echoes = gathered.echoes;
    playbook.addressed = gathered.addressed;
    playbook.used_assets = gathered.used_assets;
    playbook.translations = localized.translations;
    link_back(&mut playbook, gathered.backlinks);
    playbook
}

/// Fills the other direction of everything that refers to something.
fn link_back(playbook: &mut Playbook, backlinks: FxHashMap<Thing, Vec<Thing>>) {
    playbook.backlinks = backlinks;
    strategies_back(playbook);
    promises_back(playbook);
    touchpoints_back(playbook);
    for (id, journey) in Id::all(&playbook.journeys) {
        for persona in &journey.personas {
            push_once(&mut playbook.personas[persona.index()].journeys, id);
        }
    }
    for (id, incident) in Id::all(&playbook.incidents) {
        if let Some(promise) = incident.promise {
            playbook.promises[promise.index()].incidents.push(id);
        }
    }
    playbook.tags = tags(playbook);
}

fn push_once<T: PartialEq>(list: &mut Vec<T>, value: T) {
    if !list.contains(&value) {
        list.push(value);
    }
}

fn strategies_back(playbook: &mut Playbook) {
    for (id, strategy) in Id::all(&playbook.strategies) {
        for pillar in &strategy.pillars {
            push_once(&mut playbook.pillars[pillar.index()].strategies, id);
        }
        for department in &strategy.departments {
            push_once(&mut playbook.departments[department.index()].strategies, id);
        }
        for stage in &strategy.stages {
            let stages = &mut playbook.journeys[stage.journey.index()].stages;
            push_once(&mut stages[usize::from(stage.index)].strategies, id);
        }
    }
}

fn promises_back(playbook: &mut Playbook) {
    for (id, promise) in Id::all(&playbook.promises) {
        if let Some(pillar) = promise.pillar {
            playbook.pillars[pillar.index()].promises.push(id);
        }
        if let Some(department) = promise.department {
            playbook.departments[department.index()].promises.push(id);
        }
        if let Some(channel) = promise.channel {
            playbook.channels[channel.index()].promises.push(id);
        }
        if let Some(metric) = promise.metric {
            playbook.metrics[metric.index()].promises.push(id);
        }
        for stage in &promise.stages {
            let stages = &mut playbook.journeys[stage.journey.index()].stages;
            push_once(&mut stages[usize::from(stage.index)].promises, id);
        }
    }
    for (id, metric) in Id::all(&playbook.metrics) {
        for stage in &metric.stages {
            let stages = &mut playbook.journeys[stage.journey.index()].stages;
            push_once(&mut stages[usize::from(stage.index)].metrics, id);
        }
    }
}

fn touchpoints_back(playbook: &mut Playbook) {
    for (journey_id, journey) in Id::all_mut(&mut playbook.journeys) {
        for (index, stage) in journey.stages.iter_mut().enumerate() {
            let stage_id = StageId { journey: journey_id, index: index as u16 };
            for (touchpoint_id, touchpoint) in stage.touchpoint_ids(stage_id).zip(&stage.touchpoints) {
                if let Some(department) = touchpoint.department {
                    playbook.departments[department.index()].touchpoints.push(touchpoint_id);
                }
                if let Some(channel) = touchpoint.channel {
                    playbook.channels[channel.index()].touchpoints.push(touchpoint_id);
                }
                for promise in &touchpoint.promises {
                    push_once(&mut playbook.promises[promise.index()].touchpoints, touchpoint_id);
                    push_once(&mut stage.promises, *promise);
                }
                for metric in &touchpoint.metrics {
                    push_once(&mut stage.metrics, *metric);
                }
            }
            stage.promises.sort();
            stage.metrics.sort();
        }
    }
}

fn tags(playbook: &Playbook) -> Vec<Tag> {
    let mut tags: Vec<Tag> = Vec::new();
    let mut known: FxHashMap<String, usize> = FxHashMap::default();
    let mut named: FxHashMap<&str, usize> = FxHashMap::default();
    for (thing, document) in playbook.documents() {
        for tag in &document.tags {
            let index = *named.entry(tag).or_insert_with(|| {
                let slug = crate::parse::id::anchor(tag);
                *known.entry(slug.clone()).or_insert_with(|| {
                    tags.push(Tag { name: tag.clone(), slug: slug.into(), things: Vec::new() });
                    tags.len() - 1
                })
            });
            // A document's tags come together: nothing but the last one can be the same.
            if tags[index].things.last() != Some(&thing) {
                tags[index].things.push(thing);
            }
        }
    }
    tags.sort_by(|a, b| a.slug.cmp(&b.slug));
    tags
}
