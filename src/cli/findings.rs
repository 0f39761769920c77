//! Findings to standard output, in the format that was asked for: nothing else goes there with them.

use super::{git, print};
use crate::diagnostic::remark::Remarks;
use crate::diagnostic::sarif::{Run, sarif};
use crate::diagnostic::{Report, draw, workflow};
use crate::load;
use clap::ValueEnum;
use std::path::Path;

/// How findings are said.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FindingsFormat {
    /// Pictures for people
    Text,
    /// A JSON object a line, for programs
    Json,
    /// SARIF 2.1.0, for code hosts and editors
    Sarif,
    /// Workflow commands, which GitHub's runners show beside the lines of a change
    Github,
}

/// Says what a command found in an edition.
pub fn print_findings(root: &Path, report: &Report, format: FindingsFormat, command: &str, edition: &str) {
    let read = |path: &str| load::read_again(root, path);
    match format {
        FindingsFormat::Text => print(&draw::draw(report, true, &read)),
        FindingsFormat::Json => print(&draw::json_lines(report, &read)),
        FindingsFormat::Sarif => print_sarif(root, &Remarks::from(report), command, edition),
        FindingsFormat::Github => print_commands(root, &Remarks::from(report)),
    }
}

/// Says remarks as a log in SARIF.
pub fn print_sarif(root: &Path, remarks: &Remarks, command: &str, edition: &str) {
    let folder = git::folder(root);
    let run = Run { command, edition, folder: &folder };
    print(&sarif(remarks, run, &|path| load::read_again(root, path)));
}

/// Says remarks as workflow commands.
pub fn print_commands(root: &Path, remarks: &Remarks) {
    print(&workflow::commands(remarks, &git::folder(root), &|path| load::read_again(root, path)));
}
