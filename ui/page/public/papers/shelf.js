// What the page knows of the reader's papers; whoever shows some of it is told when that changes.
import { call, upload } from "./api.js";

const UNDER_WAY = new Set(["uploading", "waiting", "fetching", "reading", "embedding"]);
const TICK = 1_000;
// Uploads at a time.
const AT_ONCE = 2;

export const isUnderWay = (arrival) => UNDER_WAY.has(arrival.state);

class Shelf extends EventTarget {
  papers = [];
  arrivals = [];
  collections = [];
  removed = [];
  scope = { kind: "all" };
  limits = { bytes: Infinity, suffixes: [] };
  isLoaded = false;
  #uploads = [];
  #sending = 0;
  #timer = null;

  // All that is on its way, what is still being sent last.
  get queue() {
    return [...this.arrivals, ...this.#uploads];
  }

  async load() {
    const before = this.#sum;
    Object.assign(this, await call("GET"), { isLoaded: true });
    // The header says how many papers there are, and which are asked: the server writes it anew.
    if (before !== null && before !== this.#sum) window.postMessage("#papers", window.location.origin);
    this.#tell();
    this.#follow();
  }

  // What the header says of it; null before anything is known.
  get #sum() {
    return this.isLoaded ? `${this.papers.filter((one) => one.state === "ready").length} ${this.scope.words}` : null;
  }

  // Changes something on the server, and reads what has come of it.
  async change(method, path, given) {
    const reply = await call(method, path, given);
    await this.load();
    return reply;
  }

  // What it returns takes on the id that the server gives each file.
  add(files) {
    const sendings = files.map((file) => new Sending(file));
    this.#uploads.push(...sendings);
    this.#tell();
    for (let free = AT_ONCE - this.#sending; free > 0; free -= 1) this.#sendNext();
    return sendings;
  }

  async takeBack(arrival) {
    if (arrival instanceof Sending) {
      arrival.stop();
      this.#uploads = this.#uploads.filter((one) => one !== arrival);
      this.#tell();
    } else {
      await this.change("DELETE", `/arrivals/${arrival.arrival}`);
    }
  }

  async #sendNext() {
    const next = this.#uploads.find((one) => one.state === "waiting");
    if (!next) return;
    this.#sending += 1;
    try {
      const arrivals = await next.send(() => this.#tell());
      this.#uploads = this.#uploads.filter((one) => one !== next);
      next.arrival = arrivals[0].arrival;
      const told = new Set(arrivals.map((one) => one.arrival));
      this.arrivals = [...this.arrivals.filter((one) => !told.has(one.arrival)), ...arrivals];
    } catch (error) {
      next.fail(error);
    }
    this.#sending -= 1;
    this.#tell();
    this.#follow();
    this.#sendNext();
  }

  // Asks how far things are, for as long as some are under way.
  #follow() {
    if (this.#timer || !this.arrivals.some(isUnderWay)) return;
    this.#timer = setTimeout(async () => {
      this.#timer = null;
      const before = this.arrivals.filter(isUnderWay).length;
      try {
        ({ arrivals: this.arrivals } = await call("GET", "/arrivals"));
      } catch {
        // A server that restarts goes on with them; the next look tells.
      }
      if (this.arrivals.filter(isUnderWay).length < before) await this.load().catch(() => {});
      else this.#tell();
      this.#follow();
    }, TICK);
  }

  #tell() {
    this.dispatchEvent(new Event("change"));
  }
}

// A file on its way to the server, told of as the server tells of what has arrived.
class Sending {
  arrival = crypto.randomUUID?.() ?? String(Math.random());
  state = "waiting";
  progress = null;
  seconds_left = null;
  message = null;
  ahead = 0;
  #file;
  #stopping = new AbortController();

  constructor(file) {
    this.#file = file;
    this.name = file.name;
  }

  send(onProgress) {
    this.state = "uploading";
    const note = (share) => {
      this.progress = share;
      onProgress();
    };
    return upload(this.#file, note, this.#stopping.signal);
  }

  fail(error) {
    this.state = "failed";
    this.progress = null;
    this.message = error.message;
    this.isUnsent = true;
  }

  stop() {
    this.#stopping.abort();
  }
}

export const shelf = new Shelf();
