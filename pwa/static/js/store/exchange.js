// What a true answer does to the two copies.
import * as mirror from "./mirror.js";
import * as outbox from "./outbox.js";

/** @typedef {import("./vault.js").Vault} Vault */
/** @typedef {import("./answer.js").Receipt} Receipt */
/** @typedef {import("./answer.js").Page} Page */

/** Written by the clinic, never by the patient: not sent again when the server lost something. */
export const CLINIC_KINDS = ["card", "course", "treatment", "seen", "visit", "offer", "goal"];
/** Ends the row's id of a text under whose id another text stood already. */
const CLASH = "#clash";

/**
 * Moves what has a receipt from the outbox to the mirror, the mirror first.
 * @param {Vault} vault
 * @param {Receipt[]} receipts
 * @param {import("./vault.js").Opened[]} batch
 * @param {number} epoch
 */
export async function settle(vault, receipts, batch, epoch) {
  if (!receipts.length) return;
  const texts = new Map(batch.map(({ id, text }) => [id, text]));
  const rows = receipts.map(({ id, outcome, errors }) => {
    const faults = outcome === "parked" || outcome === "clash" ? (errors ?? [{ field: "", code: outcome }]) : null;
    return mirrorRow(vault, outcome === "clash" ? id + CLASH : id, texts.get(id) ?? "", epoch, faults);
  });
  await mirror.keep(vault.owner, await Promise.all(rows));
  await outbox.remove(
    vault.owner,
    receipts.map(({ id }) => id),
  );
}

/**
 * Takes a page of what is new. In another epoch nothing is taken: what the patient wrote waits again, and the mirror
 * begins from 0.
 * @param {Vault} vault
 * @param {Page} page
 * @param {number | null} epoch
 * @returns {Promise<"on" | "restarted" | null>} null: nothing new, or not where this phone is
 */
export async function turn(vault, page, epoch) {
  if (epoch !== null && page.epoch !== epoch) {
    await sendAgain(vault);
    await mirror.restart(vault.owner, page.epoch);
    return "restarted";
  }
  const taken = page.versions.map((text) => mirrorRow(vault, JSON.parse(text).id, text, page.epoch, null));
  const parked = page.parked
    .filter(({ text }) => isVersion(text))
    .map(({ id, text, errors }) => mirrorRow(vault, id, text, page.epoch, errors));
  const done = await mirror.apply(vault.owner, page, await Promise.all([...taken, ...parked]));
  return done && page.cursor > page.from ? "on" : null;
}

/** @param {Vault} vault */
async function sendAgain(vault) {
  const own = (await mirror.all(vault.owner)).filter(
    ({ id, kind }) => !CLINIC_KINDS.includes(kind) && !id.endsWith(CLASH),
  );
  const again = (await vault.openAll(own)).map(({ id, text }) => vault.outgoing(id, text));
  await outbox.keep(vault.owner, await Promise.all(again));
}

/**
 * @param {Vault} vault
 * @param {string} id
 * @param {string} text
 * @param {number} epoch
 * @param {import("./types.js").Fault[] | null} faults
 */
async function mirrorRow(vault, id, text, epoch, faults) {
  const { kind, record } = JSON.parse(text);
  return { ...(await vault.seal(id, text)), kind, record, epoch, faults };
}

/** Whether there is anything in it that this phone could show: pages rely on its days and times. @param {string} text */
function isVersion(text) {
  try {
    const { record, kind, parents, day, felt_at, written_at, body } = JSON.parse(text);
    const areTexts = [record, kind, day, felt_at, written_at].every((one) => typeof one === "string");
    const areMoments = [`${day}T12:00Z`, felt_at, written_at].every((one) => !Number.isNaN(Date.parse(one)));
    return areTexts && areMoments && Array.isArray(parents) && typeof body === "object";
  } catch {
    return false;
  }
}
