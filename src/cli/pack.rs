//! `trustbook pack`: the playbook, or a part of it, as one file.

mod chromium;

use super::build::{findings, plan};
use super::{CLEAN, FINDINGS, print, say};
use crate::diagnostic::{Diagnostics, draw};
use crate::failure::Failure;
use crate::pack::chosen::{Wanted, chosen};
use crate::pack::{Trouble, book, page};
use crate::pipeline::Choices;
use crate::{load, write};
use clap::{Args, ValueEnum};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

/// What is packed, and how.
#[derive(Args)]
pub struct PackArgs {
    /// Only what belongs to this stage: `purchase`, or `first-year/purchase` where several journeys have one
    #[arg(long, value_name = "ID")]
    stage: Option<String>,
    /// Only what belongs to this department, by its id; with --stage, what belongs to either
    #[arg(long, value_name = "ID")]
    department: Option<String>,
    /// In which language [default: default_language of the settings]
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
    /// As what [default: what the file's name ends in, else html]
    #[arg(long, value_enum)]
    format: Option<PackFormat>,
    /// The file to write
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum PackFormat {
    /// One page that loads nothing from anywhere
    Html,
    /// The same page printed by an installed Chromium or Chrome
    Pdf,
    /// A book for readers of books (EPUB 3)
    Epub,
}

impl PackFormat {
    fn of(file: &Path) -> PackFormat {
        match file.extension().and_then(|ending| ending.to_str()).map(str::to_ascii_lowercase).as_deref() {
            Some("pdf") => PackFormat::Pdf,
            Some("epub") => PackFormat::Epub,
            _ => PackFormat::Html,
        }
    }
}

/// Packs the playbook. The file is written whole, or not at all.
pub fn pack(root: &Path, choices: &Choices, asked: &PackArgs) -> Result<u8, Failure> {
    let start = Instant::now();
    let format = asked.format.unwrap_or_else(|| PackFormat::of(&asked.output));
    place(&asked.output, root)?;
    // Who has no browser should not wait to be told.
    let browser = (format == PackFormat::Pdf).then(chromium::installed).transpose()?;
    let mut planned = plan(root, choices)?;
    let wanted =
        Wanted { stage: asked.stage.clone(), department: asked.department.clone(), language: asked.language.clone() };
    let chosen = chosen(&planned, &wanted)?;
    let mut bytes = None;
    if planned.report.denials() == 0 {
        let made = match format {
            PackFormat::Epub => book::book(&planned, &chosen),
            PackFormat::Html | PackFormat::Pdf => page(&planned, &chosen).map(String::into_bytes),
        };
        match made {
            Ok(made) => bytes = Some(made),
            Err(Trouble::World(failure)) => return Err(failure),
            Err(Trouble::Template(finding)) => {
                let mut found = Diagnostics::default();
                found.push(*finding);
                planned.add(found);
            }
        }
    }
    say(&draw::draw(&planned.report, true, &|path| load::read_again(root, path)));
    let findings = findings(&planned.report);
    let Some(mut bytes) = bytes.filter(|_| planned.report.denials() == 0) else {
        print(&format!("nothing written: {findings}, {:.2} s\n", start.elapsed().as_secs_f64()));
        return Ok(FINDINGS);
    };
    if let Some(browser) = browser {
        bytes = chromium::printed(&browser, &bytes, choices.today)?;
    }
    let size = bytes.len().div_ceil(1024);
    write::replace(&[(asked.output.clone(), bytes)])?;
    let pages = match chosen.routes.len() {
        1 => "1 page".to_string(),
        pages => format!("{pages} pages"),
    };
    let seconds = start.elapsed().as_secs_f64();
    print(&format!("{pages}, {findings}, {size} KiB, {seconds:.2} s: {}\n", asked.output.display()));
    Ok(CLEAN)
}

/// Refuses a place where no pack belongs: a folder, something that is no file, the playbook's own folders.
fn place(output: &Path, root: &Path) -> Result<(), Failure> {
    let refused =
        |why: &str| Err(Failure::Refused(format!("the pack cannot be written to {}: it is {why}", output.display())));
    match fs::metadata(output) {
        Ok(found) if found.is_dir() => return refused("a folder; name a file in it"),
        Ok(found) if !found.is_file() => return refused("no file"),
        _ => {}
    }
    let above = match output.parent().filter(|above| !above.as_os_str().is_empty()) {
        Some(above) => above,
        None => Path::new("."),
    };
    let whole = fs::canonicalize(above).map_err(|error| Failure::new("write", output, error))?;
    for name in ["content", "static", "themes"] {
        let own = root.join(name);
        if fs::canonicalize(&own).is_ok_and(|own| whole.starts_with(own)) {
            return refused(&format!("in the playbook's own {name}"));
        }
    }
    Ok(())
}
