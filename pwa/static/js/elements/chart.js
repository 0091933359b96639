import { drawCycles } from "./chart/cycles.js";
import { drawDays } from "./chart/days.js";
import { dayNumber, readTable } from "./chart/table.js";

/**
 * `<tide-chart>` draws the table inside it, which stays the accessible twin (see chart/table.js for the table's words).
 * Attributes: `from` and `until`, civil days, the table's own without them; `mode="cycles"` for cycles laid over each
 * other; `height` in pixels of the figures from 0 to 10 by date. It draws again when its width, its attributes or its table change.
 */
class TideChart extends HTMLElement {
  static observedAttributes = ["from", "until", "mode"];

  #sheet = document.createElement("div");
  #sizes = new ResizeObserver(() => this.#draw());
  #changes = new MutationObserver(() => this.#draw());

  connectedCallback() {
    this.#sheet.className = "as-chart scroll-x";
    this.#sheet.setAttribute("aria-hidden", "true");
    this.prepend(this.#sheet);
    this.setAttribute("drawn", "");
    this.#sizes.observe(this.#sheet);
    const table = this.querySelector("table");
    if (table) this.#changes.observe(table, { childList: true, subtree: true });
  }

  disconnectedCallback() {
    this.#sizes.disconnect();
    this.#changes.disconnect();
  }

  attributeChangedCallback() {
    if (this.isConnected) this.#draw();
  }

  #draw() {
    const table = this.querySelector("table");
    const width = Math.floor(this.#sheet.clientWidth);
    this.#letScroll(!width);
    if (!table || !width) return;
    const read = readTable(table);
    const drawn =
      this.getAttribute("mode") === "cycles" ? drawCycles(read, width) : drawDays(read, this.#frame(read.days, width));
    this.#sheet.replaceChildren(...drawn);
    this.#sheet.scrollLeft = this.#sheet.scrollWidth;
  }

  /** A table wider than its box can be scrolled by keys while it shows. @param {boolean} shows */
  #letScroll(shows) {
    const box = this.querySelector(".as-table");
    if (shows) box?.setAttribute("tabindex", "0");
    else box?.removeAttribute("tabindex");
  }

  /** @param {number[]} days @param {number} width */
  #frame(days, width) {
    const [from, until] = ["from", "until"].map((name) => this.getAttribute(name));
    const first = from ? dayNumber(from) : (days[0] ?? 0);
    const height = Number(this.getAttribute("height"));
    return { first, last: until ? dayNumber(until) : (days.at(-1) ?? first), width, height };
  }
}

customElements.define("tide-chart", TideChart);
