"""What browsers do to a page's databases, done to them by a script in the page. Each lasts until the next page."""

#: once for each database, the handle dies under the page, as iPhones let it in the background
HANDLES_DIE = """(() => {
  const { transaction } = IDBDatabase.prototype;
  const died = new Set();
  IDBDatabase.prototype.transaction = function (...asked) {
    if (!died.has(this.name)) this.close();
    died.add(this.name);
    return transaction.apply(this, asked);
  };
})()"""

#: nothing more can be put on the disk, until there is room
DISK_IS_FULL = """(() => {
  const { put } = IDBObjectStore.prototype;
  window.makeRoom = () => { IDBObjectStore.prototype.put = put; };
  IDBObjectStore.prototype.put = () => { throw new DOMException("No room", "QuotaExceededError"); };
})()"""
ROOM_AGAIN = "window.makeRoom(), document.dispatchEvent(new Event('visibilitychange'))"

#: another connection holds the outbox, as a suspended app does, until it lets go
OUTBOX_HANGS = """new Promise((held) => {
  const opening = indexedDB.open("tidelog-outbox-%s");
  opening.onsuccess = () => {
    const tx = opening.result.transaction("versions", "readwrite");
    window.letGo = () => { window.letGo = null; };
    const hold = () => {
      tx.objectStore("versions").count().onsuccess = () => (window.letGo ? hold() : opening.result.close());
      held();
    };
    hold();
  };
})"""
LET_GO = "window.letGo()"

#: the page is in the middle of reading what waits, and stays there until one leaves it
READING_TAKES_LONG = """new Promise((begun) => {
  const { getAll } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.getAll = function (...asked) {
    const asking = getAll.apply(this, asked);
    asking.addEventListener("success", (event) => event.stopImmediatePropagation());
    const goOn = () => { this.count().onsuccess = goOn; };
    goOn();
    begun();
    return asking;
  };
  document.dispatchEvent(new Event("visibilitychange"));
})"""

#: all that a script of this origin can read, as one text
READABLE = """(async () => {
  const texts = [document.cookie, JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
  const come = (asking) => new Promise((done) => { asking.onsuccess = () => done(asking.result); });
  const note = (value) => {
    if (value instanceof ArrayBuffer) value = new Uint8Array(value);
    if (ArrayBuffer.isView(value)) texts.push(...["utf-8", "utf-16le"].map((as) => new TextDecoder(as).decode(value)));
    else if (value instanceof CryptoKey) texts.push(value.extractable ? "a key that can be taken out" : "");
    else if (value && typeof value === "object") Object.values(value).forEach(note);
    else texts.push(String(value));
  };
  for (const { name } of await indexedDB.databases()) {
    const db = await come(indexedDB.open(name));
    for (const store of db.objectStoreNames) note(await come(db.transaction(store).objectStore(store).getAll()));
    db.close();
  }
  return texts.join(" ");
})()"""
