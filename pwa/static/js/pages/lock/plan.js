import { callable } from "../../elements/callable.js";
import { planWhileLocked } from "../../store/plan.js";
import { all, here, one } from "../parts/come-in.js";

/** The safety plan, where its owner chose to have it here; open at once for whoever came for it. @param {string} owner */
export async function showPlan(owner) {
  const plan = await planWhileLocked(owner);
  for (const part of all("#plan [data-of]")) {
    const words = plan?.[part.dataset.of ?? ""];
    part.hidden = !words;
    part.querySelector("p")?.replaceChildren(...callable(words ?? ""));
  }
  one("#plan").hidden = !plan;
  one("#plan").toggleAttribute("open", !!plan && location.hash.slice(1) === here("safety-plan"));
}
