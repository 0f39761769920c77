//! Every kind of page as its judges see it: axe-core in light and dark, on a telephone and at a desk; nothing on the console,
//! nothing from elsewhere, nothing cut at 320 pixels, with text twice as large, or in forced colours.

use super::driver::{DESK, PHONE, Window, in_browser};
use super::markup;
use super::pages::{self, Page};
use super::site::{self, Server};
use serde_json::{Value, json};

/// Kinds that are looked at in every language; the others speak with the same words.
const IN_EVERY_LANGUAGE: [&str; 5] = ["front", "journey", "stage", "guide", "checklists"];

/// Every rule that WCAG 2.2 asks for at levels A and AA, and what is good practice besides.
const AXE: &str = r#"
var done = arguments[0];
axe.run(document, {
  preload: false, resultTypes: ["violations"],
  runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"] }
}).then(function (result) {
  done(result.violations.flatMap(function (violation) {
    return violation.nodes.map(function (node) { return violation.id + " at " + node.target.join(" ") + ": " + node.failureSummary; });
  }));
}, function (error) { done([String(error)]); });
"#;

/// What was asked of another host than this.
const ELSEWHERE: &str = "performance.getEntriesByType('resource').map(one => one.name).filter(name => !name.startsWith(location.origin + '/'))";

/// What stands outside of the window without a frame that scrolls; what is cut off by its own box.
const CUT: &str = r#"
(function () {
  function name(one) { return one.tagName.toLowerCase() + (one.id ? '#' + one.id : "") + (one.classList.length ? "." + [].join.call(one.classList, ".") : ""); }
  var root = document.documentElement, wrong = [];
  if (root.scrollWidth > innerWidth) wrong.push("the page is " + root.scrollWidth + " wide in a window of " + innerWidth);
  document.querySelectorAll("body *").forEach(function (one) {
    if (!one.checkVisibility({ visibilityProperty: true }) || one.closest("svg, .vh")) return;
    var style = getComputedStyle(one), text = [].some.call(one.childNodes, function (node) { return node.nodeType === 3 && node.data.trim(); });
    if (!text || style.clipPath !== "none" || one.clientWidth < 2) return;
    if (/hidden|clip/.test(style.overflowX) && one.scrollWidth > one.clientWidth + 1 && style.textOverflow !== "ellipsis") wrong.push(name(one) + " is cut: " + one.textContent.trim().slice(0, 60));
  });
  return wrong;
})()"#;

/// Words in drawings that have the colour of what is behind them.
const LOST: &str = r#"
(function () {
  var probe = document.body.appendChild(document.createElement("i"));
  probe.style.cssText = "color: Canvas; forced-color-adjust: none";
  var ground = getComputedStyle(probe).color;
  probe.remove();
  if (!matchMedia("(forced-colors: active)").matches) return ["colours are not forced"];
  return [].filter.call(document.querySelectorAll("svg text"), function (text) {
    return text.checkVisibility() && getComputedStyle(text).fill === ground;
  }).map(function (text) { return "lost in forced colours: " + text.textContent; });
})()"#;

/// What moves although the reader's system asks for rest.
const MOVING: &str = r#"
[].filter.call(document.querySelectorAll("*"), function (one) {
  var style = getComputedStyle(one);
  return (parseFloat(style.transitionDuration) > 0.01 || style.animationName !== "none" || style.scrollBehavior === "smooth") && !one.closest("dialog");
}).map(function (one) { return "moves: " + one.tagName + "." + one.getAttribute("class"); })"#;

fn lines(value: Value) -> Vec<String> {
    let Value::Array(lines) = value else { return vec![format!("no answer but {value}")] };
    lines.into_iter().map(|line| line.as_str().map(str::to_string).unwrap_or(line.to_string())).collect()
}

/// A walk through pages, and what was found on it.
struct Walk {
    window: Window,
    server: Server,
    /// The page of what is missing is shown at any depth, so that its links are those of a site that stands at the root.
    root: Server,
    axe: Value,
    found: Vec<String>,
}

impl Walk {
    fn new(window: Window) -> Walk {
        let axe = std::fs::read_to_string(markup::installed("axe-core/axe.min.js")).expect("axe-core can be read");
        let (server, root) = (Server::new(site::reference()), Server::below("/", site::reference()));
        Walk { window, server, root, axe: json!(axe), found: Vec::new() }
    }

    async fn open(&self, page: &Page) {
        let server = if page.kind == "not-found" { &self.root } else { &self.server };
        self.window.open(&format!("{}{}", server.front, page.address)).await;
    }

    fn note(&mut self, page: &Page, how: &str, found: Vec<String>) {
        self.found.extend(found.into_iter().map(|line| format!("/{} {how}: {line}", page.address)));
    }

    /// Asks axe about a page, in both colours and both widths.
    async fn judge(&mut self, page: &Page) {
        for size in [PHONE, DESK] {
            self.window.resize(size).await;
            self.open(page).await;
            self.window.command("Runtime.evaluate", json!({ "expression": self.axe })).await;
            for scheme in ["light", "dark"] {
                self.window.emulate("screen", &[("prefers-color-scheme", scheme)]).await;
                let found = self.window.client.execute_async(AXE, vec![]).await;
                let found = lines(found.unwrap_or_else(|error| json!([error.to_string()])));
                self.note(page, &format!("{scheme}, {} px", size.0), found);
            }
            let elsewhere = lines(self.window.get(ELSEWHERE).await);
            self.note(page, "asks elsewhere", elsewhere);
            let said = self.window.console().await;
            self.note(page, "console", said);
        }
    }

    /// Looks at a page as those do who made their windows narrow, their letters large, their colours few, or everything still.
    async fn strain(&mut self, page: &Page) {
        self.window.emulate("screen", &[("prefers-reduced-motion", "reduce")]).await;
        self.window.resize((320, 700)).await;
        self.open(page).await;
        let cut = lines(self.window.get(CUT).await);
        self.note(page, "320 px", cut);
        let moving = lines(self.window.get(MOVING).await);
        self.note(page, "at rest", moving);

        self.window.resize(DESK).await;
        self.open(page).await;
        let large = self.window.client.execute("document.documentElement.style.fontSize = '200%'", vec![]).await;
        large.expect("letters can be made larger");
        let cut = lines(self.window.get(CUT).await);
        self.note(page, "text at 200 %", cut);

        self.window.emulate("screen", &[("forced-colors", "active"), ("prefers-color-scheme", "dark")]).await;
        let lost = lines(self.window.get(LOST).await);
        self.note(page, "forced colours", lost);
        let said = self.window.console().await;
        self.note(page, "console", said);
    }

    fn end(self) {
        assert!(self.found.is_empty(), "{} findings:\n{}", self.found.len(), self.found.join("\n"));
    }
}

#[test]
fn axe_finds_nothing_on_any_kind_of_page() {
    in_browser(DESK, |window| async move {
        let mut walk = Walk::new(window);
        let english = pages::fullest("en");
        assert!(english.len() > 25, "every kind of page: {}", english.len());
        for page in english {
            walk.judge(page).await;
        }
        walk.end();
    });
}

#[test]
fn axe_finds_nothing_in_other_languages() {
    in_browser(DESK, |window| async move {
        let mut walk = Walk::new(window);
        for language in ["sv", "id"] {
            for page in pages::fullest(language) {
                if IN_EVERY_LANGUAGE.contains(&page.kind.as_str()) {
                    walk.judge(page).await;
                }
            }
        }
        walk.end();
    });
}

#[test]
fn no_kind_of_page_is_cut_or_lost_under_strain() {
    in_browser(DESK, |window| async move {
        let mut walk = Walk::new(window);
        for page in pages::fullest("en") {
            walk.strain(page).await;
        }
        walk.end();
    });
}

/// The full grid, asked for with `EVERY_PAGE=1`: an hour. Without it the fullest page of each kind stands for the others.
#[test]
fn every_page_if_asked_for() {
    if std::env::var_os("EVERY_PAGE").is_none() {
        return;
    }
    in_browser(DESK, |window| async move {
        let mut walk = Walk::new(window);
        for page in pages::all() {
            walk.judge(page).await;
            walk.strain(page).await;
        }
        walk.end();
    });
}
