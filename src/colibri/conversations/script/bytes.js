// Bytes, and how they are written down.
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, hexToBytes } from "@noble/hashes/utils.js";
import { base64 } from "@scure/base";

export { base64, bytesToHex, hexToBytes };

const reader = new TextDecoder("utf-8", { fatal: true });

export const utf8 = (text) => new TextEncoder().encode(text);

export const textOf = (bytes) => reader.decode(bytes);

/** SHA-256 in hexadecimal digits, of bytes or of text. */
export const digestOf = (what) => bytesToHex(sha256(typeof what === "string" ? utf8(what) : what));

export const random = (length) => crypto.getRandomValues(new Uint8Array(length));
