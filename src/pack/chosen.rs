//! What a reader asks for to the pages that belong to it.

use crate::diagnostic::nearest;
use crate::failure::Failure;
use crate::pipeline::Planned;
use crate::playbook::{ChecklistHome, Department, Id, Kind, Lang, Playbook, Promise, StageId, Thing};
use crate::routes::{PageId, Route};
use rustc_hash::FxHashSet;

/// What is asked for, as it was written.
#[derive(Debug, Default, Clone)]
pub struct Wanted {
    /// A stage: `purchase`, or `first-year/purchase`.
    pub stage: Option<String>,
    /// A department's id.
    pub department: Option<String>,
    /// A language's tag.
    pub language: Option<String>,
}

/// The pages of a pack, in its order.
#[derive(Debug)]
pub struct Chosen {
    /// In which language.
    pub language: Lang,
    /// What it is about; nothing where it is the whole playbook.
    pub subjects: Vec<Thing>,
    /// Its pages.
    pub routes: Vec<Route>,
}

/// Chooses the pages.
///
/// # Errors
/// There is no such stage, department or language, or there are several such stages; it says which there are.
pub fn chosen(planned: &Planned, wanted: &Wanted) -> Result<Chosen, Failure> {
    let playbook = &planned.playbook;
    let language = wanted.language.as_deref().map(|tag| language(playbook, tag)).transpose()?.unwrap_or(Lang::DEFAULT);
    let stage = wanted.stage.as_deref().map(|name| stage(playbook, name)).transpose()?;
    let department = wanted.department.as_deref().map(|name| department(playbook, name)).transpose()?;
    let mut subjects = Vec::new();
    let mut belonging = Belonging::default();
    if let Some(id) = stage {
        subjects.push(Thing::Stage(id));
        belonging.stage(planned, id);
    }
    if let Some(id) = department {
        subjects.push(Thing::Department(id));
        belonging.department(planned, id);
    }
    let routes = if subjects.is_empty() {
        planned
            .routes
            .all
            .iter()
            .filter(|route| route.language == language && is_content(route.page))
            .cloned()
            .collect()
    } else {
        let route = |thing: &Thing| match thing {
            Thing::Page(id) if playbook.front == Some(*id) => planned.routes.route(PageId::Front, language),
            thing => planned.routes.route(PageId::Thing(*thing), language),
        };
        belonging.things.iter().filter_map(route).cloned().collect()
    };
    Ok(Chosen { language, subjects, routes })
}

/// Whether a page says something of its own: tags only lead to others, and how far a playbook is translated is its makers' affair.
fn is_content(page: PageId) -> bool {
    !matches!(
        page,
        PageId::NotFound
            | PageId::Translations
            | PageId::Tag(_)
            | PageId::MoreOfTag(..)
            | PageId::More(Kind::Tags, _)
            | PageId::Thing(Thing::Overview(Kind::Tags))
    )
}

/// What belongs to something, each once, in the order in which it is read.
#[derive(Default)]
struct Belonging {
    things: Vec<Thing>,
    seen: FxHashSet<Thing>,
}

impl Belonging {
    fn add(&mut self, thing: Thing) {
        if self.seen.insert(thing) {
            self.things.push(thing);
        }
    }

    /// A stage: its page with touchpoints, checklist and metrics, its promises, the strategies that serve it.
    fn stage(&mut self, planned: &Planned, id: StageId) {
        let stage = &planned.playbook[id];
        self.add(Thing::Stage(id));
        let of_touchpoints = stage.touchpoints.iter().flat_map(|touchpoint| &touchpoint.promises);
        for promise in stage.promises.iter().chain(of_touchpoints) {
            self.add(Thing::Promise(*promise));
        }
        for strategy in &stage.strategies {
            self.add(Thing::Strategy(*strategy));
        }
    }

    /// A department: its page, its promises, the stages in which it meets customers, its strategies and recoveries, and what else
    /// its checklists stand on.
    fn department(&mut self, planned: &Planned, id: Id<Department>) {
        let playbook = &planned.playbook;
        let department = &playbook[id];
        self.add(Thing::Department(id));
        for promise in &department.promises {
            self.add(Thing::Promise(*promise));
        }
        for touchpoint in &department.touchpoints {
            self.add(Thing::Stage(touchpoint.stage));
        }
        for strategy in &department.strategies {
            self.add(Thing::Strategy(*strategy));
        }
        for recovery in recoveries(playbook, id, &department.promises) {
            self.add(recovery);
        }
        let desk = planned.desk();
        for checklist in crate::view::progress::lists_of(&desk, id) {
            match playbook[checklist].home {
                ChecklistHome::Document(home) => self.add(home),
                ChecklistHome::Stage(stage) => self.add(Thing::Stage(stage)),
            }
        }
    }
}

/// The recoveries of a department: those that speak of it or of its promises, that were followed when one of them broke, or that
/// have the same owner.
fn recoveries(playbook: &Playbook, id: Id<Department>, promises: &[Id<Promise>]) -> Vec<Thing> {
    let owner = playbook[id].owner.as_deref();
    let mut wanted: FxHashSet<Thing> = playbook.linked_from(Thing::Department(id)).iter().copied().collect();
    wanted.extend(promises.iter().flat_map(|promise| playbook.linked_from(Thing::Promise(*promise))).copied());
    let broken = playbook.incidents.iter().filter(|one| one.promise.is_some_and(|broken| promises.contains(&broken)));
    wanted.extend(broken.filter_map(|incident| incident.recovery).map(Thing::Recovery));
    let belongs = |thing: &Thing, its: Option<&str>| wanted.contains(thing) || (owner.is_some() && its == owner);
    Id::all(&playbook.recoveries)
        .map(|(id, recovery)| (Thing::Recovery(id), recovery.document.review.owner.as_deref()))
        .filter(|(thing, its)| belongs(thing, *its))
        .map(|(thing, _)| thing)
        .collect()
}

fn stage(playbook: &Playbook, name: &str) -> Result<StageId, Failure> {
    let whole = |id: StageId| format!("{}/{}", playbook[id.journey].id, playbook[id].id);
    let found: Vec<StageId> =
        playbook.stages().filter(|(id, stage)| &*stage.id == name || whole(*id) == name).map(|(id, _)| id).collect();
    match found.as_slice() {
        [one] => Ok(*one),
        [] => {
            let mut known: Vec<String> = playbook.stages().map(|(id, _)| whole(id)).collect();
            let short = playbook.stages().map(|(_, stage)| stage.id.to_string());
            let near = nearest(name, known.iter().map(String::as_str)).map(str::to_string);
            let short: Vec<String> = short.collect();
            let near = nearest(name, short.iter().map(String::as_str)).map(str::to_string).or(near);
            known.truncate(SHOWN);
            Err(unknown("stage", name, near.as_deref(), &known))
        }
        several => {
            let choices: Vec<String> = several.iter().map(|id| format!("`{}`", whole(*id))).collect();
            Err(Failure::Refused(format!(
                "{} journeys have a stage `{name}`: name one of {}",
                several.len(),
                choices.join(", ")
            )))
        }
    }
}

fn department(playbook: &Playbook, name: &str) -> Result<Id<Department>, Failure> {
    if let Some((id, _)) = Id::all(&playbook.departments).find(|(_, one)| &*one.id == name) {
        return Ok(id);
    }
    let known: Vec<String> = playbook.departments.iter().map(|one| one.id.to_string()).collect();
    let near = nearest(name, known.iter().map(String::as_str));
    Err(unknown("department", name, near, &known[..known.len().min(SHOWN)]))
}

fn language(playbook: &Playbook, tag: &str) -> Result<Lang, Failure> {
    let settings = &playbook.settings;
    if let Some(language) = settings.language_tagged(tag) {
        return Ok(language);
    }
    let known: Vec<String> = settings.languages.iter().map(|language| language.tag.to_string()).collect();
    // Every two tags are near each other.
    Err(unknown("language", tag, None, &known))
}

/// More names than these are no help.
const SHOWN: usize = 20;

fn unknown(what: &str, name: &str, near: Option<&str>, known: &[String]) -> Failure {
    let hint = match near {
        Some(near) => format!(": did you mean `{near}`?"),
        None if known.is_empty() => ": the playbook has none".to_string(),
        None => format!(": there are {}", known.join(", ")),
    };
    Failure::Refused(format!("no {what} is called `{name}`{hint}"))
}
