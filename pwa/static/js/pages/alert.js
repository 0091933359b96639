// An alert's own page: single keys lead to what is done about it.
import { listen } from "./triage/keys.js";
import { tickWhatSettles } from "./triage/settling.js";

const settle = () => tickWhatSettles(location.hash);

listen(() => null);
addEventListener("hashchange", settle);
settle();
