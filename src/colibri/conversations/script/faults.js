// What must never happen while the server is honest. Each has a code that the page has words for.

/** Something was forged, changed, moved, dropped or repeated on the way. */
export class Fault extends Error {
  /** @param code one of the names in the page's words; @param about a message's number or a member's id. */
  constructor(code, about = "") {
    super(`${code} ${about}`.trim());
    this.code = code;
    this.about = about;
  }
}

/** The words, code or passkey somebody gave do not open their keys. */
export class WrongKey extends Error {}
