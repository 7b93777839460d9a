/* Copying an address and handing it to the device's own share sheet. Without this file the address can be selected. */
(() => {
  "use strict";
  // Whoever is signed in counts once; the server sees to that.
  const count = (box, channel) => {
    if (!box.dataset.counted) return;
    const token = document.querySelector('meta[name="csrf-token"]');
    const body = new URLSearchParams({ channel });
    fetch(box.dataset.counted, { method: "POST", body, headers: { "X-CSRFToken": token?.content || "" } });
  };
  const copy = async (box, button) => {
    const field = box.querySelector("input[readonly]");
    try {
      await navigator.clipboard.writeText(box.dataset.url);
    } catch {
      field?.select();
      return;
    }
    document.dispatchEvent(new CustomEvent("toast", { detail: { text: button.dataset.done, level: "success" } }));
    count(box, "link");
  };
  const hand = async (box) => {
    try {
      await navigator.share({ title: box.dataset.title, url: box.dataset.url });
      count(box, "native");
    } catch { /* closed without sharing */ }
  };
  document.querySelectorAll("[data-share]").forEach((box) => {
    box.querySelectorAll("[data-share-copy]").forEach((button) => button.addEventListener("click", () => copy(box, button)));
    const native = box.querySelector("[data-share-native]");
    if (!native || !navigator.share) return;
    native.hidden = false;
    native.addEventListener("click", () => hand(box));
  });
})();
