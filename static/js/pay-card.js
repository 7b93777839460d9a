/* The card form of Stripe on our page: the card goes from the browser to Stripe, and the browser comes back to us. */
(() => {
  "use strict";
  const form = document.querySelector("[data-pay-card]");
  if (!form || !window.Stripe) return;
  const { key, secret, return: returnUrl } = form.dataset;
  const error = form.querySelector("[data-pay-error]");
  const button = form.querySelector("button");
  const stripe = window.Stripe(key);
  const dark = getComputedStyle(form).colorScheme.includes("dark") && matchMedia("(prefers-color-scheme: dark)").matches;
  const elements = stripe.elements({ clientSecret: secret, appearance: { theme: dark ? "night" : "stripe" } });
  elements.create("payment").mount(form.querySelector("[data-pay-element]"));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    button.disabled = true;
    error.hidden = true;
    const answer = await stripe.confirmPayment({ elements, confirmParams: { return_url: returnUrl } });
    // Only on failure: otherwise the browser has left.
    error.textContent = answer.error.message;
    error.hidden = false;
    button.disabled = false;
  });
})();
