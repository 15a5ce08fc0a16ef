// The network on the first page: three pictures in Hebb's weights, recalled one unit at a time.
// The sheet is the one of the course's painter; it talks to a model, as a widget does.
import sheet from "./grid.js";

class Model {
  constructor(values) { this.values = values; this.listeners = {}; }
  get(name) { return this.values[name]; }
  set(name, value) { this.values[name] = value; (this.listeners[`change:${name}`] || []).forEach((f) => f()); }
  on(event, listener) { (this.listeners[event] ||= []).push(listener); }
  save_changes() {}
  send() {}
}

const host = document.getElementById("hopfield-landing");
const memories = Object.entries(JSON.parse(host.dataset.memories));
const N = memories[0][1].length;
const model = new Model({ rows: 10, cols: 10, cell_size: 24, label: "Sheet", marked: [], revision: 0 });
const state = () => { const v = model.get("cells"); return [...new Int8Array(v.buffer, v.byteOffset, N)]; };
const show = (y) => model.set("cells", new DataView(Int8Array.from(y).buffer));
const overlap = (s, y) => s.reduce((sum, value, i) => sum + value * y[i], 0); // times N
const energy = (y) => -(memories.reduce((E, [, s]) => E + overlap(s, y) ** 2, 0) / N - memories.length) / 2;
const field = (y, i) => // times N: Hebb's weights, without self-connections
  memories.reduce((h, [, s]) => h + s[i] * overlap(s, y), 0) - memories.length * y[i];
const shuffled = (items) => {
  for (let k = items.length - 1; k > 0; k--) {
    const j = Math.floor(Math.random() * (k + 1));
    [items[k], items[j]] = [items[j], items[k]];
  }
  return items;
};
const still = matchMedia("(prefers-reduced-motion: reduce)");
const pause = (ms) => (still.matches ? Promise.resolve() : new Promise((done) => setTimeout(done, ms)));
const number = (x) => x.toFixed(1).replace("-", "−");
let run = 0;

function spoil(y, count = 25) {
  const wrong = y.slice();
  shuffled([...y.keys()]).slice(0, count).forEach((i) => { wrong[i] *= -1; });
  return wrong;
}

async function recall() {
  const mine = ++run, y = state(), before = energy(y);
  let flips = 0, changed = true;
  while (changed) {
    changed = false;
    for (const i of shuffled([...y.keys()])) {
      if (field(y, i) * y[i] >= 0) continue; // a tie keeps the value
      y[i] *= -1;
      flips += 1;
      changed = true;
      show(y);
      await pause(40);
      if (mine !== run) return; // somebody draws
    }
  }
  const best = memories.map(([name, s]) => [name, overlap(s, y) / N]).sort((a, b) => b[1] - a[1])[0];
  const what = best[1] === 1 ? `It is the ${best[0]}, cell by cell.`
    : `It resembles the ${best[0]} most (overlap ${number(best[1])}), but it is something else.`;
  told.textContent = flips
    ? `${flips} flips, each of them downhill: the energy fell from ${number(before)} to ${number(energy(y))}. ${what}`
    : `Nothing changes: here every unit agrees with its field. ${what}`;
}

function button(words, act) {
  const made = document.createElement("button");
  made.type = "button";
  made.textContent = words;
  made.addEventListener("click", () => { run += 1; act(); });
  return made;
}

const controls = document.createElement("div"), told = document.createElement("p");
controls.className = "hopfield-buttons";
told.setAttribute("aria-live", "polite");
told.textContent = "Press Recall. Or draw on the sheet, with mouse, finger, or arrow keys and space.";
const first = button("Recall", recall);
first.className = "hopfield-main";
controls.append(
  first,
  button("Spoil", () => show(spoil(state()))),
  ...memories.map(([name, s]) => button(name, () => show(s))),
  button("Blank", () => show(Array(N).fill(-1))),
);
show(spoil(memories[0][1]));
const place = document.createElement("div");
host.replaceChildren(place, controls, told);
sheet.render({ model, el: place });
model.on("change:stroke", () => { run += 1; });
