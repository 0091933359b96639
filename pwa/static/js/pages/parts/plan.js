import { one } from "./come-in.js";

/** The way to one's safety plan, where this phone has one. @param {import("../../store/phone.js").Phone} phone */
export async function offerPlan(phone) {
  one("#plan").hidden = !(await phone.entries("safety-plan")).length;
}
