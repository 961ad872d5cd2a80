// One entry, one request: what the server's answer means for it. Nothing but a 200 or 201 that names the entry is "saved".

const PATIENCE = 15000;

async function ask(address, row, csrf, body) {
  const answer = await fetch(address, {
    method: "PUT", body: JSON.stringify(body), cache: "no-store", credentials: "same-origin", redirect: "error", signal: AbortSignal.timeout(PATIENCE),
    headers: { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": csrf, "Clinic-Owner": row.owner },
  });
  return [answer.status, await answer.json(), Number(answer.headers.get("Retry-After")) * 1000];
}

// { is: "saved" | "away" | "locked" | "csrf" | "needs", ... }. An answer that is not ours is no answer.
async function meaning(address, row, csrf, body) {
  let status, told, wait;
  try {
    [status, told, wait] = await ask(address, row, csrf, body);
  } catch {
    return { is: "away" };
  }
  if ((status === 200 || status === 201) && told?.id === row.id) return { is: "saved", answer: told };
  if (status === 401) return { is: "locked" };
  if (status === 400 && told?.error === "csrf") return { is: "csrf" };
  if (status < 400 || status === 408 || status === 429 || status >= 500 || typeof told?.error !== "string") return { is: "away", wait };
  return { is: "needs", why: { status, error: told.error, fields: told.fields ?? {}, stored: told.stored ?? null } };
}

const place = (row) => `/sessions/${row.sessionId}/entries/${row.id}`;
export const send = (row, said, csrf) => meaning(place(row), row, csrf, { ...said.body, kind: said.kind });
export const discard = (row, said, reason, csrf) =>
  meaning(`${place(row)}/discarded`, row, csrf, { kind: said.kind, reason, content: JSON.stringify(said.body) });
