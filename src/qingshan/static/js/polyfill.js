// What Chromium 90 lacks and MapLibre or our modules use. A plain script: it also stands at the head of the map's worker.
(function () {
  "use strict";
  function add(place, name, value) {
    if (!place[name]) Object.defineProperty(place, name, { value: value, writable: true, configurable: true });
  }
  add(Object, "hasOwn", function (object, key) {
    return Object.prototype.hasOwnProperty.call(object, key);
  });
  function at(index) {
    var whole = Math.trunc(index) || 0;
    return this[whole < 0 ? this.length + whole : whole];
  }
  add(Array.prototype, "at", at);
  add(String.prototype, "at", function (index) {
    var found = at.call(this, index);
    return found;
  });
  var typed = Object.getPrototypeOf(Int8Array);
  add(typed.prototype, "at", at);
  add(Array.prototype, "findLast", function (test, self) {
    for (var i = this.length - 1; i >= 0; i--) if (test.call(self, this[i], i, this)) return this[i];
    return undefined;
  });
  if (typeof globalThis.structuredClone !== "function") {
    // enough for plain data, which is all that a map style holds
    globalThis.structuredClone = function copy(value) {
      if (value === null || typeof value !== "object") return value;
      if (Array.isArray(value)) return value.map(copy);
      if (value instanceof Date) return new Date(value.getTime());
      if (ArrayBuffer.isView(value)) return value.slice();
      var twin = {};
      Object.keys(value).forEach(function (key) { twin[key] = copy(value[key]); });
      return twin;
    };
  }
})();
