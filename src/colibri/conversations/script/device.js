// What stays on this device: the opened vault's key for a while, what was seen of others, drafts, all by account.
import { base64, random, textOf, utf8 } from "./bytes.js";
import { messageSize } from "./padding.js";
import { noPins } from "./pins.js";
import { openBytes, sealBytes } from "./messages.js";

const HOURS = 12;
const STORE = "opened";

/** The vault's key, kept under a key of the browser that no script can read, until the hours are over. */
export async function keepOpen(account, vaultKey) {
  const key = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  const iv = random(12);
  const sealed = await crypto.subtle.encrypt({ name: "AES-GCM", iv }, key, utf8(vaultKey));
  await inStore("readwrite", (rows) => rows.put({ key, iv, sealed, until: Date.now() + HOURS * 3_600_000 }, account));
}

/** The key again; empty where the keys are closed on this device. */
export async function keptOpen(account) {
  const row = await inStore("readonly", (rows) => rows.get(account));
  if (!row || row.until < Date.now()) return "";
  return textOf(new Uint8Array(await crypto.subtle.decrypt({ name: "AES-GCM", iv: row.iv }, row.key, row.sealed)));
}

/** Close the keys of whoever used this browser before: whoever is here now is somebody else. */
export async function closeOthers(account) {
  const accounts = await inStore("readonly", (rows) => rows.getAllKeys());
  for (const one of accounts) if (one !== account) await inStore("readwrite", (rows) => rows.delete(one));
}

/** Close the keys of everybody on this device. */
export const closeAll = () => inStore("readwrite", (rows) => rows.clear());

function inStore(mode, act) {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open("colibri-conversations", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore(STORE);
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const asked = act(opening.result.transaction(STORE, mode).objectStore(STORE));
      asked.onsuccess = () => resolve(asked.result);
      asked.onerror = () => reject(asked.error);
      asked.transaction.oncomplete = () => opening.result.close();
    };
  });
}

const pinsName = (account) => `colibri-seen-${account}`;
const draftName = (account, conversation) => `colibri-draft-${account}-${conversation}`;

/** What was seen of others' keys and of conversations; read anew each time, since another page may have written. */
export function readPins(account) {
  return { ...noPins(), ...JSON.parse(localStorage.getItem(pinsName(account)) ?? "{}") };
}

export function writePins(account, pins) {
  localStorage.setItem(pinsName(account), JSON.stringify(pins));
}

/** A draft, sealed to ourselves alone; an empty one is forgotten. */
export async function keepDraft(account, conversation, me, text) {
  if (!text) return localStorage.removeItem(draftName(account, conversation));
  const sealed = await sealBytes(utf8(text), [me], messageSize);
  return localStorage.setItem(draftName(account, conversation), base64.encode(sealed));
}

/** The draft again; empty where there is none, or it was sealed to keys we no longer have. */
export async function draft(account, conversation, pairs) {
  const kept = localStorage.getItem(draftName(account, conversation));
  if (!kept) return "";
  try {
    return textOf(await openBytes(base64.decode(kept), pairs));
  } catch {
    return "";
  }
}
