// Keeps a long form while somebody writes in it: every ten seconds after a change, for its writer alone.
"use strict";
(() => {
  const WAIT = 429; // kept a moment ago: try again in the next round

  const keepForm = (status) => {
    const form = status.closest("form");
    const key = form.querySelector("input[name=kept_form]");
    let timer = null;
    let sending = null;

    const say = (words) => {
      if (status.textContent !== words) status.textContent = words;
    };

    const later = () => {
      timer ??= setTimeout(keep, Number(status.dataset.every) * 1000);
    };

    const typed = () => {
      const fields = new URLSearchParams();
      for (const [name, value] of new FormData(form)) if (typeof value === "string") fields.append(name, value);
      const address = new URL(form.getAttribute("action") || "", window.location.href);
      address.searchParams.delete("return_to");
      fields.set("kept_at", address.pathname + address.search);
      return fields;
    };

    const keep = async () => {
      timer = null;
      sending = new AbortController();
      const { signal } = sending;
      try {
        const asked = { method: "POST", body: typed(), credentials: "same-origin", redirect: "error", signal };
        const answer = await fetch(status.dataset.keep, asked);
        if (answer.status === WAIT) return later();
        if (!answer.ok) return say(status.dataset.failed);
        const { kept, at } = await answer.json();
        key.value = kept;
        say(status.dataset.kept.replace("{time}", at));
      } catch {
        if (!signal.aborted) say(status.dataset.failed);
      }
      return undefined;
    };

    form.addEventListener("input", later);
    form.addEventListener("submit", () => {
      clearTimeout(timer);
      timer = null;
      sending?.abort();
    });
  };

  document.querySelectorAll("[data-keep]").forEach(keepForm);
})();
