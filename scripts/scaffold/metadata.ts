/** detector.ts of a new unit. */
import { type Kind, paramOf, subjectOf } from './kind.ts';

export function metadata(id: string, kind: Kind): string {
  const account = subjectOf(kind) === 'account';
  return `/** Say here in one line what the unit finds. */
import type { DetectorMeta } from '../../contracts/detector.ts';

export const meta: DetectorMeta = {
  title: 'Say here what was found, in a few words',
  states: 'Say here, in forty words at most, what is compared with what, the null hypothesis, and when it is silent.',
  family: '${account ? 'network' : 'inventory'}',
  subject: '${subjectOf(kind)}',
  links: ${kind === 'linking'},
  needs: ${account ? "{ accounts: ['signup_ip'] }" : "{ devices: ['gpu_count'] }"},
  reads: ['raw.${account ? 'accounts' : 'devices'}'],
  params: {
    ${paramOf(kind)}: { value: ${account ? 3 : 8}, unit: '${account ? 'accounts' : 'cards'}', source: 'Say here where the number comes from' },
  },
  levels: {
    plain: {
      reason: '${id}',
      says: 'Say here to the accused, in one sentence, what was found.',
      forgeableBy: '${account ? 'anyone' : 'operator'}',
    },
  },
  lookAlikes: ['say-here-who-looks-alike'],
  sources: ['Say here: paper, vendor table or thread'],
  appeal: 'Say here what the accused could show.',
};
`;
}
