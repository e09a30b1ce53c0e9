// What the pages do beyond links and forms: a clock that runs, signs of life, parts that stay open.
"use strict";
(() => {
  const root = document.documentElement, body = document.body;
  root.classList.add("js");

  // The clock: the server says what is left, this counts on until it is told again.
  const heard = new WeakMap();
  const spoken = new Set();
  const shown = (s) => `${Math.floor(s / 60)}:${String(s % 60).padStart(2, "0")}`;
  const tick = () => {
    for (const clock of document.querySelectorAll("[data-left]")) {
      if (!heard.has(clock)) heard.set(clock, performance.now());
      const passed = (performance.now() - heard.get(clock)) / 1000;
      const left = Math.max(0, Math.round(Number(clock.dataset.left) - passed));
      clock.textContent = (lost() ? `${body.dataset.about || ""} ` : "") + shown(left);
      tell(left);
    }
    const banner = document.getElementById("offline");
    if (banner) banner.hidden = !lost();
    for (const button of document.querySelectorAll("[data-needs-line]")) {
      button.toggleAttribute("data-off", lost());
      if (lost()) button.disabled = true;
      else if (button.dataset.was === "off") button.disabled = false;
      button.dataset.was = lost() && button.disabled ? "off" : "";
    }
  };
  const tell = (left) => {
    const place = document.getElementById("told");
    if (!place) return;
    for (const [at, words] of [[60, body.dataset.minute], [10, body.dataset.seconds]]) {
      if (left > at) { spoken.delete(at); if (place.textContent === words) place.textContent = ""; }
      else if (left > at - 3 && !spoken.has(at)) { spoken.add(at); place.textContent = words; }
    }
  };

  // The line to the class: no sign for some seconds means that it is lost.
  let last = performance.now(), listens = body.hasAttribute("sse-connect");
  const lost = () => listens && performance.now() - last > 6000;
  body.addEventListener("htmx:sseBeforeMessage", () => { last = performance.now(); });
  body.addEventListener("htmx:sseOpen", () => { last = performance.now(); });
  const began = performance.now();  // a page that comes slowly is not loaded anew before it is there
  setInterval(async () => {
    if (!lost() || performance.now() - began < 20000) return;
    try {
      const answer = await fetch("/here", { cache: "no-store" });
      if (answer.ok) location.reload();
    } catch { /* still away */ }
  }, 3000);
  setInterval(tick, 500);

  // What was typed and not yet sent outlives a reload.
  const kept = () => document.querySelectorAll("[data-kept]");
  for (const field of kept()) field.value = sessionStorage.getItem(field.dataset.kept) || field.value;
  document.addEventListener("input", (e) => {
    if (e.target.dataset && e.target.dataset.kept) sessionStorage.setItem(e.target.dataset.kept, e.target.value);
  });
  body.addEventListener("htmx:afterRequest", (e) => {
    const form = e.target;
    if (form.dataset && form.dataset.clears && e.detail.successful && e.detail.xhr.status === 204) {
      form.elements[form.dataset.clears].value = "";
      sessionStorage.removeItem(form.dataset.clears);
    }
    const said = document.getElementById("said");
    if (said && e.detail.successful && e.detail.xhr.status === 204) said.textContent = "";
  });

  // Parts that are open stay open when they are sent anew; those who open one are seen to edit it.
  const open = new Set();
  document.addEventListener("toggle", (e) => {
    if (!e.target.id || e.target.tagName !== "DETAILS") return;
    if (e.target.open) open.add(e.target.id); else open.delete(e.target.id);
  }, true);
  document.addEventListener("click", (e) => {  // at once: the part may be sent anew before it toggles
    const details = e.target.closest && e.target.closest("summary") && e.target.closest("details");
    if (!details || !details.id) return;
    if (details.open) open.delete(details.id); else open.add(details.id);
  }, true);
  const touched = {};
  document.addEventListener("focusin", (e) => {
    const part = e.target.closest && e.target.closest("[data-part]");
    if (!part || !part.open || Date.now() - (touched[part.dataset.part] || 0) < 5000) return;
    touched[part.dataset.part] = Date.now();
    fetch(`/team/editing/${part.dataset.part}`, { method: "POST", body: "" });
  });
  const settle = () => {
    for (const id of open) {
      const details = document.getElementById(id);
      if (details) details.open = true;
    }
    for (const told of document.querySelectorAll("[data-of]")) {
      for (const base of document.querySelectorAll(`[data-draft="${told.dataset.of}"] [name=base]`)) base.value = told.dataset.base;
      const form = document.querySelector(`#part-${told.dataset.of} form`);
      if (!form) continue;
      form.elements.base.value = told.dataset.base;
      if (form.contains(document.activeElement)) continue;
      const radio = document.getElementById(`${told.dataset.of}-${told.dataset.set}`);
      if (radio) radio.checked = true;
    }
    for (const choice of document.querySelectorAll(".choice")) {
      const more = choice.querySelector(".more"), on = choice.querySelector("input").checked;
      choice.querySelector(".pick").classList.toggle("on", on);
      if (more) more.classList.toggle("on", on);
    }
    const state = document.querySelector("#state [data-is]");
    if (state) root.dataset.state = state.dataset.is;
  };
  document.addEventListener("change", settle);
  body.addEventListener("htmx:afterSwap", settle);
  body.addEventListener("htmx:sseMessage", settle);
  document.addEventListener("click", (e) => {  // a link to a part opens it
    const link = e.target.closest && e.target.closest('a[href^="#part-"]');
    const details = link && document.querySelector(link.getAttribute("href"));
    if (details) details.open = true;
  });
  if (location.hash.startsWith("#part-") || location.hash === "#predict") {
    const details = document.querySelector(location.hash);
    if (details) details.open = true;
  }
  settle();

  if (body.dataset.again) setInterval(() => { if (!document.getElementById("cover") || document.getElementById("cover").hidden) location.reload(); }, Number(body.dataset.again));

  // The host's page: covered at once, and after the machine slept; orders show while held down.
  const cover = document.getElementById("cover");
  if (cover) {
    const hide = () => { cover.hidden = false; document.getElementById("uncover").focus(); };
    document.getElementById("cover-it").addEventListener("click", hide);
    document.getElementById("uncover").addEventListener("click", () => { cover.hidden = true; });
    document.addEventListener("keydown", (e) => { if (e.key === "Escape") hide(); });
    let seen = Date.now();
    setInterval(() => { if (Date.now() - seen > 60000) hide(); seen = Date.now(); }, 5000);
    const held = document.getElementById("held");
    for (const button of document.querySelectorAll("[data-hold]")) {
      const show = async () => {
        button.dataset.down = "1";
        const answer = await fetch(button.dataset.hold);
        if (button.dataset.down) held.innerHTML = await answer.text();
      };
      const stop = () => { delete button.dataset.down; held.textContent = ""; };
      button.addEventListener("pointerdown", show);
      for (const end of ["pointerup", "pointerleave", "pointercancel", "blur"]) button.addEventListener(end, stop);
      button.addEventListener("keydown", (e) => { if ((e.key === " " || e.key === "Enter") && !e.repeat) show(); });
      button.addEventListener("keyup", stop);
    }
  }
})();
