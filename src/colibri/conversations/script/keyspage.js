// The page of one's keys: make them, open them here, add or remove a way to open them.
import { closeAll, keepOpen, keptOpen } from "./device.js";
import { WrongKey } from "./faults.js";
import { declare, makeId, makePair, readLog } from "./keys.js";
import { find, make, onPress, saying, show, stage, tell } from "./page.js";
import { Refused, post } from "./server.js";
import {
  checkOwn, makeVaultKey, openVault, sealVault, unwrap, wrapForCode, wrapForPasskey, wrapForWords,
} from "./vault.js";
import { makeCode, makeWords, plainCode, plainWords } from "./words.js";

const LISTS = {
  fr: () => import("@scure/bip39/wordlists/french.js"),
  en: () => import("@scure/bip39/wordlists/english.js"),
};

let state;
let say;
let vaultKey = "";
let pairs = [];
let made = [];
let starting = false;

export async function startKeys(given, words) {
  state = given;
  say = saying(words);
  onPress(find("begin"), begin);
  onPress(find("start_over"), begin);
  onPress(find("open_typed"), () => open(find("typed").value));
  onPress(find("open_passkey"), openByPasskey);
  onPress(find("make_passkey"), makePasskey);
  onPress(find("make_words"), showWords);
  onPress(find("check_words"), checkWords);
  onPress(find("make_code"), showCode);
  onPress(find("check_code"), checkCode);
  onPress(find("print_code"), () => window.print());
  onPress(find("finish"), finish);
  onPress(find("renew"), renew);
  onPress(find("close"), close);
  await resume();
}

async function resume() {
  const kept = state.me ? await keptOpen(state.account) : "";
  if (kept) {
    try {
      return await opened(kept);
    } catch (fault) {
      if (!(fault instanceof WrongKey)) throw fault;
      await closeAll();
    }
  }
  stage(state.me ? ["closed", "lost"] : ["none"]);
  return show("open_passkey", state.ways.some((one) => one.kind === "passkey") && "credentials" in navigator);
}

async function begin() {
  stage([]); // until the new keys are there, nothing on the page may belong to the former ones
  starting = true;
  made = [];
  vaultKey = await makeVaultKey();
  pairs = [await makePair()];
  tell("");
  stage(["ways", "making"]);
  showMade();
}

function showMade() {
  const kinds = starting ? made.map((one) => one.kind) : [];
  find("made").replaceChildren(...kinds.map((kind) => make("li", {}, say(`way_${kind}`))));
  find("finish").disabled = made.length < 2;
  for (const id of ["words_made", "code_made"]) show(id, false);
}

/** A way that was just made: kept for the end, or sent at once where keys are there already. */
async function keep(way) {
  if (starting) {
    made = [...made.filter((one) => way.kind === "passkey" || one.kind !== way.kind), way];
    tell(say("way_made"), "");
  } else {
    Object.assign(state, await post(`${location.pathname}ways/`, way));
    tell(say("way_added"), "");
    showWays();
  }
  showMade();
}

async function makePasskey() {
  try {
    await keep(await wrapForPasskey(vaultKey, say("passkey_name")));
  } catch (fault) {
    if (fault instanceof Refused) throw fault;
    tell(say("passkey_failed"), "warn");
  }
}

async function showWords() {
  const list = await (LISTS[document.documentElement.lang] ?? LISTS.fr)();
  find("secret_words").textContent = makeWords(list.wordlist);
  find("words_again").value = "";
  show("words_made");
}

async function checkWords() {
  const words = find("secret_words").textContent;
  if (plainWords(find("words_again").value) !== plainWords(words)) return tell(say("words_differ"), "warn");
  const way = await wrapForWords(vaultKey, words);
  find("secret_words").textContent = "";
  return keep(way);
}

function showCode() {
  find("secret_code").textContent = makeCode();
  find("code_again").value = "";
  show("code_made");
}

async function checkCode() {
  const code = find("secret_code").textContent;
  if (plainCode(find("code_again").value) !== plainCode(code)) return tell(say("code_differs"), "warn");
  const way = await wrapForCode(vaultKey, code);
  find("secret_code").textContent = "";
  return keep(way);
}

/** Send the new keys: the first ones, or in the place of lost ones. */
async function finish() {
  const last = state.me ? readLog(state.me, state.log).at(-1) : { number: 0, digest: "" };
  const entry = await declare(state.me || makeId(), last.number + 1, last.digest, pairs[0]);
  const vault = await sealVault(vaultKey, pairs);
  if (!(await sent({ ...entry, vault, ways: made }))) return;
  starting = false;
  await opened(vaultKey);
  tell(say("keys_made"), "");
}

/** New keys that the former ones vouch for; old messages stay readable. */
async function renew() {
  const last = readLog(state.me, state.log).at(-1);
  const pair = await makePair();
  const entry = await declare(state.me, last.number + 1, last.digest, pair, pairs.at(-1));
  const vault = await sealVault(vaultKey, [...pairs, pair]);
  if (!(await sent({ ...entry, vault, ways: [] }))) return;
  await opened(vaultKey);
  tell(say("keys_renewed"), "");
}

async function sent(said) {
  try {
    Object.assign(state, await post(location.pathname, said));
    return true;
  } catch (fault) {
    if (!(fault instanceof Refused)) throw fault;
    tell(say(fault.code === "document" ? "changed_elsewhere" : "not_sent"), "bad");
    return false;
  }
}

async function open(typed) {
  const ways = state.ways.filter((one) => one.kind === (plainCode(typed) ? "code" : "passphrase"));
  if (!ways.length || !typed.trim()) return tell(say("wrong_secret"), "warn");
  tell(say("opening"), "");
  return openWith(() => unwrap(ways[0], typed), "wrong_secret");
}

async function openByPasskey() {
  const ways = state.ways.filter((one) => one.kind === "passkey");
  for (const way of ways) {
    if (await openWith(() => unwrap(way), "passkey_failed")) return;
  }
}

async function openWith(unwrapping, otherwise) {
  try {
    await opened(await unwrapping());
  } catch (fault) {
    if (!(fault instanceof WrongKey)) throw fault;
    tell(say(otherwise), "warn");
    return false;
  }
  find("typed").value = "";
  return true;
}

/** The keys are open on this device from now on. Throws WrongKey, Fault. */
async function opened(key) {
  pairs = await openVault(key, state.vault);
  await checkOwn(state.me, state.log, pairs);
  vaultKey = key;
  await keepOpen(state.account, key);
  if (state.back) return location.assign(state.back);
  tell("");
  stage(["open", "ways", "lost"]);
  showMade();
  return showWays();
}

function showWays() {
  const list = state.ways.map((way) => {
    const remove = make("button", { class: "plain", type: "button" }, say("remove"));
    onPress(remove, () => removeWay(way));
    return make("li", {}, say(`way_${way.kind}`), " ", ...(state.ways.length > 2 ? [remove] : []));
  });
  find("held").replaceChildren(...list);
}

async function removeWay(way) {
  Object.assign(state, await post(`${location.pathname}ways/${way.id}/remove/`, {}));
  tell(say("way_removed"), "");
  showWays();
}

async function close() {
  await closeAll();
  vaultKey = "";
  pairs = [];
  await resume();
  tell(say("closed"), "");
}
