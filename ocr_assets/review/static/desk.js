// Keys of the desk. Enter writes, F2 there is none, F4 later, F8 the whole page, PgUp and PgDn turn it.
"use strict";

const part = (id) => document.getElementById(id);

function ready() {
  const value = part("value");
  if (value) {
    value.focus();
    value.select();
  }
}

function send(none) {
  const form = part("answer");
  form.elements.none.value = none ? "1" : "";
  form.requestSubmit();
}

function skip() {
  const form = part("answer");
  htmx.ajax("POST", form.dataset.skip, { target: "#desk", values: { key: form.elements.key.value } });
}

function show(page, whole) {
  const picture = part("picture");
  const about = picture.dataset;
  const to = Math.min(Math.max(page, 1), Number(about.pages));
  about.page = String(to);
  about.whole = whole ? "yes" : "no";
  part("answer").elements.page.value = String(to);
  part("page-shown").textContent = String(to);
  const asked = new URLSearchParams({
    key: about.key, purpose: about.purpose, page: String(to), what: whole ? "page" : "crop",
  });
  picture.src = "/picture?" + asked;
}

function turn(by) {
  const about = part("picture").dataset;
  const to = Number(about.page) + by;
  if (to >= 1 && to <= Number(about.pages)) show(to, true);
}

const whole = () => {
  const about = part("picture").dataset;
  show(Number(about.page), about.whole !== "yes");
};

const does = {
  F2: () => send(true),
  F4: skip,
  F8: whole,
  PageDown: () => turn(1),
  PageUp: () => turn(-1),
  Escape: () => {
    part("value").value = part("value").defaultValue;
    ready();
  },
};

document.addEventListener("keydown", (event) => {
  // A Vietnamese input method uses Enter to end a word: that one is not ours.
  if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey || !part("answer")) return;
  const isWriting = event.key === "Enter" && event.target === part("value");
  const act = isWriting ? () => send(false) : does[event.key];
  if (!act) return;
  event.preventDefault();
  if (!event.repeat) act();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-does]");
  if (!button) return;
  ({ none: does.F2, skip, whole })[button.dataset.does]();
});

// Sent by the browser itself, a form would put what was keyed into the address, and into every log
// of addresses: one that htmx has not taken up is not sent.
document.addEventListener("submit", (event) => {
  if (event.target.hasAttribute("hx-post")) event.preventDefault();
});

document.addEventListener("DOMContentLoaded", ready);
document.addEventListener("htmx:afterSwap", ready);
