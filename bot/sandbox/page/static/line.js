// The line to the sandbox: asks that get one answer each, and news in between.

const WRONG_KEY = 4401;
const PAUSE = 1500;

export class Line {
  /** `onNews(event)` for each piece of news, `onState("open" | "lost" | "refused")` for the line. */
  constructor(key, { onNews, onState }) {
    this.key = key;
    this.onNews = onNews;
    this.onState = onState;
    this.waiting = new Map();
    this.last = 0;
    this.connect();
  }

  connect() {
    const scheme = location.protocol === "https:" ? "wss" : "ws";
    this.socket = new WebSocket(`${scheme}://${location.host}/line`);
    this.socket.onopen = () => {
      this.socket.send(JSON.stringify({ key: this.key }));
      this.onState("open");
    };
    this.socket.onmessage = (event) => this.hear(JSON.parse(event.data));
    this.socket.onclose = (event) => this.lost(event.code);
  }

  hear(told) {
    if (told.event) {
      this.onNews(told);
      return;
    }
    const asked = this.waiting.get(told.id);
    this.waiting.delete(told.id);
    if (!asked) return;
    if ("refused" in told) asked.reject(new Error(told.refused));
    else asked.resolve(told.done);
  }

  lost(code) {
    for (const asked of this.waiting.values()) asked.reject(new Error("…"));
    this.waiting.clear();
    this.onState(code === WRONG_KEY ? "refused" : "lost");
    if (code !== WRONG_KEY) setTimeout(() => this.connect(), PAUSE);
  }

  /** Does something by name; the promise fails with the sandbox's reason. */
  ask(name, data = {}) {
    if (this.socket.readyState !== WebSocket.OPEN) return Promise.reject(new Error("…"));
    this.last += 1;
    const id = this.last;
    this.socket.send(JSON.stringify({ ...data, id, do: name }));
    return new Promise((resolve, reject) => this.waiting.set(id, { resolve, reject }));
  }
}
