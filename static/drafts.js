// What is typed into a long form is on the server within five seconds, as a draft. Nothing stays in the browser.
"use strict";

(() => {
  const PAUSE = 1500, LONGEST = 4000, AGAIN = 5000; // milliseconds: after the last letter, after the first, after a failure
  const MAX_AT_LEAVING = 60_000; // what a browser still sends for a page that is being left
  const kept = [];

  class Draft {
    constructor(key) {
      this.key = key;
      this.form = key.form;
      this.typed = this.stored = 0;
      this.said = this.place();
      this.form.addEventListener("input", () => this.touch());
      this.form.addEventListener("change", () => this.touch());
      if ("draftNew" in key.dataset) this.touch();
    }

    // Where its state is told: in the bar of actions, or above the button of a small form.
    place() {
      const said = Object.assign(document.createElement("span"), { className: "saved" });
      said.setAttribute("role", "status");
      const bar = this.form.querySelector(".action-bar");
      const words = bar?.querySelector(":scope > .meta");
      if (words) words.after(said);
      else if (bar) bar.prepend(said);
      else [...this.form.querySelectorAll("button[type=submit]")].at(-1)?.before(said);
      return said;
    }

    touch() {
      this.typed += 1;
      this.form.dataset.draft = "unsaved";
      if (this.isHeld) return;
      this.since ??= Date.now();
      this.plan(Math.min(PAUSE, Math.max(0, this.since + LONGEST - Date.now())));
    }

    plan(delay) {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.send(), delay);
    }

    body() {
      const fields = [...new FormData(this.form)].filter(([, value]) => typeof value === "string");
      const body = new URLSearchParams(fields);
      const address = new URL(location.href);
      address.searchParams.delete("draf");
      body.set("draft_page", address.pathname + address.search);
      body.set("draft_title", document.title.replace(/ – rehsos$/, ""));
      return body;
    }

    async send() {
      if (this.isSending || this.isHeld || this.typed === this.stored) return;
      const typed = this.typed;
      this.since = undefined;
      this.isSending = new AbortController();
      try {
        const answer = await fetch(this.key.dataset.draft, {
          method: "POST", body: this.body(), redirect: "manual", signal: this.isSending.signal,
        });
        await this.take(answer, typed);
      } catch {
        if (!this.isHeld) this.fail("jaringan terputus. Isian tetap di halaman ini dan disimpan saat tersambung lagi.");
      }
      this.isSending = undefined;
      if (this.typed !== this.stored && !this.isHeld) this.plan(this.hasFailed ? AGAIN : PAUSE);
    }

    async take(answer, typed) {
      this.hasFailed = false;
      if (answer.status === 204) {
        this.stored = typed;
        if (this.typed === typed) this.form.dataset.draft = "saved";
        return this.say(`Tersimpan sebagai draf ${answer.headers.get("Draft-Saved")}`, "cloud-check");
      }
      const isTold = answer.headers.get("Content-Type")?.startsWith("application/json");
      const told = isTold ? await answer.json() : {};
      if (answer.status === 409) return this.meet(told);
      if (answer.status === 413) return this.hold(told.words);
      if (answer.status === 401 || answer.type === "opaqueredirect") {
        return this.hold("Sesi sudah berakhir. Isian masih ada di halaman ini: kirim saja, lalu masuk lagi.");
      }
      if (answer.status < 500) return this.hold("Kirim formulirnya bila sudah selesai; isian tetap di halaman ini.");
      this.fail("server belum menjawab. Dicoba lagi sebentar lagi.");
    }

    // Another page keeps the same form: which of the two texts stays is for the person to say.
    meet(told) {
      this.hold(`${told.words} Isian di halaman ini tetap ada.`);
      if (!told.draft) return;
      const button = document.createElement("button");
      Object.assign(button, { type: "button", className: "btn btn-sm btn-plain", textContent: "Ganti dengan isian ini" });
      button.addEventListener("click", () => {
        this.form.elements.draft.value = told.draft;
        this.isHeld = false;
        this.send();
      });
      this.said.lastChild.append(" ", button);
    }

    hold(words) {
      this.isHeld = true;
      this.say(`Belum tersimpan sebagai draf. ${words}`, "cloud-slash");
    }

    fail(words) {
      this.hasFailed = true;
      this.say(`Belum tersimpan: ${words}`, "cloud-slash");
    }

    say(text, picture) {
      if (this.said.textContent === text) return;
      this.said.classList.toggle("saved-off", picture === "cloud-slash");
      const words = Object.assign(document.createElement("span"), { textContent: text });
      this.said.replaceChildren(icon(picture), words);
    }

    stop() {
      clearTimeout(this.timer);
      this.isHeld = true;
      this.isSending?.abort();
    }

    leave() {
      if (this.isHeld || this.typed === this.stored) return;
      const body = this.body();
      if (body.toString().length > MAX_AT_LEAVING) return;
      fetch(this.key.dataset.draft, { method: "POST", body, redirect: "manual", keepalive: true }).catch(() => {});
    }
  }

  // The same sprite as the rest of the page.
  function icon(name) {
    const sprite = document.querySelector("svg.ic use")?.getAttribute("href").split("#")[0];
    const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
    picture.setAttribute("class", "ic");
    picture.setAttribute("aria-hidden", "true");
    use.setAttribute("href", `${sprite}#i-${name}`);
    picture.append(use);
    return picture;
  }

  function begin() {
    for (const key of document.querySelectorAll("input[name=form_key][data-draft]")) kept.push(new Draft(key));
    document.addEventListener("submit", (event) => {
      if (event.defaultPrevented) return;
      for (const draft of kept) {
        if (draft.form === event.target || "draftOff" in event.target.dataset) draft.stop();
      }
    });
    addEventListener("online", () => kept.forEach((draft) => draft.send()));
    addEventListener("pagehide", () => kept.forEach((draft) => draft.leave()));
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin);
  else begin();
})();
