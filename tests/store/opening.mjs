// A server with a key pair of its own, which opens what a locked phone sealed to it.
import { CURVE, openSealed } from "../../pwa/static/js/store/sealing.js";
import { newId } from "../../pwa/static/js/store/ids.js";
import { Server } from "./server.mjs";

const base64 = (bytes) => Buffer.from(bytes).toString("base64url");
const bytes = (text) => new Uint8Array(Buffer.from(text, "base64url"));

export class OpeningServer extends Server {
  static async make() {
    const server = new OpeningServer();
    server.pair = await crypto.subtle.generateKey(CURVE, true, ["deriveBits"]);
    server.key = { id: newId(), public: base64(await crypto.subtle.exportKey("raw", server.pair.publicKey)) };
    return server;
  }

  /** What `post` of a phone gets. */
  post = async (body) => {
    const asked = JSON.parse(body);
    this.sealed = asked.versions.filter((text) => "sealed" in JSON.parse(text)).length;
    const versions = await Promise.all(asked.versions.map((text) => this.opened(asked.owner, text)));
    return this.answer(JSON.stringify({ ...asked, versions }));
  };

  async opened(owner, text) {
    const { id, key, sealed } = JSON.parse(text);
    if (!sealed) return text;
    const raw = bytes(sealed);
    const row = { key, point: raw.slice(0, 65), iv: raw.slice(65, 77), sealed: raw.slice(77).buffer };
    return openSealed(this.pair.privateKey, `${owner}/${id}`, row);
  }
}
