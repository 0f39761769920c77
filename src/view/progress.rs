//! Checklists to lines of progress, which a browser fills from the ticks that it remembers.

use super::{At, Desk, LinkView, Words};
use crate::playbook::{Checklist, ChecklistHome, Department, Id, Item, Lang, Thing};
use rustc_hash::FxHashMap;
use serde::Serialize;

/// Items whose ticks a browser counts together.
#[derive(Debug, Clone, Serialize)]
pub struct ProgressView {
    /// What is counted: a line for each list, its id and the ids of its items between spaces; `new<old` was called `old` before.
    pub lists: String,
    /// How many items there are.
    pub count: usize,
    /// The same in words.
    pub words: String,
}

/// A checklist in a list of them.
#[derive(Debug, Clone, Serialize)]
pub struct ProgressLine {
    /// Its title and place.
    pub link: LinkView,
    /// Where it stands.
    pub home: Option<Words>,
    /// Its items.
    pub progress: ProgressView,
    /// Whether it waits, hidden, until one of those before it is done.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub waits: bool,
}

/// What of one checklist one department does.
#[derive(Debug, Clone)]
pub struct Share {
    checklist: Id<Checklist>,
    items: Vec<usize>,
}

/// So many open lists have room on the front page.
const ROOM: usize = 12;

/// Of so many lists a browser chooses those that are open; more stand on their own page only.
const CHOICE: usize = 48;

/// More lists than these stand on their own page only.
const OF_DEPARTMENT: usize = 200;

/// Lists for the front page, more of them than have room: those of stages first.
pub fn open(at: &At<'_>) -> Vec<ProgressLine> {
    let playbook = at.desk.playbook;
    let of_stages = |wanted: bool| {
        let lists = playbook.all_checklists().filter(|(_, list)| !list.items.is_empty());
        lists.filter(move |(_, list)| matches!(list.home, ChecklistHome::Stage(_)) == wanted)
    };
    let lists = of_stages(true).chain(of_stages(false)).take(CHOICE);
    let lines = lists.map(|(id, list)| line(at, id, list.items.iter()));
    lines.enumerate().map(|(index, line)| ProgressLine { waits: index >= ROOM, ..line }).collect()
}

/// Every item of the playbook.
pub fn whole(at: &At<'_>) -> ProgressView {
    let all: Vec<&Checklist> = at.desk.playbook.all_checklists().map(|(_, list)| list).collect();
    let lists = all.iter().map(|list| written(list, list.items.iter())).collect::<Vec<_>>().join("\n");
    counted(at, lists, all.iter().map(|list| list.items.len()).sum())
}

/// What a department has to do, list by list.
pub fn of_department(at: &At<'_>, id: Id<Department>) -> Vec<ProgressLine> {
    let shares = at.desk.shares.get_or_init(|| shares(at.desk));
    shares[id.index()]
        .iter()
        .take(OF_DEPARTMENT)
        .map(|share| {
            let list = &at.desk.playbook[share.checklist];
            line(at, share.checklist, share.items.iter().map(|index| &list.items[*index]))
        })
        .collect()
}

/// The lists of which a department does something.
pub fn lists_of(desk: &Desk<'_>, id: Id<Department>) -> Vec<Id<Checklist>> {
    let shares = desk.shares.get_or_init(|| shares(desk));
    shares[id.index()].iter().map(|share| share.checklist).collect()
}

/// An item belongs to the department that its owner names (else its list's): by the department's id, its title or who
/// answers for it. Where an owner names none, a strategy's list belongs to the departments that work by the strategy.
fn shares(desk: &Desk<'_>) -> Vec<Vec<Share>> {
    let playbook = desk.playbook;
    let mut named: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (id, department) in Id::all(&playbook.departments) {
        let titles =
            playbook.settings.langs().map(|lang: Lang| department.title.get(lang, &playbook.settings).to_string());
        let mut names: Vec<String> =
            titles.chain([department.id.to_string()]).map(|name| name.to_lowercase()).collect();
        names.extend(department.owner.as_deref().map(str::to_lowercase));
        names.sort_unstable();
        names.dedup();
        for name in names {
            named.entry(name).or_default().push(id.index());
        }
    }
    let mut shares = vec![Vec::<Share>::new(); playbook.departments.len()];
    for (id, list) in playbook.all_checklists() {
        let working: Vec<usize> = match list.home {
            ChecklistHome::Document(Thing::Strategy(strategy)) => {
                playbook[strategy].departments.iter().map(|department| department.index()).collect()
            }
            _ => Vec::new(),
        };
        let of_owner = |owner: Option<&str>| named.get(&owner?.to_lowercase());
        let of_list = of_owner(list.owner.as_deref()).unwrap_or(&working);
        for (index, item) in list.items.iter().enumerate() {
            for department in of_owner(item.owner.as_deref()).unwrap_or(of_list) {
                let own = &mut shares[*department];
                match own.last_mut().filter(|share| share.checklist == id) {
                    Some(share) => share.items.push(index),
                    None => own.push(Share { checklist: id, items: vec![index] }),
                }
            }
        }
    }
    shares
}

fn line<'a>(at: &At<'_>, id: Id<Checklist>, items: impl Iterator<Item = &'a Item> + Clone) -> ProgressLine {
    let list = &at.desk.playbook[id];
    let home = match list.home {
        ChecklistHome::Stage(stage) => Some(at.words(&at.desk.playbook[stage.journey].title)),
        ChecklistHome::Document(thing) => at.desk.playbook.document(thing).map(|document| at.words(&document.title)),
    };
    let count = items.clone().count();
    let progress = counted(at, written(list, items), count);
    ProgressLine { link: at.link(Thing::Checklist(id)), home, progress, waits: false }
}

fn counted(at: &At<'_>, lists: String, count: usize) -> ProgressView {
    ProgressView { lists, count, words: at.tn("count-items", &[("count", count.into())]) }
}

/// A list and its items by their ids.
fn written<'a>(list: &Checklist, items: impl Iterator<Item = &'a Item>) -> String {
    let mut line = list.id.to_string();
    for item in items {
        line.push(' ');
        line.push_str(&item.id);
        if let Some(former) = &item.renamed_from {
            line.push('<');
            line.push_str(former);
        }
    }
    line
}
