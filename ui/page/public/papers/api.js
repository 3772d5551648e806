// The server's routes on papers. What fails is an Error that says why, in the reader's language.
import { say } from "./say.js";
import { tellTabs } from "./tabs.js";

// A change waits up to 90 s until what is indexed meanwhile has stopped for it.
const TIME_LIMIT = 120_000;

export async function call(method, path = "", given = undefined) {
  const options = { method, signal: AbortSignal.timeout(TIME_LIMIT), credentials: "same-origin" };
  if (given !== undefined) {
    options.body = JSON.stringify(given);
    options.headers = { "Content-Type": "application/json" };
  }
  const response = await reach(() => fetch(`/papers${path}`, options));
  const isText = !response.headers.get("content-type")?.includes("json");
  const reply = isText ? await response.text() : await response.json();
  if (!response.ok) throw new Error(explain(response.status, reply));
  if (method !== "GET") tellTabs();
  return reply;
}

async function reach(request) {
  try {
    return await request();
  } catch {
    throw new Error(say("no_server"));
  }
}

function explain(status, reply) {
  if (status === 401) return say("signed_out");
  return typeof reply?.detail === "string" ? reply.detail : say("refused");
}

// One file; `onProgress` is told the share that has been sent (0 to 1). It can be aborted.
export function upload(file, onProgress, signal) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", "/papers/files");
    request.responseType = "json";
    request.upload.addEventListener("progress", ({ loaded, total }) => onProgress(total ? loaded / total : 0));
    request.addEventListener("load", () => {
      if (request.status >= 300 || !request.response) return reject(new Error(explain(request.status, request.response)));
      tellTabs();
      return resolve(request.response.arrivals);
    });
    request.addEventListener("error", () => reject(new Error(say("no_server"))));
    request.addEventListener("abort", () => reject(new DOMException("", "AbortError")));
    signal.addEventListener("abort", () => request.abort());
    const form = new FormData();
    form.append("files", file);
    request.send(form);
  });
}
