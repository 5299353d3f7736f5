// The page of one conversation.
import { draft, keepDraft, keptOpen, readPins, writePins } from "./device.js";
import { Fault, WrongKey } from "./faults.js";
import { safetyNumber } from "./keys.js";
import { all, find, make, onPress, saying, show, stage, tell } from "./page.js";
import { Refused, get, getBytes, post, postBytes } from "./server.js";
import { Talk } from "./talk.js";
import { checkOwn, openVault } from "./vault.js";

const EVERY = 5_000;
const FILE_MOST = 5 * 1024 * 1024;

let state;
let say;
let talk;
let shown = 0;
let first = 0;
let most;
let keysShown = "";

export async function startConversation(given, words) {
  state = given;
  say = saying(words);
  onPress(find("write"), send);
  onPress(find("look"), refresh);
  onPress(find("older"), showOlder);
  most = Number(find("messages").dataset.most);
  onPress(find("report"), report);
  followReporting();
  find("text").addEventListener("input", remember);
  const pairs = await ownPairs();
  if (!pairs) return stage([state.me ? "closed" : "none"]);
  stage(["talk"]);
  talk = new Talk({ conversation: state.conversation, me: state.me, pairs, server: server(), memory: memory() });
  find("text").value = await draft(state.account, state.conversation, pairs);
  await refresh();
  setInterval(() => document.hidden || find("write").dataset.busy || refresh(), EVERY);
}

async function ownPairs() {
  const kept = state.me ? await keptOpen(state.account) : "";
  if (!kept) return null;
  try {
    const pairs = await openVault(kept, state.vault);
    await checkOwn(state.me, state.log, pairs);
    return pairs;
  } catch (fault) {
    if (fault instanceof Fault) stopFor(fault);
    else if (!(fault instanceof WrongKey)) throw fault;
    return null;
  }
}

function server() {
  const here = location.pathname;
  return {
    messagesAfter: (number) => get(`${here}messages/?after=${number}`),
    async post(number, sealed) {
      try {
        await post(`${here}messages/`, { number, sealed });
        return true;
      } catch (fault) {
        if (fault instanceof Refused && fault.code === "behind") return false;
        throw fault;
      }
    },
    erase: (number, files) => post(`${here}messages/${number}/erase/`, { files }),
    keepFile: (bytes) => postBytes(`${here}files/`, bytes),
    file: (id) => getBytes(`${here}files/${id}/`),
  };
}

const memory = () => ({
  read: () => readPins(state.account),
  write: (pins) => writePins(state.account, pins),
});

let remembering = Promise.resolve();

/** Keep the draft, one keeping after the other. */
function remember() {
  const text = find("text").value;
  const me = talk?.members.find((one) => one.id === state.me);
  if (me) remembering = remembering.then(() => keepDraft(state.account, state.conversation, me, text));
  return remembering;
}

/** Fetch what is new and show it. */
function refresh() {
  return trying(async () => {
    await talk.refresh();
    showFresh();
    await noteRead();
  });
}

async function trying(act) {
  try {
    await act();
    if (find("said").dataset.passing) tell("");
    delete find("said").dataset.passing;
  } catch (fault) {
    if (fault instanceof Refused || fault.code === "busy") saySo(fault);
    else if (fault instanceof Fault) stopFor(fault);
    else throw fault;
  }
}

function saySo(fault) {
  const known = ["busy", "closed", "large", "often", "signed_out"];
  tell(say(known.includes(fault.code) ? `refused_${fault.code}` : "not_sent"), "warn");
  find("said").dataset.passing = "yes";
}

/** Something was tampered with: say what, and write nothing more here. */
function stopFor(fault) {
  const name = state.members.find((one) => one.id === fault.about)?.name ?? fault.about;
  find("fault").textContent = say(`fault_${fault.code}`, { number: fault.about, name });
  show("alarm");
  for (const part of all("#write button, #write textarea, #write input")) part.disabled = true;
  if (talk) showLines();
}

const nameOf = (id) => (id === state.me ? say("me") : talk.members.find((one) => one.id === id)?.name ?? say("gone"));

/** Every message that was checked, also those before one that is wrong; at first the newest alone. */
function showLines() {
  if (!shown) first = Math.max(0, talk.messages.length - most);
  find("messages").append(...lines(Math.max(first, shown), talk.messages.length));
  shown = talk.messages.length;
  for (const number of talk.chain.erasing.keys()) strike(number);
  show("empty", !shown && !talk.fault);
  show("older", first > 0);
}

function showOlder() {
  const until = first;
  first = Math.max(0, first - most);
  find("messages").prepend(...lines(first, until));
  showLines();
}

const lines = (from, until) =>
  talk.messages.slice(from, until).filter((one) => one.content?.kind !== "erase").map(line);

function showFresh() {
  showLines();
  show("write", talk.open);
  show("over", !talk.open);
  showKeys();
}

/** Tell the server how far was read, so that no mail says there is something new. */
async function noteRead() {
  const number = talk.chain.number;
  if (number > state.readTo && !document.hidden) {
    await post(`${location.pathname}read/`, { number });
    state.readTo = number;
  }
}

function line(one) {
  const head = make("p", { class: "small soft" }, make("strong", {}, nameOf(one.sender)), ` · ${time(one.at)}`);
  const item = make("li", { class: one.sender === state.me ? "card mine" : "card", id: `m${one.number}` }, head);
  if (one.content === null) item.append(make("p", { class: "soft" }, say("unreadable")));
  else if (one.content.kind === "erased") item.append(make("p", { class: "soft" }, say("erased")));
  else item.append(make("p", { class: "text", dir: "auto" }, one.content.text), ...one.content.files.map(fileButton));
  if (one.content?.kind === "text") item.append(choices(one));
  return item;
}

const time = (at) => new Date(at).toLocaleString(document.documentElement.lang, { dateStyle: "short", timeStyle: "short" });

function choices(one) {
  if (one.sender === state.me) {
    const erase = make("button", { class: "plain", type: "button" }, say("erase"));
    onPress(erase, () => trying(() => eraseOne(one.number)));
    return erase;
  }
  const box = make("input", { type: "checkbox", value: String(one.number), name: "shown" });
  return make("label", { class: "check pick", hidden: !find("reporting").open }, box, say("show_this"));
}

async function eraseOne(number) {
  await talk.erase(number);
  showFresh();
  await noteRead();
}

function strike(number) {
  const item = find(`m${number}`);
  if (item) item.replaceChildren(item.firstChild, make("p", { class: "soft" }, say("erased")));
}

function fileButton(named) {
  const size = Math.ceil(named.size / 1024);
  const button = make("button", { class: "quiet", type: "button" }, say("save_file", { name: named.name, size }));
  onPress(button, () => trying(async () => save(await talk.file(named), named.name)));
  return make("p", {}, button);
}

/** Saved, never shown: what is in a file cannot run on this page. */
function save(bytes, name) {
  const address = URL.createObjectURL(new Blob([bytes], { type: "application/octet-stream" }));
  const link = make("a", { href: address, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

async function send() {
  const text = find("text").value.trim();
  const chosen = [...find("files").files];
  if (chosen.some((one) => one.size > FILE_MOST)) return tell(say("refused_large"), "warn");
  if (!text && !chosen.length) return tell(say("nothing"), "warn");
  if (talk.changed.length) return tell(say("accept_first"), "warn");
  return trying(async () => {
    const files = [];
    for (const one of chosen) {
      files.push({ name: one.name, type: one.type, bytes: new Uint8Array(await one.arrayBuffer()) });
    }
    await talk.send(text, files);
    if (find("text").value.trim() === text) find("text").value = "";
    find("files").value = "";
    await remember();
    showFresh(); // nothing slow comes after it: who sees their message can send the next one
    void trying(noteRead);
  });
}

/** What is known of everybody's keys; left alone while nothing changed, so that nobody loses their place in it. */
function showKeys() {
  const known = JSON.stringify(talk.members);
  if (known === keysShown) return;
  keysShown = known;
  const me = talk.members.find((one) => one.id === state.me);
  const others = talk.members.filter((one) => one.id !== state.me);
  find("numbers").replaceChildren(...others.map((one) => numberCard(me, one)));
  find("changed").replaceChildren(...talk.changed.map(changedNote));
  if (talk.members.some((one) => !one.here)) {
    const gone = talk.members.filter((one) => !one.here).map((one) => one.name);
    find("left").textContent = say("left", { names: gone.join(", ") });
    show("left");
  }
}

function numberCard(me, one) {
  const card = make("li", { class: "card" }, make("h3", {}, one.name));
  card.append(make("p", { class: "number" }, safetyNumber(me.key, one.key)));
  if (one.compared) {
    card.append(make("p", {}, say("compared")));
  } else {
    const button = make("button", { class: "quiet", type: "button" }, say("same_number"));
    onPress(button, () => {
      talk.noteCompared(one.id);
      showKeys();
    });
    card.append(button);
  }
  return card;
}

function changedNote(one) {
  const words = say(one.key.endorsed ? "renewed_keys" : "changed_keys", { name: one.name, day: time(one.key.at) });
  const button = make("button", { class: "quiet", type: "button" }, say("go_on"));
  onPress(button, () => {
    talk.acceptKeys(one.id);
    showKeys();
  });
  return make("div", { class: "note warn" }, make("p", {}, words), button);
}

/** Show the animators what was chosen, opened here: they can open nothing else. */
async function report() {
  const numbers = all("[name=shown]:checked").map((box) => Number(box.value));
  const chosen = talk.messages.filter((one) => numbers.includes(one.number));
  const about = chosen[0]?.sender;
  if (!about || chosen.some((one) => one.sender !== about)) return tell(say("choose_one_sender"), "warn");
  const opened = chosen.map(({ body, signature }) => ({ body, signature }));
  return trying(async () => {
    await post(`${location.pathname}report/`, { about, shown: opened, word: find("word").value });
    find("reporting").open = false;
    tell(say("reported"), "");
  });
}

/** The boxes to choose messages by are there only while somebody reports. */
function followReporting() {
  find("reporting").addEventListener("toggle", () => {
    for (const pick of all(".pick")) pick.hidden = !find("reporting").open;
  });
}
