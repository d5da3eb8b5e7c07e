/** A packaged function and what its template gives it. */
export interface LambdaOptions {
  /** Path of the zip. */
  zip: string;
  /** MODULE.EXPORT, as in the template: `index.handler`. */
  handler: string;
  /** The function's own variables. Those that Lambda reserves (AWS_REGION, ...) are set here and win. */
  environment: Record<string, string>;
  functionName: string;
  memoryMegabytes: number;
  timeoutSeconds: number;
  region: string;
  accountId: string;
  /** Called with each line that the function writes to standard output or standard error. */
  onLog?: (line: string) => void;
}
