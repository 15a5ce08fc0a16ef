// Marks what reaches beyond its box with a shade at that edge, and pictures that are shown small.
const WIDE = ".bd-article :is(table, pre, span.math, div.math mjx-container, .cell_output .output)";
const SMALL = ".bd-article .hopfield-picture";

/* What stays empty at the right edge of code, or of a table's last column. */
function empty(box) {
  return parseFloat(getComputedStyle(box.querySelector("td:last-child") ?? box).paddingRight);
}

function shade(box) {
  const formula = box.querySelector(":scope mjx-math"); // beside it there is text for screen readers
  const isFormula = formula && box.matches(".math, mjx-container");
  const inner = isFormula ? Math.ceil(formula.getBoundingClientRect().width) : box.scrollWidth - empty(box);
  const hidden = inner - box.clientWidth;
  const wide = box.clientWidth > 0 && hidden > 2;
  box.classList.toggle("hopfield-wide", wide);
  box.classList.toggle("hopfield-more-right", wide && box.scrollLeft < hidden - 2);
  box.classList.toggle("hopfield-more-left", wide && box.scrollLeft > 2);
}

function look() {
  document.querySelectorAll(WIDE).forEach(shade);
  document.querySelectorAll(SMALL).forEach((link) => {
    const image = link.querySelector("img");
    const inches = Number(image.getAttribute("width"));
    link.classList.toggle("hopfield-small", !link.querySelector("source") && image.clientWidth < 0.75 * inches);
  });
}

let waiting = false;
function soon() {
  if (waiting) return;
  waiting = true;
  requestAnimationFrame(() => { waiting = false; look(); });
}

new ResizeObserver(soon).observe(document.querySelector(".bd-article") || document.body);
document.addEventListener("scroll", (event) => {
  if (event.target instanceof Element && event.target.matches(WIDE)) shade(event.target);
}, { capture: true, passive: true });
document.addEventListener("toggle", soon, true);
document.fonts.ready.then(soon);
window.addEventListener("load", () => window.MathJax?.startup?.promise.then(soon));
