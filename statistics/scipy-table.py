"""Writes scipy.json: values of SciPy and NumPy that statistics.test.ts holds ours to.

    python3 -m venv venv && venv/bin/pip install scipy==1.17.1 numpy==2.4.6
    venv/bin/python statistics/scipy-table.py > statistics/scipy.json

Every case is a list: the arguments in the order of our function, then the value. Random samples are seeded.
"""

import json

import numpy as np
import scipy
from scipy import optimize, special, stats

rng = np.random.default_rng(11)


def table(function, arguments):
    return [[*row, float(function(*row))] for row in arguments]


def finite(rows):
    """Without the tails that are 0 to SciPy."""
    return [row for row in rows if np.isfinite(row[-1])]


def grid(*axes):
    return [tuple(x.item() if isinstance(x, np.generic) else x for x in row) for row in np.stack(
        np.meshgrid(*[np.array(axis, dtype=object) for axis in axes], indexing="ij"), -1).reshape(-1, len(axes))]


POINTS = [-38, -37.5, -30, -20, -12, -8.5, -6, -5, -4, -3.5, -3, -2.6, -2.5, -2.4, -2, -1.96, -1.5, -1, -0.5, -0.1,
          -1e-3, -1e-9, 0, 1e-9, 1e-3, 0.1, 0.5, 1, 1.5, 1.96, 2, 2.4, 2.5, 2.6, 3, 3.5, 4, 5, 6, 7, 8, 9, 20, 38]
SHARES = [0, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975, 0.99, 1]
TRIALS = [1, 2, 3, 5, 10, 20, 37, 60, 100, 250, 1_000, 5_000, 30_000, 300_000, 1_000_000]
LEVELS = [0.5, 0.8, 0.9, 0.95, 0.99, 0.999, 1 - 1e-6, 1 - 1e-9]


def samples():
    yield [3.0]
    yield [2.0, 1.0]
    for n in (3, 4, 5, 10, 11, 48, 101):
        yield [float(x) for x in np.round(rng.normal(0, 10, n), 6)]
    yield [float(x) for x in rng.integers(0, 4, 30)]


def quantiles(method):
    return [[sample, p, float(np.quantile(sample, p, method=method))] for sample in samples() for p in SHARES]


def successes():
    for n in TRIALS:
        for k in sorted({0, 1, 2, n // 100, n // 10, n // 3, n // 2, n - 2, n - 1, n}):
            if 0 <= k <= n:
                yield k, n


def clopper_pearson():
    """By the beta distribution: binomtest().proportion_ci() searches the same bounds only to 2e-12, absolutely."""
    rows = []
    for k, n in successes():
        for level in (0.8, 0.95, 0.99, 0.9999):
            tail = (1 - level) / 2
            low = 0.0 if k == 0 else stats.beta.ppf(tail, k, n - k + 1)
            rows.append([k, n, level, float(low), float(upper_bound(k, n, 1 - tail))])
    return rows


def upper_bound(k, n, level):
    return 1.0 if k == n else stats.beta.ppf(level, k + 1, n - k)


def falling():
    rows = []
    for n in (1, 2, 3, 5, 8, 13, 40):
        for _ in range(6):
            values, weights = rng.normal(0, 3, n).round(4), rng.uniform(0.1, 9, n).round(4)
            fit = optimize.isotonic_regression(values, weights=weights, increasing=False).x
            rows.append([values.tolist(), weights.tolist(), fit.tolist()])
    return rows


def correlations():
    rows = []
    for n in (3, 8, 40, 96):
        for shift in (0, 1, n // 2):
            a, b = (rng.integers(-127, 128, n) for _ in range(2))
            b = b // 2 + a // 3
            rows.append([a.tolist(), b.tolist(), shift, float(stats.pearsonr(a, np.roll(b, -shift)).statistic)])
    return rows


def poisson_binomial():
    """Exact, by SciPy's own distribution: a weight of w is w events that SciPy cannot say, so those are convolved."""
    rows = []
    for events in ([(10, 1, 0.5)], [(1, 8, 0.5)], [(3, 1, 0.2), (4, 1, 0.9)], [(40, 1, 0.01), (7, 1, 0.6)],
                   [(500, 1, 0.95), (90, 1, 0.3)], [(20, 8, 0.9), (30, 1, 0.5)], [(60, 4, 0.99), (100, 2, 0.7)]):
        law = np.array([1.0])
        for count, weight, p in events:
            one = np.zeros(weight + 1)
            one[0], one[weight] = 1 - p, p
            for _ in range(count):
                law = np.convolve(law, one)
        if all(weight == 1 for _, weight, _ in events):
            chances = [p for count, _, p in events for _ in range(count)]
            theirs = stats.poisson_binom.pmf(np.arange(len(law)), chances)
            assert np.allclose(law, theirs, rtol=1e-7, atol=1e-14)
        cdf = np.cumsum(law)
        mean = sum(count * weight * p for count, weight, p in events)
        for k in sorted({0, len(law) // 4, len(law) // 2, int(mean), 3 * len(law) // 4, len(law) - 1}):
            rows.append([[list(part) for part in events], k, float(cdf[k])])
    return rows


def poisson_binomial_wide():
    """Beyond our convolution: SciPy's exact law at its quantiles."""
    rows = []
    for events in ([(3_000, 1, 0.5)], [(2_500, 1, 0.97)], [(2_200, 1, 0.99), (300, 1, 0.4)]):
        chances = [p for count, _, p in events for _ in range(count)]
        cdf = np.cumsum(stats.poisson_binom.pmf(np.arange(len(chances) + 1), chances))
        for p in (0.001, 0.025, 0.1, 0.5, 0.9, 0.975, 0.999):
            k = int(np.searchsorted(cdf, p))
            rows.append([[list(part) for part in events], k, float(cdf[k])])
    return rows


def chernoff(n, k, p):
    return 0.0 if k <= n * p else n * (special.rel_entr(k / n, p) + special.rel_entr(1 - k / n, 1 - p))


def scan(n, k, f):
    choose = special.gammaln(n) - special.gammaln(k) - special.gammaln(n - k + 1)
    return -(np.log(n) + choose + (k - 1) * np.log(f))


counts = [(k, m) for k in (1, 2, 3, 5, 9, 20, 75, 300, 4_000) for m in (1e-6, 1e-3, 0.1, 0.9, 2.5, 8, 40, 900.0)]
draws = [(n, k) for n in (1, 2, 4, 9, 30, 120, 900) for k in sorted({1, n // 4, n // 2, n - 1, n}) if k > 0]
wide = [(k, m) for k, m in counts if k > m]

tables = {
    "normalDensity": table(stats.norm.pdf, grid(POINTS)),
    "normalCdf": table(stats.norm.cdf, grid(POINTS)),
    "normalTailNats": table(lambda z: -stats.norm.logsf(z), grid([1.5, 2, 3, 4, 5, 6, 8, 10, 15, 20, 40, 100, 1e4])),
    "logGamma": table(special.gammaln, grid([1e-9, 1e-4, 0.01, 0.1, 0.3, 0.5, 0.9, 1, 1.1, 1.5, 2, 2.5, 3, 4.7, 7.5, 10,
                                              33.3, 100, 170.5, 1e3, 12_345.6, 1e5, 1e6, 1e9])),
    "betaCdf": table(lambda x, a, b: special.betainc(a, b, x),
                     grid([1e-12, 1e-6, 1e-3, 0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99], [0.5, 1, 2, 7.5, 40, 300],
                          [0.5, 1, 3, 20, 150])),
    "clopperPearson": clopper_pearson(),
    "upperBound": [[k, n, level, float(upper_bound(k, n, level))] for k, n in successes() for level in LEVELS],
    "logChoose": [[n, k, float(np.log(special.comb(n, k, exact=False)))] for n, k in draws],
    "quantile": quantiles("linear"),
    "lowerQuantile": quantiles("lower"),
    "isotonicFalling": falling(),
    "correlation": correlations(),
    "poissonNats": table(lambda k, m: special.kl_div(k, m) if k > m else 0.0, counts),
    "poissonTail": finite(table(lambda k, m: -stats.poisson.logsf(k - 1, m), wide)),
    "chernoffNats": table(chernoff, [(n, k, p) for n, k in draws for p in (1e-6, 0.01, 0.1, 0.5, 0.9)]),
    "binomialTail": finite(table(lambda n, k, p: -stats.binom.logsf(k - 1, n, p),
                                 [(n, k, p) for n, k in draws for p in (0.01, 0.1, 0.5) if k > n * p])),
    "scanNats": table(scan, [(n, k, f) for n, k in draws for f in (1e-9, 1e-3, 0.05, 0.5)]),
    "poissonBinomialCdf": poisson_binomial(),
    "poissonBinomialWide": poisson_binomial_wide(),
}

print("{")
print(f' "scipy": "{scipy.__version__}",\n "numpy": "{np.__version__}",')
for i, (name, rows) in enumerate(tables.items()):
    lines = ",\n  ".join(json.dumps(row, separators=(",", ":"), allow_nan=False) for row in rows)
    print(f' "{name}": [\n  {lines}\n ]{"," if i + 1 < len(tables) else ""}')
print("}")
