//! The reference playbook to a list of its pages, and the fullest of each kind.

use super::site;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::OnceLock;

/// A page that was built.
pub struct Page {
    /// Its address below the front page: `journeys/first-year/`.
    pub address: String,
    /// What kind it is: `stage`.
    pub kind: String,
    /// In which language it is written: `en`.
    pub language: String,
    /// What is in its file.
    pub html: String,
}

/// All pages, in the order of their addresses.
pub fn all() -> &'static [Page] {
    static ALL: OnceLock<Vec<Page>> = OnceLock::new();
    ALL.get_or_init(|| {
        let mut pages = Vec::new();
        let mut folders = vec![site::reference().to_path_buf()];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).expect("the site can be read") {
                let path = entry.expect("the site can be read").path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|extension| extension == "html") {
                    pages.extend(page(&path));
                }
            }
        }
        pages.sort_by(|one, other| one.address.cmp(&other.address));
        assert!(pages.len() > 100, "the reference playbook has more than {} pages", pages.len());
        pages
    })
}

/// A file to a page; to none where it only points to another.
fn page(file: &Path) -> Option<Page> {
    let html = fs::read_to_string(file).expect("a page can be read");
    let after = |mark: &str| {
        let start = html.find(mark)? + mark.len();
        html[start..].split(['"', ' ']).next().map(str::to_string)
    };
    let kind = after("<body class=\"")?.trim_end_matches("-page").to_string();
    let language = after("<html lang=\"")?;
    let address = file.strip_prefix(site::reference()).expect("it is of the site").display().to_string();
    let address = address.strip_suffix("index.html").map(str::to_string).unwrap_or(address);
    Some(Page { address, kind, language, html })
}

/// Of each kind of page in a language the one with the longest file, in the order of kinds.
pub fn fullest(language: &str) -> Vec<&'static Page> {
    let mut fullest: BTreeMap<&str, &Page> = BTreeMap::new();
    for page in all().iter().filter(|page| page.language == language) {
        let best = fullest.entry(&page.kind).or_insert(page);
        if page.html.len() > best.html.len() {
            *best = page;
        }
    }
    fullest.into_values().collect()
}
