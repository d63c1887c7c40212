// What is wider than the screen scrolls in its own box; a keyboard must reach that box.
{
  const boxes = document.querySelectorAll(".wi-eq__scroll, .md-typeset__scrollwrap");
  const reach = new ResizeObserver((entries) => {
    for (const { target } of entries) {
      if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
      else target.removeAttribute("tabindex");
    }
  });
  for (const box of boxes) reach.observe(box);
}
