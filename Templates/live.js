"use strict";

/** The live page: it listens to the daemon, and says when it cannot. */
class LivePage {
  static lost = "The connection is lost.";
  static retry = 5000;
  /** With several devices something comes each few seconds; after this long a silent stream is looked at. */
  static patience = 60_000;

  constructor() {
    /** @type {Map<number, DeviceCard>} */
    this.cards = new Map();
    this.alerts = new AlertBoard((device) => (device === undefined ? undefined : this.cards.get(device)));
    this.isConnected = false;
    /** The daemon's clock less ours, in milliseconds. */
    this.offset = 0;
    this.heard = Date.now();
    /** The household that an admin wants to see; else all.
     * @type {string|null} */
    this.household = null;
    /** @type {EventSource|null} */
    this.stream = null;
  }

  async start() {
    try {
      const { account, household } = await daemon.get("v1/me");
      words.follow(household);
      if (account.role === "admin") this.household = new URLSearchParams(location.search).get("household");
      if (household?.name) put(find("#title"), household.name);
      find("#logout").hidden = false;
      this.listen();
      setInterval(() => this.tick(), 1000);
    } catch (error) {
      this.cannotStart(error);
    }
  }

  /** @param {unknown} error */
  cannotStart(error) {
    if (!(error instanceof Refusal)) throw error;
    this.tell(error.message, false);
    const mayPass = error.status === 503 || (error.status === 0 && location.protocol !== "file:");
    if (mayPass) setTimeout(() => this.start(), LivePage.retry);
  }

  listen() {
    this.stream?.close();
    this.heard = Date.now();
    const stream = new EventSource("v1/live/stream");
    this.stream = stream;
    stream.addEventListener("open", () => this.catchUp());
    stream.addEventListener("error", () => this.lose(stream));
    this.on(stream, "hello", ({ now }) => { this.offset = now - Date.now(); });
    this.on(stream, "live", (live) => this.take(liveFrom(live))?.draw(this.isConnected, this.now));
    this.on(stream, "alert", (alert) => { if (this.concerns(alert)) this.alerts.take(alert); });
    this.on(stream, "order", (order) => this.takeOrder(order));
  }

  /** @param {EventSource} stream @param {string} kind @param {(content: any) => void} act */
  on(stream, kind, act) {
    stream.addEventListener(kind, (event) => {
      this.heard = Date.now();
      act(JSON.parse(event.data));
    });
  }

  /** Fetches all anew: at the first, and after each time without a connection. */
  async catchUp() {
    try {
      const { devices, alerts, now } = await daemon.get("v1/live");
      this.offset = now - Date.now();
      for (const live of devices) this.take(liveFrom(live));
      await Promise.all([...this.cards.values()].map((card) => card.catchUp()));
      this.isConnected = true;
      this.tell("Live", true);
      find("#none").hidden = this.cards.size > 0;
      this.alerts.replace(alerts.filter((/** @type {Alert} */ alert) => this.concerns(alert)));
      this.draw();
    } catch (error) {
      this.again(error);
    }
  }

  /** The browser tries again by itself, but not after an answer that is no stream.
   * @param {EventSource} stream */
  lose(stream) {
    if (stream !== this.stream) return;
    const lost = new Refusal(LivePage.lost, 0);
    if (stream.readyState === EventSource.CLOSED) return this.again(lost);
    this.isConnected = false;
    this.tell(`${lost.message} Trying again…`, false);
    this.draw();
  }

  /** @param {unknown} error why it did not work */
  again(error) {
    if (!(error instanceof Refusal)) throw error;
    this.isConnected = false;
    this.stream?.close();
    this.tell(`${error.message} Trying again…`, false);
    this.draw();
    clearTimeout(this.timer);
    if (error.status !== 401) this.timer = setTimeout(() => this.knock(), LivePage.retry);
  }

  /** Asks who we are first: without a login that leads there. */
  async knock() {
    try {
      await daemon.get("v1/me");
      this.listen();
    } catch (error) {
      this.again(error);
    }
  }

  /** By the daemon's clock. */
  get now() {
    return Date.now() + this.offset;
  }

  /** @param {Order} order */
  takeOrder(order) {
    const card = this.cards.get(order.device);
    card?.takeOrder(order);
    card?.draw(this.isConnected, this.now);
  }

  /** @param {Live} live @returns {DeviceCard|undefined} its card, if it is to be shown */
  take(live) {
    if (this.household && live.household !== this.household) return undefined;
    const known = this.cards.get(live.device);
    if (known) {
      known.take(live);
      return known;
    }
    const card = new DeviceCard(live, (news) => put(find("#news"), news));
    this.cards.set(live.device, card);
    find("#devices").append(card.element);
    if (this.isConnected) card.catchUp().catch((error) => this.again(error));
    return card;
  }

  /** @param {Alert} alert */
  concerns(alert) {
    return !this.household || alert.device === undefined || this.cards.has(alert.device);
  }

  tick() {
    if (this.isConnected && Date.now() - this.heard > LivePage.patience) this.listen();
    this.draw();
  }

  draw() {
    if (document.hidden) return;
    for (const card of this.cards.values()) card.draw(this.isConnected, this.now);
    this.alerts.draw();
  }

  /** Back from the pocket: a phone may have let the connection die without a word. */
  wake() {
    if (!document.hidden && this.isConnected && Date.now() - this.heard > 20_000) this.listen();
    this.draw();
  }

  /** @param {string} text @param {boolean} isGood */
  tell(text, isGood) {
    const connection = find("#connection");
    put(connection, text);
    connection.className = isGood ? "muted" : "stale lost";
  }

  async logOut() {
    try {
      await daemon.post("v1/logout");
      location.assign("login");
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.tell(error.message, false);
    }
  }
}

{
  const page = new LivePage();
  find("#logout").addEventListener("click", () => page.logOut());
  document.addEventListener("visibilitychange", () => page.wake());
  addEventListener("resize", () => page.draw());
  page.start();
}
