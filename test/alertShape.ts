import type { Alert } from '../handler/alert.ts';
export function expectAlert(json: string): Alert {
  return JSON.parse(json) as Alert;
}
