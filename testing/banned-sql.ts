/**
 * Functions that no statement of the pipeline may call: one list, for the house and for the detectors'
 * contract.
 */

/** Aggregates whose result depends on threads or on the order of rows, and functions of time and chance. */
const UNREPEATABLE: ReadonlySet<string> = new Set(
  `any_value arbitrary arg_max arg_max_null arg_min arg_min_null argmax argmin avg corr covar_pop covar_samp entropy favg first
  kurtosis kurtosis_pop last max_by mean min_by regr_avgx regr_avgy regr_intercept regr_r2 regr_slope reservoir_quantile
  sem skewness std stddev stddev_pop stddev_samp var_pop var_samp variance
  current_date current_time current_timestamp get_current_time get_current_timestamp localtime localtimestamp now today
  transaction_timestamp random setseed uuid gen_random_uuid uuidv4 uuidv7`.split(/\s+/),
);

/** Functions that tell a unit of the machine, the session or another run. Stages of ours may ask them. */
const OUTSIDE: ReadonlySet<string> = new Set(
  `current_catalog current_database current_query current_role current_schema current_schemas current_setting current_user
  currval getenv getvariable in_search_path nextval query read_blob read_text session_user txid_current user version
  write_log`.split(/\s+/),
);

/** Aggregates that keep the order of rows, and so need one. */
export const ORDERED_SQL: readonly string[] = ['array_agg', 'group_concat', 'list', 'listagg', 'string_agg'];

/** True for a function, in lower case, whose result may differ between two runs over the same rows. */
export function isUnrepeatable(name: string): boolean {
  return UNREPEATABLE.has(name) || name.startsWith('approx_');
}

/** True for a function, in lower case, that a unit may not call. */
export function isBannedForUnits(name: string): boolean {
  return (
    isUnrepeatable(name) || OUTSIDE.has(name) || /^(duckdb|pg|pragma|read|parquet|sniff|glob)_?/.test(name)
  );
}
