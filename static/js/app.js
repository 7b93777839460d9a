/* The small interactions of every page. Nothing here is needed to read a page or to send a form. */
(() => {
  "use strict";
  const root = document.documentElement;
  root.classList.add("js");

  // The part one is in is in sight, however many there are.
  document.querySelectorAll(".tabs [aria-current], .parts [aria-current]").forEach((here) => {
    const strip = here.closest(".tabs, .parts ul");
    strip.scrollLeft = here.offsetLeft - strip.offsetLeft - (strip.clientWidth - here.offsetWidth) / 2;
  });

  // Our own token on htmx requests: the header Django looks for.
  document.addEventListener("htmx:configRequest", (event) => {
    const token = document.querySelector('meta[name="csrf-token"]');
    if (token && event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = token.content;
  });

  // Toasts: those of the page, and those an htmx answer sends as HX-Trigger: {"toast": {"text": "…", "level": "success"}}.
  const toasts = document.getElementById("toasts");
  const dismiss = (toast) => {
    const hadFocus = toast.contains(document.activeElement);
    toast.remove();
    if (hadFocus) document.getElementById("main")?.focus();
  };
  const arm = (toast) => {
    if (toast.classList.contains("error") || toast.querySelector("a, form")) return;
    let timer = setTimeout(dismiss, 8000, toast);
    const pause = () => clearTimeout(timer);
    const resume = () => { timer = setTimeout(dismiss, 4000, toast); };
    toast.addEventListener("pointerenter", pause);
    toast.addEventListener("focusin", pause);
    toast.addEventListener("pointerleave", resume);
    toast.addEventListener("focusout", resume);
  };
  const show = (text, level = "info") => {
    if (!toasts || !text) return;
    const toast = document.createElement("div");
    toast.className = `toast ${level}`;
    if (level === "error") toast.setAttribute("role", "alert");
    const words = document.createElement("p");
    words.textContent = text;
    const close = document.createElement("button");
    close.type = "button";
    close.className = "toast-close";
    close.dataset.toastClose = "";
    close.setAttribute("aria-label", toasts.dataset.dismiss || "Dismiss");
    close.textContent = "×";
    toast.append(words, close);
    toasts.append(toast);
    arm(toast);
  };
  toasts?.querySelectorAll(".toast").forEach(arm);
  document.addEventListener("toast", (event) => show(event.detail.text || event.detail.value, event.detail.level));
  const failed = () => show(toasts?.dataset.failed, "error");
  document.addEventListener("htmx:sendError", failed);
  document.addEventListener("htmx:responseError", failed);

  document.addEventListener("click", (event) => {
    const at = (selector) => event.target.closest(selector);

    const closer = at("[data-toast-close]");
    if (closer) dismiss(closer.closest(".toast"));

    // Dialogs: any link to #id of a <dialog> opens it; data-dialog-close or a click on the veil closes it.
    const opener = at('a[href^="#"], [data-dialog-open]');
    const id = opener && (opener.dataset.dialogOpen || opener.hash?.slice(1));
    const dialog = id && document.getElementById(id);
    if (dialog instanceof HTMLDialogElement && !dialog.open) {
      event.preventDefault();
      dialog.showModal();
    }
    const shut = at("[data-dialog-close]");
    if (shut?.closest("dialog")?.open) {
      event.preventDefault();
      shut.closest("dialog").close();
    }
    if (event.target instanceof HTMLDialogElement && event.target.open) event.target.close();

    // Menus close when one clicks elsewhere.
    document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
      if (!menu.contains(event.target)) menu.open = false;
    });

    const printer = at("[data-print]");
    if (printer) window.print();
  });

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    document.querySelectorAll("details[data-menu][open]").forEach((menu) => {
      menu.open = false;
      menu.querySelector("summary").focus();
    });
  });

  // A form is sent once. The button is greyed after the browser has taken its value, and comes back with the page.
  const release = (form) => {
    delete form.dataset.sent;
    form.querySelectorAll("[aria-busy]").forEach((button) => button.removeAttribute("aria-busy"));
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.matches("[data-theme-switch]")) return switchTheme(event);
    if (form.method !== "post" && !form.matches("[data-once]")) return;
    if (form.dataset.sent) return event.preventDefault();
    if (event.defaultPrevented || form.method === "dialog") return;
    form.dataset.sent = "yes";
    event.submitter?.setAttribute("aria-busy", "true");
    setTimeout(release, 10000, form); // an answer that is a download leaves the page where it is
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));
  document.addEventListener("htmx:afterRequest", (event) => {
    const form = event.target.closest?.("form[data-sent]");
    if (form) release(form);
  });

  // Coming back to a list that went on: the pages that "Show more" had added are added again, then the place is found.
  let pages = 0;
  const came = history.state || {};
  const goOn = (left) => {
    const next = document.querySelector('.pager a[rel="next"][hx-get]');
    if (!left || !next) return scrollTo(0, came.place);
    document.addEventListener("htmx:afterSettle", () => goOn(left - 1), { once: true });
    next.click();
  };
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.target.matches('.pager a[rel="next"]')) pages += 1;
  });
  document.addEventListener("htmx:pushedIntoHistory", () => { pages = 0; });
  document.addEventListener("htmx:replacedInHistory", () => { pages = 0; });
  window.addEventListener("pagehide", () => {
    if (pages) history.replaceState({ ...history.state, pages, place: scrollY }, "");
  });
  if (came.pages) {
    history.scrollRestoration = "manual";
    document.addEventListener("DOMContentLoaded", () => goOn(came.pages));
  }

  // The theme changes at once; the server keeps it in the same cookie for pages to come.
  const switchTheme = (event) => {
    const theme = event.submitter?.value;
    if (!theme) return;
    event.preventDefault();
    if (theme === "system") delete root.dataset.theme;
    else root.dataset.theme = theme;
    event.target.querySelectorAll("[aria-pressed]").forEach((button) => button.setAttribute("aria-pressed", String(button === event.submitter)));
    event.target.closest("details").open = false;
    fetch(event.target.action, { method: "POST", body: new FormData(event.target, event.submitter), redirect: "manual" });
  };
})();
