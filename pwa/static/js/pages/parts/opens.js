import { here } from "./come-in.js";

/**
 * The address at which an entry is opened and changed.
 * @param {{ record: string, kind: string }} entry
 * @param {Record<string, any> | null | undefined} body
 */
export function opens({ record, kind }, body) {
  const form =
    { "check-in": "check-in", journal: "journal/entry", reminders: "more" }[kind] ??
    (body?.treatment ? "after-session" : "body");
  return `${here(form)}#${record}`;
}
