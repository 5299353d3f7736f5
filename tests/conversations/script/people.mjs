// People with keys, and a server that keeps what it is given: honest until a test makes it otherwise.
import { base64, digestOf } from "../../../src/colibri/conversations/script/bytes.js";
import { declare, makeId, makePair } from "../../../src/colibri/conversations/script/keys.js";
import { noPins } from "../../../src/colibri/conversations/script/pins.js";
import { Talk } from "../../../src/colibri/conversations/script/talk.js";

export const TALK = "conversation";

/** Somebody with one pair and the log that declares it. */
export async function person(name) {
  const pair = await makePair();
  const id = makeId();
  return { id, name, pairs: [pair], log: [await declare(id, 1, "", pair)], here: true };
}

/** New keys for somebody, vouched for by the former ones or not. */
export async function renewed(one, { endorsed = true } = {}) {
  const pair = await makePair();
  const previous = digestOf(one.log.at(-1).document);
  const entry = await declare(one.id, one.log.length + 1, previous, pair, endorsed ? one.pairs.at(-1) : null);
  return { ...one, pairs: endorsed ? [...one.pairs, pair] : [pair], log: [...one.log, entry] };
}

/** What a server keeps of one conversation, and how it answers; tests replace `show`. */
export class Shelf {
  constructor(people) {
    this.people = people;
    this.rows = [];
    this.files = new Map();
    this.show = (said) => said;
  }

  /** The server as this person reaches it. */
  for(one) {
    return {
      messagesAfter: async (after) => this.show(structuredClone(this.#said(after)), one),
      post: async (number, sealed) => {
        if (number !== this.rows.length + 1) return false;
        this.rows.push(this.row(number, one.id, sealed));
        return true;
      },
      erase: async (number) => {
        this.rows[number - 1].sealed = "";
      },
      keepFile: async (bytes) => {
        const id = `file${this.files.size}`;
        this.files.set(id, bytes);
        return { id };
      },
      file: async (id) => this.files.get(id),
    };
  }

  row(number, sender, sealed) {
    const digest = digestOf(base64.decode(sealed));
    return { number, sender, sealed, digest, at: "2026-11-20T19:30:00+00:00" };
  }

  #said(after) {
    const members = this.people.map(({ id, name, here, log }) => ({ id, name, here, log }));
    return { length: this.rows.length, open: true, members, messages: this.rows.slice(after, after + 3) };
  }
}

/** A device of somebody's; its memory outlives the page where it is handed to another. */
export function device(shelf, one, memory = remembering()) {
  const talk = new Talk({ conversation: TALK, me: one.id, pairs: one.pairs, server: shelf.for(one), memory });
  talk.kept = memory;
  return talk;
}

export function remembering() {
  let pins = noPins();
  return { read: () => structuredClone(pins), write: (next) => void (pins = structuredClone(next)) };
}

export const texts = (talk) => talk.messages.map((one) => one.content?.text ?? one.content?.kind ?? null);
