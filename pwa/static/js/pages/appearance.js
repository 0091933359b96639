// The one script that is no module: the browser runs it before it paints.
import "../elements/appearance.js";
