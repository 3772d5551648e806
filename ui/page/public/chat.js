// The page's own scripts: what Chainlit's page lacks. language.js goes first: it decides before
// Chainlit's page asks in which language it is to speak.
import "./language.js";
import "./citing.js";
import "./deleting.js";
import "./header.js";
import "./names.js";
import "./outbox.js";
import "./panel.js";
import "./patience.js";
import "./paper.js";
import "./papers/dialog.js";
