// Six words somebody can keep, and the code they print. Both are made here, never chosen.
import { random } from "./bytes.js";
import { sha256 } from "@noble/hashes/sha2.js";

const WORDS = 6;
const ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const CODE = 24;

/** Six words out of 2,048: 66 bits. */
export function makeWords(list) {
  if (list.length !== 2048) throw new RangeError("another list of words was expected");
  const numbers = new Uint16Array(random(2 * WORDS).buffer);
  return [...numbers].map((number) => list[number % 2048].normalize("NFC")).join(" ");
}

/** What is the same however somebody types it: accents, capitals, commas and spaces do not count. */
export function plainWords(typed) {
  return typed.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase().match(/[a-z]+/g)?.join(" ") ?? "";
}

/** 120 random bits as 24 letters and digits that cannot be confused, and one to check them. */
export function makeCode() {
  const symbols = [...random(CODE)].map((byte) => ALPHABET[byte % 32]).join("");
  return (symbols + checkOf(symbols)).match(/.{5}/g).join("-");
}

/** The code as it was made, from what somebody typed; empty where a letter is missing or wrong. */
export function plainCode(typed) {
  const symbols = typed.toUpperCase().replace(/O/g, "0").replace(/[IL]/g, "1").replace(/[^0-9A-Z]/g, "");
  const known = symbols.length === CODE + 1 && [...symbols].every((one) => ALPHABET.includes(one));
  return known && checkOf(symbols.slice(0, CODE)) === symbols[CODE] ? symbols : "";
}

const checkOf = (symbols) => ALPHABET[sha256(new TextEncoder().encode(symbols))[0] % 32];
