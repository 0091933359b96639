import { say } from "../../elements/words.js";
import { askToSignIn, beginAnew, mayBeginAnew } from "../../store/forgot.js";
import { all, here, one } from "../parts/come-in.js";

/** @typedef {import("../../store/phone.js").Phone} Phone */

/** The PIN is forgotten: sign in again, then begin anew; or sign out. @param {Phone} phone */
export async function wireForgot(phone) {
  one("#forgot-pin").addEventListener("click", () => show("forgot"));
  for (const back of all("[data-back]")) back.addEventListener("click", () => show("ask"));
  on("sign-in-again", async () => {
    if (await askToSignIn(phone.owner)) location.assign(`/sign-in?next=${here("lock")}`);
    else tell(say("needs_network"));
  });
  on("begin", () => begin(phone));
  on("sign-out", () => leave(phone));
  on("keep", () => leave(phone, { keep: true }));
  if (await mayBeginAnew(phone.owner)) show("anew");
}

/** @param {string} id @param {() => Promise<void>} act */
function on(id, act) {
  one(`#${id}`).addEventListener("click", act);
}

/** @param {"ask" | "forgot" | "anew" | "still"} id */
function show(id) {
  tell("");
  for (const part of all("#ask, #forgot, #anew, #still")) part.hidden = part.id !== id;
  one("#sea").hidden = id !== "ask";
  one(`#${id}`).focus();
}

/** @param {Phone} phone */
async function begin(phone) {
  tell(say("sending"));
  const trouble = await beginAnew(phone);
  if (!trouble) location.replace(here(""));
  else if (trouble === "sign-in") show("forgot");
  else tell(say("not_yet"));
}

/** @param {Phone} phone @param {{ keep?: boolean }} [how] */
async function leave(phone, how) {
  tell(say("sending"));
  const { state, because } = await phone.signOut(how);
  one("#no-way-out").hidden = because !== "offline";
  if (state === "done") location.assign("/sign-in");
  else if (state === "waiting") show("still");
  else tell(say("needs_network"));
}

/** @param {string} words */
function tell(words) {
  for (const line of all("[data-told]")) line.textContent = words;
}
