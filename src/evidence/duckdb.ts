import type { DuckDBAppender, DuckDBConnection, DuckDBInstance, DuckDBPreparedStatement, DuckDBValue } from '@duckdb/node-api';

import { storable } from '../model/sort-key.ts';

/** Loaded with the first index: it takes longer than all that `--help`, `rules` or a misspelt option need. */
const library = (): Promise<typeof import('@duckdb/node-api')> => import('@duckdb/node-api');

/** A value of one cell as SQL sees it here. */
export type Cell = string | number | boolean | null;
export type Row = readonly Cell[];

export interface DatabaseOptions {
  readonly memoryLimit: string;
  readonly threads: number;
  /** Where DuckDB may spill; inside the case. */
  readonly temporary: string;
}

/** The one place that knows DuckDB: a file, a few verbs, and no way for it to reach outside the case. */
export class Database {
  readonly #instance: DuckDBInstance;
  readonly #connection: DuckDBConnection;
  /** Look-ups come by the thousand: one connection for them all, and each is planned once. */
  #lookups: DuckDBConnection | null = null;
  readonly #prepared = new Map<string, DuckDBPreparedStatement>();
  /** The last look-up: what is bound to a statement must stay until it has run. */
  #turn: Promise<unknown> = Promise.resolve();

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection) {
    this.#instance = instance;
    this.#connection = connection;
  }

  /** ':memory:' or a file. By default DuckDB downloads extensions and reads any file: both are switched off, and locked. */
  static async open(path: string, options: DatabaseOptions): Promise<Database> {
    const { DuckDBInstance } = await library();
    const instance = await DuckDBInstance.create(path, {
      memory_limit: options.memoryLimit,
      threads: String(options.threads),
      temp_directory: options.temporary,
      preserve_insertion_order: 'true',
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      enable_external_access: 'false',
    });
    const connection = await instance.connect();
    await connection.run('SET lock_configuration = true');
    return new Database(instance, connection);
  }

  async run(sql: string): Promise<void> {
    await this.#connection.run(sql);
  }

  /** Everything at once: only for answers that are known to be small. */
  async all(sql: string): Promise<Row[]> {
    const rows: Row[] = [];
    for await (const row of this.stream(sql)) rows.push(row);
    return rows;
  }

  /** The rows for a list of numbers, which the query names `unnest($1)`: as SQL text a thousand numbers would be parsed each time. */
  allFor(sql: string, numbers: readonly number[]): Promise<Row[]> {
    const rows = this.#turn.then(() => this.#lookUp(sql, numbers));
    this.#turn = rows.catch(() => undefined);
    return rows;
  }

  async #lookUp(sql: string, numbers: readonly number[]): Promise<Row[]> {
    const { INTEGER, LIST, listValue } = await library();
    this.#lookups ??= await this.#instance.connect();
    let prepared = this.#prepared.get(sql);
    if (!prepared) this.#prepared.set(sql, (prepared = await this.#lookups.prepare(sql)));
    prepared.bind([listValue([...numbers])], [LIST(INTEGER)]);
    const result = await prepared.runAndReadAll();
    return result.getRows().map((row) => row.map(cellOf));
  }

  /**
   * Row by row, a chunk (2,048 rows) in memory. 64-bit integers come as numbers: counts and positions stay below 2^53. On a
   * connection of its own, because a query ends the stream that is open on the same one.
   */
  async *stream(sql: string): AsyncIterable<Row> {
    const connection = await this.#instance.connect();
    try {
      const result = await connection.stream(sql);
      for (;;) {
        const chunk = await result.fetchChunk();
        if (!chunk || chunk.rowCount === 0) return;
        const columns = chunk.getColumns();
        for (let i = 0; i < chunk.rowCount; i++) yield columns.map((column) => cellOf(column[i] ?? null));
      }
    } finally {
      connection.closeSync();
    }
  }

  /** Bulk loading: rows go in through DuckDB's appender, never as SQL text. */
  async append(table: string, types: readonly ColumnType[], rows: AsyncIterable<Row> | Iterable<Row>): Promise<void> {
    const appender = await this.appender(table, types);
    for await (const row of rows) appender.row(row);
    appender.close();
  }

  async appender(table: string, types: readonly ColumnType[]): Promise<Appender> {
    return new Appender(await this.#connection.createAppender(table), types);
  }

  close(): void {
    for (const prepared of this.#prepared.values()) prepared.destroySync();
    this.#lookups?.closeSync();
    this.#connection.closeSync();
    this.#instance.closeSync();
  }
}

/** 'json' is text that JSON.stringify made: it holds no NUL and no lone surrogate. */
export type ColumnType = 'text' | 'json' | 'integer' | 'double' | 'boolean';

/** Rows and characters handed to DuckDB between flushes: what waits for one is in memory, whatever its limit. */
const FLUSH_ROWS = 50_000;
const FLUSH_LENGTH = 16 * 1024 ** 2;

export class Appender {
  readonly #appender: DuckDBAppender;
  readonly #types: readonly ColumnType[];
  #rows = 0;
  #length = 0;

  constructor(appender: DuckDBAppender, types: readonly ColumnType[]) {
    this.#appender = appender;
    this.#types = types;
  }

  row(cells: Row): void {
    this.#types.forEach((type, i) => {
      const cell = cells[i] ?? null;
      if (cell === null) this.#appender.appendNull();
      else if (type === 'json') {
        const text = String(cell);
        this.#length += text.length;
        this.#appender.appendVarchar(text);
      }
      // A lone surrogate or NUL from a hostile name would be refused by the native side.
      else if (type === 'text') this.#appender.appendVarchar(storable(String(cell)));
      else if (type === 'integer') this.#appender.appendInteger(Number(cell));
      else if (type === 'double') this.#appender.appendDouble(Number(cell));
      else this.#appender.appendBoolean(Boolean(cell));
    });
    this.#appender.endRow();
    if (++this.#rows < FLUSH_ROWS && this.#length < FLUSH_LENGTH) return;
    this.#appender.flushSync();
    this.#rows = 0;
    this.#length = 0;
  }

  close(): void {
    this.#appender.closeSync();
  }
}

function cellOf(value: DuckDBValue): Cell {
  if (typeof value === 'bigint') return Number(value);
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  throw new TypeError('a column of this query has a type that rows do not carry');
}
