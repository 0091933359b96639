// Triage works without this. With it: a chosen alert stands beside the list, what comes shows itself, and single keys do
// what is done most.
import { keepHere } from "./triage/acting.js";
import { listen } from "./triage/keys.js";
import { keepBeside, mark } from "./triage/pane.js";
import { keepRenewed } from "./triage/renewing.js";
import { move, rowHere } from "./triage/rows.js";

if (document.querySelector(".pane")) {
  keepBeside();
  keepHere();
}
keepRenewed(mark);
listen(rowHere, move);
