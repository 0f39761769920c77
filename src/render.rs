//! A view to a page's bytes: same theme, same view, same bytes.

use crate::routes::Route;
use crate::search;
use crate::theme::{self, Theme};
use crate::view::body::{BodyView, Part};
use crate::view::navigation::{self, NavigationKey};
use crate::view::pack::PackView;
use crate::view::{At, PageView, borrowed, encoded, page};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use tera::{Context, Value};

/// What has been drawn for pages that share it: those of one language, folder and part of the navigation.
#[derive(Default)]
pub struct Drawn {
    shared: Mutex<FxHashMap<NavigationKey, Arc<Shared>>>,
}

/// Most pages are smaller: a buffer that has not to grow is not copied.
const PAGE: usize = 64 * 1024;

/// What neighbouring pages have in common.
struct Shared {
    /// The navigation's HTML.
    navigation: String,
    /// Where in it each entry's mark belongs, by the entry's address.
    marks: FxHashMap<String, usize>,
    /// The front page's address.
    home: Value,
    /// The bar's beginning: menu, title, edition.
    masthead: Value,
    /// The button of search.
    search: Value,
    /// The choice of colours.
    schemes: Value,
    /// The shapes that pages use.
    sprite: Value,
    /// The head's icon, style sheet and scripts.
    includes: Value,
    /// The way from the front page to what stands above; empty where nothing does.
    crumbs: Value,
    /// What pages with checklists need beyond them: words, tools, script.
    ticks: Value,
    /// Files of the theme, by their names with `.` and `-` as `_`.
    assets: Value,
}

/// Draws a page. The body's directives are drawn first, then the page around them.
///
/// # Errors
/// A template cannot be drawn, which names it.
pub fn render(theme: &Theme, drawn: &Drawn, at: &At<'_>, view: PageView) -> tera::TeraResult<Vec<u8>> {
    theme::count_anew();
    let mut context = Context::new();
    for (name, value) in view.context {
        context.insert_value(name, value);
    }
    if let Some(body) = &view.body {
        let words = context.get("t").cloned().unwrap_or_else(Value::none);
        // Most prose has no directive: then it is one run, and finished.
        let body = match body.parts.as_slice() {
            [Part::Html(html)] => Value::safe_string(html),
            _ => {
                let mut html = String::new();
                draw_body(theme, body, &words, &mut html)?;
                Value::safe_string(&html)
            }
        };
        context.insert_value("body", body);
    } else {
        context.insert_value("body", Value::none());
    }
    let shared = drawn.shared(theme, at, &view.navigation)?;
    context.insert_value("navigation", Value::safe_string(&shared.marked(&view.current)));
    context.insert_value("home", shared.home.clone());
    context.insert_value("masthead", shared.masthead.clone());
    context.insert_value("search", shared.search.clone());
    context.insert_value("schemes", shared.schemes.clone());
    context.insert_value("sprite", shared.sprite.clone());
    context.insert_value("includes", shared.includes.clone());
    context.insert_value("crumbs", shared.crumbs.clone());
    context.insert_value("ticks", shared.ticks.clone());
    context.insert_value("assets", shared.assets.clone());
    let mut page = Vec::with_capacity(PAGE);
    let drawn = theme.templates.render_to(&view.template, &context, &mut page);
    drawn.map_err(|error| theme::naming(&error, &view.template))?;
    Ok(if at.may_be_marked() { borrowed::tagged(page) } else { page })
}

/// Draws the page that stands at an old address and leads to the new one.
///
/// # Errors
/// The template cannot be drawn.
pub fn alias(theme: &Theme, at: &At<'_>, to: &Route) -> tera::TeraResult<Vec<u8>> {
    let settings = &at.desk.playbook.settings;
    let mut context = Context::new();
    let whole = settings.base_url.as_deref().map(|base| format!("{base}{}", encoded(&to.address[1..])));
    context.insert("href", &at.to_address(&to.address));
    context.insert("canonical", &whole);
    context.insert("lang", &settings.language(at.language).tag);
    context.insert_value("t", at.theme_words());
    let page = theme.templates.render("alias.html", &context)?.into_bytes();
    Ok(if at.may_be_marked() { borrowed::tagged(page) } else { page })
}

/// Where a pack's policy is put in.
pub const POLICY: &str = "trustbook-policy";

/// Draws the frame of a pack, seen from a front page.
///
/// # Errors
/// The template cannot be drawn, which it names.
pub fn pack(theme: &Theme, drawn: &Drawn, at: &At<'_>, pack: &PackView) -> tera::TeraResult<Vec<u8>> {
    theme::count_anew();
    let shared = drawn.shared(theme, at, &navigation::key(at))?;
    let mut context = Context::new();
    context.insert_value("pack", Value::from_serializable(pack));
    context.insert_value("policy", Value::normal_string(POLICY));
    context.insert_value("t", at.theme_words());
    context.insert_value("site", at.site());
    context.insert_value("sprite", shared.sprite.clone());
    context.insert_value("ticks", shared.ticks.clone());
    context.insert_value("assets", shared.assets.clone());
    let mut page = Vec::with_capacity(PAGE);
    let drawn = theme.templates.render_to("pack.html", &context, &mut page);
    drawn.map_err(|error| theme::naming(&error, "pack.html"))?;
    Ok(if at.may_be_marked() { borrowed::tagged(page) } else { page })
}

fn draw_body(theme: &Theme, body: &BodyView, words: &Value, html: &mut String) -> tera::TeraResult<()> {
    for part in &body.parts {
        match part {
            Part::Html(own) => html.push_str(own),
            Part::Component { name, arguments, body } => {
                let inner = match body {
                    Some(body) => {
                        let mut inner = String::new();
                        draw_body(theme, body, words, &mut inner)?;
                        Some(inner)
                    }
                    None => None,
                };
                let mut context = Context::new();
                for (name, value) in arguments {
                    context.insert_value(*name, value.clone());
                }
                let mut implicits = Context::new();
                implicits.insert_value("t", words.clone());
                let drawn = theme.templates.render_component_with_implicits(
                    name,
                    &context,
                    &implicits,
                    inner.as_deref(),
                    true,
                )?;
                html.push_str(&drawn);
            }
        }
    }
    Ok(())
}

impl Drawn {
    fn shared(&self, theme: &Theme, at: &At<'_>, key: &NavigationKey) -> tera::TeraResult<Arc<Shared>> {
        let known = self.shared.lock().map(|known| known.get(key).cloned()).unwrap_or_default();
        if let Some(known) = known {
            return Ok(known);
        }
        let view = navigation::navigation(at, key.open);
        let mut context = Context::new();
        context.insert_value("navigation", Value::from_serializable(&view));
        let navigation = theme.templates.render_component("Navigation", &context, None, true)?;
        let mut marks = FxHashMap::default();
        let entries = view.groups.iter().flat_map(|group| &group.entries);
        let mut from = 0;
        for entry in entries {
            let mut written = String::from("href=\"");
            crate::parse::html::escape(&entry.href, &mut written);
            written.push('"');
            if let Some(found) = navigation[from..].find(&written) {
                from += found + written.len();
                marks.insert(entry.href.clone(), from);
            }
        }
        let mut around = Context::new();
        around.insert_value("t", at.theme_words());
        let mut context = Context::new();
        context.insert_value("site", at.site());
        let assets = assets(at);
        context.insert_value("assets", assets.clone());
        let home = Value::normal_string(&navigation::home(at));
        context.insert_value("home", home.clone());
        let mut head = Context::new();
        head.insert_value("site", at.site());
        head.insert_value("assets", assets.clone());
        let mut way = Context::new();
        way.insert_value("crumbs", Value::from_serializable(&page::crumbs(at)));
        let mut find = Context::new();
        let tag = &at.desk.playbook.settings.language(at.language).tag;
        find.insert_value("contents", Value::normal_string(&at.from_folder(&search::contents_address(tag))));
        let script = at.desk.assets.file("search.js").unwrap_or_default();
        find.insert_value("script", Value::normal_string(&at.from_folder(&format!("/{script}"))));
        let component = |name, context| -> tera::TeraResult<Value> {
            let html = theme.templates.render_component_with_implicits(name, context, &around, None, true)?;
            Ok(Value::safe_string(&html))
        };
        let shared = Arc::new(Shared {
            navigation,
            marks,
            home,
            masthead: component("Masthead", &context)?,
            search: component("Search", &find)?,
            schemes: component("Schemes", &Context::new())?,
            sprite: component("Sprite", &Context::new())?,
            includes: component("Includes", &head)?,
            crumbs: component("Crumbs", &way)?,
            ticks: component("Ticks", &head)?,
            assets,
        });
        if let Ok(mut known) = self.shared.lock() {
            known.insert(key.clone(), shared.clone());
        }
        Ok(shared)
    }
}

fn assets(at: &At<'_>) -> Value {
    let files = at.desk.assets.files.iter();
    let files: BTreeMap<String, String> =
        files.map(|(name, file)| (name.replace(['.', '-'], "_"), at.from_folder(&format!("/{file}")))).collect();
    Value::from_serializable(&files)
}

impl Shared {
    /// The navigation with `aria-current` on the entry for `href`.
    fn marked(&self, href: &str) -> String {
        const MARK: &str = " aria-current=\"page\"";
        let mut html = String::with_capacity(self.navigation.len() + MARK.len());
        match self.marks.get(href) {
            Some(at) => {
                html.push_str(&self.navigation[..*at]);
                html.push_str(MARK);
                html.push_str(&self.navigation[*at..]);
            }
            None => html.push_str(&self.navigation),
        }
        html
    }
}
