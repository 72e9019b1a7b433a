"use strict";

/** Where to go after the login: the page that was wanted, if it is one of ours. */
function destination() {
  const live = new URL("live.html", location.href);
  const wanted = new URLSearchParams(location.search).get("next");
  if (!wanted) return live;
  try {
    const page = new URL(wanted, location.href);
    return page.origin === location.origin && !/\/login(\.html)?$/.test(page.pathname) ? page : live;
  } catch {
    return live;
  }
}

/** What a person should know and do.
 * @param {Response} answer */
async function fault(answer) {
  if (answer.status === 401) return "This name and this password do not belong together. Please try again.";
  const seconds = Number(answer.headers.get("Retry-After"));
  const wait = !seconds ? "a little while" : seconds < 100 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
  if (answer.status === 429) return `That was tried too often. Please wait ${wait}, then try again.`;
  if (answer.status === 503) return `WattBuddy cannot look that up just now. Please try again in ${wait}.`;
  const isJSON = answer.headers.get("Content-Type")?.includes("json") ?? false;
  return isJSON ? (await answer.json()).error : "There is no WattBuddy daemon at this address.";
}

/** @param {HTMLFormElement} form */
async function logIn(form) {
  const body = JSON.stringify(Object.fromEntries(new FormData(form)));
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch("v1/login", { method: "POST", credentials: "same-origin", headers, body });
  if (answer.ok) location.replace(destination().href);
  return answer.ok ? "" : fault(answer);
}

{
  const form = /** @type {HTMLFormElement} */ (document.getElementById("login"));
  const password = /** @type {HTMLInputElement} */ (document.getElementById("password"));
  const reveal = /** @type {HTMLInputElement} */ (document.getElementById("reveal"));
  const told = /** @type {HTMLElement} */ (document.getElementById("fault"));
  const button = /** @type {HTMLButtonElement} */ (form.querySelector("button"));

  reveal.addEventListener("change", () => { password.type = reveal.checked ? "text" : "password"; });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    told.textContent = "";
    // As a password it is what password managers look for.
    password.type = "password";
    reveal.checked = false;
    button.disabled = true;
    try {
      told.textContent = await logIn(form);
    } catch {
      told.textContent = "WattBuddy cannot be reached. Is there a connection?";
    }
    button.disabled = false;
    if (told.textContent) password.select();
  });
  if (location.protocol === "file:") {
    told.textContent = "Logging in needs WattBuddy's daemon, wattbuddyd. The reports open without.";
    button.disabled = true;
  }
}
