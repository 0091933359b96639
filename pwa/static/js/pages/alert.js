// An alert's own page: single keys lead to what is done about it.
import { listen } from "./triage/keys.js";

listen(() => null);
