// Runs in every page before its own scripts: says what stands there the moment it does. A poll would come too late.
if (location.pathname === "/en/journal") console.debug("soak: at the journal");
new MutationObserver((_, watch) => {
  const told = [...document.querySelectorAll("#dock-says, #told")].map((one) => one.textContent);
  if (!told.includes("Saved on this phone")) return;
  watch.disconnect();
  console.debug("soak: saved");
}).observe(document, { subtree: true, childList: true, characterData: true });
