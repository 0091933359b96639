/** Where the draft of a new journal entry lies: sealed anew, with another `iv`, each time it is kept. Null: none. */
async (owner) => {
  const name = `tidelog-drafts-${owner}`;
  const asked = (request) => new Promise((done) => (request.onsuccess = () => done(request.result)));
  if (!(await indexedDB.databases()).some((one) => one.name === name)) return null;
  const db = await asked(indexedDB.open(name));
  const row = await asked(db.transaction("drafts").objectStore("drafts").get("draft/journal"));
  db.close();
  return row ? row.iv.join() : null;
};
