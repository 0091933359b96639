// Who types is there, and a page that nobody touches goes with the sign-in: what it shows is not for whoever comes by.
const MINUTE = 60_000;

export function keepHere() {
  let told = Date.now();
  for (const sign of ["input", "pointerdown"]) {
    addEventListener(sign, () => {
      if (Date.now() - told < MINUTE) return;
      told = Date.now();
      void answered("/account/here", "POST");
    });
  }
  setInterval(async () => {
    if ((await answered("/me", "GET")) === 401) location.reload();
  }, MINUTE);
}

/** The answer's status; 0: none came, which is no reason to leave. @param {string} address @param {string} method */
async function answered(address, method) {
  const headers = { "X-Tidelog": "1" };
  try {
    return (await fetch(address, { method, headers, redirect: "error", cache: "no-store" })).status;
  } catch {
    return 0;
  }
}
