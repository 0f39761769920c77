//! Rules for nginx 1.18 and newer.

use super::{Bucket, Files, Rules, encoded, literal, quoted};
use crate::playbook::outlet::Layout;
use std::fmt::Write as _;

pub fn nginx(rules: &Rules) -> String {
    let mut out = rules.head();
    let Rules { domain, base, .. } = rules;
    let kept = variable(rules, "kept");
    let _ = write!(
        out,
        "# nginx: put this file into /etc/nginx/sites-enabled/ (or conf.d/), and try it with `nginx -t`.\n\n{}\
         # How long an answer is kept. A file whose name holds the hash of its bytes never changes; that it could not be had may.\n\
         map \"$status $uri\" {kept} {{\n    default {};\n    {} {};\n}}\n\n\
         server {{\n    listen 80;\n    # With a certificate: listen 443 ssl; ssl_certificate …; ssl_certificate_key …; and\n    \
         # add_header Strict-Transport-Security \"max-age=31536000\" always;\n    server_name {domain};\n    charset utf-8;\n    \
         absolute_redirect off;\n    server_tokens off;\n",
        missing(rules),
        quoted(&rules.revalidated),
        quoted(&format!("~^(200|206|304) {}", &rules.hashed_expression()[1..])),
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
    match &rules.files {
        Files::Folder(folder) => out.push_str(&of_folder(folder, base)),
        Files::Bucket(_) => out.push_str(&of_bucket(rules)),
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
    if let Files::Bucket(bucket) = &rules.files {
        out.push_str(&gateway(rules, bucket));
    }
    out
}

/// The site's files, from this machine's disk.
fn of_folder(folder: &str, base: &str) -> String {
    if base == "/" {
        return format!("    root {};\n    index index.html;\n", quoted(folder));
    }
    format!(
        "    location {} {{\n        alias {};\n        index index.html;\n    }}\n{}",
        quoted(base),
        quoted(&format!("{}/", folder.trim_end_matches('/'))),
        around(base)
    )
}

/// What is not below the path before every address.
fn around(base: &str) -> String {
    format!(
        "    location = {} {{\n        return 301 {};\n    }}\n    location / {{\n        return 404;\n    }}\n",
        quoted(base.trim_end_matches('/')),
        quoted(&encoded(base)),
    )
}

/// The site's files, from the server below, which asks the bucket.
fn of_bucket(rules: &Rules) -> String {
    let base = &rules.base;
    let asked = format!("proxy_set_header Host {};\n        proxy_pass http://{BEHIND};", behind(rules));
    let mut out =
        format!("    location {} {{\n        proxy_intercept_errors on;\n        {asked}\n    }}\n", quoted(base));
    // Whether a browser knows the page for errors already says nothing of what it asked for.
    for page in std::iter::once(base).chain(&rules.languages).map(|language| format!("{language}404.html")) {
        let _ = writeln!(
            out,
            "    location = {} {{\n        proxy_pass_request_headers off;\n        {asked}\n    }}",
            quoted(&page)
        );
    }
    if base != "/" {
        out.push_str(&around(base));
    }
    out
}

/// Where the server listens that asks the bucket.
const BEHIND: &str = "127.0.0.1:8780";

/// By which name it is asked, so that several sites can listen at one place.
fn behind(rules: &Rules) -> String {
    format!("trustbook-{}", rules.badge())
}

/// The server that asks the bucket which release is live, and then for a file of it.
///
/// It is a server of its own, since nginx asks one question before it answers, and that of the visitors' server is the sign-on's.
fn gateway(rules: &Rules, bucket: &Bucket) -> String {
    let Bucket { address, mark, noise, unnamed } = bucket;
    let [file, folder, asked, live, known, strong] =
        ["file", "folder", "asked", "live", "known", "strong"].map(|name| variable(rules, name));
    let base = rules.base.trim_end_matches('/');
    // As it is sent, and as somebody may type it.
    let base = if base.is_ascii() { literal(base) } else { format!("({}|{})", literal(base), literal(&encoded(base))) };
    let (folder_name, asked_name, strong_name) = (&folder[1..], &asked[1..], &strong[1..]);
    let mut out = String::from(
        "\n# The bucket. With every request it is asked which release is live, so that all pages change at once. It has to let this machine read\n\
         # without a signature, by a policy for its address or its network, and should let nobody else.\n",
    );
    if let Some(unnamed) = unnamed {
        let _ = writeln!(
            out,
            "# trustbook.toml does not say its {}: write it for {unnamed} below.",
            unnamed.to_lowercase()
        );
    }
    let _ = write!(
        out,
        "map $request_uri {file} {{\n    default \"\";\n    \
         # What a store may read as another folder than nginx does.\n    {} \"\";\n    {} {};\n    {} {asked};\n}}\n\
         # What was compressed on its way to a browser is known by the name that the bucket has for it.\n\
         map $http_if_none_match {known} {{\n    default $http_if_none_match;\n    \"~^W/(?<{strong_name}>.*)$\" {strong};\n}}\n\n\
         server {{\n    listen {BEHIND};\n    server_name {};\n    access_log off;\n    absolute_redirect off;\n    server_tokens off;\n",
        quoted(r"~*^[^?]*(//|\\|%5c|%2f|/(\.|%2e){1,2}(/|\?|$))"),
        quoted(&format!("~^{base}(?<{folder_name}>/([^?]*/)?)(\\?.*)?$")),
        quoted(&format!("${{{folder_name}}}index.html")),
        quoted(&format!("~^{base}(?<{asked_name}>/[^?]*)")),
        behind(rules),
    );
    if bucket.has_name() {
        out.push_str("    # The name server: see `nameserver` in /etc/resolv.conf.\n    resolver 127.0.0.53;\n");
    }
    if bucket.is_closed() {
        out.push_str(
            "    proxy_ssl_server_name on;\n    proxy_ssl_verify on;\n    proxy_ssl_verify_depth 4;\n    \
             proxy_ssl_trusted_certificate /etc/ssl/certs/ca-certificates.crt;\n",
        );
    }
    let _ = write!(
        out,
        "    if ($request_method !~ \"^(GET|HEAD)$\") {{ return 405; }}\n    if ({file} = \"\") {{ return 404; }}\n    proxy_http_version 1.1;\n    \
         # What a browser says of itself, cookies above all, is none of the bucket's business.\n    \
         proxy_pass_request_headers off;\n    proxy_pass_request_body off;\n\n    location = /.trustbook/live {{\n        internal;\n        \
         # A variable, so that its number is looked up anew.\n        set {live}_at {};\n        proxy_pass {live}_at;\n    }}\n\n    location / {{\n        \
         auth_request /.trustbook/live;\n        auth_request_set {live} $upstream_http_{};\n        \
         proxy_set_header If-None-Match {known};\n        proxy_set_header Range $http_range;\n        proxy_set_header If-Range $http_if_range;\n",
        quoted(&format!("{address}{}", Layout::LIVE)),
        mark.replace('-', "_"),
    );
    for header in ["Cache-Control", "Access-Control-Allow-Origin"].iter().chain(*noise) {
        let _ = writeln!(out, "        proxy_hide_header {header};");
    }
    let _ = write!(
        out,
        "        proxy_intercept_errors on;\n        # A bucket that may not be listed says 403 of what is not there. What else it says is for nobody to see.\n        \
         error_page 400 403 404 = @missing;\n        error_page 301 302 303 307 308 401 409 429 500 501 503 = @silent;\n        proxy_pass {};\n    }}\n    location @silent {{\n        return 502;\n    }}\n    location @missing {{\n        \
         if ({live} = \"\") {{ return 502; }}\n        # A folder, without its last /.\n        \
         if ($request_uri ~ \"^([^?]*/[^/.?]+)(\\?.*)?$\") {{ return 301 $1/$is_args$args; }}\n        return 404;\n    }}\n}}\n",
        quoted(&format!("{address}{}/{live}{file}", Layout::RELEASES)),
    );
    out
}

/// A variable of this site: those of one name would be one for all sites of a server. In an expression nginx takes no longer name than
/// one of 32 letters.
fn variable(rules: &Rules, name: &str) -> String {
    format!("$trustbook_{}_{name}", rules.badge())
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
    #     location /oauth2/ { auth_request off; proxy_pass http://127.0.0.1:4180; proxy_set_header Host $host; proxy_set_header X-Real-IP $remote_addr;
    #                         proxy_set_header X-Auth-Request-Redirect $request_uri; }
    # In a network that is trusted as a whole, name it instead: allow 10.0.0.0/8;
    allow 127.0.0.1;
    deny all;
";
