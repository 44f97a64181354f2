// Attendance: "semua hadir" fills what is not marked, and the numbers follow each tap. Without this the server does both.
"use strict";

(() => {
  const form = document.querySelector("form[data-attendance]");
  if (!form) return;
  const lines = () => [...form.querySelectorAll("ol.attendance > li, ul.attendance-found > li")];
  const list = () => [...form.querySelectorAll("ol.attendance > li")];
  const marked = (line) => line.querySelector(".marks input:checked");

  function count() {
    const numbers = { unset: 0 };
    for (const line of lines()) {
      const chosen = marked(line);
      line.classList.toggle("is-unset", !chosen);
      if (chosen) numbers[chosen.value] = (numbers[chosen.value] ?? 0) + 1;
      else if (line.parentElement.tagName === "OL") numbers.unset += 1;
    }
    const all = list().length, done = list().filter(marked).length;
    form.querySelector("[data-marked]").textContent = `${done} dari ${all}`;
    const bar = form.querySelector(".session-strip progress");
    bar.value = done;
    bar.setAttribute("aria-label", `${done} dari ${all} klien sudah ditandai`);
    for (const place of form.querySelectorAll("[data-count]")) {
      const number = numbers[place.dataset.count] ?? 0;
      place.querySelector("b").textContent = number;
      place.hidden = !number && place.dataset.count !== "present";
    }
  }

  form.addEventListener("change", (event) => { if (event.target.closest(".marks")) count(); });
  form.querySelector("[data-all-present]").addEventListener("click", (event) => {
    event.preventDefault();
    for (const line of list()) if (!marked(line)) line.querySelector("input[value=present]").checked = true;
    count();
    form.dispatchEvent(new Event("input", { bubbles: true })); // so that the draft is kept
  });
})();
