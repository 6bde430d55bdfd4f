// What the attributes of a <wide-valley> element say, in the words of a link. HTML knows attributes in
// lower case only, the parameters have their names in camel case.

/** Of the element itself, not of its scene's state. */
const own = ["scene", "state", "autoplay", "theme"];
/** Part of a state beside the parameters. */
const parts = ["t", "edits", "controls", "table"];

/**
 * @param {HTMLElement} node
 * @param {string} name
 */
function isGlobal(node, name) {
  return name.includes("-") || name.startsWith("on") || ["class", "part", "slot"].includes(name)
    ? true
    : name in node || ["tabindex", "contenteditable", "itemscope", "itemprop"].includes(name);
}

/**
 * @param {HTMLElement} node
 */
export function attributesToQuery(node) {
  const state = (node.getAttribute("state") ?? "").replace(/^.*#/, "");
  const [named, text = ""] = state.split("?");
  const scene = node.getAttribute("scene") ?? named;
  return {
    scene,
    /**
     * @param {import("../state/url.js").SceneTables} tables
     * @returns {{ hash: string, problems: string[] }} problems: a sentence for every attribute that
     *   the scene does not have
     */
    query(tables) {
      const query = new URLSearchParams(text);
      /** @type {string[]} */
      const problems = [];
      const ids = [...[...tables.parameters, ...tables.view].map(({ id }) => id), ...parts];
      for (const { name, value } of node.attributes) {
        const id = ids.find((candidate) => candidate.toLowerCase() === name);
        if (id) {
          query.set(id, value);
        } else if (!own.includes(name) && !isGlobal(node, name)) {
          problems.push(
            `The element's attribute “${name}” is none that the scene ${tables.id} has.`,
          );
        }
      }
      return { hash: `${scene || tables.id}?${query}`, problems };
    },
  };
}
