"""A browser without a worker, set back to what it held at one moment before each test that goes on from there.

What its databases hold stays in the memory of a page of the same origin: no key in them could leave the browser.
A test that sets the clock or goes offline wants a browser of its own: the one would last, and the other comes to its
pages one after the other, though all of them hear at once that they are online again."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, Page

from tests.browser.begun import known_to, make_known
from tests.browser.scene import Live

#: of all there are now
STORES = """() => {
  window.come = (asking) => new Promise((done) => (asking.onsuccess = () => done(asking.result)));
  window.each = async (does) => {
    for (const { name } of await indexedDB.databases()) {
      const database = await come(indexedDB.open(name));
      for (const store of database.objectStoreNames)
        await does(`${name} ${store}`, database.transaction(store, "readwrite").objectStore(store));
      database.close();
    }
  };
}"""
REMEMBER = """async () => {
  window.kept = new Map();
  window.local = { ...localStorage };
  await each(async (name, store) => {
    const [keys, rows] = await Promise.all([come(store.getAllKeys()), come(store.getAll())]);
    kept.set(name, rows.map((row, at) => (store.keyPath ? [row] : [row, keys[at]])));
  });
}"""
SET_BACK = """async () => {
  localStorage.clear();
  Object.assign(localStorage, local);
  await each(async (name, store) => {
    store.clear();
    for (const row of kept.get(name) ?? []) store.put(...row);
    await new Promise((done) => (store.transaction.oncomplete = done));
  });
}"""


class Moment:
    def __init__(self, live: Live, context: BrowserContext) -> None:
        """Now, and of this browser."""
        self.live, self.context, self.known = live, context, known_to(live)
        self.memory = context.new_page()
        self.memory.goto("/healthz")
        self.memory.evaluate(STORES)
        self.memory.evaluate(REMEMBER)

    def again(self) -> Page:
        """For a server that is as new: it knows of this browser again what it knew."""
        for page in self.context.pages:
            if page != self.memory:
                page.close()
        self.memory.evaluate(SET_BACK)
        make_known(self.live, self.known)
        return self.context.new_page()
