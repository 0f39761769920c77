//! A page to the words and figures of its social card: the picture that a messenger shows beside a link to it.
//!
//! The card's file is called by a hash of all that it is drawn of, so a page can name it before it is drawn, and one that was
//! drawn by the last build need not be drawn again.

use super::feelings;
use super::page::{kind_of, plain};
use super::{At, borrowed};
use crate::playbook::{Extra, Id, Journey, Kind, Page, SocialCards, Thing};
use crate::routes::PageId;
use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::Xxh3;

/// How wide a card is, in pixels.
pub const WIDTH: usize = 1200;
/// How high a card is, in pixels.
pub const HEIGHT: usize = 630;

/// Changes with every change of how cards are drawn, so that old ones are not taken for new ones.
const DRAWN_AS: &str = "1";

/// What a card is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Subject {
    /// The whole site.
    Site,
    /// All things of a kind.
    Kind(Kind),
    /// A section of the first level.
    Section(Id<Page>),
    /// A journey and its stages.
    Journey(Id<Journey>),
    /// One page alone.
    Page(PageId),
}

/// What a card shows.
#[derive(Debug, Clone, PartialEq)]
pub struct CardView {
    /// The playbook's title.
    pub site: String,
    /// What the card is about, in a word.
    pub kind: Option<String>,
    /// The title.
    pub title: String,
    /// One sentence about it.
    pub about: Option<String>,
    /// What is felt along a journey, from -2 to 2; empty elsewhere.
    pub felt: Vec<f64>,
    /// Whether it is read from right to left.
    pub rtl: bool,
    /// The theme's accent, as it is written.
    pub accent: Option<String>,
}

impl CardView {
    /// Its file in the output.
    pub fn file(&self) -> String {
        let mut hash = Xxh3::new();
        let texts =
            [Some(&self.site), self.kind.as_ref(), Some(&self.title), self.about.as_ref(), self.accent.as_ref()];
        for text in [Some(DRAWN_AS), Some(if self.rtl { "rtl" } else { "ltr" })]
            .into_iter()
            .chain(texts.map(|text| text.map(String::as_str)))
        {
            // No text and an empty one are two things.
            hash.update(&[u8::from(text.is_some())]);
            let text = text.unwrap_or_default();
            hash.update(&(text.len() as u64).to_le_bytes());
            hash.update(text.as_bytes());
        }
        for felt in &self.felt {
            hash.update(&felt.to_le_bytes());
        }
        format!("assets/card.{:016x}.png", hash.digest())
    }

    /// The same for those who do not see it.
    pub fn words(&self) -> String {
        let kind = self.kind.as_ref().map(|kind| format!("{kind}: ")).unwrap_or_default();
        match self.title == self.site {
            true => self.title.clone(),
            false => format!("{kind}{} – {}", self.title, self.site),
        }
    }
}

/// What the card of a page is about.
pub fn subject(at: &At<'_>) -> Subject {
    if at.desk.playbook.settings.social_cards == SocialCards::Pages {
        return Subject::Page(match at.route.page {
            PageId::More(kind, _) => PageId::Thing(Thing::Overview(kind)),
            PageId::MoreOfTag(tag, _) => PageId::Tag(tag),
            PageId::MoreOfSection(id, _) => PageId::Thing(Thing::Page(id)),
            page => page,
        });
    }
    match at.route.page {
        PageId::Thing(Thing::Page(id)) | PageId::MoreOfSection(id, _) => {
            let playbook = at.desk.playbook;
            let top = std::iter::successors(Some(id), |id| playbook[*id].parent).last().unwrap_or(id);
            if playbook[top].section { Subject::Section(top) } else { Subject::Site }
        }
        PageId::Thing(Thing::Journey(id)) => Subject::Journey(id),
        PageId::Thing(Thing::Stage(stage)) => Subject::Journey(stage.journey),
        PageId::Thing(Thing::Overview(kind)) | PageId::More(kind, _) => Subject::Kind(kind),
        PageId::Thing(thing) => kind_of(thing).map_or(Subject::Site, Subject::Kind),
        PageId::Tag(_) | PageId::MoreOfTag(..) => Subject::Kind(Kind::Tags),
        PageId::Front | PageId::Audit(_) | PageId::Translations | PageId::NotFound => Subject::Site,
    }
}

/// A card; `None` where there are to be none.
pub fn card(at: &At<'_>, subject: Subject) -> Option<CardView> {
    let playbook = at.desk.playbook;
    let settings = &playbook.settings;
    if settings.social_cards == SocialCards::None {
        return None;
    }
    let language = settings.language(at.language);
    let mut card = CardView {
        site: language.title.to_string(),
        kind: None,
        title: String::new(),
        about: None,
        felt: Vec::new(),
        rtl: at.is_rtl(),
        accent: accent(at),
    };
    let titled = |thing: Thing| plain(&at.title(thing));
    match subject {
        Subject::Site | Subject::Page(PageId::Front | PageId::NotFound) => {
            card.title = card.site.clone();
            card.about = language.description.as_deref().map(str::to_string);
        }
        Subject::Kind(kind) => card.title = titled(Thing::Overview(kind)),
        Subject::Section(id) => card.title = titled(Thing::Page(id)),
        Subject::Journey(id) | Subject::Page(PageId::Thing(Thing::Journey(id))) => {
            card.kind = Some(at.t("thing-journey"));
            card.title = titled(Thing::Journey(id));
            card.felt = felt(&playbook[id]);
        }
        Subject::Page(page) => match page {
            PageId::Thing(Thing::Stage(stage)) => {
                card.kind = Some(titled(Thing::Journey(stage.journey)));
                card.title = titled(Thing::Stage(stage));
            }
            PageId::Thing(thing) => {
                card.kind = kind_of(thing).map(|_| at.t(&format!("thing-{}", super::front::name(thing))));
                card.title = titled(thing);
            }
            PageId::Tag(index) => {
                card.kind = Some(at.t(super::kind_word(Kind::Tags)));
                let (name, _) = playbook.settings.tag(&playbook.tags[index as usize].name, at.language);
                card.title = name.to_string();
            }
            PageId::Translations => card.title = at.t("translations-title"),
            _ => card.title = at.t("audit-title"),
        },
    }
    let document = match subject {
        Subject::Kind(kind) => playbook.document(Thing::Overview(kind)),
        Subject::Section(id) => playbook.document(Thing::Page(id)),
        Subject::Page(PageId::Thing(thing)) => playbook.document(thing),
        _ => None,
    };
    if let Some(description) = document.and_then(|document| document.description.as_ref()) {
        card.about = Some(at.plain(description).to_string()).filter(|text| !text.is_empty());
    }
    card.title = borrowed::unmarked(&card.title);
    Some(card)
}

/// What is felt at each touchpoint in turn, by all who travel taken together; nothing where fewer than two are known.
fn felt(journey: &Journey) -> Vec<f64> {
    let travellers = feelings::travellers(journey);
    let touchpoints = journey.stages.iter().flat_map(|stage| &stage.touchpoints);
    let felt: Vec<f64> = touchpoints
        .filter_map(|touchpoint| {
            let felt: Vec<f64> = travellers.iter().filter_map(|one| one.felt(touchpoint)).collect();
            (!felt.is_empty()).then(|| felt.iter().sum::<f64>() / felt.len() as f64)
        })
        .collect();
    if felt.len() > 1 { felt } else { Vec::new() }
}

fn accent(at: &At<'_>) -> Option<String> {
    at.desk.assets.options.iter().find_map(|(name, value)| match value {
        Some(Extra::Text(text)) if &**name == "accent" => Some(text.to_string()),
        _ => None,
    })
}

/// Every card of the edition by its file, in no order; none where nobody knows where the site will stand.
pub fn cards(desk: &super::Desk<'_>) -> FxHashMap<String, CardView> {
    let mut cards = FxHashMap::default();
    if desk.playbook.settings.base_url.is_none() {
        return cards;
    }
    let mut known = rustc_hash::FxHashSet::default();
    for route in desk.routes.all.iter().filter(|route| route.page != PageId::NotFound) {
        let at = desk.at(route);
        let subject = subject(&at);
        if known.insert((subject, route.language))
            && let Some(card) = card(&at, subject)
        {
            cards.insert(card.file(), card);
        }
    }
    cards
}
