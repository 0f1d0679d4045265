/** The clusters with the most points at stake, and what holds each together. */
import { day, grouped, percent, plural, points, probability } from '../../figures.ts';
import { clusterFigure } from '../../svg/cluster-svg.ts';
import { type Html, html } from '../html.ts';
import type { ReportCluster, ReportModel } from '../model.ts';
import { cut, table } from '../table.ts';
import type { Section } from './summary.ts';

function clusterCard(cluster: ReportCluster, { links, detectors, pictures }: ReportModel): Html {
  const own = links.filter(({ cluster_id }) => cluster_id === cluster.cluster_id);
  const picture = pictures.find(({ id }) => id === cluster.cluster_id);
  const more = cluster.accounts - cluster.members.length;
  const state =
    cluster.excluded > 0
      ? html`<span class="tag bad">${grouped(cluster.excluded)} of ${plural(cluster.accounts, 'account')} excluded</span>`
      : html`<span class="tag hold">${plural(cluster.accounts, 'account')} held or clear</span>`;
  return html`<details><summary><span class="id">${cluster.cluster_id}</span>${state}<span class="what">${points(cluster.points_taken)} points taken, ${points(cluster.points_held)} held</span></summary>
<div class="inside">
<p>${plural(cluster.accounts, 'account')} with ${plural(cluster.devices, 'device')}, seen from ${day(cluster.first_seen)} to ${day(cluster.last_seen)}. Probability that one operator stands behind them: ${probability(cluster.risk)}. The group stays together in ${percent(cluster.stability, 1)} of the runs with other resolutions and seeds; on average a member shares a fact directly with ${percent(cluster.density, 1)} of the others.</p>
<p>Reasons: <span class="id">${cluster.reasons.split('|').join(', ')}</span></p>
${picture && clusterFigure(picture)}
${table(
  'What its accounts share',
  [
    { head: 'Shared', cell: ({ detector }) => detectors[detector]?.title ?? detector },
    { head: 'Different values', cell: ({ shared_values }) => grouped(shared_values), figure: true },
    { head: 'Links', cell: ({ links: n }) => grouped(n), figure: true },
    { head: 'Strongest, nats', cell: ({ strongest }) => strongest.toFixed(2), figure: true },
  ],
  own,
  'No link of it is left in the run.',
)}
<p class="note">Its accounts in order of registration${picture && ', with their numbers in the picture'}:</p>
<p class="id">${cluster.members.map((id, i) => `${i + 1} ${id}`).join('  ')}${more > 0 && ` … and ${grouped(more)} more in accounts.csv`}</p>
</div></details>`;
}

export function clustersSection(model: ReportModel): Section {
  const all = model.run.summary.clusters;
  const body = html`
<p>A cluster is a set of accounts that share facts which strangers do not share. Whether its members are excluded is decided account by account.</p>
${model.clusters.length === 0 ? html`<p class="note">No cluster holds an account that is not clear.</p>` : model.clusters.map((cluster) => clusterCard(cluster, model))}
${cut(model.clusters.length, all, 'clusters', 'clusters.csv')}`;
  return { id: 'clusters', title: 'Worst clusters', body };
}
