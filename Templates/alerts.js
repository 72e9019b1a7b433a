"use strict";

/** What the daemon does not know, it leaves out.
 * @typedef {{id: number, device?: number, kind: string, severity: "info"|"warning"|"critical",
 *   socket: "1"|"2"|"both"|"none"|"unknown", probability?: number, socket_name?: string, sentence: string,
 *   probed_at?: number, probe?: "settled"|"unclear", opened_at: number, acknowledged_at?: number, acknowledged_by?: string,
 *   state: "open"|"acknowledged"|"resolved"}} Alert */

/** The alerts that are not over: a list on the page, and a dialog that asks what to do about a new one. */
class AlertBoard {
  /** @param {(device: number|undefined) => DeviceCard|undefined} cardOf */
  constructor(cardOf) {
    this.cardOf = cardOf;
    /** @type {Map<number, Alert>} */
    this.alerts = new Map();
    /** Those that somebody at this page has looked at.
     * @type {Set<number>} */
    this.seen = new Set();
    /** @type {Alert|null} what the dialog asks about */
    this.asked = null;
    this.section = find("#alerts");
    this.dialog = find("#warning");
    // Escape, or the phone's back gesture, is 'Later'.
    this.dialog.addEventListener("close", () => this.later());
    /** What the list shows of each.
     * @type {Map<number, {says: string, element: HTMLElement}>} */
    this.items = new Map();
  }

  /** Takes the place of all that was known.
   * @param {Alert[]} alerts */
  replace(alerts) {
    this.alerts.clear();
    for (const alert of alerts) if (alert.state !== "resolved") this.alerts.set(alert.id, alert);
  }

  /** @param {Alert} alert */
  take(alert) {
    if (alert.state === "resolved") this.alerts.delete(alert.id);
    else this.alerts.set(alert.id, alert);
    this.draw();
  }

  /** Each item stays as it is, with the focus in it, until it says something else. */
  draw() {
    const alerts = [...this.alerts.values()].sort((one, other) => other.opened_at - one.opened_at);
    this.section.hidden = alerts.length === 0;
    const items = alerts.map((alert) => this.item(alert));
    const list = find("ul", this.section);
    if (items.length !== list.children.length || items.some((item, index) => item !== list.children[index])) {
      list.replaceChildren(...items);
    }
    const open = alerts.filter((alert) => alert.state === "open");
    const title = `${open.length ? `(${open.length}) ` : ""}Live, WattBuddy`;
    if (document.title !== title) document.title = title;
    const asked = this.asked && this.alerts.get(this.asked.id);
    if (this.asked && asked?.state !== "open") this.dialog.close();
    else if (asked && asked.probed_at !== this.asked?.probed_at) {
      this.fill(asked);
      find("#warning-title").focus();
    } else this.ask(open);
  }

  /** Opens the dialog for the newest alert that nobody has looked at, if it is urgent or there is something to turn off.
   * @param {Alert[]} open */
  ask(open) {
    const asks = (/** @type {Alert} */ alert) => alert.severity !== "info" || this.stoppable(alert).length > 0;
    const alert = open.find((alert) => !this.seen.has(alert.id) && asks(alert));
    if (!alert || this.dialog.open) return;
    this.fill(alert);
    this.dialog.showModal();
  }

  /** Puts an alert into the dialog: a new one, or one whose socket has been found.
   * @param {Alert} alert */
  fill(alert) {
    this.asked = alert;
    const fault = find("#warning-fault");
    put(find("#warning-sentence"), alert.sentence);
    put(find("#warning-socket"), this.place(alert));
    put(fault, "");
    const later = this.button("Later", "quiet", () => this.dialog.close());
    find(".buttons", this.dialog).replaceChildren(...this.buttons(alert, fault), later);
  }

  /** The dialog is closed; what it asked about is in the list. */
  later() {
    if (this.asked) this.seen.add(this.asked.id);
    this.asked = null;
    this.draw();
  }

  /** @param {Alert} alert */
  item(alert) {
    const since = `Since ${words.moment(alert.opened_at, Date.now())}.`;
    const calm = alert.state === "acknowledged" ? `${alert.acknowledged_by ?? "Somebody"} said that it is fine.` : "";
    const more = [this.place(alert), since, calm].filter(Boolean).join(" ");
    const says = [alert.sentence, more, ...this.choices(alert).map((choice) => choice.label)].join("\n");
    const known = this.items.get(alert.id);
    if (known?.says === says) return known.element;
    const element = this.makeItem(alert, more);
    this.items.set(alert.id, { says, element });
    return element;
  }

  /** @param {Alert} alert @param {string} more */
  makeItem(alert, more) {
    const element = copyOf("alert");
    put(find(".sentence", element), alert.sentence);
    put(find(".muted", element), more);
    find(".buttons", element).replaceChildren(...this.buttons(alert, find(".stale", element)));
    return element;
  }

  /** Where it probably is, in words.
   * @param {Alert} alert */
  place(alert) {
    const likelihood = words.likelihood(alert.probability);
    const sure = `${likelihood[0].toUpperCase()}${likelihood.slice(1)}`;
    switch (alert.socket) {
      case "1": case "2": return `${sure} at ${this.nameOf(alert, Number(alert.socket))}.${this.kept(alert)}`;
      case "both": return `${sure} at both sockets.${this.kept(alert)}`;
      case "unknown": return "It cannot be told which socket it is.";
      default: return "";
    }
  }

  /** @param {Alert} alert @param {number} relay */
  nameOf(alert, relay) {
    return this.cardOf(alert.device)?.live.sockets[relay - 1] ?? alert.socket_name ?? `socket ${relay}`;
  }

  /** What cannot be switched off from here.
   * @param {Alert} alert */
  kept(alert) {
    const never = this.cardOf(alert.device)?.live.never_cut ?? [];
    const names = this.relays(alert).filter((relay) => never.includes(relay)).map((relay) => this.nameOf(alert, relay));
    return names.map((name) => ` ${name} is never switched off from here.`).join("");
  }

  /** @param {Alert} alert */
  relays(alert) {
    return { "1": [1], "2": [2], both: [1, 2], unknown: [1, 2], none: [] }[alert.socket] ?? [];
  }

  /** The relays that can be turned off because of it.
   * @param {Alert} alert */
  stoppable(alert) {
    const card = this.cardOf(alert.device);
    return this.relays(alert).filter((relay) => card?.canTurnOff(relay));
  }

  /** What a person may do about it.
   * @param {Alert} alert
   * @returns {{label: string, kind: string, press: (fault: Element) => Promise<void>}[]} */
  choices(alert) {
    const off = this.stoppable(alert).map((relay) => ({
      label: `Turn off ${this.nameOf(alert, relay)}`, kind: "",
      press: (/** @type {Element} */ fault) => this.turnOff(alert, relay, fault),
    }));
    if (alert.state !== "open") return off;
    const fine = (/** @type {Element} */ fault) => this.acknowledge(alert, fault);
    return [...off, { label: "It’s fine", kind: "quiet", press: fine }];
  }

  /** @param {Alert} alert @param {Element} fault where to say what went wrong */
  buttons(alert, fault) {
    return this.choices(alert).map(({ label, kind, press }) => this.button(label, kind, () => press(fault)));
  }

  /** @param {string} label @param {string} kind @param {() => void} press */
  button(label, kind, press) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = kind;
    button.textContent = label;
    button.addEventListener("click", press);
    return button;
  }

  /** @param {Alert} alert @param {number} relay @param {Element} fault */
  turnOff(alert, relay, fault) {
    const body = { on: false, reason: `after alert ${alert.id}` };
    return this.send(alert, fault, async () => {
      const order = await daemon.post(`v1/devices/${alert.device}/relays/${relay}`, body);
      this.cardOf(alert.device)?.ordered(order);
    });
  }

  /** @param {Alert} alert @param {Element} fault */
  acknowledge(alert, fault) {
    return this.send(alert, fault, async () => {
      await daemon.post(`v1/alerts/${alert.id}/acknowledge`);
      this.alerts.set(alert.id, { ...alert, state: "acknowledged", acknowledged_by: "You" });
    });
  }

  /** @param {Alert} alert @param {Element} fault @param {() => Promise<void>} work */
  async send(alert, fault, work) {
    put(fault, "");
    try {
      await work();
      this.seen.add(alert.id);
      if (this.asked?.id === alert.id) this.dialog.close();
      else this.draw();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      put(fault, error.message);
    }
  }
}
