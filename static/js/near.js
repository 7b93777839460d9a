// "Near me" with the place of this device. Without a script, or without leave, the link leads to the city of the profile.
(() => {
  const link = document.querySelector("[data-near]");
  if (!link || !navigator.geolocation) return;
  const go = (near) => {
    const url = new URL(link.href);
    if (near) url.searchParams.set("near", near);
    window.location.assign(url);
  };
  link.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    link.setAttribute("aria-busy", "true");
    navigator.geolocation.getCurrentPosition(
      // Two decimals are about a kilometre: enough to find a class, too little to find a door.
      ({ coords }) => go(`${coords.latitude.toFixed(2)},${coords.longitude.toFixed(2)}`),
      () => go(""),
      { timeout: 8000, maximumAge: 600000 },
    );
  });
})();
