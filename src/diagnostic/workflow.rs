//! Remarks to workflow commands, which GitHub's runners, and others that read them, show beside the lines of a change.

use super::position::Positions;
use super::remark::{Remark, Remarks, Weight, is_shown};
use std::sync::Arc;

/// One command a line: `::error file=content/a.md,line=3,endLine=3,col=1,endColumn=4,title=dead-link::…`. `folder` is the
/// playbook's as the repository has it: empty, or ending in `/`.
pub fn commands(remarks: &Remarks, folder: &str, read: &dyn Fn(&str) -> Option<Arc<str>>) -> String {
    let mut positions = Positions::new(read);
    remarks.all.iter().map(|remark| command(remark, folder, &mut positions)).collect()
}

fn command(remark: &Remark, folder: &str, positions: &mut Positions<'_>) -> String {
    let word = match remark.weight {
        Weight::Error => "error",
        Weight::Warning => "warning",
        Weight::Note => "notice",
    };
    let mut properties: Vec<(&str, String)> = Vec::new();
    if let Some(label) = remark.labels.first() {
        properties.push(("file", format!("{folder}{}", label.place.path)));
        if let Some(region) = positions.region(&label.place) {
            let (start, end) = (region.start, region.end);
            // What ends before the first column of a line ends with the line before.
            let last_line = if end.1 == 1 && end.0 > start.0 { end.0 - 1 } else { end.0 };
            properties.push(("line", start.0.to_string()));
            properties.push(("endLine", last_line.to_string()));
            // Columns are for one line alone.
            if start.0 == end.0 && is_shown(&label.place) {
                properties.push(("col", start.1.to_string()));
                properties.push(("endColumn", end.1.saturating_sub(1).max(start.1).to_string()));
            }
        }
    }
    properties.push(("title", remark.rule.to_string()));
    let properties: Vec<String> =
        properties.into_iter().map(|(name, value)| format!("{name}={}", escaped_property(&value))).collect();
    format!("::{word} {}::{}\n", properties.join(","), escaped(&remark.with_help()))
}

/// What would end the line, written as the runner reads it back.
fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// As [`escaped`], and what would end the property.
fn escaped_property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::super::{Code, Diagnostic, Diagnostics, Levels, Report};
    use super::*;
    use crate::source::Place;

    fn said(path: &str, range: std::ops::Range<usize>, message: &str) -> String {
        let mut found = Diagnostics::default();
        let finding = Diagnostic::new(Code::DeadLink, message).at(Place::new(&path.into(), range), "here");
        found.push(finding.help("did you mean `b`?"));
        commands(&Remarks::from(&Report::new(found, &Levels::default())), "book/", &|_| Some("one\ntwo three\n".into()))
    }

    #[test]
    fn properties_and_message_are_escaped() {
        assert_eq!(
            said("content/a,b:c%.md", 4..7, "100 % dead\n::set-env name=a::b"),
            "::error file=book/content/a%2Cb%3Ac%25.md,line=2,endLine=2,col=1,endColumn=3,title=dead-link::\
             100 %25 dead%0A::set-env name=a::b%0Ahelp: did you mean `b`?\n"
        );
    }

    #[test]
    fn several_lines_have_no_columns_and_a_file_no_lines() {
        assert!(said("content/a.md", 0..14, "x").contains(",line=1,endLine=2,title="));
        assert!(said("content/a.md", 0..0, "x").contains("file=book/content/a.md,title="));
        assert!(said("content/data/a.csv", 4..7, "x").contains(",line=2,endLine=2,title="));
    }
}
