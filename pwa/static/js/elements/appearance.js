// Runs before anything is painted, so it imports nothing.

/** It stays dim until the next morning; an end further away was set by a clock that was wrong. */
const LONGEST_REST = 36 * 3_600_000;
const MINUTE = 60_000;
const root = document.documentElement;

wear();
for (const news of ["look", "storage", "pageshow"]) addEventListener(news, wear);
setInterval(wear, MINUTE); // a page that lies open becomes dim by itself, on a locked phone too

/** Puts the person's own look on the page: theme, size of words, and dim after a session until the morning. */
function wear() {
  const {
    theme = "system",
    text = "normal",
    after_from,
    after_until,
  } = JSON.parse(localStorage.getItem("look") ?? "{}");
  set("theme", theme === "system" ? null : theme);
  set("text", text === "normal" ? null : text);
  const [ahead, left] = [after_from, after_until].map((moment) => Date.parse(moment) - Date.now());
  set("mode", !(ahead > 0) && left > 0 && left < LONGEST_REST ? "after" : null);
}

/**
 * @param {string} name
 * @param {string | null} value
 */
function set(name, value) {
  if (value) root.dataset[name] = value;
  else delete root.dataset[name];
}
