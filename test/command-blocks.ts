/** The commands that the documentation prints, and what little stands in for what a reader brings along. */
import { readFileSync } from 'node:fs';
import { filesUnder } from '../scripts/files-under.ts';

export interface Block {
  page: string;
  /** Line of the fence, from one. */
  line: number;
  /** What the fence is marked as; empty where it is not. */
  language: string;
  text: string;
}

/** Fenced blocks of a page, in order. */
export function blocksOf(page: string, text: string): Block[] {
  return [...text.matchAll(/^```(\w*)\n(.*?)^```$/gms)].map((match) => ({
    page,
    line: text.slice(0, match.index).split('\n').length,
    language: match[1]!,
    text: match[2]!,
  }));
}

/**
 * Every page of the repository but the history of changes, the guide first: it makes the demo run that others
 * read.
 */
export function pages(): string[] {
  const read = filesUnder('.', '.md').filter((page) => page !== 'CHANGELOG.md');
  return [...new Set(['docs/guide.md', ...read])];
}

export const allBlocks = (): Block[] => pages().flatMap((page) => blocksOf(page, readFileSync(page, 'utf8')));

/** Blocks that no test can run, by their first words. */
export const NOT_RUN: readonly { page: string; starts: string; why: string }[] = [
  {
    page: 'README.md',
    starts: 'npm ci && npm run demo',
    why: 'reinstalls the packages that the tests run on',
  },
  { page: 'CONTRIBUTING.md', starts: 'npm ci\n', why: 'reinstalls the packages, and runs this very test' },
  {
    page: 'CONTRIBUTING.md',
    starts: 'mkdir -p out/captures',
    why: 'fetches files of others over the network',
  },
  {
    page: 'docs/guide.md',
    starts: 'git clone <',
    why: 'the address is the reader’s, and a clone needs the network',
  },
  {
    page: 'docs/inventory.md',
    starts: 'nvidia-smi -L > box-20.txt',
    why: 'rocm-smi belongs to the driver of another maker’s card',
  },
];

/** Words that are replaced before a block runs. */
export const REPLACED: readonly { page: string; from: string; to: string; why: string }[] = [
  { page: 'README.md', from: 'world mixed --seed 31', to: 'world tiny --seed 5', why: 'minutes of work' },
];
