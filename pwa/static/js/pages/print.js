import { wirePrint } from "./clinic/print.js";

wirePrint();
