//! A page's texts to a [`Record`]: its sections, each with its heading and its words without markup.

use crate::playbook::prose::{DirectiveKind, Part, Piece};
use crate::playbook::{
    Checklist, ChecklistHome, Document, Id, Kind, Lang, Playbook, Promise, Prose, StageId, Target, Text, Thing,
};
use crate::routes::{LIST_LENGTH, PageId, listed};
use crate::view::{At, Words, body, kind_word};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// More sections of one page are no hits of their own: their words belong to the last.
const SECTIONS: usize = 255;

/// So many entries of a list are one record. Divides [`LIST_LENGTH`], so that all of them stand on one page.
const ENTRIES: usize = 20;

/// More stages than a reader chooses among have no filter.
pub const STAGES: usize = 64;

/// What records are made of, in the order of the filter. Each has files of its own, so that a hit's kind is known before its
/// record is.
pub const GROUPS: [Option<Kind>; 14] = [
    None,
    Some(Kind::Journeys),
    Some(Kind::Promises),
    Some(Kind::Strategies),
    Some(Kind::Checklists),
    Some(Kind::Recoveries),
    Some(Kind::Incidents),
    Some(Kind::Metrics),
    Some(Kind::Pillars),
    Some(Kind::Personas),
    Some(Kind::Departments),
    Some(Kind::Channels),
    Some(Kind::Claims),
    Some(Kind::Glossary),
];

/// The word for a group.
pub fn group_word(group: Option<Kind>) -> &'static str {
    group.map_or("search-pages", kind_word)
}

/// How many records of a group make a file of some kilobytes.
pub fn together(group: Option<Kind>) -> usize {
    match group {
        None | Some(Kind::Strategies | Kind::Recoveries | Kind::Pillars | Kind::Personas) => 4,
        Some(Kind::Promises | Kind::Departments) => 16,
        Some(Kind::Checklists) => 8,
        Some(_) => 1,
    }
}

/// What one record is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// A page.
    Page(PageId),
    /// A checklist, wherever it stands.
    Checklist(Id<Checklist>),
    /// Entries of a list on one page: from this one on.
    Entries(Kind, u32),
}

/// Everything of a group that can be found.
pub fn units(playbook: &Playbook, group: Option<Kind>) -> Vec<Unit> {
    fn all<T>(list: &[T], thing: fn(Id<T>) -> Thing) -> Vec<Unit> {
        Id::all(list).map(|(id, _)| Unit::Page(PageId::Thing(thing(id)))).collect()
    }
    match group {
        None => {
            let overviews = Kind::ALL.into_iter().map(|kind| PageId::Thing(Thing::Overview(kind)));
            let pages = Id::all(&playbook.pages).map(|(id, _)| id).filter(|id| playbook.front != Some(*id));
            let pages = pages.map(|id| PageId::Thing(Thing::Page(id)));
            std::iter::once(PageId::Front).chain(pages).chain(overviews).map(Unit::Page).collect()
        }
        Some(Kind::Journeys) => {
            let journeys = all(&playbook.journeys, Thing::Journey);
            let stages = playbook.stages().map(|(id, _)| Unit::Page(PageId::Thing(Thing::Stage(id))));
            journeys.into_iter().chain(stages).collect()
        }
        Some(Kind::Promises) => all(&playbook.promises, Thing::Promise),
        Some(Kind::Strategies) => all(&playbook.strategies, Thing::Strategy),
        Some(Kind::Recoveries) => all(&playbook.recoveries, Thing::Recovery),
        Some(Kind::Pillars) => all(&playbook.pillars, Thing::Pillar),
        Some(Kind::Personas) => all(&playbook.personas, Thing::Persona),
        Some(Kind::Departments) => all(&playbook.departments, Thing::Department),
        Some(Kind::Checklists) => playbook.all_checklists().map(|(id, _)| Unit::Checklist(id)).collect(),
        Some(kind) => {
            (0..listed(playbook, kind)).step_by(ENTRIES).map(|from| Unit::Entries(kind, from as u32)).collect()
        }
    }
}

/// A page, or a part of it, as search knows it.
#[derive(Debug, Default)]
pub struct Record {
    /// Its address without the first `/`.
    pub address: String,
    /// Its title.
    pub title: String,
    /// What it belongs to, where its title does not say it.
    pub context: String,
    /// The language that it is really in.
    pub language: Lang,
    /// What stands on it; at least one.
    pub sections: Vec<Section>,
}

/// A heading and what stands under it.
#[derive(Debug, Default, Clone)]
pub struct Section {
    /// Where on the page; empty for its beginning.
    pub anchor: String,
    /// Its heading; empty for the page's beginning.
    pub heading: String,
    /// Its words.
    pub text: String,
    /// The language of the words.
    pub language: Lang,
    /// The stages that it is about, a bit each.
    pub stages: u64,
}

/// The stages that can be chosen, by their ids.
#[derive(Debug, Default)]
pub struct Stages {
    numbers: FxHashMap<Arc<str>, usize>,
    /// The first stage of each id.
    pub first: Vec<StageId>,
}

impl Stages {
    /// The stages of all journeys: what is called the same is the same.
    pub fn of(playbook: &Playbook) -> Stages {
        let mut stages = Stages::default();
        for (id, stage) in playbook.stages() {
            if stages.first.len() < STAGES && !stages.numbers.contains_key(&stage.id) {
                stages.numbers.insert(stage.id.clone(), stages.first.len());
                stages.first.push(id);
            }
        }
        stages
    }

    fn bits(&self, playbook: &Playbook, stages: &[StageId]) -> u64 {
        let bit = |stage: &StageId| self.numbers.get(&playbook[*stage].id).map_or(0, |number| 1 << number);
        stages.iter().map(bit).fold(0, |all, bit| all | bit)
    }
}

/// Makes the records of one language.
pub struct Gathering<'d> {
    /// A page of that language; which one does not matter.
    pub at: At<'d>,
    /// The stages.
    pub stages: &'d Stages,
}

impl Gathering<'_> {
    /// The record of a unit; `None` where there is no such page.
    pub fn record(&self, unit: Unit) -> Option<Record> {
        let record = match unit {
            Unit::Page(page) => self.page(page)?,
            Unit::Checklist(id) => self.checklist(id)?,
            Unit::Entries(kind, from) => self.entries(kind, from as usize)?,
        };
        (!record.sections.is_empty()).then_some(record)
    }

    fn playbook(&self) -> &Playbook {
        self.at.desk.playbook
    }

    fn address(&self, page: PageId) -> Option<String> {
        let route = self.at.desk.routes.route(page, self.at.language)?;
        Some(route.address[1..].to_string())
    }

    fn page(&self, page: PageId) -> Option<Record> {
        let address = self.address(page)?;
        let playbook = self.playbook();
        match page {
            PageId::Front => {
                let title = playbook.settings.language(self.at.language).title.to_string();
                let front = playbook.front.map(|id| &*playbook[id].document);
                let mut record = front.map_or_else(|| self.titled(title.clone()), |front| self.document(front));
                record.context = if record.title == title { String::new() } else { title };
                Some(Record { address, ..record })
            }
            PageId::Thing(thing) => Some(Record { address, ..self.thing(thing)? }),
            _ => None,
        }
    }

    fn thing(&self, thing: Thing) -> Option<Record> {
        let playbook = self.playbook();
        Some(match thing {
            Thing::Journey(id) => {
                let journey = &playbook[id];
                let mut record = self.named(&journey.title);
                let lead = &mut record.sections[0];
                journey.summary.iter().for_each(|text| self.add(text, lead));
                journey.objectives.iter().for_each(|objective| self.add(&objective.text, lead));
                record
            }
            Thing::Stage(id) => self.stage(id),
            Thing::Promise(id) => self.promise(id),
            Thing::Department(id) => {
                let mut record = self.named(&playbook[id].title);
                playbook[id].description.iter().for_each(|text| self.add(text, &mut record.sections[0]));
                record
            }
            Thing::Persona(id) => {
                let persona = &playbook[id];
                let mut record = self.document(&persona.document);
                let lists = persona.lists();
                lists.into_iter().flatten().for_each(|text| self.add(text, &mut record.sections[0]));
                record
            }
            Thing::Strategy(id) => {
                let strategy = &playbook[id];
                let bits = self.stages.bits(playbook, &strategy.stages);
                let mut record = self.document(&strategy.document);
                record.sections.iter_mut().for_each(|section| section.stages = bits);
                record
            }
            Thing::Overview(kind) => match playbook.overviews.get(&kind) {
                Some(document) => self.document(document),
                None => self.titled(self.at.t(kind_word(kind))),
            },
            thing => self.document(playbook.document(thing)?),
        })
    }

    fn stage(&self, id: StageId) -> Record {
        let playbook = self.playbook();
        let stage = &playbook[id];
        let mut record = self.named(&stage.title);
        record.context = self.at.plain(&playbook[id.journey].title).to_string();
        let lead = &mut record.sections[0];
        stage.goal.iter().chain(&stage.summary).for_each(|text| self.add(text, lead));
        for touchpoint in stage.touchpoints.iter() {
            let said = touchpoint.title.said(self.at.language, &playbook.settings);
            let mut section = Section {
                anchor: format!("touchpoint-{}", touchpoint.id),
                heading: said.value.to_string(),
                language: said.language,
                ..Section::default()
            };
            let lines = [&touchpoint.action, &touchpoint.thought, &touchpoint.intent, &touchpoint.perceived];
            lines.into_iter().flatten().for_each(|text| self.add(text, &mut section));
            let lists = [&touchpoint.pains, &touchpoint.barriers, &touchpoint.drop_offs, &touchpoint.backstage];
            lists.into_iter().flatten().for_each(|text| self.add(text, &mut section));
            touchpoint.opportunities.iter().for_each(|one| self.add(&one.text, &mut section));
            push_section(&mut record.sections, section);
        }
        let bits = self.stages.bits(playbook, &[id]);
        record.sections.iter_mut().for_each(|section| section.stages = bits);
        record
    }

    fn promise(&self, id: Id<Promise>) -> Record {
        let promise = &self.playbook()[id];
        let said = promise.text.said(self.at.language, &self.playbook().settings);
        let mut record = self.titled(plain(&self.at.unlinked(&promise.text)));
        record.language = said.language;
        let lead = &mut record.sections[0];
        lead.language = said.language;
        lead.stages = self.stages.bits(self.playbook(), &promise.stages);
        if let Some(department) = promise.department {
            add_line(&mut lead.text, self.at.plain(&self.playbook()[department].title));
        }
        promise.history.iter().filter_map(|entry| entry.note.as_ref()).for_each(|note| self.add(note, lead));
        record
    }

    fn checklist(&self, id: Id<Checklist>) -> Option<Record> {
        let playbook = self.playbook();
        let checklist = &playbook[id];
        let (route, anchor) = self.at.desk.routes.of(Thing::Checklist(id), self.at.language, playbook)?;
        let home = match checklist.home {
            ChecklistHome::Document(home) => home,
            ChecklistHome::Stage(stage) => Thing::Stage(stage),
        };
        let title = plain(&self.at.title(Thing::Checklist(id)));
        let mut record = self.titled(title.clone());
        record.address = route.address[1..].to_string();
        let around = plain(&self.at.title(home));
        record.context = if around == title { String::new() } else { around };
        let lead = &mut record.sections[0];
        lead.anchor = anchor.unwrap_or_default();
        lead.stages = match home {
            Thing::Stage(stage) => self.stages.bits(playbook, &[stage]),
            Thing::Strategy(strategy) => self.stages.bits(playbook, &playbook[strategy].stages),
            _ => 0,
        };
        if let Some(item) = checklist.items.first() {
            lead.language = item.text.said(self.at.language, &playbook.settings).language;
            record.language = lead.language;
        }
        checklist.items.iter().for_each(|item| self.add(&item.text, lead));
        Some(record)
    }

    fn entries(&self, kind: Kind, from: usize) -> Option<Record> {
        let number = if kind == Kind::Glossary { 1 } else { from / LIST_LENGTH + 1 };
        let page = match u16::try_from(number) {
            Ok(1) => PageId::Thing(Thing::Overview(kind)),
            Ok(number) => PageId::More(kind, number),
            Err(_) => return None,
        };
        let playbook = self.playbook();
        let to = (from + ENTRIES).min(listed(playbook, kind));
        let sections = (from..to).map(|index| self.entry(kind, index)).collect();
        let title = plain(&self.at.title(Thing::Overview(kind)));
        let language = match playbook.overviews.get(&kind) {
            Some(document) => document.title.said(self.at.language, &playbook.settings).language,
            None => self.at.language,
        };
        Some(Record { address: self.address(page)?, title, language, sections, ..Record::default() })
    }

    fn entry(&self, kind: Kind, index: usize) -> Section {
        let playbook = self.playbook();
        let named = |id: &Arc<str>, title: &Text<Arc<str>>| {
            let said = title.said(self.at.language, &playbook.settings);
            let heading = said.value.to_string();
            Section { anchor: id.to_string(), heading, language: said.language, ..Section::default() }
        };
        match kind {
            Kind::Incidents => named(&playbook.incidents[index].id, &playbook.incidents[index].title),
            Kind::Metrics => {
                let metric = &playbook.metrics[index];
                let mut section = named(&metric.id, &metric.title);
                section.stages = self.stages.bits(playbook, &metric.stages);
                section
            }
            Kind::Channels => {
                let channel = &playbook.channels[index];
                let mut section = named(&channel.id, &channel.title);
                channel.description.iter().for_each(|text| self.add(text, &mut section));
                section
            }
            Kind::Claims => {
                let claim = &playbook.claims[index];
                let mut section = Section { anchor: claim.id.to_string(), ..Section::default() };
                section.language = claim.text.said(self.at.language, &playbook.settings).language;
                section.heading = plain(&self.at.unlinked(&claim.text));
                claim.source.iter().for_each(|source| add_line(&mut section.text, self.at.plain(source)));
                section
            }
            Kind::Glossary => {
                let term = &playbook.terms[index];
                let mut section = named(&term.id, &term.term);
                term.meaning.iter().for_each(|text| self.add(text, &mut section));
                section
            }
            _ => Section::default(),
        }
    }

    fn named(&self, title: &Text<Arc<str>>) -> Record {
        let said = title.said(self.at.language, &self.playbook().settings);
        let mut record = self.titled(said.value.to_string());
        record.language = said.language;
        record.sections[0].language = said.language;
        record
    }

    fn titled(&self, title: String) -> Record {
        let language = self.at.language;
        let sections = vec![Section { language, ..Section::default() }];
        Record { title, language, sections, ..Record::default() }
    }

    fn document(&self, document: &Document) -> Record {
        let mut record = self.named(&document.title);
        let body = document.body.said(self.at.language, &self.playbook().settings);
        let mut sections =
            Sections { at: &self.at, prose: &body.value, all: Vec::new(), in_heading: false, notes: Vec::new() };
        sections.all.push(Section { language: body.language, ..Section::default() });
        if let Some(description) = &document.description {
            add_line(&mut sections.all[0].text, self.at.plain(description));
        }
        sections.pieces(body.value.pieces());
        sections.notes();
        record.language = body.language;
        record.sections = sections.all;
        record
    }

    /// Adds one line of Markdown.
    fn add(&self, text: &Text<Prose>, section: &mut Section) {
        let said = text.said(self.at.language, &self.playbook().settings);
        part(&mut section.text);
        match said.value.pieces() {
            [Piece::Markup(markup)] => push_words(markup, &mut section.text),
            _ => push_words(&body::flat(&self.at, &said.value, false), &mut section.text),
        }
    }
}

fn add_line(text: &mut String, line: &str) {
    if !line.is_empty() {
        part(text);
        text.push_str(line);
    }
}

/// Words without markup.
fn plain(words: &Words) -> String {
    let text = words.text.as_str().unwrap_or("");
    if words.text.is_safe() { body::words_of(text) } else { text.to_string() }
}

fn push_section(sections: &mut Vec<Section>, section: Section) {
    if sections.len() < SECTIONS {
        sections.push(section);
    } else if let Some(last) = sections.last_mut() {
        add_line(&mut last.text, &section.heading);
        add_line(&mut last.text, &section.text);
    }
}

/// A body on its way to sections.
struct Sections<'s, 'd> {
    at: &'s At<'d>,
    prose: &'s Prose,
    all: Vec<Section>,
    in_heading: bool,
    notes: Vec<(usize, u32)>,
}

impl Sections<'_, '_> {
    fn last(&mut self) -> &mut String {
        let last = self.all.len() - 1;
        &mut self.all[last].text
    }

    fn pieces(&mut self, pieces: &[Piece]) {
        for piece in pieces {
            match piece {
                Piece::Heading(number) => self.heading(*number),
                Piece::HeadingEnd(_) => self.in_heading = false,
                // Its words are known already.
                _ if self.in_heading => {}
                Piece::Markup(markup) => push_words(markup, self.last()),
                Piece::Link(number) => self.link(*number),
                Piece::Image(number) => {
                    let prose = self.prose;
                    if let Some(words) = &prose.body.links[*number as usize].image {
                        add_line(self.last(), words);
                    }
                }
                Piece::Note(number) => {
                    let section = self.all.len() - 1;
                    self.notes.push((section, *number));
                }
                Piece::Open(number) => self.open(*number),
                Piece::Close => part(self.last()),
                // A checklist is a record of its own.
                Piece::Checklist(_) | Piece::LinkEnd | Piece::Embed(_) | Piece::Vague(_) | Piece::Figure(_) => {}
            }
        }
    }

    fn heading(&mut self, number: u32) {
        self.in_heading = true;
        let prose = self.prose;
        let title = &prose.body.headings[number as usize].title;
        match prose.anchors.get(number as usize) {
            Some(Some(anchor)) if prose.part == Part::Whole => {
                let language = self.all[0].language;
                let section =
                    Section { anchor: anchor.to_string(), heading: title.to_string(), language, ..Section::default() };
                push_section(&mut self.all, section);
            }
            _ => add_line(self.last(), title),
        }
    }

    fn link(&mut self, number: u32) {
        let prose = self.prose;
        if !prose.body.links[number as usize].empty {
            return;
        }
        match prose.targets.get(number as usize) {
            Some(Target::Thing(thing, _)) => {
                let title = plain(&self.at.title(*thing));
                self.last().push_str(&title);
            }
            Some(Target::External(url)) => self.last().push_str(url),
            _ => {}
        }
    }

    fn open(&mut self, number: u32) {
        let prose = self.prose;
        let words = match &prose.body.directives[number as usize].kind {
            DirectiveKind::Aside(_, title)
            | DirectiveKind::Details(title)
            | DirectiveKind::Card(title)
            | DirectiveKind::Tab(title)
            | DirectiveKind::Figure { caption: title, .. }
            | DirectiveKind::Quote { by: title, .. } => title.as_deref().unwrap_or(""),
            _ => "",
        };
        part(self.last());
        add_line(self.last(), words);
        part(self.last());
    }

    /// Footnotes belong to the section that they are noted in; a note's own notes follow it.
    fn notes(&mut self) {
        let prose = self.prose;
        let mut seen = vec![false; prose.body.footnotes.len()];
        let mut next = 0;
        while let Some((section, number)) = self.notes.get(next).copied() {
            next += 1;
            let number = number as usize;
            if std::mem::replace(&mut seen[number], true) {
                continue;
            }
            let mut inner =
                Sections { at: self.at, prose, all: vec![Section::default()], in_heading: false, notes: Vec::new() };
            inner.pieces(&prose.body.footnotes[number].pieces);
            self.notes.extend(inner.notes.iter().map(|(_, number)| (section, *number)));
            for more in inner.all {
                add_line(&mut self.all[section].text, &more.text);
            }
        }
    }
}

/// Parts what follows from what is there: a point between entries of lists and tables, where no sentence ends.
fn part(words: &mut String) {
    words.truncate(words.trim_end_matches(' ').len());
    match words.chars().next_back() {
        None => {}
        Some(last) if last.is_alphanumeric() => words.push_str(" · "),
        Some(_) => words.push(' '),
    }
}

/// Adds finished HTML as words: tags go, and where one ends a line so do the words; white space is one space.
fn push_words(html: &str, words: &mut String) {
    let mut rest = html;
    let mut spaced = words.is_empty() || words.ends_with(' ');
    while !rest.is_empty() {
        let tag = memchr::memchr(b'<', rest.as_bytes()).unwrap_or(rest.len());
        push_text(&rest[..tag], words, &mut spaced);
        rest = &rest[tag..];
        if rest.is_empty() {
            break;
        }
        if is_block(rest.as_bytes()) {
            part(words);
            spaced = true;
        }
        rest = memchr::memchr(b'>', rest.as_bytes()).map_or("", |end| &rest[end + 1..]);
    }
}

/// Whether the tag at the beginning ends a line.
fn is_block(tag: &[u8]) -> bool {
    let name = if tag.get(1) == Some(&b'/') { &tag[2..] } else { &tag[1..] };
    let end = name.iter().position(|byte| !byte.is_ascii_alphanumeric()).unwrap_or(name.len());
    let name = &name[..end];
    let blocks: [&[u8]; 20] = [
        b"p",
        b"li",
        b"td",
        b"th",
        b"tr",
        b"div",
        b"dt",
        b"dd",
        b"ul",
        b"ol",
        b"pre",
        b"br",
        b"hr",
        b"blockquote",
        b"table",
        b"section",
        b"figure",
        b"figcaption",
        b"details",
        b"summary",
    ];
    blocks.contains(&name) || matches!(name, [b'h', b'1'..=b'6'])
}

/// What [`push_text`] looks at; of the rest it takes as much at once as there is.
const MARKS: [bool; 256] = {
    let mut marks = [false; 256];
    let all = b" \n\t\r&";
    let mut at = 0;
    while at < all.len() {
        marks[all[at] as usize] = true;
        at += 1;
    }
    marks
};

fn push_text(text: &str, words: &mut String, spaced: &mut bool) {
    let bytes = text.as_bytes();
    let (mut from, mut at) = (0, 0);
    while at < bytes.len() {
        if !MARKS[bytes[at] as usize] {
            *spaced = false;
            while let Some(byte) = bytes.get(at)
                && !MARKS[*byte as usize]
            {
                at += 1;
            }
        } else if bytes[at] == b'&' {
            words.push_str(&text[from..at]);
            let entities = [("&lt;", '<'), ("&gt;", '>'), ("&quot;", '"'), ("&amp;", '&')];
            let known = entities.iter().find(|(entity, _)| text[at..].starts_with(entity));
            words.push(known.map_or('&', |(_, c)| *c));
            at += known.map_or(1, |(entity, _)| entity.len());
            from = at;
            *spaced = false;
        } else if bytes[at] == b' ' && !*spaced {
            *spaced = true;
            at += 1;
        } else {
            words.push_str(&text[from..at]);
            if !*spaced {
                words.push(' ');
                *spaced = true;
            }
            at += 1;
            from = at;
        }
    }
    words.push_str(&text[from..]);
}

/// Where a record of this group lies among `count` files; stays there as long as the count does.
pub fn key(playbook: &Playbook, unit: Unit) -> u64 {
    let key = match unit {
        Unit::Page(PageId::Thing(Thing::Stage(id))) => format!("{}/{}", playbook[id.journey].id, playbook[id].id),
        Unit::Page(PageId::Thing(Thing::Journey(id))) => playbook[id].id.to_string(),
        Unit::Page(PageId::Thing(Thing::Promise(id))) => playbook[id].id.to_string(),
        Unit::Page(PageId::Thing(Thing::Department(id))) => playbook[id].id.to_string(),
        Unit::Page(PageId::Thing(Thing::Overview(kind))) => kind.folder().to_string(),
        Unit::Page(PageId::Thing(thing)) => {
            playbook.document(thing).map(|one| one.path.to_string()).unwrap_or_default()
        }
        Unit::Page(_) => String::new(),
        Unit::Checklist(id) => playbook[id].id.to_string(),
        Unit::Entries(_, from) => return u64::from(from) / ENTRIES as u64,
    };
    xxhash_rust::xxh3::xxh3_64(key.as_bytes())
}

const _: () = assert!(LIST_LENGTH.is_multiple_of(ENTRIES), "entries of a record stand on one page");

#[cfg(test)]
mod tests {
    use super::push_words;

    fn words(html: &str) -> String {
        let mut words = String::new();
        push_words(html, &mut words);
        words
    }

    #[test]
    fn html_becomes_words() {
        assert_eq!(words("<p>One <em>wo</em>rd.</p>\n<p>Two &amp; &lt;three&gt;</p>"), "One word. Two & <three> ");
        assert_eq!(words("<tr><td>a</td><td>b</td></tr>"), "a · b · ");
        assert_eq!(words("<p>a <time>b</time>\n c</p>\n"), "a b c · ");
        assert_eq!(words("a &nbsp; &"), "a &nbsp; &");
        assert_eq!(words("<br"), "");
    }
}
