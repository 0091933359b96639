// The clinic's pages work without this: it draws the tables that can be drawn, and shows long ones from their newest end.
import "../elements/chart.js";
import { keepHere } from "./clinic/here.js";
import { wirePrint } from "./clinic/print.js";

keepHere();

for (const box of document.querySelectorAll(".newest-last")) box.scrollLeft = box.scrollWidth;

wirePrint();
