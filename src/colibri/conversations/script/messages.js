// One message: signed with its place and its readers, made as long as others, sealed to each of them.
import { Decrypter, Encrypter } from "age-encryption";

import { base64, digestOf, textOf, utf8 } from "./bytes.js";
import { Fault } from "./faults.js";
import { holds, sign } from "./keys.js";
import { fileSize, messageSize, pad, unpad } from "./padding.js";

const TAG = "colibri-message-1";

/** What the first message of a conversation names as the one before it. */
export const beginningOf = (conversation) => digestOf(`colibri-conversation-1 ${conversation}`);

/** Readers as they are signed: [[id, digest of their newest key], …], in order of their ids. */
export function readersOf(members) {
  return members.map((one) => [one.id, one.key.digest]).sort(([one], [other]) => (one < other ? -1 : 1));
}

/** The signed text and its signature. `place` is {conversation, number, previous, sender}. */
export function write(place, members, content, pair) {
  const { conversation, number, previous, sender } = place;
  const body = JSON.stringify([TAG, conversation, number, previous, sender, readersOf(members), content]);
  return { body, signature: sign(pair, body) };
}

/** The signed message as bytes only its readers can open, sender included. */
export async function seal(written, members) {
  return sealBytes(utf8(JSON.stringify(written)), members, messageSize);
}

/** Any bytes, a file's for example, as bytes only these members can open. */
export async function sealBytes(bytes, members, sizeFor = fileSize) {
  const encrypter = new Encrypter();
  for (const one of members) encrypter.addRecipient(one.key.recipient);
  return encrypter.encrypt(pad(bytes, sizeFor));
}

/** The bytes again, with one of our pairs, old ones too. Throws where none of them was meant. */
export async function openBytes(sealed, pairs) {
  const decrypter = new Decrypter();
  for (const pair of [...pairs].reverse()) decrypter.addIdentity(pair.age);
  return unpad(await decrypter.decrypt(sealed));
}

/** What was sealed: {number, previous, sender, readers, content, body, signature}, its signature not yet checked. */
export async function open(sealed, pairs) {
  const { body, signature } = JSON.parse(textOf(await openBytes(sealed, pairs)));
  const [tag, conversation, number, previous, sender, readers, content] = JSON.parse(body);
  if (tag !== TAG) throw new Fault("forged", number);
  return { conversation, number, previous, sender, readers, content, body, signature };
}

/** The sender's key that signed a message: the one its own list of readers names. Throws Fault. */
export function signerOf(message, logs) {
  const named = message.readers.find(([id]) => id === message.sender)?.[1];
  const key = logs.get(message.sender)?.find((one) => one.digest === named);
  if (!key || !holds(key.verify, message.signature, message.body)) throw new Fault("forged", message.number);
  return key;
}

/** A row of the server with its bytes; what was erased has none. */
export const bytesOf = (row) => (row.sealed ? base64.decode(row.sealed) : null);
