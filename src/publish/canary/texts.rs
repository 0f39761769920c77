//! A draft to its texts: what a reader of it would read.

use crate::parse::draft::{
    DocumentDraft, Draft, JourneyDraft, OverlayDraft, Prosed, RegisterDraft, Role, ThingDraft, Words,
};
use crate::parse::fields::KEY_SEPARATOR;
use crate::playbook::prose::{Body, DirectiveKind, Piece};
use crate::select::LeftOut;

/// What a text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// A name for readers: telling if it is more than a word.
    Title,
    /// A name in addresses.
    Id,
    /// Words, plain or with markup.
    Text,
}

type Visit<'v> = dyn FnMut(What, &str) + 'v;

/// Visits every text of a draft; of a translation without what `left_out` lists.
pub fn texts(draft: &Draft, left_out: Option<&LeftOut>, visit: &mut Visit<'_>) {
    match draft {
        Draft::Document(document) => of_document(document, visit),
        Draft::Journey(journey) => of_journey(journey, visit),
        Draft::Register(register) => of_register(register, visit),
        Draft::Overlay(overlay) => of_overlay(overlay, left_out, visit),
    }
}

fn of_document(document: &DocumentDraft, visit: &mut Visit<'_>) {
    let front = &document.front;
    match &document.role {
        Role::Of(_, id) => visit(What::Id, id),
        Role::Page { stem, section: false, .. } => visit(What::Id, stem),
        Role::Page { folder, .. } => visit(What::Id, folder.rsplit('/').next().unwrap_or_default()),
        Role::Overview(_) => {}
    }
    front.slug.iter().for_each(|slug| visit(What::Id, &slug.value));
    front.aliases.iter().for_each(|alias| visit(What::Id, alias.value.trim_matches('/')));
    document.title.iter().for_each(|title| visit(What::Title, &title.value));
    front.description.iter().for_each(|text| visit(What::Text, &text.value));
    let lists = front.persona.iter().flat_map(|persona| persona.lists());
    lists.flatten().for_each(|line| prosed(line, visit));
    body(&document.body, visit);
}

fn of_journey(journey: &JourneyDraft, visit: &mut Visit<'_>) {
    visit(What::Id, &journey.id);
    title(journey.title.as_ref(), visit);
    journey.summary.iter().for_each(|text| prosed(text, visit));
    for objective in &journey.objectives {
        objective.text.iter().for_each(|text| prosed(text, visit));
    }
    for stage in &journey.stages {
        visit(What::Id, &stage.id);
        title(stage.title.as_ref(), visit);
        stage.goal.iter().chain(&stage.summary).for_each(|text| prosed(text, visit));
        for touchpoint in &stage.touchpoints {
            visit(What::Id, &touchpoint.id);
            title(touchpoint.title.as_ref(), visit);
            let lines = [&touchpoint.action, &touchpoint.thought, &touchpoint.intent, &touchpoint.perceived];
            lines.into_iter().flatten().for_each(|line| prosed(line, visit));
            let lists = [&touchpoint.pains, &touchpoint.barriers, &touchpoint.drop_offs, &touchpoint.backstage];
            lists.into_iter().flatten().for_each(|line| prosed(line, visit));
            touchpoint.opportunities.iter().for_each(|one| prosed(&one.text, visit));
        }
        for item in &stage.checklist {
            visit(What::Id, &item.id);
            item.text.iter().for_each(|text| prosed(text, visit));
        }
    }
}

fn of_register(register: &RegisterDraft, visit: &mut Visit<'_>) {
    for entry in &register.entries {
        visit(What::Id, &entry.id);
        match &entry.thing {
            ThingDraft::Promise(promise) => {
                promise.text.iter().for_each(|text| prosed(text, visit));
                promise
                    .made_in
                    .iter()
                    .chain(&promise.evidence)
                    .for_each(|words| visit(What::Text, &words.text.source.value));
                promise.history.iter().flat_map(|entry| &entry.note).for_each(|note| prosed(note, visit));
            }
            ThingDraft::Metric(metric) => title(metric.title.as_ref(), visit),
            ThingDraft::Desk(_, desk) => {
                title(desk.title.as_ref(), visit);
                desk.description.iter().for_each(|text| prosed(text, visit));
            }
            ThingDraft::Claim(claim) => {
                claim.text.iter().for_each(|text| prosed(text, visit));
                let words = [&claim.value, &claim.source, &claim.sample];
                words.into_iter().flatten().for_each(|words| visit(What::Text, &words.text.source.value));
            }
            ThingDraft::Term(term) => {
                title(term.term.as_ref(), visit);
                term.meaning.iter().for_each(|text| prosed(text, visit));
            }
            ThingDraft::Incident(incident) => title(incident.title.as_ref(), visit),
        }
    }
}

fn of_overlay(overlay: &OverlayDraft, left_out: Option<&LeftOut>, visit: &mut Visit<'_>) {
    for leaf in &overlay.leaves {
        let hidden = left_out.is_some_and(|left_out| {
            let ends = leaf.key.match_indices(KEY_SEPARATOR).map(|(at, _)| at).chain([leaf.key.len()]);
            let mut above = ends.map(|end| (overlay.translates.clone(), leaf.key[..end].into()));
            above.any(|key| left_out.keys.contains(&key))
        });
        let Some(text) = leaf.text.as_ref().filter(|_| !hidden) else { continue };
        let key = leaf.key.rsplit(KEY_SEPARATOR).next().unwrap_or_default();
        visit(if matches!(key, "title" | "term") { What::Title } else { What::Text }, &text.value);
    }
}

fn title(words: Option<&Words>, visit: &mut Visit<'_>) {
    words.into_iter().for_each(|words| visit(What::Title, &words.text.source.value));
}

fn prosed(prosed: &Prosed, visit: &mut Visit<'_>) {
    body(&prosed.text.source.value, visit);
}

fn body(body: &Body, visit: &mut Visit<'_>) {
    let mut run = String::new();
    pieces(body, &body.pieces, &mut run, visit);
    end(&mut run, visit);
}

/// What has been gathered ends here: what comes next is another sentence.
fn end(run: &mut String, visit: &mut Visit<'_>) {
    if !run.is_empty() {
        visit(What::Text, run);
        run.clear();
    }
}

fn pieces(body: &Body, all: &[Piece], run: &mut String, visit: &mut Visit<'_>) {
    for piece in all {
        match piece {
            Piece::Markup(markup) => run.push_str(markup),
            // Links and marks stand within sentences.
            Piece::Link(number) if !body.links[*number as usize].empty => {
                body.links[*number as usize].title.iter().for_each(|title| visit(What::Text, title));
            }
            Piece::LinkEnd | Piece::Vague(_) | Piece::Figure(_) => {}
            Piece::Link(_) => end(run, visit),
            Piece::Image(number) => {
                end(run, visit);
                let image = &body.links[*number as usize];
                image.title.iter().chain(&image.image).for_each(|words| visit(What::Text, words));
            }
            Piece::Heading(number) => {
                end(run, visit);
                visit(What::Text, &body.headings[*number as usize].title);
            }
            Piece::HeadingEnd(_) | Piece::Close => end(run, visit),
            Piece::Note(number) => {
                end(run, visit);
                for piece in &body.footnotes[*number as usize].pieces {
                    if let Piece::Markup(markup) = piece {
                        run.push_str(markup);
                    }
                }
                end(run, visit);
            }
            Piece::Open(number) | Piece::Embed(number) => {
                end(run, visit);
                match &body.directives[*number as usize].kind {
                    DirectiveKind::Aside(_, Some(words))
                    | DirectiveKind::Details(Some(words))
                    | DirectiveKind::Card(Some(words))
                    | DirectiveKind::Tab(Some(words))
                    | DirectiveKind::Figure { caption: Some(words), .. } => visit(What::Text, words),
                    DirectiveKind::Quote { by, source } => {
                        by.iter().chain(source).for_each(|words| visit(What::Text, words));
                    }
                    _ => {}
                }
            }
            Piece::Checklist(number) => {
                end(run, visit);
                let list = &body.checklists[*number as usize];
                visit(What::Id, &list.id.value);
                pieces(body, &list.lead, run, visit);
                for item in &list.items {
                    end(run, visit);
                    pieces(body, &item.pieces, run, visit);
                }
                end(run, visit);
            }
        }
    }
}
