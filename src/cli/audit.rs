//! `trustbook audit`: the promise audit in its formats: for people, for spreadsheets, for programs, and the page itself.

use super::findings::{print_commands, print_sarif};
use super::{CLEAN, FINDINGS, build, print, say};
use crate::audit::{self, Weight};
use crate::diagnostic::nearest;
use crate::failure::Failure;
use crate::pipeline::Choices;
use crate::playbook::{Department, Id, Lang, Playbook};
use crate::render::Drawn;
use crate::routes::{PageId, Route};
use crate::view;
use crate::view::audit::{json, remarks, table, text};
use clap::{Args, ValueEnum};
use std::path::Path;

/// What the audit is asked for.
#[derive(Args)]
pub struct AuditArgs {
    /// Only this department, by its id
    #[arg(long, value_name = "ID")]
    department: Option<String>,
    /// How to say it
    #[arg(long, value_enum, default_value_t = AuditFormat::Text)]
    format: AuditFormat,
    /// Exit with 1 where there is something as grave as this, or graver
    #[arg(long, value_enum, value_name = "WEIGHT")]
    fail_on: Option<FailOn>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum AuditFormat {
    /// For a terminal, the worst of each topic
    Text,
    /// The page of the site, to be put among its files
    Html,
    /// For programs
    Json,
    /// For a spreadsheet, a line for each concern
    Csv,
    /// For minutes and wikis
    Markdown,
    /// SARIF 2.1.0, for code hosts and editors
    Sarif,
    /// Workflow commands, which GitHub's runners show beside the lines of a change
    Github,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FailOn {
    /// Promises that are broken
    Broken,
    /// Also what nobody can say holds
    Unsure,
    /// Also work that is not done yet
    Unfinished,
}

impl FailOn {
    fn weight(self) -> Weight {
        match self {
            FailOn::Broken => Weight::Broken,
            FailOn::Unsure => Weight::Unsure,
            FailOn::Unfinished => Weight::Unfinished,
        }
    }
}

/// Says the audit. Nothing but the audit goes to standard output.
pub fn audit(root: &Path, choices: &Choices, asked: &AuditArgs) -> Result<u8, Failure> {
    let planned = build::plan(root, choices)?;
    let department = asked.department.as_deref().map(|name| department(&planned.playbook, name)).transpose()?;
    let audit = audit::audit(&planned.playbook, &planned.measures, department);
    let desk = planned.desk();
    // The page need not be in the site: of one department, or in an edition for customers, it is not.
    let route = Route { page: PageId::Audit(department), language: Lang::DEFAULT, address: "/audit/".into() };
    let at = desk.at(&route);
    let whole = || view::audit::whole(&at, &audit);
    match asked.format {
        AuditFormat::Text => print(&text::text(&at, &view::audit::view(&at, &audit, text::LINES))),
        AuditFormat::Markdown => print(&table::markdown(&at, &whole())),
        AuditFormat::Csv => print(&table::csv(&at, &whole())),
        AuditFormat::Json => print(&String::from_utf8_lossy(&json::json(&at, &audit, &whole()))),
        AuditFormat::Sarif => {
            print_sarif(root, &remarks::remarks(&at, &audit, &whole()), "audit", &planned.playbook.settings.edition);
        }
        AuditFormat::Github => print_commands(root, &remarks::remarks(&at, &audit, &whole())),
        AuditFormat::Html => match planned.page(&desk, &Drawn::default(), &route) {
            Ok(html) => print(&String::from_utf8_lossy(&html)),
            Err(finding) => return Err(Failure::Refused(format!("could not draw the audit: {}", finding.message))),
        },
    }
    let denied = planned.report.denials() > 0;
    if denied {
        let findings = build::findings(&planned.report);
        say(&format!("note: the playbook has {findings}, so this may not be all: see `trustbook check`\n"));
    }
    let failed = asked.fail_on.is_some_and(|level| audit.reaches(level.weight()));
    Ok(if denied || failed { FINDINGS } else { CLEAN })
}

fn department(playbook: &Playbook, name: &str) -> Result<Id<Department>, Failure> {
    let known = || playbook.departments.iter().map(|one| &*one.id);
    if let Some((id, _)) = Id::all(&playbook.departments).find(|(_, one)| &*one.id == name) {
        return Ok(id);
    }
    let hint = match nearest(name, known()) {
        Some(near) => format!(": did you mean `{near}`?"),
        None if playbook.departments.is_empty() => ": the playbook has none".to_string(),
        None => format!(": there are {}", known().collect::<Vec<_>>().join(", ")),
    };
    Err(Failure::Refused(format!("no department is called `{name}`{hint}")))
}
