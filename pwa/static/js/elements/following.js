/** A draft follows typing this far behind, in ms. */
const BEHIND = 250;

/**
 * Keeps what is typed from its first letter on, and then at most so often: whoever is gone at once loses no more than that.
 * @param {() => void} keep
 */
export function following(keep) {
  let timer = /** @type {any} */ (0);
  let more = false;
  const stop = () => {
    clearTimeout(timer);
    timer = 0;
    more = false;
  };
  const now = () => {
    stop();
    keep();
    timer = setTimeout(() => (more ? now() : stop()), BEHIND);
  };
  const rest = () => more && now();
  addEventListener("pagehide", rest);
  document.addEventListener("visibilitychange", rest);
  return { typed: () => void (timer ? (more = true) : now()), now, stop };
}
