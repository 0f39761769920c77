//! What became of promises, metrics, departments, incidents, claims, glossary and channels.

use super::pairing::Card;
use super::{Both, Change, Face, Fields, Lists, Moment, Sort, Subject, What, became, by, number};
use crate::playbook::{
    Better, Channel, Claim, Department, Id, Incident, Journey, MadeIn, Metric, MetricKind, Playbook, Promise, Review,
    StageId, Status, Term, Unit,
};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// A thing that its id and title say all of.
fn face(id: &str, title: &str, path: &Arc<str>, says: Option<String>) -> Face {
    let card = Card { keys: vec![id.to_string()], title: title.to_string() };
    Face { card, id: id.to_string(), path: path.clone(), says }
}

/// A register's entries: by what each is known, and its words, which find it again under another id.
struct Register<'r, T> {
    sort: Sort,
    entries: fn(&Playbook) -> &[T],
    face: &'r dyn Fn(Moment<'_>, &T) -> Face,
    words: &'r dyn Fn(Moment<'_>, &T) -> String,
}

/// In what an entry then and an entry now, each with its number in the register, differ.
type Differ<'r, T> = dyn Fn((usize, &T), (usize, &T), &mut Fields) + 'r;

impl<T> Register<'_, T> {
    fn became(&self, both: &Both<'_>, differ: &Differ<'_, T>, subjects: &mut Vec<Subject>) {
        let (were, are) = ((self.entries)(both.then.playbook), (self.entries)(both.now.playbook));
        let faces = |moment, entries: &[T]| entries.iter().map(|one| (self.face)(moment, one)).collect();
        let lists = Lists {
            sort: self.sort,
            then: faces(both.then, were),
            now: faces(both.now, are),
            words_then: &|index| (self.words)(both.then, &were[index]),
            words_now: &|index| (self.words)(both.now, &are[index]),
            ordered: false,
        };
        became(&lists, &|then, now, fields| differ((then, &were[then]), (now, &are[now]), fields), subjects);
    }
}

pub fn promises(both: &Both<'_>, subjects: &mut Vec<Subject>) {
    let register = Register {
        sort: Sort::Promise,
        entries: |playbook| &playbook.promises,
        face: &|moment, one| face(&one.id, &moment.words(&one.text), &one.path, None),
        words: &|moment, one| moment.words(&one.text),
    };
    register.became(both, &|(then, _), (now, _), fields| promise(both, Id::new(then), Id::new(now), fields), subjects);
}

fn promise(both: &Both<'_>, then_id: Id<Promise>, now_id: Id<Promise>, fields: &mut Fields) {
    let (then, now) = (&both.then.playbook[then_id], &both.now.playbook[now_id]);
    let state = |moment: Moment<'_>, index: usize| moment.measures.states[index];
    let (was, is) = (state(both.then, then_id.index()), state(both.now, now_id.index()));
    if was.status != is.status {
        let withdrawn = is.status == Status::Withdrawn;
        let what = if withdrawn { What::Withdrawn } else { What::State };
        fields.push(Change::new(what).before(was.status.name()).after(is.status.name()));
    }
    fields.words(None, Some(both.then.words(&then.text)), Some(both.now.words(&now.text)));
    fields.key("department", both.then.id(then.department), both.now.id(now.department));
    fields.key("pillar", both.then.id(then.pillar), both.now.id(now.pillar));
    fields.key("channel", both.then.id(then.channel), both.now.id(now.channel));
    fields.key("stages", stages(both.then, &then.stages), stages(both.now, &now.stages));
    fields.key("metric", both.then.id(then.metric), both.now.id(now.metric));
    let evidence =
        |moment: Moment<'_>, promise: &Promise| promise.evidence.as_ref().map(|text| moment.plain(text).to_string());
    fields.key("evidence", evidence(both.then, then), evidence(both.now, now));
    let target = |moment: Moment<'_>, promise: &Promise, target: Option<f64>| {
        target.map(|target| amount(promise.metric.map(|id| &moment.playbook[id]), target))
    };
    fields.key("target", target(both.then, then, was.target), target(both.now, now, is.target));
    fields.key("since", then.since, now.since);
    review(&then.review, &now.review, fields);
    fields.key("audience", Some(&then.audience), Some(&now.audience));
    fields.lines("made in", made_in(both.then, then), made_in(both.now, now));
    let entries = |moment: Moment<'_>, promise: &Promise| -> Vec<String> {
        let entry = |entry: &crate::playbook::Entry| {
            let status = entry.status.map(Status::name).map(str::to_string);
            let note = entry.note.as_ref().map(|note| moment.words(note));
            [Some(entry.date.to_string()), status, note].into_iter().flatten().collect::<Vec<_>>().join(" ")
        };
        promise.history.iter().map(entry).collect()
    };
    fields.lines("history", entries(both.then, then), entries(both.now, now));
}

fn made_in(moment: Moment<'_>, promise: &Promise) -> Vec<String> {
    let place = |place: &MadeIn| match place {
        MadeIn::Words(words) => moment.plain(words).to_string(),
        MadeIn::Page(thing) => moment.playbook.document(*thing).map_or(String::new(), |page| page.path.to_string()),
    };
    promise.made_in.iter().map(place).collect()
}

/// The names of stages, each with its journey's.
pub fn stages(moment: Moment<'_>, stages: &[StageId]) -> Option<String> {
    let name = |id: &StageId| format!("{}/{}", moment.playbook[id.journey].id, moment.playbook[*id].id);
    let names: Vec<String> = stages.iter().map(name).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

/// Who looks after something, and when.
pub fn review(then: &Review, now: &Review, fields: &mut Fields) {
    let every = |review: &Review| {
        review.every.map(|every| {
            let unit = match every.unit {
                Unit::Day => "days",
                Unit::Week => "weeks",
                Unit::Month => "months",
                Unit::Year => "years",
            };
            format!("{} {unit}", every.count)
        })
    };
    fields.key("owner", then.owner.as_ref(), now.owner.as_ref());
    let last = |review: &Review| review.last.as_ref().map(|(date, _)| *date);
    fields.key("last_reviewed", last(then), last(now));
    fields.key("review_every", every(then), every(now));
}

/// A value in its metric's unit.
fn amount(metric: Option<&Metric>, value: f64) -> String {
    let percent = |kind: MetricKind| {
        matches!(kind, MetricKind::Csat | MetricKind::CesTop3 | MetricKind::Trust | MetricKind::Rate)
    };
    let value = number((value * 10.0).round() / 10.0);
    match metric {
        Some(metric) if percent(metric.kind) => format!("{value} %"),
        Some(metric) => match metric.unit.as_ref().map(|unit| &*unit.source.value).filter(|unit| *unit != "%") {
            Some(unit) => format!("{value} {unit}"),
            None => value,
        },
        None => value,
    }
}

pub fn metrics(both: &Both<'_>, subjects: &mut Vec<Subject>) {
    let register = Register {
        sort: Sort::Metric,
        entries: |playbook| &playbook.metrics,
        face: &|moment, one| face(&one.id, moment.plain(&one.title), &one.place.path, None),
        words: &|moment, one| moment.plain(&one.title).to_string(),
    };
    let differ = |(then_index, then): (usize, &Metric), (now_index, now): (usize, &Metric), fields: &mut Fields| {
        fields.title(both.then.plain(&then.title), both.now.plain(&now.title));
        fields.key("kind", Some(kind(then.kind)), Some(kind(now.kind)));
        let better = |metric: &Metric| Some(if metric.better == Better::Higher { "higher" } else { "lower" });
        fields.key("better", better(then), better(now));
        let target = |metric: &Metric| metric.target.as_ref().map(|target| amount(Some(metric), target.value));
        fields.key("target", target(then), target(now));
        let unit = |metric: &Metric| metric.unit.as_ref().map(|unit| unit.source.value.clone());
        fields.key("unit", unit(then), unit(now));
        fields.key("window", then.window, now.window);
        fields.key("data", then.data.as_ref().map(|data| &data.value), now.data.as_ref().map(|data| &data.value));
        fields.key("stages", stages(both.then, &then.stages), stages(both.now, &now.stages));
        fields.key("audience", Some(&then.audience), Some(&now.audience));
        let figure = |moment: Moment<'_>, index: usize| moment.measures.metrics[index].figure.shown();
        let (was, is) = (figure(both.then, then_index), figure(both.now, now_index));
        let value = |metric: &Metric, figure: Option<crate::measure::Figure>| {
            figure.map(|figure| (amount(Some(metric), figure.value), figure.n))
        };
        let (before, after) = (value(then, was), value(now, is));
        if before.as_ref().map(|(value, _)| value) != after.as_ref().map(|(value, _)| value) {
            let shown = |value: Option<(String, u64)>| value.map(|(value, n)| format!("{value} (n {n})"));
            fields.push(Change {
                before: shown(before),
                after: shown(after),
                by: by(was.map(|was| was.value), is.map(|is| is.value)).filter(|_| then.kind == now.kind),
                ..Change::new(What::Key).of("value")
            });
        }
    };
    register.became(both, &differ, subjects);
}

fn kind(kind: MetricKind) -> String {
    match kind {
        MetricKind::CesMean => "ces (mean)".to_string(),
        MetricKind::CesTop3 => "ces (top3)".to_string(),
        MetricKind::CesNet => "ces (net)".to_string(),
        kind => kind.name().to_string(),
    }
}

/// Journeys by their ids.
fn journeys(moment: Moment<'_>) -> FxHashMap<&str, Id<Journey>> {
    Id::all(&moment.playbook.journeys).map(|(id, one)| (&*one.id, id)).collect()
}

pub fn departments(both: &Both<'_>, subjects: &mut Vec<Subject>) {
    let register = Register {
        sort: Sort::Department,
        entries: |playbook| &playbook.departments,
        face: &|moment, one| face(&one.id, moment.plain(&one.title), &one.place.path, None),
        words: &|_, _| String::new(),
    };
    let (journeys_then, journeys_now) = (journeys(both.then), journeys(both.now));
    let differ =
        |(then_index, then): (usize, &Department), (now_index, now): (usize, &Department), fields: &mut Fields| {
            fields.title(both.then.plain(&then.title), both.now.plain(&now.title));
            fields.key("owner", then.owner.as_ref(), now.owner.as_ref());
            fields.words(
                Some("description"),
                then.description.as_ref().map(|text| both.then.words(text)),
                now.description.as_ref().map(|text| both.now.words(text)),
            );
            for journey in &both.now.playbook.journeys {
                let share = |moment: Moment<'_>, journeys: &FxHashMap<&str, Id<Journey>>, department: usize| {
                    let id = journeys.get(&*journey.id)?;
                    let floor = &moment.measures.floors[id.index()];
                    let (_, standing) = floor.departments.iter().find(|(one, _)| one.index() == department)?;
                    standing.share(floor.basis)
                };
                let was = share(both.then, &journeys_then, then_index);
                floor(Some(&*journey.id), was, share(both.now, &journeys_now, now_index), fields);
            }
        };
    register.became(both, &differ, subjects);
}

/// A share of what is kept, as it is shown.
pub fn floor(of: Option<&str>, then: Option<f64>, now: Option<f64>, fields: &mut Fields) {
    let shown = |share: Option<f64>| share.map(|share| format!("{} %", number((share * 10.0).round() / 10.0)));
    if shown(then) != shown(now) {
        fields.push(Change {
            of: of.map(str::to_string),
            before: shown(then),
            after: shown(now),
            by: by(then.map(|share| (share * 10.0).round() / 10.0), now.map(|share| (share * 10.0).round() / 10.0)),
            ..Change::new(What::Floor)
        });
    }
}

pub fn incidents(both: &Both<'_>, subjects: &mut Vec<Subject>) {
    let register = Register {
        sort: Sort::Incident,
        entries: |playbook| &playbook.incidents,
        face: &|moment, one| {
            let says = moment.id(one.promise).map(|promise| format!("broke `{promise}`"));
            face(&one.id, moment.plain(&one.title), &one.place.path, says)
        },
        words: &|moment, one| moment.plain(&one.title).to_string(),
    };
    let differ = |(_, then): (usize, &Incident), (_, now): (usize, &Incident), fields: &mut Fields| {
        fields.title(both.then.plain(&then.title), both.now.plain(&now.title));
        fields.key("promise", both.then.id(then.promise), both.now.id(now.promise));
        fields.key("severity", then.severity.map(|one| one.name()), now.severity.map(|one| one.name()));
        fields.key("recovery", both.then.id(then.recovery), both.now.id(now.recovery));
        fields.key("noticed", then.noticed, now.noticed);
        for ((step, before), (_, after)) in then.steps().into_iter().zip(now.steps()) {
            fields.key(step.name(), before, after);
        }
    };
    register.became(both, &differ, subjects);
}

/// Claims, words of the glossary, channels.
pub fn words(both: &Both<'_>, subjects: &mut Vec<Subject>) {
    let register = Register {
        sort: Sort::Claim,
        entries: |playbook| &playbook.claims,
        face: &|moment, one| face(&one.id, &moment.words(&one.text), &one.place.path, None),
        words: &|moment, one| moment.words(&one.text),
    };
    let differ = |(_, then): (usize, &Claim), (_, now): (usize, &Claim), fields: &mut Fields| {
        fields.words(None, Some(both.then.words(&then.text)), Some(both.now.words(&now.text)));
        let texts = [
            ("value", &then.value, &now.value),
            ("source", &then.source, &now.source),
            ("sample", &then.sample, &now.sample),
        ];
        for (key, was, is) in texts {
            fields.key(
                key,
                was.as_ref().map(|text| both.then.plain(text)),
                is.as_ref().map(|text| both.now.plain(text)),
            );
        }
        fields.key("url", then.url.as_ref().map(|url| &url.value), now.url.as_ref().map(|url| &url.value));
        fields.key("date", then.date, now.date);
        let expires = |on: &Option<(jiff::civil::Date, crate::source::Place)>| on.as_ref().map(|(date, _)| *date);
        fields.key("expires_on", expires(&then.expires_on), expires(&now.expires_on));
        fields.key("audience", Some(&then.audience), Some(&now.audience));
    };
    register.became(both, &differ, subjects);

    let register = Register {
        sort: Sort::Term,
        entries: |playbook| &playbook.terms,
        face: &|moment, one| face(&one.id, moment.plain(&one.term), &one.place.path, None),
        words: &|_, _| String::new(),
    };
    let differ = |(_, then): (usize, &Term), (_, now): (usize, &Term), fields: &mut Fields| {
        fields.title(both.then.plain(&then.term), both.now.plain(&now.term));
        fields.words(
            Some("meaning"),
            then.meaning.as_ref().map(|text| both.then.words(text)),
            now.meaning.as_ref().map(|text| both.now.words(text)),
        );
    };
    register.became(both, &differ, subjects);

    let register = Register {
        sort: Sort::Channel,
        entries: |playbook| &playbook.channels,
        face: &|moment, one| face(&one.id, moment.plain(&one.title), &one.place.path, None),
        words: &|_, _| String::new(),
    };
    let differ = |(_, then): (usize, &Channel), (_, now): (usize, &Channel), fields: &mut Fields| {
        fields.title(both.then.plain(&then.title), both.now.plain(&now.title));
        fields.words(
            Some("description"),
            then.description.as_ref().map(|text| both.then.words(text)),
            now.description.as_ref().map(|text| both.now.words(text)),
        );
    };
    register.became(both, &differ, subjects);
}
