/** Keeps the outbox busy for so many milliseconds: whoever saves meanwhile waits. Comes back as soon as it has begun. */
([owner, busy]) =>
  new Promise((begun) => {
    const opening = indexedDB.open(`tidelog-outbox-${owner}`);
    opening.onsuccess = () => {
      const end = Date.now() + busy;
      const store = opening.result.transaction(["keys", "versions"], "readwrite").objectStore("versions");
      const go = () => {
        begun();
        if (Date.now() < end) store.count().onsuccess = go;
        else opening.result.close();
      };
      store.count().onsuccess = go;
    };
  });
