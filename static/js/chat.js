/* Conversations: asks for news only while somebody looks, keeps the newest in sight, and sends with Enter. Without this
   file a page is read and written as it is, and a reload brings what is new. */
(() => {
  "use strict";
  const end = () => scrollTo(0, document.documentElement.scrollHeight);
  const isAtEnd = () => innerHeight + scrollY >= document.documentElement.scrollHeight - 160;
  const isLooking = () => document.visibilityState === "visible";

  // Each list says after how many seconds it wants to be asked for again; nobody looks, nothing is asked.
  const look = () => document.querySelectorAll("[data-look]").forEach((list) => htmx.trigger(list, "look"));
  let seconds = 0;
  setInterval(() => {
    if (!isLooking()) return;
    seconds += 1;
    document.querySelectorAll("[data-look]").forEach((list) => {
      if (seconds % Number(list.dataset.look) === 0 && !list.querySelector(".menu[open]")) htmx.trigger(list, "look");
    });
  }, 1000);
  document.addEventListener("visibilitychange", () => isLooking() && look());

  if (!document.querySelector("[data-chat]")) return;
  let follow = true;
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.target.id === "messages") follow = isAtEnd();
  });
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id === "messages" && follow) end();
  });
  if (location.hash === "#newest" || (!location.hash && !location.search)) end();

  // Enter sends where there are real keys; on touch it breaks the line, as everywhere.
  const field = document.querySelector(".composer textarea");
  const hasKeys = matchMedia("(hover: hover) and (pointer: fine)").matches;
  field?.addEventListener("keydown", (event) => {
    if (!hasKeys || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    if (field.value.trim()) field.form.requestSubmit();
  });
})();
