// Every word of the page, in the languages that a client can be set to, and moments told in them.

const WORDS = {
  en: {
    skip: "Skip to writing", side: "Channels and people", channels: "Channels", direct: "Direct messages",
    people: "You are", language: "Client language", theme: "Colours", light: "Light", dark: "Dark", system: "As the system",
    member: "member", moderator: "moderator", stranger: "without permissions", log: "Messages in {name}",
    write: "Message {name}", send: "Send", locked: "You do not have permission to send messages here.",
    attach: "Attach a file", detach: "Remove {name}", replying: "Replying to {name}", ping: "Mention", pinging: "mention on", silent: "mention off",
    cancel: "Cancel", more: "More: message of {name}", reply: "Reply", edit: "Edit", remove: "Delete", copy: "Copy text", apps: "Apps", react: "React with {emoji}",
    edited: "edited", onlyYou: "Only you can see this", dismiss: "Dismiss message", thinking: "{name} is thinking…", typing: "{name} is typing…",
    silentBot: "The application did not respond", sending: "Sending command…", gone: "Original message was deleted", used: "{name} used {command}",
    app: "App", offline: "The bot is offline. Commands will not be answered.", lost: "The sandbox is gone. Start it again, and open the address it prints.",
    wrongKey: "This address has no valid key. Open the one that the sandbox printed.",
    commands: "Commands", noCommands: "No command is called that.", options: "Optional", yes: "True", no: "False", choose: "Choose…", noChoices: "Nothing to choose.",
    submit: "Submit", fileChosen: "{name}, {size}", download: "Download {name}", outside: "Picture elsewhere: {name}", needed: "This field is required.",
    drawer: "Developer", requests: "Requests", events: "Gateway events", problems: "{number} with problems", trouble: "Trouble", noRequests: "Nothing yet.", sent: "Sent", answered: "Answered", close: "Close",
    menu: "Channels", spoiler: "Spoiler", today: "Today at {time}", yesterday: "Yesterday at {time}", empty: "This is the beginning of {name}. Type / to see what the bot can do, or mention it.",
    copied: "Copied.", refused: "That did not work: {why}", link: "opens in a new tab", picture: "Picture", whole: "Whole picture", inTab: "In a tab",
  },
  it: {
    skip: "Vai alla scrittura", side: "Canali e persone", channels: "Canali", direct: "Messaggi diretti",
    people: "Tu sei", language: "Lingua del client", theme: "Colori", light: "Chiaro", dark: "Scuro", system: "Come il sistema",
    member: "membro", moderator: "moderatrice", stranger: "senza permessi", log: "Messaggi in {name}",
    write: "Scrivi in {name}", send: "Invia", locked: "Non hai il permesso di inviare messaggi qui.",
    attach: "Allega un file", detach: "Togli {name}", replying: "Rispondi a {name}", ping: "Menziona", pinging: "menzione sì", silent: "menzione no",
    cancel: "Annulla", more: "Altro: messaggio di {name}", reply: "Rispondi", edit: "Modifica", remove: "Elimina", copy: "Copia testo", apps: "App", react: "Reagisci con {emoji}",
    edited: "modificato", onlyYou: "Solo tu puoi vederlo", dismiss: "Ignora messaggio", thinking: "{name} sta pensando…", typing: "{name} sta scrivendo…",
    silentBot: "L’applicazione non ha risposto", sending: "Invio del comando…", gone: "Il messaggio originale è stato eliminato", used: "{name} ha usato {command}",
    app: "App", offline: "Il bot è offline. I comandi non avranno risposta.", lost: "La sandbox non c’è più. Riavviala e apri l’indirizzo che stampa.",
    wrongKey: "Questo indirizzo non ha una chiave valida. Apri quello stampato dalla sandbox.",
    commands: "Comandi", noCommands: "Nessun comando si chiama così.", options: "Facoltativi", yes: "Vero", no: "Falso", choose: "Scegli…", noChoices: "Niente da scegliere.",
    submit: "Invia", fileChosen: "{name}, {size}", download: "Scarica {name}", outside: "Immagine altrove: {name}", needed: "Questo campo è obbligatorio.",
    drawer: "Sviluppo", requests: "Richieste", events: "Eventi del gateway", problems: "{number} con problemi", trouble: "Guai", noRequests: "Ancora niente.", sent: "Inviato", answered: "Risposta", close: "Chiudi",
    menu: "Canali", spoiler: "Spoiler", today: "Oggi alle {time}", yesterday: "Ieri alle {time}", empty: "Qui comincia {name}. Scrivi / per vedere che cosa sa fare il bot, oppure menzionalo.",
    copied: "Copiato.", refused: "Non ha funzionato: {why}", link: "si apre in una nuova scheda", picture: "Immagine", whole: "Immagine intera", inTab: "In una scheda",
  },
};

let locale = "en-US";

/** Sets the language of everything said from now on. */
export function speak(asked) {
  locale = asked;
  document.documentElement.lang = language();
}

function language() {
  const short = locale.split("-")[0];
  return WORDS[short] ? short : "en";
}

/** A word or sentence with values put in. */
export function say(key, values = {}) {
  const text = WORDS[language()][key] ?? WORDS.en[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

const STYLES = {
  t: { timeStyle: "short" }, T: { timeStyle: "medium" }, d: { dateStyle: "short" }, D: { dateStyle: "long" },
  f: { dateStyle: "long", timeStyle: "short" }, F: { dateStyle: "full", timeStyle: "short" },
  s: { dateStyle: "short", timeStyle: "short" }, S: { dateStyle: "short", timeStyle: "medium" },
};
const UNITS = [["year", 31536000], ["month", 2592000], ["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];

/** A moment in one of Discord's styles; R is how far away it is. */
export function moment(date, style) {
  if (style !== "R") return new Intl.DateTimeFormat(locale, STYLES[style] ?? STYLES.f).format(date);
  const seconds = (date - Date.now()) / 1000;
  const [unit, size] = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? ["second", 1];
  return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(Math.round(seconds / size), unit);
}

/** When a message was written, as a chat says it. */
export function written(date) {
  const days = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(date).setHours(0, 0, 0, 0)) / 86400000);
  if (days === 0) return say("today", { time: moment(date, "t") });
  if (days === 1) return say("yesterday", { time: moment(date, "t") });
  return moment(date, "s");
}

/** A number of bytes for people. */
export function size(bytes) {
  const [unit, amount] = bytes >= 1048576 ? ["megabyte", bytes / 1048576] : bytes >= 1024 ? ["kilobyte", bytes / 1024] : ["byte", bytes];
  return new Intl.NumberFormat(locale, { style: "unit", unit, maximumFractionDigits: 1 }).format(amount);
}
