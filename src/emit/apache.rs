//! Rules for Apache httpd 2.4.

use super::{Rules, literal, quoted};
use std::fmt::Write as _;

pub fn apache(rules: &Rules) -> String {
    let mut out = rules.head();
    let Rules { domain, base, .. } = rules;
    let _ = write!(
        out,
        "# Apache httpd: put this file into /etc/apache2/sites-enabled/. It needs mod_headers (`a2enmod headers`); try it with\n\
         # `apachectl configtest`.\n\n<VirtualHost *:80>\n    ServerName {domain}\n    AddDefaultCharset utf-8\n"
    );
    let folder = rules.folder().trim_end_matches('/');
    let _ = match base.as_str() {
        "/" => writeln!(out, "    DocumentRoot {}", quoted(folder)),
        base => writeln!(
            out,
            "    Alias {} {}\n    RedirectMatch 301 \"^{}$\" {}",
            quoted(base),
            quoted(&format!("{folder}/")),
            literal(base.trim_end_matches('/')),
            target(base)
        ),
    };
    let _ =
        writeln!(out, "    <Directory {}>\n        Options FollowSymLinks\n        AllowOverride None", quoted(folder));
    match rules.internal {
        true => out.push_str(SIGN_ON),
        false => out.push_str("        Require all granted\n"),
    }
    out.push_str("    </Directory>\n");
    let _ = writeln!(out, "    DirectoryIndex index.html\n    ErrorDocument 404 {}", rules.at("404.html"));
    for language in &rules.languages {
        let _ = writeln!(
            out,
            "    <Location {}>\n        ErrorDocument 404 {language}404.html\n    </Location>",
            quoted(language)
        );
    }
    out.push('\n');
    for (name, value) in &rules.headers {
        let _ = writeln!(out, "    Header always set {name} {}", quoted(value));
    }
    let _ = writeln!(
        out,
        "    Header always set Cache-Control {}\n    # A file whose name holds the hash of its bytes never changes.\n    <LocationMatch \"{}\">\n        \
         Header always set Cache-Control {} \"expr=%{{REQUEST_STATUS}} -in {{'200','206','304'}}\"\n    </LocationMatch>",
        quoted(&rules.revalidated),
        rules.hashed_expression(),
        quoted(&rules.immutable)
    );
    if !rules.redirects.is_empty() {
        out.push_str("\n    # Addresses that were live once.\n");
    }
    for (old, new) in &rules.redirects {
        // The second spelling is the first without its `/`.
        let (bare, slash) = old.strip_suffix('/').map_or((old.as_str(), ""), |bare| (bare, "/?"));
        let expression = format!("\"^{}{slash}$\"", literal(bare).replace('"', "\\x22"));
        let _ = writeln!(out, "    RedirectMatch 301 {expression} {}", target(new));
    }
    out.push_str("</VirtualHost>\n");
    out
}

/// Where a `RedirectMatch` leads. It is encoded by Apache; `$1` and `&` would stand for what was matched.
fn target(address: &str) -> String {
    format!("\"{}\"", address.replace('\\', "%5C").replace('"', "%22").replace('$', "\\$").replace('&', "\\&"))
}

const SIGN_ON: &str = "        # Here goes the company's sign-on: this edition is for your own people. Until it does, only this machine is let in.
        # With mod_auth_openidc take the line below away and write
        #     AuthType openid-connect
        #     Require valid-user
        Require local
";
