using ConnectorDb.Columns;
using DuckDB.NET.Native;

namespace ConnectorDb.Benchmarks.Compare;

/// <summary>A DuckDB file by the fastest way in and out: native chunks of 2048 rows, column by column. Settings as they come.</summary>
internal sealed unsafe class DuckDb : IDisposable
{
    private const int ChunkSize = 2048;
    private readonly DuckDBDatabase _database;
    private readonly DuckDBNativeConnection _connection;

    public DuckDb(string path)
    {
        Check(NativeMethods.Startup.DuckDBOpen(path, out _database), "cannot be opened");
        Check(NativeMethods.Startup.DuckDBConnect(_database, out _connection), "cannot be connected to");
    }

    public static string Version => NativeMethods.Startup.DuckDBLibraryVersion();

    /// <summary>Unix seconds as DuckDB keeps a time: whole microseconds.</summary>
    public static long[] Micros(Block block)
    {
        long[] micros = new long[block.Count];
        for (int i = 0; i < micros.Length; i++)
        {
            micros[i] = (long)Math.Round(block.Times.Span[i] * 1e6);
        }

        return micros;
    }

    public void MakeTable(string name) => Query($"CREATE OR REPLACE TABLE {name} (t TIMESTAMP, d DOUBLE)");

    /// <summary>Appends in one transaction, durable on return.</summary>
    public void Append(string table, ReadOnlySpan<long> micros, ReadOnlySpan<double> values)
    {
        using DuckDBLogicalType time = NativeMethods.LogicalType.DuckDBCreateLogicalType(DuckDBType.Timestamp);
        using DuckDBLogicalType number = NativeMethods.LogicalType.DuckDBCreateLogicalType(DuckDBType.Double);
        using DuckDBDataChunk chunk = NativeMethods.DataChunks.DuckDBCreateDataChunk([time.DangerousGetHandle(), number.DangerousGetHandle()], 2);
        Query("BEGIN");
        Check(NativeMethods.Appender.DuckDBAppenderCreate(_connection, null!, table, out DuckDBAppender appender), "has no appender");
        using (appender)
        {
            for (int start = 0; start < micros.Length; start += ChunkSize)
            {
                int count = Math.Min(ChunkSize, micros.Length - start);
                NativeMethods.DataChunks.DuckDBDataChunkReset(chunk);
                micros.Slice(start, count).CopyTo(Vector<long>(chunk, 0, count));
                values.Slice(start, count).CopyTo(Vector<double>(chunk, 1, count));
                NativeMethods.DataChunks.DuckDBDataChunkSetSize(chunk, (ulong)count);
                Check(NativeMethods.Appender.DuckDBAppendDataChunk(appender, chunk), "does not take a chunk");
            }

            Check(NativeMethods.Appender.DuckDBAppenderClose(appender), "does not take the last chunks");
        }

        Query("COMMIT");
    }

    /// <summary>Runs the statement and has all columns of its result in memory.</summary>
    /// <returns>How many rows there are.</returns>
    public long Query(string sql)
    {
        DuckDBState state = NativeMethods.Query.DuckDBQuery(_connection, sql, out DuckDBResult result);
        Check(state, state == DuckDBState.Success ? "" : NativeMethods.Query.DuckDBResultError(ref result));
        long rows = 0;
        while (true)
        {
            using DuckDBDataChunk chunk = NativeMethods.Query.DuckDBFetchChunk(result);
            if (chunk.IsInvalid)
            {
                break;
            }

            rows += (long)NativeMethods.DataChunks.DuckDBDataChunkGetSize(chunk);
        }

        NativeMethods.Query.DuckDBDestroyResult(ref result);
        return rows;
    }

    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }

    private static Span<T> Vector<T>(DuckDBDataChunk chunk, long column, int count)
        where T : unmanaged
        => new(NativeMethods.Vectors.DuckDBVectorGetData(NativeMethods.DataChunks.DuckDBDataChunkGetVector(chunk, column)), count);

    private static void Check(DuckDBState state, string what)
    {
        if (state != DuckDBState.Success)
        {
            throw new InvalidOperationException($"DuckDB failed: {what}");
        }
    }
}
