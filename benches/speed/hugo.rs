//! A corpus to a Hugo site with a theme of three templates.

use crate::floor::markdown_files;
use std::fs;
use std::io;
use std::path::Path;

const SETTINGS: &str = "baseURL = \"https://playbook.example.com/\"\ntitle = \"A measured playbook\"\n\
                        disableKinds = [\"taxonomy\", \"term\", \"RSS\"]\n[markup.highlight]\nnoClasses = false\n";
const PAGE: &str = "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><title>{{ .Title }}</title></head><body>\
                    <nav>{{ range site.Home.Sections }}<a href=\"{{ .RelPermalink }}\">{{ .Title }}</a>{{ end }}</nav>\
                    <nav>{{ .TableOfContents }}</nav><main><h1>{{ .Title }}</h1>{{ .Content }}";
const LIST: &str = "<ul>{{ range .Pages }}<li><a href=\"{{ .RelPermalink }}\">{{ .Title }}</a></li>{{ end }}</ul>";
const END: &str = "</main></body></html>\n";

/// The same Markdown as in `corpus`, as a Hugo site in the new folder `site`.
pub fn convert(corpus: &Path, site: &Path) -> io::Result<()> {
    let layouts = site.join("layouts/_default");
    fs::create_dir_all(&layouts)?;
    fs::write(site.join("hugo.toml"), SETTINGS)?;
    fs::write(layouts.join("single.html"), format!("{PAGE}{END}"))?;
    fs::write(layouts.join("list.html"), format!("{PAGE}{LIST}{END}"))?;
    let content = corpus.join("content");
    let mut files = Vec::new();
    markdown_files(&content, &mut files)?;
    for file in files {
        let path = site.join("content").join(file.strip_prefix(&content).expect("it was found there"));
        // Hugo's name for the page of a folder.
        let path = if path.ends_with("index.md") { path.with_file_name("_index.md") } else { path };
        fs::create_dir_all(path.parent().expect("it has a folder"))?;
        fs::copy(file, path)?;
    }
    Ok(())
}
