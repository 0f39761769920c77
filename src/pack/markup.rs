//! A drawn page to the markup of a pack: read as a browser reads it, written anew as HTML or as XHTML.
//!
//! Reading is the work of html5ever, which makes a whole tree of whatever an author's raw HTML left open; so what is written is well
//! formed. Walks keep their own stacks: a page may be nested deeper than a thread's stack is long.

use crate::failure::Failure;
use crate::parse::html::escape;
use html5ever::tendril::TendrilSink;
use html5ever::{Attribute, ParseOpts, QualName, local_name, ns, parse_document};
use markup5ever_rcdom::{Handle, NodeData, RcDom};
use std::borrow::Cow;

/// How the markup is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// For browsers.
    Html,
    /// For books.
    Xhtml,
}

/// What the writer asks about what it meets.
pub trait Host {
    /// Whether this is the frame of a pack, which keeps its head; a page's own head, scripts and navigation stay behind.
    fn is_frame(&self) -> bool {
        false
    }

    /// The name of an id.
    fn id<'h>(&'h self, id: &'h str) -> Cow<'h, str> {
        Cow::Borrowed(id)
    }

    /// The name of a group of choices.
    fn group(&self, name: &str) -> String {
        name.to_string()
    }

    /// Where a link leads; its words stay where it leads nowhere.
    fn link(&self, href: &str) -> Option<String>;

    /// Where an image lies; its alternative text stays where there is none.
    fn image(&self, src: &str) -> Result<Option<String>, Failure>;

    /// A script's text.
    fn script(&self, _src: &str) -> Result<Option<String>, Failure> {
        Ok(None)
    }

    /// A style sheet's text.
    fn style(&self, _href: &str) -> Result<Option<String>, Failure> {
        Ok(None)
    }

    /// A finished part of the pack.
    fn part(&self, _number: usize) -> Option<&str> {
        None
    }

    /// A shape that is drawn by its name, where the pack has no place for all of them.
    fn shape(&self, _href: &str) -> Option<&str> {
        None
    }
}

/// Reads a whole page.
pub fn document(html: &str) -> Handle {
    let mut options = ParseOpts::default();
    // As a reader without script sees it, so that what stands in `noscript` is markup and not text.
    options.tree_builder.scripting_enabled = false;
    parse_document(RcDom::default(), options).one(html).document
}

/// The part of a page that is its own: its first `main`, or its body.
pub fn middle(html: &str) -> Handle {
    let document = document(html);
    let Some(found) = find(&document, "main").or_else(|| find(&document, "body")) else { return document };
    // A tree that is given up takes all that hangs on it along, whoever else holds it.
    if let Some(above) = parent(&found) {
        above.children.borrow_mut().retain(|child| !std::rc::Rc::ptr_eq(child, &found));
    }
    found
}

/// The first element of this name.
pub fn find(from: &Handle, wanted: &str) -> Option<Handle> {
    let mut open = vec![from.clone()];
    while let Some(node) = open.pop() {
        if element(&node).is_some_and(|(name, _)| &*name.local == wanted) {
            return Some(node);
        }
        open.extend(node.children.borrow().iter().rev().cloned());
    }
    None
}

/// The ids of a tree, in order.
pub fn ids(from: &Handle) -> Vec<String> {
    let mut ids = Vec::new();
    let mut open = vec![from.clone()];
    while let Some(node) = open.pop() {
        if left_behind(&node) {
            continue;
        }
        if let Some((_, attributes)) = element(&node) {
            let id = attributes
                .borrow()
                .iter()
                .find(|one| one.name.local == local_name!("id"))
                .map(|one| one.value.to_string());
            ids.extend(id.filter(|id| !id.is_empty()));
        }
        open.extend(node.children.borrow().iter().rev().cloned());
    }
    ids
}

type Attributes = std::cell::RefCell<Vec<Attribute>>;

fn element(node: &Handle) -> Option<(&QualName, &Attributes)> {
    match &node.data {
        NodeData::Element { name, attrs, .. } => Some((name, attrs)),
        _ => None,
    }
}

fn attribute(attributes: &Attributes, wanted: &str) -> Option<String> {
    attributes.borrow().iter().find(|one| &*one.name.local == wanted).map(|one| one.value.to_string())
}

/// What stands where a part of the pack belongs.
pub fn hole(part: usize) -> String {
    format!("<!--{HOLE}{part}-->")
}

const HOLE: &str = "trustbook-part ";

/// Elements of a page that stay behind with all that is in them: heads, what runs or loads something, ways through the site.
const BEHIND: [&str; 23] = [
    "script",
    "style",
    "link",
    "meta",
    "base",
    "title",
    "template",
    "iframe",
    "object",
    "embed",
    "frame",
    "frameset",
    "noframes",
    "noembed",
    "applet",
    "source",
    "track",
    "param",
    "xmp",
    "plaintext",
    "portal",
    "nav",
    "canvas",
];

/// Elements of a page of which only what stands in them comes along.
const OPENED: [&str; 8] = ["html", "head", "body", "main", "video", "audio", "picture", "noscript"];

/// Elements without an end tag.
const VOID: [&str; 13] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"];

/// Attributes that load, run, submit or jump, and those that mean nothing in a pack.
const DROPPED: [&str; 24] = [
    "style",
    "srcset",
    "sizes",
    "loading",
    "fetchpriority",
    "poster",
    "background",
    "ping",
    "action",
    "formaction",
    "integrity",
    "nonce",
    "autofocus",
    "accesskey",
    "longdesc",
    "lowsrc",
    "dynsrc",
    "usemap",
    "srcdoc",
    "data",
    "codebase",
    "archive",
    "manifest",
    "profile",
];

/// Attributes whose words are ids. The last one is the theme's: a notice that appears when a date has passed.
const NAMES_IDS: [&str; 17] = [
    "for",
    "headers",
    "list",
    "form",
    "popovertarget",
    "commandfor",
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
    "aria-owns",
    "aria-details",
    "aria-activedescendant",
    "aria-flowto",
    "aria-errormessage",
    "itemref",
    "anchor",
    "data-due",
];

/// Whether a node of a page stays behind.
fn left_behind(node: &Handle) -> bool {
    let Some((name, _)) = element(node) else { return false };
    match &*name.local {
        "footer" => in_main(node),
        "aside" => is_bare(node),
        local if name.ns == ns!(html) => BEHIND.contains(&local),
        // A drawing may have a title and styles of its own; the first is words, the second may load.
        local => matches!(local, "script" | "style" | "foreignObject" | "foreignobject"),
    }
}

/// Whether a footer is the page's and not that of a quote or an article.
fn in_main(node: &Handle) -> bool {
    let mut above = parent(node);
    while let Some(one) = above {
        match element(&one).map(|(name, _)| &*name.local) {
            Some("main" | "body") => return true,
            Some("article" | "section" | "blockquote" | "figure" | "aside" | "details") => return false,
            _ => above = parent(&one),
        }
    }
    true
}

fn parent(node: &Handle) -> Option<Handle> {
    let weak = node.parent.take();
    let above = weak.as_ref().and_then(std::rc::Weak::upgrade);
    node.parent.set(weak);
    above
}

/// Whether nothing is left of an element without its navigation.
fn is_bare(node: &Handle) -> bool {
    let mut open = node.children.borrow().clone();
    while let Some(one) = open.pop() {
        match &one.data {
            NodeData::Text { contents } if contents.borrow().chars().any(|c| !c.is_whitespace()) => return false,
            NodeData::Element { name, .. } if matches!(&*name.local, "img" | "svg" | "input" | "math") => return false,
            NodeData::Element { name, .. } if &*name.local == "nav" => {}
            _ => open.extend(one.children.borrow().iter().cloned()),
        }
    }
    true
}

enum Step {
    Node(Handle),
    End(String),
}

/// Writes a tree. Of a page only what stands in its middle is written, not the middle's own tag.
///
/// # Errors
/// What the page shows cannot be read.
pub fn written(from: &Handle, form: Form, host: &dyn Host) -> Result<String, Failure> {
    let mut writing = Writing { form, host, out: String::new(), open: vec![Step::Node(from.clone())] };
    while let Some(step) = writing.open.pop() {
        match step {
            Step::End(tag) => {
                writing.out.push_str("</");
                writing.out.push_str(&tag);
                writing.out.push('>');
            }
            Step::Node(node) => writing.node(&node)?,
        }
    }
    Ok(writing.out)
}

struct Writing<'a> {
    form: Form,
    host: &'a dyn Host,
    out: String,
    open: Vec<Step>,
}

impl Writing<'_> {
    fn node(&mut self, node: &Handle) -> Result<(), Failure> {
        match &node.data {
            NodeData::Document => self.children(node),
            NodeData::Doctype { .. } => self.out.push_str("<!DOCTYPE html>\n"),
            NodeData::Text { contents } => self.text(&contents.borrow()),
            NodeData::Comment { contents } => {
                let number = contents.strip_prefix(HOLE).and_then(|number| number.parse().ok());
                if let Some(part) = number.and_then(|number| self.host.part(number)) {
                    self.out.push_str(part);
                }
            }
            NodeData::ProcessingInstruction { .. } => {}
            NodeData::Element { name, attrs, .. } => self.element(node, name, attrs)?,
        }
        Ok(())
    }

    fn children(&mut self, node: &Handle) {
        self.open.extend(node.children.borrow().iter().rev().cloned().map(Step::Node));
    }

    fn text(&mut self, text: &str) {
        match self.form {
            Form::Html => escape(text, &mut self.out),
            Form::Xhtml => escape(&xml_text(text), &mut self.out),
        }
    }

    fn element(&mut self, node: &Handle, name: &QualName, attributes: &Attributes) -> Result<(), Failure> {
        let frame = self.host.is_frame();
        let local = &*name.local;
        let is_html = name.ns == ns!(html);
        if frame && is_html {
            match local {
                "script" => return self.script(node, attributes),
                "link" => return self.link_in_head(attributes),
                "style" => {
                    let text = text_of(node);
                    self.raw("style", &text);
                    return Ok(());
                }
                // What scripts take their words from: its content is no child of it.
                "template" => return self.template(node, attributes),
                _ => {}
            }
        }
        if !frame && left_behind(node) {
            return Ok(());
        }
        if (!frame && is_html && OPENED.contains(&local)) || !is_xml_name(local) {
            self.children(node);
            return Ok(());
        }
        match local {
            "img" if is_html => return self.image(attributes),
            // The theme's shapes; a page may have some of its own, and draws those by itself.
            "use" => {
                if let Some(shape) = attribute(attributes, "href").and_then(|href| self.host.shape(&href)) {
                    self.out.push_str(shape);
                    return Ok(());
                }
            }
            _ => {}
        }
        let mut tag = local;
        let mut link = None;
        if matches!(local, "a" | "area") {
            link = attribute(attributes, "href").and_then(|href| self.host.link(&href));
            if link.is_none() && attribute(attributes, "href").is_some() {
                tag = if is_html { "span" } else { "g" };
            }
        }
        let unlinked = tag != local;
        if self.is_one_of_many(name, &["aside"]) {
            tag = "div";
        }
        self.out.push('<');
        self.out.push_str(tag);
        self.attributes(name, attributes, link.as_deref(), unlinked);
        let is_void = is_html && VOID.contains(&tag);
        let is_short = self.form == Form::Xhtml && !is_html && node.children.borrow().is_empty();
        if is_void || is_short {
            self.out.push_str(if self.form == Form::Xhtml { "/>" } else { ">" });
            return Ok(());
        }
        self.out.push('>');
        if self.form == Form::Html && matches!(tag, "pre" | "textarea" | "listing") && text_of(node).starts_with('\n') {
            self.out.push('\n');
        }
        self.open.push(Step::End(tag.to_string()));
        self.children(node);
        Ok(())
    }

    /// Whether this is one of these elements, on a page that is one of many on the same page.
    fn is_one_of_many(&self, name: &QualName, elements: &[&str]) -> bool {
        self.form == Form::Html && !self.host.is_frame() && elements.contains(&&*name.local)
    }

    fn attributes(&mut self, element: &QualName, attributes: &Attributes, link: Option<&str>, unlinked: bool) {
        if self.form == Form::Xhtml && matches!(&*element.local, "svg" | "math") {
            let space = if &*element.local == "svg" {
                "http://www.w3.org/2000/svg"
            } else {
                "http://www.w3.org/1998/Math/MathML"
            };
            self.attribute("xmlns", space);
        }
        let frame = self.host.is_frame();
        let mut written: Vec<String> = vec!["xmlns".to_string()];
        // What the style sheet says to browsers, and must not say in a book: drawings run from left to right.
        if self.form == Form::Xhtml && &*element.local == "svg" {
            self.attribute("direction", "ltr");
            written.push("direction".to_string());
        }
        for one in attributes.borrow().iter() {
            let name = &*one.name.local;
            let value = &*one.value;
            if name.starts_with("on") || DROPPED.contains(&name) && !(frame && name == "data") {
                continue;
            }
            // Named sections are landmarks of their page. A page of many pages has too many, and many of one name; there headings lead.
            if self.is_one_of_many(element, &["section", "aside"]) && name.starts_with("aria-label") {
                continue;
            }
            let name = if one.name.ns == ns!(xml) { format!("xml:{name}") } else { name.to_string() };
            if !is_xml_name(name.strip_prefix("xml:").unwrap_or(&name)) || written.contains(&name) {
                continue;
            }
            let shown: Cow<'_, str> = match &*name {
                "id" => self.host.id(value),
                "href" => match link {
                    Some(link) => Cow::Borrowed(link),
                    None if frame => Cow::Borrowed(value),
                    // What a drawing is made of stands in the page; nothing is fetched for it.
                    None => {
                        match value.strip_prefix('#').filter(|_| !unlinked && !matches!(&*element.local, "a" | "area"))
                        {
                            Some(id) => Cow::Owned(format!("#{}", self.host.id(id))),
                            None => continue,
                        }
                    }
                },
                "src" => continue,
                "target" | "rel" | "hreflang" | "download" | "type" | "referrerpolicy" if unlinked => continue,
                "target" | "download" if !frame => continue,
                "name" if &*element.local == "input" && !frame => Cow::Owned(self.host.group(value)),
                name if NAMES_IDS.contains(&name) => {
                    let ids: Vec<Cow<'_, str>> = value.split_whitespace().map(|id| self.host.id(id)).collect();
                    Cow::Owned(ids.join(" "))
                }
                _ if value.contains("url(") => match with_ids(value, self.host) {
                    Some(value) => Cow::Owned(value),
                    None => continue,
                },
                _ => Cow::Borrowed(value),
            };
            let shown = shown.into_owned();
            self.attribute(&name, &shown);
            if self.form == Form::Xhtml && name == "lang" {
                self.attribute("xml:lang", &shown);
                written.push("xml:lang".to_string());
            }
            written.push(name);
        }
    }

    fn attribute(&mut self, name: &str, value: &str) {
        self.out.push(' ');
        self.out.push_str(name);
        if value.is_empty()
            && self.form == Form::Html
            && !matches!(name, "alt" | "value" | "href" | "content" | "title")
        {
            return;
        }
        self.out.push_str("=\"");
        self.text(value);
        self.out.push('"');
    }

    fn image(&mut self, attributes: &Attributes) -> Result<(), Failure> {
        let alt = attribute(attributes, "alt").unwrap_or_default();
        let src = match attribute(attributes, "src") {
            Some(src) => self.host.image(&src)?,
            None => None,
        };
        let Some(src) = src else {
            self.text(&alt);
            return Ok(());
        };
        self.out.push_str("<img");
        self.attribute("src", &src);
        self.out.push_str(" alt=\"");
        self.text(&alt);
        self.out.push('"');
        let kept: Vec<(String, String)> = ["id", "class", "title", "width", "height", "lang", "dir"]
            .into_iter()
            .filter_map(|name| Some((name.to_string(), attribute(attributes, name)?)))
            .collect();
        for (name, value) in kept {
            let value = if name == "id" { self.host.id(&value).into_owned() } else { value };
            self.attribute(&name, &value);
        }
        self.out.push_str(if self.form == Form::Xhtml { "/>" } else { ">" });
        Ok(())
    }

    fn script(&mut self, node: &Handle, attributes: &Attributes) -> Result<(), Failure> {
        let text = match attribute(attributes, "src") {
            Some(src) => self.host.script(&src)?,
            None => Some(text_of(node)),
        };
        let Some(text) = text else { return Ok(()) };
        let data: Vec<(String, String)> = attributes
            .borrow()
            .iter()
            .filter(|one| one.name.local.starts_with("data-"))
            .map(|one| (one.name.local.to_string(), one.value.to_string()))
            .collect();
        self.out.push_str("<script");
        for (name, value) in data {
            self.attribute(&name, &value);
        }
        self.out.push('>');
        self.out.push_str(&text);
        self.out.push_str("</script>");
        Ok(())
    }

    fn link_in_head(&mut self, attributes: &Attributes) -> Result<(), Failure> {
        let rel = attribute(attributes, "rel").unwrap_or_default();
        let Some(href) = attribute(attributes, "href") else { return Ok(()) };
        if rel == "stylesheet" {
            if let Some(text) = self.host.style(&href)? {
                self.raw("style", &text);
            }
        } else if rel == "icon"
            && let Some(icon) = self.host.image(&href)?
        {
            self.out.push_str("<link rel=\"icon\" href=\"");
            self.text(&icon);
            self.out.push_str("\">");
        }
        Ok(())
    }

    fn template(&mut self, node: &Handle, attributes: &Attributes) -> Result<(), Failure> {
        let NodeData::Element { name, template_contents, .. } = &node.data else { return Ok(()) };
        self.out.push_str("<template");
        self.attributes(name, attributes, None, false);
        self.out.push('>');
        self.open.push(Step::End("template".to_string()));
        if let Some(content) = &*template_contents.borrow() {
            self.children(content);
        }
        Ok(())
    }

    fn raw(&mut self, tag: &str, text: &str) {
        self.out.push_str(&format!("<{tag}>{text}</{tag}>"));
    }
}

/// The text right below a node.
fn text_of(node: &Handle) -> String {
    let children = node.children.borrow();
    let texts = children.iter().filter_map(|child| match &child.data {
        NodeData::Text { contents } => Some(contents.borrow().to_string()),
        _ => None,
    });
    texts.collect()
}

/// A value with `url(#id)` in it, the ids as they are called in the pack. None where it would load something.
fn with_ids(value: &str, host: &dyn Host) -> Option<String> {
    let mut out = String::new();
    let mut rest = value;
    while let Some(found) = rest.find("url(") {
        let from = &rest[found + 4..];
        let end = from.find(')')?;
        let id = from[..end].trim().trim_matches(['"', '\'']).strip_prefix('#')?;
        out.push_str(&rest[..found]);
        out.push_str(&format!("url(#{})", host.id(id)));
        rest = &from[end + 1..];
    }
    out.push_str(rest);
    Some(out)
}

/// Whether XML takes a name. Those with a colon would need a namespace.
fn is_xml_name(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.'))
}

/// A text without what XML knows no way to write.
fn xml_text(text: &str) -> Cow<'_, str> {
    let wrong = |c: char| {
        c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{80}'..='\u{9f}') || matches!(c, '\u{fffe}' | '\u{ffff}')
    };
    if text.contains(wrong) { Cow::Owned(text.replace(wrong, "")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Nothing;

    impl Host for Nothing {
        fn id<'h>(&'h self, id: &'h str) -> Cow<'h, str> {
            Cow::Owned(format!("x-{id}"))
        }

        fn link(&self, href: &str) -> Option<String> {
            href.starts_with("https:").then(|| href.to_string())
        }

        fn image(&self, src: &str) -> Result<Option<String>, Failure> {
            Ok((src == "a.png").then(|| "data:,".to_string()))
        }
    }

    fn packed(html: &str, form: Form) -> String {
        written(&middle(html), form, &Nothing).expect("nothing is read")
    }

    #[test]
    fn a_page_loses_what_loads_runs_and_leads_through_the_site() {
        for (page, left) in [
            (
                "<main><p id=\"a\" onclick=\"x()\" style=\"color:red\">A</p></main><footer>no</footer>",
                "<p id=\"x-a\">A</p>",
            ),
            ("<main><script src=x></script><nav>no</nav><aside><nav>no</nav></aside>B</main>", "B"),
            (
                "<main><section aria-labelledby=\"a\">A</section><aside aria-label=\"b\" class=\"c\">B</aside></main>",
                "<section>A</section><div class=\"c\">B</div>",
            ),
            ("<main><a href=\"https://x/?a&amp;b\" target=_blank>C</a></main>", "<a href=\"https://x/?a&amp;b\">C</a>"),
            ("<main><a class=\"q\" href=\"../x/\">D</a></main>", "<span class=\"q\">D</span>"),
            ("<main><a href=\"javascript:x()\">E</a></main>", "<span>E</span>"),
            (
                "<main><img src=\"a.png\" srcset=\"b.png 2x\" alt=\"F\" loading=lazy></main>",
                "<img src=\"data:,\" alt=\"F\">",
            ),
            ("<main><img src=\"https://x/b.png\" alt=\"G < H\"></main>", "G &lt; H"),
            ("<main><iframe src=x>I</iframe><video src=x>J</video></main>", "J"),
            ("<main><label for=\"a\">K</label></main>", "<label for=\"x-a\">K</label>"),
            (
                "<main><svg fill=\"url(#g)\"><use href=\"#i\"/><image href=\"https://x\"/></svg></main>",
                "<svg fill=\"url(#x-g)\"><use href=\"#x-i\"></use><image></image></svg>",
            ),
            (
                "<main><blockquote><footer>L</footer></blockquote><footer>no</footer></main>",
                "<blockquote><footer>L</footer></blockquote>",
            ),
        ] {
            assert_eq!(packed(page, Form::Html), left, "{page}");
        }
    }

    #[test]
    fn books_are_well_formed() {
        for (page, left) in [
            ("<main><p>A<br>B<p hidden>C &amp; <b>D</main>", "<p>A<br/>B</p><p hidden=\"\">C &amp; <b>D</b></p>"),
            (
                "<main><svg viewBox=\"0 0 1 1\"><path d=\"M0\"/></svg></main>",
                "<svg xmlns=\"http://www.w3.org/2000/svg\" direction=\"ltr\" viewBox=\"0 0 1 1\"><path d=\"M0\"/></svg>",
            ),
            (
                "<main><p lang=\"sv\" @x=\"1\" a:b=\"2\">E\u{1}</p><o:p>F</o:p></main>",
                "<p lang=\"sv\" xml:lang=\"sv\">E</p>F",
            ),
        ] {
            assert_eq!(packed(page, Form::Xhtml), left, "{page}");
        }
    }

    #[test]
    fn depth_takes_no_stack() {
        let deep = format!("<main>{}x{}</main>", "<div>".repeat(20_000), "</div>".repeat(20_000));
        assert!(packed(&deep, Form::Html).contains('x'));
    }
}
