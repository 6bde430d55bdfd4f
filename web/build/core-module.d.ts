// What core/wasm/bindings.cpp exports, as Emscripten's factory gives it. Only lab.js uses it.

export interface CoreIssue {
  parameter: string;
  message: string;
}

export interface CoreRun {
  advance(steps: number): void;
  /** @returns what was refused; nothing changed then */
  set(parameter: string, value: unknown): CoreIssue[];
  /** `data` is a view of the core's memory, good until the next call. */
  channel(id: string): { shape: number[]; data: Float64Array };
  edits(): { step: number; parameter: string; value: number | string }[];
  status(): { state: "running" | "finished" | "diverged"; step: number };
  delete(): void;
}

export interface CoreTable {
  rows: number;
  columns: {
    name: string;
    numeric: boolean;
    first: (number | string)[];
    mean: number;
    deviation: number;
    oddLine: number;
    oddText: string;
  }[];
}

export interface CoreCreation {
  run?: CoreRun;
  issues: CoreIssue[];
}

export interface CoreLab {
  /** @returns "" or one sentence that says what is wrong with the text, and where */
  addData(id: string, csv: string): string;
  table(id: string): CoreTable | null;
  create(experiment: string, settings: object): CoreCreation;
  createShard(experiment: string, settings: object, firstReplicate: number): CoreCreation;
  delete(): void;
}

export interface CoreModule {
  Lab: new () => CoreLab;
  /** JSON */
  describeExperiments(): string;
  /** JSON */
  describeDataSets(): string;
  mostReplicates: number;
}

export interface CoreOptions {
  /** Instantiates the module with `imports` and hands the instance on; returns {}. */
  instantiateWasm(
    imports: WebAssembly.Imports,
    receive: (instance: WebAssembly.Instance, module: WebAssembly.Module) => void,
  ): object;
}

export default function createCore(options: CoreOptions): Promise<CoreModule>;
