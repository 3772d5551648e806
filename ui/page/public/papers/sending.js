// A file on its way to the server, told of as the server tells of what has arrived.
import { upload } from "./api.js";
import { say } from "./say.js";

const MEGABYTE = 1_000_000;

export class Sending {
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
    this.size = file.size;
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
  }

  wait() {
    this.state = "waiting";
    this.message = null;
  }

  refuse(limit) {
    this.state = "unsupported";
    this.message = say("too_large", { megabytes: limit / MEGABYTE });
  }

  stop() {
    this.#stopping.abort();
  }
}
