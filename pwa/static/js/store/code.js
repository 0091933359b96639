/**
 * A code by which this patient comes in once on another screen, within ten minutes.
 * @returns {Promise<string | null>} null: no true answer came
 */
export async function askForCode() {
  const headers = { "Content-Type": "application/json", "X-Tidelog": "1" };
  try {
    const answer = await fetch("/code", { method: "POST", body: "{}", headers, redirect: "error", cache: "no-store" });
    const code = answer.ok ? (await answer.json())?.code : null;
    return /^[A-Z0-9]{8}$/.test(code) ? code : null;
  } catch {
    return null;
  }
}
