/* Passwords can be shown; a passkey that fails says so. */
(() => {
  "use strict";
  const words = document.getElementById("sign-in-words").dataset;

  document.querySelectorAll('input[type="password"]').forEach((input) => {
    const box = document.createElement("div");
    box.className = "reveal";
    input.replaceWith(box);
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = words.show;
    button.setAttribute("aria-controls", input.id);
    button.setAttribute("aria-pressed", "false");
    button.addEventListener("click", () => {
      const hidden = input.type === "password";
      input.type = hidden ? "text" : "password";
      button.textContent = hidden ? words.hide : words.show;
      button.setAttribute("aria-pressed", String(hidden));
      input.focus();
    });
    // A browser offers to keep what was typed into a password field only.
    input.form?.addEventListener("submit", () => { input.type = "password"; });
    box.append(input, button);
  });

  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    document.dispatchEvent(new CustomEvent("toast", { detail: { text: words.failed, level: "error" } }));
  });
})();
