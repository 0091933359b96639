/**
 * What each kind of database holds. The outbox is frozen at 1: its keys lie beside it, so that one transaction sees both.
 * @type {Record<string, { version: number, stores: Record<string, { keyPath?: string, indexes?: string[] }> }>}
 */
export const LAYOUTS = {
  door: { version: 1, stores: { door: {} } },
  outbox: { version: 1, stores: { versions: { keyPath: "id" }, keys: { keyPath: "id" } } },
  mirror: {
    version: 1,
    stores: {
      versions: { keyPath: "id", indexes: ["kind", "record"] },
      faults: { keyPath: "id" },
      state: { keyPath: "id" },
    },
  },
  drafts: { version: 1, stores: { drafts: { keyPath: "id" } } },
};
