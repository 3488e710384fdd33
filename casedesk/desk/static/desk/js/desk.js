/* Small helps that the pages can do without: every action also works as a plain form or link. */
(() => {
  "use strict";

  // Filters: leave empty fields out of the address.
  document.addEventListener("htmx:configRequest", (event) => {
    if (event.detail.verb !== "get") return;
    const sent = event.detail.parameters;
    for (const name of [...sent.keys()]) if (sent.get(name) === "") sent.delete(name);
  });

  // Dialogs: <button commandfor="id" command="show-modal"> where the browser does not know it yet.
  if (!("commandForElement" in HTMLButtonElement.prototype)) {
    document.addEventListener("click", (event) => {
      const button = event.target.closest("button[commandfor]");
      const dialog = button && document.getElementById(button.getAttribute("commandfor"));
      if (!dialog) return;
      if (button.getAttribute("command") === "show-modal") dialog.showModal();
      else dialog.close();
    });
  }

  // Listings: the box in the head ticks the page, Shift ticks a run, the bar says how many.
  let last = null;
  const say = (listing) => {
    const boxes = [...listing.querySelectorAll("td.tick input")];
    const ticked = boxes.filter((box) => box.checked).length;
    const head = listing.querySelector("th.tick input");
    if (head) {
      head.checked = ticked > 0 && ticked === boxes.length;
      head.indeterminate = ticked > 0 && ticked < boxes.length;
    }
    const counter = listing.querySelector("[data-ticked]");
    if (counter) counter.textContent = ticked;
  };
  document.addEventListener("click", (event) => {
    const box = event.target.closest(".listing .tick input");
    if (!box) return;
    const listing = box.closest(".listing");
    const boxes = [...listing.querySelectorAll("td.tick input")];
    if (box.closest("th")) {
      for (const other of boxes) other.checked = box.checked;
    } else if (event.shiftKey && last && boxes.includes(last)) {
      const [from, to] = [boxes.indexOf(last), boxes.indexOf(box)].sort((a, b) => a - b);
      for (const other of boxes.slice(from, to + 1)) other.checked = box.checked;
    }
    last = box.closest("td") ? box : null;
    say(listing);
  });

  // A dropped panel closes on a click beside it and on Escape.
  const close = (except) => {
    for (const drop of document.querySelectorAll(".drop[open]")) if (drop !== except) drop.open = false;
  };
  document.addEventListener("click", (event) => close(event.target.closest(".drop")));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    const drop = event.target.closest(".drop[open]");
    close(null);
    if (drop) drop.querySelector("summary").focus();
  });

  // Paper: a button prints the page.
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
  });

  // Messages can be put away.
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-close]");
    if (button) button.closest(".note").remove();
  });

  // The slash key goes to the search box, as in every register people know.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.target.closest("input, textarea, select, [contenteditable]")) return;
    const search = document.querySelector("[data-search]");
    if (search) {
      event.preventDefault();
      search.focus();
    }
  });
})();
