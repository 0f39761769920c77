// What a journey map does when script is on: walking by keys, filters, lanes that fold, paper by stages.
// Nothing here is needed to read the map.
(function (d) {
  "use strict";
  var table = d.querySelector(".map"), tools = d.querySelector(".tools");
  if (!table || !tools) return;
  var root = d.documentElement;
  var PREFIX = "trustbook:" + (d.currentScript && d.currentScript.dataset.playbook || "playbook") + ":";
  function all(selector, within) { return Array.prototype.slice.call((within || d).querySelectorAll(selector)); }
  function remembered(key) { try { return localStorage.getItem(PREFIX + key); } catch (off) { return null; } }
  function remember(key, value) { try { localStorage.setItem(PREFIX + key, value); } catch (off) { /* not remembered */ } }

  // Lines of personas, on and off.
  all("[data-persona]").forEach(function (box) {
    box.addEventListener("change", function () {
      all('[data-p="' + box.dataset.persona + '"]').forEach(function (line) { line.classList.toggle("off", !box.checked); });
    });
  });

  // A department's own touchpoints stand out; how many they are is said.
  var choice = d.querySelector("[data-filter=department]"), said = d.querySelector("[data-said]");
  if (choice) choice.addEventListener("change", function () {
    var wanted = choice.value, hits = 0, points = 0;
    table.classList.toggle("filtered", !!wanted);
    all("[data-d]", table).forEach(function (entry) {
      var hit = !!wanted && entry.dataset.d === wanted;
      entry.classList.toggle("hit", hit);
      if (entry.closest(".tp")) { points += 1; if (hit) hits += 1; }
    });
    if (said) said.textContent = wanted ? choice.selectedOptions[0].text + ": " + hits + " / " + points : "";
  });

  // Lanes fold: on a phone the stack is long, in a meeting one question is enough.
  var lanes = d.querySelector("[data-lanes]");
  if (lanes) {
    var hidden = (remembered("lanes") || "").split(" ");
    var show = function (box) { all('[data-lane="' + box.value + '"]', table).forEach(function (lane) { lane.classList.toggle("off", !box.checked); }); };
    var list = d.createElement("fieldset"), name = d.createElement("legend");
    name.className = "vh";
    name.textContent = lanes.querySelector("summary").textContent;
    list.append(name);
    all("tbody [data-lane]", table).forEach(function (lane) {
      var label = d.createElement("label"), box = d.createElement("input");
      box.type = "checkbox";
      box.value = lane.dataset.lane;
      box.checked = hidden.indexOf(box.value) < 0;
      label.append(box, lane.querySelector("th").firstChild.textContent + (lane.dataset.also ? " " + lane.dataset.also : ""));
      list.append(label);
      show(box);
    });
    list.addEventListener("change", function (event) {
      show(event.target);
      remember("lanes", all("input", list).filter(function (box) { return !box.checked; }).map(function (box) { return box.value; }).join(" "));
    });
    lanes.append(list);
    d.addEventListener("click", function (event) { if (!lanes.contains(event.target)) lanes.open = false; });
    lanes.addEventListener("keydown", function (event) { if (event.key === "Escape") { lanes.open = false; lanes.querySelector("summary").focus(); } });
  }

  // A touchpoint is one number in every lane: pointing at it shows where else it stands.
  var marked = [];
  function trace(entry) {
    marked.forEach(function (one) { one.classList.remove("on"); });
    marked = [];
    var number = entry && entry.querySelector(":scope > .k");
    if (!number || !/^\d+$/.test(number.textContent)) return;
    var column = entry.closest("td").cellIndex;
    marked = all("tr > :nth-child(" + (column + 1) + ") .k, .emo td:nth-child(" + (column + 1) + ") text.n", table)
      .filter(function (one) { return one.textContent === number.textContent; })
      .map(function (one) { return one.closest("li") || one; });
    marked.forEach(function (one) { one.classList.add("on"); });
  }
  ["pointerover", "focusin"].forEach(function (kind) { table.addEventListener(kind, function (event) { trace(event.target.closest("li")); }); });
  table.addEventListener("pointerleave", function () { trace(null); });

  // Arrows walk from cell to cell. One cell is in the order of tabs; the links in cells are as well.
  var here = table.querySelector("thead th:nth-child(2)");
  here.tabIndex = 0;
  function rows() { return all("tr", table).filter(function (row) { return !row.classList.contains("off"); }); }
  function go(cell) {
    if (!cell) return;
    here.tabIndex = -1;
    here = cell;
    cell.tabIndex = 0;
    cell.focus();
  }
  table.addEventListener("keydown", function (event) {
    if (event.altKey || event.metaKey || event.shiftKey) return;
    var cell = event.target.closest("th, td");
    if (!cell) return;
    var lines = rows(), row = lines.indexOf(cell.parentNode), column = cell.cellIndex, last = cell.parentNode.cells.length - 1;
    var on = root.dir === "rtl" ? -1 : 1, to = null;
    if (event.key === "Escape" && event.target !== cell) to = cell;
    else if (event.key === "Enter" && event.target === cell && cell.querySelector("a")) { event.preventDefault(); cell.querySelector("a").focus(); return; }
    else if (event.key === "ArrowRight") to = cell.parentNode.cells[column + on];
    else if (event.key === "ArrowLeft") to = cell.parentNode.cells[column - on];
    else if (event.key === "ArrowDown" && !event.ctrlKey) to = lines[row + 1] && lines[row + 1].cells[column];
    else if (event.key === "ArrowUp" && !event.ctrlKey) to = row > 0 && lines[row - 1].cells[column];
    else if (event.key === "Home") to = (event.ctrlKey ? lines[0] : cell.parentNode).cells[event.ctrlKey ? 1 : 0];
    else if (event.key === "End") to = (event.ctrlKey ? lines[lines.length - 1] : cell.parentNode).cells[last];
    else return;
    event.preventDefault();
    go(to);
  });

  // Paper: one sheet of A3, or on A4 a page for every stage, each a table of its own.
  function restore() {
    delete root.dataset.paper;
    all(".map.one").forEach(function (copy) { copy.remove(); });
  }
  addEventListener("afterprint", restore);
  all("[data-paper-of]", tools).forEach(function (button) {
    button.addEventListener("click", function () {
      restore();
      if (button.dataset.paperOf === "a4") {
        root.dataset.paper = "a4";
        for (var stage = 1; stage < table.rows[0].cells.length; stage += 1) {
          var copy = table.cloneNode(true);
          copy.className = "map one";
          all("[id]", copy).forEach(function (one) { one.removeAttribute("id"); });
          all("tr", copy).forEach(function (row) {
            for (var cell = row.cells.length - 1; cell > 0; cell -= 1) if (cell !== stage) row.cells[cell].remove();
            if (!row.cells[1].firstElementChild) row.remove();
          });
          table.parentNode.append(copy);
        }
      }
      print();
    });
  });
})(document);
