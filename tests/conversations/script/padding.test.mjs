// What sizes tell.
import assert from "node:assert/strict";
import { test } from "node:test";

import { fileSize, messageSize, pad, unpad } from "../../../src/colibri/conversations/script/padding.js";

test("every length comes back whole, in a size that many share", () => {
  for (const sizeFor of [fileSize, messageSize]) {
    for (const length of [0, 1, 507, 508, 509, 512, 4_000, 65_537]) {
      const bytes = Uint8Array.from({ length }, (_, at) => at % 251);
      const padded = pad(bytes, sizeFor);

      assert.deepEqual(unpad(padded), bytes);
      assert.equal(padded.length, sizeFor(length + 4));
    }
  }
});

test("files grow by twelve in a hundred at most and have few sizes", () => {
  const sizes = new Set();
  for (let length = 513; length < 3_000_000; length = Math.ceil(length * 1.01)) {
    const size = fileSize(length);
    assert.ok(size >= length && size <= length * 1.12, `${length} → ${size}`);
    sizes.add(size);
  }

  assert.ok(sizes.size < 350, String(sizes.size));
});

test("a length that cannot be true is refused", () => {
  const padded = pad(new Uint8Array(5), messageSize);
  padded[0] = 255;

  assert.throws(() => unpad(padded), RangeError);
});
