// Written by newsgraph site
// Shows the events of one company, taken from its page, for a frame in another site: embed.html?company=owkin
(function () {
  "use strict";
  var place = document.getElementById("events");
  var told = document.getElementById("told");
  var name = new URLSearchParams(location.search).get("company") || "";

  function say(text) {
    told.textContent = text;
  }

  if (!/^[\p{L}\p{N}._-]+$/u.test(name)) {
    say("Name a company in the address: embed.html?company=NAME");
    return;
  }
  var address = "company/" + encodeURIComponent(name) + ".html";
  fetch(address).then(function (answer) {
    if (!answer.ok) {
      throw new Error(String(answer.status));
    }
    return answer.text();
  }).then(function (text) {
    var page = new DOMParser().parseFromString(text, "text/html");
    var head = page.querySelector("h1");
    var events = page.querySelector("#events > ul");
    document.getElementById("name").textContent = head.textContent;
    document.getElementById("whole").href = address;
    say(events ? "" : "No event is known.");
    var items = events ? Array.from(events.querySelectorAll(":scope > li")).slice(0, 10) : [];
    for (var item of items) {
      var shown = document.createElement("li");
      var link = item.querySelector("a");
      var facts = item.querySelector(".facts");
      var copy = document.createElement("a");
      copy.href = new URL(link.getAttribute("href"), new URL(address, location.href)).href;
      copy.target = "_top";
      copy.textContent = link.textContent;
      shown.append(copy, facts ? " " + facts.textContent : "");
      place.append(shown);
    }
  }).catch(function () {
    say("No company has this name here.");
  });
})();
