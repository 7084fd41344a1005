// Keys for save, next, search and help (Help lists them). They press and focus what stands on the page, and add nothing.
"use strict";
(() => {
  const { cases, help } = document.currentScript.dataset;
  if (document.documentElement.dataset.keys === "off") return;

  let isTyped = false;
  const shown = (one) => !one.disabled && !one.readOnly && one.getClientRects().length > 0;
  const main = (selector) => [...document.querySelectorAll(`main :is(${selector})`)].filter(shown);
  const isWrong = (box) => box.getAttribute("aria-invalid") === "true";

  // Somewhere else: in another window where something was typed here, which would be lost.
  const lead = (address) => {
    if (address && isTyped) window.open(address, "_blank", "noopener");
    else if (address) window.location.assign(address);
  };

  const save = () => {
    const form = document.activeElement?.closest("form");
    const filled = form ? [...form.elements].filter((one) => one.matches("button.act") && shown(one)) : [];
    if (filled.length === 1) filled[0].click();
    return filled.length === 1;
  };

  // The next fault; on a page without faults the next empty box.
  const next = () => {
    const boxes = main("input:not([type=hidden], [type=search], [type=file]), select, textarea");
    const wrong = boxes.filter(isWrong);
    const open = boxes.filter((box) => !["checkbox", "radio"].includes(box.type) && box.value === "");
    const waiting = wrong.length ? wrong : open;
    const here = document.activeElement;
    const after = (box) => box !== here && here.compareDocumentPosition(box) & Node.DOCUMENT_POSITION_FOLLOWING;
    const led = (here && here !== document.body && waiting.find(after)) || waiting[0];
    led?.focus();
    return Boolean(led);
  };

  const search = () => {
    const [box] = main("input[type=search]");
    if (box) box.focus();
    else lead(cases);
    return Boolean(box || cases);
  };

  const acts = (event) => {
    const { target } = event;
    const isPlain = !event.ctrlKey && !event.altKey && !event.metaKey;
    if (event.altKey && event.shiftKey && !event.ctrlKey && event.code === "KeyS") return save();
    if (event.altKey && event.shiftKey && !event.ctrlKey && event.code === "KeyN") return next();
    if (event.ctrlKey && event.key === "Enter" && target.matches("textarea")) return save();
    if (!isPlain || target.isContentEditable || target.closest("input, textarea, select")) return false;
    if (event.key === "/") return search();
    if (event.key === "?") lead(help);
    return event.key === "?" && Boolean(help);
  };

  document.addEventListener("input", (event) => {
    isTyped ||= Boolean(event.target.closest("main form:not([role=search])"));
  });
  document.addEventListener("keydown", (event) => {
    if (!event.defaultPrevented && !event.repeat && !event.isComposing && acts(event)) event.preventDefault();
  });
})();
