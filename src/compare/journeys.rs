//! What became of journeys, their stages and their touchpoints.

use super::pairing::Card;
use super::registers::{floor, review};
use super::{Both, Change, Face, Fields, Lists, Moment, Sort, Subject, What, became, by, number};
use crate::playbook::{Id, Journey, Persona, Prose, Stage, StageId, Text, Touchpoint, TouchpointId};

pub fn journeys(both: &Both<'_>, subjects: &mut Vec<Subject>) {
    let faces = |moment: Moment<'_>| -> Vec<Face> {
        let face = |journey: &Journey| {
            let title = moment.plain(&journey.title).to_string();
            let count = (journey.stages.len(), journey.touchpoint_count());
            Face {
                card: Card { keys: vec![journey.id.to_string()], title },
                id: journey.id.to_string(),
                path: journey.path.clone(),
                says: Some(format!("{} stages, {} touchpoints", count.0, count.1)),
            }
        };
        moment.playbook.journeys.iter().map(face).collect()
    };
    let titles = |moment: Moment<'_>, index: usize| {
        let stages = &moment.playbook.journeys[index].stages;
        let titles = stages.iter().flat_map(|stage| {
            std::iter::once(&stage.title).chain(stage.touchpoints.iter().map(|touchpoint| &touchpoint.title))
        });
        titles.map(|title| moment.plain(title)).collect::<Vec<_>>().join(" ")
    };
    let lists = Lists {
        sort: Sort::Journey,
        then: faces(both.then),
        now: faces(both.now),
        words_then: &|index| titles(both.then, index),
        words_now: &|index| titles(both.now, index),
        ordered: false,
    };
    let paired = became(&lists, &|then, now, fields| journey(both, Id::new(then), Id::new(now), fields), subjects);
    for (then, now) in paired.pairs {
        stages(both, Id::new(then), Id::new(now), subjects);
    }
}

fn journey(both: &Both<'_>, then_id: Id<Journey>, now_id: Id<Journey>, fields: &mut Fields) {
    let (then, now) = (&both.then.playbook[then_id], &both.now.playbook[now_id]);
    fields.title(both.then.plain(&then.title), both.now.plain(&now.title));
    let summary = |moment: Moment<'_>, journey: &Journey| journey.summary.as_ref().map(|text| moment.words(text));
    fields.words(Some("summary"), summary(both.then, then), summary(both.now, now));
    fields.key("personas", both.then.ids(&then.personas), both.now.ids(&now.personas));
    review(&then.review, &now.review, fields);
    fields.key("audience", Some(&then.audience), Some(&now.audience));
    let objectives = |moment: Moment<'_>, journey: &Journey| -> Vec<String> {
        journey.objectives.iter().map(|objective| moment.words(&objective.text)).collect()
    };
    fields.lines("objective", objectives(both.then, then), objectives(both.now, now));
    let (was, is) = (&both.then.measures.floors[then_id.index()], &both.now.measures.floors[now_id.index()]);
    floor(None, was.share(), is.share(), fields);
    let lowest = |moment: Moment<'_>, floor: &crate::measure::Floor| {
        let (department, _) = floor.departments[floor.lowest_department?];
        moment.id(Some(department))
    };
    fields.key("lowest department", lowest(both.then, was), lowest(both.now, is));
}

fn stages(both: &Both<'_>, then_id: Id<Journey>, now_id: Id<Journey>, subjects: &mut Vec<Subject>) {
    let faces = |moment: Moment<'_>, id: Id<Journey>| -> Vec<Face> {
        let journey = &moment.playbook[id];
        let face = |stage: &Stage| Face {
            card: Card { keys: vec![stage.id.to_string()], title: moment.plain(&stage.title).to_string() },
            id: format!("{}/{}", journey.id, stage.id),
            path: journey.path.clone(),
            says: Some(format!("{} touchpoints", stage.touchpoints.len())),
        };
        journey.stages.iter().map(face).collect()
    };
    let titles = |moment: Moment<'_>, id: Id<Journey>, index: usize| {
        let touchpoints = &moment.playbook[id].stages[index].touchpoints;
        touchpoints.iter().map(|touchpoint| moment.plain(&touchpoint.title)).collect::<Vec<_>>().join(" ")
    };
    let lists = Lists {
        sort: Sort::Stage,
        then: faces(both.then, then_id),
        now: faces(both.now, now_id),
        words_then: &|index| titles(both.then, then_id, index),
        words_now: &|index| titles(both.now, now_id, index),
        ordered: true,
    };
    let differ = |then: usize, now: usize, fields: &mut Fields| {
        let (then, now) = (&both.then.playbook[then_id].stages[then], &both.now.playbook[now_id].stages[now]);
        fields.title(both.then.plain(&then.title), both.now.plain(&now.title));
        optional(both, "goal", &then.goal, &now.goal, fields);
        optional(both, "summary", &then.summary, &now.summary, fields);
    };
    let paired = became(&lists, &differ, subjects);
    touchpoints(both, (then_id, now_id), &paired.pairs, subjects);
}

/// Touchpoints are paired over the whole journey, since one may go to another stage.
fn touchpoints(
    both: &Both<'_>,
    (then_id, now_id): (Id<Journey>, Id<Journey>),
    stages: &[(usize, usize)],
    subjects: &mut Vec<Subject>,
) {
    let all = |moment: Moment<'_>, id: Id<Journey>| -> Vec<TouchpointId> {
        let journey = &moment.playbook[id];
        journey.stage_ids(id).zip(&journey.stages).flat_map(|(id, stage)| stage.touchpoint_ids(id)).collect()
    };
    let (were, are) = (all(both.then, then_id), all(both.now, now_id));
    // A stage of then is known by its number now, so that one that was renamed keeps its touchpoints.
    let stage_then =
        |stage: StageId| stages.iter().find(|(then, _)| *then == usize::from(stage.index)).map(|(_, now)| *now);
    let stage_now = |stage: StageId| Some(usize::from(stage.index));
    let faces = |moment: Moment<'_>, ids: &[TouchpointId], stage: &dyn Fn(StageId) -> Option<usize>| -> Vec<Face> {
        let face = |id: &TouchpointId| {
            let (playbook, touchpoint) = (moment.playbook, &moment.playbook[*id]);
            let (journey, own) = (&playbook[id.stage.journey], &*touchpoint.id);
            // Where its stage is gone, no other is its.
            let number =
                stage(id.stage).map_or_else(|| format!("then {}", id.stage.index), |number| number.to_string());
            Face {
                card: Card {
                    keys: vec![format!("{number}/{own}"), own.to_string()],
                    title: moment.plain(&touchpoint.title).to_string(),
                },
                id: format!("{}/{}/{own}", journey.id, playbook[id.stage].id),
                path: journey.path.clone(),
                says: says(moment, touchpoint),
            }
        };
        ids.iter().map(face).collect()
    };
    let text = |moment: Moment<'_>, id: TouchpointId| {
        let touchpoint = &moment.playbook[id];
        let lines = [&touchpoint.action, &touchpoint.thought, &touchpoint.intent, &touchpoint.perceived];
        let words = lines.into_iter().flatten().map(|text| moment.words(text));
        std::iter::once(moment.plain(&touchpoint.title).to_string()).chain(words).collect::<Vec<_>>().join(" ")
    };
    let lists = Lists {
        sort: Sort::Touchpoint,
        then: faces(both.then, &were, &stage_then),
        now: faces(both.now, &are, &stage_now),
        words_then: &|index| text(both.then, were[index]),
        words_now: &|index| text(both.now, are[index]),
        // Their order within a stage is told apart from stages that were moved whole.
        ordered: false,
    };
    let pairs_in_order = |pairs: &[(usize, usize)]| {
        let mut moved = Vec::new();
        for stage in 0..both.now.playbook[now_id].stages.len() {
            let in_stage: Vec<(usize, usize)> = pairs
                .iter()
                .copied()
                .filter(|(then, now)| {
                    usize::from(are[*now].stage.index) == stage && stage_then(were[*then].stage) == Some(stage)
                })
                .collect();
            moved.extend(super::moved(&in_stage));
        }
        moved
    };
    let before = subjects.len();
    let differ = |then: usize, now: usize, fields: &mut Fields| {
        let (was, is) = (were[then], are[now]);
        if stage_then(was.stage) != stage_now(is.stage) {
            let stage = |moment: Moment<'_>, id: TouchpointId| format!("stage `{}`", moment.playbook[id.stage].id);
            fields.push(Change::new(What::Moved).before(stage(both.then, was)).after(stage(both.now, is)));
        }
        touchpoint(both, &both.then.playbook[was], &both.now.playbook[is], fields);
    };
    let paired = became(&lists, &differ, subjects);
    for now in pairs_in_order(&paired.pairs) {
        let Some((then, _)) = paired.pairs.iter().find(|(_, one)| *one == now) else { continue };
        let place = |id: TouchpointId| format!("place {}", id.index + 1);
        let change = Change::new(What::Moved).before(place(were[*then])).after(place(are[now]));
        let face = &lists.now[now];
        match subjects[before..].iter_mut().find(|subject| subject.id == face.id) {
            Some(subject) => subject.changes.insert(0, change),
            None => subjects.push(Subject {
                sort: Sort::Touchpoint,
                id: face.id.clone(),
                title: face.card.title.clone(),
                path: face.path.clone(),
                changes: vec![change],
            }),
        }
    }
}

/// What a reader wants to know first of a touchpoint that is new or gone.
fn says(moment: Moment<'_>, touchpoint: &Touchpoint) -> Option<String> {
    let felt = touchpoint.felt().map(|felt| format!("felt {}", number(felt)));
    let parts = [moment.id(touchpoint.channel), moment.id(touchpoint.department), felt];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn touchpoint(both: &Both<'_>, then: &Touchpoint, now: &Touchpoint, fields: &mut Fields) {
    fields.title(both.then.plain(&then.title), both.now.plain(&now.title));
    emotion(None, then.emotion, now.emotion, fields);
    for (id, name) in personas(both, then, now) {
        emotion(Some(&name), id.0.and_then(|id| then.emotion_of(id)), id.1.and_then(|id| now.emotion_of(id)), fields);
    }
    let aim = |value: Option<f64>| value.map(number);
    if aim(then.intent_emotion) != aim(now.intent_emotion) {
        fields.push(Change {
            before: aim(then.intent_emotion),
            after: aim(now.intent_emotion),
            by: by(then.intent_emotion, now.intent_emotion),
            ..Change::new(What::Key).of("intent_emotion")
        });
    }
    fields.key("channel", both.then.id(then.channel), both.now.id(now.channel));
    fields.key("department", both.then.id(then.department), both.now.id(now.department));
    fields.key("evidence", then.evidence.map(|one| one.name()), now.evidence.map(|one| one.name()));
    let moment = |touchpoint: &Touchpoint| Some(if touchpoint.moment_of_truth { "yes" } else { "no" });
    fields.key("moment_of_truth", moment(then), moment(now));
    for (of, was, is) in [
        ("action", &then.action, &now.action),
        ("thought", &then.thought, &now.thought),
        ("intent", &then.intent, &now.intent),
        ("perceived", &then.perceived, &now.perceived),
    ] {
        optional(both, of, was, is, fields);
    }
    let lines = |moment: Moment<'_>, list: &[Text<Prose>]| -> Vec<String> {
        list.iter().map(|text| moment.words(text)).collect()
    };
    for (of, was, is) in [
        ("pain", &then.pains, &now.pains),
        ("barrier", &then.barriers, &now.barriers),
        ("drop-off", &then.drop_offs, &now.drop_offs),
        ("backstage", &then.backstage, &now.backstage),
    ] {
        fields.lines(of, lines(both.then, was), lines(both.now, is));
    }
    let opportunities = |moment: Moment<'_>, touchpoint: &Touchpoint| -> Vec<String> {
        let one = |one: &crate::playbook::Opportunity| match &one.owner {
            Some(owner) => format!("{} ({owner})", moment.words(&one.text)),
            None => moment.words(&one.text),
        };
        touchpoint.opportunities.iter().map(one).collect()
    };
    fields.lines("opportunity", opportunities(both.then, then), opportunities(both.now, now));
    fields.key("promises", both.then.ids(&then.promises), both.now.ids(&now.promises));
    fields.key("metrics", both.then.ids(&then.metrics), both.now.ids(&now.metrics));
}

/// A persona's number then and now.
type Numbers<T> = (Option<Id<T>>, Option<Id<T>>);

/// The personas that have a feeling of their own here, then or now, by name.
fn personas(both: &Both<'_>, then: &Touchpoint, now: &Touchpoint) -> Vec<(Numbers<Persona>, String)> {
    let name = |moment: Moment<'_>, id: Id<Persona>| moment.playbook[id].document.id.to_string();
    let mut names: Vec<String> = then.emotions.iter().map(|(id, _)| name(both.then, *id)).collect();
    for (id, _) in &now.emotions {
        let name = name(both.now, *id);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let find = |moment: Moment<'_>, wanted: &str| {
        Id::all(&moment.playbook.personas).find(|(_, one)| *one.document.id == *wanted).map(|(id, _)| id)
    };
    names.into_iter().map(|name| ((find(both.then, &name), find(both.now, &name)), name)).collect()
}

fn emotion(of: Option<&str>, then: Option<f64>, now: Option<f64>, fields: &mut Fields) {
    if then.map(number) != now.map(number) {
        fields.push(Change {
            of: of.map(str::to_string),
            before: then.map(number),
            after: now.map(number),
            by: by(then, now),
            ..Change::new(What::Emotion)
        });
    }
}

fn optional(both: &Both<'_>, of: &str, then: &Option<Text<Prose>>, now: &Option<Text<Prose>>, fields: &mut Fields) {
    let words = |moment: Moment<'_>, text: &Option<Text<Prose>>| text.as_ref().map(|text| moment.words(text));
    fields.words(Some(of), words(both.then, then), words(both.now, now));
}
