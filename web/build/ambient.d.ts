// Modules that only the bundler knows.
/// <reference types="vite/client" />

declare module "virtual:lecture" {
  /** In the order of the lecture. */
  export const experiments: { id: string; title: string; chapter: number }[];
  /** Address of the core that holds a chapter's experiments. */
  export const cores: Record<number, string>;
  /** Whether one core holds all, as where everything is in one file. */
  export const delivery: "by chapter" | "whole";
}

declare module "virtual:colour-tables" {
  /** 256 × (red, green, blue), from the least value to the greatest. */
  export const heat: Uint8Array;
  export const heatDark: Uint8Array;
  export const viridis: Uint8Array;
  export const magma: Uint8Array;
}

declare module "virtual:pages" {
  /** The pages beside the scenes; `load` gives the markup below the title. */
  export const pages: { id: string; title: string; lead: string; load: () => Promise<string> }[];
}

// Of what web/trusted.js uses; TypeScript's own library has no trusted types yet.
declare var trustedTypes:
  | {
      createPolicy(
        name: string,
        rules: {
          createHTML(text: string): string;
          createScriptURL(text: string): string;
        },
      ): { createHTML(text: string): unknown; createScriptURL(text: string): unknown };
    }
  | undefined;
