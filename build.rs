//! The words of the default theme, in whatever languages there are: `themes/default/strings/*.ftl` to a list for `src/theme.rs`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    println!("cargo::rerun-if-changed=themes/default/strings");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").expect("cargo names the package's folder"));
    let folder = root.join("themes/default/strings");
    let entries = fs::read_dir(&folder).expect("the default theme has a folder of words");
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.expect("the folder can be listed").path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "ftl"))
        .collect();
    files.sort();
    let mut list = String::from("&[\n");
    for file in &files {
        let name = file.file_name().unwrap_or_default().to_string_lossy();
        let _ = writeln!(list, "    (\"strings/{name}\", include_bytes!({:?}) as &[u8]),", file.display().to_string());
    }
    list.push_str("]\n");
    let output = env::var_os("OUT_DIR").expect("cargo gives a place to write to");
    fs::write(Path::new(&output).join("words.rs"), list).expect("the list can be written");
}
