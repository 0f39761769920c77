//! Rules for nginx 1.18 and newer.

use super::{Rules, encoded, literal, quoted};
use std::fmt::Write as _;

pub fn nginx(rules: &Rules) -> String {
    let mut out = rules.head();
    let Rules { domain, base, folder, .. } = rules;
    let kept = variable(rules, "kept");
    let _ = write!(
        out,
        "# nginx: put this file into /etc/nginx/sites-enabled/ (or conf.d/), and try it with `nginx -t`.\n\n{}\
         # How long an answer is kept. A file whose name holds the hash of its bytes never changes.\n\
         map $uri {kept} {{\n    default {};\n    {} {};\n}}\n\n\
         server {{\n    listen 80;\n    # With a certificate: listen 443 ssl; ssl_certificate …; ssl_certificate_key …; and\n    \
         # add_header Strict-Transport-Security \"max-age=31536000\" always;\n    server_name {domain};\n    charset utf-8;\n    \
         absolute_redirect off;\n    server_tokens off;\n",
        missing(rules),
        quoted(&rules.revalidated),
        quoted(&format!("~{}", rules.hashed_expression())),
        quoted(&rules.immutable),
    );
    if rules.internal {
        out.push_str(SIGN_ON);
    }
    out.push_str("\n    # No location below may add headers of its own: it would lose all of these.\n");
    for (name, value) in &rules.headers {
        let _ = writeln!(out, "    add_header {name} {} always;", quoted(value));
    }
    let _ = writeln!(out, "    add_header Cache-Control {kept} always;");
    out.push_str("\n    gzip on;\n    gzip_vary on;\n    gzip_types text/css text/javascript application/javascript application/json image/svg+xml text/xml;\n");
    let missing = if rules.languages.is_empty() { quoted(&rules.at("404.html")) } else { variable(rules, "missing") };
    let _ = writeln!(out, "\n    error_page 404 {missing};");
    match base.as_str() {
        "/" => {
            let _ = writeln!(out, "    root {};\n    index index.html;", quoted(folder));
        }
        base => {
            let _ = writeln!(
                out,
                "    location {} {{\n        alias {};\n        index index.html;\n    }}\n    location = {} {{\n        return 301 {};\n    }}\n    \
                 location / {{\n        return 404;\n    }}",
                quoted(base),
                quoted(&format!("{}/", folder.trim_end_matches('/'))),
                quoted(base.trim_end_matches('/')),
                quoted(&encoded(base)),
            );
        }
    }
    if !rules.redirects.is_empty() {
        out.push_str("\n    # Addresses that were live once.\n");
    }
    for (old, new) in &rules.redirects {
        for old in Rules::spellings(old) {
            let target = format!("{}$is_args$args", encoded(new));
            let _ = writeln!(out, "    location = {} {{ return 301 {}; }}", quoted(old), quoted(&target));
        }
    }
    out.push_str("}\n");
    out
}

/// A variable of this edition: those of one name would be one for all sites of a server.
fn variable(rules: &Rules, name: &str) -> String {
    let edition: String = rules.edition.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    format!("$trustbook_{edition}_{name}")
}

/// Which page stands for one that is missing: that of its language.
fn missing(rules: &Rules) -> String {
    if rules.languages.is_empty() {
        return String::new();
    }
    let mut map = format!(
        "# What is missing is said in the language that was asked for.\nmap $uri {} {{\n    default {};\n",
        variable(rules, "missing"),
        quoted(&rules.at("404.html"))
    );
    for language in &rules.languages {
        let (begins, page) = (format!("~^{}", literal(language)), format!("{language}404.html"));
        let _ = writeln!(map, "    {} {};", quoted(&begins), quoted(&page));
    }
    map.push_str("}\n\n");
    map
}

const SIGN_ON: &str = "
    # Here goes the company's sign-on: this edition is for your own people. Until it does, only this machine is let in.
    # With oauth2-proxy, or anything else that answers a subrequest with 202 or 401, take the two lines below away and write
    #     auth_request /oauth2/auth;
    #     error_page 401 = /oauth2/sign_in;
    #     location /oauth2/ { proxy_pass http://127.0.0.1:4180; proxy_set_header Host $host; proxy_set_header X-Real-IP $remote_addr;
    #                         proxy_set_header X-Auth-Request-Redirect $request_uri; }
    # In a network that is trusted as a whole, name it instead: allow 10.0.0.0/8;
    allow 127.0.0.1;
    deny all;
";
