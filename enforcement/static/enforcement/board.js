/* The board by keys. Every key only presses a button that stands in the row, so nothing needs this file. */
(() => {
  "use strict";

  const rows = () => [...document.querySelectorAll("[data-row]")];
  const at = () => document.activeElement && document.activeElement.closest("[data-row]");

  const go = (step) => {
    const all = rows();
    if (!all.length) return;
    const here = all.indexOf(at());
    const next = all[Math.min(Math.max(here < 0 ? 0 : here + step, 0), all.length - 1)];
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  };

  const press = (row, key) => {
    const found = row.querySelector(`[data-key="${key}"]`);
    if (!found) return false;
    if (found.tagName === "DETAILS") {
      found.open = true;
      found.querySelector("select").focus();
    } else {
      found.click();
    }
    return true;
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const typing = event.target.closest("input, textarea, select, dialog");
    if (event.key === "Escape" && typing && at()) {
      at().focus();
      return;
    }
    if (typing) return;
    if (event.code === "KeyJ" || event.code === "KeyK") {
      event.preventDefault();
      go(event.code === "KeyJ" ? 1 : -1);
      return;
    }
    const row = at();
    if (!row || (event.key === "Enter" && event.target !== row)) return;
    const key = event.key === "Enter" ? "Enter" : event.code;
    if (press(row, key)) event.preventDefault();
  });

  // A row that was decided comes back anew: stay on it, or go on when nothing is open in it.
  document.addEventListener("htmx:afterSwap", (event) => {
    const id = event.detail.target && event.detail.target.id;
    const row = id && document.getElementById(id);
    if (!row || !row.matches("[data-row]")) return;
    row.focus();
    const act = event.detail.requestConfig && event.detail.requestConfig.path;
    if (!row.classList.contains("open") && act && !act.endsWith("/take-back/")) go(1);
  });
})();
