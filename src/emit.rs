//! An edition to the rules that a web server or host keeps for it: redirects, headers, caching, the error page.
//!
//! What holds for every host is gathered once ([`Rules`]); each host's module says it in that host's language and nothing more. The
//! files that come out are whole and can be tried as they are, but for the names that only their reader knows.

mod apache;
mod bucket;
mod caddy;
mod cloudflare;
mod netlify;
mod nginx;

use crate::playbook::Playbook;
use crate::routes::Routes;
pub use bucket::Bucket;

/// The hosts that rules are written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Host {
    /// nginx: a file for `sites-enabled/` or `conf.d/`.
    Nginx,
    /// Caddy: a site of a `Caddyfile`.
    Caddy,
    /// Apache httpd: a virtual host.
    Apache,
    /// Netlify: `netlify.toml`.
    Netlify,
    /// Cloudflare Pages: `_redirects` and `_headers`.
    Cloudflare,
}

impl Host {
    /// All of them.
    pub const ALL: [Host; 5] = [Host::Nginx, Host::Caddy, Host::Apache, Host::Netlify, Host::Cloudflare];

    /// Whether it can show a bucket of releases: whether our rules make it ask which one is live.
    pub fn can_ask(self) -> bool {
        self == Host::Nginx
    }

    /// The word of the command line.
    pub fn name(self) -> &'static str {
        match self {
            Host::Nginx => "nginx",
            Host::Caddy => "caddy",
            Host::Apache => "apache",
            Host::Netlify => "netlify",
            Host::Cloudflare => "cloudflare",
        }
    }
}

/// A file that a host reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HostFile {
    /// How it is called.
    pub name: &'static str,
    /// What stands in it.
    pub text: String,
}

/// What a host has to do for an edition, whatever host it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rules {
    /// The edition's audience.
    pub edition: String,
    /// The playbook's title, in one line.
    pub title: String,
    /// The name that readers type; a name that nobody has where the settings say none.
    pub domain: String,
    /// The path before every address: begins and ends with `/`.
    pub base: String,
    /// Where the site's files are.
    pub files: Files,
    /// Old addresses and where they lead, both with the path before them, as readers see them: not encoded.
    pub redirects: Vec<(String, String)>,
    /// What begins the addresses of each further language, with the path before them: `/sv/`.
    pub languages: Vec<String>,
    /// The theme's files, whose names hold the hash of their bytes; with the path before them.
    pub hashed: Vec<String>,
    /// Headers of every answer.
    pub headers: Vec<(&'static str, String)>,
    /// How long what may change is kept: asked for again each time, and sent only where it did.
    pub revalidated: String,
    /// How long a file is kept whose name says all that is in it.
    pub immutable: String,
    /// Whether only the playbook's own people may read it.
    pub internal: bool,
}

/// Where a host finds the site's files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Files {
    /// In a folder of its own disk.
    Folder(String),
    /// In a bucket of releases, of which only [some hosts](Host::can_ask) can ask the live one.
    Bucket(Bucket),
}

/// What readers' browsers may load and run: the site's own files.
const POLICY: &str =
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'self'";

/// Where a folder stands that nobody has named.
pub const FOLDER: &str = "/srv/trustbook/current";

impl Rules {
    /// The rules of an edition. `assets` are the theme's, as they are called in the output.
    pub fn of<'a>(playbook: &Playbook, routes: &Routes, assets: impl Iterator<Item = &'a str>, files: Files) -> Rules {
        let settings = &playbook.settings;
        let internal = !settings.is_customer_facing(&settings.edition);
        // Web servers compare what was asked for once its percent signs are resolved.
        let base = settings.base_path();
        let base = crate::view::decoded(base).unwrap_or_else(|| base.to_string());
        let with_base = |address: &str| format!("{base}{}", address.trim_start_matches('/'));
        let redirects = routes
            .aliases
            .iter()
            .map(|alias| (with_base(&alias.address), with_base(&routes.all[alias.to as usize].address)));
        let domain = settings.base_url.as_deref().and_then(|url| {
            let after = &url[url.find("://")? + 3..];
            let host = after.split(['/', ':']).next()?;
            let plain = host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.'));
            (plain && !host.is_empty()).then(|| host.to_string())
        });
        let mut headers = vec![
            ("Content-Security-Policy", POLICY.to_string()),
            ("X-Content-Type-Options", "nosniff".to_string()),
            ("Referrer-Policy", "same-origin".to_string()),
            ("Cross-Origin-Opener-Policy", "same-origin".to_string()),
            ("Permissions-Policy", "camera=(), geolocation=(), microphone=()".to_string()),
        ];
        if internal {
            headers.push(("Cross-Origin-Resource-Policy", "same-origin".to_string()));
        }
        if !settings.index {
            headers.push(("X-Robots-Tag", "noindex".to_string()));
        }
        let whose = if internal { "private" } else { "public" };
        Rules {
            edition: settings.edition.to_string(),
            title: settings.title.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect(),
            domain: domain.unwrap_or_else(|| "playbook.example.com".to_string()),
            redirects: redirects.collect(),
            languages: settings.languages[1..]
                .iter()
                .map(|language| with_base(&format!("{}/", language.tag)))
                .collect(),
            hashed: assets.map(with_base).collect(),
            headers,
            revalidated: format!("{whose}, no-cache"),
            immutable: format!("{whose}, max-age=31536000, immutable"),
            files,
            internal,
            base,
        }
    }

    /// The first lines of every file, as comments.
    fn head(&self) -> String {
        format!(
            "# Rules for the edition `{}` of “{}”, written by trustbook {}.\n\
             # Write them anew after a page got an alias: `trustbook publish --emit`.\n",
            self.edition,
            self.title,
            env!("CARGO_PKG_VERSION")
        )
    }

    /// A regular expression for files whose name holds the hash of their bytes, which never change: styles, scripts, cards.
    fn hashed_expression(&self) -> String {
        format!("^{}assets/([^/]*\\.)?[0-9a-f]{{8}}([0-9a-f]{{8}})?(\\.[0-9a-z]+)?$", literal(&self.base))
    }

    /// Eight letters that no other site on the same host has: another edition, playbook or place of files has others.
    fn badge(&self) -> String {
        let files = match &self.files {
            Files::Folder(folder) => folder,
            Files::Bucket(bucket) => &bucket.address,
        };
        let what = [&self.edition, &self.title, &self.domain, &self.base, files].map(String::as_str).join("\n");
        format!("{:08x}", xxhash_rust::xxh3::xxh3_64(what.as_bytes()) as u32)
    }

    /// The folder of the site's files, for hosts that know nothing else.
    fn folder(&self) -> &str {
        match &self.files {
            Files::Folder(folder) => folder,
            Files::Bucket(_) => FOLDER,
        }
    }

    /// The path of a file below the path before every address.
    fn at(&self, file: &str) -> String {
        format!("{}{file}", self.base)
    }

    /// The names under which an old address is asked for: with and without its last `/`.
    fn spellings(address: &str) -> impl Iterator<Item = &str> {
        let bare = address.strip_suffix('/').filter(|bare| !bare.is_empty());
        std::iter::once(address).chain(bare)
    }
}

/// The files that a host reads for these rules.
pub fn emit(rules: &Rules, host: Host) -> Vec<HostFile> {
    match host {
        Host::Nginx => vec![HostFile { name: "trustbook.conf", text: nginx::nginx(rules) }],
        Host::Caddy => vec![HostFile { name: "Caddyfile", text: caddy::caddy(rules) }],
        Host::Apache => vec![HostFile { name: "trustbook.conf", text: apache::apache(rules) }],
        Host::Netlify => vec![HostFile { name: "netlify.toml", text: netlify::netlify(rules) }],
        Host::Cloudflare => vec![
            HostFile { name: "_redirects", text: cloudflare::redirects(rules) },
            HostFile { name: "_headers", text: cloudflare::headers(rules) },
        ],
    }
}

/// An address as a `Location` header has it: RFC 3986, everything but plain letters and `/` in its percent form.
fn encoded(address: &str) -> String {
    let mut encoded = String::with_capacity(address.len());
    for byte in address.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                encoded.push(char::from(byte))
            }
            _ => encoded.push_str(&format!("%{byte:02X}")),
        }
    }
    encoded
}

/// Text in which a regular expression means nothing but itself.
fn literal(text: &str) -> String {
    let mut literal = String::with_capacity(text.len());
    for letter in text.chars() {
        if letter.is_ascii_punctuation() && !matches!(letter, '/' | '-' | '_' | '"' | '%') {
            literal.push('\\');
        }
        literal.push(letter);
    }
    literal
}

/// Text in double quotes, as nginx, Caddy and Apache read it, and TOML where there is no control character.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules() -> Rules {
        Rules {
            edition: "internal".to_string(),
            title: "A playbook".to_string(),
            domain: "playbook.example.com".to_string(),
            base: "/book/".to_string(),
            files: Files::Folder(FOLDER.to_string()),
            redirects: vec![
                ("/book/old/".to_string(), "/book/guides/new/".to_string()),
                ("/book/når \"x\" $y.html".to_string(), "/book/sv/nytt $1/".to_string()),
            ],
            languages: vec!["/book/sv/".to_string()],
            hashed: vec!["/book/assets/style.0a1b2c3d.css".to_string()],
            headers: vec![("X-Robots-Tag", "noindex".to_string())],
            revalidated: "private, no-cache".to_string(),
            immutable: "private, max-age=31536000, immutable".to_string(),
            internal: true,
        }
    }

    #[test]
    fn every_host_has_every_redirect_and_header_and_the_place_of_the_sign_on() {
        for host in Host::ALL {
            let files = emit(&rules(), host);
            let all: String = files.iter().map(|file| file.text.as_str()).collect();
            // Cloudflare finds the nearest one by itself.
            assert!(host == Host::Cloudflare || all.contains("/sv/404.html"), "{}: {all}", host.name());
            // Apache writes the percent forms itself, and would write them twice.
            let new = if host == Host::Apache { r"/book/sv/nytt \$1/" } else { "/book/sv/nytt%20%241/" };
            // Netlify asks again for what no rule names, and would put two rules of one header together.
            let kept = if host == Host::Netlify { "immutable" } else { "private, no-cache" };
            for wanted in ["/book/guides/new/", new, "noindex", kept, "immutable", "sign-on"] {
                assert!(all.contains(wanted), "{}: {wanted}\n{all}", host.name());
            }
            let public = Rules { internal: false, ..rules() };
            let all: String = emit(&public, host).iter().map(|file| file.text.as_str()).collect();
            assert!(!all.contains("sign-on"), "{}: {all}", host.name());
        }
    }

    #[test]
    fn netlify_s_file_is_toml() {
        let text = netlify::netlify(&rules());
        let read: toml::Table = text.parse().unwrap_or_else(|error| panic!("{error}\n{text}"));
        let redirects = read["redirects"].as_array().expect("a list");
        assert_eq!(redirects[0]["from"].as_str(), Some("/book/old/"));
        assert_eq!(redirects[2]["status"].as_integer(), Some(404));
        assert_eq!(redirects.len(), 3);
        assert_eq!(read["headers"][1]["for"].as_str(), Some("/book/assets/style.0a1b2c3d.css"));
        assert_eq!(read["headers"].as_array().map(Vec::len), Some(2));
    }

    #[test]
    fn texts_are_written_as_each_place_reads_them() {
        assert_eq!(encoded("/sv/när $x/"), "/sv/n%C3%A4r%20%24x/");
        assert_eq!(literal("/a.b+c-d/å"), "/a\\.b\\+c-d/å");
        assert_eq!(quoted("a\"b\\c"), "\"a\\\"b\\\\c\"");
    }
}
