// Labels under the ticks of a scale: side by side, and each as near to its tick as the others allow.

/** @typedef {{ centre: number, size: number }} Label where its tick is, and how wide it is */
/** @typedef {{ left: number, size: number, sum: number, count: number }} Row of labels that touch */

/**
 * The least sum of squared distances between labels and their ticks: labels that would overlap stand
 * in a row, and the row where its labels are nearest on the whole (Pool-Adjacent-Violators).
 * @param {Label[]} labels by their ticks, from left to right
 * @param {number} width that all of them must keep to, if they fit
 * @param {number} gap between two labels
 * @returns {number[]} where the middle of each label is to be
 */
export function labelPlaces(labels, width, gap) {
  /** @type {Row[]} */
  const rows = [];
  const placed = (/** @type {Omit<Row, "left">} */ row) => {
    const left = Math.max(0, Math.min(width - row.size, row.sum / row.count));
    return { ...row, left };
  };
  for (const { centre, size } of labels) {
    let row = placed({ size, sum: centre - size / 2, count: 1 });
    for (
      let last = rows.at(-1);
      last && last.left + last.size + gap > row.left;
      last = rows.at(-1)
    ) {
      rows.pop();
      const before = last.size + gap;
      row = placed({
        size: before + row.size,
        sum: last.sum + row.sum - row.count * before,
        count: last.count + row.count,
      });
    }
    rows.push(row);
  }
  return rows.flatMap(({ left, count }, i) => {
    const first = rows.slice(0, i).reduce((sum, row) => sum + row.count, 0);
    let edge = left;
    return labels.slice(first, first + count).map(({ size }) => {
      const middle = edge + size / 2;
      edge += size + gap;
      return middle;
    });
  });
}
