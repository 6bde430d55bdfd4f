// Which numbers an experiment has once for each replicate, as its core declares them.

/** Whether a channel has a row for each replicate. @param {import("../lab.js").ChannelInfo} info */
export const hasReplicateRows = ({ shape }) => /^\[R[,\]]/.test(shape);

/** Whether its replicates go their own ways. @param {import("../lab.js").ExperimentInfo} info */
export const hasReplicates = ({ channels }) => channels.some(hasReplicateRows);
