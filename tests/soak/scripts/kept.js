/** The ids of what waits, and of what is mirrored. */
async (owner) => {
  const asked = (request) => new Promise((done) => (request.onsuccess = () => done(request.result)));
  const keys = async (name) => {
    const db = await asked(indexedDB.open(name));
    const found = await asked(db.transaction("versions").objectStore("versions").getAllKeys());
    db.close();
    return found;
  };
  return [await keys(`tidelog-outbox-${owner}`), await keys(`tidelog-mirror-${owner}`)];
};
