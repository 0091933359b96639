import { isInstalled } from "../elements/tab.js";
import { openPhone } from "../store/open.js";
import { offerInstall, wireCode } from "./more/install.js";
import { one } from "./parts/come-in.js";

if (isInstalled()) location.replace(/** @type {HTMLAnchorElement} */ (one("#on")).href);
offerInstall();
const phone = await openPhone();
if (phone && !phone.locked) wireCode(phone);
