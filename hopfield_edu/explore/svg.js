// Shows the SVG of a matplotlib figure. What is among the `targets` (gid: spoken name, or a list of names, one for
// each marker) can be clicked, or chosen with Tab, Enter and Space, and what is among the `drags` can be moved.
// Messages, not traits, tell of a click, since it may come twice, of a move, and of the width that there is.
const ALLOWED = "svg g defs path rect circle line polyline polygon use clipPath image text tspan title".split(" ");
// Colours that turn in a dark theme. States and highlights stay as they are, and so do the letters on them.
const COLOURS = { "#ffffff": "ground", "#1b2a41": "ink", "#000000": "ink", "#c3c8cf": "faint", "#5b6675": "quiet",
  "#c9cdd3": "faint", "#0b6e99": "blue", "#c8553d": "red", "#9a6700": "amber", // and what lies behind letters, or leads the eye:
  "#dde1e6": "pale", "#e2e2e2": "pale", "#e2e5e9": "pale", "#e6e8eb": "pale", "#eef0f3": "pale" };
const MOST_STOPS = 12; // of the Tab key; beyond, there is one, and arrow keys lead on
const STILL = 4; // pixels that a pointer may move in a click
const STEPS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };
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
function offer(svg, targets, drags) {
  for (const node of svg.querySelectorAll("[id]")) {
    if (!Object.hasOwn(targets, node.gid)) continue;
    const named = targets[node.gid], markers = node.querySelectorAll("use"), moves = Object.hasOwn(drags, node.gid);
    (Array.isArray(named) ? markers : [node]).forEach((mark, k) => {
      Object.assign(mark.dataset, { gid: node.gid, index: k });
      mark.setAttribute("role", "button");
      mark.setAttribute("aria-label", Array.isArray(named) ? named[k] : named);
    });
    if (moves) {
      node.dataset.drag = "";
      node.setAttribute("tabindex", 0);
      node.setAttribute("aria-description", "arrow keys move it, with Shift further");
    }
    const small = moves ? "path" : 'path[style*="fill: none"][style*="stroke: "]'; // a thin line is hard to hit
    for (const path of node.querySelectorAll(small)) {
      const broad = path.cloneNode();
      for (const name of ["id", "style"]) broad.removeAttribute(name);
      broad.setAttribute("class", "hopfield-broad");
      path.after(broad);
    }
  }
}

// What can be dragged follows the pointer, or the arrow keys, without the kernel, which hears of it when it is let go.
// It stays there until a picture comes that knows of the move, whatever older ones show.
function dragging(frame, scope, model) {
  let held = null; // what has been moved: its gid, where it is, and when it was let go
  let press = null; // a pointer that is down on a mark
  let over = false; // whether a drag has ended this very moment
  const how = (gid) => model.get("drags")[gid];
  const find = (gid) => frame.querySelector(`#${CSS.escape(scope + gid)}`);
  const where = (gid) => (held?.gid === gid ? held.at : how(gid).at);
  const clip = (x, low, high) => Math.min(high, Math.max(low, x));

  const put = (gid, to, time = Infinity) => {
    const { area, at, box: [left, low, right, high] } = how(gid), { width, height } = find(area).getBBox();
    const [x, y] = [clip(to[0], left, right), clip(to[1], low, high)];
    find(gid).style.translate =
      `${((x - at[0]) / (right - left)) * width}px ${((at[1] - y) / (high - low)) * height}px`;
    held = { gid, at: [x, y], time };
  };
  const drop = () => {
    if (held?.time !== Infinity) return;
    held.time = Date.now();
    model.send({ drag: held.gid, at: held.at, time: held.time });
  };
  const under = (gid, event) => { // a pointer, in the coordinates of the drawing
    const { area, box: [left, low, right, high] } = how(gid), seen = find(area).getBoundingClientRect();
    return [left + ((event.clientX - seen.left) / seen.width) * (right - left),
      low + ((seen.bottom - event.clientY) / seen.height) * (high - low)];
  };

  frame.addEventListener("pointerdown", (event) => {
    const mark = event.target.closest?.("[data-drag]");
    if (!mark || !event.isPrimary || event.button) return;
    const { gid } = mark.dataset, at = where(gid), [x, y] = under(gid, event);
    press = { id: event.pointerId, gid, at, time: held?.gid === gid ? held.time : 0, grip: [at[0] - x, at[1] - y],
      from: [event.clientX, event.clientY] };
    mark.setPointerCapture(press.id);
  });
  frame.addEventListener("pointermove", (event) => {
    if (!event.buttons) end(event); // let go elsewhere
    if (event.pointerId !== press?.id || press.given_up) return;
    if (!press.far) {
      if (Math.hypot(event.clientX - press.from[0], event.clientY - press.from[1]) < STILL) return;
      press.far = true;
      frame.setPointerCapture(press.id); // which no new picture replaces
      find(press.gid).focus({ preventScroll: true }); // to hear Escape
    }
    const [x, y] = under(press.gid, event);
    put(press.gid, [x + press.grip[0], y + press.grip[1]]);
  });
  const back = () => {
    if (!press?.far || press.given_up) return false;
    press.given_up = true;
    put(press.gid, press.at, press.time);
    return true;
  };
  const end = (event) => {
    if (event.pointerId !== press?.id) return;
    if (event.type === "pointercancel") back();
    if (press.far) {
      over = true; // the click that follows is none
      setTimeout(() => { over = false; });
    }
    press = null;
    drop();
  };
  for (const name of ["pointerup", "pointercancel"]) frame.addEventListener(name, end);
  for (const name of ["keyup", "focusout"]) frame.addEventListener(name, () => { if (!press) drop(); });

  return {
    back,
    over: () => over,
    step: (gid, [right, up], far) => {
      const [x, y] = where(gid), by = how(gid).step * (far ? 5 : 1);
      put(gid, [x + right * by, y + up * by]);
    },
    again: () => { // in a new picture
      if (press && !how(press.gid)) press = null;
      if (held && how(held.gid) && model.get("moved") < held.time) put(held.gid, held.at, held.time);
      else held = null;
    },
  };
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
  const fixed = () => marks().filter((mark) => !("drag" in mark.dataset)); // among these arrow keys lead on
  const drag = dragging(frame, scope, model);
  let current = ""; // the mark that Tab leads to, where there are many

  const stop = (mark) => {
    const all = fixed(), one = all.includes(mark) ? mark : all[0];
    all.forEach((each) => each.setAttribute("tabindex", all.length > MOST_STOPS && each !== one ? -1 : 0));
    current = mark ? mark.dataset.gid + mark.dataset.index : "";
  };
  const show = () => {
    const svg = parse(model.get("svg"), scope, model.get("themed")), targets = model.get("targets");
    for (const name of ["width", "height"]) svg.removeAttribute(name);
    svg.setAttribute("role", Object.keys(targets).length ? "group" : "img"); // no one can get into an img
    svg.setAttribute("aria-label", model.get("description"));
    offer(svg, targets, model.get("drags"));
    const focused = frame.contains(document.activeElement);
    frame.replaceChildren(svg); // in one go: the page keeps its height, and its scroll position
    const all = marks(), mark = all.find((one) => one.dataset.gid + one.dataset.index === current) ?? all[0];
    stop(mark);
    drag.again();
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
    if (mark && !drag.over()) choose(event, mark);
  });
  frame.addEventListener("focusin", (event) => {
    const mark = event.target.closest?.("[data-gid]");
    if (mark) stop(mark);
  });
  frame.addEventListener("keydown", (event) => {
    const mark = event.target.closest?.("[data-gid]"), all = fixed(), here = all.indexOf(mark);
    if (!mark) return;
    if (event.key === "Enter" || event.key === " ") return choose(event, mark);
    if (here < 0 && event.key in STEPS) drag.step(mark.dataset.gid, STEPS[event.key], event.shiftKey);
    else if (here >= 0 && event.key in AHEAD) all[Math.min(all.length - 1, Math.max(0, here + AHEAD[event.key]))].focus();
    else if (event.key !== "Escape" || !drag.back()) return;
    event.preventDefault();
    event.stopPropagation();
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
