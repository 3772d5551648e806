// What the page knows of the reader's papers. Whoever shows some of it is told: by "load" when all of
// it was read anew, by "change" also when only what is on its way has come further.
import { call } from "./api.js";
import { Sending } from "./sending.js";
import { onOtherTab, tellTabs } from "./tabs.js";

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
  #begun = 0;
  #shown = 0;

  // All that is on its way, what is still being sent last.
  get queue() {
    return [...this.arrivals, ...this.#uploads];
  }

  async load() {
    const turn = ++this.#begun;
    const read = await call("GET");
    // What was asked for later may come first.
    if (turn < this.#shown) return;
    this.#shown = turn;
    const before = this.#sum;
    Object.assign(this, read, { isLoaded: true });
    // The header says how many papers there are, and which are asked: the server writes it anew.
    if (before !== null && before !== this.#sum) askForHeader();
    this.dispatchEvent(new Event("load"));
    this.#tell();
    this.#follow();
  }

  // What the header says of it; null before anything is known.
  get #sum() {
    return this.isLoaded ? `${this.papers.filter((one) => one.state === "ready").length} ${this.scope.words}` : null;
  }

  // Another tab has changed something: of a page that shows no papers yet, the header alone.
  async readAgain() {
    if (this.isLoaded) await this.load().catch(() => {});
    else askForHeader();
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
    for (const one of sendings) if (one.size > this.limits.bytes) one.refuse(this.limits.bytes);
    this.#uploads.push(...sendings);
    this.#send();
    return sendings;
  }

  get isSending() {
    return this.#uploads.some(isUnderWay);
  }

  async retry(arrival, password) {
    if (!(arrival instanceof Sending)) {
      await this.change("POST", `/arrivals/${arrival.arrival}/retry`, { password });
      return;
    }
    arrival.wait();
    this.#send();
  }

  async takeBack(...arrivals) {
    const unsent = arrivals.filter((one) => one instanceof Sending);
    for (const one of unsent) one.stop();
    this.#uploads = this.#uploads.filter((one) => !unsent.includes(one));
    this.#tell();
    const sent = arrivals.filter((one) => !(one instanceof Sending));
    if (sent.length === 0) return;
    try {
      for (const { arrival } of sent) await call("DELETE", `/arrivals/${arrival}`);
    } finally {
      await this.load();
    }
  }

  #send() {
    this.#tell();
    for (let free = AT_ONCE - this.#sending; free > 0; free -= 1) this.#sendNext();
  }

  async #sendNext() {
    const next = this.#uploads.find((one) => one.state === "waiting");
    if (!next) return;
    this.#sending += 1;
    try {
      const sent = next.send(() => this.#tell());
      this.#tell();
      const arrivals = await sent;
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
      if (this.arrivals.filter(isUnderWay).length < before) {
        tellTabs();
        await this.load().catch(() => {});
      } else this.#tell();
      this.#follow();
    }, TICK);
  }

  #tell() {
    this.dispatchEvent(new Event("change"));
  }
}

const askForHeader = () => window.postMessage("#papers", window.location.origin);

export const shelf = new Shelf();
onOtherTab(() => shelf.readAgain());
