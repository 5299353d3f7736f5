// Kinds of age keys nobody has here (NIST curves, hardware tags, hybrids): left out of what browsers load.
const absent = new Proxy({}, {
  get() {
    throw new Error("this kind of key is not used here");
  },
});

export { absent as MLKEM768P256, absent as MLKEM768X25519, absent as p256 };
