//! A playbook to what other programs read: `sitemap.xml`, `robots.txt`, `playbook.json`.

use super::page::is_translated;
use super::{Desk, encoded};
use crate::parse::html::escape;
use crate::playbook::{
    Better, ChecklistHome, Document, Id, Lang, MadeIn, Prose, Review, StageId, Text, Thing, TouchpointId,
};
use crate::routes::{PageId, Route};
use serde::Serialize;
use serde_json::{Map, Value, json};
use std::borrow::Cow;
use std::io::Write;
use std::sync::Arc;

/// As many addresses as a sitemap may hold, by its protocol.
const SITEMAP: usize = 50_000;

/// `sitemap.xml` and, where it is only their index, its parts; nothing without a `base_url`. Pages that only repeat another
/// language's text are left out.
pub fn sitemaps(desk: &Desk<'_>) -> Vec<(String, String)> {
    let Some(base) = desk.playbook.settings.base_url.as_deref() else { return Vec::new() };
    let listed = |route: &&Route| {
        !matches!(route.page, PageId::NotFound | PageId::Audit(_) | PageId::Translations)
            && (route.language == Lang::DEFAULT || is_translated(desk.playbook, route.page, route.language))
    };
    let routes: Vec<&Route> = desk.routes.all.iter().filter(listed).collect();
    if routes.len() <= SITEMAP {
        return vec![("sitemap.xml".to_string(), sitemap(desk, base, &routes))];
    }
    let mut index = String::from(XML);
    index.push_str("<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    let mut files = Vec::new();
    for (number, part) in (1..).zip(routes.chunks(SITEMAP)) {
        let file = format!("sitemap-{number}.xml");
        index.push_str("<sitemap><loc>");
        escape(&format!("{base}{file}"), &mut index);
        index.push_str("</loc></sitemap>\n");
        files.push((file, sitemap(desk, base, part)));
    }
    index.push_str("</sitemapindex>\n");
    files.insert(0, ("sitemap.xml".to_string(), index));
    files
}

pub(super) const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

fn sitemap(desk: &Desk<'_>, base: &str, routes: &[&Route]) -> String {
    let several = desk.playbook.settings.languages.len() > 1;
    let mut xml = String::from(XML);
    xml.push_str("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\"");
    if several {
        xml.push_str(" xmlns:xhtml=\"http://www.w3.org/1999/xhtml\"");
    }
    xml.push_str(">\n");
    for route in routes {
        xml.push_str("<url><loc>");
        escape(&whole(base, &route.address), &mut xml);
        xml.push_str("</loc>");
        if let Some(day) = changed(desk, route) {
            xml.push_str(&format!("<lastmod>{day}</lastmod>"));
        }
        if several {
            alternates(desk, route, base, &mut xml);
        }
        xml.push_str("</url>\n");
    }
    xml.push_str("</urlset>\n");
    xml
}

fn alternates(desk: &Desk<'_>, route: &Route, base: &str, xml: &mut String) {
    for language in desk.playbook.settings.langs() {
        let Some(other) = desk.routes.route(route.page, language) else { continue };
        if language != Lang::DEFAULT && !is_translated(desk.playbook, route.page, language) {
            continue;
        }
        let tag = &desk.playbook.settings.language(language).tag;
        let mut link = |tag: &str| {
            xml.push_str(&format!("<xhtml:link rel=\"alternate\" hreflang=\"{tag}\" href=\""));
            escape(&whole(base, &other.address), xml);
            xml.push_str("\"/>");
        };
        link(tag);
        if language == Lang::DEFAULT {
            link("x-default");
        }
    }
}

/// An address for other programs: ASCII, the base before it.
pub(super) fn whole(base: &str, address: &str) -> String {
    [base, &ascii(&encoded(&address[1..]))].concat()
}

/// An address whose letters of other scripts are written in ASCII.
pub(super) fn ascii(address: &str) -> Cow<'_, str> {
    if address.is_ascii() {
        return Cow::Borrowed(address);
    }
    let mut ascii = String::with_capacity(3 * address.len());
    for byte in address.bytes() {
        match byte.is_ascii() {
            true => ascii.push(char::from(byte)),
            false => ascii.push_str(&format!("%{byte:02X}")),
        }
    }
    Cow::Owned(ascii)
}

fn changed(desk: &Desk<'_>, route: &Route) -> Option<jiff::civil::Date> {
    let thing = match route.page {
        PageId::Thing(thing) => thing,
        PageId::Front => Thing::Page(desk.playbook.front?),
        _ => return None,
    };
    let document = desk.playbook.document(thing)?;
    document.updated.as_ref().or(document.date.as_ref()).map(|(day, _)| *day).filter(|day| *day <= desk.measures.today)
}

/// `robots.txt`: everything may be read. That an edition is not to be listed is said by its pages, where it is obeyed also for
/// pages that others link to; a robot that may not read them would not see it.
pub fn robots(desk: &Desk<'_>) -> String {
    match &desk.playbook.settings.base_url {
        Some(base) => format!("User-agent: *\nAllow: /\n\nSitemap: {base}sitemap.xml\n"),
        None => "User-agent: *\nAllow: /\n".to_string(),
    }
}

struct Json<'a, 'd> {
    desk: &'a Desk<'d>,
}

/// `playbook.json`: the resolved model in the default language, described in `docs/playbook-json.md`.
pub fn playbook_json(desk: &Desk<'_>) -> Vec<u8> {
    let json = Json { desk };
    let settings = &desk.playbook.settings;
    let head = json!({
        "format": 1,
        "generator": concat!("trustbook ", env!("CARGO_PKG_VERSION")),
        "id": &*settings.id,
        "title": &*settings.title,
        "description": settings.description.as_deref(),
        "base_url": settings.base_url.as_deref(),
        "edition": &*settings.edition,
        "date": desk.measures.today.to_string(),
        "languages": settings.languages.iter().map(|language| json!({
            "tag": &*language.tag, "name": &*language.name,
        })).collect::<Vec<_>>(),
    });
    // Ten thousand pages as one tree of values would cost more than their text: each list goes out as it is made.
    // About as long as it becomes: five megabytes that grow by doubling would for a moment be fifteen.
    let mut text = Vec::with_capacity(512 * desk.routes.all.len());
    push(&head, &mut text);
    text.pop();
    push_list("pages", json.pages(), &mut text);
    push_list("journeys", json.journeys(), &mut text);
    push_list("promises", json.promises(), &mut text);
    push_list("metrics", json.metrics(), &mut text);
    push_list("departments", json.departments(), &mut text);
    push_list("channels", json.channels(), &mut text);
    push_list("strategies", json.strategies(), &mut text);
    push_list("pillars", json.pillars(), &mut text);
    push_list("personas", json.personas(), &mut text);
    push_list("recoveries", json.recoveries(), &mut text);
    push_list("checklists", json.checklists(), &mut text);
    push_list("claims", json.claims(), &mut text);
    push_list("terms", json.terms(), &mut text);
    push_list("incidents", json.incidents(), &mut text);
    text.extend_from_slice(b"}\n");
    text
}

fn push_list<T: Serialize>(key: &str, values: impl IntoIterator<Item = T>, text: &mut Vec<u8>) {
    text.extend_from_slice(format!(",\"{key}\":[").as_bytes());
    for (index, value) in values.into_iter().enumerate() {
        if index > 0 {
            text.push(b',');
        }
        push(&value, text);
    }
    text.push(b']');
}

/// A value at the end of a text.
pub fn push<T: Serialize>(value: &T, text: &mut Vec<u8>) {
    let mut serializer = serde_json::Serializer::with_formatter(text, Safe);
    value.serialize(&mut serializer).expect("a vector takes all bytes, and keys are strings");
}

/// JSON that may stand in a page as well: nothing in it can end a script.
struct Safe;

impl serde_json::ser::Formatter for Safe {
    fn write_string_fragment<W: ?Sized + Write>(&mut self, writer: &mut W, fragment: &str) -> std::io::Result<()> {
        let bytes = fragment.as_bytes();
        let mut from = 0;
        // Both separators of lines begin with this byte, as do quotation marks and dashes.
        for at in memchr::memchr_iter(0xE2, bytes) {
            if let [0x80, last @ (0xA8 | 0xA9)] = bytes[at + 1..at + 3] {
                write_marks(&bytes[from..at], writer)?;
                writer.write_all(if last == 0xA8 { b"\\u2028" } else { b"\\u2029" })?;
                from = at + 3;
            }
        }
        write_marks(&bytes[from..], writer)
    }
}

fn write_marks<W: ?Sized + Write>(bytes: &[u8], writer: &mut W) -> std::io::Result<()> {
    let mut from = 0;
    for at in memchr::memchr3_iter(b'<', b'>', b'&', bytes) {
        writer.write_all(&bytes[from..at])?;
        write!(writer, "\\u{:04x}", bytes[at])?;
        from = at + 1;
    }
    writer.write_all(&bytes[from..])
}

/// What all pages of Markdown say of themselves. Most of a large playbook are such pages, so these are no tree of values.
#[derive(Serialize)]
struct DocumentJson<'a> {
    id: &'a str,
    source: &'a str,
    url: Option<Cow<'a, str>>,
    title: &'a str,
    description: Option<&'a str>,
    tags: &'a [Arc<str>],
    audience: &'a str,
    checklists: Vec<&'a str>,
    owner: Option<&'a str>,
    last_reviewed: Option<String>,
    next_review: Option<String>,
    overdue: bool,
}

/// A page of Markdown.
#[derive(Serialize)]
struct PageJson<'a> {
    #[serde(flatten)]
    document: DocumentJson<'a>,
    section: bool,
}

impl Json<'_, '_> {
    fn url(&self, thing: Thing) -> Value {
        match self.desk.routes.of(thing, Lang::DEFAULT, self.desk.playbook) {
            Some((route, Some(anchor))) => json!(format!("{}#{anchor}", route.address)),
            Some((route, None)) => json!(&*route.address),
            None => Value::Null,
        }
    }

    /// The words of prose, without markup.
    fn text(&self, text: &Text<Prose>) -> Value {
        json!(words(&text.source.value, self.desk))
    }

    fn texts(&self, texts: &[Text<Prose>]) -> Value {
        Value::Array(texts.iter().map(|text| self.text(text)).collect())
    }

    fn review(&self, review: &Review, into: &mut Map<String, Value>) {
        into.insert("owner".into(), json!(review.owner.as_deref()));
        into.insert("last_reviewed".into(), json!(review.last.as_ref().map(|(date, _)| date.to_string())));
        into.insert("next_review".into(), json!(review.next().map(|date| date.to_string())));
        into.insert("overdue".into(), json!(review.is_overdue(self.desk.measures.today)));
    }

    fn document<'t>(&'t self, thing: Thing, document: &'t Document) -> DocumentJson<'t> {
        let address = self.desk.routes.of(thing, Lang::DEFAULT, self.desk.playbook);
        DocumentJson {
            id: &document.id,
            source: &document.path,
            url: address.map(|(route, anchor)| match anchor {
                Some(anchor) => Cow::Owned(format!("{}#{anchor}", route.address)),
                None => Cow::Borrowed(&*route.address),
            }),
            title: &document.title.source.value,
            description: document.description.as_ref().map(|text| &*text.source.value),
            tags: &document.tags,
            audience: &document.audience,
            checklists: document.checklists.iter().map(|id| &*self.desk.playbook[*id].id).collect(),
            owner: document.review.owner.as_deref(),
            last_reviewed: document.review.last.as_ref().map(|(date, _)| date.to_string()),
            next_review: document.review.next().map(|date| date.to_string()),
            overdue: document.review.is_overdue(self.desk.measures.today),
        }
    }

    /// As [`document`](Json::document), for kinds that say more.
    fn map(&self, thing: Thing, document: &Document) -> Map<String, Value> {
        match json!(self.document(thing, document)) {
            Value::Object(map) => map,
            _ => Map::new(),
        }
    }

    fn pages(&self) -> impl Iterator<Item = PageJson<'_>> {
        Id::all(&self.desk.playbook.pages).map(|(id, page)| PageJson {
            document: self.document(Thing::Page(id), &page.document),
            section: page.section,
        })
    }

    fn stage(&self, id: StageId) -> String {
        let playbook = self.desk.playbook;
        format!("{}/{}", playbook[id.journey].id, playbook[id].id)
    }

    fn touchpoint(&self, id: TouchpointId) -> String {
        format!("{}/{}", self.stage(id.stage), self.desk.playbook[id].id)
    }

    fn stages(&self, stages: &[StageId]) -> Value {
        json!(stages.iter().map(|stage| self.stage(*stage)).collect::<Vec<_>>())
    }

    fn journeys(&self) -> Vec<Value> {
        let playbook = self.desk.playbook;
        Id::all(&playbook.journeys)
            .map(|(id, journey)| {
                let mut map = Map::new();
                map.insert("id".into(), json!(&*journey.id));
                map.insert("source".into(), json!(&*journey.path));
                map.insert("url".into(), self.url(Thing::Journey(id)));
                map.insert("title".into(), json!(&*journey.title.source.value));
                map.insert("summary".into(), journey.summary.as_ref().map_or(Value::Null, |text| self.text(text)));
                map.insert("audience".into(), json!(&*journey.audience));
                let personas: Vec<&str> = journey.personas.iter().map(|id| &*playbook[*id].document.id).collect();
                map.insert("personas".into(), json!(personas));
                let objectives = journey.objectives.iter().map(|objective| {
                    json!({
                        "id": &*objective.id,
                        "text": self.text(&objective.text),
                        "metric": objective.metric.map(|metric| &*playbook[metric].id),
                    })
                });
                map.insert("objectives".into(), Value::Array(objectives.collect()));
                let stages = journey.stage_ids(id).map(|stage| self.journey_stage(stage));
                map.insert("stages".into(), Value::Array(stages.collect()));
                map.insert("floor".into(), self.floor(id));
                self.review(&journey.review, &mut map);
                Value::Object(map)
            })
            .collect()
    }

    fn floor(&self, id: Id<crate::playbook::Journey>) -> Value {
        let playbook = self.desk.playbook;
        let floor = &self.desk.measures.floors[id.index()];
        let departments = floor.departments.iter().map(|(department, standing)| {
            let tally = standing.tally;
            json!({
                "department": &*playbook[*department].id,
                "kept": tally.kept, "broken": tally.broken, "at_risk": tally.at_risk,
                "made": tally.made, "withdrawn": tally.withdrawn, "share": standing.share(floor.basis),
            })
        });
        json!({
            "basis": floor.basis.name(),
            "lowest": floor.lowest_department.map(|index| &*playbook[floor.departments[index].0].id),
            "mean": floor.mean,
            "unknown": floor.unknown,
            "departments": departments.collect::<Vec<_>>(),
        })
    }

    fn journey_stage(&self, id: StageId) -> Value {
        let playbook = self.desk.playbook;
        let stage = &playbook[id];
        let strategies: Vec<&str> = stage.strategies.iter().map(|id| &*playbook[*id].document.id).collect();
        let promises: Vec<&str> = stage.promises.iter().map(|id| &*playbook[*id].id).collect();
        let touchpoints: Vec<Value> = stage.touchpoint_ids(id).map(|id| self.stage_touchpoint(id)).collect();
        json!({
            "id": &*stage.id,
            "url": self.url(Thing::Stage(id)),
            "title": &*stage.title.source.value,
            "goal": stage.goal.as_ref().map(|text| self.text(text)),
            "summary": stage.summary.as_ref().map(|text| self.text(text)),
            "touchpoints": touchpoints,
            "checklist": stage.checklist.map(|id| &*playbook[id].id),
            "strategies": strategies,
            "promises": promises,
            "metrics": stage.metrics.iter().map(|id| &*playbook[*id].id).collect::<Vec<_>>(),
        })
    }

    fn stage_touchpoint(&self, id: TouchpointId) -> Value {
        let playbook = self.desk.playbook;
        let touchpoint = &playbook[id];
        let emotions: Map<String, Value> = touchpoint
            .emotions
            .iter()
            .map(|(persona, felt)| (playbook[*persona].document.id.to_string(), json!(felt)))
            .collect();
        let opportunities: Vec<Value> = touchpoint
            .opportunities
            .iter()
            .map(|one| json!({ "text": self.text(&one.text), "owner": one.owner.as_deref() }))
            .collect();
        json!({
            "id": &*touchpoint.id,
            "number": touchpoint.number,
            "title": &*touchpoint.title.source.value,
            "channel": touchpoint.channel.map(|id| &*playbook[id].id),
            "department": touchpoint.department.map(|id| &*playbook[id].id),
            "action": touchpoint.action.as_ref().map(|text| self.text(text)),
            "thought": touchpoint.thought.as_ref().map(|text| self.text(text)),
            "emotion": touchpoint.emotion,
            "emotions": emotions,
            "intent": touchpoint.intent.as_ref().map(|text| self.text(text)),
            "perceived": touchpoint.perceived.as_ref().map(|text| self.text(text)),
            "intent_emotion": touchpoint.intent_emotion,
            "evidence": touchpoint.evidence.map(|evidence| evidence.name()),
            "moment_of_truth": touchpoint.moment_of_truth,
            "pains": self.texts(&touchpoint.pains),
            "barriers": self.texts(&touchpoint.barriers),
            "drop_offs": self.texts(&touchpoint.drop_offs),
            "opportunities": opportunities,
            "promises": touchpoint.promises.iter().map(|id| &*playbook[*id].id).collect::<Vec<_>>(),
            "metrics": touchpoint.metrics.iter().map(|id| &*playbook[*id].id).collect::<Vec<_>>(),
            "backstage": self.texts(&touchpoint.backstage),
        })
    }

    fn promises(&self) -> Vec<Value> {
        let playbook = self.desk.playbook;
        Id::all(&playbook.promises)
            .map(|(id, promise)| {
                let made_in: Vec<Value> = promise
                    .made_in
                    .iter()
                    .map(|place| match place {
                        MadeIn::Page(thing) => json!({ "url": self.url(*thing) }),
                        MadeIn::Words(words) => json!({ "words": &*words.source.value }),
                    })
                    .collect();
                let history: Vec<Value> = promise
                    .history
                    .iter()
                    .map(|entry| {
                        json!({
                            "date": entry.date.to_string(),
                            "status": entry.status.map(|status| status.name()),
                            "note": entry.note.as_ref().map(|text| self.text(text)),
                        })
                    })
                    .collect();
                let touchpoints: Vec<String> = promise.touchpoints.iter().map(|id| self.touchpoint(*id)).collect();
                let mut map = Map::new();
                map.insert("id".into(), json!(&*promise.id));
                map.insert("source".into(), json!(&*promise.path));
                map.insert("url".into(), self.url(Thing::Promise(id)));
                map.insert("text".into(), self.text(&promise.text));
                map.insert("state".into(), json!(self.desk.measures.states[id.index()].status.name()));
                map.insert("pillar".into(), json!(promise.pillar.map(|id| &*playbook[id].document.id)));
                map.insert("stages".into(), self.stages(&promise.stages));
                map.insert("channel".into(), json!(promise.channel.map(|id| &*playbook[id].id)));
                map.insert("department".into(), json!(promise.department.map(|id| &*playbook[id].id)));
                map.insert("metric".into(), json!(promise.metric.map(|id| &*playbook[id].id)));
                map.insert("target".into(), json!(promise.target.as_ref().map(|target| target.value)));
                map.insert("evidence".into(), json!(promise.evidence.as_ref().map(|text| &*text.source.value)));
                map.insert("since".into(), json!(promise.since.map(|date| date.to_string())));
                map.insert("made_in".into(), Value::Array(made_in));
                map.insert("touchpoints".into(), json!(touchpoints));
                map.insert("history".into(), Value::Array(history));
                map.insert("audience".into(), json!(&*promise.audience));
                self.review(&promise.review, &mut map);
                Value::Object(map)
            })
            .collect()
    }

    fn metrics(&self) -> Vec<Value> {
        let playbook = self.desk.playbook;
        Id::all(&playbook.metrics)
            .map(|(id, metric)| {
                json!({
                    "id": &*metric.id, "url": self.url(Thing::Metric(id)),
                    "title": &*metric.title.source.value, "kind": metric.kind.name(),
                    "stages": self.stages(&metric.stages), "target": metric.target.as_ref().map(|target| target.value), "unit": metric.unit.as_ref().map(|unit| &*unit.source.value),
                    "better": match metric.better { Better::Higher => "higher", Better::Lower => "lower" },
                    "promises": metric.promises.iter().map(|id| &*playbook[*id].id).collect::<Vec<_>>(),
                })
            })
            .collect()
    }

    fn departments(&self) -> Vec<Value> {
        let playbook = self.desk.playbook;
        Id::all(&playbook.departments)
            .map(|(id, department)| {
                let touchpoints: Vec<String> = department.touchpoints.iter().map(|id| self.touchpoint(*id)).collect();
                json!({
                    "id": &*department.id, "url": self.url(Thing::Department(id)),
                    "title": &*department.title.source.value, "owner": department.owner.as_deref(),
                    "description": department.description.as_ref().map(|text| self.text(text)),
                    "touchpoints": touchpoints,
                    "promises": department.promises.iter().map(|id| &*playbook[*id].id).collect::<Vec<_>>(),
                    "strategies": department.strategies.iter().map(|id| &*playbook[*id].document.id).collect::<Vec<_>>(),
                })
            })
            .collect()
    }

    fn channels(&self) -> Vec<Value> {
        let playbook = self.desk.playbook;
        Id::all(&playbook.channels)
            .map(|(id, channel)| {
                let touchpoints: Vec<String> = channel.touchpoints.iter().map(|id| self.touchpoint(*id)).collect();
                json!({
                    "id": &*channel.id, "url": self.url(Thing::Channel(id)),
                    "title": &*channel.title.source.value, "owner": channel.owner.as_deref(),
                    "description": channel.description.as_ref().map(|text| self.text(text)),
                    "touchpoints": touchpoints,
                    "promises": channel.promises.iter().map(|id| &*playbook[*id].id).collect::<Vec<_>>(),
                })
            })
            .collect()
    }

    fn strategies(&self) -> Vec<Value> {
        let playbook = self.desk.playbook;
        Id::all(&playbook.strategies)
            .map(|(id, strategy)| {
                let mut map = self.map(Thing::Strategy(id), &strategy.document);
                let pillars: Vec<&str> = strategy.pillars.iter().map(|id| &*playbook[*id].document.id).collect();
                let departments: Vec<&str> = strategy.departments.iter().map(|id| &*playbook[*id].id).collect();
                map.insert("pillars".into(), json!(pillars));
                map.insert("stages".into(), self.stages(&strategy.stages));
                map.insert("departments".into(), json!(departments));
                map.insert("effort".into(), json!(strategy.effort.map(|grade| grade.name())));
                map.insert("impact".into(), json!(strategy.impact.map(|grade| grade.name())));
                Value::Object(map)
            })
            .collect()
    }

    fn pillars(&self) -> Vec<Value> {
        let all = Id::all(&self.desk.playbook.pillars);
        all.map(|(id, one)| json!(self.document(Thing::Pillar(id), &one.document))).collect()
    }

    fn personas(&self) -> Vec<Value> {
        Id::all(&self.desk.playbook.personas)
            .map(|(id, persona)| {
                let mut map = self.map(Thing::Persona(id), &persona.document);
                map.insert("goals".into(), self.texts(&persona.goals));
                map.insert("pains".into(), self.texts(&persona.pains));
                map.insert("values".into(), self.texts(&persona.values));
                map.insert("behaviours".into(), self.texts(&persona.behaviours));
                map.insert("evidence".into(), self.texts(&persona.evidence));
                Value::Object(map)
            })
            .collect()
    }

    fn recoveries(&self) -> Vec<Value> {
        let all = Id::all(&self.desk.playbook.recoveries);
        all.map(|(id, one)| json!(self.document(Thing::Recovery(id), &one.document))).collect()
    }

    fn checklists(&self) -> Vec<Value> {
        self.desk
            .playbook
            .all_checklists()
            .map(|(id, checklist)| {
                let home = match checklist.home {
                    ChecklistHome::Document(thing) => self.url(thing),
                    ChecklistHome::Stage(stage) => self.url(Thing::Stage(stage)),
                };
                let items: Vec<Value> = checklist
                    .items
                    .iter()
                    .map(|item| {
                        json!({
                            "id": &*item.id, "text": self.text(&item.text), "owner": item.owner.as_deref(),
                            "renamed_from": item.renamed_from.as_deref(),
                        })
                    })
                    .collect();
                json!({
                    "id": &*checklist.id, "url": self.url(Thing::Checklist(id)), "home": home,
                    "title": checklist.title.as_ref().map(|title| &*title.source.value),
                    "owner": checklist.owner.as_deref(), "items": items,
                })
            })
            .collect()
    }

    fn claims(&self) -> Vec<Value> {
        let word = |text: &Option<Text<Arc<str>>>| text.as_ref().map(|text| text.source.value.to_string());
        Id::all(&self.desk.playbook.claims)
            .map(|(id, claim)| {
                json!({
                    "id": &*claim.id, "url": self.url(Thing::Claim(id)), "text": self.text(&claim.text),
                    "value": word(&claim.value), "source": word(&claim.source), "address": claim.url.as_ref().map(|url| &*url.value),
                    "date": claim.date.map(|date| date.to_string()), "sample": word(&claim.sample),
                    "expires_on": claim.expires_on.as_ref().map(|(date, _)| date.to_string()),
                    "audience": &*claim.audience,
                })
            })
            .collect()
    }

    fn terms(&self) -> Vec<Value> {
        Id::all(&self.desk.playbook.terms)
            .map(|(id, term)| {
                json!({
                    "id": &*term.id, "url": self.url(Thing::Term(id)), "term": &*term.term.source.value,
                    "meaning": term.meaning.as_ref().map(|text| self.text(text)),
                })
            })
            .collect()
    }

    fn incidents(&self) -> Vec<Value> {
        let playbook = self.desk.playbook;
        let day = |date: Option<jiff::civil::Date>| date.map(|date| date.to_string());
        playbook
            .incidents
            .iter()
            .map(|incident| {
                json!({
                    "id": &*incident.id, "title": &*incident.title.source.value,
                    "promise": incident.promise.map(|id| &*playbook[id].id),
                    "recovery": incident.recovery.map(|id| &*playbook[id].document.id),
                    "severity": incident.severity.map(|severity| severity.name()),
                    "noticed": day(incident.noticed), "acknowledged": day(incident.acknowledged),
                    "apologised": day(incident.apologised), "fixed": day(incident.fixed), "told": day(incident.told),
                })
            })
            .collect()
    }
}

/// Prose as words without markup.
pub(super) fn words(prose: &Prose, desk: &Desk<'_>) -> String {
    let route = &desk.routes.all[0];
    super::body::words_of(&super::body::flat(&desk.at(route), prose, false))
}

#[cfg(test)]
mod tests {
    use super::push;

    #[test]
    fn nothing_in_a_text_ends_a_script_and_all_of_it_is_kept() {
        for text in ["</script>&", "it’s “so” – \u{2028}and\u{2029}<b", "\u{2028}", "’", "é\u{20ac}\u{2030}>", ""]
        {
            let mut json = Vec::new();
            push(&text, &mut json);
            let json = String::from_utf8(json).expect("text stays text");
            assert!(!json.contains(['<', '>', '&', '\u{2028}', '\u{2029}']), "{json}");
            assert_eq!(serde_json::from_str::<String>(&json).expect("it is JSON"), text);
        }
    }
}
