/** An event pattern, checked: all of its nodes must hold. In the order written. */
export interface Pattern {
  readonly nodes: readonly PatternNode[];
}

export type PatternNode = Leaf | Alternatives;

/** A field and its conditions, one of which must hold. */
export interface Leaf {
  readonly kind: 'leaf';
  /** Names, outermost first. */
  readonly path: readonly string[];
  readonly written: readonly unknown[];
  readonly conditions: readonly Condition[];
}

/** `$or`. */
export interface Alternatives {
  readonly kind: 'or';
  /** Where it is written, such as `requestParameters.$or`. */
  readonly label: string;
  readonly alternatives: readonly (readonly PatternNode[])[];
}

export type Scalar = string | number | boolean | null;

/** One condition as the compiler sees it; a named list stands as its conditions. */
export type Condition =
  /** As event-ruler compares values: texts that are IP addresses as addresses. */
  | { readonly kind: 'exact'; readonly value: Scalar }
  /** A text as it is. */
  | { readonly kind: 'exactly'; readonly text: string }
  | {
      readonly kind:
        | 'prefix'
        | 'suffix'
        | 'prefix-ignore-case'
        | 'suffix-ignore-case'
        | 'equals-ignore-case';
      readonly text: string;
    }
  /** The literals between the stars. */
  | { readonly kind: 'wildcard' | 'wildcard-ignore-case'; readonly literals: readonly string[] }
  | { readonly kind: 'numeric'; readonly range: NumericRange }
  /** First and last address as hexadecimal digits, 8 or 32. */
  | { readonly kind: 'addresses'; readonly first: string; readonly last: string }
  | { readonly kind: 'exists'; readonly exists: boolean }
  | { readonly kind: 'anything-but'; readonly conditions: readonly Condition[] }
  | { readonly kind: 'known-accounts' }
  | { readonly kind: 'same-as' | 'anything-but-same-as'; readonly path: readonly string[] }
  | { readonly kind: 'text'; readonly conditions: readonly Condition[] }
  | { readonly kind: 'json'; readonly pattern: Pattern };

export interface NumericRange {
  readonly low: number;
  readonly high: number;
  readonly withLow: boolean;
  readonly withHigh: boolean;
}
