/** A dossier as JSON for programs. */
import type { Dossier } from '../../contracts/dossier.ts';
import { plainJson } from './plain-number.ts';

/** One line. Numbers are plain decimals. */
export function dossierJson(dossier: Dossier): string {
  return `${plainJson(JSON.stringify(dossier))}\n`;
}
