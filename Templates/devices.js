"use strict";

/** One device with the names of its sockets.
 * @typedef {{id: number, name: string, sockets: [string, string],
 *   never_cut: number[], may_probe: number[], can_probe: boolean, rating_a: number, last_seen?: number}} Device */

/** Does what a form asks for; says in `fault` when that was refused.
 * @param {HTMLFormElement} form @param {Element} fault @param {() => Promise<void>} work */
function onSubmit(form, fault, work) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    put(fault, "");
    const button = find("button", form);
    button.disabled = true;
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      put(fault, error.message);
    } finally {
      button.disabled = false;
    }
  });
}

/** @param {Device} device */
function deviceForm(device) {
  const element = copyOf("device");
  const form = find("form", element);
  const fields = [...element.querySelectorAll("fieldset")];
  const names = fields.map((field) => find("input:not([type])", field));
  const checks = fields.map((field) => find(".never", field));
  const probes = fields.map((field) => find(".probe", field));
  const rating = find(".rating", form);
  const title = find("h2", element);
  title.id = `device-${device.id}`;
  element.setAttribute("aria-labelledby", title.id);
  put(title, device.name);
  const ago = device.last_seen ? `Last reading ${words.span(Date.now() - device.last_seen)} ago` : "No reading yet";
  put(find(".muted", element), ago);
  names.forEach((input, index) => { input.value = device.sockets[index]; });
  checks.forEach((input, index) => { input.checked = device.never_cut.includes(index + 1); });
  const explained = find(".explained", form);
  explained.id = `probe-${device.id}`;
  probes.forEach((input, index) => {
    input.setAttribute("aria-describedby", explained.id);
    input.checked = device.may_probe.includes(index + 1);
    // What is never switched off is not so for three seconds either.
    const follow = () => {
      input.disabled = checks[index].checked;
      input.checked &&= !input.disabled;
    };
    checks[index].addEventListener("change", follow);
    follow();
  });
  find(".unable", form).hidden = device.can_probe;
  rating.value = String(device.rating_a);
  onSubmit(form, find(".stale", form), async () => {
    const chosen = (/** @type {HTMLInputElement[]} */ inputs) => [1, 2].filter((relay) => inputs[relay - 1].checked);
    const body = {
      names: names.map((input) => input.value.trim()), never_cut: chosen(checks), may_probe: chosen(probes),
      rating_a: rating.valueAsNumber,
    };
    await daemon.post(`v1/devices/${device.id}/sockets`, body);
    put(find("#told"), `The sockets of ${device.name} are saved.`);
  });
  return element;
}

async function showDevices() {
  const { devices } = await daemon.get("v1/devices");
  find("#devices").replaceChildren(...devices.map(deviceForm));
}

{
  const form = find("#claim");
  const code = find("#code");
  onSubmit(form, find("#claim-fault"), async () => {
    await daemon.post("v1/devices/claim", { code: code.value });
    form.reset();
    await showDevices();
    put(find("#told"), "The device is yours now. It shows on the live page as soon as it sends.");
  });
  showDevices().catch((error) => {
    if (!(error instanceof Refusal)) throw error;
    const told = find("#told");
    put(told, error.message);
    told.className = "stale";
    form.hidden = error.status === 0;
  });
}
