"use strict";

/** What the daemon answered when it did not do what was asked; its message is for people. */
class Refusal extends Error {
  /** @param {string} message @param {number} status 0 when there was no answer */
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

/** The daemon this page came from, asked by paths below its own address. */
const daemon = {
  /** @param {string} path @returns {Promise<any>} */
  get(path) {
    return this.ask(path, { method: "GET" });
  },

  /** @param {string} path @param {object} body @returns {Promise<any>} */
  post(path, body = {}) {
    const headers = { "Content-Type": "application/json" };
    return this.ask(path, { method: "POST", headers, body: JSON.stringify(body) });
  },

  /** Goes to the login when there is none yet.
   * @param {string} path @param {RequestInit} request @returns {Promise<any>} */
  async ask(path, request) {
    if (location.protocol === "file:") throw new Refusal(this.absence, 0);
    const answer = await this.answer(path, request);
    if (answer.status === 401) this.logIn();
    const isJSON = answer.headers.get("Content-Type")?.includes("json") ?? false;
    const body = isJSON ? await answer.json() : null;
    if (answer.ok && isJSON) return body;
    throw new Refusal(body?.error ?? (isJSON ? "That did not work." : this.absence), answer.status);
  },

  /** @param {string} path @param {RequestInit} request */
  async answer(path, request) {
    try {
      return await fetch(path, { credentials: "same-origin", cache: "no-store", ...request });
    } catch {
      throw new Refusal("The connection is lost.", 0);
    }
  },

  absence: "This page needs WattBuddy's daemon, wattbuddyd: open it from there. The reports do without.",

  logIn() {
    location.assign(`login?next=${encodeURIComponent(location.pathname + location.search)}`);
  },
};
