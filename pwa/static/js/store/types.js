/**
 * One immutable statement, as it travels (docs/sync.md). `body` null withdraws the record.
 * @typedef {object} Version
 * @property {string} id
 * @property {string} record
 * @property {string} kind
 * @property {number} schema
 * @property {string[]} parents
 * @property {string} day
 * @property {string} felt_at
 * @property {string} written_at
 * @property {string} zone
 * @property {Record<string, any> | null} body
 */

/**
 * What the server found in a version that it kept but could not take.
 * @typedef {{ field: string, code?: string, message?: string }} Fault
 */

/**
 * A version, and where it stands: still in the outbox, or with faults that need the patient.
 * @typedef {Version & { waiting: boolean, faults: Fault[] | null }} Standing
 */

/**
 * A text under the data key of the name `key`. What it belongs to is bound in, and must be named to open it.
 * @typedef {{ key: string, iv: Uint8Array<ArrayBuffer>, sealed: ArrayBuffer }} Sealed
 */

/**
 * A row of the outbox. The layout is frozen: every release reads what any earlier one wrote. `point`: sealed to the phone's
 * own key pair, while the lock was shut; `toServer`: the sealed form that travels while it is; `sent`: it did.
 * @typedef {Sealed & { id: string, point?: Uint8Array<ArrayBuffer>, held?: Fault[], toServer?: string, sent?: true }} OutboxRow
 */

/**
 * A row of the mirror. Of a text whose id already stood for another, `id` ends in "#clash".
 * @typedef {Sealed & { id: string, record: string, kind: string, epoch: number }} MirrorRow
 */

/**
 * What is shown of one record, from its heads.
 * @typedef {object} Entry
 * @property {string} record
 * @property {string} kind
 * @property {string} day
 * @property {Standing[]} heads  those with a body, the one to show first in front
 * @property {string[]} parents  what an edit must name: every head, withdrawals too
 * @property {boolean} waiting
 * @property {Fault[] | null} attention
 * @property {string} [audience]
 */

/**
 * What the server says of the person signed in. `waiting`: how many entries this browser last said were only here.
 * @typedef {{ owner: string, role: string, device: string, language: "en" | "fr", waiting: number,
 *   key?: import("./sealing.js").ServerKey }} Me
 */

export {};
