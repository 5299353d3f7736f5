// What this device remembers of others' keys and of conversations: the server cannot take it back.
import { Fault } from "./faults.js";

/** Nothing seen yet. */
export const noPins = () => ({ people: {}, conversations: {} });

/**
 * Meet somebody's checked keys: "first", "same" or "changed" (new keys, to be shown until `accept`).
 * Throws Fault "swapped" where the log is not the one seen before with entries added.
 */
export function meet(pins, id, keys) {
  const known = pins.people[id];
  const newest = keys.at(-1);
  if (!known) {
    pins.people[id] = { number: newest.number, digest: newest.digest, compared: "" };
    return "first";
  }
  if (keys[known.number - 1]?.digest !== known.digest) throw new Fault("swapped", id);
  return known.number === newest.number ? "same" : "changed";
}

/** Somebody has read that these keys are new, and goes on. */
export function accept(pins, id, keys) {
  const newest = keys.at(-1);
  pins.people[id] = { ...pins.people[id], number: newest.number, digest: newest.digest };
}

/** Both compared their safety numbers. */
export function noteCompared(pins, id, keys) {
  accept(pins, id, keys);
  pins.people[id].compared = keys.at(-1).digest;
}

/** Whether the newest keys are those whose number was compared. */
export const isCompared = (pins, id, keys) => pins.people[id]?.compared === keys.at(-1).digest;
