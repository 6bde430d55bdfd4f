// What the attributes of a <wide-valley> element say, in the words of a link. HTML knows attributes in
// lower case only, the parameters have their names in camel case.

/** Of the element itself, not of its scene's state. */
const own = ["scene", "state", "autoplay", "theme"];
/** Part of a state beside the parameters. */
const parts = ["t", "edits", "controls", "table"];
/** Of any element, under names that are not those of its properties. */
const ofAnyElement = [
  "class",
  "part",
  "slot",
  "tabindex",
  "contenteditable",
  "itemscope",
  "itemprop",
];

/** HTML's own attribute, which is a parameter too where it has a number or a list for its value. */
const ownOfHtml = "hidden";
const hidingValues = ["", ownOfHtml, "until-found"];

/**
 * Code for other pages leaves such a parameter to `state`: under its own name it would hide the
 * figure in a page whose style sheet hides what is `hidden`.
 * @param {string} name
 */
export function hidesFigure(name) {
  return name === ownOfHtml;
}

/** @param {string} name @param {string | null} value */
function hides(name, value) {
  return name === ownOfHtml && value !== null && hidingValues.includes(value);
}

/**
 * Whether any element may have this attribute, so that it says nothing of a scene that has no
 * parameter of this name.
 * @param {HTMLElement} node
 * @param {string} name
 */
export function isGlobal(node, name) {
  const isOwn = own.includes(name);
  return !isOwn && (/-|^on/.test(name) || ofAnyElement.includes(name) || name in node);
}

/**
 * @param {HTMLElement} node
 */
export function attributesToQuery(node) {
  const state = (node.getAttribute("state") ?? "").replace(/^.*#/, "");
  const [named, text = ""] = state.split("?");
  const scene = node.getAttribute("scene") ?? named;
  const query = new URLSearchParams(text);
  for (const part of parts) {
    const value = node.getAttribute(part);
    if (value !== null) {
      query.set(part, value);
    }
  }
  return {
    scene,
    /** Whether the figure has a table of its own, or a reader may give it one. */
    takesTable: query.has("table") || (query.get("controls") ?? "").split(",").includes("dataset"),
    /**
     * @param {import("../state/url.js").SceneTables} tables
     * @returns {{ hash: string, problems: string[] }} problems: a sentence for every attribute that
     *   the scene does not have
     */
    query(tables) {
      /** @type {string[]} */
      const problems = [];
      const ids = [...tables.parameters, ...tables.view].map(({ id }) => id);
      for (const { name, value } of node.attributes) {
        const id = ids.find((candidate) => candidate.toLowerCase() === name);
        if (hides(name, value)) {
          continue;
        }
        if (id) {
          query.set(id, value);
        } else if (![...own, ...parts].includes(name) && !isGlobal(node, name)) {
          problems.push(
            `The element's attribute “${name}” is none that the scene ${tables.id} has.`,
          );
        }
      }
      return { hash: `${scene || tables.id}?${query}`, problems };
    },
  };
}
