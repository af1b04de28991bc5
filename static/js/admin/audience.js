// An audience's form in the admin: long lists of boxes get a search field, and the count follows what is ticked.

const WAIT = 300;

function searchable(list) {
  const boxes = [...list.querySelectorAll("label")].filter((label) => label.querySelector("input[type=checkbox]"));
  if (boxes.length < 13) return;
  const field = document.createElement("input");
  field.type = "search";
  field.placeholder = list.closest("[data-search-label]")?.dataset.searchLabel ?? "Search";
  field.setAttribute("aria-label", field.placeholder);
  field.addEventListener("input", () => {
    const wanted = field.value.trim().toLowerCase();
    for (const label of boxes) {
      const box = label.querySelector("input");
      label.hidden = !box.checked && !label.textContent.toLowerCase().includes(wanted);
    }
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") event.preventDefault();
  });
  list.before(field);
}

class Reach {
  #panel;
  #form;
  #timer;
  #asked;

  constructor(panel) {
    this.#panel = panel;
    this.#form = panel.closest("form");
    this.#form.addEventListener("change", (event) => {
      if (/^(in|ex)clude_/.test(event.target.name)) this.#soon();
    });
    this.#ask();
  }

  #soon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#ask(), WAIT);
  }

  async #ask() {
    this.#asked?.abort();
    this.#asked = new AbortController();
    const fields = [...new FormData(this.#form)].filter(([name]) => /^((in|ex)clude_|csrfmiddlewaretoken$)/.test(name));
    const isOpen = this.#panel.querySelector("details")?.open;
    try {
      const answer = await fetch(this.#panel.dataset.url, {
        method: "POST",
        body: new URLSearchParams(fields),
        signal: this.#asked.signal,
      });
      if (!answer.ok) return;
      this.#panel.innerHTML = await answer.text();
      const details = this.#panel.querySelector("details");
      if (details && isOpen) details.open = true;
    } catch (error) {
      if (error.name !== "AbortError") throw error;
    }
  }
}

for (const panel of document.querySelectorAll("[data-audience-reach]")) new Reach(panel);
for (const list of document.querySelectorAll(".audience-boxes .w-field__input > div, .audience-boxes .w-field__input > ul")) searchable(list);
