// Where the browser begins: which page is this, and can this browser do it?
import { read, show } from "./page.js";
import { closeOthers } from "./device.js";
import { startConversation } from "./conversation.js";
import { startKeys } from "./keyspage.js";

const able = () => Boolean(globalThis.crypto?.subtle && globalThis.indexedDB && globalThis.localStorage);

if (able()) {
  const state = read("state");
  await closeOthers(state.account);
  const start = state.page === "keys" ? startKeys : startConversation;
  await start(state, read("words"));
  show("without", false);
  show("within");
}
