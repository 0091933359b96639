/**
 * Words of one wording of an entry: where they begin and end in its text, in characters (not in UTF-16's halves).
 * @typedef {{ record: string, version: string, begins: number, ends: number, words: string, range: Range }} Chosen
 */

/** @param {Selection | null} selection @returns {Chosen | null} null: none is chosen, or none of an entry */
export function wordsIn(selection) {
  if (!selection?.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0).cloneRange();
  const body = bodyOf(selection.anchorNode) ?? bodyOf(selection.focusNode);
  const record = /** @type {HTMLElement | null} */ (body?.closest("[data-record]"))?.dataset.record;
  if (!body || !record) return null;
  keepWithin(range, body);
  const parts = /** @type {HTMLElement[]} */ ([...body.children]).filter((part) => range.intersectsNode(part));
  if (!parts.length || !range.toString().trim()) return null;
  const [begins, ends] = [place(parts[0], range, "start"), place(parts[parts.length - 1], range, "end")];
  return { record, version: body.dataset.version ?? "", begins, ends, words: range.toString(), range };
}

/** @param {Node | null} node */
function bodyOf(node) {
  const element = node instanceof Element ? node : node?.parentElement;
  return /** @type {HTMLElement | null | undefined} */ (element?.closest("article.leaf .body"));
}

/** What is chosen beside it does not count. @param {Range} range @param {HTMLElement} body */
function keepWithin(range, body) {
  if (!body.contains(range.startContainer)) range.setStart(body, 0);
  if (!body.contains(range.endContainer)) range.setEnd(body, body.childNodes.length);
}

/** @param {HTMLElement} part a paragraph @param {Range} range @param {"start" | "end"} edge */
function place(part, range, edge) {
  const before = document.createRange();
  before.selectNodeContents(part);
  const [container, offset] = [range[`${edge}Container`], range[`${edge}Offset`]];
  if (part.contains(container)) before.setEnd(container, offset);
  else if (edge === "start") before.collapse(true);
  return Number(part.dataset.at) + [...before.toString()].length;
}
