// Language switcher: keep the place in the page. Both languages give their headings the same ids.
document.addEventListener("click", (event) => {
  const link = event.target.closest("a");
  if (!link) return;
  if (link.matches("[data-wi-switcher]")) link.hash = location.hash;
  // From a disk, where no server turns a folder into its index page.
  if (location.protocol === "file:" && link.pathname.endsWith("/")) link.pathname += "index.html";
});
