//! Rules for Caddy 2.

use super::{Rules, encoded, quoted};
use std::fmt::Write as _;

pub fn caddy(rules: &Rules) -> String {
    let mut out = rules.head();
    let Rules { domain, base, .. } = rules;
    let _ = write!(
        out,
        "# Caddy: put this into your Caddyfile, and try it with `caddy validate`.\n\n{domain} {{\n\tencode gzip\n"
    );
    if rules.internal {
        out.push_str(SIGN_ON);
    }
    out.push_str("\n\theader {\n");
    for (name, value) in &rules.headers {
        let _ = writeln!(out, "\t\t{name} {}", quoted(value));
    }
    out.push_str("\t}\n");
    let _ = writeln!(
        out,
        "\t# A file whose name holds the hash of its bytes never changes.\n\t@hashed path_regexp {0}\n\t@others not path_regexp {0}\n\t\
         header @hashed Cache-Control {1}\n\theader @others Cache-Control {2}",
        rules.hashed_expression(),
        quoted(&rules.immutable),
        quoted(&rules.revalidated)
    );
    if !rules.redirects.is_empty() {
        out.push_str("\n\t# Addresses that were live once.\n");
    }
    for (old, new) in &rules.redirects {
        for old in Rules::spellings(old) {
            let _ = writeln!(out, "\tredir {} {} permanent", quoted(old), encoded(new));
        }
    }
    let folder = quoted(rules.folder());
    let _ = match base.as_str() {
        "/" => write!(out, "\n\troot * {folder}\n\tfile_server\n"),
        base => write!(
            out,
            "\n\troot * {folder}\n\tredir {} {} permanent\n\thandle_path {} {{\n\t\tfile_server\n\t}}\n\thandle {{\n\t\terror 404\n\t}}\n",
            quoted(base.trim_end_matches('/')),
            encoded(base),
            quoted(&format!("{base}*")),
        ),
    };
    let _ = write!(
        out,
        "\thandle_errors {{\n\t\theader Cache-Control {}\n\t\troot * {folder}\n",
        quoted(&rules.revalidated)
    );
    // The first rewrite that fits is the last one.
    for (number, language) in rules.languages.iter().enumerate() {
        let page = format!("/{}404.html", language.strip_prefix(base.as_str()).unwrap_or(language));
        let asked = quoted(&format!("{language}*"));
        let _ = write!(
            out,
            "\t\t@language{number} path {asked}\n\t\thandle @language{number} {{\n\t\t\trewrite * {page}\n\t\t\tfile_server\n\t\t}}\n"
        );
    }
    out.push_str("\t\thandle {\n\t\t\trewrite * /404.html\n\t\t\tfile_server\n\t\t}\n\t}\n}\n");
    out
}

const SIGN_ON: &str = "
\t# Here goes the company's sign-on: this edition is for your own people. Until it does, only this machine is let in.
\t# With oauth2-proxy, or anything else that answers a subrequest, take the two lines below away and write
\t#     forward_auth 127.0.0.1:4180 {
\t#         uri /oauth2/auth
\t#     }
\t@strangers not remote_ip 127.0.0.1 ::1
\trespond @strangers \"The company's sign-on is missing.\" 403
";
