/** Why there is none, by what our server says; everything else is as if no answer came. */
const BECAUSE = new Map([
  ["sign-in", "sign-in"],
  ["slow-down", "too-often"],
  ["closed", "closed"],
  ["internal", "busy"],
  ["unavailable", "busy"],
]);

/**
 * A code by which this patient comes in once on another screen, within ten minutes.
 * @returns {Promise<{ code: string | null, because: string }>}
 */
export async function askForCode() {
  const said = await ask();
  if (/^[A-Z0-9]{8}$/.test(said?.code)) return { code: said.code, because: "" };
  return { code: null, because: BECAUSE.get(said?.error) ?? "offline" };
}

/** @returns {Promise<any>} null: no answer that can be read */
async function ask() {
  const headers = { "Content-Type": "application/json", "X-Tidelog": "1" };
  try {
    const answer = await fetch("/code", { method: "POST", body: "{}", headers, redirect: "error", cache: "no-store" });
    return await answer.json();
  } catch {
    return null;
  }
}
