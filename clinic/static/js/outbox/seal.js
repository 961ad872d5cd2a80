// Closing and opening an entry: AES-GCM under a key agreed with a public key (ECDH on P-256, HKDF). Anybody on this tablet
// can close one; only the private key, which the server hands out after sign-in, opens it.

const CURVE = { name: "ECDH", namedCurve: "P-256" };
const text = new TextEncoder();

async function agreed(privateKey, publicKey, usage) {
  const shared = await crypto.subtle.deriveBits({ name: "ECDH", public: publicKey }, privateKey, 256);
  const base = await crypto.subtle.importKey("raw", shared, "HKDF", false, ["deriveKey"]);
  const how = { name: "HKDF", hash: "SHA-256", salt: new Uint8Array(32), info: text.encode("clinic-outbox-1") };
  return crypto.subtle.deriveKey(how, base, { name: "AES-GCM", length: 256 }, false, [usage]);
}

export const publicHalf = ({ kty, crv, x, y }) => ({ kty, crv, x, y });
export const readPublic = (key) => crypto.subtle.importKey("jwk", publicHalf(key), CURVE, false, []);
export const readPrivate = (key) => crypto.subtle.importKey("jwk", key, CURVE, false, ["deriveBits"]);

// `id` is part of what is sealed: an entry that was put under another id does not open.
export async function seal(publicKey, id, said) {
  const once = await crypto.subtle.generateKey(CURVE, false, ["deriveBits"]);
  const key = await agreed(once.privateKey, publicKey, "encrypt");
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const how = { name: "AES-GCM", iv, additionalData: text.encode(id) };
  const data = await crypto.subtle.encrypt(how, key, text.encode(JSON.stringify(said)));
  return { from: await crypto.subtle.exportKey("jwk", once.publicKey), iv, data };
}

export async function open(privateKey, id, sealed) {
  const key = await agreed(privateKey, await readPublic(sealed.from), "decrypt");
  const how = { name: "AES-GCM", iv: sealed.iv, additionalData: text.encode(id) };
  return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(how, key, sealed.data)));
}
