// That a lock is on stands in a cookie too, beside the sign-in: a browser that throws stores away leaves both.

/** Over https no other host can set it. */
const name = () => (globalThis.location?.protocol === "https:" ? "__Host-lock" : "lock");
/** As long as browsers let one stand, in seconds. */
const LASTS = 400 * 24 * 3600;

/** Whose lock was on when the stores last opened here; undefined if none was, and where there are no cookies. */
export function lockNoted() {
  return new RegExp(`(?:^|; )${name()}=([^;]+)`).exec(globalThis.document?.cookie ?? "")?.[1];
}

/** @param {string | null} owner null: no lock is on */
export function noteLock(owner) {
  if (!owner && !lockNoted()) return;
  const secure = location.protocol === "https:" ? "; Secure" : "";
  document.cookie = `${name()}=${owner ?? ""}; Path=/; SameSite=Lax; Max-Age=${owner ? LASTS : 0}${secure}`;
}
