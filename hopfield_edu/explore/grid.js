// A grid of cells that are +1 (ink) or -1 (paper): drawn with mouse, finger or keyboard.
// Cells travel as one signed byte each; `marked` lists the cells to be ringed. A picture file that is dropped
// onto the sheet is read here and sent to the kernel as bytes.
const MOST_BYTES = 8e6; // a message to the kernel must stay below 10 MB
const INK = [27, 42, 65, 255], PAPER = [244, 241, 234, 255];

// A thumbnail: one button with one small canvas.
function show({ model, el }) {
  const rows = model.get("rows"), cols = model.get("cols"), size = model.get("cell_size");
  const button = document.createElement("div"), canvas = document.createElement("canvas");
  Object.assign(canvas, { width: cols, height: rows });
  Object.assign(canvas.style, { width: `${cols * size}px`, height: `${rows * size}px` });
  const paint = () => {
    const view = model.get("cells"), image = new ImageData(cols, rows);
    const now = new Int8Array(view.buffer, view.byteOffset, view.byteLength);
    now.forEach((value, k) => image.data.set(value > 0 ? INK : PAPER, 4 * k));
    canvas.getContext("2d").putImageData(image, 0, 0);
    button.dataset.on = now.filter((value) => value > 0).length;
    button.setAttribute("aria-label", model.get("label"));
  };
  button.className = "hopfield-grid hopfield-thumbnail";
  button.dataset.lmSuppressShortcuts = "true";
  button.setAttribute("role", "button");
  button.tabIndex = 0;
  button.addEventListener("click", () => model.send("press"));
  button.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    model.send("press");
  });
  for (const name of ["cells", "label"]) model.on(`change:${name}`, paint);
  button.append(canvas);
  el.append(button);
  paint();
}

function catchFiles(grid, model) {
  const over = (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault(); // else the browser would leave the notebook and open the file
    event.stopPropagation();
    event.dataTransfer.dropEffect = "copy";
    grid.classList.add("hopfield-drop");
  };
  for (const name of ["dragenter", "dragover"]) grid.addEventListener(name, over);
  grid.addEventListener("dragleave", () => grid.classList.remove("hopfield-drop"));
  grid.addEventListener("drop", async (event) => {
    const file = event.dataTransfer.files[0];
    if (!file) return;
    over(event);
    grid.classList.remove("hopfield-drop");
    const bytes = file.size > MOST_BYTES ? new ArrayBuffer(0) : await file.arrayBuffer();
    model.send({ file: file.name }, undefined, [bytes]);
  });
}

function render({ model, el }) {
  if (model.get("thumbnail")) return show({ model, el });
  const rows = model.get("rows"), cols = model.get("cols");
  const grid = document.createElement("div");
  const cells = [];
  let cursor = 0, pen = 0, last = null; // cell with the keyboard focus, value being drawn, last cell drawn
  let strokes = 0;

  const values = () => {
    const view = model.get("cells");
    return new Int8Array(view.buffer, view.byteOffset, view.byteLength).slice();
  };
  const paint = () => {
    const now = values(), marked = new Set(model.get("marked"));
    grid.dataset.on = now.filter((value) => value > 0).length;
    cells.forEach((cell, k) => {
      cell.classList.toggle("hopfield-marked", marked.has(k));
      if (cell.dataset.value === String(now[k])) return; // most cells stay as they are
      cell.dataset.value = now[k];
      const place = `row ${Math.floor(k / cols) + 1}, column ${(k % cols) + 1}`;
      cell.setAttribute("aria-label", `${place}, ${now[k] > 0 ? "ink" : "paper"}`);
      cell.setAttribute("aria-selected", now[k] > 0);
    });
    grid.setAttribute("aria-label", `${model.get("label")}, ${rows} rows, ${cols} columns`);
  };
  const put = (chosen, value) => {
    const now = values();
    if (chosen.every((k) => now[k] === value)) return;
    chosen.forEach((k) => { now[k] = value; });
    model.set("marked", []);
    model.set("stroke", [model.get("revision"), ++strokes]);
    model.set("cells", new DataView(now.buffer));
    model.save_changes();
  };
  const focus = (k) => {
    cells[cursor].tabIndex = -1;
    cursor = k;
    cells[k].tabIndex = 0;
    cells[k].focus({ preventScroll: true });
  };
  const cellAt = (event) => {
    const box = grid.getBoundingClientRect();
    const clip = (x, n) => Math.min(n - 1, Math.max(0, Math.floor(x * n)));
    return clip((event.clientY - box.top) / box.height, rows) * cols
      + clip((event.clientX - box.left) / box.width, cols);
  };
  const line = (from, to) => { // a fast stroke leaves no gaps
    const [r, c, R, C] = [Math.floor(from / cols), from % cols, Math.floor(to / cols), to % cols];
    const n = Math.max(Math.abs(R - r), Math.abs(C - c), 1);
    return Array.from({ length: n + 1 }, (_, k) =>
      Math.round(r + ((R - r) * k) / n) * cols + Math.round(c + ((C - c) * k) / n));
  };

  grid.className = "hopfield-grid";
  grid.style.gridTemplateColumns = `repeat(${cols}, ${model.get("cell_size")}px)`;
  grid.style.gridAutoRows = `${model.get("cell_size")}px`;
  for (let r = 0; r < rows; r++) {
    const row = grid.appendChild(document.createElement("div"));
    row.className = "hopfield-row";
    for (let c = 0; c < cols; c++) {
      const cell = row.appendChild(document.createElement("div"));
      cell.className = "hopfield-cell";
      cell.dataset.row = r;
      cell.dataset.col = c;
      cells.push(cell);
    }
  }
  grid.dataset.lmSuppressShortcuts = "true"; // JupyterLab shall not take the arrow keys
  grid.setAttribute("role", "grid");
  grid.querySelectorAll(".hopfield-row").forEach((row) => row.setAttribute("role", "row"));
  cells.forEach((cell, k) => { cell.setAttribute("role", "gridcell"); cell.tabIndex = k ? -1 : 0; });
  grid.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    grid.setPointerCapture(event.pointerId);
    last = cellAt(event);
    pen = -values()[last];
    focus(last);
    put([last], pen);
  });
  grid.addEventListener("pointermove", (event) => {
    if (!pen) return;
    const here = cellAt(event);
    put(line(last, here), pen);
    last = here;
  });
  for (const end of ["pointerup", "pointercancel"]) grid.addEventListener(end, () => { pen = 0; });
  grid.addEventListener("keydown", (event) => {
    const [r, c] = [Math.floor(cursor / cols), cursor % cols];
    const to = {
      ArrowUp: [r - 1, c], ArrowDown: [r + 1, c], ArrowLeft: [r, c - 1], ArrowRight: [r, c + 1],
      Home: [r, 0], End: [r, cols - 1],
    }[event.key];
    if (to) focus(Math.min(rows - 1, Math.max(0, to[0])) * cols + Math.min(cols - 1, Math.max(0, to[1])));
    else if (event.key === " " || event.key === "Enter") put([cursor], -values()[cursor]);
    else return;
    event.preventDefault();
  });
  catchFiles(grid, model);
  for (const name of ["cells", "marked", "label"]) model.on(`change:${name}`, paint);
  el.append(grid);
  paint();
}
export default { render };
