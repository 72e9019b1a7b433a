"use strict";

/** @typedef {{at: number, power: number}} Sample an instant in milliseconds, and watts */

/** The power of the last hour as a line, with a sentence and a table that say the same. */
class HourChart {
  static hour = 3600_000;
  static height = 170;
  static margin = { left: 56, right: 20, top: 10, bottom: 24 };

  /** @param {HTMLElement} figure with svg, figcaption and table @param {string} name */
  constructor(figure, name) {
    this.svg = find("svg", figure);
    this.caption = find("figcaption", figure);
    this.details = find("details", figure);
    this.rows = find("tbody", figure);
    /** @type {Sample[]} in order of time */
    this.samples = [];
    /** Readings further apart than this are not joined: what lay between was not seen. */
    this.gap = 150_000;
    this.isNew = true;
    // The hour that is drawn, in milliseconds, its width in pixels, and the watts at the top and between two lines.
    this.start = 0;
    this.end = 0;
    this.width = 0;
    this.top = 0;
    this.step = 0;
    this.svg.setAttribute("aria-label", `Power of ${name} in the last hour`);
    this.details.addEventListener("toggle", () => this.fillTable());
  }

  /** @param {Sample[]} samples */
  replace(samples) {
    const known = samples.filter((sample) => Number.isFinite(sample.power));
    this.samples = known.sort((one, other) => one.at - other.at);
    this.isNew = true;
  }

  /** @param {Sample} sample */
  add(sample) {
    if (sample.at <= (this.samples[this.samples.length - 1]?.at ?? -Infinity)) return;
    this.samples.push(sample);
    this.isNew = true;
  }

  /** Draws the hour before `now`; its end is a whole minute, so that the picture rests while the minute runs.
   * @param {number} now */
  draw(now) {
    const end = Math.ceil(now / 60_000) * 60_000;
    const hasMoved = end !== this.end;
    const width = Math.round(this.svg.getBoundingClientRect().width);
    if (!width || (!hasMoved && !this.isNew && this.width === width)) return;
    this.isNew = false;
    this.width = width;
    this.end = end;
    this.start = end - HourChart.hour;
    this.samples = this.samples.filter((sample) => sample.at >= this.start);
    this.layOut();
    this.svg.replaceChildren(...this.grid(), ...this.lines());
    this.summarize(now);
    if (hasMoved) this.fillTable();
  }

  layOut() {
    this.svg.setAttribute("viewBox", `0 0 ${this.width} ${HourChart.height}`);
    const most = this.samples.reduce((most, sample) => Math.max(most, sample.power), 10);
    const power = 10 ** Math.floor(Math.log10(most / 5));
    this.step = [1, 2, 5, 10].map((factor) => factor * power).find((step) => step * 5 >= most) ?? power * 10;
    this.top = Math.ceil(most / this.step) * this.step;
  }

  /** @param {number} at */
  x(at) {
    const { left, right } = HourChart.margin;
    return left + ((at - this.start) / HourChart.hour) * (this.width - left - right);
  }

  /** @param {number} power */
  y(power) {
    const { top, bottom } = HourChart.margin;
    return HourChart.height - bottom - (Math.max(power, 0) / this.top) * (HourChart.height - top - bottom);
  }

  /** @param {string} kind @param {Record<string, string|number>} attributes @param {string} [text] */
  mark(kind, attributes, text) {
    const element = document.createElementNS("http://www.w3.org/2000/svg", kind);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
    if (text !== undefined) element.textContent = text;
    return element;
  }

  grid() {
    const { left, right, bottom } = HourChart.margin;
    const marks = [];
    for (let power = 0; power <= this.top + this.step / 2; power += this.step) {
      const y = this.y(power);
      marks.push(this.mark("line", { x1: left, x2: this.width - right, y1: y, y2: y }));
      marks.push(this.mark("text", { x: left - 6, y: y + 4, "text-anchor": "end" }, words.watts(power)));
    }
    const quarter = 900_000;
    for (let at = Math.ceil(this.start / quarter) * quarter; at <= this.end; at += quarter) {
      const place = { x: this.x(at), y: HourChart.height - bottom + 17, "text-anchor": "middle" };
      marks.push(this.mark("text", place, words.time(at)));
    }
    return marks;
  }

  lines() {
    const base = this.y(0);
    return this.runs().flatMap((run) => {
      const points = this.thinned(run).map((sample) => `${this.x(sample.at).toFixed(1)},${this.y(sample.power).toFixed(1)}`);
      const [first, last] = [points[0].split(",")[0], points[points.length - 1].split(",")[0]];
      const line = `M${points.join("L")}L${points[points.length - 1]}`;
      return [
        this.mark("path", { class: "area", d: `M${first},${base}L${points.join("L")}L${last},${base}Z` }),
        this.mark("path", { class: "line", d: line }),
      ];
    });
  }

  /** The samples between gaps.
   * @returns {Sample[][]} */
  runs() {
    /** @type {Sample[][]} */
    const runs = [];
    for (const sample of this.samples) {
      const run = runs[runs.length - 1];
      if (run && sample.at - run[run.length - 1].at <= this.gap) run.push(sample);
      else runs.push([sample]);
    }
    return runs;
  }

  /** The lowest and the highest sample of each pixel: as the eye would see them all.
   * @param {Sample[]} run */
  thinned(run) {
    if (run.length < 2 * this.width) return run;
    return this.groups(run, (sample) => Math.floor(this.x(sample.at))).flatMap(([, column]) => {
      const [low, high] = this.extremes(column);
      return low.at < high.at ? [low, high] : [high, low];
    });
  }

  /** Neighbours of the same key together.
   * @param {Sample[]} samples @param {(sample: Sample) => number} key
   * @returns {[number, Sample[]][]} */
  groups(samples, key) {
    /** @type {[number, Sample[]][]} */
    const groups = [];
    for (const sample of samples) {
      const group = groups[groups.length - 1];
      if (group && group[0] === key(sample)) group[1].push(sample);
      else groups.push([key(sample), [sample]]);
    }
    return groups;
  }

  /** @param {Sample[]} samples not empty */
  extremes(samples) {
    return [
      samples.reduce((low, sample) => (sample.power < low.power ? sample : low)),
      samples.reduce((high, sample) => (sample.power > high.power ? sample : high)),
    ];
  }

  /** @param {number} now */
  summarize(now) {
    put(this.caption, this.samples.length ? this.summary(now) : "There are no readings of the last hour.");
  }

  /** @param {number} now */
  summary(now) {
    const [low, high] = this.extremes(this.samples);
    const range = low.power === high.power
      ? `In the last hour ${words.watts(low.power)} throughout.`
      : `In the last hour between ${words.watts(low.power)} (at ${words.time(low.at)}) `
        + `and ${words.watts(high.power)} (at ${words.time(high.at)}).`;
    const unseen = this.unseen(now);
    return unseen < 120_000 ? range : `${range} Nothing was seen for ${words.span(unseen)} of it.`;
  }

  /** For how long there were no readings, in milliseconds.
   * @param {number} now */
  unseen(now) {
    const instants = [now - HourChart.hour, ...this.samples.map((sample) => sample.at), now];
    const spans = instants.slice(1).map((at, index) => at - instants[index]);
    return spans.filter((span) => span > this.gap).reduce((sum, span) => sum + span, 0);
  }

  /** Five minutes a row, when somebody looks. */
  fillTable() {
    if (!this.details.open) return;
    const spans = this.groups(this.samples, (sample) => Math.floor(sample.at / 300_000) * 300_000);
    const rows = spans.reverse().map(([from, samples]) => {
      const [low, high] = this.extremes(samples);
      return this.row([words.time(from), words.watts(low.power), words.watts(high.power)]);
    });
    this.rows.replaceChildren(...rows);
  }

  /** @param {string[]} texts */
  row(texts) {
    const row = document.createElement("tr");
    texts.forEach((text, index) => {
      const cell = document.createElement(index === 0 ? "th" : "td");
      if (index === 0) cell.setAttribute("scope", "row");
      cell.textContent = text;
      row.append(cell);
    });
    return row;
  }
}
