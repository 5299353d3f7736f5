// Key pairs, the signed log of their public halves, and the number two people compare.
import { ed25519 } from "@noble/curves/ed25519.js";
import { sha512 } from "@noble/hashes/sha2.js";
import { generateX25519Identity, identityToRecipient } from "age-encryption";

import { base64, bytesToHex, digestOf, hexToBytes, random, utf8 } from "./bytes.js";
import { Fault } from "./faults.js";

const TAG = "colibri-key-1";
const DIGITS = 30;

/** A name in addresses like the server's own: 8 random bytes. */
export const makeId = () => base64.encode(random(8)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");

/** New secret halves: one to read what others seal (age, X25519), one to sign (Ed25519). */
export async function makePair() {
  return { age: await generateX25519Identity(), sign: bytesToHex(random(32)) };
}

/** The public halves of a pair. */
export async function publicOf(pair) {
  return {
    recipient: await identityToRecipient(pair.age),
    verify: bytesToHex(ed25519.getPublicKey(hexToBytes(pair.sign))),
  };
}

export const sign = (pair, document) => bytesToHex(ed25519.sign(utf8(document), hexToBytes(pair.sign)));

/** Whether the key made this signature; nothing malformed ever did. */
export function holds(verify, signature, document) {
  try {
    return ed25519.verify(hexToBytes(signature), utf8(document), hexToBytes(verify));
  } catch {
    return false;
  }
}

/** The next entry of an owner's log, signed by the new pair and, where it is known, by the one before. */
export async function declare(owner, number, previous, pair, former = null) {
  const { recipient, verify } = await publicOf(pair);
  const document = JSON.stringify([TAG, owner, number, previous, recipient, verify]);
  return { document, signature: sign(pair, document), endorsement: former ? sign(former, document) : "" };
}

/** The checked keys of an owner's log, first to last. Throws Fault "log" where an entry does not follow. */
export function readLog(owner, log) {
  const keys = [];
  for (const entry of log) {
    const before = keys.at(-1);
    const key = readEntry(entry, owner, keys.length + 1, before?.digest ?? "");
    if (entry.endorsement && !holds(before?.verify ?? "", entry.endorsement, entry.document)) {
      throw new Fault("log", owner);
    }
    keys.push({ ...key, endorsed: Boolean(entry.endorsement), at: entry.at });
  }
  if (!keys.length) throw new Fault("log", owner);
  return keys;
}

function readEntry(entry, owner, number, previous) {
  let read;
  try {
    read = JSON.parse(entry.document);
  } catch {
    throw new Fault("log", owner);
  }
  const [recipient, verify] = Array.isArray(read) ? read.slice(4) : [];
  const expected = JSON.stringify([TAG, owner, number, previous, recipient, verify]);
  if (entry.document !== expected || !holds(verify, entry.signature, entry.document)) {
    throw new Fault("log", owner);
  }
  return { number, recipient, verify, digest: digestOf(entry.document) };
}

/** Sixty digits that are the same for both exactly when both see the same two newest keys. */
export function safetyNumber(one, other) {
  const digits = [one, other].map((key) => digitsOf(key.digest)).sort();
  return digits.join("").match(/.{5}/g).join(" ");
}

/** Thirty digits of one key. The hash is repeated, so that looking for a key with like digits is slow. */
function digitsOf(digest) {
  let hash = hexToBytes(digest);
  for (let round = 0; round < 1024; round += 1) hash = sha512(hash);
  let digits = "";
  for (let at = 0; digits.length < DIGITS; at += 5) {
    const five = hash.slice(at, at + 5).reduce((sum, byte) => sum * 256 + byte, 0) % 100000;
    digits += String(five).padStart(5, "0");
  }
  return digits;
}
