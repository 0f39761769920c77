//! What `trustbook.toml` says, with every default filled in.

use super::outlet::Outlet;
use super::{Extra, Interval, Unit};
use crate::diagnostic::{Code, Level};
use crate::source::{Place, Spanned};
use std::collections::BTreeMap;
use std::sync::Arc;

/// The settings of one edition.
#[derive(Debug, Clone)]
pub struct Settings {
    /// The playbook's title in the default language.
    pub title: Arc<str>,
    /// Names the playbook in readers' browsers.
    pub id: Arc<str>,
    /// One sentence about it.
    pub description: Option<Arc<str>>,
    /// Where it will stand: scheme, host and perhaps a path, ending in `/`.
    pub base_url: Option<Arc<str>>,
    /// The languages; the first is the default one.
    pub languages: Vec<Language>,
    /// The theme's name, and where it is named.
    pub theme: Spanned<Arc<str>>,
    /// Where a page is edited, `{path}` standing for the source's path.
    pub edit_url: Option<Arc<str>>,
    /// Whether raw HTML passes untouched.
    pub raw_html_trusted: bool,
    /// Cells of fewer answers are not shown.
    pub min_n: u32,
    /// Whether a promise is kept when the point reaches its target; else its interval's near bound must.
    pub proof_by_point: bool,
    /// The audiences, in the order of the file; `internal` alone where none are declared.
    pub audiences: Vec<Audience>,
    /// Whether `[audiences]` was written.
    pub audiences_declared: bool,
    /// What content without `audience` belongs to, and what a plain build makes.
    pub default_audience: Arc<str>,
    /// The audience that this edition is for.
    pub edition: Arc<str>,
    /// Whether search engines may index this edition.
    pub index: bool,
    /// Which pages have a social card of their own.
    pub social_cards: SocialCards,
    /// `[external]`.
    pub external: External,
    /// `[theme_options]`, as written: the theme judges them.
    pub theme_options: Vec<ThemeOption>,
    /// `[checks]`.
    pub checks: BTreeMap<Code, Level>,
    /// `[publish]`: where editions go, in the order of the file.
    pub outlets: Vec<Outlet>,
    /// Words of the author's own that must not stand in this edition.
    pub canaries: Vec<Spanned<Arc<str>>>,
}

/// Which pages have a social card of their own: the picture that a messenger shows beside a link.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SocialCards {
    /// None has one.
    None,
    /// Every kind of page, and every journey.
    Kinds,
    /// Every page.
    Pages,
}

/// How links to other sites are asked.
#[derive(Debug, Clone, PartialEq)]
pub struct External {
    /// Addresses that are never asked; `*` stands for anything.
    pub skip: Vec<Arc<str>>,
    /// Hosts of private networks that are asked all the same; `*` stands for anything.
    pub allow: Vec<Arc<str>>,
    /// What was well is not asked again for so long.
    pub max_age: Interval,
    /// A site has so many seconds to answer.
    pub timeout: u32,
}

impl Default for External {
    fn default() -> External {
        External { skip: Vec::new(), allow: Vec::new(), max_age: Interval { count: 7, unit: Unit::Day }, timeout: 20 }
    }
}

/// One line of `[theme_options]`.
#[derive(Debug, Clone, PartialEq)]
pub struct ThemeOption {
    /// The option.
    pub name: Spanned<Arc<str>>,
    /// What it is set to.
    pub value: Spanned<Extra>,
}

/// An index into [`Settings::languages`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Lang(pub u8);

impl Lang {
    /// The default language.
    pub const DEFAULT: Lang = Lang(0);

    /// Its index.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// One language of the playbook.
#[derive(Debug, Clone)]
pub struct Language {
    /// Its tag, for example `sv` or `pt-BR`.
    pub tag: Arc<str>,
    /// Its own name for itself.
    pub name: Arc<str>,
    /// The playbook's title in it.
    pub title: Arc<str>,
    /// The playbook's description in it.
    pub description: Option<Arc<str>>,
    /// Itself, then where its missing texts come from, ending in the default language.
    pub chain: Vec<Lang>,
    /// What owners are called in it.
    pub owners: Names,
    /// What tags are called in it.
    pub tags: Names,
}

/// Names as the default language has them, and what they are called in another; each with the place of that name.
pub type Names = BTreeMap<Arc<str>, Spanned<Arc<str>>>;

/// Who reads.
#[derive(Debug, Clone)]
pub struct Audience {
    /// Its name.
    pub name: Arc<str>,
    /// Every audience whose content it sees, itself included.
    pub sees: Vec<Arc<str>>,
}

impl Default for Settings {
    fn default() -> Settings {
        let internal: Arc<str> = "internal".into();
        Settings {
            title: "Playbook".into(),
            id: "playbook".into(),
            description: None,
            base_url: None,
            languages: vec![Language {
                tag: "en".into(),
                name: "English".into(),
                title: "Playbook".into(),
                description: None,
                chain: vec![Lang::DEFAULT],
                owners: Names::new(),
                tags: Names::new(),
            }],
            theme: Spanned::new("default".into(), Place::file(&"trustbook.toml".into())),
            edit_url: None,
            raw_html_trusted: false,
            min_n: 10,
            proof_by_point: false,
            audiences: vec![Audience { name: internal.clone(), sees: vec![internal.clone()] }],
            audiences_declared: false,
            default_audience: internal.clone(),
            edition: internal,
            index: false,
            social_cards: SocialCards::Kinds,
            external: External::default(),
            theme_options: Vec::new(),
            checks: BTreeMap::new(),
            outlets: Vec::new(),
            canaries: Vec::new(),
        }
    }
}

impl Settings {
    /// A language's fallback chain, itself first.
    pub fn chain(&self, language: Lang) -> &[Lang] {
        &self.languages[language.index()].chain
    }

    /// One language.
    pub fn language(&self, language: Lang) -> &Language {
        &self.languages[language.index()]
    }

    /// What readers of a language call an owner, and the language that this is in.
    pub fn owner<'s>(&'s self, name: &'s str, language: Lang) -> (&'s str, Lang) {
        self.called(|language| &language.owners, name, language)
    }

    /// What readers of a language call a tag, and the language that this is in.
    pub fn tag<'s>(&'s self, name: &'s str, language: Lang) -> (&'s str, Lang) {
        self.called(|language| &language.tags, name, language)
    }

    /// Along the fallback chain; at its end a name stands for itself.
    fn called<'s>(&'s self, of: fn(&Language) -> &Names, name: &'s str, language: Lang) -> (&'s str, Lang) {
        let own = |language: &Lang| Some((&*of(self.language(*language)).get(name.trim())?.value, *language));
        self.chain(language).iter().find_map(own).unwrap_or((name, Lang::DEFAULT))
    }

    /// The language with this tag.
    pub fn language_tagged(&self, tag: &str) -> Option<Lang> {
        let index = self.languages.iter().position(|language| &*language.tag == tag)?;
        u8::try_from(index).ok().map(Lang)
    }

    /// Every language.
    pub fn langs(&self) -> impl Iterator<Item = Lang> + use<> {
        (0..self.languages.len()).filter_map(|index| u8::try_from(index).ok().map(Lang))
    }

    /// Whether two languages are one spoken in two countries: `pt` and `pt-BR`.
    pub fn share_a_language(&self, one: Lang, other: Lang) -> bool {
        let primary = |language: Lang| self.language(language).tag.split('-').next().unwrap_or_default();
        primary(one).eq_ignore_ascii_case(primary(other))
    }

    /// The audience called `name`.
    pub fn audience(&self, name: &str) -> Option<&Audience> {
        self.audiences.iter().find(|audience| &*audience.name == name)
    }

    /// Whether a reader of `reader`'s edition sees content of `audience`.
    pub fn sees(&self, reader: &str, audience: &str) -> bool {
        self.audience(reader).is_some_and(|reader| reader.sees.iter().any(|seen| &**seen == audience))
    }

    /// Whether content of this audience is written for customers: `[audiences]` is declared, and this one includes no other.
    pub fn is_customer_facing(&self, audience: &str) -> bool {
        self.audiences_declared && self.audience(audience).is_some_and(|audience| audience.sees.len() == 1)
    }

    /// Where editions go, by name.
    pub fn outlet(&self, name: &str) -> Option<&Outlet> {
        self.outlets.iter().find(|outlet| &*outlet.name == name)
    }

    /// The path of `base_url`, beginning and ending in `/`.
    pub fn base_path(&self) -> &str {
        let Some(url) = &self.base_url else { return "/" };
        let after_scheme = url.find("://").map_or(0, |at| at + 3);
        url[after_scheme..].find('/').map_or("/", |slash| &url[after_scheme + slash..])
    }
}
