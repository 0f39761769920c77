//! `trustbook publish --emit`: the rules that go with an edition, for a web server or host.

use super::{CLEAN, FINDINGS, print, say};
use crate::diagnostic::{Diagnostics, draw};
use crate::emit::{Bucket, FOLDER, Files, Host, Rules, emit};
use crate::failure::Failure;
use crate::pipeline::{self, Choices};
use crate::playbook::Outlet;
use crate::playbook::outlet::Way;
use crate::source::Sources;
use crate::{load, write};
use std::path::Path;

/// The host of this name.
pub fn host(word: &str) -> Result<Host, String> {
    let known = Host::ALL.map(Host::name);
    let found = Host::ALL.into_iter().find(|host| host.name() == word);
    found.ok_or_else(|| format!("it is one of {}", known.join(", ")))
}

/// Says the rules for `host`, or writes them into a folder.
pub fn write_rules(
    root: &Path,
    (sources, found): (Sources, Diagnostics),
    choices: &Choices,
    outlet: Option<&Outlet>,
    host: Host,
    output: Option<&Path>,
) -> Result<u8, Failure> {
    let planned = pipeline::plan(root, sources, found, choices)?;
    if planned.report.denials() > 0 {
        // Which addresses there are is not certain.
        say(&draw::draw(&planned.report, true, &|path| load::read_again(root, path)));
        return Ok(FINDINGS);
    }
    let files = outlet.map_or_else(|| Files::Folder(FOLDER.to_string()), |outlet| files(root, outlet));
    if matches!(files, Files::Bucket(_)) && !host.can_ask() {
        let known: Vec<&str> = Host::ALL.into_iter().filter(|host| host.can_ask()).map(Host::name).collect();
        return Err(Failure::Refused(format!(
            "{} cannot ask a bucket which of its releases is live: take {}, or `layout = \"addresses\"`",
            host.name(),
            known.join(" or ")
        )));
    }
    let assets = planned.theme.files.iter().map(|(path, _)| &**path);
    let files = emit(&Rules::of(&planned.playbook, &planned.routes, assets, files), host);
    match output {
        Some(output) => {
            std::fs::create_dir_all(output).map_err(|error| Failure::new("make", output, error))?;
            let files: Vec<_> =
                files.into_iter().map(|file| (output.join(file.name), file.text.into_bytes())).collect();
            let names: Vec<String> = files.iter().map(|(path, _)| path.display().to_string()).collect();
            write::replace(&files)?;
            print(&format!("{} written\n", names.join(" and ")));
        }
        None => {
            let several = files.len() > 1;
            for file in files {
                if several {
                    print(&format!("# {}\n", file.name));
                }
                print(&file.text);
            }
        }
    }
    Ok(CLEAN)
}

/// Where a host finds a target's files: of a folder, what is live is `current` beside its releases.
fn files(root: &Path, outlet: &Outlet) -> Files {
    if let Some(bucket) = Bucket::of(&outlet.way) {
        return Files::Bucket(bucket);
    }
    let path = match &outlet.way {
        Way::Folder { path } => std::path::absolute(root.join(&**path)).ok(),
        Way::Ssh { path, .. } if path.starts_with('/') => Some(Path::new(&**path).to_path_buf()),
        _ => None,
    };
    let path = path.and_then(|path| path.join("current").to_str().map(str::to_string));
    Files::Folder(path.unwrap_or_else(|| FOLDER.to_string()))
}
