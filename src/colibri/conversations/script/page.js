// Finding things on the page and saying what happens.

const find = (id) => document.getElementById(id);

export const all = (selector) => [...document.querySelectorAll(selector)];

export const read = (id) => JSON.parse(find(id).textContent);

/** The page's words in the reader's language, with {name} filled in. */
export function saying(words) {
  return (name, filling = {}) =>
    Object.entries(filling).reduce((text, [key, value]) => text.replaceAll(`{${key}}`, value), words[name] ?? name);
}

export function show(id, shown = true) {
  find(id).hidden = !shown;
}

/** Show these parts of the page and no other of their kind. */
export function stage(names) {
  for (const part of all("[data-part]")) part.hidden = !names.includes(part.dataset.part);
}

/** An element with text; never markup, whatever people wrote. */
export function make(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "boolean") made[name] = value;
    else made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

/** Do something slow once: the button cannot be pressed again before it is done. */
export function onPress(element, act) {
  element.addEventListener(element.tagName === "FORM" ? "submit" : "click", async (event) => {
    event.preventDefault();
    if (element.dataset.busy) return;
    element.dataset.busy = "yes";
    element.setAttribute("aria-busy", "true");
    try {
      await act(event);
    } finally {
      delete element.dataset.busy;
      element.removeAttribute("aria-busy");
    }
  });
}

/** What went wrong or well, where a screen reader hears it. */
export function tell(text, kind = "") {
  const said = find("said");
  said.textContent = text;
  said.className = `note ${kind}`.trim();
  said.hidden = !text;
  if (text) said.scrollIntoView({ block: "nearest" });
}

export { find };
