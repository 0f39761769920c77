//! Journey files to journeys.

use super::prose::Links;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::parse::draft::{ItemDraft, JourneyDraft, StageDraft, TouchpointDraft};
use crate::playbook::prose::{Name, TypedKind};
use crate::playbook::{
    Checklist, ChecklistHome, Id, Item, Journey, Lang, Metric, Objective, Opportunity, Playbook, Promise, Stage,
    StageId, Text, Thing, Touchpoint,
};
use crate::source::Place;
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Journeys in the order of their files; of two with one id the first stands.
pub fn sort(mut journeys: Vec<JourneyDraft>, diagnostics: &mut Diagnostics) -> Vec<JourneyDraft> {
    let mut kept: FxHashMap<Arc<str>, Place> = FxHashMap::default();
    journeys.sort_by(|a, b| a.path.cmp(&b.path));
    journeys.retain(|journey| {
        let place = Place::file(&journey.path);
        if let Some(first) = kept.get(&journey.id) {
            diagnostics.push(
                Diagnostic::new(Code::DuplicateId, format!("two journeys are called `{}`", journey.id))
                    .at(place, "again here")
                    .at(first.clone(), "first here"),
            );
            return false;
        }
        kept.insert(journey.id.clone(), place);
        true
    });
    journeys
}

/// Looks up what the journeys name.
pub fn fill(playbook: &mut Playbook, journeys: Vec<JourneyDraft>, links: &mut Links<'_>) {
    for (index, draft) in journeys.into_iter().enumerate() {
        let id = Id::new(index);
        let journey = journey(playbook, draft, id, links);
        playbook.journeys.push(journey);
    }
}

fn journey(playbook: &mut Playbook, draft: JourneyDraft, id: Id<Journey>, links: &mut Links<'_>) -> Journey {
    let home = Some(Thing::Journey(id));
    let personas = draft
        .personas
        .iter()
        .filter_map(|name| match links.key(TypedKind::Persona, name)? {
            Thing::Persona(id) => Some(id),
            _ => None,
        })
        .collect();
    let objectives = draft
        .objectives
        .into_iter()
        .map(|objective| Objective {
            text: links.prosed(objective.text, home).unwrap_or_else(|| {
                let mut prose = links.nothing();
                prose.body = Arc::new(plain(&crate::localize::humanised(&objective.id)));
                Text::new(prose, Lang::DEFAULT, objective.place.clone())
            }),
            metric: objective.metric.as_ref().and_then(|name| metric(name, links)),
            id: objective.id,
            place: objective.place,
        })
        .collect();
    let mut stages = Vec::new();
    let mut number = 0;
    for (index, stage_draft) in draft.stages.into_iter().enumerate() {
        let stage_id = StageId { journey: id, index: index as u16 };
        stages.push(stage(playbook, stage_draft, stage_id, &draft.id, &mut number, links));
    }
    let audience = draft
        .audience
        .as_ref()
        .filter(|name| playbook.settings.audience(&name.value).is_some())
        .map_or_else(|| playbook.settings.default_audience.clone(), |name| Arc::from(&*name.value));
    Journey {
        title: links.title(draft.title, &draft.id, &draft.place),
        summary: links.prosed(draft.summary, home),
        id: draft.id,
        path: draft.path,
        review: draft.review,
        audience,
        personas,
        objectives,
        stages,
        place: draft.place,
    }
}

/// Words as a body: for what must say something and was not written.
fn plain(words: &str) -> crate::playbook::Body {
    let mut markup = String::new();
    crate::parse::html::escape(words, &mut markup);
    crate::playbook::Body {
        pieces: vec![crate::playbook::prose::Piece::Markup(markup.into())],
        inline: true,
        ..crate::playbook::Body::default()
    }
}

fn metric(name: &Name, links: &mut Links<'_>) -> Option<Id<Metric>> {
    match links.key(TypedKind::Metric, name)? {
        Thing::Metric(id) => Some(id),
        _ => None,
    }
}

fn stage(
    playbook: &mut Playbook,
    draft: StageDraft,
    id: StageId,
    journey: &str,
    number: &mut usize,
    links: &mut Links<'_>,
) -> Stage {
    let home = Some(Thing::Stage(id));
    let title = links.title(draft.title, &draft.id, &draft.place);
    let mut checklist = None;
    if draft.has_checklist {
        let items = draft.checklist.into_iter().map(|draft| item(draft, home, links)).collect();
        playbook.checklists.push(Arc::new(Checklist {
            id: format!("{journey}/{}", draft.id).into(),
            title: Some(title.clone()),
            owner: None,
            home: ChecklistHome::Stage(id),
            items,
            place: draft.place.clone(),
        }));
        checklist = Some(Id::new(playbook.checklists.len() - 1));
    }
    let mut touchpoints = Vec::new();
    for touchpoint_draft in draft.touchpoints {
        *number += 1;
        touchpoints.push(touchpoint(touchpoint_draft, *number, home, links));
    }
    Stage {
        title,
        goal: links.prosed(draft.goal, home),
        summary: links.prosed(draft.summary, home),
        touchpoints,
        checklist,
        strategies: Vec::new(),
        promises: Vec::new(),
        metrics: Vec::new(),
        id: draft.id,
        place: draft.place,
    }
}

fn item(draft: ItemDraft, home: Option<Thing>, links: &mut Links<'_>) -> Item {
    let place = draft.place.clone();
    Item {
        text: links.prosed(draft.text, home).unwrap_or_else(|| Text::new(links.nothing(), Lang::DEFAULT, place)),
        id: draft.id,
        renamed_from: draft.renamed_from,
        owner: draft.owner,
        depth: 0,
        place: draft.place,
    }
}

fn touchpoint(draft: TouchpointDraft, number: usize, home: Option<Thing>, links: &mut Links<'_>) -> Touchpoint {
    let emotions = draft
        .emotions
        .iter()
        .filter_map(|(name, felt)| match links.key(TypedKind::Persona, name)? {
            Thing::Persona(id) => Some((id, *felt)),
            _ => None,
        })
        .collect();
    let mut promises: Vec<Id<Promise>> = Vec::new();
    for name in &draft.promises {
        if let Some(Thing::Promise(id)) = links.key(TypedKind::Promise, name)
            && !promises.contains(&id)
        {
            promises.push(id);
        }
    }
    let mut metrics: Vec<Id<Metric>> = Vec::new();
    for name in &draft.metrics {
        if let Some(id) = metric(name, links)
            && !metrics.contains(&id)
        {
            metrics.push(id);
        }
    }
    let channel = draft.channel.as_ref().and_then(|name| match links.key(TypedKind::Channel, name)? {
        Thing::Channel(id) => Some(id),
        _ => None,
    });
    let department = draft.department.as_ref().and_then(|name| match links.key(TypedKind::Department, name)? {
        Thing::Department(id) => Some(id),
        _ => None,
    });
    Touchpoint {
        number,
        title: links.title(draft.title, &draft.id, &draft.place),
        channel,
        department,
        action: links.prosed(draft.action, home),
        thought: links.prosed(draft.thought, home),
        emotion: draft.emotion,
        emotions,
        intent: links.prosed(draft.intent, home),
        perceived: links.prosed(draft.perceived, home),
        intent_emotion: draft.intent_emotion,
        evidence: draft.evidence,
        moment_of_truth: draft.moment_of_truth,
        pains: links.lines(draft.pains, home),
        barriers: links.lines(draft.barriers, home),
        drop_offs: links.lines(draft.drop_offs, home),
        opportunities: draft
            .opportunities
            .into_iter()
            .filter_map(|one| Some(Opportunity { text: links.prosed(Some(one.text), home)?, owner: one.owner }))
            .collect(),
        promises,
        metrics,
        backstage: links.lines(draft.backstage, home),
        id: draft.id,
        place: draft.place,
    }
}
