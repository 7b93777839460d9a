/* The door with a camera, and without a network. Without this file codes are typed and names tapped. */
(() => {
  "use strict";
  const form = document.querySelector("[data-door-code]");
  if (!form) return;
  const KEY = `door:${location.pathname}`;
  const waiting = () => JSON.parse(localStorage.getItem(KEY) || "[]");
  const keep = (scans) => localStorage.setItem(KEY, JSON.stringify(scans));
  const say = (text) => document.dispatchEvent(new CustomEvent("toast", { detail: { text, level: "info" } }));
  const send = async (scan) => {
    const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
    const headers = { "X-CSRFToken": token, "HX-Request": "true" };
    const answer = await fetch(location.pathname, { method: "POST", body: new URLSearchParams(scan), headers });
    if (answer.status >= 500) throw new Error("away");
    const box = document.getElementById("check-in");
    box.outerHTML = await answer.text();
    window.htmx?.process(document.getElementById("check-in"));
  };
  // What was scanned without a network goes out in order, with when it was.
  const replay = async () => {
    while (waiting().length) {
      try { await send(waiting()[0]); } catch { return; }
      keep(waiting().slice(1));
    }
  };
  const take = async (code) => {
    keep([...waiting(), { code, scanned_at: new Date().toISOString() }]);
    await replay();
    if (waiting().length) say(form.dataset.offline);
  };
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const field = form.querySelector("[name=code]");
    if (field.value.trim()) take(field.value.trim());
    field.value = "";
    field.focus();
  });
  window.addEventListener("online", replay);
  replay();

  const button = document.querySelector("[data-door-scan]");
  const video = document.querySelector("[data-door-camera]");
  if (!button || !("BarcodeDetector" in window) || !navigator.mediaDevices) return;
  button.hidden = false;
  let stream = null;
  const stop = () => { stream?.getTracks().forEach((track) => track.stop()); stream = null; video.hidden = true; };
  const look = async (detector, last) => {
    if (!stream) return;
    const found = await detector.detect(video).catch(() => []);
    const code = found[0]?.rawValue || "";
    if (code && code !== last) { navigator.vibrate?.(60); await take(code); }
    setTimeout(() => look(detector, code || last), 250);
  };
  button.addEventListener("click", async () => {
    if (stream) return stop();
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
    } catch { return; }
    video.srcObject = stream;
    video.hidden = false;
    await video.play();
    look(new BarcodeDetector({ formats: ["qr_code"] }), "");
  });
})();
