// A conversation as this device knows it: fetched, checked, written to. It knows no page and no browser.
import { base64, digestOf } from "./bytes.js";
import { Chain } from "./chain.js";
import { Fault } from "./faults.js";
import { readLog } from "./keys.js";
import { openBytes, seal, sealBytes, write } from "./messages.js";
import { accept, isCompared, meet, noteCompared } from "./pins.js";

const TRIES = 8;

/**
 * `server` has messagesAfter(number), post(number, sealed), erase(number, files), keepFile(bytes), file(id);
 * post answers false where somebody else wrote at that place first. `memory` has read() and write(pins).
 */
export class Talk {
  constructor({ conversation, me, pairs, server, memory }) {
    Object.assign(this, { conversation, me, pairs, server, memory });
    this.pair = pairs.at(-1);
    this.messages = [];
    this.members = [];
    this.logs = new Map();
    this.fault = null;
    this.open = false;
    this.busy = Promise.resolve();
    const pin = memory.read().conversations[conversation] ?? null;
    this.chain = new Chain({ conversation, me, logs: this.logs, pairs, pin });
  }

  /** Fetch and check what is new. A Fault stays: nothing after it is believed or written. */
  refresh() {
    return this.#inTurn(() => this.#refresh());
  }

  /** One thing after the other: a page asks for much at once. */
  #inTurn(act) {
    const done = this.busy.then(act);
    this.busy = done.catch(() => {});
    return done;
  }

  async #refresh() {
    if (this.fault) throw this.fault;
    try {
      return await this.#fetch();
    } catch (fault) {
      if (fault instanceof Fault) this.fault = fault;
      throw fault;
    }
  }

  async #fetch() {
    for (;;) {
      const said = await this.server.messagesAfter(this.chain.number);
      this.#meet(said.members);
      this.open = said.open;
      for (const row of said.messages) this.messages.push(await this.chain.next(row));
      if (said.messages.length && this.chain.number < said.length) continue;
      this.chain.end(said.length);
      break;
    }
    const pins = this.memory.read();
    pins.conversations[this.conversation] = this.chain.pin = this.chain.seen;
    this.memory.write(pins);
  }

  #meet(shown) {
    const pins = this.memory.read();
    this.members = shown.map((one) => {
      const keys = readLog(one.id, one.log);
      this.logs.set(one.id, keys);
      const met = one.id === this.me ? "same" : meet(pins, one.id, keys);
      return { ...one, keys, key: keys.at(-1), met, compared: isCompared(pins, one.id, keys) };
    });
    this.memory.write(pins);
  }

  /** Who reads what is written now. Throws Fault "joined" where somebody is there who was not. */
  get readers() {
    const here = this.members.filter((one) => one.here);
    const known = this.chain.seen.readers;
    const new_ = here.find((one) => known && !known.includes(one.id));
    if (new_) throw new Fault("joined", new_.id);
    return here;
  }

  /** Members whose keys are not those this device knew, until `acceptKeys`. */
  get changed() {
    return this.members.filter((one) => one.met === "changed");
  }

  acceptKeys(id) {
    this.#remember((pins) => accept(pins, id, this.logs.get(id)));
  }

  noteCompared(id) {
    this.#remember((pins) => noteCompared(pins, id, this.logs.get(id)));
  }

  #remember(change) {
    const pins = this.memory.read();
    change(pins);
    this.memory.write(pins);
    this.#meet(this.members.map(({ id, name, here, log }) => ({ id, name, here, log })));
  }

  /** Write a text and files ({name, type, bytes}) to everybody here. Throws Fault. */
  send(text, files = []) {
    return this.#inTurn(async () => {
      await this.#refresh();
      const named = [];
      for (const file of files) named.push(await this.#keep(file));
      return this.#say({ kind: "text", text, files: named });
    });
  }

  /** Erase one of our own messages: said to all in a signed message, then emptied. */
  erase(number) {
    const files = this.messages.find((one) => one.number === number)?.content?.files ?? [];
    return this.#inTurn(async () => {
      await this.#say({ kind: "erase", number });
      await this.server.erase(number, files.map((one) => one.id));
    });
  }

  async #say(content) {
    for (let tries = 0; tries < TRIES; tries += 1) {
      if (this.fault) throw this.fault;
      const readers = this.readers;
      const number = this.chain.number + 1;
      const place = { conversation: this.conversation, number, previous: this.chain.digest, sender: this.me };
      const sealed = await seal(write(place, readers, content, this.pair), readers);
      if (await this.server.post(number, base64.encode(sealed))) return this.#refresh();
      await this.#refresh();
    }
    throw new Fault("busy");
  }

  async #keep({ name, type, bytes }) {
    const { id } = await this.server.keepFile(await sealBytes(bytes, this.readers));
    return { id, name, type, size: bytes.length, digest: digestOf(bytes) };
  }

  /** The bytes of a file a message named. Throws Fault "file" where they are not those that were sent. */
  async file(named) {
    let bytes;
    try {
      bytes = await openBytes(await this.server.file(named.id), this.pairs);
    } catch (fault) {
      if (fault instanceof RangeError) throw new Fault("file", named.name);
      throw fault;
    }
    if (digestOf(bytes) !== named.digest) throw new Fault("file", named.name);
    return bytes;
  }
}
