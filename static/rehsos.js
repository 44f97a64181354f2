// Progressive enhancement only: every page works without this file.
"use strict";

(() => {
  const SHORTCUT = "rehsos.pintasan"; // a preference of this browser, nothing personal

  const ready = (act) => (document.readyState === "loading" ? document.addEventListener("DOMContentLoaded", act) : act());
  const isTyping = (target) => target.closest("input, textarea, select, [contenteditable]");
  const element = (tag, className, text) => Object.assign(document.createElement(tag), { className, textContent: text });

  // "/" leads to the search; a person may switch that off (speech input and screen readers send single keys).
  function shortcut() {
    const search = document.getElementById("cari");
    const label = document.querySelector("[data-shortcut-switch]");
    if (!search || !label) return;
    const box = label.querySelector("input");
    const key = search.parentElement.querySelector("kbd");
    const show = () => {
      key.hidden = !box.checked;
      if (box.checked) search.setAttribute("aria-keyshortcuts", "/");
      else search.removeAttribute("aria-keyshortcuts");
    };
    label.hidden = false;
    box.checked = localStorage.getItem(SHORTCUT) !== "mati";
    box.addEventListener("change", () => {
      localStorage.setItem(SHORTCUT, box.checked ? "hidup" : "mati");
      show();
    });
    show();
    document.addEventListener("keydown", (event) => {
      if (event.key !== "/" || !box.checked || event.ctrlKey || event.altKey || event.metaKey || isTyping(event.target)) return;
      if (!search.offsetParent) return;
      event.preventDefault();
      search.focus();
    });
  }

  // The person's own panel closes with Escape and with a click beside it.
  function panels() {
    const open = () => document.querySelector("details.me[open]");
    document.addEventListener("click", (event) => {
      if (open() && !open().contains(event.target)) open().open = false;
    });
    document.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !open()) return;
      const panel = open();
      panel.open = false;
      panel.querySelector("summary").focus();
    });
  }

  // A page that comes back with errors begins at their summary.
  function errors() {
    document.getElementById("kesalahan")?.focus();
  }

  // Text that is not sent yet is not lost by a wrong click.
  const unsent = new Set();
  function guard() {
    for (const form of document.querySelectorAll("main form[method=post]:not([data-unguarded])")) {
      if (form.querySelector("#kesalahan")) unsent.add(form);
      form.addEventListener("input", () => unsent.add(form));
      form.addEventListener("change", () => unsent.add(form));
    }
    addEventListener("beforeunload", (event) => {
      if ([...unsent].some((form) => form.dataset.draft !== "saved")) event.preventDefault();
    });
  }

  // One click sends once. While the line is down the text stays here, says so, and goes when the line is back.
  function sending() {
    document.addEventListener("submit", (event) => {
      const form = event.target;
      if (form.method !== "post" || event.defaultPrevented) return;
      if (form.dataset.sending) return event.preventDefault();
      if (!navigator.onLine) {
        event.preventDefault();
        return wait(form, event.submitter);
      }
      form.dataset.sending = "1";
      unsent.delete(form);
      setTimeout(() => lock(form)); // after the browser has taken the value of the button
    });
    addEventListener("pageshow", (event) => {
      if (event.persisted) document.querySelectorAll("form[data-sending]").forEach(unlock);
    });
  }

  function lock(form) {
    for (const button of form.querySelectorAll("button[type=submit]")) {
      button.disabled = true;
      if (!button.classList.contains("btn-primary")) continue;
      button.dataset.label = button.innerHTML;
      button.textContent = "Mengirim…";
    }
  }

  function unlock(form) {
    delete form.dataset.sending;
    for (const button of form.querySelectorAll("button[type=submit]")) {
      button.disabled = false;
      if (button.dataset.label) button.innerHTML = button.dataset.label;
    }
  }

  function wait(form, submitter) {
    if (form.querySelector("[data-waiting]")) return;
    const time = new Date().toTimeString().slice(0, 5).replace(":", ".");
    const note = element("p", "saved saved-off", `Belum terkirim sejak ${time}: sambungan putus. Jangan tutup halaman ini; isian dikirim saat tersambung lagi.`);
    note.setAttribute("role", "status");
    note.dataset.waiting = "";
    (form.querySelector(".action-bar") ?? form).prepend(note);
    addEventListener("online", () => { note.remove(); form.requestSubmit(submitter); }, { once: true });
  }

  // How much room is left, said only when it gets tight.
  function counters() {
    for (const area of document.querySelectorAll("textarea[maxlength]")) {
      const limit = area.maxLength;
      const note = element("span", "form-hint counter", "");
      note.setAttribute("aria-live", "polite");
      area.after(note);
      const count = () => {
        const left = limit - area.value.length;
        note.textContent = left < limit / 5 ? `Tersisa ${left.toLocaleString("id")} huruf` : "";
      };
      area.addEventListener("input", count);
      count();
    }
  }

  // A password may be looked at before it is sent.
  function reveal() {
    for (const field of document.querySelectorAll("main input[type=password]")) {
      const button = element("button", "reveal", "Tampilkan");
      button.type = "button";
      button.setAttribute("aria-label", "Tampilkan kata sandi");
      button.addEventListener("click", () => {
        const shown = field.type === "text";
        field.type = shown ? "password" : "text";
        button.textContent = shown ? "Tampilkan" : "Sembunyikan";
        button.setAttribute("aria-label", `${button.textContent} kata sandi`);
        field.focus();
      });
      field.closest("form").addEventListener("submit", () => { field.type = "password"; });
      const frame = element("span", "revealable", "");
      field.replaceWith(frame);
      frame.append(field, button);
    }
  }

  // Two minutes before the session ends for lack of use, the page says so and one press keeps it.
  function idle() {
    const form = document.getElementById("sesi");
    if (!form) return;
    const [words, button] = [form.querySelector("p"), form.querySelector("button")];
    const length = Number(document.body.dataset.idle) * 1000;
    const notice = Math.min(120_000, length / 2);
    const others = new BroadcastChannel("rehsos.sesi"); // whatever one tab does keeps the session of all
    let end, state, before;

    const say = (next, text) => {
      state = next;
      words.textContent = text;
      form.classList.toggle("is-on", Boolean(text));
      button.hidden = next !== "warned";
    };
    const begin = () => {
      end = Date.now() + length;
      if (form.contains(document.activeElement)) before?.focus();
      say("quiet", "");
    };
    const check = () => {
      const left = end - Date.now();
      if (left <= 0 && state !== "over") {
        say("over", "Sesi Anda sudah berakhir. Isian di halaman ini masih ada: kirim saja, lalu masuk lagi untuk melanjutkannya.");
      } else if (left > 0 && left <= notice && state === "quiet") {
        const time = new Date(end).toTimeString().slice(0, 5).replace(":", ".");
        say("warned", `Halaman ini lama tidak dipakai. Sesi Anda berakhir pukul ${time}.`);
        before = document.activeElement;
        if (!isTyping(before)) button.focus(); // whoever types is not interrupted
      }
    };
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      try {
        const answer = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
        if (answer.status !== 204) return void (end = 0);
        begin();
        others.postMessage("here");
      } catch {
        words.textContent = "Sambungan putus. Coba lagi sebentar lagi.";
      }
    });
    others.addEventListener("message", begin);
    document.addEventListener("htmx:afterRequest", begin);
    document.addEventListener("visibilitychange", check);
    setInterval(check, 1000);
    begin();
    others.postMessage("here");
  }

  // Typing narrows the list that a search box belongs to; the button beside it asks the server for more.
  function narrowing() {
    for (const box of document.querySelectorAll("input[data-narrows]")) {
      const list = document.getElementById(box.dataset.narrows);
      const lines = [...list.querySelectorAll("option:not([value='']), .form-check")];
      box.addEventListener("input", () => {
        const words = box.value.toLowerCase().split(/\s+/);
        for (const line of lines) {
          const chosen = line.selected || line.querySelector("input:checked");
          line.hidden = !chosen && !words.every((word) => line.textContent.toLowerCase().includes(word));
        }
      });
      box.addEventListener("keydown", (event) => {
        if (event.key !== "Enter") return;
        event.preventDefault();
        box.nextElementSibling.click();
      });
    }
  }

  // A chosen regency leaves only its own districts to choose from.
  function districts() {
    const regency = document.querySelector("select[name=regency]");
    const district = document.querySelector("select[name=district]");
    if (!regency || !district) return;
    const [unknown, ...groups] = district.children;
    const narrow = () => {
      const name = regency.selectedOptions[0].text;
      const chosen = district.value;
      district.replaceChildren(unknown, ...(regency.value ? groups.filter((group) => group.label === name) : groups));
      district.value = chosen;
      if (district.selectedIndex < 0) district.value = "";
    };
    regency.addEventListener("change", narrow);
    if (!district.closest(".has-error")) narrow();
  }

  // A text that is there to be copied: without a script it is marked and copied by hand.
  function copying() {
    for (const button of document.querySelectorAll("button[data-copies]")) {
      const text = document.getElementById(button.dataset.copies);
      button.hidden = false;
      button.addEventListener("click", async () => {
        text.select();
        try {
          await navigator.clipboard.writeText(text.value);
        } catch {
          document.execCommand("copy"); // a plain http address has no clipboard
        }
        button.nextElementSibling.textContent = "Tersalin.";
      });
    }
  }

  // On a phone a row of tabs is wider than the screen: the one that is open is in view.
  function tabs() {
    for (const row of document.querySelectorAll(".tabs")) {
      const here = row.querySelector("[aria-current]");
      if (here) row.scrollLeft = here.offsetLeft - row.offsetLeft - (row.clientWidth - here.offsetWidth) / 2;
    }
  }

  ready(() => [shortcut, panels, errors, guard, sending, counters, reveal, idle, narrowing, districts, copying, tabs].forEach((act) => act()));
})();
