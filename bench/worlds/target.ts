/** One thing that has to be reached, and whether it is. */
export interface Target {
  target: string;
  wanted: string;
  got: string;
  /** `few`: reached so far, on too few subjects to say so. */
  state: 'met' | 'missed' | 'few';
  /** What misses it, or has too few. */
  open: string[];
}

/** Small shares keep a second digit. */
export const shareText = (share: number) => `${(100 * share).toFixed(share > 0 && share < 0.01 ? 2 : 1)} %`;
