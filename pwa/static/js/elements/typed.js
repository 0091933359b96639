/**
 * What was typed into the fields of a form, by name; what is blank is left out.
 * @param {HTMLElement} form
 * @returns {Record<string, string | number>}
 */
export function typed(form) {
  const said = fields(form).map((field) => [field.name, field.type === "number" ? number(field) : field.value.trim()]);
  return Object.fromEntries(said.filter(([, value]) => value !== "" && value !== null));
}

/**
 * @param {HTMLElement} form
 * @param {Record<string, any>} body
 */
export function write(form, body) {
  for (const field of fields(form)) field.value = String(body[field.name] ?? "");
}

/** @param {HTMLInputElement} field */
const number = (field) => (Number.isNaN(field.valueAsNumber) ? null : field.valueAsNumber);

/** @param {HTMLElement} form */
const fields = (form) => /** @type {HTMLInputElement[]} */ ([...form.querySelectorAll(".field[name]")]);

/**
 * What a newer app wrote and this page does not ask: an edit here must not lose it.
 * @param {HTMLElement} form
 * @param {Record<string, any>} body
 */
export function unasked(form, body) {
  const asked = new Set([...form.querySelectorAll("[name]")].map((field) => field.getAttribute("name")));
  return Object.fromEntries(Object.entries(body).filter(([name]) => !asked.has(name)));
}
