// Asking the server. It sees nothing but what was sealed before.

/** The server said no; `code` names why, empty where it could not be reached. */
export class Refused extends Error {
  constructor(code) {
    super(code || "unreachable");
    this.code = code;
  }
}

const token = () => document.querySelector("[name=csrfmiddlewaretoken]").value;

async function asked(address, options = {}) {
  let answer;
  try {
    answer = await fetch(address, { credentials: "same-origin", redirect: "error", ...options });
  } catch {
    throw new Refused("");
  }
  if (answer.ok) return answer;
  const said = await answer.json().catch(() => ({}));
  throw new Refused(said.fault ?? String(answer.status));
}

export const get = async (address) => (await asked(address)).json();

export const getBytes = async (address) => new Uint8Array(await (await asked(address)).arrayBuffer());

export async function post(address, said) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": token() };
  return (await asked(address, { method: "POST", headers, body: JSON.stringify(said) })).json();
}

export async function postBytes(address, bytes) {
  const body = new FormData();
  body.append("sealed", new Blob([bytes]), "sealed");
  return (await asked(address, { method: "POST", headers: { "X-CSRFToken": token() }, body })).json();
}
