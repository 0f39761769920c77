// What the pages do when script is on. Nothing here is needed to read them.
// The script's own tag carries what it needs: data-playbook (the name of its memory) and the words it shows.
(function (d) {
  "use strict";
  var root = d.documentElement, self = d.currentScript, said = self ? self.dataset : {};
  var PREFIX = "trustbook:" + (said.playbook || "playbook") + ":";
  var memory = null;
  try { memory = localStorage; memory.getItem(PREFIX); } catch (off) { memory = null; }
  function all(selector, within) { return Array.prototype.slice.call((within || d).querySelectorAll(selector)); }

  // The colour switch: as the system, light, dark.
  function scheme(value) {
    if (value === "light" || value === "dark") root.dataset.scheme = value; else delete root.dataset.scheme;
    all(".scheme input").forEach(function (choice) { choice.checked = choice.value === (root.dataset.scheme || "auto"); });
  }
  scheme(root.dataset.scheme);
  all(".scheme input").forEach(function (choice) {
    choice.addEventListener("change", function () {
      scheme(choice.value);
      try { if (memory) memory.setItem(PREFIX + "scheme", choice.value); } catch (full) { /* not remembered */ }
    });
  });
  addEventListener("storage", function (event) { if (event.key === PREFIX + "scheme") scheme(event.newValue); });

  // What was due before today is overdue, also on a site that was built long ago. data-due names the element that says so.
  var today = new Date();
  var late = 0;
  today = Date.UTC(today.getFullYear(), today.getMonth(), today.getDate());
  all("time[data-due]").forEach(function (time) {
    var days = Math.floor((today - Date.parse(time.dateTime)) / 864e5);
    var notice = d.getElementById(time.dataset.due);
    if (!notice || !(days > 0)) return;
    var out = notice.querySelector("[data-days]");
    if (out) {
      try { out.textContent = new Intl.NumberFormat(root.lang || undefined, { style: "unit", unit: "day", unitDisplay: "long" }).format(days); } catch (old) { out.textContent = String(days); }
    }
    notice.hidden = false;
    late += 1;
  });
  // Where all dates stand on one page: how many have passed by now, and that this is of today.
  var count = d.querySelector("[data-late-count]"), day = d.querySelector("time[data-today]");
  if (count && day && today > Date.parse(day.dateTime)) {
    count.textContent = new Intl.NumberFormat(root.lang || undefined).format(late);
    day.dateTime = new Date(today).toISOString().slice(0, 10);
    day.textContent = new Intl.DateTimeFormat(root.lang === "en" ? "en-GB" : root.lang || undefined, { dateStyle: "medium", timeZone: "UTC" }).format(today);
  }

  // The contents list follows the scroll.
  var entries = all(".toc a[href^='#']"), marks = [];
  entries.forEach(function (link) {
    var heading = d.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (heading) marks.push({ link: link, heading: heading });
  });
  function follow() {
    var current = null;
    if (marks.length) current = marks[0].link.hash;
    marks.forEach(function (mark) { if (mark.heading.getBoundingClientRect().top < innerHeight / 3) current = mark.link.hash; });
    if (scrollY > 0 && innerHeight + scrollY >= root.scrollHeight - 2 && marks.length) current = marks[marks.length - 1].link.hash;
    marks.forEach(function (mark) {
      if (mark.link.hash === current) mark.link.setAttribute("aria-current", "true"); else mark.link.removeAttribute("aria-current");
    });
  }
  if (marks.length) {
    var waiting = false;
    addEventListener("scroll", function () {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(function () { waiting = false; follow(); });
    }, { passive: true });
    follow();
  }

  // Copy buttons on code; the words come from the script's tag.
  if (said.copy && navigator.clipboard) all(".prose pre").forEach(function (pre) {
    var box = d.createElement("div"), button = d.createElement("button");
    box.className = "code";
    button.type = "button";
    button.className = "btn copy";
    button.textContent = said.copy;
    pre.parentNode.insertBefore(box, pre);
    box.append(pre, button);
    button.addEventListener("click", function () {
      navigator.clipboard.writeText(pre.textContent).then(function () {
        button.textContent = said.copied || said.copy;
        setTimeout(function () { button.textContent = said.copy; }, 2000);
      }, function () { /* not allowed here */ });
    });
  });

  // What scrolls sideways can be reached from the keyboard; what does not, need not be.
  function reach() {
    all(".scroll, .frame, pre").forEach(function (box) {
      if (box.scrollWidth > box.clientWidth) box.tabIndex = 0; else box.removeAttribute("tabindex");
    });
  }
  reach();
  addEventListener("resize", reach);

  // Opened from disk a folder is no page: its index.html is.
  if (location.protocol === "file:") all("a[href]").forEach(function (link) {
    if (link.protocol === "file:" && /\/$/.test(link.pathname)) link.pathname += "index.html";
  });

  // The menu: its button says whether it is open; a choice or a wide window closes it.
  var menu = d.querySelector("[popovertarget=nav]"), nav = d.getElementById("nav");
  if (menu && nav && nav.hidePopover) {
    menu.setAttribute("aria-expanded", "false");
    nav.addEventListener("toggle", function (event) { menu.setAttribute("aria-expanded", String(event.newState === "open")); });
    nav.addEventListener("click", function (event) { if (event.target.closest("a") && nav.matches(":popover-open")) nav.hidePopover(); });
  }
  // The language list closes on Escape and on a click elsewhere.
  all("details.lang").forEach(function (list) {
    d.addEventListener("click", function (event) { if (!list.contains(event.target)) list.open = false; });
    list.addEventListener("keydown", function (event) { if (event.key === "Escape") { list.open = false; list.querySelector("summary").focus(); } });
  });

  // Tabs: sections under each other become panels. A choice holds for all tabs of that name, here and on the next page.
  var sets = [], recent = [];
  try { recent = JSON.parse(memory.getItem(PREFIX + "tabs")) || []; } catch (none) { /* nothing chosen yet */ }
  if (!Array.isArray(recent)) recent = [];
  function choose(set, at) {
    set.panels.forEach(function (panel, index) {
      panel.classList.toggle("sel", index === at);
      set.tabs[index].setAttribute("aria-selected", String(index === at));
      set.tabs[index].tabIndex = index === at ? 0 : -1;
    });
    set.at = at;
  }
  function pick(set, at) {
    var name = set.names[at], top = set.tabs[at].getBoundingClientRect().top;
    sets.forEach(function (other) { if (other.names.indexOf(name) >= 0) choose(other, other.names.indexOf(name)); });
    recent = [name].concat(recent.filter(function (known) { return known !== name; })).slice(0, 20);
    try { memory.setItem(PREFIX + "tabs", JSON.stringify(recent)); } catch (full) { /* not remembered */ }
    // What changed above must not push the tab away from under the pointer.
    scrollBy({ top: set.tabs[at].getBoundingClientRect().top - top, behavior: "instant" });
    reach();
  }
  all(".tabs").forEach(function (box, number) {
    var panels = Array.prototype.filter.call(box.children, function (panel) { return panel.matches(".tab[data-tab]"); });
    if (panels.length < 2 || panels.length < box.children.length) return;
    var list = d.createElement("div"), set = { panels: panels, tabs: [], names: panels.map(function (panel) { return panel.dataset.tab; }) };
    list.setAttribute("role", "tablist");
    panels.forEach(function (panel, at) {
      var tab = d.createElement("button");
      tab.type = "button";
      tab.id = "tab-" + number + "-" + at;
      tab.textContent = set.names[at];
      tab.setAttribute("role", "tab");
      panel.id = panel.id || "panel-" + number + "-" + at;
      tab.setAttribute("aria-controls", panel.id);
      panel.setAttribute("role", "tabpanel");
      panel.setAttribute("aria-labelledby", tab.id);
      panel.tabIndex = 0;
      tab.addEventListener("click", function () { pick(set, at); });
      set.tabs.push(tab);
      list.append(tab);
    });
    list.addEventListener("keydown", function (event) {
      var last = panels.length - 1, step = { ArrowRight: 1, ArrowLeft: -1 }[event.key] * (getComputedStyle(list).direction === "rtl" ? -1 : 1);
      var at = event.key === "Home" ? 0 : event.key === "End" ? last : step ? (set.at + step + last + 1) % (last + 1) : -1;
      if (at < 0 || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      pick(set, at);
      set.tabs[at].focus();
    });
    box.prepend(list);
    box.classList.add("on");
    sets.push(set);
    var known = recent.filter(function (name) { return set.names.indexOf(name) >= 0; })[0];
    choose(set, Math.max(0, set.names.indexOf(known)));
  });
  // A link into a panel that is not shown shows it.
  function reveal() {
    var target = null;
    try { target = d.getElementById(decodeURIComponent(location.hash.slice(1))); } catch (garbled) { /* no such place */ }
    sets.forEach(function (set) {
      set.panels.forEach(function (panel, at) {
        if (target && at !== set.at && panel.contains(target)) { choose(set, at); target.scrollIntoView(); }
      });
    });
  }
  if (sets.length) { reveal(); addEventListener("hashchange", reveal); reach(); }

  // The navigation stays as it was left: groups open or closed, and how far it was scrolled.
  var groups = all(".side details[data-group]"), closed = [], side = d.querySelector(".side-in");
  try { closed = JSON.parse(memory.getItem(PREFIX + "nav")) || []; } catch (none) { /* all open */ }
  groups.forEach(function (group) {
    if (closed.indexOf && closed.indexOf(group.dataset.group) >= 0 && !group.querySelector("[aria-current]")) group.open = false;
    group.addEventListener("toggle", function () {
      closed = groups.filter(function (other) { return !other.open; }).map(function (other) { return other.dataset.group; });
      try { memory.setItem(PREFIX + "nav", JSON.stringify(closed)); } catch (full) { /* not remembered */ }
    });
  });
  if (side) {
    try { side.scrollTop = Number(sessionStorage.getItem(PREFIX + "nav-top")) || 0; } catch (off) { /* from the top */ }
    var here = side.querySelector("[aria-current]"), frame = side.getBoundingClientRect(), entry = here && here.getBoundingClientRect();
    if (here && (entry.top < frame.top || entry.bottom > frame.bottom)) side.scrollTop += entry.top - frame.top - frame.height / 3;
    addEventListener("pagehide", function () {
      try { sessionStorage.setItem(PREFIX + "nav-top", String(Math.round(side.scrollTop))); } catch (full) { /* from the top */ }
    });
  }

  // Search: its script is loaded when it is first used. `/` and Ctrl+K or ⌘K open it, and an address with `?q=`.
  var find = d.querySelector("[data-contents]");
  function search() {
    if (window.trustbookSearch) { window.trustbookSearch.open(); return; }
    if (find.dataset.asked) return;
    find.dataset.asked = "1";
    var script = d.createElement("script");
    script.src = find.dataset.script;
    script.onerror = function () { delete find.dataset.asked; };
    d.head.append(script);
  }
  if (find) {
    find.addEventListener("click", search);
    d.addEventListener("keydown", function (event) {
      var typing = /^(input|select|textarea)$/i.test(event.target.tagName) || event.target.isContentEditable;
      var plain = !event.ctrlKey && !event.metaKey && !event.altKey;
      if (event.key === "/" && plain && !typing || (event.key === "k" || event.key === "K") && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) {
        event.preventDefault();
        search();
      }
    });
    if (/[?&]q=[^&]/.test(location.search)) search();
  }
})(document);
