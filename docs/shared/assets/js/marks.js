// Check marks: place the note beside its mark, close it with Escape, remember the reader's choice.
{
  const mark = (event) => (event.target instanceof Element ? event.target.closest(".wi-check") : null);

  const show = (event) => {
    const check = mark(event);
    if (!check) return;
    const note = check.querySelector(".wi-check__note");
    const at = check.querySelector("button").getBoundingClientRect();
    note.dataset.wiPlaced = "";
    const left = Math.max(8, Math.min(at.left, document.documentElement.clientWidth - note.offsetWidth - 8));
    const below = at.bottom + 6;
    const fits = below + note.offsetHeight < innerHeight;
    note.style.setProperty("--wi-left", `${left}px`);
    note.style.setProperty("--wi-top", `${fits ? below : at.top - note.offsetHeight - 6}px`);
  };

  const reopen = (event) => {
    const check = mark(event);
    if (check && !check.contains(event.relatedTarget)) delete check.dataset.wiClosed;
  };

  document.addEventListener("pointerover", show);
  document.addEventListener("focusin", show);
  document.addEventListener("pointerout", reopen);
  document.addEventListener("focusout", reopen);
  document.addEventListener("click", (event) => {
    const check = mark(event);
    if (check) delete check.dataset.wiClosed;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const check of document.querySelectorAll(".wi-check:is(:hover, :focus-within)")) check.dataset.wiClosed = "";
  });

  const toggle = document.getElementById("wi-show-checks");
  if (toggle) {
    toggle.checked = localStorage.getItem("wi-show-checks") === "on";
    toggle.addEventListener("change", () => localStorage.setItem("wi-show-checks", toggle.checked ? "on" : "off"));
  }
}
