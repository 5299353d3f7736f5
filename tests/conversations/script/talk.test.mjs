// Two or more people talk; a server that lies is caught by whoever reads next.
import assert from "node:assert/strict";
import { test } from "node:test";

import { base64, utf8 } from "../../../src/colibri/conversations/script/bytes.js";
import { Shelf, TALK, device, person, renewed, texts } from "./people.mjs";
import { readersOf, seal, write } from "../../../src/colibri/conversations/script/messages.js";
import { safetyNumber } from "../../../src/colibri/conversations/script/keys.js";

/** Two people who have written four messages, and a fresh device of the second. */
async function story() {
  const [ada, bo] = [await person("Ada"), await person("Bo")];
  const shelf = new Shelf([ada, bo]);
  const [a, b] = [device(shelf, ada), device(shelf, bo)];
  await a.send("one");
  await b.send("two");
  await a.send("three");
  await b.send("four");
  return { ada, bo, shelf, a, b };
}

const caught = (code) => (fault) => assert.equal(fault.code, code) ?? true;

test("what one writes the other reads, in order, on any of their devices", async () => {
  const { ada, bo, shelf, a, b } = await story();
  await a.refresh();
  const another = device(shelf, ada);
  await another.refresh();

  for (const talk of [a, b, another]) assert.deepEqual(texts(talk), ["one", "two", "three", "four"]);
  assert.deepEqual(a.messages.map((one) => one.sender), [ada.id, bo.id, ada.id, bo.id]);
});

test("five people read what each of them wrote", async () => {
  const people = await Promise.all(["Ada", "Bo", "Cy", "Di", "Ed"].map(person));
  const shelf = new Shelf(people);
  const talks = people.map((one) => device(shelf, one));
  for (const [at, talk] of talks.entries()) await talk.send(`from ${people[at].name}`);
  for (const talk of talks) await talk.refresh();

  for (const talk of talks) assert.deepEqual(texts(talk), people.map((one) => `from ${one.name}`));
});

test("nobody else can open what was sealed", async () => {
  const { shelf } = await story();
  const eve = await person("Eve");
  const talk = device(shelf, { ...eve });
  talk.logs.set(eve.id, []);
  await talk.refresh();

  assert.deepEqual(texts(talk), [null, null, null, null]);
});

test("two who write at once both get through, one after the other", async () => {
  const { a, b } = await story();
  await Promise.all([a.send("mine"), b.send("and mine"), a.send("again")]);
  await Promise.all([a.refresh(), b.refresh()]);

  assert.deepEqual(texts(a).slice(4).sort(), ["again", "and mine", "mine"]);
  assert.deepEqual(texts(a), texts(b));
});

test("a message that was dropped is noticed", async () => {
  const { bo, shelf } = await story();
  shelf.show = (said) => ({ ...said, messages: said.messages.filter((row) => row.number !== 2) });

  await assert.rejects(device(shelf, bo).refresh(), caught("missing"));
});

test("a message that was dropped and renumbered is noticed", async () => {
  const { bo, shelf } = await story();
  shelf.rows = shelf.rows.filter((row) => row.number !== 2).map((row, at) => ({ ...row, number: at + 1 }));

  await assert.rejects(device(shelf, bo).refresh(), caught("replayed"));
});

test("the last message taken back from whoever saw it is noticed", async () => {
  const { bo, shelf, b } = await story();
  await b.refresh();
  shelf.rows.pop();

  await assert.rejects(b.refresh(), caught("rolled_back"));
  await assert.rejects(device(shelf, bo, b.kept).refresh(), caught("rolled_back"));
});

test("messages in another order are noticed", async () => {
  const { bo, shelf } = await story();
  const [first, second] = shelf.rows;
  shelf.rows[0] = { ...second, number: 1 };
  shelf.rows[1] = { ...first, number: 2 };

  await assert.rejects(device(shelf, bo).refresh(), caught("replayed"));
});

test("a message shown twice is noticed", async () => {
  const { bo, shelf } = await story();
  shelf.rows.push({ ...shelf.rows[0], number: 5 });

  await assert.rejects(device(shelf, bo).refresh(), caught("replayed"));
});

test("a message of another conversation is noticed", async () => {
  const { ada, bo, shelf, a } = await story();
  const place = { conversation: "another", number: 5, previous: a.chain.digest, sender: ada.id };
  const sealed = await seal(write(place, a.members, { kind: "text", text: "x", files: [] }, ada.pairs[0]), a.members);
  shelf.rows.push(shelf.row(5, ada.id, base64.encode(sealed)));

  await assert.rejects(device(shelf, bo).refresh(), caught("replayed"));
});

test("a message the server wrote in somebody's name is noticed", async () => {
  const { ada, bo, shelf, b } = await story();
  const eve = await person("Eve");
  const place = { conversation: TALK, number: 5, previous: b.chain.digest, sender: ada.id };
  const forged = write(place, b.members, { kind: "text", text: "send money", files: [] }, eve.pairs[0]);
  shelf.rows.push(shelf.row(5, ada.id, base64.encode(await seal(forged, b.members))));

  await assert.rejects(device(shelf, bo).refresh(), caught("forged"));
});

test("somebody's message said to be somebody else's is noticed", async () => {
  const { ada, bo, shelf } = await story();
  shelf.rows[1].sender = ada.id;

  await assert.rejects(device(shelf, bo).refresh(), caught("forged"));
});

test("a message replaced by another one of the same person is noticed by whoever saw the first", async () => {
  const { ada, bo, shelf, a, b } = await story();
  await b.refresh();
  shelf.rows.pop();
  a.chain.number = 3;
  a.chain.digest = shelf.rows[2].digest;
  const place = { conversation: TALK, number: 4, previous: shelf.rows[2].digest, sender: ada.id };
  const other = write(place, a.members, { kind: "text", text: "other", files: [] }, ada.pairs[0]);
  shelf.rows.push(shelf.row(4, ada.id, base64.encode(await seal(other, a.members))));

  await assert.rejects(device(shelf, bo, b.kept).refresh(), caught("rewritten"));
});

test("a message emptied though nobody erased it is noticed; one its author erased is not", async () => {
  const { ada, bo, shelf, a, b } = await story();
  await a.refresh();
  await a.erase(3);
  await b.refresh();
  const another = device(shelf, bo);
  await another.refresh();
  assert.deepEqual(texts(another), ["one", "two", "erased", "four", "erase"]);

  shelf.rows[0].sealed = "";
  await assert.rejects(device(shelf, bo).refresh(), caught("missing"));
  await assert.rejects(device(shelf, ada).refresh(), caught("missing"));
});

test("one cannot have others' messages erased", async () => {
  const { ada, shelf, a, bo } = await story();
  await a.refresh();
  await a.erase(2);

  await assert.rejects(device(shelf, bo).refresh(), caught("missing"));
  assert.equal(shelf.people[0].id, ada.id);
});

test("keys that changed are announced before anything is written, with whether the former ones vouch", async () => {
  for (const endorsed of [true, false]) {
    const { bo, shelf, a } = await story();
    shelf.people[1] = await renewed(bo, { endorsed });
    await a.refresh();

    assert.deepEqual(a.changed.map((one) => [one.id, one.key.endorsed]), [[bo.id, endorsed]]);
    a.acceptKeys(bo.id);
    assert.deepEqual(a.changed, []);
    await a.send("five");
    const b = device(shelf, shelf.people[1]);
    await b.refresh();
    assert.deepEqual(texts(b), [...(endorsed ? ["one", "two", "three", "four"] : [null, null, null, null]), "five"]);
  }
});

test("a key swapped for another in the log is noticed by whoever knew the first", async () => {
  const { bo, shelf, a } = await story();
  const false_ = { ...(await person("Bo")), id: bo.id };
  const { declare } = await import("../../../src/colibri/conversations/script/keys.js");
  shelf.people[1] = { ...bo, log: [await declare(bo.id, 1, "", false_.pairs[0])] };

  await assert.rejects(a.refresh(), caught("swapped"));
  await assert.rejects(a.send("secret"), caught("swapped"));
});

test("a key swapped for one of us alone is noticed by us, through what the other signs", async () => {
  const [ada, bo] = [await person("Ada"), await person("Bo")];
  const shelf = new Shelf([ada, bo]);
  const { declare } = await import("../../../src/colibri/conversations/script/keys.js");
  const false_ = await person("Bo");
  const swapped = [await declare(bo.id, 1, "", false_.pairs[0])];
  shelf.show = (said, reader) => {
    if (reader === ada) said.members[1].log = swapped;
    return said;
  };
  const a = device(shelf, ada);
  await a.send("hello Bo");
  // The server opens it with its own key and seals it anew, as it was signed.
  const { openBytes, sealBytes } = await import("../../../src/colibri/conversations/script/messages.js");
  const { messageSize } = await import("../../../src/colibri/conversations/script/padding.js");
  const bytes = await openBytes(base64.decode(shelf.rows[0].sealed), false_.pairs);
  const b = device(shelf, bo);
  await b.server.messagesAfter(0);
  const { readLog } = await import("../../../src/colibri/conversations/script/keys.js");
  const key = readLog(bo.id, bo.log)[0];
  shelf.rows[0] = shelf.row(1, ada.id, base64.encode(await sealBytes(bytes, [{ key }], messageSize)));

  await assert.rejects(b.refresh(), caught("swapped_mine"));
});

test("somebody added by the server reads nothing and is named", async () => {
  const { shelf, a } = await story();
  shelf.people.push(await person("Eve"));

  await assert.rejects(a.send("secret"), caught("joined"));
});

test("whoever left reads nothing that is written after", async () => {
  const [ada, bo, cy] = [await person("Ada"), await person("Bo"), await person("Cy")];
  const shelf = new Shelf([ada, bo, cy]);
  const a = device(shelf, ada);
  await a.send("to both");
  shelf.people[2].here = false;
  await a.send("to Bo");
  const c = device(shelf, cy);
  await c.refresh();

  assert.deepEqual(texts(c), ["to both", null]);
});

test("a file arrives as it was sent, and one that was changed is noticed", async () => {
  const { shelf, a, b } = await story();
  const bytes = utf8("a whole CV ".repeat(500));
  await a.refresh();
  await a.send("here", [{ name: "cv.pdf", type: "application/pdf", bytes }]);
  await b.refresh();
  const [named] = b.messages.at(-1).content.files;
  assert.deepEqual(await b.file(named), bytes);
  assert.equal([...shelf.files.values()].some((one) => Buffer.from(one).includes("whole CV")), false);

  await a.send("another", [{ name: "other", type: "", bytes: utf8("other") }]);
  shelf.files.set(named.id, shelf.files.get("file1"));
  await assert.rejects(b.file(named), caught("file"));
});

test("both see the same safety number, and another one when a key is swapped", async () => {
  const { a, b } = await story();
  await a.refresh();
  const number = (talk) => safetyNumber(...talk.members.map((one) => one.key));

  assert.equal(number(a), number(b));
  assert.match(number(a), /^(\d{5} ){11}\d{5}$/);
  assert.notEqual(safetyNumber(a.members[0].key, { digest: "00".repeat(32) }), number(a));
  assert.equal(readersOf(a.members).length, 2);
});

test("a number that was compared is compared no more when keys change", async () => {
  const { bo, shelf, a } = await story();
  await a.refresh();
  a.noteCompared(bo.id);
  assert.equal(a.members[1].compared, true);
  shelf.people[1] = await renewed(bo);
  await a.refresh();

  assert.equal(a.members[1].compared, false);
});
