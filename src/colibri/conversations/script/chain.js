// Reads what the server shows of a conversation and believes none of it: each message must follow the one before.
import { digestOf } from "./bytes.js";
import { Fault } from "./faults.js";
import { beginningOf, bytesOf, open, signerOf } from "./messages.js";

/**
 * Checks rows in order, from a place whose digest is known.
 *
 * `logs` is a Map from a member's id to the checked keys of their log, `pairs` our own, `pin` what this device
 * saw last: {number, digest, readers}. `next(row)` returns {number, sender, at, content} and moves on, or throws
 * Fault. What cannot be opened has `content` null; what its author erased, {kind: "erased"}.
 */
export class Chain {
  constructor({ conversation, me, logs, pairs, pin = null }) {
    Object.assign(this, { conversation, me, logs, pairs, pin });
    this.number = 0;
    this.digest = beginningOf(conversation);
    this.readers = null;
    this.empty = new Map();
    this.erasing = new Map();
  }

  async next(row) {
    const number = this.number + 1;
    if (row.number !== number) throw new Fault(row.number > number ? "missing" : "replayed", number);
    const sealed = bytesOf(row);
    const digest = sealed ? digestOf(sealed) : row.digest;
    this.#compareWithPin(number, digest);
    const shown = { number, sender: row.sender, at: row.at, content: { kind: "erased" } };
    if (!sealed) this.empty.set(number, row.sender);
    if (sealed) {
      const message = await this.#opened(sealed, number);
      shown.content = message ? message.content : null;
      if (message) this.#check(message, row, shown);
    }
    this.number = number;
    this.digest = digest;
    return shown;
  }

  /** Throws Fault where the server shows less than this device has seen, or emptied what nobody erased. */
  end(length) {
    if (length < this.number || length < (this.pin?.number ?? 0)) throw new Fault("rolled_back", length);
    for (const [number, sender] of this.empty) {
      if (this.erasing.get(number) !== sender) throw new Fault("missing", number);
    }
  }

  /** What this device has to remember. */
  get seen() {
    return { number: this.number, digest: this.digest, readers: this.readers ?? this.pin?.readers ?? null };
  }

  #compareWithPin(number, digest) {
    if (this.pin && number === this.pin.number && digest !== this.pin.digest) throw new Fault("rewritten", number);
  }

  async #opened(sealed, number) {
    try {
      return await open(sealed, this.pairs);
    } catch (fault) {
      if (fault instanceof Fault) throw new Fault(fault.code, number);
      return null;
    }
  }

  #check(message, row, shown) {
    const { number } = shown;
    if (message.conversation !== this.conversation || message.number !== number) throw new Fault("replayed", number);
    if (message.previous !== this.digest) throw new Fault("moved", number);
    if (message.sender !== row.sender) throw new Fault("forged", number);
    signerOf(message, this.logs);
    this.#checkReaders(message);
    if (message.content.kind === "erase") this.erasing.set(message.content.number, message.sender);
    shown.body = message.body;
    shown.signature = message.signature;
  }

  /** Nobody joins, and whoever wrote knew the very keys we know, ours above all. */
  #checkReaders(message) {
    const ids = message.readers.map(([id]) => id);
    const before = this.readers ?? this.pin?.readers;
    if (before && ids.some((id) => !before.includes(id))) throw new Fault("joined", message.number);
    for (const [id, digest] of message.readers) {
      const known = this.logs.get(id)?.some((key) => key.digest === digest);
      if (!known) throw new Fault(id === this.me ? "swapped_mine" : "swapped", id);
    }
    this.readers = ids;
  }
}
