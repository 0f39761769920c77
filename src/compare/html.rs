//! A [`Comparison`] to a page of HTML that loads nothing, to be kept with a build or sent by mail.

use super::Comparison;
use super::said::{Chapter, NOTHING, Part, chapters, has_title, lines, summary};
use crate::parse::html::escape;
use std::fmt::Write as _;

const STYLE: &str = include_str!("page.css");

/// What has changed since `since`, as a whole page.
pub fn html(comparison: &Comparison, since: &str) -> String {
    let title = format!("What has changed since {}", escaped(since));
    let mut out = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"robots\" content=\"noindex\">\n<title>{title}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n\
         <h1>{title}</h1>\n"
    );
    let words = if comparison.is_empty() { NOTHING.to_string() } else { summary(comparison) };
    let _ = writeln!(out, "<p>{}</p>", escaped(&words));
    // Titles and words of the playbook are in its language, ours in English.
    let lang = format!(" lang=\"{}\"", escaped(&comparison.language));
    for Chapter { sort, subjects, more } in chapters(comparison) {
        let _ = writeln!(out, "<h2>{}</h2>", sort.heading());
        for subject in subjects {
            let id = escaped(&subject.id);
            let name = match has_title(subject) {
                true => format!("<span{lang}>{}</span> <code>{id}</code>", escaped(&subject.title)),
                false => format!("<code>{id}</code>"),
            };
            let _ = writeln!(out, "<h3>{name}</h3>\n<p class=\"file\">{}</p>\n<ul>", escaped(&subject.path));
            let (lines, rest) = lines(subject);
            for line in lines {
                let line: String = line.iter().map(|one| part(one, &lang)).collect();
                let _ = writeln!(out, "<li>{line}</li>");
            }
            if let Some(rest) = rest {
                let _ = writeln!(out, "<li>and {rest} more changes</li>");
            }
            out.push_str("</ul>\n");
        }
        if more > 0 {
            let _ = writeln!(out, "<p>And {more} more (<code>--format json</code> has all of them).</p>");
        }
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn part(part: &Part, lang: &str) -> String {
    match part {
        Part::Plain(words) => escaped(words),
        Part::Kept(words) => format!("<span{lang}>{}</span>", escaped(words)),
        Part::Gone(words) => format!("<del{lang}>{}</del>", escaped(words)),
        Part::New(words) => format!("<ins{lang}>{}</ins>", escaped(words)),
    }
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape(text, &mut out);
    out
}
