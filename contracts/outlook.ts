/** Which detectors a dataset lets run. */

export interface Outlook {
  /** Ids of the detectors that have what they need. */
  run: string[];
  notRun: { id: string; why: string }[];
}
