//! A fenced piece of code to HTML whose words have classes.
//!
//! Readers of our own and no grammars, which were measured: tree-sitter's took forty times as long and Sublime's a hundred
//! and sixty; 600 bytes of YAML aborted the one, 20 KB of backticks kept the other busy for a minute. These need no
//! set-up, cannot fail, and take time in proportion to what they read.

mod markup;
mod pen;
mod prose;
mod scan;
mod settings;
mod shell;
mod style;
mod tongue;
mod tongues;
mod words;

use std::ops::Range;

use markup::Markup;
use pen::Pen;
use tongue::Tongue;

/// The longest code that is highlighted, in bytes. Longer ones are data.
const LONGEST_CODE: usize = 256 * 1024;

/// The longest line that is highlighted, in bytes.
const LONGEST_LINE: usize = 20 * 1024;

/// The inside of a `<code>` element for a code in a language, named as in a fence: escaped, with `<span class="k">` and
/// its like, each of which ends with its line.
///
/// `None` when the language is unknown, or the code longer than 256 KB or one of its lines than 20 KB.
///
/// | class | what it is |
/// |---|---|
/// | `a` | attribute, annotation, option of a command |
/// | `c` | comment |
/// | `d` | deleted line |
/// | `f` | function, macro, command |
/// | `g` | inserted line |
/// | `h` | heading |
/// | `k` | keyword, tag |
/// | `m` | constant, symbol, entity |
/// | `n` | number, date, colour |
/// | `o` | operator, prompt |
/// | `p` | key, property, variable |
/// | `s` | string |
/// | `t` | type, section, selector |
pub fn highlight(language: &str, code: &str) -> Option<String> {
    let reader = reader(language)?;
    if code.len() > LONGEST_CODE || code.split('\n').any(|line| line.len() > LONGEST_LINE) {
        return None;
    }
    let mut pen = Pen::new(code);
    read(reader, &mut pen, 0..code.len());
    Some(pen.finish())
}

/// Who reads a language.
#[derive(Clone, Copy)]
enum Reader {
    Tongue(&'static Tongue),
    Markup(Markup),
    Style(style::Style),
    Php,
    Shell,
    Session,
    PythonSession,
    Dockerfile,
    Makefile,
    Toml,
    Yaml,
    Ini,
    Markdown,
    Tex,
    Diff,
    Text,
}

fn read(reader: Reader, pen: &mut Pen, range: Range<usize>) {
    match reader {
        Reader::Tongue(tongue) => tongue::read(tongue, pen, range),
        Reader::Markup(markup) => markup::read(markup, pen, range),
        Reader::Style(style) => style::read(style, pen, range),
        Reader::Php => markup::read_php(pen, range),
        Reader::Shell => shell::read(pen, range),
        Reader::Session => shell::read_session(pen, range),
        Reader::PythonSession => shell::read_python_session(pen, range),
        Reader::Dockerfile => shell::read_dockerfile(pen, range),
        Reader::Makefile => shell::read_makefile(pen, range),
        Reader::Toml => settings::read_toml(pen, range),
        Reader::Yaml => settings::read_yaml(pen, range),
        Reader::Ini => settings::read_ini(pen, range),
        Reader::Markdown => prose::read_markdown(pen, range, |pen, language, range| {
            // Markdown in Markdown stays plain: it could nest without end.
            if let Some(inner) = self::reader(language).filter(|inner| !matches!(inner, Reader::Markdown)) {
                read(inner, pen, range);
            }
        }),
        Reader::Tex => prose::read_tex(pen, range),
        Reader::Diff => prose::read_diff(pen, range),
        Reader::Text => {}
    }
}

/// The reader of a language by the names people give it, in any case; `rust,ignore` and `{.rust}` are Rust.
fn reader(language: &str) -> Option<Reader> {
    let name = language
        .trim_start_matches(|found: char| found.is_whitespace() || found == '{' || found == '.')
        .split(|found: char| found.is_whitespace() || matches!(found, ',' | '{' | '}' | ';' | ':'))
        .next()?;
    // No language has a longer name.
    if name.len() > 24 {
        return None;
    }
    let html = Markup { embeds: true, template: false };
    Some(match name.to_ascii_lowercase().as_str() {
        "rust" | "rs" => Reader::Tongue(&tongues::RUST),
        "javascript" | "js" | "jsx" | "mjs" | "cjs" | "node" | "es6" => Reader::Tongue(&tongues::JAVASCRIPT),
        "typescript" | "ts" | "mts" | "cts" => Reader::Tongue(&tongues::TYPESCRIPT),
        "tsx" => Reader::Tongue(&tongues::TSX),
        "json" | "jsonc" | "json5" | "jsonl" | "ndjson" | "geojson" | "webmanifest" => Reader::Tongue(&tongues::JSON),
        "go" | "golang" => Reader::Tongue(&tongues::GO),
        "java" => Reader::Tongue(&tongues::JAVA),
        "c" | "h" | "objc" | "objective-c" => Reader::Tongue(&tongues::C),
        "cpp" | "c++" | "cc" | "cxx" | "hpp" | "hxx" | "arduino" => Reader::Tongue(&tongues::CPP),
        "csharp" | "cs" | "c#" => Reader::Tongue(&tongues::CSHARP),
        "kotlin" | "kt" | "kts" => Reader::Tongue(&tongues::KOTLIN),
        "swift" => Reader::Tongue(&tongues::SWIFT),
        "scala" | "sbt" => Reader::Tongue(&tongues::SCALA),
        "dart" => Reader::Tongue(&tongues::DART),
        "groovy" | "gradle" | "jenkinsfile" => Reader::Tongue(&tongues::GROOVY),
        "zig" => Reader::Tongue(&tongues::ZIG),
        "python" | "py" | "py3" | "python3" | "starlark" | "bazel" => Reader::Tongue(&tongues::PYTHON),
        "ruby" | "rb" | "rake" | "gemfile" => Reader::Tongue(&tongues::RUBY),
        "elixir" | "ex" | "exs" => Reader::Tongue(&tongues::ELIXIR),
        "perl" | "pl" | "pm" => Reader::Tongue(&tongues::PERL),
        "lua" => Reader::Tongue(&tongues::LUA),
        "r" | "rlang" => Reader::Tongue(&tongues::R),
        "julia" | "jl" => Reader::Tongue(&tongues::JULIA),
        "haskell" | "hs" => Reader::Tongue(&tongues::HASKELL),
        "lisp" | "commonlisp" | "elisp" | "emacs-lisp" | "clojure" | "clj" | "cljs" | "edn" | "scheme" | "racket" => {
            Reader::Tongue(&tongues::LISP)
        }
        "powershell" | "ps1" | "pwsh" | "posh" => Reader::Tongue(&tongues::POWERSHELL),
        "sql" | "mysql" | "pgsql" | "plpgsql" | "postgres" | "postgresql" | "sqlite" | "tsql" | "bigquery" => {
            Reader::Tongue(&tongues::SQL)
        }
        "graphql" | "gql" => Reader::Tongue(&tongues::GRAPHQL),
        "proto" | "protobuf" | "proto3" => Reader::Tongue(&tongues::PROTO),
        "hcl" | "terraform" | "tf" | "tfvars" | "tofu" => Reader::Tongue(&tongues::HCL),
        "nix" => Reader::Tongue(&tongues::NIX),
        "nginx" | "nginxconf" => Reader::Tongue(&tongues::NGINX),
        "php" => Reader::Php,
        "html" | "htm" | "xhtml" | "vue" | "svelte" | "astro" => Reader::Markup(html),
        "jinja" | "jinja2" | "j2" | "tera" | "twig" | "liquid" | "nunjucks" | "njk" | "django" | "htmldjango"
        | "handlebars" | "hbs" | "mustache" => Reader::Markup(Markup { template: true, ..html }),
        "xml" | "svg" | "xsd" | "xsl" | "xslt" | "rss" | "atom" | "plist" | "xliff" | "wsdl" => {
            Reader::Markup(Markup { embeds: false, template: false })
        }
        "css" => Reader::Style(style::CSS),
        "scss" | "sass" | "less" => Reader::Style(style::SCSS),
        "sh" | "bash" | "zsh" | "shell" | "ksh" | "fish" => Reader::Shell,
        "console" | "shell-session" | "shellsession" | "session" | "terminal" => Reader::Session,
        "pycon" | "python-repl" => Reader::PythonSession,
        "dockerfile" | "docker" | "containerfile" => Reader::Dockerfile,
        "makefile" | "make" | "mk" => Reader::Makefile,
        "toml" => Reader::Toml,
        "yaml" | "yml" => Reader::Yaml,
        "ini" | "cfg" | "conf" | "config" | "properties" | "env" | "dotenv" | "editorconfig" | "gitconfig"
        | "systemd" | "desktop" => Reader::Ini,
        "markdown" | "md" | "mdx" => Reader::Markdown,
        "tex" | "latex" | "bibtex" => Reader::Tex,
        "diff" | "patch" | "udiff" => Reader::Diff,
        "text" | "txt" | "plain" | "plaintext" | "none" => Reader::Text,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The HTML of a code, with `⟨k·word⟩` for a span.
    fn marks(language: &str, code: &str) -> String {
        let html = highlight(language, code).expect("a known language and a short code");
        assert_eq!(text(&html), code, "nothing is lost, doubled or moved");
        let mut marks = html.replace("</span>", "⟩").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
        for class in "acdfghkmnopst".chars() {
            marks = marks.replace(&format!("<span class=\"{class}\">"), &format!("⟨{class}·"));
        }
        marks
    }

    /// What a browser shows. Each line must close the spans it opens, and no span holds another.
    fn text(html: &str) -> String {
        let mut text = String::new();
        for (number, line) in html.split('\n').enumerate() {
            if number > 0 {
                text.push('\n');
            }
            let mut rest = line;
            let mut open = false;
            while let Some(at) = rest.find('<') {
                text.push_str(&rest[..at]);
                let end = at + rest[at..].find('>').expect("a whole tag");
                match (&rest[at..=end], open) {
                    ("</span>", true) => open = false,
                    (tag, false) if tag.starts_with("<span class=\"") && tag.len() == 16 => open = true,
                    (tag, _) => panic!("{tag} in {line}"),
                }
                rest = &rest[end + 1..];
            }
            text.push_str(rest);
            assert!(!open, "{line}");
        }
        text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    }

    #[test]
    fn an_unknown_language_is_none_of_ours() {
        assert_eq!(highlight("klingon", "Qapla'"), None);
        assert_eq!(highlight("", "x"), None);
        assert_eq!(highlight(&"rust".repeat(100), "x"), None);
    }

    #[test]
    fn a_language_goes_by_many_names() {
        for name in ["rust", "rs", "Rust", " rust ", "rust,ignore", "rust ignore", "{.rust}", "rust{1,3}"] {
            assert_eq!(highlight(name, "fn").as_deref(), Some("<span class=\"k\">fn</span>"), "{name}");
        }
        for name in
            "js jsx ts tsx json toml yaml yml sh bash console html xml css scss md diff ini go java c cpp c++ cs c# \
                     php ruby rb dockerfile sql kotlin swift lua graphql hcl tf make powershell nginx text tera tex"
                .split_whitespace()
        {
            assert_eq!(highlight(name, "").as_deref(), Some(""), "{name}");
        }
    }

    #[test]
    fn everything_is_escaped() {
        assert_eq!(highlight("text", "<b>&amp;\"'").as_deref(), Some("&lt;b&gt;&amp;amp;\"'"));
        assert_eq!(
            highlight("js", "x = '</script><img onerror=1>'").as_deref(),
            Some("x <span class=\"o\">=</span> <span class=\"s\">'&lt;/script&gt;&lt;img onerror=1&gt;'</span>")
        );
    }

    #[test]
    fn what_is_too_long_is_left_alone() {
        assert_eq!(highlight("rust", &"x".repeat(LONGEST_LINE + 1)), None);
        assert_eq!(highlight("rust", &"x\n".repeat(LONGEST_CODE / 2 + 1)), None);
        assert!(highlight("rust", &"x\n".repeat(LONGEST_CODE / 2)).is_some());
    }

    #[test]
    fn rust() {
        assert_eq!(
            marks("rust", "#[derive(Debug)]\npub struct Promise<'a> {\n    pub text: &'a str, // said\n}"),
            "⟨a·#[derive(Debug)]⟩\n⟨k·pub struct⟩ ⟨t·Promise⟩<⟨a·'a⟩> {\n    ⟨k·pub⟩ ⟨p·text⟩: ⟨o·&⟩⟨a·'a⟩ ⟨t·str⟩, ⟨c·// said⟩\n}"
        );
        assert_eq!(
            marks("rust", "fn f() -> Vec<u8> { vec![b'x', '\\'' as u8, 0x1f_u8, MAX] }"),
            "⟨k·fn⟩ ⟨f·f⟩() ⟨o·->⟩ ⟨t·Vec⟩<⟨t·u8⟩> { ⟨f·vec!⟩[⟨s·b'x'⟩, ⟨s·'\\''⟩ ⟨k·as⟩ ⟨t·u8⟩, ⟨n·0x1f_u8⟩, ⟨m·MAX⟩] }"
        );
        assert_eq!(marks("rust", "r##\"a\"# \"##; 'l: loop {}"), "⟨s·r##\"a\"# \"##⟩; ⟨a·'l⟩: ⟨k·loop⟩ {}");
        assert_eq!(marks("rust", "/* a /* b */ c */ 1..2"), "⟨c·/* a /* b */ c */⟩ ⟨n·1⟩..⟨n·2⟩");
        assert_eq!(marks("rust", "x.await.type_id()"), "x.⟨k·await⟩.⟨f·type_id⟩()");
    }

    #[test]
    fn javascript() {
        assert_eq!(
            marks("js", "const a = { key: `x ${y + `z`} w`, 'q': /[/]x/g.test(b / 2 / c) }"),
            "⟨k·const⟩ a ⟨o·=⟩ { ⟨p·key⟩: ⟨s·`x ⟩${y ⟨o·+⟩ ⟨s·`z`⟩}⟨s· w`⟩, ⟨p·'q'⟩: ⟨s·/[/]x/g⟩.⟨f·test⟩(b ⟨o·/⟩ ⟨n·2⟩ ⟨o·/⟩ c) }"
        );
        assert_eq!(
            marks("jsx", "return <A b=\"c\" d={e}>it's {f(1)} for <br/> you</A>;"),
            "⟨k·return⟩ <⟨k·A⟩ ⟨a·b⟩=⟨s·\"c\"⟩ ⟨a·d⟩={e}>it's {⟨f·f⟩(⟨n·1⟩)} for <⟨k·br⟩/> you</⟨k·A⟩>;"
        );
        assert_eq!(
            marks("ts", "interface A { b?: Map<string, C>; }"),
            "⟨k·interface⟩ ⟨t·A⟩ { ⟨p·b⟩⟨o·?⟩: ⟨t·Map⟩<⟨t·string⟩, ⟨t·C⟩>; }"
        );
        // A quote that its line does not close is an apostrophe.
        assert_eq!(marks("js", "a' = 1\nlet b"), "a' ⟨o·=⟩ ⟨n·1⟩\n⟨k·let⟩ b");
    }

    #[test]
    fn json() {
        assert_eq!(
            marks("json", "{\n  \"a\": [1.5e-3, \"b\\\"\", null], \"c\": {}\n}"),
            "{\n  ⟨p·\"a\"⟩: [⟨n·1.5e-3⟩, ⟨s·\"b\\\"\"⟩, ⟨m·null⟩], ⟨p·\"c\"⟩: {}\n}"
        );
    }

    #[test]
    fn python() {
        assert_eq!(
            marks(
                "python",
                "@app.get('/')\nasync def f(x: int) -> str:\n    \"\"\"Says\n    hi.\"\"\"\n    return f\"{x + 1:>3} {{}}\" # c"
            ),
            "⟨a·@app.get⟩(⟨s·'/'⟩)\n⟨k·async def⟩ ⟨f·f⟩(x: ⟨t·int⟩) ⟨o·->⟩ ⟨t·str⟩:\n    ⟨s·\"\"\"Says⟩\n⟨s·    hi.\"\"\"⟩\n    ⟨k·return⟩ ⟨s·f\"⟩{x ⟨o·+⟩ ⟨n·1⟩:>⟨n·3⟩}⟨s· {{}}\"⟩ ⟨c·# c⟩"
        );
        assert_eq!(marks("pycon", ">>> len('a')\n1"), "⟨o·>>>⟩ ⟨f·len⟩(⟨s·'a'⟩)\n1");
    }

    #[test]
    fn ruby() {
        assert_eq!(
            marks(
                "ruby",
                "def a?(b) = %w[x y].map { |c| \"#{c}!\" } if @d =~ /e/\nputs <<~SQL, :sym\n  select 1\nSQL\nend"
            ),
            "⟨k·def⟩ ⟨f·a?⟩(b) ⟨o·=⟩ ⟨s·%w[x y]⟩.map { ⟨o·|⟩c⟨o·|⟩ ⟨s·\"⟩#{c}⟨s·!\"⟩ } ⟨k·if⟩ ⟨p·@d⟩ ⟨o·=~⟩ ⟨s·/e/⟩\nputs ⟨s·<<~SQL⟩, ⟨m·:sym⟩\n⟨s·  select 1⟩\n⟨s·SQL⟩\n⟨k·end⟩"
        );
    }

    #[test]
    fn other_tongues() {
        assert_eq!(
            marks("sql", "SELECT count(*) FROM t WHERE a = 'it''s' -- c"),
            "⟨k·SELECT⟩ ⟨f·count⟩(⟨o·*⟩) ⟨k·FROM⟩ t ⟨k·WHERE⟩ a ⟨o·=⟩ ⟨s·'it''s'⟩ ⟨c·-- c⟩"
        );
        assert_eq!(
            marks("go", "func (s *S) Run() { x := `a`\n\tfmt.Println(nil) }"),
            "⟨k·func⟩ (s ⟨o·*⟩⟨t·S⟩) ⟨f·Run⟩() { x :⟨o·=⟩ ⟨s·`a`⟩\n\tfmt.⟨f·Println⟩(⟨m·nil⟩) }"
        );
        assert_eq!(
            marks("c", "#include <a.h>\nint main(void) { return 0; }"),
            "⟨k·#include⟩ ⟨s·<a.h>⟩\n⟨t·int⟩ ⟨f·main⟩(⟨t·void⟩) { ⟨k·return⟩ ⟨n·0⟩; }"
        );
        assert_eq!(marks("cpp", "auto s = R\"x(a)\" b)x\";"), "⟨k·auto⟩ s ⟨o·=⟩ ⟨s·R\"x(a)\" b)x\"⟩;");
        assert_eq!(marks("cs", "var s = $\"a {b} c\";"), "⟨k·var⟩ s ⟨o·=⟩ ⟨s·$\"a ⟩{b}⟨s· c\"⟩;");
        assert_eq!(marks("swift", "let s = \"a \\(f(b)) c\""), "⟨k·let⟩ s ⟨o·=⟩ ⟨s·\"a ⟩\\(⟨f·f⟩(b))⟨s· c\"⟩");
        assert_eq!(marks("lua", "x = [==[ a ]] ]==] --[[ b\n]] y"), "x ⟨o·=⟩ ⟨s·[==[ a ]] ]==]⟩ ⟨c·--[[ b⟩\n⟨c·]]⟩ y");
        assert_eq!(marks("php", "<p><?= $a->b(1) ?></p>"), "<⟨k·p⟩>⟨k·<?=⟩ ⟨p·$a⟩⟨o·->⟩⟨f·b⟩(⟨n·1⟩) ⟨k·?>⟩</⟨k·p⟩>");
        assert_eq!(marks("php", "echo 'a'; // b"), "⟨k·echo⟩ ⟨s·'a'⟩; ⟨c·// b⟩");
        assert_eq!(
            marks("hcl", "resource \"a\" {\n  b = \"${var.c}\"\n}"),
            "resource ⟨s·\"a\"⟩ {\n  ⟨p·b⟩ ⟨o·=⟩ ⟨s·\"⟩${var.c}⟨s·\"⟩\n}".replacen("resource", "⟨k·resource⟩", 1)
        );
        assert_eq!(
            marks("powershell", "Get-Item -Path $a | Where { $_ -eq 1 }"),
            "⟨f·Get-Item⟩ ⟨a·-Path⟩ ⟨p·$a⟩ ⟨o·|⟩ Where { ⟨p·$_⟩ ⟨k·-eq⟩ ⟨n·1⟩ }"
        );
        assert_eq!(marks("lisp", "(defun f (x) (+ x 1)) ; c"), "(⟨k·defun⟩ ⟨f·f⟩ (⟨f·x⟩) (⟨f·+⟩ x ⟨n·1⟩)) ⟨c·; c⟩");
        assert_eq!(
            marks("nginx", "server {\n  listen 80;\n  root $dir;\n}"),
            "⟨k·server⟩ {\n  ⟨k·listen⟩ ⟨n·80⟩;\n  ⟨k·root⟩ ⟨p·$dir⟩;\n}"
        );
    }

    #[test]
    fn shells() {
        assert_eq!(
            marks("bash", "A='x' sudo cargo build --release # c\nif [ \"$B\" ]; then echo \"${C:-d} $(date +%F)\"; fi"),
            "⟨p·A⟩=⟨s·'x'⟩ ⟨f·sudo cargo⟩ build ⟨a·--release⟩ ⟨c·# c⟩\n⟨k·if⟩ [ ⟨s·\"⟩⟨p·$B⟩⟨s·\"⟩ ]; ⟨k·then⟩ ⟨f·echo⟩ ⟨s·\"⟩⟨p·${C:-d}⟩ $(⟨f·date⟩ +%F)⟨s·\"⟩; ⟨k·fi⟩"
        );
        assert_eq!(
            marks("sh", "cat <<EOF | wc\n$x\nEOF\nls"),
            "⟨f·cat⟩ ⟨s·<<EOF⟩ ⟨o·|⟩ ⟨f·wc⟩\n⟨s·$x⟩\n⟨s·EOF⟩\n⟨f·ls⟩"
        );
        assert_eq!(
            marks("console", "$ ls -l \\\n  a\nfor nobody\n# b"),
            "⟨o·$⟩ ⟨f·ls⟩ ⟨a·-l⟩ \\\n  a\nfor nobody\n⟨c·# b⟩"
        );
        assert_eq!(marks("console", "ls -l"), "⟨f·ls⟩ ⟨a·-l⟩");
        assert_eq!(
            marks("dockerfile", "FROM rust:1 AS b # no\nRUN a && \\\n  b\nEXPOSE 80"),
            "⟨k·FROM⟩ rust:1 ⟨k·AS⟩ b # no\n⟨k·RUN⟩ ⟨f·a⟩ ⟨o·&&⟩ \\\n  ⟨f·b⟩\n⟨k·EXPOSE⟩ ⟨n·80⟩"
        );
        assert_eq!(
            marks("make", "A := $(shell $(B) c)\nall: a # c\n\t$(CC) $@"),
            "⟨p·A⟩ := ⟨p·$(shell $(B) c)⟩\n⟨f·all⟩: a ⟨c·# c⟩\n\t⟨p·$(CC) $@⟩"
        );
    }

    #[test]
    fn settings() {
        assert_eq!(
            marks("toml", "[a.b] # c\nd-e = [1979-05-27, 'f', true]\n\"g\" = { h = 1.5, i = \"\"\"\nj\"\"\" }"),
            "⟨t·[a.b]⟩ ⟨c·# c⟩\n⟨p·d-e⟩ = [⟨n·1979-05-27⟩, ⟨s·'f'⟩, ⟨m·true⟩]\n⟨p·\"g\"⟩ = { ⟨p·h⟩ = ⟨n·1.5⟩, ⟨p·i⟩ = ⟨s·\"\"\"⟩\n⟨s·j\"\"\"⟩ }"
        );
        assert_eq!(
            marks(
                "yaml",
                "---\na: &x !t yes # c\nb:\n  - d: |\n      text: no\n\n    \"e\": [1, {f: g}]\nu: http://a/#b"
            ),
            "⟨o·---⟩\n⟨p·a⟩: ⟨a·&x⟩ ⟨t·!t⟩ ⟨m·yes⟩ ⟨c·# c⟩\n⟨p·b⟩:\n  - ⟨p·d⟩: ⟨o·|⟩\n⟨s·      text: no⟩\n\n    ⟨p·\"e\"⟩: [⟨n·1⟩, {⟨p·f⟩: g}]\n⟨p·u⟩: http://a/#b"
        );
        assert_eq!(
            marks("ini", "[a]\nb = 1 ; c\nd: \"e\"\n# f"),
            "⟨t·[a]⟩\n⟨p·b⟩ = ⟨n·1⟩ ⟨c·; c⟩\n⟨p·d⟩: ⟨s·\"e\"⟩\n⟨c·# f⟩"
        );
    }

    #[test]
    fn markups() {
        assert_eq!(
            marks("html", "<!-- c --><a href=\"x\" b=1 d>&lt; y</a><style>p{color:#fff}</style><script>let a</script>"),
            "⟨c·<!-- c -->⟩<⟨k·a⟩ ⟨a·href⟩=⟨s·\"x\"⟩ ⟨a·b⟩=⟨s·1⟩ ⟨a·d⟩>⟨m·&lt;⟩ y</⟨k·a⟩><⟨k·style⟩>⟨k·p⟩{⟨p·color⟩:⟨n·#fff⟩}</⟨k·style⟩><⟨k·script⟩>⟨k·let⟩ a</⟨k·script⟩>"
        );
        assert_eq!(
            marks("tera", "{# c #}{% for a in b %}<p>{{ a | upper }}</p>{% endfor %}"),
            "⟨c·{# c #}⟩⟨o·{%⟩ ⟨k·for⟩ a ⟨k·in⟩ b ⟨o·%}⟩<⟨k·p⟩>⟨o·{{⟩ a ⟨o·|⟩ upper ⟨o·}}⟩</⟨k·p⟩>⟨o·{%⟩ ⟨k·endfor⟩ ⟨o·%}⟩"
        );
        assert_eq!(
            marks("xml", "<?xml?><a:b c='d'><![CDATA[<]]></a:b>"),
            "⟨c·<?xml?>⟩<⟨k·a:b⟩ ⟨a·c⟩=⟨s·'d'⟩>⟨s·<![CDATA[<]]>⟩</⟨k·a:b⟩>"
        );
        assert_eq!(
            marks("css", "@media (width > 10em) { a:hover, .b #c { --d: calc(1px + var(--e)) !important; } }"),
            "⟨k·@media⟩ (width > ⟨n·10em⟩) { ⟨k·a⟩⟨a·:hover⟩, ⟨t·.b #c⟩ { ⟨p·--d⟩: ⟨f·calc⟩(⟨n·1px⟩ + ⟨f·var⟩(⟨p·--e⟩)) ⟨k·!important⟩; } }"
        );
        assert_eq!(
            marks("scss", "// a\n$b: 1;\n.c { &:hover { d: e } }"),
            "⟨c·// a⟩\n⟨p·$b⟩: ⟨n·1⟩;\n⟨t·.c⟩ { ⟨o·&⟩⟨a·:hover⟩ { ⟨p·d⟩: e } }"
        );
    }

    #[test]
    fn prose() {
        assert_eq!(
            marks("md", "---\na: 1\n---\n# H\n\n- b `c` [d](e)\n\n```rust\nfn\n```\n> f"),
            "⟨o·---⟩\n⟨p·a⟩: ⟨n·1⟩\n⟨o·---⟩\n⟨h·# H⟩\n\n⟨k·-⟩ b ⟨s·`c`⟩ [d](⟨p·e⟩)\n\n⟨c·```rust⟩\n⟨k·fn⟩\n⟨c·```⟩\n⟨k·>⟩ f"
        );
        assert_eq!(marks("diff", "--- a\n@@ -1 +1 @@\n-b\n+c\n d"), "⟨c·--- a⟩\n⟨h·@@ -1 +1 @@⟩\n⟨d·-b⟩\n⟨g·+c⟩\n d");
        assert_eq!(marks("tex", "\\frac{1}{x^2} % c"), "⟨k·\\frac⟩{⟨n·1⟩}{x⟨o·^⟩⟨n·2⟩} ⟨c·% c⟩");
    }

    const LANGUAGES: &str = "rust js ts tsx json go java c cpp cs kotlin swift scala dart groovy zig python ruby elixir perl lua r \
        julia haskell lisp powershell sql graphql proto hcl nix nginx php html tera xml css scss bash console pycon dockerfile \
        make toml yaml ini md tex diff text";

    /// Beginnings of everything that some reader looks ahead for.
    const PIECES: &str = "( [ { < (( ) ] } > \" ' ` \"\"\" ''' \\n \\t -\\s a:\\s >\\s *\\s # ## ```\\n ~~~\\n <<A\\n <<~X\\n <<<X\\n %w( %q{ \
        #{ ${ $( $(( <div> <p </p> <script> <style> <!-- <![CDATA[ <?php ?> R\"x( r#\" r##\" /* */ // -- --[[ [= 0x 1e 1. @ \\ \\\\n | \
        |\\n\\s & ! ? 1.\\s = a if\\s fn\\s é 漢 \u{1F600} \\r\\n {{ {% {# f\"{ $\"{ @\"  \\( ]==] &a\\s *a\\s : ---\\n +++\\n '\\ \"\\ [/ #[ $\\n a= \
        \"a\": <a\\sb=\" <a>{ . ; a{ a:b; u( url( --a =begin\\n $\\s\\\\n RUN\\sa\\\\n \"$( \"${ \u{0} \u{feff}";

    fn pieces() -> Vec<String> {
        PIECES
            .split_whitespace()
            .map(|piece| piece.replace("\\n", "\n").replace("\\s", " ").replace("\\t", "\t").replace("\\r", "\r"))
            .collect()
    }

    #[test]
    fn nothing_is_lost_of_nonsense() {
        let pieces = pieces();
        // A small generator with a fixed seed: the same nonsense in every run.
        let mut state = 0x9E37_79B9_7F4A_7C15_u64;
        let mut pick = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state as usize
        };
        for language in LANGUAGES.split_whitespace() {
            for _ in 0..300 {
                let code: String = (0..pick() % 40).map(|_| pieces[pick() % pieces.len()].as_str()).collect();
                let html = highlight(language, &code).expect("a known language and a short code");
                assert_eq!(text(&html), code, "{language}");
            }
        }
    }

    #[test]
    fn what_never_closes_is_read_once() {
        // A long line of one thing, and again: whoever searched it from every place would not come back.
        for language in LANGUAGES.split_whitespace() {
            for piece in pieces() {
                let line = piece.repeat(LONGEST_LINE / 4 / piece.len());
                let code = format!("{line}\n").repeat(2);
                assert!(highlight(language, &code).is_some(), "{language} {piece:?}");
            }
        }
    }
}
