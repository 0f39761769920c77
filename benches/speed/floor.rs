//! The least that any generator has to do: read every Markdown file, render it, write it.

use pulldown_cmark::{Options, Parser, html};
use rayon::prelude::*;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Renders every `.md` below `from` to `PATH/index.html` below `to`, in parallel, with no page around it.
pub fn floor(from: &Path, to: &Path) -> io::Result<()> {
    let mut files = Vec::new();
    markdown_files(from, &mut files)?;
    files.par_iter().try_for_each(|file| {
        let text = fs::read_to_string(file)?;
        let mut page = String::with_capacity(text.len() * 3 / 2);
        html::push_html(&mut page, Parser::new_ext(&text, options()));
        let name = file.strip_prefix(from).expect("it was found there").with_extension("");
        let folder = to.join(if name.ends_with("index") { name.parent().expect("it has a name") } else { &name });
        fs::create_dir_all(&folder)?;
        fs::write(folder.join("index.html"), page)
    })
}

/// Those of `parse/markdown.rs`, and front matter, which would be prose otherwise.
fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_MATH
        | Options::ENABLE_GFM
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS
}

/// Every `.md` below `folder`.
pub fn markdown_files(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            markdown_files(&entry.path(), files)?;
        } else if entry.path().extension().is_some_and(|end| end == "md") {
            files.push(entry.path());
        }
    }
    Ok(())
}
