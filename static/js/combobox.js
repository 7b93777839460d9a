/* Search as you type: an input with a listbox, after the ARIA combobox pattern. See templates/cotton/combobox.html. */
(() => {
  "use strict";
  let count = 0;

  class Combobox {
    constructor(host) {
      this.host = host;
      this.input = host.querySelector("input[type=search], input[type=text]");
      this.hidden = host.querySelector("input[type=hidden]");
      this.choices = [];
      this.active = -1;
      this.list = document.createElement("div");
      this.list.id = `listbox-${++count}`;
      this.list.className = "listbox";
      this.list.setAttribute("role", "listbox");
      this.list.setAttribute("aria-label", host.querySelector("label")?.textContent || "");
      this.list.hidden = true;
      host.append(this.list);
      host.classList.add("ready");
      this.set(this.input, { role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": this.list.id });
      this.input.addEventListener("input", () => this.typed());
      this.input.addEventListener("keydown", (event) => this.pressed(event));
      this.input.addEventListener("blur", () => setTimeout(() => this.close(), 150));
      this.list.addEventListener("pointerdown", (event) => event.preventDefault());
      this.list.addEventListener("click", (event) => {
        const option = event.target.closest("[role=option]");
        if (option) this.choose(Number(option.dataset.index));
      });
    }

    set(element, attributes) {
      for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
    }

    typed() {
      clearTimeout(this.timer);
      if (this.hidden) this.hidden.value = "";
      this.timer = setTimeout(() => this.ask(this.input.value.trim()), 150);
    }

    async ask(text) {
      this.request?.abort();
      if (!text) return this.close();
      this.request = new AbortController();
      const address = new URL(this.host.dataset.src, location.href);
      address.searchParams.set("q", text);
      try {
        const answer = await fetch(address, { headers: { Accept: "application/json" }, signal: this.request.signal });
        if (!answer.ok) return this.close();
        const body = await answer.json();
        this.show((Array.isArray(body) ? body : body.suggestions || body.results || []).map(this.shape));
      } catch (error) {
        if (error.name !== "AbortError") this.close();
      }
    }

    shape(item) {
      if (typeof item === "string") return { label: item };
      return { label: item.label || item.title || item.name || item.text || "", url: item.url, value: item.value ?? item.id, detail: item.detail || item.kind || "" };
    }

    show(choices) {
      this.choices = choices.filter((choice) => choice.label);
      this.active = -1;
      this.input.removeAttribute("aria-activedescendant");
      if (!this.choices.length || document.activeElement !== this.input) return this.close();
      this.list.replaceChildren(...this.choices.map((choice, index) => this.option(choice, index)));
      this.list.hidden = false;
      this.input.setAttribute("aria-expanded", "true");
    }

    option(choice, index) {
      const option = document.createElement("div");
      option.className = "option";
      option.dataset.index = index;
      this.set(option, { role: "option", id: `${this.list.id}-${index}`, "aria-selected": "false" });
      option.append(choice.label);
      if (choice.detail) {
        const detail = document.createElement("small");
        detail.textContent = choice.detail;
        option.append(" ", detail);
      }
      return option;
    }

    close() {
      this.list.hidden = true;
      this.active = -1;
      this.input.setAttribute("aria-expanded", "false");
      this.input.removeAttribute("aria-activedescendant");
    }

    move(step) {
      const options = this.list.children;
      this.active = (this.active + step + options.length + (this.active < 0 && step < 0 ? 1 : 0)) % options.length;
      for (const option of options) option.setAttribute("aria-selected", String(Number(option.dataset.index) === this.active));
      this.input.setAttribute("aria-activedescendant", options[this.active].id);
      options[this.active].scrollIntoView({ block: "nearest" });
    }

    pressed(event) {
      if (event.key === "Escape" && !this.list.hidden) {
        event.preventDefault();
        return this.close();
      }
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        if (this.list.hidden) return this.ask(this.input.value.trim());
        return this.move(event.key === "ArrowDown" ? 1 : -1);
      }
      if (event.key === "Enter" && !this.list.hidden && this.active >= 0) {
        event.preventDefault();
        this.choose(this.active);
      }
    }

    choose(index) {
      const choice = this.choices[index];
      if (choice.url) return void location.assign(choice.url);
      this.input.value = choice.label;
      if (this.hidden) this.hidden.value = choice.value ?? "";
      this.close();
      this.host.dispatchEvent(new CustomEvent("combobox:chosen", { bubbles: true, detail: choice }));
      if (this.host instanceof HTMLFormElement) this.host.requestSubmit();
    }
  }

  const wake = (scope) => scope.querySelectorAll("[data-combobox][data-src]:not(.ready)").forEach((host) => new Combobox(host));
  wake(document);
  document.addEventListener("htmx:load", (event) => wake(event.detail.elt.parentNode || document));
})();
