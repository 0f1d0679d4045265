/** How well the risk orders subjects, whatever the threshold. Weights count how often a unit was drawn. */

/** Subjects by falling score; equal scores keep no order that a result depends on. */
export interface Ranked {
  scores: Float64Array;
  /** 1 where the subject is truly bad. */
  bad: Uint8Array;
  /** The unit that each belongs to: its position in the weights. */
  unit: Uint32Array;
}

/** Sorts the columns of a sample once, so that a thousand weighted passes read memory in order. */
export function rank({ scores, bad, unit }: Ranked): Ranked {
  const order = Uint32Array.from(scores, (_, i) => i).sort((a, b) => scores[b]! - scores[a]!);
  return {
    scores: Float64Array.from(order, (i) => scores[i]!),
    bad: Uint8Array.from(order, (i) => bad[i]!),
    unit: Uint32Array.from(order, (i) => unit[i]!),
  };
}

export interface Ranking {
  /**
   * Area under the ROC curve: the chance that a bad subject scores above a good one, ties half (Fawcett 2006,
   * "An introduction to ROC analysis", §7). NaN unless both kinds are present.
   */
  auroc: number;
  /**
   * Average precision: Σ (Rₖ − Rₖ₋₁) Pₖ over distinct scores, without interpolation, so that ties cannot
   * flatter (Davis & Goadrich 2006). NaN without a bad subject.
   */
  averagePrecision: number;
}

/** One pass down the ranking; each subject counts as often as `weights` says of its unit. */
export function ranking({ scores, bad, unit }: Ranked, weights: ArrayLike<number>): Ranking {
  let badAbove = 0;
  let goodAbove = 0;
  let pairsWon = 0;
  let precisionSum = 0;
  for (let i = 0; i < scores.length; ) {
    const score = scores[i]!;
    let badHere = 0;
    let goodHere = 0;
    for (; i < scores.length && scores[i] === score; i++) {
      const weight = weights[unit[i]!]!;
      if (bad[i] === 1) badHere += weight;
      else goodHere += weight;
    }
    pairsWon += goodHere * (badAbove + badHere / 2);
    badAbove += badHere;
    goodAbove += goodHere;
    if (badHere > 0) precisionSum += (badHere * badAbove) / (badAbove + goodAbove);
  }
  return { auroc: pairsWon / (badAbove * goodAbove), averagePrecision: precisionSum / badAbove };
}
