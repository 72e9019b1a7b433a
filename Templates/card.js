"use strict";

/** @typedef {{device: number, name: string, household: string, at: number|null, age_ms: number|null, voltage: number|null,
 *   current: number|null, power: number|null, energy_kwh: number|null, relay1: boolean|null, relay2: boolean|null,
 *   wanted1: boolean|null, wanted2: boolean|null, sockets: [string, string], never_cut: number[], cut_off: number[],
 *   today_kwh: number|null, today_cost: string|null, silent: boolean, at_least: boolean, cadence_s: number}} Live */

/** What the daemon says of a device; what it does not know, it leaves out.
 * @param {any} told @returns {Live} */
function liveFrom(told) {
  const unknown = {
    at: null, age_ms: null, voltage: null, current: null, power: null, energy_kwh: null, relay1: null, relay2: null,
    wanted1: null, wanted2: null, today_kwh: null, today_cost: null,
  };
  return { ...unknown, ...told };
}

/** One device on the page. */
class DeviceCard {
  /** @param {Live} live @param {(news: string) => void} announce for those who do not see the page change */
  constructor(live, announce) {
    this.live = live;
    this.received = Date.now();
    this.announce = announce;
    /** @type {Map<number, Order>} */
    this.orders = new Map();
    this.element = copyOf("device");
    this.chart = new HourChart(find("figure", this.element), live.name);
    const rows = [...this.element.querySelectorAll(".socket")];
    this.sockets = rows.map((row) => new SocketRow(/** @type {HTMLElement} */ (row), (order) => this.ordered(order)));
    this.label(live);
  }

  /** @param {Live} live */
  label(live) {
    const title = find("h2", this.element);
    title.id = `device-${live.device}`;
    this.element.setAttribute("aria-labelledby", title.id);
    find(".scroll", this.element).setAttribute("aria-label", `Watts of ${live.name} in the last hour`);
    this.chart.gap = Math.max(150_000, 3000 * live.cadence_s);
  }

  /** @param {Live} live */
  take(live) {
    if ((live.at ?? 0) < (this.live.at ?? 0)) return;
    this.live = live;
    this.received = Date.now();
    if (!live.silent && live.at !== null && live.power !== null) this.chart.add({ at: live.at, power: live.power });
  }

  /** Fetches what happened while nobody listened. */
  async catchUp() {
    const path = `v1/devices/${this.live.device}`;
    const [hour, history] = await Promise.all([
      daemon.get(`${path}/readings?minutes=60`), daemon.get(`${path}/orders?limit=10`),
    ]);
    const last = hour.readings[hour.readings.length - 1]?.at ?? 0;
    this.chart.replace([...hour.readings, ...this.chart.samples.filter((sample) => sample.at > last)]);
    for (const order of history.orders) this.orders.set(order.id, order);
  }

  /** What the daemon answered to a press of a button: an order, or a released cut-off.
   * @param {any} answer */
  ordered(answer) {
    if (typeof answer.relay === "number" && answer.state) this.takeOrder(answer);
  }

  /** @param {Order} order */
  takeOrder(order) {
    const before = this.orders.get(order.id);
    this.orders.set(order.id, order);
    if (before?.state !== order.state) {
      this.announce(`${this.live.sockets[order.relay - 1]}: ${orderWords.sentence(order)}`);
    }
  }

  /** @param {number} relay @returns {Order|undefined} */
  newest(relay) {
    const orders = [...this.orders.values()].filter((order) => order.relay === relay);
    return orders.reduce((/** @type {Order|undefined} */ last, order) => (last && last.id > order.id ? last : order), undefined);
  }

  /** Whether a person may turn the socket off, and it is not off already.
   * @param {number} relay */
  canTurnOff(relay) {
    const isOff = this.live[relay === 1 ? "relay1" : "relay2"] === false;
    return !isOff && !this.live.never_cut.includes(relay) && !this.live.cut_off.includes(relay);
  }

  /** How old the last reading is, in milliseconds; endless before the first. */
  get age() {
    return Math.max(0, (this.live.age_ms ?? Infinity) + Date.now() - this.received);
  }

  /** @param {boolean} isConnected @param {boolean} isStale */
  ageText(isConnected, isStale) {
    if (this.age === Infinity) return isConnected ? "There is no reading yet." : "No connection.";
    const ago = `${words.span(this.age)} ago`;
    return isStale ? `${isConnected ? "Silent" : "No connection"}. The last reading came ${ago}.` : ago;
  }

  /** @param {boolean} isConnected @param {number} now by the daemon's clock */
  draw(isConnected, now) {
    const isSilent = this.live.silent || this.age > Math.max(3000 * this.live.cadence_s, 10_000);
    const isStale = isSilent || !isConnected;
    this.element.classList.toggle("silent", isStale);
    this.drawFigures(isStale);
    put(find(".age", this.element), this.ageText(isConnected, isStale));
    this.sockets.forEach((row, index) => {
      const relay = index === 0 ? 1 : 2;
      row.show(this.live.sockets[index], socketState(this.live, relay, this.newest(relay), isStale));
    });
    this.drawHistory(now);
    this.chart.draw(now);
  }

  /** @param {boolean} isStale */
  drawFigures(isStale) {
    const live = this.live;
    const qualifier = [isStale && live.at !== null ? "last seen" : "", live.at_least ? "at least" : ""].filter(Boolean).join(", ");
    put(find("h2", this.element), live.name);
    put(find(".qualifier", this.element), qualifier);
    put(find(".power strong", this.element), words.watts(live.power));
    put(find(".voltage", this.element), words.quantity(live.voltage, 1, "V"));
    put(find(".current", this.element), words.quantity(live.current, 2, "A"));
    put(find(".energy", this.element), words.quantity(live.today_kwh, 2, "kWh"));
    put(find(".cost", this.element), live.today_cost ?? "–");
  }

  /** @param {number} now */
  drawHistory(now) {
    const orders = [...this.orders.values()].sort((one, other) => other.id - one.id).slice(0, 10);
    const texts = orders.map((order) => this.story(order, now));
    const list = find(".history ul", this.element);
    const shown = texts.length ? texts : ["Nothing was switched yet."];
    while (list.children.length > shown.length) list.lastElementChild.remove();
    while (list.children.length < shown.length) list.append(document.createElement("li"));
    shown.forEach((text, index) => put(list.children[index], text));
  }

  /** @param {Order} order @param {number} now */
  story(order, now) {
    const socket = this.live.sockets[order.relay - 1];
    const reason = order.reason ? ` (${order.reason})` : "";
    const what = `${socket} ${order.on ? "on" : "off"}, by ${order.author}${reason}.`;
    return `${words.moment(order.ordered_at, now)} ${what} ${orderWords.sentence(order)}`;
  }
}
