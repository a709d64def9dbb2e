// What the report can do beyond reading: filter, sort, zoom, search, keyboard. Without it all content is there and every link works.
(() => {
  "use strict";

  function make(tag, properties, ...children) {
    const element = Object.assign(document.createElement(tag), properties);
    element.append(...children);
    return element;
  }

  // Rows of a table: a changed node is a tbody of two rows, everything else a row.
  function rowsOf(table) {
    const groups = [...table.querySelectorAll(":scope > tbody.dbt-slim-group")];
    return groups.length ? groups : [...table.querySelectorAll(":scope > tbody > tr")];
  }

  function cellOf(row, column) {
    return (row.tagName === "TBODY" ? row.rows[0] : row).cells[column];
  }

  function sortable(table, label) {
    if (rowsOf(table).length < 2) {
      return;
    }
    [...table.tHead.rows[0].cells].forEach((head, column) => {
      const name = head.textContent;
      const button = make("button", { type: "button", className: "dbt-slim-sort", textContent: name });
      button.title = label.replace("{0}", name);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        [...head.parentElement.cells].forEach((each) => each.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const keyed = rowsOf(table).map((row) => {
          const cell = cellOf(row, column);
          const exact = cell.dataset.sort;
          return { row, key: exact === undefined ? cell.textContent.trim() : Number(exact) };
        });
        keyed.sort((a, b) => (typeof a.key === "number" ? a.key - b.key : a.key.localeCompare(b.key)) * (down ? -1 : 1));
        keyed[0].row.parentElement.append(...keyed.map((each) => each.row));
      });
      head.replaceChildren(button);
    });
  }

  function filterable(table, label) {
    const rows = rowsOf(table);
    if (rows.length < 8) {
      return;
    }
    const words = rows.map((row) => (row.tagName === "TBODY" ? row.rows[0] : row).textContent.toLowerCase());
    const input = make("input", { type: "search", className: "jenkins-input", placeholder: label });
    input.setAttribute("aria-label", label);
    const found = make("output");
    input.addEventListener("input", () => {
      const wanted = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      let shown = 0;
      rows.forEach((row, i) => {
        row.hidden = !wanted.every((word) => words[i].includes(word));
        shown += row.hidden ? 0 : 1;
      });
      found.textContent = wanted.length ? `${shown} / ${rows.length}` : "";
    });
    table.parentElement.before(make("div", { className: "dbt-slim-tools" }, input, found));
    return input;
  }

  // Details that a server keeps: fetched when a row opens for the first time.
  function lazy(details) {
    details.addEventListener("toggle", async () => {
      if (!details.open || details.dataset.loaded) {
        return;
      }
      const answer = await fetch(details.dataset.details, { credentials: "same-origin" });
      if (answer.ok) {
        details.dataset.loaded = "yes";
        const content = new DOMParser().parseFromString(await answer.text(), "text/html").body;
        details.querySelector(".dbt-slim-detail").replaceChildren(...content.childNodes);
      }
    });
  }

  function showTarget() {
    const target = location.hash.startsWith("#dbt-slim-n") && document.getElementById(location.hash.slice(1));
    if (!target) {
      return;
    }
    for (let outer = target.closest("details"); outer; outer = outer.parentElement.closest("details")) {
      outer.open = true;
    }
    const details = target.closest("tbody.dbt-slim-group")?.querySelector("details");
    if (details) {
      details.open = true;
    }
    target.scrollIntoView({ block: "start" });
  }

  class Lineage {
    constructor(canvas) {
      this.canvas = canvas;
      this.svg = canvas.querySelector("svg");
      this.full = this.svg.viewBox.baseVal;
      this.width = this.full.width;
      this.height = this.full.height;
      this.boxes = new Map([...this.svg.querySelectorAll("[data-box]")].map((box) => [box.dataset.box, box]));
      this.lines = [...this.svg.querySelectorAll("[data-edge]")].map((path) => {
        const [from, to] = path.dataset.edge.split(" ");
        return { path, from, to };
      });
      this.parents = new Map();
      this.children = new Map();
      this.lines.forEach((line) => {
        this.add(this.parents, line.to, line.from);
        this.add(this.children, line.from, line.to);
      });
      canvas.classList.add("dbt-slim-zoom");
      this.tools();
      this.keys();
      this.pointer();
      this.svg.removeAttribute("width");
      this.svg.removeAttribute("height");
      this.resize();
      new ResizeObserver(() => this.resize()).observe(canvas);
    }

    add(map, key, value) {
      map.set(key, [...(map.get(key) || []), value]);
    }

    // As high as the picture needs at the width there is, within bounds; text keeps its size where it can.
    resize() {
      const width = this.canvas.clientWidth;
      if (!width || width === this.seen) {
        return;
      }
      this.seen = width;
      const whole = Math.min(1, width / this.width) * this.height;
      const height = Math.max(140, Math.min(640, Math.max(whole, Math.min(this.height, 420))));
      this.canvas.style.height = `${height + 2}px`;
      this.pixels = { width, height };
      this.fit();
      if (this.scale < 0.7) {
        this.begin();
      }
    }

    // Too big to be read as a whole: begin at what matters most, at a size that can be read.
    begin() {
      const all = [...this.boxes.values()];
      const first =
        all.find((box) => box.classList.contains("dbt-slim-result-failed")) ||
        all.find((box) => !/kind-(downstream|unchanged)/.test(box.getAttribute("class"))) ||
        all[0];
      const scale = 0.85;
      const { x, y } = this.place(first);
      const w = this.pixels.width / scale / 2;
      const h = this.pixels.height / scale / 2;
      const within = (at, half, size) => (size <= 2 * half ? size / 2 : Math.min(Math.max(at, half - 5), size - half + 5));
      this.show(within(x + 90, w, this.width), within(y + 20, h, this.height), scale);
    }

    fit() {
      const scale = Math.min(1.15, this.pixels.width / this.width, this.pixels.height / this.height);
      this.show(this.width / 2, this.height / 2, scale);
    }

    // Shows the point (x, y) of the picture in the middle.
    show(x, y, scale) {
      this.scale = Math.max(0.05, Math.min(3, scale));
      const w = this.pixels.width / this.scale;
      const h = this.pixels.height / this.scale;
      this.x = x;
      this.y = y;
      this.svg.setAttribute("viewBox", `${x - w / 2} ${y - h / 2} ${w} ${h}`);
    }

    zoom(factor, atX = this.x, atY = this.y) {
      const scale = Math.max(0.05, Math.min(3, this.scale * factor));
      const kept = this.scale / scale;
      this.show(atX + (this.x - atX) * kept, atY + (this.y - atY) * kept, scale);
    }

    tools() {
      const button = (sign, label, action) => {
        const made = make("button", { type: "button", className: "jenkins-button", textContent: sign, title: label });
        made.setAttribute("aria-label", label);
        made.addEventListener("click", action);
        return made;
      };
      const { zoomIn, zoomOut, fit, search } = this.canvas.dataset;
      const input = make("input", { type: "search", className: "jenkins-input", placeholder: search });
      input.setAttribute("aria-label", search);
      const found = make("output");
      input.addEventListener("input", () => this.search(input.value, found));
      input.addEventListener("keydown", (event) => {
        if (event.key === "Enter" && this.hits?.length) {
          event.preventDefault();
          this.focus(this.hits[0]);
        }
      });
      this.canvas.before(
        make(
          "div",
          { className: "dbt-slim-tools" },
          input,
          button("+", zoomIn, () => this.zoom(1.3)),
          button("−", zoomOut, () => this.zoom(1 / 1.3)),
          button(fit, fit, () => this.fit()),
          found,
        ),
      );
    }

    search(text, found) {
      const wanted = text.trim().toLowerCase();
      this.hits = wanted
        ? [...this.boxes.values()].filter((box) => box.getAttribute("aria-label").toLowerCase().includes(wanted))
        : [];
      found.textContent = wanted ? String(this.hits.length) : "";
      this.trace(wanted ? new Set(this.hits.map((box) => box.dataset.box)) : null);
      if (this.hits.length) {
        this.center(this.hits[0]);
      }
    }

    center(box) {
      const { x, y, width, height } = box.querySelector(".dbt-slim-frame").getBBox();
      this.show(x + width / 2, y + height / 2, Math.max(this.scale, 0.8));
    }

    focus(box) {
      this.rove(box);
      box.focus({ preventScroll: true });
    }

    // Only one box is a tab stop; arrows go to the others.
    rove(box) {
      this.boxes.forEach((each) => each.setAttribute("tabindex", each === box ? "0" : "-1"));
    }

    keys() {
      const first = this.boxes.values().next().value;
      if (first) {
        this.rove(first);
      }
      this.svg.addEventListener("focusin", (event) => {
        const box = event.target.closest("[data-box]");
        if (box && box.matches(":focus-visible")) {
          this.ensureVisible(box);
          this.traceFrom(box.dataset.box);
        }
      });
      this.svg.addEventListener("focusout", () => this.trace(null));
      this.svg.addEventListener("keydown", (event) => {
        const box = event.target.closest("[data-box]");
        const next = box && this.neighbour(box, event.key);
        if (next) {
          event.preventDefault();
          this.focus(next);
        }
      });
      this.canvas.addEventListener("keydown", (event) => {
        const action = { "+": () => this.zoom(1.3), "-": () => this.zoom(1 / 1.3), 0: () => this.fit() }[event.key];
        if (action) {
          event.preventDefault();
          action();
        } else if (event.target === this.canvas && event.key.startsWith("Arrow")) {
          event.preventDefault();
          const step = 80 / this.scale;
          const dx = { ArrowLeft: -step, ArrowRight: step }[event.key] || 0;
          const dy = { ArrowUp: -step, ArrowDown: step }[event.key] || 0;
          this.show(this.x + dx, this.y + dy, this.scale);
        }
      });
    }

    neighbour(box, key) {
      const id = box.dataset.box;
      if (key === "ArrowLeft" || key === "ArrowRight") {
        const near = (key === "ArrowLeft" ? this.parents : this.children).get(id);
        return near && this.boxes.get(near[0]);
      }
      if (key !== "ArrowUp" && key !== "ArrowDown") {
        return null;
      }
      const here = this.place(box);
      const sign = key === "ArrowUp" ? -1 : 1;
      let best = null;
      let least = Infinity;
      this.boxes.forEach((other) => {
        const there = this.place(other);
        const distance = (there.y - here.y) * sign;
        if (distance > 0 && Math.abs(there.x - here.x) < 20 && distance < least) {
          least = distance;
          best = other;
        }
      });
      return best;
    }

    place(box) {
      const frame = box.querySelector(".dbt-slim-frame");
      return { x: Number(frame.getAttribute("x")), y: Number(frame.getAttribute("y")) };
    }

    ensureVisible(box) {
      const { x, y } = this.place(box);
      const w = this.pixels.width / this.scale / 2;
      const h = this.pixels.height / this.scale / 2;
      if (this.scale < 0.6 || x < this.x - w || x > this.x + w - 180 || y < this.y - h || y > this.y + h - 40) {
        this.center(box);
      }
    }

    traceFrom(id) {
      const on = new Set([id]);
      const walk = (map) => {
        const open = [id];
        const seen = new Set(open);
        while (open.length) {
          (map.get(open.pop()) || []).forEach((next) => {
            if (!seen.has(next)) {
              seen.add(next);
              on.add(next);
              open.push(next);
            }
          });
        }
      };
      walk(this.parents);
      walk(this.children);
      this.trace(on);
    }

    trace(on) {
      this.svg.classList.toggle("dbt-slim-tracing", Boolean(on));
      this.boxes.forEach((box, id) => box.classList.toggle("dbt-slim-on", Boolean(on?.has(id))));
      this.lines.forEach(({ path, from, to }) => path.classList.toggle("dbt-slim-on", Boolean(on?.has(from) && on.has(to))));
    }

    pointer() {
      let last = null;
      let moved = 0;
      this.canvas.addEventListener(
        "wheel",
        (event) => {
          if (event.ctrlKey || event.metaKey) {
            event.preventDefault();
            const area = this.canvas.getBoundingClientRect();
            const atX = this.x + (event.clientX - area.left - area.width / 2) / this.scale;
            const atY = this.y + (event.clientY - area.top - area.height / 2) / this.scale;
            this.zoom(event.deltaY < 0 ? 1.15 : 1 / 1.15, atX, atY);
          }
        },
        { passive: false },
      );
      this.canvas.addEventListener("pointerdown", (event) => {
        if (event.button === 0) {
          last = event;
          moved = 0;
        }
      });
      this.canvas.addEventListener("pointermove", (event) => {
        if (!last) {
          return;
        }
        moved += Math.abs(event.clientX - last.clientX) + Math.abs(event.clientY - last.clientY);
        if (moved > 4 && !this.canvas.classList.contains("dbt-slim-dragging")) {
          this.canvas.classList.add("dbt-slim-dragging");
          this.canvas.setPointerCapture(event.pointerId);
        }
        this.show(this.x - (event.clientX - last.clientX) / this.scale, this.y - (event.clientY - last.clientY) / this.scale, this.scale);
        last = event;
      });
      const end = () => {
        last = null;
        this.canvas.classList.remove("dbt-slim-dragging");
      };
      this.canvas.addEventListener("pointerup", end);
      this.canvas.addEventListener("pointercancel", end);
      this.canvas.addEventListener("dragstart", (event) => event.preventDefault());
      this.canvas.addEventListener(
        "click",
        (event) => {
          if (moved > 4) {
            event.preventDefault();
            event.stopPropagation();
          }
          moved = 0;
        },
        true,
      );
      this.boxes.forEach((box, id) => {
        box.addEventListener("pointerenter", () => !last && this.traceFrom(id));
        box.addEventListener("pointerleave", () => this.trace(null));
      });
    }
  }

  // A box of a folder shows the changes of that folder.
  function folders(root, filter) {
    root.querySelectorAll("[data-folder]").forEach((box) => {
      box.addEventListener("click", () => {
        if (filter) {
          filter.value = box.dataset.folder;
          filter.dispatchEvent(new Event("input"));
        }
      });
    });
  }

  function start(root) {
    const { filter, sortLabel } = root.dataset;
    // Without these words a server finds and sorts, because it shows one page of each table.
    if (filter) {
      root.querySelectorAll(".dbt-slim-section table:not(.dbt-slim-detail table)").forEach((table) => {
        const input = filterable(table, filter);
        sortable(table, sortLabel);
        if (input && table.closest("#dbt-slim-changes")) {
          folders(root, input);
        }
      });
    }
    root.querySelectorAll("details[data-details]").forEach(lazy);
    root.querySelectorAll(".dbt-slim-canvas").forEach((canvas) => new Lineage(canvas));
    window.addEventListener("hashchange", showTarget);
    showTarget();
  }

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", () => document.querySelectorAll(".dbt-slim").forEach(start));
  } else {
    document.querySelectorAll(".dbt-slim").forEach(start);
  }
})();
