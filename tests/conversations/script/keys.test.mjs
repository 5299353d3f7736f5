// Keys, their log, and the ways to open them.
import assert from "node:assert/strict";
import { test } from "node:test";

import { wordlist as english } from "../../../src/colibri/conversations/script/node_modules/@scure/bip39/wordlists/english.js";
import { wordlist as french } from "../../../src/colibri/conversations/script/node_modules/@scure/bip39/wordlists/french.js";
import { WrongKey } from "../../../src/colibri/conversations/script/faults.js";
import { declare, makePair, readLog } from "../../../src/colibri/conversations/script/keys.js";
import {
  checkOwn, makeVaultKey, openVault, sealVault, unwrap, wrapForCode, wrapForWords,
} from "../../../src/colibri/conversations/script/vault.js";
import { makeCode, makeWords, plainCode, plainWords } from "../../../src/colibri/conversations/script/words.js";
import { person, renewed } from "./people.mjs";

test("six words and the printed code each open the vault, however they are typed", async () => {
  const key = await makeVaultKey();
  const pairs = [await makePair()];
  const vault = await sealVault(key, pairs);
  const [words, code] = [makeWords(french), makeCode()];
  const byWords = await wrapForWords(key, words);
  const byCode = await wrapForCode(key, code);

  assert.equal(await unwrap(byWords, `  ${words.toUpperCase().replaceAll(" ", ", ")} `), key);
  assert.equal(await unwrap(byCode, code.toLowerCase().replaceAll("-", " ").replaceAll("0", "o")), key);
  assert.deepEqual(await openVault(key, vault), pairs);
  await assert.rejects(unwrap(byWords, makeWords(french)), WrongKey);
  await assert.rejects(unwrap(byCode, makeCode()), WrongKey);
  await assert.rejects(openVault(await makeVaultKey(), vault), WrongKey);
  assert.equal(byWords.sealed.includes(key), false);
});

test("words are drawn from 2,048 that stay distinct without accents; other lists are refused", () => {
  for (const list of [french, english]) {
    assert.equal(new Set(list.map(plainWords)).size, 2048);
    assert.equal(makeWords(list).split(" ").length, 6);
    assert.notEqual(makeWords(list), makeWords(list));
  }
  assert.throws(() => makeWords(["one"]), RangeError);
});

test("a slip in the code is seen before anything is tried, nearly always", () => {
  let missed = 0;
  for (let time = 0; time < 300; time += 1) {
    const code = plainCode(makeCode());
    const at = time % 24;
    const other = code[at] === "7" ? "8" : "7";
    if (plainCode(code.slice(0, at) + other + code.slice(at + 1))) missed += 1;
  }

  assert.ok(missed < 40, `${missed} of 300`);
  assert.equal(plainCode("ABCDE"), "");
});

test("a log whose entries follow from one another is read to its newest key", async () => {
  const first = await person("Ada");
  const log = (await renewed(await renewed(first))).log;
  const keys = readLog(first.id, log);

  assert.deepEqual(keys.map((key) => [key.number, key.endorsed]), [[1, false], [2, true], [3, true]]);
});

test("a log that was touched is refused", async () => {
  const ada = await renewed(await person("Ada"));
  const eve = await person("Eve");
  const [first, second] = ada.log;
  const touched = [
    [],
    [second],
    [second, first],
    [first, first],
    [first, { ...second, endorsement: first.signature }],
    [{ ...first, signature: second.signature }],
    [{ ...first, document: first.document.replace("age1", "age2") }],
    [{ ...first, document: ` ${first.document}` }],
    [{ ...first, document: "nonsense" }],
    [{ ...first, document: "null" }],
    eve.log,
    [first, await declare(eve.id, 2, "", eve.pairs[0])],
  ];

  for (const log of touched) assert.throws(() => readLog(ada.id, log), { code: "log" });
});

test("keys the server shows for us that are not in our vault are noticed", async () => {
  const ada = await person("Ada");
  await checkOwn(ada.id, ada.log, ada.pairs);
  const other = await renewed(ada, { endorsed: false });

  await assert.rejects(checkOwn(ada.id, other.log, ada.pairs), { code: "own" });
});
