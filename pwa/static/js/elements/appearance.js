// Runs before anything is painted, so it imports nothing.

/** It stays dim until the next morning; an end further away was set by a clock that was wrong. */
const LONGEST_REST = 36 * 3_600_000;
const root = document.documentElement;

wear();
for (const news of ["look", "storage", "pageshow"]) addEventListener(news, wear);

/** Puts the person's own look on the page: theme, size of words, and dim after a session until the morning. */
function wear() {
  const { theme = "system", text = "normal", after_until = null } = JSON.parse(localStorage.getItem("look") ?? "{}");
  set("theme", theme === "system" ? null : theme);
  set("text", text === "normal" ? null : text);
  const left = Date.parse(after_until) - Date.now();
  set("mode", left > 0 && left < LONGEST_REST ? "after" : null);
}

/**
 * @param {string} name
 * @param {string | null} value
 */
function set(name, value) {
  if (value) root.dataset[name] = value;
  else delete root.dataset[name];
}
