// Sizes tell much: what is sealed is first made as long as many others.

const LEAST = 512;
const HEAD = 4;

/** Messages are as long as the next power of two. */
export function messageSize(length) {
  let size = LEAST;
  while (size < length) size *= 2;
  return size;
}

/** Files grow by 12 % at most and tell no more than log log of their size (PADMÉ; Nikitin et al. 2019). */
export function fileSize(length) {
  if (length <= LEAST) return LEAST;
  const exponent = Math.floor(Math.log2(length));
  const kept = Math.floor(Math.log2(exponent)) + 1;
  const step = 2 ** (exponent - kept);
  return Math.ceil(length / step) * step;
}

/** The bytes after their length, filled with zeros up to what `sizeFor` asks. */
export function pad(bytes, sizeFor) {
  const padded = new Uint8Array(sizeFor(bytes.length + HEAD));
  new DataView(padded.buffer).setUint32(0, bytes.length);
  padded.set(bytes, HEAD);
  return padded;
}

/** The bytes again. Throws RangeError where the length written first cannot be true. */
export function unpad(padded) {
  const length = new DataView(padded.buffer, padded.byteOffset, padded.length).getUint32(0);
  if (length > padded.length - HEAD) throw new RangeError("longer than what was sealed");
  return padded.slice(HEAD, HEAD + length);
}
