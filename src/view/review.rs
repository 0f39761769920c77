//! Everything that has a review date to its register, to a calendar, and to `reviews.json`.

use super::calendar::{self, Event};
use super::document::{Pager, pager, part};
use super::evidence::{Head, head, json, url};
use super::front::{days, name};
use super::{At, Day, Desk, LinkView, encoded};
use crate::playbook::{Kind, Lang, Thing};
use crate::routes::{PageId, Routes};
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use serde::Serialize;

/// The register of review dates.
#[derive(Debug, Serialize)]
pub struct ReviewsView {
    /// How many there are.
    pub total: String,
    /// How many of them have passed on `today`.
    pub overdue: String,
    /// The day of the build.
    pub today: Day,
    /// Whether all of them stand on this page, so that a browser can count them again.
    pub whole: bool,
    /// By owner: who has waited longest first.
    pub owners: Vec<OwnerView>,
    /// The calendar's file.
    pub calendar: String,
    /// The other pages of a long register.
    pub pager: Option<Pager>,
}

/// What one owner has to look at.
#[derive(Debug, Serialize)]
pub struct OwnerView {
    /// Its anchor.
    pub id: String,
    /// The owner; `None` where nobody is named.
    pub owner: Option<String>,
    /// What is due first comes first.
    pub reviews: Vec<ReviewView>,
}

/// Something to look at again.
#[derive(Debug, Serialize)]
pub struct ReviewView {
    /// The id of what says that it is overdue: a browser shows it once the day has passed.
    pub id: String,
    /// What.
    pub link: LinkView,
    /// Of which kind, in a word.
    pub kind: String,
    /// When it was last looked at.
    pub reviewed: Option<Day>,
    /// When it is due.
    pub due: Day,
    /// For how long it has been overdue on the day of the build, in words; `None` where it is not.
    pub late: Option<String>,
}

impl Desk<'_> {
    /// What has a review date: by owner, those first whose first date comes first, and by date.
    pub fn reviews(&self) -> &[(Thing, Date)] {
        self.reviews.get_or_init(|| {
            let mut all: Vec<_> = self.playbook.reviews().collect();
            let mut first: FxHashMap<Option<&str>, Date> = FxHashMap::default();
            for (_, review, due) in &all {
                let first = first.entry(review.owner.as_deref()).or_insert(*due);
                *first = (*first).min(*due);
            }
            all.sort_by_key(|(_, review, due)| (first[&review.owner.as_deref()], review.owner.as_deref(), *due));
            all.into_iter().map(|(thing, _, due)| (thing, due)).collect()
        })
    }

    fn owner(&self, thing: Thing) -> Option<&str> {
        self.playbook.review(thing)?.owner.as_deref()
    }

    fn overdue_reviews(&self) -> usize {
        self.reviews().iter().filter(|(_, due)| *due < self.measures.today).count()
    }
}

/// A page of the register.
pub fn reviews(at: &At<'_>, number: u16) -> ReviewsView {
    let (desk, today) = (at.desk, at.desk.measures.today);
    let all = desk.reviews();
    let shown: Vec<(usize, &(Thing, Date))> = part(all.iter().enumerate(), number).collect();
    let owners = shown.chunk_by(|(_, one), (_, next)| desk.owner(one.0) == desk.owner(next.0)).map(|own| OwnerView {
        id: format!("owner-{}", own[0].0 + 1),
        owner: desk.owner(own[0].1.0).map(|owner| at.owner(owner)),
        reviews: own
            .iter()
            .map(|(index, (thing, due))| ReviewView {
                id: format!("due-{}", index + 1),
                link: at.link(*thing),
                kind: at.t(&format!("thing-{}", name(*thing))),
                reviewed: desk
                    .playbook
                    .review(*thing)
                    .and_then(|review| review.last.as_ref())
                    .map(|(day, _)| at.date(*day)),
                due: at.date(*due),
                late: (*due < today).then(|| at.tn("days", &[("count", days(*due, today).into())])),
            })
            .collect(),
    });
    let count = |number: usize| at.locale().count(i64::try_from(number).unwrap_or(i64::MAX));
    ReviewsView {
        total: count(all.len()),
        overdue: count(desk.overdue_reviews()),
        today: at.date(today),
        whole: Routes::pages_of(all.len()) == 1,
        owners: owners.collect(),
        calendar: at.to_file("reviews.ics"),
        pager: pager(at, all.len(), number, &|other| match other {
            1 => PageId::Thing(Thing::Overview(Kind::Reviews)),
            other => PageId::More(Kind::Reviews, other),
        }),
    }
}

/// Name and text of every file. A calendar without a day would be none.
pub fn files(desk: &Desk<'_>) -> Vec<(String, Vec<u8>)> {
    let mut files = vec![
        ("reviews.json".into(), json(&reviews_json(desk))),
        ("reviews.schema.json".into(), include_str!("../../docs/schemas/reviews.schema.json").into()),
    ];
    if !desk.reviews().is_empty() {
        files.push(("reviews.ics".into(), reviews_ics(desk).into_bytes()));
    }
    files
}

/// What a thing is called in files: kind and id, `promise/reply-within-a-day`. The front page has no id of its own.
pub(super) fn path(desk: &Desk<'_>, thing: Thing) -> String {
    let playbook = desk.playbook;
    let id: &str = match thing {
        Thing::Journey(id) => &playbook[id].id,
        Thing::Promise(id) => &playbook[id].id,
        thing => playbook.document(thing).map_or("", |document| &document.id),
    };
    format!("{}/{id}", name(thing))
}

fn reviews_ics(desk: &Desk<'_>) -> String {
    let at = desk.at(&desk.routes.all[0]);
    let settings = &desk.playbook.settings;
    let events = desk.reviews().iter().map(|(thing, due)| {
        let title = super::page::plain(&at.title(*thing));
        let owner = desk.owner(*thing).map(|owner| at.tn("reviews-event-owner", &[("owner", at.owner(owner).into())]));
        let address = desk.routes.of(*thing, Lang::DEFAULT, desk.playbook).map(|(route, _)| &route.address);
        Event {
            uid: format!("{}@{}", path(desk, *thing), settings.id),
            day: *due,
            summary: at.tn("reviews-event", &[("title", title.into())]),
            description: owner.unwrap_or_default(),
            url: settings.base_url.as_ref().zip(address).map(|(base, to)| format!("{base}{}", encoded(&to[1..]))),
            category: at.t(&format!("thing-{}", name(*thing))),
        }
    });
    let called = at.tn("reviews-calendar-name", &[("site", settings.title.to_string().into())]);
    calendar::calendar(&called, desk.measures.today, &events.collect::<Vec<_>>())
}

/// `reviews.json`: what has to be looked at again, by whom and when.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ReviewsJson {
    #[serde(flatten)]
    head: Head,
    /// How many of the dates have passed.
    overdue: u64,
    /// By owner, those first whose first date comes first, and by date.
    reviews: Vec<ReviewJson>,
}

/// Something with a review date.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
struct ReviewJson {
    /// Kind and id: `promise/reply-within-a-day`, `journey/first-year`, `page/guides/contact`.
    id: String,
    /// Its address, beginning with `/`.
    url: Option<String>,
    /// Its title; of a promise its words.
    title: String,
    /// Who has to look.
    owner: Option<String>,
    /// The day of the last review.
    last_reviewed: Option<String>,
    /// The day of the next one.
    due: String,
    /// Whether that day has passed.
    overdue: bool,
    /// For how many days.
    days_overdue: u64,
}

fn reviews_json(desk: &Desk<'_>) -> ReviewsJson {
    let (at, today) = (desk.at(&desk.routes.all[0]), desk.measures.today);
    let reviews = desk.reviews().iter().map(|(thing, due)| {
        let last = desk.playbook.review(*thing).and_then(|review| review.last.as_ref());
        ReviewJson {
            id: path(desk, *thing),
            url: url(desk, *thing),
            title: super::page::plain(&at.title(*thing)),
            owner: desk.owner(*thing).map(str::to_string),
            last_reviewed: last.map(|(day, _)| day.to_string()),
            due: due.to_string(),
            overdue: *due < today,
            days_overdue: days(*due, today) as u64,
        }
    });
    ReviewsJson {
        head: head(desk, "reviews.schema.json"),
        overdue: desk.overdue_reviews() as u64,
        reviews: reviews.collect(),
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_schema_of_reviews_is_that_of_the_type() {
        super::super::evidence::tests::as_written::<super::ReviewsJson>("reviews.schema.json");
    }
}
