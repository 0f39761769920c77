//! Links, directives and headings of a body to what they lead to, show and are called.

use super::names::Names;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::parse::draft::{Prosed, Words};
use crate::parse::id::{anchor, normalised};
use crate::playbook::prose::{Addressed, Body, DirectiveKind, Embed, Link, LinkTo, Name, Part, Piece, TypedKind};
use crate::playbook::{Id, Playbook, Prose, StageId, Target, Text, Thing};
use crate::select::{LeftOut, Why};
use crate::source::{Place, joined};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;

/// Looks links and names up, and remembers who links to whom.
pub struct Links<'a> {
    /// The names.
    pub names: &'a Names,
    /// What another edition has.
    pub left_out: &'a LeftOut,
    /// What has come to light.
    pub found: Found,
    none: Prose,
}

/// What comes to light where names are looked up. Several threads look; what they found is put together in the order of the
/// documents.
#[derive(Default)]
pub struct Found {
    findings: Vec<(Diagnostic, Option<Near>)>,
    unknown: Vec<Unknown>,
    unknown_index: FxHashMap<(&'static str, Box<str>), usize>,
    /// What is linked, and from where.
    backlinks: Vec<(Thing, Thing)>,
    anchors: Vec<(Thing, Arc<str>, Place)>,
    addressed: Vec<Addressed>,
    assets: Vec<u32>,
    /// What would only echo an unknown name.
    echoes: FxHashSet<(Code, Thing)>,
}

/// Among what the nearest name is to be looked for.
#[derive(Clone)]
enum Near {
    /// The ids of a kind.
    Ids(TypedKind, String),
    /// Pages, from a file.
    Files(Arc<str>, String),
    /// Files that are copied, from a file.
    Assets(Arc<str>, String),
}

/// Findings beyond this many are told apart without a suggestion: somebody who reads so many has another problem, and each looks at
/// every name there is.
pub const SUGGESTIONS: usize = 200;

struct Unknown {
    noun: &'static str,
    name: Box<str>,
    places: Vec<Place>,
}

impl Found {
    /// A finding that nothing near can help.
    pub fn push(&mut self, finding: Diagnostic) {
        self.findings.push((finding, None));
    }

    fn remember(&mut self, noun: &'static str, name: &str, place: Place) {
        let index = *self.unknown_index.entry((noun, name.into())).or_insert_with(|| {
            self.unknown.push(Unknown { noun, name: name.into(), places: Vec::new() });
            self.unknown.len() - 1
        });
        self.unknown[index].places.push(place);
    }
}

impl<'a> Links<'a> {
    /// Nothing has been looked up yet.
    pub fn new(names: &'a Names, left_out: &'a LeftOut) -> Links<'a> {
        let none = Prose {
            body: Arc::default(),
            part: Part::Whole,
            targets: Arc::new([]),
            embeds: Arc::new([]),
            anchors: Arc::new([]),
            checklists: Arc::new([]),
        };
        Links { names, left_out, found: Found::default(), none }
    }

    /// Adds what others found.
    pub fn absorb(&mut self, found: &Found) {
        self.found.findings.extend(found.findings.iter().cloned());
        for unknown in &found.unknown {
            for place in &unknown.places {
                self.found.remember(unknown.noun, &unknown.name, place.clone());
            }
        }
        self.found.backlinks.extend_from_slice(&found.backlinks);
        self.found.anchors.extend(found.anchors.iter().cloned());
        self.found.addressed.extend(found.addressed.iter().cloned());
        self.found.assets.extend_from_slice(&found.assets);
        self.found.echoes.extend(&found.echoes);
    }

    /// A prose without words.
    pub fn nothing(&self) -> Prose {
        self.none.clone()
    }

    /// The thing that a key names. What is left out is dropped silently; what nobody knows is remembered.
    pub fn key(&mut self, kind: TypedKind, name: &Name) -> Option<Thing> {
        let id = normalised(&name.value);
        if let Some(thing) = self.names.thing(kind, &id) {
            return Some(thing);
        }
        if self.left_out.name(kind, &id).is_none() {
            self.found.remember(kind.name(), &id, name.place.clone());
        }
        None
    }

    /// The stages that a key names.
    pub fn stages(&mut self, name: &Name) -> Vec<StageId> {
        let id = normalised(&name.value);
        if let Some(stages) = self.names.stages(&id) {
            return stages.to_vec();
        }
        let left_out = self.left_out.name(TypedKind::Journey, &id).is_some()
            || id.split_once('/').is_some_and(|(journey, _)| self.left_out.name(TypedKind::Journey, journey).is_some());
        if !left_out && !self.left_out.has_stage(&id) {
            self.found.remember("stage", &id, name.place.clone());
        }
        Vec::new()
    }

    /// A plain text of a draft.
    pub fn words(&self, words: Option<Words>) -> Option<Text<Arc<str>>> {
        words.map(|words| words.text)
    }

    /// A plain text of a draft, or a name made of the id.
    pub fn title(&self, words: Option<Words>, id: &str, place: &Place) -> Text<Arc<str>> {
        self.words(words).unwrap_or_else(|| {
            Text::new(crate::localize::humanised(id).into(), crate::playbook::Lang::DEFAULT, place.clone())
        })
    }

    /// Markdown of a draft.
    pub fn prosed(&mut self, prosed: Option<Prosed>, home: Option<Thing>) -> Option<Text<Prose>> {
        let text = prosed?.text;
        Some(text.map(|body, _, place| self.value(body, home, place)))
    }

    /// A list of Markdown lines.
    pub fn lines(&mut self, lines: Vec<Prosed>, home: Option<Thing>) -> Vec<Text<Prose>> {
        lines.into_iter().filter_map(|line| self.prosed(Some(line), home)).collect()
    }

    fn value(&mut self, body: Arc<Body>, home: Option<Thing>, place: &Place) -> Prose {
        if body.links.is_empty() && body.headings.is_empty() {
            return Prose { body, ..self.none.clone() };
        }
        self.prose(body, &place.path, home, None)
    }

    /// Fills the holes of a body that stands in `file`. A translation's headings take the ids of `source`'s where the levels
    /// run equal.
    pub fn prose(&mut self, body: Arc<Body>, file: &Arc<str>, home: Option<Thing>, source: Option<&Prose>) -> Prose {
        let live = body.live();
        let anchors = anchors(&body, &live, source);
        let mut targets = vec![Target::Nothing; body.links.len()];
        for number in &live.links {
            let link = &body.links[*number as usize];
            targets[*number as usize] = self.target(link, file, home, &anchors, &body);
        }
        let mut embeds = vec![Embed::None; body.directives.len()];
        for number in &live.directives {
            embeds[*number as usize] = self.embed(&body.directives[*number as usize].kind);
        }
        let mut checklists = vec![None; body.checklists.len()];
        for number in &live.checklists {
            let list = &body.checklists[*number as usize];
            checklists[*number as usize] = self.names.checklist(&list.id.value).map(Id::new);
        }
        Prose {
            part: Part::Whole,
            targets: targets.into(),
            embeds: if live.directives.is_empty() { self.none.embeds.clone() } else { embeds.into() },
            anchors: anchors.into(),
            checklists: if checklists.is_empty() { self.none.checklists.clone() } else { checklists.into() },
            body,
        }
    }

    fn embed(&mut self, kind: &DirectiveKind) -> Embed {
        let named = |links: &mut Self, kind: TypedKind, name: &Name| {
            if name.value.is_empty() { None } else { links.key(kind, name) }
        };
        match kind {
            DirectiveKind::Journey(name) => match named(self, TypedKind::Journey, name) {
                Some(Thing::Journey(id)) => Embed::Journey(id),
                Some(Thing::Stage(stage)) => Embed::Journey(stage.journey),
                _ => Embed::None,
            },
            DirectiveKind::Floor(None) => Embed::Floor(None),
            DirectiveKind::Floor(Some(name)) => match named(self, TypedKind::Journey, name) {
                Some(Thing::Journey(id)) => Embed::Floor(Some(id)),
                _ => Embed::None,
            },
            DirectiveKind::Metric(name) => match named(self, TypedKind::Metric, name) {
                Some(Thing::Metric(id)) => Embed::Metric(id),
                _ => Embed::None,
            },
            DirectiveKind::Coverage => Embed::Coverage,
            DirectiveKind::Strategies { stage, pillar } => {
                let stages = stage.as_ref().map(|name| self.stages(name));
                let wanted = pillar.as_ref().map(|name| self.key(TypedKind::Pillar, name));
                // Naming something that is left out shows nothing, not everything.
                if stages.as_ref().is_some_and(Vec::is_empty) || wanted == Some(None) {
                    return Embed::None;
                }
                let pillar = wanted.flatten().and_then(|thing| match thing {
                    Thing::Pillar(id) => Some(id),
                    _ => None,
                });
                Embed::Strategies { stages: stages.unwrap_or_default(), pillar }
            }
            DirectiveKind::Promises { department, stage, pillar, status } => {
                let stages = stage.as_ref().map(|name| self.stages(name));
                let wanted_pillar = pillar.as_ref().map(|name| self.key(TypedKind::Pillar, name));
                let wanted_department = department.as_ref().map(|name| self.key(TypedKind::Department, name));
                let missing = stages.as_ref().is_some_and(Vec::is_empty)
                    || wanted_pillar == Some(None)
                    || wanted_department == Some(None);
                if missing {
                    return Embed::None;
                }
                let pillar = wanted_pillar.flatten().and_then(|thing| match thing {
                    Thing::Pillar(id) => Some(id),
                    _ => None,
                });
                let department = wanted_department.flatten().and_then(|thing| match thing {
                    Thing::Department(id) => Some(id),
                    _ => None,
                });
                Embed::Promises { department, stages: stages.unwrap_or_default(), pillar, status: *status }
            }
            _ => Embed::None,
        }
    }

    fn target(
        &mut self,
        link: &Link,
        file: &Arc<str>,
        home: Option<Thing>,
        anchors: &[Option<Arc<str>>],
        body: &Body,
    ) -> Target {
        let target = match &link.to {
            LinkTo::Nothing => Target::Nothing,
            LinkTo::External(url) => Target::External((**url).into()),
            LinkTo::Anchor(wanted) => {
                if !has_anchor(wanted, anchors, body) && !wanted.is_empty() {
                    self.dead_anchor(wanted, anchors, &link.place);
                }
                Target::Anchor((**wanted).into())
            }
            LinkTo::File(path, anchor) => match joined(file, path) {
                Some(path) => self.file(&path, anchor.as_deref(), link, file),
                None => {
                    self.found.push(
                        Diagnostic::new(Code::DeadLink, format!("`{path}` leads out of the playbook"))
                            .at(link.place.clone(), "outside of `content/`"),
                    );
                    Target::Nothing
                }
            },
            LinkTo::Address(path, anchor) if path.ends_with(".md") || path.ends_with(".toml") => {
                self.file(&format!("content{path}"), anchor.as_deref(), link, file)
            }
            LinkTo::Address(path, anchor) => match self.names.assets.get(&*format!("content{path}")) {
                Some(asset) => Target::Asset(*asset),
                None => Target::Address((**path).into(), anchor.as_deref().map(Into::into)),
            },
            LinkTo::Typed(kind, id, anchor) => self.typed(*kind, id, anchor.as_deref(), &link.place),
        };
        match &target {
            Target::Thing(thing, anchor) => {
                if let Some(anchor) = anchor {
                    self.found.anchors.push((*thing, anchor.clone(), link.place.clone()));
                }
                if let Some(home) = home
                    && home != *thing
                {
                    self.found.backlinks.push((*thing, home));
                }
            }
            Target::Address(address, anchor) => {
                let (address, anchor) = (address.clone(), anchor.clone());
                let left_out = self.left_out.address(&address).and_then(reason).map(Into::into);
                let place = link.place.clone();
                self.found.addressed.push(Addressed { from: home, address, anchor, place, left_out });
            }
            Target::Asset(asset) => self.found.assets.push(*asset),
            Target::External(_) | Target::Anchor(_) | Target::Nothing => {}
        }
        target
    }

    fn typed(&mut self, kind: TypedKind, id: &str, anchor: Option<&str>, place: &Place) -> Target {
        let id = normalised(id);
        if let Some(thing) = self.names.thing(kind, &id) {
            return Target::Thing(thing, anchor.map(Into::into));
        }
        if let Some(why) = self.left_out.name(kind, &id) {
            self.gone(&format!("{} `{id}`", kind.name()), why, place);
            return Target::Nothing;
        }
        let finding = match kind {
            TypedKind::Term => Diagnostic::new(Code::UndefinedTerm, format!("the glossary has no term `{id}`")),
            _ => Diagnostic::new(Code::DeadLink, format!("no {} is called `{id}`", kind.name())),
        };
        let finding = finding.at(place.clone(), format!("unknown {}", kind.name()));
        self.found.findings.push((finding, Some(Near::Ids(kind, id))));
        Target::Nothing
    }

    /// Says why a link leads to something that is not in this edition. For another audience that has been said before.
    fn gone(&mut self, what: &str, why: Why, place: &Place) {
        if let Some(reason) = reason(why) {
            self.found.push(dead_for_now(what, &reason, place));
        }
    }

    fn file(&mut self, path: &str, anchor: Option<&str>, link: &Link, from: &Arc<str>) -> Target {
        let dead = |code: Code, message: String| Diagnostic::new(code, message).at(link.place.clone(), "no such file");
        if link.image.is_some() {
            return match self.names.assets.get(path) {
                Some(asset) => Target::Asset(*asset),
                None => {
                    let finding = dead(Code::DeadAsset, format!("there is no file `{path}`"));
                    self.found.findings.push((finding, Some(Near::Assets(from.clone(), path.to_string()))));
                    Target::Nothing
                }
            };
        }
        let index = format!("{}/index.md", path.trim_end_matches('/'));
        for candidate in [path, &index] {
            if let Some(thing) = self.names.files.get(candidate) {
                return Target::Thing(*thing, anchor.map(Into::into));
            }
            if let Some(why) = self.left_out.file(candidate) {
                self.gone(&format!("`{candidate}`"), why, &link.place);
                return Target::Nothing;
            }
        }
        if let Some(asset) = self.names.assets.get(path) {
            return Target::Asset(*asset);
        }
        // A translation's file is its source's page in that language.
        if let Some((stem, _)) = path.strip_suffix(".md").and_then(|stem| stem.rsplit_once('.'))
            && let Some(thing) = self.names.files.get(&*format!("{stem}.md"))
        {
            return Target::Thing(*thing, anchor.map(Into::into));
        }
        if let Some(rest) = path.strip_prefix("content/")
            && let Some(thing) = Names::overview(rest.trim_end_matches('/').trim_end_matches(".toml"))
        {
            return Target::Thing(thing, anchor.map(Into::into));
        }
        let is_page =
            path.ends_with(".md") || path.ends_with(".toml") || !path.rsplit('/').next().unwrap_or("").contains('.');
        let code = if is_page { Code::DeadLink } else { Code::DeadAsset };
        let near = if is_page { Near::Files } else { Near::Assets };
        let finding = dead(code, format!("there is no file `{path}`"));
        self.found.findings.push((finding, Some(near(from.clone(), path.to_string()))));
        Target::Nothing
    }

    fn dead_anchor(&mut self, wanted: &str, anchors: &[Option<Arc<str>>], place: &Place) {
        let mut finding = Diagnostic::new(Code::DeadAnchor, format!("the page has no heading `#{wanted}`"))
            .at(place.clone(), "no such heading");
        if self.found.findings.len() < SUGGESTIONS {
            finding = finding.did_you_mean(wanted, anchors.iter().flatten().map(|anchor| &**anchor));
        }
        self.found.push(finding);
    }

    /// A finding about `thing` that would only repeat that one of its own names is unknown.
    pub fn would_echo(&mut self, code: Code, thing: Thing) {
        self.found.echoes.insert((code, thing));
    }

    /// Reports what nobody knew, checks the anchors of other pages, and gives back who links to whom.
    pub fn finish(mut self, playbook: &Playbook, diagnostics: &mut Diagnostics) -> Gathered {
        for (thing, anchor, place) in std::mem::take(&mut self.found.anchors) {
            let Some(document) = playbook.document(thing) else { continue };
            let prose = &document.body.source.value;
            let found = document.body.all().any(|said| has_anchor(&anchor, &said.value.anchors, &said.value.body));
            if !found {
                let anchors = prose.anchors.clone();
                self.dead_anchor(&anchor, &anchors, &place);
            }
        }
        let mut suggestions = SUGGESTIONS;
        let mut echoes = self.found.echoes;
        for (finding, near) in self.found.findings {
            let near = near.filter(|_| suggestions > 0);
            suggestions -= usize::from(near.is_some());
            diagnostics.push(match near {
                None => finding,
                Some(Near::Ids(kind, id)) => finding.did_you_mean(&id, self.names.ids(kind)),
                Some(Near::Files(from, path)) => {
                    let known = relatives(self.names.files.keys(), &from);
                    let meant = nearest(&relative(&from, &path), known.iter().map(String::as_str));
                    let page = meant.and_then(|meant| self.names.files.get(&*joined(&from, meant)?));
                    echoes.extend(page.and_then(|page| echo(*page)));
                    finding.suggest(meant)
                }
                Some(Near::Assets(from, path)) => {
                    let known = relatives(self.names.assets.keys(), &from);
                    finding.did_you_mean(&relative(&from, &path), known.iter().map(String::as_str))
                }
            });
        }
        for unknown in self.found.unknown {
            let mut finding =
                Diagnostic::new(Code::UnknownName, format!("no {} is called `{}`", unknown.noun, unknown.name));
            for (index, place) in unknown.places.iter().enumerate() {
                let words = if index == 0 { format!("unknown {}", unknown.noun) } else { "also here".to_string() };
                finding = finding.at(place.clone(), words);
            }
            if suggestions > 0 {
                suggestions -= 1;
                let kind = TypedKind::named(unknown.noun);
                let meant = match kind {
                    Some(kind) => nearest(&unknown.name, self.names.ids(kind)),
                    None => nearest(&unknown.name, self.names.stage_names()),
                };
                let things: Vec<Thing> = match (kind, meant) {
                    (_, None) => Vec::new(),
                    (Some(kind), Some(name)) => self.names.thing(kind, name).into_iter().collect(),
                    (None, Some(name)) => {
                        self.names.stages(name).into_iter().flatten().map(|id| Thing::Stage(*id)).collect()
                    }
                };
                echoes.extend(things.into_iter().filter_map(echo));
                finding = finding.suggest(meant);
            }
            diagnostics.push(finding);
        }
        let mut backlinks: FxHashMap<Thing, Vec<Thing>> = FxHashMap::default();
        let mut known = FxHashSet::default();
        for (target, home) in self.found.backlinks {
            if known.insert((target, home)) {
                backlinks.entry(target).or_default().push(home);
            }
        }
        let (addressed, mut used_assets) = (self.found.addressed, self.found.assets);
        used_assets.sort_unstable();
        used_assets.dedup();
        Gathered { backlinks, addressed, used_assets, echoes }
    }

    /// What a document's front matter names under `made_in`.
    pub fn made_in(&mut self, path: &str, place: &Place) -> Option<Thing> {
        let file = format!("content/{}", path.trim_start_matches('/'));
        if let Some(thing) = self.names.files.get(&*file) {
            return Some(*thing);
        }
        match self.left_out.file(&file) {
            Some(_) => {}
            None => {
                let known: Vec<&str> =
                    self.names.files.keys().filter_map(|known| known.strip_prefix("content/")).collect();
                let mut known = known;
                known.sort_unstable();
                let meant = nearest(path, known);
                self.found.push(
                    Diagnostic::new(Code::DeadLink, format!("there is no file `{file}`"))
                        .at(place.clone(), "no such file")
                        .suggest(meant),
                );
            }
        }
        None
    }
}

/// What looking everything up has found out.
pub struct Gathered {
    /// Links to addresses.
    pub addressed: Vec<Addressed>,
    /// Files that are used, each once.
    pub used_assets: Vec<u32>,
    /// Who links to whom.
    pub backlinks: FxHashMap<Thing, Vec<Thing>>,
    /// What would only echo an unknown name.
    pub echoes: FxHashSet<(Code, Thing)>,
}

/// What may be missing of a thing only because its name was misspelt where it is used.
fn echo(thing: Thing) -> Option<(Code, Thing)> {
    let code = match thing {
        Thing::Promise(_) => Code::PromiseNowhereMade,
        Thing::Stage(_) => Code::SilentStage,
        Thing::Department(_) => Code::DepartmentWithoutPromise,
        Thing::Pillar(_) => Code::UncoveredPillar,
        Thing::Page(_) => Code::LonelyGuide,
        _ => return None,
    };
    Some((code, thing))
}

/// Whether a page has this anchor: a heading, a checklist, or an id in its raw HTML.
pub fn has_anchor(wanted: &str, anchors: &[Option<Arc<str>>], body: &Body) -> bool {
    anchors.iter().flatten().any(|anchor| **anchor == *wanted)
        || body.checklists.iter().any(|list| *list.id.value == *wanted)
        || {
            let written = format!("id=\"{wanted}\"");
            let holds = |html: &str| html.len() >= written.len() && html.contains(&written);
            body.pieces.iter().any(|piece| matches!(piece, Piece::Markup(html) if holds(html)))
        }
}

fn anchors(body: &Body, live: &crate::playbook::prose::Live, source: Option<&Prose>) -> Vec<Option<Arc<str>>> {
    let mut anchors: Vec<Option<Arc<str>>> = vec![None; body.headings.len()];
    if body.headings.is_empty() {
        return anchors;
    }
    let mut numbers = live.headings.clone();
    numbers.sort_unstable();
    if let Some(source) = source {
        let levels = |prose: &Prose| prose.headings().map(|(heading, _)| heading.level).collect::<Vec<_>>();
        let own: Vec<u8> = numbers.iter().map(|number| body.headings[*number as usize].level).collect();
        if levels(source) == own {
            for (number, (_, id)) in numbers.iter().zip(source.headings()) {
                let written = body.headings[*number as usize].id.as_deref();
                anchors[*number as usize] = Some(written.map_or_else(|| id.clone(), Into::into));
            }
            return anchors;
        }
    }
    let mut used: FxHashSet<Arc<str>> =
        numbers.iter().filter_map(|number| body.headings[*number as usize].id.as_deref()).map(Into::into).collect();
    let mut next: FxHashMap<String, usize> = FxHashMap::default();
    for number in numbers {
        let heading = &body.headings[number as usize];
        let id: Arc<str> = match &heading.id {
            Some(id) => (**id).into(),
            None => {
                let base = anchor(&heading.title);
                // Twenty thousand equal headings count on from the last number, not from one.
                let mut id: Arc<str> = base.as_str().into();
                if used.contains(&id) {
                    let count = next.entry(base.clone()).or_insert(1);
                    loop {
                        *count += 1;
                        id = format!("{base}-{count}").into();
                        if !used.contains(&id) {
                            break;
                        }
                    }
                }
                used.insert(id.clone());
                id
            }
        };
        anchors[number as usize] = Some(id);
    }
    anchors
}

/// `path` as a file in the folder of `from` would write it.
pub fn relative(from: &str, path: &str) -> String {
    let folder: Vec<&str> = from.rsplit_once('/').map_or("", |(folder, _)| folder).split('/').collect();
    let parts: Vec<&str> = path.split('/').collect();
    let same = folder.iter().zip(&parts).take_while(|(a, b)| a == b).count();
    let up = "../".repeat(folder.len() - same);
    format!("{up}{}", parts[same..].join("/"))
}

fn relatives<'k>(paths: impl Iterator<Item = &'k Arc<str>>, from: &str) -> Vec<String> {
    let mut paths: Vec<String> = paths.map(|path| relative(from, path)).collect();
    paths.sort_unstable();
    paths
}

/// The finding about a link to `what`, which is not in this edition for this reason.
pub fn dead_for_now(what: &str, reason: &str, place: &Place) -> Diagnostic {
    Diagnostic::new(Code::DeadLink, format!("{what} {reason}")).at(place.clone(), "leads to nothing for now")
}

/// Why something is not in this edition; none where it is for others.
fn reason(why: Why) -> Option<String> {
    match why {
        Why::Audience => None,
        Why::Draft => Some("is a draft".to_string()),
        Why::Future(day) => Some(format!("is not published until {day}: its future is not here yet")),
        Why::Expired(day) => Some(format!("expired on {day}")),
    }
}
