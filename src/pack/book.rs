//! Pages to a book: an EPUB 3, the same bytes for the same playbook and day.

use super::{Page, Trouble, file, front, media_type, pages, style};
use crate::failure::Failure;
use crate::pack::chosen::Chosen;
use crate::pack::links::{self, Leads, Names};
use crate::pack::markup::{self, Form, Host};
use crate::parse::html::escape;
use crate::pipeline::Planned;
use crate::render::Drawn;
use crate::view::{At, Desk, encoded, pack};
use html5ever::local_name;
use rayon::prelude::*;
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Write as _};
use std::sync::Mutex;
use xxhash_rust::xxh3::xxh3_128;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// The pack as an EPUB 3.
///
/// # Errors
/// A template cannot be drawn, or an image cannot be read.
pub fn book(planned: &Planned, chosen: &Chosen) -> Result<Vec<u8>, Trouble> {
    let (desk, drawn) = (planned.desk(), Drawn::default());
    let pages = pages(planned, &desk, &drawn, chosen)?;
    let names = Names::new(planned, &pages);
    let shapes = shapes(planned, &desk, &drawn, chosen)?;
    let front = front(&desk, chosen);
    let at = desk.page(&front);
    let head =
        Head { lang: desk.playbook.settings.language(chosen.language).tag.to_string(), dir: at.locale().direction() };
    let images: Mutex<BTreeSet<String>> = Mutex::default();
    let chapter = |(index, page): (usize, &Page)| {
        let host = Chapter { planned, pages: &pages, names: &names, shapes: &shapes, images: &images, page: index };
        let body = markup::written(&markup::middle(&page.html), Form::Xhtml, &host)?;
        Ok::<String, Failure>(head.page(&page.title, &format!("{}-page", page.kind), &body))
    };
    let chapters: Vec<String> = pages.par_iter().enumerate().map(chapter).collect::<Result<_, _>>()?;
    let style = match desk.assets.file("style.css") {
        Some(name) => style(planned, name)?.unwrap_or_default(),
        None => String::new(),
    };
    let images = images.into_inner().unwrap_or_default();

    let mut binding = Binding::new(planned);
    binding.put("mimetype", b"application/epub+zip", CompressionMethod::Stored);
    binding.text("META-INF/container.xml", CONTAINER);
    binding.text("book/package.opf", &package(&at, chosen, &head, &chapters, &images));
    binding.text("book/cover.xhtml", &cover(&at, chosen, &head, pages.len()));
    binding.text("book/contents.xhtml", &contents(&at, &head, &pages));
    for (index, chapter) in chapters.iter().enumerate() {
        binding.text(&format!("book/{}", chapter_file(index)), chapter);
    }
    binding.text("book/style.css", &without_directions(&style));
    for image in &images {
        if let Some(bytes) = file(planned, image)? {
            binding.put(&format!("book/{}", image_file(image)), &bytes, CompressionMethod::Stored);
        }
    }
    Ok(binding.bound())
}

const CONTAINER: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
    <container version=\"1.0\" xmlns=\"urn:oasis:names:tc:opendocument:xmlns:container\"><rootfiles>\
    <rootfile full-path=\"book/package.opf\" media-type=\"application/oebps-package+xml\"/></rootfiles></container>\n";

fn chapter_file(index: usize) -> String {
    format!("p{:04}.xhtml", index + 1)
}

/// A name that fits into every address, whatever the author's is.
fn image_file(name: &str) -> String {
    let ending = name.rsplit('.').next().unwrap_or("img").to_ascii_lowercase();
    format!("i{:032x}.{ending}", xxh3_128(name.as_bytes()))
}

/// Images that every reader of books knows.
fn is_image(name: &str) -> Option<&'static str> {
    media_type(name)
        .filter(|kind| matches!(*kind, "image/png" | "image/jpeg" | "image/gif" | "image/webp" | "image/svg+xml"))
}

/// The language and direction of every page.
struct Head {
    lang: String,
    dir: &'static str,
}

impl Head {
    fn page(&self, title: &str, class: &str, body: &str) -> String {
        let mut shown = String::new();
        escape(title, &mut shown);
        let (lang, dir) = (&self.lang, self.dir);
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" \
             xmlns:epub=\"http://www.idpf.org/2007/ops\" lang=\"{lang}\" xml:lang=\"{lang}\" dir=\"{dir}\">\n<head>\
             <title>{shown}</title><link rel=\"stylesheet\" href=\"style.css\"/></head>\n<body class=\"book {class}\">\n\
             <main class=\"page\">{body}</main>\n</body>\n</html>\n"
        )
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::new();
    escape(text, &mut out);
    out
}

/// The shapes of the theme by their names, each as a drawing of its own.
fn shapes(
    planned: &Planned,
    desk: &Desk<'_>,
    drawn: &Drawn,
    chosen: &Chosen,
) -> Result<BTreeMap<String, String>, Trouble> {
    let front = front(desk, chosen);
    let frame = pack::pack(&desk.page(&front), &chosen.subjects, Vec::new(), Vec::new(), false);
    let html = planned.frame(desk, drawn, &front, &frame)?;
    let document = markup::document(&String::from_utf8_lossy(&html));
    let mut shapes = BTreeMap::new();
    // The tree must live as long as its parts are looked at.
    let mut open = vec![document.clone()];
    while let Some(node) = open.pop() {
        if let markup5ever_rcdom::NodeData::Element { name, attrs, .. } = &node.data
            && &*name.local == "symbol"
        {
            let attrs = attrs.borrow();
            let of =
                |wanted: &str| attrs.iter().find(|one| &*one.name.local == wanted).map(|one| one.value.to_string());
            let id = attrs.iter().find(|one| one.name.local == local_name!("id")).map(|one| one.value.to_string());
            if let Some(id) = id {
                let mut drawing = String::from("<svg");
                if let Some(box_) = of("viewBox") {
                    drawing.push_str(&format!(" viewBox=\"{}\"", escaped(&box_)));
                }
                drawing.push('>');
                for child in node.children.borrow().iter() {
                    drawing.push_str(&markup::written(child, Form::Xhtml, &Shape)?);
                }
                drawing.push_str("</svg>");
                shapes.insert(format!("#{id}"), drawing);
            }
        }
        open.extend(node.children.borrow().iter().cloned());
    }
    Ok(shapes)
}

/// A shape leads nowhere.
struct Shape;

impl Host for Shape {
    fn link(&self, _: &str) -> Option<String> {
        None
    }

    fn image(&self, _: &str) -> Result<Option<String>, Failure> {
        Ok(None)
    }
}

/// A page on its way into the book. It keeps its ids: it is a file of its own.
struct Chapter<'a> {
    planned: &'a Planned,
    pages: &'a [Page],
    names: &'a Names<'a>,
    shapes: &'a BTreeMap<String, String>,
    images: &'a Mutex<BTreeSet<String>>,
    page: usize,
}

impl Host for Chapter<'_> {
    fn id<'h>(&'h self, id: &'h str) -> Cow<'h, str> {
        Cow::Borrowed(id)
    }

    fn link(&self, href: &str) -> Option<String> {
        match self.names.leads(&self.pages[self.page].route, self.page, href) {
            Leads::Inside { page, id } => {
                let file = chapter_file(page);
                Some(id.map_or_else(|| file.clone(), |id| format!("{file}#{}", encoded(id))))
            }
            Leads::Outside(address) => Some(address),
            Leads::Nowhere => None,
        }
    }

    fn image(&self, src: &str) -> Result<Option<String>, Failure> {
        let Some(name) = links::file(&self.pages[self.page].route, src).filter(|name| is_image(name).is_some()) else {
            return Ok(None);
        };
        if file(self.planned, &name)?.is_none() {
            return Ok(None);
        }
        if let Ok(mut images) = self.images.lock() {
            images.insert(name.clone());
        }
        Ok(Some(image_file(&name)))
    }

    fn shape(&self, href: &str) -> Option<&str> {
        self.shapes.get(href).map(String::as_str)
    }
}

/// The package: what the book is, what it is made of, in which order it is read.
fn package(at: &At<'_>, chosen: &Chosen, head: &Head, chapters: &[String], images: &BTreeSet<String>) -> String {
    let settings = &at.desk.playbook.settings;
    let title = escaped(&pack::whole_title(at, &chosen.subjects));
    let publisher = escaped(&settings.language(chosen.language).title);
    let lang = &head.lang;
    let subject = format!("{} {} {lang} {title}", settings.id, settings.edition);
    let id = uuid(&subject);
    let day = at.desk.measures.today;
    let mut manifest = String::new();
    let mut spine = String::from("<itemref idref=\"cover\"/><itemref idref=\"contents\"/>");
    for (index, chapter) in chapters.iter().enumerate() {
        let mut properties = Vec::new();
        if chapter.contains("<math") {
            properties.push("mathml");
        }
        if chapter.contains("<svg") {
            properties.push("svg");
        }
        let properties = match properties.is_empty() {
            true => String::new(),
            false => format!(" properties=\"{}\"", properties.join(" ")),
        };
        let file = chapter_file(index);
        let number = index + 1;
        manifest.push_str(&format!(
            "<item id=\"p{number}\" href=\"{file}\" media-type=\"application/xhtml+xml\"{properties}/>\n"
        ));
        spine.push_str(&format!("<itemref idref=\"p{number}\"/>"));
    }
    for (index, name) in images.iter().enumerate() {
        let (file, number) = (image_file(name), index + 1);
        let kind = is_image(name).unwrap_or("image/png");
        manifest.push_str(&format!("<item id=\"i{number}\" href=\"{file}\" media-type=\"{kind}\"/>\n"));
    }
    let direction = head.dir;
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<package xmlns=\"http://www.idpf.org/2007/opf\" version=\"3.0\" \
         unique-identifier=\"id\" xml:lang=\"{lang}\">\n<metadata xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\n\
         <dc:identifier id=\"id\">urn:uuid:{id}</dc:identifier>\n<dc:title>{title}</dc:title>\n\
         <dc:language>{lang}</dc:language>\n<dc:publisher>{publisher}</dc:publisher>\n<dc:date>{day}</dc:date>\n\
         <meta property=\"dcterms:modified\">{day}T00:00:00Z</meta>\n</metadata>\n<manifest>\n\
         <item id=\"contents\" href=\"contents.xhtml\" media-type=\"application/xhtml+xml\" properties=\"nav\"/>\n\
         <item id=\"cover\" href=\"cover.xhtml\" media-type=\"application/xhtml+xml\"/>\n\
         <item id=\"style\" href=\"style.css\" media-type=\"text/css\"/>\n{manifest}</manifest>\n\
         <spine page-progression-direction=\"{direction}\">{spine}</spine>\n</package>\n"
    )
}

/// A name for the book that is the same whenever it is made: the beginning of a hash, written as a UUID of one's own kind (8).
fn uuid(subject: &str) -> String {
    let hash = Sha256::digest(subject.as_bytes());
    let mut bytes: Vec<u8> = hash.iter().take(16).copied().collect();
    bytes[6] = bytes[6] & 0x0f | 0x80;
    bytes[8] = bytes[8] & 0x3f | 0x80;
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    [&hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..]].join("-")
}

fn cover(at: &At<'_>, chosen: &Chosen, head: &Head, pages: usize) -> String {
    let frame = pack::pack(at, &chosen.subjects, Vec::new(), Vec::new(), false);
    let title = pack::whole_title(at, &chosen.subjects);
    let about: String = frame.about.iter().map(|words| format!("<p>{}</p>", escaped(&pack::plain(words)))).collect();
    let edition = match at.site().get_from_path("internal").is_some_and(tera::Value::is_truthy) {
        true => format!("<p>{}</p>", escaped(&at.t("edition-internal"))),
        false => String::new(),
    };
    let body = format!(
        "<div class=\"inner\">{about}<h1>{}</h1>{edition}<p>{} <time datetime=\"{}\">{}</time>, {}</p></div>",
        escaped(&pack::plain(&frame.title)),
        escaped(&at.t("pack-day")),
        frame.day.iso,
        escaped(&frame.day.shown),
        escaped(&at.tn("pack-pages", &[("count", pages.into())])),
    );
    head.page(&title, "pack-cover", &body)
}

/// The book's contents, also what reading programs list beside it.
fn contents(at: &At<'_>, head: &Head, pages: &[Page]) -> String {
    let title = at.t("pack-contents");
    let entries: String = pages
        .iter()
        .enumerate()
        .map(|(index, page)| format!("<li><a href=\"{}\">{}</a></li>\n", chapter_file(index), escaped(&page.title)))
        .collect();
    // A list of contents may not be empty.
    let entries = if entries.is_empty() {
        format!("<li><a href=\"cover.xhtml\">{}</a></li>", escaped(&at.t("pack-empty")))
    } else {
        entries
    };
    let body = format!(
        "<div class=\"inner\"><nav epub:type=\"toc\" id=\"toc\"><h1>{}</h1>\n<ol>{entries}</ol></nav></div>",
        escaped(&title)
    );
    head.page(&title, "pack-contents", &body)
}

/// A style sheet without what a book must not declare: in which direction words run stands in its markup.
fn without_directions(style: &str) -> String {
    let mut out = String::with_capacity(style.len());
    let mut rest = style;
    while let Some(end) = rest.find([';', '{', '}']) {
        let (declared, from) = rest.split_at(end);
        let property = declared.split_once(':').map_or("", |(property, _)| property.trim());
        if !matches!(property, "direction" | "unicode-bidi") || from.starts_with('{') {
            out.push_str(declared);
            out.push_str(&from[..1]);
        } else if from.starts_with('}') {
            out.push('}');
        }
        rest = &from[1..];
    }
    out.push_str(rest);
    out
}

/// A book on its way into one file.
struct Binding {
    zip: ZipWriter<Cursor<Vec<u8>>>,
    day: DateTime,
}

impl Binding {
    fn new(planned: &Planned) -> Binding {
        let today = planned.measures.today;
        let year = u16::try_from(today.year()).unwrap_or(1980);
        let (month, day) = (today.month().unsigned_abs(), today.day().unsigned_abs());
        // The format knows no day before 1980.
        let day = DateTime::from_date_and_time(year, month, day, 0, 0, 0).unwrap_or_default();
        Binding { zip: ZipWriter::new(Cursor::new(Vec::new())), day }
    }

    fn text(&mut self, name: &str, text: &str) {
        self.put(name, text.as_bytes(), CompressionMethod::Deflated);
    }

    fn put(&mut self, name: &str, bytes: &[u8], method: CompressionMethod) {
        let large = u32::try_from(bytes.len()).is_err();
        let options = SimpleFileOptions::default()
            .compression_method(method)
            .last_modified_time(self.day)
            .unix_permissions(0o644)
            .large_file(large);
        self.zip.start_file(name, options).expect("names are our own and each is used once");
        self.zip.write_all(bytes).expect("memory takes everything");
    }

    fn bound(self) -> Vec<u8> {
        self.zip.finish().expect("memory takes everything").into_inner()
    }
}
