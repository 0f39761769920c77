//! Prose: markup with typed holes where links, headings, footnotes, directives and checklists belong.
//!
//! A [`Body`] is what parsing one Markdown text gives; it is shared, never changed. A [`Prose`] is a body whose holes have
//! been filled with ids.

use super::{
    Channel, Checklist, Claim, Department, Id, Journey, Kind, Metric, Page, Persona, Pillar, Promise, Recovery,
};
use super::{StageId, Status, Strategy, Term};
use crate::source::Place;
use std::sync::Arc;

/// One parsed Markdown text.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Body {
    /// The text in order.
    pub pieces: Vec<Piece>,
    /// Links and images, as written.
    pub links: Vec<Link>,
    /// Headings.
    pub headings: Vec<Heading>,
    /// Footnotes, in the order of their definitions.
    pub footnotes: Vec<Footnote>,
    /// Directives, by opening line.
    pub directives: Vec<Directive>,
    /// Checklists.
    pub checklists: Vec<ChecklistBlock>,
    /// Words that a promise has to stand behind.
    pub vague: Vec<Vague>,
    /// Figures whose paragraph names no source.
    pub figures: Vec<Figure>,
    /// Paragraphs that are long enough to be compared with those of other languages; none in a playbook of one language.
    pub paragraphs: Vec<Paragraph>,
    /// Whether it is a single paragraph whose markup stands without `<p>`.
    pub inline: bool,
    /// How many words it has.
    pub words: u32,
}

/// A piece of a body. Numbers count into the body's lists.
#[derive(Debug, Clone, PartialEq)]
pub enum Piece {
    /// Finished markup.
    Markup(Box<str>),
    /// A link opens.
    Link(u32),
    /// The innermost link closes.
    LinkEnd,
    /// An image.
    Image(u32),
    /// A heading opens.
    Heading(u32),
    /// That heading closes.
    HeadingEnd(u32),
    /// A reference to a footnote.
    Note(u32),
    /// A directive with a body opens.
    Open(u32),
    /// The innermost directive closes.
    Close,
    /// A directive without a body.
    Embed(u32),
    /// A checklist.
    Checklist(u32),
    /// A vague or absolute word stands at this point.
    Vague(u32),
    /// A figure without a source stands at or before this point, in its block.
    Figure(u32),
}

/// A link or an image as it was written.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// What it names.
    pub to: LinkTo,
    /// Its title, after the address.
    pub title: Option<Box<str>>,
    /// Whether it has no words of its own, so that it takes its target's.
    pub empty: bool,
    /// Whether it is an image; then its words are here.
    pub image: Option<Box<str>>,
    /// Where the link stands.
    pub place: Place,
}

/// What a link names.
#[derive(Debug, Clone, PartialEq)]
pub enum LinkTo {
    /// http, https, mailto, tel.
    External(Box<str>),
    /// A heading of the same page.
    Anchor(Box<str>),
    /// A file, relative to the one that the link stands in, and a heading of it.
    File(Box<str>, Option<Box<str>>),
    /// An address of this site, beginning with `/`, and a heading of it.
    Address(Box<str>, Option<Box<str>>),
    /// `promise:reply-within-a-day`: kind, id, and a heading of its page.
    Typed(TypedKind, Box<str>, Option<Box<str>>),
    /// It was a finding, and is no link.
    Nothing,
}

/// The schemes of typed links.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TypedKind {
    /// `journey:first-year` or `journey:first-year/purchase`
    Journey,
    /// `promise:`
    Promise,
    /// `persona:`
    Persona,
    /// `pillar:`
    Pillar,
    /// `strategy:`
    Strategy,
    /// `metric:`
    Metric,
    /// `claim:`
    Claim,
    /// `term:`
    Term,
    /// `department:`
    Department,
    /// `channel:`
    Channel,
    /// `recovery:`
    Recovery,
    /// `checklist:`
    Checklist,
}

impl TypedKind {
    /// All of them.
    pub const ALL: [TypedKind; 12] = [
        TypedKind::Journey,
        TypedKind::Promise,
        TypedKind::Persona,
        TypedKind::Pillar,
        TypedKind::Strategy,
        TypedKind::Metric,
        TypedKind::Claim,
        TypedKind::Term,
        TypedKind::Department,
        TypedKind::Channel,
        TypedKind::Recovery,
        TypedKind::Checklist,
    ];

    /// The scheme, and the noun in findings.
    pub fn name(self) -> &'static str {
        match self {
            TypedKind::Journey => "journey",
            TypedKind::Promise => "promise",
            TypedKind::Persona => "persona",
            TypedKind::Pillar => "pillar",
            TypedKind::Strategy => "strategy",
            TypedKind::Metric => "metric",
            TypedKind::Claim => "claim",
            TypedKind::Term => "term",
            TypedKind::Department => "department",
            TypedKind::Channel => "channel",
            TypedKind::Recovery => "recovery",
            TypedKind::Checklist => "checklist",
        }
    }

    /// The kind of this scheme.
    pub fn named(name: &str) -> Option<TypedKind> {
        TypedKind::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// A heading.
#[derive(Debug, Clone, PartialEq)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its words without markup.
    pub title: Box<str>,
    /// The id that the author gave it.
    pub id: Option<Box<str>>,
    /// Classes that the author gave it.
    pub classes: Box<str>,
    /// Where it stands.
    pub place: Place,
}

/// A footnote's definition.
#[derive(Debug, Clone, PartialEq)]
pub struct Footnote {
    /// Its label.
    pub label: Box<str>,
    /// Its text.
    pub pieces: Vec<Piece>,
}

/// A vague or absolute word.
#[derive(Debug, Clone, PartialEq)]
pub struct Vague {
    /// The word.
    pub word: Box<str>,
    /// Whether its paragraph links a promise.
    pub leans: bool,
    /// Where it stands.
    pub place: Place,
}

/// A paragraph of a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Paragraph {
    /// A hash of it as it was written.
    pub words: u64,
    /// Where it stands.
    pub place: Place,
}

/// A share or a multiple that somebody must have found out.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// As it was written.
    pub value: Box<str>,
    /// Where it stands.
    pub place: Place,
}

/// A directive as it was written.
#[derive(Debug, Clone, PartialEq)]
pub struct Directive {
    /// What it is.
    pub kind: DirectiveKind,
    /// Its opening line.
    pub place: Place,
}

/// The directives and their arguments.
#[derive(Debug, Clone, PartialEq)]
pub enum DirectiveKind {
    /// A box beside the text.
    Aside(Aside, Option<Box<str>>),
    /// Folded away; its title.
    Details(Option<Box<str>>),
    /// One card; its title.
    Card(Option<Box<str>>),
    /// One tab; its title.
    Tab(Option<Box<str>>),
    /// Tabs.
    Tabs,
    /// Cards.
    Cards,
    /// An ordered list as steps.
    Steps,
    /// An image with its caption; the image counts into the body's links.
    Figure {
        /// The image.
        src: Option<u32>,
        /// The caption, plain.
        caption: Option<Box<str>>,
    },
    /// Words of somebody.
    Quote {
        /// Who said it.
        by: Option<Box<str>>,
        /// Where.
        source: Option<Box<str>>,
    },
    /// For one audience only.
    Audience(Box<str>),
    /// A journey's curve.
    Journey(Name),
    /// Promises that fit all of the given.
    Promises {
        /// Whose.
        department: Option<Name>,
        /// Where.
        stage: Option<Name>,
        /// Of which pillar.
        pillar: Option<Name>,
        /// In which state.
        status: Option<Status>,
    },
    /// One metric.
    Metric(Name),
    /// Strategies that fit all of the given.
    Strategies {
        /// Where.
        stage: Option<Name>,
        /// Of which pillar.
        pillar: Option<Name>,
    },
    /// A journey's trust floor.
    Floor(Option<Name>),
    /// Stages × pillars.
    Coverage,
}

/// A name of something, as written.
pub type Name = crate::source::Spanned<Box<str>>;

/// The kinds of asides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aside {
    /// Something to know.
    Note,
    /// Something to try.
    Tip,
    /// Something to watch.
    Warning,
    /// A promise at work.
    Promise,
    /// Something that can go wrong.
    Risk,
    /// Words to say to a customer.
    Script,
}

impl Aside {
    /// All of them.
    pub const ALL: [Aside; 6] = [Aside::Note, Aside::Tip, Aside::Warning, Aside::Promise, Aside::Risk, Aside::Script];

    /// The word of the format.
    pub fn name(self) -> &'static str {
        match self {
            Aside::Note => "note",
            Aside::Tip => "tip",
            Aside::Warning => "warning",
            Aside::Promise => "promise",
            Aside::Risk => "risk",
            Aside::Script => "script",
        }
    }
}

/// A checklist in prose, as written.
#[derive(Debug, Clone, PartialEq)]
pub struct ChecklistBlock {
    /// Its id.
    pub id: Name,
    /// Its title.
    pub title: Option<Box<str>>,
    /// Who works through it.
    pub owner: Option<Box<str>>,
    /// What stands in it beside items.
    pub lead: Vec<Piece>,
    /// Its items.
    pub items: Vec<ItemBlock>,
    /// Its opening line.
    pub place: Place,
}

/// An item in prose, as written.
#[derive(Debug, Clone, PartialEq)]
pub struct ItemBlock {
    /// Its id.
    pub id: Name,
    /// Its former id.
    pub renamed_from: Option<Box<str>>,
    /// Its text.
    pub pieces: Vec<Piece>,
    /// How deep it stands under other items.
    pub depth: u8,
}

/// A body with its holes filled.
#[derive(Debug, Clone)]
pub struct Prose {
    /// The markup.
    pub body: Arc<Body>,
    /// Which part of it this is.
    pub part: Part,
    /// What its links lead to; as many as the body has.
    pub targets: Arc<[Target]>,
    /// What its directives without body show; as many as the body has directives, [`Embed::None`] for the others.
    pub embeds: Arc<[Embed]>,
    /// The ids of its headings; as many as the body has, `None` for those that another edition has.
    pub anchors: Arc<[Option<Arc<str>>]>,
    /// Its checklists; as many as the body has, `None` for those that another edition has.
    pub checklists: Arc<[Option<Id<Checklist>>]>,
}

/// A part of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// All of it.
    Whole,
    /// One item of one checklist.
    Item(u32, u32),
}

impl Prose {
    /// The pieces of this part.
    pub fn pieces(&self) -> &[Piece] {
        match self.part {
            Part::Whole => &self.body.pieces,
            Part::Item(checklist, item) => &self.body.checklists[checklist as usize].items[item as usize].pieces,
        }
    }

    /// The headings that this edition shows, with their ids, in order.
    pub fn headings(&self) -> impl Iterator<Item = (&Heading, &Arc<str>)> {
        self.body.headings.iter().zip(self.anchors.iter()).filter_map(|(heading, id)| Some((heading, id.as_ref()?)))
    }
}

/// What of a body this edition shows: numbers into its lists.
#[derive(Default)]
pub struct Live {
    /// Links and images.
    pub links: Vec<u32>,
    /// Headings.
    pub headings: Vec<u32>,
    /// Directives.
    pub directives: Vec<u32>,
    /// Checklists, as they are stored: one that stands in another comes after it.
    pub checklists: Vec<u32>,
}

impl Body {
    /// Walks the pieces that are left after the selection.
    pub fn live(&self) -> Live {
        let mut live = Live::default();
        let mut notes = vec![false; self.footnotes.len()];
        // Footnotes stand where they are first used; theirs are walked once.
        let mut lists: Vec<&[Piece]> = vec![&self.pieces];
        while let Some(pieces) = lists.pop() {
            for piece in pieces {
                match piece {
                    Piece::Link(number) | Piece::Image(number) => live.links.push(*number),
                    Piece::Heading(number) => live.headings.push(*number),
                    Piece::Open(number) | Piece::Embed(number) => {
                        live.directives.push(*number);
                        if let DirectiveKind::Figure { src: Some(src), .. } = self.directives[*number as usize].kind {
                            live.links.push(src);
                        }
                    }
                    Piece::Checklist(number) => {
                        live.checklists.push(*number);
                        let list = &self.checklists[*number as usize];
                        lists.push(&list.lead);
                        lists.extend(list.items.iter().map(|item| item.pieces.as_slice()));
                    }
                    Piece::Note(number) if !notes[*number as usize] => {
                        notes[*number as usize] = true;
                        lists.push(&self.footnotes[*number as usize].pieces);
                    }
                    _ => {}
                }
            }
        }
        live.checklists.sort_unstable();
        live
    }
}

/// What a link leads to.
#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    /// Another site, or a way to reach somebody.
    External(Arc<str>),
    /// A heading of the same page.
    Anchor(Arc<str>),
    /// Something of this playbook, and a heading of its page.
    Thing(Thing, Option<Arc<str>>),
    /// A file in `content/`, copied beside the page: its number in [`Playbook::assets`](super::Playbook::assets).
    Asset(u32),
    /// An address of this site, checked once there are routes; and a heading of its page.
    Address(Arc<str>, Option<Arc<str>>),
    /// Nothing: its words stand without a link.
    Nothing,
}

/// A link to an address of this site, which is checked once there are routes.
#[derive(Debug, Clone)]
pub struct Addressed {
    /// Whose words they are, as far as that is known.
    pub from: Option<Thing>,
    /// The address, without the base path.
    pub address: Arc<str>,
    /// A heading of its page.
    pub anchor: Option<Arc<str>>,
    /// Where the link stands.
    pub place: Place,
    /// Why no page stands there, where one was left out that would, and not for its audience: `is a draft`.
    pub left_out: Option<Arc<str>>,
}

/// Everything that a link can lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Thing {
    /// A page of Markdown.
    Page(Id<Page>),
    /// The overview of a kind.
    Overview(Kind),
    /// A strategy.
    Strategy(Id<Strategy>),
    /// A pillar.
    Pillar(Id<Pillar>),
    /// A persona.
    Persona(Id<Persona>),
    /// A recovery.
    Recovery(Id<Recovery>),
    /// A journey.
    Journey(Id<Journey>),
    /// A stage.
    Stage(StageId),
    /// A promise.
    Promise(Id<Promise>),
    /// A metric.
    Metric(Id<Metric>),
    /// A department.
    Department(Id<Department>),
    /// A channel.
    Channel(Id<Channel>),
    /// A claim.
    Claim(Id<Claim>),
    /// A word of the glossary.
    Term(Id<Term>),
    /// A checklist.
    Checklist(Id<Checklist>),
}

/// What a directive without a body shows.
#[derive(Debug, Clone, PartialEq)]
pub enum Embed {
    /// Nothing: it has a body, or named something that is left out.
    None,
    /// A journey's curve.
    Journey(Id<Journey>),
    /// Promises, in the order of the register.
    Promises {
        /// Whose; all where empty.
        department: Option<Id<Department>>,
        /// Where; all where empty.
        stages: Vec<StageId>,
        /// Of which pillar.
        pillar: Option<Id<Pillar>>,
        /// In which state.
        status: Option<Status>,
    },
    /// A metric.
    Metric(Id<Metric>),
    /// Strategies, in their order.
    Strategies {
        /// Where; all where empty.
        stages: Vec<StageId>,
        /// Of which pillar.
        pillar: Option<Id<Pillar>>,
    },
    /// A journey's trust floor; of all journeys where `None`.
    Floor(Option<Id<Journey>>),
    /// Stages × pillars.
    Coverage,
}
