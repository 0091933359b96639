// Switching the app lock on and off. The data key is wrapped anew; no entry is encrypted again.
import { nameOf, within } from "./databases.js";
import { newDeviceKey } from "./keys.js";
import { change, openedBy, rowsOf } from "./lock.js";
import { noteLock } from "./lock-note.js";
import * as outbox from "./outbox.js";
import { makePair } from "./pair.js";
import { pinKey, ROUNDS } from "./pin.js";
import { toServer } from "./sealing.js";
import { unwrapToWrap, wrap } from "./wrapping.js";

/** @typedef {import("./vault.js").Vault} Vault */

/**
 * What waits gets its sealed form now, so that a forgotten PIN strands nothing.
 * @param {Vault} vault
 * @param {string} pin
 * @param {number} after minutes of no use; 0: at once when one leaves
 * @returns {Promise<boolean>} false: the server's key is not known yet, so nothing was changed
 */
export async function lockOn(vault, pin, after) {
  const [kept, device, server, pair] = await rowsOf(vault.owner, "data", "device", "server", "pair");
  if (!server) return false;
  const readable = await unwrapToWrap(kept, device.key);
  const rows = [
    { id: "data", name: kept.name },
    await newDeviceKey(), // the earlier one could still open what the disk has not overwritten yet
    await pinRow(pin, readable),
    { id: "lock", after, wrong: 0, until: 0 },
    pair ?? (await makePair(vault.data.key)), // what was sealed to an earlier pair must open for good
  ];
  while (!(await keepSealed(vault.owner, await sealedForms(vault, server.key), rows)));
  return true;
}

/** @param {string} owner @param {string} pin @returns {Promise<boolean>} false: not the PIN, or not yet time for a try */
export async function lockOff(owner, pin) {
  const readable = await openedBy(owner, pin, unwrapToWrap);
  if (!readable) return false;
  const [data, device] = await rowsOf(owner, "data", "device");
  const row = { ...data, ...(await wrap(readable, device.key)) };
  noteLock(null);
  await change(owner, (keys) =>
    Promise.all([keys.put(row), ...["pin", "passkey", "lock", "plan"].map((id) => keys.delete(id))]),
  );
  return true;
}

/** @param {string} owner @param {string} pin @param {string} next @returns {Promise<boolean>} false: as for lockOff */
export async function changePin(owner, pin, next) {
  const readable = await openedBy(owner, pin, unwrapToWrap);
  if (!readable) return false;
  const row = await pinRow(next, readable);
  await change(owner, (keys) => keys.put(row));
  return true;
}

/** @param {string} owner @param {number} after */
export function lockAfter(owner, after) {
  return change(owner, async (keys) => keys.put({ ...(await keys.get("lock")), after }));
}

/** @param {string} pin @param {CryptoKey} readable */
async function pinRow(pin, readable) {
  const how = { salt: crypto.getRandomValues(new Uint8Array(16)), rounds: ROUNDS };
  return { id: "pin", ...how, ...(await wrap(readable, await pinKey(pin, how))) };
}

/**
 * For each row that waits; of one that cannot be opened there is none.
 * @param {Vault} vault
 * @param {import("./sealing.js").ServerKey} server
 * @returns {Promise<Map<string, { toServer?: string }>>}
 */
async function sealedForms(vault, server) {
  const rows = await outbox.all(vault.owner);
  const forms = new Map(rows.map(({ id }) => [id, {}]));
  for (const { id, text } of await vault.openAll(rows))
    forms.set(id, { toServer: await toServer(server, vault.owner, id, text) });
  return forms;
}

/**
 * All in one transaction. Says whether nothing was saved since the forms were made.
 * @param {string} owner
 * @param {Map<string, { toServer?: string }>} forms
 * @param {object[]} keys
 */
function keepSealed(owner, forms, keys) {
  return within(nameOf("outbox", owner), "readwrite", async (tx) => {
    const versions = tx.objectStore("versions");
    const rows = await versions.getAll();
    if (rows.some(({ id }) => !forms.has(id))) return false;
    await Promise.all([
      ...rows.map((row) => versions.put({ ...row, ...forms.get(row.id) })),
      ...keys.map((row) => tx.objectStore("keys").put(row)),
    ]);
    return true;
  });
}
