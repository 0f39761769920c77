//! Rules for Cloudflare Pages: two files, among those that are deployed.

use super::{Rules, encoded};
use std::fmt::Write as _;

pub fn redirects(rules: &Rules) -> String {
    let mut out = rules.head();
    out.push_str(
        "# Cloudflare Pages: _redirects, among the site's files (2,000 lines at most). 404.html is found by itself, each language has its own.\n",
    );
    for (old, new) in &rules.redirects {
        for old in Rules::spellings(old) {
            let _ = writeln!(out, "{} {} 301", encoded(old), encoded(new));
        }
    }
    out
}

pub fn headers(rules: &Rules) -> String {
    let mut out = rules.head();
    out.push_str(
        "# Cloudflare Pages: _headers, among the site's files. A line with `! ` takes what a wider rule gave.\n\
         # The theme's files are named one by one: write this file anew after the theme or the program has changed.\n",
    );
    if rules.internal {
        out.push_str(
            "#\n# The company's sign-on: this edition is for your own people. Put the site behind Cloudflare Access (Zero Trust, Access,\n\
             # Applications), previews included, before anything is deployed; no file can do so.\n",
        );
    }
    let _ = writeln!(out, "{}", rules.at("*"));
    for (name, value) in &rules.headers {
        let _ = writeln!(out, "  {name}: {value}");
    }
    let _ = writeln!(out, "  Cache-Control: {}", rules.revalidated);
    for file in &rules.hashed {
        let _ = writeln!(out, "{}\n  ! Cache-Control\n  Cache-Control: {}", encoded(file), rules.immutable);
    }
    out
}
