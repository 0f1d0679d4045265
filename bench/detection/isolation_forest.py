"""Isolation forest (Liu, Ting & Zhou 2008) on the device features that ghostcard's detectors read.

    python isolation_forest.py TRAIN.parquet TEST.parquet SCORES.csv

Both tables have `id` and numeric columns. The forest sees no labels. Missing values become the training median beside a
column that says that they were missing; constant columns fall away. Writes id, set (train or test) and score (higher is
stranger) and prints the number of features and the version as JSON.
"""

import csv
import json
import sys

import numpy as np
import pyarrow.parquet as parquet
import sklearn
from sklearn.ensemble import IsolationForest
from sklearn.impute import SimpleImputer


def read(path, names=None):
    table = parquet.read_table(path)
    names = names or [name for name in table.column_names if name != "id"]
    columns = [table[name].cast("float64").to_numpy(zero_copy_only=False) for name in names]
    values = np.column_stack(columns)
    values[~np.isfinite(values)] = np.nan
    return table["id"].to_pylist(), names, values


def main(train_path, test_path, out_path):
    train_ids, names, train = read(train_path)
    test_ids, _, test = read(test_path, names)
    told = [k for k in range(len(names)) if np.unique(train[~np.isnan(train[:, k]), k]).size > 1]
    imputer = SimpleImputer(strategy="median", add_indicator=True)
    known, unknown = imputer.fit_transform(train[:, told]), imputer.transform(test[:, told])
    forest = IsolationForest(n_estimators=500, max_samples=1024, random_state=1).fit(known)
    with open(out_path, "w", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(["id", "set", "score"])
        for part, ids, values in (("train", train_ids, known), ("test", test_ids, unknown)):
            scores = -forest.score_samples(values)
            rows.writerows((one, part, f"{score:.9f}") for one, score in zip(ids, scores))
    print(json.dumps({"scikit_learn": sklearn.__version__, "features": known.shape[1]}))


if __name__ == "__main__":
    main(*sys.argv[1:])
