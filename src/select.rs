//! Drafts to the drafts of one edition: drafts, dates and audiences, of a source together with its translations.
//!
//! What is left out here no later step can see, so it cannot leak. Only its name stays behind, so that a link to it is told
//! from a link to nothing. Leaks are looked for here, over everything, whichever edition is made.

mod called;
mod words;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::parse::draft::{DocumentDraft, Draft, JourneyDraft, RegisterDraft, Role, ThingDraft};
use crate::parse::fields::KEY_SEPARATOR;
use crate::parse::id::normalised;
use crate::playbook::prose::{Body, DirectiveKind, LinkTo, Name, Piece, TypedKind};
use crate::playbook::{Kind, Settings};
use crate::source::Place;
use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet, FxHasher};
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// Which readers, on which day.
#[derive(Debug, Clone)]
pub struct Edition {
    /// Whether drafts are shown.
    pub drafts: bool,
    /// The day for which it is made.
    pub today: Date,
}

/// What is in the edition, and the names of what is not.
#[derive(Debug, Default)]
pub struct Selection {
    /// The drafts, in the order of their files.
    pub drafts: Vec<Draft>,
    /// What was left out.
    pub left_out: LeftOut,
}

/// Names of what was left out.
#[derive(Debug, Default)]
pub struct LeftOut {
    names: FxHashMap<(TypedKind, Box<str>), Why>,
    files: FxHashMap<Arc<str>, Why>,
    /// Addresses at which a page would stand, or from which one would lead there; without a last `/`.
    addresses: FxHashMap<Box<str>, Why>,
    /// Keys of entries that were left out of TOML files, so that their translations are not taken for strangers.
    pub keys: FxHashSet<(Arc<str>, Box<str>)>,
}

/// Why something was left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Why {
    /// It is for others.
    Audience,
    /// It is a draft.
    Draft,
    /// It appears on this day.
    Future(Date),
    /// It disappeared on this day.
    Expired(Date),
}

impl LeftOut {
    /// Why this thing is not here, if it was left out.
    pub fn name(&self, kind: TypedKind, id: &str) -> Option<Why> {
        if self.names.is_empty() {
            return None;
        }
        self.names.get(&(kind, id.into())).copied()
    }

    /// Whether a stage of this name was left out of some journey.
    pub fn has_stage(&self, stage: &str) -> bool {
        let suffix = format!("/{stage}");
        self.names.keys().any(|(kind, id)| *kind == TypedKind::Journey && id.ends_with(&suffix))
    }

    /// A number that is another one as soon as something else is left out.
    pub fn version(&self) -> u64 {
        fn hash(value: impl Hash) -> u64 {
            let mut hasher = FxHasher::default();
            value.hash(&mut hasher);
            hasher.finish()
        }
        // The order in which tables are walked must not matter.
        let names = self.names.iter().map(hash).fold(0, u64::wrapping_add);
        let files = self.files.iter().map(hash).fold(names, u64::wrapping_add);
        self.addresses.iter().map(hash).fold(files, u64::wrapping_add)
    }

    /// Why no page stands at this address, if one was left out that would.
    pub fn address(&self, address: &str) -> Option<Why> {
        self.addresses.get(bare(address)).copied()
    }

    /// Why this file is not here, if it was left out.
    pub fn file(&self, path: &str) -> Option<Why> {
        self.files.get(path).copied()
    }
}

/// Selects what the edition `settings.edition` shows on a day.
pub fn select<'d>(
    drafts: impl Iterator<Item = &'d Draft> + Clone,
    settings: &Settings,
    edition: &Edition,
    diagnostics: &mut Diagnostics,
) -> Selection {
    let mut selection = Selection::default();
    if settings.audiences.len() > 1 {
        leaks(drafts.clone(), settings, diagnostics);
    }
    called::unknown_names(drafts.clone(), settings, diagnostics);
    let slugs = Slugs::of(drafts.clone());
    // Sources first, so that translations can follow them.
    for draft in drafts.clone() {
        if let Draft::Document(document) = draft
            && document.translates.is_none()
            && let Some(why) = why_not(document, settings, edition, diagnostics)
        {
            selection.left_out.files.insert(document.path.clone(), why);
            selection.left_out.addresses.extend(slugs.addresses(document).map(|address| (address, why)));
            if let Role::Of(kind, id) = &document.role
                && let Some(kind) = typed(*kind)
            {
                selection.left_out.names.insert((kind, (**id).into()), why);
            }
            for list in &document.body.checklists {
                selection.left_out.names.insert((TypedKind::Checklist, list.id.value.clone()), why);
            }
        }
        if let Draft::Journey(journey) = draft
            && !seen(journey.audience.as_ref(), None, settings, diagnostics)
        {
            selection.left_out.files.insert(journey.path.clone(), Why::Audience);
            selection.left_out.names.insert((TypedKind::Journey, (*journey.id).into()), Why::Audience);
            for stage in &journey.stages {
                leave_out_stage(journey, &stage.id, &mut selection.left_out);
            }
        }
    }
    for draft in drafts {
        match draft {
            Draft::Document(document) => {
                // In most playbooks nothing is left out, and no name need be looked up.
                if !selection.left_out.files.is_empty() {
                    let source = document.translates.as_ref().unwrap_or(&document.path);
                    if selection.left_out.files.contains_key(source) {
                        continue;
                    }
                }
                if document.translates.is_some() && document.front.draft == Some(true) && !edition.drafts {
                    continue;
                }
                let document = match visible(&document.body, settings, &mut selection.left_out, diagnostics) {
                    None => document.clone(),
                    Some(body) => Arc::new(DocumentDraft { body: Arc::new(body), ..(**document).clone() }),
                };
                selection.drafts.push(Draft::Document(document));
            }
            Draft::Journey(journey) => {
                if !selection.left_out.files.contains_key(&journey.path) {
                    let journey = of_journey(journey, settings, &mut selection.left_out, diagnostics);
                    selection.drafts.push(Draft::Journey(Box::new(journey)));
                }
            }
            Draft::Register(register) => {
                let register = of_register(register, settings, &mut selection.left_out, diagnostics);
                selection.drafts.push(Draft::Register(Box::new(register)));
            }
            Draft::Overlay(overlay) => {
                if !selection.left_out.files.contains_key(&overlay.translates) {
                    selection.drafts.push(draft.clone());
                }
            }
        }
    }
    words::leave_out_words(&mut selection.drafts, settings, &mut selection.left_out);
    selection
}

/// What folders are called in addresses, where that is not their name: by folder, or by kind.
#[derive(Default)]
struct Slugs<'d>(FxHashMap<&'d str, &'d str>);

impl<'d> Slugs<'d> {
    fn of(drafts: impl Iterator<Item = &'d Draft>) -> Slugs<'d> {
        let named = drafts.filter_map(|draft| {
            let Draft::Document(document) = draft else { return None };
            let slug = document.front.slug.as_ref().filter(|_| document.translates.is_none())?;
            match &document.role {
                Role::Page { folder, section: true, .. } => Some((&**folder, &*slug.value)),
                Role::Overview(kind) => Some((kind.folder(), &*slug.value)),
                _ => None,
            }
        });
        Slugs(named.collect())
    }

    /// The address of a folder, without a last `/`.
    fn folder(&self, folder: &str) -> String {
        let mut address = String::new();
        let mut read = 0;
        for part in folder.split('/').filter(|part| !part.is_empty()) {
            read += usize::from(read > 0) + part.len();
            address.push('/');
            address.push_str(self.0.get(&folder[..read]).copied().unwrap_or(part));
        }
        address
    }

    /// The addresses of a document in the first language, and those that lead to it, without a last `/`.
    fn addresses(&self, document: &'d DocumentDraft) -> impl Iterator<Item = Box<str>> + use<'d> {
        let slug = document.front.slug.as_ref().map(|slug| &*slug.value);
        let own = match &document.role {
            Role::Page { folder, section: true, .. } => self.folder(folder),
            Role::Page { folder, stem, .. } => format!("{}/{}", self.folder(folder), slug.unwrap_or(stem)),
            Role::Of(kind, id) => format!("{}/{}", self.folder(kind.folder()), slug.unwrap_or(id)),
            Role::Overview(kind) => self.folder(kind.folder()),
        };
        std::iter::once(own.into()).chain(document.front.aliases.iter().map(|alias| bare(&alias.value).into()))
    }
}

fn bare(address: &str) -> &str {
    address.trim_end_matches("index.html").trim_end_matches('/')
}

/// The scheme of a kind's links.
pub fn typed(kind: Kind) -> Option<TypedKind> {
    Some(match kind {
        Kind::Strategies => TypedKind::Strategy,
        Kind::Pillars => TypedKind::Pillar,
        Kind::Personas => TypedKind::Persona,
        Kind::Recoveries => TypedKind::Recovery,
        Kind::Journeys => TypedKind::Journey,
        Kind::Promises => TypedKind::Promise,
        Kind::Metrics => TypedKind::Metric,
        Kind::Departments => TypedKind::Department,
        Kind::Channels => TypedKind::Channel,
        Kind::Claims => TypedKind::Claim,
        Kind::Glossary => TypedKind::Term,
        Kind::Checklists => TypedKind::Checklist,
        Kind::Incidents | Kind::Reviews | Kind::Coverage | Kind::Tags => return None,
    })
}

/// Whether something with this audience is in the edition. An audience that does not exist is a finding, and nobody's.
fn seen(audience: Option<&Name>, around: Option<&str>, settings: &Settings, diagnostics: &mut Diagnostics) -> bool {
    match audience {
        None => around.is_some() || settings.sees(&settings.edition, &settings.default_audience),
        Some(name) => {
            if settings.audience(&name.value).is_none() {
                diagnostics.push(unknown_audience(name, settings));
                return false;
            }
            settings.sees(&settings.edition, &name.value)
        }
    }
}

fn unknown_audience(name: &Name, settings: &Settings) -> Diagnostic {
    let known: Vec<&str> = settings.audiences.iter().map(|audience| &*audience.name).collect();
    Diagnostic::new(Code::UnknownName, format!("no audience is called `{}`", name.value))
        .at(name.place.clone(), "unknown audience")
        .did_you_mean(&name.value, known.iter().copied())
        .help(format!("the audiences are {}", known.join(", ")))
}

fn why_not(
    document: &DocumentDraft,
    settings: &Settings,
    edition: &Edition,
    diagnostics: &mut Diagnostics,
) -> Option<Why> {
    let front = &document.front;
    if !seen(front.audience.as_ref(), None, settings, diagnostics) {
        return Some(Why::Audience);
    }
    if front.draft == Some(true) && !edition.drafts {
        return Some(Why::Draft);
    }
    if let Some(day) = front.publish_on.filter(|day| *day > edition.today) {
        return Some(Why::Future(day));
    }
    front.expires_on.filter(|day| *day <= edition.today).map(Why::Expired)
}

/// The body without the blocks of other audiences; `None` where all of it is seen.
fn visible(body: &Body, settings: &Settings, left_out: &mut LeftOut, diagnostics: &mut Diagnostics) -> Option<Body> {
    let only = |directive: &crate::playbook::prose::Directive| match &directive.kind {
        DirectiveKind::Audience(only) => Some((only.clone(), directive.place.clone())),
        _ => None,
    };
    let blocks: Vec<_> = body.directives.iter().filter_map(only).collect();
    if blocks.is_empty() {
        return None;
    }
    let mut all = true;
    for (only, place) in blocks {
        if only.is_empty() {
            all = false;
        } else if settings.audience(&only).is_none() {
            diagnostics.push(unknown_audience(&Name::new(only, place), settings));
            all = false;
        } else {
            all &= settings.sees(&settings.edition, &only);
        }
    }
    if all {
        return None;
    }
    let mut kept = body.clone();
    kept.pieces = Vec::with_capacity(body.pieces.len());
    // How many directives are open within one that is left out.
    let mut hidden = 0usize;
    for piece in &body.pieces {
        match piece {
            Piece::Open(number) if hidden > 0 => {
                hidden += 1;
            }
            Piece::Open(number) => match &body.directives[*number as usize].kind {
                DirectiveKind::Audience(only) if !settings.sees(&settings.edition, only) => hidden = 1,
                _ => kept.pieces.push(piece.clone()),
            },
            Piece::Close if hidden > 0 => hidden -= 1,
            Piece::Checklist(number) if hidden > 0 => {
                let id = body.checklists[*number as usize].id.value.clone();
                left_out.names.insert((TypedKind::Checklist, id), Why::Audience);
            }
            _ if hidden > 0 => {}
            _ => kept.pieces.push(piece.clone()),
        }
    }
    Some(kept)
}

fn leave_out_stage(journey: &JourneyDraft, stage: &str, left_out: &mut LeftOut) {
    let name: Box<str> = format!("{}/{stage}", journey.id).into();
    left_out.names.insert((TypedKind::Checklist, name.clone()), Why::Audience);
    left_out.names.insert((TypedKind::Journey, name), Why::Audience);
}

fn of_journey(
    journey: &JourneyDraft,
    settings: &Settings,
    left_out: &mut LeftOut,
    diagnostics: &mut Diagnostics,
) -> JourneyDraft {
    let mut journey = journey.clone();
    let path = journey.path.clone();
    let around = Some(&*settings.edition);
    let key = |parts: &[&str]| -> Box<str> { parts.join(&KEY_SEPARATOR.to_string()).into() };
    journey.objectives.retain(|objective| {
        let seen = seen(objective.audience.as_ref(), around, settings, diagnostics);
        if !seen {
            left_out.keys.insert((path.clone(), key(&["objectives", &objective.id])));
        }
        seen
    });
    let mut stages = std::mem::take(&mut journey.stages);
    stages.retain(|stage| {
        let seen = seen(stage.audience.as_ref(), around, settings, diagnostics);
        if !seen {
            left_out.keys.insert((path.clone(), key(&["stages", &stage.id])));
            leave_out_stage(&journey, &stage.id, left_out);
        }
        seen
    });
    for stage in &mut stages {
        let stage_id = stage.id.clone();
        stage.touchpoints.retain(|touchpoint| {
            let seen = seen(touchpoint.audience.as_ref(), around, settings, diagnostics);
            if !seen {
                left_out.keys.insert((path.clone(), key(&["stages", &stage_id, "touchpoints", &touchpoint.id])));
            }
            seen
        });
        stage.checklist.retain(|item| {
            let seen = seen(item.audience.as_ref(), around, settings, diagnostics);
            if !seen {
                left_out.keys.insert((path.clone(), key(&["stages", &stage_id, "checklist", &item.id])));
            }
            seen
        });
    }
    journey.stages = stages;
    journey
}

fn of_register(
    register: &RegisterDraft,
    settings: &Settings,
    left_out: &mut LeftOut,
    diagnostics: &mut Diagnostics,
) -> RegisterDraft {
    let mut register = register.clone();
    let path = register.path.clone();
    register.entries.retain(|entry| {
        // Departments, channels and words of the glossary are words, not content: they belong to whoever names them.
        let around = matches!(entry.thing, ThingDraft::Desk(..) | ThingDraft::Term(_)).then_some("");
        let seen = seen(entry.audience.as_ref(), around, settings, diagnostics);
        if !seen {
            left_out.keys.insert((path.clone(), (*entry.id).into()));
            if let Some(kind) = kind_of(&entry.thing) {
                left_out.names.insert((kind, (*entry.id).into()), Why::Audience);
            }
        }
        seen
    });
    register
}

fn kind_of(thing: &ThingDraft) -> Option<TypedKind> {
    match thing {
        ThingDraft::Promise(_) => Some(TypedKind::Promise),
        ThingDraft::Metric(_) => Some(TypedKind::Metric),
        ThingDraft::Desk(kind, _) => typed(*kind),
        ThingDraft::Claim(_) => Some(TypedKind::Claim),
        ThingDraft::Term(_) => Some(TypedKind::Term),
        ThingDraft::Incident(_) => None,
    }
}

// ---- leaks ----------------------------------------------------------------------------------------------------------

/// Whose everything is, by name and by file.
#[derive(Default)]
struct Owners {
    names: FxHashMap<(TypedKind, Box<str>), Arc<str>>,
    files: FxHashMap<Arc<str>, Arc<str>>,
    addresses: FxHashMap<Box<str>, Arc<str>>,
}

/// Links in prose from a wider audience to something narrower.
fn leaks<'d>(drafts: impl Iterator<Item = &'d Draft> + Clone, settings: &Settings, diagnostics: &mut Diagnostics) {
    let default = &settings.default_audience;
    let of = |name: Option<&Name>, around: &Arc<str>| -> Arc<str> {
        name.filter(|name| settings.audience(&name.value).is_some())
            .map_or_else(|| around.clone(), |name| Arc::from(&*name.value))
    };
    let mut owners = Owners::default();
    let slugs = Slugs::of(drafts.clone());
    for draft in drafts.clone() {
        match draft {
            Draft::Document(document) if document.translates.is_none() => {
                let audience = of(document.front.audience.as_ref(), default);
                owners.files.insert(document.path.clone(), audience.clone());
                for address in slugs.addresses(document) {
                    // Of two, one is most often a draft or out of date: readers of either find something there.
                    let narrower = |known: &Arc<str>| settings.sees(known, &audience);
                    if owners.addresses.get(&address).is_none_or(narrower) {
                        owners.addresses.insert(address, audience.clone());
                    }
                }
                if let Role::Of(kind, id) = &document.role
                    && let Some(kind) = typed(*kind)
                {
                    owners.names.insert((kind, (**id).into()), audience.clone());
                }
                each_piece(&document.body, &audience, settings, &mut |piece, around| {
                    if let Piece::Checklist(number) = piece {
                        let id = document.body.checklists[*number as usize].id.value.clone();
                        owners.names.insert((TypedKind::Checklist, id), around.clone());
                    }
                });
            }
            Draft::Journey(journey) => {
                let audience = of(journey.audience.as_ref(), default);
                owners.files.insert(journey.path.clone(), audience.clone());
                owners.names.insert((TypedKind::Journey, (*journey.id).into()), audience.clone());
                for stage in &journey.stages {
                    let audience = of(stage.audience.as_ref(), &audience);
                    let name: Box<str> = format!("{}/{}", journey.id, stage.id).into();
                    owners.names.insert((TypedKind::Checklist, name.clone()), audience.clone());
                    owners.names.insert((TypedKind::Journey, name), audience);
                }
            }
            Draft::Register(register) => {
                for entry in &register.entries {
                    if matches!(entry.thing, ThingDraft::Desk(..) | ThingDraft::Term(_)) {
                        continue;
                    }
                    if let Some(kind) = kind_of(&entry.thing) {
                        owners.names.insert((kind, (*entry.id).into()), of(entry.audience.as_ref(), default));
                    }
                }
            }
            _ => {}
        }
    }
    let look = |body: &Body, path: &str, audience: &Arc<str>, diagnostics: &mut Diagnostics| {
        each_piece(body, audience, settings, &mut |piece, around| {
            let (Piece::Link(number) | Piece::Image(number)) = piece else { return };
            let link = &body.links[*number as usize];
            let Some((owner, what)) = owners.of(&link.to, path) else { return };
            if !settings.sees(around, &owner) {
                diagnostics.push(leak(&what, &owner, around, link.place.clone()));
            }
        });
    };
    for draft in drafts {
        match draft {
            Draft::Document(document) => {
                let source = document.translates.as_ref().unwrap_or(&document.path);
                let audience = owners.files.get(source).cloned().unwrap_or_else(|| default.clone());
                look(&document.body, &document.path, &audience, diagnostics);
                for line in document.front.persona.iter().flat_map(|persona| persona.lists()).flatten() {
                    look(&line.text.source.value, &document.path, &audience, diagnostics);
                }
            }
            Draft::Journey(journey) => {
                let audience = of(journey.audience.as_ref(), default);
                let mut visit = |prosed: Option<&crate::parse::draft::Prosed>, audience: &Arc<str>| {
                    if let Some(prosed) = prosed {
                        look(&prosed.text.source.value, &journey.path, audience, diagnostics);
                    }
                };
                visit(journey.summary.as_ref(), &audience);
                for objective in &journey.objectives {
                    visit(objective.text.as_ref(), &of(objective.audience.as_ref(), &audience));
                }
                for stage in &journey.stages {
                    let audience = of(stage.audience.as_ref(), &audience);
                    visit(stage.goal.as_ref(), &audience);
                    visit(stage.summary.as_ref(), &audience);
                    for item in &stage.checklist {
                        visit(item.text.as_ref(), &of(item.audience.as_ref(), &audience));
                    }
                    for touchpoint in &stage.touchpoints {
                        let audience = of(touchpoint.audience.as_ref(), &audience);
                        let lines =
                            [&touchpoint.action, &touchpoint.thought, &touchpoint.intent, &touchpoint.perceived];
                        lines.into_iter().for_each(|line| visit(line.as_ref(), &audience));
                        let lists =
                            [&touchpoint.pains, &touchpoint.barriers, &touchpoint.drop_offs, &touchpoint.backstage];
                        lists.into_iter().flatten().for_each(|line| visit(Some(line), &audience));
                        touchpoint.opportunities.iter().for_each(|one| visit(Some(&one.text), &audience));
                    }
                }
            }
            Draft::Register(register) => {
                for entry in &register.entries {
                    let audience = of(entry.audience.as_ref(), default);
                    let mut visit = |prosed: Option<&crate::parse::draft::Prosed>| {
                        if let Some(prosed) = prosed {
                            look(&prosed.text.source.value, &register.path, &audience, diagnostics);
                        }
                    };
                    match &entry.thing {
                        ThingDraft::Promise(promise) => {
                            visit(promise.text.as_ref());
                            promise.history.iter().for_each(|entry| visit(entry.note.as_ref()));
                        }
                        ThingDraft::Claim(claim) => visit(claim.text.as_ref()),
                        _ => {}
                    }
                }
            }
            Draft::Overlay(_) => {}
        }
    }
}

fn leak(what: &str, owner: &str, around: &str, place: Place) -> Diagnostic {
    Diagnostic::new(
        Code::LeaksToAudience,
        format!("readers of `{around}` would learn of {what}, which is for `{owner}`"),
    )
    .at(place, format!("only for `{owner}`"))
    .help(format!("put the sentence into `:::audience{{only=\"{owner}\"}}`, or give its target a wider audience"))
}

/// Every piece of a body with the audience that it is for: the innermost block's, else the document's.
fn each_piece(body: &Body, audience: &Arc<str>, settings: &Settings, visit: &mut dyn FnMut(&Piece, &Arc<str>)) {
    let mut around: Vec<Arc<str>> = vec![audience.clone()];
    for piece in &body.pieces {
        let here = around.last().unwrap_or(audience).clone();
        visit(piece, &here);
        match piece {
            Piece::Open(number) => {
                let inner = match &body.directives[*number as usize].kind {
                    DirectiveKind::Audience(only) if settings.audience(only).is_some() => Arc::from(&**only),
                    _ => here,
                };
                around.push(inner);
            }
            Piece::Close if around.len() > 1 => {
                around.pop();
            }
            Piece::Checklist(number) => {
                let list = &body.checklists[*number as usize];
                let items = list.items.iter().flat_map(|item| &item.pieces);
                list.lead.iter().chain(items).for_each(|piece| visit(piece, &here));
            }
            Piece::Note(number) => {
                body.footnotes[*number as usize].pieces.iter().for_each(|piece| visit(piece, &here));
            }
            _ => {}
        }
    }
}

impl Owners {
    /// Whose the target of a link is, and what to call it.
    fn of(&self, to: &LinkTo, path: &str) -> Option<(Arc<str>, String)> {
        match to {
            LinkTo::Typed(kind, id, _) => {
                let id = normalised(id);
                let owner = self.names.get(&(*kind, id.clone().into()))?;
                Some((owner.clone(), format!("{} `{id}`", kind.name())))
            }
            LinkTo::File(file, _) => {
                let file = crate::source::joined(path, file)?;
                Some((self.files.get(&*file)?.clone(), format!("`{file}`")))
            }
            LinkTo::Address(address, _) if address.ends_with(".md") || address.ends_with(".toml") => {
                let file = format!("content{address}");
                Some((self.files.get(&*file)?.clone(), format!("`{file}`")))
            }
            LinkTo::Address(address, _) => self.at_address(address),
            _ => None,
        }
    }

    /// Generated addresses say what they show: `/promises/refund/`; pages stand where their files do.
    fn at_address(&self, address: &str) -> Option<(Arc<str>, String)> {
        let parts: Vec<&str> = address.split('/').filter(|part| !part.is_empty()).collect();
        if let [folder, rest @ ..] = parts.as_slice()
            && let Some(kind) = Kind::of_folder(folder).and_then(typed)
            && !rest.is_empty()
            && let Some(owner) = self.names.get(&(kind, normalised(&rest.join("/")).into()))
        {
            return Some((owner.clone(), format!("`{address}`")));
        }
        if let Some(owner) = self.addresses.get(bare(address)) {
            return Some((owner.clone(), format!("`{address}`")));
        }
        let file = format!("content/{}", parts.join("/"));
        [format!("{file}.md"), format!("{file}/index.md")]
            .iter()
            .find_map(|file| self.files.get(&**file))
            .map(|owner| (owner.clone(), format!("`{address}`")))
    }
}
