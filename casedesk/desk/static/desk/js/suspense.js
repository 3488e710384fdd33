/* The queue of unplaced money by keyboard. Every key presses a button or goes to a field that is on the card anyway. */
(() => {
  "use strict";
  const cards = () => [...document.querySelectorAll("[data-card]")];
  const current = () => document.activeElement && document.activeElement.closest("[data-card]");

  const step = (by) => {
    const all = cards();
    const place = all.indexOf(current());
    const next = all[place < 0 ? 0 : Math.min(Math.max(place + by, 0), all.length - 1)];
    if (next) {
      next.focus();
      next.scrollIntoView({ block: "nearest" });
    }
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = event.target.closest("input, textarea, select");
    if (typing) {
      if (event.key === "Escape" && current()) current().focus();
      return;
    }
    const key = event.key.toLowerCase();
    if (key === "j" || key === "о" || event.key === "ArrowDown") step(1);
    else if (key === "k" || key === "л" || event.key === "ArrowUp") step(-1);
    else if (!press(event, key)) return;
    event.preventDefault();
  });

  // The same keys on a Russian keyboard.
  const RUSSIAN = { д: "l", т: "n", ы: "s", ь: "m", я: "z" };

  const press = (event, typed) => {
    const card = current();
    if (!card || event.target.closest("a, button")) return false;
    const key = typed === "enter" ? "1" : RUSSIAN[typed] || typed;
    const button = card.querySelector(`[data-key="${CSS.escape(key)}"]`);
    const field = card.querySelector(`[data-focus="${CSS.escape(key)}"]`);
    if (button) button.click();
    else if (field) field.focus();
    return Boolean(button || field);
  };

  // After a decision the card says what was done and the next one is at hand.
  let place = -1;
  document.addEventListener("htmx:beforeRequest", (event) => {
    const card = event.target.closest("[data-card]");
    place = card ? cards().indexOf(card) : -1;
  });
  document.addEventListener("htmx:afterSettle", () => {
    if (place < 0) return;
    const all = cards();
    const done = all[place];
    const next = done && done.classList.contains("settled") ? all[place + 1] : done;
    if (next || done) (next || done).focus();
    place = -1;
  });
})();
