// Written by newsgraph site
// Finds things by words of their names, in the list that search-index.js holds; nothing leaves the page.
(function () {
  "use strict";
  var most = 30;
  var box = document.getElementById("search");
  var field = document.getElementById("words");
  var list = document.getElementById("found");
  var told = document.getElementById("told");
  var index = null;

  function plain(text) {
    return text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
  }

  function show() {
    var words = plain(field.value).split(/\s+/).filter(Boolean);
    list.textContent = "";
    if (!words.length) {
      told.textContent = "";
      return;
    }
    var count = 0;
    for (var row of index) {
      if (words.every(function (word) { return row.plain.includes(word); })) {
        count += 1;
        if (count <= most) {
          var item = document.createElement("li");
          var link = document.createElement("a");
          link.href = row.link;
          link.textContent = row.label;
          item.append(link, " (" + row.kind + ")");
          list.append(item);
        }
      }
    }
    told.textContent = count === 0 ? "Nothing has these words in its name." : count > most ? count + " found, the first " + most + " are shown." : count + " found.";
  }

  function load() {
    if (index !== null) {
      return;
    }
    index = [];
    var script = document.createElement("script");
    script.src = "search-index.js";
    script.onload = function () {
      index = window.newsgraphSearch.map(function (row) {
        return { label: row[0], kind: row[1], link: row[2], plain: plain(row[0] + " " + (row[3] || "")) };
      });
      show();
    };
    document.head.append(script);
  }

  box.hidden = false;
  field.addEventListener("focus", load);
  field.addEventListener("input", function () { load(); show(); });
})();
