// A real ActivityPub server of a few people, over Fedify: what it received can be asked, what it does ordered.
// node peer.mjs KEYS.json PORT KIND [anytime]: the keys outlive it; KIND is the signature it sends first; with
// anytime it asks not when a signature was made, so that a story can have a calendar of its own.
import { Temporal } from "@js-temporal/polyfill";
import { createServer } from "node:http";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import {
  createFederation, exportJwk, generateCryptoKeyPair, importJwk, MemoryKvStore,
} from "@fedify/fedify";
import {
  Accept, Announce, Block, Create, Delete, Endpoints, Flag, Follow, Hashtag, Mention, Move, Note, Person,
  PUBLIC_COLLECTION, Reject, Tombstone, Undo, Update, lookupObject,
} from "@fedify/vocab";

const [keysFile, port, kind, anytime] = process.argv.slice(2);
const origin = `http://127.0.0.1:${port}`;
const received = [];
const notes = new Map();
const people = new Set(["camille", "sasha", "prudence"]);
const wary = new Set(["prudence"]); // refuse whoever wants to follow them
const aliases = {}; // who says to have been somebody else before
const kept = existsSync(keysFile) ? JSON.parse(readFileSync(keysFile, "utf8")) : {};

async function keysOf(name) {
  if (!(name in kept)) {
    const made = await generateCryptoKeyPair("RSASSA-PKCS1-v1_5");
    kept[name] = { private: await exportJwk(made.privateKey), public: await exportJwk(made.publicKey) };
    writeFileSync(keysFile, JSON.stringify(kept));
  }
  return [{
    privateKey: await importJwk(kept[name].private, "private"),
    publicKey: await importJwk(kept[name].public, "public"),
  }];
}

const federation = createFederation({
  kv: new MemoryKvStore(),
  origin,
  allowPrivateAddress: true,
  firstKnock: kind,
  signatureTimeWindow: anytime ? false : { hours: 1 },
});

federation
  .setActorDispatcher("/users/{identifier}", async (context, name) => {
    if (!people.has(name)) return null;
    const keys = await context.getActorKeyPairs(name);
    return new Person({
      id: context.getActorUri(name),
      preferredUsername: name,
      name,
      inbox: context.getInboxUri(name),
      endpoints: new Endpoints({ sharedInbox: context.getInboxUri() }),
      publicKey: keys[0].cryptographicKey,
      aliases: aliases[name] ?? [],
    });
  })
  .setKeyPairsDispatcher((_context, name) => (people.has(name) ? keysOf(name) : []))
  .authorize(signed);

federation.setObjectDispatcher(Note, "/users/{identifier}/notes/{id}", (_context, values) =>
  notes.get(`${values.identifier}/${values.id}`) ?? null).authorize(signed);

// As servers in secure mode do: whoever asks for a document signs the question.
async function signed(context) {
  return await context.getSignedKeyOwner() !== null;
}

async function keep(context, activity) {
  received.push(await activity.toJsonLd({ contextLoader: context.contextLoader }));
}

federation
  .setInboxListeners("/users/{identifier}/inbox", "/inbox")
  .on(Follow, async (context, follow) => {
    await keep(context, follow);
    const name = context.parseUri(follow.objectId)?.identifier;
    const follower = await follow.getActor(context);
    const id = new URL(`${origin}/answers/${received.length}`);
    const Answer = wary.has(name) ? Reject : Accept;
    await context.sendActivity({ identifier: name }, follower,
      new Answer({ id, actor: follow.objectId, object: follow }));
  })
  .on(Create, keep).on(Announce, keep).on(Undo, keep).on(Accept, keep).on(Reject, keep).on(Delete, keep);

function noteOf(context, name, order) {
  const own = context.getObjectUri(Note, { identifier: name, id: order.id });
  const to = order.to ? new URL(order.to) : PUBLIC_COLLECTION;
  const tags = (order.hashtags ?? []).map((tag) =>
    new Hashtag({ name: `#${tag}`, href: new URL(`${origin}/tags/${tag}`) }));
  if (order.mention) tags.push(new Mention({ href: new URL(order.mention), name: "@collective" }));
  const made = new Note({
    id: own, attribution: context.getActorUri(name), content: order.content, to, tags,
    replyTarget: order.answers ? new URL(order.answers) : null,
    published: Temporal.Now.instant(),
  });
  notes.set(`${name}/${order.id}`, made);
  return made;
}

// Fedify asks for handles by https alone; on loopback its question is put by hand.
async function idOf(named) {
  if (!named.startsWith("@")) return named;
  const host = named.split("@").at(-1);
  const resource = encodeURIComponent(`acct:${named.slice(1)}`);
  const answer = await fetch(`http://${host}/.well-known/webfinger?resource=${resource}`);
  return (await answer.json()).links.find((link) => link.rel === "self").href;
}

let count = Date.now();
const followed = {}, blocked = {};
async function act(order) {
  const context = federation.createContext(new URL(origin));
  const actor = context.getActorUri(order.who);
  const id = new URL(`${origin}/activities/${count += 1}`);
  const loader = await context.getDocumentLoader({ identifier: order.who });
  const recipient = await lookupObject(await idOf(order.at), { documentLoader: loader, allowPrivateAddress: true });
  if (recipient === null) throw new Error(`nobody at ${order.at}`);
  const to = recipient.id;
  const follow = (own) => new Follow({ id: own, actor, object: to });
  const makers = {
    find: () => null,
    post: () => void noteOf(context, order.who, order), // on one's own server, sent to nobody
    follow: () => follow(followed[order.who] = id),
    unfollow: () => new Undo({ id, actor, object: follow(followed[order.who]) }),
    create: () => new Create({ id, actor, object: noteOf(context, order.who, order), tos: [to] }),
    update: () => new Update({ id, actor, object: noteOf(context, order.who, order), tos: [to] }),
    announce: () => new Announce({ id, actor, object: new URL(order.post), to: PUBLIC_COLLECTION, cc: to }),
    block: () => new Block({ id: blocked[order.who] = id, actor, object: to }),
    unblock: () => new Undo({ id, actor, object: new Block({ id: blocked[order.who], actor, object: to }) }),
    flag: () => new Flag({ id, actor, objects: order.about.map((one) => new URL(one)), content: order.content }),
    move: () => {
      if (order.admitted) aliases[order.target] = [actor];
      return new Move({ id, actor, object: actor, target: context.getActorUri(order.target), tos: [to] });
    },
    reject: () => new Reject({
      id, actor, object: new Follow({ id: new URL(order.asked), actor: to, object: actor }),
    }),
    delete: () => new Delete({
      id, actor, tos: [to],
      object: new Tombstone({ id: context.getObjectUri(Note, { identifier: order.who, id: order.id }) }),
    }),
  };
  const activity = makers[order.does]();
  if (activity) await context.sendActivity({ identifier: order.who }, recipient, activity);
  return { found: String(to) };
}

async function bodyOf(request) {
  const parts = [];
  for await (const part of request) parts.push(part);
  return Buffer.concat(parts);
}

createServer(async (incoming, outgoing) => {
  try {
    const body = await bodyOf(incoming);
    let answer;
    if (incoming.url === "/-/received") answer = Response.json(received);
    else if (incoming.url === "/-/act") answer = Response.json(await act(JSON.parse(body)));
    else {
      const request = new Request(`${origin}${incoming.url}`, {
        method: incoming.method, headers: incoming.headers, body: body.length ? body : undefined,
      });
      answer = await federation.fetch(request, { contextData: undefined });
    }
    outgoing.writeHead(answer.status, Object.fromEntries(answer.headers));
    outgoing.end(Buffer.from(await answer.arrayBuffer()));
  } catch (fault) {
    console.error(fault);
    outgoing.writeHead(500);
    outgoing.end(String(fault));
  }
}).listen(Number(port), "127.0.0.1", () => console.log("ready"));
