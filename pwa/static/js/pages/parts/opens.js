import { here } from "./come-in.js";

/**
 * The address at which an entry is opened and changed.
 * @param {{ record: string, kind: string }} entry
 * @param {Record<string, any> | null | undefined} body
 */
export function opens({ record, kind }, body) {
  const about = body?.checks ? "checks" : body?.treatment || body?.window ? "after-session" : "body";
  const forms = {
    "check-in": "check-in",
    journal: "journal/entry",
    "home-dose": "home-dose",
    reminders: "more",
    call: "help",
    "safety-plan": "safety-plan",
    "goal-said": "goal",
    aside: "",
  };
  const form = /** @type {Record<string, string>} */ (forms)[kind] ?? about;
  return `${here(form)}#${record}`;
}
