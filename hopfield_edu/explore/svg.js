// Shows the SVG of a matplotlib figure. What is among the `targets` (gid: spoken name, or a list of names, one for
// each marker) can be clicked, or chosen with Tab, Enter and Space. Messages, not traits, tell of a click, since it
// may come twice, and of the width that there is.
const ALLOWED = "svg g defs path rect circle line polyline polygon use clipPath image text tspan title".split(" ");
// Colours that turn in a dark theme. States and highlights stay as they are, and so do the letters on them.
const COLOURS = { "#ffffff": "ground", "#1b2a41": "ink", "#000000": "ink", "#c3c8cf": "faint", "#5b6675": "quiet",
  "#c9cdd3": "faint", "#0b6e99": "blue", "#c8553d": "red", "#9a6700": "amber", // and what lies behind letters, or leads the eye:
  "#dde1e6": "pale", "#e2e2e2": "pale", "#e2e5e9": "pale", "#e6e8eb": "pale", "#eef0f3": "pale" };
const MOST_STOPS = 12; // of the Tab key; beyond, there is one, and arrow keys lead on
const AHEAD = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -Infinity, End: Infinity };

// One attribute: nothing runs, nothing is fetched, and no id is that of another picture in the page.
function mend(node, name, value, scope, themed) {
  const link = name.endsWith("href");
  if (name.startsWith("on") || (link && !/^(#|data:image\/(png|jpeg);)/.test(value))) node.removeAttribute(name);
  else if (link && value[0] === "#") node.setAttribute(name, `#${scope}${value.slice(1)}`);
  else if (name === "clip-path") node.setAttribute(name, value.replace("url(#", `url(#${scope}`));
  else if (name === "id") {
    node.gid = value;
    node.id = scope + value;
    if (value === "path") node.setAttribute("class", "hopfield-band"); // of a highlighter pen
  }
  else if (name === "style") {
    const safe = value.replace(/url\((?!#).*?\)/g, "none");
    node.setAttribute(name, !themed ? safe : safe.replace(/#[0-9a-f]{6}/g,
      (hex) => COLOURS[hex] ? `var(--hp-${COLOURS[hex]}, ${hex})` : hex));
  }
}

function parse(text, scope, themed) {
  const svg = new DOMParser().parseFromString(text, "image/svg+xml").documentElement;
  if (svg.localName !== "svg") throw new Error("not an SVG");
  for (const node of [svg, ...svg.querySelectorAll("*")]) {
    if (!ALLOWED.includes(node.localName)) node.remove();
    else for (const { name, value } of [...node.attributes]) mend(node, name, value, scope, themed);
  }
  for (const node of svg.querySelectorAll("[id]")) {
    if (svg.querySelector(`[id="${CSS.escape(node.id)}"]`) !== node) node.removeAttribute("id"); // a gid of several
  }
  return svg;
}

// Makes buttons of the marks with a gid that is on offer; several markers of one gid are counted.
function offer(svg, targets) {
  for (const node of svg.querySelectorAll("[id]")) {
    if (!Object.hasOwn(targets, node.gid)) continue;
    const named = targets[node.gid], markers = node.querySelectorAll("use");
    (Array.isArray(named) ? markers : [node]).forEach((mark, k) => {
      Object.assign(mark.dataset, { gid: node.gid, index: k });
      mark.setAttribute("role", "button");
      mark.setAttribute("aria-label", Array.isArray(named) ? named[k] : named);
    });
    for (const path of node.querySelectorAll('path[style*="fill: none"][style*="stroke: "]')) { // a thin line is hard to hit
      const broad = path.cloneNode();
      for (const name of ["id", "style"]) broad.removeAttribute(name);
      broad.setAttribute("class", "hopfield-broad");
      path.after(broad);
    }
  }
}

function watchWidth(el, tell) {
  let known = 0, waiting = 0;
  const look = () => {
    const host = el.closest(".hopfield-explorer");
    if (!host) return; // not in the page yet
    observer.observe(host);
    if (!host.clientWidth || Math.abs(host.clientWidth - known) < 8) return;
    known = host.clientWidth;
    tell(known);
  };
  const observer = new ResizeObserver(() => { clearTimeout(waiting); waiting = setTimeout(look, 60); });
  observer.observe(el);
  return () => { clearTimeout(waiting); observer.disconnect(); };
}

function render({ model, el }) {
  const scope = `hp${Math.random().toString(36).slice(2, 9)}-`; // also if one model is shown twice
  const frame = el.appendChild(document.createElement("div"));
  const marks = () => [...frame.querySelectorAll("[data-gid]")];
  frame.dataset.lmSuppressShortcuts = "true"; // JupyterLab shall not take Enter
  frame.className = `hopfield-picture${model.get("themed") ? " hopfield-themed" : ""}`;
  let current = ""; // the mark that Tab leads to, where there are many

  const stop = (mark) => {
    const all = marks();
    all.forEach((one) => one.setAttribute("tabindex", all.length > MOST_STOPS && one !== mark ? -1 : 0));
    current = mark ? mark.dataset.gid + mark.dataset.index : "";
  };
  const show = () => {
    const svg = parse(model.get("svg"), scope, model.get("themed")), targets = model.get("targets");
    for (const name of ["width", "height"]) svg.removeAttribute(name);
    svg.setAttribute("role", Object.keys(targets).length ? "group" : "img"); // no one can get into an img
    svg.setAttribute("aria-label", model.get("description"));
    offer(svg, targets);
    const focused = frame.contains(document.activeElement);
    frame.replaceChildren(svg); // in one go: the page keeps its height, and its scroll position
    const all = marks(), mark = all.find((one) => one.dataset.gid + one.dataset.index === current) ?? all[0];
    stop(mark);
    if (focused) mark?.focus({ preventScroll: true });
  };
  const choose = (event, mark) => {
    event.preventDefault();
    event.stopPropagation();
    stop(mark);
    model.send({ gid: mark.dataset.gid, index: Number(mark.dataset.index) });
  };
  frame.addEventListener("click", (event) => {
    const mark = event.target.closest?.("[data-gid]");
    if (mark) choose(event, mark);
  });
  frame.addEventListener("focusin", (event) => {
    const mark = event.target.closest?.("[data-gid]");
    if (mark) stop(mark);
  });
  frame.addEventListener("keydown", (event) => {
    const all = marks(), here = all.indexOf(event.target.closest?.("[data-gid]"));
    if (here < 0) return;
    if (event.key === "Enter" || event.key === " ") choose(event, all[here]);
    else if (event.key in AHEAD) {
      event.preventDefault();
      event.stopPropagation();
      all[Math.min(all.length - 1, Math.max(0, here + AHEAD[event.key]))].focus();
    }
  });
  const forget = watchWidth(el, (width) => model.send({ width }));
  model.on("change", show); // once for all that comes in one message
  show();
  return () => { // JupyterLab keeps closed views
    model.off("change", show);
    forget();
    frame.replaceChildren();
  };
}
export default { render };
