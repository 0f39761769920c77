//! What `check --against` names, a manifest or a site's folder, to the addresses that were live.

use crate::against::live::Live;
use crate::failure::Failure;
use crate::playbook::Settings;
use crate::publish::manifest::{Manifest, Unreadable};
use crate::publish::page::page;
use rayon::prelude::*;
use std::fs;
use std::path::{Path, PathBuf};

/// The addresses of a release of the edition that these settings are for.
///
/// # Errors
/// It cannot be read, is no manifest or site, or is another edition's or playbook's.
pub fn live(from: &Path, settings: &Settings) -> Result<Vec<Live>, Failure> {
    if from.is_dir() {
        return of_folder(from);
    }
    let bytes = fs::read(from).map_err(|error| Failure::new("read", from, error))?;
    let shown = from.display();
    let manifest = Manifest::read(&bytes).map_err(|unreadable| {
        Failure::Refused(match unreadable {
            Unreadable::Newer(format) => {
                format!("{shown} was written by a newer trustbook (format {format}): use that one")
            }
            Unreadable::Other(why) => format!("{shown} is no manifest: {why}"),
        })
    })?;
    let (id, edition) = (&*settings.id, &*settings.edition);
    if manifest.playbook.id != id {
        let other = manifest.playbook.id;
        return Err(Failure::Refused(format!("{shown} is of another playbook, `{other}`, and this one is `{id}`")));
    }
    if manifest.edition != edition {
        let other = manifest.edition;
        return Err(Failure::Refused(format!(
            "{shown} is of the edition `{other}`, and `{edition}` is checked: say `--audience {other}`"
        )));
    }
    let pages = manifest.pages.into_iter();
    Ok(pages.map(|page| Live { address: page.address, title: page.title, anchors: page.anchors }).collect())
}

fn of_folder(folder: &Path) -> Result<Vec<Live>, Failure> {
    let mut files: Vec<PathBuf> = Vec::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.map_err(|error| {
            let path = error.path().unwrap_or(folder).to_path_buf();
            Failure::new("read", path, error.into())
        })?;
        if entry.file_type().is_file() && entry.path().extension().is_some_and(|end| end == "html") {
            files.push(entry.into_path());
        }
    }
    if files.is_empty() {
        return Err(Failure::Refused(format!("{} is no site: there is no page in it", folder.display())));
    }
    let read = |file: &PathBuf| {
        let bytes = fs::read(file).map_err(|error| Failure::new("read", file, error))?;
        let inner = file.strip_prefix(folder).unwrap_or(file).to_string_lossy().replace('\\', "/");
        Ok(of_page(&inner, &String::from_utf8_lossy(&bytes)))
    };
    files.par_iter().map(read).collect()
}

/// Reads a page that stands at `file` in a site's folder.
fn of_page(file: &str, html: &str) -> Live {
    let address = match file.strip_suffix("index.html") {
        Some(folder) if folder.is_empty() || folder.ends_with('/') => format!("/{folder}"),
        _ => format!("/{file}"),
    };
    let page = page(html);
    Live { address, title: page.title, anchors: page.anchors }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_its_address_its_title_and_its_headings() {
        let live =
            of_page("guides/a/index.html", "<title>A – Site</title><h1>A <em>b</em></h1><h2 id=\"one\">One</h2>");
        assert_eq!(live, Live { address: "/guides/a/".into(), title: "A b".into(), anchors: vec!["one".into()] });
        assert_eq!(of_page("index.html", "").address, "/");
        assert_eq!(of_page("404.html", "<").address, "/404.html");
        assert_eq!(of_page("an-index.html", "").address, "/an-index.html");
    }
}
