//! A planned site to one document for one reader: a page that holds everything itself, or a book.
//!
//! Pages are drawn as they are for the site; their middle is taken out, names are made unique, and links lead to anchors where their
//! target is in the pack. What the frame of the pack loads is put inside, so that nothing is loaded from anywhere.

pub mod book;
pub mod chosen;
mod links;
mod markup;
mod policy;

use crate::diagnostic::Diagnostic;
use crate::failure::Failure;
use crate::load;
use crate::pipeline::Planned;
use crate::render::Drawn;
use crate::routes::{PageId, Route};
use crate::view::pack::{PackEntry, PackPart, PackView};
use crate::view::{At, Desk, pack, view};
use base64::Engine as _;
use chosen::Chosen;
use links::{Leads, Names};
use markup::{Form, Host};
use rayon::prelude::*;
use std::borrow::Cow;

/// Why there is no pack.
#[derive(Debug)]
pub enum Trouble {
    /// The author's template cannot be drawn.
    Template(Box<Diagnostic>),
    /// The world.
    World(Failure),
}

impl From<Failure> for Trouble {
    fn from(failure: Failure) -> Trouble {
        Trouble::World(failure)
    }
}

impl From<Box<Diagnostic>> for Trouble {
    fn from(finding: Box<Diagnostic>) -> Trouble {
        Trouble::Template(finding)
    }
}

/// A page that was drawn and not yet put into a pack.
struct Page {
    /// Where it stands in the site.
    route: Route,
    /// Its title, without markup.
    title: String,
    /// The word for what it is.
    kind: String,
    /// Whether it is as wide as a map.
    wide: bool,
    /// Whether it has checklists.
    ticks: bool,
    /// The whole page as the site has it.
    html: String,
    /// The ids in its middle.
    ids: Vec<String>,
}

/// Draws the pages, in parallel.
fn pages(planned: &Planned, desk: &Desk<'_>, drawn: &Drawn, chosen: &Chosen) -> Result<Vec<Page>, Trouble> {
    let draw = |route: &Route| -> Result<Page, Trouble> {
        let view = view(desk, route);
        let frame = pack::frame(&view);
        let html = planned.draw(desk, drawn, route, view)?;
        let html = String::from_utf8_lossy(&html).into_owned();
        let ids = markup::ids(&markup::middle(&html));
        let pack::PageFrame { title, kind, wide, ticks } = frame;
        Ok(Page { route: route.clone(), title, kind, wide, ticks, html, ids })
    };
    chosen.routes.par_iter().map(draw).collect()
}

/// The pack as one page that loads nothing, with a policy that allows what stands in it and nothing else.
///
/// # Errors
/// A template cannot be drawn, or an image cannot be read.
pub fn page(planned: &Planned, chosen: &Chosen) -> Result<String, Trouble> {
    let (desk, drawn) = (planned.desk(), Drawn::default());
    let pages = pages(planned, &desk, &drawn, chosen)?;
    let names = Names::new(planned, &pages);
    let made = (0..pages.len()).into_par_iter().map(|index| {
        let host = Part { planned, pages: &pages, names: &names, page: index };
        markup::written(&markup::middle(&pages[index].html), Form::Html, &host)
    });
    let parts: Vec<String> = made.collect::<Result<_, Failure>>()?;
    let front = front(&desk, chosen);
    let at = desk.page(&front);
    let frame = planned.frame(&desk, &drawn, &front, &of_pages(&at, chosen, &pages, &names))?;
    let frame = String::from_utf8_lossy(&frame).into_owned();
    let host = Frame { planned, front: &front, parts: &parts };
    let whole = markup::written(&markup::document(&frame), Form::Html, &host)?;
    Ok(policy::sealed(&whole))
}

/// The page of the site that a pack's frame is drawn for.
fn front(desk: &Desk<'_>, chosen: &Chosen) -> Route {
    let front = desk.routes.route(PageId::Front, chosen.language);
    front.expect("every language has a front page").clone()
}

/// What the frame of a pack sees.
fn of_pages(at: &At<'_>, chosen: &Chosen, pages: &[Page], names: &Names<'_>) -> PackView {
    let whole = chosen.subjects.is_empty();
    let entries = depths(pages).zip(pages).zip(names.anchors());
    let contents = entries
        .map(|((depth, page), anchor)| PackEntry {
            href: format!("#{anchor}"),
            title: page.title.clone(),
            level: if whole { depth } else { 0 },
        })
        .collect();
    let parts = (0..).zip(pages).zip(names.anchors()).map(|((number, page), anchor)| PackPart {
        anchor: anchor.to_string(),
        kind: page.kind.clone(),
        wide: page.wide,
        html: tera::Value::safe_string(&markup::hole(number)),
    });
    let parts = parts.collect();
    let ticks = pages.iter().any(|page| page.ticks);
    pack::pack(at, &chosen.subjects, contents, parts, ticks)
}

/// How deep a page stands below the first ones of the pack: its address says it.
fn depths(pages: &[Page]) -> impl Iterator<Item = usize> {
    let depth = |page: &Page| page.route.address.matches('/').count();
    let least = pages.iter().filter(|page| page.kind != "front").map(depth).min().unwrap_or(0);
    pages.iter().map(move |page| depth(page).saturating_sub(least).min(3))
}

/// A file of the site that a page or a style sheet shows: its bytes, read from the theme or from the author's files.
fn file(planned: &Planned, file: &str) -> Result<Option<Vec<u8>>, Failure> {
    if let Some((_, bytes)) = planned.theme.files.iter().find(|(name, _)| name == file) {
        return Ok(Some(bytes.clone()));
    }
    planned.copied(file).map(load::file).transpose()
}

/// What kind of file an image or a font is; none where readers know no such kind.
fn media_type(file: &str) -> Option<&'static str> {
    let ending = file.rsplit('.').next().unwrap_or("").to_ascii_lowercase();
    Some(match &*ending {
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "webp" => "image/webp",
        "avif" => "image/avif",
        "svg" => "image/svg+xml",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "woff" => "font/woff",
        "ttf" => "font/ttf",
        "otf" => "font/otf",
        _ => return None,
    })
}

/// A file as an address that holds it.
fn data_url(planned: &Planned, name: &str) -> Result<Option<String>, Failure> {
    let Some(kind) = media_type(name) else { return Ok(None) };
    let Some(bytes) = file(planned, name)? else { return Ok(None) };
    Ok(Some(format!("data:{kind};base64,{}", base64::engine::general_purpose::STANDARD.encode(bytes))))
}

/// A style sheet of the theme whose files stand inside it.
fn style(planned: &Planned, name: &str) -> Result<Option<String>, Failure> {
    let Some(bytes) = file(planned, name)? else { return Ok(None) };
    let text = String::from_utf8_lossy(&bytes).into_owned();
    let folder = name.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut out = String::with_capacity(text.len());
    let mut rest = &*text;
    while let Some(found) = rest.find("url(") {
        let (before, from) = rest.split_at(found + "url(".len());
        out.push_str(before);
        let end = from.find(')').unwrap_or(from.len());
        let address = from[..end].trim().trim_matches(['"', '\'']);
        if address.starts_with("data:") || address.starts_with('#') {
            out.push_str(&from[..end]);
        } else {
            let target = links::joined(&format!("/{folder}/"), address);
            let inside = target.and_then(|target| data_url(planned, target.trim_start_matches('/')).transpose());
            out.push_str(&inside.transpose()?.unwrap_or_else(|| "data:,".to_string()));
        }
        rest = &from[end..];
    }
    out.push_str(rest);
    Ok(Some(out))
}

/// A page on its way into the pack.
struct Part<'a> {
    planned: &'a Planned,
    pages: &'a [Page],
    names: &'a Names<'a>,
    page: usize,
}

impl Host for Part<'_> {
    fn id<'h>(&'h self, id: &'h str) -> Cow<'h, str> {
        self.names.id(self.page, id).map_or(Cow::Borrowed(id), Cow::Borrowed)
    }

    fn group(&self, name: &str) -> String {
        format!("{}-{name}", self.names.anchor(self.page))
    }

    fn link(&self, href: &str) -> Option<String> {
        match self.names.leads(&self.pages[self.page].route, self.page, href) {
            Leads::Inside { page, id: Some(id) } => Some(format!("#{}", self.names.id(page, id)?)),
            Leads::Inside { page, id: None } => Some(format!("#{}", self.names.anchor(page))),
            Leads::Outside(address) => Some(address),
            Leads::Nowhere => None,
        }
    }

    fn image(&self, src: &str) -> Result<Option<String>, Failure> {
        if src.starts_with("data:image/") {
            return Ok(Some(src.to_string()));
        }
        match links::file(&self.pages[self.page].route, src) {
            Some(file) => data_url(self.planned, &file),
            None => Ok(None),
        }
    }
}

/// The frame around the parts.
struct Frame<'a> {
    planned: &'a Planned,
    front: &'a Route,
    parts: &'a [String],
}

impl Host for Frame<'_> {
    fn is_frame(&self) -> bool {
        true
    }

    fn link(&self, href: &str) -> Option<String> {
        Some(href.to_string())
    }

    fn image(&self, src: &str) -> Result<Option<String>, Failure> {
        match links::file(self.front, src) {
            Some(file) => data_url(self.planned, &file),
            None => Ok(None),
        }
    }

    fn script(&self, src: &str) -> Result<Option<String>, Failure> {
        let Some(name) = links::file(self.front, src) else { return Ok(None) };
        let Some(bytes) = file(self.planned, &name)? else { return Ok(None) };
        let text = String::from_utf8_lossy(&bytes);
        Ok(Some(text.replace("</script", "<\\/script").replace("<!--", "<\\!--")))
    }

    fn style(&self, href: &str) -> Result<Option<String>, Failure> {
        let Some(name) = links::file(self.front, href) else { return Ok(None) };
        Ok(style(self.planned, &name)?.map(|text| text.replace("</style", "<\\/style")))
    }

    fn part(&self, number: usize) -> Option<&str> {
        self.parts.get(number).map(String::as_str)
    }
}
