/**
 * The rule for voiding a device: it takes the device's points, so it rests on what no outsider could forge.
 */
import type { Policy } from '../../contracts/policy.ts';
import type { HeldBy } from '../../contracts/verdict.ts';
import { withCauses } from './causes.ts';
import { type Fused, fuse, independentFamilies, logit, nats } from './fusion.ts';
import { type Piece, solid } from './piece.ts';

export interface DeviceFinding {
  logOdds: number;
  verdict: 'void' | 'review' | 'clear';
  heldBy: HeldBy[];
}

function byThresholds(pieces: readonly Piece[], all: Fused, policy: Policy): DeviceFinding {
  const threshold = logit(policy.thresholds.void);
  const finding: DeviceFinding = {
    logOdds: all.logOdds,
    verdict: all.logOdds >= logit(policy.thresholds.review) ? 'review' : 'clear',
    heldBy: [],
  };
  if (all.logOdds < threshold) return finding;
  const own = solid(pieces);
  const fused = fuse(own, 'device', policy);
  const contradicted = own.some(
    ({ contradiction, forgeable_by }, i) =>
      contradiction && forgeable_by === 'nobody' && fused.weights[i]! >= policy.thresholds.familyWeight,
  );
  if (fused.logOdds < threshold) finding.heldBy.push('others-could-author');
  else if (nats(fused.logOdds - policy.thresholds.priorSlack) < threshold) finding.heldBy.push('prior-slack');
  if (independentFamilies(own, fused, 'device', policy) < 2 && !contradicted)
    finding.heldBy.push('one-family');
  if (finding.heldBy.length === 0) finding.verdict = 'void';
  return finding;
}

/**
 * Void needs two families, or one network-measured contradiction that was repeated, and must survive the
 * slack of the prior. A hold needs two causes, or what the network measured.
 */
export function judgeDevice(pieces: readonly Piece[], all: Fused, policy: Policy): DeviceFinding {
  const finding = byThresholds(pieces, all, policy);
  return { ...finding, ...withCauses(finding, pieces, all, policy) };
}
