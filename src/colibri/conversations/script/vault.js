// The secret halves of one's keys in a vault, and the vault's own key wrapped for each way to open it.
import { Decrypter, Encrypter, armor, generateX25519Identity, identityToRecipient, webauthn } from "age-encryption";

import { Fault, WrongKey } from "./faults.js";
import { messageSize, pad, unpad } from "./padding.js";
import { textOf, utf8 } from "./bytes.js";
import { publicOf, readLog } from "./keys.js";
import { plainCode, plainWords } from "./words.js";

// Sixty-six random bits and 2^16 rounds (64 MB) are out of reach, and an old phone still does it in a second.
const WORK_OF_WORDS = 16;
const WORK_OF_CODE = 10;

/** A new key for a vault. */
export const makeVaultKey = () => generateX25519Identity();

/** The pairs, oldest first, sealed to the vault's key. */
export async function sealVault(vaultKey, pairs) {
  const encrypter = new Encrypter();
  encrypter.addRecipient(await identityToRecipient(vaultKey));
  return armor.encode(await encrypter.encrypt(pad(utf8(JSON.stringify({ pairs })), messageSize)));
}

/** The pairs again. Throws WrongKey. */
export async function openVault(vaultKey, vault) {
  const decrypter = new Decrypter();
  decrypter.addIdentity(vaultKey);
  return JSON.parse(textOf(unpad(await opened(decrypter, vault)))).pairs;
}

/** Throws Fault "own" where the newest key the server shows others as ours is not in our vault. */
export async function checkOwn(me, log, pairs) {
  const shown = readLog(me, log).at(-1);
  const own = await publicOf(pairs.at(-1));
  if (shown.recipient !== own.recipient || shown.verify !== own.verify) throw new Fault("own", me);
}

/** A way to open the vault with six words. */
export const wrapForWords = (vaultKey, words) => wrapped("passphrase", vaultKey, plainWords(words), WORK_OF_WORDS);

/** A way to open the vault with the printed code. */
export const wrapForCode = (vaultKey, code) => wrapped("code", vaultKey, plainCode(code), WORK_OF_CODE);

async function wrapped(kind, vaultKey, secret, work) {
  if (!secret) throw new WrongKey("nothing to wrap with");
  const encrypter = new Encrypter();
  encrypter.setScryptWorkFactor(work);
  encrypter.setPassphrase(secret);
  return { kind, sealed: armor.encode(await encrypter.encrypt(vaultKey)), hint: "" };
}

/** A way to open the vault with a passkey made now (WebAuthn, PRF). Throws where the device cannot. */
export async function wrapForPasskey(vaultKey, name) {
  const hint = await webauthn.createCredential({ keyName: name });
  const encrypter = new Encrypter();
  encrypter.addRecipient(new webauthn.WebAuthnRecipient({ identity: hint }));
  return { kind: "passkey", sealed: armor.encode(await encrypter.encrypt(vaultKey)), hint };
}

/** The vault's key, by one of the ways and what somebody typed. Throws WrongKey. */
export async function unwrap(way, typed = "") {
  const decrypter = new Decrypter();
  if (way.kind === "passkey") {
    decrypter.addIdentity(new webauthn.WebAuthnIdentity({ identity: way.hint }));
  } else {
    const secret = way.kind === "code" ? plainCode(typed) : plainWords(typed);
    if (!secret) throw new WrongKey("nothing typed, or a slip of the pen");
    decrypter.addPassphrase(secret);
  }
  return textOf(await opened(decrypter, way.sealed));
}

async function opened(decrypter, sealed) {
  try {
    return await decrypter.decrypt(armor.decode(sealed));
  } catch (fault) {
    throw new WrongKey(String(fault?.message ?? fault));
  }
}
