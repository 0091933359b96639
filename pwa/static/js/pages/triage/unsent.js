/**
 * What was typed about an alert and not sent, by where it would go: it stands there again whenever the alert does. It is on
 * this page alone, and gone with it.
 * @type {Map<string, FormData>}
 */
const unsent = new Map();

/** @param {ParentNode} beside */
export function keepTyped(beside) {
  for (const form of formsOf(beside)) unsent.set(whereTo(form), new FormData(form));
}

/** @param {ParentNode} beside */
export function putTyped(beside) {
  for (const form of formsOf(beside)) {
    const typed = [...(unsent.get(whereTo(form)) ?? [])].filter(([name]) => name !== "csrf_token");
    for (const [name, value] of typed) put(form.elements.namedItem(name), String(value));
  }
}

/** It was sent. @param {HTMLFormElement} form */
export function forgetTyped(form) {
  unsent.delete(whereTo(form));
  form.reset();
}

/** @param {HTMLFormElement} form */
export const whereTo = (form) => form.getAttribute("action") ?? ""; // a field of that name stands before the property

/** @param {ParentNode} beside @returns {HTMLFormElement[]} */
const formsOf = (beside) => [...beside.querySelectorAll("form.loop")].map((form) => /** @type {any} */ (form));

/** @param {any} field one, or the radios of a name @param {string} value */
function put(field, value) {
  if (field?.type === "checkbox") field.checked = true;
  else if (field) field.value = value;
}
