/** Whoever came to the form by *Resolve* means to settle it, and may take the tick out again. @param {string} hash */
export function tickWhatSettles(hash) {
  /** @type {HTMLInputElement | null} */
  const settles = document.querySelector("form.loop [name=resolves]");
  if (hash === "#do" && settles) settles.checked = true;
}
