// Runs in <head> before anything is painted: the colours that the reader chose, and the class by which styles know of script.
(function (root) {
  root.classList.add("js");
  try {
    var id = document.currentScript.dataset.playbook || "playbook";
    var scheme = localStorage.getItem("trustbook:" + id + ":scheme");
    if (scheme === "light" || scheme === "dark") root.dataset.scheme = scheme;
  } catch (storageIsOff) { /* then the system's colours */ }
})(document.documentElement);
