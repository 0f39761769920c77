//! Rules for Netlify: one file, at the top of what is deployed from.

use super::{Rules, encoded, quoted};
use std::fmt::Write as _;

pub fn netlify(rules: &Rules) -> String {
    let mut out = rules.head();
    out.push_str("# Netlify: netlify.toml. 404.html is found by itself, and what has no rule below is asked for again each time.\n\
         # The theme's files are named one by one: write this file anew after the theme or the program has changed.\n");
    if rules.internal {
        out.push_str(
            "#\n# The company's sign-on: this edition is for your own people. Turn on “Team login protection” or your sign-on under Site\n\
             # settings, Access control, before anything is deployed; no file can do so.\n",
        );
    }
    for (old, new) in &rules.redirects {
        let (old, new) = (quoted(old), quoted(&encoded(new)));
        let _ = write!(out, "\n[[redirects]]\nfrom = {old}\nto = {new}\nstatus = 301\nforce = true\n");
    }
    for language in &rules.languages {
        let (from, to) = (quoted(&format!("{language}*")), quoted(&format!("{language}404.html")));
        let _ = write!(out, "\n[[redirects]]\nfrom = {from}\nto = {to}\nstatus = 404\n");
    }
    let _ = write!(out, "\n[[headers]]\nfor = {}\n[headers.values]\n", quoted(&rules.at("*")));
    for (name, value) in &rules.headers {
        let _ = writeln!(out, "{name} = {}", quoted(value));
    }
    for file in &rules.hashed {
        let _ = write!(
            out,
            "\n[[headers]]\nfor = {}\n[headers.values]\nCache-Control = {}\n",
            quoted(file),
            quoted(&rules.immutable)
        );
    }
    out
}
