/* The deck by keys and by finger, and the match dialog as a modal. Without this file every answer is a plain form. */
(() => {
  "use strict";
  const FAR = 96; // pixels after which a swipe counts
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  const form = (verb) => document.querySelector(`[data-deck] form[data-answer="${verb}"]`);
  const send = (verb) => {
    const wanted = form(verb);
    wanted?.requestSubmit(wanted.querySelector("button"));
    return Boolean(wanted);
  };
  // A super like says first that it will be seen: the first press opens, the button sends.
  const openSuper = () => {
    const box = document.querySelector("[data-super]");
    if (!box) return false;
    box.open = true;
    (box.querySelector("button") || box.querySelector("summary")).focus();
    return true;
  };
  const KEYS = {
    ArrowLeft: () => send("pass"),
    ArrowRight: () => send("like"),
    ArrowUp: openSuper,
    u: () => send("undo"),
    U: () => send("undo"),
  };
  const isTyping = (target) => target.closest?.("input, select, textarea, [contenteditable], dialog[open], .menu[open], .tabs");
  document.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.repeat || isTyping(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    if (KEYS[event.key]?.()) event.preventDefault();
  });

  // Swipe: the card follows the finger sideways; up and down still scroll the page.
  let start = null;
  const settle = (card) => {
    card.style.transform = "";
    delete card.dataset.leaning;
  };
  document.addEventListener("pointerdown", (event) => {
    const card = event.target.closest?.("[data-card]");
    if (!card || event.pointerType === "mouse" || event.target.closest("a, button, summary, input, details[open]")) return;
    start = { card, x: event.clientX, y: event.clientY };
  });
  document.addEventListener("pointermove", (event) => {
    if (!start) return;
    const across = event.clientX - start.x;
    if (Math.abs(event.clientY - start.y) > Math.max(24, Math.abs(across))) return cancel();
    if (!still.matches) start.card.style.transform = `translateX(${across}px) rotate(${across / 40}deg)`;
    if (Math.abs(across) > FAR) start.card.dataset.leaning = across > 0 ? "like" : "pass";
    else delete start.card.dataset.leaning;
  });
  const cancel = () => {
    if (start) settle(start.card);
    start = null;
  };
  document.addEventListener("pointerup", () => {
    const verb = start?.card.dataset.leaning;
    cancel();
    if (verb) send(verb);
  });
  document.addEventListener("pointercancel", cancel);

  // The server writes the dialog open, to be read without script; here it becomes a modal, one after the other.
  const showNews = () => {
    const dialogs = [...document.querySelectorAll("dialog[data-match-news]")];
    dialogs.forEach((dialog) => {
      delete dialog.dataset.matchNews;
      dialog.removeAttribute("open"); // not close(): its event comes later, and would take the dialog away again
      dialog.addEventListener("close", () => { dialog.remove(); next(); }, { once: true });
    });
    waiting.push(...dialogs);
    next();
  };
  const waiting = [];
  const next = () => {
    if (document.querySelector("#match-news dialog[open]")) return;
    waiting.shift()?.showModal();
  };
  document.addEventListener("htmx:afterSettle", showNews);
  document.addEventListener("DOMContentLoaded", showNews);
  // After an answer the next card is read out and the keys go on.
  document.addEventListener("htmx:afterSwap", (event) => {
    if (event.detail.target?.id !== "deck") return;
    const heading = document.querySelector("[data-deck] .person-card h2");
    if (heading) { heading.tabIndex = -1; heading.focus({ preventScroll: true }); }
  });
})();
