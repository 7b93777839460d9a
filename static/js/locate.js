// "Use where I am now": puts the device's position into the form. Without a script one types the town.
(() => {
  const button = document.querySelector("[data-locate]");
  const said = document.querySelector("[data-locate-said]");
  if (!button || !said) return;
  const field = (name) => button.closest("form").elements[name];
  const finish = (text) => { said.textContent = text; button.removeAttribute("aria-busy"); };
  button.addEventListener("click", () => {
    if (!navigator.geolocation) { finish(button.dataset.lost); return; }
    button.setAttribute("aria-busy", "true");
    navigator.geolocation.getCurrentPosition(
      // Three decimals are about a hundred metres: enough to find the square, too little to find a door.
      ({ coords }) => {
        field("latitude").value = coords.latitude.toFixed(3);
        field("longitude").value = coords.longitude.toFixed(3);
        finish(button.dataset.found);
      },
      () => finish(button.dataset.lost),
      { timeout: 8000, maximumAge: 600000 },
    );
  });
})();
