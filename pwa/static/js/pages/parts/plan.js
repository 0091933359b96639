import { planWhileLocked } from "../../store/plan.js";
import { one } from "./come-in.js";

/** The way to one's safety plan where there is one; while it is locked, where it may be seen. @param {import("../../store/phone.js").Phone} phone */
export async function offerPlan(phone) {
  const there = phone.locked ? await planWhileLocked(phone.owner) : (await phone.entries("safety-plan")).length;
  one("#plan").hidden = !there;
}
