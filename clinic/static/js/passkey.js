// A device makes a key, or answers with one; what it says goes into the form, which is then sent.
// Browsers that speak of bytes as base64 by themselves are few: the words are turned here.

const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (c) => c.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

const WHY = {
  NotAllowedError: "Nothing was confirmed in time. Try once more.",
  InvalidStateError: "This device has a passkey here already.",
  SecurityError: "Passkeys need the server's own name and an encrypted connection.",
};

function read(options) {
  const keys = (list) => (list || []).map((key) => ({ ...key, id: bytes(key.id) }));
  const asked = { ...options, challenge: bytes(options.challenge) };
  if (asked.user) asked.user = { ...asked.user, id: bytes(asked.user.id) };
  if (asked.excludeCredentials) asked.excludeCredentials = keys(asked.excludeCredentials);
  if (asked.allowCredentials) asked.allowCredentials = keys(asked.allowCredentials);
  return asked;
}

function written(credential) {
  const said = credential.response;
  const response = { clientDataJSON: text(said.clientDataJSON) };
  if (said.attestationObject) {
    response.attestationObject = text(said.attestationObject);
    response.transports = said.getTransports ? said.getTransports() : [];
  } else {
    response.authenticatorData = text(said.authenticatorData);
    response.signature = text(said.signature);
    response.userHandle = said.userHandle ? text(said.userHandle) : null;
  }
  return JSON.stringify({ id: credential.id, rawId: text(credential.rawId), type: credential.type, response });
}

function prepare(form) {
  const button = form.querySelector("[data-passkey-ask]");
  const trouble = form.querySelector("[data-passkey-trouble]");
  const makes = form.dataset.passkey === "make";
  if (!window.PublicKeyCredential || !navigator.credentials) {
    trouble.textContent = "This browser knows no passkeys here. Take another way.";
    return;
  }
  form.addEventListener("submit", async (event) => {
    if (form.elements.credential.value || (makes && !form.elements.name.value.trim())) return;
    event.preventDefault();
    trouble.textContent = "";
    button.disabled = true;
    try {
      const publicKey = read(JSON.parse(form.dataset.options));
      const credential = await (makes ? navigator.credentials.create({ publicKey }) : navigator.credentials.get({ publicKey }));
      form.elements.credential.value = written(credential);
      form.submit();
    } catch (fault) {
      trouble.textContent = WHY[fault.name] || "The device gave no passkey. Try once more.";
      button.disabled = false;
    }
  });
}

document.querySelectorAll("form[data-passkey]").forEach(prepare);
