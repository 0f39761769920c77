// A shared worker: one stream of changes for all tabs. Browsers open few connections to one server, and every tab's own
// stream would take one.
(function (worker) {
  "use strict";
  var ports = [], last = null, source = null, silent = 0;
  function tell(data) {
    last = data;
    ports.forEach(function (port) { port.postMessage(data); });
  }
  function open() {
    source = new EventSource("events");
    source.addEventListener("change", function (event) { tell(event.data); });
    // The browser tries again by itself, unless the answer was a refusal.
    source.onerror = function () {
      if (source.readyState === 2) { source.close(); clearTimeout(silent); silent = setTimeout(open, 2000); }
    };
  }
  worker.onconnect = function (event) {
    var port = event.ports[0];
    ports.push(port);
    port.onmessage = function () { ports = ports.filter(function (one) { return one !== port; }); };
    if (!source) open();
    if (last) port.postMessage(last);
  };
})(self);
