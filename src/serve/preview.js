// What a page does in the preview: it follows changes, and shows the bar, the badge and what is wrong. Words come with the
// bar, in the page's language; nothing here is ever read as HTML.
(function (d) {
  "use strict";
  var script = d.currentScript, own = new URL(".", script.src).pathname;
  var page = script.dataset.page, shape = script.dataset.shape;
  var memory = null;
  try { memory = sessionStorage; memory.getItem(own); } catch (off) { memory = null; }
  function remember(name, value) {
    try { if (memory) { if (value === null) memory.removeItem(own + name); else memory.setItem(own + name, value); } } catch (full) { /* not remembered */ }
  }
  function remembered(name) { try { return memory && memory.getItem(own + name); } catch (off) { return null; } }

  // Back to where it was.
  function reload() {
    remember("place", JSON.stringify([location.pathname, scrollX, scrollY]));
    location.reload();
  }
  var place = remembered("place");
  remember("place", null);
  if (place) {
    try {
      place = JSON.parse(place);
      if (place[0] === location.pathname) {
        var back = function () { scrollTo({ left: place[1], top: place[2], behavior: "instant" }); };
        back();
        addEventListener("load", back, { once: true });
      }
    } catch (foreign) { /* not ours */ }
  }

  // Style sheets are exchanged in place, the old one staying until the new one is there.
  function sheets(within) { return Array.prototype.slice.call(within.querySelectorAll('link[rel~="stylesheet"]')); }
  function exchange(old, href) {
    var fresh = old.cloneNode();
    fresh.href = href;
    fresh.onload = fresh.onerror = function () { old.remove(); };
    old.after(fresh);
  }
  function restyle(version) {
    sheets(d).forEach(function (sheet) {
      var url = new URL(sheet.href);
      if (url.origin === location.origin) { url.search = "?" + version; exchange(sheet, url.href); }
    });
  }

  // Is this page another one now?
  var looking = false, again = false;
  function look() {
    if (looking) { again = true; return; }
    looking = true;
    fetch(location.pathname, { cache: "no-store" }).then(function (answer) {
      var tag = (answer.headers.get("ETag") || "").replace(/"/g, "");
      if (!tag || tag === page) return null;
      if (!shape || answer.headers.get("X-Preview-Shape") !== shape) { reload(); return null; }
      return answer.text().then(function (html) {
        var now = sheets(new DOMParser().parseFromString(html, "text/html"));
        sheets(d).forEach(function (sheet, number) {
          var href = now[number] && now[number].getAttribute("href");
          if (href && href !== sheet.getAttribute("href")) exchange(sheet, href);
        });
        page = tag;
      });
    }).then(show, show).then(function () {
      looking = false;
      if (again) { again = false; look(); }
    });
  }
  var seen = null;
  function changed(data) {
    var now;
    try { now = JSON.parse(data); } catch (foreign) { return; }
    var before = seen;
    seen = now;
    if (before && before.files !== now.files) { reload(); return; }
    if (before && before.styles !== now.styles) restyle(now.styles);
    look();
  }

  // One stream for all tabs; where there are no shared workers, one that is closed while nobody looks.
  var port = null, source = null;
  function follow() {
    if (typeof SharedWorker === "function") {
      try {
        port = new SharedWorker(own + "stream.js", "trustbook-preview").port;
        port.onmessage = function (event) { changed(event.data); };
        return;
      } catch (off) { port = null; }
    }
    if (d.visibilityState === "hidden" || source) return;
    source = new EventSource(own + "events");
    source.addEventListener("change", function (event) { changed(event.data); });
  }
  function leave() {
    if (port) { port.postMessage("bye"); port = null; }
    if (source) { source.close(); source = null; }
  }
  addEventListener("pagehide", leave);
  addEventListener("pageshow", function (event) { if (event.persisted) follow(); });
  d.addEventListener("visibilitychange", function () {
    if (port) return;
    if (d.visibilityState === "hidden") leave(); else follow();
  });

  // The bar stands in a shadow, so that neither the page's styles nor its scripts meet it by chance.
  var host = null, shadow = null, box = null;
  function make(name, attributes, inner) {
    var element = d.createElement(name);
    Object.keys(attributes || {}).forEach(function (key) {
      var value = attributes[key];
      if (typeof value === "function") element.addEventListener(key, value);
      else if (value === true) element.setAttribute(key, "");
      else if (value !== false && value !== null && value !== undefined) element.setAttribute(key, value);
    });
    [].concat(inner === undefined || inner === null ? [] : inner).forEach(function (one) { if (one) element.append(one); });
    return element;
  }
  function stand() {
    if (host && host.isConnected) return;
    host = make("div", { id: "trustbook-preview" });
    shadow = host.attachShadow({ mode: "open" });
    box = make("div", { class: "box" });
    shadow.append(make("link", { rel: "stylesheet", href: own + "preview.css" }), box);
    d.body.append(host);
    // The bar takes as much of the page's end as it covers, however many lines it has.
    if (typeof ResizeObserver === "function") new ResizeObserver(function () { host.style.blockSize = box.offsetHeight + "px"; }).observe(box);
  }
  // What is drawn anew leaves the keyboard where it was.
  function held() {
    var now = shadow && shadow.activeElement;
    return now ? now.dataset.key || null : null;
  }
  function show() {
    return fetch(own + "bar" + location.pathname, { cache: "no-store" })
      .then(function (answer) { return answer.ok ? answer.json() : null; })
      .then(function (bar) { if (bar) draw(bar); });
  }
  function choose(fields) {
    var form = new URLSearchParams();
    Object.keys(fields).forEach(function (key) { if (fields[key]) form.set(key, fields[key]); });
    fetch(own + "edition", { method: "POST", body: form }).then(function (answer) {
      return answer.ok ? answer.text().then(function (to) { if (to === location.pathname) reload(); else location.assign(to); }) : null;
    });
  }
  function labelled(words, control) { return make("label", {}, [make("span", {}, words), control]); }
  function options(all, current) {
    return all.map(function (one) { return make("option", { value: one[0], lang: one[2], selected: one[0] === current }, one[1]); });
  }
  function list(id, title, drawn, bar) {
    return make("section", { class: "list " + id, id: id, role: id === "errors" ? "alert" : "region", "aria-label": title }, [
      make("header", {}, [make("strong", {}, title), make("button", { type: "button", "data-key": "close-" + id, click: function () {
        remember(id, id === "errors" ? drawn : null);
        draw(bar);
      } }, bar.words.close)]),
      id === "errors" && bar.good ? make("p", {}, bar.words.last_good) : null,
      make("pre", { tabindex: "0", lang: "en", dir: "ltr" }, drawn)
    ]);
  }
  function draw(bar) {
    stand();
    var key = held();
    var words = bar.words, here = bar.page, edition = bar.edition, parts = [], tools = [];
    host.lang = bar.lang;
    host.dir = bar.dir;
    // Errors show themselves until they are gone or closed; warnings wait until they are asked for.
    var closed = remembered("errors") === bar.errors.drawn, open = remembered("warnings") === "open";
    if (!bar.errors.count) remember("errors", null);
    if (bar.errors.count && !closed) parts.push(list("errors", bar.errors.words, bar.errors.drawn, bar));
    if (bar.warnings.count && open) parts.push(list("warnings", bar.warnings.words, bar.warnings.drawn, bar));
    if (!here) {
      parts.push(make("section", { class: "list", id: "near" }, [make("p", {}, bar.near.length ? words.missing : words.missing_none)].concat(
        bar.near.length ? make("ul", {}, bar.near.map(function (one) { return make("li", {}, make("a", { href: one.href }, one.title)); })) : null
      )));
    }
    if (bar.errors.count) tools.push(make("button", { type: "button", class: "badge error", "data-key": "errors", "aria-expanded": String(!closed), click: function () {
      remember("errors", closed ? null : bar.errors.drawn);
      draw(bar);
    } }, bar.errors.words));
    if (bar.warnings.count) tools.push(make("button", { type: "button", class: "badge warning", "data-key": "warnings", "aria-expanded": String(open), click: function () {
      remember("warnings", open ? null : "open");
      draw(bar);
    } }, bar.warnings.words));
    if (bar.polling) tools.push(make("span", { class: "badge warning" }, words.polling));
    if (here) {
      here.badges.forEach(function (badge) { tools.push(make("span", { class: "badge " + badge.kind }, badge.text)); });
      if (here.source) tools.push(make("button", { type: "button", class: "source", "data-key": "source", title: words.source, click: function (event) {
        copy(here.source, event.currentTarget, words.copied);
      } }, here.source));
      if (here.languages && here.languages.length) {
        var languages = make("select", { "data-key": "language", change: function (event) { location.assign(event.target.value); } }, options(
          here.languages.map(function (one) { return [one.href, one.untranslated ? one.name + " *" : one.name, one.lang]; }),
          (here.languages.filter(function (one) { return one.current; })[0] || {}).href
        ));
        tools.push(labelled(words.language, languages));
      }
    }
    function wanted(change) {
      var fields = { audience: edition.audience, drafts: edition.drafts ? "1" : "0", day: edition.chosen_day ? edition.day : "", address: bar.address };
      Object.keys(change).forEach(function (key) { fields[key] = change[key]; });
      choose(fields);
    }
    if (edition.audiences.length > 1) tools.push(labelled(words.audience, make("select", {
      class: "audience", "data-key": "audience",
      change: function (event) { wanted({ audience: event.target.value }); }
    }, options(edition.audiences.map(function (one) { return [one, one]; }), edition.audience))));
    var drafts = make("input", { type: "checkbox", class: "drafts", "data-key": "drafts", change: function (event) { wanted({ drafts: event.target.checked ? "1" : "0" }); } });
    drafts.checked = edition.drafts;
    tools.push(labelled(words.drafts, drafts));
    tools.push(labelled(words.date, make("input", { type: "date", class: "day", "data-key": "day", value: edition.day, required: edition.chosen_day ? null : true, change: function (event) {
      wanted({ day: event.target.value });
    } })));
    if (here && here.templates.length) tools.push(make("details", {}, [make("summary", { "data-key": "templates" }, words.templates), make("ul", {}, here.templates.map(function (one) { return make("li", {}, one); }))]));
    parts.push(make("div", { class: "bar", role: "region", "aria-label": words.bar }, tools));
    box.replaceChildren.apply(box, parts);
    if (key) {
      var again = box.querySelector('[data-key="' + key + '"]') || box.querySelector(".bar button, .bar select, .bar input");
      if (again) again.focus({ preventScroll: true });
    }
  }
  function copy(text, button, said) {
    function done() {
      button.textContent = said;
      setTimeout(function () { button.textContent = text; }, 1200);
    }
    if (navigator.clipboard) { navigator.clipboard.writeText(text).then(done, function () { /* not allowed here */ }); return; }
    getSelection().selectAllChildren(button);
    if (d.execCommand("copy")) done();
  }

  follow();
  show();
})(document);
