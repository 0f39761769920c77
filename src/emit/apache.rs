//! Rules for Apache httpd 2.4.

use super::{Rules, encoded, literal, quoted};
use std::fmt::Write as _;

pub fn apache(rules: &Rules) -> String {
    let mut out = rules.head();
    let Rules { domain, base, folder, .. } = rules;
    let _ = write!(
        out,
        "# Apache httpd: put this file into /etc/apache2/sites-enabled/. It needs mod_headers (`a2enmod headers`); try it with\n\
         # `apachectl configtest`.\n\n<VirtualHost *:80>\n    ServerName {domain}\n    AddDefaultCharset utf-8\n"
    );
    let folder = folder.trim_end_matches('/');
    let _ = match base.as_str() {
        "/" => writeln!(out, "    DocumentRoot {}", quoted(folder)),
        base => writeln!(out, "    Alias {} {}", quoted(base), quoted(&format!("{folder}/"))),
    };
    let _ =
        writeln!(out, "    <Directory {}>\n        Options FollowSymLinks\n        AllowOverride None", quoted(folder));
    match rules.internal {
        true => out.push_str(SIGN_ON),
        false => out.push_str("        Require all granted\n"),
    }
    out.push_str("    </Directory>\n");
    let _ = writeln!(out, "    DirectoryIndex index.html\n    ErrorDocument 404 {}\n", rules.at("404.html"));
    for (name, value) in &rules.headers {
        let _ = writeln!(out, "    Header always set {name} {}", quoted(value));
    }
    let _ = writeln!(
        out,
        "    Header always set Cache-Control {}\n    # A file whose name holds the hash of its bytes never changes.\n    <LocationMatch {}>\n        \
         Header always set Cache-Control {}\n    </LocationMatch>",
        quoted(&rules.revalidated),
        quoted(&format!("^{}assets/([^/]*\\.)?[0-9a-f]{{8}}(\\.[0-9a-z]+)?$", literal(base))).replace("\\\\", "\\"),
        quoted(&rules.immutable)
    );
    if !rules.redirects.is_empty() {
        out.push_str("\n    # Addresses that were live once.\n");
    }
    for (old, new) in &rules.redirects {
        // The second spelling is the first without its `/`.
        let (bare, slash) = old.strip_suffix('/').map_or((old.as_str(), ""), |bare| (bare, "/?"));
        let expression = format!("\"^{}{slash}$\"", literal(bare).replace('"', "\\x22"));
        let _ = writeln!(out, "    RedirectMatch 301 {expression} {}", encoded(new).replace('%', "\\%"));
    }
    out.push_str("</VirtualHost>\n");
    out
}

const SIGN_ON: &str = "        # Here goes the company's sign-on: this edition is for your own people. Until it does, only this machine is let in.
        # With mod_auth_openidc take the line below away and write
        #     AuthType openid-connect
        #     Require valid-user
        Require local
";
