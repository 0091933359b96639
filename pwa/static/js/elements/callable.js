/** A number as one writes it down: at least seven digits, with what stands between them. */
const NUMBER = /(\+?\d(?:[ ().-]{0,2}\d){6,14})/;

/** A text whose phone numbers can be tapped. @param {string} text @returns {(string | HTMLAnchorElement)[]} */
export function callable(text) {
  return text.split(NUMBER).map((part, place) => (place % 2 ? link(part) : part));
}

/** @param {string} number */
function link(number) {
  const to = document.createElement("a");
  to.href = `tel:${number.replace(/[^+\d]/g, "")}`;
  to.className = "tel";
  to.textContent = number;
  return to;
}
