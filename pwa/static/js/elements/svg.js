const NS = "http://www.w3.org/2000/svg";

/**
 * An SVG element. Presentation attributes only: the page's policy takes no inline style.
 * @param {string} tag
 * @param {Record<string, string | number>} [attributes]
 * @param {(Node | string)[]} children
 * @returns {SVGElement}
 */
export function svg(tag, attributes = {}, ...children) {
  const element = document.createElementNS(NS, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
  element.append(...children);
  return element;
}

/** @param {number} number */
export const round = (number) => Math.round(number * 10) / 10;
