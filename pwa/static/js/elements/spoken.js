// What was answered, in words instead of codes. Pure.
import { clock, dayOf, fullDay } from "./when.js";

/** @typedef {{ label: string, choices?: Record<string, string>, fields?: Fields, number?: string, moment?: true }} Field */
/** @typedef {Record<string, Field>} Fields */
/** @typedef {{ fields?: Record<string, Fields>, yes_no?: string[], file?: Record<string, any> }} Words  as /en/words.json has them */

/** Speaks of bodies. Where words are missing, which happens only where the app was never whole, the codes stand for them. */
export class Spoken {
  /** @param {Words} words @param {string} language @param {any[]} treatments */
  constructor(words, language, treatments) {
    this.words = words;
    this.plural = new Intl.PluralRules(language);
    this.sessions = new Map(treatments.map((one) => [one.record, one]));
  }

  /** A sentence, with {n} and the like filled in. @param {string} name @param {Record<string, any>} [values] */
  say(name, values = {}) {
    const found = this.words.file?.[name];
    const text = found?.other ? (found[this.plural.select(values.n)] ?? found.other) : (found ?? name);
    return String(text).replace(/\{(\w+)\}/g, (hole, value) => String(values[value] ?? hole));
  }

  /** @param {string} kind */
  kind = (kind) => this.words.file?.kinds?.[kind] ?? kind;

  /** A line for each answer, and for each of a list. Who can read it, what it began from and which goal it is of is no answer. @param {string} kind @param {Record<string, any>} body */
  answers(kind, { audience: _, offer: __, goal: ___, ...body }) {
    return Object.entries(body).flatMap(([name, value]) =>
      Array.isArray(value) ? value.map((one) => this.#oneOf(kind, name, one)) : [this.line(kind, name, value)],
    );
  }

  /** A text of one's own stands for itself; an answer stands beside its question. @param {string} kind @param {string} name @param {any} value */
  line(kind, name, value) {
    const field = this.words.fields?.[kind]?.[name];
    if (name === "text") return String(value);
    if (name === "treatment" && this.sessions.has(value)) return this.#session(this.sessions.get(value));
    return `${field?.label ?? name}: ${this.#value(field, value)}`;
  }

  /** @param {string} kind @param {string} list @param {any} one */
  #oneOf(kind, list, one) {
    return typeof one === "object" ? this.#item(kind, list, one) : this.line(kind, list, one);
  }

  /** One of a list, such as an effect: what it is, then what is said of it. @param {string} kind @param {string} list @param {any} one */
  #item(kind, list, { words, ...one }) {
    const fields = this.words.fields?.[kind]?.[list]?.fields ?? {};
    const [[first, code], [second, how], ...rest] = Object.entries(one);
    const what = words ?? code;
    const more = rest.map(([name, value]) => `${fields[name]?.label ?? name}: ${this.#value(fields[name], value)}`);
    const said = this.words.yes_no?.includes(code) ? how > 0 : how;
    return `${this.#value(fields[first], what)}: ${[this.#value(fields[second], said), ...more].join(", ")}`;
  }

  /** @param {Field | undefined} field @param {any} value */
  #value(field, value) {
    if (typeof value === "boolean") return this.say(value ? "yes" : "no");
    if (field?.moment) return `${fullDay(dayOf(value))}, ${clock(value)}`;
    const said = field?.choices?.[value] ?? String(value);
    return field?.number?.replace("{n}", said) ?? said;
  }

  /** @param {any} treatment */
  #session({ number, at }) {
    return this.say(number ? "session" : "session_plain", { n: number, day: fullDay(dayOf(at)) });
  }
}
