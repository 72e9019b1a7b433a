"use strict";

/** Puts a text into an element, as text; one that is there already stays untouched and is not read out again.
 * @param {Element} element @param {string} text */
function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

/** A copy of what a <template> of the page holds.
 * @param {string} id @returns {HTMLElement} */
function copyOf(id) {
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById(id));
  return /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
}

/** @param {string} selector @param {ParentNode} [within] @returns {any} the first that fits; the page has one */
function find(selector, within = document) {
  return within.querySelector(selector);
}

/** Numbers, times and spans as people read them. Numbers follow the household's locale, times its zone. */
const words = {
  locale: document.documentElement.lang,
  /** @type {string|undefined} the browser's own until the household's is known */
  zone: undefined,

  /** @param {{locale?: string, zone?: string}|null|undefined} household */
  follow(household) {
    this.locale = household?.locale ?? this.locale;
    this.zone = household?.zone ?? this.zone;
  },

  /** A number or a dash: what is not known is not made up.
   * @param {number|null|undefined} value @param {number} places */
  number(value, places) {
    if (typeof value !== "number" || !Number.isFinite(value)) return "–";
    const digits = { minimumFractionDigits: places, maximumFractionDigits: places };
    return new Intl.NumberFormat(this.locale, digits).format(value);
  },

  /** @param {number|null|undefined} value @param {number} places @param {string} unit */
  quantity(value, places, unit) {
    const number = this.number(value, places);
    return number === "–" ? number : `${number}\u00a0${unit}`;
  },

  /** @param {number|null|undefined} value */
  watts(value) {
    const isSmall = typeof value === "number" && value !== 0 && Math.abs(value) < 10;
    return this.quantity(value, isSmall ? 1 : 0, "W");
  },

  /** `18:05`
   * @param {number} instant in milliseconds */
  time(instant) {
    const parts = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: this.zone };
    return new Intl.DateTimeFormat(this.locale, /** @type {any} */ (parts)).format(instant);
  },

  /** `18:05`, with its day in front unless that is today's.
   * @param {number} instant @param {number} now */
  moment(instant, now) {
    const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: this.zone });
    const [then, today] = [day.format(instant), day.format(now)];
    return then === today ? this.time(instant) : `${then}, ${this.time(instant)}`;
  },

  /** `3 s`, `4 min`, `2 h`, `5 days`
   * @param {number} milliseconds */
  span(milliseconds) {
    const seconds = Math.max(0, Math.round(milliseconds / 1000));
    if (seconds < 60) return `${seconds}\u00a0s`;
    if (seconds < 3600) return `${Math.floor(seconds / 60)}\u00a0min`;
    if (seconds < 48 * 3600) return `${Math.floor(seconds / 3600)}\u00a0h`;
    return `${Math.floor(seconds / 86400)} days`;
  },

  /** How sure a probability is, for people.
   * @param {number|null|undefined} probability */
  likelihood(probability) {
    if (probability == null) return "probably";
    if (probability >= 0.95) return "almost certainly";
    if (probability >= 0.8) return "very probably";
    if (probability >= 0.6) return "probably";
    return "perhaps";
  },
};
