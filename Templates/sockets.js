"use strict";

/** @typedef {"queued"|"sent"|"acknowledged"|"confirmed"|"unconfirmed"|"stuck"|"expired"|"replaced"} OrderState */
/** @typedef {{id: number, device: number, relay: 1|2, on: boolean, author: string, reason: string, ordered_at: number,
 *   expires_at: number, state: OrderState, watts_before: number|null, watts_after: number|null, pulse_ms?: number}} Order */
/** @typedef {{word: string, detail: string, isBad: boolean, action: SocketAction|null}} SocketState */
/** @typedef {{label: string, path: string, body: object}} SocketAction */

/** What an order came to, as a sentence. */
const orderWords = {
  /** @param {Order} order */
  sentence(order) {
    if (order.pulse_ms) return this.probe(order, words.span(order.pulse_ms));
    const turned = order.on ? "on" : "off";
    switch (order.state) {
      case "queued": return `Turning ${turned}: waiting for the device to ask.`;
      case "sent": return `Turning ${turned}: sent, not answered yet.`;
      case "acknowledged": return `The device says ${turned}; the watts are being checked.`;
      case "confirmed": return `Confirmed${this.change(order)}.`;
      case "unconfirmed": return `The device says ${turned}; the watts do not tell.`;
      case "stuck": return this.stuck(order);
      case "expired": return "The device did not answer in time: nothing was switched.";
      default: return "Replaced by a later order.";
    }
  },

  /** A socket that is switched off for a moment.
   * @param {Order} order @param {string} span */
  probe(order, span) {
    switch (order.state) {
      case "queued": case "sent": return `It is about to be off for ${span}, to find out what it draws.`;
      case "acknowledged": return `It was off for ${span}.`;
      case "confirmed": return `It was off for ${span}${this.change(order)}.`;
      case "unconfirmed": return `It was off for ${span}; the watts did not fall.`;
      default: return "It was not tried.";
    }
  },

  /** @param {Order} order */
  change(order) {
    const { watts_before: before, watts_after: after } = order;
    if (typeof before !== "number" || typeof after !== "number") return " by the watts";
    return `: ${words.watts(before)} ${after < before ? "fell" : "rose"} to ${words.watts(after)}`;
  },

  /** @param {Order} order */
  stuck(order) {
    if (order.on) return "The contact did not close: the device says on, but nothing flows.";
    const flow = typeof order.watts_after === "number" ? `${words.watts(order.watts_after)} still flow` : "power still flows";
    return `The contact did not open: the device says off, but ${flow}. Please pull the plug.`;
  },

  /** @param {Order} order */
  isWaiting(order) {
    return order.state === "queued" || order.state === "sent";
  },
};

/** What is known of a socket, and what can be done about it.
 * @param {Live} live @param {1|2} relay @param {Order|undefined} order the newest @param {boolean} isStale
 * @returns {SocketState} */
function socketState(live, relay, order, isStale) {
  const path = `v1/devices/${live.device}/relays/${relay}`;
  if (live.cut_off.includes(relay)) {
    const action = { label: "Release", path: `${path}/release`, body: {} };
    return { word: "Cut off", detail: "It stays off until somebody releases it.", isBad: true, action };
  }
  const news = socketNews(live, relay, order);
  const word = socketWord(live[`relay${relay}`], isStale);
  if (live.never_cut.includes(relay)) {
    return { ...news, word, detail: `${news.detail} It is never switched off from here.`.trim(), action: null };
  }
  return { ...news, word, action: switching(live, relay, order, path) };
}

/** @param {boolean|null} isOn @param {boolean} isStale */
function socketWord(isOn, isStale) {
  if (isOn === null) return "Not known";
  if (isStale) return isOn ? "Was on" : "Was off";
  return isOn ? "On" : "Off";
}

/** What became of the newest order, as long as the device does not say otherwise.
 * @param {Live} live @param {1|2} relay @param {Order|undefined} order */
function socketNews(live, relay, order) {
  const [isOn, wanted] = [live[`relay${relay}`], live[`wanted${relay}`]];
  if (order && order.state === "expired") return { detail: orderWords.sentence(order), isBad: true };
  if (order && (orderWords.isWaiting(order) || (isOn === order.on && order.state !== "replaced"))) {
    return { detail: orderWords.sentence(order), isBad: order.state === "stuck" };
  }
  const isAwaited = typeof wanted === "boolean" && wanted !== isOn;
  return { detail: isAwaited ? `It should be ${wanted ? "on" : "off"}: waiting for the device.` : "", isBad: false };
}

/** What the button does.
 * @param {Live} live @param {1|2} relay @param {Order|undefined} order @param {string} path
 * @returns {SocketAction} */
function switching(live, relay, order, path) {
  const isWaiting = order !== undefined && orderWords.isWaiting(order);
  const on = isWaiting ? !order.on : !(live[`relay${relay}`] ?? live[`wanted${relay}`] ?? true);
  return { label: `${isWaiting ? "Keep" : "Turn"} ${on ? "on" : "off"}`, path, body: { on, reason: "live page" } };
}

/** One socket on the page: its name, its state, its button. */
class SocketRow {
  /** @param {HTMLElement} element @param {(order: any) => void} ordered told of each order that was taken */
  constructor(element, ordered) {
    this.name = find("h3", element);
    this.word = find("strong", element);
    this.detail = find("p", element);
    this.button = find("button", element);
    this.ordered = ordered;
    /** @type {SocketAction|null} */
    this.action = null;
    this.fault = "";
    this.isBusy = false;
    this.button.addEventListener("click", (/** @type {MouseEvent} */ event) => {
      // The second of a double tap is not meant: the button says something else by then.
      if (event.detail < 2 && !this.isBusy) this.act();
    });
  }

  /** @param {string} name @param {SocketState} state */
  show(name, state) {
    this.action = state.action;
    put(this.name, name);
    put(this.word, state.word);
    put(this.detail, [this.fault, state.detail].filter(Boolean).join(" "));
    this.detail.className = state.isBad || this.fault ? "stale" : "note";
    this.button.hidden = !state.action;
    put(this.button, state.action?.label ?? "");
    this.button.setAttribute("aria-label", `${state.action?.label ?? ""}: ${name}`);
    this.button.className = state.action?.label === "Turn off" ? "" : "quiet";
  }

  async act() {
    if (!this.action) return;
    this.isBusy = true;
    this.fault = "";
    try {
      this.ordered(await daemon.post(this.action.path, this.action.body));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.fault = error.message;
      this.detail.textContent = this.fault;
      this.detail.className = "stale";
    } finally {
      this.isBusy = false;
    }
  }
}
