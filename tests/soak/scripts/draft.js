/** Where drafts of new journal entries lie: each is sealed anew, with another `iv`, whenever it is kept. Null: none. */
async (owner) => {
  const name = `tidelog-drafts-${owner}`;
  const asked = (request) => new Promise((done) => (request.onsuccess = () => done(request.result)));
  if (!(await indexedDB.databases()).some((one) => one.name === name)) return null;
  const db = await asked(indexedDB.open(name));
  const its = IDBKeyRange.bound("draft/locked/journal#", "draft/locked/journal#\uffff");
  const rows = await asked(db.transaction("drafts").objectStore("drafts").getAll(its));
  db.close();
  return rows.map(({ iv }) => iv.join()).join(";") || null;
};
